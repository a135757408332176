//! Phrases that say how often: "quarterly", "every 6 weeks", "annually in September", "Ongoing".

use crate::calendar::Interval;

use super::tokens::{Cursor, Found, Phrase, Token};
use super::types::YearlyDay;
use super::why::Why;
use super::wording::{scan, tidy};
use super::{Context, Timescale, TimescaleKind, dates, days, ranges};

/// What the words before a cycle say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    None,
    Ongoing,
    ContinuousCycle,
}

/// What a cycle names, in the order of the phrase.
#[derive(Default)]
struct Named {
    intervals: Vec<Interval>,
    days: Vec<YearlyDay>,
    /// Whether one was only a length ("6 weeks"), without "every".
    has_bare_length: bool,
    /// Whether a dash or a slash stood between two of the days.
    has_range: bool,
}

/// Reads a phrase that says how often, or that it has no end.
pub(super) fn read(phrase: &Phrase, context: &Context) -> Found<Timescale> {
    let mut cursor = phrase.cursor();
    let opening = opening(&mut cursor);
    let after_opening = cursor;
    let mut named = Named::default();
    while item(&mut cursor, &mut named)? {}
    if named.intervals.is_empty() && opening == Opening::Ongoing {
        return open(phrase, after_opening, context);
    }
    if named.intervals.is_empty() && opening != Opening::ContinuousCycle {
        return Ok(None);
    }
    if named.has_range {
        return Err(only_the_cycle());
    }
    let words = words_after(phrase, cursor, &mut named)?;
    if let ([length], true) = (&named.intervals[..], named.has_bare_length)
        && opening == Opening::None
        && named.days.is_empty()
    {
        return Ok(Some(Timescale {
            length: Some(*length),
            ..Timescale::without_day(TimescaleKind::Length)
        }));
    }
    Ok(Some(Timescale {
        interval: named.intervals.into_iter().min_by_key(|each| each.length()),
        named_days: named.days,
        ..Timescale::without_day(TimescaleKind::Cycle).keeping(words)
    }))
}

fn opening(cursor: &mut Cursor) -> Opening {
    if cursor.phrase("continuous cycle") {
        Opening::ContinuousCycle
    } else if ongoing(cursor) {
        Opening::Ongoing
    } else {
        Opening::None
    }
}

/// Reads "Ongoing" and the words that mean the same.
pub(super) fn ongoing(cursor: &mut Cursor) -> bool {
    cursor.any_phrase(&["ongoing", "on - going", "on going", "continuous"])
}

/// Reads "Ongoing" without an interval: alone, from a date, or with words that give no time.
fn open(phrase: &Phrase, mut rest: Cursor, context: &Context) -> Found<Timescale> {
    let open = Timescale::without_day(TimescaleKind::Open);
    let words = rest;
    rest.phrase("-");
    if let Some(begun) = dates::from_then_on(&mut rest, context)?
        && rest.is_done()
    {
        return Ok(Some(dates::open_from(begun)));
    }
    let gives_time = |token: &Token| {
        let seasons = ["spring", "summer", "autumn", "winter", "bi"];
        token.has_figures()
            || token.month().is_some()
            || token.is_any(&seasons)
            || is_adverb(*token)
    };
    let has_dates = !scan(words, context)?.is_empty();
    if has_dates || words.rest().iter().any(gives_time) || has_interval(words) {
        return Ok(None);
    }
    Ok(Some(open.keeping(text_from(phrase, words))))
}

/// Reads one interval, or one month or day that comes round, with the signs and words before it.
fn item(cursor: &mut Cursor, named: &mut Named) -> Result<bool, Why> {
    let mut ahead = *cursor;
    let as_range = separators(&mut ahead);
    ahead.any_phrase(&[
        "to be reviewed",
        "to be reported",
        "reviewed",
        "review",
        "reported",
        "at least",
        "on a",
        "on an",
    ]);
    if let Some((interval, has_every)) = interval(&mut ahead) {
        named.intervals.push(interval);
        named.has_bare_length |= !has_every;
    } else if let Some((day, has_every)) = ahead.attempt(yearly_day)? {
        named.has_range |= as_range && !named.days.is_empty();
        named.days.push(day);
        named
            .intervals
            .extend(has_every.then_some(Interval::Years(1)));
    } else {
        return Ok(false);
    }
    *cursor = ahead;
    Ok(true)
}

