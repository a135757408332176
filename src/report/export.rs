//! `plan export`: the actions with their standing for other programs, and the days that go with
//! them for calendars.

use serde::Serialize;
use serde_json::Value;

use super::action::{self, ActionFacts};
use crate::agenda::{Event, Kind};
use crate::calendar::Day;
use crate::document::{Align, Block, Cell, Column, Table, Tone, running, short, words};
use crate::plan::{Board, Deadline, Rag, Status};
use crate::select::{Filter, Row};

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
    as_of: String,
    #[serde(flatten)]
    action: &'e ActionFacts,
}

impl Export {
    pub fn of(board: &Board, rows: &[Row], day: Day, filter: &Filter) -> Export {
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
        let line = |action| ActionLine {
            as_of: day.to_string(),
            action,
        };
        self.actions.iter().map(line).collect()
    }

    /// One table, its columns the fields of the JSON by the same names.
    pub fn table(&self, day: Day) -> serde_json::Result<[Block; 2]> {
        let mut rows = Vec::new();
        for action in &self.actions {
            let data = serde_json::to_value(action)?;
            rows.push(COLUMNS.iter().map(|field| field.cell(&data)).collect());
        }
        let table = Table {
            columns: COLUMNS.iter().map(Field::column).collect(),
            rows,
            whole: true,
        };
        let title = Block::Title("Actions".into(), day.long());
        Ok([title, Block::Table(table)])
    }
}

/// A column of the table: its name, and what it makes of the field of that name.
struct Field {
    name: &'static str,
    form: Form,
}

enum Form {
    Short,
    Words,
    Running,
    Figure,
    Day,
    /// Whether something is so: yes or no.
    Truth,
    Rating,
    List,
    /// What is asked for and not agreed, by its name there.
    Asked(&'static str),
    Milestones,
}

const fn field(name: &'static str, form: Form) -> Field {
    Field { name, form }
}

const COLUMNS: &[Field] = &[
    field("board", Form::Short),
    field("plan", Form::Short),
    field("priority", Form::Short),
    field("objective", Form::Short),
    field("id", Form::Short),
    field("title", Form::Words),
    field("action", Form::Running),
    field("impact", Form::Running),
    field("measure", Form::Running),
    field("indicator", Form::Short),
    field("responsibility", Form::Words),
    field("owners", Form::List),
    field("lead", Form::Short),
    field("evidence_planned", Form::List),
    field("evidence_received", Form::List),
    field("threads", Form::List),
    field("timescale", Form::Words),
    field("due", Form::Day),
    field("status", Form::Short),
    field("overdue", Form::Truth),
    field("days_late", Form::Figure),
    field("due_soon", Form::Truth),
    field("unreported", Form::Truth),
    field("review_due", Form::Day),
    field("first_due", Form::Day),
    field("slips", Form::Figure),
    field("asked_timescale", Form::Asked("timescale")),
    field("asked_owners", Form::Asked("owners")),
    field("asked_status", Form::Asked("status")),
    field("reported_rag", Form::Rating),
    field("computed_rag", Form::Rating),
    field("rag", Form::Rating),
    field("overrated", Form::Truth),
    field("impact_rag", Form::Rating),
    field("last_update", Form::Day),
    field("completed", Form::Day),
    field("reasons", Form::List),
    field("milestones", Form::Milestones),
];

impl Field {
    fn column(&self) -> Column {
        match self.form {
            Form::Running => running(self.name),
            Form::Words | Form::List | Form::Asked(_) | Form::Milestones => words(self.name),
            Form::Figure => Column {
                align: Align::Right,
                ..short(self.name)
            },
            Form::Short | Form::Day | Form::Truth | Form::Rating => short(self.name),
        }
    }

    fn cell(&self, action: &Value) -> Cell {
        let value = &action[self.name];
        match self.form {
            Form::Short | Form::Words | Form::Running => Cell::maybe(value.as_str()),
            Form::Figure => value.as_i64().map_or(Cell::Empty, Cell::Number),
            Form::Day => Cell::day(value.as_str().and_then(Day::parse_iso)),
            Form::Truth => match value.as_bool() {
                Some(true) => Cell::text("yes"),
                Some(false) => Cell::toned(Tone::Faint, "no"),
                None => Cell::Empty,
            },
            Form::Rating => match value.as_str().and_then(Rag::parse) {
                Some(rag) => action::rag(rag),
                None => Cell::Empty,
            },
            Form::List => Cell::maybe(list(value)),
            Form::Asked(what) => {
                let asked = &action["asked"][what];
                Cell::maybe(asked.as_str().map(str::to_owned).or_else(|| list(asked)))
            }
            Form::Milestones => Cell::maybe(milestones(value)),
        }
    }
}

/// Texts in one, if there are any.
fn list(value: &Value) -> Option<String> {
    let texts = value.as_array()?.iter().filter_map(Value::as_str);
    Some(texts.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty())
}

/// "3.1a Published: 29 June 2019, due 2019-06-29, not started; 3.1b …"
fn milestones(value: &Value) -> Option<String> {
    let lines = value.as_array()?.iter().map(|milestone| {
        let text = |name: &str| milestone[name].as_str();
        let name = [text("id"), text("title")];
        let name: Vec<&str> = name.into_iter().flatten().collect();
        let due = text("due").map(|due| format!("due {due}"));
        let facts = [
            text("timescale").map(str::to_owned),
            due,
            text("status").map(str::to_owned),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        format!("{}: {}", name.join(" "), facts.join(", "))
    });
    Some(lines.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty())
}

/// A promise with a day: an action's, or that of one of its milestones.
struct Promise<'b> {
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

fn promises<'b>(row: &Row<'b>) -> Vec<Promise<'b>> {
    let standing = row.standing;
    if row.action.milestones.is_empty() {
        return vec![Promise {
            id: row.action.id.as_str(),
            name: action::name(row),
            timescale: standing.timescale,
            due: standing.due,
            first_due: standing.first_due,
            status: standing.status,
        }];
    }
    let both = row.action.milestones.iter().zip(&standing.milestones);
    let promises = both.map(|(milestone, own)| Promise {
        id: milestone.id.as_str(),
        name: match &milestone.title {
            Some(title) => format!("{} – {}", title.value, action::name(row)),
            None => action::name(row),
        },
        timescale: own.timescale,
        due: own.due,
        first_due: own.first_due,
        status: match standing.status.is_open() {
            true => own.status,
            false => standing.status,
        },
    });
    promises.collect()
}

/// How much of an action's name a day of a calendar shows.
const SUMMARY: usize = 80;

impl Promise<'_> {
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
            kind: Kind::Deadline,
            day,
            summary: format!("{}: {} {}", capital(opening), self.id, cut(&self.name)),
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
                self.timescale.map(|own| own.text.value.clone()),
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

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn cut(name: &str) -> String {
    match name.chars().count() > SUMMARY {
        true => name.chars().take(SUMMARY - 1).chain(['…']).collect(),
        false => name.to_owned(),
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
                kind: Kind::Meeting,
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
