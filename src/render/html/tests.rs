//! The page as a whole: a document with everything in it, and texts that want to be markup.

use super::*;
use crate::calendar::Day;
use crate::document::{self, *};

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
    let points = values.iter().enumerate().map(|(number, value)| ChartValue {
        period: format!(
            "{}-{} Q{}",
            2017 + number / 4,
            18 + number / 4,
            number % 4 + 1
        ),
        value: *value,
        target: (number > 1).then_some(if number < 6 { 8.0 } else { 7.0 }),
    });
    Block::Chart(Chart::Course(CourseChart {
        title: title.into(),
        unit: "%".into(),
        points: points.collect(),
        limits: None,
    }))
}

/// A timeline of so many deadlines, in heaps at the ends of months, every seventh of them moved.
fn timeline(count: u32) -> Block {
    let mut marks: Vec<TimelineMark> = (0..count)
        .map(|number| {
            let month = [6, 9, 12, 12, 3, 3, 3, 4][(number * 5 % 8) as usize];
            let year = if month < 4 || number % 3 == 0 { 2019 } else { 2018 };
            let due = Day::last_of_month(year, month).unwrap();
            let (tone, rating) = tones()[(number * 7 % 5) as usize];
            TimelineMark {
                id: format!("{}.{}.{}", number / 20 + 1, number / 5 % 4 + 1, number % 5 + 1),
                what: "Return interviews are consistently conducted within 72 hours of a child coming back".into(),
                moved_from: (number % 7 == 0).then(|| due.pred().pred()).map(|_| day("2018-06-30")),
                due,
                late_until: (due < day("2018-11-20")).then(|| day("2018-11-20")),
                requested: (number % 9 == 0).then(|| day("2019-05-31")),
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
        blank("trend"),
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
            Cell::Value(7.25, 2),
            Cell::Trend(vec![Some(8.0), Some(9.5), None, Some(7.0), Some(6.0 + number as f64)]),
        ]
    });
    (columns, rows.collect())
}

fn ratings() -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![blank("priority"), blank("title")];
    columns.extend(["R", "A", "G", "B", "–", "of"].map(figures));
    columns.push(blank("ratings"));
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
    paper.blocks.push(table(columns, rows));
    paper.heading(Level::Section, "Overdue", "5 of 33");
    let (columns, rows) = every_cell();
    paper.blocks.push(table(columns, rows));
    paper.heading(Level::Part, "In a few columns", "");
    paper.blocks.push(table(
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
    ));
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

/// A page of a title and these blocks.
fn page_of(blocks: Vec<Block>) -> String {
    let title = Block::Title("Work Plan".into(), "1 May 2018".into());
    page(&Document {
        blocks: std::iter::once(title).chain(blocks).collect(),
    })
}

fn heading(level: Level, text: &str) -> Block {
    Block::Heading(level, text.into(), String::new())
}

