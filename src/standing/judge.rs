//! Judges one plan, action by action.

use crate::calendar::Day;
use crate::plan::{Board, DUE_SOON, DueSoon, Plan, Rag, Status, WHOLE_BOARD};

use super::action::{FoldedAction, first_day, starts};
use super::carried::TakenOver;
use super::evidence::assurance;
use super::fold::Folded;
use super::handed_on::HandedOn;
use super::subject::Subject;
use super::{Asked, MilestoneStanding, OwnReport, Standing, impact, reasons};

pub(super) struct Judge<'b, 'f> {
    pub board: &'b Board,
    pub plan: &'b Plan,
    pub index: usize,
    pub folded: &'f Folded<'b>,
    pub carried: &'f TakenOver,
}

impl<'b> Judge<'b, '_> {
    /// How an action stands on a day; none before it is added.
    pub fn action(&self, index: usize, day: Day) -> Option<Standing<'b>> {
        let action = &self.plan.actions[index];
        if action.added.is_some_and(|added| added.value > day) {
            return None;
        }
        let folded = &self.folded.actions[index];
        let taken_over = self.carried.taken_over(self.index, index);
        let mut standing = self.stand(folded, taken_over, day);
        if standing.is_given_up() {
            let closure = folded.closure.as_ref();
            standing.rag_at_closure = closure.map(|closure| {
                self.stand(&closure.before, closure.taken_over, closure.date)
                    .rag
            });
        }
        standing.reasons = reasons::for_standing(self.board, self.plan, &standing, folded);
        Some(standing)
    }

    /// How an action stands of which this was said and taken over, but for its reasons.
    fn stand(&self, folded: &FoldedAction<'b>, taken_over: HandedOn, day: Day) -> Standing<'b> {
        let action = folded.action;
        let status = taken_over.status_of(folded);
        let is_open = status.is_open();
        let subject = folded.shown(day);
        let in_force = subject.in_force;
        let due = in_force.and_then(|promise| promise.due(day));
        let overdue = is_open && due.is_some_and(|due| due < day);
        let timescale = in_force.map(|promise| promise.deadline);
        let start = starts(action).or_else(|| timescale?.timescale()?.start());
        let last_update = (folded.last_report.map(|(_, date)| date)).or(taken_over.last_report);
        let completed = folded.complete_since;
        let impact = impact::for_action(self.plan, action, day);
        let mut standing = Standing {
            day,
            status,
            timescale,
            due,
            first_due: folded.first_due(|promise| promise.due(day)),
            slips: folded.slips() + taken_over.slips,
            overdue,
            days_late: days_late(overdue.then_some(day), completed, due, subject),
            due_soon: due.is_some_and(|due| is_open && due >= day && due <= self.soon(day)),
            starts: start,
            not_begun: is_open && last_update.is_none() && start.is_some_and(|start| start > day),
            review_due: None,
            unreported: false,
            reported_rag: folded.rag.or(taken_over.rag),
            computed_rag: Rag::Grey,
            rag: Rag::Grey,
            over_rated: false,
            impact_rag: match &impact {
                Some(impact) => Some(impact.rag),
                None => folded.impact_rag,
            },
            impact,
            owners: folded.owners(),
            lead: folded.lead(),
            asked: folded.asked(),
            last_update,
            last_report: folded.last_report.map(|(entry, _)| entry),
            completed,
            escalated: folded.escalated.iter().map(|(group, _)| *group).collect(),
            disagree: self.disagreement(folded),
            rag_at_closure: None,
            assurance: assurance(self.plan.evidence(action), folded),
            milestones: (folded.milestones.iter())
                .map(|milestone| stand_milestone(milestone, is_open, day))
                .collect(),
            history: folded.history.clone(),
            reasons: Vec::new(),
        };
        standing.review_due = self.review_due(folded, &standing).filter(|_| is_open);
        standing.unreported = standing.review_due.is_some_and(|review| review < day);
        self.rate(&mut standing, folded.board_rag);
        standing
    }

    /// Sets the ratings: what dates and reports allow, what is shown, and whether the reported one
    /// is too good (points 7 and 8).
    fn rate(&self, standing: &mut Standing, board_rag: Option<Rag>) {
        standing.computed_rag = self.computed(standing, standing.slips > 0);
        standing.rag = standing.computed_rag;
        if !standing.status.is_open() {
            return;
        }
        let reported = standing.reported_rag.unwrap_or(Rag::Grey);
        let worse = standing.computed_rag.worse(reported);
        standing.rag = if worse == Rag::Green && reported != Rag::Green {
            Rag::Grey
        } else {
            worse
        };
        // Grey is better than amber, so only amber and red of the board's make anything worse.
        if let Some(board @ (Rag::Red | Rag::Amber)) = board_rag {
            standing.rag = standing.rag.worse(board);
        }
        let without_slips = self.computed(standing, false);
        standing.over_rated = reported.is_better_than(without_slips);
    }

    /// The rating that dates and reports give (point 7): the first that holds.
    fn computed(&self, standing: &Standing, slipped: bool) -> Rag {
        let never_reported = standing.last_update.is_none();
        match standing.status {
            Status::Complete => Rag::Blue,
            Status::Withdrawn | Status::CarriedForward => Rag::Grey,
            _ if standing.overdue => self.overdue_rag(standing),
            Status::Paused => Rag::Amber,
            _ if standing.unreported || slipped => Rag::Amber,
            _ if never_reported && standing.due_soon => Rag::Amber,
            _ if never_reported => Rag::Grey,
            _ => Rag::Green,
        }
    }

    /// Red, but amber up to and with the last day of the policy's `red_after`.
    fn overdue_rag(&self, standing: &Standing) -> Rag {
        let red_after = self.plan.policy.red_after;
        let last_amber = red_after.and_then(|interval| Some(standing.due?.plus(interval)));
        match last_amber {
            Some(last_amber) if standing.day <= last_amber => Rag::Amber,
            _ => Rag::Red,
        }
    }

    /// The last day that counts as due soon (point 5).
    fn soon(&self, day: Day) -> Day {
        match self.plan.policy.due_soon {
            DueSoon::Within(interval) => day.plus(interval),
            DueSoon::NextMeeting => (self.board.schedule(WHOLE_BOARD))
                .and_then(|schedule| schedule.next_after(day))
                .unwrap_or_else(|| day.plus(DUE_SOON)),
        }
    }

    /// The day by which an action's next report is expected (point 6): counted from its own last
    /// report, else from its first day, or from the last report of the action that it carries on
    /// where that is later.
    fn review_due(&self, folded: &FoldedAction, standing: &Standing) -> Option<Day> {
        let policy = self.plan.policy.review.interval;
        let first_day = first_day(self.plan, folded.action, standing.starts);
        let base = match folded.last_report {
            Some((_, date)) => date,
            None => first_day.max(standing.last_update)?,
        };
        let timescale = standing.timescale.and_then(|deadline| deadline.timescale());
        Some(match timescale {
            Some(timescale) => {
                timescale.review_after(base, policy, self.board.schedule(WHOLE_BOARD))
            }
            None => base.plus(policy),
        })
    }

    /// Every owner's own last report, where two of them differ in rating, or in complete against
    /// open (point 15).
    fn disagreement(&self, folded: &FoldedAction<'b>) -> Vec<OwnReport<'b>> {
        let lead = folded.lead();
        let owners = folded.owners();
        let lead = lead.filter(|lead| !owners.iter().any(|owner| **owner == ***lead));
        if owners.len() + usize::from(lead.is_some()) < 2 || folded.history.len() < 2 {
            return Vec::new();
        }
        let own_report = |owner| {
            let entries = folded.history.iter().rev();
            let mut entries = entries.map(|&at| &self.board.entries[at]);
            let entry = entries.find(|entry| {
                let by = entry.by.as_deref();
                by == Some(owner) && entry.is_report()
            })?;
            let status = entry.reported_status().map(|status| status.value);
            Some(OwnReport {
                by: entry.by.as_ref()?,
                rag: entry.reported_rag(),
                status: status
                    .filter(|&status| !entry.decides() && !entry.is_shared_change(status)),
                date: entry.date?.value,
            })
        };
        let owners = lead.into_iter().chain(owners).map(|owner| owner.as_str());
        let reports: Vec<OwnReport> = owners.filter_map(own_report).collect();
        let differ = |a: &OwnReport, b: &OwnReport| {
            let ratings = a.rag.zip(b.rag).is_some_and(|(a, b)| a != b);
            let complete = a.is_complete().zip(b.is_complete());
            ratings || complete.is_some_and(|(a, b)| a != b)
        };
        let any = (reports.iter().enumerate())
            .any(|(at, a)| reports[at + 1..].iter().any(|b| differ(a, b)));
        if any { reports } else { Vec::new() }
    }

    /// How each priority stands (point 10).
    pub fn priorities(&self, actions: &[Option<Standing>]) -> Vec<Rag> {
        let mut below = vec![Below::default(); self.plan.priorities.len()];
        for (action, standing) in self.plan.actions.iter().zip(actions) {
            if let (Some(priority), Some(standing)) = (action.priority, standing) {
                below[priority].add(standing);
            }
        }
        let rated = self.folded.priorities.iter();
        let both = below.into_iter().zip(rated);
        both.map(|(below, rating)| below.rag(*rating)).collect()
    }
}

/// What is known of the actions below a priority.
#[derive(Clone, Copy, Default)]
struct Below {
    /// The worst of those that are open.
    open: Option<Rag>,
    is_one_complete: bool,
    is_one_carried_forward: bool,
}

impl Below {
    fn add(&mut self, standing: &Standing) {
        if standing.status.is_open() {
            let worst = self.open.unwrap_or(standing.rag);
            self.open = Some(worst.worse(standing.rag));
        }
        self.is_one_complete |= standing.status == Status::Complete;
        self.is_one_carried_forward |= standing.status == Status::CarriedForward;
    }

    /// With the last rating that an entry gives the priority itself.
    fn rag(self, rating: Option<Rag>) -> Rag {
        match self.open {
            Some(worst) => rating.unwrap_or(Rag::Grey).worse(worst),
            None if self.is_one_complete && !self.is_one_carried_forward => Rag::Blue,
            None => Rag::Grey,
        }
    }
}

impl OwnReport<'_> {
    /// Whether it reports the action complete or, by a status or a rating, open; none where it says
    /// neither.
    fn is_complete(&self) -> Option<bool> {
        match self.status {
            Some(Status::Complete) => Some(true),
            Some(status) => status.is_open().then_some(false),
            None => self.rag.map(|_| false),
        }
    }
}

/// How one of several deadlines of an action stands.
fn stand_milestone<'b>(
    subject: &Subject<'b>,
    action_is_open: bool,
    day: Day,
) -> MilestoneStanding<'b> {
    let status = subject.own_status();
    let due = subject.in_force.and_then(|promise| promise.due(day));
    MilestoneStanding {
        status,
        timescale: subject.in_force.map(|promise| promise.deadline),
        due,
        first_due: subject.baseline.and_then(|promise| promise.due(day)),
        overdue: status.is_open() && due.is_some_and(|due| due < day),
        slips: subject.slips,
        asked: if action_is_open && status.is_open() {
            subject.asked
        } else {
            Asked::default()
        },
        completed: subject.complete_since,
    }
}

/// Days after the due day (point 4): none unless overdue, or completed late.
fn days_late(
    overdue_on: Option<Day>,
    completed: Option<Day>,
    due: Option<Day>,
    subject: &Subject,
) -> Option<i64> {
    if let Some(day) = overdue_on {
        return Some(day.days_since(due?));
    }
    let last_day = subject.in_force?.last_day()?;
    Some(completed?.days_since(last_day)).filter(|&days| days > 0)
}
