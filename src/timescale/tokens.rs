//! A phrase cut into words, numbers and signs, and a cursor that reads them one after another.

use crate::calendar::{is_dash, month_number};

use super::why::WhyUnread;

/// What a reader finds: something, nothing of its kind, or something of its kind that cannot be.
pub(super) type TokenReading<T> = Result<Option<T>, WhyUnread>;

/// One word, one run of figures, or one sign, and where it begins in the phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub start: usize,
}

impl Token<'_> {
    /// Where the token ends in the phrase, in bytes.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word (whatever its case) or this sign; every dash is a hyphen.
    pub fn is(self, expected: &str) -> bool {
        self.text.eq_ignore_ascii_case(expected)
            || (expected == "-" && self.text.chars().all(is_dash))
    }

    /// Whether it is one of these words or signs.
    pub fn is_any(self, expected: &[&str]) -> bool {
        expected.iter().any(|word| self.is(word))
    }

    /// Whether it holds figures of any script.
    pub fn has_figures(self) -> bool {
        self.text.chars().any(char::is_numeric)
    }

    /// The number that a run of figures stands for.
    pub fn number(self) -> Option<Number> {
        let figures = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let value = self.text.parse().ok().filter(|_| figures)?;
        Some(Number {
            value,
            width: self.text.len(),
        })
    }

    /// The month that a word names, 1 to 12.
    pub fn month(self) -> Option<u32> {
        month_number(self.text)
    }
}

/// A run of figures: its value, and how many figures were written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: u32,
    pub width: usize,
}

/// The text of a timescale without the spaces around it and its final full stop, cut into tokens.
pub(super) struct Phrase<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token<'a>>,
}

impl<'a> Phrase<'a> {
    pub fn new(text: &'a str) -> Phrase<'a> {
        let text = text.trim();
        let text = text.strip_suffix('.').unwrap_or(text).trim_end();
        let tokens = cut(text);
        Phrase { text, tokens }
    }

    /// A cursor at the first token.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            tokens: &self.tokens,
            at: 0,
        }
    }
}

/// Runs of letters, runs of figures, and every other character by itself; spaces only divide.
fn cut(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphabetic() {
            run(rest, char::is_alphabetic)
        } else if first.is_ascii_digit() {
            run(rest, |character| character.is_ascii_digit())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() {
            let start = text.len() - rest.len();
            tokens.push(Token { text: token, start });
        }
        rest = after;
    }
    tokens
}

/// How many bytes at the beginning of a text are of one sort.
fn run(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character))
        .unwrap_or(text.len())
}

/// A place among the tokens of a phrase. Copies are cheap: to look ahead, read with a copy.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub tokens: &'a [Token<'a>],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The same tokens, read from another place.
    pub fn from(self, at: usize) -> Cursor<'a> {
        Cursor { at, ..self }
    }

    /// Whether nothing is left to read.
    pub fn is_done(self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The tokens not yet read.
    pub fn rest(self) -> &'a [Token<'a>] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// The next token, without reading it.
    pub fn peek(self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// The token just before the next one.
    pub fn previous(self) -> Option<Token<'a>> {
        self.tokens.get(self.at.checked_sub(1)?).copied()
    }

    /// Whether this word or sign comes next.
    pub fn is_next(self, expected: &str) -> bool {
        self.peek().is_some_and(|token| token.is(expected))
    }

    /// Reads these words and signs, divided by spaces, if they come next; else reads nothing.
    pub fn phrase(&mut self, expected: &str) -> bool {
        // Most phrases differ in their first letter; telling so early halves the time of a reading.
        let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
        let next = self.peek().and_then(|token| first(token.text));
        if next != first(expected) && !expected.starts_with('-') {
            return false;
        }
        let mut ahead = *self;
        for word in expected.split(' ') {
            if !ahead.peek().is_some_and(|token| token.is(word)) {
                return false;
            }
            ahead.at += 1;
        }
        *self = ahead;
        true
    }

    /// Reads the first of these phrases that comes next.
    pub fn any_phrase(&mut self, expected: &[&str]) -> bool {
        expected.iter().any(|phrase| self.phrase(phrase))
    }

    /// Reads a run of figures with at least `least` and at most `most` of them.
    pub fn number(&mut self, least: usize, most: usize) -> Option<Number> {
        let number = self.peek()?.number()?;
        if !(least..=most).contains(&number.width) {
            return None;
        }
        self.at += 1;
        Some(number)
    }

    /// Reads the name of a month, and the full stop after a shortened one.
    pub fn month(&mut self) -> Option<u32> {
        let month = self.peek()?.month()?;
        self.at += 1;
        self.phrase(".");
        Some(month)
    }

    /// Reads with a reader that may fail half-way: then the cursor stays where it was.
    pub fn attempt<T>(
        &mut self,
        reader: impl FnOnce(&mut Self) -> TokenReading<T>,
    ) -> TokenReading<T> {
        let mut ahead = *self;
        let found = reader(&mut ahead)?;
        if found.is_some() {
            *self = ahead;
        }
        Ok(found)
    }

    /// The same as `attempt`, for a reader that cannot err.
    pub fn maybe<T>(&mut self, reader: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = reader(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}
