//! The words of a cell or a paragraph, gathered from marked-up text line by line: runs of space are one,
//! and each item of a list is a line that begins with a dash.

use super::blocks::{Aside, Why};
use crate::words::one_line;

/// Gathers the words of a cell or paragraph as they come out of marked-up text.
#[derive(Debug, Default)]
pub struct Words {
    lines: String,
    /// What stands before the next word.
    gap: Gap,
    /// Words that stand among them and are not said.
    asides: Vec<Aside>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Space,
    /// So many line ends.
    Lines(usize),
    /// A new item of a list, this deep in other lists.
    Item(usize),
}

impl Words {
    /// Text as it stands: runs of space are one.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                if self.gap == Gap::None {
                    self.gap = Gap::Space;
                }
                continue;
            }
            self.close_gap();
            self.lines.push(c);
        }
    }

    fn close_gap(&mut self) {
        let begun = !self.lines.is_empty();
        match std::mem::take(&mut self.gap) {
            Gap::Space if begun => self.lines.push(' '),
            Gap::Lines(count) if begun => self.lines.extend(std::iter::repeat_n('\n', count)),
            Gap::Item(depth) => {
                if begun {
                    self.lines.push('\n');
                }
                self.lines.push_str(&"  ".repeat(depth.min(8)));
                self.lines.push_str("- ");
            }
            _ => {}
        }
    }

    /// A new line begins, or a new paragraph.
    pub fn paragraph(&mut self) {
        self.gap = match self.gap {
            Gap::Item(depth) => Gap::Item(depth),
            Gap::Lines(count) => Gap::Lines(count + 1),
            _ => Gap::Lines(1),
        };
        if let Some(last) = self.asides.last_mut() {
            last.words.push(' ');
        }
    }

    /// A new item of a list begins, this deep in other lists.
    pub fn item(&mut self, depth: usize) {
        self.gap = Gap::Item(depth);
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Words that stand here and are not said: struck out, hidden.
    pub fn push_aside(&mut self, why: Why, text: &str) {
        if let Some(last) = self.asides.last_mut().filter(|last| last.why == why) {
            last.words.push_str(text);
        } else {
            let words = text.to_owned();
            self.asides.push(Aside { why, words });
        }
    }

    /// The words so far, as paragraphs.
    pub fn take(&mut self) -> String {
        paragraphs(&self.take_lines())
    }

    /// The words so far, line by line as they stand. Those that are not said stay until they are asked
    /// for.
    pub fn take_lines(&mut self) -> String {
        self.gap = Gap::None;
        std::mem::take(&mut self.lines)
    }

    /// The words that were not said, each in one line.
    pub fn take_asides(&mut self) -> Vec<Aside> {
        let asides = std::mem::take(&mut self.asides).into_iter();
        let one_line = asides.map(|aside| Aside {
            words: one_line(&aside.words),
            ..aside
        });
        one_line.filter(|aside| !aside.words.is_empty()).collect()
    }
}

/// Lines as paragraphs, with a blank line between them; the lines of a list stand together, however their
/// dashes are typed. What shows nothing at the ends goes.
pub fn paragraphs(lines: &str) -> String {
    let mut text = String::with_capacity(lines.len());
    let mut in_list = false;
    for line in lines.split('\n') {
        let line = line.trim_end();
        let words = line.trim_start();
        if words.is_empty() {
            continue;
        }
        let item = ITEMS.iter().find_map(|dash| words.strip_prefix(dash));
        if !text.is_empty() {
            let together = in_list && item.is_some();
            text.push_str(if together { "\n" } else { "\n\n" });
        }
        in_list = item.is_some();
        match item {
            Some(item) => {
                text.push_str(&line[..line.len() - words.len()]);
                text.push_str("- ");
                text.push_str(item.trim_start());
            }
            None => text.push_str(words),
        }
    }
    text
}

/// Whether a text begins as a labelled line does, "Lead: Library team": where lines are run together, such a
/// one begins anew.
pub fn begins_with_label(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let label = line.split_once(':').map_or("", |(label, _)| label);
    let label = label.trim_start_matches(['*', '_']);
    label.starts_with(char::is_uppercase) && label.split_whitespace().count() <= 4
}

/// What stands before the items of lists that are typed.
pub const ITEMS: [&str; 9] = ["- ", "• ", "· ", "* ", "● ", "▪ ", "■ ", "◦ ", "\u{f0b7} "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_lists() {
        let cases = [
            ("One\nTwo", "One\n\nTwo"),
            ("One\n\n\nTwo", "One\n\nTwo"),
            ("To do:\n• a\n\n• b\nThen", "To do:\n\n- a\n- b\n\nThen"),
            ("- a\n  - b\n- c", "- a\n  - b\n- c"),
            ("\u{a0}", ""),
            (" \u{a0}x \n", "x"),
            ("-not an item", "-not an item"),
        ];
        for (lines, text) in cases {
            assert_eq!(paragraphs(lines), text, "{lines:?}");
        }
    }

    #[test]
    fn words_keep_their_lines_and_what_is_not_said_stands_apart() {
        let mut words = Words::default();
        words.push("One  ");
        words.push_aside(Why::StruckOut, "not ");
        words.push(" line");
        words.paragraph();
        words.paragraph();
        words.push("Two");
        assert_eq!(words.take_lines(), "One line\n\nTwo");
        let aside = Aside {
            why: Why::StruckOut,
            words: "not".into(),
        };
        assert_eq!(words.take_asides(), [aside]);
    }
}
