//! CSV and TSV, as Excel and others write them: commas, semicolons or tabs between the cells.

use crate::office::Refusal;
use crate::office::blocks::{Block, Blocks, Cell, Piece, Place, Table};
use crate::office::grid::Grid;

use crate::office::{html, package};

/// Reads a table of separated values. Errors: bytes that are no text; a table larger than any plan's.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let text = package::text(bytes, name)?;
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text, name))
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    let large = |_| package::too_many(name);
    for record in reader.records() {
        let record = record.map_err(|error| Refusal(format!("{name} is no CSV: {error}")))?;
        let line = record.position().map_or(0, |position| position.line()) as usize;
        grid.row().map_err(large)?;
        for (column, cell) in record.iter().enumerate() {
            let place = Place::LineCell(line, column + 1);
            grid.cell(Cell::new(place, lines(unescaped(cell))), 1, 1)
                .map_err(large)?;
        }
    }
    let table = grid.finish();
    Ok(Blocks {
        blocks: match is_paper(&table) {
            true => paper(table),
            false => vec![Block::Table(table)],
        },
        ..Blocks::default()
    })
}

/// Whether a table is a paper of this tool: its first column says in which section each row stands,
/// its second holds running text, and all sections stand under one title.
fn is_paper(table: &Table) -> bool {
    let mut rows = table.rows.iter();
    let names = rows.next().is_some_and(|row| {
        row[0].text == "section" && row.get(1).is_some_and(|cell| cell.text == "text")
    });
    let Some(title) = table.rows.get(1).map(|row| &row[0].text) else {
        return false;
    };
    names && rows.all(|row| row[0].text.starts_with(title.as_str()))
}

/// A paper's sections as headings, its running text as paragraphs, and a table for each run of rows.
fn paper(table: Table) -> Vec<Block> {
    let mut rows = table.rows.into_iter();
    let head: Vec<Cell> = rows
        .next()
        .unwrap_or_default()
        .into_iter()
        .skip(2)
        .collect();
    let mut blocks: Vec<Block> = Vec::new();
    let (mut title, mut section) = (String::new(), String::new());
    for mut row in rows {
        let cells = row.split_off(2);
        let [named, text] = <[Cell; 2]>::try_from(row).unwrap_or_else(|_| [blank(), blank()]);
        if named.text != section {
            section.clone_from(&named.text);
            let level = if title.is_empty() { 1 } else { 2 };
            let own = named
                .text
                .strip_prefix(&title)
                .unwrap_or(&named.text)
                .trim_start_matches(" / ");
            blocks.push(Block::Heading(
                level,
                Piece::new(named.place, own.to_owned()),
            ));
            if title.is_empty() {
                title.clone_from(&section);
            }
        }
        if !text.text.is_empty() {
            blocks.push(Block::Paragraph(Piece::new(text.place, text.text)));
        } else if let Some(Block::Table(open)) = blocks.last_mut() {
            open.rows.push(cells);
        } else {
            blocks.push(Block::Table(Table {
                rows: vec![head.clone(), cells],
                heading_rows: 1,
                ..Table::default()
            }));
        }
    }
    blocks
}

fn blank() -> Cell {
    Cell::new(Place::Line(0), String::new())
}

/// The separator that stands most often in the first line.
fn separator(text: &str, name: &str) -> u8 {
    if name.to_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|&byte| byte == sign).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&sign| (count(sign), sign == b','))
        .unwrap_or(b',')
}

/// A text without the apostrophe that keeps spreadsheets from taking it for a formula (design
/// section 6): this tool's own CSV files have it.
fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest)
            if rest
                .trim_start()
                .starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']) =>
        {
            rest
        }
        _ => cell,
    }
}

/// A cell whose lines are its paragraphs, or the lines of a list.
pub fn lines(cell: &str) -> String {
    let mut text = String::new();
    for line in cell.lines() {
        let item = ["- ", "• ", "* ", "– "]
            .iter()
            .find_map(|dash| line.trim_start().strip_prefix(dash));
        let plain = html::plain(item.unwrap_or(line));
        if plain.is_empty() {
            continue;
        }
        if !text.is_empty() {
            let listed = text
                .rsplit('\n')
                .next()
                .is_some_and(|last| last.starts_with("- "));
            text.push_str(if item.is_some() && listed {
                "\n"
            } else {
                "\n\n"
            });
        }
        if item.is_some() {
            text.push_str("- ");
        }
        text.push_str(&plain);
    }
    text
}
