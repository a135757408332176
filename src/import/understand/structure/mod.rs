//! Rows → priorities, objectives and actions: how their cells become fields, and what the account says
//! of each. How rows find their objective is in `rows.rs`, the ids in `numbers.rs`, deadlines within texts
//! in `deadlines.rs`, what stands once for several in `hoist.rs`.

mod calendar_years;
mod deadlines;
mod fill;
mod followed;
mod goes_on;
mod hoist;
mod milestones;
mod numbers;
mod promote;
mod rows;
mod split;
mod who;

use super::fields::Field;
use super::front::Front;
use super::owners::Groups;
use super::reader::{Value, Values};
use super::when::{dated, only_dated};
use super::{Layout, log};
use crate::calendar::{Day, Terms};
use crate::import::account::Account;
use crate::timescale::TimescaleContext;

use deadlines::Due;
use milestones::Step;

pub use deadlines::has_deadline_over;
pub use split::bare_id;

/// The plan's priorities as understood.
#[derive(Debug, Default)]
pub struct Outline {
    pub priorities: Vec<DraftPriority>,
    /// Words in the tables that are no part of them.
    pub asides: Vec<(String, usize)>,
}

#[derive(Debug, Default)]
pub struct DraftPriority {
    pub id: String,
    pub title: String,
    items: Vec<usize>,
    pub outcomes: Vec<String>,
    outcome_items: Vec<usize>,
    /// Its objectives; actions with no objective between stand in one without a title.
    pub objectives: Vec<DraftObjective>,
}

#[derive(Debug, Default)]
pub struct DraftObjective {
    pub id: Option<String>,
    pub theme: Option<String>,
    pub title: Option<String>,
    /// The title in plain form, by which a row finds its objective.
    plain: String,
    items: Vec<(usize, &'static str)>,
    pub shared: DraftShared,
    pub actions: Vec<DraftAction>,
}

/// What may stand once for several actions.
#[derive(Clone, Debug, Default)]
pub struct DraftShared {
    pub action: Option<String>,
    pub responsibility: Option<String>,
    pub owners: Vec<String>,
    pub lead: Option<String>,
    pub evidence: Vec<String>,
    pub measure: Option<String>,
    pub timescale: Option<String>,
}

#[derive(Debug, Default)]
pub struct DraftAction {
    pub id: String,
    /// What the source says of its number, where that could not stay as it is.
    pub remark: Option<String>,
    pub impact: Option<String>,
    pub note: Option<String>,
    /// What its own row gives, not its objective's or priority's.
    pub own: DraftShared,
    /// When work is to begin, as written.
    pub starts: Option<String>,
    /// The day on which it was raised.
    pub added: Option<Day>,
    pub milestones: Vec<DraftMilestone>,
    pub values: Values,
    /// Milestones of the rows below its own.
    further_steps: Vec<Step>,
    /// The deadline of the heading that it stands under.
    due_above: Option<Due>,
    id_item: usize,
    /// Whether its timescale can be read.
    pub readable: bool,
}

/// A milestone of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMilestone {
    pub id: String,
    pub title: Option<String>,
    pub timescale: String,
}

fn join(values: &[Value], between: &str) -> String {
    let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
    texts.join(between)
}

impl Outline {
    pub fn is_empty(&self) -> bool {
        self.each().next().is_none()
    }

