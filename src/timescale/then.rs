//! "X, then CYCLE": "By April 2023 and then annually", "Dec 2023, then ongoing".

use super::cycles::{cycle, gives_time};
use super::dates::{dated, length, timescale};
use super::frame::Frame;
use super::inside::text_from;
use super::items::items;
use super::open;
use super::tokens::{Cursor, Phrase, TokenReading};
use super::types::{Timescale, TimescaleKind};

/// Reads a date, or a length, that is due and then comes round.
pub(super) fn read(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let mut cursor = phrase.cursor();
    let (due, is_introduced) = match cursor.attempt(|cursor| dated(cursor, frame))? {
        Some(dated) => (timescale(dated.point), dated.is_introduced),
        None => match length(&mut cursor) {
            Some(length) => (length, true),
            None => return Ok(None),
        },
    };
    let joint = joint(&mut cursor);
    let reviewed = [
        "to be reviewed",
        "to be",
        "reviewed",
        "review",
        "updated",
        "reported",
    ];
    cursor.any_phrase(&reviewed);
    let (cycle, is_open) = if open::words(&mut cursor) {
        (Timescale::without_day(TimescaleKind::Open), true)
    } else {
        let named = items(&mut cursor)?;
        if !named.is_cycle() || named.has_bare_length || named.has_range {
            return Ok(None);
        }
        (cycle(named), false)
    };
    let is_after = thereafter(&mut cursor);
    // "April 2023 and ongoing" begins in April, "by April 2023 and ongoing" is due then.
    let is_due = match joint {
        Joint::Then => true,
        Joint::And => is_after || is_introduced || !is_open,
        Joint::Sign => is_after,
    };
    if !is_due || cursor.rest().iter().any(gives_time) {
        return Ok(None);
    }
    Ok(Some(
        Timescale {
            interval: cycle.interval,
            every_meeting: cycle.every_meeting,
            named_days: cycle.named_days,
            ..due
        }
        .keeping(text_from(phrase, cursor)),
    ))
}

/// What stands between the date and the cycle.
enum Joint {
    Then,
    And,
    Sign,
}

/// Reads ", then", "and then", "and", "thereafter", or a sign, or nothing.
fn joint(cursor: &mut Cursor) -> Joint {
    while cursor.any_phrase(&[",", ";", "-", ":", ".", "(", "/"]) {}
    let and = cursor.any_phrase(&["and", "&", "with"]);
    if thereafter(cursor) || cursor.phrase("then") {
        cursor.any_phrase(&[",", "-", ":"]);
        return Joint::Then;
    }
    if and { Joint::And } else { Joint::Sign }
}

/// Reads "thereafter", "after that" or "subsequently".
fn thereafter(cursor: &mut Cursor) -> bool {
    let words = [
        "thereafter",
        "there after",
        "after that",
        "afterwards",
        "subsequently",
        "from then on",
    ];
    let found = cursor.any_phrase(&words);
    if found {
        while cursor.any_phrase(&[")", "."]) {}
    }
    found
}
