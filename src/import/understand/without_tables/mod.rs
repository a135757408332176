//! Plans without a row for each action: an action's labels and values stand below each other, in the rows of a
//! table or in lines ("Action: …", "Lead: …"), or actions are the lines of lists. All become tables with a row
//! for each, which are then read as all others.

mod labelled;
mod listed;
mod top_down;
mod under_headings;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::columns::{Map, columns};
use super::fields::Field;
use super::headings;
use crate::import::blocks::{Block, Blocks, Cell, Piece, Place, Table};
use crate::words::letters_only;

pub use top_down::turn_over;
pub use under_headings::take_in;

/// Makes tables of a source's labelled lines, else of its lists, where none of its own is the plan's. Beside
/// such a table only lists that say with labels who is to do something are read.
pub fn make_tables(blocks: &mut Blocks, map: &Map) {
    let is_plan = |block: &Block| matches!(block, Block::Table(table) if columns(table, map).is_some_and(|columns| columns.has_text_field()));
    let ways: &[(Make, &str)] = if blocks.blocks.iter().any(is_plan) {
        let labelled = "a list is read as actions, as its lines name who or by when";
        &[(listed::make_tables_of_labelled, labelled)]
    } else {
        &[
            (
                labelled::make_tables,
                "there is no table; its lines that begin with labels are read as actions",
            ),
            (
                listed::make_tables,
                "there is no table; its lines of lists are read as actions",
            ),
        ]
    };
    let tables_before = blocks.blocks.iter().filter(|block| is_plan(block)).count();
    for (make, note) in ways {
        let Some(made) = make(&blocks.blocks) else {
            continue;
        };
        let tables = made.blocks.iter().filter(|block| is_plan(block)).count();
        if tables > tables_before {
            let place = made.first.into_iter();
            blocks
                .notes
                .extend(place.map(|place| (place, (*note).to_owned())));
            blocks.notes.extend(made.notes);
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
    /// Where the first of these tables stands.
    first: Option<Place>,
    /// What is to be looked at.
    notes: Vec<(Place, String)>,
    /// Words that are in no block any more, and why.
    left: Vec<(Place, String, String)>,
}

/// A label in running text and the words beside it: "Lead: …".
#[derive(Debug)]
struct LabelledCell {
    label: String,
    /// What the label names; none where no field takes it.
    field: Option<Field>,
    cell: Cell,
}

impl LabelledCell {
    fn new(label: &str, place: &Place, text: String) -> LabelledCell {
        LabelledCell {
            label: label.to_owned(),
            field: headings::sure(label),
            cell: Cell::new(place.clone(), text),
        }
    }

    fn is_labelled_as(&self, label: &str) -> bool {
        letters_only(&self.label) == letters_only(label)
    }
}

/// A labelled line, and the number that its label bears: "Action 1.1: …".
struct LabelledLine {
    labelled: LabelledCell,
    number: Option<String>,
}

/// The lines by actions: one begins where the label of the first line comes again, or one that says what is to be
/// done, or another that names an action.
fn records(lines: Vec<LabelledLine>) -> Vec<Vec<LabelledCell>> {
    let mut records: Vec<Vec<LabelledCell>> = Vec::new();
    for LabelledLine {
        mut labelled,
        number,
    } in lines
    {
        let says_what = labelled.field.is_some_and(Field::is_text);
        if let Some(number) = number.filter(|_| says_what) {
            labelled.cell.text = format!("{number} {}", labelled.cell.text);
        }
        let again = |above: &LabelledCell| {
            above.is_labelled_as(&labelled.label)
                || (labelled.field == Some(Field::Action) && above.field == labelled.field)
        };
        let begins = |record: &[LabelledCell]| {
            record[0].is_labelled_as(&labelled.label) || (says_what && record.iter().any(again))
        };
        match records.last_mut() {
            Some(record) if !begins(record) => record.push(labelled),
            _ => records.push(vec![labelled]),
        }
    }
    records
}

/// Whether one of the fields says by whom or by when something is done.
fn tells(mut fields: impl Iterator<Item = Option<Field>>) -> bool {
    fields.any(|field| field.is_some_and(Field::says_who_or_when))
}

/// Fields of which a table has one column, whatever it is called from row to row ("Deadline", "By when").
const ONE_COLUMN: [Field; 3] = [Field::Objective, Field::Action, Field::Timescale];

/// What is said of each action, as a table with a column for each label.
fn table_of(records: Vec<Vec<LabelledCell>>) -> Table {
    let place = records[0][0].cell.place.clone();
    let mut heads: Vec<LabelledCell> = Vec::new();
    let mut rows: Vec<BTreeMap<usize, Cell>> = Vec::new();
    for record in records {
        let mut row: BTreeMap<usize, Cell> = BTreeMap::new();
        for labelled in record {
            let same = heads
                .iter()
                .position(|head| head.is_labelled_as(&labelled.label));
            let free = || {
                let field = labelled.field.filter(|field| ONE_COLUMN.contains(field))?;
                let mut heads = heads.iter().enumerate();
                heads.find_map(|(at, head)| {
                    (head.field == Some(field) && !row.contains_key(&at)).then_some(at)
                })
            };
            let at = same.or_else(free).unwrap_or(heads.len());
            if at == heads.len() {
                heads.push(LabelledCell::new(
                    &labelled.label,
                    &place,
                    labelled.label.clone(),
                ));
            }
            match row.entry(at) {
                Entry::Vacant(cell) => _ = cell.insert(labelled.cell),
                Entry::Occupied(mut cell) => {
                    let text = &mut cell.get_mut().text;
                    *text = format!("{text}\n{}", labelled.cell.text);
                }
            }
        }
        rows.push(row);
    }
    let whole = |mut row: BTreeMap<usize, Cell>| -> Vec<Cell> {
        let blank = || Cell::new(place.clone(), String::new());
        let columns = 0..heads.len();
        columns
            .map(|at| row.remove(&at).unwrap_or_else(blank))
            .collect()
    };
    let below: Vec<Vec<Cell>> = rows.into_iter().map(whole).collect();
    let head: Vec<Cell> = heads.into_iter().map(|head| head.cell).collect();
    Table {
        name: None,
        rows: [vec![head], below].concat(),
        heading_rows: 1,
        knows_merged: true,
    }
}

fn paragraph(place: &Place, text: &str) -> Block {
    Block::Paragraph(Piece::new(place.clone(), text.to_owned()))
}
