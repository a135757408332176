//! Where an estate's files are: in a folder on disk, or in a git revision. Both are listed and read
//! alike, with the same refusals.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::edit::UNFINISHED;
use crate::git::{self, Revision};
use crate::yaml::MAX_FILE;

/// What holds the files.
pub enum Files {
    Disk(PathBuf),
    Revision(Revision),
}

/// A YAML file, or what stands where one is expected.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its path from the estate, with `/`.
    pub key: String,
    /// Why it cannot be read, where that is plain before it is opened.
    pub refusal: Option<&'static str>,
}

/// What stands straight in a folder: YAML files and folders, each by its path from the estate.
#[derive(Default)]
pub struct Listed {
    pub files: Vec<Found>,
    pub folders: Vec<String>,
}

/// Why a file's bytes could not be had.
pub enum Unreadable {
    TooLarge(u64),
    Failed(String),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unreadable::TooLarge(size) => write!(f, "it has {size} bytes; 16 MB is the most"),
            Unreadable::Failed(error) => error.fmt(f),
        }
    }
}

impl Files {
    /// What stands straight in a folder, in order.
    pub fn list(&self, folder: &str) -> std::io::Result<Listed> {
        let mut listed = Listed::default();
        let entries = match self {
            Files::Disk(root) => on_disk(&root.join(folder))?,
            Files::Revision(revision) => revision.list(folder),
        };
        for (name, kind) in entries {
            // Hidden files are other programs' (.git, .github, an editor's locks).
            if name.starts_with('.') && name != UNFINISHED {
                continue;
            }
            let key = match folder {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            listed.add(key, kind);
        }
        listed.folders.sort();
        listed.files.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(listed)
    }

    /// All YAML files below a folder. A folder that cannot be listed is found in their place.
    pub fn walk(&self, folder: &str, found: &mut Vec<Found>) {
        match self.list(folder) {
            Ok(listed) => {
                found.extend(listed.files);
                for folder in listed.folders {
                    self.walk(&folder, found);
                }
            }
            Err(_) => found.push(Found {
                key: folder.to_owned(),
                refusal: Some("a folder that cannot be listed"),
            }),
        }
    }

    /// Reads a regular file of a size that a plan may have.
    pub fn read(&self, key: &str) -> Result<Vec<u8>, Unreadable> {
        match self {
            Files::Disk(root) => read_bounded(&root.join(key)),
            Files::Revision(revision) => revision.read(key, MAX_FILE).map_err(|why| match why {
                git::Unread::TooLarge(size) => Unreadable::TooLarge(size),
                git::Unread::Failed(error) => Unreadable::Failed(error),
            }),
        }
    }

    /// Whether something stands at a path.
    pub fn has(&self, key: &str) -> bool {
        match self {
            Files::Disk(root) => root.join(key).exists(),
            Files::Revision(revision) => revision.has(key),
        }
    }

    /// Whether a path leads out of the estate through a symbolic link. In a revision no link is
    /// followed at all.
    pub fn leads_out(&self, key: &str) -> bool {
        let Files::Disk(root) = self else {
            return false;
        };
        let real = root.join(key).canonicalize();
        matches!((real, root.canonicalize()), (Ok(real), Ok(root)) if !real.starts_with(&root))
    }
}

impl Listed {
    /// Adds what may be a board's: a folder, a YAML file, or what hides one.
    fn add(&mut self, key: String, kind: git::Kind) {
        let yaml = key
            .rsplit_once('.')
            .is_some_and(|(_, end)| ["yaml", "yml"].iter().any(|y| end.eq_ignore_ascii_case(y)));
        let refusal = match kind {
            _ if key.ends_with(UNFINISHED) => Some("left of a write that was cut off"),
            git::Kind::Link { to_folder } if yaml || to_folder => Some("a symbolic link"),
            git::Kind::Submodule => Some("a submodule, with a history of its own"),
            git::Kind::Folder if yaml => Some("a folder"),
            git::Kind::Folder => {
                self.folders.push(key);
                return;
            }
            _ if !yaml => return,
            git::Kind::File => None,
            _ => Some("not a regular file"),
        };
        self.files.push(Found { key, refusal });
    }
}

/// What stands in a folder on disk. Where several files are being written this very moment, that is waited
/// for.
fn on_disk(folder: &Path) -> std::io::Result<Vec<(String, git::Kind)>> {
    let list = folder.join(UNFINISHED);
    for _ in 0..100 {
        if !list.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let kind = match kind {
            _ if kind.is_symlink() => git::Kind::Link {
                to_folder: links_to_folder(&entry.path()),
            },
            _ if kind.is_dir() => git::Kind::Folder,
            _ if kind.is_file() => git::Kind::File,
            _ => git::Kind::Other,
        };
        entries.push((entry.file_name().to_string_lossy().into_owned(), kind));
    }
    Ok(entries)
}

/// Whether a symbolic link would hide a folder of files, one that turns in a circle included.
fn links_to_folder(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |meta| meta.is_dir())
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let failed = |error: std::io::Error| Unreadable::Failed(error.to_string());
    let meta = fs::metadata(path).map_err(failed)?;
    if !meta.is_file() {
        return Err(Unreadable::Failed("it is not a regular file".into()));
    }
    if meta.len() > MAX_FILE {
        return Err(Unreadable::TooLarge(meta.len()));
    }
    fs::read(path).map_err(failed)
}
