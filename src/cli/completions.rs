//! `plan completions`, and what the shells ask for behind it.

use std::ffi::OsString;

use anyhow::anyhow;
use clap::{CommandFactory as _, ValueEnum};
use clap_complete::env::Shells;

use super::output::{self, Exit};
use super::{Cli, Globals, candidates};
use crate::world::World;

/// The variable by which a shell asks for completions instead of running a command.
const VARIABLE: &str = "PLAN_COMPLETE";

/// The script that makes a shell complete commands, options, ids, boards and groups
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan completions bash > ~/.local/share/bash-completion/completions/plan
  plan completions zsh > ~/.zfunc/_plan          with ~/.zfunc in fpath, before compinit
  plan completions fish > ~/.config/fish/completions/plan.fish
  plan completions powershell >> $PROFILE

The script asks the `plan` that stands in the PATH, so it knows the ids of the plans as they are.")]
pub struct Arguments {
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let value = arguments.shell.to_possible_value();
    let name = value.as_ref().map_or("", |value| value.get_name());
    let shells = Shells::builtins();
    let shell = shells.completer(name);
    let shell = shell.ok_or_else(|| anyhow!("there is no script for {name}"))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "plan", "plan", "plan", &mut script)?;
    output::write_text(&String::from_utf8_lossy(&script), globals, world)?;
    Ok(Exit::Done)
}

/// Answers a shell that asks what may be typed; none where no shell asks. The arguments are then
/// `plan -- plan status --bo`, the last the one to complete.
pub fn answer(arguments: &[OsString], world: &mut World) -> Option<anyhow::Result<Exit>> {
    let shell = (world.environment)(VARIABLE).filter(|name| !name.is_empty())?;
    Some(complete(&shell, arguments, world))
}

fn complete(shell: &str, arguments: &[OsString], world: &mut World) -> anyhow::Result<Exit> {
    let shells = Shells::builtins();
    let known = shells.completer(shell);
    let shell = known.ok_or_else(|| anyhow!("{VARIABLE} names no shell: {shell}"))?;
    let typed = arguments.iter().position(|word| word == "--");
    let typed: Vec<OsString> = arguments
        .iter()
        .skip(typed.map_or(1, |at| at + 1))
        .cloned()
        .collect();
    if typed.is_empty() {
        return Ok(Exit::Done);
    }
    let words = candidates::words(&typed, world).into();
    let mut command = candidates::offer(<Cli>::command(), &words);
    let mut answer = Vec::new();
    shell.write_complete(&mut command, typed, Some(&world.directory), &mut answer)?;
    world.stdout.write_all(&answer)?;
    world.stdout.flush()?;
    Ok(Exit::Done)
}
