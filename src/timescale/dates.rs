//! Phrases that are a date and nothing else, or that begin with one and have no end: the words that
//! may stand around a date, and the longest date between them.

use super::days::Point;
use super::ranges::{end_of, end_point, point, range};
use super::tokens::{Cursor, Found, Phrase};
use super::{Context, Timescale, TimescaleKind};

/// Reads a phrase that is a date and nothing else, or that begins with one and has no end.
pub(super) fn read(phrase: &Phrase, context: &Context) -> Found<Timescale> {
    let mut cursor = phrase.cursor();
    if let Some(point) = cursor.attempt(|cursor| dated(cursor, context))? {
        if cursor.is_done() {
            return Ok(Some(Timescale::fixed(point.kind, point.last).starting(
                (point.kind == TimescaleKind::Range).then_some(point.first),
            )));
        }
        if onwards(&mut cursor) && cursor.is_done() {
            return Ok(Some(open_from(point)));
        }
    }
    let mut cursor = phrase.cursor();
    let begun = from_then_on(&mut cursor, context)?;
    Ok(begun.filter(|_| cursor.is_done()).map(open_from))
}

/// No end, and work begins on the date's first day.
pub(super) fn open_from(point: Point) -> Timescale {
    Timescale::without_day(TimescaleKind::Open).starting(Some(point.first))
}

/// Reads "from April 2018", with or without "onwards" behind it.
pub(super) fn from_then_on(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    if !cursor.phrase("from") {
        return Ok(None);
    }
    let begun = end_point(cursor, context)?;
    onwards(cursor);
    Ok(begun)
}

/// Reads "onwards" or "ongoing" behind a date.
pub(super) fn onwards(cursor: &mut Cursor) -> bool {
    cursor
        .maybe(|cursor| {
            cursor.any_phrase(&["-", ",", "and"]);
            cursor
                .any_phrase(&["onwards", "onward", "ongoing", "on - going"])
                .then_some(())
        })
        .is_some()
}

/// Reads what may stand before a date and changes nothing: "by", "no later than", "by the".
pub(super) fn preposition(cursor: &mut Cursor) {
    cursor.any_phrase(&[
        "by no later than",
        "no later than",
        "not later than",
        "on or before",
        "due by",
        "due in",
        "due on",
        "due",
        "by",
        "in",
        "on",
        "during",
        "at",
    ]);
    cursor.phrase("the");
}

/// Reads a range or a point with the words that may stand before it: "by the end of April 2018".
pub(super) fn dated(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    preposition(cursor);
    // The plan's own "end of …" is tried before those words are passed over.
    if let Some(point) = range_or_point(cursor, context)? {
        return Ok(Some(point));
    }
    end_of(cursor);
    range_or_point(cursor, context)
}

/// Reads the longest date that begins here.
pub(super) fn range_or_point(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    match cursor.attempt(|cursor| range(cursor, context))? {
        Some(range) => Ok(Some(range)),
        None => point(cursor, context),
    }
}
