//! Documents and data become bytes: one file a format, one row each in [`Format`].

mod csv;
mod excel;
mod html;
mod ics;
mod json;
mod markdown;
mod shade;
pub mod template;
pub mod terminal;
mod widths;
mod word;

pub use csv::{one_table, rows_alone};
pub use ics::write as ics;
pub use json::{json, json_lines};
pub use word::write_like as word_like;

use crate::document::Document;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: laid out for the terminal, or for a pipe without colour.
    #[value(alias = "human", alias = "terminal")]
    Text,
    /// For GitHub, pandoc and mails: GitHub-flavoured Markdown.
    #[value(alias = "md")]
    Markdown,
    /// For websites, phones and printing: one page with everything in it.
    #[value(alias = "htm")]
    Html,
    /// For spreadsheets and scripts: every table, row by row (RFC 4180).
    Csv,
    /// For the meeting's pack: a Word file.
    #[value(alias = "word")]
    Docx,
    /// For those who sort and filter: an Excel file, a sheet for each table.
    #[value(alias = "excel")]
    Xlsx,
    /// For programs: data with names that are promised.
    Json,
    /// For programs that read as they go: JSON Lines, an action on each (only `plan export`).
    Jsonl,
    /// For calendars: deadlines and meetings, RFC 5545 (only `plan export`).
    #[value(alias = "ical")]
    Ics,
    /// Findings for code scanning: SARIF 2.1.0.
    Sarif,
    /// Findings as annotations of a pull request on GitHub.
    Github,
    /// Findings as a test report: JUnit XML.
    Junit,
}

/// Writes a paper. What cannot be written says why.
type Writer = fn(&Document) -> anyhow::Result<Vec<u8>>;

impl Format {
    /// The format that a file's ending asks for.
    pub fn of_file(name: &str) -> Option<Format> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        match ending.as_str() {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "csv" => Some(Format::Csv),
            "docx" => Some(Format::Docx),
            "xlsx" => Some(Format::Xlsx),
            "json" => Some(Format::Json),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "ics" => Some(Format::Ics),
            "sarif" => Some(Format::Sarif),
            "xml" => Some(Format::Junit),
            _ => None,
        }
    }

    /// The endings that [`Format::of_file`] knows.
    pub const ENDINGS: &'static str = ".txt, .md, .html, .csv, .docx, .xlsx or .json (for findings also .sarif or .xml, for `plan export` .jsonl or .ics)";

    /// What writes a paper in this format, where the paper's layout is all that it needs.
    pub fn writer(self) -> Option<Writer> {
        match self {
            Format::Markdown => Some(markdown::write),
            Format::Html => Some(html::write),
            Format::Csv => Some(csv::write),
            Format::Docx => Some(word::write),
            Format::Xlsx => Some(excel::write),
            Format::Text | Format::Json => None,
            Format::Jsonl | Format::Ics | Format::Sarif | Format::Github | Format::Junit => None,
        }
    }

    /// The one command that writes the format, if it is only one.
    pub fn only(self) -> Option<&'static str> {
        match self {
            Format::Sarif | Format::Github | Format::Junit => Some("plan validate"),
            Format::Jsonl | Format::Ics => Some("plan export"),
            _ => None,
        }
    }

    /// Whether the format is for other programs' files, and would be noise on a terminal.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Docx | Format::Xlsx)
    }
}
