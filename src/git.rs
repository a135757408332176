//! The files of an estate as of a git revision, and the commits that brought them. Nothing else in
//! the project knows git.
//!
//! Only refs and objects are read, by a library in this process: no program is started, and what a
//! repository configures to run (hooks, filters, textconv, monitors, helpers, included files) is not
//! compiled in or not looked at. Blobs are the text as committed, whatever attributes say of them.

mod name;
mod object;
mod open;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::objs::tree::EntryKind;

use crate::calendar::Day;
use name::{commit_of, shortened};
pub use object::{Blob, Unavailable, Unread};
use object::{Held, OBJECT, Parsed, Result, ask, each_file, object, parsed};
use open::{no_repository, open};

/// The repository that an estate's folder stands in.
pub struct Repository {
    git: Mutex<gix::Repository>,
    /// The estate's folder, from the top of the working tree; empty for the top itself.
    folder: Vec<BString>,
}

/// The files below the estate's folder as a revision has them.
pub struct Revision {
    repository: Arc<Repository>,
    /// The commit, shortened as far as it stays the only one.
    pub commit: String,
    /// Whether the revision has the estate's folder at all.
    pub has_folder: bool,
    /// By path from the estate, with `/`.
    files: BTreeMap<String, Held>,
}

/// What stands at a path of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    File,
    Folder,
    /// A symbolic link; whether it hides a folder (or what it leads to is not there).
    Link {
        to_folder: bool,
    },
    /// A folder that is a repository of its own.
    Submodule,
    /// Whatever it is, its name is not UTF-8.
    Misnamed,
    /// A device and the like.
    Other,
}

/// A commit, as its author made it.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Shortened as far as it stays the only one.
    pub hash: String,
    pub author: String,
    /// The author's day, where the author was.
    pub day: Option<Day>,
}

/// What a commit did to the YAML files of the estate.
pub struct CommitStep {
    pub commit: Commit,
    /// Contents that none of its parents had.
    pub brought: Vec<Blob>,
    /// Contents of its parents that it has no more.
    pub replaced: Vec<Blob>,
    /// Whether a shallow clone begins with it, so that what its parents had is not known.
    pub is_first_known: bool,
}

/// How a walk through the history ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walked {
    /// Where it was told to, or at the first commit.
    Whole,
    /// After as many commits as it may look at.
    Bounded,
}

impl Repository {
    /// Finds the repository that holds a folder: the nearest at or above it.
    pub fn holding(estate: &Path) -> Result<Arc<Repository>> {
        let real = estate
            .canonicalize()
            .map_err(|error| Unavailable(format!("{}: {error}", estate.display())))?;
        let top = real
            .ancestors()
            .find(|folder| folder.join(".git").symlink_metadata().is_ok());
        let Some(top) = top else {
            return Err(no_repository(estate, &real));
        };
        let git = open(&top.join(".git"))?;
        let inside = real.strip_prefix(top).unwrap_or(Path::new(""));
        let folder = inside.iter().map(|part| {
            let bytes = gix::path::os_str_into_bstr(part);
            bytes.map(BStr::to_owned).map_err(|_| {
                Unavailable(format!(
                    "{} has a name that git cannot hold",
                    real.display()
                ))
            })
        });
        Ok(Arc::new(Repository {
            git: Mutex::new(git),
            folder: folder.collect::<Result<_>>()?,
        }))
    }

    /// The library's handle. A panic elsewhere leaves it as good as it was: it only reads.
    fn git(&self) -> MutexGuard<'_, gix::Repository> {
        self.git.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of the estate as a revision has them; any spelling that names one commit.
    pub fn revision(self: &Arc<Self>, name: &str) -> Result<Revision> {
        let git = self.git();
        let id = commit_of(&git, name)?;
        let (has_folder, files) = self.files(&git, parsed(&git, id)?.tree)?;
        let commit = shortened(&git, id);
        drop(git);
        Ok(Revision {
            repository: Arc::clone(self),
            commit,
            has_folder,
            files,
        })
    }

