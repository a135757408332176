//! Files with their text, and the only arithmetic of lines and columns.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memchr2_iter;

/// Which file of its board a thing stands in: an index into [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Where a thing stands: a file and a range of bytes in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

/// A place as a person counts it: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A span in words that outlive the file's text: its path, its first and last position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path as messages show it.
    pub path: Arc<str>,
    pub start: Position,
    pub end: Position,
    /// The span, for as long as the file is in hand.
    pub at: Span,
}

/// The lines of a file that a reader needs to see of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt<'s> {
    /// The text around the span: the lines that it touches, cut down where they are very long.
    pub text: &'s str,
    /// The span's range of bytes in it.
    pub marked: std::ops::Range<usize>,
}

/// A file's text and where it came from.
#[derive(Debug)]
pub struct Source {
    /// The path as messages show it.
    pub path: Arc<str>,
    /// The path from the estate, with `/`: what entries of one day are ordered by.
    pub key: String,
    pub text: String,
    lines: OnceCell<Vec<u32>>,
    /// The columns at some offsets, in lines that are very long.
    columns: RefCell<BTreeMap<usize, usize>>,
}

/// The most bytes of one line that an excerpt shows on either side of what it marks.
const MARGIN: usize = 1000;

/// The most lines of a span that an excerpt shows.
const LINES: usize = 3;

/// How many bytes of a line are counted again for a place in it.
const STRIDE: usize = 1024;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    pub fn new(path: String, key: String, text: String) -> Source {
        Source {
            path: path.into(),
            key,
            text,
            lines: OnceCell::new(),
            columns: RefCell::default(),
        }
    }

    /// The offset at which each line starts. A line ends at LF, CRLF or a lone CR, as in YAML.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let signs = memchr2_iter(b'\n', b'\r', bytes);
            let ends = signs.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
            std::iter::once(0)
                .chain(ends.map(|at| at as u32 + 1))
                .collect()
        })
    }

    /// The nearest offset at or before `offset` that a character starts at.
    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The line (from 0) in which an offset lies.
    fn line_of(&self, offset: usize) -> usize {
        self.lines()
            .partition_point(|&start| start as usize <= offset)
            - 1
    }

    /// Where an offset lies, as a person counts. A byte order mark is no column.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.lines()[line] as usize;
        let column = self.column(start, offset);
        Position {
            line: line + 1,
            column,
        }
    }

    /// The column of an offset in the line that starts at `start`. A line may be as long as the file, and
    /// asked about at thousands of places: what was counted of it is kept at every so many bytes.
    fn column(&self, start: usize, offset: usize) -> usize {
        let counted = |from: usize, to: usize| {
            let between = self.text[from..to].chars();
            between.filter(|&c| c != BYTE_ORDER_MARK).count()
        };
        if offset - start <= STRIDE {
            return counted(start, offset) + 1;
        }
        let mut known = self.columns.borrow_mut();
        let before = known.range(start..=offset).next_back();
        let (mut from, mut column) = before.map_or((start, 1), |(from, column)| (*from, *column));
        while offset - from > STRIDE {
            let to = self.floor(from + STRIDE);
            column += counted(from, to);
            from = to;
            known.insert(from, column);
        }
        column + counted(from, offset)
    }

    /// A place as the language server protocol counts it: line and character from 0, characters in
    /// UTF-16 units. A byte order mark is no character.
    pub fn utf16(&self, place: Position) -> (u32, u32) {
        let line = place.line.saturating_sub(1).min(self.lines().len() - 1);
        let (start, end) = self.line_range(line);
        let characters = self.text[start..end].chars();
        let units = characters
            .filter(|&c| c != BYTE_ORDER_MARK)
            .take(place.column.saturating_sub(1))
            .map(|c| c.len_utf16() as u32);
        (line as u32, units.sum())
    }

    /// The offset that the protocol means by a line and a character; what lies behind the end of a
    /// line is its end, what lies behind the last line is the end of the text.
    pub fn offset_of_utf16(&self, line: u32, character: u32) -> usize {
        if line as usize >= self.lines().len() {
            return self.text.len();
        }
        let (start, end) = self.line_range(line as usize);
        let mut units = 0;
        for (at, c) in self.text[start..end].char_indices() {
            if c == BYTE_ORDER_MARK {
                continue;
            }
            if units >= character {
                return start + at;
            }
            units += c.len_utf16() as u32;
        }
        end
    }

    /// A line's range, without its end.
    fn line_range(&self, line: usize) -> (usize, usize) {
        let start = self.lines()[line] as usize;
        let next = self
            .lines()
            .get(line + 1)
            .map_or(self.text.len(), |&at| at as usize);
        let end = start + self.text[start..next].trim_end_matches(['\r', '\n']).len();
        (start, end)
    }

    /// What a reader needs to see of a range of bytes.
    fn excerpt(&self, start: usize, end: usize) -> Excerpt<'_> {
        let start = self.floor(start);
        let end = self.floor(end).max(start);
        let first = self.line_of(start);
        let last = self
            .line_of(end.saturating_sub(1).max(start))
            .min(first + LINES - 1);
        let (line_start, _) = self.line_range(first);
        let (_, line_end) = self.line_range(last);
        let mark = if self.text[line_start..].starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        };
        let from = self.floor(start.saturating_sub(MARGIN).max(line_start + mark));
        let stop = end.min(line_end).max(from);
        let to = self.floor((stop + MARGIN).min(line_end)).max(stop);
        let to = to.min(self.floor(from + 8 * MARGIN).max(from));
        let start_in = start.clamp(from, to);
        Excerpt {
            text: &self.text[from..to],
            marked: start_in - from..stop.clamp(start_in, to) - from,
        }
    }
}

