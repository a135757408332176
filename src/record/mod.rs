//! Adds entries to a board's files: new lines, with every byte that was there left where it was, and
//! the proof that the file says what it said before plus exactly these entries.
//!
//! Nothing here writes to a disk: a [`FileChange`] is a file's text before and after, for `edit` to write.

pub mod addition;
pub mod amend;
pub mod challenge;
pub mod draft;
mod layout;
mod lines;
pub mod old_years;
mod patches;
mod place;
pub mod rename;
pub mod rollover;
mod value;

use std::ops::Range;

use layout::{EntryLayout, File};

use crate::edit::{self, Patch};
use crate::yaml::{self, Node};

pub use draft::EntryDraft;
pub use place::{home_key, log, refuse_again, updates};
pub use value::EntryValue;

/// A file before and after; before is none where it is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path from the estate, with `/`.
    pub key: String,
    pub before: Option<String>,
    pub after: String,
    /// Where each new entry, or each one that was corrected, stands in the text after.
    pub entries: Vec<Range<usize>>,
    /// How many entries of the text before are gone, those that were corrected among them.
    pub removed: usize,
}

/// Why entries could not be added, in a sentence.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// A text on one line of a file, in quotes where it needs them.
pub fn inline(text: &str) -> String {
    crate::yaml::scalar::inline(text, false)
}

/// Adds entries at the end of a file's list of them.
///
/// Refused where the file is none of entries, or lies so that lines cannot be added to it without
/// changing what it says.
pub fn append(key: &str, text: &str, entries: &[EntryValue]) -> Result<FileChange, Refused> {
    let refuse = |why: &str| Refused(format!("{key} {why}; add the entry by hand"));
    let tree = yaml::read(text).map_err(|_| refuse("cannot be read"))?;
    let file = File { text, tree: &tree };
    let additions = file.additions(entries);
    if additions.is_empty() {
        return Err(refuse(
            "has no list of `entries` that lines can be added to",
        ));
    }
    // Best where not even the space around a text changes; the reader of plans drops that.
    for says in [EntryValue::exact as Says, EntryValue::from_node as Says] {
        let before = says(tree.root(text));
        for addition in &additions {
            let patch = Patch {
                range: addition.at..addition.at,
                text: addition.text.clone(),
            };
            let Ok(after) = edit::apply(text, &[patch]) else {
                continue;
            };
            if after.len() as u64 > yaml::MAX_FILE {
                return Err(Refused(format!(
                    "{key} would be larger than 16 MB; name another file with --file"
                )));
            }
            if let Some(entries) = prove(&before, &after, entries, says) {
                return Ok(FileChange {
                    key: key.to_owned(),
                    before: Some(text.to_owned()),
                    after,
                    entries,
                    removed: 0,
                });
            }
        }
    }
    Err(refuse(
        "is written in a form that no lines can be added to safely",
    ))
}

/// What a node says.
type Says = fn(Node) -> EntryValue;

/// A new file of these first fields, with these entries.
pub fn create(
    key: &str,
    head: &[(String, EntryValue)],
    entries: &[EntryValue],
) -> Result<FileChange, Refused> {
    let form = EntryLayout {
        dash: layout::STEP,
        gap: layout::STEP,
        step: layout::STEP,
        in_brackets: false,
        apart: false,
    };
    let mut lines = lines::block(head, 0, layout::STEP);
    lines.push("entries:".into());
    lines.extend(form.lines(entries));
    let after = lines.join("\n") + "\n";
    let mut empty = head.to_vec();
    empty.push(("entries".into(), EntryValue::List(Vec::new())));
    match prove(
        &EntryValue::Map(empty),
        &after,
        entries,
        EntryValue::from_node,
    ) {
        Some(entries) => Ok(FileChange {
            key: key.to_owned(),
            before: None,
            after,
            entries,
            removed: 0,
        }),
        None => Err(Refused(format!(
            "{key} could not be written so that it is read back as it was meant"
        ))),
    }
}

/// Reads the new text back: it must say what the old one said plus these entries, at the end of its
/// list, and nothing else. Gives where they stand.
fn prove(
    before: &EntryValue,
    after: &str,
    entries: &[EntryValue],
    says: Says,
) -> Option<Vec<Range<usize>>> {
    let tree = yaml::read(after).ok()?;
    let root = tree.root(after);
    let expected = with_entries(before, entries)?;
    if says(root) != expected {
        return None;
    }
    let mut pairs = root.pairs();
    let (_, list) = pairs.find(|(key, _)| key.text().map(str::trim) == Some("entries"))?;
    let items: Vec<Range<usize>> = list
        .items()
        .map(|item| item.range().0 as usize..item.range().1 as usize)
        .collect();
    items
        .len()
        .checked_sub(entries.len())
        .map(|old| items[old..].to_vec())
}

/// What a file says with entries added at the end of its list.
fn with_entries(before: &EntryValue, entries: &[EntryValue]) -> Option<EntryValue> {
    let EntryValue::Map(fields) = before else {
        return None;
    };
    let mut fields = fields.clone();
    let (_, list) = fields.iter_mut().find(|(name, _)| name == "entries")?;
    match list {
        EntryValue::List(items) => items.extend(entries.iter().cloned()),
        EntryValue::Text(text) if text.trim().is_empty() => {
            *list = EntryValue::List(entries.to_vec())
        }
        _ => return None,
    }
    Some(EntryValue::Map(fields))
}

#[cfg(test)]
mod tests;
