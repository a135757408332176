//! The cells of a row: which say something, and how their texts are compared.

use crate::import::blocks::Cell;

/// The cells of a row that are not blank.
pub fn filled(row: &[Cell]) -> impl Iterator<Item = &Cell> {
    row.iter().filter(|cell| !cell.text.is_empty())
}

/// A cell that is only a mark: whether it is ticked. An x is a tick; the sign of a cross, "no" and an empty
/// box are none.
pub fn tick(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "✓" | "✔" | "✅" | "☑" | "☒" | "√" | "x" | "y" | "yes" | "\u{f0fc}" | "\u{f0fe}" | "ü"
        | "þ" | "*" | "●" | "•" => Some(true),
        "n" | "no" | "✗" | "✘" | "✖" | "❌" | "☐" | "-" | "–" | "n/a" => Some(false),
        _ => None,
    }
}

/// A heading without what says that it is to be ticked: "Achieved (tick)", "Complete Y/N".
pub fn without_tick(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let mut kept = lower.as_str();
    for mark in ["tick", "y/n", "yes/no", "✓", "✔", "x"] {
        let bare = kept.trim_end_matches([')', ' ', '?']);
        if let Some(before) = bare.strip_suffix(mark)
            && before.ends_with(['(', ' ', '–', '-'])
        {
            kept = before.trim_end_matches(['(', ' ', '–', '-', ':']);
        }
    }
    kept.trim_end_matches('?').trim().to_owned()
}
