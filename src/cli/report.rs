//! `plan report`.

use std::path::PathBuf;

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use super::gather::gather;
use super::output::{self, Exit};
use super::scope::NamedDay;
use super::{Filters, Globals, scope};
use crate::calendar::{Day, Period};
use crate::document::Document;
use crate::plan::Board;
use crate::render::{Format, template};
use crate::report::brief::{Brief, Options};
use crate::report::estate::{self, BoardRow, EstatePaper};
use crate::report::framework::{BUILT_IN, Framework};
use crate::report::{Envelope, KINDS, PaperUse, Papers, ReportKind};
use crate::standing::judge;
use crate::words::listed;
use crate::world::World;

/// A paper: for the board, the executive, a subgroup, the website, scrutiny or the annual report
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan report board -o board.docx          the paper for the pack, as Word
  plan report board --as-of next-meeting   as things will stand then, if nothing more is reported
  plan report exceptions -O markdown       to paste into a mail
  plan report group --owner vemt -o vemt.html
  plan report annual --period 2017-18 --framework wt2018 -o annual.docx
  plan report changes --since 2018-01-16
  plan report estate -o boards.xlsx        every board in one table
  plan report board --template cover.md -o cover-report.md

Every format of a paper holds the same facts; -O or the ending of -o chooses it.")]
pub struct Arguments {
    /// Which paper
    #[arg(value_parser = kinds(), required_unless_present_any = ["list_frameworks", "show_framework"])]
    kind: Option<String>,
    /// Compare with this day: a date, or `last-meeting` [default: last-meeting]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The period of the annual report, as `2017-18` [default: the last financial year that ended]
    #[arg(long, value_name = "YEAR", value_parser = parse_period)]
    period: Option<Period>,
    /// Whose questions the annual report answers: a name of `--list-frameworks`, or a YAML file of
    /// your own with the fields that `--show-framework` prints
    #[arg(long, value_name = "NAME|FILE", default_value = "plan")]
    framework: String,
    /// List the frameworks that come with the program
    #[arg(long)]
    list_frameworks: bool,
    /// Print a framework, to hold against the guidance or to begin your own with
    #[arg(long, value_name = "NAME", conflicts_with = "list_frameworks")]
    show_framework: Option<String>,
    /// The work plan as the board first agreed it, without what was reported or decided since
    #[arg(long)]
    as_adopted: bool,
    /// Fill in your own template (minijinja) with the report's JSON instead
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
}

fn kinds() -> PossibleValuesParser {
    let kinds = KINDS.iter().map(|kind| (kind.name, kind.help));
    let all = kinds.chain([(estate::NAME, estate::HELP)]);
    PossibleValuesParser::new(all.map(|(name, help)| PossibleValue::new(name).help(help)))
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse_plan(text).ok_or_else(|| "write a financial year, as 2017-18".into())
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    if arguments.list_frameworks {
        let lines = BUILT_IN
            .iter()
            .map(|(name, title, _)| format!("{name:<9} {title}\n"));
        output::write_text(&lines.collect::<String>(), globals, world)?;
        return Ok(Exit::Done);
    }
    if let Some(name) = &arguments.show_framework {
        let text = framework_text(name)?;
        output::write_text(text, globals, world)?;
        return Ok(Exit::Done);
    }
    let asked = arguments.kind.as_deref();
    match KINDS.iter().find(|kind| Some(kind.name) == asked) {
        Some(kind) => of_boards(kind, &arguments, globals, world),
        None => of_estate(&arguments, globals, world),
    }
}

/// A built-in framework as its file has it.
fn framework_text(name: &str) -> anyhow::Result<&'static str> {
    let found = BUILT_IN.iter().find(|(known, ..)| *known == name);
    match found {
        Some((_, _, "")) => bail!("`{name}` is the plan's own order and has no file"),
        Some((_, _, text)) => Ok(text),
        None => bail!(
            "there is no framework `{name}`; it is one of {}",
            frameworks()
        ),
    }
}

