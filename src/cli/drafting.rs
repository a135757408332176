//! An entry as the options, or answers to questions, make it.

use super::entry_options::{self, TypedFields};
use crate::calendar::Day;
use crate::plan::Board;
use crate::plan::fields::ENTRY;
use crate::record::{EntryDraft, EntryValue};

/// Whether a field says something of what it is about, rather than what, when and who.
pub fn says_something(field: &str) -> bool {
    const FRAME: [&str; 8] = [
        "action",
        "objective",
        "priority",
        "plan",
        "date",
        "covers",
        "by",
        "meeting",
    ];
    !FRAME.contains(&field)
}

/// Whether a field is one of those that count only once somebody agreed (design section 5, point 2).
pub fn can_be_agreed(field: &str) -> bool {
    matches!(field, "timescale" | "owners" | "status" | "rag")
}

/// The entry that the options make.
pub fn draft(
    given: &TypedFields,
    plan: &str,
    board: &Board,
    day: Day,
) -> anyhow::Result<EntryDraft> {
    let mut draft = entry_options::draft(&ENTRY, given, board, day)?;
    draft.set("plan", EntryValue::text(plan));
    Ok(draft)
}
