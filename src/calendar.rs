//! Days, intervals, financial years, periods, school terms and meetings: the calendar that a board
//! works by. Everything here is pure arithmetic; nothing reads the clock.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

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

/// An English financial year, from 1 April to 31 March: "2017-18".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i32);

impl FinancialYear {
    /// The financial year that begins on 1 April of this year.
    ///
    /// None unless both its ends lie between 1900 and 2199.
    pub fn starting(year: i32) -> Option<FinancialYear> {
        (FIRST_YEAR..LAST_YEAR)
            .contains(&year)
            .then_some(FinancialYear(year))
    }

    /// The financial year in which a day falls.
    pub fn of(day: Day) -> FinancialYear {
        let before_april = day.month() < 4;
        FinancialYear(day.year() - i32::from(before_april))
    }

    /// The year as a period, 1 April to 31 March.
    pub fn period(self) -> Period {
        Period {
            first: Day::certain(self.0, 4, 1),
            last: Day::certain(self.0 + 1, 3, 31),
            kind: PeriodKind::Year,
        }
    }

    /// One quarter of the year: 1 is April to June, 4 is January to March.
    ///
    /// None for any number but 1 to 4.
    pub fn quarter(self, number: u32) -> Option<Period> {
        let (year, month) = match number {
            1 => (self.0, 4),
            2 => (self.0, 7),
            3 => (self.0, 10),
            4 => (self.0 + 1, 1),
            _ => return None,
        };
        Some(Period {
            first: Day::new(year, month, 1)?,
            last: Day::last_of_month(year, month + 2)?,
            kind: PeriodKind::Quarter,
        })
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{:02}", self.0, (self.0 + 1) % 100)
    }
}

/// What sort of period it is, which decides how it is named and what came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// One financial year.
    Year,
    /// One quarter of a financial year.
    Quarter,
    /// One calendar month.
    Month,
    /// One day.
    Day,
    /// Any other stretch of days: several financial years, or from one day to another.
    Span,
}

/// A stretch of days with a name: a plan's "2017-19", a figure's "2017-18 Q1".
///
/// Both ends belong to it, and it never ends before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub first: Day,
    pub last: Day,
    pub kind: PeriodKind,
}

impl Period {
    /// The period that a plan covers: "2017-19" is 1 April 2017 to 31 March 2019.
    ///
    /// Also "2019-20", "2017/18", "2017-2019" and "2017-04-01 to 2019-03-31", with any dash and any
    /// spaces. None for all else, and where it would end before it starts.
    pub fn parse_plan(text: &str) -> Option<Period> {
        let text = plain(text);
        if let Some((first, second)) = two_years(&text) {
            return Period::span(Day::new(first, 4, 1)?, Day::new(second, 3, 31)?);
        }
        let (first, last) = match text.split_once("to") {
            Some(ends) => ends,
            None => (text.get(..10)?, text.get(10..)?.strip_prefix('-')?),
        };
        Period::span(Day::parse_iso(first)?, Day::parse_iso(last)?)
    }

    /// The period that a figure or a report is about: "2017-18 Q1", "April 2018".
    ///
    /// Also "Q1 2017-18", "2017-18" and a day as "2018-04-01", with any dash and any spaces. None
    /// for all else.
    pub fn parse_data(text: &str) -> Option<Period> {
        let text = plain(text);
        if let Some(day) = Day::parse_iso(&text) {
            return Some(Period {
                first: day,
                last: day,
                kind: PeriodKind::Day,
            });
        }
        parse_quarter(&text)
            .or_else(|| parse_month(&text))
            .or_else(|| one_financial_year(&text).map(FinancialYear::period))
    }

    /// The same period a year before: "2016-17 Q1" for "2017-18 Q1".
    ///
    /// The 29th of February becomes the 28th. Stops at 1 January 1900.
    pub fn year_before(self) -> Period {
        self.months_before(12)
    }

    /// The period of the same kind that ends on the day before this one starts.
    ///
    /// None for a `Span`, which has no neighbour, and at the start of the calendar.
    pub fn previous(self) -> Option<Period> {
        let before = match self.kind {
            PeriodKind::Year => self.months_before(12),
            PeriodKind::Quarter => self.months_before(3),
            PeriodKind::Month => self.months_before(1),
            PeriodKind::Day => Period {
                first: self.first.pred(),
                last: self.first.pred(),
                kind: PeriodKind::Day,
            },
            PeriodKind::Span => return None,
        };
        (before.last.succ() == self.first && before.first < self.first).then_some(before)
    }

