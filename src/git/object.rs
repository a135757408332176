//! Objects of a repository, read within bounds and only if they are what their name stands for.

use std::fmt;

use chrono::{DateTime, Datelike};
use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;

use crate::calendar::Day;
use crate::caught::caught;

/// Why git's data could not be read, in a sentence.
#[derive(Debug)]
pub struct Unavailable(pub String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) type Result<T> = std::result::Result<T, Unavailable>;

/// A file of a tree.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) kind: EntryKind,
    pub(super) blob: Blob,
}

/// The content of a file: the same for files that hold the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Blob(pub(super) ObjectId);

/// Why a file of a revision could not be read.
pub enum Unread {
    TooLarge(u64),
    Failed(String),
}

/// How deep folders may stand in each other, and how many files and folders an estate may have: a tree
/// that exceeds these is no estate. (One small tree may stand in itself a million times.)
const DEPTH: usize = 64;
const ENTRIES: usize = 50_000;

/// The largest tree or commit that is read, in bytes.
pub(super) const OBJECT: u64 = 64 * 1024 * 1024;

/// Asks the library that reads repositories. One that is damaged may make it panic; that is a sentence too.
pub(super) fn ask<T>(question: impl FnOnce() -> T) -> Result<T> {
    caught(question).map_err(|_| {
        Unavailable("the repository is damaged in a way that git's data cannot be read".into())
    })
}

/// What is known of a commit from its object alone.
pub(super) struct Parsed {
    pub(super) tree: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    pub(super) author: String,
    pub(super) day: Option<Day>,
}

pub(super) fn parsed(git: &gix::Repository, id: ObjectId) -> Result<Parsed> {
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
pub(super) fn object(
    git: &gix::Repository,
    id: ObjectId,
    kind: gix::object::Kind,
    most: u64,
) -> std::result::Result<Vec<u8>, Unread> {
    let missing = |error: gix::Error| Unread::Failed(missing(&error.to_string()));
    let header = asked(ask(|| git.find_header(id)))?.map_err(missing)?;
    if header.size() > most {
        return Err(Unread::TooLarge(header.size()));
    }
    let mut found = asked(ask(|| git.find_object(id)))?.map_err(missing)?;
    let named = gix::objs::compute_hash(id.kind(), found.kind, &found.data);
    if found.kind != kind || named.ok() != Some(id) {
        let message =
            format!("the repository is damaged: the object {id} is not what it should be");
        return Err(Unread::Failed(message));
    }
    Ok(std::mem::take(&mut found.data))
}

/// What could not be asked, of a file.
fn asked<T>(answer: Result<T>) -> std::result::Result<T, Unread> {
    answer.map_err(|error| Unread::Failed(error.0))
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

/// Visits every file below a tree: its folder, empty or with a `/` at its end, its name, and what it is.
/// Hidden ones are other programs' and not looked at, as on disk.
pub(super) fn each_file(
    git: &gix::Repository,
    tree: ObjectId,
    visit: &mut dyn FnMut(&str, &str, Held),
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
            let kind = entry.mode.kind();
            let id = entry.oid.to_owned();
            match kind {
                EntryKind::Tree => left.push((id, format!("{folder}{name}/"), depth + 1)),
                _ => {
                    let blob = Blob(id);
                    visit(&folder, &name, Held { kind, blob });
                }
            }
        }
    }
    Ok(())
}
