//! The papers: each a typed struct, which is what JSON gets, and a layout of it as a document.

mod action;
pub mod actions;
pub mod annual;
pub mod brief;
mod entry;
pub mod findings;
mod item;
pub mod rules;
pub mod show;
pub mod status;
mod work_plan;

use serde::Serialize;
use serde_json::Value;

use crate::calendar::Day;
use crate::document::{Block, Document};

use brief::Brief;

/// A paper about a board: its data, and how it is laid out.
trait Report: Serialize {
    fn of(brief: &Brief) -> Self;
    fn lay_out(&self, document: &mut Document);
}

/// A kind of paper that `plan report` makes, board by board.
pub struct Kind {
    pub name: &'static str,
    /// What it holds, for help.
    pub help: &'static str,
    pub make: fn(&Brief) -> serde_json::Result<Made>,
}

/// A paper about one board: what JSON and users' templates get, and what the other formats show.
pub struct Made {
    pub data: Value,
    pub layout: Document,
}

/// Every kind, in the order of help.
pub const KINDS: &[Kind] = &[Kind {
    name: "work-plan",
    help: "The plan as the board's own table, for its website",
    make: made::<work_plan::WorkPlan>,
}];

fn made<R: Report>(brief: &Brief) -> serde_json::Result<Made> {
    let report = R::of(brief);
    let mut layout = Document::default();
    report.lay_out(&mut layout);
    Ok(Made {
        data: serde_json::to_value(&report)?,
        layout,
    })
}

/// The papers of the boards that were asked about.
#[derive(Serialize)]
pub struct Papers {
    pub boards: Vec<Value>,
    #[serde(skip)]
    pub layouts: Vec<Document>,
}

impl Papers {
    pub fn of(made: Vec<Made>) -> Papers {
        let (boards, layouts) = made
            .into_iter()
            .map(|made| (made.data, made.layout))
            .unzip();
        Papers { boards, layouts }
    }

    /// The papers one after the other.
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
    as_of: String,
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
            as_of: as_of.to_string(),
            incomplete,
            data,
        }
    }

    /// The paper, opened by what it lacks.
    pub fn document(&self, lay_out: impl FnOnce(&T, &mut Document)) -> Document {
        let mut document = Document::default();
        for file in &self.incomplete {
            let warning = format!("INCOMPLETE: {file} could not be read");
            document.blocks.push(Block::Notice(warning));
        }
        lay_out(&self.data, &mut document);
        document
    }
}
