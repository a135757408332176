//! The form as an Excel workbook: one sheet to fill in, and one that nobody sees, by which the form is
//! known when it comes back.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationRule,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError,
    ProtectionOptions, Workbook, Worksheet,
};

use super::{
    COLUMNS, DATE_LABEL, Form, FormColumn, FormField, FormRow, ID_LABEL, RAG_CHOICES,
    STATUS_CHOICES,
};

/// The sheet to fill in, and the one that nobody sees.
pub const SHEET: &str = "Form";
pub const HIDDEN: &str = "About this form";

/// Rows below the actions for new ones that the group proposes.
const NEW_ROWS: u32 = 2;

/// Rows, counted from 0: title, subtitle, four instructions, the date, the headings.
const TITLE: u32 = 0;
const SUBTITLE: u32 = 1;
const INSTRUCTIONS: u32 = 2;
const DATE: u32 = 6;
const HEADINGS: u32 = 7;

const INK: Color = Color::RGB(0x1F_2A_44);
const INPUT: Color = Color::RGB(0xFF_F8_DC);
const PLAN: Color = Color::RGB(0xF3_F4_F6);
const LINE: Color = Color::RGB(0xB8_BD_C7);

/// Writes the form as a workbook.
pub fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(form)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    head(sheet, form)?;
    table(sheet, form)?;
    choices(sheet, form)?;
    colours(sheet, form)?;
    page(sheet, form)?;
    about(workbook.add_worksheet(), form)?;
    growing(&workbook.save_to_buffer()?)
}

/// What the file says of itself. Its day is the form's, so that one form is one file, byte for byte.
fn properties(form: &Form) -> anyhow::Result<DocProperties> {
    let (year, month, day) = (form.day.year(), form.day.month(), form.day.day());
    let made = ExcelDateTime::from_ymd(year.clamp(1900, 2199) as u16, month as u8, day as u8)?;
    Ok(DocProperties::new()
        .set_title(form.title())
        .set_creation_datetime(&made))
}

/// The same workbook with rows that grow while somebody types: their heights are those of the texts
/// that stand there already, and not fixed. The library has no word for that.
fn growing(workbook: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut from = zip::ZipArchive::new(Cursor::new(workbook))?;
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        let name = part.name()?.into_owned();
        if name != "xl/worksheets/sheet1.xml" {
            to.raw_copy_file(part)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        to.start_file(name, part.options())?;
        to.write_all(text.replace(" customHeight=\"1\"", "").as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

/// The title, the instructions, and the cell for the day of the report.
fn head(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    let plain = Format::new().set_font_color(INK);
    let title = plain.clone().set_bold().set_font_size(15);
    let faint = plain.clone().set_font_color(Color::RGB(0x55_5F_73));
    sheet.write_string_with_format(TITLE, 0, form.title(), &title)?;
    sheet.write_string_with_format(SUBTITLE, 0, form.subtitle(), &faint)?;
    for (row, line) in (INSTRUCTIONS..).zip(form.instructions()) {
        sheet.write_string_with_format(row, 0, line, &plain)?;
    }
    let label = plain
        .clone()
        .set_bold()
        .set_align(FormatAlign::Right)
        .set_indent(1)
        .set_align(FormatAlign::VerticalCenter);
    let day = input()
        .set_num_format("d mmmm yyyy")
        .set_bold()
        .set_align(FormatAlign::Left);
    sheet.write_string_with_format(DATE, DATE_COLUMN - 1, DATE_LABEL, &label)?;
    sheet.write_blank(DATE, DATE_COLUMN, &day)?;
    let small = faint
        .set_font_size(8)
        .set_align(FormatAlign::VerticalCenter);
    sheet.write_string_with_format(
        DATE,
        DATE_COLUMN + 1,
        format!("{ID_LABEL} {}", form.id),
        &small,
    )?;
    sheet.set_row_height(TITLE, 22)?.set_row_height(DATE, 21)?;
    Ok(())
}

/// The cell for the day of the report stands behind its label.
const DATE_COLUMN: u16 = 2;

fn input() -> Format {
    cell().set_background_color(INPUT).set_unlocked()
}

fn cell() -> Format {
    Format::new()
        .set_font_color(INK)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

/// The headings, and a row for each action.
fn table(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    let heading = |input: bool| {
        let colour = if input { 0x8A_63_00 } else { 0x1F_2A_44 };
        cell()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(colour))
            .set_align(FormatAlign::VerticalCenter)
    };
    sheet.set_row_height(HEADINGS, 46)?;
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        let look = heading(column.input);
        sheet.write_string_with_format(HEADINGS, at, form.heading(column), &look)?;
    }
    let plan = cell().set_background_color(PLAN);
    let bold = plan.clone().set_bold();
    // What is typed stays what was typed: "June 2018" becomes no first of June.
    let text = input().set_num_format("@");
    for (row, action) in (HEADINGS + 1..).zip(&form.rows) {
        sheet.set_row_height(row, height(action))?;
        for (at, column) in (0..).zip(COLUMNS) {
            match (column.field, column.input) {
                (_, true) => sheet.write_blank(row, at, &text)?,
                (FormField::Id, _) => sheet.write_string_with_format(row, at, &action.id, &bold)?,
                (field, _) => sheet.write_string_with_format(row, at, action.text(field), &plan)?,
            };
        }
    }
    let (_, last) = rows(form);
    for row in last + 1 - NEW_ROWS..=last {
        sheet.set_row_height(row, LINES * LINE_HEIGHT)?;
        for (at, column) in (0..).zip(COLUMNS) {
            if column.field == FormField::Id {
                sheet.write_string_with_format(row, at, super::NEW, &bold)?;
            } else {
                sheet.write_blank(row, at, &text)?;
            }
        }
    }
    Ok(())
}

/// The least lines of a row, so that there is room to write, and the height of one, in points.
const LINES: f64 = 4.0;
const LINE_HEIGHT: f64 = 14.5;

/// How high a row must be for its longest text, in points; never less than four lines, so that there is
/// room to write.
fn height(action: &FormRow) -> f64 {
    let lines = |field: FormField, text: &str| {
        let column = COLUMNS.iter().find(|column| column.field == field);
        let width = usize::from(column.map_or(10, |column| column.width));
        let of_line = |line: &str| line.chars().count().div_ceil(width).max(1);
        text.split('\n').map(of_line).sum::<usize>()
    };
    let lines = lines(FormField::What, &action.what)
        .max(lines(FormField::Timescale, &action.timescale))
        .max(lines(FormField::Stands, &action.stands));
    // Excel knows no row higher than 409 points.
    ((lines as f64).max(LINES) * LINE_HEIGHT + 4.0).min(409.0)
}

/// The rows to fill in, first and last.
fn rows(form: &Form) -> (u32, u32) {
    (HEADINGS + 1, HEADINGS + form.rows.len() as u32 + NEW_ROWS)
}

fn column(field: FormField) -> u16 {
    let at = COLUMNS
        .iter()
        .position(|column: &FormColumn| column.field == field);
    at.unwrap_or_default() as u16
}

/// What the cells offer and check.
fn choices(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    let (first, last) = rows(form);
    let list = |choices: &[&str]| -> anyhow::Result<DataValidation> {
        let title = "Please choose from the list";
        let message = format!("Choose {}, or leave the cell empty.", either(choices));
        Ok(DataValidation::new()
            .allow_list_strings(choices)?
            .set_error_title(title)?
            .set_error_message(message)?)
    };
    for (field, choices) in [
        (FormField::Rag, &RAG_CHOICES[..]),
        (FormField::Status, &STATUS_CHOICES[..]),
    ] {
        let at = column(field);
        sheet.add_data_validation(first, at, last, at, &list(choices)?)?;
    }
    let example = form.day.long();
    let earliest = ExcelDateTime::from_ymd(form.day.year().clamp(1901, 2199) as u16 - 1, 1, 1)?;
    let day = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(earliest))
        .set_input_title("Date of this report")?
        .set_input_message(format!(
            "The day on which you report, for example {example}."
        ))?
        .set_error_title("This is not a date")?
        .set_error_message(format!("Please write a day, for example {example}."))?;
    sheet.add_data_validation(DATE, DATE_COLUMN, DATE, DATE_COLUMN, &day)?;
    let at = column(FormField::Evidence);
    for (row, action) in (first..).zip(&form.rows) {
        let Some(hint) = promised(&action.evidence) else {
            continue;
        };
        let hint = DataValidation::new()
            .allow_any_value()
            .set_input_title("The plan promises")?
            .set_input_message(hint)?;
        sheet.add_data_validation(row, at, row, at, &hint)?;
    }
    Ok(())
}

/// "Red, Amber or Green".
fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.join(""),
    }
}

