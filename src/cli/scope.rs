//! What a command looks at: which estate, which boards, which day, which actions.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::Datelike;

use super::progress::Progress;
use super::{Filters, Globals};
use crate::calendar::Day;
use crate::document::visible;
use crate::estate::{Estate, Reading};
use crate::finding::suggest;
use crate::plan::{Board, Id, Plan, WHOLE_BOARD};
use crate::select::{ActionMark, AskedName, Filter};
use crate::timescale;
use crate::world::World;

/// The estate that is asked about: its folder, and how messages name it.
#[derive(Debug)]
pub struct Root {
    pub path: PathBuf,
    pub shown: String,
}

/// A day that the user named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    On(Day),
    Today,
    LastMeeting,
    NextMeeting,
}

impl NamedDay {
    /// The day, for one board; a meeting is counted from `today`.
    pub fn for_board(self, board: &Board, today: Day) -> anyhow::Result<Day> {
        let schedule = board.schedule(WHOLE_BOARD);
        let (word, found) = match self {
            NamedDay::On(day) => return Ok(day),
            NamedDay::Today => return Ok(today),
            NamedDay::LastMeeting => ("last", schedule.and_then(|s| s.last_before(today))),
            NamedDay::NextMeeting => ("next", schedule.and_then(|s| s.next_after(today))),
        };
        found.ok_or_else(|| {
            anyhow!(
                "no {word} meeting of {} is known; name a day, choose another board with --board, or give `meetings: {{board: …}}` in \
                 its board.yaml",
                board.name
            )
        })
    }
}

/// The earlier day that an answer about a day compares with.
pub fn since(when: NamedDay, board: &Board, day: Day) -> anyhow::Result<Day> {
    let since = when.for_board(board, day)?;
    if since > day {
        bail!("--since names a day after the one that is asked about");
    }
    Ok(since)
}

/// Reads a day as a person writes it.
pub fn when(text: &str) -> anyhow::Result<NamedDay> {
    let word = text.trim().to_lowercase().replace([' ', '_'], "-");
    match word.as_str() {
        "last-meeting" => Ok(NamedDay::LastMeeting),
        "next-meeting" => Ok(NamedDay::NextMeeting),
        "today" => Ok(NamedDay::Today),
        _ => match timescale::parse_date(text) {
            Ok(day) => Ok(NamedDay::On(day)),
            Err(bad) => bail!("{}; {}", bad.message, bad.help),
        },
    }
}

/// Today, from the world: the only clock.
pub fn today(world: &World) -> anyhow::Result<Day> {
    day_of((world.today)())
}

/// Today for an answer about boards. No clock is looked at where the user names a day, which stands for it.
pub fn today_unless_named(globals: &Globals, world: &World) -> anyhow::Result<Day> {
    match globals.as_of.as_deref().map(when) {
        Some(Ok(NamedDay::On(day))) => Ok(day),
        _ => today(world),
    }
}

/// A day of the machine's clock as a day of the calendar.
pub fn day_of(today: chrono::NaiveDate) -> anyhow::Result<Day> {
    Day::new(today.year(), today.month(), today.day())
        .ok_or_else(|| anyhow!("the machine's clock says {today}; name the day with --as-of"))
}

/// The day that a board is asked about.
pub fn as_of(globals: &Globals, board: &Board, today: Day) -> anyhow::Result<Day> {
    match &globals.as_of {
        None => Ok(today),
        Some(text) => when(text)?.for_board(board, today),
    }
}

/// The one day of an answer about several boards.
pub fn common_day(days: impl IntoIterator<Item = Day>, today: Day) -> anyhow::Result<Day> {
    let mut days = days.into_iter();
    let Some(first) = days.next() else {
        return Ok(today);
    };
    match days.find(|&day| day != first) {
        None => Ok(first),
        Some(_) => bail!("the boards' meetings fall on different days; choose one with --board"),
    }
}

/// The folder that the user names for all boards: by `--plans`, else by `PLAN_ROOT`.
pub fn named_root(globals: &Globals, world: &World) -> Option<PathBuf> {
    globals.plans.clone().or_else(|| {
        let variable = (world.environment)("PLAN_ROOT")?;
        (!variable.is_empty()).then(|| PathBuf::from(variable))
    })
}

/// Finds the folder that holds the boards.
pub fn root(globals: &Globals, world: &World) -> anyhow::Result<Root> {
    if let Some(named) = named_root(globals, world) {
        let path = world.directory.join(&named);
        if !path.is_dir() {
            bail!("{} is not a folder", named.display());
        }
        return Ok(Root {
            path,
            shown: slashes(&named),
        });
    }
    for (up, folder) in world.directory.ancestors().enumerate() {
        let path = folder.join("plans");
        if path.is_dir() {
            return Ok(Root {
                path,
                shown: "../".repeat(up) + "plans",
            });
        }
        // Standing inside the folder itself is as good.
        if folder.file_name().is_some_and(|name| name == "plans") {
            let shown = match up {
                0 => ".".to_owned(),
                up => "../".repeat(up).trim_end_matches('/').to_owned(),
            };
            return Ok(Root {
                path: folder.to_owned(),
                shown,
            });
        }
    }
    bail!(
        "there is no `plans` folder here or above; name the folder that holds the boards with \
         --plans DIR, or set PLAN_ROOT"
    )
}

