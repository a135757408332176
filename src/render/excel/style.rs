//! How cells of a workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::SummaryLook;
use crate::document::{Align, Tone};
use crate::render::shade::{self, Rgb, Shade};

/// How days are shown; the cell holds a day, not these words.
const DAY: &str = "d mmm yyyy";

const LINES: Rgb = 0xA6B1BC;
const LINK: Rgb = 0x1A4F8B;

/// The formats, made once.
pub struct CellFormats {
    looks: Vec<(SummaryLook, Format)>,
    cell: Format,
}

impl CellFormats {
    pub fn new() -> CellFormats {
        let looks = [
            SummaryLook::Title,
            SummaryLook::Heading,
            SummaryLook::Notice,
            SummaryLook::Strong,
            SummaryLook::Link,
            SummaryLook::Plain,
            SummaryLook::Faint,
            SummaryLook::Code,
        ];
        let base = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_align(FormatAlign::Top);
        let cell = base
            .clone()
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINES));
        CellFormats {
            looks: (looks.into_iter())
                .map(|look| (look, looking(base.clone().set_text_wrap(), look)))
                .collect(),
            cell,
        }
    }

    pub fn look(&self, look: SummaryLook) -> &Format {
        let found = self.looks.iter().find(|(made, _)| *made == look);
        found.map_or(&self.cell, |(_, format)| format)
    }

    pub fn heading(&self, align: Align) -> Format {
        let format = shaded(self.cell.clone(), shade::HEADING).set_bold();
        aligned(format, align).set_align(FormatAlign::Bottom)
    }

    /// A cell of a table; one that repeats what stands above is fainter.
    pub fn cell(&self, align: Align, tone: Tone, repeated: bool) -> Format {
        let tone = if repeated { Tone::Faint } else { tone };
        let format = aligned(self.cell.clone(), align);
        let format = match tone {
            Tone::Strong | Tone::Red | Tone::Amber | Tone::Green | Tone::Blue => format.set_bold(),
            Tone::Plain | Tone::Faint | Tone::Grey => format,
        };
        match shade::ink(tone) {
            Some(ink) => format.set_font_color(Color::RGB(ink)),
            None => format,
        }
    }

    pub fn day(&self, repeated: bool) -> Format {
        let format = self.cell(Align::Left, Tone::Plain, repeated);
        format.set_num_format(DAY)
    }

    pub fn rating(&self, tone: Tone) -> Format {
        match shade::shade(tone) {
            Some(shade) => shaded(self.cell.clone(), shade).set_bold(),
            None => self.cell.clone(),
        }
    }
}

fn looking(format: Format, look: SummaryLook) -> Format {
    match look {
        SummaryLook::Title => format.set_font_size(16).set_bold(),
        SummaryLook::Heading => format.set_font_size(12).set_bold(),
        SummaryLook::Notice => shaded(format, shade::NOTICE).set_bold(),
        SummaryLook::Strong => format.set_bold(),
        SummaryLook::Link => format
            .set_font_color(Color::RGB(LINK))
            .set_underline(FormatUnderline::Single),
        SummaryLook::Plain => format,
        SummaryLook::Faint => match shade::ink(Tone::Faint) {
            Some(ink) => format.set_font_color(Color::RGB(ink)),
            None => format,
        },
        SummaryLook::Code => format.set_font_name("Courier New").set_font_size(9),
    }
}

fn shaded(format: Format, shade: Shade) -> Format {
    format
        .set_background_color(Color::RGB(shade.ground))
        .set_font_color(Color::RGB(shade.ink))
}

fn aligned(format: Format, align: Align) -> Format {
    match align {
        Align::Left => format.set_align(FormatAlign::Left),
        Align::Right => format.set_align(FormatAlign::Right).set_indent(1),
    }
}
