//! A write of several files is all of them or none, also where the program is killed or the power fails in
//! the midst of it: before the first file changes, a list of them lies in the board's folder, and by it the
//! next writer takes back what was begun. Until then readers say that the board is incomplete.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use super::exchange::exchange;
use super::folders;
use super::scratch::{self, Fingerprint, Label};

/// The list of the files of a write that is not finished.
pub const FILE: &str = ".plan-unfinished";

/// How deep folders are looked into.
const DEPTH: usize = 64;

/// A file of the write.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnfinishedFile {
    /// Its path from the board's folder, with `/`.
    pub path: String,
    /// The name of its scratch file, beside it: the new text, and once these have changed places the old one.
    pub scratch: String,
    /// The name of a copy of the old text beside it, where two files cannot change places.
    pub copy: Option<String>,
}

/// Lays the list down, whole and on the disk.
pub fn begin(folder: &Path, rows: &[UnfinishedFile]) -> io::Result<()> {
    let mut list = scratch::new_file(".plan-", ".part", false).tempfile_in(folder)?;
    list.write_all(&serde_json::to_vec_pretty(rows)?)?;
    list.as_file().sync_all()?;
    list.persist(folder.join(FILE))?;
    folders::sync(folder)
}

/// Takes the list away: everything is written, or nothing.
pub fn end(folder: &Path) -> io::Result<()> {
    fs::remove_file(folder.join(FILE))?;
    folders::sync(folder)
}

/// The folders, from one downwards, in which a write of several files was cut off, or goes on.
pub fn find(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), vec![(folder.to_owned(), 0)]);
    while let Some((folder, depth)) = left.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if entry.file_name() == FILE {
                found.push(folder.clone());
            } else if is_folder
                && depth < DEPTH
                && !entry.file_name().to_string_lossy().starts_with('.')
            {
                left.push((entry.path(), depth + 1));
            }
        }
    }
    found
}

/// Takes back a write that was cut off, if there is one; gives what is to be said of it.
pub fn take_back(folder: &Path) -> Vec<String> {
    let list = folder.join(FILE);
    let Ok(text) = fs::read(&list) else {
        return Vec::new();
    };
    let Ok(rows) = serde_json::from_slice::<Vec<UnfinishedFile>>(&text) else {
        return vec![format!(
            "{} cannot be read, and is left as it is",
            list.display()
        )];
    };
    let files: Vec<Begun> = rows
        .iter()
        .filter_map(|row| Begun::find(folder, row))
        .collect();
    if files.iter().all(Begun::is_done) {
        let _ = end(folder);
        return Vec::new();
    }
    let mut remarks = vec![format!(
        "a write of {} files to {} was cut off, and is taken back",
        rows.len(),
        folder.display()
    )];
    remarks.extend(files.iter().rev().filter_map(|file| file.take_back().err()));
    if let Err(error) = end(folder) {
        remarks.push(format!("{} could not be removed: {error}", list.display()));
    }
    remarks
}

/// A file of a write that was cut off.
struct Begun {
    path: PathBuf,
    label: Label,
    /// Where its old text may lie.
    old: Vec<PathBuf>,
}

impl Begun {
    /// None where the list says what no list of this program says: a path that leads out of the folder.
    fn find(folder: &Path, row: &UnfinishedFile) -> Option<Begun> {
        let is_plain = |part: std::path::Component| matches!(part, std::path::Component::Normal(_));
        let name =
            |name: &str| Path::new(name).components().count() == 1 && Label::parse(name).is_some();
        let copies = row.copy.iter();
        let scratch = std::iter::once(&row.scratch).chain(copies);
        if !Path::new(&row.path).components().all(is_plain)
            || !scratch.clone().all(|scratch| name(scratch))
        {
            return None;
        }
        let path = folder.join(&row.path);
        let beside = scratch::folder(&path).to_owned();
        // A folder that is a link may lead anywhere.
        let (real, above) = (beside.canonicalize().ok()?, folder.canonicalize().ok()?);
        real.starts_with(above).then_some(())?;
        Some(Begun {
            label: Label::parse(&row.scratch)?,
            old: scratch.map(|name| beside.join(name)).collect(),
            path,
        })
    }

    /// Whether the file has its new text.
    fn is_done(&self) -> bool {
        Fingerprint::of_file(&self.path) == Some(self.label.after)
    }

    /// Puts the old text back where the new one stands; what somebody edited since stays.
    fn take_back(&self) -> Result<(), String> {
        if !self.is_done() {
            return Ok(());
        }
        let failed = |why: &dyn std::fmt::Display| {
            format!(
                "{} could not be put back as it was: {why}",
                self.path.display()
            )
        };
        let Some(before) = self.label.before else {
            return fs::remove_file(&self.path).map_err(|error| failed(&error));
        };
        let mut old = self
            .old
            .iter()
            .filter(|path| Fingerprint::of_file(path) == Some(before));
        let Some(old) = old.next() else {
            return Err(failed(&"its old text is not there any more"));
        };
        if exchange(&self.path, old).is_err() {
            return fs::rename(old, &self.path).map_err(|error| failed(&error));
        }
        let scratch = TempPath::try_from_path(old).map_err(|error| failed(&error))?;
        if Fingerprint::of_file(old) == Some(self.label.after) {
            return Ok(());
        }
        // Somebody edited it in this moment.
        let aside = scratch::set_aside(scratch).map_err(|error| failed(&error))?;
        Err(format!(
            "{} was edited meanwhile; that text lies in {}",
            self.path.display(),
            aside.display()
        ))
    }
}
