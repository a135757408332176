use std::ops::Range;

use crate::bytes::each_place;
use crate::finding::{Finding, Severity};
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "possible-personal-data",
    severity: Severity::Warning,
    summary: "A text looks as if it held an NHS number, a date of birth, an address, or \
          somebody's initials with their age.",
    why: "Plan files are published and kept for ever: nothing about a single child may stand \
          in them.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, note: \"Case 943 476 5919 was reviewed\"}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, note: One case was reviewed}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (file, text) in context.texts() {
        let mut report = |line: &Range<usize>, found: Vec<Found>| {
            for (from, to, what) in found {
                let at = Span {
                    file,
                    start: (line.start + from) as u32,
                    end: (line.start + to) as u32,
                };
                let message = format!("this may be {what}");
                let help = "take it out, and out of the history: what is committed stays";
                findings.push(Finding::new(RULE.name, at, message).help(help));
            }
        };
        let figures = figures(text);
        let on_one_line = |a: &usize, b: &usize| !text.as_bytes()[*a..*b].contains(&b'\n');
        let mut places = Vec::new();
        // Few lines hold figures, and nothing is looked for in the others.
        for figures in figures.chunk_by(on_one_line) {
            let line = line_at(text, figures[0]);
            let this = &text[line.clone()];
            if line.start > 0 && goes_on(this) {
                let before = line_at(text, line.start - 1);
                report(&before, over_two_lines(&text[before.clone()], this));
            }
            places.clear();
            places.extend(figures.iter().map(|at| at - line.start));
            report(&line, personal_data_in(this, &places));
        }
    }
}

/// Where the figures of a text stand.
fn figures(text: &str) -> Vec<usize> {
    let mut figures = Vec::new();
    let is_figure = |byte: u8| byte.is_ascii_digit();
    each_place(text.as_bytes(), is_figure, |at| figures.push(at));
    figures
}

/// Where the line lies that has this place, its end of line included.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
    start..end
}

/// Whether a line may go on with the text of the one before it: it begins no item, field or comment.
fn goes_on(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    if text.starts_with(['-', '#']) {
        return false;
    }
    let word = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let is_field = word.len() < text.len() && (word.starts_with(": ") || word.trim_end() == ":");
    !is_field
}

/// What begins in a line and is only seen together with the next one, as where YAML folds a long text.
fn over_two_lines(line: &str, next: &str) -> Vec<Found> {
    let line = line.trim_end();
    let alone = personal_data(line);
    let both = personal_data(&format!("{line} {}", next.trim()));
    both.into_iter()
        .filter(|(from, _, what)| {
            let is_seen = |other: &Found| (other.0, other.2) == (*from, *what);
            *from < line.len() && !alone.iter().any(is_seen)
        })
        .map(|(from, to, what)| (from, to.min(line.len()), what))
        .collect()
}

type Found = (usize, usize, &'static str);

/// How many figures anything of the kind holds at least: a house number and its postcode's two.
const FEWEST: usize = 3;

/// How many an NHS number has.
const NHS_NUMBER: usize = 10;

/// What a line holds that may be of a person. Most lines hold too few figures, or none of the words and
/// signs without which there is nothing to look for.
fn personal_data(line: &str) -> Vec<Found> {
    personal_data_in(line, &figures(line))
}

/// The same of a line whose figures stand at these places.
fn personal_data_in(line: &str, figures: &[usize]) -> Vec<Found> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    if figures.len() >= NHS_NUMBER {
        found.extend(nhs_numbers(line));
    }
    if figures.len() >= FEWEST {
        if may_name_a_birth(bytes) {
            found.extend(birth(line));
        }
        let ends_a_postcode = |&at: &usize| bytes.get(at..at + 3).is_some_and(is_inward);
        if figures.iter().any(ends_a_postcode) {
            found.extend(address(line));
        }
    }
    if may_hold_an_age(bytes, figures) {
        found.extend(initials(line));
    }
    found
}

