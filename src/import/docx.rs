//! Word: its paragraphs and tables as they stand, the lines of a cell as paragraphs.

use crate::office::blocks::{Block, Blocks};
use crate::office::package::Package;
use crate::office::words::paragraphs;
use crate::office::{Refusal, docx};

/// Reads a Word document. Errors: no Word document, damaged, too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let mut document = docx::read(&mut Package::open(bytes, name)?)?;
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            for cell in table.rows.iter_mut().flatten() {
                cell.text = paragraphs(&cell.text);
            }
        }
    }
    Ok(document)
}
