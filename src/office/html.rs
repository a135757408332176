//! HTML, read as browsers read it, however it is written; also the tags that stand in the cells of
//! other formats. Nothing that a page names is fetched.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Token, Tokenizer};

type StartTag = html5gum::StartTag<()>;

use super::Refusal;
use super::blocks::{Block, Blocks, Cell, Piece, Place, Why};
use super::grid::{Grid, TooLarge};
use super::looks::named_colour;
use super::package;
use super::style::{Classes, Look};
use super::words::Words;

/// Reads an HTML page. Errors: bytes that are no text; a table larger than any plan's.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let text = package::text(bytes, name)?;
    let mut page = HtmlReader::default();
    for token in tokens(&text) {
        page.token(token).map_err(|_| package::too_many(name))?;
    }
    page.end_text();
    while !page.tables.is_empty() {
        page.end_table().map_err(|_| package::too_many(name))?;
    }
    Ok(Blocks {
        blocks: page.blocks,
        left: page.left,
        furniture: page.furniture,
        ..Blocks::default()
    })
}

fn tokens(text: &str) -> impl Iterator<Item = Token<()>> {
    let mut emitter = DefaultEmitter::default();
    // The text of a script or a style is no text of the page.
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(text, emitter);
    tokens.filter_map(Result::ok)
}

/// The words of a text that may hold tags, as they are in text taken out of a PDF and in Markdown:
/// paragraphs and lists kept, emphasis dropped. A `<` that begins no known tag is a `<`.
pub fn plain(text: &str) -> String {
    tagged(text, false).take()
}

/// The same as a cell's words, with those that are struck out beside them.
pub fn cell_words(text: &str) -> Words {
    tagged(text, true)
}

fn tagged(text: &str, strikes: bool) -> Words {
    let text = text.replace("***", "").replace("**", "");
    let mut words = Words::default();
    if !text.contains(['<', '&']) {
        words.push(&text);
        return words;
    }
    let (mut lists, mut unsaid) = (0, Unsaid::default());
    for token in tokens(&keep_unknown(&text)) {
        match token {
            Token::StartTag(tag) => {
                unsaid.start(&tag, &look(&Classes::default(), &tag));
                start(&tag.name, &mut words, &mut lists);
            }
            Token::EndTag(tag) => {
                unsaid.end(&tag.name);
                end(&tag.name, &mut words, &mut lists);
            }
            Token::String(text) => match unsaid.why().filter(|_| strikes) {
                Some(why) => words.push_aside(why, &text_of(&text)),
                None => words.push(&text_of(&text)),
            },
            _ => {}
        }
    }
    words
}

/// The element whose words are not said: struck out or hidden.
#[derive(Default)]
struct Unsaid(Option<(Why, Vec<u8>, usize)>);

impl Unsaid {
    fn why(&self) -> Option<Why> {
        self.0.as_ref().map(|(why, ..)| *why)
    }

    fn start(&mut self, tag: &StartTag, look: &Look) {
        let name: &[u8] = &tag.name;
        // These end where the next one begins, whether or not it is said.
        let alone: [&[u8]; 6] = [b"tr", b"td", b"th", b"li", b"p", b"dd"];
        if let Some((_, hidden, depth)) = &mut self.0
            && hidden == name
        {
            if !alone.contains(&name) {
                *depth += 1;
                return;
            }
            self.0 = None;
        }
        if self.0.is_none() && !is_empty_element(name) {
            let why = unsaid(tag, look);
            self.0 = why.map(|why| (why, name.to_vec(), 1));
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((_, hidden, depth)) = &mut self.0
            && hidden == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.0 = None;
            }
        }
    }
}

fn is_empty_element(name: &[u8]) -> bool {
    let empty: [&[u8]; 7] = [b"br", b"img", b"hr", b"input", b"col", b"link", b"meta"];
    empty.contains(&name)
}

/// Why the words of an element are not said.
fn unsaid(tag: &StartTag, look: &Look) -> Option<Why> {
    let name: &[u8] = &tag.name;
    if look.hidden || attribute(tag, "hidden").is_some() {
        Some(Why::HiddenWords)
    } else if look.struck || [&b"s"[..], b"del", b"strike"].contains(&name) {
        Some(Why::StruckOut)
    } else {
        None
    }
}

