//! A document for a terminal, or for a pipe: fitted to a width, coloured or not.

mod columns;
mod shown;
mod table;

use owo_colors::{OwoColorize, Style};
use unicode_width::UnicodeWidthStr;

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

    /// A text in the colour of its tone.
    fn painted(&self, text: &str, tone: Tone) -> String {
        let style = match tone {
            Tone::Plain => return text.to_owned(),
            _ if !self.colour || text.is_empty() => return text.to_owned(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint | Tone::Grey => Style::new().dimmed(),
            Tone::Red => Style::new().red().bold(),
            Tone::Amber => Style::new().yellow(),
            Tone::Green => Style::new().green(),
            Tone::Blue => Style::new().blue(),
        };
        text.style(style).to_string()
    }

    /// A title at the left, its remark at the right, or below where there is no room.
    fn title(&mut self, title: &str, remark: &str) {
        let room = self.width.saturating_sub(title.width() + remark.width());
        let strong = |page: &TerminalPage, text: &str| page.painted(text, Tone::Strong);
        if room >= GAP.len() && !remark.is_empty() {
            let painted = strong(self, title);
            self.text
                .push_str(&format!("{painted}{}{remark}\n", " ".repeat(room)));
        } else {
            for line in wrapped(title, self.width) {
                let painted = strong(self, line.trim_end());
                self.text.push_str(&format!("{painted}\n"));
            }
            if !remark.is_empty() {
                self.line(&vec![piece(Tone::Plain, remark)], "");
            }
        }
    }

    /// Running text, wrapped between its words; every line begins with the indent.
    fn line(&mut self, line: &Line, indent: &str) {
        let room = self.width.saturating_sub(indent.len()).max(LEAST);
        let mut row: Vec<(String, Tone)> = Vec::new();
        let mut used = 0;
        for piece in line {
            let text = visible(&piece.text);
            for (number, part) in text.split('\n').enumerate() {
                if number > 0 {
                    self.end_row(indent, &mut row, &mut used);
                }
                for word in part.split_inclusive(' ') {
                    let wide = word.trim_end().width();
                    if used > 0 && used + wide > room {
                        self.end_row(indent, &mut row, &mut used);
                    }
                    for chunk in wrapped(word, room) {
                        if used > 0 && used + chunk.trim_end().width() > room {
                            self.end_row(indent, &mut row, &mut used);
                        }
                        used += chunk.width();
                        row.push((chunk, piece.tone));
                    }
                }
            }
        }
        self.end_row(indent, &mut row, &mut used);
    }

    /// Writes a row without the spaces at its end: in colour they are inside what is painted, and beyond the
    /// page a terminal breaks the line for them.
    fn end_row(&mut self, indent: &str, row: &mut Vec<(String, Tone)>, used: &mut usize) {
        while let Some((last, _)) = row.last_mut() {
            last.truncate(last.trim_end().len());
            if !last.is_empty() {
                break;
            }
            row.pop();
        }
        if !row.is_empty() {
            self.text.push_str(indent);
        }
        for (text, tone) in row.drain(..) {
            let painted = self.painted(&text, tone);
            self.text.push_str(&painted);
        }
        self.text.push('\n');
        *used = 0;
    }

    /// Names at the left, their texts beside them.
    fn facts(&mut self, facts: &[(String, Line)]) {
        let longest = facts.iter().map(|(name, _)| name.width()).max();
        let width = longest.unwrap_or(0).min(self.width / 3).max(LEAST);
        let indent = " ".repeat(width + GAP.len());
        for (name, line) in facts {
            let names = wrapped(&visible(name), width);
            let start = self.text.len();
            self.line(line, &indent);
            let below = self.text.split_off(start);
            let mut lines = below.lines();
            for number in 0..names.len().max(below.lines().count()) {
                let name = names.get(number).map_or("", String::as_str);
                let pad = " ".repeat(width.saturating_sub(name.width()));
                let painted = self.painted(name, Tone::Faint);
                let rest = lines.next().and_then(|line| line.get(width..));
                let row = format!("{painted}{pad}{}", rest.unwrap_or(""));
                self.text.push_str(row.trim_end());
                self.text.push('\n');
            }
        }
    }
}

/// A text in lines of a width; one that fits is left as it is, spaces at its end included.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.trim_end().width() <= width {
        return vec![text.to_owned()];
    }
    let options = textwrap::Options::new(width)
        .break_words(true)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options);
    lines.into_iter().map(|line| line.into_owned()).collect()
}
