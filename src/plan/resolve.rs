//! Turns a board's trees into the board. Content never makes it fail: what does not fit is a
//! finding, and the rest counts.

use std::collections::HashMap;

use super::baseline::PlanReader;
use super::fields;
use super::reader::{Fields, Reader};
use super::*;
use crate::calendar::PeriodKind;
use crate::finding::{Finding, suggest};
use crate::source::{FileId, Sources};
use crate::timescale::Context;
use crate::yaml::{self, Node, Tree};

/// What a file is, by its first key. In this order they are read: a plan's school terms are its
/// board's, an entry's timescale counts from its plan's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Board,
    Plan,
    Updates,
    Challenges,
}

const KINDS: [(&str, Kind); 4] = [
    ("board", Kind::Board),
    ("plan", Kind::Plan),
    ("updates", Kind::Updates),
    ("challenges", Kind::Challenges),
];

/// Tells what a file is, or why it is none of the four.
pub fn kind_of(file: FileId, root: Node) -> Result<Kind, Box<Finding>> {
    let words = KINDS.map(|(word, _)| word);
    let begin = "begin the file with `board:`, `plan:`, `updates:` or `challenges:`";
    let first = root.pairs().next().map(|(key, _)| key);
    let (start, end) = first.unwrap_or(root).range();
    let at = Span { file, start, end };
    let Some(key) = first else {
        let message = "the file is not made of fields, each `name: value`";
        return Err(Box::new(Finding::new("syntax", at, message).help(begin)));
    };
    let word = key.text().unwrap_or_default().trim();
    let has = |name: &str| {
        root.pairs()
            .any(|(key, _)| key.text().map(str::trim) == Some(name))
    };
    if word == "plan"
        && let Some(kind) = ["updates", "challenges"].into_iter().find(|kind| has(kind))
    {
        let message = format!("a file of {kind} that begins with `plan:` is taken for a plan");
        let help = format!("move `{kind}: …` to the first line: a file says what it is first");
        return Err(Box::new(Finding::new("syntax", at, message).help(help)));
    }
    let known = KINDS.iter().find(|(known, _)| *known == word);
    known.map(|&(_, kind)| kind).ok_or_else(|| {
        let later = root.pairs().find_map(|(key, _)| {
            let word = key.text()?.trim();
            words.into_iter().find(|known| *known == word)
        });
        let help = match (crate::finding::nearest(word, words), later) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(later)) => {
                format!("move `{later}: …` to the top: a file says what it is first")
            }
            (None, None) => begin.to_owned(),
        };
        let finding = Finding::new(
            "syntax",
            at,
            format!("a file that begins with `{word}:` is not one of a board's files"),
        )
        .help(help);
        Box::new(finding)
    })
}

/// Makes the board of its files. `unread` holds the stems of files that could not be read, which
/// may be the plans that others name.
pub fn resolve(
    name: String,
    mut files: Vec<(FileId, Kind, &Tree)>,
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
            Kind::Board => resolver.board(file, root),
            Kind::Plan => resolver.plan(file, root),
            Kind::Updates => resolver.updates(file, root),
            Kind::Challenges => resolver.challenges(file, root),
        }
    }
    let mut board = resolver.board;
    board.entries.sort_by(|a, b| {
        let order = |entry: &Entry| (entry.date.is_none(), entry.date.map(|date| date.value));
        let place = |entry: &Entry| (&sources.get(entry.at.file).key, entry.at.start);
        order(a)
            .cmp(&order(b))
            .then_with(|| place(a).cmp(&place(b)))
    });
    board
}

struct Resolver<'r> {
    sources: &'r Sources,
    unread: &'r [String],
    board: Board,
    findings: &'r mut Vec<Finding>,
}

