//! How an action is judged on a day: design section 5, sentence by sentence, and what section 3 says
//! of entries. Every expected value is worked out from these and the calendar.

use crate::support::Estate;
use serde_json::{Value, json};

const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    objectives:
      - id: 1.1
        title: Families get help early
        owners: [vemt]
        actions:
          - {id: 1.1.1, action: Train staff, timescale: April 2018, evidence: [Register, Audit]}
          - {id: 1.1.2, action: Publish guidance, timescale: June 2018}
          - {id: 1.1.3, action: Read every referral, timescale: Ongoing}
  - id: 2
    title: Exploitation
    owners: [police]
    actions:
      - {id: 2.1, action: Map the hot spots, timescale: March 2019}
      - id: 2.2
        action: Publish and implement the arrangements
        milestones:
          - {id: 2.2a, timescale: 29 June 2018, title: Published}
          - {id: 2.2b, timescale: 29 September 2018, title: Implemented}
";

/// A board with these files besides its own document.
fn board(files: &[(&str, &str)]) -> Estate {
    let board = [("example/board.yaml", BOARD)];
    Estate::of(&[&board, files].concat())
}

/// An updates file about the plan of the stem `plan`.
fn updates(entries: &str) -> String {
    let lines: Vec<&str> = entries.lines().map(str::trim).collect();
    match lines.join("\n  ").as_str() {
        "" => "updates: Returns\nplan: plan\nentries: []\n".into(),
        lines => format!("updates: Returns\nplan: plan\nentries:\n  {lines}\n"),
    }
}

/// The board with this plan and these entries.
fn planned(plan: &str, entries: &str) -> Estate {
    board(&[
        ("example/plan.yaml", plan),
        ("example/updates/returns.yaml", &updates(entries)),
    ])
}

/// The board with the plan above and these entries.
fn reported(entries: &str) -> Estate {
    planned(PLAN, entries)
}

/// A plan of one action, 1.1, with these fields.
fn plan_of_one(fields: &str) -> String {
    format!(
        "plan: Example Plan\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: Neglect\n    \
         actions:\n      - {{id: 1.1, action: Train staff, {fields}}}\n"
    )
}

/// The board with a plan of one action, 1.1, with these fields, and these entries.
fn one(fields: &str, entries: &str) -> Estate {
    planned(&plan_of_one(fields), entries)
}

/// An action of two milestones, 1.1a and 1.1b, with these timescales, and these entries.
fn two_milestones(a: &str, b: &str, entries: &str) -> Estate {
    let a = format!("{{id: 1.1a, timescale: {a}}}");
    let b = format!("{{id: 1.1b, timescale: {b}}}");
    one(&format!("milestones: [{a}, {b}]"), entries)
}

/// An indicator, `X1`, with these fields and these rows of data, and an action that it measures.
fn measured(fields: &str, rows: &str, entries: &str) -> Estate {
    let plan = plan_of_one("timescale: Ongoing, indicator: X1");
    let indicator = format!("  - {{id: X1, data: data/x1.csv, {fields}}}");
    let plan = plan.replace(
        "priorities:",
        &format!("indicators:\n{indicator}\npriorities:"),
    );
    let rows: String = rows
        .split(';')
        .map(|row| format!("X1,{}\n", row.trim()))
        .collect();
    let data = format!("indicator,period,value,reported\n{rows}");
    board(&[
        ("example/plan.yaml", &plan),
        ("example/data/x1.csv", &data),
        ("example/updates/returns.yaml", &updates(entries)),
    ])
}

trait Stands {
    /// On each line: an action or a milestone, a day, and what some of its fields are then.
    /// `1.1 on 2018-05-01: status: paused, due: null`.
    fn stands(&self, lines: &str);

    /// An action, a day, and a sentence that is then among its reasons.
    fn says(&self, line: &str);
}

impl Stands for Estate {
    #[track_caller]
    fn stands(&self, lines: &str) {
        for line in lines.lines() {
            let (subject, fields) = line.trim().split_once(": ").expect("fields");
            let (id, day) = subject.split_once(" on ").expect("a day");
            let list = self.json(&["list", "--as-of", day]);
            let actions = list["actions"].as_array().expect("actions");
            let milestones = actions.iter().map(|action| &action["milestones"]);
            let milestones = milestones.flat_map(|all| all.as_array().expect("milestones"));
            let found = actions.iter().chain(milestones).find(|one| one["id"] == id);
            let found = found.unwrap_or_else(|| panic!("no {id} on {day}"));
            let expected: Value = serde_yaml::from_str(&format!("{{{fields}}}")).expect("fields");
            for (name, value) in expected.as_object().expect("fields") {
                let field = found.get(name).expect("a field of this name");
                assert_eq!(field, value, "{name} of {id} on {day}: {found:#}");
            }
        }
    }

    #[track_caller]
    fn says(&self, line: &str) {
        let (subject, reason) = line.split_once(": ").expect("a reason");
        let (id, day) = subject.split_once(" on ").expect("a day");
        let reasons = self.action(id, day)["reasons"].clone();
        let mut said = reasons.as_array().expect("reasons").iter();
        assert!(said.any(|said| said == reason), "{reason}: {reasons}");
    }
}

/// The impact RAG on 1 May 2018 of an action measured by an indicator with these fields and data.
fn impact(fields: &str, rows: &str) -> Value {
    measured(fields, rows, "").action("1.1", "2018-05-01")["impact_rag"].clone()
}

/// The first plan of `plan status`.
fn status(estate: &Estate, day: &str) -> Value {
    estate.json(&["status", "--as-of", day])["boards"][0]["plans"][0].clone()
}

/// The rating of a priority, counted from 0.
fn priority_rag(estate: &Estate, at: usize, day: &str) -> Value {
    status(estate, day)["priorities"][at]["rag"].clone()
}

/// The names of the rules that `plan validate` finds broken.
fn rules(estate: &Estate, day: &str) -> Vec<String> {
    let findings = estate.findings(day).into_iter();
    findings.map(|(rule, _, _)| rule).collect()
}

#[track_caller]
fn breaks(estate: &Estate, rule: &str) {
    let rules = rules(estate, "2019-12-31");
    assert!(rules.iter().any(|broken| broken == rule), "{rules:?}");
}

#[track_caller]
fn keeps(estate: &Estate, rule: &str) {
    let rules = rules(estate, "2019-12-31");
    assert!(rules.iter().all(|broken| broken != rule), "{rules:?}");
}

// The day.

#[test]
fn as_of_is_today_unless_another_day_is_asked() {
    let estate = reported("");
    assert_eq!(estate.json(&["list"])["as_of"], "2018-05-01");
    let list = estate.json(&["list", "--as-of", "16 January 2018"]);
    assert_eq!(list["as_of"], "2018-01-16");
}

#[test]
fn an_entry_dated_after_the_day_does_not_exist_for_it() {
    let estate = reported("- {action: 1.1.1, date: 2018-01-16, rag: green, status: complete}");
    estate.stands(
        "1.1.1 on 2018-01-15: status: not started, reported_rag: null, last_update: null, \
         completed: null
         1.1.1 on 2018-01-16: status: complete",
    );
}

#[test]
fn before_the_first_entry_a_plan_stands_as_if_there_were_none() {
    let without = reported("");
    let with = reported(
        "- {action: 1.1.1, date: 2018-01-16, rag: green, status: complete}
         - {action: 2.2a, date: 2018-02-01, timescale: May 2018, agreed: board}
         - {priority: 1, date: 2018-02-01, rag: red}",
    );
    for command in ["list", "status"] {
        let asked = [command, "--as-of", "2018-01-15"];
        assert_eq!(with.json(&asked), without.json(&asked));
    }
}

#[test]
fn a_future_update_is_a_finding_against_the_day_asked() {
    let estate = reported("- {action: 1.1.1, date: 2018-01-16, rag: green}");
    assert!(rules(&estate, "2018-01-15").contains(&"future-update".into()));
    assert!(!rules(&estate, "2018-01-16").contains(&"future-update".into()));
}

#[test]
fn an_action_added_after_the_day_does_not_exist_for_it() {
    let estate = planned(
        &(PLAN.to_owned() + "      - {id: 2.3, action: Train taxi drivers, added: 2018-03-01}\n"),
        "",
    );
    // 5 actions of the plan as adopted, 6 from 1 March.
    assert_eq!(status(&estate, "2018-02-28")["counts"]["total"], 5);
    assert_eq!(status(&estate, "2018-03-01")["counts"]["total"], 6);
    let list = estate.json(&["list", "--as-of", "2018-02-28"]);
    assert!(
        list["actions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|a| a["id"] != "2.3")
    );
}

#[test]
fn an_entry_dated_before_an_action_was_added_is_not_about_it() {
    let entries = "- {action: 1.1, date: 2018-02-28, rag: red, status: complete}";
    let estate = one("timescale: Ongoing, added: 2018-03-01", entries);
    estate.stands(
        "1.1 on 2018-03-10: status: not started, reported_rag: null, last_update: null, rag: grey",
    );
    let entries = "- {action: 1.1, date: 2018-03-01, rag: red}";
    let estate = one("timescale: Ongoing, added: 2018-03-01", entries);
    estate.stands("1.1 on 2018-03-10: status: in progress, reported_rag: red");
}

// 1. Status.

#[test]
fn nothing_reported_is_not_started() {
    let estate = reported("");
    for id in ["1.1.1", "1.1.2", "1.1.3", "2.1", "2.2"] {
        estate.stands(&format!("{id} on 2018-05-01: status: not started"));
    }
}

#[test]
fn a_report_that_names_an_action_puts_it_in_progress() {
    for about in [
        "action: 1.1.1",
        "action: [1.1.1]",
        "action: [1.1.1, 1.1.2]",
        "objective: 1.1",
    ] {
        let estate = reported(&format!("- {{{about}, date: 2018-01-16, done: Begun}}"));
        estate.stands(
            "1.1.1 on 2018-05-01: status: in progress
             2.1 on 2018-05-01: status: not started",
        );
    }
}

#[test]
fn a_report_that_names_its_milestone_puts_an_action_in_progress() {
    let estate = reported("- {action: 2.2a, date: 2018-01-16, done: Begun}");
    estate.stands("2.2 on 2018-05-01: status: in progress");
}

#[test]
fn an_entry_about_a_priority_names_no_action() {
    let estate = reported("- {priority: 1, date: 2018-01-16, rag: red}");
    estate
        .stands("1.1.1 on 2018-01-20: status: not started, reported_rag: null, last_update: null");
}

#[test]
fn the_status_is_the_last_reported() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, status: complete}
         - {action: 1.1.1, date: 2018-02-01, rag: amber, note: No word of status}
         - {action: 1.1.1, date: 2018-03-01, status: in progress}
         - {action: 1.1.1, date: 2018-04-01, status: not started}",
    );
    estate.stands(
        "1.1.1 on 2018-01-31: status: complete
         1.1.1 on 2018-03-31: status: in progress
         1.1.1 on 2018-04-01: status: not started",
    );
}

#[test]
fn not_started_in_progress_and_paused_are_open() {
    for word in ["not started", "in progress", "paused"] {
        let entry = format!("- {{action: 1.1.1, date: 2018-05-01, status: {word}, agreed: board}}");
        reported(&entry).stands(&format!(
            "1.1.1 on 2018-05-02: status: {word}, overdue: true, rag: red, review_due: 2017-07-01"
        ));
    }
}

#[test]
fn complete_withdrawn_and_carried_forward_are_closed() {
    for word in ["complete", "withdrawn", "carried forward"] {
        let entry = format!("- {{action: 1.1.1, date: 2018-05-01, status: {word}, agreed: board}}");
        reported(&entry).stands(&format!(
            "1.1.1 on 2018-12-31: status: {word}, overdue: false, unreported: false, \
             review_due: null"
        ));
    }
}

#[test]
fn words_of_status_and_rag_ignore_case_and_surrounding_space() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: ' GREEN ', status: 'In Progress '}
         - {action: 1.1.2, date: 2018-04-16, rag: Blue}",
    );
    estate.stands(
        "1.1.1 on 2018-04-20: status: in progress, reported_rag: green
         1.1.2 on 2018-04-20: status: complete",
    );
    keeps(&estate, "wrong-type");
}

#[test]
fn blue_is_read_as_complete_and_reports_no_rag() {
    let estate = reported("- {action: 1.1.1, date: 2018-01-16, rag: blue}");
    estate.stands(
        "1.1.1 on 2018-05-01: status: complete, reported_rag: null, rag: blue, \
         completed: 2018-01-16",
    );
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, rag: amber}
         - {action: 1.1.1, date: 2018-02-16, rag: blue}",
    );
    estate.stands("1.1.1 on 2018-05-01: status: complete, reported_rag: amber, rag: blue");
}

#[test]
fn blue_beside_another_status_is_a_finding_and_the_status_counts() {
    let estate =
        reported("- {action: 1.1.1, date: 2018-04-16, rag: blue, status: in progress, done: A}");
    estate.stands(
        "1.1.1 on 2018-04-20: status: in progress, reported_rag: null, rag: grey, \
         completed: null",
    );
    breaks(&estate, "conflicting-updates");
}

#[test]
fn blue_beside_complete_says_the_same_twice() {
    let estate = reported("- {action: 1.1.1, date: 2018-04-16, rag: blue, status: complete}");
    estate.stands("1.1.1 on 2018-04-20: status: complete");
    keeps(&estate, "conflicting-updates");
}

/// Two plans of a board with the same numbers, and one updates file about the first.
fn two_plans(entries: &str) -> Estate {
    board(&[
        ("example/plan.yaml", &plan_of_one("timescale: April 2018")),
        ("example/later.yaml", &plan_of_one("timescale: April 2018")),
        ("example/updates.yaml", &updates(entries)),
    ])
}

/// The status of 1.1 in each of the plans `plan` and `later`.
fn in_both(estate: &Estate) -> [Value; 2] {
    ["plan", "later"].map(|plan| {
        let list = estate.json(&["list", "--plan", plan]);
        list["actions"][0]["status"].clone()
    })
}

#[test]
fn an_entry_counts_only_for_the_plan_that_it_names() {
    let estate = two_plans("- {action: 1.1, date: 2018-01-16, status: complete}");
    assert_eq!(in_both(&estate), ["complete", "not started"]);
}

#[test]
fn the_plan_may_be_given_again_in_an_entry() {
    let estate = two_plans(
        "- {action: 1.1, date: 2018-01-16, plan: later, status: complete}
         - {action: 1.1, date: 2018-01-16, done: Begun}",
    );
    assert_eq!(in_both(&estate), ["in progress", "complete"]);
}

#[test]
fn an_entry_that_names_no_plan_is_a_missing_field_and_counts_for_none() {
    let estate = two_plans("");
    estate.write(
        "example/updates.yaml",
        "updates: Returns\nentries:\n  - {action: 1.1, date: 2018-01-16, status: complete}\n",
    );
    assert_eq!(in_both(&estate), ["not started", "not started"]);
    breaks(&estate, "missing-field");
}

#[test]
fn an_entry_of_an_unknown_plan_counts_for_none() {
    let estate = two_plans("- {action: 1.1, date: 2018-01-16, plan: plans, status: complete}");
    assert_eq!(in_both(&estate), ["not started", "not started"]);
    breaks(&estate, "unknown-plan");
}

#[test]
fn the_date_of_the_file_holds_for_every_entry_that_does_not_say_otherwise() {
    let estate = reported("");
    let entries = updates(
        "- {action: 1.1.1, rag: green}
         - {action: 1.1.2, rag: green, date: 2018-02-01}",
    );
    let dated = entries.replace("plan: plan\n", "plan: plan\ndate: 2018-01-16\n");
    estate.write("example/updates/returns.yaml", &dated);
    estate.stands(
        "1.1.1 on 2018-03-01: last_update: 2018-01-16, reported_rag: green
         1.1.2 on 2018-03-01: last_update: 2018-02-01",
    );
}

// Entries about several actions, an objective or a priority (section 3).

#[test]
fn an_entry_about_several_actions_rates_them_and_shares_its_evidence() {
    let estate = reported(
        "- {action: [1.1.1, 1.1.2], date: 2018-04-16, rag: amber, impact_rag: green, \
         evidence: Register}",
    );
    for id in ["1.1.1", "1.1.2"] {
        estate.stands(&format!(
            "{id} on 2018-04-20: reported_rag: amber, rag: amber, impact_rag: green, \
             evidence_received: [Register]"
        ));
    }
    keeps(&estate, "shared-change");
}

#[test]
fn an_entry_about_several_actions_may_not_close_pause_reassign_or_re_time_them() {
    for change in [
        "status: complete",
        "status: withdrawn",
        "status: carried forward",
        "status: paused",
        "rag: blue",
        "owners: [police]",
        "timescale: June 2019",
    ] {
        for about in ["action: [1.1.1, 1.1.2]", "objective: 1.1"] {
            for agreed in [", agreed: board", ""] {
                let estate = reported(&format!(
                    "- {{{about}, date: 2018-04-16, {change}{agreed}, reason: So it is}}"
                ));
                breaks(&estate, "shared-change");
                estate.stands(
                    "1.1.1 on 2018-04-20: status: not started, owners: [vemt], \
                     timescale: April 2018, slips: 0, asked: {}, completed: null",
                );
            }
        }
    }
}

#[test]
fn the_rest_of_a_shared_change_counts() {
    let estate = reported(
        "- {action: [1.1.1, 1.1.2], date: 2018-04-16, rag: red, status: complete, evidence: Audit}",
    );
    estate.stands(
        "1.1.2 on 2018-04-20: status: in progress, reported_rag: red, \
         evidence_received: [Audit], last_update: 2018-04-16",
    );
}

#[test]
fn a_list_of_one_id_is_an_entry_about_that_one() {
    let estate = reported("- {action: [1.1.1], date: 2018-04-16, status: complete}");
    estate.stands("1.1.1 on 2018-04-20: status: complete, completed: 2018-04-16");
    keeps(&estate, "shared-change");
}

#[test]
fn an_entry_about_an_objective_counts_as_about_several_however_many_are_open() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, status: complete}
         - {action: 1.1.2, date: 2018-04-02, status: complete}
         - {objective: 1.1, date: 2018-04-16, status: complete}",
    );
    // It reports nothing either.
    estate.stands("1.1.3 on 2018-04-20: status: not started, completed: null, last_update: null");
    breaks(&estate, "shared-change");
}

