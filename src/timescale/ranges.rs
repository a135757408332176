//! One date of any sort, and ranges of dates: "April 2023 – June 2023", "June/July 2012",
//! "1 April – 30 June 2018".

use crate::calendar::{Day, FinancialYear};

use super::days::{Point, day, day_and_month, day_of_year, month, weekday, years};
use super::parts::{period, quarter, quarter_number, season_name, season_or_term};
use super::tokens::{Cursor, Found};
use super::why::{self, Why};
use super::{Context, Kind};

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
    Month,
    Quarter(u32),
    Season,
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
    if cursor.month().is_some() {
        return Ok(Some(Start::Month));
    }
    if let Some(number) = cursor.attempt(quarter_number)? {
        return Ok(Some(Start::Quarter(number)));
    }
    Ok(season_name(cursor).map(|_| Start::Season))
}

/// Reads the rest of a range: what joins its ends, and its end.
fn range_from(cursor: &mut Cursor, start: Start, between: bool, context: &Context) -> Found<Point> {
    // Two days with a slash between are two days, not the time from one to the other.
    let slash = match start {
        Start::Day { .. } => false,
        Start::Point(point) => point.kind != Kind::Day,
        Start::Month | Start::Quarter(_) | Start::Season => true,
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
        Start::Point(start) => start.kind != Kind::Year && start.kind != Kind::Period,
        Start::Quarter(_) => end.kind == Kind::Quarter,
        Start::Day { .. } | Start::Month | Start::Season => end.kind != Kind::Period,
    };
    if !fits || end.kind == Kind::Year {
        return Ok(None);
    }
    // What has no year begins in the twelve months before the end, so it cannot be too late; a
    // quarter has the financial year of the range's end.
    let in_order = match start {
        Start::Point(start) => start.first <= end.last,
        Start::Quarter(number) => is_quarter_from(number, end),
        Start::Day { day, month } => start_before(day, month, end.last)? <= end.last,
        Start::Month | Start::Season => true,
    };
    if !in_order {
        return Err(why::ends_before_it_starts());
    }
    Ok(Some(Point {
        kind: Kind::Range,
        first: end.first,
        last: end.last,
        counts_inside: false,
    }))
}

/// The day without a year in the twelve months before the end, or why there is none.
fn start_before(day: u32, month: u32, end: Day) -> Result<Day, Why> {
    let is_year_before = (month, day) > (end.month(), end.day());
    day_of_year(end.year() - i32::from(is_year_before), month, day)
}

/// Whether a quarter is not later in the financial year than the quarter at the range's end.
fn is_quarter_from(number: u32, end: Point) -> bool {
    let year = FinancialYear::of(end.last);
    year.quarter(number)
        .is_some_and(|start| start.first <= end.first)
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
