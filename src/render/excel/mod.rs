//! A document as an Excel workbook: a first sheet that sums it up, with the paper's words, its counts as
//! charts and links to the others; then a sheet for each table, the one with a row for each action before
//! all others. Every text is a string cell, never a formula, and only our own links are links.

mod chart;
mod names;
mod sheet;
mod style;
mod text;

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Workbook, Worksheet};

use crate::document::{Block, Cell, Document, Level, Line, Piece, Table, Tone};
use chart::Bars;
use names::TakenNames;
use style::CellFormats;
use text::{Rest, shown};

/// Writes a document as a workbook; the same document always gives the same bytes.
pub fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let document = &document.in_whole_lists();
    let styles = CellFormats::new();
    let mut names = TakenNames::default();
    let mut rest = Rest::new(names.free(text::REST));
    let mut first = Summary::new(names.free("Summary"), &styles)?;
    let mut sheets = Vec::new();
    for block in document.without_charts() {
        if let Block::Table(table) = block {
            let name = names.free(first.heading());
            let mut sheet = sheet::with_table(table, &name, &styles, &mut rest)?;
            sheet.set_header(format!("&L{}", margin(&first.place.join(" · "))));
            sheet.set_footer(foot(document.title()));
            if let Some(bars) = Bars::in_table(table, &name) {
                let below = table.rows().len() as u32 + 2;
                sheet.insert_chart(below, 0, &bars.chart(&shown(first.heading())))?;
            }
            sheets.push((table, sheet));
            first.table(table, &name, &mut rest)?;
        } else {
            first.block(block, &mut rest)?;
        }
    }
    // What people sort and filter comes first.
    let leading = leading(document);
    sheets.sort_by_key(|(table, _)| !std::ptr::eq(*table, leading));
    let mut book = Workbook::new();
    book.set_properties(&properties(document.title())?);
    book.push_worksheet(first.finish(document.title())?);
    for (_, sheet) in sheets {
        book.push_worksheet(sheet);
    }
    if let Some(sheet) = rest.sheet(&styles)? {
        book.push_worksheet(sheet);
    }
    Ok(book.save_to_buffer()?)
}

/// The longest of the tables that have a row for each action, by its id; null where none has.
fn leading(document: &Document) -> *const Table {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let is_of_actions = |table: &&Table| {
        let columns = table.columns().iter();
        let ids = columns
            .take(3)
            .position(|column| matches!(column.title(), "action" | "id"));
        let mut seen = HashSet::new();
        let mut is_new = |row: usize, at: usize| match table.cell(row, at) {
            Cell::Text(piece) => seen.insert(piece.text.as_str()),
            _ => false,
        };
        ids.is_some_and(|at| (0..table.rows().len()).all(|row| is_new(row, at)))
    };
    let longest = tables.filter(is_of_actions).rev();
    longest
        .max_by_key(|table| table.rows().len())
        .map_or(std::ptr::null(), std::ptr::from_ref)
}

/// What the file says of itself; nothing in it tells when it was made.
fn properties(title: &str) -> anyhow::Result<DocProperties> {
    let long_ago = ExcelDateTime::from_ymd(1980, 1, 1)?;
    let title: String = shown(title).chars().take(text::MOST / 2).collect();
    Ok(DocProperties::new()
        .set_title(title.replace('\n', " "))
        .set_author("plan")
        .set_creation_datetime(&long_ago))
}

/// The first sheet: what the paper says in words, line below line, its counts as charts, and links to
/// its tables.
struct Summary<'s> {
    sheet: Worksheet,
    row: u32,
    styles: &'s CellFormats,
    /// The last heading of each depth, the title first.
    place: Vec<String>,
}

/// The columns of the first sheet: names, and what is said.
const NAME: u16 = 0;
const WORDS: u16 = 1;

/// How many letters fit in each.
const IN_NAME: usize = 34;
const IN_WORDS: usize = 92;