const KNOWN: [&str; 26] = [
    "p", "ul", "ol", "li", "i", "b", "em", "strong", "br", "u", "sup", "sub", "span", "div", "a",
    "s", "small", "font", "code", "mark", "del", "ins", "h1", "h2", "h3", "h4",
];

/// A text in which only known tags are tags.
fn keep_unknown(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text[at + c.len_utf8()..].trim_start_matches('/');
        let name = rest
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let known =
            || KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name)) && rest.contains('>');
        match c {
            '<' if !known() => kept.push_str("&lt;"),
            c => kept.push(c),
        }
    }
    kept
}

fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// What a tag that begins does to the words around it.
fn start(name: &[u8], words: &mut Words, lists: &mut usize) {
    match name {
        b"li" => words.item(lists.saturating_sub(1)),
        b"ul" | b"ol" => {
            *lists += 1;
            words.paragraph();
        }
        b"br" => words.paragraph(),
        name if is_block(name) => words.paragraph(),
        _ => {}
    }
}

fn end(name: &[u8], words: &mut Words, lists: &mut usize) {
    match name {
        b"ul" | b"ol" => {
            *lists = lists.saturating_sub(1);
            words.paragraph();
        }
        b"li" => words.paragraph(),
        name if is_block(name) => words.paragraph(),
        _ => {}
    }
}

fn is_block(name: &[u8]) -> bool {
    let blocks: [&[u8]; 20] = [
        b"p",
        b"div",
        b"section",
        b"article",
        b"header",
        b"footer",
        b"main",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"dl",
        b"dt",
        b"dd",
        b"blockquote",
        b"pre",
        b"hr",
        b"caption",
    ];
    blocks.contains(&name)
}

#[derive(Default)]
struct HtmlReader {
    blocks: Vec<Block>,
    left: Vec<(Place, String, String)>,
    furniture: Vec<(Place, String)>,
    words: Words,
    unsaid: Unsaid,
    lists: usize,
    /// Inside a script, a style or a picture: no words of the page.
    hidden: usize,
    /// Whether the reader is inside a style sheet, its text so far, and the classes that earlier sheets define.
    in_style: bool,
    sheet: String,
    classes: Classes,
    heading: Option<u8>,
    /// How many bold elements are open, and whether words of the paragraph are bold or plain.
    bold: usize,
    is_bold: bool,
    is_plain: bool,
    /// After a term of a list of terms.
    term: bool,
    /// Inside a link that skips to another part of the page.
    skipping: bool,
    /// The first block of the page's edge that is open.
    edge: Option<usize>,
    paragraphs: usize,
    /// The tables that are open: a table may stand in a cell of another.
    tables: Vec<OpenHtmlTable>,
    count: usize,
}

/// A table that is being read.
struct OpenHtmlTable {
    number: usize,
    grid: Grid,
    row: usize,
    /// The colour behind the row that is open.
    row_fill: Option<String>,
    /// The cell that is open: its words, its spans, whether it is a heading.
    cell: Option<(Words, usize, usize, Option<String>)>,
    /// Whether every cell of the row so far is a heading, and of how many first rows this was so.
    head: bool,
    heads: usize,
}

impl HtmlReader {
    fn token(&mut self, token: Token<()>) -> Result<(), TooLarge> {
        match token {
            Token::StartTag(tag) => {
                let look = look(&self.classes, &tag);
                self.unsaid.start(&tag, &look);
                self.start(&tag, look)?;
            }
            Token::EndTag(tag) => {
                self.unsaid.end(&tag.name);
                self.end(&tag.name)?;
            }
            Token::String(text) if self.in_style => self.sheet.push_str(&text_of(&text)),
            Token::String(text) if self.hidden == 0 => match self.unsaid.why() {
                Some(why) => self.words().push_aside(why, &text_of(&text)),
                None => self.text(&text_of(&text)),
            },
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.is_bold |= self.bold > 0;
            self.is_plain |= self.bold == 0;
        }
        self.words().push(text);
    }

    /// Where words go: the open cell, else the page.
    fn words(&mut self) -> &mut Words {
        let cell = self.tables.last_mut().and_then(|open| open.cell.as_mut());
        cell.map_or(&mut self.words, |cell| &mut cell.0)
    }

