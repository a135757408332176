//! Months and years: "April 2018", "03/25", "2019/20", "financial year 2012/13".

use crate::calendar::{Day, days_in_month, is_plan_year, month_name};

use super::frame::{Frame, Stretch, Weight};
use super::tokens::{Cursor, Number, TokenReading};
use super::types::TimescaleKind;
use super::why::{self, WhyUnread, label};

/// A year as written: 2018, or 18 for 2018.
pub(super) struct WrittenYear {
    pub value: u32,
    pub in_full: bool,
}

/// Reads the year behind a month or a season.
///
/// Two figures are no year before an ordinal's ending or a year in full ("April 15, 2018" has the
/// month first), nor before a month ("1 April – 30 June 2018").
pub(super) fn year(cursor: &mut Cursor) -> TokenReading<WrittenYear> {
    cursor.any_phrase(&["'", "’", "‘"]);
    if let Some(number) = cursor.number(4, 4) {
        sensible(number.value)?;
        return Ok(Some(WrittenYear {
            value: number.value,
            in_full: true,
        }));
    }
    let Some(number) = cursor.number(2, 2) else {
        return Ok(None);
    };
    let mut ahead = *cursor;
    let ordinal = ahead.any_phrase(&["st", "nd", "rd", "th"]);
    let month = ahead.peek().is_some_and(|token| token.month().is_some());
    ahead.phrase(",");
    if ordinal || month || ahead.number(4, 4).is_some() {
        return Ok(None);
    }
    Ok(Some(WrittenYear {
        value: whole_year(number),
        in_full: false,
    }))
}

/// A year of two figures is 20xx.
pub(super) fn whole_year(number: Number) -> u32 {
    match number.width {
        2 => 2000 + number.value,
        _ => number.value,
    }
}

/// The year, if a plan can mean it.
pub(super) fn sensible(year: u32) -> Result<i32, WhyUnread> {
    i32::try_from(year)
        .ok()
        .filter(|_| is_plan_year(year))
        .ok_or_else(|| why::no_such_year(year))
}

/// The day with these figures, or why there is none.
pub(super) fn date(year: u32, month: u32, day: u32) -> Result<Day, WhyUnread> {
    day_of_year(sensible(year)?, month, day)
}

/// The same, for a year that is known to be one that a plan can mean, or next to one.
pub(super) fn day_of_year(year: i32, month: u32, day: u32) -> Result<Day, WhyUnread> {
    let Some(length) = days_in_month(year, month) else {
        return Err(why::no_such_month(month));
    };
    Day::new(year, month, day).ok_or_else(|| {
        let name = month_name(month);
        WhyUnread::new(
            format!("{name} {year} has {length} days"),
            format!("write \"{} {name} {year}\"", day.clamp(1, length)),
        )
    })
}

/// Reads "April", which has its year from a short plan.
pub(super) fn month(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let Some(month) = cursor.month() else {
        return Ok(None);
    };
    let found = frame.yearless(|year| {
        let first = Day::new(year, month, 1)?;
        Some((first, Day::last_of_month(year, month)?))
    });
    Ok(found.map(|days| Stretch::new(TimescaleKind::Month, days)))
}

/// Reads "April 2018", "Apr-18", "February 15" or "10/2023".
pub(super) fn month_with_year(cursor: &mut Cursor) -> TokenReading<Stretch> {
    let (month, year) = if let Some(month) = cursor.month() {
        cursor.any_phrase(&["-", ",", "of", "/"]);
        let Some(year) = cursor.attempt(year)? else {
            return Ok(None);
        };
        (month, year)
    } else if let Some(found) = month_in_figures(cursor)? {
        found
    } else {
        return Ok(None);
    };
    let first = date(year.value, month, 1)?;
    let last = Day::last_of_month(first.year(), month).unwrap_or(first);
    Ok(Some(
        Stretch::new(TimescaleKind::Month, (first, last)).weighing(year.in_full),
    ))
}

/// Reads "10/2023" or "03/25": a month in figures before a year.
///
/// "16/17" is none, but a financial year. Errors: a thirteenth month before a year in full.
fn month_in_figures(cursor: &mut Cursor) -> TokenReading<(u32, WrittenYear)> {
    let Some(month) = cursor.number(1, 2) else {
        return Ok(None);
    };
    let slash = cursor.phrase("/");
    if !slash && !cursor.any_phrase(&["-", "."]) {
        return Ok(None);
    }
    if let Some(year) = cursor.number(4, 4).filter(|year| is_plan_year(year.value)) {
        if !(1..=12).contains(&month.value) {
            return Err(why::no_such_month(month.value));
        }
        let in_full = true;
        return Ok(Some((
            month.value,
            WrittenYear {
                value: year.value,
                in_full,
            },
        )));
    }
    let year = cursor
        .number(2, 2)
        .filter(|year| slash && year.value != month.value + 1)
        .filter(|_| (1..=12).contains(&month.value) && !cursor.is_next("/"));
    Ok(year.map(|year| {
        let year = WrittenYear {
            value: whole_year(year),
            in_full: false,
        };
        (month.value, year)
    }))
}

