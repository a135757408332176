//! How a board wants its plan judged.

use std::fmt;

use super::{Completion, Rag, Text};
use crate::calendar::Interval;

/// How the board wants its plan judged.
#[derive(Debug)]
pub struct Policy {
    pub due_soon: DueSoon,
    /// How often an open action must be reported on.
    pub review: Frequency,
    pub labels: Vec<(Text, Text)>,
    /// Further words of the board's own scheme, each with the rating that it stands for.
    pub words: Vec<(Text, Rag)>,
    /// When a report of completion counts.
    pub complete: Completion,
    /// How long an overdue action is amber before it is red; none: red at once.
    pub red_after: Option<Interval>,
}

/// How often something is due, said as the board says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency {
    pub interval: Interval,
    /// Whether the board counts in school terms.
    in_terms: bool,
}

impl Frequency {
    /// An interval that was read from these words.
    pub fn written(interval: Interval, words: &str) -> Frequency {
        let in_terms = words.to_lowercase().contains("term");
        Frequency { interval, in_terms }
    }
}

impl fmt::Display for Frequency {
    /// "every quarter", "every term", "every 6 weeks".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.interval {
            Interval::Months(4) if self.in_terms => f.write_str("every term"),
            Interval::Months(2) if self.in_terms => f.write_str("every half term"),
            Interval::Months(3) => f.write_str("every quarter"),
            Interval::Months(1) => f.write_str("every month"),
            Interval::Months(12) | Interval::Years(1) => f.write_str("every year"),
            Interval::Weeks(1) => f.write_str("every week"),
            other => write!(f, "every {other}"),
        }
    }
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
            review: Frequency::written(Interval::Months(3), ""),
            labels: Vec::new(),
            words: Vec::new(),
            complete: Completion::Reported,
            red_after: None,
        }
    }
}
