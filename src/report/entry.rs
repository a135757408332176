//! An entry as JSON gives it and as papers print it.

use serde::Serialize;

use super::action;
use crate::calendar::Day;
use crate::diff::origin::Origin;
use crate::document::{Line, Tone, piece};
use crate::plan::{Deadline, Entry, NO_GROUP, Rag, Status, Text};
use crate::source::Sources;

/// An entry about the action, with its place.
#[derive(Clone, Debug, Serialize)]
pub struct EntryFacts {
    pub date: Option<Day>,
    pub file: String,
    pub line: usize,
    pub by: Option<String>,
    pub meeting: Option<String>,
    pub covers: Option<String>,
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    pub impact_rag: Option<Rag>,
    pub done: Option<String>,
    pub impact: Option<String>,
    pub voice: Option<String>,
    pub next: Option<String>,
    pub note: Option<String>,
    pub evidence: Vec<String>,
    pub timescale: Option<String>,
    pub owners: Option<Vec<String>>,
    pub reason: Option<String>,
    pub agreed: Option<String>,
    pub refused: Option<String>,
    pub escalate: Option<String>,
    /// The commit in which the entry first stood, if it was looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<CommitFacts>,
}

/// A commit, or why none is known.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CommitFacts {
    pub hash: Option<String>,
    pub author: Option<String>,
    pub date: Option<Day>,
    pub note: Option<String>,
}

impl CommitFacts {
    pub fn of(origin: &Origin) -> CommitFacts {
        let note = match origin {
            Origin::Brought(commit) => {
                return CommitFacts {
                    hash: Some(commit.hash.clone()),
                    author: Some(commit.author.clone()),
                    date: commit.day,
                    note: None,
                };
            }
            Origin::Uncommitted => "not committed yet".to_owned(),
            Origin::Before(commit) => format!(
                "in {commit} or before, where this shallow clone begins; `git fetch --unshallow` fetches the rest"
            ),
            Origin::Far(count) => format!("before the last {count} commits"),
            Origin::Untold => "not told: the history holds it in no file by itself".to_owned(),
        };
        CommitFacts {
            note: Some(note),
            ..CommitFacts::default()
        }
    }

    fn words(&self) -> String {
        let day = self.date.map(Day::long);
        let parts = [&self.hash, &self.author, &day, &self.note];
        let given: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        given.join(" · ")
    }
}

impl EntryFacts {
    /// An entry as it stands on a day: on its own day, without what it decides.
    pub fn as_of(entry: &Entry, sources: &Sources, day: Day) -> EntryFacts {
        let facts = EntryFacts::of(entry, sources);
        if entry.decided_from().is_none_or(|from| from <= day) {
            return facts;
        }
        EntryFacts {
            status: None,
            timescale: None,
            owners: None,
            reason: None,
            agreed: None,
            refused: None,
            ..facts
        }
    }

