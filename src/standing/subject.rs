//! What has a deadline and a status of its own: an action as a whole, or one of its milestones.

use crate::calendar::Day;
use crate::plan::{Deadline, Entry, Status, Text};

use super::{Ask, Asked};

/// A deadline, and the day from which a length ("6 months") is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise<'b> {
    pub deadline: &'b Deadline,
    pub counted_from: Option<Day>,
}

impl Promise<'_> {
    /// Its day as seen from a day: a cycle with a named month has its next.
    pub fn due(&self, day: Day) -> Option<Day> {
        let timescale = self.deadline.timescale()?;
        timescale.due_from(self.counted_from, day)
    }

    /// Its one last day; a cycle has none.
    pub fn last_day(&self) -> Option<Day> {
        let timescale = self.deadline.timescale()?;
        timescale.last_day_from(self.counted_from)
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Subject<'b> {
    pub baseline: Option<Promise<'b>>,
    pub in_force: Option<Promise<'b>>,
    pub slips: u32,
    /// The last status that counts.
    pub status: Option<Status>,
    /// Whether a report names it.
    pub is_reported: bool,
    pub complete_since: Option<Day>,
    /// Other owners that somebody agreed to.
    pub owners: Option<&'b [Text]>,
    pub asked: Asked<'b>,
    /// Since when completion has been asked for, with no other status between.
    completion_asked: Option<Day>,
}

impl<'b> Subject<'b> {
    pub fn new(baseline: Option<Promise<'b>>) -> Subject<'b> {
        Subject {
            baseline,
            in_force: baseline,
            ..Subject::default()
        }
    }

    /// Its own status (point 1): the last that counts, else in progress once a report names it.
    pub fn own_status(&self) -> Status {
        self.status.unwrap_or(if self.is_reported {
            Status::InProgress
        } else {
            Status::NotStarted
        })
    }

    pub fn is_open(&self) -> bool {
        self.status.is_none_or(Status::is_open)
    }

    /// Takes a status that is reported: it counts, or is only asked for, which nothing is of what is closed.
    pub fn report(
        &mut self,
        entry: usize,
        status: Status,
        counts: bool,
        date: Day,
        action_is_open: bool,
    ) {
        let may_ask = action_is_open && self.is_open();
        if counts {
            self.status = Some(status);
            self.asked.status = None;
        } else {
            let value = status;
            self.asked.status = Some(Ask { entry, value });
        }
        if status != Status::Complete {
            self.completion_asked = None;
        } else if may_ask {
            self.completion_asked.get_or_insert(date);
        }
    }

    /// Takes the status that somebody agreed to; gives the date from which it counts: of completion, that of the
    /// report which first asked for it.
    pub fn decide(&mut self, status: Status, date: Day) -> Day {
        let asked = self.completion_asked.take();
        let since = asked.filter(|_| status == Status::Complete).unwrap_or(date);
        self.status = Some(status);
        self.asked.status = None;
        since
    }

    /// Takes up again what was complete: what was reported of its completion is over.
    pub fn reopen(&mut self) {
        self.status = Some(Status::InProgress);
        self.completion_asked = None;
    }

    /// Puts a new deadline in force (point 3).
    pub fn revise(&mut self, new: &'b Deadline, date: Day) {
        let new = Promise {
            deadline: new,
            counted_from: Some(date),
        };
        let old_day = self.in_force.and_then(|old| old.last_day());
        let slipped = match (old_day, new.last_day()) {
            (Some(old), Some(new)) => new > old,
            (Some(_), None) => true,
            (None, _) => false,
        };
        self.slips += u32::from(slipped);
        self.in_force = Some(new);
        self.asked.timescale = None;
    }

    /// Ends what is asked for: the fields that a refusal names, else all.
    pub fn refuse(&mut self, refusal: &Entry) {
        let named = [
            refusal.timescale.is_some(),
            refusal.owners.is_some(),
            refusal.reported_status().is_some(),
        ];
        let all = named == [false; 3];
        let [timescale, owners, status] = named;
        if timescale || all {
            self.asked.timescale = None;
        }
        if owners || all {
            self.asked.owners = None;
        }
        if status || all {
            self.asked.status = None;
            self.completion_asked = None;
        }
    }

    /// Keeps count of since when it has been complete without a break.
    pub fn note_completion(&mut self, date: Day) {
        let complete = self.status == Some(Status::Complete);
        self.complete_since = since(self.complete_since, complete, date);
    }
}

/// The date since which something holds, after an entry of a date.
pub(super) fn since(before: Option<Day>, holds: bool, date: Day) -> Option<Day> {
    holds.then(|| before.unwrap_or(date))
}
