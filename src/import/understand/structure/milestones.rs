//! Milestones: steps in a column of their own, each with the deadline of its row, or several deadlines in
//! one cell.

use super::super::fields::Field;
use super::super::reader::{Value, Values};
use super::super::when::dated;
use super::deadlines;
use super::split::items;
use super::{DraftAction, DraftMilestone};
use crate::import::account::Account;
use crate::timescale::{Timescale, TimescaleContext};
use crate::words::one_line;

/// A step as a row has it, with the deadline that stands in that row.
#[derive(Clone, Debug)]
pub struct Step {
    text: String,
    item: usize,
    timescale: Option<Value>,
}

impl Step {
    /// Takes a row's steps out of its values: one, or one for each item of its cell that has a deadline of
    /// its own beside it.
    pub fn take(values: &mut Values) -> Vec<Step> {
        let Some(found) = values.remove(&Field::Milestones) else {
            return Vec::new();
        };
        let is_own = |value: &&Value| value.own;
        let timescale = values
            .get(&Field::Timescale)
            .and_then(|found| found.iter().find(is_own))
            .cloned();
        let times = timescale
            .as_ref()
            .map_or(Vec::new(), |value| items(&value.text));
        let mut steps = Vec::new();
        for value in found {
            let parts = items(&value.text);
            let beside = parts.len() > 1 && parts.len() == times.len();
            let step = |(at, part): (usize, &str)| Step {
                text: part.to_owned(),
                item: value.item,
                timescale: timescale.clone().map(|time| Value {
                    text: if beside {
                        times[at].to_owned()
                    } else {
                        time.text.clone()
                    },
                    ..time
                }),
            };
            if beside {
                steps.extend(parts.iter().enumerate().map(|(at, part)| step((at, part))));
            } else {
                steps.push(step((0, &value.text)));
            }
        }
        steps
    }

    /// Its words with its deadline, where it is one of several.
    fn as_note(&self, is_one_of_several: bool) -> String {
        match &self.timescale {
            Some(time) if is_one_of_several => {
                format!("Milestone: {} ({})", self.text, time.text)
            }
            _ => format!("Milestone: {}", self.text),
        }
    }
}

impl DraftAction {
    /// Makes milestones of the lines of one cell, where each says its day; the deadline of the row is then that of
    /// the whole. Whether it did.
    fn steps_of_one(&mut self, only: &Step, context: &TimescaleContext) -> bool {
        let mut found = deadlines::steps(&only.text, &self.id, context);
        let is_beside = only.timescale.is_some();
        if found.is_empty() || is_beside && !(2..26).contains(&found.len()) {
            return false;
        }
        if let Some(time) = &only.timescale {
            let days = found
                .iter()
                .filter_map(|step| dated(&step.timescale, context));
            let (last, whole) = (days.max(), dated(&time.text, context));
            if whole.is_none() || whole < last {
                return false;
            }
            let letter = char::from(b'a' + found.len() as u8);
            found.extend(whole.filter(|_| whole > last).map(|_| DraftMilestone {
                id: format!("{}{letter}", self.id),
                title: None,
                timescale: one_line(&time.text),
            }));
            self.values.remove(&Field::Timescale);
        }
        self.milestones = found;
        true
    }

    /// Makes its milestones of the steps of its rows, or of the deadlines in its cell. Steps without a
    /// deadline of their own are a note.
    pub(super) fn find_milestones(&mut self, context: &TimescaleContext, account: &mut Account) {
        let mut steps = Step::take(&mut self.values);
        steps.append(&mut self.further_steps);
        if let [only] = steps.as_slice()
            && self.steps_of_one(only, context)
        {
            let place = format!("action {}: milestones", self.id);
            account.read_as(only.item, &place);
            account.read_as(only.timescale.as_ref().map_or(0, |time| time.item), &place);
            return;
        }
        let timed = |step: &Step| {
            let time = step.timescale.as_ref()?;
            let read = Timescale::parse(&time.text, context).ok()?;
            // A milestone is a day to reach.
            read.last_day().map(|_| time.text.clone())
        };
        let is_timed = |step: &Step| step.timescale.is_some();
        let (dated, others): (Vec<&Step>, Vec<&Step>) =
            steps.iter().partition(|step| timed(step).is_some());
        let are_steps = !dated.is_empty() && dated.len() <= 26 && steps.iter().all(is_timed);
        if are_steps {
            let letters = ('a'..='z').zip(&dated);
            let made = letters.map(|(letter, step)| DraftMilestone {
                id: format!("{}{letter}", self.id),
                title: Some(one_line(&step.text)),
                timescale: one_line(&timed(step).unwrap_or_default()),
            });
            self.milestones = made.collect();
            self.values.remove(&Field::Timescale);
        }
        let id = self.id.clone();
        let noted = if are_steps {
            others
        } else {
            steps.iter().collect()
        };
        for step in noted {
            self.add_note(&step.as_note(steps.len() > 1));
            if are_steps {
                let why = format!("it names no day, and is a note and no milestone of {id}");
                account.note(step.item, why);
            }
        }
        for step in &steps {
            account.put(step.item, format!("action {id}: milestones"));
            let time = step.timescale.as_ref().map_or(0, |time| time.item);
            account.put(time, format!("action {id}: milestones"));
        }
        if self.milestones.is_empty()
            && let Some(text) = self.text(Field::Timescale)
        {
            let action = self.text(Field::Action).unwrap_or_default();
            self.milestones = deadlines::numbered_steps(&action, &text, &self.id, context);
            if self.milestones.is_empty() {
                self.milestones = deadlines::milestones(&text, &self.id, context);
            }
        }
    }
}
