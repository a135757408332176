use std::collections::BTreeMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Severity};
use crate::plan::Text;
use crate::source::Span;
use crate::words::words_of;

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
    let mut names: HashMap<&str, Span> = HashMap::new();
    let shared = context.board.plans.iter().flat_map(|plan| plan.shared());
    for item in shared.flat_map(|shared| shared.evidence.iter().flatten()) {
        names.entry(&item.title.value).or_insert(item.title.at);
    }
    for group in &context.board.groups {
        names.extend(group.name.iter().map(|name| (name.as_str(), name.at)));
    }
    let all: Vec<&str> = names.keys().copied().collect();
    for (name, other) in misprints(&all) {
        let (span, other_span) = (names[name], names[other]);
        // The later of the two in the files is the one to look at.
        if span < other_span {
            report(other, other_span, name, span, findings);
        } else {
            report(name, span, other, other_span, findings);
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

/// With how many of the names that sort after it one name is paired at most. Where more are alike,
/// one finding says as much as fifty, and names made to be alike do not grow into millions of pairs.
const MOST_ALIKE: usize = 20;

/// So few names that share a mark are compared each with each sooner than their words' variants are made.
const FEW: usize = 16;

/// The letters of the longest word in which a slip of the hand is looked for.
const LONGEST_WORD: usize = 64;

/// The pairs of different names of which one may be a misprint of the other, in their order, each with
/// the name that sorts first before the other.
///
/// [`misprint`] says which pairs these are. Names that are alike share a mark: their letters without
/// regard to capitals, or all of their words but one. So only names that share one are compared, and
/// the time is in proportion to the names and not to their pairs.
fn misprints<'n>(names: &[&'n str]) -> Vec<(&'n str, &'n str)> {
    let mut marked: Vec<Marked> = Vec::with_capacity(names.len() * 4);
    let (hasher, mut words) = (RandomState::default(), Vec::new());
    for name in names {
        words.clear();
        words.extend(words_of(name));
        mark(name, &words, &hasher, &mut marked);
    }
    // Few marks are shared, so that they are put in order by themselves first.
    let mut marks: Vec<(u64, usize)> = marked.iter().map(|marked| marked.mark).zip(0..).collect();
    marks.sort_unstable();
    let mut pairs = Vec::new();
    let shared = marks.chunk_by(|a, b| a.0 == b.0);
    for group in shared.filter(|group| group.len() > 1) {
        let mut group: Vec<Marked> = group.iter().map(|&(_, at)| marked[at]).collect();
        group.sort_unstable();
        if group[0].word.is_empty() || group.len() <= FEW {
            compare(&group, &mut pairs);
        } else {
            // Names of one word have no other words, so that all of them have this mark in common.
            let mut variants: Vec<Marked> =
                group.iter().flat_map(|marked| marked.variants()).collect();
            variants.sort_unstable();
            variants.dedup();
            let shared = variants.chunk_by(|a, b| a.mark == b.mark);
            shared.for_each(|group| compare(group, &mut pairs));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let alike = pairs.chunk_by(|a, b| a.0 == b.0);
    alike
        .flat_map(|alike| alike.iter().take(MOST_ALIKE).copied())
        .collect()
}

/// A name under one of its marks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Marked<'n> {
    mark: u64,
    name: &'n str,
    /// The word that the mark leaves out; empty where it is that of all letters.
    word: &'n str,
}

impl<'n> Marked<'n> {
    /// The name under the marks of its word with one letter left out, and of the word itself: two words
    /// that are one slip apart have one of these in common.
    fn variants(self) -> impl Iterator<Item = Marked<'n>> {
        let ends = std::iter::once((self.word.len(), self.word.len()));
        let letters = self.word.char_indices();
        let cuts = letters.map(|(at, letter)| (at, at + letter.len_utf8()));
        cuts.chain(ends).map(move |(from, to)| {
            let (before, after) = (&self.word.as_bytes()[..from], &self.word.as_bytes()[to..]);
            let bytes = before.iter().chain(after);
            let mark = bytes.fold(0, |hash, &byte| mixed(hash ^ u64::from(byte)));
            Marked { mark, ..self }
        })
    }
}

/// Gives a name of these words its marks.
fn mark<'n>(name: &'n str, words: &[&'n str], hasher: &RandomState, marked: &mut Vec<Marked<'n>>) {
    let mark = small_letters(name);
    marked.push(Marked {
        mark,
        name,
        word: "",
    });
    // A sum, so that one word is taken out of it without going through the others again.
    let hash = |(at, word): (usize, &&str)| hasher.hash_one((at, word));
    let hashes = words.iter().enumerate().map(hash);
    let sum = hashes.fold(mixed(words.len() as u64), u64::wrapping_add);
    for (at, word) in words.iter().enumerate() {
        if !tells_apart(word) {
            let others = sum.wrapping_sub(hash((at, word)));
            let mark = others.rotate_left(at as u32 % 64);
            marked.push(Marked { mark, name, word });
        }
    }
}