    /// Walks from the commit that is checked out back through its history, the newest first, through
    /// the commits that changed a YAML file of the estate; at most `most` commits are looked at.
    /// `visit` says whether to go on.
    pub fn history(
        &self,
        most: usize,
        visit: &mut dyn FnMut(CommitStep) -> bool,
    ) -> Result<Walked> {
        // The visitor reads files meanwhile, through the shared handle.
        let git = self.git().clone();
        let failed = |error: String| Unavailable(format!("the history could not be read: {error}"));
        let head = commit_of(&git, "HEAD")?;
        let order = gix::traverse::commit::simple::CommitTimeOrder::NewestFirst;
        let walk = git.rev_walk([head]);
        let walk = walk.sorting(gix::revision::walk::Sorting::ByCommitTime(order));
        let mut walk = ask(|| walk.all())?.map_err(|error| failed(error.to_string()))?;
        let shallow = git.shallow_commits();
        let shallow = shallow.map_err(|error| failed(error.to_string()))?;
        let mut ahead = Ahead::default();
        for count in 0.. {
            let Some(info) = ask(|| walk.next())? else {
                break;
            };
            if count == most {
                return Ok(Walked::Bounded);
            }
            let id = info.map_err(|error| failed(error.to_string()))?.id;
            let is_first_known = shallow.as_ref().is_some_and(|known| known.contains(&id));
            let step = self.step(&git, id, is_first_known, &mut ahead)?;
            if step.is_some_and(|step| !visit(step)) {
                break;
            }
        }
        Ok(Walked::Whole)
    }

    /// What a commit did; nothing where a parent has the very same folder.
    fn step(
        &self,
        git: &gix::Repository,
        id: ObjectId,
        is_first_known: bool,
        ahead: &mut Ahead,
    ) -> Result<Option<CommitStep>> {
        let commit = ahead.commit(git, id)?;
        let here = self.estate_in(git, commit.tree)?;
        let mut before = HashSet::new();
        if !is_first_known {
            for &id in &commit.parents {
                let parent = ahead.commit(git, id)?;
                let folder = self.estate_in(git, parent.tree)?;
                ahead.commits.insert(id, parent);
                if folder == here {
                    return Ok(None);
                }
                let files = ahead.files(git, folder)?;
                before.extend(files.iter().copied());
                ahead.files.insert(folder, files);
            }
        }
        let after = ahead.files(git, here)?;
        Ok(Some(CommitStep {
            commit: Commit {
                hash: shortened(git, id),
                author: commit.author,
                day: commit.day,
            },
            brought: after.difference(&before).copied().collect(),
            replaced: before.difference(&after).copied().collect(),
            is_first_known,
        }))
    }

    /// The files below the estate's folder in a tree, and whether the folder is there.
    fn files(
        &self,
        git: &gix::Repository,
        tree: ObjectId,
    ) -> Result<(bool, BTreeMap<String, Held>)> {
        let mut files = BTreeMap::new();
        let folder = self.estate_in(git, tree)?;
        if let Some(folder) = folder {
            each_file(git, folder, &mut |folder, name, held| {
                files.insert(format!("{folder}{name}"), held);
            })?;
        }
        Ok((folder.is_some(), files))
    }

