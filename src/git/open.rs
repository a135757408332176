//! Opens a repository.

use std::fs;
use std::path::{Path, PathBuf};

use super::object::{Result, Unavailable, ask};

/// Opens a repository so that nothing of it can run: its own configuration is read for the form of
/// its objects, and no other; nothing is included, and no variable of the environment counts.
/// Replaced objects are shown as they were committed. Who owns it does not matter, for nothing of it
/// is trusted.
pub(super) fn open(dot_git: &Path) -> Result<gix::Repository> {
    refuse_odd_files(dot_git)?;
    let options = gix::open::Options::isolated()
        .open_path_as_is(true)
        .with(gix::sec::Trust::Full)
        .cli_overrides(["core.useReplaceRefs=false"]);
    let opened = ask(|| gix::ThreadSafeRepository::open_opts(dot_git, options))?;
    let repository = opened.map_err(|error| {
        Unavailable(format!(
            "the git repository at {} could not be opened: {error}",
            dot_git.display()
        ))
    })?;
    let mut repository = repository.to_thread_local();
    let refs = repository.config_snapshot().string("extensions.refStorage");
    if let Some(form) = refs.filter(|form| *form != "files") {
        return Err(Unavailable(format!(
            "{} keeps its refs in the form `{form}`, which is not read here; `git refs migrate --ref-format=files` \
             turns them into files",
            dot_git.display()
        )));
    }
    repository.object_cache_size_if_unset(4 << 20);
    Ok(repository)
}

pub(super) fn no_repository(estate: &Path, real: &Path) -> Unavailable {
    let bare = real
        .ancestors()
        .find(|folder| gix::discover::is_git(folder).is_ok());
    Unavailable(match bare {
        Some(bare) => format!(
            "{} lies in {}, which is a git repository without a working tree; run this in a clone or a \
             worktree of it",
            estate.display(),
            PathBuf::from(bare).display()
        ),
        None => format!(
            "{} is not in a git repository, so there is no earlier state to compare with; make one with \
             `git init`, or run this where the plans are cloned",
            estate.display()
        ),
    })
}

/// How many folders of a repository are looked into for odd files, and how deep these may stand in each other.
const FOLDERS: usize = 10_000;
const DEPTH: usize = 16;

/// Refuses a repository that holds a pipe, a socket or a device where a file is read: whoever opens one may
/// wait for ever. Folders that nothing is read from here are passed over.
fn refuse_odd_files(dot_git: &Path) -> Result<()> {
    const UNREAD: [&str; 4] = ["hooks", "logs", "modules", "lfs"];
    let mut left = vec![(dot_git.to_owned(), 0)];
    left.extend(elsewhere(dot_git).map(|folder| (folder, 0)));
    let mut count = 0;
    while let Some((path, depth)) = left.pop() {
        // A link is as good as what it leads to; one that leads nowhere is for the reader to say.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        if !meta.is_dir() && !meta.is_file() {
            return Err(Unavailable(format!(
                "{} is no regular file, and git's data is not read",
                path.display()
            )));
        }
        count += 1;
        if !meta.is_dir() || depth > DEPTH || count > FOLDERS {
            continue;
        }
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
            let is_unread = depth == 0 && UNREAD.iter().any(|name| entry.file_name() == *name);
            if !is_plain && !is_unread {
                left.push((entry.path(), depth + 1));
            }
        }
    }
    Ok(())
}

/// The folders in which a repository says that the rest of it lies: of a worktree, its own and the common one.
fn elsewhere(dot_git: &Path) -> impl Iterator<Item = PathBuf> {
    let is_file = |path: &Path| fs::metadata(path).is_ok_and(|meta| meta.is_file());
    let read = move |path: &Path| {
        is_file(path)
            .then(|| fs::read_to_string(path).ok())
            .flatten()
    };
    let linked =
        read(dot_git).and_then(|text| Some(text.strip_prefix("gitdir: ")?.trim().to_owned()));
    let linked = linked.map(|folder| dot_git.parent().unwrap_or(Path::new("")).join(folder));
    let folder = linked.clone().unwrap_or_else(|| dot_git.to_owned());
    let common = read(&folder.join("commondir")).map(|text| folder.join(text.trim()));
    linked.into_iter().chain(common)
}
