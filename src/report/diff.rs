//! `plan diff`: what changed between two states of the files, in the plan's words, and what that did.

mod changes;
mod entries;
mod reworded;
mod standings;

use serde::Serialize;

use crate::calendar::Day;
use crate::diff::between;
use crate::document::{Block, Document, Level};
use crate::estate::Reading;
use crate::standing::judge;

use changes::ChangeFacts;
use entries::EntriesDiff;
use standings::{StandingChange, standings};

/// What changed between two states.
#[derive(Serialize)]
pub struct Diff {
    pub from: FilesState,
    pub to: FilesState,
    pub boards: Vec<BoardDiff>,
}

/// A state of the files: a revision as it was asked for, with its commit, or the working tree.
#[derive(Serialize)]
pub struct FilesState {
    pub revision: Option<String>,
    pub commit: Option<String>,
}

#[derive(Serialize)]
pub struct BoardDiff {
    pub board: String,
    /// The board's own title.
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

impl FilesState {
    pub fn working_tree() -> FilesState {
        FilesState {
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
    pub fn between(then: &Reading, now: &Reading, day: Day) -> BoardDiff {
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
                    .map_or_else(String::new, |plan| plan.title.value.to_string()),
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
        self.updates.only(stem);
        self.challenges.only(stem);
    }

    pub fn is_empty(&self) -> bool {
        self.plans.is_empty() && self.updates.is_empty() && self.challenges.is_empty()
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
                document.heading(Level::Section, self.name.clone(), "");
            }
            self.updates.lay_out("Reports", document);
            self.challenges.lay_out("Challenges", document);
        }
    }
}

impl PlanDiff {
    fn lay_out(&self, board: &str, document: &mut Document) {
        let title = if self.title.starts_with(board) {
            self.title.clone()
        } else {
            format!("{board} · {}", self.title)
        };
        let remark = match self.state {
            "added" => "the plan is new",
            "removed" => "the plan is gone",
            _ => "",
        };
        document.heading(Level::Section, title, remark);
        if !self.changes.is_empty() {
            let count = self.changes.len().to_string();
            document.heading(Level::Part, "Changed in the plan", count);
            let lines = self.changes.iter().map(ChangeFacts::line);
            document.blocks.push(Block::List(lines.collect()));
        }
        if !self.standings.is_empty() {
            let count = self.standings.len().to_string();
            document.heading(Level::Part, "Stands otherwise", count);
            let lines = self.standings.iter().map(StandingChange::line);
            document.blocks.push(Block::List(lines.collect()));
        }
    }
}
