//! The page as a whole: a document with everything in it, and texts that want to be markup.

use super::*;
use crate::calendar::Day;
use crate::document::*;

const HOSTILE: &str = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)> \" ' ` onload=x \
                       javascript:alert(3) &lt;b&gt; \u{202e}txt.exe\u{200b} ]]> --> {{7*7}} <!--";

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

fn tones() -> [(Tone, &'static str); 5] {
    [
        (Tone::Red, "red"),
        (Tone::Amber, "amber"),
        (Tone::Green, "green"),
        (Tone::Blue, "blue"),
        (Tone::Grey, "grey"),
    ]
}

/// A course with a gap, and a target that is given from the third period on.
fn course(title: &str, values: &[Option<f64>]) -> Block {
    let points = values.iter().enumerate().map(|(number, value)| Reading {
        period: format!(
            "{}-{} Q{}",
            2017 + number / 4,
            18 + number / 4,
            number % 4 + 1
        ),
        value: *value,
        target: (number > 1).then_some(if number < 6 { 8.0 } else { 7.0 }),
    });
    Block::Chart(Chart::Course(Course {
        title: title.into(),
        unit: "%".into(),
        points: points.collect(),
    }))
}

/// A timeline of so many deadlines, in heaps at the ends of months, every seventh of them moved.
fn timeline(count: u32) -> Block {
    let mut marks: Vec<Mark> = (0..count)
        .map(|number| {
            let month = [6, 9, 12, 12, 3, 3, 3, 4][(number * 5 % 8) as usize];
            let year = if month < 4 || number % 3 == 0 { 2019 } else { 2018 };
            let due = Day::last_of_month(year, month).unwrap();
            let (tone, rating) = tones()[(number * 7 % 5) as usize];
            Mark {
                id: format!("{}.{}.{}", number / 20 + 1, number / 5 % 4 + 1, number % 5 + 1),
                what: "Return interviews are consistently conducted within 72 hours of a child coming back".into(),
                moved_from: (number % 7 == 0).then(|| due.pred().pred()).map(|_| day("2018-06-30")),
                due,
                tone,
                rating: rating.into(),
            }
        })
        .collect();
    marks.sort_by_key(|mark| mark.due);
    Block::Chart(Chart::Timeline(Timeline {
        title: format!("Deadlines: {count}"),
        first: day("2018-04-01"),
        last: day("2020-03-31"),
        day: day("2018-11-20"),
        marks,
    }))
}

/// A table with a cell of every kind, and cells that are one with those above.
fn every_cell() -> (Vec<Column>, Vec<Vec<Cell>>) {
    let columns = vec![
        words("objective"),
        short("action"),
        running("what"),
        deadlines("timescale"),
        short("due"),
        short("RAG"),
        figures("days"),
        figures("value"),
        short("").named("trend"),
    ];
    let rows = tones().into_iter().enumerate().map(|(number, (tone, word))| {
        vec![
            match number {
                0 => Cell::text("Theme: neglect\n1.1 Minimise the risk of children becoming subject to neglect"),
                1 | 2 => Cell::Above,
                3 => Cell::text(HOSTILE),
                _ => Cell::Above,
            },
            Cell::text(format!("1.1.{}", number + 1)),
            Cell::text("Early identification of those at potential risk:\n- service user feedback\n- audits\nevidenced in the dataset"),
            Cell::text("Continuous cycle – quarterly and yearly"),
            if number == 2 { Cell::Empty } else { Cell::Date(day("2018-04-30")) },
            Cell::Rating(tone, word.into()),
            Cell::Number(number as i64 * 61 - 30),
            Cell::Value(7.25),
            Cell::Trend(vec![Some(8.0), Some(9.5), None, Some(7.0), Some(6.0 + number as f64)]),
        ]
    });
    (columns, rows.collect())
}

fn ratings() -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![short("").named("priority"), running("").named("title")];
    columns.extend(["R", "A", "G", "B", "–", "of"].map(figures));
    columns.push(short("").named("ratings"));
    let row = |id: &str, title: &str, counts: [usize; 5]| {
        let parts: Vec<(usize, Tone)> = counts
            .into_iter()
            .zip(tones().map(|(tone, _)| tone))
            .collect();
        let mut cells = vec![Cell::text(id), Cell::text(title)];
        cells.extend(parts.iter().map(|(count, tone)| Cell::Tally(*count, *tone)));
        cells.push(Cell::Count(counts.iter().sum()));
        cells.push(if id.is_empty() {
            Cell::Empty
        } else {
            Cell::Bar(parts)
        });
        cells
    };
    let rows = vec![
        row("1", "Addressing the impact of Neglect", [4, 7, 2, 3, 1]),
        row("2", "Reducing Child Sexual Exploitation", [1, 1, 5, 6, 1]),
        row("3", "Strengthening partnerships", [0, 0, 0, 0, 2]),
        row("", "all", [5, 8, 7, 9, 4]),
    ];
    (columns, rows)
}

