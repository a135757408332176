//! What each column of a table holds: by its heading, by what the user says, and, where headings are
//! blank or two are alike, by its cells.

use std::collections::BTreeSet;

use super::cells::{
    filled, is_answer, is_control, is_count, is_level, is_no_deed, tick_says, wide,
};
use super::fields::Field;
use super::headings;
use super::ids;
use super::ratings;
use super::when::{When, anything, apart, dated, is_time, is_year, starts_with_time};
use crate::import::blocks::{Cell, Table};
use crate::timescale::Timescale;
use crate::words::{has_one_of, letters_only};

/// A column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The words of its heading, from the first line to the last; empty where it has none.
    pub heading: String,
    /// The field that the column holds; none where that is not known.
    pub field: Option<Field>,
    /// The field that its heading names.
    pub named: Option<Field>,
    /// Why the column is taken for that field, where its heading alone does not say so.
    pub guess: Option<&'static str>,
    /// The time that its heading names: "Q1 RAG", "Update June 2023".
    pub when: Option<When>,
    /// Whether that time is all that its heading says.
    pub is_time: bool,
    /// What a tick in it would say, where its heading is a status.
    pub says: Option<String>,
    /// Whether its cells are ticks.
    pub ticked: bool,
    /// Whether the user named its field.
    pub is_mapped: bool,
}

/// The columns of a table, and which rows are its heading.
#[derive(Clone, Debug)]
pub struct Columns {
    pub all: Vec<Column>,
    /// The first row of its heading, and the first row after it.
    pub head: usize,
    pub first: usize,
    /// The columns whose coloured or marked cells are bars: when each action begins and ends.
    pub bars: Vec<usize>,
}

/// What the user says of columns: their names, and the fields that they hold.
pub type Map = [(String, Field)];

/// How many of a table's rows are looked at for its heading.
const HEAD: usize = 15;

/// Finds a table's heading row and what its columns are; none where it has none.
pub fn columns(table: &Table, map: &Map) -> Option<Columns> {
    let head = (0..table.rows.len().min(HEAD)).find(|&row| is_heading(&table.rows[row], map))?;
    if is_control(&table.rows[head]) {
        return None;
    }
    let mut first = head + 1;
    while first < table.rows.len()
        && (first < table.heading_rows
            || continues_heading(&table.rows[first])
            || (first == head + 1 && parts_heading(table, head)))
    {
        first += 1;
    }
    // A line above that groups the columns belongs to the heading; one cell alone is a title.
    let mut top = head;
    while top > 0 && filled(&table.rows[top - 1]).count() > 1 && groups(&table.rows[top - 1]) {
        top -= 1;
    }
    let mut columns = Columns::read(table, top..first, map);
    columns.blank_headings(table);
    columns.by_contents(table);
    columns.by_most_words(table);
    columns.tell_apart(table);
    columns.by_what_there_is();
    columns.steps_of_merged(table);
    columns.find_bars(table);
    let speaks = columns.has_text_field() || columns.speaks_of_numbers();
    (speaks && !columns.only_counts(table)).then_some(columns)
}

/// How many words a heading over several columns has at most: more are text that stands over the table.
const MOST_WORDS: usize = 9;

/// Whether a row above a heading row groups its columns: short words, none of them a row of another
/// table such as a key.
fn groups(row: &[Cell]) -> bool {
    if filled(row).any(|cell| cell.text.split_whitespace().count() > MOST_WORDS) {
        return false;
    }
    let merged = row.iter().any(|cell| cell.under.is_some());
    merged || filled(row).any(|cell| headings::field(&cell.text).is_some())
}

/// The field that the user names for a column, by its heading or by its number ("column 2").
fn mapped(heading: &str, column: usize, map: &Map) -> Option<Field> {
    let numbered = format!("column{}", column + 1);
    let named = |name: &str| {
        (!heading.is_empty() && letters_only(name) == letters_only(heading))
            || letters_only(name) == numbered
    };
    map.iter()
        .find(|(name, _)| named(name))
        .map(|&(_, field)| field)
}

