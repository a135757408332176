//! `plan challenge`.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use super::entry_options::{ChallengeOptions, TypedFields};
use super::output::Exit;
use super::target::{self, NamedIds};
use super::writing::{BoardToWrite, Mode, WrittenBoard, refuse_incomplete, refused};
use super::{Globals, entry_options, scope, writing};
use crate::calendar::Day;
use crate::estate::Reading;
use crate::plan::Board;
use crate::plan::fields::CHALLENGE;
use crate::record::{self, EntryDraft, EntryValue, FileChange, challenge};
use crate::report::Envelope;
use crate::report::challenged::Challenged;
use crate::world::World;

/// Record a challenge: raise it, answer it, close it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan challenge --raised \"Why do interviews take ten days?\" --from police --to vemt --action 2.2.3
  plan challenge C12 --response \"Two posts are vacant.\" --by vemt --date \"6 March 2018\"
  plan challenge C12 --closed \"Interviews now within 72 hours.\" --impact \"Fewer repeat episodes.\"

With no id, a new challenge gets the next in the log's own pattern. The log is made if there is none.")]
pub struct Arguments {
    #[command(flatten)]
    fields: ChallengeOptions,
    /// The challenge log that it goes to [default: the one that has the challenge, else the board's first]
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
    /// Record it even though an entry of the day says the very same already
    #[arg(long)]
    again: bool,
}

/// Fields that say something of a challenge, rather than which, when and who.
const SAID: [&str; 5] = ["raised", "response", "closed", "impact", "note"];

/// The board and the plan that a challenge is about.
struct ChallengePlace {
    home: String,
    plan: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let given = arguments.fields.0;
    if !given.iter().any(|(name, _)| SAID.contains(name)) {
        bail!(
            "there is nothing to record; give --raised, --response, --closed, --impact or --note \
             (`plan challenge --help` lists every field)"
        );
    }
    let found = find(&given, globals, world)?;
    let file = arguments.file.as_deref();
    let file = file
        .map(|file| scope::key(file, globals, world))
        .transpose()?;
    let target = BoardToWrite::open(&found.home, globals, world)?;
    let today = scope::today(world)?;
    let again = arguments.again;
    let is_new = !given.iter().any(|(name, _)| *name == "challenge");
    let make = |reading: &Reading| -> anyhow::Result<Vec<FileChange>> {
        let day = scope::as_of(globals, &reading.board, today)?;
        let draft = draft(&given, &found, &reading.board, day)?;
        if !again {
            // Its own number tells a challenge that is raised twice from the first.
            let numbered = if is_new { &["challenge"][..] } else { &[] };
            record::refuse_again(reading, &draft, numbered).map_err(refused)?;
        }
        challenge::may_follow(&reading.board, &draft).map_err(refused)?;
        let change = record::log(reading, &[draft], file.as_deref()).map_err(refused)?;
        Ok(vec![change])
    };
    let written = target.write(Mode::from_dry_run(arguments.dry_run), make, globals, world)?;
    answer(written, arguments.dry_run, globals, world)
}

/// The entry that the options make.
fn draft(
    given: &TypedFields,
    found: &ChallengePlace,
    board: &Board,
    day: Day,
) -> anyhow::Result<EntryDraft> {
    let mut draft = entry_options::draft(&CHALLENGE, given, board, day)?;
    if !draft.names().any(|name| SAID.contains(&name)) {
        bail!("there is nothing to record: what was given is empty");
    }
    if draft.get("challenge").is_none() {
        if draft.get("raised").is_none() {
            bail!(
                "name the challenge that is answered or closed, as in `plan challenge C12 --closed \"…\"`"
            );
        }
        draft.set("challenge", EntryValue::text(challenge::next_id(board)));
    }
    // A challenge stays with the plan that it was raised about.
    let id = draft.words("challenge").unwrap_or_default().to_owned();
    let first = challenge::standing(board, &id)
        .plan
        .map(|plan| board.plans[plan].stem.clone());
    if let Some(plan) = first.or_else(|| found.plan.clone()) {
        draft.set("plan", EntryValue::text(plan));
    }
    Ok(draft)
}

/// Finds the board: the one that has the challenge, else the one that has the action, else the only one.
fn find(
    given: &TypedFields,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<ChallengePlace> {
    let word = |name: &str| {
        let field = given.iter().find(|(field, _)| *field == name);
        field
            .and_then(|(_, words)| words.first())
            .map(|word| word.trim().to_owned())
    };
    let (id, action) = (word("challenge"), word("action"));
    let boards = scope::boards(globals, world, |reading| {
        let board = &reading.board;
        let has = id
            .as_ref()
            .is_some_and(|id| challenge::standing(board, id).first.is_some());
        let found = ChallengePlace {
            plan: target::only_plan(board, globals),
            home: reading.home,
        };
        (found, has, board.name.clone(), reading.unread)
    })?;
    let having = boards.iter().filter(|board| board.1).count();
    let names: Vec<&str> = boards.iter().map(|board| board.2.as_str()).collect();
    let (names, several) = (names.join(", "), boards.len() > 1);
    let chosen = |board: (ChallengePlace, bool, String, Vec<String>)| {
        refuse_incomplete(&board.3)?;
        Ok(board.0)
    };
    match having {
        1 => {}
        0 if action.is_some() => {
            let about = NamedIds {
                actions: action.into_iter().collect(),
                ..NamedIds::default()
            };
            let found = target::find(&about, globals, world)?;
            return Ok(ChallengePlace {
                home: found.home,
                plan: Some(found.plan),
            });
        }
        0 if several => bail!("say which board it is, with --board: {names}"),
        0 => {}
        _ => bail!("several boards have a challenge of that id; say which with --board: {names}"),
    }
    let mut boards = boards.into_iter().filter(|board| board.1 || having == 0);
    boards
        .next()
        .map_or_else(|| Err(anyhow!("there is no board")), chosen)
}

fn answer(
    written: WrittenBoard,
    dry_run: bool,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<Exit> {
    let new = Challenged::new_of(&written.before, &written.after);
    let files = written.files;
    let paper = Challenged {
        dry_run,
        diff: written.diff,
        written: written.entries,
        challenges: new,
    };
    let paper = Envelope::new("challenged", written.day, Vec::new(), paper);
    let diff = paper.data.diff.as_deref();
    writing::answer(&paper, Challenged::lay_out, diff, &files, globals, world)
}
