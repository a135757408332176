//! Rows within a table that are headings over the rows below them.

use std::collections::BTreeSet;

use super::cells::{filled, only};
use super::columns::Columns;
use super::fields::Field;
use super::{headings, ids};
use crate::import::blocks::{Cell, Table};

/// The rows of a table that are headings within it.
pub fn find(table: &Table, columns: &Columns, begins: usize, flattened: bool) -> BTreeSet<usize> {
    let rows: Vec<usize> = (begins..table.rows.len())
        .filter(|&row| filled(&table.rows[row]).next().is_some())
        .collect();
    let alone = |row: &&usize| only(&table.rows[**row]);
    let is_aim =
        |row: &&usize| alone(row).is_some_and(|(_, cell)| headings::aim(&cell.text).is_some());
    let is_line = |row: &&usize| alone(row).is_some_and(|(_, cell)| cell.text.starts_with("- "));
    let lone = rows
        .iter()
        .filter(|row| alone(row).is_some() && !is_aim(row) && !is_line(row));
    let lone = lone.count();
    let mut found = BTreeSet::new();
    for (at, &row) in rows.iter().enumerate() {
        let next = rows[at + 1..].iter().find(|row| !is_aim(row));
        let next = next.map(|&next| table.rows[next].as_slice());
        let cells = &table.rows[row];
        let heads = is_across(cells, columns, table.knows_merged)
            || next.is_some_and(|next| numbers_the_next(cells, next, columns))
            // A few short texts alone in their rows stand over the full rows below them.
            || (!flattened
                && lone * 2 < rows.len()
                && next.is_some_and(|next| stands_alone(cells, next, columns)));
        if heads {
            found.insert(row);
        }
    }
    found
}

/// One cell across the table, or alone in the first column where numbers stand otherwise.
fn is_across(row: &[Cell], columns: &Columns, knows_merged: bool) -> bool {
    let Some((at, only)) = only(row).filter(|_| row.len() > 2) else {
        return false;
    };
    let across = row
        .iter()
        .skip(at + 1)
        .take_while(|cell| cell.under.is_some_and(|(_, column)| column == at))
        .count()
        + 1;
    if knows_merged && across * 2 >= row.len() {
        return true;
    }
    let free = row.iter().all(|cell| cell.under.is_none());
    let field = columns.all.get(at).and_then(|column| column.field);
    let numbered = ids::leading(&only.text).is_some_and(|(_, rest, _)| rest.is_empty());
    let group = field.is_some_and(Field::is_group);
    at == 0
        && free
        && !group
        && !numbered
        && (field == Some(Field::Id) || ids::after_priority(&only.text).is_some())
}

/// A number and a title with nothing beside them, over a row whose number goes on from it: "1 Gates"
/// over "1.1 Paint the gate".
fn numbers_the_next(row: &[Cell], next: &[Cell], columns: &Columns) -> bool {
    let id_of = |row: &[Cell]| -> Option<String> {
        let (at, cell) = row
            .iter()
            .enumerate()
            .find(|(_, cell)| !cell.text.is_empty())?;
        let field = columns.all.get(at)?.field?;
        let (id, rest, _) = ids::leading(&cell.text)?;
        let bare = field == Field::Id && rest.is_empty();
        (bare || field.is_text()).then(|| id.trim_end_matches(".0").to_owned())
    };
    let (Some(id), Some(below)) = (id_of(row), id_of(next)) else {
        return false;
    };
    let filled_cells = || {
        row.iter()
            .zip(columns.fields())
            .filter(|(cell, _)| !cell.text.is_empty())
    };
    let is_id = |field: Option<Field>| field == Some(Field::Id);
    let only_title =
        filled_cells().all(|(_, field)| is_id(field) || field.is_some_and(Field::is_text));
    let texts = filled_cells().filter(|(_, field)| !is_id(*field)).count();
    let titled = filled_cells().any(|(cell, _)| cell.text.contains(char::is_alphabetic));
    let goes_on = below.strip_prefix(id.as_str()).is_some_and(|rest| {
        let letter = rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_lowercase());
        rest.starts_with(['.', ')']) || letter
    });
    only_title && titled && texts <= 1 && goes_on
}

/// A short text alone in its row, in the column of the actions or the first, over a full row.
fn stands_alone(row: &[Cell], next: &[Cell], columns: &Columns) -> bool {
    let Some((at, only)) = only(row) else {
        return false;
    };
    let field = columns.all.get(at).and_then(|column| column.field);
    let free = row.iter().all(|cell| cell.under.is_none());
    let titles = match field {
        Some(Field::Action | Field::Id) => true,
        Some(field) => !field.is_group() && at == 0,
        None => at == 0,
    };
    let short = only.text.split_whitespace().count() <= 8
        && !only.text.contains('\n')
        && !only.text.ends_with(['.', ';', ','])
        && ids::leading(&only.text).is_none_or(|(_, rest, _)| !rest.is_empty());
    let full = filled(next).count() >= 3 && filled(next).count() * 2 > row.len();
    // Where actions have numbers, a few words without one are a heading.
    let has_number = |row: &[Cell]| {
        columns
            .at(Field::Id)
            .is_some_and(|id| !row[id].text.is_empty())
    };
    let is_unnumbered = field == Some(Field::Action)
        && has_number(next)
        && only.text.split_whitespace().count() <= 4;
    titles && short && (free && full || is_unnumbered) && columns.all.len() >= 3
}
