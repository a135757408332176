//! `plan chase`: who will owe what on the day of the next meeting.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Estate, done, files, strings};
use crate::support::{copy, repository, run_in};

fn estate() -> Estate {
    Estate::of(&files())
}

/// Each group's owed actions: (group, plan, id), and why: overdue, due, unreported.
fn owed(answer: &Value) -> Vec<(String, String, [bool; 3])> {
    let text = |value: &Value| value.as_str().unwrap_or("nobody").to_owned();
    let groups = answer["boards"][0]["groups"].as_array().expect("groups");
    let rows = groups.iter().flat_map(|group| {
        let actions = group["actions"].as_array().expect("actions").iter();
        actions.map(|action| {
            let why = ["overdue", "due_by_meeting", "unreported_by_meeting"];
            let why = why.map(|name| action[name].as_bool().expect("yes or no"));
            assert_eq!(action["plan"], "work-plan");
            (text(&group["group"]), text(&action["id"]), why)
        })
    });
    rows.collect()
}

fn row(group: &str, id: &str, why: [bool; 3]) -> (String, String, [bool; 3]) {
    (group.to_owned(), id.to_owned(), why)
}

/// On 1 May 2018 the next meeting is on 15 May. 1.1.1 was due in February; 1.1.2 is due on 10 May and was
/// never reported on, nor was 2.1 (a report a quarter, from 5 September 2017); 1.1.3 was reported on 17 April.
#[test]
fn it_asks_for_what_will_be_owed_at_the_next_meeting() {
    let expected = [
        row("vemt", "1.1.1", [true, false, false]),
        row("vemt", "1.1.2", [false, true, true]),
        row("police", "2.1", [false, false, true]),
    ];
    assert_eq!(owed(&estate().json(&["chase"])), expected);
}

/// From 17 April a quarter ends on 17 July: on that day 1.1.1 and 1.1.3 are reported on in time, on the next
/// they are not.
#[test]
fn another_day_is_asked_about_with_by() {
    let chase = |by: &str| owed(&estate().json(&["chase", "vemt", "--by", by]));
    let due = row("vemt", "1.1.2", [false, true, true]);
    let early = [row("vemt", "1.1.1", [true, false, false]), due.clone()];
    assert_eq!(chase("17 July 2018"), early);
    let late = [
        row("vemt", "1.1.1", [true, false, true]),
        due,
        row("vemt", "1.1.3", [false, false, true]),
    ];
    assert_eq!(chase("18 July 2018"), late);
    let said = estate().run(&["chase", "--by", "30 April 2018"]);
    assert_eq!(said.code, 2);
    let words = "--by names 30 April 2018, which is before 1 May 2018, the day asked";
    assert!(said.err.contains(words), "{}", said.err);
}

#[test]
fn it_says_for_which_day_it_asks_and_who_never_answered() {
    let page = estate().run(&["chase"]).out;
    let words: Vec<&str> = page.split_whitespace().collect();
    let words = words.join(" ");
    for expected in [
        "Asked for the meeting on 15 May 2018, if nothing comes in before: 4 open actions: 1 overdue, 1 due by then, 2 without a report in time",
        "VEMT SUBGROUP 2 of 3: 1 overdue, 1 due by then, 1 without a report in time. 1 \
         return, the last on 17 April 2018",
        "POLICE 1 of 1: 1 without a report in time. Never sent a return",
    ] {
        assert!(words.contains(expected), "{expected}\n{page}");
    }
    let answer = estate().json(&["chase"]);
    let police = &answer["boards"][0]["groups"][1];
    assert_eq!(
        (&police["returns"], &police["last_return"]),
        (&Value::from(0), &Value::Null)
    );
}

/// A report that is dated after the day asked is not known on it.
#[test]
fn reports_from_after_the_day_asked_are_not_there_yet() {
    let ids = |day: &str| -> Vec<String> {
        let answer = estate().json(&["chase", "vemt", "--as-of", day]);
        owed(&answer).into_iter().map(|(_, id, _)| id).collect()
    };
    // On 16 April nothing was reported by VEMT; the next day two of three are.
    assert_eq!(ids("2018-04-16"), ["1.1.1", "1.1.2", "1.1.3"]);
    assert_eq!(ids("2018-04-17"), ["1.1.1", "1.1.2"]);
}

