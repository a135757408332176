//! `plan validate --against REV`: sixteen edits of the Hartlepool plan in a real repository, eight that
//! leave a trace and eight that would leave none, and what else the rules about changes promise.

mod support;

use support::Estate;
use support::repository::Repository;

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
