use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Severity};
use crate::plan::{Action, Text};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "repeated-text",
    severity: Severity::Warning,
    summary: "Two actions of a plan say the same.",
    why: "One of them is most likely a copy left in by mistake: it is counted, chased and \
          reported twice.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train all staff in neglect, timescale: April 2018}
      - {id: 1.2, action: Train all staff in neglect, timescale: June 2018}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let (mut words, mut others_words) = (String::new(), String::new());
    for plan in &context.board.plans {
        // By a hash of what they say, which is not kept: a plan's whole text would be.
        let mut seen: HashMap<u64, Vec<&Action>> = HashMap::new();
        for action in &plan.actions {
            let Some(last) = texts(action).last() else {
                continue;
            };
            let others = seen.entry(hash_of(texts(action))).or_default();
            if !others.is_empty() {
                put_words(texts(action), &mut words);
            }
            let first = others.iter().find(|other| {
                put_words(texts(other), &mut others_words);
                others_words == words
            });
            if let Some(first) = first {
                let message = format!("action {} says the same as {}", action.id, first.id);
                findings.push(
                    Finding::new(RULE.name, last.at, message)
                        .help("take one of them out before the plan is adopted, or let both stand")
                        .related(first.id.at, "the first"),
                );
            } else {
                others.push(action);
            }
        }
    }
}

/// What an action says for itself.
fn texts(action: &Action) -> impl Iterator<Item = &Text> {
    let texts = [&action.title, &action.own.action, &action.impact];
    texts.into_iter().flatten()
}

/// A number that is the same for actions that say the same, without regard to capitals and space: of their
/// letters, but for the small ones that others have too (the sign of Kelvin is a large `k`, the Turkish
/// capital with a dot begins with a small `i`, a sigma has two).
fn hash_of<'t>(texts: impl Iterator<Item = &'t Text>) -> u64 {
    texts.fold(0xcbf2_9ce4_8422_2325, |mut hash, text| {
        let mut rest = text.as_str();
        // Dashes and curly quotation marks stand in many texts, so that what is between them goes by bytes.
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let (before, after) = rest.split_at(at);
            hash = plain_letters(hash, before);
            let mut letters = after.chars();
            let small = letters.next().into_iter().flat_map(char::to_lowercase);
            let counts =
                |small: &char| small.is_alphanumeric() && !matches!(small, 'k' | 'i' | 'σ' | 'ς');
            hash = small.filter(counts).map(u32::from).fold(hash, step);
            rest = letters.as_str();
        }
        plain_letters(hash, rest)
    })
}

/// The number with the letters and figures of a text of ASCII.
fn plain_letters(hash: u64, text: &str) -> u64 {
    let small = text.bytes().map(|byte| SMALL[usize::from(byte)]);
    small
        .filter(|&small| small != 0)
        .map(u32::from)
        .fold(hash, step)
}

/// A step of FNV-1a: what has the same number is compared after all.
fn step(hash: u64, part: u32) -> u64 {
    (hash ^ u64::from(part)).wrapping_mul(0x0100_0000_01b3)
}

/// The small letter or the figure that a byte of ASCII counts as; none for signs, space, and the two letters
/// that others may become.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = (byte as u8).to_ascii_lowercase();
        if letter.is_ascii_alphanumeric() && letter != b'k' && letter != b'i' {
            small[byte] = letter;
        }
        byte += 1;
    }
    small
};

/// Puts what an action says into `words`, without regard to capitals and to the space between words.
fn put_words<'t>(texts: impl Iterator<Item = &'t Text>, words: &mut String) {
    words.clear();
    for word in texts.flat_map(|text| text.split_whitespace()) {
        words.push_str(word);
        words.push(' ');
    }
    if words.is_ascii() {
        words.make_ascii_lowercase();
    } else {
        *words = words.to_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn what_reads_the_same_has_the_same_number() {
        let number = |text: &str| {
            let text = Text {
                value: text.into(),
                at: Span::default(),
            };
            let mut words = String::new();
            put_words(std::iter::once(&text), &mut words);
            (words, hash_of(std::iter::once(&text)))
        };
        for (one, other) in [
            ("Train  staff", "train\nSTAFF"),
            ("Risk register", "RIS\u{212a} register"),
            ("\u{130}stanbul", "i\u{307}stanbul"),
            ("ΟΔΟΣ", "οδος"),
            ("Évaluation – 2018", "évaluation – 2018"),
        ] {
            assert_eq!(number(one), number(other), "{one} / {other}");
        }
        for (one, other) in [("Train staff", "Train the staff"), ("漢字", "字漢")] {
            assert_ne!(number(one).1, number(other).1, "{one} / {other}");
        }
    }
}