/// A name's letters and figures in small letters, as a number.
fn small_letters(name: &str) -> u64 {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.fold(0, |hash, letter| {
            mixed(hash ^ u64::from(letter.to_ascii_lowercase()))
        });
    }
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let small = letters.flat_map(char::to_lowercase);
    small.fold(0, |hash, letter| mixed(hash ^ u64::from(letter)))
}

/// A step of FNV-1a: names are compared after all, so that a mark may be quick rather than strong.
fn mixed(hash: u64) -> u64 {
    (hash ^ 0xcbf2_9ce4_8422_2325).wrapping_mul(0x0100_0000_01b3)
}

/// Compares names that share a mark, each with those after it until it is like enough of them.
fn compare<'n>(group: &[Marked<'n>], pairs: &mut Vec<(&'n str, &'n str)>) {
    for (at, marked) in group.iter().enumerate() {
        let others = group[at + 1..].iter();
        let alike = others
            .filter(|other| may_be_a_slip(marked.word, other.word))
            .filter(|other| misprint(marked.name, other.name))
            .take(MOST_ALIKE);
        pairs.extend(alike.map(|other| (marked.name, other.name)));
    }
}

/// Whether two words begin or end alike, as all do that are one slip apart.
fn may_be_a_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.first() == b.first() || a.last() == b.last()
}

/// Whether a word is one of those of which one letter makes another: short ones, figures and
/// abbreviations.
fn tells_apart(word: &str) -> bool {
    if word.is_ascii() {
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        return !(5..=LONGEST_WORD).contains(&word.len())
            || capitals > 1
            || word.bytes().any(|byte| byte.is_ascii_digit());
    }
    let letters = word.chars().count();
    !(5..=LONGEST_WORD).contains(&letters)
        || word.chars().any(char::is_numeric)
        || word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Whether two names are alike but for one slip of the hand in a word of letters, or for capitals,
/// hyphens and spaces. Abbreviations and figures tell things apart, so these must be the same.
fn misprint(a: &str, b: &str) -> bool {
    let letters = |name| words_of(name).flat_map(str::chars);
    let small = |name| letters(name).flat_map(char::to_lowercase);
    if small(a).eq(small(b)) {
        return !words_of(a).eq(words_of(b));
    }
    let mut different = words_of(a).zip(words_of(b)).filter(|(a, b)| a != b);
    let (Some((one, other)), None) = (different.next(), different.next()) else {
        return false;
    };
    words_of(a).count() == words_of(b).count()
        && !tells_apart(one)
        && !tells_apart(other)
        && strsim::osa_distance(one, other) == 1
        && !plural(one, other)
}

fn plural(a: &str, b: &str) -> bool {
    a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// How many times as often an abbreviation must stand for a rare one to be its misprint.
const TIMES: usize = 3;

/// Abbreviations that stand once or twice, one letter away from one that stands often.
fn abbreviations(context: &Context, findings: &mut Vec<Finding>) {
    // A board's own short name is like that of every board around it.
    let short = context.board.short.as_deref().unwrap_or_default();
    for plan in &context.board.plans {
        let mut uses: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for text in plan.texts() {
            for (word, at) in capitals(context, text).filter(|(word, _)| *word != short) {
                uses.entry(word).or_default().push(at);
            }
        }
        for (rare, word) in rare_variants(&uses) {
            report(rare, uses[rare][0], word, uses[word][0], findings);
        }
    }
}

/// The abbreviations that stand once or twice, each with the first of those that stand so much more
/// often, and differ by so little, that it is likely to be a misprint of it.
fn rare_variants<'w>(uses: &BTreeMap<&'w str, Vec<Span>>) -> Vec<(&'w str, &'w str)> {
    let mut variants: Vec<Marked> = Vec::new();
    let words = uses.keys().filter(|word| word.len() <= LONGEST_WORD);
    for name in words.copied() {
        let unchanged = Marked {
            mark: 0,
            name,
            word: name,
        };
        variants.extend(unchanged.variants());
    }
    variants.sort_unstable();
    variants.dedup();
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for group in variants.chunk_by(|a, b| a.mark == b.mark) {
        // What stands often is seldom, so that few are compared.
        let often = group.iter().filter(|word| uses[word.name].len() >= TIMES);
        let often: Vec<&str> = often.map(|word| word.name).collect();
        for rare in group.iter().map(|word| word.name) {
            let places = uses[rare].len();
            let common = often.iter().copied().find(|word| {
                places <= 2
                    && uses[word].len() >= TIMES * places
                    && strsim::osa_distance(rare, word) == 1
                    && (rare.len() > 3 || rare.len() == word.len())
                    && rare.chars().last() == word.chars().last()
            });
            if let Some(word) = common {
                let known = found.entry(rare).or_insert(word);
                *known = word.min(known);
            }
        }
    }
    found.into_iter().collect()
}

/// The words of three or more capitals in a text as its file has it, each where it stands.
fn capitals<'c>(context: &Context<'c>, text: &Text) -> impl Iterator<Item = (&'c str, Span)> {
    let written = context.written(text.at);
    let at = text.at;
    let capitals = |word: &&str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    // Most texts have no three capitals in a row, and are not taken apart.
    let looked_at = if has_three_capitals(written.as_bytes()) {
        written
    } else {
        ""
    };
    let words = looked_at.split(|c: char| !c.is_alphanumeric());
    words.filter(capitals).map(move |word| {
        let start = at.start + (word.as_ptr() as usize - written.as_ptr() as usize) as u32;
        let end = start + word.len() as u32;
        (word, Span { start, end, ..at })
    })
}

