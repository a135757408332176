//! One date of any sort, and the part of a month or a year that words before it name.

use crate::calendar::Day;

use super::days::day_or_week;
use super::frame::{Frame, Stretch, Weight};
use super::plan_years::{end_of_plan, plan_year};
use super::quarters::quarter;
use super::seasons::season_or_term;
use super::tokens::{Cursor, TokenReading};
use super::types::TimescaleKind;
use super::years::{month, month_with_year, years};

/// Reads one day, month, quarter, season, term, year, or the plan's end, and "early", "mid" or
/// "end of" before it.
pub(super) fn point(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    match cursor.attempt(|cursor| part_of_date(cursor, frame))? {
        Some(point) => Ok(Some(point)),
        None => whole_date(cursor, frame),
    }
}

fn whole_date(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    // "Sept 23" is a month, so the readers that need a year come first.
    let readers: [fn(&mut Cursor, Frame) -> TokenReading<Stretch>; 8] = [
        |cursor, frame| day_or_week(cursor, frame.with_year()),
        |cursor, frame| quarter(cursor, frame.with_year()),
        |cursor, _| month_with_year(cursor),
        |cursor, _| years(cursor),
        day_or_week,
        quarter,
        month,
        season_or_term,
    ];
    for reader in readers {
        if let Some(point) = cursor.attempt(|cursor| reader(cursor, frame))? {
            return Ok(Some(point));
        }
    }
    if let Some(point) = cursor.attempt(|cursor| plan_year(cursor, frame))? {
        return Ok(Some(point));
    }
    cursor.attempt(|cursor| end_of_plan(cursor, frame))
}

/// Which part of a month or a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartOfPeriod {
    Early,
    Mid,
    Late,
    End,
    /// Its first, second, third, fourth or last week.
    Week(Week),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Week {
    Number(u32),
    Last,
}

/// Reads "early June 2023", "mid 2023", "the end of Q2 2019/20".
fn part_of_date(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    // The plan's own "end of …" is tried before those words are passed over.
    let mut ahead = *cursor;
    ahead.phrase("the");
    if let Some(point) = ahead.attempt(|cursor| end_of_plan(cursor, frame))? {
        *cursor = ahead;
        return Ok(Some(point));
    }
    let Some(part) = part(cursor) else {
        return Ok(None);
    };
    cursor.phrase("the");
    let Some(point) = whole_date(cursor, frame)? else {
        return Ok(None);
    };
    Ok(in_part(point, part))
}

/// Whether words stand right before a date that make it uncertain: "the start of" a term.
pub(super) fn is_part_before(cursor: Cursor) -> bool {
    (cursor.at.saturating_sub(3)..cursor.at).any(|at| {
        let mut words = cursor.from(at);
        let is_part = part(&mut words).is_some_and(|part| part != PartOfPeriod::End);
        words.phrase("the");
        is_part && words.at == cursor.at
    })
}

/// Reads "early", "mid", "the end of", and what means the same.
fn part(cursor: &mut Cursor) -> Option<PartOfPeriod> {
    cursor.phrase("the");
    let parts: [(PartOfPeriod, &[&str]); 4] = [
        (
            PartOfPeriod::Early,
            &["early in", "early", "beginning of", "beginning", "start of"],
        ),
        (PartOfPeriod::Mid, &["mid -", "mid", "middle of"]),
        (PartOfPeriod::Late, &["late in", "late"]),
        (
            PartOfPeriod::End,
            &["end of", "end -", "end", "year end", "year - end"],
        ),
    ];
    match parts.iter().find(|(_, words)| cursor.any_phrase(words)) {
        Some((part, _)) => Some(*part),
        None => cursor.maybe(week).map(PartOfPeriod::Week),
    }
}

/// Reads "first week of", "2nd week in", "last week of".
fn week(cursor: &mut Cursor) -> Option<Week> {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    let words = ORDINALS.iter().position(|word| cursor.phrase(word));
    let week = if let Some(position) = words {
        Week::Number(position as u32 + 1)
    } else if cursor.any_phrase(&["last", "final"]) {
        Week::Last
    } else {
        let number = cursor.number(1, 1)?.value;
        let is_ordinal = cursor.any_phrase(&["st", "nd", "rd", "th"]);
        Week::Number(number).in_month().filter(|_| is_ordinal)?
    };
    let is_week = cursor.phrase("week") && cursor.any_phrase(&["of", "in"]);
    is_week.then_some(week)
}

impl Week {
    /// Itself, where a month has so many weeks.
    fn in_month(self) -> Option<Week> {
        let has = !matches!(self, Week::Number(number) if !(1..=4).contains(&number));
        has.then_some(self)
    }

    /// The first and the last day of it, in a month that has so many days.
    fn days(self, length: u32) -> (u32, u32) {
        match self {
            Week::Number(number) => (number * 7 - 6, number * 7),
            Week::Last => (length - 6, length),
        }
    }
}

/// A part of a date: of a month the 10th, the 20th, its end, or the last day of one of its weeks (the 7th,
/// 14th, 21st, 28th, its end); of a year the end of April, of August or of December. None for the beginning or the middle of anything else.
fn in_part(point: Stretch, part: PartOfPeriod) -> Option<Stretch> {
    if part == PartOfPeriod::End {
        let first = point.last;
        return Some(Stretch { first, ..point });
    }
    let is_bare_year = point.weight == Weight::None && point.kind == TimescaleKind::Year;
    let (year, month) = (point.first.year(), point.first.month());
    let (first, last) = match (point.kind, part) {
        (TimescaleKind::Month, PartOfPeriod::Early) => ((month, 1), (month, 10)),
        (TimescaleKind::Month, PartOfPeriod::Mid) => ((month, 11), (month, 20)),
        (TimescaleKind::Month, PartOfPeriod::Week(week)) => {
            let (first, last) = week.days(point.last.day());
            ((month, first), (month, last))
        }
        (_, PartOfPeriod::Week(_)) => return None,
        (TimescaleKind::Month, _) => ((month, 21), (month, point.last.day())),
        (TimescaleKind::Year, PartOfPeriod::Early) if is_bare_year => ((1, 1), (4, 30)),
        (TimescaleKind::Year, PartOfPeriod::Mid) if is_bare_year => ((5, 1), (8, 31)),
        (TimescaleKind::Year, _) if is_bare_year => ((9, 1), (12, 31)),
        _ => return None,
    };
    let day = |(month, day)| Day::new(year, month, day).unwrap_or(point.last);
    Some(Stretch {
        first: day(first),
        last: day(last),
        ..point
    })
}
