//! `plan diff`: what changed between two states of the files, in the plan's words, and what that did.

use std::collections::BTreeMap;

use serde::Serialize;

use super::action::{self, iso};
use super::reworded::{Words, replaced, reworded};
use crate::calendar::Day;
use crate::diff::baseline::{self, Statement, one_line};
use crate::diff::entries::{Gone, Told};
use crate::diff::{Course, between, course};
use crate::document::{Block, Document, Level, Line, Piece, Tone, piece, plain};
use crate::estate::Reading;
use crate::plan::{Plan, Rag};
use crate::source::Sources;
use crate::standing::{PlanStanding, Standing, judge};

/// What changed between two states.
#[derive(Serialize)]
pub struct Diff {
    pub from: State,
    pub to: State,
    pub boards: Vec<BoardDiff>,
}

/// A state of the files: a revision as it was asked for, with its commit, or the working tree.
#[derive(Serialize)]
pub struct State {
    pub revision: Option<String>,
    pub commit: Option<String>,
}

#[derive(Serialize)]
pub struct BoardDiff {
    pub board: String,
    /// What the board calls itself.
    pub name: String,
    pub plans: Vec<PlanDiff>,
    pub updates: EntriesDiff,
    pub challenges: EntriesDiff,
}

#[derive(Serialize)]
pub struct PlanDiff {
    pub plan: String,
    pub title: String,
    /// `changed`, `added` or `removed`.
    pub state: &'static str,
    pub changes: Vec<ChangeFacts>,
    /// The actions that stand otherwise on the day asked than without the changes.
    pub standings: Vec<StandingChange>,
}

/// A difference in a plan's file.
#[derive(Serialize)]
pub struct ChangeFacts {
    /// `added`, `removed` or `edited`.
    pub change: &'static str,
    /// What it concerns: `action`, `priority` and so on.
    pub of: &'static str,
    pub id: String,
    /// What something that came or went is called.
    pub name: Option<String>,
    pub field: Option<&'static str>,
    pub then: Option<String>,
    pub now: Option<String>,
    /// By how many days a deadline moved; later is more.
    pub days: Option<i64>,
    /// The two texts as one, each piece marked.
    pub words: Vec<Words>,
    #[serde(skip)]
    what: String,
}

#[derive(Default, Serialize)]
pub struct EntriesDiff {
    pub added: Vec<EntryFacts>,
    pub changed: Vec<Rewritten>,
    pub removed: Vec<EntryFacts>,
}

/// An entry that says something else than it did.
#[derive(Serialize)]
pub struct Rewritten {
    pub then: EntryFacts,
    pub now: EntryFacts,
}

/// What an entry says, field by field, and where it stands.
#[derive(Clone, Serialize)]
pub struct EntryFacts {
    pub file: String,
    pub line: usize,
    pub says: BTreeMap<&'static str, String>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    rest: String,
}

/// How an action stood and stands, on one day.
#[derive(Serialize)]
pub struct StandingChange {
    pub id: String,
    pub course: Option<&'static str>,
    pub then: Option<StandingFacts>,
    pub now: Option<StandingFacts>,
    #[serde(skip)]
    what: String,
}

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StandingFacts {
    pub rag: &'static str,
    pub status: &'static str,
    pub timescale: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    pub slips: u32,
    pub owners: Vec<String>,
}

impl State {
    pub fn working_tree() -> State {
        State {
            revision: None,
            commit: None,
        }
    }

    fn words(&self) -> String {
        match (&self.revision, &self.commit) {
            (Some(name), Some(commit)) if !name.starts_with(commit.as_str()) => {
                format!("{name} ({commit})")
            }
            (Some(name), _) => name.clone(),
            (None, _) => "the working tree".to_owned(),
        }
    }
}

