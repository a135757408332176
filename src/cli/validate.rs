//! `plan validate`.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::fix::{self, JudgedFile};
use super::output::{self, Exit};
use super::revision::EstateBefore;
use super::{Globals, paths, scope, writing};
use crate::calendar::Day;
use crate::document::visible;
use crate::emit::{self, FindingsPage};
use crate::estate::Reading;
use crate::finding::Placed;
use crate::lint;
use crate::render::Format;
use crate::render::terminal::Terminal;
use crate::report::Envelope;
use crate::report::findings::Findings;
use crate::world::World;

/// What is wrong with the files: where, and what would be right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan validate                            every file of every board
  plan validate plans/hartlepool           only what concerns these files
  plan validate --strict                   warnings count as errors
  plan validate --against origin/main      and what was changed that may not change
  plan validate --fix --dry-run            what could be mended by itself
  plan validate -O sarif -o plan.sarif     for code scanning; also github, junit, json
  plan validate -O json | jq '.findings[].message'

A file that cannot be read is not judged at all; then the exit code is 2.")]
pub struct Arguments {
    /// Show only what concerns these files or folders; their boards are read whole
    paths: Vec<PathBuf>,
    /// Hold the files against a git revision too: an adopted plan may not change, nor what was
    /// reported
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Exit 1 for warnings too
    #[arg(long)]
    strict: bool,
    /// Mend what can be mended without changing the meaning: the ISO form of a date, a misspelt
    /// field or group
    #[arg(long)]
    fix: bool,
    /// Only show what --fix would change
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let shown = shown_paths(&arguments.paths, globals, world)?;
    let format = output::format(globals)?;
    let asked = ValidationRequest {
        shown: shown.as_deref(),
        against: arguments.against.as_deref(),
        page: (format == Format::Text).then(|| output::terminal(globals, world)),
        mends: arguments.fix,
    };
    if arguments.fix && !arguments.dry_run {
        writing::take_back(globals, world)?;
    }
    let mut answer = check(&asked, globals, world)?;
    if arguments.fix && arguments.dry_run {
        refuse_to_mend(&answer)?;
        let fixed = fix::files(&answer.findings, &answer.judged)?;
        output::write_text(&fix::diff(&fixed), globals, world)?;
        return Ok(Exit::Done);
    }
    if arguments.fix {
        answer = mend(answer, &asked, globals, world)?;
    }
    if matches!(format, Format::Github | Format::Sarif) {
        paths::from_repository(&mut answer.findings, &mut answer.unread, world);
    }
    let data = Findings::of(&answer.findings);
    let paper = Envelope::new("findings", answer.day, answer.unread, data);
    let mut counts = paper.data.counts;
    if let Some(page) = answer.page {
        counts = page.counts();
        let opening = paper.document(|_, _| {});
        let text = page.finish(&opening, output::terminal(globals, world));
        output::write_text(&text, globals, world)?;
    } else if let Some(text) = emit::emit(format, &paper, &answer.findings)? {
        output::write_text(&text, globals, world)?;
    } else {
        output::write(&paper, Findings::lay_out, globals, world)?;
    }
    let failed = counts.error > 0 || (arguments.strict && counts.warning > 0);
    let found = if failed { Exit::Found } else { Exit::Done };
    Ok(output::exit(&paper).max(found))
}

/// What is asked about the files.
struct ValidationRequest<'a> {
    /// The paths that are asked for; none where all are.
    shown: Option<&'a [PathAsked]>,
    /// The revision that they are held against.
    against: Option<&'a str>,
    /// Where a page for people is asked for, how it is shown.
    page: Option<Terminal>,
    /// Whether what can be mended is to be.
    mends: bool,
}

/// What was found on a day, and the files that could not be read.
struct DayFindings {
    day: Day,
    unread: Vec<String>,
    /// The page, where one is asked for.
    page: Option<FindingsPage>,
    /// The findings themselves, where no page is asked for, or they are to be mended.
    findings: Vec<Placed>,
    /// The files that have suggestions, as they were judged.
    judged: Vec<JudgedFile>,
}

/// The findings of one board.
struct ValidatedBoard {
    day: Day,
    unread: Vec<String>,
    found: BoardFindings,
    judged: Vec<JudgedFile>,
}

/// What was found in one board: as a page, while its files are in hand, or as findings.
struct BoardFindings {
    page: Option<FindingsPage>,
    findings: Vec<Placed>,
}

impl BoardFindings {
    fn new(
        mut findings: Vec<Placed>,
        reading: &Reading,
        asked: &ValidationRequest<'_>,
    ) -> BoardFindings {
        findings.retain(|finding| concerns(&finding.place.path, asked.shown));
        let terminal = asked.page;
        let page =
            terminal.map(|terminal| FindingsPage::new(&findings, &reading.sources, terminal));
        if page.is_some() && !asked.mends {
            findings = Vec::new();
        }
        BoardFindings { page, findings }
    }
}

impl DayFindings {
    fn add(&mut self, found: BoardFindings) {
        if let (Some(page), Some(checked)) = (&mut self.page, found.page) {
            page.add(checked);
        }
        self.findings.extend(found.findings);
    }
}

/// How often files that somebody edits meanwhile are judged again before they are mended.
const TRIES: usize = 5;

/// Applies the suggestions that need no decision, and judges the files anew.
fn mend(
    mut answer: DayFindings,
    asked: &ValidationRequest<'_>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<DayFindings> {
    let root = scope::root(globals, world)?;
    for _ in 0..TRIES {
        refuse_to_mend(&answer)?;
        let fixed = fix::files(&answer.findings, &answer.judged)?;
        let is_written = fix::write(&fixed, &root, globals.quiet, world)?;
        answer = check(asked, globals, world)?;
        if is_written {
            return Ok(answer);
        }
    }
    bail!("the files are being changed by somebody else; nothing more was mended; try again")
}

