//! What a plan gives in the fields of an action, for JSON, pages and tables: whatever fields the table
//! of [`ACTION_FIELDS`] has.

use serde::{Serialize, Serializer};

use crate::calendar::Day;
use crate::document::{Cell, Col, running, short, words};
use crate::plan::Text;
use crate::plan::fields::{ACTION_FIELDS, ActionField, FieldKind, FieldValue, Told};
use crate::select::Row;

/// The fields that are told somewhere, with what is given in them; as JSON, by their names.
#[derive(Clone, Debug)]
pub struct FieldFacts(Vec<(&'static ActionField, Option<FieldFact>)>);

/// What is given in a field.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum FieldFact {
    Text(String),
    Day(Day),
    List(Vec<String>),
    #[serde(serialize_with = "as_map")]
    Named(Vec<(&'static str, String)>),
}

static NO_LIST: FieldFact = FieldFact::List(Vec::new());
static NO_MAP: FieldFact = FieldFact::Named(Vec::new());

fn as_map<S: Serializer>(named: &[(&str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(named.iter().map(|(name, text)| (name, text)))
}

/// The fields of actions whose `told` is the given one.
pub fn fields_told(told: Told) -> impl Iterator<Item = &'static ActionField> {
    ACTION_FIELDS.iter().filter(move |field| field.told == told)
}

/// A field as the column of a table; `cell` gives what a row has in the field of a name.
pub fn column<R>(field: &ActionField, cell: fn(&R, &str) -> Cell) -> Col<R> {
    let nothing = |_: &()| Cell::Empty;
    let column = match field.field.kind {
        _ if field.is_running => running(field.name(), nothing),
        FieldKind::Id | FieldKind::Date => short(field.name(), nothing),
        _ => words(field.name(), nothing),
    };
    column.by_heading(cell)
}

impl FieldFacts {
    /// What is given of a row's action in the fields that are told where these are.
    pub fn of(row: &Row, told: Told) -> FieldFacts {
        let given = |field| row.plan.value(row.action, field).map(FieldFact::from);
        FieldFacts(
            fields_told(told)
                .map(|field| (field, given(field)))
                .collect(),
        )
    }

    /// What is given in a field of text, by its name.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.fact(name)? {
            FieldFact::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a table shows of a field.
    pub fn cell(&self, name: &str) -> Cell {
        match self.fact(name) {
            None => Cell::Empty,
            Some(FieldFact::Day(day)) => Cell::Date(*day),
            Some(fact) => Cell::text(fact.words()),
        }
    }

    /// The fields that hold something, by what a page calls them, in words.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, String)> {
        let filled = self.0.iter();
        filled.filter_map(|(field, fact)| Some((field.label, fact.as_ref()?.words())))
    }

    fn fact(&self, name: &str) -> Option<&FieldFact> {
        let row = self.0.iter().find(|(field, _)| field.name() == name);
        debug_assert!(row.is_some(), "no field {name} is told here");
        row?.1.as_ref()
    }
}

impl FieldFact {
    fn words(&self) -> String {
        match self {
            FieldFact::Text(text) => text.clone(),
            FieldFact::Day(day) => day.long(),
            FieldFact::List(texts) => texts.join("\n"),
            FieldFact::Named(texts) => {
                let texts = texts.iter().map(|(name, text)| format!("{name}: {text}"));
                texts.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

impl From<FieldValue<'_>> for FieldFact {
    fn from(value: FieldValue) -> FieldFact {
        let owned = |text: &Text| text.value.to_string();
        match value {
            FieldValue::Text(text) => FieldFact::Text(owned(text)),
            FieldValue::Texts(texts) => FieldFact::List(texts.iter().map(owned).collect()),
            FieldValue::Evidence(items) => {
                FieldFact::List(items.iter().map(|item| owned(&item.title)).collect())
            }
            FieldValue::Deadline(deadline) => FieldFact::Text(owned(&deadline.text)),
            FieldValue::Day(day) => FieldFact::Day(day.value),
            FieldValue::Source(source) => {
                let named = source.named();
                FieldFact::Named(named.map(|(name, text)| (name, owned(text))).collect())
            }
        }
    }
}

/// Nothing is null, or a list or a map of nothing.
impl Serialize for FieldFacts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.iter().map(|(field, fact)| {
            let nothing = match field.field.kind {
                FieldKind::Map(_) => Some(&NO_MAP),
                FieldKind::Texts | FieldKind::Ids | FieldKind::Groups | FieldKind::Evidence => {
                    Some(&NO_LIST)
                }
                _ => None,
            };
            (field.name(), fact.as_ref().or(nothing))
        });
        serializer.collect_map(fields)
    }
}
