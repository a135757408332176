//! What papers of the example board say on 4 March 2026, and must not say. Each expected value was read from the
//! plan and its updates by hand.

use serde_json::Value;

use crate::support::{repository, run_in, words};

/// What a command prints for the example board, its lines made one.
fn said(command: &str) -> String {
    let printed = printed(command);
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn printed(command: &str) -> String {
    let command = format!("{command} --plans examples --as-of 2026-03-04");
    let words = words(&command);
    let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let ran = run_in(&repository(), &arguments);
    assert_eq!(ran.code, 0, "{command}: {}", ran.err);
    ran.out
}

/// The first board of an answer.
fn board(command: &str) -> Value {
    let answer: Value = serde_json::from_str(&printed(&format!("{command} -O json"))).unwrap();
    answer["boards"][0].clone()
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|item| item["id"].as_str().expect("an id"))
        .collect()
}

/// The action of a year's report, by its number.
fn of_year(paper: &Value, id: &str) -> Value {
    let sections = paper["sections"].as_array().unwrap().iter();
    let parts = sections.flat_map(|section| section["parts"].as_array().unwrap());
    let mut actions = parts.flat_map(|part| part["actions"].as_array().unwrap());
    let action = actions.find(|action| action["id"] == id);
    action.expect(id).clone()
}

#[test]
fn a_year_that_runs_is_not_spoken_of_as_ended() {
    for framework in ["plan", "lscb", "wt2018", "wt2023", "care-act", "wales"] {
        let said = said(&format!(
            "report annual --period 2025-26 --framework {framework}"
        ));
        assert!(said.contains("by 4 March 2026; the year has not ended"));
        assert!(
            said.contains("Of 47 actions, on 4 March 2026: complete 11,"),
            "{framework}"
        );
        for ended in [
            "late at the end of",
            "red at the end of",
            "stood at the end of",
            "actions, at the end of",
            "at its end",
            "since then",
            "Since then",
        ] {
            assert!(!said.contains(ended), "{framework}: {ended}: {said}");
        }
    }
    let said = said("report annual --period 2025-26");
    assert!(said.contains("1.1.5 Neglect of teenagers: 63 days late on 4 March 2026."));
    assert!(said.contains("Due 31 December 2025, 63 days ago."));
}

#[test]
fn a_past_years_report_counts_no_days_from_its_last() {
    let said = said("report annual");
    assert!(said.contains(
        "2.2.1 Return interviews within 72 hours: Due 31 January 2025, 59 days late at the end of the year."
    ));
    assert!(!said.contains("days ago"), "{said}");
}

#[test]
fn what_moved_after_the_year_is_said_without_the_words_above_it() {
    let paper = board("report annual");
    let since = |id: &str| of_year(&paper, id)["since_then"].clone();
    assert_eq!(since("2.2.1"), "complete on 15 April 2025");
    // Complete in March, taken up again on 8 April, complete again on 8 July.
    assert_eq!(
        since("4.1.2"),
        "reopened on 8 April 2025, complete again on 8 July 2025"
    );
    // Green on 31 March 2025, its last day; 338 days later it is still open.
    assert_eq!(since("4.2.3"), "red, 338 days late");
    // Each September: the calendar alone moved its day.
    assert_eq!(since("4.1.1"), Value::Null);
    // Of the four priorities' tables the first has nothing that moved, and no column for it.
    let printed = printed("report annual -O markdown");
    let headings = printed
        .lines()
        .filter(|line| line.starts_with("| action |"));
    let columns: Vec<bool> = headings.map(|line| line.contains("since then")).collect();
    assert_eq!(columns, [false, true, true, true]);
}

#[test]
fn what_no_one_held_against_the_guidance_is_told_once() {
    let said = said("report annual --framework wt2023");
    assert!(!said.contains("Not held"), "{said}");
    let told = said.matches("not held against the guidance's own text yet");
    assert_eq!(told.count(), 1);
    assert!(said.contains("For the author: of the questions of wt2023, 12 were not held"));
}

#[test]
fn a_plans_challenges_are_the_same_in_the_log_and_in_the_boards_paper() {
    for (plan, open) in [
        ("business-plan-2025-26", "C2 C5 C6 C7 C8 C10"),
        ("business-plan-2024-25", "C2"),
        ("meeting-actions", ""),
        ("exploitation-subgroup-work-plan-2025-26", ""),
    ] {
        let log = board(&format!("report challenges --plan {plan}"));
        let paper = board(&format!("report board --plan {plan}"));
        assert_eq!(ids(&log["open"]).join(" "), open, "{plan}");
        assert_eq!(
            ids(&paper["plans"][0]["challenges"]).join(" "),
            open,
            "{plan}"
        );
    }
    // Raised about actions of 2024-25 that this plan carries on (2.1.1 and 3.4), and about its own.
    let log = board("report challenges --plan business-plan-2025-26");
    assert_eq!(ids(&log["closed"]), ["C1", "C4", "C9"]);
}

