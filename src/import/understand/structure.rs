//! Rows → priorities, objectives and actions: their ids, and what stands once for several.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Field;
use super::front::Front;
use super::ids::{self, Sure};
use super::owners::Groups;
use super::tables::{self, Reader, Row, Value};
use super::{Layout, evidence};
use crate::calendar::{Period, Terms};
use crate::import::account::Account;
use crate::import::blocks::{Block, Blocks};
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

/// The fields that hold for several actions where one cell does.
const SHARED: [Field; 6] = [
    Field::Action,
    Field::Responsibility,
    Field::Lead,
    Field::Evidence,
    Field::Measure,
    Field::Timescale,
];

impl Outline {
    /// Reads every table of the plan.
    pub fn read(
        blocks: &Blocks,
        layouts: &[Option<Layout>],
        front: &Front,
        account: &mut Account,
    ) -> Outline {
        let mut builder = Builder {
            outline: Outline::default(),
            numbers: numbered_field(blocks, layouts),
            plan: front.title.clone(),
            placed: false,
            banded: false,
            by_column: layouts
                .iter()
                .flatten()
                .any(|layout| layout.columns.fields.contains(&Some(Field::Priority))),
        };
        let mut reader = Reader::default();
        for ((block, layout), named) in blocks.blocks.iter().zip(layouts).zip(&front.priorities) {
            let (Block::Table(table), Some(layout)) = (block, layout) else {
                continue;
            };
            if let Some(named) = named {
                builder.priority(&named.text, named.item);
                for (outcomes, item) in front.outcomes_under(named.item) {
                    builder.add_outcomes(outcomes, item);
                }
            }
            let alone = only_actions(&layout.columns.fields);
            for row in reader.rows(
                table,
                &layout.columns,
                blocks.flattened,
                layout.goes_on,
                account,
            ) {
                match row {
                    Row::Band(band) => builder.band(&band),
                    Row::Aside(aside) => builder.outline.asides.push((aside.text, aside.item)),
                    Row::Values(values) => builder.row(values, alone, account),
                }
            }
        }
        builder.outline.promote(&front.title);
        builder.outline
    }
}

/// Whether nothing but the actions' own text tells the actions of a row apart.
fn only_actions(fields: &[Option<Field>]) -> bool {
    fields
        .iter()
        .flatten()
        .all(|field| field.is_group() || matches!(field, Field::Action))
}

/// The column whose texts begin with the actions' ids: of those of actions and impacts, the one
/// where more do.
fn numbered_field(blocks: &Blocks, layouts: &[Option<Layout>]) -> Option<Field> {
    let count = |wanted: Field| {
        let (mut sure, mut all, mut perhaps) = (0, 0, 0);
        for (block, layout) in blocks.blocks.iter().zip(layouts) {
            let (Block::Table(table), Some(layout)) = (block, layout) else {
                continue;
            };
            let first = if layout.goes_on {
                0
            } else {
                layout.columns.first
            };
            for row in table.rows.iter().skip(first) {
                let cells = row.iter().zip(&layout.columns.fields);
                for (cell, _) in
                    cells.filter(|(cell, field)| **field == Some(wanted) && !cell.text.is_empty())
                {
                    all += 1;
                    match ids::leading(&cell.text) {
                        Some((_, _, Sure::Yes)) => sure += 1,
                        Some(_) => perhaps += 1,
                        None => {}
                    }
                }
            }
        }
        match (sure + perhaps) * 2 > all {
            true => sure + perhaps,
            false => sure,
        }
    };
    let counts = [Field::Action, Field::Impact].map(|field| (count(field), field));
    let best = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count);
    best.map(|(_, field)| field)
}

struct Builder {
    outline: Outline,
    numbers: Option<Field>,
    plan: String,
    /// Whether the source itself names the priority that rows belong to.
    placed: bool,
    by_column: bool,
    /// Whether headings within tables have named the priorities so far.
    banded: bool,
}

