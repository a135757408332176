//! Word: tables with merged cells, lists within cells, numbers that Word counts itself; tracked
//! changes as accepted; hyperlinks, fields and content controls as their text.

use std::collections::HashMap;

use super::Refusal;
use super::blocks::{Block, Blocks, Cell, Grid, Piece, Place, Words};
use super::numbering::Numbering;
use super::package::{self, Package};
use super::xml::{self, Attributes, Said};

/// Reads a Word document. Errors: no Word document, damaged, too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let mut package = Package::open(bytes, name)?;
    let part = "word/document.xml";
    if !package.has(part) {
        return Err(format!(
            "{name} is no Word document: it has no {part}; open it in Word and save it as .docx"
        )
        .into());
    }
    if package
        .part("[Content_Types].xml")
        .is_ok_and(|types| types.contains("macroEnabled"))
    {
        return Err(format!("{name} holds macros; save it without them, as .docx").into());
    }
    let mut document = Document {
        name: name.to_owned(),
        styles: styles(&mut package)?,
        numbering: Numbering::read(&mut package)?,
        ..Document::default()
    };
    let text = package.part(part)?;
    xml::walk(&text, part, |said| document.take(said))?;
    document.end_text();
    notes(&mut package, &mut document)?;
    Ok(Blocks {
        blocks: document.blocks,
        left: document.left,
        furniture: document.furniture,
        flattened: false,
    })
}

/// What a style of paragraphs says.
#[derive(Clone, Debug, Default)]
struct Style {
    heading: Option<u8>,
    list: Option<(String, usize)>,
    based_on: Option<String>,
}

fn styles(package: &mut Package) -> Result<HashMap<String, Style>, Refusal> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let part = "word/styles.xml";
    if !package.has(part) {
        return Ok(styles);
    }
    let text = package.part(part)?;
    let (mut id, mut style) = (String::new(), Style::default());
    xml::walk(&text, part, |said| {
        match said {
            Said::Start("style", attributes) => {
                id = attributes.get("styleId").unwrap_or_default();
                style = Style::default();
            }
            Said::Start("name", attributes) => {
                let heading = heading(&attributes.get("val").unwrap_or_default());
                style.heading = heading.or(style.heading);
            }
            Said::Start("basedOn", attributes) => style.based_on = attributes.get("val"),
            Said::Start("outlineLvl", attributes) => {
                let level = attributes.number("val").filter(|level| *level < 9);
                style.heading = style.heading.or(level.map(|level| level as u8 + 1));
            }
            Said::Start("numId", attributes) => {
                style.list.get_or_insert_with(Default::default).0 =
                    attributes.get("val").unwrap_or_default();
            }
            Said::Start("ilvl", attributes) => {
                style.list.get_or_insert_with(Default::default).1 =
                    attributes.number("val").unwrap_or(0);
            }
            Said::End("style") => {
                styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The level of a style's name: 0 for a title, 1 for "heading 1".
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" | "subtitle" => Some(0),
        name => name.strip_prefix("heading ")?.trim().parse().ok(),
    }
}

/// Words of pages' heads and feet, of footnotes and of remarks stand in parts of their own.
fn notes(package: &mut Package, document: &mut Document) -> Result<(), Refusal> {
    let parts: Vec<String> = package.parts().collect();
    for part in parts {
        let what = match part.strip_prefix("word/").unwrap_or_default() {
            "footnotes.xml" | "endnotes.xml" => "a footnote: the plan has no place for it",
            "comments.xml" => "a remark in the margin, not the plan's own words",
            rest if rest.starts_with("header") || rest.starts_with("footer") => "",
            _ => continue,
        };
        let text = package.part(&part)?;
        let mut words = Words::default();
        xml::walk(&text, &part, |said| {
            match said {
                Said::Text(text) => words.push(text),
                Said::End("p") => words.paragraph(),
                Said::Start("tab" | "br", _) => words.push(" "),
                _ => {}
            }
            Ok(())
        })?;
        let text = words.take();
        if what.is_empty() && !is_page_number(&text) {
            document
                .furniture
                .push((Place::Part(part.as_str().into()), text));
        } else if text.chars().any(char::is_alphabetic) && !what.is_empty() {
            document
                .left
                .push((Place::Part(part.as_str().into()), text, what.to_owned()));
        }
    }
    Ok(())
}

fn is_page_number(text: &str) -> bool {
    let words = [
        "page",
        "of",
        "numpages",
        "mergeformat",
        "p",
        "sectionpages",
        "arabic",
    ];
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| word.parse::<u32>().is_ok() || words.contains(&word.to_lowercase().as_str()))
}

/// A document as it is read.
#[derive(Default)]
struct Document {
    name: String,
    styles: HashMap<String, Style>,
    numbering: Numbering,
    blocks: Vec<Block>,
    left: Vec<(Place, String, String)>,
    furniture: Vec<(Place, String)>,
    words: Words,
    paragraphs: usize,
    tables: usize,
    /// The table that is open, and how many stand within its cell.
    table: Option<Open>,
    nested: usize,
    paragraph: Paragraph,
    /// How many elements are open whose text is not the document's: deletions, field codes.
    hidden: usize,
    in_text: bool,
    /// Whether the paragraph's mark was deleted: the next paragraph goes on with it.
    joined: bool,
    bold_run: bool,
    /// How many lists of properties are open, of paragraphs and runs, and whether a row's is.
    properties: usize,
    row_properties: bool,
    /// The picture that is open, with the words about it.
    picture: Option<String>,
}

/// The paragraph that is open.
#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    list: Option<(String, usize)>,
    outline: Option<u8>,
    begun: bool,
    /// Whether any text is bold, and any is not.
    bold: bool,
    plain: bool,
}

