//! JSON Schema (2020-12) of the kinds of file, for editors: made of the table of fields that the
//! reader uses, so that the two cannot say different things.
//!
//! A schema knows one file and the forms of its values; what hangs on other files (is there such a
//! group?) is for `plan validate` and `plan lsp`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::lint::{FIXED, RULES};
use crate::plan::fields::{FILES, Field, FieldKind, Shape};
use crate::plan::{Rag, ReviewDecision, Status};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A date as year-month-day, in the years that the calendar knows.
const DATE: &str = r"^\s*(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\s*$";

/// A financial or school year.
const YEAR: &str = r"^\s*(19|20|21)[0-9]{2}\s*[^\s0-9A-Za-z].*[0-9]\s*$";

/// The schema of all kinds, which tells them apart by the key that each begins with.
pub fn all() -> Value {
    let kinds = FILES.map(|(word, _)| json!({"required": [word]}));
    // A challenge log and an updates file name their `plan` too, so they are asked for first.
    let order = ["board", "updates", "challenges", "reviews", "plan"];
    let chosen = order
        .into_iter()
        .rev()
        .fold(json!({"anyOf": kinds}), |otherwise, word| {
            json!({
                "if": {"required": [word]},
                "then": {"$ref": reference(shape_of(word))},
                "else": otherwise,
            })
        });
    let keys: Map<String, Value> = FILES
        .iter()
        .filter_map(|(word, shape)| {
            let words = shape.field(word)?.describe();
            Some(((*word).to_owned(), json!({"description": words})))
        })
        .collect();
    let mut schema = Map::new();
    head(
        &mut schema,
        "urn:plan:schema",
        "A file of a board: its first key says which kind it is",
    );
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(keys));
    if let Value::Object(chosen) = chosen {
        schema.extend(chosen);
    }
    schema.insert("$defs".into(), definitions(FILES.map(|(_, shape)| shape)));
    Value::Object(schema)
}

/// The schema of one kind of file, named by the key that such a file begins with; none for another word.
pub fn one(word: &str) -> Option<Value> {
    let (word, shape) = FILES.iter().find(|(known, _)| *known == word)?;
    let mut schema = Map::new();
    let title = format!("The fields of {}", shape.name);
    head(&mut schema, &format!("urn:plan:schema:{word}"), &title);
    schema.insert("$ref".into(), json!(reference(shape)));
    schema.insert("$defs".into(), definitions([*shape]));
    Some(Value::Object(schema))
}

fn head(schema: &mut Map<String, Value>, id: &str, title: &str) {
    for (key, value) in [("$schema", DIALECT), ("$id", id), ("title", title)] {
        schema.insert(key.into(), json!(value));
    }
}

fn shape_of(word: &str) -> &'static Shape {
    let found = FILES.iter().find(|(known, _)| *known == word);
    found.map_or(FILES[0].1, |(_, shape)| shape)
}

/// What a shape is called among the definitions: its name without the article.
fn name(shape: &Shape) -> String {
    let name = shape.name;
    let bare = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(name).replace(' ', "-")
}

fn reference(shape: &Shape) -> String {
    format!("#/$defs/{}", name(shape))
}

