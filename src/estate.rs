//! Finds the boards below a folder and reads them, one board in hand at a time.

mod files;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::calendar::Day;
use crate::edit::UNFINISHED;
use crate::finding::Finding;
use crate::git::Revision;
use crate::plan::{self, Board, Kind};
use crate::source::{FileId, Source, Sources, Span};
use crate::yaml::{self, Tree};

use files::{Files, Found, Unreadable};

/// All boards below one folder.
pub struct Estate {
    root: PathBuf,
    files: Files,
    /// The folder as messages show it.
    shown: String,
    units: Vec<Unit>,
    /// Texts in place of files, or of files that are not there yet, by their paths from the estate.
    instead: BTreeMap<String, String>,
}

/// What is read together: a folder straight below the estate, or the estate's own files.
#[derive(Clone, Debug)]
struct Unit {
    /// The folder, from the estate; empty for the estate itself.
    folder: String,
    /// Its files, where they are known without a walk.
    files: Option<Vec<Found>>,
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
    document: Option<(Kind, Tree)>,
}

/// The rows of a data file by their indicator, or why it could not be read.
type Data = Result<HashMap<String, Vec<plan::Row>>, String>;

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
        let mut estate = Estate {
            root: root.to_owned(),
            files,
            shown: shown.to_owned(),
            units: Vec::new(),
            instead: BTreeMap::new(),
        };
        let folders = listed.folders.into_iter();
        estate.units = folders
            .map(|folder| Unit {
                folder,
                files: None,
            })
            .collect();
        if !listed.files.is_empty() {
            let mut own = Unit {
                folder: String::new(),
                files: Some(listed.files),
            };
            // A board document in the estate's own folder claims all that stands below it.
            if estate.declares_board(&own) {
                own.files = None;
                estate.units.clear();
            }
            estate.units.insert(0, own);
        }
        Ok(estate)
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
            .any(|read| matches!(read.document, Some((Kind::Board, _))))
    }

    /// Reads every board and gives it to `judge`; boards side by side, results in the order of their
    /// folders. A board and its files are dropped before the next is read.
    pub fn each<R: Send>(&self, judge: impl Fn(Reading) -> R + Sync) -> Vec<R> {
        let read = |unit: &Unit| -> Vec<R> {
            let boards = self.read(unit);
            boards.into_iter().map(&judge).collect()
        };
        match self.units.as_slice() {
            [only] => read(only),
            units => units.par_iter().flat_map_iter(read).collect(),
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
        if unit.files.is_none() {
            self.files.walk(&unit.folder, &mut found);
        }
        self.add_new(unit, &mut found);
        found.sort_by(|a, b| a.key.cmp(&b.key));
        let (sources, findings, read) = self.read_files(&found);
        let boards = read
            .iter()
            .filter(|read| matches!(read.document, Some((Kind::Board, _))));
        let homes: HashSet<String> = boards.map(|read| read.folder.clone()).collect();
        // The files of each board, by its home; none for those that no board claims.
        let mut owned: BTreeMap<Option<&str>, Vec<Found>> = BTreeMap::new();
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

    /// Adds the files of a unit that are not there yet.
    fn add_new(&self, unit: &Unit, found: &mut Vec<Found>) {
        let belongs = |key: &str| match (&unit.files, unit.folder.as_str()) {
            (Some(_), _) => !key.contains('/'),
            (None, "") => true,
            (None, folder) => is_in(parent(key), folder),
        };
        if self.instead.is_empty() {
            return;
        }
        let known: HashSet<String> = found.iter().map(|found| found.key.clone()).collect();
        for key in self.instead.keys().filter(|key| belongs(key)) {
            if !known.contains(key) {
                found.push(Found {
                    key: key.clone(),
                    refusal: None,
                });
            }
        }
    }

    fn board_name(&self, home: Option<&str>, unit: &Unit) -> String {
        match home {
            None => self.unit_name(unit),
            Some("") => self.own_name(),
            Some(home) => home.rsplit('/').next().unwrap_or(home).to_owned(),
        }
    }

    /// Reads files one after another: one board's are read before a second thread would have started.
    fn read_files(&self, files: &[Found]) -> (Sources, Vec<Finding>, Vec<Read>) {
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
    fn load(&self, file: FileId, found: &Found) -> Result<String, Box<(String, Finding)>> {
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
        if found.key.ends_with(UNFINISHED) {
            return Err(refuse(
                "a write of several files was cut off here: some may be new, and others old".into(),
                "`plan validate --fix` takes it back, and so does whatever writes to this board next",
            ));
        }
        if let Some(refusal) = found.refusal {
            return Err(refuse(
                format!("could not be read: it is {refusal}"),
                "put a regular file in its place, or move it out of the estate",
            ));
        }
        let bytes = self.files.read(&found.key).map_err(|error| match error {
            Unreadable::TooLarge(size) => {
                let message = format!("the file has {size} bytes; 16 MB is the most");
                let finding = Finding::new("too-large", at, message)
                    .help("split it: a plan's updates may stand in any number of files");
                Box::new((String::new(), finding))
            }
            Unreadable::Failed(error) => refuse(
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

    /// Reads the performance data that the board's indicators name, each file once.
    fn load_data(&self, reading: &mut Reading) {
        let Reading {
            board,
            sources,
            findings,
            ..
        } = reading;
        let mut files: HashMap<String, Data> = HashMap::new();
        let indicators = board.plans.iter_mut().flat_map(|plan| &mut plan.indicators);
        for indicator in indicators {
            let Some(data) = &indicator.data else {
                continue;
            };
            let key = match self.inside(&sources.get(data.at.file).key, data) {
                Ok(key) => key,
                Err(why) => {
                    findings.push(unsafe_path(data.at, data, &why));
                    continue;
                }
            };
            let known = files
                .entry(key)
                .or_insert_with_key(|key| self.data(key, sources, findings));
            match known {
                Ok(rows) => {
                    // Plans of several years have indicators of one name.
                    let own = rows.get(indicator.id.as_str());
                    for row in own.into_iter().flatten() {
                        indicator.series.add(row);
                    }
                }
                Err(message) => {
                    let help = "write the path of a CSV file, counted from this file's folder";
                    let message = message.as_str();
                    findings.push(Finding::new("unreadable-data", data.at, message).help(help));
                }
            }
        }
    }

    /// A data file's rows by their indicator. Rows that cannot be read are findings.
    fn data(&self, key: &str, sources: &mut Sources, findings: &mut Vec<Finding>) -> Data {
        let shown = self.show(key);
        let loaded = (self.files.read(key))
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())
            });
        let text = loaded.map_err(|error| match self.files.has(key) {
            true => format!("{shown} could not be read: {error}"),
            false => format!("there is no file {shown}"),
        })?;
        let (rows, bad) = plan::rows(&text);
        if !bad.is_empty() {
            let file = (sources.find(key))
                .unwrap_or_else(|| sources.add(Source::new(shown, key.to_owned(), text)));
            findings.extend(bad.into_iter().map(|bad| {
                let at = Span {
                    file,
                    start: bad.range.0 as u32,
                    end: bad.range.1 as u32,
                };
                Finding::new("unreadable-data", at, bad.message).help(bad.help)
            }));
        }
        let mut by_indicator: HashMap<String, Vec<plan::Row>> = HashMap::new();
        for row in rows {
            let own = by_indicator.entry(row.indicator.clone()).or_default();
            own.push(row);
        }
        Ok(by_indicator)
    }

    /// Finds links of evidence that lead out of the estate.
    fn check_links(&self, reading: &mut Reading) {
        let board = &reading.board;
        let planned = (board.plans.iter())
            .flat_map(|plan| plan.shared())
            .flat_map(|shared| shared.evidence.iter().flatten());
        let received = board.entries.iter().flat_map(|entry| &entry.evidence);
        for evidence in planned.chain(received) {
            let Some(link) = evidence.link.as_ref().filter(|link| !is_web(link)) else {
                continue;
            };
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
        // `file:`, `javascript:` and the like; a drive's letter too.
        let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
        if !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) {
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
        match self.files.leads_out(&key) {
            true => Err(format!("{OUTSIDE} through a symbolic link")),
            false => Ok(key),
        }
    }
}

/// What one file says by itself, whatever board it belongs to.
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

/// The nearest folder at or above one that holds a board document.
fn home_of<'h>(mut folder: &str, homes: &'h HashSet<String>) -> Option<&'h str> {
    loop {
        if let Some(home) = homes.get(folder) {
            return Some(home);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

/// Whether a folder is another or lies in it.
fn is_in(folder: &str, other: &str) -> bool {
    let rest = folder.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folder of a path from the estate.
fn parent(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(folder, _)| folder)
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

fn parse(file: FileId, text: &str) -> Result<(Kind, Tree), Vec<Finding>> {
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
