//! What a file has beside its text: its owner, its mode, its access list and its other attributes.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Gives a new text what the file has whose place it takes: owner and group, access list and extended
/// attributes, mode. What would widen or lose a right is an error, and the text is not to be used.
pub fn keep(path: &Path, new: &File) -> io::Result<()> {
    let meta = fs::symlink_metadata(path)?;
    #[cfg(unix)]
    keep_owner(&meta, new)?;
    // The access list comes before the mode, in which its mask stands where the group's rights did.
    #[cfg(target_os = "linux")]
    extended::keep(&File::open(path)?, new)?;
    new.set_permissions(meta.permissions())
}

/// Keeps owner and group. Only root can give a file away: anybody else's text belongs to whoever wrote it.
/// A group that cannot be kept matters where it has other rights than everybody.
#[cfg(unix)]
fn keep_owner(meta: &fs::Metadata, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(new, Some(meta.uid()), Some(meta.gid())).is_ok()
        || fchown(new, None, Some(meta.gid())).is_ok()
    {
        return Ok(());
    }
    let (group, everybody) = (meta.mode() >> 3 & 0o7, meta.mode() & 0o7);
    if group == everybody || new.metadata()?.gid() == meta.gid() {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "it is shared with a group (number {}) that you do not belong to, and would not be any more",
        meta.gid()
    )))
}

#[cfg(target_os = "linux")]
mod extended {
    use std::fs::File;
    use std::io;

    use rustix::fs::{
        XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query, fremovexattr,
        fsetxattr,
    };
    use rustix::io::Errno;

    /// Gives a file the attributes of another, and no more: an access list that it has from its folder
    /// goes.
    pub fn keep(old: &File, new: &File) -> io::Result<()> {
        let meant = names(old)?;
        for name in names(new)?.iter().filter(|name| !meant.contains(name)) {
            // What the system itself sets (a security label) is its own business.
            if !name.starts_with("security.") {
                fremovexattr(new, name.as_str())?;
            }
        }
        for name in &meant {
            let value = value(old, name)?;
            if self::value(new, name).is_ok_and(|has| has == value) {
                continue;
            }
            fsetxattr(new, name.as_str(), &value, XattrFlags::empty()).map_err(|error| {
                io::Error::other(format!("its attribute {name} cannot be kept ({error})"))
            })?;
        }
        Ok(())
    }

    /// The names of a file's attributes; none where the disk has no such thing.
    fn names(file: &File) -> io::Result<Vec<String>> {
        let size = match flistxattr_query(file) {
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => 0,
            size => size?,
        };
        let mut list = vec![0; size];
        let length = if size == 0 {
            0
        } else {
            flistxattr(file, &mut list[..])?
        };
        let names = list[..length]
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        Ok(names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect())
    }

    fn value(file: &File, name: &str) -> io::Result<Vec<u8>> {
        let mut value = vec![0; fgetxattr_query(file, name)?];
        let length = if value.is_empty() {
            0
        } else {
            fgetxattr(file, name, &mut value[..])?
        };
        value.truncate(length);
        Ok(value)
    }
}
