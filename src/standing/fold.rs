//! Folds a plan's entries, in the order in which they apply, into what was said of each action.

use std::collections::HashMap;

use crate::calendar::Day;
use crate::plan::{About, Action, Board, Deadline, Entry, Plan, Rag, Status, Target, Text};

use super::{Asked, due, fixed};

/// What was said of a plan up to a day.
pub(super) struct Folded<'b> {
    /// By index into [`Plan::actions`].
    pub actions: Vec<FoldedAction<'b>>,
    /// The last rating that an entry gives a priority itself.
    pub priorities: Vec<Option<Rag>>,
    /// The entries that report an action complete while one of its milestones is open.
    pub premature: Vec<usize>,
    /// The entries that rate an action which is closed, and leave it so.
    pub after_closure: Vec<usize>,
}

/// What was said of an action.
pub(super) struct FoldedAction<'b> {
    pub whole: Subject<'b>,
    pub milestones: Vec<Subject<'b>>,
    /// Other owners that somebody agreed to.
    pub owners: Option<&'b [Text]>,
    pub rag: Option<Rag>,
    pub impact_rag: Option<Rag>,
    pub evidence: Vec<(&'b Text, Day)>,
    pub escalated: Option<&'b Text>,
    pub complete_since: Option<Day>,
    pub history: Vec<usize>,
}

/// What has its own deadline and status: an action as a whole, or a milestone.
#[derive(Default)]
pub(super) struct Subject<'b> {
    pub baseline: Option<&'b Deadline>,
    pub in_force: Option<&'b Deadline>,
    pub slips: u32,
    pub reported: Option<Status>,
    pub named: bool,
    pub complete_since: Option<Day>,
    pub asked: Open<'b>,
}

