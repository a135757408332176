//! Pages on a terminal of 80 columns: nothing is wider, and nothing is cut but the names of actions.

use unicode_width::UnicodeWidthStr;

use crate::support::{Estate, repository, run_on_terminal, words};

/// The three boards, each with a day on which it has much to say.
const BOARDS: [(&str, &str, &str); 3] = [
    ("examples", "exampleshire", "2026-03-04"),
    ("plans", "hartlepool", "2018-05-01"),
    ("plans", "hampshire", "2019-10-01"),
];

fn at_80(root: &str, arguments: &str, day: &str) -> String {
    page(root, &format!("{arguments} --color never"), day, 80)
}

/// A page on a terminal of a width.
fn page(root: &str, arguments: &str, day: &str, width: usize) -> String {
    let arguments = format!("{arguments} --plans {root} --as-of {day}");
    let arguments = words(&arguments);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = run_on_terminal(&repository(), &arguments, Some(width));
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran.out
}

/// What a terminal shows of a line: without what sets its colours.
fn shown(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shown, part| {
        shown + part.split_once('m').map_or("", |(_, text)| text)
    })
}

/// The kinds of report that help lists.
fn kinds() -> Vec<String> {
    let help = run_on_terminal(&repository(), &["report", "--help"], None).out;
    let listed = help.split("Options:").next().unwrap_or_default();
    let rows = listed.lines().filter_map(|line| {
        let (kind, _) = line.trim().strip_prefix("- ")?.split_once(": ")?;
        Some(kind.to_owned())
    });
    let kinds: Vec<String> = rows.collect();
    assert!(kinds.iter().any(|kind| kind == "work-plan"), "{help}");
    kinds
}

/// Every command that lays a page out, for a board.
fn pages(board: &str) -> Vec<String> {
    let commands = ["status", "status --since last-meeting", "list", "chase"];
    let commands = commands.map(str::to_owned).into_iter();
    let reports = kinds().into_iter().map(|kind| format!("report {kind}"));
    let pages = commands.chain(reports);
    let known = |page: &String| !page.contains("last-meeting") || board == "exampleshire";
    let of_board = |page: String| format!("{page} --board {board}");
    pages.filter(known).map(of_board).collect()
}

#[test]
fn no_line_is_wider_than_the_page_or_ends_with_a_space() {
    let mut coloured = 0;
    for (root, board, day) in BOARDS {
        let own = [
            "report estate",
            "report annual --period 2025-26",
            "report annual --framework wt2023",
        ];
        let own = own.map(|page| format!("{page} --board {board}"));
        for name in pages(board).into_iter().chain(own) {
            for width in [60, 80, 120] {
                let text = page(root, &format!("{name} --color always"), day, width);
                coloured += text.matches('\u{1b}').count();
                for line in text.lines() {
                    let line = shown(line);
                    assert!(line.width() <= width, "{name} at {width}: {line:?}");
                    assert!(!line.ends_with(' '), "{name} at {width}: {line:?}");
                }
            }
        }
    }
    assert!(coloured > 1000, "pages in colour");
}

#[test]
fn the_day_of_the_last_report_is_not_broken() {
    let page = at_80("examples", "report estate", "2026-03-04");
    let names: Vec<&str> = page.lines().filter(|line| line.contains(" · ")).collect();
    assert!(
        names.contains(&"ESCP · Exploitation Subgroup Work Plan 2025-26 · 17 Feb 2026"),
        "{page}"
    );
}

/// What may stand behind a name that was cut: figures and bars.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "█▒░▓·".contains(c)
}

#[test]
fn nothing_is_cut_but_the_names_of_actions() {
    for (root, board, day) in BOARDS {
        let mut cut = 0;
        for page in pages(board) {
            for line in at_80(root, &page, day).lines() {
                let Some((_, behind)) = line.rsplit_once('…') else {
                    continue;
                };
                cut += 1;
                // Of what a group owes the plan is named behind the action; in a sentence the name may
                // stand anywhere.
                let is_last = page.starts_with("chase")
                    || behind.starts_with([':', ',', '.', ')'])
                    || [" (", " and "].iter().any(|next| behind.starts_with(next))
                    || behind.chars().all(is_figure);
                assert!(is_last, "{page}: {line}");
            }
        }
        assert!(cut > 0, "{board}: no name was long enough to be cut");
    }
}

