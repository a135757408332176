//! A paper as data: headings, lines, tables of typed cells, charts. Reports make it; renderers show
//! it; neither knows the other.

use std::borrow::Cow;

use crate::calendar::Day;

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

    /// A table whose every word is shown.
    pub fn table(&mut self, columns: Vec<Column>, rows: Vec<Vec<Cell>>) {
        let table = Table {
            columns,
            rows,
            whole: true,
        };
        self.blocks.push(Block::Table(table));
    }
}

/// Pieces of text, each with what it is.
pub type Line = Vec<Piece>;

/// A piece of text and what it is; how that looks is the renderer's affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
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
    }
}

/// A line of plain text.
pub fn plain(text: impl Into<String>) -> Line {
    vec![piece(Tone::Plain, text)]
}

/// A table: every row has a cell for every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Whether every word is shown, over several lines if need be; else a page that is too narrow
    /// cuts a text short.
    pub whole: bool,
}

impl Table {
    /// The cell that stands at a place: where it is one with those above, the first of them.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        let own = self.rows[..=row].iter().rev().map(|row| &row[column]);
        let mut own = own.skip_while(|cell| **cell == Cell::Above);
        own.next().unwrap_or(&Cell::Empty)
    }

    /// How many rows the cell at a place stands for, itself included; none for one that is part of
    /// the cell above.
    pub fn span(&self, row: usize, column: usize) -> usize {
        if row > 0 && self.rows[row][column] == Cell::Above {
            return 0;
        }
        let below = self.rows[row + 1..].iter().map(|row| &row[column]);
        1 + below.take_while(|cell| **cell == Cell::Above).count()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    /// What it is called where there is room: for a heading that is blank, or only a letter.
    pub name: String,
    pub align: Align,
    /// Whether the column gives way where the page is narrow; figures never do.
    pub wraps: bool,
    /// The width that it keeps for as long as others can give way.
    pub keeps: usize,
}

impl Column {
    /// The same column, its blank or short heading given a name.
    pub fn named(mut self, name: &str) -> Column {
        self.name = name.into();
        self
    }

    /// What the column is called: its name, else its heading.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "" => &self.heading,
            name => name,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(Piece),
    /// A rating, in its word.
    Rating(Tone, String),
    /// How many have a rating.
    Tally(usize, Tone),
    Count(usize),
    Number(i64),
    /// A measured value.
    Value(f64),
    Date(Day),
    /// Parts of a whole, each with its tone: a picture of counts that stand beside it.
    Bar(Vec<(usize, Tone)>),
    /// Values in the order of their periods, with gaps: a picture of figures that stand elsewhere.
    Trend(Vec<Option<f64>>),
    /// One with the cell above.
    Above,
    Empty,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(piece(Tone::Plain, text))
    }

    pub fn toned(tone: Tone, text: impl Into<String>) -> Cell {
        Cell::Text(piece(tone, text))
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// A day that may be missing.
    pub fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Date)
    }

    /// What the cell says, in words; a picture says nothing of its own.
    pub fn words(&self) -> String {
        match self {
            Cell::Text(piece) => piece.text.clone(),
            Cell::Rating(_, word) => word.clone(),
            Cell::Tally(count, _) | Cell::Count(count) => count.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Value(value) => value.to_string(),
            Cell::Date(day) => day.short(),
            Cell::Bar(_) | Cell::Trend(_) | Cell::Above | Cell::Empty => String::new(),
        }
    }

    pub fn is_picture(&self) -> bool {
        matches!(self, Cell::Bar(_) | Cell::Trend(_))
    }
}

/// A picture with axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    Timeline(Timeline),
    Course(Course),
}

/// Deadlines on a line of time, with the day asked, and where each was at first.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    pub title: String,
    pub first: Day,
    pub last: Day,
    pub day: Day,
    /// In the order of their deadlines.
    pub marks: Vec<Mark>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub id: String,
    pub what: String,
    /// Where the deadline was at first, if it was moved.
    pub moved_from: Option<Day>,
    pub due: Day,
    /// The rating, and its word.
    pub tone: Tone,
    pub rating: String,
}

/// Values from period to period, with what they should reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    pub title: String,
    pub unit: String,
    pub points: Vec<Reading>,
}

/// A period, its value if it is known, and its target if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub period: String,
    pub value: Option<f64>,
    pub target: Option<f64>,
}

/// A column of words, which may be broken into several lines.
pub fn words(heading: &str) -> Column {
    Column {
        heading: heading.into(),
        name: String::new(),
        align: Align::Left,
        wraps: true,
        keeps: 0,
    }
}

/// A column of running text, for whose sake others give way first.
pub fn running(heading: &str) -> Column {
    Column {
        keeps: 40,
        ..words(heading)
    }
}

/// A column of deadlines, which are seldom longer than a month and its year.
pub fn deadlines(heading: &str) -> Column {
    Column {
        keeps: 16,
        ..words(heading)
    }
}

/// A column of short words, which are kept whole.
pub fn short(heading: &str) -> Column {
    Column {
        wraps: false,
        ..words(heading)
    }
}

/// A column of figures.
pub fn figures(heading: &str) -> Column {
    Column {
        align: Align::Right,
        ..short(heading)
    }
}

/// A text with its control, bidirectional and invisible characters escaped (`\u{202e}`), so that
/// what a reader sees is what stands there. Line ends and the no-break space stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("\\u{{{:x}}}", c as u32));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a reader cannot see a character, or it changes how others are seen.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n';
    }
    let is_no_character = (c as u32) & 0xfffe == 0xfffe;
    c.is_control()
        || is_no_character
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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

    #[test]
    fn control_bidirectional_and_invisible_characters_are_shown_escaped() {
        assert_eq!(
            visible("a\u{202e}b\u{7}c\u{200b}d"),
            r"a\u{202e}b\u{7}c\u{200b}d"
        );
        assert_eq!(visible("tab\there"), r"tab\u{9}here");
        assert_eq!(
            visible("Early – identification\u{a0}é\n"),
            "Early – identification\u{a0}é\n"
        );
    }
}
