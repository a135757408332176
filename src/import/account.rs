//! What became of every cell and paragraph of a source: in the YAML, and where, or left out, and why.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use serde::Serialize;

use crate::document::{
    Block as Shown, Cell as ShownCell, Col, Document, Level, plain, running, words,
};
use crate::words::{is_one_of, letters_only, words_of};

use super::blocks::{Block, Blocks, Cell, Place};

/// The account of a source, one item for each cell that is not blank, each paragraph and heading.
#[derive(Debug, Default)]
pub struct Account {
    items: Vec<SourceItem>,
    pub columns: Vec<ColumnRead>,
    pub notes: Vec<Note>,
    pub counts: ImportCounts,
}

#[derive(Debug)]
struct SourceItem {
    place: Place,
    text: String,
    into: Vec<String>,
    /// Whether its words stand in the files as they are, rather than what they mean.
    word_for_word: bool,
    left: Option<String>,
}

/// A column of the source, and the field that it was read as.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct ColumnRead {
    /// Its table or sheet.
    pub table: String,
    pub column: String,
    /// None where it is left out.
    pub field: Option<&'static str>,
    /// Why, where its heading alone does not say so surely.
    pub guess: Option<String>,
}

/// Something that a reader of the report should know, though nothing was left out for it.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Note {
    pub place: String,
    pub note: String,
}

/// The figures of an import.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportCounts {
    pub tables: usize,
    pub rows: usize,
    pub cells: usize,
    pub priorities: usize,
    pub objectives: usize,
    pub actions: usize,
    pub timescales: usize,
    pub timescales_read: usize,
    pub groups: usize,
    pub entries: usize,
    pub left_out: usize,
}

/// What an import makes: the files, and the account of the source.
#[derive(Debug)]
pub struct Imported {
    /// The board's files, by their paths from its folder.
    pub files: Vec<(PathBuf, String)>,
    pub report: Report,
}

/// The report of an import: what JSON gets, and what is printed.
#[derive(Debug, Serialize)]
pub struct Report {
    pub source: String,
    pub files: Vec<String>,
    pub counts: ImportCounts,
    /// What each column was read as.
    pub columns: Vec<ColumnRead>,
    pub left_out: Vec<LeftOut>,
    pub notes: Vec<Note>,
    /// Every cell and paragraph of the source, in its order, with where it went.
    pub cells: Vec<Went>,
}

#[derive(Debug, Serialize)]
pub struct LeftOut {
    pub place: String,
    pub text: String,
    pub why: String,
}

#[derive(Debug, Serialize)]
pub struct Went {
    pub place: String,
    pub text: String,
    pub into: Vec<String>,
}

impl Account {
    /// Opens the account: numbers everything that the source says.
    pub fn open(blocks: &mut Blocks) -> Account {
        let mut account = Account::default();
        // Number 0 stands for what is blank.
        account.item(&Place::Part("".into()), "");
        for block in &mut blocks.blocks {
            match block {
                Block::Heading(_, piece) | Block::Paragraph(piece) => {
                    piece.item = account.item(&piece.place, &piece.text);
                }
                Block::Table(table) => {
                    let cells = table.rows.iter_mut().flatten();
                    for cell in cells {
                        account.enter(cell);
                    }
                }
            }
        }
        for (place, note) in &blocks.notes {
            account.notes.push(Note {
                place: place.to_string(),
                note: note.clone(),
            });
        }
        let texts = blocks.blocks.iter().filter_map(|block| match block {
            Block::Heading(_, piece) | Block::Paragraph(piece) => Some(letters_only(&piece.text)),
            Block::Table(_) => None,
        });
        let said: BTreeSet<String> = texts.collect();
        let furniture = blocks.furniture.iter();
        for (place, text) in furniture.filter(|(_, text)| !said.contains(&letters_only(text))) {
            account.notes.push(Note {
                place: place.to_string(),
                note: format!("not imported, as it belongs to the pages: {text}"),
            });
        }
        for (place, text, why) in &blocks.left {
            let item = account.item(place, text);
            account.leave(item, why);
        }
        account
    }

