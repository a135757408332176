//! `plan schema`: what the reader takes, an independent validator takes by the schema, and what is
//! wrong by its form alone it refuses.

use std::path::Path;

use crate::support::{Estate, repository, run_in};
use serde_json::{Value, json};

fn schema(arguments: &[&str]) -> Value {
    let said = run_in(&repository(), &[&["schema"], arguments].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What a validator says of a file by a schema.
fn problems(schema: &Value, text: &str) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).expect("a schema");
    let file = yaml(text);
    let errors = validator.iter_errors(&file).map(|error| {
        let place = error.instance_path().to_string();
        format!("{place}: {error}")
    });
    errors.collect()
}

/// Every YAML file below a folder of the repository.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return files;
    };
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = std::fs::read_to_string(&path).expect("a text");
            files.push((path.display().to_string(), text));
        }
    }
    files
}

#[test]
fn every_real_plan_and_every_example_keeps_to_the_schema() {
    let all = schema(&[]);
    let mut count = 0;
    for folder in ["plans", "examples"] {
        for (path, text) in files(&repository().join(folder)) {
            let text = text.trim_start_matches('\u{feff}');
            let first = text.lines().find(|line| !line.starts_with('#'));
            let kind = first.unwrap().split(':').next().unwrap();
            // A report of the examples may be YAML too; a board's file begins with its kind.
            if !["board", "plan", "updates", "challenges"].contains(&kind) {
                continue;
            }
            count += 1;
            for schema in [&all, &schema(&[kind])] {
                let problems = problems(schema, text);
                assert!(problems.is_empty(), "{path}: {problems:#?}");
            }
        }
    }
    assert!(count >= 4);
}

#[test]
fn every_good_example_of_a_rule_keeps_to_the_schema() {
    let all = schema(&[]);
    let said = run_in(&repository(), &["explain", "-O", "json"]);
    let rules: Value = serde_json::from_str(&said.out).unwrap();
    for rule in rules["rules"].as_array().unwrap() {
        for file in rule["good"].as_str().unwrap().split("=== ").skip(1) {
            let (path, text) = file.split_once('\n').unwrap();
            if !path.ends_with(".yaml") {
                continue;
            }
            let problems = problems(&all, text);
            assert!(
                problems.is_empty(),
                "{} {path}: {problems:#?}",
                rule["name"]
            );
        }
    }
}

const PLAN: &str =
    "plan: P\nperiod: 2017-19\npriorities: [{id: 1, title: T, actions: [{id: 1.1, action: A}]}]\n";

#[test]
fn what_the_reader_takes_in_other_forms_the_schema_takes_too() {
    let all = schema(&[]);
    for text in [
        PLAN.to_owned(),
        // A text that YAML takes for a number, a truth or a year.
        "plan: 2019\nperiod: 2017/18\npriorities: [{id: 1.10, title: true}]".into(),
        // A field with nothing in it is not given.
        format!("{PLAN}adopted:\nsections:\nrag: {{due_soon: next meeting, review: }}\n"),
        "updates: U\nplan: p\ndate: 2018-01-16\nentries: [{action: [1.1, 1.2], rag: ' Amber ', status: In  Progress}]".into(),
        "updates: U\nentries: [{priority: 1, plan: p, date: 2018-01-16, evidence: [A, {title: B, link: b.pdf}]}]".into(),
        "board: B\ngroups: {vemt: , police: {aka: Force}}\nmeetings: {board: 2018-01-16, vemt: {every: 6 weeks, from: 2018-01-16}}\nrules: {no-owner: OFF}".into(),
        "board: B\nterms: {2018-19: [2018-12-21, 2019-04-05, 2019-07-23]}".into(),
        format!("{PLAN}indicators: [{{id: I, target: {{2017-18: 8, 2018-19: 7.5}}, tolerance: 10 % Of Target}}, {{id: J, target: Decreasing, better: Lower}}]"),
        "challenges: C\nentries: [{challenge: C1, date: 2018-01-16, raised: Why?}]".into(),
    ] {
        let problems = problems(&all, &text);
        assert!(problems.is_empty(), "{text}: {problems:#?}");
        // The reader has nothing against its form either.
        let estate = Estate::of(&[("b/file.yaml", &text)]);
        let of_form = ["syntax", "wrong-type", "unknown-field", "unreadable-date"];
        let findings = estate.findings("2018-05-01");
        let wrong = findings.iter().find(|(rule, _, _)| of_form.contains(&rule.as_str()));
        assert_eq!(wrong, None, "{text}");
    }
}

