use std::collections::HashMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::rollover::{CarriedAction, Carry, text};
use super::value::EntryValue;
use super::{append, create, lines};
use crate::yaml;
use crate::yaml::scalar;

/// Texts of any characters that a draft can hold: trimmed, no controls but line ends and tabs; many with
/// the signs that mean something in YAML.
fn words() -> impl Strategy<Value = String> {
    let signs = select(vec![
        "- ",
        ": ",
        " #",
        "#",
        "\"",
        "'",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "---",
        "...",
        "~",
        "null",
        "yes",
        "1.10",
        "\n",
        "\n\n",
        "\t",
        "  ",
        "é",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}",
        "日本",
        "word",
        " and ",
        "rag: red",
        "a much longer word-that-goes-on",
    ]);
    let any = "\\PC{0,12}";
    let part = prop_oneof![3 => signs.prop_map(str::to_owned), 2 => any.prop_map(|s: String| s)];
    vec(part, 0..24).prop_map(|parts| {
        let text = parts.concat();
        let kept = text
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        kept.collect::<String>().trim().to_owned()
    })
}

fn read(text: &str) -> EntryValue {
    let tree = yaml::read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    EntryValue::exact(tree.root(text))
}

fn field(text: &str, column: usize) -> String {
    let (first, rest) = scalar::field(text, column + 2);
    let indent = " ".repeat(column);
    let rest: String = rest
        .iter()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{indent}  {line}\n")
            }
        })
        .collect();
    format!("{indent}field: {first}\n{rest}")
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    }
}

proptest! {
    #![proptest_config(cases())]

    /// What is written is read back as the very same text: on a line, in brackets and in block form, by
    /// the quick reader (where it does not give up) and by the full one (which a byte order mark calls).
    #[test]
    fn a_text_is_read_back_as_it_was(text in words(), column in 0usize..12) {
        prop_assume!(!text.is_empty());
        let forms = [
            format!("field: {}\n", scalar::inline(&text, false)),
            format!("field: [{}]\n", scalar::inline(&text, true)),
            format!("a: {{field: {}}}\n", scalar::inline(&text, true)),
            format!("- a: b\n{}", field(&text, 2)),
            format!("field: {{field: {}}}\r\n", scalar::inline(&text, true)),
            field(&text, 0),
            format!("out:\n{}after: x\n", field(&text, column + 1)),
            field(&text, 0).replace('\n', "\r\n"),
        ];
        for form in forms {
            for file in [form.clone(), format!("\u{feff}{form}")] {
                let value = read(&file);
                prop_assert!(holds(&value, &text), "{:?} is not in {:?} of {}", text, value, file);
            }
        }
    }

    /// Entries of any texts go into files of any layout as one insertion, and a reader that is not this
    /// project's reads the old data plus exactly them.
    #[test]
    fn entries_are_inserted_into_any_layout(
        entries in vec(entry(), 1..4),
        old in vec(entry(), 0..4),
        form in 0usize..7,
        last in any::<bool>(),
        crlf in any::<bool>(),
        mark in any::<bool>(),
        tail in select(vec!["", "\n", "# end\n", "\n\n# end", "    # of the last\n\n"]),
    ) {
        let mut file = laid_out(&old, form);
        if last {
            file += tail;
        } else {
            file += "note: the last field\n";
        }
        if last && form == 2 {
            file = file.trim_end().to_owned();
        }
        if crlf {
            file = file.replace('\n', "\r\n");
        }
        if mark {
            file = format!("\u{feff}{file}");
        }
        prop_assume!(yaml::read(&file).is_ok());
        let change = append("f.yaml", &file, &entries).unwrap();
        let (before, after) = (file.as_bytes(), change.after.as_bytes());
        let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        prop_assert!(after.ends_with(&before[head..]) && after.len() > before.len());
        prop_assert_eq!(change.entries.len(), entries.len());
        let mut expected = EntryValue::from_node(yaml::read(&file).unwrap().root(&file));
        if let EntryValue::Map(fields) = &mut expected {
            for (name, value) in fields {
                match value {
                    EntryValue::List(items) if name == "entries" => items.extend(entries.clone()),
                    value if name == "entries" => *value = EntryValue::List(entries.clone()),
                    _ => {}
                }
            }
        }
        let tree = yaml::read(&change.after).unwrap();
        prop_assert_eq!(EntryValue::from_node(tree.root(&change.after)), expected);
        let other: Result<serde_yaml::Value, _> = serde_yaml::from_str(change.after.trim_start_matches('\u{feff}'));
        let known: Result<serde_yaml::Value, _> = serde_yaml::from_str(file.trim_start_matches('\u{feff}'));
        if let (Ok(mut known), Ok(other)) = (known, other) {
            let count = |value: &serde_yaml::Value| value["entries"].as_sequence().map_or(0, Vec::len);
            prop_assert_eq!(count(&known) + entries.len(), count(&other));
            known["entries"] = other["entries"].clone();
            prop_assert_eq!(known, other);
        }
    }

    /// A new file says its head and its entries.
    #[test]
    fn a_new_file_says_what_it_should(entries in vec(entry(), 1..4), title in words()) {
        prop_assume!(!title.is_empty());
        let head = vec![("updates".to_owned(), EntryValue::text(title))];
        let change = create("f.yaml", &head, &entries).unwrap();
        let value = EntryValue::from_node(yaml::read(&change.after).unwrap().root(&change.after));
        prop_assert_eq!(value.field("entries"), Some(&EntryValue::List(entries)));
        prop_assert_eq!(value.field("updates"), Some(&head[0].1));
    }
}

