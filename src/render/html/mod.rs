//! A document as one HTML file: no script, nothing from elsewhere, readable on a phone, on paper, in
//! the dark and by ear. Text of a plan is data: what would be markup in it is escaped.

mod canvas;
mod chart;
mod course;
mod frame;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod timeline;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::document::{Block, Chart, Document, Level, Line};
use crate::words::{TakenNames, counted};
pub use frame::{Entry, Frame, stylesheet, write_in};
use text::{escaped, flow, inline, paragraphs};

/// How the page looks, on a screen and on paper.
const STYLE: &str = include_str!("page.css");

/// What a browser must know; nothing may be loaded or run, whatever a text says.
const META: &str = "\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta name=\"format-detection\" content=\"telephone=no\">
";

const FOOTER: &str = "<footer>\n<p>Made with <code>plan</code> from the board’s own files. \
A rating is a word and a shape as well as a colour.</p>\n</footer>\n";

/// Papers with fewer sections need no list of them.
const LISTED_SECTIONS: usize = 4;

/// Writes a document as an HTML page.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let page = HtmlPage::of(document);
    Ok(page.whole(document.title()).into_bytes())
}

impl HtmlPage {
    fn of(document: &Document) -> HtmlPage {
        let mut page = HtmlPage::default();
        let is_course = |block: &Block| matches!(block, Block::Chart(Chart::Course(_)));
        for run in document
            .on_pages()
            .blocks
            .chunk_by(|a, b| is_course(a) && is_course(b))
        {
            // Several courses are small charts side by side.
            let is_several = run.len() > 1;
            if is_several {
                page.section().html.push_str("<div class=\"charts\">\n");
            }
            run.iter().for_each(|block| page.block(block));
            if is_several {
                page.section().html.push_str("</div>\n");
            }
        }
        page
    }
}

/// A page that is being written.
#[derive(Default)]
struct HtmlPage {
    /// What must be known before all else.
    notices: String,
    /// The papers on the page, each begun by a title; the first may have none.
    papers: Vec<Paper>,
    /// The headings that the next block stands under, the title first.
    place: Vec<String>,
    /// How deep the last heading stood: 1 for a title.
    depth: usize,
    ids: TakenNames,
    captions: BTreeSet<String>,
    charts: usize,
}

/// A title and what stands below it.
#[derive(Default)]
struct Paper {
    id: String,
    title: String,
    remark: String,
    sections: Vec<HtmlSection>,
}

/// A section with its heading; the first of a paper has none.
#[derive(Default)]
struct HtmlSection {
    id: String,
    heading: String,
    html: String,
    /// Whether it has a table that needs pages on their side when it is printed.
    wide: bool,
    /// Whether it has a table that counts ratings.
    has_counts: bool,
}

impl HtmlPage {
    fn block(&mut self, block: &Block) {
        let html = match block {
            Block::Title(title, remark) => return self.title(title, remark),
            Block::Notice(text) => return self.notice(text),
            Block::Heading(level, text, remark) => self.heading(*level, text, remark),
            Block::Paragraph(line) => paragraphs(line) + "\n",
            Block::Facts(facts) => self::facts(facts),
            Block::List(lines) => list(lines),
            Block::Code(text) => format!("<pre><code>{}</code></pre>\n", escaped(text)),
            Block::Table(table) => {
                let caption = self.caption();
                let id = self.id("table", &caption);
                let has_counts = table::has_counts(table);
                let section = self.section();
                section.wide |= table::is_wide(table);
                section.has_counts |= has_counts;
                let html = table::table(table, &caption, &id);
                if table.is_folded() {
                    let rows = counted(table.rows().len(), "row");
                    format!("<details>\n<summary>{rows}</summary>\n{html}</details>\n")
                } else {
                    html
                }
            }
            Block::Chart(chart) => {
                self.charts += 1;
                chart::figure(chart, &format!("chart-{}", self.charts))
            }
        };
        self.section().html.push_str(&html);
    }

    fn paper(&mut self) -> &mut Paper {
        if self.papers.is_empty() {
            self.papers.push(Paper::default());
        }
        let last = self.papers.len() - 1;
        &mut self.papers[last]
    }

    fn section(&mut self) -> &mut HtmlSection {
        let sections = &mut self.paper().sections;
        if sections.is_empty() {
            sections.push(HtmlSection::default());
        }
        let last = sections.len() - 1;
        &mut sections[last]
    }

