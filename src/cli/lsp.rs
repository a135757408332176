//! `plan lsp`.

use super::output::Exit;
use super::{Globals, scope};
use crate::calendar::Day;
use crate::lsp::{Settings, serve};
use crate::plan::Board;
use crate::world::World;

/// A language server for plan files: findings, completion, hover and fixes in any editor
#[derive(Debug, clap::Args)]
#[command(after_help = "\
An editor starts it by itself and speaks with it over standard input and output. A file belongs to the
folder that --plans or PLAN_ROOT names, else to the nearest `plans` above it, else to the folder above
the nearest board.yaml. --as-of judges on another day than today.")]
pub struct Arguments {
    /// Taken and ignored: editors give it to say how they speak
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run(_: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    if let Some(text) = &globals.as_of {
        scope::when(text)?;
    }
    let today = world.today;
    let day = |board: &Board| -> Option<Day> {
        scope::as_of(globals, board, scope::day_of(today()).ok()?).ok()
    };
    let settings = Settings {
        plans: scope::named_root(globals, world).map(|plans| world.directory.join(plans)),
        day: &day,
        version: super::VERSION,
    };
    let polite = serve(settings, world.stdin, world.stdout, world.stderr)?;
    // The protocol's own: 1 for an editor that leaves without `shutdown`.
    Ok(if polite { Exit::Done } else { Exit::Found })
}
