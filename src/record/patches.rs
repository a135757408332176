//! Changes to the maps and lists of a file as text patches: every byte that they do not touch, comments
//! too, stays as it is.

use super::layout::{File, STEP, line_end};
use super::lines;
use super::value::EntryValue;
use crate::edit::Patch;
use crate::yaml::scalar;
use crate::yaml::{Node, NodeKind, Tree};

/// A file, and what is to be changed in it.
pub struct Patches<'f> {
    pub file: File<'f>,
    pub patches: Vec<Patch>,
}

impl<'f> Patches<'f> {
    pub fn new(text: &'f str, tree: &'f Tree) -> Patches<'f> {
        Patches {
            file: File { text, tree },
            patches: Vec::new(),
        }
    }

    /// Gives a field of a map another value, or one where it has none; takes it out where there is
    /// no value. None where the file's form does not allow it.
    pub fn set(&mut self, map: Node, name: &str, value: Option<&EntryValue>) -> Option<()> {
        let found = (map.pairs()).find(|(key, _)| key.text().map(str::trim) == Some(name));
        match (found, value) {
            (None, None) => Some(()),
            (Some((key, value)), None) => self.remove_pair(map, key, value),
            (Some((key, old)), Some(value)) => {
                if EntryValue::from_node(old) != *value {
                    let end = old.range().1.max(key.range().1) as usize;
                    let start = key.range().0 as usize;
                    let text = self.field(map, start, name, value);
                    self.patch(start..end, text);
                }
                Some(())
            }
            (None, Some(value)) => self.add_last(map, name, value),
        }
    }

    /// Adds a field behind the last one of a map.
    fn add_last(&mut self, map: Node, name: &str, value: &EntryValue) -> Option<()> {
        let (first, _) = map.pairs().next()?;
        let (key, last) = map.pairs().last()?;
        let start = first.range().0 as usize;
        let end = last.range().1.max(key.range().1) as usize;
        let text = self.field(map, start, name, value);
        if self.in_braces(map) {
            self.patch(end..end, format!(", {text}"));
            return Some(());
        }
        let (indent, line_end) = (
            " ".repeat(self.file.column(start)),
            line_end(self.file.text),
        );
        let at = self.file.next_line(end);
        let text = if self.file.text[..at].ends_with(['\n', '\r']) {
            format!("{indent}{text}{line_end}")
        } else {
            format!("{line_end}{indent}{text}")
        };
        self.patch(at..at, text);
        Some(())
    }

    /// A field as it stands in a map whose first key begins at a place; its first line without
    /// indentation.
    fn field(&self, map: Node, first: usize, name: &str, value: &EntryValue) -> String {
        if self.in_braces(map) {
            return format!("{name}: {}", lines::brackets(value));
        }
        let fields = [(name.to_owned(), value.clone())];
        let lines = lines::block(&fields, self.file.column(first), STEP);
        lines.join(line_end(self.file.text))
    }

    pub fn patch(&mut self, range: std::ops::Range<usize>, text: String) {
        if !(range.is_empty() && text.is_empty()) {
            self.patches.push(Patch { range, text });
        }
    }

    /// Another text in place of a scalar, unless it says the same already.
    pub fn replace(&mut self, node: Node, text: &str) {
        if node.text().map(str::trim) != Some(text) {
            let (start, end) = node.range();
            self.patch(start as usize..end as usize, scalar::inline(text, true));
        }
    }

    pub fn is_inline(&self, node: Node) -> bool {
        node.kind() == NodeKind::Scalar
            || self.file.text[node.range().0 as usize..].starts_with('[')
    }

    pub fn in_braces(&self, map: Node) -> bool {
        self.file.text[map.range().0 as usize..].starts_with('{')
    }

    pub fn remove_pair(&mut self, map: Node, key: Node, value: Node) -> Option<()> {
        let (start, end) = (
            key.range().0 as usize,
            value.range().1.max(key.range().1) as usize,
        );
        if self.in_braces(map) {
            let pairs: Vec<(Node, Node)> = map.pairs().collect();
            let at = pairs
                .iter()
                .position(|(other, _)| other.range() == key.range())?;
            let range = match (pairs.get(at + 1), at.checked_sub(1)) {
                (Some((next, _)), _) => start..next.range().0 as usize,
                (None, Some(before)) => pairs[before].1.range().1 as usize..end,
                (None, None) => return None,
            };
            self.patch(range, String::new());
            return Some(());
        }
        let line = self.file.line_start(start);
        let indent = &self.file.text[line..start];
        if !indent.bytes().all(|byte| byte == b' ') {
            return None;
        }
        self.remove_lines(line, indent.len(), end);
        Some(())
    }

    pub fn remove_item(&mut self, items: &[Node], at: usize, list: Node) -> Option<()> {
        let item = items[at];
        let (start, end) = (item.range().0 as usize, item.range().1 as usize);
        if self.file.text[list.range().0 as usize..].starts_with('[') {
            let range = match (items.get(at + 1), at.checked_sub(1)) {
                (Some(next), _) => start..next.range().0 as usize,
                (None, Some(before)) => items[before].range().1 as usize..end,
                (None, None) => start..end,
            };
            // Neighbours that both go would overlap; then the file is written afresh.
            self.patch(range, String::new());
            return Some(());
        }
        let (line, dash) = self.file.dash_line(item)?;
        self.remove_lines(line, dash, end);
        Some(())
    }

    /// Takes out whole lines: from the comments right above, through the comments that belong to what
    /// stands in this column, and the empty lines behind.
    pub fn remove_lines(&mut self, line: usize, column: usize, end: usize) {
        let text = self.file.text;
        let mut from = line;
        while from > 0 {
            let above = self
                .file
                .line_start(from - 1 - usize::from(text[..from].ends_with("\r\n")));
            let comment = text[above..from].trim_start_matches(' ');
            let set_in = from - above - comment.len();
            if !(comment.starts_with('#') && set_in >= column) {
                break;
            }
            from = above;
        }
        let (behind, behind_empty) = self.file.behind(end, column);
        let above = text[..from].trim_end();
        let lines_above = text[above.len()..from].matches('\n').count();
        // Of the empty lines above and below, one kind is enough; a list begins right below its key, and
        // a file ends with its last line.
        let to = if lines_above > 1 || above.ends_with(':') {
            behind_empty
        } else {
            behind
        };
        if to == text.len() && lines_above > 1 {
            let line = text[above.len()..].find('\n').map_or(0, |at| at + 1);
            from = above.len() + line;
        }
        self.patch(from..to, String::new());
    }
}
