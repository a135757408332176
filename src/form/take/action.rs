//! Which action a row is about, and whether what the plan says of it was changed.

use super::cell::{same, says_nothing, tidy};
use super::dates::reads_the_same;
use super::row::{Taking, heading, is_code};
use super::{FormRow, Remark, again, near};
use crate::form::returned::{Returned, ReturnedCell, ReturnedRow};
use crate::form::{FormField, NEW, csv};
use crate::office::blocks::CellValue;

impl Taking<'_, '_> {
    /// The action that the row is about: the id as written, if the words beside it do not belong to
    /// another.
    pub(super) fn id(&mut self, filled: bool) -> Option<String> {
        let beside = self.row.get(FormField::What).map(|cell| tidy(&cell.text));
        let context = self.context;
        let meant = beside.map_or_else(Vec::new, |words| context.meant(&words));
        let Some(cell) = self.row.get(FormField::Id).cloned() else {
            self.no_id(filled, &meant);
            return None;
        };
        let id = csv::bare_id(&tidy(&cell.text))
            .trim_end_matches('.')
            .to_owned();
        let is_text = cell.value == CellValue::Text;
        if is_text && self.context.plan.index.contains_key(&id) {
            if meant.is_empty() || meant.iter().any(|row| row.id == id) {
                self.note_unknown_words(&id, &meant);
                return Some(id);
            }
            let other = &meant[0].id;
            let wrong = format!("the words beside it are those of {other}");
            self.problem(Remark::new(
                &cell,
                wrong,
                format!("write {other}, or {id} with its own words"),
            ));
            return None;
        }
        // A spreadsheet made a number or a date of it; the words beside it say which it was.
        if let [only] = meant[..]
            && !is_text
            && became(&only.id, &cell)
        {
            return Some(only.id.clone());
        }
        let says_more = beside_own(self.row, &meant);
        if filled || is_text {
            self.unknown_id(&cell, &id, &meant, filled || says_more);
        }
        None
    }

    /// What a group says of an action that its form does not ask about is not its report.
    pub(super) fn not_asked(&mut self, id: &str, returned: &Returned) {
        let group = returned.mark.group.as_deref();
        let group = group.map_or("this group", |group| self.context.board.group_name(group));
        let remark = Remark {
            says: Some(id.to_owned()),
            ..Remark::empty(
                self.row.place(FormField::Id),
                format!("the form of {group} does not ask about it"),
                format!(
                    "take the row out; who answers for {id} reports on it, or `plan update {id}` records it"
                ),
            )
        };
        self.problem(remark);
    }

    fn no_id(&mut self, filled: bool, meant: &[&FormRow]) {
        let place = self.row.place(FormField::Id).to_owned();
        if filled {
            let right = match meant {
                [only] => format!("write {}", only.id),
                _ => "write the number of the action".into(),
            };
            self.problem(Remark::empty(
                &place,
                "the row does not say which action it is about",
                right,
            ));
            return;
        }
        for (_, cell) in self
            .row
            .cells
            .iter()
            .filter(|(_, cell)| !says_nothing(cell))
        {
            let wrong = "it stands in no action's row; it is not recorded";
            self.judged.notices.push(Remark::new(cell, wrong, ""));
        }
    }

    fn unknown_id(&mut self, cell: &ReturnedCell, id: &str, meant: &[&FormRow], filled: bool) {
        let wrong = match cell.value {
            CellValue::Text => "the plan has no such action",
            _ => "a spreadsheet has made a number or a date of it",
        };
        let right = match (meant, near(self.context, id)) {
            ([only], _) => format!("the words beside it are those of {}: write that", only.id),
            (_, Some(near)) => format!("did you mean {near}? A new action has {NEW} as its number"),
            _ => format!(
                "write the number of the action, as text; a new action has {NEW} as its number"
            ),
        };
        if filled {
            self.problem(Remark::new(cell, wrong, right));
        } else {
            let notice = Remark::new(cell, wrong, "nothing stands in its row");
            self.judged.notices.push(notice);
        }
    }

