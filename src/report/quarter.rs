//! The calendar of a quarter: when the board and its groups meet, and which deadlines fall due.

use super::action;
use super::brief::Brief;
use crate::calendar::{Day, month_name};
use crate::document::{Block, Cell, Col, Document, Level, Subject, Table, running, short, words};
use crate::plan::{Rag, WHOLE_BOARD};
use crate::select::Row;

/// How many months it shows: that of the day, and those after it.
const MONTHS: usize = 3;

/// The days to keep in mind from the first of a day's month to the end of the third month.
pub struct Quarter {
    day: Day,
    first: Day,
    last: Day,
    events: Vec<QuarterEvent>,
}

/// A meeting or a deadline.
struct QuarterEvent {
    day: Day,
    what: String,
    /// The action, plan or group that the event is about, if that can have a page.
    subject: Option<Subject>,
    who: Cell,
    rag: Option<Rag>,
}

impl Quarter {
    pub fn of(brief: &Brief) -> Quarter {
        let day = brief.day();
        let first = Day::new(day.year(), day.month(), 1).unwrap_or(day);
        let last = (1..MONTHS).fold(end_of_month(day), |last, _| end_of_month(last.succ()));
        let mut quarter = Quarter {
            day,
            first,
            last,
            events: Vec::new(),
        };
        quarter.add_meetings(brief);
        for plan in brief.current() {
            let open = plan.rows.iter().filter(|row| row.standing.status.is_open());
            open.for_each(|row| quarter.add_deadlines(row));
        }
        quarter.events.sort_by_key(|event| event.day);
        quarter
    }

    fn add_meetings(&mut self, brief: &Brief) {
        let board = brief.board();
        for meetings in &board.meetings {
            let group = meetings.group.as_str();
            let days = meetings.schedule.between(self.first, self.last);
            self.events
                .extend(days.into_iter().map(|(_, day)| QuarterEvent {
                    day,
                    what: format!("{} meets", board.group_name(group)),
                    subject: (group != WHOLE_BOARD).then(|| Subject::Group(group.to_owned())),
                    who: Cell::Empty,
                    rag: None,
                }));
        }
    }

    /// The deadline of an action, or of its milestones that are not reached.
    fn add_deadlines(&mut self, row: &Row) {
        let name = action::name(row);
        let event = |day: Day, what: String| QuarterEvent {
            day,
            what,
            subject: Some(action::subject(row)),
            who: action::who(row),
            rag: Some(row.standing.rag),
        };
        if row.action.milestones.is_empty() {
            let due = row.standing.due;
            let event = due.map(|day| event(day, format!("{} {name}", action::id(row))));
            self.events
                .extend(event.filter(|event| self.holds(event.day)));
        }
        let both = row.action.milestones.iter().zip(&row.standing.milestones);
        for (milestone, standing) in both.filter(|(_, standing)| standing.status.is_open()) {
            let words = milestone.title.as_deref().unwrap_or(&name);
            let event = standing
                .due
                .map(|day| event(day, format!("{} {words}", milestone.id)));
            self.events
                .extend(event.filter(|event| self.holds(event.day)));
        }
    }

    fn holds(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The next few days to keep in mind, the day itself included.
    pub fn lay_out_next(&self, most: usize, document: &mut Document) {
        let coming = self.events.iter().filter(|event| event.day >= self.day);
        let next: Vec<&QuarterEvent> = coming.take(most).collect();
        if !next.is_empty() {
            document.heading(Level::Part, "Next", "");
            let table = Table::new(EVENTS, next).without_empty_columns();
            document.blocks.push(Block::Table(table));
        }
    }

    /// Lays out the events, month by month.
    pub fn lay_out(&self, document: &mut Document) {
        if self.events.is_empty() {
            document.paragraph("No meeting is known and no deadline falls in these months.");
        }
        for month in self.events.chunk_by(|a, b| same_month(a.day, b.day)) {
            let day = month[0].day;
            let heading = format!("{} {}", month_name(day.month()), day.year());
            document.heading(Level::Section, heading, month.len().to_string());
            let table = Table::new(EVENTS, month).without_empty_columns();
            document.blocks.push(Block::Table(table));
        }
    }

    /// "March to May 2026".
    pub fn title(&self) -> String {
        let name = |day: Day| month_name(day.month());
        if self.first.year() == self.last.year() {
            return format!(
                "{} to {} {}",
                name(self.first),
                name(self.last),
                self.last.year()
            );
        }
        let year = self.first.year();
        format!(
            "{} {year} to {} {}",
            name(self.first),
            name(self.last),
            self.last.year()
        )
    }
}

fn same_month(a: Day, b: Day) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

fn end_of_month(day: Day) -> Day {
    Day::last_of_month(day.year(), day.month()).unwrap_or(day)
}

const EVENTS: &[Col<QuarterEvent>] = &[
    short("date", |event| Cell::Date(event.day)),
    running("what", |event| {
        let what = Cell::text(&event.what);
        match &event.subject {
            Some(subject) => what.about(subject.clone()),
            None => what,
        }
    }),
    words("who", |event| event.who.clone()),
    short("RAG", |event| event.rag.map_or(Cell::Empty, action::rag)),
];