/// Whether three capitals stand in a row. All places are looked at, which a processor does many together.
fn has_three_capitals(bytes: &[u8]) -> bool {
    let [second, third] = [1, 2].map(|from| bytes.get(from..).unwrap_or_default());
    let places = bytes.iter().zip(second).zip(third);
    places.fold(false, |any, ((first, second), third)| {
        any | (first.is_ascii_uppercase()
            & second.is_ascii_uppercase()
            & third.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What [`misprints`] is to find, told as plainly as can be: each name is compared with each.
    fn pairwise<'n>(names: &[&'n str]) -> Vec<(&'n str, &'n str)> {
        let mut names = names.to_vec();
        names.sort_unstable();
        let mut pairs = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let others = names[at + 1..].iter();
            let alike = others.filter(|other| misprint(name, other));
            pairs.extend(alike.take(MOST_ALIKE).map(|other| (*name, *other)));
        }
        pairs
    }

    /// The same of abbreviations.
    fn pairwise_rare<'w>(uses: &BTreeMap<&'w str, Vec<Span>>) -> Vec<(&'w str, &'w str)> {
        let rare = uses.iter().filter(|(_, places)| places.len() <= 2);
        rare.filter_map(|(rare, places)| {
            let mut words = uses.iter();
            let common = words.find(|(word, others)| {
                others.len() >= TIMES * places.len()
                    && strsim::osa_distance(rare, word) == 1
                    && (rare.len() > 3 || rare.len() == word.len())
                    && rare.chars().last() == word.chars().last()
            });
            Some((*rare, *common?.0))
        })
        .collect()
    }

    #[test]
    fn one_slip_in_a_word_of_letters_makes_a_misprint() {
        for (a, b) in [
            ("Annual Report", "Anual Report"),
            ("Annual Report", "Annual Reprot"),
            ("VEMT report", "VEMT Report"),
            ("Sub-group minutes", "Subgroup minutes"),
            ("Deep dive", "Deepdive"),
            ("Évaluation", "Évaluatien"),
        ] {
            assert!(misprint(a, b) && misprint(b, a), "{a} / {b}");
            assert_eq!(misprints(&[a, b]).len(), 1, "{a} / {b}");
        }
        for (a, b) in [
            ("Annual Report", "Annual Reports"),
            ("Audit 1", "Audit 2"),
            ("LSCB11 data", "LSCB12 data"),
            ("Anual Reprt", "Annual Report"),
            ("Report one", "Report one two"),
            ("Case audit", "Cash audit"),
        ] {
            assert!(!misprint(a, b) && !misprint(b, a), "{a} / {b}");
            assert!(misprints(&[a, b]).is_empty(), "{a} / {b}");
        }
    }

    #[test]
    fn a_name_like_many_others_is_named_with_a_few() {
        let names: Vec<String> = ('\u{4e00}'..'\u{4e40}')
            .map(|c| format!("{c}eport"))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(misprints(&names), pairwise(&names));
        assert!(misprints(&names).len() <= MOST_ALIKE * names.len());
    }

    proptest! {
        /// Names of few letters and few words, so that many are alike.
        #[test]
        fn the_marks_find_what_comparing_all_pairs_finds(
            names in prop::collection::hash_set("([AB]?[abs]{4,6}|[ab]{1,3}|AB|é[ab]{4}|4)([ -]([ab]{4,6}s?|AB|5)){0,2}", 2..30)
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            prop_assert_eq!(misprints(&names), pairwise(&names));
        }

        #[test]
        fn rare_abbreviations_are_those_that_comparing_all_pairs_finds(
            words in prop::collection::hash_map("[ABC]{3,5}", 1..9usize, 2..30)
        ) {
            let uses: BTreeMap<&str, Vec<Span>> = (words.iter())
                .map(|(word, count)| (word.as_str(), vec![Span::default(); *count]))
                .collect();
            prop_assert_eq!(rare_variants(&uses), pairwise_rare(&uses));
        }
    }
}
