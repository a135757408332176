//! A form that came back, as it was filled in: cells with their places, before anybody judges them.

use super::FormField;
use crate::calendar::Day;
use crate::office::blocks as shown;
use crate::office::blocks::{Aside, CellValue, Unreadable};
use crate::words::is_space;

/// A cell and where it stands.
#[derive(Clone, Debug)]
pub struct ReturnedCell {
    /// As its program names it: `Form!G7`.
    pub place: String,
    /// The text that the cell shows; lines are kept apart.
    pub text: String,
    pub value: CellValue,
    /// The cell's background, where somebody changed it from the form's own.
    pub fill: Option<String>,
    pub asides: Vec<Aside>,
    pub unreadable: Option<Unreadable>,
    /// How many rows and columns it lies over.
    pub over: (usize, usize),
}

/// A row that has something in it.
#[derive(Clone, Debug, Default)]
pub struct ReturnedRow {
    /// Where an empty cell of it would stand, by field.
    pub places: Vec<(FormField, String)>,
    /// Its cells in the form's columns.
    pub cells: Vec<(FormField, ReturnedCell)>,
    /// Its cells in columns that the form does not have, with their headings.
    pub others: Vec<(String, ReturnedCell)>,
}

/// By what the machine knows a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormMark {
    pub id: String,
    pub board: Option<String>,
    pub plan: Option<String>,
    pub group: Option<String>,
    pub made: Option<Day>,
    /// The actions that it asks about and what each row rested on when it was made, where a sheet that nobody
    /// sees lists them.
    pub states: Vec<(String, String)>,
}

/// A form that came back.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    pub mark: FormMark,
    /// The day of the report, and where it belongs.
    pub date: Option<ReturnedCell>,
    pub date_place: String,
    pub rows: Vec<ReturnedRow>,
    /// What stands where a form has nothing.
    pub loose: Vec<ReturnedCell>,
}

impl Returned {
    /// Whether it bears what tells a form from every other table.
    pub fn is_marked(&self) -> bool {
        let has = |field| {
            self.rows
                .iter()
                .any(|row| row.places.iter().any(|(known, _)| *known == field))
        };
        !self.mark.id.is_empty() || super::COLUMNS.iter().all(|column| has(column.field))
    }

    /// Whether nobody has written anything in it yet.
    pub fn is_blank(&self) -> bool {
        let input = |field: FormField| {
            super::COLUMNS
                .iter()
                .any(|column| column.field == field && column.input)
        };
        // A remark that somebody pinned to a cell is something written too.
        let says = |cell: &ReturnedCell| !cell.is_blank() || !cell.asides.is_empty();
        let written = |row: &ReturnedRow| {
            let in_columns = row.cells.iter().any(|(field, cell)| {
                let is_theirs = input(*field) || *field == FormField::Date;
                !cell.asides.is_empty() || is_theirs && !cell.is_blank()
            });
            in_columns || row.others.iter().any(|(_, cell)| says(cell))
        };
        let mut apart = self.date.iter().chain(&self.loose);
        !apart.any(says) && !self.rows.iter().any(written)
    }

    /// The actions that it names, as written.
    pub fn ids(&self) -> Vec<String> {
        let cells = self.rows.iter().filter_map(|row| row.get(FormField::Id));
        cells.map(|cell| super::csv::bare_id(&cell.text)).collect()
    }
}

impl ReturnedRow {
    /// The row's cell of a field, if something stands in it.
    pub fn get(&self, field: FormField) -> Option<&ReturnedCell> {
        let mut cells = self.cells.iter().filter(|(known, _)| *known == field);
        cells.next().map(|(_, cell)| cell)
    }

    /// Whether the form that came back still has the column.
    pub fn has(&self, field: FormField) -> bool {
        self.places.iter().any(|(known, _)| *known == field)
    }

    /// Where the row's cell of a field stands, or would stand.
    pub fn place(&self, field: FormField) -> &str {
        let mut places = self.places.iter().filter(|(known, _)| *known == field);
        let known = places.next().map(|(_, place)| place.as_str());
        known.unwrap_or_else(|| self.anywhere())
    }

    /// The field whose cell stands at a place.
    pub fn field_at(&self, place: &str) -> Option<FormField> {
        let mut places = self.places.iter();
        places
            .find(|(_, known)| known == place)
            .map(|(field, _)| *field)
    }

    /// A place in the row.
    fn anywhere(&self) -> &str {
        let in_columns = self.cells.iter().map(|(_, cell)| cell.place.as_str());
        let others = self.others.iter().map(|(_, cell)| cell.place.as_str());
        in_columns.chain(others).next().unwrap_or("the form")
    }
}

/// The colours that a form has itself: of the cells to fill in, and of what the plan says.
const OWN_FILLS: [&str; 4] = [super::INPUT, super::PLAN, "FFFFFF", "000000"];

impl ReturnedCell {
    pub fn new(place: String, cell: &shown::Cell) -> ReturnedCell {
        let fill = cell.fill.clone();
        ReturnedCell {
            place,
            text: cell.text.clone(),
            value: cell.value,
            fill: fill.filter(|fill| !OWN_FILLS.contains(&fill.as_str())),
            asides: cell.asides.clone(),
            unreadable: cell.unreadable.clone(),
            over: (1, 1),
        }
    }

    /// Whether nothing at all can be seen in it, nor anything that was.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(is_space)
            && self.asides.is_empty()
            && self.unreadable.is_none()
            && self.fill.is_none()
    }
}

/// What a form says outside its table: not what somebody wrote there.
pub fn is_own_text(form: &str) -> bool {
    let text = form.trim();
    let text = crate::office::csv::unguarded(text);
    text.starts_with(super::TITLE)
        || text.contains(super::MADE_ON)
        || super::is_instruction(text)
        || text.trim_end_matches(':') == super::DATE_LABEL
}
