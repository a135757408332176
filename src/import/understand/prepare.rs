//! Brings a source into the form in which it is understood: blank cells are blank, what stands above a
//! heading row is text before the table, and a sheet of several blocks is several tables.

use super::cells::said;
use super::columns::{Map, columns, is_heading};
use super::fields::Field;
use super::headings;
use crate::import::blocks::{Block, Blocks, Cell, Piece, Table};

/// Cells that hold nothing but spaces are blank.
pub fn blank_cells(blocks: &mut Blocks) {
    for block in &mut blocks.blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flatten() {
            let blank =
                |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}');
            if cell.text.chars().all(blank) {
                cell.text.clear();
            } else if cell.text.contains('\u{a0}') {
                cell.text = cell.text.replace('\u{a0}', " ").trim().to_owned();
            }
        }
    }
}

/// A small table that only names the outcomes of a priority is a paragraph: "Outcome: …".
pub fn lift_outcomes(blocks: &mut Blocks) {
    let before = std::mem::take(&mut blocks.blocks);
    for block in before {
        let Block::Table(table) = &block else {
            blocks.blocks.push(block);
            continue;
        };
        let rows: Vec<Vec<&Cell>> = table.rows.iter().map(|row| said(row).collect()).collect();
        let named = |row: &Vec<&Cell>| {
            row.len() == 2 && headings::field(&row[0].text) == Some(Field::Outcomes)
        };
        if rows.is_empty() || !rows.iter().all(named) {
            blocks.blocks.push(block);
            continue;
        }
        for row in rows {
            let text = format!("{}: {}", row[0].text, row[1].text);
            blocks
                .blocks
                .push(Block::Paragraph(Piece::new(row[0].place.clone(), text)));
        }
    }
}

/// Takes every table apart: lines above a heading row are text before the table, as spreadsheets have no
/// other place for a title; each further block with a title and a heading row of its own is a table.
pub fn take_apart(blocks: &mut Blocks, map: &Map) {
    let before = std::mem::take(&mut blocks.blocks);
    for block in before {
        let Block::Table(mut table) = block else {
            blocks.blocks.push(block);
            continue;
        };
        let mut begins = begins(&table, map);
        let several = begins.len() > 1;
        let mut parts = Vec::new();
        while let Some(from) = begins.pop() {
            parts.push(cut(&mut table, from));
        }
        for part in parts.into_iter().rev() {
            lift_titles(part, several, map, &mut blocks.blocks);
        }
    }
}

/// The rows at which the blocks of a table begin: the first, and each title that stands over a heading
/// row further down.
fn begins(table: &Table, map: &Map) -> Vec<usize> {
    let mut begins = vec![0];
    let heads = (0..table.rows.len()).filter(|&row| is_heading(&table.rows[row], map));
    let mut heads = heads.skip_while(|&row| row < table.heading_rows).peekable();
    let Some(mut last) = heads.next() else {
        return begins;
    };
    for head in heads {
        let titles = (last + 1..head)
            .rev()
            .take_while(|&row| said(&table.rows[row]).count() <= 1)
            .filter(|&row| said(&table.rows[row]).count() == 1);
        let other = !same_words(&table.rows[head], &table.rows[last]);
        if let Some(title) = titles.min().or(other.then_some(head)) {
            begins.push(title);
        }
        last = head;
    }
    begins
}

fn same_words(one: &[Cell], other: &[Cell]) -> bool {
    let texts = |row: &[Cell]| -> Vec<String> { said(row).map(|cell| cell.text.clone()).collect() };
    texts(one) == texts(other)
}

/// Cuts a table's rows from one on off.
fn cut(table: &mut Table, from: usize) -> Table {
    let mut rows = table.rows.split_off(from);
    for cell in rows.iter_mut().flatten() {
        cell.under = cell
            .under
            .and_then(|(row, column)| Some((row.checked_sub(from)?, column)));
    }
    Table {
        name: table.name.clone(),
        rows,
        heading_rows: table.heading_rows.saturating_sub(from),
        knows_merged: table.knows_merged,
    }
}

/// Makes what stands above a table's heading row the text before it: a cell alone in its row is a title or
/// a paragraph, rows of several cells are a table, such as a key.
fn lift_titles(mut table: Table, several: bool, map: &Map, blocks: &mut Vec<Block>) {
    let head = columns(&table, map).map_or(0, |columns| columns.head);
    let below = cut(&mut table, head);
    let lone: Vec<usize> = (0..head)
        .filter(|&row| said(&table.rows[row]).count() == 1)
        .collect();
    // Under the document's own title it is the heading of a part.
    let titled = blocks
        .iter()
        .any(|block| matches!(block, Block::Heading(..)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (number, row) in table.rows.into_iter().enumerate() {
        if said(&row).count() > 1
            || (!rows.is_empty() && row.iter().any(|cell| cell.fill.is_some()))
        {
            rows.push(row);
            continue;
        }
        end_table(&mut rows, blocks);
        let level = if (several || titled) && lone.last() == Some(&number) {
            2
        } else {
            1
        };
        for cell in row.into_iter().filter(|cell| !cell.text.is_empty()) {
            blocks.push(title(cell, level));
        }
    }
    end_table(&mut rows, blocks);
    blocks.push(Block::Table(below));
}

fn end_table(rows: &mut Vec<Vec<Cell>>, blocks: &mut Vec<Block>) {
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            rows: std::mem::take(rows),
            ..Table::default()
        }));
    }
}

fn title(cell: Cell, level: u8) -> Block {
    let piece = Piece {
        place: cell.place,
        text: cell.text,
        item: cell.item,
    };
    let heading = piece.text.split_whitespace().count() <= 14
        && !piece.text.contains(['=', '\n'])
        && !piece.text.ends_with(['.', ':', ';']);
    if heading {
        Block::Heading(level, piece)
    } else {
        Block::Paragraph(piece)
    }
}
