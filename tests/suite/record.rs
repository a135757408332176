//! `plan update` and `plan challenge`: what is recorded, where, and that nothing else changes.

use crate::support::{Estate, Said, run_with};
use serde_json::Value;

const BOARD: &str = "\
board: Testshire Safeguarding Children Board
groups:
  vemt: {name: VEMT Subgroup, kind: subgroup, aka: [VEMT Chairs and members]}
  police: {name: Police, kind: agency}
  sed: {name: \"Standards, Engagement and Development Team\"}
";

const PLAN: &str = "\
plan: Work Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: Neglect
    owners: [vemt, police, sed]
    evidence: [VEMT Report, Audit]
    objectives:
      - id: 1.1
        title: Fewer children go missing
        actions:
          - {id: 1.1.1, action: Return interviews, timescale: February 2018}
          - {id: 1.1.2, action: Training, timescale: June 2018}
          - {id: 1.1.3, action: Awareness, timescale: Ongoing - quarterly}
";

fn estate(files: &[(&str, &str)]) -> Estate {
    let usual = [("tscb/board.yaml", BOARD), ("tscb/work-plan.yaml", PLAN)];
    Estate::of(&[&usual, files].concat())
}

fn done(said: &Said) -> &Said {
    assert_eq!(said.code, 0, "{said:?}");
    said
}

/// What a file says, by a reader that is not this project's.
fn data(text: &str) -> serde_yaml::Value {
    let text = text.trim_start_matches('\u{feff}');
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Whether one text is another with something inserted, in one place.
fn is_insertion(before: &str, after: &str) -> bool {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = &before[head..];
    after.len() > before.len() && after.ends_with(rest)
}

/// Holds a recording against what it promises: one insertion, and the old data plus one entry.
fn holds(before: &str, after: &str, entry: &str) {
    assert!(is_insertion(before, after), "{before}\n=====\n{after}");
    let (mut old, new) = (data(before), data(after));
    let entries = old["entries"].as_sequence_mut();
    let mut entries = entries.cloned().unwrap_or_default();
    entries.push(serde_yaml::from_str(entry).unwrap());
    old["entries"] = serde_yaml::Value::Sequence(entries);
    assert_eq!(old, new, "{after}");
}

const HEAD: &str = "updates: Return\nplan: work-plan\ndate: 2018-05-01\nby: vemt\n";

/// Files of entries in many layouts, each with what stands after the new entry in the last lines.
fn layouts() -> Vec<(&'static str, String)> {
    let of = |entries: &str| format!("{HEAD}{entries}");
    vec![
        ("plain", of("entries:\n  - action: 1.1.2\n    rag: green\n")),
        (
            "CRLF",
            of("entries:\n  - action: 1.1.2\n    rag: green\n").replace('\n', "\r\n"),
        ),
        ("no final newline", of("entries:\n  - action: 1.1.2\n    rag: green")),
        (
            "CRLF, no final newline",
            of("entries:\n  - action: 1.1.2\n    rag: green").replace('\n', "\r\n"),
        ),
        (
            "comments after the last entry",
            of("entries:\n  - action: 1.1.2\n    rag: green\n    # about 1.1.2\n\n# end of file\n"),
        ),
        ("dashes in the first column", of("entries:\n- action: 1.1.2\n  rag: green\n")),
        (
            "four spaces",
            of("entries:\n    -   action: 1.1.2\n        rag: green\n        evidence:\n            - Audit\n"),
        ),
        ("an empty list in brackets", of("entries: []\n")),
        ("a list in brackets", of("entries: [{action: 1.1.2, rag: green}]\n")),
        (
            "a list in brackets over lines",
            of("entries: [\n  {action: 1.1.2, rag: green}, # one, of two\n  {action: 1.1.3, rag: green} # last, here\n]\n"),
        ),
        (
            "a comma after the last in brackets",
            of("entries: [\n  {action: 1.1.2, rag: green},\n]\n"),
        ),
        ("nothing below entries", of("entries:\n# none yet\n")),
        ("entries in brackets", of("entries:\n  - {action: 1.1.2, rag: green}\n")),
        (
            "non-ASCII",
            of("entries:\n  - action: 1.1.2\n    done: “Zoë” – naïve 日本 👩‍👧\n"),
        ),
        (
            "a folded text last",
            of("entries:\n  - action: 1.1.2\n    done: >-\n      Two lines\n      of it.\n"),
        ),
        (
            "a text in lines last, its empty lines kept",
            of("entries:\n  - action: 1.1.2\n    done: |+\n      One.\n\n      # no comment\n\n\n"),
        ),
        (
            "a text in lines last, no final newline",
            of("entries:\n  - action: 1.1.2\n    done: |-\n      One.\n      Two."),
        ),
        ("a byte order mark", format!("\u{feff}{}", of("entries:\n  - action: 1.1.2\n    rag: green\n"))),
        (
            "entries in the middle",
            of("entries:\n  - action: 1.1.2\n    rag: green\nnote: the last field\n"),
        ),
        (
            "an empty line between entries",
            of("entries:\n  - action: 1.1.2\n    rag: green\n\n  - action: 1.1.3\n    rag: green\n"),
        ),
        (
            "a dash on its own line",
            of("entries:\n  -\n    action: 1.1.2\n    rag: green\n"),
        ),
        (
            "all in brackets",
            "{updates: Return, plan: work-plan, date: 2018-05-01, by: vemt,\n entries: [{action: 1.1.2, rag: green}]}\n".into(),
        ),
        ("a comment behind the last value", of("entries:\n  - action: 1.1.2\n    rag: green # good\n")),
        ("quotes", of("entries:\n  - action: '1.1.2'\n    done: \"said: \\\"yes\\\"\"\n")),
        ("spaces at the end", of("entries:\n  - action: 1.1.2\n    rag: green\n   \n\n")),
    ]
}

#[test]
fn an_entry_is_inserted_and_every_other_byte_stays_in_every_layout() {
    for (name, before) in layouts() {
        let estate = estate(&[("tscb/updates/return.yaml", &before)]);
        let said = estate.run(&[
            "update",
            "1.1.1",
            "--by",
            "vemt",
            "--rag",
            "red",
            "--done",
            "Said: “yes” – of 10",
        ]);
        println!("{name}");
        done(&said);
        let after = estate.read("tscb/updates/return.yaml");
        holds(
            &before,
            &after,
            "{action: 1.1.1, rag: red, done: 'Said: “yes” – of 10'}",
        );
        assert_eq!(before.contains("\r\n"), after.contains("\r\n"));
        assert_eq!(
            after.matches('\n').count(),
            after
                .matches("\r\n")
                .count()
                .max(if before.contains("\r\n") {
                    0
                } else {
                    after.matches('\n').count()
                }),
            "{name}: mixed line ends"
        );
    }
}

#[test]
fn an_entry_looks_like_its_neighbours() {
    let shapes = [
        (
            "entries:\n- action: 1.1.2\n  rag: green\n",
            "- action: 1.1.1\n  rag: red\n",
        ),
        (
            "entries:\n    -   action: 1.1.2\n        rag: green\n",
            "    -   action: 1.1.1\n        rag: red\n",
        ),
        ("entries: []\n", "entries: [{action: 1.1.1, rag: red}]\n"),
        (
            "entries:\n  - {action: 1.1.2, rag: green}\n",
            "  - {action: 1.1.2, rag: green}\n  - {action: 1.1.1, rag: red}\n",
        ),
        (
            "entries: [\n  {action: 1.1.2, rag: green}\n]\n",
            "  {action: 1.1.2, rag: green},\n  {action: 1.1.1, rag: red}\n]\n",
        ),
        (
            "entries:\n  - action: 1.1.2\n    rag: green\n\n  - action: 1.1.3\n    rag: green\n",
            "    rag: green\n\n  - action: 1.1.1\n    rag: red\n",
        ),
        (
            "entries:\n  - action: 1.1.2\n    rag: green\n    # of 1.1.2\n\n# of the file\n",
            "    # of 1.1.2\n  - action: 1.1.1\n    rag: red\n\n# of the file\n",
        ),
    ];
    for (entries, expected) in shapes {
        let estate = estate(&[("tscb/updates/return.yaml", &format!("{HEAD}{entries}"))]);
        done(&estate.run(&["update", "1.1.1", "--by", "vemt", "--rag", "red"]));
        let after = estate.read("tscb/updates/return.yaml");
        assert!(after.ends_with(expected), "{after}");
    }
}

#[test]
fn the_file_of_a_day_and_a_group_is_made_and_then_added_to() {
    let estate = estate(&[]);
    let said = estate.run(&[
        "update",
        "1.1.1",
        "--by",
        "VEMT Subgroup",
        "--date",
        "16 January 2018",
        "--rag",
        "Amber",
        "--covers",
        "2017-18 Q3",
    ]);
    assert_eq!(
        done(&said).out,
        "1.1.1 red as before; not started → in progress; reported amber\n\
         written to plans/tscb/updates/2018-01-16-vemt.yaml:6\n"
    );
    done(&estate.run(&[
        "update",
        "1.1.2",
        "--by",
        "vemt",
        "--date",
        "2018-01-16",
        "--rag",
        "green",
    ]));
    assert_eq!(
        estate.read("tscb/updates/2018-01-16-vemt.yaml"),
        "\
updates: VEMT Subgroup return, 16 January 2018
plan: work-plan
date: 2018-01-16
by: vemt
entries:
  - action: 1.1.1
    rag: amber
    covers: 2017-18 Q3
  - action: 1.1.2
    rag: green
"
    );
}

#[test]
fn every_field_of_an_entry_can_be_given_and_is_read_back() {
    let estate = estate(&[]);
    let long = "We hold it every week, in the same room, with the same people, and the minutes go to all \
                agencies: they say who does what, and by when.";
    let said = estate.run(&[
        "update",
        "1.1.2",
        "--rag",
        "AMBER",
        "--status",
        "in-progress",
        "--done",
        long,
        "--impact",
        "One.\n\n- two\n- three",
        "--impact-rag",
        "green",
        "--voice",
        "“It helped” #1",
        "--next=- audit",
        "--note",
        "key: value",
        "--evidence",
        "VEMT Report",
        "--evidence",
        "[Audit](https://example.org/a?b=c)",
        "--timescale",
        "September  2018",
        "--owners",
        "police, VEMT Chairs and members",
        "--owners",
        "Standards, Engagement and Development Team",
        "--reason",
        "It's late",
        "--agreed",
        "Board",
        "--escalate",
        "BOARD",
        "--by",
        "vemt",
        "--meeting",
        "board",
        "--covers",
        "2017-18 Q4",
        "--date",
        "1 May 2018",
    ]);
    let words: Vec<&str> = done(&said).out.split_whitespace().collect();
    assert!(
        words.join(" ").starts_with(
            "1.1.2 amber as before; not started → in progress; escalated to board \
             1.1.2 from 2 May 2018: amber as before; due 30 Jun 2018 → 30 Sep 2018; owners \
             vemt, police, sed → police, vemt, sed written to"
        ),
        "{}",
        said.out
    );
    // With what it decides, which counts from the day after.
    let shown = estate.json(&["show", "1.1.2", "--as-of", "2018-05-02"]);
    let entry = &shown["actions"][0]["history"][0];
    let expected = [
        ("rag", "amber"),
        ("status", "in progress"),
        ("done", long),
        ("impact", "One.\n\n- two\n- three"),
        ("impact_rag", "green"),
        ("voice", "“It helped” #1"),
        ("next", "- audit"),
        ("note", "key: value"),
        ("timescale", "September 2018"),
        ("reason", "It's late"),
        ("agreed", "board"),
        ("escalate", "board"),
        ("by", "vemt"),
        ("meeting", "board"),
        ("covers", "2017-18 Q4"),
        ("date", "2018-05-01"),
    ];
    for (field, text) in expected {
        assert_eq!(entry[field], text, "{field}");
    }
    assert_eq!(
        entry["evidence"],
        serde_json::json!(["VEMT Report", "Audit"])
    );
    assert_eq!(
        entry["owners"],
        serde_json::json!(["police", "vemt", "sed"])
    );
    let text = estate.read("tscb/updates/2018-05-01-vemt.yaml");
    assert!(
        text.contains("- VEMT Report\n") || text.contains("[VEMT Report, "),
        "{text}"
    );
    assert!(
        text.contains("    done: >-\n      We hold it every week"),
        "{text}"
    );
    assert!(
        text.contains("    impact: |-\n      One.\n\n      - two\n      - three\n"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 116),
        "{text}"
    );
}

#[test]
fn entries_about_several_an_objective_and_a_priority() {
    let estate = estate(&[]);
    let said = estate.run(&["update", "1.1.1", "1.1.3", "--rag", "green", "--by", "vemt"]);
    assert_eq!(
        done(&said).out,
        "1.1.1 red as before; not started → in progress; reported green\n\
         1.1.3 amber → green; not started → in progress\n\
         written to plans/tscb/updates/2018-05-01-vemt.yaml:6\n"
    );
    let said = estate.run(&[
        "update",
        "--objective",
        "1.1",
        "--done",
        "All of it.",
        "--by",
        "police",
    ]);
    assert_eq!(done(&said).out.lines().count(), 4);
    let said = estate.run(&["update", "--priority", "1", "--rag", "red", "--by", "sed"]);
    assert_eq!(
        done(&said).out.lines().next(),
        Some("priority 1 red as before")
    );
    let text = estate.read("tscb/updates/2018-05-01-vemt.yaml");
    assert!(text.contains("- action: [1.1.1, 1.1.3]\n"), "{text}");
}

/// What must be refused, with words that the refusal holds.
const REFUSED: &[(&[&str], &str)] = &[
    (
        &["update", "1.1.9", "--rag", "red"],
        "there is no action `1.1.9`; did you mean",
    ),
    (
        &["update", "1.1", "--rag", "red"],
        "it is an objective, with the actions 1.1.1, 1.1.2, 1.1.3",
    ),
    (
        &["update", "1.1.1", "--by", "polic", "--rag", "red"],
        "no group `polic`; did you mean `police`?",
    ),
    (
        &["update", "1.1.1", "--owners", "vemt,polic", "--reason", "x"],
        "did you mean `police`?",
    ),
    (
        &["update", "1.1.1", "--rag", "orange"],
        "\"orange\" is not a RAG rating",
    ),
    (
        &["update", "1.1.1", "--status", "done"],
        "\"done\" is not a status",
    ),
    (
        &["update", "1.1.1", "--rag", "red", "--date", "someday"],
        "someday",
    ),
    (
        &["update", "1.1.1", "--rag", "red", "--date", "2 May 2018"],
        "error[future-update]",
    ),
    (
        &["update", "1.1.1", "--timescale", "June 2018"],
        "error[change-without-reason]",
    ),
    (
        &["update", "1.1.1", "--timescale", "soonish", "--reason", "x"],
        "error[unreadable-timescale]",
    ),
    (
        &["update", "1.1.1", "1.1.2", "--rag", "blue"],
        "error[shared-change]",
    ),
    (
        &["update", "1.1.1", "--done", "a\u{1b}[31mb"],
        "control character (U+001B)",
    ),
    (
        &["update", "1.1.1", "--evidence", "[Audit](../../../x.pdf)"],
        "error[unsafe-path]",
    ),
    (
        &["update", "1.1.1", "--rag", "red", "--covers", "spring"],
        "\"spring\" is not a period",
    ),
    (&["update", "1.1.1"], "there is nothing to record"),
    (
        &["update", "1.1.1", "--done", " \n"],
        "what was given is empty",
    ),
    (&["update", "1.1.1", "--note", "x", "--date", ""], "error: "),
    (&["update", "--rag", "red"], "say what it is about"),
    (
        &[
            "update",
            "1.1.1",
            "--rag",
            "red",
            "--file",
            "elsewhere.yaml",
        ],
        "is not below the folder",
    ),
    (
        &[
            "update",
            "1.1.1",
            "--rag",
            "red",
            "--file",
            "plans/tscb/board.yaml",
        ],
        "is no file of updates",
    ),
    (
        &[
            "update",
            "1.1.1",
            "--rag",
            "red",
            "--file",
            "plans/tscb/x.txt",
        ],
        "does not end in .yaml",
    ),
];

#[test]
fn what_is_wrong_is_refused_with_the_rule_and_nothing_is_written() {
    for (arguments, words) in REFUSED {
        let estate = estate(&[]);
        let said = estate.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {said:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "");
        assert!(
            !estate.plans().join("tscb/updates").exists(),
            "{arguments:?}"
        );
    }
}

#[test]
fn an_entry_that_contradicts_another_of_its_day_is_refused() {
    let estate = estate(&[]);
    done(&estate.run(&["update", "1.1.1", "--rag", "red", "--by", "vemt"]));
    let before = estate.read("tscb/updates/2018-05-01-vemt.yaml");
    let said = estate.run(&["update", "1.1.1", "--rag", "green", "--by", "vemt"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("error[conflicting-updates]"),
        "{}",
        said.err
    );
    assert_eq!(estate.read("tscb/updates/2018-05-01-vemt.yaml"), before);
}

#[test]
fn what_is_a_warning_is_said_and_written() {
    let estate = estate(&[]);
    let said = estate.run(&[
        "update",
        "1.1.1",
        "--evidence",
        "Letter",
        "--timescale",
        "June 2018",
        "--reason",
        "Late",
    ]);
    for rule in ["warning[unplanned-evidence]", "warning[not-agreed]"] {
        assert!(done(&said).err.contains(rule), "{}", said.err);
    }
    assert!(
        said.out.contains("June 2018 requested, not yet decided"),
        "{}",
        said.out
    );
    // A second one brings nothing new but itself.
    let said = estate.run(&["update", "1.1.2", "--rag", "green"]);
    assert_eq!(done(&said).err, "");
}

#[test]
fn errors_that_are_elsewhere_already_do_not_block_but_an_incomplete_board_does() {
    let other =
        "updates: x\nplan: work-plan\ndate: 2018-04-01\nentries:\n  - {action: 9.9, rag: red}\n";
    let one = estate(&[("tscb/updates/bad.yaml", other)]);
    assert_eq!(one.run(&["validate"]).code, 1);
    done(&one.run(&["update", "1.1.1", "--rag", "red"]));

    let broken = estate(&[("tscb/updates/bad.yaml", "updates: [\n")]);
    let said = broken.run(&["update", "1.1.1", "--rag", "red"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("INCOMPLETE: plans/tscb/updates/bad.yaml"),
        "{}",
        said.err
    );
    assert!(!broken.plans().join("tscb/updates/2018-05-01.yaml").exists());
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let before = format!("{HEAD}entries:\n  - action: 1.1.2\n    rag: green\n");
    let estate = estate(&[("tscb/updates/return.yaml", &before)]);
    let said = estate.run(&[
        "update",
        "1.1.1",
        "--by",
        "vemt",
        "--rag",
        "red",
        "--dry-run",
    ]);
    assert_eq!(
        done(&said).out,
        "\
--- a/plans/tscb/updates/return.yaml
+++ b/plans/tscb/updates/return.yaml
@@ -5,3 +5,5 @@
 entries:
   - action: 1.1.2
     rag: green
+  - action: 1.1.1
+    rag: red
"
    );
    assert_eq!(estate.read("tscb/updates/return.yaml"), before);
}

#[test]
fn json_says_what_changed_and_where() {
    let estate = estate(&[]);
    let answer = estate.json(&[
        "update",
        "1.1.1",
        "--timescale",
        "June 2018",
        "--reason",
        "Late",
        "--agreed",
        "board",
        "--rag",
        "amber",
    ]);
    assert_eq!(answer["kind"], "recorded");
    assert_eq!(
        answer["written"][0]["file"],
        "plans/tscb/updates/2018-05-01.yaml"
    );
    assert_eq!(answer["written"][0]["line"], 5);
    // The rating counts today, the new date from tomorrow.
    let change = &answer["changes"][0];
    assert_eq!(change["id"], "1.1.1");
    assert_eq!(change["from"], Value::Null);
    assert_eq!(
        change["sentence"],
        "red as before; not started → in progress; reported amber"
    );
    let change = &answer["changes"][1];
    assert_eq!(change["id"], "1.1.1");
    assert_eq!(change["from"], "2018-05-02");
    assert_eq!(
        (&change["before"]["rag"], &change["after"]["rag"]),
        (&Value::from("red"), &Value::from("amber"))
    );
    assert_eq!(change["before"]["due"], "2018-02-28");
    assert_eq!(change["after"]["due"], "2018-06-30");
    assert_eq!(
        change["sentence"],
        "red → amber; due 28 Feb 2018 → 30 Jun 2018"
    );
}

#[test]
fn of_two_plans_with_one_id_the_one_with_open_work_is_meant() {
    let next = PLAN
        .replace("2017-19", "2019-21")
        .replace("id: 1.1.2,", "id: 1.1.2x,");
    let estate = estate(&[("tscb/next.yaml", &next)]);
    let said = estate.run(&["update", "1.1.1", "--rag", "red"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("is in several plans: next of tscb, work-plan of tscb"),
        "{}",
        said.err
    );
    done(&estate.run(&["update", "1.1.2", "--rag", "green"]));
    done(&estate.run(&[
        "update",
        "1.1.1",
        "--plan",
        "work-plan",
        "--status",
        "complete",
        "--evidence",
        "Audit",
    ]));
    let said = estate.run(&["update", "1.1.1", "--note", "the new plan's"]);
    done(&said);
    // The day's file is another plan's: the entry says which it is about.
    let text = estate.read("tscb/updates/2018-05-01.yaml");
    assert!(
        text.ends_with("  - action: 1.1.1\n    note: the new plan's\n    plan: next\n"),
        "{text}"
    );
}

fn typed(estate: &Estate, arguments: &[&str], lines: &str) -> Said {
    run_with(estate.dir.path(), arguments, None, Some(lines))
}

#[test]
fn on_a_terminal_it_asks_for_each_field_and_at_last_whether_to_record() {
    let estate = estate(&[]);
    done(&estate.run(&[
        "update",
        "1.1.2",
        "--done",
        "Two sessions.",
        "--date",
        "2018-04-01",
    ]));
    // rag (wrong, then right), status, done, impact, impact_rag, voice, next, note, evidence (two),
    // timescale, owners, reason, agreed, refused, escalate, date, covers, by, meeting, record.
    let lines = "orange\ngreen\n\nThree sessions.\n\n\n\n\n\nAudit\nVEMT Report\n\n\n\n\n\n\n\n1 May 2018\n\nvmet\nVEMT Subgroup\n\ny\n";
    let said = typed(&estate, &["update", "1.1.2"], lines);
    assert!(
        done(&said).err.contains("Two sessions."),
        "shows the last report: {}",
        said.err
    );
    let rating = said.err.lines().find(|line| line.starts_with("RAG "));
    assert!(
        rating.is_some_and(|line| line.ends_with("GREY · in progress")),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("\"orange\" is not a RAG rating"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("no group `vmet`; did you mean `vemt`?"),
        "{}",
        said.err
    );
    assert!(said.err.contains("+  - action: 1.1.2\n"), "{}", said.err);
    assert_eq!(
        estate.read("tscb/updates/2018-05-01-vemt.yaml"),
        "\
updates: VEMT Subgroup return, 1 May 2018
plan: work-plan
date: 2018-05-01
by: vemt
entries:
  - action: 1.1.2
    rag: green
    done: Three sessions.
    evidence: [Audit, VEMT Report]
"
    );
}

#[test]
fn whoever_gives_up_or_does_not_agree_writes_nothing() {
    let enter = "\n".repeat(30);
    for lines in [
        "",
        "q\n",
        "green\nq\n",
        "green\n",
        &enter,
        &format!("green{enter}"),
        &format!("green{enter}n\n"),
    ] {
        let estate = estate(&[]);
        let said = typed(&estate, &["update", "1.1.2"], lines);
        assert!(
            done(&said).err.ends_with("nothing was recorded\n"),
            "{}",
            said.err
        );
        assert!(!estate.plans().join("tscb/updates").exists());
    }
}

#[test]
fn what_the_rules_refuse_can_be_mended_where_it_was_asked() {
    let estate = estate(&[]);
    // No reason for the new deadline; then it is given.
    let fields = "\n\n\n\n\n\n\n\n\nJune 2018\n\n\n\n\n\n\n\n\n\n";
    let said = typed(
        &estate,
        &["update", "1.1.1"],
        &format!("{fields}reason\nThe audit was late.\ny\n"),
    );
    assert!(
        done(&said).err.contains("error[change-without-reason]"),
        "{}",
        said.err
    );
    let text = estate.read("tscb/updates/2018-05-01.yaml");
    assert!(
        text.contains("timescale: June 2018\n    reason: The audit was late.\n"),
        "{text}"
    );
}

#[test]
fn a_challenge_is_raised_answered_and_closed() {
    let estate = estate(&[]);
    let said = estate.run(&[
        "challenge",
        "--raised",
        "Why do interviews take ten days?",
        "--from",
        "police",
        "--to",
        "VEMT Subgroup",
        "--action",
        "1.1.1",
        "--date",
        "16 January 2018",
        "--meeting",
        "board",
    ]);
    assert_eq!(
        done(&said).out,
        "C1 raised by police with vemt, about 1.1.1\nwritten to plans/tscb/challenges.yaml:4\n"
    );
    done(&estate.run(&[
        "challenge",
        "C1",
        "--response",
        "Two posts are vacant.",
        "--date",
        "2018-03-06",
    ]));
    done(&estate.run(&[
        "challenge",
        "C1",
        "--closed",
        "Within 72 hours.",
        "--impact",
        "Fewer episodes.",
    ]));
    assert_eq!(
        estate.read("tscb/challenges.yaml"),
        "\
challenges: Challenge log
plan: work-plan
entries:
  - challenge: C1
    date: 2018-01-16
    meeting: board
    from: police
    to: vemt
    action: 1.1.1
    raised: Why do interviews take ten days?
  - challenge: C1
    date: 2018-03-06
    response: Two posts are vacant.
  - challenge: C1
    date: 2018-05-01
    closed: Within 72 hours.
    impact: Fewer episodes.
"
    );
    assert_eq!(
        estate.run(&["validate", "--strict"]).code,
        0,
        "{}",
        estate.run(&["validate"]).out
    );
}

#[test]
fn a_challenge_goes_on_in_its_own_log_pattern_and_form() {
    let log = "challenges: Log\nplan: work-plan\nentries:\n  - {challenge: TSCB/09, date: 2018-01-16, raised: Why?}\n";
    let estate = estate(&[("tscb/log.yaml", log)]);
    done(&estate.run(&["challenge", "--raised", "When?"]));
    assert_eq!(
        estate.read("tscb/log.yaml"),
        format!("{log}  - {{challenge: TSCB/10, date: 2018-05-01, raised: When?}}\n")
    );
}

#[test]
fn what_was_never_raised_or_is_closed_is_refused() {
    let log = "\
challenges: Log
plan: work-plan
entries:
  - {challenge: C1, date: 2018-01-16, raised: Why?}
  - {challenge: C1, date: 2018-02-16, closed: So.}
  - {challenge: C2, date: 2018-01-16, raised: When?}
";
    let cases: [(&[&str], &str); 8] = [
        (
            &["challenge", "C3", "--response", "x"],
            "C3 was never raised",
        ),
        (&["challenge", "C3", "--closed", "x"], "C3 was never raised"),
        (
            &["challenge", "C2", "--raised", "x"],
            "C2 was raised on 16 January 2018 already",
        ),
        (
            &["challenge", "C1", "--closed", "x"],
            "C1 was closed on 16 February 2018 already",
        ),
        (
            &["challenge", "C2", "--closed", "x", "--date", "2018-01-15"],
            "nothing of it can be dated before",
        ),
        (&["challenge", "--closed", "x"], "name the challenge"),
        (&["challenge", "C2"], "there is nothing to record"),
        (
            &["challenge", "--raised", "x", "--to", "vmet"],
            "did you mean `vemt`?",
        ),
    ];
    for (arguments, words) in cases {
        let estate = estate(&[("tscb/log.yaml", log)]);
        let said = estate.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {said:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
        assert_eq!(estate.read("tscb/log.yaml"), log);
    }
}

#[test]
fn new_makes_a_working_estate_and_never_overwrites() {
    let empty = Estate::of(&[]);
    std::fs::remove_dir(empty.plans()).unwrap();
    let said = empty.run(&[
        "new",
        "--name",
        "Testshire: \"Safeguarding\" Partnership #1",
    ]);
    assert_eq!(
        done(&said).out,
        "\
made plans/testshire-safeguarding-partnership-1/board.yaml
made plans/testshire-safeguarding-partnership-1/plan-2018-19.yaml
made plans/testshire-safeguarding-partnership-1/updates/README.md
made .vscode/plan.schema.json
made .github/workflows/plan.yml
next: plan status
"
    );
    assert_eq!(
        empty.run(&["validate", "--strict"]).out,
        "No errors, no warnings.\n"
    );
    assert_eq!(empty.run(&["status"]).code, 0);
    let shown = empty.json(&["status"]);
    assert_eq!(shown["boards"][0]["plans"][0]["counts"]["total"], 1);
    // The example of a report is for people: nothing counts as reported yet.
    assert_eq!(shown["boards"][0]["plans"][0]["counts"]["not_started"], 1);
    let readme = empty.read("testshire-safeguarding-partnership-1/updates/README.md");
    let example = readme
        .split("```")
        .nth(1)
        .unwrap()
        .trim_start_matches("yaml\n");
    empty.write(
        "testshire-safeguarding-partnership-1/updates/tried.yaml",
        example,
    );
    assert_eq!(empty.run(&["validate"]).code, 0);
    std::fs::remove_file(
        empty
            .plans()
            .join("testshire-safeguarding-partnership-1/updates/tried.yaml"),
    )
    .unwrap();
    // A file names the schema by a path from itself, and it is there.
    let file = empty.read("testshire-safeguarding-partnership-1/board.yaml");
    let line = "# yaml-language-server: $schema=../../.vscode/plan.schema.json\n";
    assert!(file.starts_with(line), "{file}");
    assert!(empty.dir.path().join(".vscode/plan.schema.json").is_file());
    // What comes next works on it.
    done(&empty.run(&[
        "update",
        "1.1.1",
        "--rag",
        "green",
        "--evidence",
        "Audit of ten cases",
    ]));
    let again = empty.run(&["new"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("there is a folder plans already"),
        "{}",
        again.err
    );

    let other = Estate::of(&[]);
    std::fs::remove_dir(other.plans()).unwrap();
    let workflow = other.dir.path().join(".github/workflows/plan.yml");
    std::fs::create_dir_all(workflow.parent().unwrap()).unwrap();
    std::fs::write(&workflow, "mine").unwrap();
    let said = other.run(&["new"]);
    assert!(
        said.err
            .contains("this is there already: .github/workflows/plan.yml"),
        "{}",
        said.err
    );
    assert_eq!(std::fs::read_to_string(workflow).unwrap(), "mine");
    assert!(!other.plans().exists());
}

#[test]
fn new_boards_and_plans_validate() {
    let estate = Estate::of(&[]);
    done(&estate.run(&["new", "board", "Northshire SCP"]));
    done(&estate.run(&["new", "board", "Southshire SCP"]));
    for period in ["2026-27", "2017-19", "2018-04-01 to 2018-12-31"] {
        let name = format!("Business Plan {period}");
        done(&estate.run(&[
            "new",
            "plan",
            &name,
            "--period",
            period,
            "--board",
            "northshire-scp",
        ]));
    }
    assert_eq!(
        estate.run(&["validate", "--strict"]).out,
        "No errors, no warnings.\n"
    );
    let refused: [(&[&str], &str); 6] = [
        (
            &["new", "board", "Northshire SCP"],
            "plans/northshire-scp is there already",
        ),
        (&["new", "board", "!!!"], "holds no letter or figure"),
        (
            &["new", "plan", "X", "--period", "2026-27"],
            "say which board it is, with --board",
        ),
        (
            &[
                "new",
                "plan",
                "X",
                "--period",
                "soon",
                "--board",
                "northshire-scp",
            ],
            "\"soon\" is not a period",
        ),
        (
            &[
                "new",
                "plan",
                "Business plan 2026-27",
                "--period",
                "2026-27",
                "--board",
                "northshire-scp",
            ],
            "business-plan-2026-27.yaml is there already",
        ),
        (
            &[
                "new",
                "plan",
                "X",
                "--period",
                "2026-27",
                "--board",
                "eastshire",
            ],
            "no board `eastshire`",
        ),
    ];
    for (arguments, words) in refused {
        let said = estate.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    }
}

/// A plan of two years, a year on: one action done, one with a moved deadline and other owners.
fn year_on() -> Estate {
    let plan = PLAN.to_owned()
        + "  - id: 2\n    title: Exploitation\n    actions:\n      - {id: 2.1, action: Map it, owners: [police], evidence: [Map], timescale: May 2018, indicator: X1, threads: [voice]}\n"
        + "threads: {voice: The voice of the child}\nindicators:\n  - {id: X1, title: Missing, better: lower, target: decreasing, data: x1.csv}\n";
    let estate = estate(&[("tscb/work-plan.yaml", plan.as_str())]);
    estate.write("tscb/x1.csv", "indicator,period,value\nX1,2017-18 Q3,8.5\n");
    let entries: [&[&str]; 3] = [
        &["1.1.1", "--status", "complete", "--evidence", "VEMT Report"],
        &[
            "1.1.2",
            "--timescale",
            "October 2018",
            "--owners",
            "police",
            "--reason",
            "Late",
            "--agreed",
            "board",
        ],
        &["2.1", "--rag", "green", "--done", "Half of it."],
    ];
    for entry in entries {
        done(&estate.run(&[&["update", "--date", "2018-03-01"], entry].concat()));
    }
    estate
}

const ROLL: [&str; 6] = [
    "rollover",
    "work-plan",
    "--to",
    "2019-20",
    "--agreed",
    "board",
];

#[test]
fn rollover_carries_what_is_open_and_says_so_in_both_plans() {
    let estate = year_on();
    let said = estate.run(&ROLL);
    let words: Vec<&str> = done(&said).out.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "3 of 4 actions carried forward from work-plan to work-plan-2019-20 early: work-plan runs to \
         31 March 2019, and from 2 May 2018 on these actions are closed in it; `--date` gives another day due \
         before the new plan begins: 1.1.2 (October 2018), 2.1 (May 2018) written to plans/tscb/work-plan-2019-20.yaml written to \
         plans/tscb/updates/2018-05-01-board.yaml"
    );
    assert_eq!(
        estate.read("tscb/work-plan-2019-20.yaml"),
        "\
# Carried forward from work-plan: what was open there. `from` names the action that each
# carries on; `plan show ID` shows the history of both.
# plan: allow not-adopted: a draft; when the board adopts it, give its day and delete this line
plan: Work Plan
period: 2019-20
priorities:
  - id: 1
    title: Neglect
    owners: [vemt, police, sed]
    evidence: [VEMT Report, Audit]
    objectives:
      - id: 1.1
        title: Fewer children go missing
        actions:
          - {id: 1.1.2, from: work-plan#1.1.2, owners: [police], action: Training, timescale: October 2018}
          - {id: 1.1.3, from: work-plan#1.1.3, action: Awareness, timescale: Ongoing - quarterly}
  - id: 2
    title: Exploitation
    actions:
      - {id: 2.1, from: work-plan#2.1, action: Map it, owners: [police], evidence: [Map], timescale: May 2018, indicator: X1, threads: [voice]}
threads: {voice: The voice of the child}
indicators:
  - {id: X1, title: Missing, better: lower, target: decreasing, data: x1.csv}
"
    );
    let updates = estate.read("tscb/updates/2018-05-01-board.yaml");
    let first = "\
updates: Board return, 1 May 2018
plan: work-plan
date: 2018-05-01
by: board
entries:
  - action: 1.1.2
    status: carried forward
    reason: Carried on as work-plan-2019-20#1.1.2.
    agreed: board
";
    assert!(updates.starts_with(first), "{updates}");
    assert_eq!(updates.matches("carried forward").count(), 3);
    assert_eq!(estate.run(&["validate"]).code, 0);

    // The old plan has nothing open; the history of both is shown, in words and in JSON.
    let counts = estate.json(&["status", "--plan", "work-plan", "--as-of", "2018-05-02"])["boards"]
        [0]["plans"][0]["counts"]
        .clone();
    assert_eq!(
        (&counts["carried_forward"], &counts["complete"]),
        (&Value::from(3), &Value::from(1))
    );
    done(&estate.run(&[
        "update",
        "2.1",
        "--note",
        "A new year.",
        "--as-of",
        "2018-05-02",
    ]));
    let later = [
        "show",
        "2.1",
        "--plan",
        "work-plan-2019-20",
        "--as-of",
        "2018-05-02",
    ];
    let shown = estate.json(&later);
    let action = &shown["actions"][0];
    assert_eq!(action["history"][0]["note"], "A new year.");
    assert_eq!(action["carried"][0]["plan"], "work-plan");
    assert_eq!(action["carried"][0]["id"], "2.1");
    assert_eq!(action["carried"][0]["history"][0]["done"], "Half of it.");
    assert_eq!(
        action["carried"][0]["history"][1]["status"],
        "carried forward"
    );
    let page = estate.run(&later).out;
    let (new, old) = page.split_once("HISTORY OF 2.1 IN").expect("a heading");
    assert!(
        new.contains("A new year.") && old.contains("Half of it."),
        "{page}"
    );

    let again = estate.run(&ROLL);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("nothing of work-plan is open"),
        "{}",
        again.err
    );
}

#[test]
fn rollover_can_number_anew_and_only_show() {
    let estate = year_on();
    let said = estate.run(&[&ROLL[..], &["--renumber", "--dry-run"]].concat());
    assert!(
        done(&said)
            .out
            .starts_with("--- /dev/null\n+++ b/plans/tscb/work-plan-2019-20.yaml\n"),
        "{}",
        said.out
    );
    assert!(!estate.plans().join("tscb/work-plan-2019-20.yaml").exists());
    assert!(
        !estate
            .plans()
            .join("tscb/updates/2018-05-01-board.yaml")
            .exists()
    );
    done(&estate.run(&[&ROLL[..], &["--renumber", "--reason", "The year ends."]].concat()));
    let plan = estate.read("tscb/work-plan-2019-20.yaml");
    for line in [
        "{id: 1.1.1, from: work-plan#1.1.2,",
        "{id: 1.1.2, from: work-plan#1.1.3,",
        "{id: 2.1, from: work-plan#2.1,",
    ] {
        assert!(plan.contains(line), "{plan}");
    }
    assert!(
        estate
            .read("tscb/updates/2018-05-01-board.yaml")
            .contains("reason: The year ends.\n")
    );
}

#[test]
fn a_rollover_that_is_wrong_writes_neither_file() {
    let cases: [(&[&str], &str); 5] = [
        (
            &[
                "rollover",
                "work-plan",
                "--to",
                "2019-20",
                "--agreed",
                "bord",
            ],
            "did you mean `board`?",
        ),
        (
            &["rollover", "work-plan", "--to", "soon", "--agreed", "board"],
            "\"soon\" is not a period",
        ),
        (
            &[
                "rollover", "workplan", "--to", "2019-20", "--agreed", "board",
            ],
            "did you mean `work-plan`?",
        ),
        (
            &[
                "rollover",
                "work-plan",
                "--to",
                "2019-20",
                "--agreed",
                "board",
                "--date",
                "2018-06-01",
            ],
            "error[future-update]",
        ),
        // 2.1 was reported on that day by another: one day, two statuses.
        (
            &[
                "rollover",
                "work-plan",
                "--to",
                "2019-20",
                "--agreed",
                "vemt",
                "--date",
                "2018-04-01",
            ],
            "error[conflicting-updates]",
        ),
    ];
    for (arguments, words) in cases {
        let estate = year_on();
        done(&estate.run(&[
            "update",
            "2.1",
            "--status",
            "in progress",
            "--agreed",
            "board",
            "--date",
            "2018-04-01",
        ]));
        let said = estate.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
        assert!(!estate.plans().join("tscb/work-plan-2019-20.yaml").exists());
        assert!(
            !estate
                .plans()
                .join("tscb/updates/2018-05-01-board.yaml")
                .exists()
        );
    }
    let taken = year_on();
    taken.write("tscb/work-plan-2019-20.yaml", PLAN);
    let said = taken.run(&ROLL);
    assert!(
        said.err
            .contains("is there already, and says something else"),
        "{}",
        said.err
    );
    assert_eq!(taken.read("tscb/work-plan-2019-20.yaml"), PLAN);
}

#[test]
fn hartlepools_plan_rolls_over_with_its_comments_and_validates() {
    let estate = Estate::real();
    let said = estate.run(&[
        "rollover",
        "work-plan-2017-19",
        "--to",
        "2019-20",
        "--agreed",
        "board",
        "--as-of",
        "2019-03-05",
    ]);
    assert!(
        done(&said)
            .out
            .starts_with("49 of 49 actions carried forward"),
        "{}",
        said.out
    );
    let old = estate.read("hartlepool/work-plan-2017-19.yaml");
    let new = estate.read("hartlepool/work-plan-2019-20.yaml");
    let kept = new
        .lines()
        .filter(|line| !line.contains("from: work-plan-2017-19#"));
    // The head speaks of the new plan; all else but the period is the old file's own.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.lines().skip(5).collect(), kept.skip(5).collect());
    assert_eq!(old, new);
    assert_eq!(estate.run(&["validate", "--as-of", "2019-03-05"]).code, 0);
}

#[test]
fn a_milestone_is_an_action_too() {
    let plan = PLAN.to_owned()
        + "  - id: 2\n    title: Arrangements\n    owners: [vemt]\n    evidence: [Map]\n    actions:\n      - id: 2.1\n        action: Publish\n        milestones:\n          - {id: 2.1a, timescale: April 2018}\n          - {id: 2.1b, timescale: September 2018}\n";
    let estate = estate(&[("tscb/work-plan.yaml", plan.as_str())]);
    let said = estate.run(&[
        "update",
        "2.1a",
        "--status",
        "complete",
        "--evidence",
        "Map",
    ]);
    assert!(
        done(&said).out.starts_with(
            "2.1 red → grey; not started → in progress; due 30 Apr 2018 → 30 Sep 2018\n"
        ),
        "{}",
        said.out
    );
    let said = estate.run(&["update", "2.1", "--timescale", "May 2019", "--reason", "x"]);
    assert!(
        said.err.contains("error[milestone-conflict]"),
        "{}",
        said.err
    );
}

#[test]
fn plans_that_no_board_claims_take_entries_beside_them() {
    let estate = Estate::of(&[("loose/work-plan.yaml", PLAN)]);
    done(&estate.run(&["update", "1.1.1", "--rag", "red", "--by", "anybody"]));
    assert!(
        estate
            .read("loose/updates/2018-05-01-anybody.yaml")
            .contains("by: anybody\n")
    );
    let own = Estate::of(&[("work-plan.yaml", PLAN)]);
    done(&own.run(&[
        "update",
        "1.1.1",
        "--rag",
        "red",
        "--file",
        "plans/report.yaml",
    ]));
    assert!(
        own.read("report.yaml")
            .contains("- action: 1.1.1\n    rag: red\n")
    );
}

#[test]
fn a_named_file_is_made_or_added_to_and_says_only_what_its_head_does_not() {
    let estate = estate(&[("other/board.yaml", BOARD)]);
    let to = ["--file", "plans/tscb/returns/spring.yaml"];
    done(
        &estate.run(
            &[
                &["update", "1.1.1", "--rag", "red", "--by", "vemt"][..],
                &to,
            ]
            .concat(),
        ),
    );
    let again = [
        "update",
        "1.1.2",
        "--rag",
        "green",
        "--by",
        "police",
        "--date",
        "2018-04-30",
    ];
    done(&estate.run(&[&again[..], &to].concat()));
    let text = estate.read("tscb/returns/spring.yaml");
    assert!(
        text.ends_with("  - action: 1.1.2\n    rag: green\n    date: 2018-04-30\n    by: police\n"),
        "{text}"
    );
    for (file, words) in [
        ("plans/tscb/.hidden/x.yaml", "or is hidden there"),
        (
            "plans/other/x.yaml",
            "other/x.yaml is not in the folder of tscb",
        ),
        ("plans/x.yaml", "x.yaml is not in the folder of tscb"),
        ("plans/tscb/../../x.yaml", "is not below the folder"),
    ] {
        let said = estate.run(&["update", "1.1.1", "--note", "x", "--file", file]);
        assert_eq!(said.code, 2, "{file}");
        assert!(said.err.contains(words), "{file}: {}", said.err);
    }
}

#[test]
fn hidden_characters_are_a_warning_and_stand_as_they_were_given() {
    let estate = estate(&[]);
    let said = estate.run(&["update", "1.1.1", "--done", "a\u{202e}b\u{2028}c"]);
    assert!(
        done(&said).err.contains("warning[hidden-characters]"),
        "{}",
        said.err
    );
    let shown = estate.json(&["show", "1.1.1"]);
    assert_eq!(
        shown["actions"][0]["history"][0]["done"],
        "a\u{202e}b\u{2028}c"
    );
}

#[test]
fn a_warning_is_said_once_where_it_was_asked() {
    let estate = estate(&[]);
    let lines = "\n\n\n\n\n\n\n\nLetter\n\n\n\n\n\n\n\n\n\n\n\ny\n";
    let said = typed(&estate, &["update", "1.1.2"], lines);
    assert_eq!(
        done(&said)
            .err
            .matches("warning[unplanned-evidence]")
            .count(),
        1,
        "{}",
        said.err
    );
    assert!(said.err.contains("record this? [y/N]"));
}

#[test]
fn a_rollover_says_which_words_mean_another_day_in_the_new_plan() {
    let plan = PLAN.replace(
        "timescale: June 2018",
        "timescale: end of the reporting period",
    );
    let estate = estate(&[("tscb/work-plan.yaml", plan.as_str())]);
    let said = estate.run(&ROLL);
    let words: Vec<&str> = done(&said).out.split_whitespace().collect();
    let expected = "the same words mean another day now: 1.1.2 (end of the reporting period: 2019-03-31, \
                    now 2020-03-31)";
    assert!(words.join(" ").contains(expected), "{}", said.out);
}

#[test]
fn an_entry_from_before_its_action_was_there_is_refused() {
    let plan = PLAN.replace("{id: 1.1.1,", "{id: 1.1.1, added: 2018-05-02,");
    let estate = estate(&[("tscb/work-plan.yaml", plan.as_str())]);
    let said = estate.run(&["update", "1.1.1", "--note", "x", "--date", "2018-04-01"]);
    assert_eq!(said.code, 2, "{said:?}");
    let expected =
        "this entry of 1 April 2018 counts for nothing: action 1.1.1 was added on 2 May 2018";
    assert!(said.err.contains(expected), "{}", said.err);
    assert!(!estate.plans().join("tscb/updates").exists());
}
