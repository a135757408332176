//! A paper as data: headings, lines, tables of typed cells, charts. Reports make it; renderers show
//! it; neither knows the other.

mod cell;
mod chart;
mod hidden;
mod list;
mod subject;
mod table;

pub use cell::Cell;
pub use chart::{Chart, ChartValue, CourseChart, Timeline, TimelineMark};
pub use hidden::{is_hidden, visible};
pub use subject::Subject;
#[cfg(test)]
pub use table::table_of_cells;
pub use table::{Align, Col, Column, Table, actions, deadlines, figures, running, short, words};

use std::borrow::Borrow;

/// A paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What the paper is called, with a remark (a date), or nothing.
    Title(String, String),
    /// What a reader must know before all else.
    Notice(String),
    /// A heading, with a remark (how many of how many), or nothing.
    Heading(Level, String, String),
    /// A paragraph of running text; its line ends are kept.
    Paragraph(Line),
    /// Names with their texts.
    Facts(Vec<(String, Line)>),
    Table(Table),
    /// Sentences below each other.
    List(Vec<Line>),
    /// Lines to be shown as they are, letter by letter.
    Code(String),
    /// A picture of what stands in words and figures beside it. Only a format that can draw shows it.
    Chart(Chart),
}

/// How deep a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Below the title.
    Section,
    /// Below a section.
    Part,
    /// Below a part.
    Point,
}

impl Document {
    /// What the paper is called: its first title.
    pub fn title(&self) -> &str {
        let titles = self.blocks.iter().filter_map(|block| match block {
            Block::Title(title, _) => Some(title.as_str()),
            _ => None,
        });
        titles.into_iter().next().unwrap_or("plan")
    }

    /// The blocks of a format that draws nothing: neither its charts, nor a heading over charts alone.
    pub fn without_charts(&self) -> impl Iterator<Item = &Block> {
        let blocks = self.blocks.iter().enumerate();
        let shown = blocks.filter(|(at, block)| match block {
            Block::Chart(_) => false,
            Block::Heading(level, ..) => {
                let ends = |block: &&Block| {
                    matches!(block, Block::Title(..))
                        || matches!(block, Block::Heading(other, ..) if other <= level)
                };
                let mut below = self.blocks[at + 1..]
                    .iter()
                    .take_while(|block| !ends(block));
                let is_drawn = |block: &Block| matches!(block, Block::Chart(_));
                !(below.next().is_some_and(is_drawn) && below.all(is_drawn))
            }
            _ => true,
        });
        shown.map(|(_, block)| block)
    }

    pub fn heading(&mut self, level: Level, text: impl Into<String>, remark: impl Into<String>) {
        let heading = Block::Heading(level, text.into(), remark.into());
        self.blocks.push(heading);
    }

    /// A paragraph of plain text.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(plain(text)));
    }

    /// A paragraph that says how to read what follows.
    pub fn remark(&mut self, text: impl Into<String>) {
        let line = vec![piece(Tone::Faint, text)];
        self.blocks.push(Block::Paragraph(line));
    }

    /// The same, unless the paper has said it before: in the part of another plan.
    pub fn remark_once(&mut self, text: impl Into<String>) {
        let remark = Block::Paragraph(vec![piece(Tone::Faint, text)]);
        if !self.blocks.contains(&remark) {
            self.blocks.push(remark);
        }
    }

    /// Running text of a plan: its lines that begin with "- " become lists, empty lines part
    /// paragraphs.
    pub fn prose(&mut self, text: &str) {
        let kind = |line: &&str| match line.trim() {
            "" => 0,
            line if line.starts_with("- ") => 1,
            _ => 2,
        };
        let lines: Vec<&str> = text.lines().collect();
        for run in lines.chunk_by(|a, b| kind(a) == kind(b)) {
            match kind(&run[0]) {
                0 => {}
                1 => {
                    let items = run.iter().map(|line| line.trim().trim_start_matches("- "));
                    self.list(items.map(plain).collect());
                }
                _ => self.paragraph(run.join("\n")),
            }
        }
    }

    pub fn list(&mut self, lines: Vec<Line>) {
        self.blocks.push(Block::List(lines));
    }

    /// A list under a heading that counts its lines; nothing where there are none.
    pub fn listing(&mut self, level: Level, heading: &str, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.heading(level, heading, lines.len().to_string());
            self.list(lines);
        }
    }

    /// A table under a heading that counts its rows. Where there are none it is a sentence; if that is blank, there is
    /// no heading either.
    pub fn section<R>(
        &mut self,
        heading: &str,
        columns: &[Col<R>],
        rows: &[impl Borrow<R>],
        nothing: &str,
    ) {
        if rows.is_empty() && nothing.is_empty() {
            return;
        }
        self.heading(Level::Section, heading, rows.len().to_string());
        if rows.is_empty() {
            self.paragraph(nothing);
        } else {
            self.table(columns, rows.iter().map(Borrow::borrow));
        }
    }

    /// Gives what its texts name the addresses of their pages: each text of which `address` knows a page leads
    /// there.
    pub fn link(&mut self, address: impl Fn(&Subject) -> Option<String>) {
        let link = |piece: &mut Piece| {
            let known = piece.about.as_deref().and_then(&address);
            piece.about = known.map(|address| Box::new(Subject::Address(address)));
        };
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(line) => line.iter_mut().for_each(link),
                Block::Facts(facts) => {
                    let lines = facts.iter_mut().flat_map(|(_, line)| line);
                    lines.for_each(link);
                }
                Block::List(lines) => lines.iter_mut().flatten().for_each(link),
                Block::Table(table) => table.texts_mut().for_each(link),
                Block::Title(..) | Block::Notice(_) | Block::Heading(..) => {}
                Block::Code(_) | Block::Chart(_) => {}
            }
        }
    }

    /// A table whose every word is shown.
    pub fn table<R>(&mut self, columns: &[Col<R>], rows: impl IntoIterator<Item = impl Borrow<R>>) {
        self.blocks.push(Block::Table(Table::new(columns, rows)));
    }
}

/// Pieces of text, each with what it is.
pub type Line = Vec<Piece>;

/// A piece of text and what it is; how that looks is the renderer's affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
    /// What it names, where that may have a page of its own.
    pub about: Option<Box<Subject>>,
}

/// What a text is. Colour follows from it but never carries it alone: the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Strong,
    Faint,
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

/// A text of one tone.
pub fn piece(tone: Tone, text: impl Into<String>) -> Piece {
    Piece {
        text: text.into(),
        tone,
        about: None,
    }
}

/// A text that names something.
pub fn named(tone: Tone, text: impl Into<String>, subject: Subject) -> Piece {
    Piece {
        about: Some(Box::new(subject)),
        ..piece(tone, text)
    }
}

/// A line of plain text.
pub fn plain(text: impl Into<String>) -> Line {
    vec![piece(Tone::Plain, text)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plans_own_lists_and_paragraphs_stay_what_they_are() {
        let mut document = Document::default();
        document.prose("We shall:\n- ask\n- answer\n\nThen we\nmeet.");
        let list = vec![plain("ask"), plain("answer")];
        assert_eq!(
            document.blocks,
            [
                Block::Paragraph(plain("We shall:")),
                Block::List(list),
                Block::Paragraph(plain("Then we\nmeet.")),
            ]
        );
    }
}
