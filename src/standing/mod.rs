//! Judges: the baseline folded with the entries dated on or before a day. Design section 5.
//!
//! Pure: the day is passed in, and nothing here reads a clock, a file or a setting.

mod fold;
mod impact;
mod reason;
mod reasons;

use crate::calendar::Day;
use crate::plan::{
    Action, Board, DUE_SOON, Deadline, DueSoon, Plan, Rag, Status, Text, WHOLE_BOARD,
};

use fold::{Folded, FoldedAction, Subject, fold};
pub use impact::{Impact, stand};
pub use reason::{Reason, Request, sentences};

/// How a board stands on a day: one for each of its plans, in their order.
#[derive(Debug)]
pub struct BoardStanding<'b> {
    pub day: Day,
    pub plans: Vec<PlanStanding<'b>>,
}

/// How a plan stands on a day.
#[derive(Debug)]
pub struct PlanStanding<'b> {
    /// By index into [`Plan::actions`]; none for an action that is added only later.
    pub actions: Vec<Option<Standing<'b>>>,
    /// By index into [`Plan::priorities`].
    pub priorities: Vec<Rag>,
}

/// How an action stands on a day.
#[derive(Debug)]
pub struct Standing<'b> {
    pub status: Status,
    /// The deadline in force: the last agreed revision, else the baseline's.
    pub timescale: Option<&'b Deadline>,
    /// Its last day; of a cycle with a named month, the next.
    pub due: Option<Day>,
    /// The day that the baseline alone gives.
    pub first_due: Option<Day>,
    /// How often its deadline was moved back, carried-on actions' moves included.
    pub slips: u32,
    pub overdue: bool,
    /// Days after the due day: to the day asked while overdue, to its completion if that was late.
    pub days_late: Option<i64>,
    pub due_soon: bool,
    /// The day by which the next report is expected; none for what is closed.
    pub review_due: Option<Day>,
    pub unreported: bool,
    pub reported_rag: Option<Rag>,
    pub computed_rag: Rag,
    pub rag: Rag,
    /// Whether it is reported better than dates and reports allow.
    pub over_rated: bool,
    /// What difference it makes: by its indicator if it has one, else as last reported.
    pub impact_rag: Option<Rag>,
    pub impact: Option<Impact>,
    /// Its owners in force.
    pub owners: &'b [Text],
    pub asked: Asked<'b>,
    pub last_update: Option<Day>,
    /// The date since which it has been complete without a break.
    pub completed: Option<Day>,
    /// Whom the last report asks to look at it.
    pub escalated: Option<&'b Text>,
    pub assurance: Vec<Assured<'b>>,
    pub milestones: Vec<MilestoneStanding<'b>>,
    /// The entries about it, as indices into [`Board::entries`], oldest first.
    pub history: Vec<usize>,
    /// Why it stands so.
    pub reasons: Vec<Reason>,
}

/// How one of several deadlines of an action stands, whatever holds for the whole.
#[derive(Debug)]
pub struct MilestoneStanding<'b> {
    pub status: Status,
    pub timescale: Option<&'b Deadline>,
    pub due: Option<Day>,
    pub first_due: Option<Day>,
    pub overdue: bool,
    pub slips: u32,
    pub asked: Asked<'b>,
    pub completed: Option<Day>,
}

/// What would make it look better than promised and that nobody has agreed to yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'b> {
    pub timescale: Option<&'b Deadline>,
    pub owners: Option<&'b [Text]>,
    pub status: Option<Status>,
}

impl Asked<'_> {
    pub fn is_empty(&self) -> bool {
        self.timescale.is_none() && self.owners.is_none() && self.status.is_none()
    }
}

/// A piece of evidence: promised, received, or both.
#[derive(Debug)]
pub struct Assured<'b> {
    pub title: &'b Text,
    pub planned: bool,
    /// The day of the first entry that names it.
    pub received: Option<Day>,
}

/// Judges all plans of a board on a day.
pub fn judge(board: &Board, day: Day) -> BoardStanding<'_> {
    let folded: Vec<Folded> = (0..board.plans.len())
        .map(|plan| fold(board, plan, Some(day)))
        .collect();
    let plans = board.plans.iter().enumerate().map(|(index, plan)| {
        let judge = Judge {
            board,
            folded: &folded,
            plan,
            index,
            day,
        };
        let actions: Vec<Option<Standing>> = (0..plan.actions.len())
            .map(|action| judge.action(action))
            .collect();
        let priorities = (0..plan.priorities.len())
            .map(|priority| judge.priority(priority, &actions))
            .collect();
        PlanStanding {
            actions,
            priorities,
        }
    });
    BoardStanding {
        day,
        plans: plans.collect(),
    }
}

/// What all entries about a plan amount to, whatever their day: for rules about entries.
#[derive(Debug)]
pub struct Account {
    /// The entries about each action, oldest first, as indices into [`Board::entries`].
    pub histories: Vec<Vec<usize>>,
    /// The entries that report an action complete while one of its milestones is open.
    pub premature: Vec<usize>,
    /// The entries that rate an action which is closed, and leave it so.
    pub after_closure: Vec<usize>,
}

