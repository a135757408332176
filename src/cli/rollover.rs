//! `plan rollover`.

use std::collections::HashMap;

use anyhow::{anyhow, bail};

use super::output::Exit;
use super::writing::{BoardToWrite, Mode, WrittenBoard, refuse_incomplete, refused};
use super::{Globals, scope, writing};
use crate::calendar::{Day, Period};
use crate::estate::Reading;
use crate::finding::suggest;
use crate::plan::fields::ENTRY;
use crate::plan::{Action, Board, Plan, Status, Text};
use crate::record::rollover::{CarriedAction, Carry, text};
use crate::record::{self, EntryDraft, EntryValue, FileChange};
use crate::report::Envelope;
use crate::report::rolled::{OldYearFacts, Rolled, RolledAction};
use crate::source::Source;
use crate::standing::{PlanStanding, Standing, judge};
use crate::words::file_name;
use crate::world::World;

/// Make next year's plan: what is still open is carried forward
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan rollover work-plan-2017-19 --to 2019-20 --agreed board --dry-run
  plan rollover work-plan-2017-19 --to 2019-20 --agreed board --date \"5 March 2019\" --renumber

The new plan stands beside the old one. Its actions name those that they carry on (`from`), with the timescale
and the owners in force; the old plan's get an entry each that says they are carried forward, and who agreed.
Both are written, or neither.")]
pub struct Arguments {
    /// The plan that ends: its file's name without the ending
    plan: String,
    /// The financial years of the new one, as `2019-20`
    #[arg(long = "to", id = "years", value_name = "YEARS")]
    to: String,
    /// Who agreed that they are carried forward
    #[arg(long, value_name = "GROUP")]
    agreed: String,
    /// The day on which it was agreed [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Why, as the entries give it [default: which plan they are carried into]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = super::entry_options::parse_text)]
    reason: Option<String>,
    /// Number priorities, objectives and actions anew
    #[arg(long)]
    renumber: bool,
    /// Keep priorities in which nothing is open, without actions
    #[arg(long)]
    keep_empty: bool,
    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let Some(period) = Period::parse_plan(&arguments.to) else {
        bail!(
            "\"{}\" is not a period; write financial years, as `2019-20`",
            arguments.to
        );
    };
    let home = find(&arguments.plan, globals, world)?;
    let today = scope::today(world)?;
    let job = Job {
        arguments: &arguments,
        period,
    };
    let make =
        |reading: &Reading| job.changes(reading, scope::as_of(globals, &reading.board, today)?);
    let target = BoardToWrite::open(&home, globals, world)?;
    let written = target.write(Mode::from_dry_run(arguments.dry_run), make, globals, world)?;
    let files = written.files.clone();
    let rolled = job.rolled(written)?;
    let paper = Envelope::new("rolled over", rolled.day, Vec::new(), rolled);
    let diff = paper.data.diff.as_deref();
    writing::answer(&paper, Rolled::lay_out, diff, &files, globals, world)
}

/// Finds the board that has the plan.
fn find(stem: &str, globals: &Globals, world: &mut World) -> anyhow::Result<String> {
    let boards = scope::boards(globals, world, |reading| {
        let stems = scope::stems(&reading.board);
        (reading.home, stems, reading.unread)
    })?;
    let stems: Vec<&str> = boards
        .iter()
        .flat_map(|board| &board.1)
        .map(String::as_str)
        .collect();
    let with_plan: Vec<_> = boards
        .iter()
        .filter(|board| board.1.iter().any(|name| name == stem))
        .collect();
    match with_plan[..] {
        [(home, _, unread)] => refuse_incomplete(unread).map(|()| home.clone()),
        [] => bail!(
            "there is no plan `{stem}`; {}",
            suggest(stem, &stems, "plans")
        ),
        _ => bail!("several boards have a plan `{stem}`; say which with --board"),
    }
}

struct Job<'j> {
    arguments: &'j Arguments,
    period: Period,
}