/// Whether a row names columns: two fields at least and little else, or several with one that says
/// what is to be done.
pub fn is_heading(row: &[Cell], map: &Map) -> bool {
    let cells: Vec<(usize, &Cell)> = row
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.text.is_empty())
        .collect();
    let known = |&(column, cell): &(usize, &Cell)| {
        mapped(&cell.text, column, map).or_else(|| headings::field(&cell.text))
    };
    // Times stand beside names in a heading row, and never alone.
    if !cells.iter().any(|cell| known(cell).is_some()) {
        return false;
    }
    let timed = |(_, cell): &(usize, &Cell)| headings::field(&apart(&cell.text).0);
    let named: Vec<Field> = cells
        .iter()
        .filter_map(|cell| known(cell).or_else(|| timed(cell)))
        .collect();
    let found: BTreeSet<Field> = named.iter().copied().collect();
    // A column for each month or quarter names no field, and takes nothing from what the others name.
    let cells: Vec<&(usize, &Cell)> = (cells.iter())
        .filter(|(_, cell)| !is_time(&cell.text))
        .collect();
    let starts_with_id = cells
        .iter()
        .any(|(_, cell)| ids::leading(&cell.text).is_some_and(|(id, ..)| id.contains('.')));
    let short = |cell: &Cell| cell.text.split_whitespace().count() <= 10;
    let many = found.len() >= 3
        && found
            .iter()
            .any(|field| field.is_text() || *field == Field::Next)
        && cells
            .iter()
            .all(|(_, cell)| short(cell) && !is_timescale(&cell.text));
    found.len() >= 2 && !starts_with_id && (named.len() * 2 >= cells.len() || many)
}

/// A row below the heading that only asks questions, or names fields again.
fn continues_heading(row: &[Cell]) -> bool {
    let heads = |cell: &Cell| cell.text.ends_with('?') || is_known(&cell.text);
    let mut cells = filled(row).peekable();
    cells.peek().is_some() && cells.all(heads)
}

/// Whether the row below a heading row tells the parts of its merged cells apart, and says nothing below the
/// others: "Responsible" and "Consulted" below "Who".
pub fn parts_heading(table: &Table, head: usize) -> bool {
    let parts = |column: usize| {
        let over = &table.rows[head][column];
        over.under
            .is_some_and(|(row, at)| row == head && at < column)
            || wide(table, head, column)
    };
    let short = |text: &str| {
        text.split_whitespace().count() <= 4
            && (starts_with_time(text)
                || is_year(text)
                || !text.contains(|c: char| c.is_ascii_digit()) && !is_timescale(text))
    };
    let Some(below) = table.rows.get(head + 1) else {
        return false;
    };
    let columns: Vec<usize> = (0..below.len())
        .filter(|&column| !below[column].text.is_empty())
        .collect();
    let parts_only = columns
        .iter()
        .all(|&column| parts(column) && short(&below[column].text));
    // Ratings below each other are rows of actions; states side by side are columns of ticks.
    let texts: BTreeSet<&str> = columns
        .iter()
        .map(|&column| below[column].text.as_str())
        .collect();
    let is_state =
        texts.len() == columns.len() || !texts.iter().any(|text| ratings::read(text).is_some());
    columns.len() > 1 && parts_only && is_state
}

fn is_known(text: &str) -> bool {
    text.split_whitespace().count() <= 5
        && headings::sure(text).is_some()
        && !is_timescale(text)
        && ratings::read(text).is_none()
}

pub fn is_timescale(text: &str) -> bool {
    Timescale::parse(text, &anything()).is_ok()
}

/// The lines of a column's heading, from the first to the last.
fn heading_lines(table: &Table, rows: std::ops::Range<usize>, column: usize) -> Vec<&str> {
    let mut lines: Vec<&str> = Vec::new();
    for row in rows {
        let cell = &table.rows[row][column];
        let text = match cell.under {
            Some((from, at)) if cell.text.is_empty() => &table.rows[from][at].text,
            _ => &cell.text,
        };
        if !text.is_empty() && lines.last() != Some(&text.as_str()) {
            lines.push(text);
        }
    }
    lines
}