#[test]
fn an_objective_speaks_of_its_actions_that_are_open_when_the_entry_applies() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, rag: green, status: complete}
         - {action: 1.1.2, date: 2018-04-02, status: paused, agreed: board}
         - {objective: 1.1, date: 2018-04-16, rag: amber}
         - {action: 1.1.1, date: 2018-04-18, status: in progress}",
    );
    estate.stands("1.1.1 on 2018-04-17: reported_rag: green, last_update: 2018-04-02");
    // Open again since, and still not spoken of.
    estate.stands(
        "1.1.1 on 2018-04-20: reported_rag: green
         1.1.2 on 2018-04-20: reported_rag: amber, last_update: 2018-04-16
         1.1.3 on 2018-04-20: reported_rag: amber
         2.1 on 2018-04-20: reported_rag: null",
    );
}

#[test]
fn an_entry_applies_to_an_objective_in_its_place_among_those_of_its_day() {
    let close = "- {action: 1.1.1, date: 2018-04-16, status: complete}";
    let rate = "- {objective: 1.1, date: 2018-04-16, rag: red}";
    let estate = reported(&format!("{close}\n{rate}"));
    estate.stands("1.1.1 on 2018-04-20: reported_rag: null");
    let estate = reported(&format!("{rate}\n{close}"));
    estate.stands("1.1.1 on 2018-04-20: reported_rag: red");
}

#[test]
fn an_objective_s_action_that_is_added_later_is_not_spoken_of() {
    let plan = PLAN.replace(
        "timescale: Ongoing",
        "timescale: Ongoing, added: 2018-04-17",
    );
    let estate = planned(&plan, "- {objective: 1.1, date: 2018-04-16, rag: red}");
    estate.stands(
        "1.1.3 on 2018-04-20: status: not started, reported_rag: null
         1.1.2 on 2018-04-20: reported_rag: red",
    );
}

#[test]
fn a_list_speaks_of_closed_actions_too() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, status: complete}
         - {action: [1.1.1, 1.1.2], date: 2018-04-16, rag: amber}",
    );
    estate.stands(
        "1.1.1 on 2018-04-20: status: complete, reported_rag: amber, rag: blue, \
         last_update: 2018-04-16",
    );
}

#[test]
fn an_entry_about_several_may_report_them_in_progress() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, status: not started}
         - {action: [1.1.1, 1.1.2], date: 2018-04-16, status: in progress}",
    );
    estate.stands("1.1.1 on 2018-04-20: status: in progress");
    keeps(&estate, "shared-change");
}

#[test]
fn entries_of_one_day_apply_in_the_order_of_their_lines() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: green}
         - {action: 1.1.1, date: 2018-04-16, rag: red}",
    );
    estate.stands("1.1.1 on 2018-04-20: reported_rag: red");
    breaks(&estate, "conflicting-updates");
}

/// Two files with an entry of one day each.
fn two_files(red: &str, green: &str) -> Estate {
    let entry = |rag: &str| {
        updates(&format!(
            "- {{action: 1.1.1, date: 2018-04-16, rag: {rag}}}"
        ))
    };
    board(&[
        ("example/plan.yaml", PLAN),
        (&format!("example/{red}"), &entry("red")),
        (&format!("example/{green}"), &entry("green")),
    ])
}

#[test]
fn entries_of_one_day_apply_in_the_order_of_their_files_paths_as_bytes() {
    for (first, second) in [
        ("a.yaml", "b.yaml"),
        ("B.yaml", "a.yaml"),
        ("10.yaml", "9.yaml"),
        // `-` and `.` come before `/`.
        ("updates-late.yaml", "updates/a.yaml"),
        ("updates.yaml", "updates/a.yaml"),
        ("updates/z.yaml", "updates0.yaml"),
        ("z.yaml", "é.yaml"),
    ] {
        let estate = two_files(first, second);
        estate.stands("1.1.1 on 2018-04-20: reported_rag: green");
        let estate = two_files(second, first);
        estate.stands("1.1.1 on 2018-04-20: reported_rag: red");
        breaks(&estate, "conflicting-updates");
    }
}

#[test]
fn entries_of_different_days_apply_in_the_order_of_their_days() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: green}
         - {action: 1.1.1, date: 2018-04-02, rag: red}",
    );
    estate.stands(
        "1.1.1 on 2018-04-20: reported_rag: green, last_update: 2018-04-16
         1.1.1 on 2018-04-15: reported_rag: red",
    );
    keeps(&estate, "conflicting-updates");
}

#[test]
fn two_entries_of_one_day_that_agree_or_speak_of_other_things_do_not_conflict() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: green, done: Half of it}
         - {action: [1.1.1, 1.1.2], date: 2018-04-16, rag: green, status: in progress}
         - {action: 1.1.3, date: 2018-04-16, rag: red}",
    );
    keeps(&estate, "conflicting-updates");
}

#[test]
fn entries_of_one_day_conflict_however_they_name_the_action() {
    for other in ["action: [1.1.1, 2.1]", "action: [1.1.1]", "objective: 1.1"] {
        let estate = reported(&format!(
            "- {{action: 1.1.1, date: 2018-04-16, rag: green}}
             - {{{other}, date: 2018-04-16, rag: red}}"
        ));
        breaks(&estate, "conflicting-updates");
    }
}

#[test]
fn entries_of_one_day_about_two_plans_do_not_conflict() {
    let estate = two_plans(
        "- {action: 1.1, date: 2018-04-16, rag: green}
         - {action: 1.1, date: 2018-04-16, rag: red, plan: later}",
    );
    keeps(&estate, "conflicting-updates");
}

/// Blue is read as complete, so it disagrees with another status as `complete` would.
#[test]
fn blue_and_another_status_of_one_day_conflict() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: blue}
         - {action: 1.1.1, date: 2018-04-16, status: in progress}",
    );
    estate.stands("1.1.1 on 2018-04-20: status: in progress");
    breaks(&estate, "conflicting-updates");
}

#[test]
fn ids_are_the_characters_as_written() {
    let plan = plan_of_one("timescale: April 2018").replace("id: 1.1,", "id: 1.10,");
    let estate = planned(&plan, "- {action: 1.1, date: 2018-04-16, status: complete}");
    estate.stands("1.10 on 2018-04-20: status: not started");
    breaks(&estate, "unknown-action");
    let estate = planned(
        &plan,
        "- {action: 1.10, date: 2018-04-16, status: complete}",
    );
    estate.stands("1.10 on 2018-04-20: status: complete");
}

// 2. Asked or agreed.

#[test]
fn a_new_deadline_that_nobody_agreed_is_only_asked_for() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, timescale: by June 2018, reason: The audit is late}",
    );
    estate.stands(
        "1.1.1 on 2018-05-02: timescale: April 2018, due: 2018-04-30, overdue: true, \
         days_late: 2, slips: 0, asked: {timescale: by June 2018}",
    );
    estate.says("1.1.1 on 2018-05-02: New date requested: by June 2018, not yet decided");
}

#[test]
fn other_owners_that_nobody_agreed_are_only_asked_for() {
    let estate =
        reported("- {action: 1.1.1, date: 2018-04-16, owners: [police, vemt], reason: Theirs}");
    estate.stands("1.1.1 on 2018-05-02: owners: [vemt], asked: {owners: [police, vemt]}");
}

#[test]
fn a_pause_that_nobody_agreed_is_only_asked_for() {
    let estate = reported("- {action: 1.1.1, date: 2018-04-16, status: paused, reason: No staff}");
    estate.stands("1.1.1 on 2018-04-20: status: in progress, rag: grey, asked: {status: paused}");
}

#[test]
fn a_withdrawal_that_nobody_agreed_is_only_asked_for() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, status: withdrawn, reason: No need}";
    reported(entry).stands(
        "1.1.1 on 2018-05-02: status: in progress, overdue: true, rag: red, \
         asked: {status: withdrawn}",
    );
}

#[test]
fn what_is_asked_for_is_listed_whatever_it_is() {
    let asks = [
        ("timescale: June 2018", 1),
        ("owners: [police]", 1),
        ("status: paused", 1),
        ("rag: amber", 0),
    ];
    for (ask, expected) in asks {
        let entry = format!("- {{action: 1.1.1, date: 2018-04-16, {ask}, reason: No staff}}");
        let list = reported(&entry).json(&["list", "--asked", "--as-of", "2018-05-02"]);
        let count = list["actions"].as_array().map(Vec::len);
        assert_eq!(count, Some(expected), "{ask}: {list}");
    }
}

#[test]
fn carrying_forward_that_nobody_agreed_is_only_asked_for() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, status: carried forward, reason: No time}";
    reported(entry).stands(
        "1.1.1 on 2018-05-02: status: in progress, overdue: true, rag: red, \
         asked: {status: carried forward}",
    );
}

#[test]
fn what_somebody_agreed_counts_and_is_not_asked_for() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, timescale: June 2018, owners: [police], \
         status: paused, agreed: board, reason: No staff}",
    );
    estate.stands(
        "1.1.1 on 2018-05-02: timescale: June 2018, due: 2018-06-30, owners: [police], \
         status: paused, asked: {}",
    );
}

#[test]
fn not_started_in_progress_and_complete_need_nobody_s_agreement() {
    for word in ["not started", "in progress", "complete"] {
        let entry = format!("- {{action: 1.1.1, date: 2018-04-16, status: {word}}}");
        let fields = format!("status: {word}, asked: {{}}");
        reported(&entry).stands(&format!("1.1.1 on 2018-04-20: {fields}"));
    }
}

#[test]
fn the_rest_of_an_entry_that_asks_counts() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: amber, timescale: June 2018, status: paused, \
         evidence: Register, reason: No staff}",
    );
    estate.stands(
        "1.1.1 on 2018-04-20: reported_rag: amber, last_update: 2018-04-16, \
         evidence_received: [Register], review_due: 2018-07-16, \
         asked: {timescale: June 2018, status: paused}",
    );
}

#[test]
fn in_an_entry_that_asks_for_two_things_complete_still_counts() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, status: complete, owners: [police], reason: Theirs}",
    );
    // Nothing is asked for of what is closed.
    estate.stands("1.1.1 on 2018-04-20: status: complete, asked: {}");
}

#[test]
fn what_is_asked_for_is_shown_until_a_later_entry_about_the_same_thing() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, timescale: June 2018, owners: [police], \
         status: paused, reason: No staff}
         - {action: 1.1.1, date: 2018-02-01, rag: amber, note: Still waiting}
         - {action: 1.1.1, date: 2018-02-10, status: in progress}
         - {action: 1.1.1, date: 2018-02-20, timescale: May 2018, agreed: board, reason: Halfway}
         - {action: 1.1.1, date: 2018-03-01, owners: [vemt, police], agreed: board, reason: Both}",
    );
    let days = [
        (
            "2018-02-01",
            "{timescale: June 2018, owners: [police], status: paused}",
        ),
        ("2018-02-10", "{timescale: June 2018, owners: [police]}"),
        ("2018-02-20", "{timescale: June 2018, owners: [police]}"),
        ("2018-02-21", "{owners: [police]}"),
        ("2018-03-01", "{owners: [police]}"),
        ("2018-03-02", "{}"),
    ];
    for (day, asked) in days {
        estate.stands(&format!("1.1.1 on {day}: asked: {asked}"));
    }
}

#[test]
fn of_several_that_are_asked_for_the_last_is_shown() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, timescale: June 2018, status: paused, reason: A}
         - {action: 1.1.1, date: 2018-02-16, timescale: May 2018, status: withdrawn, reason: B}",
    );
    estate.stands("1.1.1 on 2018-03-01: asked: {timescale: May 2018, status: withdrawn}");
}

#[test]
fn a_pause_asked_for_is_over_once_the_action_is_rated_blue() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, status: paused, reason: No staff}
         - {action: 1.1.1, date: 2018-02-16, rag: blue}",
    );
    estate.stands("1.1.1 on 2018-03-01: status: complete, asked: {}");
}

#[test]
fn what_is_asked_for_again_after_it_was_agreed_is_asked_for() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}
         - {action: 1.1.1, date: 2018-02-16, timescale: September 2018, reason: B}",
    );
    estate.stands(
        "1.1.1 on 2018-03-01: timescale: June 2018, slips: 1, asked: {timescale: September 2018}",
    );
}

#[test]
fn what_is_asked_for_of_a_milestone_is_asked_for_of_its_action() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, timescale: July 2018, owners: [vemt], reason: A}
         - {action: 2.2b, date: 2018-02-16, timescale: October 2018, status: paused, reason: B}",
    );
    // Of the two deadlines the last asked.
    estate.stands(
        "2.2 on 2018-03-01: due: 2018-06-29, asked: {timescale: October 2018, owners: [vemt], \
         status: paused}
         2.2a on 2018-03-01: due: 2018-06-29, asked: {timescale: July 2018, owners: [vemt]}
         2.2b on 2018-03-01: status: in progress, asked: {timescale: October 2018, \
         status: paused}",
    );
}

#[test]
fn what_was_agreed_of_one_milestone_leaves_what_is_asked_for_of_the_other() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, timescale: July 2018, reason: A}
         - {action: 2.2b, date: 2018-02-16, timescale: October 2018, agreed: board, reason: B}",
    );
    estate.stands(
        "2.2 on 2018-03-01: asked: {timescale: July 2018}
         2.2b on 2018-03-01: due: 2018-10-31, asked: {}",
    );
}

// 3. Timescale in force, due, slips.

#[test]
fn due_is_the_last_day_of_the_timescale_as_written() {
    let estate = reported("");
    let fields = "timescale: April 2018, due: 2018-04-30, first_due: 2018-04-30, slips: 0";
    estate.stands(&format!("1.1.1 on 2018-01-01: {fields}"));
    estate.stands("1.1.3 on 2018-01-01: timescale: Ongoing, due: null, first_due: null");
}

#[test]
fn the_timescale_in_force_is_the_last_agreed_revision() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}
         - {action: 1.1.1, date: 2018-02-16, timescale: by 15 May 2018, agreed: board, reason: B}
         - {action: 1.1.1, date: 2018-03-16, timescale: December 2018, reason: C}",
    );
    estate.stands(
        "1.1.1 on 2018-02-15: timescale: June 2018, due: 2018-06-30, first_due: 2018-04-30
         1.1.1 on 2018-04-01: timescale: by 15 May 2018, due: 2018-05-15, first_due: 2018-04-30",
    );
}

#[test]
fn an_unreadable_timescale_is_in_force_with_no_due_day() {
    let estate = one("timescale: soonish", "");
    estate.stands(
        "1.1 on 2019-12-31: timescale: soonish, due: null, first_due: null, overdue: false",
    );
    breaks(&estate, "unreadable-timescale");
    let entry = "- {action: 1.1, date: 2018-01-16, timescale: soonish, agreed: board, reason: A}";
    let estate = one("timescale: April 2018", entry);
    // A day is replaced by none: a slip.
    estate.stands(
        "1.1 on 2018-05-02: timescale: soonish, due: null, first_due: 2018-04-30, \
         overdue: false, slips: 1",
    );
    breaks(&estate, "unreadable-timescale");
}

/// How many slips these agreed revisions of a deadline make, one after the other.
#[track_caller]
fn slips(timescales: &[&str], slips: u32) {
    let revisions: Vec<String> = (timescales[1..].iter().enumerate())
        .map(|(at, timescale)| {
            let day = at + 1;
            format!(
                "- {{action: 1.1, date: 2017-05-0{day}, timescale: {timescale}, agreed: board, \
                 reason: So}}"
            )
        })
        .collect();
    let estate = one(
        &format!("timescale: {}", timescales[0]),
        &revisions.join("\n"),
    );
    estate.stands(&format!("1.1 on 2017-06-01: slips: {slips}"));
}

#[test]
fn slips_count_the_agreed_revisions_to_a_later_day_than_the_one_replaced() {
    slips(&["April 2018"], 0);
    slips(&["April 2018", "June 2018"], 1);
    slips(&["April 2018", "June 2018", "September 2018"], 2);
    slips(&["April 2018", "March 2018"], 0);
    slips(&["April 2018", "30 April 2018"], 0);
    // Later than the deadline that it replaces, if not than the first.
    slips(&["April 2018", "February 2018", "March 2018"], 1);
}

#[test]
fn a_day_replaced_by_none_is_a_slip() {
    slips(&["April 2018", "Ongoing"], 1);
    slips(&["April 2018", "TBC"], 1);
    // No day is replaced by one, and by none: no slip.
    slips(&["Ongoing", "June 2018"], 0);
    slips(&["Ongoing", "TBC"], 0);
    slips(&["April 2018", "Ongoing", "June 2018"], 1);
}

#[test]
fn a_cycle_has_no_day_that_could_slip() {
    slips(&["quarterly", "June 2018"], 0);
    slips(&["annually in September", "December 2018"], 0);
    slips(&["annually in September", "annually in October"], 0);
    slips(&["annually in September", "Ongoing"], 0);
    slips(&["April 2018", "annually in September"], 1);
    slips(&["April 2018", "quarterly"], 1);
}

#[test]
fn a_revision_that_is_only_asked_for_is_no_slip() {
    let entry = "- {action: 1.1.1, date: 2018-01-16, timescale: June 2018, reason: A}";
    reported(entry).stands("1.1.1 on 2018-02-01: slips: 0");
}

/// Next year's plan, whose 1.1 carries on the first plan's 1.1, and entries about both.
fn carried_on(fields: &str, next: &str, entries: &str) -> Estate {
    board(&[
        ("example/plan.yaml", &plan_of_one(fields)),
        (
            "example/next.yaml",
            &plan_of_one(next).replace("id: 1.1,", "id: 9.9,"),
        ),
        ("example/updates.yaml", &updates(entries)),
    ])
}

#[test]
fn an_action_that_carries_on_another_carries_its_slips() {
    let entry = "- {action: 1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}";
    // Due in force 30 June 2018, one slip: carried on with the same day, an earlier one, or none.
    for timescale in ["June 2018", "May 2018", "Ongoing", "annually in September"] {
        let next = format!("from: plan#1.1, timescale: {timescale}");
        let estate = carried_on("timescale: April 2018", &next, entry);
        estate.stands("9.9 on 2018-02-01: slips: 1");
    }
}

