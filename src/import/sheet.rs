//! Spreadsheets: each visible sheet is a table, and those of running text are paragraphs.

use crate::office::blocks::{Aside, Block, Blocks, Cell, MAX_COLUMNS, Piece, Place, Table};
use crate::office::package::{self, Package};
use crate::office::sheet::{Sheet, Workbook};
use crate::office::{Refusal, ods, xlsx};

use super::csv;

/// Reads a spreadsheet. Errors: no spreadsheet, damaged, too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let mut package = Package::open(bytes, name)?;
    let book = if name.to_lowercase().ends_with(".ods") {
        ods::read(&mut package)?
    } else {
        xlsx::read(&mut package)?
    };
    let Workbook {
        sheets,
        left,
        notes,
        ..
    } = book;
    let mut found = Blocks {
        left,
        notes,
        ..Blocks::default()
    };
    for sheet in sheets {
        add(sheet, name, &mut found)?;
    }
    found.blocks = running_text(std::mem::take(&mut found.blocks));
    Ok(found)
}

/// Adds a sheet to what was found: as a table, or as left out where it is hidden.
/// Errors: a table wider than any plan's.
fn add(mut sheet: Sheet, name: &str, found: &mut Blocks) -> Result<(), Refusal> {
    for cell in sheet.cells.values_mut() {
        cell.text = csv::lines(&cell.text);
        if let Some(why) = cell.hidden.filter(|_| !cell.text.is_empty()) {
            let words = std::mem::take(&mut cell.text);
            cell.asides.push(Aside { why, words });
        }
    }
    if sheet.hidden {
        let filled = sheet
            .cells
            .into_values()
            .filter(|cell| !cell.text.is_empty());
        let left = filled.map(|cell| (cell.place, cell.text, "its sheet is hidden".into()));
        found.left.extend(left);
        return Ok(());
    }
    let numbers = rows_of(&sheet, |cell| {
        !cell.text.is_empty() || cell.unreadable.is_some()
    });
    leave_asides(&mut sheet, &numbers, found);
    let filled = sheet.cells.iter().filter(|(_, cell)| !cell.is_blank());
    let width = filled
        .map(|((_, column), _)| column + 1)
        .max()
        .unwrap_or(0)
        .max(1);
    if width > MAX_COLUMNS {
        return Err(package::too_many(name));
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for &row in &numbers {
        let cell = |column: usize| {
            let known = sheet.cells.remove(&(row, column));
            known.unwrap_or_else(|| Cell::new(sheet.place(row, column), String::new()))
        };
        rows.push((0..width).map(cell).collect());
    }
    merge(&sheet, &numbers, &mut rows);
    found.notes.extend(filtered(&sheet));
    found.blocks.push(Block::Table(Table {
        name: Some(sheet.name),
        rows,
        heading_rows: 0,
        knows_merged: true,
    }));
    Ok(())
}

/// What a reader should know of the rows that a filter hides.
fn filtered(sheet: &Sheet) -> Option<(Place, String)> {
    let rows: Vec<String> = (sheet.filtered.iter().take(20))
        .map(|row| (row + 1).to_string())
        .collect();
    let more = if sheet.filtered.len() > 20 {
        " …"
    } else {
        ""
    };
    let place = Place::Part(format!("the sheet {}", sheet.name).into());
    let note = format!(
        "a filter hides rows of it ({}{more}); they are taken like the others",
        rows.join(", ")
    );
    (!rows.is_empty()).then_some((place, note))
}

/// Rows that say nothing are no rows of a table, whatever is hidden or struck out in them.
fn leave_asides(sheet: &mut Sheet, numbers: &[usize], found: &mut Blocks) {
    for ((row, _), cell) in &mut sheet.cells {
        if numbers.binary_search(row).is_err() {
            let asides = std::mem::take(&mut cell.asides).into_iter();
            let asides =
                asides.map(|aside| (cell.place.clone(), aside.words, aside.why.to_string()));
            found.left.extend(asides);
        }
    }
}

fn rows_of(sheet: &Sheet, has: impl Fn(&Cell) -> bool) -> Vec<usize> {
    let cells = sheet.cells.iter().filter(|(_, cell)| has(cell));
    let mut rows: Vec<usize> = cells.map(|((row, _), _)| *row).collect();
    rows.dedup();
    rows
}

/// Lays the merged cells over those that they cover. An area that comes upon a cell which another
/// covers already ends there: no program merges so.
fn merge(sheet: &Sheet, numbers: &[usize], rows: &mut [Vec<Cell>]) {
    for (start, end) in &sheet.merged {
        let Ok(first) = numbers.binary_search(&start.0) else {
            continue;
        };
        let below = numbers[first..]
            .iter()
            .take_while(|row| **row <= end.0)
            .count();
        let origin = (first, start.1);
        'area: for (at, row) in rows.iter_mut().enumerate().skip(first).take(below) {
            for (column, cell) in row.iter_mut().enumerate().take(end.1 + 1).skip(start.1) {
                if (at, column) == origin {
                    continue;
                }
                if cell.under.is_some() {
                    break 'area;
                }
                cell.under = Some(origin);
            }
        }
    }
}