/// The files of one board.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    pub fn add(&mut self, source: Source) -> FileId {
        self.0.push(source);
        FileId(self.0.len() as u32 - 1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        let files = self.0.iter().enumerate();
        files.map(|(index, source)| (FileId(index as u32), source))
    }

    /// A file that is among them already, by its path from the estate.
    pub fn find(&self, key: &str) -> Option<FileId> {
        let mut files = self.iter();
        files.find_map(|(file, source)| (source.key == key).then_some(file))
    }

    pub fn get(&self, file: FileId) -> &Source {
        &self.0[file.0 as usize]
    }

    /// A span's place, in words that outlive the text.
    pub fn place(&self, at: Span) -> Place {
        let source = self.get(at.file);
        Place {
            path: Arc::clone(&source.path),
            start: source.position(at.start as usize),
            end: source.position(at.end.max(at.start) as usize),
            at,
        }
    }

    /// What a reader needs to see of a span.
    pub fn excerpt(&self, at: Span) -> Excerpt<'_> {
        let source = self.get(at.file);
        source.excerpt(at.start as usize, at.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("x.yaml".into(), "x.yaml".into(), text.into())
    }

    #[test]
    fn lines_and_columns_count_from_one_and_columns_in_characters() {
        let source = source("a\r\né–b\rc\n");
        let at = |needle: &str| {
            let Position { line, column } = source.position(source.text.find(needle).unwrap());
            (line, column)
        };
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (2, 3));
        assert_eq!(at("c"), (3, 1));
        let Position { line, column } = source.position(source.text.len());
        assert_eq!((line, column), (4, 1));
    }

    #[test]
    fn the_protocol_counts_from_zero_in_units_of_utf_16() {
        let source = source("\u{feff}a😀b\r\né\r");
        let at = |needle: char| {
            let offset = source.text.find(needle).unwrap();
            let (line, character) = source.utf16(source.position(offset));
            assert_eq!(source.offset_of_utf16(line, character), offset);
            (line, character)
        };
        assert_eq!(at('a'), (0, 0));
        assert_eq!(at('😀'), (0, 1));
        assert_eq!(at('b'), (0, 3));
        assert_eq!(at('é'), (1, 0));
        // Behind a line's end, and behind the last line.
        assert_eq!(source.offset_of_utf16(0, 99), 9);
        assert_eq!(source.offset_of_utf16(2, 5), source.text.len());
        assert_eq!(source.offset_of_utf16(9, 0), source.text.len());
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = source("\u{feff}plan: x");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        let excerpt = source.excerpt(3, 7);
        assert_eq!(&excerpt.text[excerpt.marked], "plan");
    }

    #[test]
    fn columns_of_a_very_long_line_are_the_same_in_whatever_order_they_are_asked_for() {
        let text = format!("first\n{}", "aé–\u{feff}".repeat(600));
        let source = source(&text);
        let offsets: Vec<usize> = (6..text.len())
            .filter(|&at| text.is_char_boundary(at))
            .collect();
        for step in [1009, 1, 37] {
            for at in offsets.iter().rev().step_by(step).chain(&offsets[..100]) {
                let before = text[6..*at].chars().filter(|&c| c != BYTE_ORDER_MARK);
                let column = before.count() + 1;
                assert_eq!(source.position(*at), Position { line: 2, column });
            }
        }
    }

    #[test]
    fn an_excerpt_of_a_very_long_line_is_short_and_still_marks_the_span() {
        let text = format!("{}needle{}", "é".repeat(5000), "x".repeat(5000));
        let source = source(&text);
        let excerpt = source.excerpt(10_000, 10_006);
        assert!(excerpt.text.len() <= 2006);
        assert_eq!(&excerpt.text[excerpt.marked], "needle");
        assert_eq!(
            source.position(10_000),
            Position {
                line: 1,
                column: 5001
            }
        );
    }
}
