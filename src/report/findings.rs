//! `plan validate`: findings as JSON gives them.

use serde::Serialize;

use crate::document::{Block, Cell, Document, running, short, words};
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
        let rows = self.findings.iter().map(FindingFacts::cells);
        let columns = vec![
            short("severity"),
            words("place"),
            running("what is wrong"),
            running("what would be right"),
            short("rule"),
        ];
        document.table(columns, rows.collect());
    }
}

impl FindingFacts {
    fn cells(&self) -> Vec<Cell> {
        let place = |place: &PlaceFacts| format!("{}:{}:{}", place.file, place.line, place.column);
        let related = self.related.iter();
        let related = related.map(|other| format!("\n{}: {}", place(&other.place), other.message));
        vec![
            Cell::text(self.severity),
            Cell::text(place(&self.place)),
            Cell::text(self.message.clone() + &related.collect::<String>()),
            Cell::maybe(self.help.as_deref()),
            Cell::text(self.rule),
        ]
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
