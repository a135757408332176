//! Takes the fields of a map by their table, and says what does not fit. One bad field costs that
//! field alone.

use foldhash::{HashSet, HashSetExt};

use super::fields::{Field, FieldKind, Shape};
use super::phrases;
use super::{Deadline, Evidence, Frequency, Id, Located, Rag, Status, Text};
use crate::calendar::{Day, Interval};
use crate::finding::{Finding, nearest, only_near, suggest};
use crate::source::{FileId, Span};
use crate::timescale::{self, TimescaleContext};
use crate::words::trimmed;
use crate::yaml::{self, Node, NodeId};

/// Reads one file's tree.
pub(super) struct FieldReader<'f> {
    pub file: FileId,
    pub findings: &'f mut Vec<Finding>,
}

/// The fields of one map, as the file gives them.
pub(super) struct Fields<'t> {
    shape: &'static Shape,
    map: Node<'t>,
    written: Vec<WrittenField>,
    /// The whole map.
    pub at: Span,
    /// Its first key: where a finding about the map as a whole stands.
    pub head: Span,
}

/// A field of a map: its place in the shape, and the values that name it and that it holds.
struct WrittenField {
    index: usize,
    key: NodeId,
    value: NodeId,
    holds: Holds,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    /// What does not fit the field, and counts for nothing.
    WrongType,
    Value,
}

/// A map of a list that is still to be read.
pub(super) struct UnreadMap<'t> {
    node: Node<'t>,
    shape: &'static Shape,
}

impl<'t> Fields<'t> {
    /// The shape of the maps that a field holds.
    fn shape_of(&self, name: &str) -> Option<&'static Shape> {
        self.shape.field(name)?.kind.shape()
    }

    /// A field that was written. Naming one that the shape lacks is a mistake of this program.
    fn written(&self, name: &str) -> Option<&WrittenField> {
        debug_assert!(
            self.shape.field(name).is_some(),
            "{} has no field {name}",
            self.shape.name
        );
        let fields = self.shape.fields;
        let mut written = self.written.iter();
        written.find(|written| fields[written.index].name == name)
    }

    /// Whether a field was written, even if what it holds cannot be used.
    pub fn gave(&self, name: &str) -> bool {
        let written = self.written(name);
        written.is_some_and(|written| written.holds != Holds::Nothing)
    }

    /// A field's name, as the file gives it.
    pub fn key(&self, name: &str) -> Option<Node<'t>> {
        Some(self.map.other(self.written(name)?.key))
    }

    /// A field's value, if it can be used.
    pub fn node(&self, name: &str) -> Option<Node<'t>> {
        self.node_and_kind(name).map(|(node, _)| node)
    }

    /// The maps of a list, by the shape that the field's kind gives: [`FieldReader::item`] reads each when
    /// its turn comes, as the fields of thousands take much room.
    pub fn maps(&self, name: &str) -> impl Iterator<Item = UnreadMap<'t>> + use<'t> {
        let list = self.node(name).into_iter();
        let shape = self.shape_of(name);
        list.flat_map(|list| list.items()).filter_map(move |node| {
            Some(UnreadMap {
                node,
                shape: shape?,
            })
        })
    }

    fn node_and_kind(&self, name: &str) -> Option<(Node<'t>, FieldKind)> {
        let written = self.written(name)?;
        let kind = self.shape.fields[written.index].kind;
        (written.holds == Holds::Value).then(|| (self.map.other(written.value), kind))
    }
}

/// Where a field stands in a shape, looked for from a place on, then from the beginning.
fn index_from(start: usize, shape: &Shape, name: &str) -> Option<usize> {
    let (before, behind) = shape.fields.split_at(start);
    let place = |fields: &[Field]| fields.iter().position(|field| field.name == name);
    place(behind)
        .map(|at| at + before.len())
        .or_else(|| place(before))
}

