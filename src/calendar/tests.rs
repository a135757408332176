use super::*;

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("an ISO date")
}

fn every(interval: Interval, from: &str) -> Schedule {
    let from = day(from);
    Schedule::Every { interval, from }
}

#[test]
fn only_a_whole_iso_date_is_one() {
    assert_eq!(Day::parse_iso("2018-05-01"), Day::new(2018, 5, 1));
    for text in [
        "",
        "2018-5-1",
        "2018-05-01 ",
        "2018/05/01",
        "20180501",
        "2018-02-30",
        "2018-13-01",
        "1899-12-31",
        "2200-01-01",
        "+018-05-01",
        "2018-05-0é",
        "２018-05-01",
    ] {
        assert_eq!(Day::parse_iso(text), None, "{text}");
    }
}

#[test]
fn a_day_is_printed_for_files_and_for_people() {
    let day = day("2018-05-01");
    let printed = (day.to_string(), day.long(), day.short());
    assert_eq!(
        printed,
        (
            "2018-05-01".into(),
            "1 May 2018".into(),
            "1 May 2018".into()
        )
    );
    let other = Day::new(2018, 9, 16).expect("a day");
    assert_eq!(
        (other.long(), other.short()),
        ("16 September 2018".into(), "16 Sep 2018".into())
    );
}

#[test]
fn a_month_is_a_month_and_six_weeks_are_42_days() {
    for (from, interval, to) in [
        ("2018-01-31", Interval::Months(1), "2018-02-28"),
        ("2020-01-31", Interval::Months(1), "2020-02-29"),
        ("2018-01-16", Interval::Months(3), "2018-04-16"),
        ("2018-11-30", Interval::Months(3), "2019-02-28"),
        ("2018-01-16", Interval::Weeks(6), "2018-02-27"),
        ("2020-02-29", Interval::Years(1), "2021-02-28"),
        ("2018-12-31", Interval::Days(1), "2019-01-01"),
        ("2018-01-01", Interval::Days(0), "2018-01-01"),
    ] {
        assert_eq!(day(from).plus(interval), day(to), "{from} + {interval}");
    }
}

#[test]
fn arithmetic_stops_at_the_ends_of_the_calendar() {
    let (first, last) = (day("1900-01-01"), day("2199-12-31"));
    for unit in [
        Interval::Days,
        Interval::Weeks,
        Interval::Months,
        Interval::Years,
    ] {
        assert_eq!(first.plus(unit(u32::MAX)), last);
        assert_eq!(last.plus(unit(1)), last);
        assert_eq!(unit(u32::MAX).times(u32::MAX), unit(u32::MAX));
    }
    assert_eq!((first.pred(), last.succ()), (first, last));
    assert_eq!(last.days_since(first), 109_572);
    assert_eq!(first.days_since(last), -109_572);
}

#[test]
fn the_shorter_of_two_intervals_is_found_by_its_length() {
    let lengths = [
        Interval::Days(1),
        Interval::Weeks(1),
        Interval::Weeks(2),
        Interval::Days(30),
        Interval::Months(1),
        Interval::Weeks(6),
        Interval::Months(2),
        Interval::Months(11),
        Interval::Weeks(52),
        Interval::Years(1),
    ]
    .map(Interval::length);
    assert!(lengths.is_sorted_by(|shorter, longer| shorter < longer));
    assert_eq!(Interval::Months(12).length(), Interval::Years(1).length());
    assert_eq!(Interval::Weeks(6).to_string(), "6 weeks");
    assert_eq!(Interval::Years(1).to_string(), "1 year");
}

