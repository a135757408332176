//! Rows → priorities, objectives and actions: how their cells become fields, and what the account says
//! of each. How rows find their objective is in `rows.rs`, the ids in `numbers.rs`, deadlines within texts
//! in `deadlines.rs`, what stands once for several in `hoist.rs`.

mod deadlines;
mod hoist;
mod numbers;
mod rows;

use std::collections::BTreeMap;

use super::evidence;
use super::fields::Field;
use super::front::Front;
use super::owners::Groups;
use super::tables::Value;
use crate::calendar::{Period, Terms};
use crate::import::account::Account;
use crate::import::blocks::Blocks;
use crate::timescale::{Context, Timescale};

/// The plan's priorities as understood.
#[derive(Debug, Default)]
pub struct Outline {
    pub priorities: Vec<Priority>,
    /// Words in the tables that are no part of them.
    pub asides: Vec<(String, usize)>,
}

#[derive(Debug, Default)]
pub struct Priority {
    pub id: String,
    pub title: String,
    items: Vec<usize>,
    pub outcomes: Vec<String>,
    outcome_items: Vec<usize>,
    /// Its objectives; actions with no objective between stand in one without a title.
    pub objectives: Vec<Objective>,
}

#[derive(Debug, Default)]
pub struct Objective {
    pub id: Option<String>,
    pub theme: Option<String>,
    pub title: Option<String>,
    /// The title in plain form, by which a row finds its objective.
    plain: String,
    items: Vec<(usize, &'static str)>,
    pub shared: Shared,
    pub actions: Vec<Action>,
}

/// What may stand once for several actions.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    pub action: Option<String>,
    pub responsibility: Option<String>,
    pub owners: Vec<String>,
    pub lead: Option<String>,
    pub evidence: Vec<String>,
    pub measure: Option<String>,
    pub timescale: Option<String>,
}

#[derive(Debug, Default)]
pub struct Action {
    pub id: String,
    /// What the source says of its number, where that could not stay as it is.
    pub remark: Option<String>,
    pub impact: Option<String>,
    pub note: Option<String>,
    pub own: Shared,
    pub milestones: Vec<(String, String, String)>,
    pub values: BTreeMap<Field, Vec<Value>>,
    id_item: usize,
    /// Whether its timescale can be read.
    pub readable: bool,
}

fn join(values: &[Value], between: &str) -> String {
    let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
    texts.join(between)
}

impl Outline {
    pub fn is_empty(&self) -> bool {
        self.each().next().is_none()
    }

    fn each(&self) -> impl Iterator<Item = &Action> {
        self.priorities.iter().flat_map(|priority| {
            priority
                .objectives
                .iter()
                .flat_map(|objective| &objective.actions)
        })
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut Action> {
        let priorities = self.priorities.iter_mut();
        priorities.flat_map(|priority| {
            priority
                .objectives
                .iter_mut()
                .flat_map(|objective| &mut objective.actions)
        })
    }

    /// Turns the rows' values into fields: owners, evidence, timescales; what several actions have
    /// from one cell stands once, on their objective.
    pub fn share_out(
        &mut self,
        blocks: &Blocks,
        groups: &mut Groups,
        front: &Front,
        account: &mut Account,
    ) {
        let terms = Terms::default();
        let context = Context {
            period: Period::parse_plan(&front.period),
            terms: &terms,
        };
        for action in self.each() {
            for value in [Field::Responsibility, Field::Lead]
                .iter()
                .filter_map(|field| action.values.get(field))
                .flatten()
            {
                groups.learn(&value.text, blocks.flattened);
            }
        }
        let timed = self
            .each()
            .any(|action| action.values.contains_key(&Field::Timescale));
        for action in self.each_mut() {
            action.fill(blocks.flattened, groups, &context, account);
            if !timed {
                action.deadlines(&context);
            }
        }
        for objective in self
            .priorities
            .iter_mut()
            .flat_map(|priority| &mut priority.objectives)
        {
            objective.hoist();
        }
        account.counts.priorities = self.priorities.len();
        let titled = |priority: &Priority| {
            priority
                .objectives
                .iter()
                .filter(|objective| objective.title.is_some())
                .count()
        };
        account.counts.objectives = self.priorities.iter().map(titled).sum();
        account.counts.actions = self.each().count();
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

impl Action {
    fn text(&self, field: Field) -> Option<String> {
        let found = self.values.get(&field)?;
        let text = join(found, "\n\n");
        (!text.is_empty()).then_some(text)
    }

    fn fill(
        &mut self,
        flattened: bool,
        groups: &mut Groups,
        context: &Context,
        account: &mut Account,
    ) {
        self.impact = self.text(Field::Impact);
        self.note = self.text(Field::Note);
        self.own.action = self.text(Field::Action);
        self.own.measure = self.text(Field::Measure);
        let timescale = self.text(Field::Timescale);
        self.milestones = timescale.as_deref().map_or(Vec::new(), |text| {
            deadlines::milestones(text, &self.id, context)
        });
        let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.own.timescale = timescale
            .filter(|_| self.milestones.is_empty())
            .map(one_line);
        self.own.evidence = self
            .text(Field::Evidence)
            .map_or(Vec::new(), |text| evidence::items(&text, flattened));
        self.own.responsibility = self.text(Field::Responsibility);
        if let Some(lead) = self.text(Field::Lead) {
            self.own.lead = groups.read(&lead).into_iter().next();
            let both = [Some(lead), self.own.responsibility.take()];
            self.own.responsibility =
                Some(both.into_iter().flatten().collect::<Vec<_>>().join("\n\n"));
        }
        if let Some(responsibility) = &self.own.responsibility {
            self.own.owners = groups.read(responsibility);
        }
        // A theme with no objective to stand on.
        if let Some(theme) = self.text(Field::Theme) {
            let note = [Some(theme), self.note.take()];
            self.note = Some(note.into_iter().flatten().collect::<Vec<_>>().join("\n\n"));
        }
        if let Some(timescale) = &self.own.timescale {
            account.counts.timescales += 1;
            let item = self
                .values
                .get(&Field::Timescale)
                .and_then(|found| found.first())
                .map_or(0, |value| value.item);
            match Timescale::parse(timescale, context) {
                Ok(_) => {
                    self.readable = true;
                    account.counts.timescales_read += 1;
                }
                Err(bad) => account.note(item, format!("{bad}; the words stay as they are")),
            }
        }
        if self.own.action.is_none() && self.impact.is_none() {
            // A row with no text of its own, such as one that is only numbered.
            let note = self.note.take();
            self.own.action = note.or_else(|| self.own.measure.take());
        }
    }

    fn settle(&self, account: &mut Account) {
        let id = &self.id;
        account.put(self.id_item, format!("action {id}: id"));
        for (field, found) in &self.values {
            let place = match field.is_progress() {
                true => format!("entry about {id}: {}", field.name()),
                false => format!("action {id}: {}", field.name()),
            };
            for value in found.iter().filter(|value| !value.text.is_empty()) {
                if !field.is_progress() || !account.is_placed(value.item) {
                    account.put(value.item, place.clone());
                }
            }
        }
    }
}
