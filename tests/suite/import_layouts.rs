//! `plan import` on layouts that boards, councils, trusts and schools print: in `fixtures/layouts`, one
//! small table for each kind, and beside it in `.right` what is right, worked out by hand. Those named
//! `published-…` have the columns and the ways of writing of plans that public bodies publish, with
//! words of our own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::tables::{self, Rows};
use crate::support::{Said, repository, run_in, words};
use serde_json::Value;
use tempfile::TempDir;

/// A source, and what is right.
struct Case {
    path: PathBuf,
    file: String,
    options: Vec<String>,
    /// The day on which the imported plan is looked at.
    day: String,
    /// Each action: id | action | owners | timescale | status | reported RAG.
    actions: Vec<String>,
    /// Last days of actions: id and day.
    due: Vec<String>,
    /// What the files hold beside that.
    holds: Vec<String>,
    /// What is left out, and listed.
    left: Vec<String>,
}

impl Case {
    fn read(path: PathBuf) -> Case {
        let right =
            fs::read_to_string(path.with_file_name(format!("{}.right", name(&path)))).unwrap();
        let all = |key: &str| -> Vec<String> {
            let said = right.lines().filter_map(|line| line.strip_prefix(key));
            said.map(|said| said.trim_start_matches(": ").to_owned())
                .collect()
        };
        Case {
            file: name(&path),
            path,
            options: all("run").iter().flat_map(|run| words(run)).collect(),
            day: all("day").pop().unwrap_or_else(|| "2017-10-02".into()),
            actions: all("action"),
            due: all("due"),
            holds: all("holds"),
            left: all("left"),
        }
    }

    fn all() -> Vec<Case> {
        let files = fs::read_dir(repository().join("tests/fixtures/layouts")).unwrap();
        let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_none_or(|ending| ending != "right"));
        paths.sort();
        paths.into_iter().map(Case::read).collect()
    }

    fn options(&self) -> Vec<&str> {
        self.options.iter().map(String::as_str).collect()
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Imports a source into a folder of its own: the folder, and the import's report.
fn import(file: &str, bytes: &[u8], options: &[&str]) -> (TempDir, Value) {
    let (folder, said) = try_import(file, bytes, options);
    assert!(said.code < 2, "{file}: {}", said.err);
    let report = serde_json::from_str(&said.out).unwrap();
    (folder, report)
}

fn try_import(file: &str, bytes: &[u8], options: &[&str]) -> (TempDir, Said) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(file), bytes).unwrap();
    let arguments = ["import", file, "-o", "plans/testshire/", "-O", "json"];
    let said = run_in(folder.path(), &[&arguments, options].concat());
    (folder, said)
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

/// The imported actions: each in a line, and the last day of each.
fn lines(folder: &TempDir, day: &str) -> (Vec<String>, Vec<String>) {
    let said = run_in(folder.path(), &["list", "--as-of", day, "-O", "json"]);
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
    let due = |action: &Value| format!("{} {}", text(&action["id"]), text(&action["due"]));
    let actions = answer["actions"].as_array().unwrap();
    (
        actions.iter().map(line).collect(),
        actions.iter().map(due).collect(),
    )
}

