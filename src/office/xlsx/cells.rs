//! The cells of one sheet of a workbook.

use std::collections::BTreeSet;
use std::mem;

use super::conditions::SheetConditions;
use super::styles::{Font, SheetStyles};
use crate::calendar::Day;
use crate::office::Refusal;
use crate::office::blocks::{Aside, Cell, CellValue, Unreadable, Why};
use crate::office::conditions::lay_over;
use crate::office::looks::Common;
use crate::office::package::Package;
use crate::office::sheet::{Area, Workbook, area, place};
use crate::office::shown;
use crate::office::symbols::signs;
use crate::office::xml::{self, Attributes, XmlEvent};

/// A text in runs: the words of each, and its font where it is not the cell's.
type Runs = Vec<(String, Option<Font>)>;

/// The texts that the cells of a workbook share.
#[derive(Debug, Default)]
pub struct Strings(Vec<Runs>);

impl Strings {
    /// Reads the texts. Errors: a part that is no XML.
    pub fn read(package: &mut Package, styles: &SheetStyles) -> Result<Strings, Refusal> {
        let mut strings = Strings::default();
        let part = "xl/sharedStrings.xml";
        if !package.has(part) {
            return Ok(strings);
        }
        let text = package.part(part)?;
        let mut rich = Rich::default();
        xml::walk(&text, part, |event| {
            if let XmlEvent::End("si") = event {
                strings.0.push(mem::take(&mut rich).runs);
            } else {
                rich.take(event, styles);
            }
            Ok(())
        })?;
        Ok(strings)
    }
}

/// A text that is made of runs, as it is read.
#[derive(Default)]
struct Rich {
    runs: Runs,
    in_text: bool,
    /// How a word is said aloud, which no cell shows.
    phonetic: bool,
    font: Option<Font>,
}

impl Rich {
    fn take(&mut self, event: XmlEvent, styles: &SheetStyles) {
        match event {
            XmlEvent::Start("rPh", _) => self.phonetic = true,
            XmlEvent::End("rPh") => self.phonetic = false,
            XmlEvent::Start("t", _) => self.in_text = !self.phonetic,
            XmlEvent::End("t") => self.in_text = false,
            XmlEvent::Start("rPr", _) => self.font = Some(Font::default()),
            XmlEvent::End("r") => self.font = None,
            XmlEvent::Start(name, attributes) => {
                if let Some(font) = &mut self.font {
                    font.property(name, attributes, styles);
                }
            }
            XmlEvent::Text(text) if self.in_text => match self.runs.last_mut() {
                Some((words, font)) if *font == self.font => words.push_str(text),
                _ => self.runs.push((text.to_owned(), self.font.clone())),
            },
            _ => {}
        }
    }
}

/// Reads the cells of a sheet.
pub struct CellReader<'r> {
    styles: &'r SheetStyles,
    strings: &'r Strings,
    dates_from_1904: bool,
    name: &'r str,
    cell: Option<OpenCell>,
    /// The row that is open, and its next column, for cells that do not say where they stand.
    row: usize,
    column: usize,
    hidden_rows: BTreeSet<usize>,
    /// The first and last of hidden columns.
    hidden_columns: Vec<(usize, usize)>,
    /// The table that a filter stands over, and whether it hides anything.
    filter: Option<Area>,
    filters: bool,
    conditions: SheetConditions,
}

/// The cell that is open.
struct OpenCell {
    at: (usize, usize),
    kind: String,
    style: usize,
    formula: bool,
    in_value: bool,
    value: String,
    rich: Rich,
}

