//! Who owes a report, the form that a group fills in, and what is made of one that came back. Forms are
//! written by the program, filled in cell by cell as a person would, and read back.

use std::path::{Path, PathBuf};

use crate::support::{Estate, Said, repacked};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const BOARD: &str = "\
board: Testshire Safeguarding Children Board
groups:
  vemt: {name: VEMT Subgroup, kind: subgroup, aka: [VEMT]}
  police: {name: Police, kind: agency}
  da: {name: DA Subgroup}
  sm: {name: SM Subgroup}
  both: {name: Both subgroups, members: [da, sm]}
meetings:
  board: [2018-03-06, 2018-05-22]
";

const PLAN: &str = "\
plan: Work Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Run the campaign, owners: [vemt, police], timescale: April 2018, evidence: [Survey]}
      - {id: 1.2, action: Train officers, owners: [vemt, police], lead: police, timescale: 22 May 2018, evidence: [Log]}
      - {id: 1.3, action: Meet together, owners: [both], timescale: Ongoing, evidence: [Minutes]}
      - {id: 1.10, action: '=Audit the cases', owners: [vemt], timescale: March 2019, evidence: [Audit report, Training log]}
  - id: 2
    title: CSE
    actions:
      - {id: 2.1, action: Map the services, timescale: June 2018, evidence: [Map]}
      - id: 2.2
        action: New arrangements
        owners: [vemt]
        evidence: [Arrangements]
        milestones:
          - {id: 2.2a, title: Published, timescale: 29 May 2018}
          - {id: 2.2b, title: In place, timescale: 29 September 2018}
";

const UPDATES: &str = "\
updates: VEMT return
plan: plan
date: 2018-04-20
by: vemt
entries:
  - {action: 1.10, rag: amber, done: The first audit has run., evidence: [Audit report]}
";

/// The board above, as it stands on 1 May 2018.
pub fn board() -> Estate {
    Estate::of(&[
        ("testshire/board.yaml", BOARD),
        ("testshire/plan.yaml", PLAN),
        ("testshire/updates/2018-04-20-vemt.yaml", UPDATES),
    ])
}

/// What somebody puts into a cell.
#[derive(Clone, Copy)]
pub enum Put<'p> {
    Text(&'p str),
    Day(u16, u8, u8),
    Number(f64),
}
use Put::{Day, Number, Text};

/// A filled-in form: cells as they stand, and the sheet that nobody sees.
pub struct Book {
    sheets: Vec<(String, Vec<Vec<Data>>)>,
}

impl Book {
    /// The form of a group, as the program writes it.
    pub fn of(estate: &Estate, group: &str) -> Book {
        let said = estate.run(&["chase", group, "-o", "form.xlsx"]);
        assert_eq!(said.code, 0, "{said:?}");
        Book::open(&estate.dir.path().join("form.xlsx"))
    }

    fn open(path: &Path) -> Book {
        let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
        let sheets = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let rows = range.rows().map(<[Data]>::to_vec).collect();
            (name, rows)
        });
        Book {
            sheets: sheets.collect(),
        }
    }

    fn form(&mut self) -> &mut Vec<Vec<Data>> {
        &mut self.sheets[0].1
    }

    pub fn row(&mut self, id: &str) -> usize {
        let is = |row: &Vec<Data>| row[0] == Data::String(id.into());
        self.form()
            .iter()
            .position(is)
            .unwrap_or_else(|| panic!("no row {id}"))
    }

    pub fn put(&mut self, id: &str, heading: &str, value: Put) -> &mut Book {
        let (row, headings) = (self.row(id), self.row("Action"));
        let is = |cell: &Data| *cell == Data::String(heading.into());
        let column = self.form()[headings]
            .iter()
            .position(is)
            .expect("the heading");
        self.set(row, column, value)
    }

    pub fn set(&mut self, row: usize, column: usize, value: Put) -> &mut Book {
        let rows = self.form();
        while rows.len() <= row {
            rows.push(vec![Data::Empty; 13]);
        }
        let cells = &mut rows[row];
        cells.resize(cells.len().max(column + 1), Data::Empty);
        cells[column] = match value {
            Text(text) => Data::String(text.into()),
            Number(number) => Data::Float(number),
            Day(year, month, day) => Data::DateTimeIso(format!("{year:04}-{month:02}-{day:02}")),
        };
        self
    }

    /// The day of the report.
    pub fn dated(&mut self, value: Put) -> &mut Book {
        self.set(6, 2, value)
    }

    pub fn save(&self, path: &Path) {
        let mut book = Workbook::new();
        for (name, rows) in &self.sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Data::Empty => {}
                        Data::String(text) => {
                            sheet.write_string(row, column, text).unwrap();
                        }
                        Data::Float(number) => {
                            sheet.write_number(row, column, *number).unwrap();
                        }
                        Data::DateTimeIso(day) => {
                            let format = Format::new().set_num_format("d mmmm yyyy");
                            let day = ExcelDateTime::parse_from_str(day).unwrap();
                            sheet
                                .write_datetime_with_format(row, column, &day, &format)
                                .unwrap();
                        }
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
        book.save(path).expect("a workbook");
    }

    /// Saves it and gives it to `plan update --from`.
    pub fn send(&self, estate: &Estate) -> Said {
        self.save(&estate.dir.path().join("back.xlsx"));
        estate.run(&["update", "--from", "back.xlsx", "-q"])
    }
}

