//! A document as a Word file.

mod body;
mod chart;
mod drawing;
mod grid;
mod pages;
mod paragraph;
mod table;

use crate::document::{Document, visible};
use crate::office::docx::file;
use crate::office::docx::pages::PageSetup;
use crate::office::docx::template::Template;
use crate::office::docx::write as xml;

/// Writes a document as a Word file; the same document always gives the same bytes.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    write_like(document, None)
}

/// The same with the look of a board's own Word file.
pub fn write_like(document: &Document, template: Option<&Template>) -> anyhow::Result<Vec<u8>> {
    let document = document.on_pages();
    let title = visible(document.title()).replace('\n', " ");
    let sheet = template.map_or_else(PageSetup::default, |template| template.sheet.clone());
    let written = body::write(&document, &sheet)?;
    let parts = file::DocxParts {
        title: &title,
        body: written.body,
        footers: written.footers,
        charts: written.charts,
    };
    file::write(parts, template)
}
