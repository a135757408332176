//! What an annual report says of the whole board: its members, its reviews, its challenges.

use super::super::challenges::{Said, challenges};
use super::{Part, Point, Year, short_name};
use crate::plan::{Entry, Group, Status, Text};
use crate::select::Row;
use crate::words::{counted, listed};

/// What each member contributed: how often it reported, and on which actions, whose words stand with
/// the priorities. The silent ones are named.
pub fn members(year: &Year) -> Part {
    let board = year.brief.board();
    let is_member = |group: &&Group| {
        let kind = group.kind.as_ref();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("agency"))
    };
    let mut silent = Vec::new();
    let mut sentences = Vec::new();
    for group in board.groups.iter().filter(is_member) {
        let own = |entry: &Entry| entry.by.as_deref() == Some(group.id.as_str());
        let mut actions: Vec<String> = Vec::new();
        let mut reports: Vec<usize> = Vec::new();
        for row in year.all() {
            let history = row.standing.history.iter();
            let told =
                history.filter(|&&at| own(&board.entries[at]) && year.speaks(&board.entries[at]));
            let before = reports.len();
            reports.extend(told);
            if reports.len() > before {
                actions.push(titled(row));
            }
        }
        reports.sort_unstable();
        reports.dedup();
        let name = board.group_name(&group.id);
        let owned = year.all().filter(|row| row.is_owned_by(&group.id)).count();
        if reports.is_empty() {
            silent.push(format!("{name} ({})", counted(owned, "action")));
        } else {
            sentences.push(format!(
                "{name} owned {} and reported {}: on {}.",
                counted(owned, "action"),
                match reports.len() {
                    1 => "once".to_owned(),
                    times => format!("{times} times"),
                },
                listed(&actions)
            ));
        }
    }
    if !silent.is_empty() {
        sentences.push(format!("Nothing in their own name: {}.", listed(&silent)));
    }
    Part {
        sentences,
        ..Part::default()
    }
}

/// An action's number and title.
pub fn titled(row: &Row) -> String {
    format!("{} {}", row.action.id, short_name(row))
}

/// Who belongs to the board: every group that its file names.
pub fn groups(year: &Year) -> Part {
    let board = year.brief.board();
    let sentences = board.groups.iter().map(|group| {
        let name = board.group_name(&group.id);
        match &group.kind {
            Some(kind) => format!("{name} ({kind})"),
            None => name.to_owned(),
        }
    });
    Part {
        sentences: sentences.collect(),
        ..Part::default()
    }
}

/// What was completed in the year, and when.
pub fn complete(year: &Year) -> Part {
    let done = year.all().filter_map(|row| {
        let day = year.at_end(row)?.completed.filter(|&day| year.holds(day))?;
        Some(format!("{}: complete on {}.", titled(row), day.long()))
    });
    Part {
        sentences: done.collect(),
        ..Part::default()
    }
}

/// Each review that actions answer: its recommendations, and how these actions stand.
pub fn reviews(year: &Year) -> Vec<Part> {
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
        part.sentences
            .push(format!("{}: recommendation {recommendation}", titled(row)));
        part.actions.extend(year.action(row));
    }
    let parts = reviews.into_iter();
    parts.map(|(title, part)| Part { title, ..part }).collect()
}

/// Actions that answer a recommendation and were withdrawn, with the reason.
pub fn not_implemented(year: &Year) -> Part {
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
pub fn challenge(year: &Year) -> Part {
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
            title: None,
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
