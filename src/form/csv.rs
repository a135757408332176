//! The form as CSV, for those who want nothing else: the same cells, with no lists and no locks.

use super::{COLUMNS, DATE_LABEL, Form, FormField};
use crate::office::csv::guarded;

/// Writes the form as CSV in UTF-8, with the mark by which Excel knows it.
pub fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut csv = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    let head = [form.title(), form.subtitle()];
    for line in head
        .into_iter()
        .chain(form.instructions())
        .chain([form.mark()])
    {
        csv.write_record([guarded(&line)])?;
    }
    csv.write_record([DATE_LABEL, ""])?;
    let headings = COLUMNS.iter().map(|column| form.heading(column));
    csv.write_record(headings.chain([STATE_HEADING.to_owned()]))?;
    for row in &form.rows {
        // Alone, a spreadsheet would take 1.2.1 for a date.
        let id = format!("{ID_BEFORE} {}", row.id);
        let cells = COLUMNS.iter().map(|column| match column.field {
            FormField::Id => id.as_str(),
            field => row.text(field),
        });
        let cells = cells.chain([row.state.as_str()]);
        csv.write_record(cells.map(guarded))?;
    }
    Ok(csv.into_inner()?)
}

/// What stands before an id in a cell that Excel would read as it pleases.
pub const ID_BEFORE: &str = "Action";

/// The heading of the column that says what a row rested on.
pub const STATE_HEADING: &str = "Code (leave as it is)";

/// An id without the word before it.
pub fn bare_id(text: &str) -> String {
    let text = text.trim();
    let before = text
        .get(..ID_BEFORE.len())
        .filter(|word| word.eq_ignore_ascii_case(ID_BEFORE));
    let bare = before.map_or(text, |before| text[before.len()..].trim());
    bare.to_owned()
}
