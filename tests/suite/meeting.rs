//! A meeting, its paper and what it decides: the paper can be made again later, word for word, and
//! what the meeting decided is news in the next one.

use crate::support::Estate;
use serde_json::Value;

const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police, kind: agency}
meetings:
  board: [2018-06-19, 2018-09-24, 2018-12-11]
";

const PLAN: &str = "\
plan: Example Plan
period: 2018-19
adopted: 2018-04-10
indicators:
  - {id: X1, title: Children missing, better: lower, target: 8, data: x1.csv}
threads: {voice: The voice of the child}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [Register]
    threads: [voice]
    actions:
      - {id: 1.1, action: Train staff, timescale: July 2018}
      - {id: 1.2, action: Publish guidance, timescale: October 2018}
      - {id: 1.3, action: Read every referral, timescale: December 2018, indicator: X1}
      - {id: 1.4, action: Map the hot spots, timescale: March 2019}
      - {id: 1.5, action: Write to schools, timescale: March 2019}
";

/// What was reported before the meeting of 24 September.
const REPORTED: &str = "\
updates: VEMT return
plan: plan
date: 2018-09-10
by: vemt
entries:
  - {action: 1.1, rag: red, done: Half are trained, timescale: November 2018, reason: Staff left}
  - {action: 1.2, rag: amber, next: Print it, timescale: January 2019, reason: The printer}
  - {action: 1.3, rag: green, done: All are read, evidence: [Register], escalate: board}
  - {action: 1.4, rag: amber, status: paused, reason: No data}
  - {action: 1.5, rag: green, done: A draft}
";

/// What the meeting of 24 September decided, recorded some weeks later.
const DECIDED: &str = "\
updates: Decisions of 24 September
plan: plan
date: 2018-09-24
by: board
meeting: board
entries:
  - {action: 1.1, timescale: November 2018, agreed: board, reason: Staff left}
  - {action: 1.2, refused: board, reason: It was put off before}
  - {action: 1.3, owners: [police], agreed: board, reason: Theirs}
  - {action: 1.4, status: paused, agreed: board, reason: No data}
  - {action: 1.5, status: withdrawn, agreed: board, reason: No longer wanted}
";

/// What was reported after it.
const LATER: &str = "\
updates: VEMT return
plan: plan
date: 2018-11-05
by: vemt
entries:
  - {action: 1.1, rag: green, done: All are trained, status: complete}
  - {action: 1.2, rag: red, done: Nothing, escalate: board}
";

const CHALLENGED: &str = "\
challenges: Challenge log
plan: plan
entries:
  - {challenge: C1, date: 2018-09-10, from: police, to: vemt, action: 1.1, raised: Why so few?}
";

fn in_september() -> Estate {
    Estate::of(&[
        ("example/board.yaml", BOARD),
        ("example/plan.yaml", PLAN),
        (
            "example/x1.csv",
            "indicator,period,value\nX1,2018-19 Q1,9\n",
        ),
        ("example/updates/2018-09-10-vemt.yaml", REPORTED),
        ("example/challenges.yaml", CHALLENGED),
    ])
}

fn in_december() -> Estate {
    let estate = in_september();
    estate.write("example/updates/2018-09-24-board.yaml", DECIDED);
    estate.write("example/updates/2018-11-05-vemt.yaml", LATER);
    estate
}

/// The bytes of a paper in a format, made as of 24 September.
fn paper(estate: &Estate, command: &[&str], ending: &str) -> Vec<u8> {
    let file = format!("paper.{ending}");
    let asked = [command, &["--as-of", "2018-09-24", "-o", &file]].concat();
    let said = estate.run(&asked);
    assert_eq!(said.code, 0, "{command:?} {ending}: {said:?}");
    let bytes = std::fs::read(estate.dir.path().join(&file)).expect("the paper");
    assert!(!bytes.is_empty());
    bytes
}

