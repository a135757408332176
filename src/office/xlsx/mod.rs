//! Excel workbooks, read part by part: cells as their sheets show them, what is struck out or hidden,
//! remarks, merged cells, colours.
//!
//! Not by a library: `calamine` 0.38 gives neither struck-out words within a cell nor hidden rows, columns
//! and remarks, nor whether an empty cell holds a formula without a result.

mod cells;
mod conditions;
mod styles;

use std::collections::HashMap;

use super::Refusal;
use super::blocks::{Aside, Place, Why};
use super::package::Package;
use super::sheet::{Sheet, Workbook, place};
use super::words::Words;
use super::xml::{self, XmlEvent};
use cells::{CellReader, Strings};
use styles::SheetStyles;

const BOOK: &str = "xl/workbook.xml";

/// Reads a workbook. Errors: no workbook, damaged, with macros, larger than any plan.
pub fn read(package: &mut Package) -> Result<Workbook, Refusal> {
    let name = &package.name();
    if !package.has(BOOK) {
        let why = if package.has("xl/workbook.bin") {
            "is a binary workbook (.xlsb); save it as .xlsx"
        } else {
            "is no Excel file: it has no xl/workbook.xml; open it in Excel and save it as .xlsx"
        };
        return Err(format!("{name} {why}").into());
    }
    package.check_types()?;
    let listed = sheets(package)?;
    if listed.sheets.len() > MAX_SHEETS {
        return Err(
            format!("{name} has more than {MAX_SHEETS} sheets; no plan has so many").into(),
        );
    }
    let styles = SheetStyles::read(package)?;
    let strings = Strings::read(package, &styles)?;
    let mut book = Workbook::default();
    for (sheet, hidden, part) in &listed.sheets {
        book.sheets.push(Sheet::new(sheet, *hidden));
        let reader = CellReader::new(&styles, &strings, listed.dates_from_1904, name);
        reader.read(package, part, &mut book)?;
        remarks(package, part, name, &mut book)?;
    }
    pictures(package, &mut book)?;
    Ok(book)
}

/// What the workbook lists: its sheets, each with its name, whether it is hidden, and its part.
#[derive(Default)]
struct Listing {
    sheets: Vec<(String, bool, String)>,
    dates_from_1904: bool,
}

/// The sheets of cells, in their order; sheets that are charts have none.
fn sheets(package: &mut Package) -> Result<Listing, Refusal> {
    let targets = relations(package, BOOK)?;
    let text = package.part(BOOK)?;
    let mut listing = Listing::default();
    xml::walk(&text, BOOK, |event| {
        let XmlEvent::Start(name, attributes) = event else {
            return Ok(());
        };
        match name {
            "workbookPr" => {
                listing.dates_from_1904 = attributes.is("date1904");
            }
            "sheet" => {
                // The relation's name is the attribute `id` of a namespace of its own.
                let id = attributes.get("id").unwrap_or_default();
                let state = attributes.get("state").unwrap_or_default();
                if let Some((kind, part)) = targets.get(&id)
                    && kind == "worksheet"
                {
                    let name = attributes.get("name").unwrap_or_default();
                    let hidden = state.to_lowercase().contains("hidden");
                    listing.sheets.push((name, hidden, part.clone()));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(listing)
}

/// The most sheets of a workbook.
const MAX_SHEETS: usize = 100;

/// What a part refers to, by id: the last word of the relation's type, and the part. What lies outside
/// the file is left out.
fn relations(
    package: &mut Package,
    part: &str,
) -> Result<HashMap<String, (String, String)>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{file}.rels");
    let mut targets = HashMap::new();
    if !package.has(&list) {
        return Ok(targets);
    }
    let text = package.part(&list)?;
    xml::walk(&text, &list, |event| {
        if let XmlEvent::Start("Relationship", attributes) = event
            && attributes
                .get("TargetMode")
                .is_none_or(|mode| mode != "External")
        {
            let value = |name: &str| attributes.get(name).unwrap_or_default();
            let kind = value("Type");
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            targets.insert(value("Id"), (kind, resolved(folder, &value("Target"))));
        }
        Ok(())
    })?;
    Ok(targets)
}

/// The part that a path names, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The remarks that are pinned to the cells of the last sheet.
fn remarks(
    package: &mut Package,
    sheet: &str,
    name: &str,
    book: &mut Workbook,
) -> Result<(), Refusal> {
    let targets = relations(package, sheet)?;
    let Some((_, part)) = targets.values().find(|(kind, _)| kind == "comments") else {
        return Ok(());
    };
    let Ok(text) = package.part(part) else {
        return Ok(());
    };
    let mut found: Vec<((usize, usize), String)> = Vec::new();
    let (mut words, mut at, mut in_text) = (Words::default(), None, false);
    xml::walk(&text, part, |event| {
        match event {
            XmlEvent::Start("comment", attributes) => {
                at = attributes.get("ref").as_deref().and_then(place);
            }
            XmlEvent::Start("t", _) => in_text = true,
            XmlEvent::End("t") => in_text = false,
            XmlEvent::Text(text) if in_text => words.push(text),
            XmlEvent::End("comment") => {
                let words = words.take();
                found.extend(at.take().map(|at| (at, words)));
            }
            _ => {}
        }
        Ok(())
    })?;
    for (at, words) in found {
        // Excel tells older programs how to see a thread of remarks, and then gives its words.
        let words = match words.strip_prefix("[Threaded comment]") {
            Some(rest) => rest.split_once("Comment:").map_or(rest, |(_, words)| words),
            None => &words,
        };
        let words = words.trim().to_owned();
        if !words.is_empty() {
            let why = Why::Comment;
            book.add_aside(at, Aside { why, words }, name)?;
        }
    }
    Ok(())
}

/// What lies over the cells: pictures and text boxes.
fn pictures(package: &mut Package, book: &mut Workbook) -> Result<(), Refusal> {
    let parts: Vec<String> = package.parts().collect();
    for part in parts {
        let place = Place::Part(part.as_str().into());
        if part.starts_with("xl/media/") {
            let why = "a picture: what it shows is not read";
            book.left.push((place, String::new(), why.into()));
        } else if part.starts_with("xl/drawings/drawing") {
            let (text, mut words, mut in_text) = (package.part(&part)?, Words::default(), false);
            xml::walk(&text, &part, |event| {
                match event {
                    XmlEvent::Start("t", _) => in_text = true,
                    XmlEvent::End("t") => in_text = false,
                    XmlEvent::Text(text) if in_text => words.push(text),
                    XmlEvent::End("p") => words.paragraph(),
                    _ => {}
                }
                Ok(())
            })?;
            let text = words.take();
            if !text.is_empty() {
                let why = "a text box over the sheet, not a cell of it";
                book.left.push((place, text, why.into()));
            }
        }
    }
    Ok(())
}
