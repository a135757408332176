//! What is asked for and nobody has agreed to: what a meeting is to decide.

use serde::Serialize;

use super::brief::Brief;
use super::item::Item;
use crate::calendar::Day;
use crate::document::{Cell, Col, running, short, words};
use crate::plan::Status;
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
    let asked = row.standing.asked;
    let deadline = asked.timescale.map(|ask| {
        let from = row.standing.timescale;
        let from = from.map_or("none", |deadline| deadline.text.as_str());
        let words = format!("new deadline {} in place of {from}", ask.value.text);
        (ask.entry, words)
    });
    let owners = asked.owners.map(|ask| {
        let names = ask.value.iter().map(|id| brief.board().group_name(id));
        let words = format!("other owners: {}", names.collect::<Vec<_>>().join(", "));
        (ask.entry, words)
    });
    let status = asked.status.map(|ask| {
        let words = match ask.value {
            Status::Paused => "pause it",
            Status::Withdrawn => "withdraw it",
            Status::CarriedForward => "carry it forward",
            Status::Complete => "count it as complete",
            other => other.word(),
        };
        (ask.entry, words.to_owned())
    });
    let asks = [
        ("timescale", deadline),
        ("owners", owners),
        ("status", status),
    ];
    let decision = |(field, asked): (&'static str, Option<(usize, String)>)| {
        let (at, what) = asked?;
        let entry = &row.board.entries[at];
        let by = entry.by.as_deref();
        Some(Decision {
            item: brief.item(row),
            asks: field,
            what,
            reason: entry.reason.as_ref().map(|reason| reason.value.clone()),
            asked_by: by.map(|id| brief.board().group_name(id).to_owned()),
            date: entry.date.map(|date| date.value),
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