impl Job<'_> {
    /// The new plan, and the entries about the old one.
    fn changes(&self, reading: &Reading, day: Day) -> anyhow::Result<Vec<FileChange>> {
        let board = &reading.board;
        let index = board.plan(&self.arguments.plan);
        let index = index.ok_or_else(|| anyhow!("the plan is not there any more"))?;
        let plan = &board.plans[index];
        let date = match &self.arguments.date {
            None => day,
            Some(date) => scope::when(date)?.for_board(board, day)?,
        };
        // With what that day itself decides, which counts from the day after as this does.
        let standing = judge(board, date.succ());
        let open = open_on(plan, &standing.plans[index], date);
        if open.is_empty() {
            bail!(
                "nothing of {} is open on {}; there is nothing to carry forward",
                plan.stem,
                date.long()
            );
        }
        let source = reading.sources.get(plan.at.file);
        let stem = self.stem(plan);
        let folder = source.key.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = record::home_key(folder, &format!("{stem}.yaml"));
        let carry = self.carry(plan, &open);
        let after = text(&source.text, &carry).ok_or_else(|| {
            anyhow!(
                "{} could not be carried forward: its text cannot be taken apart safely",
                source.path
            )
        })?;
        let mut changes = Vec::new();
        match reading
            .sources
            .find(&key)
            .map(|file| reading.sources.get(file))
        {
            // It was killed after the first of two files, and is finished now.
            Some(known) if known.text == after => {}
            Some(known) => bail!("{} is there already, and says something else", known.path),
            None => changes.push(FileChange {
                key,
                before: None,
                after,
                entries: Vec::new(),
                removed: 0,
            }),
        }
        let drafts = open.iter().map(|(action, _)| {
            let new = carry
                .actions
                .get(action.id.as_str())
                .map_or("", |carried| &carried.id);
            self.entry(action, plan, &format!("{stem}#{new}"), date, reading)
        });
        let drafts = drafts.collect::<anyhow::Result<Vec<EntryDraft>>>()?;
        changes.push(record::updates(reading, &drafts, None).map_err(refused)?);
        Ok(changes)
    }

    /// The new plan's stem: the old one's with the new years in place of the old.
    fn stem(&self, plan: &Plan) -> String {
        let to = file_name(&self.arguments.to);
        match plan.period.map(|period| period.to_string()) {
            Some(old) if plan.stem.contains(&old) => plan.stem.replace(&old, &to),
            _ => format!("{}-{to}", plan.stem),
        }
    }

    fn carry(&self, plan: &Plan, open: &[(&Action, &Standing)]) -> Carry {
        let renumbered = if self.arguments.renumber {
            renumber(plan, open)
        } else {
            Renumbered::default()
        };
        let old = plan
            .period
            .map(|period| period.to_string())
            .unwrap_or_default();
        let title = if old.is_empty() {
            plan.title.value.to_string()
        } else {
            plan.title.replace(&old, &self.arguments.to)
        };
        let actions = open.iter().enumerate().map(|(at, (action, standing))| {
            let new = renumbered.actions.get(at).cloned();
            let id = new.unwrap_or_else(|| action.id.value.to_string());
            (
                action.id.value.to_string(),
                carried(plan, action, standing, id),
            )
        });
        Carry {
            head: vec![
                format!("# Carried forward from {}: what was open there. `from` names the action that each", plan.stem),
                "# carries on; `plan show ID` shows the history of both.".into(),
                "# plan: allow not-adopted: a draft; when the board adopts it, give its day and delete this line".into(),
            ],
            stem: plan.stem.clone(),
            title,
            period: self.arguments.to.trim().to_owned(),
            actions: actions.collect(),
            ids: renumbered.groups,
            keep_empty: self.arguments.keep_empty,
        }
    }

    /// The old plan's entry about an action that is carried forward.
    fn entry(
        &self,
        action: &Action,
        plan: &Plan,
        into: &str,
        date: Day,
        reading: &Reading,
    ) -> anyhow::Result<EntryDraft> {
        let mut draft = EntryDraft::new(&ENTRY);
        let reason = match &self.arguments.reason {
            Some(reason) => reason.clone(),
            None => format!("Carried on as {into}."),
        };
        let agreed = self.arguments.agreed.clone();
        draft.set("plan", EntryValue::text(&*plan.stem));
        draft.set("date", EntryValue::text(date.to_string()));
        draft.set("action", EntryValue::text(action.id.as_str()));
        draft.set("status", EntryValue::text(Status::CarriedForward.word()));
        for (name, words) in [
            ("reason", reason),
            ("agreed", agreed.clone()),
            ("by", agreed),
        ] {
            draft
                .give(name, &[words], &reading.board)
                .map_err(refused)?;
        }
        Ok(draft)
    }

    /// What was done, from the board as it is after.
    fn rolled(&self, written: WrittenBoard) -> anyhow::Result<Rolled> {
        let board = &written.after.board;
        let old = board.plan(&self.arguments.plan).map(|at| &board.plans[at]);
        let old = old.ok_or_else(|| anyhow!("the plan is not there any more"))?;
        let stem = self.stem(old);
        let new = board.plan(&stem).map(|at| &board.plans[at]);
        let new = new.ok_or_else(|| anyhow!("the new plan is not there"))?;
        let begins = self.period.first;
        let was_due = was_due(&written.before.board, &old.stem, written.day);
        let carried = new.actions.iter().map(|action| {
            let timescale = new.baseline(action);
            let milestones = action.milestones.iter();
            let milestones = milestones.filter_map(|milestone| milestone.timescale.as_ref());
            let all = timescale.into_iter().chain(milestones);
            let due = all
                .filter_map(|deadline| deadline.timescale()?.last_day())
                .min();
            let from = action.from.as_ref().map(|from| from.value.to_string());
            let was = from.as_ref().and_then(|from| was_due.get(from).copied());
            RolledAction {
                id: action.id.value.to_string(),
                timescale: timescale.map(|deadline| deadline.text.value.to_string()),
                due,
                before_it_begins: due.is_some_and(|day| day < begins),
                was_due: was.filter(|was| due.is_some_and(|due| due != *was)),
                from,
            }
        });
        Ok(Rolled {
            dry_run: self.arguments.dry_run,
            board: board.name.clone(),
            ends: (old.period.map(|period| period.last)).filter(|&last| written.day < last),
            from: old.stem.clone(),
            plan: stem,
            of: old.actions.len(),
            actions: carried.collect(),
            old_years: old_years(
                old.period,
                self.period,
                written.after.sources.get(new.at.file),
            ),
            files: written.files,
            diff: written.diff,
            day: written.day,
        })
    }
}

