//! Colours behind cells that stand in no column of ratings: whole rows, or a column of another field.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::filled;
use super::columns::Columns;
use super::fields::Field;
use super::ratings::by_colour;
use crate::import::account::Account;
use crate::import::blocks::{Cell, Table};
use crate::plan::Rag;

/// The column of the cell whose colour rates a row, by the row, where a table has no column of ratings.
/// Colours that are not read are listed.
pub fn by_row(
    table: &Table,
    columns: &Columns,
    begins: usize,
    account: &mut Account,
) -> BTreeMap<usize, usize> {
    let rates = |field: Option<Field>| field.is_some_and(Field::is_rating);
    let rows: Vec<usize> = (begins..table.rows.len())
        .filter(|&row| filled(&table.rows[row]).count() > 1)
        .collect();
    let mut coloured: Vec<(usize, usize, Rag)> = Vec::new();
    for &row in &rows {
        for (column, cell) in table.rows[row].iter().enumerate() {
            let field = columns.all.get(column).and_then(|column| column.field);
            let is_bar = columns.bars.contains(&column);
            if let Some(hue) = hue(cell).filter(|_| !rates(field) && !is_bar) {
                coloured.push((row, column, hue));
            }
        }
    }
    // A column that is coloured alike from top to bottom is only set off from the others.
    let of_column = |column: usize| coloured.iter().filter(move |(_, at, _)| *at == column);
    let plain: BTreeSet<usize> = (0..columns.all.len())
        .filter(|&column| {
            let hues: BTreeSet<Rag> = of_column(column).map(|(.., hue)| *hue).collect();
            hues.len() == 1 && of_column(column).count() == rows.len() && rows.len() > 1
        })
        .collect();
    coloured.retain(|(_, column, _)| !plain.contains(column));
    if coloured.is_empty() {
        return BTreeMap::new();
    }
    // The colour of a cost or of a risk's score rates those, and not the action.
    let speaks = |row: usize, column: usize| {
        let field = columns.all.get(column).and_then(|column| column.field);
        let of_action = |field: Field| !field.is_group() && field != Field::Note;
        field.map_or(table.rows[row][column].text.is_empty(), of_action)
    };
    let rated = columns.fields().any(rates);
    let mut found = BTreeMap::new();
    for row in rows {
        let cells = || coloured.iter().filter(|(at, ..)| *at == row);
        let hues: BTreeSet<Rag> = cells().map(|(.., hue)| *hue).collect();
        let spoken = cells().find(|(_, column, _)| speaks(row, *column));
        let place = |column: usize| table.rows[row][column].place.to_string();
        if let Some((_, column, _)) = spoken.filter(|_| hues.len() == 1 && !rated) {
            found.insert(row, *column);
            continue;
        }
        for (_, column, hue) in cells() {
            let hue = hue.word();
            account.note_at(place(*column), format!("the cell is coloured {hue}; its colour is not read, as its column holds no ratings"));
        }
    }
    found
}

/// The columns of ratings that a colour only sets off from the others: one behind cells that say different things.
pub fn set_off(table: &Table, columns: &Columns, begins: usize) -> BTreeSet<usize> {
    let is_plain = |column: &usize| {
        let rows = table.rows.iter().skip(begins);
        let cells = rows.filter_map(|row| row.get(*column));
        let worded: Vec<&Cell> = cells.filter(|cell| !cell.text.is_empty()).collect();
        let hues: BTreeSet<Option<Rag>> = worded.iter().map(|cell| hue(cell)).collect();
        let texts: BTreeSet<&str> = worded.iter().map(|cell| cell.text.as_str()).collect();
        worded.len() > 2 && hues.len() == 1 && texts.len() > 1
    };
    let fields = columns.fields().enumerate();
    let rates = fields.filter(|(_, field)| field.is_some_and(Field::is_rating));
    rates.map(|(column, _)| column).filter(is_plain).collect()
}

fn hue(cell: &Cell) -> Option<Rag> {
    if cell.under.is_some() {
        return None;
    }
    by_colour(cell.fill.as_deref()?)
}
