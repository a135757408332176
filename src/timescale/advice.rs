//! Advice on a phrase that no reader knew: what it looks like, and what would be read in its place.

use crate::calendar::Day;

use super::cycles;
use super::tokens::Cursor;
use super::why::{Why, month_in_words, school_year_has_terms};

const TIMESCALES: &str = "write it like \"29 June 2019\", \"April 2018\", \"Q2 2019-20\", \
                          \"Ongoing\", \"quarterly\" or \"TBC\"";

/// The best advice on a phrase that no reader knew.
pub(super) fn on(phrase: Cursor) -> Why {
    let known: [fn(Cursor) -> Option<Why>; 12] = [
        before,
        part_of_a_time,
        cycles::ambiguous,
        open_until,
        how_often,
        month_in_figures,
        run_together,
        month_first,
        school_year,
        end_of_financial_year,
        quarter_without_years,
        year_missing,
    ];
    let found = known.iter().find_map(|advise| advise(phrase));
    found.unwrap_or_else(|| Why::new("", TIMESCALES))
}

/// "before 1 May 2018": is 1 May in time?
fn before(mut phrase: Cursor) -> Option<Why> {
    phrase
        .any_phrase(&["before", "prior to", "not before", "until"])
        .then(|| {
            Why::new(
                "it is not certain which day is the last",
                "name the last day that is in time, as in \"by 30 April 2018\"",
            )
        })
}

/// "early 2019", "mid-2019", "start of April 2018".
fn part_of_a_time(mut phrase: Cursor) -> Option<Why> {
    phrase.any_phrase(&["by", "in", "from"]);
    phrase.phrase("the");
    let words = [
        "early",
        "mid",
        "middle",
        "late",
        "start",
        "beginning",
        "week",
    ];
    phrase.any_phrase(&words).then(|| {
        Why::new(
            "it is not certain which day is the last",
            "name the month or the day, as in \"by June 2018\" or \"by 15 June 2018\"",
        )
    })
}

/// "Ongoing until …", "Ongoing with …".
fn open_until(mut phrase: Cursor) -> Option<Why> {
    cycles::ongoing(&mut phrase).then(|| {
        Why::new(
            "the words after it are not an interval",
            "write \"Ongoing\", \"Ongoing – quarterly\", or the day by which it is to be done",
        )
    })
}

/// "twice a year", "every meeting", "thirteen weekly", "half-termly".
fn how_often(phrase: Cursor) -> Option<Why> {
    let mut tokens = phrase.rest().iter();
    tokens
        .any(|token| {
            token.is_any(&["once", "twice", "times", "every", "each", "per"])
                || cycles::is_adverb(*token)
        })
        .then(|| {
            Why::new(
                "how often is not plain",
                "write an interval, as in \"every 6 weeks\", \"6 monthly\" or \"termly\" \
                 (1 to 9,999 days, weeks, months or years)",
            )
        })
}

/// "04/2018", "18/19".
fn month_in_figures(mut phrase: Cursor) -> Option<Why> {
    phrase.phrase("by");
    let first = phrase.number(1, 2)?.value;
    if !phrase.any_phrase(&["/", "-", "."]) {
        return None;
    }
    let second = phrase.number(2, 4).filter(|_| phrase.is_done())?;
    match second.width {
        4 if (1..=12).contains(&first) => Some(month_in_words(first, second.value)),
        2 if second.value == first + 1 => Some(Why::new(
            "a year is not named in full",
            format!(
                "write \"20{first:02}-{:02}\" for the financial year",
                second.value
            ),
        )),
        _ => None,
    }
}

/// "01052018", "010518".
fn run_together(mut phrase: Cursor) -> Option<Why> {
    phrase.phrase("by");
    phrase.number(5, usize::MAX).map(|_| {
        Why::new(
            "its figures are not divided",
            "write \"1 May 2018\", \"01/05/2018\" or \"2018-05-01\"",
        )
    })
}

/// "May 1, 2018".
fn month_first(mut phrase: Cursor) -> Option<Why> {
    phrase.phrase("by");
    let month = phrase.month()?;
    let day = phrase.number(1, 2)?.value;
    phrase.any_phrase(&["st", "nd", "rd", "th"]);
    phrase.phrase(",");
    let year = phrase.number(4, 4)?.value;
    let day = Day::new(i32::try_from(year).ok()?, month, day)?;
    Some(Why::new(
        "the month stands before the day",
        format!("write \"{}\"", day.long()),
    ))
}

/// "end of the academic year".
fn school_year(phrase: Cursor) -> Option<Why> {
    let words = phrase.rest();
    let named = words
        .windows(2)
        .any(|pair| pair[0].is_any(&["academic", "school"]) && pair[1].is("year"));
    named.then(school_year_has_terms)
}

/// "end of financial year": which?
fn end_of_financial_year(phrase: Cursor) -> Option<Why> {
    let words = phrase.rest();
    let named = words
        .windows(2)
        .any(|pair| pair[0].is("financial") && pair[1].is_any(&["year", "years"]));
    named.then(|| {
        Why::new(
            "it does not say which financial year",
            "write \"2018-19\", or its last day: \"31 March 2019\"",
        )
    })
}

/// "Q2".
fn quarter_without_years(phrase: Cursor) -> Option<Why> {
    let words = phrase.rest();
    let named = words.windows(2).any(|pair| {
        pair[0].is_any(&["q", "qtr", "quarter"])
            && pair[1].number().is_some_and(|number| number.width == 1)
    });
    named.then(|| {
        Why::new(
            "a quarter needs its financial year",
            "write both years, as in \"Q2 2019-20\"",
        )
    })
}

/// "1 May", "by September", "Summer".
fn year_missing(phrase: Cursor) -> Option<Why> {
    let mut words = phrase.rest().iter();
    let has_year = words
        .clone()
        .any(|token| token.number().is_some_and(|number| number.width == 4));
    let seasons = ["spring", "summer", "autumn", "winter"];
    let named = words.any(|token| token.month().is_some() || token.is_any(&seasons));
    (named && !has_year).then(|| {
        Why::new(
            "it does not say which year",
            "write the year too, as in \"1 May 2018\", \"April 2018\" or \"Summer 2019\"; \
             or how often, as in \"annually in April\"",
        )
    })
}
