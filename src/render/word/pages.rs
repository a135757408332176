//! Which pages of a paper lie on their side.

use super::grid;
use crate::document::{Block, Level};
use crate::office::docx::pages::Page;

/// Runs of blocks on pages of one kind. A section of the paper that has a wide table lies on its
/// side, headings and all; a paper with several such sections lies on its side altogether, and so
/// does a few lines' rest of one, so that no reader turns page after page.
pub fn runs(blocks: &[Block]) -> Vec<(Page, &[Block])> {
    let mut sections = Vec::new();
    for paper in parts(blocks, |block| matches!(block, Block::Title(..))) {
        let starts = |block: &Block| matches!(block, Block::Heading(Level::Section, ..));
        let mut pages: Vec<(Page, &[Block])> = (parts(paper, starts).into_iter())
            .map(|section| (page_of(section), section))
            .collect();
        let wide = pages.chunk_by(|a, b| a.0 == b.0);
        let wide = wide.filter(|run| run[0].0 == Page::Landscape).count();
        for run in pages.chunk_by_mut(|a, b| a.0 == b.0) {
            let lines: usize = run.iter().map(|(_, section)| lines(section)).sum();
            if wide > 1 || (wide == 1 && lines < FEW) {
                run.iter_mut().for_each(|(page, _)| *page = Page::Landscape);
            }
        }
        sections.extend(pages);
    }
    let runs = sections.chunk_by(|a, b| a.0 == b.0);
    let mut left = blocks;
    let whole = runs.map(|run| {
        let length = run.iter().map(|(_, section)| section.len()).sum();
        let (own, rest) = left.split_at(length);
        left = rest;
        (run[0].0, own)
    });
    whole.collect()
}

/// A page's rest that is not worth turning it for, in lines.
const FEW: usize = 15;

/// How many lines some blocks fill at least.
fn lines(blocks: &[Block]) -> usize {
    let lines = blocks.iter().map(|block| match block {
        Block::Table(table) => table.rows().len() + 1,
        Block::List(items) => items.len(),
        Block::Facts(facts) => facts.len(),
        Block::Code(text) => text.lines().count(),
        Block::Paragraph(line) => {
            let letters: usize = line.iter().map(|piece| piece.text.len()).sum();
            letters / 100 + 1
        }
        Block::Heading(..) | Block::Title(..) | Block::Notice(_) => 2,
        Block::Chart(_) => 0,
    });
    lines.sum()
}

/// Blocks cut before each one that begins a part; what stands before the first belongs to it.
fn parts(blocks: &[Block], begins: impl Fn(&Block) -> bool) -> Vec<&[Block]> {
    let mut parts = Vec::new();
    let (mut first, mut begun) = (0, false);
    for (at, block) in blocks.iter().enumerate() {
        if begins(block) {
            if begun {
                parts.push(&blocks[first..at]);
                first = at;
            }
            begun = true;
        }
    }
    parts.push(&blocks[first..]);
    parts
}

/// How much less than comfortable a table may be before its page is turned: 3 cm.
const TOLERATED: u32 = 1_700;

fn page_of(blocks: &[Block]) -> Page {
    let wide = |block: &Block| match block {
        Block::Table(table) => grid::comfortable(table) > Page::Portrait.room() + TOLERATED,
        _ => false,
    };
    match blocks.iter().any(wide) {
        true => Page::Landscape,
        false => Page::Portrait,
    }
}
