//! `plan show ID`: one action, its standing and why, its history.

use serde::Serialize;

use super::action::{self, ActionFacts, MilestoneFacts};
use super::assurance::EvidenceFacts;
use super::entry::{CommitFacts, EntryFacts};
use crate::calendar::Day;
use crate::diff::origin::Origin;
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Table, Tone, piece, plain, short, words,
};
use crate::plan::{Source, Text};
use crate::select::Row;
use crate::source::Sources;
use crate::standing::account;

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
    pub added: Option<Day>,
    pub from: Option<String>,
    pub supports: Option<String>,
    pub source: std::collections::BTreeMap<String, String>,
    pub assurance: Vec<EvidenceFacts>,
    pub history: Vec<EntryFacts>,
    /// The histories of the actions that it carries on, the latest plan first.
    pub carried: Vec<CarriedFacts>,
    #[serde(skip)]
    page: Page,
}

/// An action of an older plan that this one carries on.
#[derive(Serialize)]
pub struct CarriedFacts {
    pub plan: String,
    pub id: String,
    pub history: Vec<EntryFacts>,
    #[serde(skip)]
    title: String,
}

struct Page {
    title: String,
    day: String,
    facts: Vec<(String, Line)>,
}

impl ActionInFull {
    pub fn of(row: &Row, sources: &Sources, day: Day) -> ActionInFull {
        let action = row.action;
        let entries = row.standing.history.iter();
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        ActionInFull {
            facts: ActionFacts::of(row),
            note: owned(&action.note),
            added: action.added.map(|added| added.value),
            from: owned(&action.from),
            supports: owned(&action.supports),
            source: (action.source.iter().flat_map(Source::named))
                .map(|(name, text)| (name.to_owned(), text.value.clone()))
                .collect(),
            assurance: EvidenceFacts::of(row),
            history: entries
                .map(|&at| EntryFacts::as_of(&row.board.entries[at], sources, day))
                .collect(),
            carried: carried(row, sources, day),
            page: Page::of(row, day),
        }
    }
}

impl ActionInFull {
    /// Adds the commit that brought each entry of its history.
    pub fn with_origins(&mut self, origins: &[Origin]) {
        for (entry, origin) in self.history.iter_mut().zip(origins) {
            entry.commit = Some(CommitFacts::of(origin));
        }
    }
}

/// Follows `from` into older plans. `seen` keeps a circle of actions from turning for ever.
fn carried(row: &Row, sources: &Sources, day: Day) -> Vec<CarriedFacts> {
    let board = row.board;
    let (mut action, mut seen, mut carried) = (row.action, Vec::new(), Vec::new());
    while let Some(earlier) = action.from.as_ref().and_then(|from| board.referred(from)) {
        if seen.contains(&earlier) {
            break;
        }
        seen.push(earlier);
        let (index, at) = earlier;
        let plan = &board.plans[index];
        action = &plan.actions[at];
        let until = |at: &&usize| {
            let known = board.entries[**at].known_from();
            known.is_some_and(|known| known <= day)
        };
        let history = &account(board, index).histories[at];
        let entries = history.iter().filter(until);
        carried.push(CarriedFacts {
            plan: plan.stem.clone(),
            id: action.id.value.clone(),
            history: entries
                .map(|&at| EntryFacts::as_of(&board.entries[at], sources, day))
                .collect(),
            title: action::title(board, plan),
        });
    }
    carried
}

impl Page {
    fn of(row: &Row, day: Day) -> Page {
        let (plan, action, standing) = (row.plan, row.action, row.standing);
        let rating = vec![
            piece(
                action::tone(standing.rag),
                standing.rag.word().to_uppercase(),
            ),
            piece(Tone::Plain, format!(" · {}", standing.status.word())),
        ];
        let mut facts = vec![("RAG".to_owned(), rating)];
        let mut add = |name: &str, text: Option<String>| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                facts.push((name.to_owned(), plain(text)));
            }
        };
        let given = |text: Option<&Text>| text.map(|text| text.value.clone());
        let priority = plan.priority_of(action);
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
        add("why", Some(crate::standing::sentences(&standing.reasons)));
        add("timescale", timescale);
        add("starts", standing.starts.map(|day| day.long()));
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
        add(
            "by its dates",
            Some(standing.computed_rag.word().to_owned()),
        );
        add(
            "priority",
            priority.map(|own| format!("{} {}", own.id, own.title)),
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
            .flat_map(Source::named)
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

/// Actions in a few lines each, before somebody reports on them: how they stand, and their last report.
#[derive(Serialize)]
pub struct InBrief(pub Vec<ActionInFull>);

impl InBrief {
    pub fn lay_out(&self, document: &mut Document) {
        const SHOWN: [&str; 7] = [
            "standing",
            "why",
            "timescale",
            "due",
            "owners",
            "action",
            "impact",
        ];
        for action in &self.0 {
            let page = &action.page;
            let facts = page
                .facts
                .iter()
                .filter(|(name, _)| SHOWN.contains(&name.as_str()));
            let facts = Block::Facts(facts.cloned().collect());
            let title = Block::Title(page.title.clone(), page.day.clone());
            document.blocks.extend([title, facts]);
            match &action.history[..] {
                [] => document.paragraph("Nothing was reported yet."),
                [.., last] => {
                    document.heading(Level::Section, "Last report", "");
                    lay_out_history(std::slice::from_ref(last), document);
                }
            }
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
            document.heading(Level::Section, "Milestones", "");
            let table = Table::new(MILESTONES, &self.facts.milestones).cut();
            document.blocks.push(Block::Table(table));
        }
        if !self.assurance.is_empty() {
            document.heading(Level::Section, "Evidence", "");
            let table = Table::new(EVIDENCE, &self.assurance).cut();
            document.blocks.push(Block::Table(table));
        }
        document.heading(Level::Section, "History", "");
        if self.history.is_empty() {
            document.paragraph("Nothing was reported yet.");
        }
        lay_out_history(&self.history, document);
        for older in &self.carried {
            let words = format!("History of {} in {}", older.id, older.title);
            document.heading(Level::Section, words, "");
            if older.history.is_empty() {
                document.paragraph("Nothing was reported.");
            }
            lay_out_history(&older.history, document);
        }
    }
}

const MILESTONES: &[Col<MilestoneFacts>] = &[
    short("id", |milestone| Cell::text(&milestone.id)),
    words("timescale", |milestone| {
        Cell::text(milestone.timescale.clone().unwrap_or_default())
    }),
    short("status", |milestone| {
        if milestone.overdue {
            Cell::toned(Tone::Red, format!("{}, overdue", milestone.status))
        } else {
            Cell::text(milestone.status.word())
        }
    }),
    words("what", |milestone| {
        Cell::text(milestone.title.clone().unwrap_or_default())
    }),
];

const EVIDENCE: &[Col<EvidenceFacts>] = &[
    words("what", |item| Cell::text(&item.title)),
    short("plan", |item| {
        if item.planned {
            Cell::text("promised")
        } else {
            Cell::toned(Tone::Faint, "not in the plan")
        }
    }),
    short("received", |item| match item.received {
        Some(day) => Cell::Date(day),
        None => Cell::toned(Tone::Faint, "not received"),
    }),
];

fn lay_out_history(history: &[EntryFacts], document: &mut Document) {
    for entry in history {
        document.blocks.push(Block::Paragraph(entry.heading()));
        document.blocks.push(Block::List(entry.lines()));
    }
}
