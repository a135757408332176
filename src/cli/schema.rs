//! `plan schema`.

use anyhow::bail;
use clap::builder::PossibleValuesParser;

use super::output::{self, Exit};
use super::{Format, Globals};
use crate::plan::fields::FILES;
use crate::schema;
use crate::world::World;

/// JSON Schema (2020-12) of the files, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan schema                              all four kinds, told apart by their first key
  plan schema plan                         of plan files alone
  plan schema -o .vscode/plan.schema.json  where an editor finds it

An editor that speaks to the YAML language server checks and completes a file that begins with the line
  # yaml-language-server: $schema=../../.vscode/plan.schema.json
where the path counts from the file. `plan lsp` knows more: what other files say, and how actions stand.")]
pub struct Arguments {
    /// Of this kind of file alone
    #[arg(value_parser = PossibleValuesParser::new(FILES.map(|(word, _)| word)))]
    kind: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    if globals.format.is_some_and(|format| format != Format::Json) {
        bail!("a schema is JSON; leave -O out");
    }
    let schema = match &arguments.kind {
        None => schema::all(),
        Some(kind) => schema::one(kind).unwrap_or_else(schema::all),
    };
    let text = serde_json::to_string_pretty(&schema)? + "\n";
    output::write_text(&text, globals, world)?;
    Ok(Exit::Done)
}
