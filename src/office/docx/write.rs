//! Word files (Office Open XML, ISO/IEC 29500), written element by element rather than by a library:
//! `docx-rs` 0.4 has no header rows that repeat, no lists to choose from, no language and no title among
//! the properties, and writes the properties of cells and sections out of the order that the standard
//! gives. The parts that never change are files beside this one.

use std::io::{self, Cursor, Write as _};

use anyhow::Context as _;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CONTENT_TYPES: &str = include_str!("parts/content-types.xml");
const RELATIONS: &str = include_str!("parts/relations.xml");
const DOCUMENT_RELATIONS: &str = include_str!("parts/document-relations.xml");
const STYLES: &str = include_str!("parts/styles.xml");
const NUMBERING: &str = include_str!("parts/numbering.xml");
const SETTINGS: &str = include_str!("parts/settings.xml");

/// A part of a file while it is written.
pub type Xml = Writer<Vec<u8>>;

/// The names of elements and of links between parts.
pub const SPACES: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];

/// A whole file of its body and of what stands at the foot of its upright pages and of those that lie on
/// their side. The same parts always give the same bytes.
pub fn file(title: &str, body: Vec<u8>, footers: [Vec<u8>; 2]) -> anyhow::Result<Vec<u8>> {
    let [portrait, landscape] = footers;
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.into()),
        ("_rels/.rels", RELATIONS.into()),
        ("docProps/core.xml", properties(title)?),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.into()),
        ("word/styles.xml", STYLES.into()),
        ("word/numbering.xml", NUMBERING.into()),
        ("word/settings.xml", SETTINGS.into()),
        ("word/footer1.xml", portrait),
        ("word/footer2.xml", landscape),
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

/// Opens a part of the file.
pub fn part() -> Xml {
    let mut xml = Writer::new(Vec::new());
    xml.get_mut()
        .extend(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml
}

/// An element with attributes and what stands inside.
pub fn with(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let element = xml.create_element(name);
    let element = element.with_attributes(attributes.iter().copied());
    element.write_inner_content(inside)?;
    Ok(())
}

/// An element with something inside.
pub fn within(
    xml: &mut Xml,
    name: &str,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    with(xml, name, &[], inside)
}

/// An element with attributes and nothing inside.
pub fn leaf(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let element = xml.create_element(name);
    let element = element.with_attributes(attributes.iter().copied());
    element.write_empty()?;
    Ok(())
}

/// An element that only says one value.
pub fn value(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    leaf(xml, name, &[("w:val", value)])
}

/// An element that holds a text, its spaces kept.
pub fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(name);
    let element = element.with_attribute(("xml:space", "preserve"));
    element.write_text_content(BytesText::new(text))?;
    Ok(())
}
