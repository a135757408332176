//! A table's rows → their values by field, with what merged, blank and "continued" cells stand for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cells::{filled, of_figure, only, says_none, tick};
use super::columns::{Column, Columns};
use super::continued::{continues, is_ditto, points_to, without_continued};
use super::fields::Field;
use super::no_action::{
    ends_with_note, is_struck_out, is_total, is_without_action, repeats_heading,
};
use super::when::{When, apart};
use super::{colours, heading_rows, headings, key};
use crate::import::account::Account;
use crate::import::blocks::{Cell, Table};

/// The values of one cell of a row, its own or one that it has from a merged or blank cell.
#[derive(Clone, Debug)]
pub struct Value {
    pub text: String,
    /// The cell's number in the account; 0 for one that holds a colour alone.
    pub item: usize,
    /// Whether the cell itself holds it, and not a merged cell or one above that it goes on with.
    pub own: bool,
    pub shade: Option<String>,
    /// The time that its column's heading names.
    pub when: Option<When>,
    /// Where it stands.
    pub place: String,
}

impl Value {
    /// The same cell with other words, a part of its own.
    pub fn with_text(&self, text: &str) -> Value {
        Value {
            text: text.to_owned(),
            ..self.clone()
        }
    }
}

/// What a row says, by field.
pub type Values = BTreeMap<Field, Vec<Value>>;

/// Whether a row has a cell of its own for a field.
pub fn has_own(values: &Values, field: Field) -> bool {
    let found = values.get(&field);
    found.is_some_and(|found| found.iter().any(|value| value.own))
}

/// A row as read.
#[derive(Debug)]
pub enum ReadRow {
    /// A heading within the table: its cells.
    Band(Vec<Value>),
    /// Words that stand alone in a row and are no part of the table, such as a key below it.
    Aside(Value),
    Values(Values),
}

/// Reads the rows of tables, one after the other.
#[derive(Default)]
pub struct RowReader {
    /// The last value of each field, for cells that say "continued".
    last: BTreeMap<Field, Value>,
    /// The last value of each column of this table.
    above: Vec<Option<Value>>,
    /// Which row of this table has which number.
    numbered: HashMap<String, usize>,
}

/// A table and what is known of it while its rows are read.
struct TableReading<'t> {
    table: &'t Table,
    columns: &'t Columns,
    flattened: bool,
    /// Columns whose colour rates nothing.
    set_off: BTreeSet<usize>,
    /// Columns whose blank cells may be merged with the one above.
    merged: BTreeSet<usize>,
}

impl RowReader {
    /// Reads a table's rows; `goes_on` where it continues the one before without a heading.
    pub fn rows(
        &mut self,
        table: &Table,
        columns: &Columns,
        flattened: bool,
        goes_on: bool,
        account: &mut Account,
    ) -> Vec<ReadRow> {
        if !goes_on {
            self.above = vec![None; columns.all.len()];
        }
        // Of a table that goes on there is no heading.
        let begins = if goes_on { 0 } else { columns.first };
        let reading = TableReading {
            table,
            columns,
            flattened,
            set_off: colours::set_off(table, columns, begins),
            merged: merged(table, columns, begins, flattened),
        };
        let mut rows = Vec::new();
        let head = table.rows.get(columns.head..begins).unwrap_or_default();
        let headings = heading_rows::find(table, columns, begins, flattened);
        let coloured = colours::by_row(table, columns, begins, account);
        for (number, row) in table.rows.iter().enumerate().skip(begins) {
            if filled(row).next().is_none() {
                continue;
            }
            if is_struck_out(row, columns) {
                self.leave_row(row, columns, "its row is struck out", account);
            } else if is_total(row, columns) {
                filled(row).for_each(|cell| account.leave(cell.item, "a row of totals"));
            } else if repeats_heading(row, head, columns) {
                filled(row).for_each(|cell| account.read_as(cell.item, "a heading row again"));
            } else if let Some((field, said)) = progress_row(row) {
                rows.push(ReadRow::Values(BTreeMap::from([(field, vec![said])])));
            } else if let Some(aside) = aside(row, columns) {
                rows.push(ReadRow::Aside(value(aside)));
            } else if headings.contains(&number) {
                self.above = vec![None; columns.all.len()];
                rows.push(ReadRow::Band(filled(row).map(value).collect()));
            } else {
                let mut values = self.values(&reading, number, &rows, account);
                if is_without_action(row, columns) {
                    leave_out_rest(&mut values, account);
                }
                if let Some(&column) = coloured.get(&number) {
                    let colour = colour(&row[column], columns.all.get(column));
                    values.entry(Field::Rag).or_default().push(colour);
                }
                add_values(&mut rows, values, goes_on_with(table, columns, number));
            }
        }
        end_of_table(&mut rows, ends_with_note(table));
        if flattened {
            fill_up(&mut rows);
        }
        account.counts.rows += rows.len();
        rows
    }

