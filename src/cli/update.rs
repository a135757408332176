//! `plan update`.

use std::path::PathBuf;

use anyhow::bail;

use super::ask::{self, Asking};
use super::drafting::{can_be_agreed, draft, says_something};
use super::entry_options::{EntryOptions, TypedFields};
use super::output::Exit;
use super::writing::{BoardToWrite, Mode, WrittenBoard, refused};
use super::{Globals, scope, take, target, writing};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::Reading;
use crate::record::{self, FileChange};
use crate::report::Envelope;
use crate::report::recorded::{Recorded, changes};
use crate::world::World;

/// Record what was reported: one entry about an action, several, an objective or a priority
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan update 2.2.3                        asks for everything, one by one
  plan update 2.2.3 --rag amber --done \"Interviews within 72 hours.\" --by vemt
  plan update 2.2.3 --timescale \"June 2018\" --reason \"The audit was delayed.\" --agreed board
  plan update 2.1.1 2.1.2 --evidence \"VEMT Report\" --date \"16 January 2018\"
  plan update --objective 2.1 --rag green  about its open actions
  plan update --from form.xlsx             a form that `plan chase GROUP -o form.xlsx` made
  plan update --from forms/*.xlsx          several, each recorded whole or not at all
  plan update 2.2.3 --rag green --dry-run  shows the lines, writes nothing

The entry goes to the updates file of its day and group, which is made if there is none. It is held
against every rule of `plan validate` first: what would be an error there is refused.")]
pub struct Arguments {
    #[command(flatten)]
    fields: EntryOptions,
    /// The updates file that it goes to [default: that of the day and the group]
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Record forms that came back: .xlsx, .ods, .docx or .csv
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "file")]
    from: Vec<PathBuf>,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
    /// Record it even though an entry of the day and the group says the very same already
    #[arg(long)]
    again: bool,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let given = arguments.fields.0;
    if !arguments.from.is_empty() {
        return take::run(&arguments.from, &given, arguments.dry_run, globals, world);
    }
    let about = target::NamedIds::from_typed(&given);
    let says = given.iter().any(|(name, _)| says_something(name));
    if !says && !world.asks {
        bail!(
            "there is nothing to record; say what was reported, as in `--rag amber --done \"…\"` \
             (`plan update --help` lists every field); on a terminal it asks"
        );
    }
    let found = target::find(&about, globals, world)?;
    let file = arguments.file.as_deref();
    let file = file
        .map(|file| scope::key(file, globals, world))
        .transpose()?;
    let target = BoardToWrite::open(&found.home, globals, world)?;
    let job = Job {
        target,
        plan: found.plan,
        file,
        again: arguments.again,
        today: scope::today(world)?,
    };
    if !says {
        return job.ask(given, arguments.dry_run, globals, world);
    }
    let written = job.write(
        &given,
        Mode::from_dry_run(arguments.dry_run),
        globals,
        world,
    )?;
    answer(written, arguments.dry_run, globals, world)
}

/// What an entry is written to.
struct Job {
    target: BoardToWrite,
    plan: String,
    file: Option<String>,
    /// Whether what is recorded already may be once more.
    again: bool,
    today: Day,
}

impl Job {
    fn write(
        &self,
        given: &TypedFields,
        mode: Mode,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<WrittenBoard> {
        let make = |reading: &Reading| -> anyhow::Result<Vec<FileChange>> {
            let day = scope::as_of(globals, &reading.board, self.today)?;
            let draft = draft(given, &self.plan, &reading.board, day)?;
            if !draft.names().any(says_something) {
                bail!("there is nothing to record: what was given is empty");
            }
            if draft.names().any(|name| name == "agreed") && !draft.names().any(can_be_agreed) {
                bail!(
                    "`--agreed` stands alone; name what is agreed as well, as in \
                     `--timescale \"March 2027\" --agreed board`"
                );
            }
            if !self.again {
                record::refuse_again(reading, &draft, &[]).map_err(refused)?;
            }
            let file = self.file.as_deref();
            let change = record::updates(reading, &[draft], file).map_err(refused)?;
            Ok(vec![change])
        };
        self.target.write(mode, make, globals, world)
    }

    /// Asks for the fields one by one, shows the entry that comes of them, and writes it if the person agrees.
    fn ask(
        &self,
        given: TypedFields,
        dry_run: bool,
        globals: &Globals,
        world: &mut World,
    ) -> anyhow::Result<Exit> {
        let reading = self.target.read(&[])?;
        let day = scope::as_of(globals, &reading.board, self.today)?;
        let asking = Asking {
            reading: &reading,
            plan: &self.plan,
            day,
        };
        let mut answers = asking.all(given, globals, world)?;
        while let Some(given) = answers.take() {
            match self.write(&given, Mode::Show, globals, world) {
                Err(error) => {
                    writeln!(world.stderr, "{}", visible(&format!("{error:#}")))?;
                    answers = asking.again(given, world)?;
                }
                Ok(tried) if dry_run => return answer(tried, true, globals, world),
                Ok(tried) => {
                    let diff = tried.diff.unwrap_or_default();
                    write!(world.stderr, "\n{diff}\n")?;
                    if !ask::agrees("record this? [y/N] ", world)? {
                        break;
                    }
                    let written = self.write(&given, Mode::WriteShown, globals, world)?;
                    return answer(written, false, globals, world);
                }
            }
        }
        writeln!(world.stderr, "nothing was recorded")?;
        Ok(Exit::Done)
    }
}

/// Says what changed, and where it was written; or what would be.
pub fn answer(
    written: WrittenBoard,
    dry_run: bool,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let changes = changes(&written.before, &written.after, written.day);
    let files = written.files;
    let recorded = Recorded {
        dry_run,
        diff: written.diff,
        written: written.entries,
        changes,
    };
    let paper = Envelope::new("recorded", written.day, Vec::new(), recorded);
    let diff = paper.data.diff.as_deref();
    writing::answer(&paper, Recorded::lay_out, diff, &files, globals, world)
}
