//! A priority by itself: what it is to come to, how it stands, and each of its actions.

use super::action::own_title;
use super::brief::{Brief, PlanBrief};
use super::counts::{self, BAR, Counts, RatingLine};
use super::item::Item;
use crate::document::{
    Block, Cell, Col, Document, Level, Subject, Table, Tone, deadlines, named, piece, plain,
    running, short, words,
};
use crate::plan::Priority;
use crate::select::{Row, by_priority};

/// A priority as it stands on the day.
pub struct PriorityPaper {
    title: String,
    plan: String,
    plan_title: String,
    day: String,
    line: RatingLine,
    outcomes: Vec<String>,
    items: Vec<Item>,
}

impl PriorityPaper {
    /// The paper of a plan's priority by its place, of its rows.
    pub fn of(brief: &Brief, plan: &PlanBrief, index: usize, rows: &[&Row]) -> PriorityPaper {
        let priority: &Priority = &plan.plan.priorities[index];
        PriorityPaper {
            title: format!("{} {}", priority.id, priority.title),
            plan: plan.plan.stem.clone(),
            plan_title: own_title(brief.board(), plan.plan),
            day: brief.day().long(),
            line: line(plan, index, rows),
            outcomes: (priority.outcomes.iter())
                .map(|outcome| outcome.value.to_string())
                .collect(),
            items: rows.iter().map(|row| brief.item(row)).collect(),
        }
    }

    pub fn lay_out(&self, document: &mut Document) {
        let title = Block::Title(self.title.clone(), self.day.clone());
        document.blocks.push(title);
        let plan = Subject::Plan(self.plan.clone());
        let of_plan = vec![
            piece(Tone::Faint, "A priority of the "),
            named(Tone::Plain, &self.plan_title, plan),
        ];
        document.blocks.push(Block::Paragraph(of_plan));
        let columns = [RATED, &counts::ratings(), BAR].concat();
        document.table(&columns, [&self.line]);
        if !self.outcomes.is_empty() {
            document.heading(Level::Section, "Outcomes", "");
            document.list(self.outcomes.iter().map(plain).collect());
        }
        let count = self.items.len().to_string();
        document.heading(Level::Section, "Actions", count);
        if self.items.is_empty() {
            document.paragraph("It has no action on this day.");
        } else {
            document.table(ACTIONS, &self.items);
        }
    }
}

/// How the priorities of a plan are rated, in a table that leads to each of them.
pub fn ratings(plan: &PlanBrief) -> Table {
    let below = by_priority(&plan.rows);
    let priorities = plan.plan.priorities.iter().enumerate();
    let lines =
        priorities.map(|(at, _)| line(plan, at, below.get(&Some(at)).map_or(&[], Vec::as_slice)));
    let all = Counts::of(plan.rows.iter().map(|row| row.standing));
    let columns = [NAMED, RATED, &counts::ratings(), BAR].concat();
    Table::new(&columns, lines.chain([RatingLine::total(all, false)]))
}

/// How a plan's priority by its place is rated, of its rows.
fn line(plan: &PlanBrief, index: usize, rows: &[&Row]) -> RatingLine {
    let priority = &plan.plan.priorities[index];
    RatingLine {
        id: priority.id.value.to_string(),
        title: format!("{} {}", priority.id, priority.title),
        plan: plan.plan.stem.clone(),
        rag: Some(plan.now.priorities[index]),
        then: None,
        counts: Counts::of(rows.iter().map(|row| row.standing)),
        has_bar: true,
    }
}

const NAMED: &[Col<RatingLine>] = &[running("priority", RatingLine::title)];

const RATED: &[Col<RatingLine>] = &[short("RAG", RatingLine::rating)];

const ACTIONS: &[Col<Item>] = &[
    short("action", Item::id),
    short("RAG", Item::rating),
    running("what", Item::what),
    short("status", Item::status),
    deadlines("timescale", Item::timescale),
    words("why", |item| Cell::text(item.why(|_| true))),
    words("who", Item::who),
    short("last report", |item| match item.facts.last_update {
        Some(day) => Cell::Date(day),
        None => Cell::text("never"),
    }),
];
