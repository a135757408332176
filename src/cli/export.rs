//! `plan export`.

use anyhow::bail;
use serde::Serialize;

use super::gather::gather;
use super::output::{self, Exit};
use super::{Filters, Globals};
use crate::agenda::Agenda;
use crate::calendar::Day;
use crate::render::{Format, ics, json, json_lines, one_table};
use crate::report::Envelope;
use crate::report::export::Export;
use crate::select::select;
use crate::standing::judge;
use crate::world::World;

/// The actions with their standing, for a spreadsheet, another program or a calendar
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan export -o actions.xlsx              every action of every board, a column for each field
  plan export -o late.csv --overdue        what is late
  plan export -O jsonl | head -1           an action on each line
  plan export -o board.ics --board hartlepool
                                           deadlines and meetings for a calendar; import it again to
                                           move what was moved")]
pub struct Arguments {
    #[command(flatten)]
    filters: Filters,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let format = format(globals)?;
    let filter = arguments.filters.filter(globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let board = &reading.board;
        let standing = judge(board, day);
        let rows = select(board, &standing, &filter);
        Ok(Export::for_board(board, &rows, day, &filter))
    })?;
    let day = gathered.day()?;
    let export = Export::join(gathered.parts);
    let paper = Envelope::new("actions", day, gathered.unread, export);
    output::send(&bytes(&paper, day, format)?, format, globals, world)?;
    Ok(output::exit(&paper))
}

/// The format asked for, if an export has it.
fn format(globals: &Globals) -> anyhow::Result<Format> {
    let format = output::format(globals)?;
    match format {
        Format::Csv | Format::Xlsx | Format::Json | Format::Jsonl | Format::Ics => Ok(format),
        _ => bail!(
            "an export is csv, xlsx, json, jsonl or ics: end the file in one of these (-o actions.xlsx), or name one with -O; for a paper \
             see `plan report --help`"
        ),
    }
}

fn bytes(paper: &Envelope<Export>, day: Day, format: Format) -> anyhow::Result<Vec<u8>> {
    let export = &paper.data;
    Ok(match format {
        Format::Json => json(paper)?.into_bytes(),
        Format::Jsonl => lines(paper, day)?.into_bytes(),
        Format::Ics => ics(&Agenda {
            name: export.boards.join(", "),
            day,
            notices: paper.notices(),
            events: export.events.clone(),
        }),
        format => {
            let table = export.table(day);
            let document = paper.document(|_, document| document.blocks.extend(table));
            match format.writer() {
                Some(write) if format == Format::Xlsx => write(&document)?,
                _ => one_table(&document)?,
            }
        }
    })
}

/// A line for each action; before them one that says what could not be read, if anything.
fn lines(paper: &Envelope<Export>, day: Day) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Incomplete<'p> {
        incomplete: &'p [String],
    }
    let mut text = String::new();
    if !paper.incomplete.is_empty() {
        let incomplete = &paper.incomplete;
        text.push_str(&json_lines(&[Incomplete { incomplete }])?);
    }
    text.push_str(&json_lines(&paper.data.lines(day))?);
    Ok(text)
}