/// Passes over what may stand between two items; true if a dash or a slash was among it.
fn separators(cursor: &mut Cursor) -> bool {
    let mut as_range = false;
    loop {
        if cursor.any_phrase(&["-", "/"]) {
            as_range = true;
        } else if !cursor.any_phrase(&[",", ";", ":", "(", ")", "&", "+", "and", "plus"]) {
            return as_range;
        }
    }
}

/// Reads "September", "by end of March", "31 August" or "every March", with no year behind.
///
/// Gives the day, and whether "every" stood before it. Errors: 31 June.
fn yearly_day(cursor: &mut Cursor) -> Found<(YearlyDay, bool)> {
    let has_every = cursor.any_phrase(&["every", "each"]);
    dates::preposition(cursor);
    ranges::end_of(cursor);
    let (day, month) = match days::day_and_month(cursor) {
        Some((day, month)) => (Some(day), month),
        None => match cursor.month() {
            Some(month) => (None, month),
            None => return Ok(None),
        },
    };
    if is_year_next(*cursor) {
        return Ok(None);
    }
    match day {
        Some(day) if !days::is_day_of(day, month) && has_interval(*cursor) => {
            Err(days::month_is_shorter(day, month))
        }
        Some(day) if !days::is_day_of(day, month) => Ok(None),
        day => Ok(Some((YearlyDay { month, day }, has_every))),
    }
}

/// Whether figures follow a month that are not the count of an interval ("September, 6 monthly").
fn is_year_next(mut cursor: Cursor) -> bool {
    cursor.any_phrase(&["-", "/", ","]);
    let has_number = cursor.peek().is_some_and(|token| token.has_figures());
    has_number && interval(&mut cursor).is_none()
}

// -- intervals ------------------------------------------------------------------------------------

/// Reads "quarterly", "every 6 weeks", "six monthly", "6 weeks", "every quarter".
///
/// Gives the interval, and whether it surely says how often ("6 weeks" alone may say how long).
pub(super) fn interval(cursor: &mut Cursor) -> Option<(Interval, bool)> {
    cursor.maybe(|cursor| {
        if let Some(interval) = adverb(cursor) {
            return Some((interval, true));
        }
        let has_every = cursor.any_phrase(&["every", "each"]);
        if has_every && let Some(interval) = one_of_each(cursor) {
            return Some((interval, true));
        }
        let count = count(cursor)?;
        cursor.phrase("-");
        let unit = cursor.peek()?;
        cursor.at += 1;
        if let Some(interval) = unit_interval(unit, count, &["day", "week", "month", "year"]) {
            return Some((interval, has_every));
        }
        if let Some(interval) = unit_interval(unit, count, &["days", "weeks", "months", "years"]) {
            return Some((interval, has_every));
        }
        let adverbs = ["daily", "weekly", "monthly", "yearly"];
        unit_interval(unit, count, &adverbs).map(|interval| (interval, true))
    })
}

/// The interval of so many of a unit, named by one of four words: day, week, month, year.
fn unit_interval(unit: Token, count: u32, words: &[&str; 4]) -> Option<Interval> {
    let kinds = [
        Interval::Days,
        Interval::Weeks,
        Interval::Months,
        Interval::Years,
    ];
    let position = words.iter().position(|word| unit.is(word))?;
    Some(kinds[position](count))
}

const ADVERBS: [(&str, Interval); 11] = [
    ("daily", Interval::Days(1)),
    ("weekly", Interval::Weeks(1)),
    ("fortnightly", Interval::Weeks(2)),
    ("monthly", Interval::Months(1)),
    ("quarterly", Interval::Months(3)),
    ("termly", Interval::Months(4)),
    ("half - yearly", Interval::Months(6)),
    ("half yearly", Interval::Months(6)),
    ("halfyearly", Interval::Months(6)),
    ("yearly", Interval::Years(1)),
    ("annually", Interval::Years(1)),
];

