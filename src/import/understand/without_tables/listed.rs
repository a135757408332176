//! Lists whose lines are actions: those below "We will:", and those whose lines end with who is to do it and
//! by when, "(Library team, by May 2017)".

use super::super::columns::is_timescale;
use super::super::fields::Field;
use super::super::owners::is_titled;
use super::super::when::begins_with_deadline;
use super::super::{headings, ids};
use super::{LabelledCell, Made, paragraph, table_of, tells};
use crate::import::blocks::{Block, Place};

/// The blocks with a table for each list of actions. None where no list is one.
pub fn make_tables(blocks: &[Block]) -> Option<Made> {
    let mut lists = lists(blocks);
    for list in &mut lists {
        list.is_plan = list.is_announced || list.is_due || list.tell(|row| row.is_told());
    }
    // Where one numbered heading stands over what somebody is to do, the others do as well.
    let is_told = |list: &List| list.is_plan || list.rows.iter().any(ListedAction::is_told);
    if (lists.iter()).any(|list| list.is_numbered && is_told(list)) {
        let numbered = lists.iter_mut().filter(|list| list.is_numbered);
        numbered.for_each(|list| list.is_plan = true);
    }
    make(blocks, lists)
}

/// The same for lists beside tables: only those whose lines name who is to do it, or by when, with labels.
pub fn make_tables_of_labelled(blocks: &[Block]) -> Option<Made> {
    let mut lists = lists(blocks);
    for list in &mut lists {
        list.is_plan = list.tell(|row| row.labelled);
        list.is_announced = false;
    }
    make(blocks, lists)
}

/// A list among a source's blocks.
struct List {
    /// Which block it is.
    block: usize,
    /// What stands before its items in its paragraph.
    before: String,
    rows: Vec<ListedAction>,
    /// Whether the words above it say that actions follow, and nothing else.
    is_announced: bool,
    /// Whether the words above it say by when all of it is to be done.
    is_due: bool,
    /// Whether the heading above it has a number.
    is_numbered: bool,
    /// Whether its items are actions of the plan.
    is_plan: bool,
}

impl List {
    /// Whether most of its items tell.
    fn tell(&self, tells: impl Fn(&ListedAction) -> bool) -> bool {
        self.rows.iter().filter(|row| tells(row)).count() * 2 > self.rows.len()
    }
}

fn lists(blocks: &[Block]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Block::Paragraph(piece) = block else {
            continue;
        };
        let (before, items) = items(&piece.text);
        let above = at.checked_sub(1).map(|above| &blocks[above]);
        // The words right above the items, and whether they may be a title.
        let (words, is_title) = match above {
            _ if !before.is_empty() => (before.as_str(), true),
            Some(Block::Heading(_, piece)) => (piece.text.as_str(), true),
            Some(Block::Paragraph(piece)) if !piece.text.contains('\n') => {
                (piece.text.as_str(), false)
            }
            _ => ("", false),
        };
        if !items.is_empty() {
            lists.push(List {
                block: at,
                is_announced: announces(words),
                is_due: begins_with_deadline(words),
                is_numbered: is_title && is_numbered_heading(words),
                is_plan: false,
                rows: items.iter().map(|item| ListedAction::read(item)).collect(),
                before,
            });
        }
    }
    lists
}

