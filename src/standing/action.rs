//! What was said of an action: its reports one by one, and what was decided of it.

use crate::calendar::Day;
use crate::plan::{
    Action, ActionOrMilestone, Board, Completion, Entry, NO_GROUP, Plan, Rag, Status, Text,
};

use super::handed_on::HandedOn;
use super::subject::{Promise, Subject, since};
use super::{Ask, Asked};

/// What was said of an action up to a day.
#[derive(Clone, Debug)]
pub(super) struct FoldedAction<'b> {
    pub plan: &'b Plan,
    pub action: &'b Action,
    pub whole: Subject<'b>,
    pub milestones: Vec<Subject<'b>>,
    /// The last rating that a report gives.
    pub rag: Option<Rag>,
    /// Who gave it, where the report says.
    pub rag_by: Option<&'b Text>,
    /// The last rating that the board itself gives.
    pub board_rag: Option<Rag>,
    pub impact_rag: Option<Rag>,
    pub evidence: Vec<(&'b Text, Day)>,
    /// Whom entries ask to look at it, each with its entry.
    pub escalated: Vec<(&'b Text, usize)>,
    pub complete_since: Option<Day>,
    /// The entries about it, oldest first.
    pub history: Vec<usize>,
    /// The last report and its date.
    pub last_report: Option<(usize, Day)>,
    /// How it was withdrawn or carried forward.
    pub closure: Option<Closure<'b>>,
}

/// The date of the decision that closed an action, what was said of it until then, and what it had taken over.
#[derive(Clone, Debug)]
pub(super) struct Closure<'b> {
    pub date: Day,
    pub before: Box<FoldedAction<'b>>,
    pub taken_over: HandedOn,
}

