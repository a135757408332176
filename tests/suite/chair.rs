//! The papers as a chair reads them: what stands where, once, and in which words. Each expected value was
//! worked out by hand from the files above it.

use serde_json::{Value, json};

use crate::support::{Estate, repository, run_in, run_on_terminal, words};

const BOARD: &str = "\
board: Testshire Safeguarding Adults Board
short: TSAB
kind: safeguarding adults board
groups:
  police: {name: Police, kind: agency}
  health: {name: Health, kind: agency}
meetings:
  board: [2018-03-06, 2018-05-15]
";

const PLAN: &str = "\
plan: Testshire Plan
period: 2017-04-01 to 2018-06-30
adopted: 2017-04-10
priorities:
  - id: 1
    title: Learning
    actions:
      - {id: 1.1, title: Thresholds, action: Train staff, timescale: June 2018, owners: [police, health], source: {review: SAR-1, recommendation: F1}}
      - {id: 1.2, title: Letters, action: Share letters, timescale: June 2018, lead: police, source: {review: SAR-1, recommendation: Letters are shared.}}
      - {id: 1.3, title: Visits, action: Visit homes, timescale: June 2018, lead: health, source: {review: AUDIT-1, recommendation: '2. Visit.'}}
      - {id: 1.4, title: Forms, action: Shorten forms, timescale: June 2018, lead: health}
      - {id: 1.5, title: Terms, action: Report to schools, timescale: termly, lead: health}
";

const REPORTS: &str = "\
updates: Reports and decisions
plan: plan
entries:
  - {date: 2018-02-20, by: police, action: 1.1, rag: green, done: Half are trained.}
  - {date: 2018-02-20, by: police, action: 1.2, rag: red, done: Letters wait.}
  - {date: 2018-02-20, by: health, action: 1.3, rag: green, done: Ten were visited., timescale: July 2018, reason: Two nurses left.}
  - {date: 2018-02-20, by: health, action: 1.4, rag: green, done: One is shorter.}
  - {date: 2018-02-20, by: health, action: 1.5, rag: green, done: Told.}
  - {date: 2018-03-06, by: board, action: 1.3, refused: board, timescale: July 2018, reason: Homes cannot wait.}
  - {date: 2018-03-20, by: health, action: 1.1, rag: red, done: Nobody of ours came.}
  - {date: 2018-03-27, by: board, action: 1.2, status: withdrawn, agreed: board, reason: The law changed.}
";

const REVIEWS: &str = "\
reviews: Reviews
entries:
  - review: SAR-1
    title: Adult A
    kind: safeguarding adults review
    commissioned: 2017-05-02
    concluded: 2017-12-01
    findings:
      - {id: F1, text: Staff did not know the thresholds., decision: accepted, decided: 2018-01-16}
      - {id: F2, text: Letters are shared., decision: accepted, decided: 2018-01-16}
      - {id: F3, text: Doors are locked., decision: not accepted, reason: People live there., decided: 2018-01-16}
      - {id: F4, text: Managers meet weekly., decision: accepted, decided: 2018-04-20}
  - {review: SAR-2, title: Adult B, kind: safeguarding adults review, commissioned: 2018-02-01}
  - {review: SAR-3, title: Adult C, kind: safeguarding adults review, commissioned: 2018-02-01, concluded: 2018-04-12, findings: [{id: F1, text: Late.}]}
  - {review: AUDIT-1, kind: audit, concluded: 2017-11-01, findings: [{id: 1, text: Write.}, {id: 2, text: Visit.}]}
";

fn testshire() -> Estate {
    Estate::of(&[
        ("t/board.yaml", BOARD),
        ("t/plan.yaml", PLAN),
        ("t/updates/reports.yaml", REPORTS),
        ("t/reviews.yaml", REVIEWS),
    ])
}

/// What a command prints in the repository's folder.
fn printed(command: &str) -> String {
    let words = words(command);
    let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    run_in(&repository(), &arguments).out
}

