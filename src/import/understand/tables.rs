//! A table of cells → its columns' fields and its rows' values, with what merged, blank and
//! "continued" cells stand for.

use std::collections::BTreeMap;

use super::fields::{self, Field};
use super::ids;
use crate::calendar::Terms;
use crate::import::account::Account;
use crate::import::blocks::{Cell, Table};
use crate::timescale::{Context, Timescale};

/// What each column of a table holds.
#[derive(Clone, Debug)]
pub struct Columns {
    pub fields: Vec<Option<Field>>,
    pub headings: Vec<String>,
    /// The first row of its heading, and the first row after it.
    pub head: usize,
    pub first: usize,
}

/// The values of one cell of a row, its own or one that it has from a merged or blank cell.
#[derive(Clone, Debug)]
pub struct Value {
    pub text: String,
    /// The cell's number in the account: two values of one number are one cell.
    pub item: usize,
    pub own: bool,
    pub shade: Option<String>,
}

/// A row as read.
#[derive(Debug)]
pub enum Row {
    /// One cell across the table: a heading within it.
    Band(Value),
    /// Words that stand alone in a row and are no part of the table, such as a key below it.
    Aside(Value),
    Values(BTreeMap<Field, Vec<Value>>),
}

/// How many of a table's rows are looked at for its heading.
const HEAD: usize = 12;

/// Finds a table's heading row and what its columns are; none where it has none.
pub fn columns(table: &Table, map: &[(String, Field)]) -> Option<Columns> {
    let head = (0..table.rows.len().min(HEAD)).find(|&row| is_heading(&table.rows[row], map))?;
    let mut first = head + 1;
    while first < table.rows.len()
        && (first < table.heading_rows || continues_heading(&table.rows[first]))
    {
        first += 1;
    }
    // A line above that groups the columns belongs to the heading; one cell alone is a title.
    let mut top = head;
    while top > 0 && said(&table.rows[top - 1]).count() > 1 {
        top -= 1;
    }
    let headings: Vec<String> = (0..table.rows[head].len())
        .map(|column| heading(table, top..first, column))
        .collect();
    let mut fields: Vec<Option<Field>> = Vec::new();
    for (column, words) in headings.iter().enumerate() {
        let mapped = mapped(words, map);
        // A heading over several columns says less of each than the one below it.
        let cells = || (top..first).map(|row| (&table.rows[row][column], wide(table, row, column)));
        let own = cells()
            .filter(|(_, wide)| !wide)
            .find_map(|(cell, _)| fields::field(&cell.text));
        let lowest = own.or_else(|| {
            cells()
                .rev()
                .find_map(|(cell, _)| fields::field(&cell.text))
        });
        fields.push(mapped.or(lowest).or_else(|| fields::field(words)));
    }
    let mut columns = Columns {
        fields,
        headings,
        head: top,
        first,
    };
    columns.blank_headings(table);
    columns.shares(table);
    let holds = |field| columns.fields.contains(&Some(field));
    let text = [
        Field::Action,
        Field::Impact,
        Field::Objective,
        Field::Measure,
        Field::Outcomes,
    ];
    text.into_iter().any(holds).then_some(columns)
}

/// Whether a merged cell lies over a column and the next.
fn wide(table: &Table, row: usize, column: usize) -> bool {
    let next = table.rows[row].get(column + 1);
    next.and_then(|next| next.under)
        .is_some_and(|(_, at)| at == column)
}

/// The cells of a row that say something.
pub fn said(row: &[Cell]) -> impl Iterator<Item = &Cell> {
    row.iter().filter(|cell| !cell.text.is_empty())
}

fn mapped(heading: &str, map: &[(String, Field)]) -> Option<Field> {
    let same = |name: &str| plain(name) == plain(heading);
    map.iter()
        .find(|(name, _)| same(name))
        .map(|&(_, field)| field)
}

/// A text without case, signs and spaces, to compare it with others.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A heading row names two fields at least, and little else.
fn is_heading(row: &[Cell], map: &[(String, Field)]) -> bool {
    let known = |cell: &&Cell| {
        let short = cell.text.chars().count() <= 160;
        short && (mapped(&cell.text, map).is_some() || fields::field(&cell.text).is_some())
    };
    let all = said(row).count();
    let found: std::collections::BTreeSet<Field> = said(row)
        .filter(known)
        .filter_map(|cell| mapped(&cell.text, map).or_else(|| fields::field(&cell.text)))
        .collect();
    let named = said(row).filter(known).count();
    let starts_with_id =
        said(row).any(|cell| ids::leading(&cell.text).is_some_and(|(id, ..)| id.contains('.')));
    found.len() >= 2 && named * 2 >= all && !starts_with_id
}

