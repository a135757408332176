//! Plans that hold no table: an action's labels and values stand in lines below each other ("Action: …",
//! "Lead: …"), or actions are the lines of lists. Both become tables, which are then read as all others.

mod labelled;
mod listed;

use super::columns::{Map, columns};
use crate::import::blocks::{Block, Blocks, Cell, Piece, Place, Table};

/// Makes tables of a source that holds none of the plan's: of its labelled lines, else of its lists.
pub fn make_tables(blocks: &mut Blocks, map: &Map) {
    let is_plan =
        |block: &Block| matches!(block, Block::Table(table) if columns(table, map).is_some());
    if blocks.blocks.iter().any(is_plan) {
        return;
    }
    for (make, what) in [
        (
            labelled::make_tables as Make,
            "lines that begin with labels",
        ),
        (listed::make_tables, "lines of lists"),
    ] {
        let Some(made) = make(&blocks.blocks) else {
            continue;
        };
        let first = made.blocks.iter().find_map(|block| match block {
            Block::Table(table) if columns(table, map).is_some() => Some(table),
            _ => None,
        });
        if let Some(table) = first {
            let note = format!("there is no table; its {what} are read as actions");
            blocks.notes.push((table.rows[0][0].place.clone(), note));
            blocks.blocks = made.blocks;
            blocks.left.extend(made.left);
            return;
        }
    }
}

/// A source's blocks with tables among them; none where there is nothing to make them of.
type Make = fn(&[Block]) -> Option<Made>;

#[derive(Debug, Default)]
struct Made {
    blocks: Vec<Block>,
    /// Words that are in no block any more, and why.
    left: Vec<(Place, String, String)>,
}

/// A row's cells by their labels, in the order in which they stand.
#[derive(Debug, Default)]
struct Record {
    cells: Vec<(String, Cell)>,
}

impl Record {
    fn begin(label: String, cell: Cell) -> Record {
        Record {
            cells: vec![(label, cell)],
        }
    }

    fn cell(&mut self, label: &str) -> Option<&mut Cell> {
        let mut cells = self.cells.iter_mut();
        cells.find(|(own, _)| own == label).map(|(_, cell)| cell)
    }
}

/// The records as a table with a column for each label.
fn table_of(records: Vec<Record>) -> Table {
    let mut labels: Vec<String> = Vec::new();
    for (label, _) in records.iter().flat_map(|record| &record.cells) {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    let row = |record: &Record| -> Vec<Cell> {
        let place = &record.cells[0].1.place;
        let of_label = |label: &String| {
            let cell = record.cells.iter().find(|(own, _)| own == label);
            cell.map_or_else(|| blank(place), |(_, cell)| cell.clone())
        };
        labels.iter().map(of_label).collect()
    };
    let place = &records[0].cells[0].1.place;
    let heads = (labels.iter()).map(|label| Cell::new(place.clone(), label.clone()));
    let mut rows = vec![heads.collect()];
    rows.extend(records.iter().map(row));
    Table {
        name: None,
        rows,
        heading_rows: 1,
        knows_merged: true,
    }
}

fn blank(place: &Place) -> Cell {
    Cell::new(place.clone(), String::new())
}

fn paragraph(place: &Place, text: &str) -> Block {
    Block::Paragraph(Piece::new(place.clone(), text.to_owned()))
}
