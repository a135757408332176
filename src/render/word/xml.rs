//! Elements of a Word file, written one after the other.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

pub type Xml = Writer<Vec<u8>>;

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
