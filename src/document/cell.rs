//! What a place of a table holds.

use std::borrow::Cow;

use super::{Piece, Subject, Tone, piece};
use crate::calendar::Day;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(Piece),
    /// A rating, in its word.
    Rating(Tone, String),
    /// How many have a rating.
    Tally(usize, Tone),
    Count(usize),
    Number(i64),
    /// A measured value, and with how many decimals it is written.
    Value(f64, usize),
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

    /// The same text, of what it names.
    pub fn about(self, subject: Subject) -> Cell {
        match self {
            Cell::Text(piece) => Cell::Text(Piece {
                about: Some(Box::new(subject)),
                ..piece
            }),
            cell => cell,
        }
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// A day that may be missing.
    pub fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Date)
    }

    /// A number that may be missing.
    pub fn number(number: Option<i64>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// What the cell says, in words; a picture says nothing of its own.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(piece) => piece.text.as_str().into(),
            Cell::Rating(_, word) => word.as_str().into(),
            Cell::Tally(count, _) | Cell::Count(count) => count.to_string().into(),
            Cell::Number(number) => number.to_string().into(),
            Cell::Value(value, decimals) => format!("{value:.decimals$}").into(),
            Cell::Date(day) => day.short().into(),
            Cell::Bar(_) | Cell::Trend(_) | Cell::Above | Cell::Empty => "".into(),
        }
    }

    pub fn is_picture(&self) -> bool {
        matches!(self, Cell::Bar(_) | Cell::Trend(_))
    }
}