/// A text however its lines are broken.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_layout_gives_what_its_table_shows() {
    let mut wrong = String::new();
    for case in Case::all() {
        let bytes = fs::read(&case.path).unwrap();
        let (folder, said) = try_import(&case.file, &bytes, &case.options());
        match serde_json::from_str(&said.out) {
            Ok(report) => wrong += &differences(&case, &folder, &report),
            Err(_) => wrong += &format!("{}: {}\n", case.file, said.err),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What differs from what is right, in lines.
fn differences(case: &Case, folder: &TempDir, report: &Value) -> String {
    let mut wrong = String::new();
    let mut check = |what: &str, found: &[String], right: &[String]| {
        let right: Vec<String> = right.iter().map(|line| joined(line)).collect();
        let found: Vec<String> = found.iter().map(|line| joined(line)).collect();
        for line in right.iter().filter(|line| !found.contains(line)) {
            wrong += &format!("{}: {what} {line}\n", case.file);
        }
        for line in found.iter().filter(|line| !right.contains(line)) {
            wrong += &format!("{}: not {what} {line}\n", case.file);
        }
    };
    let (actions, due) = lines(folder, &case.day);
    check("action", &actions, &case.actions);
    let asked = |line: &&String| {
        let id = line.split(' ').next();
        case.due.iter().any(|due| due.split(' ').next() == id)
    };
    let due: Vec<String> = due.iter().filter(asked).cloned().collect();
    check("due", &due, &case.due);
    let left = report["left_out"].as_array().unwrap().iter();
    // The headings of columns that are left out are listed with them.
    let left = left.filter(|left| !text(&left["why"]).starts_with("the heading of a column"));
    let left: Vec<String> = left.map(|left| text(&left["text"]).to_owned()).collect();
    check("left", &left, &case.left);
    let files = joined(&files(folder));
    for part in case
        .holds
        .iter()
        .filter(|part| !files.contains(&joined(part)))
    {
        wrong += &format!("{}: holds {part}; the files: {files}\n", case.file);
    }
    let day = ["validate", "--as-of", &case.day, "-O", "json"];
    let answer: Value = serde_json::from_str(&run_in(folder.path(), &day).out).unwrap();
    if answer["counts"]["error"] != 0 {
        wrong += &format!("{}: {answer:#}\n", case.file);
    }
    wrong
}

/// The promise of the account: words that stand nowhere else are planted in every cell, in all of a
/// table and in one alone, and each is in the files or in the list. Every layout in every format.
#[test]
fn a_word_planted_in_any_cell_is_in_the_files_or_in_the_list() {
    let cases = Case::all();
    // Most of an import's time is spent waiting for its files to be on the disk.
    std::thread::scope(|scope| {
        for case in &cases {
            if let Some(rows) = tables::read_csv(&case.path) {
                scope.spawn(move || plant_in_every_format(case, &rows));
            }
        }
    });
}

fn plant_in_every_format(case: &Case, rows: &Rows) {
    let names = headings(case);
    let cells: Vec<(usize, usize)> = (0..rows.len())
        .flat_map(|row| (0..rows[row].len()).map(move |at| (row, at)))
        .filter(|(row, at)| !names.contains(&rows[*row][*at]))
        // A title stays alone in its row.
        .filter(|(row, at)| !rows[*row][*at].is_empty() || filled(&rows[*row]) > 1)
        .collect();
    let all = plant(rows, &cells);
    for (ending, write) in tables::FORMATS {
        account_for(case, ending, &write(&all), &cells);
    }
    for cell in cells.iter().skip(1).step_by(4) {
        let one = plant(rows, &[*cell]);
        account_for(case, "csv", &tables::as_csv(&one), &[*cell]);
    }
}

/// The same for the headings, all of which the report names with what each is read as: a column whose heading
/// is not known is left out with all that it holds, and a table without a column of actions is refused.
#[test]
fn a_word_planted_in_any_heading_is_in_the_files_or_in_the_list() {
    let cases = Case::all();
    let (planted, refused) = std::thread::scope(|scope| {
        let each: Vec<_> = (cases.iter())
            .filter_map(|case| Some((case, tables::read_csv(&case.path)?)))
            .map(|(case, rows)| scope.spawn(move || plant_in_headings(case, &rows)))
            .collect();
        let counts = each.into_iter().map(|thread| thread.join().unwrap());
        counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
    });
    assert!(
        planted > 100 && refused * 4 < planted,
        "{planted} {refused}"
    );
}

/// How many headings of a layout were changed, and how many of these tables were refused.
fn plant_in_headings(case: &Case, rows: &Rows) -> (usize, usize) {
    let names = headings(case);
    let is_head = |row: &&Vec<String>| row.iter().all(|cell| names.contains(cell));
    let Some(head) = rows.iter().position(|row| is_head(&row)) else {
        return (0, 0);
    };
    let (mut planted, mut refused) = (0, 0);
    for at in (0..rows[head].len()).filter(|&at| !rows[head][at].is_empty()) {
        let bytes = tables::as_csv(&plant(rows, &[(head, at)]));
        planted += 1;
        let (folder, said) = try_import("planted.csv", &bytes, &with_years(case));
        let place = format!("{}, heading {at}", case.file);
        match serde_json::from_str(&said.out) {
            Ok(report) => {
                let accounted = accounted(&folder, &report) + &report["columns"].to_string();
                assert!(accounted.contains(&word(head, at)), "{place}: {report:#}");
            }
            Err(_) => {
                assert!(said.err.contains("no table has a"), "{place}: {}", said.err);
                refused += 1;
            }
        }
    }
    (planted, refused)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// What the columns of a layout are called.
fn headings(case: &Case) -> Vec<String> {
    let (_, report) = import(&case.file, &fs::read(&case.path).unwrap(), &case.options());
    let columns = report["columns"].as_array().unwrap().iter();
    columns
        .map(|column| text(&column["column"]).to_owned())
        .collect()
}

fn plant(rows: &Rows, cells: &[(usize, usize)]) -> Rows {
    let mut planted = rows.clone();
    for (row, at) in cells {
        planted[*row][*at] += &format!(" {}", word(*row, *at));
    }
    planted
}

/// A word for a cell that stands nowhere else.
fn word(row: usize, at: usize) -> String {
    format!("zebra{row}q{at}q")
}

/// A layout's options, with the years and the day that a changed table may no longer say.
fn with_years(case: &Case) -> Vec<&str> {
    let mut options = case.options();
    for needed in [["--period", "2017-18"], ["--reported", "2017-10-01"]] {
        if !options.contains(&needed[0]) {
            options.extend(needed);
        }
    }
    options
}

fn account_for(case: &Case, ending: &str, bytes: &[u8], cells: &[(usize, usize)]) {
    let (folder, report) = import(&format!("planted.{ending}"), bytes, &with_years(case));
    let accounted = accounted(&folder, &report);
    for (row, at) in cells {
        let place = format!("{}, row {row}, cell {at}, {ending}", case.file);
        assert!(accounted.contains(&word(*row, *at)), "{place}: {report:#}");
    }
}

/// All that stands in the files or in the list.
fn accounted(folder: &TempDir, report: &Value) -> String {
    let left = report["left_out"].as_array().unwrap().iter();
    files(folder) + &left.map(|left| text(&left["text"])).collect::<String>()
}

/// The same for the documents themselves, whose tables have merged cells, lists and several headings.
#[test]
fn a_word_planted_in_any_cell_of_a_document_is_in_the_files_or_in_the_list() {
    let folder = |name: &str| repository().join("tests/fixtures").join(name);
    let files = [folder("import"), folder("layouts")].map(|folder| fs::read_dir(folder).unwrap());
    for path in files.into_iter().flatten().map(|file| file.unwrap().path()) {
        let Some(plant) = tables::planter(&path).filter(|_| !is_without_tables(&path)) else {
            continue;
        };
        let bytes = fs::read(&path).unwrap();
        let options = ["--period", "2019-20", "--reported", "2018-04-01"];
        let (_, report) = import(&name(&path), &bytes, &options);
        let columns = report["columns"].as_array().unwrap();
        let headings: Vec<&str> = columns
            .iter()
            .map(|column| text(&column["column"]))
            .collect();
        let (planted, count) = plant(&bytes, &headings);
        assert!(count > 2, "{path:?}: {count}");
        let (folder, report) = import(&name(&path), &planted, &options);
        let accounted = accounted(&folder, &report);
        for at in 0..count {
            let word = tables::word(at);
            assert!(accounted.contains(&word), "{path:?}, {word}: {report:#}");
        }
    }
}

/// Layouts of labelled lines and of lists.
fn is_without_tables(path: &Path) -> bool {
    name(path).starts_with("labels-") || name(path).starts_with("lists-of-")
}

#[test]
fn a_word_planted_in_any_line_of_a_plan_without_tables_is_in_the_files_or_in_the_list() {
    let mut planted = 0;
    for case in Case::all()
        .iter()
        .filter(|case| is_without_tables(&case.path))
    {
        let source = fs::read_to_string(&case.path).unwrap();
        let ending = case.file.rsplit('.').next().unwrap();
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        // A line of markup is planted in front of each tag that ends words.
        for at in 0..lines.len() {
            let mut changed: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
            let words = format!(" {}", word(at, 0));
            let end = if ending == "html" { "</" } else { "\n" };
            let shows_words = lines[at].trim_start_matches(['<', '/', '#', ' ']).len() > 8;
            if !shows_words || !lines[at].contains(end) {
                continue;
            }
            changed[at] = lines[at].replace(end, &format!("{words}{end}"));
            planted += 1;
            let bytes = changed.concat();
            let (folder, report) = import(
                &format!("planted.{ending}"),
                bytes.as_bytes(),
                &with_years(case),
            );
            let accounted = accounted(&folder, &report);
            assert!(
                accounted.contains(words.trim()),
                "{}, {at}: {report:#}",
                case.file
            );
        }
    }
    assert!(planted > 30, "{planted}");
}

/// Of what was due in May and is complete in the report of 30 June, in August and of 30 September, nobody knows whether
/// it was late; of what says its day everybody does.
#[test]
fn a_day_of_completion_that_is_not_said_is_told_of_for_every_report() {
    let path = repository().join("tests/fixtures/layouts/complete-without-a-day.csv");
    let options = ["--period", "2017-18", "--reported", "2017-10-01"];
    let (_, report) = import("plan.csv", &fs::read(path).unwrap(), &options);
    let notes = report["notes"].as_array().unwrap().iter();
    let notes: Vec<&str> = notes.map(|note| text(&note["note"])).collect();
    let told: Vec<&&str> = (notes.iter())
        .filter(|note| note.contains("on which day"))
        .collect();
    assert_eq!(told.len(), 2, "{notes:#?}");
    assert!(told[0].contains("ended (1): that of the report, 30 June 2017"));
    assert!(told[1].contains("ended (3): that of the report, 30 September 2017"));
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
