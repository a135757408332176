//! What was recorded, and what it changed in the standing.

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Block, Document, Line, Tone, piece, plain};
use crate::estate::Reading;
use crate::plan::{About, Board, Id, Rag, Status, Text};
use crate::standing::{Standing, judge};

use super::action;

#[derive(Serialize)]
pub struct Recorded {
    /// Whether this only shows what would be written.
    pub dry_run: bool,
    /// What would be written, as a unified diff.
    pub diff: Option<String>,
    pub written: Vec<WrittenFacts>,
    pub changes: Vec<RecordedChange>,
}

/// Where an entry stands.
#[derive(Clone, Debug, Serialize)]
pub struct WrittenFacts {
    pub file: String,
    pub line: usize,
}

/// An action, or a priority, before and after.
#[derive(Debug, Serialize)]
pub struct RecordedChange {
    pub board: String,
    pub plan: String,
    /// `action` or `priority`.
    pub kind: &'static str,
    pub id: String,
    pub before: SideFacts,
    pub after: SideFacts,
    /// The day from which it counts, where that is later than the day asked: what is decided
    /// counts from the day after.
    pub from: Option<Day>,
    /// What changed, in words.
    pub sentence: String,
    /// The same without its ratings, part by part.
    #[serde(skip)]
    parts: Vec<String>,
    /// Whether the board has several plans, so that the plan is named.
    #[serde(skip)]
    several: bool,
}

#[derive(Debug, PartialEq, Serialize)]
pub struct SideFacts {
    pub rag: Rag,
    pub reported_rag: Option<Rag>,
    pub status: Option<Status>,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    pub owners: Vec<String>,
    pub escalated: Option<String>,
}

/// What new entries change: what counts on a day, then what they decide, which counts later.
pub fn changes(before: &Reading, after: &Reading, day: Day) -> Vec<RecordedChange> {
    let is_new = |then: &Standing, now: &Standing| then.history.len() < now.history.len();
    let mut changes = changes_on(before, after, day, is_new);
    let later = day.succ();
    let mut entries = after.board.entries.iter();
    if !entries.any(|entry| entry.decided_from() == Some(later)) {
        return changes;
    }
    for mut change in changes_on(before, after, later, is_new) {
        let known = changes
            .iter()
            .find(|other| (&other.plan, &other.id) == (&change.plan, &change.id));
        if let Some(known) = known {
            if known.sentence == change.sentence {
                continue;
            }
            // What counts already is not said again.
            change.parts.retain(|part| !known.parts.contains(part));
            let rating = from_to(change.before.rag, change.after.rag);
            change.sentence = in_words(&rating, &change.parts);
        }
        change.from = Some(later);
        changes.push(change);
    }
    changes
}

/// Each action and priority that stands otherwise on a day than before.
pub fn differences(before: &Reading, after: &Reading, day: Day) -> Vec<RecordedChange> {
    let differs = |then: &Standing, now: &Standing| {
        side(then) != side(now) || parts(then, now) != parts(then, then)
    };
    changes_on(before, after, day, differs)
}

/// What new entries change on a day: each action that they are about, and each priority that they rate or
/// whose rating is another now.
fn changes_on(
    before: &Reading,
    after: &Reading,
    day: Day,
    is_asked: impl Fn(&Standing, &Standing) -> bool,
) -> Vec<RecordedChange> {
    let (old, new) = (judge(&before.board, day), judge(&after.board, day));
    let (was, is) = (&before.board, &after.board);
    let mut changes = Vec::new();
    for (index, plan) in is.plans.iter().enumerate() {
        let Some(known) = was.plan(&plan.stem) else {
            continue;
        };
        let change = |kind, id: &Text, before: SideFacts, after: SideFacts, parts: Vec<String>| {
            RecordedChange {
                board: is.name.clone(),
                plan: plan.stem.clone(),
                kind,
                id: id.value.to_string(),
                sentence: in_words(&from_to(before.rag, after.rag), &parts),
                before,
                after,
                from: None,
                parts,
                several: is.plans.len() > 1,
            }
        };
        let (then, now) = (&old.plans[known], &new.plans[index]);
        let actions = then.actions.iter().zip(&now.actions);
        for (action, sides) in plan.actions.iter().zip(actions) {
            if let (Some(then), Some(now)) = sides
                && is_asked(then, now)
            {
                let parts = parts(then, now);
                changes.push(change("action", &action.id, side(then), side(now), parts));
            }
        }
        let ratings = then.priorities.iter().zip(&now.priorities);
        for (priority, (then, now)) in plan.priorities.iter().zip(ratings) {
            let entries = |board, plan| ratings_of(board, plan, &priority.id);
            if then != now || entries(was, known) < entries(is, index) {
                let (before, after) = (rated(*then), rated(*now));
                changes.push(change("priority", &priority.id, before, after, Vec::new()));
            }
        }
    }
    changes
}

/// How many entries are about a priority itself.
fn ratings_of(board: &Board, plan: usize, id: &Id) -> usize {
    let entries = board.entries.iter().filter(|entry| {
        let about = matches!(&entry.about, About::Priority(named) if named.value == id.value);
        about && entry.plan == Some(plan)
    });
    entries.count()
}

fn from_to(then: Rag, now: Rag) -> String {
    if then == now {
        format!("{} as before", now.word())
    } else {
        format!("{} → {}", then.word(), now.word())
    }
}

