//! The parts of office files as events. Entities that a part declares are never expanded: only XML's
//! own five and characters by their number are known.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;

/// One event of reading an XML part of a package.
#[derive(Clone, Copy, Debug)]
pub enum XmlEvent<'x> {
    /// An element begins: its name without the prefix.
    Start(&'x str, &'x Attributes<'x>),
    End(&'x str),
    Text(&'x str),
}

/// The attributes of an element.
#[derive(Debug)]
pub struct Attributes<'x>(&'x BytesStart<'x>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without the prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(
            found
                .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
        )
    }

    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes; without it, no.
    pub fn is(&self, name: &str) -> bool {
        let value = self.get(name);
        value.is_some_and(|value| ["1", "true", "on"].contains(&value.as_str()))
    }

    /// Whether a switch is on: it is, unless it says that it is off.
    pub fn is_on(&self) -> bool {
        !self
            .get("val")
            .is_some_and(|value| ["0", "false", "off", "none"].contains(&value.as_str()))
    }
}

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 256;

/// Gives every element and text of a part to `take`. Errors: a part that is no XML, with its name.
pub fn walk(
    text: &str,
    part: &str,
    mut take: impl FnMut(XmlEvent) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    walk_part(text, part, &mut take)
}

/// [`walk`], compiled once for all that walk.
fn walk_part(
    text: &str,
    part: &str,
    take: &mut dyn FnMut(XmlEvent) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let broken = || {
        Refusal(format!(
            "{part} is damaged: it is not XML; open the file and save it again"
        ))
    };
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!(
                        "{part} has elements in elements without end; it is not read"
                    )
                    .into());
                }
                take(XmlEvent::Start(
                    start.local_name().as_ref(),
                    &Attributes(&start),
                ))?;
            }
            Event::End(end) => {
                depth -= 1;
                take(XmlEvent::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => take(XmlEvent::Text(&text.xml10_content()))?,
            Event::CData(text) => take(XmlEvent::Text(&text.xml10_content()))?,
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|_| broken())?;
                let known = match &*entity.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let character = character.or(known).ok_or_else(broken)?;
                take(XmlEvent::Text(character.encode_utf8(&mut [0; 4])))?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match depth {
        0 => Ok(()),
        _ => Err(broken()),
    }
}
