//! Tables put together row by row, with merged cells spread over the grid.

use super::blocks::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Place, Table};

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

#[cfg(test)]
mod tests {
    use super::*;

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
