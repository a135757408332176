//! Counts as a picture: a bar for each row, its ratings stacked, drawn by Excel from the figures of the
//! row, so that it changes with them.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartRange, ChartSolidFill, ChartType,
    Color,
};

use crate::document::{Cell, Table, Tone};
use crate::render::shade;
use crate::render::widths::written;

/// How wide and high a chart is, in pixels: the height without its rows, and that of a row.
const WIDTH: u32 = 620;
const FRAME: u32 = 96;
const ROW: u32 = 26;

/// Rows of a sheet are so high where nobody says otherwise.
const SHEET_ROW: u32 = 20;

/// Rows with bars, and where their figures stand on the table's sheet.
pub struct Bars<'t> {
    table: &'t Table,
    sheet: &'t str,
    /// The first and the last row with a bar; none stands between two that have one.
    rows: (usize, usize),
    /// The column that names the rows, by its place on the sheet.
    names: u16,
    /// Whether these are days.
    are_days: bool,
    /// The columns that count a rating.
    counts: Vec<(u16, Tone)>,
}

impl<'t> Bars<'t> {
    /// The bars of a table, whose columns stand on a sheet; none where it draws none.
    pub fn in_table(table: &'t Table, sheet: &'t str) -> Option<Bars<'t>> {
        let rows = table.rows();
        let has_bar = |row: &Vec<Cell>| row.iter().any(|cell| matches!(cell, Cell::Bar(_)));
        let first = rows.iter().position(has_bar)?;
        let last = rows.iter().rposition(has_bar)?;
        let columns = written(table);
        let tone = |index: usize| match rows[first][index] {
            Cell::Tally(_, tone) => Some(tone),
            _ => None,
        };
        let placed = || columns.iter().enumerate();
        let counts = placed().filter_map(|(at, &index)| Some((at as u16, tone(index)?)));
        let counts: Vec<(u16, Tone)> = counts.collect();
        // A column of running text says more than a number.
        let is_name = |index: usize| matches!(rows[first][index], Cell::Text(_) | Cell::Date(_));
        let running = |index: usize| table.columns()[index].is_running();
        let names = placed().filter(|(_, index)| is_name(**index));
        let (names, &named) =
            names.max_by_key(|(at, index)| (running(**index), usize::MAX - at))?;
        Some(Bars {
            table,
            sheet,
            rows: (first, last),
            names: names as u16,
            are_days: matches!(rows[first][named], Cell::Date(_)),
            counts,
        })
    }

    fn range(&self, column: u16) -> ChartRange {
        // The headings stand in the sheet's first row.
        let (first, last) = (self.rows.0 as u32 + 1, self.rows.1 as u32 + 1);
        ChartRange::new_from_range(self.sheet, first, column, last, column)
    }

    /// The chart under a title.
    pub fn chart(&self, title: &str) -> Chart {
        let mut chart = Chart::new(ChartType::BarStacked);
        for (column, tone) in &self.counts {
            let fill = shade::shade(*tone).map_or(shade::WHITE, |shade| shade.ground);
            let mut fill_format = ChartFormat::new();
            fill_format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(fill)));
            let heading = ChartRange::new_from_range(self.sheet, 0, *column, 0, *column);
            chart
                .add_series()
                .set_name(&heading)
                .set_categories(&self.range(self.names))
                .set_values(&self.range(*column))
                .set_gap(45)
                .set_overlap(100)
                .set_format(&mut fill_format);
        }
        let mut plain = ChartFont::new();
        plain.set_name("Arial").set_size(9);
        let mut strong = ChartFont::new();
        strong.set_name("Arial").set_size(11).set_bold();
        // The library would take what begins with an equals sign for the place of a title.
        let title = title.trim_start_matches('=');
        chart.title().set_name(title).set_font(&strong);
        // Bars are drawn from below: reversed, the first row is the first bar.
        chart
            .y_axis()
            .set_reverse()
            .set_text_axis(true)
            .set_font(&plain);
        if self.are_days {
            chart.y_axis().set_num_format("d mmm yyyy");
        }
        chart.x_axis().set_font(&plain).set_major_unit(self.step());
        chart
            .legend()
            .set_position(ChartLegendPosition::Bottom)
            .set_font(&plain);
        chart.set_width(WIDTH).set_height(self.height());
        chart.set_alt_text(self.in_words());
        chart
    }

    /// The step between the axis's figures, which count whole actions.
    fn step(&self) -> f64 {
        let wholes = self.table.rows().iter().flatten().map(|cell| match cell {
            Cell::Bar(parts) => parts.iter().map(|(count, _)| count).sum(),
            _ => 0,
        });
        let longest: usize = wholes.max().unwrap_or(0);
        longest.div_ceil(8).max(1) as f64
    }

    /// How high the chart is, in pixels.
    fn height(&self) -> u32 {
        FRAME + ROW * (self.rows.1 - self.rows.0 + 1) as u32
    }

    /// How many rows of a sheet the chart covers, with a little room below.
    pub fn sheet_rows(&self) -> u32 {
        self.height() / SHEET_ROW + 2
    }

    /// What the chart shows, for those who cannot see it.
    fn in_words(&self) -> String {
        let columns = written(self.table);
        let words = |row: usize, at: u16| self.table.cell(row, columns[usize::from(at)]).words();
        let rows = (self.rows.0..=self.rows.1).map(|row| {
            let counts = self.counts.iter().filter_map(|(at, _)| {
                let rating = self.table.columns()[columns[usize::from(*at)]].title();
                let count = words(row, *at);
                (count != "0").then(|| format!("{count} {rating}"))
            });
            let counts: Vec<String> = counts.collect();
            format!("{}: {}", words(row, self.names), counts.join(", "))
        });
        let text = rows.collect::<Vec<_>>().join("; ");
        // Excel takes 255 characters.
        if text.chars().count() > 250 {
            text.chars().take(249).chain(['…']).collect()
        } else {
            text
        }
    }
}