/// The updates files, other than the one that was there.
pub fn written(estate: &Estate) -> Vec<PathBuf> {
    let folder = estate.plans().join("testshire/updates");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| !path.ends_with("2018-04-20-vemt.yaml"))
        .collect();
    files.sort();
    files
}

/// The one file that was written.
pub fn text(estate: &Estate) -> String {
    let files = written(estate);
    assert_eq!(files.len(), 1, "{files:?}");
    std::fs::read_to_string(&files[0]).unwrap()
}

/// It was refused with these words, and nothing was written.
pub fn refused(estate: &Estate, said: &Said, words: &[&str]) {
    assert_eq!(said.code, 2, "{said:?}");
    for words in words {
        assert!(
            said.err.contains(words),
            "{words:?} is not in:\n{}",
            said.err
        );
    }
    assert!(
        said.err.contains("nothing was recorded") || said.err.contains("error: "),
        "{}",
        said.err
    );
    assert_eq!(written(estate), Vec::<PathBuf>::new());
}

#[test]
fn who_owes_a_report_by_group() {
    let answer = board().json(&["chase"]);
    let chased = &answer["boards"][0];
    assert_eq!(chased["next_meeting"], "2018-05-22");
    let groups = chased["groups"].as_array().unwrap().iter().map(|group| {
        let ids = group["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action["id"].as_str().unwrap());
        let counts = &group["counts"];
        let count = |name: &str| counts[name].as_u64().unwrap();
        let all = ["open", "owed", "overdue", "due_by_meeting", "unreported"].map(count);
        (
            group["name"].as_str().unwrap(),
            ids.collect::<Vec<_>>(),
            all,
        )
    });
    // 1.1 was due the day before. 1.2 is due on the day of the next meeting and is its lead's alone. 1.3 is
    // owned by a group of groups, whose members answer. 1.10 was reported on eleven days ago.
    assert_eq!(
        groups.collect::<Vec<_>>(),
        [
            ("VEMT Subgroup", vec!["1.1", "2.2"], [3, 2, 1, 0, 2]),
            ("Police", vec!["1.1", "1.2"], [2, 2, 1, 1, 2]),
            ("DA Subgroup", vec!["1.3"], [1, 1, 0, 0, 1]),
            ("SM Subgroup", vec!["1.3"], [1, 1, 0, 0, 1]),
            ("Nobody named", vec!["2.1"], [1, 1, 0, 0, 1]),
        ]
    );
    let all = ["open", "owed", "overdue", "due_by_meeting", "unreported"];
    let all = all.map(|name| chased["counts"][name].as_u64().unwrap());
    assert_eq!(all, [6, 5, 1, 1, 5]);
}

#[test]
fn without_a_known_meeting_due_is_within_the_policys_window() {
    let estate = board();
    estate.write(
        "testshire/board.yaml",
        &BOARD.replace("board: [2018-03-06, 2018-05-22]", "vemt: [2018-06-01]"),
    );
    let answer = estate.json(&["chase", "vemt"]);
    // 29 May is within 30 days of 1 May.
    assert_eq!(answer["boards"][0]["counts"]["due_by_meeting"], 1);
    assert_eq!(answer["boards"][0]["next_meeting"], serde_json::Value::Null);
}

#[test]
fn the_letter_says_what_is_owed_by_when_and_how_to_answer() {
    let letter = board().run(&["chase", "police", "-O", "markdown"]).out;
    for words in [
        "# Reports from Police to the Testshire Safeguarding Children Board",
        "Dear colleague,",
        "next meets on 22 May 2018",
        "1 overdue, 1 due by the meeting on 22 May 2018, 2 without a report in time",
        "| 1.1 | Run the campaign | April 2018 | overdue, no recent report | never |",
        "| 1.2 | Train officers | 22 May 2018 | due, no recent report | never |",
        "send it back",
    ] {
        assert!(letter.contains(words), "{words:?} is not in:\n{letter}");
    }
}

#[test]
fn a_group_that_owes_nothing_is_told_so_and_a_misspelt_one_is_refused() {
    let estate = board();
    let said = estate.run(&["chase", "hwb"]);
    assert_eq!(
        (said.code, said.err.contains("there is no group `hwb`")),
        (2, true),
        "{said:?}"
    );
    estate.write(
        "testshire/board.yaml",
        &BOARD.replace("  da:", "  idle: {name: Idle group}\n  da:"),
    );
    let said = estate.run(&["chase", "idle"]);
    assert!(
        said.out.contains("Nothing is owed: 0 open actions."),
        "{said:?}"
    );
    let said = estate.run(&["chase", "idle", "-o", "form.xlsx"]);
    assert!(
        said.err.contains("idle answers for no open action"),
        "{said:?}"
    );
}

#[test]
fn a_form_holds_the_open_actions_of_its_group_milestones_by_themselves() {
    let estate = board();
    let mut book = Book::of(&estate, "VEMT");
    // Two rows for new actions stand below.
    assert_eq!(
        book.form()[12..]
            .iter()
            .filter(|row| row[0] == "NEW")
            .count(),
        2
    );
    let rows: Vec<Vec<String>> = (book.form()[8..12].iter())
        .map(|row| row[..4].iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(
        rows,
        [
            [
                "1.1",
                "Run the campaign",
                "April 2018",
                "Overdue since 30 Apr 2018.\nNo report yet."
            ],
            // A text of the plan is a text, whatever it begins with.
            [
                "1.10",
                "=Audit the cases",
                "March 2019",
                "20 Apr 2018: Amber, In progress: The first audit has run."
            ],
            [
                "2.2a",
                "Published: New arrangements",
                "29 May 2018",
                "No report yet."
            ],
            [
                "2.2b",
                "In place: New arrangements",
                "29 September 2018",
                "No report yet."
            ],
        ]
    );
    // One form is one file, whenever it is written.
    for name in ["form.xlsx", "form.docx", "form.csv"] {
        let write = || {
            assert_eq!(estate.run(&["chase", "vemt", "-o", name]).code, 0);
            std::fs::read(estate.dir.path().join(name)).unwrap()
        };
        let first = write();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(first, write(), "{name}");
    }
    let said = estate.run(&["chase", "-o", "form.xlsx"]);
    assert!(said.err.contains("a form is for one group"), "{said:?}");
}

#[test]
fn a_filled_in_form_comes_back_whole() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Amber"))
        .put("1.1", "Status", Text("In progress"))
        // Pasted: smart quotes, a no-break space, spaces at the end, a soft return, an invisible character.
        .put(
            "1.1",
            "What was done",
            Text("\u{feff}The “big”\u{a0}campaign ran.  \r\n\u{b}Then it – stopped. "),
        )
        .put(
            "1.1",
            "What difference it made",
            Text("2 of 3 schools know it."),
        )
        .put(
            "1.1",
            "What children and families said",
            Text("‘We saw it.’"),
        )
        .put("1.1", "What comes next", Text("A second round"))
        .put("1.1", "Evidence", Text("Survey; Poster"))
        .put("1.1", "New date, if needed", Text("June 2018"))
        .put("1.1", "Reason for the change", Text("Schools were closed."))
        .put("1.10", "Evidence", Text("- Audit report, training log"))
        .put("2.2a", "RAG", Text("Complete"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(text(&estate).starts_with("updates: VEMT Subgroup return, 1 May 2018\nplan: plan\ndate: 2018-05-01\nby: vemt\nnote: Form "));
    let entries = "\
entries:
  - action: 1.1
    rag: amber
    status: in progress
    done: |-
      The “big” campaign ran.

      Then it – stopped.
    impact: 2 of 3 schools know it.
    voice: ‘We saw it.’
    next: A second round
    evidence: [Survey, Poster]
    timescale: June 2018
    reason: Schools were closed.
  - action: 1.10
    evidence: [Audit report, training log]
  - action: 2.2a
    status: complete
";
    assert_eq!(
        text(&estate).split_once("entries:").unwrap().1,
        entries.strip_prefix("entries:").unwrap()
    );
    // A new date is asked for, and said to be.
    assert!(
        said.out.contains("June 2018 requested, not yet decided"),
        "{}",
        said.out
    );
    assert_eq!(
        estate.action("1.1", "2018-05-01")["asked"]["timescale"],
        "June 2018"
    );
    assert_eq!(estate.action("1.1", "2018-05-01")["due"], "2018-04-30");
}

/// The worked example of the README: VEMT's form of 1 May 2018 on a copy of Hartlepool's plan, with invented
/// returns.
#[test]
fn the_worked_example_on_a_copy_of_hartlepools_plan() {
    let estate = Estate::real();
    let back = crate::support::repository().join("tests/form/vemt-returned.xlsx");
    std::fs::copy(back, estate.dir.path().join("form.xlsx")).unwrap();
    let counts = |estate: &Estate| {
        let answer = estate.json(&["status", "--board", "hartlepool", "--owner", "vemt"]);
        let counts = &answer["boards"][0]["plans"][0]["counts"];
        ["red", "amber", "green", "blue", "overdue", "unreported"]
            .map(|name| counts[name].as_u64().unwrap())
    };
    assert_eq!(counts(&estate), [2, 9, 0, 0, 2, 11]);
    let said = estate.run(&["update", "--from", "form.xlsx"]);
    assert_eq!(said.code, 0, "{said:?}");
    // Made of the plan as it is: nothing in it is stale.
    assert!(!said.out.contains("PLEASE NOTE"), "{}", said.out);
    let file = estate.read("hartlepool/updates/2018-04-30-vemt.yaml");
    let expected =
        std::fs::read_to_string(crate::support::repository().join("tests/form/entries.yaml"));
    assert_eq!(file.split_once("entries:\n").unwrap().1, expected.unwrap());
    // 2.1.2 is reported amber; 2.1.6 is red by its report; 2.2.4a, which was overdue, is complete.
    assert_eq!(counts(&estate), [2, 8, 0, 1, 1, 8]);
}

#[test]
fn a_dry_run_shows_it_and_writes_nothing() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("red"));
    book.save(&estate.dir.path().join("back.xlsx"));
    let said = estate.run(&["update", "--from", "back.xlsx", "--dry-run"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("+    rag: red"), "{}", said.out);
    assert!(said.err.contains("rag: red  (Form!E9)"), "{}", said.err);
    assert_eq!(written(&estate), Vec::<PathBuf>::new());
}

#[test]
fn rows_may_be_deleted_reordered_and_added() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Text("1.5.2018"));
    book.put("1.1", "RAG", Text("G"))
        .put("2.2b", "RAG", Text(" a "));
    let (first, last) = (book.row("1.1"), book.row("2.2b"));
    book.form().swap(first, last);
    let deleted = book.row("1.10");
    book.form().remove(deleted);
    // Another action of the plan, and a blank row between.
    book.set(13, 0, Text("1.2")).set(13, 4, Text("Red"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    let text = text(&estate);
    let entries = text.split_once("entries:\n").unwrap().1;
    assert_eq!(
        entries,
        "  - action: 2.2b\n    rag: amber\n  - action: 1.1\n    rag: green\n  - action: 1.2\n    rag: red\n"
    );
}

#[test]
fn empty_rows_are_no_report_and_an_empty_form_is_refused() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("–"))
        .put("1.10", "Status", Text(" \u{a0}"));
    refused(
        &estate,
        &book.send(&estate),
        &["back.xlsx has nothing filled in"],
    );
}

