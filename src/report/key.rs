//! What the ratings of a paper mean: two lines below the first table that shows them.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Document, Table, Tone, piece};
use crate::plan::{Plan, Rag};
use crate::words::capitalised;

/// A board's own words for ratings, by the rating.
pub type Labels = BTreeMap<String, String>;

/// The words that a plan's policy has for ratings.
pub fn labels(plan: &Plan) -> Labels {
    let labels = plan.policy.labels.iter();
    labels
        .map(|(rating, label)| (rating.trim().to_lowercase(), label.value.clone()))
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
    let key = Block::Paragraph(vec![piece(Tone::Faint, words(labels))]);
    document.blocks.insert(at + 1, key);
    true
}

fn shows_ratings(table: &Table) -> bool {
    let mut cells = table.rows().iter().flatten();
    cells.any(|cell| matches!(cell, Cell::Rating(..) | Cell::Tally(..)))
}

/// What a rating means, in a few words (design section 5.7 and 5.8).
pub fn meaning(rag: Rag) -> &'static str {
    match rag {
        Rag::Red => "overdue, or rated red",
        Rag::Amber => "no report in time, date moved back, paused, or rated amber",
        Rag::Green => "rated green and on time",
        Rag::Blue => "complete",
        Rag::Grey => "not rated, withdrawn or carried forward",
    }
}

/// The meanings, with the board's own words for the ratings, and where ratings come from (design
/// section 5.7, 5.8 and 5.10).
fn words(labels: &Labels) -> String {
    let meanings = Rag::ALL.map(|rag| {
        let label = labels.get(rag.word());
        let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
        format!("{}{label}: {}.", capitalised(rag.word()), meaning(rag))
    });
    format!(
        "{}\nRatings come from dates and reports; a report can only make them worse. A priority takes the \
         worst of its open actions, and is grey where none of them is rated.",
        meanings.join(" ")
    )
}