/// How a school's own year is named, which Scottish and university papers call a session.
pub(super) const SCHOOL_YEAR: &[&str] = &[
    "academic year",
    "academic session",
    "school year",
    "school session",
];

/// Reads "2018", "2019/20", "2017-19", "financial year 2012/13".
///
/// Errors: a school year, which ends on no fixed day.
pub(super) fn years(cursor: &mut Cursor) -> TokenReading<Stretch> {
    const FINANCIAL: &[&str] = &[
        "financial years",
        "financial year",
        "fiscal year",
        "fy",
        "f / y",
    ];
    let school = cursor.any_phrase(SCHOOL_YEAR);
    let session = !school && cursor.phrase("session");
    let financial = cursor.any_phrase(FINANCIAL);
    cursor.any_phrase(&["year", "years"]);
    if school || financial {
        cursor.any_phrase(&["of", "(", ":", "-"]);
    }
    let Some(read) = cursor.attempt(two_years)? else {
        return one_year(cursor, school, financial);
    };
    if school || session || cursor.any_phrase(SCHOOL_YEAR) || cursor.phrase("session") {
        return Err(why::school_year_has_terms(read.first));
    }
    let named = financial || cursor.any_phrase(FINANCIAL);
    if financial {
        cursor.phrase(")");
    }
    let days = (date(read.first, 4, 1)?, date(read.second, 3, 31)?);
    let point = Stretch::new(TimescaleKind::Year, days);
    // "16-17" inside longer words may be an age.
    let weight = if named || read.in_full {
        Weight::Full
    } else {
        Weight::None
    };
    Ok(Some(Stretch { weight, ..point }))
}

/// Reads "2018", which ends on 31 December; "financial year 2018" is an error.
fn one_year(cursor: &mut Cursor, school: bool, financial: bool) -> TokenReading<Stretch> {
    let Some(year) = cursor.number(4, 4).map(|number| number.value) else {
        return Ok(None);
    };
    if !is_plan_year(year) {
        return Ok(None);
    }
    if school {
        return Err(why::school_year_has_terms(year));
    }
    if financial {
        return Err(WhyUnread::new(
            "a financial year has two years",
            format!("write \"{}\" or \"{}\"", label(year - 1), label(year)),
        ));
    }
    Ok(Some(Stretch {
        weight: Weight::None,
        ..Stretch::new(
            TimescaleKind::Year,
            (date(year, 1, 1)?, date(year, 12, 31)?),
        )
    }))
}

/// Two years as written, the second later than the first.
#[derive(Clone, Copy)]
pub(super) struct TwoYears {
    pub first: u32,
    pub second: u32,
    /// Whether the first has its four figures.
    pub in_full: bool,
}

impl TwoYears {
    pub fn is_one_financial_year(self) -> bool {
        self.second == self.first + 1
    }
}

/// Reads "2019/20", "2019 -20", "2014-5", "2017-2019", "2017 to 2019" or "16/17".
///
/// Errors: years the wrong way round; "2018-04", a month in figures.
pub(super) fn two_years(cursor: &mut Cursor) -> TokenReading<TwoYears> {
    if let Some(years) = cursor.maybe(two_figures_each) {
        return Ok(Some(years));
    }
    let first = cursor.number(4, 4).map(|number| number.value);
    let Some(first) = first.filter(|first| is_plan_year(*first)) else {
        return Ok(None);
    };
    let least = if cursor.any_phrase(&["-", "/"]) {
        1
    } else if cursor.phrase("to") {
        4
    } else {
        return Ok(None);
    };
    let Some(written) = cursor.number(least, 4).filter(|number| number.width != 3) else {
        return Ok(None);
    };
    // "2014-5" is 2014-15; only the next year can be so short.
    if written.width == 1 && written.value == (first + 1) % 10 && !cursor.is_next("-") {
        return Ok(Some(TwoYears {
            first,
            second: first + 1,
            in_full: true,
        }));
    }
    let second = whole_year(written);
    if written.width < 4 && (1..=12).contains(&written.value) && second <= first {
        return Err(why::month_in_words(written.value, first));
    }
    if second <= first {
        return Err(why::ends_before_it_starts());
    }
    Ok(is_plan_year(second).then_some(TwoYears {
        first,
        second,
        in_full: true,
    }))
}

/// Reads "16/17": the second number is one more than the first.
fn two_figures_each(cursor: &mut Cursor) -> Option<TwoYears> {
    let first = cursor.number(2, 2)?;
    if !cursor.any_phrase(&["-", "/"]) {
        return None;
    }
    let second = cursor.number(2, 2)?;
    let follows = second.value == first.value + 1 && !cursor.is_next("/");
    let first = whole_year(first);
    follows.then_some(TwoYears {
        first,
        second: first + 1,
        in_full: false,
    })
}
