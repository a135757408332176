//! A document for a terminal, or for a pipe: fitted to a width, coloured or not.

use owo_colors::{OwoColorize, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::{Align, Block, Cell, Column, Document, Line, Table, Tone, visible};

/// How a page is shown.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// In columns.
    pub width: usize,
    pub colour: bool,
}

/// The narrowest page that tables are laid out for.
const NARROWEST: usize = 40;

/// What a column keeps, however narrow the page.
const LEAST: usize = 6;

/// The widest bar, and the narrowest page that has room for bars.
const BAR: usize = 20;
const WIDE: usize = 60;

const GAP: &str = "  ";

/// Lays a document out.
pub fn render(document: &Document, terminal: Terminal) -> String {
    let mut page = Page {
        text: String::new(),
        width: terminal.width.max(NARROWEST),
        colour: terminal.colour,
    };
    let mut last: Option<&Block> = None;
    for block in &document.blocks {
        if matches!((last, block), (Some(Block::Paragraph(_)), Block::Table(_))) {
            page.text.push('\n');
        }
        page.block(block, last.is_none());
        last = Some(block);
    }
    page.text
}

struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    fn block(&mut self, block: &Block, first: bool) {
        match block {
            Block::Title(title, remark) => {
                if !first {
                    self.text.push('\n');
                }
                let one_line = |text: &str| visible(text).replace('\n', " ");
                self.title(&one_line(title), &one_line(remark));
            }
            Block::Heading(line) => {
                self.text.push('\n');
                self.line(line, "");
            }
            Block::Paragraph(line) => self.line(line, ""),
            Block::Facts(facts) => {
                self.text.push('\n');
                self.facts(facts);
            }
            Block::Table(table) => self.table(table),
            Block::List(lines) => {
                for line in lines {
                    self.line(line, "  ");
                }
            }
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
        let strong = |page: &Page, text: &str| page.painted(text, Tone::Strong);
        if room >= GAP.len() {
            let painted = strong(self, title);
            self.text
                .push_str(&format!("{painted}{}{remark}\n", " ".repeat(room)));
        } else {
            for line in wrapped(title, self.width) {
                let painted = strong(self, &line);
                self.text.push_str(&format!("{painted}\n"));
            }
            self.text.push_str(&format!("{remark}\n"));
        }
    }

    /// Running text, wrapped between its words; every line begins with the indent.
    fn line(&mut self, line: &Line, indent: &str) {
        let room = self.width.saturating_sub(indent.len()).max(LEAST);
        let mut row = String::new();
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
                        row += &self.painted(&chunk, piece.tone);
                        used += chunk.width();
                    }
                }
            }
        }
        self.end_row(indent, &mut row, &mut used);
    }

    fn end_row(&mut self, indent: &str, row: &mut String, used: &mut usize) {
        self.text.push_str(format!("{indent}{row}").trim_end());
        self.text.push('\n');
        row.clear();
        *used = 0;
    }

    /// Names at the left, their texts beside them.
    fn facts(&mut self, facts: &[(String, Line)]) {
        let names = facts
            .iter()
            .map(|(name, _)| name.width())
            .max()
            .unwrap_or(0);
        for (name, line) in facts {
            let start = self.text.len();
            let indent = " ".repeat(names + GAP.len());
            self.line(line, &indent);
            let padded = format!("{name:<width$}", width = names);
            let painted = self.painted(&padded, Tone::Faint);
            self.text.replace_range(start..start + names, &painted);
        }
    }

    fn table(&mut self, table: &Table) {
        let columns = &table.columns;
        // Bars of one table are drawn to one scale.
        let longest = longest_bar(&table.rows);
        let cells: Vec<Vec<Shown>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| self.cell(cell, longest)).collect())
            .collect();
        let widths = widths(columns, &cells, self.width);
        if columns.iter().any(|column| !column.heading.is_empty()) {
            let headings: Vec<Shown> = columns
                .iter()
                .map(|column| Shown::new(column.heading.clone(), Tone::Faint))
                .collect();
            self.row(columns, &widths, &headings);
        }
        for row in &cells {
            self.row(columns, &widths, row);
        }
    }

    /// What a cell shows; `longest` is how many units the longest bar stands for.
    fn cell(&self, cell: &Cell, longest: usize) -> Shown {
        match cell {
            Cell::Text(piece) => {
                let text = visible(&piece.text).replace('\n', " ");
                Shown::new(text, piece.tone)
            }
            Cell::Count(count) => Shown::new(count.to_string(), Tone::Plain),
            Cell::Number(number) => Shown::new(number.to_string(), Tone::Plain),
            Cell::Empty => Shown::new(String::new(), Tone::Plain),
            Cell::Bar(parts) => Shown {
                parts: bar(parts, longest),
                is_bar: true,
            },
        }
    }

    fn row(&mut self, columns: &[Column], widths: &[usize], cells: &[Shown]) {
        let mut line = String::new();
        for ((column, &width), cell) in columns.iter().zip(widths).zip(cells) {
            if width == 0 {
                continue;
            }
            let cut = cell.cut(width);
            let pad = " ".repeat(width.saturating_sub(cut.width()));
            let painted: String = (cut.parts.iter())
                .map(|(text, tone)| self.painted(text, *tone))
                .collect();
            let cell = match column.align {
                Align::Left => format!("{painted}{pad}"),
                Align::Right => format!("{pad}{painted}"),
            };
            if !line.is_empty() {
                line.push_str(GAP);
            }
            line.push_str(&cell);
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// A cell's text, in parts of one tone each.
#[derive(Clone)]
struct Shown {
    parts: Vec<(String, Tone)>,
    is_bar: bool,
}

impl Shown {
    fn new(text: String, tone: Tone) -> Shown {
        Shown {
            parts: vec![(text, tone)],
            is_bar: false,
        }
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|(text, _)| text.width()).sum()
    }

    /// Cut to a width, with an ellipsis where something is left out.
    fn cut(&self, width: usize) -> Shown {
        if self.width() <= width {
            return self.clone();
        }
        let mut room = width.saturating_sub(1);
        let mut parts = Vec::new();
        for (text, tone) in &self.parts {
            let mut kept = 0;
            for c in text.chars() {
                let wide = c.width().unwrap_or(0);
                if wide > room {
                    let cut = text[..kept].trim_end().to_owned() + "…";
                    parts.push((cut, *tone));
                    return self.with(parts);
                }
                room -= wide;
                kept += c.len_utf8();
            }
            parts.push((text.clone(), *tone));
        }
        self.with(parts)
    }

    fn with(&self, parts: Vec<(String, Tone)>) -> Shown {
        Shown {
            parts,
            is_bar: self.is_bar,
        }
    }
}

/// How many units the longest bar of a table stands for.
fn longest_bar(rows: &[Vec<Cell>]) -> usize {
    let totals = rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Bar(parts) => Some(parts.iter().map(|(count, _)| count).sum()),
        _ => None,
    });
    totals.max().unwrap_or(0)
}

