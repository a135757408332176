//! The form as a Word document: a small table for each action, with lists to choose from; and how it is
//! read back. Made from parts, because the library for Word documents has no lists to choose from.

use std::io::{Cursor, Write};

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::opened::Refused;
use super::returned::{Cell, Content, Returned, ReturnedRow, is_own_text};
use super::xml::{attribute, entity};
use super::{COLUMNS, Column, DATE_LABEL, Field, Form, FormRow, RAG_CHOICES, STATUS_CHOICES, grid};

/// What a list shows before anything is chosen.
pub const PLACEHOLDER: &str = "Choose…";

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

const CLOSE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

/// Twentieths of a point: the column of names, and that of what is written.
const WIDTHS: [u32; 2] = [2300, 7600];

const INPUT: &str = "FFF8DC";
const PLAN: &str = "F3F4F6";

/// Writes the form as a Word document.
pub fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut body = String::from(OPEN);
    body += &paragraph(
        &form.title(),
        Look {
            bold: true,
            size: 30,
            ..Look::default()
        },
    );
    body += &paragraph(
        &form.subtitle(),
        Look {
            faint: true,
            ..Look::default()
        },
    );
    for line in super::INSTRUCTIONS {
        body += &paragraph(line, Look::default());
    }
    body += &paragraph("", Look::default());
    let date = date_control();
    body += &table(&[row(DATE_LABEL, &cell(&date, INPUT))]);
    body += &paragraph(
        &form.mark(),
        Look {
            faint: true,
            size: 14,
            ..Look::default()
        },
    );
    for action in &form.rows {
        let rows: Vec<String> = COLUMNS
            .iter()
            .map(|column| self::action(action, column))
            .collect();
        body += &table(&rows);
        body += &paragraph("", Look::default());
    }
    body += CLOSE;
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &body),
    ];
    for (name, text) in parts {
        package.start_file(name, options)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// How a paragraph looks.
#[derive(Clone, Copy)]
struct Look {
    bold: bool,
    faint: bool,
    /// In half points.
    size: u32,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            bold: false,
            faint: false,
            size: 20,
        }
    }
}

/// Paragraphs, one for each line.
fn paragraph(text: &str, look: Look) -> String {
    let lines = text.split('\n').map(|line| {
        let run = run(line, look);
        format!("<w:p><w:pPr><w:spacing w:after=\"40\"/></w:pPr>{run}</w:p>")
    });
    lines.collect()
}

fn run(text: &str, look: Look) -> String {
    let bold = if look.bold { "<w:b/>" } else { "" };
    let colour = if look.faint { "666E7D" } else { "1F2A44" };
    let size = look.size;
    format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/>{bold}<w:color w:val=\"{colour}\"/>\
         <w:sz w:val=\"{size}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

fn table(rows: &[String]) -> String {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders =
        sides.map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:color=\"B8BDC7\"/>"));
    let [names, texts] = WIDTHS;
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{}</w:tblBorders><w:tblLayout w:type=\"fixed\"/>\
         </w:tblPr><w:tblGrid><w:gridCol w:w=\"{names}\"/><w:gridCol w:w=\"{texts}\"/></w:tblGrid>{}</w:tbl>",
        names + texts,
        borders.concat(),
        rows.concat()
    )
}

/// A row: a name, and the cell behind it. It is never broken over two pages.
fn row(name: &str, cell: &str) -> String {
    let name = paragraph(
        name,
        Look {
            bold: true,
            ..Look::default()
        },
    );
    // A table that does not fit a page begins on the next.
    let name = name.replace("<w:pPr>", "<w:pPr><w:keepNext/>");
    let properties = cell_properties(WIDTHS[0], PLAN);
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{properties}{name}</w:tc>{cell}</w:tr>")
}

fn cell_properties(width: u32, fill: &str) -> String {
    format!(
        "<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/></w:tcPr>"
    )
}

fn cell(content: &str, fill: &str) -> String {
    format!("<w:tc>{}{content}</w:tc>", cell_properties(WIDTHS[1], fill))
}

/// One row of an action's table.
fn action(action: &FormRow, column: &Column) -> String {
    let bold = Look {
        bold: true,
        ..Look::default()
    };
    let content = match column.field {
        Field::Id => cell(&paragraph(&action.id, bold), PLAN),
        Field::What => cell(&paragraph(&action.what, Look::default()), PLAN),
        Field::Timescale => cell(&paragraph(&action.timescale, Look::default()), PLAN),
        Field::Stands => cell(&paragraph(&action.stands, Look::default()), PLAN),
        Field::Rag => cell(&list(&RAG_CHOICES), INPUT),
        Field::Status => cell(&list(&STATUS_CHOICES), INPUT),
        _ => cell(&paragraph("", Look::default()), INPUT),
    };
    row(column.heading, &content)
}

/// A list to choose from.
fn list(choices: &[&str]) -> String {
    let items = choices.iter().map(|choice| {
        let choice = escape(*choice);
        format!("<w:listItem w:displayText=\"{choice}\" w:value=\"{choice}\"/>")
    });
    let items: String = items.collect();
    control(&format!("<w:dropDownList>{items}</w:dropDownList>"))
}

fn date_control() -> String {
    control("<w:date><w:dateFormat w:val=\"d MMMM yyyy\"/><w:lid w:val=\"en-GB\"/></w:date>")
}

