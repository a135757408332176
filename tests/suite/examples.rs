//! The example board's papers: those in `examples/reports` are what the manual's commands make of the
//! board today. `UPDATE_DOCS=1` writes them anew.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{copy, repository, run_in, words};

/// The commands of the manual that write a paper of the example board.
fn commands() -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(repository().join("docs/annual-report.md")).unwrap();
    let lines = page
        .lines()
        .filter(|line| line.contains("-o examples/reports/"));
    lines.map(words).collect()
}

#[test]
fn the_papers_of_the_example_board_are_those_that_the_manuals_commands_make() {
    let rewrite = std::env::var_os("UPDATE_DOCS").is_some();
    let folder = tempfile::tempdir().unwrap();
    copy(
        &repository().join("examples"),
        &folder.path().join("examples"),
    );
    let reports = repository().join("examples/reports");
    let mut made = BTreeSet::new();
    for command in commands() {
        let arguments: Vec<&str> = command[1..].iter().map(String::as_str).collect();
        let file = arguments[arguments.iter().position(|word| *word == "-o").unwrap() + 1];
        let said = run_in(folder.path(), &arguments);
        assert_eq!(said.code, 0, "{command:?}: {said:?}");
        let now = std::fs::read(folder.path().join(file)).unwrap();
        let path = repository().join(file);
        if rewrite {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &now).unwrap();
        }
        let committed = std::fs::read(&path).unwrap_or_default();
        assert!(
            committed == now,
            "{file} is out of date: UPDATE_DOCS=1 cargo test examples::"
        );
        made.insert(file.to_owned());
    }
    let there = std::fs::read_dir(&reports).unwrap().map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        format!("examples/reports/{name}")
    });
    assert_eq!(
        there.collect::<BTreeSet<String>>(),
        made,
        "files that no command makes"
    );
}

#[test]
fn the_example_board_has_a_paper_of_every_kind() {
    let text = std::fs::read_to_string(repository().join("docs/annual-report.md")).unwrap();
    let help = run_in(&repository(), &["report", "--help"]).out;
    let kinds = help
        .lines()
        .skip_while(|line| !line.contains("Possible values"));
    let kinds = kinds.skip(1).take_while(|line| !line.trim().is_empty());
    let mut count = 0;
    for line in kinds.filter_map(|line| line.trim().strip_prefix("- ")) {
        let kind = line.split(':').next().unwrap();
        assert!(
            text.contains(&format!(" report {kind} ")),
            "no paper of kind {kind}"
        );
        count += 1;
    }
    assert!(count >= 12, "{help}");
}

#[test]
fn the_example_board_says_that_it_does_not_exist() {
    let board = repository().join("examples/exampleshire/board.yaml");
    let text = std::fs::read_to_string(board).unwrap();
    assert!(text.contains("does not exist"), "{text}");
    assert!(Path::new(&repository().join("examples/reports")).is_dir());
}