impl Builder {
    /// The priority of these words is the one that follows; an earlier one of the same goes on.
    fn priority(&mut self, text: &str, item: usize) {
        self.placed = true;
        let text = tables::without_continued(text).unwrap_or(text);
        let (id, title) = ids::priority(text);
        let same = |known: &Priority| {
            tables::plain(&known.title) == tables::plain(title)
                && (id.is_none() || id.as_deref() == Some(&known.id))
        };
        let all = &mut self.outline.priorities;
        let mut priority = match all.iter().position(same) {
            Some(at) => all.remove(at),
            None => Priority {
                id: id.unwrap_or_default(),
                title: title.to_owned(),
                ..Priority::default()
            },
        };
        if !priority.items.contains(&item) {
            priority.items.push(item);
        }
        all.push(priority);
    }

    /// A heading within a table names a priority, unless the priorities are named otherwise.
    fn band(&mut self, band: &Value) {
        let said = ids::after_priority(&band.text).is_some();
        if said || self.banded || !(self.by_column || self.placed) {
            self.banded = true;
            self.priority(&band.text, band.item);
            return;
        }
        let objective = Objective {
            title: Some(band.text.clone()),
            plain: tables::plain(&band.text),
            items: vec![(band.item, "title")],
            ..Objective::default()
        };
        self.last().objectives.push(objective);
    }

    fn last(&mut self) -> &mut Priority {
        if self.outline.priorities.is_empty() {
            self.outline.priorities.push(Priority {
                title: self.plan.clone(),
                ..Priority::default()
            });
        }
        let at = self.outline.priorities.len() - 1;
        &mut self.outline.priorities[at]
    }

    fn row(&mut self, mut values: BTreeMap<Field, Vec<Value>>, alone: bool, account: &mut Account) {
        if let Some(found) = values.remove(&Field::Priority) {
            let item = found.first().map_or(0, |value| value.item);
            let own = found.iter().any(|value| value.own);
            let current = self
                .outline
                .priorities
                .last()
                .is_some_and(|last| last.items.contains(&item));
            if own || !current {
                let text = join(&found, " ");
                self.priority(&text, item);
            }
            for value in found.iter().skip(1) {
                account.put(value.item, "priorities: title");
            }
        }
        self.outcomes(&mut values);
        self.objective(&mut values, account);
        if !values
            .values()
            .flatten()
            .any(|value| value.own && !value.text.is_empty())
        {
            return;
        }
        if self.goes_on(&values) {
            self.add_progress(values);
            return;
        }
        for action in self.split(values, alone, account) {
            let priority = self.last();
            if priority.objectives.is_empty() {
                priority.objectives.push(Objective::default());
            }
            if let Some(objective) = priority.objectives.last_mut() {
                objective.actions.push(action);
            }
        }
    }

    /// Outcomes beside a column of priorities are the priority's; else they group actions as
    /// objectives do.
    fn outcomes(&mut self, values: &mut BTreeMap<Field, Vec<Value>>) {
        let Some(found) = values.remove(&Field::Outcomes) else {
            return;
        };
        if !self.by_column && !values.contains_key(&Field::Objective) {
            values.insert(Field::Objective, found);
            return;
        }
        for value in found {
            self.add_outcomes(&value.text, value.item);
        }
    }

    fn add_outcomes(&mut self, text: &str, item: usize) {
        let priority = self.last();
        {
            if !priority.outcome_items.contains(&item) {
                priority.outcome_items.push(item);
                let texts = text.split("\n\n").flat_map(|part| {
                    let list = part.lines().all(|line| line.starts_with("- "));
                    let lines: Vec<String> = match list {
                        true => part
                            .lines()
                            .map(|line| line.trim_start_matches("- ").to_owned())
                            .collect(),
                        false => vec![part.to_owned()],
                    };
                    lines
                });
                priority.outcomes.extend(texts);
            }
        }
    }

