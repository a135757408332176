//! Values as lines of YAML, in block form or in brackets.

use super::value::EntryValue;
use crate::yaml::scalar;

/// The longest list or map that stands in brackets on one line.
const BRACKETS: usize = 100;

/// Fields in block form, one below the other, the first of them without indentation: it stands behind
/// a dash, or at the beginning of a file. `column` is where they stand, `step` how far the inside of
/// one is set in.
pub fn block(map: &[(String, EntryValue)], column: usize, step: usize) -> Vec<String> {
    let indent = " ".repeat(column);
    let set_in = |(number, line): (usize, String)| match (number, line.is_empty()) {
        (0, _) | (_, true) => line,
        _ => format!("{indent}{line}"),
    };
    fields(map, column, step)
        .into_iter()
        .enumerate()
        .map(set_in)
        .collect()
}

/// Fields one below the other, without the indentation of all.
fn fields(map: &[(String, EntryValue)], column: usize, step: usize) -> Vec<String> {
    let lines = map
        .iter()
        .map(|(name, value)| field(name, value, column, step));
    lines.flatten().collect()
}

/// One field: its first line without indentation, those below it set in.
fn field(name: &str, value: &EntryValue, column: usize, step: usize) -> Vec<String> {
    let inside = " ".repeat(step);
    let below = |line: String| {
        if line.is_empty() {
            line
        } else {
            format!("{inside}{line}")
        }
    };
    match value {
        EntryValue::Text(text) => {
            let (first, rest) = scalar::field(text, column + step);
            let first = format!("{name}: {first}");
            std::iter::once(first)
                .chain(rest.into_iter().map(below))
                .collect()
        }
        _ => {
            let short = brackets(value);
            let of_maps = matches!(value, EntryValue::List(items) if items.iter().any(holds_lists));
            if !of_maps && column + name.len() + short.chars().count() <= BRACKETS {
                return vec![format!("{name}: {short}")];
            }
            let first = format!("{name}:");
            std::iter::once(first)
                .chain(items(value, column + step, step).into_iter().map(below))
                .collect()
        }
    }
}

fn holds_lists(value: &EntryValue) -> bool {
    matches!(value, EntryValue::Map(map) if map.iter().any(|(_, value)| !matches!(value, EntryValue::Text(_))))
}

/// The inside of a list or a map, below its field.
fn items(value: &EntryValue, column: usize, step: usize) -> Vec<String> {
    match value {
        EntryValue::List(items) => (items.iter())
            .flat_map(|value| item(value, column, step))
            .collect(),
        EntryValue::Map(map) => fields(map, column, step),
        EntryValue::Text(text) => vec![scalar::inline(text, false)],
    }
}

/// An item of a list: a map that is long, or holds lists itself, one field below the other.
fn item(value: &EntryValue, column: usize, step: usize) -> Vec<String> {
    let short = brackets(value);
    match value {
        EntryValue::Map(map) if holds_lists(value) || column + short.chars().count() > BRACKETS => {
            let lines = fields(map, column + 2, step).into_iter().enumerate();
            let set_in = |(number, line): (usize, String)| match (number, line.is_empty()) {
                (0, _) => format!("- {line}"),
                (_, true) => line,
                _ => format!("  {line}"),
            };
            lines.map(set_in).collect()
        }
        _ => vec![format!("- {short}")],
    }
}

/// A value on one line; lists and maps in brackets.
pub fn brackets(value: &EntryValue) -> String {
    match value {
        EntryValue::Text(text) => scalar::inline(text, true),
        EntryValue::List(items) => {
            let items: Vec<String> = items.iter().map(brackets).collect();
            format!("[{}]", items.join(", "))
        }
        EntryValue::Map(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let name = scalar::inline(name, true);
                format!("{name}: {}", brackets(value))
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}
