//! A document as one HTML file: no script, nothing from elsewhere, readable on a phone, on paper, in
//! the dark and by ear. Text of a plan is data: what would be markup in it is escaped.

mod chart;
mod course;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod timeline;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::document::{Block, Document, Level, Line};
use text::{escaped, flow, inline, paragraphs};

/// How the page looks, on a screen and on paper.
const STYLE: &str = include_str!("page.css");

/// What a paper with a wide table adds, so that it is printed on pages on their side.
const SIDEWAYS: &str =
    "<style>@page { size: A4 landscape } @media print { .chart { max-height: 135mm } }</style>\n";

/// Papers with fewer sections need no list of them.
const LISTED_SECTIONS: usize = 4;

/// Writes a document as an HTML page.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut page = Page::default();
    for block in &document.blocks {
        page.block(block);
    }
    Ok(page.whole(document.title()).into_bytes())
}

/// A page that is being written.
#[derive(Default)]
struct Page {
    /// What must be known before all else.
    notices: String,
    /// The first title with its remark.
    head: String,
    main: String,
    contents: Vec<Entry>,
    /// The headings that the next block stands under, the title first.
    place: Vec<String>,
    /// How deep the last heading stood: 1 for a title.
    depth: usize,
    ids: BTreeSet<String>,
    captions: BTreeSet<String>,
    charts: usize,
    /// Whether a table needs pages on their side when it is printed.
    wide: bool,
}

/// A line of the list of contents.
struct Entry {
    id: String,
    text: String,
    is_title: bool,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(title, remark) => self.title(title, remark),
            Block::Notice(text) => self.notice(text),
            Block::Heading(level, text, remark) => self.heading(*level, text, remark),
            Block::Paragraph(line) => self.main.push_str(&(paragraphs(line) + "\n")),
            Block::Facts(facts) => self.facts(facts),
            Block::List(lines) => self.list(lines),
            Block::Code(text) => {
                let text = escaped(text);
                let _ = writeln!(self.main, "<pre><code>{text}</code></pre>");
            }
            Block::Table(table) => {
                let caption = self.caption();
                let id = self.id("table", &caption);
                self.wide |= table::is_wide(table);
                self.main.push_str(&table::table(table, &caption, &id));
            }
            Block::Chart(chart) => {
                self.charts += 1;
                let id = format!("chart-{}", self.charts);
                self.main.push_str(&chart::figure(chart, &id));
            }
        }
    }

    fn notice(&mut self, text: &str) {
        let text = flow(&crate::document::plain(text));
        let _ = writeln!(self.notices, "<div class=\"notice\">{text}</div>");
    }

    fn title(&mut self, title: &str, remark: &str) {
        let first = self.head.is_empty();
        let id = self.id("paper", title);
        let mut head = format!("<h1 id=\"{id}\">{}</h1>\n", inline(title));
        if !remark.is_empty() {
            let _ = writeln!(head, "<p class=\"remark\">{}</p>", inline(remark));
        }
        match first {
            true => self.head = head,
            false => {
                let _ = writeln!(self.main, "<div class=\"title\">\n{head}</div>");
            }
        }
        self.contents.push(Entry {
            id,
            text: inline(title),
            is_title: true,
        });
        self.place = vec![title.to_owned()];
        self.depth = 1;
    }

    /// A heading; none stands more than one step below the one above it.
    fn heading(&mut self, level: Level, text: &str, remark: &str) {
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
        let text_shown = inline(text);
        let _ = writeln!(
            self.main,
            "<h{depth} id=\"{id}\">{text_shown}{remark}</h{depth}>"
        );
        if depth == 2 {
            self.contents.push(Entry {
                id,
                text: text_shown,
                is_title: false,
            });
        }
        self.place.truncate(depth - 1);
        self.place.push(text.to_owned());
        self.depth = depth;
    }

    fn facts(&mut self, facts: &[(String, Line)]) {
        self.main.push_str("<dl>\n");
        for (name, text) in facts {
            let (name, text) = (inline(name), flow(text));
            let _ = writeln!(self.main, "<div><dt>{name}</dt><dd>{text}</dd></div>");
        }
        self.main.push_str("</dl>\n");
    }

    fn list(&mut self, lines: &[Line]) {
        self.main.push_str("<ul>\n");
        for line in lines {
            let _ = writeln!(self.main, "<li>{}</li>", flow(line));
        }
        self.main.push_str("</ul>\n");
    }

    /// A table's caption: the heading that it stands under, told from those of other tables by the
    /// headings above, else by its number.
    fn caption(&mut self) -> String {
        let place: Vec<&str> = self.place.iter().map(String::as_str).rev().collect();
        let longer = (1..=place.len()).map(|count| place[..count].join(", "));
        let whole = match place.is_empty() {
            true => "Table".to_owned(),
            false => place.join(", "),
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
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let mut all = std::iter::once(slug.clone()).chain(numbered);
        let free = all.find(|id| !self.ids.contains(id)).unwrap_or(slug);
        self.ids.insert(free.clone());
        free
    }

    /// The list of contents, and the way past it; nothing for a short paper.
    fn navigation(&self) -> (&'static str, String) {
        let titles = self.contents.iter().filter(|entry| entry.is_title).count();
        let listed = |entry: &&Entry| !entry.is_title || titles > 1;
        let listed: Vec<&Entry> = self.contents.iter().filter(listed).collect();
        if listed.len() < LISTED_SECTIONS {
            return ("", String::new());
        }
        let mut out = String::from(
            "<nav aria-labelledby=\"contents\">\n<p id=\"contents\" class=\"nav-title\">Contents</p>\n<ul>\n",
        );
        for entry in listed {
            let class = match entry.is_title {
                true => " class=\"of-title\"",
                false => "",
            };
            let Entry { id, text, .. } = entry;
            let _ = writeln!(out, "<li{class}><a href=\"#{id}\">{text}</a></li>");
        }
        out.push_str("</ul>\n</nav>\n");
        let skip = "<a class=\"skip\" href=\"#main\">Skip the contents</a>\n";
        (skip, out)
    }

    fn whole(self, title: &str) -> String {
        let title = inline(title);
        let (skip, navigation) = self.navigation();
        let head = match self.head.as_str() {
            "" => format!("<h1 class=\"unseen\">{title}</h1>\n"),
            head => head.to_owned(),
        };
        let sides = match self.wide {
            true => SIDEWAYS,
            false => "",
        };
        let Page { notices, main, .. } = &self;
        let shapes = picture::SHAPES;
        format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n{sides}</head>\n<body>\n{skip}\
             <header>\n{notices}{head}</header>\n{navigation}{shapes}<main id=\"main\" tabindex=\"-1\">\n{main}</main>\n\
             <footer>\n<p>Made with <code>plan</code> from the board’s own files. A rating is a word and a \
             shape as well as a colour.</p>\n</footer>\n</body>\n</html>\n"
        )
    }
}
