//! The draft as the board's files, laid out as the plans of this repository are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Refusal;
use super::account::Imported;
use super::understand::{
    Draft, DraftAction, DraftEntry, DraftGroup, DraftObjective, DraftPriority, DraftShared, Wishes,
    short_id,
};
use super::yaml::{Map, YamlValue, write};
use crate::calendar::Day;
use crate::words::words_of;

/// Writes the files' texts: the board, the plan, and a report for each day on which progress was given.
/// Errors: a text that no YAML file holds.
pub fn files(mut draft: Draft, name: &str, wishes: &Wishes) -> Result<Imported, Refusal> {
    let stem = stem(&draft);
    let mut files = vec![
        (
            PathBuf::from("board.yaml"),
            vec![format!(
                "The groups that {name} makes responsible, in its own words; `aka` are their other spellings there."
            )],
            board(&draft),
        ),
        (
            PathBuf::from(format!("{stem}.yaml")),
            vec![
                format!(
                    "Imported from {name}. What a cell says for several actions stands once, on their objective."
                ),
                "`owners` are a reading of the responsibilities, in the groups of board.yaml."
                    .into(),
            ],
            plan(&draft),
        ),
    ];
    for (day, map) in updates(&draft, &stem, name, wishes) {
        let path = PathBuf::from(format!("updates/{day}-import.yaml"));
        files.push((path, Vec::new(), map));
    }
    let mut words = BTreeSet::new();
    files
        .iter()
        .for_each(|(.., map)| map.collect_words(&mut words));
    let files = files
        .into_iter()
        .map(|(path, comments, map)| Ok((path, write(&comments, &map)?)))
        .collect::<Result<Vec<_>, String>>()
        .map_err(|why| Refusal(format!("{name}: {why}")))?;
    let account = std::mem::take(&mut draft.account);
    let names = files
        .iter()
        .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
        .collect();
    Ok(Imported {
        report: account.report(name, names, &words),
        files,
    })
}

/// The plan's file name: its title without the board's name, and its period.
fn stem(draft: &Draft) -> String {
    let front = &draft.front;
    let title = front.title.as_str();
    // Only a whole name at the beginning is the board's.
    let rest = title
        .strip_prefix(front.board.as_str())
        .filter(|rest| front.names_board && !rest.starts_with(char::is_alphanumeric));
    let period = front.period.clone().unwrap_or_default();
    // A calendar year is known by its number.
    let year = period.get(..4).unwrap_or_default();
    let period = if period == format!("{year}-01-01 to {year}-12-31") {
        year.to_owned()
    } else {
        period
    };
    let words: Vec<&str> = words_of(rest.unwrap_or(title))
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let kind = if draft.is_log { "log" } else { "plan" };
    let name = if words.is_empty() {
        kind.to_owned()
    } else {
        short_id(&words.join(" "), kind)
    };
    let period: String = period
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    if period.is_empty() {
        name
    } else {
        format!("{name}-{period}")
    }
}

fn board(draft: &Draft) -> Map {
    let front = &draft.front;
    let mut map = Map::default();
    map.text("board", &front.board)
        .some("short", front.short.as_ref())
        .some("kind", front.kind.as_ref())
        .some("area", front.area.as_ref());
    let mut groups = Map::default();
    for group in &draft.groups {
        groups.put(&group.id, YamlValue::Map(group_map(group)));
    }
    map.put("groups", YamlValue::Map(groups));
    map
}

fn group_map(group: &DraftGroup) -> Map {
    let mut map = Map::default();
    map.text("name", &group.name);
    if let Some(kind) = group.kind {
        map.text("kind", kind);
    }
    map.put("aka", YamlValue::Texts(group.aka.clone()));
    map
}

fn plan(draft: &Draft) -> Map {
    let front = &draft.front;
    let mut map = Map::default();
    map.text("plan", &front.title);
    map.some("period", front.period.as_ref());
    map.some("adopted", front.adopted.map(|day| day.to_string()).as_ref());
    let sections = front.sections.iter().map(|section| {
        let mut map = Map::default();
        map.text("title", &section.title)
            .some("text", section.text.as_ref());
        map
    });
    map.apart("sections", YamlValue::Maps(sections.collect()));
    map.apart(
        "threads",
        YamlValue::Map(named(
            front.threads.iter().map(|(id, text)| (id.as_str(), text)),
        )),
    );
    map.apart(
        "headings",
        YamlValue::Map(named(
            draft.headings.iter().map(|(field, text)| (*field, text)),
        )),
    );
    if draft.is_log {
        let actions = draft.actions().map(action_map);
        map.apart("actions", YamlValue::Maps(actions.collect()));
        return map;
    }
    let mut priorities: Vec<Map> = draft.priorities.iter().map(priority_map).collect();
    priorities.iter_mut().skip(1).for_each(|map| {
        map.set_apart();
    });
    map.apart("priorities", YamlValue::Maps(priorities));
    map
}

