//! The papers: each a typed struct, which is what JSON gets, and a layout of it as a document.

mod action;
pub mod actions;
pub mod added;
pub mod amended;
pub mod annual;
mod asked;
mod assurance;
pub mod board;
pub mod brief;
pub mod challenged;
pub mod challenges;
mod changes;
pub mod chase;
pub mod counts;
mod cover;
pub mod created;
pub mod decided;
mod decision;
pub mod diff;
mod entry;
mod escalated;
pub mod estate;
mod exceptions;
pub mod export;
mod field_facts;
mod fields;
pub mod findings;
pub mod framework;
pub mod group;
pub mod history;
pub mod indicators;
mod item;
mod key;
pub mod manual;
mod markdown;
pub mod meanings;
mod newest;
pub mod news;
pub mod overview;
pub mod priority;
pub mod quarter;
pub mod recorded;
pub mod renamed;
pub mod reviews;
mod revision;
pub mod rolled;
pub mod rules;
pub mod show;
mod slippage;
pub mod status;
pub mod taken;
mod threads;
pub mod trend;
pub mod work_plan;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::calendar::Day;
use crate::document::{Block, Document};

use brief::{Brief, ByPlan};
use cover::{Ask, Readers};

/// A paper about a board: its data, and how it is laid out.
pub trait Report: Serialize {
    fn from_brief(brief: &Brief) -> Self;
    fn lay_out(&self, document: &mut Document);

    /// What its readers are asked to do, for its cover; nothing of a paper that needs none.
    fn asks(&self) -> Vec<Ask> {
        Vec::new()
    }

    /// Who reads it: the board, if it is not for others.
    fn readers(&self, brief: &Brief) -> Readers {
        Readers::of_board(brief.board(), brief.day())
    }
}

/// A kind of paper that `plan report` makes, board by board.
pub struct ReportKind {
    pub name: &'static str,
    /// One line for `--help`.
    pub help: &'static str,
    pub make: fn(&Brief, PaperUse) -> serde_json::Result<MadePaper>,
}

/// What is to be made of a paper. A long paper's data takes several times the memory of its layout, and as a
/// tree of values several times that of its text, so that only the one that is shown is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperUse {
    /// For JSON.
    Json,
    /// For users' templates.
    Values,
    /// For every other format.
    Layout,
}

/// A paper about one board.
pub enum MadePaper {
    Data(Data),
    Layout(Document),
}

/// The data of a paper: as compact JSON, or as a tree of values.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Data {
    Json(Box<RawValue>),
    Values(Value),
}

/// Every kind, in the order of help.
pub const KINDS: &[ReportKind] = &[
    ReportKind {
        name: "board",
        help: "For the pack before a meeting: where the plan stands, what changed, what is to be decided",
        make: made::<board::BoardPapers>,
    },
    ReportKind {
        name: "exceptions",
        help: "For the executive: what is red and amber, why, and what is being done",
        make: made::<ByPlan<exceptions::Exceptions>>,
    },
    ReportKind {
        name: "group",
        help: "For a subgroup: its own actions and what it owes (--owner GROUP, or all groups)",
        make: made::<group::GroupPapers>,
    },
    ReportKind {
        name: "annual",
        help: "For the annual report: what was done, what difference it made, what comes next",
        make: made::<annual::Annual>,
    },
    ReportKind {
        name: "work-plan",
        help: "For the website: the plan as the board's own table",
        make: made::<ByPlan<work_plan::WorkPlan>>,
    },
    ReportKind {
        name: "changes",
        help: "For anyone who was away: what got better, worse, done, late, revised between two days",
        make: made::<ByPlan<changes::Changes>>,
    },
    ReportKind {
        name: "slippage",
        help: "For scrutiny: the register of moved deadlines, with reasons and who agreed",
        make: made::<ByPlan<slippage::Slippage>>,
    },
    ReportKind {
        name: "decisions",
        help: "For the minutes: the register of what was agreed and refused, meeting by meeting",
        make: made::<decided::Register>,
    },
    ReportKind {
        name: "reviews",
        help: "For scrutiny: reviews, audits and inspections, what answers each finding, and what was not accepted",
        make: made::<reviews::Register>,
    },
    ReportKind {
        name: "assurance",
        help: "For scrutiny: evidence promised against received, and what has nothing behind it",
        make: made::<ByPlan<assurance::Assurance>>,
    },
    ReportKind {
        name: "indicators",
        help: "For the performance group: latest values, targets, trends and gaps",
        make: made::<ByPlan<indicators::Indicators>>,
    },
    ReportKind {
        name: "challenges",
        help: "For the chair: the challenge log, open and closed",
        make: made::<challenges::Log>,
    },
    ReportKind {
        name: "threads",
        help: "For anyone: what each thread touches, priority by priority, and where it is missing",
        make: made::<ByPlan<threads::Threads>>,
    },
];

