//! Phrases that say how often: "quarterly", "every 6 weeks", "annually in September",
//! "2023-2027 quarterly".

use crate::calendar::Interval;

use super::dates::{date_or_onwards, from_then_on, preposition};
use super::frame::{Frame, Stretch};
use super::inside::{names_month, text_from, tidy};
use super::intervals::rhythm;
use super::items::{CycleItems, items};
use super::open;
use super::ranges::range_or_point;
use super::tokens::{Cursor, Phrase, Token, TokenReading};
use super::types::{Timescale, TimescaleKind};
use super::why::WhyUnread;

/// Reads a phrase that says how often.
///
/// What begins as a cycle and goes on with figures or a month that it cannot mean is left to the
/// readers of a date inside longer words.
pub(super) fn read(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let around = Around { phrase, frame };
    if let Some(started) = around.start_before()? {
        return Ok(Some(started));
    }
    let mut cursor = phrase.cursor();
    let bound = cursor.attempt(|cursor| period_before(cursor, frame))?;
    let is_continuous = cursor.phrase("continuous cycle");
    let is_ongoing = !is_continuous && open::words(&mut cursor);
    let named = items(&mut cursor)?;
    let says_how_often = named.is_cycle() || is_continuous;
    // "6 weeks" is one length; "3 months, 6 months" are two, after neither of which anything comes round.
    let are_lengths = named.has_bare_length && !named.has_rhythm;
    let is_bounded = is_ongoing || is_continuous || bound.is_some();
    if !says_how_often || named.has_range || (are_lengths && !is_bounded) {
        return Ok(None);
    }
    // "Feb & Oct" is a cycle only where nothing else is said.
    if named.intervals.is_empty() && !named.every_meeting && !is_continuous && !cursor.is_done() {
        return Ok(None);
    }
    let cycle = cycle(named);
    match bound {
        Some(period) => Ok(around.with_words(bounded(cycle, period), cursor)),
        None => around.what_follows(cycle, cursor),
    }
}

/// The cycle that these items make.
pub(super) fn cycle(named: CycleItems) -> Timescale {
    Timescale {
        interval: named.shortest(),
        every_meeting: named.every_meeting,
        named_days: named.days,
        ..Timescale::without_day(TimescaleKind::Cycle)
    }
}

/// Work starts and ends with the period that bounds a cycle.
fn bounded(cycle: Timescale, period: Stretch) -> Timescale {
    Timescale {
        last_day: Some(period.last),
        start: Some(period.first),
        ..cycle
    }
}

/// Reads a period that bounds a cycle, before it or behind it.
fn period(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    let found = range_or_point(cursor, frame.with_year())?;
    Ok(found.filter(|found| {
        matches!(
            found.kind,
            TimescaleKind::Year | TimescaleKind::Range | TimescaleKind::Quarter
        )
    }))
}

/// Reads "2023-2027" before "quarterly".
fn period_before(cursor: &mut Cursor, frame: Frame) -> TokenReading<Stretch> {
    cursor.any_phrase(&["during", "in", "throughout"]);
    let found = period(cursor, frame)?;
    while cursor.any_phrase(&["-", ",", ":", ";", "("]) {}
    let is_before_cycle = {
        let mut ahead = *cursor;
        !items(&mut ahead)?.intervals.is_empty()
    };
    Ok(found.filter(|_| is_before_cycle))
}

/// A phrase and what it is read against.
struct Around<'a, 'b> {
    phrase: &'a Phrase<'b>,
    frame: Frame<'a>,
}

impl Around<'_, '_> {
    /// The cycle with what follows it: where it starts, what bounds it, the month of "annual X in
    /// MONTH", or words that change nothing.
    fn what_follows(&self, cycle: Timescale, rest: Cursor) -> TokenReading<Timescale> {
        let mut ahead = rest;
        while ahead.any_phrase(&["-", ",", ":", ";", "("]) {}
        if let Some(found) = self.period_after(&cycle, ahead)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.start_after(&cycle, ahead)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.annual_in_month(&cycle, rest)? {
            return Ok(Some(found));
        }
        Ok(self.with_words(cycle, rest))
    }

