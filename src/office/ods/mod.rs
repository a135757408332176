//! OpenDocument spreadsheets, as LibreOffice saves them.

mod conditions;

use std::collections::HashMap;
use std::mem;

use super::Refusal;
use super::blocks::{Aside, Cell, CellValue, MAX_COLUMNS, MAX_ROWS, Place, Unreadable, Why};
use super::conditions::lay_over;
use super::looks::{Common, colour};
use super::package::{self, Package};
use super::sheet::{Sheet, Workbook};
use super::shown::{DateParts, day_text};
use super::symbols::{SignFont, signs};
use super::xml::{self, Attributes, XmlEvent};
use crate::calendar::Day;
use conditions::Conditions;

/// Reads a spreadsheet. Errors: no spreadsheet, damaged, with a password, larger than any plan.
pub fn read(package: &mut Package) -> Result<Workbook, Refusal> {
    let name = package.name();
    package.check_types()?;
    let part = "content.xml";
    let text = package.part(part)?;
    if !text.contains("office:spreadsheet") {
        let why = "is no OpenDocument spreadsheet; open it in LibreOffice and save it as .ods";
        return Err(format!("{name} {why}").into());
    }
    let mut reader = OdsReader {
        name,
        ..OdsReader::default()
    };
    if package.has("styles.xml") {
        let styles = package.part("styles.xml")?;
        xml::walk(&styles, "styles.xml", |event| {
            reader.styles.take(event);
            Ok(())
        })?;
    }
    xml::walk(&text, part, |event| reader.take(event))?;
    for part in package.parts().filter(|part| part.starts_with("Pictures/")) {
        let why = "a picture: what it shows is not read";
        let place = Place::Part(part.as_str().into());
        reader.book.left.push((place, String::new(), why.into()));
    }
    Ok(reader.book)
}

/// The styles of a spreadsheet.
#[derive(Debug, Default)]
struct Styles {
    known: HashMap<String, Style>,
    /// What each format of dates shows.
    dates: HashMap<String, DateParts>,
    open: String,
    date: String,
}

/// What a style says.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    /// The format of its numbers and dates.
    data: Option<String>,
    struck: Option<bool>,
    hidden: Option<bool>,
    ink: Option<String>,
    fill: Option<String>,
    font: Option<SignFont>,
    /// Whether its sheet is not shown.
    closed: Option<bool>,
}

impl Styles {
    fn take(&mut self, event: XmlEvent) {
        match event {
            XmlEvent::Start("style", attributes) => {
                self.open = attributes.get("name").unwrap_or_default();
                let style = Style {
                    parent: attributes.get("parent-style-name"),
                    data: attributes.get("data-style-name"),
                    ..Style::default()
                };
                self.known.insert(self.open.clone(), style);
            }
            XmlEvent::Start("date-style", attributes) => {
                self.date = attributes.get("name").unwrap_or_default();
                self.dates.insert(self.date.clone(), DateParts::default());
            }
            XmlEvent::Start(name @ ("day" | "month" | "year"), _) => {
                if let Some(parts) = self.dates.get_mut(&self.date) {
                    match name {
                        "day" => parts.day = true,
                        "month" => parts.month = true,
                        _ => parts.year = true,
                    }
                }
            }
            XmlEvent::End("date-style") => self.date.clear(),
            XmlEvent::End("style") => self.open.clear(),
            XmlEvent::Start(name, attributes) => {
                if let Some(style) = self.known.get_mut(&self.open) {
                    style.property(name, attributes);
                }
            }
            _ => {}
        }
    }

    /// A property of a style, else of the style that it inherits from.
    fn find<T>(&self, name: &str, say: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut style = self.known.get(name)?;
        // Styles that rest on each other in a circle end here.
        for _ in 0..16 {
            match say(style) {
                Some(value) => return Some(value),
                None => style = self.known.get(style.parent.as_ref()?)?,
            }
        }
        None
    }
}

impl Style {
    fn property(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "text-properties" => {
                let line = attributes
                    .get("text-line-through-style")
                    .or_else(|| attributes.get("text-line-through-type"));
                self.struck = line.map(|line| line != "none");
                self.hidden = attributes.get("display").map(|shown| shown == "none");
                let ink = attributes.get("color").as_deref().and_then(colour);
                self.ink = ink.filter(|ink| ink != "000000");
                let font = attributes
                    .get("font-name")
                    .or_else(|| attributes.get("font-family"));
                self.font = font.as_deref().and_then(SignFont::from_name);
            }
            "table-cell-properties" => {
                self.fill = attributes
                    .get("background-color")
                    .as_deref()
                    .and_then(colour);
            }
            "table-properties" => {
                self.closed = attributes.get("display").map(|shown| shown == "false");
            }
            _ => {}
        }
    }
}

/// A spreadsheet as it is read.
#[derive(Default)]
struct OdsReader {
    name: String,
    book: Workbook,
    styles: Styles,
    /// The style of cells that name none, for each stretch of columns by its last, and whether it is
    /// hidden.
    columns: Vec<(usize, String, bool)>,
    row: usize,
    /// How many rows the row that is open stands for, and whether it is hidden.
    rows_alike: usize,
    row_hidden: bool,
    row_style: String,
    column: usize,
    cell: Option<OpenOdsCell>,
    /// The styles of the stretches of words that are open.
    spans: Vec<String>,
    paragraph: bool,
    /// The remark that is open.
    remark: Option<String>,
    conditions: Conditions,
}

