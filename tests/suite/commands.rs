//! Whole commands on the two real boards and on small ones: what a user types and sees.

use crate::support::{Estate, repository, run_in, run_on_day, run_on_terminal};
use serde_json::Value;

const NINE: [(&str, i64); 9] = [
    // Worked out by hand: days from the last day of the month to 1 May 2018.
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

fn real(arguments: &[&str]) -> crate::support::Said {
    run_in(
        &repository(),
        &[arguments, &["--as-of", "2018-05-01"]].concat(),
    )
}

#[test]
fn status_of_the_two_real_boards() {
    insta::assert_snapshot!(real(&["status"]).out);
}

#[test]
fn a_named_day_needs_no_clock() {
    let broken = chrono::NaiveDate::from_ymd_opt(12000, 1, 1).unwrap();
    for command in ["status", "list", "validate"] {
        let said = run_on_day(&repository(), &[command], broken);
        assert_eq!(said.code, 2);
        let told = "the machine's clock says +12000-01-01; name the day with --as-of";
        assert!(said.err.contains(told), "{command}: {}", said.err);
        let named = [command, "--as-of", "2018-05-01"];
        let said = run_on_day(&repository(), &named, broken);
        assert_eq!(said.out, real(&[command]).out, "{command}: {}", said.err);
    }
}

#[test]
fn status_at_60_columns_on_a_terminal() {
    let arguments = ["status", "--board", "hartlepool", "--color", "never"];
    let said = run_on_terminal(&repository(), &arguments, Some(60));
    assert!(
        said.out.lines().all(|line| line.chars().count() <= 60),
        "{}",
        said.out
    );
    insta::assert_snapshot!(said.out);
}

#[test]
fn show_one_action() {
    insta::assert_snapshot!(real(&["show", "2.2.3"]).out);
}

#[test]
fn show_an_action_with_milestones() {
    let arguments = ["show", "3.1a", "--as-of", "2019-07-01"];
    insta::assert_snapshot!(run_in(&repository(), &arguments).out);
}

#[test]
fn list_what_is_overdue() {
    insta::assert_snapshot!(real(&["list", "--overdue", "--sort", "late"]).out);
}

#[test]
fn status_names_exactly_the_nine_overdue_actions_in_text_and_json() {
    let answer: Value = serde_json::from_str(&real(&["status", "-O", "json"]).out).unwrap();
    let plan = &answer["boards"][1]["plans"][0];
    let overdue: Vec<(&str, i64)> = plan["overdue"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| (a["id"].as_str().unwrap(), a["days_late"].as_i64().unwrap()))
        .collect();
    assert_eq!(overdue, NINE);
    assert_eq!(plan["counts"]["red"], 9);
    assert_eq!(plan["counts"]["amber"], 40);
    assert_eq!(plan["counts"]["total"], 49);
    let text = real(&["status", "--board", "hartlepool"]).out;
    let section = text
        .split("OVERDUE")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    for (id, days) in NINE {
        let row = section
            .lines()
            .find(|line| line.contains(&format!(" {id} ")));
        let first = row.unwrap().split_whitespace().next().unwrap();
        assert_eq!(first, days.to_string(), "{id}");
    }
    assert_eq!(section.lines().count(), 2 + NINE.len());
}

#[test]
fn list_holds_63_actions_with_every_promised_field() {
    let promised = "board plan priority objective id title action impact measure indicator \
        responsibility owners lead evidence_planned evidence_received threads timescale due status \
        overdue days_late due_soon unreported review_due first_due slips asked reported_rag \
        computed_rag rag overrated impact_rag last_update completed reasons milestones";
    let answer: Value = serde_json::from_str(&real(&["list", "-O", "json"]).out).unwrap();
    assert_eq!(answer["kind"], "actions");
    assert_eq!(answer["as_of"], "2018-05-01");
    assert_eq!(answer["incomplete"], Value::Array(vec![]));
    let actions = answer["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 63);
    for action in actions {
        for field in promised.split_whitespace() {
            assert!(action.get(field).is_some(), "{field} of {}", action["id"]);
        }
        for milestone in action["milestones"].as_array().unwrap() {
            for field in "id title timescale due first_due status overdue slips asked completed"
                .split_whitespace()
            {
                assert!(milestone.get(field).is_some(), "{field} of {milestone}");
            }
        }
    }
}

#[test]
fn validate_finds_no_error_in_the_real_plans() {
    let said = real(&["validate"]);
    assert_eq!(said.code, 0, "{}", said.out);
    let answer: Value = serde_json::from_str(&real(&["validate", "-O", "json"]).out).unwrap();
    assert_eq!(answer["counts"]["error"], 0);
}

/// A copy of the real plans with ten mistakes of ten kinds.
fn ten_mistakes() -> Estate {
    let estate = Estate::real();
    let path = "hartlepool/work-plan-2017-19.yaml";
    let plan = estate.read(path);
    let planted = [
        ("period: 2017-19", "period: 2017-91-"),
        ("timescale: March 2018", "timescale: 31 February 2018"),
        ("- id: 1.1.2\n", "- id: 1.1.1\n"),
        ("indicator: LSCB21", "indicator: LSCB12"),
    ];
    let plan = planted.iter().fold(plan, |plan, (right, wrong)| {
        assert!(plan.contains(right), "{right}");
        plan.replacen(right, wrong, 1)
    });
    estate.write(path, &plan);
    estate.write(
        "hartlepool/updates/vemt.yaml",
        "updates: VEMT return\n\
         plan: work-plan-2017-19\n\
         date: 2018-01-16\n\
         by: vmet\n\
         entries:\n  \
           - {action: 2.2.33, rag: amber}\n  \
           - {action: 2.2.3, rga: amber}\n  \
           - {action: 2.2.5, timescale: June 2018, agreed: board}\n  \
           - {action: [2.1.1, 2.1.2], status: complete}\n  \
           - {action: 2.1.4, date: 16/01/2018, rag: red}\n",
    );
    estate
}

#[test]
fn ten_planted_mistakes_are_all_reported_in_one_run_with_their_places() {
    let estate = ten_mistakes();
    let said = estate.run(&["validate"]);
    assert_eq!(said.code, 1);
    let updates = "plans/hartlepool/updates/vemt.yaml";
    let plan = "plans/hartlepool/work-plan-2017-19.yaml";
    let found = estate.findings("2018-05-01");
    let errors: Vec<(&str, &str)> = found
        .iter()
        .map(|(rule, file, _)| (rule.as_str(), file.as_str()))
        .collect();
    for expected in [
        ("unreadable-date", plan),
        ("unreadable-timescale", plan),
        ("duplicate-id", plan),
        ("unknown-indicator", plan),
        ("unknown-group", updates),
        ("unknown-action", updates),
        ("unknown-field", updates),
        ("change-without-reason", updates),
        ("shared-change", updates),
        ("unreadable-date", updates),
    ] {
        assert!(errors.contains(&expected), "{expected:?} in {errors:?}");
    }
    insta::assert_snapshot!(said.out);
}

#[test]
fn human_and_json_name_the_same_places() {
    let estate = ten_mistakes();
    let said = estate.run(&["validate"]).out;
    let shown: Vec<String> = said
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .map(str::to_owned)
        .collect();
    let answer = estate.json(&["validate"]);
    let findings = answer["findings"].as_array().unwrap();
    let promised: Vec<String> = findings
        .iter()
        .map(|f| {
            let word = |name: &str| f[name].to_string().trim_matches('"').to_owned();
            format!("{}:{}:{}", word("file"), word("line"), word("column"))
        })
        .collect();
    assert!(promised.len() >= 10);
    let sorted = |mut places: Vec<String>| {
        places.sort();
        places
    };
    assert_eq!(sorted(shown), sorted(promised));
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_rest_and_marks_the_answer() {
    let estate = Estate::real();
    estate.write("hampshire/board.yaml", "board: [unclosed\n");
    for command in ["status", "list", "validate"] {
        let said = estate.run(&[command]);
        assert_eq!(said.code, 2, "{command}");
        let first = said.out.lines().next().unwrap();
        assert_eq!(
            first, "INCOMPLETE: plans/hampshire/board.yaml could not be read",
            "{command}"
        );
        let answer = estate.json(&[command]);
        assert_eq!(answer["incomplete"][0], "plans/hampshire/board.yaml");
    }
    assert_eq!(
        estate.json(&["list"])["actions"].as_array().unwrap().len(),
        63
    );
}

#[test]
fn what_stands_where_a_file_is_expected_is_named_and_nothing_hangs() {
    let estate = Estate::real();
    std::fs::create_dir(estate.plans().join("hartlepool/x.yaml")).unwrap();
    #[cfg(unix)]
    {
        let plans = estate.plans();
        std::os::unix::fs::symlink("loop.yaml", plans.join("hartlepool/loop.yaml")).unwrap();
        std::os::unix::fs::symlink(".", plans.join("hartlepool/round")).unwrap();
    }
    let said = estate.run(&["validate"]);
    assert_eq!(said.code, 2);
    assert!(
        said.out.contains("x.yaml could not be read"),
        "{}",
        said.out
    );
    if cfg!(unix) {
        assert!(
            said.out.contains("loop.yaml could not be read"),
            "{}",
            said.out
        );
        assert!(said.out.contains("round could not be read"), "{}", said.out);
    }
}

#[test]
fn what_cannot_be_run_says_why_in_a_sentence_and_exits_2() {
    let empty = Estate::of(&[]);
    let real = Estate::real();
    let nowhere = tempfile::TempDir::new().unwrap();
    for (said, words) in [
        (empty.run(&["status"]), "plans holds no board and no plan"),
        (
            run_in(nowhere.path(), &["status"]),
            "there is no `plans` folder here or above",
        ),
        (
            real.run(&["status", "--board", "hartlepol"]),
            "did you mean `hartlepool`?",
        ),
        (
            real.run(&["status", "--plan", "work-plan"]),
            "did you mean `work-plan-2017-19`?",
        ),
        (real.run(&["show", "2.2.33"]), "did you mean `2.2.3`?"),
        (
            real.run(&["show", "1.9", "--board", "HSCB"]),
            "did you mean",
        ),
        (
            real.run(&["show", "2.2", "--board", "hartlepool"]),
            "it is an objective, with the actions 2.2.1, 2.2.2",
        ),
        (
            real.run(&["status", "--as-of", "31 February 2018"]),
            "February 2018 has 28 days",
        ),
        (
            real.run(&["status", "--as-of", "last-meeting"]),
            "no last meeting of",
        ),
        (
            real.run(&["validate", "nowhere.yaml"]),
            "nowhere.yaml does not exist",
        ),
        (real.run(&["list", "-o", "list.pdf"]), "end it in .txt, .md"),
        (
            real.run(&["list", "--rag", "yellow"]),
            "write red, amber, green, blue or grey",
        ),
    ] {
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(words), "{words}: {said:?}");
        assert!(said.out.is_empty(), "{said:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_answer_follows_a_link_and_never_replaces_data_or_what_is_read_only() {
    let estate = Estate::real();
    let at = |name: &str| estate.dir.path().join(name);
    std::fs::write(at("real.md"), "old").unwrap();
    std::os::unix::fs::symlink("real.md", at("link.md")).unwrap();
    assert_eq!(estate.run(&["list", "-o", "link.md"]).code, 0);
    assert!(at("link.md").is_symlink());
    assert!(
        std::fs::read_to_string(at("real.md"))
            .unwrap()
            .starts_with("# ")
    );
    let mut mode = std::fs::metadata(at("real.md")).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(at("real.md"), mode).unwrap();
    let said = estate.run(&["list", "-o", "real.md"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("read-only"), "{said:?}");
    estate.write("hartlepool/data.csv", "indicator,period,value\n");
    let said = estate.run(&["list", "-o", "plans/hartlepool/data.csv"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        estate.read("hartlepool/data.csv"),
        "indicator,period,value\n"
    );
}

#[test]
fn an_answer_to_a_file_takes_its_format_from_the_ending() {
    let estate = Estate::real();
    let said = estate.run(&["list", "-o", "list.json"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    let text = std::fs::read_to_string(estate.dir.path().join("list.json")).unwrap();
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["actions"].as_array().unwrap().len(), 63);
}

#[test]
fn fail_on_exits_1_where_the_condition_holds() {
    assert_eq!(real(&["status", "--fail-on", "overdue,red"]).code, 1);
    assert_eq!(real(&["status", "--fail-on", "overrated"]).code, 0);
    assert_eq!(
        real(&["status", "--board", "hampshire", "--fail-on", "overdue"]).code,
        0
    );
}

#[test]
fn hidden_characters_are_shown_escaped_everywhere() {
    let estate = Estate::of(&[(
        "a/plan.yaml",
        "plan: Te\u{202e}st\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: One\u{200b}\n    \
         actions:\n      - {id: \"1.1\", action: \"Do\\u0007it\\e[31m\", timescale: June 2017}\n",
    )]);
    for arguments in [
        &["status"][..],
        &["list"],
        &["show", "1.1"],
        &["list", "-O", "json"],
    ] {
        let out = estate.run(arguments).out;
        let hidden = |c: &char| (c.is_control() && *c != '\n') || "\u{202e}\u{200b}".contains(*c);
        assert_eq!(out.chars().find(hidden), None, "{arguments:?}");
    }
    assert!(estate.run(&["list"]).out.contains("\\u{7}it\\u{1b}[31m"));
}

#[test]
fn since_says_what_got_better_and_worse() {
    let estate = Estate::of(&[
        (
            "a/plan.yaml",
            "plan: Test\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: One\n    actions:\n      \
             - {id: 1.1, action: First, timescale: June 2018}\n      \
             - {id: 1.2, action: Second, timescale: March 2018}\n      \
             - {id: 1.3, action: Third, timescale: June 2018, added: 2018-04-01}\n",
        ),
        (
            "a/updates.yaml",
            "updates: Return\nplan: plan\nentries:\n  \
             - {action: 1.1, date: 2018-04-10, rag: green}\n  \
             - {action: 1.2, date: 2018-02-10, rag: green}\n",
        ),
    ]);
    // On 15 March: 1.1 was never reported since 1 April 2017 (amber), 1.2 was reported green.
    // On 1 May: 1.1 is green, 1.2 is overdue (red), 1.3 is new.
    let answer = estate.json(&["status", "--since", "15 March 2018"]);
    let since = &answer["boards"][0]["plans"][0]["since"];
    let ids = |list: &str| since[list][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (ids("better"), ids("worse"), ids("new")),
        ("1.1".into(), "1.2".into(), "1.3".into())
    );
    insta::assert_snapshot!(estate.run(&["status", "--since", "15 March 2018"]).out);
}

#[test]
fn every_command_has_help_with_examples() {
    for command in [
        "status",
        "list",
        "show",
        "validate",
        "update",
        "challenge",
        "new",
        "rollover",
    ] {
        let said = run_in(&repository(), &[command, "--help"]);
        assert_eq!(said.code, 0);
        assert!(said.out.contains("Examples:"), "{command}");
        assert_eq!(said.out, run_in(&repository(), &["help", command]).out);
    }
}

/// Every place that a form of the findings names, as `file:line:column`.
fn places(form: &str, text: &str) -> Vec<String> {
    let place = |file: &str, line: &str, column: &str| format!("{file}:{line}:{column}");
    match form {
        "text" => text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("--> "))
            .map(str::to_owned)
            .collect(),
        "github" => text
            .lines()
            .filter(|line| line.contains(",line="))
            .map(|line| {
                let field = |name: &str| {
                    let rest = line.split(&format!("{name}=")).nth(1).unwrap();
                    rest.split([',', ':']).next().unwrap().to_owned()
                };
                place(&field(" file"), &field(",line"), &field(",col"))
            })
            .collect(),
        "junit" => text
            .split("<testcase name=\"")
            .skip(1)
            // That a file could not be read, or that nothing was found, has no place.
            .filter_map(|case| case.split('"').next().unwrap().split(' ').nth(1))
            .filter(|place| place.contains(':'))
            .map(str::to_owned)
            .collect(),
        "sarif" => {
            let log: Value = serde_json::from_str(text).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap().clone();
            let physical = results
                .iter()
                .map(|r| &r["locations"][0]["physicalLocation"]);
            physical
                .map(|at| {
                    let uri = at["artifactLocation"]["uri"].as_str().unwrap();
                    let region = &at["region"];
                    place(
                        uri,
                        &region["startLine"].to_string(),
                        &region["startColumn"].to_string(),
                    )
                })
                .collect()
        }
        _ => {
            let answer: Value = serde_json::from_str(text).unwrap();
            let findings = answer["findings"].as_array().unwrap().clone();
            findings
                .iter()
                .map(|f| {
                    let file = f["file"].as_str().unwrap();
                    place(file, &f["line"].to_string(), &f["column"].to_string())
                })
                .collect()
        }
    }
}

#[test]
fn all_forms_name_the_same_places_for_every_rule_s_bad_example() {
    let rules: Value =
        serde_json::from_str(&run_in(&repository(), &["explain", "-O", "json"]).out).unwrap();
    let board =
        "board: Example\ngroups:\n  vemt: {name: VEMT Subgroup}\n  police: {name: Police}\n";
    let plan = "plan: Example Plan\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: Neglect\n    \
                owners: [vemt]\n    actions:\n      \
                - {id: 1.1, action: Train staff, timescale: April 2018}\n      \
                - {id: 1.2, action: Publish guidance, timescale: June 2018}\n";
    let mut compared = 0;
    let shown = |rule: &&Value| rule["name"] != "too-large";
    for rule in rules["rules"].as_array().unwrap().iter().filter(shown) {
        let estate = Estate::of(&[("e/board.yaml", board), ("e/plan.yaml", plan)]);
        for part in rule["bad"].as_str().unwrap().split("=== ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap();
            estate.write(&format!("e/{path}"), text);
        }
        // The human form puts errors last.
        let of = |form: &str| {
            let mut places = places(form, &estate.run(&["validate", "-O", form]).out);
            places.sort();
            places
        };
        let json = of("json");
        assert!(!json.is_empty(), "{}", rule["name"]);
        for form in ["text", "sarif", "github", "junit"] {
            assert_eq!(of(form), json, "{} as {form}", rule["name"]);
        }
        compared += json.len();
    }
    assert!(compared > 40);
}

#[test]
fn fix_mends_what_is_beyond_doubt_and_leaves_every_other_byte_alone() {
    let text = "updates: Return   # kept\r\nplan: work-plan-2017-19\r\ndate: 16/01/2018\r\nby: vmet\r\n\
                entries:\r\n  - {action: 2.2.3, rga: amber}\r\n  - {action: 2.2.5,   status: done}\r\n";
    let estate = Estate::real();
    let path = "hartlepool/updates.yaml";
    estate.write(path, text);
    let dry = estate.run(&["validate", "--fix", "--dry-run"]);
    assert_eq!(dry.code, 0);
    for line in [
        "-date: 16/01/2018\n",
        "+date: 2018-01-16\n",
        "-by: vmet\n",
        "+by: vemt\n",
    ] {
        assert!(dry.out.contains(line), "{}", dry.out);
    }
    assert_eq!(estate.read(path), text);
    let said = estate.run(&["validate", "--fix"]);
    assert_eq!(
        said.code, 1,
        "`done` is no status, and nobody can tell what was meant"
    );
    assert_eq!(
        said.err,
        "mended 3 places in plans/hartlepool/updates.yaml\n"
    );
    let mended = text
        .replace("16/01/2018", "2018-01-16")
        .replace("vmet", "vemt")
        .replace("rga", "rag");
    assert_eq!(estate.read(path), mended);
}

#[test]
fn an_allowance_lets_one_finding_pass_and_an_idle_one_is_named() {
    let plan = |allow: &str| {
        Estate::of(&[(
            "a/plan.yaml",
            &format!(
                "plan: Test\nperiod: 2017-19\nadopted: 2017-04-01\npriorities:\n  - id: 1\n    \
                 title: One\n    owners: [x]\n    evidence: [y]\n    actions:\n{allow}      \
                 - {{id: 1.1, action: First, timescale: Ongoing}}\n"
            ),
        )])
    };
    let rules = |estate: &Estate| -> Vec<String> {
        let found = estate.findings("2018-05-01");
        found.into_iter().map(|(rule, _, _)| rule).collect()
    };
    assert_eq!(rules(&plan("")), ["open-ended"]);
    let good = "      # plan: allow open-ended: the service has no end\n";
    assert_eq!(rules(&plan(good)), [""; 0]);
    for (bad, left) in [
        ("      # plan: allow open-ended\n", 2),
        ("      # plan: allow open-endd: why\n", 2),
        ("      # plan: allow no-owner: why\n", 2),
        (
            "      # plan: allow open-ended: why\n      # plan: allow open-ended: why\n",
            1,
        ),
    ] {
        let found = rules(&plan(bad));
        assert_eq!(found.len(), left, "{bad}: {found:?}");
        assert!(found.contains(&"bad-allowance".to_owned()), "{bad}");
    }
}

#[test]
fn a_board_sets_severities_and_strict_fails_on_warnings() {
    let plan = "plan: Test\nperiod: 2017-19\nadopted: 2017-04-01\npriorities:\n  - id: 1\n    \
                title: One\n    owners: [board]\n    evidence: [y]\n    actions:\n      \
                - {id: 1.1, action: First, timescale: Ongoing}\n";
    let run = |severity: &str, arguments: &[&str]| {
        let board = format!("board: A\nrules: {{{severity}}}\n");
        let estate = Estate::of(&[("a/board.yaml", &board), ("a/plan.yaml", plan)]);
        estate.run(&[&["validate"], arguments].concat()).code
    };
    assert_eq!(run("", &[]), 0);
    assert_eq!(run("", &["--strict"]), 1);
    assert_eq!(run("open-ended: off", &["--strict"]), 0);
    assert_eq!(run("open-ended: error", &[]), 1);
    assert_eq!(run("open-endd: off", &[]), 1);
}

#[test]
fn many_findings_of_one_rule_are_counted_for_people_and_all_there_for_programs() {
    let entries: String = (0..5000)
        .map(|n| format!("  - {{action: x{n}, rag: red}}\n"))
        .collect();
    let text =
        format!("updates: R\nplan: work-plan-2017-19\ndate: 2018-01-16\nentries:\n{entries}");
    let estate = Estate::real();
    estate.write("hartlepool/updates.yaml", &text);
    let said = estate.run(&["validate"]).out;
    assert_eq!(said.matches("error[unknown-action]").count(), 200);
    assert!(said.contains("plans/hartlepool/updates.yaml: 4800 more of unknown-action"));
    let answer = estate.json(&["validate"]);
    assert_eq!(answer["counts"]["error"], 5000);
}

#[test]
fn paths_limit_what_is_shown_and_their_boards_are_read_whole() {
    let estate = ten_mistakes();
    let updates = "plans/hartlepool/updates/vemt.yaml";
    let answer = estate.json(&["validate", updates]);
    let findings = answer["findings"].as_array().unwrap();
    assert!(findings.len() >= 6);
    assert!(findings.iter().all(|f| f["file"] == updates));
    // That 2.2.33 is unknown can only be told by reading the plan too.
    assert!(findings.iter().any(|f| f["rule"] == "unknown-action"));
}

/// Every rule as `plan explain` has it, in full: the page beside the rules' source.
fn page_of_rules(rules: &[Value]) -> String {
    let mut page = String::from(
        "# The rules of `plan validate`\n\nMade from the rules' own words, as `plan explain RULE` \
         shows them. Each example is a set of files; a `board.yaml`\nand a `plan.yaml` that it \
         leaves out hold what is usual.\n",
    );
    for rule in rules {
        let word = |name: &str| rule[name].as_str().unwrap();
        let code = |example: &str| example.replace("=== ", "# ").trim_end().to_owned();
        page += &format!(
            "\n## `{}` ({})\n\n{} {}\n\nBad:\n\n```yaml\n{}\n```\n\nGood:\n\n```yaml\n{}\n```\n",
            word("name"),
            word("severity"),
            word("summary"),
            word("why"),
            code(word("bad")),
            code(word("good")),
        );
    }
    page
}

/// Holds a generated text against its file, or writes it where `UPDATE_DOCS` is set.
fn assert_current(path: &str, text: &str) {
    let path = repository().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, text).unwrap();
    } else {
        let shown = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(shown, text, "run the test with UPDATE_DOCS=1");
    }
}

#[test]
fn the_pages_of_rules_are_current() {
    const MARKS: [&str; 2] = ["<!-- rules -->\n", "<!-- end of rules -->"];
    let answer: Value =
        serde_json::from_str(&run_in(&repository(), &["explain", "-O", "json"]).out).unwrap();
    let rules = answer["rules"].as_array().unwrap();
    assert_current("src/lint/RULES.md", &page_of_rules(rules));
    let rows = rules.iter().map(|rule| {
        let word = |name: &str| rule[name].as_str().unwrap().to_owned();
        let (name, severity, summary) = (word("name"), word("severity"), word("summary"));
        format!("| `{name}` | {severity} | {summary} |\n")
    });
    let table = format!(
        "\n| rule | severity | what it finds |\n| --- | --- | --- |\n{}\n",
        rows.collect::<String>()
    );
    let page = std::fs::read_to_string(repository().join("docs/rules.md")).unwrap();
    let (before, rest) = page.split_once(MARKS[0]).unwrap();
    let (_, after) = rest.split_once(MARKS[1]).unwrap();
    let current = [before, MARKS[0], &table, MARKS[1], after].concat();
    assert_current("docs/rules.md", &current);
}

#[test]
fn sarif_keeps_to_its_schema() {
    // The OASIS schema of SARIF 2.1.0, as published.
    let path = repository().join("tests/schemas/sarif-2.1.0.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // One of its patterns has a bracket too many, which strict readers of patterns refuse.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let estate = ten_mistakes();
    estate.write("hampshire/board.yaml", "board: [unclosed\n");
    let log: Value = serde_json::from_str(&estate.run(&["validate", "-O", "sarif"]).out).unwrap();
    let errors: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(log["runs"][0]["results"].as_array().unwrap().len() > 10);
    // A validator that takes everything proves nothing.
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": 3})));
}

#[test]
fn a_boards_name_is_left_out_of_a_title_only_as_whole_words() {
    let plan = |title: &str| {
        format!(
            "plan: {title}\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: First\n    actions:\n      - {{id: 1.1, action: Do it}}\n"
        )
    };
    for (title, shown) in [
        (
            "Hartlepool Work Plan",
            "Hart · Hartlepool Work Plan 2017-19 ",
        ),
        ("Hart Work Plan", "Hart · Work Plan 2017-19 "),
    ] {
        let estate = Estate::of(&[
            ("hart/board.yaml", "board: Hart\n"),
            ("hart/wp.yaml", &plan(title)),
        ]);
        let said = estate.run(&["status", "--as-of", "2018-05-01"]);
        assert!(said.out.starts_with(shown), "{}", said.out);
    }
}
