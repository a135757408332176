//! How much room the columns of a table need, for formats that must say how wide each is.

use unicode_width::UnicodeWidthStr;

use crate::document::{Cell, Table, visible};

/// What a column holds, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Its longest word.
    pub word: usize,
    /// Its longest line.
    pub line: usize,
    /// All its text together.
    pub mass: usize,
    /// The longest word of its heading, which may be broken into lines as no figure may.
    pub heading: usize,
}

/// The columns that hold words or figures; pictures are of figures that stand beside them.
pub fn written(table: &Table) -> Vec<usize> {
    let columns = 0..table.columns().len();
    columns
        .filter(|&index| table.rows().iter().all(|row| !row[index].is_picture()))
        .collect()
}

/// What a column needs.
pub fn need(table: &Table, column: usize) -> Need {
    let mut heading = Need::default();
    heading.hold(table.columns()[column].title());
    let mut need = Need {
        heading: heading.word,
        ..Need::default()
    };
    for row in table.rows() {
        if row[column] != Cell::Above {
            need.hold(&visible(&row[column].words()));
        }
    }
    need
}

impl Need {
    fn hold(&mut self, text: &str) {
        for line in text.lines() {
            let length = width(line);
            self.line = self.line.max(length);
            self.mass += length;
            let words = line.split(char::is_whitespace).map(width);
            self.word = self.word.max(words.max().unwrap_or(0));
        }
    }
}

/// How wide a line is, in characters.
pub fn width(line: &str) -> usize {
    // Most lines are plain letters, each as wide as the other.
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        line.len()
    } else {
        line.width()
    }
}
