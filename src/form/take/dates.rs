//! The days that a form gives: of its report, and new deadlines. Words without a year are read, and said to
//! be; what cannot have been meant is asked.

use super::Remark;
use super::cell::tidy;
use crate::calendar::{Day, Interval, month_name};
use crate::form::returned::ReturnedCell;
use crate::office::blocks::CellValue;
use crate::timescale::{Timescale, TimescaleContext, TimescaleKind, parse_date};
use crate::words::one_line;

/// The day of a report: not after today, and not long before the form was made. Without a year it is the
/// last such day until today.
pub fn day(cell: &ReturnedCell, today: Day, made: Option<Day>) -> Result<Day, Remark> {
    const RIGHT: &str = "write the day on which the group reports, as 8 May 2018";
    let day = match cell.value {
        CellValue::Day(day) => day,
        CellValue::Text => {
            let words = without_midnight(&tidy(&cell.text));
            let years = [today.year(), today.year() - 1].into_iter();
            let mut with_year = years
                .flat_map(|year| of_year(&words, year))
                .filter_map(|words| parse_date(&words).ok())
                .filter(|day| *day <= today);
            match parse_date(&words) {
                Ok(day) => day,
                Err(_) => with_year
                    .next()
                    .ok_or_else(|| Remark::new(cell, "that is no date", RIGHT))?,
            }
        }
        _ => return Err(Remark::new(cell, "that is a number and no date", RIGHT)),
    };
    if day > today {
        let wrong = format!("that day is still to come; it is {}", today.long());
        return Err(Remark::new(cell, wrong, RIGHT));
    }
    // A group may have met before the form was made for it; what is older than a quarter of a year belongs to
    // another round, or has the wrong year.
    match made.filter(|made| day.plus(Interval::Months(3)) < *made) {
        Some(made) => {
            let wrong = format!(
                "{} is long before the form was made ({}); the year may be wrong",
                day.long(),
                made.long()
            );
            Err(Remark::new(cell, wrong, RIGHT))
        }
        None => Ok(day),
    }
}

/// A new deadline, in words. Where it has no year, that of the first such day from the report on: two small
/// numbers are a day and a month, a quarter is one of a financial year.
///
/// A date on the first of a month may be what a spreadsheet made of "June 2018", whose last day is the
/// 30th: that is asked. So is what was over on the day of the report.
pub fn deadline(
    cell: &ReturnedCell,
    context: &TimescaleContext,
    report: Day,
) -> Result<String, Remark> {
    const RIGHT: &str = "write a month or a day, as June 2018 or 15 June 2018";
    let words = match cell.value {
        CellValue::Day(day) if day.day() == 1 && cell.text == day.long() => {
            let (month, year) = (month_name(day.month()), day.year());
            let wrong = format!("a spreadsheet makes this of \"{month} {year}\" too");
            let right = format!(
                "write it as text: \"{month} {year}\" or \"by {}\"",
                day.long()
            );
            return Err(Remark::new(cell, wrong, right));
        }
        CellValue::Day(day) if shows(&cell.text, day, context) => one_line(&tidy(&cell.text)),
        CellValue::Day(day) => day.long(),
        CellValue::Text => without_midnight(&one_line(&tidy(&cell.text))),
        _ => return Err(Remark::new(cell, "that is no date", RIGHT)),
    };
    let read = Timescale::parse(&words, context);
    let last = read.as_ref().ok().and_then(Timescale::last_day);
    let is_to_come = |last: &Day| *last >= report;
    if is_day_and_month(&words) || names_no_year(&words, context) {
        // A plan of one year gives words its own; no new deadline is over.
        let meant = last.filter(|last| is_to_come(last) && !is_day_and_month(&words));
        if let Some(words) = with_year(&words, context, report, meant) {
            return Ok(words);
        }
    }
    match (read, last) {
        (Ok(_), Some(over)) if !is_to_come(&over) => {
            let wrong = format!("{} was over on the day of this report", over.long());
            Err(Remark::new(
                cell,
                wrong,
                "write the new day or month, with its year",
            ))
        }
        (Ok(_), _) => Ok(words),
        (Err(why), _) => Err(Remark::new(cell, "no date can be read in it", why.help)),
    }
}

/// Whether what a cell shows of a day says which day it is, or its month where a month was meant.
fn shows(text: &str, day: Day, context: &TimescaleContext) -> bool {
    let shown = Timescale::parse(&one_line(&tidy(text)), context);
    let last = shown.ok().and_then(|shown| shown.last_day());
    last.is_some_and(|last| {
        let is_month = day.day() == 1 && (last.year(), last.month()) == (day.year(), day.month());
        last == day || is_month
    })
}

