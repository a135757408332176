//! Where new entries go in a file, and in which form: as its own are, below the last.

use super::lines;
use super::value::EntryValue;
use crate::yaml::{Node, NodeKind, Tree};

/// How far the inside of a field is set in where a file does not show it.
pub const STEP: usize = 2;

/// The longest entry in brackets, where the file's own are in brackets.
const ONE_LINE: usize = 160;

/// A text to insert, and where.
#[derive(Debug)]
pub struct Insertion {
    pub at: usize,
    pub text: String,
}

/// The file's own line end.
pub fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A file's text with its tree.
pub struct File<'f> {
    pub text: &'f str,
    pub tree: &'f Tree,
}

impl<'f> File<'f> {
    /// The ways to add entries at the end of the list of entries, the best first. Each leaves every byte
    /// of the file where it is.
    pub fn additions(&self, entries: &[EntryValue]) -> Vec<Insertion> {
        self.additions_to(self.tree.root(self.text), "entries", entries)
    }

    /// The same for any list that a map of the file holds under a name.
    pub fn additions_to(&self, map: Node, name: &str, entries: &[EntryValue]) -> Vec<Insertion> {
        let pair = |(key, _): &(Node, Node)| key.text().map(str::trim) == Some(name);
        let Some((key, list)) = map.pairs().find(pair) else {
            return Vec::new();
        };
        match list.kind() {
            NodeKind::List if self.starts_with(list, '[') => self.in_brackets(list, entries),
            NodeKind::List => self.below(key, list, entries),
            NodeKind::Scalar if list.text().is_some_and(|text| text.trim().is_empty()) => {
                self.first(key, entries)
            }
            _ => Vec::new(),
        }
    }

    fn starts_with(&self, node: Node, sign: char) -> bool {
        self.text[node.range().0 as usize..].starts_with(sign)
    }

    /// Into a list in brackets, before the closing one.
    fn in_brackets(&self, list: Node, entries: &[EntryValue]) -> Vec<Insertion> {
        let written: Vec<String> = entries.iter().map(lines::brackets).collect();
        let close = (list.range().1 as usize).saturating_sub(1);
        let Some(last) = list.items().last() else {
            return vec![Insertion {
                at: list.range().0 as usize + 1,
                text: written.join(", "),
            }];
        };
        let end = last.range().1 as usize;
        let comma = self.comma(end, close);
        let at = comma.map_or(end, |comma| comma + 1);
        let apart = self.own_line(last.range().0 as usize);
        let before = apart.unwrap_or_else(|| " ".into());
        let joined = written.join(&format!(",{before}"));
        vec![Insertion {
            at,
            text: match comma {
                Some(_) => format!("{before}{joined},"),
                None => format!(",{before}{joined}"),
            },
        }]
    }

    /// A comma between the last item and the closing bracket, comments apart.
    fn comma(&self, from: usize, to: usize) -> Option<usize> {
        let commas = self.text[from..to].match_indices(',');
        commas
            .map(|(at, _)| from + at)
            .find(|&at| !self.in_comment(at))
    }

    fn in_comment(&self, at: usize) -> bool {
        let comments = self.tree.comments.iter();
        comments
            .map(|&(start, end)| start as usize..end as usize)
            .any(|comment| comment.contains(&at))
    }

    /// The line end and indentation before a place that begins its line.
    fn own_line(&self, at: usize) -> Option<String> {
        let start = self.line_start(at);
        let indent = &self.text[start..at];
        (start > 0 && indent.bytes().all(|byte| byte == b' '))
            .then(|| format!("{}{indent}", line_end(self.text)))
    }

