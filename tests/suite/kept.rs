//! What nothing makes again is not written over by an answer: performance data, and forms with answers in
//! them. What `plan` made itself is.

use std::fs;

use crate::support::{Estate, Said, copy, repository};

const DAY: &str = "2026-03-03";

fn example() -> Estate {
    let estate = Estate::of(&[]);
    copy(
        &repository().join("examples/exampleshire"),
        &estate.plans().join("exampleshire"),
    );
    estate
}

fn run(estate: &Estate, arguments: &[&str]) -> Said {
    estate.run(&[arguments, &["--as-of", DAY]].concat())
}

/// Asserts that commands that write to a file refuse with these words, and that it stays as it is.
#[track_caller]
fn refuse(estate: &Estate, file: &str, commands: &[&[&str]], words: &str) {
    let path = estate.dir.path().join(file);
    let before = fs::read(&path).unwrap();
    for command in commands {
        let said = run(estate, &[command, &["-o", file][..]].concat());
        assert_eq!(said.code, 2, "{command:?}: {said:?}");
        assert!(said.err.contains(words), "{command:?}: {said:?}");
        assert_eq!(fs::read(&path).unwrap(), before, "{command:?}");
    }
}

#[test]
fn performance_data_is_known_by_its_columns_however_they_are_written() {
    let estate = example();
    let file = "plans/exampleshire/indicators/x.csv";
    for heading in [
        "indicator,period,value",
        "period,indicator,value",
        "\"indicator\",\"period\",\"value\"",
        " indicator,period,value",
        "Indicator ,period,value",
        "\u{feff}INDICATOR;Period;Value",
        "reported\tvalue\tperiod\tindicator",
    ] {
        fs::write(
            estate.dir.path().join(file),
            format!("{heading}\r\nX,2017-18,3\r\n"),
        )
        .unwrap();
        let commands: [&[&str]; 3] = [&["export"], &["list"], &["report", "indicators"]];
        refuse(&estate, file, &commands, "holds performance data");
    }
}

#[test]
fn a_file_that_an_indicator_names_is_data_whatever_it_holds() {
    let estate = example();
    let plan = "exampleshire/business-plan-2025-26.yaml";
    let text = estate.read(plan);
    let data = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("data: "))
        .expect("an indicator");
    let path = estate.plans().join("exampleshire").join(data);
    for held in [
        "",
        "no heading at all\n",
        "Values of this year\nindicator,period,value\n",
    ] {
        fs::write(&path, held).unwrap();
        let file = format!("plans/exampleshire/{data}");
        refuse(
            &estate,
            &file,
            &[&["export", "-O", "csv"], &["list", "-O", "markdown"]],
            "holds performance data",
        );
    }
}

#[test]
fn what_plan_made_itself_is_made_again() {
    let estate = example();
    for file in ["a.csv", "a.xlsx", "a.md", "a.docx", "a.json", "a.html"] {
        for command in [
            &["report", "indicators"][..],
            &["list"],
            &["report", "board"],
        ] {
            let said = run(&estate, &[command, &["-o", file]].concat());
            assert_eq!(said.code, 0, "{file}: {said:?}");
        }
    }
}

#[test]
fn a_form_is_written_over_while_it_is_blank_and_never_once_it_holds_answers() {
    let estate = example();
    let chase: &[&str] = &[
        "chase",
        "exploitation",
        "--plan",
        "exploitation-subgroup-work-plan-2025-26",
    ];
    for file in ["form.csv", "form.xlsx", "form.docx"] {
        for _ in 0..2 {
            let said = run(&estate, &[chase, &["-o", file]].concat());
            assert_eq!(said.code, 0, "{file}: {said:?}");
        }
    }
    let path = estate.dir.path().join("form.csv");
    let blank = fs::read_to_string(&path).unwrap();
    // (what somebody changed, and what it was before)
    let answers = [
        ("No report yet.,,", "No report yet.,Green,"),
        ("Date of this report,", "Date of this report,3 March 2026"),
        (
            "4. Write the date",
            "We shall send this later.\n4. Write the date",
        ),
    ];
    for (before, after) in answers {
        assert!(blank.contains(before), "{blank}");
        fs::write(&path, blank.replacen(before, after, 1)).unwrap();
        refuse(
            &estate,
            "form.csv",
            &[chase, &["list"]],
            "is a form with answers in it",
        );
    }
    // The line by which the machine knows it may be lost.
    let unmarked: Vec<&str> = blank
        .lines()
        .filter(|line| !line.starts_with("Form "))
        .collect();
    let unmarked = unmarked
        .join("\n")
        .replacen("No report yet.,,", "No report yet.,Green,", 1);
    fs::write(&path, unmarked).unwrap();
    refuse(
        &estate,
        "form.csv",
        &[chase, &["list"]],
        "is a form with answers in it",
    );
    fs::write(&path, "a,b\n1,2\n").unwrap();
    refuse(
        &estate,
        "form.csv",
        &[chase],
        "is there already and is no blank form",
    );
}