/// A bar: a mark for each unit, or fewer where there are many; what is there is never left out.
fn bar(parts: &[(usize, Tone)], longest: usize) -> Vec<(String, Tone)> {
    let scaled = |count: usize| match longest <= BAR {
        true => count,
        false => (count * BAR).div_ceil(longest),
    };
    let mark = |tone: Tone| match tone {
        Tone::Red => "█",
        Tone::Amber => "▒",
        Tone::Green => "░",
        Tone::Blue => "▓",
        _ => "·",
    };
    parts
        .iter()
        .map(|&(count, tone)| (mark(tone).repeat(scaled(count)), tone))
        .collect()
}

/// How wide each column may be: what it needs, and where that is more than the page, those that
/// give way share what is left; the widest gives first.
fn widths(columns: &[Column], rows: &[Vec<Shown>], page: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cells = rows.iter().map(|row| row[index].width());
            cells.max().unwrap_or(0).max(column.heading.width())
        })
        .collect();
    let total = |widths: &[usize]| {
        let used = widths.iter().filter(|&&width| width > 0);
        let gaps = used.clone().count().saturating_sub(1) * GAP.len();
        used.sum::<usize>() + gaps
    };
    if page < WIDE {
        let bars = |index: usize| rows.iter().any(|row| row[index].is_bar);
        (0..columns.len())
            .filter(|&index| bars(index))
            .for_each(|index| widths[index] = 0);
    }
    while total(&widths) > page {
        let over = total(&widths) - page;
        let giving = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.wraps);
        let mut giving: Vec<usize> = giving
            .map(|(index, _)| index)
            .filter(|&index| widths[index] > LEAST)
            .collect();
        // What a column keeps it gives last.
        giving.sort_by_key(|&index| {
            let kept = widths[index] <= columns[index].keeps.min(page / 3);
            (kept, std::cmp::Reverse(widths[index]))
        });
        let Some(&widest) = giving.first() else {
            break;
        };
        // The widest gives until it is no wider than the next, or all that is needed.
        let next = giving.get(1).map_or(LEAST, |&index| widths[index]);
        let least = next.max(columns[widest].keeps.min(page / 3)).max(LEAST);
        let gives = widths[widest].saturating_sub(least).clamp(1, over);
        widths[widest] -= gives;
    }
    widths
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
