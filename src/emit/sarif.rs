//! Findings as SARIF 2.1.0 (OASIS), which code scanning reads.

use serde_json::{Value, json};

use crate::document::visible;
use crate::finding::{Placed, Severity};
use crate::lint::{RULES, Rule};
use crate::report::Envelope;
use crate::report::findings::Findings;
use crate::source::Place;

pub fn sarif(paper: &Envelope<Findings>, findings: &[Placed]) -> serde_json::Result<String> {
    let unread = paper.incomplete.iter().map(|file| {
        json!({
            "level": "error",
            "message": {"text": text(&format!("INCOMPLETE: {file} could not be read"))},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}],
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "plan",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": paper.incomplete.is_empty(),
                "toolExecutionNotifications": unread.collect::<Vec<Value>>(),
            }],
            "results": findings.iter().map(result).collect::<Vec<Value>>(),
        }],
    });
    crate::render::json(&log)
}

fn level(severity: Severity) -> &'static str {
    severity.word()
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": format!("{} {}", rule.summary, rule.why)},
        "help": {"text": format!("{}\n\nBad:\n\n{}\nGood:\n\n{}", rule.why, rule.bad, rule.good)},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(finding: &Placed) -> Value {
    let help = finding.help.as_ref();
    let help = help.map_or(String::new(), |help| format!(" ({help})"));
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": text(&format!("{}{help}", finding.message))},
        "locations": [{"physicalLocation": location(&finding.place)}],
    });
    if let Some(index) = RULES.iter().position(|rule| rule.name == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = (finding.related.iter().enumerate())
        .map(|(id, (place, label))| {
            json!({
                "id": id,
                "message": {"text": text(label)},
                "physicalLocation": location(place),
            })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&place.path)},
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    })
}

/// A text of which nothing is read as a link (`[here](https://…)`) or as a place to put an argument (`{0}`).
fn text(text: &str) -> String {
    let text = visible(text).replace("](", "\\](");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        let number = rest[at + 1..]
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(0);
        let end = at + 1 + number;
        let is_place = number > 0 && rest[end..].starts_with('}');
        out.push_str(&rest[..at]);
        out.push_str(if is_place { "{{" } else { "{" });
        out.push_str(&rest[at + 1..end]);
        rest = &rest[end..];
        if is_place {
            out.push_str("}}");
            rest = &rest[1..];
        }
    }
    out + rest
}

/// A path as a relative reference: bytes that a URI may not hold, as percent escapes.
fn uri(path: &str) -> String {
    let (scheme, path) = match path.strip_prefix("file://") {
        Some(path) => ("file://", path),
        None => ("", path),
    };
    let mut uri = scheme.to_owned();
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(byte as char);
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_link_or_a_place() {
        for (words, shown) in [
            (
                "see [this](https://example.org)",
                "see [this\\](https://example.org)",
            ),
            ("{0} {12} {x} { 0 } {", "{{0}} {{12}} {x} { 0 } {"),
            ("LSCB11(b) [sic]", "LSCB11(b) [sic]"),
        ] {
            assert_eq!(text(words), shown);
        }
    }
}