/// Whether one of a line's figures may follow initials, with "aged" between them or without: before it, beyond
/// spaces, commas and brackets, a word ends in a capital.
fn may_hold_an_age(line: &[u8], figures: &[usize]) -> bool {
    let ends_in_a_capital = |text: &[u8]| {
        let last = text.iter().rfind(|byte| byte.is_ascii_alphanumeric());
        last.is_some_and(u8::is_ascii_uppercase)
    };
    figures.iter().any(|&at| {
        let [before @ .., b' ' | b',' | b'('] = &line[..at] else {
            return false;
        };
        let before = before.trim_ascii_end();
        let ahead_of = |word: &[u8]| {
            let from = before.len().checked_sub(word.len())?;
            before[from..]
                .eq_ignore_ascii_case(word)
                .then(|| &before[..from])
        };
        let words = [Some(before), ahead_of(b"aged"), ahead_of(b"age")];
        words.into_iter().flatten().any(ends_in_a_capital)
    })
}

/// Ten figures, perhaps in groups, whose last is the check digit of an NHS number.
fn nhs_numbers(line: &str) -> Vec<Found> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (mut digits, mut end, mut next) = (Vec::new(), at, at);
        while next < bytes.len() {
            match bytes[next] {
                digit @ b'0'..=b'9' => {
                    digits.push(u32::from(digit - b'0'));
                    end = next + 1;
                }
                b' ' | b'-' if bytes.get(next + 1).is_some_and(u8::is_ascii_digit) => {}
                _ => break,
            }
            next += 1;
        }
        let grouped = end - at == 10 || matches!(bytes.get(at + 3), Some(b' ' | b'-'));
        let alone = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if digits.len() == 10 && grouped && alone && passes(&digits) {
            found.push((at, end, "an NHS number"));
        }
        at = next.max(at + 1);
    }
    found
}

/// The check of an NHS number: weights 10 to 2, modulus 11 (NHS Data Dictionary).
fn passes(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(d, weight)| d * weight)
        .sum();
    let same = digits.iter().all(|digit| digit == &digits[0]);
    !same && (11 - sum % 11) % 11 == digits[9]
}

/// Whether one of the words for a birth may stand in a line. All have this letter, and most words with it
/// are others.
fn may_name_a_birth(line: &[u8]) -> bool {
    memchr::memchr2_iter(b'b', b'B', line).any(|at| {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let next = |part: &[u8]| {
            after
                .get(..part.len())
                .is_some_and(|next| next.eq_ignore_ascii_case(part))
        };
        next(b"irth")
            || next(b"orn")
            || next(b".")
            || matches!(before.last(), Some(b'o' | b'O' | b'.'))
    })
}

/// The first date of birth: a word for it, and a day with its month and year. A year alone ("children
/// born in 2018") is nobody's.
fn birth(line: &str) -> Option<Found> {
    const WORDS: [&str; 7] = [
        "date of birth",
        "birth date",
        "d.o.b",
        "dob",
        "birthday",
        "born",
        "b.",
    ];
    let lower = line.to_ascii_lowercase();
    let mut places = (WORDS.into_iter()).flat_map(|word| lower.match_indices(word));
    places.find_map(|(at, word)| {
        let after = &lower[at + word.len()..];
        let begins = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
        let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        (begins && ends && begins_with_a_day(after)).then_some((
            at,
            at + word.len(),
            "a date of birth",
        ))
    })
}

/// Whether a text begins with a full date, after words that introduce it.
fn begins_with_a_day(text: &str) -> bool {
    const INTRODUCE: [&str; 6] = ["on", "is", "was", "the", "of", "child"];
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| INTRODUCE.contains(word));
    let parts: Vec<&str> = words
        .by_ref()
        .filter(|word| *word != "of")
        .take(3)
        .collect();
    let [first, second, third] = parts[..] else {
        return false;
    };
    let number = |word: &str| -> Option<u32> {
        let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        figures.parse().ok().filter(|_| !figures.is_empty())
    };
    let is_month = |word: &str| {
        number(word).is_some_and(|month| (1..=12).contains(&month))
            || MONTHS.iter().any(|month| word.starts_with(month))
    };
    let is_day = |word: &str| number(word).is_some_and(|day| (1..=31).contains(&day));
    let is_year = |word: &str| {
        number(word).is_some_and(|year| word.len() == 2 || (1900..2200).contains(&year))
    };
    (is_day(first) && is_month(second) && is_year(third))
        || (word_is_year(first) && is_month(second) && is_day(third))
        || (is_month(first) && is_day(second) && is_year(third))
}

