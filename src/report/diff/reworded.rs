//! Two texts as one, with the words marked that came and went.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::document::{Line, Tone, piece};

/// A run of words, and whether both texts have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordRun {
    /// `same`, `gone` or `new`.
    pub mark: &'static str,
    pub text: String,
}

/// How many words two texts may have together to be compared word by word: more would take long, and
/// nobody would read it.
const MOST: usize = 4000;

/// One text in place of another, each as a whole.
pub fn replaced(then: &str, now: &str) -> Vec<WordRun> {
    let sides = [("gone", then), ("new", now)].into_iter();
    let given = sides.filter(|(_, text)| !text.is_empty());
    given
        .map(|(mark, text)| WordRun {
            mark,
            text: text.to_owned(),
        })
        .collect()
}

/// Compares two texts word by word.
pub fn reworded(then: &str, now: &str) -> Vec<WordRun> {
    let count = then.split_whitespace().count() + now.split_whitespace().count();
    if count > MOST {
        return replaced(then, now);
    }
    let mut words: Vec<WordRun> = Vec::new();
    let mut add = |mark: &'static str, text: &str| match words.last_mut() {
        Some(last) if last.mark == mark => last.text.push_str(text),
        _ => words.push(WordRun {
            mark,
            text: text.to_owned(),
        }),
    };
    let diff = TextDiff::from_words(then, now);
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "gone",
            ChangeTag::Insert => "new",
        };
        add(mark, change.value());
    }
    joined(words)
}

/// Joins what changed on both sides of a single space, so that a phrase is marked as one.
fn joined(words: Vec<WordRun>) -> Vec<WordRun> {
    let mut gone = String::new();
    let mut new = String::new();
    let mut out: Vec<WordRun> = Vec::new();
    let flush = |gone: &mut String, new: &mut String, out: &mut Vec<WordRun>| {
        for (mark, text) in [("gone", gone), ("new", new)] {
            if !text.is_empty() {
                let text = std::mem::take(text);
                out.push(WordRun { mark, text });
            }
        }
    };
    let last = words.len().saturating_sub(1);
    for (at, word) in words.into_iter().enumerate() {
        match word.mark {
            "gone" => gone.push_str(&word.text),
            "new" => new.push_str(&word.text),
            _ if word.text.trim().is_empty() && at != last && at != 0 => {
                gone.push_str(&word.text);
                new.push_str(&word.text);
            }
            _ => {
                flush(&mut gone, &mut new, &mut out);
                out.push(word);
            }
        }
    }
    flush(&mut gone, &mut new, &mut out);
    out
}

/// The words as a line of a paper: `[-what went-]`, `{+what came+}`, and of what stayed only what
/// stands beside it.
pub fn line(words: &[WordRun]) -> Line {
    let last = words.len().saturating_sub(1);
    let pieces = words.iter().enumerate().map(|(at, word)| match word.mark {
        "gone" => marked(Tone::Red, &word.text, "[-", "-]"),
        "new" => marked(Tone::Green, &word.text, "{+", "+}"),
        _ => piece(Tone::Plain, around(&word.text, at == 0, at == last)),
    });
    pieces.collect()
}

fn marked(tone: Tone, text: &str, open: &str, close: &str) -> crate::document::Piece {
    let inner = text.trim();
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    let end = if inner.is_empty() { "" } else { end };
    piece(tone, format!("{start}{open}{inner}{close}{end}"))
}

/// How many words of what stayed are shown on either side of a change.
const BESIDE: usize = 6;

/// An unchanged text beside a change, its middle left out where it is long.
fn around(text: &str, first: bool, last: bool) -> String {
    let (space, text) = text.split_at(text.len() - text.trim_start().len());
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let head = if first { 0 } else { BESIDE };
    let tail = if last { 0 } else { BESIDE };
    if words.len() > head + tail + 2 {
        let (start, end) = (words[..head].concat(), words[words.len() - tail..].concat());
        format!("{space}{start}… {end}")
    } else {
        format!("{space}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(then: &str, now: &str) -> String {
        let line = line(&reworded(then, now));
        line.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn words_that_came_and_went_are_marked_by_signs() {
        assert_eq!(shown("April 2018", "June 2018"), "[-April-]{+June+} 2018");
        assert_eq!(shown("", "June 2018"), "{+June 2018+}");
        assert_eq!(shown("June 2018", ""), "[-June 2018-]");
        assert_eq!(
            shown("one two three four", "one 2 3 four"),
            "one [-two three-]{+2 3+} four"
        );
    }

    #[test]
    fn a_long_text_shows_only_what_stands_beside_a_change() {
        let then = "a b c d e f g h i j k l m n o p q old r s t u v w x y z";
        let now = then.replace("old", "new");
        assert_eq!(
            shown(then, &now),
            "… l m n o p q [-old-]{+new+} r s t u v w … "
        );
    }
}