/// A paper with everything that a page can show.
fn gallery() -> Document {
    let mut paper = Document::default();
    let title = "Exampleshire Safeguarding Children Partnership · Work Plan 2018-20";
    paper.blocks = vec![
        Block::Notice(
            "INCOMPLETE: plans/exampleshire/updates/2018-01-16-vemt.yaml could not be read".into(),
        ),
        Block::Title(title.into(), "20 November 2018".into()),
    ];
    paper.remark("month 8 of 24 · 33 actions · last report 6 Nov 2018");
    let (columns, rows) = ratings();
    paper.table(columns, rows);
    paper.heading(Level::Section, "Overdue", "5 of 33");
    let (columns, rows) = every_cell();
    paper.table(columns, rows);
    paper.heading(Level::Part, "In a few columns", "");
    paper.table(
        vec![short("action"), running("what"), figures("days")],
        vec![
            vec![
                Cell::text("1.1.1"),
                Cell::text("Deep dive"),
                Cell::Count(12),
            ],
            vec![
                Cell::text("1.1.2"),
                Cell::toned(Tone::Red, "Late"),
                Cell::Count(1),
            ],
        ],
    );
    paper.heading(Level::Point, "Facts", "of an action");
    paper.blocks.push(Block::Facts(vec![
        ("Owner".into(), plain("VEMT Subgroup")),
        (HOSTILE.into(), plain("We will:\n- ask\n- listen")),
    ]));
    paper.heading(Level::Section, "Deadlines", "");
    paper
        .blocks
        .extend([timeline(1), timeline(12), timeline(60)]);
    paper.heading(Level::Section, "Indicators", "");
    let values = [8.5, 9.0, 0.0, 7.5, 8.25, 7.75, 7.0, 6.5, 6.9];
    let mut values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
    values[2] = None;
    paper
        .blocks
        .push(course("LSCB19 Children reported missing", &values));
    paper.blocks.push(course("One value", &[Some(1234.5)]));
    paper.blocks.push(course("No values", &[None, None]));
    paper.heading(Level::Section, HOSTILE, HOSTILE);
    paper.paragraph(HOSTILE);
    paper.blocks.push(Block::Code(HOSTILE.into()));
    paper.blocks.push(Block::List(vec![
        plain(HOSTILE),
        vec![piece(Tone::Strong, HOSTILE)],
    ]));
    paper.paragraph("W".repeat(300));
    paper
}

fn page(document: &Document) -> String {
    String::from_utf8(write(document).unwrap()).unwrap()
}

/// Written where `PLAN_GALLERY` says, for the checks in a browser (tests/pages.sh).
#[test]
fn a_paper_with_everything_is_written() {
    let page = page(&gallery());
    if let Ok(file) = std::env::var("PLAN_GALLERY") {
        std::fs::write(file, &page).unwrap();
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
}