#[test]
fn every_cell_that_cannot_be_taken_is_named_and_nothing_is_written() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 6, 1))
        .put("1.1", "RAG", Text("amber/red"))
        .put("1.1", "New date, if needed", Text("June 2018"))
        .put("1.10", "RAG", Text("fine"))
        .put("1.10", "Status", Text("as last time"))
        .put("2.2a", "RAG", Text("Complete"))
        .put("2.2a", "Status", Text("In progress"))
        .put("2.2b", "New date, if needed", Text("31 June 2018"))
        .put("2.2b", "Reason for the change", Text("Delay"));
    let said = book.send(&estate);
    refused(
        &estate,
        &said,
        &[
            "Form!C7 says \"1 June 2018\": that day is still to come; it is 1 May 2018",
            "1.1, RAG (Form!E9) says \"amber/red\": these are two ratings",
            "1.1, Reason for the change (Form!M9) is empty: Form!L9 asks for a change (\"June 2018\"); write the reason for it",
            "1.10, RAG (Form!E10) says \"fine\": that is no rating; write one of Red, Amber, Green, Complete",
            "1.10, Status (Form!F10) says \"as last time\": that is no status; write one of Not started",
            "2.2a, Status (Form!F11) says \"In progress\": Form!E11 says that it is complete",
            "2.2b, New date, if needed (Form!L12) says \"31 June 2018\": no date can be read in it",
            "7 cells to mend",
        ],
    );
    let answer = estate.json(&["update", "--from", "back.xlsx"]);
    assert_eq!(answer["refused"].as_array().unwrap().len(), 7);
    assert_eq!(answer["refused"][1]["cell"], "Form!E9");
}

