//! What holds whatever is reported, and whatever stands in the files.

use std::collections::BTreeMap;

use crate::support::{Estate, Said};
use chrono::{Days, NaiveDate};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
meetings:
  board: {every: 6 weeks, from: 2017-09-05}
";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-09-05
rag: {due_soon: next meeting, review: quarterly}
indicators:
  - {id: X1, better: lower, target: {2017-18: 8, 2018-19: 7}, tolerance: 1 point, data: x1.csv}
priorities:
  - id: 1
    title: Neglect
    objectives:
      - id: 1.1
        title: Families get help early
        owners: [vemt]
        evidence: [Register, Audit]
        actions:
          - {id: 1.1.1, action: Train staff, timescale: April 2018}
          - {id: 1.1.2, action: Read every referral, timescale: Ongoing, indicator: X1}
          - {id: 1.1.3, action: Audit cases, timescale: Continuous cycle – quarterly and yearly}
          - {id: 1.1.4, action: Visit schools, timescale: September 2018, added: 2018-02-01}
  - id: 2
    title: Exploitation
    owners: [police]
    actions:
      - {id: 2.1, action: Report the year, timescale: annually in September}
      - id: 2.2
        action: Publish and implement the arrangements
        milestones:
          - {id: 2.2a, timescale: 29 June 2018, title: Published}
          - {id: 2.2b, timescale: 29 September 2018, title: Implemented}
      - {id: 2.3, action: Map the hot spots, timescale: TBC, from: plan#1.1.1}
";

const DATA: &str = "\
indicator,period,value,reported
X1,2017-18 Q3,9,2018-01-20
X1,2017-18 Q4,7.5,2018-04-20
X1,2018-19 Q1,8.5,
";

/// An entry's fields but its date: what it is about, and what it says.
type Fields = Vec<String>;

/// Entries by their date.
type Reports = BTreeMap<NaiveDate, Vec<Fields>>;

/// A day of the plan's, or of the months around it.
fn day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap();
    (0..800_u64).prop_map(move |days| first + Days::new(days))
}

fn fields() -> impl Strategy<Value = Fields> {
    let about = select(vec![
        "action: 1.1.1",
        "action: 1.1.2",
        "action: 1.1.3",
        "action: 1.1.4",
        "action: 2.1",
        "action: 2.2",
        "action: 2.2a",
        "action: 2.2b",
        "action: 2.3",
        "action: [1.1.1]",
        "action: [1.1.2, 2.1, 2.2a]",
        "action: 9.9",
        "objective: 1.1",
        "priority: 2",
    ]);
    let status = select(vec![
        "not started",
        "in progress",
        "paused",
        "complete",
        "withdrawn",
        "carried forward",
    ]);
    let timescale = select(vec![
        "March 2018",
        "June 2018",
        "29 September 2018",
        "Ongoing",
        "monthly",
        "annually in October",
        "TBC",
        "soonish",
    ]);
    let rag = || select(vec!["red", "amber", "green", "blue"]);
    let owners = select(vec!["[police]", "[vemt, police]"]);
    let evidence = select(vec!["Register", "[Audit, Minutes]"]);
    let said = (
        of(rag()),
        of(status),
        of(timescale),
        of(owners),
        of(Just("board")),
        of(Just("So it is")),
        of(evidence),
        of(rag()),
        (
            of(Just("vemt")),
            of(select(vec!["board", "vemt", "police"])),
            of(Just("Done")),
        ),
        proptest::option::weighted(0.2, Just("board")),
    );
    (about, said).prop_map(|(about, said)| {
        let named = [
            ("rag", said.0),
            ("status", said.1),
            ("timescale", said.2),
            ("owners", said.3),
            ("agreed", said.4),
            ("reason", said.5),
            ("evidence", said.6),
            ("impact_rag", said.7),
            ("escalate", said.8.0),
            ("by", said.8.1),
            ("done", said.8.2),
            ("refused", said.9),
        ];
        let named = named.into_iter();
        let said = named.filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
        std::iter::once(about.to_owned()).chain(said).collect()
    })
}

/// A decision's fields but its date: what is agreed, or refused, and nothing else.
fn decision() -> impl Strategy<Value = Fields> {
    let about = select(vec![
        "action: 1.1.1",
        "action: 1.1.2",
        "action: 2.1",
        "action: 2.2",
        "action: 2.2a",
        "action: 2.3",
        "objective: 1.1",
    ]);
    let what = select(vec![
        "timescale: June 2018",
        "owners: [police]",
        "status: withdrawn",
        "status: carried forward",
        "status: complete",
        "status: in progress",
        "rag: blue",
        "note: All of it",
    ]);
    let who = select(vec!["agreed: board", "refused: board"]);
    (about, what, who).prop_map(|(about, what, who)| {
        [
            about,
            what,
            who,
            "reason: So it is",
            "by: board",
            "meeting: board",
        ]
        .map(str::to_owned)
        .into()
    })
}

fn reports() -> impl Strategy<Value = Reports> {
    btree_map(day(), vec(fields(), 1..4), 0..10)
}

