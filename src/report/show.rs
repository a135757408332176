//! `plan show ID`: one action, its standing and why, its history.

mod page;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Serialize;

use super::action::{self, ActionFacts, MilestoneFacts};
use super::assurance::EvidenceFacts;
use super::entry::{CommitFacts, EntryFacts};
use super::field_facts::FieldFacts;
use crate::calendar::Day;
use crate::diff::origin::Origin;
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Subject, Table, Tone, named, piece, plain, short,
    words,
};
use crate::plan::fields::Told;
use crate::plan::{Board, Rag, Text};
use crate::select::Row;
use crate::source::Sources;
use crate::standing::{PlanEntries, account, sentences};

#[derive(Serialize)]
pub struct ShownActions {
    pub actions: Vec<ActionInFull>,
}

/// An action with all that its files say of it.
#[derive(Serialize)]
pub struct ActionInFull {
    #[serde(flatten)]
    pub facts: ActionFacts,
    /// Its note, its source and whatever else is told only here.
    #[serde(flatten)]
    pub given: FieldFacts,
    pub assurance: Vec<EvidenceFacts>,
    pub history: Vec<EntryFacts>,
    /// The histories of the actions that it carries on, the latest plan first.
    pub carried: Vec<CarriedFacts>,
    #[serde(skip)]
    page: ActionPage,
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

struct ActionPage {
    title: String,
    day: String,
    stands: Facts,
    place: Facts,
    wording: Facts,
    people: Facts,
    links: Facts,
    /// Who is named in its histories, by id: the name that papers print.
    names: BTreeMap<String, String>,
}

/// Each with its name.
#[derive(Clone, Default)]
struct Facts(Vec<(String, Line)>);

/// Which entries are about each action of a board's plans, sorted out once, when they are first asked for.
pub struct Histories<'b> {
    board: &'b Board,
    plans: OnceCell<Vec<PlanEntries>>,
}

impl<'b> Histories<'b> {
    pub fn new(board: &'b Board) -> Histories<'b> {
        Histories {
            board,
            plans: OnceCell::new(),
        }
    }

    fn of(&self, plan: usize, action: usize) -> &[usize] {
        let plans = self.plans.get_or_init(|| account(self.board));
        &plans[plan].histories[action]
    }
}

impl ActionInFull {
    pub fn of(row: &Row, sources: &Sources, day: Day) -> ActionInFull {
        ActionInFull::among(row, sources, day, &Histories::new(row.board))
    }

