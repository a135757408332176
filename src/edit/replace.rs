//! Writes files whole or not at all, several of them together, and never over somebody else's edit.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::exchange::{can_exchange, exchange, is_unsupported};
use super::folders::{self, MadeFolders};
use super::lock::Lock;
use super::scratch::{self, Fingerprint};
use super::unfinished::{self, UnfinishedFile};

/// A file to write.
#[derive(Clone, Debug)]
pub struct Replacement {
    pub path: PathBuf,
    /// How messages name it.
    pub shown: String,
    /// What it must still hold, byte for byte; none where there must be no file yet.
    pub before: Option<Vec<u8>>,
    pub after: String,
}

/// Why nothing was written, in a sentence.
#[derive(Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// A file is not what it was when it was read.
    Changed(String),
    Failed(String),
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unwritten::Changed(why) | Unwritten::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Unwritten {}

/// A file whose new text lies beside it, whole and on the disk.
#[derive(Debug)]
struct Staged<'r> {
    file: &'r Replacement,
    /// The new text; once it is in its place, the old one, if two files can change places here.
    scratch: TempPath,
    /// A copy of the old text, where they cannot and it may have to be put back.
    copy: Option<TempPath>,
}

impl Lock {
    /// Writes files of the folder, all or none.
    ///
    /// Each text is written beside its file first and synced; then each takes its file's place in one step,
    /// with its owner, mode and attributes, unless the file changed since it was read. If one cannot, those
    /// before it are put back; if the program is killed meanwhile, the next writer puts them back. Symbolic
    /// links, and what is no regular file, are refused.
    pub fn replace(&mut self, files: &[Replacement]) -> Result<(), Unwritten> {
        files.iter().try_for_each(check)?;
        let differs = |file: &&Replacement| file.before.as_deref() != Some(file.after.as_bytes());
        let files: Vec<&Replacement> = files.iter().filter(differs).collect();
        // Those in which nothing is written in the end go again.
        let mut made = Vec::new();
        for file in &files {
            let below = MadeFolders::down_to(scratch::folder(&file.path));
            made.push(below.map_err(|error| failed(file, &error))?);
        }
        self.sweep(&files);
        if let [only] = files[..] {
            let mut staged = Staged::new(only, false)?;
            self.place(&mut staged)?;
            return sync(&[staged]);
        }
        let copies = !can_exchange(&self.folder).unwrap_or(false);
        let staged = files.iter().map(|file| Staged::new(file, copies));
        self.place_all(&mut staged.collect::<Result<Vec<Staged>, Unwritten>>()?)
    }

    /// Clears away what killed programs left, before any text of our own lies there: in the board's folder,
    /// and where something is to be written.
    fn sweep(&mut self, files: &[&Replacement]) {
        let beside = files.iter().map(|file| scratch::folder(&file.path));
        let mut folders: Vec<&Path> = beside.chain([self.folder.as_path()]).collect();
        folders.sort_unstable();
        folders.dedup();
        for aside in folders.into_iter().flat_map(scratch::sweep) {
            let aside = aside.display();
            let remark =
                format!("an edit that was saved while a write was cut off lies in {aside}");
            self.remarks.push(remark);
        }
    }

    /// Puts several texts in their places; if one cannot be, puts back those before it.
    fn place_all(&mut self, staged: &mut [Staged]) -> Result<(), Unwritten> {
        let rows = staged
            .iter()
            .map(|file| self.row(file))
            .collect::<Result<Vec<UnfinishedFile>, Unwritten>>()?;
        let Some(first) = staged.first().map(|staged| staged.file) else {
            return Ok(());
        };
        sync(staged)?;
        unfinished::begin(&self.folder, &rows).map_err(|error| failed(first, &error))?;
        let placed = staged.iter_mut().try_for_each(|file| self.place(file));
        if let Err(error) = placed {
            // The first remark is that it was cut off, which nobody need be told here.
            let remarks = unfinished::take_back(&self.folder);
            self.remarks.extend(remarks.into_iter().skip(1));
            return Err(error);
        }
        sync(staged)?;
        unfinished::end(&self.folder).map_err(|error| {
            let (shown, list) = (&first.shown, self.folder.join(unfinished::FILE));
            let list = list.display();
            Unwritten::Failed(format!(
                "{shown} and what belongs to it were written, but {list} could not be removed: {error}"
            ))
        })
    }

