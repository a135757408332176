//! The pages of a Word file: which way they lie, and what stands at their foot.

use std::io;

use super::grid;
use super::xml::{self, Xml};
use crate::document::{Block, Level};

/// A4, one way or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Portrait,
    Landscape,
}

/// Twentieths of a point, in which Word measures: A4's sides, and the margin of 2 cm.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const MARGIN: u32 = 1_134;

impl Page {
    fn size(self) -> (u32, u32) {
        match self {
            Page::Portrait => (SHORT, LONG),
            Page::Landscape => (LONG, SHORT),
        }
    }

    /// The width between the margins, in twentieths of a point.
    pub fn room(self) -> u32 {
        self.size().0 - 2 * MARGIN
    }

    /// As much of a title as fits beside the page's number.
    fn cut(self, title: &str) -> String {
        let most = match self {
            Page::Portrait => 85,
            Page::Landscape => 150,
        };
        match title.chars().count() > most {
            true => title.chars().take(most - 1).chain(['…']).collect(),
            false => title.to_owned(),
        }
    }

    fn footer(self) -> &'static str {
        match self {
            Page::Portrait => "footer1",
            Page::Landscape => "footer2",
        }
    }

    /// Says that what stands above is on such pages. The order of the elements is the standard's.
    pub fn properties(self, xml: &mut Xml) -> io::Result<()> {
        let (width, height) = self.size();
        let (width, height) = (width.to_string(), height.to_string());
        let margin = MARGIN.to_string();
        xml::within(xml, "w:sectPr", |xml| {
            let footer = [("w:type", "default"), ("r:id", self.footer())];
            xml::leaf(xml, "w:footerReference", &footer)?;
            xml::value(xml, "w:type", "nextPage")?;
            let mut size = vec![("w:w", width.as_str()), ("w:h", &height)];
            if self == Page::Landscape {
                size.push(("w:orient", "landscape"));
            }
            xml::leaf(xml, "w:pgSz", &size)?;
            let sides = ["w:top", "w:right", "w:bottom", "w:left"];
            let mut margins: Vec<(&str, &str)> = sides.map(|side| (side, margin.as_str())).into();
            margins.extend([("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0")]);
            xml::leaf(xml, "w:pgMar", &margins)
        })
    }
}

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

/// The paper's title, and which page of how many.
pub fn footer(title: &str, page: Page) -> io::Result<Vec<u8>> {
    let mut xml = xml::part();
    xml::with(&mut xml, "w:ftr", super::body::SPACES, |xml| {
        xml::within(xml, "w:p", |xml| {
            xml::within(xml, "w:pPr", |xml| {
                xml::value(xml, "w:pStyle", "Footer")?;
                let edge = page.room().to_string();
                xml::within(xml, "w:tabs", |xml| {
                    let tab = [("w:val", "right"), ("w:pos", edge.as_str())];
                    xml::leaf(xml, "w:tab", &tab)
                })
            })?;
            xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", &page.cut(title)))?;
            xml::within(xml, "w:r", |xml| {
                xml::leaf(xml, "w:tab", &[])?;
                xml::text(xml, "w:t", "Page ")
            })?;
            field(xml, "PAGE")?;
            xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", " of "))?;
            field(xml, "NUMPAGES")
        })
    })?;
    Ok(xml.into_inner())
}

/// A figure that Word counts itself.
fn field(xml: &mut Xml, what: &str) -> io::Result<()> {
    xml::with(xml, "w:fldSimple", &[("w:instr", what)], |xml| {
        xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", "1"))
    })
}
