//! A page that is one of many: the name of the whole above it, a menu, and a style sheet and a script that all
//! pages share. Everything is there without the script, which only adds a search and filters.

use super::text::{escaped, inline};
use super::{HtmlPage, STYLE, picture};
use crate::document::Document;

/// How the pages look besides what every page has.
const SITE_STYLE: &str = include_str!("site.css");

/// What a browser must know: nothing comes from anywhere but the site's own folder, be it on a server or on a
/// stick (`file:`), and nothing is ever sent.
const META: &str = "\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file: 'unsafe-inline'; \
script-src 'self' file:; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta name=\"format-detection\" content=\"telephone=no\">
<meta name=\"referrer\" content=\"no-referrer\">
";

/// What stands around a page. Addresses are as they stand in the page.
pub struct Frame {
    /// The whole that the page is part of, and its front page.
    pub home: Entry,
    pub menu: Vec<Entry>,
    /// From the page to the folder of the style sheet and the script: empty, or "../../".
    pub top: String,
    /// The file with all that can be searched for, if there is one.
    pub index: Option<String>,
    /// The page's own address in the world, where it is known.
    pub canonical: Option<String>,
    /// What must be known of every page, below it.
    pub remarks: Vec<String>,
}

/// A place of a menu.
#[derive(Clone)]
pub struct Entry {
    pub name: String,
    pub address: String,
    /// Whether the page is there, or below.
    pub is_here: bool,
}

/// The style sheet that all pages share.
pub fn stylesheet() -> String {
    format!("{STYLE}{SITE_STYLE}")
}

/// Writes a document as a page in a frame.
pub fn write_in(frame: &Frame, document: &Document) -> Vec<u8> {
    let page = HtmlPage::of(document);
    let title = inline(document.title());
    let (head, main, sideways) = page.parts(&title);
    let (notices, shapes, top) = (&page.notices, picture::SHAPES, escaped(&frame.top));
    let canonical = frame.canonical.as_deref().map(|address| {
        let address = escaped(address);
        format!("<link rel=\"canonical\" href=\"{address}\">\n")
    });
    let index = frame.index.as_deref().map(|index| {
        let index = escaped(index);
        format!(" data-index=\"{index}\"")
    });
    let (canonical, index) = (canonical.unwrap_or_default(), index.unwrap_or_default());
    let (bar, remarks) = (frame.bar(), frame.footer());
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n{META}<title>{title}</title>\n\
         {canonical}<link rel=\"stylesheet\" href=\"{top}plan.css\">\n\
         <script src=\"{top}plan.js\" defer></script>\n</head>\n<body class=\"site\"{index}>\n\
         <header{sideways}>\n{bar}{notices}{head}</header>\n{shapes}\
         <main id=\"main\" tabindex=\"-1\">\n{main}</main>\n{remarks}</body>\n</html>\n"
    )
    .into_bytes()
}

impl Frame {
    /// The name of the whole, and the menu; what the script adds stands beside the name.
    fn bar(&self) -> String {
        let link = |entry: &Entry| {
            let here = if entry.is_here {
                " aria-current=\"page\""
            } else {
                ""
            };
            let (address, name) = (escaped(&entry.address), inline(&entry.name));
            format!("<a href=\"{address}\"{here}>{name}</a>")
        };
        let menu = self
            .menu
            .iter()
            .map(|entry| format!("<li>{}</li>\n", link(entry)));
        let menu = menu.collect::<String>();
        let menu = match menu.as_str() {
            "" => String::new(),
            menu => {
                format!("<nav class=\"menu\" aria-label=\"Site\">\n<ul>\n{menu}</ul>\n</nav>\n")
            }
        };
        format!(
            "<a class=\"skip\" href=\"#main\">Skip to the page</a>\n\
             <div class=\"masthead\" id=\"masthead\"><p class=\"home\">{}</p></div>\n{menu}",
            link(&self.home)
        )
    }

    fn footer(&self) -> String {
        let remarks = self.remarks.iter();
        let remarks = remarks.map(|remark| format!("<p>{}</p>\n", inline(remark)));
        format!("<footer>\n{}</footer>\n", remarks.collect::<String>())
    }
}
