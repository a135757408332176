//! `plan export --history`: how every action stood at the end of each month.

use serde_json::Value;

use crate::support::{Estate, repository, run_in};

const BOARD: &str = "board: Example Safeguarding Board\ngroups:\n  vemt: {name: VEMT Subgroup}\n  police: {name: Police}\n";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-12-20
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: January 2018, owners: [vemt, police]}
      - {id: 1.2, action: Publish, timescale: March 2018, owners: [police], added: 2018-02-01}
";

const UPDATES: &str = "\
updates: Returns
plan: plan
by: vemt
entries:
  - {action: 1.1, date: 2018-01-16, rag: green, status: in progress}
  - {action: 1.1, date: 2018-03-06, status: complete}
";

fn estate() -> Estate {
    Estate::of(&[
        ("example/board.yaml", BOARD),
        ("example/plan.yaml", PLAN),
        ("example/returns.yaml", UPDATES),
    ])
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn history(estate: &Estate, arguments: &[&str]) -> Vec<Value> {
    let said = estate.run(&[&["export", "--history", "-O", "jsonl"], arguments].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    lines(&said.out)
}

/// Worked out by hand: 1.1 is due on 31 January and reported green on 16 January, so green on its last day and late
/// by 28 days at the end of February; it was completed on 6 March, 34 days late. 1.2 is there from 1 February on and
/// due on 31 March, on which it is not late yet, but due soon and never reported on, so amber.
#[test]
fn every_action_stands_as_it_did_at_the_end_of_each_month() {
    let rows = history(&estate(), &["--as-of", "2018-04-29"]);
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let fields = [
                "as_of",
                "id",
                "status",
                "rag",
                "overdue",
                "days_late",
                "due_soon",
                "completed",
            ];
            let fields = fields.map(|field| match &row[field] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            fields.join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "2017-12-31 1.1 not started grey false null false null",
            "2018-01-31 1.1 in progress green false null true null",
            "2018-02-28 1.1 in progress red true 28 false null",
            "2018-02-28 1.2 not started grey false null false null",
            "2018-03-31 1.1 complete blue false 34 false 2018-03-06",
            "2018-03-31 1.2 not started amber false null true null",
        ]
    );
}

#[test]
fn a_month_counts_from_its_last_day_and_since_leaves_out_what_ended_before() {
    let months = |arguments: &[&str]| -> Vec<String> {
        let mut months: Vec<String> = history(&estate(), arguments)
            .iter()
            .map(|row| row["as_of"].as_str().unwrap().to_owned())
            .collect();
        months.dedup();
        months
    };
    assert_eq!(
        months(&["--as-of", "2018-02-27"]),
        ["2017-12-31", "2018-01-31"]
    );
    assert_eq!(
        months(&["--as-of", "2018-02-28", "--since", "2018-01-31"]),
        ["2018-01-31", "2018-02-28"]
    );
    assert_eq!(
        months(&["--as-of", "2018-02-28", "--since", "1 Feb 2018"]),
        ["2018-02-28"]
    );
    assert!(months(&["--as-of", "2017-12-30"]).is_empty());
    assert_eq!(
        months(&["--as-of", "2018-04-01", "--overdue"]),
        ["2018-02-28"]
    );
}

/// A log has no period: its months begin with the first that an entry or an `added` names.
#[test]
fn a_log_begins_with_what_it_says_first() {
    let log = "plan: Actions of meetings\nactions:\n  - {id: M1, action: Write, owners: [vemt], added: 2018-02-06}\n  - {id: M2, action: Ask, owners: [vemt]}\n";
    let estate = Estate::of(&[("example/board.yaml", BOARD), ("example/log.yaml", log)]);
    let rows = history(&estate, &["--as-of", "2018-03-31"]);
    let told: Vec<(&Value, &Value)> = rows.iter().map(|row| (&row["as_of"], &row["id"])).collect();
    assert_eq!(
        told,
        [
            (&"2018-02-28".into(), &"M1".into()),
            (&"2018-02-28".into(), &"M2".into()),
            (&"2018-03-31".into(), &"M1".into()),
            (&"2018-03-31".into(), &"M2".into()),
        ]
    );
    assert!(rows[0]["priority"].is_null());
}

/// Of every month of the example board, what `plan list` says of that day.
#[test]
fn each_month_is_what_the_list_says_of_its_last_day() {
    let run = |arguments: &[&str]| {
        let all = [&["--plans", "examples", "--as-of"], arguments].concat();
        run_in(&repository(), &all).out
    };
    let rows = lines(&run(&["2026-03-04", "export", "--history", "-O", "jsonl"]));
    let mut days: Vec<&str> = rows
        .iter()
        .map(|row| row["as_of"].as_str().unwrap())
        .collect();
    days.dedup();
    assert_eq!(days.len(), 22);
    for day in days.into_iter().step_by(3) {
        let list: Value = serde_json::from_str(&run(&[day, "list", "-O", "json"])).unwrap();
        let month: Vec<&Value> = rows.iter().filter(|row| row["as_of"] == day).collect();
        let list = list["actions"].as_array().unwrap();
        assert_eq!(month.len(), list.len(), "{day}");
        for (row, action) in month.iter().zip(list) {
            for (field, value) in row.as_object().unwrap() {
                match field.as_str() {
                    "as_of" => {}
                    "asked" => {
                        let asked = !action["asked"].as_object().unwrap().is_empty();
                        assert_eq!(*value, asked, "{day} {action}");
                    }
                    "disagreed" => {
                        let closed = ["complete", "withdrawn", "carried forward"];
                        let open = !closed.contains(&action["status"].as_str().unwrap());
                        let differ = !action["disagree"].as_array().unwrap().is_empty();
                        assert_eq!(*value, open && differ, "{day} {action}");
                    }
                    field => assert_eq!(*value, action[field], "{day} {field} of {action}"),
                }
            }
        }
    }
}

#[test]
fn the_page_names_every_field_in_its_order_and_the_csv_has_the_same() {
    let page = std::fs::read_to_string(repository().join("docs/data.md")).unwrap();
    let table = page.split("| `as_of` |").nth(1).unwrap();
    let table = format!("| `as_of` |{}", table.split("\n\n").next().unwrap());
    let named: Vec<&str> = table
        .lines()
        .map(|line| line.split('`').nth(1).unwrap())
        .collect();
    let estate = estate();
    let rows = history(&estate, &["--as-of", "2018-02-28"]);
    let fields: Vec<&str> = rows[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(fields, named);
    let said = estate.run(&["export", "--history", "-O", "csv", "--as-of", "2018-02-28"]);
    let mut reader = csv::Reader::from_reader(said.out.as_bytes());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(Into::into).collect();
    assert_eq!(headings, named);
    let first = reader.records().next().unwrap().unwrap();
    let row: Vec<(&str, &str)> = named.iter().copied().zip(first.iter()).collect();
    let expected = [
        ("owners", "vemt; police"),
        ("overdue", "no"),
        ("days_late", ""),
        ("due", "2018-01-31"),
    ];
    for cell in expected {
        assert!(row.contains(&cell), "{cell:?} {row:?}");
    }
    assert_eq!(reader.records().count(), rows.len() - 1);
}

#[test]
fn a_history_is_csv_or_json_lines_and_says_first_what_could_not_be_read() {
    let estate = estate();
    for format in ["json", "xlsx", "ics", "text"] {
        let said = estate.run(&["export", "--history", "-O", format]);
        assert_eq!(said.code, 2, "{format}");
        assert!(
            said.err.contains("a history is csv or jsonl"),
            "{}",
            said.err
        );
    }
    let said = estate.run(&["export", "-O", "csv", "--since", "2018-01-01"]);
    assert_eq!(said.code, 2);
    estate.write("example/broken.yaml", "updates: [");
    let said = estate.run(&["export", "--history", "-O", "jsonl"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        said.out.lines().next().unwrap(),
        r#"{"incomplete":["plans/example/broken.yaml"]}"#
    );
    let said = estate.run(&["export", "--history", "-O", "csv"]);
    assert_eq!(said.code, 2);
    assert!(
        said.out
            .starts_with("INCOMPLETE: plans/example/broken.yaml could not be read,")
    );
}