fn frameworks() -> String {
    let names: Vec<&str> = BUILT_IN.iter().map(|(name, ..)| *name).collect();
    listed(&names)
}

/// The framework of a name, or of a board's own file.
fn framework(asked: &str, world: &World) -> anyhow::Result<Framework> {
    if let Some(framework) = Framework::built_in(asked) {
        return Ok(framework);
    }
    let path = world.directory.join(asked);
    if !path.is_file() {
        bail!(
            "there is no framework `{asked}`, and no file of this name; a built-in one is one of {}",
            frameworks()
        );
    }
    let text = template::read(&path, asked)?;
    let read = Framework::read(asked, &text);
    read.map_err(|mistakes| anyhow::anyhow!(mistakes.join("\n")))
}

/// A paper about each board.
fn of_boards(
    kind: &ReportKind,
    arguments: &Arguments,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let filter = arguments.filters.filter(globals);
    let options = Options {
        period: arguments.period,
        framework: framework(&arguments.framework, world)?,
        as_adopted: arguments.as_adopted,
    };
    let since = arguments.since.as_deref().map(scope::when).transpose()?;
    let wanted = match output::format(globals)? {
        _ if arguments.template.is_some() => PaperUse::Values,
        Format::Json => PaperUse::Json,
        _ => PaperUse::Layout,
    };
    let gathered = gather(&filter, globals, world, |reading, day| {
        let then = earlier(since, &reading.board, day)?;
        let now = judge(&reading.board, day);
        let then = then.map(|day| judge(&reading.board, day));
        let brief = Brief {
            reading,
            now: &now,
            then: then.as_ref(),
            filter: &filter,
            options: &options,
            meetings: None,
        };
        Ok((kind.make)(&brief, wanted)?)
    })?;
    let day = gathered.day()?;
    let papers = Papers::from_parts(gathered.parts);
    let paper = Envelope::new(kind.name, day, gathered.unread, papers);
    write(&paper, Papers::lay_out, arguments, globals, world)?;
    Ok(output::exit(&paper))
}

/// One paper about all boards.
fn of_estate(arguments: &Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let filter = arguments.filters.filter(globals);
    let gathered = gather(&filter, globals, world, |reading, day| {
        Ok(BoardRow::for_board(&reading.board, day, &filter))
    })?;
    let day = gathered.day()?;
    let estate = EstatePaper::from_boards(gathered.parts, day);
    let paper = Envelope::new(estate::NAME, day, gathered.unread, estate);
    write(&paper, EstatePaper::lay_out, arguments, globals, world)?;
    Ok(output::exit(&paper))
}

/// Writes a paper in the format asked for, or what a user's template makes of its JSON.
fn write<T: Serialize>(
    paper: &Envelope<T>,
    lay_out: impl FnOnce(&T, &mut Document),
    arguments: &Arguments,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    let Some(file) = &arguments.template else {
        return output::write(paper, lay_out, globals, world);
    };
    if let Some(output) = &globals.output {
        let name = output.to_string_lossy();
        if Format::of_file(&name).is_some_and(Format::is_binary) {
            bail!(
                "a template writes text, which {name} would not hold; end it in .md, .html or .txt"
            );
        }
    }
    let shown = file.to_string_lossy();
    let source = template::read(&world.directory.join(file), &shown)?;
    let data = serde_json::to_value(paper)?;
    let text = template::fill(&shown, &source, &data, &paper.notices())?;
    output::write_text(&text, globals, world)
}

/// The day to compare with: the one that was named, else the last meeting if it is known.
fn earlier(since: Option<NamedDay>, board: &Board, day: Day) -> anyhow::Result<Option<Day>> {
    match since {
        Some(when) => scope::since(when, board, day).map(Some),
        None => Ok(NamedDay::LastMeeting.for_board(board, day).ok()),
    }
}