fn table(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Block {
    Block::Table(table_of_cells(columns, rows))
}

fn words(heading: &'static str) -> Column {
    document::words::<()>(heading, |()| Cell::Empty).column()
}

fn running(heading: &'static str) -> Column {
    document::running::<()>(heading, |()| Cell::Empty).column()
}

fn deadlines(heading: &'static str) -> Column {
    document::deadlines::<()>(heading, |()| Cell::Empty).column()
}

fn short(heading: &'static str) -> Column {
    document::short::<()>(heading, |()| Cell::Empty).column()
}

fn figures(heading: &'static str) -> Column {
    document::figures::<()>(heading, |()| Cell::Empty).column()
}

/// A column without a heading, which has a name all the same.
fn blank(name: &'static str) -> Column {
    let column = document::short::<()>("", |()| Cell::Empty);
    column.named(name).column()
}

/// The names of a page's elements in order; every one is closed where it belongs.
fn elements(page: &str) -> Vec<&str> {
    let body = page
        .split_once("<html")
        .unwrap()
        .1
        .split_once('>')
        .unwrap()
        .1;
    let (start, style) = body.split_once("<style>").unwrap();
    let (_, rest) = style.split_once("</style>").unwrap();
    let (mut open, mut names) = (vec!["html"], Vec::new());
    for tag in [start, rest]
        .iter()
        .flat_map(|part| part.split('<').skip(1))
    {
        let tag = tag.split_once('>').unwrap().0;
        let name = tag.split([' ', '/', '\n']).next().unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{tag}"),
            None if tag.ends_with('/') || ["meta", "br"].contains(&name) => names.push(name),
            None => {
                open.push(name);
                names.push(name);
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    names
}

/// Written where `PLAN_GALLERY` says, for the checks in a browser (tests/pages.sh).
#[test]
fn a_paper_with_everything_has_no_element_but_the_writers_own() {
    let page = page(&gallery());
    if let Ok(file) = std::env::var("PLAN_GALLERY") {
        std::fs::write(file, &page).unwrap();
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    let known = "head meta title body header div h1 h2 h3 h4 p span strong nav ul li a svg symbol rect path \
                 circle pattern use line polyline g text desc main table caption thead tbody tr th td time br \
                 dl dt dd figure figcaption pre code footer";
    let known: Vec<&str> = known.split_whitespace().collect();
    for name in elements(&page) {
        assert!(known.contains(&name), "{name}");
    }
    assert!(page.contains(r"\u{202e}txt.exe\u{200b}") && !page.contains('\u{202e}'));
}

#[test]
fn what_is_incomplete_is_said_first() {
    let page = page(&gallery());
    let (notice, title) = (page.find("INCOMPLETE"), page.find("<h1"));
    assert!(notice.is_some() && notice < title);
}

#[test]
fn a_text_cannot_leave_its_attribute() {
    let columns = ["\" onclick=\"x", "b", "c", "d"].map(words).to_vec();
    let row = ["1", "2", "3", "4"].map(Cell::text).to_vec();
    let page = page_of(vec![table(columns, vec![row])]);
    assert!(page.contains("data-label=\"&quot; onclick=&quot;x\""));
    assert!(!page.contains("\" onclick"));
}

#[test]
fn no_heading_stands_more_than_a_step_below_the_one_above() {
    let page = page_of(vec![
        heading(Level::Point, "a"),
        heading(Level::Point, "b"),
        heading(Level::Section, "c"),
        heading(Level::Point, "d"),
    ]);
    for heading in [
        "<h2 id=\"s-a\"",
        "<h3 id=\"s-b\"",
        "<h2 id=\"s-c\"",
        "<h3 id=\"s-d\"",
    ] {
        assert!(page.contains(heading), "{heading}");
    }
}

#[test]
fn tables_under_one_heading_have_captions_of_their_own() {
    let small = || table(vec![words("a")], Vec::new());
    let page = page_of(vec![
        heading(Level::Section, "Overdue"),
        small(),
        small(),
        small(),
    ]);
    for caption in ["Overdue", "Overdue, Work Plan", "Overdue, Work Plan (2)"] {
        assert!(
            page.contains(&format!("\">{caption}</caption>")),
            "{caption}"
        );
    }
}

#[test]
fn merged_cells_span_rows_and_a_card_says_what_is_above() {
    let columns = ["objective", "action", "what", "who"].map(words).to_vec();
    let row = |first: Cell, id: &str| {
        let rest = [id, "Deep dive", "Police"].map(Cell::text);
        std::iter::once(first).chain(rest).collect()
    };
    let rows = vec![
        row(Cell::text("1.1"), "1.1.1"),
        row(Cell::Above, "1.1.2"),
        row(Cell::text("1.2"), "1.2.1"),
    ];
    let page = page_of(vec![table(columns, rows)]);
    assert_eq!(page.matches("rowspan=\"2\"").count(), 1);
    assert_eq!(page.matches("As above: objective</td>").count(), 1);
    assert_eq!(page.matches("<tbody").count(), 2);
    assert_eq!(page.matches("scope=\"row\"").count(), 3);
}

#[test]
fn a_row_is_named_by_its_id_never_by_its_reasons() {
    let row = |day: &str, why: &str| vec![Cell::text(day), Cell::text("2.1.1"), Cell::text(why)];
    let columns = vec![short("date"), short("action"), running("reason")];
    let rows = vec![row("1 May 2018", "late"), row("1 May 2018", "later")];
    assert!(!page_of(vec![table(columns, rows)]).contains("scope=\"row\""));
}

#[test]
fn a_rating_is_a_word_and_a_shape_and_a_day_is_a_time() {
    let columns = vec![short("RAG"), short("due"), figures("R")];
    let cells = vec![
        Cell::Rating(Tone::Red, "red".into()),
        Cell::Date(day("2018-04-30")),
        Cell::Tally(4, Tone::Red),
    ];
    let page = page_of(vec![table(columns, vec![cells])]);
    assert!(page.contains("<use href=\"#shape-red\"/></svg><span class=\"word\">red</span>"));
    assert!(page.contains("<time datetime=\"2018-04-30\">30 Apr 2018</time>"));
    assert!(page.contains("<span class=\"word\">red</span></th>"));
    assert!(page.contains("tally red\" data-label=\"Red\">4</td>"));
}

#[test]
fn four_sections_have_a_list_of_contents_and_a_way_past_it() {
    let sections = |count| -> Vec<Block> {
        let names = ["Red", "Amber", "Red", "Green"].iter().take(count);
        names.map(|name| heading(Level::Section, name)).collect()
    };
    assert!(!page_of(sections(3)).contains("<nav"));
    let page = page_of(sections(4));
    assert!(page.contains("href=\"#s-red\">Skip the contents"));
    assert!(page.contains("<a href=\"#s-red-2\">Red</a>"));
}

#[test]
fn counts_stand_before_the_list_of_contents() {
    let counts = || {
        let cells = vec![Cell::text("Neglect"), Cell::Bar(vec![(4, Tone::Red)])];
        table(vec![words("priority"), short("")], vec![cells])
    };
    let names = ["Red", "Amber", "Green", "Blue"];
    let sections = || names.iter().map(|name| heading(Level::Section, name));
    let order = |blocks: Vec<Block>| {
        let page = page_of(blocks);
        let (bar, nav) = (page.find("class=\"bar\""), page.find("<nav"));
        let amber = page.find("<h2 id=\"s-amber\"");
        assert!(bar < nav && nav < amber, "{bar:?} {nav:?} {amber:?}");
    };
    // Before the first heading, or in the first section.
    order(std::iter::once(counts()).chain(sections()).collect());
    let mut blocks: Vec<Block> = sections().collect();
    blocks.insert(1, counts());
    order(blocks);
    // Of several papers, the counts of all of them.
    let mut blocks = vec![counts()];
    blocks.extend(names.map(|name| Block::Title(name.into(), String::new())));
    let page = page_of(blocks);
    assert!(page.find("class=\"bar\"") < page.find("<nav"));
    assert!(!page.contains("<a href=\"#paper-work-plan\""));
}

#[test]
fn several_papers_on_a_page_are_listed_by_their_titles() {
    let second = Block::Title("Business Plan".into(), String::new());
    let page = page_of(vec![second]);
    assert!(page.contains("<nav aria-label=\"Papers on this page\">"));
    assert_eq!(page.matches("<h1").count(), 2);
    assert!(page.contains("<title>Work Plan</title>"));
}

#[test]
fn a_paper_without_a_title_still_has_one() {
    let page = page(&Document::default());
    assert!(page.contains("<h1 class=\"unseen\">plan</h1>"));
}
