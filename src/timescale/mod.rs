//! Timescales as boards write them: "April 2018", "Q2 2019/20", "quarterly", "TBC".
//!
//! A phrase is cut into words, numbers and signs once (`tokens`); then the readers are asked in
//! turn, and the first that knows the phrase answers: wording that honestly gives no date
//! (`wording`), cycles (`cycles`), a date and nothing else (`dates`, by `days`, `parts` and
//! `ranges`), a date inside longer words (`wording`). What none of them knows gets advice (`advice`). Nothing is ever guessed.

mod advice;
mod cycles;
mod dates;
mod days;
mod parts;
mod ranges;
mod tokens;
mod types;
mod why;
mod wording;

#[cfg(test)]
mod tests;

use crate::calendar::{Day, Interval};

pub use types::{Context, Timescale, TimescaleKind, Unreadable};

use tokens::Phrase;
use why::Why;

impl Timescale {
    /// Reads a timescale as a board writes it: "by April 2018", "Q2 2019/20", "Ongoing".
    ///
    /// Errors: what cannot be read, with the text quoted and what would be read in its place.
    /// It never guesses, and no day rolls over into the next month.
    pub fn parse(text: &str, context: &Context) -> Result<Timescale, Unreadable> {
        let phrase = Phrase::new(text);
        read(&phrase, context).map_err(|why| why.about(text, "timescale"))
    }
}

/// How often, or how long, as a policy or a meeting rule says it: "30 days", "every 6 weeks".
///
/// Also "quarterly", "six weekly", "fortnightly", "termly" (4 months) and "half-yearly". Counts
/// run from 1 to 9,999, and words for them to twelve. None for all else.
pub fn parse_interval(text: &str) -> Option<Interval> {
    let phrase = Phrase::new(text);
    let mut cursor = phrase.cursor();
    let (interval, _) = cycles::interval(&mut cursor)?;
    cursor.is_done().then_some(interval)
}

/// One full date as a person writes it: "2018-05-01", "1 May 2018", "13/12/2012", "9.12.16".
///
/// Figures stand day first, a weekday before the day is passed over, and a year of two figures is
/// 20xx. Errors: what is no such date, with the text quoted.
pub fn parse_date(text: &str) -> Result<Day, Unreadable> {
    if let Some(day) = Day::parse_iso(text.trim()) {
        return Ok(day);
    }
    let phrase = Phrase::new(text);
    let mut cursor = phrase.cursor();
    match days::day(&mut cursor) {
        Ok(Some(point)) if cursor.is_done() => Ok(point.last),
        Ok(_) => Err(Why::new("", "write \"2018-05-01\" or \"1 May 2018\"")),
        Err(why) => Err(why),
    }
    .map_err(|why| why.about(text, "date"))
}

/// Asks the readers in turn.
fn read(phrase: &Phrase, context: &Context) -> Result<Timescale, Why> {
    if wording::is_relative(phrase.cursor()) {
        return Ok(Timescale::without_day(TimescaleKind::Relative));
    }
    if let Some(timescale) = cycles::read(phrase, context)? {
        return Ok(timescale);
    }
    if let Some(timescale) = dates::read(phrase, context)? {
        return Ok(timescale);
    }
    if let Some(timescale) = wording::conditional(phrase, context)? {
        return Ok(timescale);
    }
    Err(advice::on(phrase.cursor()))
}
