//! Days to keep in mind as data: deadlines and meetings. Exports make it; the writer of calendar
//! files shows it; neither knows the other.

use crate::calendar::Day;

/// Days to keep in mind.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    pub name: String,
    /// The day that it was made for.
    pub day: Day,
    /// What a reader must know before all else.
    pub notices: Vec<String>,
    pub events: Vec<Event>,
}

/// Something that falls on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// A key that stays the same when the event moves to another day.
    pub key: String,
    pub kind: EventKind,
    pub day: Day,
    pub summary: String,
    /// More about it, line by line.
    pub text: Vec<String>,
    /// How often something was said about it: never less on a later day.
    pub revision: usize,
    /// Whether it no longer stands.
    pub off: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Notice,
    Deadline,
    Meeting,
}
