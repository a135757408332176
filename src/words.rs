//! Words as people write them: capitals, plurals, lists in a sentence, cutting, names of files.
//!
//! Two texts may be meant to be one though they are not the same to the letter. How much does not
//! matter has three meanings, and each has its name: [`same_words`] (capitals, spaces), [`as_typed`]
//! (and which dash or quotation mark a program put there), [`letters_only`] (and every other sign).

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::calendar::is_dash;

/// The text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A count with its noun: "1 action", "34 actions", "2 entries".
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

/// How late something is: "1 day late", "32 days late".
pub fn late(days: i64) -> String {
    let days = usize::try_from(days).unwrap_or_default();
    format!("{} late", counted(days, "day"))
}

/// How often something happened: "once", "twice", "3 times".
pub fn often(times: usize) -> String {
    match times {
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    }
}

/// A list as it stands in a sentence: "a", "a and b", "a, b and c".
pub fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// The same with no more than so many of them: "a, b and 3 more".
pub fn first_listed<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let (first, more) = items.split_at(most.min(items.len()));
    if more.is_empty() {
        return listed(first);
    }
    let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", first.join(", "), more.len())
}

/// The beginning of a text that is longer than so many characters, with an ellipsis, which counts: whole
/// words, unless the last of them is long.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let (at, next) = (text.char_indices().nth(longest.saturating_sub(1))).unwrap_or_default();
    let kept = &text[..at];
    let whole = match kept.rfind(char::is_whitespace) {
        Some(space) if !next.is_whitespace() && space * 3 > kept.len() * 2 => &kept[..space],
        _ => kept,
    };
    let joins = |c: char| c.is_whitespace() || [',', ';', ':', '–'].contains(&c);
    format!("{}…", whole.trim_end_matches(joins))
}

/// The text on one line: every run of spaces and line ends is one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a text: its runs of letters and figures.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// Whether a word is one of a list, whose words stand between spaces.
pub fn is_one_of(word: &str, list: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Whether one of a text's words is one of a list of small words; capitals do not matter.
pub fn has_one_of(text: &str, list: &str) -> bool {
    words_of(&text.to_lowercase()).any(|word| is_one_of(word, list))
}

/// Whether two texts are the same words: capitals and spaces do not matter.
pub fn same_words(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let first = |text: &str| text.bytes().find(|byte| !byte.is_ascii_whitespace());
    let may_be = match (first(a), first(b)) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => a.eq_ignore_ascii_case(&b),
        _ => true,
    };
    may_be && spaced_letters(a).eq(spaced_letters(b))
}

/// A text without the space around it. Most have none, which their first and last letters tell.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// What is the same in two texts that are the [`same_words`]: their letters, small, with one space before
/// each word.
pub fn spaced_letters(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().flat_map(|word| [" ", word]);
    words.flat_map(str::chars).flat_map(char::to_lowercase)
}

/// What is the same in two texts that a person typed alike: small letters, single spaces, one kind of
/// dash and of quotation mark.
pub fn as_typed(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        '‘' | '’' | '‚' => '\'',
        '“' | '”' | '„' => '"',
        dash if is_dash(dash) => '-',
        space if is_space(space) => ' ',
        other => other,
    });
    one_line(&letters.collect::<String>()).to_lowercase()
}

/// Whether a character shows nothing: space of every kind, and what word processors leave behind.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Whether a character takes no room at all.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// What is the same in two texts of the same letters and figures: small, with neither signs nor spaces.
/// "Sub-group" and "subgroup" are one.
pub fn letters_only(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A name with each accented letter as one character: programs and systems put the same letters
/// together in two ways ("ŷ" as one, or as "y" and an accent), and a reader sees one name.
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.nfc().collect())
    }
}

/// A text as the name of a file: all of its words in small letters, with hyphens between.
pub fn file_name(text: &str) -> String {
    words_of(&text.to_lowercase()).collect::<Vec<_>>().join("-")
}

