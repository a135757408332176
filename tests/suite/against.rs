//! `plan validate --against REV`: sixteen edits of the Hartlepool plan in a real repository, eight that
//! leave a trace and eight that would leave none, and what else the rules about changes promise.

use crate::support::Estate;
use crate::support::repository::Repository;

const PLAN: &str = "hartlepool/work-plan-2017-19.yaml";
const VEMT: &str = "hartlepool/updates/2018-01-16-vemt.yaml";

/// What a group reported; invented, as is the day of adoption.
const REPORT: &str = "\
updates: VEMT return
plan: work-plan-2017-19
date: 2018-01-16
by: vemt
entries:
  - action: 2.2.3
    rag: amber
    done: Return interviews are offered within 72 hours.
  - {action: 2.1.2, rag: green, evidence: [VEMT Report]}
";

/// The Hartlepool board, its plan adopted on 5 September 2017, with one report.
fn hartlepool() -> Repository {
    let real = Estate::real();
    let plan = real.read(PLAN);
    let adopted = plan.replacen(
        "period: 2017-19\n",
        "period: 2017-19\nadopted: 2017-09-05\n",
        1,
    );
    assert_ne!(plan, adopted);
    Repository::of(&[
        ("hartlepool/board.yaml", &real.read("hartlepool/board.yaml")),
        (PLAN, &adopted),
        (VEMT, REPORT),
    ])
}

/// What is said of an edit: each finding's rule, file, and a text of the line that it names.
fn refused(edit: impl Fn(&Repository), expected: &[(&str, &str, &str)]) {
    let repository = hartlepool();
    edit(&repository);
    let expected: Vec<(String, String, u64)> = expected
        .iter()
        .map(|&(rule, file, text)| {
            let line = repository.line(file, text);
            (rule.to_owned(), format!("plans/{file}"), line)
        })
        .collect();
    assert_eq!(repository.against("main"), expected);
    let code = repository.run(&["validate", "--against", "main"]).code;
    assert_eq!(code, 1);
}

