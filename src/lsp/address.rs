//! The addresses that editors give files, and paths.
//!
//! `windows` says how the machine writes paths; it is passed in so that both can be tried anywhere.

/// The path that a `file:` address names; none for others, and for what is no text.
pub fn path_of(address: &str, windows: bool) -> Option<String> {
    let rest = address.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = decoded(path)?;
    let local = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    if !windows {
        return local.then_some(path);
    }
    if !local {
        return Some(format!(r"\\{host}{}", path.replace('/', r"\")));
    }
    let drive = path.trim_start_matches('/');
    let lettered = drive
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphabetic)
        && drive.as_bytes().get(1) == Some(&b':');
    let path = if lettered { drive } else { &path };
    Some(path.replace('/', r"\"))
}

/// The address of a path.
pub fn address_of(path: &str, windows: bool) -> String {
    let path = if windows {
        path.trim_start_matches(r"\\?\").replace('\\', "/")
    } else {
        path.to_owned()
    };
    match path.strip_prefix("//") {
        Some(share) if windows => format!("file://{}", encoded(share)),
        _ if path.starts_with('/') => format!("file://{}", encoded(&path)),
        _ => format!("file:///{}", encoded(&path)),
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(bytes).ok()
}

/// An address as the standard wants it: what an editor left bare in it, brackets, spaces and letters with
/// accents, as percent escapes.
pub fn strict(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*'
            | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?' | b'#' => {
                text.push(char::from(byte))
            }
            _ => text += &format!("%{byte:02X}"),
        }
    }
    text
}

fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
            b'/' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text += &format!("%{byte:02X}"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_path_and_back() {
        for (address, path, windows) in [
            ("file:///a/b%20c/%C3%A9.yaml", "/a/b c/é.yaml", false),
            ("file:///c%3A/plans/x.yaml", r"c:\plans\x.yaml", true),
            ("file://server/plans/x.yaml", r"\\server\plans\x.yaml", true),
        ] {
            assert_eq!(path_of(address, windows).as_deref(), Some(path));
            assert_eq!(address_of(path, windows), address);
        }
        // Editors write a drive's colon either way.
        let plain = path_of("file:///C:/plans/x.yaml", true);
        assert_eq!(plain.as_deref(), Some(r"C:\plans\x.yaml"));
        let long = address_of(r"\\?\C:\plans\x.yaml", true);
        assert_eq!(long, "file:///C%3A/plans/x.yaml");
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for address in [
            "untitled:Untitled-1",
            "https://example.org/x.yaml",
            "file://server/x.yaml",
            "file:///%zz",
            "file:///%ff",
            "file:///%4",
            "file:",
            "file://",
            "",
        ] {
            assert_eq!(path_of(address, false), None, "{address}");
        }
    }
}