#[test]
fn a_pause_and_a_withdrawal_need_their_reason_too() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.10", "Status", Text("Paused"));
    refused(
        &estate,
        &book.send(&estate),
        &[
            "1.10, Reason for the change (Form!M10) is empty: Form!F10 asks for a change (\"paused\")",
        ],
    );
}

#[test]
fn a_reason_for_nothing_is_asked() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "Reason for the change", Text("Staff were ill"))
        .put("1.10", "What difference it made", Number(0.5))
        .put("2.2a", "What was done", Number(14.0));
    let words = [
        "1.1, Reason for the change (Form!M9) says \"Staff were ill\": it gives a reason, and nothing asks for a change",
        "one cell to mend",
    ];
    refused(&estate, &book.send(&estate), &words);
}

#[test]
fn a_date_that_a_spreadsheet_made_of_a_month_is_asked() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "New date, if needed", Day(2018, 6, 1))
        .put("1.1", "Reason for the change", Text("Delay"));
    let words = "a spreadsheet makes this of \"June 2018\" too; write it as text: \"June 2018\" or \"by 1 June 2018\"";
    refused(&estate, &book.send(&estate), &["Form!L9", words]);
    // Any other day is that day.
    book.put("1.1", "New date, if needed", Day(2018, 6, 15));
    assert_eq!(book.send(&estate).code, 0);
    assert!(text(&estate).contains("timescale: 15 June 2018"));
}

