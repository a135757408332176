//! Turns a board's trees into the board. Content never makes it fail: what does not fit is a
//! finding, and the rest counts.

use foldhash::HashMap;

use super::baseline::PlanReader;
use super::fields;
use super::reader::{FieldReader, Fields};
use super::*;
use crate::calendar::{PeriodKind, Schedule, Terms};
use crate::finding::{Finding, Severity, suggest};
use crate::source::{FileId, Sources};
use crate::words::composed;
use crate::yaml::{self, Node, Tree};

/// Makes the board of its files. `unread` holds the stems of files that could not be read, which
/// may be the plans that others name.
pub fn resolve(
    name: String,
    mut files: Vec<(FileId, FileKind, &Tree)>,
    sources: &Sources,
    unread: &[String],
    findings: &mut Vec<Finding>,
) -> Board {
    files.sort_by(|a, b| {
        let key = |file: FileId| &sources.get(file).key;
        (a.1, key(a.0)).cmp(&(b.1, key(b.0)))
    });
    let mut resolver = Resolver {
        sources,
        unread,
        board: Board {
            name,
            ..Board::default()
        },
        findings,
    };
    for (file, kind, tree) in files {
        let root = tree.root(&sources.get(file).text);
        match kind {
            FileKind::Board => resolver.board(file, root),
            FileKind::Plan => resolver.plan(file, root),
            FileKind::Updates => resolver.updates(file, root),
            FileKind::Challenges => resolver.challenges(file, root),
            FileKind::Reviews => resolver.reviews(file, root),
        }
    }
    let mut board = resolver.board;
    // No two stand in one place, so that none needs to keep its turn.
    board.entries.sort_unstable_by(|a, b| {
        let order = |entry: &Entry| (entry.date.is_none(), entry.date.map(|date| date.value));
        let place = |entry: &Entry| (&sources.get(entry.at.file).key, entry.at.start);
        order(a)
            .cmp(&order(b))
            .then_with(|| place(a).cmp(&place(b)))
    });
    board
}

pub(super) struct Resolver<'r> {
    sources: &'r Sources,
    unread: &'r [String],
    pub board: Board,
    pub findings: &'r mut Vec<Finding>,
}