#[test]
fn an_action_carried_on_to_a_later_day_slips_once_more() {
    let next = "from: plan#1.1, timescale: September 2018";
    let estate = carried_on("timescale: April 2018", next, "");
    estate.stands("9.9 on 2018-02-01: slips: 1");
    let entry = "- {action: 1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}
                 - {action: 9.9, plan: next, date: 2018-01-20, timescale: 2018-19, agreed: board}";
    let estate = carried_on("timescale: April 2018", next, entry);
    // April to June, June to September, September to March.
    estate.stands(
        "9.9 on 2018-02-01: slips: 3
         1.1 on 2018-02-01: slips: 1",
    );
}

#[test]
fn an_action_carried_on_is_later_only_where_both_have_a_day() {
    for fields in ["timescale: Ongoing", "timescale: quarterly"] {
        let next = "from: plan#1.1, timescale: September 2018";
        let estate = carried_on(fields, next, "");
        estate.stands("9.9 on 2018-02-01: slips: 0");
    }
}

#[test]
fn slips_are_carried_along_a_chain_of_plans() {
    let estate = board(&[
        ("example/plan.yaml", &plan_of_one("timescale: April 2018")),
        (
            "example/next.yaml",
            &plan_of_one("from: plan#1.1, timescale: June 2018"),
        ),
        (
            "example/last.yaml",
            &plan_of_one("from: next#1.1, timescale: March 2019").replace("id: 1.1,", "id: 9.9,"),
        ),
    ]);
    // April to June, June to March.
    estate.stands("9.9 on 2018-02-01: slips: 2");
}

#[test]
fn a_circle_of_actions_that_carry_each_other_on_ends() {
    let next = "from: plan#1.1, timescale: April 2018";
    let estate = carried_on("from: next#9.9, timescale: April 2018", next, "");
    estate.stands("9.9 on 2018-02-01: slips: 0");
}

// 4. Overdue, completed, days late.

#[test]
fn due_today_is_not_overdue() {
    let estate = reported("");
    estate.stands(
        "1.1.1 on 2018-04-30: due: 2018-04-30, overdue: false, days_late: null
         1.1.1 on 2018-05-01: overdue: true, days_late: 1",
    );
}

#[test]
fn pausing_stops_no_clock() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, status: paused, agreed: board, reason: A}";
    reported(entry).stands(
        "1.1.1 on 2018-05-10: status: paused, overdue: true, days_late: 10, computed_rag: red, \
         rag: red",
    );
}

#[test]
fn what_is_closed_is_not_overdue() {
    for word in ["complete", "withdrawn", "carried forward"] {
        let entry = format!("- {{action: 1.1.1, date: 2018-04-16, status: {word}, agreed: board}}");
        let fields = "overdue: false, days_late: null";
        reported(&entry).stands(&format!("1.1.1 on 2018-12-31: {fields}"));
    }
}

#[test]
fn completed_is_the_date_since_which_it_has_been_complete_without_a_break() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, status: complete}
         - {action: 1.1.1, date: 2018-02-01, status: complete, note: Said again}
         - {action: 1.1.1, date: 2018-02-10, rag: green, status: complete}
         - {action: 1.1.1, date: 2018-02-20, status: in progress}
         - {action: 1.1.1, date: 2018-03-01, rag: blue}",
    );
    estate.stands(
        "1.1.1 on 2018-01-15: completed: null
         1.1.1 on 2018-01-16: completed: 2018-01-16
         1.1.1 on 2018-02-10: completed: 2018-01-16
         1.1.1 on 2018-02-20: completed: null
         1.1.1 on 2018-04-01: completed: 2018-03-01",
    );
}

#[test]
fn a_withdrawal_only_asked_for_breaks_no_completion() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, status: complete}
         - {action: 1.1.1, date: 2018-02-01, status: withdrawn, reason: A}",
    );
    estate.stands("1.1.1 on 2018-03-01: status: complete, completed: 2018-01-16, asked: {}");
}

#[test]
fn withdrawn_is_not_completed() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, status: complete}
         - {action: 1.1.1, date: 2018-02-01, status: withdrawn, agreed: board, reason: A}",
    );
    estate.stands("1.1.1 on 2018-03-01: status: withdrawn, completed: null");
}

#[test]
fn completed_late_is_after_the_due_day() {
    let entry = "- {action: 1.1.1, date: 2018-05-10, status: complete}";
    // 30 April to 10 May, whenever it is asked.
    for day in ["2018-05-10", "2018-08-01"] {
        let fields = "overdue: false, days_late: 10, computed_rag: blue";
        reported(entry).stands(&format!("1.1.1 on {day}: {fields}"));
    }
    let entry = "- {action: 1.1.1, date: 2018-05-01, status: complete}";
    reported(entry).stands("1.1.1 on 2018-08-01: days_late: 1");
}

#[test]
fn completed_on_the_due_day_is_not_late() {
    let entry = "- {action: 1.1.1, date: 2018-04-30, status: complete}";
    reported(entry).stands("1.1.1 on 2018-08-01: days_late: null");
}

#[test]
fn completed_late_counts_from_the_deadline_in_force() {
    let revision =
        "- {action: 1.1.1, date: 2018-04-16, timescale: June 2018, agreed: board, reason: A}";
    let estate = reported(&format!(
        "{revision}\n- {{action: 1.1.1, date: 2018-05-10, status: complete}}"
    ));
    estate.stands("1.1.1 on 2018-08-01: days_late: null");
    let estate = reported(&format!(
        "{revision}\n- {{action: 1.1.1, date: 2018-07-10, status: complete}}"
    ));
    estate.stands("1.1.1 on 2018-08-01: days_late: 10");
}

#[test]
fn days_late_is_null_unless_overdue_or_completed_late() {
    let estate = reported(
        "- {action: 1.1.2, date: 2018-05-10, rag: green}
         - {action: 1.1.3, date: 2018-05-10, status: complete}",
    );
    estate.stands(
        "1.1.2 on 2018-06-01: days_late: null
         1.1.3 on 2018-06-01: days_late: null",
    );
}

#[test]
fn a_cycle_with_a_named_month_is_never_overdue() {
    let estate = one("timescale: annually in September", "");
    estate.stands(
        "1.1 on 2018-09-30: due: 2018-09-30, overdue: false, due_soon: true
         1.1 on 2018-10-01: due: 2019-09-30, overdue: false, days_late: null, due_soon: false",
    );
}

// 5. Due soon, and meetings.

#[test]
fn due_soon_is_due_on_the_day_or_within_thirty_days_after_it() {
    let estate = reported("");
    // 31 March + 30 days = 30 April.
    estate.stands(
        "1.1.1 on 2018-03-30: due_soon: false
         1.1.1 on 2018-03-31: due_soon: true
         1.1.1 on 2018-04-30: due_soon: true
         1.1.1 on 2018-05-01: due_soon: false, overdue: true",
    );
}

#[test]
fn what_is_closed_is_not_due_soon() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, status: complete}";
    reported(entry).stands("1.1.1 on 2018-04-20: due_soon: false");
}

#[test]
fn what_is_paused_may_be_due_soon() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, status: paused, agreed: board}";
    reported(entry).stands("1.1.1 on 2018-04-20: due_soon: true");
}

/// A plan of one action with this policy.
fn policy(policy: &str, fields: &str) -> String {
    let rag = format!("rag: {{{policy}}}\npriorities:");
    plan_of_one(fields).replace("priorities:", &rag)
}

#[test]
fn the_window_of_due_soon_is_the_policy_s() {
    let estate = planned(&policy("due_soon: 6 weeks", "timescale: April 2018"), "");
    // 19 March + 42 days: 12 to 31 March, 30 to 30 April.
    estate.stands(
        "1.1 on 2018-03-18: due_soon: false
         1.1 on 2018-03-19: due_soon: true",
    );
}

/// A plan of one action that is due soon before the next meeting, and these meetings.
fn before_meetings(timescale: &str, meetings: &str) -> Estate {
    let plan = policy("due_soon: next meeting", &format!("timescale: {timescale}"));
    let estate = planned(&plan, "");
    let board = format!("{BOARD}meetings: {meetings}\n");
    estate.write("example/board.yaml", &board);
    estate
}

#[test]
fn next_meeting_is_the_first_after_the_day_and_in_the_window() {
    let meetings = "{board: [2018-04-10, 2018-04-30, 2018-06-05]}";
    let estate = before_meetings("April 2018", meetings);
    // On 9 April the next is 10 April; on the 10th itself it is 30 April, the due day.
    estate.stands(
        "1.1 on 2018-04-09: due_soon: false
         1.1 on 2018-04-10: due_soon: true",
    );
    let estate = before_meetings("May 2018", meetings);
    estate.stands("1.1 on 2018-04-29: due_soon: false");
    // 5 June is further than 30 days off.
    estate.stands("1.1 on 2018-04-30: due_soon: true");
    // In whatever order they are listed.
    let estate = before_meetings(
        "April 2018",
        "{board: [2018-06-05, 2018-04-10, 2018-03-01]}",
    );
    estate.stands("1.1 on 2018-04-09: due_soon: false");
}

#[test]
fn where_there_is_no_next_meeting_the_window_is_thirty_days() {
    for meetings in ["{board: [2018-03-01]}", "{vemt: [2018-04-30]}", "{}"] {
        let estate = before_meetings("April 2018", meetings);
        estate.stands(
            "1.1 on 2018-03-30: due_soon: false
             1.1 on 2018-03-31: due_soon: true",
        );
    }
}

#[test]
fn a_meeting_given_by_rule_is_counted_from_its_first_each_time() {
    let meetings = "{board: {every: 1 month, from: 2018-01-31}}";
    // 31 January, 28 February, 31 March (not the 28th), 30 April.
    let estate = before_meetings("30 March 2018", meetings);
    estate.stands(
        "1.1 on 2018-02-27: due_soon: false
         1.1 on 2018-02-28: due_soon: true",
    );
    let estate = before_meetings("30 April 2018", meetings);
    estate.stands(
        "1.1 on 2018-03-30: due_soon: false
         1.1 on 2018-03-31: due_soon: true",
    );
    // The first of all.
    let estate = before_meetings("31 January 2018", meetings);
    estate.stands("1.1 on 2018-01-01: due_soon: true");
}

#[test]
fn a_meeting_every_six_weeks_is_every_42_days() {
    // 5 September + 42 days = 17 October; + 42 = 28 November.
    let meetings = "{board: {every: 6 weeks, from: 2017-09-05}}";
    let estate = before_meetings("28 November 2017", meetings);
    estate.stands(
        "1.1 on 2017-10-16: due_soon: false
         1.1 on 2017-10-17: due_soon: true",
    );
    let estate = before_meetings("29 November 2017", meetings);
    estate.stands("1.1 on 2017-10-17: due_soon: false");
}

#[test]
fn last_meeting_is_the_last_before_the_day() {
    let meetings = "{board: [2018-04-10, 2018-05-01, 2018-06-05]}";
    let estate = before_meetings("April 2018", meetings);
    // Today is 1 May, and a meeting.
    let list = estate.json(&["list", "--as-of", "last-meeting"]);
    assert_eq!(list["as_of"], "2018-04-10");
    let list = estate.json(&["list", "--as-of", "next-meeting"]);
    assert_eq!(list["as_of"], "2018-06-05");
}

// 6. Review.

#[test]
fn unreported_is_when_the_review_day_has_passed() {
    let entry = "- {action: 1.1.1, date: 2018-01-16, rag: green}";
    let estate = reported(entry);
    estate.stands(
        "1.1.1 on 2018-04-16: review_due: 2018-04-16, unreported: false
         1.1.1 on 2018-04-17: review_due: 2018-04-16, unreported: true",
    );
}

#[test]
fn the_review_day_counts_from_the_last_report_of_any_kind() {
    let first = "- {action: 1.1.1, date: 2018-01-16, rag: green}";
    for entry in [
        "- {action: 1.1.1, date: 2018-02-01, next: Read}",
        "- {action: [1.1.1, 2.1], date: 2018-02-01, voice: Read}",
        "- {objective: 1.1, date: 2018-02-01, evidence: [Read]}",
        "- {action: 1.1.1, date: 2018-02-01, status: paused, reason: A}",
    ] {
        let estate = reported(&format!("{first}\n{entry}"));
        estate.stands("1.1.1 on 2018-03-01: review_due: 2018-05-01");
    }
    // None of these is a report.
    for entry in [
        "- {priority: 1, date: 2018-02-01, rag: red}",
        "- {action: 1.1.1, date: 2018-02-01, note: Read}",
        "- {action: 1.1.1, date: 2018-02-01, timescale: June 2018, reason: A}",
        "- {action: 1.1.1, date: 2018-02-01, status: in progress, agreed: board}",
        "- {action: 1.1.1, date: 2018-02-01, by: board, rag: red, done: We looked at it}",
        "- {action: [1.1.1, 2.1], date: 2018-02-01, status: complete}",
    ] {
        let estate = reported(&format!("{first}\n{entry}"));
        estate.stands("1.1.1 on 2018-03-01: review_due: 2018-04-16, last_update: 2018-01-16");
    }
}

#[test]
fn without_entries_the_review_day_counts_from_the_period_s_first_day() {
    let estate = reported("");
    estate.stands(
        "1.1.1 on 2017-07-01: review_due: 2017-07-01, unreported: false
         1.1.1 on 2017-07-02: unreported: true",
    );
}

#[test]
fn without_entries_the_review_day_counts_from_the_latest_of_period_adoption_and_addition() {
    let plan = |adopted: &str, fields: &str| {
        let adopted = format!("adopted: {adopted}\npriorities:");
        plan_of_one(fields).replace("priorities:", &adopted)
    };
    for (adopted, fields, review) in [
        ("2017-09-05", "timescale: Ongoing", "2017-12-05"),
        ("2017-03-01", "timescale: Ongoing", "2017-07-01"),
        (
            "2017-09-05",
            "timescale: Ongoing, added: 2018-01-10",
            "2018-04-10",
        ),
    ] {
        let estate = planned(&plan(adopted, fields), "");
        let fields = format!("review_due: {review}");
        estate.stands(&format!("1.1 on 2018-02-01: {fields}"));
    }
}

#[test]
fn the_interval_is_the_policy_s_where_the_timescale_names_none() {
    let entry = "- {action: 1.1, date: 2018-01-16, rag: green}";
    for timescale in ["Ongoing", "March 2019", "TBC"] {
        let fields = format!("timescale: {timescale}");
        let estate = planned(&policy("review: 6 weeks", &fields), entry);
        // 16 January + 42 days: 15 to 31 January, 27 to 27 February.
        estate.stands("1.1 on 2018-02-01: review_due: 2018-02-27");
    }
}

#[test]
fn the_interval_is_the_shortest_that_the_cycle_names() {
    let entry = "- {action: 1.1, date: 2018-01-16, rag: green}";
    for (timescale, review) in [
        ("quarterly", "2018-04-16"),
        ("Continuous cycle – quarterly and yearly", "2018-04-16"),
        ("yearly and monthly", "2018-02-16"),
        ("6 weekly", "2018-02-27"),
        ("6 monthly", "2018-07-16"),
        // Longer than the policy's.
        ("yearly", "2019-01-16"),
        // Three months, the policy's.
        ("Continuous cycle", "2018-04-16"),
    ] {
        let estate = one(&format!("timescale: {timescale}"), entry);
        let fields = format!("due: null, review_due: {review}");
        estate.stands(&format!("1.1 on 2018-02-01: {fields}"));
    }
}

#[test]
fn a_month_is_a_month() {
    let entry = "- {action: 1.1, date: 2018-01-31, rag: green}";
    let estate = one("timescale: monthly", entry);
    estate.stands(
        "1.1 on 2018-02-28: review_due: 2018-02-28, unreported: false
         1.1 on 2018-03-01: unreported: true",
    );
    // 30 November + 3 months.
    let entry = "- {action: 1.1, date: 2017-11-30, rag: green}";
    let estate = one("timescale: quarterly", entry);
    estate.stands("1.1 on 2018-01-01: review_due: 2018-02-28");
}

#[test]
fn the_cycle_of_an_agreed_revision_gives_the_interval() {
    let revision = "- {action: 1.1, date: 2018-01-16, timescale: monthly, reason: A";
    let estate = one("timescale: quarterly", &format!("{revision}}}"));
    // Asking for it is no report: the quarter counts from the plan's first day.
    estate.stands("1.1 on 2018-02-01: review_due: 2017-07-01");
    let agreed = format!("{revision}, agreed: board, done: A}}");
    let estate = one("timescale: quarterly", &agreed);
    estate.stands("1.1 on 2018-02-01: review_due: 2018-02-16");
}

#[test]
fn a_cycle_with_a_named_month_or_day_is_reviewed_on_the_first_such_day_after_the_last_entry() {
    let entry = "- {action: 1.1, date: 2018-01-16, rag: green}";
    for (timescale, review) in [
        ("annually in September", "2018-09-30"),
        ("By end of March annually", "2018-03-31"),
        ("31 August (annually)", "2018-08-31"),
    ] {
        let estate = one(&format!("timescale: {timescale}"), entry);
        let fields = format!("review_due: {review}, due: {review}");
        estate.stands(&format!("1.1 on 2018-02-01: {fields}"));
    }
    // After that date: an entry of the very day waits for the next year's.
    let entry = "- {action: 1.1, date: 2018-09-30, rag: green}";
    let estate = one("timescale: annually in September", entry);
    estate.stands("1.1 on 2018-09-30: review_due: 2019-09-30");
}

#[test]
fn a_cycle_with_a_named_month_can_be_unreported() {
    let entry = "- {action: 1.1, date: 2018-01-16, rag: green}";
    let estate = one("timescale: annually in September", entry);
    estate.stands(
        "1.1 on 2018-09-30: review_due: 2018-09-30, unreported: false
         1.1 on 2018-10-01: review_due: 2018-09-30, unreported: true, computed_rag: amber",
    );
}

#[test]
fn what_is_paused_must_be_reported_on() {
    let entry =
        "- {action: 1.1.3, date: 2018-01-16, done: A, status: paused, agreed: board, reason: A}";
    reported(entry)
        .stands("1.1.3 on 2018-04-17: status: paused, review_due: 2018-04-16, unreported: true");
}

// 7. Computed RAG: the first that holds.

#[test]
fn complete_is_blue_however_late() {
    let entry = "- {action: 1.1.1, date: 2018-09-01, status: complete}";
    let fields = "days_late: 124, computed_rag: blue, rag: blue";
    // 31 + 30 + 31 + 31 days to 31 August, and one.
    reported(entry).stands(&format!("1.1.1 on 2019-01-01: {fields}"));
}

