//! `plan import` on layouts that boards, councils, trusts and schools print: one small table for each
//! kind, with what is right worked out by hand.

use std::collections::BTreeSet;
use std::fs;

use crate::support::run_in;
use serde_json::Value;
use tempfile::TempDir;

/// A source, and what is right.
struct Case {
    file: &'static str,
    text: &'static str,
    options: &'static [&'static str],
    /// Each action: id | action | owners | timescale | status | reported RAG.
    actions: &'static [&'static str],
    /// What the files hold beside that.
    holds: &'static [&'static str],
    /// What is left out, and listed.
    left: &'static [&'static str],
}

const IN_2017: &[&str] = &["--period", "2017-18", "--reported", "2017-10-01"];
const DAY: &[&str] = &["--reported", "2017-10-01"];

const CASES: &[Case] = &[
    Case {
        file: "an objective longer than a line.csv",
        text: "Objective,Ref,Action,Lead,By when\n\
            \"Every carer who asks a question, of whichever partner and at whatever hour, is given one answer that all partners stand by\",4.1,Write the answers,Library team,May 2017\n",
        options: IN_2017,
        actions: &["4.1 | Write the answers | library-team | May 2017 | not started | "],
        holds: &["answer that all partners stand by"],
        left: &[],
    },
    Case {
        file: "recommendations are the actions.csv",
        text: "No.,Recommendation,Responsibility,Date\n7,That the shelf be mended,Library team,May 2017\n",
        options: IN_2017,
        actions: &["7 | That the shelf be mended | library-team | May 2017 | not started | "],
        holds: &["actions:\n  - id: 7"],
        left: &[],
    },
    Case {
        file: "a deadline that cannot be read.csv",
        text: "Ref,Action,Lead,By when\n\
            1,Mend the shelf,Library team,The plan to come in June/July 2017 and the shelf itself to be looked at again by September 2017\n\
            2,,,\n3,Dust the shelf,Library team,-\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | The plan to come in June/July 2017 and the shelf itself to be looked at again by September 2017 | not started | ",
            "3 | Dust the shelf | library-team |  | not started | ",
        ],
        holds: &["# plan: allow unreadable-timescale"],
        left: &["2"],
    },
    Case {
        file: "rows of spaces.html",
        text: "<h1>Testshire Plan 2017-18</h1><table><tr><td>No.<td>Action<td>Lead<td>When</tr>\
            <tr><td>&nbsp;<td>&nbsp;<td>&nbsp;<td>&nbsp;</tr><tr><td>1<td>Mend the shelf<td>Library team<td>May 2017</tr></table>",
        options: DAY,
        actions: &["1 | Mend the shelf | library-team | May 2017 | not started | "],
        holds: &[],
        left: &[],
    },
    Case {
        file: "two dates.csv",
        text: "Ref,Action,Lead,Planned start,Original target date,Revised target date,Actual completion date,Status\n\
            1,Mend the shelf,Library team,May 2017,June 2017,March 2018,,Started\n\
            2,Dust the shelf,Library team,June 2017,July 2017,,12/06/2017,\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | June 2017 | in progress | ",
            "2 | Dust the shelf | library-team | July 2017 | complete | ",
        ],
        holds: &[
            "starts: May 2017",
            "timescale: March 2018\n    reason:",
            "date: 2017-06-12\n    status: complete",
        ],
        left: &[],
    },
    Case {
        file: "a meeting is no deadline.csv",
        text: "Date of meeting,Action,Who,Update\n02/05/2017,Mend the shelf,Library team,Wood bought\n\
            06/06/2017,Dust the shelf,Youth team,To do\n",
        options: DAY,
        actions: &[
            "1 | Mend the shelf | library-team |  | in progress | ",
            "2 | Dust the shelf | youth-team |  | not started | ",
        ],
        holds: &["added: 2017-05-02", "done: Wood bought"],
        left: &[],
    },
    Case {
        file: "a known word inside another heading.csv",
        text: "Ref,Action,Lead,By when,Action taken,Risk rating of provider,State of evidence\n\
            1,Mend the shelf,Library team,May 2017,Wood bought,Severe,Photograph\n",
        options: IN_2017,
        actions: &["1 | Mend the shelf | library-team | May 2017 | in progress | "],
        holds: &["done: Wood bought"],
        left: &[
            "Photograph",
            "Risk rating of provider",
            "Severe",
            "State of evidence",
        ],
    },
    Case {
        file: "how pressing an action is.csv",
        text: "Ref,Item,Action,Priority,Lead,By when\n7.4,Shelf report,Mend the shelf,High,Library team,May 2017\n\
            7.10,Dust report,Dust the shelf,Low,Library team,June 2017\n",
        options: IN_2017,
        actions: &[
            "7.4 | Mend the shelf | library-team | May 2017 | not started | ",
            "7.10 | Dust the shelf | library-team | June 2017 | not started | ",
        ],
        holds: &["Priority: High", "Item: Dust report"],
        left: &[],
    },
    Case {
        file: "ticks.csv",
        text: "Ref,Action,Lead,By when,Not started,On target (tick),Done\n\
            1,Mend the shelf,Library team,May 2017,,✓,\n2,Dust the shelf,Library team,June 2017,,,x\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | May 2017 | in progress | ",
            "2 | Dust the shelf | library-team | June 2017 | complete | ",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "words beside a rating.csv",
        text: "Ref,Action,Lead,By when,RAG\n1,Mend the shelf,Library team,May 2017,Amber – wood is late\n\
            2,Dust the shelf,Library team,May 2017,Completed 12/06/17\n3,Paint the shelf,Library team,May 2017,On hold\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | May 2017 | in progress | amber",
            "2 | Dust the shelf | library-team | May 2017 | complete | ",
            "3 | Paint the shelf | library-team | May 2017 | in progress | ",
        ],
        holds: &[
            "note: wood is late",
            "date: 2017-06-12",
            "status: paused\n    reason: On hold",
        ],
        left: &[],
    },
    Case {
        file: "a column for each quarter.csv",
        text: "Ref,Action,Lead,By when,Q1 RAG,Q2 RAG,Q3 RAG\n1,Mend the shelf,Library team,May 2017,Green,Amber,\n",
        options: IN_2017,
        actions: &["1 | Mend the shelf | library-team | May 2017 | in progress | amber"],
        holds: &["date: 2017-06-30", "date: 2017-09-30"],
        left: &[],
    },
    Case {
        file: "status words under progress.csv",
        text: "Ref,Action,Lead,By when,Progress\n1,Mend the shelf,Library team,May 2017,Completed\n\
            2,Dust the shelf,Library team,June 2017,Not started\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | May 2017 | complete | ",
            "2 | Dust the shelf | library-team | June 2017 | not started | ",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "a key of colours.md",
        text: "# Testshire Plan 2017-18\n\n| Colour | Meaning |\n| --- | --- |\n| Red | Not started |\n| Green | Complete |\n\n\
            | Ref | Action | Lead | By when | RAG |\n| --- | --- | --- | --- | --- |\n| 1 | Mend the shelf | Library team | May 2017 | Green |\n\
            | 2 | Dust the shelf | Library team | June 2017 | Red |\n",
        options: DAY,
        actions: &[
            "1 | Mend the shelf | library-team | May 2017 | complete | ",
            "2 | Dust the shelf | library-team | June 2017 | not started | ",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "colours alone.html",
        text: "<h1>Testshire Plan 2017-18</h1><table><tr><td>Ref<td>Action<td>Lead<td>When<td>Status</tr>\
            <tr><td>1<td>Mend the shelf<td>Library team<td>May 2017<td bgcolor='#FFC000'></tr>\
            <tr><td>2<td>Dust the shelf<td>Library team<td>May 2017<td bgcolor='#C6EFCE'></tr></table>",
        options: DAY,
        actions: &[
            "1 | Mend the shelf | library-team | May 2017 | in progress | amber",
            "2 | Dust the shelf | library-team | May 2017 | in progress | green",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "rows that are headings.csv",
        text: "Ref,Action,Lead,By when\n1,Shelves,,\n1.1,Mend the shelf,Library team,May 2017\n2,Books,,\n2.1,Dust the books,Youth team,June 2017\n",
        options: IN_2017,
        actions: &[
            "1.1 | Mend the shelf | library-team | May 2017 | not started | ",
            "2.1 | Dust the books | youth-team | June 2017 | not started | ",
        ],
        holds: &["title: Shelves", "title: Books"],
        left: &[],
    },
    Case {
        file: "a row for each milestone.html",
        text: "<h1>Testshire Plan 2017-18</h1><table><tr><td>Ref<td>Action<td>Milestone<td>Timescale<td>Lead</tr>\
            <tr><td rowspan=2>3.1<td rowspan=2>Mend the shelf<td>Wood bought<td>May 2017<td rowspan=2>Library team</tr>\
            <tr><td>Shelf up<td>March 2018</tr></table>",
        options: DAY,
        actions: &["3.1 | Mend the shelf | library-team | May 2017 | not started | "],
        holds: &[
            "id: 3.1a\n            title: Wood bought",
            "timescale: March 2018",
        ],
        left: &[],
    },
    Case {
        file: "many columns that no field takes.csv",
        text: "Ref,Action,Lead,By when,Cost,Budget code,Ward,Mtg A,Mtg B\n1,Mend the shelf,Library team,May 2017,20,A1,North,,\n",
        options: &[
            "--period",
            "2017-18",
            "--keep",
            "Cost",
            "--map",
            "Ward=note",
        ],
        actions: &["1 | Mend the shelf | library-team | May 2017 | not started | "],
        holds: &["Cost: 20", "Ward: North"],
        left: &["A1", "Budget code", "Mtg A", "Mtg B"],
    },
    Case {
        file: "a column without a heading.csv",
        text: "Key action,,Timescale\n1.1 Mend the shelf,Library team,May 2017\n1.2 Dust the shelf,Youth team,June 2017\n",
        options: IN_2017,
        actions: &[
            "1.1 | Mend the shelf | library-team | May 2017 | not started | ",
            "1.2 | Dust the shelf | youth-team | June 2017 | not started | ",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "a heading over the only table.md",
        text: "# Testshire Plan 2017-18\n\n## Strategic Objective 3: Sound shelves\n\n| Action | Lead | By when |\n| --- | --- | --- |\n| Mend the shelf | Library team | May 2017 |\n",
        options: &[],
        actions: &["3.1 | Mend the shelf | library-team | May 2017 | not started | "],
        holds: &["- id: 3\n    title: Sound shelves"],
        left: &[],
    },
    Case {
        file: "outcomes that are numbered.csv",
        text: "What we will do,Lead,By when,Outcomes\nMend the shelf,Library team,May 2017,\"1 – A straight shelf\n2 – Glad readers\"\nDust the shelf,Library team,May 2017,1 – A clean shelf\n",
        options: IN_2017,
        actions: &[
            "1.1 | Mend the shelf | library-team | May 2017 | not started | ",
            "1.2 | Dust the shelf | library-team | May 2017 | not started | ",
        ],
        holds: &["1 – A straight shelf"],
        left: &[],
    },
    Case {
        file: "several actions in a cell.csv",
        text: "Ref,Action,By when,Lead\n1,\"(1a) Mend the shelf\n(1b) Dust the shelf\",\"January 2018\nMarch 2018\",\"Library team\nYouth team\"\n",
        options: IN_2017,
        actions: &[
            "1a | Mend the shelf | library-team | January 2018 | not started | ",
            "1b | Dust the shelf | youth-team | March 2018 | not started | ",
        ],
        holds: &[],
        left: &[],
    },
    Case {
        file: "initials in prose.md",
        text: "# Testshire Plan 2017-18\n\nLT – Library Team\n\nThe Reading Subgroup (RSG) meets monthly.\n\n| Ref | Action | Lead | By when |\n| --- | --- | --- | --- |\n| 1 | Mend the shelf | LT/RSG | May 2017 |\n",
        options: &[],
        actions: &[
            "1 | Mend the shelf | library-team, reading-subgroup | May 2017 | not started | ",
        ],
        holds: &["aka: [LT]"],
        left: &[],
    },
    Case {
        file: "a deadline that was moved.csv",
        text: "Ref,Action,Lead,By when,Status\n1,Mend the shelf,Library team,March 2018 (was June 2017),Started\n\
            2,Dust the shelf,Library team,June 2017 – completed,\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | library-team | June 2017 | in progress | ",
            "2 | Dust the shelf | library-team | June 2017 | complete | ",
        ],
        holds: &["timescale: March 2018\n    reason:"],
        left: &[],
    },
    Case {
        file: "who it is for.csv",
        text: "Serial,Priority (H/M/L),Item,Action,Progress %\n1,H,Mend the shelf,Clerk + Cllr Hill,100\n2,L,Dust the shelf,Clerk,10\n",
        options: IN_2017,
        actions: &[
            "1 | Mend the shelf | clerk, cllr-hill |  | complete | ",
            "2 | Dust the shelf | clerk |  | in progress | ",
        ],
        holds: &["done: 100%"],
        left: &[],
    },
];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Imports a source into a folder of its own: the folder, and the import's report.
fn import(file: &str, bytes: &[u8], options: &[&str]) -> (TempDir, Value) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(file), bytes).unwrap();
    let arguments = ["import", file, "-o", "plans/testshire/", "-O", "json"];
    let said = run_in(folder.path(), &[&arguments, options].concat());
    assert!(said.code < 2, "{file}: {}", said.err);
    let report = serde_json::from_str(&said.out).unwrap();
    (folder, report)
}

