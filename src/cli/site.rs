//! `plan site`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::bail;
use chrono::NaiveDate;

use super::output::Exit;
use super::{Globals, gather, scope};
use crate::document::visible;
use crate::select::Filter;
use crate::site::{Folder, Outcome, Part, Shown, Site, Written, leave_out_internal, write_board};
use crate::words::counted;
use crate::world::World;

/// A website of all that the files say: plain pages that any web server, a shared folder or a stick can show
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan site --serve                            look at it: http://127.0.0.1:8017/
  plan site -o public                          every board, as of today
  plan site -o public --as-of last-meeting     as it stood at the last meeting
  plan site -o public --board hartlepool       one board alone
  plan site -o public --public                 without what is marked `internal: true`
  plan site -o public --base https://example.org/plans/

The pages need no script and ask nothing of any other machine. Only what changed is written again; files of the
folder that `plan site` did not write are never touched.")]
pub struct Arguments {
    /// Where the site will stand, so that each page can name its own address
    #[arg(long, value_name = "URL", value_parser = parse_base)]
    base: Option<String>,
    /// Only these parts
    #[arg(long, value_name = "PARTS", value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Leave out what a board marks `internal: true`
    #[arg(long)]
    public: bool,
    /// Show it on this machine until Ctrl-C, with every change of the files
    #[arg(long, value_name = "PORT", num_args = 0..=1, require_equals = true, default_missing_value = "8017")]
    serve: Option<u16>,
}

fn parse_base(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    let is_plain = |c: char| c.is_ascii_graphic() && !['"', '<', '>', '?', '#'].contains(&c);
    match rest {
        Some(rest) if !rest.is_empty() && rest.chars().all(is_plain) => {
            Ok(format!("{}/", text.trim_end_matches('/')))
        }
        _ => Err("write the address of a folder, as https://example.org/plans/".into()),
    }
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    if globals.plan.is_some() || globals.format.is_some() || globals.reference_docx.is_some() {
        bail!(
            "a site is of whole boards, and of HTML; --plan, --format and --reference-docx are for papers"
        );
    }
    if let Some(port) = arguments.serve {
        return serve(port, &arguments, globals, world);
    }
    let Some(output) = &globals.output else {
        bail!(
            "name the folder for the site, as in `plan site -o public`, or look at it with --serve"
        );
    };
    let place = Place::named(output, globals, world)?;
    let (outcome, unread) = write(&arguments, &place, globals, world)?;
    say_unread(&unread, world)?;
    if !globals.quiet {
        let removed = match outcome.removed {
            0 => String::new(),
            count => format!(", {count} removed"),
        };
        let (files, changed) = (counted(outcome.files, "file"), outcome.changed);
        let shown = &place.shown;
        writeln!(
            world.stdout,
            "{shown}/index.html: {files}, {changed} written{removed}"
        )?;
    }
    Ok(if unread.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// Shows the site on this machine until Ctrl-C; its pages follow the files.
fn serve(
    port: u16,
    arguments: &Arguments,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    // Gone with the program, where no folder is named.
    let scratch = tempfile::Builder::new().prefix("plan-site-").tempdir()?;
    let place = match &globals.output {
        Some(output) => Place::named(output, globals, world)?,
        None => Place {
            path: scratch.path().join("site"),
            shown: "the site".into(),
        },
    };
    let shown = Shown::open(port)?;
    let root = scope::root(globals, world)?.path;
    let mut made_of = state(&root, world);
    let (_, unread) = write(arguments, &place, globals, world)?;
    say_unread(&unread, world)?;
    writeln!(world.stdout, "{} (Ctrl-C ends it)", shown.address())?;
    world.stdout.flush()?;
    shown.answer(&place.path, || {
        let now = state(&root, world);
        if now != made_of {
            let (_, unread) = write(arguments, &place, globals, world)?;
            say_unread(&unread, world)?;
            made_of = now;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}

fn say_unread(unread: &[String], world: &mut World) -> anyhow::Result<()> {
    for file in unread {
        let file = visible(file);
        writeln!(
            world.stderr,
            "INCOMPLETE: {file} could not be read; every page says so"
        )?;
    }
    Ok(())
}

/// What a site is made of: the day, and every file of a folder with its length and when it was written.
type State = (NaiveDate, BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

fn state(root: &Path, world: &World) -> State {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries {
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() {
                open.push(entry.path());
            } else {
                files.insert(entry.path(), (meta.len(), meta.modified().ok()));
            }
        }
    }
    ((world.today)(), files)
}

/// The folder that a site is written to.
struct Place {
    path: PathBuf,
    /// How messages name it.
    shown: String,
}

impl Place {
    fn named(output: &Path, globals: &Globals, world: &World) -> anyhow::Result<Place> {
        let shown = output.display().to_string();
        let place = Place {
            path: world.directory.join(output),
            shown: shown.trim_end_matches(['/', '\\']).to_owned(),
        };
        refuse_estate(&place.path, &place.shown, globals, world)?;
        Ok(place)
    }
}

/// A site among the plans would be read as a board of its own.
fn refuse_estate(root: &Path, shown: &str, globals: &Globals, world: &World) -> anyhow::Result<()> {
    let estate = scope::root(globals, world)?.path.canonicalize()?;
    let known = root.ancestors().find(|folder| folder.exists());
    let known = known.and_then(|folder| folder.canonicalize().ok());
    if known.is_some_and(|known| known.starts_with(&estate)) {
        bail!("{shown} is among the plans; name a folder outside of them");
    }
    Ok(())
}

/// Writes the site into its folder, and gives the files that could not be read.
fn write(
    arguments: &Arguments,
    place: &Place,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<(Outcome, Vec<String>)> {
    // Every page says which boards there are and what could not be read, so that is known first.
    let known = scope::boards(globals, world, |reading| reading.unread)?;
    let has_several = known.len() > 1;
    let site = Site {
        base: arguments.base.clone(),
        only: arguments.only.iter().copied().collect(),
        is_public: arguments.public,
        has_several,
        unread: known.into_iter().flatten().collect(),
    };
    let folder = Folder::open(&place.path, &place.shown)?;
    let made = pages(&site, &folder, globals, world)?;
    let day = made.day()?;
    let unread = made.unread;
    let put = |address: &str, bytes: &[u8]| folder.put(address, bytes);
    site.write_shared(&put)?;
    if site.has_several {
        let (rows, homes): (Vec<_>, Vec<_>) = made
            .parts
            .into_iter()
            .map(|written| (written.row, written.home))
            .unzip();
        site.write_front(rows, &homes, day, &put)?;
    }
    Ok((folder.finish()?, unread))
}

fn pages(
    site: &Site,
    folder: &Folder,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<gather::Gathered<Written>> {
    let filter = Filter::default();
    gather::gather(&filter, globals, world, |reading, day| {
        if site.is_public {
            leave_out_internal(&mut reading.board);
        }
        let put = |address: &str, bytes: &[u8]| folder.put(address, bytes);
        write_board(site, reading, day, &put)
    })
}
