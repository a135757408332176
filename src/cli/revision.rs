//! The boards as a git revision has them, for the commands that compare.

use std::sync::{Mutex, PoisonError};

use anyhow::anyhow;

use super::Globals;
use super::scope::{self, Root};
use crate::document::visible;
use crate::estate::{Estate, Reading};
use crate::git::Repository;
use crate::plan::Board;
use crate::world::World;

/// The boards of the estate as a revision has them; each is taken once.
pub struct Before {
    root: Root,
    /// The commit, shortened.
    pub commit: String,
    boards: Mutex<Vec<Reading>>,
}

impl Before {
    /// Reads them: those of some folders straight below the estate, or all.
    pub fn read(
        name: &str,
        folders: Option<&[String]>,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<Before> {
        let root = scope::root(globals, world)?;
        let repository = Repository::holding(&root.path).map_err(|error| anyhow!(error.0))?;
        let revision = repository
            .revision(name)
            .map_err(|error| anyhow!(error.0))?;
        if !revision.has_folder && !globals.quiet {
            let (name, shown) = (visible(name), visible(&root.shown));
            writeln!(
                world.stderr,
                "{name} has no folder {shown}: all that stands there is new"
            )?;
        }
        let commit = revision.commit.clone();
        let estate = Estate::at(revision, &root.path, &root.shown);
        let estate = estate.map_err(|error| anyhow!(error.0))?;
        let estate = match folders {
            Some(folders) => estate.limited(folders),
            None => estate,
        };
        let asked = |reading: &Reading| {
            let name = globals.board.as_deref();
            name.is_none_or(|name| scope::is_called(&reading.board, name))
        };
        let mut boards = estate.each(|reading| reading);
        boards.retain(asked);
        Ok(Before {
            root,
            commit,
            boards: Mutex::new(boards),
        })
    }

    /// Files that could not be read in the revision, as messages show them.
    pub fn unread(&self) -> Vec<String> {
        let boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        boards
            .iter()
            .flat_map(|board| board.unread.clone())
            .collect()
    }

    /// What a board was: the one of its name; else one whose files are all gone from where they were
    /// and that has a plan of it, for its folder was renamed.
    pub fn of(&self, board: &Board) -> Option<Reading> {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        let same = boards.iter().position(|old| old.board.name == board.name);
        let renamed = |old: &Reading| {
            let gone = |key: &str| !self.root.path.join(key).exists();
            old.sources.iter().all(|(_, source)| gone(&source.key))
                && (old.board.plans.iter()).any(|plan| board.plan(&plan.stem).is_some())
        };
        let found = same.or_else(|| boards.iter().position(renamed))?;
        Some(boards.swap_remove(found))
    }

    /// The boards that nobody took: they are gone.
    pub fn left(self) -> Vec<Reading> {
        let boards = self.boards.into_inner();
        boards.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Two states of one board; of a board that one state does not have, nothing stands there.
pub struct States {
    pub then: Reading,
    pub now: Reading,
}

impl States {
    /// Pairs the boards of two states, in the order of the later one.
    pub fn of(before: Before, later: Vec<Reading>) -> Vec<States> {
        let paired = later.into_iter().map(|now| States {
            then: before.of(&now.board).unwrap_or_default(),
            now,
        });
        let mut pairs: Vec<States> = paired.collect();
        pairs.extend(before.left().into_iter().map(|then| States {
            then,
            now: Reading::default(),
        }));
        pairs
    }
}
