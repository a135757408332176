//! What one action hands on to the next, as data: how it is worked out stands in `carried.rs`.

use crate::calendar::Day;
use crate::plan::{Rag, Status};

/// What one action hands on to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HandedOn {
    /// Paused or in progress, where it was that when it was carried forward.
    pub status: Option<Status>,
    pub last_report: Option<Day>,
    pub rag: Option<Rag>,
    /// The moves of its deadline, and one more where the next action is due later than it was.
    pub slips: u32,
}
