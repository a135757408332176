//! What a timescale is once it is read: its kind, its days, how often it comes round.

use std::fmt;

use crate::calendar::{Day, Interval, Period, Schedule, Terms, days_in_month};

/// What a timescale is read against: the period of its plan and the board's school terms.
#[derive(Clone, Copy)]
pub struct TimescaleContext<'a> {
    /// The plan's period; None where it is missing or unreadable. In a plan of at most twelve
    /// months it gives "March" and "Quarter 4" their year.
    pub period: Option<Period>,
    pub terms: &'a Terms,
}

/// What sort of timescale it is, as a person would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimescaleKind {
    /// "29 June 2019", "w/c 12 June 2023".
    Day,
    /// "April 2018": its last day; "mid June 2023": the 20th.
    Month,
    /// "April 2023 – June 2023": the last day of its end; its first day is its start.
    Range,
    /// "Q2 2019/20": a quarter of a financial year.
    Quarter,
    /// "Summer 2019".
    Season,
    /// "Autumn term 2019".
    Term,
    /// "2019/20", "2018", "Year 2" of the plan.
    Year,
    /// "6 months": so long from the action's first day.
    Length,
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

impl fmt::Display for TimescaleKind {
    /// The word for it in lower case, such as "quarter".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            TimescaleKind::Day => "day",
            TimescaleKind::Month => "month",
            TimescaleKind::Range => "range",
            TimescaleKind::Quarter => "quarter",
            TimescaleKind::Season => "season",
            TimescaleKind::Term => "term",
            TimescaleKind::Year => "year",
            TimescaleKind::Length => "length",
            TimescaleKind::Period => "period",
            TimescaleKind::Open => "open",
            TimescaleKind::Cycle => "cycle",
            TimescaleKind::Conditional => "conditional",
            TimescaleKind::Relative => "relative",
        })
    }
}

/// A day that comes round every year: 31 August, or the last day of September.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlyDay {
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month; None for the month's last day.
    pub day: Option<u32>,
}

impl YearlyDay {
    /// The first such day on or after a day; 29 February is 28 February in other years.
    ///
    /// At the end of the calendar, the day asked.
    pub fn on_or_after(self, asked: Day) -> Day {
        let this_year = self.in_year(asked.year()).filter(|day| *day >= asked);
        this_year
            .or_else(|| self.in_year(asked.year() + 1))
            .unwrap_or(asked)
    }

    fn in_year(self, year: i32) -> Option<Day> {
        let length = days_in_month(year, self.month)?;
        Day::new(year, self.month, self.day.unwrap_or(length).min(length))
    }
}

/// When an action is to be done, as read from the words of a plan.
///
/// Source: the design's section on timescales. The words themselves are not kept here; a plan
/// prints them as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timescale {
    pub(super) kind: TimescaleKind,
    pub(super) last_day: Option<Day>,
    pub(super) start: Option<Day>,
    pub(super) length: Option<Interval>,
    pub(super) interval: Option<Interval>,
    pub(super) named_days: Vec<YearlyDay>,
    pub(super) every_meeting: bool,
    pub(super) next_review: Option<Day>,
    pub(super) words: Option<String>,
}

impl Timescale {
    /// What sort of timescale it is.
    pub fn kind(&self) -> TimescaleKind {
        self.kind
    }

    /// The last day on which the promise is met: 30 April 2018 for "by April 2018".
    ///
    /// Of "2023-2027 quarterly" it is the last day of the period that bounds it; of "April 2023 and
    /// then annually" it is 30 April 2023. None for what has no fixed day: open, relative and
    /// unbounded cycles, and lengths, whose day `last_day_from` gives.
    pub fn last_day(&self) -> Option<Day> {
        self.last_day
    }

    /// The last day of a timescale that may be a length: "6 months" is so long from `first_day`,
    /// that day counted, so 12 months from 1 April end on 31 March.
    ///
    /// `first_day` is the action's first day; for a revision, the day of its entry. A fixed day is
    /// the same whatever is given; a length without a first day has none.
    pub fn last_day_from(&self, first_day: Option<Day>) -> Option<Day> {
        let counted = || Some(first_day?.plus(self.length?).pred());
        self.last_day.or_else(counted)
    }

    /// The day on which work begins, as the words give it: the first day of a range, of "from
    /// April 2023", of a term, or of the period that bounds a cycle.
    pub fn start(&self) -> Option<Day> {
        self.start
    }