    /// Enters a cell: its words, and what stands in it and is not taken for them.
    fn enter(&mut self, cell: &mut Cell) {
        if !cell.text.is_empty() {
            self.counts.cells += 1;
            cell.item = self.item(&cell.place, &cell.text);
        }
        for aside in &cell.asides {
            let item = self.item(&cell.place, &aside.words);
            self.leave(item, aside.why.to_string());
        }
        match &cell.unreadable {
            Some(why) if cell.text.is_empty() => {
                let item = self.item(&cell.place, "");
                self.leave(item, why.to_string());
            }
            Some(why) => self.note(cell.item, why.to_string()),
            None => {}
        }
    }

    fn item(&mut self, place: &Place, text: &str) -> usize {
        self.items.push(SourceItem {
            place: place.clone(),
            text: text.to_owned(),
            into: Vec::new(),
            word_for_word: false,
            left: None,
        });
        self.items.len() - 1
    }

    /// A cell or paragraph stands in the YAML word for word, there.
    pub fn put(&mut self, item: usize, into: impl Into<String>) {
        self.read_as(item, into);
        self.items[item].word_for_word = true;
    }

    /// What a cell or paragraph means stands in the YAML: a rating for its letter, a day for its figures.
    pub fn read_as(&mut self, item: usize, into: impl Into<String>) {
        let into = into.into();
        if item > 0 && !self.items[item].into.contains(&into) {
            self.items[item].into.push(into);
        }
    }

    /// A cell or paragraph is left out, for this reason; also where a part of it is.
    pub fn leave(&mut self, item: usize, why: impl Into<String>) {
        if item > 0 {
            self.items[item].left = Some(why.into());
        }
    }

    /// Takes back that the head of the pages was not imported, where the plan's title is read from it.
    pub fn take_title(&mut self, place: &Place, text: &str, title: &str) {
        let place = place.to_string();
        self.notes
            .retain(|note| note.place != place || text != title);
        self.note_at(
            place,
            format!("the plan is called \"{title}\", as its pages are"),
        );
    }

    pub fn is_placed(&self, item: usize) -> bool {
        item == 0 || !self.items[item].into.is_empty() || self.items[item].left.is_some()
    }

    pub fn place(&self, item: usize) -> String {
        self.items[item].place.to_string()
    }

    /// Says something about a cell or a paragraph.
    pub fn note(&mut self, item: usize, note: impl Into<String>) {
        self.note_at(self.place(item), note);
    }