    fn row(&self, staged: &Staged) -> Result<UnfinishedFile, Unwritten> {
        let name = |path: &TempPath| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let inside = staged.file.path.strip_prefix(&self.folder).ok();
        let inside = inside.and_then(Path::to_str).ok_or_else(|| {
            let (shown, folder) = (&staged.file.shown, self.folder.display());
            Unwritten::Failed(format!(
                "{shown} does not lie in {folder}; nothing was written"
            ))
        })?;
        Ok(UnfinishedFile {
            path: inside.replace('\\', "/"),
            scratch: name(&staged.scratch),
            copy: staged.copy.as_ref().map(name),
        })
    }

    /// Puts a text in its file's place, in one step.
    fn place(&mut self, staged: &mut Staged) -> Result<(), Unwritten> {
        let file = staged.file;
        check(file)?;
        let Some(before) = &file.before else {
            let placed = staged.take_scratch()?.persist_noclobber(&file.path);
            return placed.map_err(|error| failed(file, &error.error));
        };
        match exchange(&file.path, &staged.scratch) {
            Ok(()) => keep_others(staged, before),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(changed(file)),
            Err(error) if !is_unsupported(&error) => Err(failed(file, &error)),
            Err(_) => self.place_alone(staged),
        }
    }

    /// The same where two files cannot change places: what stands there is compared and replaced while
    /// writers on other machines wait.
    fn place_alone(&mut self, staged: &mut Staged) -> Result<(), Unwritten> {
        let file = staged.file;
        self.hold_file().map_err(|error| {
            let folder = self.folder.display().to_string();
            Unwritten::Failed(error.reason(&folder, self.wait))
        })?;
        check(file)?;
        let placed = staged.take_scratch()?.persist(&file.path);
        placed.map_err(|error| failed(file, &error.error))
    }
}

impl<'r> Staged<'r> {
    /// Writes a file's new text beside it; and a copy of the old one, if that may have to be put back.
    fn new(file: &'r Replacement, copies: bool) -> Result<Staged<'r>, Unwritten> {
        let before = file.before.as_deref();
        let stage = |text: &[u8]| {
            scratch::stage(&file.path, before, text).map_err(|error| failed(file, &error))
        };
        Ok(Staged {
            file,
            scratch: stage(file.after.as_bytes())?,
            copy: before.filter(|_| copies).map(stage).transpose()?,
        })
    }

    /// The scratch file, for good: what bears its name from now on is not removed.
    fn take_scratch(&mut self) -> Result<TempPath, Unwritten> {
        let name = TempPath::try_from_path(self.scratch.to_path_buf());
        let mut name = name.map_err(|error| failed(self.file, &error))?;
        name.disable_cleanup(true);
        Ok(std::mem::replace(&mut self.scratch, name))
    }
}

/// After the two changed places: if what stood there is not what was read, somebody edited it in the last
/// moment, and it goes back; where it cannot, it is set aside. Nothing of theirs is thrown away.
fn keep_others(staged: &mut Staged, before: &[u8]) -> Result<(), Unwritten> {
    let file = staged.file;
    let held = || Fingerprint::of_file(&staged.scratch);
    if held() == Some(Fingerprint::of(before)) {
        return Ok(());
    }
    if exchange(&file.path, &staged.scratch).is_ok()
        && held() == Some(Fingerprint::of(file.after.as_bytes()))
    {
        return Err(changed(file));
    }
    let mut theirs = staged.take_scratch()?;
    theirs.disable_cleanup(true);
    let lies = scratch::set_aside(theirs).map_err(|error| failed(file, &error))?;
    let name = lies
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let lies = match file.shown.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name,
    };
    let shown = &file.shown;
    Err(Unwritten::Changed(format!(
        "{shown} was changed by somebody else in this moment; nothing was written, and their text lies in {lies}"
    )))
}

/// Makes the names in the files' folders outlast a power cut.
fn sync(staged: &[Staged]) -> Result<(), Unwritten> {
    (staged.iter()).try_for_each(|Staged { file, .. }| {
        folders::sync(scratch::folder(&file.path)).map_err(|why| {
            let shown = &file.shown;
            Unwritten::Failed(format!(
                "{shown} was written, but may not outlast a power cut: {why}"
            ))
        })
    })
}

fn changed(file: &Replacement) -> Unwritten {
    let shown = &file.shown;
    Unwritten::Changed(format!(
        "{shown} was changed by somebody else in this moment; nothing was written; look at it, and try again"
    ))
}

