//! Tables each of which stands under the heading of one action: "Action 3.2 – Open the hall" over its measures and
//! their deadlines.

use super::super::cells::filled;
use super::super::columns::{Map, is_heading};
use super::super::fields::Field;
use super::super::{headings, ids};
use crate::import::blocks::{Block, Blocks, Cell, Piece, Table};

/// Puts an action's number and words into the table right below its heading, where that has no column of actions.
pub fn take_in(blocks: &mut Blocks, map: &Map) {
    let mut above: Option<(u8, Piece)> = None;
    for block in std::mem::take(&mut blocks.blocks) {
        let block = match (above.take(), block) {
            (Some((level, heading)), Block::Table(table)) => {
                let taken = with_action(&heading, table, map);
                let is_kept = taken.is_err().then_some(Block::Heading(level, heading));
                blocks.blocks.extend(is_kept);
                Block::Table(taken.unwrap_or_else(|table| table))
            }
            (heading, block) => {
                let heading = heading.map(|(level, piece)| Block::Heading(level, piece));
                blocks.blocks.extend(heading);
                block
            }
        };
        match block {
            Block::Heading(level, piece) if action_of(&piece.text).is_some() => {
                above = Some((level, piece));
            }
            other => blocks.blocks.push(other),
        }
    }
    let last = above.map(|(level, piece)| Block::Heading(level, piece));
    blocks.blocks.extend(last);
}

/// The number and the words of a heading that names an action: "Action ECI2 – Appoint a lead".
fn action_of(heading: &str) -> Option<(&str, &str)> {
    let (label, rest) = heading.split_once(' ')?;
    let (id, words, _) = ids::leading(rest)?;
    let is_action = headings::sure(label) == Some(Field::Action);
    (is_action && !words.is_empty()).then_some((id, words))
}

/// A table with the action of its heading in two columns before its own; the table itself where it has such a
/// column, or no row of headings.
fn with_action(heading: &Piece, mut table: Table, map: &Map) -> Result<Table, Table> {
    let names_column = |row: &Vec<Cell>| {
        let mut named = filled(row).filter(|cell| headings::field(&cell.text).is_some());
        is_heading(row, map) || named.next().is_some() && filled(row).count() > 1
    };
    let head = table.rows.iter().position(names_column);
    let has_actions =
        |row: &[Cell]| filled(row).any(|cell| headings::field(&cell.text) == Some(Field::Action));
    let (Some(head), Some((id, words))) = (head, action_of(&heading.text)) else {
        return Err(table);
    };
    if has_actions(&table.rows[head]) {
        return Err(table);
    }
    let first = (head + 1..table.rows.len()).find(|&row| filled(&table.rows[row]).next().is_some());
    for (number, row) in table.rows.iter_mut().enumerate() {
        for cell in row.iter_mut() {
            cell.under = cell.under.map(|(row, column)| (row, column + 2));
        }
        let texts = match number {
            _ if number == head => ["Id", "Action"],
            _ if Some(number) == first => [id, words],
            _ => [""; 2],
        };
        let under = first.filter(|first| number > *first);
        let cells = texts.into_iter().enumerate().map(|(column, text)| Cell {
            under: under.map(|first| (first, column)),
            ..Cell::new(heading.place.clone(), text.to_owned())
        });
        let cells: Vec<Cell> = cells.collect();
        row.splice(0..0, cells);
    }
    Ok(table)
}
