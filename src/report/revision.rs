//! The moves of an action's deadline: what it was, what it became, why, and who agreed.

use serde::Serialize;

use crate::calendar::Day;
use crate::document::{Cell, Col, deadlines, figures, running, short, words};
use crate::plan::{About, Action, ActionOrMilestone, Board, Deadline, Entry};
use crate::select::Row;

/// A new deadline that an entry gives, agreed or asked for.
#[derive(Clone, Debug, Serialize)]
pub struct NewDeadline {
    /// The action's id, or that of its milestone.
    pub id: String,
    pub date: Option<Day>,
    pub by: Option<String>,
    pub from: Option<String>,
    pub to: String,
    pub due_before: Option<Day>,
    pub due_after: Option<Day>,
    /// How many days later the new one is; negative when it is earlier, absent when either has no
    /// day.
    pub days: Option<i64>,
    pub reason: Option<String>,
    /// Who agreed; where nobody did, it is only asked for and the old one stands.
    pub agreed: Option<String>,
    /// Who had asked for what was agreed, and when.
    pub asked_by: Option<String>,
    pub asked: Option<Day>,
    /// Who refused what was asked for, when, and why.
    pub refused: Option<String>,
    pub refused_on: Option<Day>,
    pub refused_because: Option<String>,
    /// What tables call the action, where it is one of an earlier plan: "2.1.1 (2024-25)".
    #[serde(skip)]
    pub earlier: Option<String>,
    /// The first day on which it is there: what is agreed counts from the day after.
    #[serde(skip)]
    pub known_from: Option<Day>,
}

/// Every new deadline of an action up to the day that its standing is judged on, oldest first.
pub fn revisions(row: &Row) -> Vec<NewDeadline> {
    let action = row.action;
    let mut in_force: Vec<Option<&Deadline>> = adopted(row);
    let entries = row.standing.history.iter();
    let entries = entries.map(|&at| &row.board.entries[at]);
    let mut revisions = Vec::new();
    for entry in entries {
        let known_from = entry.decided_from().or(entry.date.map(|date| date.value));
        let is_known = known_from.is_some_and(|from| from <= row.standing.day);
        let Some(at) = slot(row, entry).filter(|_| is_known) else {
            continue;
        };
        let id = match at.checked_sub(1) {
            Some(milestone) => &action.milestones[milestone].id.value,
            None => &action.id.value,
        };
        if entry.refused.is_some() {
            refuse(&mut revisions, id, row.board, entry);
            continue;
        }
        let Some(new) = &entry.timescale else {
            continue;
        };
        let old = in_force[at];
        revisions.push(NewDeadline {
            id: id.to_string(),
            date: entry.date.map(|date| date.value),
            by: entry.by.as_deref().map(|id| name(row.board, id)),
            from: old.map(|deadline| deadline.text.value.to_string()),
            to: new.text.value.to_string(),
            due_before: day(old),
            due_after: day(Some(new)),
            days: day(Some(new))
                .zip(day(old))
                .map(|(new, old)| new.days_since(old)),
            reason: entry.reason.as_ref().map(|text| text.value.to_string()),
            agreed: entry.agreed.as_deref().map(|id| name(row.board, id)),
            asked_by: None,
            asked: None,
            refused: None,
            refused_on: None,
            refused_because: None,
            known_from,
            earlier: None,
        });
        if entry.agreed.is_some() {
            in_force[at] = Some(new);
        }
    }
    revisions
}

/// Marks what was asked for last as refused, where a refusal means the date: it names it, or names
/// nothing.
fn refuse(revisions: &mut [NewDeadline], id: &str, board: &Board, entry: &Entry) {
    let names_another = entry.owners.is_some() || entry.status.is_some();
    if entry.timescale.is_none() && names_another {
        return;
    }
    let mut last = revisions.iter_mut().rev().filter(|it| it.id == id);
    if let Some(request) = last.next().filter(|it| it.is_open()) {
        request.refused = entry.refused.as_deref().map(|by| name(board, by));
        request.refused_on = entry.date.map(|date| date.value);
        request.refused_because = entry.reason.as_ref().map(|reason| reason.value.to_string());
    }
}

/// The baseline's deadlines: the action's own first, then those of its milestones.
fn adopted<'b>(row: &Row<'b>) -> Vec<Option<&'b Deadline>> {
    let deadline = row.plan.baseline(row.action);
    let milestones = row.action.milestones.iter();
    let milestones = milestones.map(|milestone| milestone.timescale.as_ref());
    std::iter::once(deadline).chain(milestones).collect()
}

