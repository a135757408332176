//! `plan diff A [B]`: what changed in the plan's words, and what that did.

use crate::support::repository::Repository;
use serde_json::{Value, json};

const BOARD: &str = "\
board: Example Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-09-05
rag: {review: quarterly}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train all staff in the tool, timescale: 30 April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
      - {id: 1.3, action: Audit files, timescale: March 2019}
";

const REPORT: &str = "\
updates: VEMT return
plan: plan
date: 2018-03-06
by: vemt
entries:
  - {action: 1.2, rag: amber, done: A draft.}
";

fn example() -> Repository {
    Repository::of(&[
        ("b/board.yaml", BOARD),
        ("b/plan.yaml", PLAN),
        ("b/updates.yaml", REPORT),
    ])
}

/// The answer for 1 May 2018, against the first commit.
fn diff(repository: &Repository) -> Value {
    repository.estate.json(&["diff", "main"])
}

fn plan(answer: &Value) -> &Value {
    assert_eq!(
        answer["boards"].as_array().map(Vec::len),
        Some(1),
        "{answer:#}"
    );
    &answer["boards"][0]["plans"][0]
}

#[test]
fn nothing_changed_is_said_in_a_sentence() {
    let repository = example();
    repository.edit(
        "b/plan.yaml",
        "period: 2017-19",
        "# a remark\nperiod: \"2017-19\"",
    );
    let answer = diff(&repository);
    assert_eq!(answer["kind"], "diff");
    assert_eq!(answer["as_of"], "2018-05-01");
    assert_eq!(answer["incomplete"], json!([]));
    assert_eq!(answer["boards"], json!([]));
    assert_eq!(answer["from"]["revision"], "main");
    assert_eq!(answer["to"]["revision"], Value::Null);
    let said = repository.run(&["diff", "main"]);
    assert_eq!(said.code, 0);
    assert!(
        said.out
            .contains("Nothing changed: the plans, what was reported"),
        "{}",
        said.out
    );
}

#[test]
fn a_deadline_that_moved_says_by_how_much_and_what_that_did() {
    let repository = example();
    repository.edit("b/plan.yaml", "30 April 2018", "14 June 2018");
    let answer = diff(&repository);
    let changes = &plan(&answer)["changes"];
    assert_eq!(changes.as_array().unwrap().len(), 1);
    assert_eq!(changes[0]["field"], "timescale");
    assert_eq!(changes[0]["id"], "1.1");
    assert_eq!(changes[0]["then"], "30 April 2018");
    assert_eq!(changes[0]["now"], "14 June 2018");
    // 31 days of May and 14 of June.
    assert_eq!(changes[0]["days"], 45);
    // On 1 May it was a day overdue; nobody ever reported on it, so it is amber after all.
    let standing = &plan(&answer)["standings"][0];
    assert_eq!(standing["id"], "1.1");
    assert_eq!(standing["course"], "better");
    assert_eq!(
        (&standing["then"]["rag"], &standing["then"]["overdue"]),
        (&json!("red"), &json!(true))
    );
    assert_eq!(
        (&standing["now"]["rag"], &standing["now"]["overdue"]),
        (&json!("amber"), &json!(false))
    );
    assert_eq!(standing["now"]["due"], "2018-06-14");
    let said = repository.run(&["diff", "main"]);
    let line = "action 1.1 timescale: [-30 April 2018-]{+14 June 2018+} (45 days later)";
    assert!(said.out.contains(line), "{}", said.out);
    assert!(
        said.out
            .contains("1.1  red, not started, overdue → amber, not started"),
        "{}",
        said.out
    );
}

#[test]
fn both_sides_are_judged_on_the_day_that_is_asked() {
    let repository = example();
    repository.edit("b/plan.yaml", "30 April 2018", "14 June 2018");
    let answer = repository
        .estate
        .json(&["diff", "main", "--as-of", "2018-07-01"]);
    assert_eq!(answer["as_of"], "2018-07-01");
    let standing = &plan(&answer)["standings"][0];
    assert_eq!(
        (&standing["then"]["rag"], &standing["now"]["rag"]),
        (&json!("red"), &json!("red"))
    );
    assert_eq!(standing["course"], Value::Null);
}

