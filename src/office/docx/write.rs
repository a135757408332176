//! Elements of a Word file, written one after the other.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

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
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        "xmlns:a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        "xmlns:mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    ),
    (
        "xmlns:wpg",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    ),
    (
        "xmlns:wps",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    ),
];

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
    let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
    xml.write_event(Event::Start(start))?;
    inside(xml)?;
    xml.write_event(Event::End(BytesEnd::new(name)))
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