/// What is asked for, each with the entry that asks, to tell which was last.
#[derive(Clone, Default)]
pub(super) struct Open<'b> {
    timescale: Option<(usize, &'b Deadline)>,
    owners: Option<(usize, &'b [Text])>,
    status: Option<(usize, Status)>,
}

impl<'b> Open<'b> {
    pub fn values(&self) -> Asked<'b> {
        Asked {
            timescale: self.timescale.map(|(_, value)| value),
            owners: self.owners.map(|(_, value)| value),
            status: self.status.map(|(_, value)| value),
        }
    }

    /// Of two, what was asked last.
    fn later(self, other: &Open<'b>) -> Open<'b> {
        fn last<T: Copy>(a: Option<(usize, T)>, b: Option<(usize, T)>) -> Option<(usize, T)> {
            [a, b].into_iter().flatten().max_by_key(|(entry, _)| *entry)
        }
        Open {
            timescale: last(self.timescale, other.timescale),
            owners: last(self.owners, other.owners),
            status: last(self.status, other.status),
        }
    }
}

impl<'b> Subject<'b> {
    fn new(baseline: Option<&'b Deadline>) -> Subject<'b> {
        Subject {
            baseline,
            in_force: baseline,
            ..Subject::default()
        }
    }

    /// Its own status (point 1): the last that counts, else in progress once an entry names it.
    pub fn status(&self) -> Status {
        self.reported.unwrap_or(if self.named {
            Status::InProgress
        } else {
            Status::NotStarted
        })
    }

    /// Takes a new deadline: in force if somebody agreed to it, else asked for (points 2 and 3).
    fn revise(&mut self, index: usize, new: &'b Deadline, agreed: bool) {
        if !agreed {
            self.asked.timescale = Some((index, new));
            return;
        }
        self.asked.timescale = None;
        let slipped = match (fixed(self.in_force), fixed(Some(new))) {
            (Some(old), Some(new)) => new > old,
            (Some(_), None) => true,
            (None, _) => false,
        };
        self.slips += u32::from(slipped);
        self.in_force = Some(new);
    }

    fn report(&mut self, index: usize, status: Status, agreed: bool) {
        if status.needs_agreement() && !agreed {
            self.asked.status = Some((index, status));
        } else {
            self.asked.status = None;
            self.reported = Some(status);
        }
    }
}

impl<'b> FoldedAction<'b> {
    fn new(plan: &'b Plan, action: &'b Action) -> FoldedAction<'b> {
        let milestones = &action.milestones;
        FoldedAction {
            whole: Subject::new(match milestones.is_empty() {
                true => plan.baseline(action),
                // A milestone always gives its own; one on the action moves nothing.
                false => None,
            }),
            milestones: (milestones.iter())
                .map(|milestone| Subject::new(milestone.timescale.as_ref()))
                .collect(),
            owners: None,
            rag: None,
            impact_rag: None,
            evidence: Vec::new(),
            escalated: None,
            complete_since: None,
            history: Vec::new(),
        }
    }

    pub fn last_update(&self, board: &Board) -> Option<Day> {
        let last = *self.history.last()?;
        board.entries[last].date.map(|date| date.value)
    }

    /// The status of the whole (points 1 and 11).
    pub fn status(&self) -> Status {
        if self.milestones.is_empty() {
            return self.whole.status();
        }
        let all_closed = self.milestones.iter().all(|m| !m.status().is_open());
        if let Some(reported) = self.whole.reported {
            let gives_way = matches!(reported, Status::NotStarted | Status::InProgress);
            if !(gives_way && all_closed) {
                return reported;
            }
        }
        let any = |status: Status| self.milestones.iter().any(|m| m.status() == status);
        if all_closed {
            return [Status::Complete, Status::CarriedForward]
                .into_iter()
                .find(|&status| any(status))
                .unwrap_or(Status::Withdrawn);
        }
        let mut open = self.milestones.iter().filter(|m| m.status().is_open());
        if open.all(|m| m.status() == Status::Paused) {
            Status::Paused
        } else if self.history.is_empty() {
            Status::NotStarted
        } else {
            Status::InProgress
        }
    }

    /// What the action's deadline is taken from: itself, or the milestone whose turn it is: the
    /// earliest open one, or when none is open the last.
    pub fn shown(&self, day: Day) -> &Subject<'b> {
        let day_of = |subject: &Subject| due(subject.in_force, day);
        self.turn(day_of)
    }

    fn turn(&self, day_of: impl Fn(&Subject) -> Option<Day>) -> &Subject<'b> {
        if self.milestones.is_empty() {
            return &self.whole;
        }
        let open: Vec<&Subject> = (self.milestones.iter())
            .filter(|milestone| milestone.status().is_open())
            .collect();
        let dated = open.iter().filter_map(|m| Some((day_of(m)?, *m)));
        // `min_by_key` keeps the first of two equals, as it is written.
        if let Some((_, earliest)) = dated.min_by_key(|(day, _)| *day) {
            return earliest;
        }
        if let Some(first) = open.first() {
            return first;
        }
        let mut last = &self.milestones[0];
        for milestone in &self.milestones {
            if day_of(milestone) > day_of(last) {
                last = milestone;
            }
        }
        last
    }

    /// The day that the baseline alone gives: of several milestones, the earliest.
    pub fn first_due(&self, day: Day) -> Option<Day> {
        self.first(|deadline| due(deadline, day))
    }

    /// The same without the days of cycles, which count for no slip.
    pub fn first_fixed(&self) -> Option<Day> {
        self.first(fixed)
    }

    fn first(&self, day_of: impl Fn(Option<&'b Deadline>) -> Option<Day>) -> Option<Day> {
        if self.milestones.is_empty() {
            return day_of(self.whole.baseline);
        }
        let days = self.milestones.iter().filter_map(|m| day_of(m.baseline));
        days.min()
    }

    pub fn slips(&self) -> u32 {
        let milestones = self.milestones.iter().map(|milestone| milestone.slips);
        self.whole.slips + milestones.sum::<u32>()
    }

    /// What is asked for of it, or of one of its milestones; of several, the last.
    pub fn asked(&self) -> Asked<'b> {
        let whole = self.whole.asked.clone();
        let asked =
            (self.milestones.iter()).fold(whole, |asked, milestone| asked.later(&milestone.asked));
        asked.values()
    }

    /// Takes one entry about it, or about one of its milestones.
    fn take(&mut self, index: usize, entry: &'b Entry, milestone: Option<usize>, shared: bool) {
        // An entry may name an action and its milestone, or two milestones: it is one entry all the same.
        if self.history.last() != Some(&index) {
            self.history.push(index);
        }
        self.rag = entry.reported_rag().or(self.rag);
        self.impact_rag = entry.impact_rag.map(|rag| rag.value).or(self.impact_rag);
        self.escalated = entry.escalate.as_ref();
        let Some(date) = entry.date.map(|date| date.value) else {
            return;
        };
        for item in &entry.evidence {
            self.evidence.push((&item.title, date));
        }
        let has_milestones = !self.milestones.is_empty();
        let subject = match milestone {
            Some(milestone) => &mut self.milestones[milestone],
            None => &mut self.whole,
        };
        subject.named = true;
        let agreed = entry.agreed.is_some();
        if let Some(status) = entry.reported_status().map(|status| status.value)
            && (!shared || matches!(status, Status::NotStarted | Status::InProgress))
        {
            subject.report(index, status, agreed);
        }
        if !shared {
            if let Some(deadline) = &entry.timescale
                && (milestone.is_some() || !has_milestones)
            {
                subject.revise(index, deadline, agreed);
            }
            if let Some(owners) = &entry.owners {
                match agreed {
                    false => subject.asked.owners = Some((index, owners)),
                    true => {
                        subject.asked.owners = None;
                        if milestone.is_none() {
                            self.owners = Some(owners);
                        }
                    }
                }
            }
        }
    }

    /// Whether an entry reports it complete while one of its milestones is open.
    fn is_premature(&self, entry: &Entry) -> bool {
        let reported = entry.reported_status().map(|status| status.value);
        reported == Some(Status::Complete) && self.milestones.iter().any(|m| m.status().is_open())
    }

    /// Keeps count of since when it, or its milestone, has been complete without a break.
    fn note_completion(&mut self, milestone: Option<usize>, date: Day) {
        if let Some(milestone) = milestone.map(|at| &mut self.milestones[at]) {
            let complete = milestone.status() == Status::Complete;
            milestone.complete_since = since(milestone.complete_since, complete, date);
        }
        let complete = self.status() == Status::Complete;
        self.complete_since = since(self.complete_since, complete, date);
    }
}