#[test]
fn words_that_changed_are_marked() {
    let repository = example();
    repository.edit(
        "b/plan.yaml",
        "Train all staff in the tool",
        "Train new staff in the tool",
    );
    let change = plan(&diff(&repository))["changes"][0].clone();
    assert_eq!(
        change["words"],
        json!([
            {"mark": "same", "text": "Train "},
            {"mark": "gone", "text": "all"},
            {"mark": "new", "text": "new"},
            {"mark": "same", "text": " staff in the tool"},
        ])
    );
    let said = repository.run(&["diff", "main"]);
    assert!(
        said.out
            .contains("action: Train [-all-]{+new+} staff in the tool"),
        "{}",
        said.out
    );
    let said = repository.run(&["diff", "main", "-O", "markdown"]);
    let line = r"- **action 1.1** action: Train \[-all-\]{+new+} staff in the tool";
    assert!(said.out.contains(line), "{}", said.out);
}

#[test]
fn what_came_and_what_went_is_named() {
    let repository = example();
    let old = "      - {id: 1.3, action: Audit files, timescale: March 2019}\n";
    let new =
        "      - {id: 1.4, action: Visit schools, timescale: March 2019, added: 2018-02-01}\n";
    repository.edit("b/plan.yaml", old, new);
    repository.edit("b/plan.yaml", "owners: [vemt]", "owners: [police]");
    let answer = diff(&repository);
    let changes = plan(&answer)["changes"].as_array().unwrap();
    let said: Vec<[&str; 3]> = changes
        .iter()
        .map(|change| ["change", "of", "id"].map(|name| change[name].as_str().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ["edited", "priority", "1"],
            ["added", "action", "1.4"],
            ["removed", "action", "1.3"]
        ]
    );
    assert_eq!(changes[0]["field"], "owners");
    assert_eq!(changes[1]["name"], "Visit schools");
    assert_eq!(changes[2]["name"], "Audit files");
    let standings = plan(&answer)["standings"].as_array().unwrap();
    let ids: Vec<&str> = standings
        .iter()
        .map(|s| s["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["1.1", "1.2", "1.4", "1.3"]);
    assert_eq!(
        (&standings[2]["then"], &standings[3]["now"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(standings[0]["now"]["owners"], json!(["police"]));
}

#[test]
fn reports_and_challenges_are_named_with_what_they_did() {
    let repository = example();
    repository.estate.write(
        "b/april.yaml",
        "updates: April\nplan: plan\ndate: 2018-04-10\nby: vemt\nentries:\n  - {action: 1.1, status: complete, evidence: [VEMT Report]}\n",
    );
    repository.estate.write(
        "b/challenges.yaml",
        "challenges: Log\nplan: plan\nentries:\n  - {challenge: C1, date: 2018-04-10, from: police, to: vemt, action: 1.2, raised: Why so late?}\n",
    );
    repository.edit("b/updates.yaml", "rag: amber", "rag: green");
    let answer = diff(&repository);
    let board = &answer["boards"][0];
    assert_eq!(board["updates"]["added"][0]["says"]["action"], "1.1");
    assert_eq!(board["updates"]["added"][0]["file"], "plans/b/april.yaml");
    assert_eq!(
        board["updates"]["changed"][0]["then"]["says"]["rag"],
        "amber"
    );
    assert_eq!(
        board["updates"]["changed"][0]["now"]["says"]["rag"],
        "green"
    );
    assert_eq!(
        board["challenges"]["added"][0]["says"]["raised"],
        "Why so late?"
    );
    let standings = plan(&answer)["standings"].as_array().unwrap();
    assert_eq!(standings[0]["then"]["status"], "not started");
    assert_eq!(
        (&standings[0]["now"]["status"], &standings[0]["now"]["rag"]),
        (&json!("complete"), &json!("blue"))
    );
    let said = repository.run(&["diff", "main"]);
    for heading in [
        "Reports added  1",
        "Reports rewritten  1",
        "Challenges added  1",
    ] {
        assert!(said.out.contains(heading), "{heading}: {}", said.out);
    }
}

#[test]
fn two_revisions_are_compared_whatever_stands_in_the_working_tree() {
    let repository = example();
    repository.git(&["tag", "v1"]);
    repository.edit("b/plan.yaml", "June 2018", "July 2018");
    repository.commit("moved", "2018-02-01T09:00:00+00:00");
    repository.edit("b/plan.yaml", "July 2018", "August 2018");
    let answer = repository.estate.json(&["diff", "v1", "HEAD"]);
    assert_eq!(plan(&answer)["changes"][0]["now"], "July 2018");
    assert_eq!(answer["to"]["revision"], "HEAD");
    let back = repository.estate.json(&["diff", "HEAD", "v1"]);
    assert_eq!(plan(&back)["changes"][0]["days"], -31);
    std::fs::remove_dir_all(repository.estate.plans().join("b")).unwrap();
    std::fs::create_dir_all(repository.estate.plans().join("b")).unwrap();
    let answer = repository.estate.json(&["diff", "v1", "HEAD"]);
    assert_eq!(plan(&answer)["changes"][0]["now"], "July 2018");
}

#[test]
fn a_board_that_came_or_went_and_a_file_that_cannot_be_read_are_said() {
    let repository = example();
    repository.git(&["tag", "v1"]);
    repository
        .estate
        .write("c/board.yaml", "board: Other Board\n");
    repository
        .estate
        .write("c/other.yaml", &PLAN.replace("Example", "Other"));
    repository.estate.write("b/updates.yaml", "updates: [\n");
    repository.commit("another", "2018-02-01T09:00:00+00:00");
    let said = repository.run(&["diff", "v1", "HEAD", "-O", "json"]);
    assert_eq!(said.code, 2);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        answer["incomplete"],
        json!(["plans/b/updates.yaml at HEAD"])
    );
    let other = answer["boards"]
        .as_array()
        .unwrap()
        .iter()
        .find(|board| board["board"] == "c");
    assert_eq!(other.unwrap()["plans"][0]["state"], "added");
    let back = repository
        .estate
        .json(&["diff", "HEAD", "v1", "--board", "c"]);
    assert_eq!(back["boards"][0]["plans"][0]["state"], "removed");
}

#[test]
fn text_of_a_plan_cannot_change_the_form_of_the_answer() {
    let repository = example();
    repository.edit(
        "b/plan.yaml",
        "Publish guidance",
        "\"<b>Publish</b> | `x` \\u202e [l](javascript:0)\"",
    );
    let said = repository.run(&["diff", "main", "-O", "markdown"]);
    assert!(!said.out.contains('\u{202e}'));
    assert!(!said.out.contains("<b>"), "{}", said.out);
    let said = repository.run(&["diff", "main"]);
    assert!(said.out.contains(r"\u{202e}"), "{}", said.out);
}

#[test]
fn one_plan_alone_is_compared_if_it_is_asked_for() {
    let repository = example();
    repository.edit("b/plan.yaml", "June 2018", "July 2018");
    let answer = repository.estate.json(&["diff", "main", "--plan", "plan"]);
    assert_eq!(plan(&answer)["changes"].as_array().map(Vec::len), Some(1));
    let said = repository.run(&["diff", "main", "--plan", "plans"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("did you mean `plan`?"), "{}", said.err);
}

/// Whatever fields an action has: a new one is told of and compared without being named here.
#[test]
fn every_field_of_an_action_is_shown_and_compared() {
    let repository = example();
    let schema = repository.estate.json(&["schema", "plan"]);
    let fields = schema["$defs"]["action"]["properties"].as_object().unwrap();
    // Milestones and the deadline exclude each other; the id is what the action is known by.
    let apart = ["id", "milestones", "timescale"];
    let written = |field: &str| match field {
        "owners" | "lead" => "police".to_owned(),
        "starts" => "January 2018".to_owned(),
        "added" => "2017-10-01".to_owned(),
        "from" | "supports" => "\"plan#1.1\"".to_owned(),
        "source" => "{review: Words of the source}".to_owned(),
        field => format!("Words of the {field}"),
    };
    let fields: Vec<&str> = fields.keys().map(String::as_str).collect();
    let fields: Vec<&str> = (fields.into_iter())
        .filter(|field| !apart.contains(field))
        .collect();
    assert!(fields.len() > 12, "{fields:?}");
    let given: String = (fields.iter())
        .map(|field| format!(", {field}: {}", written(field)))
        .collect();
    let old = "{id: 1.3, action: Audit files, timescale: March 2019}";
    repository.edit(
        "b/plan.yaml",
        old,
        &format!("{{id: 1.3, timescale: March 2019{given}}}"),
    );

    let changes = diff(&repository);
    let changes = plan(&changes)["changes"].as_array().unwrap().iter();
    let changed: Vec<&str> = (changes.filter(|change| change["id"] == "1.3"))
        .map(|change| change["field"].as_str().unwrap())
        .collect();
    let shown = repository.estate.run(&["show", "1.3"]).out;
    let exported = repository.estate.run(&["export", "-O", "csv"]).out;
    let paper = repository
        .estate
        .run(&["report", "work-plan", "-O", "markdown"])
        .out;
    let action = &repository.estate.json(&["show", "1.3"])["actions"][0];
    for field in fields {
        assert!(changed.contains(&field), "{field}: {changed:?}");
        let words = format!("Words of the {field}");
        if !written(field).contains(&words) {
            continue;
        }
        assert!(shown.contains(&words), "{field}: {shown}");
        let is_text = action[field] == json!(words);
        let is_listed = action["evidence_planned"] == json!([words]);
        let is_listed = is_listed || action[field] == json!([words]) || field == "source";
        assert!(is_text || is_listed, "{field}: {action:#}");
        if is_text && field != "note" {
            assert!(exported.contains(&words), "{field}: {exported}");
        }
        if is_text && !["note", "indicator"].contains(&field) {
            assert!(paper.contains(&words), "{field}: {paper}");
        }
        let found = repository.estate.json(&["list", "--text", &words]);
        let is_sought = is_text && field != "indicator";
        let found = found["actions"].as_array().unwrap().len();
        assert_eq!(found, usize::from(is_sought), "{field}");
    }
}

/// Moving a text between the head of a table and its rows changes nothing of what the plan says.
#[test]
fn what_is_given_to_each_action_instead_of_once_for_all_is_no_change() {
    let repository = example();
    repository.edit("b/plan.yaml", "    owners: [vemt]\n", "");
    for id in ["1.1", "1.2", "1.3"] {
        let (old, new) = (
            format!("{{id: {id}, "),
            format!("{{id: {id}, owners: [vemt], "),
        );
        repository.edit("b/plan.yaml", &old, &new);
    }
    let answer = diff(&repository);
    assert!(!answer.to_string().contains("owners"), "{answer:#}");
    let (old, new) = ("1.2, owners: [vemt]", "1.2, owners: [police]");
    repository.edit("b/plan.yaml", old, new);
    let answer = diff(&repository);
    let changed = plan(&answer)["changes"].as_array().unwrap().iter();
    let changed: Vec<&Value> = changed
        .filter(|change| change["field"] == "owners")
        .collect();
    assert!(
        changed.iter().any(|change| change["id"] == "1.2"),
        "{answer:#}"
    );
}
