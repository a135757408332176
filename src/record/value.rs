//! What a file says, without places: to tell whether two texts say the same.

use crate::yaml::{Kind, Node};

/// A text, a list, or names with values in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    /// What a node says. Space around a text is none of it: the reader of plans drops it too.
    pub fn of(node: Node) -> Value {
        Value::by(node, str::trim)
    }

    /// The same with the space around its texts.
    pub fn exact(node: Node) -> Value {
        Value::by(node, |text| text)
    }

    fn by(node: Node, read: fn(&str) -> &str) -> Value {
        let text = |node: Node| read(node.text().unwrap_or_default()).to_owned();
        match node.kind() {
            Kind::Scalar => Value::Text(text(node)),
            Kind::List => Value::List(node.items().map(|item| Value::by(item, read)).collect()),
            Kind::Map => Value::Map(
                (node.pairs())
                    .map(|(key, value)| (text(key), Value::by(value, read)))
                    .collect(),
            ),
        }
    }

    /// A field of a map.
    pub fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(fields) => (fields.iter())
                .find(|(known, _)| known == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// A field of a map that holds a text.
    pub fn words(&self, name: &str) -> Option<&str> {
        match self.field(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