fn refuse_to_mend(answer: &DayFindings) -> anyhow::Result<()> {
    match answer.unread.first() {
        None => Ok(()),
        Some(file) => bail!("{file} could not be read; nothing is mended until it can"),
    }
}

fn check(
    asked: &ValidationRequest<'_>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<DayFindings> {
    let ValidationRequest { shown, against, .. } = *asked;
    let today = scope::today_unless_named(globals, world)?;
    let folders = shown.and_then(folders_asked);
    let before = match against {
        Some(name) => Some(before(name, globals, world)?),
        None => None,
    };
    let name = against.unwrap_or_default();
    let lost = before.as_ref().map_or_else(Vec::new, EstateBefore::unread);
    let parts = scope::boards_in(folders.as_deref(), globals, world, |reading| {
        let day = scope::as_of(globals, &reading.board, today)?;
        let old = before.as_ref().and_then(|before| before.earlier(&reading));
        let old = old
            .as_ref()
            .map(|reading| lint::BoardBefore { name, reading });
        let findings = lint::check_since(&reading, day, old);
        // What can be read now and could not be then may have been changed in any way.
        let is_there = |file: &&String| reading.sources.iter().any(|(_, now)| *now.path == **file);
        let unknown = lost.iter().filter(is_there);
        let mut unread = reading.unread.clone();
        unread.extend(unknown.map(|file| format!("{file} at {name}")));
        let mut judged = Vec::new();
        if asked.mends {
            judged = JudgedFile::with_fixes(&reading, &findings);
        }
        Ok(ValidatedBoard {
            day,
            unread,
            found: BoardFindings::new(findings, &reading, asked),
            judged,
        })
    })?;
    let parts = parts.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let day = scope::common_day(parts.iter().map(|part| part.day), today)?;
    let mut answer = DayFindings {
        day,
        unread: Vec::new(),
        page: asked.page.map(|_| FindingsPage::default()),
        findings: Vec::new(),
        judged: Vec::new(),
    };
    for part in parts {
        answer.unread.extend(part.unread);
        answer.add(part.found);
        answer.judged.extend(part.judged);
    }
    for reading in &before.map_or_else(Vec::new, EstateBefore::left) {
        let findings = lint::board_gone(lint::BoardBefore { name, reading }, day);
        answer.add(BoardFindings::new(findings, reading, asked));
    }
    Ok(answer)
}

/// The folders of the paths that are asked for; none where one of them holds the whole estate.
fn folders_asked(shown: &[PathAsked]) -> Option<Vec<String>> {
    let folders = shown.iter().map(|path| path.folder.clone());
    let folders: Vec<String> = folders.collect();
    let is_part = folders.iter().all(|folder| !folder.is_empty());
    is_part.then_some(folders)
}

/// The boards as a revision has them. What could not be read there is said.
fn before(name: &str, globals: &Globals, world: &mut World) -> anyhow::Result<EstateBefore> {
    let before = EstateBefore::read(name, globals, world)?;
    if !globals.quiet {
        for file in before.unread() {
            let (file, name) = (visible(&file), visible(name));
            writeln!(
                world.stderr,
                "{file} could not be read at {name}: what changed in it is not known"
            )?;
        }
    }
    Ok(before)
}

/// A path asked for.
struct PathAsked {
    /// As findings name it; empty for the whole estate.
    path: String,
    /// The folder straight below the estate in which it lies; empty for its own files.
    folder: String,
}

/// The paths asked for; none where all are.
fn shown_paths(
    paths: &[PathBuf],
    globals: &Globals,
    world: &World,
) -> anyhow::Result<Option<Vec<PathAsked>>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let root = scope::root(globals, world)?;
    let shown = paths.iter().map(|path| shown_path(path, &root, world));
    shown.collect::<anyhow::Result<Vec<PathAsked>>>().map(Some)
}

fn shown_path(path: &Path, root: &scope::Root, world: &World) -> anyhow::Result<PathAsked> {
    let full = world.directory.join(path);
    let Ok(meta) = full.symlink_metadata() else {
        bail!("{} does not exist", path.display());
    };
    // A link is left as it is: it is what is wrong. Of all else the name as the disk has it counts,
    // which on some machines may be typed in other letters.
    let real = match (full.parent(), full.file_name()) {
        (Some(parent), Some(name)) if meta.is_symlink() => parent.canonicalize()?.join(name),
        _ => full.canonicalize()?,
    };
    let real_root = root.path.canonicalize()?;
    if real_root.starts_with(&real) || full.canonicalize().is_ok_and(|full| full == real_root) {
        return Ok(PathAsked {
            path: String::new(),
            folder: String::new(),
        });
    }
    let Ok(inside) = real.strip_prefix(&real_root) else {
        let (path, root) = (path.display(), &root.shown);
        bail!("{path} is not below {root}, the folder that holds the boards");
    };
    let inside = inside.to_string_lossy().replace('\\', "/");
    let folder = match inside.split_once('/') {
        Some((folder, _)) => folder,
        None if real.is_dir() => &inside,
        None => "",
    };
    Ok(PathAsked {
        folder: folder.to_owned(),
        path: match root.shown.as_str() {
            "." => inside,
            shown => format!("{}/{inside}", shown.trim_end_matches('/')),
        },
    })
}

fn concerns(path: &str, shown: Option<&[PathAsked]>) -> bool {
    let below = |shown: &PathAsked| {
        let rest = path.strip_prefix(shown.path.as_str());
        let part = |rest: &str| rest.is_empty() || rest.starts_with('/');
        shown.path.is_empty() || rest.is_some_and(part)
    };
    shown.is_none_or(|shown| shown.iter().any(below))
}
