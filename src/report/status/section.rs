//! The lists of a plan's page: overdue, due soon, unreported and so on.

use crate::calendar::Day;
use crate::document::{
    Block, Cell, Col, Document, Level, Table, Tone, deadlines, figures, piece, running, short,
    words,
};
use crate::plan::{Board, DueSoon, Plan, WHOLE_BOARD};
use crate::report::action;
use crate::select::{ActionMark, Order, Row, sort};
use crate::standing::{Reason, Request};

/// A list of the page: its heading, its table, and how to see what it leaves out.
pub(super) struct ActionList {
    heading: String,
    /// How many of how many.
    remark: String,
    /// The first of them.
    rows: Vec<ActionListLine>,
    /// How many there are besides.
    more: usize,
    kind: SectionKind,
}

#[derive(Clone, Copy, PartialEq)]
enum SectionKind {
    Overdue,
    DueSoon,
    Unreported,
    OverRated,
    Asked,
    Escalated,
    Disagreed,
}

/// How many rows of a list the page shows.
const SHOWN: usize = 12;

/// What needs a reader's eye, worst first: the lists that are not empty.
pub(super) fn sections(board: &Board, plan: &Plan, rows: &[Row], day: Day) -> Vec<ActionList> {
    use SectionKind::*;
    let due_soon = due_soon_heading(board, plan, day);
    let mut sections = Vec::new();
    let kinds = [
        (Overdue, ActionMark::Overdue, Order::Late),
        (DueSoon, ActionMark::DueSoon, Order::Due),
        (Unreported, ActionMark::Unreported, Order::Plan),
        (OverRated, ActionMark::OverRated, Order::Rag),
        (Asked, ActionMark::Asked, Order::Plan),
        (Escalated, ActionMark::Escalated, Order::Rag),
        (Disagreed, ActionMark::Disagreed, Order::Rag),
    ];
    for (kind, mark, order) in kinds {
        let marked = rows.iter().filter(|row| mark.holds(row.standing));
        let mut marked: Vec<Row> = marked.copied().collect();
        if marked.is_empty() {
            continue;
        }
        sort(&mut marked, order);
        let heading = match kind {
            Overdue => "Overdue",
            DueSoon => &due_soon,
            Unreported => "Unreported",
            OverRated => "Over-rated",
            Asked => "Requested, not yet decided",
            Escalated => "Escalated",
            Disagreed => "Owners disagree",
        };
        // A list of everything, because nothing was ever reported, would say nothing more.
        let never = |row: &Row| row.standing.last_update.is_none();
        let all = kind == Unreported && marked.len() == rows.len() && rows.iter().all(never);
        let why_unlisted = if all {
            ": nothing was ever reported"
        } else {
            ""
        };
        let listed = if all { &[] } else { marked.as_slice() };
        sections.push(ActionList {
            heading: heading.to_owned(),
            remark: format!("{} of {}{why_unlisted}", marked.len(), rows.len()),
            more: listed.len().saturating_sub(SHOWN),
            rows: (listed.iter().take(SHOWN))
                .map(|row| kind.line(row, day))
                .collect(),
            kind,
        });
    }
    sections
}

impl ActionList {
    /// `all` is the command that lists the plan's actions.
    pub(super) fn lay_out(&self, all: &str, document: &mut Document) {
        document.heading(Level::Section, &self.heading, &self.remark);
        if self.rows.is_empty() {
            return;
        }
        let table = Table::new(self.kind.columns(), &self.rows).cut();
        document.blocks.push(Block::Table(table));
        if self.more > 0 {
            let text = format!("and {} more: {all} {}", self.more, self.kind.flag());
            let line = vec![piece(Tone::Faint, text)];
            document.blocks.push(Block::List(vec![line]));
        }
    }
}

/// An action in a list of the page.
struct ActionListLine {
    id: String,
    /// Days late, or days left.
    days: i64,
    timescale: Cell,
    last: Option<Day>,
    why: String,
    who: Cell,
    what: String,
}

const ACTION: Col<ActionListLine> = short("action", |line| Cell::text(&line.id));
const WHO: Col<ActionListLine> = words("who", |line| line.who.clone());
const WHAT: Col<ActionListLine> = running("what", |line| Cell::text(&line.what));
const DAYS: Col<ActionListLine> = figures("days", |line| Cell::Number(line.days));