/// Whether a file still is what was read.
fn check(file: &Replacement) -> Result<(), Unwritten> {
    let shown = &file.shown;
    let refuse = |why: &str| {
        Err(Unwritten::Failed(format!(
            "{shown} {why}; nothing was written"
        )))
    };
    match (fs::symlink_metadata(&file.path), &file.before) {
        (Err(error), None) if error.kind() == ErrorKind::NotFound => Ok(()),
        (Ok(_), None) => refuse("is there already"),
        (Err(error), Some(_)) if error.kind() == ErrorKind::NotFound => Err(changed(file)),
        (Err(error), _) => Err(failed(file, &error)),
        (Ok(meta), Some(_)) if meta.is_symlink() => refuse("is a symbolic link"),
        (Ok(meta), Some(_)) if !meta.is_file() => refuse("is not a regular file"),
        (Ok(meta), Some(_)) if meta.permissions().readonly() => refuse("is marked read-only"),
        (Ok(_), Some(before)) => {
            let now = fs::read(&file.path).map_err(|error| failed(file, &error))?;
            if now == *before {
                Ok(())
            } else {
                Err(changed(file))
            }
        }
    }
}

/// An error of the system as a sentence.
fn failed(file: &Replacement, error: &io::Error) -> Unwritten {
    let shown = &file.shown;
    Unwritten::Failed(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("{shown} could not be written: the disk is full; nothing was changed")
        }
        ErrorKind::FileTooLarge => format!(
            "{shown} could not be written: no file may be that large here; nothing was changed"
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => format!(
            "{shown} could not be written: its folder may not be written to ({}); nothing was \
             changed",
            error.kind()
        ),
        ErrorKind::AlreadyExists => format!("{shown} is there already; nothing was written"),
        _ => format!("{shown} could not be written: {error}; nothing was changed"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn file(path: PathBuf, before: Option<&str>, after: &str) -> Replacement {
        Replacement {
            shown: path.file_name().unwrap().to_string_lossy().into_owned(),
            path,
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.to_owned(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn lock(folder: &Path) -> Lock {
        Lock::take(folder, Duration::ZERO).unwrap()
    }

    #[test]
    fn two_files_are_written_together_and_nothing_lies_about_after() {
        let folder = tempfile::TempDir::new().unwrap();
        let [old, new] = ["old", "sub/new"].map(|name| folder.path().join(name));
        fs::write(&old, "a").unwrap();
        fs::write(folder.path().join(".plan-left.part"), "of a killed one").unwrap();
        let mut held = lock(folder.path());
        let files = [
            file(old.clone(), Some("a"), "b"),
            file(new.clone(), None, "c"),
        ];
        held.replace(&files).unwrap();
        assert_eq!(fs::read_to_string(old).unwrap(), "b");
        assert_eq!(fs::read_to_string(new).unwrap(), "c");
        assert_eq!(names(folder.path()), ["old", "sub"]);
        let files = ["one", "two"].map(|name| file(folder.path().join(name), None, name));
        held.replace(&files).unwrap();
        assert_eq!(names(folder.path()), ["old", "one", "sub", "two"]);
    }

    #[test]
    fn a_file_that_changed_is_left_alone_and_so_are_the_others() {
        let folder = tempfile::TempDir::new().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "somebody else's").unwrap();
        let new = file(folder.path().join("sub/new"), None, "c");
        let error = lock(folder.path()).replace(&[new, file(old.clone(), Some("a"), "b")]);
        assert!(
            matches!(&error, Err(Unwritten::Changed(why)) if why.starts_with("old was changed")),
            "{error:?}"
        );
        assert_eq!(fs::read_to_string(old).unwrap(), "somebody else's");
        assert_eq!(names(folder.path()), ["old"]);
    }

    /// The files `new`, `first` and `second` of a folder, about to be written.
    fn three(folder: &Path) -> [Replacement; 3] {
        fs::write(folder.join("first"), "1").unwrap();
        fs::write(folder.join("second"), "2").unwrap();
        [
            file(folder.join("new"), None, "n"),
            file(folder.join("first"), Some("1"), "one"),
            file(folder.join("second"), Some("2"), "two"),
        ]
    }

    #[test]
    fn what_was_written_is_put_back_when_a_later_file_cannot_be() {
        for copies in [false, true] {
            let folder = tempfile::TempDir::new().unwrap();
            let files = three(folder.path());
            let mut held = lock(folder.path());
            let staged = files.iter().map(|file| Staged::new(file, copies));
            let mut staged: Vec<Staged> = staged.map(Result::unwrap).collect();
            fs::write(folder.path().join("second"), "another hand").unwrap();
            held.place_all(&mut staged).unwrap_err();
            drop(staged);
            let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(read("first"), "1");
            assert_eq!(read("second"), "another hand");
            assert_eq!(names(folder.path()), ["first", "second"]);
        }
    }

    #[test]
    fn killed_after_any_number_of_files_the_next_writer_takes_them_back() {
        for (copies, written) in [false, true]
            .into_iter()
            .flat_map(|e| (0..=3).map(move |n| (e, n)))
        {
            let folder = tempfile::TempDir::new().unwrap();
            let files = three(folder.path());
            let mut held = lock(folder.path());
            let staged = files.iter().map(|file| Staged::new(file, copies));
            let mut staged: Vec<Staged> = staged.map(Result::unwrap).collect();
            let rows: Vec<UnfinishedFile> =
                staged.iter().map(|file| held.row(file).unwrap()).collect();
            unfinished::begin(folder.path(), &rows).unwrap();
            staged
                .iter_mut()
                .take(written)
                .for_each(|file| held.place(file).unwrap());
            // A program that is killed removes nothing.
            staged.into_iter().for_each(|mut file| {
                file.scratch.disable_cleanup(true);
                file.copy
                    .iter_mut()
                    .for_each(|copy| copy.disable_cleanup(true));
            });
            drop(held);

            let mut next = lock(folder.path());
            next.replace(&[file(folder.path().join("other"), None, "o")])
                .unwrap();
            let read = |name| fs::read_to_string(folder.path().join(name)).ok();
            let contents = ["new", "first", "second"].map(read);
            match written {
                // All were, and only the list was left.
                3 => assert_eq!(
                    contents,
                    ["n", "one", "two"].map(|text| Some(text.to_owned()))
                ),
                _ => assert_eq!(
                    contents,
                    [None, Some("1".into()), Some("2".into())],
                    "{copies} {written}"
                ),
            }
            let expected: &[&str] = if written == 3 {
                &["first", "new", "other", "second"]
            } else {
                &["first", "other", "second"]
            };
            assert_eq!(names(folder.path()), expected);
        }
    }

    #[test]
    fn an_edit_of_the_last_moment_goes_back_or_is_set_aside() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.yaml");
        let change = file(path.clone(), Some("old"), "ours");
        // (what somebody does after the two have changed places, what stands in the file then, what is set aside)
        type Case = (fn(&Path), Option<&'static str>, Option<&'static str>);
        let cases: [Case; 3] = [
            (|_| {}, Some("theirs"), None),
            (|path| fs::remove_file(path).unwrap(), None, Some("theirs")),
            (
                |path| fs::write(path, "theirs again").unwrap(),
                Some("theirs"),
                Some("theirs again"),
            ),
        ];
        for (meanwhile, stands, aside) in cases {
            fs::write(&path, "old").unwrap();
            let _held = lock(folder.path());
            let mut staged = Staged::new(&change, false).unwrap();
            fs::write(&path, "theirs").unwrap();
            exchange(&path, &staged.scratch).unwrap();
            meanwhile(&path);
            let error = keep_others(&mut staged, b"old").unwrap_err();
            assert!(matches!(error, Unwritten::Changed(_)), "{error}");
            drop(staged);
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), stands);
            let set_aside = folder.path().join("a.yaml.set-aside");
            assert_eq!(fs::read_to_string(&set_aside).ok().as_deref(), aside);
            assert_eq!(
                aside.is_some(),
                error
                    .to_string()
                    .ends_with("their text lies in a.yaml.set-aside")
            );
            let _ = fs::remove_file(&set_aside);
        }
    }

    #[cfg(unix)]
    #[test]
    fn mode_is_kept_and_links_and_read_only_files_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        let [old, link] = ["old", "link"].map(|name| folder.path().join(name));
        fs::write(&old, "a").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&old, &link).unwrap();
        let mut held = lock(folder.path());
        let error = held.replace(&[file(link, Some("a"), "b")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "link is a symbolic link; nothing was written"
        );
        held.replace(&[file(old.clone(), Some("a"), "b")]).unwrap();
        let mode = fs::metadata(&old).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        fs::set_permissions(&old, fs::Permissions::from_mode(0o444)).unwrap();
        let error = held.replace(&[file(old, Some("b"), "c")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "old is marked read-only; nothing was written"
        );
    }
}
