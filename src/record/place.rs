//! Which file an entry goes to.

use std::collections::BTreeMap;

use super::draft::{DEFAULTS, EntryDraft};
use super::value::EntryValue;
use super::{FileChange, Refused, append, challenge, create};
use crate::calendar::Day;
use crate::estate::Reading;
use crate::plan::{FileKind, kind_of, stem};
use crate::source::{FileId, Source};
use crate::words::file_name;
use crate::yaml;

/// The folder of a board, from the estate, and a path below it.
pub fn home_key(home: &str, path: &str) -> String {
    match home {
        "" => path.to_owned(),
        home => format!("{home}/{path}"),
    }
}

/// Refuses a file that the board would not read.
fn is_its_own(reading: &Reading, key: &str) -> Result<(), Refused> {
    let rest = match reading.home.as_str() {
        "" => Some(key),
        home => key
            .strip_prefix(home)
            .and_then(|rest| rest.strip_prefix('/')),
    };
    match rest {
        Some(_) => Ok(()),
        None => Err(Refused(format!(
            "{key} is not in the folder of {}",
            reading.board.name
        ))),
    }
}

/// Entries of updates, in the file of their day and group, which is made if there is none; `file` names
/// another, by its path from the estate. All entries go to the file of the first.
pub fn updates(
    reading: &Reading,
    drafts: &[EntryDraft],
    file: Option<&str>,
) -> Result<FileChange, Refused> {
    let Some(first) = drafts.first() else {
        return Err(Refused("there is nothing to record".into()));
    };
    let (date, by) = (first.words("date"), first.words("by"));
    let key = match file {
        Some(key) => Some(key.to_owned()),
        None => of_day_and_group(reading, date, by),
    };
    let key = key.unwrap_or_else(|| {
        let parts = [date, by].into_iter().flatten().collect::<Vec<_>>();
        home_key(
            &reading.home,
            &format!("updates/{}.yaml", file_name(&parts.join("-"))),
        )
    });
    is_its_own(reading, &key)?;
    let Some(source) = source(reading, &key) else {
        let mut head = vec![(
            "updates".to_owned(),
            EntryValue::text(title(reading, date, by)),
        )];
        for name in ["plan", "date", "by"] {
            head.extend(
                first
                    .get(name)
                    .map(|value| (name.to_owned(), value.clone())),
            );
        }
        let entries = below(drafts, &EntryValue::Map(head.clone()));
        return create(&key, &head, &entries);
    };
    if kind(source) != Some(FileKind::Updates) {
        return Err(Refused(format!("{} is no file of updates", source.path)));
    }
    add(source, drafts)
}

/// Entries of the challenge log: of the one that has the first entry's challenge, else of the board's first
/// log, else of a new one; `file` names another, by its path from the estate.
pub fn log(
    reading: &Reading,
    drafts: &[EntryDraft],
    file: Option<&str>,
) -> Result<FileChange, Refused> {
    let id = drafts.first().and_then(|draft| draft.words("challenge"));
    let known = id.and_then(|id| challenge::standing(&reading.board, id).first);
    let known = known.map(|entry| reading.sources.get(entry.at.file).key.clone());
    let mut logs = reading.sources.iter().map(|(_, source)| source);
    let mut first = || logs.find(|source| kind(source) == Some(FileKind::Challenges));
    let key = (file.map(str::to_owned).or(known))
        .or_else(|| first().map(|source| source.key.clone()))
        .unwrap_or_else(|| home_key(&reading.home, "challenges.yaml"));
    is_its_own(reading, &key)?;
    match source(reading, &key) {
        Some(source) if kind(source) == Some(FileKind::Challenges) => add(source, drafts),
        Some(source) => Err(Refused(format!("{} is no challenge log", source.path))),
        None => {
            let plan = drafts.first().and_then(|draft| draft.get("plan"));
            let mut head = vec![("challenges".to_owned(), EntryValue::text("Challenge log"))];
            head.extend(plan.map(|plan| ("plan".to_owned(), plan.clone())));
            let entries = below(drafts, &EntryValue::Map(head.clone()));
            create(&key, &head, &entries)
        }
    }
}

