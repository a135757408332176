//! The styles of a Word document: what a paragraph or a run is by the style that it names.

use std::collections::HashMap;

use super::run::RunLook;
use crate::office::Refusal;
use crate::office::package::Package;
use crate::office::xml::{self, XmlEvent};

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub struct WordStyles(HashMap<String, WordStyle>);

/// What a style says.
#[derive(Clone, Debug, Default)]
pub struct WordStyle {
    /// The level of a heading: 0 for a title.
    pub heading: Option<u8>,
    /// The list and the level in it.
    pub list: Option<(String, usize)>,
    /// The level that its name gives: 1 for "List Bullet 2".
    pub list_level: Option<usize>,
    pub run: RunLook,
    based_on: Option<String>,
}

impl WordStyles {
    /// Reads the styles. Errors: a part that is no XML.
    pub fn read(package: &mut Package) -> Result<WordStyles, Refusal> {
        let mut styles = WordStyles::default();
        let part = "word/styles.xml";
        if !package.has(part) {
            return Ok(styles);
        }
        let text = package.part(part)?;
        let (mut id, mut style) = (String::new(), WordStyle::default());
        xml::walk(&text, part, |event| {
            match event {
                XmlEvent::Start("style", attributes) => {
                    id = attributes.get("styleId").unwrap_or_default();
                    style = WordStyle::default();
                }
                XmlEvent::Start("name", attributes) => {
                    let name = attributes.get("val").unwrap_or_default().to_lowercase();
                    style.heading = heading(&name).or(style.heading);
                    style.list_level = list_level(&name);
                }
                XmlEvent::Start("basedOn", attributes) => style.based_on = attributes.get("val"),
                XmlEvent::Start("outlineLvl", attributes) => {
                    let level = attributes.number("val").filter(|level| *level < 9);
                    style.heading = style.heading.or(level.map(|level| level as u8 + 1));
                }
                XmlEvent::Start("numId", attributes) => {
                    style.list.get_or_insert_default().0 =
                        attributes.get("val").unwrap_or_default();
                }
                XmlEvent::Start("ilvl", attributes) => {
                    style.list.get_or_insert_default().1 = attributes.number("val").unwrap_or(0);
                }
                XmlEvent::Start(name, attributes) => style.run.property(name, attributes),
                XmlEvent::End("style") => {
                    let style = std::mem::take(&mut style);
                    styles.0.insert(std::mem::take(&mut id), style);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// A property of a style, else of the style that it inherits from.
    pub fn find<T>(&self, id: Option<&String>, say: impl Fn(&WordStyle) -> Option<T>) -> Option<T> {
        let mut id = id?;
        // Styles that rest on each other in a circle end here.
        for _ in 0..16 {
            let style = self.0.get(id)?;
            match say(style) {
                Some(value) => return Some(value),
                None => id = style.based_on.as_ref()?,
            }
        }
        None
    }
}

/// The level in a list of a style's name: 1 for "list bullet 2".
fn list_level(name: &str) -> Option<usize> {
    let number: usize = name
        .strip_prefix("list ")?
        .rsplit(' ')
        .next()?
        .parse()
        .ok()?;
    number.checked_sub(1)
}

/// The level of a heading by a style's name, in small letters: 0 for a title, 1 for "heading 1".
fn heading(name: &str) -> Option<u8> {
    match name {
        "title" | "subtitle" => Some(0),
        name => name.strip_prefix("heading ")?.trim().parse().ok(),
    }
}
