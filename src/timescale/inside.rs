//! A date inside longer words, which are its condition: "September 2014 (website permitting)".

use std::cmp::Ordering;

use crate::calendar::is_dash;

use super::dates::{dated, length, onwards};
use super::frame::{Frame, Stretch, Weight};
use super::points::is_part_before;
use super::ranges::range_or_point;
use super::tokens::{Cursor, Phrase, TokenReading};
use super::types::{Timescale, TimescaleKind};
use super::why::{self, WhyUnread};

/// A date among other tokens: from the first of its own to the one after its last.
pub(super) struct DatePlace {
    from: usize,
    to: usize,
    point: Stretch,
}

/// All dates in a phrase from here on, each as long as it can be, stopping at the second. Bare years
/// and the plan's end are none.
pub(super) fn scan(mut cursor: Cursor, frame: Frame) -> Result<Vec<DatePlace>, WhyUnread> {
    let mut places = Vec::new();
    while !cursor.is_done() && places.len() < 2 {
        let from = cursor.at;
        let found = if can_begin_date(cursor) {
            cursor.attempt(|cursor| range_or_point(cursor, frame.inside()))?
        } else {
            None
        };
        match found {
            Some(point) if point.weight == Weight::None => {}
            Some(point) => places.push(DatePlace {
                from,
                to: cursor.at,
                point,
            }),
            None => cursor.at += 1,
        }
    }
    Ok(places)
}

/// Whether a date may begin at a token: not at the figure of "Phase 2".
fn can_begin_date(cursor: Cursor) -> bool {
    let counts = ["phase", "stage", "step", "part"];
    let is_figure = cursor.peek().is_some_and(|token| token.has_figures());
    let is_count = is_figure && cursor.previous().is_some_and(|word| word.is_any(&counts));
    !is_count || cursor.peek().is_some_and(|token| token.text.len() > 2)
}

/// Reads "September 2014 (website permitting)": one date inside longer words, with its condition.
///
/// The date counts only when it begins or ends the phrase, follows "by", or stands alone in
/// brackets; of a range, its last day. Errors: several dates, a date that does not exist, a year of
/// two figures, a half term.
pub(super) fn read(phrase: &Phrase, frame: Frame) -> TokenReading<Timescale> {
    let places = scan(phrase.cursor(), frame)?;
    let [place] = places.as_slice() else {
        return if places.is_empty() {
            Ok(None)
        } else {
            Err(why::several_dates())
        };
    };
    if names_half_term(phrase) && place.point.kind != TimescaleKind::Day {
        return Err(why::half_terms_differ());
    }
    if names_another_month(phrase, place) {
        return Err(why::several_dates());
    }
    let is_part_of_year =
        place.point.kind == TimescaleKind::Year && names_part_of_year(phrase, place);
    if is_part_of_year || is_part_before(phrase.cursor().from(place.from)) {
        return Err(why::which_day_is_last());
    }
    if counts_from_date(phrase, place) {
        return Err(why::length_from_a_date());
    }
    let Some((from, to)) = where_it_counts(phrase, place, frame) else {
        return Ok(None);
    };
    let goes_on = onwards(&mut phrase.cursor().from(place.to));
    if goes_on || touches_a_number(phrase, place) || is_glued(phrase, place) {
        return Ok(None);
    }
    if place.point.weight == Weight::TwoFigures {
        return Err(why::year_of_two_figures());
    }
    Ok(Some(match condition(phrase, from, to) {
        Some(words) => {
            Timescale::fixed(TimescaleKind::Conditional, place.point.last).keeping(Some(words))
        }
        None => Timescale::fixed(place.point.kind, place.point.last),
    }))
}

/// Whether a half term is named, which is another week in every county.
pub(super) fn names_half_term(phrase: &Phrase) -> bool {
    (0..phrase.tokens.len()).any(|at| {
        let mut cursor = phrase.cursor().from(at);
        cursor.any_phrase(&["half term", "half - term"])
    })
}

/// Whether a part of a year stands beside it, as in "1st half of 2023/24" or "Term 2 2023/24".
fn names_part_of_year(phrase: &Phrase, place: &DatePlace) -> bool {
    let parts = [
        "half", "halves", "quarter", "quarters", "qtr", "qtrs", "semester", "ay",
    ];
    let numbered = ["h", "q", "term", "terms"];
    let outside = |index: &usize| !(place.from..place.to).contains(index);
    (0..phrase.tokens.len()).filter(outside).any(|index| {
        let token = phrase.tokens[index];
        let next = phrase.tokens.get(index + 1);
        let has_number = next.is_some_and(|next| next.has_figures());
        token.is_any(&parts) || (token.is_any(&numbered) && has_number)
    })
}