impl BoardDiff {
    /// Compares two states of a board, judged on one day; a board that only one has is compared
    /// with nothing.
    pub fn of(then: &Reading, now: &Reading, day: Day) -> BoardDiff {
        let change = between(then, now);
        let (before, after) = (judge(&then.board, day), judge(&now.board, day));
        let plans = change.plans.iter().map(|change| {
            let standings = match (change.then, change.now) {
                (Some(old), Some(new)) => {
                    let old_at = then.board.plan(&old.stem).map(|at| &before.plans[at]);
                    let new_at = now.board.plan(&new.stem).map(|at| &after.plans[at]);
                    let pair = old_at.zip(new_at);
                    pair.map_or_else(Vec::new, |pair| standings((old, pair.0), (new, pair.1)))
                }
                _ => Vec::new(),
            };
            PlanDiff {
                plan: (change.now.or(change.then))
                    .map_or_else(String::new, |plan| plan.stem.clone()),
                title: (change.now.or(change.then))
                    .map_or_else(String::new, |plan| plan.title.value.clone()),
                state: match (change.then, change.now) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "changed",
                },
                changes: change.changes.iter().map(ChangeFacts::of).collect(),
                standings,
            }
        });
        let is_changed = |plan: &PlanDiff| {
            plan.state != "changed" || !plan.changes.is_empty() || !plan.standings.is_empty()
        };
        let board = match now.sources.iter().next() {
            None => &then.board,
            Some(_) => &now.board,
        };
        let entries = |challenges: bool| {
            let added = change.entries.added.iter();
            let gone = change.entries.gone.iter();
            EntriesDiff::of(
                added.filter(|told| told.is_challenge == challenges),
                gone.filter(|gone| gone.then.is_challenge == challenges),
                (&then.sources, &now.sources),
            )
        };
        BoardDiff {
            board: board.name.clone(),
            name: board.title().to_owned(),
            plans: plans.filter(is_changed).collect(),
            updates: entries(false),
            challenges: entries(true),
        }
    }

    /// Leaves only what concerns one plan.
    pub fn only(&mut self, stem: &str) {
        self.plans.retain(|plan| plan.plan == stem);
        for entries in [&mut self.updates, &mut self.challenges] {
            let own = |entry: &EntryFacts| entry.says.get("plan").is_some_and(|plan| plan == stem);
            entries.added.retain(own);
            entries.removed.retain(own);
            entries
                .changed
                .retain(|pair| own(&pair.then) || own(&pair.now));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.plans.is_empty() && self.updates.is_empty() && self.challenges.is_empty()
    }
}

impl ChangeFacts {
    fn of(change: &baseline::Change) -> ChangeFacts {
        let thing = change.thing();
        let facts = ChangeFacts {
            change: "edited",
            of: match thing.kind {
                baseline::Kind::Plan => "plan",
                kind => kind.word(),
            },
            id: thing.id.to_owned(),
            name: None,
            field: None,
            then: None,
            now: None,
            days: None,
            words: Vec::new(),
            what: thing.to_string(),
        };
        match change {
            baseline::Change::Added { name, .. } => ChangeFacts {
                change: "added",
                name: Some(one_line(name)),
                ..facts
            },
            baseline::Change::Removed { name, .. } => ChangeFacts {
                change: "removed",
                name: Some(one_line(name)),
                ..facts
            },
            baseline::Change::Edited {
                field, then, now, ..
            } => {
                let text =
                    |side: &Option<Statement>| side.as_ref().map(|side| one_line(&side.text));
                let day = |side: &Option<Statement>| side.as_ref().and_then(|side| side.day);
                let (before, after) = (text(then), text(now));
                let (was, is) = (
                    before.as_deref().unwrap_or_default(),
                    after.as_deref().unwrap_or_default(),
                );
                // A deadline is read as a whole.
                let words = match *field {
                    "timescale" => replaced(was, is),
                    _ => reworded(was, is),
                };
                ChangeFacts {
                    field: Some(field),
                    days: (day(now).zip(day(then))).map(|(now, then)| now.days_since(then)),
                    then: before,
                    now: after,
                    words,
                    ..facts
                }
            }
        }
    }

    fn line(&self) -> Line {
        let mut line = vec![piece(Tone::Strong, self.what.clone())];
        match (self.change, self.field) {
            ("added", _) => line.push(piece(Tone::Green, format!(" new: {}", self.called()))),
            ("removed", _) => line.push(piece(Tone::Red, format!(" gone: {}", self.called()))),
            (_, field) => {
                line.push(piece(
                    Tone::Plain,
                    format!(" {}: ", field.unwrap_or_default()),
                ));
                line.extend(super::reworded::line(&self.words));
                if let Some(moved) = self.days.and_then(moved) {
                    line.push(piece(Tone::Faint, format!(" ({moved})")));
                }
            }
        }
        line
    }

    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}

/// By how much a deadline moved, in words.
fn moved(days: i64) -> Option<String> {
    let plural = if days.abs() == 1 { "" } else { "s" };
    match days {
        0 => None,
        days if days > 0 => Some(format!("{days} day{plural} later")),
        days => Some(format!("{} day{plural} earlier", -days)),
    }
}

