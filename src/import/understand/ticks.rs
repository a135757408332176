//! Columns in which a tick stands under what it says, "Achieved", or "Yes" and "No" under "On target", and those of
//! shares of the work that is done.

use super::cells::tick;
use super::columns::Columns;
use super::fields::Field;
use super::ratings;
use crate::import::blocks::Table;
use crate::plan::Status;
use crate::words::letters_only;

impl Columns {
    /// A column of shares of the work that is done.
    pub(super) fn holds_shares(&self, table: &Table, column: usize) -> bool {
        let figure = |text: &str| {
            let share = text.trim_end_matches('%').trim().parse::<u32>();
            share.is_ok_and(|figure| figure <= 100)
        };
        let is_share = |text: &str| figure(text) || is_nothing(text);
        self.all[column].heading.contains('%')
            && self.any(table, column, figure)
            && self.every(table, column, is_share)
    }

    /// "Done" may stand over what was done as well as over ticks.
    pub(super) fn under_a_status(&mut self, table: &Table, column: usize) {
        let found = &self.all[column];
        let says = found.says.as_deref().and_then(ratings::read);
        if matches!(found.field, Some(Field::Done | Field::Completed))
            && says.is_some_and(|rating| rating.status.is_some())
            && self.every(table, column, is_tick)
        {
            self.set_ticked(column);
        }
    }

    /// A column whose heading is a status: its cells are ticks, or the days on which it came to be.
    pub(super) fn by_ticks(&mut self, table: &Table, column: usize) {
        if !self.has_text(table, column) || self.every(table, column, is_tick) {
            self.set_ticked(column);
            return;
        }
        let said = self.all[column].says.take().unwrap_or_default();
        let is_end = ["complete", "done", "finished", "achieved", "implemented"];
        if is_end.contains(&letters_only(&said).as_str()) {
            self.set(column, Field::Completed, "its heading says that it is done");
        }
    }

    /// A tick that something is not complete yet is no status: it is said beside what else the row says.
    fn set_ticked(&mut self, column: usize) {
        let found = &mut self.all[column];
        let denied = found
            .says
            .as_deref()
            .and_then(|says| says.strip_prefix("not "));
        let open = denied
            .and_then(ratings::read)
            .is_some_and(|rating| rating.status == Some(Status::Complete));
        found.field = Some(if open { Field::Done } else { Field::Status });
        found.ticked = true;
    }
}

/// Whether a cell says that there is nothing to say.
fn is_nothing(text: &str) -> bool {
    !text.contains(char::is_alphanumeric) || ["na", "tbc"].contains(&letters_only(text).as_str())
}

fn is_tick(text: &str) -> bool {
    tick(text).is_some()
}