    /// Gives the cells of a row that point to another by its number what that one says.
    fn follow_pointers(&mut self, values: &mut Values, rows: &[ReadRow], account: &mut Account) {
        if rows.is_empty() {
            self.numbered.clear();
        }
        for (field, found) in values.iter_mut() {
            if field.is_progress() || matches!(field, Field::Id | Field::Action | Field::Note) {
                continue;
            }
            found.retain_mut(|value| {
                let Some(number) = points_to(&value.text) else {
                    return true;
                };
                let row = self.numbered.get(number).and_then(|at| rows.get(*at));
                let meant = match row {
                    Some(ReadRow::Values(row)) => row.get(field).and_then(|found| found.first()),
                    _ => None,
                };
                let Some(meant) = meant else {
                    // Of who and when the words would be a name and a day.
                    let is_false = field.says_who_or_when() || field.is_group();
                    if is_false {
                        let why = format!("no row above with the number {number} says it");
                        account.leave(value.item, why);
                    }
                    return !is_false;
                };
                account.read_as(value.item, format!("as {}", meant.place));
                *value = inherited(meant.clone());
                true
            });
        }
        values.retain(|_, found| !found.is_empty());
        if let Some([id]) = values.get(&Field::Id).map(Vec::as_slice) {
            self.numbered
                .insert(id.text.trim_end_matches('.').to_owned(), rows.len());
        }
    }

