//! One writer of YAML for what is imported: values in their order become a text, which is read back and
//! compared value by value.

use std::collections::BTreeSet;

use super::account::small_words;
use crate::document::visible;
use crate::yaml::{self, Node, scalar};

/// A value of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlValue {
    Text(String),
    /// A text that stays on its field's line, so that a remark above it speaks of it.
    Line(String),
    /// A list of texts, on one line if it fits.
    Texts(Vec<String>),
    /// A list of texts, one a line.
    Items(Vec<String>),
    Maps(Vec<Map>),
    Map(Map),
}

/// Fields and their values, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    fields: Vec<YamlField>,
    /// What stands above it as a comment.
    remark: Option<String>,
    /// Whether a blank line stands above it.
    apart: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct YamlField {
    name: String,
    value: YamlValue,
    remark: Option<String>,
    apart: bool,
}

impl Map {
    /// Adds a field.
    pub fn put(&mut self, name: &str, value: YamlValue) -> &mut Map {
        let empty = match &value {
            YamlValue::Texts(texts) | YamlValue::Items(texts) => texts.is_empty(),
            YamlValue::Maps(maps) => maps.is_empty(),
            YamlValue::Map(map) => map.fields.is_empty(),
            YamlValue::Text(_) | YamlValue::Line(_) => false,
        };
        if !empty {
            self.fields.push(YamlField {
                name: name.to_owned(),
                value,
                remark: None,
                apart: false,
            });
        }
        self
    }

    /// Adds a text.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Map {
        self.put(name, YamlValue::Text(text.to_owned()))
    }

    /// Adds a text if there is one.
    pub fn some(&mut self, name: &str, text: Option<&String>) -> &mut Map {
        if let Some(text) = text {
            self.text(name, text);
        }
        self
    }

    /// Sets the last field apart from those above it by a blank line.
    pub fn apart(&mut self, name: &str, value: YamlValue) -> &mut Map {
        let before = self.fields.len();
        self.put(name, value);
        if let Some(field) = self.fields.get_mut(before) {
            field.apart = true;
        }
        self
    }

    /// Puts a comment above the last field.
    pub fn remark_field(&mut self, remark: &str) -> &mut Map {
        if let Some(field) = self.fields.last_mut() {
            field.remark = Some(remark.to_owned());
        }
        self
    }

    /// Puts a comment above the map, where there is one.
    pub fn remark(&mut self, remark: Option<String>) -> &mut Map {
        self.remark = remark;
        self
    }

    /// Sets the map apart from the one above it.
    pub fn set_apart(&mut self) -> &mut Map {
        self.apart = true;
        self
    }

    /// Adds the words of its values to a set.
    pub fn collect_words(&self, words: &mut BTreeSet<String>) {
        for field in &self.fields {
            words.extend(small_words(&field.name));
            match &field.value {
                YamlValue::Text(text) | YamlValue::Line(text) => words.extend(small_words(text)),
                YamlValue::Texts(texts) | YamlValue::Items(texts) => {
                    texts
                        .iter()
                        .for_each(|text| words.extend(small_words(text)));
                }
                YamlValue::Maps(maps) => maps.iter().for_each(|map| map.collect_words(words)),
                YamlValue::Map(map) => map.collect_words(words),
            }
        }
    }
}

/// Writes a file, with comments at its head, and proves it by reading it back. Errors: a text that no
/// file holds.
pub fn write(comments: &[String], map: &Map) -> Result<String, String> {
    for quoted in [false, true] {
        let mut writer = Writer {
            text: String::new(),
            quoted,
        };
        comments.iter().for_each(|words| writer.comment(0, words));
        writer.fields(0, map);
        let read = yaml::read(&writer.text);
        if read.is_ok_and(|tree| is_map(tree.root(&writer.text), map)) {
            return Ok(writer.text);
        }
    }
    Err("a text of the source cannot be written as YAML".into())
}

fn is_map(node: Node, map: &Map) -> bool {
    let pairs: Vec<_> = node.pairs().collect();
    pairs.len() == map.fields.len()
        && pairs.iter().zip(&map.fields).all(|((name, value), field)| {
            name.text() == Some(&field.name) && is_value(*value, &field.value)
        })
}

fn is_value(node: Node, value: &YamlValue) -> bool {
    let all = |texts: &[String]| {
        let items: Vec<Option<&str>> = node.items().map(Node::text).collect();
        items.len() == texts.len()
            && items
                .iter()
                .zip(texts)
                .all(|(item, text)| *item == Some(text))
    };
    match value {
        YamlValue::Text(text) | YamlValue::Line(text) => node.text() == Some(text),
        YamlValue::Texts(texts) | YamlValue::Items(texts) => all(texts),
        YamlValue::Maps(maps) => {
            let items: Vec<Node> = node.items().collect();
            items.len() == maps.len()
                && items.iter().zip(maps).all(|(item, map)| is_map(*item, map))
        }
        YamlValue::Map(map) => is_map(node, map),
    }
}

