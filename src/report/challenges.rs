//! `plan report challenges`: the challenge log, for the chair.

use std::collections::HashSet;

use serde::Serialize;

use super::Report;
use super::brief::Brief;
use super::cover::Ask;
use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Line, Subject, figures, plain, running, short, words,
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
        let mut all = challenges(brief.board(), brief.day());
        if brief.filter.plan.is_some() {
            let plans = brief.plans();
            let asked: Vec<PlanChallenges> = (plans.iter())
                .map(|plan| PlanChallenges::new(brief, plan.index))
                .collect();
            all.retain(|challenge| asked.iter().any(|plan| plan.holds(challenge)));
        }
        let (closed, open) = (all.into_iter()).partition(|challenge| challenge.closed.is_some());
        Log {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            open,
            closed,
            day: brief.day(),
        }
    }

    fn asks(&self) -> Vec<Ask> {
        if self.open.is_empty() && self.closed.is_empty() {
            return vec![Ask::note("that no challenge was raised")];
        }
        let unanswered = self.open.iter().filter(|it| it.responses.is_empty());
        let unanswered = unanswered.count();
        let open = Ask::some(self.open.len(), "open challenge", |count| {
            let unanswered = match unanswered {
                0 => String::new(),
                1 => " of which 1 is not answered".to_owned(),
                count => format!(" of which {count} are not answered"),
            };
            Ask::discuss(format!("hear what became of {count}{unanswered}"))
        });
        let closed = Ask::some(self.closed.len(), "closed challenge", Ask::note);
        open.into_iter().chain(closed).collect()
    }

    fn lay_out(&self, document: &mut Document) {
        let title = format!("Challenge log · {}", self.name);
        document.blocks.push(Block::Title(title, self.day.long()));
        if self.open.is_empty() && self.closed.is_empty() {
            document.paragraph("No challenge was raised.");
            return;
        }
        document.section("Open", OPEN, &self.open, "None.");
        document.section("Closed", CLOSED, &self.closed, "None.");
    }
}

pub const OPEN: &[Col<Challenge>] = &[
    short("challenge", |it| Cell::text(&it.id)),
    short("raised", |it: &Challenge| {
        Cell::day(DatedWords::day(&it.raised))
    })
    .below(),
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
    short("closed", |it: &Challenge| {
        Cell::day(DatedWords::day(&it.closed))
    })
    .below(),
    figures("days open", |it| Cell::Number(it.days)),
    words("between", |it| Cell::text(it.between())),
    short("action", Challenge::action),
    running("what was asked", |it| DatedWords::cell(&it.raised)),
    running("how it ended", |it| DatedWords::cell(&it.closed)),
    running("what difference it made", |it: &Challenge| {
        Cell::text(it.impact.as_deref().unwrap_or("not recorded"))
    })
    .below(),
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
                words: text.value.to_string(),
            })
        };
        let plan = entry.plan.map(|plan| board.plans[plan].stem.clone());
        self.plan = plan.or(self.plan.take());
        self.action = entry
            .action
            .as_ref()
            .map(|id| id.value.to_string())
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
            .map(|text| text.value.to_string())
            .or(self.impact.take());
        self.notes
            .extend(entry.note.as_ref().map(|text| text.value.to_string()));
    }
}

/// Which challenges a paper about one plan speaks of.
pub struct PlanChallenges<'b> {
    stem: &'b str,
    /// Its actions and those that they carry on, by their plans' stems and their numbers.
    actions: HashSet<(&'b str, &'b str)>,
    /// Whether it is the first plan that a meeting's paper speaks of.
    is_first: bool,
    /// The other plans that the paper speaks of.
    others: Vec<&'b str>,
    is_alone: bool,
}

impl<'b> PlanChallenges<'b> {
    pub fn new(brief: &Brief<'b>, index: usize) -> PlanChallenges<'b> {
        let board = brief.board();
        let mut found = HashSet::new();
        let mut waiting: Vec<(usize, usize)> = (0..board.plans[index].actions.len())
            .map(|action| (index, action))
            .collect();
        while let Some((plan, action)) = waiting.pop() {
            let (plan, action) = (&board.plans[plan], &board.plans[plan].actions[action]);
            if found.insert((plan.stem.as_str(), action.id.as_str())) {
                let earlier = action.from.as_ref();
                waiting.extend(earlier.and_then(|from| board.referred(from)));
            }
        }
        let main = brief.meetings_plans();
        PlanChallenges {
            stem: &board.plans[index].stem,
            actions: found,
            is_first: main.first() == Some(&index),
            others: (main.iter().filter(|other| **other != index))
                .map(|&other| board.plans[other].stem.as_str())
                .collect(),
            is_alone: brief.filter.plan.is_some(),
        }
    }

    /// Whether it is about an action of the plan, or about one that the plan carries on. What is about no
    /// action of any plan stands with the first, and with that which it names; where no plan is asked for by
    /// name, so does what is about another plan that the paper does not speak of: no open challenge is lost.
    pub fn holds(&self, challenge: &Challenge) -> bool {
        let named = challenge.plan.as_deref();
        let Some(id) = &challenge.action else {
            return self.is_first || named == Some(self.stem);
        };
        let is_placed = |stem: &str| self.is_alone || self.others.contains(&stem);
        match named {
            Some(stem) => {
                self.actions.contains(&(stem, id.as_str())) || self.is_first && !is_placed(stem)
            }
            None => self.is_first || self.actions.contains(&(self.stem, id.as_str())),
        }
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
