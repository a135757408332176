//! Spreadsheets: each visible sheet is a table; merged cells, dates as numbers, colours.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::rc::Rc;

use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use chrono::Datelike;

use super::Refusal;
use super::blocks::{
    Block, Blocks, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Piece, Place, Table, TooLarge, Words,
};
use super::csv;
use super::package::{self, Package};
use super::xml::{self, Attributes, Said};
use crate::calendar::{Day, month_name};

/// Reads a spreadsheet. Errors: no spreadsheet, damaged, too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let package = Package::open(bytes, name)?;
    match name.to_lowercase().ends_with(".ods") {
        true => open_document(package, name),
        false => excel(bytes, package, name),
    }
}

fn excel(bytes: &[u8], mut package: Package, name: &str) -> Result<Blocks, Refusal> {
    if !package.has("xl/workbook.xml") {
        return Err(format!("{name} is no Excel file: it has no xl/workbook.xml; open it in Excel and save it as .xlsx").into());
    }
    if package
        .part("[Content_Types].xml")
        .is_ok_and(|types| types.contains("macroEnabled"))
    {
        return Err(format!("{name} holds macros; save it without them, as .xlsx").into());
    }
    // Declared entities are refused before another reader sees them.
    let parts: Vec<String> = package
        .parts()
        .filter(|part| part.ends_with(".xml"))
        .collect();
    for part in &parts {
        package.part(part)?;
    }
    let broken = |error: calamine::XlsxError| {
        Refusal(format!(
            "{name} could not be read: {error}; open it and save it again"
        ))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut found = Blocks::default();
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    for sheet in sheets {
        let sheet_name: Rc<str> = sheet.name.as_str().into();
        let mut rows = Rows::default();
        let mut reader = match book.worksheet_cells_reader(&sheet.name) {
            Ok(reader) => reader,
            // A sheet that is a chart has no cells.
            Err(_) => continue,
        };
        let styles = reader.styles().to_vec();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let (row, column) = cell.get_position();
            let style = styles.get(style);
            let format = style
                .and_then(|style| style.number_format.as_ref())
                .map(|format| format.format_code.clone());
            let text = text_of(cell.get_value(), format.as_deref().unwrap_or_default());
            let shade = style.and_then(shade_of);
            rows.put(row as usize, column as usize, text, shade)
                .map_err(|_| package::too_many(name))?;
        }
        drop(reader);
        let merged = book
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(broken)?;
        let merged: Vec<Area> = merged
            .into_iter()
            .map(|area| (area.start, area.end))
            .collect();
        rows.add(
            &sheet_name,
            &merged,
            sheet.visible != SheetVisible::Visible,
            &mut found,
        );
    }
    asides(&mut package, &mut found)?;
    found.blocks = running_text(std::mem::take(&mut found.blocks));
    Ok(found)
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
            let said: Vec<Cell> = row
                .into_iter()
                .filter(|cell| !cell.text.is_empty())
                .collect();
            let Some(first) = said.first() else { continue };
            let pointed = tables
                .iter()
                .position(|table| points_to(&first.text, table));
            if let Some(pointed) = pointed {
                found.push(Block::Table(tables.remove(pointed)));
                continue;
            }
            let words: Vec<&str> = said.iter().map(|cell| cell.text.as_str()).collect();
            let piece = Piece::new(first.place.clone(), words.join(": "));
            found.push(text_block(piece, gap, number == 0));
        }
    }
    found.extend(tables.into_iter().map(Block::Table));
    join_lists(found)
}

fn is_running_text(table: &Table) -> bool {
    let said = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.is_empty()).count();
    let alone = table.rows.iter().filter(|row| said(row) <= 1).count();
    table.rows.iter().all(|row| said(row) <= 2) && alone * 2 > table.rows.len()
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

/// What stands beside the cells: remarks, text boxes and pictures.
fn asides(package: &mut Package, found: &mut Blocks) -> Result<(), Refusal> {
    let parts: Vec<String> = package.parts().collect();
    for part in parts {
        let place = || Place::Part(part.as_str().into());
        if part.starts_with("xl/media/") || part.starts_with("Pictures/") {
            found.left.push((
                place(),
                String::new(),
                "a picture: what it shows is not read".into(),
            ));
        }
        let why = match part.strip_prefix("xl/").unwrap_or_default() {
            rest if rest.starts_with("comments") => "a remark on a cell, not the plan's own words",
            rest if rest.starts_with("drawings/drawing") => {
                "a text box over the sheet, not a cell of it"
            }
            _ => continue,
        };
        let (text, mut words, mut in_text) = (package.part(&part)?, Words::default(), false);
        xml::walk(&text, &part, |said| {
            match said {
                Said::Start("t", _) => in_text = true,
                Said::End("t") => in_text = false,
                Said::Text(text) if in_text => words.push(text),
                Said::End("p" | "comment") => words.paragraph(),
                _ => {}
            }
            Ok(())
        })?;
        let text = words.take();
        if !text.is_empty() {
            found.left.push((place(), text, why.to_owned()));
        }
    }
    Ok(())
}

