//! The papers: what each must say of a small board, worked out by hand, on 1 May 2018.
//!
//! The board met on 16 January and 6 March and meets again on 15 May.

use crate::support::{Estate, Said, run_in};
use serde_json::{Value, json};

const BOARD: &str = "\
board: Testshire Safeguarding Children Board
groups:
  police: {name: Police, kind: agency}
  vemt: {name: VEMT Subgroup, kind: subgroup}
  health: {name: Health, kind: agency}
meetings:
  board: [2018-01-16, 2018-03-06, 2018-05-15]
";

const PLAN: &str = "\
plan: Testshire Plan
period: 2017-19
adopted: 2017-09-05
threads: {voice: The voice of the child, equality: Equality}
rag:
  labels: {green: On track}
indicators:
  - {id: I1, title: Repeat episodes, unit: '%', better: lower, target: 8, data: i1.csv}
priorities:
  - id: 1
    title: Exploitation
    objectives:
      - id: 1.1
        title: Children are safer.
        actions:
          - {id: 1.1.1, action: Write the protocol, timescale: April 2018, owners: [police], evidence: [Protocol, Audit], threads: [voice]}
          - {id: 1.1.2, action: Train staff, timescale: February 2018, owners: [vemt]}
          - {id: 1.1.3, action: Review cases, timescale: Ongoing, owners: [vemt, police], indicator: I1}
  - id: 2
    title: Voice
    actions:
      - {id: 2.1, action: Ask children, timescale: March 2018, owners: [vemt], threads: [voice]}
      - {id: 2.2, action: Publish the guide, timescale: December 2017, lead: police, source: {review: Review A, recommendation: '3'}}
";

const DATA: &str = "\
indicator,period,value,reported
I1,2016-17 Q3,10,2017-01-20
I1,2017-18 Q2,,
I1,2017-18 Q3,9,2018-01-20
I1,2017-18 Q4,11,2018-04-20
";

const VEMT: &str = "\
updates: VEMT return
plan: plan
date: 2018-01-10
by: vemt
entries:
  - {action: 1.1.2, rag: green, done: Half the staff are trained., timescale: May 2018, reason: The trainer was ill.}
  - {action: 2.1, status: complete, done: We asked forty children., voice: 'We want answers.', evidence: [Survey]}
  - {date: 2018-04-02, action: 1.1.2, status: withdrawn, reason: It is no longer needed.}
";

const OTHERS: &str = "\
updates: Decisions and returns
plan: plan
entries:
  - {date: 2018-01-16, by: vemt, action: 1.1.2, timescale: April 2018, reason: The trainer was ill., agreed: board}
  - {date: 2018-03-20, by: police, action: 1.1.1, rag: green, done: A draft is written., next: Signing, evidence: [Protocol]}
  - {date: 2018-03-20, by: police, action: 2.2, rag: green, note: Nearly there., escalate: board}
";

const LOG: &str = "\
challenges: Log
plan: plan
entries:
  - {challenge: C1, date: 2018-01-16, from: police, to: vemt, action: 1.1.2, raised: Why so slow?}
  - {challenge: C1, date: 2018-03-06, response: The trainer was ill.}
  - {challenge: C2, date: 2017-11-07, from: vemt, to: police, raised: Where is the guide?}
  - {challenge: C2, date: 2018-03-06, closed: It is being printed., impact: Staff know whom to ask.}
";

fn testshire() -> Estate {
    Estate::of(&[
        ("testshire/board.yaml", BOARD),
        ("testshire/plan.yaml", PLAN),
        ("testshire/i1.csv", DATA),
        ("testshire/updates/vemt.yaml", VEMT),
        ("testshire/updates/others.yaml", OTHERS),
        ("testshire/challenges.yaml", LOG),
    ])
}

/// The first board of a report, as JSON.
fn report(arguments: &[&str]) -> Value {
    let answer = testshire().json(&[&["report"], arguments].concat());
    answer["boards"][0].clone()
}

/// The first plan of a report, as JSON.
fn plan(arguments: &[&str]) -> Value {
    report(arguments)["plans"][0].clone()
}

/// What a report says, its lines made one.
fn text(arguments: &[&str]) -> String {
    let said: Said = testshire().run(&[&["report"], arguments].concat());
    assert_eq!(said.code, 0, "{said:?}");
    said.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|item| item["id"].as_str().expect("an id"))
        .collect()
}

