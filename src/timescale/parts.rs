//! The parts of a year: quarters, seasons, school terms, and the end of the plan's own period.

use crate::calendar::{Day, FinancialYear, Period, Term, Terms, month_name};

use super::days::{Point, TwoYears, date, is_plan_year, label, sensible, two_years, year};
use super::tokens::{Cursor, Found};
use super::why::{self, Why};
use super::{Context, TimescaleKind};

/// Reads "Q2 2019/20", "2019-20 Quarter 2", "Q2 (July - Sept) 2019/20".
pub(super) fn quarter(cursor: &mut Cursor) -> Found<Point> {
    if let Some(years) = cursor.attempt(two_years)? {
        cursor.any_phrase(&["-", ","]);
        return match cursor.attempt(quarter_number)? {
            Some(number) => quarter_of(number, years, cursor),
            None => Ok(None),
        };
    }
    let Some(number) = cursor.attempt(quarter_number)? else {
        return Ok(None);
    };
    quarter_months(cursor, number)?;
    cursor.any_phrase(&["of", ",", "-"]);
    if let Some(years) = cursor.attempt(two_years)? {
        return quarter_of(number, years, cursor);
    }
    match cursor.number(4, 4).map(|year| year.value) {
        Some(year) if is_plan_year(year) => Err(Why::new(
            "a quarter needs both years of its financial year",
            format!(
                "write \"Q{number} {}\" or \"Q{number} {}\"",
                label(year - 1),
                label(year)
            ),
        )),
        _ => Ok(None),
    }
}

/// The quarter of these years, once the months in brackets behind it are passed over.
fn quarter_of(number: u32, years: TwoYears, cursor: &mut Cursor) -> Found<Point> {
    quarter_months(cursor, number)?;
    let year = sensible(years.first)?;
    let period = FinancialYear::starting(year).and_then(|year| year.quarter(number));
    match period.filter(|_| years.is_one_financial_year()) {
        Some(Period { first, last, .. }) => Ok(Some(Point {
            kind: TimescaleKind::Quarter,
            first,
            last,
            counts_inside: true,
        })),
        None => Err(Why::new(
            "these are not the years of one financial year",
            format!("write \"Q{number} {}\"", label(years.first)),
        )),
    }
}

/// Reads "Q2", "Qtr 2" or "Quarter 2".
pub(super) fn quarter_number(cursor: &mut Cursor) -> Found<u32> {
    if !cursor.any_phrase(&["q", "qtr", "quarter"]) {
        return Ok(None);
    }
    match cursor.number(1, 1).map(|number| number.value) {
        Some(number) if (1..=4).contains(&number) => Ok(Some(number)),
        Some(_) => Err(Why::new(
            "a financial year has quarters 1 to 4",
            "write the quarter and its years, as in \"Q1 2019-20\"",
        )),
        None => Ok(None),
    }
}

/// Passes over "(July – September)" beside Q2; other months there are an error.
fn quarter_months(cursor: &mut Cursor, number: u32) -> Result<(), Why> {
    let mut ahead = *cursor;
    if !ahead.phrase("(") {
        return Ok(());
    }
    let mut months = Vec::new();
    while let Some(month) = ahead.month() {
        months.push(month);
        ahead.any_phrase(&["-", "to", "/", ",", "and", "&"]);
    }
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return Ok(());
    };
    if !ahead.phrase(")") {
        return Ok(());
    }
    let begins = (number % 4) * 3 + 1;
    if (*first, *last) != (begins, begins + 2) {
        let (first, last) = (month_name(begins), month_name(begins + 2));
        return Err(Why::new(
            format!("the months in brackets are not those of quarter {number}"),
            format!("quarter {number} of a financial year is {first} to {last}"),
        ));
    }
    *cursor = ahead;
    Ok(())
}

// -- seasons, terms and the plan's own period -----------------------------------------------------

/// A season, as the months in which it ends: spring 5, summer 8, autumn 11, winter 2.
pub(super) type LastMonth = u32;

/// Reads "Spring", "Summer", "Autumn" or "Winter".
pub(super) fn season_name(cursor: &mut Cursor) -> Option<LastMonth> {
    let seasons = [("spring", 5), ("summer", 8), ("autumn", 11), ("winter", 2)];
    let found = seasons.into_iter().find(|(name, _)| cursor.phrase(name))?;
    Some(found.1)
}

