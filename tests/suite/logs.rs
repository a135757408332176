//! A log (a meeting's actions, a review's recommendations): a plan with `actions` at its top, no
//! priorities, and perhaps no period. Every command and every paper works on one.

use crate::support::repository::Repository;
use crate::support::{Estate, Said};
use serde_json::Value;

const BOARD: &str = "\
board: Testshire Adults Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police, kind: agency}
meetings:
  board: [2018-03-06, 2018-06-05]
";

/// On 1 May 2018: M1 was due on 6 March; M2 is not yet; M3 is not there before 2 May.
const LOG: &str = "\
plan: Action log
adopted: 2018-01-16
actions:
  - {id: M1, action: Circulate the protocol, owners: [vemt], timescale: 6 March 2018, evidence: [Email]}
  - {id: M2, action: Invite the ambulance service, owners: [police], timescale: 5 June 2018, evidence: [Letter], added: 2018-03-06}
  - {id: M3, action: Review the terms of reference, owners: [vemt], timescale: July 2018, evidence: [Paper], added: 2018-05-02}
";

fn estate() -> Estate {
    Estate::of(&[("t/board.yaml", BOARD), ("t/log.yaml", LOG)])
}

fn ok(said: Said) -> Said {
    assert_eq!(said.code, 0, "{said:?}");
    said
}

#[test]
fn it_is_right_without_priorities_and_without_a_period() {
    assert_eq!(estate().findings("2018-05-01"), []);
}

#[test]
fn its_actions_are_judged_like_any_and_their_priority_is_null() {
    let list = estate().json(&["list"]);
    let actions = list["actions"].as_array().unwrap();
    let facts = |name: &str| -> Vec<&Value> { actions.iter().map(|a| &a[name]).collect() };
    assert_eq!(facts("id"), ["M1", "M2"]);
    assert_eq!(facts("priority"), [&Value::Null, &Value::Null]);
    assert_eq!(facts("overdue"), [true, false]);
    // From 6 March to 1 May: 25 days of March, 30 of April, 1 of May.
    assert_eq!(facts("days_late"), [&Value::from(56), &Value::Null]);
}

#[test]
fn the_page_before_a_meeting_counts_it_in_one_line() {
    let said = ok(estate().run(&["status"]));
    let line = said.out.lines().find(|line| line.starts_with("all"));
    assert!(
        line.is_some_and(|line| line.contains("  2  ")),
        "{}",
        said.out
    );
    let page = estate().json(&["status"]);
    let plan = &page["boards"][0]["plans"][0];
    assert_eq!(plan["counts"]["total"], 2);
    assert_eq!(plan["priorities"], Value::Array(Vec::new()));
}

#[test]
fn every_paper_shows_its_actions() {
    let papers = [
        "board",
        "exceptions",
        "group",
        "work-plan",
        "changes",
        "assurance",
        "annual",
    ];
    for paper in papers {
        for format in ["text", "json", "markdown", "html", "csv"] {
            let arguments = ["report", paper, "--since", "2018-03-01", "-O", format];
            let said = ok(estate().run(&arguments));
            assert!(said.out.contains("M1"), "{paper} {format}: {}", said.out);
        }
    }
    for paper in ["slippage", "indicators", "challenges", "threads", "estate"] {
        ok(estate().run(&["report", paper]));
    }
}

#[test]
fn it_is_shown_exported_chased_reported_on_and_compared() {
    let estate = estate();
    assert!(
        ok(estate.run(&["show", "M2"]))
            .out
            .contains("Invite the ambulance")
    );
    assert!(
        ok(estate.run(&["export", "-O", "csv"]))
            .out
            .contains("\nt,log,,,M2,")
    );
    assert!(ok(estate.run(&["export", "-O", "ics"])).out.contains("M2"));
    assert!(ok(estate.run(&["chase", "vemt"])).out.contains("M1"));
    ok(estate.run(&[
        "update", "M1", "--rag", "amber", "--done", "Drafted.", "--by", "vemt",
    ]));
    assert_eq!(estate.action("M1", "2018-05-01")["reported_rag"], "amber");
}

#[test]
fn what_is_open_of_it_is_carried_forward() {
    let estate = estate();
    ok(estate.run(&["update", "M1", "--status", "complete", "--by", "vemt"]));
    let roll = ["rollover", "log", "--to", "2018-19", "--agreed", "board"];
    ok(estate.run(&roll));
    let next = estate.read("t/log-2018-19.yaml");
    let (_, next) = next.split_once("plan: Action log\n").unwrap();
    assert_eq!(
        next,
        "\
actions:
  - {id: M2, from: log#M2, action: Invite the ambulance service, owners: [police], timescale: 5 June 2018, evidence: [Letter]}
"
    );
}

#[test]
fn a_log_that_was_agreed_is_held_to_it_and_takes_new_actions() {
    let files = [("t/board.yaml", BOARD), ("t/log.yaml", LOG)];
    let repository = Repository::of(&files);
    let more = "  - {id: M4, action: Write to schools, owners: [police], timescale: July 2018, \
                evidence: [Letter], added: 2018-05-01}\n";
    repository
        .estate
        .write("t/log.yaml", &format!("{LOG}{more}"));
    assert_eq!(repository.against("HEAD"), []);
    let later = LOG.replace("6 March 2018", "6 April 2018");
    repository.estate.write("t/log.yaml", &later);
    let expected = ("baseline-changed".into(), "plans/t/log.yaml".into(), 4);
    assert_eq!(repository.against("HEAD"), [expected]);
}

#[test]
fn actions_beside_priorities_are_named_and_still_counted() {
    let both = format!(
        "{LOG}priorities:
  - id: 1
    title: Neglect
    actions:
      - {{id: 1.1, action: Train staff, owners: [police], timescale: June 2018, evidence: [Report]}}
"
    );
    let estate = Estate::of(&[("t/board.yaml", BOARD), ("t/log.yaml", &both)]);
    let found = estate.findings("2018-05-01");
    assert_eq!(
        found,
        [("wrong-type".to_owned(), "plans/t/log.yaml".to_owned(), 3)]
    );
    let list = estate.json(&["list"]);
    let ids: Vec<&Value> = list["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["id"])
        .collect();
    assert_eq!(ids, ["1.1", "M1", "M2"]);
}

#[test]
fn a_plan_needs_its_period_and_priorities_and_a_file_with_neither_is_told_of_both_ways() {
    let estate = Estate::of(&[
        ("t/board.yaml", BOARD),
        ("t/log.yaml", "plan: Action log\nadopted: 2018-01-16\n"),
    ]);
    let answer = estate.json(&["validate"]);
    let findings = answer["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|f| f["severity"] == "error");
    let told: Vec<&Value> = errors.map(|f| &f["message"]).collect();
    assert_eq!(
        told,
        ["a plan has no `period`", "a plan has no `priorities`"]
    );
}
