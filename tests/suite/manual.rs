//! The manual's examples are real: each `$ plan …` and `$ git …` in a console block of the README and of `docs/`
//! is run, and must print what stands below it. A line of `…` stands for lines that are left out.
//! `UPDATE_DOCS=1` writes what was printed.
//!
//! A section has a folder of its own, with copies of `plans/` and `examples/`, and its day is 1 May 2018. Remarks
//! of a page say otherwise:
//!
//! - `<!-- in an empty folder, to the end of the page -->`
//! - `<!-- today: 2025-03-17 -->`: the day from here on;
//! - `<!-- file: plans/b/board.yaml -->`: the next block is written to this file.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::repository::git_in;
use crate::support::{copy, repository, run_on_day, words};

/// Files that a reader would have from somebody else: a plan in Word, forms that came back.
const FILES: &[(&str, &str)] = &[
    ("tests/fixtures/import/two-header-rows.docx", "plan.docx"),
    ("tests/form/vemt-returned.xlsx", "back.xlsx"),
    ("tests/form/neglect-returned.xlsx", "neglect.xlsx"),
];

const EMPTY: &str = "<!-- in an empty folder, to the end of the page -->";

/// A stretch of a page.
#[derive(Debug)]
enum Part {
    /// A line that is only read.
    Line(String),
    /// A command and what stands below it.
    Example(String, Vec<String>),
}

fn parts(page: &str) -> Vec<Part> {
    let (mut parts, mut inside) = (Vec::new(), false);
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            parts.push(Part::Example(command.to_owned(), Vec::new()));
            continue;
        } else if let Some(Part::Example(_, printed)) = parts.last_mut().filter(|_| inside) {
            printed.push(line.to_owned());
            continue;
        }
        parts.push(Part::Line(line.to_owned()));
    }
    parts
}

/// The folder and the day of a place in a page.
struct Reader {
    folder: TempDir,
    today: NaiveDate,
    /// Whether sections go on in the same folder.
    goes_on: bool,
    /// The file that the next block is written to, and its lines once the block has begun.
    file: Option<(String, Option<String>)>,
}

impl Reader {
    fn new() -> Reader {
        let mut reader = Reader {
            folder: TempDir::new().unwrap(),
            today: NaiveDate::from_ymd_opt(2018, 5, 1).unwrap(),
            goes_on: false,
            file: None,
        };
        reader.begin(true);
        reader
    }

    fn begin(&mut self, with_boards: bool) {
        self.folder = TempDir::new().unwrap();
        for name in ["plans", "examples"].into_iter().filter(|_| with_boards) {
            copy(&repository().join(name), &self.folder.path().join(name));
        }
        for (from, name) in FILES {
            std::fs::copy(repository().join(from), self.folder.path().join(name)).unwrap();
        }
    }

    /// Does what a line of the page asks for.
    fn read(&mut self, line: &str) {
        let remark = |name: &str| {
            let rest = line.strip_prefix("<!-- ")?.strip_prefix(name)?;
            rest.strip_suffix(" -->")
        };
        match &mut self.file {
            Some((_, text @ None)) if line.starts_with("```") => *text = Some(String::new()),
            Some((path, Some(text))) if line == "```" => {
                let path = self.folder.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
                self.file = None;
            }
            Some((_, Some(text))) => *text += &format!("{line}\n"),
            _ if line.starts_with("## ") && !self.goes_on => self.begin(true),
            _ if line == EMPTY => {
                self.goes_on = true;
                self.begin(false);
            }
            _ => {
                if let Some(day) = remark("today: ") {
                    self.today = day.parse().unwrap();
                } else if let Some(path) = remark("file: ") {
                    self.file = Some((path.to_owned(), None));
                }
            }
        }
    }

    /// What a command prints: standard output, then standard error.
    fn run(&self, command: &str) -> Vec<String> {
        let words = words(command);
        let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let said = match words[0].as_str() {
            "plan" => {
                let said = run_on_day(self.folder.path(), &arguments, self.today);
                said.out + &said.err
            }
            "git" => {
                let at = format!("{}T10:00:00Z", self.today);
                git_in(self.folder.path(), &arguments, &at)
            }
            other => panic!("only `plan` and `git` are run, not `{other}`"),
        };
        said.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    /// Runs a whole page; gives it as it should be.
    fn page(&mut self, page: &str) -> String {
        let mut new = String::new();
        for part in parts(page) {
            match part {
                Part::Line(line) => {
                    self.read(&line);
                    new += &format!("{line}\n");
                }
                Part::Example(command, printed) => {
                    let mut lines = self.run(&command);
                    let mut expected = printed.clone();
                    while expected.last().is_some_and(String::is_empty) {
                        expected.pop();
                    }
                    if agrees(&expected, &lines) {
                        lines = printed;
                    }
                    new += &format!("$ {command}\n");
                    lines.iter().for_each(|line| new += &format!("{line}\n"));
                }
            }
        }
        assert!(self.file.is_none(), "a file's block does not end");
        new
    }
}

/// Whether lines are what an example says, where `…` stands for any of them.
fn agrees(expected: &[String], lines: &[String]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=lines.len()).any(|skipped| agrees(rest, &lines[skipped..]))
        }
        Some((first, rest)) => {
            lines.first().is_some_and(|line| line == first) && agrees(rest, &lines[1..])
        }
    }
}

