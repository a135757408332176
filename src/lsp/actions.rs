//! Quick fixes: what a finding itself says would be right, and a comment that lets it pass.

use std::path::Path;

use lsp_types::{Diagnostic, Range, TextEdit};
use serde_json::{Value, json};

use super::desk::{Desk, Home, range, range_in};
use super::diagnostics::{diagnostic, findings};
use crate::edit::{self, Patch};
use crate::estate::Reading;
use crate::finding::Placed;
use crate::lint::FIXED;
use crate::source::Source;

/// What can be done about the findings in a part of a file, as the protocol has it.
pub fn actions(desk: &mut Desk, path: &Path, part: Range) -> Option<Vec<Value>> {
    let home = desk.home(path)?;
    let reading = desk.reading(path)?;
    let open = desk.open.get(path)?;
    let mut actions = Vec::new();
    for finding in findings(desk, &reading) {
        if finding.place.path != home.key {
            continue;
        }
        let shown = diagnostic(desk, &home.root, &reading, &finding);
        if shown.range.end < part.start || part.end < shown.range.start {
            continue;
        }
        if let Some(fix) = &finding.fix {
            let edit = TextEdit {
                range: range(&reading, fix.at),
                new_text: fix.text.clone(),
            };
            let title = format!("Write `{}`", fix.text);
            actions.push(action(&title, &open.address, edit, &shown, true));
        }
        if let Some(edit) = allowance(desk, &home, &open.source, &finding) {
            let title = format!("Allow this `{}` with a comment", finding.rule);
            actions.push(action(&title, &open.address, edit, &shown, false));
        }
    }
    Some(actions)
}

fn action(title: &str, address: &str, edit: TextEdit, about: &Diagnostic, sure: bool) -> Value {
    json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": [about],
        "isPreferred": sure,
        "edit": {"changes": {address: [edit]}},
    })
}

/// A comment above the finding's line that lets it pass; none where no comment can stand there, as
/// inside a text of several lines. That it does what it says is tried before it is offered.
fn allowance(desk: &Desk, home: &Home, source: &Source, finding: &Placed) -> Option<TextEdit> {
    if FIXED.contains(&finding.rule) || finding.rule == "bad-allowance" {
        return None;
    }
    let start = source.offset_of_utf16(finding.place.start.line as u32 - 1, 0);
    let line = source.text[start..].split(['\r', '\n']).next()?;
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let end = if source.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let comment = format!("{indent}# plan: allow {}: say why{end}", finding.rule);
    let patch = Patch {
        range: start..start,
        text: comment.clone(),
    };
    let text = edit::apply(&source.text, &[patch]).ok()?;
    let after = desk.read(home, Some(text))?;
    (count(desk, &after, home, finding) < count(desk, &desk.read(home, None)?, home, finding)).then(
        || TextEdit {
            range: range_in(source, &(start..start)),
            new_text: comment,
        },
    )
}

/// How many findings of the same rule a file has; too many to matter where it cannot be read.
fn count(desk: &Desk, reading: &Reading, home: &Home, like: &Placed) -> usize {
    if reading.unread.contains(&home.key) {
        return usize::MAX;
    }
    let findings = findings(desk, reading);
    let same = findings.iter().filter(|other| other.place.path == home.key);
    same.filter(|other| [like.rule, "bad-allowance"].contains(&other.rule))
        .count()
}
