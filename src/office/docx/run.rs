//! How words look in a Word document, as far as it says something: struck out, hidden, coloured, in a
//! font of signs.

use crate::office::blocks::Why;
use crate::office::looks::colour;
use crate::office::symbols::SignFont;
use crate::office::xml::Attributes;

/// The look of a run of words.
#[derive(Clone, Debug, Default)]
pub struct RunLook {
    pub style: Option<String>,
    pub bold: bool,
    pub struck: Option<bool>,
    pub hidden: Option<bool>,
    pub font: Option<SignFont>,
    /// The colour of its words, and the one behind them.
    pub ink: Option<String>,
    pub fill: Option<String>,
}

impl RunLook {
    /// Takes one property.
    pub fn property(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "rStyle" => self.style = attributes.get("val"),
            "b" => self.bold = attributes.is_on(),
            "strike" | "dstrike" => self.struck = Some(attributes.is_on()),
            "vanish" | "specVanish" => self.hidden = Some(attributes.is_on()),
            "color" => self.ink = attributes.get("val").and_then(|value| colour(&value)),
            "shd" => self.fill = attributes.get("fill").and_then(|value| colour(&value)),
            "highlight" => {
                self.fill = attributes.get("val").as_deref().and_then(highlight);
            }
            "rFonts" => {
                let name = attributes.get("ascii").or_else(|| attributes.get("hAnsi"));
                self.font = name.as_deref().and_then(SignFont::from_name);
            }
            _ => {}
        }
    }

    /// Why its words are not said, where they are not.
    pub fn aside(&self) -> Option<Why> {
        if self.hidden == Some(true) {
            Some(Why::HiddenWords)
        } else if self.struck == Some(true) {
            Some(Why::StruckOut)
        } else {
            None
        }
    }
}

/// The colours of Word's marker pen (ISO/IEC 29500-1, 17.18.40).
fn highlight(name: &str) -> Option<String> {
    let figures = match name {
        "black" => "000000",
        "blue" => "0000FF",
        "cyan" => "00FFFF",
        "darkBlue" => "000080",
        "darkCyan" => "008080",
        "darkGray" => "808080",
        "darkGreen" => "008000",
        "darkMagenta" => "800080",
        "darkRed" => "800000",
        "darkYellow" => "808000",
        "green" => "00FF00",
        "lightGray" => "C0C0C0",
        "magenta" => "FF00FF",
        "red" => "FF0000",
        "yellow" => "FFFF00",
        _ => return None,
    };
    Some(figures.to_owned())
}
