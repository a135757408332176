//! Cells that point to another: "3.5 Continued…", "as above", "ditto".

use super::columns::is_bare_id;
use super::fields::Field;
use super::ids;
use crate::words::letters_only;

/// Whether a text says that it goes on from a page before: "3.5 Continued…".
pub fn without_continued(text: &str) -> Option<&str> {
    let trimmed = text.trim_end_matches(|c: char| {
        c == '.' || c == '…' || c == ')' || c == ']' || c.is_whitespace()
    });
    let lower = trimmed.to_lowercase();
    let word = ["continued", "contd", "cont'd", "cont’d", "(cont", " cont"]
        .into_iter()
        .find(|word| lower.ends_with(word))?;
    let rest = trimmed.get(..trimmed.len() - word.len())?;
    Some(rest.trim_end_matches([' ', '(', '[', '-', '–', ',']))
}

/// Whether what stands before "continued" can be the text above: its beginning, its number, nothing,
/// or a shorter name for it.
pub fn continues(rest: &str, before: &str, field: Field) -> bool {
    let (short, long) = (letters_only(rest), letters_only(before));
    let id = |text: &str| ids::leading(text).map(|(id, ..)| id.to_owned());
    match (id(rest), id(before)) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) if field == Field::Objective => short.is_empty(),
        _ => {
            short.is_empty()
                || long.starts_with(&short)
                || field == Field::Theme
                || field == Field::Action
                || rest.split_whitespace().count() <= 8
        }
    }
}

/// Whether a cell says that it is as the one above, and nothing else.
pub fn is_ditto(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    // This tool's own HTML names the columns that are as above.
    if lower.starts_with("as above:") {
        return true;
    }
    // These are somebody's initials.
    if text.trim() == "DO" {
        return false;
    }
    let bare = lower.trim_end_matches(['.', ')']).trim_start_matches('(');
    [
        "as above",
        "same",
        "as before",
        "as for above",
        "ditto",
        "\"",
        "\u{3003}",
        "″",
        "”",
        "''",
        "same as above",
        "do",
        "as previous",
        "see above",
    ]
    .contains(&bare)
}

/// The number of the row to which a cell points for what it says: "As 1.1", "See action 2".
pub fn points_to(text: &str) -> Option<&str> {
    let before = ["as for ", "as per ", "as in ", "same as ", "as ", "see "];
    let words = text.trim().trim_end_matches('.');
    let lower = words.to_lowercase();
    let begins = before
        .iter()
        .find(|before| lower.starts_with(**before))?
        .len();
    let rest = words.get(begins..)?;
    let is_named = lower[begins..].starts_with("action ");
    let number = if is_named {
        rest.get("action ".len()..)?
    } else {
        rest
    };
    is_bare_id(number).then_some(number)
}
