//! A board's entries folded day by day, all its plans together: an action that is given up may carry on one of
//! another plan.

use std::collections::BTreeSet;

use crate::calendar::Day;
use crate::plan::Board;

use super::carried::TakenOver;
use super::fold::{Fold, Folded};

/// A board's entries, folded day by day up to a day that only moves forward: who asks about many days, as the
/// papers of all meetings do, folds each entry once.
pub(super) struct BoardFold<'b> {
    board: &'b Board,
    plans: Vec<Fold<'b>>,
    /// The first entry that is not yet taken.
    next: usize,
    /// The day whose entries are being taken.
    day: Option<Day>,
    /// The plans that entries of that day are about, for which it has not ended yet.
    plans_of_day: BTreeSet<usize>,
    /// The day up to which it is folded, that day's reports included.
    until: Option<Day>,
}

impl<'b> BoardFold<'b> {
    pub fn new(board: &'b Board) -> BoardFold<'b> {
        BoardFold {
            board,
            plans: (board.plans.iter())
                .map(|plan| Fold::new(board, plan))
                .collect(),
            next: 0,
            day: None,
            plans_of_day: BTreeSet::new(),
            until: None,
        }
    }

    /// Takes the entries that are dated on or before a day; an earlier day than the one before begins anew.
    pub fn advance(&mut self, until: Day) {
        if self.until.is_some_and(|before| before > until) {
            *self = BoardFold::new(self.board);
        }
        self.until = Some(until);
        while self.take_next(|date| date <= until) {}
        if self.day < self.until {
            self.end_day();
        }
    }

    /// Takes all entries, whatever their day.
    pub fn finish(mut self) -> Vec<Folded<'b>> {
        while self.take_next(|_| true) {}
        self.end_day();
        self.plans.into_iter().map(|plan| plan.folded).collect()
    }

    /// Takes the next entry, where it is of a day that is asked for; those without a date stand last, and count
    /// for nothing.
    fn take_next(&mut self, is_asked: impl Fn(Day) -> bool) -> bool {
        let Some(entry) = self.board.entries.get(self.next) else {
            return false;
        };
        let Some(date) = entry
            .date
            .map(|date| date.value)
            .filter(|&date| is_asked(date))
        else {
            return false;
        };
        if self.day.is_some_and(|day| day < date) {
            self.end_day();
        }
        self.day = Some(date);
        if let Some(plan) = entry.plan {
            self.plans[plan].take(self.next, entry, date);
            self.plans_of_day.insert(plan);
        }
        self.next += 1;
        true
    }

    /// Ends a day, of all plans: an action that is given up may carry on one of another plan.
    fn end_day(&mut self) {
        let Some(day) = self.day else {
            return;
        };
        let closing = self.plans_of_day.iter().flat_map(|&plan| {
            let actions = self.plans[plan].may_close();
            actions.map(move |action| (plan, action))
        });
        let carried = TakenOver::of(closing, self.board, &self.plans, day);
        for plan in std::mem::take(&mut self.plans_of_day) {
            self.plans[plan].end_day(day, |action| carried.taken_over(plan, action));
        }
    }

    pub fn board(&self) -> &'b Board {
        self.board
    }

    /// What every action takes over on the day up to which it is folded.
    pub fn taken_over(&self, day: Day) -> TakenOver {
        TakenOver::all(self.board, &self.plans, day)
    }

    pub fn plan(&self, plan: usize) -> &Folded<'b> {
        &self.plans[plan].folded
    }
}
