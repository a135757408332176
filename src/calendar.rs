//! Days, intervals, financial years, periods, school terms and meetings: the calendar that a board
//! works by. Everything here is pure arithmetic; nothing reads the clock.

mod period;
mod schedule;

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

pub use period::{FinancialYear, Period, PeriodKind};
pub use schedule::{Schedule, Term, Terms};

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month as it is printed: 4 is "April".
///
/// A number outside 1 to 12 gives the nearest month.
pub fn month_name(month: u32) -> &'static str {
    MONTHS[month.clamp(1, 12) as usize - 1]
}

/// Which month a word names: "April" and "Apr" are 4, "Sept" is 9.
///
/// Case does not matter. None for every other word; full names, their first three letters and
/// "Sept" are read.
pub fn month_number(word: &str) -> Option<u32> {
    let position = MONTHS
        .iter()
        .position(|name| word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&name[..3]));
    match position {
        Some(index) => Some(index as u32 + 1),
        None => word.eq_ignore_ascii_case("sept").then_some(9),
    }
}

/// How many days a month has: 28 or 29 for February.
///
/// None where the month is not 1 to 12 or the year is outside 1900 to 2199.
pub fn days_in_month(year: i32, month: u32) -> Option<u32> {
    Day::last_of_month(year, month).map(Day::day)
}

/// Whether a plan can mean a year: from 1990 on.
pub fn is_plan_year(year: u32) -> bool {
    (1990..=2199).contains(&year)
}

/// A day of the calendar, such as 1 May 2018.
///
/// From 1 January 1900 to 31 December 2199; arithmetic stops at these ends. It has no time of day
/// and no time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day with this year, month and day of the month, if there is one.
    ///
    /// None for 31 February and the like, and for years outside 1900 to 2199.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// The day that a file means by `2018-05-01`.
    ///
    /// Strictly four, two and two digits with hyphens between and nothing around them; None for
    /// all else.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(index, byte)| match index {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        Day::new(
            text[..4].parse().ok()?,
            text[5..7].parse().ok()?,
            text[8..].parse().ok()?,
        )
    }

    /// The last day of a month: 28 or 29 February, 30 April, 31 May.
    ///
    /// None where the month is not 1 to 12 or the year is outside 1900 to 2199.
    pub fn last_of_month(year: i32, month: u32) -> Option<Day> {
        Day::new(year, month, 1)?;
        (28..=31).rev().find_map(|day| Day::new(year, month, day))
    }

    /// The day in words: "1 May 2018", "16 January 2018".
    pub fn long(self) -> String {
        let name = month_name(self.month());
        format!("{} {name} {}", self.day(), self.year())
    }

    /// The day in words with a three-letter month: "1 May 2018", "16 Jan 2018".
    pub fn short(self) -> String {
        let name = &month_name(self.month())[..3];
        format!("{} {name} {}", self.day(), self.year())
    }

    /// The year, 1900 to 2199.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, Monday 0 to Sunday 6.
    pub fn weekday(self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// Whether it is a Friday.
    pub fn is_friday(self) -> bool {
        self.0.weekday() == Weekday::Fri
    }

    /// The day that lies an interval later: 31 January plus one month is the last day of February.
    ///
    /// A month is a calendar month and a week is seven days. Stops at 31 December 2199.
    pub fn plus(self, interval: Interval) -> Day {
        self.checked_plus(interval).unwrap_or_else(Day::max)
    }

    /// How many days this day lies after the other; negative when it lies before.
    pub fn days_since(self, other: Day) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    /// The next day; 31 December 2199 is its own.
    pub fn succ(self) -> Day {
        self.plus(Interval::Days(1))
    }

    /// The day before; 1 January 1900 is its own.
    pub fn pred(self) -> Day {
        match self.0.pred_opt().map(Day) {
            Some(day) if day.year() >= FIRST_YEAR => day,
            _ => self,
        }
    }

    /// The same as `plus`, but None beyond 31 December 2199.
    fn checked_plus(self, interval: Interval) -> Option<Day> {
        let days = |count: u64| self.0.checked_add_days(chrono::Days::new(count));
        let months = |count: u32| self.0.checked_add_months(chrono::Months::new(count));
        let date = match interval {
            Interval::Days(count) => days(u64::from(count)),
            Interval::Weeks(count) => days(u64::from(count) * 7),
            Interval::Months(count) => months(count),
            Interval::Years(count) => months(count.checked_mul(12)?),
        };
        date.map(Day).filter(|day| day.year() <= LAST_YEAR)
    }

    /// The day some months earlier, 31 May less one month being 30 April; stops at 1 January 1900.
    fn minus_months(self, count: u32) -> Day {
        match self.0.checked_sub_months(chrono::Months::new(count)) {
            Some(date) if date.year() >= FIRST_YEAR => Day(date),
            _ => Day::min(),
        }
    }

    /// A day that exists in every year; a year outside the range gives the nearest end of it.
    fn certain(year: i32, month: u32, day: u32) -> Day {
        let nearest = if year < FIRST_YEAR {
            Day::min
        } else {
            Day::max
        };
        Day::new(year, month, day).unwrap_or_else(nearest)
    }

    fn min() -> Day {
        Day(NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(NaiveDate::MIN))
    }

    fn max() -> Day {
        Day(NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.year(), self.month(), self.day());
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// As ISO, `2018-05-01`: what JSON and users' templates get.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A stretch of time such as 6 weeks or 3 months: how often, or how long.
///
/// Two intervals are equal when they are written in the same unit: 12 months and 1 year are not
/// equal, but have the same `length`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    Days(u32),
    Weeks(u32),
    Months(u32),
    Years(u32),
}

impl Interval {
    /// How long the interval is, for finding the shorter of two.
    ///
    /// In parts of a day of which there are 4,800; a month counts as the calendar's average month,
    /// 146,097 such parts (30.44 days), and a year as twelve of these.
    pub fn length(self) -> u64 {
        match self {
            Interval::Days(count) => u64::from(count) * 4_800,
            Interval::Weeks(count) => u64::from(count) * 4_800 * 7,
            Interval::Months(count) => u64::from(count) * 146_097,
            Interval::Years(count) => u64::from(count) * 146_097 * 12,
        }
    }

    /// The interval so many times over: twice 6 weeks is 12 weeks.
    ///
    /// Stops at the largest count that can be held.
    pub fn times(self, count: u32) -> Interval {
        match self {
            Interval::Days(each) => Interval::Days(each.saturating_mul(count)),
            Interval::Weeks(each) => Interval::Weeks(each.saturating_mul(count)),
            Interval::Months(each) => Interval::Months(each.saturating_mul(count)),
            Interval::Years(each) => Interval::Years(each.saturating_mul(count)),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Interval::Days(count) => (count, "day"),
            Interval::Weeks(count) => (count, "week"),
            Interval::Months(count) => (count, "month"),
            Interval::Years(count) => (count, "year"),
        };
        let plural = if *count == 1 { "" } else { "s" };
        write!(out, "{count} {unit}{plural}")
    }
}

/// Whether a character is one of the dashes that people and word processors write for a hyphen.
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests;
