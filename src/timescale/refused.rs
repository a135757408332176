//! What is no timescale though it stands where one should: nothing, a word of status, a revision.

use super::frame::Frame;
use super::inside::scan;
use super::tokens::{Cursor, Phrase, TokenReading};
use super::types::Timescale;
use super::why::WhyUnread;

/// "N/A", "–", "None": the field is to be left out.
pub(super) fn nothing(phrase: &Phrase, _frame: Frame) -> TokenReading<Timescale> {
    let mut cursor = phrase.cursor();
    let signs = ["-", "/", ".", "?", "…", "_", "*"];
    let only_signs = phrase.tokens.iter().all(|token| token.is_any(&signs));
    let words = ["n / a", "na", "not applicable", "none", "nil", "n . a"];
    let says_none = cursor.any_phrase(&words) && cursor.is_done();
    if phrase.tokens.is_empty() || !(only_signs || says_none) {
        return Ok(None);
    }
    Err(WhyUnread::new(
        "it says that there is none",
        "leave the field out; where the date is still to be settled, write \"TBC\"",
    ))
}

/// A word of status ("Completed June 2023"), or a revision ("Revised: March 2024").
pub(super) fn status_or_revision(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    if is_revision(phrase, frame)? {
        return Err(WhyUnread::new(
            "it says that the date was changed",
            "keep the first date here, as in \"December 2023\", and record the other as an entry: \
             `timescale` and `reason`",
        ));
    }
    if begins_with_status(phrase.cursor()) || ends_with_status(phrase) {
        return Err(WhyUnread::new(
            "it says how far the work is",
            "keep the date that was promised, as in \"March 2024\", and record how far the work is \
             as an entry: `status`",
        ));
    }
    Ok(None)
}

const DONE: &[&str] = &[
    "completed",
    "complete",
    "done",
    "achieved",
    "closed",
    "finished",
    "delivered",
    "implemented",
    "actioned",
    "withdrawn",
    "superseded",
    "cancelled",
    "in progress",
    "in place",
    "on track",
    "not started",
    "not yet started",
    "started",
    "underway",
    "under way",
    "overdue",
    "paused",
    "on hold",
];

/// Whether a word of status begins the phrase; "completed by" introduces a date.
fn begins_with_status(mut cursor: Cursor) -> bool {
    cursor.any_phrase(&[
        "action",
        "actions",
        "work",
        "now",
        "already",
        "all",
        "partially",
        "part",
    ]);
    cursor.any_phrase(&["is", "now", "already"]);
    if !cursor.any_phrase(DONE) {
        return false;
    }
    !cursor.any_phrase(&["by", "to"])
}

/// Whether a word of status ends it: "March 2024 – achieved", "June 2023 (completed)".
fn ends_with_status(phrase: &Phrase) -> bool {
    let count = phrase.tokens.len();
    (count.saturating_sub(4)..count).any(|at| {
        let mut cursor = phrase.cursor().from(at);
        let follows = cursor
            .previous()
            .is_some_and(|token| token.is_any(&["be", "to", "not", "until", "if", "when", "and"]));
        let found = !follows && cursor.any_phrase(DONE);
        while cursor.any_phrase(&[")", ".", "!"]) {}
        found && cursor.is_done()
    })
}

/// Whether it gives a date in place of another.
fn is_revision(phrase: &Phrase, frame: Frame) -> Result<bool, WhyUnread> {
    let changed = [
        "revised",
        "extended",
        "moved",
        "changed",
        "amended",
        "rescheduled",
        "deferred",
        "delayed",
        "slipped",
        "postponed",
        "pushed back",
        "brought forward",
        "was",
        "previously",
        "originally",
        "original",
        "formerly",
        "now",
        "new date",
    ];
    for at in 0..phrase.tokens.len() {
        let mut cursor = phrase.cursor().from(at);
        if !cursor.any_phrase(&changed) {
            continue;
        }
        if cursor.any_phrase(&["to", "until", "from"]) && at > 0 {
            // "may be delayed until the summer" moves nothing yet.
            let before = phrase.tokens[at - 1];
            return Ok(!before.is_any(&["be", "being"]));
        }
        cursor.any_phrase(&["date", "deadline", "target", "timescale", "due"]);
        cursor.any_phrase(&["date", "to", "until"]);
        let is_end = cursor.is_next(")") || cursor.is_done();
        while cursor.any_phrase(&[":", "-", "to", "by", "due", "("]) {}
        let is_dated = !is_end && begins_with_date(cursor, frame)?;
        let is_verb = at > 0 && phrase.tokens[at - 1].is_any(&["be", "being"]);
        let holds_date = is_end && !is_verb && !scan(phrase.cursor(), frame)?.is_empty();
        if is_dated || holds_date {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a date, with or without its year, begins here.
fn begins_with_date(mut cursor: Cursor, frame: Frame) -> Result<bool, WhyUnread> {
    while cursor.any_phrase(&["the", "end of", "end", "for"]) {}
    let named = cursor.peek().is_some_and(|token| token.month().is_some());
    Ok(named || super::ranges::range_or_point(&mut cursor, frame.with_year())?.is_some())
}
