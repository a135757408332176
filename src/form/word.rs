//! The form as a Word document: a small table for each action, with lists to choose from; and how it is
//! read back.

use std::io;

use super::returned::{Returned, ReturnedCell, ReturnedRow, is_own_text};
use super::{
    COLUMNS, DATE_LABEL, Form, FormColumn, FormField, FormRow, INPUT, PLAN, RAG_CHOICES,
    STATUS_CHOICES, grid,
};
use crate::office::Refusal;
use crate::office::blocks as shown;
use crate::office::blocks::{Block, Blocks, Place, Table};
use crate::office::docx::file;
use crate::office::docx::pages::{self, Orientation, PageSetup};
use crate::office::docx::write::{self as xml, Xml};

/// What a list shows before anything is chosen.
pub const PLACEHOLDER: &str = "Choose…";

/// Twentieths of a point: the column of names; what is written has the rest of the page.
const NAMES: u32 = 2300;

/// Writes the form as a Word document.
pub fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let title = form.title();
    let footer = format!("{} · {}", form.group_name, form.plan_name);
    let sheet = PageSetup::default();
    let parts = file::DocxParts {
        title: &title,
        body: body(form, &sheet)?,
        footers: vec![pages::footer(&footer, &sheet, Orientation::Portrait)?],
        charts: Vec::new(),
    };
    file::write(parts, None)
}

fn body(form: &Form, sheet: &PageSetup) -> io::Result<Vec<u8>> {
    let mut part = xml::part();
    xml::with(&mut part, "w:document", xml::SPACES, |xml| {
        xml::within(xml, "w:body", |xml| {
            lines(xml, "Title", &form.title())?;
            lines(xml, "Subtitle", &form.subtitle())?;
            for line in form.instructions() {
                lines(xml, "BodyText", &line)?;
            }
            table(xml, |xml| {
                row(xml, DATE_LABEL, INPUT, |xml| control(xml, date))
            })?;
            lines(xml, "Footer", &form.mark())?;
            for action in &form.rows {
                table(xml, |xml| {
                    let mut columns = COLUMNS.iter();
                    columns.try_for_each(|column| {
                        self::action(xml, action, column, &form.heading(column))
                    })
                })?;
                lines(xml, "Gap", "")?;
            }
            sheet.section(xml, Orientation::Portrait, "footer1", true)
        })
    })?;
    Ok(part.into_inner())
}

/// Paragraphs, one for each line.
fn lines(xml: &mut Xml, style: &str, text: &str) -> io::Result<()> {
    let mut lines = text.split('\n');
    lines.try_for_each(|line| {
        paragraph(xml, style, false, |xml| {
            xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", line))
        })
    })
}

fn paragraph(
    xml: &mut Xml,
    style: &str,
    keeps: bool,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml::within(xml, "w:p", |xml| {
        xml::within(xml, "w:pPr", |xml| {
            xml::value(xml, "w:pStyle", style)?;
            if keeps {
                xml::leaf(xml, "w:keepNext", &[])?;
            }
            Ok(())
        })?;
        inside(xml)
    })
}

fn table(xml: &mut Xml, rows: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    let widths = widths();
    xml::within(xml, "w:tbl", |xml| {
        xml::within(xml, "w:tblPr", |xml| {
            let total = (widths[0] + widths[1]).to_string();
            xml::leaf(xml, "w:tblW", &[("w:w", &total), ("w:type", "dxa")])?;
            xml::within(xml, "w:tblBorders", |xml| {
                let mut sides = ["top", "left", "bottom", "right", "insideH", "insideV"].iter();
                sides.try_for_each(|side| {
                    let line = [("w:val", "single"), ("w:sz", "4"), ("w:color", "B8BDC7")];
                    xml::leaf(xml, &format!("w:{side}"), &line)
                })
            })?;
            xml::leaf(xml, "w:tblLayout", &[("w:type", "fixed")])
        })?;
        xml::within(xml, "w:tblGrid", |xml| {
            let mut widths = widths.iter();
            widths.try_for_each(|width| xml::leaf(xml, "w:gridCol", &[("w:w", &width.to_string())]))
        })?;
        rows(xml)
    })
}

fn widths() -> [u32; 2] {
    [
        NAMES,
        PageSetup::default().room(Orientation::Portrait) - NAMES,
    ]
}

