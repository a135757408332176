use std::collections::HashSet;
use std::fs;

use super::*;
use crate::estate::Estate;

type Files = Vec<(String, String)>;

/// A board of these files.
fn read(files: &Files) -> Reading {
    let folder = tempfile::TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join("example").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let estate = Estate::open(folder.path(), "plans").unwrap();
    estate.each(|reading| reading).remove(0)
}

/// What the rules say of an example, on a day after all its dates; of one that shows files as they
/// were before, what they say of the change.
fn findings(example: &str) -> Vec<Placed> {
    let before = example::files_before(example).map(|files| read(&files));
    let before = before.as_ref().map(|reading| BoardBefore {
        name: "main",
        reading,
    });
    check_since(&read(&example::files(example)), on_the_day(), before)
}

fn on_the_day() -> Day {
    Day::new(2018, 5, 1).unwrap()
}

fn names(findings: &[Placed]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn every_rule_finds_its_bad_example_and_nothing_else_there() {
    for rule in RULES {
        let found = match rule.name {
            "too-large" => {
                let files = vec![("big.yaml".to_owned(), "#".repeat(17 << 20))];
                names(&check(&read(&files), on_the_day()))
            }
            _ => names(&findings(rule.bad)),
        };
        assert!(found.contains(&rule.name), "{}: {found:?}", rule.name);
        let others = found.iter().filter(|name| **name != rule.name);
        let errors: Vec<_> = others
            .filter(|name| super::rule(name).unwrap().severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", rule.name);
    }
}

#[test]
fn no_rule_finds_an_error_in_a_good_example() {
    for rule in RULES {
        let findings = findings(rule.good);
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error || finding.rule == rule.name)
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", rule.name);
    }
}

#[test]
fn every_rule_has_a_name_of_its_own_and_words_that_explain_it() {
    let mut seen = HashSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.name), "{} twice", rule.name);
        for text in [rule.summary, rule.why] {
            assert!(text.ends_with('.'), "{}: {text}", rule.name);
        }
    }
}
