//! Lines that begin with labels: "Action: Mend the shelf", "Lead: Library team".

use super::super::fields::Field;
use super::super::headings::numbered_label;
use super::super::ids;
use super::{LabelledCell, LabelledLine, Made, paragraph, records, table_of, tells};
use crate::import::blocks::{Block, Piece, Place};
use crate::words::is_one_of;

/// The blocks with a table for each part whose lines are labelled. None where no line says what is to be
/// done and another by whom or by when.
pub fn make_tables(blocks: &[Block]) -> Option<Made> {
    let mut reader = LabelReader::default();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(piece) if is_part(&piece.text) && !is_answered(blocks.get(at + 1)) => {
                reader.part_begins(block);
            }
            Block::Paragraph(piece) => reader.lines(piece),
            // A paragraph in bold may be a label.
            Block::Heading(9, piece) if only_label(&piece.text, &piece.place).is_some() => {
                reader.lines(piece);
            }
            Block::Heading(_, piece) if labels_action(piece) => reader.lines(piece),
            Block::Heading(..) | Block::Table(_) => reader.part_begins(block),
        }
    }
    reader.end_part();
    reader.is_plan.then_some(Made {
        blocks: reader.made,
        first: reader.first,
        ..Made::default()
    })
}

/// Whether a paragraph is a heading over actions: "Priority 2: Neglect".
fn is_part(text: &str) -> bool {
    !text.contains('\n') && ids::after_priority(text).is_some()
}

/// Whether what follows a recommendation says with a label what was done: "Response: …".
fn is_answered(next: Option<&Block>) -> bool {
    let Some(Block::Paragraph(piece)) = next else {
        return false;
    };
    let field = labelled(&piece.text, &piece.place).and_then(|line| line.labelled.field);
    field.is_some_and(Field::is_progress)
}

/// Whether a heading is the first line of an action, or one of its lines.
fn labels_action(Piece { text, place, .. }: &Piece) -> bool {
    let field = labelled(text, place).and_then(|line| line.labelled.field);
    !is_part(text) && field.is_some_and(|field| !field.is_group())
}

impl LabelledLine {
    /// Whether it is the heading of a part by its number: "Outcome 08: Health and Safety", "Regulation 23: Governance".
    fn begins_part(&self) -> bool {
        if let (None, Some((name, number))) =
            (self.labelled.field, self.labelled.label.rsplit_once(' '))
        {
            return is_one_of(&name.to_lowercase(), "regulation standard section domain")
                && number.bytes().all(|b| b.is_ascii_digit());
        }
        let is_part = |field| matches!(field, Field::Priority | Field::Theme | Field::Outcomes);
        self.number.is_some() && self.labelled.field.is_some_and(is_part)
    }
}

#[derive(Default)]
struct LabelReader {
    made: Vec<Block>,
    first: Option<Place>,
    /// The labelled lines of the part so far.
    lines: Vec<LabelledLine>,
    /// Who the words over an action say is to answer for it.
    who: Option<LabelledLine>,
    /// Which of the blocks is the heading of this part, where it may be the name of an action.
    heading: Option<usize>,
    /// Whether an action was found with the one who is to do it, or with a day.
    is_plan: bool,
}

impl LabelReader {
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
        if let Some(line) = only_label(&piece.text, &piece.place) {
            self.lines.push(line);
            return;
        }
        let each = piece
            .text
            .lines()
            .flat_map(|text| several(text, &piece.place));
        let has_labels = each.into_iter().any(|line| line.labelled.field.is_some());
        let is_open = |line: &LabelledLine| line.labelled.cell.text.is_empty();
        let mut goes_on = !has_labels && self.lines.last().is_some_and(is_open);
        let mut loose = String::new();
        for text in piece.text.lines().filter(|text| !text.trim().is_empty()) {
            let found = several(text, &piece.place);
            let known = found.iter().any(|line| line.labelled.field.is_some());
            if let [line] = found.as_slice()
                && line.begins_part()
            {
                if !loose.is_empty() {
                    self.made
                        .push(paragraph(&piece.place, &std::mem::take(&mut loose)));
                }
                let heading = Piece::new(piece.place.clone(), text.to_owned());
                self.part_begins(&Block::Heading(2, heading));
                goes_on = false;
                continue;
            }
            if !found.is_empty() && (goes_on || known) {
                let title = std::mem::take(&mut loose);
                if is_of_action(&found) && !title.is_empty() && !goes_on {
                    self.lines.push(titled(&piece.place, &title));
                } else {
                    loose = title;
                }
                goes_on = true;
                let says_what = found
                    .iter()
                    .any(|line| line.labelled.field == Some(Field::Action));
                self.lines.extend(found);
                self.lines.extend(self.who.take().filter(|_| says_what));
                continue;
            }
            let above = self.lines.last_mut().filter(|_| goes_on);
            let words = above.map_or(&mut loose, |line| &mut line.labelled.cell.text);
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(text);
        }
        if !loose.is_empty() {
            self.who = who_fails(&loose, &piece.place).or(self.who.take());
            self.made.push(paragraph(&piece.place, &loose));
        }
    }

    /// Makes a table of the part's lines. What stands before the first that says what is to be done is of
    /// the part itself, and stays as it is.
    fn end_part(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let says_what = |line: &LabelledLine| line.labelled.field.is_some_and(Field::is_text);
        if !lines.iter().any(says_what) && is_of_action(&lines) {
            lines.splice(..0, self.title());
        }
        let first = lines.iter().position(says_what).unwrap_or(lines.len());
        // The theme of each action stands over it.
        let groups = |line: &LabelledLine| line.labelled.field.is_some_and(Field::is_group);
        let begins = lines[..first].iter().rposition(|line| !groups(line));
        let again = |begins: usize| {
            lines.get(begins).is_some_and(|line| {
                lines[first..]
                    .iter()
                    .any(|other| other.labelled.is_labelled_as(&line.labelled.label))
            })
        };
        let begins = Some(begins.map_or(0, |last| last + 1))
            .filter(|begins| again(*begins))
            .unwrap_or(first);
        for LabelledLine { labelled, .. } in lines.drain(..begins) {
            let text = format!("{}: {}", labelled.label, labelled.cell.text);
            self.made.push(paragraph(&labelled.cell.place, &text));
        }
        if lines.is_empty() {
            return;
        }
        self.is_plan |= is_of_action(&lines) || are_answered(&lines);
        self.first
            .get_or_insert_with(|| lines[0].labelled.cell.place.clone());
        self.made.push(Block::Table(table_of(records(lines))));
    }

    /// The heading over labels that do not say what is to be done says it.
    fn title(&mut self) -> Option<LabelledLine> {
        let Block::Heading(_, piece) = self.made.remove(self.heading.take()?) else {
            return None;
        };
        Some(titled(&piece.place, &piece.text))
    }
}

