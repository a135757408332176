//! The words of a cell or a paragraph, gathered from marked-up text: runs of space are one, paragraphs
//! and lists are kept.

use super::blocks::{Aside, Why};

/// Gathers the words of a cell or paragraph as they come out of marked-up text.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    /// What stands before the next word: nothing, a space, a new line of a list, a new paragraph.
    gap: Gap,
    /// Words that stand among them and are not said.
    asides: Vec<Aside>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Item(usize),
    Paragraph,
}

impl Words {
    /// Text as it stands: runs of space are one.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                self.gap = self.gap.max(Gap::Space);
                continue;
            }
            self.close_gap();
            self.text.push(c);
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        let begun = !self.text.is_empty();
        match gap {
            Gap::Space if begun => self.text.push(' '),
            Gap::Paragraph if begun => self.text.push_str("\n\n"),
            Gap::Item(depth) => {
                if begun {
                    let last = self.text.rsplit('\n').next().unwrap_or_default();
                    let in_list = last.trim_start().starts_with("- ");
                    self.text.push_str(if in_list { "\n" } else { "\n\n" });
                }
                self.text.push_str(&"  ".repeat(depth.min(8)));
                self.text.push_str("- ");
            }
            _ => {}
        }
    }

    /// A new paragraph begins.
    pub fn paragraph(&mut self) {
        if !matches!(self.gap, Gap::Item(_)) {
            self.gap = Gap::Paragraph;
        }
        if let Some(last) = self.asides.last_mut() {
            last.words.push(' ');
        }
    }

    /// A new item of a list begins, this deep in other lists.
    pub fn item(&mut self, depth: usize) {
        self.gap = Gap::Item(depth);
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
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

    /// The words so far; those that are not said stay until they are asked for.
    pub fn take(&mut self) -> String {
        self.gap = Gap::None;
        let text = join_items(&std::mem::take(&mut self.text));
        match text.trim_matches(is_blank) {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        }
    }

    /// The words that were not said, in one line each.
    pub fn take_asides(&mut self) -> Vec<Aside> {
        let asides = std::mem::take(&mut self.asides).into_iter();
        let one_line = asides.map(|aside| Aside {
            words: aside.words.split_whitespace().collect::<Vec<_>>().join(" "),
            ..aside
        });
        one_line.filter(|aside| !aside.words.is_empty()).collect()
    }
}

/// Spaces at the ends of a text say nothing; what keeps a cell from being empty least of all.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Paragraphs that are typed as the lines of a list are one: "- a", "• b".
fn join_items(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    for part in text.split("\n\n") {
        let part = match part.strip_prefix("• ").or_else(|| part.strip_prefix("· ")) {
            Some(item) => format!("- {item}"),
            None => part.to_owned(),
        };
        if !joined.is_empty() {
            let in_list = joined.rsplit('\n').next().is_some_and(is_item) && is_item(&part);
            joined.push_str(if in_list { "\n" } else { "\n\n" });
        }
        joined.push_str(&part);
    }
    joined
}
