//! What commands that write share: one board, locked, read, judged with the new text in place of the
//! old, and written whole or not at all.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};

use serde::Serialize;

use super::output::{self, Exit};
use super::unified::unified;
use super::{Globals, scope};
use crate::calendar::Day;
use crate::document::{Document, visible};
use crate::edit::{self, Lock, Replacement};
use crate::emit;
use crate::estate::{Estate, Reading};
use crate::finding::{Placed, Severity};
use crate::lint;
use crate::record::{FileChange, Refused};
use crate::render::Format;
use crate::render::terminal::{Terminal, render};
use crate::report::Envelope;
use crate::report::recorded::WrittenFacts;
use crate::source::{Source, Sources};
use crate::world::World;

/// How long a writer waits for another one.
const WAIT: Duration = Duration::from_secs(30);

/// What is done with what was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is shown, and nothing is written.
    Show,
    Write,
    /// It is written; whoever wants it has seen the warnings already.
    WriteShown,
}

impl Mode {
    pub fn from_dry_run(dry_run: bool) -> Mode {
        if dry_run { Mode::Show } else { Mode::Write }
    }
}

/// One board to write to.
pub struct BoardToWrite {
    root: scope::Root,
    /// The board's folder, from the estate.
    home: String,
}

/// A board before and after what is to be written.
pub struct WrittenBoard {
    pub before: Reading,
    pub after: Reading,
    pub day: Day,
    pub entries: Vec<WrittenFacts>,
    /// The files that were written.
    pub files: Vec<String>,
    /// What would change in the files, where nothing is written.
    pub diff: Option<String>,
}

impl BoardToWrite {
    pub fn open(home: &str, globals: &Globals, world: &World) -> anyhow::Result<BoardToWrite> {
        Ok(BoardToWrite {
            root: scope::root(globals, world)?,
            home: home.to_owned(),
        })
    }

    fn estate(&self) -> anyhow::Result<Estate> {
        let estate = Estate::open(&self.root.path, &self.root.shown);
        let top = self.home.split('/').next().unwrap_or_default().to_owned();
        Ok(estate.map_err(|error| anyhow!(error.0))?.limited(&[top]))
    }

    /// Reads the board, with these texts in place of files.
    pub fn read(&self, instead: &[FileChange]) -> anyhow::Result<Reading> {
        let texts = instead
            .iter()
            .map(|change| (change.key.clone(), change.after.clone()));
        let estate = self.estate()?.with(texts);
        let readings = estate.each(|reading| (reading.home == self.home).then_some(reading));
        let board = readings.into_iter().flatten().next();
        board.ok_or_else(|| anyhow!("the board is not there any more"))
    }

    /// Waits until nobody else writes to the board.
    fn lock(&self) -> anyhow::Result<Lock> {
        let folder = self.root.path.join(&self.home);
        lock(&folder, &folder.display().to_string())
    }

