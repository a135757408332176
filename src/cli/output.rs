//! Where answers go, and how the program ends.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;

use super::{Colour, Globals, kept};
use crate::document::{Document, visible};
use crate::edit;
use crate::office::docx::template::{self, Template};
use crate::render::terminal::{Terminal, render};
use crate::render::{Format, json, word_like};
use crate::report::Envelope;
use crate::world::World;

/// How the program ends (design section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Done = 0,
    /// Errors were found, or a condition that the user named holds.
    Found = 1,
    /// It could not run, or the answer is incomplete.
    Failed = 2,
}

/// The width of a page that no terminal shows.
const PIPE: usize = 100;

/// Shows clap's help, or what is wrong with the arguments.
pub fn usage(error: &clap::Error, world: &mut World) -> Exit {
    if error.use_stderr() {
        // It quotes the arguments, which may hold anything.
        let text = error.render().to_string();
        let _ = world.stderr.write_all(visible(&text).as_bytes());
        return Exit::Failed;
    }
    let text = if world.terminal.is_some() && !no_colour(world) {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    let _ = world.stdout.write_all(text.as_bytes());
    Exit::Done
}

/// Ends a command: says what kept it from running.
pub fn finish(result: anyhow::Result<Exit>, world: &mut World) -> Exit {
    let error = match result {
        Ok(exit) => return exit,
        Err(error) => error,
    };
    // A reader that goes away (`| head`) is no error.
    let broken = error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    });
    if broken {
        return Exit::Done;
    }
    let _ = writeln!(world.stderr, "error: {}", visible(&format!("{error:#}")));
    Exit::Failed
}

fn no_colour(world: &World) -> bool {
    let set = (world.environment)("NO_COLOR");
    set.is_some_and(|value| !value.is_empty())
}

/// How text output is shown.
pub fn terminal(globals: &Globals, world: &World) -> Terminal {
    let columns = (world.environment)("COLUMNS");
    let columns = columns.and_then(|columns| columns.parse().ok());
    let to_terminal = globals.output.is_none() && world.terminal.is_some();
    Terminal {
        width: match world.terminal {
            Some(width) if to_terminal => width,
            _ => columns.unwrap_or(PIPE),
        },
        colour: match globals.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => to_terminal && !no_colour(world),
        },
    }
}

/// The format asked for: by name, else by the file's ending, else text.
pub fn format(globals: &Globals) -> anyhow::Result<Format> {
    match (globals.format, &globals.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Text),
        (None, Some(file)) => {
            let name = file.to_string_lossy();
            Format::of_file(&name).ok_or_else(|| {
                anyhow!(
                    "the ending of {name} says no format; end it in {}, or name one with -O",
                    Format::ENDINGS
                )
            })
        }
    }
}

/// Writes a paper in the format asked for.
pub fn write<T: Serialize>(
    paper: &Envelope<T>,
    lay_out: impl FnOnce(&T, &mut Document),
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    let format = format(globals)?;
    if globals.reference_docx.is_some() && format != Format::Docx {
        bail!("--reference-docx is for Word files: write to one with -o FILE.docx, or -O docx");
    }
    let bytes = match format {
        Format::Json => json(paper)?.into_bytes(),
        Format::Text => render(&paper.document(lay_out), terminal(globals, world)).into_bytes(),
        Format::Docx => {
            let template = template(globals, world)?;
            word_like(&paper.document(lay_out), template.as_ref())?
        }
        format => match format.writer() {
            Some(write) => write(&paper.document(lay_out))?,
            None => bail!(
                "only `{}` writes this format",
                format.only().unwrap_or("another command")
            ),
        },
    };
    send(&bytes, format, globals, world)
}

/// The Word file whose look an answer takes, if one is named.
fn template(globals: &Globals, world: &World) -> anyhow::Result<Option<Template>> {
    let Some(file) = &globals.reference_docx else {
        return Ok(None);
    };
    let name = file.display().to_string();
    let bytes = std::fs::read(world.directory.join(file));
    let bytes = bytes.with_context(|| format!("{name} could not be read"))?;
    let template = template::read(&bytes, &name).map_err(|refusal| anyhow!("{}", refusal.0))?;
    Ok(Some(template))
}

/// Writes an answer in its format to the file asked for, or to standard output.
pub fn send(
    bytes: &[u8],
    format: Format,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    if format.is_binary() && globals.output.is_none() && world.terminal.is_some() {
        bail!("this format is for a file; name one with -o FILE");
    }
    if format == Format::Csv && globals.output.is_some() {
        // Excel takes a file for UTF-8 only where it begins with this mark; to a program at the other end of
        // a pipe it would be part of the first heading.
        return write_bytes(&[&b"\xEF\xBB\xBF"[..], bytes].concat(), globals, world);
    }
    write_bytes(bytes, globals, world)
}

/// Writes a text to the file asked for, or to standard output.
pub fn write_text(text: &str, globals: &Globals, world: &mut World) -> anyhow::Result<()> {
    write_bytes(text.as_bytes(), globals, world)
}

/// Writes an answer to the file asked for, or to standard output.
pub fn write_bytes(bytes: &[u8], globals: &Globals, world: &mut World) -> anyhow::Result<()> {
    match &globals.output {
        None => {
            world.stdout.write_all(bytes)?;
            world.stdout.flush()?;
        }
        Some(file) => {
            kept::refuse(file, globals, world)?;
            let path = world.directory.join(file);
            put(&path, bytes)
                .with_context(|| format!("{} could not be written", file.display()))?;
        }
    }
    Ok(())
}

/// Puts an answer in the place of a file, whole or not at all; a pipe or a device takes it as it comes, and
/// a link is followed.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let Ok(meta) = std::fs::metadata(path) else {
        return Ok(edit::write(path, bytes)?);
    };
    if meta.is_dir() {
        bail!("it is a folder");
    }
    if !meta.is_file() {
        let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
        return Ok(file.write_all(bytes)?);
    }
    if meta.permissions().readonly() {
        bail!("it is marked read-only");
    }
    Ok(edit::write(&path.canonicalize()?, bytes)?)
}

/// What the answer alone says of how to end: an incomplete one is never a success.
pub fn exit<T>(paper: &Envelope<T>) -> Exit {
    if paper.incomplete.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    }
}
