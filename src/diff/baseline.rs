//! Compares a plan's file with the same file at another time, by what it means: comments, quoting,
//! the order of fields and of actions, and a text that is given once for all instead of to each are
//! no change.

use std::collections::{HashMap, HashSet};

use super::statements::*;
use crate::plan::fields::ACTION_FIELDS;
use crate::plan::{Action, Indicator, Milestone, Objective, Plan, PlanSection, Priority, Text};
use crate::source::Span;

/// What sort of thing a plan says something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThingKind {
    Plan,
    Section,
    Thread,
    Heading,
    Indicator,
    Priority,
    Objective,
    Action,
    Milestone,
}

impl ThingKind {
    pub fn word(self) -> &'static str {
        match self {
            ThingKind::Plan => "the plan",
            ThingKind::Section => "section",
            ThingKind::Thread => "thread",
            ThingKind::Heading => "heading",
            ThingKind::Indicator => "indicator",
            ThingKind::Priority => "priority",
            ThingKind::Objective => "objective",
            ThingKind::Action => "action",
            ThingKind::Milestone => "milestone",
        }
    }

    /// Whether entries report on it by its id: an action, or a milestone, whose id counts as one.
    pub fn is_action(self) -> bool {
        matches!(self, ThingKind::Action | ThingKind::Milestone)
    }
}

/// A thing that a plan says something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Thing<'b> {
    pub kind: ThingKind,
    /// Its id; of what has none, its name. Empty for the plan itself.
    pub id: &'b str,
    /// Of several with one id, which.
    nth: usize,
}

impl std::fmt::Display for Thing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            ThingKind::Plan => f.write_str("the plan"),
            ThingKind::Section | ThingKind::Heading => {
                write!(f, "the {} \"{}\"", self.kind.word(), self.id)
            }
            kind => write!(f, "{} {}", kind.word(), self.id),
        }
    }
}

/// One difference between two states of a plan.
#[derive(Clone, Debug)]
pub enum BaselineChange<'b> {
    /// The thing is new.
    Added {
        thing: Thing<'b>,
        name: &'b str,
        at: Span,
    },
    /// The thing is gone: where it stood nearest, and what it was called.
    Removed {
        thing: Thing<'b>,
        name: &'b str,
        at: Span,
    },
    /// A field of a thing that both have.
    Edited {
        thing: Thing<'b>,
        field: &'static str,
        then: Option<Statement>,
        now: Option<Statement>,
        at: Span,
    },
}

impl<'b> BaselineChange<'b> {
    pub fn thing(&self) -> Thing<'b> {
        match self {
            BaselineChange::Added { thing, .. }
            | BaselineChange::Removed { thing, .. }
            | BaselineChange::Edited { thing, .. } => *thing,
        }
    }
}

/// The field that says what a thing stands below.
pub const PLACE: &str = "place";

/// A thing with its place, the thing that it belongs to, and all that is said of it.
struct ThingState<'b> {
    thing: Thing<'b>,
    at: Span,
    parent: usize,
    name: &'b str,
    statements: Vec<Statement>,
}

/// All that a plan says, in the order of its file; the plan itself comes first.
struct PlanState<'b> {
    plan: &'b Plan,
    things: Vec<ThingState<'b>>,
    index: HashMap<Thing<'b>, usize>,
}

/// What changed between two states of a plan, in the order of the later one, what is gone last.
pub fn changes<'b>(then: &'b Plan, now: &'b Plan) -> Vec<BaselineChange<'b>> {
    let (then, now) = (PlanState::of(then), PlanState::of(now));
    let pairs = pairs(then.plan, now.plan);
    let mut changes = Vec::new();
    for state in &now.things {
        match then.get(state.thing) {
            // The list of their titles says which sections came and went.
            None if state.thing.kind == ThingKind::Section => {}
            None => changes.push(BaselineChange::Added {
                thing: state.thing,
                name: state.name,
                at: state.at,
            }),
            Some(before) => edits(before, state, &pairs, &mut changes),
        }
    }
    for (index, state) in then.things.iter().enumerate() {
        if now.get(state.thing).is_none() && state.thing.kind != ThingKind::Section {
            changes.push(BaselineChange::Removed {
                thing: state.thing,
                name: state.name,
                at: then.nearest(index, &now),
            });
        }
    }
    changes
}

