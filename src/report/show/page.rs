//! An action on a page of its own: how it stands, what it promises, and all that was ever said of it as one line
//! of time, the newest first, over every plan that carried it.

use super::{ActionInFull, CarriedFacts, EVIDENCE, MILESTONES};
use crate::calendar::Day;
use crate::document::{Block, Document, Level, Line, Subject, Table, Tone, named, piece};
use crate::plan::Board;
use crate::report::action::{self, own_title, tone};
use crate::report::challenges::{Challenge, DatedWords};
use crate::report::entry::EntryFacts;
use crate::select::Row;
use crate::words::shortened;

/// How much of an action's name stands above its page; the whole is below.
const NAME: usize = 120;

/// Something that was said on a day.
struct HistoryEvent {
    day: Option<Day>,
    head: Line,
    lines: Vec<Line>,
}

impl ActionInFull {
    /// Lays out the page of the action, with the challenges about it.
    pub fn lay_out_page(&self, row: &Row, challenges: &[Challenge], document: &mut Document) {
        let page = &self.page;
        let name = shortened(&action::name(row), NAME);
        let title = format!("{} {name}", action::id(row));
        document.blocks.push(Block::Title(title, page.day.clone()));
        let plan = Subject::Plan(row.plan.stem.clone());
        let plan = vec![named(Tone::Plain, own_title(row.board, row.plan), plan)];
        let parts = [&page.stands, &page.people, &page.place];
        let above = parts.into_iter().flat_map(|facts| facts.0.clone());
        let facts = above.chain([("plan".to_owned(), plan)]);
        let below = [&page.wording, &page.links];
        let below = below.into_iter().flat_map(|facts| facts.0.clone());
        document
            .blocks
            .push(Block::Facts(facts.chain(below).collect()));
        if !self.facts.milestones.is_empty() {
            document.heading(Level::Section, "Milestones", "");
            document.table(MILESTONES, &self.facts.milestones);
        }
        if !self.assurance.is_empty() {
            document.heading(Level::Section, "Evidence", "");
            let table = Table::new(EVIDENCE, &self.assurance);
            document.blocks.push(Block::Table(table));
        }
        let events = self.events(row.board, challenges);
        document.heading(Level::Section, "What was said and decided", "");
        if events.is_empty() {
            document.paragraph("Nothing was reported yet.");
        }
        for event in events {
            document.blocks.push(Block::Paragraph(event.head));
            document.list(event.lines);
        }
    }

    /// All that was said, the newest first.
    fn events(&self, board: &Board, challenges: &[Challenge]) -> Vec<HistoryEvent> {
        let mut events: Vec<HistoryEvent> = Vec::new();
        // The oldest plan first, as its entries stand before those of the next on one day.
        for older in self.carried.iter().rev() {
            let entries = older.history.iter();
            events.extend(entries.map(|entry| HistoryEvent::of_entry(entry, board, Some(older))));
        }
        let entries = self.history.iter();
        events.extend(entries.map(|entry| HistoryEvent::of_entry(entry, board, None)));
        for challenge in challenges {
            events.extend(HistoryEvent::all_of_challenge(challenge));
        }
        events.sort_by_key(|event| event.day);
        events.reverse();
        events
    }
}

impl HistoryEvent {
    /// A report or a decision; one of an older plan says which.
    fn of_entry(entry: &EntryFacts, board: &Board, older: Option<&CarriedFacts>) -> HistoryEvent {
        let mut head = vec![piece(
            Tone::Strong,
            entry.date.map(Day::long).unwrap_or_default(),
        )];
        if let Some(rag) = entry.rag {
            head.push(piece(Tone::Plain, "  "));
            head.push(piece(tone(rag), rag.word()));
        }
        if let Some(by) = &entry.by {
            head.push(piece(Tone::Faint, "  by "));
            let group = Subject::Group(by.clone());
            head.push(named(Tone::Plain, board.group_name(by), group));
        }
        if let Some(older) = older {
            let words = format!("  on {} of {}", older.id, older.title);
            head.push(piece(Tone::Faint, words));
        }
        HistoryEvent {
            day: entry.date,
            head,
            lines: entry
                .with_names(|id| board.group_name(id).to_owned())
                .facts(),
        }
    }

    /// What was raised, answered and closed.
    fn all_of_challenge(challenge: &Challenge) -> Vec<HistoryEvent> {
        let event = |what: &str, words: &DatedWords| HistoryEvent {
            day: Some(words.date),
            head: vec![
                piece(Tone::Strong, words.date.long()),
                piece(
                    Tone::Faint,
                    format!(
                        "  challenge {} {what}, {}",
                        challenge.id,
                        challenge.between()
                    ),
                ),
            ],
            lines: vec![words.line()],
        };
        let raised = challenge.raised.iter().map(|words| event("raised", words));
        let answers = challenge.responses.iter();
        let answers = answers.map(|words| event("answered", words));
        let closed = challenge.closed.iter().map(|words| event("closed", words));
        raised.chain(answers).chain(closed).collect()
    }
}
