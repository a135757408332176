//! Word files (Office Open XML, ISO/IEC 29500), written element by element rather than by a library:
//! `docx-rs` 0.4 has no header rows that repeat, no lists to choose from, no language and no title among
//! the properties, and writes the properties of cells and sections out of the order that the standard
//! gives. The parts that never change are files beside this one.

use std::io::{self, Cursor, Write as _};

use anyhow::Context as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::template::{Linked, STYLES, Template};
use super::write::{leaf, part, text, with};

const RELATIONS: &str = include_str!("parts/relations.xml");
const NUMBERING: &str = include_str!("parts/numbering.xml");
const SETTINGS: &str = include_str!("parts/settings.xml");

/// What a file holds besides the parts that never change.
pub struct DocxParts<'t> {
    pub title: &'t str,
    pub body: Vec<u8>,
    /// What stands at the foot of pages; the body calls the first `footer1`.
    pub footers: Vec<Vec<u8>>,
    /// The charts; the body calls the first `chart1`.
    pub charts: Vec<Vec<u8>>,
}

/// A whole file, in the fonts and with the head and foot of a template, if there is one. The same parts
/// always give the same bytes.
pub fn write(parts: DocxParts, template: Option<&Template>) -> anyhow::Result<Vec<u8>> {
    let linked = linked(parts.footers, parts.charts, template);
    let (others, endings) = match template {
        Some(template) => (template.others.clone(), template.endings.as_slice()),
        None => (Vec::new(), [].as_slice()),
    };
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), types(&linked, endings)?),
        ("_rels/.rels".to_owned(), RELATIONS.into()),
        ("docProps/core.xml".to_owned(), properties(parts.title)?),
        ("word/document.xml".to_owned(), parts.body),
        (
            "word/_rels/document.xml.rels".to_owned(),
            relations(&linked)?,
        ),
    ];
    let linked = linked.into_iter();
    all.extend(linked.map(|part| (format!("word/{}", part.name), part.bytes)));
    all.extend(others);
    packed(&all).context("the Word file could not be packed")
}

/// All parts that the body names: its styles, its feet and charts, and what a template adds.
fn linked(footers: Vec<Vec<u8>>, charts: Vec<Vec<u8>>, template: Option<&Template>) -> Vec<Linked> {
    let styles = template.map_or(STYLES, |template| &template.styles);
    let mut linked = vec![
        Linked::new("styles", "styles", "styles.xml", styles.into()),
        Linked::new("numbering", "numbering", "numbering.xml", NUMBERING.into()),
        Linked::new("settings", "settings", "settings.xml", SETTINGS.into()),
    ];
    for (at, bytes) in footers.into_iter().enumerate() {
        let id = format!("footer{}", at + 1);
        linked.push(Linked::new(&id, "footer", &format!("{id}.xml"), bytes));
    }
    for (at, bytes) in charts.into_iter().enumerate() {
        let id = format!("chart{}", at + 1);
        let name = format!("charts/{id}.xml");
        linked.push(Linked::new(&id, "chart", &name, bytes));
    }
    let added = template.into_iter().flat_map(|template| &template.linked);
    linked.extend(added.cloned());
    linked
}

/// What each part is, for programs that open the file; `endings` are those of a template's pictures.
fn types(linked: &[Linked], endings: &[(String, String)]) -> io::Result<Vec<u8>> {
    const SPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
    let family = "application/vnd.openxmlformats";
    let standing = [
        ("rels", format!("{family}-package.relationships+xml")),
        ("xml", "application/xml".to_owned()),
    ];
    let core = format!("{family}-package.core-properties+xml");
    let main = format!("{family}-officedocument.wordprocessingml.document.main+xml");
    let fixed = [("/docProps/core.xml", core), ("/word/document.xml", main)];
    let mut part = part();
    with(&mut part, "Types", &[("xmlns", SPACE)], |part| {
        let added = endings.iter().map(|(ending, kind)| (ending.as_str(), kind));
        let standing = standing.iter().map(|(ending, kind)| (*ending, kind));
        for (ending, kind) in standing.chain(added) {
            let ending = [("Extension", ending), ("ContentType", kind)];
            leaf(part, "Default", &ending)?;
        }
        for (name, kind) in &fixed {
            leaf(
                part,
                "Override",
                &[("PartName", name), ("ContentType", kind)],
            )?;
        }
        linked.iter().try_for_each(|linked| {
            let name = format!("/word/{}", linked.name);
            let kind = linked.content_type();
            leaf(
                part,
                "Override",
                &[("PartName", &name), ("ContentType", &kind)],
            )
        })
    })?;
    Ok(part.into_inner())
}

/// Where the parts are that the body names.
fn relations(linked: &[Linked]) -> io::Result<Vec<u8>> {
    const SPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let family = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut part = part();
    with(&mut part, "Relationships", &[("xmlns", SPACE)], |part| {
        linked.iter().try_for_each(|linked| {
            let kind = format!("{family}/{}", linked.kind);
            let link = [
                ("Id", linked.id.as_str()),
                ("Type", &kind),
                ("Target", &linked.name),
            ];
            leaf(part, "Relationship", &link)
        })
    })?;
    Ok(part.into_inner())
}

/// How hard parts are pressed: as fast as can be, for files a third larger, of some 20 KB; a site has thousands.
const LEVEL: i64 = 1;

/// The parts in one file. Nothing in it tells when it was made.
fn packed(parts: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .compression_level(Some(LEVEL));
    for (name, bytes) in parts {
        file.start_file(name.as_str(), options)?;
        file.write_all(bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

/// What the file says of itself.
fn properties(title: &str) -> io::Result<Vec<u8>> {
    const SPACES: &[(&str, &str)] = &[
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut part = part();
    with(&mut part, "cp:coreProperties", SPACES, |part| {
        text(part, "dc:title", title)?;
        text(part, "dc:creator", "plan")?;
        text(part, "dc:language", "en-GB")
    })?;
    Ok(part.into_inner())
}
