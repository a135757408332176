//! What an annual report says of the whole board: its members, its challenges, what was completed and
//! carried forward.

use std::collections::{HashMap, HashSet};

use super::super::challenges::{DatedWords, challenges};
use super::{AspectPart, EntryPoint, ReportYear, titled};
use crate::plan::{Board, Group, Rag, Status};
use crate::select::Row;
use crate::words::{counted, listed, often, sentence};

/// What each member contributed: how often it reported, and on which actions, whose words stand with
/// the priorities. The silent ones are named.
pub fn members(year: &ReportYear) -> AspectPart {
    let board = year.brief.board();
    let is_member = |group: &&Group| {
        let kind = group.kind.as_ref();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("agency"))
    };
    let (owned, contributions) = (owned(year), contributions(year));
    let nothing = Contribution::default();
    let mut silent = Vec::new();
    let mut sentences = Vec::new();
    for group in board.groups.iter().filter(is_member) {
        let contribution = contributions.get(group.id.as_str());
        let Contribution { reports, actions } = contribution.unwrap_or(&nothing);
        let name = board.group_name(&group.id);
        let owned = owned.get(&Board::key(&group.id)).copied();
        let owned = owned.unwrap_or_default();
        if reports.is_empty() {
            silent.push(format!("{name} ({})", counted(owned, "action")));
        } else {
            sentences.push(format!(
                "{name} owned {} and reported {}: on {}.",
                counted(owned, "action"),
                often(reports.len()),
                listed(actions)
            ));
        }
    }
    if !silent.is_empty() {
        sentences.push(format!("Nothing in their own name: {}.", listed(&silent)));
    }
    AspectPart {
        sentences,
        ..AspectPart::default()
    }
}

/// How many actions each group owns, itself or as a member of a group that does, by [`Board::key`].
fn owned(year: &ReportYear) -> HashMap<String, usize> {
    let board = year.brief.board();
    let mut found = HashMap::new();
    for row in year.all() {
        let owners = row.owned_by().into_iter().flat_map(|id| board.within(id));
        let names = owners.flat_map(|id| board.names(id));
        let names: HashSet<String> = names.map(Board::key).collect();
        for name in names {
            *found.entry(name).or_default() += 1;
        }
    }
    found
}

/// What a group reported in the year.
#[derive(Default)]
struct Contribution {
    /// The entries that it made, as indices.
    reports: HashSet<usize>,
    /// The actions that the group reported on.
    actions: Vec<String>,
}

/// The year's reports, by the id of the group that made them.
fn contributions<'y>(year: &'y ReportYear) -> HashMap<&'y str, Contribution> {
    let board = year.brief.board();
    let mut found: HashMap<&str, Contribution> = HashMap::new();
    for row in year.all() {
        let mut reporters = HashSet::new();
        for &at in &row.standing.history {
            let entry = &board.entries[at];
            if let Some(by) = entry.by.as_deref().filter(|_| year.speaks(entry)) {
                let contribution = found.entry(by).or_default();
                contribution.reports.insert(at);
                if reporters.insert(by) {
                    contribution.actions.push(titled(row));
                }
            }
        }
    }
    found
}

/// Who belongs to the board: every group that its file names.
pub fn groups(year: &ReportYear) -> AspectPart {
    let board = year.brief.board();
    let sentences = board.groups.iter().map(|group| {
        let name = board.group_name(&group.id);
        match &group.kind {
            Some(kind) => format!("{name} ({kind})"),
            None => name.to_owned(),
        }
    });
    AspectPart {
        sentences: sentences.collect(),
        ..AspectPart::default()
    }
}

/// What was completed in the year, and when.
pub fn complete(year: &ReportYear) -> AspectPart {
    let done = year.all().filter_map(|row| {
        let day = year.at_end(row)?.completed.filter(|&day| year.holds(day))?;
        Some(format!("{}: complete on {}.", titled(row), day.long()))
    });
    AspectPart {
        sentences: done.collect(),
        ..AspectPart::default()
    }
}

/// Whether it was decided by the end of the year, its last day included, to carry an action forward.
fn was_carried_forward(year: &ReportYear, row: &Row) -> bool {
    let is_it = |status: Status| status == Status::CarriedForward;
    let mut history = (row.standing.history.iter().rev()).map(|&at| &row.board.entries[at]);
    let closing = history.find(|entry| entry.status.is_some_and(|status| is_it(status.value)));
    let date = closing.and_then(|entry| Some(entry.date?.value));
    is_it(row.standing.status) && date.is_some_and(|date| date <= year.end.day)
}

/// What was carried forward, and where it went; why it was is said where there was little progress.
pub fn carried_forward(year: &ReportYear) -> AspectPart {
    let mut sentences = Vec::new();
    for plan in &year.plans {
        let mut carried_on = HashMap::new();
        for carried in year.brief.carried_on(plan.index) {
            carried_on.entry(carried.id.clone()).or_insert(carried);
        }
        for row in &plan.rows {
            if !was_carried_forward(year, row) {
                continue;
            }
            let before = row.standing.rag_at_closure.filter(|&rag| rag != Rag::Grey);
            let before = before.map(|rag| format!(", {rag} before"));
            let into = carried_on.get(row.action.id.as_str());
            let into = into.map(|it| format!(": now {} of the {}", it.into, it.plan));
            sentences.push(format!(
                "{}{}{}.",
                titled(row),
                before.unwrap_or_default(),
                into.unwrap_or_default()
            ));
        }
    }
    AspectPart {
        sentences,
        ..AspectPart::default()
    }
}

/// The challenges that were raised or closed in the year.
pub fn challenge(year: &ReportYear) -> AspectPart {
    let all = challenges(year.brief.board(), year.brief.day());
    let within = |words: &&DatedWords| year.holds(words.date);
    let points = all.into_iter().filter_map(|challenge| {
        let raised = challenge.raised.as_ref().filter(within);
        let closed = challenge.closed.as_ref().filter(within);
        let newest = closed.or(raised)?;
        let asked = challenge.raised.as_ref().map(|raised| &raised.words);
        let answer = challenge.responses.last().map(|answer| &answer.words);
        let told = match (&challenge.closed, answer) {
            (Some(closed), _) => [Some(&closed.words), challenge.impact.as_ref()],
            (None, answer) => [answer, None],
        };
        let open = match (&challenge.closed, answer) {
            (Some(_), _) => None,
            (None, Some(_)) => Some("Still open.".to_owned()),
            (None, None) => Some("Not answered yet.".to_owned()),
        };
        let told = asked.into_iter().chain(told.into_iter().flatten());
        let sentences: Vec<String> = told.map(|words| sentence(words)).chain(open).collect();
        Some(EntryPoint {
            about: challenge.id.clone(),
            actions: vec![challenge.id.clone()],
            words: sentences.join(" "),
            by: None,
            date: Some(newest.date),
        })
    });
    AspectPart {
        points: points.collect(),
        ..AspectPart::default()
    }
}