#[test]
fn the_paper_of_a_meeting_made_again_later_is_the_same_in_every_format() {
    let (then, now) = (in_september(), in_december());
    for ending in ["txt", "md", "html", "docx", "xlsx", "csv", "json"] {
        let command = ["report", "board"];
        let (then, now) = (
            paper(&then, &command, ending),
            paper(&now, &command, ending),
        );
        assert!(then == now, "the board's paper in {ending}");
    }
}

#[test]
fn every_other_paper_of_that_day_is_the_same_too() {
    let (then, now) = (in_september(), in_december());
    for kind in [
        "exceptions",
        "annual",
        "work-plan",
        "changes",
        "slippage",
        "assurance",
        "indicators",
        "challenges",
        "threads",
        "decisions",
        "estate",
    ] {
        let command = ["report", kind];
        for ending in ["md", "json"] {
            let both = [&then, &now].map(|estate| paper(estate, &command, ending));
            assert!(both[0] == both[1], "{kind} in {ending}");
        }
    }
    let both = [&then, &now].map(|estate| paper(estate, &["export"], "ics"));
    assert!(both[0] == both[1], "the calendar");
    for command in [&["status"][..], &["list"], &["show", "1.1"]] {
        let asked = [command, &["--as-of", "2018-09-24"]].concat();
        assert_eq!(then.run(&asked).out, now.run(&asked).out, "{command:?}");
    }
}

/// What is chased is owed at the next meeting, and what this one decided counts by then.
#[test]
fn what_a_meeting_took_away_is_not_chased_after_it() {
    let (then, now) = (in_september(), in_december());
    let owed = |estate: &Estate| {
        let answer = estate.json(&["chase", "--as-of", "2018-09-24"]);
        answer["boards"][0]["counts"]["open"].clone()
    };
    // One of the five was withdrawn.
    assert_eq!((owed(&then), owed(&now)), (5.into(), 4.into()));
}

#[test]
fn the_paper_does_change_once_the_day_is_over() {
    let (then, now) = (in_september(), in_december());
    let asked = ["report", "board", "--as-of", "2018-09-25", "-O", "md"];
    assert_ne!(then.run(&asked).out, now.run(&asked).out);
}

/// What a list of decisions says: action and words.
fn decided(list: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let list = list.as_array().expect("decisions").iter();
    list.map(|decided| (word(&decided["id"]), word(&decided["what"])))
        .collect()
}

#[test]
fn what_the_meeting_decided_is_news_and_neither_better_nor_worse() {
    let estate = in_september();
    estate.write("example/updates/2018-09-24-board.yaml", DECIDED);
    let news = [
        ("1.1", "agreed: new date November 2018"),
        ("1.2", "refused: new date January 2019"),
        ("1.3", "agreed: other owners: Police"),
        ("1.4", "agreed: pause it"),
        ("1.5", "agreed: withdraw it"),
    ];
    let news = news.map(|(id, what)| (id.to_owned(), what.to_owned()));
    let asked = ["--as-of", "2018-10-01", "--since", "2018-09-24"];
    let status = estate.json(&[&["status"][..], &asked].concat());
    let since = &status["boards"][0]["plans"][0]["since"];
    assert_eq!(decided(&since["decided"]), news);
    let changes = estate.json(&[&["report", "changes"][..], &asked].concat());
    let part = &changes["boards"][0]["plans"][0];
    assert_eq!(decided(&part["decided"]), news);
    let ids = |list: &Value| -> Vec<String> {
        let list = list.as_array().expect("a list").iter();
        list.map(|changed| changed["id"].as_str().unwrap().to_owned())
            .collect()
    };
    for lists in [since, part] {
        assert_eq!(ids(&lists["worse"]), [] as [&str; 0]);
        assert_eq!(ids(&lists["better"]), [] as [&str; 0]);
    }
    // As of the meeting itself it is none.
    let asked = ["--as-of", "2018-09-24", "--since", "2018-09-10"];
    let status = estate.json(&[&["status"][..], &asked].concat());
    let since = &status["boards"][0]["plans"][0]["since"];
    assert_eq!(decided(&since["decided"]), []);
}

