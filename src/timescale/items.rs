//! What a cycle names, one after another: intervals, and the months, days and quarters that come
//! round every year.

use crate::calendar::Interval;

use super::dates::preposition;
use super::days::{self, day_and_month};
use super::intervals::{self, has_rhythm, rhythm};
use super::quarters::quarter_number;
use super::seasons::season_name;
use super::tokens::{Cursor, TokenReading};
use super::types::YearlyDay;
use super::why::WhyUnread;

/// What a cycle names, in the order of the phrase.
#[derive(Default)]
pub(super) struct CycleItems {
    pub intervals: Vec<Interval>,
    pub days: Vec<YearlyDay>,
    /// Whether one was only a length ("6 weeks"), without "every".
    pub has_bare_length: bool,
    /// Whether one was more than a length: "every 6 weeks", "quarterly".
    pub has_rhythm: bool,
    /// Whether two of the days are the ends of a range.
    pub has_range: bool,
    /// Whether one of the days has its day of the month.
    pub has_day_of_month: bool,
    /// Whether it names "every Board meeting".
    pub every_meeting: bool,
}

impl CycleItems {
    /// Whether it says how often: an interval, "every", or several months or quarters.
    pub fn is_cycle(&self) -> bool {
        // "Q4 (March)" names one day twice.
        let are_several = self.days.iter().any(|day| *day != self.days[0]);
        let is_several = are_several && !self.has_day_of_month && !self.has_range;
        !self.intervals.is_empty() || self.every_meeting || is_several
    }

    /// The shortest interval, where there is one.
    pub fn shortest(&self) -> Option<Interval> {
        let intervals = self.intervals.iter().copied();
        intervals.min_by_key(|each| each.length())
    }
}

/// Reads all that a cycle names from here on.
///
/// Errors: 31 June.
pub(super) fn items(cursor: &mut Cursor) -> Result<CycleItems, WhyUnread> {
    let mut named = CycleItems::default();
    while item(cursor, &mut named)? {}
    Ok(named)
}

/// Reads one interval, or one day that comes round, with the signs and words before it.
fn item(cursor: &mut Cursor, named: &mut CycleItems) -> Result<bool, WhyUnread> {
    let mut ahead = *cursor;
    let separator = separators(&mut ahead);
    let words = [
        "to be",
        "with",
        "a",
        "an",
        "reviewed",
        "review",
        "reviews",
        "reported",
        "reporting",
        "reports",
        "report",
        "updated",
        "monitored",
        "at least",
        "minimum",
        "on a",
        "on an",
    ];
    while ahead.any_phrase(&words) {}
    end_of_each(&mut ahead);
    if let Some(found) = rhythm(&mut ahead) {
        named.intervals.push(found.shortest);
        named.has_bare_length |= !found.repeats;
        named.has_rhythm |= found.repeats;
        ahead.phrase("basis");
    } else if every_meeting(&mut ahead) {
        named.every_meeting = true;
    } else if let Some((day, has_every)) = ahead.attempt(yearly_day)? {
        named.has_range |= named
            .days
            .last()
            .is_some_and(|before| separator.makes_range(*before, day));
        named.has_day_of_month |= day.day.is_some();
        named.days.push(day);
        let yearly = has_every.then_some(Interval::Years(1));
        named.intervals.extend(yearly);
    } else {
        return Ok(false);
    }
    *cursor = ahead;
    Ok(true)
}

/// Passes over "by the end of" before "each quarter".
fn end_of_each(cursor: &mut Cursor) {
    cursor.maybe(|cursor| {
        preposition(cursor);
        let is_each = cursor.any_phrase(&["end of"]) && intervals::every(&mut cursor.clone());
        is_each.then_some(())
    });
}

/// Which signs stand between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Other,
    Slash,
    Dash,
}