    /// Finds or opens the objective of a row.
    fn objective(&mut self, values: &mut BTreeMap<Field, Vec<Value>>, account: &mut Account) {
        let theme = values.remove(&Field::Theme);
        let Some(found) = values.remove(&Field::Objective) else {
            if let Some(theme) = theme {
                values.insert(Field::Theme, theme);
            }
            return;
        };
        let text = join(&found, "\n\n");
        let item = found.first().map_or(0, |value| value.item);
        let (above, text) = theme_above(&text);
        let (id, title) = match ids::leading(text) {
            Some((id, rest, Sure::Yes)) if !rest.is_empty() => {
                (Some(id.to_owned()), rest.to_owned())
            }
            _ => (None, text.to_owned()),
        };
        let theme = theme.or_else(|| {
            let value = Value {
                text: above?.to_owned(),
                ..found.first()?.clone()
            };
            Some(vec![value])
        });
        let priority = self.last();
        let plain = tables::plain(&title);
        let by_id = |known: &Objective| id.is_some() && known.id == id;
        let by_words =
            |known: &Objective| known.id == id && known.title.is_some() && known.plain == plain;
        let at = priority
            .objectives
            .iter()
            .position(|known| by_words(known) || by_id(known));
        let at = at.unwrap_or_else(|| {
            priority.objectives.push(Objective {
                id: id.clone(),
                title: Some(title.clone()),
                plain: plain.clone(),
                ..Objective::default()
            });
            priority.objectives.len() - 1
        });
        let objective = priority.objectives.remove(at);
        priority.objectives.push(objective);
        let Some(objective) = priority.objectives.last_mut() else {
            return;
        };
        if !by_words(objective) {
            let id = id.unwrap_or_default();
            account.leave(
                item,
                format!("objective {id} is worded otherwise before; the first wording stands"),
            );
        }
        for value in &found {
            objective.put(value.item, "title");
        }
        for value in theme.iter().flatten() {
            objective.under(value, account);
        }
    }

    /// Whether a row says nothing new but how the action above it stands.
    fn goes_on(&self, values: &BTreeMap<Field, Vec<Value>>) -> bool {
        let own = |field: &Field| {
            values
                .get(field)
                .is_some_and(|found| found.iter().any(|value| value.own))
        };
        let any = self
            .outline
            .priorities
            .last()
            .and_then(|priority| priority.objectives.last());
        values
            .keys()
            .filter(|field| own(field))
            .all(|field| field.is_progress())
            && any.is_some_and(|objective| !objective.actions.is_empty())
    }

    fn add_progress(&mut self, values: BTreeMap<Field, Vec<Value>>) {
        let action = self
            .last()
            .objectives
            .last_mut()
            .and_then(|objective| objective.actions.last_mut());
        if let Some(action) = action {
            for (field, found) in values.into_iter().filter(|(field, _)| field.is_progress()) {
                action
                    .values
                    .entry(field)
                    .or_default()
                    .extend(found.into_iter().filter(|value| value.own));
            }
        }
    }

    /// The actions of a row: one, or one for each number or paragraph in it.
    fn split(
        &self,
        mut values: BTreeMap<Field, Vec<Value>>,
        alone: bool,
        account: &mut Account,
    ) -> Vec<Action> {
        if let Some(found) = values.remove(&Field::Id) {
            let text = join(&found, " ");
            let id = text
                .trim_matches(['[', ']', '(', ')', '.', ':', ' '])
                .to_owned();
            let id_item = found.first().map_or(0, |value| value.item);
            return vec![Action {
                id,
                id_item,
                values,
                ..Action::default()
            }];
        }
        if let Some(field) = self.numbers
            && let Some(found) = values
                .get(&field)
                .and_then(|found| found.first())
                .filter(|value| value.own)
                .cloned()
        {
            let parts = ids::split(&found.text);
            if !parts.is_empty() {
                return numbered(&values, field, &found, &parts);
            }
        }
        let action = values
            .get(&Field::Action)
            .and_then(|found| found.first())
            .filter(|value| value.own)
            .cloned();
        if let Some(found) = action.filter(|found| alone && found.text.contains("\n")) {
            let paragraphs = found.text.split("\n\n").flat_map(|part| {
                let list = part.lines().all(|line| line.starts_with("- "));
                match list {
                    true => part
                        .lines()
                        .map(|line| line.trim_start_matches("- "))
                        .collect::<Vec<_>>(),
                    false => vec![part],
                }
            });
            account.note(
                found.item,
                "each paragraph of this cell is an action of its own",
            );
            return paragraphs
                .map(|part| with(&values, Field::Action, &found, part))
                .collect();
        }
        vec![Action {
            values,
            ..Action::default()
        }]
    }
}

