//! Advice on a phrase that no reader knew: what it looks like, and what would be read in its place.

use crate::calendar::{Day, month_name};

use super::cycles;
use super::dates;
use super::days::{day_and_month, is_day_of, month_is_shorter};
use super::frame::Frame;
use super::intervals;
use super::open;
use super::quarters::{self, quarter_number};
use super::seasons::{season_name, season_of, season_word};
use super::tokens::Cursor;
use super::why::{self, WhyUnread};
use super::years::SCHOOL_YEAR;

const TIMESCALES: &str = "write it like \"29 June 2019\", \"April 2018\", \"Q2 2019-20\", \
                          \"6 months\", \"Ongoing\", \"quarterly\" or \"TBC\"";

/// The best advice on a phrase that no reader knew.
pub(super) fn on(phrase: Cursor, frame: Frame) -> WhyUnread {
    let known: [fn(Cursor, Frame) -> Option<WhyUnread>; 14] = [
        half_term,
        holiday,
        until,
        two_meanings,
        several_without_years,
        |phrase, _| cycles::only_the_cycle(phrase),
        open_until,
        length_and_words,
        how_often,
        month_in_figures,
        run_together,
        month_first,
        school_year,
        year_missing,
    ];
    let found = known.iter().find_map(|advise| advise(phrase, frame));
    found.unwrap_or_else(|| WhyUnread::new("", TIMESCALES))
}

/// "October half term".
fn half_term(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    has_phrase(phrase, &["half term", "half - term"]).then(why::half_terms_differ)
}

/// "By Christmas", "Easter 2024".
fn holiday(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let words = [
        "christmas",
        "xmas",
        "easter",
        "new year",
        "ramadan",
        "diwali",
        "whitsun",
    ];
    has_phrase(phrase, &words).then(|| {
        WhyUnread::new(
            "a holiday is no day by which a promise can be judged",
            "write the last day that is in time, as in \"by 20 December 2023\"",
        )
    })
}

fn has_phrase(phrase: Cursor, words: &[&str]) -> bool {
    (phrase.at..phrase.tokens.len()).any(|at| phrase.from(at).any_phrase(words))
}

/// "until the new chair starts", "not before the summer": which day is the last?
fn until(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    phrase
        .any_phrase(&["not before", "until", "till", "up to"])
        .then(why::which_day_is_last)
}

/// "bi-weekly": twice a week, or every two weeks?
fn two_meanings(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let words = ["bi", "biweekly", "biquarterly", "biyearly"];
    let has_two = phrase.rest().iter().any(|token| token.is_any(&words));
    has_two.then(|| {
        WhyUnread::new(
            "\"bi-\" means twice to some and every other to others",
            "write \"fortnightly\", \"twice a year\", \"6 monthly\" or \"every 2 years\"",
        )
    })
}

/// "29 June and 29 September": two days, and no year.
fn several_without_years(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let mut rest = phrase;
    let mut days = 0;
    while !rest.is_done() {
        match rest.maybe(day_and_month) {
            Some(_) => days += 1,
            None => rest.at += 1,
        }
    }
    (days > 1 && !phrase.rest().iter().any(|token| token.is("-"))).then(why::several_dates)
}

/// "Ongoing until …", "Ongoing with …".
fn open_until(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    open::words(&mut phrase).then(|| {
        WhyUnread::new(
            "the words after it are not an interval",
            "write \"Ongoing\", \"Ongoing – quarterly\", or the day by which it is to be done",
        )
    })
}

/// "6 weeks after publication": a length from which day?
fn length_and_words(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let length = dates::length(&mut phrase)?.length()?;
    Some(WhyUnread::new(
        "the words after it are not part of a length",
        format!("write \"{length}\", \"Within {length} of …\", or the day"),
    ))
}

