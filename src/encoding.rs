//! Bytes as text, in the encodings in which office programs save it.

/// The text of a file: UTF-8, UTF-16 with its mark, or Windows-1252, as Excel saves CSV. None where
/// the bytes are not what their mark says.
pub fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
        }),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .ok()
}

/// The letter of a byte in Windows' code page for Western Europe.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_encoding_that_it_was_saved_in() {
        assert_eq!(decode("é".as_bytes()).as_deref(), Some("é"));
        assert_eq!(decode(b"\xef\xbb\xbf\xc3\xa9").as_deref(), Some("é"));
        assert_eq!(decode(b"\xff\xfe\xe9\x00").as_deref(), Some("é"));
        assert_eq!(decode(b"\xfe\xff\x00\xe9").as_deref(), Some("é"));
        assert_eq!(
            decode(b"\x93quoted\x94 \x96 \xe9").as_deref(),
            Some("“quoted” – é")
        );
        // Half of a pair of UTF-16, and what only begins like UTF-8.
        assert_eq!(decode(b"\xff\xfe\x00\xd8"), None);
        assert_eq!(decode(b"\xef\xbb\xbf\xff"), None);
    }
}