impl EntriesDiff {
    fn of<'t>(
        added: impl Iterator<Item = &'t Told>,
        gone: impl Iterator<Item = &'t Gone>,
        (old, new): (&Sources, &Sources),
    ) -> EntriesDiff {
        let mut diff = EntriesDiff {
            added: added.map(|told| EntryFacts::of(told, new)).collect(),
            ..EntriesDiff::default()
        };
        for gone in gone {
            let then = EntryFacts::of(&gone.then, old);
            match &gone.now {
                None => diff.removed.push(then),
                Some(now) => diff.changed.push(Rewritten {
                    then,
                    now: EntryFacts::of(now, new),
                }),
            }
        }
        diff
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    fn lay_out(&self, what: &str, document: &mut Document) {
        let groups = [("added", &self.added), ("deleted", &self.removed)];
        for (how, entries) in groups {
            if !entries.is_empty() {
                document.heading(
                    Level::Section,
                    format!("{what} {how}"),
                    entries.len().to_string(),
                );
                let lines = entries.iter().map(EntryFacts::line);
                document.blocks.push(Block::List(lines.collect()));
            }
        }
        if !self.changed.is_empty() {
            let count = self.changed.len().to_string();
            document.heading(Level::Section, format!("{what} rewritten"), count);
            let lines = self.changed.iter().map(Rewritten::line);
            document.blocks.push(Block::List(lines.collect()));
        }
    }
}

impl EntryFacts {
    fn of(told: &Told, sources: &Sources) -> EntryFacts {
        let place = sources.place(told.at);
        let day = told
            .date
            .map_or_else(String::new, |day| format!("{} · ", day.long()));
        let rest = told
            .facts
            .iter()
            .filter(|(name, _)| !HEADING.contains(name));
        let rest: Vec<String> = rest.map(|(name, text)| format!("{name}: {text}")).collect();
        EntryFacts {
            file: place.path,
            line: place.start.line,
            says: told.facts.iter().cloned().collect(),
            heading: format!("{day}{}", told.about),
            rest: rest.join(" · "),
        }
    }

    fn line(&self) -> Line {
        vec![
            piece(Tone::Strong, self.heading.clone()),
            piece(Tone::Plain, format!("  {}", self.rest)),
        ]
    }
}

/// What the heading of an entry says already, and what goes without saying.
const HEADING: [&str; 6] = [
    "plan",
    "date",
    "action",
    "objective",
    "priority",
    "challenge",
];

impl Rewritten {
    fn line(&self) -> Line {
        let mut line = vec![
            piece(Tone::Strong, self.now.heading.clone()),
            piece(Tone::Plain, "  "),
        ];
        let (then, now) = (self.then.whole(), self.now.whole());
        line.extend(super::reworded::line(&reworded(&then, &now)));
        line
    }
}

impl EntryFacts {
    /// All that it says, in one text.
    fn whole(&self) -> String {
        let facts = self
            .says
            .iter()
            .map(|(name, text)| format!("{name}: {text}"));
        facts.collect::<Vec<_>>().join(" · ")
    }
}

/// The actions of a plan that stand otherwise, in the order of the later state; what is gone last.
fn standings(then: (&Plan, &PlanStanding), now: (&Plan, &PlanStanding)) -> Vec<StandingChange> {
    let find = |(plan, standing): (&Plan, &PlanStanding<'_>), id: &str| -> Option<usize> {
        let target = plan.index.get(id)?;
        let whole = target.milestone.is_none() && standing.actions[target.action].is_some();
        whole.then_some(target.action)
    };
    let mut changes = Vec::new();
    let mut add = |id: &str, name: &str| {
        let before = find(then, id).and_then(|at| then.1.actions[at].as_ref());
        let after = find(now, id).and_then(|at| now.1.actions[at].as_ref());
        let (old, new) = (before.map(StandingFacts::of), after.map(StandingFacts::of));
        if old != new {
            let course = before
                .zip(after)
                .and_then(|(before, after)| course(before, after));
            changes.push(StandingChange {
                id: id.to_owned(),
                course: course.map(word),
                then: old,
                now: new,
                what: one_line(name),
            });
        }
    };
    for action in &now.0.actions {
        add(&action.id, now.0.name(action));
    }
    for action in &then.0.actions {
        if !now.0.index.contains_key(action.id.as_str()) {
            add(&action.id, then.0.name(action));
        }
    }
    changes
}

fn word(course: Course) -> &'static str {
    match course {
        Course::Better => "better",
        Course::Worse => "worse",
        Course::New => "new",
    }
}

