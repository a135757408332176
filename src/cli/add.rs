//! `plan add`.

use anyhow::{anyhow, bail};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::entry_options::{self, TypedFields};
use super::output::Exit;
use super::writing::{BoardToWrite, Mode, WrittenBoard, refuse_incomplete, refused};
use super::{Globals, ask, scope, writing};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::Reading;
use crate::finding::suggest;
use crate::plan::fields::{ACTION, Field};
use crate::plan::{Action, Board, Plan};
use crate::record::addition::{self, Parent, next_id};
use crate::record::{EntryDraft, EntryValue, FileChange};
use crate::report::Envelope;
use crate::report::added::Added;
use crate::report::recorded::WrittenFacts;
use crate::timescale::{Timescale, TimescaleContext};
use crate::world::World;

/// Add an action to a plan or a log: with the day from which it counts, its owners and its timescale
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan add                                 asks for everything, one by one
  plan add business-plan-2025-26 --objective 2.1 --action \"Agree a protocol for …\" --owners police,icb \\
       --timescale \"June 2026\" --evidence \"The protocol\" --source \"SAR-2024-01#R3\"
  plan add meeting-actions --action \"Send the audit to all heads\" --owners schools --timescale \"12 June 2026\"
  plan add … --dry-run                     shows the lines, writes nothing

An adopted plan's own actions never change; a new one says with `added` from which day it counts, and is not
there on any day before. Its id follows those beside it, unless --id gives another.")]
pub struct Arguments {
    /// The plan or log that it goes to: its file's name without the ending [default: the only one]
    #[arg(value_name = "PLAN")]
    to: Option<String>,
    /// Its number [default: the next of those beside it]
    #[arg(long = "id", id = "number", value_name = "ID")]
    number: Option<String>,
    /// The objective that it stands under
    #[arg(long, value_name = "ID")]
    objective: Option<String>,
    /// The priority that it stands under, where it has no objective
    #[arg(long, value_name = "ID", conflicts_with = "objective")]
    priority: Option<String>,
    /// The day from which it counts [default: the day asked; in a plan that is not adopted, none]
    #[arg(long, value_name = "DATE", visible_alias = "date")]
    added: Option<String>,
    /// The recommendation that it answers: a review, or REVIEW#RECOMMENDATION
    #[arg(long, value_name = "REVIEW", allow_hyphen_values = true)]
    source: Option<String>,
    #[command(flatten)]
    fields: ActionFields,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
}

/// The fields of an action that are given in words.
#[derive(Debug)]
struct ActionFields(TypedFields);

/// Fields that have options of their own, or, like milestones, are written in the file.
const APART: [&str; 4] = ["id", "added", "source", "milestones"];

/// What is asked for where nothing is given, with the question.
const QUESTIONS: [(&str, &str); 5] = [
    ("action", "What is to be done? "),
    (
        "impact",
        "What difference should it make, and how will it be seen? ",
    ),
    ("owners", "Who answers for it (groups, with commas)? "),
    ("timescale", "By when? "),
    ("evidence", "What will prove it? "),
];

impl ActionFields {
    fn fields() -> impl Iterator<Item = &'static Field> {
        let fields = ACTION.fields.iter();
        fields.filter(|field| !APART.contains(&field.name))
    }

    fn argument(field: &'static Field) -> Arg {
        let action = if entry_options::takes_several(field.kind) {
            ArgAction::Append
        } else {
            ArgAction::Set
        };
        Arg::new(format!("field_{}", field.name))
            .long(field.name.replace('_', "-"))
            .help(entry_options::help(field))
            .value_name(entry_options::value_name(field.kind))
            .action(action)
            .allow_hyphen_values(true)
            .help_heading("What the plan says of it")
    }
}