/// "every subgroup meeting", "thirteen weekly", "reviewed twice a month".
fn how_often(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let mut tokens = phrase.rest().iter();
    tokens
        .any(|token| {
            token.is_any(&["once", "twice", "times", "every", "each", "per"])
                || intervals::is_adverb(*token)
        })
        .then(|| {
            WhyUnread::new(
                "how often is not plain",
                "write an interval, as in \"every 6 weeks\", \"6 monthly\" or \"termly\" \
                 (at most ten years)",
            )
        })
}

/// "2018/04", "31/12".
fn month_in_figures(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    phrase.phrase("by");
    let day = phrase.number(1, 2)?.value;
    if !phrase.any_phrase(&["/", "-", "."]) {
        return None;
    }
    let month = phrase.number(1, 2).filter(|_| phrase.is_done())?.value;
    let is_day = (1..=12).contains(&month) && is_day_of(day, month);
    is_day.then(|| {
        WhyUnread::new(
            "a month in figures stands in a full date, or before its year",
            format!("write \"{day} {} 2018\"", month_name(month)),
        )
    })
}

/// "01052018", "010518".
fn run_together(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    phrase.phrase("by");
    phrase.number(5, usize::MAX).map(|_| {
        WhyUnread::new(
            "its figures are not divided",
            "write \"1 May 2018\", \"01/05/2018\" or \"2018-05-01\"",
        )
    })
}

/// "May 1, 2018".
fn month_first(mut phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    phrase.phrase("by");
    let month = phrase.month()?;
    let day = phrase.number(1, 2)?.value;
    phrase.any_phrase(&["st", "nd", "rd", "th"]);
    phrase.phrase(",");
    let right = match phrase.number(4, 4) {
        Some(year) => Day::new(i32::try_from(year.value).ok()?, month, day)?.long(),
        None => format!("{day} {}", month_name(month)),
    };
    Some(WhyUnread::new(
        "the month stands before the day",
        format!("write the day first: \"{right}\""),
    ))
}

/// "end of the academic year".
fn school_year(phrase: Cursor, _: Frame) -> Option<WhyUnread> {
    let year = phrase.rest().iter().find_map(|token| token.number());
    let year = year.filter(|year| year.width == 4);
    has_phrase(phrase, SCHOOL_YEAR)
        .then(|| why::school_year_has_terms(year.map_or(2018, |year| year.value)))
}

/// "1 May", "by September", "Summer", "Q2": which year?
fn year_missing(phrase: Cursor, frame: Frame) -> Option<WhyUnread> {
    let mut tokens = phrase.rest().iter();
    let has_year = tokens.any(|token| token.number().is_some_and(|number| number.width == 4));
    if has_year {
        return None;
    }
    (phrase.at..phrase.tokens.len()).find_map(|at| without_year(phrase.from(at), frame))
}

/// The advice on the quarter, day, month, season or term that begins here.
fn without_year(mut cursor: Cursor, frame: Frame) -> Option<WhyUnread> {
    if let Ok(Some(number)) = cursor.attempt(quarter_number) {
        return Some(quarters::years_missing(number, frame));
    }
    let day = cursor.maybe(day_and_month);
    if let Some((day, month)) = day {
        if !is_day_of(day, month) {
            return Some(month_is_shorter(day, month));
        }
        let name = format!("{day} {}", month_name(month));
        return Some(with_years(&name, frame, |year| Day::new(year, month, day)));
    }
    if let Some(month) = cursor.month() {
        let last = |year| Day::last_of_month(year, month);
        return Some(with_years(month_name(month), frame, last));
    }
    let last_month = season_name(&mut cursor)?;
    let term = if cursor.phrase("term") { " term" } else { "" };
    let name = format!("{}{term}", season_word(last_month));
    Some(with_years(&name, frame, |year| {
        Some(season_of(last_month, year)?.1)
    }))
}

fn with_years(name: &str, frame: Frame, last: impl Fn(i32) -> Option<Day>) -> WhyUnread {
    let years = frame.years_that_fit(|year| Some((last(year)?, last(year)?)));
    why::year_missing(&years, |year| format!("{name} {year}"))
}
