//! Markdown: tables of the GitHub kind, headings, paragraphs and lists; a cell may hold `<br>`.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::office::Refusal;
use crate::office::blocks::{Block, Blocks, Cell, Piece, Place, Why};
use crate::office::grid::{Grid, TooLarge};
use crate::office::words::{Words, begins_with_label, paragraphs};

use crate::office::{html, package};

/// Reads a Markdown document. Errors: bytes that are no text; a table larger than any plan's.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let text = package::text(bytes, name)?;
    let mut reader = BlockReader {
        text: &text,
        ..BlockReader::default()
    };
    let events = Parser::new_ext(
        &text,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    );
    for (event, range) in events.into_offset_iter() {
        reader
            .take(event, range.start)
            .map_err(|_| package::too_many(name))?;
    }
    reader.end_text(text.len());
    Ok(Blocks {
        blocks: reader.blocks,
        left: reader.left,
        ..Blocks::default()
    })
}

#[derive(Default)]
struct BlockReader<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    left: Vec<(Place, String, String)>,
    words: Words,
    heading: Option<u8>,
    /// The lists that are open: of each, the number of its next item, or dashes.
    lists: Vec<Option<u64>>,
    table: Option<Grid>,
    column: usize,
    in_cell: bool,
    /// The tags and text of a cell, which may be HTML.
    cell: String,
    /// Inside words that are struck out.
    struck: bool,
    /// Where the block that is open begins.
    at: usize,
    /// The last place whose line was counted, and that line: each is counted once.
    counted: (usize, usize),
}

impl BlockReader<'_> {
    fn take(&mut self, event: Event, at: usize) -> Result<(), TooLarge> {
        match event {
            Event::Start(tag) => self.start(tag, at)?,
            Event::End(tag) => self.end(tag, at)?,
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::Html(text) | Event::InlineHtml(text) if self.in_cell => {
                self.cell.push_str(&text)
            }
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak
                if self.in_cell || !begins_with_label(self.text[at..].trim_start()) =>
            {
                self.push(" ")
            }
            Event::SoftBreak => self.words.paragraph(),
            Event::HardBreak => self.words.paragraph(),
            Event::Rule => self.end_text(at),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if self.in_cell {
            // What stands here as text is text: its signs are no tags.
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            self.cell.push_str(&text);
        } else if self.struck {
            self.words.push_aside(Why::StruckOut, text);
        } else {
            self.words.push(text);
        }
    }

    fn strike(&mut self, begins: bool) {
        self.struck = begins;
        if self.in_cell {
            self.cell.push_str(if begins { "<s>" } else { "</s>" });
        }
    }

    fn html(&mut self, text: &str) {
        let text = html::plain(text);
        if !text.starts_with("<!--") {
            self.words.push(&text);
        }
    }

    fn start(&mut self, tag: Tag, at: usize) -> Result<(), TooLarge> {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_text(at);
                self.heading = Some(depth(level));
            }
            Tag::Paragraph if self.lists.is_empty() => self.end_text(at),
            Tag::Paragraph => {}
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.end_text(at);
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Strikethrough => self.strike(true),
            Tag::Table(_) => {
                self.end_text(at);
                self.table = Some(Grid::default());
            }
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                if let Some(grid) = &mut self.table {
                    grid.row()?;
                }
            }
            Tag::TableCell => {
                self.in_cell = true;
                self.cell.clear();
            }
            Tag::Image { dest_url, .. } => {
                let place = Place::Line(self.line(at));
                self.left.push((
                    place,
                    dest_url.into_string(),
                    "a picture: what it shows is not read".into(),
                ));
            }
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self) {
        let deep = self.lists.len().saturating_sub(1);
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.words.item(deep);
                self.words.push(&format!("{number}. "));
                *number += 1;
            }
            _ => self.words.item(deep),
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) -> Result<(), TooLarge> {
        match tag {
            TagEnd::Heading(_) => self.end_text(at),
            TagEnd::Paragraph if self.lists.is_empty() => self.end_text(at),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_text(at);
                }
            }
            TagEnd::Strikethrough => self.strike(false),
            TagEnd::TableCell => self.end_cell(at)?,
            TagEnd::Table => {
                if let Some(grid) = self.table.take() {
                    let mut table = grid.finish();
                    table.heading_rows = 1;
                    self.blocks.push(Block::Table(table));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, at: usize) -> Result<(), TooLarge> {
        self.in_cell = false;
        self.column += 1;
        let place = Place::LineCell(self.line(at), self.column);
        let cell = std::mem::take(&mut self.cell);
        // Without an end of a line, tags of lists are the cell's own.
        let lines = ["<br>", "<br/>", "<br />"].into_iter();
        let lines = lines.fold(cell, |cell, end| cell.replace(end, "\n"));
        let (mut texts, mut asides) = (Vec::new(), Vec::new());
        for line in lines.lines() {
            let mut words = html::cell_words(line.trim());
            texts.push(words.take());
            asides.extend(words.take_asides());
        }
        let cell = Cell {
            asides,
            ..Cell::new(place, paragraphs(&texts.join("\n")))
        };
        match &mut self.table {
            Some(grid) => grid.cell(cell, 1, 1),
            None => Ok(()),
        }
    }

    fn end_text(&mut self, next: usize) {
        let text = self.words.take();
        for aside in self.words.take_asides() {
            let place = Place::Line(self.line(self.at));
            self.left.push((place, aside.words, aside.why.to_string()));
        }
        let heading = self.heading.take();
        if !text.is_empty() {
            let piece = Piece::new(Place::Line(self.line(self.at)), text);
            self.blocks.push(match heading {
                Some(level) => Block::Heading(level, piece),
                None => Block::Paragraph(piece),
            });
        }
        self.at = next;
    }

    fn line(&mut self, at: usize) -> usize {
        let (from, line) = if at >= self.counted.0 {
            self.counted
        } else {
            (0, 0)
        };
        let between = self.text.as_bytes().get(from..at).unwrap_or_default();
        let line = line + between.iter().filter(|&&byte| byte == b'\n').count();
        self.counted = (at, line);
        line + 1
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}
