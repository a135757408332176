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
