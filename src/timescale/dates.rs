//! Phrases that are a date and nothing else, a length, or a date from which there is no end: the
//! words that may stand around a date, and the longest date between them.

use super::frame::{Frame, Stretch};
use super::intervals;
use super::points::point;
use super::ranges::{from_words, range_or_point};
use super::tokens::{Cursor, Phrase, TokenReading};
use super::types::{Timescale, TimescaleKind};

/// Reads a phrase that is a date or a length and nothing else, or that begins with a date and has no
/// end.
pub(super) fn read(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let readers: [fn(&mut Cursor, Frame) -> TokenReading<Timescale>; 4] =
        [date_or_onwards, from_then_on, before, |cursor, _| {
            Ok(length(cursor))
        }];
    for reader in readers {
        let mut cursor = phrase.cursor();
        let found = reader(&mut cursor, frame)?;
        if found.is_some() && cursor.is_done() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// A date as a timescale; a range starts on its first day.
pub(super) fn timescale(point: Stretch) -> Timescale {
    let is_range = point.kind == TimescaleKind::Range;
    Timescale::fixed(point.kind, point.last).starting(is_range.then_some(point.first))
}

/// Reads "by April 2018", or "April 2018 onwards".
pub(super) fn date_or_onwards(cursor: &mut Cursor, frame: Frame) -> TokenReading<Timescale> {
    let Some(dated) = dated(cursor, frame)? else {
        return Ok(None);
    };
    // "By April 2018 and ongoing" is due in April.
    if !dated.is_introduced && onwards(cursor) {
        return Ok(Some(open_from(dated.point)));
    }
    Ok(Some(timescale(dated.point)))
}

/// Reads "from April 2018", with or without "onwards" behind it.
pub(super) fn from_then_on(cursor: &mut Cursor, frame: Frame) -> TokenReading<Timescale> {
    if !from_words(cursor) {
        return Ok(None);
    }
    let begun = point(cursor, frame)?;
    onwards(cursor);
    Ok(begun.map(open_from))
}

/// No end, and work begins on the date's first day.
fn open_from(point: Stretch) -> Timescale {
    Timescale::without_day(TimescaleKind::Open).starting(Some(point.first))
}

/// Reads "before March 2024", which is met on 29 February.
fn before(cursor: &mut Cursor, frame: Frame) -> TokenReading<Timescale> {
    if !cursor.any_phrase(&["before", "prior to"]) {
        return Ok(None);
    }
    cursor.phrase("the");
    // What is done before the end of April is done in April.
    let is_end = cursor.is_next("end");
    let Some(point) = point(cursor, frame)? else {
        return Ok(None);
    };
    let last = if is_end {
        point.last
    } else {
        point.first.pred()
    };
    Ok(Some(Timescale::fixed(point.kind, last)))
}

/// Reads "6 months", "within six weeks", "3-6 months": the longer.
pub(super) fn length(cursor: &mut Cursor) -> Option<Timescale> {
    cursor.any_phrase(&["within", "in", "up to", "for", "over"]);
    cursor.any_phrase(&["the next", "the first", "next", "first", "a"]);
    let rhythm = intervals::rhythm(cursor).filter(|rhythm| !rhythm.repeats)?;
    Some(Timescale {
        length: Some(rhythm.longest),
        ..Timescale::without_day(TimescaleKind::Length)
    })
}

/// Reads "onwards" or "ongoing" behind a date.
pub(super) fn onwards(cursor: &mut Cursor) -> bool {
    let words = [
        "onwards",
        "onward",
        "ongoing",
        "on - going",
        "on going",
        "beyond",
    ];
    cursor
        .maybe(|cursor| {
            cursor.any_phrase(&["-", ",", "and", "&", "/", "("]);
            cursor.phrase("and");
            let found = cursor.any_phrase(&words);
            cursor.phrase(")");
            found.then_some(())
        })
        .is_some()
}

/// Reads what may stand before a date and changes nothing: "by", "no later than", "Due date:".
///
/// True if there was any.
pub(super) fn preposition(cursor: &mut Cursor) -> bool {
    let words = [
        "by no later than",
        "no later than",
        "not later than",
        "on or before",
        "by or before",
        "to be completed by",
        "for completion by",
        "completion by",
        "completed by",
        "complete by",
        "target date",
        "target",
        "deadline",
        "due date",
        "due",
        "by",
        "in",
        "on",
        "during",
        "within",
        "at",
    ];
    let mut any = false;
    while cursor.any_phrase(&words) {
        cursor.any_phrase(&["for", "is", ":", "-"]);
        any = true;
    }
    cursor.phrase("the");
    any
}

/// A date, and whether a word such as "by" introduces it.
pub(super) struct Dated {
    pub point: Stretch,
    pub is_introduced: bool,
}

/// Reads a range or a point with the words that may stand before it: "by the end of April 2018".
pub(super) fn dated(cursor: &mut Cursor, frame: Frame) -> TokenReading<Dated> {
    let is_introduced = preposition(cursor);
    let found = range_or_point(cursor, frame)?;
    Ok(found.map(|point| Dated {
        point,
        is_introduced,
    }))
}
