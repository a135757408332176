//! What is known of a source's names, and how a name is told from words that only stand beside it.

use std::collections::HashSet;

use super::super::key::Key;
use super::super::spelling::is_initials;
use super::kinds::{
    ends_body, ends_office, is_everybody, is_nobody, is_of_rank, is_office, is_person, is_rank,
    is_role_alone,
};
use crate::words::letters_only;

/// What is known of the names of a source.
#[derive(Debug, Default)]
pub struct Known {
    /// The names that stand by themselves somewhere, in plain form.
    pub whole: HashSet<String>,
    /// What the document's own key says that initials stand for.
    pub key: Key,
    /// Whether lines within a cell were run together: text taken out of a PDF.
    pub flattened: bool,
}

impl Known {
    /// Whether a name stands by itself somewhere in the source.
    pub fn stands_alone(&self, name: &str) -> bool {
        self.whole.contains(&letters_only(&stripped(name).0))
    }

    /// Whether initials are those of a person, as the document's key says.
    pub fn is_person(&self, initials: &str) -> bool {
        let meant = self.key.meaning(initials);
        is_person(meant.split([',', '(']).next().unwrap_or(meant).trim())
    }

    /// Whether a name stands by itself somewhere, or in the document's key.
    pub fn is_named(&self, name: &str) -> bool {
        self.stands_alone(name) || self.key.words.contains_key(&letters_only(name))
    }

    /// Whether a name is surely one by itself, beside an "and".
    pub fn is_strong(&self, name: &str) -> bool {
        let last = name.split_whitespace().next_back().unwrap_or_default();
        is_initials(name)
            || self.key.words.contains_key(&letters_only(name))
            || self.whole.contains(&letters_only(name))
            || ends_body(last)
            || ends_office(last)
            || is_office(name)
            || is_of_rank(name)
            || is_everybody(name)
            || is_person(name)
    }
}

/// Whether what stands behind a dash says only who of a body it is, or more about it. What a post or a body of
/// several parts is for tells it from the others: "Head of Service – Fostering", "County Council – Housing".
fn says_who(name: &str, behind: &str) -> bool {
    let is_kept = is_rank(name) || is_office(name) && !is_person(behind);
    let is_post = is_office(behind) || is_person(behind) || is_role_alone(behind);
    let is_long = behind.split_whitespace().count() > 6;
    let is_words = behind.starts_with(char::is_lowercase) || is_nobody(behind);
    is_words || !is_kept && (is_post || is_long)
}

/// A name without what says only who of the body: "VEMT Chair and members" → "VEMT"; "Barnardos – CSE
/// worker" → "Barnardos"; "Officers: Development Team" → "Development Team". With it, the label that
/// stood before a colon.
pub fn stripped(spelling: &str) -> (String, Option<String>) {
    let mut name = spelling
        .trim()
        .trim_end_matches(['.', ',', ';', ':'])
        .trim();
    let mut label = None;
    if let Some((before, after)) = name.split_once(": ") {
        if is_nobody(after) {
            return (before.trim().to_owned(), None);
        }
        label = Some(before.trim().to_owned());
        name = after.trim();
    }
    if let Some((body, who)) = name.split_once(" – ").or_else(|| name.split_once(" - "))
        && says_who(body, who)
    {
        name = body.trim();
    }
    let lower = name.to_lowercase();
    const TAILS: &str = "chairs and members, chair and members, chair & members, chairs & members, and \
        members, members";
    let tail = TAILS
        .split(", ")
        .find(|tail| {
            lower
                .strip_suffix(tail)
                .is_some_and(|kept| kept.ends_with(' '))
        })
        .filter(|_| !lower.starts_with("all "));
    let kept = tail.and_then(|tail| name.get(..name.len() - tail.len() - 1));
    // "Elected Members" are no body of the name Elected.
    let is_body = |kept: &str| {
        let last = kept.split_whitespace().next_back().unwrap_or_default();
        let few = ["lead", "board", "core"];
        (is_initials(last) || ends_body(last)) && !few.contains(&kept.to_lowercase().as_str())
    };
    match kept.map(str::trim) {
        Some(kept) if is_body(kept) => (kept.to_owned(), label),
        _ => (name.to_owned(), label),
    }
}