    /// "Quarterly from April 2023 to March 2024", "Quarterly during 2023/24".
    fn period_after(&self, cycle: &Timescale, mut rest: Cursor) -> TokenReading<Timescale> {
        preposition(&mut rest);
        rest.phrase("for");
        let period = period(&mut rest, self.frame)?;
        rest.phrase(")");
        let found = period.filter(|_| rest.is_done());
        Ok(found.map(|period| bounded(cycle.clone(), period)))
    }

    /// "From April 2023, reviewed quarterly", "April 2023 onwards (quarterly)".
    fn start_before(&self) -> TokenReading<Timescale> {
        let mut cursor = self.phrase.cursor();
        let open = match cursor.attempt(|cursor| from_then_on(cursor, self.frame))? {
            Some(open) => open,
            None => match date_or_onwards(&mut cursor, self.frame)? {
                Some(open) if open.is_open_ended() => open,
                _ => return Ok(None),
            },
        };
        let named = items(&mut cursor)?;
        if !named.is_cycle() || named.has_bare_length || named.has_range {
            return Ok(None);
        }
        let cycle = cycle(named).starting(open.start());
        Ok(self.with_words(cycle, cursor))
    }

    /// "Monthly from April 2023".
    fn start_after(&self, cycle: &Timescale, mut rest: Cursor) -> TokenReading<Timescale> {
        rest.any_phrase(&["beginning"]);
        let open = from_then_on(&mut rest, self.frame)?;
        rest.phrase(")");
        let found = open.filter(|_| rest.is_done());
        Ok(found.map(|open| cycle.clone().starting(open.start())))
    }

    /// "Annual review in May" is annually in May; not with a range or another month beside it.
    fn annual_in_month(&self, cycle: &Timescale, rest: Cursor) -> TokenReading<Timescale> {
        if cycle.interval != Some(Interval::Years(1)) || !cycle.named_days.is_empty() {
            return Ok(None);
        }
        let joins = ["in", "by", "every", "each", "-", ",", ":", "("];
        for at in rest.at..rest.tokens.len() {
            let mut ahead = rest.from(at);
            let token = self.phrase.tokens[at];
            if token.has_figures() || names_month(self.phrase, at) {
                return Ok(None);
            }
            if !token.is_any(&joins) {
                continue;
            }
            let named = items(&mut ahead)?;
            while ahead.any_phrase(&[")", ","]) {}
            if ahead.is_done() && !named.days.is_empty() && !named.has_range {
                let words = text_between(self.phrase, rest.at, at);
                let named_days = named.days;
                return Ok(Some(
                    Timescale {
                        named_days,
                        ..cycle.clone()
                    }
                    .keeping(words),
                ));
            }
        }
        Ok(None)
    }

    /// Words after a cycle, which change nothing; an interval among them is one of the cycle's.
    /// None where they hold figures or a month.
    fn with_words(&self, cycle: Timescale, rest: Cursor) -> Option<Timescale> {
        if rest.rest().iter().any(gives_time) {
            return None;
        }
        let among = (rest.at..rest.tokens.len()).filter_map(|at| {
            let found = rhythm(&mut rest.from(at))?;
            found.repeats.then_some(found.shortest)
        });
        let interval = cycle.interval.into_iter().chain(among);
        let interval = interval.min_by_key(|each| each.length());
        let words = text_from(self.phrase, rest);
        Some(Timescale { interval, ..cycle }.keeping(words))
    }
}

/// Whether a word holds figures or is a month.
pub(super) fn gives_time(token: &Token) -> bool {
    token.has_figures() || token.month().is_some()
}

/// The text of the tokens from one to another, without signs around it.
fn text_between(phrase: &Phrase, from: usize, to: usize) -> Option<String> {
    let begin = phrase.tokens.get(from)?.start;
    let end = phrase.tokens.get(to)?.start;
    tidy(phrase.text.get(begin..end)?)
}

/// What to say of a phrase that begins as a cycle and goes on with what it cannot mean.
pub(super) fn only_the_cycle(mut phrase: Cursor) -> Option<WhyUnread> {
    let named = items(&mut phrase).ok()?;
    let is_cycle = !named.intervals.is_empty() || named.every_meeting;
    (is_cycle && !named.has_bare_length).then(|| {
        WhyUnread::new(
            "beside the cycle stand figures or months that it cannot mean",
            "write the cycle alone, as in \"quarterly\", or with its month, as in \
             \"annually in September\"",
        )
    })
}
