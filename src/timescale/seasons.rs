//! Seasons and school terms: "Summer 2019", "Autumn term 2019".

use crate::calendar::{Day, Term};

use super::frame::{Frame, Stretch};
use super::tokens::{Cursor, TokenReading};
use super::types::TimescaleKind;
use super::why::{self, WhyUnread, label};
use super::years::{TwoYears, sensible, two_years, year};

/// A season, as the month in which it ends: spring 5, summer 8, autumn 11, winter 2.
pub(super) type LastMonth = u32;

/// Reads "Spring", "Summer", "Autumn" or "Winter".
pub(super) fn season_name(cursor: &mut Cursor) -> Option<LastMonth> {
    let seasons = [("spring", 5), ("summer", 8), ("autumn", 11), ("winter", 2)];
    let found = seasons.into_iter().find(|(name, _)| cursor.phrase(name))?;
    Some(found.1)
}

/// Reads "Summer 2019" or "Autumn term 2019"; in a short plan "Summer" or "Autumn term" as well.
pub(super) fn season_or_term(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let Some(last_month) = season_name(cursor) else {
        return Ok(None);
    };
    if !cursor.phrase("term") {
        cursor.any_phrase(&[",", "of", "-"]);
        return season(cursor, last_month, frame);
    }
    cursor.any_phrase(&[",", "of", "-"]);
    match last_month {
        5 => term(cursor, Term::Spring, frame),
        8 => term(cursor, Term::Summer, frame),
        11 => term(cursor, Term::Autumn, frame),
        _ => Ok(None),
    }
}

/// Reads the year of a season; winter belongs to the year in which it begins.
fn season(cursor: &mut Cursor, last_month: LastMonth, frame: Frame) -> TokenReading<Stretch> {
    let is_winter = last_month == 2;
    let (value, in_full) = if let Some(years) = cursor.attempt(two_years)? {
        if !is_winter || !years.is_one_financial_year() {
            return Err(season_needs_one_year(last_month, years));
        }
        (years.first, years.in_full)
    } else if let Some(year) = cursor.attempt(year)? {
        (year.value, year.in_full)
    } else {
        let found = frame.yearless(|year| season_of(last_month, year));
        return Ok(found.map(|days| Stretch::new(TimescaleKind::Season, days)));
    };
    match season_of(last_month, sensible(value)?) {
        Some(days) => Ok(Some(
            Stretch::new(TimescaleKind::Season, days).weighing(in_full),
        )),
        None => Err(why::no_such_year(value + 1)),
    }
}

/// The first and the last day of the season that begins in a year.
pub(super) fn season_of(last_month: LastMonth, year: i32) -> Option<(Day, Day)> {
    let is_winter = last_month == 2;
    let begins = if is_winter { 12 } else { last_month - 2 };
    Some((
        Day::new(year, begins, 1)?,
        Day::last_of_month(year + i32::from(is_winter), last_month)?,
    ))
}

fn season_needs_one_year(last_month: LastMonth, years: TwoYears) -> WhyUnread {
    let name = season_word(last_month);
    WhyUnread::new(
        "a season has one year",
        format!(
            "write \"{name} {}\" or \"{name} {}\"",
            years.first, years.second
        ),
    )
}

/// How a season is written.
pub(super) fn season_word(last_month: LastMonth) -> &'static str {
    match last_month {
        5 => "Spring",
        8 => "Summer",
        11 => "Autumn",
        _ => "Winter",
    }
}

/// Reads the year of a term: its own ("Spring term 2020") or its school year ("2019/20").
fn term(cursor: &mut Cursor, term: Term, frame: Frame) -> TokenReading<Stretch> {
    let days = |start_year: i32| {
        (
            frame.terms.first_day(term, start_year),
            frame.terms.last_day(term, start_year),
        )
    };
    let (start_year, in_full) = if let Some(years) = cursor.attempt(two_years)? {
        if !years.is_one_financial_year() {
            return Err(WhyUnread::new(
                "these are not the years of one school year",
                format!("write \"{term:?} term {}\"", label(years.first)),
            ));
        }
        (sensible(years.first)?, true)
    } else if let Some(year) = cursor.attempt(year)? {
        let value = sensible(year.value)?;
        (value - i32::from(term != Term::Autumn), year.in_full)
    } else {
        let found = frame.yearless(|year| Some(days(year)));
        return Ok(found.map(|days| Stretch::new(TimescaleKind::Term, days)));
    };
    Ok(Some(
        Stretch::new(TimescaleKind::Term, days(start_year)).weighing(in_full),
    ))
}
