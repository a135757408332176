//! Next year's plan out of this year's: what is open is carried forward, the rest left out.
//!
//! The new plan is said twice: as a value, by [`next`], and as the old file's text with lines taken out
//! and put in, which keeps its comments and its form. Only where the text says exactly the value is it
//! taken; else the value is written out afresh.

use std::collections::HashMap;

use super::layout::line_end;
use super::lines;
use super::patches::Patches;
use super::value::EntryValue;
use crate::edit;
use crate::yaml::scalar;
use crate::yaml::{self, Node};

/// What becomes of an old plan.
#[derive(Debug)]
pub struct Carry {
    /// The old plan's stem: what `from` names.
    pub stem: String,
    pub title: String,
    pub period: String,
    /// The comment at the head of the new file, in lines.
    pub head: Vec<String>,
    /// The actions that go on, by their old ids.
    pub actions: HashMap<String, CarriedAction>,
    /// New ids of priorities and objectives, by their old ones.
    pub ids: HashMap<String, String>,
    /// Whether priorities with nothing open stay, without actions.
    pub keep_empty: bool,
}

/// An action that goes on.
#[derive(Clone, Debug, Default)]
pub struct CarriedAction {
    pub id: String,
    /// Its timescale in force, where that is not what the old plan gives.
    pub timescale: Option<String>,
    /// The owners in force, where these differ from those that the old plan gives.
    pub owners: Option<Vec<String>>,
    /// The milestones that are open, by their old ids.
    pub milestones: HashMap<String, CarriedAction>,
}

/// What stands on lines of its own in a file that is made anew.
const STEP: usize = super::layout::STEP;

/// The new plan's text.
pub fn text(old: &str, carry: &Carry) -> Option<String> {
    let tree = yaml::read(old).ok()?;
    let root = tree.root(old);
    let expected = carry.plan(&EntryValue::from_node(root))?;
    let mut cutter = Cutter {
        out: Patches::new(old, &tree),
        carry,
    };
    let cut = cutter
        .plan(root)
        .and_then(|()| edit::apply(old, &cutter.out.patches).ok());
    let says = |text: &str| {
        let tree = yaml::read(text).ok()?;
        Some(EntryValue::from_node(tree.root(text)))
    };
    if let Some(text) = cut.filter(|text| says(text).as_ref() == Some(&expected)) {
        return Some(text);
    }
    let EntryValue::Map(fields) = &expected else {
        return None;
    };
    let mut written = carry.head.clone();
    written.extend(lines::block(fields, 0, STEP));
    let text = written.join("\n") + "\n";
    (says(&text).as_ref() == Some(&expected)).then_some(text)
}

/// Fields of a plan and an action that are the old plan's alone.
const LEFT: [&str; 2] = ["adopted", "added"];

