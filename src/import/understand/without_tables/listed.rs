//! Lists whose lines are actions: those below "We will:", and those whose lines end with who is to do it and
//! by when, "(Library team, by May 2017)".

use super::super::columns::is_timescale;
use super::super::fields::Field;
use super::super::headings;
use super::{Made, Record, blank, paragraph, table_of};
use crate::import::blocks::{Block, Cell, Place};

/// The blocks with a table for each list of actions. None where no list is one.
pub fn make_tables(blocks: &[Block]) -> Option<Made> {
    let mut made = Made::default();
    let mut found = false;
    for block in blocks {
        let Block::Paragraph(piece) = block else {
            made.blocks.push(block.clone());
            continue;
        };
        let (before, items) = items(&piece.text);
        let announced = if before.is_empty() {
            made.blocks.last().is_some_and(announces_list)
        } else {
            announces(&before)
        };
        let rows: Vec<Row> = items.iter().map(|item| Row::read(item)).collect();
        let told = rows.iter().filter(|row| row.is_told()).count();
        if rows.is_empty() || !(announced || told * 2 > rows.len()) {
            made.blocks.push(block.clone());
            continue;
        }
        found = true;
        if announced {
            made.leave_announcement(before, &piece.place);
        } else if !before.is_empty() {
            made.blocks.push(paragraph(&piece.place, &before));
        }
        let records = rows.into_iter().map(|row| row.record(&piece.place));
        made.blocks.push(Block::Table(table_of(records.collect())));
    }
    found.then_some(made)
}

impl Made {
    /// What says that actions follow is no part of them: the first words of the list's paragraph, else the
    /// block above it.
    fn leave_announcement(&mut self, before: String, place: &Place) {
        let (place, words) = if before.is_empty() {
            match self.blocks.pop() {
                Some(Block::Heading(_, piece) | Block::Paragraph(piece)) => {
                    (piece.place, piece.text)
                }
                _ => return,
            }
        } else {
            (place.clone(), before)
        };
        let why = "it says that a list of actions follows";
        self.left.push((place, words, why.into()));
    }
}

/// Whether what stands right above a list says that actions follow, and nothing else.
fn announces_list(above: &Block) -> bool {
    match above {
        Block::Heading(_, piece) => announces(&piece.text),
        Block::Paragraph(piece) => !piece.text.contains('\n') && announces(&piece.text),
        Block::Table(_) => false,
    }
}

/// Whether words are a heading of actions: "We will", "What we will do", "Key actions".
fn announces(words: &str) -> bool {
    let words = words.trim_end_matches([':', '…', '.']);
    let field = headings::named(words).filter(|named| named.sure);
    field.is_some_and(|named| named.field == Field::Action) || is_promise(words)
}

/// "We will" and the like at the end of a sentence that the list finishes.
fn is_promise(words: &str) -> bool {
    let lower = words.to_lowercase();
    let ends = [
        "we will",
        "the board will",
        "the partnership will",
        "partners will",
        "we will do",
        "we are going to",
        "we plan to",
        "we aim to",
    ];
    ends.iter().any(|end| lower.ends_with(end))
}

/// What stands before a list in its paragraph, and the list's items with what belongs to each.
fn items(text: &str) -> (String, Vec<String>) {
    let mut before = String::new();
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.to_owned()),
            (None, Some(item)) => {
                item.push('\n');
                item.push_str(line);
            }
            (None, None) => {
                before.push_str(line);
                before.push('\n');
            }
        }
    }
    for words in items.iter_mut().chain([&mut before]) {
        words.truncate(words.trim_end().len());
    }
    (before, items)
}

/// An action as a line says it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    action: String,
    who: String,
    when: String,
}

impl Row {
    fn read(item: &str) -> Row {
        bracketed(item)
            .or_else(|| by_a_day(item))
            .unwrap_or_else(|| Row {
                action: item.to_owned(),
                ..Row::default()
            })
    }

    /// Whether it says by when, or who.
    fn is_told(&self) -> bool {
        !self.who.is_empty() || !self.when.is_empty()
    }

    fn record(self, place: &Place) -> Record {
        let cell = |label: &str, text: String| {
            (
                label.to_owned(),
                Cell {
                    text,
                    ..blank(place)
                },
            )
        };
        Record {
            cells: vec![
                cell("Action", self.action),
                cell("Lead", self.who),
                cell("By when", self.when),
            ],
        }
    }
}

/// "Mend the shelf (Library team, by May 2017)": a bracket at the end that holds a timescale or a label.
fn bracketed(item: &str) -> Option<Row> {
    let inside = item.trim_end_matches('.').strip_suffix(')')?;
    let (action, inside) = inside.rsplit_once(" (")?;
    let mut row = Row {
        action: action.trim_end().to_owned(),
        ..Row::default()
    };
    let mut told = false;
    for part in inside.split([';', ',']).map(str::trim) {
        let (label, value) = part.split_once(':').unwrap_or(("", part));
        let field = headings::named(label).filter(|named| named.sure);
        let field = field.map(|named| named.field);
        let day = without_by(value);
        if field == Some(Field::Timescale) || (field.is_none() && is_timescale(day)) {
            row.when = day.to_owned();
            told = true;
            continue;
        }
        told |= matches!(field, Some(Field::Responsibility | Field::Lead));
        if field.is_none() && !label.is_empty() {
            return None;
        }
        if !row.who.is_empty() {
            row.who.push_str("; ");
        }
        row.who.push_str(value.trim());
    }
    told.then_some(row)
}

/// "Train the volunteers by March 2018": the words stay as they are.
fn by_a_day(item: &str) -> Option<Row> {
    let (_, day) = item.trim_end_matches('.').rsplit_once(" by ")?;
    is_timescale(day).then(|| Row {
        action: item.to_owned(),
        when: day.to_owned(),
        ..Row::default()
    })
}

fn without_by(text: &str) -> &str {
    let text = text.trim();
    ["by ", "By ", "due ", "Due "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_who_and_by_when_at_its_end() {
        let cases = [
            (
                "Mend the shelf (Library team, by May 2017)",
                "Mend the shelf|Library team|May 2017",
            ),
            (
                "Mend the shelf (Lead: Library team; Due: May 2017).",
                "Mend the shelf|Library team|May 2017",
            ),
            ("Mend the shelf (May 2017)", "Mend the shelf||May 2017"),
            (
                "Mend the shelf (Lead: Library team)",
                "Mend the shelf|Library team|",
            ),
            (
                "Mend the shelf (the tall one)",
                "Mend the shelf (the tall one)||",
            ),
            (
                "Mend the shelf by May 2017.",
                "Mend the shelf by May 2017.||May 2017",
            ),
            ("Stand by the shelf", "Stand by the shelf||"),
            ("Mend (all) shelves", "Mend (all) shelves||"),
        ];
        for (item, right) in cases {
            let row = Row::read(item);
            assert_eq!(format!("{}|{}|{}", row.action, row.who, row.when), right);
        }
    }
}