fn word_is_year(word: &str) -> bool {
    word.len() == 4
        && word
            .parse::<u32>()
            .is_ok_and(|year| (1900..2200).contains(&year))
}

/// Somebody by an initial or initials, with an age: "Child A, 14, of …", "JB (aged 9)".
fn initials(line: &str) -> Option<Found> {
    const WHO: [&str; 14] = [
        "child", "baby", "adult", "boy", "girl", "sibling", "mother", "father", "person", "man",
        "woman", "pupil", "student", "patient",
    ];
    let mut before = "";
    line.split_ascii_whitespace().find_map(|word| {
        let before = std::mem::replace(&mut before, word);
        // Most words have one of these, and initials none.
        if (word.bytes()).any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return None;
        }
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        let letters = bare.chars().filter(|c| *c != '.').count();
        let is_initials =
            (1..=3).contains(&letters) && bare.chars().all(|c| c.is_ascii_uppercase() || c == '.');
        let named = WHO.iter().any(|who| who.eq_ignore_ascii_case(before));
        if !is_initials || !(named || letters > 1) {
            return None;
        }
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let rest = &line[start + word.len()..];
        let open = word.ends_with(',') || rest.trim_start().starts_with('(');
        let age = age(rest)?;
        let spelt = age.spelt;
        ((named && open) || spelt).then(|| (start, start + word.len(), "a person and their age"))
    })
}

struct Age {
    /// Whether it says that it is an age: "aged 9", "9 years old".
    spelt: bool,
}

/// An age at the beginning of a text: "14, of", "(14)", "aged 14", "14 years old", "14-year-old".
fn age(text: &str) -> Option<Age> {
    const OLDEST: u32 = 120;
    let text = text.trim_start_matches([' ', ',', '(']);
    let lower = text.to_ascii_lowercase();
    let (text, aged) = match lower.strip_prefix("aged ").or(lower.strip_prefix("age ")) {
        Some(rest) => (rest, true),
        None => (lower.as_str(), false),
    };
    let figures = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = text.split_at(figures);
    let years: u32 = number.parse().ok().filter(|years| *years <= OLDEST)?;
    let old = ["-year", " year", " yrs", " yr", "yo", " y/o", " month"];
    let spelt = aged || (years > 0 && old.iter().any(|old| after.starts_with(old)));
    let alone = after.is_empty() || after.starts_with([',', ')', ';']) || after.trim() == ".";
    (spelt || alone).then_some(Age { spelt })
}

/// The first words that go from a house number to a postcode, with a street's name between.
fn address(line: &str) -> Option<Found> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        words.push((at, word.trim_matches(|c: char| !c.is_alphanumeric())));
        at += word.len() + 1;
    }
    let is_house = |i: &usize| {
        let number = words[*i]
            .1
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let short =
            !number.is_empty() && number.len() <= 3 && words[*i].1.len() <= number.len() + 1;
        let street = words[i + 1].1.starts_with(|c: char| c.is_ascii_uppercase());
        short && street && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut postcodes = (1..words.len()).filter(|&i| outward(words[i - 1].1) && inward(words[i].1));
    let (house, inward) = postcodes.find_map(|inward| {
        let mut before = inward.saturating_sub(8)..inward.saturating_sub(2);
        Some((before.find(is_house)?, inward))
    })?;
    let (start, end) = (words[house].0, words[inward].0 + words[inward].1.len());
    Some((start, end.min(line.len()), "an address"))
}

