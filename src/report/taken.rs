//! What a form that came back says, what of it is recorded, and what is not.

use serde::Serialize;

use super::recorded::{Recorded, RecordedChange, WrittenFacts};
use crate::calendar::Day;
use crate::document::{Block, Document, Level, Line, Tone, piece, plain};
use crate::words::{one_line, shortened};

/// A form that came back.
#[derive(Serialize)]
pub struct FormTaken {
    /// The file that came back.
    pub file: String,
    /// Whether it is one of several, and its answer names it.
    #[serde(skip)]
    pub among_others: bool,
    /// The form's own id, where it still has one.
    pub form: Option<String>,
    pub board: String,
    pub plan: String,
    pub by: Option<String>,
    pub dry_run: bool,
    pub reports: Vec<ReportFacts>,
    /// New actions that it proposes, which stand in the note of the file that is written.
    pub proposed: Vec<TakenField>,
    /// What the form says besides, and what became of it.
    pub notices: Vec<RemarkFacts>,
    /// The cells that cannot be taken; while there is one, nothing is recorded.
    pub refused: Vec<RemarkFacts>,
    pub diff: Option<String>,
    pub written: Vec<WrittenFacts>,
    pub changes: Vec<RecordedChange>,
}

/// A report about one action.
#[derive(Clone, Serialize)]
pub struct ReportFacts {
    pub action: String,
    pub what: String,
    pub date: Day,
    /// The cell that the date comes from.
    pub date_cell: String,
    /// The first cell of the action's row in the form.
    pub cell: String,
    pub fields: Vec<TakenField>,
}

/// A field of a report, and the cell that it comes from.
#[derive(Clone, Serialize)]
pub struct TakenField {
    pub field: &'static str,
    pub words: Vec<String>,
    pub cell: String,
}

/// Something to say about a cell.
#[derive(Clone, Serialize)]
pub struct RemarkFacts {
    pub cell: String,
    /// Its action and its column: `2.2, RAG`.
    pub about: Option<String>,
    /// The words in the cell; null for an empty cell.
    pub says: Option<String>,
    pub wrong: String,
    pub right: String,
    #[serde(skip)]
    pub sentence: String,
}

impl FormTaken {
    /// Adds what was written, or would be, and what it changes.
    pub fn with(self, recorded: Recorded) -> FormTaken {
        FormTaken {
            dry_run: recorded.dry_run,
            diff: recorded.diff,
            written: recorded.written,
            changes: recorded.changes,
            ..self
        }
    }

    /// Each report with its cells, then what it changes, then what is not recorded.
    pub fn lay_out(&self, document: &mut Document) {
        let reports = match self.reports.len() {
            1 => "1 report".to_owned(),
            count => format!("{count} reports"),
        };
        let says = if self.among_others {
            format!("{} says", self.file)
        } else {
            "The form says".into()
        };
        document.heading(Level::Section, &says, reports);
        for report in &self.reports {
            report.lay_out(document);
        }
        if !self.refused.is_empty() {
            document.heading(Level::Section, "These cells cannot be taken", "");
            document.blocks.push(Block::List(sentences(&self.refused)));
            return;
        }
        if !self.proposed.is_empty() {
            let kept = "kept in the note of the file; the board decides whether the plan gets them";
            document.heading(Level::Section, "New actions proposed", kept);
            let lines = self.proposed.iter().map(|proposed| {
                let place = piece(Tone::Faint, format!("  ({})", proposed.cell));
                vec![piece(Tone::Plain, proposed.words.join(" · ")), place]
            });
            document.blocks.push(Block::List(lines.collect()));
        }
        if !self.notices.is_empty() {
            document.heading(Level::Section, "Please note", "");
            document.blocks.push(Block::List(sentences(&self.notices)));
        }
        let heading = if self.dry_run {
            "It would change"
        } else {
            "It is recorded, and changes"
        };
        document.heading(Level::Section, heading, "");
        for change in &self.changes {
            document.blocks.push(Block::Paragraph(change.line()));
        }
        let asks = self.reports.iter().filter(|report| report.asks()).count();
        if asks > 0 {
            document.paragraph(
                "A new date, a pause or a withdrawal is only requested: the old promise stands until an \
                 entry says who agreed.",
            );
        }
        if let Some(first) = self.written.first().filter(|_| !self.dry_run) {
            let file = &first.file;
            document.blocks.push(Block::Paragraph(vec![
                piece(Tone::Faint, "written to "),
                piece(Tone::Plain, file),
            ]));
        }
    }
}

fn sentences(remarks: &[RemarkFacts]) -> Vec<Line> {
    remarks
        .iter()
        .map(|remark| plain(&remark.sentence))
        .collect()
}

impl ReportFacts {
    /// Whether it asks for what nobody has agreed to.
    fn asks(&self) -> bool {
        let asking = ["paused", "withdrawn", "carried forward"];
        self.fields.iter().any(|given| {
            given.field == "timescale"
                || (given.field == "status" && asking.contains(&given.words[0].as_str()))
        })
    }

    fn lay_out(&self, document: &mut Document) {
        let name = one_line(&self.what);
        let mut head = vec![piece(Tone::Strong, format!("{} ", self.action))];
        head.push(piece(Tone::Faint, shortened(&name, 70)));
        document.blocks.push(Block::Paragraph(head));
        let lines = self.fields.iter().map(|given| {
            vec![
                piece(Tone::Faint, format!("{}: ", given.field)),
                piece(Tone::Plain, given.words.join(" · ")),
                piece(Tone::Faint, format!("  ({})", given.cell)),
            ]
        });
        document.blocks.push(Block::List(lines.collect()));
    }
}
