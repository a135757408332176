//! `plan amend`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{anyhow, bail};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::entry_options::{self, TypedFields};
use super::output::Exit;
use super::revision::EstateBefore;
use super::writing::{BoardToWrite, Mode, WrittenBoard, refuse_incomplete, refused};
use super::{Globals, ask, scope, writing};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::Reading;
use crate::finding::Placed;
use crate::lint;
use crate::plan::fields::{ENTRY, Field};
use crate::plan::{About, Board, Entry};
use crate::record::amend::{self, Amendment, NewFields};
use crate::record::{EntryDraft, FileChange};
use crate::report::Envelope;
use crate::report::amended::Amended;
use crate::report::recorded::differences;
use crate::world::World;

/// Correct an entry that was recorded wrongly, or take it out
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan amend 2.2.3 --date 2018-01-16 --rag red --reason \"Typed into the wrong row.\"
  plan amend 2.2.3 --date 2018-01-16 --new-date \"17 January 2018\"
  plan amend 2.2.3 --date 2018-01-16 --by vemt --new-by police
  plan amend 2.2.3 --date 2018-01-16 --clear next --clear evidence
  plan amend 2.2.3 --date 2018-01-16 --delete --reason \"Reported for the wrong board.\"
  plan amend --file plans/hartlepool/updates/2018-01-16-vemt.yaml --delete --reason \"A draft.\"

The difference is shown first; on a terminal it is asked whether to write it. Where the last commit has the
entry, others may have acted on it: then --reason is needed, and stands at the file's head from then on as
what lets `plan validate --against` pass. What was right and changed since is no mistake: record a new entry.")]
pub struct Arguments {
    /// The action, milestone, objective or priority that the entry is about
    id: Option<String>,
    /// The day that the entry is dated
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Whose it is, where several are of that day
    #[arg(long, value_name = "GROUP")]
    by: Option<String>,
    /// The updates file that it stands in, or `PATH:LINE` for the entry that begins in a line; with neither ID
    /// nor line, all of that file's entries
    #[arg(long, value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    file: Option<String>,
    /// Take the entry out
    #[arg(long)]
    delete: bool,
    #[command(flatten)]
    right: Right,
    /// Fields that the entry is to give no longer
    #[arg(long, value_name = "FIELD", help_heading = "What is right")]
    clear: Vec<String>,
    /// Why it is corrected: needed, and kept in the file, where the last commit has the entry
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
}

/// The fields of an entry as they should be. Those that find it have `new-` before their names.
#[derive(Debug)]
struct Right(TypedFields);

/// Fields that the command takes to find the entry, or for its own reason.
const FINDS: [&str; 4] = ["action", "date", "by", "reason"];

/// Fields that say which plan or part of it an entry is about: an entry about another is another entry.
const FIXED: [&str; 3] = ["plan", "objective", "priority"];

impl Right {
    fn fields() -> impl Iterator<Item = &'static Field> {
        let fields = ENTRY.fields.iter();
        fields.filter(|field| !FIXED.contains(&field.name))
    }

    fn argument(field: &'static Field) -> Arg {
        let long = field.name.replace('_', "-");
        let long = if FINDS.contains(&field.name) {
            format!("new-{long}")
        } else {
            long
        };
        let action = if entry_options::takes_several(field.kind) {
            ArgAction::Append
        } else {
            ArgAction::Set
        };
        Arg::new(format!("right_{}", field.name))
            .long(long)
            .help(entry_options::help(field))
            .value_name(entry_options::value_name(field.kind))
            .action(action)
            .allow_hyphen_values(true)
            .help_heading("What is right")
    }
}

