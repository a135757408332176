//! Judges: the baseline folded with the entries dated on or before a day.
//!
//! The rules are those of the project's design, section 5, by whose points they are cited here:
//!
//! | point | of what | where |
//! | --- | --- | --- |
//! | 1, 2 | status; what is asked for and what is agreed | `subject`, `action`, `fold` |
//! | 3, 4 | the timescale in force, slips, overdue and completed late | `subject`, `judge` |
//! | 5, 6 | due soon; reports, and when the next is expected | `judge`, `action` |
//! | 7, 8 | the rating that dates and reports give, and the one shown | `judge` |
//! | 9 | reasons, in words | `reason`, `reasons` |
//! | 10, 11 | priorities; actions with milestones | `judge`, `action` |
//! | 12, 13 | impact by an indicator; evidence promised and received | `impact`, `evidence` |
//! | 14, 15 | escalations; owners who report differently | `action`, `reasons` |
//! | 16 | the rating at closure | `fold`, `carried` |
//!
//! Pure: the day is passed in, and nothing here reads a clock, a file or a setting.

mod action;
mod board_fold;
mod carried;
mod evidence;
mod fold;
mod handed_on;
mod impact;
mod judge;
mod reason;
mod reasons;
mod subject;

use crate::calendar::Day;
use crate::plan::{Board, Deadline, Rag, Status, Text};

use board_fold::BoardFold;
pub use evidence::EvidenceName;
pub use impact::{Impact, Trend, judged_until, known, limits, stand};
use judge::Judge;
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
    /// Whether the plan is there: adopted on or before the day, or without a day of adoption.
    pub is_adopted: bool,
    /// By index into [`Plan::actions`](crate::plan::Plan::actions); none for an action that is added
    /// only later, and for all of a plan that is not yet adopted.
    pub actions: Vec<Option<Standing<'b>>>,
    /// By index into [`Plan::priorities`](crate::plan::Plan::priorities).
    pub priorities: Vec<Rag>,
}

/// How an action stands on a day.
#[derive(Debug)]
pub struct Standing<'b> {
    /// The day that it is judged on.
    pub day: Day,
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
    /// The day on which work on it is to begin, where one is given.
    pub starts: Option<Day>,
    /// Whether it is open, was never reported on, and starts only later.
    pub not_begun: bool,
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
    /// The one accountable owner; none where others were agreed to own it instead.
    pub lead: Option<&'b Text>,
    pub asked: Asked<'b>,
    /// The date of the last report: its own, else that of the action which it carries on.
    pub last_update: Option<Day>,
    /// Its own last report, as an index into [`Board::entries`].
    pub last_report: Option<usize>,
    /// The date since which it has been complete without a break.
    pub completed: Option<Day>,
    /// Whom its entries ask to look at it, and who has not spoken since.
    pub escalated: Vec<&'b Text>,
    /// Every owner's last report, where two of them differ.
    pub disagree: Vec<OwnReport<'b>>,
    /// The rating that it had as of the day of the decision that withdrew it or carried it forward, which takes
    /// effect on the next.
    pub rag_at_closure: Option<Rag>,
    pub assurance: Vec<Assured<'b>>,
    pub milestones: Vec<MilestoneStanding<'b>>,
    /// The entries about it, as indices into [`Board::entries`], oldest first.
    pub history: Vec<usize>,
    /// Why it stands so.
    pub reasons: Vec<Reason>,
}

impl Standing<'_> {
    /// Whether it was withdrawn or carried forward.
    pub fn is_given_up(&self) -> bool {
        matches!(self.status, Status::Withdrawn | Status::CarriedForward)
    }
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

/// What would make it look better than promised and that nobody has decided yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'b> {
    pub timescale: Option<Ask<&'b Deadline>>,
    pub owners: Option<Ask<&'b [Text]>>,
    pub status: Option<Ask<Status>>,
}

/// Something asked for, and the entry that asks: an index into [`Board::entries`].
#[derive(Clone, Copy, Debug)]
pub struct Ask<T> {
    pub entry: usize,
    pub value: T,
}

impl<T: Copy> Ask<T> {
    fn new(entry: usize, value: T) -> Ask<T> {
        Ask { entry, value }
    }

    /// Of two, what was asked last.
    fn later(a: Option<Ask<T>>, b: Option<Ask<T>>) -> Option<Ask<T>> {
        [a, b].into_iter().flatten().max_by_key(|ask| ask.entry)
    }
}

impl<'b> Asked<'b> {
    pub fn is_empty(&self) -> bool {
        self.timescale.is_none() && self.owners.is_none() && self.status.is_none()
    }

    /// Of each, what was asked last.
    fn later(self, other: &Asked<'b>) -> Asked<'b> {
        Asked {
            timescale: Ask::later(self.timescale, other.timescale),
            owners: Ask::later(self.owners, other.owners),
            status: Ask::later(self.status, other.status),
        }
    }
}

/// The last report that an owner made itself.
#[derive(Clone, Copy, Debug)]
pub struct OwnReport<'b> {
    pub by: &'b Text,
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    pub date: Day,
}

/// A piece of evidence: promised, received, or both.
#[derive(Debug)]
pub struct Assured<'b> {
    pub title: &'b Text,
    pub planned: bool,
    /// The dates of the entries that name it, oldest first.
    pub received: Vec<Day>,
}

/// Judges all plans of a board on a day.
pub fn judge(board: &Board, day: Day) -> BoardStanding<'_> {
    Judging::new(board).on(day)
}

/// Judges a board on one day after the other, for a fraction of what it costs to begin anew each time.
pub struct Judging<'b>(BoardFold<'b>);

impl<'b> Judging<'b> {
    pub fn new(board: &'b Board) -> Judging<'b> {
        Judging(BoardFold::new(board))
    }

    /// How the board stands on a day. Days may come in any order; those that go forward are the fast ones.
    pub fn on(&mut self, day: Day) -> BoardStanding<'b> {
        let Judging(folded) = self;
        folded.advance(day);
        let (board, carried) = (folded.board(), folded.taken_over(day));
        let plans = board.plans.iter().enumerate().map(|(index, plan)| {
            let is_adopted = plan.is_adopted_on(day);
            let judge = Judge {
                board,
                plan,
                index,
                folded: folded.plan(index),
                carried: &carried,
            };
            // Of a plan that is not there yet nothing is judged: of ten years of plans that is most.
            let stand = |action| judge.action(action, day);
            let actions: Vec<Option<Standing>> = (0..plan.actions.len())
                .map(|action| is_adopted.then(|| stand(action)).flatten())
                .collect();
            PlanStanding {
                is_adopted,
                priorities: judge.priorities(&actions),
                actions,
            }
        });
        BoardStanding {
            day,
            plans: plans.collect(),
        }
    }
}

/// What all entries about a plan amount to, whatever their day: for rules about entries.
#[derive(Debug)]
pub struct PlanEntries {
    /// The entries about each action, oldest first, as indices into [`Board::entries`].
    pub histories: Vec<Vec<usize>>,
    /// The entries that report an action complete while one of its milestones is open.
    pub premature: Vec<usize>,
    /// The entries that rate an action which is closed.
    pub after_closure: Vec<usize>,
}

/// Folds all entries about each plan of a board.
pub fn account(board: &Board) -> Vec<PlanEntries> {
    let folded = BoardFold::new(board).finish().into_iter();
    let entries = folded.map(|plan| PlanEntries {
        histories: (plan.actions.into_iter())
            .map(|action| action.history)
            .collect(),
        premature: plan.premature,
        after_closure: plan.after_closure,
    });
    entries.collect()
}

#[cfg(test)]
mod tests;
