//! The manual: the pages of `docs/`, as the program shows them.

use serde::Serialize;

use super::fields;
use super::markdown;
use crate::document::Document;

/// A page, by the word that asks for it.
pub struct ManualPage {
    pub topic: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    /// Its Markdown; none for the page that is made of the table of fields.
    text: Option<&'static str>,
}

macro_rules! page {
    ($topic:literal, $about:literal) => {
        ManualPage {
            topic: $topic,
            about: $about,
            text: Some(include_str!(concat!("../../docs/", $topic, ".md"))),
        }
    };
}

/// The pages, in the order in which somebody new reads them.
pub static PAGES: &[ManualPage] = &[
    page!(
        "business-manager",
        "a whole year, from an empty folder to the annual report"
    ),
    page!("chair", "for the chair of a subgroup who fills in a form"),
    page!(
        "annual-report",
        "for the author of the annual report: the papers and their formats"
    ),
    page!(
        "reports",
        "what was reported: recorded, asked for, taken back"
    ),
    page!(
        "site",
        "the board's own website: what is on it, and where it can stand"
    ),
    page!("import", "a plan in Word, Excel or text becomes files"),
    page!(
        "files",
        "for the editor of the files: a board, a plan and a log, field by field"
    ),
    ManualPage {
        topic: "format",
        about: "every field of every file",
        text: None,
    },
    page!(
        "rules",
        "what `plan validate` looks for, and how to let a finding pass"
    ),
    page!(
        "ci",
        "for the maintainer of CI: checks of every change, git, hooks"
    ),
    page!(
        "data",
        "for other programs: exports, the history month by month, databases"
    ),
    page!("cost", "what it takes in time and memory"),
    page!("developers", "for the next developer of this program"),
    page!("glossary", "the words that the pages print"),
];

pub fn page(topic: &str) -> Option<&'static ManualPage> {
    PAGES.iter().find(|page| page.topic == topic)
}

/// A page as it is shown.
#[derive(Serialize)]
pub struct Manual {
    pub topic: String,
    /// Its Markdown.
    pub text: String,
}

impl Manual {
    pub fn about(topic: &str) -> Manual {
        let text = page(topic).and_then(|page| page.text).map(str::to_owned);
        Manual {
            topic: topic.to_owned(),
            text: text.unwrap_or_else(fields::page),
        }
    }

    pub fn lay_out(&self, document: &mut Document) {
        markdown::lay_out(&self.text, document);
    }
}
