//! What a source means: its blocks become the draft of a board and a plan, the same way for every
//! source format.

mod evidence;
mod fields;
mod front;
mod ids;
mod owners;
mod progress;
mod structure;
mod tables;

use crate::calendar::Day;

use super::Refusal;
use super::account::Account;
use super::blocks::{Block, Blocks, Cell, Piece, Table};

pub use fields::{FIELDS, Field};
pub use owners::{Group, slug};
pub use structure::{Action, Objective, Priority, Shared};
use tables::Columns;

/// What the user says beside the source.
#[derive(Debug, Default)]
pub struct Wishes {
    /// Columns whose field the user names.
    pub map: Vec<(String, Field)>,
    /// The day of the progress that the source reports.
    pub reported: Option<Day>,
    /// Who reports it: a group's name.
    pub by: Option<String>,
    /// The plan's period, where the source does not say it.
    pub period: Option<String>,
    /// The name of the board's folder.
    pub folder: String,
}

impl Wishes {
    /// Takes "Column=field".
    pub fn map_column(&mut self, wish: &str) -> Result<(), String> {
        let names = || {
            FIELDS
                .iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (column, name) = wish
            .rsplit_once('=')
            .ok_or_else(|| format!("write --map \"Column=field\", not \"{wish}\""))?;
        let field = Field::named(name).ok_or_else(|| {
            format!(
                "there is no field \"{}\" for a column; the fields are {}",
                name.trim(),
                names()
            )
        })?;
        self.map.push((column.trim().to_owned(), field));
        Ok(())
    }
}

/// A board and its plan as understood, and the account of the source.
#[derive(Debug)]
pub struct Draft {
    pub front: front::Front,
    pub headings: Vec<(&'static str, String)>,
    pub priorities: Vec<Priority>,
    pub groups: Vec<Group>,
    pub entries: Vec<progress::Entry>,
    pub account: Account,
}

/// Understands a source. Errors: no table of actions; progress without a date; no period.
pub fn understand(mut blocks: Blocks, name: &str, wishes: &Wishes) -> Result<Draft, Refusal> {
    lift_outcomes(&mut blocks);
    let mut account = Account::open(&mut blocks);
    lift_titles(&mut blocks, wishes);
    let layouts = layouts(&blocks, wishes);
    if layouts.iter().flatten().next().is_none() {
        return Err(no_table(&blocks, name));
    }
    check_map(&layouts, wishes)?;
    account.counts.tables = layouts.iter().flatten().count();
    let mut headings = headings(&blocks, &layouts, &mut account);
    let mut front = front::Front::read(&blocks, &layouts, name, wishes, &mut account)?;
    if let Some(called) = front
        .outcomes_called
        .clone()
        .filter(|called| called.to_lowercase() != "outcomes")
    {
        headings.push(("outcomes", called));
    }
    let key = front.key(&blocks, &layouts, &mut account);
    let mut outline = structure::Outline::read(&blocks, &layouts, &front, &mut account);
    front.add_asides(&outline.asides);
    if outline.is_empty() {
        return Err(format!(
            "{name} has a table with headings, and no row below them holds an action"
        )
        .into());
    }
    outline.number(&mut account);
    let mut groups = owners::Groups::new(key.clone(), front.board_names());
    outline.share_out(&blocks, &mut groups, &front, &mut account);
    let entries = progress::entries(&outline, &key, wishes, name, &mut account)?;
    outline.settle(&mut account);
    account.counts.groups = groups.groups.len();
    account.counts.entries = entries.len();
    front.settle(wishes, &mut account);
    Ok(Draft {
        front,
        headings,
        priorities: outline.priorities,
        groups: groups.groups,
        entries,
        account,
    })
}

/// What a block's table is read as: nothing for other blocks and tables that are no part of the plan.
#[derive(Debug)]
pub struct Layout {
    pub columns: Columns,
    /// Whether it goes on with the table before, without a heading of its own.
    pub goes_on: bool,
}

/// A small table that only names the outcomes of a priority is a paragraph: "Outcome: …".
fn lift_outcomes(blocks: &mut Blocks) {
    let before = std::mem::take(&mut blocks.blocks);
    for block in before {
        let Block::Table(table) = &block else {
            blocks.blocks.push(block);
            continue;
        };
        let said: Vec<Vec<&Cell>> = table
            .rows
            .iter()
            .map(|row| tables::said(row).collect())
            .collect();
        let named = |row: &Vec<&Cell>| {
            row.len() == 2 && fields::field(&row[0].text) == Some(Field::Outcomes)
        };
        if said.is_empty() || !said.iter().all(named) {
            blocks.blocks.push(block);
            continue;
        }
        for row in said {
            let text = format!("{}: {}", row[0].text, row[1].text);
            blocks
                .blocks
                .push(Block::Paragraph(Piece::new(row[0].place.clone(), text)));
        }
    }
}

/// Lines above a table's heading row are text before the table: spreadsheets have no other place for
/// a title.
fn lift_titles(blocks: &mut Blocks, wishes: &Wishes) {
    let before = std::mem::take(&mut blocks.blocks);
    for block in before {
        let Block::Table(mut table) = block else {
            blocks.blocks.push(block);
            continue;
        };
        let head = tables::columns(&table, &wishes.map).map_or(0, |columns| columns.head);
        for cell in table
            .rows
            .drain(..head)
            .flatten()
            .filter(|cell| !cell.text.is_empty())
        {
            let piece = Piece {
                place: cell.place,
                text: cell.text,
                item: cell.item,
            };
            let heading = piece.text.split_whitespace().count() <= 14
                && !piece.text.contains(['=', '\n'])
                && !piece.text.ends_with(['.', ':', ';']);
            blocks.blocks.push(match heading {
                true => Block::Heading(1, piece),
                false => Block::Paragraph(piece),
            });
        }
        for cell in table.rows.iter_mut().flatten() {
            cell.under = cell
                .under
                .and_then(|(row, column)| Some((row.checked_sub(head)?, column)));
        }
        table.heading_rows = table.heading_rows.saturating_sub(head);
        blocks.blocks.push(Block::Table(table));
    }
}

/// The layout of every block that is a table of the plan.
fn layouts(blocks: &Blocks, wishes: &Wishes) -> Vec<Option<Layout>> {
    let found: Vec<Option<Columns>> = blocks
        .blocks
        .iter()
        .map(|block| match block {
            Block::Table(table) => tables::columns(table, &wishes.map),
            _ => None,
        })
        .collect();
    let all: Vec<Columns> = found.iter().flatten().cloned().collect();
    let mut layouts: Vec<Option<Layout>> = Vec::new();
    let mut last: Option<Columns> = None;
    for (block, columns) in blocks.blocks.iter().zip(found) {
        let Block::Table(table) = block else {
            layouts.push(None);
            continue;
        };
        let goes_on = columns.is_none();
        let columns = match columns {
            Some(mut columns) => {
                if blocks.flattened {
                    columns.realign(table, &all);
                }
                Some(columns)
            }
            None => last
                .clone()
                .filter(|last| width(table) == last.fields.len() && width(table) > 2),
        };
        last.clone_from(&columns);
        layouts.push(columns.map(|columns| Layout { columns, goes_on }));
    }
    layouts
}

fn width(table: &Table) -> usize {
    table.rows.first().map_or(0, Vec::len)
}

fn no_table(blocks: &Blocks, name: &str) -> Refusal {
    let tables: Vec<&Table> = blocks
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) if !table.rows.is_empty() => Some(table),
            _ => None,
        })
        .collect();
    let Some(first) = tables.first() else {
        let pictures = match blocks.left.is_empty() {
            true => "",
            false => " (a picture of a table cannot be read: type it)",
        };
        return Refusal(format!(
            "{name} holds no table{pictures}; a plan is a table of actions with a row of headings"
        ));
    };
    let cells: Vec<String> = tables::said(&first.rows[0])
        .take(6)
        .map(|cell| format!("\"{}\"", short(&cell.text)))
        .collect();
    Refusal(format!(
        "{name}: no table has a row of headings that names an action or objective and another column (the first begins \
         {}); write headings such as Action, Who, By when above it, or name the columns with --map \"Column=field\"",
        cells.join(", ")
    ))
}