/// A theme on the lines above a numbered objective, in one cell with it.
fn theme_above(text: &str) -> (Option<&str>, &str) {
    let numbered =
        |text: &str| matches!(ids::leading(text), Some((_, rest, Sure::Yes)) if !rest.is_empty());
    match text.split_once("\n\n") {
        Some((above, below)) if !numbered(text) && numbered(below) => (Some(above), below),
        _ => (None, text),
    }
}

/// The actions of one cell that numbers several; what follows the last of them after a paragraph's
/// end is said of all.
fn numbered(
    values: &BTreeMap<Field, Vec<Value>>,
    field: Field,
    found: &Value,
    parts: &[(&str, &str)],
) -> Vec<Action> {
    let mut values = values.clone();
    let mut parts = parts.to_vec();
    if parts.len() > 1
        && parts[..parts.len() - 1]
            .iter()
            .all(|(_, text)| !text.contains("\n\n"))
        && let Some((_, last)) = parts.last_mut()
        && let Some((text, tail)) = last.split_once("\n\n")
    {
        *last = text;
        let shared = Value {
            text: tail.to_owned(),
            own: false,
            ..found.clone()
        };
        values.entry(Field::Measure).or_default().push(shared);
    }
    let several = parts.len() > 1;
    let actions = parts.iter().map(|(id, text)| {
        let mut action = with(&values, field, found, text);
        if several {
            // The row's other cells are said of each of them.
            action
                .values
                .values_mut()
                .flatten()
                .for_each(|value| value.own &= value.item == found.item);
        }
        action.id = (*id).to_owned();
        action.id_item = found.item;
        action
    });
    actions.collect()
}

/// An action of a row, with a part of one of its cells.
fn with(values: &BTreeMap<Field, Vec<Value>>, field: Field, found: &Value, text: &str) -> Action {
    let mut values = values.clone();
    let part = Value {
        text: text.to_owned(),
        ..found.clone()
    };
    match text.is_empty() {
        true => values.remove(&field),
        false => values.insert(field, vec![part]),
    };
    Action {
        values,
        ..Action::default()
    }
}

fn join(values: &[Value], between: &str) -> String {
    let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
    texts.join(between)
}

impl Objective {
    /// Sets the theme that it stands under; the first counts.
    fn under(&mut self, theme: &Value, account: &mut Account) {
        match &self.theme {
            None => self.theme = Some(theme.text.clone()),
            Some(known) if tables::plain(known) != tables::plain(&theme.text) => {
                let why = "its objective stands under another theme already";
                account.leave(theme.item, why);
            }
            Some(_) => {}
        }
        self.put(theme.item, "theme");
    }

    fn put(&mut self, item: usize, what: &'static str) {
        if item > 0 && !self.items.contains(&(item, what)) {
            self.items.push((item, what));
        }
    }
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

    /// Where the source names no priorities, its objectives are what the plan is to achieve.
    fn promote(&mut self, plan: &str) {
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
        let priorities = objectives.into_iter().map(|objective| Priority {
            id: objective.id.unwrap_or_default(),
            title: objective.title.unwrap_or_default(),
            items: objective.items.iter().map(|(item, _)| *item).collect(),
            objectives: vec![Objective {
                theme: objective.theme,
                actions: objective.actions,
                ..Objective::default()
            }],
            ..Priority::default()
        });
        self.priorities = priorities.collect();
    }