/// Whether a word by itself says how often.
pub(super) fn is_adverb(token: Token) -> bool {
    ADVERBS.iter().any(|(word, _)| token.is(word))
}

/// Reads one word that says how often; "annual" only where no noun follows it.
fn adverb(cursor: &mut Cursor) -> Option<Interval> {
    let found = ADVERBS.iter().find(|(word, _)| cursor.phrase(word));
    if let Some((_, interval)) = found {
        return Some(*interval);
    }
    cursor.maybe(|cursor| {
        let stands_alone = |cursor: Cursor| match cursor.peek() {
            Some(token) => token.is_any(&["-", ",", ";", ":", "(", ")", "&", "and"]),
            None => true,
        };
        (cursor.phrase("annual") && stands_alone(*cursor)).then_some(Interval::Years(1))
    })
}

/// Reads the unit behind "every": "every quarter", "each term", "every month".
fn one_of_each(cursor: &mut Cursor) -> Option<Interval> {
    let units = [
        ("day", Interval::Days(1)),
        ("week", Interval::Weeks(1)),
        ("fortnight", Interval::Weeks(2)),
        ("month", Interval::Months(1)),
        ("quarter", Interval::Months(3)),
        ("term", Interval::Months(4)),
        ("year", Interval::Years(1)),
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

/// Reads a count from 1 to 9,999 in figures, or in a word up to twelve.
fn count(cursor: &mut Cursor) -> Option<u32> {
    let words = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if let Some(position) = words.iter().position(|word| cursor.phrase(word)) {
        return u32::try_from(position).ok().map(|position| position + 1);
    }
    let number = cursor.number(1, 4)?;
    (number.value > 0).then_some(number.value)
}

/// Whether an interval is named anywhere in what is left.
fn has_interval(cursor: Cursor) -> bool {
    (cursor.at..cursor.tokens.len()).any(|at| interval(&mut cursor.from(at)).is_some())
}

// -- what follows a cycle -------------------------------------------------------------------------

/// The words after a cycle, which change nothing; an interval among them is one of the cycle's.
///
/// Errors: figures or a month among the words, and any word behind a bare length.
fn words_after(phrase: &Phrase, rest: Cursor, named: &mut Named) -> Found<String> {
    let words = text_from(phrase, rest);
    if words.is_none() {
        return Ok(None);
    }
    if let Some(why) = ambiguous(rest) {
        return Err(why);
    }
    if named.has_bare_length {
        return Err(Why::new(
            "it may say how long, or how often",
            "write \"every 6 weeks\", \"Within 6 weeks of …\", or the day",
        ));
    }
    let gives_time = |token: &Token| token.has_figures() || token.month().is_some();
    if rest.rest().iter().any(gives_time) {
        return Err(only_the_cycle());
    }
    for at in rest.at..rest.tokens.len() {
        if let Some((interval, true)) = interval(&mut rest.from(at)) {
            named.intervals.push(interval);
        }
    }
    Ok(words)
}

fn only_the_cycle() -> Why {
    Why::new(
        "beside the cycle stand figures or months that it cannot mean",
        "write the cycle alone, as in \"quarterly\", or with its month, as in \
         \"annually in September\"",
    )
}

/// The text from the next token on, without signs around it; None if nothing is left of it.
fn text_from(phrase: &Phrase, rest: Cursor) -> Option<String> {
    tidy(&phrase.text[rest.peek()?.start..])
}

/// "bi-monthly": twice a month, or every two months?
pub(super) fn ambiguous(phrase: Cursor) -> Option<Why> {
    let words = [
        "bi",
        "biweekly",
        "bimonthly",
        "biquarterly",
        "biannual",
        "biannually",
        "biyearly",
    ];
    phrase
        .rest()
        .iter()
        .any(|token| token.is_any(&words))
        .then(|| {
            Why::new(
                "\"bi-\" means twice to some and every other to others",
                "write \"fortnightly\", \"every 2 months\", \"6 monthly\" or \"every 2 years\"",
            )
        })
}
