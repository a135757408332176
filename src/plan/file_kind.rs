//! What a file is: its first key says it.

use crate::finding::Finding;
use crate::source::{FileId, Span};
use crate::yaml::Node;

/// What a file is, by its first key. In this order they are read: a plan's school terms are its
/// board's, an entry's timescale counts from its plan's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Board,
    Plan,
    Updates,
    Challenges,
    Reviews,
}

const KINDS: [(&str, FileKind); 5] = [
    ("board", FileKind::Board),
    ("plan", FileKind::Plan),
    ("updates", FileKind::Updates),
    ("challenges", FileKind::Challenges),
    ("reviews", FileKind::Reviews),
];

/// The first keys, as a sentence names them.
const FIRST_KEYS: &str = "`board:`, `plan:`, `updates:`, `challenges:` or `reviews:`";

/// Tells what a file is, or why it is none of these.
pub fn kind_of(file: FileId, root: Node) -> Result<FileKind, Box<Finding>> {
    let words = KINDS.map(|(word, _)| word);
    let begin = format!("begin the file with {FIRST_KEYS}");
    let first = root.pairs().next().map(|(key, _)| key);
    let (start, end) = first.unwrap_or(root).range();
    let at = Span { file, start, end };
    let Some(key) = first else {
        let message = "the file is not made of fields, each `name: value`";
        return Err(Box::new(Finding::new("syntax", at, message).help(begin)));
    };
    let word = key.text().unwrap_or_default().trim();
    let has = |name: &str| {
        root.pairs()
            .any(|(key, _)| key.text().map(str::trim) == Some(name))
    };
    if word == "plan"
        && let Some(kind) = ["updates", "challenges"].into_iter().find(|kind| has(kind))
    {
        let message = format!("a file of {kind} that begins with `plan:` is taken for a plan");
        let help = format!("move `{kind}: …` to the first line: a file says what it is first");
        return Err(Box::new(Finding::new("syntax", at, message).help(help)));
    }
    let known = KINDS.iter().find(|(known, _)| *known == word);
    known.map(|&(_, kind)| kind).ok_or_else(|| {
        let later = root.pairs().find_map(|(key, _)| {
            let word = key.text()?.trim();
            words.into_iter().find(|known| *known == word)
        });
        let help = match (crate::finding::nearest(word, words), later) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(later)) => {
                format!("move `{later}: …` to the top: a file says what it is first")
            }
            (None, None) => begin,
        };
        let finding = Finding::new(
            "syntax",
            at,
            format!("a file that begins with `{word}:` is not one of a board's files"),
        )
        .help(help);
        Box::new(finding)
    })
}

/// A file's name without its folders and its ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
