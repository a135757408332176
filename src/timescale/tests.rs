//! The table of phrases, and the sentences of the design about cycles.

mod properties;

use super::*;
use crate::calendar::{Period, Terms, month_name};

/// One line of `tests/timescales.txt`, and the period of the plan in which it is read.
struct Case {
    period: &'static str,
    phrase: &'static str,
    expected: &'static str,
}

impl Case {
    fn read(&self) -> Result<Timescale, UnreadableTimescale> {
        in_plan(self.period, self.phrase)
    }

    fn is_unreadable(&self) -> bool {
        self.expected.starts_with("unreadable | ")
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut period = "";
    for line in include_str!("../../tests/timescales.txt").lines() {
        if let Some(named) = line.strip_prefix("=== ") {
            period = named;
        } else if !line.is_empty() && !line.starts_with('#') {
            let (phrase, expected) = line.split_once(" | ").expect(line);
            cases.push(Case {
                period,
                phrase,
                expected,
            });
        }
    }
    cases
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("an ISO date")
}

fn in_plan(period: &str, text: &str) -> Result<Timescale, UnreadableTimescale> {
    let context = TimescaleContext {
        period: Period::parse_plan(period),
        terms: &Terms::default(),
    };
    Timescale::parse(text, &context)
}

/// As in a plan of two years.
fn parse(text: &str) -> Result<Timescale, UnreadableTimescale> {
    in_plan("2017-19", text)
}

fn cycle(text: &str) -> Timescale {
    let read = parse(text).expect(text);
    assert_eq!(read.kind(), TimescaleKind::Cycle, "{text}");
    read
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_string(), |value| value.to_string())
}

/// How often it comes round: "3 months, each 31 March", "every meeting", "review 2024-03-31".
fn comes_round(read: &Timescale) -> String {
    let interval = read.interval().map(|interval| interval.to_string());
    let named = read.named_days.iter().map(|named| {
        let month = month_name(named.month);
        let day = named.day.map_or("end of".into(), |day| day.to_string());
        format!("each {day} {month}")
    });
    let meeting = read.is_every_meeting().then(|| "every meeting".to_owned());
    let review = read.next_review().map(|review| format!("review {review}"));
    let all = interval
        .into_iter()
        .chain(named)
        .chain(meeting)
        .chain(review);
    let all: Vec<String> = all.collect();
    or_dash(Some(all.join(", ")).filter(|all| !all.is_empty()))
}

/// How a timescale is read, as the table writes it; a length counts from the plan's first day.
fn described(read: &Timescale, period: &str) -> String {
    let first_day = Period::parse_plan(period).map(|period| period.first);
    [
        read.kind().to_string(),
        or_dash(read.last_day_from(first_day)),
        or_dash(read.start()),
        comes_round(read),
        or_dash(read.condition()),
    ]
    .join(" | ")
}

