//! What the ratings of a paper mean: two lines below the first table that shows them.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Document, Table, Tone, piece};
use crate::plan::{Plan, rating_key};

/// A board's own words for ratings, by the rating.
pub type Labels = BTreeMap<String, String>;

/// The words that a plan's policy has for ratings.
pub fn labels(plan: &Plan) -> Labels {
    let labels = plan.policy.labels.iter();
    labels
        .map(|(rating, label)| (rating.trim().to_lowercase(), label.value.to_string()))
        .collect()
}

/// Puts the key below the first table that shows a rating, from a block of the document on. A paper
/// without ratings gets none, and the answer says so.
pub fn insert(document: &mut Document, from: usize, labels: &Labels) -> bool {
    let blocks = document.blocks.iter().enumerate().skip(from);
    let mut tables = blocks.filter_map(|(at, block)| match block {
        Block::Table(table) => Some((at, table)),
        _ => None,
    });
    let Some((at, _)) = tables.find(|(_, table)| shows_ratings(table)) else {
        return false;
    };
    let lines = rating_key(|rag| labels.get(rag.word()).map(String::as_str));
    let key = Block::Paragraph(vec![piece(Tone::Faint, lines.join("\n"))]);
    document.blocks.insert(at + 1, key);
    true
}

fn shows_ratings(table: &Table) -> bool {
    let mut cells = table.rows().iter().flatten();
    cells.any(|cell| matches!(cell, Cell::Rating(..) | Cell::Tally(..)))
}