#[test]
fn a_form_without_a_date_is_asked_for_one_once() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.put("1.1", "RAG", Text("Red"))
        .put("1.10", "RAG", Text("Red"));
    let said = book.send(&estate);
    refused(
        &estate,
        &said,
        &[
            "Form!C7 is empty: the form does not say of which day it is",
            "one cell to mend",
        ],
    );
    let said = estate.run(&[
        "update",
        "--from",
        "back.xlsx",
        "--date",
        "30 April 2018",
        "--meeting",
        "board",
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(text(&estate).contains("date: 2018-04-30\nby: vemt\nmeeting: board\n"));
}

#[test]
fn a_number_is_no_date() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Number(43221.0)).put("1.1", "RAG", Text("Red"));
    refused(
        &estate,
        &book.send(&estate),
        &["Form!C7 says \"43221\": that is a number and no date"],
    );
}

#[test]
fn the_same_form_is_never_recorded_twice() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.1", "What was done", Text("Posters"));
    assert_eq!(book.send(&estate).code, 0);
    let before = text(&estate);
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("which is recorded already in plans/testshire/updates/2018-05-01-vemt.yaml; nothing in it is new"), "{}", said.err);
    // With more in it, what is missing is named, and still nothing is recorded.
    book.put("1.10", "RAG", Text("Green"));
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("what it says of 1.10 (Form!A10) is not recorded"),
        "{}",
        said.err
    );
    // Without what the machine knows it by, it is known by what it says.
    book.sheets.pop();
    book.set(6, 3, Text(""));
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("Form!A9 says \"1.1\": this very report of 1 May 2018 is recorded already"),
        "{}",
        said.err
    );
    assert_eq!(text(&estate), before);
}

#[test]
fn a_second_form_of_the_day_gets_a_file_of_its_own() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    assert_eq!(book.send(&estate).code, 0);
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.10", "RAG", Text("Green"));
    assert_eq!(book.send(&estate).code, 0);
    assert_eq!(written(&estate).len(), 2);
    assert_eq!(estate.action("1.10", "2018-05-01")["reported_rag"], "green");
}