    fn notice(&mut self, text: &str) {
        let text = flow(&crate::document::plain(text));
        let _ = writeln!(self.notices, "<div class=\"notice\">{text}</div>");
    }

    fn title(&mut self, title: &str, remark: &str) {
        let id = self.id("paper", title);
        self.papers.push(Paper {
            id,
            title: inline(title),
            remark: inline(remark),
            sections: Vec::new(),
        });
        self.place = vec![title.to_owned()];
        self.depth = 1;
    }

    /// A heading; none stands more than one step below the one above it.
    fn heading(&mut self, level: Level, text: &str, remark: &str) -> String {
        let wanted = match level {
            Level::Section => 2,
            Level::Part => 3,
            Level::Point => 4,
        };
        let depth = wanted.min(self.depth.max(1) + 1);
        let id = self.id("s", text);
        let remark = match remark {
            "" => String::new(),
            remark => format!(" <span class=\"remark\">{}</span>", inline(remark)),
        };
        self.place.truncate(depth - 1);
        self.place.push(text.to_owned());
        self.depth = depth;
        let text = inline(text);
        let html = format!("<h{depth} id=\"{id}\">{text}{remark}</h{depth}>\n");
        if depth == 2 {
            self.paper().sections.push(HtmlSection {
                id,
                heading: text,
                ..HtmlSection::default()
            });
        }
        html
    }

    /// A table's caption: the heading that it stands under, told from those of other tables by the
    /// headings above, else by its number.
    fn caption(&mut self) -> String {
        let place: Vec<&str> = self.place.iter().map(String::as_str).rev().collect();
        let longer = (1..=place.len()).map(|count| place[..count].join(", "));
        let whole = if place.is_empty() {
            "Table".to_owned()
        } else {
            place.join(", ")
        };
        let numbered = (2..).map(|number| format!("{whole} ({number})"));
        let all = longer.chain([whole.clone()]).chain(numbered);
        let free = all.into_iter().find(|text| !self.captions.contains(text));
        let caption = free.unwrap_or(whole);
        self.captions.insert(caption.clone());
        caption
    }

    /// A name for a place on the page, which no other has: `s-overdue`.
    fn id(&mut self, kind: &str, text: &str) -> String {
        let mut slug = String::from(kind);
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            if slug.len() + word.len() > 48 {
                break;
            }
            slug.push('-');
            slug.push_str(&word.to_ascii_lowercase());
        }
        self.ids.free(slug)
    }

    fn whole(self, title: &str) -> String {
        let title = inline(title);
        let (head, main, sideways) = self.parts(&title);
        let (notices, shapes) = (&self.notices, picture::SHAPES);
        format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n{META}\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header{sideways}>\n{notices}{head}</header>\n{shapes}\
             <main id=\"main\" tabindex=\"-1\">\n{main}</main>\n{FOOTER}</body>\n</html>\n"
        )
    }

    /// The page's head, what stands below it, and how the first of it is printed.
    fn parts(&self, title: &str) -> (String, String, &'static str) {
        let head = match self.papers.first() {
            Some(paper) if !paper.title.is_empty() => paper.head(),
            _ => format!("<h1 class=\"unseen\">{title}</h1>\n"),
        };
        let mut main = String::new();
        let papers = self.papers_listed();
        for (number, paper) in self.papers.iter().enumerate() {
            main.push_str(&paper.body(number > 0, self.papers.len() > 1));
            // What a page opens with stands before the list of what follows.
            if number + 1 == self.opening() {
                main.push_str(&papers);
            }
        }
        if self.opening() == 0 {
            main.insert_str(0, &papers);
        }
        let sideways = match self.papers.first() {
            Some(paper) if paper.begins_wide() => " class=\"sideways\"",
            _ => "",
        };
        (head, main, sideways)
    }

    /// How many papers stand before the list of papers: the first, where it is counts and nothing else.
    fn opening(&self) -> usize {
        let is_of_counts = |section: &HtmlSection| section.id.is_empty() && section.has_counts;
        let opens = |paper: &Paper| matches!(&paper.sections[..], [only] if is_of_counts(only));
        usize::from(self.papers.len() > 1 && self.papers.first().is_some_and(opens))
    }

    /// Of several papers the list of those that follow, of one nothing.
    fn papers_listed(&self) -> String {
        let papers = &self.papers[self.opening()..];
        if self.papers.len() < 2 {
            return String::new();
        }
        let entries = papers.iter().filter(|paper| !paper.title.is_empty());
        let entries = entries.map(|paper| (paper.id.as_str(), paper.title.as_str()));
        contents("Papers on this page", "Papers on this page", entries)
    }
}

