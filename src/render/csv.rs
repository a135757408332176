//! A document as CSV (RFC 4180): every table's rows under one heading row that names the columns of
//! all tables, with the section that each row stands in; running text has a column of its own.

use crate::document::{Block, Cell, Document, Level, Line, Table, visible};
use crate::office::csv;

/// The columns before those of the tables.
const SECTION: &str = "section";
const TEXT: &str = "text";

/// A row: the section that it stands in, and its cells by the name of their column.
struct CsvRow {
    section: String,
    cells: Vec<(String, String)>,
}

/// Writes a document as CSV in UTF-8 with CRLF line ends.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let rows = rows(document);
    let columns = columns(&rows);
    let mut writer = writer();
    let padded = |first: &str| {
        let rest = columns.iter().map(|_| String::new());
        std::iter::once(safe(first)).chain(rest)
    };
    // What is incomplete is said before anything else.
    for block in &document.blocks {
        if let Block::Notice(text) = block {
            writer.write_record(padded(text))?;
        }
    }
    let heading = std::iter::once(SECTION.to_owned());
    writer.write_record(heading.chain(columns.iter().map(|name| safe(name))))?;
    for row in &rows {
        let cell = |name: &String| {
            let cell = row.cells.iter().find(|(column, _)| column == name);
            cell.map_or_else(String::new, |(_, text)| text.clone())
        };
        let section = std::iter::once(safe(&row.section));
        writer.write_record(section.chain(columns.iter().map(cell)))?;
    }
    Ok(writer.into_inner()?)
}

/// Writes the one table of a document as CSV under its own headings, without the section that it
/// stands in; what is incomplete is said in a row before them.
pub fn one_table(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut writer = writer();
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.columns().len()),
        _ => None,
    });
    let width = tables.max().unwrap_or(1);
    for block in &document.blocks {
        match block {
            Block::Notice(text) => {
                let rest = vec![String::new(); width - 1];
                writer.write_record(std::iter::once(safe(text)).chain(rest))?;
            }
            Block::Table(table) => {
                let headings = table.columns().iter().map(|column| safe(column.title()));
                writer.write_record(headings)?;
                write_rows(table, &mut writer)?;
            }
            _ => {}
        }
    }
    Ok(writer.into_inner()?)
}

/// The rows of a table as CSV, to stand below those of another with the same headings.
pub fn rows_alone(table: &Table) -> anyhow::Result<Vec<u8>> {
    let mut writer = writer();
    write_rows(table, &mut writer)?;
    Ok(writer.into_inner()?)
}

fn write_rows(table: &Table, writer: &mut ::csv::Writer<Vec<u8>>) -> ::csv::Result<()> {
    for row in table_rows(table, &HeadingsAbove::default()) {
        writer.write_record(row.cells.iter().map(|(_, text)| text))?;
    }
    Ok(())
}

/// CSV in UTF-8 with CRLF line ends.
fn writer() -> ::csv::Writer<Vec<u8>> {
    ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new())
}

/// All columns in the order in which they first come.
fn columns(rows: &[CsvRow]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.cells) {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    columns
}

fn rows(document: &Document) -> Vec<CsvRow> {
    let mut rows = Vec::new();
    let mut place = HeadingsAbove::default();
    for block in &document.blocks {
        let mut say = |place: &HeadingsAbove, text: String| {
            rows.push(CsvRow {
                section: place.words(),
                cells: vec![(TEXT.into(), safe(&text))],
            });
        };
        match block {
            Block::Title(title, remark) => {
                place.enter(0, title);
                if !remark.is_empty() {
                    say(&place, remark.clone());
                }
            }
            Block::Heading(level, text, remark) => {
                let depth = match level {
                    Level::Section => 1,
                    Level::Part => 2,
                    Level::Point => 3,
                };
                place.enter(depth, text);
                if !remark.is_empty() {
                    say(&place, remark.clone());
                }
            }
            Block::Paragraph(line) => say(&place, words(line)),
            Block::List(lines) => lines.iter().for_each(|line| say(&place, words(line))),
            Block::Code(text) => say(&place, text.clone()),
            Block::Facts(facts) => facts.iter().for_each(|(name, line)| {
                say(&place, format!("{name}: {}", words(line)));
            }),
            Block::Table(table) => rows.extend(table_rows(table, &place)),
            Block::Notice(_) | Block::Chart(_) => {}
        }
    }
    rows
}

fn table_rows(table: &Table, place: &HeadingsAbove) -> Vec<CsvRow> {
    let cells = |row: usize| {
        let columns = table.columns().iter().enumerate();
        columns.filter_map(move |(index, column)| {
            let cell = table.cell(row, index);
            (!cell.is_picture()).then(|| (column.title().to_owned(), text(cell)))
        })
    };
    (0..table.rows().len())
        .map(|row| CsvRow {
            section: place.words(),
            cells: cells(row).collect(),
        })
        .collect()
}

/// The headings that a row stands under.
#[derive(Default)]
struct HeadingsAbove(Vec<String>);

impl HeadingsAbove {
    fn enter(&mut self, depth: usize, heading: &str) {
        self.0.truncate(depth);
        self.0.push(heading.to_owned());
    }

    fn words(&self) -> String {
        self.0.join(" / ")
    }
}

fn words(line: &Line) -> String {
    line.iter().map(|piece| piece.text.as_str()).collect()
}

/// A cell's text; figures stay figures, days are ISO.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Date(day) => day.to_string(),
        Cell::Number(_) | Cell::Count(_) | Cell::Tally(..) | Cell::Value(..) => {
            cell.words().into_owned()
        }
        other => safe(&other.words()),
    }
}

/// A text that no spreadsheet takes for a formula (design section 6), its hidden characters shown.
fn safe(text: &str) -> String {
    let shown = visible(text);
    if csv::is_formula(text) {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_never_becomes_a_formula() {
        for text in ["=1+1", "  =1", "+44", "-1", "@x", "\tx", "＝1", "\u{a0}=1"] {
            assert!(safe(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe("1.2.3"), "1.2.3");
        assert_eq!(safe("a=b"), "a=b");
    }
}
