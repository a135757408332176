//! Where a source names no priorities, its objectives or their themes are.

use std::collections::HashMap;

use super::super::ids;
use super::{DraftObjective, DraftPriority, Outline};
use crate::words::letters_only;

impl Outline {
    /// Where the source names no priorities, its objectives are what the plan is to achieve.
    pub(super) fn promote(&mut self, plan: &str) {
        let [only] = self.priorities.as_mut_slice() else {
            return;
        };
        let titled = only
            .objectives
            .iter()
            .all(|objective| objective.title.is_some());
        if !only.items.is_empty() || only.title != plan || only.objectives.len() < 2 || !titled {
            return;
        }
        let objectives = std::mem::take(&mut only.objectives);
        if objectives.iter().any(|objective| objective.theme.is_some()) {
            self.priorities = by_theme(objectives, plan);
            return;
        }
        let priorities = objectives.into_iter().map(|objective| DraftPriority {
            id: objective.id.unwrap_or_default(),
            title: objective.title.unwrap_or_default(),
            items: objective.items.iter().map(|(item, _)| *item).collect(),
            objectives: vec![DraftObjective {
                actions: objective.actions,
                ..DraftObjective::default()
            }],
            ..DraftPriority::default()
        });
        self.priorities = priorities.collect();
    }
}

/// The priorities of objectives that stand under themes: each theme is one, in the order in which they
/// come; what has no theme stands under the plan's name.
fn by_theme(objectives: Vec<DraftObjective>, plan: &str) -> Vec<DraftPriority> {
    let mut priorities: Vec<DraftPriority> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for mut objective in objectives {
        let theme = objective.theme.take().unwrap_or_else(|| plan.to_owned());
        let (id, title) = ids::priority(&theme);
        let at = *places.entry(letters_only(title)).or_insert_with(|| {
            priorities.push(DraftPriority {
                id: id.unwrap_or_default(),
                title: title.to_owned(),
                ..DraftPriority::default()
            });
            priorities.len() - 1
        });
        let (themes, titles) =
            (objective.items.into_iter()).partition(|(_, what)| *what == "theme");
        objective.items = titles;
        let themes: Vec<(usize, &str)> = themes;
        priorities[at]
            .items
            .extend(themes.iter().map(|(item, _)| *item));
        priorities[at].objectives.push(objective);
    }
    priorities
}