impl<'r> CellReader<'r> {
    pub fn new(
        styles: &'r SheetStyles,
        strings: &'r Strings,
        dates_from_1904: bool,
        name: &'r str,
    ) -> CellReader<'r> {
        CellReader {
            styles,
            strings,
            dates_from_1904,
            name,
            cell: None,
            row: 0,
            column: 0,
            hidden_rows: BTreeSet::new(),
            hidden_columns: Vec::new(),
            filter: None,
            filters: false,
            conditions: SheetConditions::default(),
        }
    }

    /// Reads a sheet's part into the last sheet of the workbook.
    pub fn read(
        mut self,
        package: &mut Package,
        part: &str,
        book: &mut Workbook,
    ) -> Result<(), Refusal> {
        let text = package.part(part)?;
        xml::walk(&text, part, |event| self.take(event, book))?;
        self.finish(book);
        Ok(())
    }

    fn take(&mut self, event: XmlEvent, book: &mut Workbook) -> Result<(), Refusal> {
        if let XmlEvent::End("c") = event {
            return match self.cell.take() {
                Some(open) => book.put(open.at, self.shown(open, book), self.name),
                None => Ok(()),
            };
        }
        let Some(open) = &mut self.cell else {
            self.conditions.take(event);
            if let XmlEvent::Start(name, attributes) = event {
                self.start(name, attributes, book);
            }
            return Ok(());
        };
        match event {
            XmlEvent::Start("f", _) => open.formula = true,
            XmlEvent::Start("v", _) => open.in_value = true,
            XmlEvent::End("v") => open.in_value = false,
            XmlEvent::Text(text) if open.in_value => open.value.push_str(text),
            event => open.rich.take(event, self.styles),
        }
        Ok(())
    }

    fn start(&mut self, name: &str, attributes: &Attributes, book: &mut Workbook) {
        match name {
            "row" => {
                let next = self.row + 1;
                self.row = attributes.number("r").unwrap_or(next).min(MAX_ROW);
                self.column = 0;
                if attributes.is("hidden") {
                    self.hidden_rows.insert(self.row.saturating_sub(1));
                }
            }
            "c" => {
                let given = attributes.get("r").as_deref().and_then(place);
                let at = given.unwrap_or((self.row.saturating_sub(1), self.column));
                self.column = at.1 + 1;
                self.cell = Some(OpenCell {
                    at,
                    kind: attributes.get("t").unwrap_or_default(),
                    style: attributes.number("s").unwrap_or(0),
                    formula: false,
                    in_value: false,
                    value: String::new(),
                    rich: Rich::default(),
                });
            }
            "col" if attributes.is("hidden") => {
                let number = |name: &str| attributes.number(name).unwrap_or(1).saturating_sub(1);
                self.hidden_columns.push((number("min"), number("max")));
            }
            "mergeCell" => {
                let merged = attributes.get("ref").as_deref().and_then(area);
                if let Some(sheet) = book.sheets.last_mut() {
                    sheet.merged.extend(merged);
                }
            }
            "autoFilter" => self.filter = attributes.get("ref").as_deref().and_then(area),
            "filterColumn" => self.filters = true,
            _ => {}
        }
    }

    /// A cell as its sheet shows it.
    fn shown(&self, open: OpenCell, book: &Workbook) -> Cell {
        let sheet = book.sheets.last();
        let place = sheet.map(|sheet| sheet.place(open.at.0, open.at.1));
        let place = place.unwrap_or(super::super::blocks::Place::Line(0));
        let look = self.styles.look(open.style);
        let mut cell = Cell::new(place, String::new());
        cell.fill = look.fill;
        let value = open.value.trim();
        match open.kind.as_str() {
            "s" => {
                let runs = value
                    .parse()
                    .ok()
                    .and_then(|at: usize| self.strings.0.get(at));
                write(&mut cell, runs.map_or(&[], Vec::as_slice), look.font);
            }
            "inlineStr" => write(&mut cell, &open.rich.runs, look.font),
            "str" => write(&mut cell, &[(open.value, None)], look.font),
            // An error, true or false, a day: what is kept is what is shown.
            _ if value.is_empty() => {
                cell.unreadable = open.formula.then_some(Unreadable::NoResult);
            }
            "b" => {
                cell.value = CellValue::Other;
                let shown = if value == "1" { "TRUE" } else { "FALSE" };
                write(&mut cell, &[(shown.into(), None)], look.font);
            }
            "d" => {
                let day = value.get(..10).and_then(Day::parse_iso);
                cell.value = day.map_or(CellValue::Other, CellValue::Day);
                let time = value.get(11..16).filter(|time| *time != "00:00");
                cell.asides.extend(time.map(Aside::time_of_day));
                let shown = day.map_or_else(|| value.to_owned(), Day::long);
                write(&mut cell, &[(shown, None)], look.font);
            }
            "e" => {
                cell.value = CellValue::Other;
                write(&mut cell, &[(value.into(), None)], look.font);
            }
            _ => {
                let number = value.parse().unwrap_or(f64::NAN);
                let shown = shown::show(number, look.format, self.dates_from_1904);
                (cell.value, cell.unreadable) = (shown.value, shown.unreadable);
                let time = shown.time.as_deref().map(Aside::time_of_day);
                cell.asides.extend(time);
                write(&mut cell, &[(shown.text, None)], look.font);
                return cell;
            }
        }
        if shown::hides_text(look.format) && !cell.text.is_empty() {
            let words = mem::take(&mut cell.text);
            let why = Why::HiddenWords;
            cell.asides.push(Aside { why, words });
        }
        cell
    }

    /// What can be said of cells only when all of the sheet is known.
    fn finish(self, book: &mut Workbook) {
        let Some(sheet) = book.sheets.last_mut() else {
            return;
        };
        let filtered = self.filter.filter(|_| self.filters);
        for row in self.hidden_rows {
            let by_filter =
                filtered.is_some_and(|(start, end)| (start.0 + 1..=end.0).contains(&row));
            if by_filter {
                sheet.filtered.insert(row);
                continue;
            }
            for (_, cell) in sheet.cells.range_mut((row, 0)..=(row, usize::MAX)) {
                cell.hidden = Some(Why::HiddenRow);
            }
        }
        let hidden = |column: usize| {
            let mut ranges = self.hidden_columns.iter();
            ranges.any(|(first, last)| (*first..=*last).contains(&column))
        };
        if !self.hidden_columns.is_empty() {
            for ((_, column), cell) in &mut sheet.cells {
                if hidden(*column) {
                    cell.hidden = Some(Why::HiddenColumn);
                }
            }
        }
        let pictured = self.conditions.pictured;
        let rules = self.conditions.rules(self.styles);
        lay_over(&rules, pictured, sheet, &mut book.notes);
    }
}