#[test]
fn the_board_paper_says_what_is_late_moved_and_to_be_decided() {
    let paper = plan(&["board"]);
    assert_eq!(paper["since"], "2018-03-06");
    assert_eq!(paper["next_meeting"], "2018-05-15");
    assert_eq!(paper["counts"]["red"], 3);
    assert_eq!(paper["counts"]["amber"], 1);
    assert_eq!(paper["counts"]["blue"], 1);
    // On 6 March only the guide was late.
    assert_eq!(paper["counts_then"]["red"], 1);
    assert_eq!(paper["counts_then"]["overdue"], 1);
    assert_eq!(paper["priorities"][0]["rag"], "red");
    assert_eq!(paper["priorities"][0]["rag_then"], "amber");
    assert_eq!(ids(&paper["worse"]), ["1.1.1", "1.1.2"]);
    assert_eq!(ids(&paper["better"]), Vec::<&str>::new());
    assert_eq!(ids(&paper["overdue"]), ["2.2", "1.1.1", "1.1.2"]);
    assert_eq!(paper["overdue"][0]["days_late"], 121);
    assert_eq!(ids(&paper["slipped"]), ["1.1.2"]);
    assert_eq!(ids(&paper["escalated"]), ["2.2"]);
    assert_eq!(paper["escalated"][0]["to"], "Board");
    assert_eq!(ids(&paper["challenges"]), ["C1"]);
    assert_eq!(ids(&paper["indicators_worse"]), ["I1"]);
    // Nothing is due between 1 and 15 May.
    assert_eq!(ids(&paper["due"]), Vec::<&str>::new());
    let evidence = json!([
        {"date": "2018-03-20", "id": "1.1.1", "title": "Protocol", "planned": true},
    ]);
    assert_eq!(paper["evidence"], evidence);
}

#[test]
fn what_is_asked_for_is_put_to_the_meeting_once() {
    let paper = plan(&["board"]);
    let decisions = &paper["to_decide"];
    // The deadline of January was decided; the withdrawal of April was not.
    assert_eq!(ids(decisions), ["1.1.2"]);
    assert_eq!(decisions[0]["asks"], "status");
    assert_eq!(decisions[0]["what"], "withdraw it");
    assert_eq!(decisions[0]["reason"], "It is no longer needed.");
    assert_eq!(decisions[0]["asked_by"], "VEMT Subgroup");
    assert_eq!(decisions[0]["date"], "2018-04-02");
}

#[test]
fn what_is_asked_for_of_a_closed_action_is_not_put_to_the_meeting() {
    let estate = testshire();
    let closed =
        "updates: Last\nplan: plan\nentries:\n  - {date: 2018-04-20, action: 1.1.2, rag: blue}\n";
    estate.write("testshire/updates/zz.yaml", closed);
    let paper = &estate.json(&["report", "board"])["boards"][0]["plans"][0];
    assert_eq!(ids(&paper["to_decide"]), Vec::<&str>::new());
    let findings = estate.findings("2018-05-01");
    assert!(
        !findings.iter().any(|(rule, _, _)| rule == "not-agreed"),
        "{findings:?}"
    );
}

#[test]
fn an_over_rated_action_becomes_a_question_to_the_lead() {
    let paper = plan(&["board"]);
    assert_eq!(ids(&paper["questions"]), ["1.1.1", "1.1.2", "2.2"]);
    assert_eq!(
        paper["questions"][0]["question"],
        "What makes it green? Due 30 April 2018, 1 day ago."
    );
}

#[test]
fn a_board_without_meetings_has_no_earlier_day_and_says_so() {
    let estate = testshire();
    estate.write(
        "testshire/board.yaml",
        "board: Testshire\ngroups: {police: {}, vemt: {}}\n",
    );
    let said = estate.run(&["report", "board"]);
    assert!(
        said.out
            .contains("No earlier meeting is known to compare with."),
        "{said:?}"
    );
    let said = estate.run(&["report", "changes"]);
    assert!(said.out.contains("Name one with --since"), "{said:?}");
    let paper = &estate.json(&["report", "changes", "--since", "6 March 2018"])["boards"][0];
    assert_eq!(ids(&paper["plans"][0]["late"]), ["1.1.1", "1.1.2"]);
}

#[test]
fn exceptions_are_red_and_amber_alone_with_what_is_being_done() {
    let paper = plan(&["exceptions"]);
    assert_eq!(ids(&paper["red"]), ["2.2", "1.1.1", "1.1.2"]);
    assert_eq!(ids(&paper["amber"]), ["1.1.3"]);
    assert_eq!(
        paper["concerns"],
        json!([
            "2.2 Publish the guide: escalated to the board and 121 days late. Escalated by Police on 20 March: \
             Nearly there."
        ])
    );
    let text = text(&["exceptions", "-O", "markdown"]);
    assert!(text.contains("A draft is written."), "{text}");
    assert!(text.contains("Next: Signing"), "{text}");
}

#[test]
fn a_group_sees_its_own_actions_and_what_it_owes() {
    let groups = report(&["group"]);
    let groups = groups["groups"].as_array().unwrap();
    let of = |name: &str| groups.iter().find(|group| group["name"] == name).unwrap();
    // Police own 1.1.1, share 1.1.3 and lead 2.2.
    assert_eq!(
        ids(&of("Police")["plans"][0]["actions"]),
        ["1.1.1", "1.1.3", "2.2"]
    );
    assert_eq!(
        ids(&of("Police")["plans"][0]["owes"]),
        ["1.1.1", "1.1.3", "2.2"]
    );
    assert_eq!(
        ids(&of("VEMT Subgroup")["plans"][0]["actions"]),
        ["1.1.2", "1.1.3", "2.1"]
    );
    assert_eq!(
        ids(&of("VEMT Subgroup")["plans"][0]["owes"]),
        ["1.1.2", "1.1.3"]
    );
    // Health has nothing to do, and no section.
    assert_eq!(groups.len(), 2);
    let one = report(&["group", "--owner", "VEMT Subgroup"]);
    assert_eq!(one["groups"].as_array().unwrap().len(), 1);
}

