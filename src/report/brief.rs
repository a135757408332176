//! What a report is made from: one board as read and judged, and what was asked of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{Day, Period};
use crate::diff;
use crate::document::{Block, Document};
use crate::estate::Reading;
use crate::plan::{Board, Entry, Plan, Rag};
use crate::select::{Filter, Row, select};
use crate::source::Sources;
use crate::standing::{BoardStanding, PlanStanding, Standing};

use super::Report;
use super::action::title;
use super::annual::Framework;
use super::decided::DecidedFacts;
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

    /// The action that another carries on, as it stands on the day, and the index of its plan.
    pub fn carried_from(&self, row: &Row<'b>) -> Option<(usize, Row<'b>)> {
        let (index, action) = self.board().referred(row.action.from.as_ref()?)?;
        let plan = &self.board().plans[index];
        let earlier = Row {
            board: self.board(),
            plan,
            action: &plan.actions[action],
            standing: self.now.plans[index].actions[action].as_ref()?,
        };
        Some((index, earlier))
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

impl<'b> PlanBrief<'b> {
    /// How an action stood on the earlier day, if it existed.
    pub fn before(&self, row: &Row) -> Option<&'b Standing<'b>> {
        let actions = self.plan.actions.iter();
        let index = actions
            .clone()
            .position(|action| std::ptr::eq(action, row.action))?;
        self.then?.actions[index].as_ref()
    }

    /// The entries about the plan that are new since a day, up to the day asked: those dated after
    /// it, and what that day itself decided.
    pub fn entries_after<'s>(
        &'s self,
        brief: &'s Brief<'b>,
        day: Day,
    ) -> impl Iterator<Item = &'b Entry> + 's {
        let entries = brief.board().entries.iter();
        entries.filter(move |entry| {
            let known = entry.known_from();
            entry.plan == Some(self.index)
                && known.is_some_and(|known| known > day && known <= brief.day())
        })
    }

    /// What was decided of the actions that are asked for since a day, its own meeting included.
    pub fn decided(&self, brief: &Brief, since: Day) -> Vec<DecidedFacts> {
        let is_asked = |decided: &diff::Decided| {
            let action = &self.plan.actions[decided.action];
            self.rows.iter().any(|row| std::ptr::eq(row.action, action))
        };
        let decided = diff::decided(brief.board(), since, self.now);
        let decided = decided.iter().filter(|decided| is_asked(decided));
        decided
            .map(|decided| DecidedFacts::of(brief.board(), self.plan, self.now, decided))
            .collect()
    }

    /// Whether the plan has begun, and is not over or has actions that are still open.
    fn is_current(&self, day: Day) -> bool {
        if !self.now.is_adopted {
            return false;
        }
        let Some(period) = self.plan.period else {
            return true;
        };
        let standings = self.now.actions.iter().flatten();
        let open = || standings.clone().any(|standing| standing.status.is_open());
        period.first <= day && (day <= period.last || open())
    }
}

/// Which plan a part of a paper is about.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub plan: String,
    pub title: String,
    /// The plan as papers call it, with its board's name.
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    day: Day,
    /// The board's own words for ratings, by the rating.
    pub labels: BTreeMap<String, String>,
}

impl Head {
    pub fn of(brief: &Brief, plan: &Plan) -> Head {
        Head {
            plan: plan.stem.clone(),
            title: plan.title.value.clone(),
            heading: title(brief.board(), plan),
            day: brief.day(),
            labels: (plan.policy.labels.iter())
                .map(|(rating, label)| (rating.trim().to_lowercase(), label.value.clone()))
                .collect(),
        }
    }

    pub fn day(&self) -> Day {
        self.day
    }

    /// Opens the part: what paper it is (nothing where it is the plan itself), of which plan, on
    /// which day.
    pub fn open(&self, paper: &str, document: &mut Document) {
        let title = match paper {
            "" => self.heading.clone(),
            paper => format!("{paper} · {}", self.heading),
        };
        let title = Block::Title(title, self.day.long());
        document.blocks.push(title);
        if !self.labels.is_empty() {
            let labels = Rag::ALL.iter().filter_map(|rag| {
                let label = self.labels.get(rag.word())?;
                Some(format!("{}: {label}", rag.word()))
            });
            let labels = labels.collect::<Vec<_>>().join("; ");
            document.remark(format!("The board's words for ratings: {labels}."));
        }
    }
}

/// A part of a paper that is about one plan.
pub trait PlanReport: Serialize {
    /// Whether the paper speaks of current plans alone.
    const CURRENT: bool = false;

    fn of(brief: &Brief, plan: &PlanBrief) -> Self;
    fn lay_out(&self, document: &mut Document);
}

/// A paper about a board's plans, one after the other.
#[derive(Serialize)]
pub struct ByPlan<P> {
    pub board: String,
    pub name: String,
    pub plans: Vec<P>,
}

impl<P: PlanReport> Report for ByPlan<P> {
    fn of(brief: &Brief) -> ByPlan<P> {
        let plans = match P::CURRENT {
            true => brief.current(),
            false => brief.plans(),
        };
        ByPlan {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            plans: plans.iter().map(|plan| P::of(brief, plan)).collect(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        for plan in &self.plans {
            plan.lay_out(document);
        }
        if self.plans.is_empty() {
            document.paragraph(format!("{} has no plan here.", self.name));
        }
    }
}