impl Summary<'_> {
    fn new(name: String, styles: &CellFormats) -> anyhow::Result<Summary<'_>> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_column_width(NAME, 34)?;
        sheet.set_column_width(WORDS, 90)?;
        sheet.set_screen_gridlines(false);
        Ok(Summary {
            sheet,
            row: 0,
            styles,
            place: Vec::new(),
        })
    }

    /// The heading that the next table stands under; of a title, what comes after the board's name.
    fn heading(&self) -> &str {
        match self.place.as_slice() {
            [title] => title.rsplit(" · ").next().unwrap_or(title),
            place => place.last().map_or("Table", String::as_str),
        }
    }

    fn enter(&mut self, depth: usize, heading: &str) {
        self.place.truncate(depth);
        self.place.push(heading.to_owned());
    }

    fn block(&mut self, block: &Block, rest: &mut Rest) -> anyhow::Result<()> {
        match block {
            Block::Notice(text) => self.wide(text, SummaryLook::Notice, rest),
            Block::Title(title, remark) => {
                self.enter(0, title);
                self.wide(title, SummaryLook::Title, rest)?;
                match remark.as_str() {
                    "" => Ok(()),
                    remark => self.wide(remark, SummaryLook::Faint, rest),
                }
            }
            Block::Heading(level, text, remark) => {
                let depth = match level {
                    Level::Section => 1,
                    Level::Part => 2,
                    Level::Point => 3,
                };
                self.enter(depth, text);
                let words = match remark.as_str() {
                    "" => text.clone(),
                    remark => format!("{text} ({remark})"),
                };
                self.row += 1;
                self.wide(&words, SummaryLook::Heading, rest)
            }
            Block::Paragraph(line) => self.wide(&words(line), look(line), rest),
            Block::List(items) => {
                let mut items = items.iter();
                items
                    .try_for_each(|item| self.wide(&format!("• {}", words(item)), look(item), rest))
            }
            Block::Code(text) => self.wide(text, SummaryLook::Code, rest),
            Block::Facts(facts) => {
                let mut facts = facts.iter();
                facts.try_for_each(|(name, line)| self.pair(name, &words(line), rest))
            }
            Block::Table(_) | Block::Chart(_) => Ok(()),
        }
    }

    /// Links to the sheet on which a table is, says how many rows it has, and draws its counts.
    fn table(&mut self, table: &Table, name: &str, rest: &mut Rest) -> anyhow::Result<()> {
        let rows = match table.rows().len() {
            1 => "1 row".to_owned(),
            count => format!("{count} rows"),
        };
        let row = self.row;
        let words = format!("Sheet “{name}”");
        self.pair(&words, &rows, rest)?;
        let place = format!("internal:'{}'!A1", name.replace('\'', "''"));
        let link = Url::new(place).set_text(words);
        let look = self.styles.look(SummaryLook::Link);
        self.sheet.write_url_with_format(row, NAME, link, look)?;
        if let Some(bars) = Bars::in_table(table, name) {
            let chart = bars.chart(&shown(self.heading()));
            self.sheet
                .insert_chart_with_offset(self.row, NAME, &chart, 4, 4)?;
            self.row += bars.sheet_rows();
        }
        Ok(())
    }

    /// A text over both columns.
    fn wide(&mut self, text: &str, look: SummaryLook, rest: &mut Rest) -> anyhow::Result<()> {
        let format = self.styles.look(look);
        let text = rest.cell(text);
        self.sheet
            .merge_range(self.row, NAME, self.row, WORDS, "", format)?;
        self.sheet
            .write_string_with_format(self.row, NAME, &text, format)?;
        let (letters, height) = look.measure();
        self.sheet
            .set_row_height(self.row, text::height(&text, letters, height))?;
        self.row += 1;
        Ok(())
    }

    /// A name in the first column, its text in the second.
    fn pair(&mut self, name: &str, text: &str, rest: &mut Rest) -> anyhow::Result<()> {
        let (name, text) = (rest.cell(name), rest.cell(text));
        let strong = self.styles.look(SummaryLook::Strong);
        let plain = self.styles.look(SummaryLook::Plain);
        let height = text::height(&text, IN_WORDS, text::LINE);
        let height = height.max(text::height(&name, IN_NAME, text::LINE));
        self.sheet.set_row_height(self.row, height)?;
        self.sheet
            .write_string_with_format(self.row, NAME, name, strong)?;
        self.sheet
            .write_string_with_format(self.row, WORDS, text, plain)?;
        self.row += 1;
        Ok(())
    }

    fn finish(mut self, title: &str) -> anyhow::Result<Worksheet> {
        self.sheet.set_paper_size(A4);
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_footer(foot(title));
        Ok(self.sheet)
    }
}

/// Excel's number for the paper.
const A4: u8 = 9;

/// The paper's title and the page's number.
fn foot(title: &str) -> String {
    format!("&L{}&RPage &P of &N", margin(title))
}

/// A text for the head or the foot of a page, where Excel takes 255 characters and `&` begins a
/// command.
fn margin(text: &str) -> String {
    const MOST: usize = 120;
    let text = shown(text).replace('\n', " ");
    let text = if text.chars().count() > MOST {
        text.chars().take(MOST - 1).chain(['…']).collect()
    } else {
        text
    };
    text.replace('&', "&&")
}

/// How a text of the first sheet looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryLook {
    Title,
    Heading,
    Notice,
    Strong,
    Link,
    Plain,
    Faint,
    Code,
}

impl SummaryLook {
    /// How many letters fit over both columns, and how high a line is in points.
    fn measure(self) -> (usize, f64) {
        match self {
            SummaryLook::Title => (75, 22.0),
            SummaryLook::Heading => (100, 17.0),
            SummaryLook::Notice | SummaryLook::Strong | SummaryLook::Link => (115, text::LINE),
            SummaryLook::Plain | SummaryLook::Faint => (128, text::LINE),
            SummaryLook::Code => (105, text::LINE),
        }
    }
}

fn words(line: &Line) -> String {
    line.iter().map(|piece| piece.text.as_str()).collect()
}

/// A line of one tone looks like it; one of several is plain.
fn look(line: &Line) -> SummaryLook {
    let all = |wanted: Tone| line.iter().all(|Piece { tone, .. }| *tone == wanted);
    match (all(Tone::Faint), all(Tone::Strong)) {
        (true, false) => SummaryLook::Faint,
        (false, true) => SummaryLook::Strong,
        _ => SummaryLook::Plain,
    }
}