/// The README and the pages of `docs/`, by their paths.
fn pages() -> Vec<String> {
    let docs = std::fs::read_dir(repository().join("docs")).unwrap();
    let docs = docs.map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()));
    let mut pages: Vec<String> = docs.chain(["README.md".to_owned()]).collect();
    pages.sort();
    pages
}

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

#[test]
fn what_the_manual_shows_is_what_is_printed() {
    let mut wrong = Vec::new();
    for path in pages() {
        let old = text(&path);
        let new = Reader::new().page(&old);
        if new == old {
            continue;
        }
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(repository().join(&path), &new).unwrap();
        } else {
            let differs = |(old, new): &(&str, &str)| old != new;
            let first = old.lines().zip(new.lines()).position(|pair| differs(&pair));
            wrong.push(format!(
                "{path}, from line {}:\n{new}",
                first.unwrap_or_default() + 1
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE_DOCS=1 writes this:\n{}",
        wrong.join("\n\n")
    );
}

/// What the page of the year shows on the days of its meetings, worked out by hand.
///
/// Every action is to be reported on each quarter, from 1 April 2025 (its first day) or its last report.
/// - 8 July: 1.1 is green and 1.2 amber by their reports of 24 June; 1.3 is complete; 2.1 amber by its report,
///   due on 31 July; 2.2 green; 2.3 without a report since 1 April, so amber since 2 July.
/// - 14 October: 1.1 was due on 30 September, so red, and reported green; 1.2 without a report since 24 June,
///   amber; 2.1 reported green, but moved to 31 October, so amber; 2.2 and 2.3 green by their reports of 30 September.
/// - 13 January: 1.1 and 2.1 are complete too; 1.2 was due on 31 December, so red, and reported amber; 2.2 green,
///   2.3 amber by its report; 2.4 was added on 18 November and is due on 28 February, more than 30 days away: grey.
/// - 10 March: 2.4 is complete as well; 1.2 is red; 2.2 green, its next report due on 6 April; 2.3 amber by its
///   report and due on 31 March.
/// - 14 April 2026: 1.2, 2.2 and 2.3 were carried forward on 31 March.
///
/// In this order: total, red, amber, green, blue, grey, overdue, due soon, unreported, over-rated.
const FIGURES: [(&str, [u64; 10]); 5] = [
    ("2025-07-08", [6, 0, 3, 2, 1, 0, 0, 1, 1, 0]),
    ("2025-10-14", [6, 1, 2, 2, 1, 0, 1, 1, 1, 1]),
    ("2026-01-13", [7, 1, 1, 1, 3, 1, 1, 0, 0, 1]),
    ("2026-03-10", [7, 1, 1, 1, 4, 0, 1, 1, 0, 0]),
    ("2026-04-14", [7, 0, 0, 0, 4, 3, 0, 0, 0, 0]),
];

const COUNTS: [&str; 10] = [
    "total",
    "red",
    "amber",
    "green",
    "blue",
    "grey",
    "overdue",
    "due_soon",
    "unreported",
    "overrated",
];

#[test]
fn the_figures_of_the_year_are_those_that_were_worked_out_by_hand() {
    let mut reader = Reader::new();
    reader.page(&text("docs/business-manager.md"));
    for (day, expected) in FIGURES {
        let status = [
            "status",
            "--plan",
            "plan-2025-26",
            "--as-of",
            day,
            "-O",
            "json",
        ];
        let said = run_on_day(reader.folder.path(), &status, reader.today);
        let answer: Value = serde_json::from_str(&said.out).unwrap();
        let counts = &answer["boards"][0]["plans"][0]["counts"];
        let counts = COUNTS.map(|name| counts[name].as_u64().unwrap());
        assert_eq!(counts, expected, "{day}: {COUNTS:?}");
    }
    // Nothing that was adopted or reported was changed without a trace, and the files are right.
    let check = ["validate", "--against", "HEAD"];
    let said = run_on_day(reader.folder.path(), &check, reader.today);
    assert_eq!(said.code, 0, "{}", said.out);
}

/// The report of the year that has ended, made in April: what it said before the rollover of 31 March, it says after
/// it too, and beside it what has moved since.
#[test]
fn the_annual_report_loses_nothing_by_the_rollover() {
    let mut reader = Reader::new();
    reader.page(&text("docs/business-manager.md"));
    let annual = |framework: &str| {
        let report = [
            "report",
            "annual",
            "--plan",
            "plan-2025-26",
            "--period",
            "2025-26",
            "-O",
            "markdown",
        ];
        let framework = ["--framework", framework];
        let arguments = [&report[..], &framework].concat();
        let said = run_on_day(reader.folder.path(), &arguments, reader.today);
        assert_eq!(said.code, 0, "{said:?}");
        said.out
    };
    let frameworks = ["lscb", "wt2018", "care-act"];
    let after = frameworks.map(annual);
    let board = reader.folder.path().join("plans/testshire-scp");
    for file in ["plan-2026-27.yaml", "updates/2026-03-31-board.yaml"] {
        std::fs::remove_file(board.join(file)).unwrap();
    }
    let before = frameworks.map(annual);
    for (before, after) in before.iter().zip(&after) {
        let after = after.replace(" Since then carried forward.", "");
        // What moved since has a column, which is the last, only where something did.
        let after = after.replace("| since then |\n", "|\n");
        let after = after.replace("| carried forward |\n", "|\n");
        let words = |line: &str| {
            // That it is still open is said only while no other plan carries it on.
            let line = line.split(" Since then ").next().unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().collect();
            words.join(" ").trim_end_matches(['|', ' ']).to_owned()
        };
        let known: Vec<String> = after.lines().map(words).collect();
        // What there is nothing to draw on for is one thing less: what was carried forward.
        let said = before.lines().filter(|line| {
            !line.contains("othing to draw on")
                && !line.contains("was carried forward")
                && !line.starts_with("| ---")
        });
        let lost: Vec<&str> = said.filter(|line| !known.contains(&words(line))).collect();
        assert!(lost.is_empty(), "{lost:#?}\n{after}");
        assert!(before.lines().count() > 40, "{before}");
    }
}

#[test]
fn the_readme_is_short_and_every_link_leads_somewhere() {
    assert!(text("README.md").lines().count() <= 250);
    for path in pages() {
        let page = without_code(&text(&path));
        let folder = repository().join(Path::new(&path).parent().unwrap());
        for link in page.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            if link.contains("://") {
                continue;
            }
            let to = if file.is_empty() {
                repository().join(&path)
            } else {
                folder.join(file)
            };
            assert!(to.exists(), "{path}: {link}");
            if !place.is_empty() {
                let there = std::fs::read_to_string(&to).unwrap();
                let heading = |line: &str| {
                    let words = line.trim_start_matches('#').trim().to_lowercase();
                    words.replace([',', ':', '`'], "").replace(' ', "-")
                };
                let mut headings = there.lines().filter(|line| line.starts_with('#'));
                assert!(
                    headings.any(|line| heading(line) == place),
                    "{path}: {link}"
                );
            }
        }
    }
}

/// A page without its blocks and words of code.
fn without_code(page: &str) -> String {
    let blocks = page.split("\n```").step_by(2);
    let words = |block: &str| -> String { block.split('`').step_by(2).collect() };
    blocks.map(words).collect()
}

#[test]
fn the_program_shows_the_same_pages() {
    let run = |arguments: &[&str]| run_on_day(&repository(), arguments, NaiveDate::default());
    let list = run(&["help"]).out;
    for path in pages().iter().filter(|path| *path != "README.md") {
        let topic = path
            .strip_prefix("docs/")
            .unwrap()
            .strip_suffix(".md")
            .unwrap();
        assert!(list.contains(&format!("\n  {topic} ")), "{topic}\n{list}");
        let said = run(&["help", topic, "-O", "markdown"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{topic}");
        // The page of the format is made by the program.
        if topic == "format" && std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(repository().join(path), &said.out).unwrap();
        }
        assert_eq!(
            said.out,
            text(path),
            "{topic}: run the test with UPDATE_DOCS=1"
        );
        let shown = run(&["help", topic]).out;
        let title = said
            .out
            .lines()
            .next()
            .unwrap()
            .trim_start_matches("# ")
            .to_owned();
        assert!(shown.starts_with(&title), "{topic}: {shown}");
        // What is quoted of a command is no link.
        let shown = shown.replace("\"[title](link)\"", "");
        assert!(
            !shown.contains("<!--") && !shown.contains("]("),
            "{topic}: {shown}"
        );
    }
    let command = run(&["help", "new", "board"]).out;
    assert_eq!(command, run(&["new", "board", "--help"]).out);
    let unknown = run(&["help", "glosary"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("did you mean `glossary`?"),
        "{}",
        unknown.err
    );
}