#[test]
fn withdrawn_and_carried_forward_are_grey() {
    for word in ["withdrawn", "carried forward"] {
        let entry = format!(
            "- {{action: 1.1.1, date: 2018-06-01, rag: red, status: {word}, agreed: board}}"
        );
        let fields = "computed_rag: grey, rag: grey, reported_rag: red";
        reported(&entry).stands(&format!("1.1.1 on 2019-01-01: {fields}"));
    }
}

#[test]
fn overdue_is_red_whatever_else_holds() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, rag: green, timescale: May 2018, agreed: board}
         - {action: 1.1.2, date: 2018-06-01, status: paused, agreed: board}",
    );
    // Slipped and unreported; paused.
    estate.stands(
        "1.1.1 on 2018-06-01: computed_rag: red
         1.1.2 on 2018-07-01: computed_rag: red",
    );
}

#[test]
fn paused_unreported_or_slipped_is_amber() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-02-01, done: A, status: paused, agreed: board, reason: A}
         - {action: 1.1.2, date: 2017-10-01, rag: green}
         - {action: 2.1, date: 2018-02-01, done: A, timescale: May 2019, agreed: board, reason: A}",
    );
    let day = "2018-02-10";
    let amber = "computed_rag: amber, unreported:";
    estate.stands(&format!("1.1.1 on {day}: {amber} false, slips: 0"));
    estate.stands(&format!("1.1.2 on {day}: {amber} true, slips: 0"));
    estate.stands(&format!("2.1 on {day}: {amber} false, slips: 1"));
}

#[test]
fn nothing_ever_reported_and_due_soon_is_amber() {
    let estate = one("timescale: May 2017", "");
    // Two months before a report is owed.
    estate.stands(
        "1.1 on 2017-05-01: due_soon: true, unreported: false, computed_rag: amber, rag: amber",
    );
}

#[test]
fn nothing_ever_reported_is_grey() {
    let estate = one("timescale: May 2017", "");
    estate.stands(
        "1.1 on 2017-04-30: due_soon: false, unreported: false, computed_rag: grey, rag: grey",
    );
}

#[test]
fn otherwise_it_is_green() {
    let entry = "- {action: 1.1, date: 2017-04-20, rag: green}";
    let estate = one("timescale: May 2017", entry);
    // Due soon, but reported on.
    estate.stands(
        "1.1 on 2017-05-01: due_soon: true, computed_rag: green, reported_rag: green, rag: green",
    );
}

#[test]
fn a_carried_slip_is_amber() {
    let next = "from: plan#1.1, timescale: September 2018";
    let entry = "- {action: 9.9, plan: next, date: 2018-02-01, rag: green}";
    let estate = carried_on("timescale: April 2018", next, entry);
    estate.stands("9.9 on 2018-02-10: slips: 1, computed_rag: amber, rag: amber, overrated: false");
}

// 8. RAG and over-rated.

#[test]
fn the_rag_is_the_worse_of_reported_and_computed() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: red}
         - {action: 1.1.2, date: 2018-04-16, rag: amber}
         - {action: 1.1.3, date: 2018-04-16, rag: green}",
    );
    // Computed green on 20 April.
    for (id, rag) in [("1.1.1", "red"), ("1.1.2", "amber"), ("1.1.3", "green")] {
        let fields =
            format!("computed_rag: green, reported_rag: {rag}, rag: {rag}, overrated: false");
        estate.stands(&format!("{id} on 2018-04-20: {fields}"));
    }
    // Computed red, amber and amber on 17 July: overdue, overdue, unreported since 16 July.
    for (id, reported, rag) in [
        ("1.1.1", "red", "red"),
        ("1.1.2", "amber", "red"),
        ("1.1.3", "green", "amber"),
    ] {
        let fields = format!("computed_rag: {rag}, reported_rag: {reported}, rag: {rag}");
        estate.stands(&format!("{id} on 2018-07-17: {fields}"));
    }
}

#[test]
fn what_is_reported_on_in_time_and_never_rated_is_grey() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, done: Not rated}";
    let fields = "reported_rag: null, computed_rag: green, rag: grey";
    let estate = reported(entry);
    estate.stands(&format!("1.1.1 on 2018-04-20: {fields}"));
    estate.says("1.1.1 on 2018-04-20: Reported, not rated");
}

#[test]
fn the_rag_of_what_is_closed_is_the_computed() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, rag: red, status: complete}";
    let fields = "reported_rag: red, computed_rag: blue, rag: blue, overrated: false";
    reported(entry).stands(&format!("1.1.1 on 2018-04-20: {fields}"));
}

#[test]
fn the_last_reported_rag_stands_until_another_is_reported() {
    let estate = reported(
        "- {action: 1.1.3, date: 2018-04-02, rag: red}
         - {action: 1.1.3, date: 2018-04-09, note: Not rated}
         - {action: 1.1.3, date: 2018-04-16, rag: green}",
    );
    estate.stands(
        "1.1.3 on 2018-04-10: reported_rag: red
         1.1.3 on 2018-04-16: reported_rag: green, rag: green",
    );
}

#[test]
fn over_rated_is_reported_better_than_computed() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, rag: green}
         - {action: 1.1.2, date: 2018-04-16, rag: amber}
         - {action: 1.1.3, date: 2018-04-16, rag: green}
         - {action: 2.1, date: 2018-04-16, rag: green, status: paused, agreed: board}
         - {action: 2.2, date: 2018-04-16, rag: red}",
    );
    // Overdue since 1 May.
    estate.stands(
        "1.1.1 on 2018-04-30: overrated: false
         1.1.1 on 2018-05-01: overrated: true
         1.1.2 on 2018-07-01: overrated: true",
    );
    // Unreported since 17 July.
    estate.stands(
        "1.1.3 on 2018-07-16: overrated: false
         1.1.3 on 2018-07-17: overrated: true",
    );
    // Paused is amber.
    estate.stands("2.1 on 2018-04-20: overrated: true, rag: amber");
    // Red cannot be overrated.
    estate.stands("2.2 on 2018-07-17: overrated: false, overdue: true");
}

#[test]
fn amber_and_unreported_is_not_over_rated() {
    let entry = "- {action: 1.1.3, date: 2018-04-16, rag: amber}";
    let fields = "computed_rag: amber, overrated: false";
    reported(entry).stands(&format!("1.1.3 on 2018-07-17: {fields}"));
}

#[test]
fn a_slip_alone_makes_no_report_over_rated() {
    let entry = "- {action: 1.1.1, date: 2018-04-16, rag: green, timescale: June 2018, \
                 agreed: board, reason: A}";
    reported(entry)
        .stands("1.1.1 on 2018-05-02: slips: 1, computed_rag: amber, rag: amber, overrated: false");
}

#[test]
fn what_is_closed_or_was_never_rated_is_not_over_rated() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-05-16, rag: green, status: withdrawn, agreed: board}
         - {action: 1.1.2, date: 2018-05-16, note: Not rated}",
    );
    estate.stands(
        "1.1.1 on 2018-07-01: overrated: false
         1.1.2 on 2018-07-01: overdue: true, overrated: false",
    );
}

// 9. Reasons.

#[test]
fn the_reasons_say_how_long_ago_it_was_due() {
    let estate = reported("");
    estate.says("1.1.1 on 2018-05-12: Due 30 April 2018, 12 days ago");
    estate.says("1.1.1 on 2018-05-01: Due 30 April 2018, 1 day ago");
}

#[test]
fn the_reasons_say_what_an_over_rated_report_leaves_out() {
    let estate = reported("- {action: 1.1.1, date: 2018-04-16, rag: green}");
    estate.says("1.1.1 on 2018-05-12: Rated green, but overdue");
}

#[test]
fn the_reasons_say_since_when_nothing_was_reported() {
    let estate = reported("- {action: 1.1.3, date: 2018-01-16, rag: green}");
    estate.says("1.1.3 on 2018-05-12: Last report 16 January 2018: one is due every quarter");
}

#[test]
fn the_reasons_say_what_is_asked_for() {
    let estate =
        reported("- {action: 1.1.1, date: 2018-04-16, timescale: June 2018, reason: Late}");
    estate.says("1.1.1 on 2018-05-12: New date requested: June 2018, not yet decided");
}

#[test]
fn every_standing_carries_its_reasons() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, status: complete}
         - {action: 1.1.2, date: 2018-04-16, status: withdrawn, agreed: board, reason: A}
         - {action: 1.1.3, date: 2018-04-16, rag: green}
         - {action: 2.1, date: 2018-04-16, rag: red}
         - {action: 2.2, date: 2018-04-16, status: paused, agreed: board, reason: A}",
    );
    for day in ["2017-04-01", "2018-04-15", "2018-04-20", "2018-12-31"] {
        let list = estate.json(&["list", "--as-of", day]);
        for action in list["actions"].as_array().unwrap() {
            let reasons = action["reasons"].as_array().unwrap();
            assert!(!reasons.is_empty(), "{day}: {action:#}");
        }
    }
}

// 10. A priority.

/// Entries that put every action of priority 2 on green on 16 April 2018, and these.
fn priority_two(entries: &str) -> Estate {
    let green = "- {action: [2.1, 2.2], date: 2018-04-16, rag: green}";
    reported(&format!("{green}\n{entries}"))
}

#[test]
fn a_priority_is_rated_as_the_worst_of_its_open_actions() {
    let estate = priority_two("");
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "green");
    let estate = priority_two("- {action: 2.1, date: 2018-04-17, rag: amber}");
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "amber");
    // 2.2a is overdue on 30 June.
    assert_eq!(priority_rag(&estate, 1, "2018-06-29"), "amber");
    assert_eq!(priority_rag(&estate, 1, "2018-06-30"), "red");
}

#[test]
fn closed_actions_do_not_rate_a_priority_while_another_is_open() {
    let estate = priority_two(
        "- {action: 2.1, date: 2018-04-17, rag: red, status: withdrawn, agreed: board, reason: A}",
    );
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "green");
}

#[test]
fn a_priority_s_own_rating_counts_where_it_is_worse() {
    let estate = priority_two("- {priority: 2, date: 2018-04-17, rag: red}");
    assert_eq!(priority_rag(&estate, 1, "2018-04-16"), "green");
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "red");
    let estate = priority_two(
        "- {action: 2.1, date: 2018-04-17, rag: red}
         - {priority: 2, date: 2018-04-17, rag: green}",
    );
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "red");
    assert_eq!(priority_rag(&estate, 0, "2018-04-20"), "amber");
}

#[test]
fn a_priority_s_last_rating_counts() {
    let estate = priority_two(
        "- {priority: 2, date: 2018-04-17, rag: red}
         - {priority: 2, date: 2018-04-18, rag: amber}
         - {priority: 2, date: 2018-04-19, note: Not rated}",
    );
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "amber");
}

#[test]
fn blue_is_no_rating_of_a_priority() {
    let estate = priority_two(
        "- {priority: 2, date: 2018-04-17, rag: red}
         - {priority: 2, date: 2018-04-18, rag: blue}",
    );
    assert_eq!(priority_rag(&estate, 1, "2018-04-20"), "red");
}

#[test]
fn a_rated_priority_of_grey_actions_has_its_own_rating() {
    let estate = reported("- {priority: 2, date: 2017-04-16, rag: green}");
    assert_eq!(priority_rag(&estate, 1, "2017-04-15"), "grey");
    assert_eq!(priority_rag(&estate, 1, "2017-04-20"), "green");
}

/// Closes 2.1 and 2.2 with these statuses, and rates the priority red.
fn closed(first: &str, second: &str) -> Value {
    let estate = priority_two(&format!(
        "- {{action: 2.1, date: 2018-04-17, status: {first}, agreed: board, reason: A}}
         - {{action: 2.2, date: 2018-04-17, status: {second}, agreed: board, reason: A}}
         - {{priority: 2, date: 2018-04-18, rag: red}}"
    ));
    priority_rag(&estate, 1, "2018-12-31")
}

#[test]
fn a_priority_with_no_open_action_is_blue_if_one_is_complete_and_none_carried_forward() {
    assert_eq!(closed("complete", "complete"), "blue");
    assert_eq!(closed("complete", "withdrawn"), "blue");
    assert_eq!(closed("complete", "carried forward"), "grey");
    assert_eq!(closed("carried forward", "carried forward"), "grey");
    assert_eq!(closed("withdrawn", "carried forward"), "grey");
    assert_eq!(closed("withdrawn", "withdrawn"), "grey");
}

#[test]
fn a_priority_with_no_action_is_grey() {
    let plan = PLAN.to_owned() + "  - {id: 3, title: Voice}\n";
    assert_eq!(priority_rag(&planned(&plan, ""), 2, "2018-05-01"), "grey");
}

#[test]
fn percentages_never_stand_without_their_counts() {
    for command in [
        &["status"][..],
        &["list"],
        &["status", "--since", "2018-01-01"],
    ] {
        let said = reported("").run(command);
        for line in said.out.lines().filter(|line| line.contains('%')) {
            assert!(line.contains(" of "), "{line}");
        }
    }
}

// 11. An action with milestones.

#[test]
fn an_action_with_milestones_is_one_action_in_every_count() {
    let estate = reported("");
    let status = status(&estate, "2018-12-31");
    assert_eq!(status["counts"]["total"], 5);
    assert_eq!(status["priorities"][1]["counts"]["total"], 2);
    // 1.1.1, 1.1.2 and 2.2, of which both milestones are late.
    assert_eq!(status["counts"]["overdue"], 3);
    assert_eq!(status["overdue"].as_array().unwrap().len(), 3);
    assert_eq!(
        estate.action("2.2", "2018-12-31")["milestones"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn the_entries_of_an_action_are_its_own_and_its_milestones_together() {
    let estate = reported(
        "- {action: 2.2, date: 2018-01-16, rag: green, evidence: Minutes}
         - {action: 2.2b, date: 2018-02-16, rag: amber, impact_rag: red, evidence: Audit}",
    );
    estate.stands(
        "2.2 on 2018-03-01: reported_rag: amber, impact_rag: red, last_update: 2018-02-16, \
         review_due: 2018-05-16, evidence_received: [Minutes, Audit]",
    );
}

#[test]
fn a_timescale_on_an_action_with_milestones_is_a_finding_and_moves_nothing() {
    let plan = PLAN.replace(
        "        milestones:",
        "        timescale: March 2018\n        milestones:",
    );
    let estate = planned(&plan, "");
    estate.stands(
        "2.2 on 2018-05-01: due: 2018-06-29, first_due: 2018-06-29, timescale: 29 June 2018, \
         overdue: false",
    );
    breaks(&estate, "milestone-conflict");
}

#[test]
fn an_inherited_timescale_moves_no_milestone() {
    let plan = PLAN.replace(
        "    owners: [police]",
        "    timescale: March 2018\n    owners: [police]",
    );
    planned(&plan, "")
        .stands("2.2 on 2018-05-01: due: 2018-06-29, first_due: 2018-06-29, overdue: false");
}

#[test]
fn a_revision_that_names_an_action_with_milestones_is_a_finding_and_moves_nothing() {
    let estate = reported(
        "- {action: 2.2, date: 2018-01-16, rag: amber, timescale: March 2019, agreed: board, \
         reason: A}",
    );
    estate.stands(
        "2.2 on 2018-03-01: due: 2018-06-29, timescale: 29 June 2018, slips: 0, \
         reported_rag: amber
         2.2b on 2018-03-01: due: 2018-09-29, slips: 0",
    );
    breaks(&estate, "milestone-conflict");
}

#[test]
fn an_action_is_due_on_the_earliest_day_among_its_open_milestones() {
    let estate = reported("- {action: 2.2a, date: 2018-06-20, status: complete}");
    estate.stands(
        "2.2 on 2018-06-19: due: 2018-06-29, timescale: 29 June 2018
         2.2 on 2018-06-20: due: 2018-09-29, timescale: 29 September 2018, \
         first_due: 2018-06-29, status: in progress, slips: 0",
    );
    // The earliest, wherever it is written.
    let estate = two_milestones("September 2018", "by 29 June 2018", "");
    estate.stands("1.1 on 2018-05-01: due: 2018-06-29, timescale: by 29 June 2018");
}

#[test]
fn a_milestone_moved_past_the_other_lets_that_one_go_first() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, timescale: December 2018, agreed: board, reason: A}",
    );
    estate.stands(
        "2.2 on 2018-03-01: due: 2018-09-29, timescale: 29 September 2018, \
         first_due: 2018-06-29, slips: 1",
    );
}

#[test]
fn an_action_is_overdue_when_an_open_milestone_is() {
    let estate = reported("- {action: 2.2b, date: 2018-06-20, status: complete}");
    estate.stands(
        "2.2 on 2018-06-29: overdue: false
         2.2 on 2018-07-01: overdue: true, days_late: 2, rag: red",
    );
}

#[test]
fn of_two_milestones_on_one_day_the_first_written_is_shown() {
    let estate = two_milestones("30 June 2018", "June 2018", "");
    estate.stands("1.1 on 2018-05-01: due: 2018-06-30, timescale: 30 June 2018");
}

#[test]
fn where_no_open_milestone_has_a_day_the_first_written_is_shown() {
    let estate = two_milestones("Ongoing", "TBC", "");
    estate.stands("1.1 on 2018-05-01: due: null, timescale: Ongoing");
    let estate = two_milestones("Ongoing", "June 2018", "");
    estate.stands("1.1 on 2018-05-01: timescale: June 2018");
    let entry = "- {action: 1.1b, date: 2018-04-16, status: complete}";
    let estate = two_milestones("Ongoing", "June 2018", entry);
    estate.stands("1.1 on 2018-05-01: due: null, timescale: Ongoing");
}

#[test]
fn when_no_milestone_is_open_the_action_is_due_on_the_last_milestone_s_day() {
    let entries = "- {action: 1.1a, date: 2018-04-16, status: complete}
                   - {action: 1.1b, date: 2018-04-16, status: complete}";
    for (a, b) in [
        ("29 June 2018", "29 September 2018"),
        ("29 September 2018", "29 June 2018"),
        ("Ongoing", "29 September 2018"),
    ] {
        let estate = two_milestones(a, b, entries);
        let fields = "due: 2018-09-29, timescale: 29 September 2018, status: complete";
        estate.stands(&format!("1.1 on 2018-05-01: {fields}"));
    }
    // Of two, the first written.
    let estate = two_milestones("30 June 2018", "June 2018", entries);
    estate.stands("1.1 on 2018-05-01: timescale: 30 June 2018");
}