    /// Words beside a known id that are no action's: somebody changed them.
    fn note_unknown_words(&mut self, id: &str, meant: &[&FormRow]) {
        let known = self.context.now.iter().any(|row| row.id == id);
        let cell = self
            .row
            .get(FormField::What)
            .filter(|_| known && meant.is_empty())
            .cloned();
        if let Some(cell) = cell {
            let wrong = format!("these are not the plan's words for {id}");
            let right = "the plan stays as it is; what is to be reported goes to the yellow cells";
            self.judged.notices.push(Remark::new(&cell, wrong, right));
        }
    }

    /// What the plan says stands in the form to be read. A change there was meant to say something.
    pub(super) fn check_plan_side(&mut self, id: &str, returned: &Returned) {
        let of = |rows: &[FormRow]| rows.iter().find(|row| row.id == id).cloned();
        let (Some(now), then) = (of(&self.context.now), of(&self.context.then)) else {
            return;
        };
        let states = returned.mark.states.iter();
        let listed = states
            .filter(|(known, _)| known == id)
            .map(|(_, state)| state);
        let code = self.row.get(FormField::State).map(|cell| &cell.text);
        let mut state = listed.chain(code.filter(|code| is_code(code)));
        let stale = state.next().is_some_and(|state| *state != now.state);
        // What this form itself said before is no news.
        let is_news = stale && again::recorded(self.context, id).is_empty();
        if is_news && self.is_filled() {
            self.judged.notices.push(Remark {
                says: Some(id.to_owned()),
                ..Remark::empty(
                    self.row.place(FormField::Id),
                    "something was recorded about it after this form was made",
                    format!("now: {}", now.stands.replace('\n', " ")),
                )
            });
        }
        let then = then.unwrap_or_else(|| now.clone());
        self.check_timescale(&now, &then, stale);
        self.check_stands(&now, &then, stale);
    }

    /// A timescale that was written over asks for a new date in the wrong place.
    fn check_timescale(&mut self, now: &FormRow, then: &FormRow, stale: bool) {
        let Some(cell) = self.get(FormField::Timescale).cloned() else {
            return;
        };
        let words = tidy(&cell.text);
        let known = [now, then].iter().any(|row| {
            same(&row.timescale, &words)
                || reads_the_same(&row.timescale, &cell, &self.timescale_context())
        });
        if known || stale {
            return;
        }
        let wrong = format!(
            "the plan says \"{}\" here",
            now.timescale.replace('\n', " ")
        );
        let heading = heading(FormField::NewDate);
        let right = format!("a new date goes to the column \"{heading}\", with its reason");
        self.problem(Remark::new(&cell, wrong, right));
    }

    fn check_stands(&mut self, now: &FormRow, then: &FormRow, stale: bool) {
        let Some(cell) = self.get(FormField::Stands).cloned() else {
            return;
        };
        let words = tidy(&cell.text);
        if stale || same(&now.stands, &words) || same(&then.stands, &words) {
            return;
        }
        let wrong = "this cell is not read, and does not say what the form said";
        let right = "what is to be reported goes to the yellow cells";
        self.problem(Remark::new(&cell, wrong, right));
    }
}

/// Whether words stand beside a number that are no action's of the plan.
fn beside_own(row: &ReturnedRow, meant: &[&FormRow]) -> bool {
    let words = row.get(FormField::What);
    meant.is_empty() && words.is_some_and(|cell| !says_nothing(cell))
}

/// Whether a spreadsheet may have made a number or a date of an id: 1.1 of "1.10", 1 February 2001 of
/// "1.2.1".
fn became(id: &str, cell: &ReturnedCell) -> bool {
    match cell.value {
        CellValue::Number(number) => id.parse::<f64>() == Ok(number),
        CellValue::Day(day) => {
            let parts: Vec<Option<i32>> = id.split('.').map(|part| part.parse().ok()).collect();
            let figures = [Some(day.day() as i32), Some(day.month() as i32)];
            parts.len() == 3 && parts[..2] == figures && parts[2] == Some(day.year() % 100)
        }
        _ => false,
    }
}