fn named<'d>(texts: impl Iterator<Item = (&'d str, &'d String)>) -> Map {
    let mut map = Map::default();
    for (name, text) in texts {
        map.text(name, text);
    }
    map
}

fn priority_map(priority: &DraftPriority) -> Map {
    let mut map = Map::default();
    map.text("id", &priority.id).text("title", &priority.title);
    map.put("outcomes", YamlValue::Items(priority.outcomes.clone()));
    let untitled = priority.objectives.iter().filter(|o| o.title.is_none());
    let actions = untitled.flat_map(|o| &o.actions).map(action_map);
    map.put("actions", YamlValue::Maps(actions.collect()));
    let titled = priority.objectives.iter().filter(|o| o.title.is_some());
    let mut objectives: Vec<Map> = titled.map(objective_map).collect();
    objectives.iter_mut().skip(1).for_each(|map| {
        map.set_apart();
    });
    map.put("objectives", YamlValue::Maps(objectives));
    map
}

fn objective_map(objective: &DraftObjective) -> Map {
    let mut map = Map::default();
    map.some("id", objective.id.as_ref())
        .some("theme", objective.theme.as_ref())
        .some("title", objective.title.as_ref())
        .some("action", objective.shared.action.as_ref());
    shared_fields(&objective.shared, true, &mut map);
    let actions = objective.actions.iter().map(action_map);
    map.put("actions", YamlValue::Maps(actions.collect()));
    map
}

fn shared_fields(shared: &DraftShared, readable: bool, map: &mut Map) {
    map.some("measure", shared.measure.as_ref())
        .some("responsibility", shared.responsibility.as_ref())
        .put("owners", YamlValue::Texts(shared.owners.clone()))
        .some("lead", shared.lead.as_ref());
    match &shared.timescale {
        Some(timescale) if readable => {
            map.text("timescale", timescale);
        }
        Some(timescale) => {
            map.put("timescale", YamlValue::Line(timescale.clone()))
                .remark_field("plan: allow unreadable-timescale: so the source has it");
        }
        None => {}
    }
    map.put("evidence", YamlValue::Texts(shared.evidence.clone()));
}

fn action_map(action: &DraftAction) -> Map {
    let mut map = Map::default();
    map.remark(action.remark.clone());
    map.text("id", &action.id)
        .some("action", action.own.action.as_ref())
        .some("impact", action.impact.as_ref());
    shared_fields(&action.own, action.readable, &mut map);
    map.some("starts", action.starts.as_ref())
        .some("added", action.added.map(|day| day.to_string()).as_ref())
        .some("note", action.note.as_ref());
    let milestones = action.milestones.iter().map(|milestone| {
        let mut map = Map::default();
        map.text("id", &milestone.id)
            .some("title", milestone.title.as_ref())
            .text("timescale", &milestone.timescale);
        map
    });
    map.put("milestones", YamlValue::Maps(milestones.collect()));
    map
}

/// The reports, by their days: entries of the columns of one time stand together.
fn updates(draft: &Draft, stem: &str, name: &str, wishes: &Wishes) -> BTreeMap<Day, Map> {
    let mut days: BTreeMap<Day, Vec<&DraftEntry>> = BTreeMap::new();
    for entry in &draft.entries {
        days.entry(entry.report).or_default().push(entry);
    }
    let file = |day: Day, entries: Vec<&DraftEntry>| {
        let mut map = Map::default();
        map.text("updates", &format!("Progress as {name} has it"))
            .text("plan", stem)
            .text("date", &day.to_string())
            .some("by", wishes.by.as_ref());
        let entries = entries.into_iter().map(|entry| entry_map(entry, day));
        map.put("entries", YamlValue::Maps(entries.collect()));
        map
    };
    days.into_iter()
        .map(|(day, entries)| (day, file(day, entries)))
        .collect()
}

fn entry_map(entry: &DraftEntry, report: Day) -> Map {
    let mut map = Map::default();
    map.text("action", &entry.action);
    if entry.date != report {
        map.text("date", &entry.date.to_string());
    }
    let says = &entry.says;
    map.some("rag", says.rag.map(|rag| rag.word().to_owned()).as_ref())
        .some(
            "status",
            says.status.map(|status| status.word().to_owned()).as_ref(),
        )
        .some("done", says.done.as_ref())
        .some("voice", says.voice.as_ref())
        .some("next", says.next.as_ref())
        .some("note", says.note.as_ref())
        .some("timescale", says.timescale.as_ref())
        .some("reason", says.reason.as_ref());
    map
}
