//! Deadlines that stand within texts: several in one cell, or in an action's own sentences.

use super::super::cells::only;
use super::super::fields::Field;
use super::super::ids::{self, Sure};
use super::super::when::{anything, dated, longest_timescale};
use super::{DraftAction, DraftMilestone};
use crate::import::account::Account;
use crate::import::blocks::{Block, Table};
use crate::timescale::{Timescale, TimescaleContext, parse_date};
use crate::words::has_one_of;

impl DraftAction {
    /// Deadlines that stand in an action's own sentences, where the table has no column for them:
    /// "… by 29 June 2019". One is its timescale; several are its milestones.
    pub(super) fn deadlines(&mut self, context: &TimescaleContext) {
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

/// A deadline that a heading gives to what stands below it: its words, and the heading's number in the account.
#[derive(Clone, Debug)]
pub struct Due {
    timescale: String,
    item: usize,
}

impl DraftAction {
    /// Takes the deadline of the heading that it stands under, where it has none of its own.
    pub(super) fn due_as_above(&mut self, account: &mut Account) {
        let Some(due) = self.due_above.take() else {
            return;
        };
        let has_own = self.text(Field::Timescale).is_some() || !self.milestones.is_empty();
        if has_own || self.own.timescale.is_some() {
            return;
        }
        let note = format!(
            "its deadline, \"{}\", is that of the actions below it that have none of their own",
            due.timescale
        );
        account.note(due.item, note);
        self.own.timescale = Some(due.timescale);
        self.readable = true;
    }
}

/// The deadline that the text right over a table gives its rows: of the headings and paragraphs between it and
/// the table before, the nearest that gives one.
pub(super) fn over(before: &[Block], context: &TimescaleContext) -> Option<Due> {
    let mut texts = before.iter().rev().map_while(|block| match block {
        Block::Heading(_, piece) => Some((piece, true)),
        Block::Paragraph(piece) => Some((piece, false)),
        Block::Table(_) => None,
    });
    texts.find_map(|(piece, is_heading)| {
        let short = piece.text.split_whitespace().count() <= MOST_WORDS;
        let due = short.then(|| of_heading(&piece.text, piece.item, context))?;
        due.filter(|due| is_heading || due.timescale != piece.text)
    })
}

/// Whether the text right over a table, or a heading within it, gives its rows their deadline.
pub fn has_deadline_over(before: &[Block], table: &Table) -> bool {
    let mut alone = table.rows.iter().filter_map(|row| only(row));
    over(before, &anything()).is_some()
        || alone.any(|(_, cell)| of_heading(&cell.text, cell.item, &anything()).is_some())
}

/// How many words a text over a table has at most that gives its rows their deadline.
const MOST_WORDS: usize = 25;

/// The deadline that a heading gives: "Short term (to be completed by June 2006)", "By March 2026", "Summer term
/// 2019". That a board wants something by a year is none.
pub(super) fn of_heading(text: &str, item: usize, context: &TimescaleContext) -> Option<Due> {
    const DONE: &str = "complete completed completion achieve achieved achievable deliver delivered implement \
        implemented done due target targets deadline finished";
    let lower = text.to_lowercase();
    let timescale = if has_one_of(text, DONE) || lower.starts_with("by ") {
        let plain = text.replacen("By ", "by ", 1);
        deadlines(&plain, context)
            .pop()
            .map(|(_, timescale)| timescale)
    } else {
        let is_day = parse_date(text).is_ok();
        let named = !is_day && text.contains(char::is_alphabetic);
        (named && dated(text, context).is_some()).then(|| text.to_owned())
    };
    timescale.map(|timescale| Due { timescale, item })
}

/// Milestones with ids made of their action's and a letter.
fn lettered(id: &str, found: &[(String, String)]) -> Vec<DraftMilestone> {
    let letters = ('a'..='z').map(|letter| format!("{id}{letter}"));
    let milestones = letters.zip(found);
    milestones
        .map(|(id, (title, timescale))| DraftMilestone {
            id,
            title: Some(title.clone()).filter(|title| !title.is_empty()),
            timescale: timescale.clone(),
        })
        .collect()
}

/// Deadlines that stand below each other in one cell, each with what is then reached: "29 June 2019:
/// Published".
pub(super) fn milestones(text: &str, id: &str, context: &TimescaleContext) -> Vec<DraftMilestone> {
    // "Draft: May 2017; final: July 2017" stands in one line.
    let signs = ["\n", ";", ". ", ", ", " & ", " and "].into_iter();
    let mut signs = signs.filter(|sign| text.contains(sign)).peekable();
    let is_whole = !text.contains('\n') && Timescale::parse(text, context).is_ok();
    if signs.peek().is_none() || is_whole {
        return Vec::new();
    }
    let mut found = signs.filter_map(|sign| each_with_a_day(text.split(sign), context));
    let several = found.find(|found| found.len() > 1);
    lettered(id, &several.unwrap_or_default())
}

/// The steps of an action that a cell numbers, each with the day that the cell beside it has under its number.
pub(super) fn numbered_steps(
    action: &str,
    days: &str,
    id: &str,
    context: &TimescaleContext,
) -> Vec<DraftMilestone> {
    let (steps, days) = (numbered_lines(action), numbered_lines(days));
    let (Some(steps), Some(days)) = (steps, days) else {
        return Vec::new();
    };
    let is_beside = steps.len() == days.len()
        && steps
            .iter()
            .zip(&days)
            .all(|(step, day)| step.0 == day.0 && dated(day.1, context).is_some());
    if !is_beside || steps.len() > 26 {
        return Vec::new();
    }
    let both = steps.iter().zip(&days);
    let found: Vec<(String, String)> = both
        .map(|(step, day)| (step.1.to_owned(), day.1.to_owned()))
        .collect();
    lettered(id, &found)
}

/// The lines of a text with their numbers, where there are several and each has one.
fn numbered_lines(text: &str) -> Option<Vec<(&str, &str)>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let numbered = |line| {
        let (number, rest, sure) = ids::leading(line)?;
        (sure == Sure::Yes && !rest.is_empty()).then_some((number, rest))
    };
    let found: Option<Vec<_>> = lines.map(numbered).collect();
    found.filter(|found| found.len() > 1)
}

/// The steps of a cell, where each of its lines says when it is to be reached.
pub(super) fn steps(text: &str, id: &str, context: &TimescaleContext) -> Vec<DraftMilestone> {
    lettered(
        id,
        &each_with_a_day(text.lines(), context).unwrap_or_default(),
    )
}

/// Each of several lines as what is reached and when; none where a line does not say that.
fn each_with_a_day<'t>(
    lines: impl Iterator<Item = &'t str>,
    context: &TimescaleContext,
) -> Option<Vec<(String, String)>> {
    let lines = lines.filter(|line| !line.trim().is_empty());
    let found: Option<Vec<_>> = lines.map(|line| with_a_day(line, context)).collect();
    found.filter(|found| found.len() <= 26)
}

