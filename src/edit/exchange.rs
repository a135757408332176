//! Two files change places in one step, so that at no moment either is missing.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::scratch;

/// Lets two files change places in one step, where the system can: then nothing is lost between looking
/// at a file and replacing it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether two files can change places in one step in a folder.
pub fn can_exchange(folder: &Path) -> io::Result<bool> {
    let [one, other] = scratch::pair(folder)?;
    Ok(exchange(&one, &other).is_ok())
}

/// Whether the disk cannot do it at all.
pub fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::InvalidInput
    )
}
