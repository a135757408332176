//! What a report is made from: one board as read and judged, and what was asked of it.

use crate::calendar::{Day, Period};
use crate::estate::Reading;
use crate::plan::{Board, Plan};
use crate::select::{Filter, Row, select};
use crate::source::Sources;
use crate::standing::{BoardStanding, PlanStanding};

use super::annual::Framework;
use super::item::Item;

pub struct Brief<'b> {
    pub reading: &'b Reading,
    pub now: &'b BoardStanding<'b>,
    /// How the board stood on the earlier day that the report compares with: the last meeting, or
    /// the day asked for. None where neither is known.
    pub then: Option<&'b BoardStanding<'b>>,
    pub filter: &'b Filter,
    pub options: &'b Options,
}

/// What only some reports ask.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The period of the annual report.
    pub period: Option<Period>,
    pub framework: Framework,
}

/// One plan of a brief: its standing now and then, and its actions that are asked for.
pub struct PlanBrief<'b> {
    pub index: usize,
    pub plan: &'b Plan,
    pub now: &'b PlanStanding<'b>,
    pub then: Option<&'b PlanStanding<'b>>,
    pub rows: Vec<Row<'b>>,
}

impl<'b> Brief<'b> {
    pub fn board(&self) -> &'b Board {
        &self.reading.board
    }

    pub fn sources(&self) -> &'b Sources {
        &self.reading.sources
    }

    pub fn day(&self) -> Day {
        self.now.day
    }

    pub fn item(&self, row: &Row) -> Item {
        Item::of(row, self.sources())
    }

    /// Every plan that the filter takes, in the order of its file.
    pub fn plans(&self) -> Vec<PlanBrief<'b>> {
        let rows = select(self.board(), self.now, self.filter);
        let plans = self.board().plans.iter().enumerate();
        let asked = plans.filter(|(_, plan)| self.filter.takes_plan(plan));
        asked
            .map(|(index, plan)| PlanBrief {
                index,
                plan,
                now: &self.now.plans[index],
                then: self.then.map(|then| &then.plans[index]),
                rows: (rows.iter())
                    .filter(|row| std::ptr::eq(row.plan, plan))
                    .copied()
                    .collect(),
            })
            .collect()
    }

    /// The plans that a paper of the day speaks of: those that run or still have open actions;
    /// where there is none, or one is asked for by name, all of them.
    pub fn current(&self) -> Vec<PlanBrief<'b>> {
        let (mut current, mut others) = (Vec::new(), Vec::new());
        for plan in self.plans() {
            match self.filter.plan.is_some() || plan.is_current(self.day()) {
                true => current.push(plan),
                false => others.push(plan),
            }
        }
        match current.is_empty() {
            true => others,
            false => current,
        }
    }
}

impl PlanBrief<'_> {
    /// Whether the plan has begun, and is not over or has actions that are still open.
    fn is_current(&self, day: Day) -> bool {
        let Some(period) = self.plan.period else {
            return true;
        };
        let standings = self.now.actions.iter().flatten();
        let open = || standings.clone().any(|standing| standing.status.is_open());
        period.first <= day && (day <= period.last || open())
    }
}
