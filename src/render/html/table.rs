//! Tables: captions, headings of columns and rows, merged cells. On a narrow screen a table whose
//! cells would be squeezed is shown as a card for each row.

use std::fmt::Write as _;

use super::picture::{bar, pill, rating, shape, trend};
use super::text::{class, flow, inline};
use crate::document::{Align, Cell, Column, Table, Tone};

/// The longest text, in characters, that a column of short words keeps in one line.
const KEPT_WHOLE: usize = 24;

/// Most columns that fit on the narrowest phone side by side.
const SIDE_BY_SIDE: usize = 3;

/// So many columns are set closer.
const MANY: usize = 10;

/// A table with its caption; `id` is the caption's.
pub fn table(table: &Table, caption: &str, id: &str) -> String {
    let layout = ColumnLayout::for_table(table);
    // What may have to be scrolled can be reached without a mouse, and says what it is.
    let region = if table.columns().len() > SIDE_BY_SIDE {
        format!(" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\"")
    } else {
        String::new()
    };
    let mut out = format!(
        "<div class=\"scroll\"{region}>\n<table class=\"{}\">\n\
         <caption id=\"{id}\">{}</caption>\n<thead><tr>",
        ColumnLayout::table_class(table),
        inline(caption),
    );
    for (index, column) in table.columns().iter().enumerate() {
        out.push_str(&heading(table, &layout, index, column));
    }
    out.push_str("</tr></thead>\n");
    for rows in groups(table) {
        // A page is not turned within a small group.
        let together = match rows.len() {
            2..=4 => " class=\"together\"",
            _ => "",
        };
        let _ = writeln!(out, "<tbody{together}>");
        for number in rows {
            row(table, &layout, number, &mut out);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
    out
}

/// The rows of a table, parted where none of their cells is one with a cell above; all of them where
/// no cells are merged.
fn groups(table: &Table) -> Vec<std::ops::Range<usize>> {
    let count = table.rows().len();
    if !is_merged(table) {
        return std::iter::once(0..count).collect();
    }
    let begins = |row: &usize| *row == 0 || !table.rows()[*row].contains(&Cell::Above);
    let starts: Vec<usize> = (0..count).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([count]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

fn is_merged(table: &Table) -> bool {
    table
        .rows()
        .iter()
        .skip(1)
        .any(|row| row.contains(&Cell::Above))
}

/// Whether a table counts ratings.
pub fn has_counts(table: &Table) -> bool {
    let mut cells = table.rows().iter().flatten();
    cells.any(|cell| matches!(cell, Cell::Bar(_) | Cell::Tally(..)))
}

/// Whether a table needs a page on its side when it is printed: for many columns of running text, or
/// for very many columns.
pub fn is_wide(table: &Table) -> bool {
    let running = table.columns().iter().filter(|column| column.wraps).count();
    let columns = table.columns().len();
    (columns > 6 && running > 4) || (columns >= MANY && running > 1)
}

/// A row. On its card, which stands alone, it says which of its cells are those of the row above.
fn row(table: &Table, layout: &ColumnLayout, row: usize, out: &mut String) {
    let mut above = Vec::new();
    out.push_str("<tr>");
    for column in 0..table.columns().len() {
        match table.span(row, column) {
            0 => above.push(column),
            span => cell(table, layout, (row, column), span, out),
        }
    }
    if !above.is_empty() {
        let names = above.iter().map(|&at| inline(table.columns()[at].title()));
        let names = names.collect::<Vec<_>>().join(" · ");
        let _ = write!(out, "<td class=\"again\">As above: {names}</td>");
    }
    out.push_str("</tr>\n");
}

/// What is known of a table's columns before its cells are written.
struct ColumnLayout {
    /// The column whose cells name their rows, the first or the second.
    names: Option<usize>,
    /// Of each column, the classes of its cells.
    classes: Vec<String>,
    /// Of each column, what it is called on a row's card, as an attribute.
    labels: Vec<String>,
    /// Of each column, the greatest whole of its bars.
    longest: Vec<usize>,
}

impl ColumnLayout {
    fn for_table(table: &Table) -> ColumnLayout {
        let columns = 0..table.columns().len();
        ColumnLayout {
            names: columns.clone().take(2).find(|&at| names_rows(table, at)),
            classes: columns.clone().map(|at| column_class(table, at)).collect(),
            labels: columns.clone().map(|at| label(table, at)).collect(),
            longest: columns.map(|at| longest(table, at)).collect(),
        }
    }

    fn table_class(table: &Table) -> String {
        let kind = match table.columns().len() {
            _ if is_wide(table) => "cards wide",
            count if count > SIDE_BY_SIDE => "cards",
            _ => "small",
        };
        let many = if table.columns().len() >= MANY {
            " many"
        } else {
            ""
        };
        let merged = if is_merged(table) { " merged" } else { "" };
        format!("{kind}{many}{merged}")
    }
}

/// Whether every cell of a column is a short text of its own, so that it can name its row.
fn names_rows(table: &Table, column: usize) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    let fits = |cell: &Cell| match cell {
        Cell::Text(piece) => !piece.text.trim().is_empty() && seen.insert(piece.text.clone()),
        _ => false,
    };
    let left = table.columns()[column].align == Align::Left;
    left && !table.rows().is_empty() && table.rows().iter().map(|row| &row[column]).all(fits)
}

fn column_class(table: &Table, at: usize) -> String {
    let column = &table.columns()[at];
    let cells = || table.rows().iter().map(|row| &row[at]);
    let length = |cell: &Cell| cell.words().chars().count();
    let longest_word = |cell: &Cell| {
        let words = cell.words();
        let words = words.split_whitespace().map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let breaks = cells().any(|cell| longest_word(cell) > KEPT_WHOLE);
    let kind = match column {
        column if column.align == Align::Right => "fig",
        column if column.wraps && column.keeps >= 40 => "running",
        column if column.wraps && cells().all(|cell| length(cell) <= KEPT_WHOLE) => "words brief",
        column if column.wraps => "words",
        _ if cells().all(|cell| length(cell) <= KEPT_WHOLE) => "short",
        _ => "words",
    };
    let breaks = if breaks { " breaks" } else { "" };
    format!("{kind}{breaks}")
}

fn longest(table: &Table, at: usize) -> usize {
    let whole = |row: &Vec<Cell>| match &row[at] {
        Cell::Bar(parts) => parts.iter().map(|(count, _)| count).sum(),
        _ => 0,
    };
    table.rows().iter().map(whole).max().unwrap_or(0)
}

/// A column's heading. One of counts of a rating has the rating's word and shape; one without a
/// heading says what it holds to those who hear the page.
fn heading(table: &Table, layout: &ColumnLayout, at: usize, column: &Column) -> String {
    let words = match counted(table, at) {
        Some((tone, word)) => format!("{}<span class=\"word\">{word}</span>", shape(tone)),
        None if column.heading.is_empty() => {
            format!("<span class=\"unseen\">{}</span>", inline(column.title()))
        }
        None => inline(column.title()),
    };
    format!(
        "<th scope=\"col\" class=\"{}\">{words}</th>",
        layout.classes[at]
    )
}

/// The rating that a column counts, if it is headed by nothing but a letter.
fn counted(table: &Table, at: usize) -> Option<(Tone, &'static str)> {
    let mut tones = table.rows().iter().map(|row| match row[at] {
        Cell::Tally(_, tone) => Some(tone),
        _ => None,
    });
    let tone = tones.next()??;
    let alone = tones.all(|other| other == Some(tone));
    let letter = table.columns()[at].heading.chars().count() == 1;
    let word = rating(tone)?;
    (alone && letter).then_some((tone, word))
}

/// What a column is called on a row's card; nothing for one without a heading.
fn label(table: &Table, at: usize) -> String {
    let words = match counted(table, at) {
        Some((_, word)) => word.to_owned(),
        None if table.columns()[at].heading.is_empty() => String::new(),
        None => inline(table.columns()[at].title()),
    };
    match words.as_str() {
        "" => words,
        _ => format!(" data-label=\"{}\"", sentence(&words)),
    }
}

/// A text with a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A cell that stands for so many rows.
fn cell(
    table: &Table,
    layout: &ColumnLayout,
    (row, at): (usize, usize),
    span: usize,
    out: &mut String,
) {
    let cell = table.cell(row, at);
    let (opens, closes) = match layout.names {
        Some(names) if names == at => ("<th scope=\"row\"", "</th>"),
        _ => ("<td", "</td>"),
    };
    let _ = write!(out, "{opens} class=\"{}", layout.classes[at]);
    add_classes(cell, out);
    out.push('"');
    if span > 1 {
        let _ = write!(out, " rowspan=\"{span}\"");
    }
    out.push_str(&layout.labels[at]);
    out.push('>');
    out.push_str(&content(cell, layout.longest[at]));
    out.push_str(closes);
}

/// Adds the classes that a cell has besides its column's.
fn add_classes(cell: &Cell, out: &mut String) {
    match cell {
        Cell::Empty | Cell::Above => out.push_str(" empty"),
        Cell::Text(piece) if piece.text.trim().is_empty() => out.push_str(" empty"),
        Cell::Tally(0, _) => out.push_str(" none"),
        Cell::Tally(_, tone) => {
            if let Some(tone) = class(*tone) {
                let _ = write!(out, " tally {tone}");
            }
        }
        _ => {}
    }
}

fn content(cell: &Cell, longest: usize) -> String {
    match cell {
        Cell::Text(piece) => flow(std::slice::from_ref(piece)),
        Cell::Rating(tone, word) => pill(*tone, word),
        Cell::Date(day) => format!("<time datetime=\"{day}\">{}</time>", day.short()),
        Cell::Bar(parts) => bar(parts, longest),
        Cell::Trend(values) => trend(values),
        Cell::Tally(..) | Cell::Count(_) | Cell::Number(_) | Cell::Value(..) => {
            cell.words().into_owned()
        }
        Cell::Above | Cell::Empty => String::new(),
    }
}
