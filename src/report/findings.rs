//! `plan validate`: findings as JSON gives them.

use serde::Serialize;

use crate::document::{Block, Cell, Col, Document, running, short, words};
use crate::finding::{Placed, Severity};
use crate::source::Place;

#[derive(Serialize)]
pub struct Findings {
    pub counts: SeverityCounts,
    pub findings: Vec<FindingFacts>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct SeverityCounts {
    pub error: usize,
    pub warning: usize,
}

#[derive(Serialize)]
pub struct FindingFacts {
    pub rule: &'static str,
    pub severity: &'static str,
    pub message: String,
    pub help: Option<String>,
    #[serde(flatten)]
    pub place: PlaceFacts,
    pub related: Vec<RelatedFacts>,
}

/// A place; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
pub struct PlaceFacts {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

#[derive(Serialize)]
pub struct RelatedFacts {
    pub message: String,
    #[serde(flatten)]
    pub place: PlaceFacts,
}

impl SeverityCounts {
    pub fn of(findings: &[Placed]) -> SeverityCounts {
        let of = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
        SeverityCounts {
            error: of(Severity::Error),
            warning: of(Severity::Warning),
        }
    }
}

impl Findings {
    pub fn of(findings: &[Placed]) -> Findings {
        Findings {
            counts: SeverityCounts::of(findings),
            findings: findings.iter().map(FindingFacts::of).collect(),
        }
    }
}

impl Findings {
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
        document.table(FINDINGS, &self.findings);
    }
}

const FINDINGS: &[Col<FindingFacts>] = &[
    short("severity", |finding| Cell::text(finding.severity)),
    words("place", |finding| Cell::text(finding.place.words())),
    running("what is wrong", FindingFacts::wrong),
    running("what would be right", |finding| {
        Cell::maybe(finding.help.as_deref())
    }),
    short("rule", |finding| Cell::text(finding.rule)),
];

impl FindingFacts {
    /// The message, then what it is related to, line by line.
    fn wrong(&self) -> Cell {
        let related = self.related.iter();
        let related = related.map(|other| format!("\n{}: {}", other.place.words(), other.message));
        Cell::text(self.message.clone() + &related.collect::<String>())
    }

    fn of(finding: &Placed) -> FindingFacts {
        let related = finding.related.iter();
        FindingFacts {
            rule: finding.rule,
            severity: finding.severity.word(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            place: PlaceFacts::of(&finding.place),
            related: related
                .map(|(place, label)| RelatedFacts {
                    message: label.clone(),
                    place: PlaceFacts::of(place),
                })
                .collect(),
        }
    }
}

impl PlaceFacts {
    fn words(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }

    fn of(place: &Place) -> PlaceFacts {
        PlaceFacts {
            file: place.path.clone(),
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}
