//! `plan export`.

use anyhow::bail;
use serde::Serialize;

use super::gather::{Gathered, gather};
use super::output::{self, Exit};
use super::{Filters, Globals, scope};
use crate::agenda::Agenda;
use crate::calendar::Day;
use crate::document::Block;
use crate::plan::Board;
use crate::render::{Format, ics, json, json_lines, one_table, rows_alone};
use crate::report::Envelope;
use crate::report::export::Export;
use crate::report::history::MonthEnd;
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
                                           move what was moved
  plan export --history -o history.jsonl   how every action stood at each month's end, for a database

In a table a cell that holds several values (owners, evidence) has a semicolon and a space between
them; what must take them apart reads JSON, where they are a list.")]
pub struct Arguments {
    /// How every action stood at the end of each month, up to the day asked (CSV or JSON Lines)
    #[arg(long)]
    history: bool,
    /// Of the history only the months that end on this day or later
    #[arg(long, value_name = "DATE", requires = "history")]
    since: Option<String>,
    #[command(flatten)]
    filters: Filters,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    if arguments.history {
        return history(&arguments, globals, world);
    }
    let format = format(globals)?;
    let filter = arguments.filters.filter(globals);
    let of_board = |board: &Board, day| {
        let standing = judge(board, day);
        let rows = select(board, &standing, &filter);
        Export::for_board(board, &rows, day, &filter)
    };
    if format == Format::Jsonl {
        let gathered = gather(&filter, globals, world, |reading, day| {
            let export = of_board(&reading.board, day);
            Ok(json_lines(&export.lines(day))?.into_bytes())
        })?;
        return send_texts("actions", gathered, format, globals, world);
    }
    let gathered = gather(&filter, globals, world, |reading, day| {
        Ok(of_board(&reading.board, day))
    })?;
    let day = gathered.day()?;
    let export = Export::join(gathered.parts);
    let paper = Envelope::new("actions", day, gathered.unread, export);
    output::send(&bytes(&paper, day, format)?, format, globals, world)?;
    Ok(output::exit(&paper))
}

/// Writes how every action stood at the end of each month.
fn history(arguments: &Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let format = output::format(globals)?;
    if !matches!(format, Format::Csv | Format::Jsonl) {
        bail!(
            "a history is csv or jsonl: end the file in one of these (-o history.jsonl), or name one with -O"
        );
    }
    let since = arguments.since.as_deref().map(scope::when).transpose()?;
    let filter = arguments.filters.filter(globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        let board = &reading.board;
        let since = since.map(|since| scope::since(since, board, day));
        let rows = MonthEnd::all(board, &filter, since.transpose()?, day);
        match format {
            Format::Jsonl => Ok(json_lines(&rows)?.into_bytes()),
            _ => rows_alone(&MonthEnd::table(&rows)),
        }
    })?;
    send_texts("history", gathered, format, globals, world)
}

/// Writes the texts that were made of each board, of which nothing else was kept, below what could not be read,
/// if anything, and the headings of CSV.
fn send_texts(
    kind: &'static str,
    gathered: Gathered<Vec<u8>>,
    format: Format,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let day = gathered.day()?;
    let paper = Envelope::new(kind, day, gathered.unread, gathered.parts);
    let mut bytes = match format {
        Format::Jsonl => incomplete(&paper.incomplete)?.into_bytes(),
        _ => one_table(&paper.document(|_, document| {
            document.blocks.push(Block::Table(MonthEnd::table(&[])));
        }))?,
    };
    for part in &paper.data {
        bytes.extend_from_slice(part);
    }
    output::send(&bytes, format, globals, world)?;
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

/// The line that says what could not be read, if anything.
fn incomplete(files: &[String]) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Incomplete<'p> {
        incomplete: &'p [String],
    }
    if files.is_empty() {
        return Ok(String::new());
    }
    json_lines(&[Incomplete { incomplete: files }])
}
