//! `plan help`.

use anyhow::bail;
use clap::CommandFactory as _;

use super::output::{self, Exit};
use super::{Cli, Format, Globals, scope};
use crate::finding::suggest;
use crate::report::Envelope;
use crate::report::manual::{self, Manual};
use crate::world::World;

/// A page of the manual, or the options of a command
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan help                                what there is
  plan help business-manager               a page of the manual
  plan help chair -o chair.docx            the same, to be sent to somebody
  plan help chase                          the options of a command, as `plan chase --help`")]
pub struct Arguments {
    /// A page of the manual, or a command
    #[arg(value_name = "TOPIC")]
    words: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let text = match &arguments.words[..] {
        [] => overview(),
        [topic] if manual::page(topic).is_some() => return show(topic, globals, world),
        words => of_command(words)?,
    };
    output::write_text(&text, globals, world)?;
    Ok(Exit::Done)
}

/// The commands, and the pages of the manual.
fn overview() -> String {
    let help = <Cli>::command().render_help();
    let pages = manual::PAGES
        .iter()
        .map(|page| format!("  {:<18}{}\n", page.topic, page.about));
    let pages: String = pages.collect();
    format!("{help}\nPages of the manual, each shown by `plan help PAGE`:\n{pages}")
}

fn show(topic: &str, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let page = Manual::about(topic);
    // It is written in Markdown: nothing is gained by taking it apart and putting it together again.
    if output::format(globals)? == Format::Markdown {
        output::write_text(&page.text, globals, world)?;
        return Ok(Exit::Done);
    }
    let paper = Envelope::new("manual", scope::today(world)?, Vec::new(), page);
    output::write(&paper, Manual::lay_out, globals, world)?;
    Ok(Exit::Done)
}

/// What a command takes: `status`, or `new board`.
fn of_command(words: &[String]) -> anyhow::Result<String> {
    let mut root = <Cli>::command();
    root.build();
    let mut command = &mut root;
    for word in words {
        let names = command
            .get_subcommands()
            .map(|subcommand| subcommand.get_name().to_owned());
        let mut names: Vec<String> = names.collect();
        if command.get_name() == "plan" {
            names.extend(manual::PAGES.iter().map(|page| page.topic.to_owned()));
        }
        if !names.contains(word) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            bail!(
                "there is no page and no command `{word}`; {}",
                suggest(word, &names, "topics")
            );
        }
        let Some(subcommand) = command.find_subcommand_mut(word) else {
            bail!("`{word}` is a page of the manual: `plan help {word}`");
        };
        command = subcommand;
    }
    Ok(command.render_long_help().to_string())
}
