//! `plan export`: the same actions in every form, and a calendar that a second import moves rather
//! than doubles.

use crate::support::Estate;
use serde_json::Value;

const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup, aka: [VEMT]}
  police: {name: Police}
meetings:
  board: {every: 6 weeks, from: 2018-01-16}
  vemt: [2018-04-11, 2015-04-30]
";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: 'Train staff, all of them; twice', timescale: April 2018, owners: [vemt, police]}
      - {id: 1.2, action: =1+1, timescale: Ongoing, evidence: [Register, Audit]}
      - id: 1.3
        action: Publish and implement
        milestones:
          - {id: 1.3a, timescale: 29 June 2018, title: Published}
          - {id: 1.3b, timescale: 29 September 2018}
";

fn board(entries: &str) -> Estate {
    let updates = format!("updates: Returns\nplan: plan\nentries:\n{entries}");
    Estate::of(&[
        ("example/board.yaml", BOARD),
        ("example/plan.yaml", PLAN),
        ("example/returns.yaml", &updates),
    ])
}

fn nothing_reported() -> Estate {
    Estate::of(&[("example/board.yaml", BOARD), ("example/plan.yaml", PLAN)])
}

/// The events of the calendar of 1 May 2018, each as its lines, unfolded.
fn events(estate: &Estate, arguments: &[&str]) -> Vec<Vec<String>> {
    let said = estate.run(&[&["export", "-O", "ics"], arguments].concat());
    let text = said.out.replace("\r\n ", "").replace("\r\n", "\n");
    let events = text.split("BEGIN:VEVENT\n").skip(1);
    events
        .map(|event| event.lines().map(str::to_owned).collect())
        .collect()
}

/// The value of a line of an event.
fn of<'e>(event: &'e [String], name: &str) -> &'e str {
    let line = event.iter().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("no {name} in {event:?}"))
}

fn event(estate: &Estate, key: &str) -> Vec<String> {
    let events = events(estate, &[]);
    let uid = format!("UID:{key}@plan");
    let found = events.iter().find(|event| event[0] == uid);
    found
        .unwrap_or_else(|| panic!("no {key}: {events:?}"))
        .clone()
}

