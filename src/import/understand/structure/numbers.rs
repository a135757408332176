//! Ids: as the source has them, made where it has none, and told apart where two are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ids;
use super::{DraftPriority, Outline};
use crate::import::account::Account;
use crate::words::{counted, first_listed};

impl Outline {
    /// Gives ids to what has none, and other ids to what has another's.
    pub fn number(&mut self, is_log: bool, account: &mut Account) {
        self.over_actions();
        let mut used: BTreeSet<String> = BTreeSet::new();
        let ids = self.priorities.iter().map(|priority| priority.id.clone());
        let printed: BTreeSet<String> = ids.collect();
        for at in 0..self.priorities.len() {
            let wished = self.priorities[at].id.clone();
            let mut number = at + 1;
            let mut id = wished.clone();
            while id.is_empty() || used.contains(&id) || id != wished && printed.contains(&id) {
                id = number.to_string();
                number += 1;
            }
            if !wished.is_empty() && id != wished {
                let item = self.priorities[at].items.first().copied().unwrap_or(0);
                account.note(
                    item,
                    format!("another priority has the number {wished}; this one is {id}"),
                );
            }
            used.insert(id.clone());
            self.priorities[at].id = id;
        }
        self.objectives_apart(account);
        self.lettered(account);
        self.restarted(account);
        self.duplicates(account);
        self.missing(is_log, account);
    }

    /// A priority without a number has the one that its actions' numbers go on from, and no other's do: "3" over
    /// "3.1" and "3.2".
    fn over_actions(&mut self) {
        let of = |priority: &DraftPriority| {
            let before = |id: &str| Some(id.split_once('.')?.0.to_owned());
            let mut all = priority.actions().map(|action| before(&action.id));
            let first = all
                .next()?
                .filter(|id| id.bytes().all(|b| b.is_ascii_digit()))?;
            all.all(|other| other.as_ref() == Some(&first))
                .then_some(first)
        };
        let found: Vec<Option<String>> = self.priorities.iter().map(of).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let ids = self.priorities.iter().map(|priority| &priority.id);
        for id in ids.chain(found.iter().flatten()) {
            *counts.entry(id.clone()).or_default() += 1;
        }
        for (priority, found) in self.priorities.iter_mut().zip(found) {
            let has_numbers = priority
                .objectives
                .iter()
                .any(|objective| objective.id.is_some());
            if let Some(id) =
                found.filter(|id| counts[id] == 1 && !has_numbers && priority.id.is_empty())
            {
                priority.id = id;
            }
        }
    }

    /// Objectives of two priorities that have one number: the second has its priority's before it.
    fn objectives_apart(&mut self, account: &mut Account) {
        let mut used: BTreeSet<String> = BTreeSet::new();
        for priority in &mut self.priorities {
            for objective in &mut priority.objectives {
                let Some(wished) = objective.id.clone() else {
                    continue;
                };
                let mut id = wished.clone();
                let mut number = 1;
                while used.contains(&id) {
                    id = match number {
                        1 => format!("{}.{wished}", priority.id),
                        number => format!("{wished}-{number}"),
                    };
                    number += 1;
                }
                if id != wished {
                    let item = objective.items.first().map_or(0, |(item, _)| *item);
                    account.note(
                        item,
                        format!("another objective has the number {wished}; this one is {id}"),
                    );
                }
                used.insert(id.clone());
                objective.id = Some(id);
            }
        }
    }

    /// A letter alone goes on from the number above it: "(b)" below "1.2 (a)" is 1.2 (b), and "a" below "2"
    /// is 2a.
    fn lettered(&mut self, account: &mut Account) {
        for priority in &mut self.priorities {
            let mut above: Option<String> = None;
            for action in priority.actions_mut() {
                if let Some(above) = above.filter(|_| ids::is_letter(&action.id)) {
                    let id = ids::with_letter(&above, &action.id);
                    action.remark = Some(format!("Numbered {} in the source.", action.id));
                    let note = format!("{} goes on from the number above: {id}", action.id);
                    account.note(action.id_item, note);
                    action.id = id;
                }
                let has_number = action.id.contains(|c: char| c.is_ascii_digit());
                above = has_number.then(|| action.id.clone());
            }
        }
    }

