//! `plan report assurance`: evidence promised against evidence received, for scrutiny.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use super::item::{Item, NAME_IN_TABLE};
use crate::calendar::Day;
use crate::document::{Cell, Col, Document, Level, actions, figures, running, short, words};
use crate::plan::{Rag, Status};
use crate::select::Row;
use crate::words::shortened;

#[derive(Serialize)]
pub struct Assurance {
    #[serde(flatten)]
    pub head: Head,
    /// How many items of evidence the plan promises, and how many of these came in.
    pub promised: usize,
    pub received: usize,
    /// Actions that are complete or green with no evidence received at all.
    pub unproven: Vec<Item>,
    /// Actions that their leads rate green and that are not, with no evidence received at all.
    pub unproven_claims: Vec<Item>,
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
    /// The day on which it first came in, and the last one, where it came in again.
    pub received: Option<Day>,
    pub latest: Option<Day>,
    /// How often it came in.
    pub times: usize,
}

impl EvidenceFacts {
    /// What an action promises, then what came in besides.
    pub fn of(row: &Row) -> Vec<EvidenceFacts> {
        let items = row.standing.assurance.iter();
        let facts = items.map(|item| EvidenceFacts {
            title: item.title.value.to_string(),
            planned: item.planned,
            received: item.received.first().copied(),
            latest: item.received.last().copied(),
            times: item.received.len(),
        });
        facts.collect()
    }
}

impl PlanReport for Assurance {
    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Assurance {
        let actions = plan.rows.iter().map(|row| Proof {
            id: row.action.id.value.to_string(),
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
            unproven: unproven(brief, plan, true),
            unproven_claims: unproven(brief, plan, false),
            actions,
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Assurance]) -> Vec<Ask> {
        let sum = |count: fn(&Assurance) -> usize| plans.iter().map(count).sum::<usize>();
        let unproven = sum(|plan| plan.unproven.len() + plan.unproven_claims.len());
        let unproven = Ask::some(unproven, "action", |count| {
            Ask::discuss(format!(
                "ask for evidence of {count} called green or complete without any"
            ))
        });
        let noted = Ask::note(format!(
            "that {} of {} items of evidence that are promised have come in",
            sum(|plan| plan.received),
            sum(|plan| plan.promised)
        ));
        unproven.into_iter().chain([noted]).collect()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Assurance", document);
        document.remark(format!(
            "{} of {} items of evidence that the plan promises have come in.",
            self.received, self.promised
        ));
        let heading = "Green or complete with nothing behind it";
        let nothing = "None: nothing is called green or complete without evidence.";
        document.section(heading, UNPROVEN, &self.unproven, nothing);
        let heading = "Green in reports alone, with nothing behind it";
        document.section(heading, UNPROVEN, &self.unproven_claims, "");
        document.heading(Level::Section, "Evidence by action", "");
        document.table(EVIDENCE, self.actions.iter().flat_map(Proof::lines));
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
            .any(|item| !item.received.is_empty())
}

/// The unproven actions that are complete or green in the board's eyes too, or those that only their
/// leads call green.
pub fn unproven(brief: &Brief, plan: &PlanBrief, is_agreed: bool) -> Vec<Item> {
    let good = |row: &&Row| matches!(row.standing.rag, Rag::Green | Rag::Blue);
    let rows = plan.rows.iter().filter(|row| is_unproven(row));
    let rows = rows.filter(|row| good(row) == is_agreed);
    rows.map(|row| brief.item(row)).collect()
}

const UNPROVEN: &[Col<Item>] = &[
    actions(Item::named),
    short("RAG", Item::rating),
    short("status", Item::status),
    running("evidence promised", |item| {
        match item.facts.evidence_planned.join("\n").as_str() {
            "" => Cell::text("none"),
            promised => Cell::text(promised),
        }
    }),
    words("who", Item::who),
];

/// A piece of evidence of an action, or that there is none; the action's own cells stand once.
struct EvidenceLine {
    action: Cell,
    rag: Cell,
    evidence: Option<EvidenceFacts>,
}

const EVIDENCE: &[Col<EvidenceLine>] = &[
    actions(|line| line.action.clone()),
    short("RAG", |line| line.rag.clone()),
    running("evidence", |line| match &line.evidence {
        Some(evidence) => Cell::text(&evidence.title),
        None => Cell::text("none promised, none received"),
    }),
    short("in the plan", |line| match &line.evidence {
        Some(EvidenceFacts { planned: true, .. }) => Cell::text("promised"),
        Some(_) => Cell::text("not in it"),
        None => Cell::Empty,
    }),
    short("last received", |line| match &line.evidence {
        Some(evidence) => match evidence.latest.or(evidence.received) {
            Some(day) => Cell::Date(day),
            None => Cell::text("not received"),
        },
        None => Cell::Empty,
    }),
    figures("times", |line| match &line.evidence {
        Some(evidence) if evidence.times > 0 => Cell::Count(evidence.times),
        _ => Cell::Empty,
    }),
];

impl Proof {
    /// A line for each piece of evidence, or one that says there is none.
    fn lines(&self) -> Vec<EvidenceLine> {
        let none = self.evidence.is_empty().then_some(None);
        let items = self.evidence.iter().cloned().map(Some).chain(none);
        let action = format!("{} {}", self.id, shortened(&self.name, NAME_IN_TABLE));
        let lines = items.enumerate().map(|(number, evidence)| {
            let once = |cell| if number == 0 { cell } else { Cell::Above };
            EvidenceLine {
                action: once(Cell::text(&action)),
                rag: once(action::rag(self.rag)),
                evidence,
            }
        });
        lines.collect()
    }
}
