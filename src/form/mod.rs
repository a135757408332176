//! The form that a group fills in: what it says, the formats that it is written in, and how a form
//! that came back is read. Design section 6.
//!
//! Whoever fills it in knows only Excel; whoever takes it back must not lose or falsify a word. So a
//! form repeats what the plan says, and what comes back is held against it.

mod csv;
mod excel;
mod grid;
mod opened;
pub mod returned;
pub mod take;
mod word;

pub use opened::{MAX_FILE, read};

use crate::calendar::{Day, Interval, month_name};
use crate::document::visible;
use crate::plan::{Board, Entry, Rag, WHOLE_BOARD};
use crate::select::Row;
use crate::standing::Standing;
use crate::words::{capitalised, shortened, with_article};

/// A format that a form is written in.
pub struct FormFormat {
    /// What its files' names end in.
    pub ending: &'static str,
    pub write: fn(&Form) -> anyhow::Result<Vec<u8>>,
}

/// Every format, in the order of help.
pub const FORMATS: &[FormFormat] = &[
    FormFormat {
        ending: "xlsx",
        write: excel::write,
    },
    FormFormat {
        ending: "docx",
        write: word::write,
    },
    FormFormat {
        ending: "csv",
        write: csv::write,
    },
];

/// The format that a file's name asks for.
pub fn format_of(name: &str) -> Option<&'static FormFormat> {
    let ending = name.rsplit_once('.')?.1.to_lowercase();
    FORMATS.iter().find(|format| format.ending == ending)
}

/// A form: the open actions of a plan that one group answers for, as they stand on a day.
#[derive(Clone, Debug)]
pub struct Form {
    /// A hash of the form's content, by which it is known when it comes back.
    pub id: String,
    /// The board's folder, and below, its own name.
    pub board: String,
    pub board_name: String,
    /// Whom the board is there for, as its forms say.
    pub people: String,
    /// The plan's file, and what it is called.
    pub plan: String,
    pub plan_name: String,
    pub group: String,
    pub group_name: String,
    /// The day that it was made.
    pub day: Day,
    /// The board's next meeting, where one is known.
    pub meeting: Option<Day>,
    /// Where it is sent back: the mailbox of the whole board, where its file names one.
    pub contact: Option<String>,
    pub rows: Vec<FormRow>,
}

/// What a form says of one action, or of one milestone of it that is not reached.
#[derive(Clone, Debug)]
pub struct FormRow {
    pub id: String,
    /// What the plan says.
    pub what: String,
    /// The timescale in force, as written.
    pub timescale: String,
    /// The action's standing, and the last report about it, in words.
    pub stands: String,
    /// The evidence that the plan promises.
    pub evidence: Vec<String>,
    /// Changes when anything is reported about it: a form that came late shows by it.
    pub state: String,
}

/// What a column of the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    Id,
    What,
    Timescale,
    Stands,
    Rag,
    Status,
    Done,
    Impact,
    Voice,
    Next,
    Evidence,
    NewDate,
    Reason,
    /// The day of the report, where a row gives its own.
    Date,
    /// Machine words; only where a format has no better place for them.
    State,
}

/// A column of the form.
pub struct FormColumn {
    pub field: FormField,
    pub heading: &'static str,
    /// In characters.
    pub width: u16,
    /// Whether it is for the group to fill in.
    pub input: bool,
}

const fn column(field: FormField, heading: &'static str, width: u16, input: bool) -> FormColumn {
    FormColumn {
        field,
        heading,
        width,
        input,
    }
}