#[test]
fn an_action_is_completed_with_its_last_milestone_and_late_after_the_last_one_s_day() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-07-20, status: complete}
         - {action: 2.2b, date: 2018-10-09, status: complete}",
    );
    estate.stands("2.2 on 2018-10-08: completed: null");
    // 29 September to 9 October.
    estate.stands(
        "2.2 on 2018-12-31: status: complete, completed: 2018-10-09, days_late: 10, rag: blue
         2.2a on 2018-12-31: completed: 2018-07-20, due: 2018-06-29, status: complete, \
         overdue: false",
    );
}

#[test]
fn a_milestone_taken_up_again_breaks_the_action_s_completion() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-05-01, status: complete}
         - {action: 2.2b, date: 2018-05-02, status: complete}
         - {action: 2.2a, date: 2018-05-10, status: in progress}
         - {action: 2.2a, date: 2018-05-20, status: complete}",
    );
    estate.stands(
        "2.2 on 2018-05-09: completed: 2018-05-02
         2.2 on 2018-05-10: status: in progress, completed: null, due: 2018-06-29
         2.2 on 2018-05-20: completed: 2018-05-20
         2.2b on 2018-05-20: completed: 2018-05-02",
    );
}

#[test]
fn a_milestone_s_withdrawal_may_complete_the_action() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-05-01, status: complete}
         - {action: 2.2b, date: 2018-05-10, status: withdrawn, agreed: board, reason: A}",
    );
    estate.stands("2.2 on 2018-06-01: status: complete, completed: 2018-05-10");
}

#[test]
fn an_action_whose_milestones_are_agreed_together_is_complete_since_the_last_was_reported() {
    let milestones =
        "milestones: [{id: 1.1a, timescale: 2018-01-31}, {id: 1.1b, timescale: 2017-12-31}]";
    let plan =
        plan_of_one(milestones).replace("priorities:", "rag: {complete: agreed}\npriorities:");
    // In either order of the minutes: the last work was done on 25 February, 25 days after 31 January.
    for [first, second] in [["1.1a", "1.1b"], ["1.1b", "1.1a"]] {
        let estate = planned(
            &plan,
            &format!(
                "- {{action: 1.1b, date: 2018-01-05, status: complete}}
                 - {{action: 1.1a, date: 2018-02-25, status: complete}}
                 - {{action: {first}, date: 2018-03-01, status: complete, agreed: board}}
                 - {{action: {second}, date: 2018-03-01, status: complete, agreed: board}}"
            ),
        );
        estate.stands(
            "1.1 on 2018-03-02: status: complete, completed: 2018-02-25, days_late: 25
             1.1a on 2018-03-02: completed: 2018-02-25
             1.1b on 2018-03-02: completed: 2018-01-05",
        );
    }
}

#[test]
fn an_action_is_complete_since_its_last_milestone_was_withdrawn_whatever_was_asked_of_that_one() {
    let milestones =
        "milestones: [{id: 1.1a, timescale: 2018-01-31}, {id: 1.1b, timescale: 2017-12-31}]";
    let plan =
        plan_of_one(milestones).replace("priorities:", "rag: {complete: agreed}\npriorities:");
    let estate = planned(
        &plan,
        "- {action: 1.1b, date: 2018-01-05, status: complete}
         - {action: 1.1a, date: 2018-01-10, status: complete, agreed: board}
         - {action: 1.1b, date: 2018-03-01, status: withdrawn, agreed: board, reason: A}",
    );
    estate.stands("1.1 on 2018-03-02: status: complete, completed: 2018-03-01, days_late: 29");
}

#[test]
fn a_report_on_what_is_withdrawn_asks_for_nothing() {
    let plan = plan_of_one("timescale: 2018-01-31")
        .replace("priorities:", "rag: {complete: agreed}\npriorities:");
    let estate = planned(
        &plan,
        "- {action: 1.1, date: 2018-01-05, status: withdrawn, agreed: board, reason: A}
         - {action: 1.1, date: 2018-01-20, status: complete}
         - {action: 1.1, date: 2018-02-01, status: complete, agreed: board}",
    );
    estate.stands("1.1 on 2018-02-02: status: complete, completed: 2018-02-01, days_late: 1");
}

#[test]
fn what_is_asked_for_may_be_other_owners_alone() {
    let estate =
        reported("- {action: 2.1, date: 2018-05-01, by: police, owners: [vemt], reason: A}");
    let list = estate.json(&["list", "--asked", "--as-of", "2018-05-02"]);
    let ids: Vec<&Value> = (list["actions"].as_array().unwrap().iter())
        .map(|row| &row["id"])
        .collect();
    assert_eq!(ids, ["2.1"]);
}

#[test]
fn other_owners_of_a_milestone_are_the_milestone_s_alone() {
    let estate =
        reported("- {action: 2.2a, date: 2018-01-16, owners: [vemt], agreed: board, reason: A}");
    estate.stands("2.2 on 2018-03-01: owners: [police], asked: {}");
}

#[test]
fn other_owners_of_the_action_are_the_action_s() {
    let estate =
        reported("- {action: 2.2, date: 2018-01-16, owners: [vemt], agreed: board, reason: A}");
    estate.stands("2.2 on 2018-03-01: owners: [vemt]");
}

#[test]
fn a_status_reported_on_the_action_itself_holds_for_the_whole() {
    for word in ["paused", "withdrawn", "carried forward", "not started"] {
        let estate = reported(&format!(
            "- {{action: 2.2a, date: 2018-01-16, status: in progress}}
             - {{action: 2.2, date: 2018-02-16, status: {word}, agreed: board, reason: A}}
             - {{action: 2.2b, date: 2018-03-16, status: in progress}}"
        ));
        estate.stands(&format!("2.2 on 2018-04-01: status: {word}"));
        estate.stands("2.2a on 2018-04-01: status: in progress");
    }
}

#[test]
fn complete_with_an_open_milestone_holds_and_is_a_finding() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, status: complete}
         - {action: 2.2, date: 2018-02-16, status: complete}",
    );
    estate.stands(
        "2.2 on 2018-10-01: status: complete, completed: 2018-02-16, rag: blue, overdue: false, \
         review_due: null
         2.2b on 2018-10-01: status: not started, overdue: true, completed: null",
    );
    breaks(&estate, "milestone-conflict");
    let estate = reported("- {action: 2.2, date: 2018-02-16, rag: blue}");
    breaks(&estate, "milestone-conflict");
}

#[test]
fn complete_with_every_milestone_closed_is_no_finding() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, status: complete}
         - {action: 2.2b, date: 2018-01-16, status: withdrawn, agreed: board, reason: A}
         - {action: 2.2, date: 2018-02-16, status: complete}",
    );
    keeps(&estate, "milestone-conflict");
    // The whole is complete since the second milestone was closed.
    estate.stands("2.2 on 2018-03-01: completed: 2018-01-16");
}

#[test]
fn not_started_and_in_progress_give_way_once_all_milestones_are_closed() {
    for word in ["not started", "in progress"] {
        let whole = format!("- {{action: 2.2, date: 2018-02-01, status: {word}}}");
        for close in ["2018-01-16", "2018-03-16"] {
            let estate = reported(&format!(
                "{whole}
                 - {{action: 2.2a, date: {close}, status: complete}}
                 - {{action: 2.2b, date: {close}, status: complete}}"
            ));
            let fields = format!("status: complete, completed: {close}");
            estate.stands(&format!("2.2 on 2018-04-01: {fields}"));
        }
    }
}

#[test]
fn a_pause_of_the_whole_does_not_give_way() {
    let estate = reported(
        "- {action: 2.2, date: 2018-02-01, status: paused, agreed: board, reason: A}
         - {action: 2.2a, date: 2018-03-01, status: complete}
         - {action: 2.2b, date: 2018-03-01, status: complete}",
    );
    estate.stands("2.2 on 2018-04-01: status: paused, completed: null");
}

/// The status of an action whose milestones have these.
#[track_caller]
fn milestones_make(a: &str, b: &str, whole: &str) {
    let estate = reported(&format!(
        "- {{action: 2.2a, date: 2018-02-01, status: {a}, agreed: board, reason: A}}
         - {{action: 2.2b, date: 2018-02-01, status: {b}, agreed: board, reason: A}}"
    ));
    estate.stands(&format!("2.2 on 2018-03-01: status: {whole}"));
}

#[test]
fn an_action_is_paused_when_all_its_open_milestones_are() {
    milestones_make("paused", "paused", "paused");
    milestones_make("complete", "paused", "paused");
    milestones_make("paused", "withdrawn", "paused");
    milestones_make("paused", "in progress", "in progress");
    milestones_make("paused", "not started", "in progress");
}

#[test]
fn an_action_is_complete_when_all_milestones_are_closed_and_any_is_complete() {
    milestones_make("complete", "complete", "complete");
    milestones_make("complete", "withdrawn", "complete");
    milestones_make("carried forward", "complete", "complete");
    milestones_make("complete", "in progress", "in progress");
}

#[test]
fn else_an_action_is_carried_forward_if_any_milestone_is_else_withdrawn() {
    milestones_make("carried forward", "withdrawn", "carried forward");
    milestones_make("carried forward", "carried forward", "carried forward");
    milestones_make("withdrawn", "withdrawn", "withdrawn");
}

#[test]
fn a_milestones_revision_sums_into_the_actions_slips() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-01-16, timescale: July 2018, agreed: board, reason: A}
         - {action: 2.2b, date: 2018-01-16, timescale: October 2018, agreed: board, reason: A}
         - {action: 2.2b, date: 2018-02-16, timescale: November 2018, agreed: board, reason: A}",
    );
    estate.stands(
        "2.2 on 2018-03-01: slips: 3, due: 2018-07-31, first_due: 2018-06-29
         2.2a on 2018-03-01: slips: 1, timescale: July 2018, due: 2018-07-31, \
         first_due: 2018-06-29
         2.2b on 2018-03-01: slips: 2, timescale: November 2018, due: 2018-11-30, \
         first_due: 2018-09-29",
    );
    assert_eq!(status(&estate, "2018-03-01")["counts"]["slipped"], 1);
}

#[test]
fn a_milestone_s_status_and_overdue_are_its_own_whatever_holds_for_the_whole() {
    let estate = reported(
        "- {action: 2.2, date: 2018-02-16, status: withdrawn, agreed: board, reason: A}
         - {action: 2.2b, date: 2018-02-16, status: paused, agreed: board, reason: A}",
    );
    estate.stands(
        "2.2 on 2018-07-01: status: withdrawn, overdue: false, rag: grey
         2.2a on 2018-07-01: status: not started, overdue: true
         2.2b on 2018-07-01: status: paused, overdue: false",
    );
}

#[test]
fn milestones_carry_their_words() {
    let estate = reported("");
    estate.stands(
        "2.2a on 2018-05-01: title: Published, timescale: 29 June 2018, due: 2018-06-29, \
         first_due: 2018-06-29, status: not started, overdue: false, slips: 0, asked: {}, \
         completed: null",
    );
}

#[test]
fn the_cycle_of_the_milestone_shown_gives_the_review_day() {
    let entry = "- {action: 1.1a, date: 2018-01-16, rag: green}";
    let estate = two_milestones("monthly", "Ongoing", entry);
    estate.stands("1.1 on 2018-02-01: review_due: 2018-02-16");
}

#[test]
fn an_entry_about_several_may_name_a_milestone() {
    let estate = reported("- {action: [2.1, 2.2a], date: 2018-04-16, rag: amber}");
    estate.stands(
        "2.2 on 2018-04-20: status: in progress, reported_rag: amber
         2.2a on 2018-04-20: status: in progress
         2.2b on 2018-04-20: status: not started",
    );
    keeps(&estate, "unknown-action");
}

#[test]
fn an_entry_about_two_milestones_is_one_entry_of_their_action() {
    let estate = reported("- {action: [2.2a, 2.2b], date: 2018-04-16, rag: amber}");
    let shown = estate.json(&["show", "2.2", "--as-of", "2018-04-20"]);
    let history = shown["actions"][0]["history"].as_array().expect("entries");
    assert_eq!(history.len(), 1, "{history:#?}");
}

#[test]
fn an_entry_about_several_closes_no_milestone() {
    let estate = reported("- {action: [2.2a, 2.2b], date: 2018-04-16, status: complete}");
    estate.stands(
        "2.2 on 2018-04-20: status: not started, completed: null
         2.2a on 2018-04-20: status: not started",
    );
    breaks(&estate, "shared-change");
}

#[test]
fn an_action_that_carries_on_one_with_milestones_carries_their_slips() {
    let milestones =
        "milestones: [{id: 1.1a, timescale: June 2018}, {id: 1.1b, timescale: July 2018}]";
    let entries =
        "- {action: 1.1a, date: 2018-01-16, timescale: May 2018, agreed: board, reason: A}
         - {action: 1.1b, date: 2018-01-16, timescale: August 2018, agreed: board, reason: A}";
    // One slip; due in force 31 May 2018, and 31 May is not later.
    let estate = carried_on(milestones, "from: plan#1.1, timescale: May 2018", entries);
    estate.stands("9.9 on 2018-02-01: slips: 1");
    let estate = carried_on(milestones, "from: plan#1.1, timescale: June 2018", entries);
    estate.stands("9.9 on 2018-02-01: slips: 2");
}

// 12. Impact RAG.

const LOWER: &str = "better: lower, target: 10";
const HIGHER: &str = "better: higher, target: 90";

#[test]
fn at_or_within_a_number_target_is_green() {
    for value in ["10", "9.9", "0", "10%"] {
        assert_eq!(impact(LOWER, &format!("2017-18 Q4,{value}")), "green");
    }
    assert_eq!(impact(LOWER, "2017-18 Q4,10.1"), "red");
    for value in ["90", "90.1", "1,000"] {
        let row = format!("2017-18 Q4,\"{value}\"");
        assert_eq!(impact(HIGHER, &row), "green");
    }
    assert_eq!(impact(HIGHER, "2017-18 Q4,89.9"), "red");
}

#[test]
fn off_target_but_better_than_the_same_period_a_year_before_is_amber() {
    let rows = |before: &str, now: &str| format!("2016-17 Q4,{before}; 2017-18 Q4,{now}");
    for (fields, before, now, rag) in [
        (LOWER, "12", "11", "amber"),
        (LOWER, "11", "11", "red"),
        (LOWER, "11", "12", "red"),
        (HIGHER, "80", "85", "amber"),
        (HIGHER, "85", "85", "red"),
        (HIGHER, "85", "80", "red"),
    ] {
        assert_eq!(impact(fields, &rows(before, now)), rag);
    }
}

#[test]
fn the_year_before_counts_rather_than_the_period_before() {
    let rows = "2016-17 Q4,12; 2017-18 Q3,10.5; 2017-18 Q4,11";
    assert_eq!(impact(LOWER, rows), "amber");
    let rows = "2016-17 Q4,10.5; 2017-18 Q3,12; 2017-18 Q4,11";
    assert_eq!(impact(LOWER, rows), "red");
}

#[test]
fn without_the_year_before_the_period_before_counts() {
    assert_eq!(impact(LOWER, "2017-18 Q3,12; 2017-18 Q4,11"), "amber");
    assert_eq!(impact(LOWER, "2017-18 Q3,11; 2017-18 Q4,12"), "red");
    // The second quarter is not the period before the fourth.
    assert_eq!(impact(LOWER, "2017-18 Q2,12; 2017-18 Q4,11"), "red");
    // The quarter before the first is the year before's fourth.
    assert_eq!(impact(LOWER, "2016-17 Q4,12; 2017-18 Q1,11"), "amber");
}

#[test]
fn periods_may_be_years_months_or_quarters() {
    for rows in [
        "2016-17,12; 2017-18,11",
        "April 2017,12; April 2018,11",
        "March 2018,12; April 2018,11",
        "December 2017,12; January 2018,11",
    ] {
        assert_eq!(impact(LOWER, rows), "amber");
    }
}

#[test]
fn a_tolerance_in_per_cent_is_of_the_target() {
    let fields = "better: lower, target: 8, tolerance: 10% of target";
    assert_eq!(impact(fields, "2017-18 Q4,8.8"), "green");
    assert_eq!(impact(fields, "2017-18 Q4,8.81"), "red");
    let fields = "better: higher, target: 80, tolerance: 10% of target";
    assert_eq!(impact(fields, "2017-18 Q4,72"), "green");
    assert_eq!(impact(fields, "2017-18 Q4,71.9"), "red");
}

#[test]
fn a_tolerance_in_points_is_the_indicator_s_own_figures() {
    let fields = "better: lower, target: 8, tolerance: 2 points";
    assert_eq!(impact(fields, "2017-18 Q4,10"), "green");
    assert_eq!(impact(fields, "2017-18 Q4,10.1"), "red");
    let fields = "better: higher, target: 80, tolerance: 2 points";
    assert_eq!(impact(fields, "2017-18 Q4,78"), "green");
    assert_eq!(impact(fields, "2017-18 Q4,77.9"), "red");
}

#[test]
fn a_target_may_be_given_by_financial_year() {
    let fields = "better: lower, target: {2017-18: 8, 2018-19: 7}";
    let rows = "2017-18 Q4,8; 2018-19 Q1,7.5; 2018-19 Q2,7";
    let estate = measured(fields, rows, "");
    estate.stands("1.1 on 2018-05-01: impact_rag: green");
    // 7.5 is off 7, and better than the 8 of the quarter before.
    estate.stands("1.1 on 2018-07-01: impact_rag: amber");
    estate.stands("1.1 on 2018-10-01: impact_rag: green");
}

#[test]
fn decreasing_compares_with_the_same_period_a_year_before() {
    for (now, rag) in [("11", "green"), ("12", "amber"), ("13", "red")] {
        let rows = format!("2016-17 Q4,12; 2017-18 Q3,5; 2017-18 Q4,{now}");
        assert_eq!(impact("target: decreasing", &rows), rag);
    }
}

#[test]
fn increasing_compares_with_the_period_before_where_there_is_no_year_before() {
    for (now, rag) in [("13", "green"), ("12", "amber"), ("11", "red")] {
        let rows = format!("2017-18 Q3,12; 2017-18 Q4,{now}");
        assert_eq!(impact("target: increasing", &rows), rag);
    }
}

