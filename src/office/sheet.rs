//! A workbook as data: sheets of cells, whatever program saved it. Only cells that hold something are
//! kept, however large a sheet says it is.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Refusal;
use super::blocks::{Aside, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Place};
use super::package;

/// The first and the last cell of a merged one, each by row and column from 0.
pub type Area = ((usize, usize), (usize, usize));

/// The most bytes of text that the cells of a workbook show together: one text may stand in every cell.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// The sheets of a file.
#[derive(Debug, Default)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// What stands beside the cells and is not read: pictures, text boxes.
    pub left: Vec<(Place, String, String)>,
    /// What a person should know of it.
    pub notes: Vec<(Place, String)>,
    cells: usize,
    text: usize,
}

/// A sheet: its cells by row and column, from 0.
#[derive(Debug)]
pub struct Sheet {
    pub name: Rc<str>,
    pub hidden: bool,
    pub cells: BTreeMap<(usize, usize), Cell>,
    pub merged: Vec<Area>,
    /// The rows that a filter hides: they belong to the table.
    pub filtered: BTreeSet<usize>,
    rows: usize,
}

impl Sheet {
    pub fn new(name: &str, hidden: bool) -> Sheet {
        Sheet {
            name: name.into(),
            hidden,
            cells: BTreeMap::new(),
            merged: Vec::new(),
            filtered: BTreeSet::new(),
            rows: 0,
        }
    }

    pub fn place(&self, row: usize, column: usize) -> Place {
        Place::Sheet(self.name.clone(), row + 1, column + 1)
    }

    /// The cells of a row, from left to right, each with its column.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = self.cells.range((row, 0)..=(row, usize::MAX));
        cells.map(|((_, column), cell)| (*column, cell))
    }

    /// Whether a row holds anything.
    fn has_row(&self, row: usize) -> bool {
        self.row(row).next().is_some()
    }
}

impl Workbook {
    /// Adds a cell to the last sheet. A blank one is kept for its colour, as far as there is room.
    ///
    /// Errors: more rows, columns, cells or text than any plan has.
    pub fn put(&mut self, at: (usize, usize), cell: Cell, name: &str) -> Result<(), Refusal> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let new_row = !sheet.has_row(at.0);
        let room = self.cells < MAX_CELLS && (!new_row || sheet.rows < MAX_ROWS);
        let unseen = cell.fill.is_none() || at.1 >= MAX_COLUMNS || !room;
        if cell.is_blank() && unseen {
            return Ok(());
        }
        if !room {
            return Err(package::too_many(name));
        }
        let asides = cell.asides.iter().map(|aside| aside.words.len());
        self.text += cell.text.len() + asides.sum::<usize>();
        if self.text > MAX_TEXT {
            return Err(format!(
                "{name} shows more than {} MB of text in its cells; no plan is so long",
                MAX_TEXT / 1024 / 1024
            )
            .into());
        }
        self.cells += 1;
        sheet.rows += usize::from(new_row);
        sheet.cells.insert(at, cell);
        Ok(())
    }

    /// Puts words beside a cell of the last sheet.
    pub fn add_aside(
        &mut self,
        at: (usize, usize),
        aside: Aside,
        name: &str,
    ) -> Result<(), Refusal> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        if let Some(cell) = sheet.cells.get_mut(&at).filter(|cell| !cell.is_blank()) {
            self.text += aside.words.len();
            cell.asides.push(aside);
            return Ok(());
        }
        let mut cell = Cell::new(sheet.place(at.0, at.1), String::new());
        cell.asides.push(aside);
        self.put(at, cell, name)
    }
}

/// The row and column, from 0, that `B3` or `$B$3` names.
pub fn place(name: &str) -> Option<(usize, usize)> {
    let plain = name.replace('$', "");
    let letters = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = plain.split_at(letters);
    let column = letters.bytes().try_fold(0, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let number = letter
            .is_ascii_uppercase()
            .then(|| usize::from(letter - b'A') + 1)?;
        Some(column * 26 + number).filter(|column| *column <= 16_384)
    })?;
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The cells from `A1` to `B3`; a single one is an area as well.
pub fn area(name: &str) -> Option<Area> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    Some((place(first)?, place(last)?))
}