fn files(folder: &TempDir) -> String {
    let mut all = String::new();
    let mut folders = vec![folder.path().join("plans")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                all += &fs::read_to_string(path).unwrap();
            }
        }
    }
    all
}

fn lines(folder: &TempDir) -> Vec<String> {
    let said = run_in(
        folder.path(),
        &["list", "--as-of", "2017-10-02", "-O", "json"],
    );
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let line = |action: &Value| {
        let owners = action["owners"].as_array().unwrap();
        let owners: Vec<&str> = owners.iter().map(text).collect();
        [
            text(&action["id"]),
            text(&action["action"]),
            &owners.join(", "),
            text(&action["timescale"]),
            text(&action["status"]),
            text(&action["reported_rag"]),
        ]
        .join(" | ")
    };
    answer["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(line)
        .collect()
}

#[test]
fn every_layout_gives_what_its_table_shows() {
    for case in CASES {
        let (folder, report) = import(case.file, case.text.as_bytes(), case.options);
        assert_eq!(lines(&folder), case.actions, "{}", case.file);
        // However lines are broken.
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let files = joined(&files(&folder));
        for part in case.holds {
            let file = case.file;
            assert!(
                files.contains(&joined(part)),
                "{file}: {part} is not in\n{files}"
            );
        }
        let left = report["left_out"].as_array().unwrap();
        let left: BTreeSet<&str> = left.iter().map(|left| text(&left["text"])).collect();
        let expected: BTreeSet<&str> = case.left.iter().copied().collect();
        assert_eq!(left, expected, "{}", case.file);
        let said = run_in(
            folder.path(),
            &["validate", "--as-of", "2017-10-02", "-O", "json"],
        );
        let answer: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(answer["counts"]["error"], 0, "{}: {answer:#}", case.file);
    }
}

/// The promise of the account, for every cell of every layout above, in three formats: words that stand
/// nowhere else are planted in all cells, and in one alone, and each is in the files or in the list.
#[test]
fn a_word_planted_in_any_cell_is_in_the_files_or_in_the_list() {
    for case in CASES.iter().filter(|case| case.file.ends_with(".csv")) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(case.text.as_bytes());
        let rows: Vec<Vec<String>> = (reader.records())
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let cells: Vec<(usize, usize)> = (1..rows.len())
            .flat_map(|row| (0..rows[row].len()).map(move |at| (row, at)))
            .collect();
        let all = plant(&rows, &cells);
        account_for(case, "csv", &as_csv(&all), &cells);
        account_for(case, "xlsx", &as_excel(&all), &cells);
        account_for(case, "html", &as_html(&all), &cells);
        for cell in cells.iter().skip(1).step_by(3) {
            let one = plant(&rows, &[*cell]);
            account_for(case, "csv", &as_csv(&one), &[*cell]);
        }
    }
}

