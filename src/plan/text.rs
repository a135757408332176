//! Texts, ids and values of the files, each with its place.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use smol_str::SmolStr;

use crate::source::Span;
use crate::words::composed;

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub at: Span,
}

/// A text as a file gives it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub value: SmolStr,
    pub at: Span,
}

impl Text {
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The same as a name, which is compared with others: see [`composed`].
    pub(super) fn into_name(self) -> Text {
        if self.value.is_ascii() {
            return self;
        }
        let value = composed(&self.value).into();
        Text { value, ..self }
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

/// The name of a priority, objective, action, milestone or indicator: the characters as written
/// ("1.10" is not 1.1), in natural order (1.2 before 1.10, 2.2.4 before 2.2.4a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub Text);

impl Id {
    /// The id of a thing that has none: it counts all the same.
    pub fn none(at: Span) -> Id {
        Id(Text {
            value: SmolStr::default(),
            at,
        })
    }
}

impl Deref for Id {
    type Target = Text;
    fn deref(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Compares two ids as a person sorts them: runs of digits by their value, the rest by characters.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (m, rest_a) = number(a);
                let (n, rest_b) = number(b);
                match m.len().cmp(&n.len()).then(m.cmp(n)) {
                    Ordering::Equal => (a, b) = (rest_a, rest_b),
                    unequal => return unequal,
                }
            }
            (Some(x), Some(y)) if x == y => (a, b) = (&a[1..], &b[1..]),
            (Some(x), Some(y)) => return x.cmp(y),
        }
    }
}

/// The run of digits that a text begins with, without leading zeros, and what follows it.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let zeros = text[..end].iter().take_while(|&&byte| byte == b'0').count();
    (&text[zeros.min(end)..end], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_naturally() {
        let mut ids = [
            "2.2.4b", "1.10", "2.2.4", "1.2", "2.2.4a", "1.2.1", "10", "2",
        ];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(
            ids,
            [
                "1.2", "1.2.1", "1.10", "2", "2.2.4", "2.2.4a", "2.2.4b", "10"
            ]
        );
    }
}