impl Column {
    fn read(table: &Table, rows: std::ops::Range<usize>, column: usize, map: &Map) -> Column {
        let lines = heading_lines(table, rows.clone(), column);
        // "Timeframe" above times side by side says no more than they do.
        if let [above @ .., last] = lines.as_slice()
            && (is_time(last) || is_year(last))
            && headings::named(&above.join(" ")).is_some_and(|it| it.field == Field::Timescale)
        {
            let field = mapped(last, column, map);
            let (_, when) = apart(last);
            return Column {
                field,
                is_mapped: field.is_some(),
                when,
                is_time: when.is_some(),
                guess: when.map(|_| "its heading is only a time"),
                heading: (*last).to_owned(),
                ..Column::default()
            };
        }
        let words = lines.join(" ").replace("\n\n", " ").replace('\n', " ");
        let (name, when) = apart(&words);
        let mut found = Column {
            when,
            is_time: name.is_empty() && when.is_some(),
            ..Column::default()
        };
        let is_answer = lines.last().is_some_and(|line| is_answer(line).is_some());
        if let Some(field) = mapped(&words, column, map) {
            found.field = Some(field);
            found.is_mapped = true;
        } else {
            found.says = tick_says(&lines);
            // A heading over several columns says less of each than the one below it.
            let cells = || {
                rows.clone()
                    .map(|row| (&table.rows[row][column], wide(table, row, column)))
            };
            let known = |text: &str| headings::named(&apart(text).0);
            let lowest = cells()
                .filter(|(_, wide)| !wide)
                .find_map(|(cell, _)| known(&cell.text))
                .or_else(|| cells().rev().find_map(|(cell, _)| known(&cell.text)));
            let named = lowest.or_else(|| headings::of_column(&name));
            if let Some(named) = named.filter(|_| !is_answer || lines.len() == 1) {
                found.field = Some(named.field);
                found.named = found.field;
                found.guess = (!named.sure).then_some("its heading is like one that is known");
            } else if found.is_time {
                found.guess = Some("its heading is only a time");
            }
        }
        found.heading = words;
        found
    }
}

/// Words of headings over days that are gone, such as that of the last change.
const PAST: &str =
    "last previous reported updated reviewed audit audited received issued published since";

impl Columns {
    /// The columns below the heading that is these rows, each by its words.
    pub(super) fn read(table: &Table, heading: std::ops::Range<usize>, map: &Map) -> Columns {
        let width = table.rows.get(heading.start).map_or(0, Vec::len);
        let all = (0..width).map(|column| Column::read(table, heading.clone(), column, map));
        Columns {
            all: all.collect(),
            head: heading.start,
            first: heading.end,
            bars: Vec::new(),
        }
    }

    /// The fields of its columns, in their order.
    pub fn fields(&self) -> impl Iterator<Item = Option<Field>> {
        self.all.iter().map(|column| column.field)
    }

