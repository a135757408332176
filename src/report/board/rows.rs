//! The one table of the board's paper: a row for each action that a reader should look at.

use serde::Serialize;

use crate::diff::{Course, course};
use crate::document::{Cell, Col, short, words};
use crate::plan::{Rag, Status};
use crate::report::action::tone;
use crate::report::brief::{Brief, PlanBrief};
use crate::report::item::Item;
use crate::select::{Order, Row, sort};
use crate::standing::Standing;
use crate::words::listed;

/// An action in the table.
#[derive(Serialize)]
pub struct ActionRow {
    #[serde(flatten)]
    pub item: Item,
    /// Its rating on the earlier day, if it existed then.
    pub then: Option<Rag>,
    /// Whether there is an earlier day on which it did not exist.
    pub is_new: bool,
    pub why: String,
    /// What is requested and not yet decided.
    pub requested: Option<String>,
}

impl ActionRow {
    /// The actions that are overdue, got worse, are over-rated, new, withdrawn since, paused, disagreed
    /// about or due before the next meeting: the latest first.
    pub fn all(brief: &Brief, plan: &PlanBrief, is_due: impl Fn(&Row) -> bool) -> Vec<ActionRow> {
        let mut rows: Vec<Row> = (plan.rows.iter())
            .filter(|row| is_due(row) || is_to_look_at(row.standing, plan, row))
            .copied()
            .collect();
        sort(&mut rows, Order::Due);
        sort(&mut rows, Order::Late);
        rows.iter()
            .map(|row| ActionRow::of(brief, plan, row))
            .collect()
    }

    fn of(brief: &Brief, plan: &PlanBrief, row: &Row) -> ActionRow {
        let item = brief.item(row);
        let then = plan.before(row);
        ActionRow {
            then: then.map(|then| then.rag),
            is_new: plan.then.is_some() && then.is_none(),
            why: item.why_besides_its_date(),
            requested: item.requested(),
            item,
        }
    }

    fn name(&self) -> Cell {
        Cell::text(format!("{} {}", self.item.facts.id, self.item.name))
    }

    /// When it is due, and by how many days it is late.
    fn due(&self) -> Cell {
        let facts = &self.item.facts;
        match (facts.due, facts.days_late) {
            (Some(due), Some(_)) => {
                Cell::text(format!("{}, {}", due.short(), self.item.lateness()))
            }
            (due, _) => Cell::day(due),
        }
    }

    fn rating(&self) -> Cell {
        let now = self.item.facts.rag;
        let words = match self.then {
            Some(then) if then != now => format!("{then} → {now}"),
            None if self.is_new => format!("new, {now}"),
            _ => now.to_string(),
        };
        Cell::Rating(tone(now), words)
    }
}

fn is_to_look_at(standing: &Standing, plan: &PlanBrief, row: &Row) -> bool {
    let then = plan.before(row);
    let is_new = plan.then.is_some() && then.is_none();
    let got_worse = then.and_then(|then| course(then, standing)) == Some(Course::Worse);
    let was_open = then.is_none_or(|then| then.status.is_open());
    let withdrawn = standing.status == Status::Withdrawn && plan.then.is_some() && was_open;
    let is_open = standing.status.is_open();
    let is_paused = standing.status == Status::Paused;
    withdrawn
        || is_new
        || is_open && (standing.overdue || standing.over_rated || got_worse || is_paused)
}

pub const ACTIONS: &[Col<ActionRow>] = &[
    words("action", ActionRow::name),
    short("RAG", ActionRow::rating),
    words("due", ActionRow::due),
    words("why", |row| Cell::text(&row.why)),
    words("request", |row| Cell::maybe(row.requested.as_deref())),
    words("lead", |row| row.item.lead()),
];

/// "1.1.5 Neglect of teenagers, 2.1.3 Problem profile and 3.6 Advocates".
pub fn named(items: &[Item]) -> String {
    let names = items
        .iter()
        .map(|item| format!("{} {}", item.facts.id, item.name.trim_end_matches('.')));
    listed(&names.collect::<Vec<_>>())
}
