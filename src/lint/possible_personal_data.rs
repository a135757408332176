use crate::finding::{Finding, Severity};
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "possible-personal-data",
    severity: Severity::Warning,
    summary: "A text looks as if it held an NHS number, a date of birth or an address.",
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
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            for (from, to, what) in personal_data(line) {
                let at = Span {
                    file,
                    start: (start + from) as u32,
                    end: (start + to) as u32,
                };
                let message = format!("this may be {what}");
                let help = "take it out, and out of the history: what is committed stays";
                findings.push(Finding::new(RULE.name, at, message).help(help));
            }
            start += line.len();
        }
    }
}

type Found = (usize, usize, &'static str);

/// How many figures anything of the kind holds at least: a house number and its postcode's two.
const FEWEST: usize = 3;

/// How many an NHS number has.
const NHS_NUMBER: usize = 10;

/// What a line holds that may be of a person. Most lines hold too few figures, or none of the words and
/// signs without which there is nothing to look for.
fn personal_data(line: &str) -> Vec<Found> {
    let bytes = line.as_bytes();
    let figures = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let mut found = Vec::new();
    if figures >= NHS_NUMBER {
        found.extend(nhs_numbers(line));
    }
    if figures >= FEWEST {
        // All words for a birth have this letter.
        if bytes.iter().any(|byte| byte.eq_ignore_ascii_case(&b'b')) {
            found.extend(birth(line));
        }
        if bytes.windows(3).any(is_inward) {
            found.extend(address(line));
        }
    }
    found
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

/// A date of birth.
fn birth(line: &str) -> Option<Found> {
    let lower = line.to_ascii_lowercase();
    for word in ["date of birth", "d.o.b", "dob", "born on", "born"] {
        let Some(at) = lower.find(word) else { continue };
        let after: String = lower[at + word.len()..].chars().take(14).collect();
        let begins = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
        let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        if begins && ends && after.chars().filter(char::is_ascii_digit).count() >= 3 {
            return Some((at, at + word.len(), "a date of birth"));
        }
    }
    None
}

/// Words from a house number to a postcode, with a street's name between.
fn address(line: &str) -> Option<Found> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        words.push((at, word.trim_matches(|c: char| !c.is_alphanumeric())));
        at += word.len() + 1;
    }
    let inward = (1..words.len()).find(|&i| outward(words[i - 1].1) && inward(words[i].1))?;
    let house = (inward.saturating_sub(8)..inward.saturating_sub(2)).find(|&i| {
        let number = words[i]
            .1
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let short = !number.is_empty() && number.len() <= 3 && words[i].1.len() <= number.len() + 1;
        let street = words[i + 1].1.starts_with(|c: char| c.is_ascii_uppercase());
        short && street && number.bytes().all(|byte| byte.is_ascii_digit())
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
}
