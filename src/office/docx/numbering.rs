//! The numbers that Word counts by itself: a plan's "1.1.2" may stand in no text of its document.

use std::collections::HashMap;

use crate::office::Refusal;
use crate::office::package::Package;
use crate::office::xml::{self, XmlEvent};

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    kinds: HashMap<String, Vec<ListLevel>>,
    /// The kind of each list, and the levels at which it begins anew.
    lists: HashMap<String, String>,
    counts: HashMap<String, Vec<usize>>,
}

/// A level of a kind of list.
#[derive(Clone, Debug, Default)]
struct ListLevel {
    /// Where it begins to count; none for dots and dashes.
    start: usize,
    format: String,
    /// What is shown: `%1.%2`.
    text: String,
}

/// Lists have nine levels.
const LEVELS: usize = 9;

impl Numbering {
    pub fn read(package: &mut Package) -> Result<Numbering, Refusal> {
        let mut numbering = Numbering::default();
        let part = "word/numbering.xml";
        if !package.has(part) {
            return Ok(numbering);
        }
        let text = package.part(part)?;
        let (mut kind, mut list, mut level) = (String::new(), String::new(), 0);
        xml::walk(&text, part, |event| {
            let XmlEvent::Start(name, attributes) = event else {
                return Ok(());
            };
            let value = || attributes.get("val").unwrap_or_default();
            match name {
                "abstractNum" => {
                    kind = attributes.get("abstractNumId").unwrap_or_default();
                    numbering
                        .kinds
                        .insert(kind.clone(), vec![ListLevel::default(); LEVELS]);
                    list.clear();
                }
                "num" => list = attributes.get("numId").unwrap_or_default(),
                "abstractNumId" => {
                    numbering.lists.insert(list.clone(), value());
                }
                "lvl" if list.is_empty() => {
                    level = attributes.number("ilvl").unwrap_or(0).min(LEVELS - 1)
                }
                "start" | "numFmt" | "lvlText" if list.is_empty() => {
                    if let Some(levels) = numbering.kinds.get_mut(&kind) {
                        match name {
                            "start" => levels[level].start = value().parse().unwrap_or(1),
                            "numFmt" => levels[level].format = value(),
                            _ => levels[level].text = value(),
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// Counts on in a list and gives what stands before the paragraph: empty for a dot or a dash;
    /// none where it is no list.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let kind = self.lists.get(list)?;
        let levels = self.kinds.get(kind)?;
        let level = level.min(LEVELS - 1);
        let at_level = levels.get(level)?;
        if at_level.format.is_empty() || at_level.format == "none" {
            return None;
        }
        if at_level.format == "bullet" {
            return Some(String::new());
        }
        let counts = self
            .counts
            .entry(kind.clone())
            .or_insert_with(|| vec![0; LEVELS]);
        let begin = |level: usize| levels[level].start.max(1);
        counts[level] = if counts[level] == 0 {
            begin(level)
        } else {
            counts[level] + 1
        };
        counts[level + 1..].fill(0);
        let mut text = at_level.text.clone();
        for at in 0..=level {
            let count = if counts[at] == 0 {
                begin(at)
            } else {
                counts[at]
            };
            text = text.replace(&format!("%{}", at + 1), &shown(count, &levels[at].format));
        }
        Some(text)
    }
}

/// A count as its level shows it.
fn shown(count: usize, format: &str) -> String {
    let letter = |first: u8| {
        let letter = char::from(first + ((count - 1) % 26) as u8);
        letter.to_string().repeat((count - 1) / 26 % 8 + 1)
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn roman(mut count: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 399 {
        return count.to_string();
    }
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            roman.push_str(sign);
            count -= value;
        }
    }
    roman
}
