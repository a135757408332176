//! A paper as data: headings, lines, tables of cells and bars. Reports make it; renderers show it;
//! neither knows the other.

use std::borrow::Cow;

/// A paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading, with a remark that stands at the line's end (a date), or nothing.
    Title(String, String),
    Heading(Line),
    /// A paragraph of running text; its line ends are kept.
    Paragraph(Line),
    /// Names with their texts.
    Facts(Vec<(String, Line)>),
    Table(Table),
    /// Sentences below each other.
    List(Vec<Line>),
}

/// Pieces of text, each with what it is.
pub type Line = Vec<Piece>;

/// A piece of text and what it is; how that looks is the renderer's affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
}

/// What a text is. Colour follows from it but never carries it alone: the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Strong,
    Faint,
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

/// A text of one tone.
pub fn piece(tone: Tone, text: impl Into<String>) -> Piece {
    Piece {
        text: text.into(),
        tone,
    }
}

/// A line of plain text.
pub fn plain(text: impl Into<String>) -> Line {
    vec![piece(Tone::Plain, text)]
}

/// A table: every row has a cell for every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    pub align: Align,
    /// Whether the column gives way where the page is narrow; figures never do.
    pub wraps: bool,
    /// The width that it keeps for as long as others can give way.
    pub keeps: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(Piece),
    Count(usize),
    Number(i64),
    /// Parts of a whole, each with its tone.
    Bar(Vec<(usize, Tone)>),
    Empty,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(piece(Tone::Plain, text))
    }

    pub fn toned(tone: Tone, text: impl Into<String>) -> Cell {
        Cell::Text(piece(tone, text))
    }
}

/// A column of words, which may be broken into several lines.
pub fn words(heading: &str) -> Column {
    Column {
        heading: heading.into(),
        align: Align::Left,
        wraps: true,
        keeps: 0,
    }
}

/// A column of running text, for whose sake others give way first.
pub fn running(heading: &str) -> Column {
    Column {
        keeps: 40,
        ..words(heading)
    }
}

/// A column of deadlines, which are seldom longer than a month and its year.
pub fn deadlines(heading: &str) -> Column {
    Column {
        keeps: 16,
        ..words(heading)
    }
}

/// A column of short words, which are kept whole.
pub fn short(heading: &str) -> Column {
    Column {
        wraps: false,
        ..words(heading)
    }
}

/// A column of figures.
pub fn figures(heading: &str) -> Column {
    Column {
        align: Align::Right,
        ..short(heading)
    }
}

/// A text with its control, bidirectional and invisible characters escaped (`\u{202e}`), so that
/// what a reader sees is what stands there. Line ends and the no-break space stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("\\u{{{:x}}}", c as u32));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a reader cannot see a character, or it changes how others are seen.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n';
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_bidirectional_and_invisible_characters_are_shown_escaped() {
        assert_eq!(
            visible("a\u{202e}b\u{7}c\u{200b}d"),
            r"a\u{202e}b\u{7}c\u{200b}d"
        );
        assert_eq!(visible("tab\there"), r"tab\u{9}here");
        assert_eq!(
            visible("Early – identification\u{a0}é\n"),
            "Early – identification\u{a0}é\n"
        );
    }
}