impl<'r> Resolver<'r> {
    pub fn reader(&mut self, file: FileId) -> FieldReader<'_> {
        FieldReader {
            file,
            findings: self.findings,
        }
    }

    fn board(&mut self, file: FileId, root: Node) {
        let mut reader = FieldReader {
            file,
            findings: self.findings,
        };
        let Some(fields) = reader.fields(root, &fields::BOARD) else {
            return;
        };
        if let Some(first) = self.board.at {
            self.findings.push(
                Finding::new(
                    "duplicate-id",
                    fields.head,
                    "a second board document in the board's folder; only the first counts",
                )
                .help("join the two, or move this one to a folder of its own")
                .related(first, "the first"),
            );
            return;
        }
        let mut board = Board {
            at: Some(fields.head),
            title: reader.words(&fields, "board"),
            short: reader.words(&fields, "short"),
            kind: reader.words(&fields, "kind"),
            area: reader.words(&fields, "area"),
            people: reader.words(&fields, "people"),
            author: reader.words(&fields, "author"),
            terms_at: fields.key("terms").map(|key| reader.span(key)),
            meetings_at: fields.key("meetings").map(|key| reader.span(key)),
            name: std::mem::take(&mut self.board.name),
            ..Board::default()
        };
        // A group counts by its name alone, whatever else is said of it.
        let names = reader.names(&fields, "groups");
        let places = names.iter().map(|name| name.value.to_string()).zip(0..);
        let places: HashMap<String, usize> = places.collect();
        board.groups = names.into_iter().map(Group::called).collect();
        for (id, fields) in reader.named_maps(&fields, "groups") {
            let place = places.get(id.as_str());
            if let Some(group) = place.map(|&place| &mut board.groups[place]) {
                group.name = reader.words(&fields, "name");
                group.kind = reader.words(&fields, "kind");
                group.aka = reader.texts(&fields, "aka").unwrap_or_default();
                group.members = reader.texts(&fields, "members").unwrap_or_default();
                group.contact = reader.words(&fields, "contact");
            }
        }
        for (group, node) in reader.named(fields.node("meetings")) {
            if let Some(schedule) = schedule(&mut reader, node) {
                board.meetings.push(Meetings { group, schedule });
            }
        }
        for (year, node) in reader.named(fields.node("terms")) {
            terms(&mut reader, &year, node, &mut board.terms);
        }
        board.severities = severities(&mut reader, &fields);
        self.board = board;
    }

    fn plan(&mut self, file: FileId, root: Node) {
        let stem = composed(stem(&self.sources.get(file).key)).into_owned();
        let terms = std::mem::take(&mut self.board.terms);
        let plan = PlanReader::new(self.reader(file), &terms).plan(root, stem);
        self.board.terms = terms;
        let Some(plan) = plan else { return };
        if let Some(first) = self.board.plan(&plan.stem) {
            let finding = Finding::new(
                "duplicate-id",
                plan.at,
                format!("two plans of the board are called `{}`", plan.stem),
            )
            .help("rename one of the files: a plan is known by its file's name")
            .related(self.board.plans[first].at, "the other");
            self.findings.push(finding);
        }
        self.board.plans.push(plan);
    }

    /// The plan that a file or an entry names, or a finding.
    pub fn find_plan(&mut self, name: &Text) -> Option<usize> {
        let found = self.board.plan(name);
        if found.is_none() && !self.unread.iter().any(|stem| *stem == name.as_str()) {
            // A plan whose file cannot be read yet may be the one that is meant.
            let read = self.board.plans.iter().map(|plan| &plan.stem);
            let stems: Vec<&str> = read.chain(self.unread).map(String::as_str).collect();
            self.findings.push(
                Finding::new(
                    "unknown-plan",
                    name.at,
                    format!("the board has no plan `{name}`"),
                )
                .help(suggest(name, &stems, "plans")),
            );
        }
        found
    }
}

/// The severities that the board sets for rules; none is `off`.
fn severities(reader: &mut FieldReader, fields: &Fields) -> Vec<(Text, Option<Severity>)> {
    let mut severities = Vec::new();
    for (rule, word) in reader.named_texts(fields.node("rules")) {
        let severity = match word.to_lowercase().as_str() {
            "off" => None,
            "warning" => Some(Severity::Warning),
            "error" => Some(Severity::Error),
            _ => {
                let words = ["off", "warning", "error"];
                let _ = reader.no_such_word::<()>(&word, "a severity", &words);
                continue;
            }
        };
        severities.push((rule, severity));
    }
    severities
}

/// Meetings: a list of dates, or a rule.
fn schedule(reader: &mut FieldReader, node: Node) -> Option<Schedule> {
    if node.kind() == yaml::NodeKind::Map {
        let fields = reader.fields(node, &fields::MEETING_RULE)?;
        let interval = reader.interval(&fields, "every");
        let from = reader.date(&fields, "from");
        return Some(Schedule::Every {
            interval: interval?,
            from: from?.value,
        });
    }
    let dates = reader.list(node);
    let mut days: Vec<Day> = dates
        .iter()
        .filter_map(|date| reader.day(date))
        .map(|day| day.value)
        .collect();
    days.sort();
    Some(Schedule::Dates(days))
}

/// The last days of a school year's three terms.
fn terms(reader: &mut FieldReader, year: &Text, node: Node, terms: &mut Terms) {
    let start = Period::parse_plan(year).filter(|period| period.kind == PeriodKind::Year);
    let days: Vec<Day> = reader
        .list(node)
        .iter()
        .filter_map(|date| reader.day(date))
        .map(|day| day.value)
        .collect();
    match (start, <[Day; 3]>::try_from(days)) {
        (Some(period), Ok(days)) => terms.insert(period.first.year(), days),
        _ => reader.findings.push(
            Finding::new(
                "wrong-type",
                year.at,
                "a school year is given by the last days of its three terms",
            )
            .help("write `2018-19: [2018-12-21, 2019-04-05, 2019-07-23]`"),
        ),
    }
}
