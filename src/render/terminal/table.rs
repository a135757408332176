//! Tables on a terminal. The layout is ours: how wide each column is, and what stands on a line of its
//! own; `comfy-table` breaks the texts of a row at these widths.

use comfy_table::{CellAlignment, ColumnConstraint, Row, Table as Cells, Width};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::columns::{Alone, Grid, Layout, fit};
use super::shown::{Shown, longest_bar};
use super::{GAP, Page, wrapped};
use crate::document::{Align, Column, Line, Table, Tone, piece};

impl Page {
    pub fn table(&mut self, table: &Table) {
        let columns = table.columns();
        // Bars of one table are drawn to one scale.
        let longest = longest_bar(table.rows());
        let rows: Vec<Vec<Shown>> = (table.rows().iter())
            .map(|row| row.iter().map(|cell| Shown::cell(cell, longest)).collect())
            .collect();
        match fit(table, &rows, self.width) {
            Layout::Records => self.records(columns, &rows),
            Layout::Grid(grid) => self.grid(table, &rows, &grid),
        }
    }

    /// A table that is too wide for the page: each row as a record, its first text at the left.
    fn records(&mut self, columns: &[Column], rows: &[Vec<Shown>]) {
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            let filled = columns.iter().zip(row);
            let filled = filled.filter(|(_, cell)| !cell.is_empty() && !cell.is_picture);
            let facts = filled.map(|(column, cell)| {
                let line: Line = vec![piece(cell.tone(), cell.words())];
                (column.title().to_owned(), line)
            });
            self.facts(&facts.collect::<Vec<_>>());
        }
    }

    fn grid(&mut self, table: &Table, rows: &[Vec<Shown>], grid: &Grid) {
        let columns = table.columns();
        if columns.iter().any(|column| !column.heading.is_empty()) {
            let headings: Vec<Shown> = (columns.iter())
                .map(|column| Shown::text(column.heading.clone(), Tone::Faint))
                .collect();
            let lines = broken(columns, &headings, grid, None);
            self.row(&headings, &lines, grid);
        }
        let broken_rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let most = (!table.is_whole()).then(|| height(columns, row, grid));
                broken(columns, row, grid, most)
            })
            .collect();
        // Rows of several lines stand apart, so that the eye finds where one ends.
        let several = broken_rows.iter().any(|lines| lines.len() > 1) || !grid.alone.is_empty();
        let apart = table.is_whole() && several;
        for (number, (row, lines)) in rows.iter().zip(&broken_rows).enumerate() {
            if apart && number > 0 {
                self.text.push('\n');
            }
            self.row(row, lines, grid);
        }
    }

    /// A row in its lines, with what stands above or below them.
    fn row(&mut self, row: &[Shown], lines: &[String], grid: &Grid) {
        let alone: Vec<&Shown> = (grid.alone.iter().map(|&at| &row[at]))
            .filter(|cell| !cell.is_empty())
            .collect();
        if grid.place == Alone::Above && !alone.is_empty() {
            let mut line: Line = Vec::new();
            for cell in &alone {
                if !line.is_empty() {
                    line.push(piece(Tone::Faint, " · "));
                }
                line.push(piece(cell.tone(), cell.words()));
            }
            self.line(&line, "");
        }
        for line in lines {
            let painted = self.painted_row(row, line, grid);
            self.text.push_str(painted.trim_end());
            self.text.push('\n');
        }
        if grid.place == Alone::Below {
            let first = grid.widths.iter().find(|width| **width > 0);
            let indent = " ".repeat(first.map_or(0, |width| width + GAP.len()));
            for cell in alone {
                let name = cut(&cell.words(), self.width.saturating_sub(indent.len()));
                self.line(&vec![piece(cell.tone(), name)], &indent);
            }
        }
    }

    /// A line of a row, each of its cells in the colour of its tone.
    fn painted_row(&self, row: &[Shown], line: &str, grid: &Grid) -> String {
        let mut painted = String::new();
        let mut rest = line;
        for (index, width) in visible(grid) {
            let (text, after) = split_at_width(rest, width);
            let (gap, after) = split_at_width(after, GAP.len());
            rest = after;
            painted.push_str(&self.painted_cell(&row[index], text));
            painted.push_str(gap);
        }
        painted
    }

    /// A cell's part of a line; the spaces around its text have no colour.
    fn painted_cell(&self, cell: &Shown, text: &str) -> String {
        let words = text.trim();
        let (before, after) = text.split_once(words).unwrap_or(("", ""));
        let painted = if cell.is_picture {
            let parts = cell.parts.iter();
            parts
                .map(|(text, tone)| self.painted(text, *tone))
                .collect()
        } else {
            self.painted(words, cell.tone())
        };
        format!("{before}{painted}{after}")
    }
}

/// The columns that stand side by side, each with its width.
fn visible(grid: &Grid) -> impl Iterator<Item = (usize, usize)> {
    let widths = grid.widths.iter().copied().enumerate();
    widths.filter(|(_, width)| *width > 0)
}

/// How many lines a row of a list has: as many as its texts need, but for the names, which are cut.
fn height(columns: &[Column], row: &[Shown], grid: &Grid) -> usize {
    let without_names = row.iter().zip(columns).map(|(cell, column)| {
        if column.is_running() {
            Shown::default()
        } else {
            cell.clone()
        }
    });
    let row: Vec<Shown> = without_names.collect();
    let fits = visible(grid).all(|(index, width)| row[index].width() <= width);
    if fits {
        return 1;
    }
    broken(columns, &row, grid, None).len()
}

/// A row's texts broken at the widths of their columns: its lines, each column padded to its width.
/// With a greatest number of lines, what is longer is cut and ends in an ellipsis.
fn broken(columns: &[Column], row: &[Shown], grid: &Grid, most: Option<usize>) -> Vec<String> {
    let cells = visible(grid).map(|(index, _)| {
        let words = row[index].words();
        // A list has no lines of its own.
        let words = if most.is_some() {
            words.replace('\n', " ")
        } else {
            words
        };
        let cell = comfy_table::Cell::new_owned(words);
        cell.set_alignment(match columns[index].align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        })
    });
    let mut cells = Row::from(cells.collect::<Vec<_>>());
    if let Some(most) = most {
        cells.max_height(most);
    }
    let mut table = Cells::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.add_row(cells);
    let count = visible(grid).count();
    for (at, (_, width)) in visible(grid).enumerate() {
        let gap = if at + 1 < count { GAP.len() } else { 0 };
        if let Some(column) = table.column_mut(at) {
            let width = u16::try_from(width + gap).unwrap_or(u16::MAX);
            column.set_padding((0, gap as u16));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    table.lines().collect()
}

/// A name in one line, cut behind a word where it is longer.
fn cut(name: &str, width: usize) -> String {
    let name = name.replace('\n', " ");
    match wrapped(&name, width.saturating_sub(1)).split_first() {
        Some((first, rest)) if !rest.is_empty() && name.width() > width => {
            format!("{}…", first.trim_end())
        }
        _ => name,
    }
}

/// A text before and after a width.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut room = width;
    let end = text.char_indices().find(|(_, c)| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        !fits
    });
    text.split_at(end.map_or(text.len(), |(at, _)| at))
}