#[test]
fn changes_compare_two_days() {
    let paper = plan(&["changes"]);
    assert_eq!(paper["entries"], 3);
    assert_eq!(ids(&paper["late"]), ["1.1.1", "1.1.2"]);
    assert_eq!(paper["worse"][0]["then"], "amber");
    assert_eq!(paper["worse"][0]["now"], "red");
    let longer = plan(&["changes", "--since", "2018-01-01"]);
    assert_eq!(ids(&longer["closed"]), ["2.1"]);
    // Asked for on 10 January, agreed with another day on 16 January.
    let to: Vec<&str> = (longer["revised"].as_array().unwrap().iter())
        .map(|revision| revision["to"].as_str().unwrap())
        .collect();
    assert_eq!(to, ["May 2018", "April 2018"]);
}

#[test]
fn the_register_of_moved_deadlines_has_every_move() {
    let paper = plan(&["slippage"]);
    assert_eq!(paper["slipped"], 1);
    assert_eq!(ids(&paper["register"]), ["1.1.2"]);
    let moved = &paper["register"][0];
    assert_eq!(moved["first"], "February 2018");
    // 28 February to 30 April.
    assert_eq!(moved["days_moved"], 61);
    let moves = moved["revisions"].as_array().unwrap();
    assert_eq!(moves.len(), 2);
    // 28 February to 31 May, asked for only.
    assert_eq!(
        (&moves[0]["days"], &moves[0]["agreed"]),
        (&json!(92), &Value::Null)
    );
    assert_eq!(
        (&moves[1]["days"], &moves[1]["agreed"]),
        (&json!(61), &json!("Board"))
    );
}

#[test]
fn the_register_names_the_moves_of_the_plan_before() {
    let estate = testshire();
    estate.write(
        "testshire/next.yaml",
        "plan: Next\nperiod: 2019-20\npriorities: [{id: 1, title: A, actions: [{id: 1.1, action: Train, timescale: May 2019, from: plan#1.1.2, owners: [vemt]}]}]\n",
    );
    let answer = estate.json(&["report", "slippage", "--plan", "next"]);
    let moved = &answer["boards"][0]["plans"][0]["register"][0];
    // Its own slip by being carried on beyond 30 April 2018, and the one of the year before.
    assert_eq!(moved["slips"], 2);
    assert_eq!(ids(&moved["revisions"]), ["plan#1.1.2", "plan#1.1.2"]);
}

#[test]
fn assurance_holds_what_was_promised_against_what_came() {
    let paper = plan(&["assurance"]);
    assert_eq!(
        (&paper["promised"], &paper["received"]),
        (&json!(2), &json!(1))
    );
    // Their leads call both green; by their dates they are red. Nothing was ever received of them.
    assert_eq!(ids(&paper["unproven"]), Vec::<&str>::new());
    assert_eq!(ids(&paper["unproven_claims"]), ["1.1.2", "2.2"]);
    let first = &paper["actions"][0]["evidence"];
    assert_eq!(
        first[0],
        json!({"title": "Protocol", "planned": true, "received": "2018-03-20", "latest": "2018-03-20", "times": 1})
    );
    assert_eq!(
        first[1],
        json!({"title": "Audit", "planned": true, "received": null, "latest": null, "times": 0})
    );
}

#[test]
fn the_scorecard_compares_with_the_year_before_and_shows_gaps() {
    let card = &plan(&["indicators"])["indicators"][0];
    assert_eq!(
        card["latest"],
        json!({"period": "2017-18 Q4", "value": 11.0, "target": 8.0})
    );
    // There is no value for the fourth quarter of 2016-17; the quarter before had 9.
    assert_eq!(card["year_before"], Value::Null);
    assert_eq!(card["course"], "worse");
    assert_eq!(card["impact_rag"], "red");
    assert_eq!(card["gaps"], json!(["2017-18 Q2"]));
    assert_eq!(card["actions"], json!(["1.1.3"]));
    // In January the third quarter was the latest, against ten the year before.
    let january = &plan(&["indicators", "--as-of", "2018-01-31"])["indicators"][0];
    assert_eq!(january["latest"]["value"], 9.0);
    assert_eq!(january["year_before"]["value"], 10.0);
    assert_eq!(january["impact_rag"], "amber");
}

#[test]
fn the_log_tells_how_long_a_challenge_has_been_open() {
    let log = report(&["challenges"]);
    assert_eq!(ids(&log["open"]), ["C1"]);
    // 16 January to 1 May.
    assert_eq!(log["open"][0]["days"], 105);
    assert_eq!(ids(&log["closed"]), ["C2"]);
    // 7 November to 6 March.
    assert_eq!(log["closed"][0]["days"], 119);
    assert_eq!(log["closed"][0]["impact"], "Staff know whom to ask.");
    // On the first of March it was still open.
    let before = report(&["challenges", "--as-of", "2018-03-01"]);
    assert_eq!(ids(&before["open"]), ["C2", "C1"]);
}

