//! What an annual report may say of a year: each aspect drawn from the plan and its entries, with a
//! plain sentence where there is nothing to draw on.

use std::collections::BTreeMap;

use super::super::challenges::{Said, challenges};
use super::super::indicators::{self, IndicatorFacts};
use super::super::{action, counts::Counts};
use super::{Part, Point, Year};
use crate::calendar::Day;
use crate::plan::{About, Entry, Rag, Status, Text};
use crate::select::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    SetOut,
    Standing,
    Done,
    Impact,
    Voice,
    LittleProgress,
    Next,
    CarriedForward,
    Partners,
    Reviews,
    NotImplemented,
    Challenges,
    /// Something that a framework asks for and that no file of a plan holds.
    NotInThePlan(&'static str),
}

impl Aspect {
    pub fn title(self) -> &'static str {
        match self {
            Aspect::SetOut => "What we set out to do",
            Aspect::Standing => "How the plan stands",
            Aspect::Done => "What we did",
            Aspect::Impact => "What difference it made",
            Aspect::Voice => "What children and families said",
            Aspect::LittleProgress => "Little or no progress, and why",
            Aspect::Next => "What comes next",
            Aspect::CarriedForward => "Carried forward",
            Aspect::Partners => "Contributions of partners",
            Aspect::Reviews => "Reviews and their recommendations",
            Aspect::NotImplemented => "Not implemented",
            Aspect::Challenges => "Challenge between partners",
            Aspect::NotInThePlan(_) => "",
        }
    }

    /// What is said where there is nothing to draw on.
    fn nothing(self, year: &Year) -> String {
        let period = year.period;
        match self {
            Aspect::SetOut => "No action.".into(),
            Aspect::Standing => "No action.".into(),
            Aspect::Done => format!("Nothing to draw on: no entry of {period} says what was done."),
            Aspect::Impact => format!(
                "Nothing to draw on: no entry of {period} says what difference was made, and no indicator \
                 has data."
            ),
            Aspect::Voice => format!(
                "Nothing to draw on: no entry of {period} says what children and families said."
            ),
            Aspect::LittleProgress => "None that dates and reports show.".into(),
            Aspect::Next => {
                "Nothing to draw on: no open action's last report says what comes next.".into()
            }
            Aspect::CarriedForward => "Nothing was carried forward.".into(),
            Aspect::Partners => {
                format!("Nothing to draw on: no entry of {period} says who reports.")
            }
            Aspect::Reviews => {
                "Nothing to draw on: no action names the review or recommendation that it answers."
                    .into()
            }
            Aspect::NotImplemented => {
                "No action that answers a recommendation was withdrawn.".into()
            }
            Aspect::Challenges => format!("No challenge was raised or closed in {period}."),
            Aspect::NotInThePlan(what) => {
                format!("Nothing to draw on: {what} is not in a plan's files. Write it here.")
            }
        }
    }

    /// The aspect's parts under its own title, where a section has several aspects.
    pub fn titled_parts(self, year: &Year, titled: bool) -> Vec<Part> {
        let mut parts = self.parts(year);
        for part in parts.iter_mut().filter(|_| titled) {
            part.aspect = Some(self.title().to_owned());
        }
        parts
    }

    /// The aspect of a whole year: by priority, by group or by review.
    pub fn parts(self, year: &Year) -> Vec<Part> {
        let parts: Vec<Part> = match self {
            Aspect::Partners => partners(year),
            Aspect::Reviews => reviews(year),
            Aspect::NotImplemented => vec![not_implemented(year)],
            Aspect::Challenges => vec![challenge(year)],
            Aspect::NotInThePlan(_) => Vec::new(),
            _ => {
                let parts = year.priorities().into_iter();
                let parts = parts.map(|(plan, priority)| Part {
                    title: year.heading(plan, priority),
                    ..self.of_priority(year, plan, priority)
                });
                parts.collect()
            }
        };
        let empty = |part: &Part| {
            part.sentences.is_empty() && part.points.is_empty() && part.actions.is_empty()
        };
        match parts.iter().all(empty) {
            true => vec![Part::default().or(&self.nothing(year))],
            false => parts,
        }
    }

    /// The aspect of one priority of a plan.
    pub fn of_priority(self, year: &Year, plan: usize, priority: Option<usize>) -> Part {
        let rows = year.rows(plan, priority);
        let points = |says: fn(&Entry) -> Option<&Text>| Part {
            points: year.points(plan, priority, says),
            ..Part::default()
        };
        let part = match self {
            Aspect::SetOut => set_out(year, plan, priority, &rows),
            Aspect::Standing => Part {
                sentences: vec![standing(&rows)],
                ..Part::default()
            },
            Aspect::Done => points(|entry| entry.done.as_ref()),
            Aspect::Voice => points(|entry| entry.voice.as_ref()),
            Aspect::Impact => Part {
                sentences: measured(year, plan, &rows),
                ..points(|entry| entry.impact.as_ref())
            },
            Aspect::LittleProgress => little_progress(year, &rows),
            Aspect::Next => next(year, &rows),
            Aspect::CarriedForward => carried_forward(year, &rows),
            _ => Part::default(),
        };
        part.or(&self.nothing(year))
    }
}

