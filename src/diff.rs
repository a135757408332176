//! Compares two standings of a board: what got better and what got worse.

use crate::plan::Rag;
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
pub struct Change {
    pub action: usize,
    pub course: Course,
    pub then: Option<Rag>,
    pub now: Rag,
}

/// The actions of a plan whose rating changed between two days, and those that are new.
pub fn changes(then: &PlanStanding, now: &PlanStanding) -> Vec<Change> {
    let pairs = then.actions.iter().zip(&now.actions);
    let changes = pairs.enumerate().filter_map(|(action, (then, now))| {
        let now = now.as_ref()?;
        let course = match then {
            None => Course::New,
            Some(then) => course(then, now)?,
        };
        Some(Change {
            action,
            course,
            then: then.as_ref().map(|then| then.rag),
            now: now.rag,
        })
    });
    changes.collect()
}

/// Better or worse by rating: complete is best; grey for work not yet reported lies between green
/// and amber, so that a first report of green is no loss.
fn course(then: &Standing, now: &Standing) -> Option<Course> {
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
