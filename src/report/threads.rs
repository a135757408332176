//! `plan report threads`: what each thread touches, priority by priority, and where it is missing.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use super::item::NAME_IN_TABLE;
use crate::document::{Block, Cell, Col, Document, Level, Table, actions, figures, running, short};
use crate::plan::{Rag, Status};
use crate::words::shortened;

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
    pub rag: Rag,
    pub status: Status,
}

impl PlanReport for Threads {
    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Threads {
        let priorities = plan.plan.priorities.iter().map(|priority| PriorityName {
            id: priority.id.value.to_string(),
            title: priority.title.value.to_string(),
        });
        let priorities: Vec<PriorityName> = priorities.collect();
        let threads = plan.plan.threads.iter().map(|(id, title)| {
            let serves = |row: &&crate::select::Row| {
                let mut threads = plan.plan.threads_of(row.action).iter();
                threads.any(|thread| thread.as_str() == id.as_str())
            };
            let actions = plan.rows.iter().filter(serves).map(|row| Served {
                priority: (plan.plan.priority_of(row.action))
                    .map(|priority| priority.id.value.to_string()),
                id: row.action.id.value.to_string(),
                name: action::name(row),
                rag: row.standing.rag,
                status: row.standing.status,
            });
            let actions: Vec<Served> = actions.collect();
            let lacks = |priority: &&PriorityName| {
                !actions
                    .iter()
                    .any(|action| action.priority.as_ref() == Some(&priority.id))
            };
            Thread {
                id: id.value.to_string(),
                title: title.value.to_string(),
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

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Threads]) -> Vec<Ask> {
        let threads = || plans.iter().flat_map(|plan| &plan.threads);
        let missing = threads().filter(|it| !it.missing.is_empty()).count();
        let missing = Ask::some(missing, "thread", |count| {
            Ask::discuss(format!(
                "ask about {count} with no action under some priority"
            ))
        });
        let noted = Ask::note(match threads().next() {
            Some(_) => "what serves each thread",
            None => "that no threads are named",
        });
        missing.into_iter().chain([noted]).collect()
    }

    fn is_empty(&self) -> bool {
        self.threads.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Threads", document);
        if self.threads.is_empty() {
            document.paragraph("The plan names no threads.");
            return;
        }
        document.heading(Level::Section, "Actions by priority", "");
        document.blocks.push(Block::Table(self.table()));
        for thread in &self.threads {
            let title = thread.title.trim_end_matches('.');
            document.section(title, SERVED, &thread.actions, "No action serves it.");
        }
    }
}

impl Threads {
    /// How many actions of each priority serve each thread.
    fn table(&self) -> Table {
        const THREAD: Col<Thread> = running("thread", |thread| Cell::text(&thread.title));
        const IN_ALL: &[Col<Thread>] = &[
            figures("in all", |thread| Cell::Count(thread.actions.len())),
            short("missing in", |thread| {
                if thread.missing.is_empty() {
                    Cell::text("none")
                } else {
                    Cell::text(thread.missing.join(", "))
                }
            }),
        ];
        let heading = figures::<Thread>("", |_| Cell::Empty).column();
        let priorities = self.priorities.iter();
        let priorities =
            priorities.map(|priority| heading.clone().headed(format!("priority {}", priority.id)));
        let columns = std::iter::once(THREAD.column())
            .chain(priorities)
            .chain(IN_ALL.iter().map(Col::column));
        let count = self.priorities.len();
        Table::with(columns.collect(), &self.threads, |at, thread| match at {
            0 => THREAD.cell(thread),
            at if at <= count => thread.count_in(&self.priorities[at - 1]),
            at => IN_ALL[at - count - 1].cell(thread),
        })
    }
}

impl Thread {
    fn count_in(&self, priority: &PriorityName) -> Cell {
        let belongs = |action: &&Served| action.priority.as_ref() == Some(&priority.id);
        Cell::Count(self.actions.iter().filter(belongs).count())
    }
}

const SERVED: &[Col<Served>] = &[
    actions(|served: &Served| {
        let name = shortened(&served.name, NAME_IN_TABLE);
        Cell::text(format!("{} {name}", served.id))
    }),
    short("priority", |served| {
        Cell::text(served.priority.as_deref().unwrap_or("–"))
    }),
    short("RAG", |served| action::rag(served.rag)),
    short("status", |served| Cell::text(served.status.word())),
];
