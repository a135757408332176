//! An action that was added to a plan.

use serde::Serialize;

use super::recorded::{WrittenFacts, below_each_other};
use crate::calendar::Day;
use crate::document::{Document, Tone, piece, plain};
use crate::words::listed;

#[derive(Serialize)]
pub struct Added {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    /// What would be written, as a unified diff.
    pub diff: Option<String>,
    pub board: String,
    pub plan: String,
    pub id: String,
    /// The new action's name in tables.
    pub name: String,
    /// The day from which it exists.
    pub added: Option<Day>,
    /// Who answers for it, by the names that papers print.
    pub who: Vec<String>,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    pub written: WrittenFacts,
}

impl Added {
    pub fn lay_out(&self, document: &mut Document) {
        let from = self.added.map(|day| format!(", from {}", day.long()));
        let who = if self.who.is_empty() {
            "nobody named".into()
        } else {
            listed(&self.who)
        };
        let due = match (&self.timescale, self.due) {
            (Some(words), Some(due)) => format!("{words} (due {})", due.long()),
            (Some(words), None) => words.clone(),
            (None, _) => "no timescale".into(),
        };
        let mut lines = vec![
            vec![
                piece(Tone::Strong, format!("{} ", self.id)),
                piece(
                    Tone::Plain,
                    format!(
                        "added to {}{}: {}",
                        self.plan,
                        from.unwrap_or_default(),
                        self.name
                    ),
                ),
            ],
            plain(format!("{who} · {due}")),
        ];
        if !self.dry_run {
            let at = &self.written;
            lines.push(plain(format!("written to {}:{}", at.file, at.line)));
        }
        document.blocks.push(below_each_other(lines));
    }
}
