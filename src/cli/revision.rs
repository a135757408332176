//! The boards as a git revision has them, for the commands that compare.

use std::sync::{Mutex, PoisonError};

use anyhow::anyhow;

use super::Globals;
use super::scope::{self, Root};
use crate::document::visible;
use crate::estate::{Estate, Reading};
use crate::git::Repository;
use crate::world::World;

/// The boards of the estate as a revision has them; each is taken once.
pub struct EstateBefore {
    root: Root,
    /// The commit, shortened.
    pub commit: String,
    /// All of them, whichever board is asked about: it may have had another name.
    boards: Mutex<Vec<Reading>>,
    /// The board asked about, if it is one.
    asked: Option<String>,
}

impl EstateBefore {
    /// Reads them.
    pub fn read(name: &str, globals: &Globals, world: &mut World) -> anyhow::Result<EstateBefore> {
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
        Ok(EstateBefore {
            root,
            commit,
            boards: Mutex::new(estate.each(|reading| reading)),
            asked: globals.board.clone(),
        })
    }

    /// Files of the boards asked about that could not be read in the revision, as messages show them.
    pub fn unread(&self) -> Vec<String> {
        let boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = |reading: &&Reading| {
            let name = self.asked.as_deref();
            name.is_none_or(|name| scope::is_called(&reading.board, name))
        };
        boards
            .iter()
            .filter(asked)
            .flat_map(|board| board.unread.clone())
            .collect()
    }

    /// What a board was: the one of its name in its place; else the one of its name; else one whose
    /// files are all gone from where they were and that has a plan of it, for its folder was renamed.
    pub fn earlier(&self, now: &Reading) -> Option<Reading> {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        let named = |old: &Reading| old.board.name == now.board.name;
        let in_place = |old: &Reading| named(old) && old.home == now.home;
        let renamed = |old: &Reading| {
            let gone = |key: &str| !self.root.path.join(key).exists();
            let mut plans = old.board.plans.iter();
            old.sources.iter().all(|(_, source)| gone(&source.key))
                && plans.any(|plan| now.board.plan(&plan.stem).is_some())
        };
        let found = (boards.iter().position(in_place))
            .or_else(|| boards.iter().position(named))
            .or_else(|| boards.iter().position(renamed))?;
        Some(boards.remove(found))
    }

    /// The boards asked about that nobody took: they are gone.
    pub fn left(self) -> Vec<Reading> {
        let boards = self.boards.into_inner();
        let mut boards = boards.unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = &self.asked {
            boards.retain(|reading| scope::is_called(&reading.board, name));
        }
        boards
    }
}

/// Two states of one board; of a board that one state does not have, nothing stands there.
pub struct States {
    pub then: Reading,
    pub now: Reading,
}

impl States {
    /// Pairs the boards of two states, in the order of the later one.
    pub fn pairs(before: EstateBefore, later: Vec<Reading>) -> Vec<States> {
        let paired = later.into_iter().map(|now| States {
            then: before.earlier(&now).unwrap_or_default(),
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
