//! `plan report slippage`: the register of moved deadlines, for scrutiny.

use serde::Serialize;

use super::action::{self, own_title};
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use super::item::Item;
use super::revision::{
    MOVES, NewDeadline, REFUSALS, REQUESTS, moves, refusals, requests, revisions,
};
use crate::calendar::Day;
use crate::document::{Cell, Col, Document, deadlines, figures, running, short, words};
use crate::plan::Plan;
use crate::select::Row;
use crate::words::{counted, listed};

#[derive(Serialize)]
pub struct Slippage {
    #[serde(flatten)]
    pub head: Head,
    /// How many actions have a deadline that was moved back.
    pub slipped: usize,
    pub total: usize,
    /// The actions whose deadline was moved, or is asked to be.
    pub register: Vec<Moved>,
    /// The ids of those moved ones that another plan carries on: they stand in its register.
    pub carried_on: Vec<String>,
    /// Every agreed move, every request that nobody has decided, and every one that was refused.
    pub moves: Vec<NewDeadline>,
    pub requests: Vec<NewDeadline>,
    pub refusals: Vec<NewDeadline>,
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
    /// The same in words: "1.1.3 of the Business Plan 2024-25".
    #[serde(skip)]
    carries_on: Option<String>,
    /// The first day that it was ever due, in whatever plan.
    pub first_ever: Option<Day>,
    /// How many days the deadline in force lies after the first of this plan.
    pub days_moved: Option<i64>,
    /// How many days it took or takes longer than it first should, over all plans.
    pub days_in_all: Option<i64>,
    pub revisions: Vec<NewDeadline>,
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
        let first_ever = first_ever(brief, row);
        let now = row.standing.completed.or(fixed);
        Some(Moved {
            item: brief.item(row),
            first: row
                .plan
                .baseline(row.action)
                .map(|deadline| deadline.text.value.to_string()),
            from: row.action.from.as_ref().map(|from| from.value.to_string()),
            carries_on: brief.carried_from(row).map(|earlier| {
                let title = own_title(brief.board(), earlier.plan);
                format!("{} of the {title}", earlier.action.id)
            }),
            days_moved: fixed
                .zip(first)
                .map(|(now, first)| now.days_since(first))
                .filter(|&days| days != 0),
            first_ever,
            days_in_all: now
                .zip(first_ever)
                .map(|(now, first)| now.days_since(first)),
            revisions,
        })
    }
}

/// The first day that an action, or the one that it carries on, was ever due.
fn first_ever(brief: &Brief, row: &Row) -> Option<Day> {
    let earlier = brief.earlier(row);
    let days = earlier.iter().rev().map(|row| row.standing.first_due);
    days.chain([row.standing.first_due]).flatten().next()
}

/// Every move of an action's deadline; those of the actions that it carries on come first, named by
/// their plan.
fn with_earlier(brief: &Brief, row: &Row) -> Vec<NewDeadline> {
    let earlier = brief.earlier(row);
    let before = earlier.iter().rev().flat_map(|row| {
        let plan = row.plan;
        revisions(row).into_iter().map(|revision| NewDeadline {
            earlier: Some(format!("{} ({})", revision.id, when(plan))),
            id: format!("{}#{}", plan.stem, revision.id),
            ..revision
        })
    });
    before.chain(revisions(row)).collect()
}

/// The period of a plan, else its name.
fn when(plan: &Plan) -> String {
    let period = plan.period.map(|period| period.to_string());
    period.unwrap_or_else(|| plan.stem.clone())
}

