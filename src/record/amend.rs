//! Corrects entries of a file, or takes them out: text patches, each proved by reading the file back.

use std::ops::Range;

use super::layout::line_end;
use super::patches::Patches;
use super::value::EntryValue;
use super::{FileChange, Refused};
use crate::edit;
use crate::yaml::{self, Node};

/// Fields by their names, each with its new value; none takes it out.
pub type NewFields = Vec<(&'static str, Option<EntryValue>)>;

/// What is to become of an entry, by its place in its file's list, or of what the file says once for all.
#[derive(Clone, Debug)]
pub enum Amendment {
    Correct(usize, NewFields),
    CorrectHead(NewFields),
    Delete(usize),
}

/// A file with its entries corrected.
///
/// Refused where it lies so that this cannot be done without changing what else it says.
pub fn amend(key: &str, text: &str, amendments: &[Amendment]) -> Result<FileChange, Refused> {
    let place = |amendment: &Amendment| match amendment {
        Amendment::Correct(at, _) | Amendment::Delete(at) => Some(*at),
        Amendment::CorrectHead(_) => None,
    };
    // From the last to the first: the places of the others stay what they are.
    let mut ordered: Vec<&Amendment> = amendments.iter().collect();
    ordered.sort_by_key(|amendment| std::cmp::Reverse(place(amendment)));
    let mut after = text.to_owned();
    for amendment in &ordered {
        after = applied(&after, amendment).ok_or_else(|| {
            Refused(format!(
                "{key} is written in a form in which this cannot be changed safely; correct it by hand"
            ))
        })?;
    }
    let deleted: Vec<usize> = (ordered.iter())
        .filter_map(|amendment| match amendment {
            Amendment::Delete(at) => Some(*at),
            _ => None,
        })
        .collect();
    let corrected = ordered
        .iter()
        .rev()
        .filter_map(|amendment| match amendment {
            Amendment::Correct(at, _) => {
                Some(at - deleted.iter().filter(|deleted| *deleted < at).count())
            }
            _ => None,
        });
    let places = places(&after);
    let entries: Vec<Range<usize>> = corrected.filter_map(|at| places.get(at).cloned()).collect();
    Ok(FileChange {
        key: key.to_owned(),
        before: Some(text.to_owned()),
        removed: deleted.len() + entries.len(),
        after,
        entries,
    })
}

/// The place in a file's list of the entry that stands at a byte of it.
pub fn index_at(text: &str, at: usize) -> Option<usize> {
    let places = places(text);
    places
        .iter()
        .position(|range| range.start <= at && at < range.end.max(range.start + 1))
}

/// How many entries a file holds.
pub fn count(text: &str) -> usize {
    places(text).len()
}

/// What gives all entries of a file these fields: its head, and each entry that says otherwise.
pub fn throughout(text: &str, fields: &NewFields) -> Vec<Amendment> {
    let Ok(tree) = yaml::read(text) else {
        return Vec::new();
    };
    let list = entries(tree.root(text)).map(|(_, list)| list);
    let items = list.into_iter().flat_map(|list| list.items());
    let corrections = items.enumerate().filter_map(|(at, item)| {
        let item = EntryValue::from_node(item);
        let given: NewFields = (fields.iter())
            .filter(|(name, _)| item.field(name).is_some())
            .map(|(name, _)| (*name, None))
            .collect();
        (!given.is_empty()).then_some(Amendment::Correct(at, given))
    });
    std::iter::once(Amendment::CorrectHead(fields.clone()))
        .chain(corrections)
        .collect()
}

/// A line at the head of a file that lets a change of these ids pass once, with its reason on record.
///
/// A line that the file has already would let nothing pass again: the new one is told from it.
pub fn allow(text: &str, rule: &str, ids: &[String], reason: &str) -> String {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (before, rest) = text.split_at(mark);
    let mut line = format!("# plan: allow {rule} {}: {reason}", ids.join(", "));
    while text.lines().any(|known| known == line) {
        line += " (again)";
    }
    format!("{before}{line}{}{rest}", line_end(text))
}

fn places(text: &str) -> Vec<Range<usize>> {
    let Ok(tree) = yaml::read(text) else {
        return Vec::new();
    };
    let list = entries(tree.root(text)).map(|(_, list)| list);
    let items = list.into_iter().flat_map(|list| list.items());
    items
        .map(|item| item.range().0 as usize..item.range().1 as usize)
        .collect()
}

/// The key and the list of a file's entries.
fn entries(root: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let mut pairs = root.pairs();
    pairs.find(|(key, _)| key.text().map(str::trim) == Some("entries"))
}

/// The text with one amendment, which is all that it says otherwise than before.
fn applied(text: &str, amendment: &Amendment) -> Option<String> {
    let tree = yaml::read(text).ok()?;
    let root = tree.root(text);
    let mut patches = Patches::new(text, &tree);
    match amendment {
        Amendment::CorrectHead(fields) => {
            for (name, value) in fields {
                patches.set(root, name, value.as_ref())?;
            }
        }
        Amendment::Correct(at, fields) => {
            let entry = entries(root)?.1.items().nth(*at)?;
            for (name, value) in fields {
                patches.set(entry, name, value.as_ref())?;
            }
        }
        Amendment::Delete(at) => {
            let (key, list) = entries(root)?;
            let items: Vec<Node> = list.items().collect();
            if items.len() == 1 {
                let (start, end) = (key.range().1 as usize, list.range().1 as usize);
                patches.patch(start..end, ": []".into());
            } else {
                patches.remove_item(&items, *at, list)?;
            }
        }
    }
    let after = edit::apply(text, &patches.patches).ok()?;
    let expected = expected(&EntryValue::from_node(root), amendment)?;
    let read = yaml::read(&after).ok()?;
    (EntryValue::from_node(read.root(&after)) == expected).then_some(after)
}

/// What the file is to say.
fn expected(before: &EntryValue, amendment: &Amendment) -> Option<EntryValue> {
    let mut after = before.clone();
    let EntryValue::Map(head) = &mut after else {
        return None;
    };
    if let Amendment::CorrectHead(fields) = amendment {
        set_all(head, fields);
        return Some(after);
    }
    let (_, list) = head.iter_mut().find(|(name, _)| name == "entries")?;
    let EntryValue::List(items) = list else {
        return None;
    };
    match amendment {
        Amendment::Delete(at) => {
            (*at < items.len()).then(|| items.remove(*at))?;
        }
        Amendment::Correct(at, fields) => {
            let EntryValue::Map(entry) = items.get_mut(*at)? else {
                return None;
            };
            set_all(entry, fields);
        }
        Amendment::CorrectHead(_) => {}
    }
    Some(after)
}

fn set_all(map: &mut Vec<(String, EntryValue)>, fields: &NewFields) {
    for (name, value) in fields {
        let place = map.iter().position(|(known, _)| known == name);
        match (place, value) {
            (Some(at), Some(value)) => map[at].1 = value.clone(),
            (Some(at), None) => {
                map.remove(at);
            }
            (None, Some(value)) => map.push(((*name).to_owned(), value.clone())),
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETURN: &str = "\
updates: VEMT return   # as they sent it
plan: work-plan
date: 2018-01-16
by: vemt
entries:
  # about interviews
  - action: 2.2.3
    rag: amber   # they said so twice
    done: |-
      First.
      Second.

  - {action: 2.2.4, rag: green}
";

    fn correct(at: usize, name: &'static str, value: Option<&str>) -> Amendment {
        Amendment::Correct(at, vec![(name, value.map(EntryValue::text))])
    }

    fn after(amendments: &[Amendment]) -> String {
        amend("u.yaml", RETURN, amendments).expect("amended").after
    }

    #[test]
    fn a_field_is_corrected_and_every_other_byte_stays() {
        let expected = RETURN.replace("rag: amber ", "rag: red ");
        assert_eq!(after(&[correct(0, "rag", Some("red"))]), expected);
    }

    #[test]
    fn a_field_is_added_behind_the_last_and_one_is_taken_out() {
        let expected = RETURN.replace("      Second.\n", "      Second.\n    date: 2018-01-17\n");
        assert_eq!(after(&[correct(0, "date", Some("2018-01-17"))]), expected);
        let expected = RETURN.replace(", rag: green}", "}");
        assert_eq!(after(&[correct(1, "rag", None)]), expected);
        let expected = RETURN.replace("rag: green}", "rag: green, by: police}");
        assert_eq!(after(&[correct(1, "by", Some("police"))]), expected);
    }

    #[test]
    fn an_entry_is_taken_out_with_the_remark_above_it() {
        let start = RETURN.find("  # about").unwrap();
        let end = RETURN.find("  - {").unwrap();
        let expected = format!("{}{}", &RETURN[..start], &RETURN[end..]);
        let change = amend("u.yaml", RETURN, &[Amendment::Delete(0)]).expect("amended");
        assert_eq!(change.after, expected);
        assert_eq!((change.removed, change.entries.len()), (1, 0));
    }

    #[test]
    fn of_a_whole_return_the_head_stays() {
        let all = [Amendment::Delete(0), Amendment::Delete(1)];
        let change = amend("u.yaml", RETURN, &all).expect("amended");
        assert!(
            change.after.ends_with("by: vemt\nentries: []\n"),
            "{}",
            change.after
        );
        assert_eq!(change.removed, 2);
    }

    #[test]
    fn the_allowance_stands_first_with_the_files_own_line_end() {
        let ids = ["2.2.3".to_owned(), "2.2.4".to_owned()];
        let text = "\u{feff}updates: x\r\n";
        let expected =
            "\u{feff}# plan: allow update-rewritten 2.2.3, 2.2.4: typed wrongly\r\nupdates: x\r\n";
        assert_eq!(
            allow(text, "update-rewritten", &ids, "typed wrongly"),
            expected
        );
    }
}