    /// Its first day, where a timescale says when work begins ("starts: April 2018" is 1 April).
    pub fn first_day(&self) -> Option<Day> {
        let whole_months = |last: Day, months: i32| {
            let first = last.year() * 12 + last.month() as i32 - months;
            Day::new(first.div_euclid(12), first.rem_euclid(12) as u32 + 1, 1)
        };
        self.start.or_else(|| {
            let last = self.last_day?;
            match self.kind {
                TimescaleKind::Month => whole_months(last, 1),
                TimescaleKind::Quarter | TimescaleKind::Season => whole_months(last, 3),
                TimescaleKind::Year if last.month() == 3 => whole_months(last, 12),
                TimescaleKind::Year => Day::new(last.year(), 1, 1),
                _ => Some(last),
            }
        })
    }

    /// How long, for a length: 6 months for "within 6 months".
    pub fn length(&self) -> Option<Interval> {
        self.length
    }

    /// The day on which it is due, as seen from a day.
    ///
    /// A fixed last day is the same whatever is asked. A cycle with a named month or day is due on
    /// its first such day on or after `asked`, though not after the period that bounds it. None for
    /// all else, and for a length (see `due_from`).
    pub fn due_on_or_after(&self, asked: Day) -> Option<Day> {
        self.due_from(None, asked)
    }

    /// The same as `due_on_or_after`, with a length counted from the action's first day.
    pub fn due_from(&self, first_day: Option<Day>, asked: Day) -> Option<Day> {
        let last = self.last_day_from(first_day);
        if self.kind != TimescaleKind::Cycle {
            return last;
        }
        let named = self.named_after(asked);
        [named, last].into_iter().flatten().min()
    }

    /// The day by which a report is owed, when the last one was made on `last`.
    ///
    /// It is `last` plus the shortest interval that the timescale names, else plus the policy's. A
    /// cycle with named months or days is reviewed on the first of them after `last`, or after its
    /// interval where that is earlier; "every Board meeting" at the first of `meetings` (the
    /// board's) after `last`; "Ongoing – review March 2024" on that day, then by the policy.
    pub fn review_after(&self, last: Day, policy: Interval, meetings: Option<&Schedule>) -> Day {
        if let Some(review) = self.next_review.filter(|review| *review > last) {
            return review;
        }
        let by_interval = || last.plus(self.interval.unwrap_or(policy));
        if self.every_meeting {
            let meeting = meetings.and_then(|meetings| meetings.next_after(last));
            return meeting.unwrap_or_else(by_interval);
        }
        let Some(named) = self.named_after(last.succ()) else {
            return by_interval();
        };
        // "annually in September" names September, not a second rhythm beside it.
        let year = Interval::Years(1).length();
        match self.interval.filter(|interval| interval.length() < year) {
            Some(interval) => named.min(last.plus(interval)),
            None => named,
        }
    }

    /// How often it comes round: the shortest interval that it names.
    ///
    /// "Every March" names a year; "April 2023 and then annually" too, though it is due on a day.
    /// None for what names none, such as "Continuous cycle" (the policy's holds).
    pub fn interval(&self) -> Option<Interval> {
        self.interval
    }

    /// Whether it is reviewed at each meeting of the board: "every Board meeting".
    pub fn is_every_meeting(&self) -> bool {
        self.every_meeting
    }

    /// The day on which an open timescale is looked at next: "Ongoing – review March 2024".
    pub fn next_review(&self) -> Option<Day> {
        self.next_review
    }

    /// The words kept beside the date: "website permitting".
    ///
    /// Also the words after a cycle ("to the board") or after "Ongoing", which change nothing; the
    /// kind tells which it is.
    pub fn condition(&self) -> Option<&str> {
        self.words.as_deref()
    }

    /// Whether it has no end: "Ongoing", "continuous", "from April 2018", "Jan 2013 onwards".
    pub fn is_open_ended(&self) -> bool {
        self.kind == TimescaleKind::Open
    }

    /// The first of its named days on or after a day.
    fn named_after(&self, asked: Day) -> Option<Day> {
        let named = self.named_days.iter();
        named.map(|named| named.on_or_after(asked)).min()
    }

    pub(super) fn fixed(kind: TimescaleKind, last_day: Day) -> Timescale {
        Timescale {
            last_day: Some(last_day),
            ..Timescale::without_day(kind)
        }
    }

    pub(super) fn without_day(kind: TimescaleKind) -> Timescale {
        Timescale {
            kind,
            last_day: None,
            start: None,
            length: None,
            interval: None,
            named_days: Vec::new(),
            every_meeting: false,
            next_review: None,
            words: None,
        }
    }

    pub(super) fn starting(self, start: Option<Day>) -> Timescale {
        Timescale { start, ..self }
    }

    pub(super) fn keeping(self, words: Option<String>) -> Timescale {
        Timescale { words, ..self }
    }
}

/// A text that could not be read, and what could be written instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableTimescale {
    /// What is wrong, with the text quoted (shortened where it is long).
    pub message: String,
    /// What would be read: `write "April 2018"`.
    pub help: String,
}

impl fmt::Display for UnreadableTimescale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for UnreadableTimescale {}