#[test]
fn every_reason_of_a_status_stands_whole_in_its_column() {
    let page = at_80("examples", "status --board exampleshire", "2026-03-04");
    let json = run_on_terminal(
        &repository(),
        &words("status --plans examples --board exampleshire --as-of 2026-03-04 -O json")
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        None,
    );
    let answer: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let plans = answer["boards"][0]["plans"].as_array().unwrap();
    let mut reasons = 0;
    for action in plans
        .iter()
        .flat_map(|plan| plan["overrated"].as_array().unwrap())
    {
        let all = action["reasons"].as_array().unwrap().iter();
        let mut all = all.map(|reason| reason.as_str().unwrap());
        let reason = all.find(|reason| reason.starts_with("Rated ")).unwrap();
        let id = action["id"].as_str().unwrap();
        let whole = column(&page, "OVER-RATED", "why", id);
        assert!(
            whole.contains(&reason.to_owned()),
            "{id} {reason:?}: {whole:?}"
        );
        reasons += 1;
    }
    assert!(reasons >= 3, "{page}");
}

/// What stands in a column of the sections under a heading, in the rows that begin with an id, each
/// put together from its lines.
fn column(page: &str, heading: &str, name: &str, id: &str) -> Vec<String> {
    let mut found = Vec::new();
    for section in page.split(heading).skip(1) {
        let mut lines = section.split("\n\n").next().unwrap().lines().skip(1);
        let headings = lines.next().unwrap();
        let from = headings.find(name).unwrap();
        let next = headings[from..].find("  ").unwrap();
        let behind = &headings[from + next..];
        let to = from + next + behind.len() - behind.trim_start().len();
        let mut inside = false;
        let mut text = String::new();
        for line in lines.chain(["end"]) {
            if !line.starts_with(' ') {
                if inside {
                    found.push(std::mem::take(&mut text));
                }
                inside = line.split_whitespace().next() == Some(id);
            }
            if inside {
                let part: String = line.chars().skip(from).take(to - from).collect();
                text = format!("{text} {}", part.trim()).trim().to_owned();
            }
        }
    }
    found
}

#[test]
fn a_table_of_figures_stays_a_table() {
    let page = at_80("examples", "report estate", "2026-03-04");
    let headings = page.lines().filter(|line| line.contains("over-rated"));
    assert_eq!(headings.count(), 1, "{page}");
    let figures = page.lines().filter(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.len() == 11 && words.iter().all(|word| word.parse::<usize>().is_ok())
    });
    // Three plans, a log, and all of them together.
    assert_eq!(figures.count(), 5, "{page}");
}

#[test]
fn several_plans_begin_with_a_line_each() {
    let page = at_80("plans", "status", "2018-05-01");
    let opening: Vec<&str> = page.split("\n\n").next().unwrap().lines().collect();
    assert_eq!(opening.len(), 4, "{page}");
    assert!(opening[0].starts_with("2 plans"), "{page}");
    // Hampshire's plan has not begun: 14 grey; of Hartlepool's 49, nine are late.
    let figures = |line: &str| -> Vec<usize> {
        let words = line.split_whitespace().map(str::parse);
        words.filter_map(Result::ok).collect()
    };
    assert!(
        figures(opening[2]).ends_with(&[0, 0, 0, 0, 14, 14, 0]),
        "{page}"
    );
    assert!(
        figures(opening[3]).ends_with(&[9, 40, 0, 0, 0, 49, 9]),
        "{page}"
    );
    let one = at_80("plans", "status --board hartlepool", "2018-05-01");
    assert!(one.starts_with("Hartlepool"), "{one}");
}

#[test]
fn a_list_shows_whole_deadlines_and_owners_and_the_groups_abbreviation() {
    let board = "board: Testshire Safeguarding Children Board\nshort: TSCB\ngroups:\n  \
        quality: {name: Quality Assurance and Performance Management Subgroup, aka: [Quality, QPS]}\n";
    let plan = "plan: Work Plan\nperiod: 2017-19\nactions:\n  - {id: A1, action: Something, \
        owners: [quality], timescale: By the end of the Autumn term 2017}\n";
    let estate = Estate::of(&[("t/board.yaml", board), ("t/plan.yaml", plan)]);
    let arguments = ["list", "--as-of", "2018-05-01", "--color", "never"];
    let ran = run_on_terminal(estate.dir.path(), &arguments, Some(80));
    assert!(ran.out.contains("QPS"), "{}", ran.out);
    assert!(!ran.out.contains('…'), "{}", ran.out);
}
