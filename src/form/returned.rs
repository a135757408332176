//! A form that came back, as it was filled in: cells with their places, before anybody judges them.

use super::Field;
use super::opened::{Opened, Refused, open};
use super::{grid, sheets, word};
use crate::calendar::Day;
use crate::caught::caught;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Words, with what surrounds them.
    Text(String),
    /// A date as spreadsheets keep it.
    Day(Day),
    /// A number as spreadsheets keep it, in its figures.
    Number(String),
    /// What can be no answer: an error, a time, true or false.
    Other(String),
}

/// A cell and where it stands: `Form!G7`.
#[derive(Clone, Debug)]
pub struct Cell {
    pub place: String,
    pub content: Content,
}

/// A row that has something in it.
#[derive(Clone, Debug, Default)]
pub struct ReturnedRow {
    /// Where an empty cell of it would stand, by field.
    pub places: Vec<(Field, String)>,
    /// Its cells in the form's columns.
    pub cells: Vec<(Field, Cell)>,
    /// Its cells in columns that the form does not have, with their headings.
    pub others: Vec<(String, Cell)>,
}

/// By what the machine knows a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    pub id: String,
    pub board: Option<String>,
    pub plan: Option<String>,
    pub group: Option<String>,
    pub made: Option<Day>,
    /// What each row rested on when the form was made, by the action's id.
    pub states: Vec<(String, String)>,
}

/// A form that came back.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    pub mark: Mark,
    /// The day of the report, and where it belongs.
    pub date: Option<Cell>,
    pub date_place: String,
    pub rows: Vec<ReturnedRow>,
    /// What stands where a form has nothing.
    pub loose: Vec<Cell>,
    /// Whether somebody pinned comments to it.
    pub comments: bool,
}

impl Returned {
    /// Whether it bears what tells a form from every other table.
    pub fn is_marked(&self) -> bool {
        let has = |field| {
            self.rows
                .iter()
                .any(|row| row.places.iter().any(|(own, _)| *own == field))
        };
        !self.mark.id.is_empty() || super::COLUMNS.iter().all(|column| has(column.field))
    }

    /// Whether nobody has written anything in it yet.
    pub fn is_blank(&self) -> bool {
        let input = |field: Field| {
            super::COLUMNS
                .iter()
                .any(|column| column.field == field && column.input)
        };
        let written = |row: &ReturnedRow| {
            let own = row
                .cells
                .iter()
                .filter(|(field, _)| input(*field) || *field == Field::Date);
            let others = row.others.iter().map(|(_, cell)| cell);
            own.map(|(_, cell)| cell)
                .chain(others)
                .any(|cell| !cell.content.is_blank())
        };
        let mut apart = self.date.iter().chain(&self.loose);
        !self.comments
            && !apart.any(|cell| !cell.content.is_blank())
            && !self.rows.iter().any(written)
    }

    /// The actions that it names, as written.
    pub fn ids(&self) -> Vec<String> {
        let cells = self.rows.iter().filter_map(|row| row.get(Field::Id));
        cells
            .map(|cell| super::csv::bare_id(&cell.content.words()))
            .collect()
    }
}

impl ReturnedRow {
    /// The row's cell of a field, if something stands in it.
    pub fn get(&self, field: Field) -> Option<&Cell> {
        let mut cells = self.cells.iter().filter(|(own, _)| *own == field);
        cells.next().map(|(_, cell)| cell)
    }

    /// Where the row's cell of a field stands, or would stand.
    pub fn place(&self, field: Field) -> &str {
        let mut places = self.places.iter().filter(|(own, _)| *own == field);
        let known = places.next().map(|(_, place)| place.as_str());
        known.unwrap_or_else(|| self.anywhere())
    }

    /// A place in the row.
    pub fn anywhere(&self) -> &str {
        let own = self.cells.iter().map(|(_, cell)| cell.place.as_str());
        let others = self.others.iter().map(|(_, cell)| cell.place.as_str());
        own.chain(others).next().unwrap_or("the form")
    }
}

impl Content {
    /// What a person sees in the cell.
    pub fn words(&self) -> String {
        match self {
            Content::Text(text) | Content::Number(text) | Content::Other(text) => text.clone(),
            Content::Day(day) => day.long(),
        }
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Content::Text(text) if text.chars().all(is_space))
    }
}

/// Whether a character shows nothing: space of every kind, and what word processors leave behind.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// The most rows of a form: far more than any plan has actions.
const MAX_ROWS: usize = 2000;

/// What a form says outside its table: not what somebody wrote there.
pub fn is_own_text(form: &str) -> bool {
    let text = form.trim();
    text.starts_with(super::TITLE)
        || text.contains(super::MADE_ON)
        || super::INSTRUCTIONS.contains(&text)
        || text.trim_end_matches(':') == super::DATE_LABEL
}

/// Reads a form that came back; `name` is how messages call the file.
pub fn read(bytes: &[u8], name: &str) -> Result<Returned, Refused> {
    let (opened, comments) = open(bytes, name)?;
    let read = || match opened {
        Opened::Workbook(bytes) => grid::of_sheets(sheets::workbook(bytes, name)?, name),
        Opened::Spreadsheet(xml) => grid::of_sheets(sheets::spreadsheet(&xml, name)?, name),
        Opened::Text(text) => grid::of_sheets(vec![sheets::csv(&text, name)?], name),
        Opened::Document(xml) => word::read(&xml, name),
    };
    let damaged = |_| Err(Refused(format!("{name} is damaged, and cannot be read")));
    let returned = caught(read).unwrap_or_else(damaged)?;
    if returned.rows.len() > MAX_ROWS {
        return Err(Refused(format!("{name} has more rows than any form has")));
    }
    Ok(Returned {
        comments,
        ..returned
    })
}
