//! `plan import`.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use super::output::{self, Exit};
use super::{Globals, ask, scope, writing};
use crate::calendar::Day;
use crate::document::visible;
use crate::edit::Replacement;
use crate::estate::Estate;
use crate::finding::{Placed, Severity};
use crate::import::{self, Imported, Missing, Stopped, Wishes, lay_out};
use crate::lint;
use crate::render::terminal::render;
use crate::render::{Format, json};
use crate::report::Envelope;
use crate::words::counted;
use crate::world::World;

/// Make a board's files of the plan that it already has, in Word, a spreadsheet or a text
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan import plan.docx -o plans/testshire/          a board and its plan
  plan import plan.xlsx --check                      only what would be read, and what not
  plan import plan.csv -o plans/testshire/ --period 2019-20
  plan import plan.docx -o plans/testshire/ --keep \"Cost\" --map \"Who?=responsibility\"
  plan import plan.xlsx -o plans/testshire/ --reported 2019-06-30   its RAG and progress are of that day

Sources: .docx, .xlsx, .ods, .csv, .tsv, .md, .html, and .txt with tables between tabs.
The report begins with what each column was read as: look there first. On a terminal, what the source
does not say (its years, the day of its progress) is asked for.
Exit codes: 0 all of the source is accounted for; 1 something was left out, and listed, and the files
are written all the same; 2 nothing could be imported, and nothing is written.")]
pub struct Arguments {
    /// The document, spreadsheet or text that holds the plan
    file: PathBuf,
    /// Only say what would be read and what not; write nothing
    #[arg(long)]
    check: bool,
    /// Write over files that are there already
    #[arg(long)]
    force: bool,
    /// The field of a column, where its heading is not known or is misread: "Column=field"
    #[arg(long, value_name = "COLUMN=FIELD", long_help = map_help())]
    map: Vec<String>,
    /// Keep a column that no field takes, such as its cost, in the note of each action
    #[arg(long, value_name = "COLUMN")]
    keep: Vec<String>,
    /// The day of the progress that the source reports: needed where it has RAG or progress columns
    #[arg(long, value_name = "DATE", value_parser = super::parse_day)]
    reported: Option<Day>,
    /// The one group that reported all of that progress, as it is called in board.yaml; left out, it counts as
    /// the owners' own. Not `board`: what a board says itself is a decision, and no report
    #[arg(long, value_name = "GROUP", requires = "reported")]
    by: Option<String>,
    /// The years that the plan covers, where the source does not say them: 2019-20, 2017-19, 2018, "April
    /// 2021 to March 2022"
    #[arg(long, value_name = "YEARS")]
    period: Option<String>,
}

/// The fields that a column can be, with what they mean.
fn map_help() -> String {
    let widest = import::FIELDS
        .iter()
        .map(|row| row.name.len())
        .max()
        .unwrap_or(0);
    let rows = import::FIELDS.iter();
    let rows: String = rows
        .map(|row| format!("\n  {:widest$}  {}", row.name, row.help))
        .collect();
    format!(
        "The field of a column, where its heading is not known or is misread: \"Column=field\". A column \
         without a heading is named by its number: \"column 2=responsibility\".\n\nThe fields:{rows}"
    )
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let target = target(&arguments, globals)?;
    let bytes = read(&world.directory.join(&arguments.file), &arguments.file)?;
    let name = arguments
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let day = scope::today(world)?;
    let mut wishes = wishes(&arguments, target, day)?;
    if arguments.check {
        // Nothing is written, so no wrong day can be.
        wishes.reported = wishes.reported.or(Some(day));
    }
    let imported = loop {
        match import::import(&bytes, &name, &wishes) {
            Ok(imported) => break imported,
            Err(Stopped::Refused(refusal)) => bail!(refusal.0),
            Err(Stopped::Asks(missing)) if world.asks && world.attended => {
                ask_for(&missing, &mut wishes, world)?;
            }
            Err(Stopped::Asks(missing)) => bail!("{missing}"),
        }
    };
    prove(&imported, &wishes.folder, day)?;
    if let Some(target) = target.filter(|_| !arguments.check) {
        let folder = world.directory.join(target);
        write(&imported, &folder, target, arguments.force, world)?;
    }
    let left_out = !imported.report.left_out.is_empty();
    answer(
        imported,
        day,
        target.filter(|_| !arguments.check),
        globals,
        world,
    )?;
    Ok(if left_out { Exit::Found } else { Exit::Done })
}

/// The folder to write to; none where nothing is to be written.
fn target<'g>(arguments: &Arguments, globals: &'g Globals) -> anyhow::Result<Option<&'g Path>> {
    let Some(folder) = globals.output.as_deref() else {
        if arguments.check {
            return Ok(None);
        }
        bail!("say where the board's files go: -o plans/NAME/ (or only look, with --check)");
    };
    if folder
        .extension()
        .is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|e| ending == *e))
    {
        bail!(
            "-o names the board's folder, such as plans/testshire/; {} is the name of a file",
            folder.display()
        );
    }
    Ok(Some(folder))
}

fn read(path: &Path, shown: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = shown.display();
    let meta = fs::metadata(path).with_context(|| format!("{shown} could not be read"))?;
    if !meta.is_file() {
        bail!("{shown} is not a file");
    }
    let most = import::MAX_SOURCE;
    let mut bytes = Vec::new();
    if meta.len() <= most {
        let file = fs::File::open(path).with_context(|| format!("{shown} could not be read"))?;
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .with_context(|| format!("{shown} could not be read"))?;
    }
    if meta.len() > most || bytes.len() as u64 > most {
        bail!(
            "{shown} has {} MB; {} MB is the most, and no plan is so large: take pictures out of it",
            meta.len() / 1_048_576,
            most / 1_048_576
        );
    }
    Ok(bytes)
}