fn allowed(edit: impl Fn(&Repository)) {
    let repository = hartlepool();
    edit(&repository);
    assert_eq!(repository.against("main"), []);
    let said = repository.run(&["validate", "--against", "main"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert_eq!(said.err, "");
}

// The eight that are allowed.

#[test]
fn allowed_1_comments_quotes_line_breaks_and_line_ends_are_no_change() {
    allowed(|repository| {
        repository.edit(PLAN, "# The document has no 2.1.3.", "# There is no 2.1.3.");
        repository.edit(
            PLAN,
            "timescale: February 2018",
            "timescale: \"February 2018\"",
        );
        repository.edit(
            PLAN,
            "impact: Improved refuge provision; evidenced through property scheme figures.",
            "impact: |-\n              Improved refuge provision;\n              evidenced through property scheme figures.",
        );
        let text = repository.estate.read(PLAN).replace('\n', "\r\n");
        repository.estate.write(PLAN, &text);
    });
}

#[test]
fn allowed_2_the_order_of_fields_and_of_actions_is_no_change() {
    allowed(|repository| {
        let first = "          - id: 1.7.1
            impact: >-
              Strong links between all 3 sub-groups; evidenced through reduction of duplication and evidenced
              in joint reporting.
            timescale: June 2018
";
        let last = "          - id: 1.7.3
            impact: Multi-agency action plans resulting in targeted areas for development, analysis and review.
            timescale: June 2018
";
        let turned = "          - timescale: June 2018
            id: 1.7.1
            impact: >-
              Strong links between all 3 sub-groups; evidenced through reduction of duplication and evidenced
              in joint reporting.
";
        repository.edit(PLAN, first, "");
        repository.edit(PLAN, last, &format!("{last}{turned}"));
    });
}

#[test]
fn allowed_3_moving_the_file_within_its_board_is_no_change() {
    allowed(|repository| {
        let text = repository.estate.read(PLAN);
        repository.remove(PLAN);
        repository
            .estate
            .write("hartlepool/plans/work-plan-2017-19.yaml", &text);
    });
}

#[test]
fn allowed_4_a_new_action_that_says_when_it_was_added() {
    allowed(|repository| {
        repository.edit(
            PLAN,
            "      - id: 1.2\n",
            "          - id: 1.1.6\n            added: 2018-03-06\n            impact: Refuges report each quarter.\n            \
             timescale: March 2019\n      - id: 1.2\n",
        );
    });
}

#[test]
fn allowed_5_a_new_report() {
    allowed(|repository| {
        repository.estate.write(
            "hartlepool/updates/2018-03-06-board.yaml",
            "updates: Board\nplan: work-plan-2017-19\ndate: 2018-03-06\nby: vemt\nentries:\n  - action: 2.2.3\n    \
             timescale: June 2018\n    reason: The audit was delayed.\n    agreed: board\n",
        );
    });
}

#[test]
fn allowed_6_an_entry_moved_to_another_file_and_written_another_way() {
    allowed(|repository| {
        repository.edit(
            VEMT,
            "  - {action: 2.1.2, rag: green, evidence: [VEMT Report]}\n",
            "",
        );
        repository.estate.write(
            "hartlepool/updates/more.yaml",
            "updates: More\nplan: work-plan-2017-19\nentries:\n  - evidence:\n      - VEMT Report\n    by: vemt\n    rag: Green\n    \
             date: 2018-01-16\n    action: [2.1.2]\n",
        );
    });
}

#[test]
fn allowed_7_a_change_that_a_new_line_at_the_head_of_the_file_allows() {
    allowed(|repository| {
        repository.edit(PLAN, "incorporate YOC in", "incorporate VOC in");
        let text = repository.estate.read(PLAN);
        let line = "# plan: allow baseline-changed 3.4.3: misprint, Board 6 March 2018\n";
        repository.estate.write(PLAN, &format!("{line}{text}"));
    });
}

#[test]
fn allowed_8_what_was_given_once_for_all_is_given_to_each() {
    allowed(|repository| {
        let once = "        responsibility: All Subgroup Chairs and members\n        owners: [subgroups]\n        evidence: [Joint reporting";
        repository.edit(PLAN, once, "        evidence: [Joint reporting");
        for id in ["1.7.1", "1.7.2", "1.7.3"] {
            let action = format!("          - id: {id}\n");
            let own = "            responsibility: All Subgroup Chairs and members\n            owners: [subgroups]\n";
            repository.edit(PLAN, &action, &format!("{action}{own}"));
        }
    });
}

// The eight that are refused.

#[test]
fn refused_1_a_deadline_that_moves() {
    refused(
        |repository| repository.edit(PLAN, "timescale: February 2018", "timescale: June 2018 "),
        &[("baseline-changed", PLAN, "timescale: June 2018 ")],
    );
}

#[test]
fn refused_2_a_text_that_is_reworded() {
    refused(
        |repository| {
            let (old, new) = (
                "response to high risk; evidenced",
                "response to risk; evidenced",
            );
            repository.edit(PLAN, old, new);
        },
        &[("baseline-changed", PLAN, "response to risk; evidenced")],
    );
}

#[test]
fn refused_3_owners_that_change_for_a_whole_objective_are_named_once() {
    refused(
        |repository| repository.edit(PLAN, "owners: [subgroups]", "owners: [da-subgroup]"),
        &[("baseline-changed", PLAN, "owners: [da-subgroup]")],
    );
}

#[test]
fn refused_4_an_action_that_vanishes_is_named_where_it_stood() {
    refused(
        |repository| {
            let action = "          - id: 1.7.3
            impact: Multi-agency action plans resulting in targeted areas for development, analysis and review.
            timescale: June 2018
";
            repository.edit(PLAN, action, "");
        },
        &[("action-removed", PLAN, "id: 1.7.2")],
    );
}

#[test]
fn refused_5_adoption_that_is_taken_back() {
    refused(
        |repository| repository.edit(PLAN, "adopted: 2017-09-05\n", ""),
        &[("baseline-changed", PLAN, "plan: Hartlepool")],
    );
}

#[test]
fn refused_6_a_report_that_is_edited() {
    refused(
        |repository| repository.edit(VEMT, "rag: amber", "rag: green"),
        &[("update-rewritten", VEMT, "action: 2.2.3")],
    );
}

#[test]
fn refused_7_a_report_that_is_deleted() {
    refused(
        |repository| {
            repository.edit(
                VEMT,
                "  - {action: 2.1.2, rag: green, evidence: [VEMT Report]}\n",
                "",
            )
        },
        &[("update-rewritten", VEMT, "action: 2.2.3")],
    );
}

#[test]
fn refused_8_an_id_that_is_given_to_another_action() {
    refused(
        |repository| {
            let old =
                "impact: Improved refuge provision; evidenced through property scheme figures.";
            repository.edit(
                PLAN,
                old,
                "impact: Schools teach about healthy relationships in every year.",
            );
        },
        &[("id-reused", PLAN, "id: 1.2.1")],
    );
}

// What else the rules promise, on a board of their own.

const SMALL: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-09-05
rag: {due_soon: 30 days}
threads: {voice: The voice of the child}
indicators:
  - {id: K1, title: Children missing, better: lower, target: {2017-18: 8, 2018-19: 7}}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    objectives:
      - id: 1.1
        title: Train everybody
        timescale: April 2018
        actions:
          - {id: 1.1.1, action: Train staff in the assessment tool}
          - {id: 1.1.2, action: Train managers in supervision}
      - id: 1.2
        title: Tell everybody
        actions:
          - id: 1.2.1
            action: Publish new arrangements
            milestones:
              - {id: 1.2.1a, timescale: 29 June 2018, title: Published}
              - {id: 1.2.1b, timescale: 29 September 2018, title: Fully implemented}
";

const SMALL_REPORT: &str = "\
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1.1, rag: amber}
  - {action: 1.1.2, rag: green, evidence: [VEMT Report]}
";

const SMALL_LOG: &str = "\
challenges: Challenge log
plan: plan
entries:
  - {challenge: C1, date: 2018-01-16, from: police, to: vemt, action: 1.1.1, raised: Why so slow?}
";

const P: &str = "b/plan.yaml";
const U: &str = "b/updates.yaml";

fn small() -> Repository {
    Repository::of(&[
        (
            "b/board.yaml",
            "board: Example Board\ngroups:\n  vemt: {name: VEMT Subgroup}\n  police: {name: Police}\n",
        ),
        (P, SMALL),
        (U, SMALL_REPORT),
        ("b/challenges.yaml", SMALL_LOG),
    ])
}

/// What is found after an edit of the small board: rules and lines.
fn found(edit: impl Fn(&Repository)) -> Vec<(String, u64)> {
    let repository = small();
    edit(&repository);
    let findings = repository.against("main").into_iter();
    findings.map(|(rule, _, line)| (rule, line)).collect()
}

fn finding(rule: &str, line: u64) -> Vec<(String, u64)> {
    vec![(rule.to_owned(), line)]
}

#[test]
fn everything_in_an_adopted_plan_is_frozen_and_named_where_it_stands() {
    let edits = [
        ("plan: Example Plan", "plan: Another Plan", 1),
        ("period: 2017-19", "period: 2017-18", 2),
        ("adopted: 2017-09-05", "adopted: 2017-09-06", 3),
        ("rag: {due_soon: 30 days}", "rag: {due_soon: 60 days}", 4),
        (
            "rag: {due_soon: 30 days}",
            "rag: {due_soon: 30 days, review: 6 monthly}",
            4,
        ),
        (
            "rag: {due_soon: 30 days}",
            "rag: {labels: {green: On track}}",
            4,
        ),
        ("The voice of the child", "The voice of children", 5),
        ("2018-19: 7", "2018-19: 7.5", 7),
        ("better: lower, ", "better: higher, ", 7),
        (
            "target: {2017-18: 8, 2018-19: 7}",
            "target: {2017-18: 8, 2018-19: 7}, tolerance: 1 points",
            7,
        ),
        ("title: Neglect", "title: Neglect and more", 10),
        ("owners: [vemt]", "owners: [vemt, police]", 11),
        ("evidence: [VEMT Report]", "evidence: []", 9),
        ("title: Train everybody", "title: Train some", 15),
        ("timescale: April 2018", "timescale: end of April 2018", 16),
        ("in supervision}", "in supervision, note: New}", 19),
        ("29 September 2018", "30 September 2018", 27),
        ("title: Published", "title: Printed", 26),
    ];
    for (old, new, line) in edits {
        let found = found(|repository| repository.edit(P, old, new));
        assert_eq!(found, finding("baseline-changed", line), "{old} -> {new}");
    }
}

#[test]
fn what_means_the_same_is_no_change() {
    let edits = [
        ("rag: {due_soon: 30 days}", ""),
        (
            "rag: {due_soon: 30 days}",
            "rag: {due_soon: 30 days, review: quarterly}",
        ),
        ("2018-19: 7}", "2018-19: 7.0}"),
        ("owners: [vemt]", "owners: vemt"),
        ("{2017-18: 8, 2018-19: 7}", "{2018-19: 7, 2017-18: 8}"),
        (
            "{id: 1.1.1, action:",
            "{id: 1.1.1, timescale: April 2018, action:",
        ),
        ("better: lower", "better: lower, data: data.csv"),
    ];
    for (old, new) in edits {
        let found = found(|repository| {
            repository
                .estate
                .write("b/data.csv", "indicator,period,value\nK1,2017-18,8\n");
            repository.edit(P, old, new);
        });
        assert_eq!(found, [], "{old} -> {new}");
    }
}

#[test]
fn milestones_priorities_and_indicators_may_not_come_or_go_and_actions_may_not_move() {
    let b =
        "              - {id: 1.2.1b, timescale: 29 September 2018, title: Fully implemented}\n";
    assert_eq!(found(|r| r.edit(P, b, "")), finding("action-removed", 26));
    let c = format!("{b}              - {{id: 1.2.1c, timescale: March 2019}}\n");
    assert_eq!(found(|r| r.edit(P, b, &c)), finding("baseline-changed", 28));
    let more = "indicators:\n  - {id: K2, title: More}\n";
    assert_eq!(
        found(|r| r.edit(P, "indicators:\n", more)),
        finding("baseline-changed", 7)
    );
    let without = "threads: {voice: The voice of the child}\nindicators:\n  - {id: K1, title: Children missing, better: lower, target: {2017-18: 8, 2018-19: 7}}\n";
    let gone = found(|r| r.edit(P, without, ""));
    assert_eq!(
        gone,
        [
            finding("baseline-changed", 1),
            finding("baseline-changed", 1)
        ]
        .concat()
    );
    let moved = found(|r| {
        let action = "          - {id: 1.1.2, action: Train managers in supervision}\n";
        r.edit(P, action, "");
        r.edit(
            P,
            "          - id: 1.2.1\n",
            &format!(
                "{}          - id: 1.2.1\n",
                action.replace("}", ", timescale: April 2018}")
            ),
        );
    });
    assert_eq!(moved, finding("baseline-changed", 22));
}

#[test]
fn a_new_action_says_when_it_was_added_and_that_is_after_adoption() {
    let add = |fields: &str| {
        let (old, fields) = ("      - id: 1.2\n", fields.to_owned());
        let new = format!("          - {{id: 1.1.3, action: Train volunteers{fields}}}\n{old}");
        found(|repository| repository.edit(P, old, &new))
    };
    assert_eq!(add(""), finding("baseline-changed", 20));
    assert_eq!(add(", added: 2017-09-05"), finding("baseline-changed", 20));
    assert_eq!(add(", added: 2018-03-06"), []);
    // A new objective is the place of new actions, and of nothing else.
    let old = "      - id: 1.2\n";
    let objective = |actions: &str| {
        format!("      - id: 1.3\n        title: More\n        actions: [{actions}]\n{old}")
    };
    let new = objective("{id: 1.3.1, action: Audit, timescale: March 2019, added: 2018-03-06}");
    assert_eq!(found(|repository| repository.edit(P, old, &new)), []);
    assert_eq!(
        found(|repository| repository.edit(P, old, &objective(""))),
        finding("baseline-changed", 20)
    );
}

#[test]
fn a_plan_that_is_not_adopted_on_the_day_asked_may_change() {
    let repository = small();
    repository.edit(P, "adopted: 2017-09-05\n", "");
    repository.git(&["commit", "-q", "-am", "a draft"]);
    repository.edit(P, "April 2018", "May 2018");
    repository.edit(
        P,
        "          - {id: 1.1.2, action: Train managers in supervision}\n",
        "",
    );
    assert_eq!(repository.against("main"), []);
    let repository = small();
    repository.edit(P, "April 2018", "May 2018");
    let early = [
        "validate",
        "--against",
        "main",
        "--as-of",
        "2017-09-04",
        "-O",
        "json",
    ];
    assert!(!repository.run(&early).out.contains("baseline-changed"));
    let day = [
        "validate",
        "--against",
        "main",
        "--as-of",
        "2017-09-05",
        "-O",
        "json",
    ];
    assert!(repository.run(&day).out.contains("baseline-changed"));
}

#[test]
fn a_plan_that_is_renamed_or_deleted_is_gone_and_a_board_with_it() {
    let repository = small();
    repository.remove(P);
    assert_eq!(
        repository.against("main"),
        [("baseline-changed".into(), "plans/b/board.yaml".into(), 1)]
    );
    // Not because it cannot be read: then nothing is known, and the answer is incomplete.
    repository.estate.write(P, "plan: [\n");
    assert_eq!(repository.against("main"), []);
    assert_eq!(repository.run(&["validate", "--against", "main"]).code, 2);

    let repository = small();
    repository.estate.write("c/board.yaml", "board: Other\n");
    std::fs::remove_dir_all(repository.estate.plans().join("b")).unwrap();
    let gone = [("baseline-changed".into(), "plans/b/plan.yaml".into(), 1)];
    assert_eq!(repository.against("main"), gone);

    let repository = small();
    let (from, to) = (
        repository.estate.plans().join("b"),
        repository.estate.plans().join("renamed"),
    );
    std::fs::rename(from, to).unwrap();
    assert_eq!(repository.against("main"), []);
    repository.edit("renamed/plan.yaml", "April 2018", "May 2018");
    let changed = [(
        "baseline-changed".into(),
        "plans/renamed/plan.yaml".into(),
        16,
    )];
    assert_eq!(repository.against("main"), changed);
}

#[test]
fn reports_and_challenges_are_only_added_to() {
    assert_eq!(
        found(|r| r.edit(U, "by: vemt", "by: police")),
        [
            finding("update-rewritten", 6),
            finding("update-rewritten", 7)
        ]
        .concat()
    );
    assert_eq!(
        found(|r| r.remove(U)),
        [
            finding("update-rewritten", 1),
            finding("update-rewritten", 1)
        ]
        .concat()
    );
    assert_eq!(
        found(|r| r.edit("b/challenges.yaml", "so slow", "so late")),
        finding("update-rewritten", 4)
    );
    assert_eq!(
        found(|r| r
            .estate
            .write("b/challenges.yaml", "challenges: Log\nentries: []\n")),
        finding("update-rewritten", 1)
    );
    let twice = "  - {action: 1.1.1, rag: amber}\n";
    let repository = small();
    repository.edit(U, twice, &twice.repeat(2));
    repository.git(&["commit", "-q", "-am", "the same twice"]);
    repository.edit(U, &twice.repeat(2), twice);
    assert_eq!(
        repository.against("main").len(),
        1,
        "of two that say the same one is gone"
    );
}

#[test]
fn a_new_report_that_is_dated_before_the_last_is_a_warning() {
    let add = |date: &str, action: &str| {
        let line = format!("entries:\n  - {{action: {action}, date: {date}, rag: green}}\n");
        found(|repository| repository.edit(U, "entries:\n", &line))
    };
    assert_eq!(add("2018-01-15", "1.1.1"), finding("update-backdated", 6));
    assert_eq!(add("2018-01-16", "1.1.1").len(), 0);
    assert_eq!(add("2018-01-17", "1.1.1"), []);
    assert_eq!(add("2018-01-15", "1.2.1"), []);
    let repository = small();
    repository.edit(
        U,
        "entries:\n",
        "entries:\n  - {action: 1.1.1, date: 2018-01-15, rag: green}\n",
    );
    assert_eq!(repository.run(&["validate", "--against", "main"]).code, 0);
}

#[test]
fn an_id_that_keeps_half_its_words_is_reworded_and_else_reused() {
    let text = "Train staff in the assessment tool";
    assert_eq!(
        found(|r| r.edit(P, text, "Train all staff in the tool")),
        finding("baseline-changed", 18)
    );
    assert_eq!(
        found(|r| r.edit(P, text, "Visit every school in the area")),
        finding("id-reused", 18)
    );
}

#[test]
fn an_allowance_counts_once_in_its_place_and_for_what_it_names() {
    let with = |line: &str, edit: bool| {
        found(|repository| {
            if edit {
                repository.edit(P, "in supervision", "in good supervision");
            }
            let text = repository.estate.read(P);
            repository.estate.write(P, &format!("{line}{text}"));
        })
    };
    let reason = "misprint, Board 6 March 2018\n";
    assert_eq!(
        with(
            &format!("# plan: allow baseline-changed 1.1.2: {reason}"),
            true
        ),
        []
    );
    // Of another action, without an id, without a reason: it grants nothing, and says why.
    for wrong in [
        format!("# plan: allow baseline-changed 1.1.1: {reason}"),
        format!("# plan: allow baseline-changed: {reason}"),
        "# plan: allow baseline-changed 1.1.2\n".to_owned(),
    ] {
        let both = [finding("bad-allowance", 1), finding("baseline-changed", 20)].concat();
        assert_eq!(with(&wrong, true), both, "{wrong}");
    }
    assert_eq!(
        with(
            &format!("# plan: allow baseline-changed 1.1.2: {reason}"),
            false
        ),
        finding("bad-allowance", 1)
    );
    // Without --against it is neither here nor there.
    let repository = small();
    repository.estate.write(
        P,
        &format!("# plan: allow baseline-changed 1.1.2: {reason}{SMALL}"),
    );
    let findings = repository.estate.findings("2018-05-01");
    assert!(
        findings.iter().all(|(rule, ..)| rule != "bad-allowance"),
        "{findings:?}"
    );
    // Below the head it grants nothing.
    let below = found(|repository| {
        let line = format!("period: 2017-19\n# plan: allow baseline-changed 1.1.2: {reason}");
        repository.edit(P, "period: 2017-19\n", &line);
        repository.edit(P, "in supervision", "in good supervision");
    });
    assert_eq!(
        below,
        [finding("bad-allowance", 3), finding("baseline-changed", 20)].concat()
    );
}

#[test]
fn a_change_outside_an_action_is_allowed_by_its_key() {
    for (key, old, new) in [
        ("rag", "due_soon: 30 days", "due_soon: 60 days"),
        ("period", "period: 2017-19", "period: 2017-20"),
        ("adopted", "adopted: 2017-09-05", "adopted: 2017-09-07"),
        ("K1", "2018-19: 7", "2018-19: 6"),
        ("1.1", "timescale: April 2018", "timescale: May 2018"),
        ("threads", "The voice of the child", "The child's voice"),
    ] {
        let found = found(|repository| {
            repository.edit(P, old, new);
            let text = repository.estate.read(P);
            repository.estate.write(
                P,
                &format!(
                    "# plan: allow baseline-changed {key}: misprint, Board 6 March 2018\n{text}"
                ),
            );
        });
        assert_eq!(found, [], "{key}");
    }
}

#[test]
fn an_allowance_that_was_there_already_grants_nothing_again() {
    let repository = small();
    let line = "# plan: allow baseline-changed 1.1.2: misprint, Board 6 March 2018\n";
    repository.estate.write(
        P,
        &format!(
            "{line}{}",
            SMALL.replace("in supervision", "in good supervision")
        ),
    );
    assert_eq!(repository.against("main"), []);
    repository.git(&["commit", "-q", "-am", "granted"]);
    repository.edit(P, "in good supervision", "in supervision");
    let rules: Vec<String> = repository
        .against("main")
        .into_iter()
        .map(|(rule, ..)| rule)
        .collect();
    assert_eq!(rules, ["bad-allowance", "baseline-changed"]);
    // Nor in another file of the board, nor with other space around it.
    let other = line.replace("# plan:", "#   plan:");
    repository.edit(P, line, &other);
    let rules: Vec<String> = repository
        .against("main")
        .into_iter()
        .map(|(rule, ..)| rule)
        .collect();
    assert_eq!(rules, ["bad-allowance", "baseline-changed"]);
    // A line of its own does.
    repository.edit(P, &other, &line.replace("6 March", "1 May"));
    assert_eq!(repository.against("main"), []);
}

#[test]
fn a_rule_about_changes_is_not_turned_off_by_the_very_change() {
    let repository = small();
    repository.edit(
        "b/board.yaml",
        "groups:",
        "rules: {baseline-changed: off}\ngroups:",
    );
    repository.edit(P, "April 2018", "May 2018");
    assert_eq!(repository.against("main").len(), 1);
    repository.git(&["commit", "-q", "-am", "off"]);
    repository.edit(P, "May 2018", "June 2018");
    assert_eq!(repository.against("main"), []);
}

#[test]
fn the_help_shows_the_very_line_that_would_allow_it() {
    let repository = small();
    repository.edit(P, "in supervision", "in good supervision");
    let said = repository.run(&["validate", "--against", "main"]);
    let line = "# plan: allow baseline-changed 1.1.2: why, and who agreed when";
    assert!(said.out.contains(line), "{}", said.out);
    let text = repository.estate.read(P);
    repository.estate.write(P, &format!("{line}\n{text}"));
    assert_eq!(repository.against("main"), []);
}

#[test]
fn every_form_of_output_names_the_same_place() {
    let repository = small();
    repository.edit(P, "April 2018", "May 2018");
    let human = repository.run(&["validate", "--against", "main"]).out;
    assert!(human.contains("plans/b/plan.yaml:16:20"), "{human}");
    let github = repository
        .run(&["validate", "--against", "main", "-O", "github"])
        .out;
    assert!(
        github.contains("file=plans/b/plan.yaml,line=16,"),
        "{github}"
    );
    let sarif = repository
        .run(&["validate", "--against", "main", "-O", "sarif"])
        .out;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let own = results
        .iter()
        .find(|result| result["ruleId"] == "baseline-changed")
        .unwrap();
    assert_eq!(
        own["locations"][0]["physicalLocation"]["region"]["startLine"],
        16
    );
}

#[test]
fn only_what_concerns_the_paths_asked_for_is_shown() {
    let repository = small();
    repository.estate.write("c/plan.yaml", SMALL);
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "two boards"]);
    for plan in [P, "c/plan.yaml"] {
        repository.edit(plan, "April 2018", "May 2018");
    }
    assert_eq!(repository.against("main").len(), 2);
    let one = repository
        .run(&["validate", "plans/c", "--against", "main", "-O", "github"])
        .out;
    assert!(
        one.contains("plans/c/plan.yaml") && !one.contains("plans/b/"),
        "{one}"
    );
    let one = repository
        .run(&[
            "validate",
            "--board",
            "b",
            "--against",
            "main",
            "-O",
            "github",
        ])
        .out;
    assert!(
        one.contains("plans/b/plan.yaml") && !one.contains("plans/c/"),
        "{one}"
    );
}