impl<'b> FoldedAction<'b> {
    pub fn new(plan: &'b Plan, action: &'b Action) -> FoldedAction<'b> {
        let counted_from = first_day(plan, action, None);
        let promise = |deadline| Promise {
            deadline,
            counted_from,
        };
        // A milestone always gives its own timescale; one on the action moves nothing.
        let has_milestones = !action.milestones.is_empty();
        let whole = plan.baseline(action).filter(|_| !has_milestones);
        FoldedAction {
            plan,
            action,
            whole: Subject::new(whole.map(promise)),
            milestones: (action.milestones.iter())
                .map(|milestone| Subject::new(milestone.timescale.as_ref().map(promise)))
                .collect(),
            rag: None,
            rag_by: None,
            board_rag: None,
            impact_rag: None,
            evidence: Vec::new(),
            escalated: Vec::new(),
            complete_since: None,
            history: Vec::new(),
            last_report: None,
            closure: None,
        }
    }

    fn subject(&mut self, milestone: Option<usize>) -> &mut Subject<'b> {
        match milestone {
            Some(milestone) => &mut self.milestones[milestone],
            None => &mut self.whole,
        }
    }

    /// The status that was reported or decided of it, else what its milestones come to (points 1
    /// and 11); none where neither says.
    pub fn known_status(&self) -> Option<Status> {
        if self.milestones.is_empty() {
            return self.whole.status;
        }
        let all_closed = self.all_milestones_closed();
        if let Some(status) = self.whole.status {
            let gives_way = matches!(status, Status::NotStarted | Status::InProgress);
            if !(gives_way && all_closed) {
                return Some(status);
            }
        }
        let any = |status: Status| self.milestones.iter().any(|m| m.status == Some(status));
        if all_closed {
            let closed = [Status::Complete, Status::CarriedForward];
            let closed = closed.into_iter().find(|&status| any(status));
            return Some(closed.unwrap_or(Status::Withdrawn));
        }
        let mut open = self.milestones.iter().filter(|m| m.is_open());
        if open.all(|m| m.status == Some(Status::Paused)) {
            return Some(Status::Paused);
        }
        // Where a decision alone says that one of them is under way, so is the whole.
        let begun = |m: &Subject| m.status.is_some_and(|status| status != Status::NotStarted);
        let any_begun = self.milestones.iter().any(begun);
        any_begun.then_some(Status::InProgress)
    }

    fn all_milestones_closed(&self) -> bool {
        !self.milestones.is_empty() && self.milestones.iter().all(|m| !m.is_open())
    }

    pub fn is_open(&self) -> bool {
        self.known_status().is_none_or(Status::is_open)
    }

    /// What the action's deadline is taken from: itself, or the milestone whose turn it is, which
    /// is the earliest open one, or when none is open the last.
    pub fn shown(&self, day: Day) -> &Subject<'b> {
        if self.milestones.is_empty() {
            return &self.whole;
        }
        let due = |subject: &Subject| subject.in_force.and_then(|promise| promise.due(day));
        let open = || self.milestones.iter().filter(|m| m.is_open());
        // `min_by_key` keeps the first of two equals, as it is written.
        let dated = open().filter_map(|milestone| Some((due(milestone)?, milestone)));
        if let Some((_, earliest)) = dated.min_by_key(|(day, _)| *day) {
            return earliest;
        }
        if let Some(first) = open().next() {
            return first;
        }
        let mut last = &self.milestones[0];
        for milestone in &self.milestones {
            if due(milestone) > due(last) {
                last = milestone;
            }
        }
        last
    }

    /// The day that the baseline alone gives: of several milestones, the earliest.
    pub fn first_due(&self, day_of: impl Fn(&Promise<'b>) -> Option<Day>) -> Option<Day> {
        if self.milestones.is_empty() {
            return self.whole.baseline.as_ref().and_then(day_of);
        }
        let baselines = self.milestones.iter().filter_map(|m| m.baseline.as_ref());
        baselines.filter_map(day_of).min()
    }

    /// How often its own deadline, or one of its milestones', was moved back.
    pub fn slips(&self) -> u32 {
        let milestones = self.milestones.iter().map(|milestone| milestone.slips);
        self.whole.slips + milestones.sum::<u32>()
    }

    /// What is asked for of it, or of one of its open milestones; of several, the last.
    pub fn asked(&self) -> Asked<'b> {
        if !self.is_open() {
            return Asked::default();
        }
        let open = self.milestones.iter().filter(|m| m.is_open());
        open.fold(self.whole.asked, |asked, milestone| {
            asked.later(&milestone.asked)
        })
    }

    /// Its owners in force.
    pub fn owners(&self) -> &'b [Text] {
        let owners = self.whole.owners;
        owners.unwrap_or_else(|| self.plan.owners(self.action))
    }

    /// Its lead; none where others were agreed to own it instead.
    pub fn lead(&self) -> Option<&'b Text> {
        let lead = self.plan.lead(self.action)?;
        let owners = self.whole.owners;
        let stays = owners.is_none_or(|owners| owners.iter().any(|owner| **owner == **lead));
        stays.then_some(lead)
    }

    /// Takes one entry about it, or about one of its milestones, but for what it decides.
    pub fn take(
        &mut self,
        index: usize,
        entry: &'b Entry,
        target: ActionOrMilestone,
        date: Day,
        by: Reporter,
    ) {
        self.remember(index);
        if entry.is_report() {
            self.subject(target.milestone).is_reported = true;
            self.last_report = Some((index, date));
            if let Some(rag) = entry.reported_rag() {
                self.rag = Some(rag);
                self.rag_by = entry.by.as_ref();
            }
            self.impact_rag = entry.impact_rag.map(|rag| rag.value).or(self.impact_rag);
        } else if entry.is_by_board() {
            self.board_rag = entry.reported_rag().or(self.board_rag);
        }
        let evidence = entry.evidence.iter();
        self.evidence
            .extend(evidence.map(|item| (&item.title, date)));
        if let Some(group) = &entry.escalate {
            self.escalate(group, index);
        }
        if !entry.decides() {
            self.change(index, entry, target.milestone, date, by);
        }
        self.reopen(entry, target.milestone);
        self.note_completion(target.milestone, date);
        if !self.is_open() {
            self.escalated.clear();
        }
    }

    /// Keeps an entry in the history: once, though it may name the action and its milestones.
    fn remember(&mut self, index: usize) {
        let at = self.history.partition_point(|&other| other < index);
        if self.history.get(at) != Some(&index) {
            self.history.insert(at, index);
        }
    }

    /// Notes whom an entry asks to look at it; `none` takes that back.
    fn escalate(&mut self, group: &'b Text, entry: usize) {
        if group.eq_ignore_ascii_case(NO_GROUP) {
            self.escalated.clear();
        } else if !self
            .escalated
            .iter()
            .any(|(other, _)| other.value == group.value)
        {
            self.escalated.push((group, entry));
        }
    }

    /// Takes a status, a deadline and owners that an entry gives without a decision: what would
    /// make it look better than promised is only asked for (point 2).
    fn change(
        &mut self,
        index: usize,
        entry: &'b Entry,
        milestone: Option<usize>,
        date: Day,
        by: Reporter,
    ) {
        let is_open = self.is_open();
        let is_shared = entry.is_shared();
        let moves_whole = milestone.is_some() || self.milestones.is_empty();
        let subject = self.subject(milestone);
        if let Some(status) = entry.reported_status().map(|status| status.value) {
            let allowed = !is_shared || (is_open && !entry.is_shared_change(status));
            let counts = match status {
                Status::Complete => by.completes,
                status => !status.needs_agreement(),
            };
            if allowed {
                subject.report(index, status, counts, date, is_open);
            }
        }
        if is_shared {
            return;
        }
        if let Some(deadline) = entry.timescale.as_ref().filter(|_| moves_whole) {
            subject.asked.timescale = Some(Ask::new(index, deadline));
        }
        if let Some(owners) = &entry.owners {
            subject.asked.owners = Some(Ask::new(index, owners));
        }
    }

    /// A report that rates without a status reopens what is complete.
    fn reopen(&mut self, entry: &Entry, milestone: Option<usize>) {
        let rates = entry.reported_rag().is_some() && entry.reported_status().is_none();
        if !rates || !entry.is_report() || entry.is_shared() {
            return;
        }
        if milestone.is_none() && self.all_milestones_closed() {
            return;
        }
        let subject = self.subject(milestone);
        if subject.status == Some(Status::Complete) {
            subject.reopen();
        }
    }

    /// Takes what an entry decides: what it agrees to counts, what it refuses is asked for no more.
    pub fn decide(&mut self, index: usize, entry: &'b Entry, target: ActionOrMilestone, date: Day) {
        self.remember(index);
        match (&entry.agreed, &entry.refused) {
            (Some(_), None) => self.agree(entry, target.milestone, date),
            (None, Some(_)) => {
                self.subject(target.milestone).refuse(entry);
                if target.milestone.is_none() {
                    for milestone in &mut self.milestones {
                        milestone.refuse(entry);
                    }
                }
            }
            // Both at once is a finding, and decides nothing.
            _ => {}
        }
        if !self.is_open() {
            self.escalated.clear();
        }
    }

    fn agree(&mut self, entry: &'b Entry, milestone: Option<usize>, date: Day) {
        let is_open = self.is_open();
        let is_shared = entry.is_shared();
        let moves_whole = milestone.is_some() || self.milestones.is_empty();
        let subject = self.subject(milestone);
        let mut completed = date;
        if let Some(status) = entry.reported_status().map(|status| status.value)
            && (!is_shared || (is_open && !entry.is_shared_change(status)))
        {
            completed = subject.decide(status, date);
        }
        if !is_shared {
            if let Some(deadline) = entry.timescale.as_ref().filter(|_| moves_whole) {
                subject.revise(deadline, date);
            }
            if let Some(owners) = &entry.owners {
                subject.asked.owners = None;
                subject.owners = Some(owners);
            }
        }
        self.note_completion(milestone, completed);
    }

    /// Keeps count of since when it, or its milestone, has been complete without a break.
    fn note_completion(&mut self, milestone: Option<usize>, date: Day) {
        let mut whole = date;
        if let Some(milestone) = milestone {
            self.milestones[milestone].note_completion(date);
            // What is agreed last need not have been reported last: the whole is complete once all of it is.
            let parts = self.milestones.iter();
            let completed = parts.filter_map(|milestone| milestone.complete_since);
            whole = completed.fold(date, Day::max);
        }
        let complete = self.known_status() == Some(Status::Complete);
        self.complete_since = since(self.complete_since, complete, whole);
    }

    /// What an entry's author may do to it: see [`Reporter`].
    pub fn reporter(&self, entry: &Entry, target: ActionOrMilestone, board: &Board) -> Reporter {
        let reported = entry.reported_status().map(|status| status.value);
        let completes = reported == Some(Status::Complete)
            && self.plan.policy.complete == Completion::Reported
            && entry.by.as_ref().is_none_or(|by| {
                let milestone = target.milestone.and_then(|at| self.milestones[at].owners);
                let owners = milestone.unwrap_or_else(|| self.owners());
                match self.lead().filter(|_| milestone.is_none()) {
                    Some(lead) => board.speaks_for(by, lead),
                    None => owners.iter().any(|owner| board.speaks_for(by, owner)),
                }
            });
        Reporter { completes }
    }

    /// Whether an entry reports it complete while one of its milestones is open.
    pub fn is_premature(&self, entry: &Entry) -> bool {
        let reported = entry.reported_status().map(|status| status.value);
        reported == Some(Status::Complete) && self.milestones.iter().any(Subject::is_open)
    }

    /// Whether the bodies that were asked to look at it have spoken: those that an entry names as
    /// its author or as who decided end their own escalation, unless it is the entry that made it.
    pub fn hear(&mut self, index: usize, entry: &Entry) {
        let spoke = [&entry.by, &entry.agreed, &entry.refused];
        self.escalated.retain(|(group, asked_by)| {
            let has_spoken = spoke.into_iter().flatten().any(|by| **by == ***group);
            !has_spoken || *asked_by == index
        });
    }
}

/// What the author of an entry may do to an action.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reporter {
    /// Whether completion counts from it: it is the lead's, or where no lead is named an owner's,
    /// or nobody's by name, and the policy asks for no agreement.
    pub completes: bool,
}

/// The first day of an action (point 6): the latest of its plan's first day, the plan's adoption,
/// its own addition, and its start, of which a timescale gives the last where the action does not.
pub(super) fn first_day(plan: &Plan, action: &Action, start: Option<Day>) -> Option<Day> {
    let period = plan.period.map(|period| period.first);
    let adopted = plan.adopted.map(|adopted| adopted.value);
    let added = action.added.map(|added| added.value);
    let starts = start.or_else(|| starts(action));
    let days = [period, adopted, added, starts];
    days.into_iter().flatten().max()
}

/// The first day of what `starts` says.
pub(super) fn starts(action: &Action) -> Option<Day> {
    action.starts.as_ref()?.timescale()?.first_day()
}
