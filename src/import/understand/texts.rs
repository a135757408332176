//! The headings and paragraphs around the tables, and which of them are the plan's title.

use super::ids;
use super::key::key_pairs;
use crate::calendar::month_number;
use crate::import::blocks::{Block, Blocks, Piece};
use crate::timescale::parse_date;
use crate::words::is_one_of;

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
    let marks = texts.iter().take_while(|text| is_mark(&text.piece.text));
    let begin = marks.count();
    let Some(first) = texts.get(begin) else {
        return 0..0;
    };
    let words = |text: &SourceText| text.piece.text.split_whitespace().count();
    let Some(level) = first.level else {
        // A short first line that is no sentence names the plan.
        let is_list = first.piece.text.starts_with("- ");
        let named = !is_list && words(first) <= 14 && !first.piece.text.ends_with(['.', ':', ';']);
        let is_title = named && key_pairs(&first.piece.text).is_empty();
        return begin..begin + usize::from(is_title);
    };
    let title = |(number, text): (usize, &SourceText)| {
        text.level == Some(level)
            && text.block == first.block + number
            && words(text) <= 24
            && !ids::names_part(&text.piece.text)
            && parse_date(&text.piece.text).is_err()
    };
    let run = texts[begin..]
        .iter()
        .enumerate()
        .take_while(|(number, text)| title((*number, text)))
        .count();
    let next = texts
        .get(begin + run)
        .filter(|next| next.level.is_none() && next.block == first.block + run);
    match next {
        Some(_) if run > 1 && flattened => begin..begin + run - 1,
        _ => begin..begin + run,
    }
}

/// Whether a line over a title is only the mark of an annex, of a version, or of who may see the paper: "ANNEX A",
/// "Draft v0.2", "OFFICIAL – SENSITIVE"; or what a website asks of its visitors.
fn is_mark(line: &str) -> bool {
    const MARKS: &str = "draft final official sensitive confidential restricted public version private unclassified \
        internal protect appendix annex annexe enclosure";
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty())
        .collect();
    let is_version = |word: &str| {
        let number = word.strip_prefix('v').unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    };
    let says = |word: &&str| is_one_of(word, MARKS) || is_version(word);
    let beside = |word: &str| {
        month_number(word).is_some()
            || word.len() == 1
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_mark = words.iter().any(says) && words.iter().all(|word| says(word) || beside(word));
    is_mark || (lower.contains("cookies") && words.len() <= 20)
}