#[test]
fn all_makes_a_form_and_a_letter_for_each_group_and_the_list_for_a_mail_merge() {
    let estate = estate();
    let said = estate.run(&["chase", "--all", "-o", "forms/"]);
    assert_eq!(
        done(&said),
        "VEMT Subgroup: 2 reports owed · vemt.xlsx, vemt-letter.docx\n\
         Police: 1 report owed · police.xlsx, police-letter.docx\n\
         2 groups written to forms/index.csv\n"
    );
    let folder = estate.dir.path().join("forms");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "index.csv",
        "police-letter.docx",
        "police.xlsx",
        "vemt-letter.docx",
        "vemt.xlsx",
    ];
    assert_eq!(names, expected);
    assert_eq!(
        std::fs::read_to_string(folder.join("index.csv"))
            .unwrap()
            .replace("\r\n", "\n"),
        "board,group,name,contact,letter,forms,return_by,owed,overdue,returns,last_return\n\
         tscb,vemt,VEMT Subgroup,vemt@example.org,vemt-letter.docx,vemt.xlsx,2018-05-15,2,1,1,2018-04-17\n\
         tscb,police,Police,,police-letter.docx,police.xlsx,2018-05-15,1,0,0,\n"
    );
    // The form is one that can come back: nothing is filled in yet.
    let back = estate.run(&["update", "--from", "forms/police.xlsx"]);
    assert!(back.err.contains("nothing"), "{back:?}");

    // What may be filled in already is never written over.
    let again = estate.run(&["chase", "--all", "-o", "forms/"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("is not an empty folder"),
        "{}",
        again.err
    );
    let nowhere = estate.run(&["chase", "--all"]);
    assert!(
        nowhere.err.contains("plan chase --all -o forms/"),
        "{}",
        nowhere.err
    );
    done(&estate.run(&["chase", "--all", "-o", "word", "-O", "docx"]));
    assert!(estate.dir.path().join("word/vemt.docx").exists());
}

/// "Health & Care" and "health, care" make one file name; each group gets its own all the same.
#[test]
fn groups_whose_names_differ_in_signs_alone_get_files_of_their_own() {
    let plan = "plan: Plan\nperiod: 2018-19\npriorities:\n  - id: 1\n    title: First\n    actions:\n      \
                - {id: 1.1, action: Do this, owners: [Health & Care], timescale: 1 May 2018}\n      \
                - {id: 1.2, action: Do that, owners: [\"health, care\"], timescale: 1 May 2018}\n";
    let board = "board: B\ngroups:\n  Health & Care: {}\n  \"health, care\": {}\n";
    let estate = Estate::of(&[("b/board.yaml", board), ("b/plan.yaml", plan)]);
    let said = estate.run(&["chase", "--all", "-o", "forms", "--as-of", "2018-06-01"]);
    done(&said);
    for file in ["health-care", "health-care-2"] {
        for ending in [".xlsx", "-letter.docx"] {
            let path = estate
                .dir
                .path()
                .join("forms")
                .join(format!("{file}{ending}"));
            assert!(path.exists(), "{file}{ending}: {}", said.out);
        }
    }
}

#[test]
fn a_letter_says_to_whom_by_when_and_whom_the_board_is_for() {
    let estate = estate();
    let letter = |by: &[&str]| {
        let letter = estate.run(&[&["chase", "vemt", "-O", "markdown"], by].concat());
        done(&letter).to_owned()
    };
    let usual = letter(&[]);
    for words in [
        "Reports from VEMT Subgroup to the Testshire Safeguarding Children Board",
        "next meets on 15 May 2018",
        "Please let me have them before 15 May 2018:",
        "what difference it made to children and families",
    ] {
        assert!(usual.contains(words), "{words}\n{usual}");
    }
    assert!(letter(&["--by", "8 May 2018"]).contains("Please let me have them by 8 May 2018:"));
    let board = super::BOARD.to_owned() + "people: adults with care and support needs\n";
    estate.write("tscb/board.yaml", &board);
    assert!(letter(&[]).contains("what difference it made to adults with care and support needs"));
}

