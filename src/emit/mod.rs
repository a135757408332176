//! Findings become bytes: one file a form, one row each in [`emit`].

mod github;
mod human;
mod junit;
mod sarif;

pub use human::FindingsPage;

use crate::finding::Placed;
use crate::render::{Format, json};
use crate::report::Envelope;
use crate::report::findings::Findings;

/// All findings in a form for programs; the answer's envelope says what could not be read. None where
/// the form is one of papers: findings laid out as a document. For people there is [`FindingsPage`].
pub fn emit(
    format: Format,
    paper: &Envelope<Findings>,
    findings: &[Placed],
) -> serde_json::Result<Option<String>> {
    Ok(Some(match format {
        Format::Json => json(paper)?,
        Format::Sarif => sarif::sarif(paper, findings)?,
        Format::Github => github::github(paper, findings),
        Format::Junit => junit::junit(paper, findings),
        _ => return Ok(None),
    }))
}