fn plan_paper(kind: &str) -> Value {
    testshire().json(&["report", kind])["boards"][0]["plans"][0].clone()
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|item| item["id"].as_str().expect("an id"))
        .collect()
}

/// The kinds of report that help lists.
fn kinds() -> Vec<String> {
    let help = run_on_terminal(&repository(), &["report", "--help"], None).out;
    let listed = help.split("Options:").next().unwrap_or_default();
    let kinds = listed.lines().filter_map(|line| {
        let (kind, _) = line.trim().strip_prefix("- ")?.split_once(": ")?;
        Some(kind.to_owned())
    });
    let kinds: Vec<String> = kinds.collect();
    assert!(kinds.len() >= 14, "{kinds:?}");
    kinds
}

/// The first cells of each table of a Markdown page.
fn first_cells(page: &str) -> Vec<Vec<String>> {
    let mut tables: Vec<Vec<String>> = Vec::new();
    let mut is_inside = false;
    for line in page.lines() {
        let Some(row) = line.strip_prefix("| ") else {
            is_inside = false;
            continue;
        };
        if !is_inside {
            tables.push(Vec::new());
        }
        is_inside = true;
        let cell = row.split(" | ").next().unwrap_or_default().trim();
        tables.last_mut().unwrap().push(cell.to_owned());
    }
    tables
}

#[test]
fn no_action_stands_in_two_tables_of_the_boards_paper() {
    for (root, board, day) in [
        ("examples", "exampleshire", "2026-03-04"),
        ("plans", "hartlepool", "2018-05-01"),
        ("plans", "hampshire", "2019-10-01"),
    ] {
        let ask = |format: &str| {
            printed(&format!(
                "report board --plans {root} --board {board} --as-of {day} -O {format}"
            ))
        };
        let answer: Value = serde_json::from_str(&ask("json")).unwrap();
        let known: Vec<String> = (answer["boards"][0]["plans"].as_array().unwrap().iter())
            .flat_map(|plan| ids(&plan["actions"]).into_iter().map(str::to_owned))
            .collect();
        assert!(known.len() >= 3, "{board}: {known:?}");
        let tables = first_cells(&ask("markdown"));
        for id in &known {
            let is_it = |cell: &&String| cell.split(' ').next() == Some(id);
            let rows = tables.iter().flatten().filter(is_it).count();
            assert_eq!(rows, 1, "{board}: {id} in {tables:?}");
        }
    }
}

#[test]
fn the_boards_one_table_has_what_is_disagreed_about_refused_and_withdrawn() {
    let paper = plan_paper("board");
    let rows = paper["actions"].as_array().unwrap();
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).expect(id);
    // Green says one owner, red the other.
    assert!(
        row("1.1")["why"]
            .as_str()
            .unwrap()
            .contains("Its owners disagree")
    );
    assert_eq!(row("1.2")["then"], "red");
    assert_eq!(row("1.2")["status"], "withdrawn");
    // Refused at the last meeting; nothing is asked for now.
    assert_eq!(row("1.3")["requested"], "Refused: new date July 2018");
    // What is in time and green is not there.
    assert!(!ids(&paper["actions"]).contains(&"1.4"));
}

#[test]
fn a_withdrawal_is_nothing_better_and_each_change_stands_once() {
    let paper = plan_paper("changes");
    let parts = paper["parts"].as_array().unwrap();
    let named: Vec<(&str, Vec<&str>)> = (parts.iter())
        .map(|part| (part["what"].as_str().unwrap(), ids(&part["actions"])))
        .collect();
    assert_eq!(
        named,
        [
            ("Withdrawn or carried forward", vec!["1.2"]),
            ("Worse", vec!["1.1"]),
            ("Decided or requested, and nothing else", vec!["1.3"]),
        ]
    );
    assert!(!ids(&paper["better"]).contains(&"1.2"));
    let said = testshire()
        .run(&["report", "changes", "-O", "markdown"])
        .out;
    assert!(
        said.contains("Refused: new date July 2018, by Board on 6 March 2018 (Homes cannot wait)"),
        "{said}"
    );
}

