//! What services show beside a pull request: the right file however `plan` was called, and no text of a plan
//! that notifies or links anybody.

use crate::support::repository::Repository;
use crate::support::{Said, run_in};

const BOARD: &str = "board: T Board\ngroups:\n  vemt: {name: VEMT}\n";
const PLAN: &str = "plan: Plan\nperiod: 2017-19\nadopted: 2017-04-10\npriorities:\n  - {id: 1, title: One, actions: [{id: 1.1, action: A, owners: [vemtt], evidence: [R], timescale: April 2018}]}\n";

fn repository() -> Repository {
    Repository::of(&[("t/board.yaml", BOARD), ("t/p.yaml", PLAN)])
}

/// The ways to ask about one folder of plans: where one stands, and what is typed.
fn ways(repository: &Repository, format: &str) -> Vec<Said> {
    let root = repository.path();
    let whole = root.join("plans").display().to_string();
    let beside = format!(
        "../{}/plans/../plans",
        root.file_name().unwrap().to_str().unwrap()
    );
    let validate = ["validate", "-O", format];
    let with = |plans: &str| run_in(root, &[&validate[..], &["--plans", plans]].concat());
    vec![
        run_in(root, &validate),
        with("./plans"),
        with(&whole),
        with(&beside),
        run_in(&root.join("plans/t"), &validate),
    ]
}

#[test]
fn findings_name_files_from_the_repositorys_root_however_the_folder_was_typed() {
    let repository = repository();
    for said in ways(&repository, "github") {
        let own = said.out.lines().find(|line| line.contains("unknown-group"));
        let own = own.unwrap_or_else(|| panic!("{said:?}"));
        assert!(
            own.starts_with("::error file=plans/t/p.yaml,line=5,"),
            "{own}"
        );
    }
    for said in ways(&repository, "sarif") {
        let log: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        for result in results {
            let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            assert!(place.as_str().unwrap().starts_with("plans/t/"), "{place}");
        }
    }
}

/// In SARIF `[text](1)` is a link to a place, and in a pull request a name notifies whoever is called so.
#[test]
fn no_text_of_a_plan_is_a_link_or_calls_somebody() {
    let repository = repository();
    let text = "Ask @octocat and @org/team about #12, GH-7, org/repo#3 [here](1)";
    repository.edit("t/p.yaml", "action: A,", &format!("action: \"{text}\","));
    repository.edit("t/p.yaml", "owners: [vemtt]", "owners: [\"[x](1)\"]");
    let log: serde_json::Value =
        serde_json::from_str(&repository.run(&["validate", "-O", "sarif"]).out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let own = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-group");
    let message = own.unwrap()["message"]["text"].as_str().unwrap();
    assert!(message.contains(r"[x\](1)"), "{message}");

    let said = repository.run(&["diff", "HEAD", "-O", "markdown"]);
    assert_eq!(said.code, 0, "{said:?}");
    for alive in ["@octocat", "@org", "#12", "GH-7", "repo#3", "[here](1)"] {
        assert!(!said.out.contains(alive), "{alive}\n{}", said.out);
    }
    for shown in ["octocat", "org/team", "org/repo"] {
        assert!(said.out.contains(shown), "{shown}\n{}", said.out);
    }
}

#[test]
fn conflict_marks_are_named_as_what_they_are() {
    let repository = repository();
    let head = "updates: U\nplan: p\ndate: 2018-01-16\nby: vemt\nentries:\n";
    let both = format!(
        "{head}<<<<<<< HEAD\n  - {{action: 1.1, rag: red}}\n=======\n  - {{action: 1.1, rag: amber}}\n>>>>>>> theirs\n"
    );
    repository.estate.write("t/u.yaml", &both);
    let said = repository.run(&["validate"]);
    assert_eq!(said.code, 2);
    for words in ["u.yaml:6", "<<<<<<<", "both"] {
        assert!(said.out.contains(words), "{words}\n{}", said.out);
    }
}
