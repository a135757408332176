//! Timescales as boards write them: "April 2018", "Q2 2019/20", "quarterly", "TBC".
//!
//! The plainest dates, which most deadlines are, are read at once (`plain`). Any other phrase is cut
//! into words, numbers and signs (`tokens`); then the readers of `read` are asked in turn, and the first
//! that knows the phrase answers. Dates are read by `days`, `years`,
//! `quarters`, `seasons` and `plan_years`, put together in `points`, `ranges` and `dates`. What no
//! reader knows gets advice (`advice`). Nothing is ever guessed.

mod advice;
mod cycles;
mod dates;
mod days;
mod frame;
mod inside;
mod intervals;
mod items;
mod open;
mod plain;
mod plan_years;
mod points;
mod quarters;
mod ranges;
mod refused;
mod seasons;
mod then;
mod tokens;
mod types;
mod undated;
mod why;
mod years;

#[cfg(test)]
mod tests;

use crate::calendar::{Day, Interval};

pub use types::{Timescale, TimescaleContext, TimescaleKind, UnreadableTimescale};

use frame::Frame;
use tokens::{Phrase, TokenReading};
use why::WhyUnread;

impl Timescale {
    /// Reads a timescale as a board writes it: "by April 2018", "Q2 2019/20", "Ongoing".
    ///
    /// Errors: what cannot be read, with the text quoted and what would be read in its place.
    /// It never guesses, and no day rolls over into the next month.
    pub fn parse(text: &str, context: &TimescaleContext) -> Result<Timescale, UnreadableTimescale> {
        if let Some(timescale) = plain::read(text) {
            return Ok(timescale);
        }
        let phrase = Phrase::new(text);
        let frame = Frame::whole(context);
        read(&phrase, frame).map_err(|why| why.about(text, "timescale"))
    }
}

/// How often, or how long, as a policy or a meeting rule says it: "30 days", "every 6 weeks".
///
/// Also "quarterly", "six weekly", "fortnightly", "termly" (4 months) and "half-yearly". Counts are
/// figures, or words to twelve; none is longer than ten years. None for all else.
pub fn parse_interval(text: &str) -> Option<Interval> {
    let phrase = Phrase::new(text);
    let mut cursor = phrase.cursor();
    let rhythm = intervals::rhythm(&mut cursor)?;
    let is_one = rhythm.shortest == rhythm.longest;
    (cursor.is_done() && is_one).then_some(rhythm.shortest)
}

/// One full date as a person writes it: "2018-05-01", "1 May 2018", "13/12/2012", "9.12.16".
///
/// Figures stand day first, a weekday before the day is passed over, and a year of two figures is
/// 20xx. Errors: what is no such date, with the text quoted.
pub fn parse_date(text: &str) -> Result<Day, UnreadableTimescale> {
    if let Some(day) = Day::parse_iso(text.trim()) {
        return Ok(day);
    }
    let phrase = Phrase::new(text);
    let mut cursor = phrase.cursor();
    match days::day(&mut cursor) {
        Ok(Some(point)) if cursor.is_done() => Ok(point.last),
        Ok(_) => Err(WhyUnread::new("", "write \"2018-05-01\" or \"1 May 2018\"")),
        Err(why) => Err(why),
    }
    .map_err(|why| why.about(text, "date"))
}

/// How many words, figures and signs a timescale has at most; more are a text about one.
const LONGEST: usize = 500;

/// Asks the readers in turn.
fn read(phrase: &Phrase, frame: Frame) -> Result<Timescale, WhyUnread> {
    if phrase.tokens.len() > LONGEST {
        return Err(WhyUnread::new(
            format!("it has more than {LONGEST} words and signs"),
            "write the date alone, as in \"April 2018\", and the words into `note`",
        ));
    }
    let readers: [fn(&Phrase, Frame) -> TokenReading<Timescale>; 9] = [
        refused::nothing,
        undated::read,
        refused::status_or_revision,
        then::read,
        cycles::read,
        open::read,
        dates::read,
        inside::read,
        undated::without_a_date,
    ];
    for reader in readers {
        if let Some(timescale) = reader(phrase, frame)? {
            return Ok(timescale);
        }
    }
    Err(advice::on(phrase.cursor(), frame))
}
