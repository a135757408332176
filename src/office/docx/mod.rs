//! Word: tables with merged cells, lists within cells, numbers that Word counts itself; tracked
//! changes as accepted; hyperlinks, fields and content controls as their text.

mod body;
pub mod file;
mod numbering;
pub mod pages;
mod run;
mod styles;
pub mod template;
pub mod write;

use std::collections::BTreeMap;

use super::Refusal;
use super::blocks::{Blocks, Place};
use super::package::Package;
use super::words::Words;
use super::xml::{self, XmlEvent};
use crate::words::words_of;
use body::{HIDDEN, WordReader};
use numbering::Numbering;
use styles::WordStyles;

/// Reads a Word document. Errors: no Word document, damaged, too large.
pub fn read(package: &mut Package) -> Result<Blocks, Refusal> {
    let name = package.name();
    let part = "word/document.xml";
    if !package.has(part) {
        return Err(format!(
            "{name} is no Word document: it has no {part}; open it in Word and save it as .docx"
        )
        .into());
    }
    package.check_types()?;
    let styles = WordStyles::read(package)?;
    let numbering = Numbering::read(package)?;
    let mut document = WordReader::new(&name, styles, numbering);
    document.remarks = remarks(package)?;
    let text = package.part(part)?;
    xml::walk(&text, part, |event| document.take(event))?;
    document.end_text();
    notes(package, &mut document)?;
    Ok(document.found)
}

/// The remarks in the margin, by their numbers.
fn remarks(package: &mut Package) -> Result<BTreeMap<String, String>, Refusal> {
    let mut remarks = BTreeMap::new();
    if !package.has(REMARKS) {
        return Ok(remarks);
    }
    let text = package.part(REMARKS)?;
    let (mut number, mut words) = (String::new(), Words::default());
    xml::walk(&text, REMARKS, |event| {
        match event {
            XmlEvent::Start("comment", attributes) => {
                number = attributes.get("id").unwrap_or_default();
            }
            XmlEvent::Text(text) => words.push(text),
            XmlEvent::End("p") => words.paragraph(),
            XmlEvent::End("comment") => {
                remarks.insert(std::mem::take(&mut number), words.take());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(remarks)
}

const REMARKS: &str = "word/comments.xml";

/// Words of pages' heads and feet, of footnotes and of remarks stand in parts of their own.
fn notes(package: &mut Package, document: &mut WordReader) -> Result<(), Refusal> {
    let found = &mut document.found;
    for remark in std::mem::take(&mut document.remarks).into_values() {
        let why = "a remark in the margin, not the plan's own words";
        let place = Place::Part(REMARKS.into());
        found.left.push((place, remark, why.to_owned()));
    }
    let parts: Vec<String> = package.parts().collect();
    for part in parts {
        let what = match part.strip_prefix("word/").unwrap_or_default() {
            "footnotes.xml" | "endnotes.xml" => "a footnote: the plan has no place for it",
            rest if rest.starts_with("header") || rest.starts_with("footer") => "",
            _ => continue,
        };
        let text = package.part(&part)?;
        let mut words = Words::default();
        let mut hidden = 0usize;
        xml::walk(&text, &part, |event| {
            match event {
                XmlEvent::Start(name, _) if HIDDEN.contains(&name) => hidden += 1,
                XmlEvent::End(name) if HIDDEN.contains(&name) => hidden = hidden.saturating_sub(1),
                XmlEvent::Text(text) if hidden == 0 => words.push(text),
                XmlEvent::End("p") => words.paragraph(),
                XmlEvent::Start("tab" | "br", _) => words.push(" "),
                _ => {}
            }
            Ok(())
        })?;
        let text = without_page_number(words.take());
        if what.is_empty() && !is_page_number(&text) {
            let found = &mut document.found;
            found
                .furniture
                .push((Place::Part(part.as_str().into()), text));
        } else if text.chars().any(char::is_alphabetic) && !what.is_empty() {
            let found = &mut document.found;
            found
                .left
                .push((Place::Part(part.as_str().into()), text, what.to_owned()));
        }
    }
    Ok(())
}

/// A header or a footer without the page's number at its end: "Roads Board Page 3 of 9".
fn without_page_number(mut text: String) -> String {
    let begins = text.to_ascii_lowercase().rfind("page");
    if let Some(at) = begins.filter(|at| is_page_number(&text[*at..])) {
        text.truncate(
            text[..at]
                .trim_end_matches([' ', '\n', '|', '–', '-'])
                .len(),
        );
    }
    text
}

fn is_page_number(text: &str) -> bool {
    let words = [
        "page",
        "of",
        "numpages",
        "mergeformat",
        "p",
        "sectionpages",
        "arabic",
    ];
    words_of(text)
        .all(|word| word.parse::<u32>().is_ok() || words.contains(&word.to_lowercase().as_str()))
}