fn plant(rows: &[Vec<String>], cells: &[(usize, usize)]) -> Vec<Vec<String>> {
    let mut planted = rows.to_vec();
    for (row, at) in cells {
        planted[*row][*at] += &format!(" {}", word(*row, *at));
    }
    planted
}

/// A word for a cell that stands nowhere else.
fn word(row: usize, at: usize) -> String {
    format!("zebra{row}q{at}q")
}

fn account_for(case: &Case, ending: &str, bytes: &[u8], cells: &[(usize, usize)]) {
    let years: &[&str] = if case.options.contains(&"--period") {
        &[]
    } else {
        IN_2017
    };
    let own = case.options.iter().filter(|_| years.is_empty());
    let options: Vec<&str> = own.chain(years).copied().collect();
    let (folder, report) = import(&format!("planted.{ending}"), bytes, &options);
    let mut accounted = files(&folder);
    for left in report["left_out"].as_array().unwrap() {
        accounted += text(&left["text"]);
    }
    for (row, at) in cells {
        let place = format!("{}, row {row}, cell {at}, {ending}", case.file);
        assert!(accounted.contains(&word(*row, *at)), "{place}: {report:#}");
    }
}

fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn as_html(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |cell: &String| {
        format!(
            "<td>{}</td>",
            cell.replace('&', "&amp;").replace('\n', "<br>")
        )
    };
    let row = |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
    format!(
        "<table>{}</table>",
        rows.iter().map(row).collect::<String>()
    )
    .into_bytes()
}