/// The texts of the new plan that name a year of the old one's which is not its own.
fn old_years(old: Option<Period>, new: Period, source: &Source) -> Vec<OldYearFacts> {
    let years = |period: Period| period.first.year()..=period.last.year();
    let old = old.into_iter().flat_map(years);
    let over = old.filter(|year| !years(new).contains(year)).collect();
    let texts = record::old_years::old_years(&source.text, &over).into_iter();
    let facts = texts.map(|text| OldYearFacts {
        line: source.position(text.at).line,
        whose: text.whose,
        field: text.field,
        words: text.words,
    });
    facts.collect()
}

/// The actions of a plan that are open, of those that were there on a day.
fn open_on<'b>(
    plan: &'b Plan,
    standing: &'b PlanStanding<'b>,
    date: Day,
) -> Vec<(&'b Action, &'b Standing<'b>)> {
    let actions = plan.actions.iter().zip(&standing.actions);
    let is_there = |action: &Action| action.added.is_none_or(|added| added.value <= date);
    actions
        .filter(|(action, _)| is_there(action))
        .filter_map(|(action, standing)| Some((action, standing.as_ref()?)))
        .filter(|(_, standing)| standing.status.is_open())
        .collect()
}

/// The days on which the open actions of a plan are due, as `PLAN#ID`; those with milestones apart.
fn was_due(board: &Board, stem: &str, day: Day) -> HashMap<String, Day> {
    let standing = judge(board, day);
    let plans = board.plans.iter().zip(&standing.plans);
    let old_plan = plans.filter(|(plan, _)| plan.stem == stem);
    let actions = old_plan.flat_map(|(plan, standing)| plan.actions.iter().zip(&standing.actions));
    let due = actions.filter_map(|(action, standing)| {
        let deadline = standing.as_ref()?.timescale?;
        let day = deadline.timescale()?.last_day()?;
        let name = format!("{stem}#{}", action.id);
        action.milestones.is_empty().then_some((name, day))
    });
    due.collect()
}

