//! Full days: "1 May 2018", "13/12/2012", "2018-05-01", "w/c 12 June 2023".

use crate::calendar::{Day, Interval, days_in_month, month_name};

use super::frame::{Frame, Stretch};
use super::tokens::{Cursor, Number, TokenReading};
use super::types::TimescaleKind;
use super::why::WhyUnread;
use super::years::{date, whole_year, year};

/// Reads one full date: "1 May 2018", "Tuesday 1st May 2018", "13/12/2012", "2018-05-01".
pub(super) fn day(cursor: &mut Cursor) -> TokenReading<Stretch> {
    weekday(cursor);
    cursor.phrase("the");
    for reader in [day_year_first, day_in_figures, day_in_words] {
        if let Some(point) = cursor.attempt(reader)? {
            return Ok(Some(point));
        }
    }
    Ok(None)
}

/// Reads a full date, or one without its year, with "week ending" or "week commencing" before it.
///
/// What is due in the week that begins on a day is due on the first Friday from that day.
pub(super) fn day_or_week(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let begins = ["w / c", "w / b", "week commencing", "week beginning", "wc"];
    let is_week = cursor.any_phrase(&begins);
    if !is_week {
        cursor.any_phrase(&["w / e", "week ending", "we"]);
    }
    let Some(point) = full_or_yearless(cursor, frame)? else {
        return Ok(None);
    };
    let last = if is_week {
        first_friday(point.last)
    } else {
        point.last
    };
    Ok(Some(Stretch { last, ..point }))
}

fn full_or_yearless(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    if let Some(point) = cursor.attempt(day)? {
        return Ok(Some(point));
    }
    weekday(cursor);
    let Some((day, month)) = day_and_month(cursor) else {
        return Ok(None);
    };
    let found = frame.yearless(|year| {
        let day = Day::new(year, month, day)?;
        Some((day, day))
    });
    Ok(found.map(|days| Stretch::new(TimescaleKind::Day, days)))
}

/// The first Friday on or after a day.
fn first_friday(day: Day) -> Day {
    let ahead = (0..7).map(|count| day.plus(Interval::Days(count)));
    ahead.into_iter().find(|day| day.is_friday()).unwrap_or(day)
}

/// Passes over "Tuesday", "Tues." or "Tue," before a day.
pub(super) fn weekday(cursor: &mut Cursor) {
    let names = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
    ];
    if cursor.any_phrase(&names) {
        cursor.any_phrase(&[",", "."]);
    }
}

/// Reads "2018-05-01"; another sign, or a figure too few, is an error.
fn day_year_first(cursor: &mut Cursor) -> TokenReading<Stretch> {
    let Some((year, month, day)) = three_numbers(cursor, 4, 2) else {
        return Ok(None);
    };
    let date = date(year.value, month.value, day.value)?;
    let hyphens = cursor.tokens[cursor.at - 2].is("-");
    if !hyphens || month.width != 2 || day.width != 2 {
        return Err(WhyUnread::new(
            "figures stand day first, or as year-month-day with hyphens",
            format!("write \"{date}\" or \"{}\"", date.long()),
        ));
    }
    Ok(Some(one_day(date, true)))
}

/// Reads "13/12/2012", "13-12-2012" or "9.12.16", the day first.
fn day_in_figures(cursor: &mut Cursor) -> TokenReading<Stretch> {
    let Some((day, month, year)) = three_numbers(cursor, 2, 4).filter(|(.., year)| year.width != 1)
    else {
        return Ok(None);
    };
    let value = whole_year(year);
    if (1..=12).contains(&day.value) && (13..=31).contains(&month.value) {
        let turned = date(value, day.value, month.value)?;
        return Err(WhyUnread::new(
            format!("there is no month {}; the day stands first", month.value),
            format!("write \"{}\"", turned.long()),
        ));
    }
    let date = date(value, month.value, day.value)?;
    Ok(Some(one_day(date, year.width == 4)))
}

/// Reads three numbers with the same sign between them, the first and the last of these widths.
fn three_numbers(
    cursor: &mut Cursor,
    first: usize,
    last: usize,
) -> Option<(Number, Number, Number)> {
    let least = if first == 4 { 4 } else { 1 };
    let a = cursor.number(least, first)?;
    let sign = ["-", "/", "."]
        .into_iter()
        .find(|sign| cursor.phrase(sign))?;
    let b = cursor.number(1, 2)?;
    if !cursor.phrase(sign) {
        return None;
    }
    let c = cursor.number(1, last).filter(|c| c.width != 3)?;
    Some((a, b, c))
}

/// Reads "1 May 2018", "1st of May, 2018" or "1-May-18".
fn day_in_words(cursor: &mut Cursor) -> TokenReading<Stretch> {
    let Some((day, month)) = day_and_month(cursor) else {
        return Ok(None);
    };
    cursor.any_phrase(&["-", ",", "/", "."]);
    let Some(year) = cursor.attempt(year)? else {
        return Ok(None);
    };
    let date = date(year.value, month, day)?;
    Ok(Some(one_day(date, year.in_full)))
}

/// Reads "1 May", "the 1st of May" or "1-May", without looking whether the month has such a day.
///
/// The figure in "Phase 2 September 2023" is no day.
pub(super) fn day_and_month(cursor: &mut Cursor) -> Option<(u32, u32)> {
    cursor.maybe(|cursor| {
        cursor.phrase("the");
        let day = day_number(cursor)?;
        cursor.any_phrase(&["of", "-", "/", "."]);
        Some((day, cursor.month()?))
    })
}

/// Reads the figure of a day and what makes it an ordinal: "1", "1st".
pub(super) fn day_number(cursor: &mut Cursor) -> Option<u32> {
    let counts = ["phase", "stage", "step", "part", "year"];
    if cursor.previous().is_some_and(|word| word.is_any(&counts)) {
        return None;
    }
    let day = cursor.number(1, 2)?.value;
    cursor.any_phrase(&["st", "nd", "rd", "th"]);
    Some(day)
}

fn one_day(day: Day, is_full: bool) -> Stretch {
    Stretch::new(TimescaleKind::Day, (day, day)).weighing(is_full)
}

/// What to say of the 31st of a month that is shorter in every year.
pub(super) fn month_is_shorter(day: u32, month: u32) -> WhyUnread {
    let length = longest(month);
    let name = month_name(month);
    WhyUnread::new(
        format!("{name} has {length} days"),
        format!("write \"{} {name}\"", day.clamp(1, length)),
    )
}

/// Whether a month has such a day in any year.
pub(super) fn is_day_of(day: u32, month: u32) -> bool {
    (1..=longest(month)).contains(&day)
}

/// How many days a month has at most; 2016 was a leap year.
fn longest(month: u32) -> u32 {
    days_in_month(2016, month).unwrap_or(31)
}