impl clap::Args for ActionFields {
    fn augment_args(command: Command) -> Command {
        command.args(ActionFields::fields().map(ActionFields::argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for ActionFields {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = ActionFields::fields().filter_map(|field| {
            let values = matches.get_many::<String>(&format!("field_{}", field.name))?;
            Some((field.name, values.cloned().collect()))
        });
        Ok(ActionFields(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub fn run(mut arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let stem = arguments.to.clone().or_else(|| globals.plan.clone());
    let (home, stem) = find(stem.as_deref(), globals, world)?;
    let target = BoardToWrite::open(&home, globals, world)?;
    let today = scope::today(world)?;
    let says = |given: &TypedFields| given.iter().any(|(name, _)| NAMES.contains(name));
    let asks = !says(&arguments.fields.0);
    if asks {
        if !world.asks {
            bail!(
                "say what is to be done with --action, as in `plan add {stem} --action \"…\" --owners …`; on a \
                 terminal `plan add` asks"
            );
        }
        let reading = target.read(&[])?;
        if !ask_all(&mut arguments, &reading.board, &stem, world)? {
            writeln!(world.stderr, "nothing was added")?;
            return Ok(Exit::Done);
        }
    }
    let job = Job {
        arguments: &arguments,
        stem: &stem,
        today,
    };
    let make = |reading: &Reading| Ok(vec![job.change(reading, globals)?]);
    let mut mode = Mode::from_dry_run(arguments.dry_run);
    if asks && mode == Mode::Write {
        let shown = target.write(Mode::Show, make, globals, world)?;
        write!(world.stderr, "\n{}\n", shown.diff.unwrap_or_default())?;
        if !ask::agrees("add this? [y/N] ", world)? {
            writeln!(world.stderr, "nothing was added")?;
            return Ok(Exit::Done);
        }
        mode = Mode::WriteShown;
    }
    let written = target.write(mode, make, globals, world)?;
    let files = written.files.clone();
    let (added, day) = job.added_to(written)?;
    let paper = Envelope::new("added", day, Vec::new(), added);
    let diff = paper.data.diff.as_deref();
    writing::answer(&paper, Added::lay_out, diff, &files, globals, world)
}

/// The fields of which an action needs one, so that tables can name it.
const NAMES: [&str; 3] = ["title", "action", "impact"];

/// Finds the board that has the plan, or the only plan there is.
fn find(
    stem: Option<&str>,
    globals: &Globals,
    world: &mut World,
) -> anyhow::Result<(String, String)> {
    let boards = scope::boards(globals, world, |reading| {
        let stems = scope::stems(&reading.board);
        (reading.home, stems, reading.unread)
    })?;
    let all = boards
        .iter()
        .flat_map(|(home, stems, unread)| stems.iter().map(move |stem| (home, stem, unread)));
    let all: Vec<_> = all.collect();
    let asked: Vec<_> = (all.iter())
        .filter(|(_, known, _)| stem.is_none_or(|stem| stem == known.as_str()))
        .collect();
    let names: Vec<&str> = all.iter().map(|(_, stem, _)| stem.as_str()).collect();
    match (&asked[..], stem) {
        ([(home, stem, unread)], _) => {
            refuse_incomplete(unread).map(|()| ((*home).clone(), (*stem).clone()))
        }
        ([], Some(stem)) => bail!(
            "there is no plan `{stem}`; {}",
            suggest(stem, &names, "plans")
        ),
        ([], None) => bail!("there is no plan; `plan new plan NAME --period YEARS` makes one"),
        (_, Some(stem)) => bail!("several boards have a plan `{stem}`; say which with --board"),
        (_, None) => bail!(
            "say which plan or log it goes to, as in `plan add {}`; there are {}",
            names[0],
            names.join(", ")
        ),
    }
}

/// Asks for what makes an action; false where whoever is asked gives up.
fn ask_all(
    arguments: &mut Arguments,
    board: &Board,
    stem: &str,
    world: &mut World,
) -> anyhow::Result<bool> {
    let plan = board.plan(stem).map(|at| &board.plans[at]);
    let plan = plan.ok_or_else(|| anyhow!("the plan is not there any more"))?;
    writeln!(world.stderr, "Enter leaves a field out; q gives up.\n")?;
    if !plan.priorities.is_empty() && arguments.objective.is_none() && arguments.priority.is_none()
    {
        for (id, title) in places(plan) {
            writeln!(world.stderr, "  {id}  {}", visible(&title))?;
        }
        if !ask_where(arguments, plan, world)? {
            return Ok(false);
        }
    }
    let mut draft = EntryDraft::new(&ACTION);
    for (name, question) in QUESTIONS {
        if arguments.fields.0.iter().any(|(known, _)| *known == name) {
            continue;
        }
        loop {
            let Some(answer) = ask::line(question, world)? else {
                return Ok(false);
            };
            match understood(name, &answer, &mut draft, board, plan) {
                Err(why) => writeln!(world.stderr, "  {}", visible(&why))?,
                Ok(()) if answer.is_empty() => break,
                Ok(()) => {
                    arguments.fields.0.push((name, vec![answer]));
                    break;
                }
            }
        }
    }
    Ok(true)
}

/// Asks below what the action stands; false where whoever is asked gives up.
fn ask_where(arguments: &mut Arguments, plan: &Plan, world: &mut World) -> anyhow::Result<bool> {
    loop {
        let Some(id) = ask::line("Under which of these does it stand? ", world)? else {
            return Ok(false);
        };
        let is_priority = plan
            .priorities
            .iter()
            .any(|priority| priority.id.as_str() == id);
        (arguments.priority, arguments.objective) = if is_priority {
            (Some(id), None)
        } else {
            (None, Some(id))
        };
        match parent(arguments, plan) {
            Ok(_) => return Ok(true),
            Err(why) => writeln!(world.stderr, "  {}", visible(&format!("{why:#}")))?,
        }
    }
}

/// Takes an answer, if it can be read.
fn understood(
    name: &'static str,
    answer: &String,
    draft: &mut EntryDraft,
    board: &Board,
    plan: &Plan,
) -> Result<(), String> {
    let given = draft.give(name, std::slice::from_ref(answer), board);
    given.map_err(|why| why.0)?;
    if name == "timescale" && !answer.is_empty() {
        let context = TimescaleContext {
            period: plan.period,
            terms: &board.terms,
        };
        let read = Timescale::parse(answer, &context);
        read.map_err(|bad| format!("{}; {}", bad.message, bad.help))?;
    }
    Ok(())
}

/// Where an action may stand in a plan: its priorities, then its objectives that have an id.
fn places(plan: &Plan) -> Vec<(String, String)> {
    let priorities = plan.priorities.iter();
    let priorities = priorities.map(|priority| {
        (
            priority.id.value.to_string(),
            priority.title.value.to_string(),
        )
    });
    let objectives = plan.objectives.iter();
    let objectives = objectives.filter_map(|objective| {
        Some((
            objective.id.as_ref()?.value.to_string(),
            objective.title.value.to_string(),
        ))
    });
    priorities.chain(objectives).collect()
}

/// The priority or objective that the new action is to stand under.
fn parent<'a>(arguments: &'a Arguments, plan: &Plan) -> anyhow::Result<Parent<'a>> {
    let ids = || -> Vec<String> { places(plan).into_iter().map(|(id, _)| id).collect() };
    let help = |id: &str| {
        let ids = ids();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        suggest(id, &ids, "places")
    };
    if plan.priorities.is_empty() {
        return match arguments.objective.as_ref().or(arguments.priority.as_ref()) {
            None => Ok(Parent::Plan),
            Some(_) => bail!("{} is a log: its actions stand under nothing", plan.stem),
        };
    }
    if let Some(id) = &arguments.objective {
        let known = |given: &crate::plan::Id| given.as_str() == id;
        let mut objectives = plan.objectives.iter();
        return if objectives.any(|objectives| objectives.id.as_ref().is_some_and(known)) {
            Ok(Parent::Objective(id))
        } else {
            bail!("{} has no objective `{id}`; {}", plan.stem, help(id))
        };
    }
    let Some(id) = &arguments.priority else {
        bail!(
            "say where in {} it stands, with --objective or --priority: {}",
            plan.stem,
            ids().join(", ")
        );
    };
    if plan
        .priorities
        .iter()
        .any(|priority| priority.id.as_str() == id)
    {
        Ok(Parent::Priority(id))
    } else {
        bail!("{} has no priority `{id}`; {}", plan.stem, help(id))
    }
}

struct Job<'j> {
    arguments: &'j Arguments,
    stem: &'j str,
    today: Day,
}

impl Job<'_> {
    fn change(&self, reading: &Reading, globals: &Globals) -> anyhow::Result<FileChange> {
        let board = &reading.board;
        let plan = self.plan(board)?;
        let day = scope::as_of(globals, board, self.today)?;
        let parent = parent(self.arguments, plan)?;
        let action = self.action(board, plan, parent, day)?;
        let source = reading.sources.get(plan.at.file);
        addition::action(&source.key, &source.text, parent, &action).map_err(refused)
    }

    fn plan<'b>(&self, board: &'b Board) -> anyhow::Result<&'b Plan> {
        let at = board.plan(self.stem);
        at.map(|at| &board.plans[at])
            .ok_or_else(|| anyhow!("the plan is not there any more"))
    }

    /// The new action, field by field, in the order in which people read them.
    fn action(
        &self,
        board: &Board,
        plan: &Plan,
        parent: Parent,
        day: Day,
    ) -> anyhow::Result<EntryValue> {
        let id = self.id(plan, parent)?;
        let mut draft = EntryDraft::new(&ACTION);
        for (name, words) in &self.arguments.fields.0 {
            draft.give(name, words, board).map_err(refused)?;
        }
        if !NAMES.iter().any(|name| draft.get(name).is_some()) {
            bail!("say what is to be done with --action; nothing was added");
        }
        draft.set("id", EntryValue::text(id));
        if let Some(added) = self.added(board, plan, day)? {
            draft.set("added", EntryValue::text(added.to_string()));
        }
        if let Some(source) = &self.arguments.source {
            let (review, recommendation) = match source.split_once('#') {
                Some((review, recommendation)) => (review, Some(recommendation)),
                None => (source.as_str(), None),
            };
            let review = Some(("review".to_owned(), EntryValue::text(review.trim())));
            let recommendation =
                recommendation.map(|id| ("recommendation".to_owned(), EntryValue::text(id.trim())));
            let fields = review.into_iter().chain(recommendation).collect();
            draft.set("source", EntryValue::Map(fields));
        }
        let EntryValue::Map(mut fields) = draft.below(&EntryValue::Map(Vec::new())) else {
            bail!("nothing was given");
        };
        const FIRST: [&str; 5] = ["id", "title", "action", "impact", "added"];
        let rank = |name: &str| {
            let first = FIRST.iter().position(|first| *first == name);
            first.unwrap_or(FIRST.len())
        };
        fields.sort_by_key(|(name, _)| rank(name));
        Ok(EntryValue::Map(fields))
    }

    fn id(&self, plan: &Plan, parent: Parent) -> anyhow::Result<String> {
        let is_taken = |id: &str| plan.index.contains_key(id);
        if let Some(id) = &self.arguments.number {
            let id = id.trim();
            match is_taken(id) {
                true => bail!("{} has an action {id} already", plan.stem),
                false if id.is_empty() => bail!("--id is empty; leave it out for the next number"),
                false => return Ok(id.to_owned()),
            }
        }
        let objective = |action: &Action| {
            let objective = action
                .objective
                .and_then(|at| plan.objectives[at].id.as_ref());
            objective.map(|id| id.as_str())
        };
        let priority = |action: &Action| {
            let priority = action.priority.map(|at| plan.priorities[at].id.as_str());
            priority.filter(|_| action.objective.is_none())
        };
        let is_beside = |action: &&Action| match parent {
            Parent::Plan => true,
            Parent::Objective(id) => objective(action) == Some(id),
            Parent::Priority(id) => priority(action) == Some(id),
        };
        let beside = plan.actions.iter().filter(is_beside);
        let beside: Vec<&str> = beside.map(|action| action.id.as_str()).collect();
        let above = match parent {
            Parent::Plan => None,
            Parent::Objective(id) | Parent::Priority(id) => Some(id),
        };
        Ok(next_id(&beside, above, is_taken))
    }

    /// The day from which it counts: in an adopted plan or a log always one.
    fn added(&self, board: &Board, plan: &Plan, day: Day) -> anyhow::Result<Option<Day>> {
        if let Some(added) = &self.arguments.added {
            return Ok(Some(scope::when(added)?.for_board(board, self.today)?));
        }
        let counts = plan.adopted.is_some() || plan.priorities.is_empty();
        Ok(counts.then_some(day))
    }

    /// What was added, from the board as it is after, and the day asked.
    fn added_to(&self, written: WrittenBoard) -> anyhow::Result<(Added, Day)> {
        let (before, after) = (&written.before.board, &written.after.board);
        let (old, new) = (self.plan(before)?, self.plan(after)?);
        let is_new = |action: &&Action| !old.index.contains_key(action.id.as_str());
        let action = new.actions.iter().find(is_new);
        let action = action.ok_or_else(|| anyhow!("the new action is not there"))?;
        let deadline = new.baseline(action);
        let owners = new.owners(action).iter();
        let place = written.after.sources.place(action.id.at);
        let added = Added {
            dry_run: self.arguments.dry_run,
            board: after.name.clone(),
            plan: new.stem.clone(),
            id: action.id.value.to_string(),
            name: new.name(action).to_owned(),
            added: action.added.map(|added| added.value),
            who: owners.map(|id| after.group_name(id).to_owned()).collect(),
            timescale: deadline.map(|deadline| deadline.text.value.to_string()),
            due: deadline.and_then(|deadline| deadline.timescale()?.last_day()),
            written: WrittenFacts {
                file: visible(&place.path).into_owned(),
                line: place.start.line,
            },
            diff: written.diff,
        };
        Ok((added, written.day))
    }
}