#[test]
fn an_id_that_was_changed_is_asked() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.10", "RAG", Text("Red"));
    let row = book.row("1.10");
    book.set(row, 0, Text("1.1"));
    refused(
        &estate,
        &book.send(&estate),
        &[
            "Form!A10 says \"1.1\": the words beside it are those of 1.10; write 1.10, or 1.1 with its own words",
        ],
    );
    book.set(row, 0, Text("1.11"));
    refused(
        &estate,
        &book.send(&estate),
        &[
            "Form!A10 says \"1.11\": the plan has no such action; the words beside it are those of 1.10: write that",
        ],
    );
    book.set(row, 0, Text(""));
    refused(
        &estate,
        &book.send(&estate),
        &["Form!A10 is empty: the row does not say which action it is about; write 1.10"],
    );
    // A spreadsheet makes 1.1 of 1.10; the words beside it say which it was.
    book.set(row, 0, Number(1.1));
    assert_eq!(book.send(&estate).code, 0);
    assert!(text(&estate).contains("- action: 1.10\n    rag: red\n"));
}

#[test]
fn two_rows_about_one_action_are_asked() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    book.set(12, 0, Text("1.1")).set(12, 4, Text("Amber"));
    refused(
        &estate,
        &book.send(&estate),
        &["Form!A13 says \"1.1\": Form!A9 reports on the same action"],
    );
}

#[test]
fn what_the_plan_says_is_not_changed_in_a_form() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.10", "RAG", Text("Green"))
        .put("1.1", "By when", Text("September 2018"));
    refused(
        &estate,
        &book.send(&estate),
        &[
            "1.1, By when (Form!C9) says \"September 2018\": the plan says \"April 2018\" here; a new date goes to the column \"New date, if needed\"",
        ],
    );
    // What a spreadsheet makes of the same month is the same.
    book.put("1.1", "By when", Text("Apr-18"));
    assert_eq!(book.send(&estate).code, 0);
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.1", "Where it stands", Text("All done"));
    let said = book.send(&estate);
    assert!(
        said.err
            .contains("1.1, Where it stands (Form!D9) says \"All done\": this cell is not read"),
        "{said:?}"
    );
}

#[test]
fn a_form_that_was_overtaken_says_so_and_is_recorded() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    let said = estate.run(&[
        "update",
        "1.1",
        "--done",
        "Talked",
        "--by",
        "police",
        "--date",
        "30 April 2018",
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.contains(
            "Form!A9 says \"1.1\": something was recorded about it after this form was made"
        ),
        "{}",
        said.out
    );
}

#[test]
fn a_heading_that_somebody_wrote_over_is_known_by_its_words() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("R"))
        .put("1.1", "What was done", Text("Went badly"));
    book.set(7, 4, Text("RAG rating"))
        .set(7, 6, Text("Progress update"));
    assert_eq!(book.send(&estate).code, 0);
    let entry = "  - action: 1.1\n    rag: red\n    done: Went badly\n";
    assert!(text(&estate).contains(entry), "{}", text(&estate));
}

#[test]
fn notes_extra_columns_and_sheets_are_said_and_not_recorded() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    book.set(7, 13, Text("Comments"))
        .set(8, 13, Text("See mail"))
        .set(20, 1, Text("Chair is away in June"));
    book.sheets
        .push(("Sheet2".into(), vec![vec![Data::String("More".into())]]));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    for words in [
        "Form!N9 says \"See mail\": the form has no column \"Comments\"; it is not recorded",
        "Form!B21 says \"Chair is away in June\": it stands in no action's row; it is not recorded",
        "Sheet2!A1 says \"More\"",
    ] {
        assert!(
            said.out.replace('\n', " ").contains(words),
            "{words:?} is not in:\n{}",
            said.out
        );
    }
}

#[test]
fn an_error_of_validation_names_its_cell() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.1", "What was done", Text("Much"));
    let said = estate.run(&[
        "update",
        "1.1",
        "--rag",
        "green",
        "--by",
        "police",
        "--date",
        "2018-05-01",
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    let before = written(&estate);
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("error[conflicting-updates]: Form!E9: "),
        "{}",
        said.err
    );
    assert_eq!(written(&estate), before);
}

#[test]
fn a_form_of_another_estate_is_refused() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    let other = Estate::of(&[
        ("elsewhere/board.yaml", BOARD),
        ("elsewhere/plan.yaml", PLAN),
    ]);
    book.save(&other.dir.path().join("back.xlsx"));
    let said = other.run(&["update", "--from", "back.xlsx"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("back.xlsx is a form for plan of testshire, which is not here"),
        "{said:?}"
    );
    // Naming a board does not make it a form of that board.
    let said = other.run(&["update", "--from", "back.xlsx", "--board", "elsewhere"]);
    assert_eq!(said.code, 2, "{said:?}");
    let said = estate.run(&["update", "--from", "form.xlsx", "--plan", "other"]);
    assert!(
        said.err.contains("is a form for plan, not for other"),
        "{said:?}"
    );
}