#[test]
fn an_empty_value_is_a_gap_and_not_a_zero() {
    // The latest value is the third quarter's; the fourth's is not known.
    let estate = measured(LOWER, "2017-18 Q3,11; 2017-18 Q4,", "");
    estate.stands("1.1 on 2018-05-01: impact_rag: red");
    // The year before is a gap: the period before counts.
    let rows = "2016-17 Q4,; 2017-18 Q3,12; 2017-18 Q4,11";
    assert_eq!(impact("target: decreasing", rows), "green");
    assert_eq!(impact(LOWER, "2017-18 Q4,"), "grey");
    keeps(&estate, "unreadable-data");
}

#[test]
fn a_value_is_not_known_before_it_was_reported() {
    let rows = "2017-18 Q3,9,2018-02-10; 2017-18 Q4,11,2018-06-10";
    let estate = measured(LOWER, rows, "");
    estate.stands("1.1 on 2018-02-09: impact_rag: grey");
    estate.stands("1.1 on 2018-02-10: impact_rag: green");
    estate.stands("1.1 on 2018-06-09: impact_rag: green");
    estate.stands("1.1 on 2018-06-10: impact_rag: red");
}

#[test]
fn the_latest_value_is_of_the_latest_period_wherever_it_stands() {
    let rows = "2017-18 Q4,9; 2017-18 Q2,11; 2017-18 Q3,12";
    assert_eq!(impact(LOWER, rows), "green");
}

#[test]
fn impact_is_grey_without_data_to_say_so() {
    let plan = plan_of_one("timescale: Ongoing, indicator: X1");
    let plan = plan.replace(
        "priorities:",
        "indicators: [{id: X1, better: lower, target: 10}]\npriorities:",
    );
    planned(&plan, "").stands("1.1 on 2018-05-01: impact_rag: grey");
    // One value alone neither rises nor falls.
    let row = "2017-18 Q4,10";
    assert_eq!(impact("target: decreasing", row), "grey");
    // Another indicator's values are not its own.
    let estate = measured(LOWER, row, "");
    let data = "indicator,period,value\nX2,2017-18 Q4,10\n";
    estate.write("example/data/x1.csv", data);
    estate.stands("1.1 on 2018-05-01: impact_rag: grey");
    // No target for the year of the value.
    let fields = "better: lower, target: {2018-19: 7}";
    assert_eq!(impact(fields, row), "grey");
}

#[test]
fn a_row_that_cannot_be_read_is_lost_alone() {
    let rows = "2017-18 Q3,9; 2017-18 Q4,many; sometime,12";
    let estate = measured(LOWER, rows, "");
    estate.stands("1.1 on 2018-05-01: impact_rag: green");
    let broken = rules(&estate, "2018-05-01");
    let unreadable = broken.iter().filter(|rule| *rule == "unreadable-data");
    assert_eq!(unreadable.count(), 2);
}

#[test]
fn a_reported_impact_that_is_better_is_flagged() {
    let flagged = |entry: &str| {
        let estate = measured(LOWER, "2017-18 Q4,11", entry);
        estate.stands("1.1 on 2018-05-01: impact_rag: red");
        let action = estate.action("1.1", "2018-05-01");
        let reasons = action["reasons"].as_array().unwrap().iter();
        let mut texts = reasons.map(|reason| reason.as_str().unwrap().to_owned());
        texts.any(|text| text.contains("rated green"))
    };
    assert!(flagged(
        "- {action: 1.1, date: 2018-04-16, impact_rag: green}"
    ));
    assert!(!flagged(
        "- {action: 1.1, date: 2018-04-16, impact_rag: red}"
    ));
    assert!(!flagged(""));
}

#[test]
fn impact_is_rated_apart_from_delivery() {
    let entry = "- {action: 1.1, date: 2018-04-16, rag: green}";
    let estate = measured(LOWER, "2017-18 Q4,11", entry);
    estate.stands("1.1 on 2018-05-01: impact_rag: red, rag: green, overrated: false");
}

#[test]
fn without_an_indicator_the_impact_is_as_reported() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, impact_rag: green}
         - {action: 1.1.1, date: 2018-02-16, impact_rag: amber}
         - {action: 1.1.1, date: 2018-03-16, note: Not rated}",
    );
    estate.stands(
        "1.1.1 on 2018-01-15: impact_rag: null
         1.1.1 on 2018-01-16: impact_rag: green
         1.1.1 on 2018-04-01: impact_rag: amber",
    );
}

// 13. Assurance.

/// What `plan show` says of the evidence of 1.1.1: whether it was promised, and when it came.
fn assurance(estate: &Estate, day: &str) -> Value {
    let shown = estate.json(&["show", "1.1.1", "--as-of", day]);
    shown["actions"][0]["assurance"].clone()
}

#[test]
fn evidence_promised_is_received_each_time_that_an_entry_names_it() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-01-16, evidence: [Register]}
         - {action: 1.1.1, date: 2018-02-16, evidence: [Register]}",
    );
    let evidence = |received: [Value; 2], times: usize| {
        let [first, latest] = received;
        json!([
            {"title": "Register", "planned": true, "received": first, "latest": latest, "times": times},
            {"title": "Audit", "planned": true, "received": null, "latest": null, "times": 0},
        ])
    };
    let never = [Value::Null, Value::Null];
    assert_eq!(assurance(&estate, "2018-01-15"), evidence(never, 0));
    let both = ["2018-01-16", "2018-02-16"].map(|day| json!(day));
    assert_eq!(assurance(&estate, "2018-03-01"), evidence(both, 2));
    estate.stands(
        "1.1.1 on 2018-03-01: evidence_planned: [Register, Audit], evidence_received: [Register]
         1.1.1 on 2018-01-15: evidence_received: []",
    );
}

#[test]
fn evidence_never_promised_is_received_too() {
    let entry = "- {action: 1.1.1, date: 2018-01-16, evidence: [Audit, {title: Minutes}]}";
    let estate = reported(entry);
    estate.stands(
        "1.1.1 on 2018-03-01: evidence_planned: [Register, Audit], evidence_received: [Audit, \
         Minutes]",
    );
}

#[test]
fn evidence_may_come_in_an_entry_about_several_or_an_objective() {
    let estate = reported(
        "- {action: [1.1.1, 2.1], date: 2018-01-16, evidence: Register}
         - {objective: 1.1, date: 2018-02-16, evidence: Audit}",
    );
    let fields = "evidence_received: [Register, Audit]";
    estate.stands(&format!("1.1.1 on 2018-03-01: {fields}"));
    estate.stands("2.1 on 2018-03-01: evidence_received: [Register]");
}

#[test]
fn evidence_of_another_action_is_not_received() {
    let estate = reported("- {action: 1.1.2, date: 2018-01-16, evidence: Register}");
    estate.stands("1.1.1 on 2018-03-01: evidence_received: []");
}

// The real plans.

#[test]
fn of_the_forty_nine_actions_of_hartlepool_nine_are_overdue_and_forty_amber() {
    let estate = Estate::real();
    let list = estate.json(&["list", "--board", "hartlepool", "--as-of", "2018-05-01"]);
    let actions = list["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 49);
    let late = actions.iter().filter(|action| action["overdue"] == true);
    let late: Vec<_> = late
        .map(|action| {
            assert_eq!(action["rag"], "red");
            (
                action["id"].as_str().unwrap(),
                action["days_late"].as_i64().unwrap(),
            )
        })
        .collect();
    // The end of April is 1 day ago, of March 31, of February 62 (31 + 30 + 1), and of December 121
    // (31 + 28 more).
    let expected = [
        ("1.1.1", 1),
        ("1.2.1", 1),
        ("1.2.2", 1),
        ("1.5.1", 31),
        ("2.2.3", 62),
        ("2.2.4a", 1),
        ("2.2.4b", 1),
        ("2.2.5", 1),
        ("3.5.1", 121),
    ];
    assert_eq!(late, expected);
    for action in actions.iter().filter(|action| action["overdue"] == false) {
        assert_eq!(action["rag"], "amber");
        assert_eq!(action["unreported"], true);
    }
}

#[test]
fn the_counts_of_hartlepool_are_those_of_the_page_before_the_meeting() {
    let estate = Estate::real();
    let status = estate.json(&["status", "--board", "hartlepool", "--as-of", "2018-05-01"]);
    let plan = &status["boards"][0]["plans"][0];
    let counts = |of: &Value| {
        ["red", "amber", "green", "blue", "grey", "total"]
            .map(|name| of["counts"][name].as_u64().unwrap())
    };
    assert_eq!(counts(plan), [9, 40, 0, 0, 0, 49]);
    assert_eq!(counts(&plan["priorities"][0]), [4, 13, 0, 0, 0, 17]);
    assert_eq!(counts(&plan["priorities"][1]), [4, 10, 0, 0, 0, 14]);
    assert_eq!(counts(&plan["priorities"][2]), [1, 17, 0, 0, 0, 18]);
    // 2.1.2 and 2.1.7, May 2018.
    assert_eq!(plan["counts"]["due_soon"], 2);
    assert_eq!(plan["counts"]["not_started"], 49);
}

#[test]
fn hampshire_has_fourteen_actions() {
    let estate = Estate::real();
    let list = estate.json(&["list", "--board", "hampshire", "--as-of", "2019-06-30"]);
    let actions = list["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 14);
    // Both of its priority 3 were due on 29 June; by Summer 2019 is 31 August.
    let late = actions.iter().filter(|action| action["overdue"] == true);
    let late: Vec<_> = late.map(|action| &action["id"]).collect();
    assert_eq!(late, ["3.1", "3.2"]);
    estate.stands("1.3 on 2019-06-30: due: 2019-08-31");
}

// 2. Decisions.

#[test]
fn what_is_agreed_counts_from_the_day_after_its_date() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, timescale: June 2018, agreed: board, reason: A}
         - {action: 1.1.2, date: 2018-04-16, status: withdrawn, agreed: board, reason: A}
         - {action: 1.1.3, date: 2018-04-16, owners: [police], agreed: board, reason: A}",
    );
    estate.stands(
        "1.1.1 on 2018-04-16: due: 2018-04-30, slips: 0, asked: {}, last_update: null
         1.1.1 on 2018-04-17: due: 2018-06-30, slips: 1, asked: {}, last_update: null
         1.1.2 on 2018-04-16: status: not started, asked: {}
         1.1.2 on 2018-04-17: status: withdrawn
         1.1.3 on 2018-04-16: owners: [vemt], asked: {}
         1.1.3 on 2018-04-17: owners: [police]",
    );
}

#[test]
fn as_of_its_own_day_a_decision_is_not_there_at_all() {
    let with = reported(
        "- {action: 1.1.1, date: 2018-04-16, timescale: June 2018, agreed: board, reason: A}
         - {action: 1.1.2, date: 2018-04-16, refused: board, note: Not yet, reason: B}",
    );
    let without = reported("");
    for command in [
        &["list"][..],
        &["status"],
        &["show", "1.1.1"],
        &["show", "1.1.2"],
    ] {
        let asked = [command, &["--as-of", "2018-04-16"]].concat();
        assert_eq!(with.json(&asked), without.json(&asked), "{command:?}");
    }
}

#[test]
fn the_rest_of_an_entry_that_decides_counts_on_its_day() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, by: vemt, rag: amber, done: Late, \
         timescale: June 2018, agreed: board, reason: A}",
    );
    estate.stands(
        "1.1.1 on 2018-04-16: reported_rag: amber, last_update: 2018-04-16, due: 2018-04-30
         1.1.1 on 2018-04-17: reported_rag: amber, due: 2018-06-30",
    );
    let history = |day: &str| {
        let shown = estate.json(&["show", "1.1.1", "--as-of", day]);
        shown["actions"][0]["history"][0].clone()
    };
    assert_eq!(history("2018-04-16")["timescale"], Value::Null);
    assert_eq!(history("2018-04-16")["done"], "Late");
    assert_eq!(history("2018-04-17")["timescale"], "June 2018");
    assert_eq!(history("2018-04-17")["agreed"], "board");
}

#[test]
fn a_refusal_ends_what_is_asked_for_from_the_day_after_its_date() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, by: vemt, timescale: June 2018, owners: [police], \
         reason: A}
         - {action: 1.1.1, date: 2018-04-16, refused: board, reason: B}",
    );
    estate.stands(
        "1.1.1 on 2018-04-16: asked: {timescale: June 2018, owners: [police]}
         1.1.1 on 2018-04-17: asked: {}, due: 2018-04-30, slips: 0, owners: [vemt]",
    );
}

#[test]
fn a_refusal_ends_the_fields_that_it_names_else_all() {
    let asks = "- {action: 1.1.1, date: 2018-04-02, timescale: June 2018, owners: [police], \
                status: paused, reason: A}\n";
    for (named, left) in [
        ("owners: [police]", "{timescale: June 2018, status: paused}"),
        ("timescale: June 2018", "{owners: [police], status: paused}"),
        ("status: paused", "{timescale: June 2018, owners: [police]}"),
    ] {
        let refusal =
            format!("- {{action: 1.1.1, date: 2018-04-16, {named}, refused: board, reason: B}}");
        reported(&(asks.to_owned() + &refusal))
            .stands(&format!("1.1.1 on 2018-04-17: asked: {left}"));
    }
}

#[test]
fn a_decision_takes_effect_over_all_that_was_said_on_its_day() {
    // The request stands below the refusal, and is of the same day.
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-16, refused: board, reason: B}
         - {action: 1.1.1, date: 2018-04-16, timescale: June 2018, reason: A}",
    );
    estate.stands(
        "1.1.1 on 2018-04-16: asked: {timescale: June 2018}
         1.1.1 on 2018-04-17: asked: {}",
    );
}

#[test]
fn a_refusal_about_an_objective_refuses_what_is_asked_of_each_action() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, timescale: June 2018, reason: A}
         - {action: 1.1.2, date: 2018-04-02, timescale: May 2019, reason: A}
         - {objective: 1.1, date: 2018-04-16, refused: board, timescale: June 2018, reason: B}",
    );
    estate.stands(
        "1.1.1 on 2018-04-17: asked: {}
         1.1.2 on 2018-04-17: asked: {}",
    );
    keeps(&estate, "shared-change");
}

#[test]
fn a_refusal_that_names_an_action_refuses_what_is_asked_of_its_milestones() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-04-02, timescale: July 2018, reason: A}
         - {action: 2.2, date: 2018-04-16, refused: board, reason: B}",
    );
    estate.stands(
        "2.2 on 2018-04-16: asked: {timescale: July 2018}
         2.2 on 2018-04-17: asked: {}
         2.2a on 2018-04-17: asked: {}, due: 2018-06-29",
    );
}

#[test]
fn agreed_beside_refused_counts_for_nothing() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-04-02, owners: [police], reason: A}
         - {action: 1.1.1, date: 2018-04-16, timescale: June 2018, status: paused, agreed: board, \
         refused: board, reason: B}",
    );
    estate.stands(
        "1.1.1 on 2018-04-17: due: 2018-04-30, status: not started, asked: {owners: [police]}",
    );
}

#[test]
fn whatever_status_stands_beside_agreed_is_decided() {
    let estate =
        reported("- {action: 1.1.1, date: 2018-04-16, status: in progress, agreed: board}");
    estate.stands(
        "1.1.1 on 2018-04-16: status: not started
         1.1.1 on 2018-04-17: status: in progress, last_update: null, unreported: true",
    );
}

#[test]
fn nothing_is_asked_for_of_what_is_closed_nor_of_its_milestones() {
    let estate = reported(
        "- {action: 2.2a, date: 2018-04-02, timescale: July 2018, reason: A}
         - {action: 2.2, date: 2018-04-16, status: complete}",
    );
    estate.stands(
        "2.2 on 2018-04-15: asked: {timescale: July 2018}
         2.2 on 2018-04-16: asked: {}
         2.2a on 2018-04-16: asked: {}",
    );
}

#[test]
fn a_refusal_without_a_reason_is_a_finding() {
    let asks = "- {action: 1.1.1, date: 2018-04-02, timescale: June 2018, reason: A}\n";
    let refusal = "- {action: 1.1.1, date: 2018-04-16, refused: board}";
    breaks(
        &reported(&format!("{asks}{refusal}")),
        "change-without-reason",
    );
}

// 1. Complete.

#[test]
fn complete_counts_from_the_lead_where_one_is_named() {
    for (by, status, asked) in [
        ("by: vemt, ", "complete", "{}"),
        ("", "complete", "{}"),
        ("by: police, ", "in progress", "{status: complete}"),
        ("by: board, ", "not started", "{status: complete}"),
    ] {
        let entry = format!("- {{action: 1.1, date: 2018-04-16, {by}status: complete}}");
        let estate = one(
            "timescale: May 2018, lead: vemt, owners: [vemt, police]",
            &entry,
        );
        estate.stands(&format!(
            "1.1 on 2018-04-20: status: {status}, asked: {asked}"
        ));
    }
}

#[test]
fn complete_counts_from_an_owner_where_no_lead_is_named() {
    for (by, status) in [("vemt", "complete"), ("police", "in progress")] {
        let entry = format!("- {{action: 1.1, date: 2018-04-16, by: {by}, status: complete}}");
        let estate = one("timescale: May 2018, owners: [vemt]", &entry);
        estate.stands(&format!("1.1 on 2018-04-20: status: {status}"));
    }
    let entry = "- {action: 1.1, date: 2018-04-16, by: police, status: complete}";
    one("timescale: May 2018, owners: [vemt]", entry)
        .says("1.1 on 2018-04-20: Reported complete, not yet decided");
}

#[test]
fn under_the_policy_complete_agreed_it_is_always_asked_for() {
    let plan = plan_of_one("timescale: April 2018, owners: [vemt]")
        .replace("priorities:", "rag: {complete: agreed}\npriorities:");
    let entries = "- {action: 1.1, date: 2018-04-02, by: vemt, status: complete}
                   - {action: 1.1, date: 2018-05-20, status: complete, agreed: board}";
    // In time, though it was agreed only after the deadline.
    planned(&plan, entries).stands(
        "1.1 on 2018-05-20: status: in progress, asked: {status: complete}, overdue: true
         1.1 on 2018-05-21: status: complete, completed: 2018-04-02, days_late: null",
    );
    let entries = "- {action: 1.1, date: 2018-04-02, by: vemt, status: complete}
                   - {action: 1.1, date: 2018-04-20, refused: board, reason: No evidence}
                   - {action: 1.1, date: 2018-05-10, by: vemt, status: complete}
                   - {action: 1.1, date: 2018-05-20, status: complete, agreed: board}";
    planned(&plan, entries).stands(
        "1.1 on 2018-04-21: status: in progress, asked: {}
         1.1 on 2018-05-21: status: complete, completed: 2018-05-10, days_late: 10",
    );
}

