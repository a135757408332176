//! One writer at a time in a folder.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// How often a held lock is tried again.
const AGAIN: Duration = Duration::from_millis(10);

/// A folder that this program alone writes to, for as long as this lives. The system lets go of it when
/// the program ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _held: File,
}

/// Why a folder could not be locked.
#[derive(Debug)]
pub enum NotLocked {
    /// Another program holds it still.
    Held,
    Failed(std::io::Error),
}

/// Waits for a folder's lock, at most as long as `wait`.
///
/// The lock is advisory: it keeps writers of this program apart. That another program's edit is not
/// overwritten is for [`super::replace`] to see to.
pub fn lock(folder: &Path, wait: Duration) -> Result<Lock, NotLocked> {
    let file = handle(folder).map_err(NotLocked::Failed)?;
    let tries = wait.as_millis() / AGAIN.as_millis();
    for _ in 0..=tries {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _held: file }),
            Err(TryLockError::WouldBlock) => std::thread::sleep(AGAIN),
            Err(TryLockError::Error(error)) => return Err(NotLocked::Failed(error)),
        }
    }
    Err(NotLocked::Held)
}

/// What is locked: the folder itself, so that nothing is left lying in a repository.
#[cfg(unix)]
fn handle(folder: &Path) -> std::io::Result<File> {
    File::open(folder)
}

/// What is locked where a folder cannot be: a file in the user's own folder for such files, named after
/// the folder. It keeps apart the writers of one user on one machine.
#[cfg(not(unix))]
fn handle(folder: &Path) -> std::io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("plan-{:016x}.lock", hasher.finish());
    let mut options = File::options();
    let file = options.read(true).write(true).create(true).truncate(false);
    file.open(std::env::temp_dir().join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_and_then_is_told() {
        let folder = tempfile::TempDir::new().unwrap();
        let first = lock(folder.path(), Duration::ZERO).unwrap();
        let second = lock(folder.path(), Duration::from_millis(30));
        assert!(matches!(second, Err(NotLocked::Held)));
        drop(first);
        assert!(lock(folder.path(), Duration::ZERO).is_ok());
    }
}
