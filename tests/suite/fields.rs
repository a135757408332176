//! The fields of the files: each is read where it belongs, and what does not fit is named in its
//! place, and costs that field alone.

use crate::support::Estate;

const BOARD: &str = "\
board: Testshire Board
people: adults with care and support needs
groups:
  vemt: {name: VEMT Subgroup, contact: vemt@example.org}
";

const PLAN: &str = "\
plan: Testshire Plan
period: 2017-19
adopted: 2017-04-10
rag:
  words: {purple: blue, amber/green: Amber}
  complete: agreed
  red_after: 1 month
indicators:
  - {id: I1, title: Missing, target: 8, tolerance: 10% of target}
  - {id: I2, title: Seen, target: 80, tolerance: 2 points}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [Report]
    actions:
      - id: 1.1
        action: Train staff
        starts: April 2018
        timescale: June 2018
        lead: vemt
        source: {review: SCR-1, recommendation: \"3\"}
      - {id: 1.2, action: Publish guidance, starts: 2018-02-01, timescale: June 2018}
";

const UPDATES: &str = "\
updates: The board's decisions
plan: plan
date: 2018-01-16
entries:
  - {action: 1.2, by: vemt, timescale: July 2018, reason: The author is away.}
  - {action: 1.2, date: 2018-03-06, refused: board, reason: It is needed by June.}
  - {action: 1.1, by: vemt, rag: red, escalate: board}
  - {action: 1.1, date: 2018-03-06, by: vemt, rag: amber, escalate: none}
";

/// The rule, line and column of each finding on 1 May 2018, with its message and help.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let answer = Estate::of(files).json(&["validate"]);
    let findings = answer["findings"].as_array().expect("findings");
    let errors = findings.iter().filter(|f| f["severity"] == "error");
    errors
        .map(|f| {
            let word = |name: &str| f[name].as_str().unwrap_or_default().to_owned();
            let (file, rule) = (word("file"), word("rule"));
            let file = file.rsplit('/').next().unwrap();
            let place = format!("{file}:{}:{}", f["line"], f["column"]);
            format!("{place} {rule}: {}; {}", word("message"), word("help"))
        })
        .collect()
}

fn with<'f>(board: &'f str, plan: &'f str, updates: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("b/board.yaml", board),
        ("b/plan.yaml", plan),
        ("b/updates/a.yaml", updates),
    ]
}

#[test]
fn every_field_is_taken_where_it_belongs() {
    assert_eq!(findings(&with(BOARD, PLAN, UPDATES)), [""; 0]);
}

#[test]
fn what_does_not_fit_is_named_in_its_place_and_nothing_else_is_hidden() {
    let plan = PLAN
        .replace("purple: blue", "purple: mauve")
        .replace("complete: agreed", "complete: agrees")
        .replace("red_after: 1 month", "red_after: a while")
        .replace("starts: 2018-02-01", "starts: whenever")
        .replace("recommendation: \"3\"", "recomendation: \"3\"");
    let updates = UPDATES.replace("refused: board", "refused: bord");
    assert_eq!(
        findings(&with(BOARD, &plan, &updates)),
        [
            "plan.yaml:5:19 wrong-type: \"mauve\" is not a RAG rating; write one of: red, amber, \
             green, blue",
            "plan.yaml:6:13 wrong-type: \"agrees\" is not a way to count completion; did you mean \
             `agreed`?",
            "plan.yaml:7:14 unreadable-timescale: \"a while\" is not a length of time; write it as \
             `6 weeks`, `30 days`, `2 months` or `quarterly`",
            "plan.yaml:22:33 unknown-field: a source has no field `recomendation`; did you mean \
             `recommendation`?",
            "plan.yaml:23:53 unreadable-timescale: \"whenever\" is not a timescale that can be read; \
             write it like \"29 June 2019\", \"April 2018\", \"Q2 2019-20\", \"6 months\", \"Ongoing\", \"quarterly\" or \
             \"TBC\"",
            "a.yaml:6:46 unknown-group: the board has no group `bord`; did you mean `board`?",
        ]
    );
}

