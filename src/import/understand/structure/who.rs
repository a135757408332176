//! Who is to do what stands below a heading, and has nobody of its own: "Lead: Head of Roads" below a priority.

use super::super::fields::Field;
use super::super::headings;
use super::super::over_tables::Over;
use super::super::reader::{Value, Values};
use crate::import::blocks::Block;
use crate::words::has_one_of;

/// Who is to do the actions that name nobody.
#[derive(Default)]
pub(super) struct WhoOver {
    /// Whom a paragraph below the heading of the priority in hand names.
    of_priority: Option<Value>,
    /// Whom the heading within the table names.
    of_band: Option<Value>,
}

impl WhoOver {
    /// Hears the texts between a table and the one before; `placed` where these stand below a priority already.
    pub(super) fn hear(&mut self, texts: &[Block], named: Option<&Over>, placed: bool) {
        let mut is_below = placed;
        self.of_band = None;
        for block in texts {
            match block {
                Block::Heading(_, piece) | Block::Paragraph(piece)
                    if named.is_some_and(|named| named.priority.item == piece.item) =>
                {
                    self.of_priority = None;
                    is_below = true;
                }
                Block::Paragraph(piece) if is_below => {
                    let who = labelled_who(&piece.text, piece.place.to_string(), piece.item);
                    self.of_priority = who.or(self.of_priority.take());
                }
                _ => {}
            }
        }
    }

    /// Hears the lines with labels of a heading within a table.
    pub(super) fn hear_band(&mut self, lines: &str, heading: &Value) {
        let mut lines = lines.lines();
        self.of_band =
            lines.find_map(|line| labelled_who(line, heading.place.clone(), heading.item));
    }

    /// Gives a row that names nobody the one who is to do all of them.
    pub(super) fn give(&self, values: &mut Values) {
        let who = self.of_band.as_ref().or(self.of_priority.as_ref());
        let names = [Field::Responsibility, Field::Lead];
        if let Some(who) = who.filter(|_| !names.iter().any(|field| values.contains_key(field))) {
            values.insert(Field::Responsibility, vec![who.clone()]);
        }
    }
}

/// Who a short text says with a label is to do something: "Strategic lead: Head of Safeguarding".
fn labelled_who(text: &str, place: String, item: usize) -> Option<Value> {
    let (label, who) = text.split_once(':')?;
    let is_who = match headings::named(label) {
        Some(named) => {
            let is_field = matches!(named.field, Field::Responsibility | Field::Lead);
            is_field && (named.sure || has_one_of(label, "lead responsible accountable owner"))
        }
        None => false,
    };
    let is_short = who.split_whitespace().count() <= 20 && !who.contains('\n');
    (is_who && is_short).then(|| Value {
        text: who.trim().to_owned(),
        item,
        own: false,
        shade: None,
        when: None,
        place,
    })
}

/// A heading's first line, where all lines below it begin with labels, and these: "Neglect" over "Strategic lead: Head
/// of Safeguarding".
pub(super) fn without_labelled_lines(text: &str) -> (&str, &str) {
    let Some((title, below)) = text.split_once('\n') else {
        return (text, "");
    };
    let mut lines = below.lines().filter(|line| !line.trim().is_empty());
    if lines.all(|line| line.contains(": ")) {
        (title.trim_end(), below.trim())
    } else {
        (text, "")
    }
}
