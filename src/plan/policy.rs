//! How a board wants its plan judged.

use super::{Completion, Rag, Text};
use crate::calendar::Interval;

/// How the board wants its plan judged.
#[derive(Debug)]
pub struct Policy {
    pub due_soon: DueSoon,
    /// How often an open action must be reported on.
    pub review: Interval,
    pub labels: Vec<(Text, Text)>,
    /// Further words of the board's own scheme, each with the rating that it stands for.
    pub words: Vec<(Text, Rag)>,
    /// When a report of completion counts.
    pub complete: Completion,
    /// How long an overdue action is amber before it is red; none: red at once.
    pub red_after: Option<Interval>,
}

/// What counts as due soon.
#[derive(Clone, Copy, Debug)]
pub enum DueSoon {
    Within(Interval),
    NextMeeting,
}

/// The window of `due_soon` where a plan gives none, or where no next meeting is known.
pub const DUE_SOON: Interval = Interval::Days(30);

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            due_soon: DueSoon::Within(DUE_SOON),
            review: Interval::Months(3),
            labels: Vec::new(),
            words: Vec::new(),
            complete: Completion::Reported,
            red_after: None,
        }
    }
}