/// A row: a name, and the cell behind it. It is never broken over two pages, and a table that does not
/// fit a page begins on the next.
fn row(
    xml: &mut Xml,
    name: &str,
    fill: &str,
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let [names, rest] = widths();
    xml::within(xml, "w:tr", |xml| {
        xml::within(xml, "w:trPr", |xml| xml::leaf(xml, "w:cantSplit", &[]))?;
        cell(xml, names, PLAN, |xml| {
            paragraph(xml, "TableText", true, |xml| {
                xml::within(xml, "w:r", |xml| {
                    xml::within(xml, "w:rPr", |xml| xml::leaf(xml, "w:b", &[]))?;
                    xml::text(xml, "w:t", name)
                })
            })
        })?;
        cell(xml, rest, fill, content)
    })
}

fn cell(
    xml: &mut Xml,
    width: u32,
    fill: &str,
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml::within(xml, "w:tc", |xml| {
        xml::within(xml, "w:tcPr", |xml| {
            xml::leaf(
                xml,
                "w:tcW",
                &[("w:w", &width.to_string()), ("w:type", "dxa")],
            )?;
            let shade = [("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)];
            xml::leaf(xml, "w:shd", &shade)
        })?;
        content(xml)
    })
}

/// One row of an action's table.
fn action(xml: &mut Xml, action: &FormRow, column: &FormColumn, heading: &str) -> io::Result<()> {
    let fill = if column.input { INPUT } else { PLAN };
    row(xml, heading, fill, |xml| match column.field {
        FormField::Rag => control(xml, |xml| choices(xml, &RAG_CHOICES)),
        FormField::Status => control(xml, |xml| choices(xml, &STATUS_CHOICES)),
        field => lines(xml, "TableText", action.text(field)),
    })
}

/// A list to choose from.
fn choices(xml: &mut Xml, choices: &[&str]) -> io::Result<()> {
    xml::within(xml, "w:dropDownList", |xml| {
        let mut choices = choices.iter();
        choices.try_for_each(|choice| {
            let item = [("w:displayText", *choice), ("w:value", *choice)];
            xml::leaf(xml, "w:listItem", &item)
        })
    })
}

fn date(xml: &mut Xml) -> io::Result<()> {
    xml::within(xml, "w:date", |xml| {
        xml::value(xml, "w:dateFormat", "d MMMM yyyy")?;
        xml::value(xml, "w:lid", "en-GB")
    })
}

/// A place to choose in, with its placeholder in it.
fn control(xml: &mut Xml, kind: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    paragraph(xml, "TableText", false, |xml| {
        xml::within(xml, "w:sdt", |xml| {
            xml::within(xml, "w:sdtPr", |xml| {
                xml::leaf(xml, "w:showingPlcHdr", &[])?;
                kind(xml)
            })?;
            xml::within(xml, "w:sdtContent", |xml| {
                xml::within(xml, "w:r", |xml| {
                    xml::within(xml, "w:rPr", |xml| xml::value(xml, "w:color", "666E7D"))?;
                    xml::text(xml, "w:t", PLACEHOLDER)
                })
            })
        })
    })
}

/// Reads a filled-in document. Every table is an action; a row is a name and what stands behind it.
pub fn read(document: &Blocks, name: &str) -> Result<Returned, Refusal> {
    let mut returned = Returned::default();
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(_, piece) | Block::Paragraph(piece) => {
                for line in piece.text.lines() {
                    if grid::visible_mark(line).is_some() && !returned.mark.id.is_empty() {
                        let begins = format!("behind table {tables}");
                        return Err(grid::two_forms(name, &begins));
                    }
                    outside(line, &mut returned);
                }
            }
            Block::Table(table) => {
                tables += 1;
                if is_dated(table) && !returned.date_place.is_empty() {
                    return Err(grid::two_forms(name, &format!("with table {tables}")));
                }
                if is_sheet(table) {
                    return Err(Refusal(format!(
                        "table {tables} of {name} has a column for each question, as the form in Excel has; send \
                         that form itself"
                    )));
                }
                if !is_of_form(table) {
                    returned
                        .loose
                        .extend(table.rows.iter().filter_map(|cells| loose(cells)));
                    continue;
                }
                let row = from_table(table, &mut returned);
                if !row.cells.is_empty() || !row.others.is_empty() {
                    returned.rows.push(row);
                }
            }
        }
    }
    returned.loose.extend(beside(document));
    if !returned
        .rows
        .iter()
        .any(|row| row.get(FormField::Id).is_some())
    {
        return Err(Refusal(format!(
            "{name} is not a form that `plan chase` made: none of its tables begins with \"{}\"",
            COLUMNS[0].heading
        )));
    }
    Ok(returned)
}

