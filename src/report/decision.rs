//! What is asked for and nobody has agreed to: what a meeting is to decide.

use serde::Serialize;

use super::brief::Brief;
use super::item::Item;
use crate::calendar::Day;
use crate::document::{Cell, Col, running, short, words};
use crate::plan::{Entry, Status};
use crate::select::Row;

/// One thing asked for of an action.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    #[serde(flatten)]
    pub item: Item,
    /// `timescale`, `owners` or `status`: the field of the entry that asks.
    pub asks: &'static str,
    /// What is asked for, in words.
    pub what: String,
    pub reason: Option<String>,
    pub asked_by: Option<String>,
    pub date: Option<Day>,
}

/// What is asked for of an open action, each with the entry that asked last.
pub fn decisions(brief: &Brief, row: &Row) -> Vec<Decision> {
    if !row.standing.status.is_open() {
        return Vec::new();
    }
    let asked = row.standing.asked;
    let deadline = asked.timescale.map(|deadline| {
        let from = row.standing.timescale;
        let from = from.map_or("none", |deadline| deadline.text.as_str());
        format!("new deadline {} in place of {from}", deadline.text)
    });
    let owners = asked.owners.map(|owners| {
        let names = owners.iter().map(|id| brief.board().group_name(id));
        format!("other owners: {}", names.collect::<Vec<_>>().join(", "))
    });
    let status = asked.status.map(|status| match status {
        Status::Paused => "pause it".to_owned(),
        Status::Withdrawn => "withdraw it".to_owned(),
        Status::CarriedForward => "carry it forward".to_owned(),
        other => other.word().to_owned(),
    });
    type Gives = fn(&Entry) -> bool;
    let asks: [(&str, Option<String>, Gives); 3] = [
        ("timescale", deadline, |entry| entry.timescale.is_some()),
        ("owners", owners, |entry| entry.owners.is_some()),
        ("status", status, |entry| {
            entry
                .status
                .is_some_and(|status| status.value.needs_agreement())
        }),
    ];
    let entries = || {
        row.standing
            .history
            .iter()
            .map(|&at| &row.board.entries[at])
    };
    let decision = |(field, what, gives): (&'static str, Option<String>, Gives)| {
        let mut asking = entries().filter(|entry| entry.agreed.is_none() && gives(entry));
        let entry = asking.next_back();
        let by = entry.and_then(|entry| entry.by.as_deref());
        Some(Decision {
            item: brief.item(row),
            asks: field,
            what: what?,
            reason: entry.and_then(|entry| Some(entry.reason.as_ref()?.value.clone())),
            asked_by: by.map(|id| brief.board().group_name(id).to_owned()),
            date: entry.and_then(|entry| Some(entry.date?.value)),
        })
    };
    asks.into_iter().filter_map(decision).collect()
}

pub const DECISIONS: &[Col<Decision>] = &[
    short("action", |it| it.item.id()),
    words("requested", |it| Cell::text(&it.what)),
    running("reason", |it| {
        Cell::text(it.reason.as_deref().unwrap_or("no reason given"))
    }),
    words("asked by", |it| Cell::maybe(it.asked_by.as_deref())),
    short("on", |it| Cell::day(it.date)),
    running("what", |it| it.item.what()),
];
