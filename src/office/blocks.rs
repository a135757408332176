//! What every source format is turned into: headings, paragraphs and tables of cells, each with its
//! place in the source.

use std::fmt;
use std::rc::Rc;

use crate::calendar::Day;

/// A source document as data.
#[derive(Debug, Default)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    /// What the reader of the format had to leave: pictures, cells that hold an error.
    pub left: Vec<(Place, String, String)>,
    /// What a person should know of the source though nothing was left out for it.
    pub notes: Vec<(Place, String)>,
    /// What belongs to the pages and not to the document: their heads and feet, links between them.
    pub furniture: Vec<(Place, String)>,
    /// Whether the lines within a cell were run together and merged cells cannot be told from blank
    /// ones: text taken out of a PDF.
    pub flattened: bool,
}

#[derive(Clone, Debug)]
pub enum Block {
    /// A heading that the format marks as one, with its level from 1.
    Heading(u8, Piece),
    /// A paragraph, or a list with its `- ` lines.
    Paragraph(Piece),
    Table(Table),
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub struct Piece {
    pub place: Place,
    pub text: String,
    /// Its number in the account; 0 until the account is opened.
    pub item: usize,
}

impl Piece {
    pub fn new(place: Place, text: String) -> Piece {
        Piece {
            place,
            text,
            item: 0,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The name of the sheet that the table comes from; none in a document without sheets.
    pub name: Option<Rc<str>>,
    pub rows: Vec<Vec<Cell>>,
    /// How many of its first rows the format marks as headings.
    pub heading_rows: usize,
    /// Whether the format says which cells are merged: then a blank cell is a blank one.
    pub knows_merged: bool,
}

/// A cell of a table's grid.
#[derive(Clone, Debug)]
pub struct Cell {
    pub place: Place,
    /// What it shows: its paragraphs, with a blank line between them and `- ` before the lines of a
    /// list. Empty where what it shows is not known (`unreadable`).
    pub text: String,
    /// What the format keeps where it keeps no text.
    pub value: CellValue,
    /// The row and column of the merged cell that lies over this one.
    pub under: Option<(usize, usize)>,
    /// The colour behind it, as six figures, where the format says one; also one that depends on what
    /// the cell says.
    pub fill: Option<String>,
    /// The colour of its words, where all have one and it is not the usual one.
    pub ink: Option<String>,
    /// Why nobody sees it, where its row or its column is hidden.
    pub hidden: Option<Why>,
    /// Words in the cell that are no part of its text, such as comments and struck-out words.
    pub asides: Vec<Aside>,
    /// Why what it shows is not known, or not all of it.
    pub unreadable: Option<Unreadable>,
    /// Its number in the account; 0 for a blank one.
    pub item: usize,
}

impl Cell {
    pub fn new(place: Place, text: String) -> Cell {
        Cell {
            place,
            text,
            value: CellValue::Text,
            under: None,
            fill: None,
            ink: None,
            hidden: None,
            asides: Vec::new(),
            unreadable: None,
            item: 0,
        }
    }

    /// Whether nothing stands in it, not even words that it does not say.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && self.asides.is_empty() && self.unreadable.is_none()
    }
}

/// What a cell keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum CellValue {
    #[default]
    Text,
    Number(f64),
    Day(Day),
    /// A time of day, true or false, an error.
    Other,
}

/// Words that stand in a cell and are not what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub why: Why,
    pub words: String,
}

impl Aside {
    /// The hour beside a day.
    pub fn time_of_day(time: &str) -> Aside {
        Aside {
            why: Why::TimeOfDay,
            words: time.to_owned(),
        }
    }
}

/// Why words are not what a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    StruckOut,
    /// Marked as not to be shown.
    HiddenWords,
    HiddenRow,
    HiddenColumn,
    Comment,
    TimeOfDay,
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Why::StruckOut => "it is struck out",
            Why::HiddenWords => "it is marked as hidden, and nobody sees it",
            Why::HiddenRow => "its row is hidden",
            Why::HiddenColumn => "its column is hidden",
            Why::Comment => "a remark on a cell, not the plan's own words",
            Why::TimeOfDay => "a time of day: only the day is kept",
        })
    }
}

/// Why what a cell shows is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A formula that was never reckoned out: programs other than Excel write such files.
    NoResult,
    /// A day that no calendar has.
    NoDate(String),
    /// A number, and the format by which it is shown.
    Format(String, String),
    /// A sign of a font whose signs are no letters: its number and the font. The rest is known.
    Sign(String, String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::NoResult => out
                .write_str("a formula without a result; open the file in Excel, and save it again"),
            Unreadable::NoDate(stored) => {
                write!(out, "the number {stored} as a date, which no calendar has")
            }
            Unreadable::Format(stored, format) => write!(
                out,
                "the number {stored}, shown in the format `{format}`, which is not known; write it as text"
            ),
            Unreadable::Sign(number, font) => write!(
                out,
                "a sign of the font {font} ({number}) that is not known, shown as \u{fffd}"
            ),
        }
    }
}

/// Where something stands in its source, as a person finds it again. All numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Line(usize),
    /// A cell of a table that is written as text: its line, and its number there.
    LineCell(usize, usize),
    Paragraph(usize),
    /// A table, its row and its column.
    Table(usize, usize, usize),
    /// A sheet (without a name, the only one), its row and its column.
    Sheet(Rc<str>, usize, usize),
    /// A part of the file that is no text.
    Part(Rc<str>),
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(out, "line {line}"),
            Place::LineCell(line, cell) => write!(out, "line {line}, cell {cell}"),
            Place::Paragraph(number) => write!(out, "paragraph {number}"),
            Place::Table(table, row, column) => {
                write!(out, "table {table}, row {row}, column {column}")
            }
            Place::Sheet(sheet, row, column) => {
                let mark = if sheet.is_empty() { "" } else { "!" };
                write!(out, "{sheet}{mark}{}{row}", letters(*column))
            }
            Place::Part(name) => out.write_str(name),
        }
    }
}

/// A column's number as spreadsheets write it: 1 is A, 27 is AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(b'A' + ((column - 1) % 26) as u8);
        column = (column - 1) / 26;
    }
    letters.reverse();
    String::from_utf8_lossy(&letters).into_owned()
}

/// The most rows of one table, and the most cells of one source: no board's plan comes near them.
pub const MAX_ROWS: usize = 2_000;
pub const MAX_CELLS: usize = 50_000;
/// The most columns of one table.
pub const MAX_COLUMNS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!(
            [1, 26, 27, 52, 53, 703].map(letters),
            ["A", "Z", "AA", "AZ", "BA", "AAA"]
        );
    }
}
