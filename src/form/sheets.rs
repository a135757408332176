//! The cells of spreadsheets: only those that hold something, however large the sheet says it is.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, DataType, Reader as _, SheetVisible, Xlsx};
use chrono::{Datelike, NaiveDate};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::opened::Refused;
use super::returned::Content;
use super::xml::{attribute, entity};
use crate::calendar::Day;

/// A sheet: what its cells hold, by row and column from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Empty for CSV, which has none.
    pub name: String,
    pub hidden: bool,
    pub cells: BTreeMap<(u32, u32), Content>,
}

/// The most cells that are read of a file, and the last row and column that are looked at.
const MAX_CELLS: usize = 200_000;
const MAX_SHEETS: usize = 50;

fn too_many(name: &str) -> Refused {
    Refused(format!("{name} has more cells filled than any form has"))
}

/// The sheets of an Excel workbook.
pub fn workbook(bytes: &[u8], name: &str) -> Result<Vec<Sheet>, Refused> {
    let broken = |_| {
        Refused(format!(
            "{name} cannot be read as an Excel workbook; open it and save it again"
        ))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let known: Vec<(String, bool)> = (book.sheets_metadata().iter())
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .take(MAX_SHEETS)
        .collect();
    let (mut sheets, mut count) = (Vec::new(), 0);
    for (sheet, hidden) in known {
        // A sheet of charts has no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&sheet) else {
            continue;
        };
        let mut cells = BTreeMap::new();
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            if let Some(content) = content(cell.get_value()) {
                cells.insert(cell.get_position(), content);
                count += 1;
            }
            if count > MAX_CELLS {
                return Err(too_many(name));
            }
        }
        sheets.push(Sheet {
            name: sheet,
            hidden,
            cells,
        });
    }
    Ok(sheets)
}

/// What a cell of Excel holds; none for an empty one.
fn content(value: &DataRef) -> Option<Content> {
    let content = match Data::from(value.clone()) {
        Data::Empty => return None,
        Data::String(text) => Content::Text(text),
        Data::Int(number) => Content::Number(number.to_string()),
        Data::Float(number) => Content::Number(number.to_string()),
        Data::Bool(value) => Content::Other(value.to_string().to_uppercase()),
        date @ (Data::DateTime(_) | Data::DateTimeIso(_)) => match date.as_date().and_then(day) {
            Some(day) => Content::Day(day),
            None => Content::Other("a time, or a date that no calendar has".into()),
        },
        Data::DurationIso(text) => Content::Other(text),
        Data::Error(error) => Content::Other(error.to_string()),
    };
    (!content.is_blank()).then_some(content)
}

fn day(date: NaiveDate) -> Option<Day> {
    Day::new(date.year(), date.month(), date.day())
}

/// The sheets of an OpenDocument spreadsheet, which LibreOffice saves.
pub fn spreadsheet(xml: &str, name: &str) -> Result<Vec<Sheet>, Refused> {
    let broken = || {
        Refused(format!(
            "{name} cannot be read as a spreadsheet; open it and save it again"
        ))
    };
    let mut reader = Reader::from_str(xml);
    let mut ods = Ods::default();
    let mut count = 0;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) => ods.start(&tag, false),
            Event::Empty(tag) => ods.start(&tag, true),
            Event::End(tag) => count += ods.end(tag.local_name().into_inner()),
            Event::Text(text) => ods.words(&text.xml10_content()),
            Event::CData(text) => ods.words(&text.xml10_content()),
            Event::GeneralRef(name) => ods.words(&entity(&name)),
            Event::Eof => break,
            _ => {}
        }
        if count > MAX_CELLS {
            return Err(too_many(name));
        }
    }
    Ok(ods.sheets)
}

/// Where the reading of an OpenDocument spreadsheet has got to.
#[derive(Default)]
struct Ods {
    sheets: Vec<Sheet>,
    row: u32,
    column: u32,
    row_repeated: u32,
    column_repeated: u32,
    /// The cell that is open: its type, its value, and its paragraphs.
    cell: Option<(String, String, String)>,
    paragraph: bool,
    /// How deep we are in a note on a cell, which is none of its words.
    note: usize,
}