impl PlanReport for Slippage {
    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Slippage {
        // What another plan carries on stands there, with its whole life.
        let carried_on = brief.carried_on(plan.index);
        let goes_on = |row: &&Row| carried_on.iter().any(|it| it.id == *row.action.id.value);
        let (elsewhere, here): (Vec<&Row>, Vec<&Row>) = plan.rows.iter().partition(goes_on);
        let register = here.into_iter().filter_map(|row| Moved::of(brief, row));
        let register: Vec<Moved> = register.collect();
        let elsewhere = elsewhere.into_iter().filter(|row| row.standing.slips > 0);
        let each = |pick: fn(&[NewDeadline]) -> Vec<NewDeadline>| -> Vec<NewDeadline> {
            register
                .iter()
                .flat_map(|moved| pick(&moved.revisions))
                .collect()
        };
        Slippage {
            head: Head::of(brief, plan.plan),
            slipped: (register.iter())
                .filter(|moved| moved.item.facts.slips > 0)
                .count(),
            total: plan.rows.len(),
            carried_on: elsewhere.map(action::id).collect(),
            moves: each(moves),
            requests: each(requests),
            refusals: each(refusals),
            register,
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Slippage]) -> Vec<Ask> {
        let requests = plans.iter().map(|plan| plan.requests.len()).sum();
        let moved = plans.iter().flat_map(|plan| &plan.register);
        let moved = moved.filter(|moved| moved.was_moved()).count();
        let requests = Ask::some(requests, "request", |count| {
            Ask::decide(format!("{count} for a new date"))
        });
        let noted = Ask::note(match moved {
            0 => "that no deadline was moved".to_owned(),
            moved => counted(moved, "moved deadline"),
        });
        requests.into_iter().chain([noted]).collect()
    }

    fn is_empty(&self) -> bool {
        self.register.is_empty() && self.refusals.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Register of moved deadlines", document);
        let moved: Vec<&Moved> = self
            .register
            .iter()
            .filter(|moved| moved.was_moved())
            .collect();
        if self.register.is_empty() && self.carried_on.is_empty() {
            document.paragraph(format!(
                "No deadline of the {} was moved, and no move is requested.",
                counted(self.total, "action")
            ));
            return;
        }
        let elsewhere = match &self.carried_on[..] {
            [] => String::new(),
            ids => format!(
                " Moved too, and told with the plan that carries it on: {}.",
                listed(ids)
            ),
        };
        document.remark(format!(
            "{} of {} had a deadline moved. {} not decided.{elsewhere}",
            moved.len(),
            counted(self.total, "action"),
            match self.requests.len() {
                1 => "1 request is".to_owned(),
                count => format!("{count} requests are"),
            }
        ));
        let heading = "Actions whose deadline was moved";
        document.section(heading, REGISTER, &moved, "None.");
        let (firsts, moves): (Vec<&NewDeadline>, Vec<&NewDeadline>) = (self.moves.iter())
            .partition(|agreed| agreed.due_before.is_none() && agreed.due_after.is_some());
        document.section("Every agreed move", MOVES, &moves, "");
        document.section("Given their first day", MOVES, &firsts, "");
        document.section("Requested, not yet decided", REQUESTS, &self.requests, "");
        document.section("Requested and refused", REFUSALS, &self.refusals, "");
    }
}

impl Moved {
    /// Whether its deadline was moved: one that had no day and was given its first is not.
    fn was_moved(&self) -> bool {
        self.item.facts.slips > 0 || self.revisions.iter().any(NewDeadline::moves_a_day)
    }

    /// How often a move was agreed, in whatever plan.
    fn agreed(&self) -> usize {
        let moves = self.revisions.iter();
        moves.filter(|revision| revision.is_move()).count()
    }

    fn now(&self) -> Cell {
        match self.item.facts.completed {
            Some(day) => Cell::text(format!("done {}", day.short())),
            None => self.item.timescale(),
        }
    }
}

const REGISTER: &[Col<Moved>] = &[
    short("action", |moved| moved.item.id()),
    running("what", |moved: &Moved| match &moved.carries_on {
        Some(from) => Cell::text(format!("{} (carries on {from})", moved.item.name)),
        None => moved.item.what(),
    })
    .behind(),
    short("RAG", |moved| moved.item.rating()),
    short("first due", |moved| Cell::day(moved.first_ever)),
    deadlines("now", Moved::now),
    figures("days later", |moved| Cell::number(moved.days_in_all)),
    figures("agreed moves", |moved| Cell::Count(moved.agreed())),
    words("lead", |moved| moved.item.lead()),
];
