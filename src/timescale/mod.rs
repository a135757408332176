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
mod why;
mod wording;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::calendar::{Day, Interval, Terms};

use cycles::YearlyDay;
use tokens::Phrase;
use why::Why;

/// What a timescale is read against: the end of its plan and the board's school terms.
pub struct Context<'a> {
    /// The plan's last day; None where the plan's period is missing or unreadable.
    pub period_end: Option<Day>,
    pub terms: &'a Terms,
}

/// What sort of timescale it is, as a person would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// "29 June 2019".
    Day,
    /// "April 2018": its last day.
    Month,
    /// "April 2023 – June 2023": the last day of its end.
    Range,
    /// "Q2 2019/20": a quarter of a financial year.
    Quarter,
    /// "Summer 2019".
    Season,
    /// "Autumn term 2019".
    Term,
    /// "2019/20", "2018".
    Year,
    /// "end of the reporting period": the plan's last day.
    Period,
    /// "Ongoing", "Jan 2013 onwards": no end.
    Open,
    /// "quarterly", "annually in September".
    Cycle,
    /// "September 2014 (website permitting)": a date, with a condition.
    Conditional,
    /// "Within three months of …", "TBC": honest, and without a date.
    Relative,
}

impl fmt::Display for Kind {
    /// The word for it in lower case, such as "quarter".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Kind::Day => "day",
            Kind::Month => "month",
            Kind::Range => "range",
            Kind::Quarter => "quarter",
            Kind::Season => "season",
            Kind::Term => "term",
            Kind::Year => "year",
            Kind::Period => "period",
            Kind::Open => "open",
            Kind::Cycle => "cycle",
            Kind::Conditional => "conditional",
            Kind::Relative => "relative",
        })
    }
}

/// When an action is to be done, as read from the words of a plan.
///
/// Source: the design's section on timescales. The words themselves are not kept here; a plan
/// prints them as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timescale {
    kind: Kind,
    last_day: Option<Day>,
    interval: Option<Interval>,
    named: Vec<YearlyDay>,
    kept: Option<String>,
}

impl Timescale {
    /// Reads a timescale as a board writes it: "by April 2018", "Q2 2019/20", "Ongoing".
    ///
    /// Errors: what cannot be read, with the text quoted and what would be read in its place.
    /// It never guesses, and no day rolls over into the next month.
    pub fn parse(text: &str, context: &Context) -> Result<Timescale, Unreadable> {
        let phrase = Phrase::new(text);
        read(&phrase, context).map_err(|why| why.about(text, "timescale"))
    }

    /// What sort of timescale it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The last day on which the promise is met: 30 April 2018 for "by April 2018".
    ///
    /// None for what has no fixed day: open, cycle and relative timescales.
    pub fn last_day(&self) -> Option<Day> {
        self.last_day
    }

    /// The day on which it is due, as seen from a day.
    ///
    /// A fixed last day is the same whatever is asked. A cycle with a named month or day is due on
    /// its first such day on or after `asked`. None for all else.
    pub fn due_on_or_after(&self, asked: Day) -> Option<Day> {
        let named = self.named.iter().map(|named| named.on_or_after(asked));
        self.last_day.or_else(|| named.min())
    }

    /// The day by which a report is owed, when the last one was made on `last`.
    ///
    /// It is `last` plus the shortest interval that the cycle names, else plus the policy's. A
    /// cycle with named months or days is reviewed on the first of them after `last`, or after its
    /// interval where that is earlier.
    pub fn review_after(&self, last: Day, policy: Interval) -> Day {
        let named = self
            .named
            .iter()
            .map(|named| named.on_or_after(last.succ()));
        let Some(named) = named.min() else {
            return last.plus(self.interval.unwrap_or(policy));
        };
        // "annually in September" names September, not a second rhythm beside it.
        let year = Interval::Years(1).length();
        match self.interval.filter(|interval| interval.length() < year) {
            Some(interval) => named.min(last.plus(interval)),
            None => named,
        }
    }

    /// How often a cycle comes round: the shortest interval that it names.
    ///
    /// None for what is no cycle, and for a "Continuous cycle" that names none (the policy's
    /// holds). "Every March" names a year.
    pub fn interval(&self) -> Option<Interval> {
        self.interval
    }

    /// The words kept beside the date: "website permitting".
    ///
    /// Also the words after a cycle ("to the board") or after "Ongoing", which change nothing; the
    /// kind tells which it is.
    pub fn condition(&self) -> Option<&str> {
        self.kept.as_deref()
    }

    /// Whether it has no end: "Ongoing", "continuous", "from April 2018", "Jan 2013 onwards".
    pub fn is_open_ended(&self) -> bool {
        self.kind == Kind::Open
    }

    fn fixed(kind: Kind, last_day: Day) -> Timescale {
        Timescale {
            last_day: Some(last_day),
            ..Timescale::without_day(kind)
        }
    }

    fn without_day(kind: Kind) -> Timescale {
        Timescale {
            kind,
            last_day: None,
            interval: None,
            named: Vec::new(),
            kept: None,
        }
    }

    fn keeping(self, kept: Option<String>) -> Timescale {
        Timescale { kept, ..self }
    }
}

/// A text that could not be read, and what could be written instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, with the text quoted (shortened where it is long).
    pub message: String,
    /// What would be read: `write "April 2018"`.
    pub help: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for Unreadable {}

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
        return Ok(Timescale::without_day(Kind::Relative));
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