#[test]
fn threads_say_where_they_are_missing() {
    let paper = plan(&["threads"]);
    assert_eq!(ids(&paper["threads"][0]["actions"]), ["1.1.1", "2.1"]);
    assert_eq!(paper["threads"][0]["missing"], json!([]));
    assert_eq!(paper["threads"][1]["missing"], json!(["1", "2"]));
}

#[test]
fn the_work_plan_merges_what_the_plan_gives_once() {
    let paper = plan(&["work-plan"]);
    let rows = paper["priorities"][0]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["merged"], json!([]));
    assert_eq!(rows[1]["merged"], json!(["objective"]));
    assert_eq!(rows[1]["action"]["timescale"], "April 2018");
}

fn annual<'v>(paper: &'v Value, section: &str, part: &str) -> &'v Value {
    let sections = paper["sections"].as_array().unwrap();
    let section = sections
        .iter()
        .find(|own| own["title"] == section)
        .expect(section);
    let parts = section["parts"].as_array().unwrap();
    parts.iter().find(|own| own["title"] == part).expect(part)
}

#[test]
fn the_annual_report_says_what_was_done_in_its_year() {
    let paper = report(&["annual"]);
    // The last financial year that had ended.
    assert_eq!(paper["period"], "2017-18");
    let done = &annual(&paper, "1 Exploitation", "What we did")["points"];
    let words: Vec<&Value> = (done.as_array().unwrap().iter())
        .map(|point| &point["words"])
        .collect();
    assert_eq!(
        words,
        ["A draft is written.", "Half the staff are trained."]
    );
    let voice = &annual(&paper, "2 Voice", "What children and families said")["points"];
    assert_eq!(voice[0]["words"], "We want answers.");
    let nothing = &annual(&paper, "1 Exploitation", "")["nothing"];
    assert_eq!(
        nothing,
        "Nothing to draw on under: What difference it made and What children and families said."
    );
    let reviews = "Recommendations of reviews, and what answers them";
    let review = annual(&paper, reviews, "Review A");
    assert_eq!(
        review["sentences"],
        // Due on 31 December; the paper is of 1 May.
        json!([
            "Recommendation 3. 2.2 Publish the guide: in progress, red, overdue. Since then: still open, 121 days late."
        ])
    );
}

#[test]
fn the_annual_report_speaks_of_the_years_end_and_says_what_moved_since() {
    let estate = testshire();
    let later = "updates: April\nplan: plan\nentries:\n  - {date: 2018-04-20, by: police, action: 1.1.1, status: complete, done: It is signed.}\n";
    estate.write("testshire/updates/april.yaml", later);
    let answer = estate.json(&["report", "annual", "--period", "2017-18"]);
    let set_out = annual(
        &answer["boards"][0],
        "1 Exploitation",
        "What we set out to do",
    );
    let action = &set_out["actions"][0];
    // On 31 March it was reported green and on time.
    assert_eq!(action["id"], "1.1.1");
    assert_eq!(action["rag"], "green");
    assert_eq!(action["status"], "in progress");
    assert_eq!(action["since_then"], "complete on 20 April 2018");
    // What was said after the year is not the year's.
    let done = &annual(&answer["boards"][0], "1 Exploitation", "What we did")["points"];
    assert!(!done.to_string().contains("It is signed."), "{done}");
}

#[test]
fn each_report_stands_once_and_only_the_last_words_about_an_action() {
    let estate = testshire();
    let later = "updates: March\nplan: plan\nentries:\n  - {date: 2018-03-28, by: police, action: 1.1.1, rag: green, done: The draft is agreed.}\n";
    estate.write("testshire/updates/march.yaml", later);
    let said = estate.run(&["report", "annual", "--period", "2017-18", "-O", "markdown"]);
    assert_eq!(
        said.out.matches("The draft is agreed.").count(),
        1,
        "{said:?}"
    );
    assert!(!said.out.contains("A draft is written."), "{said:?}");
    assert!(said.out.contains("1.1.1 Write the protocol"), "{said:?}");
}

#[test]
fn members_are_agencies_and_the_silent_ones_are_named() {
    let paper = report(&["annual"]);
    let members = annual(&paper, "What each member contributed", "");
    let sentences: Vec<&str> = (members["sentences"].as_array().unwrap().iter())
        .map(|sentence| sentence.as_str().unwrap())
        .collect();
    // Police own 1.1.1 and share 1.1.3, and lead 2.2; on 20 March they reported on two.
    assert_eq!(
        sentences,
        [
            "Police owned 3 actions and reported twice: on 1.1.1 Write the protocol and 2.2 Publish the guide.",
            "Nothing in their own name: Health (0 actions).",
        ]
    );
}