#[test]
fn the_register_of_reviews_has_findings_answers_and_refusals_as_of_the_day() {
    let estate = testshire();
    let answer = estate.json(&["report", "reviews"]);
    let reviews = answer["boards"][0]["reviews"].as_array().unwrap();
    let names: Vec<&str> = reviews
        .iter()
        .map(|it| it["review"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["SAR-1", "SAR-2", "SAR-3", "AUDIT-1"]);
    let findings = &reviews[0]["findings"];
    assert_eq!(ids(&findings[0]["answers"]), ["1.1"]);
    // Named by its words.
    assert_eq!(ids(&findings[1]["answers"]), ["1.2"]);
    assert_eq!(findings[2]["decision"], "not accepted");
    assert_eq!(findings[2]["reason"], "People live there.");
    // By its number and its words.
    assert_eq!(ids(&reviews[3]["findings"][1]["answers"]), ["1.3"]);
    assert_eq!(reviews[1]["concluded"], Value::Null);
    let said = estate.run(&["report", "reviews"]).out;
    let line =
        "SAR-1 Adult A, F3: Doors are locked. Not accepted on 16 January 2018: People live there.";
    assert!(
        said.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(line),
        "{said}"
    );
    // On 1 April the decision about F4 was not made, and SAR-3 had not ended: its findings are not known.
    let earlier = estate.json(&["report", "reviews", "--as-of", "2018-04-01"]);
    let reviews = earlier["boards"][0]["reviews"].as_array().unwrap();
    assert_eq!(reviews[0]["findings"][3]["decision"], Value::Null);
    assert_eq!(reviews[2]["concluded"], Value::Null);
    assert_eq!(reviews[2]["findings"], json!([]));
}

#[test]
fn the_care_acts_points_about_reviews_are_answered_from_the_register() {
    let answer = testshire().json(&[
        "report",
        "annual",
        "--period",
        "2017-18",
        "--framework",
        "care-act",
    ]);
    let sections = answer["boards"][0]["sections"].as_array().unwrap();
    let section = |letter: &str| -> Vec<(String, Vec<String>)> {
        let asks = format!("({letter})");
        let section = sections.iter().find(|it| {
            it["asks"]
                .as_str()
                .is_some_and(|words| words.starts_with(&asks))
        });
        let parts = section.expect(letter)["parts"].as_array().unwrap();
        let texts = |part: &Value| {
            let sentences = part["sentences"].as_array().unwrap().iter();
            sentences
                .map(|text| text.as_str().unwrap().to_owned())
                .collect()
        };
        parts
            .iter()
            .map(|part| (part["title"].as_str().unwrap().to_owned(), texts(part)))
            .collect()
    };
    // (d): SAR-1 ended in the year; SAR-3 only in April.
    let found = section("d");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "SAR-1 Adult A");
    assert_eq!(
        found[0].1[0],
        "F1. Staff did not know the thresholds. Accepted on 16 January 2018."
    );
    // The decision about F4 came after the year.
    assert_eq!(found[0].1[3], "F4. Managers meet weekly.");
    // (e): two had not ended on 31 March; an audit is no review.
    assert_eq!(
        section("e")[0].1,
        [
            "SAR-2 Adult B, begun on 1 February 2018.",
            "SAR-3 Adult C, begun on 1 February 2018."
        ]
    );
    // (f): what was done, as it stood at the end of the year; the refused finding is not among it.
    let done = section("f");
    assert_eq!(done.len(), 1);
    assert_eq!(
        done[0].1[0],
        "F1. Staff did not know the thresholds. Accepted on 16 January 2018. 1.1 Thresholds: in progress, red."
    );
    assert!(
        done[0].1[1].contains("1.2 Letters: withdrawn 27 March 2018, rated red before."),
        "{done:?}"
    );
    assert!(
        !done[0].1.iter().any(|text| text.contains("Doors")),
        "{done:?}"
    );
    // (g): what was not accepted, and what was planned and given up, with their reasons.
    let refused = &section("g")[0].1;
    assert_eq!(
        refused[0],
        "SAR-1 Adult A, F3. Doors are locked. Not accepted on 16 January 2018. People live there."
    );
    assert_eq!(
        refused[1],
        "1.2 Letters, planned for SAR-1, was withdrawn: The law changed."
    );
}

