//! What a source says of an action on one day, from all of its columns.

use crate::plan::{Rag, Status};

/// What is said of an action on one day.
#[derive(Debug, Default)]
pub struct Says {
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    pub done: Option<String>,
    pub voice: Option<String>,
    pub next: Option<String>,
    pub note: Option<String>,
    pub timescale: Option<String>,
    pub reason: Option<String>,
    /// Whether it says that all of its milestones are complete.
    pub(super) completes: bool,
    /// Whether that it is in progress is only what its words for the pace say: "Slipped".
    pub(super) is_pace: bool,
}

impl Says {
    pub(super) fn complete() -> Says {
        Says {
            status: Some(Status::Complete),
            ..Says::default()
        }
    }

    /// Takes the reason of what is asked for; where nothing is, it is a note.
    pub(super) fn explain(&mut self, reason: &str) {
        if reason.is_empty() {
            return;
        }
        match &mut self.reason {
            Some(known) => *known = reason.to_owned(),
            None => self.add_note(&format!("Reason: {reason}")),
        }
    }

    /// Whether a status that other words name is no other than what it says: words for the pace leave open
    /// whether anything was begun.
    pub(super) fn is_open_to(&self, status: Option<Status>) -> bool {
        let is_begun = self.is_pace && status == Some(Status::NotStarted);
        self.status.is_none() || self.status == status || is_begun
    }

    /// Takes in what other columns say of the same day; where both say how it stands, its own counts.
    pub(super) fn join(&mut self, other: Says, milestones: bool) {
        for (own, word, said) in [
            ("RAG", other.rag.map(Rag::word), self.rag.map(Rag::word)),
            (
                "Status",
                other
                    .status
                    .filter(|_| !self.is_open_to(other.status))
                    .map(Status::word),
                self.status.map(Status::word),
            ),
        ] {
            if let Some(word) = word.filter(|word| said.is_some_and(|said| said != *word)) {
                self.add_note(&format!("{own}: {word}"));
            }
        }
        if self.is_open_to(other.status) {
            self.status = other.status.or(self.status);
        }
        self.rag = self.rag.or(other.rag);
        for (own, said) in [
            (&mut self.done, other.done),
            (&mut self.voice, other.voice),
            (&mut self.next, other.next),
            (&mut self.note, other.note),
        ] {
            add(own, &said.unwrap_or_default());
        }
        self.timescale = self.timescale.take().or(other.timescale);
        self.reason = self.reason.take().or(other.reason);
        self.completes |= other.completes;
        self.settle(milestones);
    }

    /// Whether it says that the action is complete.
    pub(super) fn is_closed(&self) -> bool {
        self.rag == Some(Rag::Blue) || self.status == Some(Status::Complete)
    }

    pub(super) fn says_something(&self) -> bool {
        let texts = [
            &self.done,
            &self.voice,
            &self.next,
            &self.note,
            &self.timescale,
        ];
        self.rag.is_some() || self.status.is_some() || texts.iter().any(|text| text.is_some())
    }

    pub(super) fn add_note(&mut self, text: &str) {
        add(&mut self.note, text);
    }

    pub(super) fn add_note_if(&mut self, text: &str) {
        if !text.is_empty() {
            self.add_note(text);
        }
    }

    /// Makes what is said agree: blue is complete, and beside another status the status counts; an action
    /// is complete when its milestones are, and each would have to say so.
    pub(super) fn settle(&mut self, milestones: bool) {
        let other = self.status.is_some_and(|status| status != Status::Complete);
        if self.rag == Some(Rag::Blue) && other {
            self.rag = None;
            self.add_note("RAG: blue");
        }
        if self.is_closed() && milestones {
            (self.rag, self.status) = (None, None);
            self.completes = true;
        }
    }
}

pub(super) fn add(to: &mut Option<String>, text: &str) {
    if text.is_empty() {
        return;
    }
    *to = Some(match to.take() {
        None => text.to_owned(),
        Some(before) if before == text => before,
        Some(before) => format!("{before}\n\n{text}"),
    });
}
