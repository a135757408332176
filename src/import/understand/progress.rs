//! Columns of status, RAG and progress → a first report, dated as the user says.

use std::collections::HashMap;

use super::fields::Field;
use super::structure::{Action, Outline};
use super::tables::{self, Value};
use super::{Wishes, short};
use crate::import::Refusal;
use crate::import::account::Account;
use crate::plan::{Rag, Status};

/// An entry of the first report.
#[derive(Debug, Default)]
pub struct Entry {
    pub action: String,
    pub rag: Option<Rag>,
    pub status: Option<Status>,
    pub done: Option<String>,
    pub voice: Option<String>,
    pub next: Option<String>,
    pub note: Option<String>,
}

/// The entries that the progress columns make. Errors: progress, and no day on which it was reported.
pub fn entries(
    outline: &Outline,
    key: &HashMap<String, String>,
    wishes: &Wishes,
    name: &str,
    account: &mut Account,
) -> Result<Vec<Entry>, Refusal> {
    let actions = outline
        .priorities
        .iter()
        .flat_map(|priority| &priority.objectives)
        .flat_map(|objective| &objective.actions);
    let mut entries = Vec::new();
    for action in actions {
        let entry = entry(action, key, account);
        if let Some(entry) = entry {
            entries.push(entry);
        }
    }
    if !entries.is_empty() && wishes.reported.is_none() {
        return Err(format!(
            "{name} says how {} actions stand, and not on which day; say it with --reported 2018-01-16",
            entries.len()
        )
        .into());
    }
    Ok(entries)
}

fn entry(action: &Action, key: &HashMap<String, String>, account: &mut Account) -> Option<Entry> {
    let mut entry = Entry {
        action: action.id.clone(),
        ..Entry::default()
    };
    let mut notes = Vec::new();
    let progress = action
        .values
        .iter()
        .filter(|(field, _)| field.is_progress());
    for (field, value) in
        progress.flat_map(|(field, found)| found.iter().map(move |value| (*field, value)))
    {
        match field {
            Field::Rag | Field::Status => entry.rate(field, value, key, &mut notes, account),
            Field::Done => add(&mut entry.done, &value.text),
            Field::Next => add(&mut entry.next, &value.text),
            _ => add(&mut entry.voice, &value.text),
        }
    }
    // Blue is complete: beside another status the status counts, and the colour is only told.
    if entry.rag == Some(Rag::Blue)
        && entry
            .status
            .is_some_and(|status| status != Status::Complete)
    {
        entry.rag = None;
        notes.push("RAG: blue".into());
    }
    // An action is complete when its milestones are, and each would have to say so.
    let complete = entry.rag == Some(Rag::Blue) || entry.status == Some(Status::Complete);
    if complete && !action.milestones.is_empty() {
        (entry.rag, entry.status) = (None, None);
        notes.push("Status: complete".into());
    }
    for note in notes {
        add(&mut entry.note, &note);
    }
    let says = entry.rag.is_some() || entry.status.is_some() || entry.note.is_some();
    let words = entry.done.is_some() || entry.voice.is_some() || entry.next.is_some();
    (says || words).then_some(entry)
}

fn add(to: &mut Option<String>, text: &str) {
    if text.is_empty() {
        return;
    }
    *to = Some(match to.take() {
        None => text.to_owned(),
        Some(before) => format!("{before}\n\n{text}"),
    });
}

impl Entry {
    /// Reads a rating or a status; words that are neither are kept as a note.
    fn rate(
        &mut self,
        field: Field,
        value: &Value,
        key: &HashMap<String, String>,
        notes: &mut Vec<String>,
        account: &mut Account,
    ) {
        let text = value.text.trim();
        if text.is_empty() {
            if let Some(rag) = value
                .shade
                .as_deref()
                .and_then(of_colour)
                .filter(|_| field == Field::Rag)
            {
                self.rag = Some(rag);
            }
            return;
        }
        // Grey rates nothing.
        if field == Field::Rag && ["grey", "gray"].contains(&tables::plain(text).as_str()) {
            account.put(
                value.item,
                format!("no entry about {}: grey rates nothing", self.action),
            );
            return;
        }
        let meant = key
            .get(&tables::plain(text))
            .cloned()
            .unwrap_or_else(|| text.to_owned());
        let (rag, status) = (rag(&meant), status(&meant));
        match (rag, status) {
            (Some(rag), _) if self.rag.is_none() => self.rag = Some(rag),
            (None, Some(status)) if self.status.is_none() && !status.needs_agreement() => {
                self.status = Some(status)
            }
            _ => {
                let name = if field == Field::Rag { "RAG" } else { "Status" };
                notes.push(format!("{name}: {text}"));
                account.note(
                    value.item,
                    format!(
                        "\"{}\" is no rating or status that is known; it is kept as a note",
                        short(text)
                    ),
                );
                return;
            }
        }
        // Whatever is more than the word itself is kept.
        if meant != text {
            notes.push(format!(
                "{}: {text}",
                if field == Field::Rag { "RAG" } else { "Status" }
            ));
        }
    }
}

/// A rating by its word or its letter.
fn rag(text: &str) -> Option<Rag> {
    let word = tables::plain(text);
    Some(match word.as_str() {
        "r" | "red" => Rag::Red,
        "a" | "amber" | "yellow" | "orange" => Rag::Amber,
        "g" | "green" => Rag::Green,
        "b" | "blue" => Rag::Blue,
        _ => return None,
    })
}

/// A status by the words that boards have for it.
fn status(text: &str) -> Option<Status> {
    let word = tables::plain(text);
    Some(match word.as_str() {
        "notstarted" | "notyetstarted" | "notbegun" | "tobestarted" | "notcommenced"
        | "outstanding" => Status::NotStarted,
        "inprogress" | "started" | "ongoing" | "underway" | "ontrack" | "progressing"
        | "commenced" | "begun" | "open" | "partiallycomplete" | "partlycomplete"
        | "partlydone" | "nearlycomplete" | "nearcompletion" => Status::InProgress,
        "complete" | "completed" | "done" | "closed" | "achieved" | "finished" => Status::Complete,
        _ => return Status::parse(text),
    })
}

/// The rating that a colour is: by which of red, green and blue it has most.
fn of_colour(figures: &str) -> Option<Rag> {
    let part = |from: usize| u8::from_str_radix(figures.get(from..from + 2)?, 16).ok();
    let (red, green, blue) = (part(0)?, part(2)?, part(4)?);
    let strong = |one: u8, other: u8| i16::from(one) - i16::from(other) > 60;
    if strong(blue, red) && i16::from(blue) - i16::from(green) > 30 {
        Some(Rag::Blue)
    } else if strong(red, blue) && green >= 100 && !strong(green, red) {
        Some(Rag::Amber)
    } else if strong(red, green) && strong(red, blue) {
        Some(Rag::Red)
    } else if strong(green, blue) || strong(green, red) {
        Some(Rag::Green)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_ratings_where_they_are_plain() {
        let read = |figures| of_colour(figures);
        assert_eq!(
            [
                "FF0000", "C00000", "FFC000", "FFFF00", "00B050", "92D050", "0070C0", "FFFFFF",
                "D9D9D9"
            ]
            .map(read),
            [
                Some(Rag::Red),
                Some(Rag::Red),
                Some(Rag::Amber),
                Some(Rag::Amber),
                Some(Rag::Green),
                Some(Rag::Green),
                Some(Rag::Blue),
                None,
                None,
            ]
        );
    }
}