/// The fields that differ between two states of a thing.
fn edits<'b>(
    then: &ThingState<'b>,
    now: &ThingState<'b>,
    pairs: &Pairs<'b>,
    changes: &mut Vec<BaselineChange<'b>>,
) {
    let gone = then.statements.iter().map(|statement| statement.field);
    let fields = now.statements.iter().map(|statement| statement.field);
    let mut seen = HashSet::new();
    for field in fields.chain(gone).filter(|field| seen.insert(*field)) {
        let (before, after) = (find(then, field), find(now, field));
        let same = before.map(|s| &s.meaning) == after.map(|s| &s.meaning);
        // What holds no action stands nowhere in particular.
        let placed = field != PLACE || before.is_some() && after.is_some();
        if same || !placed || given_elsewhere(then.thing, field, pairs) {
            continue;
        }
        changes.push(BaselineChange::Edited {
            thing: now.thing,
            field,
            then: before.cloned(),
            now: after.cloned(),
            at: after.and_then(|after| after.at).unwrap_or(now.at),
        });
    }
}

fn find<'s>(state: &'s ThingState, field: &str) -> Option<&'s Statement> {
    state.statements.iter().find(|s| s.field == field)
}

/// The actions that both states of a plan have, with their plans, by the action itself and by what each
/// belongs or belonged to.
type Pairs<'b> = HashMap<(ThingKind, &'b str), Vec<[(&'b Plan, &'b Action); 2]>>;

fn pairs<'b>(old: &'b Plan, new: &'b Plan) -> Pairs<'b> {
    let mut pairs = Pairs::new();
    for before in &old.actions {
        let target = new.index.get(before.id.as_str());
        let Some(target) = target.filter(|target| target.milestone.is_none()) else {
            continue;
        };
        let after = &new.actions[target.action];
        let both = [(old, before), (new, after)];
        let mut keys = vec![(ThingKind::Action, before.id.as_str())];
        for (plan, action) in both {
            let objective = action
                .objective
                .map(|at| objective_id(&plan.objectives[at]));
            keys.extend(objective.map(|id| (ThingKind::Objective, id)));
            let priority = plan.priority_of(action);
            keys.extend(priority.map(|priority| (ThingKind::Priority, priority.id.as_str())));
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            pairs.entry(key).or_default().push(both);
        }
    }
    pairs
}

/// Whether a field that may be given once for all is only given in another place: every action below
/// says the same as before.
fn given_elsewhere(thing: Thing, field: &str, pairs: &Pairs) -> bool {
    let mut shared = ACTION_FIELDS.iter().filter(|row| row.is_shared());
    let Some(field) = shared.find(|row| row.name() == field) else {
        return false;
    };
    let effective = |(plan, action): (&Plan, &Action)| {
        let found = of_field(field, plan.value(action, field));
        found.map(|statement| statement.meaning)
    };
    let below = pairs.get(&(thing.kind, thing.id));
    below.is_some_and(|pairs| {
        let mut pairs = pairs.iter();
        pairs.all(|&[before, after]| effective(before) == effective(after))
    })
}

/// How many things back the nearest one that is still there is looked for.
const FAR: usize = 1000;

impl<'b> PlanState<'b> {
    fn of(plan: &'b Plan) -> PlanState<'b> {
        let mut state = PlanState {
            plan,
            things: Vec::new(),
            index: HashMap::new(),
        };
        state.head();
        let mut objectives: HashMap<usize, usize> = HashMap::new();
        let mut actions: Vec<Vec<&Action>> = vec![Vec::new(); plan.priorities.len()];
        let mut of_log: Vec<&Action> = Vec::new();
        for action in &plan.actions {
            match action.priority {
                Some(priority) => actions[priority].push(action),
                None => of_log.push(action),
            }
        }
        for (priority, actions) in plan.priorities.iter().zip(actions) {
            let place = state.priority(priority);
            for action in actions {
                let parent = match action.objective {
                    None => place,
                    Some(index) => *objectives
                        .entry(index)
                        .or_insert_with(|| state.objective(&plan.objectives[index], place)),
                };
                state.action(action, parent);
            }
        }
        for action in of_log {
            state.action(action, 0);
        }
        for (index, objective) in plan.objectives.iter().enumerate() {
            if !objectives.contains_key(&index) {
                state.objective(objective, 0);
            }
        }
        state
    }

    fn get(&self, thing: Thing) -> Option<&ThingState<'b>> {
        Some(&self.things[*self.index.get(&thing)?])
    }

    fn add(
        &mut self,
        kind: ThingKind,
        id: &'b str,
        at: Span,
        parent: usize,
        name: &'b str,
        statements: Vec<Option<Statement>>,
    ) -> usize {
        let mut thing = Thing { kind, id, nth: 0 };
        while self.index.contains_key(&thing) {
            thing.nth += 1;
        }
        self.index.insert(thing, self.things.len());
        self.things.push(ThingState {
            thing,
            at,
            parent,
            name,
            statements: statements.into_iter().flatten().collect(),
        });
        self.things.len() - 1
    }

