//! A form that came back, opened by what its file holds, whatever it is called.

use super::returned::Returned;
use super::{grid, word};
use crate::caught::caught;
use crate::office::blocks::Blocks;
use crate::office::package::{Package, PackageKind, plain_text};
use crate::office::sheet::Workbook;
use crate::office::{Refusal, docx, ods, xlsx};

/// The most bytes of a form: a hundred actions fill a hundredth of it.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;

/// The most rows of a form: far more than any plan has actions.
const MAX_ROWS: usize = 2000;

/// Reads a form that came back; `name` is how messages call the file.
pub fn read(bytes: &[u8], name: &str) -> Result<Returned, Refusal> {
    let read = || match open(bytes, name)? {
        Opened::Book(book) => grid::from_book(book, name),
        Opened::Text(text) => grid::from_csv(&text, name),
        Opened::Document(document) => word::read(&document, name),
    };
    let damaged = |_| Err(Refusal(format!("{name} is damaged, and cannot be read")));
    let returned = caught(read).unwrap_or_else(damaged)?;
    if returned.rows.len() > MAX_ROWS {
        return Err(Refusal(format!("{name} has more rows than any form has")));
    }
    Ok(returned)
}

/// What a file holds.
enum Opened {
    Book(Workbook),
    /// A Word document.
    Document(Blocks),
    /// CSV.
    Text(String),
}

/// Opens a file. Errors: what can be no form, in a sentence with what to do.
fn open(bytes: &[u8], name: &str) -> Result<Opened, Refusal> {
    let refuse = |why: &str| Err(Refusal(format!("{name} {why}")));
    match PackageKind::from_bytes(bytes) {
        PackageKind::Empty => refuse("is empty"),
        PackageKind::Packed => {
            let mut package = Package::open(bytes, name)?;
            if package.has("word/document.xml") {
                Ok(Opened::Document(docx::read(&mut package)?))
            } else if package.has("content.xml") && name.to_lowercase().ends_with(".odt") {
                refuse("is a text of LibreOffice; save it as .docx")
            } else if package.has("content.xml") {
                Ok(Opened::Book(ods::read(&mut package)?))
            } else if package.parts().any(|part| part.starts_with("xl/")) {
                Ok(Opened::Book(xlsx::read(&mut package)?))
            } else {
                refuse(NO_FORM)
            }
        }
        PackageKind::OldOffice => refuse(
            "is protected by a password, or in the form of Office before 2007; open it and save it as .xlsx \
             (a text: .docx) without a password",
        ),
        PackageKind::Pdf => {
            refuse("is a PDF, which cannot be read back; ask for the filled-in form itself (.xlsx)")
        }
        PackageKind::Picture => refuse("is a picture; ask for the filled-in form itself (.xlsx)"),
        PackageKind::RichText => refuse("is in Rich Text Format; save it as .docx"),
        PackageKind::WebPage => refuse("is a web page; ask for the filled-in form itself (.xlsx)"),
        PackageKind::Other => match plain_text(bytes) {
            Some(text) => Ok(Opened::Text(text)),
            None if is_wide(bytes) => {
                refuse("is in UTF-16, and does not say so; save it as CSV UTF-8")
            }
            None => refuse(NO_FORM),
        },
    }
}

/// Whether every other byte is nothing, as in texts of two bytes a letter.
fn is_wide(bytes: &[u8]) -> bool {
    let begin = &bytes[..bytes.len().min(64)];
    let every_other = |from: usize| begin.iter().skip(from).step_by(2).all(|byte| *byte == 0);
    begin.len() > 16 && (every_other(0) || every_other(1))
}

const NO_FORM: &str = "is no form: a form is an Excel workbook (.xlsx), a spreadsheet of LibreOffice \
    (.ods), a Word document (.docx) or CSV";
