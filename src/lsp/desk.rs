//! What lies on the desk: the texts that are open in the editor, saved or not, and the boards that
//! they belong to, read with these texts in place of the files'.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use lsp_types::Range;

use super::address::{address_of, path_of};
use crate::calendar::Day;
use crate::edit::{self, Patch};
use crate::estate::{Estate, Reading};
use crate::plan::Board;
use crate::source::{FileId, Position, Source, Span};

/// A text that is open in the editor.
pub struct OpenText {
    /// As the editor writes the file's address.
    pub address: String,
    pub source: Source,
}

/// Where a file stands: its estate, and its path from there with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub root: PathBuf,
    pub key: String,
}

impl Home {
    /// The folder straight below the estate in which it lies; empty for the estate's own files.
    pub fn folder(&self) -> &str {
        self.key.split_once('/').map_or("", |(folder, _)| folder)
    }
}

pub struct Desk<'d> {
    /// The folder that the user named for all boards, if any.
    pub plans: Option<PathBuf>,
    /// The day on which a board is judged.
    pub day: &'d dyn Fn(&Board) -> Option<Day>,
    /// By path.
    pub open: BTreeMap<PathBuf, OpenText>,
    /// The board asked about last and its estate, as long as nothing changes.
    current: Option<(PathBuf, Rc<Reading>)>,
    /// By estate and folder, a board when all its files could last be read.
    good: BTreeMap<(PathBuf, String), Rc<Reading>>,
}

