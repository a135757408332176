//! What a file says, without places: to tell whether two texts say the same.

use crate::yaml::{Node, NodeKind};

/// A text, a list, or names with values in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue {
    Text(String),
    List(Vec<EntryValue>),
    Map(Vec<(String, EntryValue)>),
}

impl EntryValue {
    pub fn text(text: impl Into<String>) -> EntryValue {
        EntryValue::Text(text.into())
    }

    /// What a node says. Space around a text is none of it: the reader of plans drops it too.
    pub fn from_node(node: Node) -> EntryValue {
        EntryValue::by(node, str::trim)
    }

    /// The same with the space around its texts.
    pub fn exact(node: Node) -> EntryValue {
        EntryValue::by(node, |text| text)
    }

    fn by(node: Node, read: fn(&str) -> &str) -> EntryValue {
        let text = |node: Node| read(node.text().unwrap_or_default()).to_owned();
        match node.kind() {
            NodeKind::Scalar => EntryValue::Text(text(node)),
            NodeKind::List => EntryValue::List(
                node.items()
                    .map(|item| EntryValue::by(item, read))
                    .collect(),
            ),
            NodeKind::Map => EntryValue::Map(
                (node.pairs())
                    .map(|(key, value)| (text(key), EntryValue::by(value, read)))
                    .collect(),
            ),
        }
    }

    /// A field of a map.
    pub fn field(&self, name: &str) -> Option<&EntryValue> {
        match self {
            EntryValue::Map(fields) => (fields.iter())
                .find(|(known, _)| known == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// A field of a map that holds a text.
    pub fn words(&self, name: &str) -> Option<&str> {
        match self.field(name) {
            Some(EntryValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}