fn wishes(arguments: &Arguments, target: Option<&Path>, today: Day) -> anyhow::Result<Wishes> {
    let named = target
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    let stem = arguments
        .file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let mut wishes = Wishes {
        map: Vec::new(),
        reported: arguments.reported,
        by: arguments.by.clone(),
        period: arguments.period.as_deref().map(years).transpose()?,
        folder: named.or(stem).unwrap_or_else(|| "board".into()),
        today,
    };
    for column in &arguments.keep {
        wishes.keep_column(column);
    }
    for wish in &arguments.map {
        wishes.map_column(wish).map_err(|why| anyhow!(why))?;
    }
    Ok(wishes)
}

/// A period as the files write it.
fn years(words: &str) -> anyhow::Result<String> {
    import::read_period(words).ok_or_else(|| {
        anyhow!(
            "\"{words}\" is no period; write --period 2019-20, 2017-19, 2018 or \"April 2021 to March 2022\""
        )
    })
}

/// Asks, on a terminal, for what the source does not say; Enter takes what is suggested.
fn ask_for(missing: &Missing, wishes: &mut Wishes, world: &mut World) -> anyhow::Result<()> {
    if let Some(period) = &missing.period {
        let suggested = period.suggested.as_ref();
        let why = suggested.map_or(String::new(), |(years, held, all)| {
            format!(" [{years}, from {held} of {all} dates]")
        });
        let question = format!("Which years does the plan cover{why}? ");
        let given = |words: &str| years(words).map_err(|error| error.to_string());
        let default = suggested.map(|(years, ..)| years.clone());
        wishes.period = Some(ask::until(&question, default, given, missing, world)?);
    }
    if let Some(day) = &missing.reported {
        let actions = counted(day.actions, "action");
        let why = day
            .suggested
            .map_or(String::new(), |day| format!(" [{day}]"));
        let question = format!("Of which day is the progress of {actions}{why}? ");
        wishes.reported = Some(ask::until(
            &question,
            day.suggested,
            super::parse_day,
            missing,
            world,
        )?);
    }
    Ok(())
}

/// Reads the files back, in a folder of their own, with the tool's own reader and rules: what has an
/// error is not written.
fn prove(imported: &Imported, board: &str, day: Day) -> anyhow::Result<()> {
    let estate = tempfile::tempdir().context("no temporary folder could be made")?;
    let folder = estate.path().join(match board {
        "" | "." | ".." => "board",
        board => board,
    });
    write_all(imported, &folder)?;
    let found = Estate::open(estate.path(), "").map_err(|error| anyhow!(error.0))?;
    let found: Vec<Placed> = found
        .each(|reading| lint::check(&reading, day))
        .into_iter()
        .flatten()
        .collect();
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let lines: Vec<String> = errors
        .map(|finding| {
            let help = finding.help.as_deref().unwrap_or_default();
            format!(
                "\n  {}:{}: {} ({}); {help}",
                finding.place.path, finding.place.start.line, finding.message, finding.rule
            )
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    bail!(
        "the files would not pass `plan validate`, and are not written:{}",
        lines.concat()
    )
}

fn write_all(imported: &Imported, folder: &Path) -> anyhow::Result<()> {
    for (path, text) in &imported.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}

/// Writes the board's files, all or none, under its lock.
fn write(
    imported: &Imported,
    folder: &Path,
    shown: &Path,
    force: bool,
    world: &mut World,
) -> anyhow::Result<()> {
    let files = imported.files.iter();
    let files = files
        .map(|(path, text)| replacement(path, text, folder, shown, force))
        .collect::<anyhow::Result<Vec<Replacement>>>()?;
    let is_new = !folder.exists();
    let written = writing::lock(folder, &shown.display().to_string())
        .and_then(|mut lock| writing::replace(&mut lock, &files, world));
    if written.is_err() && is_new {
        // Only what is empty goes.
        let _ = fs::remove_dir(folder);
    }
    written
}

/// A file to write, over the one that is there only where that is asked for.
fn replacement(
    path: &Path,
    text: &str,
    folder: &Path,
    shown: &Path,
    force: bool,
) -> anyhow::Result<Replacement> {
    let (file, shown) = (folder.join(path), shown.join(path).display().to_string());
    let before = match fs::read(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("{shown} could not be read")),
        Ok(_) if !force => bail!("{shown} is there already; --force writes over it"),
        Ok(bytes) => Some(bytes),
    };
    Ok(Replacement {
        path: file,
        shown,
        before,
        after: text.to_owned(),
    })
}

/// Prints the account of an import: what became of each cell of the source.
fn answer(
    imported: Imported,
    day: Day,
    written: Option<&Path>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    if !globals.quiet {
        let verb = if written.is_some() {
            "wrote"
        } else {
            "would write"
        };
        let folder = written.map_or(PathBuf::new(), Path::to_owned);
        for file in &imported.report.files {
            writeln!(
                world.stderr,
                "{verb} {}",
                visible(&folder.join(file).to_string_lossy())
            )?;
        }
    }
    let paper = Envelope::new("import", day, Vec::new(), imported.report);
    let format = globals.format.unwrap_or(Format::Text);
    let bytes = match format {
        Format::Json => json(&paper)?.into_bytes(),
        Format::Text => {
            render(&paper.document(lay_out), output::terminal(globals, world)).into_bytes()
        }
        format => match format.writer() {
            Some(write) => write(&paper.document(lay_out))?,
            None => bail!("this format holds findings; only `plan validate` writes it"),
        },
    };
    world.stdout.write_all(&bytes)?;
    world.stdout.flush()?;
    Ok(())
}
