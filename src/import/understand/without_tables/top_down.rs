//! Tables in which an action stands from top to bottom, a label and what it is about in each row.

use super::super::cells::filled;
use super::super::columns::is_heading;
use super::super::fields::Field;
use super::super::headings;
use super::super::prepare::title;
use super::{LabelledCell, LabelledLine, numbered_label, records, table_of};
use crate::import::blocks::{Block, Blocks, Cell, Table};

/// Turns them into rows below headings; those that follow each other are one table.
pub fn turn_over(blocks: &mut Blocks) {
    let mut lines: Vec<LabelledLine> = Vec::new();
    for block in std::mem::take(&mut blocks.blocks) {
        let turned = match &block {
            Block::Table(table) => turned(table),
            _ => None,
        };
        let goes_on = turned.as_ref().is_some_and(|(titles, _)| titles.is_empty());
        if !lines.is_empty() && !goes_on {
            let table = table_of(records(std::mem::take(&mut lines)));
            blocks.blocks.push(Block::Table(table));
        }
        match turned {
            Some((titles, labelled)) => {
                let titles = titles.into_iter().map(|cell| title(cell, 1));
                blocks.blocks.extend(titles);
                lines.extend(labelled);
            }
            None => blocks.blocks.push(block),
        }
    }
    if !lines.is_empty() {
        blocks.blocks.push(Block::Table(table_of(records(lines))));
    }
}

/// The titles over a table of labels and values, and its rows. None of any other table.
fn turned(table: &Table) -> Option<(Vec<Cell>, Vec<LabelledLine>)> {
    let mut rows = (table.rows.iter()).filter(|row| filled(row).next().is_some());
    let mut titles = Vec::new();
    let mut labels: Vec<&Vec<Cell>> = Vec::new();
    for row in rows.by_ref() {
        if filled(row).count() > 1 {
            labels.push(row);
            break;
        }
        titles.extend(filled(row).next().cloned());
    }
    labels.extend(rows);
    let fields: Vec<Option<Field>> = (labels.iter())
        .map(|row| headings::field(&numbered_label(&row[0].text).0))
        .collect();
    let known = fields.iter().flatten().count();
    let numbered = fields.first() == Some(&Some(Field::Id));
    let says_what = fields.get(usize::from(numbered)).copied().flatten();
    let narrow = |row: &&Vec<Cell>| filled(row).count() <= 2 && !row[0].text.is_empty();
    let fits = labels.len() >= 3
        && says_what.is_some_and(Field::is_text)
        && known * 3 >= labels.len() * 2
        && labels.iter().all(narrow)
        && !is_heading(labels[0], &[]);
    fits.then(|| {
        (
            titles,
            labels.into_iter().map(|row| labelled(row)).collect(),
        )
    })
}

/// A row as a labelled line: its value is the first cell beside the label that says something.
fn labelled(row: &[Cell]) -> LabelledLine {
    let (label, number) = numbered_label(&row[0].text);
    let value = row[1..].iter().find(|cell| !cell.text.is_empty());
    let mut labelled = LabelledCell::new(&label, &row[0].place, String::new());
    if let Some(value) = value {
        labelled.cell = Cell {
            under: None,
            ..value.clone()
        };
    }
    LabelledLine { labelled, number }
}
