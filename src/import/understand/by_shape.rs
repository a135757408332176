//! Columns whose headings name nothing that is known: by what their cells hold.

use super::cells::filled;
use super::columns::Columns;
use super::fields::Field;
use super::key::Key;
use super::ratings::{is_day, read_cell};
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
        let words = |column: usize| -> usize {
            let texts = columns.texts(table, column);
            texts.map(|text| text.split_whitespace().count()).sum()
        };
        let free = |column: &usize| columns.all[*column].field.is_none_or(Field::is_text);
        let most = (0..columns.all.len())
            .filter(free)
            .max_by_key(|&column| words(column))?;
        let count = columns.texts(table, most).count();
        // Two words or three are a name and no action.
        if count == 0 || words(most) < count * 4 {
            return None;
        }
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

    /// A column whose heading is not known, and whose cells are codes of ratings by the document's key.
    pub(super) fn by_key(&mut self, table: &Table, key: &Key) {
        let rates = |text: &str| {
            let meant = key.words.get(&letters_only(text));
            meant.is_some_and(|meant| read_cell(meant).is_some())
        };
        for column in 0..self.all.len() {
            if self.all[column].field.is_none()
                && !self.has(Field::Rag)
                && self.every(table, column, rates)
            {
                self.set(
                    column,
                    Field::Rag,
                    "its cells are ratings by the document's key",
                );
            }
        }
    }
}
