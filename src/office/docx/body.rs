//! The body of a Word document, element by element: paragraphs, tables, and what stands in their cells.

use std::collections::BTreeMap;
use std::mem;

use super::numbering::Numbering;
use super::run::RunLook;
use super::styles::{WordStyle, WordStyles};
use crate::office::Refusal;
use crate::office::blocks::{Block, Blocks, Cell, MAX_COLUMNS, Piece, Place, Unreadable, Why};
use crate::office::grid::Grid;
use crate::office::looks::{Common, Hue, colour};
use crate::office::package;
use crate::office::symbols::{SignFont, signs};
use crate::office::words::Words;
use crate::office::xml::{Attributes, XmlEvent};

/// A document as it is read.
#[derive(Default)]
pub struct WordReader {
    name: String,
    styles: WordStyles,
    numbering: Numbering,
    pub found: Blocks,
    words: Words,
    paragraphs: usize,
    tables: usize,
    /// The table that is open, and how many stand within its cell.
    table: Option<OpenTable>,
    nested: usize,
    paragraph: Paragraph,
    run: RunLook,
    /// The colours of the words since the cell began.
    ink: Common,
    marker: Common,
    unreadable: Option<Unreadable>,
    /// How many elements are open whose text is not the document's: deletions, field codes.
    hidden: usize,
    in_text: bool,
    /// Of each control that is open, whether it shows what is to be chosen, and nothing was.
    controls: Vec<bool>,
    /// Whether the paragraph's mark was deleted: the next paragraph goes on with it.
    joined: bool,
    /// How many lists of properties are open, of paragraphs and runs, and whether a row's is.
    properties: usize,
    row_properties: bool,
    /// The picture that is open, with the words about it.
    picture: Option<String>,
    /// The remarks in the margin, by their numbers: those on a cell stand with the cell.
    pub remarks: BTreeMap<String, String>,
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

struct OpenTable {
    grid: Grid,
    row: usize,
    heads: usize,
    /// Whether the row was deleted, and whether it repeats on every page.
    deleted: bool,
    cell: Option<Spans>,
    /// The cells of the row so far, and how many columns they fill.
    cells: Vec<(Cell, Spans)>,
    columns: usize,
}

/// How a cell lies over others.
#[derive(Clone, Debug, Default)]
struct Spans {
    across: usize,
    continued: bool,
    fill: Option<String>,
}

/// Elements whose text is not the document's: what was taken out, what stands there for older programs,
/// how things looked before.
pub(super) const HIDDEN: [&str; 11] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "Fallback",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
    "trPrChange",
    "tblPrChange",
    "sectPrChange",
];

impl OpenTable {
    /// Adds a cell to the row: one that no plan's table has room for is refused at once.
    fn put(&mut self, cell: Cell, spans: Spans, name: &str) -> Result<(), Refusal> {
        self.columns += spans.across;
        if self.columns > MAX_COLUMNS {
            return Err(package::too_many(name));
        }
        self.cells.push((cell, spans));
        Ok(())
    }
}

impl WordReader {
    pub fn new(name: &str, styles: WordStyles, numbering: Numbering) -> WordReader {
        WordReader {
            name: name.to_owned(),
            styles,
            numbering,
            ..WordReader::default()
        }
    }

    pub fn take(&mut self, event: XmlEvent) -> Result<(), Refusal> {
        match event {
            XmlEvent::Start(name, _) if HIDDEN.contains(&name) => self.hide(name),
            XmlEvent::End(name) if HIDDEN.contains(&name) => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            XmlEvent::Start(..) | XmlEvent::Text(_) if self.hidden > 0 => {}
            XmlEvent::Start(name, attributes) => self.start(name, attributes)?,
            XmlEvent::End(name) if self.hidden == 0 => self.end(name)?,
            XmlEvent::Text(text) if self.in_text => self.text(text),
            _ => {}
        }
        Ok(())
    }

    /// A deletion hides its text; one among the properties of a row or of a paragraph's mark, these.
    fn hide(&mut self, name: &str) {
        self.hidden += 1;
        if self.hidden > 1 || !["del", "moveFrom"].contains(&name) {
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
            "r" => self.run = RunLook::default(),
            "sdt" => self.controls.push(false),
            "showingPlcHdr" => {
                if let Some(last) = self.controls.last_mut() {
                    *last = attributes.is_on();
                }
            }
            "rPr" | "pPr" => self.properties += 1,
            "trPr" => self.row_properties = true,
            "t" => self.in_text = true,
            "tab" | "br" | "cr" if self.properties == 0 => self.gap(name),
            "noBreakHyphen" => self.text("-"),
            "sym" => self.symbol(attributes),
            "commentReference" => self.remark(attributes),
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
            _ => self.property(name, attributes)?,
        }
        Ok(())
    }

