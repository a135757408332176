//! Reads the project's dialect of YAML into a tree in which every value knows its place.
//!
//! The dialect (design section 3): YAML 1.2 in UTF-8, one document a file, no anchors, aliases,
//! merge keys or tags, nesting to 64, a text up to 1 MB. Every scalar is the characters as written.

mod conflict;
mod full;
mod quick;
pub mod scalar;
mod tree;

pub use tree::{Node, NodeId, NodeKind, Tree};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 1024 * 1024;

/// How deep lists and maps may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// Why a file lies outside the dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether the limit of size is what it breaks (`too-large`), rather than the form (`syntax`).
    pub too_large: bool,
    pub message: String,
    pub help: String,
    /// The range of bytes that it concerns.
    pub range: (u32, u32),
}

impl Problem {
    fn new(range: (u32, u32), message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem {
            too_large: false,
            message: message.into(),
            help: help.into(),
            range,
        }
    }
}

/// Reads a text into its tree, or says everything that keeps it from being one.
pub fn read(text: &str) -> Result<Tree, Vec<Problem>> {
    match quick::read(text) {
        Some(tree) => Ok(tree),
        None => match conflict::find(text) {
            Some(problem) => Err(vec![problem]),
            None => full::read(text),
        },
    }
}

/// Turns a file's bytes into text, or says why they are none. Beside the problem comes the text as
/// far as it can be shown, so that the problem has a line to stand in.
pub fn decode(bytes: Vec<u8>) -> Result<String, (String, Problem)> {
    const SAVE_AS: &str = "save the file as UTF-8 (in Word or Notepad: Save As, Encoding, UTF-8)";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let problem = Problem::new((0, 0), "the file is in UTF-16, not in UTF-8", SAVE_AS);
        return Err((String::new(), problem));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() as u32;
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let message = format!(
            "the file is not in UTF-8: byte {:02X} cannot stand here",
            error.as_bytes()[at as usize]
        );
        (text, Problem::new((at, at + 3), message, SAVE_AS))
    })?;
    if let Some(at) = text.find('\0') {
        if text.bytes().filter(|&byte| byte == 0).count() > text.len() / 4 {
            let problem = Problem::new((0, 0), "the file looks like UTF-16, not UTF-8", SAVE_AS);
            return Err((String::new(), problem));
        }
        let range = (at as u32, at as u32 + 1);
        let problem = Problem::new(
            range,
            "a NUL character, which no text holds",
            "delete it, or save the file again as UTF-8 text",
        );
        return Err((text, problem));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
