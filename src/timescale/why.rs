//! Why a phrase could not be read, and what would be read in its place.

use crate::calendar::month_name;

use super::{TimescaleKind, Unreadable};

/// What is wrong with a phrase (may be empty: it is simply not known) and what to write instead.
#[derive(Clone, Debug)]
pub(super) struct Why {
    reason: String,
    help: String,
}

impl Why {
    pub fn new(reason: impl Into<String>, help: impl Into<String>) -> Why {
        Why {
            reason: reason.into(),
            help: help.into(),
        }
    }

    /// The finding about a text that was to be a `what` ("timescale", "date").
    pub fn about(self, text: &str, what: &str) -> Unreadable {
        let quoted = quote(text);
        let message = match (quoted.is_empty(), self.reason.is_empty()) {
            (true, _) => format!("a blank text is not a {what}"),
            (false, true) => format!("\"{quoted}\" is not a {what} that can be read"),
            (false, false) => format!("\"{quoted}\" is not a {what}: {}", self.reason),
        };
        Unreadable {
            message,
            help: self.help,
        }
    }
}

/// The text on one line, cut after 80 characters.
fn quote(text: &str) -> String {
    let mut quoted = String::new();
    for word in text.split_whitespace() {
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        if quoted.chars().count() + word.chars().count() > 80 {
            let room = 80_usize.saturating_sub(quoted.chars().count());
            quoted.extend(word.chars().take(room));
            quoted.push('…');
            break;
        }
        quoted.push_str(word);
    }
    quoted
}

/// What to say of a month that was written in figures, without a day.
pub(super) fn month_in_words(month: u32, year: u32) -> Why {
    let name = month_name(month);
    Why::new(
        "a month in figures stands only in a full date",
        format!("write \"{name} {year}\""),
    )
}

/// What to say of a school year or academic year.
pub(super) fn school_year_has_terms() -> Why {
    Why::new(
        "a school year ends on no fixed day",
        "name the term: \"Summer term 2018-19\"",
    )
}

/// What to say of a range that is the wrong way round.
pub(super) fn ends_before_it_starts() -> Why {
    Why::new("it ends before it starts", "write the earlier time first")
}

/// What to say where several dates stand in one phrase.
pub(super) fn several_dates() -> Why {
    Why::new(
        "it holds more than one date",
        "write one date, or give the action a milestone for each",
    )
}

/// What to say of a year that no plan can mean.
pub(super) fn no_such_year(year: u32) -> Why {
    Why::new(
        format!("the year {year} is not between 1990 and 2199"),
        "write a year that a plan can mean, as in \"April 2018\"",
    )
}

/// What to say of a date that does not count inside longer words, where more can be said than what
/// a timescale is: its year has two figures.
pub(super) fn does_not_count(kind: TimescaleKind) -> Option<Why> {
    let two_figures = !matches!(
        kind,
        TimescaleKind::Year | TimescaleKind::Range | TimescaleKind::Period
    );
    two_figures.then(|| {
        Why::new(
            "a year of two figures does not count inside longer words",
            "write the year in full, as in \"April 2018\"",
        )
    })
}