fn holds(value: &EntryValue, text: &str) -> bool {
    match value {
        EntryValue::Text(words) => words == text,
        EntryValue::List(items) => items.iter().any(|item| holds(item, text)),
        EntryValue::Map(fields) => fields.iter().any(|(_, value)| holds(value, text)),
    }
}

fn entry() -> impl Strategy<Value = EntryValue> {
    let list = vec(
        words().prop_filter("some text", |text| !text.is_empty()),
        1..4,
    );
    (words(), words(), list).prop_map(|(done, note, evidence)| {
        let mut fields = vec![("action".to_owned(), EntryValue::text("1.10"))];
        for (name, text) in [("done", done), ("note", note)] {
            if !text.is_empty() {
                fields.push((name.to_owned(), EntryValue::text(text)));
            }
        }
        let evidence = evidence.into_iter().map(EntryValue::text).collect();
        fields.push(("evidence".to_owned(), EntryValue::List(evidence)));
        EntryValue::Map(fields)
    })
}

/// A file of these entries, in one of several forms.
fn laid_out(entries: &[EntryValue], form: usize) -> String {
    let head = "updates: x # of updates\n";
    let short: Vec<String> = entries.iter().map(lines::brackets).collect();
    let block = |dash: &str, column: usize, apart: &str| -> String {
        let each = entries.iter().map(|entry| {
            let EntryValue::Map(fields) = entry else {
                unreachable!()
            };
            format!(
                "{apart}{dash}{}\n",
                lines::block(fields, column, 2).join("\n")
            )
        });
        if entries.is_empty() {
            format!("{head}entries: []\n")
        } else {
            format!("{head}entries:\n{}", each.collect::<String>())
        }
    };
    match form {
        0 => block("  - ", 4, ""),
        1 => block("- ", 2, ""),
        2 => block("    -   ", 8, "\n"),
        3 => format!("{head}entries: [{}]\n", short.join(", ")),
        4 => format!("{head}entries: [\n  {}\n]\n", short.join(",\n  ")),
        5 if !short.is_empty() => {
            format!("{head}entries: [\n  {},\n]\n", short.join(",  # c, d\n  "))
        }
        6 if !short.is_empty() => format!("{head}entries:\n  - {}\n", short.join("\n  - ")),
        _ => format!("{head}entries:\n"),
    }
}

/// Carries actions on under their own ids.
fn carry(ids: &[&str]) -> Carry {
    let plain = |id: &str| CarriedAction {
        id: id.to_owned(),
        ..CarriedAction::default()
    };
    let with_milestones = |id: &&str| {
        let milestones = ["a", "b"].map(|letter| format!("{id}{letter}"));
        let carried = CarriedAction {
            milestones: milestones
                .map(|milestone| (milestone.clone(), plain(&milestone)))
                .into(),
            ..plain(id)
        };
        ((*id).to_owned(), carried)
    };
    Carry {
        stem: "old".into(),
        title: "Plan".into(),
        period: "2019-20".into(),
        head: vec!["# New.".into()],
        actions: ids.iter().map(with_milestones).collect(),
        ids: HashMap::new(),
        keep_empty: false,
    }
}

#[test]
fn a_real_plan_is_carried_forward_with_its_comments_and_form() {
    let old = include_str!("../../plans/hartlepool/work-plan-2017-19.yaml");
    let tree = yaml::read(old).unwrap();
    let mut ids = Vec::new();
    collect(&EntryValue::from_node(tree.root(old)), &mut ids);
    let kept: Vec<&str> = ids
        .iter()
        .map(String::as_str)
        .filter(|id| *id != "1.1.1" && *id != "2.2.4a")
        .collect();
    let new = text(old, &carry(&kept)).unwrap();
    let new_lines: Vec<&str> = new
        .lines()
        .filter(|line| !line.contains("from: old#"))
        .collect();
    // The head speaks of the new plan; comments right above an action go with it.
    let gone: Vec<&str> = old
        .lines()
        .skip(3)
        .filter(|line| !new_lines.contains(line))
        .collect();
    let expected = [
        "plan: Hartlepool Safeguarding Children Board Work Plan",
        "period: 2017-19",
        "          - id: 1.1.1",
        "              Early identification of those at potential risk through awareness campaigns and prevention",
        "              advice (for victims and professionals); evidenced through service user feedback.",
        "          # 2.2.4a and 2.2.4b share one row of the table, with its responsibility and its timescale.",
        "          - id: 2.2.4a",
        "              Reporting and whistle-blowing mechanisms in place for Children and Young People, resulting in",
        "              children and Young People feeling able to ask for help and seek support for themselves or their",
        "              friends and measured through service user feedback (VOC).",
    ];
    assert_eq!(gone, expected);
    assert_eq!(new.matches("from: old#").count(), 47);
}