/// What goes on of an action: its promise in force.
fn carried(plan: &Plan, action: &Action, standing: &Standing, id: String) -> CarriedAction {
    let ids =
        |owners: &[Text]| -> Vec<String> { owners.iter().map(|id| id.value.to_string()).collect() };
    let given = plan.baseline(action).map(|deadline| &deadline.text.value);
    let in_force = standing.timescale.map(|deadline| &deadline.text.value);
    let owners = ids(standing.owners);
    let milestones = action.milestones.iter().zip(&standing.milestones);
    let milestones = milestones.filter(|(_, standing)| standing.status.is_open());
    let milestones = milestones.map(|(milestone, standing)| {
        let old = milestone.id.as_str();
        let new = match old.strip_prefix(action.id.as_str()) {
            Some(rest) => format!("{id}{rest}"),
            None => old.to_owned(),
        };
        let given = milestone
            .timescale
            .as_ref()
            .map(|deadline| &deadline.text.value);
        let in_force = standing.timescale.map(|deadline| &deadline.text.value);
        let carried = CarriedAction {
            id: new,
            timescale: in_force
                .filter(|_| in_force != given)
                .map(ToString::to_string),
            ..CarriedAction::default()
        };
        (old.to_owned(), carried)
    });
    CarriedAction {
        milestones: milestones.collect(),
        timescale: in_force
            .filter(|_| in_force != given && action.milestones.is_empty())
            .map(ToString::to_string),
        owners: Some(owners).filter(|owners| *owners != ids(plan.owners(action))),
        id,
    }
}

/// New ids: of the open actions in their order, and of priorities and objectives by their old ones.
#[derive(Default)]
struct Renumbered {
    actions: Vec<String>,
    groups: HashMap<String, String>,
}

/// Numbers what goes on anew: 1, 1.1, 1.1.1.
fn renumber(plan: &Plan, open: &[(&Action, &Standing)]) -> Renumbered {
    let mut new = Renumbered::default();
    let (mut priority, mut objective, mut action) = (0, 0, 0);
    let (mut of_priority, mut of_objective) = (None, None);
    for (old_action, _) in open {
        if of_priority != Some(old_action.priority) {
            (of_priority, of_objective) = (Some(old_action.priority), None);
            (priority, objective, action) = (priority + 1, 0, 0);
            if let Some(old) = plan.priority_of(old_action) {
                new.groups
                    .insert(old.id.value.to_string(), priority.to_string());
            }
        }
        if let Some(at) = old_action.objective
            && of_objective != Some(at)
        {
            of_objective = Some(at);
            (objective, action) = (objective + 1, 0);
            if let Some(old) = &plan.objectives[at].id {
                new.groups
                    .insert(old.value.to_string(), format!("{priority}.{objective}"));
            }
        }
        action += 1;
        new.actions
            .push(match (old_action.priority, old_action.objective) {
                (_, Some(_)) => format!("{priority}.{objective}.{action}"),
                (Some(_), None) => format!("{priority}.{action}"),
                (None, None) => action.to_string(),
            });
    }
    new
}
