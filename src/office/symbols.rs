//! Fonts whose signs are no letters: what a person sees of a character that is set in one of them.

use super::blocks::Unreadable;

/// The fonts that are known, by their names in small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignFont {
    Symbol,
    Wingdings,
    Wingdings2,
    Webdings,
}

impl SignFont {
    /// The font of this name, if it is one of signs.
    pub fn from_name(name: &str) -> Option<SignFont> {
        let name = name.trim().trim_matches(['"', '\'']).to_lowercase();
        match name.as_str() {
            "symbol" => Some(SignFont::Symbol),
            "wingdings" => Some(SignFont::Wingdings),
            "wingdings 2" => Some(SignFont::Wingdings2),
            "webdings" => Some(SignFont::Webdings),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            SignFont::Symbol => "Symbol",
            SignFont::Wingdings => "Wingdings",
            SignFont::Wingdings2 => "Wingdings 2",
            SignFont::Webdings => "Webdings",
        }
    }

    /// What a character in this font shows; none for a sign that no letter stands for. Office programs
    /// number the signs from U+F000 or from 0.
    fn sign(self, c: char) -> Option<char> {
        let code = match u32::from(c) {
            code @ 0..=0xff => code,
            code @ 0xf000..=0xf0ff => code - 0xf000,
            // Typed in another font's place: the program shows the letter itself.
            _ => return Some(c),
        };
        let code = code as u8;
        if code == b' ' || code == 0xa0 || code < 0x20 {
            return Some(c);
        }
        match self {
            SignFont::Symbol => SYMBOL.chars().nth(usize::from(code.checked_sub(0x20)?)),
            SignFont::Wingdings => find(WINGDINGS, code),
            SignFont::Wingdings2 => find(WINGDINGS_2, code),
            SignFont::Webdings => find(WEBDINGS, code),
        }
        .filter(|sign| *sign != UNKNOWN)
    }
}

/// A text in a font of signs as a person sees it, and the first sign that is not known.
pub fn signs(text: &str, font: Option<SignFont>) -> (String, Option<Unreadable>) {
    let mut unknown = None;
    let seen = text.chars().map(|c| {
        let sign = match font {
            Some(font) => font.sign(c),
            None if is_sign(c) => without_font(c),
            None => Some(c),
        };
        sign.unwrap_or_else(|| {
            let name = font.map_or("that is not named", SignFont::name);
            let number = format!("{:04X}", u32::from(c));
            unknown.get_or_insert(Unreadable::Sign(number, name.to_owned()));
            char::REPLACEMENT_CHARACTER
        })
    });
    (seen.collect(), unknown)
}

/// The sign of a character that an office program moved out of Unicode's letters, where no font is
/// named with it: the few that all such fonts agree on or that Word writes so.
fn without_font(c: char) -> Option<char> {
    match u32::from(c) {
        0xf0b7 | 0xf0a7 => Some('•'),
        0xf0fc => Some('✓'),
        0xf0fb => Some('✗'),
        0xf0e0 => Some('→'),
        0xf020 => Some(' '),
        _ => None,
    }
}

/// Whether a character is one that only a font of signs shows.
fn is_sign(c: char) -> bool {
    ('\u{f000}'..='\u{f0ff}').contains(&c)
}

fn find(table: &[(u8, char)], code: u8) -> Option<char> {
    let found = table.iter().find(|(known, _)| *known == code);
    found.map(|(_, sign)| *sign)
}

/// Stands where the font has no sign.
const UNKNOWN: char = '\u{fffd}';

/// The font Symbol from 0x20 on, as its own encoding numbers it (Adobe's Symbol encoding).
const SYMBOL: &str = concat!(
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "\u{203e}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\u{fffd}",
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓",
    "°±″≥×∝∂•÷≠≡≈…\u{fffd}\u{fffd}↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉",
    "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    "◊〈®©™∑\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}〉∫⌠\u{fffd}⌡",
);

/// The signs of Wingdings that a plan may hold: ticks, crosses, boxes, bullets, arrows, flags.
const WINGDINGS: &[(u8, char)] = &[
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x46, '☞'),
    (0x4a, '☺'),
    (0x4b, '😐'),
    (0x4c, '☹'),
    (0x4f, '⚐'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '◻'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x78, '⌧'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa0, '▪'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xf3, '⬄'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

const WINGDINGS_2: &[(u8, char)] = &[
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0x98, '●'),
    (0xa3, '□'),
];

const WEBDINGS: &[(u8, char)] = &[
    (0x61, '✓'),
    (0x63, '□'),
    (0x67, '■'),
    (0x6e, '●'),
    (0x72, '✗'),
    (0x3d, '■'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_their_fonts_show() {
        let symbol = |code: u32| SignFont::Symbol.sign(char::from_u32(code).unwrap());
        // The encoding's table in Unicode's own mapping of the font (SYMBOL.TXT of Adobe).
        let known = [
            (0xf0b3, '≥'),
            (0xf0a3, '≤'),
            (0xf0b1, '±'),
            (0xf0b0, '°'),
            (0xf0b7, '•'),
            (0xf0ae, '→'),
            (0xf0b4, '×'),
            (0xf0b8, '÷'),
            (0xf0b9, '≠'),
            (0xf0bb, '≈'),
            (0xf061, 'α'),
            (0xf06d, 'μ'),
            (0xf077, 'ω'),
            (0xf07a, 'ζ'),
            (0xf044, 'Δ'),
            (0xf057, 'Ω'),
            (0xf0a0, '\u{f0a0}'),
            (0xf0d6, '√'),
            (0xf0e5, '∑'),
            (0xf0de, '⇒'),
            (0xf0ce, '∈'),
            (0xf0f2, '∫'),
            (0x70, 'π'),
        ];
        for (code, sign) in known {
            assert_eq!(symbol(code), Some(sign), "{code:x}");
        }
        // Pieces of tall brackets are no signs.
        assert_eq!(symbol(0xf0e7), None);
        assert_eq!(SignFont::Wingdings.sign('ü'), Some('✓'));
        assert_eq!(SignFont::Wingdings2.sign('P'), Some('✓'));
        assert_eq!(
            SignFont::from_name(" Wingdings 2"),
            Some(SignFont::Wingdings2)
        );
        assert_eq!(SignFont::from_name("Calibri"), None);
    }
}
