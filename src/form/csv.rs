//! The form as CSV, for those who want nothing else: the same cells, with no lists and no locks.

use super::{COLUMNS, DATE_LABEL, Field, Form};

/// Writes the form as CSV in UTF-8, with the mark by which Excel knows it.
pub fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut csv = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    csv.write_record([form.title()])?;
    csv.write_record([form.subtitle()])?;
    for line in super::INSTRUCTIONS {
        csv.write_record([line])?;
    }
    csv.write_record([form.mark()])?;
    csv.write_record([DATE_LABEL, ""])?;
    let headings = COLUMNS.iter().map(|column| column.heading);
    csv.write_record(headings.chain([STATE_HEADING]))?;
    for row in &form.rows {
        // Alone, a spreadsheet would take 1.2.1 for a date.
        let id = format!("{ID_BEFORE} {}", row.id);
        let cells = COLUMNS.iter().map(|column| match column.field {
            Field::Id => id.as_str(),
            Field::What => &row.what,
            Field::Timescale => &row.timescale,
            Field::Stands => &row.stands,
            _ => "",
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

/// A text that no spreadsheet takes for a formula (design section 6).
fn guarded(text: &str) -> String {
    match is_formula(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// Whether a spreadsheet would take a text for a formula.
pub fn is_formula(text: &str) -> bool {
    const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];
    text.trim_start_matches(' ').starts_with(FORMULA)
}