/// The beginning of a text, for messages.
pub fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// A wish about a column that no table has must not pass in silence.
fn check_map(layouts: &[Option<Layout>], wishes: &Wishes) -> Result<(), Refusal> {
    for (name, _) in &wishes.map {
        let headings = || {
            layouts
                .iter()
                .flatten()
                .flat_map(|layout| &layout.columns.headings)
        };
        if !headings().any(|heading| tables::plain(heading) == tables::plain(name)) {
            let mut all: Vec<&str> = headings()
                .map(String::as_str)
                .filter(|heading| !heading.is_empty())
                .collect();
            all.sort_unstable();
            all.dedup();
            return Err(format!(
                "no table has a column \"{name}\"; the columns are {}",
                all.join(", ")
            )
            .into());
        }
    }
    Ok(())
}

/// The board's own column headings, of the first table that names each field; every heading cell is
/// placed.
fn headings(
    blocks: &Blocks,
    layouts: &[Option<Layout>],
    account: &mut Account,
) -> Vec<(&'static str, String)> {
    let mut headings: Vec<(&'static str, String)> = Vec::new();
    for (block, layout) in blocks.blocks.iter().zip(layouts) {
        let (Block::Table(table), Some(layout)) = (block, layout) else {
            continue;
        };
        if layout.goes_on {
            continue;
        }
        let columns = &layout.columns;
        for row in &table.rows[columns.head..columns.first] {
            for (cell, field) in row.iter().zip(&columns.fields) {
                if let Some(field) = field {
                    account.put(cell.item, format!("headings: {}", field.name()));
                } else {
                    account.leave(cell.item, "the heading of a column that is left out");
                }
            }
        }
        for (heading, field) in columns.headings.iter().zip(&columns.fields) {
            let Some(field) = field.filter(|_| !heading.is_empty()) else {
                continue;
            };
            // One heading over themes and objectives is the objectives'.
            let field = match (field, fields::field(heading)) {
                (Field::Theme, Some(Field::Objective)) => Field::Objective,
                _ => field,
            };
            let (known, question) = fields::name_and_question(heading);
            // Where the name is the field's own, the question says more.
            let own = match !question.is_empty() && fields::is_name_of(known, field) {
                true => question,
                false => heading,
            };
            if !headings.iter().any(|(name, _)| *name == field.name())
                && tables::plain(own) != field.name()
            {
                headings.push((field.name(), own.to_owned()));
            }
        }
    }
    headings
}