#[test]
fn a_framework_is_data_that_a_board_may_bring_itself() {
    let estate = testshire();
    let listed = estate.run(&["report", "--list-frameworks"]);
    let by_kind = estate.run(&["report", "annual", "--list-frameworks"]);
    assert_eq!(listed.out, by_kind.out);
    for name in [
        "plan", "lscb", "wt2018", "wt2023", "wt2026", "care-act", "wales",
    ] {
        let has = listed
            .out
            .lines()
            .any(|line| line.split(' ').next() == Some(name));
        assert!(has, "{name}: {listed:?}");
    }
    let shown = estate.run(&["report", "--show-framework", "wt2018"]);
    std::fs::write(estate.dir.path().join("mine.yaml"), &shown.out).unwrap();
    let own = estate.run(&["report", "annual", "--framework", "mine.yaml"]);
    let built_in = estate.run(&["report", "annual", "--framework", "wt2018"]);
    assert_eq!(own.out, built_in.out);
    let bad =
        "framework: mine\nsections:\n  - {title: A, answers: [done, wonders]}\n  - {titel: B}\n";
    std::fs::write(estate.dir.path().join("bad.yaml"), bad).unwrap();
    let said = estate.run(&["report", "annual", "--framework", "bad.yaml"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err
            .contains("bad.yaml:3:32: `wonders` answers nothing"),
        "{said:?}"
    );
    assert!(
        said.err.contains("bad.yaml:4:6: `titel` is no field"),
        "{said:?}"
    );
    let said = estate.run(&["report", "annual", "--framework", "wt1918"]);
    assert!(
        said.err.contains("there is no framework `wt1918`"),
        "{said:?}"
    );
}

#[test]
fn an_adults_boards_papers_never_speak_of_children() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let said = run_in(folder.path(), arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out.to_lowercase()
    };
    run(&["new", "--name", "Testshire Safeguarding Adults Board"]);
    for kind in [
        "board",
        "annual",
        "exceptions",
        "group",
        "decisions",
        "work-plan",
    ] {
        let said = run(&["report", kind]);
        assert!(!said.contains("child"), "{kind}: {said}");
    }
    let care = run(&["report", "annual", "--framework", "care-act"]);
    assert!(!care.contains("child"), "{care}");
    let letter = run(&["chase", "-O", "markdown"]);
    assert!(!letter.contains("child"), "{letter}");
}

#[test]
fn the_annual_report_takes_the_years_own_values_whenever_it_is_printed() {
    let estate = testshire();
    let later = format!("{DATA}I1,2018-19 Q1,5,2018-07-20\n");
    estate.write("testshire/i1.csv", &later);
    let answer = estate.json(&[
        "report",
        "annual",
        "--period",
        "2017-18",
        "--as-of",
        "2018-08-01",
    ]);
    let figures = annual(&answer["boards"][0], "The year in brief", "The figures");
    let sentence = figures["sentences"][1].as_str().unwrap();
    assert!(sentence.contains("11% in 2017-18 Q4"), "{sentence}");
}

#[test]
fn what_fell_by_the_years_own_values_is_little_progress_also_where_they_came_later_or_measure_no_action()
 {
    let estate = testshire();
    // On 31 March the last known was 9%, better than the 10% of a year before; in April came 11%, worse than 9%.
    let end = estate.action("1.1.3", "2018-03-31");
    assert_eq!(end["impact_rag"], "amber");
    let second =
        "indicators:\n  - {id: I2, title: Calls, better: lower, target: 5, data: i1.csv}\n";
    estate.write(
        "testshire/plan.yaml",
        &PLAN.replace("indicators:\n", second),
    );
    estate.write("testshire/i1.csv", &format!("{DATA}I2,2017-18 Q4,9\n"));
    let ask = |framework: &str| {
        let command = ["report", "annual", "--framework", framework];
        estate.json(&command)["boards"][0].clone()
    };
    let paper = ask("wt2018");
    let brief = annual(&paper, "The year in brief", "What did not");
    // 2.2 is late since December.
    assert_eq!(
        brief["sentences"],
        json!([
            "1.1.3 Review cases: its impact is red.",
            "2.2 Publish the guide: 90 days late at the end of the year.",
            "I2 Calls: rated red.",
        ])
    );
    let section = "Little or no progress on agreed priorities";
    let cases = annual(&paper, section, "1 Exploitation");
    let why = cases["sentences"].to_string();
    assert!(why.contains("Impact red: I1 was 11 in 2017-18 Q4"), "{why}");
    let alone = annual(&paper, section, "Figures that measure no action");
    assert_eq!(alone["sentences"], json!(["I2 Calls: rated red."]));
}

#[test]
fn an_entry_belongs_to_the_year_that_it_covers() {
    let estate = testshire();
    let late = "updates: Late\nplan: plan\ndate: 2018-04-25\ncovers: 2017-18 Q4\nentries:\n  - {action: 1.1.3, done: Cases were read.}\n";
    estate.write("testshire/updates/late.yaml", late);
    let answer = estate.json(&["report", "annual", "--period", "2017-18"]);
    let done = &annual(&answer["boards"][0], "1 Exploitation", "What we did")["points"];
    assert!(done.to_string().contains("Cases were read."), "{done}");
}

