//! `plan show`.

use anyhow::{anyhow, bail};

use super::output::{self, Exit};
use super::{Globals, scope};
use crate::diff::entries::{Fact, facts};
use crate::diff::origin::origins;
use crate::finding::nearest;
use crate::git::Repository;
use crate::report::Envelope;
use crate::report::show::{ActionInFull, ShownActions};
use crate::select::{Filter, select};
use crate::standing::judge;
use crate::world::World;

/// One action: its text, its standing and why, its history
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan show 2.2.3                          of every plan that has a 2.2.3
  plan show 3.1b --board hampshire         the action that the milestone belongs to
  plan show 2.2.3 --as-of last-meeting     as the board saw it then
  plan show 2.2.3 --log                    with the commit that brought each report
  plan show 2.2.3 -O json")]
pub struct Arguments {
    /// The action's id, or a milestone's
    id: String,
    /// Say for each report which commit brought it, and whose it is
    #[arg(long)]
    log: bool,
}

/// What one board has under an id.
struct ShownBoard {
    day: crate::calendar::Day,
    unread: Vec<String>,
    stems: Vec<String>,
    found: Vec<ActionInFull>,
    /// What the entries of each say, to find them in the history.
    told: Vec<Vec<Vec<Fact>>>,
    ids: Vec<String>,
    /// What else the id names, in a sentence.
    other: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let id = arguments.id.trim();
    let parts = scope::boards(globals, world, |reading| -> anyhow::Result<ShownBoard> {
        let board = &reading.board;
        let day = scope::as_of(globals, board, today)?;
        let filter = Filter {
            plan: globals.plan.clone(),
            ..Filter::default()
        };
        let standing = judge(board, day);
        let rows = select(board, &standing, &filter);
        let found = rows.iter().filter(|row| {
            let milestones = row.action.milestones.iter();
            row.action.id.as_str() == id || milestones.clone().any(|m| m.id.as_str() == id)
        });
        let told = found.clone().map(|row| {
            let entries = row.standing.history.iter();
            entries.map(|&at| facts(&board.entries[at])).collect()
        });
        Ok(ShownBoard {
            day,
            unread: reading.unread.clone(),
            stems: scope::stems(board),
            told: told.collect(),
            found: found
                .map(|row| ActionInFull::of(row, &reading.sources, day))
                .collect(),
            ids: rows
                .iter()
                .map(|row| row.action.id.value.to_string())
                .collect(),
            other: scope::other(board, id),
        })
    })?;
    let parts = parts
        .into_iter()
        .collect::<anyhow::Result<Vec<ShownBoard>>>()?;
    let stems: Vec<String> = parts.iter().flat_map(|part| part.stems.clone()).collect();
    let unread: Vec<String> = parts.iter().flat_map(|part| part.unread.clone()).collect();
    scope::check_plan(globals, &stems, &unread)?;
    let with = parts.iter().filter(|part| !part.found.is_empty());
    let day = scope::common_day(with.map(|part| part.day), today)?;
    if parts.iter().all(|part| part.found.is_empty()) {
        let unread = scope::incomplete(&unread);
        bail!("there is no action `{id}`{}{unread}", advice(id, &parts));
    }
    let (actions, told): (Vec<_>, Vec<_>) = (parts.into_iter())
        .flat_map(|part| part.found.into_iter().zip(part.told))
        .unzip();
    let actions = if arguments.log {
        with_log(actions, &told, globals, world)?
    } else {
        actions
    };
    let paper = Envelope::new("action", day, unread, ShownActions { actions });
    output::write(&paper, ShownActions::lay_out, globals, world)?;
    Ok(output::exit(&paper))
}

/// Adds to each report the commit that brought it.
fn with_log(
    mut actions: Vec<ActionInFull>,
    told: &[Vec<Vec<Fact>>],
    globals: &Globals,
    world: &World,
) -> anyhow::Result<Vec<ActionInFull>> {
    let root = scope::root(globals, world)?;
    let wanted: Vec<Vec<Fact>> = told.concat();
    let repository = Repository::holding(&root.path).map_err(|error| anyhow!(error.0))?;
    let origins = origins(&repository, &wanted).map_err(|error| anyhow!(error.0))?;
    let mut origins = origins.as_slice();
    for (action, entries) in actions.iter_mut().zip(told) {
        let (its_origins, rest) = origins.split_at(entries.len());
        action.with_origins(its_origins);
        origins = rest;
    }
    Ok(actions)
}

/// What was most likely meant by an id that no action has.
fn advice(id: &str, parts: &[ShownBoard]) -> String {
    if let Some(other) = parts.iter().find_map(|part| part.other.as_ref()) {
        return format!("; {other}");
    }
    let ids = parts.iter().flat_map(|part| &part.ids).map(String::as_str);
    match nearest(id, ids) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => "; `plan list` shows them all".into(),
    }
}
