//! `plan status`.

use clap::ValueEnum;

use super::gather::gather;
use super::output::{self, Exit};
use super::{Filters, Globals, scope};
use crate::calendar::Day;
use crate::diff;
use crate::document::Document;
use crate::plan::{Board, Plan};
use crate::render::Format;
use crate::render::terminal::{Terminal, render};
use crate::report::Envelope;
use crate::report::counts::Counts;
use crate::report::news::DecidedFacts;
use crate::report::overview::{PlanLine, overview};
use crate::report::status::{BoardStatus, PlanStatus, StatusReport};
use crate::report::trend::LastMeetings;
use crate::select::{Filter, of_plan, row_of, select};
use crate::standing::judge;
use crate::world::World;

/// One page before a meeting: ratings by priority, then what is overdue, due soon, unreported, over-rated,
/// requested and escalated
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan status                              every board, today
  plan status --board hartlepool --as-of 2018-05-01
  plan status --as-of \"1 May 2018\" --since last-meeting
  plan status --owner vemt                 one group's part of it
  plan status --fail-on overdue,red        exit 1 if anything is overdue or red
  plan status -O json | jq '.boards[].plans[].counts'

Ratings: R red, A amber, G green, B blue (complete), – grey (nothing to rate).
In the bars: █ red, ▒ amber, ░ green, ▓ blue, · grey.")]
pub struct Arguments {
    /// Say what got better and worse since this day: a date, or `last-meeting`
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Exit 1 if any action is one of these
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    fail_on: Vec<FailOn>,
    #[command(flatten)]
    filters: Filters,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FailOn {
    Overdue,
    Red,
    Unreported,
    Overrated,
}

impl FailOn {
    fn count(self, counts: &Counts) -> usize {
        match self {
            FailOn::Overdue => counts.overdue,
            FailOn::Red => counts.red,
            FailOn::Unreported => counts.unreported,
            FailOn::Overrated => counts.overrated,
        }
    }
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let filter = arguments.filters.filter(globals);
    let since = arguments.since.as_deref().map(scope::when).transpose()?;
    let format = output::format(globals)?;
    let terminal = (format == Format::Text).then(|| output::terminal(globals, world));
    let gathered = gather(&filter, globals, world, |reading, day| {
        let board = &reading.board;
        let since = since.map(|when| scope::since(when, board, day));
        let plans = plans(
            board,
            day,
            since.transpose()?,
            &filter,
            PageParts {
                facts: format == Format::Json,
                trend: globals.verbose,
            },
        );
        let is_asked = globals.plan.is_none() || !plans.is_empty();
        let counts = plans.iter().map(|plan| plan.counts).collect();
        let board = is_asked.then(|| BoardStatus::from_plans(board, plans));
        Ok(StatusPart::shown(board, counts, terminal))
    })?;
    let day = gathered.day()?;
    let (mut boards, mut counts) = (Vec::new(), Vec::new());
    let (mut lines, mut text) = (Vec::new(), Vec::new());
    for part in gathered.parts {
        boards.extend(part.board);
        lines.extend(part.lines);
        counts.extend(part.counts);
        text.extend(part.text);
    }
    let paper = Envelope::new("status", day, gathered.unread, StatusReport { boards });
    if let Some(terminal) = terminal {
        let opening = paper.document(|_, document| overview(&lines, document));
        let opening = render(&opening, terminal);
        text.insert(0, opening);
        text.retain(|part| !part.is_empty());
        output::write_text(&text.join("\n"), globals, world)?;
    } else {
        output::write(&paper, StatusReport::lay_out, globals, world)?;
    }
    let met = |counts: &Counts| arguments.fail_on.iter().any(|on| on.count(counts) > 0);
    let found = if counts.iter().any(met) {
        Exit::Found
    } else {
        Exit::Done
    };
    Ok(output::exit(&paper).max(found))
}

/// One board's part of the answer.
struct StatusPart {
    /// Of each of its plans.
    counts: Vec<Counts>,
    board: Option<BoardStatus>,
    /// A line for each of its plans.
    lines: Vec<PlanLine>,
    /// Its pages in place of it, where nothing but these is wanted: of hundreds of boards all else would
    /// fill the memory.
    text: Option<String>,
}

impl StatusPart {
    /// A board's part, as text where there is a terminal to show it on.
    fn shown(
        board: Option<BoardStatus>,
        counts: Vec<Counts>,
        terminal: Option<Terminal>,
    ) -> StatusPart {
        let lines = board.as_ref().map(BoardStatus::overview);
        let text = board.as_ref().zip(terminal);
        StatusPart {
            counts,
            lines: lines.unwrap_or_default(),
            text: text.map(|(board, terminal)| laid_out(board, terminal)),
            board: board.filter(|_| terminal.is_none()),
        }
    }
}

/// A board's pages as text.
fn laid_out(board: &BoardStatus, terminal: Terminal) -> String {
    let mut document = Document::default();
    board.lay_out(&mut document);
    render(&document, terminal)
}

/// What a page holds only where it is wanted.
#[derive(Clone, Copy)]
struct PageParts {
    /// All that is known of the actions, for programs.
    facts: bool,
    /// The ratings at the last meetings, for which the board is judged on the day of each.
    trend: bool,
}

/// The page of each plan of a board.
fn plans(
    board: &Board,
    day: Day,
    since: Option<Day>,
    filter: &Filter,
    wanted: PageParts,
) -> Vec<PlanStatus> {
    let now = judge(board, day);
    let then = since.map(|day| judge(board, day));
    let rows = select(board, &now, filter);
    let meetings = wanted.trend.then(|| LastMeetings::before(board, day));
    let plans = board.plans.iter().enumerate();
    let mut asked: Vec<(usize, &Plan)> =
        (plans.filter(|(_, plan)| filter.takes_plan(plan))).collect();
    // Those in force come first.
    asked.sort_by_key(|(_, plan)| plan.is_over(day));
    asked
        .into_iter()
        .map(|(index, plan)| {
            let rows = of_plan(&rows, index);
            let standing = &now.plans[index];
            let page = PlanStatus::of(board, plan, standing, rows, day, filter.takes_all());
            let page = if wanted.facts {
                page.with_facts(rows)
            } else {
                page
            };
            let page = match &meetings {
                Some(meetings) => page.with_trend(meetings.trend(plan, rows, day)),
                None => page,
            };
            match &then {
                None => page,
                Some(then) => {
                    let changes = diff::changes(&then.plans[index], standing);
                    let decided = diff::decided(board, then.day, standing).into_iter();
                    let decided = decided
                        .filter(|decided| row_of(rows, decided.action).is_some())
                        .map(|decided| DecidedFacts::of(board, plan, standing, &decided));
                    page.with_since(then.day, &changes, decided.collect(), rows)
                }
            }
        })
        .collect()
}
