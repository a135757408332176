//! What was recorded in the challenge log.

use crate::words::listed;
use serde::Serialize;

use super::recorded::{WrittenFacts, below_each_other};
use crate::calendar::Day;
use crate::document::{Document, Tone, piece, plain};
use crate::estate::Reading;
use crate::plan::{Board, ChallengeEntry, Text};

#[derive(Serialize)]
pub struct Challenged {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    /// What would be written, as a unified diff.
    pub diff: Option<String>,
    pub written: Vec<WrittenFacts>,
    pub challenges: Vec<EventFacts>,
}

/// An event of the log.
#[derive(Serialize)]
pub struct EventFacts {
    pub board: String,
    pub plan: Option<String>,
    pub challenge: String,
    pub date: Option<Day>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub action: Option<String>,
    pub raised: Option<String>,
    pub response: Option<String>,
    pub closed: Option<String>,
    pub impact: Option<String>,
    pub note: Option<String>,
}

impl EventFacts {
    fn of(board: &Board, entry: &ChallengeEntry) -> EventFacts {
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string());
        EventFacts {
            board: board.name.clone(),
            plan: entry.plan.map(|plan| board.plans[plan].stem.clone()),
            challenge: entry.id.value.to_string(),
            date: entry.date.map(|date| date.value),
            from: owned(&entry.from),
            to: owned(&entry.to),
            action: owned(&entry.action),
            raised: owned(&entry.raised),
            response: owned(&entry.response),
            closed: owned(&entry.closed),
            impact: owned(&entry.impact),
            note: owned(&entry.note),
        }
    }

    /// What happened, in words: "raised by police with vemt, about 2.2.3".
    fn sentence(&self) -> String {
        let mut what = Vec::new();
        if self.raised.is_some() {
            let by = self.from.as_ref().map(|group| format!(" by {group}"));
            let with = self.to.as_ref().map(|group| format!(" with {group}"));
            let about = self.action.as_ref().map(|id| format!(", about {id}"));
            let parts: String = [by, with, about].into_iter().flatten().collect();
            what.push(format!("raised{parts}"));
        }
        if self.response.is_some() {
            what.push("answered".into());
        }
        if self.closed.is_some() {
            what.push("closed".into());
        }
        if what.is_empty() {
            what.push("noted".into());
        }
        listed(&what)
    }
}

impl Challenged {
    /// The events that a board has more than before.
    pub fn new_of(before: &Reading, after: &Reading) -> Vec<EventFacts> {
        let board = &after.board;
        let place = |reading: &Reading, entry: &ChallengeEntry| {
            (
                reading.sources.get(entry.at.file).key.clone(),
                entry.at.start,
            )
        };
        let known: Vec<_> = (before.board.challenges.iter())
            .map(|entry| place(before, entry))
            .collect();
        let new = board
            .challenges
            .iter()
            .filter(|entry| !known.contains(&place(after, entry)));
        new.map(|entry| EventFacts::of(board, entry)).collect()
    }

    pub fn lay_out(&self, document: &mut Document) {
        let events = self.challenges.iter().map(|event| {
            let id = format!("{} ", event.challenge);
            vec![
                piece(Tone::Strong, id),
                piece(Tone::Plain, event.sentence()),
            ]
        });
        let written = self.written.iter().filter(|_| !self.dry_run);
        let written = written.map(|at| plain(format!("written to {}:{}", at.file, at.line)));
        let lines = events.chain(written).collect();
        document.blocks.push(below_each_other(lines));
    }
}
