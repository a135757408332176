//! Columns in which a tick stands under what it says: "Achieved", or "Yes" and "No" under "On target".

use super::cells::{tick, without_tick};
use super::columns::Columns;
use super::fields::Field;
use super::ratings;
use crate::import::blocks::Table;
use crate::plan::Status;

/// What a tick below the lines of a heading says: the lowest of them, where that is a rating, or the one over
/// its "Yes" and "No"; none where that says not how an action stands.
pub fn says(lines: &[&str]) -> Option<String> {
    let (lowest, over) = lines.split_last()?;
    let rating =
        |line: &str| Some(without_tick(line)).filter(|words| ratings::read(words).is_some());
    let Some(is_yes) = is_answer(lowest) else {
        return rating(lowest).or_else(|| rating(&lines.join(" ")));
    };
    let asked = over.iter().rev().find_map(|line| rating(line))?;
    Some(if is_yes {
        asked
    } else {
        format!("not {asked}")
    })
}

/// Whether a heading is no more than an answer, and which: "Yes", "N".
pub fn is_answer(heading: &str) -> Option<bool> {
    let answers = ["yes", "y", "no", "n"];
    let is = answers.contains(&heading.trim().to_lowercase().as_str());
    is.then(|| tick(heading)).flatten()
}

impl Columns {
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
        if is_end.contains(&said.as_str()) {
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

fn is_tick(text: &str) -> bool {
    tick(text).is_some()
}
