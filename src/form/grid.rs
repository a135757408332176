//! A form that came back as a spreadsheet: finds its headings, wherever they stand now, and the cells
//! below them.

use std::collections::BTreeSet;

use super::returned::{FormMark, Returned, ReturnedCell, ReturnedRow, is_own_text};
use super::{COLUMNS, DATE_LABEL, FormField, ID_LABEL, csv, excel};
use crate::calendar::Day;
use crate::import::Field;
use crate::office::blocks as shown;
use crate::office::blocks::Place;
use crate::office::sheet::{Sheet, Workbook};
use crate::office::{self, Refusal};
use crate::words::as_typed;

/// A sheet that has the form's headings: in which row, and which column is which.
struct FormTable {
    sheet: Sheet,
    row: usize,
    columns: Vec<(usize, FormField)>,
}

/// The form in a file of separated values, which is one sheet.
pub fn from_csv(text: &str, name: &str) -> Result<Returned, Refusal> {
    let mut book = Workbook::default();
    book.sheets.push(Sheet::new("", false));
    let headings = |line: &str| line.contains(COLUMNS[1].heading);
    for (row, (_, cells)) in office::csv::read(text, name, headings)?
        .into_iter()
        .enumerate()
    {
        for (column, text) in cells.into_iter().enumerate() {
            let place = Place::Sheet("".into(), row + 1, column + 1);
            book.put((row, column), shown::Cell::new(place, text), name)?;
        }
    }
    from_book(book, name)
}

/// The form among the sheets of a workbook.
pub fn from_book(book: Workbook, name: &str) -> Result<Returned, Refusal> {
    let mut mark = FormMark::default();
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for sheet in book.sheets {
        if &*sheet.name == excel::HIDDEN {
            mark = hidden(&sheet);
        } else if let Some((row, columns)) = headings(&sheet, 0) {
            if let Some((again, _)) = headings(&sheet, row + 1) {
                return Err(Refusal(format!(
                    "{name} has the headings of a form twice, in the rows {} and {}; give each form in a file of \
                     its own",
                    row + 1,
                    again + 1
                )));
            }
            found.push(FormTable {
                sheet,
                row,
                columns,
            });
        } else if !sheet.hidden {
            others.extend(first(&sheet));
        }
    }
    let beside = book.left.into_iter().map(|(place, text, _)| {
        ReturnedCell::new(place.to_string(), &shown::Cell::new(place, text))
    });
    others.extend(beside);
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(Refusal(format!(
            "{name} is not a form that `plan chase` made: no row of it has the headings \"{}\", \"{}\" …",
            COLUMNS[0].heading, COLUMNS[1].heading
        ))),
        (Some(only), true) => {
            let mut returned = only.returned(mark);
            returned.loose.extend(others);
            Ok(returned)
        }
        (Some(last), false) => Err(Refusal(format!(
            "{name} has the form twice, on the sheets {} and {}; delete the one that does not count",
            found[0].sheet.name, last.sheet.name
        ))),
    }
}

/// The first cell of a sheet that somebody added.
fn first(sheet: &Sheet) -> Option<ReturnedCell> {
    let mut cells = sheet.cells.values().filter(|cell| !cell.is_blank());
    cells
        .next()
        .map(|cell| ReturnedCell::new(cell.place.to_string(), cell))
}

/// The row of headings: the first from a row on that names the action and at least two columns to fill in.
fn headings(sheet: &Sheet, from: usize) -> Option<(usize, Vec<(usize, FormField)>)> {
    let cells = sheet.cells.range((from, 0)..);
    let rows: BTreeSet<usize> = cells.map(|((row, _), _)| *row).collect();
    rows.into_iter().find_map(|row| {
        let mut columns: Vec<(usize, FormField)> = (sheet.row(row))
            .filter_map(|(column, cell)| Some((column, field(&cell.text)?)))
            .collect();
        let has = |columns: &[(usize, FormField)], field| {
            columns.iter().any(|(_, known)| *known == field)
        };
        let inputs = COLUMNS
            .iter()
            .filter(|column| column.input && has(&columns, column.field));
        if !has(&columns, FormField::Id) || inputs.count() < 2 {
            return None;
        }
        // A heading that somebody wrote over is one by which a plan's column is known.
        for (column, cell) in sheet.row(row) {
            let renamed = renamed(&cell.text).filter(|field| !has(&columns, *field));
            if let (Some(field), None) = (renamed, field(&cell.text)) {
                columns.push((column, field));
            }
        }
        columns.sort_by_key(|(column, _)| *column);
        Some((row, columns))
    })
}

/// The field that a heading names in a plan of the board's own: "RAG rating", "Progress this quarter".
fn renamed(heading: &str) -> Option<FormField> {
    Some(match crate::import::heading(heading)? {
        Field::Rag => FormField::Rag,
        Field::Status => FormField::Status,
        Field::Done => FormField::Done,
        Field::Impact => FormField::Impact,
        Field::Voice => FormField::Voice,
        Field::Next => FormField::Next,
        Field::Evidence => FormField::Evidence,
        Field::Revised => FormField::NewDate,
        Field::Reason => FormField::Reason,
        _ => return None,
    })
}

/// The field that a heading names.
pub fn field(heading: &str) -> Option<FormField> {
    let heading = as_typed(heading);
    if heading == as_typed(csv::STATE_HEADING) {
        return Some(FormField::State);
    }
    if heading == as_typed(DATE_LABEL) {
        return Some(FormField::Date);
    }
    // Every board has its own word for the people whom it asks.
    if heading.starts_with("what ") && heading.ends_with(" said") {
        return Some(FormField::Voice);
    }
    let found = COLUMNS
        .iter()
        .find(|column| as_typed(column.heading) == heading);
    found.map(|column| column.field)
}

