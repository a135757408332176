//! What changed in what was reported.

use std::collections::BTreeMap;

use serde::Serialize;

use super::reworded::{self, reworded};
use crate::diff::entries::{Gone, ToldEntry};
use crate::document::{Block, Document, Level, Line, Tone, piece};
use crate::source::Sources;

/// The entries that came, went, or say something else.
#[derive(Default, Serialize)]
pub struct EntriesDiff {
    pub added: Vec<ComparedEntry>,
    pub changed: Vec<Rewritten>,
    pub removed: Vec<ComparedEntry>,
}

/// An entry that says something else than it did.
#[derive(Serialize)]
pub struct Rewritten {
    pub then: ComparedEntry,
    pub now: ComparedEntry,
}

/// What an entry says, field by field, and where it stands.
#[derive(Clone, Serialize)]
pub struct ComparedEntry {
    pub file: String,
    pub line: usize,
    pub says: BTreeMap<&'static str, String>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    rest: String,
}

impl EntriesDiff {
    pub fn of<'t>(
        added: impl Iterator<Item = &'t ToldEntry>,
        gone: impl Iterator<Item = &'t Gone>,
        (old, new): (&Sources, &Sources),
    ) -> EntriesDiff {
        let mut diff = EntriesDiff {
            added: added.map(|told| ComparedEntry::of(told, new)).collect(),
            ..EntriesDiff::default()
        };
        for gone in gone {
            let then = ComparedEntry::of(&gone.then, old);
            match &gone.now {
                None => diff.removed.push(then),
                Some(now) => diff.changed.push(Rewritten {
                    then,
                    now: ComparedEntry::of(now, new),
                }),
            }
        }
        diff
    }

    /// Drops the entries of all plans but one.
    pub fn only(&mut self, stem: &str) {
        let concerns =
            |entry: &ComparedEntry| entry.says.get("plan").is_some_and(|plan| plan == stem);
        self.added.retain(concerns);
        self.removed.retain(concerns);
        self.changed
            .retain(|pair| concerns(&pair.then) || concerns(&pair.now));
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    pub fn lay_out(&self, what: &str, document: &mut Document) {
        let groups = [("added", &self.added), ("deleted", &self.removed)];
        for (how, entries) in groups {
            if !entries.is_empty() {
                document.heading(
                    Level::Part,
                    format!("{what} {how}"),
                    entries.len().to_string(),
                );
                let lines = entries.iter().map(ComparedEntry::line);
                document.blocks.push(Block::List(lines.collect()));
            }
        }
        if !self.changed.is_empty() {
            let count = self.changed.len().to_string();
            document.heading(Level::Part, format!("{what} rewritten"), count);
            let lines = self.changed.iter().map(Rewritten::line);
            document.blocks.push(Block::List(lines.collect()));
        }
    }
}

impl ComparedEntry {
    fn of(told: &ToldEntry, sources: &Sources) -> ComparedEntry {
        let place = sources.place(told.at);
        let day = told
            .date
            .map_or_else(String::new, |day| format!("{} · ", day.long()));
        let rest = told
            .facts
            .iter()
            .filter(|(name, _)| !HEADING.contains(name));
        let rest: Vec<String> = rest.map(|(name, text)| format!("{name}: {text}")).collect();
        ComparedEntry {
            file: place.path.to_string(),
            line: place.start.line,
            says: told.facts.iter().cloned().collect(),
            heading: format!("{day}{}", told.about),
            rest: rest.join(" · "),
        }
    }

    fn line(&self) -> Line {
        vec![
            piece(Tone::Strong, self.heading.clone()),
            piece(Tone::Plain, format!("  {}", self.rest)),
        ]
    }
}

/// What the heading of an entry says already, and what goes without saying.
const HEADING: [&str; 6] = [
    "plan",
    "date",
    "action",
    "objective",
    "priority",
    "challenge",
];

impl Rewritten {
    fn line(&self) -> Line {
        let mut line = vec![
            piece(Tone::Strong, self.now.heading.clone()),
            piece(Tone::Plain, "  "),
        ];
        let (then, now) = (self.then.whole(), self.now.whole());
        line.extend(reworded::line(&reworded(&then, &now)));
        line
    }
}

impl ComparedEntry {
    /// All facts of an entry, on one line.
    fn whole(&self) -> String {
        let facts = self
            .says
            .iter()
            .map(|(name, text)| format!("{name}: {text}"));
        facts.collect::<Vec<_>>().join(" · ")
    }
}