/// The columns, from left to right: what the plan says, then what the group fills in. Together they are so
/// wide that a printed page of A4 can be read.
pub const COLUMNS: &[FormColumn] = &[
    column(FormField::Id, "Action", 6, false),
    column(FormField::What, "What the plan says", 26, false),
    column(FormField::Timescale, "By when", 10, false),
    column(FormField::Stands, "Where it stands", 15, false),
    column(FormField::Rag, "RAG", 9, true),
    column(FormField::Status, "Status", 10, true),
    column(FormField::Done, "What was done", 18, true),
    column(FormField::Impact, "What difference it made", 15, true),
    column(
        FormField::Voice,
        "What children and families said",
        14,
        true,
    ),
    column(FormField::Next, "What comes next", 12, true),
    column(FormField::Evidence, "Evidence", 12, true),
    column(FormField::NewDate, "New date, if needed", 10, true),
    column(FormField::Reason, "Reason for the change", 12, true),
];

/// What the RAG cell offers; complete is a status of the plan, and blue on its pages.
pub const RAG_CHOICES: [&str; 4] = ["Red", "Amber", "Green", "Complete"];

/// What the status cell offers. Carrying an action forward is the board's business.
pub const STATUS_CHOICES: [&str; 5] = [
    "Not started",
    "In progress",
    "Paused",
    "Complete",
    "Withdrawn",
];

/// What stands before the cell for the day of the report.
pub const DATE_LABEL: &str = "Date of this report";

/// What stands before the form's own id.
pub const ID_LABEL: &str = "Form";

/// What the form's title begins with, and what stands in its subtitle before the day.
const TITLE: &str = "Report to the";
const MADE_ON: &str = " · made on ";

/// How the lines begin that say how to fill it in.
const INSTRUCTIONS: [&str; 4] = [
    "1. Fill in the yellow cells",
    "2. RAG is how the action stands now",
    "3. If it cannot be done in time",
    "4. Write the date of this report",
];

/// Whether a text is one of the lines that say how to fill it in, of this form or an older one.
pub fn is_instruction(text: &str) -> bool {
    INSTRUCTIONS.iter().any(|line| text.starts_with(line))
}

/// What stands in place of an action's number in a row for a new one.
pub const NEW: &str = "NEW";

/// The colours of the cells to fill in, and of what the plan says.
pub const INPUT: &str = "FFF8DC";
pub const PLAN: &str = "F3F4F6";

/// The most characters of one text of the plan that a form shows.
const LONGEST: usize = 1500;

impl Form {
    /// The form of a group for a plan: every open action of these rows, milestones by themselves.
    /// None where nothing is open.
    pub fn of(rows: &[Row], group: &str, day: Day) -> Option<Form> {
        let first = rows.first()?;
        let (board, plan) = (first.board, first.plan);
        let rows: Vec<FormRow> = (rows.iter())
            .filter(|row| row.standing.status.is_open() && std::ptr::eq(row.plan, plan))
            .flat_map(|row| form_rows(row, true))
            .collect();
        let states = rows.iter().map(|row| row.state.as_str());
        let head = [&board.name, &plan.stem, group, &day.to_string()];
        let id = hash(head.into_iter().chain(states));
        let meeting = board.schedule(WHOLE_BOARD);
        let contact = board.group(WHOLE_BOARD);
        let contact = contact.and_then(|board| board.contact.as_ref());
        (!rows.is_empty()).then(|| Form {
            id: grouped(&id),
            board: board.name.clone(),
            board_name: shown(board.title()),
            people: shown(board.people()),
            plan: plan.stem.clone(),
            plan_name: plan_name(board, plan),
            group: group.to_owned(),
            group_name: shown(board.group_name(group)),
            day,
            meeting: meeting.and_then(|schedule| schedule.next_after(day)),
            contact: contact.map(|contact| shown(&contact.value)),
            rows,
        })
    }

    /// What stands above a column.
    pub fn heading(&self, column: &FormColumn) -> String {
        match column.field {
            FormField::Voice => format!("What {} said", self.people),
            _ => column.heading.to_owned(),
        }
    }

    /// What the form is called.
    pub fn title(&self) -> String {
        format!("{TITLE} {}", self.board_name)
    }

    /// The group that the form is for, the plan, and the day on which it was made.
    pub fn subtitle(&self) -> String {
        let meeting = self
            .meeting
            .map(|day| format!(", for the meeting on {}", day.long()));
        format!(
            "{} · {}{MADE_ON}{}{}",
            self.group_name,
            self.plan_name,
            self.day.long(),
            meeting.unwrap_or_default()
        )
    }