    pub fn of(entry: &Entry, sources: &Sources) -> EntryFacts {
        let place = sources.place(entry.at);
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string());
        let deadline = |deadline: &Deadline| deadline.text.value.to_string();
        EntryFacts {
            date: entry.date.map(|date| date.value),
            file: place.path.to_string(),
            line: place.start.line,
            by: owned(&entry.by),
            meeting: owned(&entry.meeting),
            covers: entry.covers.map(|covers| covers.value.to_string()),
            rag: entry.rag.map(|rag| rag.value),
            status: entry.status.map(|status| status.value),
            impact_rag: entry.impact_rag.map(|rag| rag.value),
            done: owned(&entry.done),
            impact: owned(&entry.impact),
            voice: owned(&entry.voice),
            next: owned(&entry.next),
            note: owned(&entry.note),
            evidence: (entry.evidence.iter())
                .map(|item| item.title.value.to_string())
                .collect(),
            timescale: entry.timescale.as_ref().map(deadline),
            owners: (entry.owners.as_ref())
                .map(|owners| owners.iter().map(|id| id.value.to_string()).collect()),
            reason: owned(&entry.reason),
            agreed: owned(&entry.agreed),
            refused: owned(&entry.refused),
            escalate: owned(&entry.escalate),
            commit: None,
        }
    }

    /// The entry's decision ("agreed", "refused") and the name of who decided.
    fn decision(&self) -> Option<(&'static str, &str)> {
        let agreed = self.agreed.as_deref().map(|by| ("agreed", by));
        let refused = self.refused.as_deref().map(|by| ("refused", by));
        agreed.or(refused)
    }

    /// What an entry gives that somebody must agree to, with what became of it.
    fn with_outcome(&self, words: &str) -> String {
        match self.decision() {
            Some((outcome, by)) => format!("{words}, {outcome} by {by}"),
            None => format!("{words}, requested"),
        }
    }

    /// The same with the names of groups, as papers print them, in place of their ids.
    pub fn with_names(&self, group_name: impl Fn(&str) -> String) -> EntryFacts {
        let name = |id: &Option<String>| {
            let id = id.as_deref()?;
            Some(if id == NO_GROUP {
                id.to_owned()
            } else {
                group_name(id)
            })
        };
        let names = |ids: &Vec<String>| ids.iter().map(|id| group_name(id)).collect();
        EntryFacts {
            by: name(&self.by),
            owners: self.owners.as_ref().map(names),
            agreed: name(&self.agreed),
            refused: name(&self.refused),
            escalate: name(&self.escalate),
            ..self.clone()
        }
    }

    /// The groups that it names, by their ids.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let one = [&self.by, &self.agreed, &self.refused, &self.escalate];
        let one = one.into_iter().flatten();
        let owners = self.owners.iter().flatten();
        one.chain(owners).map(String::as_str)
    }

    /// The entry's facts, one a line, and below them its file and line.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.facts();
        let place = format!("{}:{}", self.file, self.line);
        lines.push(vec![piece(Tone::Faint, place)]);
        lines
    }

    /// The entry's facts, one a line: status, rating, what was done and so on.
    pub fn facts(&self) -> Vec<Line> {
        let deadline = self.timescale.as_ref();
        let deadline = deadline.map(|words| self.with_outcome(words));
        let owners = self.owners.as_ref();
        let owners = owners.map(|owners| self.with_outcome(&owners.join(", ")));
        let status = self.status.map(|status| {
            if self.decision().is_some() || status.needs_agreement() {
                self.with_outcome(status.word())
            } else {
                status.word().to_owned()
            }
        });
        // Where it names nothing that could be decided, the decision stands alone.
        let names_something = deadline.is_some() || owners.is_some() || status.is_some();
        let decision = self.decision().filter(|_| !names_something);
        let decision = decision.map(|(outcome, by)| format!("{outcome} by {by}"));
        let facts = [
            ("status", status),
            ("done", self.done.clone()),
            ("impact", self.impact.clone()),
            (
                "impact rated",
                self.impact_rag.map(|rag| rag.word().to_owned()),
            ),
            ("voice", self.voice.clone()),
            ("next", self.next.clone()),
            (
                "evidence",
                Some(self.evidence.join(", ")).filter(|text| !text.is_empty()),
            ),
            ("new deadline", deadline),
            ("owners", owners),
            ("decision", decision),
            ("reason", self.reason.clone()),
            ("escalated to", self.escalate.clone()),
            ("note", self.note.clone()),
            ("commit", self.commit.as_ref().map(CommitFacts::words)),
        ];
        facts
            .into_iter()
            .filter_map(|(name, text)| {
                Some(vec![
                    piece(Tone::Faint, format!("{name}: ")),
                    piece(Tone::Plain, text?),
                ])
            })
            .collect()
    }

    pub fn heading(&self) -> Line {
        let day = self.date.map_or_else(String::new, Day::long);
        let mut line = vec![piece(Tone::Strong, day)];
        if let Some(rag) = self.rag {
            line.push(piece(Tone::Plain, "  "));
            line.push(piece(action::tone(rag), rag.word()));
        }
        if let Some(by) = &self.by {
            line.push(piece(Tone::Faint, format!("  by {by}")));
        }
        line
    }
}