impl clap::Args for Right {
    fn augment_args(command: Command) -> Command {
        command.args(Right::fields().map(Right::argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Right {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = Right::fields().filter_map(|field| {
            let values = matches.get_many::<String>(&format!("right_{}", field.name))?;
            Some((field.name, values.cloned().collect()))
        });
        Ok(Right(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    arguments.check()?;
    let file = Where::named(&arguments, globals, world)?;
    let today = scope::today(world)?;
    let home = find(&arguments, file.as_ref(), today, globals, world)?;
    let target = BoardToWrite::open(&home, globals, world)?;
    // Without a repository, or a commit in it, nobody has the entry but this folder.
    let before = EstateBefore::read("HEAD", globals, world).ok();
    let then = match &before {
        Some(before) => before.earlier(&target.read(&[])?),
        None => None,
    };
    let job = Job {
        arguments: &arguments,
        file,
        target: &target,
        then,
        today,
        reason_is_kept: Cell::new(false),
    };
    let Some(written) = job.write(globals, world)? else {
        writeln!(world.stderr, "nothing was changed")?;
        return Ok(Exit::Done);
    };
    if arguments.reason.is_some() && !job.reason_is_kept.get() && !globals.quiet {
        writeln!(
            world.stderr,
            "note: no commit has this entry as it was, so nothing was allowed and the reason is not kept"
        )?;
    }
    let files = written.files.clone();
    let amended = Amended {
        dry_run: arguments.dry_run,
        changes: differences(&written.before, &written.after, written.day),
        written: written.entries,
        files: written.files,
        diff: written.diff,
    };
    let paper = Envelope::new("amended", written.day, Vec::new(), amended);
    let only_shown = paper.data.diff.as_deref().filter(|_| arguments.dry_run);
    writing::answer(&paper, Amended::lay_out, only_shown, &files, globals, world)
}

impl Arguments {
    /// Refuses what says nothing, or two things at once.
    fn check(&self) -> anyhow::Result<()> {
        let corrects = !self.right.0.is_empty() || !self.clear.is_empty();
        match (&self.id, &self.date, &self.file) {
            (None, _, None) => bail!(
                "say which entry it is: `plan amend ID --date DATE`, or --file PATH for a whole return"
            ),
            (Some(_), None, None) => {
                bail!("name the day of the entry with --date; `plan show ID` lists them all")
            }
            _ => {}
        }
        if self.delete && corrects {
            bail!("--delete takes the whole entry out; leave the other fields away");
        }
        if !self.delete && !corrects {
            bail!("there is nothing to correct; say what is right, as in `--rag red`, or --delete");
        }
        let known = |name: &String| {
            let field = name.trim().replace('-', "_");
            Right::fields().any(|known| known.name == field)
        };
        if let Some(unknown) = self.clear.iter().find(|name| !known(name)) {
            let names: Vec<&str> = Right::fields().map(|field| field.name).collect();
            let help = crate::finding::suggest(unknown, &names, "fields");
            bail!("an entry has no field `{unknown}`; {help}");
        }
        Ok(())
    }

    /// The file that is asked for, and the line behind its name.
    fn path_and_line(&self) -> Option<(&str, Option<usize>)> {
        let file = self.file.as_deref()?;
        let parts = file.rsplit_once(':');
        let line = parts.and_then(|(path, line)| Some((path, Some(line.parse().ok()?))));
        Some(line.unwrap_or((file, None)))
    }

    /// Whether a whole return is meant.
    fn is_whole(&self) -> bool {
        self.id.is_none() && self.path_and_line().is_none_or(|(_, line)| line.is_none())
    }

    /// The day that is asked for.
    fn day(&self, board: &Board, today: Day) -> anyhow::Result<Option<Day>> {
        let date = self.date.as_deref();
        date.map(|date| scope::when(date)?.for_board(board, today))
            .transpose()
    }

    /// Whether an entry is meant.
    fn means(
        &self,
        reading: &Reading,
        entry: &Entry,
        day: Option<Day>,
        file: Option<&Where>,
        globals: &Globals,
    ) -> bool {
        let board = &reading.board;
        let about = |id: &String| match &entry.about {
            About::One(given) => given.as_str() == id,
            About::Several(ids) => ids.iter().any(|given| given.as_str() == id),
            About::Objective(given) | About::Priority(given) => given.as_str() == id,
            About::Nothing => false,
        };
        let plan = entry.plan.map(|plan| &board.plans[plan].stem);
        let by = |by: &String| {
            (entry.by.as_ref()).is_some_and(|reporter| board.means_group(by, reporter.as_str()))
        };
        self.id.as_ref().is_none_or(about)
            && day.is_none_or(|day| entry.date.is_some_and(|date| date.value == day))
            && self.by.as_ref().is_none_or(by)
            && globals.plan.as_ref().is_none_or(|stem| plan == Some(stem))
            && file.is_none_or(|file| file.holds(reading, entry))
    }
}

/// A file, and the line of it in which an entry begins.
struct Where {
    /// Its path from the estate.
    key: String,
    line: Option<usize>,
}

impl Where {
    fn named(
        arguments: &Arguments,
        globals: &Globals,
        world: &World,
    ) -> anyhow::Result<Option<Where>> {
        let Some((path, line)) = arguments.path_and_line() else {
            return Ok(None);
        };
        let key = scope::key(Path::new(path), globals, world)?;
        Ok(Some(Where { key, line }))
    }

    fn holds(&self, reading: &Reading, entry: &Entry) -> bool {
        let place = reading.sources.place(entry.head());
        let line = place.start.line;
        reading.sources.get(entry.at.file).key == self.key
            && self.line.is_none_or(|asked| asked == line)
    }
}

/// Finds the board that has the entry.
fn find(
    arguments: &Arguments,
    file: Option<&Where>,
    today: Day,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<String> {
    let boards = scope::boards(globals, world, |reading| -> anyhow::Result<_> {
        let day = arguments.day(&reading.board, today)?;
        let mut entries = reading.board.entries.iter();
        let has = entries.any(|entry| arguments.means(&reading, entry, day, file, globals));
        let about = reading.board.entries.iter().filter(|entry| {
            arguments.id.is_some() && arguments.means(&reading, entry, None, None, globals)
        });
        let others: Vec<String> = about.map(|entry| place(&reading, entry)).collect();
        Ok((
            has,
            reading.home,
            reading.board.name,
            reading.unread,
            others,
        ))
    })?;
    let boards = boards.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let having: Vec<_> = boards.iter().filter(|board| board.0).collect();
    match having[..] {
        [board] => refuse_incomplete(&board.3).map(|()| board.1.clone()),
        [] => {
            let others: Vec<&str> = (boards.iter().flat_map(|board| &board.4))
                .map(String::as_str)
                .collect();
            if others.is_empty() {
                bail!("there is no such entry; `plan show ID` lists all entries about an action");
            }
            bail!(
                "there is no such entry; about it are\n  {}",
                others.join("\n  ")
            )
        }
        _ => {
            let names: Vec<&str> = having.iter().map(|board| board.2.as_str()).collect();
            bail!(
                "several boards have such an entry; say which with --board: {}",
                names.join(", ")
            )
        }
    }
}

/// An entry by its day, its group and its place: "16 Jan 2018 by vemt (updates/….yaml:7)".
fn place(reading: &Reading, entry: &Entry) -> String {
    let date = entry
        .date
        .map_or("no date".into(), |date| date.value.short());
    let by = entry.by.as_ref().map(|by| format!(" by {by}"));
    let at = reading.sources.place(entry.head());
    let (by, line) = (by.unwrap_or_default(), at.start.line);
    visible(&format!("{date}{by} ({}:{line})", at.path)).into_owned()
}

struct Job<'j> {
    arguments: &'j Arguments,
    /// The updates file that is asked for.
    file: Option<Where>,
    target: &'j BoardToWrite,
    /// The board as the last commit has it.
    then: Option<Reading>,
    today: Day,
    /// Whether a file says it from now on.
    reason_is_kept: Cell<bool>,
}

impl Job<'_> {
    /// Shows the difference first, and on a terminal asks whether to write it; nothing where nobody agrees.
    fn write(&self, globals: &Globals, world: &mut World) -> anyhow::Result<Option<WrittenBoard>> {
        let make = |reading: &Reading| self.changes(reading, globals);
        let shown = self.target.write(Mode::Show, make, globals, world)?;
        if self.arguments.dry_run {
            return Ok(Some(shown));
        }
        if world.asks {
            let diff = shown.diff.as_deref().unwrap_or_default();
            writeln!(world.stderr, "{diff}")?;
            if !ask::agrees("write this? [y/N] ", world)? {
                return Ok(None);
            }
        }
        let written = self.target.write(Mode::WriteShown, make, globals, world)?;
        // What was asked about was shown already.
        let diff = shown.diff.filter(|_| !world.asks);
        Ok(Some(WrittenBoard { diff, ..written }))
    }

    fn changes(&self, reading: &Reading, globals: &Globals) -> anyhow::Result<Vec<FileChange>> {
        let changes = self.amended(reading, globals)?;
        let Some(then) = &self.then else {
            return Ok(changes);
        };
        let day = scope::as_of(globals, &reading.board, self.today)?;
        let found = |reading: &Reading| {
            let name = "HEAD";
            let before = lint::BoardBefore {
                name,
                reading: then,
            };
            let mut found = lint::check_since(reading, day, Some(before));
            found.retain(|finding| lint::RULES_ABOUT_CHANGES.contains(&finding.rule));
            found
        };
        let known = found(reading);
        let same =
            |one: &Placed, other: &Placed| (one.rule, &one.changed) == (other.rule, &other.changed);
        let after = self.target.read(&changes)?;
        // By file and rule, the ids whose change must be allowed.
        let mut needed: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
        for finding in found(&after) {
            let is_known = known.iter().any(|known| same(known, &finding));
            let Some(id) = finding.changed.clone().filter(|_| !is_known) else {
                continue;
            };
            let file = after.sources.get(finding.place.at.file).key.clone();
            let ids = needed.entry((file, finding.rule)).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let changes = self.allowed(changes, needed, reading)?;
        let left = found(&self.target.read(&changes)?);
        match left
            .iter()
            .find(|left| !known.iter().any(|known| same(known, left)))
        {
            None => Ok(changes),
            Some(left) => bail!(
                "no reason at the head of the file would let this pass: {}; nothing was changed",
                left.message
            ),
        }
    }

    /// The changes with the allowances that they need.
    fn allowed(
        &self,
        mut changes: Vec<FileChange>,
        needed: BTreeMap<(String, &str), Vec<String>>,
        reading: &Reading,
    ) -> anyhow::Result<Vec<FileChange>> {
        let reason = self.arguments.reason.as_deref().unwrap_or_default();
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if !needed.is_empty() && reason.is_empty() {
            bail!(
                "the last commit has this entry, and others may have acted on it: give the reason with \
                 --reason \"…\"; it is kept at the head of the file"
            );
        }
        self.reason_is_kept.set(!needed.is_empty());
        for ((key, rule), ids) in needed {
            let place = changes.iter().position(|change| change.key == key);
            let at = place.unwrap_or(changes.len());
            if place.is_none() {
                let file = reading.sources.find(&key);
                let file = file.ok_or_else(|| anyhow!("{key} is not there any more"))?;
                let text = reading.sources.get(file).text.clone();
                changes.push(FileChange {
                    key: key.clone(),
                    before: Some(text.clone()),
                    after: text,
                    entries: Vec::new(),
                    removed: 0,
                });
            }
            let change = &mut changes[at];
            let allowed = amend::allow(&change.after, rule, &ids, &reason);
            let moved = allowed.len() - change.after.len();
            change.after = allowed;
            for range in &mut change.entries {
                *range = range.start + moved..range.end + moved;
            }
        }
        Ok(changes)
    }

    /// The files with the entries corrected.
    fn amended(&self, reading: &Reading, globals: &Globals) -> anyhow::Result<Vec<FileChange>> {
        let board = &reading.board;
        let day = self.arguments.day(board, self.today)?;
        let file = self.file.as_ref();
        let entries = board.entries.iter();
        let meant: Vec<&Entry> = entries
            .filter(|entry| self.arguments.means(reading, entry, day, file, globals))
            .collect();
        let Some(first) = meant.first() else {
            bail!("the entry is not there any more");
        };
        let source = reading.sources.get(first.at.file);
        let whole = self.arguments.is_whole();
        if !whole && meant.len() > 1 {
            let places: Vec<String> = meant.iter().map(|entry| place(reading, entry)).collect();
            bail!(
                "several entries are meant; say which with --by, or --file PATH:LINE:\n  {}",
                places.join("\n  ")
            );
        }
        let right = self.right(board, self.today)?;
        let amendments = if whole {
            self.whole(&source.text, &right)?
        } else {
            let at = amend::index_at(&source.text, first.at.start as usize);
            let at = at.ok_or_else(|| anyhow!("the entry is not where it was"))?;
            vec![if self.arguments.delete {
                Amendment::Delete(at)
            } else {
                Amendment::Correct(at, right)
            }]
        };
        let change = amend::amend(&source.key, &source.text, &amendments).map_err(refused)?;
        if change.before.as_ref() == Some(&change.after) {
            bail!("the entry says this already; nothing was changed");
        }
        Ok(vec![change])
    }

    /// What becomes of a whole return: taken out, or given another day or author.
    fn whole(&self, text: &str, right: &NewFields) -> anyhow::Result<Vec<Amendment>> {
        const OF_A_RETURN: [&str; 4] = ["date", "by", "covers", "meeting"];
        let all = 0..amend::count(text);
        if self.arguments.delete {
            return Ok(all.map(Amendment::Delete).collect());
        }
        if let Some((name, _)) = right.iter().find(|(name, _)| !OF_A_RETURN.contains(name)) {
            bail!(
                "of a whole return only its date, group, period and meeting are corrected at once; name the \
                   entry whose `{name}` is wrong, as in `plan amend ID --file …`"
            );
        }
        Ok(amend::throughout(text, right))
    }

    /// The fields as they should be, from the words that were given.
    fn right(&self, board: &Board, today: Day) -> anyhow::Result<NewFields> {
        let mut draft = EntryDraft::new(&ENTRY);
        let mut fields: NewFields = Vec::new();
        for (name, words) in &self.arguments.right.0 {
            let mut words = words.clone();
            if *name == "date" {
                for word in &mut words {
                    *word = scope::when(word)?.for_board(board, today)?.to_string();
                }
            }
            draft.give(name, &words, board).map_err(refused)?;
            fields.push((name, draft.get(name).cloned()));
        }
        for name in &self.arguments.clear {
            let name = name.trim().replace('-', "_");
            let known = Right::fields().find(|field| field.name == name);
            fields.extend(known.map(|field| (field.name, None)));
        }
        Ok(fields)
    }
}
