//! What holds of every text, of every mixture of known words, and of every phrase of the table.

use proptest::prelude::*;

use super::*;

/// Words and signs from which phrases are made, to come near to every reader.
const VOCABULARY: &[&str] = &[
    "by",
    "the",
    "end",
    "of",
    "from",
    "to",
    "and",
    "or",
    "in",
    "every",
    "each",
    "annually",
    "quarterly",
    "monthly",
    "weekly",
    "termly",
    "half",
    "bi",
    "six",
    "Ongoing",
    "Continuous",
    "cycle",
    "onwards",
    "April",
    "Feb",
    "Sept",
    "May",
    "Summer",
    "Winter",
    "term",
    "financial",
    "academic",
    "year",
    "Q",
    "Quarter",
    "reporting",
    "period",
    "within",
    "TBC",
    "Tuesday",
    "between",
    "weeks",
    "month",
    "1",
    "2",
    "4",
    "12",
    "29",
    "31",
    "0",
    "18",
    "19",
    "99",
    "1990",
    "2018",
    "2019",
    "2199",
    "9999",
    "123456789012345678901",
    "-",
    "–",
    "/",
    ".",
    ",",
    "(",
    ")",
    "…",
    "st",
    "é",
    "٣",
    "\u{a0}",
    "\u{200b}",
];

fn mixed_phrase() -> impl Strategy<Value = String> {
    let word = prop::sample::select(VOCABULARY);
    let space = prop::sample::select(&[" ", "", "  "][..]);
    prop::collection::vec((word, space), 0..12).prop_map(|words| {
        words
            .iter()
            .map(|(word, space)| format!("{word}{space}"))
            .collect()
    })
}

/// Every question that can be asked of a text, asked at both ends of the calendar too.
fn ask_everything(text: &str) {
    let days = [day("1900-01-01"), day("2018-02-28"), day("2199-12-31")];
    if let Ok(read) = parse(text) {
        for asked in days {
            assert!(read.review_after(asked, Interval::Months(3), None) >= asked);
            let due = read.due_on_or_after(asked);
            assert!(read.last_day().is_some() || due.is_none_or(|due| due >= asked));
        }
    }
    let _ = parse_interval(text);
    let _ = parse_date(text);
}

#[test]
fn a_very_long_text_is_answered() {
    for part in [
        "(",
        ")",
        "quarterly ",
        "Q1 (",
        "- ",
        "1 April ",
        "by ",
        "2018-",
        "April ",
        "every ",
        "é",
        "within ",
        "1 ",
        "between ",
        "Q1 (April ",
        "Ongoing ",
        "the ",
    ] {
        ask_everything(&part.repeat(10_000 / part.len()));
        let repeated = part.repeat(1_000 / part.len());
        ask_everything(&repeated);
        for start in ["quarterly ", "Ongoing ", "by April 2018 "] {
            ask_everything(&format!("{start}{repeated}"));
            ask_everything(&format!("{start}({repeated}"));
        }
    }
}

/// The same reading, but for the case, the spaces and the dashes of the words kept.
fn assert_same(period: &str, original: &str, varied: &str) {
    match (in_plan(period, original), in_plan(period, varied)) {
        (Ok(one), Ok(other)) => {
            let without_words = |read: &Timescale| read.clone().keeping(None);
            assert_eq!(
                without_words(&one),
                without_words(&other),
                "{original} and {varied}"
            );
            assert_eq!(
                one.condition().is_some(),
                other.condition().is_some(),
                "{varied}"
            );
        }
        (Err(_), Err(_)) => {}
        (one, other) => panic!("{original}: {one:?}\n{varied}: {other:?}"),
    }
}

#[test]
fn case_dashes_spaces_and_a_final_stop_change_nothing() {
    let dashes = ['-', '–', '—'];
    for case in cases() {
        let (period, phrase) = (case.period, case.phrase);
        assert_same(period, phrase, &phrase.to_uppercase());
        assert_same(period, phrase, &phrase.to_lowercase());
        for space in ["  ", "\u{a0}", "\t"] {
            assert_same(period, phrase, &phrase.replace(' ', space));
        }
        for dash in ['-', '–', '\u{2011}', '\u{2212}'] {
            if phrase.contains(dashes) {
                assert_same(period, phrase, &phrase.replace(dashes, &dash.to_string()));
                assert_same(
                    period,
                    phrase,
                    &phrase.replace(dashes, &format!(" {dash} ")),
                );
            }
        }
        if !phrase.ends_with('.') {
            assert_same(period, phrase, &format!(" {phrase}.\n"));
            assert_same(period, phrase, &format!("{phrase} . "));
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        ask_everything(&text);
    }

    #[test]
    fn no_mixture_of_known_words_panics(text in mixed_phrase()) {
        ask_everything(&text);
    }

    #[test]
    fn any_day_written_in_six_forms_reads_back(year in 1990..=2199_i32, month in 1..=12_u32, date in 1..=31_u32) {
        let Some(expected) = Day::new(year, month, date) else {
            let name = month_name(month);
            let text = format!("{date} {name} {year}");
            prop_assert!(parse(&text).is_err());
            return Ok(());
        };
        let name = month_name(month);
        for form in [
            expected.to_string(),
            expected.long(),
            expected.short(),
            format!("{date:02}/{month:02}/{year}"),
            format!("{date}.{month}.{year}"),
            format!("{date}th {name}, {year}"),
        ] {
            prop_assert_eq!(parse_date(&form), Ok(expected), "{}", form);
            let read = parse(&format!("by {form}")).expect("a day");
            prop_assert_eq!((read.kind(), read.last_day()), (TimescaleKind::Day, Some(expected)));
        }
    }
}
