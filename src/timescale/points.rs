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
    let found = parts.iter().find(|(_, words)| cursor.any_phrase(words))?;
    Some(found.0)
}

/// A part of a date: of a month the 10th, the 20th or its end; of a year the end of April, of August
/// or of December. None for the beginning or the middle of anything else.
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
