//! Why a phrase could not be read, and what would be read in its place.

use crate::calendar::month_name;

use super::types::UnreadableTimescale;

/// What is wrong with a phrase (may be empty: it is simply not known) and what to write instead.
#[derive(Clone, Debug)]
pub(super) struct WhyUnread {
    reason: String,
    help: String,
}

impl WhyUnread {
    pub fn new(reason: impl Into<String>, help: impl Into<String>) -> WhyUnread {
        WhyUnread {
            reason: reason.into(),
            help: help.into(),
        }
    }

    /// The finding about a text that was to be a `what` ("timescale", "date").
    pub fn about(self, text: &str, what: &str) -> UnreadableTimescale {
        let quoted = quote(text);
        let message = match (quoted.is_empty(), self.reason.is_empty()) {
            (true, _) => format!("a blank text is not a {what}"),
            (false, true) => format!("\"{quoted}\" is not a {what} that can be read"),
            (false, false) => format!("\"{quoted}\" is not a {what}: {}", self.reason),
        };
        UnreadableTimescale {
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
pub(super) fn month_in_words(month: u32, year: u32) -> WhyUnread {
    let name = month_name(month);
    WhyUnread::new(
        "a month in figures stands in a full date, or before its year",
        format!("write \"{name} {year}\""),
    )
}

/// What to say of a month that there is not.
pub(super) fn no_such_month(month: u32) -> WhyUnread {
    WhyUnread::new(
        format!("there is no month {month}"),
        "write the month in words, as in \"1 May 2018\"",
    )
}

/// What to say of a school year or academic year.
pub(super) fn school_year_has_terms(first: u32) -> WhyUnread {
    WhyUnread::new(
        "a school year ends on no fixed day",
        format!("name the term: \"Summer term {}\"", label(first)),
    )
}

/// What to say of a half term.
pub(super) fn half_terms_differ() -> WhyUnread {
    WhyUnread::new(
        "a half term is not the same week everywhere",
        "write the last day that is in time, as in \"27 October 2023\"",
    )
}

/// What to say of what lacks its year, in a plan of several years: it could be in each of these.
pub(super) fn year_missing(years: &[i32], write: impl Fn(i32) -> String) -> WhyUnread {
    let choices: Vec<String> = years
        .iter()
        .map(|year| format!("\"{}\"", write(*year)))
        .collect();
    let help = match choices.split_last() {
        None => format!("write the year too, as in \"{}\"", write(2020)),
        Some((only, [])) => format!("write the year too: {only}"),
        Some((last, others)) => {
            format!("write the year too: {} or {last}", others.join(", "))
        }
    };
    WhyUnread::new("it does not say which year", help)
}

/// What to say of the beginning or the middle of what is no month and no year.
pub(super) fn which_day_is_last() -> WhyUnread {
    WhyUnread::new(
        "it is not certain which day is the last",
        "name the month or the day, as in \"June 2018\" or \"15 June 2018\"",
    )
}

/// What to say where the plan's period is needed and not known.
pub(super) fn period_missing() -> WhyUnread {
    WhyUnread::new(
        "the plan's period, which it means, is missing or cannot be read",
        "give the plan its period, as in \"period: 2017-19\", or write the day",
    )
}

/// What to say of a range that is the wrong way round.
pub(super) fn ends_before_it_starts() -> WhyUnread {
    WhyUnread::new("it ends before it starts", "write the earlier time first")
}

/// What to say of a length that counts from a date.
pub(super) fn length_from_a_date() -> WhyUnread {
    WhyUnread::new(
        "it counts from another date",
        "write the day on which that ends, as in \"30 September 2024\"",
    )
}

/// What to say where several dates stand in one phrase.
pub(super) fn several_dates() -> WhyUnread {
    WhyUnread::new(
        "it holds more than one date",
        "write one date, or give the action a milestone for each (`milestones`)",
    )
}

/// What to say of a year that no plan can mean.
pub(super) fn no_such_year(year: u32) -> WhyUnread {
    WhyUnread::new(
        format!("the year {year} is not between 1990 and 2199"),
        "write a year that a plan can mean, as in \"April 2018\"",
    )
}

/// What to say of a date inside longer words whose year has two figures.
pub(super) fn year_of_two_figures() -> WhyUnread {
    WhyUnread::new(
        "a year of two figures does not count inside longer words",
        "write the year in full, as in \"April 2018\"",
    )
}

/// How a financial year is written: "2018-19".
pub(super) fn label(first: u32) -> String {
    format!("{first}-{:02}", (first + 1) % 100)
}