impl Ods {
    fn start(&mut self, tag: &BytesStart, empty: bool) {
        let repeated = |name: &str| {
            attribute(tag, name)
                .and_then(|n| n.parse().ok())
                .unwrap_or(1)
        };
        match tag.local_name().into_inner() {
            "table" => {
                self.sheets.push(Sheet {
                    name: attribute(tag, "table:name").unwrap_or_default(),
                    ..Sheet::default()
                });
                (self.row, self.column) = (0, 0);
            }
            "table-row" => {
                self.row_repeated = repeated("table:number-rows-repeated");
                self.column = 0;
                if empty {
                    self.row = self.row.saturating_add(self.row_repeated);
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.column_repeated = repeated("table:number-columns-repeated");
                if empty {
                    self.column = self.column.saturating_add(self.column_repeated);
                } else {
                    let kind = attribute(tag, "office:value-type").unwrap_or_default();
                    let value =
                        ["office:date-value", "office:value"].map(|name| attribute(tag, name));
                    let value = value.into_iter().flatten().next().unwrap_or_default();
                    self.cell = Some((kind, value, String::new()));
                    self.paragraph = false;
                }
            }
            "annotation" if !empty => self.note += 1,
            "p" if self.note == 0 => {
                if self.paragraph {
                    self.words("\n");
                }
                self.paragraph = true;
            }
            "line-break" => self.words("\n"),
            "s" => self.words(" "),
            "tab" => self.words("\t"),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let (Some((_, _, words)), true, 0) = (&mut self.cell, self.paragraph, self.note) {
            words.push_str(text);
        }
    }

    /// Ends a tag; gives how many cells were added.
    fn end(&mut self, tag: &str) -> usize {
        match tag {
            "annotation" => self.note = self.note.saturating_sub(1),
            "table-row" => self.row = self.row.saturating_add(self.row_repeated),
            "table-cell" | "covered-table-cell" => {
                let cell = self.cell.take();
                let at = (self.row, self.column);
                self.column = self.column.saturating_add(self.column_repeated);
                let content =
                    cell.and_then(|(kind, value, words)| Ods::content(&kind, &value, words));
                if let (Some(content), Some(sheet)) = (content, self.sheets.last_mut()) {
                    sheet.cells.insert(at, content);
                    return 1;
                }
            }
            _ => {}
        }
        0
    }

    fn content(kind: &str, value: &str, words: String) -> Option<Content> {
        let date = || Day::parse_iso(value.get(..10)?);
        let content = match kind {
            "date" => date().map_or(Content::Other(words), Content::Day),
            "float" => Content::Number(value.to_owned()),
            "boolean" | "time" | "percentage" | "currency" => Content::Other(words),
            _ => Content::Text(words),
        };
        (!content.is_blank()).then_some(content)
    }
}

/// CSV as one sheet. What parts its cells is what parts the form's headings.
pub fn csv(text: &str, name: &str) -> Result<Sheet, Refused> {
    let semicolons = |line: &str| (line.matches(';').count(), line.matches('\t').count());
    let headings = text
        .lines()
        .find(|line| line.contains(super::COLUMNS[1].heading));
    let line = headings.unwrap_or_default();
    let delimiter = match (line.matches(',').count(), semicolons(line)) {
        (commas, (semicolons, tabs)) if semicolons > commas && semicolons > tabs => b';',
        (commas, (_, tabs)) if tabs > commas => b'\t',
        _ => b',',
    };
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    for (row, record) in (0..).zip(reader.records()) {
        let record =
            record.map_err(|error| Refused(format!("{name} cannot be read as CSV: {error}")))?;
        for (column, cell) in (0..).zip(&record) {
            let content = Content::Text(unguarded(cell).to_owned());
            if !content.is_blank() {
                sheet.cells.insert((row, column), content);
            }
        }
        if sheet.cells.len() > MAX_CELLS {
            return Err(too_many(name));
        }
    }
    Ok(sheet)
}

/// A text without the apostrophe that keeps it from being a formula.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if super::csv::is_formula(rest) => rest,
        _ => text,
    }
}