#[test]
fn an_escalation_among_the_exceptions_has_its_reason() {
    let said = said("report exceptions");
    for words in [
        "2.2.3 Peer mentors: escalated to the board. Escalated by the Voluntary and Community Sector Forum on 7 \
         January: Two mentors have themselves been approached by people who exploited them.",
        "3.6 Advocates for disabled children: escalated to the board. Escalated by the Voluntary and Community \
         Sector Forum on 3 February: The contract cannot be changed before the new financial year,",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn what_only_its_lead_calls_green_is_not_among_what_is_green() {
    let paper = board("report board");
    let plan = &paper["plans"][0];
    assert_eq!(ids(&plan["unproven"]), ["1.2.1", "2.2.2", "4.1.4"]);
    assert_eq!(ids(&plan["unproven_claims"]), ["1.1.3"]);
    let said = said("report board");
    assert!(said.contains("1.1.3 Dental neglect pathway: only its lead calls it green"));
}

#[test]
fn last_time_has_what_the_meeting_closed_heard_and_refused() {
    let paper = board("report board");
    let follow_ups = paper["plans"][0]["follow_ups"].as_array().unwrap();
    let asked = |id: &str| {
        let it = follow_ups.iter().find(|it| it["id"] == id).expect(id);
        it["asked"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        asked("C9"),
        "Closed: Five fathers read it, and three of its eight points were changed."
    );
    assert_eq!(
        asked("C5"),
        "Answered: Cases read so far bear this out, in eleven families of fourteen."
    );
    assert_eq!(asked("E1.3"), "Refused: new date April 2026.");
    let said = said("report board");
    assert!(said.contains("(Exploitation Subgroup Work Plan 2025-26): Refused"));
    assert!(
        said.contains("(red, 155 days late, escalated to Statutory safeguarding partners)"),
        "{said}"
    );
}

#[test]
fn a_plan_that_is_over_is_judged_by_its_own_years() {
    let paper = board("report indicators");
    let plans = paper["plans"].as_array().unwrap();
    let plan = |stem: &str| plans.iter().find(|plan| plan["plan"] == stem).unwrap();
    let first = |stem: &str| plan(stem)["indicators"][0].clone();
    // NEG1: 64 in 2025-26 Q3; 52 in the last quarter of 2024-25, whose target was 50.
    let (now, before) = (
        first("business-plan-2025-26"),
        first("business-plan-2024-25"),
    );
    assert_eq!(now["latest"]["value"], 64.0);
    assert_eq!(before["latest"]["value"], 52.0);
    assert_eq!(before["latest"]["period"], "2024-25 Q4");
    assert_eq!(before["target"], 50.0);
    assert_eq!(before["impact_rag"], "green");
    let said = said("list --plan business-plan-2024-25 -O json");
    assert!(!said.contains("2025-26 Q"), "{said}");
}

#[test]
fn a_history_names_who_spoke() {
    let said = said("show 3.6");
    assert!(said.contains("3 February 2026 red by Voluntary and Community Sector Forum"));
    assert!(said.contains("escalated to: Board"), "{said}");
    assert!(!said.contains("by voluntary"));
    assert!(said.contains("what families tell us Children who"));
}

#[test]
fn no_paper_stops_twice() {
    for command in ["report board", "report changes", "status", "report annual"] {
        let said = said(command);
        for wrong in [".:", ".;", "..", ".,"] {
            assert!(!said.contains(wrong), "{command}: {wrong}: {said}");
        }
    }
    let said = said("report annual");
    assert!(said.contains("owned 5 actions and reported twice: on"));
}

#[test]
fn a_groups_action_stands_once_in_its_plan() {
    let page = printed("report group --owner neglect -O markdown");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| 1."))
        .collect();
    let count = |id: &str| {
        let begin = format!("| {id} ");
        rows.iter().filter(|row| row.starts_with(&begin)).count()
    };
    // Due in March and not reported on: owed, and in no second table.
    assert_eq!(count("1.1.5"), 1, "{page}");
    assert_eq!(count("1.2.1"), 1, "{page}");
    // Complete in the plan that is over: counted there.
    assert!(page.contains("which is over: "), "{page}");
}

#[test]
fn decisions_are_one_register_over_the_plans() {
    let page = printed("report decisions -O markdown");
    let titles = page.lines().filter(|line| line.starts_with("# "));
    assert_eq!(titles.count(), 1, "{page}");
    // The refusal of 13 January about the subgroup's plan, with its title beside the number.
    let row = page.lines().find(|line| line.contains("| E1.3 "));
    let row = row.expect("E1.3");
    assert!(
        row.contains("Exploitation Subgroup Work Plan 2025-26"),
        "{row}"
    );
    assert!(
        row.contains("E1.3 Write a one-page guide for surgeries"),
        "{row}"
    );
    assert!(row.contains("refused"), "{row}");
}

#[test]
fn the_kind_of_a_review_stands_behind_its_name_where_that_does_not_say_it() {
    let page = printed("report reviews -O markdown");
    let headings: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("## "))
        .collect();
    assert!(
        headings.contains(&"## Rapid review \"Harbour\" (2025)"),
        "{headings:?}"
    );
    let harbour = page.lines().find(|line| line.starts_with("| Rapid review"));
    assert!(harbour.expect("Harbour").contains("rapid review"), "{page}");
}

#[test]
fn a_plan_with_nothing_to_say_is_a_line() {
    let said = said("report slippage");
    assert!(!said.contains("· Actions from meetings"), "{said}");
    assert!(said.contains("Nothing of this in: "), "{said}");
}

#[test]
fn where_nothing_was_ever_reported_nothing_is_counted_as_unreported() {
    let arguments = "--plans plans --board hampshire --as-of 2019-05-01";
    let said = |kind: &str| {
        let words = words(&format!("report {kind} {arguments}"));
        let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        run_in(&repository(), &arguments).out
    };
    let group = said("group");
    assert!(
        group.contains("14 actions, 0 overdue, nothing reported yet"),
        "{group}"
    );
    assert!(!group.contains("unreported"), "{group}");
    let estate = said("estate -O csv");
    let row = estate.lines().find(|line| line.contains("Business Plan"));
    let row = row.expect("its plan");
    assert!(row.contains(",–,0,0,never"), "{row}");
}

#[test]
fn the_status_of_several_plans_begins_with_those_in_force() {
    let status = board("status");
    let plans = status["plans"].as_array().unwrap().iter();
    let plans: Vec<&str> = plans.map(|plan| plan["plan"].as_str().unwrap()).collect();
    // The business plan of 2024-25 ended on 31 March 2025.
    assert_eq!(plans.last(), Some(&"business-plan-2024-25"));
    assert_eq!(plans.first(), Some(&"business-plan-2025-26"));
    assert_eq!(plans.len(), 4);
}

#[test]
fn the_key_of_a_board_with_words_of_its_own_is_short() {
    let page = printed("report slippage -O markdown");
    let key = page.lines().skip_while(|line| !line.starts_with("Red (L"));
    let key: Vec<&str> = key.take(2).collect();
    // Two and one line of the paper in Word, of 118 letters each; "Blue (Complete): complete" says it once.
    assert!(key[0].len() <= 2 * 118, "{key:?}");
    assert!(key[1].len() <= 120, "{key:?}");
    assert!(key[0].contains(" Blue: complete. "), "{key:?}");
}

#[test]
fn figures_of_indicators_are_one_table_with_a_row_a_period() {
    let page = printed("report indicators --plan business-plan-2025-26 -O markdown");
    let rows = page.lines().filter(|line| line.starts_with("| 202"));
    let rows: Vec<&str> = rows.collect();
    // Eleven quarters from 2023-24 Q1 to 2025-26 Q3, whose values and targets are in the files; VOI1 has none for it yet.
    assert_eq!(rows.len(), 11, "{page}");
    assert_eq!(
        rows[10],
        "| 2025-26 Q3 | 64 / 65 | 21.3 / 15.0 | 34 | 84 / 90 |  | 55 / 60 |"
    );
    let table = printed("report indicators --plan business-plan-2025-26 -O csv");
    let heading = table
        .lines()
        .find(|line| line.contains(",period,"))
        .unwrap();
    assert!(
        heading.contains(",NEG1 (%),NEG1 target,NEG2 (%),"),
        "{heading}"
    );
}

#[test]
fn a_section_of_threads_without_words_lists_them() {
    let arguments =
        "report work-plan --plans plans --board hampshire --as-of 2019-05-01 -O markdown";
    let words = words(arguments);
    let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let page = run_in(&repository(), &arguments).out;
    let below = page
        .split("## Key Threads that Run Through all Priorities")
        .nth(1);
    let below = below.unwrap().trim_start();
    assert!(
        below.starts_with("- The voice and lived experience of the Child"),
        "{below}"
    );
    assert!(
        below.contains("- Multi-agency partnership working"),
        "{below}"
    );
}

#[test]
fn no_month_stands_on_the_days_line_of_the_timeline() {
    let page = printed("report board -O html");
    assert!(page.contains(">4 Mar 2026</text>"));
    // The line is three days from where March begins.
    assert!(!page.contains(">Mar 2026</text>"));
    assert!(page.contains(">Dec 2025</text>") || page.contains(">Jan 2026</text>"));
}

#[test]
fn a_paper_for_a_meeting_says_on_its_cover_what_it_asks() {
    // By hand: the subgroup's, the log's and the old plan's exceptions are on the paper as well, 4 + 1 + 0 + 1 areas of
    // concern; five moves of this plan and one of the old; C6 and C10 have no answer; NEG2 and EXP1 are red.
    for (kind, asked) in [
        (
            "exceptions",
            "For discussion and information Recommended To discuss 6 areas of concern and note what is red (8) and amber (13).",
        ),
        (
            "slippage",
            "For decision and information Recommended To decide 2 requests for a new date and note 6 moved deadlines.",
        ),
        (
            "indicators",
            "For discussion and information Recommended To discuss 2 indicators with bad news and note the position of 7 indicators.",
        ),
        (
            "challenges",
            "Recommended To hear what became of 6 open challenges of which 2 are not answered, and note 4 closed challenges.",
        ),
        (
            "decisions",
            "For information Recommended To note the register of 20 decisions.",
        ),
        (
            "reviews",
            "Recommended To ask who answers 2 findings that no action answers, and note what came of each review.",
        ),
    ] {
        let said = said(&format!("report {kind}"));
        let cover = "Position at 4 March 2026 Paper for Exampleshire Safeguarding Children Partnership, meeting of 10 \
                     March 2026 Author Partnership Business Manager Purpose For ";
        assert!(said.contains(cover), "{kind}: {said}");
        assert!(said.contains(asked), "{kind}: {asked}: {said}");
        assert_eq!(said.matches("Paper for").count(), 1, "{kind}");
    }
    // A group's own paper is for its own meeting; a work plan is published.
    let group = said("report group --owner neglect");
    assert!(
        group.contains("Paper for Neglect Subgroup, meeting of "),
        "{group}"
    );
    assert!(!said("report work-plan").contains("Paper for"));
}

#[test]
fn a_column_of_the_work_plan_with_little_in_it_is_a_line_on_pages_and_a_column_where_rows_filter() {
    let plan = "report work-plan --plan business-plan-2025-26";
    let page = printed(&format!("{plan} -O markdown"));
    // Only 4.2.2 of the ten actions of priority 4 has a measure.
    let headings = page.lines().filter(|line| line.contains("| Id | "));
    assert!(!headings.clone().any(|line| line.contains("Measure")));
    assert_eq!(headings.count(), 4);
    let row = page.lines().find(|line| line.contains("| 4.2.2 |"));
    assert!(row.expect("4.2.2").contains(
        "for all who hold cases.<br>Measure: The same eight questions to 200 practitioners, before the standard and six months after it. |"
    ));
    let table = printed(&format!("{plan} -O csv"));
    let heading = table.lines().find(|line| line.contains(",Id,"));
    assert!(heading.unwrap().contains(",Measure,"), "{heading:?}");
}

#[test]
fn the_work_plan_of_excel_is_a_sheet_a_plan_with_a_row_an_action_and_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.xlsx");
    printed(&format!("report work-plan -o {}", file.display()));
    let package = std::fs::read(&file).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut package.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let book = part("xl/workbook.xml");
    let sheets = book.split("<sheet name=\"").skip(1);
    let names: Vec<&str> = sheets.filter_map(|rest| rest.split('"').next()).collect();
    let expected = [
        "Summary",
        "Business Plan 2025-26",
        "Exploitation Subgroup Work Pla…",
        "Actions from meetings",
        "Business Plan 2024-25",
    ];
    assert_eq!(names, expected);
    // The plan's 34 actions, and the headings that filter.
    let sheet = part("xl/worksheets/sheet2.xml");
    assert_eq!(sheet.matches("<row ").count(), 35);
    assert!(sheet.contains("<autoFilter ref=\"A1:"));
    // One plan of it imports with its priorities, outcomes and measures.
    printed(&format!(
        "report work-plan --plan business-plan-2025-26 -o {}",
        file.display()
    ));
    let import = "import paper.xlsx -o plans/x --reported 2018-05-01";
    let arguments: Vec<&str> = import.split(' ').collect();
    let ran = run_in(folder.path(), &arguments);
    assert!(folder.path().join("plans/x").exists(), "{ran:?}");
    let files = std::fs::read_dir(folder.path().join("plans/x")).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    let plan = texts.into_iter().find(|text| text.contains("priorities:"));
    let plan = plan.expect("a plan");
    assert_eq!(plan.matches("outcomes:").count(), 4, "{plan}");
    // Two of each of the first, second and fourth priority, one of the third.
    let outcome = "- Children who are neglected are noticed by the first service";
    assert_eq!(plan.matches(outcome).count(), 1, "{plan}");
    assert!(plan.contains("measure: The same eight questions to 200 practitioners,"));
}
