//! Judges a form that came back: what it reports, what it leaves open, and every cell that cannot be
//! taken. Nothing is guessed: of two readings of a cell, the person who wrote it is asked.

mod action;
mod again;
mod cell;
mod dates;
mod proposal;
mod row;

use std::collections::BTreeSet;

use super::returned::{FormMark, Returned, ReturnedCell};
use super::{Form, FormRow};
use crate::calendar::Day;
use crate::finding::nearest;
use crate::plan::{About, Board, Entry, Plan, Rag};
use crate::select::{Filter, Row, select};
use crate::source::FileId;
use crate::standing::judge;
use crate::words::{one_line, shortened};
pub use cell::same;
use cell::says_nothing;
use dates::day;

/// What a form is held against: its plan, and what a form would say of each action today, and on the day
/// when it was made.
pub struct FormContext<'b> {
    pub board: &'b Board,
    pub index: usize,
    pub plan: &'b Plan,
    pub today: Day,
    pub now: Vec<FormRow>,
    pub then: Vec<FormRow>,
    /// The files in which this very form is recorded already.
    pub earlier: Vec<FileId>,
    /// What the plan says of each action of `now`, to compare it.
    words: Vec<String>,
    /// The actions that a form of this group asks about; none where the form does not say whose it is.
    asked: Option<BTreeSet<String>>,
}

/// What a form says.
#[derive(Clone, Debug, Default)]
pub struct JudgedForm {
    pub reports: Vec<ReturnedReport>,
    /// What the manager should know, and what is not recorded.
    pub notices: Vec<Remark>,
    /// The cells that cannot be taken; while there is one, nothing is.
    pub problems: Vec<Remark>,
    /// New actions that rows propose: the words of each, and the cell of its name.
    pub proposals: Vec<GivenField>,
    /// The cells that say that there is nothing to say.
    dashes: Vec<String>,
}

impl JudgedForm {
    /// Whether there is nothing to record, and nothing to mend.
    pub fn has_nothing(&self) -> bool {
        self.reports.is_empty() && self.proposals.is_empty() && self.problems.is_empty()
    }
}

/// A report about one action.
#[derive(Clone, Debug)]
pub struct ReturnedReport {
    pub action: String,
    pub what: String,
    pub date: Day,
    pub date_place: String,
    /// The cell of its id.
    pub place: String,
    pub fields: Vec<GivenField>,
}

/// A field of an entry, and the cell that it comes from.
#[derive(Clone, Debug)]
pub struct GivenField {
    pub field: &'static str,
    pub words: Vec<String>,
    pub place: String,
}

/// Something to say about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub place: String,
    /// The action and the column of the cell.
    pub about: Option<Box<str>>,
    /// What stands in the cell, nothing in an empty one; none where it is about no cell.
    pub says: Option<String>,
    /// What is wrong with the cell, or what was made of it.
    pub wrong: String,
    /// What would be right.
    pub right: String,
}

