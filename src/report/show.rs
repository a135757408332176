//! `plan show ID`: one action, its standing and why, its history.

use serde::Serialize;

use super::action::{self, ActionFacts, iso};
use crate::document::{Block, Cell, Document, Line, Table, Tone, piece, plain, short, words};
use crate::plan::{Deadline, Entry, Rag, Text};
use crate::select::Row;
use crate::source::Sources;

#[derive(Serialize)]
pub struct Shown {
    pub actions: Vec<ActionInFull>,
}

/// An action with all that its files say of it.
#[derive(Serialize)]
pub struct ActionInFull {
    #[serde(flatten)]
    pub facts: ActionFacts,
    pub note: Option<String>,
    pub added: Option<String>,
    pub from: Option<String>,
    pub supports: Option<String>,
    pub source: std::collections::BTreeMap<String, String>,
    pub assurance: Vec<EvidenceFacts>,
    pub history: Vec<EntryFacts>,
    #[serde(skip)]
    page: Page,
}

/// A piece of evidence: whether the plan promises it, and when it came.
#[derive(Serialize)]
pub struct EvidenceFacts {
    pub title: String,
    pub planned: bool,
    pub received: Option<String>,
}

/// An entry about the action, with its place.
#[derive(Serialize)]
pub struct EntryFacts {
    pub date: Option<String>,
    pub file: String,
    pub line: usize,
    pub by: Option<String>,
    pub meeting: Option<String>,
    pub covers: Option<String>,
    pub rag: Option<&'static str>,
    pub status: Option<&'static str>,
    pub impact_rag: Option<&'static str>,
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
    pub escalate: Option<String>,
}

struct Page {
    title: String,
    day: String,
    facts: Vec<(String, Line)>,
}

impl ActionInFull {
    pub fn of(row: &Row, sources: &Sources, day: crate::calendar::Day) -> ActionInFull {
        let action = row.action;
        let entries = row.standing.history.iter();
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        ActionInFull {
            facts: ActionFacts::of(row),
            note: owned(&action.note),
            added: iso(action.added.map(|added| added.value)),
            from: owned(&action.from),
            supports: owned(&action.supports),
            source: (action.source.iter())
                .map(|(name, text)| (name.value.clone(), text.value.clone()))
                .collect(),
            assurance: (row.standing.assurance.iter())
                .map(|item| EvidenceFacts {
                    title: item.title.value.clone(),
                    planned: item.planned,
                    received: iso(item.received),
                })
                .collect(),
            history: entries
                .map(|&at| EntryFacts::of(&row.board.entries[at], sources))
                .collect(),
            page: Page::of(row, day),
        }
    }
}

impl EntryFacts {
    fn of(entry: &Entry, sources: &Sources) -> EntryFacts {
        let place = sources.place(entry.at);
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let deadline = |deadline: &Deadline| deadline.text.value.clone();
        EntryFacts {
            date: iso(entry.date.map(|date| date.value)),
            file: place.path,
            line: place.start.line,
            by: owned(&entry.by),
            meeting: owned(&entry.meeting),
            covers: entry.covers.map(|covers| covers.value.to_string()),
            rag: entry.rag.map(|rag| rag.value.word()),
            status: entry.status.map(|status| status.value.word()),
            impact_rag: entry.impact_rag.map(|rag| rag.value.word()),
            done: owned(&entry.done),
            impact: owned(&entry.impact),
            voice: owned(&entry.voice),
            next: owned(&entry.next),
            note: owned(&entry.note),
            evidence: (entry.evidence.iter())
                .map(|item| item.title.value.clone())
                .collect(),
            timescale: entry.timescale.as_ref().map(deadline),
            owners: (entry.owners.as_ref())
                .map(|owners| owners.iter().map(|id| id.value.clone()).collect()),
            reason: owned(&entry.reason),
            agreed: owned(&entry.agreed),
            escalate: owned(&entry.escalate),
        }
    }

