//! The README's examples are real: every `$ plan …` in a console block is run, section by section, in a
//! copy of `plans/` and `examples/`, on 1 May 2018, and must print what stands below it. A line of `…`
//! stands for lines that are left out. `UPDATE_DOCS=1` writes what was printed.

use std::path::Path;

use crate::support::{copy, repository, run_in, words};

/// Files that a reader would have from somebody else: a plan in Word, forms that came back.
const FILES: &[(&str, &str)] = &[
    ("tests/fixtures/import/two-header-rows.docx", "plan.docx"),
    ("tests/form/vemt-returned.xlsx", "back.xlsx"),
];

/// A command of the README and what stands below it.
#[derive(Debug, PartialEq)]
struct Example {
    section: String,
    command: String,
    printed: Vec<String>,
}

fn examples(readme: &str) -> Vec<Example> {
    let (mut examples, mut section, mut inside) = (Vec::<Example>::new(), String::new(), false);
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(title) = line.strip_prefix("## ").filter(|_| !inside) {
            section = title.to_owned();
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            examples.push(Example {
                section: section.clone(),
                command: command.to_owned(),
                printed: Vec::new(),
            });
        } else if let Some(example) = examples.last_mut().filter(|_| inside) {
            example.printed.push(line.to_owned());
        }
    }
    examples
}

/// What a command prints in a folder: standard output, then standard error.
fn printed(folder: &Path, command: &str) -> Vec<String> {
    let words = words(command);
    assert_eq!(words[0], "plan", "only `plan` is run: {command}");
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let said = run_in(folder, &arguments);
    let lines = said.out.lines().chain(said.err.lines());
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// Whether lines are what an example says, where `…` stands for any of them.
fn agrees(expected: &[String], lines: &[String]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=lines.len()).any(|skipped| agrees(rest, &lines[skipped..]))
        }
        Some((first, rest)) => {
            lines.first().is_some_and(|line| line == first) && agrees(rest, &lines[1..])
        }
    }
}

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let path = repository().join("README.md");
    let mut readme = std::fs::read_to_string(&path).unwrap();
    let examples = examples(&readme);
    assert!(!examples.is_empty(), "the README shows no command");
    let (mut section, mut folder) = (String::new(), tempfile::tempdir().unwrap());
    let mut wrong = Vec::new();
    for example in examples {
        if example.section != section {
            section = example.section.clone();
            folder = tempfile::tempdir().unwrap();
            for name in ["plans", "examples"] {
                copy(&repository().join(name), &folder.path().join(name));
            }
            for (from, name) in FILES {
                std::fs::copy(repository().join(from), folder.path().join(name)).unwrap();
            }
        }
        let lines = printed(folder.path(), &example.command);
        let mut expected = example.printed.clone();
        while expected.last().is_some_and(String::is_empty) {
            expected.pop();
        }
        if agrees(&expected, &lines) {
            continue;
        }
        let command = format!("$ {}\n", example.command);
        let below =
            |lines: &[String]| -> String { lines.iter().map(|line| format!("{line}\n")).collect() };
        let (old, new) = (below(&example.printed), below(&lines));
        wrong.push(format!("{command}{new}"));
        readme = readme.replace(&format!("{command}{old}"), &format!("{command}{new}"));
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, readme).unwrap();
    } else {
        let wrong = wrong.join("\n\n");
        assert!(wrong.is_empty(), "UPDATE_DOCS=1 writes this:\n{wrong}");
    }
}
