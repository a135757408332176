//! Rows about actions that the plan does not have yet.

use super::GivenField;
use super::cell::{check, says_nothing, text, tidy};
use super::row::{Taking, heading};
use crate::form::{FormField, NEW, csv};
use crate::office::blocks::CellValue;

impl Taking<'_, '_> {
    /// Whether the row is about an action that the plan does not have: it says so, or has a number and
    /// words of its own.
    pub fn is_proposal(&self, filled: bool) -> bool {
        let what = self.row.get(FormField::What);
        let words = what.map(|cell| tidy(&cell.text)).unwrap_or_default();
        let own_words = !words.is_empty() && self.context.meant(&words).is_empty();
        let id = self.row.get(FormField::Id);
        let id = id
            .map(|cell| csv::bare_id(&tidy(&cell.text)))
            .unwrap_or_default();
        if says_new(&id) {
            // Written over the number of an action whose words stay, it is neither.
            return own_words || filled && words.is_empty();
        }
        let is_text = self
            .row
            .get(FormField::Id)
            .is_none_or(|cell| cell.value == CellValue::Text);
        let known = self
            .context
            .plan
            .index
            .contains_key(id.trim_end_matches('.'));
        own_words && !known && is_text && (filled || id.contains(|c: char| c.is_ascii_digit()))
    }

    /// Whether the row is kept for a new action.
    pub fn is_for_new(&self) -> bool {
        let id = self.row.get(FormField::Id);
        id.is_some_and(|cell| says_new(&csv::bare_id(&tidy(&cell.text))))
    }

    /// Keeps what a new action is proposed to be, word for word.
    pub fn propose(&mut self) {
        let mut words = Vec::new();
        for (field, cell) in &self.row.cells {
            let of_form = matches!(field, FormField::Id | FormField::State | FormField::Stands);
            if of_form || says_nothing(cell) {
                continue;
            }
            match check(cell).and_then(|()| text(cell)) {
                Ok(text) if *field == FormField::What => words.insert(0, text),
                Ok(text) => words.push(format!("{}: {text}", heading(*field))),
                Err(problem) => self.judged.problems.push(problem),
            }
        }
        let id = self.row.get(FormField::Id).map(|cell| tidy(&cell.text));
        if let Some(id) = id.filter(|id| !says_new(&csv::bare_id(id))) {
            words.push(format!("its number there: {id}"));
        }
        let place = self.row.place(FormField::What).to_owned();
        self.judged.proposals.push(GivenField {
            field: "note",
            words: vec![words.join("; ")],
            place,
        });
    }
}

/// Whether what stands where an action's number does says that there is none yet.
fn says_new(id: &str) -> bool {
    let id = id.trim().trim_end_matches(['.', ':']).to_lowercase();
    id == NEW.to_lowercase() || ["new action", "tbc", "n/a"].contains(&id.as_str())
}