/// The last row of a sheet.
const MAX_ROW: usize = 1_048_576;

/// Writes the runs of a text into a cell; those without a font have the cell's.
fn write(cell: &mut Cell, runs: &[(String, Option<Font>)], font: Font) {
    let (mut struck, mut ink) = (String::new(), Common::default());
    for (words, font_of_run) in runs {
        let font = font_of_run.as_ref().unwrap_or(&font);
        let (words, unknown) = signs(&unescaped(words), font.signs);
        if font.struck {
            struck.push_str(&words);
            continue;
        }
        if !words.trim().is_empty() {
            ink.see(font.ink.as_ref());
        }
        cell.unreadable = cell.unreadable.take().or(unknown);
        cell.text.push_str(&words);
    }
    cell.ink = ink.take();
    if !struck.trim().is_empty() {
        let why = Why::StruckOut;
        let words = struck.trim().to_owned();
        cell.asides.push(Aside { why, words });
        // Only spaces are left of a text that is struck out.
        if cell.text.trim().is_empty() {
            cell.text.clear();
        }
    }
}

/// A text with the characters that Excel writes by their number: `_x000D_` ends a line.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("_x");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .get(..4)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        match code
            .and_then(char::from_u32)
            .zip(part.get(4..).and_then(|rest| rest.strip_prefix('_')))
        {
            Some((c, rest)) => {
                plain.push(c);
                plain.push_str(rest);
            }
            None => {
                plain.push_str("_x");
                plain.push_str(part);
            }
        }
    }
    plain
}
