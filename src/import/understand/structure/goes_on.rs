//! Rows that go on with the action above them: how it stands, a further step, a further line of its list.

use super::super::fields::Field;
use super::super::reader::{Values, has_own};
use super::DraftAction;
use super::milestones::Step;
use super::rows::Builder;

impl Builder<'_> {
    /// Adds a row that only goes on with the action above it to that; any other is given back.
    pub(super) fn join_to_above(&mut self, mut values: Values) -> Option<Values> {
        if self.goes_on(&values) {
            self.add_progress(values);
        } else if self.is_line(&values) {
            let lines = values.remove(&Field::Action)?;
            let above = self.last_action()?.values.get_mut(&Field::Action);
            above?.extend(lines);
        } else if self.is_step(&values) {
            self.add_step(values);
        } else {
            return Some(values);
        }
        None
    }

    /// Whether a row says nothing new but how the action above it stands.
    fn goes_on(&self, values: &Values) -> bool {
        let mut own = values.keys().filter(|field| has_own(values, **field));
        own.all(|field| field.is_progress()) && self.has_action_above()
    }

    fn has_action_above(&self) -> bool {
        let above = self.outline.priorities.last();
        let above = above.and_then(|priority| priority.objectives.last());
        above.is_some_and(|objective| !objective.actions.is_empty())
    }

    fn last_action(&mut self) -> Option<&mut DraftAction> {
        self.last().objectives.last_mut()?.actions.last_mut()
    }

    /// Whether a row is only a further line of the list in the action above it, which has a number: "- Calendar".
    fn is_line(&self, values: &Values) -> bool {
        let mut own = values.keys().filter(|field| has_own(values, **field));
        let only_action = own.all(|field| *field == Field::Action);
        let lines = values.get(&Field::Action).and_then(|found| found.first());
        let above = self
            .outline
            .priorities
            .last()
            .and_then(|last| last.objectives.last()?.actions.last());
        only_action
            && lines.is_some_and(|lines| lines.text.starts_with("- "))
            && above.is_some_and(|above| !above.id.is_empty())
    }

    /// Whether a row holds a further milestone of the action above it: a step of its own, and neither a
    /// number nor an action.
    fn is_step(&self, values: &Values) -> bool {
        has_own(values, Field::Milestones)
            && ![Field::Id, Field::Action, Field::Impact, Field::Objective]
                .into_iter()
                .any(|field| has_own(values, field))
            && self.has_action_above()
    }

    fn add_step(&mut self, mut values: Values) {
        let step = Step::take(&mut values);
        if let Some(action) = self.last_action() {
            action.further_steps.extend(step);
        }
        self.add_progress(values);
    }

    fn add_progress(&mut self, values: Values) {
        if let Some(action) = self.last_action() {
            for (field, found) in values.into_iter().filter(|(field, _)| field.is_progress()) {
                action
                    .values
                    .entry(field)
                    .or_default()
                    .extend(found.into_iter().filter(|value| value.own));
            }
        }
    }
}
