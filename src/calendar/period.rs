//! Financial years, and the periods of plans and of performance data.

use std::fmt;

use super::{Day, FIRST_YEAR, Interval, LAST_YEAR, is_dash, month_name, month_number};

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
    /// One quarter of a period of twelve months, counted from its first: in a year that begins in July, 1 is July to
    /// September.
    ///
    /// None where the period is longer or shorter, or begins within a month, and for any number but 1 to 4.
    pub fn quarter(self, number: u32) -> Option<Period> {
        let is_year = self.first.day() == 1
            && self.first.plus(Interval::Months(12)).days_since(self.last) == 1;
        let months = number
            .checked_sub(1)
            .filter(|quarter| is_year && *quarter < 4)?
            * 3;
        let first = self.first.plus(Interval::Months(months));
        let next = first.plus(Interval::Months(2));
        Some(Period {
            first,
            last: Day::last_of_month(next.year(), next.month())?,
            kind: PeriodKind::Quarter,
        })
    }

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
        (before.last.succ() == self.first).then_some(before)
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
    if year.len() != 4 {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month_number(name)?);
    Some(Period {
        first: Day::new(year, month, 1)?,
        last: Day::last_of_month(year, month)?,
        kind: PeriodKind::Month,
    })
}
