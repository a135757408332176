//! A table of a Word file. Word asks for repair where the elements of a property stand in another
//! order than the standard's: keep it.

use std::io;

use super::drawing::{self, Drawings};
use super::grid;
use super::paragraph::{self, Inline, within_paragraph};
use super::xml;
use crate::document::{Align, Cell, Line, Table, piece, plain};
use crate::office::docx::write::Xml;
use crate::render::shade::{self, Shade};

/// A row with more lines than this may be split over two pages, and rows that share a cell may be parted
/// where they have more: what is kept together leaves the page before it that much emptier.
const LINES: usize = 14;

/// Writes a table whose header repeats on each page that it runs over.
pub fn write(
    xml: &mut Xml,
    table: &Table,
    caption: &str,
    room: u32,
    drawings: &mut Drawings,
) -> io::Result<()> {
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    if columns.is_empty() {
        return Ok(());
    }
    let longest = longest(table);
    let widths = grid::columns(table, room);
    xml::within(xml, "w:tbl", |xml| {
        properties(xml, "Figures", &widths, caption)?;
        header(xml, table, &columns, &widths)?;
        let keeps = kept(table, &columns, &widths);
        for (row, keeps) in keeps.into_iter().enumerate() {
            let place = (row, keeps, longest);
            self::row(xml, table, place, &widths, drawings)?;
        }
        Ok(())
    })
}

