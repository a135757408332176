//! What the least that a program can do costs, to hold `plan` against.
//!
//! `floor parse FOLDER` reads every YAML file below a folder with the parser and keeps nothing; `floor hello` takes
//! its arguments apart as `plan` does, and ends.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// What cargo's own runner adds.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Read every YAML file below a folder
    Parse { folder: PathBuf },
    /// Do nothing
    Hello {
        /// A day
        #[arg(long)]
        as_of: Option<String>,
    },
}

fn main() -> std::io::Result<()> {
    let Some(cli) = Cli::try_parse().ok() else {
        // `cargo bench` runs every bench: this one measures nothing by itself.
        return Ok(());
    };
    match cli.command {
        Command::Parse { folder } => println!("{} events", parse(&folder)?),
        Command::Hello { as_of } => println!("{}", as_of.unwrap_or_default()),
    }
    Ok(())
}

fn parse(path: &Path) -> std::io::Result<usize> {
    if path.is_dir() {
        let mut events = 0;
        for entry in std::fs::read_dir(path)? {
            events += parse(&entry?.path())?;
        }
        return Ok(events);
    }
    if path.extension().is_none_or(|ending| ending != "yaml") {
        return Ok(0);
    }
    let text = std::fs::read_to_string(path)?;
    Ok(granit_parser::Parser::new_from_str(&text).count())
}
