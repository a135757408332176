//! A document for a terminal, or for a pipe: fitted to a width, coloured or not.

mod columns;
mod shown;
mod table;

use std::borrow::Cow;
use std::iter::repeat_n;

use owo_colors::{OwoColorize, Style};

use super::widths::width;
use crate::document::{Block, Document, Level, Line, Tone, piece, visible};

/// How a page is shown.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// In columns.
    pub width: usize,
    pub colour: bool,
}

/// The narrowest page that tables are laid out for.
const NARROWEST: usize = 40;

/// What a name or a word of running text has at least, however narrow the page.
const LEAST: usize = 6;

const GAP: &str = "  ";

/// Lays a document out.
pub fn render(document: &Document, terminal: Terminal) -> String {
    let mut page = TerminalPage {
        text: String::new(),
        width: terminal.width.max(NARROWEST),
        colour: terminal.colour,
    };
    let document = document.on_pages();
    let mut last: Option<&Block> = None;
    for block in document.without_charts() {
        if last.is_some_and(|last| are_parted(last, block)) {
            page.text.push('\n');
        }
        page.block(block);
        last = Some(block);
    }
    page.text
}

/// Whether an empty line stands between two blocks: what belongs together stands together.
fn are_parted(above: &Block, below: &Block) -> bool {
    use Block::*;
    let joined = matches!(
        (above, below),
        (Title(..), Paragraph(_) | Table(_))
            | (Heading(..), Table(_) | Paragraph(_) | List(_) | Code(_))
            | (Notice(_), Notice(_))
            | (Paragraph(_) | Table(_), List(_))
    );
    !joined
}

struct TerminalPage {
    text: String,
    width: usize,
    colour: bool,
}

impl TerminalPage {
    fn block(&mut self, block: &Block) {
        let one_line = |text: &str| visible(text).replace('\n', " ");
        match block {
            Block::Title(title, remark) => self.title(&one_line(title), &one_line(remark)),
            Block::Notice(text) => self.line(&vec![piece(Tone::Red, text)], ""),
            Block::Heading(level, text, remark) => {
                let text = match level {
                    Level::Section => one_line(text).to_uppercase(),
                    _ => one_line(text),
                };
                let remark = match remark.as_str() {
                    "" => String::new(),
                    remark => format!("{GAP}{}", one_line(remark)),
                };
                self.line(&vec![piece(Tone::Strong, text + &remark)], "");
            }
            Block::Paragraph(line) => self.line(line, ""),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::List(lines) => {
                for line in lines {
                    self.line(line, "  ");
                }
            }
            Block::Code(text) => {
                for line in text.lines() {
                    self.text
                        .push_str(format!("  {}", visible(line)).trim_end());
                    self.text.push('\n');
                }
            }
            Block::Chart(_) => {}
        }
    }

    /// Writes a text in the colour of its tone.
    fn paint(&mut self, text: &str, tone: Tone) {
        let style = match tone {
            _ if !self.colour || text.is_empty() => Style::new(),
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint | Tone::Grey => Style::new().dimmed(),
            Tone::Red => Style::new().red().bold(),
            Tone::Amber => Style::new().yellow(),
            Tone::Green => Style::new().green(),
            Tone::Blue => Style::new().blue(),
        };
        if style.is_plain() {
            self.text.push_str(text);
        } else {
            self.text.push_str(&text.style(style).to_string());
        }
    }

    fn pad(&mut self, count: usize) {
        self.text.extend(repeat_n(' ', count));
    }

    /// Ends the line that begins at `start`, without the spaces at its end.
    fn end_line(&mut self, start: usize) {
        let kept = self.text[start..].trim_end().len();
        self.text.truncate(start + kept);
        self.text.push('\n');
    }

    /// A title at the left, its remark at the right, or below where there is no room.
    fn title(&mut self, title: &str, remark: &str) {
        let room = self.width.saturating_sub(width(title) + width(remark));
        if room >= GAP.len() && !remark.is_empty() {
            self.paint(title, Tone::Strong);
            self.pad(room);
            self.text.push_str(remark);
            self.text.push('\n');
        } else {
            for line in wrapped(title, self.width) {
                self.paint(line.trim_end(), Tone::Strong);
                self.text.push('\n');
            }
            if !remark.is_empty() {
                self.line(&vec![piece(Tone::Plain, remark)], "");
            }
        }
    }

    /// Running text, wrapped between its words; every line begins with the indent.
    fn line(&mut self, line: &Line, indent: &str) {
        let room = self.width.saturating_sub(indent.len()).max(LEAST);
        let texts: Vec<_> = line.iter().map(|piece| visible(&piece.text)).collect();
        let mut row: Vec<(Cow<str>, Tone)> = Vec::new();
        let mut used = 0;
        for (piece, text) in line.iter().zip(&texts) {
            for (number, part) in text.split('\n').enumerate() {
                if number > 0 {
                    self.end_row(indent, &mut row, &mut used);
                }
                for word in part.split_inclusive(' ') {
                    let wide = width(word.trim_end());
                    if used > 0 && used + wide > room {
                        self.end_row(indent, &mut row, &mut used);
                    }
                    for chunk in wrapped(word, room) {
                        if used > 0 && used + width(chunk.trim_end()) > room {
                            self.end_row(indent, &mut row, &mut used);
                        }
                        used += width(&chunk);
                        row.push((chunk, piece.tone));
                    }
                }
            }
        }
        self.end_row(indent, &mut row, &mut used);
    }

    /// Writes a row without the spaces at its end: in colour they are inside what is painted, and beyond the
    /// page a terminal breaks the line for them.
    fn end_row(&mut self, indent: &str, row: &mut Vec<(Cow<str>, Tone)>, used: &mut usize) {
        let is_blank = |(text, _): &(Cow<str>, Tone)| text.trim_end().is_empty();
        while row.pop_if(|last| is_blank(last)).is_some() {}
        if !row.is_empty() {
            self.text.push_str(indent);
        }
        let last = row.len().saturating_sub(1);
        for (number, (text, tone)) in row.drain(..).enumerate() {
            let text = if number == last {
                text.trim_end()
            } else {
                &text
            };
            self.paint(text, tone);
        }
        self.text.push('\n');
        *used = 0;
    }

    /// Names at the left, their texts beside them.
    fn facts(&mut self, facts: &[(String, Line)]) {
        let longest = facts.iter().map(|(name, _)| width(name)).max();
        let room = longest.unwrap_or(0).min(self.width / 3).max(LEAST);
        let indent = " ".repeat(room + GAP.len());
        for (name, line) in facts {
            let name = visible(name);
            let names = wrapped(&name, room);
            let start = self.text.len();
            self.line(line, &indent);
            let below = self.text.split_off(start);
            let mut lines = below.lines();
            for number in 0..names.len().max(below.lines().count()) {
                let start = self.text.len();
                let name = names.get(number).map_or("", |name| name);
                self.paint(name, Tone::Faint);
                self.pad(room.saturating_sub(width(name)));
                let rest = lines.next().and_then(|line| line.get(room..));
                self.text.push_str(rest.unwrap_or(""));
                self.end_line(start);
            }
        }
    }
}

/// A text in lines of a width; one that fits is left as it is, spaces at its end included.
fn wrapped(text: &str, room: usize) -> Vec<Cow<'_, str>> {
    if width(text.trim_end()) <= room {
        return vec![Cow::Borrowed(text)];
    }
    let options = textwrap::Options::new(room)
        .break_words(true)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options)
}
