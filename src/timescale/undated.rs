//! Wording that honestly gives no date: "TBC", "Within three months of …", "When resources allow".

use super::frame::Frame;
use super::inside::scan;
use super::tokens::{Cursor, Phrase, TokenReading};
use super::types::{Timescale, TimescaleKind};

/// Reads a phrase that begins with words that promise no date, whatever follows them.
pub(super) fn read(phrase: &Phrase, _frame: Frame) -> TokenReading<Timescale> {
    let is_undated = is_undated(phrase.cursor());
    Ok(is_undated.then(|| Timescale::without_day(TimescaleKind::Relative)))
}

fn is_undated(mut cursor: Cursor) -> bool {
    if cursor.phrase("within") {
        let from = ["of", "from", "after", "following"];
        return cursor.rest().iter().any(|token| token.is_any(&from)) && has_unit(cursor);
    }
    if cursor.any_phrase(&["after", "following", "as", "when"]) {
        return !cursor.is_done();
    }
    let now = ["immediately", "immediate", "asap", "with immediate effect"];
    if cursor.any_phrase(&now) || is_some_term(cursor) || is_next_meeting(cursor) {
        return true;
    }
    cursor.phrase("the");
    cursor.any_phrase(&["dates", "date", "timescales", "timescale"]);
    cursor.any_phrase(&[":", "-"]);
    // "To be completed by April 2018" introduces a date.
    let mut due = cursor;
    if due.phrase("to be completed by") {
        return false;
    }
    cursor.any_phrase(&["tbc", "tba", "tbd", "to be"])
}

/// Whether a length of time is named: "within the school of nursing" names none.
fn has_unit(cursor: Cursor) -> bool {
    let units = [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours",
        "term", "quarter",
    ];
    cursor.rest().iter().any(|token| token.is_any(&units))
}

/// "Short term", "short to medium term", "long-term".
fn is_some_term(mut cursor: Cursor) -> bool {
    let lengths = ["short", "medium", "long"];
    if !cursor.any_phrase(&lengths) {
        return false;
    }
    loop {
        cursor.any_phrase(&["-", "/"]);
        if cursor.any_phrase(&["term", "terms"]) {
            return true;
        }
        cursor.any_phrase(&["to", "and", ",", "or", "-", "/", "&"]);
        if !cursor.any_phrase(&lengths) {
            return false;
        }
    }
}

/// "Next Board meeting", "next meeting of the Board", "Next SAB".
fn is_next_meeting(mut cursor: Cursor) -> bool {
    cursor.phrase("the");
    cursor.phrase("next")
        && cursor
            .rest()
            .iter()
            .take(5)
            .any(|token| token.is_any(&["meeting", "meetings", "board"]))
}

/// Reads a phrase that begins with words that hang on another event, where no date stands in it.
pub(super) fn without_a_date(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let mut cursor = phrase.cursor();
    let words = [
        "before",
        "prior to",
        "on completion",
        "upon",
        "once",
        "subject to",
        "dependent",
        "depending",
        "pending",
        "awaiting",
        "if",
        "where",
        "in line with",
        "linked to",
        "in response to",
        "urgent",
        "urgently",
        "unknown",
        "not yet known",
        "by next meeting",
        "by the next meeting",
        "by next board",
        "by the next board",
    ];
    let hangs = cursor.any_phrase(&words) && scan(phrase.cursor(), frame)?.is_empty();
    let gives_time = phrase.tokens.iter().any(super::cycles::gives_time);
    Ok((hangs && !gives_time).then(|| Timescale::without_day(TimescaleKind::Relative)))
}
