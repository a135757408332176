//! Compares two standings of a board (what got better and what got worse), and two states of its
//! files (what was changed in the plan as adopted, and in what was reported).

pub mod baseline;
pub mod entries;
pub mod origin;
pub mod statements;

use crate::calendar::Day;
use crate::estate::Reading;
use crate::plan::{Board, Plan, Rag, Status};
use crate::standing::{PlanStanding, Standing};

/// How an action changed between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Better,
    Worse,
    /// It did not exist on the first day.
    New,
}

/// A changed action: its index in the plan, its course, and its ratings then and now.
#[derive(Clone, Copy, Debug)]
pub struct RatingChange {
    pub action: usize,
    pub course: Course,
    pub then: Option<Rag>,
    pub now: Rag,
}

/// The actions of a plan whose rating changed between two days, and those that are new.
pub fn changes(then: &PlanStanding, now: &PlanStanding) -> Vec<RatingChange> {
    let pairs = then.actions.iter().zip(&now.actions);
    let changes = pairs.enumerate().filter_map(|(action, (then, now))| {
        let now = now.as_ref()?;
        let course = match then {
            None => Course::New,
            Some(then) => course(then, now)?,
        };
        Some(RatingChange {
            action,
            course,
            then: then.as_ref().map(|then| then.rag),
            now: now.rag,
        })
    });
    changes.collect()
}

/// Better or worse by rating: complete is best; grey for work not yet reported lies between green
/// and amber, so that a first report of green is no loss. What the board paused, withdrew or carried
/// forward is neither.
pub fn course(then: &Standing, now: &Standing) -> Option<Course> {
    let is_set_aside = now.is_given_up() || now.status == Status::Paused;
    if is_set_aside && now.status != then.status {
        return None;
    }
    let rank = |standing: &Standing| match (standing.rag, standing.status.is_open()) {
        (Rag::Blue, _) => 0,
        (Rag::Green, _) => 2,
        (Rag::Grey, true) => 3,
        (Rag::Grey, false) => 1,
        (Rag::Amber, _) => 4,
        (Rag::Red, _) => 5,
    };
    match rank(now).cmp(&rank(then)) {
        std::cmp::Ordering::Less => Some(Course::Better),
        std::cmp::Ordering::Greater => Some(Course::Worse),
        std::cmp::Ordering::Equal => None,
    }
}

/// An entry that decides something of an action: indices into the plan's actions and the board's
/// entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecidedEntry {
    pub action: usize,
    pub entry: usize,
}

/// What was decided of the actions of a plan after an earlier day, as it counts on the day of their
/// standing: what that earlier day's own meeting decided among it.
pub fn decided(board: &Board, then: Day, now: &PlanStanding) -> Vec<DecidedEntry> {
    let standings = now.actions.iter().enumerate();
    let decided = standings.flat_map(|(action, standing)| {
        let day = standing.as_ref().map(|standing| standing.day);
        let history = standing.iter().flat_map(|standing| &standing.history);
        history.filter_map(move |&entry| {
            let from = board.entries[entry].decided_from()?;
            let is_new = from > then && Some(from) <= day;
            is_new.then_some(DecidedEntry { action, entry })
        })
    });
    decided.collect()
}

/// What changed between two states of a board's files.
pub struct BoardChange<'b> {
    pub plans: Vec<PlanChange<'b>>,
    pub entries: entries::EntryChanges,
}

/// What changed in a plan: one that only one state has is new, or gone.
pub struct PlanChange<'b> {
    pub then: Option<&'b Plan>,
    pub now: Option<&'b Plan>,
    pub changes: Vec<baseline::BaselineChange<'b>>,
}

/// Compares two states of a board; a plan is known by its file's stem.
pub fn between<'b>(then: &'b Reading, now: &'b Reading) -> BoardChange<'b> {
    let first = |plans: &'b [Plan], stem: &str| plans.iter().find(|plan| plan.stem == stem);
    let (old, new) = (&then.board.plans, &now.board.plans);
    let mut plans = Vec::new();
    for plan in new {
        let before = first(old, &plan.stem);
        plans.push(PlanChange {
            then: before,
            now: Some(plan),
            changes: before.map_or_else(Vec::new, |before| baseline::changes(before, plan)),
        });
    }
    for plan in old.iter().filter(|plan| first(new, &plan.stem).is_none()) {
        plans.push(PlanChange {
            then: Some(plan),
            now: None,
            changes: Vec::new(),
        });
    }
    BoardChange {
        plans,
        entries: entries::changes((&then.board, &then.sources), (&now.board, &now.sources)),
    }
}
