//! `plan new`: files to begin with.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::output::{self, Exit};
use super::writing::{self, BoardToWrite, Mode, refuse_incomplete};
use super::{Globals, scope};
use crate::calendar::{Day, FinancialYear, Interval, Period, month_name};
use crate::edit::Replacement;
use crate::estate::Reading;
use crate::plan;
use crate::record::{self, FileChange};
use crate::report::Envelope;
use crate::report::created::Created;
use crate::schema;
use crate::words::file_name;
use crate::world::World;

const BOARD: &str = include_str!("new/board.yaml");
const PLAN: &str = include_str!("new/plan.yaml");
const LOG: &str = include_str!("new/log.yaml");
const UPDATES: &str = include_str!("new/updates.md");
const WORKFLOW: &str = include_str!("new/workflow.yml");

/// Begin: files for a board, a plan or, in an empty folder, for everything
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  plan new --name \"Testshire Safeguarding Children Partnership\"
                                           a board, its plan for this year, an example of a report, a CI file
  plan new --name \"Testshire SCP\" --period 2026-27
                                           the same, its plan for another year
  plan new board \"Northshire SCP\"          one more board
  plan new plan \"Business Plan 2026-27\" --period 2026-27 --board northshire-scp
  plan new log \"Actions from meetings\"    beside the plan: what meetings asked for

What is there is never overwritten."
)]
pub struct Arguments {
    #[command(subcommand)]
    what: Option<Scaffold>,
    /// What the board is called
    #[arg(
        long,
        value_name = "NAME",
        default_value = "Our Safeguarding Children Partnership"
    )]
    name: String,
    /// The financial years of its plan, as `2026-27` [default: this one]
    #[arg(long, value_name = "YEARS")]
    period: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Scaffold {
    /// A board: its folder and its board.yaml
    Board {
        /// What it is called
        name: String,
    },
    /// A plan of a board
    Plan {
        /// What it is called
        name: String,
        /// The financial years that it covers, as `2026-27`
        #[arg(long, value_name = "YEARS")]
        period: String,
    },
    /// A log of actions: from a board's meetings, from a review
    Log {
        /// What it is called
        name: String,
    },
}

/// A file to be made.
struct New {
    /// Its path, from the folder that is written to.
    path: String,
    text: String,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let today = scope::today(world)?;
    let (files, next) = match arguments.what {
        None => (
            estate(
                &arguments.name,
                arguments.period.as_deref(),
                today,
                globals,
                world,
            )?,
            "plan status",
        ),
        Some(Scaffold::Board { name }) => (
            board(&name, today, globals, world)?,
            "plan new plan NAME --period YEARS",
        ),
        Some(Scaffold::Plan { name, period }) => (
            plan(&name, &period, today, globals, world)?,
            "plan validate",
        ),
        Some(Scaffold::Log { name }) => (log(&name, today, globals, world)?, "plan validate"),
    };
    let created = Created {
        files,
        next: next.to_owned(),
    };
    let paper = Envelope::new("created", today, Vec::new(), created);
    output::write(&paper, Created::lay_out, globals, world)?;
    Ok(Exit::Done)
}

/// A whole estate in the working directory.
fn estate(
    name: &str,
    years: Option<&str>,
    today: Day,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let (period, year) = match years {
        Some(years) => (years.trim().to_owned(), period(years)?),
        None => {
            let year = FinancialYear::of(today).period();
            (year.financial_year_label(), year)
        }
    };
    let slug = folder_name(name)?;
    let named = globals.plans.clone().or_else(|| {
        let variable = (world.environment)("PLAN_ROOT")?;
        (!variable.is_empty()).then(|| PathBuf::from(variable))
    });
    let root = named.unwrap_or_else(|| PathBuf::from("plans"));
    let root = root.to_string_lossy().replace('\\', "/");
    if scope::is_inside_plans(world) {
        bail!("this is a folder of plans already; `plan new board` and `plan new plan` add to it");
    }
    let files = files(name, &slug, &root, (&period, year), today)?;
    if world.directory.join(&root).exists() {
        bail!(
            "there is a folder {root} already; `plan new board` and `plan new plan` add to it, and \
             nothing was written"
        );
    }
    make(&world.directory.clone(), "", &files, world)
}

/// What a whole estate begins with: below `root` the board, its plan of a period and how to report; beside it what
/// editors and CI need.
fn files(
    name: &str,
    slug: &str,
    root: &str,
    (period, year): (&str, Period),
    today: Day,
) -> anyhow::Result<[New; 5]> {
    // From a board's folder up to this one.
    let depth = root.trim_end_matches('/').split('/').count() + 1;
    let stem = format!("plan-{}", file_name(period));
    let title = format!("{name} Plan {period}");
    let in_board = |path: &str| format!("{}/{slug}/{path}", root.trim_end_matches('/'));
    Ok([
        New {
            path: in_board("board.yaml"),
            text: board_text(name, today, &schema_line(depth)),
        },
        New {
            path: in_board(&format!("{stem}.yaml")),
            text: plan_text(&title, period, year, today, &schema_line(depth)),
        },
        New {
            path: in_board("updates/README.md"),
            text: fill(
                UPDATES,
                &[
                    ("stem", &stem),
                    ("date", &today.to_string()),
                    ("later", &today.plus(Interval::Months(3)).long()),
                    ("people", plan::people_of(name)),
                ],
            ),
        },
        New {
            path: SCHEMA.into(),
            text: serde_json::to_string_pretty(&schema::all())? + "\n",
        },
        New {
            path: ".github/workflows/plan.yml".into(),
            text: WORKFLOW.to_owned(),
        },
    ])
}

