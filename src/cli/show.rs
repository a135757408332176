//! `plan show`.

use anyhow::bail;

use super::output::{self, Exit};
use super::{Globals, scope};
use crate::finding::nearest;
use crate::report::Envelope;
use crate::report::show::{ActionInFull, Shown};
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
  plan show 2.2.3 -O json")]
pub struct Arguments {
    /// The action's id, or a milestone's
    id: String,
}

/// What one board has under an id.
struct Part {
    day: crate::calendar::Day,
    unread: Vec<String>,
    stems: Vec<String>,
    found: Vec<ActionInFull>,
    ids: Vec<String>,
    /// What else the id names, in a sentence.
    other: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let id = arguments.id.trim();
    let parts = scope::boards(globals, world, |reading| -> anyhow::Result<Part> {
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
        Ok(Part {
            day,
            unread: reading.unread.clone(),
            stems: scope::stems(board),
            found: found
                .map(|row| ActionInFull::of(row, &reading.sources, day))
                .collect(),
            ids: rows.iter().map(|row| row.action.id.value.clone()).collect(),
            other: scope::other(board, id),
        })
    })?;
    let parts = parts.into_iter().collect::<anyhow::Result<Vec<Part>>>()?;
    let stems: Vec<String> = parts.iter().flat_map(|part| part.stems.clone()).collect();
    let unread: Vec<String> = parts.iter().flat_map(|part| part.unread.clone()).collect();
    scope::check_plan(globals, &stems, &unread)?;
    let with = parts.iter().filter(|part| !part.found.is_empty());
    let day = scope::common_day(with.map(|part| part.day), today)?;
    if parts.iter().all(|part| part.found.is_empty()) {
        let unread = scope::incomplete(&unread);
        bail!("there is no action `{id}`{}{unread}", advice(id, &parts));
    }
    let actions = parts.into_iter().flat_map(|part| part.found).collect();
    let paper = Envelope::new("action", day, unread, Shown { actions });
    output::write(&paper, Shown::lay_out, globals, world)?;
    Ok(output::exit(&paper))
}

/// What was most likely meant by an id that no action has.
fn advice(id: &str, parts: &[Part]) -> String {
    if let Some(other) = parts.iter().find_map(|part| part.other.as_ref()) {
        return format!("; {other}");
    }
    let ids = parts.iter().flat_map(|part| &part.ids).map(String::as_str);
    match nearest(id, ids) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => "; `plan list` shows them all".into(),
    }
}
