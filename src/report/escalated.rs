//! What somebody is asked to look at, with the reason that was given when it was escalated.

use serde::Serialize;

use super::action::tone;
use super::brief::{Brief, PlanBrief};
use super::decision::RequestedDecision;
use super::item::Item;
use super::newest::spoken;
use crate::calendar::Day;
use crate::document::{Line, Tone, piece};
use crate::plan::WHOLE_BOARD;
use crate::select::Row;
use crate::words::{sentence, with_article};

/// An action that somebody is asked to look at.
#[derive(Serialize)]
pub struct Escalated {
    #[serde(flatten)]
    pub item: Item,
    /// Whom it was brought to, by whom, and when.
    pub to: String,
    pub by: Option<String>,
    pub date: Option<Day>,
    /// Why, in the words of the report that did it.
    pub because: Option<String>,
    /// What the whole board is called.
    #[serde(skip)]
    board: String,
}

impl Escalated {
    pub fn all(brief: &Brief, plan: &PlanBrief) -> Vec<Escalated> {
        let rows = plan.rows.iter();
        rows.flat_map(|row| {
            let groups = row.standing.escalated.iter();
            groups.map(|to| Escalated::of(brief, row, to))
        })
        .collect()
    }

    pub fn of(brief: &Brief, row: &Row, to: &str) -> Escalated {
        let board = brief.board();
        let mut history = brief.history(row).rev();
        let entry = history.find(|entry| entry.escalate.as_deref() == Some(to));
        let because = entry.and_then(|entry| {
            let words = [&entry.reason, &entry.note, &entry.done];
            words.into_iter().find_map(|text| text.as_ref())
        });
        let by = entry.and_then(|entry| entry.by.as_deref());
        Escalated {
            item: brief.item(row),
            to: board.group_name(to).to_owned(),
            by: by.map(|id| board.group_name(id).to_owned()),
            date: entry.and_then(|entry| Some(entry.date?.value)),
            because: because.map(|text| text.value.to_string()),
            board: board.group_name(WHOLE_BOARD).to_owned(),
        }
    }

    /// By whom and why; where a decision above gives the same reason, that it does.
    pub fn line(&self, today: Day, decisions: &[RequestedDecision]) -> Line {
        let is_above = decisions.iter().any(|decision| {
            decision.item.facts.id == self.item.facts.id && decision.reason == self.because
        });
        let because = if is_above {
            "for the reason above.".to_owned()
        } else {
            self.reason()
        };
        let mut line = named(&self.item);
        let source = self.source(today);
        line.push(piece(Tone::Plain, format!(", {source}: {because}")));
        line
    }

    /// To whom, where that is not the board itself, by whom and when.
    pub fn source(&self, today: Day) -> String {
        let by = self.by.as_ref();
        let by = by.map(|by| format!("by {}", with_article(by)));
        let date = self.date.map(|date| format!("on {}", spoken(date, today)));
        let to = (self.to != self.board).then(|| format!("to {}", with_article(&self.to)));
        let source: Vec<String> = [to, by, date].into_iter().flatten().collect();
        source.join(" ")
    }

    /// Why, as a sentence; or that nobody said why.
    pub fn reason(&self) -> String {
        match &self.because {
            Some(because) => sentence(because),
            None => "no reason was given.".to_owned(),
        }
    }
}

/// An action's number, name and rating.
fn named(item: &Item) -> Line {
    vec![
        item.head(),
        piece(Tone::Plain, " ("),
        piece(tone(item.facts.rag), item.facts.rag.word()),
        piece(Tone::Plain, ")"),
    ]
}
