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
            self.hold_line(line);
        }
    }

    fn hold_line(&mut self, line: &str) {
        let (mut word, mut longest) = (0, 0);
        let length = if is_plain(line) {
            for byte in line.bytes() {
                word = if byte == b' ' { 0 } else { word + 1 };
                longest = longest.max(word);
            }
            line.len()
        } else {
            let words = line.split(char::is_whitespace).map(width);
            longest = words.max().unwrap_or(0);
            line.width()
        };
        self.line = self.line.max(length);
        self.mass += length;
        self.word = self.word.max(longest);
    }
}

/// How wide a line is, in characters.
pub fn width(line: &str) -> usize {
    if is_plain(line) {
        line.len()
    } else {
        line.width()
    }
}

/// Whether a line is of plain letters, as most are, each as wide as the other. All are looked at, which a
/// processor does many together.
pub fn is_plain(line: &str) -> bool {
    let letters = line.bytes();
    letters.fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}
