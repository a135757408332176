//! What an adopted plan relies on and stands outside its file: school terms, meetings, groups, and what
//! the papers call those the board is for. It is held to like the plan itself.

use std::collections::{BTreeSet, HashMap};

use crate::calendar::{Day, Schedule};
use crate::finding::Finding;
use crate::plan::{Board, Deadline, DueSoon, Group, Plan, Text, WHOLE_BOARD};
use crate::source::Span;
use crate::words::one_line;

use super::changes::{self, SinceRevision, quoted};
use super::{Context, Rule};

/// Compares a board's document with what it was, as far as an adopted plan relies on it.
pub fn check(rule: &Rule, context: &Context, since: &SinceRevision) -> Vec<Finding> {
    let (then, now) = (&since.before.board, context.board);
    let plans: Vec<(&Plan, &Plan)> = (since.frozen())
        .filter_map(|(then, change)| Some((then, change.now?)))
        .collect();
    let (Some(_), Some(at), false) = (then.at, now.at, plans.is_empty()) else {
        return Vec::new();
    };
    let boards = Boards {
        rule,
        since,
        then,
        now,
        at,
    };
    let mut findings = Vec::new();
    findings.extend(boards.terms(&plans));
    findings.extend(boards.meetings(&plans));
    findings.extend(boards.people());
    findings.extend(boards.groups(&plans));
    findings
}

/// The two states of a board.
struct Boards<'r> {
    rule: &'r Rule,
    since: &'r SinceRevision<'r>,
    then: &'r Board,
    now: &'r Board,
    /// The head of the board's document as it is.
    at: Span,
}