#[test]
fn a_plans_period_is_read() {
    for (text, first, last, kind) in [
        ("2017-19", "2017-04-01", "2019-03-31", PeriodKind::Span),
        ("2019-20", "2019-04-01", "2020-03-31", PeriodKind::Year),
        ("2019 -20", "2019-04-01", "2020-03-31", PeriodKind::Year),
        ("2017/18", "2017-04-01", "2018-03-31", PeriodKind::Year),
        ("2017–2019", "2017-04-01", "2019-03-31", PeriodKind::Span),
        (
            "2017-04-01 to 2019-03-31",
            "2017-04-01",
            "2019-03-31",
            PeriodKind::Span,
        ),
        (
            "2017-04-01 – 2018-03-31",
            "2017-04-01",
            "2018-03-31",
            PeriodKind::Year,
        ),
        (
            "2018-01-01 TO 2018-12-31",
            "2018-01-01",
            "2018-12-31",
            PeriodKind::Span,
        ),
    ] {
        let expected = Period {
            first: day(first),
            last: day(last),
            kind,
        };
        assert_eq!(Period::parse_plan(text), Some(expected), "{text}");
    }
    for text in [
        "",
        "-",
        "to",
        "2018",
        "2019-17",
        "2018-18",
        "2018-04",
        "2019-03-31 to 2017-04-01",
        "2018-2",
        "2018-019",
        "2018-19-20",
        "18-19",
        "2017-04-01",
        "éééééééééé-2018-01-01",
        "9999-10000",
        "2198-2200",
    ] {
        assert_eq!(Period::parse_plan(text), None, "{text}");
    }
}

/// As written, its name, first and last day, the same a year before, the one before, and its year.
const PERIODS: &str = "\
2017-18 Q1        | 2017-18 Q1    | 2017-04-01 | 2017-06-30 | 2016-17 Q1    | 2016-17 Q4   | 2017-18
Q4 2017/18        | 2017-18 Q4    | 2018-01-01 | 2018-03-31 | 2016-17 Q4    | 2017-18 Q3   | 2017-18
quarter 2 2019–20 | 2019-20 Q2    | 2019-07-01 | 2019-09-30 | 2018-19 Q2    | 2019-20 Q1   | 2019-20
2017-18           | 2017-18       | 2017-04-01 | 2018-03-31 | 2016-17       | 2016-17      | 2017-18
april 2018        | April 2018    | 2018-04-01 | 2018-04-30 | April 2017    | March 2018   | 2018-19
Feb 2021          | February 2021 | 2021-02-01 | 2021-02-28 | February 2020 | January 2021 | 2020-21
Feb 2020          | February 2020 | 2020-02-01 | 2020-02-29 | February 2019 | January 2020 | 2019-20
2020-02-29        | 2020-02-29    | 2020-02-29 | 2020-02-29 | 2019-02-28    | 2020-02-28   | 2019-20
";

#[test]
fn a_figures_period_is_read_named_and_compared() {
    for line in PERIODS.lines() {
        let row: Vec<&str> = line.split('|').map(str::trim).collect();
        let [text, name, first, last, year_before, previous, year] = row[..] else {
            panic!("{line}");
        };
        let period = Period::parse_data(text).expect(text);
        assert_eq!(period.to_string(), name);
        let days = (period.first, period.last);
        assert_eq!(days, (day(first), day(last)), "{text}");
        let before = Some(period.year_before());
        assert_eq!(Period::parse_data(year_before), before, "{text}");
        assert_eq!(Period::parse_data(previous), period.previous(), "{text}");
        assert_eq!(period.financial_year_label(), year, "{text}");
    }
}

#[test]
fn what_names_no_period_of_figures_is_none() {
    for text in [
        "",
        "Q1",
        "2017-18 Q5",
        "2017-18 Q0",
        "2017-19",
        "2017-19 Q1",
        "2018",
        "2018-04",
        "04/2018",
        "Q1 2018",
        "Smarch 2018",
        "April 18",
        "2018-02-30",
        "Q1 2017-18 Q1",
        "Qé 2017-18",
        "April 2200",
    ] {
        assert_eq!(Period::parse_data(text), None, "{text}");
    }
}

