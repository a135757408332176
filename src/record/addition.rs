//! Adds an action to a plan's file: in the form of those beside it, every other byte where it was.

use super::layout::File;
use super::patches::Patches;
use super::value::EntryValue;
use super::{FileChange, Refused};
use crate::edit::{self, Patch};
use crate::yaml::{self, Node};

/// Below what an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent<'p> {
    /// The plan itself: a log.
    Plan,
    Priority(&'p str),
    Objective(&'p str),
}

/// The plan's file with one action more, at the end of those of its priority, objective or log.
///
/// Refused where there is no such place, or the file lies so that nothing can be added to it safely.
pub fn action(
    key: &str,
    text: &str,
    parent: Parent,
    action: &EntryValue,
) -> Result<FileChange, Refused> {
    let refuse = |why: &str| Refused(format!("{key} {why}; add the action by hand"));
    let tree = yaml::read(text).map_err(|_| refuse("cannot be read"))?;
    let root = tree.root(text);
    let map = find(root, parent).ok_or_else(|| refuse("has no such priority or objective"))?;
    let mut expected = EntryValue::from_node(root);
    let list = find_value(&mut expected, parent).and_then(actions);
    list.ok_or_else(|| refuse("has no list of `actions` there"))?
        .push(action.clone());
    for patch in ways(text, &tree, map, action) {
        let Ok(after) = edit::apply(text, std::slice::from_ref(&patch)) else {
            continue;
        };
        let read = yaml::read(&after).ok();
        let says = read.map(|tree| EntryValue::from_node(tree.root(&after)));
        if says.as_ref() == Some(&expected) {
            return Ok(FileChange {
                key: key.to_owned(),
                before: Some(text.to_owned()),
                after,
                entries: Vec::new(),
                removed: 0,
            });
        }
    }
    Err(refuse(
        "is written in a form that no action can be added to safely",
    ))
}

/// The ways to write it, the best first.
fn ways(text: &str, tree: &yaml::Tree, map: Node, action: &EntryValue) -> Vec<Patch> {
    let file = File { text, tree };
    let additions = file.additions_to(map, "actions", std::slice::from_ref(action));
    if !additions.is_empty() {
        let patches = additions.into_iter().map(|addition| Patch {
            range: addition.at..addition.at,
            text: addition.text,
        });
        return patches.collect();
    }
    let mut patches = Patches::new(text, tree);
    let first = EntryValue::List(vec![action.clone()]);
    match patches.set(map, "actions", Some(&first)) {
        Some(()) => patches.patches,
        None => Vec::new(),
    }
}

fn find<'n>(root: Node<'n>, parent: Parent) -> Option<Node<'n>> {
    let list = |map: Node<'n>, name: &str| -> Vec<Node<'n>> {
        let mut pairs = map.pairs();
        let found = pairs.find(|(key, _)| key.text().map(str::trim) == Some(name));
        found
            .into_iter()
            .flat_map(|(_, list)| list.items())
            .collect()
    };
    let is_called = |map: &Node<'n>, id: &str| EntryValue::from_node(*map).words("id") == Some(id);
    let mut priorities = list(root, "priorities").into_iter();
    match parent {
        Parent::Plan => Some(root),
        Parent::Priority(id) => priorities.find(|map| is_called(map, id)),
        Parent::Objective(id) => priorities
            .flat_map(|priority| list(priority, "objectives"))
            .find(|map| is_called(map, id)),
    }
}

fn find_value<'v>(root: &'v mut EntryValue, parent: Parent) -> Option<&'v mut EntryValue> {
    fn items<'v>(map: &'v mut EntryValue, name: &str) -> std::slice::IterMut<'v, EntryValue> {
        let EntryValue::Map(fields) = map else {
            return [].iter_mut();
        };
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, EntryValue::List(items))) => items.iter_mut(),
            _ => [].iter_mut(),
        }
    }
    match parent {
        Parent::Plan => Some(root),
        Parent::Priority(id) => items(root, "priorities").find(|map| map.words("id") == Some(id)),
        Parent::Objective(id) => items(root, "priorities")
            .flat_map(|priority| items(priority, "objectives"))
            .find(|map| map.words("id") == Some(id)),
    }
}