/// A row below the heading that only asks questions, or names fields again.
fn continues_heading(row: &[Cell]) -> bool {
    let heads = |cell: &Cell| cell.text.ends_with('?') || is_known(&cell.text);
    let mut cells = said(row).peekable();
    cells.peek().is_some() && cells.all(heads)
}

fn is_known(text: &str) -> bool {
    text.split_whitespace().count() <= 5
        && fields::field(text).is_some()
        && Timescale::parse(text, &anything()).is_err()
}

/// The context in which a timescale is read while the plan's period is not known.
pub fn anything() -> Context<'static> {
    static TERMS: std::sync::LazyLock<Terms> = std::sync::LazyLock::new(Terms::default);
    Context {
        period: crate::calendar::Period::parse_plan("1999-2000"),
        terms: &TERMS,
    }
}

/// The words of a column's heading, from its first line to its last.
fn heading(table: &Table, rows: std::ops::Range<usize>, column: usize) -> String {
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
    lines.join(" ").replace("\n\n", " ").replace('\n', " ")
}

impl Columns {
    /// A column without a heading belongs to the one on its left, or holds the ids.
    fn blank_headings(&mut self, table: &Table) {
        for column in 0..self.fields.len() {
            if !self.headings[column].is_empty() || !self.has_text(table, column) {
                continue;
            }
            let left = column.checked_sub(1).and_then(|left| self.fields[left]);
            self.fields[column] = match left {
                Some(field) if field.is_progress() => None,
                Some(field) => Some(field),
                None if column > 0 => None,
                None if self.holds_ids(table, column) => Some(Field::Id),
                None if self.fields.contains(&Some(Field::Objective)) => Some(Field::Theme),
                None => Some(Field::Objective),
            };
        }
    }

    /// Two columns under one heading: an id and its text, or a theme and its objective.
    fn shares(&mut self, table: &Table) {
        for column in 1..self.fields.len() {
            let (Some(left), Some(right)) = (self.fields[column - 1], self.fields[column]) else {
                continue;
            };
            if left != right {
                continue;
            }
            if self.holds_ids(table, column - 1)
                && !self.fields.contains(&Some(Field::Id))
                && left == Field::Action
            {
                self.fields[column - 1] = Some(Field::Id);
            } else if left == Field::Objective && !self.holds_ids(table, column - 1) {
                self.fields[column - 1] = Some(Field::Theme);
            }
        }
        let has = |field| self.fields.contains(&Some(field));
        let replace = match (
            has(Field::Impact),
            has(Field::Measure),
            has(Field::Theme),
            has(Field::Objective),
        ) {
            // A measure that stands for the impact is the impact.
            (false, true, ..) => Some((Field::Measure, Field::Impact)),
            _ => None,
        };
        if let Some((from, to)) = replace {
            self.replace(from, to);
        }
        if has_only(&self.fields, Field::Theme, Field::Objective) {
            self.replace(Field::Theme, Field::Objective);
        }
        self.outcomes();
    }

    /// Outcomes that stand right of the actions are what comes of them.
    fn outcomes(&mut self) {
        let at = |field| self.fields.iter().position(|found| *found == Some(field));
        if let (Some(outcomes), Some(action)) = (at(Field::Outcomes), at(Field::Action))
            && outcomes > action
        {
            let field = match at(Field::Impact) {
                None => Field::Impact,
                Some(_) => Field::Measure,
            };
            self.replace(Field::Outcomes, field);
        }
    }

    fn replace(&mut self, from: Field, to: Field) {
        for field in &mut self.fields {
            if *field == Some(from) {
                *field = Some(to);
            }
        }
    }

