//! Gives a group of `board.yaml` another name, and keeps the old one among its others.

use super::patches::Patches;
use super::value::EntryValue;
use super::{FileChange, Refused};
use crate::edit;
use crate::yaml::{self, Node};

/// The board's file with another name for a group, whose other names are then these.
///
/// Refused where its form does not allow it.
pub fn group(
    key: &str,
    text: &str,
    id: &str,
    name: &str,
    aka: &[String],
) -> Result<FileChange, Refused> {
    let renamed = renamed(text, id, name, aka);
    let after = renamed.ok_or_else(|| {
        Refused(format!(
            "{key} is written in a form in which `{id}` cannot be renamed safely; do it by hand"
        ))
    })?;
    Ok(FileChange {
        key: key.to_owned(),
        before: Some(text.to_owned()),
        after,
        entries: Vec::new(),
        removed: 0,
    })
}

fn renamed(text: &str, id: &str, name: &str, aka: &[String]) -> Option<String> {
    let tree = yaml::read(text).ok()?;
    let root = tree.root(text);
    let group = field(field(root, "groups")?, id)?;
    let mut fields = vec![("name", EntryValue::text(name))];
    if !aka.is_empty() {
        fields.push((
            "aka",
            EntryValue::List(aka.iter().map(EntryValue::text).collect()),
        ));
    }
    let mut patches = Patches::new(text, &tree);
    for (field, value) in &fields {
        patches.set(group, field, Some(value))?;
    }
    let after = edit::apply(text, &patches.patches).ok()?;
    let mut expected = EntryValue::from_node(root);
    for (field, value) in fields {
        put(&mut expected, id, field, value)?;
    }
    let read = yaml::read(&after).ok()?;
    (EntryValue::from_node(read.root(&after)) == expected).then_some(after)
}

fn field<'n>(map: Node<'n>, name: &str) -> Option<Node<'n>> {
    let mut pairs = map.pairs();
    let found = pairs.find(|(key, _)| key.text().map(str::trim) == Some(name));
    found.map(|(_, value)| value)
}

fn put(root: &mut EntryValue, id: &str, field: &str, value: EntryValue) -> Option<()> {
    let mut map = root;
    for name in ["groups", id] {
        let EntryValue::Map(fields) = map else {
            return None;
        };
        map = &mut fields.iter_mut().find(|(known, _)| known == name)?.1;
    }
    let EntryValue::Map(fields) = map else {
        return None;
    };
    match fields.iter_mut().find(|(known, _)| known == field) {
        Some((_, old)) => *old = value,
        None => fields.push((field.to_owned(), value)),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_name_stays_among_the_others_and_every_other_byte_where_it_was() {
        let text = "board: B\ngroups:\n  vemt: {name: VEMT Subgroup, kind: subgroup}   # meets monthly\n  police:\n    name: Police\n";
        let aka = ["VEMT Subgroup".to_owned()];
        let change =
            group("board.yaml", text, "vemt", "Exploitation Group", &aka).expect("renamed");
        let expected = text.replace(
            "{name: VEMT Subgroup, kind: subgroup}",
            "{name: Exploitation Group, kind: subgroup, aka: [VEMT Subgroup]}",
        );
        assert_eq!(change.after, expected);
        let change = group(
            "board.yaml",
            text,
            "police",
            "Northshire Police",
            &["Police".into()],
        );
        let expected = text.replace(
            "name: Police\n",
            "name: Northshire Police\n    aka: [Police]\n",
        );
        assert_eq!(change.expect("renamed").after, expected);
    }
}
