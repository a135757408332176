//! What a cell shows on a terminal: its text, or a picture made of marks.

use std::borrow::Cow;

use crate::document::{Cell, Tone, visible};
use crate::render::widths::width;

/// The widest bar.
const BAR: usize = 20;

/// A cell's text, and how wide it is.
#[derive(Clone, Debug, Default)]
pub struct ShownCell {
    words: String,
    pub tone: Tone,
    /// The marks of a picture, in parts of one tone each; they are its words too.
    pub picture: Option<Vec<(String, Tone)>>,
    /// The width of its widest line.
    pub width: usize,
}

impl ShownCell {
    pub fn text(text: impl Into<String>, tone: Tone) -> ShownCell {
        let words = text.into();
        ShownCell {
            width: words.split('\n').map(width).max().unwrap_or(0),
            words,
            tone,
            picture: None,
        }
    }

    fn picture(parts: Vec<(String, Tone)>) -> ShownCell {
        let words: String = parts.iter().map(|(text, _)| text.as_str()).collect();
        let tone = parts.first().map_or(Tone::Plain, |(_, tone)| *tone);
        ShownCell {
            picture: Some(parts),
            ..ShownCell::text(words, tone)
        }
    }

    /// What a cell shows; `longest` is how many units the longest bar of its table stands for.
    pub fn cell(cell: &Cell, longest: usize) -> ShownCell {
        match cell {
            Cell::Text(piece) => ShownCell::text(close_up(visible(&piece.text)), piece.tone),
            Cell::Rating(tone, word) => ShownCell::text(visible(word), *tone),
            Cell::Tally(0, _) => ShownCell::text("0", Tone::Faint),
            Cell::Tally(count, tone) => ShownCell::text(count.to_string(), *tone),
            Cell::Bar(parts) => ShownCell::picture(bar(parts, longest)),
            Cell::Trend(values) => ShownCell::picture(vec![(trend(values), Tone::Plain)]),
            other => ShownCell::text(other.words(), Tone::Plain),
        }
    }

    /// The whole text.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The width of its longest word.
    pub fn longest_word(&self) -> usize {
        let words = self.words.split([' ', '\n']).map(width);
        words.max().unwrap_or(0)
    }
}

/// A text with its paragraphs one below the other: what stands apart would be taken for another row.
fn close_up(text: Cow<str>) -> Cow<str> {
    // A single letter is looked for much faster than two.
    if !text.contains('\n') || !text.contains("\n\n") {
        return text;
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// How many units the longest bar of a table stands for.
pub fn longest_bar(rows: &[Vec<Cell>]) -> usize {
    let totals = rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Bar(parts) => Some(parts.iter().map(|(count, _)| count).sum()),
        _ => None,
    });
    totals.max().unwrap_or(0)
}

/// A bar: a mark for each unit, or fewer where there are many; what is there is never left out.
fn bar(parts: &[(usize, Tone)], longest: usize) -> Vec<(String, Tone)> {
    let marks = |count: usize| {
        if longest <= BAR {
            count
        } else {
            (count * BAR).div_ceil(longest)
        }
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
        .map(|&(count, tone)| (mark(tone).repeat(marks(count)), tone))
        .collect()
}

/// Values as a line of marks, the highest value the highest mark; a gap is a space.
fn trend(values: &[Option<f64>]) -> String {
    const MARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || values.iter().flatten().copied();
    let low = known().fold(f64::INFINITY, f64::min);
    let high = known().fold(f64::NEG_INFINITY, f64::max);
    let mark = |value: f64| {
        let height = if high > low {
            (value - low) / (high - low) * 7.0
        } else {
            3.0
        };
        MARKS[(height.round() as usize).min(7)]
    };
    let marks = values.iter().map(|value| value.map_or(' ', mark));
    marks.collect()
}