/// The shapes and all that stand below them.
fn definitions<const N: usize>(roots: [&'static Shape; N]) -> Value {
    let mut known: BTreeMap<String, &'static Shape> = BTreeMap::new();
    let mut open: Vec<&'static Shape> = roots.to_vec();
    while let Some(shape) = open.pop() {
        if known.insert(name(shape), shape).is_none() {
            open.extend(shape.fields.iter().filter_map(|field| field.kind.shape()));
        }
    }
    let defined = known.into_iter().map(|(name, shape)| (name, object(shape)));
    Value::Object(defined.collect())
}

/// A map with known fields.
fn object(shape: &Shape) -> Value {
    let properties: Map<String, Value> = (shape.fields.iter())
        .map(|field| (field.name.to_owned(), property(field)))
        .collect();
    let required: Vec<&str> = (shape.fields.iter())
        .filter_map(|field| field.required.then_some(field.name))
        .collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if !shape.either.is_empty() {
        let sets = shape.either.iter().map(|set| json!({"required": set}));
        object["anyOf"] = sets.collect();
    }
    object
}

/// A field: what it holds, in words, and with examples of how it is written.
fn property(field: &Field) -> Value {
    // `title:` and the end of the line is a field that is not given.
    let mut schema = if field.required {
        value(field.kind)
    } else {
        or_nothing(value(field.kind))
    };
    schema["description"] = json!(field.describe());
    let examples = field.kind.examples();
    if !examples.is_empty() {
        schema["examples"] = json!(examples);
    }
    schema
}

fn or_nothing(schema: Value) -> Value {
    any([schema, json!({"type": "null"})])
}

/// A schema that allows any of the given ones; a choice among them is merged into it, not nested.
fn any<const N: usize>(choices: [Value; N]) -> Value {
    let mut all = Vec::new();
    for choice in choices {
        match choice.get("anyOf").and_then(Value::as_array) {
            Some(inner) => all.extend(inner.iter().cloned()),
            None => all.push(choice),
        }
    }
    json!({"anyOf": all})
}

/// What a kind of field takes. Never less than the reader takes.
fn value(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text
        | FieldKind::Id
        | FieldKind::Group
        | FieldKind::GroupOrNone
        | FieldKind::Timescale
        | FieldKind::Interval
        | FieldKind::DueSoon => text(),
        FieldKind::Texts | FieldKind::Ids | FieldKind::Groups => any([text(), list(text())]),
        FieldKind::Date => shaped(DATE),
        FieldKind::Period => shaped(YEAR),
        FieldKind::DataPeriod => shaped("(19|20|21)[0-9]{2}"),
        FieldKind::Rag => words(&RATINGS.map(Rag::word)),
        FieldKind::Status => words(&Status::ALL.map(Status::word)),
        FieldKind::Ratings => named(words(&RATINGS.map(Rag::word))),
        FieldKind::Completion => words(&["agreed", "reported"]),
        FieldKind::YesNo => any([json!({"type": "boolean"}), words(&["true", "false"])]),
        FieldKind::Decision => words(&ReviewDecision::ALL.map(ReviewDecision::word)),
        FieldKind::Better => words(&["lower", "higher"]),
        FieldKind::Target => target(),
        FieldKind::Tolerance => shaped(&format!(
            r"^\s*[-+]?[0-9.][0-9.,]*\s*(%\s*{}|{}[sS]?)\s*$",
            any_case("of target"),
            any_case("point")
        )),
        FieldKind::Path => shaped(r"^[^\\]*$"),
        FieldKind::Reference => shaped("^[^#]+#.+$"),
        FieldKind::Evidence => evidence(),
        FieldKind::NamedTexts => named(text()),
        FieldKind::Severities => severities(),
        FieldKind::Named(shape) => named(refer(shape)),
        FieldKind::Meetings => meetings(),
        FieldKind::Terms => terms(),
        FieldKind::Map(shape) => refer(shape),
        FieldKind::List(shape) => list(refer(shape)),
    }
}

/// The ratings that a report may give: grey is none.
const RATINGS: [Rag; 4] = [Rag::Red, Rag::Amber, Rag::Green, Rag::Blue];

/// Any single value: readers of YAML take `2019`, `1.1` and `true` for other things than texts.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn shaped(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn list(item: Value) -> Value {
    json!({"type": "array", "items": item})
}

fn refer(shape: &Shape) -> Value {
    json!({"$ref": reference(shape)})
}

fn named(value: Value) -> Value {
    json!({"type": "object", "additionalProperties": or_nothing(value)})
}

/// One of a few words: those that an editor offers, and the same in other letters.
fn words(words: &[&str]) -> Value {
    let other: Vec<String> = words.iter().map(|word| any_case(word)).collect();
    let pattern = format!(r"^\s*({})\s*$", other.join("|"));
    any([json!({"enum": words}), shaped(&pattern)])
}

/// A pattern for a word in large or small letters, and for any space where it has one.
fn any_case(word: &str) -> String {
    let letters = word.chars().map(|letter| match letter {
        ' ' => r"\s+".to_owned(),
        letter => format!("[{}{letter}]", letter.to_ascii_uppercase()),
    });
    letters.collect()
}

fn target() -> Value {
    let figure = any([
        json!({"type": "number"}),
        shaped(r"^\s*[-+]?[0-9.][0-9.,]*\s*%?\s*$"),
    ]);
    let by_year = json!({
        "type": "object",
        "propertyNames": {"pattern": YEAR},
        "additionalProperties": figure,
    });
    any([figure, words(&["decreasing", "increasing"]), by_year])
}

fn evidence() -> Value {
    let item = match FieldKind::Evidence.shape() {
        Some(shape) => any([text(), refer(shape)]),
        None => text(),
    };
    any([item.clone(), list(item)])
}

fn meetings() -> Value {
    let dates = any([shaped(DATE), list(shaped(DATE))]);
    named(match FieldKind::Meetings.shape() {
        Some(rule) => any([dates, refer(rule)]),
        None => dates,
    })
}

fn terms() -> Value {
    json!({
        "type": "object",
        "propertyNames": {"pattern": YEAR},
        "additionalProperties": {
            "type": "array", "items": shaped(DATE), "minItems": 3, "maxItems": 3
        },
    })
}

fn severities() -> Value {
    let rules = RULES.iter().map(|rule| rule.name);
    let rules: Vec<&str> = rules.filter(|name| !FIXED.contains(name)).collect();
    json!({
        "type": "object",
        "propertyNames": {"enum": rules},
        "additionalProperties": or_nothing(words(&["off", "warning", "error"])),
    })
}
