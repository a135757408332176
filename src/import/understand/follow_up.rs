//! Tables that come after the plan's and speak of its actions by their numbers: later deadlines that are asked
//! for, how each stands, what was done.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::fields::Field;
use super::ids;
use crate::import::blocks::{Cell, Table};
use crate::words::letters_only;

/// The numbers of the actions in the tables so far, each with its words in plain form.
#[derive(Debug, Default)]
pub struct Numbered(BTreeMap<String, String>);

impl Numbered {
    /// Adds the actions of a table.
    pub fn learn(&mut self, table: &Table, columns: &Columns) {
        for row in table.rows.iter().skip(columns.first) {
            if let Some((id, words)) = number_and_words(row, columns) {
                self.0.entry(id).or_insert(words);
            }
        }
    }

    /// Whether each row of a table is about an action that stands in a table before it, by its number and, where it
    /// says what is to be done, by the same words; then its columns are made such.
    pub fn is_followed_up(&self, table: &Table, columns: &mut Columns) -> bool {
        let rows = table.rows.iter().skip(columns.first);
        let mut rows = rows
            .filter(|row| row.iter().any(|cell| !cell.text.is_empty()))
            .peekable();
        let is_known = |row: &Vec<Cell>| {
            let Some((id, words)) = number_and_words(row, columns) else {
                return false;
            };
            let known = self.0.get(&id);
            known.is_some_and(|known| {
                words.is_empty() || known.starts_with(&words) || words.starts_with(known)
            })
        };
        let tells = columns.tells_of_actions();
        if !tells || rows.peek().is_none() || !rows.all(is_known) {
            return false;
        }
        columns.keep_revised();
        true
    }
}

/// The number of the action that a row is about, and what it says of what is to be done, in plain form.
fn number_and_words(row: &[Cell], columns: &Columns) -> Option<(String, String)> {
    let text = |field: Field| Some(row.get(columns.at(field)?)?.text.as_str());
    let words = text(Field::Action)
        .or_else(|| text(Field::Impact))
        .unwrap_or_default();
    let (id, words) = match text(Field::Id) {
        Some(id) => (id, words),
        None => ids::leading(words).map(|(id, words, _)| (id, words))?,
    };
    let id = super::structure::bare_id(id);
    (!id.is_empty()).then(|| (id, letters_only(words)))
}

impl Columns {
    /// Whether a table without a column of what is to be done may be about actions by their numbers.
    pub(super) fn speaks_of_numbers(&self) -> bool {
        self.has(Field::Id) && self.tells_of_actions()
    }

    fn tells_of_actions(&self) -> bool {
        self.fields().flatten().any(Field::is_progress) || self.names_revised()
    }

    /// Whether a column's heading names a later deadline, whatever it was taken for.
    pub(super) fn names_revised(&self) -> bool {
        self.all
            .iter()
            .any(|column| column.named == Some(Field::Revised))
    }

    /// Takes a later deadline for no more than that, as the first one is said elsewhere.
    pub(super) fn keep_revised(&mut self) {
        for column in &mut self.all {
            if column.named == Some(Field::Revised) {
                (column.field, column.guess) = (column.named, None);
            }
        }
    }
}