/// The first half of a postcode: TS24, W1A, B1.
fn outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word.as_bytes()[letters.min(word.len())..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

/// The second half of a postcode: 8AY.
fn inward(word: &str) -> bool {
    is_inward(word.as_bytes())
}

fn is_inward(bytes: &[u8]) -> bool {
    matches!(bytes, [figure, letters @ ..] if letters.len() == 2
        && figure.is_ascii_digit()
        && letters.iter().all(u8::is_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_looks_like_a_person_is_found_and_figures_are_not() {
        // 943 476 5919 is the NHS Data Dictionary's own example of a valid number.
        for line in [
            "seen: 9434765919",
            "943-476-5919",
            "the child, DOB 12/03/2010, was",
            "born 3 May 2011",
            "lives at 12 High Street, Hartlepool TS24 8AY",
            // The second of its kind in the line.
            "of the children born in 2018, one born on 9 May 2014",
            "left TS24 8AY, and lives at 12 High Street, Hartlepool TS24 8AY",
        ] {
            assert_eq!(personal_data(line).len(), 1, "{line}");
        }
        for line in [
            "9434765918",
            "call 01429 284284",
            "2017-04-01 to 2019-03-31",
            "0000000000",
            "dobbin 2018",
            "Civic Centre, Victoria Road, Hartlepool TS24 8AY",
            "in 2018 the Board met at TS24 8AY",
        ] {
            assert_eq!(personal_data(line).len(), 0, "{line}");
        }
    }

    #[test]
    fn what_is_written_over_two_lines_is_found_once_where_it_begins() {
        let found = |text: &str| {
            let (line, next) = text.split_once('\n').unwrap();
            let over = if goes_on(next) {
                over_two_lines(line, next)
            } else {
                Vec::new()
            };
            over.into_iter()
                .map(|(from, to, _)| line[from..to].to_owned())
                .collect::<Vec<_>>()
        };
        for (text, part) in [
            (
                "      the child, born\n      on 9 May 2014, was seen",
                "born",
            ),
            ("  note: DOB 12\n    March 2010", "DOB"),
            ("  d.o.b.:\r\n  2010-03-12\r\n", "d.o.b"),
            ("seen: 943 476\n    5919", "943 476"),
            (
                "lives at 12 High Street,\n  Hartlepool TS24 8AY",
                "12 High Street,",
            ),
            (
                "lives at 12 High Street, Hartlepool TS24\n  8AY",
                "12 High Street, Hartlepool TS24",
            ),
            ("the plan of Child A,\n  14, of this town", "A,"),
            ("JB (aged\n 9) was seen", "JB"),
        ] {
            assert_eq!(found(text), [part], "{text}");
        }
        for text in [
            // In the first line alone, or in the second alone: found there.
            "born 9 May 2014, and\n  seen on 10 May 2018",
            "was seen\n  born 9 May 2014",
            // Two items, two fields, a remark.
            "  - one child was born\n  - 9 May 2018: the audit",
            "    done: babies were born\n    date: 9 May 2018",
            "of children born\n  # 9 May 2018",
            "of children born\n  in 2018",
            "meets at 943 476\n    5918",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn where_initials_with_an_age_are_found_they_are_looked_for(
            line in "(Child |[AB]{1,2}|[AB]\\.|[a1]|aged |AGE |[,( ).’-]|14| years| old){0,12}"
        ) {
            let looked_for = may_hold_an_age(line.as_bytes(), &figures(&line));
            prop_assert!(initials(&line).is_none() || looked_for, "{line}");
        }
    }

    /// The hundred lines that may hold personal data, and the hundred that only look so.
    #[test]
    fn a_hundred_of_each_are_told_apart() {
        let lines = include_str!("../../tests/personal-data.txt").lines();
        let (mut found, mut looked) = ([0, 0], [0, 0]);
        let mut wrong = Vec::new();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (sign, text) = line.split_at(2);
            let kind = usize::from(sign != "+ ");
            let count = personal_data(text).len();
            looked[kind] += 1;
            found[kind] += usize::from(count > 0);
            if (count > 0) != (kind == 0) {
                wrong.push(line);
            }
        }
        assert_eq!(looked, [100, 100]);
        assert_eq!(found, [100, 0], "{wrong:#?}");
    }
}
