//! How names are spelt: initials, what is the same in all spellings of a name, short names for bodies.

use crate::words::{is_one_of, short_name, words_of};

/// Whether a word is made of capital letters: "VEMT", "LSCBs".
pub fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters)
        && !word.contains(' ')
        && word.chars().filter(|c| c.is_uppercase()).count() * 3 >= letters * 2
}

/// The initials of a name of so many words or more: "jtsg" for the Joint Training sub-group.
pub fn initials_of(full: &str, least: usize) -> Option<String> {
    let lower = full.to_lowercase();
    let small = ["and", "of", "the", "for"];
    let words = words_of(&lower).filter(|word| !small.contains(word));
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    (initials.chars().count() >= least).then_some(initials)
}

/// A name without what stands in brackets.
pub fn without_brackets(name: &str) -> String {
    match name.split_once(" (") {
        Some((before, rest)) => match rest.split_once(')') {
            Some((_, after)) => format!("{before}{after}"),
            None => before.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// Words for the sort of a body, which spellings of its name leave out.
const SORTS: &str = "subgroup subgroups group groups sg";

/// What is the same in all spellings of a name: no case, no signs, no plural, no word for the sort of
/// body.
pub fn same_in_all(name: &str) -> String {
    let joined = without_brackets(name)
        .to_lowercase()
        .replace(['’', '\''], "")
        .replace("sub-group", "subgroup")
        .replace("sub group", "subgroup")
        .replace("co-ord", "coord");
    let words: Vec<&str> = words_of(&joined).filter(|word| *word != "and").collect();
    // The first word of "Group leaders" says whose they are.
    let left = |number: usize, word: &str| match word {
        "the" | "hscb" | "lscb" => true,
        _ => number > 0 && is_one_of(word, SORTS),
    };
    let kept: Vec<&str> = (words.iter().copied().enumerate())
        .filter(|(number, word)| !left(*number, word))
        .map(|(_, word)| word)
        .collect();
    let kept = if kept.is_empty() || words.first() == Some(&"all") {
        words
    } else {
        kept
    };
    let singular = |word: &str| match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    };
    kept.into_iter().map(singular).collect()
}

/// The letters of the longest short name.
const LONGEST: usize = 60;

/// A short name for a body, a thread or a file; where it would have no letters or begin with a figure, the
/// word for what it is stands in it.
pub fn short_id(name: &str, what: &str) -> String {
    let short = short_name(name).map(|mut short| {
        // It is of the ASCII.
        short.truncate(LONGEST);
        short
    });
    match short {
        None => what.to_owned(),
        Some(short) if short.starts_with(|c: char| c.is_ascii_digit()) => format!("{what}-{short}"),
        Some(short) => short,
    }
}
