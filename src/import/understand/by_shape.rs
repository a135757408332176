//! Columns whose headings name nothing that is known: by what their cells hold.

use super::cells::filled;
use super::columns::{Column, Columns, is_timescale};
use super::fields::Field;
use super::key::Key;
use super::no_action::is_total;
use super::ratings::{self, is_day, read_cell};
use super::spelling::is_initials;
use crate::import::blocks::Table;
use crate::words::letters_only;

impl Columns {
    /// The columns of a table that no heading names, where one of them holds texts: these are what is to be done.
    pub fn by_shape(table: &Table) -> Option<Columns> {
        let rows = table.rows.iter();
        let head = rows.clone().position(|row| filled(row).count() > 1)?;
        let short = |text: &str| text.split_whitespace().count() <= 8 && !is_day(text);
        let has_head = filled(&table.rows[head]).all(|cell| short(&cell.text));
        let first = if has_head { head + 1 } else { head };
        let mut columns = Columns::read(table, head..first, &[]);
        let free = |column: &Column| column.field.is_none_or(Field::is_text);
        let most = columns.wordiest(table, free)?;
        columns.set(
            most,
            Field::Action,
            "no heading is known, and its cells hold most words",
        );
        let counts = |text: &str| {
            text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= 3
        };
        if most > 0 && !columns.has(Field::Id) && columns.every(table, 0, counts) {
            columns.set(0, Field::Id, "it stands first, and its cells are numbers");
        }
        let is_dated = |column: &usize| {
            columns.all[*column].field.is_none() && columns.every(table, *column, is_day)
        };
        let dated: Vec<usize> = (0..columns.all.len()).filter(is_dated).collect();
        if let ([only], false) = (dated.as_slice(), columns.has(Field::Timescale)) {
            columns.set(*only, Field::Timescale, "no other column holds days");
        }
        columns.blank_headings(table);
        // A text and nothing that says whose it is or which is a table of another kind.
        (columns.fields().flatten().count() > 1).then_some(columns)
    }

    /// A column without a heading, by its neighbours and its cells.
    pub(super) fn blank_headings(&mut self, table: &Table) {
        for column in 0..self.all.len() {
            let known = !self.all[column].heading.is_empty() || self.all[column].field.is_some();
            if known || !self.has_text(table, column) {
                continue;
            }
            let left = column.checked_sub(1).and_then(|left| self.all[left].field);
            let found = if self.holds_ids(table, column) && !self.has_named_id() {
                Some((Field::Id, "it has no heading, and its cells are numbers"))
            } else if left == Some(Field::Action) && self.holds_ids(table, column - 1) {
                Some((Field::Action, "it stands beside the numbers of its heading"))
            } else if left.is_some_and(|left| left.is_group()) && column > 0 {
                left.map(|left| (left, "it has no heading, and stands right of one"))
            } else if self.every(table, column, is_timescale) && !self.has(Field::Timescale) {
                Some((
                    Field::Timescale,
                    "it has no heading, and its cells are deadlines",
                ))
            } else if self.every(table, column, |text| ratings::read(text).is_some()) {
                Some((
                    Field::Status,
                    "it has no heading, and its cells are ratings",
                ))
            } else if !self.has(Field::Responsibility)
                && self.every(table, column, super::owners::is_body_or_office)
            {
                Some((
                    Field::Responsibility,
                    "it has no heading, and its cells are bodies or offices",
                ))
            } else if column > 0 || self.has_text_field() {
                match (column, self.has(Field::Objective)) {
                    (0, true) => Some((
                        Field::Theme,
                        "it has no heading, and stands before the objectives",
                    )),
                    (0, false) => Some((Field::Objective, "it has no heading, and stands first")),
                    _ => None,
                }
            } else {
                Some((Field::Objective, "it has no heading, and stands first"))
            };
            if let Some((field, why)) = found {
                self.set(column, field, why);
            }
        }
    }

    /// Whether a column with a heading holds the ids.
    fn has_named_id(&self) -> bool {
        let mut columns = self.all.iter();
        columns.any(|column| column.field == Some(Field::Id) && !column.heading.is_empty())
    }

    /// Where a table says who and by when and no heading what, the column of most words does that, whatever it is
    /// called; but for tables of risks, of versions and the like.
    pub(super) fn by_most_words(&mut self, table: &Table) {
        const OTHERS: &str = "risk risks version change changes document decision name role training policy contact \
            summary hazard meeting discussion minutes";
        let says_who = self.has(Field::Responsibility) || self.has(Field::Lead);
        let is_other = (0..self.all.len()).any(|column| self.heading_has(column, OTHERS));
        if self.has_text_field() || is_other || !says_who || !self.has(Field::Timescale) {
            return;
        }
        let free = |column: &Column| column.field.is_none() && !column.heading.is_empty();
        if let Some(most) = self.wordiest(table, free) {
            let why = "no heading says what is to be done, and its cells hold most words";
            self.set(most, Field::Action, why);
        }
    }

    /// The column with most words of those asked for; none where its cells are names and no texts.
    fn wordiest(&self, table: &Table, is: impl Fn(&Column) -> bool) -> Option<usize> {
        let words = |column: usize| -> usize {
            let texts = self.texts(table, column);
            texts.map(|text| text.split_whitespace().count()).sum()
        };
        let asked = (0..self.all.len()).filter(|&column| is(&self.all[column]));
        let most = asked.max_by_key(|&column| words(column))?;
        let count = self.texts(table, most).count();
        // Two words or three are a name and no action.
        (count > 0 && words(most) >= count * 4).then_some(most)
    }

    /// Whether a column may hold ratings beside those that do: each is of its own time, "Score Q1", "Score Q2".
    fn may_rate(&self, column: usize) -> bool {
        let rates = |other: &&Column| other.field == Some(Field::Rag);
        let mut others = self.all.iter().filter(rates).peekable();
        let is_timed = |other: &Column| other.when.is_some();
        others.peek().is_none() || others.all(is_timed) && is_timed(&self.all[column])
    }

    /// A column whose heading is not known, and whose cells are codes of ratings by the document's key.
    pub(super) fn by_key(&mut self, table: &Table, key: &Key) {
        let rates = |text: &str| {
            let meant = key.words.get(&letters_only(text));
            meant.is_some_and(|meant| read_cell(meant).is_some())
        };
        let names = |text: &str| {
            let mut names = text.split(['/', ',', '&', ';', '\n']).map(str::trim);
            names.all(|name| is_initials(name) && key.words.contains_key(&letters_only(name)))
        };
        // What sums up a column is none of its codes.
        let sums: Vec<bool> = (table.rows.iter()).map(|row| is_total(row, self)).collect();
        for column in 0..self.all.len() {
            let field = self.all[column].field;
            if field.is_some_and(|field| field != Field::Theme) {
                continue;
            }
            let rows = table.rows.iter().zip(&sums).skip(self.first);
            let cells = rows
                .filter(|(_, sums)| !**sums)
                .filter_map(|(row, _)| row.get(column));
            let mut codes = cells
                .map(|cell| cell.text.as_str())
                .filter(|text| !text.is_empty());
            let is_rated = self.has_text(table, column) && codes.all(rates);
            if !self.has(Field::Responsibility)
                && !self.has(Field::Lead)
                && self.every(table, column, names)
                && !is_rated
            {
                self.set(
                    column,
                    Field::Responsibility,
                    "its cells are initials of the document's key",
                );
            } else if field.is_none() && is_rated && self.may_rate(column) {
                self.set(
                    column,
                    Field::Rag,
                    "its cells are ratings by the document's key",
                );
            }
        }
    }
}