/// Which of an action's deadlines an entry moves: only an entry about that one alone moves any, and
/// one about an action with milestones moves none.
fn slot(row: &Row, entry: &Entry) -> Option<usize> {
    let About::One(id) = &entry.about else {
        return None;
    };
    let ActionOrMilestone { action, milestone } = *row.plan.index.get(id.as_str())?;
    let action: &Action = &row.plan.actions[action];
    match milestone {
        Some(milestone) => Some(milestone + 1),
        None => action.milestones.is_empty().then_some(0),
    }
}

fn day(deadline: Option<&Deadline>) -> Option<Day> {
    deadline?.timescale()?.last_day()
}

fn name(board: &Board, id: &str) -> String {
    board.group_name(id).to_owned()
}

impl NewDeadline {
    /// Whether it is asked for, and neither agreed nor refused.
    fn is_open(&self) -> bool {
        self.agreed.is_none() && self.refused.is_none()
    }

    /// Whether it was agreed and gives another date in place of a day.
    pub fn moves_a_day(&self) -> bool {
        self.is_move() && self.due_before.is_some()
    }

    /// Whether it was agreed and gives another date than the one before.
    pub fn is_move(&self) -> bool {
        self.agreed.is_some() && self.from.as_deref() != Some(self.to.as_str())
    }
}

/// The moves that were agreed, each with who had asked for it: a request and its approval are one.
pub fn moves(all: &[NewDeadline]) -> Vec<NewDeadline> {
    let agreed = all.iter().enumerate().filter(|(_, it)| it.is_move());
    let moves = agreed.map(|(at, it)| {
        let before = all[..at].iter().rev();
        let requests = before.filter(|other| other.id == it.id && other.is_open());
        let the_very_same = requests.clone().find(|other| {
            other.to == it.to || (it.due_after.is_some() && other.due_after == it.due_after)
        });
        let request = the_very_same.or_else(|| requests.clone().next());
        NewDeadline {
            asked_by: request.and_then(|request| request.by.clone()),
            asked: request.and_then(|request| request.date),
            ..it.clone()
        }
    });
    moves.collect()
}

/// The requests for another date that nobody agreed to since: the last of each deadline.
pub fn requests(all: &[NewDeadline]) -> Vec<NewDeadline> {
    let pending = all.iter().enumerate().filter(|(at, it)| {
        let later = &all[at + 1..];
        it.is_open() && !later.iter().any(|other| other.id == it.id)
    });
    pending.map(|(_, it)| it.clone()).collect()
}

/// The requests for another date that were refused.
pub fn refusals(all: &[NewDeadline]) -> Vec<NewDeadline> {
    let refused = all.iter().filter(|it| it.refused.is_some());
    refused.cloned().collect()
}

/// An action by its number; one of an earlier plan with that plan's period.
fn called(revision: &NewDeadline) -> Cell {
    Cell::text(revision.earlier.as_ref().unwrap_or(&revision.id))
}

pub const MOVES: &[Col<NewDeadline>] = &[
    short("action", called),
    deadlines("from", |it| {
        Cell::text(it.from.as_deref().unwrap_or("none"))
    }),
    deadlines("to", |it: &NewDeadline| Cell::text(&it.to)).below(),
    figures("days", |it| Cell::number(it.days)),
    running("reason", |it| {
        Cell::text(it.reason.as_deref().unwrap_or("no reason given"))
    }),
    words("requested by", |it| Cell::maybe(it.asked_by.as_deref())),
    short("requested on", |it: &NewDeadline| Cell::day(it.asked)).below(),
    words("agreed by", |it| Cell::maybe(it.agreed.as_deref())),
    short("agreed on", |it: &NewDeadline| Cell::day(it.date)).below(),
];

pub const REQUESTS: &[Col<NewDeadline>] = &[
    short("action", called),
    deadlines("in force", |it| {
        Cell::text(it.from.as_deref().unwrap_or("none"))
    }),
    deadlines("requested date", |it| Cell::text(&it.to)),
    figures("days", |it| Cell::number(it.days)),
    running("reason", |it| {
        Cell::text(it.reason.as_deref().unwrap_or("no reason given"))
    }),
    words("requested by", |it| Cell::maybe(it.by.as_deref())),
    short("requested on", |it: &NewDeadline| Cell::day(it.date)).below(),
];

pub const REFUSALS: &[Col<NewDeadline>] = &[
    short("action", called),
    deadlines("stays", |it| {
        Cell::text(it.from.as_deref().unwrap_or("none"))
    }),
    deadlines("requested date", |it| Cell::text(&it.to)),
    words("requested by", |it| Cell::maybe(it.by.as_deref())),
    short("requested on", |it: &NewDeadline| Cell::day(it.date)).below(),
    words("refused by", |it| Cell::maybe(it.refused.as_deref())),
    short("refused on", |it: &NewDeadline| Cell::day(it.refused_on)).below(),
    running("why", |it| {
        Cell::text(it.refused_because.as_deref().unwrap_or("no reason given"))
    }),
];
