//! What entries ask for, in words, and which one a decision answers.

use crate::plan::{Board, Entry, Status};
use crate::words::listed;

/// What an entry asks for or decides, in words: "new date June 2026", "pause it".
pub fn asked_words(board: &Board, entry: &Entry) -> Option<String> {
    let deadline = entry.timescale.as_ref();
    let deadline = deadline.map(|deadline| format!("new date {}", deadline.text));
    let owners = entry.owners.as_ref().map(|owners| {
        let names: Vec<&str> = owners.iter().map(|id| board.group_name(id)).collect();
        format!("other owners: {}", listed(&names))
    });
    // A report that work has begun or goes on asks for nothing; beside `agreed` it is decided.
    let asks = |status: &Status| {
        entry.decides() || !matches!(status, Status::NotStarted | Status::InProgress)
    };
    let status = entry.reported_status().map(|status| status.value);
    let status = status.filter(asks);
    let status = status.map(status_words);
    let all = [deadline, owners, status].into_iter().flatten();
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| listed(&all))
}

pub fn status_words(status: Status) -> String {
    match status {
        Status::Paused => "pause it".into(),
        Status::Withdrawn => "withdraw it".into(),
        Status::CarriedForward => "carry it forward".into(),
        Status::Complete => "call it complete".into(),
        open => format!("call it {open}"),
    }
}

/// Of the entries before a decision, the last that asked for the very same; where nobody did, for the same
/// kind of thing: several owners may have asked, each for another day.
pub fn asker<'e>(before: &[&'e Entry], decision: &Entry) -> Option<&'e Entry> {
    let asks = |entry: &&&Entry| entry.agreed.is_none() && entry.refused.is_none();
    let names_any =
        decision.timescale.is_some() || decision.owners.is_some() || decision.status.is_some();
    let same = |entry: &&&Entry| {
        let status = entry
            .status
            .is_some_and(|status| status.value.needs_agreement());
        if names_any {
            (decision.timescale.is_some() && entry.timescale.is_some())
                || (decision.owners.is_some() && entry.owners.is_some())
                || (decision.status.is_some() && status)
        } else {
            entry.timescale.is_some() || entry.owners.is_some() || status
        }
    };
    let asked = before.iter().rev().filter(asks).filter(same).copied();
    let the_very_same = |entry: &&Entry| names_any && gives_what(entry, decision);
    asked.clone().find(the_very_same).or(asked.clone().next())
}

/// Whether an entry gives the day, the owners and the status that a decision names.
fn gives_what(entry: &Entry, decision: &Entry) -> bool {
    let owners = |entry: &Entry| -> Option<Vec<String>> {
        let owners = entry.owners.as_ref()?.iter();
        Some(owners.map(|id| id.value.to_string()).collect())
    };
    let status = |entry: &Entry| entry.status.map(|status| status.value);
    (decision.timescale.is_none() || asked_day(entry) == asked_day(decision))
        && (decision.owners.is_none() || owners(entry) == owners(decision))
        && (decision.status.is_none() || status(entry) == status(decision))
}

/// The day that an entry asks for, however it writes it; what is no day, as it is written.
pub fn asked_day(entry: &Entry) -> Option<String> {
    let deadline = entry.timescale.as_ref()?;
    let day = deadline.timescale().and_then(|it| it.last_day());
    Some(day.map_or_else(|| deadline.text.value.to_string(), |day| day.to_string()))
}