#[test]
fn an_update_that_decides_says_from_when_it_counts() {
    let estate = in_september();
    let agreed = [
        "update",
        "1.5",
        "--status",
        "withdrawn",
        "--agreed",
        "board",
        "--reason",
        "Not wanted",
        "--by",
        "board",
        "--as-of",
        "2018-09-24",
    ];
    let said = estate.run(&agreed);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out
            .contains("1.5 from 25 September 2018: green → grey; in progress → withdrawn"),
        "{}",
        said.out
    );
}

#[test]
fn a_paper_made_on_a_meetings_day_is_for_that_meeting() {
    let estate = in_september();
    for (day, meeting) in [
        ("2018-09-23", "24 September 2018"),
        ("2018-09-24", "24 September 2018"),
        ("2018-09-25", "11 December 2018"),
    ] {
        let said = estate.run(&["report", "board", "--as-of", day]);
        assert!(
            said.out.contains(&format!("meeting of {meeting}")),
            "{day}: {}",
            said.out
        );
    }
}

#[test]
fn a_rating_without_words_is_not_told_as_if_nothing_was_reported() {
    let estate = Estate::of(&[
        ("plans/x/board.yaml", BOARD),
        ("plans/x/plan.yaml", PLAN),
        ("plans/x/x1.csv", "period,value\n2018-19 Q1,8\n"),
        (
            "plans/x/rated.yaml",
            "updates: As imported\nplan: plan\ndate: 2018-08-31\nentries:\n  - {action: 1.1, rag: red}\n  - \
             {action: 1.2, evidence: [Register]}\n",
        ),
    ]);
    let said = |kind: &str| {
        let ran = estate.run(&["report", kind, "--as-of", "2018-11-20"]);
        ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rated = "Rated red on 31 August 2018, and nothing was said of it.";
    let reported = "Reported on 31 August 2018, and nothing was said of it.";
    // Both are red: the second by its date of October.
    let paper = said("board");
    assert!(paper.contains(rated) && paper.contains(reported), "{paper}");
    assert!(!paper.contains("Nothing was ever reported"), "{paper}");
    let exceptions = said("exceptions");
    assert!(exceptions.contains("Rated red on 31"), "{exceptions}");
}

#[test]
fn what_is_due_after_the_next_meeting_is_not_said_to_be_due_before_it() {
    let estate = Estate::of(&[
        ("plans/x/board.yaml", BOARD),
        ("plans/x/plan.yaml", PLAN),
        (
            "plans/x/x1.csv",
            "indicator,period,value\nX1,2018-19 Q1,8\n",
        ),
        (
            "plans/x/asked.yaml",
            "updates: VEMT return\nplan: plan\ndate: 2018-09-10\nby: vemt\nentries:\n  - {action: 1.4, rag: green, \
             done: Half are mapped, timescale: June 2019, reason: New data}\n  - {action: 1.2, rag: green, done: \
             Written}\n",
        ),
        (
            "plans/x/refused.yaml",
            "updates: Decisions\nplan: plan\ndate: 2018-09-24\nby: board\nentries:\n  - {action: 1.4, refused: board, \
             reason: March will do}\n",
        ),
    ]);
    // The next meeting is on 11 December: 1.2 is due by the end of October, 1.4 in March.
    let paper = estate.json(&["report", "board", "--as-of", "2018-10-15"]);
    let rows = paper["boards"][0]["plans"][0]["actions"].as_array();
    let why = |id: &str| {
        let row = rows
            .expect("rows")
            .iter()
            .find(|row| row["id"] == id)
            .expect(id);
        row["why"].as_str().unwrap().to_owned()
    };
    assert_eq!(why("1.2"), "Due before the next meeting");
    assert_eq!(why("1.4"), "A request was refused");
}

/// A board of two owners who share an action, and what their returns say of it.
fn shared(entries: &[(&str, &str, &str)]) -> Estate {
    let estate = Estate::of(&[
        ("plans/x/board.yaml", BOARD),
        (
            "plans/x/plan.yaml",
            "plan: Example Plan\nperiod: 2018-19\nadopted: 2018-04-10\npriorities:\n  - id: 1\n    title: Neglect\n    \
             evidence: [Register]\n    actions:\n      - {id: 1.1, action: Agree a pathway, owners: [vemt, police], timescale: July 2018}\n      \
             - {id: 1.2, action: Name a lead, owners: [vemt], timescale: TBC}\n",
        ),
    ]);
    for (date, by, entry) in entries {
        estate.write(
            &format!("plans/x/updates/{date}-{by}.yaml"),
            &format!(
                "updates: Return\nplan: plan\ndate: {date}\nby: {by}\nentries:\n  - {{{entry}}}\n"
            ),
        );
    }
    estate
}

/// A paper as of a day, its lines as one.
fn as_one_line(estate: &Estate, kind: &str, day: &str) -> String {
    // Wide, so that no cell is broken into lines between others.
    let ran = estate.run(&["report", kind, "--as-of", day, "-O", "md"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn of_two_owners_who_ask_for_different_days_both_are_heard_and_the_right_one_is_named() {
    let estate = shared(&[
        (
            "2018-08-29",
            "police",
            "action: 1.1, rag: red, done: Begun, timescale: February 2019, reason: Staff left",
        ),
        (
            "2018-09-03",
            "vemt",
            "action: 1.1, rag: red, done: Ours is sent, timescale: November 2018, reason: The police",
        ),
    ]);
    let paper = as_one_line(&estate, "board", "2018-09-24");
    assert!(
        paper.contains(
            "new date November 2018 instead of July 2018? Asked by the VEMT Subgroup on 3 September"
        ),
        "{paper}"
    );
    assert!(
        paper.contains("Police asked on 29 August for February 2019."),
        "{paper}"
    );
    estate.write(
        "plans/x/updates/2018-09-24-board.yaml",
        "updates: Decisions\nplan: plan\ndate: 2018-09-24\nby: board\nentries:\n  - {action: 1.1, timescale: 28 Feb 2019, \
         agreed: board, reason: Staff left}\n",
    );
    for kind in ["decisions", "slippage"] {
        let json = estate.json(&["report", kind, "--as-of", "2018-09-25"]);
        let plan = &json["boards"][0]["plans"][0];
        let asked = if kind == "decisions" {
            &plan["meetings"][0]["decided"][0]
        } else {
            &plan["moves"][0]
        };
        assert_eq!(asked["asked_by"], "Police", "{kind}: {json}");
        assert_eq!(asked["asked"], "2018-08-29", "{kind}: {json}");
    }
}

#[test]
fn where_owners_disagree_the_paper_has_the_words_of_each() {
    let estate = shared(&[
        (
            "2018-08-29",
            "police",
            "action: 1.1, rag: amber, done: We have not signed",
        ),
        (
            "2018-09-03",
            "vemt",
            "action: 1.1, rag: green, done: Agreed by both",
        ),
    ]);
    for kind in ["board", "exceptions"] {
        let paper = as_one_line(&estate, kind, "2018-09-24");
        assert!(
            paper.contains("Agreed by both. (VEMT Subgroup, 3 September) But: We have not signed. (Police, 29 August)"),
            "{kind}: {paper}"
        );
    }
}

#[test]
fn a_refusal_refuses_what_was_asked_for_and_not_that_work_goes_on() {
    let estate = shared(&[
        (
            "2018-09-03",
            "vemt",
            "action: 1.1, rag: amber, status: in progress, timescale: March 2019, reason: Staff left",
        ),
        (
            "2018-09-24",
            "board",
            "action: 1.1, refused: board, reason: Too late",
        ),
    ]);
    let json = estate.json(&["report", "decisions", "--as-of", "2018-09-25"]);
    let decided = &json["boards"][0]["plans"][0]["meetings"][0]["decided"];
    assert_eq!(decided[0]["what"], "new date March 2019", "{json}");
    assert_eq!(decided[0]["outcome"], "refused");
}

#[test]
fn what_is_agreed_must_be_named() {
    let asks = "action: 1.1, status: in progress, timescale: March 2019, reason: Staff left";
    let estate = shared(&[("2018-09-03", "vemt", asks)]);
    let said = estate.run(&[
        "update",
        "1.1",
        "--agreed",
        "board",
        "--by",
        "board",
        "--as-of",
        "2018-09-24",
    ]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("name what is agreed as well"), "{said:?}");
    // Written by hand, it decides nothing, and no register says that it does.
    estate.write(
        "plans/x/updates/2018-09-24-board.yaml",
        "updates: D\nplan: plan\ndate: 2018-09-24\nby: board\nentries:\n  - {action: 1.1, agreed: board}\n",
    );
    let json = estate.json(&["report", "decisions", "--as-of", "2018-09-25"]);
    assert_eq!(
        json["boards"][0]["plans"][0]["meetings"]
            .as_array()
            .unwrap()
            .len(),
        0,
        "{json}"
    );
}

#[test]
fn a_first_day_is_no_moved_deadline() {
    let estate = shared(&[
        (
            "2018-09-03",
            "vemt",
            "action: 1.2, rag: green, timescale: December 2018, reason: She began",
        ),
        (
            "2018-09-24",
            "board",
            "action: 1.2, timescale: December 2018, agreed: board, reason: She began",
        ),
    ]);
    let paper = as_one_line(&estate, "slippage", "2018-09-25");
    assert!(
        paper.contains("0 of 2 actions had a deadline moved."),
        "{paper}"
    );
    assert!(paper.contains("## Given their first day (1)"), "{paper}");
    assert!(!paper.contains("Every agreed move"), "{paper}");
}

#[test]
fn what_became_of_a_request_is_said_as_it_is() {
    let estate = shared(&[
        ("2018-06-19", "board", "action: 1.1, note: Please hurry"),
        ("2018-09-03", "vemt", "action: 1.1, status: in progress"),
    ]);
    let paper = as_one_line(&estate, "board", "2018-09-24");
    assert!(
        paper.contains("Please hurry. Reported on 3 September, and nothing was said of it."),
        "{paper}"
    );
}

#[test]
fn a_form_says_what_was_refused_and_why() {
    let estate = shared(&[
        (
            "2018-09-03",
            "vemt",
            "action: 1.1, rag: green, timescale: March 2019, reason: Staff left",
        ),
        (
            "2018-09-24",
            "board",
            "action: 1.1, refused: board, reason: The inspection is in January",
        ),
    ]);
    let form = |day: &str| {
        let said = estate.run(&["chase", "vemt", "-o", "form.csv", "--as-of", day]);
        assert_eq!(said.code, 0, "{said:?}");
        std::fs::read_to_string(estate.dir.path().join("form.csv")).unwrap()
    };
    let refusal = "24 Sep 2018: the Board refused what was requested: The inspection is in January";
    // As of its own day a decision is not there.
    assert!(!form("2018-09-24").contains("refused"));
    let form = form("2018-09-25");
    assert!(form.contains(refusal), "{form}");
}

#[test]
fn that_something_is_complete_may_be_agreed_as_blue() {
    let blue = "action: 1.1, rag: blue, agreed: board, reason: Signed";
    let estate = shared(&[("2018-09-24", "board", blue)]);
    let json = estate.json(&["report", "decisions", "--as-of", "2018-09-25"]);
    let decided = &json["boards"][0]["plans"][0]["meetings"][0]["decided"];
    assert_eq!(decided[0]["what"], "call it complete", "{json}");
}