#[test]
fn what_was_red_before_it_was_given_up_stays_red_in_the_years_report() {
    let said = testshire()
        .run(&["report", "annual", "--period", "2017-18", "-O", "markdown"])
        .out;
    assert!(
        said.contains("1.2 Letters: red before it was withdrawn."),
        "{said}"
    );
    assert!(
        said.contains("Before they were withdrawn or carried forward: 1 red."),
        "{said}"
    );
    assert!(said.contains("grey, was red"), "{said}");
}

#[test]
fn the_day_by_which_to_publish_is_a_day() {
    for (framework, day) in [("wt2023", "30 September 2018"), ("wales", "31 July 2018")] {
        let said = testshire().run(&[
            "report",
            "annual",
            "--period",
            "2017-18",
            "--framework",
            framework,
        ]);
        let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(&format!("For 2017-18 that is {day}.")),
            "{framework}: {words}"
        );
    }
    let estate = testshire();
    let own = "framework: own\npublish: early\npublish_by: 31 Setember\nsections: [{title: A, answers: [done]}]\n";
    std::fs::write(estate.dir.path().join("own.yaml"), own).unwrap();
    let said = estate.run(&["report", "annual", "--framework", "own.yaml"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("own.yaml:3:13: `31 Setember` is no day of a year"),
        "{said:?}"
    );
}

#[test]
fn termly_is_every_term() {
    let why = |day: &str| {
        let action = testshire().action("1.5", day);
        action["reasons"][0].as_str().unwrap().to_owned()
    };
    // Four months after 20 February are over.
    assert_eq!(
        why("2018-06-25"),
        "Last report 20 February 2018: one is due every term"
    );
}

#[test]
fn what_is_due_each_year_in_a_named_month_is_due_by_its_end() {
    let yearly = PLAN.replace("timescale: termly", "timescale: annually in April");
    let estate = Estate::of(&[
        ("t/board.yaml", BOARD),
        ("t/plan.yaml", &yearly),
        ("t/updates/reports.yaml", REPORTS),
    ]);
    // Reported on in February: not a year ago, and April is over.
    assert_eq!(
        estate.action("1.5", "2018-05-10")["reasons"][0],
        "Last report 20 February 2018: one was due by 30 April 2018"
    );
}

#[test]
fn a_policy_of_terms_is_said_in_terms() {
    let termly = PLAN.replace("priorities:", "rag: {review: half termly}\npriorities:");
    let estate = Estate::of(&[
        ("t/board.yaml", BOARD),
        ("t/plan.yaml", &termly),
        ("t/updates/reports.yaml", REPORTS),
    ]);
    // Two months after 20 February are over on 21 April.
    let action = estate.action("1.4", "2018-04-21");
    assert_eq!(
        action["reasons"][0],
        "Last report 20 February 2018: one is due every half term"
    );
}

#[test]
fn the_cover_names_the_author_that_the_board_names() {
    let paper = |board: &str| {
        let files = [
            ("t/board.yaml", board),
            ("t/plan.yaml", PLAN),
            ("t/updates/reports.yaml", REPORTS),
        ];
        let estate = Estate::of(&files);
        let said = estate.run(&["report", "board", "--as-of", "2018-05-01"]);
        let line = said.out.lines().find(|line| line.contains("Author"));
        line.expect("a line for the author").to_owned()
    };
    assert!(paper(BOARD).ends_with("to be added"), "{}", paper(BOARD));
    let a_group = format!("{BOARD}author: police\n");
    assert!(paper(&a_group).ends_with("Police"), "{}", paper(&a_group));
    let in_words = format!("{BOARD}author: The manager\n");
    assert!(
        paper(&in_words).ends_with("The manager"),
        "{}",
        paper(&in_words)
    );
}

