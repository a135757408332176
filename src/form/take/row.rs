//! What one row of a form says.

use super::cell::{
    Rated, beside, check, evidence, is_coloured, is_dash, is_not_applicable, rating, same,
    says_nothing, status, text,
};
use super::dates::{day, deadline, ends_with};
use super::{FormContext, GivenField, JudgedForm, Remark, ReturnedReport};
use crate::calendar::Day;
use crate::form::returned::{Returned, ReturnedCell, ReturnedRow};
use crate::form::{COLUMNS, FormField, FormRow, csv};
use crate::office::blocks::CellValue;
use crate::plan::Status;
use crate::timescale::TimescaleContext;

/// A row, what it is held against, and what was found in it so far.
pub struct Taking<'t, 'b> {
    pub row: &'t ReturnedRow,
    pub context: &'t FormContext<'b>,
    pub judged: &'t mut JudgedForm,
    fields: Vec<GivenField>,
    /// The day since which it is complete, and the cell that says so.
    since: Option<(Day, String)>,
}

/// Takes one row: a report, or nothing where nothing was filled in. What is said of its cells names
/// their action and column.
pub fn take(
    row: &ReturnedRow,
    date: &Option<(Day, String)>,
    returned: &Returned,
    context: &FormContext,
    judged: &mut JudgedForm,
) {
    let before = (judged.problems.len(), judged.notices.len());
    let mut taking = Taking {
        row,
        context,
        judged,
        fields: Vec::new(),
        since: None,
    };
    let id = taking.take(date, returned);
    let id = id.or_else(|| row.get(FormField::Id).map(|cell| csv::bare_id(&cell.text)));
    let problems = judged.problems[before.0..].iter_mut();
    for remark in problems.chain(&mut judged.notices[before.1..]) {
        let field = row.field_at(&remark.place);
        let is_beside = || {
            row.others
                .iter()
                .any(|(_, cell)| cell.place == remark.place)
        };
        remark.about = match (&id, field) {
            (Some(id), Some(field)) if field != FormField::Id && !id.is_empty() => {
                Some(format!("{id}, {}", heading(field)).into())
            }
            (Some(id), None) if is_beside() && !id.is_empty() => Some(id.as_str().into()),
            _ => None,
        };
    }
}

/// The columns of running text, and the fields of an entry that they become.
const TEXTS: &[(FormField, &str)] = &[
    (FormField::Done, "done"),
    (FormField::Impact, "impact"),
    (FormField::Voice, "voice"),
    (FormField::Next, "next"),
];

/// What the rating says that the status does not: another status, or red or amber of what is complete.
fn contradiction(rated: &Rated, status: &Rated) -> Option<&'static str> {
    let status = status.status?;
    let is_behind = rated.rag.filter(|rag| matches!(*rag, "red" | "amber"));
    match rated.status {
        Some(other) => (other != status).then(|| other.word()),
        None => is_behind.filter(|_| status == Status::Complete),
    }
}

