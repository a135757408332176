//! A quick reader for plain files: one line a field, no escapes, longer texts in block form.
//!
//! It makes the very tree that the full reader makes, or gives up at the first thing that it is not
//! sure of; then the full reader starts anew. So it decides nothing about what is right or wrong. A
//! test holds the two against each other. Update files, of which a board has the most, are of this
//! kind.

use memchr::{memchr, memchr2, memchr3};

use super::full::{in_file, trimmed};
use super::tree::{NodeKind, Slot, Tree};
use super::{MAX_DEPTH, MAX_TEXT};
use crate::bytes::each_place;

/// Reads a text, or gives up.
pub(super) fn read(text: &str) -> Option<Tree> {
    if holds_special(text) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        tree: Tree::default(),
    };
    reader.tree.slots.reserve(text.len() / 16);
    if reader.next_line()? != 0 {
        return None;
    }
    reader.map(0)?;
    reader.next_line().is_none().then_some(reader.tree)
}

/// Whether a text holds a character that the full reader is to judge.
fn holds_special(text: &str) -> bool {
    let mut holds = false;
    // Dashes and quotation marks beyond ASCII are frequent, so that characters are looked at only where a
    // byte begins one that may be special.
    each_place(text.as_bytes(), begins_special, |at| {
        holds |= text[at..].chars().next().is_some_and(is_special);
    });
    holds
}

/// Whether a byte is, or begins, a character that may be special.
#[inline]
fn begins_special(byte: u8) -> bool {
    let control = (byte < b' ') & (byte != b'\n');
    control | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xef)
}