/// The first and the last cell of a merged one, each by row and column.
type Area = ((u32, u32), (u32, u32));

/// The cells of a sheet that say something, wherever they stand: a sheet may be said to have a
/// million rows.
#[derive(Default)]
struct Rows {
    rows: BTreeMap<usize, BTreeMap<usize, (String, Option<String>)>>,
    cells: usize,
}

impl Rows {
    fn put(
        &mut self,
        row: usize,
        column: usize,
        text: String,
        shade: Option<String>,
    ) -> Result<(), TooLarge> {
        if text.is_empty() && shade.is_none() {
            return Ok(());
        }
        if text.is_empty()
            && (self.cells >= MAX_CELLS || column >= MAX_COLUMNS || self.rows.len() >= MAX_ROWS)
        {
            return Ok(());
        }
        self.cells += 1;
        self.rows
            .entry(row)
            .or_default()
            .insert(column, (text, shade));
        match self.cells > MAX_CELLS || self.rows.len() > MAX_ROWS || column >= MAX_COLUMNS {
            true => Err(TooLarge),
            false => Ok(()),
        }
    }

    /// Adds the sheet to what was found: as a table, or as left out where it is hidden.
    fn add(mut self, sheet: &Rc<str>, merged: &[Area], hidden: bool, found: &mut Blocks) {
        self.rows
            .retain(|_, row| row.values().any(|(text, _)| !text.is_empty()));
        let place = |row: usize, column: usize| Place::Sheet(sheet.clone(), row + 1, column + 1);
        if hidden {
            for (row, cells) in self.rows {
                for (column, (text, _)) in
                    cells.into_iter().filter(|(_, (text, _))| !text.is_empty())
                {
                    found
                        .left
                        .push((place(row, column), text, "its sheet is hidden".into()));
                }
            }
            return;
        }
        let filled = |cells: &BTreeMap<usize, (String, Option<String>)>| {
            let said = cells.iter().filter(|(_, (text, _))| !text.is_empty());
            said.map(|(column, _)| column + 1).max().unwrap_or(0)
        };
        let width = self.rows.values().map(filled).max().unwrap_or(0).max(1);
        let numbers: Vec<usize> = self.rows.keys().copied().collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (row, mut cells) in self.rows {
            let cell = |column: usize| {
                let (text, shade) = cells.remove(&column).unwrap_or_default();
                let mut cell = Cell::new(place(row, column), text);
                cell.shade = shade;
                cell
            };
            rows.push((0..width).map(cell).collect());
        }
        for (start, end) in merged {
            let origin = (numbers.binary_search(&(start.0 as usize)), start.1 as usize);
            let (Ok(first), column) = origin else {
                continue;
            };
            for (at, _) in numbers
                .iter()
                .enumerate()
                .filter(|(_, row)| (start.0..=end.0).contains(&(**row as u32)))
            {
                let covered = rows[at].iter_mut().enumerate().skip(column);
                for (covered, cell) in covered.take_while(|(covered, _)| *covered <= end.1 as usize)
                {
                    if (at, covered) != (first, column) {
                        cell.under = Some((first, column));
                    }
                }
            }
        }
        found.blocks.push(Block::Table(Table {
            name: Some(sheet.clone()),
            rows,
            heading_rows: 0,
            knows_merged: true,
        }));
    }
}