    pub fn has(&self, field: Field) -> bool {
        self.at(field).is_some()
    }

    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.fields().position(|found| found == Some(field))
    }

    pub(super) fn set(&mut self, column: usize, field: Field, why: &'static str) {
        self.all[column].field = Some(field);
        self.all[column].guess = Some(why);
    }

    /// Whether the cells of a column are days; under "Review" also how often.
    fn holds_days(&self, table: &Table, column: usize) -> bool {
        let is_day = |text: &str| dated(text, &anything()).is_some();
        self.every(table, column, is_day)
            || self.heading_has(column, "review") && self.every(table, column, is_timescale)
    }

    /// Whether a table only counts actions or measures something: there are figures where the words of actions
    /// would stand, or no more than indicators with where they began, and neither who nor when.
    fn only_counts(&self, table: &Table) -> bool {
        let action = self.at(Field::Action);
        let are_counted = action.is_some_and(|action| {
            self.every(table, action, |text| is_count(text) || is_no_deed(text))
        });
        let says_more = |field: Field| {
            field.says_who_or_when() || field.is_progress() || field == Field::Objective
        };
        let from_baseline = (0..self.all.len()).any(|column| self.heading_has(column, "baseline"));
        are_counted || (from_baseline && !self.fields().flatten().any(says_more))
    }

    /// Whether a column says what is to be done or achieved: no plan's table is without one.
    pub fn has_text_field(&self) -> bool {
        self.fields().flatten().any(Field::is_text)
    }

    /// What only the cells can tell: columns of ticks, of High and Low, of ratings under a bare time.
    fn by_contents(&mut self, table: &Table) {
        for column in 0..self.all.len() {
            if self.holds_shares(table, column) {
                self.all[column].field = Some(Field::Done);
                continue;
            }
            let found = &self.all[column];
            if found.says.is_some() && found.field.is_none_or(|field| field == Field::Status) {
                self.by_ticks(table, column);
            }
            self.under_a_status(table, column);
            let heading = letters_only(&self.all[column].heading);
            let vague = ["target", "end", "completion", "period", "year"];
            let is_timed = self.all[column].when.is_some();
            match self.all[column].field {
                Some(Field::Priority) if self.every(table, column, is_level) => {
                    self.set(
                        column,
                        Field::Note,
                        "its cells say how pressing an action is",
                    );
                }
                // "Impact (1-5)" is the score of a risk, "3 of 6" of an action's steps are none of them.
                Some(Field::Impact | Field::Milestones) if self.every(table, column, is_count) => {
                    self.all[column].field = None;
                }
                None if is_timed => self.under_a_time(table, column),
                // "Progress" over "Q1" and "Q2", whose cells are coloured.
                Some(Field::Done) if is_timed && !self.has_text(table, column) => {
                    self.under_a_time(table, column);
                }
                None if !heading.is_empty() => self.by_cells(table, column),
                // "Review" may be a day to come as well as what a review found.
                Some(Field::Done) if self.holds_days(table, column) => {
                    self.set(column, Field::Note, "its cells are days");
                }
                // "Impact / RAG": its cells tell which of the two it is.
                Some(field)
                    if !field.is_rating()
                        && self.names_rating(column)
                        && self.holds_ratings(table, column) =>
                {
                    self.set(column, Field::Rag, "its cells are ratings");
                }
                Some(Field::Timescale) if self.heading_has(column, "fy financial") => {
                    self.all[column].guess =
                        Some("of a financial year the last day is the deadline");
                }
                // "Target" may be a figure to reach.
                Some(Field::Timescale)
                    if (is_timed || vague.contains(&heading.as_str()))
                        && self.has_text(table, column)
                        && !self.any(table, column, is_timescale) =>
                {
                    self.set(column, Field::Measure, "none of its cells is a deadline");
                }
                _ => {}
            }
        }
    }

    /// A column whose heading is not known: its cells may all be ratings, or deadlines.
    fn by_cells(&mut self, table: &Table, column: usize) {
        // "Open the hall by May 2017" is what is to be done.
        let is_short = |text: &str| text.split_whitespace().count() <= 8;
        let named =
            |text: &str| is_short(text) && is_timescale(text) && text.contains(char::is_alphabetic);
        // Letters alone may be a band or a code.
        let words = !self.has_text(table, column) || self.any(table, column, |text| text.len() > 2);
        let before = self.at(Field::Action).is_some_and(|action| column < action);
        let is_numbered = |text: &str| ids::leading(text).is_some();
        if before && !self.has(Field::Id) && self.every(table, column, is_bare_id) {
            self.set(column, Field::Id, "its cells are numbers");
        } else if letters_only(&self.all[column].heading) == "parent"
            && self.every(table, column, is_numbered)
        {
            self.set(column, Field::Priority, "its cells are numbers and names");
        } else if words
            && !self.has(Field::Rag)
            && !self.rates_another(column, before)
            && self.holds_ratings(table, column)
        {
            self.set(column, Field::Rag, "its cells are ratings");
        } else if self.every(table, column, is_short)
            && self.most(table, column, named)
            && !self.has(Field::Timescale)
            && !self.heading_has(column, PAST)
        {
            self.set(column, Field::Timescale, "its cells are deadlines");
        }
    }

    /// Whether a column's heading says that its ratings are not of the actions: how grave a risk is, how
    /// pressing a matter, how well a rule is kept.
    fn rates_another(&self, column: usize, is_before: bool) -> bool {
        const OTHERS: &str = "risk priority severity cost likelihood score importance urgency compliance judgment self \
            assessed";
        // Between a matter and what is to be done for it stands how well it is kept.
        let is_of_matter = is_before && self.fields().take(column).flatten().any(Field::is_group);
        is_of_matter || self.heading_has(column, OTHERS) && !self.heading_has(column, "rag brag")
    }

    /// Whether a column's heading names a rating among other things.
    pub(super) fn names_rating(&self, column: usize) -> bool {
        self.heading_has(column, "rag brag status rating")
    }

    pub(super) fn heading_has(&self, column: usize, list: &str) -> bool {
        has_one_of(&self.all[column].heading, list)
    }

    /// A column whose heading is only a time: ratings, or what was done by then.
    fn under_a_time(&mut self, table: &Table, column: usize) {
        let beside = |other: usize| self.all[other].when.is_some() && self.hues(table, other) > 1;
        let coloured = !self.has_text(table, column)
            && self.hues(table, column) == 1
            && (0..self.all.len()).any(beside);
        if coloured || self.holds_ratings(table, column) {
            self.set(
                column,
                Field::Rag,
                "its heading is a time, and its cells are ratings",
            );
        } else if self.any(table, column, |text| text.split_whitespace().count() > 2) {
            self.set(
                column,
                Field::Done,
                "its heading is a time, and its cells are words",
            );
        }
    }

    pub(super) fn columns_of(&self, field: Field) -> Vec<usize> {
        let found = self.fields().enumerate();
        found
            .filter(|(_, found)| *found == Some(field))
            .map(|(column, _)| column)
            .collect()
    }

    /// What a column is where another is missing, or stands on its right.
    pub(super) fn by_what_there_is(&mut self) {
        // "Measure" of a scheme is what is to be done, where nothing else says it.
        let says_what = self.has(Field::Impact) || self.has(Field::Action);
        if !says_what && self.has(Field::Measure) {
            self.replace(
                Field::Measure,
                Field::Action,
                Some("no other column says what is to be done"),
            );
        }
        // "Further action required" is what comes next where another column has the action.
        if self.has(Field::Next) && !self.fields().flatten().any(Field::is_text) {
            self.replace(Field::Next, Field::Action, None);
        }
        if self.has(Field::Theme) && !self.has(Field::Objective) && !self.has(Field::Priority) {
            self.replace(Field::Theme, Field::Objective, None);
        }
        // "Challenges" right of the actions are what stands in their way.
        for column in self.columns_of(Field::Objective) {
            let is_behind = self.at(Field::Action).is_some_and(|action| action < column);
            if is_behind && self.heading_has(column, "challenge challenges concern concerns") {
                self.set(column, Field::Note, "it stands behind the actions");
            }
        }
        // Outcomes that stand right of the actions are what comes of them.
        if let (Some(outcomes), Some(action)) = (self.at(Field::Outcomes), self.at(Field::Action))
            && outcomes > action
        {
            let field = if self.has(Field::Impact) {
                Field::Measure
            } else {
                Field::Impact
            };
            self.replace(Field::Outcomes, field, None);
        }
        if self.has(Field::Action) || self.has(Field::Impact) {
            return;
        }
        let instead = [
            Field::Objective,
            Field::Milestones,
            Field::Outcomes,
            Field::Theme,
            Field::Priority,
        ];
        if let Some(found) = instead.into_iter().find(|&field| self.has(field)) {
            let why = Some("no other column says what is to be done");
            self.replace(found, Field::Action, why);
        }
        if !self.has(Field::Objective) && !self.has(Field::Priority) {
            self.replace(Field::Theme, Field::Objective, None);
        }
    }

    pub(super) fn replace(&mut self, from: Field, to: Field, why: Option<&'static str>) {
        for column in self
            .all
            .iter_mut()
            .filter(|column| column.field == Some(from) && !column.is_mapped)
        {
            column.field = Some(to);
            column.guess = why.or(column.guess);
        }
    }

    pub(super) fn texts<'t>(
        &self,
        table: &'t Table,
        column: usize,
    ) -> impl Iterator<Item = &'t str> {
        let rows = table.rows.iter().skip(self.first);
        rows.filter_map(move |row| Some(row.get(column)?.text.as_str()))
            .filter(|text| !text.is_empty())
    }

    pub(super) fn has_text(&self, table: &Table, column: usize) -> bool {
        self.texts(table, column).next().is_some()
    }

    pub(super) fn every(&self, table: &Table, column: usize, is: impl Fn(&str) -> bool) -> bool {
        self.has_text(table, column) && self.texts(table, column).all(is)
    }

    /// Whether three of four cells of a column are of a sort.
    fn most(&self, table: &Table, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let found = self.texts(table, column).filter(|text| is(text)).count();
        found > 0 && found * 4 >= self.texts(table, column).count() * 3
    }

    pub(super) fn any(&self, table: &Table, column: usize, is: impl Fn(&str) -> bool) -> bool {
        self.texts(table, column).any(is)
    }

    /// Whether a column's cells are ratings: by words, or by colours that differ.
    pub(super) fn holds_ratings(&self, table: &Table, column: usize) -> bool {
        let words = self.every(table, column, |text| ratings::read(text).is_some());
        words || (!self.has_text(table, column) && self.hues(table, column) > 1)
    }

    /// How many ratings the colours of a column's cells are.
    fn hues(&self, table: &Table, column: usize) -> usize {
        let rows = table.rows.iter().skip(self.first);
        let hues: BTreeSet<_> = rows
            .filter_map(|row| ratings::by_colour(row.get(column)?.fill.as_deref()?))
            .collect();
        hues.len()
    }

    pub(super) fn holds_ids(&self, table: &Table, column: usize) -> bool {
        let texts = || self.texts(table, column);
        let bare = texts().filter(|text| is_bare_id(text)).count();
        bare > 0 && bare * 2 > texts().count()
    }
}

pub fn is_bare_id(text: &str) -> bool {
    ids::leading(text).is_some_and(|(_, rest, _)| rest.is_empty())
}