/// Folds all entries about a plan.
pub fn account(board: &Board, plan: usize) -> Account {
    let folded = fold(board, plan, None);
    let histories = folded.actions.into_iter().map(|action| action.history);
    Account {
        histories: histories.collect(),
        premature: folded.premature,
        after_closure: folded.after_closure,
    }
}

struct Judge<'b, 'f> {
    board: &'b Board,
    /// By plan.
    folded: &'f [Folded<'b>],
    plan: &'b Plan,
    index: usize,
    day: Day,
}

impl<'b> Judge<'b, '_> {
    fn action(&self, index: usize) -> Option<Standing<'b>> {
        let action = &self.plan.actions[index];
        if action.added.is_some_and(|added| added.value > self.day) {
            return None;
        }
        let folded = &self.folded[self.index].actions[index];
        let status = folded.status();
        let open = status.is_open();
        let subject = folded.shown(self.day);
        let timescale = subject.in_force;
        let due = due(timescale, self.day);
        let overdue = open && due.is_some_and(|due| due < self.day);
        let completed = folded.complete_since;
        let review_due = self.review_due(action, timescale, folded).filter(|_| open);
        let impact = impact::of(self.plan, action, self.day);
        let mut standing = Standing {
            status,
            timescale,
            due,
            first_due: folded.first_due(self.day),
            slips: self.slips(self.index, index, &mut Vec::new()),
            overdue,
            days_late: days_late(overdue, completed, due, fixed(timescale), self.day),
            due_soon: open && due.is_some_and(|due| due >= self.day && due <= self.window_end()),
            review_due,
            unreported: review_due.is_some_and(|review| review < self.day),
            reported_rag: folded.rag,
            computed_rag: Rag::Grey,
            rag: Rag::Grey,
            over_rated: false,
            impact_rag: match &impact {
                Some(impact) => Some(impact.rag),
                None => folded.impact_rag,
            },
            impact,
            owners: folded.owners.unwrap_or_else(|| self.plan.owners(action)),
            asked: folded.asked(),
            last_update: folded.last_update(self.board),
            completed,
            escalated: folded.escalated.filter(|_| open),
            assurance: assurance(self.plan, action, folded),
            milestones: (folded.milestones.iter())
                .map(|milestone| self.milestone(milestone))
                .collect(),
            history: folded.history.clone(),
            reasons: Vec::new(),
        };
        self.rate(&mut standing);
        standing.reasons = reasons::for_standing(self, action, &standing, folded);
        Some(standing)
    }

    /// Sets the ratings: computed, shown, and whether the reported one is too good (points 7 and 8).
    fn rate(&self, standing: &mut Standing) {
        let slipped = standing.slips > 0;
        standing.computed_rag = computed(standing, slipped);
        let reported = standing.reported_rag.unwrap_or(Rag::Grey);
        standing.rag = if standing.status.is_open() {
            standing.computed_rag.worse(reported)
        } else {
            standing.computed_rag
        };
        let without_slips = computed(standing, false);
        standing.over_rated = standing.status.is_open()
            && reported.badness() > 0
            && reported.badness() < without_slips.badness();
    }

    fn milestone(&self, subject: &Subject<'b>) -> MilestoneStanding<'b> {
        let status = subject.status();
        let due = due(subject.in_force, self.day);
        MilestoneStanding {
            status,
            timescale: subject.in_force,
            due,
            first_due: self::due(subject.baseline, self.day),
            overdue: status.is_open() && due.is_some_and(|due| due < self.day),
            slips: subject.slips,
            asked: subject.asked.values(),
            completed: subject.complete_since,
        }
    }

    /// The last day that counts as due soon (point 5).
    fn window_end(&self) -> Day {
        match self.plan.policy.due_soon {
            DueSoon::Within(interval) => self.day.plus(interval),
            DueSoon::NextMeeting => (self.board.schedule(WHOLE_BOARD))
                .and_then(|schedule| schedule.next_after(self.day))
                .unwrap_or_else(|| self.day.plus(DUE_SOON)),
        }
    }

    /// The day by which an open action's next report is expected (point 6).
    fn review_due(
        &self,
        action: &Action,
        timescale: Option<&Deadline>,
        folded: &FoldedAction<'b>,
    ) -> Option<Day> {
        let policy = self.plan.policy.review;
        let base = folded
            .last_update(self.board)
            .or_else(|| first_day(self.plan, action))?;
        let timescale = timescale.and_then(Deadline::timescale);
        Some(match timescale {
            Some(timescale) => {
                timescale.review_after(base, policy, self.board.schedule(WHOLE_BOARD))
            }
            None => base.plus(policy),
        })
    }

    /// How often an action's deadline was moved back, its own revisions and those of the actions
    /// that it carries on (point 3). `seen` keeps a circle of actions from turning for ever.
    fn slips(&self, plan: usize, action: usize, seen: &mut Vec<(usize, usize)>) -> u32 {
        let folded = &self.folded[plan].actions[action];
        let own = folded.slips();
        if seen.contains(&(plan, action)) {
            return 0;
        }
        seen.push((plan, action));
        let from = &self.board.plans[plan].actions[action].from;
        let Some((from_plan, from_action)) =
            from.as_ref().and_then(|from| self.board.referred(from))
        else {
            return own;
        };
        let before = &self.folded[from_plan].actions[from_action];
        let later = match (folded.first_fixed(), fixed(before.shown(self.day).in_force)) {
            (Some(first), Some(due)) => u32::from(first > due),
            _ => 0,
        };
        own + later + self.slips(from_plan, from_action, seen)
    }

    /// A priority's rating (point 10).
    fn priority(&self, priority: usize, actions: &[Option<Standing>]) -> Rag {
        let own: Vec<&Standing> = (self.plan.actions.iter().zip(actions))
            .filter(|(action, _)| action.priority == Some(priority))
            .filter_map(|(_, standing)| standing.as_ref())
            .collect();
        let open: Vec<&&Standing> = own.iter().filter(|s| s.status.is_open()).collect();
        if !open.is_empty() {
            let rating = self.folded[self.index].priorities[priority];
            return open
                .iter()
                .fold(rating.unwrap_or(Rag::Grey), |worst, standing| {
                    worst.worse(standing.rag)
                });
        }
        let any = |status: Status| own.iter().any(|standing| standing.status == status);
        if any(Status::Complete) && !any(Status::CarriedForward) {
            Rag::Blue
        } else {
            Rag::Grey
        }
    }
}

