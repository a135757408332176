use super::*;

/// What may stand at the `|` of a text: the field's place, and the word there.
fn at(text: &str) -> Option<(String, String)> {
    let offset = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let spot = spot(&text, offset)?;
    let place = match spot.expected {
        Expected::Name(shape) => format!("a field of {}", shape.name),
        Expected::Value(shape, field) => format!("{} of {}", field.name, shape.name),
        Expected::Key(field) => format!("a name in {}", field.name),
    };
    Some((place, text[spot.token].to_owned()))
}

fn is(text: &str, place: &str, word: &str) {
    let found = at(text);
    let expected = Some((place.to_owned(), word.to_owned()));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_place_is_told_by_indentation() {
    let report = |rest: &str| format!("updates: U\nplan: p\nentries:\n  - action: 1.1\n{rest}");
    is(&report("    rag: am|"), "rag of an entry", "am");
    is(&report("    rag: |"), "rag of an entry", "");
    is(&report("    ra|"), "a field of an entry", "ra");
    is(&report("    |"), "a field of an entry", "");
    is(&report("    ra|g: red"), "a field of an entry", "rag");
    is(
        &report("    rag: red # why\n    status: |"),
        "status of an entry",
        "",
    );
    is(&report("  - |"), "a field of an entry", "");
    is(&report("  -|"), "a field of an entry", "");
    is(&report("  - actio|n: 2"), "a field of an entry", "action");
    is(&report("|"), "a field of an updates file", "");
    is(&report("no|"), "a field of an updates file", "no");
    is(
        &report("    owners:\n      - ve|"),
        "owners of an entry",
        "ve",
    );
    is(
        &report("    owners:\n    - ve|"),
        "owners of an entry",
        "ve",
    );
    is(
        &report("    evidence:\n      - {title: X, li|"),
        "a field of an item of evidence",
        "li",
    );
    // A list's dashes may stand under its key.
    let flat = "updates: U\nentries:\n- action: 1\n  rag: |";
    is(flat, "rag of an entry", "");
}

#[test]
fn a_place_is_told_by_brackets() {
    let report = |rest: &str| format!("updates: U\nplan: p\nentries:\n{rest}");
    is(&report("  - {action: 1.1, rag: a|"), "rag of an entry", "a");
    is(
        &report("  - {action: 1.1, ra|}"),
        "a field of an entry",
        "ra",
    );
    is(&report("  - {action: 1.1, |}"), "a field of an entry", "");
    is(
        &report("  - {action: [1.1, 1|.2], rag: red}"),
        "action of an entry",
        "1.2",
    );
    is(
        &report("  - {action: [1.1, 1.2], done: \"a, b\", esc|"),
        "a field of an entry",
        "esc",
    );
    is(
        &report("  - {action: 1.1,\n     rag: |"),
        "rag of an entry",
        "",
    );
    is(
        &report("  - {status: in pro|gress, rag: red}"),
        "status of an entry",
        "in progress",
    );
    let plan = |rest: &str| format!("plan: P\nperiod: 2017-19\n{rest}");
    is(
        &plan(
            "priorities:\n  - id: 1\n    objectives:\n      - id: 1.1\n        owners: [d|a-subgroup, csp]",
        ),
        "owners of an objective",
        "da-subgroup",
    );
    is(
        &plan("priorities: [{id: 1, actions: [{id: 1.1, owners: [x, |"),
        "owners of an action",
        "",
    );
    is(
        &plan("priorities:\n  - id: 1\n    actions:\n      - {id: 1.1, from: \"a#2|.1\"}"),
        "from of an action",
        "a#2.1",
    );
    is(&plan("rag: {due_soon: |}"), "due_soon of the policy", "");
}

#[test]
fn names_that_the_file_gives_have_their_place() {
    is("board: B\nrules:\n  no-|", "a name in rules", "no-");
    is("board: B\nrules:\n  no-owner: o|", "rules of a board", "o");
    is("board: B\nrules: {no-owner: o|", "rules of a board", "o");
    is(
        "board: B\ngroups:\n  vemt: {na|",
        "a field of a group",
        "na",
    );
    is(
        "board: B\ngroups:\n  vemt: {members: [p|",
        "members of a group",
        "p",
    );
    is("board: B\nmeetings:\n  ve|", "a name in meetings", "ve");
    is(
        "board: B\nmeetings:\n  vemt: {ev|",
        "a field of a rule for meetings",
        "ev",
    );
}

#[test]
fn where_nothing_known_belongs_nothing_is_said() {
    for text in [
        "|",
        "hello: w|",
        "plan: P # comm|ent",
        "# pla|n\nplan: P",
        "plan: P\nsections:\n  - title: T\n    text: >\n      some words|",
        "plan: P\nbogus:\n  deeper: |",
        "updates: U\nentries:\n  - action: 1\n    done: some words\n      that go o|n",
        "updates: U\nentries: |",
    ] {
        assert_eq!(at(text), None, "{text}");
    }
}

#[test]
fn no_text_and_no_place_is_too_odd() {
    let texts = [
        "plan: P\n\t- {[: ]}\r\r\n😀: \"",
        "- - - : {",
        "updates: [\u{feff}]",
        "\u{feff}plan: \u{1f600}",
        "board: B\ngroups: {a: {b: {c: [[[{",
        "plan: 'it''s'\n  - x: y: z",
        ":",
        "::",
        "-",
        "- ",
        "\"",
        "plan: #",
    ];
    for text in texts {
        for offset in 0..text.len() + 2 {
            let _ = spot(text, offset);
        }
    }
}