    /// How to fill it in, a line each.
    pub fn instructions(&self) -> [String; 4] {
        let month = self.day.plus(Interval::Months(1));
        let month = format!("{} {}", month_name(month.month()), month.year());
        let until = self
            .meeting
            .map(|day| format!(" before the Board meets on {}", day.long()));
        let until = until.unwrap_or_default();
        let sender = "the person who sent it to you";
        let to = self.contact.as_deref().unwrap_or(sender);
        let rest = [
            ": a few words each are enough. Leave what you have nothing to say about empty.".into(),
            "; choose Complete when it is done. Evidence: put a semicolon (;) between two items."
                .into(),
            format!(
                ", write the new date (for example {month}) and the reason. The Board decides. A new \
                 action has {NEW} as its number: say what it is."
            ),
            format!(" in the yellow cell below, save the file, and send it back{until} to {to}."),
        ];
        let mut lines = INSTRUCTIONS.into_iter().zip(rest);
        std::array::from_fn(|_| {
            lines
                .next()
                .map(|(line, rest)| format!("{line}{rest}"))
                .unwrap_or_default()
        })
    }

    /// The line by which the machine knows the form, for formats in which nothing can be hidden.
    pub fn mark(&self) -> String {
        format!(
            "{ID_LABEL} {} | {} | {} | {} | {}",
            self.id, self.board, self.plan, self.group, self.day
        )
    }
}

impl FormRow {
    /// What the form says in a column; nothing in those to fill in.
    pub fn text(&self, field: FormField) -> &str {
        match field {
            FormField::Id => &self.id,
            FormField::What => &self.what,
            FormField::Timescale => &self.timescale,
            FormField::Stands => &self.stands,
            _ => "",
        }
    }
}

/// What the plan is called, without the board's name, which stands above it.
fn plan_name(board: &Board, plan: &crate::plan::Plan) -> String {
    let title = board.without_name(&plan.title);
    let title = if title.is_empty() { &plan.title } else { title };
    match plan.period.map(|period| period.to_string()) {
        Some(period) if !title.contains(&period) => shown(&format!("{title} {period}")),
        _ => shown(title),
    }
}

/// The rows for an action: itself, or its milestones; of these, where only what is open is asked for,
/// those that are not reached. One that has no id cannot
/// be reported on.
fn form_rows(row: &Row, open: bool) -> Vec<FormRow> {
    let standing = row.standing;
    let what = what(row);
    let deadline = |words: Option<&crate::plan::Deadline>| match words {
        Some(deadline) => shown(&deadline.text),
        None => "no date".into(),
    };
    let evidence = row.plan.evidence(row.action).iter();
    let evidence: Vec<String> = evidence.map(|item| shown(&item.title)).collect();
    let make = |id: &str, what: String, timescale: String| FormRow {
        state: state(row, id, &what, &timescale),
        stands: stands(row),
        id: shown(id),
        what,
        timescale,
        evidence: evidence.clone(),
    };
    if row.action.milestones.is_empty() {
        let form_row = make(&row.action.id, what, deadline(standing.timescale));
        return Some(form_row)
            .filter(|form_row| !form_row.id.is_empty())
            .into_iter()
            .collect();
    }
    let milestones = row.action.milestones.iter().zip(&standing.milestones);
    milestones
        .filter(|(_, standing)| !open || standing.status.is_open())
        .filter(|(milestone, _)| !milestone.id.is_empty())
        .map(|(milestone, standing)| {
            let title = milestone.title.as_deref().map(shown);
            let what = match title {
                Some(title) => format!("{title}: {what}"),
                None => what.clone(),
            };
            make(&milestone.id, what, deadline(standing.timescale))
        })
        .collect()
}

