//! Quarters of a financial year: "Q2 2019/20", "Quarter 4 (Jan – Mar 24)", "Mar 24 (Q4)".

use crate::calendar::{Day, FinancialYear, Period, is_plan_year, month_name};

use super::frame::{Frame, Stretch};
use super::tokens::{Cursor, TokenReading};
use super::types::TimescaleKind;
use super::why::{self, WhyUnread, label};
use super::years::{TwoYears, day_of_year, sensible, two_years, whole_year, year};

/// Reads "Q2 2019/20", "2019-20 Quarter 2", "Q2 (July - Sept) 2019/20", "Mar 24 (Q4)"; in a short
/// plan "Q2" as well.
pub(super) fn quarter(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    if let Some(point) = cursor.attempt(months_first)? {
        return Ok(Some(point));
    }
    if let Some(years) = cursor.attempt(two_years)? {
        cursor.any_phrase(&["-", ","]);
        let bracket = cursor.phrase("(");
        let Some(number) = cursor.attempt(quarter_number)? else {
            return Ok(None);
        };
        if bracket && !cursor.phrase(")") {
            return Ok(None);
        }
        let months = check_months(cursor, number)?;
        return quarter_of_months(number, years, [months, None]);
    }
    let Some(number) = cursor.attempt(quarter_number)? else {
        return Ok(None);
    };
    let from_months = check_months(cursor, number)?;
    cursor.any_phrase(&["of", ",", "-", "in"]);
    cursor.any_phrase(&["financial year", "fy"]);
    if let Some(years) = cursor.attempt(bracketed_years)? {
        let months = check_months(cursor, number)?;
        return quarter_of_months(number, years, [from_months, months]);
    }
    if from_months.is_some() {
        return Ok(from_months);
    }
    one_year_is_not_enough(*cursor, number)?;
    let found = frame.yearless(|year| {
        let quarter = FinancialYear::starting(year)?.quarter(number)?;
        Some((quarter.first, quarter.last))
    });
    Ok(found.map(|days| Stretch::new(TimescaleKind::Quarter, days)))
}

/// Reads "2019/20" or "(2019/20)".
fn bracketed_years(cursor: &mut Cursor) -> TokenReading<TwoYears> {
    let bracket = cursor.phrase("(");
    let years = two_years(cursor)?;
    let is_whole = !bracket || cursor.phrase(")");
    Ok(years.filter(|_| is_whole))
}

/// The error of "Q2 2019": is it that of 2018-19, or of 2019-20?
fn one_year_is_not_enough(mut cursor: Cursor, number: u32) -> Result<(), WhyUnread> {
    let bracket = cursor.phrase("(");
    let year = cursor
        .number(4, 4)
        .or_else(|| cursor.number(2, 2))
        .map(whole_year)
        .filter(|year| is_plan_year(*year));
    match year {
        Some(year) if !bracket || cursor.phrase(")") => Err(WhyUnread::new(
            "a quarter needs both years of its financial year",
            format!(
                "write \"Q{number} {}\" or \"Q{number} {}\"",
                label(year - 1),
                label(year)
            ),
        )),
        _ => Ok(()),
    }
}

/// The quarter of these years.
fn quarter_of(number: u32, years: TwoYears) -> Result<Stretch, WhyUnread> {
    let year = sensible(years.first)?;
    let period = FinancialYear::starting(year).and_then(|year| year.quarter(number));
    match period.filter(|_| years.is_one_financial_year()) {
        Some(Period { first, last, .. }) => Ok(Stretch::new(TimescaleKind::Quarter, (first, last))),
        None => Err(WhyUnread::new(
            "these are not the years of one financial year",
            format!("write \"Q{number} {}\"", label(years.first)),
        )),
    }
}

/// The quarter of a financial year.
///
/// Errors: months beside it, where they have a year, that are of another quarter.
fn quarter_of_months(
    number: u32,
    years: TwoYears,
    months: [Option<Stretch>; 2],
) -> TokenReading<Stretch> {
    let quarter = quarter_of(number, years)?;
    if months
        .iter()
        .flatten()
        .any(|other| other.last != quarter.last)
    {
        return Err(two_different_years(number));
    }
    Ok(Some(quarter))
}

fn two_different_years(number: u32) -> WhyUnread {
    WhyUnread::new(
        "its months and its financial year are of different years",
        format!("write one of them, as in \"Q{number} 2019-20\""),
    )
}

/// Reads "Q2", "Qtr 2", "Quarter 2", "Quarter two" or "2nd quarter".
///
/// Errors: a fifth quarter.
pub(super) fn quarter_number(cursor: &mut Cursor) -> TokenReading<u32> {
    if let Some(number) = cursor.maybe(ordinal_quarter) {
        return Ok(Some(number));
    }
    if !cursor.any_phrase(&["q .", "q", "qtr .", "qtr", "quarter"]) {
        return Ok(None);
    }
    let words = ["one", "two", "three", "four"];
    if let Some(number) = (1..).zip(words).find(|(_, word)| cursor.phrase(word)) {
        return Ok(Some(number.0));
    }
    match cursor.number(1, 1).map(|number| number.value) {
        Some(number) if (1..=4).contains(&number) => Ok(Some(number)),
        Some(_) => Err(WhyUnread::new(
            "a financial year has quarters 1 to 4",
            "write the quarter and its years, as in \"Q1 2019-20\"",
        )),
        None => Ok(None),
    }
}