/// "29 June 2019: Published", "Published – June 2019", "Published (June 2019)", "Published by June 2019".
fn with_a_day(line: &str, context: &TimescaleContext) -> Option<(String, String)> {
    let line = line.trim().trim_start_matches("- ");
    let is_sentence = line.ends_with('.');
    let line = line.trim_end_matches('.');
    let reads = |words: &str| dated(words, context).is_some();
    let two = |what: &str, when: &str| Some((what.trim().to_owned(), when.trim().to_owned()));
    if reads(line) {
        return two("", line);
    }
    if let Some((when, what)) = line.split_once(": ").filter(|(when, _)| reads(when)) {
        return two(what, when);
    }
    // "By 7 February 2026 ask the pupils"
    if let Some(rest) = line.strip_prefix("By ") {
        let words: Vec<&str> = std::iter::once("by")
            .chain(rest.split_whitespace())
            .collect();
        if let Some((end, when)) = longest_timescale(&words, 0, context) {
            let what = words[end..].join(" ");
            return (!what.is_empty()).then_some((what, when));
        }
    }
    let bracket = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('));
    let behind = [": ", " – ", " - ", " — ", ", "];
    let by = line.rfind(" by ").map(|at| line.split_at(at));
    let cut = (behind.into_iter()).filter_map(|sign| line.rsplit_once(sign));
    // "Phase 1 June 2019", and no sentence
    let names = line.match_indices(' ').map(|(at, _)| line.split_at(at));
    let is_name = |(what, _): &(&str, &str)| {
        let last = what.rsplit(' ').next().unwrap_or_default();
        !is_sentence && !has_one_of(last, "phase stage step part")
    };
    let names = names.take(3).filter(is_name);
    let mut cut = bracket.into_iter().chain(cut).chain(by).chain(names);
    let (what, when) = cut.find(|(what, when)| !what.trim().is_empty() && reads(when))?;
    two(what, when)
}

/// The clauses of a text that end in "by" and a day that can be read, each with its words and its
/// timescale.
pub(super) fn deadlines(text: &str, context: &TimescaleContext) -> Vec<(String, String)> {
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
