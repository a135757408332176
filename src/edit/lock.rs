//! One writer at a time in a board's folder.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folders::MadeFolders;
use super::unfinished;

/// How often a held lock is tried again.
const AGAIN: Duration = Duration::from_millis(10);

/// The file that keeps writers on different machines apart, where the folder's own lock may be each
/// machine's alone.
const FILE: &str = ".plan-lock";

/// A board's folder that this program alone writes to, for as long as this lives.
///
/// On a disk of this machine the system lets go of it when the program ends, however it ends. Of a disk that
/// several machines share, the system may know this machine's locks alone: there a file [`FILE`] stands in
/// the folder while a file that was read changes places with its new text, and what was read is compared
/// once more first.
#[derive(Debug)]
pub struct Lock {
    pub(super) folder: PathBuf,
    /// What whoever writes should be told.
    pub(super) remarks: Vec<String>,
    pub(super) wait: Duration,
    file: Option<LockFile>,
    _held: File,
    /// The folders that were made to be locked.
    _made: MadeFolders,
}

/// Why a folder could not be locked.
#[derive(Debug)]
pub enum NotLocked {
    /// Another program holds the lock; which one, if that is known.
    Held(Option<String>),
    Failed(io::Error),
}

impl NotLocked {
    /// Why nothing was written to the folder, in a sentence.
    pub fn reason(&self, folder: &str, waited: Duration) -> String {
        match self {
            NotLocked::Held(None) => format!(
                "another `plan` is writing to {folder}; waited {} seconds, nothing was written; try again",
                waited.as_secs()
            ),
            NotLocked::Held(Some(who)) => format!(
                "another `plan` ({who}) is writing to {folder}; waited {} seconds, nothing was written; if it \
                 is not running any more, delete the file {FILE} there",
                waited.as_secs()
            ),
            NotLocked::Failed(error) if error.kind() == ErrorKind::StorageFull => {
                format!(
                    "nothing could be written to {folder}: the disk is full; nothing was changed"
                )
            }
            NotLocked::Failed(error) if is_refused(error) => {
                format!(
                    "{folder} may not be written to ({}); nothing was written",
                    error.kind()
                )
            }
            NotLocked::Failed(error) => {
                format!("{folder} could not be locked: {error}; nothing was written")
            }
        }
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

impl Lock {
    /// Waits for a folder's lock, at most as long as `wait`; makes the folder where there is none. A write
    /// of several files that was cut off there is taken back.
    ///
    /// The lock is advisory: it keeps writers of this program apart. That another program's edit is not
    /// overwritten is for [`Lock::replace`] to see to.
    pub fn take(folder: &Path, wait: Duration) -> Result<Lock, NotLocked> {
        let made = MadeFolders::down_to(folder).map_err(NotLocked::Failed)?;
        let held = hold(folder, wait)?;
        Ok(Lock {
            remarks: unfinished::take_back(folder),
            folder: folder.to_owned(),
            wait,
            file: None,
            _held: held,
            _made: made,
        })
    }

    /// Keeps writers on other machines away as well, for as long as the lock lives.
    pub(super) fn hold_file(&mut self) -> Result<(), NotLocked> {
        if self.file.is_none() {
            self.file = Some(LockFile::take(&self.folder, self.wait)?);
        }
        Ok(())
    }

    /// What whoever writes should be told: a text that was found and set aside, a write that was cut off
    /// and taken back.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }
}

/// Tries again until it succeeds, or the time is over.
fn wait_for<T>(wait: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let tries = wait.as_millis() / AGAIN.as_millis();
    for number in 0..=tries {
        if let Some(done) = attempt() {
            return Some(done);
        }
        if number < tries {
            std::thread::sleep(AGAIN);
        }
    }
    None
}

/// Holds the lock that this machine's system keeps.
fn hold(folder: &Path, wait: Duration) -> Result<File, NotLocked> {
    let file = handle(folder).map_err(NotLocked::Failed)?;
    let locked = wait_for(wait, || match file.try_lock() {
        Ok(()) => Some(Ok(())),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => Some(Err(error)),
    });
    match locked {
        Some(Ok(())) => Ok(file),
        Some(Err(error)) => Err(NotLocked::Failed(error)),
        None => Err(NotLocked::Held(None)),
    }
}

/// What is locked: the folder itself, so that nothing is left lying in a repository.
#[cfg(unix)]
fn handle(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// What is locked where a folder cannot be: a file in the user's own folder for such files, named after
/// the folder. It keeps apart the writers of one user on one machine.
#[cfg(not(unix))]
fn handle(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("plan-{:016x}.lock", hasher.finish());
    let mut options = File::options();
    let file = options.read(true).write(true).create(true).truncate(false);
    file.open(std::env::temp_dir().join(name))
}

/// The file that keeps writers on other machines away. A program that is killed leaves it.
#[derive(Debug)]
struct LockFile(PathBuf);

impl LockFile {
    fn take(folder: &Path, wait: Duration) -> Result<LockFile, NotLocked> {
        let path = folder.join(FILE);
        let made = wait_for(wait, || {
            match File::options().write(true).create_new(true).open(&path) {
                Ok(mut file) => Some(file.write_all(Holder::this().text().as_bytes())),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if Holder::of_file(&path).is_some_and(|holder| holder.is_gone()) {
                        let _ = fs::remove_file(&path);
                    }
                    None
                }
                Err(error) => Some(Err(error)),
            }
        });
        match made {
            Some(Ok(())) => Ok(LockFile(path)),
            Some(Err(error)) => Err(NotLocked::Failed(error)),
            None => {
                let holder = Holder::of_file(&path).map(|holder| holder.text().trim().to_owned());
                Err(NotLocked::Held(Some(
                    holder.unwrap_or_else(|| "on another machine".into()),
                )))
            }
        }
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The program that made a lock file.
struct Holder {
    process: u32,
    /// Tells a machine, since it was last started, from every other; empty where that is not known.
    machine: String,
}

impl Holder {
    fn this() -> Holder {
        let machine = fs::read_to_string("/proc/sys/kernel/random/boot_id");
        Holder {
            process: std::process::id(),
            machine: machine.unwrap_or_default().trim().to_owned(),
        }
    }

    fn text(&self) -> String {
        let machine = if self.machine.is_empty() {
            "unknown"
        } else {
            &self.machine
        };
        format!("process {} on machine {machine}\n", self.process)
    }

    fn of_file(path: &Path) -> Option<Holder> {
        let mut text = String::new();
        File::open(path)
            .ok()?
            .take(200)
            .read_to_string(&mut text)
            .ok()?;
        let (process, machine) = text
            .trim()
            .strip_prefix("process ")?
            .split_once(" on machine ")?;
        Some(Holder {
            process: process.parse().ok()?,
            machine: machine.to_owned(),
        })
    }

    /// Whether it ran on this machine, beyond doubt, and does not any more.
    fn is_gone(&self) -> bool {
        let this = Holder::this();
        let processes = Path::new("/proc");
        !this.machine.is_empty()
            && self.machine == this.machine
            && processes.join("self").exists()
            && !processes.join(self.process.to_string()).exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_and_then_is_told() {
        let folder = tempfile::TempDir::new().unwrap();
        let first = Lock::take(folder.path(), Duration::ZERO).unwrap();
        let second = Lock::take(folder.path(), Duration::from_millis(30));
        assert!(matches!(second, Err(NotLocked::Held(None))));
        drop(first);
        assert!(Lock::take(folder.path(), Duration::ZERO).is_ok());
    }

    #[test]
    fn a_folder_that_was_made_to_be_locked_goes_if_nothing_was_written() {
        let folder = tempfile::TempDir::new().unwrap();
        let new = folder.path().join("a/b");
        let lock = Lock::take(&new, Duration::ZERO).unwrap();
        assert!(new.is_dir());
        drop(lock);
        assert!(!folder.path().join("a").exists());
    }

    #[test]
    fn a_lock_file_keeps_others_away_until_its_program_is_gone() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join(FILE);
        let first = LockFile::take(folder.path(), Duration::ZERO).unwrap();
        let Err(held) = LockFile::take(folder.path(), Duration::from_millis(20)) else {
            panic!("held twice")
        };
        let reason = held.reason("plans/x", Duration::from_secs(30));
        let who = format!("another `plan` (process {} on machine", std::process::id());
        assert!(reason.starts_with(&who), "{reason}");
        assert!(
            reason.ends_with("delete the file .plan-lock there"),
            "{reason}"
        );
        drop(first);
        assert!(!path.exists());
        // Of another machine nothing is known, and it stays; of this one a number that no process has is enough.
        for (machine, is_taken) in [("another", false), (Holder::this().machine.as_str(), true)] {
            fs::write(&path, format!("process 4194999 on machine {machine}\n")).unwrap();
            let acquired = LockFile::take(folder.path(), Duration::from_millis(20)).is_ok();
            assert_eq!(
                acquired,
                is_taken && Path::new("/proc/self").exists(),
                "{machine}"
            );
        }
        // What is half written is held.
        fs::write(&path, "").unwrap();
        assert!(LockFile::take(folder.path(), Duration::from_millis(20)).is_err());
    }
}
