//! Which pages of a paper lie on their side.

use super::grid;
use crate::document::{Block, Chart, Level};
use crate::office::docx::pages::Orientation;

/// Blocks that follow each other on pages that lie one way: of one paper, or of several of which the later ones
/// begin with less than two pages and need none of their own.
pub struct PageRun<'b> {
    pub page: Orientation,
    pub blocks: &'b [Block],
    /// What its pages speak of: the paper's title, of several what their titles have in common.
    pub title: String,
}

/// The runs of a document, on pages with so much room where they are upright. A section that has a wide
/// table lies on its side, headings and all, and so does the short rest of a paper between two of these;
/// all other pages are upright.
pub fn runs(all: &[Block], room: u32) -> Vec<PageRun<'_>> {
    let mut runs: Vec<PageRun> = Vec::new();
    // Where the blocks of the last run begin.
    let mut begins = 0;
    let mut at = 0;
    for paper in parts(all, |block| matches!(block, Block::Title(..))) {
        let title = title(paper);
        let starts = |block: &Block| matches!(block, Block::Heading(Level::Section, ..));
        let mut sections: Vec<(Orientation, &[Block])> = (parts(paper, starts).into_iter())
            .map(|section| (page_of(section, room), section))
            .collect();
        let has_wide = sections
            .iter()
            .any(|(page, _)| *page == Orientation::Landscape);
        for run in sections.chunk_by_mut(|a, b| a.0 == b.0) {
            let lines: usize = run.iter().map(|(_, section)| lines(section)).sum();
            if has_wide && lines < FEW {
                run.iter_mut()
                    .for_each(|(page, _)| *page = Orientation::Landscape);
            }
        }
        let mut left = paper;
        for run in sections.chunk_by(|a, b| a.0 == b.0) {
            let length = run.iter().map(|(_, section)| section.len()).sum();
            let (blocks, rest) = left.split_at(length);
            left = rest;
            let page = run[0].0;
            at += length;
            // A paper that has a cover begins a page.
            let goes_on =
                self::lines(blocks) < TWO_PAGES && !matches!(blocks.get(1), Some(Block::Facts(_)));
            let last = runs.last_mut().filter(|last| goes_on && last.page == page);
            match last.and_then(|last| Some((in_common(&last.title, title)?, last))) {
                Some((both, last)) => {
                    last.blocks = &all[begins..at];
                    last.title = both;
                }
                None => {
                    begins = at - length;
                    let title = title.to_owned();
                    runs.push(PageRun {
                        page,
                        blocks,
                        title,
                    });
                }
            }
        }
    }
    runs
}

/// A page's rest that is not worth turning it for, in lines.
const FEW: usize = 15;

/// The lines of two pages. What has fewer goes on below the paper before it: beside so little, the part of a page
/// that would be left empty counts.
const TWO_PAGES: usize = 100;

fn title(paper: &[Block]) -> &str {
    match paper.first() {
        Some(Block::Title(title, _)) => title,
        _ => "",
    }
}

/// What two titles have in common, if the second only ends otherwise: in the plan behind the kind of paper and
/// the board.
fn in_common(one: &str, other: &str) -> Option<String> {
    let (begin, _) = other.rsplit_once(" · ")?;
    let rest = one.strip_prefix(begin)?;
    (rest.is_empty() || rest.starts_with(" · ")).then(|| begin.to_owned())
}

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
        Block::Chart(Chart::Course(_)) => 12,
        Block::Chart(Chart::Timeline(_)) => 0,
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

/// How much wider a table would comfortably be, as a part of the room, before its page is turned. A page
/// among upright ones that lies on its side costs its reader more than a narrow column.
const TOLERATED: u32 = 2;

fn page_of(blocks: &[Block], room: u32) -> Orientation {
    let is_wide = |block: &Block| match block {
        Block::Table(table) => {
            grid::comfortable(table) > room + room / TOLERATED || grid::unbroken_width(table) > room
        }
        _ => false,
    };
    if blocks.iter().any(is_wide) {
        Orientation::Landscape
    } else {
        Orientation::Portrait
    }
}
