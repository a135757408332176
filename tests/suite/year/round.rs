//! `plan add`, `plan rename-group`, who speaks in a challenge, and what a year takes over from the last.

use serde_json::Value;

use super::{BOARD, Estate, PLAN, committed, done, files, refused, run_with};
use crate::support::{copy, repository};

const LOG: &str = "\
plan: Actions from meetings
adopted: 2018-03-06
actions:
  - {id: M1, action: Circulate the protocol, owners: [vemt], evidence: [The protocol], timescale: April 2018}
";

#[test]
fn an_action_is_added_to_an_adopted_plan_with_the_day_from_which_it_counts() {
    let repository = committed();
    let said = repository.run(&[
        "add",
        "work-plan",
        "--objective",
        "1.1",
        "--action",
        "Agree who searches at night",
        "--owners",
        "police, VEMT Chairs",
        "--timescale",
        "July 2018",
        "--evidence",
        "The protocol",
    ]);
    assert_eq!(
        done(&said),
        "1.1.4 added to work-plan, from 1 May 2018: Agree who searches at night\n\
         Police and VEMT Subgroup · July 2018 (due 31 July 2018)\n\
         written to plans/tscb/work-plan.yaml:16\n"
    );
    let last = "          - {id: 1.1.3, action: Awareness, timescale: December 2018}\n";
    let new = "          - {id: 1.1.4, action: Agree who searches at night, added: 2018-05-01, owners: [police, vemt], evidence: [The protocol], timescale: July 2018}\n";
    let expected = PLAN.replace(last, &format!("{last}{new}"));
    assert_eq!(repository.estate.read("tscb/work-plan.yaml"), expected);
    assert_eq!(repository.against("HEAD"), []);
    // The day before it is not there.
    let ids = |day: &str| {
        let list = repository.estate.json(&["list", "--as-of", day]);
        list["actions"].as_array().unwrap().len()
    };
    assert_eq!((ids("2018-04-30"), ids("2018-05-01")), (4, 5));
}