    /// What it reports, in one line for each thing said.
    fn lines(&self) -> Vec<Line> {
        let deadline = self.timescale.as_ref().map(|words| match &self.agreed {
            Some(group) => format!("{words}, agreed by {group}"),
            None => format!("{words}, asked for"),
        });
        let said = [
            ("status", self.status.map(str::to_owned)),
            ("done", self.done.clone()),
            ("impact", self.impact.clone()),
            ("impact rated", self.impact_rag.map(str::to_owned)),
            ("voice", self.voice.clone()),
            ("next", self.next.clone()),
            (
                "evidence",
                Some(self.evidence.join(", ")).filter(|text| !text.is_empty()),
            ),
            ("new deadline", deadline),
            (
                "owners",
                self.owners.as_ref().map(|owners| owners.join(", ")),
            ),
            ("reason", self.reason.clone()),
            ("escalated to", self.escalate.clone()),
            ("note", self.note.clone()),
        ];
        let mut lines: Vec<Line> = said
            .into_iter()
            .filter_map(|(name, text)| {
                Some(vec![
                    piece(Tone::Faint, format!("{name}: ")),
                    piece(Tone::Plain, text?),
                ])
            })
            .collect();
        let place = format!("{}:{}", self.file, self.line);
        lines.push(vec![piece(Tone::Faint, place)]);
        lines
    }

    fn heading(&self) -> Line {
        let day = self
            .date
            .as_deref()
            .and_then(crate::calendar::Day::parse_iso);
        let mut line = vec![piece(
            Tone::Strong,
            day.map_or_else(String::new, |day| day.long()),
        )];
        if let Some(rag) = self.rag.and_then(Rag::parse) {
            line.push(piece(Tone::Plain, "  "));
            line.push(piece(action::tone(rag), rag.word()));
        }
        if let Some(by) = &self.by {
            line.push(piece(Tone::Faint, format!("  by {by}")));
        }
        line
    }
}

impl Page {
    fn of(row: &Row, day: crate::calendar::Day) -> Page {
        let (plan, action, standing) = (row.plan, row.action, row.standing);
        let rating = vec![
            piece(
                action::tone(standing.rag),
                standing.rag.word().to_uppercase(),
            ),
            piece(Tone::Plain, format!(" · {}", standing.status.word())),
        ];
        let mut facts = vec![("standing".to_owned(), rating)];
        let mut add = |name: &str, text: Option<String>| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                facts.push((name.to_owned(), plain(text)));
            }
        };
        let given = |text: Option<&Text>| text.map(|text| text.value.clone());
        let priority = &plan.priorities[action.priority];
        let objective = action.objective.map(|at| &plan.objectives[at]);
        let owners = standing.owners.iter();
        let names = owners
            .map(|id| row.board.group_name(id))
            .collect::<Vec<_>>();
        let timescale = standing
            .timescale
            .map(|deadline| deadline.text.value.clone());
        let last = standing.last_update.map(|day| day.long());
        let reported = standing.reported_rag.map(|rag| rag.word().to_owned());
        add("why", Some(standing.reasons.join(" · ")));
        add("timescale", timescale);
        add("due", standing.due.map(|day| day.long()));
        let first = standing
            .first_due
            .filter(|_| standing.first_due != standing.due);
        add("first due", first.map(|day| day.long()));
        let expected = match standing.unreported {
            true => "report was due",
            false => "next report",
        };
        add(
            expected,
            standing.review_due.map(|day| format!("by {}", day.long())),
        );
        add("last report", last);
        add("reported", reported);
        add("computed", Some(standing.computed_rag.word().to_owned()));
        add(
            "priority",
            Some(format!("{} {}", priority.id, priority.title)),
        );
        add(
            "objective",
            objective.map(|o| {
                let id = o.id.as_ref().map_or("", |id| id.as_str());
                format!("{id} {}", o.title).trim().to_owned()
            }),
        );
        add("title", given(action.title.as_ref()));
        add("action", given(plan.given(action, |s| s.action.as_ref())));
        add("impact", given(action.impact.as_ref()));
        add("measure", given(plan.given(action, |s| s.measure.as_ref())));
        add(
            "indicator",
            given(plan.given(action, |s| s.indicator.as_ref())),
        );
        add(
            "responsibility",
            given(plan.given(action, |s| s.responsibility.as_ref())),
        );
        let lead = plan.given(action, |s| s.lead.as_ref());
        add("lead", lead.map(|id| row.board.group_name(id).to_owned()));
        add("owners", Some(names.join(", ")));
        let threads = plan.threads_of(action).iter().map(|key| {
            let thread = plan
                .threads
                .iter()
                .find(|(name, _)| name.as_str() == key.as_str());
            thread.map_or_else(|| key.value.clone(), |(_, text)| text.value.clone())
        });
        add("threads", Some(threads.collect::<Vec<_>>().join("; ")));
        add("carries on", given(action.from.as_ref()));
        add("supports", given(action.supports.as_ref()));
        let source = action
            .source
            .iter()
            .map(|(name, text)| format!("{name}: {text}"));
        add("source", Some(source.collect::<Vec<_>>().join("; ")));
        add("note", given(action.note.as_ref()));
        Page {
            title: format!("{} · {}", action::id(row), action::title(row.board, plan)),
            day: day.long(),
            facts,
        }
    }
}