/// The evidence that the plan promises, as far as Excel's hints hold it (255 characters).
fn promised(evidence: &[String]) -> Option<String> {
    let mut hint = String::new();
    for item in evidence {
        let line = format!("{}{item}", if hint.is_empty() { "" } else { "\n" });
        if hint.chars().count() + line.chars().count() > 250 {
            break;
        }
        hint += &line;
    }
    (!hint.is_empty()).then_some(hint)
}

/// Colours the ratings; the words say it too.
fn colours(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    let (first, last) = rows(form);
    let at = column(FormField::Rag);
    let tints = [0xF4_C7_C3, 0xFC_E0_A6, 0xC9_E7_CB, 0xC6_DA_F5];
    for (word, tint) in RAG_CHOICES.into_iter().zip(tints) {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(word.to_owned()))
            .set_format(
                Format::new()
                    .set_background_color(Color::RGB(tint))
                    .set_bold(),
            );
        sheet.add_conditional_format(first, at, last, at, &rule)?;
    }
    Ok(())
}

/// What stays in sight, what may be changed, and how it is printed.
fn page(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    let options = ProtectionOptions {
        format_rows: true,
        format_columns: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    sheet.protect_with_options(&options);
    // An id such as 1.10 is a text, and no mistake.
    let (first, last) = rows(form);
    let last_column = COLUMNS.len() as u16 - 1;
    sheet.ignore_error_range(first, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    sheet.set_selection(DATE, DATE_COLUMN, DATE, DATE_COLUMN)?;
    sheet.set_screen_gridlines(false);
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L&8{ID_LABEL} {}&R&8Page &P of &N", form.id));
    Ok(())
}

/// The sheet that nobody sees: which form it is, and what each row rested on.
fn about(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    sheet.set_name(HIDDEN)?;
    sheet.set_very_hidden(true);
    let day = form.day.to_string();
    let head = [
        ("form", &form.id),
        ("board", &form.board),
        ("plan", &form.plan),
        ("group", &form.group),
        ("made", &day),
    ];
    let states = form.rows.iter().map(|row| (row.id.as_str(), &row.state));
    let state = "state".to_owned();
    let lines = head.into_iter().chain([("action", &state)]).chain(states);
    for (row, (name, value)) in (0..).zip(lines) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}
