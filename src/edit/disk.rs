//! Writes files whole or not at all, several of them together, and never over somebody else's edit.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::lock::Lock;

/// A file to write.
#[derive(Clone, Debug)]
pub struct Replacement {
    pub path: PathBuf,
    /// How messages name it.
    pub shown: String,
    /// What it must still hold; none where there must be no file yet.
    pub before: Option<String>,
    pub after: String,
}

/// Why nothing was written, in a sentence.
#[derive(Debug, PartialEq, Eq)]
pub struct Unwritten(pub String);

/// A file whose new text lies beside it, whole and on the disk.
#[derive(Debug)]
struct Staged<'r> {
    file: &'r Replacement,
    text: NamedTempFile,
}

/// What the names of texts that lie beside their files begin and end with.
const BESIDE: (&str, &str) = (".plan-", ".tmp");

/// Writes files, all or none, under the lock of their board's folder.
///
/// Each text is written beside its file first and synced; then each takes its file's place in one step,
/// with its mode and owner, unless the file changed since it was read. If one cannot, those before it are
/// put back. Symbolic links, and what is no regular file, are refused.
pub fn replace(files: &[Replacement], _lock: &Lock) -> Result<(), Unwritten> {
    let made = make_folders(files)?;
    // Before any text of our own lies there.
    files.iter().for_each(|file| sweep(folder(&file.path)));
    let written = files
        .iter()
        .map(stage)
        .collect::<Result<Vec<Staged>, Unwritten>>()
        .and_then(commit);
    if written.is_err() {
        // Only what is empty goes.
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

/// Makes the folders of new files; gives those that were made, outermost first.
fn make_folders(files: &[Replacement]) -> Result<Vec<PathBuf>, Unwritten> {
    let mut made = Vec::new();
    for file in files {
        let missing: Vec<&Path> = (file.path.ancestors().skip(1))
            .take_while(|folder| folder.symlink_metadata().is_err())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| failed(file, &error))?;
            made.push(folder.to_owned());
        }
    }
    Ok(made)
}

fn stage(file: &Replacement) -> Result<Staged<'_>, Unwritten> {
    check(file)?;
    let write = || {
        let mut text = beside(file.before.is_none()).tempfile_in(folder(&file.path))?;
        text.write_all(file.after.as_bytes())?;
        like(&file.path, text.as_file())?;
        text.as_file().sync_all()?;
        Ok(text)
    };
    let text = write().map_err(|error| failed(file, &error))?;
    Ok(Staged { file, text })
}

/// Puts every text in its place; if one cannot be, puts back those before it.
fn commit(staged: Vec<Staged>) -> Result<(), Unwritten> {
    let mut done: Vec<&Replacement> = Vec::new();
    for Staged { file, text } in staged {
        if let Err(error) = check(file).and_then(|()| place(file, text)) {
            return Err(undo(&done, error));
        }
        done.push(file);
    }
    for file in done {
        sync_folder(folder(&file.path)).map_err(|why| {
            let shown = &file.shown;
            Unwritten(format!(
                "{shown} was written, but may not outlast a power cut: {why}"
            ))
        })?;
    }
    Ok(())
}

/// Puts a text in its file's place, in one step.
fn place(file: &Replacement, text: NamedTempFile) -> Result<(), Unwritten> {
    let placed = match &file.before {
        None => text.persist_noclobber(&file.path),
        Some(before) => match exchange(&file.path, text.path()) {
            true => return keep_others(file, before, text),
            false => text.persist(&file.path),
        },
    };
    placed
        .map(|_| ())
        .map_err(|error| failed(file, &error.error))
}

/// After the two changed places: if what stood there is not what was read, somebody edited it in the last
/// moment, and it goes back. What was read goes with the name that the new text had.
fn keep_others(file: &Replacement, before: &str, old: NamedTempFile) -> Result<(), Unwritten> {
    match fs::read(old.path()) {
        Ok(text) if text == before.as_bytes() => Ok(()),
        _ if exchange(&file.path, old.path()) => Err(changed(file)),
        _ => {
            // Neither can go back: nothing of theirs is thrown away.
            let kept = old.keep().map(|(_, path)| path.display().to_string());
            let kept = kept.unwrap_or_default();
            let shown = &file.shown;
            let what = format!("{shown} was changed by somebody else; their text lies in {kept}");
            Err(Unwritten(what))
        }
    }
}

/// Lets two files change places in one step, where the system can: then nothing is lost between looking
/// at a file and replacing it.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> bool {
    false
}

fn changed(file: &Replacement) -> Unwritten {
    let shown = &file.shown;
    Unwritten(format!(
        "{shown} was changed by somebody else in this moment; nothing was written; look at it, and try \
         again"
    ))
}

/// Puts back files that were written, newest first, and says so where that fails too.
fn undo(done: &[&Replacement], mut error: Unwritten) -> Unwritten {
    for file in done.iter().rev() {
        let undone = match &file.before {
            None => fs::remove_file(&file.path),
            Some(before) => super::write(&file.path, before),
        };
        if let Err(why) = undone {
            error.0 += &format!("; {} could not be put back: {why}", file.shown);
        }
    }
    error
}