/// A cell's value as its sheet shows it, or as a person would write it.
fn text_of(value: &DataRef, format: &str) -> String {
    match value {
        DataRef::String(text) => csv::lines(text),
        DataRef::SharedString(text) => csv::lines(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(date) => match date.as_datetime() {
            Some(date) if date.year() >= 1901 => date_text(date.date(), format),
            _ => date.as_f64().to_string(),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            let day = text.get(..10).and_then(Day::parse_iso);
            day.map_or_else(|| text.clone(), |day| day.long())
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A date as a person writes it; a format without days shows a month.
fn date_text(date: chrono::NaiveDate, format: &str) -> String {
    let plain: String = format
        .split('"')
        .step_by(2)
        .collect::<String>()
        .to_lowercase();
    let shows_month = plain.contains('m') && plain.contains('y') && !plain.contains('d');
    match Day::new(date.year(), date.month(), date.day()) {
        Some(_) if shows_month => format!("{} {}", month_name(date.month()), date.year()),
        Some(day) => day.long(),
        None => date.to_string(),
    }
}

fn shade_of(style: &calamine::Style) -> Option<String> {
    let fill = style.fill.as_ref()?;
    let colour = fill
        .foreground_color
        .as_ref()
        .or(fill.background_color.as_ref())?;
    Some(format!(
        "{:02X}{:02X}{:02X}",
        colour.red, colour.green, colour.blue
    ))
}

/// Reads an OpenDocument spreadsheet.
fn open_document(mut package: Package, name: &str) -> Result<Blocks, Refusal> {
    if package.has("META-INF/manifest.xml")
        && package
            .part("META-INF/manifest.xml")?
            .contains("encryption-data")
    {
        return Err(format!(
            "{name} is protected with a password; open it and save it without one"
        )
        .into());
    }
    let part = "content.xml";
    let text = package.part(part)?;
    if !text.contains("office:spreadsheet") {
        return Err(format!(
            "{name} is no OpenDocument spreadsheet; open it in LibreOffice and save it as .ods"
        )
        .into());
    }
    let mut book = OpenBook {
        name: name.to_owned(),
        ..OpenBook::default()
    };
    xml::walk(&text, part, |said| book.take(said))?;
    asides(&mut package, &mut book.found)?;
    book.found.blocks = running_text(std::mem::take(&mut book.found.blocks));
    Ok(book.found)
}

/// An OpenDocument spreadsheet as it is read.
#[derive(Default)]
struct OpenBook {
    name: String,
    found: Blocks,
    sheet: Option<(Rc<str>, bool)>,
    rows: Rows,
    merged: Vec<Area>,
    hidden_styles: Vec<String>,
    style: String,
    row: usize,
    /// How many rows the row that is open stands for, and its next column.
    rows_alike: usize,
    column: usize,
    cell: Option<OpenCell>,
    words: Words,
    /// Inside a remark on the cell.
    remark: bool,
}

struct OpenCell {
    alike: usize,
    across: usize,
    down: usize,
    value: Option<String>,
}

impl OpenBook {
    fn take(&mut self, said: Said) -> Result<(), Refusal> {
        match said {
            Said::Start(name, attributes) => self.start(name, attributes),
            Said::Text(text) if self.cell.is_some() => self.words.push(text),
            Said::End(name) => self.end(name)?,
            Said::Text(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        let number = |name: &str| attributes.number(name).unwrap_or(1).max(1);
        match name {
            "style" => self.style = attributes.get("name").unwrap_or_default(),
            "table-properties"
                if attributes
                    .get("display")
                    .is_some_and(|shown| shown == "false") =>
            {
                self.hidden_styles.push(self.style.clone());
            }
            "table" => {
                let style = attributes.get("style-name").unwrap_or_default();
                let hidden = self.hidden_styles.contains(&style);
                self.sheet = Some((attributes.get("name").unwrap_or_default().into(), hidden));
                self.row = 0;
            }
            "table-row" => {
                self.rows_alike = number("number-rows-repeated");
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.words.take();
                self.cell = Some(OpenCell {
                    alike: number("number-columns-repeated"),
                    across: number("number-columns-spanned"),
                    down: number("number-rows-spanned"),
                    value: attributes
                        .get("date-value")
                        .or_else(|| attributes.get("value")),
                });
            }
            "annotation" => {
                self.remark = true;
                self.words.paragraph();
            }
            "list-item" => self.words.item(0),
            "p" => self.words.paragraph(),
            "s" | "tab" => self.words.push(" "),
            "line-break" => self.words.paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table-row" => self.row = self.row.saturating_add(self.rows_alike),
            "table" => {
                if let Some((sheet, hidden)) = self.sheet.take() {
                    let rows = std::mem::take(&mut self.rows);
                    let merged = std::mem::take(&mut self.merged);
                    rows.add(&sheet, &merged, hidden, &mut self.found);
                }
            }
            "annotation" => {
                self.remark = false;
                let text = self.words.take();
                if let Some((sheet, _)) = &self.sheet {
                    let place = Place::Sheet(sheet.clone(), self.row + 1, self.column + 1);
                    let why = "a remark on a cell, not the plan's own words";
                    self.found.left.push((place, text, why.into()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A cell, as often as it is repeated: blank ones are only counted.
    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let shown = csv::lines(&self.words.take());
        let text = if shown.is_empty() {
            cell.value.unwrap_or_default()
        } else {
            shown
        };
        let (row, column) = (self.row, self.column);
        if cell.across > 1 || cell.down > 1 {
            let end = (
                (row + cell.down - 1) as u32,
                (column + cell.across - 1) as u32,
            );
            self.merged.push(((row as u32, column as u32), end));
        }
        self.column = column.saturating_add(cell.alike);
        if text.is_empty() {
            return Ok(());
        }
        if cell.alike > MAX_COLUMNS || self.rows_alike > MAX_ROWS {
            return Err(package::too_many(&self.name));
        }
        for row in row..row + self.rows_alike {
            for column in column..column + cell.alike {
                let put = self.rows.put(row, column, text.clone(), None);
                put.map_err(|_| package::too_many(&self.name))?;
            }
        }
        Ok(())
    }
}
