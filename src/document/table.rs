//! Tables: columns that know what each row shows in them.

use std::borrow::Borrow;

use super::{Cell, Piece};

/// A table: every row has a cell for every column, because the columns make the cells.
///
/// A writer shows each column under its [`Column::title`] and each cell by its kind; one that is
/// [`Cell::Above`] is one with the cell above it. Where a page is too narrow, a table that is
/// [`whole`](Table::is_whole) breaks its texts into lines, and one that is not may cut the names of its
/// rows short.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    whole: bool,
    folded: bool,
    parts: Option<&'static str>,
}

impl Table {
    /// A table of rows, each shown as the columns say; every word of it is shown.
    pub fn new<R>(columns: &[Col<R>], rows: impl IntoIterator<Item = impl Borrow<R>>) -> Table {
        let headings = columns.iter().map(Col::column).collect();
        Table::with(headings, rows, |column, row| {
            columns[column].cell(row.borrow())
        })
    }

    /// A table whose columns are known only at run time: `cell` gives what a row shows in the column
    /// of an index.
    pub fn with<R>(
        columns: Vec<Column>,
        rows: impl IntoIterator<Item = R>,
        cell: impl Fn(usize, &R) -> Cell,
    ) -> Table {
        let cells = |row: R| (0..columns.len()).map(|at| cell(at, &row)).collect();
        Table {
            rows: rows.into_iter().map(cells).collect(),
            columns,
            whole: true,
            folded: false,
            parts: None,
        }
    }

    /// The same table, as figures behind what stands above them: a page that can fold shows them only to
    /// those who ask. Printed, and in every other format, they are there.
    pub fn folded(mut self) -> Table {
        self.folded = true;
        self
    }

    pub fn is_folded(&self) -> bool {
        self.folded
    }

    /// The same table, as one part of a list that stands under several headings, and what these name
    /// ("priority"): a format whose rows are sorted and filtered puts the parts together again.
    pub fn part_of_a_list(mut self, headings_name: &'static str) -> Table {
        self.parts = Some(headings_name);
        self
    }

    /// What the headings name, if it is one part of a list.
    pub fn is_part(&self) -> Option<&'static str> {
        self.parts
    }

    /// The same table, as a list whose names a page that is too narrow may cut short: what they name
    /// is told by the other columns. Nothing else is ever cut.
    pub fn cut(mut self) -> Table {
        self.whole = false;
        self
    }

    /// The same table without the columns in which nothing stands.
    pub fn without_empty_columns(self) -> Table {
        let is_filled = |at: usize| self.rows.iter().any(|row| row[at] != Cell::Empty);
        let filled = (0..self.columns.len()).map(is_filled).collect();
        self.with_columns(filled)
    }

    /// The same table with other cells; `cell` gives what a row shows in a column.
    pub(super) fn with_cells(&self, cell: impl Fn(usize, usize) -> Cell) -> Table {
        let cells = |row| {
            (0..self.columns.len())
                .map(|at| cell(row, at))
                .collect::<Vec<_>>()
        };
        Table {
            columns: self.columns.clone(),
            rows: (0..self.rows.len()).map(cells).collect(),
            ..*self
        }
    }

    /// The same table, of which a page makes the same as of another.
    pub(super) fn like(self, other: &Table) -> Table {
        Table {
            columns: self.columns,
            rows: self.rows,
            ..*other
        }
    }

    /// The same table with only some of its columns.
    pub(super) fn with_columns(mut self, filled: Vec<bool>) -> Table {
        fn keep<T>(list: &mut Vec<T>, filled: &[bool]) {
            let mut at = 0;
            list.retain(|_| {
                at += 1;
                filled[at - 1]
            });
        }
        keep(&mut self.columns, &filled);
        for row in &mut self.rows {
            keep(row, &filled);
        }
        self
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The texts of its cells.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Piece> {
        let cells = self.rows.iter_mut().flatten();
        cells.filter_map(|cell| match cell {
            Cell::Text(piece) => Some(piece),
            _ => None,
        })
    }

    /// The rows, each with as many cells as there are columns.
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Whether every word is shown, over several lines if need be; else names may be cut short.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The cell that stands at a place: where it is one with those above, the first of them.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        let upwards = self.rows[..=row].iter().rev().map(|row| &row[column]);
        let mut begins = upwards.skip_while(|cell| **cell == Cell::Above);
        begins.next().unwrap_or(&Cell::Empty)
    }

    /// How many rows the cell at a place stands for, itself included; none for one that is part of
    /// the cell above.
    pub fn span(&self, row: usize, column: usize) -> usize {
        if row > 0 && self.rows[row][column] == Cell::Above {
            return 0;
        }
        let below = self.rows[row + 1..].iter().map(|row| &row[column]);
        1 + below.take_while(|cell| **cell == Cell::Above).count()
    }
}

