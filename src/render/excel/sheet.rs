//! A table on a sheet of its own: headings that stay in view, a filter, days and figures as such.

use rust_xlsxwriter::{ExcelDateTime, Worksheet};

use super::A4;
use super::style::CellFormats;
use super::text::{self, Rest, shown};
use crate::calendar::Day;
use crate::document::{Align, Cell, Column, Table, Tone};
use crate::render::widths::{Need, need, written};

/// The widest and the narrowest column, in characters.
const WIDEST: usize = 50;
const NARROWEST: usize = 6;

/// The widest sheet, in characters: printed on one page's width, a wider one is too small to read.
const SHEET: usize = 170;

/// The room for the filter's button beside a heading.
const BUTTON: usize = 3;

/// Makes the sheet of a table.
pub fn with_table(
    table: &Table,
    name: &str,
    styles: &CellFormats,
    rest: &mut Rest,
) -> anyhow::Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let columns = written(table);
    let widths = widths(table, &columns);
    for (at, &index) in columns.iter().enumerate() {
        let (at, column) = (at as u16, &table.columns()[index]);
        let heading = shown(column.title()).replace('\n', " ");
        sheet.write_string_with_format(0, at, heading, &styles.heading(column.align))?;
        sheet.set_column_width(at, widths[usize::from(at)] as f64)?;
    }
    let headings = columns.iter().zip(&widths);
    let headings = headings.map(|(&index, width)| {
        let room = width.saturating_sub(BUTTON);
        text::height(table.columns()[index].title(), room, text::LINE)
    });
    sheet.set_row_height(0, headings.fold(0.0, f64::max))?;
    let high = |row: usize| {
        let cells = columns.iter().zip(&widths);
        let heights = cells.map(|(&index, width)| {
            let words = shown(&table.cell(row, index).words()).into_owned();
            text::height(&words, *width + width / 10, text::LINE)
        });
        heights.fold(0.0, f64::max)
    };
    for row in 0..table.rows().len() {
        sheet.set_row_height(row as u32 + 1, high(row))?;
        for (at, &index) in columns.iter().enumerate() {
            let place = (row as u32 + 1, at as u16);
            cell(&mut sheet, place, table, (row, index), styles, rest)?;
        }
    }
    if let Some(last) = columns.len().checked_sub(1) {
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofilter(0, 0, table.rows().len() as u32, last as u16)?;
        sheet.set_repeat_rows(0, 0)?;
    }
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// The columns' widths; where they are too much for a page, those with the fewest lines give way.
fn widths(table: &Table, columns: &[usize]) -> Vec<usize> {
    const LEAST: usize = 18;
    let wraps = |at: usize| table.columns()[columns[at]].wraps;
    let needs: Vec<Need> = columns.iter().map(|&index| need(table, index)).collect();
    let pairs = columns.iter().zip(&needs);
    let mut widths: Vec<usize> = pairs
        .map(|(&index, need)| width(&table.columns()[index], need))
        .collect();
    while widths.iter().sum::<usize>() > SHEET {
        let wide = (0..widths.len()).filter(|&at| wraps(at) && widths[at] > LEAST);
        let lines = |&at: &usize| needs[at].mass * SHEET / widths[at];
        let Some(loosest) = wide.min_by_key(lines) else {
            break;
        };
        widths[loosest] -= 1;
    }
    widths
}

fn width(column: &Column, need: &Need) -> usize {
    let heading = column.title().chars().count() + BUTTON;
    let least = if column.wraps {
        need.word
    } else {
        need.line.max(heading)
    };
    let wanted = need.line.max(heading.min(20)).max(least).max(need.heading) + 2;
    wanted.clamp(NARROWEST, WIDEST)
}

/// A cell by what it is. One that is merged with those above says the same again: a filter or a sort
/// over merged cells hides or tears them.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    table: &Table,
    (at, index): (usize, usize),
    styles: &CellFormats,
    rest: &mut Rest,
) -> anyhow::Result<()> {
    let repeated = table.rows()[at][index] == Cell::Above;
    let align = table.columns()[index].align;
    let plain = |tone| styles.cell(align, tone, repeated);
    match table.cell(at, index) {
        Cell::Text(piece) => {
            let text = rest.cell(&piece.text);
            sheet.write_string_with_format(row, column, text, &plain(piece.tone))?;
        }
        Cell::Rating(tone, word) => {
            sheet.write_string_with_format(row, column, shown(word), &styles.rating(*tone))?;
        }
        Cell::Tally(count, tone) => {
            let tone = if *count > 0 { *tone } else { Tone::Plain };
            sheet.write_number_with_format(row, column, *count as f64, &plain(tone))?;
        }
        Cell::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, &plain(Tone::Plain))?;
        }
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &plain(Tone::Plain))?;
        }
        Cell::Value(value, decimals) => {
            let format = plain(Tone::Plain);
            let format = match decimals {
                0 => format,
                decimals => format.set_num_format(format!("0.{}", "0".repeat(*decimals))),
            };
            sheet.write_number_with_format(row, column, *value, &format)?;
        }
        Cell::Date(day) => match serial(*day) {
            Some(date) => {
                sheet.write_datetime_with_format(row, column, &date, &styles.day(repeated))?;
            }
            None => {
                let words = day.short();
                sheet.write_string_with_format(row, column, words, &plain(Tone::Plain))?;
            }
        },
        Cell::Bar(_) | Cell::Trend(_) | Cell::Above | Cell::Empty => {
            let format = styles.cell(Align::Left, Tone::Plain, false);
            sheet.write_blank(row, column, &format)?;
        }
    }
    Ok(())
}

/// A day as Excel counts it; it knows none before 1900.
fn serial(day: Day) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}