impl<'b> Taking<'_, 'b> {
    /// Takes the row; gives the action that it is about.
    fn take(&mut self, date: &Option<(Day, String)>, returned: &Returned) -> Option<String> {
        self.check_columns();
        for (_, cell) in &self.row.cells {
            self.judged.notices.extend(beside(cell));
        }
        let filled = self.is_filled();
        if self.is_proposal(filled) {
            self.propose();
            return None;
        }
        if !filled && self.is_for_new() {
            return None;
        }
        let id = self.id(filled)?;
        self.check_plan_side(&id, returned);
        if !filled {
            return Some(id);
        }
        if !self.context.asks_about(&id) {
            self.not_asked(&id, returned);
            return Some(id);
        }
        let asked = self.context.now.iter().find(|row| row.id == id);
        self.check_cells();
        self.ratings();
        for (field, name) in TEXTS {
            self.text(*field, name);
        }
        self.evidence(asked);
        let day = date.as_ref().map_or(self.context.today, |(day, _)| *day);
        self.deadline(asked, day);
        self.reason();
        let (date, date_place) = self.date(&id, date, returned)?;
        let fields = std::mem::take(&mut self.fields);
        if !fields.is_empty() {
            self.judged.reports.push(ReturnedReport {
                action: id.clone(),
                what: asked.map(|asked| asked.what.clone()).unwrap_or_default(),
                date,
                date_place,
                place: self.row.place(FormField::Id).to_owned(),
                fields,
            });
        }
        Some(id)
    }

    /// Names what in the cells to fill in cannot be taken for an answer, or is none.
    fn check_cells(&mut self) {
        for (field, cell) in &self.row.cells {
            if !is_input(*field) {
                continue;
            }
            self.judged.problems.extend(check(cell).err());
            let is_text = TEXTS.iter().any(|(text, _)| text == field);
            if is_dash(cell) || (is_text && is_not_applicable(cell) && !says_nothing(cell)) {
                self.judged.dashes.push(cell.place.clone());
            }
            // A merged cell is told of once, in the row where it begins.
            let (rows, columns) = if cell.place == self.row.place(*field) {
                cell.over
            } else {
                (1, 1)
            };
            if columns > 1 && !says_nothing(cell) {
                let wrong =
                    "it is merged over several columns, and only the group can say which it is for";
                let right = "part the cell, and write each answer into its own";
                self.judged.problems.push(Remark::new(cell, wrong, right));
            } else if rows > 1 && !says_nothing(cell) {
                let wrong = format!("it is merged over {rows} rows; it is taken for each of them");
                self.judged.notices.push(Remark::new(cell, wrong, ""));
            }
            if *field == FormField::Rag && is_coloured(cell) {
                let wrong = "it says nothing, and its colour is taken for the rating";
                self.judged.notices.push(Remark::new(cell, wrong, ""));
            }
        }
    }

    /// The cell of a field that says something.
    pub(super) fn get(&self, field: FormField) -> Option<&ReturnedCell> {
        self.row.get(field).filter(|cell| !says_nothing(cell))
    }

    pub(super) fn problem(&mut self, problem: Remark) {
        self.judged.problems.push(problem);
    }

    fn give(&mut self, field: &'static str, words: Vec<String>, place: &str) {
        let place = place.to_owned();
        self.fields.push(GivenField {
            field,
            words,
            place,
        });
    }

    pub(super) fn is_filled(&self) -> bool {
        let coloured = |field, cell| field == FormField::Rag && is_coloured(cell);
        let mut inputs = self.row.cells.iter().filter(|(field, _)| is_input(*field));
        inputs.any(|(field, cell)| !says_nothing(cell) || coloured(*field, cell))
    }

    /// What stands in columns that the form does not have is said; where one of the form's own is missing, it
    /// may be the answer to that, and is asked. So is a column that stands twice.
    fn check_columns(&mut self) {
        let missing = COLUMNS
            .iter()
            .filter(|column| column.input && !self.row.has(column.field));
        let missing: Vec<&str> = missing.map(|column| column.heading).collect();
        for (heading, cell) in &self.row.others {
            let wrong = match heading.as_str() {
                "" => "the form has no such column".to_owned(),
                heading => format!("the form has no column \"{heading}\""),
            };
            if missing.is_empty() {
                let wrong = format!("{wrong}; it is not recorded");
                self.judged.notices.push(Remark::new(cell, wrong, ""));
            } else {
                let wrong = format!("{wrong}, and lacks its own: {}", missing.join(", "));
                let right = "write the name back that it had, or empty the cell";
                self.judged.problems.push(Remark::new(cell, wrong, right));
            }
        }
        let code = self.row.get(FormField::State);
        if let Some(cell) = code.filter(|cell| !is_code(&cell.text)) {
            let wrong = "only the program's code belongs there; it is not recorded";
            self.judged.notices.push(Remark::new(cell, wrong, ""));
        }
        for (at, (field, cell)) in self.row.cells.iter().enumerate() {
            let first = self.row.cells[..at]
                .iter()
                .find(|(other, _)| other == field);
            if let Some((_, first)) = first.filter(|_| !says_nothing(cell)) {
                let wrong = format!("its column stands twice; {} is the other cell", first.place);
                self.judged
                    .problems
                    .push(Remark::new(cell, wrong, "put both in one"));
            }
        }
    }

    pub(super) fn timescale_context(&self) -> TimescaleContext<'b> {
        TimescaleContext {
            period: self.context.plan.period,
            terms: &self.context.board.terms,
        }
    }

    /// The rating and the status; "Complete" in either is the status.
    fn ratings(&mut self) {
        let cell = |field| self.row.get(field).filter(|cell| !is_not_applicable(cell));
        let coloured = self
            .row
            .get(FormField::Rag)
            .filter(|cell| is_coloured(cell));
        let (rag, stage) = (cell(FormField::Rag).or(coloured), cell(FormField::Status));
        let labels = self.context.labels();
        let rated = rag.map(|cell| rating(cell, &labels)).transpose();
        let stage_said = stage.map(status).transpose();
        let (rated, stage_said) = match (rated, stage_said) {
            (Ok(rated), Ok(stage_said)) => {
                (rated.unwrap_or_default(), stage_said.unwrap_or_default())
            }
            (rated, stage_said) => {
                self.judged
                    .problems
                    .extend(rated.err().into_iter().chain(stage_said.err()));
                return;
            }
        };
        if let (Some(contradicts), Some(cell)) = (contradiction(&rated, &stage_said), stage) {
            let wrong = format!(
                "{} says that it is {contradicts}",
                self.row.place(FormField::Rag)
            );
            let right = "make both say the same";
            self.judged.problems.push(Remark::new(cell, wrong, right));
            return;
        }
        if let (Some(word), Some(cell)) = (rated.rag, rag) {
            self.give("rag", vec![word.into()], &cell.place);
        }
        let stages = stage_said.status.zip(stage).or(rated.status.zip(rag));
        if let Some((status, cell)) = stages {
            self.give("status", vec![status.word().into()], &cell.place);
        }
        let since = stage_said.since.zip(stage).or(rated.since.zip(rag));
        self.since = since.map(|(day, cell)| (day, cell.place.clone()));
        self.notes(&[(rated, rag), (stage_said, stage)]);
    }

    /// Words beside a rating or a status become the entry's note.
    fn notes(&mut self, all: &[(Rated, Option<&ReturnedCell>)]) {
        let notes = all
            .iter()
            .filter_map(|(rated, cell)| rated.note.clone().zip(*cell));
        let notes: Vec<(String, &ReturnedCell)> = notes.collect();
        for (note, cell) in &notes {
            let wrong = format!("kept as a note: \"{}\"", super::excerpt(note));
            self.judged.notices.push(Remark::new(cell, wrong, ""));
        }
        if let Some((_, cell)) = notes.first() {
            let words: Vec<&str> = notes.iter().map(|(note, _)| note.as_str()).collect();
            self.give("note", vec![words.join("\n")], &cell.place);
        }
    }

    fn text(&mut self, field: FormField, name: &'static str) {
        let cell = self.get(field).filter(|cell| !is_not_applicable(cell));
        let Some(cell) = cell.cloned() else {
            return;
        };
        match text(&cell) {
            Ok(words) => self.give(name, vec![words], &cell.place),
            Err(problem) => self.problem(problem),
        }
    }

    fn evidence(&mut self, asked: Option<&FormRow>) {
        let Some(cell) = self.get(FormField::Evidence).cloned() else {
            return;
        };
        let promised = asked
            .map(|asked| asked.evidence.as_slice())
            .unwrap_or_default();
        match text(&cell) {
            Ok(words) => match evidence(&words, promised) {
                items if items.is_empty() => {}
                items => self.give("evidence", items, &cell.place),
            },
            Err(problem) => self.problem(problem),
        }
    }

    /// A new deadline; one that the plan has already is none.
    fn deadline(&mut self, asked: Option<&FormRow>, report: Day) {
        let cell = self
            .row
            .get(FormField::NewDate)
            .filter(|cell| !is_not_applicable(cell));
        let Some(cell) = cell.cloned() else {
            return;
        };
        let words = match deadline(&cell, &self.timescale_context(), report) {
            Ok(words) => words,
            Err(problem) => return self.problem(problem),
        };
        if !same(&words, &cell.text) && cell.value == CellValue::Text {
            let year = if words.len() > cell.text.len() {
                "it names no year, and"
            } else {
                "it"
            };
            let wrong = format!("{year} is read as \"{words}\"");
            self.judged.notices.push(Remark::new(&cell, wrong, ""));
        }
        let context = self.timescale_context();
        if asked.is_some_and(|asked| {
            same(&asked.timescale, &words) || ends_with(&asked.timescale, &words, &context)
        }) {
            let wrong = "the plan has this date already; nothing is asked for";
            self.judged.notices.push(Remark::new(&cell, wrong, ""));
            return;
        }
        let status = self.fields.iter().find(|given| given.field == "status");
        if status.is_some_and(|status| status.words[0] == Status::Complete.word()) {
            let wrong = "the row says that the action is complete, and asks for a new date";
            let right = "empty one of the two";
            return self.problem(Remark::new(&cell, wrong, right));
        }
        self.give("timescale", vec![words], &cell.place);
    }

    /// The reason, which every change needs.
    fn reason(&mut self) {
        let given = |name: &str| self.fields.iter().find(|given| given.field == name);
        let needs = |given: &&GivenField| {
            Status::parse(&given.words[0]).is_some_and(Status::needs_agreement)
        };
        let change = given("timescale")
            .or_else(|| given("status").filter(needs))
            .cloned();
        let explains = change.is_some() || given("status").is_some();
        let wrong = "it gives a reason, and nothing asks for a change";
        match (self.get(FormField::Reason).cloned(), change) {
            (Some(cell), _) => match text(&cell) {
                Ok(words) => {
                    if !explains && !self.fields.is_empty() {
                        let wrong =
                            format!("{wrong}; it is kept with the report, and no paper prints it");
                        self.judged.notices.push(Remark::new(&cell, wrong, ""));
                    }
                    self.give("reason", vec![words], &cell.place);
                }
                Err(problem) => self.problem(problem),
            },
            (None, Some(change)) => {
                let wrong = format!(
                    "{} asks for a change (\"{}\")",
                    change.place, change.words[0]
                );
                let place = self.row.place(FormField::Reason).to_owned();
                self.problem(Remark::empty(&place, wrong, "write the reason for it"));
            }
            (None, None) => {}
        }
        let alone = match &self.fields[..] {
            // A change that could not be read is named itself.
            [only] if only.field == "reason" && !self.asks() => Some(only.clone()),
            _ => None,
        };
        if let Some(only) = alone {
            let right = "write the new date or the status, or move the words to another column";
            self.problem(Remark {
                says: Some(super::excerpt(&only.words[0])),
                ..Remark::empty(&only.place, wrong, right)
            });
        }
    }

    /// Whether something stands in a cell that may ask for a change.
    fn asks(&self) -> bool {
        let cells = [FormField::Rag, FormField::Status, FormField::NewDate];
        cells.into_iter().any(|field| self.get(field).is_some())
    }

    /// An action that is complete since a day was reported on that day, if nothing was said of it since.
    fn complete_since(
        &mut self,
        id: &str,
        (since, place): (Day, String),
        until: Day,
    ) -> Option<(Day, String)> {
        let says = since.long();
        let entries = self.context.entries_about(id);
        let dates = entries.filter_map(|entry| entry.date.map(|date| date.value));
        let later = dates.filter(|day| *day > since).max();
        let wrong = match later {
            _ if since > until => "that day is later than this report".to_owned(),
            Some(later) => format!("something was reported about it later, on {}", later.long()),
            None => {
                let wrong = "it is complete since then: its report is of that day";
                let remark = Remark {
                    says: Some(says),
                    ..Remark::empty(&place, wrong, "")
                };
                self.judged.notices.push(remark);
                return Some((since, place));
            }
        };
        let right = "write Complete alone, and the day under \"What was done\"";
        let remark = Remark {
            says: Some(says),
            ..Remark::empty(&place, wrong, right)
        };
        self.problem(remark);
        None
    }

    /// The day of the report: the row's own, else the form's.
    fn date(
        &mut self,
        id: &str,
        form: &Option<(Day, String)>,
        returned: &Returned,
    ) -> Option<(Day, String)> {
        if let Some(since) = self.since.take() {
            let until = form.as_ref().map_or(self.context.today, |(day, _)| *day);
            return self.complete_since(id, since, until);
        }
        if let Some(cell) = self.get(FormField::Date).cloned() {
            return match day(&cell, self.context.today, returned.mark.made) {
                Ok(day) => Some((day, cell.place)),
                Err(problem) => {
                    self.problem(problem);
                    None
                }
            };
        }
        if form.is_none() {
            let place = match returned.date_place.as_str() {
                "" => "the form",
                place => place,
            };
            let missing = Remark::empty(
                place,
                "the form does not say of which day it is",
                "write the day there, or give it with --date",
            );
            if !self.judged.problems.contains(&missing) {
                self.problem(missing);
            }
        }
        form.clone()
    }
}

/// Whether a text is the code of a row, also where a spreadsheet made a number of it: "3.49E+10". A short word
/// of the same letters is none: "Added".
pub(super) fn is_code(text: &str) -> bool {
    let text = text.trim();
    let is_of_code = |c: char| c.is_ascii_hexdigit() || ['.', ',', '+'].contains(&c);
    let is_word = text.len() < 8 && !text.contains(|c: char| c.is_ascii_digit());
    text.is_empty() || text.chars().all(is_of_code) && !is_word
}

/// What a column is called.
pub fn heading(field: FormField) -> &'static str {
    let column = COLUMNS.iter().find(|column| column.field == field);
    column.map_or("Code", |column| column.heading)
}

fn is_input(field: FormField) -> bool {
    let mut inputs = COLUMNS.iter().filter(|column| column.input);
    inputs.any(|column| column.field == field)
}
