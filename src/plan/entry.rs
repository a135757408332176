//! What is reported after adoption: entries of updates files and of the challenge log.

use super::{Deadline, Evidence, Id, Located, Rag, Status, Text, WHOLE_BOARD};
use crate::calendar::{Day, Period};
use crate::source::Span;

/// One dated report.
#[derive(Debug)]
pub struct Entry {
    /// The whole entry.
    pub at: Span,
    /// The plan that it names: an index into [`Board::plans`], if there is such a plan.
    pub plan: Option<usize>,
    /// That plan, as the entry writes it.
    pub plan_name: Option<Text>,
    pub about: About,
    /// Absent where none is given or none can be read; such an entry counts for nothing.
    pub date: Option<Located<Day>>,
    pub covers: Option<Located<Period>>,
    pub by: Option<Text>,
    pub meeting: Option<Text>,
    pub rag: Option<Located<Rag>>,
    pub status: Option<Located<Status>>,
    pub impact_rag: Option<Located<Rag>>,
    pub done: Option<Text>,
    pub impact: Option<Text>,
    pub voice: Option<Text>,
    pub next: Option<Text>,
    pub note: Option<Text>,
    pub evidence: Vec<Evidence>,
    pub timescale: Option<Deadline>,
    pub owners: Option<Vec<Text>>,
    pub owners_at: Span,
    pub reason: Option<Text>,
    /// Who agreed to what it asks for.
    pub agreed: Option<Text>,
    /// Who refused what is asked for: the fields that the entry names, else all.
    pub refused: Option<Text>,
    pub escalate: Option<Text>,
    /// Whether a public site leaves its words out.
    pub is_internal: bool,
}

impl Entry {
    /// Its beginning: where a finding about it as a whole stands.
    pub fn head(&self) -> Span {
        Span {
            end: self.at.start + 1,
            ..self.at
        }
    }

    /// Whether it is about several actions, of which it may close, pause, reassign or re-time none.
    pub fn is_shared(&self) -> bool {
        matches!(self.about, About::Several(_) | About::Objective(_))
    }

    /// Whether a status moves nothing, because the entry is about several actions.
    pub fn is_shared_change(&self, status: Status) -> bool {
        let harmless = matches!(status, Status::NotStarted | Status::InProgress);
        self.is_shared() && !harmless
    }

    /// Whether it is the board's own.
    pub fn is_by_board(&self) -> bool {
        self.by.as_deref() == Some(WHOLE_BOARD)
    }

    /// Whether it agrees to something or refuses it: that counts from the day after its date
    /// (design section 5, point 2).
    pub fn decides(&self) -> bool {
        self.agreed.is_some() || self.refused.is_some()
    }

    /// Whether it does nothing but decide, so that it is not there at all on its own day.
    pub fn only_decides(&self) -> bool {
        let tells = self.reported_rag().is_some() || self.describes() || self.escalate.is_some();
        self.decides() && !tells
    }

    /// Whether it is a report (design section 5, point 6): it says how the action stands, and is
    /// not the board's own.
    pub fn is_report(&self) -> bool {
        let status = self.reported_status().map(|status| status.value);
        let reports = status.is_some_and(|status| !self.is_shared_change(status));
        !self.is_by_board()
            && (self.reported_rag().is_some() || (reports && !self.decides()) || self.describes())
    }

    /// Whether the entry describes work: what was done, what difference that made or what comes next.
    fn describes(&self) -> bool {
        let texts = [&self.done, &self.impact, &self.voice, &self.next];
        texts.into_iter().any(Option::is_some)
            || self.impact_rag.is_some()
            || !self.evidence.is_empty()
    }

    /// The first day on which it is there: its date, or the day after where it does nothing but
    /// decide. None where it has no date.
    pub fn known_from(&self) -> Option<Day> {
        let date = self.date?.value;
        Some(if self.only_decides() {
            date.succ()
        } else {
            date
        })
    }

    /// The first day on which what it decides counts.
    pub fn decided_from(&self) -> Option<Day> {
        Some(self.date.filter(|_| self.decides())?.value.succ())
    }

    /// The status that the entry reports: the one that it gives, else complete where it rates the action blue.
    pub fn reported_status(&self) -> Option<Located<Status>> {
        let blue = self.rag.filter(|rag| rag.value == Rag::Blue);
        self.status.or(blue.map(|rag| Located {
            value: Status::Complete,
            at: rag.at,
        }))
    }

    /// The RAG that it reports: red, amber or green. Blue is a status, not a rating.
    pub fn reported_rag(&self) -> Option<Rag> {
        self.rag
            .map(|rag| rag.value)
            .filter(|rag| rag.badness() > 0)
    }
}

/// What an entry speaks of, by the ids that it gives.
#[derive(Debug)]
pub enum About {
    /// One action or milestone.
    One(Text),
    /// Several actions.
    Several(Vec<Text>),
    /// An objective's open actions.
    Objective(Text),
    /// A priority itself.
    Priority(Text),
    /// Nothing that can be told.
    Nothing,
}

/// One event of the challenge log.
#[derive(Debug)]
pub struct ChallengeEntry {
    pub at: Span,
    pub id: Id,
    pub plan: Option<usize>,
    pub plan_name: Option<Text>,
    pub date: Option<Located<Day>>,
    pub meeting: Option<Text>,
    pub from: Option<Text>,
    pub to: Option<Text>,
    /// Who speaks in a later event: who answers, or closes it.
    pub by: Option<Text>,
    pub action: Option<Text>,
    pub raised: Option<Text>,
    pub response: Option<Text>,
    pub closed: Option<Text>,
    pub impact: Option<Text>,
    pub note: Option<Text>,
    /// Whether a public site leaves the challenge out.
    pub is_internal: bool,
}
