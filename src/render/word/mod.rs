//! A document as a Word file (Office Open XML, ISO/IEC 29500). The file is written here rather than
//! by a library: `docx-rs` 0.4 has no header rows that repeat, no language and no title among the
//! properties, and writes the properties of cells and sections out of the order that the standard
//! gives. The parts that never change are files beside this one.

mod body;
mod grid;
mod pages;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use anyhow::Context as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{Document, visible};
use pages::Page;

const CONTENT_TYPES: &str = include_str!("content-types.xml");
const RELATIONS: &str = include_str!("relations.xml");
const DOCUMENT_RELATIONS: &str = include_str!("document-relations.xml");
const STYLES: &str = include_str!("styles.xml");
const NUMBERING: &str = include_str!("numbering.xml");
const SETTINGS: &str = include_str!("settings.xml");

/// Writes a document as a Word file; the same document always gives the same bytes.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let title = visible(document.title()).replace('\n', " ");
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.into()),
        ("_rels/.rels", RELATIONS.into()),
        ("docProps/core.xml", properties(&title)?),
        ("word/document.xml", body::write(document)?),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.into()),
        ("word/styles.xml", STYLES.into()),
        ("word/numbering.xml", NUMBERING.into()),
        ("word/settings.xml", SETTINGS.into()),
        ("word/footer1.xml", pages::footer(&title, Page::Portrait)?),
        ("word/footer2.xml", pages::footer(&title, Page::Landscape)?),
    ];
    packed(&parts).context("the Word file could not be packed")
}

/// The parts in one file. Nothing in it tells when it was made.
fn packed(parts: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        file.start_file(*name, options)?;
        file.write_all(bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

/// What the file says of itself.
fn properties(title: &str) -> std::io::Result<Vec<u8>> {
    const SPACES: &[(&str, &str)] = &[
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut part = xml::part();
    xml::with(&mut part, "cp:coreProperties", SPACES, |part| {
        xml::text(part, "dc:title", title)?;
        xml::text(part, "dc:creator", "plan")?;
        xml::text(part, "dc:language", "en-GB")
    })?;
    Ok(part.into_inner())
}