    /// Numbers that begin anew with every priority are joined to their priority's.
    fn restarted(&mut self, account: &mut Account) {
        let of = |priority: &DraftPriority| -> Vec<String> {
            let ids = priority.actions().map(|action| action.id.clone());
            ids.filter(|id| !id.is_empty()).collect()
        };
        let all: Vec<Vec<String>> = self.priorities.iter().map(of).collect();
        let unique = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
        let flat = all
            .iter()
            .flatten()
            .all(|id| id.bytes().all(|b| b.is_ascii_digit()));
        let joined: Vec<String> = all.iter().flatten().cloned().collect();
        if !flat || unique(&joined) || !all.iter().all(|ids| unique(ids)) {
            return;
        }
        let mut first = 0;
        for priority in &mut self.priorities {
            let id = priority.id.clone();
            for action in priority.actions_mut() {
                if !action.id.is_empty() {
                    first = if first == 0 { action.id_item } else { first };
                    action.remark = Some(format!("Numbered {} in the source.", action.id));
                    action.id = format!("{id}.{}", action.id);
                }
            }
        }
        account.note(first, "the numbers begin anew with every priority; each action's has its priority's before it");
    }

    /// Of two actions with one number, the second gets another.
    fn duplicates(&mut self, account: &mut Account) {
        let all: BTreeSet<String> = self.each().map(|action| action.id.clone()).collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut notes = Vec::new();
        for action in self.each_mut().filter(|action| !action.id.is_empty()) {
            let count = seen.entry(action.id.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                continue;
            }
            let wished = action.id.clone();
            while all.contains(&format!("{wished}-{count}")) {
                *count += 1;
            }
            action.id = format!("{wished}-{count}");
            action.remark = Some(format!(
                "Numbered {wished} in the source, as another action is."
            ));
            notes.push((
                action.id_item,
                format!(
                    "another action has the number {wished}; this one is {}",
                    action.id
                ),
            ));
        }
        notes
            .into_iter()
            .for_each(|(item, note)| account.note(item, note));
    }

    /// Actions without numbers are counted, each within its priority.
    fn missing(&mut self, is_log: bool, account: &mut Account) {
        let mut used: BTreeSet<String> = self.each().map(|action| action.id.clone()).collect();
        let is_some_numbered = !used.iter().all(String::is_empty);
        let mut made: Vec<String> = Vec::new();
        for priority in &mut self.priorities {
            let actions = priority.objectives.iter_mut().flat_map(|objective| {
                let within = objective.id.clone().filter(|id| id.contains('.'));
                let within = within.unwrap_or_else(|| priority.id.clone());
                (objective.actions.iter_mut()).map(move |action| (within.clone(), action))
            });
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for (within, action) in actions {
                let number = counts.entry(within.clone()).or_default();
                *number += 1;
                if !action.id.is_empty() {
                    continue;
                }
                let number = *number;
                // A log has no priorities to count within.
                let id = |count: usize| {
                    if is_log {
                        count.to_string()
                    } else {
                        format!("{within}.{count}")
                    }
                };
                let count = (number..).find(|count| !used.contains(&id(*count)));
                action.id = id(count.unwrap_or(number));
                used.insert(action.id.clone());
                made.push(action.id.clone());
            }
        }
        if !made.is_empty() {
            let within = if is_log {
                ""
            } else {
                " within their priorities"
            };
            let actions = counted(made.len(), "action");
            let have = if made.len() == 1 { "has" } else { "have" };
            // Beside others with numbers they may be none.
            let made: Vec<&str> = made.iter().map(String::as_str).collect();
            let which = if is_some_numbered {
                format!(" ({})", first_listed(&made, 12))
            } else {
                String::new()
            };
            account.note(
                0,
                format!(
                    "{actions} {have} no number in the source{which}; actions are counted{within}"
                ),
            );
        }
    }
}
