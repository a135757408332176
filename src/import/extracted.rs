//! Text taken out of a PDF: paragraphs, and tables whose cells stand between tabs. Lines within a
//! cell are run together, and merged cells are blank; a cell may keep tags (`<p>`, `<ul>`, `<i>`).

use crate::office::Refusal;
use crate::office::blocks::{Block, Blocks, Cell, Piece, Place};
use crate::office::grid::Grid;
use crate::office::words::{ITEMS, Words, begins_with_label};

use super::understand::laid_out;
use crate::office::html;
use crate::office::package;

/// Reads extracted text. Errors: bytes that are no text; a table larger than any plan's.
pub fn read(bytes: &[u8], name: &str) -> Result<Blocks, Refusal> {
    let text = package::text(bytes, name)?;
    let mut reader = ExtractedReader::default();
    for (number, line) in laid_out::lines(&text) {
        reader.line(number, &line, name)?;
    }
    reader.end_text();
    reader.end_table();
    Ok(Blocks {
        blocks: headings(join_pages(reader.blocks)),
        flattened: true,
        ..Blocks::default()
    })
}

#[derive(Default)]
struct ExtractedReader {
    blocks: Vec<Block>,
    /// The lines of the paragraph so far, and where it began.
    words: Words,
    begun: usize,
    grid: Option<Grid>,
}

impl ExtractedReader {
    fn line(&mut self, number: usize, line: &str, name: &str) -> Result<(), Refusal> {
        if line.contains('\t') {
            self.end_text();
            return self.row(number, line, name);
        }
        self.end_table();
        if is_page_foot(line) {
            return Ok(());
        }
        let item = ITEMS
            .iter()
            .find_map(|dash| line.trim_start().strip_prefix(dash));
        if line.trim().is_empty() {
            // A blank line between the lines of one list does not end it.
            self.words.paragraph();
            self.end_text();
            return Ok(());
        }
        if self.words.is_empty() {
            self.begun = number;
        }
        match item {
            Some(item) => {
                self.words.item(0);
                self.words.push(&html::plain(item));
            }
            None => {
                if begins_with_label(line.trim_start()) {
                    self.words.paragraph();
                }
                self.words.push(&html::plain(line));
                self.words.push(" ");
            }
        }
        Ok(())
    }

    fn row(&mut self, number: usize, line: &str, name: &str) -> Result<(), Refusal> {
        let grid = self.grid.get_or_insert_with(Grid::default);
        let large = |_| package::too_many(name);
        grid.row().map_err(large)?;
        for (column, cell) in line.split('\t').enumerate() {
            let place = Place::LineCell(number, column + 1);
            grid.cell(Cell::new(place, html::plain(cell)), 1, 1)
                .map_err(large)?;
        }
        Ok(())
    }

    fn end_text(&mut self) {
        let text = self.words.take();
        if !text.is_empty() {
            let place = Place::Line(self.begun);
            self.blocks.push(Block::Paragraph(Piece::new(place, text)));
        }
    }

    fn end_table(&mut self) {
        if let Some(grid) = self.grid.take() {
            self.blocks.push(Block::Table(grid.finish()));
        }
    }
}

/// Whether a line only counts the pages: "Page 14 of 17".
fn is_page_foot(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let Some(rest) = lower.strip_prefix("page ") else {
        return false;
    };
    rest.replace(" of ", " ")
        .split(' ')
        .all(|word| word.parse::<u32>().is_ok())
}

/// A sentence that a page's end cut in two is one again.
fn join_pages(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        if let (Some(Block::Paragraph(before)), Block::Paragraph(after)) =
            (joined.last_mut(), &block)
            && is_cut(&before.text)
            && !looks_like_heading(&after.text)
            && !begins_with_label(&after.text)
            && !after.text.starts_with(|c: char| c.is_ascii_digit())
            && !after.text.starts_with("- ")
        {
            before.text = format!("{} {}", before.text, after.text);
            continue;
        }
        joined.push(block);
    }
    joined
}

/// Whether a text of more than a line stops in the middle of a sentence.
fn is_cut(text: &str) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    text.chars().count() > LINE
        && !text.contains("\n- ")
        && !text.starts_with("- ")
        && last.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

/// The characters of a line: what is longer is no heading.
const LINE: usize = 100;

/// A short line that ends no sentence is a heading: extracted text marks none.
fn headings(blocks: Vec<Block>) -> Vec<Block> {
    let mark = |block| match block {
        Block::Paragraph(piece) if looks_like_heading(&piece.text) => Block::Heading(1, piece),
        other => other,
    };
    blocks.into_iter().map(mark).collect()
}

fn looks_like_heading(text: &str) -> bool {
    let short = text.chars().count() <= LINE && text.split_whitespace().count() <= 14;
    let word = |c: char| c.is_alphanumeric() || ")]’'?".contains(c);
    short
        && !text.contains('\n')
        && !text.starts_with("- ")
        && text.ends_with(word)
        && !text.contains(" = ")
}
