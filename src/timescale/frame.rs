//! Against what a date is read, and the stretch of the calendar that it is read as.

use crate::calendar::{Day, Interval, Period, Terms};

use super::types::{TimescaleContext, TimescaleKind};

/// What a date is read against: its plan and board, and whether it may lack its year.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The plan's period, where it is known.
    pub period: Option<Period>,
    pub terms: &'a Terms,
    /// The period that gives a date its year: that of a plan of at most twelve months, where the
    /// date is the whole phrase.
    pub year_from: Option<Period>,
    /// Whether the date is the whole phrase, or words only introduce it.
    pub is_whole: bool,
}

impl<'a> Frame<'a> {
    /// For a date that is the whole phrase: in a short plan it needs no year.
    pub fn whole(context: &TimescaleContext<'a>) -> Frame<'a> {
        Frame {
            period: context.period,
            terms: context.terms,
            year_from: context.period.filter(is_short),
            is_whole: true,
        }
    }

    /// For a date that must give its year.
    pub fn with_year(self) -> Frame<'a> {
        Frame {
            year_from: None,
            ..self
        }
    }

    /// For a date inside longer words.
    pub fn inside(self) -> Frame<'a> {
        Frame {
            year_from: None,
            is_whole: false,
            ..self
        }
    }

    /// Whether the plan's period is known and at most twelve months.
    pub fn is_short(self) -> bool {
        self.period.is_some_and(|period| is_short(&period))
    }

    /// The years in which a stretch of days that lacks its year would end in the plan's period: what
    /// a finding offers. At most five, and none where the period is not known.
    pub fn years_that_fit(self, in_year: impl Fn(i32) -> Option<(Day, Day)>) -> Vec<i32> {
        let Some(period) = self.period else {
            return Vec::new();
        };
        let years = period.first.year() - 1..=period.last.year();
        let fits = |year: &i32| {
            in_year(*year).is_some_and(|(_, last)| (period.first..=period.last).contains(&last))
        };
        years.filter(fits).take(5).collect()
    }

    /// The one stretch of days in the period that lacks only its year: the one of which most days lie
    /// in it, so that the spring term of a plan from April to March is its last months. `in_year` gives
    /// that of a year.
    pub fn yearless(self, in_year: impl Fn(i32) -> Option<(Day, Day)>) -> Option<(Day, Day)> {
        let period = self.year_from?;
        let years = period.first.year() - 1..=period.last.year();
        let shared = |(first, last): &(Day, Day)| {
            let (from, to) = (period.first.max(*first), period.last.min(*last));
            to.days_since(from) + 1
        };
        let reaching = years.filter_map(in_year).filter(|days| shared(days) > 0);
        // Of two that share as many days, the earlier.
        reaching.rev().max_by_key(shared)
    }
}

/// Whether a period is at most twelve months long.
fn is_short(period: &Period) -> bool {
    period.first.plus(Interval::Years(1)) > period.last
}

/// How a date counts where it stands inside longer words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It is a date.
    Full,
    /// Its year has two figures: it is none, but beside another date it makes two.
    TwoFigures,
    /// It is a bare year, or the plan's own end: it is none, and makes no second.
    None,
}

/// A stretch of the calendar that a few words name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub kind: TimescaleKind,
    /// Where work begins that is said to go on from it.
    pub first: Day,
    /// The last day on which what is due then is in time.
    pub last: Day,
    pub weight: Weight,
}

impl Stretch {
    /// A date that counts wherever it stands.
    pub fn new(kind: TimescaleKind, (first, last): (Day, Day)) -> Stretch {
        Stretch {
            kind,
            first,
            last,
            weight: Weight::Full,
        }
    }

    /// The same date, of less weight where its year is not written in full.
    pub fn weighing(self, is_full: bool) -> Stretch {
        let weight = if is_full {
            Weight::Full
        } else {
            Weight::TwoFigures
        };
        Stretch { weight, ..self }
    }
}