/// Three weeks before each meeting of the example board: what is asked for is what the meeting's own page
/// calls overdue, unreported or due on its day, if nobody sends anything more.
#[test]
fn what_is_asked_for_is_what_the_page_of_the_meeting_would_miss() {
    let from = repository().join("examples/exampleshire");
    let board: serde_yaml::Value =
        serde_yaml::from_str(&std::fs::read_to_string(from.join("board.yaml")).unwrap()).unwrap();
    let meetings = board["meetings"]["board"].as_sequence().unwrap().iter();
    let mut asked_in_all = 0;
    for meeting in meetings.map(|day| day.as_str().unwrap()) {
        let held = chrono::NaiveDate::parse_from_str(meeting, "%Y-%m-%d").unwrap();
        let day = (held - chrono::Days::new(21)).to_string();
        // Nobody has sent anything after the day: the entries are cut out of the files.
        let estate = Estate::of(&[]);
        copy(&from, &estate.plans().join("exampleshire"));
        forget_after(&estate.plans().join("exampleshire/updates"), &day);
        let asked = ["chase", "--as-of", &day, "--by", meeting, "-O", "json"];
        let asked = json(&estate, &asked);
        let groups = asked["boards"][0]["groups"].as_array().unwrap();
        let asked: BTreeSet<(String, String)> = groups
            .iter()
            .flat_map(|group| named(&group["actions"]))
            .collect();
        let page = json(&estate, &["status", "--as-of", meeting, "-O", "json"]);
        let mut missed = BTreeSet::new();
        for plan in page["boards"][0]["plans"].as_array().unwrap() {
            missed.extend(named(&plan["overdue"]));
            missed.extend(named(&plan["unreported"]));
            let due = plan["due_soon"].as_array().unwrap().iter();
            let today: Vec<Value> = due.filter(|own| own["due"] == *meeting).cloned().collect();
            missed.extend(named(&Value::Array(today)));
        }
        assert_eq!(asked, missed, "{day}, for {meeting}");
        // Without --by it is the same meeting, where none lies between.
        let next = json(&estate, &["chase", "--as-of", &day, "-O", "json"]);
        assert_eq!(next["boards"][0]["next_meeting"], *meeting);
        asked_in_all += asked.len();
    }
    assert!(
        asked_in_all > 100,
        "the example asks for {asked_in_all} reports only"
    );
}

fn json(estate: &Estate, arguments: &[&str]) -> Value {
    let said = run_in(estate.dir.path(), arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// Actions by their plans and ids.
fn named(actions: &Value) -> Vec<(String, String)> {
    let actions = actions.as_array().expect("actions").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    actions
        .map(|own| (text(&own["plan"]), text(&own["id"])))
        .collect()
}

/// Takes the entries that are dated after a day out of all updates files, with another reader and writer.
fn forget_after(folder: &std::path::Path, day: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut file: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let head = file["date"].as_str().map(str::to_owned);
        let entries = file["entries"].as_sequence_mut().unwrap();
        entries.retain(|entry| {
            let own = entry["date"].as_str().map(str::to_owned);
            own.or_else(|| head.clone()).expect("a date").as_str() <= day
        });
        std::fs::write(&path, serde_yaml::to_string(&file).unwrap()).unwrap();
    }
}

#[test]
fn a_group_that_owes_nothing_is_not_asked() {
    let estate = estate();
    let groups = estate.json(&["chase"])["boards"][0]["groups"].clone();
    let ids: Vec<String> = (groups.as_array().unwrap().iter())
        .map(|group| group["group"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["vemt", "police"]);
    let health = estate.json(&["chase", "health"]);
    assert!(strings(&health["boards"][0]["groups"]).is_empty());
    let unknown = estate.run(&["chase", "helth"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("did you mean `health`?"),
        "{}",
        unknown.err
    );
}