/// Whether the working directory is, or lies in, a folder of plans.
pub fn is_inside_plans(world: &World) -> bool {
    let mut folders = world.directory.ancestors();
    folders.any(|folder| folder.file_name().is_some_and(|name| name == "plans"))
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    match text.trim_end_matches('/') {
        "" => "/".into(),
        text => text.to_owned(),
    }
}

/// Reads the boards that are asked for and gives each to `judge`.
pub fn boards<R: Send>(
    globals: &Globals,
    world: &mut World,
    judge: impl Fn(Reading) -> R + Sync,
) -> anyhow::Result<Vec<R>> {
    boards_in(None, globals, world, judge)
}

/// The same, where only some folders straight below the estate matter.
pub fn boards_in<R: Send>(
    folders: Option<&[String]>,
    globals: &Globals,
    world: &mut World,
    judge: impl Fn(Reading) -> R + Sync,
) -> anyhow::Result<Vec<R>> {
    let read = read_boards(folders, globals, world, |reading| {
        let files: Vec<String> = if globals.verbose {
            reading
                .sources
                .iter()
                .map(|(_, file)| file.path.to_string())
                .collect()
        } else {
            Vec::new()
        };
        (judge(reading), files)
    })?;
    let mut judged = Vec::new();
    for (result, files) in read {
        for file in files {
            writeln!(world.stderr, "read {}", visible(&file))?;
        }
        judged.push(result);
    }
    Ok(judged)
}

/// Judges one board: the one that `--board` names, else the estate's only one.
pub fn one_board<R: Send>(
    globals: &Globals,
    world: &mut World,
    judge: impl Fn(Reading) -> R + Sync,
) -> anyhow::Result<R> {
    let mut found = boards(globals, world, |reading| {
        (reading.board.name.clone(), judge(reading))
    })?;
    if found.len() > 1 {
        let names: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
        bail!("say which board it is, with --board: {}", names.join(", "));
    }
    let only = found.pop().map(|(_, judged)| judged);
    only.ok_or_else(|| anyhow!("there is no board"))
}