impl<'b> Year<'_, 'b> {
    /// The plans' priorities that have an action, as indices; a log is a part of its own.
    pub fn priorities(&self) -> Vec<(usize, Option<usize>)> {
        let plans = self.plans.iter().enumerate();
        let priorities = plans.flat_map(|(plan, brief)| {
            let own = (0..brief.plan.priorities.len()).map(Some);
            own.chain([None]).map(move |priority| (plan, priority))
        });
        priorities
            .filter(|&(plan, priority)| !self.rows(plan, priority).is_empty())
            .collect()
    }

    /// A priority's number and title; with its plan's, where the report is about several. A log has
    /// its own title.
    pub fn heading(&self, plan: usize, priority: Option<usize>) -> String {
        let own = self.plans[plan].plan;
        let title = || action::own_title(self.brief.board(), own);
        let Some(priority) = priority.map(|at| &own.priorities[at]) else {
            return title().to_owned();
        };
        let heading = format!("{} {}", priority.id, priority.title);
        if self.plans.len() == 1 {
            heading
        } else {
            format!("{}: {heading}", title())
        }
    }

    pub fn rows(&self, plan: usize, priority: Option<usize>) -> Vec<Row<'b>> {
        let rows = self.plans[plan].rows.iter();
        rows.filter(|row| row.action.priority == priority)
            .copied()
            .collect()
    }

    /// Whether an entry speaks of the year: by the period that it covers, else by its date.
    fn speaks(&self, entry: &Entry) -> bool {
        match (entry.covers, entry.date) {
            (Some(covers), _) => {
                let covers = covers.value;
                covers.first <= self.period.last && self.period.first <= covers.last
            }
            (None, Some(date)) => self.holds(date.value),
            (None, None) => false,
        }
    }

    fn holds(&self, day: Day) -> bool {
        self.period.first <= day && day <= self.period.last
    }

    /// What the year's entries about a priority's actions, or about itself, say in one field. An
    /// entry about several actions stands once.
    fn points(
        &self,
        plan: usize,
        priority: Option<usize>,
        says: fn(&Entry) -> Option<&Text>,
    ) -> Vec<Point> {
        let entries = &self.brief.board().entries;
        let mut about: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for row in self.rows(plan, priority) {
            for &at in &row.standing.history {
                about
                    .entry(at)
                    .or_default()
                    .push(row.action.id.value.clone());
            }
        }
        let own = &self.plans[plan];
        for (at, entry) in entries.iter().enumerate() {
            let names = match (&entry.about, priority) {
                (About::Priority(id), Some(at)) => *id.value == *own.plan.priorities[at].id.value,
                _ => false,
            };
            let dated = entry
                .date
                .is_some_and(|date| date.value <= self.brief.day());
            if names && dated && entry.plan == Some(own.index) {
                about.entry(at).or_default();
            }
        }
        let order: Vec<String> = (self.rows(plan, priority).iter())
            .map(|row| row.action.id.value.clone())
            .collect();
        let mut points: Vec<Point> = (about.into_iter())
            .filter(|(at, _)| self.speaks(&entries[*at]))
            .filter_map(|(at, actions)| self.point(&entries[at], actions, says))
            .collect();
        // What is said of one action stands together; what is said of the whole comes first.
        points.sort_by_key(|point| {
            let first = point.actions.first();
            first.map(|first| order.iter().position(|id| id == first))
        });
        points
    }

    fn point(
        &self,
        entry: &Entry,
        actions: Vec<String>,
        says: fn(&Entry) -> Option<&Text>,
    ) -> Option<Point> {
        let by = entry.by.as_deref();
        Some(Point {
            actions,
            words: says(entry)?.value.clone(),
            by: by.map(|id| self.brief.board().group_name(id).to_owned()),
            date: entry.date.map(|date| date.value),
        })
    }

    /// All actions of the year's plans.
    fn all(&self) -> impl Iterator<Item = &Row<'b>> {
        self.plans.iter().flat_map(|plan| &plan.rows)
    }
}

