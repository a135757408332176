//! How cells of a workbook look, as far as it says something: the format of numbers, fonts, colours.

use crate::office::Refusal;
use crate::office::looks::colour;
use crate::office::package::Package;
use crate::office::symbols::SignFont;
use crate::office::xml::{self, Attributes, XmlEvent};

/// The styles of a workbook.
#[derive(Debug, Default)]
pub struct SheetStyles {
    formats: Vec<(usize, String)>,
    fonts: Vec<Font>,
    fills: Vec<Option<String>>,
    cells: Vec<(usize, usize, usize)>,
    /// What a condition lays over a cell: the colour behind it, and that of its words.
    pub laid_over: Vec<(Option<String>, Option<String>)>,
    theme: Vec<String>,
}

/// A font, as far as it says something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Font {
    pub struck: bool,
    pub ink: Option<String>,
    pub signs: Option<SignFont>,
}

/// The look of a cell.
#[derive(Debug)]
pub struct CellLook<'s> {
    pub format: &'s str,
    pub font: Font,
    pub fill: Option<String>,
}

impl SheetStyles {
    /// Reads the styles. Errors: a part that is no XML.
    pub fn read(package: &mut Package) -> Result<SheetStyles, Refusal> {
        let mut styles = SheetStyles {
            theme: theme(package)?,
            ..SheetStyles::default()
        };
        let part = "xl/styles.xml";
        if !package.has(part) {
            return Ok(styles);
        }
        let text = package.part(part)?;
        let mut inside = String::new();
        xml::walk(&text, part, |event| {
            match event {
                XmlEvent::Start(name, attributes) => styles.start(name, attributes, &mut inside),
                XmlEvent::End(name) if name == inside => inside.clear(),
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    fn start(&mut self, name: &str, attributes: &Attributes, inside: &mut String) {
        match name {
            "numFmts" | "fonts" | "fills" | "cellXfs" | "dxfs" | "cellStyleXfs" => {
                name.clone_into(inside);
            }
            "numFmt" if inside == "numFmts" => {
                let id = attributes.number("numFmtId").unwrap_or(0);
                self.formats
                    .push((id, attributes.get("formatCode").unwrap_or_default()));
            }
            "font" if inside == "fonts" => self.fonts.push(Font::default()),
            "fill" if inside == "fills" => self.fills.push(None),
            "xf" if inside == "cellXfs" => {
                let number = |name: &str| attributes.number(name).unwrap_or(0);
                self.cells
                    .push((number("numFmtId"), number("fontId"), number("fillId")));
            }
            "dxf" => self.laid_over.push((None, None)),
            _ if inside == "fonts" => {
                if let Some(mut font) = self.fonts.pop() {
                    font.property(name, attributes, self);
                    self.fonts.push(font);
                }
            }
            "patternFill"
                if attributes
                    .get("patternType")
                    .is_some_and(|kind| kind == "none") => {}
            // A solid colour is that of the pattern's dots, which are everywhere.
            "fgColor" if inside == "fills" => {
                let colour = self.colour(attributes);
                if let Some(fill) = self.fills.last_mut() {
                    *fill = colour;
                }
            }
            "fgColor" | "bgColor" if inside == "dxfs" => {
                let colour = self.colour(attributes);
                if let Some((fill, _)) = self.laid_over.last_mut() {
                    *fill = colour.or(fill.take());
                }
            }
            "color" if inside == "dxfs" => {
                let colour = self.colour(attributes);
                if let Some((_, ink)) = self.laid_over.last_mut() {
                    *ink = ink.take().or(colour);
                }
            }
            _ => {}
        }
    }

    /// A colour as six figures; none where it is the program's own.
    pub fn colour(&self, attributes: &Attributes) -> Option<String> {
        if let Some(figures) = attributes.get("rgb") {
            // The first two say how much shines through.
            return colour(figures.get(figures.len().checked_sub(6)?..)?);
        }
        if let Some(number) = attributes.number("theme") {
            let tint = attributes.get("tint").and_then(|tint| tint.parse().ok());
            return Some(tinted(self.theme.get(number)?, tint.unwrap_or(0.0)));
        }
        let number = attributes.number("indexed")?;
        // The first eight stand twice.
        let number = if number < 8 { number } else { number - 8 };
        INDEXED.get(number).map(|figures| (*figures).to_owned())
    }

    /// The look of a cell, by the number of its style.
    pub fn look(&self, style: usize) -> CellLook<'_> {
        let (format, font, fill) = self.cells.get(style).copied().unwrap_or_default();
        let given = self.formats.iter().find(|(id, _)| *id == format);
        CellLook {
            format: given.map_or_else(|| builtin(format), |(_, code)| code),
            font: self.fonts.get(font).cloned().unwrap_or_default(),
            fill: self.fills.get(fill).cloned().flatten(),
        }
    }
}

impl Font {
    /// Takes one property of a font or of a run.
    pub fn property(&mut self, name: &str, attributes: &Attributes, styles: &SheetStyles) {
        match name {
            "strike" => self.struck = attributes.is_on(),
            "color" => {
                let colour = styles.colour(attributes);
                self.ink = colour.filter(|colour| colour != "000000");
            }
            "name" | "rFont" => {
                self.signs = attributes
                    .get("val")
                    .as_deref()
                    .and_then(SignFont::from_name);
            }
            _ => {}
        }
    }
}

/// The colours of the workbook's theme, in the order in which cells number them.
fn theme(package: &mut Package) -> Result<Vec<String>, Refusal> {
    let part = "xl/theme/theme1.xml";
    if !package.has(part) {
        return Ok(Vec::new());
    }
    let text = package.part(part)?;
    let (mut colours, mut inside) = (Vec::new(), false);
    xml::walk(&text, part, |event| {
        match event {
            XmlEvent::Start("clrScheme", _) => inside = true,
            XmlEvent::End("clrScheme") => inside = false,
            XmlEvent::Start("srgbClr", attributes) if inside => {
                colours.push(attributes.get("val").unwrap_or_default());
            }
            XmlEvent::Start("sysClr", attributes) if inside => {
                colours.push(attributes.get("lastClr").unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    })?;
    // The theme lists dark before light, cells number light before dark.
    if colours.len() >= 4 {
        colours.swap(0, 1);
        colours.swap(2, 3);
    }
    Ok(colours)
}

/// A colour made lighter (a tint above 0) or darker (below).
fn tinted(figures: &str, tint: f64) -> String {
    let part = |at: usize| {
        let value = figures
            .get(at..at + 2)
            .and_then(|part| u8::from_str_radix(part, 16).ok());
        let value = f64::from(value.unwrap_or(0));
        let tinted = if tint < 0.0 {
            value * (1.0 + tint)
        } else {
            value + (255.0 - value) * tint
        };
        tinted.round().clamp(0.0, 255.0) as u8
    };
    format!("{:02X}{:02X}{:02X}", part(0), part(2), part(4))
}

/// The formats that a workbook does not write down (ISO/IEC 29500-1, 18.8.30).
fn builtin(id: usize) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 | 19 | 20 | 21 | 45..=47 => "h:mm:ss",
        22 => "dd/mm/yyyy h:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        48 => "##0.0E+0",
        _ => "General",
    }
}

/// The colours that older workbooks name by number, from the eighth on (ISO/IEC 29500-1, 18.8.27).
const INDEXED: [&str; 56] = [
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000",
    "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF", "993366",
    "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00",
    "00FFFF", "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99",
    "99CCFF", "FF99CC", "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900",
    "FF6600", "666699", "969696", "003366", "339966", "003300", "333300", "993300", "993366",
    "333399", "333333",
];
