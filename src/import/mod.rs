//! Turns a plan that a board already has, in Word, a spreadsheet, CSV, Markdown, HTML or text taken
//! out of a PDF, into the board's YAML, and accounts for every cell of it.
//!
//! Each source format is one file that turns bytes into [`blocks`]; one understanding of them is
//! shared by all (`understand`), and one writer (`write`).

mod account;
mod csv;
mod docx;
mod extracted;
mod markdown;
mod sheet;
mod understand;
mod write;
mod yaml;

use crate::caught::caught;
use crate::office::package::PackageKind;
use crate::office::{blocks, html};
use blocks::Blocks;

pub use crate::office::Refusal;
pub use account::{Imported, lay_out};
pub use understand::{
    FIELDS, Field, Missing, Stopped, Wishes, rated_by, read_period, sure as heading,
};

/// The largest source that is read, in bytes.
pub const MAX_SOURCE: u64 = 32 * 1024 * 1024;

/// A source format.
struct SourceFormat {
    endings: &'static [&'static str],
    read: fn(&[u8], &str) -> Result<Blocks, Refusal>,
}

/// The formats, by the endings of file names.
static FORMATS: &[SourceFormat] = &[
    SourceFormat {
        endings: &["docx"],
        read: docx::read,
    },
    SourceFormat {
        endings: &["xlsx", "ods"],
        read: sheet::read,
    },
    SourceFormat {
        endings: &["csv", "tsv"],
        read: csv::read,
    },
    SourceFormat {
        endings: &["md", "markdown"],
        read: markdown::read,
    },
    SourceFormat {
        endings: &["html", "htm"],
        read: html::read,
    },
    SourceFormat {
        endings: &["txt", "text"],
        read: extracted::read,
    },
];

/// Reads a source and makes the board's files of it; nothing is written to disk here.
///
/// `name` is the source's file name. Errors: a sentence where nothing can be made of it, or what only the
/// user can say.
pub fn import(bytes: &[u8], name: &str, wishes: &Wishes) -> Result<Imported, Stopped> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_lowercase();
    let format = FORMATS
        .iter()
        .find(|format| format.endings.contains(&ending.as_str()));
    let Some(format) = format else {
        return Err(unknown_ending(name, &ending).into());
    };
    check_kind(bytes, name, &ending)?;
    let damaged = |_| Err(Refusal(format!("{name} is damaged, and cannot be read")));
    let blocks = caught(|| (format.read)(bytes, name)).unwrap_or_else(damaged)?;
    let draft = understand::understand(blocks, name, wishes)?;
    Ok(write::files(draft, name, wishes)?)
}

/// Refuses a file whose first bytes say that it is not what its name says.
fn check_kind(bytes: &[u8], name: &str, ending: &str) -> Result<(), Refusal> {
    let packed = ["docx", "xlsx", "ods"].contains(&ending);
    let other = match PackageKind::from_bytes(bytes) {
        PackageKind::Empty => return Err(format!("{name} is empty").into()),
        PackageKind::OldOffice => {
            return Err(format!(
                "{name} is protected with a password, or in the form of Office before 2007; open it and save it \
                 without a password as .docx or .xlsx"
            )
            .into());
        }
        PackageKind::Packed if packed => return Ok(()),
        _ if packed => {
            return Err(format!(
                "{name} is not a {ending} file, whatever its name says; save it as one again"
            )
            .into());
        }
        PackageKind::Packed => "a packed file, such as .docx or .xlsx",
        PackageKind::Pdf => "a PDF",
        PackageKind::RichText => "in Rich Text Format",
        PackageKind::Picture => "a picture",
        PackageKind::WebPage | PackageKind::Other => return Ok(()),
    };
    Err(format!(
        "{name} is {other}, whatever its name says; give it the ending that it should have"
    )
    .into())
}

fn unknown_ending(name: &str, ending: &str) -> Refusal {
    let save = match ending {
        "doc" | "rtf" | "odt" | "docm" | "dotx" | "dotm" => "open it in Word and save it as .docx",
        "xls" | "xlsm" | "xlsb" | "xltx" | "xltm" => "open it in Excel and save it as .xlsx",
        "pdf" => {
            "take its text out first (pdftotext -layout does not keep tables; copy the table into Word \
             or Excel, and save it as .docx or .xlsx)"
        }
        "png" | "jpg" | "jpeg" | "gif" | "tif" | "tiff" | "bmp" => {
            "a picture holds no text; type the table into Word or Excel"
        }
        _ => "give it one of these endings, if that is what it is",
    };
    let all: Vec<&str> = FORMATS
        .iter()
        .flat_map(|format| format.endings)
        .copied()
        .collect();
    Refusal(format!(
        "{name} is none of the kinds that are imported ({}); {save}",
        all.join(", ")
    ))
}
