use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::plan::Text;
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "similar-names",
    severity: Severity::Warning,
    summary: "Two names differ by so little that one may be a misprint of the other.",
    why: "A group or a report under two spellings is chased twice and counted apart.",
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
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018, evidence: [Annual Report]}
      - {id: 1.3, action: Audit files, timescale: June 2018, evidence: [Anual Report]}
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
      - {id: 1.2, action: Publish guidance, timescale: June 2018, evidence: [Annual Report]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut names: BTreeMap<&str, Span> = BTreeMap::new();
    let shared = context.board.plans.iter().flat_map(|plan| plan.shared());
    for item in shared.flat_map(|shared| shared.evidence.iter().flatten()) {
        names.entry(&item.title.value).or_insert(item.title.at);
    }
    for group in &context.board.groups {
        names.extend(group.name.iter().map(|name| (name.as_str(), name.at)));
    }
    let all: Vec<(&str, Span)> = names.into_iter().collect();
    for (at, &(name, span)) in all.iter().enumerate() {
        for &(other, other_span) in &all[at + 1..] {
            if misprint(name, other) {
                // The later of the two in the files is the one to look at.
                match span < other_span {
                    true => report(other, other_span, name, span, findings),
                    false => report(name, span, other, other_span, findings),
                }
            }
        }
    }
    abbreviations(context, findings);
}

fn report(name: &str, at: Span, other: &str, other_at: Span, findings: &mut Vec<Finding>) {
    let message = format!("\"{name}\" may be a misprint of \"{other}\"");
    findings.push(
        Finding::new(RULE.name, at, message)
            .help("write one of them in both places, or let the document's own words stand")
            .related(other_at, format!("\"{other}\" stands here")),
    );
}

/// Whether two names are alike but for one slip of the hand in a word of letters, or for capitals,
/// hyphens and spaces. Abbreviations and figures tell things apart, so these must be the same.
fn misprint(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    if a.concat().to_lowercase() == b.concat().to_lowercase() {
        return a.concat() != b.concat() || a != b;
    }
    if a.len() != b.len() {
        return false;
    }
    let mut different = a.iter().zip(&b).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else {
        return false;
    };
    let told_apart = |word: &str| {
        word.chars().count() < 5
            || word.chars().any(char::is_numeric)
            || word.chars().filter(|c| c.is_uppercase()).count() > 1
    };
    !told_apart(a) && !told_apart(b) && strsim::osa_distance(a, b) == 1 && !plural(a, b)
}

fn plural(a: &str, b: &str) -> bool {
    a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// How many times as often an abbreviation must stand for a rare one to be its misprint.
const TIMES: usize = 3;

/// Abbreviations that stand once or twice, one letter away from one that stands often.
fn abbreviations(context: &Context, findings: &mut Vec<Finding>) {
    // A board's own short name is like that of every board around it.
    let own = context.board.short.as_deref().unwrap_or_default();
    for plan in &context.board.plans {
        let mut uses: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for (word, at) in plan.texts().flat_map(|text| capitals(context, text)) {
            if word != own {
                uses.entry(word).or_default().push(at);
            }
        }
        for (rare, places) in uses.iter().filter(|(_, places)| places.len() <= 2) {
            let common = uses.iter().find(|(word, others)| {
                others.len() >= TIMES * places.len()
                    && strsim::osa_distance(rare, word) == 1
                    && (rare.len() > 3 || rare.len() == word.len())
                    && rare.chars().last() == word.chars().last()
            });
            if let Some((word, others)) = common {
                report(rare, places[0], word, others[0], findings);
            }
        }
    }
}

/// The words of three or more capitals in a text as its file has it, each where it stands.
fn capitals<'c>(context: &Context<'c>, text: &Text) -> Vec<(&'c str, Span)> {
    let written = context.written(text.at);
    let capitals = |word: &&str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let words = written
        .split(|c: char| !c.is_alphanumeric())
        .filter(capitals);
    words
        .map(|word| {
            let start = text.at.start + (word.as_ptr() as usize - written.as_ptr() as usize) as u32;
            let end = start + word.len() as u32;
            (
                word,
                Span {
                    start,
                    end,
                    ..text.at
                },
            )
        })
        .collect()
}