/// What the sheet that nobody sees says.
fn hidden(sheet: &Sheet) -> FormMark {
    let mut mark = FormMark::default();
    let mut actions = false;
    let rows = sheet.cells.iter().filter(|((_, column), _)| *column == 0);
    for ((row, _), name) in rows {
        let Some(value) = sheet.cells.get(&(*row, 1)).map(|cell| cell.text.clone()) else {
            continue;
        };
        match name.text.as_str() {
            id if actions => mark.states.push((id.to_owned(), value)),
            "form" => mark.id = value,
            "board" => mark.board = Some(value),
            "plan" => mark.plan = Some(value),
            "group" => mark.group = Some(value),
            "made" => mark.made = Day::parse_iso(&value),
            "action" => actions = true,
            _ => {}
        }
    }
    mark
}

/// What a line says that stands in the form for the machine: `Form ID | board | plan | group | day`, or
/// the id alone.
pub fn visible_mark(text: &str) -> Option<FormMark> {
    let mut parts = text.trim().split('|').map(|part| part.trim().to_owned());
    let id = parts.next()?.strip_prefix(ID_LABEL)?.trim().to_owned();
    let figures = id.chars().filter(char::is_ascii_hexdigit).count();
    let shaped = figures == 16 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    shaped.then(|| FormMark {
        id,
        board: parts.next(),
        plan: parts.next(),
        group: parts.next(),
        made: parts.next().and_then(|day| Day::parse_iso(&day)),
        states: Vec::new(),
    })
}

impl FormTable {
    fn returned(&self, hidden: FormMark) -> Returned {
        let mut returned = Returned {
            mark: hidden,
            ..Returned::default()
        };
        self.above(&mut returned);
        let below = self.sheet.cells.range((self.row + 1, 0)..);
        let filled = below.filter(|(_, cell)| !cell.text.is_empty() || !cell.is_blank());
        let mut rows: Vec<usize> = filled.map(|((row, _), _)| *row).collect();
        rows.dedup();
        returned.rows = rows.iter().map(|row| self.row(*row)).collect();
        self.share_out(&rows, &mut returned.rows);
        let date = returned.date_place.clone();
        returned.loose.retain(|cell| cell.place != date);
        for row in &returned.rows {
            if let (Some(id), Some(state)) = (row.get(FormField::Id), row.get(FormField::State)) {
                let state = (csv::bare_id(&id.text), state.text.clone());
                returned.mark.states.push(state);
            }
        }
        returned
    }

    /// What stands above the headings: the date of the report, and by what the form is known.
    fn above(&self, returned: &mut Returned) {
        let cells = self.sheet.cells.range(..(self.row, 0));
        for (&(row, column), shown) in cells.filter(|(_, shown)| !shown.is_blank()) {
            if let Some(mark) = visible_mark(&shown.text) {
                if returned.mark.id.is_empty() {
                    returned.mark = mark;
                }
            } else if as_typed(&shown.text).trim_end_matches(':') == as_typed(DATE_LABEL) {
                let behind = self.sheet.row(row).filter(|(at, _)| *at > column);
                let mut behind = behind
                    .filter(|(_, cell)| !cell.is_blank() && visible_mark(&cell.text).is_none());
                returned.date = behind.next().map(|(_, shown)| cell(shown));
                returned.date_place = match &returned.date {
                    Some(cell) => cell.place.clone(),
                    None => self.place(row, column + 1),
                };
            } else if !is_own_text(&shown.text) {
                returned.loose.push(cell(shown));
            }
        }
    }

    fn row(&self, row: usize) -> ReturnedRow {
        let places = self.columns.iter();
        let places = places.map(|&(column, field)| (field, self.place(row, column)));
        let mut returned = ReturnedRow {
            places: places.collect(),
            ..ReturnedRow::default()
        };
        for (at, shown) in self.sheet.row(row) {
            let known = self.columns.iter().find(|(column, _)| *column == at);
            let cell = cell(shown);
            match known {
                _ if cell.is_blank() => {}
                Some((_, field)) => returned.cells.push((*field, cell)),
                None if shown.is_blank() => {}
                None => {
                    let heading = self.sheet.cells.get(&(self.row, at));
                    let heading = heading.map(|cell| cell.text.clone()).unwrap_or_default();
                    returned.others.push((heading, cell));
                }
            }
        }
        returned
    }

    /// An answer in a merged cell is one for each row that it lies over.
    fn share_out(&self, numbers: &[usize], rows: &mut [ReturnedRow]) {
        for (start, end) in &self.sheet.merged {
            let over = (
                end.0.saturating_sub(start.0) + 1,
                end.1.saturating_sub(start.1) + 1,
            );
            let field = self.columns.iter().find(|(column, _)| *column == start.1);
            let (Some((_, field)), Ok(first)) = (field, numbers.binary_search(&start.0)) else {
                continue;
            };
            let place = self.place(start.0, start.1);
            let mut cells = rows[first].cells.iter_mut();
            let Some(shared) = cells.find(|(cells, cell)| cells == field && cell.place == place)
            else {
                continue;
            };
            shared.1.over = over;
            let shared = shared.clone();
            let below = numbers[first + 1..]
                .iter()
                .take_while(|row| **row <= end.0)
                .count();
            for row in &mut rows[first + 1..][..below] {
                // What another answer stands in is not covered.
                if row.get(*field).is_some() {
                    break;
                }
                row.cells.push(shared.clone());
            }
        }
    }

    fn place(&self, row: usize, column: usize) -> String {
        self.sheet.place(row, column).to_string()
    }
}

fn cell(shown: &shown::Cell) -> ReturnedCell {
    ReturnedCell::new(shown.place.to_string(), shown)
}