#[test]
fn what_is_wrong_by_its_form_is_refused() {
    let all = schema(&[]);
    for text in [
        "{}",
        "hello: world",
        "[plan, board]",
        "plan: P\nperiod: 2017-19",
        "plan: P\nperiod: soon\npriorities: []",
        "plan: P\nperiod: 2017-19\npriorities: {id: 1}",
        "plan: P\nperiod: 2017-19\npriorities: [{id: 1}]",
        "plan: P\nperiod: 2017-19\nadopted: 5 September 2017\npriorities: []",
        "plan: P\nperiod: 2017-19\npriorities: [{id: 1, title: T, actions: [{id: 1.1, acton: A}]}]",
        "plan: P\nperiod: 2017-19\npriorities: [{id: 1, title: T, actions: [{id: 1.1, from: 2.1.5}]}]",
        "plan: P\nperiod: 2017-19\npriorities: []\nindicators: [{id: I, tolerance: some}]",
        "plan: P\nperiod: 2017-19\npriorities: []\nindicators: [{id: I, target: lower}]",
        "plan: P\nperiod: 2017-19\npriorities: []\nindicators: [{id: I, data: 'a\\b.csv'}]",
        "updates: U",
        "updates: U\nentries: [{action: 1.1, rag: grey}]",
        "updates: U\nentries: [{action: 1.1, status: done}]",
        "updates: U\nentries: [{action: {id: 1.1}}]",
        "updates: U\ndate: 16/01/2018\nentries: []",
        "board: B\ngroups: [vemt]",
        "board: B\nrules: {no-owners: off}",
        "board: B\nrules: {no-owner: never}",
        "board: B\nrules: {syntax: off}",
        "board: B\nmeetings: {board: {every: 6 weeks}}",
        "board: B\nterms: {2018-19: [2018-12-21]}",
        "challenges: C\nentries: [{challenge: C1, raised: Why?}]",
    ] {
        assert!(!problems(&all, text).is_empty(), "{text}");
        let estate = Estate::of(&[("b/file.yaml", text)]);
        assert!(!estate.findings("2018-05-01").is_empty(), "{text}");
    }
}

#[test]
fn every_field_says_what_it_is_for() {
    fn described(value: &Value, count: &mut usize) {
        for (name, definition) in value["$defs"].as_object().unwrap() {
            for (field, property) in definition["properties"].as_object().unwrap() {
                *count += 1;
                let words = property["description"].as_str().unwrap_or_default();
                assert!(
                    words.len() > 12 && words.ends_with('.'),
                    "{name}.{field}: {words:?}"
                );
            }
        }
    }
    let mut count = 0;
    described(&schema(&[]), &mut count);
    assert!(count > 100, "{count}");
}

#[test]
fn one_kind_holds_only_what_belongs_to_it() {
    let board = schema(&["board"]);
    let defined: Vec<&String> = board["$defs"].as_object().unwrap().keys().collect();
    assert_eq!(defined, ["board", "group", "rule-for-meetings"]);
    assert_eq!(board["$id"], json!("urn:plan:schema:board"));
    let wrong = run_in(&repository(), &["schema", "minutes"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn the_schema_that_editors_find_in_the_repository_is_current() {
    let path = repository().join(".vscode/plan.schema.json");
    let text = run_in(&repository(), &["schema"]).out;
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let shown = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(shown == text, "run the test with UPDATE_DOCS=1");
}