/// An updates file of these entries.
fn updates<'r>(entries: impl IntoIterator<Item = (&'r NaiveDate, &'r Fields)>) -> String {
    let entries = entries.into_iter();
    let lines: String = entries
        .map(|(date, fields)| format!("  - {{date: {date}, {}}}\n", fields.join(", ")))
        .collect();
    match lines.as_str() {
        "" => "updates: Returns\nplan: plan\nentries: []\n".into(),
        lines => format!("updates: Returns\nplan: plan\nentries:\n{lines}"),
    }
}

/// The entries one by one, in the order of their dates.
fn each(reports: &Reports) -> impl Iterator<Item = (&NaiveDate, &Fields)> {
    reports
        .iter()
        .flat_map(|(date, day)| day.iter().map(move |fields| (date, fields)))
}

/// The board with its plan, and these files.
fn board(files: &[(&str, &str)]) -> Estate {
    let own = [
        ("example/board.yaml", BOARD),
        ("example/plan.yaml", PLAN),
        ("example/x1.csv", DATA),
    ];
    Estate::of(&[&own, files].concat())
}

/// The board with its plan, and these entries in one file.
fn reported(reports: &Reports) -> Estate {
    board(&[("example/updates.yaml", &updates(each(reports)))])
}

/// What the commands that judge say of a day.
fn answers(estate: &Estate, day: NaiveDate) -> [Value; 2] {
    let day = day.to_string();
    ["list", "status"].map(|command| estate.json(&[command, "--as-of", &day]))
}

/// Every command answers in JSON, and exits 2 if and only if a file could not be read.
fn answers_soundly(estate: &Estate) {
    for command in ["list", "status", "validate"] {
        let said = estate.run(&[command, "-O", "json"]);
        let answer = answer(&said);
        let incomplete = answer["incomplete"].as_array().expect("a list");
        assert_eq!(said.code == 2, !incomplete.is_empty(), "{said:?}");
        assert!(said.code == 0 || command == "validate" || said.code == 2);
    }
}

fn answer(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// A change to one byte of a file.
#[derive(Clone, Debug)]
enum Edit {
    Change(u8),
    Insert(u8),
    Delete,
}

/// Bytes that mean something to YAML more often than not.
fn byte() -> impl Strategy<Value = u8> {
    let marks = b"-:,[]{}#&*!|>'\"%@`?~ \n\t\r0a\\/.\xc3\xa9\x00\x7f".to_vec();
    prop_oneof![select(marks), any::<u8>()]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        byte().prop_map(Edit::Change),
        byte().prop_map(Edit::Insert),
        Just(Edit::Delete),
    ]
}

fn edited(text: &str, at: prop::sample::Index, edit: &Edit) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let at = at.index(bytes.len());
    match *edit {
        Edit::Change(byte) => bytes[at] = byte,
        Edit::Insert(byte) => bytes.insert(at, byte),
        Edit::Delete => _ = bytes.remove(at),
    }
    bytes
}

fn write(estate: &Estate, path: &str, bytes: &[u8]) {
    std::fs::write(estate.plans().join(path), bytes).expect("a file");
}

fn few() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    }
}