/// Sheets that hold running text in one column become paragraphs, each heading after a blank row a
/// heading. Where such a sheet points to another (`Sheet "Name"`), that one's table stands there.
fn running_text(blocks: Vec<Block>) -> Vec<Block> {
    let tables = blocks.into_iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let (texts, mut tables): (Vec<Table>, Vec<Table>) = tables.partition(is_running_text);
    let mut found = Vec::new();
    for text in texts {
        let mut last = 0;
        for (number, row) in text.rows.into_iter().enumerate() {
            let at = match row.first().map(|cell| &cell.place) {
                Some(Place::Sheet(_, row, _)) => *row,
                _ => number,
            };
            let gap = at > last + 1;
            last = at;
            let filled: Vec<Cell> = row
                .into_iter()
                .filter(|cell| !cell.text.is_empty())
                .collect();
            let Some(first) = filled.first() else {
                continue;
            };
            let pointed = tables
                .iter()
                .position(|table| points_to(&first.text, table));
            if let Some(pointed) = pointed {
                found.push(Block::Table(tables.remove(pointed)));
                continue;
            }
            let words: Vec<&str> = filled.iter().map(|cell| cell.text.as_str()).collect();
            let piece = Piece::new(first.place.clone(), words.join(": "));
            found.push(text_block(piece, gap, number == 0));
        }
    }
    found.extend(tables.into_iter().map(Block::Table));
    join_lists(found)
}

fn is_running_text(table: &Table) -> bool {
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.is_empty()).count();
    let alone = table.rows.iter().filter(|row| filled(row) <= 1).count();
    table.rows.iter().all(|row| filled(row) <= 2) && alone * 2 > table.rows.len()
}

fn points_to(text: &str, table: &Table) -> bool {
    let named = text
        .strip_prefix("Sheet ")
        .map(|name| name.trim_matches(['“', '”', '"', '\'']));
    named.is_some() && named == table.name.as_deref()
}

fn text_block(piece: Piece, gap: bool, first: bool) -> Block {
    let short =
        piece.text.split_whitespace().count() <= 14 && !piece.text.ends_with(['.', ':', ';', ',']);
    match short && !piece.text.contains('\n') && !piece.text.starts_with("- ") {
        true if first => Block::Heading(1, piece),
        true if gap => Block::Heading(2, piece),
        _ => Block::Paragraph(piece),
    }
}

/// The items of one list, each in a row of its own, are one paragraph.
fn join_lists(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        if let (Some(Block::Paragraph(before)), Block::Paragraph(next)) =
            (joined.last_mut(), &block)
            && before.text.starts_with("- ")
            && next.text.starts_with("- ")
        {
            before.text = format!("{}\n{}", before.text, next.text);
            continue;
        }
        joined.push(block);
    }
    joined
}
