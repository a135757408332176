//! The papers of every past meeting, as they stood on its day: to read, and to download as Word.

use std::sync::Arc;

use super::Part;
use super::addresses::Addresses;
use super::pages::{MenuPlace, Pages};
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Line, Subject, Tone, named, piece, running, short,
};
use crate::plan::{Board, Plan, WHOLE_BOARD};
use crate::render::Format;
use crate::report::brief::{Brief, Options};
use crate::report::trend::LastMeetings;
use crate::report::{KINDS, MadePaper, PaperUse, ReportKind};
use crate::select::Filter;
use crate::standing::Judging;
use crate::words::counted;

/// The papers that are made of a meeting, and what they are called.
const PAPERS: &[(&str, &str)] = &[
    ("board", "Report to the Board"),
    ("exceptions", "Exceptions: what was red and amber, and why"),
];

/// What is known of a board's past meetings.
pub struct PastMeetings<'b> {
    /// The days of those that have papers, the earliest first.
    pub days: Vec<Day>,
    /// How the board stood at the last of them before the day asked.
    pub before: LastMeetings<'b>,
}

/// Judges a board at each of its meetings, once, and writes their papers.
pub fn write<'b>(pages: &Pages<'b, '_>) -> anyhow::Result<PastMeetings<'b>> {
    let (site, reading, day) = (pages.site, pages.reading, pages.day);
    let board = &reading.board;
    let mut past = PastMeetings {
        days: Vec::new(),
        before: LastMeetings::none(),
    };
    if !site.has(Part::Papers) {
        past.before = LastMeetings::before(board, day);
        return Ok(past);
    }
    let (filter, options) = (Filter::default(), Options::default());
    let mut judging = Judging::new(board);
    for meeting in meetings(board, day) {
        let now = Arc::new(judging.on(meeting));
        let has_plans = now
            .plans
            .iter()
            .any(|plan| plan.actions.iter().any(Option::is_some));
        if has_plans {
            let brief = Brief {
                reading,
                now: &now,
                then: past.before.last(),
                filter: &filter,
                options: &options,
                meetings: Some(&past.before),
            };
            let folder = pages.addresses.meeting(meeting);
            for kind in kinds() {
                if let MadePaper::Layout(layout) = (kind.make)(&brief, PaperUse::Layout)? {
                    pages.write_paper(meeting, &format!("{folder}{}", kind.name), layout)?;
                }
            }
            past.days.push(meeting);
        }
        if meeting < day {
            past.before.push(now);
        }
    }
    Ok(past)
}

impl Pages<'_, '_> {
    /// Writes a paper of a meeting as a Word file and as a page, by its address without an ending. Both open with
    /// what could not be read.
    fn write_paper(&self, meeting: Day, address: &str, mut paper: Document) -> anyhow::Result<()> {
        let mut document = Document::default();
        self.site.add_notices(&self.reading.unread, &mut document);
        let opening = document.blocks.len();
        document.blocks.append(&mut paper.blocks);
        let file = format!("{address}.docx");
        if let Some(write) = Format::Docx.writer() {
            (self.put)(&file, &write(&document)?)?;
        }
        let words = "This paper as a Word file";
        let link = vec![named(Tone::Plain, words, Subject::Address(file))];
        let below_title = (opening + 1).min(document.blocks.len());
        document.blocks.insert(below_title, Block::Paragraph(link));
        let page = format!("{address}.html");
        self.put_page(MenuPlace::Meetings, page, meeting, document)
    }
}

fn kinds() -> impl Iterator<Item = &'static ReportKind> {
    let named = PAPERS.iter().map(|(name, _)| name);
    named.filter_map(|name| KINDS.iter().find(|kind| kind.name == *name))
}

/// The board's meetings from the first day of its first plan up to a day.
fn meetings(board: &Board, day: Day) -> Vec<Day> {
    let begun = |plan: &Plan| {
        let adopted = plan.adopted.map(|adopted| adopted.value);
        adopted.or(plan.period.map(|period| period.first))
    };
    let first = board.plans.iter().filter_map(begun).min();
    let schedule = board.schedule(WHOLE_BOARD);
    let (Some(first), Some(schedule)) = (first, schedule) else {
        return Vec::new();
    };
    let days = schedule.between(first, day).into_iter();
    days.map(|(_, day)| day).collect()
}

/// Where a meeting's papers are, a line each.
pub fn links(folder: &str) -> Vec<Line> {
    let paper = |(name, title): &(&str, &str)| {
        let page = Subject::Address(format!("{folder}{name}.html"));
        let file = Subject::Address(format!("{folder}{name}.docx"));
        vec![
            named(Tone::Plain, *title, page),
            piece(Tone::Plain, " · "),
            named(Tone::Plain, "Word", file),
        ]
    };
    PAPERS.iter().map(paper).collect()
}

/// A meeting in the list of all.
struct Listed {
    day: Day,
    folder: String,
    /// How many decisions it took.
    decided: usize,
}

const LISTED: &[Col<Listed>] = &[
    running("meeting", |it| Cell::text(it.day.long()).about(it.page())),
    short("report", |it| it.paper("board", "Report to the Board")),
    short("exceptions", |it| it.paper("exceptions", "Exceptions")),
    short("decided", |it| match it.decided {
        0 => Cell::text("nothing"),
        count => Cell::text(counted(count, "decision")).about(it.page()),
    }),
];

impl Listed {
    fn page(&self) -> Subject {
        Subject::Address(format!("{}index.html", self.folder))
    }

    fn paper(&self, name: &str, words: &str) -> Cell {
        let page = Subject::Address(format!("{}{name}.html", self.folder));
        Cell::text(words).about(page)
    }
}

impl PastMeetings<'_> {
    /// All meetings, the latest first, each with how many decisions it took.
    pub fn lay_out_list(
        &self,
        addresses: &Addresses,
        decided: impl Fn(Day) -> usize,
        document: &mut Document,
    ) {
        if self.days.is_empty() {
            document.paragraph("No past meeting of the board is known.");
            return;
        }
        let listed = self.days.iter().rev().map(|day| Listed {
            day: *day,
            folder: addresses.meeting(*day),
            decided: decided(*day),
        });
        document.table(LISTED, listed);
    }
}
