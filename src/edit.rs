//! Text patches: what they do not touch stays as it is, byte by byte; and files written whole or not at
//! all.

mod attributes;
mod exchange;
mod folders;
mod lock;
mod replace;
mod scratch;
mod unfinished;

use std::io::Write;
use std::ops::Range;
use std::path::Path;

pub use lock::Lock;
pub use replace::{Replacement, Unwritten};
pub use unfinished::{FILE as UNFINISHED, find as find_unfinished};

/// A text in place of a range of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    pub range: Range<usize>,
    pub text: String,
}

/// Two patches of one file overlap, or one does not fit the text.
#[derive(Debug, PartialEq, Eq)]
pub struct Conflict;

/// Applies patches to a text; all, or none.
pub fn apply(text: &str, patches: &[Patch]) -> Result<String, Conflict> {
    let mut patches: Vec<&Patch> = patches.iter().collect();
    patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
    let mut patched = String::with_capacity(text.len());
    let mut at = 0;
    for patch in patches {
        if patch.range.start < at {
            return Err(Conflict);
        }
        patched += text.get(at..patch.range.start).ok_or(Conflict)?;
        text.get(patch.range.clone()).ok_or(Conflict)?;
        patched += &patch.text;
        at = patch.range.end;
    }
    patched += &text[at..];
    Ok(patched)
}

/// Writes an answer to a file, whole or not at all: beside it first, then in its place, with its
/// permissions. Answers can be made again; what a board says is written by [`Lock::replace`].
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
    let file = beside(path, bytes.as_ref())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// The same without waiting for the disk, for one of thousands of files that are made again as easily.
pub fn write_again(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    beside(path, bytes)?.persist(path)?;
    Ok(())
}

/// A new file beside a path, with what is to stand in its place.
fn beside(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let is_new = !path.exists();
    let mut file =
        scratch::new_file(".answer-", ".tmp", is_new).tempfile_in(scratch::folder(path))?;
    file.write_all(bytes)?;
    if !is_new {
        attributes::keep(path, file.as_file())?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(range: Range<usize>, text: &str) -> Patch {
        Patch {
            range,
            text: text.into(),
        }
    }

    #[test]
    fn patches_leave_every_other_byte_alone() {
        let text = "a: 1\r\nb: 2 # é\r\n";
        let patched = apply(text, &[patch(9..10, "3"), patch(0..1, "aa")]);
        assert_eq!(patched.unwrap(), "aa: 1\r\nb: 3 # é\r\n");
    }

    #[test]
    fn overlaps_and_what_does_not_fit_are_refused() {
        assert_eq!(
            apply("abc", &[patch(0..2, "x"), patch(1..3, "y")]),
            Err(Conflict)
        );
        assert_eq!(apply("abc", &[patch(2..9, "x")]), Err(Conflict));
    }
}
