//! What a business manager does between meetings: ask for reports, correct one, add an action, give a group
//! another name. Each command as it is typed, and what the files say afterwards.

use serde_json::Value;

use crate::support::repository::Repository;
use crate::support::{Estate, Said, run_with};

mod amend;
mod chase;
mod round;

const BOARD: &str = "\
board: Testshire Safeguarding Children Board
groups:
  vemt: {name: VEMT Subgroup, kind: subgroup, aka: [VEMT Chairs], contact: vemt@example.org}
  police: {name: Police, kind: agency}   # their safeguarding unit
  health: {name: Health Partnership, kind: agency}
meetings:
  board: [2018-03-06, 2018-05-15, 2018-07-10]
";

const PLAN: &str = "\
plan: Work Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: Neglect
    evidence: [VEMT Report]
    objectives:
      - id: 1.1
        title: Fewer children go missing
        owners: [vemt]
        actions:
          - {id: 1.1.1, action: Return interviews, timescale: February 2018}
          - {id: 1.1.2, action: Training, timescale: 10 May 2018}
          - {id: 1.1.3, action: Awareness, timescale: December 2018}
  - id: 2
    title: Exploitation
    owners: [police]
    evidence: [Profile]
    actions:
      - {id: 2.1, action: Problem profile, timescale: March 2019}
";

const RETURN: &str = "\
updates: VEMT return   # as they sent it
plan: work-plan
date: 2018-04-17
by: vemt
entries:
  - action: 1.1.1
    rag: amber
    done: Interviews are offered.
  - action: 1.1.3
    rag: green   # asked twice
    done: |-
      Two sessions.
      Posters in every school.
";

const FILE: &str = "tscb/updates/2018-04-17-vemt.yaml";

fn files() -> [(&'static str, &'static str); 3] {
    [
        ("tscb/board.yaml", BOARD),
        ("tscb/work-plan.yaml", PLAN),
        (FILE, RETURN),
    ]
}

/// The board, its plan and one return, all committed.
fn committed() -> Repository {
    Repository::of(&files())
}

fn done(said: &Said) -> &str {
    assert_eq!(said.code, 0, "{said:?}");
    &said.out
}

/// That a command is refused with these words, and no file is another than before.
fn refused(estate: &Estate, arguments: &[&str], words: &str) {
    let before = texts(estate);
    let said = estate.run(arguments);
    assert_eq!(said.code, 2, "{arguments:?}: {said:?}");
    assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    assert_eq!(texts(estate), before, "{arguments:?}");
}

/// Every file below `plans`, with its text.
fn texts(estate: &Estate) -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, into: &mut Vec<(String, String)>) {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                walk(&path, into);
            } else if !path.ends_with(".plan-lock") {
                let text = std::fs::read_to_string(&path).unwrap();
                into.push((path.display().to_string(), text));
            }
        }
    }
    let mut all = Vec::new();
    walk(&estate.plans(), &mut all);
    all
}

fn strings(value: &Value) -> Vec<&str> {
    let items = value.as_array().expect("a list").iter();
    items.map(|item| item.as_str().expect("a text")).collect()
}