/// Reads "first quarter", "2nd Qtr".
fn ordinal_quarter(cursor: &mut Cursor) -> Option<u32> {
    let words = [
        ("1 st", 1),
        ("first", 1),
        ("2 nd", 2),
        ("second", 2),
        ("3 rd", 3),
        ("third", 3),
        ("4 th", 4),
        ("fourth", 4),
    ];
    let found = words.iter().find(|(word, _)| cursor.phrase(word))?;
    cursor.any_phrase(&["quarter", "qtr"]).then_some(found.1)
}

/// Months that stand beside a quarter, with their year where they have one.
struct Months {
    first: u32,
    last: u32,
    year: Option<i32>,
}

/// Reads "July – September", "Jan to Mar 24" or "Dec".
fn months(cursor: &mut Cursor) -> TokenReading<Months> {
    let Some(first) = cursor.month() else {
        return Ok(None);
    };
    let mut last = first;
    while let Some(month) = cursor.maybe(|cursor| {
        cursor.any_phrase(&["-", "to", "/", ",", "and", "&"]);
        cursor.month()
    }) {
        last = month;
    }
    let written = cursor.attempt(|cursor| {
        cursor.any_phrase(&["-", ","]);
        // Two years in a row are those of a financial year, not of the months.
        if cursor.attempt(two_years)?.is_some() {
            return Ok(None);
        }
        year(cursor)
    })?;
    let year = written.map(|year| sensible(year.value)).transpose()?;
    Ok(Some(Months { first, last, year }))
}

/// Passes over the months beside a quarter, with or without brackets; gives the quarter of their
/// year where they have one.
///
/// Errors: months that are not of the quarter.
fn check_months(cursor: &mut Cursor, number: u32) -> TokenReading<Stretch> {
    let found = cursor.attempt(|cursor| {
        cursor.any_phrase(&["-", ":", ","]);
        let bracket = cursor.phrase("(");
        let months = months(cursor)?;
        let is_whole = !bracket || cursor.phrase(")");
        Ok(months.filter(|_| is_whole))
    })?;
    let Some(months) = found else {
        return Ok(None);
    };
    let begins = number % 4 * 3 + 1;
    let is_whole = (months.first, months.last) == (begins, begins + 2);
    let is_one = months.first == months.last && (begins..begins + 3).contains(&months.first);
    if !is_whole && !is_one {
        return Err(other_months(number));
    }
    let Some(year) = months.year else {
        return Ok(None);
    };
    quarter_with(year, begins).map(Some)
}

/// The quarter that begins with a month of a year.
fn quarter_with(year: i32, begins: u32) -> Result<Stretch, WhyUnread> {
    let first = day_of_year(year, begins, 1)?;
    let last = Day::last_of_month(year, begins + 2).unwrap_or(first);
    Ok(Stretch::new(TimescaleKind::Quarter, (first, last)))
}

fn other_months(number: u32) -> WhyUnread {
    let begins = number % 4 * 3 + 1;
    let (first, last) = (month_name(begins), month_name(begins + 2));
    WhyUnread::new(
        format!("the months beside it are not those of quarter {number}"),
        format!("quarter {number} of a financial year is {first} to {last}"),
    )
}

/// Reads "Mar 24 (Q4)" or "Jan – Mar 2024, Q4".
///
/// A month that ends no quarter keeps its own last day.
pub(super) fn months_first(cursor: &mut Cursor) -> TokenReading<Stretch> {
    let Some(Months {
        first,
        last,
        year: Some(year),
    }) = months(cursor)?
    else {
        return Ok(None);
    };
    cursor.any_phrase(&[",", "-"]);
    let bracket = cursor.phrase("(");
    let Some(number) = cursor.attempt(quarter_number)? else {
        return Ok(None);
    };
    let years = cursor.attempt(two_years)?;
    if bracket && !cursor.phrase(")") {
        return Ok(None);
    }
    let begins = number % 4 * 3 + 1;
    let is_one = first == last && (begins..begins + 3).contains(&last);
    if !is_one && (first, last) != (begins, begins + 2) {
        return Err(other_months(number));
    }
    let quarter = quarter_with(year, begins)?;
    if let Some(years) = years
        && quarter_of(number, years)?.last != quarter.last
    {
        return Err(two_different_years(number));
    }
    if last == begins + 2 {
        return Ok(Some(quarter));
    }
    let first = day_of_year(year, last, 1)?;
    let last = Day::last_of_month(year, last).unwrap_or(first);
    Ok(Some(Stretch::new(TimescaleKind::Month, (first, last))))
}

/// What to say of a quarter without its years.
pub(super) fn years_missing(number: u32, frame: Frame) -> WhyUnread {
    let years = frame.years_that_fit(|year| {
        let quarter = FinancialYear::starting(year)?.quarter(number)?;
        Some((quarter.first, quarter.last))
    });
    why::year_missing(&years, |year| {
        format!("Q{number} {}", label(year.unsigned_abs()))
    })
}