#[test]
fn each_framework_asks_its_own_questions() {
    for (framework, title) in [
        ("wt2018", "Little or no progress on agreed priorities"),
        (
            "care-act",
            "What each member has done to implement the strategy",
        ),
        (
            "lscb",
            "Areas of weakness, their causes, and what is being done",
        ),
    ] {
        let text = text(&["annual", "--framework", framework]);
        assert!(text.contains(&title.to_uppercase()), "{text}");
    }
    // What no file of a plan holds is said to be missing.
    let care = text(&["annual", "--framework", "care-act"]);
    assert!(
        care.contains(
            "for the author to write: which reviews had not ended by the end of the year"
        ),
        "{care}"
    );
}

#[test]
fn the_estate_adds_its_boards_up() {
    let estate = testshire();
    let second = PLAN.replace("data: i1.csv", "data: ../testshire/i1.csv");
    estate.write(
        "second/board.yaml",
        "board: Second\ngroups: {police: {}, vemt: {}}\n",
    );
    estate.write("second/plan.yaml", &second);
    let answer = estate.json(&["report", "estate"]);
    assert_eq!(answer["kind"], "estate");
    assert_eq!(answer["boards"].as_array().unwrap().len(), 2);
    // Testshire has 3 overdue of 5; the second, with no report, has 4 whose day has passed.
    assert_eq!(answer["total"]["total"], 10);
    assert_eq!(answer["total"]["overdue"], 7);
}

