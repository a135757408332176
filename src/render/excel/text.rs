//! Texts of cells: what a cell can hold, and where the rest of a longer one goes.

use std::borrow::Cow;

use rust_xlsxwriter::{Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::SummaryLook;
use super::style::CellFormats;
use crate::document::visible;

/// The most that a cell holds, in UTF-16 units.
pub const MOST: usize = 32_767;

/// The sheet for texts that no cell can hold.
pub const REST: &str = "Long texts";

/// How high a line of a cell is, in points.
pub const LINE: f64 = 13.0;

/// The highest row that Excel knows, in points.
const HIGHEST: f64 = 409.0;

/// How high a row must be for a text, broken after so many letters, in points. The program that
/// opens the file may not work it out: LibreOffice does not, and none does for merged cells.
pub fn height(text: &str, letters: usize, line: f64) -> f64 {
    let lines = text
        .split('\n')
        .map(|line| line.width() / letters.max(1) + 1);
    (lines.sum::<usize>() as f64 * line + 3.0).min(HIGHEST)
}

/// A text as a cell shows it. The library takes a text between these two marks for markup of its
/// own; a space behind it makes it a text again.
pub fn shown(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.starts_with("<r>") && text.ends_with("</r>") {
        Cow::Owned(format!("{text} "))
    } else {
        text
    }
}

/// The texts that did not fit into their cells, whole, cut into lines of a sheet of their own.
pub struct Rest {
    name: String,
    lines: Vec<String>,
}

impl Rest {
    pub fn new(name: String) -> Rest {
        Rest {
            name,
            lines: Vec::new(),
        }
    }

    /// A text for a cell; of one too long, its beginning and where the whole is.
    pub fn cell(&mut self, text: &str) -> String {
        let text = shown(text);
        if text.encode_utf16().count() <= MOST {
            return text.into_owned();
        }
        let row = self.lines.len() + 1;
        let mut pieces = pieces(&text).into_iter();
        let beginning: String = text.chars().take(1_000).collect();
        self.lines.extend(pieces.by_ref());
        format!(
            "{beginning}… (the whole text is on the sheet “{}”, from row {row})",
            self.name
        )
    }

    /// The sheet, if there is any such text.
    pub fn sheet(self, styles: &CellFormats) -> Result<Option<Worksheet>, XlsxError> {
        if self.lines.is_empty() {
            return Ok(None);
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name)?;
        sheet.set_column_width(0, 120)?;
        for (row, line) in self.lines.into_iter().enumerate() {
            let line = shown(&line).into_owned();
            sheet.write_string_with_format(row as u32, 0, line, styles.look(SummaryLook::Plain))?;
        }
        Ok(Some(sheet))
    }
}

/// A text in pieces that each fit into a cell.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut units = 0;
    for c in text.chars() {
        // One less, for the space that `shown` may add.
        if units + c.len_utf16() > MOST - 1 {
            pieces.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_kept_whole_elsewhere() {
        let mut rest = Rest::new(REST.into());
        assert_eq!(rest.cell("short"), "short");
        let long = "ab😀".repeat(20_000);
        let cell = rest.cell(&long);
        assert!(cell.ends_with("… (the whole text is on the sheet “Long texts”, from row 1)"));
        assert_eq!(rest.lines.len(), 3);
        assert_eq!(rest.lines.concat(), long);
        let fits = |line: &String| line.encode_utf16().count() <= MOST;
        assert!(rest.lines.iter().all(fits));
    }

    #[test]
    fn no_text_is_markup() {
        assert_eq!(shown("<r>x</r>"), "<r>x</r> ");
    }
}
