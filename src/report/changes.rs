//! `plan report changes`: what changed between two days, for anyone who was away.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::item::Item;
use super::revision::{REVISIONS, Revision, revisions};
use crate::calendar::Day;
use crate::diff::{self, Change, Course};
use crate::document::{Cell, Col, Document, Level, running, short, words};
use crate::plan::Rag;
use crate::select::Row;
use crate::standing::Standing;

#[derive(Serialize)]
pub struct Changes {
    #[serde(flatten)]
    pub head: Head,
    /// The earlier day; absent where none is known to compare with.
    pub since: Option<Day>,
    /// How many entries about the plan are dated after the earlier day.
    pub entries: usize,
    pub better: Vec<Changed>,
    pub worse: Vec<Changed>,
    pub new: Vec<Changed>,
    /// What was completed, withdrawn or carried forward.
    pub closed: Vec<Changed>,
    /// What was not late then and is now.
    pub late: Vec<Changed>,
    pub revised: Vec<Revision>,
}

/// An action that changed: its ratings then and now.
#[derive(Serialize)]
pub struct Changed {
    #[serde(flatten)]
    pub item: Item,
    pub then: Option<Rag>,
    pub now: Rag,
}

impl PlanReport for Changes {
    const CURRENT: bool = true;

    fn of(brief: &Brief, plan: &PlanBrief) -> Changes {
        let head = Head::of(brief, plan.plan);
        let (Some(then), Some(since)) = (plan.then, brief.then.map(|then| then.day)) else {
            return Changes::unknown(head);
        };
        let changes = diff::changes(then, plan.now);
        let course = |course: Course| {
            let changes = changes.iter().filter(|change| change.course == course);
            changes
                .filter_map(|change| Changed::of(brief, plan, change))
                .collect()
        };
        let picked = |holds: fn(&Standing, Option<&Standing>) -> bool| {
            let rows = plan
                .rows
                .iter()
                .filter(|row| holds(row.standing, plan.before(row)));
            rows.map(|row| Changed::between(brief, plan, row)).collect()
        };
        Changes {
            head,
            since: Some(since),
            entries: plan.entries_after(brief, since).count(),
            better: course(Course::Better),
            worse: course(Course::Worse),
            new: course(Course::New),
            closed: picked(|now, then| {
                !now.status.is_open() && then.is_none_or(|then| then.status.is_open())
            }),
            late: picked(|now, then| now.overdue && then.is_none_or(|then| !then.overdue)),
            revised: (plan.rows.iter().flat_map(revisions))
                .filter(|revision| revision.date.is_some_and(|date| date > since))
                .collect(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Changes", document);
        let Some(since) = self.since else {
            document.paragraph(
                "No earlier day to compare with: the board's meetings are not given. Name one with \
                 --since.",
            );
            return;
        };
        let entries = match self.entries {
            0 => "nothing was reported".to_owned(),
            1 => "1 entry was reported".to_owned(),
            count => format!("{count} entries were reported"),
        };
        document.remark(format!("Since {}: {entries}.", since.long()));
        let lists = [
            ("Better", &self.better),
            ("Worse", &self.worse),
            ("Closed", &self.closed),
            ("Newly late", &self.late),
            ("New", &self.new),
        ];
        for (heading, list) in lists {
            document.heading(Level::Section, heading, list.len().to_string());
            match list.is_empty() {
                true => document.paragraph("None."),
                false => document.table(CHANGED, list),
            }
        }
        let count = self.revised.len().to_string();
        document.heading(Level::Section, "Deadlines moved or asked to be", count);
        match self.revised.is_empty() {
            true => document.paragraph("None."),
            false => document.table(REVISIONS, &self.revised),
        }
    }
}

impl Changes {
    fn unknown(head: Head) -> Changes {
        Changes {
            head,
            since: None,
            entries: 0,
            better: Vec::new(),
            worse: Vec::new(),
            new: Vec::new(),
            closed: Vec::new(),
            late: Vec::new(),
            revised: Vec::new(),
        }
    }
}

impl Changed {
    /// A change of an action that is asked for.
    pub fn of(brief: &Brief, plan: &PlanBrief, change: &Change) -> Option<Changed> {
        let action = &plan.plan.actions[change.action];
        let row = plan
            .rows
            .iter()
            .find(|row| std::ptr::eq(row.action, action))?;
        Some(Changed {
            item: brief.item(row),
            then: change.then,
            now: change.now,
        })
    }

    fn between(brief: &Brief, plan: &PlanBrief, row: &Row) -> Changed {
        Changed {
            item: brief.item(row),
            then: plan.before(row).map(|then| then.rag),
            now: row.standing.rag,
        }
    }

    /// Why it stands so; of what is closed, how it ended.
    fn why(&self) -> Cell {
        let status = self.item.facts.status;
        Cell::text(if status.is_open() {
            self.item.why(|_| true)
        } else {
            status.to_string()
        })
    }
}

pub const CHANGED: &[Col<Changed>] = &[
    short("action", |changed| changed.item.id()),
    short("was", |changed| action::maybe_rag(changed.then)),
    short("is", |changed| action::rag(changed.now)),
    words("why", Changed::why),
    words("who", |changed| changed.item.who()),
    running("what", |changed| changed.item.what()),
];
