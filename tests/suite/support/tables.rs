//! Tables as files of every format that is imported, and documents with a word planted in each cell.

use std::path::Path;

use super::{package, repacked};

/// A table's rows of cells.
pub type Rows = Vec<Vec<String>>;

/// How a table is written in a format.
pub type Write = fn(&Rows) -> Vec<u8>;

/// Plants a word in each cell that is no heading: the document, and how many were planted.
pub type Planter = fn(&[u8], &[&str]) -> (Vec<u8>, usize);

pub const FORMATS: [(&str, Write); 8] = [
    ("csv", as_csv),
    ("tsv", as_tabs),
    ("txt", as_tabs),
    ("html", as_html),
    ("md", as_markdown),
    ("xlsx", as_excel),
    ("ods", as_ods),
    ("docx", as_word),
];

/// The rows of a CSV or TSV file; none of another.
pub fn read_csv(path: &Path) -> Option<Rows> {
    let delimiter = match path.extension()?.to_str()? {
        "csv" => b',',
        "tsv" => b'\t',
        _ => return None,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_path(path)
        .unwrap();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        row.unwrap().iter().map(str::to_owned).collect()
    };
    Some(reader.records().map(row).collect())
}

pub fn as_csv(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Cells between tabs, as text taken out of a PDF has them and as spreadsheets save them. Lines within a
/// cell are run together.
fn as_tabs(rows: &Rows) -> Vec<u8> {
    let line = |row: &Vec<String>| row.join("\t").replace('\n', " ") + "\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}

/// A table in a markup: what stands around it, each row and each cell; `end` is a line's end in a cell.
fn markup(rows: &Rows, [table, row, cell]: [[&str; 2]; 3], end: &str) -> String {
    let inside = |text: &String| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("{}{}{}", cell[0], text.replace('\n', end), cell[1])
    };
    let each = |cells: &Vec<String>| {
        let cells: String = cells.iter().map(inside).collect();
        format!("{}{cells}{}", row[0], row[1])
    };
    let rows: String = rows.iter().map(each).collect();
    format!("{}{rows}{}", table[0], table[1])
}

fn as_html(rows: &Rows) -> Vec<u8> {
    let around = [
        ["<table>", "</table>"],
        ["<tr>", "</tr>"],
        ["<td>", "</td>"],
    ];
    markup(rows, around, "<br>").into_bytes()
}

/// Pipes, with the line below the first row that makes it a table.
fn as_markdown(rows: &Rows) -> Vec<u8> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines: Vec<String> = (rows.iter())
        .map(|row| {
            let cells = row.iter().map(|cell| {
                let text = cell.replace('|', "\\|").replace('\n', "<br>");
                format!(" {text} |")
            });
            format!("|{}", cells.collect::<String>())
        })
        .collect();
    lines.insert(1, format!("|{}", " --- |".repeat(width)));
    (lines.join("\n") + "\n").into_bytes()
}

fn as_excel(rows: &Rows) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn as_ods(rows: &Rows) -> Vec<u8> {
    let around = [
        [
            "<office:document-content><office:body><office:spreadsheet><table:table table:name='Plan'>",
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        ],
        ["<table:table-row>", "</table:table-row>"],
        [
            "<table:table-cell office:value-type='string'><text:p>",
            "</text:p></table:table-cell>",
        ],
    ];
    let content = markup(rows, around, "</text:p><text:p>");
    package(&[("content.xml", content.as_bytes())])
}

fn as_word(rows: &Rows) -> Vec<u8> {
    let around = [
        [
            "<w:document xmlns:w='w'><w:body><w:tbl>",
            "</w:tbl></w:body></w:document>",
        ],
        ["<w:tr>", "</w:tr>"],
        [
            "<w:tc><w:p><w:r><w:t xml:space='preserve'>",
            "</w:t></w:r></w:p></w:tc>",
        ],
    ];
    let paragraph = "</w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'>";
    let text = markup(rows, around, paragraph);
    package(&[("word/document.xml", text.as_bytes())])
}