/// Whether a character is for the full reader to judge: controls, other line ends, byte order marks.
fn is_special(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    tree: Tree,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Where the line ends that is being read.
    fn line_end(&self) -> usize {
        let end = memchr(b'\n', &self.bytes[self.at..]);
        end.map_or(self.bytes.len(), |end| self.at + end)
    }

    fn comment(&mut self) {
        let end = self.line_end();
        self.tree.comments.push((self.at as u32, end as u32));
        self.at = end;
    }

    /// Goes to the next line that says something, and gives its indentation; none at the end.
    fn next_line(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.peek()? {
                b'\n' => self.at += 1,
                b'#' => self.comment(),
                _ => return Some(self.at - start),
            }
        }
    }

    /// Ends a line after a value: only spaces and a comment may follow.
    fn end_line(&mut self) -> Option<()> {
        let before = self.at;
        self.skip_spaces();
        match self.peek() {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'#') if self.at > before => self.comment(),
            Some(_) => return None,
        }
        Some(())
    }

    /// Looks at the next line that says something: its indentation, and whether it is a list's item.
    fn ahead(&mut self) -> Option<(usize, bool)> {
        let indent = self.next_line()?;
        let item = self.peek() == Some(b'-') && self.bytes.get(self.at + 1) == Some(&b' ');
        // Stand at the line's beginning again.
        self.at -= indent;
        Some((indent, item))
    }

    fn push(&mut self, parent: Option<usize>, slot: Slot) -> usize {
        if let Some(parent) = parent {
            self.tree.slots[parent].last += 1;
        }
        self.tree.slots.push(slot);
        self.tree.slots.len() - 1
    }

    fn scalar(&mut self, parent: usize, span: (usize, usize), value: (usize, usize)) -> Option<()> {
        if value.1 - value.0 > MAX_TEXT || value.0 == value.1 {
            return None;
        }
        self.push(
            Some(parent),
            Slot {
                kind: NodeKind::Scalar,
                copied: false,
                start: span.0 as u32,
                end: span.1 as u32,
                first: value.0 as u32,
                last: value.1 as u32,
            },
        );
        Some(())
    }

    fn open(&mut self, parent: Option<usize>, kind: NodeKind) -> Option<usize> {
        self.depth += 1;
        let start = self.at as u32;
        let slot = Slot {
            kind,
            copied: false,
            start,
            end: start,
            first: 0,
            last: 0,
        };
        (self.depth <= MAX_DEPTH).then(|| self.push(parent, slot))
    }

    /// Ends a container at its last child's end, or at its bracket's.
    fn close(&mut self, container: usize, end: u32) {
        self.depth -= 1;
        let after = self.tree.slots.len() as u32;
        let slot = &mut self.tree.slots[container];
        slot.first = after;
        slot.end = end;
    }

    /// A map in block form whose first key stands here, in the column `indent`.
    fn map(&mut self, indent: usize) -> Option<()> {
        self.map_in(None, indent).map(|_| ())
    }

    fn map_in(&mut self, parent: Option<usize>, indent: usize) -> Option<u32> {
        let map = self.open(parent, NodeKind::Map)?;
        let mut end;
        loop {
            self.key(map)?;
            end = self.value(map, indent)?;
            match self.ahead() {
                Some((column, false)) if column == indent => self.at += column,
                Some((column, _)) if column >= indent => return None,
                _ => break,
            }
        }
        self.close(map, end);
        Some(end)
    }

    /// A field's name and its colon.
    fn key(&mut self, map: usize) -> Option<()> {
        let start = self.at;
        let first = self.peek()?;
        if !(first.is_ascii_alphanumeric() || first == b'_') {
            return None;
        }
        while self
            .peek()
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        {
            self.at += 1;
        }
        let end = self.at;
        let short = end - start < 128;
        let parted = matches!(self.bytes.get(end + 1), None | Some(b' ' | b'\n'));
        if self.peek() != Some(b':') || !parted || !short {
            return None;
        }
        self.at += 1;
        self.scalar(map, (start, end), (start, end))
    }

    /// What follows a field's colon: on its line, or on the lines below. Gives where it ends.
    fn value(&mut self, map: usize, indent: usize) -> Option<u32> {
        let before = self.at;
        self.skip_spaces();
        match self.peek()? {
            b'\n' => {}
            b'#' if self.at > before => self.comment(),
            b'|' | b'>' => return self.block_text(map, indent),
            _ => {
                let end = self.inline(map)?;
                self.end_line()?;
                return Some(end);
            }
        }
        self.end_line()?;
        match self.ahead()? {
            (column, true) if column >= indent => {
                self.at += column;
                self.list(map, column)
            }
            (column, false) if column > indent => {
                self.at += column;
                self.map_in(Some(map), column)
            }
            _ => None,
        }
    }

    /// A text in block form below a field in the column `indent`. Folded ones are read only where no
    /// line stands further in than the first.
    fn block_text(&mut self, map: usize, indent: usize) -> Option<u32> {
        let folded = self.peek()? == b'>';
        self.at += 1;
        let strip = self.peek()? == b'-';
        self.at += usize::from(strip);
        if self.peek()? != b'\n' {
            return None;
        }
        self.at += 1;
        let (start, mut end) = (self.at, self.at);
        let (mut column, mut blanks) = (None, 0);
        let first = self.tree.copies.len();
        while self.at < self.bytes.len() {
            let from = self.at;
            self.skip_spaces();
            let (inside, stop) = (self.at - from, self.line_end());
            let line = &self.text[self.at..stop];
            if line.is_empty() {
                blanks += 1;
                if column.is_none_or(|column| inside > column) {
                    return None;
                }
            } else if column.is_some_and(|column| inside < column) {
                if inside > indent {
                    return None;
                }
                self.at = from;
                break;
            } else {
                let first_column = *column.get_or_insert(inside);
                let further = inside - first_column;
                if first_column <= indent || line.ends_with(' ') || (folded && further > 0) {
                    return None;
                }
                let value = &mut self.tree.copies;
                if value.len() > first {
                    match (folded, blanks) {
                        (true, 0) => value.push(' '),
                        (true, blanks) => value.extend(std::iter::repeat_n('\n', blanks)),
                        (false, blanks) => value.extend(std::iter::repeat_n('\n', blanks + 1)),
                    }
                }
                value.extend(std::iter::repeat_n(' ', further));
                value.push_str(line);
                (blanks, end) = (0, stop);
            }
            self.at = (stop + 1).min(self.bytes.len());
        }
        let length = self.tree.copies.len() - first;
        if length == 0 || length >= MAX_TEXT {
            return None;
        }
        if !strip {
            self.tree.copies.push('\n');
        }
        let (start, end) = trimmed(self.text, start as u32, end as u32);
        self.block_scalar(map, (start, end), first);
        Some(end)
    }

    /// A text in block form whose value stands in the copies from `first` on; of one line it is the file's
    /// own.
    fn block_scalar(&mut self, map: usize, (start, end): (u32, u32), first: usize) {
        let value = &self.tree.copies[first..];
        let length = value.len() as u32;
        let known = in_file(self.text, value, start);
        if known.is_some() {
            self.tree.copies.truncate(first);
        }
        let first = known.unwrap_or(first as u32);
        self.push(
            Some(map),
            Slot {
                kind: NodeKind::Scalar,
                copied: known.is_none(),
                start,
                end,
                first,
                last: first + length,
            },
        );
    }

    /// A list in block form whose first dash stands here, in the column `indent`.
    fn list(&mut self, parent: usize, indent: usize) -> Option<u32> {
        let list = self.open(Some(parent), NodeKind::List)?;
        let mut end;
        loop {
            self.at += 1;
            let dash = self.at;
            self.skip_spaces();
            let column = indent + 1 + (self.at - dash);
            if self.tree.slots[list].last == 0 {
                self.tree.slots[list].start = self.at as u32;
            }
            if self.is_key() {
                end = self.map_in(Some(list), column)?;
            } else if matches!(self.peek(), Some(b'|' | b'>')) {
                let text = self.tree.slots.len();
                end = self.block_text(list, indent)?;
                // A list begins where its first item does, which is on a line below.
                if text == list + 1 {
                    self.tree.slots[list].start = self.tree.slots[text].start;
                }
            } else {
                end = self.inline(list)?;
                self.end_line()?;
            }
            match self.ahead() {
                Some((column, true)) if column == indent => self.at += column,
                Some((column, _)) if column > indent => return None,
                _ => break,
            }
        }
        self.close(list, end);
        Some(end)
    }

    /// Whether a field's name and its colon stand here.
    fn is_key(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let name = |&b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        let end = rest
            .iter()
            .position(|byte| !name(byte))
            .unwrap_or(rest.len());
        end > 0
            && rest.get(end) == Some(&b':')
            && matches!(rest.get(end + 1), None | Some(b' ' | b'\n'))
    }

    /// Reads a value that ends on its line, and gives where it ends.
    fn inline(&mut self, parent: usize) -> Option<u32> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => self.quoted(parent, quote),
            b'[' | b'{' => self.flow(parent),
            _ => self.plain(parent, false),
        }
    }

    /// A text in quotes, on one line, that holds no escape but a quote written twice.
    fn quoted(&mut self, parent: usize, quote: u8) -> Option<u32> {
        let start = self.at;
        let (first, last) = (start + 1, self.closing(quote, start + 1)?);
        let escaped = self.bytes[first..last].contains(&b'\\') && quote == b'"';
        if escaped {
            return None;
        }
        if self.bytes.get(last + 1) == Some(&quote) {
            return self.doubled_quotes(parent, quote);
        }
        self.at = last + 1;
        self.scalar(parent, (start, self.at), (first, last))?;
        Some(self.at as u32)
    }

    /// Where a quote stands next, on the same line.
    fn closing(&self, quote: u8, from: usize) -> Option<usize> {
        let end = from + memchr2(quote, b'\n', self.bytes.get(from..)?)?;
        (self.bytes[end] == quote).then_some(end)
    }

    /// A text in single quotes in which two of them stand for one.
    fn doubled_quotes(&mut self, parent: usize, quote: u8) -> Option<u32> {
        if quote != b'\'' {
            return None;
        }
        let start = self.at;
        let copied = self.tree.copies.len();
        let mut from = start + 1;
        loop {
            let end = self.closing(quote, from)?;
            self.tree.copies.push_str(&self.text[from..end]);
            from = end + 1;
            if self.bytes.get(from) != Some(&quote) {
                break;
            }
            self.tree.copies.push('\'');
            from += 1;
        }
        let length = self.tree.copies.len() - copied;
        if length == 0 || length > MAX_TEXT {
            return None;
        }
        self.at = from;
        self.push(
            Some(parent),
            Slot {
                kind: NodeKind::Scalar,
                copied: true,
                start: start as u32,
                end: from as u32,
                first: copied as u32,
                last: (copied + length) as u32,
            },
        );
        Some(from as u32)
    }

    /// A text without quotes: to the end of the line, or in brackets to the next sign.
    fn plain(&mut self, parent: usize, in_brackets: bool) -> Option<u32> {
        let start = self.at;
        let first = self.peek()?;
        if !(first.is_ascii_alphanumeric() || first >= 0x80 || matches!(first, b'(' | b'/' | b'_'))
        {
            return None;
        }
        loop {
            if !in_brackets {
                // On to the next sign that may mean something.
                let rest = &self.bytes[self.at..];
                let sign = memchr3(b'\n', b':', b'#', rest).unwrap_or(rest.len());
                self.at += sign;
            }
            let Some(byte) = self.peek() else { break };
            let next = self.bytes.get(self.at + 1).copied().unwrap_or(b'\n');
            match byte {
                b'\n' => break,
                b',' | b'[' | b']' | b'{' | b'}' if in_brackets => break,
                b':' if matches!(next, b' ' | b'\n') => return None,
                b':' if in_brackets && matches!(next, b',' | b'[' | b']' | b'{' | b'}') => {
                    return None;
                }
                b'#' if self.bytes[self.at - 1] == b' ' => break,
                _ => self.at += 1,
            }
        }
        let written = &self.bytes[start..self.at];
        let spaces = written
            .iter()
            .rev()
            .take_while(|&&byte| byte == b' ')
            .count();
        self.at -= spaces;
        self.scalar(parent, (start, self.at), (start, self.at))?;
        Some(self.at as u32)
    }

    /// A list or a map in brackets, all on one line.
    fn flow(&mut self, parent: usize) -> Option<u32> {
        let (kind, closing) = match self.peek()? {
            b'[' => (NodeKind::List, b']'),
            _ => (NodeKind::Map, b'}'),
        };
        let container = self.open(Some(parent), kind)?;
        self.at += 1;
        self.skip_spaces();
        if self.peek()? == closing {
            self.at += 1;
            self.close(container, self.at as u32);
            return Some(self.at as u32);
        }
        loop {
            self.skip_spaces();
            if kind == NodeKind::Map {
                self.key(container)?;
                self.skip_spaces();
            }
            match self.peek()? {
                quote @ (b'"' | b'\'') => self.quoted(container, quote)?,
                b'[' | b'{' => self.flow(container)?,
                _ => self.plain(container, true)?,
            };
            self.skip_spaces();
            let sign = self.peek()?;
            self.at += 1;
            if sign == closing {
                self.close(container, self.at as u32);
                return Some(self.at as u32);
            }
            if sign != b',' {
                return None;
            }
        }
    }
}
