use crate::bytes::each_place;
use crate::document::is_hidden;
use crate::finding::{Finding, Severity};
use crate::source::Span;
use crate::yaml::{self, Node};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "hidden-characters",
    severity: Severity::Warning,
    summary: "A file holds a character that a reader cannot see, or that changes the order in \
          which others are shown.",
    why: "What a person reads is then not what the tool reads; such characters come with \
          copying, and can be put there to mislead.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, note: \"Done\u{200b}\"}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, note: Done}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (file, text) in context.texts() {
        let mut found = |start: usize, end: usize, c: char| {
            let at = Span {
                file,
                start: start as u32,
                end: end as u32,
            };
            let message = format!("a hidden character, U+{:04X}", c as u32);
            let help = "delete it; copy the text again as plain text if there are many";
            findings.push(Finding::new(RULE.name, at, message).help(help));
        };
        for (start, c) in hidden(text) {
            // Tabs and line ends are part of the form, a byte order mark of the encoding.
            let form = matches!(c, '\t' | '\r') || (c == '\u{feff}' && start == 0);
            if !form {
                found(start, start + c.len_utf8(), c);
            }
        }
        for (start, end, c) in written_as_escapes(text) {
            found(start, end, c);
        }
    }
}

/// The hidden characters of a text, and where they stand.
fn hidden(text: &str) -> Vec<(usize, char)> {
    let is_usual = |byte: u8| (0x20..0x7f).contains(&byte) | (byte == b'\n');
    let mut found = Vec::new();
    each_place(
        text.as_bytes(),
        |byte| !is_usual(byte),
        |at| {
            // None where a character goes on: it was seen where it began.
            let rest = text.get(at..).unwrap_or_default();
            let character = rest.chars().next().filter(|c| is_hidden(*c));
            found.extend(character.map(|character| (at, character)));
        },
    );
    found
}

/// Hidden characters that a text in double quotes writes as escapes. Few files have any escape, so
/// those that do are read once more.
fn written_as_escapes(text: &str) -> Vec<(usize, usize, char)> {
    let mut found = Vec::new();
    if !text.contains('\\') {
        return found;
    }
    let Ok(tree) = yaml::read(text) else {
        return found;
    };
    let mut nodes: Vec<Node> = vec![tree.root(text)];
    while let Some(node) = nodes.pop() {
        nodes.extend(node.items());
        nodes.extend(node.pairs().flat_map(|(key, value)| [key, value]));
        let (start, end) = (node.range().0 as usize, node.range().1 as usize);
        let hidden = |c: &char| is_hidden(*c) && *c != '\t' && *c != '\r';
        let value = node.text().and_then(|value| value.chars().find(hidden));
        if let Some(c) = value.filter(|c| !text[start..end].contains(*c)) {
            found.push((start, end, c));
        }
    }
    found
}
