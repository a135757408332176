//! A plan that was carried forward into the next.

use serde::Serialize;

use super::recorded::below_each_other;
use crate::calendar::Day;
use crate::document::{Cell, Col, Document, Level, Tone, figures, piece, plain, running, short};

#[derive(Serialize)]
pub struct Rolled {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    pub board: String,
    /// The plan that ends, and how many actions it has.
    pub from: String,
    pub of: usize,
    /// The new one.
    pub plan: String,
    pub actions: Vec<RolledAction>,
    /// The new plan's texts that name a year of the old one that is not the new one's.
    pub old_years: Vec<OldYearFacts>,
    pub files: Vec<String>,
    /// What would be written, as a unified diff.
    pub diff: Option<String>,
    /// The old plan's last day, where the actions are closed in it before that.
    pub ends: Option<Day>,
    #[serde(skip)]
    pub day: Day,
}

/// An action that goes on.
#[derive(Serialize)]
pub struct RolledAction {
    pub id: String,
    /// The action that it carries on: `PLAN#ID`.
    pub from: Option<String>,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    /// Whether its day is past before the new plan begins.
    pub before_it_begins: bool,
    /// The day that it was due in the old plan, where the same words mean another in the new one ("end of
    /// the reporting period").
    pub was_due: Option<Day>,
}

/// A text that may have to be written anew.
#[derive(Serialize)]
pub struct OldYearFacts {
    pub line: usize,
    /// The thing that the text belongs to: "action 2.1.1".
    pub whose: String,
    pub field: String,
    /// The words around the year.
    pub words: String,
}

const OLD_YEARS: &[Col<OldYearFacts>] = &[
    figures("line", |text| Cell::Number(text.line as i64)),
    short("of", |text| Cell::text(&text.whose)),
    short("field", |text| Cell::text(&text.field)),
    running("says", |text| Cell::text(&text.words)),
];

impl Rolled {
    pub fn lay_out(&self, document: &mut Document) {
        let (carried, of) = (self.actions.len(), self.of);
        let mut lines = vec![plain(format!(
            "{carried} of {of} actions carried forward from {} to {}",
            self.from, self.plan
        ))];
        if let Some(ends) = self.ends {
            lines.push(vec![
                piece(Tone::Strong, "early: "),
                piece(
                    Tone::Plain,
                    format!(
                        "{} runs to {}, and from {} on these actions are closed in it; `--date` gives another day",
                        self.from,
                        ends.long(),
                        self.day.succ().long()
                    ),
                ),
            ]);
        }
        let past = self.actions.iter().filter(|action| action.before_it_begins);
        let past = past.map(|action| {
            let words = action.timescale.as_deref().unwrap_or("a milestone");
            format!("{} ({words})", action.id)
        });
        let past: Vec<String> = past.collect();
        if !past.is_empty() {
            lines.push(vec![
                piece(Tone::Strong, "due before the new plan begins: "),
                piece(Tone::Plain, past.join(", ")),
            ]);
        }
        let other = self.actions.iter().filter_map(|action| {
            let words = action.timescale.as_deref()?;
            let (was, is) = (
                action.was_due.as_ref()?,
                action.due.map_or("no day".into(), |due| due.to_string()),
            );
            Some(format!("{} ({words}: {was}, now {is})", action.id))
        });
        let other: Vec<String> = other.collect();
        if !other.is_empty() {
            lines.push(vec![
                piece(Tone::Strong, "the same words mean another day now: "),
                piece(Tone::Plain, other.join(", ")),
            ]);
        }
        let files = self.files.iter().filter(|_| !self.dry_run);
        lines.extend(files.map(|file| plain(format!("written to {file}"))));
        document.blocks.push(below_each_other(lines));
        if !self.old_years.is_empty() {
            let remark = "these texts of the new plan name a year that is over in it: look whether they still hold";
            document.heading(Level::Section, "Copied as they are", remark);
            document.table(OLD_YEARS, &self.old_years);
        }
    }
}