    pub fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }

    /// The beginning of the next line, or the file's end.
    pub fn next_line(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        match rest.find(['\n', '\r']) {
            Some(end) if rest[end..].starts_with("\r\n") => at + end + 2,
            Some(end) => at + end + 1,
            None => self.text.len(),
        }
    }

    /// The dash of a list's item: its column.
    fn dash(&self, item: Node) -> Option<usize> {
        self.dash_line(item).map(|(_, column)| column)
    }

    /// Where the line begins that holds the dash of a list's item, and the dash's column.
    pub fn dash_line(&self, item: Node) -> Option<(usize, usize)> {
        let mut at = item.range().0 as usize;
        let mut start = self.line_start(at);
        loop {
            let line = &self.text[start..at];
            let line = line.trim_start_matches('\u{feff}');
            if line.trim_start_matches(' ').starts_with('-') {
                return Some((start, line.len() - line.trim_start_matches(' ').len()));
            }
            // The dash may stand on a line of its own above.
            at = start.checked_sub(1)?;
            start = self.line_start(at);
        }
    }

    /// Below the last entry of a list in block form.
    fn below(&self, key: Node, list: Node, entries: &[EntryValue]) -> Vec<Insertion> {
        let items: Vec<Node> = list.items().collect();
        let Some((last, dash)) = items
            .last()
            .and_then(|item| Some((*item, self.dash(*item)?)))
        else {
            return Vec::new();
        };
        let start = last.range().0 as usize;
        let first = self.column(start);
        let gap = if first > dash && first - dash <= 8 {
            first - dash
        } else {
            STEP
        };
        let key_column = self.column(key.range().0 as usize);
        let form = EntryLayout {
            dash,
            gap,
            step: match dash.saturating_sub(key_column) {
                0 => STEP,
                step => step.min(8),
            },
            in_brackets: self.starts_with(last, '{'),
            apart: self.are_apart(&items),
        };
        let end = (last.range().1 as usize).max(start);
        self.places(end, dash)
            .into_iter()
            .map(|at| self.insert(at, &form, entries))
            .collect()
    }

    /// How many characters stand before a place on its line.
    pub fn column(&self, at: usize) -> usize {
        let before = &self.text[self.line_start(at)..at];
        before.chars().filter(|&c| c != '\u{feff}').count()
    }

    /// Whether an empty line stands between the last two entries.
    fn are_apart(&self, items: &[Node]) -> bool {
        let [.., before, last] = items else {
            return false;
        };
        let between = &self.text[before.range().1 as usize..last.range().0 as usize];
        let lines: Vec<&str> = between.split('\n').collect();
        // The first is the rest of the line above, the last the dash's own.
        lines.len() > 2
            && lines[1..lines.len() - 1]
                .iter()
                .any(|line| line.trim().is_empty())
    }

    /// The places below the last entry: behind the comments that belong to it, behind the empty lines as
    /// well (a text may keep them), and the file's end.
    fn places(&self, end: usize, dash: usize) -> Vec<usize> {
        let (behind, behind_empty) = self.behind(end, dash);
        let mut places = vec![behind, behind_empty, self.text.len()];
        places.dedup();
        places
    }

    /// What follows an item or a field that ends here: the place behind the comments that belong to it (set
    /// in further than its column, with no empty line between), and behind the empty lines after these.
    pub fn behind(&self, end: usize, column: usize) -> (usize, usize) {
        let mut at = self.next_line(end);
        while at < self.text.len() {
            let line = &self.text[at..self.next_line(at)];
            let set_in = line.len() - line.trim_start_matches(' ').len();
            if !(set_in > column && line.trim_start_matches(' ').starts_with('#')) {
                break;
            }
            at = self.next_line(at);
        }
        let mut behind = at;
        while behind < self.text.len()
            && self.text[behind..self.next_line(behind)].trim().is_empty()
        {
            behind = self.next_line(behind);
        }
        (at, behind)
    }

    /// The first entries below a field that holds none yet.
    fn first(&self, key: Node, entries: &[EntryValue]) -> Vec<Insertion> {
        let column = self.column(key.range().0 as usize);
        let form = EntryLayout {
            dash: column + STEP,
            gap: STEP,
            step: STEP,
            in_brackets: false,
            apart: false,
        };
        let at = self.next_line(key.range().1 as usize);
        vec![self.insert(at, &form, entries)]
    }

    fn insert(&self, at: usize, form: &EntryLayout, entries: &[EntryValue]) -> Insertion {
        let end = line_end(self.text);
        let written = form.lines(entries).join(end);
        let ended = self.text[..at].ends_with(['\n', '\r']);
        Insertion {
            at,
            // A file without a line end after its last line stays one.
            text: if ended {
                format!("{written}{end}")
            } else {
                format!("{end}{written}")
            },
        }
    }
}

/// How a file writes its entries.
pub struct EntryLayout {
    /// The dash's column.
    pub dash: usize,
    /// From the dash to the first field.
    pub gap: usize,
    /// How far the inside of a field is set in.
    pub step: usize,
    /// Whether an entry stands in brackets on one line.
    pub in_brackets: bool,
    /// Whether an empty line stands between entries.
    pub apart: bool,
}

impl EntryLayout {
    /// Entries as lines; above each an empty line where entries stand apart.
    pub fn lines(&self, entries: &[EntryValue]) -> Vec<String> {
        let mut written = Vec::new();
        for entry in entries {
            if self.apart {
                written.push(String::new());
            }
            written.extend(self.entry(entry));
        }
        written
    }

    fn entry(&self, entry: &EntryValue) -> Vec<String> {
        let before = format!(
            "{}-{}",
            " ".repeat(self.dash),
            " ".repeat(self.gap.saturating_sub(1).max(1))
        );
        let short = lines::brackets(entry);
        let lines = match entry {
            EntryValue::Map(fields) if !(self.in_brackets && short.chars().count() <= ONE_LINE) => {
                lines::block(fields, before.len(), self.step)
            }
            _ => vec![short],
        };
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        std::iter::once(before + &first).chain(lines).collect()
    }
}