/// What a table says above a column, and how the column behaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    /// What it is called where there is room: for a heading that is blank, or only a letter.
    pub name: String,
    pub align: Align,
    /// Whether the column gives way where the page is narrow; figures never do.
    pub wraps: bool,
    /// The width that it keeps for as long as others can give way.
    pub keeps: usize,
    /// What a line says before its text where a page has no such column, because it stands nearly empty;
    /// blank where it always has.
    pub folds_as: &'static str,
    /// What stands between it and the column left of it where a page shows both as one; blank where each
    /// stands alone.
    pub joined_by: &'static str,
}

impl Column {
    /// The same column under another heading.
    pub fn headed(self, heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            ..self
        }
    }

    /// Whether it holds running text, or the names of rows: others give way for its sake, and only it may
    /// be cut short, in a table that is not [`whole`](Table::is_whole).
    pub fn is_running(&self) -> bool {
        self.wraps && self.keeps >= RUNNING
    }

    /// The column's name, else its heading.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            &self.heading
        } else {
            &self.name
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column, and what a row of the type `R` shows in it.
pub struct Col<R: ?Sized> {
    heading: &'static str,
    name: &'static str,
    align: Align,
    wraps: bool,
    keeps: usize,
    folds_as: &'static str,
    joined_by: &'static str,
    cell: Shows<R>,
}

/// What a column shows of a row.
enum Shows<R: ?Sized> {
    Row(fn(&R) -> Cell),
    /// What the row has under the column's heading.
    Heading(fn(&R, &str) -> Cell),
}

impl<R: ?Sized> Clone for Shows<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: ?Sized> Copy for Shows<R> {}

impl<R: ?Sized> Clone for Col<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: ?Sized> Copy for Col<R> {}

impl<R> Col<R> {
    /// The same column, its blank or short heading given a name.
    pub const fn named(self, name: &'static str) -> Col<R> {
        Col { name, ..self }
    }

    /// The same column, which keeps so much width for as long as others can give way.
    pub const fn keeping(self, keeps: usize) -> Col<R> {
        Col { keeps, ..self }
    }

    /// The same column, which a page tells in lines under the running text of its rows where it stands nearly
    /// empty, each line with a label before it.
    pub const fn folding(self, folds_as: &'static str) -> Col<R> {
        Col { folds_as, ..self }
    }

    /// The same column, which a page shows behind the words of the one left of it: a name behind its number.
    pub const fn behind(self) -> Col<R> {
        self.after(" ")
    }

    /// The same with other letters between.
    pub const fn after(self, joined_by: &'static str) -> Col<R> {
        Col { joined_by, ..self }
    }

    /// The same column, which a page shows below what the one left of it has: a day below who spoke.
    pub const fn below(self) -> Col<R> {
        self.after("\n")
    }

    /// The same column, showing what a row has under its heading.
    pub const fn by_heading<T>(self, cell: fn(&T, &str) -> Cell) -> Col<T> {
        Col {
            heading: self.heading,
            name: self.name,
            align: self.align,
            wraps: self.wraps,
            keeps: self.keeps,
            folds_as: self.folds_as,
            joined_by: self.joined_by,
            cell: Shows::Heading(cell),
        }
    }

    /// The column without its rows.
    pub fn column(&self) -> Column {
        Column {
            heading: self.heading.into(),
            name: self.name.into(),
            align: self.align,
            wraps: self.wraps,
            keeps: self.keeps,
            folds_as: self.folds_as,
            joined_by: self.joined_by,
        }
    }

    /// What a row shows in it.
    pub fn cell(&self, row: &R) -> Cell {
        match self.cell {
            Shows::Row(cell) => cell(row),
            Shows::Heading(cell) => cell(row, self.heading),
        }
    }
}

/// A column of words, which may be broken into several lines.
pub const fn words<R>(heading: &'static str, cell: fn(&R) -> Cell) -> Col<R> {
    Col {
        heading,
        name: "",
        align: Align::Left,
        wraps: true,
        keeps: 0,
        folds_as: "",
        joined_by: "",
        cell: Shows::Row(cell),
    }
}

/// What a column of running text keeps.
const RUNNING: usize = 40;

/// A column of running text, for whose sake others give way first.
pub const fn running<R>(heading: &'static str, cell: fn(&R) -> Cell) -> Col<R> {
    words(heading, cell).keeping(RUNNING)
}

/// A column of actions, each by its number and name.
pub const fn actions<R>(cell: fn(&R) -> Cell) -> Col<R> {
    words("action", cell).keeping(20)
}

/// A column of deadlines, which are seldom longer than a month and its year.
pub const fn deadlines<R>(heading: &'static str, cell: fn(&R) -> Cell) -> Col<R> {
    words(heading, cell).keeping(16)
}

/// A column of short words, which are kept whole.
pub const fn short<R>(heading: &'static str, cell: fn(&R) -> Cell) -> Col<R> {
    Col {
        wraps: false,
        ..words(heading, cell)
    }
}

/// A column of figures.
pub const fn figures<R>(heading: &'static str, cell: fn(&R) -> Cell) -> Col<R> {
    Col {
        align: Align::Right,
        ..short(heading, cell)
    }
}

/// For tests of how a table is shown, whatever made it.
#[cfg(test)]
pub fn table_of_cells(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    Table::with(columns, rows, |at, row| row[at].clone())
}
