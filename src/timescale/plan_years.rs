//! The plan's own time: "end of the reporting period", "end of year", "Year 2".

use crate::calendar::{Day, FinancialYear, Interval, Period};

use super::frame::{Frame, Stretch, Weight};
use super::intervals;
use super::tokens::{Cursor, TokenReading};
use super::types::TimescaleKind;
use super::why::{self, WhyUnread, label};

/// Reads "end of the reporting period" or "end of the plan": the plan's last day; in a plan of at
/// most twelve months "end of year" and "end of the financial year" as well.
pub(super) fn end_of_plan(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let is_year = cursor.maybe(year_end).is_some();
    if !is_year && cursor.maybe(period_end).is_none() {
        return Ok(None);
    }
    // "end of year 2018/19" names another year, "end of year 1" one of the plan.
    if is_year && is_named_next(*cursor) {
        return Ok(None);
    }
    let period = frame.period.ok_or_else(why::period_missing)?;
    if is_year && !frame.is_short() {
        return Err(which_year(frame));
    }
    Ok(Some(Stretch {
        weight: Weight::None,
        ..Stretch::new(TimescaleKind::Period, (period.first, period.last))
    }))
}

/// Reads "year end", "end of the financial year".
fn year_end(cursor: &mut Cursor) -> Option<()> {
    if cursor.any_phrase(&["financial year end", "year end", "year - end", "fy end"]) {
        return Some(());
    }
    if !cursor.any_phrase(&["end of", "end"]) {
        return None;
    }
    cursor.any_phrase(&["the", "this", "each"]);
    cursor.phrase("current");
    let names = ["financial year", "fiscal year", "year", "fy"];
    cursor.any_phrase(&names).then_some(())
}

/// Reads "end of the reporting period", "end of plan".
fn period_end(cursor: &mut Cursor) -> Option<()> {
    if !cursor.any_phrase(&["end of", "end"]) {
        return None;
    }
    cursor.any_phrase(&["the", "this"]);
    let names = [
        "reporting period",
        "reporting year",
        "planning period",
        "plan period",
        "business plan",
        "work plan",
        "action plan",
        "period",
        "plan",
        "strategy",
    ];
    cursor.any_phrase(&names).then_some(())
}

/// Whether a number or a word for one comes next.
fn is_named_next(mut cursor: Cursor) -> bool {
    cursor.any_phrase(&["(", "-", ":"]);
    cursor.peek().is_some_and(|token| token.has_figures())
        || intervals::count(&mut cursor).is_some()
}

/// What to say of "end of the financial year" in a plan of several.
fn which_year(frame: Frame) -> WhyUnread {
    let years = frame.years_that_fit(|year| {
        let year = FinancialYear::starting(year)?.period();
        Some((year.first, year.last))
    });
    why::year_missing(&years, |year| label(year.unsigned_abs()))
}

/// Reads "Year 2", "Year two of the plan" or "Years 1-3": so many years after the plan's first day.
///
/// Errors: a year that the plan does not have.
pub(super) fn plan_year(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let Some(last) = cursor.maybe(plan_year_number) else {
        return Ok(None);
    };
    let is_plans = cursor.any_phrase(&["of the plan", "of plan", "of the strategy"]);
    // Inside longer words, "Year 6" may be a class of a school.
    if !frame.is_whole && !is_plans {
        return Ok(None);
    }
    let period = frame.period.ok_or_else(why::period_missing)?;
    let Some(days) = days_of(period, last) else {
        return Err(WhyUnread::new(
            format!("the plan has no year {last}"),
            format!(
                "its period is {period}; write a year of it, as in \"Year 1\", or the day, as in \
                 \"31 March 2024\""
            ),
        ));
    };
    Ok(Some(Stretch::new(TimescaleKind::Year, days)))
}

fn plan_year_number(cursor: &mut Cursor) -> Option<u32> {
    if !cursor.any_phrase(&["years", "year", "yrs", "yr"]) {
        return None;
    }
    let mut last = one_or_two_figures(cursor)?;
    while let Some(next) = cursor.maybe(|cursor| {
        if !cursor.any_phrase(&["-", "to", "&", "and", "/", ","]) {
            return None;
        }
        cursor.phrase("year");
        one_or_two_figures(cursor).filter(|next| *next > last)
    }) {
        last = next;
    }
    Some(last)
}

/// A count from 1 to 20 that no sign of a date follows.
fn one_or_two_figures(cursor: &mut Cursor) -> Option<u32> {
    let is_long = cursor.peek()?.text.len() > 2 && cursor.peek()?.has_figures();
    let count = intervals::count(cursor)?;
    (!is_long && count <= 20).then_some(count)
}

/// The first and the last day of a year of the plan, within its period.
fn days_of(period: Period, number: u32) -> Option<(Day, Day)> {
    let first = period.first.plus(Interval::Years(number - 1));
    let last = period.first.plus(Interval::Years(number)).pred();
    (first <= period.last).then(|| (first, last.min(period.last)))
}
