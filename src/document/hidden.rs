//! Characters that a reader cannot see.

use std::borrow::Cow;

/// A text with its control, bidirectional and invisible characters escaped (`\u{202e}`), so that
/// what a reader sees is what stands there. Line ends and the no-break space stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Most texts are plain letters. All are looked at, which a processor does many together.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') | (byte == b'\n');
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("\\u{{{:x}}}", c as u32));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a reader cannot see a character, or it changes how others are seen.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n';
    }
    let is_no_character = (c as u32) & 0xfffe == 0xfffe;
    c.is_control()
        || is_no_character
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_bidirectional_and_invisible_characters_are_shown_escaped() {
        assert_eq!(
            visible("a\u{202e}b\u{7}c\u{200b}d"),
            r"a\u{202e}b\u{7}c\u{200b}d"
        );
        assert_eq!(visible("tab\there"), r"tab\u{9}here");
        assert_eq!(
            visible("Early – identification\u{a0}é\n"),
            "Early – identification\u{a0}é\n"
        );
    }
}