/// The blocks with a table in place of each list of the plan; a list that is none of it is named, where
/// others are.
fn make(blocks: &[Block], lists: Vec<List>) -> Option<Made> {
    let mut made = Made::default();
    let mut lists = lists.into_iter().peekable();
    for (at, block) in blocks.iter().enumerate() {
        let list = lists.next_if(|list| list.block == at);
        let (Some(list), Block::Paragraph(piece)) = (list, block) else {
            made.blocks.push(block.clone());
            continue;
        };
        if !list.is_plan {
            let note = "this list is kept as text, as nothing says that its lines are actions";
            made.notes.push((piece.place.clone(), note.to_owned()));
            made.blocks.push(block.clone());
            continue;
        }
        made.first.get_or_insert_with(|| piece.place.clone());
        if list.is_announced && !list.is_due {
            made.leave_announcement(list.before, &piece.place);
        } else if !list.before.is_empty() {
            let before = paragraph(&piece.place, &list.before);
            made.blocks.push(match before {
                Block::Paragraph(piece) if list.is_numbered => Block::Heading(2, piece),
                other => other,
            });
        }
        let mut rows = numbered(list.rows);
        rows.iter_mut().for_each(ListedAction::tell_end);
        // A table of the plan has a column of days, even an empty one.
        if !rows.iter().any(|row| labels_tell(&row.says)) {
            rows[0].says.push(("By when".into(), String::new()));
        }
        let records = rows.into_iter().map(|row| row.record(&piece.place));
        made.blocks.push(Block::Table(table_of(records.collect())));
    }
    made.first.is_some().then_some(made)
}