    /// What is said of the paragraph, the run, the cell or the row that is open.
    fn property(&mut self, name: &str, attributes: &Attributes) -> Result<(), Refusal> {
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
                self.blank_cells(attributes.number("val").unwrap_or(0))?;
            }
            "gridSpan" | "vMerge" => self.cell_property(name, attributes),
            "shd" if self.properties == 0 => self.cell_property(name, attributes),
            _ if self.properties > 0 => self.run.property(name, attributes),
            _ => {}
        }
        Ok(())
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
            _ => cell.fill = attributes.get("fill").and_then(|fill| colour(&fill)),
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "tbl" => self.end_table(),
            "tr" if self.nested == 0 => self.end_row()?,
            "tc" => self.end_cell()?,
            "p" => self.end_paragraph(),
            "rPr" | "pPr" => self.properties = self.properties.saturating_sub(1),
            "trPr" => self.row_properties = false,
            "t" => self.in_text = false,
            "sdt" => {
                self.controls.pop();
            }
            "drawing" | "pict" | "object" => {
                if let Some(about) = self.picture.take() {
                    let place = Place::Part(
                        format!("a picture after paragraph {}", self.paragraphs).into(),
                    );
                    self.found.left.push((
                        place,
                        about,
                        "a picture: what it shows is not read".into(),
                    ));
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
        if self.controls.contains(&true) {
            return;
        }
        if let Some(why) = self.look(|run| run.aside()) {
            self.words.push_aside(why, text);
            return;
        }
        if text.trim().is_empty() {
            // A marker pen over blanks colours the cell.
            if self.run.fill.is_some() {
                self.marker.see(self.run.fill.as_ref());
            }
            self.words.push(text);
            return;
        }
        self.number();
        if self.run.bold {
            self.paragraph.bold = true;
        } else {
            self.paragraph.plain = true;
        }
        self.ink.see(self.run.ink.as_ref());
        self.marker.see(self.run.fill.as_ref());
        let (seen, unknown) = signs(text, self.look(|run| run.font));
        self.unreadable = self.unreadable.take().or(unknown);
        self.words.push(&seen);
    }

    fn remark(&mut self, attributes: &Attributes) {
        let is_in_cell = self.table.as_ref().is_some_and(|open| open.cell.is_some());
        let number = attributes.get("id").filter(|_| is_in_cell);
        if let Some(words) = number.and_then(|number| self.remarks.remove(&number)) {
            self.words.push_aside(Why::Comment, &words);
        }
    }

    /// A sign that is written by its number in a font.
    fn symbol(&mut self, attributes: &Attributes) {
        let number = attributes.get("char").unwrap_or_default();
        let code = u32::from_str_radix(&number, 16).ok();
        let c = code.and_then(char::from_u32);
        let mut run = self.run.clone();
        run.property("rFonts", attributes);
        if let Some(font) = attributes.get("font") {
            run.font = SignFont::from_name(&font);
        }
        let before = mem::replace(&mut self.run, run);
        self.text(
            c.unwrap_or(char::REPLACEMENT_CHARACTER)
                .encode_utf8(&mut [0; 4]),
        );
        self.run = before;
    }

    /// What the run says of its look, or its style, or that of its paragraph.
    fn look<T>(&self, say: impl Fn(&RunLook) -> Option<T> + Copy) -> Option<T> {
        let style = |style: &WordStyle| say(&style.run);
        say(&self.run)
            .or_else(|| self.styles.find(self.run.style.as_ref(), style))
            .or_else(|| self.styles.find(self.paragraph.style.as_ref(), style))
    }

    /// The number or the dash that Word shows before a paragraph.
    fn number(&mut self) {
        if mem::replace(&mut self.paragraph.begun, true) {
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
            Some(number) if number.is_empty() => {
                let by_name = self.style(|style| style.list_level).unwrap_or(0);
                self.words.item(level.max(by_name));
            }
            Some(number) => {
                self.words.push(&number);
                self.words.push(" ");
            }
            None => {}
        }
    }

    /// What the paragraph's style says, or the style that it rests on.
    fn style<T>(&self, say: impl Fn(&WordStyle) -> Option<T>) -> Option<T> {
        self.styles.find(self.paragraph.style.as_ref(), say)
    }

    fn start_paragraph(&mut self) {
        if !mem::take(&mut self.joined) {
            self.words.paragraph();
        }
        self.paragraph = Paragraph::default();
    }

    fn end_paragraph(&mut self) {
        // A paragraph that shows nothing but its number, as in a column of numbers.
        if self.table.is_some() && !self.paragraph.begun {
            self.number();
        }
        if self.table.is_none() && !self.joined {
            self.end_text();
        }
    }

    /// Ends a paragraph that stands in no table.
    pub fn end_text(&mut self) {
        let text = self.words.take();
        let asides = self.words.take_asides();
        let unreadable = self.unreadable.take();
        if text.is_empty() && asides.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let place = Place::Paragraph(self.paragraphs);
        let found = &mut self.found;
        let left = asides.into_iter();
        let left = left.map(|aside| (place.clone(), aside.words, aside.why.to_string()));
        found.left.extend(left);
        let note = unreadable.map(|why| (place.clone(), why.to_string()));
        found.notes.extend(note);
        if text.is_empty() {
            return;
        }
        let styled = self.paragraph.outline;
        let styled = styled.or_else(|| self.style(|style| style.heading));
        let short = text.split_whitespace().count() <= 14
            && !text.ends_with(['.', ';', ':'])
            && !text.contains('\n');
        let bold = self.paragraph.bold && !self.paragraph.plain && short && !text.starts_with("- ");
        let piece = Piece::new(place, text);
        self.add(match styled.or(bold.then_some(9)) {
            Some(level) => Block::Heading(level, piece),
            None => Block::Paragraph(piece),
        });
    }

    /// Adds a block; the items of one list are one paragraph.
    fn add(&mut self, block: Block) {
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        if let (Some(Block::Paragraph(before)), Block::Paragraph(next)) =
            (self.found.blocks.last_mut(), &block)
            && is_item(&next.text)
            // A paragraph that begins with an item holds nothing else.
            && is_item(&before.text)
        {
            before.text.push('\n');
            before.text.push_str(&next.text);
            return;
        }
        self.found.blocks.push(block);
    }

    fn start_table(&mut self) {
        if self.table.is_some() {
            self.nested += 1;
            return;
        }
        self.end_text();
        self.tables += 1;
        self.table = Some(OpenTable {
            grid: Grid::default(),
            row: 0,
            heads: 0,
            deleted: false,
            cell: None,
            cells: Vec::new(),
            columns: 0,
        });
    }

    fn start_row(&mut self) -> Result<(), Refusal> {
        if let Some(open) = &mut self.table {
            open.row += 1;
            open.deleted = false;
            open.columns = 0;
        }
        Ok(())
    }

    fn start_cell(&mut self) {
        if self.nested > 0 {
            self.words.paragraph();
            return;
        }
        self.words.take();
        (self.ink, self.marker) = (Common::Unseen, Common::Unseen);
        if let Some(open) = &mut self.table {
            let across = 1;
            open.cell = Some(Spans {
                across,
                ..Spans::default()
            });
        }
    }

    /// Columns before a row's first cell.
    fn blank_cells(&mut self, across: usize) -> Result<(), Refusal> {
        let number = self.tables;
        match &mut self.table {
            Some(open) if self.nested == 0 && across > 0 => {
                let cell = Cell::new(Place::Table(number, open.row, 1), String::new());
                let spans = Spans {
                    across,
                    ..Spans::default()
                };
                open.put(cell, spans, &self.name)
            }
            _ => Ok(()),
        }
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        if self.nested > 0 {
            self.words.paragraph();
            return Ok(());
        }
        let Some(open) = &mut self.table else {
            return Ok(());
        };
        let Some(spans) = open.cell.take() else {
            return Ok(());
        };
        let place = Place::Table(self.tables, open.row, open.columns + 1);
        // A marker pen is meant more than the colour of a table.
        let marker = self.marker.take();
        let means = |fill: &&String| Hue::from_figures(fill).is_some();
        let meant = marker.as_ref().filter(means).cloned();
        let cell = Cell {
            fill: meant.or_else(|| spans.fill.clone()).or(marker),
            ink: self.ink.take(),
            asides: self.words.take_asides(),
            unreadable: self.unreadable.take(),
            ..Cell::new(place, self.words.take_lines())
        };
        open.put(cell, spans, &self.name)
    }

    /// Adds the row's cells, unless the row was deleted.
    fn end_row(&mut self) -> Result<(), Refusal> {
        let large = |_| package::too_many(&self.name);
        let Some(open) = &mut self.table else {
            return Ok(());
        };
        let cells = mem::take(&mut open.cells);
        if open.deleted {
            return Ok(());
        }
        open.grid.row().map_err(large)?;
        for (cell, spans) in cells {
            let added = if spans.continued && cell.text.is_empty() {
                open.grid.continued(cell.place, spans.across)
            } else {
                open.grid.cell(cell, spans.across, 1)
            };
            added.map_err(large)?;
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
            self.found.blocks.push(Block::Table(table));
        }
    }
}
