//! Tables on a terminal: each text broken at the width of its column, each line in the colours of its
//! cells. `comfy-table` was tried for the breaking: the page is the same, and `plan status` takes a tenth
//! more instructions.

use std::borrow::Cow;

use super::columns::{Alone, SideBySide, TableLayout, fit};
use super::shown::{ShownCell, longest_bar};
use super::{GAP, TerminalPage, wrapped};
use crate::document::{Align, Column, Line, Table, Tone, piece};
use crate::render::widths::{is_plain, width};

/// A row's texts in lines, a list for each column side by side.
type BrokenRow<'c> = Vec<Vec<Cow<'c, str>>>;

impl TerminalPage {
    pub fn table(&mut self, table: &Table) {
        let columns = table.columns();
        // Bars of one table are drawn to one scale.
        let longest = longest_bar(table.rows());
        let rows: Vec<Vec<ShownCell>> = (table.rows().iter())
            .map(|row| {
                row.iter()
                    .map(|cell| ShownCell::cell(cell, longest))
                    .collect()
            })
            .collect();
        match fit(table, &rows, self.width) {
            TableLayout::Records => self.records(columns, &rows),
            TableLayout::Grid(grid) => self.grid(table, &rows, &grid),
        }
    }

    /// A table that is too wide for the page: each row as a record, its first text at the left.
    fn records(&mut self, columns: &[Column], rows: &[Vec<ShownCell>]) {
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            let filled = columns.iter().zip(row);
            // A bar says nothing beside its counts; a line of values does.
            let is_bar = |cell: &ShownCell| cell.picture.as_ref().is_some_and(|it| it.len() > 1);
            let filled = filled.filter(|(_, cell)| !cell.words().is_empty() && !is_bar(cell));
            let facts = filled.map(|(column, cell)| {
                let line: Line = vec![piece(cell.tone, cell.words())];
                (column.title().to_owned(), line)
            });
            self.facts(&facts.collect::<Vec<_>>());
        }
    }

    fn grid(&mut self, table: &Table, rows: &[Vec<ShownCell>], grid: &SideBySide) {
        let columns = table.columns();
        if columns.iter().any(|column| !column.heading.is_empty()) {
            let headings: Vec<ShownCell> = (columns.iter())
                .map(|column| ShownCell::text(column.heading.clone(), Tone::Faint))
                .collect();
            self.row(columns, &headings, &broken(&headings, grid, None), grid);
        }
        let broken_rows = rows.iter().map(|row| {
            let most = (!table.is_whole()).then(|| height(columns, row, grid));
            broken(row, grid, most)
        });
        let broken_rows: Vec<BrokenRow> = broken_rows.collect();
        // Rows of several lines stand apart, so that the eye finds where one ends.
        let several = broken_rows.iter().any(|cells| tallest(cells) > 1) || !grid.alone.is_empty();
        let apart = table.is_whole() && several;
        for (number, (row, cells)) in rows.iter().zip(&broken_rows).enumerate() {
            if apart && number > 0 {
                self.text.push('\n');
            }
            self.row(columns, row, cells, grid);
        }
    }

    /// A row in its lines, with what stands above or below them.
    fn row(&mut self, columns: &[Column], row: &[ShownCell], cells: &BrokenRow, grid: &SideBySide) {
        let alone = grid.alone.iter().map(|&at| (&columns[at], &row[at]));
        let alone: Vec<(&Column, &ShownCell)> =
            alone.filter(|(_, cell)| !cell.words().is_empty()).collect();
        if grid.place == Alone::Above && !alone.is_empty() {
            let mut line: Line = Vec::new();
            let mut used = 0;
            for (column, cell) in &alone {
                used += cell.width + 3;
                // What is never broken in a column is not broken here either.
                let is_beyond = !column.wraps && used > self.width + 3;
                if is_beyond {
                    line.push(piece(Tone::Faint, "\n"));
                } else if !line.is_empty() {
                    line.push(piece(Tone::Faint, " · "));
                }
                line.push(piece(cell.tone, cell.words()));
            }
            self.line(&line, "");
        }
        for number in 0..tallest(cells) {
            let line = cells
                .iter()
                .map(|lines| lines.get(number).map_or("", |line| line));
            self.row_line(columns, row, line, grid);
        }
        if grid.place == Alone::Below {
            let first = grid.widths.iter().find(|width| **width > 0);
            let indent = " ".repeat(first.map_or(0, |width| width + GAP.len()));
            for (_, cell) in alone {
                let room = self.width.saturating_sub(indent.len());
                for name in cut_to(&cell.words().replace('\n', " "), room, 1) {
                    self.line(&vec![piece(cell.tone, name)], &indent);
                }
            }
        }
    }

    /// A line of a row, each part padded to its column and in the colour of its cell.
    fn row_line<'c>(
        &mut self,
        columns: &[Column],
        row: &[ShownCell],
        line: impl Iterator<Item = &'c str>,
        grid: &SideBySide,
    ) {
        let start = self.text.len();
        for (part, (index, room)) in line.zip(visible(grid)) {
            if self.text.len() > start {
                self.text.push_str(GAP);
            }
            let text = part.trim_end();
            let pad = room.saturating_sub(width(text));
            let is_right = columns[index].align == Align::Right;
            self.pad(if is_right { pad } else { 0 });
            match &row[index].picture {
                Some(parts) if !text.is_empty() => {
                    parts
                        .iter()
                        .for_each(|(text, tone)| self.paint(text, *tone));
                }
                _ => self.paint(text, row[index].tone),
            }
            self.pad(if is_right { 0 } else { pad });
        }
        self.end_line(start);
    }
}