    fn texts<'t>(&self, table: &'t Table, column: usize) -> impl Iterator<Item = &'t str> {
        let rows = table.rows.iter().skip(self.first);
        rows.filter_map(move |row| Some(row.get(column)?.text.as_str()))
            .filter(|text| !text.is_empty())
    }

    fn has_text(&self, table: &Table, column: usize) -> bool {
        self.texts(table, column).next().is_some()
    }

    fn holds_ids(&self, table: &Table, column: usize) -> bool {
        let all = self.texts(table, column).count();
        let bare = |text: &&str| ids::leading(text).is_some_and(|(_, rest, _)| rest.is_empty());
        all > 0 && self.texts(table, column).filter(bare).count() * 2 > all
    }

    /// How much of the columns' texts are what their headings say: timescales that can be read.
    fn fit(&self, table: &Table) -> usize {
        let Some(column) = self
            .fields
            .iter()
            .position(|field| *field == Some(Field::Timescale))
        else {
            return 0;
        };
        let read = |text: &&str| Timescale::parse(text, &anything()).is_ok();
        self.texts(table, column).filter(read).count()
    }

    /// The names of its headings, blank ones left out.
    fn names(&self) -> Vec<String> {
        let said = self.headings.iter().filter(|heading| !heading.is_empty());
        said.map(|heading| plain(fields::name_and_question(heading).0))
            .collect()
    }

    /// Sets headings right that stand over the wrong columns: in text taken out of a PDF a blank
    /// cell of the heading row may come out at its end. Of the other tables' headings with these
    /// names, else of all places for the blank cells, the one under which most timescales can be read.
    pub fn realign(&mut self, table: &Table, others: &[Columns]) {
        let width = self.fields.len();
        let blank =
            |column: &usize| self.headings[*column].is_empty() && self.has_text(table, *column);
        if !(0..width).any(|column| blank(&column))
            || self.headings.last().is_some_and(|last| !last.is_empty())
        {
            return;
        }
        let mut best = (self.fit(table), self.clone());
        let twins = others
            .iter()
            .filter(|other| other.fields.len() == width && other.names() == self.names());
        let shifted = (1..width).map(|blank| self.with_blank(table, blank));
        for candidate in twins.cloned().chain(shifted) {
            let candidate = Columns {
                head: self.head,
                first: self.first,
                ..candidate
            };
            if candidate.fit(table) > best.0 {
                best = (candidate.fit(table), candidate);
            }
        }
        *self = best.1;
    }

    /// The same headings with their last blank moved to a column.
    fn with_blank(&self, table: &Table, column: usize) -> Columns {
        let mut moved = self.clone();
        moved.headings.pop();
        moved.headings.insert(column, String::new());
        moved.fields = moved
            .headings
            .iter()
            .map(|heading| fields::field(heading))
            .collect();
        moved.blank_headings(table);
        moved.shares(table);
        moved
    }
}

fn has_only(fields: &[Option<Field>], one: Field, other: Field) -> bool {
    fields.contains(&Some(one))
        && !fields.contains(&Some(other))
        && !fields.contains(&Some(Field::Priority))
}

/// Whether a text says that it goes on from a page before: "3.5 Continued…".
pub fn without_continued(text: &str) -> Option<&str> {
    let trimmed = text.trim_end_matches(|c: char| {
        c == '.' || c == '…' || c == ')' || c == ']' || c.is_whitespace()
    });
    let lower = trimmed.to_lowercase();
    let word = ["continued", "contd", "cont'd", "cont’d", "(cont", " cont"]
        .into_iter()
        .find(|word| lower.ends_with(word))?;
    let rest = trimmed.get(..trimmed.len() - word.len())?;
    Some(rest.trim_end_matches([' ', '(', '[', '-', '–', ',']))
}

/// Reads the rows of tables, one after the other.
#[derive(Default)]
pub struct Reader {
    /// The last value of each field, for cells that say "continued".
    last: BTreeMap<Field, Value>,
    /// The last value of each column of this table.
    above: Vec<Option<Value>>,
}

