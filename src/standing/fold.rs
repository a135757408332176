//! Folds a plan's entries, in the order in which they apply, into what was said of each action.
//!
//! Day by day: the reports of a day count on it. What it decides waits until the day is over, and
//! takes effect over all that was said until then, so a day's standing is the one that its meeting
//! had before it (point 2).

use foldhash::{HashMap, HashMapExt};

use crate::calendar::Day;
use crate::plan::{About, ActionOrMilestone, Board, Entry, Plan, Rag, Status, Text};

use super::action::{Closure, FoldedAction};
use super::handed_on::HandedOn;

/// What was said of a plan up to a day.
pub(super) struct Folded<'b> {
    /// By index into [`Plan::actions`].
    pub actions: Vec<FoldedAction<'b>>,
    /// The last rating that an entry gives a priority itself.
    pub priorities: Vec<Option<Rag>>,
    /// The entries that report an action complete while one of its milestones is open.
    pub premature: Vec<usize>,
    /// The entries that rate an action which is closed.
    pub after_closure: Vec<usize>,
}

/// A plan's entries, while they are folded.
pub(super) struct Fold<'b> {
    board: &'b Board,
    plan: &'b Plan,
    pub folded: Folded<'b>,
    /// The actions of each objective that has an id, once an entry names one.
    objectives: Option<HashMap<&'b str, Vec<usize>>>,
    /// The entries of the day about each action that decide, or whose authors may have been asked
    /// to look at it.
    waiting: Vec<Waiting<'b>>,
}

/// An entry about an action of which something takes effect only when its day is over.
#[derive(Clone, Copy)]
struct Waiting<'b> {
    index: usize,
    entry: &'b Entry,
    target: ActionOrMilestone,
}

impl<'b> Fold<'b> {
    pub fn new(board: &'b Board, plan: &'b Plan) -> Fold<'b> {
        let actions = plan.actions.iter();
        Fold {
            board,
            plan,
            folded: Folded {
                actions: actions
                    .map(|action| FoldedAction::new(plan, action))
                    .collect(),
                priorities: vec![None; plan.priorities.len()],
                premature: Vec::new(),
                after_closure: Vec::new(),
            },
            objectives: None,
            waiting: Vec::new(),
        }
    }

    pub fn take(&mut self, index: usize, entry: &'b Entry, date: Day) {
        if let About::Priority(id) = &entry.about {
            let mut priorities = self.plan.priorities.iter();
            let rated = priorities.position(|priority| priority.id.as_str() == id.as_str());
            if let (Some(priority), Some(rag)) = (rated, entry.reported_rag()) {
                self.folded.priorities[priority] = Some(rag);
            }
            return;
        }
        for target in self.targets(&entry.about) {
            let added = self.plan.actions[target.action].added;
            if added.is_none_or(|added| added.value <= date) {
                self.tell(index, entry, target, date);
            }
        }
    }

    /// The actions and milestones that an entry is about.
    fn targets(&mut self, about: &'b About) -> Vec<ActionOrMilestone> {
        let named = |id: &Text| self.plan.index.get(id.as_str()).copied();
        match about {
            About::One(id) => named(id).into_iter().collect(),
            About::Several(ids) => ids.iter().filter_map(named).collect(),
            About::Objective(id) => {
                let plan = self.plan;
                let objectives = self.objectives.get_or_insert_with(|| by_objective(plan));
                let actions = objectives.get(id.value.as_str()).into_iter().flatten();
                let open = actions.filter(|&&action| self.folded.actions[action].is_open());
                let whole = open.map(|&action| ActionOrMilestone {
                    action,
                    milestone: None,
                });
                whole.collect()
            }
            About::Priority(_) | About::Nothing => Vec::new(),
        }
    }

    /// Tells an action of an entry about it, or about one of its milestones.
    fn tell(&mut self, index: usize, entry: &'b Entry, target: ActionOrMilestone, date: Day) {
        let action = &mut self.folded.actions[target.action];
        if !entry.only_decides() {
            // Evidence and impact may well come in later; a rating says that work goes on.
            let rates = entry.is_report()
                && entry.reported_rag().is_some()
                && entry.reported_status().is_none();
            if rates && !action.is_open() {
                self.folded.after_closure.push(index);
            }
            let reporter = action.reporter(entry, target, self.board);
            action.take(index, entry, target, date, reporter);
        }
        if target.milestone.is_none() && !entry.is_shared() && action.is_premature(entry) {
            self.folded.premature.push(index);
        }
        self.waiting.push(Waiting {
            index,
            entry,
            target,
        });
    }

    /// The actions that the day's end may withdraw or carry forward.
    pub fn may_close(&self) -> impl Iterator<Item = usize> {
        let closing = self.waiting.iter().filter(|waiting| waiting.may_close());
        closing.map(|waiting| waiting.target.action)
    }

    /// Ends a day: what its entries decided takes effect, and whoever was asked to look at an
    /// action and has spoken is asked no more. `taken_over` is what an action took over until then.
    pub fn end_day(&mut self, date: Day, taken_over: impl Fn(usize) -> HandedOn) {
        let may_close: Vec<(usize, Box<FoldedAction>)> = (self.may_close())
            .map(|action| (action, Box::new(self.folded.actions[action].clone())))
            .collect();
        let waiting = std::mem::take(&mut self.waiting);
        for Waiting {
            index,
            entry,
            target,
        } in &waiting
        {
            let action = &mut self.folded.actions[target.action];
            if entry.decides() {
                action.decide(*index, entry, *target, date);
            }
            action.hear(*index, entry);
        }
        for (action_index, before) in may_close {
            let action = &mut self.folded.actions[action_index];
            if is_given_up(action) && !is_given_up(&before) {
                action.closure = Some(Closure {
                    date,
                    before,
                    taken_over: taken_over(action_index),
                });
            }
        }
        for waiting in waiting {
            let action = &mut self.folded.actions[waiting.target.action];
            if action.closure.is_some() && !is_given_up(action) {
                action.closure = None;
            }
        }
    }
}

impl Waiting<'_> {
    /// Whether it may withdraw the action or carry it forward.
    fn may_close(&self) -> bool {
        let status = self.entry.reported_status().map(|status| status.value);
        self.entry.agreed.is_some()
            && !self.entry.is_shared()
            && matches!(status, Some(Status::Withdrawn | Status::CarriedForward))
    }
}

/// Whether an action is closed and not complete.
fn is_given_up(action: &FoldedAction) -> bool {
    let status = action.known_status();
    matches!(status, Some(Status::Withdrawn | Status::CarriedForward))
}

/// The actions of each objective that has an id.
fn by_objective(plan: &Plan) -> HashMap<&str, Vec<usize>> {
    let mut actions: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, action) in plan.actions.iter().enumerate() {
        let objective = action.objective.map(|at| &plan.objectives[at]);
        if let Some(id) = objective.and_then(|objective| objective.id.as_ref()) {
            actions.entry(&id.value).or_default().push(index);
        }
    }
    actions
}
