//! The texts that lie beside a file while it is written, and what becomes of those that a program killed
//! in the midst of it left there.
//!
//! A scratch file changes places with the file that it replaces, so it may come to hold an edit that
//! somebody saved in that very moment. Its name therefore says what it may hold: the text that was to be
//! written, or the one that was read. Anything else is somebody's, and is set aside under a name that
//! nothing sweeps.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::attributes;

/// What the names of all scratch files begin with; hidden, so that no reader takes one for a file.
const PREFIX: &str = ".plan-";

/// What the name of a text ends in that is not yet whole. It never stood in a file's place.
const PART: &str = ".part";

/// What the name of a whole text ends in.
const WHOLE: &str = ".tmp";

/// What is put behind a file's name for somebody's text that was set aside.
const SET_ASIDE: &str = ".set-aside";

/// The most bytes of a file's name that are repeated in its scratch file's.
const LONGEST: usize = 120;

/// Tells texts apart. It need not last: a scratch file whose name is not understood is set aside, never
/// removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    pub fn of(text: &[u8]) -> Fingerprint {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Fingerprint(hasher.finish())
    }

    /// Of a file as it is; none where there is none, or it cannot be read.
    pub fn of_file(path: &Path) -> Option<Fingerprint> {
        let meta = fs::symlink_metadata(path).ok()?;
        meta.is_file().then_some(())?;
        fs::read(path).ok().as_deref().map(Fingerprint::of)
    }
}

/// What a scratch file may hold, as its name says: the new text, and what it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub after: Fingerprint,
    /// None where there was no file.
    pub before: Option<Fingerprint>,
    /// The name of the file that it replaces; of a long one its beginning.
    pub file: String,
}

impl Label {
    fn name(&self) -> String {
        let before = self
            .before
            .map_or("new".into(), |text| format!("{:016x}", text.0));
        format!(
            "{PREFIX}{:016x}-{before}-{}{WHOLE}",
            self.after.0, self.file
        )
    }

    pub fn parse(name: &str) -> Option<Label> {
        let rest = name.strip_prefix(PREFIX)?.strip_suffix(WHOLE)?;
        let (after, rest) = rest.split_once('-')?;
        let (before, file) = rest.split_once('-')?;
        let figure = |text: &str| u64::from_str_radix(text, 16).ok().map(Fingerprint);
        let before = match before {
            "new" => None,
            figures => Some(figure(figures)?),
        };
        let (after, file) = (figure(after)?, file.to_owned());
        Some(Label {
            after,
            before,
            file,
        })
    }

    /// Whether a file's content is the one before or after this write, and no edit of somebody else.
    fn is_ours(&self, held: Fingerprint) -> bool {
        held == self.after || Some(held) == self.before
    }
}

/// Writes a text beside a file, whole and on the disk, with the attributes of the file that it replaces.
pub fn stage(path: &Path, before: Option<&[u8]>, after: &[u8]) -> io::Result<TempPath> {
    let folder = folder(path);
    let mut text = new_file(PREFIX, PART, before.is_none()).tempfile_in(folder)?;
    text.write_all(after)?;
    if before.is_some() {
        attributes::keep(path, text.as_file())?;
    }
    text.as_file().sync_all()?;
    let label = Label {
        after: Fingerprint::of(after),
        before: before.map(Fingerprint::of),
        file: beginning(path),
    };
    let whole = folder.join(label.name());
    // What stood there of an earlier write was swept.
    text.into_temp_path().persist(&whole)?;
    TempPath::try_from_path(whole)
}

/// How a file that is not yet whole is made. It is its owner's alone; where it will be a new file it gets the
/// mode that any new file has.
pub fn new_file<'n>(prefix: &'n str, suffix: &'n str, is_new: bool) -> tempfile::Builder<'n, 'n> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(suffix);
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let _ = is_new;
    builder
}

/// Two scratch files of a folder, to try something with.
pub fn pair(folder: &Path) -> io::Result<[TempPath; 2]> {
    let new = || new_file(PREFIX, PART, false).tempfile_in(folder);
    Ok([new()?.into_temp_path(), new()?.into_temp_path()])
}

