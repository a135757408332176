//! Tables in which an action stands from top to bottom, a label and what it is about in each row.

use super::super::cells::filled;
use super::super::columns::is_heading;
use super::super::fields::Field;
use super::super::headings::{self, numbered_label};
use super::super::prepare::title;
use super::super::when::apart;
use super::{LabelledCell, LabelledLine, records, table_of};
use crate::import::blocks::{Block, Blocks, Cell, Table};

/// Turns them into rows below headings; those that follow each other are one table.
pub fn turn_over(blocks: &mut Blocks) {
    let mut lines: Vec<LabelledLine> = Vec::new();
    join_numbers(&mut blocks.blocks);
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

/// A heading that is only the number of the card below it is the card's first row.
fn join_numbers(blocks: &mut Vec<Block>) {
    let mut at = 1;
    while at < blocks.len() {
        let number = match &blocks[at - 1] {
            Block::Heading(_, piece) | Block::Paragraph(piece)
                if card_number(&piece.text).is_some() =>
            {
                Some(Cell::new(piece.place.clone(), piece.text.clone()))
            }
            _ => None,
        };
        if let (Some(number), Block::Table(table)) = (number, &mut blocks[at])
            && turned(table).is_some()
        {
            table.rows.insert(0, vec![number]);
            blocks.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// The titles over a table of labels and values, and its rows. None of any other table.
fn turned(table: &Table) -> Option<(Vec<Cell>, Vec<LabelledLine>)> {
    let mut rows = (table.rows.iter()).filter(|row| filled(row).next().is_some());
    let (mut titles, mut numbers) = (Vec::new(), Vec::new());
    let mut labels: Vec<&Vec<Cell>> = Vec::new();
    for row in rows.by_ref() {
        if filled(row).count() > 1 {
            labels.push(row);
            break;
        }
        match filled(row).next() {
            Some(cell) if card_number(&cell.text).is_some() => numbers.push(cell),
            cell => titles.extend(cell.cloned()),
        }
    }
    labels.extend(rows);
    let pairs: Option<Vec<_>> = labels.iter().map(|row| pairs(row)).collect();
    let lines: Vec<LabelledLine> = pairs?.concat().into_iter().map(labelled).collect();
    let fields: Vec<Option<Field>> = lines
        .iter()
        .map(|line| known(&line.labelled.label))
        .collect();
    let count = fields.iter().flatten().count();
    let numbered = fields.first() == Some(&Some(Field::Id));
    let says_what = fields.get(usize::from(numbered)).copied().flatten();
    let fits = lines.len() >= 3
        && says_what.is_some_and(Field::is_text)
        && count * 3 >= lines.len() * 2
        && !is_heading(labels[0], &[]);
    let numbers = numbers.into_iter().filter_map(number_line);
    fits.then(|| (titles, numbers.chain(lines).collect()))
}

/// The number of a card that stands alone over it: 2 of "Action 2".
fn card_number(text: &str) -> Option<String> {
    let (name, number) = numbered_label(text);
    number.filter(|_| headings::sure(&name) == Some(Field::Action) && !name.is_empty())
}

/// The number over a card as a labelled line.
fn number_line(cell: &Cell) -> Option<LabelledLine> {
    let mut number = cell.clone();
    number.text = card_number(&cell.text)?;
    let mut labelled = LabelledCell::new("Id", &cell.place, String::new());
    labelled.cell = number;
    Some(LabelledLine {
        labelled,
        number: None,
    })
}

/// The labels of a row, each with the first cell beside it that says something: one, or two side by side, as on
/// a card of four columns. None of a row that says more.
fn pairs(row: &[Cell]) -> Option<Vec<(&Cell, Option<&Cell>)>> {
    let own: Vec<&Cell> = row.iter().filter(|cell| cell.under.is_none()).collect();
    let is_label = |cell: &Cell| known(&numbered_label(&cell.text).0).is_some();
    if let [one, first, other, second] = own.as_slice()
        && is_label(one)
        && is_label(other)
        && ![first, second].into_iter().any(|cell| is_label(cell))
    {
        return Some(vec![(one, Some(first)), (other, Some(second))]);
    }
    let is_narrow = filled(row).count() <= 2 && !row[0].text.is_empty();
    let value = row[1..].iter().find(|cell| !cell.text.is_empty());
    is_narrow.then(|| vec![(&row[0], value)])
}

/// The field that a label names, whatever time it names beside it: "Progress at Q2".
fn known(label: &str) -> Option<Field> {
    headings::field(&apart(label).0)
}

/// A label and its value as a labelled line.
fn labelled((label, value): (&Cell, Option<&Cell>)) -> LabelledLine {
    let (words, number) = numbered_label(&label.text);
    let mut labelled = LabelledCell::new(&words, &label.place, String::new());
    if let Some(value) = value {
        labelled.cell = Cell {
            under: None,
            ..value.clone()
        };
    }
    LabelledLine { labelled, number }
}
