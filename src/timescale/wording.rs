//! Phrases of more words than a date: those that honestly give none, and a date with a condition.

use std::cmp::Ordering;

use crate::calendar::is_dash;

use super::dates;
use super::days::Point;
use super::tokens::{Cursor, Found, Phrase};
use super::why::{self, Why};
use super::{Context, Timescale, TimescaleKind};

/// Whether a phrase begins with words that promise no date, whatever follows: "TBC", "After …".
pub(super) fn is_relative(mut cursor: Cursor) -> bool {
    if cursor.phrase("within") {
        return cursor.rest().iter().any(|token| token.is("of"));
    }
    if cursor.any_phrase(&["after", "following", "as per"]) {
        return !cursor.is_done();
    }
    cursor.phrase("the");
    cursor.any_phrase(&["date", "dates"]);
    cursor.any_phrase(&[
        "tbc",
        "tba",
        "to be confirmed",
        "to be agreed",
        "to be negotiated",
    ])
}

/// A date among other tokens: from the first of its own to the one after its last.
pub(super) struct Place {
    from: usize,
    to: usize,
    point: Point,
}

/// All dates in a phrase from here on, each as long as it can be, stopping at the second.
pub(super) fn scan(mut cursor: Cursor, context: &Context) -> Result<Vec<Place>, Why> {
    let mut places = Vec::new();
    while !cursor.is_done() && places.len() < 2 {
        let from = cursor.at;
        match cursor.attempt(|cursor| dates::range_or_point(cursor, context))? {
            Some(point) => places.push(Place {
                from,
                to: cursor.at,
                point,
            }),
            None => cursor.at += 1,
        }
    }
    Ok(places)
}

/// Reads "September 2014 (website permitting)": one date inside longer words, with its condition.
///
/// The date counts only when it begins the phrase, follows "by", or stands alone in brackets.
/// Errors: several dates, a date that does not exist, and a year of two figures.
pub(super) fn conditional(phrase: &Phrase, context: &Context) -> Found<Timescale> {
    let places = scan(phrase.cursor(), context)?;
    let [place] = places.as_slice() else {
        return match places.is_empty() {
            true => Ok(None),
            false => Err(why::several_dates()),
        };
    };
    if place.point.kind == TimescaleKind::Year {
        return Ok(None);
    }
    if names_another_month(phrase, place) {
        return Err(why::several_dates());
    }
    let Some((from, to)) = where_it_counts(phrase, place, context) else {
        return Ok(None);
    };
    let goes_on = dates::onwards(&mut phrase.cursor().from(place.to));
    if goes_on || touches_a_number(phrase, place) || is_glued(phrase, place) {
        return Ok(None);
    }
    if !place.point.counts_inside {
        return why::does_not_count(place.point.kind).map_or(Ok(None), Err);
    }
    Ok(Some(match condition(phrase, from, to) {
        Some(words) => {
            Timescale::fixed(TimescaleKind::Conditional, place.point.last).keeping(Some(words))
        }
        None => Timescale::fixed(place.point.kind, place.point.last),
    }))
}

/// Whether a month without a year stands beside the date.
fn names_another_month(phrase: &Phrase, place: &Place) -> bool {
    let outside = |index: &usize| !(place.from..place.to).contains(index);
    (0..phrase.tokens.len())
        .filter(outside)
        .any(|index| phrase.tokens[index].month().is_some() && !is_verb(phrase, index))
}

/// Whether "may" is the verb, as in "may be delayed": a word follows, and nothing before it would
/// stand before a month.
fn is_verb(phrase: &Phrase, index: usize) -> bool {
    let may = phrase.cursor().from(index);
    let before_a_month = [
        "st", "nd", "rd", "th", "or", "and", "to", "by", "in", "from", "until", "of", "-", "/",
    ];
    let follows = may
        .previous()
        .is_some_and(|token| token.has_figures() || token.is_any(&before_a_month));
    let next = may.from(index + 1).peek();
    let has_word = next.is_some_and(|token| token.text.starts_with(char::is_alphabetic));
    phrase.tokens[index].is("may") && has_word && !follows
}

/// Whether a number stands right before or behind the date, as in "1-5 May 2018".
fn touches_a_number(phrase: &Phrase, place: &Place) -> bool {
    let joins = ["-", "/", "."];
    let mut before = phrase.cursor().from(place.from);
    if before.previous().is_some_and(|token| token.is_any(&joins)) {
        before.at -= 1;
    }
    let mut after = phrase.cursor().from(place.to);
    after.any_phrase(&joins);
    let mut neighbours = [before.previous(), after.peek()].into_iter().flatten();
    neighbours.any(|token| token.has_figures())
}

/// Whether letters stand right behind the date with no space between, as in "2018-04-01T00:00".
fn is_glued(phrase: &Phrase, place: &Place) -> bool {
    let after = phrase.cursor().from(place.to);
    let (Some(last), Some(next)) = (after.previous(), after.peek()) else {
        return false;
    };
    last.end() == next.start && next.text.starts_with(char::is_alphabetic)
}

/// From which token to which the date and the words that belong to it reach, if it counts there.
fn where_it_counts(phrase: &Phrase, place: &Place, context: &Context) -> Option<(usize, usize)> {
    let cursor = phrase.cursor();
    let mut begin = cursor;
    let begins = dates::dated(&mut begin, context).is_ok_and(|found| found.is_some());
    if begins && begin.at == place.to {
        return Some((0, place.to));
    }
    let from = before_end_of(cursor.from(place.from));
    if from.previous().is_some_and(|token| token.is("by")) {
        return Some((from.at - 1, place.to));
    }
    let opens = from.previous().is_some_and(|token| token.is("("));
    let closes = cursor.from(place.to).phrase(")");
    (opens && closes).then(|| (from.at - 1, place.to + 1))
}

/// Steps back over "the end of the" before a date.
fn before_end_of(mut cursor: Cursor) -> Cursor {
    for word in ["the", "of", "end", "the"] {
        if cursor.previous().is_some_and(|token| token.is(word)) {
            cursor.at -= 1;
        }
    }
    cursor
}

/// The words around the date, as written; None where there are none.
fn condition(phrase: &Phrase, from: usize, to: usize) -> Option<String> {
    let begin = phrase.tokens.get(from)?.start;
    let end = phrase.tokens.get(to.checked_sub(1)?)?.end();
    match (tidy(&phrase.text[..begin]), tidy(&phrase.text[end..])) {
        (Some(before), Some(after)) => Some(format!("{before} … {after}")),
        (before, after) => before.or(after),
    }
}

/// A text without the spaces, dashes, commas and stops around it, and without a bracket at its end
/// that encloses it all or has lost its other half; None if it holds nothing else.
pub(super) fn tidy(text: &str) -> Option<String> {
    let loose = |character: char| {
        character.is_whitespace() || is_dash(character) || ",;:/.".contains(character)
    };
    if text
        .chars()
        .all(|character| loose(character) || "()".contains(character))
    {
        return None;
    }
    let kept = text.trim_matches(loose);
    let opened = kept.matches('(').count();
    let closed = kept.matches(')').count();
    let enclosed = opened == 1 && closed == 1 && kept.starts_with('(') && kept.ends_with(')');
    let kept = match opened.cmp(&closed) {
        Ordering::Equal if enclosed => kept.trim_matches(['(', ')']),
        Ordering::Less => kept.strip_suffix(')').unwrap_or(kept),
        Ordering::Greater => kept.strip_prefix('(').unwrap_or(kept),
        Ordering::Equal => kept,
    };
    Some(kept.trim_matches(loose).to_string())
}