    /// Makes changes to the board's files and writes them, all or none: what `make` makes of the board as
    /// it is under the lock, if it brings no error that `plan validate` would name.
    pub fn write(
        &self,
        mode: Mode,
        make: impl Fn(&Reading) -> anyhow::Result<Vec<FileChange>>,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<WrittenBoard> {
        self.write_from(mode, make, &|_, _| None, globals, world)
    }

    /// The same for entries that come from somewhere else: `origin` names the place there that a finding
    /// about them is rooted in, and the finding says it first.
    pub fn write_from(
        &self,
        mode: Mode,
        make: impl Fn(&Reading) -> anyhow::Result<Vec<FileChange>>,
        origin: &dyn Fn(&[FileChange], &Placed) -> Option<String>,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<WrittenBoard> {
        // What could not be answered afterwards is not begun.
        output::format(globals)?;
        let mut lock = match mode {
            Mode::Show => None,
            Mode::Write | Mode::WriteShown => Some(self.lock()?),
        };
        let before = self.read(&[])?;
        refuse_incomplete(&before.unread)?;
        let day = scope::as_of(globals, &before.board, scope::today(world)?)?;
        let changes = make(&before)?;
        let after = self.read(&changes)?;
        prove(&before, &after, &changes)?;
        let origin = |finding: &Placed| origin(&changes, finding);
        self.judge(&before, &after, mode, &origin, globals, world)?;
        let estate = self.estate()?;
        let shown = |change: &FileChange| estate.show(&change.key);
        if let Some(lock) = &mut lock {
            let files: Vec<Replacement> = (changes.iter())
                .map(|change| Replacement {
                    path: self.root.path.join(&change.key),
                    shown: shown(change),
                    before: change.before.clone().map(String::into_bytes),
                    after: change.after.clone(),
                })
                .collect();
            replace(lock, &files, world)?;
        }
        let diffs = changes
            .iter()
            .map(|change| unified(&shown(change), change.before.as_deref(), &change.after));
        Ok(WrittenBoard {
            entries: changes
                .iter()
                .flat_map(|change| places(change, shown(change)))
                .collect(),
            files: changes.iter().map(shown).collect(),
            diff: lock.is_none().then(|| diffs.collect()),
            before,
            after,
            day,
        })
    }

    /// Holds the board as it would be against every rule: an error that it would bring refuses it, a new
    /// warning is said.
    fn judge(
        &self,
        before: &Reading,
        after: &Reading,
        mode: Mode,
        origin: &dyn Fn(&Placed) -> Option<String>,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let day = scope::as_of(globals, &before.board, scope::today(world)?)?;
        let mut brought = brought(&lint::check(before, day), lint::check(after, day));
        for finding in &mut brought {
            if let Some(origin) = origin(finding) {
                finding.message = format!("{origin}: {}", finding.message);
            }
        }
        let (errors, mut warnings): (Vec<Placed>, Vec<Placed>) =
            (brought.into_iter()).partition(|finding| finding.severity == Severity::Error);
        drop_settled(&mut warnings, after, day);
        if let Some(file) = after.unread.first() {
            bail!("what would be written makes {file} unreadable; nothing was written");
        }
        if !errors.is_empty() {
            say(&errors, after, globals, world)?;
            bail!(
                "nothing was recorded: `plan validate` would name {} in it",
                count(errors.len())
            );
        }
        if !warnings.is_empty() && !globals.quiet && mode != Mode::WriteShown {
            say(&warnings, after, globals, world)?;
        }
        Ok(())
    }
}

/// Drops the warnings that go when what is decided on the day counts: from the day after.
fn drop_settled(warnings: &mut Vec<Placed>, after: &Reading, day: Day) {
    let tomorrow = day.succ();
    let mut entries = after.board.entries.iter();
    if !entries.any(|entry| entry.decided_from() == Some(tomorrow)) {
        return;
    }
    let left = lint::check(after, tomorrow);
    warnings.retain(|warning| {
        let same = |other: &Placed| (other.rule, &other.place) == (warning.rule, &warning.place);
        left.iter().any(same)
    });
}

fn count(errors: usize) -> String {
    match errors {
        1 => "an error".into(),
        errors => format!("{errors} errors"),
    }
}

/// Waits until nobody else writes to a board's folder; makes it where there is none.
pub fn lock(folder: &Path, shown: &str) -> anyhow::Result<Lock> {
    Lock::take(folder, WAIT).map_err(|error| anyhow!(error.reason(shown, WAIT)))
}

/// Takes back the writes of several files that were cut off anywhere here, before a command that writes
/// looks at anything.
pub fn take_back(globals: &Globals, world: &mut World) -> anyhow::Result<()> {
    let Ok(root) = scope::root(globals, world) else {
        return Ok(());
    };
    for folder in edit::find_unfinished(&root.path) {
        let mut lock = lock(&folder, &folder.display().to_string())?;
        replace(&mut lock, &[], world)?;
    }
    Ok(())
}

/// Writes files of a board, all or none, and says what was found on the way.
pub fn replace(lock: &mut Lock, files: &[Replacement], world: &mut World) -> anyhow::Result<()> {
    let written = lock.replace(files);
    for remark in lock.remarks() {
        // That it cannot be said must not look as if nothing had been written.
        let _ = writeln!(world.stderr, "note: {}", visible(remark));
    }
    Ok(written?)
}

/// A board of which a file cannot be read is not written to: nobody knows what it says.
pub fn refuse_incomplete(unread: &[String]) -> anyhow::Result<()> {
    match unread.first() {
        None => Ok(()),
        Some(file) => bail!(
            "INCOMPLETE: {file} could not be read; nothing is recorded until it can be: `plan validate` \
             says why"
        ),
    }
}

/// The board as it would be must be the board as it is but for the files that change: nothing else moved
/// while it was read twice. That a changed file says what it said plus what is added, `record` has proved.
fn prove(before: &Reading, after: &Reading, changes: &[FileChange]) -> anyhow::Result<()> {
    let changed = |source: &Source| changes.iter().find(|change| change.key == source.key);
    let same = |from: &Sources, to: &Sources, meant: &dyn Fn(&FileChange) -> Option<String>| {
        from.iter().all(|(_, source)| match changed(source) {
            Some(change) => meant(change).as_ref() == Some(&source.text),
            None => (to.find(&source.key)).is_some_and(|other| to.get(other).text == source.text),
        })
    };
    let old = same(&before.sources, &after.sources, &|change| {
        change.before.clone()
    });
    let new = same(&after.sources, &before.sources, &|change| {
        Some(change.after.clone())
    });
    let entries: usize = changes.iter().map(|change| change.entries.len()).sum();
    let removed: usize = changes.iter().map(|change| change.removed).sum();
    let held = |reading: &Reading| reading.board.entries.len() + reading.board.challenges.len();
    if !old || !new || held(after) + removed != held(before) + entries {
        bail!(
            "the board's files changed while they were read, or would say something else than was \
             meant; nothing was written; try again"
        );
    }
    Ok(())
}

/// The findings that are not there yet: of those that say the same of a file, as many as there are more.
fn brought(before: &[Placed], after: Vec<Placed>) -> Vec<Placed> {
    let key = |finding: &Placed| {
        let words = (finding.place.path.clone(), finding.message.clone());
        (finding.rule, finding.severity, words)
    };
    let mut known: HashMap<_, usize> = HashMap::new();
    for finding in before {
        *known.entry(key(finding)).or_default() += 1;
    }
    let is_new = |finding: &Placed| match known.get_mut(&key(finding)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    after.into_iter().filter(is_new).collect()
}

/// Shows findings on standard error, as `plan validate` does.
fn say(
    findings: &[Placed],
    reading: &Reading,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    let terminal = plain_terminal(globals, world);
    let page = emit::FindingsPage::new(findings, &reading.sources, terminal);
    let text = page.finish(&Document::default(), terminal);
    world.stderr.write_all(text.as_bytes())?;
    Ok(())
}

/// Where the new entries of a file stand.
fn places(change: &FileChange, shown: String) -> Vec<WrittenFacts> {
    let source = Source::new(shown.clone(), change.key.clone(), change.after.clone());
    let entries = change.entries.iter();
    entries
        .map(|range| WrittenFacts {
            file: visible(&shown).into_owned(),
            line: source.position(range.start).line,
        })
        .collect()
}

/// A refusal as an error of the command.
pub fn refused(refused: Refused) -> anyhow::Error {
    anyhow!("{}; nothing was recorded", refused.0)
}

/// Says what was written; of what only would be, the diff alone stands on standard output. Where what was
/// written cannot be said, the error says that it was, and in which files.
pub fn answer<T: Serialize>(
    paper: &Envelope<T>,
    lay_out: impl FnOnce(&T, &mut Document),
    diff: Option<&str>,
    files: &[String],
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let shown = say_what(paper, lay_out, diff, globals, world);
    if diff.is_some() {
        shown?;
    } else {
        shown.with_context(|| {
            let files = files.join(", ");
            format!("it is recorded, in {files}, and must not be recorded again; but the answer could not be shown")
        })?;
    }
    Ok(Exit::Done)
}

fn say_what<T: Serialize>(
    paper: &Envelope<T>,
    lay_out: impl FnOnce(&T, &mut Document),
    diff: Option<&str>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<()> {
    let is_text = matches!(output::format(globals)?, Format::Text);
    let Some(diff) = diff.filter(|_| is_text) else {
        return output::write(paper, lay_out, globals, world);
    };
    if !globals.quiet {
        let page = render(&paper.document(lay_out), plain_terminal(globals, world));
        world.stderr.write_all(page.as_bytes())?;
    }
    output::write_text(diff, globals, world)
}

/// Standard error as a page: without colour, for nobody asked what it is.
fn plain_terminal(globals: &Globals, world: &World) -> Terminal {
    Terminal {
        colour: false,
        ..output::terminal(globals, world)
    }
}