fn made<R: Report>(brief: &Brief, wanted: PaperUse) -> serde_json::Result<MadePaper> {
    let report = R::from_brief(brief);
    Ok(match wanted {
        PaperUse::Json => MadePaper::Data(Data::Json(to_raw_value(&report)?)),
        PaperUse::Values => MadePaper::Data(Data::Values(serde_json::to_value(&report)?)),
        PaperUse::Layout => {
            let mut layout = Document::default();
            report.lay_out(&mut layout);
            let asks = report.asks();
            if !asks.is_empty() {
                let author = cover::author(brief.board());
                let cover = cover::cover(&report.readers(brief), author, &asks);
                cover::insert(cover, brief.day(), &mut layout);
            }
            MadePaper::Layout(layout)
        }
    })
}

/// The papers of the boards that were asked about.
#[derive(Serialize)]
pub struct Papers {
    pub boards: Vec<Data>,
    #[serde(skip)]
    pub layouts: Vec<Document>,
}

impl Papers {
    pub fn from_parts(made: Vec<MadePaper>) -> Papers {
        let (mut boards, mut layouts) = (Vec::new(), Vec::new());
        for made in made {
            match made {
                MadePaper::Data(data) => boards.push(data),
                MadePaper::Layout(layout) => layouts.push(layout),
            }
        }
        Papers { boards, layouts }
    }

    /// Lays out the papers one after the other.
    pub fn lay_out(&self, document: &mut Document) {
        let blocks = self.layouts.iter().flat_map(|layout| &layout.blocks);
        document.blocks.extend(blocks.cloned());
    }
}

/// The version of what JSON output promises (design section 6).
const SCHEMA_VERSION: u32 = 1;

/// What every JSON answer opens with.
#[derive(Serialize)]
pub struct Envelope<T> {
    schema_version: u32,
    kind: &'static str,
    as_of: Day,
    /// The files that could not be read.
    pub incomplete: Vec<String>,
    #[serde(flatten)]
    pub data: T,
}

impl<T> Envelope<T> {
    pub fn new(kind: &'static str, as_of: Day, incomplete: Vec<String>, data: T) -> Envelope<T> {
        Envelope {
            schema_version: SCHEMA_VERSION,
            kind,
            as_of,
            incomplete,
            data,
        }
    }

    /// What the paper lacks, a sentence for each file.
    pub fn notices(&self) -> Vec<String> {
        let files = self.incomplete.iter();
        let notices = files.map(|file| format!("INCOMPLETE: {file} could not be read"));
        notices.collect()
    }

    /// The paper as a document, with notices of unread files before anything else.
    pub fn document(&self, lay_out: impl FnOnce(&T, &mut Document)) -> Document {
        let mut document = Document::default();
        let notices = self.notices().into_iter().map(Block::Notice);
        document.blocks.extend(notices);
        lay_out(&self.data, &mut document);
        document
    }
}
