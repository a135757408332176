//! `plan validate`.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::output::{self, Exit};
use super::{Globals, fix, scope};
use crate::calendar::Day;
use crate::emit;
use crate::finding::Placed;
use crate::lint;
use crate::report::Envelope;
use crate::report::findings::{Findings, SeverityCounts};
use crate::world::World;

/// What is wrong with the files: where, and what would be right
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan validate                            every file of every board
  plan validate plans/hartlepool           only what concerns these files
  plan validate --strict                   warnings count as errors
  plan validate --fix --dry-run            what could be mended by itself
  plan validate -O sarif -o plan.sarif     for code scanning; also github, junit, json
  plan validate -O json | jq '.findings[].message'

A file that cannot be read is not judged at all; then the exit code is 2.")]
pub struct Arguments {
    /// Show only what concerns these files or folders; their boards are read whole
    paths: Vec<PathBuf>,
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
    let mut answer = check(shown.as_deref(), globals, world)?;
    if arguments.fix {
        if let Some(file) = answer.unread.first() {
            bail!("{file} could not be read; nothing is mended until it can");
        }
        let fixed = fix::files(&answer.findings, world)?;
        if arguments.dry_run {
            output::write_text(&fix::diff(&fixed), globals, world)?;
            return Ok(Exit::Done);
        }
        fix::write(&fixed, world)?;
        answer = check(shown.as_deref(), globals, world)?;
    }
    let counts = SeverityCounts::of(&answer.findings);
    let data = Findings::of(&answer.findings);
    let paper = Envelope::new("findings", answer.day, answer.unread, data);
    let terminal = output::terminal(globals, world);
    let text = emit::emit(output::format(globals)?, &paper, &answer.findings, terminal)?;
    output::write_text(&text, globals, world)?;
    let failed = counts.error > 0 || (arguments.strict && counts.warning > 0);
    let found = if failed { Exit::Found } else { Exit::Done };
    Ok(output::exit(&paper).max(found))
}

/// What was found on a day, and the files that could not be read.
struct Answer {
    day: Day,
    unread: Vec<String>,
    findings: Vec<Placed>,
}

fn check(shown: Option<&[String]>, globals: &Globals, world: &mut World) -> anyhow::Result<Answer> {
    let today = scope::today(world)?;
    let parts = scope::boards(globals, world, |reading| {
        let day = scope::as_of(globals, &reading.board, today)?;
        let findings = lint::check(&reading, day);
        Ok((day, reading.unread, findings))
    })?;
    let parts = parts.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let day = scope::common_day(parts.iter().map(|part| part.0), today)?;
    let (mut unread, mut findings) = (Vec::new(), Vec::new());
    for (_, files, found) in parts {
        unread.extend(files);
        findings.extend(found);
    }
    findings.retain(|finding: &Placed| concerns(&finding.place.path, shown));
    Ok(Answer {
        day,
        unread,
        findings,
    })
}

/// The paths asked for, as findings name their files; none where all are asked for.
fn shown_paths(
    paths: &[PathBuf],
    globals: &Globals,
    world: &World,
) -> anyhow::Result<Option<Vec<String>>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let root = scope::root(globals, world)?;
    let real_root = root.path.canonicalize()?;
    let mut shown = Vec::new();
    for path in paths {
        let full = world.directory.join(path);
        if !full.exists() {
            bail!("{} does not exist", path.display());
        }
        // The last part is left as it is: it may be a link, which is what is wrong with it.
        let parent = full.parent().unwrap_or(Path::new("/")).canonicalize()?;
        let real = match full.file_name() {
            Some(name) => parent.join(name),
            None => full.canonicalize()?,
        };
        let Ok(inside) = real.strip_prefix(&real_root) else {
            bail!(
                "{} is not below {}, the folder that holds the boards",
                path.display(),
                root.shown
            );
        };
        let inside = inside.to_string_lossy().replace('\\', "/");
        shown.push(match (root.shown.as_str(), inside.as_str()) {
            (".", inside) => inside.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, inside) => format!("{}/{inside}", shown.trim_end_matches('/')),
        });
    }
    Ok(Some(shown))
}

fn concerns(path: &str, shown: Option<&[String]>) -> bool {
    let below = |folder: &String| {
        let rest = path.strip_prefix(folder.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.is_empty())
    };
    shown.is_none_or(|shown| shown.iter().any(below))
}