    /// Leaves out what a row still says; what groups the rows below it stands.
    fn leave_row(&mut self, row: &[Cell], columns: &Columns, why: &str, account: &mut Account) {
        for (column, cell) in row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.text.is_empty())
        {
            match columns.all.get(column).and_then(|column| column.field) {
                Some(field) if field.is_group() => {
                    self.above[column] = Some(value(cell));
                    self.last.insert(field, value(cell));
                }
                _ => account.leave(cell.item, why),
            }
        }
    }

    /// The values of a row; `rows` are those above it.
    fn values(
        &mut self,
        reading: &TableReading,
        number: usize,
        rows: &[ReadRow],
        account: &mut Account,
    ) -> Values {
        let row = &reading.table.rows[number];
        let same_block = !reading.table.knows_merged && same_block(row, reading.columns);
        let mut values: Values = BTreeMap::new();
        if let Some((starts, ends)) = reading.columns.bar(row, account) {
            values.insert(Field::Starts, vec![starts]);
            values.insert(Field::Timescale, vec![ends]);
        }
        for (column, cell) in row.iter().enumerate() {
            let Some(known) = reading.columns.all.get(column) else {
                continue;
            };
            if reading.columns.bars.contains(&column) {
                continue;
            }
            let Some(field) = known.field.filter(|field| *field != Field::Nothing) else {
                leave(cell, column, reading.columns, account);
                continue;
            };
            if is_ditto(&cell.text) {
                let above = self.ditto(cell, column, field, account);
                values.entry(field).or_default().extend(above);
                continue;
            }
            let found = self.cell(reading, number, column, same_block, account);
            if !cell.text.is_empty() && field.is_group() {
                self.forget_right_of(column);
            }
            if let Some(mut found) = found {
                found.when = known.when;
                if reading.set_off.contains(&column) && !found.text.is_empty() {
                    found.shade = None;
                }
                self.above[column] = Some(found.clone());
                self.last.insert(field, found.clone());
                if !known.ticked && found.shade.is_none() && says_none(field, &found.text) {
                    account.read_as(cell.item, format!("no {}", field.name()));
                    continue;
                }
                found.text = of_figure(found.text, field, &known.heading);
                let found = if field == Field::Note {
                    named(found, &known.heading)
                } else if known.ticked {
                    ticked(found, known, account)
                } else {
                    found
                };
                values.entry(field).or_default().push(found);
            }
        }
        self.follow_pointers(&mut values, rows, account);
        values
    }

    /// What a cell says that is as the one above; nothing where nothing is.
    fn ditto(
        &self,
        cell: &Cell,
        column: usize,
        field: Field,
        account: &mut Account,
    ) -> Option<Value> {
        let above = self.above[column].as_ref();
        let Some(above) = above.or_else(|| self.last.get(&field)) else {
            account.leave(cell.item, "nothing stands above that it could be as");
            return None;
        };
        account.read_as(cell.item, format!("as {}", above.place));
        Some(inherited(above.clone()))
    }

    /// What stands in a cell: its own words, those of the merged cell over it, or those above it.
    fn cell(
        &mut self,
        reading: &TableReading,
        number: usize,
        column: usize,
        same_block: bool,
        account: &mut Account,
    ) -> Option<Value> {
        let cell = &reading.table.rows[number][column];
        let field = reading.columns.all[column].field?;
        // A colour alone is a rating.
        let rates = field.is_rating();
        let coloured = rates && cell.fill.is_some() && cell.under.is_none();
        if !cell.text.is_empty() || coloured {
            return Some(self.filled_value(field, cell, account));
        }
        if let Some((from, at)) = cell.under {
            let merged = from != number && (!field.is_progress() || rates);
            let merged = merged && field != Field::Note;
            return merged
                .then(|| self.merged(&reading.table.rows[from][at], field))
                .flatten();
        }
        let shared = matches!(
            field,
            Field::Action
                | Field::Impact
                | Field::Measure
                | Field::Responsibility
                | Field::Lead
                | Field::Evidence
        ) || (field == Field::Timescale && reading.flattened);
        let carried =
            field.is_group() || (same_block && shared && reading.merged.contains(&column));
        self.above[column]
            .clone()
            .filter(|_| carried)
            .map(inherited)
    }

    /// The value of a cell that is not blank: its own text, or, where it only goes on with an earlier cell of
    /// its field ("… continued"), that cell's.
    fn filled_value(&mut self, field: Field, cell: &Cell, account: &mut Account) -> Value {
        if !field.is_progress()
            && let Some(rest) = without_continued(&cell.text)
            && let Some(before) = self.last.get(&field)
            && continues(rest, &before.text, field)
        {
            account.read_as(cell.item, format!("joined to {}", before.place));
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
        let rates = field == Field::Rag && found.shade.is_some();
        (!found.text.is_empty() || rates).then(|| inherited(found))
    }

    /// A new group ends what the columns right of it had from above.
    fn forget_right_of(&mut self, column: usize) {
        self.above
            .iter_mut()
            .skip(column + 1)
            .for_each(|above| *above = None);
    }
}

/// Adds a row's values to what was read, or, where it only goes on with the action above, its own cells to that.
fn add_values(rows: &mut Vec<ReadRow>, values: Values, is_continued: bool) {
    match rows.last_mut() {
        Some(ReadRow::Values(above)) if is_continued => {
            for (field, found) in values {
                let found = found.into_iter().filter(|value| value.own);
                above.entry(field).or_default().extend(found);
            }
        }
        _ => rows.push(ReadRow::Values(values)),
    }
}