/// How words are planted in a document of this kind; none for a kind that has no cells of its own.
pub fn planter(path: &Path) -> Option<Planter> {
    Some(match path.extension()?.to_str()? {
        "html" => |bytes, headings| in_text(bytes, &Markup::HTML, headings),
        "md" => |bytes, headings| in_text(bytes, &Markup::MARKDOWN, headings),
        "docx" => |bytes, headings| in_part(bytes, "word/document.xml", &Markup::WORD, headings),
        "xlsx" => {
            |bytes, headings| in_part(bytes, "xl/worksheets/sheet1.xml", &Markup::EXCEL, headings)
        }
        "ods" => |bytes, headings| in_part(bytes, "content.xml", &Markup::ODS, headings),
        _ => return None,
    })
}

/// A word that stands nowhere else.
pub fn word(number: usize) -> String {
    format!("zebra{number}q")
}

/// How a markup writes a cell: what begins it, what ends it, and where its text ends.
struct Markup {
    begins: &'static [&'static str],
    ends: &'static [&'static str],
    text_end: &'static str,
}

impl Markup {
    const HTML: Markup = Markup {
        begins: &["<td", "<th>", "<th "],
        ends: &["</td", "</th", "</tr", "<td", "<th", "</table"],
        text_end: "",
    };
    const MARKDOWN: Markup = Markup {
        begins: &["|"],
        ends: &["|"],
        text_end: "",
    };
    const WORD: Markup = Markup {
        begins: &["<w:tc>", "<w:tc "],
        ends: &["</w:tc>"],
        text_end: "</w:t>",
    };
    const EXCEL: Markup = Markup {
        begins: &["<is>"],
        ends: &["</is>"],
        text_end: "</t>",
    };
    const ODS: Markup = Markup {
        begins: &["<table:table-cell"],
        ends: &["</table:table-cell>"],
        text_end: "</text:p>",
    };
}

fn in_part(bytes: &[u8], part: &str, markup: &Markup, headings: &[&str]) -> (Vec<u8>, usize) {
    let mut count = 0;
    let planted = repacked(bytes, part, |text| {
        let (planted, planted_count) = in_text(text.as_bytes(), markup, headings);
        count = planted_count;
        String::from_utf8(planted).unwrap()
    });
    (planted, count)
}

fn in_text(bytes: &[u8], markup: &Markup, headings: &[&str]) -> (Vec<u8>, usize) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut planted = String::new();
    let mut count = 0;
    let first = |from: usize, signs: &[&str]| {
        let found = signs.iter().filter_map(|sign| text[from..].find(sign));
        found.min().map(|at| from + at)
    };
    let mut at = 0;
    while let Some(begin) = first(at, markup.begins) {
        let inside = begin + 1;
        let Some(end) = first(inside, markup.ends) else {
            break;
        };
        let cell = &text[begin..end];
        let shown = shown(cell);
        let label = shown.trim_end_matches(':');
        let heading = headings.iter().any(|heading| heading.contains(label));
        let rule = shown.chars().all(|c| !c.is_alphanumeric());
        let place = place(cell, markup.text_end);
        if let Some(place) = place.filter(|_| !heading && !rule) {
            planted += &text[at..begin + place];
            planted += &format!(" {}", word(count));
            at = begin + place;
            count += 1;
        }
        planted += &text[at..end];
        at = end;
    }
    planted += &text[at..];
    (planted.into_bytes(), count)
}

/// The words of a cell, without its marks.
fn shown(cell: &str) -> String {
    let mut words = String::new();
    let mut marks = 0usize;
    for c in cell.trim_start_matches('|').chars() {
        match c {
            '<' => marks += 1,
            '>' => {
                marks = marks.saturating_sub(1);
                words.push(' ');
            }
            c if marks == 0 => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a word is put into a cell: behind the last of its text.
fn place(cell: &str, text_end: &str) -> Option<usize> {
    if !text_end.is_empty() {
        return cell.rfind(text_end);
    }
    let mut marks = 0usize;
    let mut last = None;
    for (at, c) in cell.char_indices() {
        match c {
            '<' => marks += 1,
            '>' => marks = marks.saturating_sub(1),
            c if marks == 0 && !c.is_whitespace() && c != '|' => last = Some(at + c.len_utf8()),
            _ => {}
        }
    }
    last
}
