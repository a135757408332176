//! From one date to another: "April 2023 – June 2023", "June/July 2012", "1 April – 30 June 2018",
//! "Throughout 2023/24"; and several months or quarters of one year: "Feb & Oct 2023".

use crate::calendar::{Day, FinancialYear};

use super::days::{day_and_month, day_number, weekday};
use super::frame::{Frame, Stretch};
use super::points::point;
use super::quarters::{months_first, quarter_number};
use super::seasons::{LastMonth, season_name};
use super::tokens::{Cursor, TokenReading};
use super::types::TimescaleKind;
use super::why::{self, WhyUnread};
use super::years::day_of_year;

/// Reads the longest date that begins here: "Jan – Mar 24 (Q4)" is a quarter, not a range.
pub(super) fn range_or_point(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    if let Some(quarter) = cursor.attempt(months_first)? {
        return Ok(Some(quarter));
    }
    for reader in [range, start_and_end, throughout, several_of_one_year] {
        if let Some(found) = cursor.attempt(|cursor| reader(cursor, frame))? {
            return Ok(Some(found));
        }
    }
    point(cursor, frame)
}

/// Where a range begins: a date, or a part of one that takes its year from the range's end.
#[derive(Clone, Copy)]
enum Start {
    Point(Stretch),
    Day { day: u32, month: u32 },
    DayOfSameMonth(u32),
    Month(u32),
    Quarter(u32),
    Season(LastMonth),
}

/// Reads "April 2023 – June 2023", "June/July 2012", "1 April – 30 June 2018", "1-5 May 2018".
///
/// Errors: a range that ends before it starts.
fn range(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let between = cursor.phrase("between");
    if !between {
        cursor.phrase("from");
    }
    cursor.phrase("the");
    let with_year = cursor.attempt(|cursor| match point(cursor, frame.with_year())? {
        Some(start) => range_from(cursor, Start::Point(start), between, frame),
        None => Ok(None),
    })?;
    if with_year.is_some() {
        return Ok(with_year);
    }
    match start_without_year(cursor)? {
        Some(start) => range_from(cursor, start, between, frame),
        None => Ok(None),
    }
}

