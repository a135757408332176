//! Deadlines that stand within texts: several in one cell, or in an action's own sentences.

use super::{Action, Milestone};
use crate::timescale::{Context, Timescale};

impl Action {
    /// Deadlines that stand in an action's own sentences, where the table has no column for them:
    /// "… by 29 June 2019". One is its timescale; several are its milestones.
    pub(super) fn deadlines(&mut self, context: &Context) {
        let Some(text) = self.own.action.clone().or_else(|| self.impact.clone()) else {
            return;
        };
        let found = deadlines(&text, context);
        match found.as_slice() {
            [] => {}
            [(_, timescale)] => {
                self.own.timescale = Some(timescale.clone());
                self.readable = true;
            }
            several => self.milestones = lettered(&self.id, several),
        }
    }
}

/// Milestones with ids made of their action's and a letter.
fn lettered(id: &str, found: &[(String, String)]) -> Vec<Milestone> {
    let letters = ('a'..='z').map(|letter| format!("{id}{letter}"));
    let milestones = letters.zip(found);
    milestones
        .map(|(id, (title, timescale))| Milestone {
            id,
            title: Some(title.clone()),
            timescale: timescale.clone(),
        })
        .collect()
}

/// Deadlines that stand below each other in one cell, each with what is then reached: "29 June 2019:
/// Published".
pub(super) fn milestones(text: &str, id: &str, context: &Context) -> Vec<Milestone> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let read = lines.iter().map(|line| {
        let (when, what) = line.trim_start_matches("- ").split_once(": ")?;
        Timescale::parse(when, context).ok()?;
        Some((what.to_owned(), when.to_owned()))
    });
    match read.collect::<Option<Vec<_>>>() {
        Some(found) if found.len() > 1 && found.len() <= 26 => lettered(id, &found),
        _ => Vec::new(),
    }
}

/// The clauses of a text that end in "by" and a day that can be read, each with its words and its
/// timescale.
fn deadlines(text: &str, context: &Context) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while at < words.len() {
        if words[at].ends_with(['.', ';']) {
            begin = at + 1;
        }
        if words[at] == "by"
            && let Some((end, timescale)) = longest_timescale(&words, at, context)
        {
            let clause = words[begin..at].join(" ");
            let clause = clause
                .trim_start_matches("and ")
                .trim_start_matches("with ")
                .to_owned();
            found.push((clause, timescale));
            begin = end;
            at = end;
            continue;
        }
        at += 1;
    }
    found
}

/// The longest run of words after "by" that is a timescale with a day; the end of its sentence ends it.
fn longest_timescale(words: &[&str], by: usize, context: &Context) -> Option<(usize, String)> {
    let most = (by + 8).min(words.len());
    let stop = (by + 1..most)
        .find(|&at| words[at].ends_with(['.', ',', ';']))
        .map_or(most, |at| at + 1);
    (by + 2..=stop).rev().find_map(|end| {
        let phrase = words[by..end].join(" ");
        let phrase = phrase.trim_end_matches(['.', ',', ';']);
        let read = Timescale::parse(phrase, context).ok()?;
        let dated = read.last_day().is_some() && read.condition().is_none();
        dated.then(|| (end, phrase.to_owned()))
    })
}