#[test]
fn every_paper_begins_with_the_plan_that_is_in_force() {
    for kind in ["work-plan", "slippage", "decisions", "assurance", "threads"] {
        let paper = printed(&format!(
            "report {kind} --plans examples --as-of 2026-03-04 -O json"
        ));
        let paper: Value = serde_json::from_str(&paper).unwrap();
        let first = &paper["boards"][0]["plans"][0]["plan"];
        assert_eq!(first, "business-plan-2025-26", "{kind}");
    }
}

#[test]
fn what_was_said_of_an_objective_stands_under_its_name_in_the_annual_report() {
    let asked = "report annual --plans examples --plan business-plan-2024-25 --as-of 2026-03-04 -O markdown";
    let said = printed(asked);
    let line = "**1.1 Seeing it sooner:** The neglect strategy's steering group";
    assert!(said.contains(line), "{said}");
}

#[test]
fn the_boards_table_says_how_late_what_is_late_is_once() {
    let paper = testshire().json(&["report", "board", "--as-of", "2018-07-01"]);
    let rows = paper["boards"][0]["plans"][0]["actions"]
        .as_array()
        .unwrap()
        .clone();
    assert!(rows.iter().any(|row| row["days_late"] == 1), "{rows:?}");
    for row in &rows {
        assert!(!row["why"].as_str().unwrap().contains(" ago"), "{row}");
    }
}

#[test]
fn the_sentence_above_the_register_counts_the_rows_below() {
    let page = printed("report slippage --plans examples --as-of 2026-03-04 -O markdown");
    let mut papers = 0;
    for paper in page.split("\n# ") {
        let Some(count) = paper.split(" actions had a deadline moved").next() else {
            continue;
        };
        let Some(moved) = count
            .lines()
            .last()
            .and_then(|line| line.split(" of ").next())
        else {
            continue;
        };
        let Ok(moved) = moved.trim_start_matches(['_', '*']).parse::<usize>() else {
            continue;
        };
        let heading = format!("## Actions whose deadline was moved ({moved})");
        let Some((_, below)) = paper.split_once(&heading) else {
            panic!("{heading}: {paper}");
        };
        let rows = first_cells(below.split("\n## ").next().unwrap());
        assert_eq!(
            rows.first().map_or(0, |rows| rows.len() - 2),
            moved,
            "{below}"
        );
        papers += 1;
    }
    assert!(papers >= 2, "{page}");
}

#[test]
fn a_request_alone_is_no_move() {
    let paper = testshire().json(&["report", "slippage", "--as-of", "2018-03-01"]);
    let paper = &paper["boards"][0]["plans"][0];
    assert_eq!(paper["slipped"], 0);
    assert_eq!(paper["moves"], json!([]));
    assert_eq!(ids(&paper["requests"]), ["1.3"]);
    let said = testshire()
        .run(&["report", "slippage", "--as-of", "2018-03-01"])
        .out;
    assert!(
        said.contains("0 of 5 actions had a deadline moved. 1 request is not decided."),
        "{said}"
    );
}

#[test]
fn the_key_stands_once_below_the_first_table_with_ratings() {
    const KEY: &str = "Ratings come from dates and reports";
    let mut rated = 0;
    for kind in &kinds() {
        let page = testshire().run(&["report", kind, "-O", "markdown"]).out;
        // The work plan is the board's own words alone, and a log of challenges or decisions rates nothing.
        let shows = ["| red |", "| amber |", "| green |", "**red**"]
            .iter()
            .filter_map(|word| page.find(word))
            .min();
        let (Some(first), false) = (shows, kind == "work-plan") else {
            continue;
        };
        let Some(key) = page.find(KEY) else {
            assert!(!page[first..].contains("\n| "), "{kind}: {page}");
            continue;
        };
        assert_eq!(page.matches(KEY).count(), 1, "{kind}: {page}");
        // Between the first rated row and the key no other table begins.
        let between = page.get(first..key).unwrap_or_default();
        assert!(!between.contains("\n#"), "{kind}: {between}");
        rated += 1;
    }
    assert!(rated >= 6, "{rated} papers with a key");
}