/// The list of actions of a map, which is made if there is none.
fn actions(map: &mut EntryValue) -> Option<&mut Vec<EntryValue>> {
    let EntryValue::Map(fields) = map else {
        return None;
    };
    let at = match fields.iter().position(|(name, _)| name == "actions") {
        Some(at) => at,
        None => {
            fields.push(("actions".into(), EntryValue::List(Vec::new())));
            fields.len() - 1
        }
    };
    let list = &mut fields[at].1;
    if matches!(list, EntryValue::Text(text) if text.trim().is_empty()) {
        *list = EntryValue::List(Vec::new());
    }
    match list {
        EntryValue::List(items) => Some(items),
        _ => None,
    }
}

/// The next id among those beside it: after 2.1.9, 2.1.10; after 2.2.4b, 2.2.5; where there is none yet,
/// its parent's with .1; one that the plan has already is passed over.
pub fn next_id(beside: &[&str], parent: Option<&str>, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = beside.iter().filter_map(|id| {
        let figures = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let stem = figures.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((stem, figures[stem.len()..].parse::<u64>().ok()?))
    });
    let highest = numbered.max_by_key(|(_, number)| *number);
    let (stem, mut number) = match (highest, parent) {
        (Some((stem, number)), _) => (stem.to_owned(), number),
        (None, Some(parent)) => (format!("{parent}."), 0),
        (None, None) => (String::new(), 0),
    };
    loop {
        number = number.saturating_add(1);
        let id = format!("{stem}{number}");
        if !is_taken(&id) || number == u64::MAX {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_id_follows_the_pattern_of_those_beside_it() {
        let free = |_: &str| false;
        assert_eq!(next_id(&["2.1.1", "2.1.9"], Some("2.1"), free), "2.1.10");
        assert_eq!(
            next_id(&["2.2.3", "2.2.4a", "2.2.4b"], Some("2.2"), free),
            "2.2.5"
        );
        assert_eq!(next_id(&["A01"], None, free), "A2");
        assert_eq!(next_id(&[], Some("3.2"), free), "3.2.1");
        assert_eq!(next_id(&[], None, free), "1");
        assert_eq!(next_id(&["1"], None, |id| id == "2"), "3");
    }

    fn added(text: &str, parent: Parent) -> String {
        let action = EntryValue::Map(vec![
            ("id".into(), EntryValue::text("1.2")),
            ("title".into(), EntryValue::text("Agree a protocol")),
        ]);
        super::action("plan.yaml", text, parent, &action)
            .expect("added")
            .after
    }

    #[test]
    fn an_action_is_added_in_the_form_of_those_beside_it() {
        let text = "plan: P\npriorities:\n  - id: 1\n    title: One\n    actions:\n      - id: 1.1\n        title: First   # kept\n  - id: 2\n    title: Two\n    actions: []\n";
        let expected = text.replace(
            "# kept\n",
            "# kept\n      - id: 1.2\n        title: Agree a protocol\n",
        );
        assert_eq!(added(text, Parent::Priority("1")), expected);
        let expected = text.replace("[]", "[{id: 1.2, title: Agree a protocol}]");
        assert_eq!(added(text, Parent::Priority("2")), expected);
    }

    #[test]
    fn the_first_action_of_an_objective_makes_the_list() {
        let text = "plan: P\npriorities:\n- id: 1\n  title: One\n  objectives:\n  - id: 1.1\n    title: O\n";
        let expected = format!("{text}    actions: [{{id: 1.2, title: Agree a protocol}}]\n");
        assert_eq!(added(text, Parent::Objective("1.1")), expected);
    }

    #[test]
    fn a_log_keeps_its_rows_in_braces() {
        let text = "plan: Log\nactions:\n  - {id: 1.1, title: First}\n";
        let expected = format!("{text}  - {{id: 1.2, title: Agree a protocol}}\n");
        assert_eq!(added(text, Parent::Plan), expected);
    }
}
