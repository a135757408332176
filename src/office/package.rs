//! What a source file is made of: text, or a zip package of parts. Everything is bounded before it is
//! unpacked, and nothing that a part refers to is fetched.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refusal;
use crate::encoding;

/// The most bytes of one part of a package, and of all its parts together.
const MAX_PART: u64 = 32 * 1024 * 1024;
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most parts of a package.
const MAX_PARTS: usize = 4096;

/// What a file is by its first bytes, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageKind {
    Empty,
    /// A package of parts, such as .docx and .xlsx are.
    Packed,
    /// Of Office before 2007, or protected with a password.
    OldOffice,
    Pdf,
    Picture,
    RichText,
    WebPage,
    /// None of these: text, perhaps.
    Other,
}

impl PackageKind {
    pub fn from_bytes(bytes: &[u8]) -> PackageKind {
        const STARTS: [(&[u8], PackageKind); 10] = [
            (b"PK", PackageKind::Packed),
            (b"\xd0\xcf\x11\xe0", PackageKind::OldOffice),
            (b"%PDF", PackageKind::Pdf),
            (b"\x89PNG", PackageKind::Picture),
            (b"\xff\xd8\xff", PackageKind::Picture),
            (b"GIF8", PackageKind::Picture),
            (b"II*\0", PackageKind::Picture),
            (b"{\\rtf", PackageKind::RichText),
            (b"<!DOCTYPE", PackageKind::WebPage),
            (b"<html", PackageKind::WebPage),
        ];
        if bytes.is_empty() {
            return PackageKind::Empty;
        }
        let mut starts = STARTS.iter();
        let found = starts.find(|(start, _)| bytes.starts_with(start));
        found.map_or(PackageKind::Other, |(_, kind)| *kind)
    }
}

/// The text of a file: UTF-8, UTF-16 with its mark, or Windows-1252, as Excel writes CSV. None where
/// more than one sign of a hundred is none of a text.
pub fn plain_text(bytes: &[u8]) -> Option<String> {
    let text = encoding::decode(bytes)?;
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}');
    (text.chars().filter(odd).count() <= text.len() / 100).then_some(text)
}

/// The same, with the ends of pages as ends of lines. Errors: what is no text.
pub fn text(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    let text = plain_text(bytes);
    let text =
        text.ok_or_else(|| Refusal(format!("{name} is no text; save it again as text in UTF-8")))?;
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
            let macros = |name: std::borrow::Cow<str>| {
                let name = name.to_lowercase();
                name.ends_with("vbaproject.bin") || name.starts_with("basic/")
            };
            if part.name().is_ok_and(macros) {
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

    /// How messages call the file.
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Refuses a file that says it holds macros, or the keys to a password.
    pub fn check_types(&mut self) -> Result<(), Refusal> {
        let name = &self.name;
        let macros = format!("{name} holds macros; save it without them, as .docx or .xlsx");
        let locked =
            format!("{name} is protected with a password; open it and save it without one");
        let says = |package: &mut Package, part: &str, words: &str| {
            package.part(part).is_ok_and(|text| text.contains(words))
        };
        if says(self, "[Content_Types].xml", "macroEnabled") {
            return Err(macros.into());
        }
        if says(self, "META-INF/manifest.xml", "encryption-data") {
            return Err(locked.into());
        }
        Ok(())
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

    /// The bytes of a part. Errors: no such part, or one that cannot be unpacked.
    pub fn bytes(&mut self, part: &str) -> Result<Vec<u8>, Refusal> {
        let broken = self.broken(part);
        let opened = self.archive.by_name(part);
        let opened = opened.map_err(|_| broken.clone())?;
        let mut bytes = Vec::new();
        let mut bounded = opened.take(MAX_PART);
        bounded.read_to_end(&mut bytes).map_err(|_| broken)?;
        Ok(bytes)
    }

    fn broken(&self, part: &str) -> Refusal {
        Refusal(format!(
            "{} has no readable {part}: it is damaged, or no such document",
            self.name
        ))
    }

    /// The text of a part. Errors: no such part, no text, or a part that declares entities.
    pub fn part(&mut self, part: &str) -> Result<String, Refusal> {
        let broken = self.broken(part);
        let bytes = self.bytes(part)?;
        let text = String::from_utf8(bytes).map_err(|_| broken)?;
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