    /// Gives ids to what has none, and other ids to what has another's.
    pub fn number(&mut self, account: &mut Account) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for at in 0..self.priorities.len() {
            let wished = self.priorities[at].id.clone();
            let mut number = at + 1;
            let mut id = wished.clone();
            while id.is_empty() || taken.contains(&id) {
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
            taken.insert(id.clone());
            self.priorities[at].id = id;
        }
        self.objectives_apart(account);
        self.restarted(account);
        self.duplicates(account);
        self.missing(account);
    }

    /// Objectives of two priorities that have one number: the second has its priority's before it.
    fn objectives_apart(&mut self, account: &mut Account) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for priority in &mut self.priorities {
            for objective in &mut priority.objectives {
                let Some(wished) = objective.id.clone() else {
                    continue;
                };
                let mut id = wished.clone();
                let mut number = 1;
                while taken.contains(&id) {
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
                taken.insert(id.clone());
                objective.id = Some(id);
            }
        }
    }

    /// Numbers that begin anew with every priority are joined to their priority's.
    fn restarted(&mut self, account: &mut Account) {
        let of = |priority: &Priority| -> Vec<String> {
            let actions = priority
                .objectives
                .iter()
                .flat_map(|objective| &objective.actions);
            actions
                .map(|action| action.id.clone())
                .filter(|id| !id.is_empty())
                .collect()
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
            for action in priority
                .objectives
                .iter_mut()
                .flat_map(|objective| &mut objective.actions)
            {
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
    fn missing(&mut self, account: &mut Account) {
        let mut taken: BTreeSet<String> = self.each().map(|action| action.id.clone()).collect();
        let mut made = 0;
        for priority in &mut self.priorities {
            let actions = priority
                .objectives
                .iter_mut()
                .flat_map(|objective| &mut objective.actions);
            for (number, action) in (1..).zip(actions) {
                if !action.id.is_empty() {
                    continue;
                }
                let mut count = number;
                while taken.contains(&format!("{}.{count}", priority.id)) {
                    count += 1;
                }
                action.id = format!("{}.{count}", priority.id);
                taken.insert(action.id.clone());
                made += 1;
            }
        }
        if made > 0 {
            account.note(0, format!("{made} actions have no number in the source; they are counted within their priorities"));
        }
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
            period_end: Period::parse_plan(&front.period).map(|period| period.last),
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
        self.milestones = timescale
            .as_deref()
            .map_or(Vec::new(), |text| milestones(text, &self.id, context));
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

    /// Deadlines that stand in an action's own sentences, where the table has no column for them:
    /// "… by 29 June 2019". One is its timescale; several are its milestones.
    fn deadlines(&mut self, context: &Context) {
        let Some(text) = self.own.action.clone().or_else(|| self.impact.clone()) else {
            return;
        };
        let found = deadlines(&text, context);
        match found.as_slice() {
            [] => {}
            [(_, timescale)] => {
                self.own.timescale = Some(timescale.clone());
                self.readable = true;
            }
            several => self.milestones = lettered(&self.id, several),
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

/// Milestones with ids made of their action's and a letter.
fn lettered(id: &str, found: &[(String, String)]) -> Vec<(String, String, String)> {
    let letters = ('a'..='z').map(|letter| format!("{id}{letter}"));
    let milestones = letters.zip(found);
    milestones
        .map(|(id, (title, timescale))| (id, title.clone(), timescale.clone()))
        .collect()
}

/// Deadlines that stand below each other in one cell, each with what is then reached: "29 June 2019:
/// Published".
fn milestones(text: &str, id: &str, context: &Context) -> Vec<(String, String, String)> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let read = lines.iter().map(|line| {
        let (when, what) = line.trim_start_matches("- ").split_once(": ")?;
        Timescale::parse(when, context).ok()?;
        Some((what.to_owned(), when.to_owned()))
    });
    match read.collect::<Option<Vec<_>>>() {
        Some(found) if found.len() > 1 && found.len() <= 26 => lettered(id, &found),
        _ => Vec::new(),
    }
}

/// The clauses of a text that end in "by" and a day that can be read, each with its words and its
/// timescale.
fn deadlines(text: &str, context: &Context) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while at < words.len() {
        if words[at].ends_with(['.', ';']) {
            begin = at + 1;
        }
        if words[at] == "by"
            && let Some((end, timescale)) = longest_timescale(&words, at, context)
        {
            let clause = words[begin..at].join(" ");
            let clause = clause
                .trim_start_matches("and ")
                .trim_start_matches("with ")
                .to_owned();
            found.push((clause, timescale));
            begin = end;
            at = end;
            continue;
        }
        at += 1;
    }
    found
}

/// The longest run of words after "by" that is a timescale with a day; the end of its sentence ends it.
fn longest_timescale(words: &[&str], by: usize, context: &Context) -> Option<(usize, String)> {
    let most = (by + 8).min(words.len());
    let stop = (by + 1..most)
        .find(|&at| words[at].ends_with(['.', ',', ';']))
        .map_or(most, |at| at + 1);
    (by + 2..=stop).rev().find_map(|end| {
        let phrase = words[by..end].join(" ");
        let phrase = phrase.trim_end_matches(['.', ',', ';']);
        let read = Timescale::parse(phrase, context).ok()?;
        let dated = read.last_day().is_some() && read.condition().is_none();
        dated.then(|| (end, phrase.to_owned()))
    })
}

impl Objective {
    /// Moves to the objective what most of its actions have from one cell, or in the same words.
    fn hoist(&mut self) {
        if self.title.is_none() {
            return;
        }
        for field in SHARED {
            self.hoist_field(field);
        }
    }

    fn hoist_field(&mut self, field: Field) {
        let has = |action: &Action| {
            action
                .values
                .get(&field)
                .is_some_and(|found| !found.is_empty())
        };
        if self.actions.is_empty() || !self.actions.iter().all(has) {
            return;
        }
        let key = |action: &Action| get(&action.own, field);
        let cells = |action: &Action| -> Vec<usize> {
            action.values[&field]
                .iter()
                .map(|value| value.item)
                .collect()
        };
        let mut counts: Vec<(Key, usize, BTreeSet<Vec<usize>>)> = Vec::new();
        for action in &self.actions {
            let own = key(action);
            match counts.iter_mut().find(|(known, ..)| *known == own) {
                Some((_, count, from)) => {
                    *count += 1;
                    from.insert(cells(action));
                }
                None => counts.push((own, 1, BTreeSet::from([cells(action)]))),
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
        let texts = |action: &Action| action.impact.is_some() || self.actions.len() > 1 && one_cell;
        if field == Field::Action && !self.actions.iter().all(texts) {
            return;
        }
        let mut taken = None;
        for action in self
            .actions
            .iter_mut()
            .filter(|action| get(&action.own, field) == most)
        {
            let own = std::mem::take(&mut action.own);
            let (kept, moved) = split_off(own, field);
            action.own = kept;
            taken = taken.or(Some(moved));
        }
        if let Some(moved) = taken {
            set(&mut self.shared, moved, field);
        }
    }
}

type Key = Vec<String>;

fn get(shared: &Shared, field: Field) -> Key {
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
fn split_off(mut own: Shared, field: Field) -> (Shared, Shared) {
    let mut moved = Shared::default();
    match field {
        Field::Action => moved.action = own.action.take(),
        Field::Responsibility => {
            moved.responsibility = own.responsibility.take();
            moved.owners = std::mem::take(&mut own.owners);
        }
        Field::Lead => moved.lead = own.lead.take(),
        Field::Evidence => moved.evidence = std::mem::take(&mut own.evidence),
        Field::Measure => moved.measure = own.measure.take(),
        _ => moved.timescale = own.timescale.take(),
    }
    (own, moved)
}

fn set(shared: &mut Shared, moved: Shared, field: Field) {
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
