//! `plan report`.

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::output::{self, Exit};
use super::{Filters, Globals, scope};
use crate::calendar::{Day, Period};
use crate::estate::Reading;
use crate::report::annual::Framework;
use crate::report::brief::{Brief, Options};
use crate::report::{Envelope, KINDS, Kind, Made, Papers};
use crate::select::{Asked, Filter};
use crate::standing::judge;
use crate::world::World;

/// A paper: for the board, the executive, a subgroup, the website, scrutiny or the annual report
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which paper
    #[arg(value_parser = kinds(), hide_possible_values = false)]
    kind: String,
    /// Compare with this day: a date, or `last-meeting` [default: last-meeting]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The period of the annual report, as `2017-18` [default: the last financial year that ended]
    #[arg(long, value_name = "YEAR", value_parser = parse_period)]
    period: Option<Period>,
    /// Whose questions the annual report answers
    #[arg(long, value_enum, default_value_t)]
    framework: Framework,
    #[command(flatten)]
    filters: Filters,
}

fn kinds() -> PossibleValuesParser {
    let kinds = KINDS.iter();
    PossibleValuesParser::new(kinds.map(|kind| PossibleValue::new(kind.name).help(kind.help)))
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse_plan(text).ok_or_else(|| "write a financial year, as 2017-18".into())
}

/// One board's part of the answer.
struct Part {
    day: Day,
    unread: Vec<String>,
    stems: Vec<String>,
    names: Vec<Asked>,
    made: Made,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let filter = arguments.filters.filter(globals);
    let named = |kind: &&Kind| kind.name == arguments.kind;
    let kind = KINDS.iter().find(named).unwrap_or(&KINDS[0]);
    let options = Options {
        period: arguments.period,
        framework: arguments.framework,
    };
    let since = arguments.since.as_deref().map(scope::when).transpose()?;
    let parts = scope::boards(globals, world, |reading| -> anyhow::Result<Part> {
        let day = scope::as_of(globals, &reading.board, today)?;
        let then = match since {
            Some(when) => Some(when.of(&reading.board, day)?),
            None => scope::When::LastMeeting.of(&reading.board, day).ok(),
        };
        if then.is_some_and(|then| then > day) {
            anyhow::bail!("--since names a day after the one that is asked about");
        }
        part(&reading, day, then, &filter, &options, kind)
    })?;
    let parts = parts.into_iter().collect::<anyhow::Result<Vec<Part>>>()?;
    let (mut days, mut unread, mut stems) = (Vec::new(), Vec::new(), Vec::new());
    let (mut names, mut made) = (Vec::new(), Vec::new());
    for part in parts {
        days.push(part.day);
        unread.extend(part.unread);
        stems.extend(part.stems);
        names.push(part.names);
        made.push(part.made);
    }
    scope::check_plan(globals, &stems, &unread)?;
    scope::check_names(&names)?;
    let day = scope::common_day(days, today)?;
    let paper = Envelope::new(kind.name, day, unread, Papers::of(made));
    output::write(&paper, Papers::lay_out, globals, world)?;
    Ok(output::exit(&paper))
}

fn part(
    reading: &Reading,
    day: Day,
    then: Option<Day>,
    filter: &Filter,
    options: &Options,
    kind: &Kind,
) -> anyhow::Result<Part> {
    let board = &reading.board;
    let now = judge(board, day);
    let then = then.map(|day| judge(board, day));
    let brief = Brief {
        reading,
        now: &now,
        then: then.as_ref(),
        filter,
        options,
    };
    Ok(Part {
        day,
        unread: reading.unread.clone(),
        stems: scope::stems(board),
        names: filter.names(board),
        made: (kind.make)(&brief)?,
    })
}
