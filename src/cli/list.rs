//! `plan list`.

use super::output::{self, Exit};
use super::{Filters, Globals, scope};
use crate::calendar::Day;
use crate::report::Envelope;
use crate::report::actions::Actions;
use crate::select::{Asked, Order, select, sort};
use crate::standing::judge;
use crate::world::World;

/// Actions as a table, filtered and sorted
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan list                                every action of every board
  plan list --overdue --sort late          the latest first
  plan list --owner vemt --rag red --rag amber
  plan list --due-before \"30 June 2018\" --sort due
  plan list --text neglect -O json")]
pub struct Arguments {
    /// The order of each board's actions
    #[arg(long, value_enum, default_value_t)]
    sort: Order,
    #[command(flatten)]
    filters: Filters,
}

/// One board's part of the answer.
struct Part {
    day: Day,
    unread: Vec<String>,
    stems: Vec<String>,
    names: Vec<Asked>,
    actions: Actions,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let filter = arguments.filters.filter(globals);
    let parts = scope::boards(globals, world, |reading| {
        let board = &reading.board;
        let day = scope::as_of(globals, board, today)?;
        let standing = judge(board, day);
        let mut rows = select(board, &standing, &filter);
        sort(&mut rows, arguments.sort);
        Ok(Part {
            day,
            unread: reading.unread.clone(),
            stems: scope::stems(board),
            names: filter.names(board),
            actions: Actions::of(&rows),
        })
    })?;
    let (mut days, mut unread, mut stems) = (Vec::new(), Vec::new(), Vec::new());
    let (mut names, mut actions) = (Vec::new(), Vec::new());
    for part in parts.into_iter().collect::<anyhow::Result<Vec<Part>>>()? {
        days.push(part.day);
        unread.extend(part.unread);
        stems.extend(part.stems);
        names.push(part.names);
        actions.push(part.actions);
    }
    scope::check_plan(globals, &stems, &unread)?;
    scope::check_names(&names)?;
    let day = scope::common_day(days, today)?;
    let paper = Envelope::new("actions", day, unread, Actions::join(actions));
    output::write(&paper, Actions::lay_out, globals, world)?;
    Ok(output::exit(&paper))
}