impl<'r> Resolver<'r> {
    fn reader(&mut self, file: FileId) -> Reader<'_> {
        Reader {
            file,
            findings: self.findings,
        }
    }

    fn board(&mut self, file: FileId, root: Node) {
        let mut reader = Reader {
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
            name: std::mem::take(&mut self.board.name),
            ..Board::default()
        };
        // A group counts by its name alone, whatever else is said of it.
        let names = reader.names(&fields, "groups");
        let places = names.iter().map(|name| name.value.clone()).zip(0..);
        let places: HashMap<String, usize> = places.collect();
        board.groups = names.into_iter().map(Group::called).collect();
        for (id, fields) in reader.named_maps(&fields, "groups") {
            let own = places.get(&id.value);
            if let Some(group) = own.map(|&place| &mut board.groups[place]) {
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
        for (rule, severity) in reader.named_texts(fields.node("rules")) {
            let severity = match severity.to_lowercase().as_str() {
                "off" => None,
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                _ => {
                    let words = ["off", "warning", "error"];
                    let _ = reader.no_such_word::<()>(&severity, "a severity", &words);
                    continue;
                }
            };
            board.severities.push((rule, severity));
        }
        self.board = board;
    }

    fn plan(&mut self, file: FileId, root: Node) {
        let stem = stem(&self.sources.get(file).key).to_owned();
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
    fn find_plan(&mut self, name: &Text) -> Option<usize> {
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

    fn updates(&mut self, file: FileId, root: Node) {
        let mut reader = self.reader(file);
        let Some(fields) = reader.fields(root, &fields::UPDATES) else {
            return;
        };
        reader.words(&fields, "updates");
        reader.words(&fields, "note");
        let plan_name = reader.words(&fields, "plan");
        let defaults = Defaults {
            dated: fields.gave("date"),
            date: reader.date(&fields, "date"),
            covers: data_period(&mut reader, &fields),
            by: reader.words(&fields, "by"),
            meeting: reader.words(&fields, "meeting"),
            names_plan: fields.gave("plan"),
            plan: plan_name.as_ref().and_then(|name| self.find_plan(name)),
            plan_name,
        };
        let mut reader = self.reader(file);
        for entry in reader.maps(&fields, "entries") {
            self.entry(file, &entry, &defaults);
        }
    }

    fn entry(&mut self, file: FileId, fields: &Fields, defaults: &Defaults) {
        let own_plan = self.reader(file).words(fields, "plan");
        let plan = match &own_plan {
            Some(name) => self.find_plan(name),
            None if fields.gave("plan") => None,
            None => defaults.plan,
        };
        let names_plan = fields.gave("plan") || defaults.names_plan;
        if !names_plan {
            self.missing(fields.head, "an entry names no plan; it counts for none", {
                "write `plan: …` with the stem of the plan's file, here or at the head of the file"
            });
        }
        if !fields.gave("date") && !defaults.dated {
            self.missing(
                fields.head,
                "an entry has no date; it counts for nothing",
                "write `date: …` here or at the head of the file",
            );
        }
        let period = plan.and_then(|plan| self.board.plans[plan].period);
        let terms = std::mem::take(&mut self.board.terms);
        let context = Context {
            period,
            terms: &terms,
        };
        let mut reader = self.reader(file);
        let owners_at = fields.node("owners").map(|node| reader.span(node));
        let own_date = fields.gave("date");
        let entry = Entry {
            at: fields.at,
            plan,
            plan_name: match fields.gave("plan") {
                true => own_plan,
                false => defaults.plan_name.clone(),
            },
            about: about(&mut reader, fields),
            date: match reader.date(fields, "date") {
                None if !own_date => defaults.date,
                date => date,
            },
            covers: match data_period(&mut reader, fields) {
                None if !fields.gave("covers") => defaults.covers,
                covers => covers,
            },
            by: reader.words(fields, "by").or_else(|| defaults.by.clone()),
            meeting: reader
                .words(fields, "meeting")
                .or_else(|| defaults.meeting.clone()),
            rag: reader.rag(fields, "rag"),
            status: reader.status(fields, "status"),
            impact_rag: reader.rag(fields, "impact_rag"),
            done: reader.words(fields, "done"),
            impact: reader.words(fields, "impact"),
            voice: reader.words(fields, "voice"),
            next: reader.words(fields, "next"),
            note: reader.words(fields, "note"),
            evidence: reader.evidence(fields, "evidence").unwrap_or_default(),
            timescale: reader.deadline(fields, "timescale", &context),
            owners: reader.texts(fields, "owners"),
            owners_at: owners_at.unwrap_or(fields.at),
            reason: reader.words(fields, "reason"),
            agreed: reader.words(fields, "agreed"),
            refused: reader.words(fields, "refused"),
            escalate: reader.words(fields, "escalate"),
        };
        self.board.terms = terms;
        self.board.entries.push(entry);
    }

    fn missing(&mut self, at: Span, message: &str, help: &str) {
        self.findings
            .push(Finding::new("missing-field", at, message).help(help));
    }

    fn challenges(&mut self, file: FileId, root: Node) {
        let mut reader = self.reader(file);
        let Some(fields) = reader.fields(root, &fields::CHALLENGES) else {
            return;
        };
        reader.words(&fields, "challenges");
        let plan_name = reader.words(&fields, "plan");
        let plan = plan_name.as_ref().and_then(|name| self.find_plan(name));
        let mut reader = self.reader(file);
        for fields in reader.maps(&fields, "entries") {
            let own_plan = self.reader(file).words(&fields, "plan");
            let plan = match &own_plan {
                Some(name) => self.find_plan(name),
                None => plan,
            };
            let mut reader = self.reader(file);
            let entry = ChallengeEntry {
                at: fields.at,
                id: reader
                    .id(&fields, "challenge")
                    .unwrap_or_else(|| Id::none(fields.head)),
                plan,
                plan_name: own_plan.or_else(|| plan_name.clone()),
                date: reader.date(&fields, "date"),
                meeting: reader.words(&fields, "meeting"),
                from: reader.words(&fields, "from"),
                to: reader.words(&fields, "to"),
                by: reader.words(&fields, "by"),
                action: reader.words(&fields, "action"),
                raised: reader.words(&fields, "raised"),
                response: reader.words(&fields, "response"),
                closed: reader.words(&fields, "closed"),
                impact: reader.words(&fields, "impact"),
                note: reader.words(&fields, "note"),
            };
            self.board.challenges.push(entry);
        }
    }
}

/// What an updates file says once for its entries.
struct Defaults {
    plan: Option<usize>,
    plan_name: Option<Text>,
    names_plan: bool,
    /// Whether a date is written, readable or not.
    dated: bool,
    date: Option<Said<Day>>,
    covers: Option<Said<Period>>,
    by: Option<Text>,
    meeting: Option<Text>,
}

/// A file's name without its folders and its ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn data_period(reader: &mut Reader, fields: &Fields) -> Option<Said<Period>> {
    let text = reader.words(fields, "covers")?;
    let period = Period::parse_data(&text);
    if period.is_none() {
        let message = format!("\"{}\" is not a period", text.value);
        let help = "write `2017-18 Q1`, `2017-18`, `April 2018` or a day as `2018-04-30`";
        reader
            .findings
            .push(Finding::new("unreadable-date", text.at, message).help(help));
    }
    Some(Said {
        value: period?,
        at: text.at,
    })
}

/// What an entry speaks of. A list of one is an entry about that one.
fn about(reader: &mut Reader, fields: &Fields) -> About {
    let action = reader.texts(fields, "action");
    let objective = reader.words(fields, "objective");
    let priority = reader.words(fields, "priority");
    let given = usize::from(action.is_some())
        + usize::from(objective.is_some())
        + usize::from(priority.is_some());
    if given > 1 {
        let message = "an entry is about actions, an objective or a priority, not several of these";
        let help = "write an entry for each; here only the first of action, objective and priority \
                    counts";
        reader
            .findings
            .push(Finding::new("wrong-type", fields.head, message).help(help));
    }
    if let Some(mut ids) = action {
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(id.value.clone()));
        return match ids.len() {
            0 => {
                let message = "an entry is about no action: the list is empty";
                let help = "write the action's id: `action: 2.2.3`";
                reader
                    .findings
                    .push(Finding::new("missing-field", fields.head, message).help(help));
                About::Nothing
            }
            1 => About::One(ids.remove(0)),
            _ => About::Several(ids),
        };
    }
    if let Some(id) = objective {
        return About::Objective(id);
    }
    if let Some(id) = priority {
        return About::Priority(id);
    }
    if !["action", "objective", "priority"]
        .iter()
        .any(|name| fields.gave(name))
    {
        let message = "an entry does not say what it is about";
        let help = "write `action: …`, `objective: …` or `priority: …`";
        reader
            .findings
            .push(Finding::new("missing-field", fields.head, message).help(help));
    }
    About::Nothing
}

/// Meetings: a list of dates, or a rule.
fn schedule(reader: &mut Reader, node: Node) -> Option<Schedule> {
    if node.kind() == yaml::Kind::Map {
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
        .map(|said| said.value)
        .collect();
    days.sort();
    Some(Schedule::Dates(days))
}

/// The last days of a school year's three terms.
fn terms(reader: &mut Reader, year: &Text, node: Node, terms: &mut Terms) {
    let start = Period::parse_plan(year).filter(|period| period.kind == PeriodKind::Year);
    let days: Vec<Day> = reader
        .list(node)
        .iter()
        .filter_map(|date| reader.day(date))
        .map(|said| said.value)
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