const OLD: &str = "\
# Head.
plan: Plan
period: 2017-19
# Adopted in public.
adopted: 2017-09-05
priorities:
  - id: A
    title: First
    actions:
      - {id: 1, added: 2018-01-01, action: Done}
      - {id: 2, action: Open, from: older#7, owners: [x]}   # second

  # On C.
  - id: C
    title: Second
    objectives:
      - title: None
        actions:
          # On 3.
          - id: 3
            action: Done too
      - id: C.1
        title: Some
        actions: [{id: 4, action: a}, {id: 5, action: b}]

  - id: E
    title: Third
    actions:
      - id: 6
        timescale: May 2018
        milestones:
          - {id: 6a, timescale: June 2018}
          - {id: 6b, timescale: July 2018}
        note: |
          Last.
";

#[test]
fn what_is_closed_goes_with_its_comments_and_empty_parents() {
    let mut wanted = carry(&["2", "5", "6"]);
    let change = |action: &mut CarriedAction, id: &str| action.id = id.into();
    change(wanted.actions.get_mut("5").unwrap(), "2.1.1");
    wanted.actions.get_mut("2").unwrap().owners = Some(vec!["y".into(), "z".into()]);
    let six = wanted.actions.get_mut("6").unwrap();
    six.timescale = Some("May 2019".into());
    let milestone = CarriedAction {
        id: "6b".into(),
        timescale: Some("July 2019".into()),
        ..CarriedAction::default()
    };
    six.milestones = HashMap::from([("6b".to_owned(), milestone)]);
    wanted.ids.insert("C".into(), "2".into());
    let new = text(OLD, &wanted).unwrap();
    assert_eq!(
        new,
        "\
# New.
plan: Plan
period: 2019-20
priorities:
  - id: A
    title: First
    actions:
      - {id: 2, action: Open, from: old#2, owners: [y, z]}   # second

  # On C.
  - id: 2
    title: Second
    objectives:
      - id: C.1
        title: Some
        actions: [{id: 2.1.1, from: old#5, action: b}]

  - id: E
    title: Third
    actions:
      - id: 6
        from: old#6
        timescale: May 2019
        milestones:
          - {id: 6b, timescale: July 2019}
        note: |
          Last.
"
    );
}

#[test]
fn a_priority_with_nothing_open_goes_or_is_kept_with_a_comment() {
    let mut wanted = carry(&["2", "6"]);
    assert!(!text(OLD, &wanted).unwrap().contains("id: C"));
    wanted.keep_empty = true;
    let new = text(OLD, &wanted).unwrap();
    let kept = "  # On C.\n  - id: C\n    # Nothing of it was open in old.\n    title: Second\n";
    assert!(new.contains(kept), "{new}");
}

#[test]
fn lines_end_as_they_did_and_a_form_that_cannot_be_cut_is_written_afresh() {
    let wanted = carry(&["2", "5", "6"]);
    let new = text(&OLD.replace('\n', "\r\n"), &wanted).unwrap();
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert!(new.contains("# On C.\r\n"), "{new}");
    let flow = "{plan: P, period: 2017-19, adopted: 2017-09-05, priorities: [{id: A, title: T, actions: [{id: 1, action: a}, {id: 2, action: b}, {id: 3, action: c}]}]}";
    let new = text(flow, &carry(&["3"])).unwrap();
    let tree = yaml::read(&new).unwrap();
    assert_eq!(tree.root(&new).pairs().count(), 3);
    assert!(
        new.contains("from: old#3") && !new.contains("action: b"),
        "{new}"
    );
}

fn collect(value: &EntryValue, ids: &mut Vec<String>) {
    match value {
        EntryValue::List(items) => items.iter().for_each(|item| collect(item, ids)),
        EntryValue::Map(fields) => {
            for (name, value) in fields {
                if name == "actions"
                    && let EntryValue::List(items) = value
                {
                    ids.extend(
                        items
                            .iter()
                            .filter_map(|item| item.words("id"))
                            .map(str::to_owned),
                    );
                }
                collect(value, ids);
            }
        }
        EntryValue::Text(_) => {}
    }
}