/// Whether a month without a year stands beside the date.
fn names_another_month(phrase: &Phrase, place: &DatePlace) -> bool {
    let outside = |index: &usize| !(place.from..place.to).contains(index);
    (0..phrase.tokens.len())
        .filter(outside)
        .any(|index| names_month(phrase, index))
}

/// Whether a token is a month, and not the verb "may".
pub(super) fn names_month(phrase: &Phrase, index: usize) -> bool {
    phrase.tokens[index].month().is_some() && !is_verb(phrase, index)
}

/// Whether "may" or "march" is a verb, as in "may be delayed": a word follows, and nothing before it
/// would stand before a month.
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

/// Whether the date is where a length begins, as in "18 months from April 2023".
fn counts_from_date(phrase: &Phrase, place: &DatePlace) -> bool {
    let mut cursor = phrase.cursor();
    let is_length = length(&mut cursor).is_some();
    is_length && cursor.at < place.from && cursor.any_phrase(&["from", "after", "following", "of"])
}

/// Whether a number stands right before or behind the date, as in "12 & 13 May 2018"; the figure of
/// "Phase 2" does not.
fn touches_a_number(phrase: &Phrase, place: &DatePlace) -> bool {
    let joins = ["-", "/", ".", "&", "and", "or"];
    let mut before = phrase.cursor().from(place.from);
    let is_joined = before.previous().is_some_and(|token| token.is_any(&joins));
    if is_joined {
        before.at -= 1;
    }
    let is_figure = before.previous().is_some_and(|token| token.has_figures());
    before.at = before.at.saturating_sub(1);
    let is_counted = before
        .previous()
        .is_some_and(|word| word.text.starts_with(char::is_alphabetic) && word.month().is_none());
    let mut after = phrase.cursor().from(place.to);
    after.any_phrase(&["-", "/", "."]);
    let is_followed = after.peek().is_some_and(|token| token.has_figures());
    (is_figure && !is_counted) || is_followed
}

/// Whether letters stand right behind the date with no space between, as in "2018-04-01T00:00".
fn is_glued(phrase: &Phrase, place: &DatePlace) -> bool {
    let after = phrase.cursor().from(place.to);
    let (Some(last), Some(next)) = (after.previous(), after.peek()) else {
        return false;
    };
    last.end() == next.start && next.text.starts_with(char::is_alphabetic)
}

/// From which token to which the date and the words that belong to it reach, if it counts there.
fn where_it_counts(phrase: &Phrase, place: &DatePlace, frame: Frame) -> Option<(usize, usize)> {
    let cursor = phrase.cursor();
    let mut begin = cursor;
    let begins = dated(&mut begin, frame.inside()).is_ok_and(|found| found.is_some());
    if begins && begin.at == place.to {
        return Some((0, place.to));
    }
    let from = before_article(cursor.from(place.from));
    if from.previous().is_some_and(|token| token.is("by")) {
        return Some((from.at - 1, place.to));
    }
    let opens = from.previous().is_some_and(|token| token.is("("));
    let closes = cursor.from(place.to).phrase(")");
    if opens && closes {
        return Some((from.at, place.to));
    }
    let mut after = cursor.from(place.to);
    while after.any_phrase(&[")", "."]) {}
    after.is_done().then_some((from.at, place.to))
}

/// Steps back over "the" before a date.
fn before_article(mut cursor: Cursor) -> Cursor {
    if cursor.previous().is_some_and(|token| token.is("the")) {
        cursor.at -= 1;
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

/// The text from the next token on, without signs around it; None if nothing is left of it.
pub(super) fn text_from(phrase: &Phrase, rest: Cursor) -> Option<String> {
    tidy(&phrase.text[rest.peek()?.start..])
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
        Ordering::Less => {
            let kept = kept.strip_prefix(')').unwrap_or(kept);
            kept.strip_suffix(')').unwrap_or(kept)
        }
        Ordering::Greater => {
            let kept = kept.strip_prefix('(').unwrap_or(kept);
            kept.strip_suffix('(').unwrap_or(kept)
        }
        Ordering::Equal => kept,
    };
    Some(kept.trim_matches(loose).to_string())
}
