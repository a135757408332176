//! Days, months and years: "1 May 2018", "13/12/2012", "April 2018", "2019/20".

use crate::calendar::{Day, days_in_month, month_name};

use super::TimescaleKind;
use super::tokens::{Cursor, Found, Number};
use super::why::{self, Why};

/// A stretch of the calendar that a few words name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub kind: TimescaleKind,
    /// Where a range that starts with it begins; of a range itself, where its last part does.
    pub first: Day,
    pub last: Day,
    /// Whether it counts inside longer words: a bare year, a range, a year of two figures and "end
    /// of year" do not.
    pub counts_inside: bool,
}

/// Reads one full date: "1 May 2018", "Tuesday 1st May 2018", "13/12/2012", "2018-05-01".
pub(super) fn day(cursor: &mut Cursor) -> Found<Point> {
    weekday(cursor);
    cursor.phrase("the");
    for reader in [day_year_first, day_in_figures, day_in_words] {
        if let Some(point) = cursor.attempt(reader)? {
            return Ok(Some(point));
        }
    }
    Ok(None)
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
fn day_year_first(cursor: &mut Cursor) -> Found<Point> {
    let Some((year, month, day)) = three_numbers(cursor, 4, 2) else {
        return Ok(None);
    };
    let date = date(year.value, month.value, day.value)?;
    let hyphens = cursor.tokens[cursor.at - 2].is("-");
    if !hyphens || month.width != 2 || day.width != 2 {
        return Err(Why::new(
            "figures stand day first, or as year-month-day with hyphens",
            format!("write \"{date}\" or \"{}\"", date.long()),
        ));
    }
    Ok(Some(one_day(date, true)))
}

/// Reads "13/12/2012", "13-12-2012" or "9.12.16", the day first.
fn day_in_figures(cursor: &mut Cursor) -> Found<Point> {
    let Some((day, month, year)) = three_numbers(cursor, 2, 4).filter(|(.., year)| year.width != 1)
    else {
        return Ok(None);
    };
    let value = whole_year(year);
    if (1..=12).contains(&day.value) && (13..=31).contains(&month.value) {
        let turned = date(value, day.value, month.value)?;
        return Err(Why::new(
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
fn day_in_words(cursor: &mut Cursor) -> Found<Point> {
    let Some((day, month)) = day_and_month(cursor) else {
        return Ok(None);
    };
    cursor.any_phrase(&["-", ","]);
    let Some(year) = cursor.attempt(year)? else {
        return Ok(None);
    };
    let date = date(year.value, month, day)?;
    Ok(Some(one_day(date, year.in_full)))
}

/// Reads "1 May", "the 1st of May" or "1-May", without looking whether the month has such a day.
pub(super) fn day_and_month(cursor: &mut Cursor) -> Option<(u32, u32)> {
    cursor.maybe(|cursor| {
        cursor.phrase("the");
        let day = cursor.number(1, 2)?.value;
        cursor.any_phrase(&["st", "nd", "rd", "th"]);
        cursor.any_phrase(&["of", "-"]);
        Some((day, cursor.month()?))
    })
}

fn one_day(day: Day, counts_inside: bool) -> Point {
    Point {
        kind: TimescaleKind::Day,
        first: day,
        last: day,
        counts_inside,
    }
}

/// The day with these figures, or why there is none.
pub(super) fn date(year: u32, month: u32, day: u32) -> Result<Day, Why> {
    day_of_year(sensible(year)?, month, day)
}

/// The same, for a year that is known to be one that a plan can mean, or next to one.
pub(super) fn day_of_year(year: i32, month: u32, day: u32) -> Result<Day, Why> {
    let Some(length) = days_in_month(year, month) else {
        return Err(Why::new(
            format!("there is no month {month}"),
            "write the month in words, as in \"1 May 2018\"",
        ));
    };
    Day::new(year, month, day).ok_or_else(|| {
        let name = month_name(month);
        Why::new(
            format!("{name} {year} has {length} days"),
            format!("write \"{} {name} {year}\"", day.clamp(1, length)),
        )
    })
}

/// What to say of the 31st of a month that is shorter in every year.
pub(super) fn month_is_shorter(day: u32, month: u32) -> Why {
    let length = longest(month);
    let name = month_name(month);
    Why::new(
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

// -- months and years -----------------------------------------------------------------------------

/// A year as written: 2018, or 18 for 2018.
pub(super) struct Year {
    pub value: u32,
    pub in_full: bool,
}

/// Reads the year behind a month or a season.
///
/// Two figures are no year before an ordinal's ending or a year in full ("April 15, 2018" has the
/// month first), nor before a month ("1 April – 30 June 2018").
pub(super) fn year(cursor: &mut Cursor) -> Found<Year> {
    if let Some(number) = cursor.number(4, 4) {
        sensible(number.value)?;
        return Ok(Some(Year {
            value: number.value,
            in_full: true,
        }));
    }
    let Some(number) = cursor.number(2, 2) else {
        return Ok(None);
    };
    let mut ahead = *cursor;
    let ordinal = ahead.any_phrase(&["st", "nd", "rd", "th"]);
    let month = ahead.peek().is_some_and(|token| token.month().is_some());
    ahead.phrase(",");
    if ordinal || month || ahead.number(4, 4).is_some() {
        return Ok(None);
    }
    Ok(Some(Year {
        value: whole_year(number),
        in_full: false,
    }))
}

/// A year of two figures is 20xx.
fn whole_year(number: Number) -> u32 {
    match number.width {
        2 => 2000 + number.value,
        _ => number.value,
    }
}

/// Whether a plan can mean a year.
pub(super) fn is_plan_year(year: u32) -> bool {
    (1990..=2199).contains(&year)
}

/// The year, if a plan can mean it.
pub(super) fn sensible(year: u32) -> Result<i32, Why> {
    i32::try_from(year)
        .ok()
        .filter(|_| is_plan_year(year))
        .ok_or_else(|| why::no_such_year(year))
}

/// Reads "April 2018", "Apr-18" or "February 15".
pub(super) fn month(cursor: &mut Cursor) -> Found<Point> {
    let Some(month) = cursor.month() else {
        return Ok(None);
    };
    cursor.any_phrase(&["-", ",", "of"]);
    let Some(year) = cursor.attempt(year)? else {
        return Ok(None);
    };
    let first = date(year.value, month, 1)?;
    Ok(Some(Point {
        kind: TimescaleKind::Month,
        first,
        last: Day::last_of_month(first.year(), month).unwrap_or(first),
        counts_inside: year.in_full,
    }))
}

/// Reads "2018", "2019/20", "2017-19", "financial year 2012/13".
pub(super) fn years(cursor: &mut Cursor) -> Found<Point> {
    let school = cursor.any_phrase(&["academic year", "school year"]);
    let financial = cursor.any_phrase(&["financial year", "financial years", "fy"]);
    cursor.phrase("year");
    let read = match cursor.attempt(two_years)? {
        Some(read) => read,
        None => return one_year(cursor, school, financial),
    };
    if school || cursor.any_phrase(&["academic year", "school year"]) {
        return Err(why::school_year_has_terms());
    }
    cursor.phrase("financial year");
    Ok(Some(Point {
        kind: TimescaleKind::Year,
        first: date(read.first, 4, 1)?,
        last: date(read.second, 3, 31)?,
        counts_inside: false,
    }))
}

/// Reads "2018", which ends on 31 December; "financial year 2018" is an error.
fn one_year(cursor: &mut Cursor, school: bool, financial: bool) -> Found<Point> {
    let Some(year) = cursor.number(4, 4).map(|number| number.value) else {
        return Ok(None);
    };
    if !is_plan_year(year) {
        return Ok(None);
    }
    if school {
        return Err(why::school_year_has_terms());
    }
    if financial {
        return Err(Why::new(
            "a financial year has two years",
            format!("write \"{}\" or \"{}\"", label(year - 1), label(year)),
        ));
    }
    Ok(Some(Point {
        kind: TimescaleKind::Year,
        first: date(year, 1, 1)?,
        last: date(year, 12, 31)?,
        counts_inside: false,
    }))
}

/// Two years as written, the second later than the first.
#[derive(Clone, Copy)]
pub(super) struct TwoYears {
    pub first: u32,
    pub second: u32,
}

impl TwoYears {
    pub fn is_one_financial_year(self) -> bool {
        self.second == self.first + 1
    }
}

/// Reads "2019/20", "2019 -20", "2017-2019" or "2017 to 2019".
///
/// Errors: years the wrong way round; "2018-04", a month in figures.
pub(super) fn two_years(cursor: &mut Cursor) -> Found<TwoYears> {
    let first = cursor.number(4, 4).map(|number| number.value);
    let Some(first) = first.filter(|first| is_plan_year(*first)) else {
        return Ok(None);
    };
    let least = match cursor.any_phrase(&["-", "/"]) {
        true => 1,
        false if cursor.phrase("to") => 4,
        false => return Ok(None),
    };
    let Some(written) = cursor.number(least, 4).filter(|number| number.width != 3) else {
        return Ok(None);
    };
    let second = whole_year(written);
    if written.width < 4 && (1..=12).contains(&written.value) && second <= first {
        return Err(why::month_in_words(written.value, first));
    }
    if second <= first {
        return Err(why::ends_before_it_starts());
    }
    Ok(is_plan_year(second).then_some(TwoYears { first, second }))
}

/// How a financial year is written: "2018-19".
pub(super) fn label(first: u32) -> String {
    format!("{first}-{:02}", (first + 1) % 100)
}