    fn start(&mut self, tag: &StartTag, look: Look) -> Result<(), TooLarge> {
        let name: &[u8] = &tag.name;
        self.in_style = name == b"style";
        match name {
            b"title" if self.hidden == 0 => {
                self.end_text();
                self.edge = Some(self.blocks.len());
            }
            b"title" | b"script" | b"style" | b"template" | b"noscript" | b"svg" => {
                self.hidden += 1
            }
            b"nav" | b"footer" => {
                self.end_text();
                self.edge = Some(self.blocks.len());
            }
            b"a" if self.skips(tag) => {
                self.end_text();
                self.edge = Some(self.blocks.len());
                self.skipping = true;
            }
            b"caption" => {}
            b"b" | b"strong" => self.bold += 1,
            // A term and what is said of it are one paragraph: "Outcome: …".
            b"dd" if self.term => self.term = false,
            b"table" => self.start_table(),
            b"tr" => self.start_row(look.fill)?,
            b"td" | b"th" => self.start_cell(tag, look.fill)?,
            b"img" => self.picture(tag),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" if self.tables.is_empty() => {
                self.end_text();
                self.heading = Some(name[1] - b'0');
            }
            _ => {
                if self.tables.is_empty() && is_block(name) {
                    self.end_text();
                }
                let mut lists = self.lists;
                start(name, self.words(), &mut lists);
                self.lists = lists;
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &HtmlString) -> Result<(), TooLarge> {
        let name: &[u8] = name;
        match name {
            b"nav" | b"footer" => self.end_furniture(name),
            b"title" if self.hidden == 0 => {
                self.end_furniture(name);
                self.paragraphs = 0;
            }
            b"a" if self.skipping => {
                self.skipping = false;
                self.end_furniture(b"a");
            }
            b"caption" => self.end_caption(),
            b"b" | b"strong" => self.bold = self.bold.saturating_sub(1),
            b"dt" => {
                self.words().push(": ");
                self.term = true;
            }
            b"title" | b"script" | b"style" | b"template" | b"noscript" | b"svg" => {
                self.classes.take(&std::mem::take(&mut self.sheet));
                self.in_style = false;
                self.hidden = self.hidden.saturating_sub(1);
            }
            b"table" => self.end_table()?,
            b"tr" => self.end_row()?,
            b"td" | b"th" => self.end_cell()?,
            _ => {
                let mut lists = self.lists;
                end(name, self.words(), &mut lists);
                self.lists = lists;
                if self.tables.is_empty() && is_block(name) {
                    self.end_text();
                }
            }
        }
        Ok(())
    }

    /// Links and remarks at the edges of a page are no part of the document. Their paragraphs are the
    /// last blocks since the edge began.
    /// Whether a link only skips to another part of its page: it says so, or is the first thing on the page.
    fn skips(&self, tag: &StartTag) -> bool {
        let is_within = attribute(tag, "href").is_some_and(|to| to.starts_with('#'));
        let says_so = attribute(tag, "class").is_some_and(|class| class.contains("skip"));
        let is_first = self.blocks.is_empty() && self.words.is_empty() && self.tables.is_empty();
        is_within && (says_so || (is_first && self.heading.is_none()))
    }

    fn end_furniture(&mut self, name: &[u8]) {
        self.end_text();
        let begun = self.edge.take().unwrap_or(self.blocks.len());
        let place = Place::Part(format!("the page's {}", text_of(name)).into());
        let texts: Vec<String> = self
            .blocks
            .drain(begun.min(self.blocks.len())..)
            .filter_map(|block| match block {
                Block::Heading(_, piece) | Block::Paragraph(piece) => Some(piece.text),
                Block::Table(_) => None,
            })
            .collect();
        let text = texts.join("; ");
        if !text.is_empty() {
            self.furniture.push((place, text));
        }
    }

    /// A table's caption stands above it; where it is the heading above, it is said already.
    fn end_caption(&mut self) {
        let text = self.words.take();
        let above = self.blocks.iter().rev().find_map(|block| match block {
            Block::Heading(_, piece) => Some(piece),
            _ => None,
        });
        let stands_above = above.is_some_and(|piece| piece.text == text);
        if stands_above || text.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let piece = Piece::new(Place::Paragraph(self.paragraphs), text);
        self.blocks.push(Block::Heading(6, piece));
    }

    fn picture(&mut self, tag: &StartTag) {
        let about = attribute(tag, "alt").unwrap_or_default();
        let place = Place::Part("a picture".into());
        let why = "a picture: what it shows is not read".to_owned();
        self.left.push((place, about, why));
    }

    fn end_text(&mut self) {
        let text = self.words.take();
        for aside in self.words.take_asides() {
            let place = Place::Paragraph(self.paragraphs + 1);
            self.left.push((place, aside.words, aside.why.to_string()));
        }
        let is_bold = std::mem::take(&mut self.is_bold) && !std::mem::take(&mut self.is_plain);
        self.is_plain = false;
        let is_title = is_bold
            && text.split_whitespace().count() <= 14
            && !text.ends_with(['.', ';', ':'])
            && !text.contains('\n')
            && !text.starts_with("- ");
        let heading = self.heading.take().or(is_title.then_some(9));
        if text.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let piece = Piece::new(Place::Paragraph(self.paragraphs), text);
        self.blocks.push(match heading {
            Some(level) => Block::Heading(level, piece),
            None => Block::Paragraph(piece),
        });
    }

    fn start_table(&mut self) {
        if self.tables.is_empty() {
            self.end_text();
        }
        self.count += 1;
        // A page that opens tables in tables without end is not a plan: the inner ones give their
        // words to the cell that they stand in.
        if self.tables.len() < 8 {
            self.tables.push(OpenHtmlTable {
                number: self.count,
                grid: Grid::default(),
                row: 0,
                row_fill: None,
                cell: None,
                head: true,
                heads: 0,
            });
        }
    }

    fn start_row(&mut self, fill: Option<String>) -> Result<(), TooLarge> {
        self.end_row()?;
        if let Some(open) = self.tables.last_mut() {
            open.row_fill = fill;
            open.grid.row()?;
            open.row += 1;
            open.head = true;
        }
        Ok(())
    }

    fn start_cell(&mut self, tag: &StartTag, fill: Option<String>) -> Result<(), TooLarge> {
        self.end_cell()?;
        let Some(open) = self.tables.last_mut() else {
            return Ok(());
        };
        if open.row == 0 {
            open.grid.row()?;
            open.row = 1;
        }
        let span = |name: &str| {
            attribute(tag, name)
                .and_then(|span| span.trim().parse().ok())
                .unwrap_or(1)
        };
        let down: usize = span("rowspan");
        open.head &= tag.name.as_slice() == b"th";
        let cell = (
            Words::default(),
            span("colspan"),
            down.min(super::blocks::MAX_ROWS),
            fill.or_else(|| open.row_fill.clone()),
        );
        open.cell = Some(cell);
        self.lists = 0;
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), TooLarge> {
        let Some(open) = self.tables.last_mut() else {
            return Ok(());
        };
        if let Some((mut words, across, down, fill)) = open.cell.take() {
            let column = open.grid.next_column() + 1;
            let place = Place::Table(open.number, open.row, column);
            let mut cell = Cell::new(place, words.take());
            cell.fill = fill;
            cell.asides = words.take_asides();
            open.grid.cell(cell, across, down)?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), TooLarge> {
        self.end_cell()?;
        if let Some(open) = self.tables.last_mut()
            && open.head
            && open.row > 0
            && open.heads + 1 == open.row
        {
            open.heads = open.row;
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), TooLarge> {
        self.end_row()?;
        let Some(open) = self.tables.pop() else {
            return Ok(());
        };
        let mut table = open.grid.finish();
        table.knows_merged = true;
        table.heading_rows = open.heads;
        self.blocks.push(Block::Table(table));
        Ok(())
    }
}

fn attribute(tag: &StartTag, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(text_of(value).into_owned())
}

/// How an element looks, by its own style, its classes, or the attribute of old pages.
fn look(classes: &Classes, tag: &StartTag) -> Look {
    let value = |name: &str| attribute(tag, name).unwrap_or_default();
    let mut look = classes.look(&value("class"), &value("style"));
    look.fill = look.fill.or_else(|| named_colour(&value("bgcolor")));
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_go_and_every_other_sign_stays() {
        assert_eq!(
            plain("the <i>risk</i> of < 5 & C &YP <b>"),
            "the risk of < 5 & C &YP"
        );
        assert_eq!(plain("<p>One</p> <p>Two</p>"), "One\n\nTwo");
        assert_eq!(
            plain("Do: <ul><li>a</li><li>b</li></ul> then"),
            "Do:\n\n- a\n- b\n\nthen"
        );
        assert_eq!(plain("<notatag> stays***"), "<notatag> stays");
    }
}
