//! Documents and data become bytes: one file a format, one row each in [`Format`].

mod json;
pub mod terminal;

pub use json::json;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: laid out for the terminal, or for a pipe without colour.
    #[value(alias = "human", alias = "terminal")]
    Text,
    /// For programs: see the promise under "For programs" in the README.
    Json,
    /// Findings for code scanning: SARIF 2.1.0.
    Sarif,
    /// Findings as annotations of a pull request on GitHub.
    Github,
    /// Findings as a test report: JUnit XML.
    Junit,
}

impl Format {
    /// The format that a file's ending asks for.
    pub fn of_file(name: &str) -> Option<Format> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        match ending.as_str() {
            "txt" => Some(Format::Text),
            "json" => Some(Format::Json),
            "sarif" => Some(Format::Sarif),
            "xml" => Some(Format::Junit),
            _ => None,
        }
    }

    /// The endings that [`Format::of_file`] knows.
    pub const ENDINGS: &'static str = ".txt or .json (for findings also .sarif or .xml)";
}