/// Lines of YAML that grow.
struct Writer {
    text: String,
    /// Whether every text stands in quotes: the way out where a plain one is not read back.
    quoted: bool,
}

/// How long a line with a list on it may be.
const WIDTH: usize = 110;

impl Writer {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    /// A comment; in one line, whatever it quotes.
    fn comment(&mut self, indent: usize, text: &str) {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.line(indent, &format!("# {}", visible(&text)));
    }

    fn fields(&mut self, indent: usize, map: &Map) {
        for field in &map.fields {
            self.field(indent, indent, field);
        }
    }

    /// A field whose name stands in the column `indent`; its line begins at `start`, with the dash of its
    /// list where it is the first of an item.
    fn field(&mut self, start: usize, indent: usize, field: &YamlField) {
        if field.apart {
            self.line(0, "");
        }
        if let Some(remark) = &field.remark {
            self.comment(indent, remark);
        }
        let dash = if start < indent { "- " } else { "" };
        let name = format!("{dash}{}:", scalar::inline(&field.name, false));
        match &field.value {
            YamlValue::Text(text) => {
                let (value, lines) = self.scalar(text, indent + 2);
                self.line(start, &format!("{name} {value}"));
                lines.iter().for_each(|line| self.line(indent + 2, line));
            }
            YamlValue::Line(text) => {
                let value = scalar::inline(text, false);
                self.line(start, &format!("{name} {value}"));
            }
            YamlValue::Texts(texts) => {
                let items: Vec<String> = texts
                    .iter()
                    .map(|text| scalar::inline(text, true))
                    .collect();
                let line = format!("{name} [{}]", items.join(", "));
                let lines = texts.iter().any(|text| text.contains('\n'));
                if indent + line.chars().count() <= WIDTH && !lines {
                    self.line(start, &line);
                } else {
                    self.items(start, indent, &name, texts);
                }
            }
            YamlValue::Items(texts) => self.items(start, indent, &name, texts),
            YamlValue::Maps(maps) => {
                self.line(start, &name);
                maps.iter().for_each(|map| self.item(indent + 2, map));
            }
            YamlValue::Map(map) => {
                self.line(start, &name);
                self.fields(indent + 2, map);
            }
        }
    }

    fn items(&mut self, start: usize, indent: usize, name: &str, texts: &[String]) {
        self.line(start, name);
        for text in texts {
            let (value, lines) = self.scalar(text, indent + 4);
            self.line(indent + 2, &format!("- {value}"));
            lines.iter().for_each(|line| self.line(indent + 4, line));
        }
    }

    /// A map as an item of a list, with its dash in the column `indent`.
    fn item(&mut self, indent: usize, map: &Map) {
        if map.apart {
            self.line(0, "");
        }
        if let Some(remark) = &map.remark {
            self.comment(indent, remark);
        }
        for (number, field) in map.fields.iter().enumerate() {
            let start = if number == 0 { indent } else { indent + 2 };
            self.field(start, indent + 2, field);
        }
    }

    /// A text after its name, and the lines below it, which stand in the column `column`.
    fn scalar(&self, text: &str, column: usize) -> (String, Vec<String>) {
        if self.quoted {
            return (scalar::inline(text, false), Vec::new());
        }
        scalar::field(text, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of many kinds in every place of a file are read back as they were.
    #[test]
    fn every_text_is_read_back_wherever_it_stands() {
        let long = "Families who ask for help early, from any agency and at any time of the year, get it \
            from the right person at once";
        let texts = [
            long,
            "a: b",
            "- a\n- b",
            "# no",
            "x\n\ny: z",
            "'",
            "\"",
            "1.10",
            "null",
            " led",
            "trailed ",
            "tab\there",
            "\u{feff}mark",
            "[a, b]",
            "{a: b}",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "? a",
            "...",
            "---",
            "a\n  b\nc",
            "é – “x”",
            ": a",
            "|",
            ">-",
            "\u{2028}",
            "~",
            "on",
        ];
        for text in texts {
            let mut inner = Map::default();
            inner.text("first", text).text("second", text);
            inner.put("list", YamlValue::Texts(vec![text.into(), text.into()]));
            inner.put("items", YamlValue::Items(vec![text.into()]));
            let mut map = Map::default();
            map.text("top", text)
                .put("maps", YamlValue::Maps(vec![inner.clone(), inner.clone()]))
                .put("map", YamlValue::Map(inner));
            let written =
                write(&["a remark".into()], &map).unwrap_or_else(|why| panic!("{text}: {why}"));
            let tree = yaml::read(&written).unwrap();
            assert!(is_map(tree.root(&written), &map), "{written}");
        }
    }
}
