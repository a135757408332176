//! The cells of a row: which say something, and how their texts are compared.

use super::fields::Field;
use super::ratings;
use crate::import::blocks::{Cell, Table};
use crate::words::{has_one_of, is_one_of, words_of};

/// The cells of a row that are not blank.
pub fn filled(row: &[Cell]) -> impl Iterator<Item = &Cell> {
    row.iter().filter(|cell| !cell.text.is_empty())
}

/// The one cell of a row that is not blank, and its column; none where several are, or none is.
pub fn only(row: &[Cell]) -> Option<(usize, &Cell)> {
    let cells = row.iter().enumerate();
    let mut cells = cells.filter(|(_, cell)| !cell.text.is_empty());
    let first = cells.next()?;
    cells.next().is_none().then_some(first)
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

/// Whether a text is a dash or another sign that stands for nothing; a tick stands for something.
pub fn is_only_sign(text: &str) -> bool {
    !text.contains(char::is_alphanumeric) && tick(text) != Some(true)
}

/// Whether a cell says that there is nothing of its field: a dash, or "N/A"; of evidence and the like also "None".
/// In a column of progress that is no report.
pub fn says_none(field: Field, text: &str) -> bool {
    const ABSENT: [&str; 3] = ["n/a", "n.a.", "not applicable"];
    let text = text.trim().to_lowercase();
    // A cross or a question mark says something.
    let is_sign = !text.is_empty() && text.chars().all(|c| "-–—−_./… ".contains(c));
    let is_absent = is_sign || ABSENT.contains(&text.as_str());
    match field {
        Field::Impact | Field::Measure | Field::Evidence => {
            is_absent || text == "none" || text == "nil"
        }
        Field::Done | Field::Next | Field::Voice | Field::Reason => is_absent,
        Field::Rag => is_sign,
        _ => false,
    }
}

/// A figure with what its heading says of it: "40%" below "% done", "Year 3" below "Year".
pub fn of_figure(mut text: String, field: Field, heading: &str) -> String {
    let is_figure = text.ends_with(|c: char| c.is_ascii_digit());
    if field == Field::Done && heading.contains('%') && is_figure {
        text.push('%');
    } else if field == Field::Timescale
        && is_figure
        && text.len() == 1
        && has_one_of(heading, "year")
    {
        text.insert_str(0, "Year ");
    }
    text
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

/// What a tick below the lines of a heading says: the lowest of them, where that is a rating, or the one over
/// its "Yes" and "No"; none where that says not how an action stands.
pub fn tick_says(lines: &[&str]) -> Option<String> {
    let (lowest, over) = lines.split_last()?;
    let rating =
        |line: &str| Some(without_tick(line)).filter(|words| ratings::read(words).is_some());
    let Some(is_yes) = is_answer(lowest) else {
        return rating(lowest).or_else(|| rating(&lines.join(" ")));
    };
    let asked = over.iter().rev().find_map(|line| rating(line))?;
    Some(if is_yes {
        asked
    } else {
        format!("not {asked}")
    })
}

/// Whether a heading is no more than an answer, and which: "Yes", "N".
pub fn is_answer(heading: &str) -> Option<bool> {
    let answers = ["yes", "y", "no", "n"];
    let is = answers.contains(&heading.trim().to_lowercase().as_str());
    is.then(|| tick(heading)).flatten()
}

/// Whether a text is figures: "8", "3 of 6".
pub fn is_count(text: &str) -> bool {
    words_of(text).all(|word| ["of", "out"].contains(&word) || !word.contains(char::is_alphabetic))
}

/// Whether a text is only a day or the number of a version, and so nothing that can be done.
pub fn is_no_deed(text: &str) -> bool {
    let number = text.trim().trim_start_matches(['v', 'V']);
    ratings::is_day(text) || number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether a merged cell lies over a column and the next.
pub fn wide(table: &Table, row: usize, column: usize) -> bool {
    let next = table.rows[row].get(column + 1);
    next.and_then(|next| next.under)
        .is_some_and(|(_, at)| at == column)
}

/// Whether headings are those of a document's control: which version of it is of whom, and who approved or signed
/// it.
pub fn is_control(headings: &[Cell]) -> bool {
    const CONTROL: &str = "version author authors approved approver amended amendment amendments";
    const SIGNED: &str = "name names job title post role position signature signed by date";
    let controls = filled(headings).filter(|cell| has_one_of(&cell.text, CONTROL));
    let is_version = |cell: &Cell| has_one_of(&cell.text, "version");
    let signs =
        |cell: &Cell| words_of(&cell.text.to_lowercase()).all(|word| is_one_of(word, SIGNED));
    let is_signed = filled(headings).any(|cell| has_one_of(&cell.text, "name names signature"))
        && filled(headings).count() > 1
        && filled(headings).all(signs);
    controls.count() > 1 || filled(headings).any(is_version) || is_signed
}

const LEVELS: &str = "high medium low critical urgent essential desirable h m l very moderate \
    routine normal med should must could immediate";

/// Whether a text says how pressing something is: "High".
pub fn is_level(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = words_of(&lower).peekable();
    words.peek().is_some() && words.all(|word| is_one_of(word, LEVELS))
}
