//! What changed in a plan's file.

use serde::Serialize;

use super::reworded::{self, WordRun, replaced, reworded};
use crate::diff::baseline::{self, ThingKind};
use crate::diff::statements::Statement;
use crate::document::{Line, Tone, piece};
use crate::words::one_line;

/// A difference in a plan's file.
#[derive(Serialize)]
pub struct ChangeFacts {
    /// `added`, `removed` or `edited`.
    pub change: &'static str,
    /// What it concerns: `action`, `priority` and so on.
    pub of: &'static str,
    pub id: String,
    /// What something that came or went is called.
    pub name: Option<String>,
    pub field: Option<&'static str>,
    pub then: Option<String>,
    pub now: Option<String>,
    /// By how many days a deadline moved; later is more.
    pub days: Option<i64>,
    /// The two texts as one, each piece marked.
    pub words: Vec<WordRun>,
    #[serde(skip)]
    what: String,
}

impl ChangeFacts {
    pub fn of(change: &baseline::BaselineChange) -> ChangeFacts {
        let thing = change.thing();
        let facts = ChangeFacts {
            change: "edited",
            of: match thing.kind {
                ThingKind::Plan => "plan",
                kind => kind.word(),
            },
            id: thing.id.to_owned(),
            name: None,
            field: None,
            then: None,
            now: None,
            days: None,
            words: Vec::new(),
            what: thing.to_string(),
        };
        match change {
            baseline::BaselineChange::Added { name, .. } => ChangeFacts {
                change: "added",
                name: Some(one_line(name)),
                ..facts
            },
            baseline::BaselineChange::Removed { name, .. } => ChangeFacts {
                change: "removed",
                name: Some(one_line(name)),
                ..facts
            },
            baseline::BaselineChange::Edited {
                field, then, now, ..
            } => {
                let text =
                    |side: &Option<Statement>| side.as_ref().map(|side| one_line(&side.text));
                let day = |side: &Option<Statement>| side.as_ref().and_then(|side| side.day);
                let (before, after) = (text(then), text(now));
                let (was, is) = (
                    before.as_deref().unwrap_or_default(),
                    after.as_deref().unwrap_or_default(),
                );
                // A deadline is read as a whole.
                let words = match *field {
                    "timescale" => replaced(was, is),
                    _ => reworded(was, is),
                };
                ChangeFacts {
                    field: Some(field),
                    days: (day(now).zip(day(then))).map(|(now, then)| now.days_since(then)),
                    then: before,
                    now: after,
                    words,
                    ..facts
                }
            }
        }
    }

    pub fn line(&self) -> Line {
        let mut line = vec![piece(Tone::Strong, self.what.clone())];
        match (self.change, self.field) {
            ("added", _) => line.push(piece(Tone::Green, format!(" new: {}", self.called()))),
            ("removed", _) => line.push(piece(Tone::Red, format!(" gone: {}", self.called()))),
            (_, field) => {
                line.push(piece(
                    Tone::Plain,
                    format!(" {}: ", field.unwrap_or_default()),
                ));
                line.extend(reworded::line(&self.words));
                if let Some(moved) = self.days.and_then(moved) {
                    line.push(piece(Tone::Faint, format!(" ({moved})")));
                }
            }
        }
        line
    }

    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}

/// By how much a deadline moved, in words.
fn moved(days: i64) -> Option<String> {
    let plural = if days.abs() == 1 { "" } else { "s" };
    match days {
        0 => None,
        days if days > 0 => Some(format!("{days} day{plural} later")),
        days => Some(format!("{} day{plural} earlier", -days)),
    }
}