/// What stands beside the pages: remarks, pictures, heads and feet. The form's own foot says what stands below
/// its title as well.
fn beside(document: &Blocks) -> Vec<ReturnedCell> {
    let line = |block: &Block| match block {
        Block::Heading(_, piece) | Block::Paragraph(piece) => Some(piece.text.clone()),
        Block::Table(_) => None,
    };
    let own: Vec<String> = document.blocks.iter().filter_map(line).collect();
    let is_own = |text: &str| {
        let words = text.rsplit_once("Page ").map_or(text, |(words, _)| words);
        // A long title is cut there.
        let words = words.trim().trim_end_matches('…');
        !words.is_empty() && own.iter().any(|line| line.starts_with(words))
    };
    let furniture = document.furniture.iter().filter(|(_, text)| !is_own(text));
    let left = document.left.iter().map(|(place, text, _)| (place, text));
    let all = left.chain(furniture.map(|(place, text)| (place, text)));
    all.map(|(place, text)| {
        ReturnedCell::new(
            place.to_string(),
            &shown::Cell::new(place.clone(), text.clone()),
        )
    })
    .collect()
}

/// A line outside the tables: by what the form is known, or what somebody wrote there.
fn outside(line: &str, returned: &mut Returned) {
    if let Some(mark) = grid::visible_mark(line) {
        returned.mark = mark;
    } else if !line.trim().is_empty() && !is_own_text(line) {
        let place = "a line outside the tables";
        let cell = shown::Cell::new(Place::Part(place.into()), line.to_owned());
        returned.loose.push(ReturnedCell::new(place.into(), &cell));
    }
}

/// What a row is called, by its first cell.
fn label(first: &shown::Cell) -> Option<FormField> {
    let label = grid::field(first.text.trim().trim_end_matches(':'));
    label.or_else(|| grid::behind_date_label(&first.text).map(|_| FormField::Date))
}

fn place(cell: &shown::Cell) -> String {
    match &cell.place {
        Place::Table(table, row, _) => format!("table {table}, row {row}"),
        place => place.to_string(),
    }
}

/// Whether a table is that of the report's date.
fn is_dated(table: &Table) -> bool {
    let mut rows = table.rows.iter().filter_map(|cells| cells.first());
    table.rows.len() == 1 && rows.any(|first| label(first) == Some(FormField::Date))
}

/// Whether the names of a table stand in its first row, as in a spreadsheet.
fn is_sheet(table: &Table) -> bool {
    let first = table.rows.first().into_iter().flatten();
    first.filter(|cell| label(cell).is_some()).count() > 2
}

/// Whether a table has anything of the form.
fn is_of_form(table: &Table) -> bool {
    let mut first = table.rows.iter().filter_map(|cells| cells.first());
    first.any(|cell| label(cell).is_some())
}

/// The words of a row that is none of the form.
fn loose(cells: &[shown::Cell]) -> Option<ReturnedCell> {
    let words: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    let first = cells.iter().find(|cell| !cell.is_blank())?;
    let all = shown::Cell::new(first.place.clone(), words.join(" | "));
    Some(ReturnedCell::new(place(first), &all))
}

/// The action that a table is about; the table of the report's date is none.
fn from_table(table: &Table, returned: &mut Returned) -> ReturnedRow {
    let mut row = ReturnedRow::default();
    for cells in &table.rows {
        let Some(first) = cells.first() else { continue };
        let heading = first.text.trim();
        let field = label(first);
        let place = place(first);
        let is_date = is_dated(table);
        if is_date {
            returned.date_place.clone_from(&place);
        }
        row.places.extend(field.map(|field| (field, place.clone())));
        let is_alone = cells[1..].iter().all(shown::Cell::is_blank);
        if let Some(words) = grid::behind_date_label(heading).filter(|_| is_date) {
            let written = shown::Cell::new(first.place.clone(), words.to_owned());
            let written = ReturnedCell::new(place.clone(), &written);
            if is_alone {
                returned.date = Some(written);
            } else {
                returned.loose.push(written);
            }
        }
        // Words beside the name of a row are an answer in the wrong cell.
        if field.is_none() && !heading.is_empty() && is_alone {
            row.others
                .push((String::new(), ReturnedCell::new(place.clone(), first)));
        }
        for shown in &cells[1..] {
            let cell = ReturnedCell::new(place.clone(), shown);
            match field {
                _ if cell.is_blank() => {}
                Some(_) if is_date => returned.date = Some(cell),
                Some(field) => row.cells.push((field, cell)),
                None if shown.is_blank() => {}
                None => row.others.push((heading.to_owned(), cell)),
            }
        }
    }
    row
}
