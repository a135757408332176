//! Words as HTML: what a plan says is data, so nothing in it is markup.

use crate::document::{Piece, Subject, Tone, visible};

/// A text as it stands between tags or inside a quoted attribute; its hidden characters are shown.
pub fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_ref();
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// A text in one line.
pub fn inline(text: &str) -> String {
    escaped(text).replace('\n', " ")
}

/// The class of what has a tone, none for plain text.
pub fn class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Strong => Some("strong"),
        Tone::Faint => Some("faint"),
        Tone::Red => Some("red"),
        Tone::Amber => Some("amber"),
        Tone::Green => Some("green"),
        Tone::Blue => Some("blue"),
        Tone::Grey => Some("grey"),
    }
}

/// Running text: its line ends are kept, an empty line parts paragraphs, and lines that begin with
/// "- " are a list.
///
/// What is one paragraph stands bare, so that its place decides what is around it; several stand in
/// elements of their own.
pub fn flow(line: &[Piece]) -> String {
    let first = line.first().map_or("", |piece| piece.text.trim_start());
    let is_one_line = line.iter().all(|piece| !piece.text.contains('\n'));
    if is_one_line && !first.is_empty() && !first.starts_with("- ") {
        return line
            .iter()
            .map(|piece| linked(piece, toned(piece.tone, &piece.text)))
            .collect();
    }
    let chunks = chunks(line);
    if let [Chunk::Lines(lines)] = chunks.as_slice() {
        return lines.join("<br>");
    }
    chunks.iter().map(Chunk::element).collect()
}

/// Running text in elements of its own.
pub fn paragraphs(line: &[Piece]) -> String {
    chunks(line).iter().map(Chunk::element).collect()
}

/// What stands together in a text.
enum Chunk {
    Lines(Vec<String>),
    Items(Vec<String>),
}

impl Chunk {
    fn element(&self) -> String {
        match self {
            Chunk::Lines(lines) => format!("<p>{}</p>", lines.join("<br>")),
            Chunk::Items(items) => {
                let items = items.iter().map(|item| format!("<li>{item}</li>"));
                format!("<ul>{}</ul>", items.collect::<String>())
            }
        }
    }
}

fn chunks(line: &[Piece]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut parted = false;
    for pieces in lines(line) {
        if pieces.iter().all(|(_, text)| text.trim().is_empty()) {
            parted = true;
            continue;
        }
        let (is_item, html) = one_line(&pieces);
        match chunks.last_mut() {
            Some(Chunk::Items(items)) if is_item => items.push(html),
            Some(Chunk::Lines(lines)) if !is_item && !parted => lines.push(html),
            _ if is_item => chunks.push(Chunk::Items(vec![html])),
            _ => chunks.push(Chunk::Lines(vec![html])),
        }
        parted = false;
    }
    chunks
}

/// The pieces of each line of a text.
fn lines(line: &[Piece]) -> Vec<Vec<(&Piece, &str)>> {
    let mut lines = vec![Vec::new()];
    for piece in line {
        for (number, text) in piece.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let Some(last) = lines.last_mut() {
                last.push((piece, text));
            }
        }
    }
    lines
}

/// A line as HTML, and whether it is an item of a list.
fn one_line(pieces: &[(&Piece, &str)]) -> (bool, String) {
    let first = pieces.first().map_or("", |(_, text)| *text);
    let item = first.trim_start().strip_prefix("- ");
    let mut html = String::new();
    for (number, (piece, text)) in pieces.iter().enumerate() {
        let text = item.filter(|_| number == 0).unwrap_or(text);
        html.push_str(&linked(piece, toned(piece.tone, text)));
    }
    (item.is_some(), html)
}

/// What leads to a page, as a link; all else as it is.
fn linked(piece: &Piece, html: String) -> String {
    match piece.about.as_deref() {
        Some(Subject::Address(address)) if !html.is_empty() => {
            format!("<a href=\"{}\">{html}</a>", escaped(address))
        }
        _ => html,
    }
}

fn toned(tone: Tone, text: &str) -> String {
    let text = escaped(text);
    match class(tone) {
        None => text,
        Some(_) if text.is_empty() => text,
        Some("strong") => format!("<strong>{text}</strong>"),
        Some(class) => format!("<span class=\"{class}\">{text}</span>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{piece, plain};

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            escaped("<b a=\"1\" c='2'>&amp;\u{202e}"),
            r"&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;\u{202e}"
        );
    }

    #[test]
    fn lines_are_kept_and_runs_of_dashes_are_lists() {
        assert_eq!(flow(&plain("one\ntwo")), "one<br>two");
        assert_eq!(
            flow(&plain("We will:\n- ask\n- listen\nand act\n\nLater")),
            "<p>We will:</p><ul><li>ask</li><li>listen</li></ul><p>and act</p><p>Later</p>"
        );
        assert_eq!(flow(&plain("-1 is a number")), "-1 is a number");
        assert_eq!(flow(&plain("")), "");
    }

    #[test]
    fn a_tone_goes_on_over_the_end_of_a_line() {
        let line = vec![piece(Tone::Strong, "a\nb"), piece(Tone::Red, " c")];
        assert_eq!(
            flow(&line),
            "<strong>a</strong><br><strong>b</strong><span class=\"red\"> c</span>"
        );
    }
}