/// The columns that stand side by side, each with its width.
fn visible(grid: &SideBySide) -> impl Iterator<Item = (usize, usize)> {
    let widths = grid.widths.iter().copied().enumerate();
    widths.filter(|(_, width)| *width > 0)
}

/// How many lines a row has.
fn tallest(cells: &BrokenRow) -> usize {
    cells.iter().map(Vec::len).max().unwrap_or(0)
}

/// How many lines a row of a list has: as many as its texts need, but for the names, which are cut.
fn height(columns: &[Column], row: &[ShownCell], grid: &SideBySide) -> usize {
    let others = visible(grid).filter(|(index, _)| !columns[*index].is_running());
    let lines = others.map(|(index, room)| match &row[index] {
        cell if cell.width <= room => 1,
        cell => whole(cell.words(), room).len(),
    });
    lines.max().unwrap_or(1)
}

/// A row's texts broken at the widths of their columns. With a greatest number of lines, what is longer is
/// cut and ends in an ellipsis.
fn broken<'c>(row: &'c [ShownCell], grid: &SideBySide, most: Option<usize>) -> BrokenRow<'c> {
    let cells = visible(grid).map(|(index, room)| {
        let words = row[index].words();
        match most {
            // A list has no lines of its own.
            Some(most) if words.contains('\n') => {
                let words = words.replace('\n', " ");
                let lines = cut_to(&words, room, most).into_iter();
                lines.map(|line| Cow::Owned(line.into_owned())).collect()
            }
            Some(most) => cut_to(words, room, most),
            None => whole(words, room),
        }
    });
    cells.collect()
}

/// A text in all its lines, its own ends of lines kept.
fn whole(text: &str, room: usize) -> Vec<Cow<'_, str>> {
    let lines = text.split('\n').flat_map(|line| wrapped(line, room));
    lines.collect()
}

/// A text in at most so many lines; one that is longer is cut, and ends in an ellipsis. Of a long text only
/// what fills these lines is broken: lines do not depend on what comes after them.
fn cut_to(text: &str, room: usize, most: usize) -> Vec<Cow<'_, str>> {
    if width(text.trim_end()) <= room {
        return vec![Cow::Borrowed(text)];
    }
    if let Some(line) = first_line(text, room).filter(|_| most == 1) {
        return vec![with_ellipsis(line, room)];
    }
    let enough = (most + 1).saturating_mul(room.saturating_add(1));
    let mut letters = text.char_indices().skip(enough);
    let end = letters.find(|(_, letter)| *letter == ' ');
    let begun = end.map(|(end, _)| wrapped(&text[..end], room));
    let begun = begun.filter(|lines| lines.len() > most);
    shortened(begun.unwrap_or_else(|| wrapped(text, room)), room, most)
}

/// The first line of a text that takes several, where that begins with plain letters. A name is cut to one
/// line in every row of a list, and breaking all of it is most of what the list takes.
fn first_line(text: &str, room: usize) -> Option<&str> {
    let beginning = text.get(..=room).filter(|text| is_plain(text))?;
    Some(&text[..beginning.rfind(' ').unwrap_or(room)])
}

fn shortened(mut lines: Vec<Cow<'_, str>>, room: usize, most: usize) -> Vec<Cow<'_, str>> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = with_ellipsis(last, room);
        }
    }
    lines
}

/// A line that is not the last, ending in an ellipsis.
fn with_ellipsis(line: &str, room: usize) -> Cow<'static, str> {
    let mut kept = line.trim_end();
    while width(kept) + 1 > room && !kept.is_empty() {
        let last = kept.char_indices().next_back();
        kept = last.map_or("", |(at, _)| &kept[..at]);
    }
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_cut_off_changes_no_line_before_it(
            text in "( ){0,3}([a-zé漢-]{1,9} {1,2}){0,60}[a-z]{0,30} {0,2}",
            width in 4..30usize,
            most in 1..5usize,
        ) {
            let whole = shortened(wrapped(&text, width), width, most);
            prop_assert_eq!(cut_to(&text, width, most), whole);
        }

        #[test]
        fn plain_words_are_cut_as_others_are(
            text in " {0,2}([a-z,-]{1,40} {1,3}){0,20}[a-z]{0,30}",
            width in 2..40usize,
        ) {
            let whole = shortened(wrapped(&text, width), width, 1);
            prop_assert_eq!(cut_to(&text, width, 1), whole);
        }
    }
}
