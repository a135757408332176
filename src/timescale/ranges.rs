//! One date of any sort, and ranges of dates: "April 2023 – June 2023", "June/July 2012",
//! "1 April – 30 June 2018".

use crate::calendar::{Day, FinancialYear};

use super::days::{Point, day, day_and_month, day_of_year, month, weekday, years};
use super::parts::{LastMonth, period, quarter, quarter_number, season_name, season_or_term};
use super::tokens::{Cursor, Found};
use super::why::{self, Why};
use super::{Context, TimescaleKind};

/// Reads one day, month, quarter, season, term, year, or the plan's end.
pub(super) fn point(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    let readers = [day, quarter, month, years];
    for reader in readers {
        if let Some(point) = cursor.attempt(reader)? {
            return Ok(Some(point));
        }
    }
    if let Some(point) = cursor.attempt(|cursor| season_or_term(cursor, context.terms))? {
        return Ok(Some(point));
    }
    cursor.attempt(|cursor| period(cursor, context))
}

/// Where a range begins: a date, or a part of one that takes its year from the range's end.
enum Start {
    Point(Point),
    Day { day: u32, month: u32 },
    Month(u32),
    Quarter(u32),
    Season(LastMonth),
}

/// Reads "April 2023 – June 2023", "June/July 2012", "1 April – 30 June 2018".
///
/// Errors: a range that ends before it starts.
pub(super) fn range(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    let between = cursor.phrase("between");
    if !between {
        cursor.phrase("from");
    }
    let full = |cursor: &mut Cursor| Ok(point(cursor, context)?.map(Start::Point));
    for reader in [
        &full as &dyn Fn(&mut Cursor) -> Found<Start>,
        &start_without_year,
    ] {
        let found = cursor.attempt(|cursor| match reader(cursor)? {
            Some(start) => range_from(cursor, start, between, context),
            None => Ok(None),
        })?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Reads "Nov", "1 April", "Q1" or "Spring" before the rest of a range.
fn start_without_year(cursor: &mut Cursor) -> Found<Start> {
    let mut ahead = *cursor;
    weekday(&mut ahead);
    if let Some((day, month)) = day_and_month(&mut ahead) {
        *cursor = ahead;
        return Ok(Some(Start::Day { day, month }));
    }
    if let Some(month) = cursor.month() {
        return Ok(Some(Start::Month(month)));
    }
    if let Some(number) = cursor.attempt(quarter_number)? {
        return Ok(Some(Start::Quarter(number)));
    }
    Ok(season_name(cursor).map(Start::Season))
}

/// Reads the rest of a range: what joins its ends, and its end.
fn range_from(cursor: &mut Cursor, start: Start, between: bool, context: &Context) -> Found<Point> {
    // Two days with a slash between are two days, not the time from one to the other.
    let slash = match start {
        Start::Day { .. } => false,
        Start::Point(point) => point.kind != TimescaleKind::Day,
        Start::Month(_) | Start::Quarter(_) | Start::Season(_) => true,
    };
    let joined = cursor.any_phrase(&["-", "to"])
        || (slash && cursor.phrase("/"))
        || (between && cursor.phrase("and"));
    if !joined {
        return Ok(None);
    }
    let Some(end) = end_point(cursor, context)? else {
        return Ok(None);
    };
    let fits = match start {
        Start::Point(start) => {
            start.kind != TimescaleKind::Year && start.kind != TimescaleKind::Period
        }
        Start::Quarter(_) => end.kind == TimescaleKind::Quarter,
        Start::Day { .. } | Start::Month(_) | Start::Season(_) => end.kind != TimescaleKind::Period,
    };
    if !fits || end.kind == TimescaleKind::Year {
        return Ok(None);
    }
    // What has no year begins in the twelve months before the end, so it cannot be too late; a
    // quarter has the financial year of the range's end.
    let first = match start {
        Start::Point(start) => start.first,
        Start::Quarter(number) => quarter_before(number, end),
        Start::Day { day, month } => start_before(day, month, end.last)?,
        Start::Month(month) => month_before(month, end.last),
        Start::Season(last_month) => {
            let last = month_before(last_month, end.last);
            let first = (last.month() + 9) % 12 + 1;
            month_before(first, last)
        }
    };
    if first > end.last {
        return Err(why::ends_before_it_starts());
    }
    Ok(Some(Point {
        kind: TimescaleKind::Range,
        first,
        last: end.last,
        counts_inside: false,
    }))
}

/// The day without a year in the twelve months before the end, or why there is none.
fn start_before(day: u32, month: u32, end: Day) -> Result<Day, Why> {
    let is_year_before = (month, day) > (end.month(), end.day());
    day_of_year(end.year() - i32::from(is_year_before), month, day)
}

/// The first day of the last such month that begins on or before the end.
fn month_before(month: u32, end: Day) -> Day {
    let is_year_before = month > end.month();
    Day::new(end.year() - i32::from(is_year_before), month, 1).unwrap_or(end)
}

/// The first day of the quarter of this number in the financial year of the range's end.
fn quarter_before(number: u32, end: Point) -> Day {
    let quarter = FinancialYear::of(end.last).quarter(number);
    quarter.map_or(end.last, |quarter| quarter.first)
}

/// Reads the date at the end of a range, with or without "the end of" before it.
pub(super) fn end_point(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    cursor.phrase("the");
    if let Some(end) = point(cursor, context)? {
        return Ok(Some(end));
    }
    end_of(cursor);
    point(cursor, context)
}

/// Reads "end of" or "end", which a month, a season or a year has anyway.
pub(super) fn end_of(cursor: &mut Cursor) {
    cursor.phrase("the");
    if cursor.any_phrase(&["end of", "end"]) {
        cursor.phrase("the");
    }
}
