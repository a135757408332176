//! A document for a terminal, or for a pipe: fitted to a width, coloured or not.

use owo_colors::{OwoColorize, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::{
    Align, Block, Cell, Column, Document, Level, Line, Table, Tone, piece, visible,
};

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

/// The narrowest column in which words are comfortably read.
const READABLE: usize = 14;

const GAP: &str = "  ";

/// Lays a document out.
pub fn render(document: &Document, terminal: Terminal) -> String {
    let mut page = Page {
        text: String::new(),
        width: terminal.width.max(NARROWEST),
        colour: terminal.colour,
    };
    let mut last: Option<&Block> = None;
    let drawn = |block: &&Block| !matches!(block, Block::Chart(_));
    for block in document.blocks.iter().filter(drawn) {
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

struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
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

    fn table(&mut self, table: &Table) {
        let columns = table.columns();
        // Bars of one table are drawn to one scale.
        let longest = longest_bar(table.rows());
        let cells: Vec<Vec<Shown>> = table
            .rows()
            .iter()
            .map(|row| row.iter().map(|cell| self.cell(cell, longest)).collect())
            .collect();
        if table.is_whole() && is_crowded(columns, &cells, self.width) {
            return self.records(columns, &cells);
        }
        let least = if table.is_whole() { READABLE } else { LEAST };
        let widths = widths(columns, &cells, self.width, least);
        if columns.iter().any(|column| !column.heading.is_empty()) {
            let headings: Vec<Shown> = columns
                .iter()
                .map(|column| Shown::new(column.heading.clone(), Tone::Faint))
                .collect();
            match table.is_whole() {
                true => (broken(&headings, &widths).iter())
                    .for_each(|line| self.row(columns, &widths, line)),
                false => self.row(columns, &widths, &headings),
            }
        }
        if !table.is_whole() {
            for row in &cells {
                self.row(columns, &widths, row);
            }
            return;
        }
        let rows: Vec<Vec<Vec<Shown>>> = cells.iter().map(|row| broken(row, &widths)).collect();
        // Rows of several lines stand apart, so that the eye finds where one ends.
        let apart = rows.iter().any(|lines| lines.len() > 1);
        for (number, lines) in rows.iter().enumerate() {
            if apart && number > 0 {
                self.text.push('\n');
            }
            for line in lines {
                self.row(columns, &widths, line);
            }
        }
    }

    /// A table that is too wide for the page: each row as a record, its first text at the left.
    fn records(&mut self, columns: &[Column], rows: &[Vec<Shown>]) {
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            let filled = columns.iter().zip(row);
            let filled = filled.filter(|(_, cell)| cell.width() > 0 && !cell.is_picture);
            let facts = filled.map(|(column, cell)| {
                let line: Line = (cell.parts.iter())
                    .map(|(text, tone)| piece(*tone, text))
                    .collect();
                (column.title().to_owned(), line)
            });
            self.facts(&facts.collect::<Vec<_>>());
        }
    }

    /// What a cell shows; `longest` is how many units the longest bar stands for.
    fn cell(&self, cell: &Cell, longest: usize) -> Shown {
        match cell {
            Cell::Text(piece) => Shown::new(visible(&piece.text).into_owned(), piece.tone),
            Cell::Rating(tone, word) => Shown::new(visible(word).into_owned(), *tone),
            Cell::Tally(0, _) => Shown::new("0".into(), Tone::Faint),
            Cell::Tally(count, tone) => Shown::new(count.to_string(), *tone),
            Cell::Bar(parts) => Shown {
                parts: bar(parts, longest),
                is_picture: true,
            },
            Cell::Trend(values) => Shown {
                parts: vec![(trend(values), Tone::Plain)],
                is_picture: true,
            },
            other => Shown::new(other.words(), Tone::Plain),
        }
    }

    fn row(&mut self, columns: &[Column], widths: &[usize], cells: &[Shown]) {
        let mut line = String::new();
        for ((column, &width), cell) in columns.iter().zip(widths).zip(cells) {
            if width == 0 {
                continue;
            }
            let cut = cell.flat().cut(width);
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
    is_picture: bool,
}

impl Shown {
    fn new(text: String, tone: Tone) -> Shown {
        Shown {
            parts: vec![(text, tone)],
            is_picture: false,
        }
    }

    /// Its width in one line.
    fn width(&self) -> usize {
        self.parts.iter().map(|(text, _)| text.width()).sum()
    }

    /// The same in one line.
    fn flat(&self) -> Shown {
        let parts = self.parts.iter();
        self.with(
            parts
                .map(|(text, tone)| (text.replace('\n', " "), *tone))
                .collect(),
        )
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
            is_picture: self.is_picture,
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

/// Values as a line of marks, the highest value the highest mark; a gap is a space.
fn trend(values: &[Option<f64>]) -> String {
    const MARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || values.iter().flatten().copied();
    let low = known().fold(f64::INFINITY, f64::min);
    let high = known().fold(f64::NEG_INFINITY, f64::max);
    let mark = |value: f64| {
        let height = match high > low {
            true => (value - low) / (high - low) * 7.0,
            false => 3.0,
        };
        MARKS[(height.round() as usize).min(7)]
    };
    let marks = values.iter().map(|value| value.map_or(' ', mark));
    marks.collect()
}

/// Whether the words of a table would stand in columns too narrow to read.
fn is_crowded(columns: &[Column], rows: &[Vec<Shown>], page: usize) -> bool {
    let needs = columns.iter().enumerate().map(|(index, column)| {
        let cells = rows.iter().map(|row| row[index].width());
        let needs = cells.max().unwrap_or(0).max(column.heading.width());
        let least = READABLE.max(column.keeps.min(page / 4));
        match column.wraps {
            true => needs.min(least),
            false => needs,
        }
    });
    let gaps = columns.len().saturating_sub(1) * GAP.len();
    needs.sum::<usize>() + gaps > page
}

/// The lines that a row takes where every word is shown.
fn broken(row: &[Shown], widths: &[usize]) -> Vec<Vec<Shown>> {
    let cells: Vec<Vec<Shown>> = row
        .iter()
        .zip(widths)
        .map(|(cell, &width)| match &cell.parts[..] {
            [(text, tone)] if width > 0 => {
                let lines = text.split('\n').flat_map(|line| wrapped(line, width));
                lines.map(|line| Shown::new(line, *tone)).collect()
            }
            _ => vec![cell.clone()],
        })
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let blank = || Shown::new(String::new(), Tone::Plain);
    (0..height)
        .map(|line| {
            let cells = cells.iter();
            cells
                .map(|lines| lines.get(line).cloned().unwrap_or_else(blank))
                .collect()
        })
        .collect()
}

/// How wide each column may be: what it needs, and where that is more than the page, those that
/// give way share what is left; the widest gives first.
fn widths(columns: &[Column], rows: &[Vec<Shown>], page: usize, narrow: usize) -> Vec<usize> {
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
        let drawn = |index: usize| rows.iter().any(|row| row[index].is_picture);
        (0..columns.len())
            .filter(|&index| drawn(index))
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
            .filter(|&index| widths[index] > narrow)
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
        let next = giving.get(1).map_or(narrow, |&index| widths[index]);
        let least = next.max(columns[widest].keeps.min(page / 3)).max(narrow);
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