/// Names with their texts, in two columns without lines.
pub fn facts(xml: &mut Xml, facts: &[(String, Line)], room: u32, inline: Inline) -> io::Result<()> {
    let longest = facts.iter().map(|(name, _)| name.chars().count()).max();
    let name = (longest.unwrap_or(0) as u32 * 135 + 300).min(room / 3);
    let widths = [name, room - name];
    xml::within(xml, "w:tbl", |xml| {
        properties(xml, "Facts", &widths, "")?;
        for (name, text) in facts {
            xml::within(xml, "w:tr", |xml| {
                let strong = vec![piece(crate::document::Tone::Strong, name)];
                for (line, &width) in [&strong, text].into_iter().zip(&widths) {
                    xml::within(xml, "w:tc", |xml| {
                        xml::within(xml, "w:tcPr", |xml| cell_width(xml, width))?;
                        paragraph::lines(xml, line, "FactText", inline)
                    })?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

fn properties(xml: &mut Xml, style: &str, widths: &[u32], caption: &str) -> io::Result<()> {
    let total = widths.iter().sum::<u32>().to_string();
    xml::within(xml, "w:tblPr", |xml| {
        xml::value(xml, "w:tblStyle", style)?;
        xml::leaf(xml, "w:tblW", &[("w:w", &total), ("w:type", "dxa")])?;
        xml::leaf(xml, "w:tblLayout", &[("w:type", "fixed")])?;
        let first = if style == "Facts" { "0" } else { "1" };
        let look = [
            ("w:val", if style == "Facts" { "0600" } else { "0620" }),
            ("w:firstRow", first),
            ("w:lastRow", "0"),
            ("w:firstColumn", "0"),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ];
        xml::leaf(xml, "w:tblLook", &look)?;
        match caption {
            "" => Ok(()),
            caption => xml::value(xml, "w:tblCaption", caption),
        }
    })?;
    xml::within(xml, "w:tblGrid", |xml| {
        let mut columns = widths.iter();
        columns.try_for_each(|width| xml::leaf(xml, "w:gridCol", &[("w:w", &width.to_string())]))
    })
}

fn cell_width(xml: &mut Xml, width: u32) -> io::Result<()> {
    let width = width.to_string();
    xml::leaf(xml, "w:tcW", &[("w:w", &width), ("w:type", "dxa")])
}

fn shading(xml: &mut Xml, shade: Shade) -> io::Result<()> {
    let ground = shade::hex(shade.ground);
    let attributes = [("w:val", "clear"), ("w:color", "auto"), ("w:fill", &ground)];
    xml::leaf(xml, "w:shd", &attributes)
}

fn header(xml: &mut Xml, table: &Table, columns: &[usize], widths: &[u32]) -> io::Result<()> {
    xml::within(xml, "w:tr", |xml| {
        xml::within(xml, "w:trPr", |xml| {
            xml::leaf(xml, "w:cantSplit", &[])?;
            xml::leaf(xml, "w:tblHeader", &[])
        })?;
        for (&index, &width) in columns.iter().zip(widths) {
            let column = &table.columns()[index];
            xml::within(xml, "w:tc", |xml| {
                xml::within(xml, "w:tcPr", |xml| {
                    cell_width(xml, width)?;
                    shading(xml, shade::HEADING)?;
                    xml::value(xml, "w:vAlign", "bottom")
                })?;
                let inline = Inline {
                    right: column.align == Align::Right,
                    ..Inline::default()
                };
                paragraph::lines(xml, &plain(column.title()), "TableHeading", inline)
            })?;
        }
        Ok(())
    })
}

/// The greatest whole of a table's bars, which are drawn to one scale.
fn longest(table: &Table) -> usize {
    let wholes = table.rows().iter().flatten().map(|cell| match cell {
        Cell::Bar(parts) => parts.iter().map(|(count, _)| count).sum(),
        _ => 0,
    });
    wholes.max().unwrap_or(0)
}

fn row(
    xml: &mut Xml,
    table: &Table,
    (row, keeps, longest): (usize, bool, usize),
    widths: &[u32],
    drawings: &mut Drawings,
) -> io::Result<()> {
    let columns: Vec<usize> = (0..widths.len()).collect();
    xml::within(xml, "w:tr", |xml| {
        if lines(table, row, &columns, widths) <= LINES {
            xml::within(xml, "w:trPr", |xml| xml::leaf(xml, "w:cantSplit", &[]))?;
        }
        for (index, &width) in widths.iter().enumerate() {
            xml::within(xml, "w:tc", |xml| {
                cell(xml, table, (row, keeps), (index, width))?;
                let inline = Inline {
                    keeps,
                    right: table.columns()[index].align == Align::Right,
                    ..Inline::default()
                };
                let wide = grid::inside(width);
                match &table.rows()[row][index] {
                    Cell::Bar(parts) => within_paragraph(xml, "TableText", inline, |xml| {
                        drawing::bar(xml, parts, (longest, wide), drawings)
                    }),
                    Cell::Trend(values) => within_paragraph(xml, "TableText", inline, |xml| {
                        drawing::trend(xml, values, wide, drawings)
                    }),
                    _ => Ok(()),
                }
            })?;
        }
        Ok(())
    })
}

/// Which rows are kept on one page with the next row: those that share a merged cell with it, if all rows of
/// that cell fit on a page.
fn kept(table: &Table, columns: &[usize], widths: &[u32]) -> Vec<bool> {
    let rows = table.rows().len();
    let shares = |row: usize| {
        let below = table.rows().get(row + 1);
        below.is_some_and(|below| columns.iter().any(|&index| below[index] == Cell::Above))
    };
    let mut kept: Vec<bool> = (0..rows).map(shares).collect();
    let mut first = 0;
    for last in 0..rows {
        if kept[last] {
            continue;
        }
        let together = (first..=last).map(|row| lines(table, row, columns, widths));
        if together.sum::<usize>() > LINES {
            kept[first..=last].fill(false);
        }
        first = last + 1;
    }
    kept
}

/// How many lines the row's longest cell fills, roughly.
fn lines(table: &Table, row: usize, columns: &[usize], widths: &[u32]) -> usize {
    let cells = columns.iter().zip(widths).map(|(&index, &width)| {
        let words = table.rows()[row][index].words();
        let room = (width as usize / 100).max(1);
        let lines = words.lines().map(|line| line.chars().count() / room + 1);
        lines.sum::<usize>()
    });
    cells.max().unwrap_or(0)
}

fn cell(
    xml: &mut Xml,
    table: &Table,
    (row, keeps): (usize, bool),
    (index, width): (usize, u32),
) -> io::Result<()> {
    let cell = &table.rows()[row][index];
    let shade = match cell {
        Cell::Rating(tone, _) => shade::shade(*tone),
        _ => None,
    };
    xml::within(xml, "w:tcPr", |xml| {
        cell_width(xml, width)?;
        match table.span(row, index) {
            0 => xml::leaf(xml, "w:vMerge", &[])?,
            1 => {}
            _ => xml::value(xml, "w:vMerge", "restart")?,
        }
        shade.map_or(Ok(()), |shade| shading(xml, shade))
    })?;
    let inline = Inline {
        right: table.columns()[index].align == Align::Right,
        ink: shade.map(|shade| shade.ink),
        bold: shade.is_some(),
        keeps,
    };
    if cell.is_picture() {
        return Ok(());
    }
    paragraph::lines(xml, &words(cell), "TableText", inline)
}

/// What a cell says, in its tone.
fn words(cell: &Cell) -> Line {
    match cell {
        Cell::Text(piece) => vec![piece.clone()],
        Cell::Tally(count, tone) if *count > 0 => vec![piece(*tone, count.to_string())],
        other => plain(other.words()),
    }
}
