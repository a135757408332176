//! The papers: each a typed struct, which is what JSON gets, and a layout of it as a document.

mod action;
pub mod actions;
pub mod findings;
pub mod rules;
pub mod show;
pub mod status;

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Block, Document, Tone, piece};

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
            document
                .blocks
                .push(Block::Paragraph(vec![piece(Tone::Red, warning)]));
        }
        lay_out(&self.data, &mut document);
        document
    }
}
