//! Findings as SARIF 2.1.0 (OASIS), which code scanning reads.

use serde_json::{Value, json};

use crate::finding::{Placed, Severity};
use crate::lint::{RULES, Rule};
use crate::report::Envelope;
use crate::report::findings::Findings;
use crate::source::Place;

pub fn sarif(paper: &Envelope<Findings>, findings: &[Placed]) -> serde_json::Result<String> {
    let unread = paper.incomplete.iter().map(|file| {
        json!({
            "level": "error",
            "message": {"text": format!("INCOMPLETE: {file} could not be read")},
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
        "message": {"text": format!("{}{help}", finding.message)},
        "locations": [{"physicalLocation": location(&finding.place)}],
    });
    if let Some(index) = RULES.iter().position(|rule| rule.name == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = (finding.related.iter().enumerate())
        .map(|(id, (place, label))| {
            json!({
                "id": id,
                "message": {"text": label},
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

/// A path as a relative reference: bytes that a URI may not hold, as percent escapes.
fn uri(path: &str) -> String {
    let mut uri = String::new();
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