/// Whether words are one line that begins with a number, and no sentence: "2. Prepare for the elections".
fn is_numbered_heading(words: &str) -> bool {
    let has_number = ids::leading(words).is_some() || ids::priority(words).0.is_some();
    has_number && !words.contains('\n') && !words.ends_with(['.', ';', ','])
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

/// Whether words are a heading of actions: "We will", "What we will do", "Key actions".
fn announces(words: &str) -> bool {
    let words = words.trim_end_matches([':', '…', '.']);
    headings::sure(words) == Some(Field::Action) || is_promise(words)
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

/// An action as a line says it: its words, and what the line says beside them.
#[derive(Debug, Default, PartialEq, Eq)]
struct ListedAction {
    action: String,
    /// Labels and values.
    says: Vec<(String, String)>,
    /// Whether the labels stand in the line.
    labelled: bool,
}

impl ListedAction {
    fn read(item: &str) -> ListedAction {
        let read = [bracketed, labelled, by_a_day];
        let found = read.into_iter().find_map(|read| read(item));
        found.unwrap_or_else(|| ListedAction {
            action: item.to_owned(),
            ..ListedAction::default()
        })
    }

    /// Whether it says by when, or who.
    fn is_told(&self) -> bool {
        !self.says.is_empty()
    }

    /// Takes what stands at the end of a line that is an action: a person's name in brackets, a day behind a dash.
    fn tell_end(&mut self) {
        if self.is_told() {
            return;
        }
        let line = self.action.trim_end_matches('.');
        let inside = line
            .strip_suffix(')')
            .and_then(|line| line.rsplit_once(" ("));
        let dash = [" – ", " - ", " — "]
            .iter()
            .find_map(|dash| line.rsplit_once(dash));
        let dated = |day: &str| is_timescale(day) && day.contains(|c: char| c.is_ascii_digit());
        let (action, label, said) = match (inside, dash) {
            (Some((action, who)), _) if is_titled(who) => (action, "Lead", who),
            (_, Some((action, day))) if dated(day) => (action, "By when", day),
            _ => return,
        };
        self.says.push((label.to_owned(), said.to_owned()));
        self.action = action.trim_end().to_owned();
    }

    fn record(self, place: &Place) -> Vec<LabelledCell> {
        let action = ("Action".to_owned(), self.action);
        let all = [action].into_iter().chain(self.says);
        all.map(|(label, text)| LabelledCell::new(&label, place, text))
            .collect()
    }
}

/// The rows with the numbers with which all of them begin, "3a Introduce …", as labels of their own.
fn numbered(mut rows: Vec<ListedAction>) -> Vec<ListedAction> {
    let leading = |row: &ListedAction| {
        let (id, rest, _) = ids::leading(&row.action)?;
        (!rest.is_empty()).then(|| (id.to_owned(), rest.to_owned()))
    };
    let found: Option<Vec<(String, String)>> = rows.iter().map(leading).collect();
    for (row, (id, rest)) in rows.iter_mut().zip(found.into_iter().flatten()) {
        row.action = rest;
        row.says.push(("Id".into(), id));
    }
    rows
}

/// Whether one of the labels says by whom or by when something is done.
fn labels_tell(says: &[(String, String)]) -> bool {
    tells(says.iter().map(|(label, _)| headings::sure(label)))
}

/// "Mend the shelf. Lead: Library team. By: May 2017": sentences that begin with labels.
fn labelled(item: &str) -> Option<ListedAction> {
    let mut row = ListedAction {
        labelled: true,
        ..ListedAction::default()
    };
    for part in item
        .split_inclusive([';', '|'])
        .flat_map(|part| part.split_inclusive(". "))
    {
        let words = part.trim_matches(|c: char| c.is_whitespace() || ";|".contains(c));
        let label = words
            .split_once(':')
            .filter(|(label, _)| headings::sure(label).is_some());
        match (label, row.says.last_mut()) {
            (Some((label, value)), _) => {
                let value = value.trim().trim_end_matches('.');
                row.says.push((label.to_owned(), value.to_owned()));
            }
            (None, Some((_, value))) => {
                *value = format!("{value}. {words}");
            }
            (None, None) => row.action.push_str(part),
        }
    }
    row.action
        .truncate(row.action.trim_end_matches([' ', ';', '|']).len());
    (labels_tell(&row.says) && !row.action.is_empty()).then_some(row)
}

/// "Mend the shelf (Library team, by May 2017)": a bracket at the end that holds a timescale or a label.
fn bracketed(item: &str) -> Option<ListedAction> {
    let line = item.trim_end_matches('.');
    let inside = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once(" ("));
    // "Mend the shelf – Library team, by May 2017"
    let dashed = || {
        let cut = [" – ", " - ", " — "]
            .iter()
            .find_map(|dash| line.rsplit_once(dash));
        cut.filter(|(_, who)| who.contains(", by "))
    };
    let (action, inside) = inside.or_else(dashed)?;
    let mut row = ListedAction {
        action: action.trim_end().to_owned(),
        ..ListedAction::default()
    };
    let mut who: Vec<&str> = Vec::new();
    for part in inside.split([';', ',']).map(str::trim) {
        if let Some((label, value)) = part.split_once(':') {
            headings::sure(label)?;
            row.labelled = true;
            row.says
                .push((label.to_owned(), without_by(value).to_owned()));
        } else if is_timescale(without_by(part)) {
            row.says
                .push(("By when".into(), without_by(part).to_owned()));
        } else {
            who.push(part);
        }
    }
    let told = labels_tell(&row.says);
    if !who.is_empty() {
        row.says.insert(0, ("Lead".into(), who.join("; ")));
    }
    told.then_some(row)
}

/// "Train the volunteers by March 2018": the words stay as they are.
fn by_a_day(item: &str) -> Option<ListedAction> {
    let (_, day) = item.trim_end_matches('.').rsplit_once(" by ")?;
    is_timescale(day).then(|| ListedAction {
        action: item.to_owned(),
        says: vec![("By when".into(), day.to_owned())],
        labelled: false,
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
            (
                "Mend the shelf. Then paint it. Lead: Library team. By when: May 2017; Status: Complete",
                "Mend the shelf. Then paint it.|Library team|May 2017",
            ),
            ("Stand by the shelf", "Stand by the shelf||"),
            ("Mend (all) shelves", "Mend (all) shelves||"),
        ];
        for (item, right) in cases {
            let row = ListedAction::read(item);
            let says = |wanted: &str| {
                let mut says = row
                    .says
                    .iter()
                    .filter(|(label, _)| wanted.contains(label.as_str()));
                says.next().map_or("", |(_, value)| value).to_owned()
            };
            let cells = [row.action.clone(), says("Lead"), says("By when, Due")];
            assert_eq!(cells.join("|"), right);
        }
    }
}