    /// Says something about a place of the source.
    pub fn note_at(&mut self, place: String, note: impl Into<String>) {
        let note = Note {
            place,
            note: note.into(),
        };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Closes the account: what nobody placed is left out, and said to be; and so is what was to stand
    /// in the files word for word and does not. `written` are the words of the files.
    pub fn report(
        mut self,
        source: &str,
        files: Vec<String>,
        written: &BTreeSet<String>,
    ) -> Report {
        for item in self.items.iter_mut().skip(1) {
            if item.into.is_empty() && item.left.is_none() {
                let why_not = "it stands in no table of actions, and is no text around one";
                item.left = Some(why_not.into());
            } else if item.word_for_word && item.left.is_none() {
                let mut lost = small_words(&item.text);
                lost.retain(|word| !written.contains(word) && !is_label(word));
                if !lost.is_empty() {
                    item.left = Some(format!("not all of it could be kept: {}", lost.join(", ")));
                }
            }
        }
        let items = self.items.iter().skip(1);
        let left_out: Vec<LeftOut> = items
            .clone()
            .filter_map(|item| {
                Some(LeftOut {
                    place: item.place.to_string(),
                    text: item.text.clone(),
                    why: item.left.clone()?,
                })
            })
            .collect();
        self.counts.left_out = left_out.len();
        let cells = items.filter(|item| item.left.is_none());
        Report {
            source: source.to_owned(),
            files,
            counts: self.counts,
            columns: self.columns,
            left_out,
            notes: self.notes,
            cells: cells
                .map(|item| Went {
                    place: item.place.to_string(),
                    text: item.text.clone(),
                    into: item.into.clone(),
                })
                .collect(),
        }
    }
}

/// The words of a text in small letters.
pub fn small_words(text: &str) -> Vec<String> {
    words_of(text).map(str::to_lowercase).collect()
}

/// Words that only say what the text beside them is, which its place in the files says: "Priority Two:".
fn is_label(word: &str) -> bool {
    const LABELS: &str = "priority strategic key objective aim goal outcome theme pledge ambition pillar \
        strand domain commitment principle indicator standard high level stretch one two three four five six \
        seven eight nine ten eleven twelve";
    is_one_of(word, LABELS)
}

/// Lays the report out: the columns, what was written, the figures, what was left out, what should be looked at.
pub fn lay_out(report: &Report, document: &mut Document) {
    let counts = &report.counts;
    let facts = [
        ("tables", counts.tables.to_string()),
        ("rows", counts.rows.to_string()),
        ("priorities", counts.priorities.to_string()),
        ("objectives", counts.objectives.to_string()),
        ("actions", counts.actions.to_string()),
        (
            "timescales read",
            format!("{} of {}", counts.timescales_read, counts.timescales),
        ),
        ("owners found", counts.groups.to_string()),
        ("entries", counts.entries.to_string()),
        (
            "cells left out",
            format!(
                "{} of {}",
                counts.left_out,
                report.cells.len() + report.left_out.len()
            ),
        ),
    ];
    let title = format!("Import of {}", report.source);
    document.blocks.push(Shown::Title(title, String::new()));
    let facts = facts
        .into_iter()
        .map(|(name, figure)| (name.to_owned(), plain(figure)));
    lay_out_columns(report, document);
    document.blocks.push(Shown::Facts(facts.collect()));
    if !report.left_out.is_empty() {
        document.heading(Level::Section, "LEFT OUT", "");
        document.table(LEFT_OUT, by_reason(&report.left_out));
    }
    if !report.notes.is_empty() {
        document.heading(Level::Section, "TO LOOK AT", "");
        document.table(NOTES, &report.notes);
    }
}

/// What was left out with one line for each column or sheet of which several cells were, for one reason.
fn by_reason(left_out: &[LeftOut]) -> Vec<LeftOut> {
    let mut found: Vec<Vec<&LeftOut>> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    for left in left_out {
        let alike = (left.why.as_str(), table_of(&left.place));
        let at = *places.entry(alike).or_insert(found.len());
        if at == found.len() {
            found.push(Vec::new());
        }
        found[at].push(left);
    }
    let line = |alike: Vec<&LeftOut>| {
        let texts: Vec<&str> = alike.iter().map(|left| left.text.as_str()).collect();
        let first = &alike[0].place;
        let places: Vec<&str> = alike
            .iter()
            .skip(1)
            .map(|left| without_table(&left.place))
            .collect();
        LeftOut {
            place: match places.as_slice() {
                [.., last] if places.len() > 2 => format!("{first} to {last}"),
                few => [&[first.as_str()], few].concat().join(", "),
            },
            text: texts.join(" · "),
            why: alike[0].why.clone(),
        }
    };
    found.into_iter().map(line).collect()
}

/// The table, the sheet or the text that a place is in.
fn table_of(place: &str) -> &str {
    match place.split_once('!') {
        Some((sheet, _)) => sheet,
        None if place.starts_with("table") => place.split(',').next().unwrap_or_default(),
        None => place.split(' ').next().unwrap_or_default(),
    }
}

/// A place without the table or the sheet that it is in.
fn without_table(place: &str) -> &str {
    match place.split_once('!') {
        Some((_, cell)) => cell,
        None if place.starts_with("table") => {
            place.split_once(", ").map_or(place, |(_, cell)| cell)
        }
        None => place,
    }
}

/// Which column was read as which field: a wrong reading is seen here first.
fn lay_out_columns(report: &Report, document: &mut Document) {
    if !report.columns.is_empty() {
        document.heading(Level::Section, "COLUMNS", "");
        document.table(COLUMNS, &report.columns);
    }
}

const COLUMNS: &[Col<ColumnRead>] = &[
    words("table", |read| ShownCell::text(&read.table)),
    words("column", |read| ShownCell::text(&read.column)),
    running("read as", |read| {
        ShownCell::text(match (read.field, &read.guess) {
            (None, _) => "left out".to_owned(),
            (Some(field), None) => field.to_owned(),
            (Some(field), Some(why)) => format!("{field}? {why}"),
        })
    }),
];

const LEFT_OUT: &[Col<LeftOut>] = &[
    words("where", |left| ShownCell::text(&left.place)),
    running("text", |left| ShownCell::text(&left.text)),
    words("why", |left| ShownCell::text(&left.why)),
];

const NOTES: &[Col<Note>] = &[
    words("where", |note| ShownCell::text(&note.place)),
    running("what", |note| ShownCell::text(&note.note)),
];
