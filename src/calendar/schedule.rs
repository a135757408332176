//! School terms, and when a group meets.

use std::collections::BTreeMap;

use super::{Day, Interval};

/// One of the three terms of an English school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    Autumn,
    Spring,
    Summer,
}

/// The last days of school terms, as the board's own file gives them.
///
/// Source: `terms` of `board.yaml`, `{2018-19: [2018-12-21, 2019-04-05, 2019-07-23]}`: autumn,
/// spring, summer. A school year is known by the year in which it starts, here 2018.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(BTreeMap<i32, [Day; 3]>);

impl Terms {
    /// Records the last days of the autumn, spring and summer terms of one school year.
    ///
    /// A year recorded twice keeps what was recorded last.
    pub fn insert(&mut self, start_year: i32, last_days: [Day; 3]) {
        self.0.insert(start_year, last_days);
    }

    /// Whether no term is recorded, so that each ends when terms usually do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first day of a term: the day after the last one of the term before it.
    pub fn first_day(&self, term: Term, start_year: i32) -> Day {
        let before = match term {
            Term::Autumn => self.last_day(Term::Summer, start_year.saturating_sub(1)),
            Term::Spring => self.last_day(Term::Autumn, start_year),
            Term::Summer => self.last_day(Term::Spring, start_year),
        };
        before.succ()
    }

    /// The last day of a term of the school year that starts in `start_year`.
    ///
    /// Where the board gives none: autumn 31 December, spring 30 April, summer 31 August. A year
    /// beyond the calendar gives 31 December 2199.
    pub fn last_day(&self, term: Term, start_year: i32) -> Day {
        let given = self.0.get(&start_year);
        let next = start_year.saturating_add(1);
        match term {
            Term::Autumn => given.map_or(Day::certain(start_year, 12, 31), |days| days[0]),
            Term::Spring => given.map_or(Day::certain(next, 4, 30), |days| days[1]),
            Term::Summer => given.map_or(Day::certain(next, 8, 31), |days| days[2]),
        }
    }
}

/// When a group meets: on the days listed, or by a rule such as every 6 weeks.
///
/// By rule, `from` is itself the first meeting, and each later one is counted from it: 31 January,
/// 28 February, 31 March.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    Dates(Vec<Day>),
    Every { interval: Interval, from: Day },
}

impl Schedule {
    /// The first meeting after a day, that day itself not counted.
    ///
    /// None when no more are listed, or when the calendar ends.
    pub fn next_after(&self, day: Day) -> Option<Day> {
        match self {
            Schedule::Dates(dates) => dates.iter().copied().filter(|date| *date > day).min(),
            Schedule::Every { interval, from } => {
                occurrences_near(*interval, *from, day).find(|meeting| *meeting > day)
            }
        }
    }

    /// The last meeting before a day, that day itself not counted.
    ///
    /// None when there was none.
    pub fn last_before(&self, day: Day) -> Option<Day> {
        match self {
            Schedule::Dates(dates) => dates.iter().copied().filter(|date| *date < day).max(),
            Schedule::Every { interval, from } => occurrences_near(*interval, *from, day)
                .take_while(|meeting| *meeting < day)
                .last(),
        }
    }
}

impl Schedule {
    /// The meetings from one day to another, both included, in order. One by rule has its number:
    /// the meeting that the rule is counted from is the first.
    pub fn between(&self, first: Day, last: Day) -> Vec<(Option<u32>, Day)> {
        let asked = |day: &Day| (first..=last).contains(day);
        match self {
            Schedule::Dates(dates) => {
                let mut dates: Vec<Day> = dates.iter().copied().filter(asked).collect();
                dates.sort_unstable();
                dates.dedup();
                dates.into_iter().map(|day| (None, day)).collect()
            }
            Schedule::Every { interval, from } => numbered_near(*interval, *from, first)
                .skip_while(|(_, day)| *day < first)
                .take_while(|(_, day)| *day <= last)
                .map(|(count, day)| (Some(count.saturating_add(1)), day))
                .collect(),
        }
    }
}

/// The meetings of a rule in order, beginning at most a few before the day.
///
/// The count that is skipped is worked out from the interval's average length; two fewer are
/// skipped because months differ. An interval of nothing has one meeting.
fn occurrences_near(interval: Interval, from: Day, day: Day) -> impl Iterator<Item = Day> {
    numbered_near(interval, from, day).map(|(_, meeting)| meeting)
}

/// The same, each with how many there were before it.
fn numbered_near(interval: Interval, from: Day, day: Day) -> impl Iterator<Item = (u32, Day)> {
    let parts = u64::try_from(day.days_since(from)).unwrap_or(0) * 4_800;
    let skipped = parts
        .checked_div(interval.length())
        .map_or(0, |count| count.saturating_sub(2));
    let first = u32::try_from(skipped).unwrap_or(u32::MAX);
    let last = if interval.length() == 0 {
        first
    } else {
        u32::MAX
    };
    (first..=last).map_while(move |count| {
        let meeting = from.checked_plus(interval.times(count))?;
        Some((count, meeting))
    })
}
