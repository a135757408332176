//! What is looked up of a year for each of its priorities, gathered once.

use std::collections::{BTreeSet, HashMap};

use super::super::brief::PlanBrief;
use super::super::indicators::{self, IndicatorFacts};
use crate::calendar::Day;
use crate::plan::{About, Board, Rag};
use crate::select::Row;
use crate::standing::BoardStanding;

/// A priority of one of the year's plans, as indices; a log, and what stands outside every priority, is a
/// part of its own.
pub type PriorityAt = (usize, Option<usize>);

pub struct YearIndex<'b> {
    /// Those that had an action in the year, in the order of the plans.
    pub priorities: Vec<PriorityAt>,
    rows: HashMap<PriorityAt, Vec<Row<'b>>>,
    /// The entries about a priority itself, by the plan's index in the board and the priority's number.
    entries: HashMap<usize, HashMap<&'b str, Vec<usize>>>,
    /// The first action of each number.
    numbered: HashMap<&'b str, Row<'b>>,
    /// Of each plan what its figures show, and which of them measure an action.
    figures: Vec<Figures>,
}

struct Figures {
    facts: Vec<IndicatorFacts>,
    by_action: HashMap<String, Vec<usize>>,
}

impl<'b> YearIndex<'b> {
    /// The figures are those of periods that ended by `until`, as known on `day`.
    pub fn new(
        board: &'b Board,
        plans: &[PlanBrief<'b>],
        end: &BoardStanding<'b>,
        day: Day,
        until: Day,
    ) -> YearIndex<'b> {
        let mut rows: HashMap<PriorityAt, Vec<Row>> = HashMap::new();
        let mut numbered = HashMap::new();
        for (plan, brief) in plans.iter().enumerate() {
            for row in &brief.rows {
                let priority = (plan, row.action.priority);
                rows.entry(priority).or_default().push(*row);
                numbered.entry(row.action.id.as_str()).or_insert(*row);
            }
        }
        let priorities = plans.iter().enumerate().flat_map(|(plan, brief)| {
            let priorities = (0..brief.plan.priorities.len()).map(Some);
            priorities
                .chain([None])
                .map(move |priority| (plan, priority))
        });
        let was_there = |priority: &PriorityAt| {
            let rows = rows.get(priority);
            rows.is_some_and(|rows| rows.iter().any(|row| row.on(end).is_some()))
        };
        let mut entries: HashMap<usize, HashMap<&str, Vec<usize>>> = HashMap::new();
        for (at, entry) in board.entries.iter().enumerate() {
            if let (Some(plan), About::Priority(id)) = (entry.plan, &entry.about) {
                let by_priority = entries.entry(plan).or_default();
                by_priority.entry(id.as_str()).or_default().push(at);
            }
        }
        YearIndex {
            priorities: priorities.filter(was_there).collect(),
            rows,
            entries,
            numbered,
            figures: plans
                .iter()
                .map(|plan| Figures::new(indicators::facts(plan, day, Some(until))))
                .collect(),
        }
    }

    pub fn rows(&self, priority: PriorityAt) -> &[Row<'b>] {
        self.rows.get(&priority).map_or(&[], Vec::as_slice)
    }

    /// The entries about a priority itself, as indices.
    pub fn entries(&self, plan: usize, priority: &str) -> &[usize] {
        let found = self
            .entries
            .get(&plan)
            .and_then(|by_priority| by_priority.get(priority));
        found.map_or(&[], Vec::as_slice)
    }

    /// The first action of a number.
    pub fn numbered(&self, id: &str) -> Option<&Row<'b>> {
        self.numbered.get(id)
    }

    /// Whether another plan than this has priorities in the year.
    pub fn others_have_priorities(&self, plan: usize) -> bool {
        let mut named = (self.priorities.iter()).filter(|(_, priority)| priority.is_some());
        // They stand in the order of their plans.
        let ends = [named.next(), named.next_back()];
        ends.iter().flatten().any(|(other, _)| *other != plan)
    }

    /// What the figures of all plans show.
    pub fn figures(&self) -> impl Iterator<Item = &IndicatorFacts> {
        self.figures.iter().flat_map(|figures| &figures.facts)
    }

    /// The figures that are red and measure no action, each in a sentence: no action's line tells of them.
    pub fn red_by_themselves(&self) -> impl Iterator<Item = String> {
        let are_told = |facts: &&IndicatorFacts| !facts.actions.is_empty();
        let red = (self.figures()).filter(|facts| facts.impact_rag == Rag::Red);
        red.filter(move |facts| !are_told(facts))
            .map(|facts| format!("{}: rated red.", facts.name()))
    }

    /// What the figures of a plan show that measure some of its actions.
    pub fn measured(&self, plan: usize, rows: &[Row]) -> impl Iterator<Item = &IndicatorFacts> {
        let figures = &self.figures[plan];
        let indices = rows
            .iter()
            .filter_map(|row| figures.by_action.get(row.action.id.as_str()));
        let indices: BTreeSet<usize> = indices.flatten().copied().collect();
        indices.into_iter().map(|at| &figures.facts[at])
    }
}

impl Figures {
    fn new(facts: Vec<IndicatorFacts>) -> Figures {
        let mut by_action: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, facts) in facts.iter().enumerate() {
            for action in &facts.actions {
                by_action.entry(action.clone()).or_default().push(at);
            }
        }
        Figures { facts, by_action }
    }
}