/// The same reports in other files: the days in another order, each in one of three files, and the
/// fields of an entry in another order.
fn rearranged() -> impl Strategy<Value = (Reports, [String; 3])> {
    let shuffled =
        fields().prop_flat_map(|fields| (Just(fields.clone()), Just(fields).prop_shuffle()));
    let days = btree_map(day(), (vec(shuffled, 1..4), 0..3_usize), 0..10);
    days.prop_flat_map(|days| {
        let original = days.iter().map(|(date, (entries, _))| {
            let entries = entries.iter().map(|(original, _)| original.clone());
            (*date, entries.collect())
        });
        let others: Vec<_> = days.clone().into_iter().collect();
        let others = Just(others).prop_shuffle();
        (Just(original.collect()), others)
    })
    .prop_map(|(original, others)| {
        let files = [0, 1, 2].map(|file| {
            let own = others.iter().filter(|(_, (_, of))| *of == file);
            updates(own.flat_map(|(date, (entries, _))| {
                entries.iter().map(move |(_, fields)| (date, fields))
            }))
        });
        (original, files)
    })
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn the_order_of_files_days_and_fields_changes_nothing(
        (reports, files) in rearranged(),
        day in day(),
    ) {
        let [first, second, third] = &files;
        let rearranged = board(&[
            ("example/updates/b.yaml", first),
            ("example/a.yaml", second),
            ("example/updates/2018/Z.yaml", third),
        ]);
        prop_assert_eq!(answers(&reported(&reports), day), answers(&rearranged, day));
    }

    #[test]
    fn before_the_first_entry_a_plan_stands_as_if_there_were_no_updates(reports in reports()) {
        let first = reports.keys().next().copied();
        let eve = first.unwrap_or(NaiveDate::from_ymd_opt(2018, 5, 2).unwrap()) - Days::new(1);
        prop_assert_eq!(answers(&reported(&reports), eve), answers(&board(&[]), eve));
    }

    #[test]
    fn an_entry_dated_after_the_day_changes_nothing(reports in reports(), day in day()) {
        let mut known = reports.clone();
        known.retain(|date, _| *date <= day);
        prop_assert_eq!(answers(&reported(&reports), day), answers(&reported(&known), day));
    }

    #[test]
    fn a_decision_of_the_day_or_later_changes_nothing(
        reports in reports(),
        decisions in btree_map(0..40_u64, vec(decision(), 1..3), 1..4),
        day in day(),
    ) {
        let later = decisions.into_iter();
        let later: Reports = later.map(|(days, made)| (day + Days::new(days), made)).collect();
        let with = board(&[
            ("example/updates.yaml", &updates(each(&reports))),
            ("example/decided.yaml", &updates(each(&later))),
        ]);
        prop_assert_eq!(answers(&with, day), answers(&reported(&reports), day));
    }

    #[test]
    fn the_counts_add_up(reports in reports(), day in day()) {
        let [list, status] = answers(&reported(&reports), day);
        let plan = &status["boards"][0]["plans"][0];
        let priorities = plan["priorities"].as_array().unwrap();
        let counts = |of: &Value, names: &[&str]| -> u64 {
            names.iter().map(|name| of["counts"][*name].as_u64().unwrap()).sum()
        };
        for of in priorities.iter().chain([plan]) {
            let total = counts(of, &["total"]);
            prop_assert_eq!(total, counts(of, &["red", "amber", "green", "blue", "grey"]));
            let open = ["not_started", "in_progress", "paused"];
            let closed = ["complete", "withdrawn", "carried_forward"];
            prop_assert_eq!(total, counts(of, &open) + counts(of, &closed));
        }
        prop_assert_eq!(counts(plan, &["total"]), list["actions"].as_array().unwrap().len() as u64);
        for name in ["total", "red", "overdue", "due_soon", "unreported", "slipped", "overrated"] {
            let sum: u64 = priorities.iter().map(|priority| counts(priority, &[name])).sum();
            prop_assert_eq!(counts(plan, &[name]), sum);
        }
        for name in ["overdue", "due_soon", "unreported", "overrated"] {
            prop_assert_eq!(counts(plan, &[name]), plan[name].as_array().unwrap().len() as u64);
        }
    }

    #[test]
    fn what_is_said_of_an_action_agrees_with_itself(reports in reports(), day in day()) {
        let [list, _] = answers(&reported(&reports), day);
        for action in list["actions"].as_array().unwrap() {
            let is = |name: &str| action[name].as_bool().unwrap();
            let status = action["status"].as_str().unwrap();
            let open = ["not started", "in progress", "paused"].contains(&status);
            let past = action["due"].as_str().is_some_and(|due| *due < *day.to_string());
            prop_assert_eq!(is("overdue"), open && past);
            prop_assert!(!is("overdue") || action["rag"] == "red");
            prop_assert!(!is("overdue") || action["days_late"].as_u64() > Some(0));
            prop_assert!(!is("due_soon") || (open && !is("overdue")));
            prop_assert_eq!(action["review_due"].is_null(), !open);
            prop_assert!(!is("unreported") || open);
            let worst = |name: &str| ["green", "amber", "red"].iter().position(|r| action[name] == *r);
            prop_assert!(!is("overrated") || (open && worst("rag") >= worst("computed_rag")));
            prop_assert!(action["rag"] != "green" || action["reported_rag"] == "green");
            prop_assert!(!is("not_begun") || (open && action["last_update"].is_null()));
            prop_assert!(open || action["escalated_to"].as_array().unwrap().is_empty());
            prop_assert!(open || action["asked"].as_object().unwrap().is_empty());
            prop_assert_eq!(action["completed"].is_null(), status != "complete");
            prop_assert_eq!(action["rag"] == "blue", status == "complete");
            if !open {
                prop_assert_eq!(&action["rag"], &action["computed_rag"]);
            }
        }
    }

    #[test]
    fn one_changed_byte_of_a_file_is_answered(
        file in select(vec!["board.yaml", "plan.yaml", "updates.yaml", "x1.csv"]),
        reports in reports(),
        changes in vec((any::<prop::sample::Index>(), edit()), 1..4),
    ) {
        let estate = reported(&reports);
        let path = format!("example/{file}");
        for (at, change) in changes {
            let Ok(text) = String::from_utf8(std::fs::read(estate.plans().join(&path)).unwrap())
            else {
                break;
            };
            write(&estate, &path, &edited(&text, at, &change));
            answers_soundly(&estate);
        }
    }

    #[test]
    fn random_bytes_are_answered(
        bytes in vec(byte(), 0..200),
        file in select(vec!["board.yaml", "plan.yaml", "updates.yaml", "other.yml", "x1.csv"]),
        head in select(vec!["", "board: ", "plan: ", "updates: ", "challenges: ", "plan: A\n"]),
    ) {
        let estate = reported(&Reports::new());
        let bytes = [head.as_bytes(), &bytes].concat();
        write(&estate, &format!("example/{file}"), &bytes);
        answers_soundly(&estate);
    }
}