fn set_out(year: &Year, plan: usize, priority: Option<usize>, rows: &[Row]) -> Part {
    let own = year.plans[plan].plan;
    let outcomes = priority.map(|at| &own.priorities[at].outcomes);
    let outcomes = outcomes.into_iter().flatten();
    let mut sentences: Vec<String> = outcomes.map(|outcome| outcome.value.clone()).collect();
    let mut last = None;
    for row in rows {
        if let Some(at) = row.action.objective.filter(|at| last != Some(*at)) {
            last = Some(at);
            let objective = &own.objectives[at];
            let id = objective.id.as_ref().map_or("", |id| id.as_str());
            sentences.push(format!("{id} {}", objective.title).trim().to_owned());
        }
    }
    Part {
        sentences,
        actions: rows.iter().map(|row| year.brief.item(row)).collect(),
        ..Part::default()
    }
}

/// How many actions are what, in a sentence.
fn standing(rows: &[Row]) -> String {
    let counts = Counts::of(rows.iter().map(|row| row.standing));
    let parts = [
        (counts.complete, "complete"),
        (counts.in_progress, "in progress"),
        (counts.not_started, "not started"),
        (counts.paused, "paused"),
        (counts.withdrawn, "withdrawn"),
        (counts.carried_forward, "carried forward"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    format!(
        "Of {} actions: {}. {} overdue; {} rated red, {} amber, {} green.",
        counts.total,
        parts.join(", "),
        counts.overdue,
        counts.red,
        counts.amber,
        counts.green
    )
}

/// The indicators of a priority's actions, each in a sentence.
fn measured(year: &Year, plan: usize, rows: &[Row]) -> Vec<String> {
    let until = Some(year.period.last);
    let facts = indicators::facts(&year.plans[plan], year.brief.day(), until);
    let own = facts.iter().filter(|facts| {
        let mut ids = rows.iter().map(|row| row.action.id.as_str());
        ids.any(|id| facts.actions.iter().any(|action| action == id))
    });
    own.filter_map(IndicatorFacts::sentence).collect()
}

/// What is open and late, red, paused, or was not reported on in time; and what was withdrawn or
/// carried forward without being done.
fn little_progress(year: &Year, rows: &[Row]) -> Part {
    let entries = &year.brief.board().entries;
    let sentence = |row: &&Row| {
        let standing = row.standing;
        let silent = !standing.history.iter().any(|&at| year.speaks(&entries[at]));
        let open = standing.status.is_open();
        let given_up = matches!(standing.status, Status::Withdrawn | Status::CarriedForward);
        let stuck = standing.overdue
            || standing.unreported
            || standing.rag == Rag::Red
            || standing.status == Status::Paused;
        // What is to begin only later is no lack of progress.
        if !(given_up || open && !standing.not_begun && (stuck || silent)) {
            return None;
        }
        let mut why: Vec<String> = standing.reasons.iter().map(ToString::to_string).collect();
        if open && silent && standing.last_update.is_some() {
            why.push(format!("Nothing reported for {}", year.period));
        }
        let last = standing.history.iter().rev().map(|&at| &entries[at]);
        let reason = last.filter_map(|entry| entry.reason.as_ref()).next();
        why.extend(reason.map(|reason| reason.value.clone()));
        let name = action::name(row);
        let name = name.trim_end_matches('.');
        Some(format!("{} {name}: {}", row.action.id, why.join(". ")))
    };
    Part {
        sentences: rows.iter().filter_map(|row| sentence(&row)).collect(),
        ..Part::default()
    }
}

/// What the last report of each open action says comes next.
fn next(year: &Year, rows: &[Row]) -> Part {
    let entries = &year.brief.board().entries;
    let open = rows.iter().filter(|row| row.standing.status.is_open());
    let points = open.filter_map(|row| {
        let entry = &entries[*row.standing.history.last()?];
        let actions = vec![row.action.id.value.clone()];
        year.point(entry, actions, |entry| entry.next.as_ref())
    });
    Part {
        points: points.collect(),
        ..Part::default()
    }
}

fn carried_forward(year: &Year, rows: &[Row]) -> Part {
    let entries = &year.brief.board().entries;
    let carried = rows
        .iter()
        .filter(|row| row.standing.status == Status::CarriedForward);
    let points = carried.map(|row| {
        let history = row.standing.history.iter().rev().map(|&at| &entries[at]);
        let closing = history.clone().find(|entry| {
            let status = entry.status.map(|status| status.value);
            status == Some(Status::CarriedForward)
        });
        let actions = vec![row.action.id.value.clone()];
        let reason = closing
            .and_then(|entry| year.point(entry, actions.clone(), |entry| entry.reason.as_ref()));
        reason.unwrap_or(Point {
            actions,
            words: action::name(row),
            by: None,
            date: None,
        })
    });
    Part {
        points: points.collect(),
        ..Part::default()
    }
}

/// What each group that reports said it did; those that own an action and said nothing come last.
fn partners(year: &Year) -> Vec<Part> {
    let board = year.brief.board();
    let entries = &board.entries;
    let mut about: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for row in year.all() {
        for &at in &row.standing.history {
            about
                .entry(at)
                .or_default()
                .push(row.action.id.value.clone());
        }
    }
    let of = |group: &str| Part {
        title: board.group_name(group).to_owned(),
        points: (about.iter())
            .filter(|(at, _)| entries[**at].by.as_deref() == Some(group))
            .filter(|(at, _)| year.speaks(&entries[**at]))
            .filter_map(|(at, actions)| {
                let mut point = year.point(&entries[*at], actions.clone(), |e| e.done.as_ref())?;
                point.by = None;
                Some(point)
            })
            .collect(),
        ..Part::default()
    };
    let groups = board.groups.iter().map(|group| group.id.as_str());
    let parts: Vec<Part> = groups
        .map(of)
        .filter(|part| !part.points.is_empty())
        .collect();
    let spoke: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
    let silent = board.groups.iter().filter(|group| {
        let owns = |row: &&Row| {
            row.standing
                .owners
                .iter()
                .any(|owner| **owner == *group.id.value)
        };
        let name = board.group_name(&group.id);
        !spoke.contains(&name) && year.all().any(|row| owns(&row))
    });
    let silent: Vec<&str> = silent.map(|group| board.group_name(&group.id)).collect();
    if parts.is_empty() || silent.is_empty() {
        return parts;
    }
    let sentence = format!("{}: nothing reported in their own name.", silent.join(", "));
    let others = Part {
        title: "Others who own actions".into(),
        sentences: vec![sentence],
        ..Part::default()
    };
    parts.into_iter().chain([others]).collect()
}

/// Each review that actions answer: its recommendations, and how these actions stand.
fn reviews(year: &Year) -> Vec<Part> {
    let mut reviews: Vec<(String, Part)> = Vec::new();
    for row in year.all() {
        let Some(source) = &row.action.source else {
            continue;
        };
        let words = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let review = words(&source.review).unwrap_or_else(|| "Review not named".into());
        let known = reviews.iter().position(|(name, _)| *name == review);
        let at = known.unwrap_or_else(|| {
            reviews.push((review.clone(), Part::default()));
            reviews.len() - 1
        });
        let part = &mut reviews[at].1;
        let recommendation = words(&source.recommendation).unwrap_or_else(|| "not given".into());
        part.sentences.push(format!(
            "{}: recommendation {recommendation}",
            row.action.id
        ));
        part.actions.push(year.brief.item(row));
        let entries = &year.brief.board().entries;
        let history = row.standing.history.iter().map(|&at| &entries[at]);
        let told = history
            .filter(|entry| year.speaks(entry))
            .filter_map(|entry| {
                let actions = vec![row.action.id.value.clone()];
                year.point(entry, actions, |entry| entry.done.as_ref())
            });
        part.points.extend(told);
    }
    let parts = reviews.into_iter();
    parts.map(|(title, part)| Part { title, ..part }).collect()
}

/// Actions that answer a recommendation and were withdrawn, with the reason.
fn not_implemented(year: &Year) -> Part {
    let entries = &year.brief.board().entries;
    let withdrawn = year
        .all()
        .filter(|row| row.standing.status == Status::Withdrawn && row.action.source.is_some());
    let points = withdrawn.filter_map(|row| {
        let mut history = row.standing.history.iter().rev().map(|&at| &entries[at]);
        let closing = history.find(|entry| entry.reason.is_some())?;
        let actions = vec![row.action.id.value.clone()];
        year.point(closing, actions, |entry| entry.reason.as_ref())
    });
    Part {
        points: points.collect(),
        ..Part::default()
    }
}

/// The challenges that were raised or closed in the year.
fn challenge(year: &Year) -> Part {
    let all = challenges(year.brief.board(), year.brief.day());
    let within = |said: &&Said| year.holds(said.date);
    let points = all.into_iter().filter_map(|challenge| {
        let raised = challenge.raised.as_ref().filter(within);
        let closed = challenge.closed.as_ref().filter(within);
        let said = closed.or(raised)?;
        let asked = challenge
            .raised
            .as_ref()
            .map_or("", |said| said.words.as_str());
        let answer = challenge.responses.last();
        let words = match (&challenge.closed, &challenge.impact, answer) {
            (Some(closed), Some(impact), _) => format!("{asked} {} {impact}", closed.words),
            (Some(closed), None, _) => format!("{asked} {}", closed.words),
            (None, _, Some(answer)) => format!("{asked} {} (open)", answer.words),
            (None, _, None) => format!("{asked} (open, not answered)"),
        };
        Some(Point {
            actions: vec![challenge.id.clone()],
            words,
            by: None,
            date: Some(said.date),
        })
    });
    Part {
        points: points.collect(),
        ..Part::default()
    }
}