/// Whether a row only goes on with the action above, whose cells are merged over both: of its own it says how
/// the action is measured, proved or going, and not which or when.
fn goes_on_with(table: &Table, columns: &Columns, number: usize) -> bool {
    let row = &table.rows[number];
    let merged = |field: Field| {
        let cells = columns.columns_of(field);
        let mut cells = cells.into_iter().filter_map(|column| row.get(column));
        cells.any(|cell| cell.under.is_some_and(|(from, _)| from < number))
    };
    let goes_on = |field: Field| {
        use Field::{Done, Evidence, Impact, Measure, Next, Note, Voice};
        matches!(
            field,
            Measure | Impact | Evidence | Done | Next | Voice | Note
        )
    };
    let mut unmerged = (row.iter().zip(columns.fields()))
        .filter(|(cell, _)| !cell.text.is_empty() && cell.under.is_none())
        .peekable();
    merged(Field::Action)
        && unmerged.peek().is_some()
        && unmerged.all(|(_, field)| field.is_none_or(goes_on))
}

/// Leaves out what a row says that is no heading of others.
fn leave_out_rest(values: &mut Values, account: &mut Account) {
    values.retain(|field, found| {
        let own = found.iter().filter(|value| value.own && !field.is_group());
        own.for_each(|value| account.leave(value.item, "its row says nothing that is to be done"));
        field.is_group()
    });
}

/// Headings with nothing below them, at a table's end, are no headings: "Prepared by …", "Key".
fn end_of_table(rows: &mut [ReadRow], ends_with_note: bool) {
    if let (true, Some(last)) = (ends_with_note, rows.last_mut())
        && let ReadRow::Values(values) = last
        && let Some(note) = own_alone(values)
    {
        *last = ReadRow::Aside(note);
    }
    for row in rows.iter_mut().rev() {
        match row {
            ReadRow::Values(_) => return,
            ReadRow::Band(cells) if cells.len() == 1 => *row = ReadRow::Aside(cells[0].clone()),
            ReadRow::Band(_) | ReadRow::Aside(_) => {}
        }
    }
}

/// The one value of its own that a row has, where that would group rows below it.
fn own_alone(values: &Values) -> Option<Value> {
    let own = |(field, found): (&Field, &Vec<Value>)| {
        let own = found.iter().filter(|value| value.own);
        own.map(|value| (*field, value.clone())).collect::<Vec<_>>()
    };
    let own: Vec<(Field, Value)> = values.iter().flat_map(own).collect();
    match own.as_slice() {
        [(field, note)] if field.is_group() || *field == Field::Action => Some(note.clone()),
        _ => None,
    }
}

/// Whether a row goes on in the block of the row above: the last of the columns that group says
/// nothing new.
fn same_block(row: &[Cell], columns: &Columns) -> bool {
    let groups = columns
        .fields()
        .enumerate()
        .filter(|(_, field)| field.is_some_and(Field::is_group));
    let mut groups = groups.map(|(column, _)| column).peekable();
    groups.peek().is_some() && groups.all(|column| row[column].text.is_empty())
}

/// The columns in which no row that goes on in the block above it has words of its own: what stands at the
/// head of a block is said of all of it. Elsewhere a blank cell is one.
fn merged(table: &Table, columns: &Columns, begins: usize, flattened: bool) -> BTreeSet<usize> {
    let rows = table.rows.iter().skip(begins);
    let on: Vec<&Vec<Cell>> = rows.filter(|row| same_block(row, columns)).collect();
    let is_blank = |column: &usize| {
        let mut cells = on.iter().filter_map(|row| row.get(*column));
        flattened || cells.all(|cell| cell.text.is_empty())
    };
    (0..columns.all.len()).filter(is_blank).collect()
}

pub fn value(cell: &Cell) -> Value {
    Value {
        text: cell.text.clone(),
        item: cell.item,
        own: true,
        shade: cell.fill.clone(),
        when: None,
        place: cell.place.to_string(),
    }
}