/// Whether a file still is what was read.
fn check(file: &Replacement) -> Result<(), Unwritten> {
    let shown = &file.shown;
    let refuse = |why: &str| Err(Unwritten(format!("{shown} {why}; nothing was written")));
    match (fs::symlink_metadata(&file.path), &file.before) {
        (Err(error), None) if error.kind() == ErrorKind::NotFound => Ok(()),
        (Ok(_), None) => refuse("is there already"),
        (Err(error), _) => Err(failed(file, &error)),
        (Ok(meta), Some(_)) if meta.is_symlink() => refuse("is a symbolic link"),
        (Ok(meta), Some(_)) if !meta.is_file() => refuse("is not a regular file"),
        (Ok(meta), Some(_)) if meta.permissions().readonly() => refuse("is marked read-only"),
        (Ok(_), Some(before)) => {
            let now = fs::read(&file.path).map_err(|error| failed(file, &error))?;
            match now == before.as_bytes() {
                true => Ok(()),
                false => Err(changed(file)),
            }
        }
    }
}

/// Gives a new text the mode and the owner of the file whose place it takes. Only root can give a file
/// away; the group is kept where the system lets us.
fn like(path: &Path, new: &fs::File) -> std::io::Result<()> {
    let Ok(meta) = fs::metadata(path) else {
        return Ok(());
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        if fchown(new, Some(meta.uid()), Some(meta.gid())).is_err() {
            let _ = fchown(new, None, Some(meta.gid()));
        }
    }
    new.set_permissions(meta.permissions())
}

/// How the text beside a file is made. A temporary file is its owner's alone; where it will be a new file
/// it gets the mode that any new file has.
pub(super) fn beside(is_new: bool) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE.0).suffix(BESIDE.1);
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Removes texts that programs killed in the midst of writing left beside their files. Under the lock
/// nobody else is writing here.
fn sweep(folder: &Path) {
    let left = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in left {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a new name in a folder last.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    match fs::File::open(folder)?.sync_all() {
        // Some systems cannot; they need not either.
        Err(error) if error.kind() == ErrorKind::InvalidInput => {}
        synced => synced?,
    }
    let _ = folder;
    Ok(())
}

/// An error of the system as a sentence.
fn failed(file: &Replacement, error: &std::io::Error) -> Unwritten {
    let shown = &file.shown;
    Unwritten(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("{shown} could not be written: the disk is full; nothing was changed")
        }
        ErrorKind::FileTooLarge => format!(
            "{shown} could not be written: no file may be that large here; nothing was changed"
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => format!(
            "{shown} could not be written: its folder may not be written to ({error}); nothing was \
             changed"
        ),
        ErrorKind::AlreadyExists => format!("{shown} is there already; nothing was written"),
        _ => format!("{shown} could not be written: {error}; nothing was changed"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::lock;
    use std::time::Duration;

    fn file(path: PathBuf, before: Option<&str>, after: &str) -> Replacement {
        Replacement {
            shown: path.file_name().unwrap().to_string_lossy().into_owned(),
            path,
            before: before.map(str::to_owned),
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

    #[test]
    fn two_files_are_written_together_and_nothing_lies_about_after() {
        let folder = tempfile::TempDir::new().unwrap();
        let [old, new] = ["old", "sub/new"].map(|name| folder.path().join(name));
        fs::write(&old, "a").unwrap();
        fs::write(folder.path().join(".plan-left.tmp"), "of a killed one").unwrap();
        let held = lock(folder.path(), Duration::ZERO).unwrap();
        let files = [
            file(old.clone(), Some("a"), "b"),
            file(new.clone(), None, "c"),
        ];
        replace(&files, &held).unwrap();
        assert_eq!(fs::read_to_string(old).unwrap(), "b");
        assert_eq!(fs::read_to_string(new).unwrap(), "c");
        assert_eq!(names(folder.path()), ["old", "sub"]);
        let files = ["one", "two"].map(|name| file(folder.path().join(name), None, name));
        replace(&files, &held).unwrap();
        assert_eq!(names(folder.path()), ["old", "one", "sub", "two"]);
    }

    #[test]
    fn a_file_that_changed_is_left_alone_and_so_are_the_others() {
        let folder = tempfile::TempDir::new().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "somebody else's").unwrap();
        let held = lock(folder.path(), Duration::ZERO).unwrap();
        let new = file(folder.path().join("sub/new"), None, "c");
        let error = replace(&[new, file(old.clone(), Some("a"), "b")], &held).unwrap_err();
        assert!(
            error.0.starts_with("old was changed by somebody else"),
            "{}",
            error.0
        );
        assert_eq!(fs::read_to_string(old).unwrap(), "somebody else's");
        assert_eq!(names(folder.path()), ["old"]);
    }

    #[test]
    fn what_was_written_is_put_back_when_a_later_file_cannot_be() {
        let folder = tempfile::TempDir::new().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        fs::write(&first, "1").unwrap();
        fs::write(&second, "2").unwrap();
        let files = [
            file(folder.path().join("new"), None, "n"),
            file(first.clone(), Some("1"), "one"),
            file(second.clone(), Some("2"), "two"),
        ];
        let staged: Vec<Staged> = files.iter().map(|file| stage(file).unwrap()).collect();
        fs::write(&second, "another hand").unwrap();
        commit(staged).unwrap_err();
        assert_eq!(fs::read_to_string(first).unwrap(), "1");
        assert_eq!(fs::read_to_string(second).unwrap(), "another hand");
        assert_eq!(names(folder.path()), ["first", "second"]);
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
        let held = lock(folder.path(), Duration::ZERO).unwrap();
        let error = replace(&[file(link, Some("a"), "b")], &held).unwrap_err();
        assert_eq!(error.0, "link is a symbolic link; nothing was written");
        replace(&[file(old.clone(), Some("a"), "b")], &held).unwrap();
        let mode = fs::metadata(&old).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        fs::set_permissions(&old, fs::Permissions::from_mode(0o444)).unwrap();
        let error = replace(&[file(old, Some("b"), "c")], &held).unwrap_err();
        assert_eq!(error.0, "old is marked read-only; nothing was written");
    }
}
