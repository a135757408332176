//! Texts as YAML: plain where that is safe, quoted where it is not, folded or in lines where they are
//! long. A property test holds every form against the project's own reader.

use crate::document::is_hidden;

/// How wide a line of the files is.
const WIDTH: usize = 110;

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// After a key or a dash, on lines of its own.
    Block,
    /// Between brackets or braces.
    Flow,
}

/// A text on one line.
pub fn inline(text: &str, place: In) -> String {
    match is_plain(text, place) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// A text after a key that begins on a column: on its line if it fits, else folded, or in its own
/// lines. `indent` is how far the lines of a long text stand in; `used` what its line holds already.
pub fn text(text: &str, indent: usize, used: usize) -> String {
    let lines = || text.lines().map(str::to_owned);
    if text.contains(|c| is_hidden(c) && c != '\n')
        || text.trim() != text
        || text.is_empty()
        || !is_blockable(text)
    {
        return quoted(text);
    }
    if text.contains('\n') {
        return block("|-", lines(), indent);
    }
    let one = inline(text, In::Block);
    if used + one.chars().count() <= WIDTH {
        return one;
    }
    block(
        ">-",
        folded(text, WIDTH.saturating_sub(indent).max(40)),
        indent,
    )
}

/// Whether a block text gives it back: no line begins or ends with a space but to stand in lists.
fn is_blockable(text: &str) -> bool {
    let end = |line: &str| line.trim_end() == line;
    let begin = |line: &str| !line.starts_with('\t');
    !text.contains('\r')
        && text.lines().all(|line| end(line) && begin(line))
        && (text.contains('\n') || !text.contains("  "))
}

fn block(sign: &str, lines: impl IntoIterator<Item = String>, indent: usize) -> String {
    let mut block = sign.to_owned();
    for line in lines {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&" ".repeat(indent));
            block.push_str(&line);
        }
    }
    block
}

/// A text broken at its spaces.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Whether a text means itself without quotes.
fn is_plain(text: &str, place: In) -> bool {
    let bad_start = |c: char| "-?:,[]{}#&*!|>'\"%@`=~<".contains(c) || c.is_whitespace();
    let bare_word = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let flow = |c: char| place == In::Flow && ",[]{}".contains(c);
    !text.is_empty()
        && !text.starts_with(bad_start)
        && !text.ends_with(|c: char| c == ':' || c.is_whitespace())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(|c: char| c.is_control() || is_hidden(c) || flow(c))
        && !(place == In::Flow && text.contains(':'))
        && !text.starts_with("...")
        && !bare_word.contains(&text.to_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || is_hidden(c) => {
                let code = c as u32;
                quoted.push_str(&match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                });
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;
    use proptest::prelude::*;

    /// The texts of a document `a: TEXT`, `b: [TEXT]`, `c:` and a list of it, as the project's own
    /// reader has them.
    fn read_back(text: &str) -> Vec<String> {
        let document = format!(
            "a: {}\nb: [{}, x]\nc:\n  d:\n    - {}\n",
            super::text(text, 2, 3),
            inline(text, In::Flow),
            super::text(text, 8, 8)
        );
        let tree =
            yaml::read(&document).unwrap_or_else(|problems| panic!("{problems:?}\n{document}"));
        let root = tree.root(&document);
        let value = |at: usize| root.pairs().nth(at).map(|(_, value)| value).unwrap();
        let inner = value(2).pairs().next().unwrap().1;
        [
            value(0),
            value(1).items().next().unwrap(),
            inner.items().next().unwrap(),
        ]
        .map(|node| node.text().expect("a text").to_owned())
        .to_vec()
    }

    #[test]
    fn what_yaml_would_take_for_something_else_is_quoted() {
        for text in [
            "a: b",
            "x #y",
            "- a",
            "[22PR]",
            "%",
            "",
            " a ",
            "yes",
            "a:",
            "'",
            "\"",
            "---",
            "...",
            "\u{200b}a",
            "a\tb",
            "#",
            "1.10",
        ] {
            assert_eq!(read_back(text), [text, text, text], "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn every_text_comes_back_from_the_reader(text in "\\PC{0,60}|[-:#\\[\\]{}'\" a,&*!|>%@`~\n\\\\?]{0,24}|([a-z:#-]{1,9} ){10,40}[a-z]|(- )?([a-z]{1,9}[ \n]){1,40}\n\n  - [a-z:# ]{1,20}") {
            prop_assert_eq!(read_back(&text), vec![text.clone(), text.clone(), text.clone()]);
        }
    }
}