fn rated(rag: Rag) -> SideFacts {
    SideFacts {
        rag,
        reported_rag: None,
        status: None,
        timescale: None,
        due: None,
        owners: Vec::new(),
        escalated: None,
    }
}

fn side(standing: &Standing) -> SideFacts {
    let timescale = standing.timescale;
    SideFacts {
        rag: standing.rag,
        reported_rag: standing.reported_rag,
        status: Some(standing.status),
        timescale: timescale.map(|deadline| deadline.text.value.to_string()),
        due: standing.due,
        owners: standing
            .owners
            .iter()
            .map(|id| id.value.to_string())
            .collect(),
        escalated: (standing.escalated.last()).map(|group| group.value.to_string()),
    }
}

/// Ratings and what else is another: "red → amber; due 28 Feb 2018 → 30 Jun 2018".
fn in_words(ratings: &str, parts: &[String]) -> String {
    let parts = parts.iter().map(String::as_str);
    let all: Vec<&str> = std::iter::once(ratings).chain(parts).collect();
    all.join("; ")
}

/// What is another than before besides the rating, in words: "due 28 Feb 2018 → 30 Jun 2018".
fn parts(was: &Standing, is: &Standing) -> Vec<String> {
    let mut parts = Vec::new();
    if was.status != is.status {
        parts.push(format!("{} → {}", was.status.word(), is.status.word()));
    }
    let words = |standing: &Standing| {
        standing
            .timescale
            .map(|deadline| deadline.text.value.clone())
    };
    if was.due != is.due {
        let day = |day: Option<Day>| day.map_or_else(|| "no day".to_owned(), Day::short);
        parts.push(format!("due {} → {}", day(was.due), day(is.due)));
    } else if words(was) != words(is) {
        let [was, is] = [words(was), words(is)].map(Option::unwrap_or_default);
        parts.push(format!("timescale {was} → {is}"));
    }
    let owners = |standing: &Standing| -> Vec<String> {
        standing
            .owners
            .iter()
            .map(|id| id.value.to_string())
            .collect()
    };
    if owners(was) != owners(is) {
        let [was, is] = [owners(was), owners(is)].map(|ids| ids.join(", "));
        parts.push(format!("owners {was} → {is}"));
    }
    if is.over_rated && is.reported_rag != was.reported_rag {
        let reported = is.reported_rag.map_or("", Rag::word);
        parts.push(format!("reported {reported}"));
    }
    parts.extend(asked(is));
    if let (true, Some(gone)) = (parts.is_empty(), requests(was)) {
        parts.push(format!("{gone} no longer requested"));
    }
    let before = |group: &Text| was.escalated.iter().any(|other| other.value == group.value);
    let escalated = is.escalated.iter().filter(|group| !before(group));
    parts.extend(escalated.map(|group| format!("escalated to {group}")));
    parts
}

/// What is asked for and not agreed, as a sentence.
fn asked(standing: &Standing) -> Option<String> {
    requests(standing).map(|what| format!("{what} requested, not yet decided"))
}

/// What is asked for and not agreed: "June 2018, paused".
fn requests(standing: &Standing) -> Option<String> {
    let asked = standing.asked;
    let deadline = asked.timescale.map(|ask| ask.value.text.value.to_string());
    let owners = asked.owners.map(|ask| {
        let ids: Vec<&str> = ask.value.iter().map(|id| id.as_str()).collect();
        ids.join(", ")
    });
    let status = asked.status.map(|ask| ask.value.word().to_owned());
    let what: Vec<String> = [deadline, owners, status].into_iter().flatten().collect();
    (!what.is_empty()).then(|| what.join(", "))
}

impl Recorded {
    /// One line for each action touched, then where the entries stand.
    pub fn lay_out(&self, document: &mut Document) {
        let mut lines: Vec<Line> = self.changes.iter().map(RecordedChange::line).collect();
        let written = self
            .written
            .iter()
            .map(|at| format!("{}:{}", at.file, at.line));
        let written: Vec<String> = written.collect();
        if lines.is_empty() {
            lines.push(plain("no action's standing is touched"));
        }
        if !self.dry_run {
            lines.push(vec![
                piece(Tone::Faint, "written to "),
                piece(Tone::Plain, written.join(", ")),
            ]);
        }
        document.blocks.push(below_each_other(lines));
    }
}

/// Lines below each other, with no empty line between.
pub(super) fn below_each_other(lines: Vec<Line>) -> Block {
    let mut all: Line = Vec::new();
    for line in lines {
        if !all.is_empty() {
            all.push(piece(Tone::Plain, "\n"));
        }
        all.extend(line);
    }
    Block::Paragraph(all)
}

impl RecordedChange {
    pub fn line(&self) -> Line {
        let name = match self.kind {
            "priority" => format!("priority {} ", self.id),
            _ => format!("{} ", self.id),
        };
        let plan = if self.several {
            format!("of {}: ", self.plan)
        } else {
            String::new()
        };
        let tone = action::tone(self.after.rag);
        let from = self.from.map(|day| format!("from {}: ", day.long()));
        vec![
            piece(Tone::Strong, name),
            piece(Tone::Faint, plan),
            piece(Tone::Plain, from.unwrap_or_default()),
            piece(tone, &*self.sentence),
        ]
    }
}
