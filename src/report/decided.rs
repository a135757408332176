//! What was decided of an action, in words: what its board agreed to and what it refused.

use serde::Serialize;

use crate::calendar::Day;
use crate::diff::Decided;
use crate::document::{Cell, Col, running, short, words};
use crate::plan::{Board, Entry, Plan, Status};
use crate::standing::PlanStanding;

/// A decision about an action. It counts from the day after its date.
#[derive(Clone, Debug, Serialize)]
pub struct DecidedFacts {
    pub id: String,
    /// What the action is called in tables.
    pub name: String,
    pub date: Option<Day>,
    /// What was decided: "withdrawn", "new date June 2018", "refused: new date June 2018".
    pub what: String,
    pub is_refused: bool,
    /// Who decided, by name.
    pub by: Option<String>,
    pub reason: Option<String>,
}

impl DecidedFacts {
    pub fn of(
        board: &Board,
        plan: &Plan,
        standing: &PlanStanding,
        decided: &Decided,
    ) -> DecidedFacts {
        let action = &plan.actions[decided.action];
        let entry = &board.entries[decided.entry];
        let history = standing.actions[decided.action].iter();
        let before: Vec<&Entry> = history
            .flat_map(|standing| &standing.history)
            .take_while(|&&at| at != decided.entry)
            .map(|&at| &board.entries[at])
            .collect();
        let by = entry.agreed.as_ref().or(entry.refused.as_ref());
        DecidedFacts {
            id: action.id.value.clone(),
            name: plan.name(action).replace('\n', " "),
            date: entry.date.map(|date| date.value),
            what: in_words(board, entry, &before),
            is_refused: entry.refused.is_some(),
            by: by.map(|id| board.group_name(id).to_owned()),
            reason: entry.reason.as_ref().map(|reason| reason.value.clone()),
        }
    }
}

/// What an entry decides. A refusal that names nothing refuses what was asked for before it.
fn in_words(board: &Board, entry: &Entry, before: &[&Entry]) -> String {
    if entry.refused.is_none() {
        return changes(board, entry).join(", ");
    }
    let named = changes(board, entry);
    if !named.is_empty() {
        return format!("refused: {}", named.join(", "));
    }
    let mut earlier = before.iter().rev().filter(|earlier| !earlier.decides());
    let asked = earlier.find_map(|earlier| {
        let asked = changes(board, earlier);
        (!asked.is_empty()).then_some(asked)
    });
    match asked {
        Some(asked) => format!("refused: {}", asked.join(", ")),
        None => "refused".into(),
    }
}

/// What an entry would change: its deadline, its owners, its status.
fn changes(board: &Board, entry: &Entry) -> Vec<String> {
    let timescale = entry.timescale.as_ref();
    let timescale = timescale.map(|deadline| format!("new date {}", deadline.text));
    let owners = entry.owners.as_ref().map(|owners| {
        let names: Vec<&str> = owners.iter().map(|id| board.group_name(id)).collect();
        format!("new owners {}", names.join(", "))
    });
    let status = entry.reported_status().map(|status| status.value);
    let status = status.filter(|status| status.needs_agreement() || *status == Status::Complete);
    let status = status.map(|status| status.word().to_owned());
    [status, timescale, owners].into_iter().flatten().collect()
}

/// The same on a page that has little room: what, by whom and when.
pub const DECIDED_IN_SHORT: &[Col<DecidedFacts>] = &[
    short("action", |it| Cell::text(&it.id)),
    running("decided", |it| Cell::text(&it.what)),
    words("by", |it| Cell::maybe(it.by.as_deref())),
    short("on", |it| Cell::day(it.date)),
];

pub const DECIDED: &[Col<DecidedFacts>] = &[
    short("action", |it| Cell::text(&it.id)),
    words("decided", |it| Cell::text(&it.what)),
    words("by", |it| Cell::maybe(it.by.as_deref())),
    short("on", |it| Cell::day(it.date)),
    running("reason", |it| Cell::maybe(it.reason.as_deref())),
    running("what", |it| Cell::text(&it.name)),
];