impl Boards<'_> {
    fn finding(&self, at: Option<Span>, key: &str, message: String, right: &str) -> Finding {
        changes::finding(self.rule, at.unwrap_or(self.at), key, message, right)
    }

    /// Words of a deadline that mean other days, though nobody touched them.
    fn terms(&self, plans: &[(&Plan, &Plan)]) -> Option<Finding> {
        if self.then.terms == self.now.terms {
            return None;
        }
        let mut moved: BTreeSet<String> = BTreeSet::new();
        for (then, now) in plans.iter().filter(|(then, now)| then.period == now.period) {
            let before: HashMap<&str, _> = deadlines(self.then, then)
                .filter_map(|deadline| Some((deadline.text.as_str(), days(deadline)?)))
                .collect();
            moved.extend(deadlines(self.now, now).filter_map(|deadline| {
                let (was, is) = (*before.get(deadline.text.as_str())?, days(deadline)?);
                (was != is).then(|| {
                    format!(
                        "{} ended on {} and ends on {}",
                        quoted(&deadline.text),
                        was.1.long(),
                        is.1.long()
                    )
                })
            }));
        }
        let (first, more) = (moved.first()?, moved.len() - 1);
        let more = if more > 0 {
            format!(", and {more} more")
        } else {
            String::new()
        };
        let message = format!(
            "the school terms were changed since {}, and move deadlines: {first}{more}",
            self.since.name
        );
        let right = "put them back: a deadline is moved by an entry";
        Some(self.finding(self.now.terms_at, "terms", message, right))
    }

    /// The board's meetings, where they decide what is due soon or when a report is owed.
    fn meetings(&self, plans: &[(&Plan, &Plan)]) -> Option<Finding> {
        let relies = |plan: &Plan| {
            matches!(plan.policy.due_soon, DueSoon::NextMeeting)
                || plan.deadlines().any(|(_, read)| read.is_every_meeting())
        };
        let then = self.then.schedule(WHOLE_BOARD)?;
        let now = self.now.schedule(WHOLE_BOARD);
        if now == Some(then) || !plans.iter().any(|(plan, _)| relies(plan)) {
            return None;
        }
        let what = match (then, now) {
            (Schedule::Dates(then), Some(Schedule::Dates(now))) => {
                let gone = then.iter().filter(|day| !now.contains(day));
                let gone: Vec<String> = gone.map(|day| day.long()).collect();
                if gone.is_empty() {
                    // Meetings may be added.
                    return None;
                }
                format!("the board no longer meets on {}", gone.join(", "))
            }
            (_, None) => "when the board meets is no longer said".to_owned(),
            _ => "when the board meets was changed".to_owned(),
        };
        let message = format!("{what}, since {}: it decides what is due", self.since.name);
        let right = "put it back, and add the new meetings beside the old";
        Some(self.finding(self.now.meetings_at, "meetings", message, right))
    }

    fn people(&self) -> Option<Finding> {
        let words = |board: &Board| board.people.as_ref().map(|text| one_line(text));
        let (was, is) = (words(self.then), words(self.now));
        let message = format!(
            "whom the board is for was {} since {}, and is {}",
            quoted(was.as_deref().unwrap_or(self.then.people())),
            self.since.name,
            quoted(is.as_deref().unwrap_or(self.now.people()))
        );
        let at = self.now.people.as_ref().map(|text| text.at);
        let right = "put it back: papers that were tabled say it";
        (was != is).then(|| self.finding(at, "people", message, right))
    }

    /// The groups that the plans name, and those that these stand for.
    fn groups(&self, plans: &[(&Plan, &Plan)]) -> Vec<Finding> {
        let shared = plans.iter().flat_map(|(plan, _)| plan.shared());
        let named = shared.flat_map(|shared| shared.owners.iter().flatten().chain(&shared.lead));
        let named: BTreeSet<&str> = named.flat_map(|id| self.then.within(id.as_str())).collect();
        let both = named.into_iter().filter_map(|id| self.then.group(id));
        both.flat_map(|then| self.group(then, self.now.group(&then.id)))
            .collect()
    }

    fn group(&self, then: &Group, now: Option<&Group>) -> Vec<Finding> {
        let (id, since) = (&then.id, self.since.name);
        let Some(now) = now else {
            let message =
                format!("the group `{id}` is gone since {since}; an adopted plan names it");
            let right = "put it back under its key";
            return vec![self.finding(None, id, message, right)];
        };
        let mut findings = Vec::new();
        let name = |group: &Group| group.name.as_ref().unwrap_or(&group.id).value.clone();
        let (was, is) = (name(then), name(now));
        // A new name of the same body keeps the old one.
        let kept = now.aka.iter().any(|aka| one_line(aka) == one_line(&was));
        if one_line(&was) != one_line(&is) && !kept {
            let message = format!(
                "the group `{id}` was called {} since {since}, and is called {}",
                quoted(&was),
                quoted(&is)
            );
            let right = "give another body a key of its own; where it is the same body under a new name, \
                         keep the old name in `aka`";
            let at = now.name.as_ref().map_or(now.id.at, |name| name.at);
            findings.push(self.finding(Some(at), id, message, right));
        }
        let members = |group: &Group| -> BTreeSet<String> {
            group
                .members
                .iter()
                .map(|text| text.value.to_string())
                .collect()
        };
        let (was, is) = (members(then), members(now));
        if was != is {
            let message = format!(
                "the group `{id}` stood for {} since {since}, and stands for {}",
                list(&was),
                list(&is)
            );
            let right = "put the members back: an adopted plan gives them its actions";
            let at = now.members.first().map_or(now.id.at, |text: &Text| text.at);
            findings.push(self.finding(Some(at), id, message, right));
        }
        findings
    }
}

/// The deadlines of a plan and of the entries about it.
fn deadlines<'b>(board: &'b Board, plan: &'b Plan) -> impl Iterator<Item = &'b Deadline> {
    let baseline = plan.deadlines().map(|(deadline, _)| deadline);
    let index = board.plan(&plan.stem);
    let entries = board
        .entries
        .iter()
        .filter(move |entry| entry.plan == index);
    baseline.chain(entries.filter_map(|entry| entry.timescale.as_ref()))
}

/// The first and the last day that a deadline's words mean.
fn days(deadline: &Deadline) -> Option<(Option<Day>, Day)> {
    let read = deadline.timescale()?;
    Some((read.start(), read.last_day()?))
}

fn list(ids: &BTreeSet<String>) -> String {
    if ids.is_empty() {
        return "no others".to_owned();
    }
    ids.iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}
