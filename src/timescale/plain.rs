//! The plainest deadlines, "April 2018", "by 29 June 2019" and "2019-06-29", read without cutting them
//! up: most deadlines of most plans are one of these.

use crate::calendar::{Day, is_plan_year, month_number};

use super::types::{Timescale, TimescaleKind};

/// Reads a month and its year, or a day with them, divided by single spaces, or an ISO date, perhaps
/// after "by"; None for all else, which the other readers then see.
pub(super) fn read(text: &str) -> Option<Timescale> {
    let text = text.strip_prefix("by ").unwrap_or(text);
    if let Some(day) = Day::parse_iso(text) {
        return Some(Timescale::fixed(TimescaleKind::Day, day));
    }
    let (rest, year) = text.rsplit_once(' ')?;
    let year = figures(year, 4, 4).filter(|year| is_plan_year(*year))?;
    let (day, month) = match rest.split_once(' ') {
        Some((day, month)) => (Some(figures(day, 1, 2)?), month),
        None => (None, rest),
    };
    let (year, month) = (i32::try_from(year).ok()?, month_number(month)?);
    Some(match day {
        Some(day) => Timescale::fixed(TimescaleKind::Day, Day::new(year, month, day)?),
        None => Timescale::fixed(TimescaleKind::Month, Day::last_of_month(year, month)?),
    })
}

/// The number that a run of so many figures stands for.
fn figures(text: &str, least: usize, most: usize) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = is_number && (least..=most).contains(&text.len());
    text.parse().ok().filter(|_| fits)
}
