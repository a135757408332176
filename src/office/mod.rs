//! Files of office programs, as data: Word documents, workbooks, web pages and separated values become
//! [`blocks`] of cells with all that a reader sees of them. Nothing here knows what a plan is.

pub mod blocks;
mod conditions;
pub mod csv;
pub mod docx;
mod formula;
pub mod grid;
pub mod html;
pub mod looks;
pub mod ods;
pub mod package;
pub mod sheet;
mod shown;
mod style;
mod symbols;
pub mod words;
pub mod xlsx;
pub mod xml;

/// Why a file cannot be read, in a sentence, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl<T: Into<String>> From<T> for Refusal {
    fn from(text: T) -> Refusal {
        Refusal(text.into())
    }
}
