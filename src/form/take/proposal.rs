//! Rows about actions that the plan does not have yet.

use super::cell::{check, plainly, says_nothing, text, tidy};
use super::row::{Taking, heading};
use super::{GivenField, Remark};
use crate::form::returned::ReturnedCell;
use crate::form::{FormField, NEW, csv};

impl Taking<'_, '_> {
    /// Whether the row is about an action that the plan does not have: it says so, or has no number and words
    /// of its own. A number that the plan does not have may be a misspelt one, or another plan's.
    pub fn is_proposal(&self, filled: bool) -> bool {
        let what = self.row.get(FormField::What);
        let words = what.map(|cell| tidy(&cell.text)).unwrap_or_default();
        let own_words = !words.is_empty() && self.context.meant(&words).is_empty();
        let id = self.row.get(FormField::Id);
        let id = id
            .map(|cell| csv::bare_id(&tidy(&cell.text)))
            .unwrap_or_default();
        if says_new(&id) {
            return filled || own_words;
        }
        own_words && id.is_empty() && filled
    }

    /// Whether the row is kept for a new action.
    pub fn is_for_new(&self) -> bool {
        let id = self.row.get(FormField::Id);
        id.is_some_and(|cell| says_new(&csv::bare_id(&tidy(&cell.text))))
    }

    /// Keeps what a new action is proposed to be, word for word. What a form says of an action that it has
    /// was left there by copying its row.
    pub fn propose(&mut self) {
        let of_plan = |cell: &&ReturnedCell| {
            let meant = self.context.meant(&tidy(&cell.text)).into_iter().next();
            meant.map(|known| known.id.clone())
        };
        if let Some(known) = self.row.get(FormField::What).as_ref().and_then(of_plan) {
            let wrong = format!("the words beside it are those of {known}");
            let right = format!("write {known}, or what the new action is");
            let place = self.row.place(FormField::Id);
            let says = self.row.get(FormField::Id).map_or("", |cell| &cell.text);
            let remark = Remark {
                says: Some(says.to_owned()),
                ..Remark::empty(place, wrong, right)
            };
            self.judged.problems.push(remark);
            return;
        }
        let mut words = Vec::new();
        for (field, cell) in &self.row.cells {
            if matches!(field, FormField::Id | FormField::State) || says_nothing(cell) {
                continue;
            }
            if *field == FormField::Stands && self.is_standing(cell) {
                let wrong = "the form says that of another action; it is not recorded";
                self.judged.notices.push(Remark::new(cell, wrong, ""));
                continue;
            }
            match check(cell).and_then(|()| text(cell)) {
                Ok(text) if *field == FormField::What => words.insert(0, text),
                Ok(text) => words.push(format!("{}: {text}", heading(*field))),
                Err(problem) => self.judged.problems.push(problem),
            }
        }
        if words.is_empty() {
            return;
        }
        let place = self.row.place(FormField::What).to_owned();
        self.judged.proposals.push(GivenField {
            field: "note",
            words: vec![words.join("; ")],
            place,
        });
    }

    /// Whether a cell says where an action of the plan stands, as a form says it.
    fn is_standing(&self, cell: &ReturnedCell) -> bool {
        let words = plainly(&cell.text);
        let mut known = self.context.now.iter().chain(&self.context.then);
        known.any(|row| plainly(&row.stands) == words)
    }
}

/// Whether what stands where an action's number does says that there is none yet.
fn says_new(id: &str) -> bool {
    let id = id.trim().trim_end_matches(['.', ':']).to_lowercase();
    id == NEW.to_lowercase() || ["new action", "tbc", "n/a"].contains(&id.as_str())
}
