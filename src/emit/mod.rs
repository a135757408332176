//! Findings become bytes: one file a form, one row each in [`emit`].

mod github;
mod human;
mod junit;
mod sarif;

use crate::finding::Placed;
use crate::render::terminal::Terminal;
use crate::render::{Format, json};
use crate::report::Envelope;
use crate::report::findings::Findings;

/// All findings in one form; the answer's envelope says what could not be read.
pub fn emit(
    format: Format,
    paper: &Envelope<Findings>,
    findings: &[Placed],
    terminal: Terminal,
) -> serde_json::Result<String> {
    match format {
        Format::Text => Ok(human::human(paper, findings, terminal)),
        Format::Json => json(paper),
        Format::Sarif => sarif::sarif(paper, findings),
        Format::Github => Ok(github::github(paper, findings)),
        Format::Junit => Ok(junit::junit(paper, findings)),
    }
}
