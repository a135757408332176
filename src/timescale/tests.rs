//! The table of phrases, the sentences of the design about cycles, and properties of every text.

use proptest::prelude::*;

use super::*;
use crate::calendar::{Period, Terms, month_name};

/// One line of `tests/timescales.txt`.
struct Case {
    phrase: &'static str,
    kind: &'static str,
    last_day: &'static str,
    interval: &'static str,
    words: &'static str,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("../../tests/timescales.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split(" | ").collect();
            let [phrase, kind, last_day, interval, words] = fields[..] else {
                panic!("five fields are needed: {line}");
            };
            Case {
                phrase,
                kind,
                last_day,
                interval,
                words,
            }
        })
        .collect()
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("an ISO date")
}

fn parse(text: &str) -> Result<Timescale, Unreadable> {
    let terms = Terms::default();
    let context = Context {
        period: Period::parse_plan("2017-19"),
        terms: &terms,
    };
    Timescale::parse(text, &context)
}

fn cycle(text: &str) -> Timescale {
    let read = parse(text).expect(text);
    assert_eq!(read.kind(), TimescaleKind::Cycle, "{text}");
    read
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_string(), |value| value.to_string())
}

#[test]
fn every_phrase_of_the_table_is_read_as_it_says() {
    let mut failures = Vec::new();
    for case in cases() {
        let expected = [case.kind, case.last_day, case.interval, case.words].join(" | ");
        let found = match parse(case.phrase) {
            Ok(read) => [
                read.kind().to_string(),
                or_dash(read.last_day()),
                or_dash(read.interval()),
                or_dash(read.condition()),
            ]
            .join(" | "),
            Err(wrong) if case.kind == "unreadable" && wrong.help.contains(case.words) => continue,
            Err(wrong) => format!("unreadable | {wrong}"),
        };
        if found != expected {
            failures.push(format!(
                "{}\n  expected {expected}\n  found    {found}",
                case.phrase
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{}\n{} failures",
        failures.join("\n"),
        failures.len()
    );
}

#[test]
fn what_is_unreadable_is_quoted() {
    for case in cases().iter().filter(|case| case.kind == "unreadable") {
        let wrong = parse(case.phrase).expect_err(case.phrase);
        assert!(
            wrong
                .message
                .starts_with(&format!("\"{}\" is not", case.phrase)),
            "{wrong}"
        );
    }
    let wrong = parse("31 February 2018").expect_err("no such day");
    assert_eq!(
        wrong.message,
        "\"31 February 2018\" is not a timescale: February 2018 has 28 days"
    );
    let long = parse(&"é".repeat(1_000_000)).expect_err("no timescale");
    assert!(long.message.chars().count() < 150);
}

#[test]
fn a_blank_text_is_unreadable() {
    for text in ["", " ", "\u{a0}", ".", " . ", "\n"] {
        assert!(parse(text).is_err(), "{text:?}");
    }
    assert_eq!(
        parse("").expect_err("blank").message,
        "a blank text is not a timescale"
    );
}

#[test]
fn the_examples_that_the_help_quotes_are_themselves_read() {
    for case in cases().iter().filter(|case| case.kind == "unreadable") {
        let wrong = parse(case.phrase).expect_err(case.phrase);
        for (index, quoted) in wrong.help.split('"').enumerate() {
            // "30 June" is said of "31 June annually": the words around it stay.
            let is_part = case.phrase.starts_with("31 June") || quoted.starts_with("period:");
            if index % 2 == 1 && !is_part {
                assert!(parse(quoted).is_ok(), "{}: {quoted}", case.phrase);
            }
        }
    }
}

#[test]
fn the_end_of_the_period_needs_the_plans_period() {
    let terms = Terms::default();
    let context = Context {
        period: None,
        terms: &terms,
    };
    let wrong = Timescale::parse("end of the reporting period", &context).expect_err("no period");
    assert!(wrong.message.contains("the plan's period"), "{wrong}");
    assert!(Timescale::parse("April 2018", &context).is_ok());
}

#[test]
fn a_term_ends_on_the_day_that_the_board_gives() {
    let mut terms = Terms::default();
    terms.insert(
        2018,
        [day("2018-12-21"), day("2019-04-05"), day("2019-07-23")],
    );
    let context = Context {
        period: None,
        terms: &terms,
    };
    for (text, expected) in [
        ("Autumn term 2018", "2018-12-21"),
        ("Autumn term 2018/19", "2018-12-21"),
        ("Spring term 2019", "2019-04-05"),
        ("Summer term 2018-19", "2019-07-23"),
        ("Autumn term 2019", "2019-12-31"),
        ("Summer term 2018", "2018-08-31"),
        // a season is no term
        ("Summer 2019", "2019-08-31"),
    ] {
        let read = Timescale::parse(text, &context).expect(text);
        assert_eq!(or_dash(read.last_day()), expected, "{text}");
    }
}

#[test]
fn ongoing_onwards_and_from_have_no_end() {
    for text in [
        "Ongoing",
        "continuous",
        "Jan 2013 onwards",
        "from April 2018",
    ] {
        let read = parse(text).expect(text);
        assert!(read.is_open_ended(), "{text}");
        assert_eq!(read.due_on_or_after(day("2018-01-01")), None, "{text}");
    }
    for text in ["quarterly", "Continuous cycle", "TBC", "April 2018"] {
        assert!(!parse(text).expect(text).is_open_ended(), "{text}");
    }
}

#[test]
fn a_cycle_with_a_named_month_or_day_is_due_on_its_first_such_day_on_or_after_the_day_asked() {
    for (text, asked, due) in [
        ("annually in September", "2018-05-01", "2018-09-30"),
        ("annually in September", "2018-09-30", "2018-09-30"),
        ("annually in September", "2018-10-01", "2019-09-30"),
        ("By end of March annually", "2018-05-01", "2019-03-31"),
        ("31 August (annually)", "2018-08-31", "2018-08-31"),
        ("31 August (annually)", "2018-09-01", "2019-08-31"),
        ("March and September each year", "2018-05-01", "2018-09-30"),
        ("March and September each year", "2018-10-01", "2019-03-31"),
        ("every February", "2019-03-01", "2020-02-29"),
        // 29 February is 28 February in other years
        ("29 February annually", "2019-01-01", "2019-02-28"),
        ("29 February annually", "2020-01-01", "2020-02-29"),
        ("29 February annually", "2020-02-29", "2020-02-29"),
        ("29 February annually", "2019-03-01", "2020-02-29"),
        ("Continuous cycle - September", "2018-05-01", "2018-09-30"),
    ] {
        let found = cycle(text).due_on_or_after(day(asked));
        assert_eq!(or_dash(found), due, "{text} on {asked}");
    }
    for text in ["quarterly", "Continuous cycle", "6 weekly"] {
        assert_eq!(
            cycle(text).due_on_or_after(day("2018-05-01")),
            None,
            "{text}"
        );
    }
    let fixed = parse("April 2018").expect("a month");
    assert_eq!(
        fixed.due_on_or_after(day("2030-01-01")),
        Some(day("2018-04-30"))
    );
}

#[test]
fn a_review_is_owed_after_the_shortest_interval_named_else_the_policys() {
    let policy = Interval::Months(3);
    for (text, last, review) in [
        ("April 2018", "2018-01-16", "2018-04-16"),
        ("Ongoing", "2018-01-16", "2018-04-16"),
        ("TBC", "2018-01-16", "2018-04-16"),
        ("Continuous cycle", "2018-01-16", "2018-04-16"),
        (
            "Continuous cycle – quarterly and yearly",
            "2018-01-16",
            "2018-04-16",
        ),
        ("yearly", "2018-01-16", "2019-01-16"),
        ("monthly", "2018-01-31", "2018-02-28"),
        ("6 weekly", "2018-01-16", "2018-02-27"),
        ("6 monthly", "2018-01-16", "2018-07-16"),
        ("termly", "2018-01-16", "2018-05-16"),
        ("yearly", "2020-02-29", "2021-02-28"),
        // with a named month or day: the first such day after that date
        ("annually in September", "2018-01-16", "2018-09-30"),
        ("annually in September", "2018-09-30", "2019-09-30"),
        ("annually in February", "2019-02-28", "2020-02-29"),
        ("31 August (annually)", "2018-08-30", "2018-08-31"),
        ("31 August (annually)", "2018-08-31", "2019-08-31"),
        ("Continuous cycle - September", "2018-01-16", "2018-09-30"),
        // where a named month and an interval stand together, the earlier review day counts
        (
            "quarterly and annually in September",
            "2018-01-16",
            "2018-04-16",
        ),
        (
            "quarterly and annually in September",
            "2018-08-01",
            "2018-09-30",
        ),
    ] {
        let found = parse(text)
            .expect(text)
            .review_after(day(last), policy, None);
        assert_eq!(found, day(review), "{text} after {last}");
    }
}

#[test]
fn intervals_are_read_as_policies_and_meetings_write_them() {
    for (text, expected) in [
        ("30 days", Interval::Days(30)),
        ("1 day", Interval::Days(1)),
        ("6 weeks", Interval::Weeks(6)),
        ("every 6 weeks", Interval::Weeks(6)),
        ("Every six weeks.", Interval::Weeks(6)),
        ("six weekly", Interval::Weeks(6)),
        ("6-weekly", Interval::Weeks(6)),
        ("fortnightly", Interval::Weeks(2)),
        ("every fortnight", Interval::Weeks(2)),
        ("monthly", Interval::Months(1)),
        ("two months", Interval::Months(2)),
        ("quarterly", Interval::Months(3)),
        ("every quarter", Interval::Months(3)),
        ("termly", Interval::Months(4)),
        ("half-yearly", Interval::Months(6)),
        ("twelve months", Interval::Months(12)),
        ("yearly", Interval::Years(1)),
        ("annually", Interval::Years(1)),
        ("9999 years", Interval::Years(9_999)),
    ] {
        assert_eq!(parse_interval(text), Some(expected), "{text}");
    }
    for text in [
        "",
        "0 days",
        "10000 days",
        "thirteen weeks",
        "-3 days",
        "1.5 weeks",
        "bi-monthly",
        "next meeting",
        "quarterly to the board",
        "annually in September",
        "6",
        "weeks",
        "half-termly",
        "every",
    ] {
        assert_eq!(parse_interval(text), None, "{text}");
    }
}

#[test]
fn one_full_date_is_read_as_a_person_writes_it() {
    for text in [
        "2018-05-01",
        "1 May 2018",
        "1st May 2018",
        "01/05/2018",
        "1.5.18",
        "1/5/18",
        "01-05-2018",
        "Tuesday 1 May 2018",
        "Tue, 1 May 2018.",
        "the 1st of May 2018",
        " 1 may 2018 ",
        "1-May-18",
        "2018‐05‐01",
    ] {
        assert_eq!(parse_date(text), Ok(day("2018-05-01")), "{text}");
    }
    assert_eq!(parse_date("13/12/2012"), Ok(day("2012-12-13")));
    assert_eq!(parse_date("9.12.16"), Ok(day("2016-12-09")));
    for text in [
        "",
        "May 2018",
        "1 May",
        "by 1 May 2018",
        "1 May 2018 or so",
        "31 February 2018",
        "2018-02-30",
        "05/13/2018",
        "May 1, 2018",
        "01052018",
        "2018",
        "2018-05",
        "2018/05/01",
        "1 May 1066",
        "tomorrow",
    ] {
        let wrong = parse_date(text).expect_err(text);
        assert!(wrong.message.contains("is not a date"), "{wrong}");
    }
}

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
        let repeated = part.repeat(10_000 / part.len());
        ask_everything(&repeated);
        for start in ["quarterly ", "Ongoing ", "by April 2018 "] {
            ask_everything(&format!("{start}{repeated}"));
            ask_everything(&format!("{start}({repeated}"));
        }
    }
}

/// The same reading, but for the case, the spaces and the dashes of the words kept.
fn assert_same(original: &str, varied: &str) {
    match (parse(original), parse(varied)) {
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
    for case in cases() {
        let phrase = case.phrase;
        assert_same(phrase, &phrase.to_uppercase());
        assert_same(phrase, &phrase.to_lowercase());
        for space in ["  ", "\u{a0}", " \u{2009} ", "\u{202f}", "\t", "\n"] {
            assert_same(phrase, &phrase.replace(' ', space));
            assert_same(phrase, &format!("{space}{phrase}{space}"));
        }
        for dash in ['-', '–', '—', '\u{2010}', '\u{2011}', '\u{2212}'] {
            assert_same(phrase, &phrase.replace(['-', '–', '—'], &dash.to_string()));
            assert_same(
                phrase,
                &phrase.replace(['-', '–', '—'], &format!(" {dash} ")),
            );
        }
        if !phrase.ends_with('.') {
            assert_same(phrase, &format!("{phrase}."));
            assert_same(phrase, &format!("{phrase} . "));
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