/// Refuses an entry that a file of its kind says already, word for word: a command that is given twice, for
/// its first answer was not seen, records once. The fields that are left out of the comparison are named.
pub fn refuse_again(
    reading: &Reading,
    draft: &EntryDraft,
    without: &[&str],
) -> Result<(), Refused> {
    let entry = draft.below(&EntryValue::Map(Vec::new()));
    let date = draft.words("date").unwrap_or_default();
    let sources = reading.sources.iter().map(|(_, source)| source);
    let known = sources
        .filter(|source| !source.key.ends_with(".csv") && source.text.contains(date))
        .find_map(|source| Some((source, recorded(source, &entry, without)?)));
    match known {
        None => Ok(()),
        Some((source, line)) => Err(Refused(format!(
            "this is recorded already, word for word, in {}:{line}; --again records it once more",
            source.path
        ))),
    }
}

/// The line of a file's entry that says the same as another.
fn recorded(source: &Source, entry: &EntryValue, without: &[&str]) -> Option<usize> {
    let tree = yaml::read(&source.text).ok()?;
    let root = tree.root(&source.text);
    let head = EntryValue::from_node(root);
    let (_, entries) = root
        .pairs()
        .find(|(key, _)| key.text().map(str::trim) == Some("entries"))?;
    let fields = |value: &EntryValue,
                  inherited: Option<&EntryValue>|
     -> Option<BTreeMap<String, EntryValue>> {
        let EntryValue::Map(given_here) = value else {
            return None;
        };
        let given = |name: &&str| Some(((*name).to_owned(), inherited?.field(name)?.clone()));
        let mut all: BTreeMap<String, EntryValue> = DEFAULTS.iter().filter_map(given).collect();
        all.extend(given_here.iter().cloned());
        all.retain(|name, _| !without.contains(&name.as_str()));
        Some(all)
    };
    let meant = fields(entry, None)?;
    let mut items = entries.items();
    let same = items
        .find(|item| fields(&EntryValue::from_node(*item), Some(&head)).as_ref() == Some(&meant))?;
    Some(source.position(same.range().0 as usize).line)
}

fn add(source: &Source, drafts: &[EntryDraft]) -> Result<FileChange, Refused> {
    append(&source.key, &source.text, &below(drafts, &head(source)))
}

/// The entries as they stand below a file's head.
fn below(drafts: &[EntryDraft], head: &EntryValue) -> Vec<EntryValue> {
    drafts.iter().map(|draft| draft.below(head)).collect()
}

fn source<'r>(reading: &'r Reading, key: &str) -> Option<&'r Source> {
    Some(reading.sources.get(reading.sources.find(key)?))
}

/// What a file gives once for all its entries.
fn head(source: &Source) -> EntryValue {
    match yaml::read(&source.text) {
        Ok(tree) => EntryValue::from_node(tree.root(&source.text)),
        Err(_) => EntryValue::Map(Vec::new()),
    }
}

fn kind(source: &Source) -> Option<FileKind> {
    let tree = yaml::read(&source.text).ok()?;
    kind_of(FileId::default(), tree.root(&source.text)).ok()
}

/// The updates file of a day and a group: by its name, else by what it says of itself.
fn of_day_and_group(reading: &Reading, date: Option<&str>, by: Option<&str>) -> Option<String> {
    let says = |source: &Source| {
        let head = head(source);
        head.words("date") == date && head.words("by") == by
    };
    let files = reading.sources.iter().map(|(_, source)| source);
    let mut same_head: Vec<&Source> = files
        .filter(|source| !source.key.ends_with(".csv"))
        .filter(|source| source.text.contains(date.unwrap_or_default()))
        .filter(|source| kind(source) == Some(FileKind::Updates) && says(source))
        .collect();
    let usual = |source: &&Source| {
        let parts = [date, by].into_iter().flatten().collect::<Vec<_>>();
        stem(&source.key) != file_name(&parts.join("-"))
    };
    same_head.sort_by_key(usual);
    same_head.first().map(|source| source.key.clone())
}

/// What a new file of updates is called: "VEMT Subgroup return, 16 January 2018".
fn title(reading: &Reading, date: Option<&str>, by: Option<&str>) -> String {
    let day = date
        .and_then(Day::parse_iso)
        .map(Day::long)
        .unwrap_or_default();
    match by {
        Some(by) => format!("{} return, {day}", reading.board.group_name(by)),
        None => format!("Updates, {day}"),
    }
}