impl<'b> FormContext<'b> {
    pub fn for_plan(
        board: &'b Board,
        index: usize,
        today: Day,
        mark: &FormMark,
    ) -> FormContext<'b> {
        let plan = &board.plans[index];
        let mut asked = BTreeSet::new();
        let mut rows = |day: Day| -> Vec<FormRow> {
            let standing = judge(board, day);
            let filter = Filter {
                plan: Some(plan.stem.clone()),
                ..Filter::default()
            };
            let rows = select(board, &standing, &filter);
            let is_asked = |row: &&Row| {
                let group = mark.group.as_ref();
                row.standing.status.is_open()
                    && group.is_some_and(|group| row.is_answered_by(group))
            };
            let open = rows.iter().filter(is_asked);
            let open = open.flat_map(|row| super::form_rows(row, true));
            asked.extend(open.map(|row| row.id));
            let all = rows.iter();
            all.flat_map(|row| super::form_rows(row, false)).collect()
        };
        let now = rows(today);
        let then = mark.made.map_or_else(|| now.clone(), &mut rows);
        let listed = mark.states.iter().map(|(id, _)| id.clone());
        FormContext {
            board,
            index,
            plan,
            today,
            then,
            earlier: Vec::new(),
            words: now.iter().map(|row| cell::plainly(&row.what)).collect(),
            asked: match (mark.states.is_empty(), &mark.group) {
                (false, _) => Some(listed.collect()),
                (true, Some(_)) => Some(asked),
                (true, None) => None,
            },
            now,
        }
    }

    /// Whether the form asks about an action.
    fn asks_about(&self, id: &str) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(id))
    }

    /// The actions of which the plan says these words.
    fn meant(&self, words: &str) -> Vec<&FormRow> {
        let words = cell::plainly(words);
        let both = self.now.iter().zip(&self.words);
        let meant = both.filter(|(_, known)| **known == words);
        meant.map(|(row, _)| row).collect()
    }

    /// The board's own words for a rating.
    fn labels(&self) -> Vec<(String, &'static str)> {
        let labels = self.plan.policy.labels.iter();
        let known = labels.filter_map(|(rag, label)| {
            Some((label.value.to_string(), Rag::parse(&rag.value)?.word()))
        });
        known.filter(|(_, rag)| *rag != Rag::Blue.word()).collect()
    }

    /// The entries about an action of the plan, and no other.
    fn entries_about(&self, action: &str) -> impl Iterator<Item = &'b Entry> {
        self.board.entries.iter().filter(move |entry| {
            entry.plan == Some(self.index)
                && matches!(&entry.about, About::One(id) if id.as_str() == action)
        })
    }

    /// The entry that says the same as a report already.
    fn recorded(&self, report: &ReturnedReport) -> Option<&'b Entry> {
        self.entries_about(&report.action).find(|entry| {
            entry.date.is_some_and(|date| date.value == report.date)
                && same_fields(&fields_of(entry), &report.fields)
        })
    }
}

/// What an entry says, in the fields that a form has.
fn fields_of(entry: &Entry) -> Vec<(&'static str, Vec<String>)> {
    let text =
        |text: &Option<crate::plan::Text>| text.iter().map(|text| text.value.to_string()).collect();
    let word = |word: Option<&'static str>| word.iter().map(|word| (*word).to_owned()).collect();
    let deadline = entry.timescale.iter();
    vec![
        ("rag", word(entry.rag.map(|rag| rag.value.word()))),
        (
            "status",
            word(entry.status.map(|status| status.value.word())),
        ),
        ("done", text(&entry.done)),
        ("impact", text(&entry.impact)),
        ("voice", text(&entry.voice)),
        ("next", text(&entry.next)),
        (
            "evidence",
            entry
                .evidence
                .iter()
                .map(|item| item.title.value.to_string())
                .collect(),
        ),
        (
            "timescale",
            deadline
                .map(|deadline| deadline.text.value.to_string())
                .collect(),
        ),
        ("reason", text(&entry.reason)),
        ("note", text(&entry.note)),
    ]
}