impl<'d> Desk<'d> {
    pub fn new(plans: Option<PathBuf>, day: &'d dyn Fn(&Board) -> Option<Day>) -> Desk<'d> {
        Desk {
            plans,
            day,
            open: BTreeMap::new(),
            current: None,
            good: BTreeMap::new(),
        }
    }

    pub fn put(&mut self, path: PathBuf, address: &str, text: String) {
        let name = path.to_string_lossy().into_owned();
        let open = OpenText {
            address: address.to_owned(),
            source: Source::new(name.clone(), name, text),
        };
        self.open.insert(path, open);
        self.forget();
    }

    /// Changes an open text: a part of it, or the whole where no part is named.
    pub fn change(&mut self, path: &Path, range: Option<Range>, text: String) {
        let Some(open) = self.open.get(path) else {
            return;
        };
        let changed = match range {
            None => Some(text),
            Some(range) => {
                let (start, end) = (range.start, range.end);
                let start = open.source.offset_of_utf16(start.line, start.character);
                let end = open.source.offset_of_utf16(end.line, end.character);
                let patch = Patch {
                    range: start..end.max(start),
                    text,
                };
                edit::apply(&open.source.text, &[patch]).ok()
            }
        };
        let address = open.address.clone();
        if let Some(text) = changed {
            self.put(path.to_owned(), &address, text);
        }
    }

    pub fn close(&mut self, path: &Path) {
        self.open.remove(path);
        self.forget();
    }

    /// Files have changed: what was read is read again when it is next asked for.
    pub fn forget(&mut self) {
        self.current = None;
    }

    /// Where a file stands; none where it belongs to no estate. That is the folder that the user
    /// named, else the nearest one above called `plans`, else the one above the nearest `board.yaml`.
    pub fn home(&self, path: &Path) -> Option<Home> {
        let named = self.plans.iter().find(|plans| path.starts_with(plans));
        let called = || {
            let mut above = path.ancestors().skip(1);
            above.find(|folder| folder.file_name().is_some_and(|name| name == "plans"))
        };
        let declared = || {
            let mut above = path.ancestors().skip(1);
            above
                .find(|folder| folder.join("board.yaml").is_file())?
                .parent()
        };
        let root = named
            .map(PathBuf::as_path)
            .or_else(called)
            .or_else(declared)?;
        let inside = path.strip_prefix(root).ok()?;
        Some(Home {
            root: root.to_owned(),
            key: inside.to_str()?.replace('\\', "/"),
        })
    }

    /// The board that a file belongs to, with what is open in place of what is saved.
    pub fn reading(&mut self, path: &Path) -> Option<Rc<Reading>> {
        let home = self.home(path)?;
        if let Some((root, reading)) = &self.current
            && *root == home.root
            && reading.sources.find(&home.key).is_some()
        {
            return Some(reading.clone());
        }
        let reading = Rc::new(self.read(&home, None, &[])?);
        if reading.unread.is_empty() {
            let key = (home.root.clone(), home.folder().to_owned());
            self.good.insert(key, reading.clone());
        }
        self.current = Some((home.root, reading.clone()));
        Some(reading)
    }

    /// Asks the board of a file; where it has no answer because some file cannot be read as it is
    /// now, the board as it could last be read: before the file was changed, or as it is saved.
    pub fn ask<T>(
        &mut self,
        path: &Path,
        question: impl Fn(&Desk, &Home, &Reading) -> Option<T>,
    ) -> Option<T> {
        let home = self.home(path)?;
        let now = self.reading(path)?;
        if let Some(answer) = question(self, &home, &now) {
            return Some(answer);
        }
        if now.unread.is_empty() {
            return None;
        }
        let key = (home.root.clone(), home.folder().to_owned());
        if !self.good.contains_key(&key) {
            let saved = self.read(&home, None, &now.unread)?;
            self.good.insert(key.clone(), Rc::new(saved));
        }
        let good = self.good.get(&key)?.clone();
        question(self, &home, &good)
    }

    /// Reads the board of a file, perhaps with another text for it, and as they are saved those files
    /// that are named.
    pub fn read(&self, home: &Home, text: Option<String>, saved: &[String]) -> Option<Reading> {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (path, open) in &self.open {
            if let Some(other) = self.home(path)
                && other.root == home.root
                && other.folder() == home.folder()
                && !saved.contains(&other.key)
            {
                texts.insert(other.key, open.source.text.clone());
            }
        }
        texts.extend(text.map(|text| (home.key.clone(), text)));
        let estate = Estate::open(&home.root, "").ok()?;
        let estate = estate.limited(&[home.folder().to_owned()]).with(texts);
        let holds = |reading: &Reading| {
            // A file that is not saved yet is in no board that is read without its text.
            saved.contains(&home.key) || reading.sources.find(&home.key).is_some()
        };
        let found = estate.each(|reading| holds(&reading).then_some(reading));
        found.into_iter().flatten().next()
    }

    /// How the editor calls a file of an estate.
    pub fn address(&self, root: &Path, key: &str) -> String {
        let path = root.join(key);
        match self.open.get(&path) {
            Some(open) => open.address.clone(),
            None => address_of(&path.to_string_lossy(), cfg!(windows)),
        }
    }

    pub fn path(&self, address: &str) -> Option<PathBuf> {
        path_of(address, cfg!(windows)).map(PathBuf::from)
    }
}

/// A place of a board's file, as the protocol counts.
pub fn range(reading: &Reading, at: Span) -> Range {
    let source = reading.sources.get(at.file);
    let start = source.position(at.start as usize);
    let end = source.position(at.end as usize);
    positions(reading, at.file, start, end)
}

/// The same, from positions as a person counts.
pub fn positions(reading: &Reading, file: FileId, start: Position, end: Position) -> Range {
    let source = reading.sources.get(file);
    let position = |place: Position| {
        let (line, character) = source.utf16(place);
        lsp_types::Position { line, character }
    };
    Range {
        start: position(start),
        end: position(end),
    }
}

/// A range of bytes of one text, as the protocol counts.
pub fn range_in(source: &Source, bytes: &std::ops::Range<usize>) -> Range {
    let position = |offset: usize| {
        let (line, character) = source.utf16(source.position(offset));
        lsp_types::Position { line, character }
    };
    Range {
        start: position(bytes.start),
        end: position(bytes.end),
    }
}