/// The rating that dates and reports give (point 7): the first that holds.
fn computed(standing: &Standing, slipped: bool) -> Rag {
    let never_reported = standing.history.is_empty();
    match standing.status {
        Status::Complete => Rag::Blue,
        Status::Withdrawn | Status::CarriedForward => Rag::Grey,
        _ if standing.overdue => Rag::Red,
        Status::Paused => Rag::Amber,
        _ if standing.unreported || slipped => Rag::Amber,
        _ if never_reported && standing.due_soon => Rag::Amber,
        _ if never_reported => Rag::Grey,
        _ => Rag::Green,
    }
}

/// A deadline's day as seen from the day asked; a cycle with a named month has its next.
fn due(deadline: Option<&Deadline>, day: Day) -> Option<Day> {
    deadline?.timescale()?.due_on_or_after(day)
}

/// A deadline's one last day; a cycle has none.
fn fixed(deadline: Option<&Deadline>) -> Option<Day> {
    deadline?.timescale()?.last_day()
}

/// Days after the due day (point 4): none unless overdue, or completed late.
fn days_late(
    overdue: bool,
    completed: Option<Day>,
    due: Option<Day>,
    fixed: Option<Day>,
    day: Day,
) -> Option<i64> {
    if overdue {
        return Some(day.days_since(due?));
    }
    Some(completed?.days_since(fixed?)).filter(|&days| days > 0)
}

/// The first day on which an action could have been reported on: the latest of its plan's first day,
/// the plan's adoption and its own addition.
fn first_day(plan: &Plan, action: &Action) -> Option<Day> {
    let period = plan.period.map(|period| period.first);
    let adopted = plan.adopted.map(|adopted| adopted.value);
    let added = action.added.map(|added| added.value);
    [period, adopted, added].into_iter().flatten().max()
}

/// The evidence that an action promises and the evidence that came in (point 13), promised first.
fn assurance<'b>(
    plan: &'b Plan,
    action: &'b Action,
    folded: &FoldedAction<'b>,
) -> Vec<Assured<'b>> {
    let planned = plan.evidence(action);
    let received = |title: &str| {
        let named = folded.evidence.iter().find(|(item, _)| same(item, title));
        named.map(|&(_, day)| day)
    };
    let mut assurance: Vec<Assured> = planned
        .iter()
        .map(|item| Assured {
            title: &item.title,
            planned: true,
            received: received(&item.title),
        })
        .collect();
    for &(title, day) in &folded.evidence {
        if !assurance.iter().any(|known| same(known.title, title)) {
            assurance.push(Assured {
                title,
                planned: false,
                received: Some(day),
            });
        }
    }
    assurance
}

/// Whether two names of evidence are one: case and spaces do not matter.
pub fn same(a: &str, b: &str) -> bool {
    let first = |text: &str| text.bytes().find(|byte| !byte.is_ascii_whitespace());
    let may_be = match (first(a), first(b)) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => a.eq_ignore_ascii_case(&b),
        _ => true,
    };
    a == b || (may_be && letters(a).eq(letters(b)))
}

/// A text's letters in lower case, its words parted by one space each.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().flat_map(|word| [" ", word]);
    words.flat_map(str::chars).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests;
