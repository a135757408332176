//! What every source format is turned into: headings, paragraphs and tables of cells, each with its
//! place in the source.

use std::fmt;
use std::rc::Rc;

/// A source document as data.
#[derive(Debug, Default)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    /// What the reader of the format had to leave: pictures, cells that hold an error.
    pub left: Vec<(Place, String, String)>,
    /// What belongs to the pages and not to the document: their heads and feet, links between them.
    pub furniture: Vec<(Place, String)>,
    /// Whether the lines within a cell were run together and merged cells cannot be told from blank
    /// ones: text taken out of a PDF.
    pub flattened: bool,
}

#[derive(Debug)]
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

#[derive(Debug, Default)]
pub struct Table {
    /// The name of its sheet, where it has one.
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
    /// Its paragraphs, with a blank line between them and `- ` before the lines of a list.
    pub text: String,
    /// The row and column of the merged cell that lies over this one.
    pub under: Option<(usize, usize)>,
    /// The colour behind it, as six figures, where the format says one.
    pub shade: Option<String>,
    /// Its number in the account; 0 for a blank one.
    pub item: usize,
}

impl Cell {
    pub fn new(place: Place, text: String) -> Cell {
        Cell {
            place,
            text,
            under: None,
            shade: None,
            item: 0,
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
    /// A sheet, its row and its column.
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
            Place::Sheet(sheet, row, column) => write!(out, "{sheet}!{}{row}", letters(*column)),
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

/// Puts the cells of a table together row by row, with merged cells spread over the grid.
#[derive(Debug, Default)]
pub struct Grid {
    pub table: Table,
    /// Of each column, the merged cell that comes down into the next rows, and how many are left.
    open: Vec<Option<((usize, usize), usize)>>,
    cells: usize,
}

/// A table has more rows, columns or cells than any plan.
#[derive(Debug)]
pub struct TooLarge;

impl Grid {
    pub fn row(&mut self) -> Result<(), TooLarge> {
        self.fill();
        if self.table.rows.len() >= MAX_ROWS {
            return Err(TooLarge);
        }
        self.table.rows.push(Vec::new());
        self.under_open();
        Ok(())
    }

    /// Adds a cell that lies over so many columns and rows.
    pub fn cell(&mut self, cell: Cell, across: usize, down: usize) -> Result<(), TooLarge> {
        if self.table.rows.is_empty() {
            self.row()?;
        }
        self.under_open();
        let row = self.table.rows.len() - 1;
        let column = self.table.rows[row].len();
        let (across, down) = (across.max(1), down.max(1));
        if column + across > MAX_COLUMNS || self.cells + across > MAX_CELLS {
            return Err(TooLarge);
        }
        self.cells += across;
        for number in 0..across {
            let mut part = cell.clone();
            if number > 0 {
                part.text = String::new();
                part.under = Some((row, column));
            }
            self.table.rows[row].push(part);
            let at = column + number;
            if self.open.len() <= at {
                self.open.resize(at + 1, None);
            }
            self.open[at] = (down > 1).then_some(((row, column), down - 1));
        }
        Ok(())
    }

    /// The column, from 0, in which the next cell of the row will stand.
    pub fn next_column(&mut self) -> usize {
        self.under_open();
        self.table.rows.last().map_or(0, Vec::len)
    }

    /// Passes over a column that a cell of an earlier row comes down into, by the format's own mark.
    pub fn continued(&mut self, place: Place, across: usize) -> Result<(), TooLarge> {
        let row = self.table.rows.len().saturating_sub(1);
        let column = self.table.rows.last().map_or(0, Vec::len);
        let above = row.checked_sub(1).and_then(|row| {
            let cell = self.table.rows.get(row)?.get(column)?;
            Some(cell.under.unwrap_or((row, column)))
        });
        self.cell(Cell::new(place, String::new()), across, 1)?;
        for cell in &mut self.table.rows[row][column..] {
            cell.under = above;
        }
        Ok(())
    }

    /// The columns at the end of the row so far into which merged cells come down.
    fn under_open(&mut self) {
        let Some(row) = self.table.rows.len().checked_sub(1) else {
            return;
        };
        while let Some(Some((origin, left))) = self.open.get_mut(self.table.rows[row].len()) {
            let mut under = self.table.rows[origin.0][origin.1].clone();
            under.text = String::new();
            under.under = Some(*origin);
            *left -= 1;
            if *left == 0 {
                let at = self.table.rows[row].len();
                self.open[at] = None;
            }
            self.table.rows[row].push(under);
            self.cells += 1;
        }
    }

    /// Ends a row: the merged cells that come down at its end belong to it.
    fn fill(&mut self) {
        self.under_open();
    }

    /// The whole table, its rows filled up to one width.
    pub fn finish(mut self) -> Table {
        self.fill();
        let mut table = self.table;
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut table.rows {
            let Some(last) = row.last().map(|cell| cell.place.clone()) else {
                continue;
            };
            while row.len() < width {
                row.push(Cell::new(last.clone(), String::new()));
            }
        }
        table.rows.retain(|row| !row.is_empty());
        table
    }
}

/// Gathers the words of a cell or paragraph as they come out of marked-up text.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    /// What stands before the next word: nothing, a space, a new line of a list, a new paragraph.
    gap: Gap,
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
    }

    /// A new item of a list begins, this deep in other lists.
    pub fn item(&mut self, depth: usize) {
        self.gap = Gap::Item(depth);
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn take(&mut self) -> String {
        self.gap = Gap::None;
        join_items(&std::mem::take(&mut self.text))
    }
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

    #[test]
    fn a_merged_cell_lies_over_the_columns_and_rows_that_it_spans() {
        let mut grid = Grid::default();
        let cell = |text: &str| Cell::new(Place::Line(1), text.to_owned());
        grid.row().unwrap();
        grid.cell(cell("wide"), 2, 1).unwrap();
        grid.cell(cell("tall"), 1, 2).unwrap();
        grid.row().unwrap();
        grid.cell(cell("a"), 1, 1).unwrap();
        grid.cell(cell("b"), 1, 1).unwrap();
        let table = grid.finish();
        let under = |row: usize, column: usize| table.rows[row][column].under;
        assert_eq!(table.rows[1].len(), 3);
        assert_eq!(
            [under(0, 0), under(0, 1), under(1, 1), under(1, 2)],
            [None, Some((0, 0)), None, Some((0, 2))]
        );
    }
}
