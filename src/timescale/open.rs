//! Phrases that have no end: "Ongoing", "business as usual", "Ongoing – review March 2024".

use super::dates::{dated, from_then_on};
use super::frame::Frame;
use super::inside::{scan, text_from};
use super::intervals::{has_rhythm, is_adverb};
use super::tokens::{Cursor, Phrase, Token, TokenReading};
use super::types::{Timescale, TimescaleKind};

/// Reads "Ongoing" and what means the same: alone, from a date, with its next review, or with words
/// that give no time.
pub(super) fn read(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let mut rest = phrase.cursor();
    if !words(&mut rest) {
        return Ok(None);
    }
    let open = Timescale::without_day(TimescaleKind::Open);
    let mut ahead = rest;
    while ahead.any_phrase(&["-", ",", "(", ";", ":", "."]) {}
    if let Some(begun) = from_then_on(&mut ahead.clone(), frame)? {
        let mut after = ahead;
        from_then_on(&mut after, frame)?;
        after.phrase(")");
        if after.is_done() {
            return Ok(Some(begun));
        }
    }
    if let Some(next_review) = review(ahead, frame)? {
        return Ok(Some(next_review));
    }
    let seasons = ["spring", "summer", "autumn", "winter"];
    let gives_time = |token: &Token| {
        token.has_figures()
            || token.month().is_some()
            || token.is_any(&seasons)
            || is_adverb(*token)
    };
    let has_dates = !scan(rest, frame)?.is_empty();
    if has_dates || rest.rest().iter().any(gives_time) || has_rhythm(rest) {
        return Ok(None);
    }
    Ok(Some(open.keeping(text_from(phrase, rest))))
}

/// Reads "review March 2024": the day on which it is looked at next.
fn review(mut cursor: Cursor, frame: Frame) -> TokenReading<Timescale> {
    cursor.any_phrase(&["and", "with", "to be", "will be", "for"]);
    cursor.any_phrase(&["a", "next", "first"]);
    let words = ["review date", "reviewed", "reviewing", "review"];
    if !cursor.any_phrase(&words) {
        return Ok(None);
    }
    cursor.any_phrase(&["due", "again", "-", ":", "from"]);
    let found = dated(&mut cursor, frame.with_year())?;
    while cursor.any_phrase(&[")", "."]) {}
    Ok(found.filter(|_| cursor.is_done()).map(|found| Timescale {
        next_review: Some(found.point.last),
        ..Timescale::without_day(TimescaleKind::Open)
    }))
}

/// Reads "Ongoing" and the words that mean the same: "continual", "throughout the year", "BAU".
pub(super) fn words(cursor: &mut Cursor) -> bool {
    cursor.any_phrase(&["on an ongoing basis", "on a continuous basis"])
        || cursor.any_phrase(&[
            "ongoing",
            "on - going",
            "on going",
            "continuously",
            "continuous",
            "continually",
            "continual",
            "permanently",
            "permanent",
            "perpetual",
            "indefinitely",
            "indefinite",
            "rolling programme",
            "rolling",
            "business as usual",
            "bau",
            "all year round",
            "all year",
            "year round",
            "standing item",
        ])
        || cursor.maybe(throughout).is_some()
}

/// Reads "throughout the year", "for the duration of the plan", "life of the plan".
fn throughout(cursor: &mut Cursor) -> Option<()> {
    if cursor.any_phrase(&["throughout", "for", "during", "over"]) {
        let is_throughout = cursor.previous().is_some_and(|word| word.is("throughout"));
        cursor.any_phrase(&["the", "entire"]);
        cursor.any_phrase(&["whole", "full"]);
        if lifetime(cursor) {
            return Some(());
        }
        if !is_throughout {
            return None;
        }
        cursor.any_phrase(&["reporting", "financial"]);
        cursor.any_phrase(&["year", "period", "plan", "strategy", "programme"]);
        let has_figures = |token: Token| token.has_figures() || token.month().is_some();
        return (!cursor.peek().is_some_and(has_figures)).then_some(());
    }
    cursor.phrase("the");
    lifetime(cursor).then_some(())
}

/// Reads "life of the plan", "duration of the strategy".
fn lifetime(cursor: &mut Cursor) -> bool {
    let words = ["life", "lifetime", "lifespan", "duration", "term"];
    let mut ahead = *cursor;
    let is_part = ahead.any_phrase(&words) && {
        let is_cycle = ahead.phrase("cycle");
        !is_cycle && ahead.phrase("of")
    };
    if !is_part {
        return false;
    }
    ahead.any_phrase(&["the", "this"]);
    ahead.any_phrase(&["business", "work", "strategic", "action"]);
    let of = ["plan", "strategy", "programme", "partnership", "project"];
    let found = ahead.any_phrase(&of);
    if found {
        *cursor = ahead;
    }
    found
}
