//! `plan export`: the actions with their standing for other programs, and the days that go with
//! them for calendars.

use serde::Serialize;

use super::action::{self, ActionFacts, MilestoneFacts};
use super::field_facts::{column, fields_told};
use crate::agenda::{Event, EventKind};
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Table, Tone, figures, short, words};
use crate::plan::fields::Told;
use crate::plan::{Board, Deadline, Status};
use crate::select::{Filter, Row};
use crate::words::{capitalised, shortened};

/// The actions of the boards that were asked about.
#[derive(Default, Serialize)]
pub struct Export {
    pub actions: Vec<ActionFacts>,
    /// The boards' names.
    #[serde(skip)]
    pub boards: Vec<String>,
    #[serde(skip)]
    pub events: Vec<Event>,
}

/// An action on a line of its own.
#[derive(Serialize)]
pub struct ActionLine<'e> {
    as_of: Day,
    #[serde(flatten)]
    action: &'e ActionFacts,
}

impl Export {
    pub fn for_board(board: &Board, rows: &[Row], day: Day, filter: &Filter) -> Export {
        let mut events: Vec<Event> = rows.iter().flat_map(deadlines).collect();
        events.extend(meetings(board, day, filter));
        tell_apart(&mut events);
        Export {
            actions: rows.iter().map(ActionFacts::of).collect(),
            boards: vec![board.title().to_owned()],
            events,
        }
    }

    /// Joins what was made of several boards, in their order.
    pub fn join(parts: Vec<Export>) -> Export {
        let mut joined = Export::default();
        for part in parts {
            joined.actions.extend(part.actions);
            joined.boards.extend(part.boards);
            joined.events.extend(part.events);
        }
        joined
    }

    /// The actions one by one, each with the day asked.
    pub fn lines(&self, day: Day) -> Vec<ActionLine<'_>> {
        let line = |action| ActionLine { as_of: day, action };
        self.actions.iter().map(line).collect()
    }

    /// One table, its columns the fields of the JSON by the same names.
    pub fn table(&self, day: Day) -> [Block; 2] {
        let title = Block::Title("Actions".into(), day.long());
        let given = fields_told(Told::Always);
        let given = given.map(|field| column(field, |it: &ActionFacts, name| it.given.cell(name)));
        let columns: Vec<Col<ActionFacts>> = PLACE.iter().copied().chain(given).collect();
        let columns = [&columns, STANDING].concat();
        [title, Block::Table(Table::new(&columns, &self.actions))]
    }
}

/// Where an action stands; what the plan says of it in words follows, and then how it stands.
const PLACE: &[Col<ActionFacts>] = &[
    short("board", |it| Cell::text(&it.board)),
    short("plan", |it| Cell::text(&it.plan)),
    short("priority", |it| {
        Cell::text(it.priority.as_deref().unwrap_or_default())
    }),
    short("objective", |it| text(&it.objective)),
    short("id", |it| Cell::text(&it.id)),
];

const STANDING: &[Col<ActionFacts>] = &[
    words("owners", |it| list(&it.owners)),
    short("lead", |it| text(&it.lead)),
    words("evidence_planned", |it| list(&it.evidence_planned)),
    words("evidence_received", |it| list(&it.evidence_received)),
    words("threads", |it| list(&it.threads)),
    words("timescale", |it| text(&it.timescale)),
    short("due", |it| Cell::day(it.due)),
    short("status", |it| Cell::text(it.status.word())),
    short("overdue", |it| truth(it.overdue)),
    figures("days_late", |it| Cell::number(it.days_late)),
    short("due_soon", |it| truth(it.due_soon)),
    short("unreported", |it| truth(it.unreported)),
    short("review_due", |it| Cell::day(it.review_due)),
    short("first_due", |it| Cell::day(it.first_due)),
    short("starts", |it| Cell::day(it.starts)),
    short("not_begun", |it| truth(it.not_begun)),
    figures("slips", |it| Cell::Number(i64::from(it.slips))),
    words("asked_timescale", |it| text(&it.asked.timescale)),
    words("asked_owners", |it| {
        list(it.asked.owners.as_deref().unwrap_or_default())
    }),
    words("asked_status", |it| {
        Cell::maybe(it.asked.status.map(Status::word))
    }),
    short("reported_rag", |it| action::maybe_rag(it.reported_rag)),
    short("computed_rag", |it| action::rag(it.computed_rag)),
    short("rag", |it| action::rag(it.rag)),
    short("overrated", |it| truth(it.overrated)),
    short("impact_rag", |it| action::maybe_rag(it.impact_rag)),
    short("last_update", |it| Cell::day(it.last_update)),
    short("completed", |it| Cell::day(it.completed)),
    words("escalated_to", |it| list(&it.escalated_to)),
    words("disagree", |it| {
        let reports: Vec<String> = it.disagree.iter().map(ToString::to_string).collect();
        list(&reports)
    }),
    short("rag_at_closure", |it| action::maybe_rag(it.rag_at_closure)),
    words("reasons", |it| {
        let reasons: Vec<String> = it.reasons.iter().map(ToString::to_string).collect();
        list(&reasons)
    }),
    words("milestones", |it| {
        let lines: Vec<String> = it.milestones.iter().map(milestone).collect();
        list(&lines)
    }),
];

pub(super) fn text(text: &Option<String>) -> Cell {
    Cell::maybe(text.as_deref())
}

/// Texts in one cell, if there are any.
pub(super) fn list(texts: &[String]) -> Cell {
    if texts.is_empty() {
        Cell::Empty
    } else {
        Cell::text(texts.join("; "))
    }
}

/// Whether something is so: yes or no.
pub(super) fn truth(holds: bool) -> Cell {
    if holds {
        Cell::text("yes")
    } else {
        Cell::toned(Tone::Faint, "no")
    }
}

