//! How often, or how long: "quarterly", "every 6 weeks", "twice a year", "6 months".

use crate::calendar::Interval;

use super::tokens::{Cursor, Token};

/// How often something comes round, or how long it lasts.
#[derive(Clone, Copy)]
pub(super) struct Rhythm {
    pub shortest: Interval,
    /// Of "3-6 months", 6 months; else the same as the shortest.
    pub longest: Interval,
    /// Whether it surely says how often: "6 weeks" says how long.
    pub repeats: bool,
}

impl Rhythm {
    fn repeating(interval: Interval) -> Rhythm {
        Rhythm {
            shortest: interval,
            longest: interval,
            repeats: true,
        }
    }
}

/// Reads "quarterly", "every 6 weeks", "six monthly", "6 weeks", "3-6 months", "every quarter",
/// "twice a year", "once every two years".
pub(super) fn rhythm(cursor: &mut Cursor) -> Option<Rhythm> {
    let readers: [fn(&mut Cursor) -> Option<Rhythm>; 3] = [
        |cursor| adverb(cursor).map(Rhythm::repeating),
        |cursor| times_a_year(cursor).map(Rhythm::repeating),
        counted,
    ];
    let found = readers.iter().find_map(|reader| cursor.maybe(*reader))?;
    let longest = Interval::Years(10).length();
    (found.longest.length() <= longest).then_some(found)
}

/// Reads "every 6 weeks", "6 weeks", "six monthly", "3-6 months", "every quarter".
fn counted(cursor: &mut Cursor) -> Option<Rhythm> {
    let has_every = every(cursor);
    if has_every && let Some(interval) = one_of_each(cursor) {
        return Some(Rhythm::repeating(interval));
    }
    let first = count(cursor)?;
    let last = cursor
        .maybe(|cursor| {
            cursor
                .any_phrase(&["-", "to", "/"])
                .then(|| count(cursor))?
        })
        .unwrap_or(first);
    cursor.phrase("-");
    let unit = cursor.peek()?;
    cursor.at += 1;
    let singular = ["day", "week", "month", "year"];
    let plural = ["days", "weeks", "months", "years"];
    let adverbs = ["daily", "weekly", "monthly", "yearly"];
    let words = [&singular, &plural, &adverbs];
    let index = words
        .iter()
        .find_map(|words| words.iter().position(|word| unit.is(word)))?;
    let kind = [
        Interval::Days,
        Interval::Weeks,
        Interval::Months,
        Interval::Years,
    ][index];
    Some(Rhythm {
        shortest: kind(first.min(last)),
        longest: kind(first.max(last)),
        repeats: has_every || unit.is_any(&adverbs),
    })
}

/// Reads "every", "each" or "once every".
pub(super) fn every(cursor: &mut Cursor) -> bool {
    cursor.any_phrase(&["once every", "at every", "at each", "every", "each"])
}

const ADVERBS: [(&str, Interval); 34] = [
    ("daily", Interval::Days(1)),
    ("weekly", Interval::Weeks(1)),
    ("fortnightly", Interval::Weeks(2)),
    ("monthly", Interval::Months(1)),
    ("quarterly", Interval::Months(3)),
    ("half - termly", Interval::Months(2)),
    ("half termly", Interval::Months(2)),
    ("termly", Interval::Months(4)),
    ("half - yearly", Interval::Months(6)),
    ("half yearly", Interval::Months(6)),
    ("halfyearly", Interval::Months(6)),
    ("bi - monthly", Interval::Months(2)),
    ("bi monthly", Interval::Months(2)),
    ("bimonthly", Interval::Months(2)),
    ("bi - annually", Interval::Months(6)),
    ("bi annually", Interval::Months(6)),
    ("biannually", Interval::Months(6)),
    ("bi - annual", Interval::Months(6)),
    ("bi annual", Interval::Months(6)),
    ("biannual", Interval::Months(6)),
    ("twice yearly", Interval::Months(6)),
    ("twice annually", Interval::Months(6)),
    ("twice - yearly", Interval::Months(6)),
    ("biennially", Interval::Years(2)),
    ("biennial", Interval::Years(2)),
    ("every other month", Interval::Months(2)),
    ("every other week", Interval::Weeks(2)),
    ("every other year", Interval::Years(2)),
    ("every half term", Interval::Months(2)),
    ("each half term", Interval::Months(2)),
    ("yearly", Interval::Years(1)),
    ("annually", Interval::Years(1)),
    ("annual", Interval::Years(1)),
    ("per annum", Interval::Years(1)),
];

/// Whether a word by itself says how often.
pub(super) fn is_adverb(token: Token) -> bool {
    ADVERBS.iter().any(|(word, _)| token.is(word))
}

/// Reads a word that says how often: "quarterly", "half-termly", "annual".
fn adverb(cursor: &mut Cursor) -> Option<Interval> {
    let found = ADVERBS.iter().find(|(word, _)| cursor.phrase(word))?;
    Some(found.1)
}

/// Reads "once a year", "twice a year", "4 times per annum": so many times that the year's months
/// can be shared out among them.
fn times_a_year(cursor: &mut Cursor) -> Option<Interval> {
    if cursor.phrase("once") {
        return per(cursor).then(|| one_of_each(cursor))?;
    }
    let times = if cursor.phrase("twice") {
        2
    } else {
        let times = count(cursor)?;
        cursor.phrase("times").then_some(times)?
    };
    let is_year = per(cursor) && cursor.any_phrase(&["year", "annum"]);
    let is_whole = (1..=12).contains(&times) && 12 % times == 0;
    (is_year && is_whole).then(|| Interval::Months(12 / times))
}

/// Reads "a" or "per", as in "once a year".
fn per(cursor: &mut Cursor) -> bool {
    cursor.any_phrase(&["a", "per", "each", "every", "in a"])
}

/// Reads the unit behind "every": "every quarter", "each term", "every month".
fn one_of_each(cursor: &mut Cursor) -> Option<Interval> {
    let units = [
        ("day", Interval::Days(1)),
        ("week", Interval::Weeks(1)),
        ("fortnight", Interval::Weeks(2)),
        ("month", Interval::Months(1)),
        ("quarter", Interval::Months(3)),
        ("half term", Interval::Months(2)),
        ("half - term", Interval::Months(2)),
        ("term", Interval::Months(4)),
        ("half year", Interval::Months(6)),
        ("financial year", Interval::Years(1)),
        ("year", Interval::Years(1)),
        ("annum", Interval::Years(1)),
    ];
    let mut ahead = *cursor;
    let found = units.into_iter().find(|(unit, _)| ahead.phrase(unit))?;
    // "every quarter 2" is not every quarter.
    if ahead.peek().is_some_and(|token| token.has_figures()) {
        return None;
    }
    *cursor = ahead;
    Some(found.1)
}

/// Reads a count in at most four figures, or in a word up to twelve; never nought.
pub(super) fn count(cursor: &mut Cursor) -> Option<u32> {
    let words = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if let Some(position) = words.iter().position(|word| cursor.phrase(word)) {
        return u32::try_from(position).ok().map(|position| position + 1);
    }
    let number = cursor.maybe(|cursor| cursor.number(1, 4))?;
    (number.value > 0).then_some(number.value)
}

/// Whether something that comes round is named anywhere in what is left.
pub(super) fn has_rhythm(cursor: Cursor) -> bool {
    (cursor.at..cursor.tokens.len()).any(|at| rhythm(&mut cursor.from(at)).is_some())
}
