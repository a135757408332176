//! `plan report challenges`: the challenge log, for the chair.

use serde::Serialize;

use super::Report;
use super::brief::Brief;
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Level, Line, Subject, figures, plain, running, short, words,
};
use crate::plan::{Board, ChallengeEntry, Text};

#[derive(Serialize)]
pub struct Log {
    pub board: String,
    pub name: String,
    pub open: Vec<Challenge>,
    pub closed: Vec<Challenge>,
    #[serde(skip)]
    day: Day,
}

/// A challenge: what was raised, answered and closed, up to the day asked.
#[derive(Clone, Debug, Serialize)]
pub struct Challenge {
    pub id: String,
    pub plan: Option<String>,
    pub action: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub raised: Option<DatedWords>,
    pub responses: Vec<DatedWords>,
    pub closed: Option<DatedWords>,
    /// What difference the challenge made.
    pub impact: Option<String>,
    pub notes: Vec<String>,
    /// Days from its first entry to its closing, or to the day asked.
    pub days: i64,
}

/// Words of a day.
#[derive(Clone, Debug, Serialize)]
pub struct DatedWords {
    pub date: Day,
    /// Who spoke, by the name that papers print.
    pub by: Option<String>,
    pub words: String,
}

impl Report for Log {
    fn from_brief(brief: &Brief) -> Log {
        let asked = |challenge: &Challenge| {
            let plan = brief.filter.plan.as_ref();
            plan.is_none_or(|stem| challenge.plan.as_ref() == Some(stem))
        };
        let all = challenges(brief.board(), brief.day());
        let all = all.into_iter().filter(asked);
        let (closed, open) = all.partition(|challenge| challenge.closed.is_some());
        Log {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            open,
            closed,
            day: brief.day(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        let title = format!("Challenge log · {}", self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.open.is_empty() && self.closed.is_empty() {
            document.paragraph("No challenge was raised.");
            return;
        }
        document.heading(Level::Section, "Open", self.open.len().to_string());
        if self.open.is_empty() {
            document.paragraph("None.")
        } else {
            document.table(OPEN, &self.open)
        }
        document.heading(Level::Section, "Closed", self.closed.len().to_string());
        if self.closed.is_empty() {
            document.paragraph("None.")
        } else {
            document.table(CLOSED, &self.closed)
        }
    }
}

pub const OPEN: &[Col<Challenge>] = &[
    short("challenge", |it| Cell::text(&it.id)),
    short("raised", |it| Cell::day(DatedWords::day(&it.raised))),
    figures("days open", |it| Cell::Number(it.days)),
    words("between", |it| Cell::text(it.between())),
    short("action", Challenge::action),
    running("what was asked", |it| DatedWords::cell(&it.raised)),
    running("last answer", |it| match it.responses.last() {
        Some(answer) => Cell::text(answer.in_full()),
        None => Cell::text("none yet"),
    }),
];

const CLOSED: &[Col<Challenge>] = &[
    short("challenge", |it| Cell::text(&it.id)),
    short("closed", |it| Cell::day(DatedWords::day(&it.closed))),
    figures("days open", |it| Cell::Number(it.days)),
    words("between", |it| Cell::text(it.between())),
    short("action", Challenge::action),
    running("what was asked", |it| DatedWords::cell(&it.raised)),
    running("how it ended", |it| DatedWords::cell(&it.closed)),
    running("what difference it made", |it| {
        Cell::text(it.impact.as_deref().unwrap_or("not recorded"))
    }),
];

impl DatedWords {
    fn day(words: &Option<DatedWords>) -> Option<Day> {
        words.as_ref().map(|words| words.date)
    }

    fn cell(words: &Option<DatedWords>) -> Cell {
        Cell::maybe(words.as_ref().map(DatedWords::in_full))
    }

    /// The same as a line.
    pub fn line(&self) -> Line {
        plain(self.in_full())
    }

    /// The words, with who spoke where that is said.
    fn in_full(&self) -> String {
        match &self.by {
            Some(by) => format!("{by}: {}", self.words),
            None => self.words.clone(),
        }
    }
}

impl Challenge {
    fn action(&self) -> Cell {
        let action = Cell::maybe(self.action.as_deref());
        match (&self.plan, &self.action) {
            (Some(plan), Some(id)) => action.about(Subject::action(plan, id)),
            _ => action,
        }
    }

    /// Who challenges whom.
    pub fn between(&self) -> String {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "not named".into());
        match (&self.from, &self.to) {
            (None, None) => String::new(),
            (from, to) => format!("{} to {}", name(from), name(to)),
        }
    }

    fn new(id: &str, date: Day) -> (Challenge, Day) {
        let challenge = Challenge {
            id: id.to_owned(),
            plan: None,
            action: None,
            from: None,
            to: None,
            raised: None,
            responses: Vec::new(),
            closed: None,
            impact: None,
            notes: Vec::new(),
            days: 0,
        };
        (challenge, date)
    }

    /// Takes one event; what a later one says anew counts.
    fn take(&mut self, board: &Board, entry: &ChallengeEntry, date: Day) {
        let group = |id: &Option<Text>| id.as_ref().map(|id| board.group_name(id).to_owned());
        let dated = |text: &Option<Text>| {
            text.as_ref().map(|text| DatedWords {
                date,
                by: group(&entry.by),
                words: text.value.clone(),
            })
        };
        let plan = entry.plan.map(|plan| board.plans[plan].stem.clone());
        self.plan = plan.or(self.plan.take());
        self.action = entry
            .action
            .as_ref()
            .map(|id| id.value.clone())
            .or(self.action.take());
        // What is raised keeps its two sides, whoever speaks later.
        if self.raised.is_none() {
            self.from = self.from.take().or(group(&entry.from));
            self.to = self.to.take().or(group(&entry.to));
        }
        self.raised = self.raised.take().or(dated(&entry.raised));
        self.responses.extend(dated(&entry.response));
        self.closed = dated(&entry.closed).or(self.closed.take());
        self.impact = entry
            .impact
            .as_ref()
            .map(|text| text.value.clone())
            .or(self.impact.take());
        self.notes
            .extend(entry.note.as_ref().map(|text| text.value.clone()));
    }
}

/// The challenges of a board as they stand on a day, in the order in which they were raised.
pub fn challenges(board: &Board, day: Day) -> Vec<Challenge> {
    let dated = board.challenges.iter().filter_map(|entry| {
        let date = entry.date?.value;
        (date <= day).then_some((date, entry))
    });
    let mut dated: Vec<(Day, &ChallengeEntry)> = dated.collect();
    dated.sort_by_key(|(date, _)| *date);
    let mut log: Vec<(Challenge, Day)> = Vec::new();
    for (date, entry) in dated {
        let known = log
            .iter()
            .position(|(known, _)| known.id == entry.id.as_str());
        let at = known.unwrap_or_else(|| {
            log.push(Challenge::new(&entry.id, date));
            log.len() - 1
        });
        log[at].0.take(board, entry, date);
    }
    let aged = log.into_iter().map(|(mut challenge, begun)| {
        let closed = challenge.closed.as_ref().map(|words| words.date);
        challenge.days = closed.unwrap_or(day).days_since(begun);
        challenge
    });
    aged.collect()
}