fn read_boards<R: Send>(
    folders: Option<&[String]>,
    globals: &Globals,
    world: &World,
    judge: impl Fn(Reading) -> R + Sync,
) -> anyhow::Result<Vec<R>> {
    let root = root(globals, world)?;
    let progress = Progress::new(globals, world);
    let name = globals.board.as_deref();
    // Each board's answer, or the name of a board that was not asked for.
    let ask = |estate: &Estate, by_folder: bool| {
        estate.each(|reading| {
            let board = &reading.board;
            let is_named = name.is_none_or(|name| is_called(board, name));
            if !is_named || (by_folder && board.at.is_none()) {
                return Err(reading.board.name);
            }
            let judged = judge(reading);
            progress.step();
            Ok(judged)
        })
    };
    // Most often the name is the folder's, and nothing else need be read.
    let folder = name.map(|name| name.trim_end_matches('/'));
    let estate = folder.and_then(|name| Estate::one_folder(&root.path, &root.shown, name));
    if let Some(estate) = estate {
        let found: Vec<R> = ask(&estate, true).into_iter().flatten().collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let estate = Estate::open(&root.path, &root.shown).map_err(|error| anyhow!(error.0))?;
    let estate = match folders {
        Some(folders) => estate.limited(folders),
        None => estate,
    };
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for answer in ask(&estate, false) {
        match answer {
            Ok(judged) => found.push(judged),
            Err(other) => others.push(other),
        }
    }
    if found.is_empty() {
        return Err(no_board(&root, name, &others));
    }
    Ok(found)
}

/// What to say where no board was found.
fn no_board(root: &Root, name: Option<&str>, others: &[String]) -> anyhow::Error {
    let shown = &root.shown;
    let Some(name) = name else {
        return anyhow!(
            "{shown} holds no board and no plan: a board is a folder with a `board.yaml`"
        );
    };
    let names: Vec<&str> = others.iter().map(String::as_str).collect();
    let help = suggest(name, &names, "boards");
    anyhow!("{shown} holds no board `{name}`; {help}")
}

/// Whether a board is meant by a name: its folder's, its short one or its full one.
pub fn is_called(board: &Board, name: &str) -> bool {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let names = [board.short.as_deref(), board.title.as_deref()];
    board.name == name.trim_end_matches('/') || names.into_iter().flatten().any(same)
}

/// The plans that are asked for; an error where no board has the one that was named.
pub fn check_plan(globals: &Globals, stems: &[String], unread: &[String]) -> anyhow::Result<()> {
    if let Some(name) = &globals.plan
        && !stems.contains(name)
    {
        let mut names: Vec<&str> = stems.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let plans = suggest(name, &names, "plans");
        bail!("there is no plan `{name}`; {plans}{}", incomplete(unread));
    }
    Ok(())
}

/// What an answer that finds nothing must say of files that could not be read.
pub fn incomplete(unread: &[String]) -> String {
    let lines = unread
        .iter()
        .map(|file| format!("\nINCOMPLETE: {file} could not be read; `plan validate` says why"));
    lines.collect()
}

/// What was asked for by name, with what each board says of it; an error where none has it: a
/// misspelt name must not look like good news.
pub fn check_names(asked: &[Vec<AskedName>]) -> anyhow::Result<()> {
    for (index, first) in asked.first().into_iter().flatten().enumerate() {
        let of_all = || asked.iter().map(|board| &board[index]);
        if of_all().any(|asked| asked.known) {
            continue;
        }
        let mut names: Vec<&str> = of_all()
            .flat_map(|asked| &asked.candidates)
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.dedup();
        let (what, name) = (first.what, &first.name);
        bail!(
            "there is no {what} `{name}`; {}",
            suggest(name, &names, "names")
        );
    }
    Ok(())
}

pub fn stems(board: &Board) -> Vec<String> {
    let stem = |plan: &Plan| plan.stem.clone();
    board.plans.iter().map(stem).collect()
}

/// An objective or a priority of that id, and its actions.
pub fn other(board: &Board, id: &str) -> Option<String> {
    board.plans.iter().find_map(|plan| {
        let named = |given: &Option<Id>| given.as_ref().is_some_and(|given| given.as_str() == id);
        let objective = plan
            .objectives
            .iter()
            .position(|objective| named(&objective.id));
        let priority = plan
            .priorities
            .iter()
            .position(|priority| priority.id.as_str() == id);
        let what = match (objective, priority) {
            (Some(_), _) => "an objective",
            (None, Some(_)) => "a priority",
            (None, None) => return None,
        };
        let below = plan.actions.iter().filter(|action| match objective {
            Some(at) => action.objective == Some(at),
            None => priority.is_some() && action.priority == priority,
        });
        let ids: Vec<&str> = below.map(|action| action.id.as_str()).collect();
        Some(format!("it is {what}, with the actions {}", ids.join(", ")))
    })
}

/// A file that the user names, by its path from the estate.
pub fn key(path: &Path, globals: &Globals, world: &World) -> anyhow::Result<String> {
    let root = root(globals, world)?.path.canonicalize()?;
    let full = world.directory.join(path);
    let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else {
        bail!("{} is not the name of a file", path.display());
    };
    // Its folder may have to be made; the file itself may be a link, which the writer refuses.
    let known = folder
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(folder);
    let rest = folder.strip_prefix(known).unwrap_or(Path::new(""));
    let real = known.canonicalize()?.join(rest).join(name);
    let ending = real.extension().unwrap_or_default().to_ascii_lowercase();
    if ending != "yaml" && ending != "yml" {
        bail!("{} does not end in .yaml", path.display());
    }
    // What is hidden is not read either.
    let plain = |part: &std::path::Component| match part {
        std::path::Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    };
    match real.strip_prefix(&root) {
        Ok(inside) if inside.components().all(|part| plain(&part)) => {
            Ok(inside.to_string_lossy().replace('\\', "/"))
        }
        _ => bail!(
            "{} is not below the folder that holds the boards, or is hidden there",
            path.display()
        ),
    }
}

impl Filters {
    /// The filter that the options make.
    pub fn filter(&self, globals: &Globals) -> Filter {
        let marks = [
            (self.overdue, ActionMark::Overdue),
            (self.due_soon, ActionMark::DueSoon),
            (self.unreported, ActionMark::Unreported),
            (self.overrated, ActionMark::OverRated),
            (self.slipped, ActionMark::Slipped),
            (self.asked, ActionMark::Asked),
            (self.escalated, ActionMark::Escalated),
            (self.disagreed, ActionMark::Disagreed),
        ];
        Filter {
            plan: globals.plan.clone(),
            priorities: self.priority.clone(),
            owners: self.owner.clone(),
            rags: self.rag.clone(),
            statuses: self.status.clone(),
            threads: self.thread.clone(),
            text: self.text.clone(),
            due_before: self.due_before,
            marks: (marks.into_iter())
                .filter_map(|(asked, mark)| asked.then_some(mark))
                .collect(),
        }
    }
}
