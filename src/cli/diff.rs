//! `plan diff`.

use super::output::{self, Exit};
use super::revision::{EstateBefore, States};
use super::{Globals, scope};
use crate::calendar::Day;
use crate::estate::Reading;
use crate::report::Envelope;
use crate::report::diff::{BoardDiff, Diff, FilesState};
use crate::world::World;

/// What changed between two git revisions, in the plan's terms, and what that did to each action
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan diff HEAD                        what is not committed yet
  plan diff origin/main                 what this branch changes
  plan diff origin/main -O markdown     the same, for the comment of a pull request
  plan diff v1 v2 --board hartlepool    between two revisions
  plan diff HEAD~5 --as-of 2018-03-06   judged on that day, on both sides
  plan diff main -O json | jq '.boards[].plans[].changes[]'

Words that went stand in [-…-], words that came in {+…+}.")]
pub struct Arguments {
    /// The earlier revision: a branch, a tag, a commit
    #[arg(value_name = "A")]
    earlier: String,
    /// The later one [default: the files as they are]
    #[arg(value_name = "B")]
    later: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let before = EstateBefore::read(&arguments.earlier, globals, world)?;
    let from = FilesState {
        revision: Some(arguments.earlier.clone()),
        commit: Some(before.commit.clone()),
    };
    let (to, later) = match &arguments.later {
        None => {
            let boards = scope::boards(globals, world, |reading| reading)?;
            (FilesState::working_tree(), boards)
        }
        Some(name) => {
            let after = EstateBefore::read(name, globals, world)?;
            let state = FilesState {
                revision: Some(name.clone()),
                commit: Some(after.commit.clone()),
            };
            (state, after.left())
        }
    };
    let mut unread = unread_at(&before.unread(), &arguments.earlier);
    let (mut days, mut boards, mut stems) = (Vec::new(), Vec::new(), Vec::new());
    for pair in States::pairs(before, later) {
        let (then, now) = (&pair.then, &pair.now);
        let board = if now.sources.iter().next().is_some() {
            &now.board
        } else {
            &then.board
        };
        let day = scope::as_of(globals, board, today)?;
        days.push(day);
        stems.extend(scope::stems(&then.board));
        stems.extend(scope::stems(&now.board));
        unread.extend(match &arguments.later {
            None => now.unread.clone(),
            Some(name) => unread_at(&now.unread, name),
        });
        boards.push(compare(then, now, day, globals));
    }
    scope::check_plan(globals, &stems, &unread)?;
    boards.retain(|board| !board.is_empty());
    let day = scope::common_day(days, today)?;
    let paper = Envelope::new("diff", day, unread, Diff { from, to, boards });
    output::write(
        &paper,
        |diff, document| diff.lay_out(document, day),
        globals,
        world,
    )?;
    Ok(output::exit(&paper))
}

fn compare(then: &Reading, now: &Reading, day: Day, globals: &Globals) -> BoardDiff {
    let mut diff = BoardDiff::between(then, now, day);
    if let Some(stem) = &globals.plan {
        diff.only(stem);
    }
    diff
}

/// Files that could not be read, with the revision in which.
fn unread_at(files: &[String], name: &str) -> Vec<String> {
    files
        .iter()
        .map(|file| format!("{file} at {name}"))
        .collect()
}
