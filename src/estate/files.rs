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
pub struct FoundFile {
    /// Its path from the estate, with `/`.
    pub key: String,
    /// Why it cannot be read, where that is plain before it is opened.
    pub refusal: Option<FileRefusal>,
}

/// Why a file cannot be read, where that is plain before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    Link,
    Submodule,
    Folder,
    /// A pipe, a device and the like.
    NotRegular,
    /// Its name is not UTF-8: what it is could not be asked for.
    Misnamed,
    /// A folder that cannot be listed.
    Unlisted,
    /// The list of a write of several files that was cut off.
    CutOff,
    /// The commit has it, and the working tree does not want it.
    LeftOut,
}

impl FileRefusal {
    /// What is wrong, as a sentence about the file.
    pub fn message(self) -> &'static str {
        match self {
            FileRefusal::Link => "could not be read: it is a symbolic link",
            FileRefusal::Submodule => {
                "could not be read: it is a submodule, with a history of its own"
            }
            FileRefusal::Folder => "could not be read: it is a folder",
            FileRefusal::NotRegular => "could not be read: it is not a regular file",
            FileRefusal::Misnamed => "could not be read: its name is not UTF-8",
            FileRefusal::Unlisted => "could not be read: it is a folder that cannot be listed",
            FileRefusal::CutOff => {
                "a write of several files was cut off here: some may be new, and others old"
            }
            FileRefusal::LeftOut => {
                "could not be read: the commit has it, and this sparse checkout left it out"
            }
        }
    }

    /// Advice to the person who reads the finding.
    pub fn help(self) -> &'static str {
        match self {
            FileRefusal::Misnamed => "rename it, in letters that every program can read",
            FileRefusal::CutOff => {
                "`plan validate --fix` takes it back, and so does whatever writes to this board next"
            }
            FileRefusal::LeftOut => {
                "`git sparse-checkout disable` brings it here; if it was deleted on purpose, commit that"
            }
            _ => "put a regular file in its place, or move it out of the estate",
        }
    }
}

/// What stands straight in a folder: YAML files and folders, each by its path from the estate.
#[derive(Default)]
pub struct FolderListing {
    pub files: Vec<FoundFile>,
    pub folders: Vec<String>,
}

/// Why a file's bytes could not be had.
pub enum UnreadFile {
    TooLarge(u64),
    Failed(String),
}

impl std::fmt::Display for UnreadFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            UnreadFile::TooLarge(size) => write!(f, "it has {size} bytes; 16 MB is the most"),
            UnreadFile::Failed(error) => error.fmt(f),
        }
    }
}

impl Files {
    /// What stands straight in a folder, in order.
    pub fn list(&self, folder: &str) -> std::io::Result<FolderListing> {
        let mut listed = FolderListing::default();
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
    pub fn walk(&self, folder: &str, found: &mut Vec<FoundFile>) {
        match self.list(folder) {
            Ok(listed) => {
                found.extend(listed.files);
                for folder in listed.folders {
                    self.walk(&folder, found);
                }
            }
            Err(_) => found.push(FoundFile {
                key: folder.to_owned(),
                refusal: Some(FileRefusal::Unlisted),
            }),
        }
    }

    /// Reads a regular file of a size that a plan may have.
    pub fn read(&self, key: &str) -> Result<Vec<u8>, UnreadFile> {
        match self {
            Files::Disk(root) => read_bounded(&root.join(key)),
            Files::Revision(revision) => revision.read(key, MAX_FILE).map_err(|why| match why {
                git::Unread::TooLarge(size) => UnreadFile::TooLarge(size),
                git::Unread::Failed(error) => UnreadFile::Failed(error),
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

impl FolderListing {
    /// Adds what may be a board's: a folder, a YAML file, or what hides one.
    fn add(&mut self, key: String, kind: git::PathKind) {
        let yaml = is_yaml(&key);
        let refusal = match kind {
            _ if key.ends_with(UNFINISHED) => Some(FileRefusal::CutOff),
            git::PathKind::Link { to_folder } if yaml || to_folder => Some(FileRefusal::Link),
            git::PathKind::Submodule => Some(FileRefusal::Submodule),
            git::PathKind::Misnamed => Some(FileRefusal::Misnamed),
            git::PathKind::Folder if yaml => Some(FileRefusal::Folder),
            git::PathKind::Folder => {
                self.folders.push(key);
                return;
            }
            _ if !yaml => return,
            git::PathKind::File => None,
            _ => Some(FileRefusal::NotRegular),
        };
        self.files.push(FoundFile { key, refusal });
    }
}

/// Whether a name is that of a YAML file.
fn is_yaml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["yaml", "yml"]
        .iter()
        .any(|yaml| ending.eq_ignore_ascii_case(yaml))
}

/// What stands in a folder on disk. Where several files are being written this very moment, that is waited
/// for.
fn on_disk(folder: &Path) -> std::io::Result<Vec<(String, git::PathKind)>> {
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
        let is_misnamed = entry.file_name().to_str().is_none();
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = match kind {
            _ if is_misnamed && (kind.is_dir() || is_yaml(&name)) => git::PathKind::Misnamed,
            _ if kind.is_symlink() => git::PathKind::Link {
                to_folder: links_to_folder(&entry.path()),
            },
            _ if kind.is_dir() => git::PathKind::Folder,
            _ if kind.is_file() => git::PathKind::File,
            _ => git::PathKind::Other,
        };
        entries.push((name, kind));
    }
    Ok(entries)
}

/// Whether a symbolic link would hide a folder of files, one that turns in a circle included.
fn links_to_folder(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |meta| meta.is_dir())
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, UnreadFile> {
    let failed = |error: std::io::Error| UnreadFile::Failed(error.to_string());
    let meta = fs::metadata(path).map_err(failed)?;
    if !meta.is_file() {
        return Err(UnreadFile::Failed("it is not a regular file".into()));
    }
    if meta.len() > MAX_FILE {
        return Err(UnreadFile::TooLarge(meta.len()));
    }
    fs::read(path).map_err(failed)
}