impl Carry {
    /// What the new plan says.
    fn plan(&self, old: &EntryValue) -> Option<EntryValue> {
        let EntryValue::Map(fields) = old else {
            return None;
        };
        let fields = fields
            .iter()
            .filter(|(name, _)| !LEFT.contains(&name.as_str()));
        let fields = fields.map(|(name, value)| {
            let value = match (name.as_str(), value) {
                ("plan", _) => EntryValue::text(&*self.title),
                ("period", _) => EntryValue::text(&*self.period),
                ("priorities", EntryValue::List(items)) => EntryValue::List(
                    items
                        .iter()
                        .filter_map(|item| self.group(item, true))
                        .collect(),
                ),
                // The actions of a log.
                ("actions", EntryValue::List(items)) => {
                    EntryValue::List(items.iter().filter_map(|item| self.action(item)).collect())
                }
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        Some(EntryValue::Map(fields.collect()))
    }

    /// A priority or an objective with what goes on of it; nothing where nothing does.
    fn group(&self, old: &EntryValue, is_priority: bool) -> Option<EntryValue> {
        let EntryValue::Map(fields) = old else {
            return None;
        };
        let mut open = false;
        let mut kept = Vec::new();
        for (name, value) in fields {
            let below: Option<Vec<EntryValue>> = match (name.as_str(), value) {
                ("objectives", EntryValue::List(items)) => Some(
                    items
                        .iter()
                        .filter_map(|item| self.group(item, false))
                        .collect(),
                ),
                ("actions", EntryValue::List(items)) => {
                    Some(items.iter().filter_map(|item| self.action(item)).collect())
                }
                _ => None,
            };
            match (below, value) {
                (Some(items), _) if items.is_empty() => {}
                (Some(items), _) => {
                    open = true;
                    kept.push((name.clone(), EntryValue::List(items)));
                }
                (None, EntryValue::Text(id)) if name == "id" => {
                    kept.push((name.clone(), EntryValue::text(self.new_id(id))));
                }
                (None, value) => kept.push((name.clone(), value.clone())),
            }
        }
        (open || (is_priority && self.keep_empty)).then_some(EntryValue::Map(kept))
    }

    /// Whether nothing of a priority goes on.
    fn group_is_empty(&self, item: Node) -> bool {
        let kept = self.group(&EntryValue::from_node(item), true);
        kept.is_some_and(|kept| {
            ["objectives", "actions"]
                .iter()
                .all(|name| kept.field(name).is_none())
        })
    }

    fn new_id<'i>(&'i self, id: &'i str) -> &'i str {
        self.ids.get(id).map_or(id, String::as_str)
    }

    fn action(&self, old: &EntryValue) -> Option<EntryValue> {
        let id = old.words("id")?;
        let carried = self.actions.get(id)?;
        let from = format!("{}#{id}", self.stem);
        Some(changed(old, carried, Some(&from)))
    }
}

/// The fields that a carried action gets or gives otherwise, in the order in which new ones stand behind
/// its id.
fn new_fields(carried: &CarriedAction, from: Option<&str>) -> Vec<(&'static str, EntryValue)> {
    let owners = carried.owners.as_ref();
    let owners = owners.map(|ids| EntryValue::List(ids.iter().map(EntryValue::text).collect()));
    let fields = [
        ("from", from.map(EntryValue::text)),
        (
            "timescale",
            carried.timescale.as_ref().map(EntryValue::text),
        ),
        ("owners", owners),
    ];
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    given.collect()
}

/// An action or a milestone as it goes on.
fn changed(old: &EntryValue, carried: &CarriedAction, from: Option<&str>) -> EntryValue {
    let EntryValue::Map(fields) = old else {
        return old.clone();
    };
    let new = new_fields(carried, from);
    let mut kept = Vec::new();
    for (name, value) in fields {
        if LEFT.contains(&name.as_str()) {
            continue;
        }
        let other = new
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.clone());
        let value = match (name.as_str(), value) {
            ("id", _) => EntryValue::text(&*carried.id),
            ("milestones", EntryValue::List(items)) => EntryValue::List(
                (items.iter())
                    .filter_map(|item| {
                        let milestone = carried.milestones.get(item.words("id")?)?;
                        Some(changed(item, milestone, None))
                    })
                    .collect(),
            ),
            (_, value) => other.unwrap_or_else(|| value.clone()),
        };
        kept.push((name.clone(), value));
        if name == "id" {
            let more = new.iter().filter(|(given, _)| old.field(given).is_none());
            kept.extend(more.map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
    }
    EntryValue::Map(kept)
}

/// Takes out of the old file's text what does not go on, and puts in what is new.
struct Cutter<'f> {
    out: Patches<'f>,
    carry: &'f Carry,
}

impl Cutter<'_> {
    fn plan(&mut self, root: Node) -> Option<()> {
        let text = self.out.file.text;
        let (first, _) = root.pairs().next()?;
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let end = line_end(text);
        let head: String = self
            .carry
            .head
            .iter()
            .map(|line| format!("{line}{end}"))
            .collect();
        self.out.patch(mark..first.range().0 as usize, head);
        for (key, value) in root.pairs() {
            match key.text()?.trim() {
                "plan" => self.out.replace(value, &self.carry.title.clone()),
                "period" => self.out.replace(value, &self.carry.period.clone()),
                "priorities" => self.list(value, |cutter, item| cutter.group(item, true))?,
                "actions" => self.list(value, Self::action)?,
                name if LEFT.contains(&name) => self.out.remove_pair(root, key, value)?,
                _ => {}
            }
        }
        Some(())
    }

    /// Goes through a list: `keep` says whether an item stays, and changes it.
    fn list(&mut self, list: Node, keep: impl Fn(&mut Self, Node) -> Option<bool>) -> Option<()> {
        let items: Vec<Node> = list.items().collect();
        let mut gone = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let before = self.out.patches.len();
            if !keep(self, *item)? {
                self.out.patches.truncate(before);
                gone.push(at);
            }
        }
        for at in gone {
            self.out.remove_item(&items, at, list)?;
        }
        Some(())
    }

    /// A priority or an objective: whether anything of it goes on.
    fn group(&mut self, item: Node, is_priority: bool) -> Option<bool> {
        let carry = self.carry;
        if carry
            .group(&EntryValue::from_node(item), is_priority)
            .is_none()
        {
            return Some(false);
        }
        let empty = is_priority && carry.group_is_empty(item);
        for (key, value) in item.pairs() {
            match key.text()?.trim() {
                "id" => {
                    self.out.replace(value, carry.new_id(value.text()?.trim()));
                    if empty {
                        self.note(item, key, value);
                    }
                }
                name @ ("objectives" | "actions") => {
                    let goes_on = value.items().any(|item| match name {
                        "actions" => carry.action(&EntryValue::from_node(item)).is_some(),
                        _ => carry.group(&EntryValue::from_node(item), false).is_some(),
                    });
                    match (goes_on, name) {
                        (false, _) => self.out.remove_pair(item, key, value)?,
                        (true, "actions") => self.list(value, Self::action)?,
                        _ => self.list(value, |cutter, item| cutter.group(item, false))?,
                    }
                }
                _ => {}
            }
        }
        Some(true)
    }

    fn action(&mut self, item: Node) -> Option<bool> {
        let id = EntryValue::from_node(item).words("id")?.to_owned();
        let Some(carried) = self.carry.actions.get(&id) else {
            return Some(false);
        };
        let from = format!("{}#{id}", self.carry.stem);
        self.change(item, carried, Some(&from))?;
        Some(true)
    }

    fn change(&mut self, item: Node, carried: &CarriedAction, from: Option<&str>) -> Option<()> {
        let old = EntryValue::from_node(item);
        let new = new_fields(carried, from);
        for (key, value) in item.pairs() {
            let name = key.text()?.trim();
            let other = new.iter().find(|(given, _)| *given == name);
            match (name, other) {
                ("id", _) => {
                    self.out.replace(value, &carried.id);
                    let more = new.iter().filter(|(given, _)| old.field(given).is_none());
                    let more: Vec<(&str, &EntryValue)> =
                        more.map(|(given, value)| (*given, value)).collect();
                    self.add(item, key, value, &more);
                }
                ("milestones", _) => self.list(value, |cutter, item| {
                    let id = EntryValue::from_node(item).words("id")?.to_owned();
                    let Some(milestone) = carried.milestones.get(&id) else {
                        return Some(false);
                    };
                    cutter.change(item, milestone, None)?;
                    Some(true)
                })?,
                (_, Some((_, EntryValue::Text(text)))) => self.out.replace(value, text),
                (_, Some((_, list))) if self.out.is_inline(value) => {
                    let (start, end) = value.range();
                    self.out
                        .patch(start as usize..end as usize, lines::brackets(list));
                }
                (_, Some(_)) => return None,
                (name, None) if LEFT.contains(&name) => self.out.remove_pair(item, key, value)?,
                _ => {}
            }
        }
        Some(())
    }

    /// New fields behind one of a map.
    fn add(&mut self, map: Node, key: Node, value: Node, fields: &[(&str, &EntryValue)]) {
        let text = self.out.file.text;
        let written = fields.iter().map(|(name, value)| match value {
            EntryValue::Text(text) => format!("{name}: {}", scalar::inline(text, true)),
            value => format!("{name}: {}", lines::brackets(value)),
        });
        let end = value.range().1 as usize;
        if self.out.in_braces(map) {
            let more: String = written.map(|field| format!(", {field}")).collect();
            return self.out.patch(end..end, more);
        }
        let indent = " ".repeat(self.out.file.column(key.range().0 as usize));
        let at = self.out.file.next_line(end);
        let line_end = line_end(text);
        let ended = text[..at].ends_with(['\n', '\r']);
        let more: String = written
            .map(|field| {
                if ended {
                    format!("{indent}{field}{line_end}")
                } else {
                    format!("{line_end}{indent}{field}")
                }
            })
            .collect();
        self.out.patch(at..at, more);
    }

    /// Says below a field that nothing goes on of what it is about.
    fn note(&mut self, map: Node, key: Node, value: Node) {
        let at = self.out.file.next_line(value.range().1 as usize);
        if self.out.in_braces(map) || !self.out.file.text[..at].ends_with('\n') {
            return;
        }
        let indent = " ".repeat(self.out.file.column(key.range().0 as usize));
        let (stem, end) = (&self.carry.stem, line_end(self.out.file.text));
        let words = format!("{indent}# Nothing of it was open in {stem}.{end}");
        self.out.patch(at..at, words);
    }
}