impl Separator {
    /// Whether the days on both sides are the ends of a range: with a dash always, with a slash where
    /// they are months in a row.
    fn makes_range(self, before: YearlyDay, after: YearlyDay) -> bool {
        match self {
            Separator::Dash => true,
            Separator::Slash => before.month % 12 + 1 == after.month,
            Separator::Other => false,
        }
    }
}

/// Passes over what may stand between two items.
fn separators(cursor: &mut Cursor) -> Separator {
    let mut found = Separator::Other;
    loop {
        let is_infinitive = cursor.clone().phrase("to be");
        if cursor.phrase("-") || (!is_infinitive && cursor.phrase("to")) {
            found = Separator::Dash;
        } else if cursor.phrase("/") {
            found = Separator::Slash;
        } else if !cursor.any_phrase(&[",", ";", ":", "(", ")", "&", "+", "and", "plus"]) {
            return found;
        }
    }
}

/// Reads "every Board meeting", "at each meeting of the Board": a meeting of the board.
///
/// Other groups' meetings are not kept in a calendar that every plan has, so theirs is no cycle that
/// can be read.
fn every_meeting(cursor: &mut Cursor) -> bool {
    cursor
        .maybe(|cursor| {
            cursor.any_phrase(&["at", "to", "for"]);
            if !intervals::every(cursor) {
                return None;
            }
            cursor.phrase("full");
            let is_named = is_board(cursor);
            let meets = cursor.any_phrase(&["meetings", "meeting"]);
            if meets && !is_named && cursor.any_phrase(&["of the", "of"]) {
                is_board(cursor).then_some(())?;
            }
            (meets || is_named).then_some(())
        })
        .is_some()
}

/// Reads "Board", "Safeguarding Board" or what such boards call themselves for short: "SAB".
fn is_board(cursor: &mut Cursor) -> bool {
    let is_short = cursor.peek().is_some_and(|token| {
        let word = token.text.to_ascii_lowercase();
        word.len() <= 6 && ["scb", "sab", "scp"].iter().any(|end| word.ends_with(end))
    });
    cursor.at += usize::from(is_short);
    cursor.any_phrase(&["safeguarding", "partnership"]);
    cursor.phrase("board") || is_short
}

/// Reads "September", "by end of March", "31 August", "Q4" or "every March", with no year behind.
///
/// Gives the day, and whether "every" stood before it or behind. Errors: 31 June.
fn yearly_day(cursor: &mut Cursor) -> TokenReading<(YearlyDay, bool)> {
    let has_every = intervals::every(cursor);
    preposition(cursor);
    while cursor.any_phrase(&["the", "end of", "end", "early in"]) {}
    let (day, month) = if let Some((day, month)) = day_and_month(cursor) {
        (Some(day), month)
    } else if let Some(month) = cursor.month() {
        (None, month)
    } else if let Some(quarter) = cursor.attempt(quarter_number)? {
        (None, quarter % 4 * 3 + 3)
    } else if let Some(last_month) = season_name(cursor).filter(|_| !is_term_next(*cursor)) {
        (None, last_month)
    } else {
        return Ok(None);
    };
    if is_year_next(*cursor) {
        return Ok(None);
    }
    match day {
        Some(day) if !days::is_day_of(day, month) && has_rhythm(*cursor) => {
            Err(days::month_is_shorter(day, month))
        }
        Some(day) if !days::is_day_of(day, month) => Ok(None),
        day => Ok(Some((YearlyDay { month, day }, has_every))),
    }
}

/// Whether a season is one of a school: "Autumn term", "Autumn half term".
fn is_term_next(mut cursor: Cursor) -> bool {
    cursor.any_phrase(&["term", "half"])
}

/// Whether figures follow a month that are not the count of an interval ("September, 6 monthly").
fn is_year_next(mut cursor: Cursor) -> bool {
    cursor.any_phrase(&["-", "/", ","]);
    let has_number = cursor.peek().is_some_and(|token| token.has_figures());
    has_number && rhythm(&mut cursor).is_none() && days::day_and_month(&mut cursor).is_none()
}
