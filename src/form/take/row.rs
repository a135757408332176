//! What one row of a form says.

use super::cell::{
    Rated, beside, check, day, deadline, evidence, is_coloured, is_dash, is_not_applicable, rating,
    same, says_nothing, status, text, tidy,
};
use super::{FormContext, GivenField, JudgedForm, Remark, ReturnedReport, near};
use crate::calendar::Day;
use crate::form::returned::{Returned, ReturnedCell, ReturnedRow};
use crate::form::{COLUMNS, FormField, FormRow, csv};
use crate::office::blocks::CellValue;
use crate::plan::Status;
use crate::timescale::{Timescale, TimescaleContext, parse_date};

/// A row, what it is held against, and what was found in it so far.
pub struct Taking<'t, 'b> {
    pub row: &'t ReturnedRow,
    pub context: &'t FormContext<'b>,
    pub judged: &'t mut JudgedForm,
    fields: Vec<GivenField>,
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
    };
    let id = taking.take(date, returned);
    let id = id.or_else(|| row.get(FormField::Id).map(|cell| csv::bare_id(&cell.text)));
    let problems = judged.problems[before.0..].iter_mut();
    for remark in problems.chain(&mut judged.notices[before.1..]) {
        let field = row.field_at(&remark.place);
        remark.about = match (&id, field) {
            (Some(id), Some(field)) if field != FormField::Id && !id.is_empty() => {
                Some(format!("{id}, {}", heading(field)).into())
            }
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

impl<'b> Taking<'_, 'b> {
    /// Takes the row; gives the action that it is about.
    fn take(&mut self, date: &Option<(Day, String)>, returned: &Returned) -> Option<String> {
        self.check_columns();
        self.check_code();
        let filled = self.is_filled();
        if self.check_headings() {
            return None;
        }
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
            let remarks = self.row.cells.iter().filter(|(field, _)| is_input(*field));
            let remarks = remarks.flat_map(|(_, cell)| beside(cell));
            self.judged.notices.extend(remarks);
            return Some(id);
        }
        self.check_asked(&id, returned);
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
        let (date, date_place) = self.date(date, returned)?;
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
            self.judged.notices.extend(beside(cell));
            if is_dash(cell) {
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
    fn get(&self, field: FormField) -> Option<&ReturnedCell> {
        self.row.get(field).filter(|cell| !says_nothing(cell))
    }

    fn problem(&mut self, problem: Remark) {
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

    fn is_filled(&self) -> bool {
        let coloured = |field, cell| field == FormField::Rag && is_coloured(cell);
        let mut inputs = self.row.cells.iter().filter(|(field, _)| is_input(*field));
        inputs.any(|(field, cell)| !says_nothing(cell) || coloured(*field, cell))
    }

    /// What stands in columns that the form does not have is said; a column that stands twice is asked.
    fn check_columns(&mut self) {
        for (heading, cell) in &self.row.others {
            let wrong = match heading.as_str() {
                "" => "the form has no such column; it is not recorded".to_owned(),
                heading => format!("the form has no column \"{heading}\"; it is not recorded"),
            };
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

    /// The action that the row is about: the id as written, if the words beside it do not belong to
    /// another.
    fn id(&mut self, filled: bool) -> Option<String> {
        let beside = self.row.get(FormField::What).map(|cell| tidy(&cell.text));
        let context = self.context;
        let meant = beside.map_or_else(Vec::new, |words| context.meant(&words));
        let Some(cell) = self.row.get(FormField::Id).cloned() else {
            self.no_id(filled, &meant);
            return None;
        };
        let id = csv::bare_id(&tidy(&cell.text))
            .trim_end_matches('.')
            .to_owned();
        let is_text = cell.value == CellValue::Text;
        if is_text && self.context.plan.index.contains_key(&id) {
            if meant.is_empty() || meant.iter().any(|row| row.id == id) {
                self.note_unknown_words(&id, &meant);
                return Some(id);
            }
            let other = &meant[0].id;
            let wrong = format!("the words beside it are those of {other}");
            self.problem(Remark::new(
                &cell,
                wrong,
                format!("write {other}, or {id} with its own words"),
            ));
            return None;
        }
        // A spreadsheet made a number or a date of it; the words beside it say which it was.
        if let [only] = meant[..]
            && !is_text
            && became(&only.id, &cell)
        {
            return Some(only.id.clone());
        }
        if filled || is_text {
            self.unknown_id(&cell, &id, &meant, filled);
        }
        None
    }

    fn no_id(&mut self, filled: bool, meant: &[&FormRow]) {
        let place = self.row.place(FormField::Id).to_owned();
        if filled {
            let right = match meant {
                [only] => format!("write {}", only.id),
                _ => "write the number of the action".into(),
            };
            self.problem(Remark::empty(
                &place,
                "the row does not say which action it is about",
                right,
            ));
            return;
        }
        for (_, cell) in self
            .row
            .cells
            .iter()
            .filter(|(_, cell)| !says_nothing(cell))
        {
            let wrong = "it stands in no action's row; it is not recorded";
            self.judged.notices.push(Remark::new(cell, wrong, ""));
        }
    }

    fn unknown_id(&mut self, cell: &ReturnedCell, id: &str, meant: &[&FormRow], filled: bool) {
        let wrong = match cell.value {
            CellValue::Text => "the plan has no such action",
            _ => "a spreadsheet has made a number or a date of it",
        };
        let right = match (meant, near(self.context, id)) {
            ([only], _) => format!("the words beside it are those of {}: write that", only.id),
            (_, Some(near)) => format!("did you mean {near}?"),
            _ => "write the number of the action, as text".into(),
        };
        if filled {
            self.problem(Remark::new(cell, wrong, right));
        } else {
            let notice = Remark::new(cell, wrong, "nothing stands in its row");
            self.judged.notices.push(notice);
        }
    }

    /// Words beside a known id that are no action's: somebody changed them.
    fn note_unknown_words(&mut self, id: &str, meant: &[&FormRow]) {
        let known = self.context.now.iter().any(|row| row.id == id);
        let cell = self
            .row
            .get(FormField::What)
            .filter(|_| known && meant.is_empty())
            .cloned();
        if let Some(cell) = cell {
            let wrong = format!("these are not the plan's words for {id}");
            let right = "the plan stays as it is; what is to be reported goes to the yellow cells";
            self.judged.notices.push(Remark::new(&cell, wrong, right));
        }
    }

    /// What the plan says stands in the form to be read. A change there was meant to say something.
    fn check_plan_side(&mut self, id: &str, returned: &Returned) {
        let of = |rows: &[FormRow]| rows.iter().find(|row| row.id == id).cloned();
        let (Some(now), then) = (of(&self.context.now), of(&self.context.then)) else {
            return;
        };
        let state = returned.mark.states.iter().find(|(known, _)| known == id);
        let stale = state.is_some_and(|(_, state)| *state != now.state);
        if stale && self.is_filled() {
            self.judged.notices.push(Remark {
                says: Some(id.to_owned()),
                ..Remark::empty(
                    self.row.place(FormField::Id),
                    "something was recorded about it after this form was made",
                    format!("now: {}", now.stands.replace('\n', " ")),
                )
            });
        }
        let then = then.unwrap_or_else(|| now.clone());
        self.check_timescale(&now, &then, stale);
        self.check_stands(&now, &then, stale);
    }

    /// A timescale that was written over asks for a new date in the wrong place.
    fn check_timescale(&mut self, now: &FormRow, then: &FormRow, stale: bool) {
        let Some(cell) = self.get(FormField::Timescale).cloned() else {
            return;
        };
        let words = tidy(&cell.text);
        let known = [now, then]
            .iter()
            .any(|row| same(&row.timescale, &words) || self.reads_the_same(&row.timescale, &cell));
        if known || stale {
            return;
        }
        let wrong = format!(
            "the plan says \"{}\" here",
            now.timescale.replace('\n', " ")
        );
        let heading = heading(FormField::NewDate);
        let right = format!("a new date goes to the column \"{heading}\", with its reason");
        self.problem(Remark::new(&cell, wrong, right));
    }

    /// Whether a spreadsheet may have made a cell of a timescale: "Apr-18" or a date of "April 2018".
    fn reads_the_same(&self, timescale: &str, cell: &ReturnedCell) -> bool {
        let context = self.timescale_context();
        let last = |words: &str| Timescale::parse(words, &context).ok()?.last_day();
        match (cell.value, last(timescale)) {
            (CellValue::Day(day), Some(last)) => {
                (day.year(), day.month()) == (last.year(), last.month())
                    && (day.day() == 1 || day == last)
            }
            (CellValue::Text, Some(last_named)) => {
                let words = tidy(&cell.text);
                last(&words) == Some(last_named) || is_first_of_month(&words, last_named)
            }
            _ => false,
        }
    }

    fn check_stands(&mut self, now: &FormRow, then: &FormRow, stale: bool) {
        let Some(cell) = self.get(FormField::Stands).cloned() else {
            return;
        };
        let words = tidy(&cell.text);
        if stale || same(&now.stands, &words) || same(&then.stands, &words) {
            return;
        }
        let wrong = "this cell is not read, and does not say what the form said";
        let right = "what is to be reported goes to the yellow cells";
        self.problem(Remark::new(&cell, wrong, right));
    }

    fn timescale_context(&self) -> TimescaleContext<'b> {
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
        if let (Some(first), Some(second), Some(cell)) = (rated.status, stage_said.status, stage)
            && first != second
        {
            let wrong = format!(
                "{} says that it is {}",
                self.row.place(FormField::Rag),
                first.word()
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
        let Some(cell) = self.get(field).cloned() else {
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
        if !same(&words, &cell.text) {
            let wrong = format!("it names no year, and is read as \"{words}\"");
            self.judged.notices.push(Remark::new(&cell, wrong, ""));
        }
        if asked.is_some_and(|asked| same(&asked.timescale, &words)) {
            let wrong = "the plan has this date already; nothing is asked for";
            self.judged.notices.push(Remark::new(&cell, wrong, ""));
            return;
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
        match (self.get(FormField::Reason).cloned(), change) {
            (Some(cell), _) => match text(&cell) {
                Ok(words) => self.give("reason", vec![words], &cell.place),
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
            let wrong = "it gives a reason, and nothing asks for a change";
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

    /// The day of the report: the row's own, else the form's.
    fn date(&mut self, form: &Option<(Day, String)>, returned: &Returned) -> Option<(Day, String)> {
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

/// What a column is called.
pub fn heading(field: FormField) -> &'static str {
    let column = COLUMNS.iter().find(|column| column.field == field);
    column.map_or("", |column| column.heading)
}

fn is_input(field: FormField) -> bool {
    let mut inputs = COLUMNS.iter().filter(|column| column.input);
    inputs.any(|column| column.field == field)
}

/// Whether figures are the first day of a month, as a spreadsheet writes it that made a date of "March 2026":
/// "01/03/2026", or "03/01/26" in the American order.
fn is_first_of_month(figures: &str, month: Day) -> bool {
    let Ok(day) = parse_date(figures) else {
        return false;
    };
    let turned = Day::new(day.year(), day.day(), day.month());
    let first = Day::new(month.year(), month.month(), 1);
    [Some(day), turned].contains(&first)
}

/// Whether a spreadsheet may have made a number or a date of an id: 1.1 of "1.10", 1 February 2001 of
/// "1.2.1".
fn became(id: &str, cell: &ReturnedCell) -> bool {
    match cell.value {
        CellValue::Number(number) => id.parse::<f64>() == Ok(number),
        CellValue::Day(day) => {
            let parts: Vec<Option<i32>> = id.split('.').map(|part| part.parse().ok()).collect();
            let figures = [Some(day.day() as i32), Some(day.month() as i32)];
            parts.len() == 3 && parts[..2] == figures && parts[2] == Some(day.year() % 100)
        }
        _ => false,
    }
}
