//! The text of a Word file: headings, paragraphs, lists, and where tables stand.

use std::io;

use super::chart;
use super::drawing::Drawings;
use super::pages;
use super::paragraph::{Inline, broken, lines, paragraph, run, within_paragraph};
use super::table;
use super::xml;
use crate::document::{
    Block, Chart, CourseChart, Document, Level, Line, Tone, piece, plain, visible,
};
use crate::office::docx::pages::{self as pages_of_word, Orientation, PageSetup};
use crate::office::docx::write::Xml;

/// The main part of a file, and the parts that it names.
pub struct BodyParts {
    pub body: Vec<u8>,
    pub footers: Vec<Vec<u8>>,
    pub charts: Vec<Vec<u8>>,
}

/// Writes the main part of the file.
pub fn write(document: &Document, sheet: &PageSetup) -> io::Result<BodyParts> {
    let mut xml = xml::part();
    let mut place = BodyState::default();
    let mut footers = Vec::new();
    let runs = pages::runs(&document.blocks, sheet.room(Orientation::Portrait));
    xml::with(&mut xml, "w:document", xml::SPACES, |xml| {
        xml::within(xml, "w:body", |xml| {
            for (number, run) in runs.iter().enumerate() {
                place.room = sheet.room(run.page);
                for (at, block) in run.blocks.iter().enumerate() {
                    if at > 0 && matches!(block, Block::Title(..)) {
                        paragraph(xml, &Vec::new(), "BodyText", Inline::default())?;
                    }
                    // A chart behind another was drawn with it.
                    if at > 0 && course(block).and(course(&run.blocks[at - 1])).is_some() {
                        continue;
                    }
                    place.stands_between(&run.blocks[..at], run.blocks.get(at + 1));
                    self::block(xml, &run.blocks[at..], &mut place)?;
                }
                // The foot names the paper that the page is of.
                let title = match run.title.as_str() {
                    "" => document.title(),
                    title => title,
                };
                footers.push(pages_of_word::footer(&one_line(title), sheet, run.page)?);
                let footer = format!("footer{}", number + 1);
                let section = |xml: &mut Xml| sheet.section(xml, run.page, &footer, number == 0);
                if number + 1 == runs.len() {
                    section(xml)?;
                    continue;
                }
                last_paragraph(xml, section)?;
            }
            Ok(())
        })
    })?;
    Ok(BodyParts {
        body: xml.into_inner(),
        footers: if sheet.has_feet() {
            Vec::new()
        } else {
            footers
        },
        charts: place.charts,
    })
}

/// What says which way pages lie stands at the end of their last paragraph.
fn last_paragraph(
    xml: &mut Xml,
    section: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml::within(xml, "w:p", |xml| {
        xml::within(xml, "w:pPr", |xml| {
            xml::value(xml, "w:pStyle", "Gap")?;
            section(xml)
        })
    })
}

/// What the blocks written so far have set.
#[derive(Default)]
struct BodyState {
    /// The last heading, which tells what a table is about.
    heading: String,
    /// Whether a table follows, which should not be parted from what introduces it.
    keeps: bool,
    /// Whether a list or facts would stick to the table that follows, or end a section.
    needs_gap: bool,
    /// The width of the page between its margins.
    room: u32,
    drawings: Drawings,
    charts: Vec<Vec<u8>>,
}

impl BodyState {
    /// How the block between some others and the next one is to stand.
    fn stands_between(&mut self, before: &[Block], next: Option<&Block>) {
        // What stands below a title only introduces the first section.
        let introduces = matches!(before.last(), Some(Block::Title(..) | Block::Facts(_)));
        self.keeps = match next {
            Some(Block::Table(_)) => true,
            Some(Block::Heading(..)) => introduces,
            _ => false,
        };
        self.needs_gap = matches!(
            next,
            None | Some(Block::Table(_) | Block::Facts(_) | Block::Paragraph(_))
        );
    }
}

/// The course that a block draws.
fn course(block: &Block) -> Option<&CourseChart> {
    match block {
        Block::Chart(Chart::Course(course)) => Some(course),
        _ => None,
    }
}

/// The first of some blocks; charts that follow each other stand side by side.
fn block(xml: &mut Xml, blocks: &[Block], place: &mut BodyState) -> io::Result<()> {
    match &blocks[0] {
        Block::Title(title, remark) => {
            place.heading = one_line(title);
            heading(xml, "Title", title, "")?;
            match remark.as_str() {
                "" => Ok(()),
                remark => heading(xml, "Subtitle", remark, ""),
            }
        }
        Block::Heading(level, text, remark) => {
            place.heading = one_line(text);
            let style = match level {
                Level::Section => "Heading1",
                Level::Part => "Heading2",
                Level::Point => "Heading3",
            };
            heading(xml, style, text, remark)
        }
        Block::Notice(text) => lines(xml, &plain(text), "Notice", Inline::default()),
        Block::Paragraph(line) => paragraphs(xml, line, place.keeps),
        Block::List(items) => {
            let mut items = items.iter();
            items.try_for_each(|item| paragraph(xml, item, "ListBullet", Inline::default()))?;
            if place.needs_gap { gap(xml) } else { Ok(()) }
        }
        Block::Code(text) => lines(xml, &plain(text), "Code", Inline::default()),
        Block::Facts(facts) => {
            let inline = Inline {
                keeps: place.keeps,
                ..Inline::default()
            };
            table::facts(xml, facts, place.room, inline)?;
            if place.needs_gap {
                paragraph(xml, &Vec::new(), "Gap", inline)
            } else {
                Ok(())
            }
        }
        Block::Table(table) => {
            let caption = place.heading.clone();
            table::write(xml, table, &caption, place.room, &mut place.drawings)?;
            gap(xml)
        }
        Block::Chart(Chart::Course(_)) => courses(xml, blocks, place),
        // What it draws, the table of the same actions says.
        Block::Chart(Chart::Timeline(_)) => Ok(()),
    }
}

/// The courses with which some blocks begin, side by side. A row of them is a paragraph, so that a page may
/// end between two.
fn courses(xml: &mut Xml, blocks: &[Block], place: &mut BodyState) -> io::Result<()> {
    let courses: Vec<&CourseChart> = blocks.iter().map_while(course).collect();
    let is_alone = courses.len() == 1;
    let mut rows = courses.chunks(chart::beside(place.room));
    rows.try_for_each(|row| {
        within_paragraph(xml, "BodyText", Inline::default(), |xml| {
            row.iter().try_for_each(|course| {
                place.charts.push(chart::part(course, is_alone)?);
                let relation = format!("chart{}", place.charts.len());
                chart::place(xml, course, (&relation, is_alone), &mut place.drawings)
            })
        })
    })
}

/// Keeps two tables from becoming one, and a table off the list above it.
fn gap(xml: &mut Xml) -> io::Result<()> {
    paragraph(xml, &Vec::new(), "Gap", Inline::default())
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

fn heading(xml: &mut Xml, style: &str, text: &str, remark: &str) -> io::Result<()> {
    within_paragraph(xml, style, Inline::default(), |xml| {
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
    // What only says how to read the rest is no running text.
    let is_remark = line.iter().all(|piece| piece.tone == Tone::Faint);
    let style = if is_remark { "Remark" } else { "BodyText" };
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
            (false, None) => paragraph(xml, &line, style, inline)?,
        }
    }
    Ok(())
}