    /// Where something that is gone stood nearest: after the one before it, else in what it belonged
    /// to, as the later state has them.
    fn nearest(&self, index: usize, now: &PlanState) -> Span {
        let gone = &self.things[index];
        let before = self.things[..index].iter().rev().take(FAR);
        let siblings = before
            .filter(|other| other.parent == gone.parent && other.thing.kind == gone.thing.kind);
        if let Some(sibling) = siblings.filter_map(|other| now.get(other.thing)).next() {
            return sibling.at;
        }
        match now.get(self.things[gone.parent].thing) {
            Some(parent) => parent.at,
            None if gone.parent != index => self.nearest(gone.parent, now),
            None => now.plan.at,
        }
    }

    /// What the plan says outside its tables. Every field of a plan is named here, so that a new one
    /// cannot be forgotten.
    fn head(&mut self) {
        let Plan {
            stem: _,
            at,
            title,
            period,
            period_at,
            adopted,
            says_adopted: _,
            sections,
            threads,
            headings,
            policy,
            policy_at,
            indicators,
            priorities: _,
            objectives: _,
            actions: _,
            index: _,
            indicator_index: _,
        } = self.plan;
        let mut statements = vec![
            of_text("plan", Some(title)),
            period.map(|period| plain("period", period.to_string(), *period_at)),
            adopted.map(|day| plain("adopted", day.value.to_string(), day.at)),
        ];
        statements.extend(of_policy(policy, *policy_at));
        let titles: Vec<Text> = sections
            .iter()
            .map(|section| section.title.clone())
            .collect();
        statements.push(in_order("sections", &titles));
        self.add(ThingKind::Plan, "", *at, 0, title, statements);
        // Whom a section is shown to is no part of what was agreed.
        for PlanSection { title, text, .. } in sections {
            let statements = vec![of_text("text", text.as_ref())];
            self.add(ThingKind::Section, title, title.at, 0, title, statements);
        }
        for (kind, pairs) in [(ThingKind::Thread, threads), (ThingKind::Heading, headings)] {
            for (key, text) in pairs {
                let statements = vec![of_text("text", Some(text))];
                self.add(kind, key, key.at, 0, text, statements);
            }
        }
        for indicator in indicators {
            let Indicator { id, title, .. } = indicator;
            let name = title.as_ref().map_or("", |title| title);
            self.add(
                ThingKind::Indicator,
                id,
                id.at,
                0,
                name,
                of_indicator(indicator),
            );
        }
    }

    fn priority(&mut self, priority: &'b Priority) -> usize {
        let Priority {
            id,
            title,
            outcomes,
            shared,
        } = priority;
        let mut statements = vec![
            of_text("title", Some(title)),
            in_order("outcomes", outcomes),
        ];
        statements.extend(of_shared(shared));
        self.add(ThingKind::Priority, id, id.at, 0, title, statements)
    }

    fn objective(&mut self, objective: &'b Objective, parent: usize) -> usize {
        let Objective {
            id: _,
            theme,
            title,
            shared,
        } = objective;
        let at = objective.id.as_ref().map_or(title.at, |id| id.at);
        let mut statements = vec![
            of_text("theme", theme.as_ref()),
            of_text("title", Some(title)),
            self.place(parent, at),
        ];
        statements.extend(of_shared(shared));
        let id = objective_id(objective);
        self.add(ThingKind::Objective, id, at, parent, title, statements)
    }

    fn action(&mut self, action: &'b Action, parent: usize) {
        let id = &action.id;
        let mut statements: Vec<_> = of_action(action).collect();
        statements.push(self.place(parent, id.at));
        statements.extend(of_shared(&action.own));
        let name = self.plan.name(action);
        let index = self.add(ThingKind::Action, id, id.at, parent, name, statements);
        for milestone in &action.milestones {
            self.milestone(milestone, index);
        }
    }

    fn milestone(&mut self, milestone: &'b Milestone, parent: usize) {
        let Milestone {
            id,
            title,
            timescale,
        } = milestone;
        let statements = vec![
            of_text("title", title.as_ref()),
            of_deadline("timescale", timescale.as_ref()),
            self.place(parent, id.at),
        ];
        let name = title.as_ref().map_or("", |title| title);
        self.add(ThingKind::Milestone, id, id.at, parent, name, statements);
    }

    /// Where something stands, as a field of it: moving it elsewhere is a change.
    fn place(&self, parent: usize, at: Span) -> Option<Statement> {
        let parent = self.things.get(parent).filter(|_| parent > 0)?.thing;
        Some(plain(PLACE, format!("below {parent}"), at))
    }
}

/// An objective's id, else its title, by which two states of a plan are compared.
pub fn objective_id(objective: &Objective) -> &str {
    objective.id.as_ref().map_or(&objective.title, |id| id)
}