/// The date since which something holds, after an entry of a date.
fn since(before: Option<Day>, holds: bool, date: Day) -> Option<Day> {
    holds.then(|| before.unwrap_or(date))
}

/// Folds the entries about a plan that are dated on or before a day, or all.
pub(super) fn fold<'b>(board: &'b Board, plan: usize, until: Option<Day>) -> Folded<'b> {
    let baseline = &board.plans[plan];
    let mut folded = Folded {
        actions: (baseline.actions.iter())
            .map(|action| FoldedAction::new(baseline, action))
            .collect(),
        priorities: vec![None; baseline.priorities.len()],
        premature: Vec::new(),
        after_closure: Vec::new(),
    };
    let objectives = by_objective(baseline);
    for (index, entry) in board.entries.iter().enumerate() {
        let Some(date) = entry.date.map(|date| date.value) else {
            continue;
        };
        if entry.plan != Some(plan) || until.is_some_and(|day| date > day) {
            continue;
        }
        let exists = |target: &Target| {
            let added = baseline.actions[target.action].added;
            added.is_none_or(|added| added.value <= date)
        };
        let named = |id: &Text| baseline.index.get(&id.value).copied();
        let (targets, shared): (Vec<Target>, bool) = match &entry.about {
            About::One(id) => (named(id).into_iter().collect(), false),
            About::Several(ids) => (ids.iter().filter_map(named).collect(), true),
            About::Objective(id) => {
                let actions = objectives.get(id.value.as_str()).into_iter().flatten();
                let open = actions.filter(|&&action| folded.actions[action].status().is_open());
                let whole = open.map(|&action| Target {
                    action,
                    milestone: None,
                });
                (whole.collect(), true)
            }
            About::Priority(id) => {
                let rated = baseline
                    .priorities
                    .iter()
                    .position(|p| p.id.as_str() == id.as_str());
                if let (Some(priority), Some(rag)) = (rated, entry.reported_rag()) {
                    folded.priorities[priority] = Some(rag);
                }
                continue;
            }
            About::Nothing => continue,
        };
        for target in targets.into_iter().filter(exists) {
            let action = &mut folded.actions[target.action];
            // Evidence and impact may well come in later; a rating says that work goes on.
            let rates = entry.reported_rag().is_some() && entry.status.is_none();
            if rates && !action.status().is_open() {
                folded.after_closure.push(index);
            }
            action.take(index, entry, target.milestone, shared);
            action.note_completion(target.milestone, date);
            if target.milestone.is_none() && !shared && action.is_premature(entry) {
                folded.premature.push(index);
            }
        }
    }
    folded
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
