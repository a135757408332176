//! Findings as the editor shows them: the same as those of `plan validate`.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Uri,
};
use std::path::Path;

use super::desk::{Desk, positions};
use crate::document::visible;
use crate::estate::Reading;
use crate::finding::{Placed, Severity};
use crate::lint;
use crate::source::Place;

/// What the rules say of a board on the desk's day.
pub fn findings(desk: &Desk, reading: &Reading) -> Vec<Placed> {
    let day = (desk.day)(&reading.board);
    day.map_or_else(Vec::new, |day| lint::check(reading, day))
}

/// What the editor shows of a board: for each of its files, the path from the estate and what is
/// found there; an empty list where all is well.
pub fn for_board(desk: &Desk, root: &Path, reading: &Reading) -> Vec<(String, Vec<Diagnostic>)> {
    let mut files: Vec<(String, Vec<Diagnostic>)> = (reading.sources.iter())
        .map(|(_, source)| (source.key.clone(), Vec::new()))
        .collect();
    for finding in findings(desk, reading) {
        let file = files
            .iter_mut()
            .find(|(key, _)| **key == *finding.place.path);
        if let Some((_, diagnostics)) = file {
            diagnostics.push(diagnostic(desk, root, reading, &finding));
        }
    }
    files
}

pub fn diagnostic(desk: &Desk, root: &Path, reading: &Reading, finding: &Placed) -> Diagnostic {
    let related = finding.related.iter().filter_map(|(place, label)| {
        Some(DiagnosticRelatedInformation {
            location: location(desk, root, reading, place)?,
            message: visible(label).into_owned(),
        })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message += "\n";
        message += help;
    }
    Diagnostic {
        range: range(reading, &finding.place).unwrap_or_default(),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some("plan".into()),
        message: visible(&message).into_owned(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn range(reading: &Reading, place: &Place) -> Option<lsp_types::Range> {
    // The estate is opened with no name of its own, so a place's path is the file's key.
    let file = reading.sources.find(&place.path)?;
    Some(positions(reading, file, place.start, place.end))
}

fn location(desk: &Desk, root: &Path, reading: &Reading, place: &Place) -> Option<Location> {
    let address: Uri = desk.address(root, &place.path).parse().ok()?;
    Some(Location::new(address, range(reading, place)?))
}
