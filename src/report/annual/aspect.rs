//! What an annual report may say of a year: each aspect drawn from the plan and its entries, with a
//! plain sentence where there is nothing to draw on.

use std::collections::BTreeMap;

use super::super::indicators::{self, IndicatorFacts};
use super::super::{action, counts::Counts};
use super::whole::{challenge, complete, groups, members, not_implemented, reviews, titled};
use super::{Part, Point, Year, YearAction, short_name};
use crate::calendar::Day;
use crate::plan::{About, Entry, Rag, Status, Text};
use crate::select::Row;
use crate::standing::Standing;
use crate::words::{capitalised, counted};

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
    Members,
    Reviews,
    NotImplemented,
    Challenges,
    /// The indicators, each in a sentence.
    Indicators,
    /// What was completed in the year.
    Complete,
    /// Who belongs to the board.
    Groups,
}

impl Aspect {
    /// The aspects that a framework may name, by the names that it uses.
    pub const NAMED: [(&'static str, Aspect); 15] = [
        ("set out", Aspect::SetOut),
        ("standing", Aspect::Standing),
        ("done", Aspect::Done),
        ("impact", Aspect::Impact),
        ("voice", Aspect::Voice),
        ("little progress", Aspect::LittleProgress),
        ("next", Aspect::Next),
        ("carried forward", Aspect::CarriedForward),
        ("members", Aspect::Members),
        ("reviews", Aspect::Reviews),
        ("not implemented", Aspect::NotImplemented),
        ("challenges", Aspect::Challenges),
        ("indicators", Aspect::Indicators),
        ("complete", Aspect::Complete),
        ("groups", Aspect::Groups),
    ];

    /// The aspect that a framework's word names.
    pub fn parse(word: &str) -> Option<Aspect> {
        let named = Aspect::NAMED
            .into_iter()
            .find(|(name, _)| *name == word.trim());
        named.map(|(_, aspect)| aspect)
    }

    pub fn title(self, year: &Year) -> String {
        let title = match self {
            Aspect::SetOut => "What we set out to do",
            Aspect::Standing => "How the plan stood at the end of the year",
            Aspect::Done => "What we did",
            Aspect::Impact => "What difference it made",
            Aspect::Voice => return format!("What {} said", year.brief.board().people()),
            Aspect::LittleProgress => "Little or no progress, and why",
            Aspect::Next => "What comes next",
            Aspect::CarriedForward => "Carried forward",
            Aspect::Members => "What each member contributed",
            Aspect::Reviews => "Recommendations of reviews, and what answers them",
            Aspect::NotImplemented => "Not implemented",
            Aspect::Challenges => "Challenge between partners",
            Aspect::Indicators => "What the figures show",
            Aspect::Complete => "What was completed",
            Aspect::Groups => "Who belongs to the board",
        };
        title.to_owned()
    }

    /// What is said where there is nothing to draw on.
    fn nothing(self, year: &Year) -> String {
        let period = year.period;
        match self {
            Aspect::SetOut => "No action.".into(),
            Aspect::Standing => "No action.".into(),
            Aspect::Done => format!("Nothing to draw on: no entry of {period} says what was done."),
            Aspect::Impact => {
                format!("Nothing to draw on: no entry of {period} says what difference was made.")
            }
            Aspect::Voice => format!(
                "Nothing to draw on: no entry of {period} says what {} said.",
                year.brief.board().people()
            ),
            Aspect::LittleProgress => "None that dates and reports show.".into(),
            Aspect::Next => {
                "Nothing to draw on: no open action's last report says what comes next.".into()
            }
            Aspect::CarriedForward => "Nothing was carried forward.".into(),
            Aspect::Members => "The board's file names no agency as a member.".into(),
            Aspect::Indicators => "The plan names no indicator that has data.".into(),
            Aspect::Complete => format!("Nothing was completed in {period}."),
            Aspect::Groups => "The board's file names no group.".into(),
            Aspect::Reviews => {
                "Nothing to draw on: no action names the review or recommendation that it answers."
                    .into()
            }
            Aspect::NotImplemented => {
                "No action that answers a recommendation was withdrawn.".into()
            }
            Aspect::Challenges => format!("No challenge was raised or closed in {period}."),
        }
    }

    /// The aspect's parts under its own title, where a section has several aspects.
    pub fn titled_parts(self, year: &Year, titled: bool) -> Vec<Part> {
        let mut parts = self.parts(year);
        for part in parts.iter_mut().filter(|_| titled) {
            part.aspect = Some(self.title(year));
        }
        parts
    }

    /// The aspect of a whole year: by priority, by group or by review.
    pub fn parts(self, year: &Year) -> Vec<Part> {
        let parts: Vec<Part> = match self {
            Aspect::Members => vec![members(year)],
            Aspect::Groups => vec![groups(year)],
            Aspect::Complete => vec![complete(year)],
            Aspect::Reviews => reviews(year),
            Aspect::NotImplemented => vec![not_implemented(year)],
            Aspect::Challenges => vec![challenge(year)],
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
                sentences: vec![standing(year, &rows)],
                ..Part::default()
            },
            Aspect::Indicators => Part {
                sentences: measured(year, plan, &rows),
                ..Part::default()
            },
            Aspect::Done => Part {
                points: year.last_words(points(|entry| entry.done.as_ref()).points),
                ..Part::default()
            },
            Aspect::Voice => points(|entry| entry.voice.as_ref()),
            // The figures stand on the front page.
            Aspect::Impact => Part {
                points: year.last_words(points(|entry| entry.impact.as_ref()).points),
                ..Part::default()
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
    pub fn speaks(&self, entry: &Entry) -> bool {
        match (entry.covers, entry.date) {
            (Some(covers), _) => {
                let covers = covers.value;
                covers.first <= self.period.last && self.period.first <= covers.last
            }
            (None, Some(date)) => self.holds(date.value),
            (None, None) => false,
        }
    }

    pub fn holds(&self, day: Day) -> bool {
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

    /// Of what was said of the same actions, the last.
    fn last_words(&self, points: Vec<Point>) -> Vec<Point> {
        let mut last: Vec<Point> = Vec::new();
        for point in points {
            match last.iter_mut().find(|other| other.actions == point.actions) {
                Some(other) if other.date <= point.date => *other = point,
                Some(_) => {}
                None => last.push(point),
            }
        }
        last
    }

    /// How an action stood at the end of the year.
    pub fn at_end(&self, row: &Row<'b>) -> Option<&Standing<'b>> {
        row.on(&self.end)
    }

    /// What changed of an action between the end of the year and the day asked.
    pub fn since_then(&self, row: &Row<'b>) -> Option<String> {
        let then = self.at_end(row)?;
        let now = row.standing;
        if then.status != now.status {
            let day = now.completed.map(|day| format!(" on {}", day.long()));
            return Some(format!(
                "since then {}{}",
                now.status,
                day.unwrap_or_default()
            ));
        }
        let (then, now) = (then.due, now.due);
        (then != now).then(|| match now {
            Some(day) => format!("since then due {}", day.long()),
            None => "since then without a date".to_owned(),
        })
    }

    pub fn point(
        &self,
        entry: &Entry,
        actions: Vec<String>,
        says: fn(&Entry) -> Option<&Text>,
    ) -> Option<Point> {
        let by = entry.by.as_deref();
        let title = match &actions[..] {
            [only] => self.title_of(only),
            _ => None,
        };
        Some(Point {
            title,
            actions,
            words: says(entry)?.value.clone(),
            by: by.map(|id| self.brief.board().group_name(id).to_owned()),
            date: entry.date.map(|date| date.value),
        })
    }

    /// An action as it stood at the end of the year, and what changed since.
    pub fn action(&self, row: &Row<'b>) -> Option<YearAction> {
        let standing = self.at_end(row)?;
        Some(YearAction {
            item: self.brief.item(&Row { standing, ..*row }),
            since_then: self.since_then(row),
        })
    }

    /// What an action is called.
    fn title_of(&self, id: &str) -> Option<String> {
        let row = self.all().find(|row| row.action.id.as_str() == id)?;
        Some(short_name(row))
    }

    /// All actions of the year's plans.
    pub fn all(&self) -> impl Iterator<Item = &Row<'b>> {
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
        actions: rows.iter().filter_map(|row| year.action(row)).collect(),
        ..Part::default()
    }
}

/// How many actions are what, in a sentence.
fn standing<'b>(year: &Year<'_, 'b>, rows: &[Row<'b>]) -> String {
    let counts = Counts::of(rows.iter().filter_map(|row| year.at_end(row)));
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
        "Of {}: {}. {} overdue. Rated red: {}, amber: {}, green: {}.",
        counted(counts.total, "action"),
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
fn little_progress<'b>(year: &Year<'_, 'b>, rows: &[Row<'b>]) -> Part {
    let entries = &year.brief.board().entries;
    let sentence = |row: &Row<'b>| {
        let standing = year.at_end(row)?;
        let silent = !row
            .standing
            .history
            .iter()
            .any(|&at| year.speaks(&entries[at]));
        let open = standing.status.is_open();
        // What went on in the next plan and was on track is no failure.
        let on_track = standing.reported_rag == Some(Rag::Green);
        let given_up = standing.status == Status::Withdrawn
            || standing.status == Status::CarriedForward && !on_track;
        let stuck = standing.overdue
            || standing.unreported
            || standing.rag == Rag::Red
            || standing.status == Status::Paused;
        let no_impact = standing.impact_rag == Some(Rag::Red);
        // What is to begin only later is no lack of progress.
        let no_progress = open && !standing.not_begun && (stuck || silent);
        if !(given_up || no_impact || no_progress) {
            return None;
        }
        let mut why: Vec<String> = standing.reasons.iter().map(ToString::to_string).collect();
        if open && silent && standing.last_update.is_some() {
            why.push(format!("Nothing reported for {}", year.period));
        }
        if no_impact && standing.impact.is_none() {
            why.push("Its impact is rated red".into());
        }
        let last = standing.history.iter().rev().map(|&at| &entries[at]);
        let reason = last.filter_map(|entry| Some((entry, entry.reason.as_ref()?)));
        why.extend(reason.take(1).map(|(entry, reason)| {
            let reason = reason.value.trim_end_matches('.');
            if entry.refused.is_some() {
                format!("A change was refused: {reason}")
            } else {
                reason.to_owned()
            }
        }));
        why.extend(year.since_then(row).map(|since| capitalised(&since)));
        Some(format!("{}: {}.", titled(row), why.join(". ")))
    };
    Part {
        sentences: rows.iter().filter_map(sentence).collect(),
        ..Part::default()
    }
}

/// What the last report of each action that was open at the year's end says comes next: what went on in the
/// next plan since then, too.
fn next<'b>(year: &Year<'_, 'b>, rows: &[Row<'b>]) -> Part {
    let entries = &year.brief.board().entries;
    let points = rows.iter().filter_map(|row| {
        let standing = year.at_end(row)?;
        let history = standing.history.iter().rev().map(|&at| &entries[at]);
        let mut reports = history.filter(|entry| entry.is_report());
        let entry = reports.next().filter(|_| standing.status.is_open())?;
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
            title: None,
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