    /// Every action, in the plan's order.
    pub fn each(&self) -> impl Iterator<Item = &DraftAction> {
        self.priorities.iter().flat_map(DraftPriority::actions)
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut DraftAction> {
        let priorities = self.priorities.iter_mut();
        priorities.flat_map(DraftPriority::actions_mut)
    }

    /// Turns the rows' values into fields: owners, evidence, timescales; what several actions have
    /// from one cell stands once, on their objective.
    pub fn share_out(
        &mut self,
        groups: &mut Groups,
        front: &Front,
        is_log: bool,
        account: &mut Account,
    ) {
        let terms = Terms::default();
        let context = front.context(&terms);
        for action in self.each() {
            for value in [Field::Responsibility, Field::Lead]
                .iter()
                .filter_map(|field| action.values.get(field))
                .flatten()
            {
                groups.learn(&value.text);
            }
        }
        let timed = self
            .each()
            .any(|action| action.values.contains_key(&Field::Timescale));
        for action in self.each_mut() {
            action.fill(groups, &context, account);
            if !timed && action.milestones.is_empty() {
                action.deadlines(&context);
            }
            action.due_as_above(account);
        }
        let objectives = || {
            self.priorities
                .iter()
                .flat_map(|priority| &priority.objectives)
        };
        let is_shared = objectives().any(DraftObjective::has_one_cell_of_actions);
        let objectives = self.priorities.iter_mut();
        for objective in objectives.flat_map(|priority| &mut priority.objectives) {
            objective.hoist(is_shared);
        }
        account.counts.priorities = if is_log { 0 } else { self.priorities.len() };
        let titled = |priority: &DraftPriority| {
            priority
                .objectives
                .iter()
                .filter(|objective| objective.title.is_some())
                .count()
        };
        account.counts.objectives = self.priorities.iter().map(titled).sum();
        account.counts.actions = self.each().count();
    }

    /// The last days of its deadlines, as far as they can be read.
    pub fn days(&self) -> Vec<Day> {
        let read = |text: &str| dated(text, &only_dated());
        self.each()
            .flat_map(|action| {
                let milestones = action
                    .milestones
                    .iter()
                    .map(|milestone| milestone.timescale.as_str());
                let shared = action.values.get(&Field::Timescale);
                let timescales = shared
                    .into_iter()
                    .flatten()
                    .map(|value| value.text.as_str());
                milestones
                    .chain(timescales)
                    .filter_map(read)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Makes it a log where the source is one and names no priorities: what groups its actions is noted
    /// with each. Whether it is one.
    pub fn flatten_log(
        &mut self,
        front: &Front,
        layouts: &[Option<Layout>],
        name: &str,
        account: &mut Account,
    ) -> bool {
        let named = self
            .priorities
            .iter()
            .any(|priority| !priority.items.is_empty());
        if named || !log::is_log(front, layouts, name) {
            self.promote(&front.title);
            return false;
        }
        let priority = DraftPriority {
            title: front.title.clone(),
            objectives: vec![DraftObjective::default()],
            ..DraftPriority::default()
        };
        for objective in std::mem::replace(&mut self.priorities, vec![priority])
            .into_iter()
            .flat_map(|priority| priority.objectives)
        {
            let titles = [&objective.theme, &objective.title];
            let titles: Vec<String> = titles.into_iter().flatten().cloned().collect();
            for (item, what) in &objective.items {
                account.put(*item, format!("note: {what}"));
            }
            for mut action in objective.actions {
                titles.iter().for_each(|title| action.add_note(title));
                if action.id.is_empty()
                    && let Some(id) = &objective.id
                {
                    action.id.clone_from(id);
                }
                self.priorities[0].objectives[0].actions.push(action);
            }
        }
        true
    }

    /// Says in the account where every cell went.
    pub fn settle(&self, account: &mut Account) {
        for priority in &self.priorities {
            for item in &priority.items {
                account.put(*item, format!("priority {}: title", priority.id));
            }
            for item in &priority.outcome_items {
                account.put(*item, format!("priority {}: outcomes", priority.id));
            }
            for objective in &priority.objectives {
                let name = objective
                    .id
                    .as_deref()
                    .or(objective.title.as_deref())
                    .unwrap_or(&priority.id);
                for (item, what) in &objective.items {
                    account.put(*item, format!("objective {}: {what}", super::short(name)));
                }
                for action in &objective.actions {
                    action.settle(account);
                }
            }
        }
    }
}

impl DraftPriority {
    /// Its actions, in the plan's order.
    pub fn actions(&self) -> impl Iterator<Item = &DraftAction> {
        self.objectives
            .iter()
            .flat_map(|objective| &objective.actions)
    }

    fn actions_mut(&mut self) -> impl Iterator<Item = &mut DraftAction> {
        let objectives = self.objectives.iter_mut();
        objectives.flat_map(|objective| &mut objective.actions)
    }
}

impl DraftAction {
    /// The last day of its deadline, where it has one.
    pub fn last_day(&self, context: &TimescaleContext) -> Option<Day> {
        let due = self
            .values
            .get(&Field::Timescale)
            .and_then(|found| found.first());
        let due = due
            .map(|due| due.text.as_str())
            .or(self.own.timescale.as_deref());
        dated(due?, context)
    }

    fn settle(&self, account: &mut Account) {
        let id = &self.id;
        account.put(self.id_item, format!("action {id}: id"));
        for (field, found) in &self.values {
            let place = if field.is_progress() {
                format!("entry about {id}: {}", field.name())
            } else {
                format!("action {id}: {}", field.name())
            };
            for value in found.iter().filter(|value| !value.text.is_empty()) {
                let converted = field.is_progress() || *field == Field::Added;
                if !converted || !account.is_placed(value.item) {
                    account.put(value.item, place.clone());
                }
            }
        }
    }
}