/// What the plan says of an action: its name, what is to be done, and what should be seen of it.
pub fn what(row: &Row) -> String {
    let action = row.action;
    let given = [&action.title, &action.own.action, &action.impact];
    let mut texts: Vec<String> = Vec::new();
    for text in given.into_iter().flatten().map(|text| shown(text)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        texts.push(shown(row.plan.name(action)));
    }
    texts.join("\n")
}

/// Where an action stands, in a few words: what is late, and what was last said.
fn stands(row: &Row) -> String {
    let standing = row.standing;
    let mut lines = Vec::new();
    if let (true, Some(due)) = (standing.overdue, standing.due) {
        lines.push(format!("Overdue since {}.", due.short()));
    }
    let asked = standing.asked.timescale;
    lines.extend(asked.map(|asked| {
        format!(
            "{} is requested, not yet decided.",
            shown(&asked.value.text)
        )
    }));
    lines.extend(refusal(row));
    match last_entry(row) {
        None => lines.push("No report yet.".into()),
        Some(entry) => lines.push(last_report(entry, standing)),
    }
    lines.join("\n")
}

/// That what was requested was refused, and why, where that is the last that was decided.
fn refusal(row: &Row) -> Option<String> {
    let history = row.standing.history.iter().rev();
    let decided = history.map(|&at| &row.board.entries[at]).find(|entry| {
        let from = entry.decided_from();
        from.is_some_and(|from| from <= row.standing.day)
    })?;
    let by = row.board.group_name(decided.refused.as_deref()?);
    let reason = decided.reason.as_ref();
    let reason = reason.map(|text| format!(": {}", shortened(&visible(text), 240)));
    Some(format!(
        "{}: {} refused what was requested{}",
        decided.date?.value.short(),
        shown(&with_article(by)),
        reason.unwrap_or_default()
    ))
}

fn last_entry<'b>(row: &Row<'b>) -> Option<&'b Entry> {
    row.board.entries.get(row.standing.last_report?)
}

fn last_report(entry: &Entry, standing: &Standing) -> String {
    let date = entry
        .date
        .map(|date| date.value.short())
        .unwrap_or_default();
    let rag = standing.reported_rag.map(|rag| capitalised(rag.word()));
    let status = capitalised(standing.status.word());
    let rated = rag
        .into_iter()
        .chain([status])
        .collect::<Vec<_>>()
        .join(", ");
    let words = [&entry.done, &entry.impact, &entry.next, &entry.note];
    let words = words.into_iter().flatten().next();
    let words = words.map(|text| format!(": {}", shortened(&visible(text), 240)));
    format!("{date}: {rated}{}", words.unwrap_or_default())
}

/// What an action's row rests on, in a short form: another report, date or wording makes another.
fn state(row: &Row, id: &str, what: &str, timescale: &str) -> String {
    let standing = row.standing;
    let last = last_entry(row);
    let texts = last.map(|entry| [&entry.done, &entry.impact, &entry.next, &entry.note]);
    let texts = texts
        .into_iter()
        .flatten()
        .flatten()
        .map(|text| text.as_str());
    let date = last
        .and_then(|entry| entry.date)
        .map(|date| date.value.to_string());
    let count = standing.history.len().to_string();
    let parts = [
        id,
        what,
        timescale,
        standing.status.word(),
        standing.reported_rag.map_or("", Rag::word),
        date.as_deref().unwrap_or_default(),
        &count,
    ];
    hash(parts.into_iter().chain(texts))[..8].to_owned()
}

/// A text as a form shows it: nothing hidden in it, and not without end.
pub fn shown(text: &str) -> String {
    shortened(&visible(text.trim()), LONGEST)
}

/// Sixteen hexadecimal figures made of texts: the same for the same texts on every machine and in
/// every version (FNV-1a, 64 bits). It guards against mistakes, not against forgery.
fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// The id in groups that a person can read out.
fn grouped(id: &str) -> String {
    let groups: Vec<&str> = id
        .as_bytes()
        .chunks(4)
        .filter_map(|four| std::str::from_utf8(four).ok())
        .collect();
    groups.join("-")
}
