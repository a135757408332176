//! `plan list`.

use super::gather::gather;
use super::output::{self, Exit};
use super::{Filters, Globals};
use crate::report::Envelope;
use crate::report::actions::Actions;
use crate::select::{Order, select, sort};
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

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let filter = arguments.filters.filter(globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let standing = judge(&reading.board, day);
        let mut rows = select(&reading.board, &standing, &filter);
        sort(&mut rows, arguments.sort);
        Ok(Actions::of(&rows))
    })?;
    let day = gathered.day()?;
    let actions = Actions::join(gathered.parts);
    let paper = Envelope::new("actions", day, gathered.unread, actions);
    output::write(&paper, Actions::lay_out, globals, world)?;
    Ok(output::exit(&paper))
}
