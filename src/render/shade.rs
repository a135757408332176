//! The colours of ratings on paper: a shade and the ink on it, for cells; an ink on white, for words.
//! Each pair has the contrast that WCAG 2.2 AA asks of text, 4.5 to 1.

use crate::document::Tone;

/// A colour as red, green and blue, eight bits each.
pub type Rgb = u32;

/// A cell's background, and what is legible on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    pub ground: Rgb,
    pub ink: Rgb,
}

pub const BLACK: Rgb = 0x000000;
pub const WHITE: Rgb = 0xFFFFFF;

/// The row of headings over a table.
pub const HEADING: Shade = Shade {
    ground: 0xDCE4EC,
    ink: 0x1B2A3A,
};

/// What a reader must know first.
pub const NOTICE: Shade = Shade {
    ground: 0xFDE7E7,
    ink: 0x8C1515,
};

/// How a rating's cell is shaded.
pub fn shade(tone: Tone) -> Option<Shade> {
    let (ground, ink) = match tone {
        Tone::Red => (0xC62828, WHITE),
        Tone::Amber => (0xFFC043, BLACK),
        Tone::Green => (0x2E7D32, WHITE),
        Tone::Blue => (0x1F5FA8, WHITE),
        Tone::Grey => (0xD9D9D9, BLACK),
        Tone::Plain | Tone::Strong | Tone::Faint => return None,
    };
    Some(Shade { ground, ink })
}

/// The colour of a word on white, where it has one.
pub fn ink(tone: Tone) -> Option<Rgb> {
    match tone {
        Tone::Red => Some(0xB71C1C),
        Tone::Amber => Some(0x8A5300),
        Tone::Green => Some(0x1B5E20),
        Tone::Blue => Some(0x0D47A1),
        Tone::Grey | Tone::Faint => Some(0x595959),
        Tone::Plain | Tone::Strong => None,
    }
}

/// A colour as office files write it: `C62828`.
pub fn hex(colour: Rgb) -> String {
    format!("{colour:06X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(colour: Rgb) -> f64 {
        let part = |shift: u32| {
            let value = f64::from((colour >> shift) & 0xFF) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_word_is_legible_on_its_ground() {
        assert_eq!(contrast(BLACK, WHITE).round(), 21.0);
        let tones = [
            Tone::Red,
            Tone::Amber,
            Tone::Green,
            Tone::Blue,
            Tone::Grey,
            Tone::Faint,
        ];
        let shades = tones.into_iter().filter_map(shade);
        for Shade { ground, ink } in shades.chain([HEADING, NOTICE]) {
            assert!(contrast(ground, ink) >= 4.5, "{ink:06X} on {ground:06X}");
        }
        for ink in tones.into_iter().filter_map(ink) {
            assert!(contrast(ink, WHITE) >= 4.5, "{ink:06X} on white");
        }
    }
}