const OVERDUE: &[Col<ActionListLine>] = &[
    DAYS,
    ACTION,
    deadlines("was due", |line| line.timescale.clone()),
    WHO,
    WHAT,
];

const DUE_SOON: &[Col<ActionListLine>] = &[
    DAYS,
    ACTION,
    deadlines("due", |line| line.timescale.clone()),
    WHO,
    WHAT,
];

const UNREPORTED: &[Col<ActionListLine>] = &[
    ACTION,
    short("last report", |line| match line.last {
        Some(day) => Cell::Date(day),
        None => Cell::toned(Tone::Faint, "never"),
    }),
    WHO,
    WHAT,
];

const OVER_RATED: &[Col<ActionListLine>] = &[
    ACTION,
    words("why", |line| Cell::text(&line.why)),
    WHO,
    WHAT,
];

const ASKED: &[Col<ActionListLine>] = &[
    ACTION,
    words("what for", |line| Cell::text(&line.why)),
    WHO,
    WHAT,
];

const DISAGREED: &[Col<ActionListLine>] = &[
    ACTION,
    words("what they report", |line| Cell::text(&line.why)),
    WHO,
    WHAT,
];

const ESCALATED: &[Col<ActionListLine>] =
    &[ACTION, words("to", |line| Cell::text(&line.why)), WHO, WHAT];

impl SectionKind {
    fn columns(self) -> &'static [Col<ActionListLine>] {
        match self {
            SectionKind::Overdue => OVERDUE,
            SectionKind::DueSoon => DUE_SOON,
            SectionKind::Unreported => UNREPORTED,
            SectionKind::OverRated => OVER_RATED,
            SectionKind::Asked => ASKED,
            SectionKind::Escalated => ESCALATED,
            SectionKind::Disagreed => DISAGREED,
        }
    }

    fn line(self, row: &Row, day: Day) -> ActionListLine {
        let standing = row.standing;
        let left = standing.due.map_or(0, |due| due.days_since(day));
        ActionListLine {
            id: action::id(row),
            days: match self {
                SectionKind::Overdue => standing.days_late.unwrap_or_default(),
                _ => left,
            },
            timescale: action::timescale(row),
            last: standing.last_update,
            why: (row.standing.reasons.iter())
                .filter_map(|reason| self.why(reason))
                .collect::<Vec<_>>()
                .join(". "),
            who: action::who(row),
            what: action::name(row),
        }
    }

    /// What a reason says to such a list; its heading says the rest.
    fn why(self, reason: &Reason) -> Option<String> {
        match (self, reason) {
            (SectionKind::OverRated, Reason::OverRated { .. }) => Some(reason.to_string()),
            (SectionKind::Escalated, Reason::Escalated(group)) => Some(group.clone()),
            (SectionKind::Asked, Reason::Requested(request)) => Some(match request {
                Request::Timescale(words) => format!("new date {words}"),
                Request::Owners(names) => format!("owners {}", names.join(", ")),
                Request::Status(status) => status.word().to_owned(),
            }),
            (SectionKind::Disagreed, Reason::Disagree(views)) => Some(views.to_string()),
            _ => None,
        }
    }

    /// The filter that lists what a long list leaves out.
    fn flag(self) -> &'static str {
        match self {
            SectionKind::Overdue => "--overdue",
            SectionKind::DueSoon => "--due-soon",
            SectionKind::Unreported => "--unreported",
            SectionKind::OverRated => "--overrated",
            SectionKind::Asked => "--asked",
            SectionKind::Escalated => "--escalated",
            SectionKind::Disagreed => "--disagreed",
        }
    }
}

fn due_soon_heading(board: &Board, plan: &Plan, day: Day) -> String {
    let next = board
        .schedule(WHOLE_BOARD)
        .and_then(|schedule| schedule.next_after(day));
    match (plan.policy.due_soon, next) {
        (DueSoon::NextMeeting, Some(next)) => {
            format!("Due by the next meeting, {}", next.long())
        }
        (DueSoon::Within(window), _) => {
            format!("Due by {}", day.plus(window).long())
        }
        (DueSoon::NextMeeting, None) => {
            let window = day.plus(crate::plan::DUE_SOON);
            format!("Due by {}", window.long())
        }
    }
}