/// The cell that is open.
struct OpenOdsCell {
    alike: usize,
    across: usize,
    down: usize,
    style: String,
    kind: String,
    value: String,
    formula: bool,
    text: String,
    asides: Vec<Aside>,
    ink: Common,
    unreadable: Option<Unreadable>,
}

impl OdsReader {
    fn take(&mut self, event: XmlEvent) -> Result<(), Refusal> {
        match event {
            XmlEvent::Start(name, attributes) => {
                if self.book.sheets.is_empty() {
                    self.styles.take(event);
                }
                self.conditions.take(event);
                self.start(name, attributes);
            }
            XmlEvent::End(name) => {
                if self.book.sheets.is_empty() {
                    self.styles.take(event);
                }
                self.end(name)?;
            }
            XmlEvent::Text(text) => self.text(text),
        }
        Ok(())
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        let number = |name: &str| attributes.number(name).unwrap_or(1).max(1);
        let value = |name: &str| attributes.get(name).unwrap_or_default();
        match name {
            "table" if self.cell.is_none() => {
                let closed = self.styles.find(&value("style-name"), |style| style.closed);
                let sheet = Sheet::new(&value("name"), closed == Some(true));
                self.book.sheets.push(sheet);
                self.columns.clear();
                self.row = 0;
            }
            "table-column" => {
                let before = self.columns.last().map_or(0, |(last, ..)| *last);
                let last = before.saturating_add(number("number-columns-repeated"));
                let hidden = is_hidden(attributes);
                let style = value("default-cell-style-name");
                self.columns.push((last, style, hidden));
            }
            "table-row" => {
                self.rows_alike = number("number-rows-repeated");
                self.row_hidden = is_hidden(attributes);
                self.row_style = value("default-cell-style-name");
                if attributes
                    .get("visibility")
                    .is_some_and(|seen| seen == "filter")
                    && let Some(sheet) = self.book.sheets.last_mut()
                {
                    sheet
                        .filtered
                        .extend(self.row..self.row.saturating_add(self.rows_alike.min(MAX_ROWS)));
                }
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => self.start_cell(attributes),
            "annotation" => self.remark = Some(String::new()),
            "p" if mem::replace(&mut self.paragraph, true) => self.text("\n"),
            "span" => self.spans.push(value("style-name")),
            "s" => self.text(&" ".repeat(number("c").min(100))),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn start_cell(&mut self, attributes: &Attributes) {
        let number = |name: &str| attributes.number(name).unwrap_or(1).max(1);
        let value = |name: &str| attributes.get(name);
        let kept = ["date-value", "boolean-value", "time-value", "value"];
        let of_column = || {
            let mut columns = self.columns.iter();
            columns
                .find(|(last, ..)| self.column < *last)
                .map(|(_, style, _)| style.clone())
        };
        let of_row = Some(self.row_style.clone()).filter(|style| !style.is_empty());
        self.cell = Some(OpenOdsCell {
            alike: number("number-columns-repeated"),
            across: number("number-columns-spanned"),
            down: number("number-rows-spanned"),
            style: value("style-name")
                .or(of_row)
                .or_else(of_column)
                .unwrap_or_default(),
            kind: value("value-type").unwrap_or_default(),
            value: kept.into_iter().find_map(value).unwrap_or_default(),
            formula: value("formula").is_some(),
            text: String::new(),
            asides: Vec::new(),
            ink: Common::default(),
            unreadable: None,
        });
        self.paragraph = false;
    }

    fn text(&mut self, text: &str) {
        if let Some(remark) = &mut self.remark {
            // Who wrote it and when stands before its paragraphs.
            if self.paragraph {
                remark.push_str(text);
            }
            return;
        }
        let Some(cell) = self.cell.as_mut().filter(|_| self.paragraph) else {
            return;
        };
        let styles = &self.styles;
        let names = self.spans.iter().rev().chain([&cell.style]);
        let says = |say: fn(&Style) -> Option<bool>| {
            names
                .clone()
                .find_map(|name| styles.find(name, say))
                .unwrap_or(false)
        };
        let why = if says(|style| style.hidden) {
            Some(Why::HiddenWords)
        } else if says(|style| style.struck) {
            Some(Why::StruckOut)
        } else {
            None
        };
        let font = names
            .clone()
            .find_map(|name| styles.find(name, |style| style.font));
        let (text, unknown) = signs(text, font);
        match why {
            Some(why) => cell.asides.push(Aside { why, words: text }),
            None => {
                if !text.trim().is_empty() {
                    let ink = names
                        .clone()
                        .find_map(|name| styles.find(name, |style| style.ink.clone()));
                    cell.ink.see(ink.as_ref());
                }
                cell.unreadable = cell.unreadable.take().or(unknown);
                cell.text.push_str(&text);
            }
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table" if self.cell.is_none() => self.end_sheet(),
            "table-row" => self.row = self.row.saturating_add(self.rows_alike),
            "span" => {
                self.spans.pop();
            }
            "annotation" => {
                let why = Why::Comment;
                let words = self.remark.take().unwrap_or_default().trim().to_owned();
                if let Some(cell) = self.cell.as_mut().filter(|_| !words.is_empty()) {
                    cell.asides.push(Aside { why, words });
                }
                self.paragraph = false;
            }
            _ => {}
        }
        Ok(())
    }

    /// Colours that depend on what cells say can be laid over them when all are known.
    fn end_sheet(&mut self) {
        let conditions = mem::take(&mut self.conditions);
        let pictured = conditions.pictured;
        let styles = &self.styles;
        let rules = conditions.rules(|style| {
            let fill = styles.find(style, |style| style.fill.clone());
            (fill, styles.find(style, |style| style.ink.clone()))
        });
        if let Some(sheet) = self.book.sheets.last_mut() {
            lay_over(&rules, pictured, sheet, &mut self.book.notes);
        }
    }

    /// A cell, as often as it is repeated: blank ones are only counted.
    fn end_cell(&mut self) -> Result<(), Refusal> {
        let (Some(mut open), Some(sheet)) = (self.cell.take(), self.book.sheets.last_mut()) else {
            return Ok(());
        };
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(open.alike);
        if open.across > 1 || open.down > 1 {
            let end = (
                row.saturating_add(open.down - 1),
                column.saturating_add(open.across - 1),
            );
            sheet.merged.push(((row, column), end));
        }
        let mut cell = Cell::new(sheet.place(row, column), mem::take(&mut open.text));
        cell.fill = self.styles.find(&open.style, |style| style.fill.clone());
        cell.ink = open.ink.take();
        let asides = mem::take(&mut open.asides).into_iter();
        let asides = asides.map(|aside| Aside {
            words: aside.words.trim().to_owned(),
            ..aside
        });
        cell.asides = asides.filter(|aside| !aside.words.is_empty()).collect();
        cell.unreadable = open.unreadable.take();
        open.value(&mut cell, &self.styles);
        let hidden_column = self.columns.iter().find(|(last, ..)| column < *last);
        if self.row_hidden {
            cell.hidden = Some(Why::HiddenRow);
        } else if hidden_column.is_some_and(|(_, _, hidden)| *hidden) {
            cell.hidden = Some(Why::HiddenColumn);
        }
        if cell.text.trim().is_empty() {
            cell.text.clear();
        }
        if cell.is_blank() && cell.fill.is_none() {
            return Ok(());
        }
        let (mut down, mut along) = (self.rows_alike, open.alike);
        if cell.is_blank() {
            // Coloured to the end of the sheet.
            (down, along) = (down.min(MAX_ROWS), along.min(MAX_COLUMNS));
        } else if along > MAX_COLUMNS || down > MAX_ROWS {
            return Err(package::too_many(&self.name));
        }
        for row in row..row.saturating_add(down) {
            for column in column..column.saturating_add(along) {
                let place = self
                    .book
                    .sheets
                    .last()
                    .map(|sheet| sheet.place(row, column));
                let mut cell = cell.clone();
                cell.place = place.unwrap_or(cell.place);
                self.book.put((row, column), cell, &self.name)?;
            }
        }
        Ok(())
    }
}

impl OpenOdsCell {
    /// What the cell keeps beside what it shows. Of a date it shows the parts, in whatever order the
    /// program's own language has them: its day is what it keeps.
    fn value(&self, cell: &mut Cell, styles: &Styles) {
        let shows_nothing = cell.text.is_empty() && cell.asides.is_empty();
        match self.kind.as_str() {
            "date" => {
                let day = self.value.get(..10).and_then(Day::parse_iso);
                let time = self.value.get(11..16).filter(|time| *time != "00:00");
                let time = time.filter(|_| cell.text.contains(':'));
                cell.asides.extend(time.map(Aside::time_of_day));
                cell.value = day.map_or(CellValue::Other, CellValue::Day);
                let parts = styles.find(&self.style, |style| {
                    styles.dates.get(style.data.as_ref()?).copied()
                });
                match day.and_then(|day| day_text(day, parts.unwrap_or(DateParts::ALL))) {
                    Some(text) if !cell.text.is_empty() || shows_nothing => cell.text = text,
                    _ if day.is_none() => {
                        cell.text.clear();
                        cell.unreadable = Some(Unreadable::NoDate(self.value.clone()));
                    }
                    _ => {}
                }
            }
            "float" | "percentage" | "currency" => {
                cell.value = self
                    .value
                    .parse()
                    .map_or(CellValue::Other, CellValue::Number);
                if shows_nothing {
                    cell.text.clone_from(&self.value);
                }
            }
            "boolean" | "time" => cell.value = CellValue::Other,
            "" if self.formula && shows_nothing => cell.unreadable = Some(Unreadable::NoResult),
            _ => {}
        }
    }
}

fn is_hidden(attributes: &Attributes) -> bool {
    attributes
        .get("visibility")
        .is_some_and(|seen| seen == "collapse")
}