fn board(
    name: &str,
    today: Day,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let root = scope::root(globals, world)?;
    let folder = folder_name(name)?;
    if root.path.join(&folder).symlink_metadata().is_ok() {
        bail!(
            "{}/{folder} is there already; nothing was written",
            root.shown
        );
    }
    let file = New {
        path: format!("{folder}/board.yaml"),
        text: board_text(name, today, &known_schema(&root)),
    };
    make(&root.path, &root.shown, &[file], world)
}

fn period(years: &str) -> anyhow::Result<Period> {
    Period::parse_plan(years).ok_or_else(|| {
        anyhow!(
            "\"{years}\" is not a period; write financial years as `2026-27`, or two days as \
             `2026-04-01 to 2027-03-31`"
        )
    })
}

fn plan(
    name: &str,
    years: &str,
    today: Day,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let period = period(years)?;
    let text = |schema: &str| plan_text(name, years, period, today, schema);
    add(name, text, globals, world)
}

fn log(
    name: &str,
    today: Day,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let in_a_quarter = today.plus(Interval::Months(3));
    let text = |schema: &str| {
        let values = [
            ("schema", schema),
            ("name", &record::inline(name.trim())),
            ("date", &today.to_string()),
            ("last", &in_a_quarter.long()),
        ];
        fill(LOG, &values)
    };
    add(name, text, globals, world)
}

/// Adds a plan or a log to a board, by its text below the line that names the schema.
fn add(
    name: &str,
    text: impl Fn(&str) -> String,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let file = format!("{}.yaml", folder_name(name)?);
    let home = scope::one_board(globals, world, |reading| {
        refuse_incomplete(&reading.unread).map(|()| reading.home)
    })??;
    let key = record::home_key(&home, &file);
    let line = if home.contains('/') || home.is_empty() {
        String::new()
    } else {
        known_schema(&scope::root(globals, world)?)
    };
    let change = FileChange {
        before: None,
        after: text(&line),
        entries: Vec::new(),
        removed: 0,
        key,
    };
    let target = BoardToWrite::open(&home, globals, world)?;
    let make = |reading: &Reading| match reading.sources.find(&change.key) {
        Some(file) => {
            let there = &reading.sources.get(file).path;
            Err(anyhow!("{there} is there already; nothing was written"))
        }
        None => Ok(vec![change.clone()]),
    };
    let written = target.write(Mode::Write, make, globals, world)?;
    Ok(written.files)
}

/// Where editors find what the files may hold.
const SCHEMA: &str = ".vscode/plan.schema.json";

/// The line by which an editor finds the schema, for a file so many folders below it.
fn schema_line(folders: usize) -> String {
    let up = "../".repeat(folders);
    format!("# yaml-language-server: $schema={up}{SCHEMA}\n")
}

/// The same for a file of a board, where the schema lies beside the folder of plans.
fn known_schema(root: &scope::Root) -> String {
    let beside = root.path.parent().map(|folder| folder.join(SCHEMA));
    if beside.is_some_and(|path| path.is_file()) {
        schema_line(2)
    } else {
        String::new()
    }
}

/// The folder or the file that a name makes.
fn folder_name(name: &str) -> anyhow::Result<String> {
    let slug = file_name(name);
    if slug.is_empty() {
        bail!("\"{name}\" holds no letter or figure to name a file after")
    } else {
        Ok(slug)
    }
}

fn board_text(name: &str, today: Day, schema: &str) -> String {
    let name = record::inline(name.trim());
    fill(
        BOARD,
        &[
            ("schema", schema),
            ("name", &name),
            ("kind", kind(&name)),
            ("year", &today.year().to_string()),
        ],
    )
}

fn plan_text(name: &str, years: &str, period: Period, today: Day, schema: &str) -> String {
    let last = format!("{} {}", month_name(period.last.month()), period.last.year());
    let values = [
        ("schema", schema.to_owned()),
        ("name", record::inline(name.trim())),
        ("period", years.trim().to_owned()),
        ("date", today.to_string()),
        ("last", last),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(key, text)| (*key, text.as_str()))
        .collect();
    fill(PLAN, &values)
}

/// What kind of board a name tells of; a template needs one to begin with.
fn kind(name: &str) -> &'static str {
    if plan::is_of_adults(name) {
        "safeguarding adults board"
    } else {
        "safeguarding children partnership"
    }
}

/// A template with its places filled.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    (values.iter()).fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

/// Makes files below a folder, all or none; refuses, and lists them, where some are there.
fn make(
    folder: &Path,
    shown: &str,
    files: &[New],
    world: &mut World,
) -> anyhow::Result<Vec<String>> {
    let show = |path: &str| match shown {
        "" | "." => path.to_owned(),
        shown => format!("{shown}/{path}"),
    };
    // What a killed one began here is taken back first.
    let mut lock = writing::lock(folder, &show(""))?;
    let there = files
        .iter()
        .filter(|file| folder.join(&file.path).symlink_metadata().is_ok());
    let there: Vec<String> = there.map(|file| show(&file.path)).collect();
    if !there.is_empty() {
        bail!(
            "nothing was written, because this is there already: {}",
            there.join(", ")
        );
    }
    let new: Vec<Replacement> = (files.iter())
        .map(|file| Replacement {
            path: folder.join(&file.path),
            shown: show(&file.path),
            before: None,
            after: file.text.clone(),
        })
        .collect();
    writing::replace(&mut lock, &new, world)?;
    Ok(new.into_iter().map(|file| file.shown).collect())
}
