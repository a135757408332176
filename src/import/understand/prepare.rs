//! Brings a source into the form in which it is understood: blank cells are blank, what stands above a
//! heading row is text before the table, and a sheet of several blocks is several tables.

use super::cells::{filled, only};
use super::columns::{Map, columns, is_heading, parts_heading};
use super::continued::is_ditto;
use super::fields::Field;
use super::headings::{self, numbered_label};
use super::ids;
use super::key;
use super::title::says_plan;
use crate::import::blocks::{Block, Blocks, Cell, Piece, Table, Why};
use crate::words::letters_only;

/// Cells that hold nothing but spaces are blank. What is there for narrow screens alone, and says that cells
/// are as those above, goes.
pub fn blank_cells(blocks: &mut Blocks) {
    for block in &mut blocks.blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flatten() {
            let blank =
                |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}');
            cell.asides
                .retain(|aside| !(aside.why == Why::HiddenWords && is_ditto(&aside.words)));
            if cell.text.chars().all(blank) {
                cell.text.clear();
            } else if cell.text.contains('\u{a0}') {
                cell.text = cell.text.replace('\u{a0}', " ").trim().to_owned();
            }
        }
    }
}

/// A small table that only says what the actions of the table below it are to achieve, "Aim 1" over "Lead officer" and
/// "Outcome", is a heading and paragraphs.
pub fn lift_aims(blocks: &mut Blocks, map: &Map) {
    let mut lifted: Vec<Block> = Vec::new();
    // From the last to the first: whether a table of actions stands next below.
    let mut is_over_actions = false;
    for block in std::mem::take(&mut blocks.blocks).into_iter().rev() {
        let Block::Table(table) = &block else {
            lifted.push(block);
            continue;
        };
        if let Some(texts) = aims(&table.rows, is_over_actions) {
            lifted.extend(texts.into_iter().rev());
            continue;
        }
        is_over_actions = columns(table, map)
            .is_some_and(|columns| columns.has(Field::Action) && columns.all.len() > 2);
        lifted.push(block);
    }
    lifted.reverse();
    blocks.blocks = lifted;
}

/// What rows of two cells, a label and a text, say of the actions below them: a heading where it is their aim, else a
/// paragraph with its label. None where a label is of an action itself, or none of them an aim.
fn aims(rows: &[Vec<Cell>], is_over_actions: bool) -> Option<Vec<Block>> {
    let mut found: Vec<Block> = Vec::new();
    let mut only_outcomes = !rows.is_empty();
    for row in rows {
        let cells: Vec<&Cell> = filled(row).collect();
        let [label, text] = cells.as_slice() else {
            return None;
        };
        let (name, _) = numbered_label(&label.text);
        let words = format!("{}: {}", label.text.trim_end_matches([':', ' ']), text.text);
        let piece = Piece::new(label.place.clone(), words);
        let field = headings::field(&name)?;
        only_outcomes &= field == Field::Outcomes;
        found.push(match field {
            Field::Priority | Field::Objective | Field::Theme => Block::Heading(2, piece),
            Field::Outcomes
            | Field::Impact
            | Field::Measure
            | Field::Responsibility
            | Field::Lead => Block::Paragraph(piece),
            _ => return None,
        });
    }
    let is_aim = is_over_actions && matches!(found.first(), Some(Block::Heading(..)));
    (only_outcomes || is_aim).then_some(found)
}

/// Takes every table apart: lines above a heading row are text before the table, as spreadsheets have no
/// other place for a title; each further block with a title and a heading row of its own is a table.
pub fn take_apart(blocks: &mut Blocks, map: &Map) {
    let before = std::mem::take(&mut blocks.blocks);
    for block in before {
        let Block::Table(mut table) = block else {
            blocks.blocks.push(block);
            continue;
        };
        let mut begins = begins(&table, map);
        let several = begins.len() > 1;
        let mut parts = Vec::new();
        while let Some(from) = begins.pop() {
            parts.push(cut(&mut table, from));
        }
        for part in parts.into_iter().rev() {
            lift_titles(part, several, map, &mut blocks.blocks);
        }
    }
}

/// The rows at which the blocks of a table begin: the first, and each title that stands over a heading
/// row further down.
fn begins(table: &Table, map: &Map) -> Vec<usize> {
    let mut begins = vec![0];
    let heads = (0..table.rows.len()).filter(|&row| is_heading(&table.rows[row], map));
    let mut heads = heads.skip_while(|&row| row < table.heading_rows).peekable();
    let Some(mut last) = heads.next() else {
        return begins;
    };
    for head in heads {
        if counts_on(table, last, head) {
            continue;
        }
        if head == last + 1 && parts_heading(table, last) {
            last = head;
            continue;
        }
        let titles = (last + 1..head)
            .rev()
            .take_while(|&row| filled(&table.rows[row]).count() <= 1)
            .filter(|&row| only(&table.rows[row]).is_some());
        let other = !same_words(&table.rows[head], &table.rows[last]);
        if let Some(title) = titles.min().or(other.then_some(head)) {
            begins.push(title);
        }
        last = head;
    }
    begins
}

/// Whether a row below a heading row goes on counting its rows, "2." below "1.", or is the first of them: then its words
/// are an action's, whatever they are. What says a heading's words again is one, also with a number of its own.
fn counts_on(table: &Table, heading: usize, row: usize) -> bool {
    let number = |row: usize| {
        let first = filled(&table.rows[row]).next()?;
        ids::leading(&first.text).map(|(id, ..)| id)
    };
    let (Some(own), None) = (number(row), number(heading)) else {
        return false;
    };
    let says_again = filled(&table.rows[row]).any(|cell| {
        let words = letters_only(&cell.text);
        filled(&table.rows[heading]).any(|head| letters_only(&head.text) == words)
    });
    let before = (heading + 1..row).rev().find_map(number);
    !says_again && before.map_or(row == heading + 1, |before| ids::counts_on(before, own))
}

