//! Which commit brought an entry: found by what the entry says, so that moving or rewriting a file
//! does not matter.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::estate::alone;
use crate::git::{Blob, Commit, CommitStep, Repository, Unavailable, Walked};
use crate::yaml::MAX_FILE;

use super::entries::{Fact, facts};

/// Where an entry came from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The first commit that has the entry.
    Brought(Commit),
    /// It stands in the files, and in no commit.
    Uncommitted,
    /// It was there in the commit with which a shallow clone begins.
    Before(String),
    /// It was there before as many commits as are looked at.
    Far(usize),
    /// Its history has a gap.
    Untold,
}

/// How many commits are looked at.
const MOST: usize = 20_000;

/// Finds the commit that brought each entry, in one walk through the history that ends as soon as all
/// are found.
pub fn origins(
    repository: &Arc<Repository>,
    wanted: &[Vec<Fact>],
) -> Result<Vec<Origin>, Unavailable> {
    let mut search = Search {
        repository,
        wanted: HashMap::new(),
        known: HashMap::new(),
    };
    for (index, facts) in wanted.iter().enumerate() {
        search.wanted.entry(facts).or_default().push(index);
    }
    let head = repository.revision("HEAD")?;
    let committed = search.in_any(head.blobs());
    let mut origins: Vec<Option<Origin>> = (0..wanted.len())
        .map(|index| (!committed.contains(&index)).then_some(Origin::Uncommitted))
        .collect();
    let mut left = origins.iter().filter(|origin| origin.is_none()).count();
    let mut walked = Walked::Whole;
    if left > 0 {
        walked = repository.history(MOST, &mut |step: CommitStep| {
            for index in search.brought(&step) {
                if origins[index].is_none() {
                    left -= 1;
                    origins[index] = Some(if step.is_first_known {
                        Origin::Before(step.commit.hash.clone())
                    } else {
                        Origin::Brought(step.commit.clone())
                    });
                }
            }
            left > 0
        })?;
    }
    let rest = match walked {
        Walked::Bounded => Origin::Far(MOST),
        Walked::Whole => Origin::Untold,
    };
    let origins = origins.into_iter();
    Ok(origins
        .map(|origin| origin.unwrap_or_else(|| rest.clone()))
        .collect())
}

struct Search<'s> {
    repository: &'s Repository,
    /// The indices of the wanted entries, by their facts.
    wanted: HashMap<&'s [Fact], Vec<usize>>,
    /// The indices of the wanted entries in a file's content; each content is read once.
    known: HashMap<Blob, Vec<usize>>,
}

impl Search<'_> {
    /// Which of the wanted entries came with a commit.
    fn brought(&mut self, step: &CommitStep) -> HashSet<usize> {
        let new = self.in_any(step.brought.iter().copied());
        if new.is_empty() {
            return new;
        }
        let old = self.in_any(step.replaced.iter().copied());
        new.difference(&old).copied().collect()
    }

    fn in_any(&mut self, blobs: impl Iterator<Item = Blob>) -> HashSet<usize> {
        blobs.flat_map(|blob| self.held(blob)).collect()
    }

    fn held(&mut self, blob: Blob) -> Vec<usize> {
        if let Some(known) = self.known.get(&blob) {
            return known.clone();
        }
        let board = self.repository.bytes(blob, MAX_FILE).ok().and_then(alone);
        let told = board.iter().flat_map(|board| &board.entries).map(facts);
        let held = told.filter_map(|facts| self.wanted.get(facts.as_slice()));
        let held: Vec<usize> = held.flatten().copied().collect();
        self.known.insert(blob, held.clone());
        held
    }
}