#[test]
fn the_last_meetings_are_bars_in_the_status_that_says_more_and_in_the_estate() {
    let estate = testshire();
    let plain = estate.run(&["status"]).out;
    assert!(!plain.contains("Ratings at the last meetings"), "{plain}");
    let more = estate.run(&["status", "-v"]).out;
    assert!(more.contains("Ratings at the last meetings"), "{more}");
    let answer = estate.json(&["status", "-v"]);
    let points = answer["boards"][0]["plans"][0]["trend"]
        .as_array()
        .unwrap()
        .clone();
    let days: Vec<&Value> = points.iter().map(|point| &point["day"]).collect();
    // The meeting of 6 March, and today; 1.2 was red then and is withdrawn now, 1.1 is red now.
    assert_eq!(days, [&json!("2018-03-06"), &json!("2018-05-01")]);
    assert_eq!(points[0]["counts"]["red"], 1);
    assert_eq!(points[1]["counts"]["red"], 1);
    assert_eq!(points[1]["counts"]["withdrawn"], 1);
    let all = estate.json(&["report", "estate"]);
    assert_eq!(all["boards"][0]["trend"].as_array().unwrap().len(), 2);
    let page = estate.run(&["report", "estate"]).out;
    assert!(page.contains("TSAB   6 Mar 2018"), "{page}");
}

#[test]
fn the_boards_paper_says_for_whom_it_is_and_what_it_asks() {
    let said = testshire()
        .run(&["report", "board", "--as-of", "2018-03-01"])
        .out;
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Paper for Testshire Safeguarding Adults Board, meeting of 6 March 2018"),
        "{words}"
    );
    assert!(words.contains("Position at 1 March 2018"), "{words}");
    assert!(
        words.contains("Recommended To decide 1 request and note the rest."),
        "{words}"
    );
}

#[test]
fn a_paper_asks_for_what_there_is_to_do() {
    let asks = |kind: &str, day: &str| {
        let said = testshire().run(&["report", kind, "--as-of", day]).out;
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let (_, rest) = words.split_once("Recommended ").expect("a cover");
        rest.split_once('.').unwrap().0.to_owned()
    };
    // On 10 March 1.2 alone is red, and the request for 1.3 was refused; on 1 January nothing was reported.
    assert_eq!(
        asks("board", "2018-03-10"),
        "To discuss 1 red action and note the rest"
    );
    assert_eq!(asks("exceptions", "2018-03-10"), "To note what is red (1)");
    assert_eq!(
        asks("exceptions", "2017-05-01"),
        "To note that nothing is red or amber"
    );
    assert_eq!(asks("board", "2017-05-01"), "To note the position");
}

#[test]
fn a_report_of_several_paragraphs_is_told_in_sentences_and_a_cell_has_no_empty_lines() {
    let estate = testshire();
    let two = "updates: Later\nplan: plan\nentries:\n  - {date: 2018-04-02, by: police, action: 1.1, rag: red,                done: \"50%\\n\\nWe wait for the venue\"}\n";
    estate.write("t/updates/zz.yaml", two);
    let plan = PLAN.replace(
        "action: Visit homes",
        "action: \"Visit homes.\\n\\nThen write.\"",
    );
    estate.write("t/plan.yaml", &plan);
    for format in ["text", "markdown", "html"] {
        let said = estate.run(&["report", "board", "-O", format]).out;
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("50%. We wait for the venue."),
            "{format}: {said}"
        );
    }
    let said = estate.run(&["report", "work-plan"]).out;
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    let at = lines
        .iter()
        .position(|line| line.contains("Visit homes."))
        .expect("1.3");
    assert!(lines[at + 1].starts_with("Then write."), "{said}");
}

