//! `plan import`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use super::output::{self, Exit};
use super::{Globals, scope};
use crate::calendar::Day;
use crate::document::visible;
use crate::edit;
use crate::estate::Estate;
use crate::finding::{Placed, Severity};
use crate::import::{self, Imported, Wishes, lay_out};
use crate::lint;
use crate::render::terminal::render;
use crate::render::{Format, json};
use crate::report::Envelope;
use crate::world::World;

/// Make a board's files of the plan that it already has, in Word, a spreadsheet or a text
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan import plan.docx -o plans/testshire/          a board and its plan
  plan import plan.xlsx --check                      only what would be read, and what not
  plan import plan.csv -o plans/testshire/ --period 2019-20
  plan import plan.docx -o plans/testshire/ --map \"Budget=note\"
  plan import plan.xlsx -o plans/testshire/ --reported 2019-06-30 --by board

Sources: .docx, .xlsx, .ods, .csv, .tsv, .md, .html, and .txt with tables between tabs.
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
    /// The field of a column whose heading is not known: "Column=field"
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// The day of the progress that the source reports: needed where it has RAG or progress columns
    #[arg(long, value_name = "DATE", value_parser = super::parse_day)]
    reported: Option<Day>,
    /// Who reported that progress: a group of the board, or `board`
    #[arg(long, value_name = "GROUP", requires = "reported")]
    by: Option<String>,
    /// The years that the plan covers, where the source does not say them
    #[arg(long, value_name = "YEARS")]
    period: Option<String>,
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
    let mut wishes = wishes(&arguments, target)?;
    let day = scope::today(world)?;
    if arguments.check {
        // Nothing is written, so no wrong day can be.
        wishes.reported = wishes.reported.or(Some(day));
    }
    let imported = import::import(&bytes, &name, &wishes).map_err(|refusal| anyhow!(refusal.0))?;
    prove(&imported, &wishes.folder, day)?;
    if let Some(target) = target.filter(|_| !arguments.check) {
        write(
            &imported,
            &world.directory.join(target),
            target,
            arguments.force,
        )?;
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

fn wishes(arguments: &Arguments, target: Option<&Path>) -> anyhow::Result<Wishes> {
    let named = target
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    let stem = arguments
        .file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let mut wishes = Wishes {
        reported: arguments.reported,
        by: arguments.by.clone(),
        period: arguments.period.clone(),
        folder: named.or(stem).unwrap_or_else(|| "board".into()),
        ..Wishes::default()
    };
    for wish in &arguments.map {
        wishes.map_column(wish).map_err(|why| anyhow!(why))?;
    }
    Ok(wishes)
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
    match lines.is_empty() {
        true => Ok(()),
        false => bail!(
            "the files would not pass `plan validate`, and are not written:{}",
            lines.concat()
        ),
    }
}

fn write_all(imported: &Imported, folder: &Path) -> anyhow::Result<()> {
    for (path, text) in &imported.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text)
            .with_context(|| format!("{} could not be written", path.display()))?;
    }
    Ok(())
}

/// Writes the board's files, all or none.
fn write(imported: &Imported, folder: &Path, shown: &Path, force: bool) -> anyhow::Result<()> {
    let there = imported
        .files
        .iter()
        .find(|(path, _)| folder.join(path).symlink_metadata().is_ok());
    if let Some((path, _)) = there.filter(|_| !force) {
        bail!(
            "{} is there already; --force writes over it",
            shown.join(path).display()
        );
    }
    if !folder.exists() {
        return write_folder(imported, folder)
            .with_context(|| format!("{} could not be written", shown.display()));
    }
    let mut before: Vec<(PathBuf, Option<String>)> = Vec::new();
    for (path, text) in &imported.files {
        let path = folder.join(path);
        let old = fs::read_to_string(&path).ok();
        let done = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| edit::write(&path, text));
        if let Err(error) = done {
            undo(&before);
            return Err(error)
                .with_context(|| format!("{} could not be written; nothing was", path.display()));
        }
        before.push((path, old));
    }
    Ok(())
}

/// A new folder appears with all that it holds.
fn write_folder(imported: &Imported, folder: &Path) -> anyhow::Result<()> {
    let parent = folder
        .parent()
        .ok_or_else(|| anyhow!("it is no folder's name"))?;
    fs::create_dir_all(parent)?;
    let beside = tempfile::Builder::new()
        .prefix(".import-")
        .tempdir_in(parent)?;
    let staged = beside.path().join("board");
    write_all(imported, &staged)?;
    fs::rename(&staged, folder)?;
    Ok(())
}

fn undo(written: &[(PathBuf, Option<String>)]) {
    for (path, old) in written {
        let _ = match old {
            Some(text) => edit::write(path, text),
            None => fs::remove_file(path),
        };
    }
}

/// Says what went where.
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
