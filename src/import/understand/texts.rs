//! The headings and paragraphs around the tables, and which of them are the plan's title.

use super::ids;
use super::key::key_pairs;
use crate::import::blocks::{Block, Blocks, Piece};
use crate::timescale::parse_date;

/// A heading or paragraph of the source.
pub struct SourceText<'b> {
    /// The number of its block.
    pub block: usize,
    /// The level of a heading; none for a paragraph.
    pub level: Option<u8>,
    pub piece: &'b Piece,
}

/// The texts around the tables, in their order.
pub fn around_tables(blocks: &Blocks) -> Vec<SourceText<'_>> {
    let texts = blocks.blocks.iter().enumerate();
    let texts = texts.filter_map(|(block, found)| {
        let (level, piece) = match found {
            Block::Heading(level, piece) => (Some(*level), piece),
            Block::Paragraph(piece) => (None, piece),
            Block::Table(_) => return None,
        };
        Some(SourceText {
            block,
            level,
            piece,
        })
    });
    texts.collect()
}

/// The headings at the start that are the plan's title: those of the first one's level. Where the
/// format marks no levels, the last before a paragraph is that paragraph's.
pub fn title_run(texts: &[SourceText], flattened: bool) -> std::ops::Range<usize> {
    let Some(first) = texts.first() else {
        return 0..0;
    };
    let words = |text: &SourceText| text.piece.text.split_whitespace().count();
    let Some(level) = first.level else {
        // A short first line that is no sentence names the plan.
        let named = words(first) <= 14 && !first.piece.text.ends_with(['.', ':', ';']);
        return 0..usize::from(named && key_pairs(&first.piece.text).is_empty());
    };
    let title = |(number, text): (usize, &SourceText)| {
        text.level == Some(level)
            && text.block == first.block + number
            && words(text) <= 24
            && !ids::names_part(&text.piece.text)
            && parse_date(&text.piece.text).is_err()
    };
    let run = texts
        .iter()
        .enumerate()
        .take_while(|(number, text)| title((*number, text)))
        .count();
    let next = texts
        .get(run)
        .filter(|next| next.level.is_none() && next.block == first.block + run);
    match next {
        Some(_) if run > 1 && flattened => 0..run - 1,
        _ => 0..run,
    }
}
