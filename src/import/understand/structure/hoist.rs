//! What several actions have from one cell, or in the same words, stands once, on their objective.

use std::collections::BTreeSet;

use super::super::fields::Field;
use super::{DraftAction, DraftObjective, DraftShared};

/// The fields that hold for several actions where one cell does.
const SHARED: [Field; 6] = [
    Field::Action,
    Field::Responsibility,
    Field::Lead,
    Field::Evidence,
    Field::Measure,
    Field::Timescale,
];

impl DraftObjective {
    /// Moves to the objective what most of its actions have from one cell, or in the same words.
    pub(super) fn hoist(&mut self) {
        if self.title.is_none() {
            return;
        }
        for field in SHARED {
            self.hoist_field(field);
        }
    }

    fn hoist_field(&mut self, field: Field) {
        let has = |action: &DraftAction| {
            action
                .values
                .get(&field)
                .is_some_and(|found| !found.is_empty())
        };
        if self.actions.is_empty() || !self.actions.iter().all(has) {
            return;
        }
        let key = |action: &DraftAction| get(&action.own, field);
        let cells = |action: &DraftAction| -> Vec<usize> {
            action.values[&field]
                .iter()
                .map(|value| value.item)
                .collect()
        };
        let mut counts: Vec<(Key, usize, BTreeSet<Vec<usize>>)> = Vec::new();
        for action in &self.actions {
            let value = key(action);
            match counts.iter_mut().find(|(known, ..)| *known == value) {
                Some((_, count, from)) => {
                    *count += 1;
                    from.insert(cells(action));
                }
                None => counts.push((value, 1, BTreeSet::from([cells(action)]))),
            }
        }
        let Some((most, count, from)) = counts.into_iter().max_by_key(|(_, count, _)| *count)
        else {
            return;
        };
        // Words of a deadline that are written again for each action are each action's own.
        let one_cell = from.len() < count;
        let alone = self.actions.len() == 1 && !matches!(field, Field::Timescale | Field::Measure);
        let often = count > 1 && (one_cell || field != Field::Timescale);
        if most.is_empty() || !(alone || (often && count * 2 >= self.actions.len())) {
            return;
        }
        // An action whose only text this is keeps it.
        let texts =
            |action: &DraftAction| action.impact.is_some() || self.actions.len() > 1 && one_cell;
        if field == Field::Action && !self.actions.iter().all(texts) {
            return;
        }
        let mut common = None;
        for action in self
            .actions
            .iter_mut()
            .filter(|action| get(&action.own, field) == most)
        {
            let shared = std::mem::take(&mut action.own);
            let (kept, moved) = split_off(shared, field);
            action.own = kept;
            common = common.or(Some(moved));
        }
        if let Some(moved) = common {
            set(&mut self.shared, moved, field);
        }
    }
}

type Key = Vec<String>;

fn get(shared: &DraftShared, field: Field) -> Key {
    let text = |text: &Option<String>| text.iter().cloned().collect();
    match field {
        Field::Action => text(&shared.action),
        Field::Responsibility => text(&shared.responsibility),
        Field::Lead => text(&shared.lead),
        Field::Evidence => shared.evidence.clone(),
        Field::Measure => text(&shared.measure),
        _ => text(&shared.timescale),
    }
}

/// Takes one field out: what stays, and what was taken.
fn split_off(mut shared: DraftShared, field: Field) -> (DraftShared, DraftShared) {
    let mut moved = DraftShared::default();
    match field {
        Field::Action => moved.action = shared.action.take(),
        Field::Responsibility => {
            moved.responsibility = shared.responsibility.take();
            moved.owners = std::mem::take(&mut shared.owners);
        }
        Field::Lead => moved.lead = shared.lead.take(),
        Field::Evidence => moved.evidence = std::mem::take(&mut shared.evidence),
        Field::Measure => moved.measure = shared.measure.take(),
        _ => moved.timescale = shared.timescale.take(),
    }
    (shared, moved)
}

fn set(shared: &mut DraftShared, moved: DraftShared, field: Field) {
    match field {
        Field::Action => shared.action = moved.action,
        Field::Responsibility => {
            shared.responsibility = moved.responsibility;
            shared.owners = moved.owners;
        }
        Field::Lead => shared.lead = moved.lead,
        Field::Evidence => shared.evidence = moved.evidence,
        Field::Measure => shared.measure = moved.measure,
        _ => shared.timescale = moved.timescale,
    }
}