/// Reads "Summer 2019" or "Autumn term 2019".
pub(super) fn season_or_term(cursor: &mut Cursor, terms: &Terms) -> Found<Point> {
    let Some(last_month) = season_name(cursor) else {
        return Ok(None);
    };
    let is_term = cursor.phrase("term");
    cursor.any_phrase(&[",", "of"]);
    match (is_term, last_month) {
        (false, _) => season(cursor, last_month),
        (true, 5) => term(cursor, Term::Spring, terms),
        (true, 8) => term(cursor, Term::Summer, terms),
        (true, 11) => term(cursor, Term::Autumn, terms),
        (true, _) => Ok(None),
    }
}

/// Reads the year of a season; winter belongs to the year in which it begins.
fn season(cursor: &mut Cursor, last_month: LastMonth) -> Found<Point> {
    let is_winter = last_month == 2;
    let (value, counts_inside) = if let Some(years) = cursor.attempt(two_years)? {
        if !is_winter || !years.is_one_financial_year() {
            return Err(season_needs_one_year(last_month, years));
        }
        (years.first, true)
    } else if let Some(year) = cursor.attempt(year)? {
        (year.value, year.in_full)
    } else {
        return Ok(None);
    };
    let begins = if is_winter { 12 } else { last_month - 2 };
    let ends_in = sensible(value)? + i32::from(is_winter);
    let first = date(value, begins, 1)?;
    let Some(last) = Day::last_of_month(ends_in, last_month) else {
        return Err(why::no_such_year(value + 1));
    };
    Ok(Some(Point {
        kind: TimescaleKind::Season,
        first,
        last,
        counts_inside,
    }))
}

fn season_needs_one_year(last_month: LastMonth, years: TwoYears) -> Why {
    let name = match last_month {
        5 => "Spring",
        8 => "Summer",
        11 => "Autumn",
        _ => "Winter",
    };
    Why::new(
        "a season has one year",
        format!(
            "write \"{name} {}\" or \"{name} {}\"",
            years.first, years.second
        ),
    )
}

/// Reads the year of a term: its own ("Spring term 2020") or its school year ("2019/20").
fn term(cursor: &mut Cursor, term: Term, terms: &Terms) -> Found<Point> {
    let (start_year, counts_inside) = if let Some(years) = cursor.attempt(two_years)? {
        if !years.is_one_financial_year() {
            return Err(Why::new(
                "these are not the years of one school year",
                format!("write \"{term:?} term {}\"", label(years.first)),
            ));
        }
        (sensible(years.first)?, true)
    } else if let Some(year) = cursor.attempt(year)? {
        let own = sensible(year.value)?;
        (own - i32::from(term != Term::Autumn), year.in_full)
    } else {
        return Ok(None);
    };
    // A term is known by its last day; where a range begins with one, that day is its start.
    let last = terms.last_day(term, start_year);
    Ok(Some(Point {
        kind: TimescaleKind::Term,
        first: last,
        last,
        counts_inside,
    }))
}

/// Reads "end of the reporting period", "end of year" or "year end": the plan's last day.
pub(super) fn period(cursor: &mut Cursor, context: &Context) -> Found<Point> {
    let is_year_end = cursor.any_phrase(&["year end", "year - end"]);
    let mut is_year = is_year_end;
    if !is_year_end {
        if !cursor.any_phrase(&["end of", "end"]) {
            return Ok(None);
        }
        cursor.phrase("the");
        is_year = cursor.phrase("year");
        let names = [
            "reporting period",
            "reporting year",
            "plan period",
            "period",
            "plan",
        ];
        if !is_year && !cursor.any_phrase(&names) {
            return Ok(None);
        }
    }
    // "end of year 2018/19" names another year.
    if is_year && cursor.peek().is_some_and(|token| token.has_figures()) {
        return Ok(None);
    }
    let Some(last) = context.period.map(|period| period.last) else {
        return Err(Why::new(
            "the plan's period, which it means, is missing or cannot be read",
            "give the plan its period, as in \"period: 2017-19\", or write the day",
        ));
    };
    Ok(Some(Point {
        kind: TimescaleKind::Period,
        first: last,
        last,
        counts_inside: !is_year,
    }))
}