impl Reader {
    /// Reads a table's rows; `goes_on` where it continues the one before without a heading.
    pub fn rows(
        &mut self,
        table: &Table,
        columns: &Columns,
        flattened: bool,
        goes_on: bool,
        account: &mut Account,
    ) -> Vec<Row> {
        if !goes_on {
            self.above = vec![None; columns.fields.len()];
        }
        let mut rows = Vec::new();
        let begins = if goes_on { 0 } else { columns.first };
        for (number, row) in table.rows.iter().enumerate().skip(begins) {
            if said(row).next().is_none() {
                continue;
            }
            if repeats_heading(
                row,
                if goes_on {
                    &[]
                } else {
                    head_rows(table, columns)
                },
                columns,
            ) {
                said(row).for_each(|cell| account.put(cell.item, "a heading row again"));
                continue;
            }
            if let Some(aside) = aside(row, columns) {
                rows.push((number, Row::Aside(value(aside))));
                continue;
            }
            if let Some(band) = band(row, columns, table.knows_merged) {
                self.above = vec![None; columns.fields.len()];
                rows.push((number, Row::Band(value(band))));
                continue;
            }
            let values = self.values(table, number, columns, flattened, account);
            rows.push((number, Row::Values(values)));
        }
        if flattened {
            fill_up(&mut rows);
        }
        account.counts.rows += rows.len();
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn values(
        &mut self,
        table: &Table,
        number: usize,
        columns: &Columns,
        flattened: bool,
        account: &mut Account,
    ) -> BTreeMap<Field, Vec<Value>> {
        let row = &table.rows[number];
        let same_block = !table.knows_merged && self.same_block(row, columns);
        let mut values: BTreeMap<Field, Vec<Value>> = BTreeMap::new();
        for (column, cell) in row.iter().enumerate() {
            let Some(field) = columns.fields.get(column).copied().flatten() else {
                leave(cell, columns.headings.get(column), account);
                continue;
            };
            let blank = cell.text.is_empty();
            if is_ditto(&cell.text)
                && let Some(above) = self.above[column].clone()
            {
                account.put(cell.item, format!("as {}", account.place(above.item)));
                values.entry(field).or_default().push(inherited(above));
                continue;
            }
            // A colour alone is a rating.
            let coloured = field == Field::Rag && cell.fill.is_some() && cell.under.is_none();
            let found = if !blank || coloured {
                Some(self.said(field, cell, account))
            } else if let Some((from, at)) = cell.under {
                let merged = from != number && !field.is_progress();
                merged
                    .then(|| self.merged(&table.rows[from][at], field))
                    .flatten()
            } else {
                let timed = field != Field::Timescale || flattened;
                let carried = field.is_group()
                    || (same_block && timed && !field.is_progress() && field != Field::Id);
                self.above[column]
                    .clone()
                    .filter(|_| carried)
                    .map(inherited)
            };
            if !blank && field.is_group() {
                self.forget_right_of(column);
            }
            if let Some(found) = found {
                self.above[column] = Some(found.clone());
                self.last.insert(field, found.clone());
                values.entry(field).or_default().push(found);
            }
        }
        values
    }

    /// A cell's own text, or what it goes on with.
    fn said(&mut self, field: Field, cell: &Cell, account: &mut Account) -> Value {
        if !field.is_progress()
            && let Some(rest) = without_continued(&cell.text)
            && let Some(before) = self.last.get(&field)
            && continues(rest, &before.text, field)
        {
            account.put(
                cell.item,
                format!("joined to {}", account.place(before.item)),
            );
            return inherited(before.clone());
        }
        value(cell)
    }

    fn merged(&self, origin: &Cell, field: Field) -> Option<Value> {
        let found = value(origin);
        let continued = without_continued(&origin.text).is_some();
        let found = match self.last.get(&field) {
            Some(last) if continued => last.clone(),
            _ => found,
        };
        (!found.text.is_empty()).then(|| inherited(found))
    }

    /// Whether a row goes on in the block of the row above: the last of the columns that group says
    /// nothing new.
    fn same_block(&self, row: &[Cell], columns: &Columns) -> bool {
        let groups = columns
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.is_some_and(Field::is_group));
        let mut groups = groups.map(|(column, _)| column).peekable();
        groups.peek().is_some() && groups.all(|column| row[column].text.is_empty())
    }

    /// A new group ends what the columns right of it had from above.
    fn forget_right_of(&mut self, column: usize) {
        self.above
            .iter_mut()
            .skip(column + 1)
            .for_each(|above| *above = None);
    }
}

/// Whether what stands before "continued" can be the text above: its beginning, its number, nothing,
/// or a shorter name for it.
fn continues(rest: &str, before: &str, field: Field) -> bool {
    let (short, long) = (plain(rest), plain(before));
    let id = |text: &str| ids::leading(text).map(|(id, ..)| id.to_owned());
    match (id(rest), id(before)) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) if field == Field::Objective => short.is_empty(),
        _ => {
            short.is_empty()
                || long.starts_with(&short)
                || field == Field::Theme
                || field == Field::Action
                || rest.split_whitespace().count() <= 8
        }
    }
}

fn value(cell: &Cell) -> Value {
    Value {
        text: cell.text.clone(),
        item: cell.item,
        own: true,
        shade: cell.fill.clone(),
    }
}

fn inherited(value: Value) -> Value {
    Value {
        own: false,
        ..value
    }
}

