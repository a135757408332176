//! The command line: one file a command, each a short pipeline that reads top to bottom.

mod add;
mod amend;
mod ask;
mod candidates;
mod challenge;
mod chase;
mod completions;
mod diff;
mod drafting;
mod entry_options;
mod explain;
mod export;
mod fix;
mod gather;
mod group_forms;
mod help;
mod import;
mod kept;
mod list;
mod lsp;
mod mailing;
mod man;
mod new;
mod output;
mod paths;
mod progress;
mod rename_group;
mod report;
mod revision;
mod rollover;
mod schema;
mod scope;
mod show;
mod site;
mod status;
mod take;
mod target;
mod unified;
mod update;
mod validate;
mod writing;

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::plan::{Rag, Status};
use crate::render::Format;
use crate::world::World;

pub use output::Exit;

/// The release, and the commit where it is known.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("PLAN_COMMIT"));

/// Keeps a safeguarding board's work plan, and says what is late, at risk, unreported or unproven on
/// any day.
#[derive(Debug, Parser)]
#[command(
    name = "plan",
    version = VERSION,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  plan status                          one page before a meeting
  plan status --as-of last-meeting     as it stood then
  plan list --owner police --overdue   what the police are late with
  plan show 2.2.3                      one action, and why it stands so
  plan update 2.2.3 --rag amber        record what was reported of it
  plan chase vemt -o form.xlsx         the form that a group fills in
  plan update --from form.xlsx         records a form that came back
  plan validate                        what is wrong with the files
  plan explain not-agreed              what a rule means
  plan help business-manager           a page of the manual; plan help: all

Exit codes: 0 done; 1 errors found, or a --fail-on condition met; 2 it could not run, or a file could
not be read and the answer is incomplete."
)]
struct Cli<C: Subcommand = Command> {
    #[command(subcommand)]
    command: C,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Subcommand)]
enum Command {
    Status(status::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Report(report::Arguments),
    Site(site::Arguments),
    Export(export::Arguments),
    Chase(chase::Arguments),
    Validate(validate::Arguments),
    Explain(explain::Arguments),
    Schema(schema::Arguments),
    Lsp(lsp::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Help(help::Arguments),
    Diff(diff::Arguments),
    Update(update::Arguments),
    Amend(amend::Arguments),
    Add(add::Arguments),
    Challenge(challenge::Arguments),
    RenameGroup(rename_group::Arguments),
    New(new::Arguments),
    Rollover(rollover::Arguments),
    Import(import::Arguments),
}

/// The page before a meeting alone: asked for so often that the options of all other commands, half
/// of its start, are not built for it.
#[derive(Debug, Subcommand)]
enum StatusOnly {
    Status(status::Arguments),
}

/// Options of every command.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Everywhere")]
struct Globals {
    /// The folder that holds the boards [default: $PLAN_ROOT, else the nearest `plans` folder at or
    /// above this one]
    #[arg(long, global = true, value_name = "DIR")]
    plans: Option<std::path::PathBuf>,
    /// Only this board: its folder's name, or its short or full name
    #[arg(long, global = true, value_name = "NAME")]
    board: Option<String>,
    /// Only this plan: its file's name without the ending
    #[arg(long, global = true, value_name = "NAME", value_parser = letters)]
    plan: Option<String>,
    /// The day asked, as `2018-05-01`, `1 May 2018`, `last-meeting` or `next-meeting` [default: today]
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<String>,
    /// How to write the answer [default: text, or as the ending of -o says]
    #[arg(long, short = 'O', global = true, value_enum)]
    format: Option<Format>,
    /// Write to a file instead of the terminal
    #[arg(long, short, global = true, value_name = "FILE")]
    output: Option<std::path::PathBuf>,
    /// Write a Word file in the look of this one: its fonts, sheet and margins, its header and footer
    #[arg(long, global = true, value_name = "FILE")]
    reference_docx: Option<std::path::PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t)]
    color: Colour,
    /// Say less: no remarks on standard error
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say more: which files were read, and in `status` the ratings at the last meetings
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

/// Which actions are asked for. Several values of one option: any of them.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Which actions")]
struct Filters {
    /// Of this priority
    #[arg(long, value_name = "ID")]
    priority: Vec<String>,
    /// Owned or led by this group
    #[arg(long, value_name = "GROUP")]
    owner: Vec<String>,
    /// Rated so: red, amber, green, blue or grey
    #[arg(long, value_parser = parse_rag)]
    rag: Vec<Rag>,
    /// Of this status: "in progress", complete, …
    #[arg(long, value_parser = parse_status)]
    status: Vec<Status>,
    /// Past their due day
    #[arg(long)]
    overdue: bool,
    /// Due before this day
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    due_before: Option<crate::calendar::Day>,
    /// Serving this thread
    #[arg(long, value_name = "NAME")]
    thread: Vec<String>,
    /// Whose text holds these words
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, value_parser = entry_options::parse_text)]
    text: Option<String>,
    /// Due soon, as the plan's policy says
    #[arg(long)]
    due_soon: bool,
    /// Not reported on when they should have been
    #[arg(long)]
    unreported: bool,
    /// Reported better than dates and reports say
    #[arg(long)]
    overrated: bool,
    /// With a deadline that was moved back
    #[arg(long)]
    slipped: bool,
    /// With a change requested and not yet decided
    #[arg(long)]
    asked: bool,
    /// Escalated, and not yet answered
    #[arg(long)]
    escalated: bool,
    /// That their owners report differently
    #[arg(long)]
    disagreed: bool,
}

