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
    /// Moves to the objective what most of its actions have from one cell, or in the same words. What an only
    /// action is to do goes there too where `one_cell`, one cell says it of several actions of the plan's.
    pub(super) fn hoist(&mut self, one_cell: bool) {
        if self.title.is_none() {
            return;
        }
        for field in SHARED {
            let is_own = field == Field::Action && self.actions.len() == 1;
            if one_cell || !is_own {
                self.hoist_field(field);
            }
        }
    }

    /// Whether one cell says of several of its actions what is to be done.
    pub(super) fn has_one_cell_of_actions(&self) -> bool {
        let mut cells = BTreeSet::new();
        let actions = self
            .actions
            .iter()
            .filter_map(|action| action.values.get(&Field::Action)?.first());
        let mut items = actions.map(|value| value.item).filter(|item| *item > 0);
        items.any(|item| !cells.insert(item))
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
        let mut common = DraftShared::default();
        for action in (self.actions.iter_mut()).filter(|action| get(&action.own, field) == most) {
            common = DraftShared::default();
            swap(&mut action.own, &mut common, field);
        }
        swap(&mut self.shared, &mut common, field);
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

/// Changes one field of two over.
fn swap(one: &mut DraftShared, other: &mut DraftShared, field: Field) {
    use std::mem::swap;
    match field {
        Field::Action => swap(&mut one.action, &mut other.action),
        Field::Responsibility => {
            swap(&mut one.responsibility, &mut other.responsibility);
            swap(&mut one.owners, &mut other.owners);
        }
        Field::Lead => swap(&mut one.lead, &mut other.lead),
        Field::Evidence => swap(&mut one.evidence, &mut other.evidence),
        Field::Measure => swap(&mut one.measure, &mut other.measure),
        _ => swap(&mut one.timescale, &mut other.timescale),
    }
}
