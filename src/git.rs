//! The files of an estate as of a git revision, and the commits that brought them. Nothing else in
//! the project knows git.
//!
//! Only refs and objects are read, by a library in this process: no program is started, and what a
//! repository configures to run (hooks, filters, textconv, monitors, helpers, included files) is not
//! compiled in or not looked at. Blobs are the text as committed, whatever attributes say of them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Datelike};
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::objs::tree::EntryKind;

use crate::calendar::Day;
use crate::finding::nearest;

/// Why git's data could not be read, in a sentence.
#[derive(Debug)]
pub struct Unavailable(pub String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Result<T> = std::result::Result<T, Unavailable>;

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

/// A file of a tree.
#[derive(Clone, Copy)]
struct Held {
    kind: EntryKind,
    blob: Blob,
}

/// The content of a file: the same for files that hold the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Blob(ObjectId);

/// What stands at a path of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A symbolic link; whether it hides a folder (or what it leads to is not there).
    Link {
        to_folder: bool,
    },
    /// A folder that is a repository of its own.
    Submodule,
    /// A device and the like.
    Other,
}

/// Why a file of a revision could not be read.
pub enum Unread {
    TooLarge(u64),
    Failed(String),
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
pub struct Step {
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

/// How deep folders may stand in each other, and how many files and folders an estate may have: a tree
/// that exceeds these is no estate. (One small tree may stand in itself a million times.)
const DEPTH: usize = 64;
const ENTRIES: usize = 50_000;

/// The largest tree or commit that is read, in bytes.
const OBJECT: u64 = 64 * 1024 * 1024;

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
    pub fn history(&self, most: usize, visit: &mut dyn FnMut(Step) -> bool) -> Result<Walked> {
        // The visitor reads files meanwhile, through the shared handle.
        let git = self.git().clone();
        let failed = |error: String| Unavailable(format!("the history could not be read: {error}"));
        let head = commit_of(&git, "HEAD")?;
        let order = gix::traverse::commit::simple::CommitTimeOrder::NewestFirst;
        let walk = git
            .rev_walk([head])
            .sorting(gix::revision::walk::Sorting::ByCommitTime(order))
            .all();
        let walk = walk.map_err(|error| failed(error.to_string()))?;
        let shallow = git.shallow_commits();
        let shallow = shallow.map_err(|error| failed(error.to_string()))?;
        for (count, info) in walk.enumerate() {
            if count == most {
                return Ok(Walked::Bounded);
            }
            let id = info.map_err(|error| failed(error.to_string()))?.id;
            let is_first_known = shallow.as_ref().is_some_and(|known| known.contains(&id));
            let step = self.step(&git, id, is_first_known)?;
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
    ) -> Result<Option<Step>> {
        let commit = parsed(git, id)?;
        let own = self.estate_in(git, commit.tree)?;
        let mut before = HashSet::new();
        if !is_first_known {
            for parent in &commit.parents {
                let parent = self.estate_in(git, parsed(git, *parent)?.tree)?;
                if parent == own {
                    return Ok(None);
                }
                before.extend(yaml_below(git, parent)?);
            }
        }
        let after = yaml_below(git, own)?;
        Ok(Some(Step {
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
            collect(git, folder, &mut files)?;
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
        match bytes.starts_with(LFS) {
            true => Err(Unread::Failed(
                "it is a pointer of Git LFS; the text itself is not in the repository".into(),
            )),
            false => Ok(bytes),
        }
    }
}

/// What the pointer files of Git LFS begin with.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The contents of the YAML files below a tree.
fn yaml_below(git: &gix::Repository, tree: Option<ObjectId>) -> Result<HashSet<Blob>> {
    let mut files = BTreeMap::new();
    if let Some(tree) = tree {
        collect(git, tree, &mut files)?;
    }
    Ok(yaml_of(&files).collect())
}

/// The contents of the YAML files among some.
fn yaml_of(files: &BTreeMap<String, Held>) -> impl Iterator<Item = Blob> {
    let yaml = files.iter().filter(|(key, held)| {
        let key = key.to_lowercase();
        held.kind != EntryKind::Link && (key.ends_with(".yaml") || key.ends_with(".yml"))
    });
    yaml.map(|(_, held)| held.blob)
}

impl Revision {
    /// The contents of its YAML files.
    pub fn blobs(&self) -> impl Iterator<Item = Blob> {
        yaml_of(&self.files)
    }

    /// What stands straight in a folder, each with its name.
    pub fn list(&self, folder: &str) -> Vec<(String, Kind)> {
        let prefix = match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let below = self.files.range(prefix.clone()..);
        let below = below.take_while(|(key, _)| key.starts_with(&prefix));
        let mut listed: Vec<(String, Kind)> = Vec::new();
        for (key, held) in below {
            let rest = &key[prefix.len()..];
            let (name, kind) = match rest.split_once('/') {
                Some((name, _)) => (name, Kind::Folder),
                None => (rest, self.kind(key, *held)),
            };
            if listed.last().is_none_or(|(last, _)| last != name) {
                listed.push((name.to_owned(), kind));
            }
        }
        listed
    }

    fn kind(&self, key: &str, held: Held) -> Kind {
        match held.kind {
            EntryKind::Blob | EntryKind::BlobExecutable => Kind::File,
            EntryKind::Tree => Kind::Folder,
            EntryKind::Commit => Kind::Submodule,
            EntryKind::Link => Kind::Link {
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
            Kind::File => self.repository.bytes(held.blob, most),
            _ => Err(Unread::Failed("it is not a regular file".into())),
        }
    }
}

/// Opens a repository so that nothing of it can run: its own configuration is read for the form of
/// its objects, and no other; nothing is included, and no variable of the environment counts.
/// Replaced objects are shown as they were committed. Who owns it does not matter, for nothing of it
/// is trusted.
fn open(dot_git: &Path) -> Result<gix::Repository> {
    let options = gix::open::Options::isolated()
        .open_path_as_is(true)
        .with(gix::sec::Trust::Full)
        .cli_overrides(["core.useReplaceRefs=false"]);
    let opened = gix::ThreadSafeRepository::open_opts(dot_git, options);
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

fn no_repository(estate: &Path, real: &Path) -> Unavailable {
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

/// What is known of a commit from its object alone.
struct Parsed {
    tree: ObjectId,
    parents: Vec<ObjectId>,
    author: String,
    day: Option<Day>,
}

/// The commit that a name stands for.
fn commit_of(git: &gix::Repository, name: &str) -> Result<ObjectId> {
    if name.contains("..") {
        return Err(Unavailable(format!(
            "`{name}` names two revisions; write one here, or `plan diff A B` to compare two"
        )));
    }
    let found = git
        .rev_parse_single(name)
        .map_err(|error| unknown(git, name, &error.to_string()))?;
    let object = found
        .object()
        .map_err(|error| unknown(git, name, &error.to_string()))?;
    let commit = object.peel_to_commit().map_err(|_| {
        Unavailable(format!(
            "`{name}` names no commit; write a branch, a tag or a commit, as `origin/main`"
        ))
    })?;
    Ok(commit.id)
}

fn shortened(git: &gix::Repository, id: ObjectId) -> String {
    let short = gix::prelude::ObjectIdExt::attach(id, git).shorten_or_id();
    short.to_string()
}

fn parsed(git: &gix::Repository, id: ObjectId) -> Result<Parsed> {
    let bytes = object(git, id, gix::object::Kind::Commit, OBJECT)?;
    let bad = |error: String| Unavailable(format!("the commit {id} could not be read: {error}"));
    let commit =
        gix::objs::CommitRef::from_bytes(&bytes, id.kind()).map_err(|e| bad(e.to_string()))?;
    let author = commit.author().map_err(|e| bad(e.to_string()))?;
    let time = author.time().ok();
    let day = time.and_then(|time| {
        let local = time.seconds.checked_add(i64::from(time.offset))?;
        let date = DateTime::from_timestamp(local, 0)?.date_naive();
        Day::new(date.year(), date.month(), date.day())
    });
    Ok(Parsed {
        tree: commit.tree(),
        parents: commit.parents().collect(),
        author: author.name.to_str_lossy().trim().to_owned(),
        day,
    })
}

/// The bytes of an object of a kind, if they are not more than `most`, and if they are those that its
/// name stands for.
fn object(
    git: &gix::Repository,
    id: ObjectId,
    kind: gix::object::Kind,
    most: u64,
) -> std::result::Result<Vec<u8>, Unread> {
    let missing = |error: gix::Error| Unread::Failed(missing(&error.to_string()));
    let header = git.find_header(id).map_err(missing)?;
    if header.size() > most {
        return Err(Unread::TooLarge(header.size()));
    }
    let mut found = git.find_object(id).map_err(missing)?;
    let named = gix::objs::compute_hash(id.kind(), found.kind, &found.data);
    if found.kind != kind || named.ok() != Some(id) {
        let message =
            format!("the repository is damaged: the object {id} is not what it should be");
        return Err(Unread::Failed(message));
    }
    Ok(std::mem::take(&mut found.data))
}

impl From<Unread> for Unavailable {
    fn from(unread: Unread) -> Unavailable {
        Unavailable(match unread {
            Unread::TooLarge(size) => {
                format!(
                    "the repository holds a folder or a commit of {size} bytes, too large to be read"
                )
            }
            Unread::Failed(why) => why,
        })
    }
}

fn missing(error: &str) -> String {
    format!(
        "the repository does not hold all of that revision ({error}); where it was cloned with \
         --filter, clone it without"
    )
}

/// What to say of a revision that is not there.
fn unknown(git: &gix::Repository, name: &str, error: &str) -> Unavailable {
    if git.head().is_ok_and(|head| head.is_unborn()) {
        return Unavailable(format!(
            "there is no revision `{name}`: nothing was committed here yet"
        ));
    }
    if git.is_shallow().unwrap_or(false) {
        return Unavailable(format!(
            "this clone is shallow and does not have `{name}`; {}, or in CI check out with `fetch-depth: 0`",
            fetch(name)
        ));
    }
    let names: Vec<String> = git.references().ok().map_or_else(Vec::new, |references| {
        let all = references.all().ok().into_iter().flatten();
        let all = all.filter_map(std::result::Result::ok);
        all.map(|reference| reference.name().shorten().to_str_lossy().into_owned())
            .take(10_000)
            .collect()
    });
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if name.contains('/') => fetch(name),
        None => "write a branch, a tag or a commit, as `origin/main`, `v1` or `HEAD~2`".into(),
    };
    let plain = error
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let why = match git.try_find_reference(name) {
        Ok(Some(_)) | Err(_) => format!(" ({plain})"),
        Ok(None) => String::new(),
    };
    Unavailable(format!("git knows no revision `{name}`{why}; {help}"))
}

/// The command that fetches a revision.
fn fetch(name: &str) -> String {
    let is_hash = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.split_once('/') {
        Some((remote, branch)) if !branch.is_empty() && !name.contains(['~', '^', '@', ':']) => {
            format!(
                "fetch it with `git fetch --depth=1 {remote} {branch}:refs/remotes/{remote}/{branch}`"
            )
        }
        _ if is_hash => format!("fetch it with `git fetch --depth=1 origin {name}`"),
        _ => "fetch what it lacks with `git fetch --unshallow`".into(),
    }
}

/// Every file below a tree. Hidden ones are other programs' and not looked at, as on disk.
fn collect(
    git: &gix::Repository,
    tree: ObjectId,
    files: &mut BTreeMap<String, Held>,
) -> Result<()> {
    let mut left = vec![(tree, String::new(), 0)];
    let mut count = 0;
    while let Some((tree, folder, depth)) = left.pop() {
        let bytes = object(git, tree, gix::object::Kind::Tree, OBJECT)?;
        for entry in gix::objs::TreeRefIter::from_bytes(&bytes, tree.kind()) {
            let entry = entry.map_err(|error| {
                Unavailable(format!("the tree {tree} could not be read: {error}"))
            })?;
            let name = entry.filename.to_str_lossy();
            if name.starts_with('.') {
                continue;
            }
            count += 1;
            if count > ENTRIES || depth > DEPTH {
                let message = "the estate's folder holds too many files in that revision, or \
                               folders too deep in each other";
                return Err(Unavailable(message.into()));
            }
            let key = match folder.as_str() {
                "" => name.into_owned(),
                folder => format!("{folder}/{name}"),
            };
            let kind = entry.mode.kind();
            let id = entry.oid.to_owned();
            match kind {
                EntryKind::Tree => left.push((id, key, depth + 1)),
                _ => {
                    let blob = Blob(id);
                    files.insert(key, Held { kind, blob });
                }
            }
        }
    }
    Ok(())
}
