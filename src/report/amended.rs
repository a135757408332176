//! An entry that was corrected or taken out.

use serde::Serialize;

use super::recorded::{RecordedChange, WrittenFacts, below_each_other};
use crate::document::{Document, Line, plain};

#[derive(Serialize)]
pub struct Amended {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    /// What is written, as a unified diff; none where it was shown before it was agreed to.
    pub diff: Option<String>,
    /// Where the entries stand that were corrected; those that were taken out stand nowhere.
    pub written: Vec<WrittenFacts>,
    pub files: Vec<String>,
    /// The actions and milestones whose standing the correction changes.
    pub changes: Vec<RecordedChange>,
}

impl Amended {
    pub fn lay_out(&self, document: &mut Document) {
        if let (Some(diff), false) = (&self.diff, self.dry_run) {
            let code = crate::document::Block::Code(diff.trim_end().to_owned());
            document.blocks.push(code);
        }
        let mut lines: Vec<Line> = self.changes.iter().map(RecordedChange::line).collect();
        if lines.is_empty() {
            lines.push(plain("no action stands otherwise by it"));
        }
        let files = self.files.iter().filter(|_| !self.dry_run);
        lines.extend(files.map(|file| plain(format!("written to {file}"))));
        document.blocks.push(below_each_other(lines));
    }
}
