//! A page of the manual as a document: its headings, paragraphs, lists, tables and lines of code.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::recorded::below_each_other;
use crate::document::{Align, Block, Cell, Column, Document, Level, Line, Table, Tone, piece};

/// Adds what Markdown says to a document. Remarks in it are for whoever edits it.
pub fn lay_out(text: &str, document: &mut Document) {
    let mut page = MarkdownReader {
        document,
        line: Vec::new(),
        tone: Tone::Plain,
        link: None,
        items: Vec::new(),
        number: None,
        depth: 0,
        code: None,
        cells: Vec::new(),
        rows: Vec::new(),
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        page.take(event);
    }
}

struct MarkdownReader<'d> {
    document: &'d mut Document,
    /// What is said of the block that is open.
    line: Line,
    tone: Tone,
    /// Where the link leads that is open.
    link: Option<String>,
    items: Vec<Line>,
    /// The number of the next item of a list that has numbers.
    number: Option<u64>,
    /// How many lists are open.
    depth: usize,
    code: Option<String>,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl MarkdownReader<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.line.push(piece(self.tone, text.as_ref())),
            },
            Event::Code(text) => self.line.push(piece(Tone::Strong, text.as_ref())),
            Event::SoftBreak => self.line.push(piece(Tone::Plain, " ")),
            Event::HardBreak => self.line.push(piece(Tone::Plain, "\n")),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.tone = Tone::Strong,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            Tag::List(first) => {
                self.depth += 1;
                self.number = first;
                self.end_item();
            }
            Tag::Item => {
                if let Some(number) = &mut self.number {
                    self.line.push(piece(Tone::Plain, format!("{number}. ")));
                    *number += 1;
                }
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Paragraph if self.depth == 0 => {
                let line = std::mem::take(&mut self.line);
                self.document.blocks.push(Block::Paragraph(line));
            }
            TagEnd::Strong => self.tone = Tone::Plain,
            TagEnd::Link => self.leads_to(),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.depth -= 1;
                if self.depth == 0 {
                    let items = std::mem::take(&mut self.items);
                    match self.number.take() {
                        None => self.document.list(items),
                        // With a number it needs no mark besides.
                        Some(_) => self.document.blocks.push(below_each_other(items)),
                    }
                }
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                let code = code.trim_end().to_owned();
                self.document.blocks.push(Block::Code(code));
            }
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.line);
                self.cells
                    .push(words.into_iter().map(|piece| piece.text).collect());
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.rows.push(std::mem::take(&mut self.cells));
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let words = std::mem::take(&mut self.line);
        let words: String = words.into_iter().map(|piece| piece.text).collect();
        match level {
            HeadingLevel::H1 => self
                .document
                .blocks
                .push(Block::Title(words, String::new())),
            HeadingLevel::H2 => self.document.heading(Level::Section, words, ""),
            _ => self.document.heading(Level::Part, words, ""),
        }
    }

    /// Says where a link leads: another page by the command that shows it.
    fn leads_to(&mut self) {
        let Some(to) = self.link.take() else {
            return;
        };
        let file = to.split('#').next().unwrap_or_default();
        let place = match file.strip_suffix(".md") {
            Some("../README") => "the README".to_owned(),
            Some(topic) if !topic.contains('/') => format!("plan help {topic}"),
            _ if file.is_empty() => return,
            _ => to.trim_start_matches("../").to_owned(),
        };
        self.line.push(piece(Tone::Faint, format!(" ({place})")));
    }

    fn end_item(&mut self) {
        if !self.line.is_empty() {
            self.items.push(std::mem::take(&mut self.line));
        }
    }

    fn table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let headings = rows.next().unwrap_or_default();
        let last = headings.len().saturating_sub(1);
        let columns = headings
            .into_iter()
            .enumerate()
            .map(|(at, heading)| Column {
                heading,
                name: String::new(),
                align: Align::Left,
                wraps: true,
                keeps: if at == last { 24 } else { 12 },
                folds_as: "",
                joined_by: "",
            });
        let table = Table::with(columns.collect(), rows, |at, row: &Vec<String>| {
            Cell::maybe(row.get(at).filter(|words| !words.is_empty()))
        });
        self.document.blocks.push(Block::Table(table));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;

    #[test]
    fn a_page_becomes_what_papers_are_made_of() {
        let text = "# Title\n\n<!-- not shown -->\n\nOne `word` and\n[a page](files.md#a-plan).\n\n1. First\n2. **Second**\n\n- a\n- b\n\n```sh\nplan status\n```\n\n| a | b |\n| --- | --- |\n| 1 | `two` |\n";
        let mut document = Document::default();
        lay_out(text, &mut document);
        let blocks: Vec<String> = (document.blocks.iter())
            .map(|block| match block {
                Block::Title(title, _) => format!("title {title}"),
                Block::Paragraph(line) => words(line),
                Block::List(lines) => format!("{} points", lines.len()),
                Block::Code(code) => format!("code {code}"),
                Block::Table(table) => format!(
                    "table of {} by {}",
                    table.rows().len(),
                    table.columns().len()
                ),
                _ => "other".into(),
            })
            .collect();
        let expected = [
            "title Title",
            "One word and a page (plan help files).",
            "1. First\n2. Second",
            "2 points",
            "code plan status",
            "table of 1 by 2",
        ];
        assert_eq!(blocks, expected);
    }

    fn words(line: &Line) -> String {
        line.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn an_empty_page_is_an_empty_document() {
        let mut document = Document::default();
        lay_out("", &mut document);
        assert!(document.blocks.is_empty());
        assert_eq!(plain("").len(), 1);
    }
}
