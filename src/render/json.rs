//! JSON, with hidden characters escaped: the same data, and nothing that a reader cannot see.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::document::is_hidden;

/// Writes a value as indented JSON with a final line end.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    let formatter = Visible {
        pretty: PrettyFormatter::new(),
        depth: 0,
    };
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut bytes, formatter,
    ))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Writes values as JSON Lines, one on each.
pub fn json_lines(values: &[impl Serialize]) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    for value in values {
        value.serialize(&mut serde_json::Serializer::with_formatter(
            &mut bytes, InLine,
        ))?;
        bytes.push(b'\n');
    }
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// In one line, and hidden characters as `\u` escapes.
struct InLine;

impl Formatter for InLine {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        visible(writer, fragment)
    }
}

/// A part of a text, its hidden characters as `\u` escapes.
fn visible<W: ?Sized + Write>(writer: &mut W, fragment: &str) -> io::Result<()> {
    if !fragment.contains(is_hidden) {
        return writer.write_all(fragment.as_bytes());
    }
    for c in fragment.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
        } else {
            write!(writer, "{c}")?;
        }
    }
    Ok(())
}

/// Writes a value that is compact JSON as [`PrettyFormatter`] would where it stands so deep, a line at a time.
fn indented<W: ?Sized + Write>(writer: &mut W, compact: &str, mut depth: usize) -> io::Result<()> {
    let (mut in_text, mut is_escaped) = (false, false);
    let mut line = String::new();
    let mut signs = compact.chars().peekable();
    while let Some(sign) = signs.next() {
        line.push(sign);
        if sign == '"' && !is_escaped {
            in_text = !in_text;
        }
        is_escaped = in_text && sign == '\\' && !is_escaped;
        if in_text {
            continue;
        }
        match sign {
            ':' => line.push(' '),
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        let begins = matches!(sign, '{' | '[');
        let ends = matches!(signs.peek(), Some('}' | ']'));
        // What is empty stays on its line.
        let (opens, closes) = (begins && !ends, !begins && ends);
        if sign == ',' || opens || closes {
            visible(writer, &line)?;
            let inside = depth - usize::from(closes);
            write!(writer, "\n{}", "  ".repeat(inside))?;
            line.clear();
        }
    }
    visible(writer, &line)
}

/// Indented, and hidden characters as `\u` escapes.
struct Visible {
    pretty: PrettyFormatter<'static>,
    /// In how many arrays and objects the next value stands.
    depth: usize,
}

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        visible(writer, fragment)
    }

    fn write_raw_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        indented(writer, fragment, self.depth)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.pretty.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        self.pretty.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_array_value(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        self.pretty.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_object_key(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_read_back_the_same() {
        let text = "a\u{202e}b\u{200b}\u{e0041}é \"q\"\n";
        let json = json(&vec![text]).unwrap();
        assert!(json.is_ascii() || !json.contains(is_hidden_and_not_newline));
        let back: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, [text]);
    }

    /// What is given as text is written as the value itself is.
    #[test]
    fn compact_json_is_indented_where_it_stands() {
        let value = serde_json::json!({
            "empty": [{}, [], "", null], "text": "{\"a\\\": [1,2]} \\", "\u{202e}": [[-1.5], {"é": {"a": true, "b": {}}}],
        });
        let raw = serde_json::value::to_raw_value(&value).unwrap();
        let direct = json(&serde_json::json!({"of": [value]})).unwrap();
        let map: std::collections::BTreeMap<&str, _> = [("of", vec![raw])].into();
        assert_eq!(json(&map).unwrap(), direct);
        assert!(direct.contains("\\u202e") && !direct.contains('\u{202e}'));
    }

    fn is_hidden_and_not_newline(c: char) -> bool {
        c != '\n' && is_hidden(c)
    }
}