#[test]
fn a_plans_period_has_a_name_and_a_year_before_but_no_neighbour() {
    let period = Period::parse_plan("2017-2019").expect("two years");
    assert_eq!(period.to_string(), "2017-19");
    assert_eq!(period.year_before().to_string(), "2016-18");
    assert_eq!(period.previous(), None);
    let period = Period::parse_plan("2018-01-01 to 2018-12-31").expect("a year");
    assert_eq!(period.to_string(), "2018-01-01 to 2018-12-31");
}

#[test]
fn a_period_at_the_start_of_the_calendar_has_none_before_it() {
    let month = Period::parse_data("January 1900").expect("a month");
    assert_eq!(month.previous(), None);
    assert!(month.year_before().first <= month.year_before().last);
    assert_eq!(FinancialYear::of(day("1900-01-01")).to_string(), "1899-00");
}

#[test]
fn a_term_ends_on_the_day_given_or_on_the_documented_one() {
    let mut terms = Terms::default();
    terms.insert(
        2018,
        [day("2018-12-21"), day("2019-04-05"), day("2019-07-23")],
    );
    assert_eq!(terms.last_day(Term::Autumn, 2018), day("2018-12-21"));
    assert_eq!(terms.last_day(Term::Spring, 2018), day("2019-04-05"));
    assert_eq!(terms.last_day(Term::Summer, 2018), day("2019-07-23"));
    assert_eq!(terms.last_day(Term::Autumn, 2019), day("2019-12-31"));
    assert_eq!(terms.last_day(Term::Spring, 2019), day("2020-04-30"));
    assert_eq!(terms.last_day(Term::Summer, 2019), day("2020-08-31"));
    assert_eq!(terms.last_day(Term::Summer, i32::MAX), day("2199-12-31"));
}

#[test]
fn a_meeting_given_by_rule_is_counted_from_its_start_each_time() {
    let monthly = every(Interval::Months(1), "2018-01-31");
    for (asked, next, last) in [
        ("2018-01-30", Some("2018-01-31"), None),
        ("2018-01-31", Some("2018-02-28"), None),
        ("2018-02-28", Some("2018-03-31"), Some("2018-01-31")),
        ("2018-03-01", Some("2018-03-31"), Some("2018-02-28")),
        ("2118-02-28", Some("2118-03-31"), Some("2118-01-31")),
        ("2199-12-31", None, Some("2199-11-30")),
    ] {
        assert_eq!(
            monthly.next_after(day(asked)),
            next.map(day),
            "after {asked}"
        );
        assert_eq!(
            monthly.last_before(day(asked)),
            last.map(day),
            "before {asked}"
        );
    }
    let six_weekly = every(Interval::Weeks(6), "2017-09-05");
    assert_eq!(
        six_weekly.next_after(day("2017-09-05")),
        Some(day("2017-10-17"))
    );
    assert_eq!(
        six_weekly.last_before(day("2017-10-18")),
        Some(day("2017-10-17"))
    );
    assert_eq!(six_weekly.last_before(day("2017-09-05")), None);
}

#[test]
fn meetings_by_rule_agree_with_counting_them_one_by_one() {
    for interval in [
        Interval::Days(1),
        Interval::Days(45),
        Interval::Weeks(6),
        Interval::Months(1),
        Interval::Months(5),
        Interval::Years(1),
    ] {
        let schedule = every(interval, "2019-12-31");
        let meetings: Vec<Day> = (0..1_000)
            .map(|count| day("2019-12-31").plus(interval.times(count)))
            .collect();
        let mut asked = day("2019-12-25");
        while asked < day("2022-03-05") {
            let next = meetings.iter().copied().find(|meeting| *meeting > asked);
            let last = meetings.iter().copied().rfind(|meeting| *meeting < asked);
            assert_eq!(schedule.next_after(asked), next, "{interval}, {asked}");
            assert_eq!(schedule.last_before(asked), last, "{interval}, {asked}");
            asked = asked.succ();
        }
    }
}