#[test]
fn an_option_about_one_entry_has_no_place_beside_a_form() {
    let said = board().run(&["update", "--from", "x.xlsx", "--rag", "red"]);
    assert!(
        said.err.contains("with --from, `rag` has no place"),
        "{said:?}"
    );
}

/// The form as CSV, filled in: cells by line and column, behind the headings.
pub fn csv(estate: &Estate, cells: &[(&str, usize, &str)]) -> String {
    assert_eq!(estate.run(&["chase", "vemt", "-o", "form.csv"]).code, 0);
    let bytes = std::fs::read(estate.dir.path().join("form.csv")).unwrap();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(&bytes[3..]);
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for record in reader.records() {
        let mut row: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        for (first, column, value) in cells {
            if row[0] == *first {
                row[*column] = (*value).to_owned();
            }
        }
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

pub fn send_bytes(estate: &Estate, name: &str, bytes: &[u8]) -> Said {
    std::fs::write(estate.dir.path().join(name), bytes).unwrap();
    estate.run(&["update", "--from", name, "-q"])
}

#[test]
fn a_form_as_csv_comes_back_whole() {
    let cells = [
        ("Date of this report", 1, "30-Apr-18"),
        ("Action 1.10", 4, "green"),
        ("Action 1.10", 10, "n/a"),
        // What Excel makes of dates when it saves CSV.
        ("Action 1.10", 2, "Mar-19"),
        ("Action 2.2a", 2, "29-May-18"),
        ("Action 1.10", 6, "Café “visits”"),
    ];
    let estate = board();
    let text_of = csv(&estate, &cells);
    // A text that a spreadsheet would take for a formula is none, there and back.
    assert!(text_of.contains(",'=Audit the cases,"), "{text_of}");
    let said = send_bytes(&estate, "back.csv", text_of.as_bytes());
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!said.out.contains("not the plan's words"), "{}", said.out);
    let whole = text(&estate);
    assert!(whole.contains("date: 2018-04-30\nby: vemt\n"), "{whole}");
    assert!(
        whole.ends_with("entries:\n  - action: 1.10\n    rag: green\n    done: Café “visits”\n"),
        "{whole}"
    );
    let said = send_bytes(&estate, "back.csv", text_of.as_bytes());
    assert!(said.err.contains("is recorded already"), "{said:?}");
}

#[test]
fn csv_of_windows_with_semicolons_is_read() {
    let estate = board();
    let text_of = csv(
        &estate,
        &[
            ("Date of this report", 1, "30/04/2018"),
            ("Action 1.10", 6, "Caf\u{e9} \u{201c}x\u{201d}"),
        ],
    );
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text_of.as_bytes());
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(b';')
        .from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    let text_of = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let bytes: Vec<u8> = text_of
        .chars()
        .map(|c| match c {
            '\u{201c}' => 0x93,
            '\u{201d}' => 0x94,
            '\u{b7}' => 0xb7,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect();
    let said = send_bytes(&estate, "back.csv", &bytes);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(text(&estate).contains("done: Café “x”"));
}

/// The Word form with words put behind headings of one action's table, as Word and LibreOffice do it.
pub fn word(estate: &Estate, id: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    assert_eq!(estate.run(&["chase", "vemt", "-o", "form.docx"]).code, 0);
    let bytes = std::fs::read(estate.dir.path().join("form.docx")).unwrap();
    let fill = |xml: String, after: &str, heading: &str, words: &str| {
        let table = xml.find(after).unwrap();
        let row = table + xml[table..].find(&format!(">{heading}<")).unwrap();
        let cell = row + xml[row..].find("<w:tc>").unwrap();
        let end = cell + xml[cell..].find("</w:tc>").unwrap();
        let paragraphs = words
            .split('\n')
            .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"));
        let paragraphs: String = paragraphs.collect();
        format!("{}<w:tc>{paragraphs}{}", &xml[..cell], &xml[end..])
    };
    repacked(&bytes, "word/document.xml", |xml| {
        let mut xml = fill(xml, "<w:body>", "Date of this report", "1 May 2018");
        for (heading, words) in cells {
            xml = fill(xml, &format!(">{id}<"), heading, words);
        }
        xml
    })
}

#[test]
fn a_form_in_word_comes_back_whole() {
    let estate = board();
    let cells = [
        ("RAG", "Amber"),
        ("What was done", "First &amp; foremost\nSecond"),
        ("Evidence", "Audit report"),
    ];
    let said = send_bytes(&estate, "back.docx", &word(&estate, "1.10", &cells));
    assert_eq!(said.code, 0, "{said:?}");
    let whole = text(&estate);
    let entry = "entries:\n  - action: 1.10\n    rag: amber\n    done: |-\n      First & foremost\n      Second\n    evidence: [Audit report]\n";
    assert!(whole.ends_with(entry), "{whole}");
}

#[test]
fn a_cell_of_a_word_form_is_named() {
    let estate = board();
    let said = send_bytes(
        &estate,
        "back.docx",
        &word(&estate, "1.10", &[("RAG", "Amber or red")]),
    );
    refused(
        &estate,
        &said,
        &["1.10, RAG (table 3, row 5) says \"Amber or red\": these are two ratings"],
    );
}

#[test]
fn what_is_no_form_is_refused_in_a_sentence() {
    let estate = board();
    let files: [(&str, &[u8], &str); 8] = [
        ("a.xlsx", b"", "a.xlsx is empty"),
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
            "is protected by a password, or in the form of Office before 2007",
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "is a picture"),
        ("a.xlsx", b"PK\x03\x04 cut off", "is cut off or damaged"),
        ("a.csv", b"\x00\x01\x02\x03binary\x00", "is no form"),
        (
            "a.csv",
            b"one,two\nthree,four\n",
            "is not a form that `plan chase` made",
        ),
        ("a.rtf", b"{\\rtf1 x}", "is in Rich Text Format"),
    ];
    for (name, bytes, words) in files {
        refused(&estate, &send_bytes(&estate, name, bytes), &[words]);
    }
    let said = estate.run(&["update", "--from", "missing.xlsx"]);
    refused(&estate, &said, &["missing.xlsx could not be read"]);
}

#[test]
fn macros_bombs_and_crowds_are_refused() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    let path = estate.dir.path().join("back.xlsx");
    book.save(&path);
    let form = std::fs::read(&path).unwrap();
    let macros = repacked(&form, "xl/vbaProject.bin", |_| "x".into());
    refused(
        &estate,
        &send_bytes(&estate, "a.xlsm", &macros),
        &["holds macros"],
    );
    let bomb = repacked(&form, "xl/media/bomb.bin", |_| "0".repeat(40_000_000));
    assert!(bomb.len() < 1_000_000);
    refused(
        &estate,
        &send_bytes(&estate, "a.xlsx", &bomb),
        &["unpacks to more than"],
    );
    let row = |number: usize| {
        format!(
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>x</t></is></c></row>"
        )
    };
    let rows: String = (9..20_000).map(row).collect();
    let crowd = repacked(&form, "xl/worksheets/sheet1.xml", |xml| {
        let (before, after) = xml.split_once("</sheetData>").unwrap();
        format!("{before}{rows}</sheetData>{after}")
    });
    refused(
        &estate,
        &send_bytes(&estate, "a.xlsx", &crowd),
        &["a table of more than 2000 rows"],
    );
    // Two cells far apart are two cells, not seventeen thousand million.
    let far = repacked(&form, "xl/worksheets/sheet1.xml", |xml| {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>far</t></is></c></row></sheetData>";
        xml.replace("</sheetData>", far)
    });
    let said = send_bytes(&estate, "a.xlsx", &far);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.contains("Form!XFD1048576 says \"far\""),
        "{}",
        said.out
    );
}

#[test]
fn a_file_that_is_damaged_anywhere_never_panics_and_never_writes_half() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("amber/red"));
    let path = estate.dir.path().join("back.xlsx");
    book.save(&path);
    let parts = [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ];
    let form = std::fs::read(&path).unwrap();
    let docx = word(&estate, "1.10", &[("RAG", "amber/red")]);
    for (bytes, part) in parts
        .iter()
        .map(|part| (&form, *part))
        .chain([(&docx, "word/document.xml")])
    {
        for step in 1..16 {
            let damaged = repacked(bytes, part, |xml| {
                let mut at = xml.len() * step / 16;
                while !xml.is_char_boundary(at) || !xml.is_char_boundary(at + 1) {
                    at -= 1;
                }
                let instead = ["", "<", "\"", "9", "&#0;", "<c r=\"ZZZZZZZZZ0\">"][step % 6];
                format!("{}{instead}{}", &xml[..at], &xml[at + 1..])
            });
            assert_eq!(send_bytes(&estate, "damaged", &damaged).code, 2);
        }
    }
    assert_eq!(written(&estate), Vec::<PathBuf>::new());
}
