//! What is asked for and nobody has agreed to: what a meeting is to decide.

use serde::Serialize;

use super::asked::{asked_day, status_words};
use super::brief::Brief;
use super::item::Item;
use super::newest::spoken;
use crate::calendar::Day;
use crate::document::{Line, Tone, piece};
use crate::plan::{About, Entry};
use crate::select::Row;
use crate::words::{capitalised, continued, first_sentence, sentence, with_article};

/// One thing asked for of an action.
#[derive(Clone, Debug, Serialize)]
pub struct RequestedDecision {
    #[serde(flatten)]
    pub item: Item,
    /// `timescale`, `owners` or `status`: the field of the entry that asks.
    pub asks: &'static str,
    /// What is asked for, in words.
    pub what: String,
    pub reason: Option<String>,
    pub asked_by: Option<String>,
    pub date: Option<Day>,
    /// The other days that are asked for: each who, when, and what.
    pub others: Vec<OtherRequest>,
}

/// Another day that an owner asks for, which a later request of somebody else hides.
#[derive(Clone, Debug, Serialize)]
pub struct OtherRequest {
    pub what: String,
    pub asked_by: Option<String>,
    pub date: Option<Day>,
}

/// The last day that each other group asked for since the last decision about the action, where it is
/// another than the one asked for last.
fn others(brief: &Brief, row: &Row, last: &Entry) -> Vec<OtherRequest> {
    let is_of_the_same = |entry: &&Entry| match (&entry.about, &last.about) {
        (About::One(id), About::One(other)) => id.value == other.value,
        _ => false,
    };
    let since = brief
        .history(row)
        .rev()
        .take_while(|entry| !entry.decides());
    let mut seen = vec![last.by.as_deref()];
    let mut others = Vec::new();
    for entry in since.filter(is_of_the_same) {
        let Some(deadline) = &entry.timescale else {
            continue;
        };
        let by = entry.by.as_deref();
        if seen.contains(&by) {
            continue;
        }
        seen.push(by);
        if asked_day(entry) != asked_day(last) {
            others.push(OtherRequest {
                what: deadline.text.value.to_string(),
                asked_by: by.map(|id| brief.board().group_name(id).to_owned()),
                date: entry.date.map(|date| date.value),
            });
        }
    }
    others
}

/// What is asked for of an open action, each with the entry that asked last.
pub fn decisions(brief: &Brief, row: &Row) -> Vec<RequestedDecision> {
    let asked = row.standing.asked;
    let deadline = asked.timescale.map(|ask| {
        let from = row.standing.timescale;
        let from = from.map_or("none", |deadline| deadline.text.as_str());
        let words = format!("new date {} instead of {from}", ask.value.text);
        (ask.entry, words)
    });
    let owners = asked.owners.map(|ask| {
        let names = ask.value.iter().map(|id| brief.board().group_name(id));
        let words = format!("other owners: {}", names.collect::<Vec<_>>().join(", "));
        (ask.entry, words)
    });
    let status = (asked.status).map(|ask| (ask.entry, status_words(ask.value)));
    let asks = [
        ("timescale", deadline),
        ("owners", owners),
        ("status", status),
    ];
    let decision = |(field, asked): (&'static str, Option<(usize, String)>)| {
        let (at, what) = asked?;
        let entry = &row.board.entries[at];
        let by = entry.by.as_deref();
        Some(RequestedDecision {
            item: brief.item(row),
            asks: field,
            what,
            reason: entry.reason.as_ref().map(|reason| reason.value.to_string()),
            asked_by: by.map(|id| brief.board().group_name(id).to_owned()),
            date: entry.date.map(|date| date.value),
            others: if field == "timescale" {
                others(brief, row, entry)
            } else {
                Vec::new()
            },
        })
    };
    asks.into_iter().filter_map(decision).collect()
}

impl RequestedDecision {
    /// What the chair reads out: "3.6 Advocates: new date June 2026 instead of January 2026? Asked by
    /// the Forum on 3 February, because …. Now: …".
    pub fn line(&self, today: Day) -> Line {
        let item = &self.item;
        let by = self
            .asked_by
            .as_ref()
            .map(|by| format!(" by {}", with_article(by)));
        let date = self.date.map(|date| format!(" on {}", spoken(date, today)));
        let source: String = [by, date].into_iter().flatten().collect();
        let about = ["title", "action", "impact"].map(|name| item.facts.given.text(name));
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let because = match &self.reason {
            Some(reason) => format!("because {}", sentence(&continued(reason, &about.join(" ")))),
            None => "with no reason given.".to_owned(),
        };
        let mut line = vec![
            item.head(),
            piece(
                Tone::Plain,
                format!(": {}? Asked{source}, {because}", self.what),
            ),
        ];
        for other in &self.others {
            let (by, date) = (other.asked_by.as_deref(), other.date);
            let by = by.map_or("Somebody".to_owned(), with_article);
            let date = date.map(|date| format!(" on {}", spoken(date, today)));
            let date = date.unwrap_or_default();
            let text = format!(" {} asked{date} for {}.", capitalised(&by), other.what);
            line.push(piece(Tone::Plain, text));
        }
        if let Some(newest) = &item.newest {
            let now = first_sentence(&newest.words);
            line.push(piece(Tone::Plain, format!(" Now: {now}")));
        }
        line
    }
}