fn parse_rag(word: &str) -> Result<Rag, String> {
    Rag::parse(word).ok_or_else(|| "write red, amber, green, blue or grey".into())
}

fn parse_status(words: &str) -> Result<Status, String> {
    let all = Status::ALL.map(Status::word).join(", ");
    Status::parse(&words.replace(['-', '_'], " ")).ok_or_else(|| format!("write one of: {all}"))
}

fn parse_day(text: &str) -> Result<crate::calendar::Day, String> {
    crate::timescale::parse_date(text).map_err(|bad| format!("{}; {}", bad.message, bad.help))
}

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: &mut World) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(answer) = completions::answer(&arguments, world) {
        return output::finish(answer, world);
    }
    if arguments.get(1).is_some_and(|word| word == "status")
        && let Ok(cli) = Cli::<StatusOnly>::try_parse_from(&arguments)
    {
        let StatusOnly::Status(arguments) = cli.command;
        return output::finish(status::run(arguments, &cli.globals, world), world);
    }
    let cli = match Cli::<Command>::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error, world),
    };
    // Whoever writes takes back first what was cut off.
    let writes = matches!(
        cli.command,
        Command::Update(_)
            | Command::Amend(_)
            | Command::Add(_)
            | Command::Challenge(_)
            | Command::RenameGroup(_)
            | Command::Rollover(_)
            | Command::New(_)
    );
    if writes && let Err(error) = writing::take_back(&cli.globals, world) {
        return output::finish(Err(error), world);
    }
    let result = match cli.command {
        Command::Status(arguments) => status::run(arguments, &cli.globals, world),
        Command::List(arguments) => list::run(arguments, &cli.globals, world),
        Command::Show(arguments) => show::run(arguments, &cli.globals, world),
        Command::Report(arguments) => report::run(arguments, &cli.globals, world),
        Command::Site(arguments) => site::run(arguments, &cli.globals, world),
        Command::Export(arguments) => export::run(arguments, &cli.globals, world),
        Command::Chase(arguments) => chase::run(arguments, &cli.globals, world),
        Command::Validate(arguments) => validate::run(arguments, &cli.globals, world),
        Command::Explain(arguments) => explain::run(arguments, &cli.globals, world),
        Command::Schema(arguments) => schema::run(arguments, &cli.globals, world),
        Command::Lsp(arguments) => lsp::run(arguments, &cli.globals, world),
        Command::Completions(arguments) => completions::run(arguments, &cli.globals, world),
        Command::Man(arguments) => man::run(arguments, &cli.globals, world),
        Command::Help(arguments) => help::run(&arguments, &cli.globals, world),
        Command::Diff(arguments) => diff::run(arguments, &cli.globals, world),
        Command::Rollover(arguments) => rollover::run(arguments, &cli.globals, world),
        Command::New(arguments) => new::run(arguments, &cli.globals, world),
        Command::Challenge(arguments) => challenge::run(arguments, &cli.globals, world),
        Command::Update(arguments) => update::run(arguments, &cli.globals, world),
        Command::Amend(arguments) => amend::run(arguments, &cli.globals, world),
        Command::Add(arguments) => add::run(arguments, &cli.globals, world),
        Command::RenameGroup(arguments) => rename_group::run(arguments, &cli.globals, world),
        Command::Import(arguments) => import::run(arguments, &cli.globals, world),
    };
    output::finish(result, world)
}

/// A name as the files' are read: its letters put together in one way.
fn letters(name: &str) -> Result<String, std::convert::Infallible> {
    Ok(crate::words::composed(name).into_owned())
}