/// Reads "Nov", "1 April", "1", "Q1" or "Spring" before the rest of a range.
fn start_without_year(cursor: &mut Cursor) -> TokenReading<Start> {
    let mut ahead = *cursor;
    weekday(&mut ahead);
    if let Some((day, month)) = day_and_month(&mut ahead) {
        *cursor = ahead;
        return Ok(Some(Start::Day { day, month }));
    }
    if let Some(day) = cursor.maybe(day_number) {
        return Ok(Some(Start::DayOfSameMonth(day)));
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
fn range_from(
    cursor: &mut Cursor,
    start: Start,
    between: bool,
    frame: Frame,
) -> TokenReading<Stretch> {
    let slash = cursor.phrase("/");
    let joined = slash
        || cursor.any_phrase(&["-", "to", "until", "up to", "through to", "through"])
        || (between && cursor.phrase("and"));
    if !joined {
        return Ok(None);
    }
    cursor.phrase("the");
    let Some(end) = point(cursor, frame)? else {
        return Ok(None);
    };
    if !fits(start, end) || (slash && !are_neighbours(start, end)) {
        return Ok(None);
    }
    let first = first_day(start, end)?;
    if first > end.last {
        return Err(why::ends_before_it_starts());
    }
    Ok(Some(Stretch {
        first,
        ..Stretch::new(TimescaleKind::Range, (end.first, end.last))
    }))
}

/// Whether the two ends of a range are of sorts that go together.
fn fits(start: Start, end: Stretch) -> bool {
    match start {
        Start::Point(start) => {
            let is_year = |point: Stretch| point.kind == TimescaleKind::Year;
            start.kind != TimescaleKind::Period && is_year(start) == is_year(end)
        }
        Start::Quarter(_) => end.kind == TimescaleKind::Quarter,
        Start::DayOfSameMonth(_) => end.kind == TimescaleKind::Day,
        Start::Day { .. } | Start::Month(_) | Start::Season(_) => {
            !matches!(end.kind, TimescaleKind::Period | TimescaleKind::Year)
        }
    }
}

/// Whether a slash may stand between the ends: two months in a row, or two seasons.
fn are_neighbours(start: Start, end: Stretch) -> bool {
    match start {
        Start::Month(month) => {
            end.kind == TimescaleKind::Month && month % 12 + 1 == end.first.month()
        }
        Start::Season(last_month) => {
            end.kind == TimescaleKind::Season && last_month % 12 + 3 == end.last.month()
        }
        Start::Point(start) => {
            let are_months = [start.kind, end.kind] == [TimescaleKind::Month; 2];
            are_months && start.last.succ() == end.first
        }
        Start::Day { .. } | Start::DayOfSameMonth(_) | Start::Quarter(_) => false,
    }
}

/// The first day of a range. What has no year begins in the twelve months before the end; a quarter
/// has the financial year of the range's end.
fn first_day(start: Start, end: Stretch) -> Result<Day, WhyUnread> {
    Ok(match start {
        Start::Point(start) => start.first,
        Start::Day { day, month } => {
            let is_year_before = (month, day) > (end.last.month(), end.last.day());
            day_of_year(end.last.year() - i32::from(is_year_before), month, day)?
        }
        Start::DayOfSameMonth(day) => day_of_year(end.last.year(), end.last.month(), day)?,
        Start::Month(month) => month_before(month, end.last),
        Start::Quarter(number) => {
            let quarter = FinancialYear::of(end.last).quarter(number);
            quarter.map_or(end.last, |quarter| quarter.first)
        }
        Start::Season(last_month) => {
            let last = month_before(last_month, end.last);
            month_before((last.month() + 9) % 12 + 1, last)
        }
    })
}

/// The first day of the last such month that begins on or before the end.
fn month_before(month: u32, end: Day) -> Day {
    let is_year_before = month > end.month();
    Day::new(end.year() - i32::from(is_year_before), month, 1).unwrap_or(end)
}

/// Reads "Start April 2023, complete March 2024".
fn start_and_end(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    if !from_words(cursor) {
        return Ok(None);
    }
    let Some(start) = point(cursor, frame)? else {
        return Ok(None);
    };
    while cursor.any_phrase(&[",", ";", "-", "/", "and", "."]) {}
    let ends = [
        "to be completed",
        "to complete",
        "complete",
        "completed",
        "completion",
        "completing",
        "complete date",
        "end date",
        "end",
        "ends",
        "ending",
        "finish",
        "finishing",
    ];
    if !cursor.any_phrase(&ends) {
        return Ok(None);
    }
    cursor.any_phrase(&["by", "in", ":", "-", "on"]);
    cursor.phrase("the");
    let Some(end) = point(cursor, frame)? else {
        return Ok(None);
    };
    if start.first > end.last {
        return Err(why::ends_before_it_starts());
    }
    let days = (start.first, end.last);
    Ok(Some(Stretch::new(TimescaleKind::Range, days)))
}

/// Reads "from", "start", "commencing", "not before": what stands before the day on which work
/// begins. "Start of" is not among them.
pub(super) fn from_words(cursor: &mut Cursor) -> bool {
    let words = [
        "with effect from",
        "effective from",
        "starting from",
        "starts from",
        "start from",
        "commencing from",
        "to start",
        "to commence",
        "starting",
        "starts",
        "start date",
        "start",
        "commencing",
        "commences",
        "commence",
        "commencement",
        "not before",
        "not earlier than",
        "wef",
        "from",
    ];
    let mut ahead = *cursor;
    if !ahead.any_phrase(&words) || ahead.is_next("of") {
        return false;
    }
    ahead.any_phrase(&["in", "on", ":", "-"]);
    ahead.phrase("the");
    *cursor = ahead;
    true
}

/// Reads "Throughout 2023/24", from its first day to its last.
fn throughout(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    if !cursor.phrase("throughout") {
        return Ok(None);
    }
    cursor.phrase("the");
    let found = match cursor.attempt(|cursor| range(cursor, frame))? {
        Some(range) => Some(range),
        None => point(cursor, frame)?,
    };
    Ok(found.map(|found| Stretch::new(TimescaleKind::Range, (found.first, found.last))))
}

/// Reads "Feb & Oct 2023" or "Q1 and Q3 2023/24": the last of them is the deadline.
fn several_of_one_year(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let mut are_several = false;
    let mut is_quarter = false;
    loop {
        let mut ahead = *cursor;
        let is_number = ahead.attempt(quarter_number)?.is_some();
        if !is_number && ahead.month().is_none() {
            break;
        }
        let joins = [",", "/", "&", "+", "and"];
        if !ahead.any_phrase(&joins) {
            break;
        }
        ahead.any_phrase(&["and", "&"]);
        is_quarter |= is_number;
        are_several = true;
        *cursor = ahead;
    }
    if !are_several {
        return Ok(None);
    }
    let last = point(cursor, frame.with_year())?;
    let kind = if is_quarter {
        TimescaleKind::Quarter
    } else {
        TimescaleKind::Month
    };
    Ok(last.filter(|last| last.kind == kind))
}