/// "3.1a Published: 29 June 2019, due 2019-06-29, not started"
fn milestone(milestone: &MilestoneFacts) -> String {
    let name = [Some(&milestone.id), milestone.title.as_ref()];
    let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
    let due = milestone.due.map(|due| format!("due {due}"));
    let status = milestone.status.to_string();
    let facts = [milestone.timescale.clone(), due, Some(status)];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    format!("{}: {}", name.join(" "), facts.join(", "))
}

/// A promise with a day: an action's, or that of one of its milestones.
struct DatedPromise<'b> {
    id: &'b str,
    name: String,
    timescale: Option<&'b Deadline>,
    due: Option<Day>,
    first_due: Option<Day>,
    status: Status,
}

/// The days by which an action, or each of its milestones, is to be done.
fn deadlines(row: &Row) -> Vec<Event> {
    let promises = promises(row).into_iter();
    promises.filter_map(|promise| promise.event(row)).collect()
}

fn promises<'b>(row: &Row<'b>) -> Vec<DatedPromise<'b>> {
    let standing = row.standing;
    if row.action.milestones.is_empty() {
        return vec![DatedPromise {
            id: row.action.id.as_str(),
            name: action::name(row),
            timescale: standing.timescale,
            due: standing.due,
            first_due: standing.first_due,
            status: standing.status,
        }];
    }
    let both = row.action.milestones.iter().zip(&standing.milestones);
    let promises = both.map(|(milestone, promise)| DatedPromise {
        id: milestone.id.as_str(),
        name: match &milestone.title {
            Some(title) => format!("{} – {}", title.value, action::name(row)),
            None => action::name(row),
        },
        timescale: promise.timescale,
        due: promise.due,
        first_due: promise.first_due,
        status: if standing.status.is_open() {
            promise.status
        } else {
            standing.status
        },
    });
    promises.collect()
}

/// How much of an action's name a day of a calendar shows.
const SUMMARY: usize = 80;

impl DatedPromise<'_> {
    /// Its day in a calendar, if it has or had one. What is closed, or no longer has a day, is said
    /// to be off: left out, it would stay for good in calendars that have it.
    fn event(&self, row: &Row) -> Option<Event> {
        let day = self.due.or(self.first_due)?;
        let opening = match (self.status.is_open(), self.due) {
            (true, Some(_)) => "due",
            (true, None) => "no longer has a day",
            (false, _) => self.status.word(),
        };
        Some(Event {
            key: format!("deadline/{}/{}/{}", row.board.name, row.plan.stem, self.id),
            kind: EventKind::Deadline,
            day,
            summary: format!(
                "{}: {} {}",
                capitalised(opening),
                self.id,
                shortened(&self.name, SUMMARY)
            ),
            text: self.text(row),
            revision: row.standing.history.len(),
            off: !self.status.is_open() || self.due.is_none(),
        })
    }

    /// What a reader of the calendar needs to know of it, line by line.
    fn text(&self, row: &Row) -> Vec<String> {
        let owners = row.standing.owners.iter();
        let owners: Vec<&str> = owners.map(|owner| row.board.group_name(owner)).collect();
        let facts = [
            (
                "timescale",
                self.timescale
                    .map(|deadline| deadline.text.value.to_string()),
            ),
            ("owners", Some(owners.join(", "))),
            ("status", Some(self.status.word().to_owned())),
            ("RAG", Some(row.standing.rag.word().to_owned())),
            (
                "why",
                Some(crate::standing::sentences(&row.standing.reasons)),
            ),
        ];
        let facts = facts.into_iter().filter_map(|(what, words)| {
            let words = words.filter(|words| !words.is_empty())?;
            Some(format!("{what}: {words}"))
        });
        let mut text = vec![self.name.clone()];
        text.extend(facts);
        text.push(action::title(row.board, row.plan));
        text
    }
}

/// The years before and after the day asked whose meetings are told.
const YEARS: i32 = 2;

/// When the board and its groups meet; where owners are asked for, only when these do. A meeting by
/// rule is known by its number, so that a rule that moves takes its meetings along; one from a list
/// by its date.
fn meetings(board: &Board, day: Day, filter: &Filter) -> Vec<Event> {
    let (first, last) = (years_from(day, -YEARS), years_from(day, YEARS));
    let asked = |group: &str| {
        let mut owners = filter.owners.iter();
        filter.owners.is_empty() || owners.any(|owner| board.means_group(owner, group))
    };
    let groups = board.meetings.iter();
    let groups = groups.filter(|meetings| asked(meetings.group.as_str()));
    let events = groups.flat_map(|meetings| {
        let group = meetings.group.as_str();
        let days = meetings.schedule.between(first, last).into_iter();
        days.map(move |(number, day)| {
            let which = number.map_or(day.to_string(), |number| number.to_string());
            Event {
                key: format!("meeting/{}/{group}/{which}", board.name),
                kind: EventKind::Meeting,
                day,
                summary: format!("{} meets", board.group_name(group)),
                text: vec![board.title().to_owned()],
                revision: 0,
                off: false,
            }
        })
    });
    events.collect()
}

fn years_from(day: Day, years: i32) -> Day {
    let year = day.year() + years;
    let same = Day::new(year, day.month(), day.day());
    let same = same.or_else(|| Day::last_of_month(year, day.month()));
    same.unwrap_or(day)
}

/// Gives what has one key by mistake (two actions of one id) a key of its own.
fn tell_apart(events: &mut [Event]) {
    let mut seen = std::collections::HashMap::new();
    for event in events {
        let times = seen.entry(event.key.clone()).or_insert(0_usize);
        *times += 1;
        if *times > 1 {
            event.key = format!("{}#{times}", event.key);
        }
    }
}