#[test]
fn odd_rules_and_lists_of_meetings_are_answered() {
    let never = every(Interval::Weeks(0), "2018-01-10");
    assert_eq!(never.next_after(day("2018-01-10")), None);
    assert_eq!(
        never.last_before(day("2018-01-11")),
        Some(day("2018-01-10"))
    );
    let huge = every(Interval::Years(u32::MAX), "1900-01-01");
    assert_eq!(huge.next_after(day("2199-12-31")), None);
    assert_eq!(huge.last_before(day("2199-12-31")), Some(day("1900-01-01")));
    let dates = Schedule::Dates(vec![day("2018-04-11"), day("2018-01-10")]);
    assert_eq!(dates.next_after(day("2018-01-10")), Some(day("2018-04-11")));
    assert_eq!(dates.next_after(day("2018-04-11")), None);
    assert_eq!(
        dates.last_before(day("2018-04-11")),
        Some(day("2018-01-10"))
    );
    assert_eq!(
        Schedule::Dates(Vec::new()).last_before(day("2018-04-11")),
        None
    );
}

#[test]
fn days_have_weekdays_and_the_calendar_has_ends() {
    // 1 May 2018 was a Tuesday.
    assert_eq!(day("2018-04-30").weekday(), 0);
    assert_eq!(day("2018-05-01").weekday(), 1);
    assert_eq!(day("2018-05-06").weekday(), 6);
    let first = Day::min();
    assert_eq!(first.minus_months(1), first);
    assert_eq!(Day::certain(1800, 12, 31), first);
    assert_eq!(Day::certain(9999, 12, 31), Day::max());
}

#[test]
fn a_day_has_the_same_day_a_year_before() {
    let of = |text: &str| Period::parse_data(text).expect(text);
    assert_eq!(of("2017-02-28").year_before(), of("2016-02-28"));
    assert_eq!(of("2016-02-29").year_before(), of("2015-02-28"));
}

#[test]
fn a_span_of_no_whole_years_is_told_by_its_days() {
    let text = "2017-04-01 to 2018-06-30";
    assert_eq!(Period::parse_plan(text).expect(text).to_string(), text);
    assert_eq!(Period::parse_plan("2007-+8"), None);
}

#[test]
fn meetings_between_two_days_have_both_and_a_rules_have_their_numbers() {
    let listed = Schedule::Dates(
        ["2018-05-08", "2018-01-10", "2018-05-08", "2018-03-06"]
            .map(day)
            .into(),
    );
    let days = |schedule: &Schedule, first, last| -> Vec<(Option<u32>, String)> {
        let meetings = schedule.between(day(first), day(last)).into_iter();
        meetings
            .map(|(number, day)| (number, day.to_string()))
            .collect()
    };
    let none = |text: &str| (None, text.to_owned());
    assert_eq!(
        days(&listed, "2018-01-10", "2018-05-08"),
        [none("2018-01-10"), none("2018-03-06"), none("2018-05-08")]
    );
    assert_eq!(
        days(&listed, "2018-01-11", "2018-05-07"),
        [none("2018-03-06")]
    );
    let rule = every(Interval::Weeks(6), "2018-01-01");
    // The first on 1 January, then 12 February, 26 March, 7 May.
    let some = |number, text: &str| (Some(number), text.to_owned());
    assert_eq!(
        days(&rule, "2018-02-12", "2018-05-07"),
        [
            some(2, "2018-02-12"),
            some(3, "2018-03-26"),
            some(4, "2018-05-07")
        ]
    );
    assert_eq!(
        days(&rule, "2018-02-13", "2018-05-06"),
        [some(3, "2018-03-26")]
    );
}

#[test]
fn terms_are_none_until_one_is_recorded() {
    let mut terms = Terms::default();
    assert!(terms.is_empty());
    terms.insert(2018, ["2018-12-21", "2019-04-05", "2019-07-23"].map(day));
    assert!(!terms.is_empty());
}
