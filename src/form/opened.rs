//! A file that came back, opened with care: what kind it is, and nothing of it unpacked without bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::encoding;

/// Why a file cannot be taken, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// The most bytes of a form: a hundred actions fill a hundredth of it.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;
/// The most bytes that a form unpacks to, and the most parts that it has.
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;
const MAX_PARTS: usize = 1000;

/// What a file holds.
pub enum Opened<'b> {
    /// An Excel workbook.
    Workbook(&'b [u8]),
    /// The content of an OpenDocument spreadsheet.
    Spreadsheet(String),
    /// The body of a Word document.
    Document(String),
    /// CSV.
    Text(String),
}

/// Opens a file by what it holds, whatever it is called; says too whether comments are pinned to it.
pub fn open<'b>(bytes: &'b [u8], name: &str) -> Result<(Opened<'b>, bool), Refused> {
    let refuse = |why: &str| Err(Refused(format!("{name} {why}")));
    if bytes.is_empty() {
        return refuse("is empty");
    }
    if bytes.starts_with(b"PK") {
        return unpack(bytes).or_else(&refuse);
    }
    match kind(bytes) {
        Some(why) => refuse(why),
        None => match text(bytes) {
            Some(text) => Ok((Opened::Text(text), false)),
            None => refuse(NO_FORM),
        },
    }
}

const NO_FORM: &str = "is no form: a form is an Excel workbook (.xlsx), a spreadsheet of LibreOffice \
    (.ods), a Word document (.docx) or CSV";
const DAMAGED: &str = "is cut off or damaged; open it, save it again, and try with that";

/// What else a file may be, by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    const PROTECTED: &str = "is protected by a password, or in the form of Office before 2007; open it and \
        save it as .xlsx without a password";
    const KINDS: [(&[u8], &str); 7] = [
        (b"\xd0\xcf\x11\xe0", PROTECTED),
        (
            b"%PDF",
            "is a PDF, which cannot be read back; ask for the filled-in form itself (.xlsx)",
        ),
        (
            b"\x89PNG",
            "is a picture; ask for the filled-in form itself (.xlsx)",
        ),
        (
            b"\xff\xd8\xff",
            "is a picture; ask for the filled-in form itself (.xlsx)",
        ),
        (b"{\\rtf", "is in Rich Text Format; save it as .docx"),
        (
            b"<!DOCTYPE",
            "is a web page; ask for the filled-in form itself (.xlsx)",
        ),
        (
            b"<html",
            "is a web page; ask for the filled-in form itself (.xlsx)",
        ),
    ];
    let found = KINDS.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, why)| *why)
}

/// Opens a packed file. All of it is unpacked once, to nowhere: what its list of parts says of their
/// sizes may be a lie.
fn unpack(bytes: &[u8]) -> Result<(Opened<'_>, bool), &'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    if archive.len() > MAX_PARTS {
        return Err("unpacks to far more than a form holds");
    }
    let (mut left, mut comments) = (MAX_UNPACKED, false);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => PASSWORD,
            _ => DAMAGED,
        })?;
        let name = part.name().map_err(|_| DAMAGED)?.to_lowercase();
        if name.ends_with("vbaproject.bin") || name.starts_with("basic/") {
            return Err("holds macros, which no form has; save it without them, as .xlsx");
        }
        comments |= name.contains("comments");
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        left = match left.checked_sub(size.map_err(|_| DAMAGED)?) {
            Some(left) => left,
            None => return Err("unpacks to far more than a form holds"),
        };
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        return Err("is a binary workbook (.xlsb); save it as .xlsx");
    }
    if has("xl/workbook.xml") {
        return Ok((Opened::Workbook(bytes), comments));
    }
    let (word, content) = (has("word/document.xml"), has("content.xml"));
    let manifest = part(&mut archive, "META-INF/manifest.xml").unwrap_or_default();
    let opened = match (word, content) {
        (true, _) => Opened::Document(part(&mut archive, "word/document.xml").ok_or(DAMAGED)?),
        (_, true) if manifest.contains("encryption-data") => return Err(PASSWORD),
        (_, true) => Opened::Spreadsheet(part(&mut archive, "content.xml").ok_or(DAMAGED)?),
        _ => return Err(NO_FORM),
    };
    let pinned = |xml: &str| xml.contains("<office:annotation");
    comments |= matches!(&opened, Opened::Spreadsheet(xml) if pinned(xml));
    Ok((opened, comments))
}

const PASSWORD: &str = "is protected by a password; open it and save it without one";

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    let part = archive.by_name(name).ok()?;
    part.take(MAX_UNPACKED).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The text of a file: UTF-8, UTF-16 with its mark, or Windows' own letters, as Excel saves CSV. None
/// for what is no text.
fn text(bytes: &[u8]) -> Option<String> {
    let text = encoding::decode(bytes)?;
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    (!text.contains(odd)).then_some(text)
}