/// Whether a cell may be what a spreadsheet made of a month or a day: "Apr-18", "01/04/2018", "04/01/18" as
/// Americans write it, or the number by which it knows it.
pub fn reads_the_same(timescale: &str, cell: &ReturnedCell, context: &TimescaleContext) -> bool {
    let Some(meant) = last_day(timescale, context) else {
        return false;
    };
    let words = without_midnight(&tidy(&cell.text));
    let american = || {
        let mut parts = words.splitn(3, ['/', '-', '.']);
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        parse_date(&format!("{day}/{month}/{year}")).ok()
    };
    let days = match cell.value {
        CellValue::Day(day) => [Some(day), None, None],
        CellValue::Number(number) => [serial(number), None, None],
        CellValue::Text => [
            parse_date(&words).ok(),
            american(),
            words.parse().ok().and_then(serial),
        ],
        CellValue::Other => return false,
    };
    let is_meant = |day: Day| {
        (day.year(), day.month()) == (meant.year(), meant.month())
            && (day.day() == 1 || day == meant)
    };
    last_day(&words, context) == Some(meant) || days.into_iter().flatten().any(is_meant)
}

/// Whether two phrases end on one day.
pub fn ends_with(first: &str, second: &str, context: &TimescaleContext) -> bool {
    let last = last_day(first, context);
    last.is_some() && last == last_day(second, context)
}

/// The last day of words that say nothing more.
fn last_day(words: &str, context: &TimescaleContext) -> Option<Day> {
    let read = Timescale::parse(words, context).ok();
    let read = read.filter(|read| read.kind() != TimescaleKind::Conditional);
    read?.last_day()
}

/// The day that spreadsheets know by a number of days since the end of 1899.
fn serial(number: f64) -> Option<Day> {
    /// That of 1 January 2000.
    const FIRST: f64 = 36_526.0;
    let is_known = number.fract() == 0.0 && (FIRST..FIRST + 36_525.0).contains(&number);
    let days = is_known.then_some((number - FIRST) as u32)?;
    Some(Day::new(2000, 1, 1)?.plus(Interval::Days(days)))
}

/// Words without the hour that programs write behind a day.
fn without_midnight(words: &str) -> String {
    let day = words.strip_suffix("00:00:00");
    let day = day.map(|day| day.trim_end_matches([' ', 'T']));
    day.unwrap_or(words).to_owned()
}

/// Words with a year behind them, as a person may write it: "19th June 2018", "19/6/2018".
fn of_year(words: &str, year: i32) -> impl Iterator<Item = String> {
    let words = words.trim_end_matches(['.', ',']).to_owned();
    [" ", "/", "-", "."]
        .into_iter()
        .map(move |sign| format!("{words}{sign}{year}"))
}

/// Whether words are two small numbers: "12/06" is 12 June, and no month of 2006.
fn is_day_and_month(words: &str) -> bool {
    let mut parts = words.trim_end_matches('.').split(['/', '.', '-']);
    let mut number = || -> Option<u8> {
        let part = parts.next()?.trim();
        (part.len() <= 2).then(|| part.parse().ok())?
    };
    let both = (number(), number());
    parts.next().is_none() && matches!(both, (Some(1..=31), Some(1..=12)))
}

/// Whether words are a deadline only because the plan has one year, or none at all.
fn names_no_year(words: &str, context: &TimescaleContext) -> bool {
    let alone = TimescaleContext {
        period: None,
        ..*context
    };
    Timescale::parse(words, &alone).map_or(true, |read| read.last_day().is_none())
}

/// The words with the year that makes them the first to come from the report on, or `meant`.
fn with_year(
    words: &str,
    context: &TimescaleContext,
    report: Day,
    meant: Option<Day>,
) -> Option<String> {
    let year = report.year();
    let bare = words.trim_end_matches(['.', ',']);
    let figures = is_day_and_month(words);
    // "12/06" has its own sign before the year.
    let own = bare.find(|c: char| !c.is_ascii_digit());
    let own = own.filter(|_| figures).map(|at| &bare[at..=at]);
    let days = [year, year + 1].into_iter();
    let days = days
        .flat_map(|year| of_year(words, year))
        .filter(|words| own.is_none_or(|own| words[bare.len()..].starts_with(own)))
        .map(|words| (words, false));
    let quarters = [year - 1, year, year + 1].map(|year| {
        let words = format!("{bare} {year}-{:02}", (year + 1).rem_euclid(100));
        (words, true)
    });
    let dated = days.chain(quarters).filter_map(|(words, is_quarter)| {
        let timescale = Timescale::parse(&words, context).ok()?;
        let fits = match timescale.kind() {
            TimescaleKind::Conditional | TimescaleKind::Relative | TimescaleKind::Cycle => false,
            TimescaleKind::Day => !is_quarter,
            kind => (kind == TimescaleKind::Quarter) == is_quarter && !figures,
        };
        let last = timescale.last_day().filter(|_| fits)?;
        let is_meant = meant.map_or(last >= report, |meant| last == meant);
        is_meant.then_some((last, words))
    });
    dated.min_by_key(|(last, _)| *last).map(|(_, words)| words)
}
