//! Finds the boards below a folder and reads them, one board in hand at a time.

mod data;
mod files;
mod key;
mod sparse;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::calendar::Day;
use crate::finding::Finding;
use crate::git::Revision;
use crate::plan::{self, Board, FileKind};
use crate::source::{FileId, Source, Sources, Span};
use crate::yaml::{self, Tree};

use files::{Files, FoundFile, UnreadFile};
use key::{home_of, is_in, parent};

/// All boards below one folder.
pub struct Estate {
    root: PathBuf,
    files: Files,
    /// The folder as messages show it.
    shown: String,
    units: Vec<Unit>,
    /// Texts in place of files, or of files that are not there yet, by their paths from the estate.
    instead: BTreeMap<String, String>,
    /// Files that belong to it and are not here.
    left_out: Vec<FoundFile>,
}

/// What is read together: a folder straight below the estate, or the estate's own files.
#[derive(Clone, Debug)]
struct Unit {
    /// The folder, from the estate; empty for the estate itself.
    folder: String,
    /// Its files, where they are known without a walk.
    files: Option<Vec<FoundFile>>,
}

/// A board, what is wrong with its files, and their text.
#[derive(Debug, Default)]
pub struct Reading {
    /// The board's folder, from the estate.
    pub home: String,
    pub board: Board,
    pub sources: Sources,
    pub findings: Vec<Finding>,
    /// The files that could not be read, as messages show them.
    pub unread: Vec<String>,
    /// The comments of its files, each from its `#`.
    pub comments: Vec<Span>,
}

impl Reading {
    /// Leaves out what is reported after a day: the board as it knew itself then.
    pub fn forget_after(&mut self, day: Day) {
        let entries = &mut self.board.entries;
        entries.retain(|entry| entry.date.is_none_or(|date| date.value <= day));
    }
}

/// Why an estate could not be opened.
#[derive(Debug)]
pub struct Unopened(pub String);

/// A file of a unit, read as far as it can be.
struct Read {
    file: FileId,
    /// The folder that it stands in, from the estate.
    folder: String,
    document: Option<(FileKind, Tree)>,
}

