//! What a source file is made of: text, or a zip package of parts. Everything is bounded before it is
//! unpacked, and nothing that a part refers to is fetched.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refusal;
use crate::encoding;

/// The most bytes of one part of a package, and of all its parts together.
const MAX_PART: u64 = 64 * 1024 * 1024;
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
/// The most parts of a package.
const MAX_PARTS: usize = 4096;

/// Refuses a file whose first bytes say that it is not what its name says.
pub fn check_kind(bytes: &[u8], name: &str, ending: &str) -> Result<(), Refusal> {
    let packed = ["docx", "xlsx", "ods"].contains(&ending);
    if bytes.is_empty() {
        return Err(format!("{name} is empty").into());
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(format!(
            "{name} is protected with a password, or in the form of Office before 2007; open it and save it \
             without a password as .docx or .xlsx"
        )
        .into());
    }
    let zipped = bytes.starts_with(b"PK");
    if packed && !zipped {
        return Err(format!(
            "{name} is not a {ending} file, whatever its name says; save it as one again"
        )
        .into());
    }
    let other = if zipped {
        "a packed file, such as .docx or .xlsx"
    } else if bytes.starts_with(b"%PDF") {
        "a PDF"
    } else if bytes.starts_with(b"{\\rtf") {
        "in Rich Text Format"
    } else if is_picture(bytes) {
        "a picture"
    } else {
        return Ok(());
    };
    match packed {
        true => Ok(()),
        false => Err(format!(
            "{name} is {other}, whatever its name says; give it the ending that it should have"
        )
        .into()),
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0"];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// The text of a file: UTF-8, UTF-16 with its mark, or Windows-1252, as Excel writes CSV.
pub fn text(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    let broken = || Refusal(format!("{name} is no text; save it again as text in UTF-8"));
    let text = encoding::decode(bytes).ok_or_else(broken)?;
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}');
    if text.chars().filter(odd).count() > text.len() / 100 {
        return Err(broken());
    }
    Ok(text.replace(['\u{c}', '\u{b}'], "\n"))
}

/// A package that is known to unpack to bounded parts.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    name: String,
}

impl<'b> Package<'b> {
    /// Opens a package and unpacks all of it once, to nowhere, to know that it is whole and how large
    /// it is: what its list of parts says of their sizes may be a lie.
    pub fn open(bytes: &'b [u8], name: &str) -> Result<Package<'b>, Refusal> {
        let broken = || {
            Refusal(format!(
                "{name} is cut off or damaged; open it and save it again"
            ))
        };
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.len() > MAX_PARTS {
            return Err(format!(
                "{name} has {} parts; no plan is made of so many",
                archive.len()
            )
            .into());
        }
        let mut total = 0;
        for index in 0..archive.len() {
            let part = archive.by_index(index).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(_) => Refusal(format!(
                    "{name} is encrypted; open it and save it without a password"
                )),
                _ => broken(),
            })?;
            let macros = part
                .name()
                .is_ok_and(|name| name.to_lowercase().ends_with("vbaproject.bin"));
            if macros {
                return Err(format!(
                    "{name} holds macros; save it without them, as .docx or .xlsx"
                )
                .into());
            }
            let mut bounded = part.take(MAX_PART + 1);
            let size = std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|_| broken())?;
            total += size;
            if size > MAX_PART || total > MAX_UNPACKED {
                return Err(format!(
                    "{name} unpacks to more than {} MB; no plan is so large",
                    MAX_UNPACKED / 1024 / 1024
                )
                .into());
            }
        }
        Ok(Package {
            archive,
            name: name.to_owned(),
        })
    }

    pub fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    /// The names of its parts.
    pub fn parts(&self) -> impl Iterator<Item = String> {
        self.archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
    }

    /// The text of a part. Errors: no such part, no text, or a part that declares entities.
    pub fn part(&mut self, part: &str) -> Result<String, Refusal> {
        let broken = format!(
            "{} has no readable {part}: it is damaged, or no such document",
            self.name
        );
        let mut bytes = Vec::new();
        let opened = self
            .archive
            .by_name(part)
            .map_err(|_| Refusal(broken.clone()))?;
        opened
            .take(MAX_PART)
            .read_to_end(&mut bytes)
            .map_err(|_| Refusal(broken.clone()))?;
        let text = String::from_utf8(bytes).map_err(|_| Refusal(broken))?;
        let head: String = text.chars().take(4096).collect();
        if head.contains("<!DOCTYPE") || head.contains("<!ENTITY") {
            return Err(format!(
                "{} declares entities of its own, which no office program writes; it is not read",
                self.name
            )
            .into());
        }
        Ok(text)
    }
}

/// The refusal of a table that is larger than any plan's.
pub fn too_many(name: &str) -> Refusal {
    Refusal(format!(
        "{name} has a table of more than {} rows, {} columns or {} cells; no plan is so large: delete what is \
         not the plan",
        super::blocks::MAX_ROWS,
        super::blocks::MAX_COLUMNS,
        super::blocks::MAX_CELLS
    ))
}
