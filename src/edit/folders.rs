//! Folders that are made to be written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that were made, outermost first. Those that are still empty at the end go again.
#[derive(Debug, Default)]
pub struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes a folder, and those above it that are missing.
    pub fn down_to(folder: &Path) -> io::Result<MadeFolders> {
        let mut made = MadeFolders::default();
        let missing: Vec<&Path> = (folder.ancestors())
            .take_while(|folder| {
                !folder.as_os_str().is_empty() && folder.symlink_metadata().is_err()
            })
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            made.0.push(folder.to_owned());
        }
        Ok(made)
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes new names in a folder outlast a power cut.
pub fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match fs::File::open(folder)?.sync_all() {
        // Some systems cannot; they need not either.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {}
        synced => synced?,
    }
    let _ = folder;
    Ok(())
}