    /// The tree of the estate's folder in the tree of a commit, if it has one.
    fn estate_in(&self, git: &gix::Repository, tree: ObjectId) -> Result<Option<ObjectId>> {
        let mut at = tree;
        for part in &self.folder {
            let bytes = object(git, at, gix::object::Kind::Tree, OBJECT)?;
            let entries = gix::objs::TreeRefIter::from_bytes(&bytes, at.kind());
            let below = entries
                .filter_map(std::result::Result::ok)
                .find(|entry| entry.filename == part.as_bstr() && entry.mode.is_tree());
            match below {
                Some(entry) => at = entry.oid.to_owned(),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// The bytes of a file, if they are not more than `most`.
    pub fn bytes(&self, blob: Blob, most: u64) -> std::result::Result<Vec<u8>, Unread> {
        let bytes = object(&self.git(), blob.0, gix::object::Kind::Blob, most)?;
        if bytes.starts_with(LFS) {
            let why = "it is a pointer of Git LFS; the text itself is not in the repository";
            return Err(Unread::Failed(why.into()));
        }
        Ok(bytes)
    }
}

/// What was read of parents, until the walk comes to them: each commit and each folder is read once.
#[derive(Default)]
struct Ahead {
    commits: HashMap<ObjectId, Parsed>,
    files: HashMap<Option<ObjectId>, HashSet<Blob>>,
}

impl Ahead {
    fn commit(&mut self, git: &gix::Repository, id: ObjectId) -> Result<Parsed> {
        let known = self.commits.remove(&id);
        known.map_or_else(|| parsed(git, id), Ok)
    }

    /// The contents of the YAML files below the estate's folder.
    fn files(&mut self, git: &gix::Repository, folder: Option<ObjectId>) -> Result<HashSet<Blob>> {
        let known = self.files.remove(&folder);
        known.map_or_else(|| yaml_below(git, folder), Ok)
    }
}

/// What the pointer files of Git LFS begin with.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The contents of the YAML files below a tree.
fn yaml_below(git: &gix::Repository, tree: Option<ObjectId>) -> Result<HashSet<Blob>> {
    let mut files = HashSet::new();
    if let Some(tree) = tree {
        each_file(git, tree, &mut |_, name, held| {
            if is_yaml(name, held) {
                files.insert(held.blob);
            }
        })?;
    }
    Ok(files)
}

/// Whether a file of a name is YAML.
fn is_yaml(name: &str, held: Held) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_it = ["yaml", "yml"]
        .iter()
        .any(|it| ending.eq_ignore_ascii_case(it));
    is_it && held.kind != EntryKind::Link
}

impl Revision {
    /// The contents of its YAML files.
    pub fn blobs(&self) -> impl Iterator<Item = Blob> {
        let yaml = self.files.iter().filter(|(key, held)| is_yaml(key, **held));
        yaml.map(|(_, held)| held.blob)
    }

    /// What stands straight in a folder, each with its name.
    pub fn list(&self, folder: &str) -> Vec<(String, PathKind)> {
        let prefix = match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let below = self.files.range(prefix.clone()..);
        let below = below.take_while(|(key, _)| key.starts_with(&prefix));
        let mut listed: Vec<(String, PathKind)> = Vec::new();
        for (key, held) in below {
            let rest = &key[prefix.len()..];
            let (name, kind) = match rest.split_once('/') {
                Some((name, _)) => (name, PathKind::Folder),
                None => (rest, self.kind(key, *held)),
            };
            if listed.last().is_none_or(|(last, _)| last != name) {
                listed.push((name.to_owned(), kind));
            }
        }
        listed
    }

    fn kind(&self, key: &str, held: Held) -> PathKind {
        match held.kind {
            EntryKind::Blob | EntryKind::BlobExecutable => PathKind::File,
            EntryKind::Tree => PathKind::Folder,
            EntryKind::Commit => PathKind::Submodule,
            EntryKind::Link => PathKind::Link {
                to_folder: !self.links_to_file(key, held),
            },
        }
    }

    /// Whether a link leads to a file of the estate.
    fn links_to_file(&self, key: &str, held: Held) -> bool {
        let Ok(target) = self.repository.bytes(held.blob, 4096) else {
            return false;
        };
        let mut parts: Vec<&str> = key.split('/').collect();
        parts.pop();
        let target = target.to_str_lossy();
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => return false,
                ".." => {}
                part => parts.push(part),
            }
        }
        let target = self.files.get(&parts.join("/"));
        target.is_some_and(|held| matches!(held.kind, EntryKind::Blob | EntryKind::BlobExecutable))
    }

    /// Whether there is a file at a path.
    pub fn has(&self, key: &str) -> bool {
        self.files.contains_key(key)
    }

    /// The bytes of a file, if they are not more than `most`.
    pub fn read(&self, key: &str, most: u64) -> std::result::Result<Vec<u8>, Unread> {
        let Some(held) = self.files.get(key) else {
            return Err(Unread::Failed("there is no such file".into()));
        };
        match self.kind(key, *held) {
            PathKind::File => self.repository.bytes(held.blob, most),
            _ => Err(Unread::Failed("it is not a regular file".into())),
        }
    }
}
