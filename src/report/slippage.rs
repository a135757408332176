//! `plan report slippage`: the register of moved deadlines, for scrutiny.

use serde::Serialize;

use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::item::Item;
use super::revision::{REVISIONS, Revision, revisions};
use crate::document::{Cell, Col, Document, Level, deadlines, figures, running, short, words};
use crate::select::Row;

#[derive(Serialize)]
pub struct Slippage {
    #[serde(flatten)]
    pub head: Head,
    /// How many actions have a deadline that was moved back.
    pub slipped: usize,
    pub total: usize,
    pub register: Vec<Moved>,
}

/// An action whose deadline was moved, or is asked to be.
#[derive(Serialize)]
pub struct Moved {
    #[serde(flatten)]
    pub item: Item,
    /// The first deadline as the plan wrote it.
    pub first: Option<String>,
    /// The action of an earlier plan that it carries on, whose slips count as well.
    pub from: Option<String>,
    /// How many days the deadline in force lies after the first.
    pub days_moved: Option<i64>,
    pub revisions: Vec<Revision>,
}

impl Moved {
    /// The action's entry in the register, if its deadline was ever moved or asked to be.
    pub fn of(brief: &Brief, row: &Row) -> Option<Moved> {
        let revisions = with_earlier(brief, row);
        if revisions.is_empty() && row.standing.slips == 0 {
            return None;
        }
        let fixed = row
            .standing
            .timescale
            .and_then(|now| now.timescale()?.last_day());
        let first = row.standing.first_due;
        Some(Moved {
            item: brief.item(row),
            first: row
                .plan
                .baseline(row.action)
                .map(|deadline| deadline.text.value.clone()),
            from: row.action.from.as_ref().map(|from| from.value.clone()),
            days_moved: fixed
                .zip(first)
                .map(|(now, first)| now.days_since(first))
                .filter(|&days| days != 0),
            revisions,
        })
    }
}

/// Every move of an action's deadline; those of the actions that it carries on come first, named by
/// their plan.
fn with_earlier(brief: &Brief, row: &Row) -> Vec<Revision> {
    let mut all = revisions(row);
    let (mut row, mut seen) = (*row, Vec::new());
    while let Some((plan, earlier)) = brief.carried_from(&row) {
        if seen.contains(&(plan, earlier.action.id.as_str())) {
            break;
        }
        seen.push((plan, earlier.action.id.as_str()));
        let stem = &brief.board().plans[plan].stem;
        let mut before = revisions(&earlier);
        for revision in &mut before {
            revision.id = format!("{stem}#{}", revision.id);
        }
        all.splice(..0, before);
        row = earlier;
    }
    all
}

impl PlanReport for Slippage {
    fn of(brief: &Brief, plan: &PlanBrief) -> Slippage {
        let moved = plan.rows.iter().filter_map(|row| Moved::of(brief, row));
        Slippage {
            head: Head::of(brief, plan.plan),
            slipped: (plan.rows.iter())
                .filter(|row| row.standing.slips > 0)
                .count(),
            total: plan.rows.len(),
            register: moved.collect(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Register of moved deadlines", document);
        if self.register.is_empty() {
            document.paragraph(format!(
                "No deadline of the {} actions was moved, and no move is requested.",
                self.total
            ));
            return;
        }
        document.remark(format!(
            "{} of {} actions have a deadline that was moved back.",
            self.slipped, self.total
        ));
        document.heading(Level::Section, "Actions", self.register.len().to_string());
        document.table(REGISTER, &self.register);
        let moves = || self.register.iter().flat_map(|moved| &moved.revisions);
        if moves().next().is_none() {
            return;
        }
        document.heading(Level::Section, "Every move", moves().count().to_string());
        document.table(REVISIONS, moves());
    }
}

const REGISTER: &[Col<Moved>] = &[
    short("action", |moved| moved.item.id()),
    short("RAG", |moved| moved.item.rating()),
    deadlines("first deadline", |moved| {
        Cell::maybe(moved.first.as_deref())
    }),
    short("first due", |moved| Cell::day(moved.item.facts.first_due)),
    deadlines("in force", |moved| moved.item.timescale()),
    short("due", |moved| Cell::day(moved.item.facts.due)),
    figures("days moved", |moved| Cell::number(moved.days_moved)),
    figures("slips", |moved| {
        Cell::Count(moved.item.facts.slips as usize)
    }),
    words("who", |moved| moved.item.who()),
    running("what", |moved| match &moved.from {
        Some(from) => Cell::text(format!("{} (carries on {from})", moved.item.name)),
        None => moved.item.what(),
    }),
];
