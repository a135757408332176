//! A document as a Word file.

mod body;
mod grid;
mod pages;
mod table;

use crate::document::{Document, visible};
use crate::office::docx::pages::{Page, footer};
use crate::office::docx::write as xml;

/// Writes a document as a Word file; the same document always gives the same bytes.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let title = visible(document.title()).replace('\n', " ");
    let footers = [
        footer(&title, Page::Portrait)?,
        footer(&title, Page::Landscape)?,
    ];
    xml::file(&title, body::write(document)?, footers)
}
