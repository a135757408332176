//! `plan rename-group`.

use anyhow::{anyhow, bail};

use super::output::Exit;
use super::writing::{BoardToWrite, Mode, refuse_incomplete, refused};
use super::{Globals, scope, writing};
use crate::estate::Reading;
use crate::finding::suggest;
use crate::lint;
use crate::plan::{Board, Group};
use crate::record::{FileChange, draft, rename};
use crate::report::Envelope;
use crate::report::renamed::Renamed;
use crate::world::World;

/// Give a group another name: papers and forms print it, adopted plans and reports stay as they are
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan rename-group vemt \"Exploitation Subgroup\"
  plan rename-group \"VEMT Subgroup\" \"Exploitation Subgroup\" --dry-run

The word by which the files name it stays, so that nothing adopted or reported changes; its old name is kept in
`aka`, by which it is still found. Another body with other tasks is a new group of its own, not a new name.")]
pub struct Arguments {
    /// The group, by any of its names
    old: String,
    /// What it is called from now on
    new: String,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let (home, id) = find(&arguments.old, globals, world)?;
    let target = BoardToWrite::open(&home, globals, world)?;
    let make = |reading: &Reading| Ok(vec![change(reading, &id, &arguments.new)?]);
    let written = target.write(Mode::from_dry_run(arguments.dry_run), make, globals, world)?;
    let (before, after) = (&written.before.board, &written.after.board);
    let files = written.files.clone();
    let renamed = Renamed {
        dry_run: arguments.dry_run,
        board: after.name.clone(),
        was: before.group_name(&id).to_owned(),
        name: after.group_name(&id).to_owned(),
        named: lint::named_groups(after)
            .filter(|name| name.as_str() == id)
            .count(),
        group: id,
        files: written.files,
        diff: written.diff,
    };
    let paper = Envelope::new("renamed", written.day, Vec::new(), renamed);
    let diff = paper.data.diff.as_deref();
    writing::answer(&paper, Renamed::lay_out, diff, &files, globals, world)
}

/// Finds the board that has the group, and the group's key.
fn find(old: &str, globals: &Globals, world: &mut World) -> anyhow::Result<(String, String)> {
    let boards = scope::boards(globals, world, |reading| {
        let board = &reading.board;
        let id = draft::group(old, board).ok();
        let id = id.filter(|id| board.group(id).is_some());
        let ids: Vec<String> = board
            .groups
            .iter()
            .map(|group| group.id.value.to_string())
            .collect();
        (reading.home, id, reading.unread, ids)
    })?;
    let having: Vec<_> = boards.iter().filter(|board| board.1.is_some()).collect();
    match having[..] {
        [(home, Some(id), unread, _)] => {
            refuse_incomplete(unread).map(|()| (home.clone(), id.clone()))
        }
        [] => {
            let ids: Vec<&str> = (boards.iter().flat_map(|board| &board.3))
                .map(String::as_str)
                .collect();
            bail!(
                "there is no group `{old}`; {}",
                suggest(old, &ids, "groups")
            )
        }
        _ => bail!("several boards have a group `{old}`; say which with --board"),
    }
}

fn change(reading: &Reading, id: &str, new: &str) -> anyhow::Result<FileChange> {
    let board = &reading.board;
    let group = board.group(id);
    let group = group.ok_or_else(|| anyhow!("the group is not there any more"))?;
    let new = new.split_whitespace().collect::<Vec<_>>().join(" ");
    if new.is_empty() {
        bail!("the new name is empty");
    }
    let was = board.group_name(id);
    if new == was {
        bail!("`{id}` is called {new} already; nothing was changed");
    }
    if let Some(other) = other_of_that_name(board, group, &new) {
        bail!(
            "{new} is a name of `{}` already; two groups of one name could not be told apart",
            other.id
        );
    }
    let old = group.name.as_ref().map(|name| name.value.to_string());
    let mut aka: Vec<String> = group
        .aka
        .iter()
        .map(|name| name.value.to_string())
        .collect();
    aka.retain(|name| *name != new);
    aka.extend(old.filter(|old| !group.aka.iter().any(|name| name.value == *old)));
    let at = board
        .at
        .ok_or_else(|| anyhow!("no board.yaml says what the groups are called"))?;
    let source = reading.sources.get(at.file);
    rename::group(&source.key, &source.text, id, &new, &aka).map_err(refused)
}

fn other_of_that_name<'b>(board: &'b Board, group: &Group, name: &str) -> Option<&'b Group> {
    let mut others = board
        .groups
        .iter()
        .filter(|other| other.id.value != group.id.value);
    others.find(|other| board.means_group(name, &other.id))
}
