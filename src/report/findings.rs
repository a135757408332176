//! `plan validate`: findings as JSON gives them.

use serde::Serialize;

use crate::document::{Block, Cell, Col, Document, running, short, words};
use crate::finding::{Placed, Severity};
use crate::source::Place;

#[derive(Serialize)]
pub struct Findings<'f> {
    pub counts: SeverityCounts,
    pub findings: Vec<FindingFacts<'f>>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct SeverityCounts {
    pub error: usize,
    pub warning: usize,
}

#[derive(Serialize)]
pub struct FindingFacts<'f> {
    pub rule: &'static str,
    pub severity: &'static str,
    pub message: &'f str,
    pub help: Option<&'f str>,
    #[serde(flatten)]
    pub place: PlaceFacts<'f>,
    pub related: Vec<RelatedFacts<'f>>,
}

/// A place; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
pub struct PlaceFacts<'f> {
    pub file: &'f str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

#[derive(Serialize)]
pub struct RelatedFacts<'f> {
    pub message: &'f str,
    #[serde(flatten)]
    pub place: PlaceFacts<'f>,
}

impl SeverityCounts {
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Placed>) -> SeverityCounts {
        let mut counts = SeverityCounts::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
            }
        }
        counts
    }
}

impl<'f> Findings<'f> {
    pub fn of(findings: &'f [Placed]) -> Findings<'f> {
        Findings {
            counts: SeverityCounts::of(findings),
            findings: findings.iter().map(FindingFacts::of).collect(),
        }
    }
}

impl Findings<'_> {
    /// The findings as a paper, for formats that have no form of their own for them.
    pub fn lay_out(&self, document: &mut Document) {
        let SeverityCounts { error, warning } = self.counts;
        let counts = format!("{error} errors, {warning} warnings");
        document
            .blocks
            .push(Block::Title("Findings".into(), counts));
        if self.findings.is_empty() {
            document.paragraph("Nothing is wrong.");
            return;
        }
        document.table(&columns(), &self.findings);
    }
}

fn columns<'f>() -> [Col<FindingFacts<'f>>; 5] {
    [
        short("severity", |finding| Cell::text(finding.severity)),
        words("place", |finding| Cell::text(finding.place.words())),
        running("what is wrong", FindingFacts::wrong),
        running("what would be right", |finding| Cell::maybe(finding.help)),
        short("rule", |finding| Cell::text(finding.rule)),
    ]
}

impl<'f> FindingFacts<'f> {
    /// The message, then what it is related to, line by line.
    fn wrong(&self) -> Cell {
        let related = self.related.iter();
        let related = related.map(|other| format!("\n{}: {}", other.place.words(), other.message));
        Cell::text(self.message.to_owned() + &related.collect::<String>())
    }

    fn of(finding: &'f Placed) -> FindingFacts<'f> {
        let related = finding.related.iter();
        FindingFacts {
            rule: finding.rule,
            severity: finding.severity.word(),
            message: &finding.message,
            help: finding.help.as_deref(),
            place: PlaceFacts::of(&finding.place),
            related: related
                .map(|(place, label)| RelatedFacts {
                    message: label,
                    place: PlaceFacts::of(place),
                })
                .collect(),
        }
    }
}

impl<'f> PlaceFacts<'f> {
    fn words(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }

    fn of(place: &'f Place) -> PlaceFacts<'f> {
        PlaceFacts {
            file: &place.path,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}