#[test]
fn a_later_report_that_rates_without_a_status_reopens_what_is_complete() {
    let complete = "- {action: 1.1.1, date: 2018-01-16, status: complete}\n";
    let rated = "- {action: 1.1.1, date: 2018-02-01, rag: amber}";
    let estate = reported(&format!("{complete}{rated}"));
    estate.stands(
        "1.1.1 on 2018-01-31: status: complete
         1.1.1 on 2018-02-01: status: in progress, completed: null, rag: amber",
    );
    breaks(&estate, "update-after-closure");
    // Not the board's own, nor one about several.
    for rated in [
        "- {action: 1.1.1, by: board, date: 2018-02-01, rag: amber}",
        "- {action: [1.1.1, 1.1.2], date: 2018-02-01, rag: amber}",
        "- {action: 1.1.1, date: 2018-02-01, done: More}",
    ] {
        reported(&format!("{complete}{rated}")).stands("1.1.1 on 2018-02-01: status: complete");
    }
    let withdrawn =
        "- {action: 1.1.1, date: 2018-01-16, status: withdrawn, agreed: board, reason: A}\n";
    reported(&format!(
        "{withdrawn}- {{action: 1.1.1, date: 2018-02-01, rag: amber}}"
    ))
    .stands("1.1.1 on 2018-02-01: status: withdrawn");
}

#[test]
fn other_owners_take_the_lead_with_them() {
    let entries = "- {action: 1.1, date: 2018-04-02, owners: [police], agreed: board, reason: A}
                   - {action: 1.1, date: 2018-04-16, by: police, status: complete}";
    let estate = one("timescale: May 2018, lead: vemt, owners: [vemt]", entries);
    estate.stands(
        "1.1 on 2018-04-02: lead: vemt
         1.1 on 2018-04-03: lead: null, owners: [police]
         1.1 on 2018-04-16: status: complete",
    );
}

// 5 and 6. Adoption, starts.

#[test]
fn a_plan_adopted_after_the_day_does_not_exist_for_it() {
    let plan =
        plan_of_one("timescale: April 2018").replace("period:", "adopted: 2018-06-01\nperiod:");
    let estate = planned(&plan, "");
    assert_eq!(
        estate.json(&["list", "--as-of", "2018-05-31"])["actions"],
        json!([])
    );
    assert_eq!(status(&estate, "2018-05-31")["counts"]["total"], 0);
    assert_eq!(status(&estate, "2018-06-01")["counts"]["total"], 1);
    let page = estate.run(&["status", "--as-of", "2018-05-31"]).out;
    assert!(
        page.contains("Not yet adopted: it will be on 1 June 2018."),
        "{page}"
    );
    assert!(!page.contains("Neglect"), "{page}");
}

#[test]
fn what_starts_after_the_day_and_was_never_reported_on_is_not_begun() {
    for fields in [
        "starts: 2018-06-01, timescale: March 2019",
        "starts: June 2018, timescale: March 2019",
        "timescale: June 2018 – March 2019",
    ] {
        let estate = one(fields, "");
        // A quarter from 1 June.
        estate.stands(
            "1.1 on 2018-05-31: starts: 2018-06-01, not_begun: true, unreported: false, \
             review_due: 2018-09-01, computed_rag: grey, rag: grey
             1.1 on 2018-06-01: not_begun: false, rag: grey
             1.1 on 2018-09-01: unreported: false, rag: grey
             1.1 on 2018-09-02: unreported: true, rag: amber",
        );
        estate.says("1.1 on 2018-05-31: Not begun: it starts on 1 June 2018");
        assert_eq!(status(&estate, "2018-05-31")["counts"]["not_begun"], 1);
    }
    let entry = "- {action: 1.1, date: 2018-05-01, rag: green}";
    one("starts: 2018-06-01, timescale: March 2019", entry)
        .stands("1.1 on 2018-05-02: not_begun: false, rag: green");
}

#[test]
fn a_length_counts_from_the_first_day_and_in_a_revision_from_its_entry() {
    // 1 April 2017 plus twelve months, that day counted.
    let entry = "- {action: 1.1, date: 2018-01-16, timescale: 6 months, agreed: board, reason: A}";
    one("timescale: 12 months", entry).stands(
        "1.1 on 2018-01-16: due: 2018-03-31
         1.1 on 2018-01-17: due: 2018-07-15, first_due: 2018-03-31, slips: 1",
    );
}

// 6 and 8. Carried on.

#[test]
fn an_action_carried_on_takes_over_the_last_report_and_the_rating() {
    let entries = "- {action: 1.1, date: 2018-02-01, rag: green, status: in progress}
         - {action: 1.1, date: 2018-03-01, status: carried forward, agreed: board, reason: A}";
    let estate = carried_on(
        "timescale: April 2018",
        "from: plan#1.1, timescale: April 2018",
        entries,
    );
    // A quarter from the last report.
    estate.stands(
        "9.9 on 2018-03-10: status: in progress, last_update: 2018-02-01, reported_rag: green, \
         rag: green, review_due: 2018-05-01",
    );
}

#[test]
fn an_action_carried_on_is_paused_if_that_one_was_when_it_was_carried_forward() {
    let entries = "- {action: 1.1, date: 2018-02-01, status: paused, agreed: board, reason: A}
         - {action: 1.1, date: 2018-03-01, status: carried forward, agreed: board, reason: A}
         - {action: 9.9, plan: next, date: 2018-04-02, status: in progress}";
    let estate = carried_on(
        "timescale: April 2018",
        "from: plan#1.1, timescale: April 2018",
        entries,
    );
    estate.stands(
        "9.9 on 2018-03-01: status: not started
         9.9 on 2018-03-02: status: paused
         9.9 on 2018-04-02: status: in progress",
    );
}

#[test]
fn of_an_action_not_carried_forward_only_reports_and_rating_are_handed_on() {
    let entries = "- {action: 1.1, date: 2018-02-01, rag: amber, status: in progress}";
    let estate = carried_on(
        "timescale: April 2018",
        "from: plan#1.1, timescale: April 2018",
        entries,
    );
    estate.stands(
        "9.9 on 2018-02-10: status: not started, last_update: 2018-02-01, reported_rag: amber, \
         rag: amber",
    );
}

#[test]
fn slips_in_a_circle_of_actions_are_not_counted_twice() {
    let next = "from: plan#1.1, timescale: June 2018";
    let entry = "- {action: 1.1, date: 2018-01-16, timescale: May 2018, agreed: board, reason: A}";
    let estate = carried_on("from: next#9.9, timescale: April 2018", next, entry);
    estate.stands(
        "1.1 on 2018-02-01: slips: 1
         9.9 on 2018-02-01: slips: 0",
    );
}

#[test]
fn a_long_chain_of_actions_carried_on_is_followed_to_its_end() {
    let action = |at: usize| match at {
        0 => "      - {id: a0, action: Train staff, timescale: April 2018}\n".to_owned(),
        at => format!(
            "      - {{id: a{at}, action: Train staff, timescale: April 2018, from: plan#a{}}}\n",
            at - 1
        ),
    };
    let actions: String = (0..2000).rev().map(action).collect();
    let plan = format!(
        "plan: Example Plan\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: Neglect\n    \
         actions:\n{actions}"
    );
    let entry = "- {action: a0, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}";
    // One slip at its beginning, handed on from each to the next.
    planned(&plan, entry).stands("a1999 on 2018-02-01: slips: 1");
}

#[test]
fn what_was_given_up_keeps_the_rag_of_the_day_before_it_closed() {
    let estate = reported(
        "- {action: 1.1.1, date: 2018-05-15, status: withdrawn, agreed: board, reason: A}
         - {action: 1.1.2, date: 2018-02-01, rag: green}
         - {action: 1.1.2, date: 2018-03-01, status: carried forward, agreed: board, reason: A}
         - {action: 2.1, date: 2018-03-01, status: complete}",
    );
    estate.stands(
        "1.1.1 on 2018-05-15: rag: red, rag_at_closure: null
         1.1.1 on 2018-05-16: rag: grey, rag_at_closure: red
         1.1.2 on 2018-05-16: rag: grey, rag_at_closure: green
         2.1 on 2018-05-16: rag: blue, rag_at_closure: null",
    );
    estate.says("1.1.1 on 2018-05-16: Withdrawn 15 May 2018, rated red before");
}

// 7 and 8. Ratings.

#[test]
fn overdue_is_amber_up_to_and_with_the_last_day_of_red_after() {
    let plan = plan_of_one("timescale: April 2018")
        .replace("priorities:", "rag: {red_after: 1 month}\npriorities:");
    // 30 April plus a month is 30 May.
    planned(&plan, "- {action: 1.1, date: 2018-04-20, rag: green}").stands(
        "1.1 on 2018-05-01: overdue: true, computed_rag: amber, rag: amber, overrated: true
         1.1 on 2018-05-30: computed_rag: amber
         1.1 on 2018-05-31: computed_rag: red",
    );
}

#[test]
fn the_boards_own_rating_makes_an_action_no_better() {
    let estate = reported(
        "- {action: 1.1.3, date: 2018-04-02, by: vemt, rag: green}
         - {action: 1.1.3, date: 2018-04-10, by: board, rag: amber}
         - {action: 1.1.3, date: 2018-04-20, by: board, rag: red}
         - {action: 1.1.3, date: 2018-04-25, by: board, rag: green}
         - {action: 2.1, date: 2018-04-10, by: board, rag: green}
         - {action: 2.2, date: 2018-04-02, done: Begun}
         - {action: 2.2, date: 2018-04-10, by: board, rag: amber}",
    );
    estate.stands(
        "1.1.3 on 2018-04-09: rag: green
         1.1.3 on 2018-04-10: rag: amber, reported_rag: green, computed_rag: green, \
         overrated: false, last_update: 2018-04-02
         1.1.3 on 2018-04-20: rag: red
         1.1.3 on 2018-04-25: rag: green
         2.1 on 2018-04-10: rag: amber, reported_rag: null, last_update: null
         2.2 on 2018-04-09: rag: grey
         2.2 on 2018-04-10: rag: amber",
    );
    estate.says("1.1.3 on 2018-04-10: The board rates it amber");
}

#[test]
fn the_reasons_say_what_makes_it_worse_than_the_dates() {
    let estate = reported("- {action: 1.1.3, date: 2018-04-02, rag: red}");
    estate.says("1.1.3 on 2018-04-09: Its lead rates it red");
    let estate = reported("- {action: 1.1.3, date: 2018-04-02, by: vemt, rag: red}");
    estate.says("1.1.3 on 2018-04-09: Its lead rates it red");
    let estate = reported("- {action: 1.1.3, date: 2018-04-02, by: police, rag: red}");
    estate.says("1.1.3 on 2018-04-09: Police rates it red");
    let estate = reported("- {action: 1.1.3, date: 2018-04-02, status: paused, agreed: board}");
    estate.says("1.1.3 on 2018-04-09: Paused: the deadline is unchanged");
    reported("").says("1.1.3 on 2018-05-12: No report yet: one is due every quarter");
}

// 14. Escalated.

#[test]
fn escalated_until_the_day_after_the_body_has_spoken() {
    let asks = "- {action: 1.1.1, date: 2018-04-02, by: vemt, rag: red, escalate: board}\n";
    for answer in [
        "by: board, note: We will speak to them",
        "by: police, status: in progress, agreed: board",
        "refused: board, reason: No",
    ] {
        let answer = format!("- {{action: 1.1.1, date: 2018-04-16, {answer}}}");
        reported(&(asks.to_owned() + &answer)).stands(
            "1.1.1 on 2018-04-01: escalated_to: []
             1.1.1 on 2018-04-02: escalated_to: [board]
             1.1.1 on 2018-04-16: escalated_to: [board]
             1.1.1 on 2018-04-17: escalated_to: []",
        );
    }
    // Another report, or another body, ends nothing.
    for answer in ["by: vemt, rag: amber", "by: police, note: Ours as well"] {
        let answer = format!("- {{action: 1.1.1, date: 2018-04-16, {answer}}}");
        reported(&(asks.to_owned() + &answer)).stands("1.1.1 on 2018-04-20: escalated_to: [board]");
    }
}

#[test]
fn an_escalation_is_taken_back_and_ends_with_the_action() {
    let asks = "- {action: 1.1.1, date: 2018-04-02, by: vemt, rag: red, escalate: board}\n";
    let back = "- {action: 1.1.1, date: 2018-04-16, by: vemt, escalate: none}";
    reported(&(asks.to_owned() + back)).stands(
        "1.1.1 on 2018-04-15: escalated_to: [board]
         1.1.1 on 2018-04-16: escalated_to: []",
    );
    let closed = "- {action: 1.1.1, date: 2018-04-16, status: complete}
                  - {action: 1.1.1, date: 2018-04-20, status: in progress}";
    reported(&(asks.to_owned() + closed)).stands(
        "1.1.1 on 2018-04-16: escalated_to: []
         1.1.1 on 2018-04-20: escalated_to: []",
    );
    // Also where one meeting agrees that it is complete, and then that it is not.
    let both =
        "- {action: 1.1.1, date: 2018-04-16, status: complete, agreed: board, escalate: police}
                - {action: 1.1.1, date: 2018-04-16, status: not started, agreed: board}";
    reported(both).stands(
        "1.1.1 on 2018-04-16: escalated_to: [police]
         1.1.1 on 2018-04-17: status: not started, escalated_to: []",
    );
}

// 15. Disagreement.

#[test]
fn two_owners_whose_last_reports_differ_disagree() {
    let owners = "timescale: March 2019, owners: [vemt, police]";
    let disagree = |a: &str, b: &str| -> Value {
        let entries = format!(
            "- {{action: 1.1, date: 2018-04-02, by: vemt, {a}}}
             - {{action: 1.1, date: 2018-04-10, by: police, {b}}}"
        );
        one(owners, &entries).action("1.1", "2018-04-20")["disagree"].clone()
    };
    assert_eq!(
        disagree("rag: green", "rag: amber"),
        json!([
            {"by": "vemt", "rag": "green", "status": null, "date": "2018-04-02"},
            {"by": "police", "rag": "amber", "status": null, "date": "2018-04-10"},
        ])
    );
    let count = |a: &str, b: &str| disagree(a, b).as_array().unwrap().len();
    // Complete against open, by a status or by a rating.
    assert_eq!(count("status: complete", "status: in progress"), 2);
    assert_eq!(count("rag: green", "status: complete"), 2);
    // One without a rating differs from none.
    assert_eq!(count("rag: green", "done: Some more"), 0);
    assert_eq!(count("rag: green", "rag: green, status: in progress"), 0);
    assert_eq!(count("status: in progress", "status: paused, reason: A"), 0);
    let entries = "- {action: 1.1, date: 2018-04-02, by: vemt, rag: green}
                   - {action: 1.1, date: 2018-04-10, by: police, rag: amber}";
    one(owners, entries)
        .says("1.1 on 2018-04-20: Its owners disagree: VEMT Subgroup green, Police amber");
}

// 12. Clear change.

#[test]
fn with_a_tolerance_a_change_is_clear_when_it_is_more() {
    let way = "target: decreasing, tolerance: 2 points";
    for (latest, rag) in [
        ("8", "amber"),
        ("7.9", "green"),
        ("12", "amber"),
        ("12.1", "red"),
    ] {
        let rows = format!("2016-17 Q4,10; 2017-18 Q4,{latest}");
        assert_eq!(impact(way, &rows), rag, "{latest}");
    }
}

#[test]
fn without_a_tolerance_and_with_few_values_any_change_is_clear() {
    for (latest, rag) in [("9.9", "green"), ("10", "amber"), ("10.1", "red")] {
        let rows = format!("2016-17 Q4,10; 2017-18 Q4,{latest}");
        assert_eq!(impact("target: decreasing", &rows), rag, "{latest}");
    }
}

/// Twelve quarters up to 2017-18 Q4: eleven that go up and down between 9 and 11, and a last one.
fn twelve(latest: &str) -> String {
    let periods = ["2015-16", "2016-17", "2017-18"];
    let quarters = periods
        .iter()
        .flat_map(|year| (1..=4).map(move |quarter| format!("{year} Q{quarter}")));
    let values = (0..12).map(|at| match at {
        11 => latest.to_owned(),
        at if at % 2 == 0 => "9".into(),
        _ => "11".into(),
    });
    let rows = quarters
        .zip(values)
        .map(|(period, value)| format!("{period},{value}"));
    rows.collect::<Vec<_>>().join("; ")
}

#[test]
fn from_twelve_values_on_a_change_is_clear_outside_the_limits_of_an_xmr_chart() {
    // The eleven before: six of 9 and five of 11, mean 109/11 = 9.909; every move is 2, so the
    // limits are 9.909 ± 5.32: 4.589 and 15.229. A year before it was 11.
    for (latest, rag) in [
        ("4.5", "green"),
        ("4.6", "amber"),
        ("15.2", "amber"),
        ("15.3", "red"),
    ] {
        assert_eq!(
            impact("target: decreasing", &twelve(latest)),
            rag,
            "{latest}"
        );
    }
}

#[test]
fn the_seventh_in_a_row_on_one_side_of_the_mean_is_a_clear_change() {
    // Five of 20 and then seven lower ones: the mean of the eleven before the last is 163/11 =
    // 14.8, their ten moves come to 16, so the limits are 14.8 ± 4.3. The last, at 12.5, is within.
    let row = |years: [&str; 3], values: [&str; 12]| {
        let quarters = years
            .iter()
            .flat_map(|year| (1..=4).map(move |quarter| format!("{year} Q{quarter}")));
        let rows = quarters
            .zip(values)
            .map(|(period, value)| format!("{period},{value}"));
        rows.collect::<Vec<_>>().join("; ")
    };
    let years = ["2015-16", "2016-17", "2017-18"];
    let seven = [
        "20", "20", "20", "20", "20", "10", "10", "13", "10", "10", "10", "12.5",
    ];
    // A year before: 13.
    assert_eq!(impact("target: decreasing", &row(years, seven)), "green");
    let six = [
        "20", "20", "20", "20", "20", "20", "10", "13", "10", "10", "10", "12.5",
    ];
    assert_eq!(impact("target: decreasing", &row(years, six)), "amber");
}