#[test]
fn a_paper_speaks_of_plans_that_run_or_have_open_actions() {
    let estate = testshire();
    let next = "plan: Next\nperiod: 2019-20\npriorities: [{id: 1, title: A, actions: [{id: 1.1, action: B, timescale: May 2019}]}]\n";
    estate.write("testshire/next.yaml", next);
    let stems = |answer: Value| -> Vec<String> {
        let plans = answer["boards"][0]["plans"].as_array().unwrap().clone();
        plans
            .iter()
            .map(|plan| plan["plan"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(stems(estate.json(&["report", "board"])), ["plan"]);
    // Asked for by name, it is shown whatever the day.
    assert_eq!(
        stems(estate.json(&["report", "board", "--plan", "next"])),
        ["next"]
    );
    // In 2019 the first plan is over, and has open actions still.
    let both = estate.json(&["report", "board", "--as-of", "2019-06-01"]);
    assert_eq!(both["boards"][0]["others"][0]["plan"], "plan");
    assert_eq!(ids(&both["boards"][0]["others"][0]["actions"])[0], "1.1.1");
    assert_eq!(stems(both), ["next"]);
}

#[test]
fn neither_a_note_of_the_board_nor_a_bare_rating_hides_what_was_last_said() {
    let estate = testshire();
    let later = "updates: Later\nplan: plan\nentries:\n  \
        - {date: 2018-04-10, by: board, action: 1.1.1, note: Why does it take so long?, done: We asked.}\n  \
        - {date: 2018-04-12, by: police, action: 1.1.1, rag: red}\n";
    estate.write("testshire/updates/later.yaml", later);
    let paper = &estate.json(&["report", "exceptions"])["boards"][0]["plans"][0];
    let red = paper["red"].as_array().unwrap();
    let item = red.iter().find(|item| item["id"] == "1.1.1").unwrap();
    assert_eq!(
        item["newest"]["words"],
        "A draft is written. Next: Signing."
    );
    assert_eq!(item["newest"]["by"], "Police");
    assert_eq!(item["newest"]["date"], "2018-03-20");
}

#[test]
fn old_words_say_how_old_they_are() {
    let markdown = |day| text(&["exceptions", "-O", "markdown", "--as-of", day]);
    let december = markdown("2018-12-01");
    assert!(
        december.contains("(Police, 20 March, 8 months ago)"),
        "{december}"
    );
    let may = markdown("2018-05-01");
    assert!(may.contains("(Police, 20 March)"), "{may}");
}

#[test]
fn what_is_to_be_decided_is_a_sentence_to_read_out() {
    let said = text(&["board"]);
    let sentence = "1.1.2 Train staff: withdraw it? Asked by the VEMT Subgroup on 2 April, because it is no \
                    longer needed. Now: Half the staff are trained.";
    assert!(said.contains(sentence), "{said}");
}

#[test]
fn an_escalation_stands_with_its_reason() {
    let paper = plan(&["board"]);
    let escalated = &paper["escalated"][0];
    assert_eq!(escalated["because"], "Nearly there.");
    assert_eq!(escalated["by"], "Police");
    let said = text(&["board"]);
    let sentence = "2.2 Publish the guide (red), by Police on 20 March: Nearly there.";
    assert!(said.contains(sentence), "{said}");
}

#[test]
fn every_red_action_stands_on_the_first_page_also_one_that_stays_red() {
    let paper = plan(&["board"]);
    // 2.2 was red at the meeting in March and is still.
    assert_eq!(ids(&paper["red"]), ["2.2", "1.1.1", "1.1.2"]);
    assert_eq!(ids(&paper["actions"]), ["2.2", "1.1.1", "1.1.2"]);
}

#[test]
fn what_the_board_asked_for_last_time_says_what_came_of_it() {
    let estate = testshire();
    let said = "updates: March\nplan: plan\nentries:\n  \
        - {date: 2018-03-06, meeting: board, by: vemt, action: 1.1.1, note: The board wants it by May.}\n  \
        - {date: 2018-03-06, meeting: board, by: vemt, action: 2.2, note: Printing is to be paid for.}\n";
    estate.write("testshire/updates/march.yaml", said);
    let paper = &estate.json(&["report", "board"])["boards"][0]["plans"][0];
    let follow_ups = &paper["follow_ups"];
    assert_eq!(ids(follow_ups), ["1.1.1", "2.2", "C2", "C1"]);
    // One challenge was answered on that day, one closed.
    assert_eq!(follow_ups[3]["asked"], "Answered: The trainer was ill.");
    assert_eq!(follow_ups[2]["asked"], "Closed: It is being printed.");
    assert_eq!(follow_ups[0]["asked"], "The board wants it by May.");
    assert_eq!(
        follow_ups[0]["since"]["words"],
        "A draft is written. Next: Signing."
    );
    // A note says nothing of what was done.
    assert_eq!(follow_ups[1]["since"], Value::Null);
}

#[test]
fn the_trend_has_the_last_meetings_and_today() {
    let paper = plan(&["board"]);
    let points = paper["trend"].as_array().unwrap();
    let days: Vec<&str> = points
        .iter()
        .map(|point| point["day"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2018-01-16", "2018-03-06", "2018-05-01"]);
    // On 6 March only the guide was late; on 1 May three are.
    assert_eq!(points[1]["counts"]["red"], 1);
    assert_eq!(points[2]["counts"]["red"], 3);
}

#[test]
fn an_open_challenge_is_not_lost_in_the_plan_that_carries_its_action_on() {
    let estate = testshire();
    let asked = |from: &str| {
        let next = format!(
            "plan: Next\nperiod: 2018-20\npriorities: [{{id: 1, title: A, actions: [{{id: 1.1, action: Train, {from}timescale: May 2019, owners: [vemt]}}]}}]\n",
        );
        estate.write("testshire/next.yaml", &next);
        let paper = &estate.json(&["report", "board", "--plan", "next"])["boards"][0]["plans"][0];
        let log = &estate.json(&["report", "challenges", "--plan", "next"])["boards"][0];
        assert_eq!(ids(&paper["challenges"]), ids(&log["open"]));
        ids(&log["open"]).join(" ")
    };
    assert_eq!(asked("from: plan#1.1.2, "), "C1");
    // What is about another plan's action, which goes on there, is not this plan's.
    assert_eq!(asked(""), "");
}

#[test]
fn a_challenge_about_no_action_stands_with_the_first_plan_and_with_that_which_it_names() {
    let estate = testshire();
    let over = "plan: Before\nperiod: 2015-17\npriorities: [{id: 1, title: A, actions: [{id: 1.1, action: Train, timescale: May 2016}]}]\n";
    estate.write("testshire/before.yaml", over);
    let log = "plan: Log\nactions: [{id: M1, action: Ask, timescale: May 2018}]\n";
    estate.write("testshire/log.yaml", log);
    let old = "challenges: Old\nplan: before\nentries:\n  - {challenge: C3, date: 2017-01-10, from: vemt, to: police, raised: Who is told?}\n";
    estate.write("testshire/old.yaml", old);
    let open = |arguments: &[&str]| {
        let answer = estate.json(&[&["report", "challenges"], arguments].concat());
        ids(&answer["boards"][0]["open"]).join(" ")
    };
    assert_eq!(open(&[]), "C3 C1");
    assert_eq!(open(&["--plan", "plan"]), "C3 C1");
    assert_eq!(open(&["--plan", "before"]), "C3");
    assert_eq!(open(&["--plan", "log"]), "");
}

#[test]
fn a_response_changes_nothing_about_who_raised_a_challenge() {
    let estate = testshire();
    let later = "challenges: Later\nplan: plan\nentries:\n  - {challenge: C1, date: 2018-04-01, from: vemt, to: police, response: It takes two.}\n";
    estate.write("testshire/later.yaml", later);
    let log = &estate.json(&["report", "challenges"])["boards"][0];
    assert_eq!(log["open"][0]["from"], "Police");
    assert_eq!(log["open"][0]["to"], "VEMT Subgroup");
}

#[test]
fn a_request_and_its_approval_are_one_move() {
    let paper = plan(&["slippage"]);
    let moves = paper["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!(moves[0]["to"], "April 2018");
    assert_eq!(moves[0]["asked_by"], "VEMT Subgroup");
    assert_eq!(moves[0]["asked"], "2018-01-10");
    assert_eq!(paper["requests"], json!([]));
    // 28 February to 30 April.
    assert_eq!(paper["register"][0]["days_in_all"], 61);
}

#[test]
fn the_first_day_of_an_actions_life_is_that_of_its_first_plan() {
    let estate = testshire();
    estate.write(
        "testshire/next.yaml",
        "plan: Next\nperiod: 2019-20\npriorities: [{id: 1, title: A, actions: [{id: 1.1, action: Train, timescale: May 2019, from: plan#1.1.2, owners: [vemt]}]}]\n",
    );
    let answer = estate.json(&["report", "slippage"]);
    let plans = answer["boards"][0]["plans"].as_array().unwrap();
    let of = |stem: &str| plans.iter().find(|plan| plan["plan"] == stem).unwrap();
    // What goes on in the next plan stands there alone, and the plan that it was moved in says so.
    assert_eq!(of("plan")["register"], json!([]));
    assert_eq!(of("plan")["carried_on"], json!(["1.1.2"]));
    let said = estate.run(&["report", "slippage", "--plan", "plan"]).out;
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Moved too, and told with the plan that carries it on: 1.1.2."),
        "{said}"
    );
    assert_eq!(of("next")["register"][0]["first_ever"], "2018-02-28");
    // 28 February 2018 to 31 May 2019.
    assert_eq!(of("next")["register"][0]["days_in_all"], 457);
}

#[test]
fn a_group_is_not_listed_as_working_with_itself() {
    let groups = report(&["group"]);
    let groups = groups["groups"].as_array().unwrap();
    let police = groups
        .iter()
        .find(|group| group["name"] == "Police")
        .unwrap();
    let actions = police["plans"][0]["actions"].as_array().unwrap();
    let with: Vec<&Value> = actions.iter().map(|action| &action["with"]).collect();
    assert_eq!(with, [&json!([]), &json!(["VEMT Subgroup"]), &json!([])]);
    assert_eq!(actions[2]["escalated_to"], json!(["board"]));
}

#[test]
fn changes_name_each_action_once() {
    let paper = plan(&["changes"]);
    let parts = paper["parts"].as_array().unwrap();
    let all: Vec<&str> = parts
        .iter()
        .flat_map(|part| ids(&part["actions"]))
        .collect();
    // Both got worse and are newly late.
    assert_eq!(all, ["1.1.1", "1.1.2"]);
    assert_eq!(parts[0]["what"], "Worse");
}

#[test]
fn the_register_of_decisions_is_by_meeting_and_says_who_asked() {
    let paper = plan(&["decisions"]);
    let meetings = paper["meetings"].as_array().unwrap();
    assert_eq!(meetings.len(), 1);
    assert_eq!(meetings[0]["date"], "2018-01-16");
    let decided = &meetings[0]["decided"][0];
    assert_eq!(decided["what"], "new date April 2018");
    assert_eq!(decided["outcome"], "agreed");
    assert_eq!(decided["by"], "Board");
    assert_eq!(decided["asked_by"], "VEMT Subgroup");
    assert_eq!(decided["asked"], "2018-01-10");
}

#[test]
fn the_work_plan_as_adopted_has_the_first_dates_and_no_ratings() {
    let now = text(&["work-plan", "-O", "markdown"]);
    assert!(now.contains("first 28 Feb 2018"), "{now}");
    let adopted = text(&["work-plan", "--as-adopted", "-O", "markdown"]);
    assert!(adopted.contains("February 2018"), "{adopted}");
    assert!(!adopted.contains("RAG"), "{adopted}");
    assert!(!adopted.contains("first 28 Feb"), "{adopted}");
}

#[test]
fn measured_values_keep_their_decimals() {
    let estate = testshire();
    let data = "indicator,period,value\nI1,2017-18 Q3,21.4\nI1,2017-18 Q4,22.0\n";
    estate.write("testshire/i1.csv", data);
    let said = estate.run(&["report", "indicators", "-O", "markdown"]);
    assert!(said.out.contains("| 22.0<br>2017-18 Q4 |"), "{said:?}");
    assert!(said.out.contains("| 22.0 / 8.0 |"), "{said:?}");
    assert!(
        said.out.contains("worse than in the period before"),
        "{said:?}"
    );
}

#[test]
fn where_nothing_was_reported_the_paper_says_so_and_counts_nothing() {
    let estate = Estate::of(&[
        ("testshire/board.yaml", BOARD),
        ("testshire/plan.yaml", PLAN),
    ]);
    let said = estate.run(&["report", "board", "--as-of", "2017-10-01"]);
    assert!(said.out.contains("Nothing was reported yet."), "{said:?}");
    assert!(!said.out.contains("0 not reported"), "{said:?}");
}

#[test]
fn an_indicator_that_fell_or_has_no_value_is_in_the_boards_paper() {
    let paper = plan(&["board"]);
    assert_eq!(ids(&paper["indicators_worse"]), ["I1"]);
    let estate = testshire();
    estate.write(
        "testshire/i1.csv",
        "indicator,period,value\nI1,2017-18 Q2,7\nI1,2017-18 Q3,\n",
    );
    let paper = &estate.json(&["report", "board"])["boards"][0]["plans"][0];
    assert_eq!(ids(&paper["indicators_missing"]), ["I1"]);
}

#[test]
fn a_chase_about_several_plans_says_which() {
    let estate = testshire();
    let one = estate.run(&["chase", "--plan", "plan"]);
    assert!(!one.out.contains("Next 2018-20"), "{one:?}");
    estate.write(
        "testshire/next.yaml",
        "plan: Next\nperiod: 2018-20\npriorities: [{id: 1, title: A, actions: [{id: 1.1, action: Train, timescale: 1 May 2018, owners: [vemt]}]}]\n",
    );
    let both = estate.run(&["chase"]);
    assert!(both.out.contains("Next 2018-20"), "{both:?}");
}