#[test]
fn a_board_that_is_renamed_is_held_against_what_it_was_however_it_is_asked_for() {
    let repository = small();
    let plans = repository.estate.plans();
    std::fs::rename(plans.join("b"), plans.join("new")).unwrap();
    repository.edit("new/plan.yaml", "April 2018", "May 2018");
    repository.edit(
        "new/board.yaml",
        "board: Example Board",
        "board: Another Board",
    );
    for arguments in [
        &["plans/new"][..],
        &["--board", "new"],
        &["--board", "another board"],
    ] {
        let all = [
            &["validate", "--against", "main", "-O", "github"],
            arguments,
        ]
        .concat();
        let said = repository.run(&all);
        assert!(
            said.out.contains("plans/new/plan.yaml,line=16"),
            "{arguments:?}: {}",
            said.out
        );
    }
}

#[test]
fn a_file_that_is_linked_to_may_move_and_another_may_not_take_its_place() {
    let repository = small();
    repository.estate.write("b/papers/report.pdf", "a report");
    let report = "evidence: [{title: VEMT Report, link: papers/report.pdf}]";
    repository.edit(P, "evidence: [VEMT Report]", report);
    repository.commit("linked", "2018-04-01T10:00:00+00:00");
    repository.edit(P, "papers/report.pdf", "report.pdf");
    repository.estate.write("b/report.pdf", "a report");
    assert_eq!(repository.against("main"), []);
    repository.edit(P, "link: report.pdf", "link: other.pdf");
    assert_eq!(repository.against("main").len(), 1);
}