fn same_fields(recorded: &[(&'static str, Vec<String>)], given: &[GivenField]) -> bool {
    recorded.iter().all(|(field, words)| {
        let answer = given.iter().find(|given| given.field == *field);
        let answer = answer
            .map(|given| given.words.as_slice())
            .unwrap_or_default();
        answer.len() == words.len() && answer.iter().zip(words).all(|(a, b)| same(a, b))
    })
}

impl Remark {
    fn new(cell: &ReturnedCell, wrong: impl Into<String>, right: impl Into<String>) -> Remark {
        Remark {
            right: right.into(),
            ..Remark::about(cell, &cell.text, wrong)
        }
    }

    /// About some words of a cell.
    fn about(cell: &ReturnedCell, words: &str, wrong: impl Into<String>) -> Remark {
        Remark {
            says: Some(excerpt(words)),
            ..Remark::empty(&cell.place, wrong, "")
        }
    }

    /// About a cell in which nothing stands.
    fn empty(place: &str, wrong: impl Into<String>, right: impl Into<String>) -> Remark {
        Remark {
            place: place.to_owned(),
            about: None,
            says: Some(String::new()),
            wrong: wrong.into(),
            right: right.into(),
        }
    }

    /// About the form as a whole.
    fn of_form(wrong: impl Into<String>) -> Remark {
        Remark {
            says: None,
            ..Remark::empty("the form", wrong, "")
        }
    }

    /// In a sentence: `2.2, RAG (Form!E9) says "amber/red": these are two ratings; write …`.
    pub fn sentence(&self) -> String {
        let place = match &self.about {
            Some(about) => format!("{about} ({})", self.place),
            None => self.place.clone(),
        };
        let says = match self.says.as_deref() {
            Some("") => " is empty".into(),
            Some(says) => format!(" says \"{says}\""),
            None => String::new(),
        };
        let right = match self.right.as_str() {
            "" => String::new(),
            right => format!("; {right}"),
        };
        format!("{place}{says}: {}{right}", self.wrong)
    }
}

/// The beginning of a text, in one line.
fn excerpt(text: &str) -> String {
    shortened(&one_line(text), 60)
}

/// Judges a form. `date` is the day of the report where the form gives none.
pub fn take(returned: &Returned, context: &FormContext, date: Option<Day>) -> JudgedForm {
    let mut judged = JudgedForm::default();
    if returned.mark.group.is_none() {
        let wrong = "it does not say any more which group it is from; --by says so";
        judged.notices.push(Remark::of_form(wrong));
    }
    for cell in &returned.loose {
        let wrong = "the form has nothing there; it is not recorded";
        judged.notices.push(Remark::new(cell, wrong, ""));
    }
    let date = the_date(returned, context, date, &mut judged);
    for row in &returned.rows {
        row::take(row, &date, returned, context, &mut judged);
    }
    dashes(&mut judged);
    twice(&mut judged);
    if context.earlier.is_empty() {
        recorded(context, &mut judged);
    } else {
        again::keep_what_is_new(context, &mut judged);
    }
    judged
}

/// The day of the report, and the cell that it comes from. A form without one may still give one in each
/// row.
fn the_date(
    returned: &Returned,
    context: &FormContext,
    given: Option<Day>,
    judged: &mut JudgedForm,
) -> Option<(Day, String)> {
    match returned.date.as_ref().filter(|cell| !says_nothing(cell)) {
        None => given.map(|day| (day, "--date".to_owned())),
        Some(cell) => match day(cell, context.today, returned.mark.made) {
            Ok(day) => Some((day, cell.place.clone())),
            Err(problem) => {
                judged.problems.push(problem);
                // So that rows are judged, and no row asks for the date again.
                Some((context.today, cell.place.clone()))
            }
        },
    }
}

/// Cells in which only a sign stands, or that there is nothing to say, are told of together.
fn dashes(judged: &mut JudgedForm) {
    const FEW: usize = 8;
    let places = std::mem::take(&mut judged.dashes);
    if places.is_empty() {
        return;
    }
    let more = if places.len() > FEW { " …" } else { "" };
    let few: Vec<&str> = places.iter().take(FEW).map(String::as_str).collect();
    let wrong = format!(
        "a dash, a question mark or a word such as n/a says nothing, and is not recorded ({}{more})",
        few.join(", ")
    );
    judged.notices.push(Remark::of_form(wrong));
}

/// Two rows about one action on one day cannot both be what the group said.
fn twice(judged: &mut JudgedForm) {
    for (at, report) in judged.reports.iter().enumerate() {
        let same =
            |other: &&ReturnedReport| other.action == report.action && other.date == report.date;
        if let Some(first) = judged.reports[..at].iter().find(same) {
            judged.problems.push(Remark {
                place: report.place.clone(),
                about: None,
                says: Some(report.action.clone()),
                wrong: format!("{} reports on the same action", first.place),
                right: "put all that is to be said of it in one row".into(),
            });
        }
    }
}

/// A row that says what is recorded already would be recorded twice.
fn recorded(context: &FormContext, judged: &mut JudgedForm) {
    for report in &judged.reports {
        if context.recorded(report).is_some() {
            judged.problems.push(Remark {
                place: report.place.clone(),
                about: None,
                says: Some(report.action.clone()),
                wrong: format!(
                    "this very report of {} is recorded already",
                    report.date.long()
                ),
                right: "empty the row, or leave the form: nothing of it is missing".into(),
            });
        }
    }
}

/// The id of the plan that is nearest to a misspelt one.
fn near<'b>(context: &FormContext<'b>, id: &str) -> Option<&'b str> {
    nearest(id, context.plan.index.keys().map(String::as_str))
}

impl Form {
    /// Whether a text names this form's id; groups and case do not matter.
    pub fn is_named(id: &str, text: &str) -> bool {
        !id.is_empty() && text.to_lowercase().contains(&id.to_lowercase())
    }
}