/// A place to choose in, with its placeholder in it.
fn control(kind: &str) -> String {
    let placeholder = run(
        PLACEHOLDER,
        Look {
            faint: true,
            ..Look::default()
        },
    );
    format!(
        "<w:p><w:pPr><w:spacing w:after=\"40\"/></w:pPr><w:sdt><w:sdtPr><w:showingPlcHdr/>{kind}</w:sdtPr>\
         <w:sdtContent>{placeholder}</w:sdtContent></w:sdt></w:p>"
    )
}

/// The most cells and characters that are read of a document.
const MAX_CELLS: usize = 100_000;

/// Reads a filled-in document. Every table is an action; a row is a name and what stands behind it.
pub fn read(xml: &str, name: &str) -> Result<Returned, Refused> {
    let broken = || {
        Refused(format!(
            "{name} cannot be read as a Word document; open it and save it again"
        ))
    };
    let mut reader = Reader::from_str(xml);
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) => document.start(&tag),
            Event::Empty(tag) => document.empty(&tag),
            Event::End(tag) => document.end(tag.local_name().into_inner()),
            Event::Text(text) => document.words(&text.xml10_content()),
            Event::CData(text) => document.words(&text.xml10_content()),
            Event::GeneralRef(name) => document.words(&entity(&name)),
            Event::Eof => break,
            _ => {}
        }
        if document.count > MAX_CELLS {
            return Err(Refused(format!("{name} has more tables than any form has")));
        }
    }
    let returned = document.returned();
    match returned.rows.iter().any(|row| row.get(Field::Id).is_some()) {
        true => Ok(returned),
        false => Err(Refused(format!(
            "{name} is not a form that `plan chase` made: none of its tables begins with \"{}\"",
            COLUMNS[0].heading
        ))),
    }
}

/// Where the reading of a document has got to.
#[derive(Default)]
struct Document {
    /// Tables of rows of cells; of tables within tables, the words go to the outer one's cell.
    tables: Vec<Vec<Vec<String>>>,
    depth: usize,
    in_text: bool,
    /// Whether a placeholder is being passed over, and how deep in controls we are.
    controls: Vec<bool>,
    /// What stands outside tables.
    lines: Vec<String>,
    count: usize,
}

impl Document {
    fn start(&mut self, tag: &BytesStart) {
        match tag.local_name().into_inner() {
            "tbl" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.tables.push(Vec::new());
                }
            }
            "tr" if self.depth == 1 => {
                if let Some(table) = self.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            "tc" if self.depth == 1 => {
                self.count += 1;
                if let Some(row) = self.tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(String::new());
                }
            }
            "p" => self.new_line(),
            "sdt" => self.controls.push(false),
            "t" => self.in_text = true,
            _ => self.empty(tag),
        }
    }

    fn empty(&mut self, tag: &BytesStart) {
        match tag.local_name().into_inner() {
            "p" => self.new_line(),
            "br" | "cr" => self.push("\n"),
            "tab" => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "showingPlcHdr" if attribute(tag, "w:val").is_none_or(|v| v != "0" && v != "false") => {
                if let Some(control) = self.controls.last_mut() {
                    *control = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "tbl" => self.depth = self.depth.saturating_sub(1),
            "sdt" => {
                self.controls.pop();
            }
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.controls.contains(&true) {
            return;
        }
        match self.open_cell() {
            Some(cell) => cell.push_str(text),
            None => match self.lines.last_mut() {
                Some(line) => line.push_str(text),
                None => self.lines.push(text.to_owned()),
            },
        }
    }

    fn new_line(&mut self) {
        match self.open_cell() {
            Some(cell) if !cell.is_empty() => cell.push('\n'),
            Some(_) => {}
            None => self.lines.push(String::new()),
        }
    }

    fn open_cell(&mut self) -> Option<&mut String> {
        match self.depth {
            0 => None,
            _ => self.tables.last_mut()?.last_mut()?.last_mut(),
        }
    }

    fn returned(&self) -> Returned {
        let mut returned = Returned::default();
        for line in &self.lines {
            if let Some(mark) = grid::visible_mark(line) {
                returned.mark = mark;
            } else if !line.trim().is_empty() && !is_own_text(line) {
                returned.loose.push(Cell {
                    place: "a line outside the tables".into(),
                    content: Content::Text(line.clone()),
                });
            }
        }
        for (number, table) in self.tables.iter().enumerate() {
            let row = row_of(number + 1, table, &mut returned);
            if !row.cells.is_empty() || !row.others.is_empty() {
                returned.rows.push(row);
            }
        }
        returned
    }
}

/// The action that a table is about; the table of the report's date is none.
fn row_of(number: usize, table: &[Vec<String>], returned: &mut Returned) -> ReturnedRow {
    let mut own = ReturnedRow::default();
    for (at, cells) in table.iter().enumerate() {
        let heading = cells.first().map_or("", String::as_str);
        let field = grid::field(heading.trim().trim_end_matches(':'));
        let named = if heading.trim().is_empty() {
            String::new()
        } else {
            format!(" ({})", heading.trim())
        };
        let place = format!("table {number}, row {}{named}", at + 1);
        if field == Some(Field::Date) && table.len() == 1 {
            returned.date_place = place.clone();
        }
        if let Some(field) = field {
            own.places.push((field, place.clone()));
        }
        for text in cells.iter().skip(1) {
            let cell = Cell {
                place: place.clone(),
                content: Content::Text(text.clone()),
            };
            match field {
                _ if cell.content.is_blank() => {}
                Some(Field::Date) if table.len() == 1 => returned.date = Some(cell),
                Some(field) => own.cells.push((field, cell)),
                None => own.others.push((heading.trim().to_owned(), cell)),
            }
        }
    }
    own
}
