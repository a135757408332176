//! The styles of a Word document: what a paragraph or a run is by the style that it names.

use std::collections::HashMap;

use super::run::Run;
use crate::office::Refusal;
use crate::office::package::Package;
use crate::office::xml::{self, Said};

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

/// What a style says.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The level of a heading: 0 for a title.
    pub heading: Option<u8>,
    /// The list and the level in it.
    pub list: Option<(String, usize)>,
    pub run: Run,
    based_on: Option<String>,
}

impl Styles {
    /// Reads the styles. Errors: a part that is no XML.
    pub fn read(package: &mut Package) -> Result<Styles, Refusal> {
        let mut styles = Styles::default();
        let part = "word/styles.xml";
        if !package.has(part) {
            return Ok(styles);
        }
        let text = package.part(part)?;
        let (mut id, mut style) = (String::new(), Style::default());
        xml::walk(&text, part, |said| {
            match said {
                Said::Start("style", attributes) => {
                    id = attributes.get("styleId").unwrap_or_default();
                    style = Style::default();
                }
                Said::Start("name", attributes) => {
                    let heading = heading(&attributes.get("val").unwrap_or_default());
                    style.heading = heading.or(style.heading);
                }
                Said::Start("basedOn", attributes) => style.based_on = attributes.get("val"),
                Said::Start("outlineLvl", attributes) => {
                    let level = attributes.number("val").filter(|level| *level < 9);
                    style.heading = style.heading.or(level.map(|level| level as u8 + 1));
                }
                Said::Start("numId", attributes) => {
                    style.list.get_or_insert_default().0 =
                        attributes.get("val").unwrap_or_default();
                }
                Said::Start("ilvl", attributes) => {
                    style.list.get_or_insert_default().1 = attributes.number("val").unwrap_or(0);
                }
                Said::Start(name, attributes) => style.run.property(name, attributes),
                Said::End("style") => {
                    let style = std::mem::take(&mut style);
                    styles.0.insert(std::mem::take(&mut id), style);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// What a style says, or the one that it rests on.
    pub fn find<T>(&self, id: Option<&String>, say: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id?;
        // Styles that rest on each other in a circle end here.
        for _ in 0..16 {
            let style = self.0.get(id)?;
            match say(style) {
                Some(said) => return Some(said),
                None => id = style.based_on.as_ref()?,
            }
        }
        None
    }
}

/// The level of a style's name: 0 for a title, 1 for "heading 1".
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" | "subtitle" => Some(0),
        name => name.strip_prefix("heading ")?.trim().parse().ok(),
    }
}