// Where two sentences of section 5 meet.

#[test]
fn a_status_given_to_several_does_not_take_up_again_the_one_that_is_closed() {
    let complete = "- {action: 1.1.1, date: 2018-01-10, status: complete}\n";
    for together in [
        "- {action: [1.1.1, 1.1.2], date: 2018-02-01, status: in progress}",
        "- {action: [1.1.1, 1.1.2], date: 2018-02-01, status: in progress, agreed: board}",
    ] {
        reported(&format!("{complete}{together}")).stands(
            "1.1.1 on 2018-02-02: status: complete, completed: 2018-01-10
             1.1.2 on 2018-02-02: status: in progress",
        );
    }
    // What may only be asked of several by a finding is not agreed for them either.
    let paused = "- {action: [1.1.1, 1.1.2], date: 2018-02-01, status: paused, agreed: board}";
    reported(paused).stands("1.1.2 on 2018-02-02: status: not started");
}

#[test]
fn a_rating_of_an_action_leaves_its_own_completion_while_all_milestones_are_closed() {
    let entries = "- {action: 2.2a, date: 2018-01-10, status: complete}
                   - {action: 2.2b, date: 2018-01-11, status: complete}
                   - {action: 2.2, date: 2018-01-12, status: complete}
                   - {action: 2.2, date: 2018-02-01, rag: amber}
                   - {action: 2.2a, date: 2018-02-10, rag: amber}";
    // The status of the action itself was reported complete, and holds for the whole.
    reported(entries).stands(
        "2.2 on 2018-02-01: status: complete
         2.2 on 2018-02-10: status: complete
         2.2a on 2018-02-10: status: in progress",
    );
}

#[test]
fn a_refusal_that_names_a_milestone_is_of_that_one_alone() {
    let asked = "- {action: 2.2a, date: 2018-01-10, timescale: July 2018, reason: A}
                 - {action: 2.2b, date: 2018-01-10, timescale: October 2018, reason: A}\n";
    reported(&format!(
        "{asked}- {{action: 2.2a, date: 2018-01-16, refused: board, reason: No}}"
    ))
    .stands(
        "2.2a on 2018-01-16: asked: {timescale: July 2018}
         2.2a on 2018-01-17: asked: {}
         2.2b on 2018-01-17: asked: {timescale: October 2018}",
    );
    reported(&format!(
        "{asked}- {{action: 2.2, date: 2018-01-16, refused: board, reason: No}}"
    ))
    .stands(
        "2.2a on 2018-01-17: asked: {}
         2.2b on 2018-01-17: asked: {}",
    );
}

#[test]
fn an_entry_without_a_date_or_about_nothing_counts_for_nothing() {
    let entries = "- {action: 1.1.1, by: vemt, rag: green}
                   - {date: 2018-01-10, by: vemt, rag: green}";
    let estate = reported(entries);
    // Nothing was ever reported since 1 April 2017.
    estate.stands("1.1.1 on 2018-02-01: last_update: null, reported_rag: null, rag: amber");
    breaks(&estate, "missing-field");
}

#[test]
fn what_is_carried_forward_after_it_was_withdrawn_keeps_the_rating_of_before_both() {
    let entries = "- {action: 1.1.1, date: 2018-05-10, status: withdrawn, agreed: board, reason: A}
         - {action: 1.1.1, date: 2018-06-10, status: carried forward, agreed: board, reason: A}";
    // Due on 30 April, so red until it was withdrawn.
    reported(entries).stands(
        "1.1.1 on 2018-05-11: status: withdrawn, rag: grey, rag_at_closure: red
         1.1.1 on 2018-06-11: status: carried forward, rag: grey, rag_at_closure: red",
    );
}

#[test]
fn an_owner_who_neither_rates_nor_says_a_status_is_named_as_that() {
    let owners = "timescale: June 2018, owners: [vemt, police, board]";
    let entries = "- {action: 1.1, date: 2018-04-02, by: vemt, rag: green, status: in progress}
                   - {action: 1.1, date: 2018-04-10, by: police, rag: amber}";
    one(owners, entries).says(
        "1.1 on 2018-04-20: Its owners disagree: VEMT Subgroup green and in progress, Police amber",
    );
    let board = BOARD.replace("groups:", "groups:\n  health: {name: Health}");
    let plan = plan_of_one("timescale: June 2018, owners: [vemt, police, health]");
    let entries = format!("{entries}\n- {{action: 1.1, date: 2018-04-12, by: health, done: A}}");
    Estate::of(&[
        ("example/board.yaml", &board),
        ("example/plan.yaml", &plan),
        ("example/updates/returns.yaml", &updates(&entries)),
    ])
    .says(
        "1.1 on 2018-04-20: Its owners disagree: VEMT Subgroup green and in progress, \
         Police amber, Health not rated",
    );
}

#[test]
fn a_cycle_of_named_months_says_by_which_of_them_a_report_is_due() {
    let entry = "- {action: 1.1, date: 2018-01-16, rag: amber}";
    let estate = one("timescale: Feb & Oct", entry);
    estate.stands(
        "1.1 on 2018-02-28: review_due: 2018-02-28, unreported: false
         1.1 on 2018-03-01: review_due: 2018-02-28, unreported: true",
    );
    estate.says("1.1 on 2018-03-01: Last report 16 January 2018: one was due by 28 February 2018");
    // From the plan's first day, 1 April 2017, on.
    one("timescale: Feb & Oct", "")
        .says("1.1 on 2017-06-01: No report yet: one is due by 31 October 2017");
    // A cycle that says how often, and no day.
    one("timescale: Continuous cycle", "")
        .says("1.1 on 2017-06-01: No report yet: one is due every quarter");
}

#[test]
fn the_seventh_in_a_row_above_the_mean_is_a_clear_change_for_the_worse() {
    // Five of 10 and then seven higher ones: the mean of the eleven before the last is 167/11 =
    // 15.2, their ten moves come to 16, so the limits are 15.2 ± 4.3. The last, at 17.5, is within.
    let values = [
        "10", "10", "10", "10", "10", "20", "20", "17", "20", "20", "20", "17.5",
    ];
    let rows = |values: [&str; 12]| {
        let rows = values.iter().enumerate().map(|(at, value)| {
            let (year, quarter) = (2015 + at / 4, at % 4 + 1);
            format!("{year}-{} Q{quarter},{value}", year - 1999)
        });
        rows.collect::<Vec<_>>().join("; ")
    };
    // A year before: 17.
    assert_eq!(impact("target: decreasing", &rows(values)), "red");
    assert_eq!(impact("target: increasing", &rows(values)), "green");
    // The sixth alone is no clear change.
    let six = [
        "10", "10", "10", "10", "10", "10", "20", "17", "20", "20", "20", "17.5",
    ];
    assert_eq!(impact("target: decreasing", &rows(six)), "amber");
}

#[test]
fn an_impact_that_is_reported_worse_or_not_rated_is_not_over_rated() {
    let reasons = |impact_rag: &str| {
        let entry = format!("- {{action: 1.1, date: 2018-04-20, impact_rag: {impact_rag}}}");
        let estate = measured("better: lower, target: 8", "2017-18 Q4,12", &entry);
        estate.action("1.1", "2018-05-01")["reasons"].to_string()
    };
    let over = "Impact rated amber, but X1 is red";
    assert!(reasons("amber").contains(over), "{}", reasons("amber"));
    for fair in ["red", "grey"] {
        assert!(!reasons(fair).contains("Impact rated"), "{}", reasons(fair));
    }
}

#[test]
fn each_body_that_is_asked_to_look_is_named_once() {
    let entries = "- {action: 1.1.1, date: 2018-01-10, by: vemt, escalate: board}
                   - {action: 1.1.1, date: 2018-01-11, by: vemt, escalate: police}
                   - {action: 1.1.1, date: 2018-01-12, by: vemt, escalate: board}";
    reported(entries).stands("1.1.1 on 2018-01-12: escalated_to: [board, police]");
}

#[test]
fn what_was_handed_on_counts_in_the_rating_that_is_kept_at_closure() {
    let entries = "- {action: 1.1, date: 2018-04-01, rag: red}
         - {action: 9.9, plan: next, date: 2018-04-20, status: withdrawn, agreed: board, reason: A}";
    carried_on(
        "timescale: June 2018",
        "from: plan#1.1, timescale: June 2018",
        entries,
    )
    .stands(
        "9.9 on 2018-04-20: reported_rag: red, rag: red
         9.9 on 2018-04-21: status: withdrawn, rag: grey, rag_at_closure: red",
    );
}

#[test]
fn the_rag_at_closure_is_that_of_the_last_time_it_was_given_up() {
    // Nothing was reported in the first quarter of 2017-18: amber, as long as it is not overdue.
    let withdrawn = |date: &str| {
        format!("- {{action: 1.1.1, date: {date}, status: withdrawn, agreed: board, reason: A}}\n")
    };
    let reopened = "- {action: 1.1.1, date: 2018-05-15, status: in progress}\n";
    reported(&(withdrawn("2018-02-01") + &withdrawn("2018-03-01"))).stands(
        "1.1.1 on 2018-02-02: rag_at_closure: amber
         1.1.1 on 2018-03-02: rag_at_closure: amber",
    );
    let again = withdrawn("2018-02-01") + reopened;
    reported(&again).stands(
        "1.1.1 on 2018-05-14: rag_at_closure: amber
         1.1.1 on 2018-05-15: status: in progress, rag: red, rag_at_closure: null
         1.1.1 on 2018-05-16: rag_at_closure: null",
    );
    // Taken up and given up on one day: overdue since 30 April.
    reported(&(again + &withdrawn("2018-05-15")))
        .stands("1.1.1 on 2018-05-16: status: withdrawn, rag_at_closure: red");
}

#[test]
fn a_decision_of_another_body_ends_an_escalation_only_where_it_closes_the_action() {
    let asks = "- {action: 1.1.1, date: 2018-04-02, by: vemt, rag: red, escalate: board}\n";
    for (decision, escalated) in [("owners: [police]", "[board]"), ("status: withdrawn", "[]")] {
        let decided =
            format!("- {{action: 1.1.1, date: 2018-04-16, {decision}, agreed: police, reason: A}}");
        reported(&(asks.to_owned() + &decided)).stands(&format!(
            "1.1.1 on 2018-04-16: escalated_to: [board]
             1.1.1 on 2018-04-17: escalated_to: {escalated}"
        ));
    }
}

#[test]
fn an_action_carries_on_another_from_the_day_on_which_that_is_there() {
    // Due in June where the other is due in April: one slip.
    let next = "from: plan#1.1, timescale: June 2018";
    let days = "9.9 on 2018-02-28: slips: 0
                9.9 on 2018-03-01: slips: 1";
    carried_on("timescale: April 2018, added: 2018-03-01", next, "").stands(days);
    let estate = carried_on("timescale: April 2018", next, "");
    let plan = plan_of_one("timescale: April 2018");
    let adopted = plan.replace("period:", "adopted: 2018-03-01\nperiod:");
    estate.write("example/plan.yaml", &adopted);
    estate.stands(days);
}

#[test]
fn what_binary_fractions_make_of_figures_decides_nothing() {
    for (fields, rows, rag) in [
        // In binary fractions 0.7 + 0.1 is less than 0.8, and 702756.7 + 3.1 less than 702759.8.
        (
            "better: lower, target: 0.7, tolerance: 0.1 points",
            "2017-18 Q4,0.8",
            "green",
        ),
        (
            "better: lower, target: 702756.7, tolerance: 3.1 points",
            "2017-18 Q4,702759.8",
            "green",
        ),
        // And 0.8 - 0.7 more than 0.1.
        (
            "target: decreasing, tolerance: 0.1 points",
            "2016-17 Q4,0.8; 2017-18 Q4,0.7",
            "amber",
        ),
    ] {
        assert_eq!(impact(fields, rows), rag, "{fields}: {rows}");
    }
}

#[test]
fn a_tolerance_in_per_cent_tells_a_clear_change_where_there_is_a_number_to_reach() {
    // A tenth of 8 is 0.8: from 10 to 9.2 is no more, to 9.1 is.
    let fields = "better: lower, target: 8, tolerance: 10% of target";
    for (now, rag) in [("9.2", "red"), ("9.1", "amber")] {
        let rows = format!("2016-17 Q4,10; 2017-18 Q4,{now}");
        assert_eq!(impact(fields, &rows), rag, "{now}");
    }
}

#[test]
fn the_reasons_are_these_and_no_others() {
    let one_of = |timescale: &str, entries: &str| one(&format!("timescale: {timescale}"), entries);
    for (estate, lines) in [
        (
            one_of("April 2018", ""),
            r#"1.1 on 2018-03-01: reasons: ["No report yet: one is due every quarter"]"#,
        ),
        (
            // Rated amber, as a deadline that was moved back makes it.
            one_of(
                "April 2018",
                "- {action: 1.1, date: 2018-01-16, by: vemt, rag: amber}
                 - {action: 1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}",
            ),
            r#"1.1 on 2018-02-01: reasons: ["Deadline moved back once, first due 30 April 2018"]"#,
        ),
        (
            // April to June before it was carried on, then to September, then to March.
            carried_on(
                "timescale: April 2018",
                "from: plan#1.1, timescale: September 2018",
                "- {action: 1.1, date: 2018-01-16, timescale: June 2018, agreed: board, reason: A}
                 - {action: 9.9, plan: next, date: 2018-01-20, timescale: 2018-19, agreed: board}",
            ),
            r#"9.9 on 2018-02-01: reasons: ["Deadline moved back once, first due 30 September 2018", "Deadline moved back twice before or when it was carried forward", "No report yet: one is due every quarter"]"#,
        ),
        (
            one_of(
                "March 2019",
                "- {action: 1.1, date: 2018-04-02, by: vemt, rag: green, status: paused, agreed: board, reason: A}",
            ),
            r#"1.1 on 2018-04-10: reasons: ["Paused: the deadline is unchanged", "Rated green, but paused"]"#,
        ),
        (
            one_of(
                "March 2019",
                "- {action: 1.1, date: 2018-01-02, by: vemt, rag: green}",
            ),
            r#"1.1 on 2018-04-10: reasons: ["Last report 2 January 2018: one is due every quarter", "Rated green, but not reported on in time"]"#,
        ),
        (
            one_of(
                "April 2018",
                "- {action: 1.1, date: 2018-04-02, by: vemt, rag: red}",
            ),
            r#"1.1 on 2018-05-01: reasons: ["Due 30 April 2018, 1 day ago"]"#,
        ),
        (
            // A report is owed on the day itself, and late from the next on.
            one_of("Feb & Oct", ""),
            r#"1.1 on 2017-10-31: reasons: ["Due today, 31 October 2017", "No report yet: one is due by 31 October 2017"]"#,
        ),
    ] {
        estate.stands(lines);
    }
}

#[test]
fn what_an_indicator_shows_is_told_with_what_it_is_held_against() {
    for (fields, rows, told) in [
        (
            LOWER,
            "2017-18 Q4,11",
            "Impact red: X1 was 11 in 2017-18 Q4, target 10",
        ),
        (
            "target: decreasing",
            "2016-17 Q4,12; 2017-18 Q4,11",
            "Impact green: X1 was 11 in 2017-18 Q4, 12 in 2016-17 Q4",
        ),
        (
            "target: decreasing",
            "2017-18 Q4,11",
            "Impact grey: X1 was 11 in 2017-18 Q4, nothing to compare it with",
        ),
        (LOWER, "2017-18 Q4,", "Impact: no data for X1 yet"),
    ] {
        measured(fields, rows, "").says(&format!("1.1 on 2018-05-01: {told}"));
    }
}

#[test]
fn a_lead_who_is_no_owner_may_disagree_with_the_owner() {
    let entries = "- {action: 1.1, date: 2018-01-10, by: police, rag: red}
                   - {action: 1.1, date: 2018-01-11, by: vemt, rag: green}";
    for (who, order) in [
        ("owners: [vemt], lead: police", ["police", "vemt"]),
        ("owners: [vemt, police], lead: police", ["vemt", "police"]),
    ] {
        let fields = format!("timescale: March 2019, {who}");
        let disagree = one(&fields, entries).action("1.1", "2018-01-20")["disagree"].clone();
        let by: Vec<&Value> = disagree
            .as_array()
            .unwrap()
            .iter()
            .map(|report| &report["by"])
            .collect();
        assert_eq!(by, order, "{who}");
    }
}

#[test]
fn what_an_owner_decides_is_not_what_it_reports() {
    let fields = "timescale: March 2019, owners: [vemt, police]";
    let entries = "- {action: 1.1, date: 2018-01-10, by: police, rag: red}
                   - {action: 1.1, date: 2018-01-11, by: vemt, rag: green, status: paused, agreed: board, reason: A}";
    let disagree = one(fields, entries).action("1.1", "2018-01-20")["disagree"].clone();
    assert_eq!(
        disagree[0],
        json!({"by": "vemt", "rag": "green", "status": null, "date": "2018-01-11"})
    );
}

#[test]
fn a_milestone_is_overdue_from_the_day_after_its_own() {
    two_milestones("29 June 2018", "29 September 2018", "").stands(
        "1.1a on 2018-06-29: overdue: false
         1.1a on 2018-06-30: overdue: true
         1.1b on 2018-06-30: overdue: false",
    );
}

#[test]
fn completion_that_is_reported_of_what_is_closed_asks_for_nothing() {
    let a = "{id: 1.1a, timescale: June 2018}";
    let b = "{id: 1.1b, timescale: July 2018}";
    let plan = plan_of_one(&format!("milestones: [{a}, {b}]"));
    let plan = plan.replace("priorities:", "rag: {complete: agreed}\npriorities:");
    let entries = |first: &str| {
        format!(
            "- {{action: 1.1, date: 2018-02-01, {first}}}
             - {{action: 1.1a, date: 2018-02-10, status: complete}}
             - {{action: 1.1, date: 2018-03-01, status: in progress}}
             - {{action: 1.1a, date: 2018-04-01, status: complete, agreed: board}}"
        )
    };
    for (first, completed) in [
        ("rag: green", "2018-02-10"),
        ("status: withdrawn, agreed: board, reason: A", "2018-04-01"),
    ] {
        planned(&plan, &entries(first)).stands(&format!(
            "1.1a on 2018-04-02: status: complete, completed: {completed}"
        ));
    }
}