/// Whether a cell says that it is as the one above.
fn is_ditto(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("as above")
        || ["ditto", "\"", "\u{3003}", "″", "”"].contains(&lower.trim_end_matches('.'))
}

fn leave(cell: &Cell, heading: Option<&String>, account: &mut Account) {
    let heading = heading.map_or("", |heading| heading.as_str());
    if is_ditto(&cell.text) {
        account.put(cell.item, "it says only that cells are as those above");
        return;
    }
    let why = match heading {
        "" => "its column has no heading".to_owned(),
        heading => format!(
            "no field is known for the column \"{heading}\"; say one with --map \"{heading}=note\""
        ),
    };
    account.leave(cell.item, why);
}

fn head_rows<'t>(table: &'t Table, columns: &Columns) -> &'t [Vec<Cell>] {
    table
        .rows
        .get(columns.head..columns.first)
        .unwrap_or_default()
}

/// A heading row that a page repeats.
fn repeats_heading(row: &[Cell], head: &[Vec<Cell>], columns: &Columns) -> bool {
    let same = |cell: &Cell, at: usize| {
        head.iter()
            .any(|row| row.get(at).is_some_and(|head| head.text == cell.text))
    };
    let named = |cell: &Cell, at: usize| {
        columns
            .headings
            .get(at)
            .is_some_and(|heading| plain(heading) == plain(&cell.text))
    };
    let known = said(row).count() > 1;
    known
        && row
            .iter()
            .enumerate()
            .all(|(at, cell)| cell.text.is_empty() || same(cell, at) || named(cell, at))
}

/// The one cell of a row that is a key, or stands where an id would and is a sentence.
fn aside<'r>(row: &'r [Cell], columns: &Columns) -> Option<&'r Cell> {
    let mut cells = row
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.text.is_empty());
    let (at, only) = cells.next()?;
    let alone = cells.next().is_none() && row.len() > 2;
    let lower = only.text.to_lowercase();
    let key = lower.starts_with("key:")
        || lower.starts_with("note:")
        || lower.starts_with("notes:")
        || only.text.matches(" = ").count() > 1;
    let sentence = columns.fields.get(at) == Some(&Some(Field::Id))
        && only.text.ends_with('.')
        && only.text.contains(' ');
    (alone && (key || sentence)).then_some(only)
}

/// The one cell of a row that is a heading within the table.
fn band<'r>(row: &'r [Cell], columns: &Columns, knows_merged: bool) -> Option<&'r Cell> {
    let mut cells = row
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.text.is_empty());
    let (at, only) = cells.next()?;
    if cells.next().is_some() || row.len() < 3 {
        return None;
    }
    let across = row
        .iter()
        .skip(at + 1)
        .take_while(|cell| cell.under.is_some_and(|(_, column)| column == at))
        .count()
        + 1;
    if knows_merged && across * 2 >= row.len() {
        return Some(only);
    }
    let free = row.iter().all(|cell| cell.under.is_none());
    let field = columns.fields.get(at).copied().flatten();
    let numbered = ids::leading(&only.text).is_some_and(|(_, rest, _)| rest.is_empty());
    let group = field.is_some_and(Field::is_group);
    (at == 0
        && free
        && !group
        && !numbered
        && (field == Some(Field::Id) || ids::after_priority(&only.text).is_some()))
    .then_some(only)
}

/// A merged cell's text may be set in its middle: a blank at the start of a block then has the first
/// text below it in the block.
fn fill_up(rows: &mut [(usize, Row)]) {
    let mut below: BTreeMap<Field, Value> = BTreeMap::new();
    for (_, row) in rows.iter_mut().rev() {
        let Row::Values(values) = row else {
            below.clear();
            continue;
        };
        for (field, found) in &below {
            values.entry(*field).or_insert_with(|| vec![found.clone()]);
        }
        let fills = [
            Field::Action,
            Field::Responsibility,
            Field::Evidence,
            Field::Measure,
        ];
        for (field, found) in values.iter().filter(|(field, _)| fills.contains(field)) {
            if let Some(first) = found.first() {
                below.insert(*field, inherited(first.clone()));
            }
        }
        let starts = |field: Field| {
            values
                .get(&field)
                .is_some_and(|found| found.iter().any(|value| value.own))
        };
        if [Field::Objective, Field::Priority, Field::Theme]
            .into_iter()
            .any(starts)
        {
            below.clear();
        }
    }
}