#[test]
fn no_heading_stands_over_a_chart_that_a_format_does_not_draw() {
    let indicators = |format: &str| {
        printed(&format!(
            "report indicators --plans examples --as-of 2026-03-04 -O {format}"
        ))
    };
    for format in ["text", "markdown"] {
        let page = indicators(format).to_lowercase();
        assert!(!page.contains("from period to period"), "{format}");
        assert!(page.contains("figures"), "{format}");
    }
    assert!(indicators("html").contains("From period to period"));
}

#[test]
fn the_charts_of_indicators_stand_together_and_their_figures_fold() {
    let page = printed(
        "report indicators --plans examples --as-of 2026-03-04 --plan business-plan-2025-26 -O html",
    );
    let charts = page.split("<div class=\"charts\">").nth(1).expect("charts");
    let charts = charts.split("</div>\n<h2").next().unwrap();
    // Six of the seven indicators have values.
    assert_eq!(charts.matches("<figure>").count(), 6);
    assert!(page.contains("<details>"));
    let estate = testshire();
    let plan = PLAN.replace(
        "priorities:",
        "indicators: [{id: I1, title: Calls, better: lower, target: 5, data: i.csv}]\npriorities:",
    );
    estate.write("t/plan.yaml", &plan);
    // So many quarters up to 2017-18 Q4, of 10 and 11 calls by turns.
    let limits = |count: usize| {
        let rows = (16 - count..16).map(|at| {
            let (year, quarter) = (14 + at / 4, at % 4 + 1);
            format!("I1,20{year}-{} Q{quarter},{}\n", year + 1, 10 + at % 2)
        });
        let rows: String = rows.collect();
        estate.write("t/i.csv", &format!("indicator,period,value\n{rows}"));
        let answer = estate.json(&["report", "indicators", "--as-of", "2018-05-01"]);
        answer["boards"][0]["plans"][0]["indicators"][0]["limits"].clone()
    };
    assert!(limits(11).is_null());
    // Twelve before the last: the mean is 10.5.
    let of_thirteen = limits(13);
    assert!(
        (of_thirteen[0].as_f64().unwrap() - 7.84).abs() < 1e-9,
        "{of_thirteen}"
    );
    let limits = limits(12);
    // Eleven values before the last, 10 and 11 by turns: the mean is 115/11, each step 1, so 2.66 either way.
    let mean = 115.0 / 11.0;
    assert!(
        (limits[0].as_f64().unwrap() - (mean - 2.66)).abs() < 1e-9,
        "{limits}"
    );
    assert!(
        (limits[1].as_f64().unwrap() - (mean + 2.66)).abs() < 1e-9,
        "{limits}"
    );
}

#[test]
fn no_paper_form_or_letter_of_a_new_adults_board_speaks_of_children() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| {
        let words = words(arguments);
        let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        let said = run_in(folder.path(), &arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out.to_lowercase()
    };
    let speaks = |what: &str, said: &str| {
        let said = said.to_lowercase();
        // A page's style sheet speaks of children of another kind.
        let said = said.rsplit("</style>").next().unwrap_or_default();
        assert!(!said.contains("child"), "{what}: {said}");
    };
    let said = run_in(
        folder.path(),
        &["new", "--name", "Testshire Safeguarding Adults Board"],
    );
    assert_eq!(said.code, 0, "{said:?}");
    speaks("new", &said.out);
    let kinds = kinds();
    let mut papers: Vec<String> = (kinds.iter().map(|kind| format!("report {kind}"))).collect();
    papers.extend(["care-act"].map(|name| format!("report annual --framework {name}")));
    papers.extend(["status", "list", "chase"].map(str::to_owned));
    for paper in &papers {
        for format in ["text", "markdown", "html"] {
            speaks(paper, &run(&format!("{paper} -O {format}")));
        }
    }
    run("chase --all -o forms --by 2030-01-01");
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path().join("forms")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) else {
            speaks(
                &path.display().to_string(),
                &String::from_utf8_lossy(&bytes),
            );
            files += 1;
            continue;
        };
        for at in 0..archive.len() {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
            speaks(&path.display().to_string(), &String::from_utf8_lossy(&text));
        }
        files += 1;
    }
    assert!(files >= 2, "forms and letters");
}