/// Who is to answer for the action that follows, as inspectors say it: "The Registered Provider is failing to comply
/// with …".
fn who_fails(text: &str, place: &Place) -> Option<LabelledLine> {
    let fails = [" is failing to comply ", " has failed to comply "];
    let (who, _) = fails.iter().find_map(|fails| text.split_once(fails))?;
    let who = who.strip_prefix("The ").unwrap_or(who);
    (who.split_whitespace().count() <= 6).then(|| LabelledLine {
        labelled: LabelledCell::new("Responsible", place, who.to_owned()),
        number: None,
    })
}

/// Words without a label that say what is to be done.
fn titled(place: &Place, words: &str) -> LabelledLine {
    let words = words.strip_prefix("- ").unwrap_or(words);
    LabelledLine {
        labelled: LabelledCell::new("Action", place, words.to_owned()),
        number: None,
    }
}

/// Whether several are numbered, and what was done is said of several.
fn are_answered(lines: &[LabelledLine]) -> bool {
    let numbered = lines.iter().filter(|line| line.number.is_some());
    let progress = |line: &&LabelledLine| line.labelled.field.is_some_and(Field::is_progress);
    numbered.count() > 1 && lines.iter().filter(progress).count() > 1
}

fn is_of_action(lines: &[LabelledLine]) -> bool {
    tells(lines.iter().map(|line| line.labelled.field))
}

/// The labelled lines of one line: "Lead: Library team | By when: May 2017". None where it has no label.
fn several(text: &str, place: &Place) -> Vec<LabelledLine> {
    let text = text.trim_start();
    let text = text.strip_prefix("- ").unwrap_or(text);
    for mark in [" | ", "; "] {
        let parts: Option<Vec<LabelledLine>> =
            text.split(mark).map(|part| labelled(part, place)).collect();
        let known =
            |parts: &Vec<LabelledLine>| parts.iter().all(|line| line.labelled.field.is_some());
        if let Some(parts) = parts.filter(|parts| parts.len() > 1 && known(parts)) {
            return parts;
        }
    }
    labelled(text, place).into_iter().collect()
}

/// The most characters of a label.
const LABEL: usize = 60;

/// A paragraph that is only the name of a field, "Action taken": what it says stands in the next.
fn only_label(text: &str, place: &Place) -> Option<LabelledLine> {
    let labelled = LabelledCell::new(text, place, String::new());
    let signs = [':', '–', '-', '\n', '(', ','];
    let is_short = (2..=4).contains(&text.split_whitespace().count()) && !text.contains(signs);
    let is_label = |field: Field| {
        field.is_progress()
            || field.says_who_or_when()
            || matches!(field, Field::Measure | Field::Evidence)
    };
    let is_label = is_short && labelled.field.is_some_and(is_label);
    is_label.then_some(LabelledLine {
        labelled,
        number: None,
    })
}

/// A line that begins with a label: words that begin with a capital, and a colon behind them; of known labels
/// also a dash.
fn labelled(text: &str, place: &Place) -> Option<LabelledLine> {
    let colon = text.split_once(':');
    let (label, value) = colon.or_else(|| text.split_once(" – "))?;
    let (label, number) = numbered_label(label);
    let labelled = LabelledCell::new(&label, place, value.trim().to_owned());
    // "Please state the actions you have taken or are planning to take"
    let (longest, most) = if labelled.field.is_some() {
        (80, 14)
    } else {
        (LABEL, 8)
    };
    let shaped = label.chars().count() <= longest
        && label.split_whitespace().count() <= most
        && label.starts_with(char::is_uppercase)
        && !value.starts_with("//");
    (shaped && (colon.is_some() || labelled.field.is_some()))
        .then_some(LabelledLine { labelled, number })
}
