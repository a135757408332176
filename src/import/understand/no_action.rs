//! Rows of a table that hold no action: what is struck out, what sums up, a heading that a page repeats, what tells
//! only of the matters that a table's actions are about.

use super::cells::{filled, is_count, only};
use super::columns::Columns;
use super::fields::Field;
use crate::import::blocks::{Cell, Table, Why};
use crate::words::letters_only;

/// Whether what a row is to have done is struck out, whatever stands beside it.
pub fn is_struck_out(row: &[Cell], columns: &Columns) -> bool {
    let struck = |cell: &Cell| cell.asides.iter().any(|aside| aside.why == Why::StruckOut);
    let has_action = columns.has(Field::Action);
    let says_what = |field: Field| {
        if has_action {
            field == Field::Action
        } else {
            field.is_text() && !field.is_group()
        }
    };
    let mut texts = (row.iter().zip(columns.fields()))
        .filter(|(cell, field)| field.is_some_and(says_what) && !cell.is_blank());
    let Some((first, _)) = texts.next() else {
        return false;
    };
    first.text.is_empty() && struck(first) && texts.all(|(cell, _)| cell.text.is_empty())
}

/// Whether a row sums up those above it: "Total", "Total actions: 8". What somebody is to do by a day is none.
pub fn is_total(row: &[Cell], columns: &Columns) -> bool {
    let says = |(cell, field): (&Cell, Option<Field>)| {
        !cell.text.is_empty() && field.is_some_and(Field::says_who_or_when)
    };
    let is_action = row.iter().zip(columns.fields()).any(says);
    // "Total actions" may stand in a column of names, with figures alone behind it.
    let mut behind = filled(row).skip(1);
    let only_counts = behind.all(|cell| is_count(&cell.text));
    let Some(first) = filled(row).next().filter(|_| !is_action || only_counts) else {
        return false;
    };
    let lower = first.text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let named = matches!(
        words.as_slice(),
        ["total" | "totals" | "subtotal" | "subtotals", ..]
            | ["grand" | "overall" | "sub", "total" | "totals", ..]
    ) || matches!(words.as_slice(), ["average" | "mean" | "percentage", ..] if only_counts);
    let counts = |words: &[&str]| {
        let figure = |word: &str| word.parse::<u32>().is_ok();
        let noun = |word: &str| ["action", "actions", "recommendations", "items"].contains(&word);
        match words {
            [count, what] => (figure(count) && noun(what)) || (noun(count) && figure(what)),
            ["number" | "no", "of", what, count] => noun(what) && figure(count),
            _ => false,
        }
    };
    (named && words.len() <= 6) || (counts(&words) && only(row).is_some())
}

/// Whether a row of a table of actions has none: its own cell is blank, and so is all that says how it goes, by
/// when, or who of those that another column names is to do it. It tells of what the table's rows are about, such
/// as a standard that is met.
pub fn is_without_action(row: &[Cell], columns: &Columns) -> bool {
    let is_blank = |field: Field| {
        let mut cells = columns.columns_of(field).into_iter();
        cells.all(|column| {
            row.get(column)
                .is_none_or(|cell| cell.text.is_empty() && cell.under.is_none())
        })
    };
    let who: Vec<usize> = [Field::Responsibility, Field::Lead]
        .into_iter()
        .flat_map(|field| columns.columns_of(field))
        .collect();
    let Some(action) = columns.at(Field::Action) else {
        return false;
    };
    let nobody = |column: &usize| row.get(*column).is_none_or(Cell::is_blank);
    let is_unowned = who.iter().all(nobody)
        || who.iter().any(|column| *column < action)
            && who.iter().filter(|column| **column > action).all(nobody)
            && who.iter().any(nobody);
    let texts = [
        Field::Action,
        Field::Impact,
        Field::Measure,
        Field::Milestones,
        Field::Timescale,
    ];
    let says = |field: Field| field.is_progress() || texts.contains(&field);
    let mut said = columns.fields().flatten().filter(|field| says(*field));
    is_unowned && said.all(is_blank)
}

/// A heading row that a page repeats.
pub fn repeats_heading(row: &[Cell], head: &[Vec<Cell>], columns: &Columns) -> bool {
    let same = |cell: &Cell, at: usize| {
        head.iter()
            .any(|row| row.get(at).is_some_and(|head| head.text == cell.text))
    };
    let named = |cell: &Cell, at: usize| {
        columns
            .all
            .get(at)
            .is_some_and(|column| letters_only(&column.heading) == letters_only(&cell.text))
    };
    let known = filled(row).count() > 1;
    known
        && row
            .iter()
            .enumerate()
            .all(|(at, cell)| cell.text.is_empty() || same(cell, at) || named(cell, at))
}

/// Whether a table ends with one cell behind a blank row.
pub fn ends_with_note(table: &Table) -> bool {
    let is_blank = |row: &Vec<Cell>| filled(row).next().is_none();
    let rows = &table.rows;
    let Some(last) = rows.iter().rposition(|row| !is_blank(row)) else {
        return false;
    };
    let above = rows[..last].iter().rev().find(|row| !is_blank(row));
    let is_apart = last > 0 && is_blank(&rows[last - 1]);
    is_apart && only(&rows[last]).is_some() && above.is_some_and(|above| only(above).is_none())
}