fn same_words(one: &[Cell], other: &[Cell]) -> bool {
    let texts =
        |row: &[Cell]| -> Vec<String> { filled(row).map(|cell| cell.text.clone()).collect() };
    texts(one) == texts(other)
}

/// Cuts a table's rows from one on off.
fn cut(table: &mut Table, from: usize) -> Table {
    let mut rows = table.rows.split_off(from);
    for cell in rows.iter_mut().flatten() {
        cell.under = cell
            .under
            .and_then(|(row, column)| Some((row.checked_sub(from)?, column)));
    }
    Table {
        name: table.name.clone(),
        rows,
        heading_rows: table.heading_rows.saturating_sub(from),
        knows_merged: table.knows_merged,
    }
}

/// Makes what stands above a table's heading row the text before it: a cell alone in its row is a title or
/// a paragraph, rows of several cells are a table, such as a key.
fn lift_titles(mut table: Table, several: bool, map: &Map, blocks: &mut Vec<Block>) {
    let head = columns(&table, map).map_or_else(|| lines_of_cover(&table), |columns| columns.head);
    let mut below = cut(&mut table, head);
    let lone: Vec<usize> = (0..head)
        .filter(|&row| only(&table.rows[row]).is_some())
        .collect();
    // Under the document's own title it is the heading of a part.
    let titled = blocks
        .iter()
        .any(|block| matches!(block, Block::Heading(..)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (number, row) in table.rows.into_iter().enumerate() {
        if filled(&row).count() > 1
            || (!rows.is_empty() && row.iter().any(|cell| cell.fill.is_some()))
        {
            rows.push(row);
            continue;
        }
        end_table(&mut rows, blocks);
        let level = if (several || titled) && lone.last() == Some(&number) {
            2
        } else {
            1
        };
        for cell in row.into_iter().filter(|cell| !cell.text.is_empty()) {
            let is_named = matches!(blocks.last(), Some(Block::Heading(2.., _)));
            let is_aim = is_named && headings::aim(&cell.text).is_some();
            blocks.push(match title(cell, level) {
                Block::Heading(_, piece) if is_aim => Block::Paragraph(piece),
                block => block,
            });
        }
    }
    end_table(&mut rows, blocks);
    let Some(row) = key::first_row(&below.rows) else {
        blocks.push(Block::Table(below));
        return;
    };
    let mut key = cut(&mut below, row);
    let is_pair = |row: &Vec<Cell>| filled(row).count() > 1;
    let end = key
        .rows
        .iter()
        .rposition(is_pair)
        .map_or(0, |last| last + 1);
    let texts = key.rows.split_off(end).into_iter().flatten();
    let texts = texts.filter(|cell| !cell.text.is_empty());
    let texts: Vec<Block> = texts.map(|cell| title(cell, 2)).collect();
    blocks.extend([Block::Table(below), Block::Table(key)]);
    blocks.extend(texts);
}

/// How many rows of a sheet that is no plan's are lines of text over the rest, as on a cover.
fn lines_of_cover(table: &Table) -> usize {
    let mut rows = table.rows.iter();
    let lines = rows.position(|row| filled(row).count() > 1).unwrap_or(0);
    let first = table.rows.first().and_then(|row| filled(row).next());
    let is_titled = first.is_some_and(|first| says_plan(&first.text));
    if table.name.is_some() && (lines > 1 || is_titled) {
        lines
    } else {
        0
    }
}

fn end_table(rows: &mut Vec<Vec<Cell>>, blocks: &mut Vec<Block>) {
    if let Some(texts) = labelled_texts(rows).or_else(|| aims(rows, true)) {
        rows.clear();
        blocks.extend(texts);
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            rows: std::mem::take(rows),
            ..Table::default()
        }));
    }
}

/// What two rows of labels and texts over a table say, "Area for improvement:" over its words: a heading
/// where it is what the actions are to achieve, else a paragraph with its label. None of other rows.
fn labelled_texts(rows: &[Vec<Cell>]) -> Option<Vec<Block>> {
    let [labels, texts] = rows else {
        return None;
    };
    let label = |cell: &Cell| Some(cell.text.trim().strip_suffix(':')?.to_owned());
    let labels: Vec<(usize, String)> = (labels.iter().enumerate())
        .filter(|(_, cell)| !cell.text.is_empty())
        .map(|(column, cell)| Some((column, label(cell)?)))
        .collect::<Option<_>>()?;
    let spoken: Vec<usize> = (0..texts.len())
        .filter(|&column| !texts[column].text.is_empty())
        .collect();
    if labels.is_empty() || !spoken.iter().eq(labels.iter().map(|(column, _)| column)) {
        return None;
    }
    let mut found: Vec<Block> = Vec::new();
    for (column, label) in labels {
        let cell = &texts[column];
        let mut piece = Piece {
            place: cell.place.clone(),
            text: cell.text.clone(),
            item: cell.item,
        };
        if headings::field(&label) == Some(Field::Objective) {
            found.insert(0, Block::Heading(3, piece));
        } else {
            piece.text = format!("{label}: {}", piece.text);
            found.push(Block::Paragraph(piece));
        }
    }
    Some(found)
}

pub fn title(cell: Cell, level: u8) -> Block {
    let piece = Piece {
        place: cell.place,
        text: cell.text,
        item: cell.item,
    };
    let heading = piece.text.split_whitespace().count() <= 14
        && !piece.text.contains(['=', '\n'])
        && !piece.text.ends_with(['.', ':', ';']);
    if heading {
        Block::Heading(level, piece)
    } else {
        Block::Paragraph(piece)
    }
}