#[test]
fn bad_input_is_found_in_its_place_with_what_to_write() {
    let plan = PLAN
        .replace("10% of target", "-10% of target")
        .replace("2 points", "-2 points")
        .replace(
            "starts: 2018-02-01",
            "starts: 2018-08-01, added: 2018-02-01",
        );
    let updates = UPDATES.replace(
        "refused: board, reason",
        "agreed: board, refused: board, reason",
    ) + "  - {action: 1.2, by: vemt, rag: amber}\n"
        + "  - {action: 1.1, escalate: nobody}\n"
        + "  - {action: 1.1, date: 2018-03-07, refused: board, reason: It is needed by June.}\n";
    let estate = Estate::of(&with(BOARD, &plan, &updates));
    let found = estate.findings("2018-05-01");
    let found: Vec<(&str, u64)> = (found.iter())
        .filter(|(rule, ..)| {
            !matches!(
                rule.as_str(),
                "not-agreed" | "over-rated" | "rosy-rag" | "indicator-without-data"
            )
        })
        .map(|(rule, _, line)| (rule.as_str(), *line))
        .collect();
    assert_eq!(
        found,
        [
            ("wrong-type", 9),
            ("wrong-type", 10),
            ("impossible-dates", 23),
            // Entries of 16 January about an action that was added on 1 February.
            ("impossible-dates", 5),
            ("conflicting-updates", 6),
            ("impossible-dates", 9),
            ("unknown-group", 10),
            ("unasked-refusal", 11),
        ]
    );
}

#[test]
fn a_refusal_of_what_was_asked_is_none_and_of_another_field_is_one() {
    let refusal = |fields: &str| {
        let updates = UPDATES.replace("refused: board", &format!("refused: board{fields}"));
        let estate = Estate::of(&with(BOARD, PLAN, &updates));
        let found = estate.findings("2018-05-01");
        found.iter().any(|(rule, ..)| rule == "unasked-refusal")
    };
    assert!(!refusal(""));
    assert!(!refusal(", timescale: July 2018"));
    assert!(refusal(", owners: [vemt]"));
    assert!(refusal(", status: paused"));
}

