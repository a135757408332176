//! The text of a Word file: headings, paragraphs, lists, and where tables stand.

use std::io;

use super::pages;
use super::table;
use super::xml;
use crate::document::{Block, Document, Level, Line, Piece, Tone, piece, plain, visible};
use crate::office::docx::pages::Page;
use crate::office::docx::write::Xml;
use crate::render::shade::{self, Rgb};

/// How the words of a cell stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inline {
    pub right: bool,
    pub bold: bool,
    pub ink: Option<Rgb>,
    /// Whether they stay on one page with what follows.
    pub keeps: bool,
}

/// Writes the main part of the file.
pub fn write(document: &Document) -> io::Result<Vec<u8>> {
    let mut xml = xml::part();
    xml::with(&mut xml, "w:document", xml::SPACES, |xml| {
        xml::within(xml, "w:body", |xml| {
            let runs = pages::runs(&document.blocks);
            let mut place = Place::default();
            for (number, (page, blocks)) in runs.iter().enumerate() {
                for (at, block) in blocks.iter().enumerate() {
                    place.keeps = matches!(blocks.get(at + 1), Some(Block::Table(_)));
                    self::block(xml, block, *page, &mut place)?;
                }
                // What says which way pages lie stands at the end of their last paragraph.
                if number + 1 < runs.len() {
                    xml::within(xml, "w:p", |xml| {
                        xml::within(xml, "w:pPr", |xml| {
                            xml::value(xml, "w:pStyle", "Gap")?;
                            page.properties(xml)
                        })
                    })?;
                }
            }
            let last = runs.last().map_or(Page::Portrait, |(page, _)| *page);
            last.properties(xml)
        })
    })?;
    Ok(xml.into_inner())
}

/// What has come so far.
#[derive(Default)]
struct Place {
    titles: usize,
    /// The last heading, which tells what a table is about.
    heading: String,
    /// Whether a table follows, which should not be parted from what introduces it.
    keeps: bool,
}

fn block(xml: &mut Xml, block: &Block, page: Page, place: &mut Place) -> io::Result<()> {
    match block {
        Block::Title(title, remark) => {
            let styles: &[&str] = match place.titles {
                0 => &["w:pStyle"],
                _ => &["w:pStyle", "w:pageBreakBefore"],
            };
            place.titles += 1;
            place.heading = one_line(title);
            heading(xml, "Title", styles, title, "")?;
            match remark.as_str() {
                "" => Ok(()),
                remark => heading(xml, "Subtitle", &["w:pStyle"], remark, ""),
            }
        }
        Block::Heading(level, text, remark) => {
            place.heading = one_line(text);
            let style = match level {
                Level::Section => "Heading1",
                Level::Part => "Heading2",
                Level::Point => "Heading3",
            };
            heading(xml, style, &["w:pStyle"], text, remark)
        }
        Block::Notice(text) => lines(xml, &plain(text), "Notice", Inline::default()),
        Block::Paragraph(line) => paragraphs(xml, line, place.keeps),
        Block::List(items) => {
            let mut items = items.iter();
            items.try_for_each(|item| paragraph(xml, item, "ListBullet", Inline::default()))?;
            gap(xml)
        }
        Block::Code(text) => lines(xml, &plain(text), "Code", Inline::default()),
        Block::Facts(facts) => {
            let inline = Inline {
                keeps: place.keeps,
                ..Inline::default()
            };
            table::facts(xml, facts, page.room(), inline)?;
            paragraph(xml, &Vec::new(), "Gap", inline)
        }
        Block::Table(table) => {
            table::write(xml, table, &place.heading, page.room())?;
            gap(xml)
        }
        Block::Chart(_) => Ok(()),
    }
}

/// Keeps two tables from becoming one, and a table off the list above it.
fn gap(xml: &mut Xml) -> io::Result<()> {
    paragraph(xml, &Vec::new(), "Gap", Inline::default())
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

fn heading(
    xml: &mut Xml,
    style: &str,
    properties: &[&str],
    text: &str,
    remark: &str,
) -> io::Result<()> {
    xml::within(xml, "w:p", |xml| {
        xml::within(xml, "w:pPr", |xml| {
            xml::value(xml, properties[0], style)?;
            let mut rest = properties[1..].iter();
            rest.try_for_each(|name| xml::leaf(xml, name, &[]))
        })?;
        run(xml, &piece(Tone::Plain, one_line(text)), Inline::default())?;
        match remark {
            "" => Ok(()),
            remark => {
                let remark = format!(" ({})", one_line(remark));
                run(xml, &piece(Tone::Faint, remark), Inline::default())
            }
        }
    })
}

/// Running text, each of its lines a paragraph; its `- ` lines are a list.
fn paragraphs(xml: &mut Xml, line: &Line, keeps: bool) -> io::Result<()> {
    let inline = Inline {
        keeps,
        ..Inline::default()
    };
    for mut line in broken(line) {
        let blank = line.iter().all(|piece| piece.text.trim().is_empty());
        let item = line.first_mut().and_then(|first| {
            let rest = first.text.strip_prefix("- ")?.to_owned();
            first.text = rest;
            Some(())
        });
        match (blank, item) {
            (true, _) => {}
            (false, Some(())) => paragraph(xml, &line, "ListBullet", inline)?,
            (false, None) => paragraph(xml, &line, "BodyText", inline)?,
        }
    }
    Ok(())
}

/// A text with each of its lines a paragraph, at least one.
pub fn lines(xml: &mut Xml, line: &Line, style: &str, inline: Inline) -> io::Result<()> {
    let mut lines = broken(line).into_iter();
    lines.try_for_each(|line| paragraph(xml, &line, style, inline))
}

/// A text at its line ends.
fn broken(line: &Line) -> Vec<Line> {
    let mut lines = vec![Vec::new()];
    for Piece { text, tone } in line {
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(last)) = (part.is_empty(), lines.last_mut()) {
                last.push(piece(*tone, part));
            }
        }
    }
    lines
}

fn paragraph(xml: &mut Xml, line: &Line, style: &str, inline: Inline) -> io::Result<()> {
    xml::within(xml, "w:p", |xml| {
        xml::within(xml, "w:pPr", |xml| {
            xml::value(xml, "w:pStyle", style)?;
            if inline.keeps {
                xml::leaf(xml, "w:keepNext", &[])?;
            }
            match inline.right {
                true => xml::value(xml, "w:jc", "right"),
                false => Ok(()),
            }
        })?;
        line.iter().try_for_each(|piece| run(xml, piece, inline))
    })
}

/// A piece of text in its tone; a line end inside is one on the page.
fn run(xml: &mut Xml, piece: &Piece, inline: Inline) -> io::Result<()> {
    let colour = inline.ink.or_else(|| shade::ink(piece.tone));
    let rated = matches!(
        piece.tone,
        Tone::Red | Tone::Amber | Tone::Green | Tone::Blue
    );
    let bold = inline.bold || rated || piece.tone == Tone::Strong;
    xml::within(xml, "w:r", |xml| {
        if bold || colour.is_some() {
            xml::within(xml, "w:rPr", |xml| {
                if bold {
                    xml::leaf(xml, "w:b", &[])?;
                }
                colour.map_or(Ok(()), |rgb| xml::value(xml, "w:color", &shade::hex(rgb)))
            })?;
        }
        for (number, line) in visible(&piece.text).split('\n').enumerate() {
            if number > 0 {
                xml::leaf(xml, "w:br", &[])?;
            }
            xml::text(xml, "w:t", line)?;
        }
        Ok(())
    })
}