/// A short name for the command line: the first three words of a text that carry its meaning, in small
/// plain letters with hyphens between; none where it has none.
pub fn short_name(text: &str) -> Option<String> {
    const SMALL: [&str; 10] = [
        "and", "of", "the", "for", "to", "a", "an", "in", "with", "on",
    ];
    let lower = text.to_lowercase().replace(['’', '\''], "");
    // "fáilte" is "failte".
    let letters = lower.nfd().filter(|c| !is_combining_mark(*c));
    let lower = letters
        .collect::<String>()
        .replace("sub-group", "subgroup")
        .replace("sub group", "subgroup");
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let telling = words.iter().copied().filter(|word| !SMALL.contains(word));
    let mut telling: Vec<&str> = telling.collect();
    if telling.is_empty() {
        telling = words;
    }
    telling.truncate(3);
    (!telling.is_empty()).then(|| telling.join("-"))
}

/// The text as a sentence: its end has a full stop, unless another sign ends it. One of several paragraphs or
/// list items is a sentence for each, one behind the other.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.contains('\n') {
        let begins = |line: &str| line.trim().is_empty() || line.trim_start().starts_with("- ");
        let lines: Vec<&str> = text.lines().collect();
        let parts = lines.chunk_by(|_, line| !begins(line));
        let parts = parts.map(|part| one_line(&part.join(" ")));
        let parts = parts.map(|part| capitalised(part.strip_prefix("- ").unwrap_or(&part)));
        let parts = parts.filter(|part| !part.is_empty());
        return parts
            .map(|part| sentence(&part))
            .collect::<Vec<_>>()
            .join(" ");
    }
    let quoted = text.trim_end_matches(['"', '”', '’', ')']);
    if text.is_empty() || quoted.ends_with(['.', '?', '!', '…', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A sentence as it goes on after "because": with a small letter at its beginning, unless the word may
/// be a name. It is none if it is a word that only joins others, or if `elsewhere`, which is about the
/// same thing, has it with a small letter.
pub fn continued(text: &str, elsewhere: &str) -> String {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    let is_initialism = letters.next().is_some() && letters.any(char::is_uppercase);
    let is_written_small = elsewhere
        .split(|c: char| !c.is_alphanumeric())
        .any(|other| other == lower);
    if !is_initialism && (JOINING.contains(&lower.as_str()) || is_written_small) {
        lower + rest
    } else {
        text.to_owned()
    }
}

/// The first sentence of a text.
pub fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
    let mut ends = ends.filter(|&end| {
        let mut after = text[end..].trim_start_matches(['"', '”', '’', ')']).chars();
        after.next().is_none_or(char::is_whitespace)
            && after
                .find(|c| !c.is_whitespace())
                .is_none_or(|c| !c.is_lowercase())
    });
    text[..ends.next().unwrap_or(text.len())].trim_end()
}

/// A body's name as it stands in a sentence: "the Neglect Subgroup", but "Exampleshire Police".
pub fn with_article(name: &str) -> String {
    const COMMON: &[&str] = &[
        "agency",
        "authority",
        "board",
        "chair",
        "commissioner",
        "committee",
        "council",
        "executive",
        "forum",
        "group",
        "lead",
        "manager",
        "officer",
        "panel",
        "partnership",
        "scrutineer",
        "service",
        "subgroup",
        "team",
        "trust",
        "unit",
    ];
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let first = name.split(' ').next().unwrap_or_default();
    if COMMON.contains(&last.as_str()) && !first.eq_ignore_ascii_case("the") {
        format!("the {name}")
    } else {
        name.to_owned()
    }
}

/// Words that begin a sentence and are no name.
const JOINING: &[&str] = &[
    "a", "after", "all", "although", "an", "another", "any", "as", "at", "because", "before",
    "both", "by", "each", "every", "few", "for", "four", "from", "he", "in", "it", "its", "many",
    "more", "most", "no", "nobody", "none", "not", "nothing", "of", "on", "one", "only", "our",
    "several", "she", "since", "some", "that", "the", "their", "there", "these", "they", "this",
    "those", "three", "to", "too", "two", "until", "we", "when", "where", "while", "with",
    "without", "you",
];

/// Names that are taken, each with the last number that was given behind it.
#[derive(Debug, Default)]
pub struct TakenNames(HashMap<String, usize>);

impl TakenNames {
    pub fn new<const N: usize>(taken: [&str; N]) -> TakenNames {
        TakenNames(HashMap::from(taken.map(|name| (name.to_owned(), 1))))
    }

    /// The name, or where it is taken the first of "name-2", "name-3" … that is free; taken from now on.
    pub fn free(&mut self, name: String) -> String {
        let mut number = self.0.get(&name).copied().unwrap_or_default();
        loop {
            number += 1;
            let free = match number {
                1 => name.clone(),
                number => format!("{name}-{number}"),
            };
            if !self.0.contains_key(&free) {
                self.0.insert(free.clone(), 1);
                self.0.insert(name, number);
                return free;
            }
        }
    }
}

/// The cases of a test, a line each: a text, an arrow, and what is right for it.
#[cfg(test)]
pub fn arrows(cases: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = cases.lines().filter_map(|line| line.split_once('→'));
    lines.map(|(text, right)| (text.trim(), right.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_has_the_first_number_that_is_free() {
        let mut taken = TakenNames::new(["index"]);
        for (name, free) in [
            ("index", "index-2"),
            ("a", "a"),
            ("a-3", "a-3"),
            ("a", "a-2"),
            ("a", "a-4"),
            ("a-3", "a-3-2"),
            ("index", "index-3"),
        ] {
            assert_eq!(taken.free(name.into()), free, "{name}");
        }
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(counted(0, "action"), "0 actions");
        assert_eq!(counted(1, "action"), "1 action");
        assert_eq!(counted(2, "entry"), "2 entries");
        assert_eq!(counted(3, "day"), "3 days");
    }

    #[test]
    fn a_list_is_read_as_a_sentence() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["Police"]), "Police");
        assert_eq!(listed(&["Police", "Health"]), "Police and Health");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(first_listed(&["a", "b", "c"], 3), "a, b and c");
        assert_eq!(first_listed(&["a", "b", "c"], 2), "a, b and 1 more");
    }

    #[test]
    fn a_text_is_cut_at_characters_and_the_ellipsis_counts() {
        assert_eq!(shortened("Établir", 7), "Établir");
        assert_eq!(shortened("Établir tout", 9), "Établir…");
        assert_eq!(shortened("abc", 2), "a…");
        assert_eq!(
            shortened("One tool in all agencies, so that", 28),
            "One tool in all agencies…"
        );
        assert_eq!(
            shortened("A word: incomprehensibilities", 20),
            "A word: incomprehen…"
        );
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(sentence("Train staff"), "Train staff.");
        assert_eq!(sentence("Why so slow? "), "Why so slow?");
        assert_eq!(sentence("He said \"yes.\""), "He said \"yes.\"");
        assert_eq!(sentence(""), "");
        assert_eq!(
            sentence("50%\n\nWe wait\nfor them"),
            "50%. We wait for them."
        );
        assert_eq!(
            sentence("We shall:\n- ask\n- answer"),
            "We shall: Ask. Answer."
        );
    }

    #[test]
    fn the_first_sentence_ends_where_another_begins() {
        assert_eq!(
            first_sentence("It is signed. The rest waits."),
            "It is signed."
        );
        assert_eq!(
            first_sentence("Up 3.5 points, i.e. better"),
            "Up 3.5 points, i.e. better"
        );
        assert_eq!(first_sentence("No end"), "No end");
        assert_eq!(
            first_sentence("She said \"no.\" We asked."),
            "She said \"no."
        );
    }

    #[test]
    fn bodies_have_an_article_and_names_have_none() {
        assert_eq!(with_article("Neglect Subgroup"), "the Neglect Subgroup");
        assert_eq!(with_article("Board"), "the Board");
        assert_eq!(with_article("Exampleshire Police"), "Exampleshire Police");
        assert_eq!(with_article("The Forum"), "The Forum");
    }

    #[test]
    fn what_may_be_a_name_keeps_its_capital() {
        assert_eq!(
            continued("The trainer was ill.", ""),
            "the trainer was ill."
        );
        assert_eq!(
            continued("Barnardo's withdrew.", ""),
            "Barnardo's withdrew."
        );
        assert_eq!(continued("NHS data is late.", ""), "NHS data is late.");
        assert_eq!(
            continued("Guidance is not enough.", "Publish guidance"),
            "guidance is not enough."
        );
        assert_eq!(continued("A", ""), "a");
    }
}