#[test]
fn every_phrase_of_the_table_is_read_as_it_says() {
    let mut failures = Vec::new();
    for case in cases() {
        let found = match case.read() {
            Ok(read) => described(&read, case.period),
            Err(wrong) if case.is_unreadable() => {
                let help = case.expected.trim_start_matches("unreadable | ");
                if wrong.to_string().contains(help) {
                    continue;
                }
                format!("unreadable | {wrong}")
            }
            Err(wrong) => format!("unreadable | {wrong}"),
        };
        if found != case.expected {
            let (period, phrase, expected) = (case.period, case.phrase, case.expected);
            failures.push(format!(
                "{phrase} (in {period})\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    let count = failures.len();
    assert!(
        failures.is_empty(),
        "{}\n{count} failures",
        failures.join("\n")
    );
}

#[test]
fn what_is_unreadable_is_quoted() {
    for case in cases().iter().filter(|case| case.is_unreadable()) {
        let wrong = case.read().expect_err(case.phrase);
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
    for case in cases().iter().filter(|case| case.is_unreadable()) {
        let wrong = case.read().expect_err(case.phrase);
        for (index, quoted) in wrong.help.split('"').enumerate() {
            // "30 June" is said of "31 June annually": the words around it stay.
            let is_part = case.phrase.starts_with("31 ")
                || quoted.starts_with("period:")
                || wrong.help.starts_with("write the day first");
            if index % 2 == 1 && !is_part {
                assert!(
                    in_plan(case.period, quoted).is_ok(),
                    "{}: {quoted}",
                    case.phrase
                );
            }
        }
    }
}

#[test]
fn the_end_of_the_period_needs_the_plans_period() {
    let terms = Terms::default();
    let context = TimescaleContext {
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
    let context = TimescaleContext {
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
        ("bi-monthly", Interval::Months(2)),
        ("half-termly", Interval::Months(2)),
        ("twice a year", Interval::Months(6)),
        ("10 years", Interval::Years(10)),
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
        "bi-weekly",
        "3-6 months",
        "11 years",
        "121 months",
        "next meeting",
        "quarterly to the board",
        "annually in September",
        "6",
        "weeks",
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

/// What is read without cutting it up is what the other readers make of it.
#[test]
fn the_plainest_deadlines_are_read_as_all_others_are() {
    let terms = Terms::default();
    let context = TimescaleContext {
        period: None,
        terms: &terms,
    };
    for phrase in [
        "April 2018",
        "by April 2018",
        "29 June 2019",
        "by 29 June 2019",
        "2019-06-29",
        "by 2019-06-29",
        "29 February 2020",
    ] {
        let plain = super::plain::read(phrase);
        assert!(plain.is_some(), "{phrase}");
        let read = super::read(&Phrase::new(phrase), Frame::whole(&context)).ok();
        assert_eq!(plain, read, "{phrase}");
    }
    for phrase in [
        "by",
        "by ",
        "by the April 2018",
        "30 February 2019",
        "2019-02-30",
        "by Q1 2018",
    ] {
        assert_eq!(super::plain::read(phrase), None, "{phrase}");
    }
}

#[test]
fn what_says_when_work_begins_gives_its_first_day() {
    for (text, first) in [
        ("1 May 2018", Some("2018-05-01")),
        ("April 2018", Some("2018-04-01")),
        ("Q4 2017-18", Some("2018-01-01")),
        ("Winter 2017", Some("2017-12-01")),
        ("2018", Some("2018-01-01")),
        ("early 2018", Some("2018-01-01")),
        ("2018-19", Some("2018-04-01")),
        ("April – June 2018", Some("2018-04-01")),
        ("from May 2018", Some("2018-05-01")),
        ("Ongoing", None),
        ("6 months", None),
    ] {
        let read = parse(text).expect(text);
        assert_eq!(read.first_day(), first.map(day), "{text}");
    }
}

#[test]
fn a_named_review_is_owed_on_its_day_and_then_by_the_policy() {
    let read = parse("Ongoing – review March 2018").expect("a timescale");
    let quarter = Interval::Months(3);
    for (last, owed) in [
        ("2017-09-01", "2018-03-31"),
        ("2018-03-30", "2018-03-31"),
        ("2018-03-31", "2018-06-30"),
    ] {
        let review = read.review_after(day(last), quarter, None);
        assert_eq!(review, day(owed), "{last}");
    }
}

#[test]
fn the_longest_text_is_read_and_the_longest_quotation_is_whole() {
    let words = |count: usize| format!("Ongoing{}", " x".repeat(count - 1));
    assert!(parse(&words(500)).is_ok());
    let long = parse(&words(501)).expect_err("a text");
    assert!(long.message.contains("more than 500 words"), "{long}");
    let quoted = parse(&"x".repeat(80)).expect_err("no timescale");
    assert!(!quoted.message.contains('…'), "{quoted}");
    let cut = parse(&"x".repeat(81)).expect_err("no timescale");
    assert!(
        cut.message.contains(&format!("\"{}…", "x".repeat(80))),
        "{cut}"
    );
}
