//! What was decided of actions since an earlier day: news, neither better nor worse.

use serde::Serialize;

use super::asked::{asked_words, asker};
use crate::calendar::Day;
use crate::diff::DecidedEntry;
use crate::document::{Cell, Col, running, short, words};
use crate::plan::{Board, Entry, Plan};
use crate::standing::PlanStanding;
use crate::words::capitalised;

/// A decision about an action. It counts from the day after its date.
#[derive(Clone, Debug, Serialize)]
pub struct DecidedFacts {
    pub id: String,
    /// What the action is called in tables.
    pub name: String,
    pub date: Option<Day>,
    /// What was decided: "agreed: withdraw it", "refused: new date June 2018".
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
        decided: &DecidedEntry,
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
            id: action.id.value.to_string(),
            name: plan.name(action).replace('\n', " "),
            date: entry.date.map(|date| date.value),
            what: in_words(board, entry, &before),
            is_refused: entry.refused.is_some(),
            by: by.map(|id| board.group_name(id).to_owned()),
            reason: entry.reason.as_ref().map(|reason| reason.value.to_string()),
        }
    }

    /// "Agreed: new date June 2018, by Board on 16 January 2018 (the audit was delayed)".
    pub fn words(&self) -> String {
        let by = self.by.as_ref().map(|by| format!(", by {by}"));
        let date = self.date.map(|date| format!(" on {}", date.long()));
        let reason = self.reason.as_ref();
        let reason = reason.map(|words| format!(" ({})", words.trim_end_matches('.')));
        let source = [by, date, reason].into_iter().flatten();
        capitalised(&self.what) + &source.collect::<String>()
    }
}

/// What an entry decides: "agreed: new date June 2018". A refusal that names nothing refuses what
/// was asked for before it.
fn in_words(board: &Board, entry: &Entry, before: &[&Entry]) -> String {
    let outcome = if entry.refused.is_some() {
        "refused"
    } else {
        "agreed"
    };
    let asked = || asked_words(board, asker(before, entry)?);
    match asked_words(board, entry).or_else(asked) {
        Some(what) => format!("{outcome}: {what}"),
        None => outcome.into(),
    }
}

/// The same on a page that has little room: what, by whom and when.
pub const DECIDED_IN_SHORT: &[Col<DecidedFacts>] = &[
    short("action", |it| Cell::text(&it.id)),
    running("decided", |it| Cell::text(&it.what)),
    words("by", |it| Cell::maybe(it.by.as_deref())),
    short("on", |it| Cell::day(it.date)),
];
