//! The examples of rules, as files.

use super::{BOARD, PLAN};

/// The files of an example, each by its path in the board's folder: those that it shows, and the
/// board and the plan that it leaves out.
pub fn files(example: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = example
        .split("=== ")
        .skip(1)
        .map(|part| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            (path.to_owned(), text.to_owned())
        })
        .collect();
    for (path, text) in [("board.yaml", BOARD), ("plan.yaml", PLAN)] {
        if !files.iter().any(|(known, _)| known == path) {
            files.push((path.to_owned(), text.to_owned()));
        }
    }
    files
}
