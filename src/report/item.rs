//! An action as papers speak of it: its facts, the words for them, and its last report.

use serde::Serialize;

use super::action::{self, ActionFacts};
use super::entry::EntryFacts;
use crate::document::{Cell, Tone};
use crate::select::Row;
use crate::source::Sources;
use crate::standing::{Reason, sentences};

#[derive(Clone, Debug, Serialize)]
pub struct Item {
    #[serde(flatten)]
    pub facts: ActionFacts,
    /// What tables call it.
    pub name: String,
    /// Its lead, else its owners, by the names that papers print.
    pub who: Vec<String>,
    /// What was last reported of it.
    pub latest: Option<EntryFacts>,
}

impl Item {
    pub fn of(row: &Row, sources: &Sources) -> Item {
        let lead = row.plan.given(row.action, |shared| shared.lead.as_ref());
        let owners = row.standing.owners.iter();
        let others = owners.filter(|owner| lead.is_none_or(|lead| ***owner != **lead));
        let who = lead.into_iter().chain(others);
        let last = row.standing.history.last();
        Item {
            facts: ActionFacts::of(row),
            name: action::name(row),
            who: who.map(|id| row.board.group_name(id).to_owned()).collect(),
            latest: last.map(|&at| EntryFacts::of(&row.board.entries[at], sources)),
        }
    }

    pub fn id(&self) -> Cell {
        Cell::text(match self.facts.id.as_str() {
            "" => "(no id)",
            id => id,
        })
    }

    pub fn rating(&self) -> Cell {
        action::rag(self.facts.rag)
    }

    pub fn status(&self) -> Cell {
        Cell::text(self.facts.status.word())
    }

    pub fn what(&self) -> Cell {
        Cell::text(&self.name)
    }

    /// Everybody who answers for it.
    pub fn who(&self) -> Cell {
        match self.who.is_empty() {
            true => Cell::toned(Tone::Faint, "nobody named"),
            false => Cell::text(self.who.join(", ")),
        }
    }

    /// The deadline in force, as written.
    pub fn timescale(&self) -> Cell {
        match &self.facts.timescale {
            Some(words) => Cell::text(words.replace('\n', " ")),
            None => Cell::toned(Tone::Faint, "none"),
        }
    }

    /// The reasons of its standing that a test picks out; none where it picks none.
    pub fn why(&self, picks: impl Fn(&Reason) -> bool) -> String {
        sentences(self.facts.reasons.iter().filter(|reason| picks(reason)))
    }
}
