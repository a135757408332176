//! Headings over the wrong columns, as they come out of a PDF.

use super::columns::{Column, Columns, is_timescale};
use super::fields::Field;
use super::headings;
use crate::import::blocks::Table;
use crate::words::letters_only;

impl Columns {
    /// How much of the columns' texts are what their headings say: timescales that can be read.
    fn fit(&self, table: &Table) -> usize {
        let Some(column) = self.at(Field::Timescale) else {
            return 0;
        };
        self.texts(table, column)
            .filter(|text| is_timescale(text))
            .count()
    }

    /// The names of its headings, blank ones left out.
    fn names(&self) -> Vec<String> {
        let named = self.all.iter().filter(|column| !column.heading.is_empty());
        named
            .map(|column| letters_only(headings::name_and_question(&column.heading).0))
            .collect()
    }

    /// Sets headings right that stand over the wrong columns: in text taken out of a PDF a blank
    /// cell of the heading row may come out at its end. Of the other tables' headings with these
    /// names, else of all places for the blank cells, the one under which most timescales can be read.
    pub fn realign(&mut self, table: &Table, others: &[Columns]) {
        let width = self.all.len();
        let blank =
            |column: &usize| self.all[*column].heading.is_empty() && self.has_text(table, *column);
        if !(0..width).any(|column| blank(&column))
            || self.all.last().is_some_and(|last| !last.heading.is_empty())
        {
            return;
        }
        let mut best = (self.fit(table), self.clone());
        let twins = others
            .iter()
            .filter(|other| other.all.len() == width && other.names() == self.names());
        let shifted = (1..width).map(|blank| self.with_blank(table, blank));
        for candidate in twins.cloned().chain(shifted) {
            let candidate = Columns {
                head: self.head,
                first: self.first,
                ..candidate
            };
            if candidate.fit(table) > best.0 {
                best = (candidate.fit(table), candidate);
            }
        }
        *self = best.1;
    }

    /// The same headings with their last blank moved to a column.
    fn with_blank(&self, table: &Table, column: usize) -> Columns {
        let mut moved = self.clone();
        moved.all.pop();
        moved.all.insert(column, Column::default());
        for column in &mut moved.all {
            column.field = headings::field(&column.heading);
            column.guess = None;
        }
        moved.blank_headings(table);
        moved.tell_apart(table);
        moved.by_what_there_is();
        moved
    }
}
