//! `plan report threads`: what each thread touches, priority by priority, and where it is missing.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::item::rating;
use crate::document::{Cell, Document, Level, figures, running, short};

#[derive(Serialize)]
pub struct Threads {
    #[serde(flatten)]
    pub head: Head,
    pub priorities: Vec<PriorityName>,
    pub threads: Vec<Thread>,
}

#[derive(Serialize)]
pub struct PriorityName {
    pub id: String,
    pub title: String,
}

#[derive(Serialize)]
pub struct Thread {
    pub id: String,
    pub title: String,
    /// The ids of the priorities of which no action serves it.
    pub missing: Vec<String>,
    pub actions: Vec<Served>,
}

/// An action that serves a thread.
#[derive(Serialize)]
pub struct Served {
    /// None in a log.
    pub priority: Option<String>,
    pub id: String,
    pub name: String,
    pub rag: &'static str,
    pub status: &'static str,
}

impl PlanReport for Threads {
    fn of(brief: &Brief, plan: &PlanBrief) -> Threads {
        let priorities = plan.plan.priorities.iter().map(|priority| PriorityName {
            id: priority.id.value.clone(),
            title: priority.title.value.clone(),
        });
        let priorities: Vec<PriorityName> = priorities.collect();
        let threads = plan.plan.threads.iter().map(|(id, title)| {
            let serves = |row: &&crate::select::Row| {
                let mut threads = plan.plan.threads_of(row.action).iter();
                threads.any(|thread| thread.as_str() == id.as_str())
            };
            let actions = plan.rows.iter().filter(serves).map(|row| Served {
                priority: (plan.plan.priority_of(row.action)).map(|own| own.id.value.clone()),
                id: row.action.id.value.clone(),
                name: action::name(row),
                rag: row.standing.rag.word(),
                status: row.standing.status.word(),
            });
            let actions: Vec<Served> = actions.collect();
            let lacks = |priority: &&PriorityName| {
                !actions
                    .iter()
                    .any(|action| action.priority.as_ref() == Some(&priority.id))
            };
            Thread {
                id: id.value.clone(),
                title: title.value.clone(),
                missing: (priorities.iter().filter(lacks))
                    .map(|priority| priority.id.clone())
                    .collect(),
                actions,
            }
        });
        Threads {
            head: Head::of(brief, plan.plan),
            threads: threads.collect(),
            priorities,
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Threads", document);
        if self.threads.is_empty() {
            document.paragraph("The plan names no threads.");
            return;
        }
        document.heading(Level::Section, "Actions by priority", "");
        let mut columns = vec![running("thread")];
        let heading = |priority: &PriorityName| figures(&format!("priority {}", priority.id));
        columns.extend(self.priorities.iter().map(heading));
        columns.extend([figures("in all"), short("missing in")]);
        document.table(
            columns,
            self.threads.iter().map(|thread| self.row(thread)).collect(),
        );
        for thread in &self.threads {
            let count = thread.actions.len().to_string();
            document.heading(Level::Section, &thread.id, count);
            document.remark(&thread.title);
            if thread.actions.is_empty() {
                document.paragraph("No action serves it.");
                continue;
            }
            document.table(
                vec![
                    short("priority"),
                    short("action"),
                    short("RAG"),
                    short("status"),
                    running("what"),
                ],
                thread.actions.iter().map(Served::cells).collect(),
            );
        }
    }
}

impl Threads {
    fn row(&self, thread: &Thread) -> Vec<Cell> {
        let mut cells = vec![Cell::text(&thread.title)];
        cells.extend(self.priorities.iter().map(|priority| {
            let own = thread
                .actions
                .iter()
                .filter(|action| action.priority.as_ref() == Some(&priority.id));
            Cell::Count(own.count())
        }));
        cells.push(Cell::Count(thread.actions.len()));
        cells.push(match thread.missing.is_empty() {
            true => Cell::text("none"),
            false => Cell::text(thread.missing.join(", ")),
        });
        cells
    }
}

impl Served {
    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.priority.as_deref().unwrap_or("–")),
            Cell::text(&self.id),
            rating(Some(self.rag)),
            Cell::text(self.status),
            Cell::text(&self.name),
        ]
    }
}
