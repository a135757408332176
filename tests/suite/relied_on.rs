//! What an adopted plan relies on and stands outside its file is held by `--against` like the plan.

use crate::support::repository::Repository;

const BOARD: &str = "\
board: Testshire
people: children and young people
groups:
  g: {name: Police}
  all: {name: All partners, members: [g]}
terms: {2018-19: [2018-12-21, 2019-04-05, 2019-07-23]}
meetings:
  board: [2018-03-06, 2018-06-05]
";

const PLAN: &str = "\
plan: Work Plan
period: 2018-19
adopted: 2018-04-10
rag: {due_soon: next meeting}
indicators:
  - {id: I, title: Missing, better: lower, target: 8, data: i.csv}
priorities:
  - id: 1
    title: Neglect
    evidence: [Report]
    actions:
      - {id: 1.1, action: Train staff, owners: [all], timescale: Autumn term 2018, indicator: I}
";

const DATA: &str = "\
indicator,period,value
I,2017-18 Q3,12
I,2017-18 Q4,11
";

fn repository() -> Repository {
    Repository::of(&[
        ("b/board.yaml", BOARD),
        ("b/wp.yaml", PLAN),
        ("b/i.csv", DATA),
    ])
}

/// What is said of the state after an edit of one file: rule, file and line.
fn after(file: &str, old: &str, new: &str) -> Vec<String> {
    let repository = repository();
    repository.edit(file, old, new);
    told(&repository)
}

fn told(repository: &Repository) -> Vec<String> {
    let found = repository.against("HEAD").into_iter();
    found
        .map(|(rule, file, line)| format!("{rule} {file}:{line}"))
        .collect()
}

#[test]
fn terms_that_move_a_deadline_nobody_touched_are_a_change_of_the_plan() {
    let found = after("b/board.yaml", "2018-12-21", "2019-03-31");
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:6"]);
    // Terms of a year that no deadline speaks of may be given.
    let found = after(
        "b/board.yaml",
        "2019-07-23]",
        "2019-07-23], 2019-20: [2019-12-20, 2020-04-03, 2020-07-20]",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_key_that_means_another_body_is_a_change_and_a_new_name_of_the_same_body_is_none() {
    let found = after("b/board.yaml", "{name: Police}", "{name: Health}");
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:4"]);
    let found = after(
        "b/board.yaml",
        "{name: Police}",
        "{name: Constabulary, aka: [Police]}",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn members_of_a_group_that_owns_are_held() {
    let found = after(
        "b/board.yaml",
        "members: [g]",
        "members: [g, h]}\n  h: {name: Health",
    );
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:5"]);
    let found = after(
        "b/board.yaml",
        "  all: {name: All partners, members: [g]}\n",
        "",
    );
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:1"]);
}

#[test]
fn meetings_may_be_added_and_one_that_decides_may_not_be_moved() {
    let found = after("b/board.yaml", "2018-06-05", "2018-09-05");
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:7"]);
    let found = after("b/board.yaml", "2018-06-05", "2018-06-05, 2018-09-05");
    assert_eq!(found, [""; 0]);
}

#[test]
fn whom_the_papers_say_the_board_is_for_is_held() {
    let found = after("b/board.yaml", "children and young people", "adults");
    assert_eq!(found, ["baseline-changed plans/b/board.yaml:2"]);
}

#[test]
fn values_are_added_and_never_changed() {
    let found = after("b/i.csv", "Q4,11", "Q4,7");
    assert_eq!(found, ["update-rewritten plans/b/i.csv:3"]);
    let found = after("b/i.csv", "I,2017-18 Q3,12\n", "");
    assert_eq!(found, ["update-rewritten plans/b/wp.yaml:6"]);
    let found = after("b/i.csv", "Q4,11\n", "Q4,11\nI,2018-19 Q1,7\n");
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_slip_of_the_pen_in_the_data_is_allowed_at_the_head_of_the_plan() {
    let repository = repository();
    repository.edit("b/i.csv", "Q4,11", "Q4,10");
    let allowed =
        "# plan: allow update-rewritten I: 11 was typed for 10, seen by the chair\nplan: Work";
    repository.edit("b/wp.yaml", "plan: Work", allowed);
    assert_eq!(told(&repository), [""; 0]);
}

#[test]
fn a_plan_that_is_not_adopted_yet_holds_nothing() {
    let plan = PLAN.replace("adopted: 2018-04-10\n", "");
    let repository = Repository::of(&[
        ("b/board.yaml", BOARD),
        ("b/wp.yaml", &plan),
        ("b/i.csv", DATA),
    ]);
    repository.edit("b/board.yaml", "{name: Police}", "{name: Health}");
    repository.edit("b/i.csv", "Q4,11", "Q4,7");
    assert_eq!(told(&repository), [""; 0]);
}
