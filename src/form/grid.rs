//! A form that came back as a spreadsheet: finds its headings, wherever they stand now, and the cells
//! below them.

use super::opened::Refused;
use super::returned::{Cell, Content, Mark, Returned, ReturnedRow, is_own_text, is_space};
use super::sheets::Sheet;
use super::{COLUMNS, DATE_LABEL, Field, ID_LABEL, csv, excel};
use crate::calendar::Day;

/// A sheet that has the form's headings: in which row, and which column is which.
struct Found {
    sheet: Sheet,
    row: u32,
    columns: Vec<(u32, Field)>,
}

/// The form among the sheets of a file.
pub fn of_sheets(sheets: Vec<Sheet>, name: &str) -> Result<Returned, Refused> {
    let mut mark = Mark::default();
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for sheet in sheets {
        if sheet.name == excel::HIDDEN {
            mark = hidden(&sheet);
        } else if let Some((row, columns)) = headings(&sheet) {
            found.push(Found {
                sheet,
                row,
                columns,
            });
        } else if !sheet.hidden {
            others.extend(first(&sheet));
        }
    }
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(Refused(format!(
            "{name} is not a form that `plan chase` made: no row of it has the headings \"{}\", \"{}\" …",
            COLUMNS[0].heading, COLUMNS[1].heading
        ))),
        (Some(only), true) => {
            let mut returned = only.returned(mark);
            returned.loose.extend(others);
            Ok(returned)
        }
        (Some(last), false) => Err(Refused(format!(
            "{name} has the form twice, on the sheets {} and {}; delete the one that does not count",
            found[0].sheet.name, last.sheet.name
        ))),
    }
}

/// The first cell of a sheet that somebody added.
fn first(sheet: &Sheet) -> Option<Cell> {
    let (at, content) = sheet.cells.iter().next()?;
    Some(Cell {
        place: place(&sheet.name, *at),
        content: content.clone(),
    })
}

/// The row of headings: the first that names the action and at least two columns to fill in.
fn headings(sheet: &Sheet) -> Option<(u32, Vec<(u32, Field)>)> {
    let rows: std::collections::BTreeSet<u32> = sheet.cells.keys().map(|(row, _)| *row).collect();
    rows.into_iter().find_map(|row| {
        let columns: Vec<(u32, Field)> = (sheet.cells.range((row, 0)..=(row, u32::MAX)))
            .filter_map(|((_, column), content)| Some((*column, field(&content.words())?)))
            .collect();
        let has = |field| columns.iter().any(|(_, own)| *own == field);
        let inputs = COLUMNS
            .iter()
            .filter(|column| column.input && has(column.field));
        (has(Field::Id) && inputs.count() >= 2).then_some((row, columns))
    })
}

/// The field that a heading names.
pub fn field(heading: &str) -> Option<Field> {
    let heading = plain(heading);
    if heading == plain(csv::STATE_HEADING) {
        return Some(Field::State);
    }
    if heading == plain(DATE_LABEL) {
        return Some(Field::Date);
    }
    let found = COLUMNS
        .iter()
        .find(|column| plain(column.heading) == heading);
    found.map(|column| column.field)
}

/// A text in small letters with single spaces and one kind of dash and quote, to compare it.
pub fn plain(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        '‘' | '’' | '‚' => '\'',
        '“' | '”' | '„' => '"',
        dash if crate::calendar::is_dash(dash) => '-',
        space if is_space(space) => ' ',
        other => other,
    });
    let text: String = letters.collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What the sheet that nobody sees says.
fn hidden(sheet: &Sheet) -> Mark {
    let mut mark = Mark::default();
    let mut actions = false;
    let rows = sheet.cells.iter().filter(|((_, column), _)| *column == 0);
    for ((row, _), name) in rows {
        let Some(value) = sheet.cells.get(&(*row, 1)).map(Content::words) else {
            continue;
        };
        match name.words().as_str() {
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
pub fn visible_mark(text: &str) -> Option<Mark> {
    let mut parts = text.trim().split('|').map(|part| part.trim().to_owned());
    let id = parts.next()?.strip_prefix(ID_LABEL)?.trim().to_owned();
    let figures = id.chars().filter(char::is_ascii_hexdigit).count();
    let shaped = figures == 16 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    shaped.then(|| Mark {
        id,
        board: parts.next(),
        plan: parts.next(),
        group: parts.next(),
        made: parts.next().and_then(|day| Day::parse_iso(&day)),
        states: Vec::new(),
    })
}

impl Found {
    fn returned(&self, hidden: Mark) -> Returned {
        let mut returned = Returned {
            mark: hidden,
            ..Returned::default()
        };
        self.above(&mut returned);
        let below = self.sheet.cells.range((self.row + 1, 0)..);
        let mut rows: Vec<u32> = below.map(|((row, _), _)| *row).collect();
        rows.dedup();
        returned.rows = rows.into_iter().map(|row| self.row(row)).collect();
        let date = returned.date_place.clone();
        returned.loose.retain(|cell| cell.place != date);
        for row in &returned.rows {
            if let (Some(id), Some(state)) = (row.get(Field::Id), row.get(Field::State)) {
                let state = (csv::bare_id(&id.content.words()), state.content.words());
                returned.mark.states.push(state);
            }
        }
        returned
    }

    /// What stands above the headings: the date of the report, and by what the form is known.
    fn above(&self, returned: &mut Returned) {
        let cells = self.sheet.cells.range(..(self.row, 0));
        for (&(row, column), content) in cells {
            let words = content.words();
            if let Some(mark) = visible_mark(&words) {
                if returned.mark.id.is_empty() {
                    returned.mark = mark;
                }
            } else if plain(&words).trim_end_matches(':') == plain(DATE_LABEL) {
                let behind = self.sheet.cells.range((row, column + 1)..=(row, u32::MAX));
                let mut behind = behind.filter(|(_, cell)| visible_mark(&cell.words()).is_none());
                returned.date = behind.next().map(|(at, content)| self.cell(*at, content));
                returned.date_place = match &returned.date {
                    Some(cell) => cell.place.clone(),
                    None => self.place((row, column + 1)),
                };
            } else if !is_own_text(&words) {
                returned.loose.push(self.cell((row, column), content));
            }
        }
    }

    fn row(&self, row: u32) -> ReturnedRow {
        let places = self.columns.iter();
        let places = places.map(|&(column, field)| (field, self.place((row, column))));
        let mut returned = ReturnedRow {
            places: places.collect(),
            ..ReturnedRow::default()
        };
        for (&at, content) in self.sheet.cells.range((row, 0)..=(row, u32::MAX)) {
            let known = self.columns.iter().find(|(column, _)| *column == at.1);
            let cell = self.cell(at, content);
            match known {
                Some((_, field)) => returned.cells.push((*field, cell)),
                None => {
                    let heading = self.sheet.cells.get(&(self.row, at.1));
                    let heading = heading.map(Content::words).unwrap_or_default();
                    returned.others.push((heading, cell));
                }
            }
        }
        returned
    }

    fn cell(&self, at: (u32, u32), content: &Content) -> Cell {
        Cell {
            place: self.place(at),
            content: content.clone(),
        }
    }

    fn place(&self, at: (u32, u32)) -> String {
        place(&self.sheet.name, at)
    }
}

/// `Form!G7`; in CSV, `G7`.
fn place(sheet: &str, (row, column): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let row = u64::from(row) + 1;
    match sheet {
        "" => format!("{letters}{row}"),
        sheet => format!("{sheet}!{letters}{row}"),
    }
}