struct Open {
    grid: Grid,
    row: usize,
    heads: usize,
    /// Whether the row was deleted, and whether it repeats on every page.
    deleted: bool,
    cell: Option<Spans>,
    /// The cells of the row so far.
    cells: Vec<(Cell, Spans)>,
}

/// How a cell lies over others.
#[derive(Clone, Debug)]
struct Spans {
    across: usize,
    continued: bool,
    shade: Option<String>,
}

const HIDDEN: [&str; 8] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "Fallback",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
];

impl Document {
    fn take(&mut self, said: Said) -> Result<(), Refusal> {
        match said {
            Said::Start(name, _) if HIDDEN.contains(&name) => self.hide(name),
            Said::End(name) if HIDDEN.contains(&name) => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            Said::Start(..) | Said::Text(_) if self.hidden > 0 => {}
            Said::Start(name, attributes) => self.start(name, attributes)?,
            Said::End(name) if self.hidden == 0 => self.end(name)?,
            Said::Text(text) if self.in_text => self.text(text),
            _ => {}
        }
        Ok(())
    }

    /// A deletion hides its text; one among the properties of a row or of a paragraph's mark, these.
    fn hide(&mut self, name: &str) {
        self.hidden += 1;
        if self.hidden > 1 || name != "del" {
            return;
        }
        if self.row_properties {
            if let Some(open) = &mut self.table {
                open.deleted = true;
            }
        } else if self.properties > 0 {
            self.joined = true;
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes) -> Result<(), Refusal> {
        match name {
            "tbl" => self.start_table(),
            "tr" if self.nested == 0 => self.start_row()?,
            "tc" => self.start_cell(),
            "p" => self.start_paragraph(),
            "r" => self.bold_run = false,
            "rPr" | "pPr" => self.properties += 1,
            "trPr" => self.row_properties = true,
            "t" => self.in_text = true,
            "tab" | "br" | "cr" if self.properties == 0 => self.gap(name),
            "noBreakHyphen" => self.text("-"),
            "sym" => self.text(symbol(attributes)),
            "drawing" | "pict" | "object" => {
                self.picture = Some(attributes.get("descr").unwrap_or_default())
            }
            "docPr" => {
                self.picture = self
                    .picture
                    .take()
                    .map(|_| attributes.get("descr").unwrap_or_default())
            }
            "txbxContent" => self.picture = None,
            _ => self.property(name, attributes),
        }
        Ok(())
    }

    /// What is said of the paragraph, the run, the cell or the row that is open.
    fn property(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "pStyle" => self.paragraph.style = attributes.get("val"),
            "outlineLvl" => {
                self.paragraph.outline = attributes.number("val").map(|level| level as u8 + 1)
            }
            "numId" => {
                self.paragraph.list.get_or_insert_with(Default::default).0 =
                    attributes.get("val").unwrap_or_default()
            }
            "ilvl" => {
                self.paragraph.list.get_or_insert_with(Default::default).1 =
                    attributes.number("val").unwrap_or(0)
            }
            "b" => self.bold_run = attributes.is_on(),
            "tblHeader" if attributes.is_on() => {
                if let Some(open) = self
                    .table
                    .as_mut()
                    .filter(|open| open.heads + 1 == open.row)
                {
                    open.heads = open.row;
                }
            }
            "gridBefore" => {
                let blanks = attributes.number("val").unwrap_or(0);
                self.blank_cells(blanks);
            }
            "gridSpan" | "vMerge" | "shd" => self.cell_property(name, attributes),
            _ => {}
        }
    }