fn as_excel(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn years_and_day_are_asked_for_at_once_with_what_the_dates_suggest() {
    let folder = TempDir::new().unwrap();
    let table = "Ref,Action,Lead,By when,RAG\n1,Mend the shelf,Library team,May 2017,Green\n2,Dust the shelf,Library team,March 2018,Red\n";
    fs::write(folder.path().join("shelves.csv"), table).unwrap();
    let said = run_in(folder.path(), &["import", "shelves.csv", "-o", "plans/x/"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("--period 2017-18 (from 2 of 2 dates) and --reported"),
        "{}",
        said.err
    );
    assert!(!folder.path().join("plans").exists());
}

#[test]
fn the_report_begins_with_what_each_column_was_read_as() {
    let table = "Ref,Action,Lead,By when,Priority\n1,Mend the shelf,Library team,May 2017,High\n";
    let (_, report) = import("shelves 2017-18.csv", table.as_bytes(), &[]);
    let columns: Vec<(&str, &str)> = (report["columns"].as_array().unwrap().iter())
        .map(|column| (text(&column["column"]), text(&column["field"])))
        .collect();
    let expected = [
        ("Ref", "id"),
        ("Action", "action"),
        ("Lead", "responsibility"),
        ("By when", "timescale"),
        ("Priority", "note"),
    ];
    assert_eq!(columns, expected);
    let notes = report["notes"].as_array().unwrap();
    assert!(
        notes
            .iter()
            .any(|note| text(&note["note"]).contains("the column \"Priority\" is taken for note"))
    );
}

#[test]
fn an_overwritten_file_that_is_no_text_is_neither_lost_nor_half_replaced() {
    let folder = TempDir::new().unwrap();
    let table = "Action,Lead,By when,RAG\nMend the shelf,Library team,May 2017,Amber\n";
    fs::write(folder.path().join("src.csv"), table).unwrap();
    let board = folder.path().join("plans/new");
    // The report's file cannot be written: a folder stands in its place.
    fs::create_dir_all(board.join("updates/2017-10-01-import.yaml/x")).unwrap();
    fs::write(board.join("board.yaml"), b"board: Latin-1 b\xf6ard\n").unwrap();
    let arguments = [
        "import",
        "src.csv",
        "-o",
        "plans/new/",
        "--period",
        "2017-18",
        "--reported",
        "2017-10-01",
        "--force",
    ];
    let said = run_in(folder.path(), &arguments);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(
        fs::read(board.join("board.yaml")).unwrap(),
        b"board: Latin-1 b\xf6ard\n"
    );
    assert!(!board.join("src-2017-18.yaml").exists());
}