    /// The financial year in which the period's last day falls, as "2017-18".
    pub fn financial_year_label(self) -> String {
        FinancialYear::of(self.last).to_string()
    }

    /// From one day to another; None if it would end before it starts.
    fn span(first: Day, last: Day) -> Option<Period> {
        let year = FinancialYear::of(first).period();
        let kind = if (year.first, year.last) == (first, last) {
            PeriodKind::Year
        } else {
            PeriodKind::Span
        };
        (first <= last).then_some(Period { first, last, kind })
    }

    /// The period moved back; a last day at the end of its month stays at the end of its month.
    fn months_before(self, count: u32) -> Period {
        let first = self.first.minus_months(count);
        let last = match self.kind {
            PeriodKind::Day => first,
            _ => self.last.succ().minus_months(count).pred().max(first),
        };
        Period {
            first,
            last,
            kind: self.kind,
        }
    }
}

impl fmt::Display for Period {
    /// As it would be written in a file: "2017-18", "2017-18 Q1", "April 2018", "2018-04-01",
    /// "2017-19" or "2017-04-01 to 2019-06-30".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = FinancialYear::of(self.first);
        let whole_years = (self.first.day(), self.first.month()) == (1, 4)
            && (self.last.day(), self.last.month()) == (31, 3);
        match self.kind {
            PeriodKind::Year => write!(out, "{year}"),
            PeriodKind::Quarter => write!(out, "{year} Q{}", (self.first.month() + 8) % 12 / 3 + 1),
            PeriodKind::Month => {
                let name = month_name(self.first.month());
                write!(out, "{name} {}", self.first.year())
            }
            PeriodKind::Day => write!(out, "{}", self.first),
            PeriodKind::Span if whole_years => {
                write!(out, "{}-{:02}", self.first.year(), self.last.year() % 100)
            }
            PeriodKind::Span => write!(out, "{} to {}", self.first, self.last),
        }
    }
}

/// Whether a character is one of the dashes that people and word processors write for a hyphen.
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A period's text in lower case, without spaces, and with every dash a hyphen.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            dash if is_dash(dash) => '-',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

/// "2017-18", "2017/18" or "2017-2018": two years, the second later than the first.
fn two_years(text: &str) -> Option<(i32, i32)> {
    let (first, second) = text.split_once(['-', '/'])?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || !digits(second) || first.len() != 4 {
        return None;
    }
    let second: i32 = match second.len() {
        2 => 2000 + second.parse::<i32>().ok()?,
        4 => second.parse().ok()?,
        _ => return None,
    };
    let first = first.parse().ok()?;
    (first < second).then_some((first, second))
}

fn one_financial_year(text: &str) -> Option<FinancialYear> {
    let (first, second) = two_years(text)?;
    (second == first + 1)
        .then(|| FinancialYear::starting(first))
        .flatten()
}

/// "2017-18q1" or "q12017-18", spaces being gone; the quarter's figure is a single one.
fn parse_quarter(text: &str) -> Option<Period> {
    let (before, after) = text.split_once('q')?;
    let after = ["uarter", "tr"]
        .iter()
        .find_map(|rest| after.strip_prefix(rest))
        .unwrap_or(after);
    let (number, rest) = (after.get(..1)?, after.get(1..)?);
    let year = match (before.is_empty(), rest.is_empty()) {
        (true, false) => rest,
        (false, true) => before,
        _ => return None,
    };
    one_financial_year(year)?.quarter(number.parse().ok()?)
}

/// "april2018", spaces being gone.
fn parse_month(text: &str) -> Option<Period> {
    let digits = text.find(|character: char| character.is_ascii_digit())?;
    let (name, year) = text.split_at(digits);
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month_number(name)?);
    Some(Period {
        first: Day::new(year, month, 1)?,
        last: Day::last_of_month(year, month)?,
        kind: PeriodKind::Month,
    })
}

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
            Schedule::Every { from, .. } if day < *from => Some(*from),
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

#[cfg(test)]
mod tests;