    fn cell_property(&mut self, name: &str, attributes: &Attributes) {
        let Some(cell) = self
            .table
            .as_mut()
            .and_then(|open| open.cell.as_mut())
            .filter(|_| self.nested == 0)
        else {
            return;
        };
        match name {
            "gridSpan" => cell.across = attributes.number("val").unwrap_or(1),
            "vMerge" => {
                cell.continued = attributes
                    .get("val")
                    .is_none_or(|value| value == "continue")
            }
            _ if self.properties == 0 => {
                let fill = attributes.get("fill").filter(|fill| fill.len() == 6);
                cell.shade = fill.map(|fill| fill.to_uppercase());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "tbl" => self.end_table(),
            "tr" if self.nested == 0 => self.end_row()?,
            "tc" => self.end_cell(),
            "p" => self.end_paragraph(),
            "rPr" | "pPr" => self.properties = self.properties.saturating_sub(1),
            "trPr" => self.row_properties = false,
            "t" => self.in_text = false,
            "drawing" | "pict" | "object" => {
                if let Some(about) = self.picture.take() {
                    let place = Place::Part(
                        format!("a picture after paragraph {}", self.paragraphs).into(),
                    );
                    self.left
                        .push((place, about, "a picture: what it shows is not read".into()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn gap(&mut self, name: &str) {
        match name {
            "tab" => self.words.push(" "),
            _ => self.words.paragraph(),
        }
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.words.push(text);
            return;
        }
        self.number();
        match self.bold_run {
            true => self.paragraph.bold = true,
            false => self.paragraph.plain = true,
        }
        self.words.push(text);
    }

    /// The number or the dash that Word shows before a paragraph.
    fn number(&mut self) {
        if std::mem::replace(&mut self.paragraph.begun, true) {
            return;
        }
        let Some((list, level)) = self
            .paragraph
            .list
            .clone()
            .or_else(|| self.style(|style| style.list.clone()))
        else {
            return;
        };
        match self.numbering.next(&list, level) {
            Some(number) if number.is_empty() => self.words.item(level),
            Some(number) => {
                self.words.push(&number);
                self.words.push(" ");
            }
            None => {}
        }
    }

    /// What a paragraph's style says, or the style that it rests on.
    fn style<T>(&self, say: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = self.paragraph.style.as_ref()?;
        for _ in 0..16 {
            let style = self.styles.get(id)?;
            match say(style) {
                Some(said) => return Some(said),
                None => id = style.based_on.as_ref()?,
            }
        }
        None
    }

    fn start_paragraph(&mut self) {
        if !std::mem::take(&mut self.joined) {
            self.words.paragraph();
        }
        self.paragraph = Paragraph::default();
    }

    fn end_paragraph(&mut self) {
        // A paragraph that shows nothing but its number, as in a column of numbers.
        if self.table.is_some() && !self.paragraph.begun && self.paragraph.list.is_some() {
            self.number();
        }
        if self.table.is_none() && !self.joined {
            self.end_text();
        }
    }

    fn end_text(&mut self) {
        let text = self.words.take();
        if text.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let styled = self
            .paragraph
            .outline
            .or_else(|| self.style(|style| style.heading));
        let short = text.split_whitespace().count() <= 14
            && !text.ends_with(['.', ';', ':'])
            && !text.contains('\n');
        let bold = self.paragraph.bold && !self.paragraph.plain && short && !text.starts_with("- ");
        let piece = Piece::new(Place::Paragraph(self.paragraphs), text);
        self.add(match styled.or(bold.then_some(9)) {
            Some(level) => Block::Heading(level, piece),
            None => Block::Paragraph(piece),
        });
    }

    /// Adds a block; the items of one list are one paragraph.
    fn add(&mut self, block: Block) {
        if let (Some(Block::Paragraph(before)), Block::Paragraph(next)) =
            (self.blocks.last_mut(), &block)
            && next.text.trim_start().starts_with("- ")
            && before
                .text
                .lines()
                .all(|line| line.trim_start().starts_with("- "))
        {
            before.text = format!("{}\n{}", before.text, next.text);
            return;
        }
        self.blocks.push(block);
    }

    fn start_table(&mut self) {
        if self.table.is_some() {
            self.nested += 1;
            return;
        }
        self.end_text();
        self.tables += 1;
        self.table = Some(Open {
            grid: Grid::default(),
            row: 0,
            heads: 0,
            deleted: false,
            cell: None,
            cells: Vec::new(),
        });
    }

    fn start_row(&mut self) -> Result<(), Refusal> {
        if let Some(open) = &mut self.table {
            open.row += 1;
            open.deleted = false;
        }
        Ok(())
    }

    fn start_cell(&mut self) {
        if self.nested > 0 {
            self.words.paragraph();
            return;
        }
        self.words.take();
        if let Some(open) = &mut self.table {
            open.cell = Some(Spans {
                across: 1,
                continued: false,
                shade: None,
            });
        }
    }

    fn blank_cells(&mut self, count: usize) {
        let number = self.tables;
        if let Some(open) = self
            .table
            .as_mut()
            .filter(|_| self.nested == 0 && count > 0)
        {
            let place = Place::Table(number, open.row, 1);
            let spans = Spans {
                across: count,
                continued: false,
                shade: None,
            };
            open.cells.push((Cell::new(place, String::new()), spans));
        }
    }

    fn end_cell(&mut self) {
        if self.nested > 0 {
            self.words.paragraph();
            return;
        }
        let text = self.words.take();
        let number = self.tables;
        if let Some(open) = &mut self.table
            && let Some(spans) = open.cell.take()
        {
            let column: usize = open.cells.iter().map(|(_, spans)| spans.across).sum();
            let mut cell = Cell::new(Place::Table(number, open.row, column + 1), text);
            cell.shade.clone_from(&spans.shade);
            open.cells.push((cell, spans));
        }
    }

    /// Adds the row's cells, unless the row was deleted.
    fn end_row(&mut self) -> Result<(), Refusal> {
        let large = |_| package::too_many(&self.name);
        let Some(open) = &mut self.table else {
            return Ok(());
        };
        let cells = std::mem::take(&mut open.cells);
        if open.deleted {
            return Ok(());
        }
        open.grid.row().map_err(large)?;
        for (cell, spans) in cells {
            match spans.continued && cell.text.is_empty() {
                true => open
                    .grid
                    .continued(cell.place, spans.across)
                    .map_err(large)?,
                false => open.grid.cell(cell, spans.across, 1).map_err(large)?,
            }
        }
        Ok(())
    }

    fn end_table(&mut self) {
        if self.nested > 0 {
            self.nested -= 1;
            return;
        }
        self.words.take();
        if let Some(open) = self.table.take() {
            let mut table = open.grid.finish();
            table.knows_merged = true;
            table.heading_rows = open.heads;
            self.blocks.push(Block::Table(table));
        }
    }
}

/// A sign of a font of signs: ticks and crosses as themselves.
fn symbol(attributes: &Attributes) -> &'static str {
    match attributes
        .get("char")
        .unwrap_or_default()
        .to_uppercase()
        .as_str()
    {
        "F0FC" | "F0FE" | "F050" | "F052" => "✓",
        "F0FB" | "F0FD" | "F04F" | "F051" => "✗",
        "F0B7" | "F0A7" => "•",
        "F0E0" => "→",
        _ => "\u{fffd}",
    }
}