#[test]
fn json_is_the_list_and_each_line_of_jsonl_is_one_of_its_actions() {
    let estate = nothing_reported();
    let list = estate.json(&["list"]);
    assert_eq!(estate.json(&["export"]), list);
    let said = estate.run(&["export", "-O", "jsonl"]);
    let lines: Vec<Value> = (said.out.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    for (line, action) in lines.iter().zip(list["actions"].as_array().unwrap()) {
        assert_eq!(line["as_of"], "2018-05-01");
        let mut line = line.as_object().unwrap().clone();
        line.shift_remove("as_of");
        assert_eq!(&Value::Object(line), action);
    }
}

#[test]
fn the_table_has_a_column_for_every_field_of_the_json() {
    let estate = nothing_reported();
    let said = estate.run(&["export", "-O", "csv"]);
    let mut reader = csv::Reader::from_reader(said.out.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(Into::into).collect();
    let list = estate.json(&["list"]);
    for field in list["actions"][0].as_object().unwrap().keys() {
        let holds = |column: &String| column == field || column.starts_with(&format!("{field}_"));
        assert!(columns.iter().any(holds), "{field}");
    }
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| {
        let at = columns.iter().position(|column| column == name).unwrap();
        rows[row].get(at).unwrap().to_owned()
    };
    assert_eq!(cell(0, "owners"), "vemt; police");
    assert_eq!(cell(0, "due"), "2018-04-30");
    assert_eq!(cell(0, "days_late"), "1");
    assert_eq!(cell(0, "overdue"), "yes");
    assert_eq!(cell(1, "action"), "'=1+1");
    assert_eq!(cell(1, "due"), "");
    assert_eq!(
        cell(2, "milestones"),
        "1.3a Published: 29 June 2018, due 2018-06-29, not started; \
         1.3b: 29 September 2018, due 2018-09-29, not started"
    );
}

#[test]
fn a_deadline_is_an_all_day_event_and_a_milestone_has_its_own() {
    let estate = nothing_reported();
    let deadline = event(&estate, "deadline/example/plan/1.1");
    assert_eq!(of(&deadline, "DTSTART;VALUE=DATE:"), "20180430");
    assert_eq!(of(&deadline, "DTSTAMP:"), "20180501T000000Z");
    assert_eq!(
        of(&deadline, "SUMMARY:"),
        r"Due: 1.1 Train staff\, all of them\; twice"
    );
    assert_eq!(of(&deadline, "STATUS:"), "CONFIRMED");
    let milestone = event(&estate, "deadline/example/plan/1.3b");
    assert_eq!(of(&milestone, "DTSTART;VALUE=DATE:"), "20180929");
    // An action with no day has no event, nor has one whose milestones have theirs.
    let ids = events(&estate, &[]);
    let deadlines = ids
        .iter()
        .filter(|event| event[0].starts_with("UID:deadline"));
    assert_eq!(deadlines.count(), 3);
}

#[test]
fn a_moved_deadline_is_the_same_event_on_another_day_and_newer() {
    let key = "deadline/example/plan/1.1";
    let before = event(&nothing_reported(), key);
    assert_eq!(of(&before, "SEQUENCE:"), "0");
    let moved = board(
        "  - {action: 1.1, date: 2018-04-20, timescale: June 2018, reason: Illness, agreed: board}\n",
    );
    let after = event(&moved, key);
    assert_eq!(of(&after, "DTSTART;VALUE=DATE:"), "20180630");
    assert_eq!(of(&after, "SEQUENCE:"), "1");
}

#[test]
fn what_is_done_or_no_longer_has_a_day_is_cancelled_not_left_to_stand() {
    let key = "deadline/example/plan/1.1";
    let done = board("  - {action: 1.1, date: 2018-04-20, status: complete}\n");
    let event_done = event(&done, key);
    assert_eq!(of(&event_done, "STATUS:"), "CANCELLED");
    assert!(of(&event_done, "SUMMARY:").starts_with("Complete: 1.1 "));
    let open = board(
        "  - {action: 1.1, date: 2018-04-20, timescale: Ongoing, reason: It never ends, agreed: board}\n",
    );
    let event_open = event(&open, key);
    assert_eq!(of(&event_open, "STATUS:"), "CANCELLED");
    assert_eq!(of(&event_open, "DTSTART;VALUE=DATE:"), "20180430");
    assert!(of(&event_open, "SUMMARY:").starts_with("No longer has a day: 1.1 "));
}

#[test]
fn meetings_by_rule_are_known_by_number_and_those_of_a_list_by_date() {
    let estate = nothing_reported();
    // The first is the day that the rule is counted from; the third is twelve weeks later.
    let third = event(&estate, "meeting/example/board/3");
    assert_eq!(of(&third, "DTSTART;VALUE=DATE:"), "20180410");
    assert_eq!(of(&third, "SUMMARY:"), "Board meets");
    let listed = event(&estate, "meeting/example/vemt/2018-04-11");
    assert_eq!(of(&listed, "SUMMARY:"), "VEMT Subgroup meets");
    let days: Vec<String> = (events(&estate, &[]).iter())
        .filter(|event| event[0].starts_with("UID:meeting"))
        .map(|event| of(event, "DTSTART;VALUE=DATE:").to_owned())
        .collect();
    // Two years either side: 2015 is not told, and from 16 January 2018 to 1 May 2020 there are 836
    // days, in which a meeting falls every 42, the first day included.
    assert_eq!(days.len(), 836 / 42 + 1 + 1);
    assert!(
        days.iter()
            .all(|day| ("20160501"..="20200501").contains(&day.as_str()))
    );
    let of_vemt = events(&estate, &["--owner", "VEMT"]);
    assert!(of_vemt.iter().all(|event| !event[0].contains("/board/")));
}

#[test]
fn two_actions_of_one_id_are_two_events() {
    let plan = "plan: P\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: N\n    actions:\n      \
                - {id: 1.1, action: a, timescale: May 2018}\n      - {id: 1.1, action: b, timescale: June 2018}\n";
    let estate = Estate::of(&[("example/board.yaml", BOARD), ("example/plan.yaml", plan)]);
    event(&estate, "deadline/example/plan/1.1");
    event(&estate, "deadline/example/plan/1.1#2");
}

#[test]
fn what_could_not_be_read_comes_first() {
    let estate = nothing_reported();
    estate.write("example/broken.yaml", "updates: [");
    let sentence = "INCOMPLETE: plans/example/broken.yaml could not be read";
    for format in ["csv", "jsonl", "ics"] {
        let said = estate.run(&["export", "-O", format]);
        assert_eq!(said.code, 2, "{format}");
        let first = said.out.lines().next().unwrap();
        match format {
            "csv" => assert!(first.starts_with(sentence), "{first}"),
            "jsonl" => assert_eq!(first, r#"{"incomplete":["plans/example/broken.yaml"]}"#),
            _ => {
                assert!(
                    said.out
                        .contains("\r\nX-WR-CALDESC:INCOMPLETE: plans/example")
                );
                let first = &events(&estate, &[])[0];
                assert_eq!(of(first, "SUMMARY:"), sentence);
                assert_eq!(of(first, "DTSTART;VALUE=DATE:"), "20180501");
            }
        }
    }
}

#[test]
fn a_format_that_only_exports_have_is_refused_elsewhere_and_the_other_way_round() {
    let estate = nothing_reported();
    for (command, format) in [("status", "ics"), ("list", "jsonl"), ("validate", "ics")] {
        let said = estate.run(&[command, "-O", format]);
        assert_eq!(said.code, 2);
        assert_eq!(said.err, "error: only `plan export` writes this format\n");
    }
    for format in ["text", "markdown", "docx", "sarif"] {
        let said = estate.run(&["export", "-O", format]);
        assert_eq!(said.code, 2);
        assert!(
            said.err.contains("csv, xlsx, json, jsonl or ics"),
            "{}",
            said.err
        );
    }
}