/// A file's name, as far as it fits into that of its scratch file.
fn beginning(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].to_owned()
}

/// Removes what programs that were killed left lying in a folder, as far as it is theirs beyond doubt, and
/// sets aside what is not. Under the lock nobody else is writing here. Gives the texts that were set aside.
pub fn sweep(folder: &Path) -> Vec<PathBuf> {
    let mut aside = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(PART) {
            let _ = fs::remove_file(path);
        } else if let Some(label) = Label::parse(&name) {
            match Fingerprint::of_file(&path) {
                Some(held) if label.is_ours(held) => {
                    let _ = fs::remove_file(path);
                }
                _ => aside.extend(TempPath::try_from_path(path).and_then(set_aside)),
            }
        }
    }
    aside
}

/// Gives a scratch file that holds somebody's text a name of its own, beside the file that it is a text of:
/// nothing here removes it.
pub fn set_aside(mut scratch: TempPath) -> io::Result<PathBuf> {
    scratch.disable_cleanup(true);
    let name = scratch.file_name().unwrap_or_default().to_string_lossy();
    let file = Label::parse(&name).map_or_else(|| name.into_owned(), |label| label.file);
    let folder = folder(&scratch).to_owned();
    for number in 1..1000 {
        let behind = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let aside = folder.join(format!("{file}{SET_ASIDE}{behind}"));
        match scratch.persist_noclobber(&aside) {
            Ok(()) => return Ok(aside),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                scratch = error.path
            }
            Err(error) => return error.path.keep().map_err(|error| error.error),
        }
    }
    scratch.keep().map_err(|error| error.error)
}

/// The folder that a file stands in.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_swept_is_ours_beyond_doubt_and_all_else_is_set_aside() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("updates.yaml");
        fs::write(&file, "old").unwrap();
        // (what the scratch file holds when it is found, whether it is kept)
        let cases = [
            ("new", false),
            ("old", false),
            ("an editor's", true),
            ("", true),
        ];
        for (held, is_kept) in cases {
            let scratch = stage(&file, Some(b"old"), b"new").unwrap().keep().unwrap();
            fs::write(scratch, held).unwrap();
            let aside = sweep(folder.path());
            assert_eq!(aside.len(), usize::from(is_kept), "{held}");
            for path in aside {
                assert_eq!(fs::read_to_string(path).unwrap(), held);
            }
        }
        fs::write(folder.path().join(".plan-x1y2.part"), "half a text").unwrap();
        fs::write(folder.path().join(".plan-notes"), "somebody's own").unwrap();
        assert!(sweep(folder.path()).is_empty());
        assert_eq!(
            names(folder.path()),
            [
                ".plan-notes",
                "updates.yaml",
                "updates.yaml.set-aside",
                "updates.yaml.set-aside-2"
            ]
        );
    }

    #[test]
    fn a_label_is_read_back_from_its_name_and_a_long_name_is_cut() {
        let folder = tempfile::TempDir::new().unwrap();
        for name in [
            "a.yaml".to_owned(),
            "2026-01-03-a-b.yaml".into(),
            "é".repeat(120),
        ] {
            for before in [None, Some(b"old".as_slice())] {
                let file = folder.path().join(&name);
                fs::write(&file, "old").unwrap();
                let scratch = stage(&file, before, b"new").unwrap();
                let label = Label::parse(&scratch.file_name().unwrap().to_string_lossy()).unwrap();
                assert_eq!(label.after, Fingerprint::of(b"new"));
                assert_eq!(label.before, before.map(Fingerprint::of));
                assert!(name.starts_with(&label.file) && label.file.len() <= LONGEST);
            }
        }
        for other in [
            ".plan-AbC123.tmp",
            ".plan-lock",
            "plan-1-2-x.tmp",
            ".plan-1-x-y.tmp",
        ] {
            assert_eq!(Label::parse(other), None, "{other}");
        }
    }
}