impl Shown {
    pub fn lay_out(&self, document: &mut Document) {
        for action in &self.actions {
            action.lay_out(document);
        }
    }
}

impl ActionInFull {
    fn lay_out(&self, document: &mut Document) {
        let blocks = &mut document.blocks;
        let page = &self.page;
        blocks.push(Block::Title(page.title.clone(), page.day.clone()));
        blocks.push(Block::Facts(page.facts.clone()));
        if !self.facts.milestones.is_empty() {
            blocks.push(heading("MILESTONES"));
            blocks.push(Block::Table(self.milestones()));
        }
        if !self.assurance.is_empty() {
            blocks.push(heading("EVIDENCE"));
            blocks.push(Block::Table(self.evidence()));
        }
        blocks.push(heading("HISTORY"));
        if self.history.is_empty() {
            blocks.push(Block::Paragraph(plain("Nothing was reported yet.")));
        }
        for entry in &self.history {
            blocks.push(Block::Paragraph(entry.heading()));
            blocks.push(Block::List(entry.lines()));
        }
    }

    fn milestones(&self) -> Table {
        let rows = self.facts.milestones.iter().map(|milestone| {
            let status = match milestone.overdue {
                true => Cell::toned(Tone::Red, format!("{}, overdue", milestone.status)),
                false => Cell::text(milestone.status),
            };
            vec![
                Cell::text(&milestone.id),
                Cell::text(milestone.timescale.clone().unwrap_or_default()),
                status,
                Cell::text(milestone.title.clone().unwrap_or_default()),
            ]
        });
        Table {
            columns: vec![
                short("id"),
                words("timescale"),
                short("status"),
                words("what"),
            ],
            rows: rows.collect(),
        }
    }

    fn evidence(&self) -> Table {
        let rows = self.assurance.iter().map(|item| {
            let day = item
                .received
                .as_deref()
                .and_then(crate::calendar::Day::parse_iso);
            let received = match day {
                Some(day) => Cell::text(day.short()),
                None => Cell::toned(Tone::Faint, "not received"),
            };
            let planned = match item.planned {
                true => Cell::text("promised"),
                false => Cell::toned(Tone::Faint, "not in the plan"),
            };
            vec![Cell::text(&item.title), planned, received]
        });
        Table {
            columns: vec![words("what"), short("plan"), short("received")],
            rows: rows.collect(),
        }
    }
}

fn heading(text: &str) -> Block {
    Block::Heading(vec![piece(Tone::Strong, text)])
}