impl Paper {
    fn head(&self) -> String {
        let Paper { id, title, .. } = self;
        match self.remark.as_str() {
            "" => format!("<h1 id=\"{id}\">{title}</h1>\n"),
            remark => format!("<h1 id=\"{id}\">{title}</h1>\n<p class=\"remark\">{remark}</p>\n"),
        }
    }

    /// Whether its first page is one on its side: what stands before the first wide table is no
    /// more than a line or two.
    fn begins_wide(&self) -> bool {
        let first = self.sections.iter().find(|section| section.is_more());
        first.is_some_and(|section| section.wide)
    }

    /// The paper below its head, which is in it unless the page begins with it.
    fn body(&self, with_head: bool, of_several: bool) -> String {
        let mut out = String::new();
        if with_head {
            let head = self.head();
            let _ = writeln!(out, "<div class=\"title\">\n{head}</div>");
        }
        let label = if of_several {
            format!("Contents: {}", self.title)
        } else {
            "Contents".to_owned()
        };
        let place = self.place_of_contents();
        let mut wide = self.begins_wide();
        for (number, section) in self.sections.iter().enumerate() {
            if number == place {
                out.push_str(&self.contents(&label));
            }
            wide = section.wide || (wide && !section.is_more());
            out.push_str(&section.html_for(wide));
        }
        if with_head && self.begins_wide() {
            return format!("<div class=\"sideways\">\n{out}</div>\n");
        }
        out
    }

    /// Before which section the list of sections stands: behind what the paper opens with, and behind its
    /// counts where it opens with these.
    fn place_of_contents(&self) -> usize {
        let opening = usize::from(
            self.sections
                .first()
                .is_some_and(|first| first.id.is_empty()),
        );
        let mut counts = self.sections.iter().take(opening + 1);
        let counts = counts.rposition(|section| section.has_counts);
        counts.map_or(opening, |at| opening.max(at + 1))
    }

    fn contents(&self, label: &str) -> String {
        let sections = self
            .sections
            .iter()
            .filter(|section| !section.id.is_empty());
        if sections.clone().count() < LISTED_SECTIONS {
            return String::new();
        }
        let entries = sections.map(|section| (section.id.as_str(), section.heading.as_str()));
        contents(label, "Contents", entries)
    }
}

impl HtmlSection {
    /// Whether it is more than a few lines of text before the first heading.
    fn is_more(&self) -> bool {
        !self.id.is_empty()
            || self.wide
            || self.html.contains("<table")
            || self.html.contains("<svg")
    }

    fn html_for(&self, wide: bool) -> String {
        if wide {
            format!("<div class=\"sideways\">\n{}</div>\n", self.html)
        } else {
            self.html.clone()
        }
    }
}

/// A list of places on the page, and how to skip it; its label tells it from others.
fn contents<'a>(
    label: &str,
    heading: &str,
    entries: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let entries: Vec<(&str, &str)> = entries.collect();
    let Some((first, _)) = entries.first() else {
        return String::new();
    };
    let skip = format!("<a class=\"skip\" href=\"#{first}\">Skip the contents</a>\n");
    let entries = entries.iter();
    let entries = entries.map(|(to, text)| format!("<li><a href=\"#{to}\">{text}</a></li>\n"));
    format!(
        "{skip}<nav aria-label=\"{label}\">\n<p class=\"nav-title\">{heading}</p>\n\
         <ul>\n{}</ul>\n</nav>\n",
        entries.collect::<String>()
    )
}

fn facts(facts: &[(String, Line)]) -> String {
    let facts = facts.iter().map(|(name, text)| {
        let (name, text) = (inline(name), flow(text));
        format!("<div><dt>{name}</dt><dd>{text}</dd></div>\n")
    });
    format!("<dl>\n{}</dl>\n", facts.collect::<String>())
}

fn list(lines: &[Line]) -> String {
    let lines = lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", flow(line)));
    format!("<ul>\n{}</ul>\n", lines.collect::<String>())
}
