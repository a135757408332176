//! The folder that a site is written to: only what changed is written, what the site no longer has is removed,
//! and nothing else is ever touched.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail};

use crate::edit;

/// The list of a site's own files, in its folder.
pub const MANIFEST: &str = "plan-site.txt";

/// What the list opens with.
const HEAD: &str = "\
# The files that `plan site` wrote here, and may write again or remove. Others it never touches.
";

/// A folder that a site is being written to.
pub struct Folder {
    root: PathBuf,
    /// What the site had before.
    old: BTreeSet<String>,
    now: Mutex<Now>,
}

/// What was done so far.
struct Now {
    files: BTreeSet<String>,
    /// The folders that are known to be folders, and no links that lead elsewhere.
    folders: BTreeSet<PathBuf>,
    /// The list, to which each new file is added before it is written: what is cut off is known as the site's
    /// own by the next run.
    list: File,
    changed: usize,
}

/// How a site was written.
pub struct Outcome {
    pub files: usize,
    pub changed: usize,
    pub removed: usize,
}

impl Folder {
    /// Opens a folder that is new, empty or a site's own; any other is refused.
    pub fn open(root: &Path, shown: &str) -> anyhow::Result<Folder> {
        let list = root.join(MANIFEST);
        if fs::symlink_metadata(&list).is_ok_and(|meta| !meta.is_file()) {
            bail!("{shown}/{MANIFEST} is no plain file; move it away");
        }
        let old = match fs::read_to_string(&list) {
            Ok(text) => Some(read(&text).with_context(|| format!("{shown}/{MANIFEST}"))?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("{shown}/{MANIFEST}")),
        };
        if old.is_none() {
            match fs::read_dir(root) {
                Ok(mut entries) => {
                    if entries.next().is_some() {
                        bail!(
                            "{shown} holds files that `plan site` did not write (it has no {MANIFEST}); name a new or an \
                             empty folder"
                        );
                    }
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let made = fs::create_dir_all(root);
                    made.with_context(|| format!("{shown} could not be made"))?;
                }
                Err(error) => return Err(error).with_context(|| shown.to_owned()),
            }
            fs::write(&list, HEAD).with_context(|| format!("{shown} cannot be written to"))?;
        }
        let list = OpenOptions::new().append(true).open(&list);
        let list = list.with_context(|| format!("{shown}/{MANIFEST}"))?;
        Ok(Folder {
            root: root.to_owned(),
            old: old.unwrap_or_default(),
            now: Mutex::new(Now {
                files: BTreeSet::new(),
                folders: BTreeSet::new(),
                list,
                changed: 0,
            }),
        })
    }

    /// Writes a file of the site, unless it is there already as it is to be.
    pub fn put(&self, address: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.root.join(address);
        self.announce(address, &path)?;
        let is_changed =
            write(&path, bytes).with_context(|| format!("{address} could not be written"))?;
        if is_changed {
            self.now().changed += 1;
        }
        Ok(())
    }

    /// Notes that a file will be the site's own.
    fn announce(&self, address: &str, path: &Path) -> anyhow::Result<()> {
        let mut now = self.now();
        if !now.files.insert(address.to_owned()) {
            bail!(
                "two pages would be {address}; give the boards or plans names that differ in letters or digits"
            );
        }
        let folder = path.parent().unwrap_or(&self.root);
        if !now.folders.contains(folder) {
            self.make(folder, address)?;
            now.folders.insert(folder.to_owned());
        }
        let meta = fs::symlink_metadata(path);
        let is_there = meta.is_ok();
        if meta.is_ok_and(|meta| !meta.is_file()) {
            bail!("{address} is there already and is no plain file; move it away");
        }
        if self.old.contains(address) {
            return Ok(());
        }
        if is_there {
            bail!("{address} is there already and is not of this site; move it away");
        }
        writeln!(now.list, "{address}").context(MANIFEST)
    }

    /// Makes a folder below the root, and those above it; one that leads elsewhere is refused.
    fn make(&self, folder: &Path, address: &str) -> anyhow::Result<()> {
        let below = folder.strip_prefix(&self.root).unwrap_or(Path::new(""));
        let mut path = self.root.clone();
        for part in below.components() {
            path.push(part);
            match fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) => {
                    bail!("{address} cannot be written: a folder above it is a file or a link")
                }
                Err(_) => match fs::create_dir(&path) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                        return Err(error).with_context(|| address.to_owned());
                    }
                    _ => {}
                },
            }
        }
        Ok(())
    }

    /// Removes what the site no longer has, and writes the list of what it has.
    pub fn finish(self) -> anyhow::Result<Outcome> {
        let now = self
            .now
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let mut removed = 0;
        for address in self.old.difference(&now.files) {
            let path = self.root.join(address);
            if is_plain_file(&self.root, &path) {
                fs::remove_file(&path)
                    .with_context(|| format!("{address} could not be removed"))?;
                removed += 1;
            }
            // A folder goes when nothing is left in it; whoever put something there keeps it.
            let mut folder = path.parent();
            while let Some(own) =
                folder.filter(|own| *own != self.root && own.starts_with(&self.root))
            {
                if fs::remove_dir(own).is_err() {
                    break;
                }
                folder = own.parent();
            }
        }
        let mut list = HEAD.to_owned();
        for address in &now.files {
            list.push_str(address);
            list.push('\n');
        }
        drop(now.list);
        write(&self.root.join(MANIFEST), list.as_bytes()).context(MANIFEST)?;
        Ok(Outcome {
            files: now.files.len(),
            changed: now.changed,
            removed,
        })
    }

    fn now(&self) -> std::sync::MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a path is a plain file, and no folder between a root and it is a link.
pub fn is_plain_file(root: &Path, path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file()) && leads_here(root, path)
}

/// Whether no folder between a root and a path is a link.
fn leads_here(root: &Path, path: &Path) -> bool {
    let folders = path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root);
    folders.into_iter().all(|folder| {
        let meta = fs::symlink_metadata(folder);
        meta.is_ok_and(|meta| meta.is_dir())
    })
}

/// Writes a file unless it holds these bytes; whether it was written.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    match File::open(path) {
        Ok(mut file) => {
            let is_as_long = file.metadata()?.len() == bytes.len() as u64;
            let mut before = Vec::new();
            if is_as_long {
                file.read_to_end(&mut before)?;
            }
            if is_as_long && before == bytes {
                return Ok(false);
            }
            edit::write_again(path, bytes)?;
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            File::create_new(path)?.write_all(bytes)?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(true)
}

/// The files that a list names. One that names anything outside its folder was not written by `plan site`.
fn read(text: &str) -> anyhow::Result<BTreeSet<String>> {
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut files = BTreeSet::new();
    for line in lines {
        let mut parts = Path::new(line).components();
        if line.contains('\\') || !parts.all(|part| matches!(part, Component::Normal(_))) {
            bail!("{line} is no file of this folder; the list is not as `plan site` wrote it");
        }
        files.insert(line.to_owned());
    }
    Ok(files)
}
