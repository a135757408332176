//! Lines that begin with labels: "Action: Mend the shelf", "Lead: Library team".

use super::super::fields::Field;
use super::super::prepare::numbered_label;
use super::super::{headings, ids};
use super::{Made, Record, paragraph, table_of};
use crate::import::blocks::{Block, Cell, Piece, Place};

/// The blocks with a table for each part whose lines are labelled. None where no line says what is to be
/// done and another by whom or by when.
pub fn make_tables(blocks: &[Block]) -> Option<Made> {
    let mut reader = Reader::default();
    for block in blocks {
        match block {
            Block::Paragraph(piece) if is_part(&piece.text) => reader.part_begins(block),
            Block::Paragraph(piece) => reader.lines(piece),
            Block::Heading(_, piece) if labels_action(&piece.text) => reader.lines(piece),
            Block::Heading(..) | Block::Table(_) => reader.part_begins(block),
        }
    }
    reader.end_part();
    reader.is_plan.then_some(Made {
        blocks: reader.made,
        left: Vec::new(),
    })
}

/// Whether a paragraph is a heading over actions: "Priority 2: Neglect".
fn is_part(text: &str) -> bool {
    !text.contains('\n') && ids::after_priority(text).is_some()
}

/// Whether a heading is the first line of an action, or one of its lines.
fn labels_action(text: &str) -> bool {
    let field = labelled(text).and_then(|line| line.field);
    !is_part(text) && field.is_some_and(|field| !field.is_group())
}

/// A line with its label.
#[derive(Debug)]
struct Labelled {
    place: Place,
    label: String,
    /// What the label names; none where no field takes it.
    field: Option<Field>,
    /// The number that the label bears: "Action 1.1".
    number: Option<String>,
    value: String,
}

#[derive(Default)]
struct Reader {
    made: Vec<Block>,
    /// The labelled lines of the part so far.
    lines: Vec<Labelled>,
    /// Which of the blocks is the heading of this part, where it may be the name of an action.
    heading: Option<usize>,
    /// Whether an action was found with the one who is to do it, or with a day.
    is_plan: bool,
}

impl Reader {
    fn part_begins(&mut self, block: &Block) {
        self.end_part();
        self.heading = match block {
            Block::Heading(_, piece) if !is_part(&piece.text) => Some(self.made.len()),
            _ => None,
        };
        self.made.push(block.clone());
    }

    /// Reads a paragraph: a line without a label goes on with the value above it in the same paragraph, or
    /// with one that is still empty.
    fn lines(&mut self, piece: &Piece) {
        let mut goes_on = self.lines.last().is_some_and(|line| line.value.is_empty());
        let mut loose = String::new();
        for text in piece.text.lines().filter(|text| !text.trim().is_empty()) {
            let found = several(text);
            if !found.is_empty() && (goes_on || found.iter().any(|line| line.field.is_some())) {
                goes_on = true;
                let at_place = |line| Labelled {
                    place: piece.place.clone(),
                    ..line
                };
                self.lines.extend(found.into_iter().map(at_place));
                continue;
            }
            let above = self.lines.last_mut().filter(|_| goes_on);
            let words = above.map_or(&mut loose, |line| &mut line.value);
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(text);
        }
        if !loose.is_empty() {
            self.made.push(paragraph(&piece.place, &loose));
        }
    }

    /// Makes a table of the part's lines. What stands before the first that says what is to be done is of
    /// the part itself, and stays as it is.
    fn end_part(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let says_what = |line: &Labelled| line.field.is_some_and(Field::is_text);
        if !lines.iter().any(says_what) && is_of_action(&lines) {
            lines.splice(..0, self.title());
        }
        let begins = lines.iter().position(says_what).unwrap_or(lines.len());
        for line in lines.drain(..begins) {
            let text = format!("{}: {}", line.label, line.value);
            self.made.push(paragraph(&line.place, &text));
        }
        if lines.is_empty() {
            return;
        }
        self.is_plan |= is_of_action(&lines);
        self.made.push(Block::Table(table_of(records(lines))));
    }

    /// The heading over labels that do not say what is to be done says it.
    fn title(&mut self) -> Option<Labelled> {
        let Block::Heading(_, piece) = self.made.remove(self.heading.take()?) else {
            return None;
        };
        Some(Labelled {
            place: piece.place,
            label: "Action".into(),
            field: Some(Field::Action),
            number: None,
            value: piece.text,
        })
    }
}

/// Whether lines say by whom or by when.
fn is_of_action(lines: &[Labelled]) -> bool {
    let of_action = [Field::Responsibility, Field::Lead, Field::Timescale];
    let field = |line: &Labelled| line.field.is_some_and(|field| of_action.contains(&field));
    lines.iter().any(field)
}

/// The lines by actions: one begins where a label that says what is to be done comes again.
fn records(lines: Vec<Labelled>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in lines {
        let text = match line.number {
            Some(number) => format!("{number} {}", line.value),
            None => line.value,
        };
        let says_what = line.field.is_some_and(Field::is_text);
        let Some(record) = records.last_mut() else {
            records.push(Record::begin(line.label, Cell::new(line.place, text)));
            continue;
        };
        match record.cell(&line.label) {
            None => record.cells.push((line.label, Cell::new(line.place, text))),
            Some(_) if says_what => {
                records.push(Record::begin(line.label, Cell::new(line.place, text)))
            }
            Some(cell) => cell.text = format!("{}\n{text}", cell.text),
        }
    }
    records
}

/// The labelled lines of one line: "Lead: Library team | By when: May 2017". None where it has no label.
fn several(text: &str) -> Vec<Labelled> {
    let text = text.trim_start();
    let text = text.strip_prefix("- ").unwrap_or(text);
    for mark in [" | ", "; "] {
        let parts: Vec<Labelled> = text.split(mark).filter_map(labelled).collect();
        let known = parts.iter().all(|line| line.field.is_some());
        if parts.len() > 1 && parts.len() == text.split(mark).count() && known {
            return parts;
        }
    }
    labelled(text).into_iter().collect()
}

/// The most characters of a label.
const LABEL: usize = 60;

/// A line that begins with a label: words that begin with a capital, and a colon behind them; of known labels
/// also a dash.
fn labelled(text: &str) -> Option<Labelled> {
    let cut = |mark| text.split_once(mark);
    let (label, value, sure) = cut(":")
        .map(|(label, value)| (label, value, true))
        .or_else(|| cut(" – ").map(|(label, value)| (label, value, false)))?;
    let (label, number) = numbered_label(label);
    let field = headings::named(&label).filter(|named| named.sure);
    let shaped = label.chars().count() <= LABEL
        && label.split_whitespace().count() <= 8
        && label.starts_with(char::is_uppercase)
        && !value.starts_with("//");
    (shaped && (sure || field.is_some())).then(|| Labelled {
        place: Place::Line(0),
        label,
        field: field.map(|named| named.field),
        number,
        value: value.trim().to_owned(),
    })
}
