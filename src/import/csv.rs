//! CSV and TSV, as Excel and others write them: commas, semicolons or tabs between the cells.

use crate::office::Refusal;
use crate::office::blocks::{Block, Blocks, Cell, Piece, Place, Table};
use crate::office::grid::Grid;

use crate::office::words::paragraphs;
use crate::office::{csv, html, package};

/// Reads a table of separated values. Errors: bytes that are no text; a table larger than any plan's.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let text = package::text(bytes, name)?;
    let mut grid = Grid::default();
    let large = |_| package::too_many(name);
    for (line, cells) in csv::read(&text, name, |_| false)? {
        grid.row().map_err(large)?;
        for (column, cell) in cells.into_iter().enumerate() {
            let place = Place::LineCell(line, column + 1);
            grid.cell(Cell::new(place, lines(&cell)), 1, 1)
                .map_err(large)?;
        }
    }
    let table = grid.finish();
    Ok(Blocks {
        blocks: if is_paper(&table) {
            paper(table)
        } else {
            vec![Block::Table(table)]
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
            let heading = named
                .text
                .strip_prefix(&title)
                .unwrap_or(&named.text)
                .trim_start_matches(" / ");
            blocks.push(Block::Heading(
                level,
                Piece::new(named.place, heading.to_owned()),
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

/// A cell whose lines are its paragraphs, or the lines of a list; tags and marks of emphasis that were
/// typed into it go.
pub fn lines(cell: &str) -> String {
    let lines: Vec<String> = cell.lines().map(|line| html::plain(line.trim())).collect();
    paragraphs(&lines.join("\n"))
}
