//! The one table of the board's paper: a row for each action that a reader should look at.

use serde::Serialize;

use crate::diff::{Course, course};
use crate::document::{Cell, Col, running, short, words};
use crate::plan::{Rag, Status};
use crate::report::action::tone;
use crate::report::brief::{Brief, PlanBrief};
use crate::report::item::Item;
use crate::report::news::DecidedFacts;
use crate::select::{Order, Row, sort};
use crate::standing::Standing;
use crate::words::capitalised;

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
    /// What is requested and not yet decided, or was refused since the earlier day.
    pub requested: Option<String>,
}

impl ActionRow {
    /// The actions that are overdue, got worse, are over-rated, new, withdrawn since, paused, disagreed
    /// about, due before the next meeting, or of which a request was refused since: the latest first.
    pub fn all(brief: &Brief, plan: &PlanBrief, is_due: impl Fn(&Row) -> bool) -> Vec<ActionRow> {
        let refused = refused(brief, plan);
        let is_refused = |row: &Row| refused.iter().any(|it| it.id == *row.action.id.value);
        let mut rows: Vec<Row> = (plan.rows.iter())
            .filter(|row| is_due(row) || is_refused(row) || is_to_look_at(row.standing, plan, row))
            .copied()
            .collect();
        sort(&mut rows, Order::Due);
        sort(&mut rows, Order::Late);
        rows.iter()
            .map(|row| {
                let refused = refused.iter().rfind(|it| it.id == *row.action.id.value);
                ActionRow::of(brief, plan, row, refused, is_due(row))
            })
            .collect()
    }

    fn of(
        brief: &Brief,
        plan: &PlanBrief,
        row: &Row,
        refused: Option<&DecidedFacts>,
        is_due: bool,
    ) -> ActionRow {
        let item = brief.item(row);
        let why = match (item.why_besides_its_date(), refused) {
            (why, _) if !why.is_empty() => why,
            _ if is_due => "Due before the next meeting".into(),
            (_, Some(_)) => "A request was refused".into(),
            _ => item.why(|_| true),
        };
        let then = plan.before(row);
        // What is asked for again after a refusal is told by the request.
        let requested = item.requested();
        let refused = refused.map(|it| capitalised(&it.what));
        ActionRow {
            then: then.map(|then| then.rag),
            is_new: plan.then.is_some() && then.is_none(),
            why,
            requested: requested.or(refused),
            item,
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

/// What was refused since the earlier day, that day's own meeting included.
fn refused(brief: &Brief, plan: &PlanBrief) -> Vec<DecidedFacts> {
    let since = brief.then.map(|then| then.day);
    let decided = since.map(|since| plan.decided(brief, since));
    let mut refused = decided.unwrap_or_default();
    refused.retain(|decided| decided.is_refused);
    refused
}

fn is_to_look_at(standing: &Standing, plan: &PlanBrief, row: &Row) -> bool {
    let then = plan.before(row);
    let is_new = plan.then.is_some() && then.is_none();
    let got_worse = then.and_then(|then| course(then, standing)) == Some(Course::Worse);
    let was_open = then.is_none_or(|then| then.status.is_open());
    let withdrawn = standing.status == Status::Withdrawn && plan.then.is_some() && was_open;
    let is_open = standing.status.is_open();
    let is_paused = standing.status == Status::Paused;
    let is_disputed = !standing.disagree.is_empty();
    withdrawn
        || is_new
        || got_worse
        || is_open && (standing.overdue || standing.over_rated || is_paused || is_disputed)
}

pub const ACTIONS: &[Col<ActionRow>] = &[
    words("action", |row| row.item.named()),
    words("RAG", ActionRow::rating).keeping(14),
    short("due", |row| row.item.due()),
    running("why", |row| Cell::text(&row.why)),
    words("request", |row: &ActionRow| {
        Cell::maybe(row.requested.as_deref())
    })
    .folding("requested"),
    words("lead", |row| row.item.lead()),
];