impl Estate {
    /// One folder straight below an estate, if there is one of that name: all that need be read to
    /// find the board whose document it holds, for the nearest document claims a file.
    pub fn one_folder(root: &Path, shown: &str, folder: &str) -> Option<Estate> {
        let plain = !folder.is_empty() && !folder.starts_with('.') && !folder.contains(['/', '\\']);
        let path = root.join(folder);
        let is_folder = || fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir());
        // By the name as the disk has it: some machines open a folder in other letters too, and then
        // the board would be called by what was typed.
        let is_own = || {
            let real = path.canonicalize();
            real.is_ok_and(|real| real.file_name().is_some_and(|name| name == folder))
        };
        (plain && is_folder() && is_own()).then(|| Estate {
            root: root.to_owned(),
            files: Files::Disk(root.to_owned()),
            shown: shown.to_owned(),
            units: vec![Unit {
                folder: folder.to_owned(),
                files: None,
            }],
            instead: BTreeMap::new(),
            left_out: sparse::left_out(root),
        })
    }

    /// Looks at what a folder holds; `shown` is how messages name it.
    pub fn open(root: &Path, shown: &str) -> Result<Estate, Unopened> {
        Estate::holding(Files::Disk(root.to_owned()), root, shown)
    }

    /// The same folder as a revision has it.
    pub fn at(revision: Revision, root: &Path, shown: &str) -> Result<Estate, Unopened> {
        Estate::holding(Files::Revision(revision), root, shown)
    }

    fn holding(files: Files, root: &Path, shown: &str) -> Result<Estate, Unopened> {
        let listed = files.list("");
        let listed = listed.map_err(|error| Unopened(format!("{shown}: {error}")))?;
        let left_out = match &files {
            Files::Disk(root) => sparse::left_out(root),
            Files::Revision(_) => Vec::new(),
        };
        let mut estate = Estate {
            root: root.to_owned(),
            files,
            shown: shown.to_owned(),
            units: Vec::new(),
            instead: BTreeMap::new(),
            left_out,
        };
        let folders = listed.folders.into_iter();
        estate.units = folders
            .map(|folder| Unit {
                folder,
                files: None,
            })
            .collect();
        if !listed.files.is_empty() {
            let mut root = Unit {
                folder: String::new(),
                files: Some(listed.files),
            };
            // A board document in the estate's own folder claims all that stands below it.
            if estate.declares_board(&root) {
                root.files = None;
                estate.units.clear();
            }
            estate.units.insert(0, root);
        }
        estate.add_left_out();
        Ok(estate)
    }

    /// Makes room for the boards of which no file is here.
    fn add_left_out(&mut self) {
        let folders = self
            .left_out
            .iter()
            .map(|found| found.key.split_once('/').map_or("", |(top, _)| top));
        let mut folders: Vec<String> = folders.map(str::to_owned).collect();
        folders.dedup();
        let claims_all = self
            .units
            .iter()
            .any(|unit| unit.folder.is_empty() && unit.files.is_none());
        folders
            .retain(|folder| !claims_all && !self.units.iter().any(|unit| unit.folder == *folder));
        self.units.extend(folders.into_iter().map(|folder| Unit {
            files: folder.is_empty().then(Vec::new),
            folder,
        }));
    }

    /// The estate as it would be with these texts in place of files, by their paths from the estate:
    /// to judge what would be written before it is.
    pub fn with(mut self, texts: impl IntoIterator<Item = (String, String)>) -> Estate {
        self.instead.extend(texts);
        self
    }

    fn declares_board(&self, unit: &Unit) -> bool {
        let (_, _, read) = self.read_files(unit.files.as_deref().unwrap_or_default());
        read.iter()
            .any(|read| matches!(read.document, Some((FileKind::Board, _))))
    }

    /// Reads every board and gives it to `judge`; boards side by side, results in the order of their
    /// folders. A board and its files are dropped before the next is read.
    pub fn each<R: Send>(&self, judge: impl Fn(Reading) -> R + Sync) -> Vec<R> {
        let judged = self.units.iter().map(|_| Mutex::new(Vec::new()));
        let judged: Vec<Mutex<Vec<R>>> = judged.collect();
        self.side_by_side(&|place, readings| {
            let answers = readings.into_iter().map(&judge).collect();
            *judged[place].lock().unwrap_or_else(PoisonError::into_inner) = answers;
        });
        let answers = judged.into_iter();
        answers
            .flat_map(|answers| answers.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect()
    }

    /// Gives the boards of each unit, with its place among them, to `take`. Compiled once, where
    /// [`Estate::each`] is for every answer.
    fn side_by_side(&self, take: &(dyn Fn(usize, Vec<Reading>) + Sync)) {
        let read = |(place, unit): (usize, &Unit)| take(place, self.read(unit));
        match self.units.as_slice() {
            [only] => read((0, only)),
            units => units.par_iter().enumerate().for_each(read),
        }
    }

    /// Leaves only the folders straight below the estate of these names; where its own files claim
    /// them all, everything.
    pub fn limited(mut self, folders: &[String]) -> Estate {
        let claimed = self
            .units
            .iter()
            .any(|unit| unit.folder.is_empty() && unit.files.is_none());
        if !claimed {
            self.units.retain(|unit| folders.contains(&unit.folder));
        }
        self
    }

    /// A path from the estate, as messages show it: in one line, whatever the file is called.
    pub fn show(&self, key: &str) -> String {
        let key = key.replace('\n', "\\n").replace('\r', "\\r");
        match (self.shown.as_str(), key.as_str()) {
            ("" | ".", key) => key.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, key) => format!("{}/{key}", shown.trim_end_matches('/')),
        }
    }

    /// The name that stands for files which no board claims: their top folder's.
    fn unit_name(&self, unit: &Unit) -> String {
        match unit.folder.as_str() {
            "" => self.own_name(),
            folder => folder.to_owned(),
        }
    }

    fn own_name(&self) -> String {
        let absolute = self.root.canonicalize().unwrap_or(self.root.clone());
        let name = absolute.file_name();
        name.map_or_else(
            || "plans".into(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    fn read(&self, unit: &Unit) -> Vec<Reading> {
        let mut found = unit.files.clone().unwrap_or_default();
        let is_left_out = || {
            self.left_out
                .iter()
                .any(|left| is_in(parent(&left.key), &unit.folder))
        };
        let is_here = || !is_left_out() || self.root.join(&unit.folder).is_dir();
        if unit.files.is_none() && is_here() {
            self.files.walk(&unit.folder, &mut found);
        }
        self.add_new(unit, &mut found);
        found.sort_by(|a, b| a.key.cmp(&b.key));
        let (sources, findings, read) = self.read_files(&found);
        let boards = read
            .iter()
            .filter(|read| matches!(read.document, Some((FileKind::Board, _))));
        let homes: HashSet<String> = boards.map(|read| read.folder.clone()).collect();
        // The files of each board, by its home; none for those that no board claims.
        let mut owned: BTreeMap<Option<&str>, Vec<FoundFile>> = BTreeMap::new();
        for found in found {
            let owner = home_of(parent(&found.key), &homes);
            owned.entry(owner).or_default().push(found);
        }
        let made = |owner: Option<&str>, (sources, findings, read)| {
            let name = self.board_name(owner, unit);
            let home = owner.unwrap_or(&unit.folder).to_owned();
            let reading = self.resolve(name, sources, findings, read);
            Reading { home, ..reading }
        };
        if owned.len() == 1 {
            let owner = owned.into_keys().next().flatten();
            return vec![made(owner, (sources, findings, read))];
        }
        // Several boards in one folder: each gets its own copy of the table of files.
        let boards = owned.into_iter();
        boards
            .map(|(owner, files)| made(owner, self.read_files(&files)))
            .collect()
    }

    /// Adds the files of a unit that are not there yet, or were left out.
    fn add_new(&self, unit: &Unit, found: &mut Vec<FoundFile>) {
        let belongs = |key: &str| match (&unit.files, unit.folder.as_str()) {
            (Some(_), _) => !key.contains('/'),
            (None, "") => true,
            (None, folder) => is_in(parent(key), folder),
        };
        if self.instead.is_empty() && self.left_out.is_empty() {
            return;
        }
        let known: HashSet<String> = found.iter().map(|found| found.key.clone()).collect();
        let new = self.instead.keys().map(|key| FoundFile {
            key: key.clone(),
            refusal: None,
        });
        let all = self.left_out.iter().cloned().chain(new);
        found.extend(
            all.filter(|left_out| belongs(&left_out.key) && !known.contains(&left_out.key)),
        );
    }

    fn board_name(&self, home: Option<&str>, unit: &Unit) -> String {
        match home {
            None => self.unit_name(unit),
            Some("") => self.own_name(),
            Some(home) => home.rsplit('/').next().unwrap_or(home).to_owned(),
        }
    }

    /// Reads files one after another: one board's are read before a second thread would have started.
    fn read_files(&self, files: &[FoundFile]) -> (Sources, Vec<Finding>, Vec<Read>) {
        let mut sources = Sources::default();
        let mut findings = Vec::new();
        let mut read = Vec::new();
        for (index, found) in files.iter().enumerate() {
            let file = FileId(index as u32);
            let (text, document) = match self.load(file, found) {
                Ok(text) => {
                    let document = parse(file, &text);
                    (text, document)
                }
                Err(refused) => (refused.0, Err(vec![refused.1])),
            };
            let source = Source::new(self.show(&found.key), found.key.clone(), text);
            read.push(Read {
                file: sources.add(source),
                folder: parent(&found.key).to_owned(),
                document: document.map_err(|problems| findings.extend(problems)).ok(),
            });
        }
        (sources, findings, read)
    }

    /// A file's text, or what keeps it from being read.
    fn load(&self, file: FileId, found: &FoundFile) -> Result<String, Box<(String, Finding)>> {
        let at = Span {
            file,
            ..Span::default()
        };
        let refuse = |message: String, help: &str| {
            let finding = Finding::new("syntax", at, message).help(help);
            Box::new((String::new(), finding))
        };
        if let Some(text) = self.instead.get(&found.key) {
            return Ok(text.clone());
        }
        if let Some(refusal) = found.refusal {
            return Err(refuse(refusal.message().to_owned(), refusal.help()));
        }
        let bytes = self.files.read(&found.key).map_err(|error| match error {
            UnreadFile::TooLarge(size) => {
                let message = format!("the file has {size} bytes; 16 MB is the most");
                let finding = Finding::new("too-large", at, message)
                    .help("split it: a plan's updates may stand in any number of files");
                Box::new((String::new(), finding))
            }
            UnreadFile::Failed(error) => refuse(
                format!("could not be read: {error}"),
                "make the file readable, or move it out of the estate",
            ),
        })?;
        yaml::decode(bytes)
            .map_err(|(text, problem)| Box::new((text, problem_finding(file, problem))))
    }

    fn resolve(
        &self,
        name: String,
        sources: Sources,
        mut findings: Vec<Finding>,
        read: Vec<Read>,
    ) -> Reading {
        let unread: Vec<FileId> = read
            .iter()
            .filter(|read| read.document.is_none())
            .map(|read| read.file)
            .collect();
        let stems: Vec<String> = unread
            .iter()
            .map(|&file| plan::stem(&sources.get(file).key).to_owned())
            .collect();
        let documents = read
            .iter()
            .filter_map(|read| {
                let (kind, tree) = read.document.as_ref()?;
                Some((read.file, *kind, tree))
            })
            .collect();
        let board = plan::resolve(name, documents, &sources, &stems, &mut findings);
        let comments = read.iter().flat_map(comments).collect();
        drop(read);
        let mut reading = Reading {
            home: String::new(),
            comments,
            unread: unread
                .iter()
                .map(|&file| sources.get(file).path.to_string())
                .collect(),
            board,
            sources,
            findings,
        };
        self.load_data(&mut reading);
        self.check_links(&mut reading);
        reading
    }

    /// Finds links of evidence and of reviews that lead out of the estate.
    fn check_links(&self, reading: &mut Reading) {
        let board = &reading.board;
        let planned = (board.plans.iter())
            .flat_map(|plan| plan.shared())
            .flat_map(|shared| shared.evidence.iter().flatten());
        let received = board.entries.iter().flat_map(|entry| &entry.evidence);
        let evidence = planned.chain(received).flat_map(|evidence| &evidence.link);
        let reviews = board.reviews.iter().flat_map(|review| &review.link);
        for link in evidence.chain(reviews).filter(|link| !is_web(link)) {
            if let Err(why) = self.inside(&reading.sources.get(link.at.file).key, link) {
                reading.findings.push(unsafe_path(link.at, link, &why));
            }
        }
    }

    /// The path from the estate of what a file names, or why it may not be followed.
    fn inside(&self, from: &str, path: &str) -> Result<String, String> {
        const OUTSIDE: &str = "it leads out of the estate";
        let mut parts: Vec<&str> = parent(from).split('/').filter(|p| !p.is_empty()).collect();
        if path.contains('\\') {
            return Err("folders are parted by `/`".into());
        }
        // `file:`, `javascript:`, `ms-word:` and the like (RFC 3986, 3.1); a drive's letter too.
        let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
        let in_scheme = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        if !scheme.is_empty() && scheme.bytes().all(in_scheme) {
            return Err(format!("it begins with `{scheme}:`"));
        }
        for component in Path::new(path).components() {
            match component {
                Component::Normal(part) => parts.push(part.to_str().unwrap_or_default()),
                Component::CurDir => {}
                Component::ParentDir if !parts.is_empty() => {
                    parts.pop();
                }
                Component::ParentDir => return Err(OUTSIDE.into()),
                Component::RootDir | Component::Prefix(_) => {
                    return Err("it does not count from this file's folder".into());
                }
            }
        }
        let key = parts.join("/");
        if self.files.leads_out(&key) {
            return Err(format!("{OUTSIDE} through a symbolic link"));
        }
        Ok(key)
    }
}

/// Reads one file as if it were the only one of its board.
pub fn alone(bytes: Vec<u8>) -> Option<Board> {
    let text = yaml::decode(bytes).ok()?;
    let (kind, tree) = parse(FileId::default(), &text).ok()?;
    let mut sources = Sources::default();
    let file = sources.add(Source::new(String::new(), String::new(), text));
    let files = vec![(file, kind, &tree)];
    Some(plan::resolve(
        String::new(),
        files,
        &sources,
        &[],
        &mut Vec::new(),
    ))
}

/// Whether a link is a web address rather than a path.
fn is_web(link: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|web| link.to_lowercase().starts_with(web))
}

fn unsafe_path(at: Span, path: &str, why: &str) -> Finding {
    Finding::new(
        "unsafe-path",
        at,
        format!("`{path}` is not followed: {why}"),
    )
    .help("write a path from this file's folder to a file inside the estate")
}

fn problem_finding(file: FileId, problem: yaml::Problem) -> Finding {
    let rule = if problem.too_large {
        "too-large"
    } else {
        "syntax"
    };
    let (start, end) = problem.range;
    Finding::new(rule, Span { file, start, end }, problem.message).help(problem.help)
}

fn parse(file: FileId, text: &str) -> Result<(FileKind, Tree), Vec<Finding>> {
    let tree = yaml::read(text).map_err(|problems| {
        let findings = problems.into_iter();
        findings
            .map(|problem| problem_finding(file, problem))
            .collect::<Vec<_>>()
    })?;
    let kind = plan::kind_of(file, tree.root(text)).map_err(|finding| vec![*finding])?;
    Ok((kind, tree))
}

/// The comments of a file.
fn comments(read: &Read) -> impl Iterator<Item = Span> {
    let tree = read.document.as_ref().map(|(_, tree)| tree);
    let ranges = tree.into_iter().flat_map(|tree| &tree.comments);
    ranges.map(|&(start, end)| Span {
        file: read.file,
        start,
        end,
    })
}