    /// The same for one of many actions of a board.
    pub fn among(row: &Row, sources: &Sources, day: Day, histories: &Histories) -> ActionInFull {
        let entries = row.standing.history.iter();
        let history: Vec<EntryFacts> = entries
            .map(|&at| EntryFacts::as_of(&row.board.entries[at], sources, day))
            .collect();
        let carried = carried(row, sources, day, histories);
        let all = carried.iter().flat_map(|older| &older.history);
        let ids = (history.iter().chain(all)).flat_map(EntryFacts::groups);
        let names = ids.map(|id| (id.to_owned(), row.board.group_name(id).to_owned()));
        let names = names.collect();
        ActionInFull {
            facts: ActionFacts::of(row),
            given: FieldFacts::of(row, Told::InFull),
            assurance: EvidenceFacts::of(row),
            history,
            carried,
            page: ActionPage::of(row, day, names),
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
fn carried(row: &Row, sources: &Sources, day: Day, histories: &Histories) -> Vec<CarriedFacts> {
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
        let history = histories.of(index, at);
        let entries = history.iter().filter(until);
        carried.push(CarriedFacts {
            plan: plan.stem.clone(),
            id: action.id.value.to_string(),
            history: entries
                .map(|&at| EntryFacts::as_of(&board.entries[at], sources, day))
                .collect(),
            title: action::title(board, plan),
        });
    }
    carried
}

impl ActionPage {
    fn of(row: &Row, day: Day, names: BTreeMap<String, String>) -> ActionPage {
        ActionPage {
            title: format!(
                "{} · {}",
                action::id(row),
                action::title(row.board, row.plan)
            ),
            day: day.long(),
            stands: Facts::standing(row),
            place: Facts::place(row),
            wording: Facts::wording(row),
            people: Facts::people(row),
            links: Facts::links(row),
            names,
        }
    }
}

impl Facts {
    fn add(&mut self, name: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.0.push((name.to_owned(), plain(text)));
        }
    }

    fn add_line(&mut self, name: &str, line: Option<Line>) {
        self.0.extend(line.map(|line| (name.to_owned(), line)));
    }

    /// How it stands, and since when.
    fn standing(row: &Row) -> Facts {
        let standing = row.standing;
        let rag = standing.rag.word().to_uppercase();
        let rating = vec![
            piece(action::tone(standing.rag), rag),
            piece(Tone::Plain, format!(" · {}", standing.status.word())),
        ];
        let mut facts = Facts(vec![("RAG".to_owned(), rating)]);
        let long = |day: Option<Day>| day.map(|day| day.long());
        let timescale = standing.timescale.map(|deadline| &deadline.text.value);
        let first = (standing.first_due).filter(|_| standing.first_due != standing.due);
        let expected = if standing.unreported {
            "report was due"
        } else {
            "next report"
        };
        let review = standing.review_due;
        let reported = standing.reported_rag.map(Rag::word);
        facts.add("why", Some(sentences(&standing.reasons)));
        facts.add("timescale", timescale.map(ToString::to_string));
        facts.add("starts", long(standing.starts));
        facts.add("due", long(standing.due));
        facts.add("first due", long(first));
        facts.add(expected, review.map(|day| format!("by {}", day.long())));
        facts.add("last report", long(standing.last_update));
        facts.add("reported", reported.map(str::to_owned));
        facts.add(
            "by its dates",
            Some(standing.computed_rag.word().to_owned()),
        );
        facts
    }

    /// The action's priority and objective.
    fn place(row: &Row) -> Facts {
        let (plan, action) = (row.plan, row.action);
        let mut facts = Facts::default();
        let priority = plan.priority_of(action);
        let named_priority = priority.map(|priority| {
            let words = format!("{} {}", priority.id, priority.title);
            let subject = Subject::priority(&plan.stem, priority.id.as_str());
            vec![named(Tone::Plain, words, subject)]
        });
        facts.add_line("priority", named_priority);
        let objective = action.objective.map(|at| &plan.objectives[at]);
        facts.add(
            "objective",
            objective.map(|objective| match &objective.id {
                Some(id) => format!("{id} {}", objective.title),
                None => objective.title.value.to_string(),
            }),
        );
        facts
    }

    /// What the plan says of it in words.
    fn wording(row: &Row) -> Facts {
        let mut facts = Facts::default();
        for (name, text) in FieldFacts::of(row, Told::Always).named() {
            facts.add(name, Some(text));
        }
        facts
    }

    /// Who answers for it.
    fn people(row: &Row) -> Facts {
        let mut facts = Facts::default();
        let lead = row.standing.lead;
        let group = |id: &Text| {
            let subject = Subject::Group(id.value.to_string());
            named(Tone::Plain, row.board.group_name(id), subject)
        };
        facts.add_line("lead", lead.map(|id| vec![group(id)]));
        let owners = row.standing.owners.iter().enumerate();
        let names = owners.flat_map(|(number, id)| {
            let comma = (number > 0).then(|| piece(Tone::Plain, ", "));
            comma.into_iter().chain([group(id)])
        });
        let names: Line = names.collect();
        facts.add_line("owners", Some(names).filter(|names| !names.is_empty()));
        facts
    }

    /// The action's threads, and the fields that only this page shows, such as its source and note.
    fn links(row: &Row) -> Facts {
        let (plan, action) = (row.plan, row.action);
        let mut facts = Facts::default();
        let threads = plan.threads_of(action).iter().map(|key| {
            let mut named = plan.threads.iter();
            let thread = named.find(|(name, _)| name.as_str() == key.as_str());
            thread.map_or(key.as_str(), |(_, text)| text.as_str())
        });
        let threads = threads.map(|thread| thread.trim_end_matches('.'));
        facts.add("threads", Some(threads.collect::<Vec<_>>().join("\n")));
        // What names an action of another plan leads there.
        let references = [&action.from, &action.supports];
        for (name, text) in FieldFacts::of(row, Told::InFull).named() {
            let mut references = references.into_iter().flatten();
            let reference = references.find(|reference| *reference.value == text);
            match reference.and_then(|reference| reference.split_once('#')) {
                Some((plan, id)) => {
                    let line = vec![named(Tone::Plain, text.clone(), Subject::action(plan, id))];
                    facts.add_line(name, Some(line));
                }
                None => facts.add(name, Some(text)),
            }
        }
        facts
    }
}

impl ShownActions {
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
        for action in &self.0 {
            let page = &action.page;
            let parts = [&page.stands, &page.people, &page.wording];
            let facts = parts.into_iter().flat_map(|facts| facts.0.clone());
            let facts = Block::Facts(facts.collect());
            let title = Block::Title(page.title.clone(), page.day.clone());
            document.blocks.extend([title, facts]);
            match &action.history[..] {
                [] => document.paragraph("Nothing was reported yet."),
                [.., last] => {
                    document.heading(Level::Section, "Last report", "");
                    lay_out_history(std::slice::from_ref(last), &page.names, document);
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
        let parts = [
            &page.stands,
            &page.place,
            &page.wording,
            &page.people,
            &page.links,
        ];
        let facts = parts.into_iter().flat_map(|facts| facts.0.clone());
        blocks.push(Block::Facts(facts.collect()));
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
        lay_out_history(&self.history, &page.names, document);
        for older in &self.carried {
            let words = format!("History of {} in {}", older.id, older.title);
            document.heading(Level::Section, words, "");
            if older.history.is_empty() {
                document.paragraph("Nothing was reported.");
            }
            lay_out_history(&older.history, &page.names, document);
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

fn lay_out_history(
    history: &[EntryFacts],
    names: &BTreeMap<String, String>,
    document: &mut Document,
) {
    let name = |id: &str| names.get(id).map_or(id, String::as_str).to_owned();
    for entry in history.iter().map(|entry| entry.with_names(name)) {
        document.blocks.push(Block::Paragraph(entry.heading()));
        document.blocks.push(Block::List(entry.lines()));
    }
}