impl FieldReader<'_> {
    /// The place of a field's name; where the field is missing, the beginning of its map.
    pub fn place_of(&self, fields: &Fields, name: &str) -> Span {
        fields.key(name).map_or(fields.head, |key| self.span(key))
    }

    pub fn span(&self, node: Node) -> Span {
        let (start, end) = node.range();
        Span {
            file: self.file,
            start,
            end,
        }
    }

    pub fn finding(&mut self, rule: &'static str, at: Span, message: String, help: String) {
        self.findings
            .push(Finding::new(rule, at, message).help(help));
    }

    pub fn wrong_type(&mut self, node: Node, message: String, help: &str) {
        let at = self.span(node);
        self.finding("wrong-type", at, message, help.to_owned());
    }

    /// Reads a map by its shape: names the fields that it does not know, those given twice, those of
    /// a wrong type, and the required ones that are missing.
    pub fn fields<'t>(&mut self, map: Node<'t>, shape: &'static Shape) -> Option<Fields<'t>> {
        if map.kind() != yaml::NodeKind::Map {
            let help = format!("write its fields, each `name: value`: {}", names(shape));
            self.wrong_type(map, format!("{} is a map of fields", shape.name), &help);
            return None;
        }
        let mut written: Vec<WrittenField> = Vec::new();
        let (mut head, mut next) = (None, 0);
        for (key, value) in map.pairs() {
            head.get_or_insert(self.span(key));
            let name = trimmed(key.text().unwrap_or_default());
            // Mostly the fields stand in the order of the shape.
            let Some(index) = index_from(next, shape, name) else {
                self.unknown_field(key, name, shape);
                continue;
            };
            next = index + 1;
            if let Some(first) = written.iter().find(|field| field.index == index) {
                self.duplicate_key(key, map.other(first.key));
                continue;
            }
            written.push(WrittenField {
                index,
                key: key.id(),
                value: value.id(),
                holds: self.check(value, &shape.fields[index]),
            });
        }
        let at = self.span(map);
        let head = head.unwrap_or(at);
        let fields = Fields {
            shape,
            map,
            written,
            at,
            head,
        };
        self.check_required(&fields);
        self.check_either(&fields);
        Some(fields)
    }

    fn check_required(&mut self, fields: &Fields) {
        let required = fields.shape.fields.iter().filter(|field| field.required);
        for field in required.filter(|field| !fields.gave(field.name)) {
            self.missing(fields.shape, field.name, field.help, fields.head);
        }
    }

    /// Names what is missing of the first of a shape's alternatives, where none is there whole.
    fn check_either(&mut self, fields: &Fields) {
        let shape = fields.shape;
        let whole = |set: &&[&str]| set.iter().all(|name| fields.gave(name));
        if shape.either.iter().any(whole) {
            return;
        }
        let usual = shape.either.iter().take(1).copied().flatten();
        for name in usual.filter(|name| !fields.gave(name)) {
            let field = shape.field(name);
            self.missing(shape, name, field.map_or("", |f| f.help), fields.head);
        }
    }

    fn missing(&mut self, shape: &Shape, name: &str, help: &str, head: Span) {
        let message = format!("{} has no `{name}`", shape.name);
        self.finding(
            "missing-field",
            head,
            message,
            format!("write `{name}: …`: {help}"),
        );
    }

    /// What a field holds; if it is of a wrong type, that is said.
    fn check(&mut self, node: Node, field: &Field) -> Holds {
        if is_blank(node) {
            return Holds::Nothing;
        }
        let (fits, what) = expected(field.kind, node.kind());
        if fits {
            return Holds::Value;
        }
        let found = match node.kind() {
            yaml::NodeKind::Scalar => "a single value",
            yaml::NodeKind::List => "a list",
            yaml::NodeKind::Map => "a map",
        };
        let message = format!("`{}` takes {what}, and this is {found}", field.name);
        self.wrong_type(node, message, &format!("it holds {}", field.help));
        Holds::WrongType
    }

    fn unknown_field(&mut self, key: Node, name: &str, shape: &'static Shape) {
        let candidates: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
        let at = self.span(key);
        let message = format!("{} has no field `{name}`", shape.name);
        let mut finding =
            Finding::new("unknown-field", at, message).help(suggest(name, &candidates, "fields"));
        if let Some(meant) = only_near(name, &candidates) {
            finding = finding.fix(at, meant);
        }
        self.findings.push(finding);
    }

    fn duplicate_key(&mut self, key: Node, first: Node) {
        let name = key.text().unwrap_or_default();
        let finding = Finding::new(
            "duplicate-key",
            self.span(key),
            format!("`{name}` is given twice; only the first counts"),
        )
        .help("delete one of them, join the two, or indent it under what it belongs to")
        .related(self.span(first), "first given here");
        self.findings.push(finding);
    }

    /// A map's names and values, each name once.
    pub fn named<'t>(&mut self, map: Option<Node<'t>>) -> Vec<(Text, Node<'t>)> {
        let Some(map) = map else { return Vec::new() };
        let mut seen = HashSet::new();
        let mut named = Vec::new();
        for (key, value) in map.pairs() {
            let name = key.text().unwrap_or_default().trim();
            if seen.insert(name) {
                named.push((self.text(key).into_name(), value));
            } else {
                let first = map
                    .pairs()
                    .find(|(other, _)| other.text().unwrap_or_default().trim() == name);
                self.duplicate_key(key, first.map_or(key, |(other, _)| other));
            }
        }
        named
    }

    /// The names of a map, each once; that one is given twice is said when their values are read.
    pub fn names(&self, fields: &Fields, name: &str) -> Vec<Text> {
        let map = fields.node(name).into_iter();
        let keys = map
            .flat_map(|map| map.pairs())
            .map(|(key, _)| self.text(key).into_name());
        let mut seen = HashSet::new();
        keys.filter(|key| seen.insert(key.value.clone())).collect()
    }

    /// Names, each with a text.
    pub fn named_texts(&mut self, map: Option<Node>) -> Vec<(Text, Text)> {
        self.named(map)
            .into_iter()
            .filter_map(|(name, value)| Some((name, self.scalar(value)?)))
            .collect()
    }

    fn text(&self, node: Node) -> Text {
        Text {
            value: trimmed(node.text().unwrap_or_default()).into(),
            at: self.span(node),
        }
    }

    /// A single text where one belongs, or a finding.
    pub fn scalar(&mut self, node: Node) -> Option<Text> {
        if node.kind() == yaml::NodeKind::Scalar {
            return Some(self.text(node)).filter(|text| !text.is_empty());
        }
        self.wrong_type(
            node,
            "a text belongs here".into(),
            "put it in quotes if it holds brackets, a colon and a space, or begins with a dash",
        );
        None
    }

    pub fn words(&mut self, fields: &Fields, name: &str) -> Option<Text> {
        let (node, kind) = fields.node_and_kind(name)?;
        let text = self.scalar(node)?;
        Some(if kind.is_name() {
            text.into_name()
        } else {
            text
        })
    }

    pub fn id(&mut self, fields: &Fields, name: &str) -> Option<Id> {
        self.words(fields, name).map(Id)
    }

    /// Whether a field says `true`.
    pub fn is_true(&mut self, fields: &Fields, name: &str) -> bool {
        let Some(text) = self.words(fields, name) else {
            return false;
        };
        match text.to_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => self
                .no_such_word(&text, "true or false", &["true", "false"])
                .unwrap_or(false),
        }
    }

    /// One text or a list of texts.
    pub fn list(&mut self, node: Node) -> Vec<Text> {
        match node.kind() {
            yaml::NodeKind::List => node.items().filter_map(|item| self.scalar(item)).collect(),
            _ => self.scalar(node).into_iter().collect(),
        }
    }

    pub fn texts(&mut self, fields: &Fields, name: &str) -> Option<Vec<Text>> {
        let (node, kind) = fields.node_and_kind(name)?;
        let texts = self.list(node);
        Some(if kind.is_name() {
            texts.into_iter().map(Text::into_name).collect()
        } else {
            texts
        })
    }

    /// Reads a map of a list.
    pub fn item<'t>(&mut self, map: UnreadMap<'t>) -> Option<Fields<'t>> {
        self.fields(map.node, map.shape)
    }

    /// A map, by the shape that the field's kind gives.
    pub fn map<'t>(&mut self, fields: &Fields<'t>, name: &str) -> Option<Fields<'t>> {
        self.fields(fields.node(name)?, fields.shape_of(name)?)
    }

    /// Names, each with a map of the shape that the field's kind gives.
    pub fn named_maps<'t>(&mut self, fields: &Fields<'t>, name: &str) -> Vec<(Text, Fields<'t>)> {
        let named = self.named(fields.node(name));
        named
            .into_iter()
            .filter(|(_, node)| !is_blank(*node))
            .filter_map(|(key, node)| Some((key, self.fields(node, fields.shape_of(name)?)?)))
            .collect()
    }

    pub fn date(&mut self, fields: &Fields, name: &str) -> Option<Located<Day>> {
        let text = self.words(fields, name)?;
        self.day(&text)
    }

    /// An ISO date, or a finding that offers the ISO form of what was written.
    pub fn day(&mut self, text: &Text) -> Option<Located<Day>> {
        if let Some(value) = Day::parse_iso(text) {
            return Some(Located { value, at: text.at });
        }
        self.findings.push(match timescale::parse_date(text) {
            Ok(day) => Finding::new(
                "unreadable-date",
                text.at,
                format!("\"{}\" is not written as an ISO date", text.value),
            )
            .help(format!("write `{day}`"))
            .fix(text.at, day.to_string()),
            Err(unreadable) => Finding::new("unreadable-date", text.at, unreadable.message)
                .help(format!("{}; in files, as year-month-day", unreadable.help)),
        });
        None
    }

    pub fn rag(&mut self, fields: &Fields, name: &str) -> Option<Located<Rag>> {
        let text = self.words(fields, name)?;
        self.rating(&text)
    }

    /// A rating that may be reported: red, amber, green or blue.
    fn rating(&mut self, text: &Text) -> Option<Located<Rag>> {
        match Rag::parse(text) {
            Some(value) if value != Rag::Grey => Some(Located { value, at: text.at }),
            _ => self.no_such_word(text, "a RAG rating", &["red", "amber", "green", "blue"]),
        }
    }

    /// Words, each with the rating that it stands for.
    pub fn ratings(&mut self, fields: &Fields, name: &str) -> Vec<(Text, Rag)> {
        let named = self.named_texts(fields.node(name));
        named
            .into_iter()
            .filter_map(|(word, rating)| Some((word, self.rating(&rating)?.value)))
            .collect()
    }

    pub fn status(&mut self, fields: &Fields, name: &str) -> Option<Located<Status>> {
        let text = self.words(fields, name)?;
        match Status::parse(&text) {
            Some(value) => Some(Located { value, at: text.at }),
            None => self.no_such_word(&text, "a status", &Status::ALL.map(Status::word)),
        }
    }

    /// A finding about a word that is none of a few.
    pub fn no_such_word<T>(&mut self, text: &Text, what: &str, words: &[&str]) -> Option<T> {
        let message = format!("\"{}\" is not {what}", text.value);
        let help = match nearest(text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of: {}", words.join(", ")),
        };
        self.finding("wrong-type", text.at, message, help);
        None
    }

    /// A deadline: kept as written, and read.
    pub fn deadline(
        &mut self,
        fields: &Fields,
        name: &str,
        context: &TimescaleContext,
    ) -> Option<Deadline> {
        let text = self.words(fields, name)?;
        let read = phrases::read(&text, context);
        if let Err(unreadable) = &read {
            let (message, help) = (unreadable.message.clone(), unreadable.help.clone());
            self.finding("unreadable-timescale", text.at, message, help);
        }
        Some(Deadline { text, read })
    }

    /// A length of time.
    pub fn interval(&mut self, fields: &Fields, name: &str) -> Option<Interval> {
        let frequency = self.frequency(fields, name)?;
        Some(frequency.interval)
    }

    /// A length of time after which something is due again.
    pub fn frequency(&mut self, fields: &Fields, name: &str) -> Option<Frequency> {
        let text = self.words(fields, name)?;
        let interval = timescale::parse_interval(&text);
        if interval.is_none() {
            let message = format!("\"{}\" is not a length of time", text.value);
            let help = "write it as `6 weeks`, `30 days`, `2 months` or `quarterly`".to_owned();
            self.finding("unreadable-timescale", text.at, message, help);
        }
        Some(Frequency::written(interval?, &text))
    }

    pub fn evidence(&mut self, fields: &Fields, name: &str) -> Option<Vec<Evidence>> {
        let node = fields.node(name)?;
        let items: Vec<Node> = match node.kind() {
            yaml::NodeKind::List => node.items().collect(),
            _ => vec![node],
        };
        let items = items.into_iter().filter_map(|item| match item.kind() {
            yaml::NodeKind::Map => {
                let fields = self.fields(item, &super::fields::EVIDENCE)?;
                Some(Evidence {
                    title: self.words(&fields, "title")?,
                    link: self.words(&fields, "link"),
                })
            }
            _ => Some(Evidence {
                title: self.scalar(item)?,
                link: None,
            }),
        });
        Some(items.collect())
    }
}

fn is_blank(node: Node) -> bool {
    node.text().is_some_and(|text| trimmed(text).is_empty())
}

fn names(shape: &Shape) -> String {
    let names: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
    names.join(", ")
}

/// Whether a kind of field takes a kind of value, and what it takes.
fn expected(kind: FieldKind, found: yaml::NodeKind) -> (bool, &'static str) {
    use yaml::NodeKind::{List, Map, Scalar};
    match kind {
        FieldKind::Texts | FieldKind::Ids | FieldKind::Groups => {
            (found != Map, "a text or a list of texts")
        }
        FieldKind::Evidence => (true, "a text, a title with a link, or a list of these"),
        FieldKind::NamedTexts
        | FieldKind::Severities
        | FieldKind::Ratings
        | FieldKind::Named(_)
        | FieldKind::Meetings
        | FieldKind::Terms
        | FieldKind::Map(_) => (found == Map, "a map, `name: value` on lines of their own"),
        FieldKind::Target => (found != List, "a number, one for each year, or a direction"),
        FieldKind::List(_) => (found == List, "a list, each item beginning with `- `"),
        _ => (found == Scalar, "a single text"),
    }
}
