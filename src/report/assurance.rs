//! `plan report assurance`: evidence promised against evidence received, for scrutiny.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::item::Item;
use crate::calendar::Day;
use crate::document::{Cell, Document, Level, running, short, words};
use crate::plan::{Rag, Status};
use crate::select::Row;

#[derive(Serialize)]
pub struct Assurance {
    #[serde(flatten)]
    pub head: Head,
    /// How many items of evidence the plan promises, and how many of these came in.
    pub promised: usize,
    pub received: usize,
    /// Actions that are complete, or reported green, with no evidence received at all.
    pub unproven: Vec<Item>,
    pub actions: Vec<Proof>,
}

/// An action with its evidence.
#[derive(Serialize)]
pub struct Proof {
    pub id: String,
    pub name: String,
    pub rag: Rag,
    pub status: Status,
    pub evidence: Vec<EvidenceFacts>,
}

/// A piece of evidence: whether the plan promises it, and when it came.
#[derive(Clone, Serialize)]
pub struct EvidenceFacts {
    pub title: String,
    pub planned: bool,
    pub received: Option<Day>,
}

impl EvidenceFacts {
    /// What an action promises, then what came in besides.
    pub fn of(row: &Row) -> Vec<EvidenceFacts> {
        let items = row.standing.assurance.iter();
        let facts = items.map(|item| EvidenceFacts {
            title: item.title.value.clone(),
            planned: item.planned,
            received: item.received,
        });
        facts.collect()
    }
}

impl PlanReport for Assurance {
    fn of(brief: &Brief, plan: &PlanBrief) -> Assurance {
        let actions = plan.rows.iter().map(|row| Proof {
            id: row.action.id.value.clone(),
            name: super::action::name(row),
            rag: row.standing.rag,
            status: row.standing.status,
            evidence: EvidenceFacts::of(row),
        });
        let actions: Vec<Proof> = actions.collect();
        let evidence = || actions.iter().flat_map(|action| &action.evidence);
        let planned = || evidence().filter(|item| item.planned);
        Assurance {
            head: Head::of(brief, plan.plan),
            promised: planned().count(),
            received: planned().filter(|item| item.received.is_some()).count(),
            unproven: (plan.rows.iter())
                .filter(|row| is_unproven(row))
                .map(|row| brief.item(row))
                .collect(),
            actions,
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Assurance", document);
        document.remark(format!(
            "{} of {} items of evidence that the plan promises have come in.",
            self.received, self.promised
        ));
        let heading = "Green or complete with nothing behind it";
        document.heading(Level::Section, heading, self.unproven.len().to_string());
        match self.unproven.is_empty() {
            true => {
                document.paragraph("None: nothing is called green or complete without evidence.")
            }
            false => document.table(
                vec![
                    short("action"),
                    short("RAG"),
                    short("status"),
                    words("evidence promised"),
                    words("who"),
                    running("what"),
                ],
                self.unproven.iter().map(unproven).collect(),
            ),
        }
        document.heading(Level::Section, "Evidence by action", "");
        let rows = self.actions.iter().flat_map(Proof::rows);
        document.table(
            vec![
                short("action"),
                short("RAG"),
                running("what"),
                words("evidence"),
                short("in the plan"),
                short("received"),
            ],
            rows.collect(),
        );
    }
}

/// Whether an action is called green or complete and no evidence of it was ever received.
fn is_unproven(row: &Row) -> bool {
    let standing = row.standing;
    let called = standing.status == Status::Complete
        || (standing.status.is_open()
            && (standing.rag == Rag::Green || standing.reported_rag == Some(Rag::Green)));
    called
        && !standing
            .assurance
            .iter()
            .any(|item| item.received.is_some())
}

fn unproven(item: &Item) -> Vec<Cell> {
    let promised = item.facts.evidence_planned.join("\n");
    vec![
        item.id(),
        item.rating(),
        Cell::text(item.facts.status.word()),
        match promised.is_empty() {
            true => Cell::text("none"),
            false => Cell::text(promised),
        },
        item.who(),
        item.what(),
    ]
}

impl Proof {
    /// A row for each piece of evidence; the action's own cells stand once.
    fn rows(&self) -> Vec<Vec<Cell>> {
        let own = |first: bool| match first {
            true => [
                Cell::text(&self.id),
                action::rag(self.rag),
                Cell::text(&self.name),
            ],
            false => [Cell::Above, Cell::Above, Cell::Above],
        };
        if self.evidence.is_empty() {
            let mut row = own(true).to_vec();
            row.extend([
                Cell::text("none promised, none received"),
                Cell::Empty,
                Cell::Empty,
            ]);
            return vec![row];
        }
        let items = self.evidence.iter().enumerate();
        items
            .map(|(number, evidence)| {
                let mut row = own(number == 0).to_vec();
                let planned = if evidence.planned {
                    "promised"
                } else {
                    "not in it"
                };
                row.extend([
                    Cell::text(&evidence.title),
                    Cell::text(planned),
                    match evidence.received {
                        Some(day) => Cell::Date(day),
                        None => Cell::text("not received"),
                    },
                ]);
                row
            })
            .collect()
    }
}