/// Actions that carry each other on, and groups that stand for each other: a finding each, and an
/// answer all the same.
#[test]
fn circles_are_found_once_and_nothing_turns_for_ever() {
    let board = "\
board: Testshire Board
groups:
  a: {name: A, members: [b, police]}
  b: {name: B, members: [c]}
  c: {name: C, members: [a]}
  police: {name: Police, members: [police]}
";
    let action = |id: &str, from: &str| {
        format!("      - {{id: {id}, action: Do it, timescale: June 2018, from: plan#{from}}}\n")
    };
    let plan = "\
plan: Testshire Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [a]
    evidence: [Report]
    actions:
"
    .to_owned()
        + &action("1.1", "1.2")
        + &action("1.2", "1.3")
        + &action("1.3", "1.1");
    let estate = Estate::of(&[("b/board.yaml", board), ("b/plan.yaml", &plan)]);
    let answer = estate.json(&["validate"]);
    let findings = answer["findings"].as_array().unwrap().iter();
    let circles = findings.filter(|f| f["rule"] == "circular");
    let told: Vec<(u64, &str)> = circles
        .map(|f| (f["line"].as_u64().unwrap(), f["message"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (5, "the group `a` stands for itself: a → b → c → a"),
            (6, "the group `police` is its own member"),
            (
                10,
                "these actions carry each other on: plan#1.1 → plan#1.2 → plan#1.3 → plan#1.1"
            ),
        ]
    );
    assert_eq!(estate.action("1.1", "2018-05-01")["slips"], 0);
    assert_eq!(estate.run(&["chase"]).code, 0);
}

/// A board of groups of groups: whoever stands in one, however deep, owns what it owns.
#[test]
fn members_of_groups_of_groups_are_followed_to_any_depth() {
    let board = "\
board: Testshire
groups:
  everyone: {name: All partners, members: [health, police]}
  health: {name: Health partners, members: [icb, trust]}
  icb: {name: ICB}
  trust: {name: Hospital Trust}
  police: {name: Police}
";
    let plan = "\
plan: Work Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    evidence: [Report]
    actions:
      - {id: 1.1, action: Train all staff, owners: [everyone], timescale: January 2018}
";
    let estate = Estate::of(&[("b/board.yaml", board), ("b/plan.yaml", plan)]);
    for owner in ["everyone", "health", "icb", "Hospital Trust", "police"] {
        let list = estate.json(&["list", "--owner", owner]);
        assert_eq!(list["actions"].as_array().unwrap().len(), 1, "{owner}");
        let chased = estate.run(&["chase", owner]);
        assert!(chased.out.contains("1.1"), "{owner}: {}", chased.out);
        let paper = estate.run(&["report", "group", "--owner", owner]);
        assert!(paper.out.contains("1.1"), "{owner}: {}", paper.out);
        let form = estate.dir.path().join(format!("{}.csv", owner.len()));
        let form = form.to_str().unwrap();
        let said = estate.run(&["chase", owner, "-o", form]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(
            std::fs::read_to_string(form).unwrap().contains("1.1"),
            "{owner}"
        );
    }
    // Those who have a letter box are asked, and no group of groups.
    let chase = estate.json(&["chase"]);
    let groups = chase["boards"][0]["groups"].as_array().unwrap().iter();
    let asked: Vec<&str> = groups.map(|g| g["group"].as_str().unwrap()).collect();
    assert_eq!(asked, ["icb", "trust", "police"]);
}

/// Numbers that are none: each is found at its place, and no indicator turns green by one.
#[test]
fn numbers_that_cannot_be_are_found_and_rate_nothing_green() {
    let many = "9".repeat(400);
    let plan = format!(
        "\
plan: Work Plan
period: 2017-19
adopted: 2017-04-10
indicators:
  - {{id: NEG, better: lower, target: 8, tolerance: -10% of target, data: i.csv}}
  - {{id: INF, better: lower, target: 8, data: i.csv}}
  - {{id: INFT, better: lower, target: {many}, data: i.csv}}
  - {{id: TWO, better: lower, target: 8, data: i.csv}}
  - {{id: CUT, better: lower, target: 8, data: i.csv}}
  - {{id: NEGP, better: lower, target: 8, tolerance: -2 points, data: i.csv}}
priorities:
  - id: 1
    title: Neglect
    evidence: [Report]
    owners: [g]
    timescale: March 2019
    actions:
      - {{id: 1.1, action: A, indicator: NEG}}
      - {{id: 1.2, action: B, indicator: INF}}
      - {{id: 1.3, action: C, indicator: INFT}}
      - {{id: 1.4, action: D, indicator: TWO}}
      - {{id: 1.5, action: E, indicator: CUT}}
"
    );
    let data = format!(
        "\
indicator,period,value
NEG,2017-18 Q3,8.5
INF,2017-18 Q3,{many}
INFT,2017-18 Q3,9
TWO,2017-18 Q3,9
,,
TWO,2017-18 Q3,5
CUT,2017-18 Q3
NEH,2017-18 Q3,20
"
    );
    let board = "board: Testshire\ngroups: {g: {name: G}}\n";
    let estate = Estate::of(&[
        ("b/board.yaml", board),
        ("b/wp.yaml", &plan),
        ("b/i.csv", &data),
    ]);
    let found = estate.findings("2018-05-01");
    const RULES: [&str; 3] = ["wrong-type", "unreadable-data", "unknown-indicator"];
    let errors: Vec<(&str, &str, u64)> = (found.iter())
        .filter(|(rule, ..)| RULES.contains(&rule.as_str()))
        .map(|(rule, file, line)| (rule.as_str(), file.rsplit('/').next().unwrap(), *line))
        .collect();
    assert_eq!(
        errors,
        [
            ("unreadable-data", "i.csv", 3),
            ("unreadable-data", "i.csv", 7),
            ("unreadable-data", "i.csv", 8),
            ("unknown-indicator", "i.csv", 9),
            ("wrong-type", "wp.yaml", 5),
            ("wrong-type", "wp.yaml", 7),
            ("wrong-type", "wp.yaml", 10),
        ]
    );
    // 8.5 is off 8, and no tolerance holds; the first value of TWO counts, which is off its target.
    for (id, expected) in [
        ("1.1", "red"),
        ("1.2", "grey"),
        ("1.3", "grey"),
        ("1.4", "red"),
        ("1.5", "grey"),
    ] {
        let action = estate.action(id, "2018-05-01");
        assert_eq!(action["impact_rag"], expected, "{id}");
    }
}

/// A figure that is corrected later is no second value: each stands from the day it was reported.
#[test]
fn a_corrected_figure_stands_from_its_own_day() {
    let plan = "\
plan: Work Plan
period: 2017-19
adopted: 2017-04-10
indicators:
  - {id: I, better: lower, target: 8, data: i.csv}
priorities:
  - id: 1
    title: Neglect
    owners: [g]
    evidence: [Report]
    actions:
      - {id: 1.1, action: A, indicator: I, timescale: March 2019}
";
    let data = "\
indicator,period,value,reported
I,2017-18 Q3,9,2018-01-31
I,2017-18 Q3,7,2018-04-10
";
    let board = "board: Testshire\ngroups: {g: {name: G}}\n";
    let files = [
        ("b/board.yaml", board),
        ("b/wp.yaml", plan),
        ("b/i.csv", data),
    ];
    let estate = Estate::of(&files);
    assert_eq!(estate.findings("2018-05-01"), []);
    assert_eq!(estate.action("1.1", "2018-04-09")["impact_rag"], "red");
    assert_eq!(estate.action("1.1", "2018-04-10")["impact_rag"], "green");
}

/// The same letters put together in two ways are one name: of a plan's file, of a group.
#[test]
fn composed_and_decomposed_letters_are_one_name() {
    let (composed, decomposed) = ("t\u{177}", "ty\u{302}");
    let board = format!("board: Testshire\ngroups:\n  {composed}: {{name: T\u{177}}}\n");
    let plan = format!(
        "\
plan: Test Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: One
    owners: [{decomposed}]
    evidence: [Report]
    actions:
      - {{id: 1.1, action: Do the first thing., timescale: June 2018}}
"
    );
    let updates = format!(
        "\
updates: January
plan: {composed}
date: 2018-04-16
by: {composed}
entries:
  - {{action: 1.1, rag: green, done: Begun.}}
"
    );
    let name = format!("t/{decomposed}.yaml");
    let estate = Estate::of(&[
        ("t/board.yaml", &board),
        (&name, &plan),
        ("t/updates/a.yaml", &updates),
    ]);
    assert_eq!(estate.findings("2018-05-01"), []);
    assert_eq!(estate.action("1.1", "2018-05-01")["reported_rag"], "green");
    for asked in [composed, decomposed] {
        let list = estate.json(&["list", "--owner", asked, "--plan", asked]);
        assert_eq!(list["actions"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_weekday_that_is_not_its_dates_is_said_and_the_date_counts() {
    let found = |timescale: &str| {
        let plan = PLAN.replace(
            "timescale: June 2018}",
            &format!("timescale: {timescale}}}"),
        );
        let estate = Estate::of(&with(BOARD, &plan, UPDATES));
        let due = estate.action("1.2", "2018-05-01")["due"].clone();
        let findings = estate.findings("2018-05-01");
        (
            findings.iter().any(|(rule, ..)| rule == "wrong-weekday"),
            due,
        )
    };
    // 29 June 2018 was a Friday.
    for wrong in [
        "Monday 29 June 2018",
        "Thurs 29 June 2018",
        "by Sat 29/06/2018",
    ] {
        assert_eq!(found(wrong), (true, "2018-06-29".into()), "{wrong}");
    }
    for right in ["Friday 29 June 2018", "Fri 29 June 2018", "29 June 2018"] {
        assert_eq!(found(right), (false, "2018-06-29".into()), "{right}");
    }
    // The week that begins on Monday 25 June ends on Friday 29 June.
    assert!(!found("w/c Monday 25 June 2018").0);
}