/// The colour of a cell alone, which rates its row.
fn colour(cell: &Cell, column: Option<&Column>) -> Value {
    Value {
        text: String::new(),
        item: 0,
        when: column.and_then(|column| column.when),
        ..value(cell)
    }
}

fn inherited(value: Value) -> Value {
    Value {
        own: false,
        ..value
    }
}

/// A note with the name of its column, unless that says no more than that it is one.
fn named(value: Value, heading: &str) -> Value {
    let lower = heading.to_lowercase();
    let bare = heading.is_empty()
        || ["note", "information", "remark"]
            .iter()
            .any(|word| lower.contains(word));
    let text = if bare || value.text.is_empty() {
        value.text
    } else {
        format!("{heading}: {}", value.text)
    };
    Value { text, ..value }
}

/// A tick says what its column's heading says; what is not ticked says nothing.
fn ticked(value: Value, column: &Column, account: &mut Account) -> Value {
    let heading = &column.heading;
    let (text, says) = match tick(&value.text) {
        Some(true) => (column.says.clone().unwrap_or_default(), "ticked"),
        Some(false) => (String::new(), "not ticked"),
        None => return value,
    };
    account.read_as(value.item, format!("{says}: {heading}"));
    Value { text, ..value }
}

/// Leaves a cell out whose column is not known, or is not wanted.
fn leave(cell: &Cell, column: usize, columns: &Columns, account: &mut Account) {
    if is_ditto(&cell.text) {
        account.read_as(cell.item, "it says only that cells are as those above");
        return;
    }
    let heading = columns.all[column].heading.as_str();
    let number = column + 1;
    let why = if columns.all[column].field == Some(Field::Nothing) {
        "its column is left out, as was asked".to_owned()
    } else if heading.is_empty() {
        format!("a column without a heading; name it with --map \"column {number}=note\"")
    } else {
        let heading = super::short(heading);
        format!(
            "no field is known for the column \"{heading}\"; --keep \"{heading}\" keeps it in the action's note"
        )
    };
    account.leave(cell.item, why);
}

/// What a row of one cell says with a label of how the action above it goes: "Progress (30 June 2025): …".
fn progress_row(row: &[Cell]) -> Option<(Field, Value)> {
    let (_, only) = only(row).filter(|_| row.len() > 2)?;
    let (label, said) = only.text.split_once(':')?;
    let (label, when) = apart(label);
    let field = headings::sure(&label).filter(|field| field.is_progress())?;
    let value = Value {
        when,
        ..value(only).with_text(said.trim())
    };
    (!value.text.is_empty()).then_some((field, value))
}

/// The one cell of a row that is a key, or stands where an id would and is a sentence.
fn aside<'r>(row: &'r [Cell], columns: &Columns) -> Option<&'r Cell> {
    let (at, only) = only(row).filter(|_| row.len() > 2)?;
    let lower = only.text.to_lowercase();
    let key = lower.starts_with("key:")
        || lower.starts_with("note:")
        || lower.starts_with("notes:")
        || key::is_spelt_out(&only.text)
        || only.text.matches(" = ").count() > 1;
    let is_id = columns.all.get(at).and_then(|column| column.field) == Some(Field::Id);
    let sentence = is_id && only.text.ends_with('.') && only.text.contains(' ');
    (key || sentence).then_some(only)
}

/// A merged cell's text may be set in its middle: a blank at the start of a block then has the first
/// text below it in the block.
fn fill_up(rows: &mut [ReadRow]) {
    let mut below: BTreeMap<Field, Value> = BTreeMap::new();
    for row in rows.iter_mut().rev() {
        let ReadRow::Values(values) = row else {
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
        if [Field::Objective, Field::Priority, Field::Theme]
            .into_iter()
            .any(|field| has_own(values, field))
        {
            below.clear();
        }
    }
}
