use crate::finding::{Finding, Severity};
use crate::plan::fields::{ACTION, ENTRY, OBJECTIVE, PRIORITY, REVIEW, REVIEW_FINDING, Shape};
use crate::plan::{Entry, Text};
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "swallowed-field",
    severity: Severity::Warning,
    summary: "A line inside a text looks like a field, or like an item of a list.",
    why: "A field that is indented too far belongs to the text above it: its value is lost without \
          an error.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - action: 1.1
    done: >-
      All staff were trained.
      rag: green
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - action: 1.1
    done: >-
      All staff were trained.
    rag: green
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        for text in plan.texts() {
            look(context, text, &[&ACTION, &OBJECTIVE, &PRIORITY], findings);
        }
        let shared = plan
            .shared()
            .flat_map(|shared| shared.evidence.iter().flatten());
        shared.for_each(|item| items(context, &item.title, findings));
    }
    for finding in context
        .board
        .reviews
        .iter()
        .flat_map(|review| &review.findings)
    {
        for text in finding.text.iter().chain(&finding.reason) {
            look(context, text, &[&REVIEW, &REVIEW_FINDING], findings);
        }
    }
    for entry in &context.board.entries {
        let evidence = entry.evidence.iter();
        evidence.for_each(|item| items(context, &item.title, findings));
        for text in texts(entry) {
            look(context, text, &[&ENTRY], findings);
        }
    }
}

/// Looks at an item of a list for further items that it has swallowed: `-Report` without a space, or
/// a long dash, begins no item.
fn items(context: &Context, item: &Text, findings: &mut Vec<Finding>) {
    const DASHES: [char; 3] = ['-', '–', '—'];
    let written = context.written(item.at);
    let begins = |line: &str| line.trim_start().starts_with(DASHES);
    let is_one_line = memchr::memchr(b'\n', written.as_bytes()).is_none();
    let swallowed = if is_one_line {
        begins(written)
    } else {
        written.lines().any(begins)
    };
    if swallowed {
        let message = "this text looks like items of a list that are not read as such";
        let help = "begin each item with a hyphen and a space, on a line of its own: `- `";
        findings.push(Finding::new(RULE.name, item.at, message).help(help));
    }
}

fn texts(entry: &Entry) -> impl Iterator<Item = &Text> {
    let texts = [
        &entry.done,
        &entry.impact,
        &entry.voice,
        &entry.next,
        &entry.note,
        &entry.reason,
    ];
    texts.into_iter().flatten()
}

/// Looks at the lines of a text after its first for one that begins like a field.
fn look(context: &Context, text: &Text, shapes: &[&Shape], findings: &mut Vec<Finding>) {
    let written = context.written(text.at);
    // Most texts have no colon, or are of one line.
    if [b':', b'\n']
        .iter()
        .any(|sign| memchr::memchr(*sign, written.as_bytes()).is_none())
    {
        return;
    }
    let mut start = 0;
    for line in written.split_inclusive('\n') {
        let is_first = start == 0;
        if !is_first && let Some(name) = field(line, shapes) {
            let from = text.at.start + (start + line.len() - line.trim_start().len()) as u32;
            let at = Span {
                start: from,
                end: from + name.len() as u32,
                ..text.at
            };
            let message = format!("this line is part of the text above, and looks like `{name}`");
            let help = "set it back to the column of the other fields";
            findings.push(Finding::new(RULE.name, at, message).help(help));
        }
        start += line.len();
    }
}

/// The field whose name and colon a line begins with.
fn field(line: &str, shapes: &[&Shape]) -> Option<&'static str> {
    let (name, rest) = line.trim().split_once(':')?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let fields = shapes.iter().flat_map(|shape| shape.fields);
    fields.map(|field| field.name).find(|known| *known == name)
}