#[test]
fn a_log_and_a_plan_that_is_not_adopted_take_actions_too() {
    let estate = Estate::of(&files());
    estate.write("tscb/meeting-actions.yaml", LOG);
    let action = [
        "--action",
        "Send the audit to all heads",
        "--owners",
        "health",
        "--evidence",
        "The audit",
    ];
    refused(
        &estate,
        &[&["add"], &action[..]].concat(),
        "say which plan or log it goes to",
    );
    refused(
        &estate,
        &[&["add", "meeting-action"], &action[..]].concat(),
        "did you mean `meeting-actions`?",
    );
    done(
        &estate.run(
            &[
                &[
                    "add",
                    "meeting-actions",
                    "--timescale",
                    "12 June 2018",
                    "--added",
                    "30 April 2018",
                ],
                &action[..],
            ]
            .concat(),
        ),
    );
    let row = "  - {id: M2, action: Send the audit to all heads, added: 2018-04-30, owners: [health], evidence: [The audit], timescale: 12 June 2018}\n";
    assert_eq!(
        estate.read("tscb/meeting-actions.yaml"),
        format!("{LOG}{row}")
    );

    estate.write(
        "tscb/work-plan.yaml",
        &PLAN.replace("adopted: 2017-09-05\n", ""),
    );
    done(&estate.run(&[
        "add",
        "work-plan",
        "--priority",
        "2",
        "--action",
        "Map it",
        "--timescale",
        "June 2018",
        "--id",
        "2.7",
    ]));
    let text = estate.read("tscb/work-plan.yaml");
    assert!(
        text.ends_with("      - {id: 2.7, action: Map it, timescale: June 2018}\n"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_added_is_refused_and_changes_nothing() {
    let estate = Estate::of(&files());
    let add = [
        "add",
        "work-plan",
        "--action",
        "Map it",
        "--evidence",
        "Map",
    ];
    for (more, words) in [
        (
            &[][..],
            "say where in work-plan it stands, with --objective or --priority: 1, 2, 1.1",
        ),
        (&["--objective", "1.2"], "has no objective `1.2`"),
        (&["--priority", "3"], "has no priority `3`"),
        (
            &["--priority", "2", "--id", "2.1"],
            "has an action 2.1 already",
        ),
        (
            &["--priority", "2", "--owners", "polise"],
            "did you mean `police`?",
        ),
        (
            &["--priority", "2", "--timescale", "31 June 2018"],
            "31 June 2018",
        ),
        (
            &[
                "--priority",
                "2",
                "--added",
                "2017-01-01",
                "--timescale",
                "June 2018",
                "--threads",
                "voice",
            ],
            "error[",
        ),
    ] {
        refused(&estate, &[&add[..], more].concat(), words);
    }
    refused(
        &estate,
        &["add", "work-plan"],
        "say what is to be done with --action",
    );
}

#[test]
fn on_a_terminal_it_asks_one_thing_after_the_other() {
    let estate = Estate::of(&files());
    // What cannot be taken is asked about again.
    let typed = "1.9\n1.1\nAgree who searches at night\nFewer children come to harm\npolise\npolice\nJulie 2018\nJuly 2018\nThe protocol\n";
    let before = estate.read("tscb/work-plan.yaml");
    let said = run_with(estate.dir.path(), &["add"], None, Some(typed));
    assert!(said.err.ends_with("nothing was added\n"), "{said:?}");
    assert_eq!(estate.read("tscb/work-plan.yaml"), before);
    let said = run_with(
        estate.dir.path(),
        &["add"],
        None,
        Some(&format!("{typed}y\n")),
    );
    done(&said);
    for words in [
        "  1.1  Fewer children go missing\n",
        "work-plan has no objective `1.9`",
        "did you mean `police`?",
        "\"Julie 2018\" is not a timescale that can be read",
        "+          - id: 1.1.4\n",
    ] {
        assert!(said.err.contains(words), "{words}\n{}", said.err);
    }
    let text = estate.read("tscb/work-plan.yaml");
    let row = "          - id: 1.1.4\n            action: Agree who searches at night\n            impact: Fewer children come to harm\n            added: 2018-05-01\n            owners: [police]\n            evidence: [The protocol]\n            timescale: July 2018\n";
    assert!(text.contains(row), "{text}");
    let before = estate.read("tscb/work-plan.yaml");
    for gives_up in ["q\n", "1.1\nSomething\nq\n"] {
        let said = run_with(estate.dir.path(), &["add"], None, Some(gives_up));
        assert!(said.err.ends_with("nothing was added\n"), "{said:?}");
        assert_eq!(estate.read("tscb/work-plan.yaml"), before);
    }
}

#[test]
fn a_group_gets_another_name_and_nothing_adopted_changes() {
    let repository = committed();
    let said = repository.run(&["rename-group", "VEMT Chairs", "Exploitation Subgroup"]);
    done(&said);
    let expected = BOARD.replace(
        "{name: VEMT Subgroup, kind: subgroup, aka: [VEMT Chairs], ",
        "{name: Exploitation Subgroup, kind: subgroup, aka: [VEMT Chairs, VEMT Subgroup], ",
    );
    assert_eq!(repository.estate.read("tscb/board.yaml"), expected);
    assert_eq!(repository.against("HEAD"), []);
    // Papers of any day print the new name; the old one still finds it.
    for name in ["VEMT Subgroup", "Exploitation Subgroup", "vemt"] {
        let letter = repository.run(&["chase", name, "-O", "markdown", "--as-of", "2018-04-01"]);
        assert!(
            done(&letter).contains("Reports from Exploitation Subgroup to"),
            "{letter:?}"
        );
    }
    done(&repository.run(&["rename-group", "vemt", "VEMT Subgroup"]));
    let back = repository.estate.read("tscb/board.yaml");
    assert!(
        back.contains(
            "{name: VEMT Subgroup, kind: subgroup, aka: [VEMT Chairs, Exploitation Subgroup], "
        ),
        "{back}"
    );
}

#[test]
fn a_name_that_would_confuse_is_refused() {
    let estate = Estate::of(&files());
    for (old, new, words) in [
        ("vemt", "Police", "Police is a name of `police` already"),
        ("vemt", "police", "is a name of `police` already"),
        ("vemt", "VEMT Subgroup", "is called VEMT Subgroup already"),
        ("vemt", "  ", "the new name is empty"),
        ("vmet", "Exploitation Subgroup", "did you mean `vemt`?"),
    ] {
        refused(&estate, &["rename-group", old, new], words);
    }
    let shown = estate.run(&["rename-group", "health", "Health: all of it", "--dry-run"]);
    assert!(
        done(&shown).contains(
            "+  health: {name: \"Health: all of it\", kind: agency, aka: [Health Partnership]}"
        ),
        "{shown:?}"
    );
    assert_eq!(estate.read("tscb/board.yaml"), BOARD);
}

#[test]
fn who_raised_a_challenge_stays_and_who_answers_is_named() {
    let estate = Estate::of(&files());
    let day = ["--as-of", "2018-05-01"];
    let run =
        |words: &[&str]| done(&estate.run(&[&["challenge"], words, &day].concat())).to_owned();
    run(&[
        "--from",
        "police",
        "--to",
        "vemt",
        "--action",
        "1.1.1",
        "--raised",
        "Why ten days?",
        "--date",
        "2018-04-20",
    ]);
    run(&[
        "C1",
        "--response",
        "Two posts are vacant.",
        "--by",
        "vemt",
        "--date",
        "2018-04-25",
    ]);
    let closed = run(&["C1", "--closed", "Within 72 hours.", "--by", "health"]);
    assert!(closed.starts_with("C1 closed"), "{closed}");
    let paper = estate.json(&["report", "challenges"]);
    let own = &paper["boards"][0]["closed"][0];
    let said = |event: &Value| [event["by"].clone(), event["words"].clone()];
    assert_eq!(
        [&own["from"], &own["to"]],
        ["Police", "VEMT Subgroup"],
        "{paper}"
    );
    assert_eq!(
        said(&own["responses"][0]),
        ["VEMT Subgroup", "Two posts are vacant."]
    );
    assert_eq!(
        said(&own["closed"]),
        ["Health Partnership", "Within 72 hours."]
    );
}

/// The example board's plan of 2024-25, whose last open actions are carried into the next year.
#[test]
fn the_annual_report_of_the_year_that_ended_is_the_same_before_and_after_a_rollover() {
    let estate = Estate::of(&[]);
    copy(
        &repository().join("examples/exampleshire"),
        &estate.plans().join("exampleshire"),
    );
    let annual = |framework: &str| {
        let said = estate.run(&[
            "report",
            "annual",
            "--period",
            "2024-25",
            "--as-of",
            "2025-05-13",
            "--framework",
            framework,
            "-O",
            "markdown",
        ]);
        done(&said).to_owned()
    };
    let page = |day: &str| {
        let status = ["status", "--plan", "business-plan-2024-25", "--as-of", day];
        done(&estate.run(&status)).to_owned()
    };
    let before = [
        annual("lscb"),
        annual("wt2018"),
        page("2025-03-31"),
        page("2026-03-04"),
    ];
    let rolled = estate.run(&[
        "rollover",
        "business-plan-2024-25",
        "--to",
        "2026-27",
        "--agreed",
        "board",
        "--as-of",
        "2026-03-04",
    ]);
    assert!(
        done(&rolled).contains("carried forward from business-plan-2024-25"),
        "{rolled:?}"
    );
    let after = [
        annual("lscb"),
        annual("wt2018"),
        page("2025-03-31"),
        page("2026-03-04"),
    ];
    assert_eq!(before, after);
    // From the day after, they are closed there.
    assert_ne!(page("2026-03-05"), after[3]);
}

/// 1.1.3 was rated green on 17 April 2018; it is carried on as that, on the day after the plan says so.
#[test]
fn what_is_carried_keeps_its_status_its_rating_and_its_day_of_report() {
    let estate = Estate::of(&files());
    let pause = [
        "update",
        "2.1",
        "--by",
        "police",
        "--status",
        "paused",
        "--reason",
        "No analyst.",
        "--agreed",
        "board",
        "--date",
        "2018-04-20",
    ];
    done(&estate.run(&pause));
    done(&estate.run(&[
        "rollover",
        "work-plan",
        "--to",
        "2019-20",
        "--agreed",
        "board",
    ]));
    let list = estate.json(&[
        "list",
        "--plan",
        "work-plan-2019-20",
        "--as-of",
        "2018-05-02",
    ]);
    let facts: Vec<[&str; 4]> = (list["actions"].as_array().unwrap().iter())
        .map(|own| {
            ["id", "status", "reported_rag", "last_update"]
                .map(|name| own[name].as_str().unwrap_or("-"))
        })
        .collect();
    let expected = [
        ["1.1.1", "in progress", "amber", "2018-04-17"],
        ["1.1.2", "not started", "-", "-"],
        ["1.1.3", "in progress", "green", "2018-04-17"],
        ["2.1", "paused", "-", "-"],
    ];
    assert_eq!(facts, expected);
}

#[test]
fn texts_that_name_the_year_that_is_over_are_listed() {
    let estate = Estate::of(&files());
    let plan = PLAN
        .replace(
            "action: Training,",
            "action: \"Training in 2018, as the audit of 2019 asks\",",
        )
        .replace("title: Exploitation", "title: Exploitation since 2016")
        .replace("plan: Work Plan\n", "plan: Work Plan 2017/18\n");
    estate.write("tscb/work-plan.yaml", &plan);
    let said = estate.run(&[
        "rollover",
        "work-plan",
        "--to",
        "2019-20",
        "--agreed",
        "board",
        "--dry-run",
    ]);
    done(&said);
    let words: Vec<&str> = said.err.split_whitespace().collect();
    let words = words.join(" ");
    // 2017 and 2018 are over in a plan of 2019-20; 2019 is not, and 2016 never was the old plan's.
    let expected = "COPIED AS THEY ARE these texts of the new plan name a year that is over in it: look whether they \
                    still hold line of field says 4 the plan plan Work Plan 2017/18 16 action 1.1.2 action Training in \
                    2018, as the audit of 2019 asks";
    assert!(words.contains(expected), "{}", said.err);
    let answer = estate.json(&[
        "rollover",
        "work-plan",
        "--to",
        "2019-20",
        "--agreed",
        "board",
    ]);
    let lines: Vec<u64> = (answer["old_years"].as_array().unwrap().iter())
        .map(|text| text["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [4, 16]);
}
