//! Paragraphs of a Word file: a text in its style, its lines and its pieces.

use std::io;

use super::xml;
use crate::document::{Line, Piece, Tone, piece, visible};
use crate::office::docx::write::Xml;
use crate::render::shade::{self, Rgb};

/// How the words of a paragraph stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inline {
    pub right: bool,
    pub bold: bool,
    pub ink: Option<Rgb>,
    /// Whether they stay on one page with what follows.
    pub keeps: bool,
}

/// A text with each of its lines a paragraph, at least one.
pub fn lines(xml: &mut Xml, line: &Line, style: &str, inline: Inline) -> io::Result<()> {
    let mut lines = broken(line).into_iter();
    lines.try_for_each(|line| paragraph(xml, &line, style, inline))
}

/// A text at its line ends.
pub fn broken(line: &Line) -> Vec<Line> {
    let mut lines = vec![Vec::new()];
    for Piece { text, tone, .. } in line {
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(last)) = (part.is_empty(), lines.last_mut()) {
                last.push(piece(*tone, part));
            }
        }
    }
    lines
}

pub fn paragraph(xml: &mut Xml, line: &Line, style: &str, inline: Inline) -> io::Result<()> {
    within_paragraph(xml, style, inline, |xml| {
        line.iter().try_for_each(|piece| run(xml, piece, inline))
    })
}

/// A paragraph of a style, and what stands in it.
pub fn within_paragraph(
    xml: &mut Xml,
    style: &str,
    inline: Inline,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml::within(xml, "w:p", |xml| {
        xml::within(xml, "w:pPr", |xml| {
            xml::value(xml, "w:pStyle", style)?;
            if inline.keeps {
                xml::leaf(xml, "w:keepNext", &[])?;
            }
            if inline.right {
                xml::value(xml, "w:jc", "right")?;
            }
            Ok(())
        })?;
        inside(xml)
    })
}

/// A piece of text in its tone; a line end inside is one on the page.
pub fn run(xml: &mut Xml, piece: &Piece, inline: Inline) -> io::Result<()> {
    let colour = inline.ink.or_else(|| shade::ink(piece.tone));
    let rated = matches!(
        piece.tone,
        Tone::Red | Tone::Amber | Tone::Green | Tone::Blue
    );
    let bold = inline.bold || rated || piece.tone == Tone::Strong;
    xml::within(xml, "w:r", |xml| {
        if bold || colour.is_some() {
            xml::within(xml, "w:rPr", |xml| {
                if bold {
                    xml::leaf(xml, "w:b", &[])?;
                }
                colour.map_or(Ok(()), |rgb| xml::value(xml, "w:color", &shade::hex(rgb)))
            })?;
        }
        for (number, line) in visible(&piece.text).split('\n').enumerate() {
            if number > 0 {
                xml::leaf(xml, "w:br", &[])?;
            }
            xml::text(xml, "w:t", line)?;
        }
        Ok(())
    })
}