impl StandingFacts {
    fn of(standing: &Standing) -> StandingFacts {
        let owners = standing.owners.iter();
        StandingFacts {
            rag: standing.rag.word(),
            status: standing.status.word(),
            timescale: standing
                .timescale
                .map(|deadline| deadline.text.value.clone()),
            due: iso(standing.due),
            overdue: standing.overdue,
            slips: standing.slips,
            owners: owners.map(|owner| owner.value.clone()).collect(),
        }
    }

    fn piece(&self) -> Piece {
        let overdue = if self.overdue { ", overdue" } else { "" };
        let words = format!("{}, {}{overdue}", self.rag, self.status);
        let tone = Rag::parse(self.rag).map_or(Tone::Plain, action::tone);
        piece(tone, words)
    }
}

impl StandingChange {
    /// What else is different: the deadline in force, the owners, how often it slipped.
    fn differences(&self) -> String {
        let (Some(then), Some(now)) = (&self.then, &self.now) else {
            return String::new();
        };
        let none = || "none".to_owned();
        let deadline = |facts: &StandingFacts| facts.timescale.clone().unwrap_or_else(none);
        let owners = |facts: &StandingFacts| match facts.owners.is_empty() {
            true => none(),
            false => facts.owners.join(", "),
        };
        let sides = [
            ("", deadline(then), deadline(now)),
            ("owners ", owners(then), owners(now)),
            ("slips ", then.slips.to_string(), now.slips.to_string()),
        ];
        let different = sides.iter().filter(|(_, then, now)| then != now);
        let said = different.map(|(name, then, now)| format!("{name}{then} → {now}"));
        said.collect::<Vec<_>>().join("; ")
    }

    fn line(&self) -> Line {
        let side = |side: &Option<StandingFacts>| match side {
            Some(facts) => facts.piece(),
            None => piece(Tone::Faint, "not there"),
        };
        let (then, now) = (side(&self.then), side(&self.now));
        let mut line = vec![
            piece(Tone::Strong, self.id.clone()),
            piece(Tone::Plain, "  "),
        ];
        match then == now {
            true => line.push(now),
            false => line.extend([then, piece(Tone::Plain, " → "), now]),
        }
        let differences = self.differences();
        if !differences.is_empty() {
            line.push(piece(Tone::Plain, format!(" · {differences}")));
        }
        line.push(piece(Tone::Faint, format!(" · {}", clipped(&self.what))));
        line
    }
}

/// How much of an action's name is shown beside its standing.
const NAME: usize = 80;

/// The beginning of a long text.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(NAME) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
    }
}

impl Diff {
    pub fn lay_out(&self, document: &mut Document, day: Day) {
        let title = format!(
            "What changed from {} to {}",
            self.from.words(),
            self.to.words()
        );
        document.blocks.push(Block::Title(title, day.long()));
        if self.boards.is_empty() {
            document.paragraph(
                "Nothing changed: the plans, what was reported and the challenge log say the same in both.",
            );
        }
        for board in &self.boards {
            board.lay_out(document);
        }
    }
}

impl BoardDiff {
    fn lay_out(&self, document: &mut Document) {
        for plan in &self.plans {
            plan.lay_out(&self.name, document);
        }
        if !self.updates.is_empty() || !self.challenges.is_empty() {
            if self.plans.is_empty() {
                document.blocks.push(Block::Paragraph(vec![piece(
                    Tone::Strong,
                    self.name.clone(),
                )]));
            }
            self.updates.lay_out("Reports", document);
            self.challenges.lay_out("Challenges", document);
        }
    }
}

impl PlanDiff {
    fn lay_out(&self, board: &str, document: &mut Document) {
        let title = match self.title.starts_with(board) {
            true => self.title.clone(),
            false => format!("{board} · {}", self.title),
        };
        document
            .blocks
            .push(Block::Paragraph(vec![piece(Tone::Strong, title)]));
        match self.state {
            "added" => document
                .blocks
                .push(Block::Paragraph(plain("The plan is new."))),
            "removed" => document
                .blocks
                .push(Block::Paragraph(plain("The plan is gone."))),
            _ => {}
        }
        if !self.changes.is_empty() {
            let count = self.changes.len().to_string();
            document.heading(Level::Section, "Changed in the plan", count);
            let lines = self.changes.iter().map(ChangeFacts::line);
            document.blocks.push(Block::List(lines.collect()));
        }
        if !self.standings.is_empty() {
            let count = self.standings.len().to_string();
            document.heading(Level::Section, "Stands otherwise", count);
            let lines = self.standings.iter().map(StandingChange::line);
            document.blocks.push(Block::List(lines.collect()));
        }
    }
}
