//! `plan man`.

use std::fs;

use anyhow::{Context as _, bail};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::output::{self, Exit};
use super::{Cli, Globals};
use crate::edit;
use crate::world::World;

/// The manual pages: one for each command
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan man | man -l -                      the page of plan itself
  plan man validate                        the page of one command
  plan man -o man/man1                     every page into a folder, which is made where it is missing")]
pub struct Arguments {
    /// The page of this command
    command: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let mut root = <Cli>::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    collect(&root, &mut pages)?;
    if let Some(name) = &arguments.command {
        let asked = format!("plan-{name}.1");
        pages.retain(|(file, _)| *file == asked);
        if pages.is_empty() {
            bail!("there is no command `{name}`; `plan --help` lists them");
        }
    }
    match &globals.output {
        Some(folder) => write_all(&world.directory.join(folder), &pages)?,
        None => {
            // Of them all, the page of the program itself comes first.
            let page = pages.first().map_or("", |(_, page)| page);
            output::write_text(page, globals, world)?;
        }
    }
    Ok(Exit::Done)
}

/// The page of a command, and those of the commands below it.
fn collect(command: &Command, pages: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename(), String::from_utf8(page)?));
    for command in command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        collect(command, pages)?;
    }
    Ok(())
}

fn write_all(folder: &std::path::Path, pages: &[(String, String)]) -> anyhow::Result<()> {
    let shown = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("{shown} could not be made"))?;
    for (name, page) in pages {
        let path = folder.join(name);
        edit::write(&path, page)
            .with_context(|| format!("{} could not be written", path.display()))?;
    }
    Ok(())
}
