//! `# plan: allow RULE: why` above or on a line lets one finding of that line pass;
//! `# plan: allow RULE ID: why` at the head of a file lets a change pass, once.

use crate::estate::Reading;
use crate::finding::{Finding, nearest};
use crate::source::Span;

use super::changes::{self, Since};
use super::{FIXED, RULES, bad_allowance, rule};

/// An allowance as a file gives it.
struct Allowance<'r> {
    at: Span,
    rule: &'r str,
    reason: &'r str,
    /// The whole comment.
    words: &'r str,
    /// The line that it speaks of, from 1.
    line: usize,
}

/// Takes out the findings that allowances let pass, and adds those about allowances. Those of changes
/// are looked at only where changes are.
pub(super) fn apply(
    reading: &Reading,
    mut findings: Vec<Finding>,
    since: Option<&Since>,
) -> Vec<Finding> {
    for &remark in &reading.comments {
        let Some(allowance) = read(reading, remark) else {
            continue;
        };
        let (name, id) = allowance
            .rule
            .split_once(' ')
            .unwrap_or((allowance.rule, ""));
        if changes::RULES.contains(&name) {
            if let Some(since) = since {
                apply_to_change(reading, &allowance, (name, id.trim()), since, &mut findings);
            }
            continue;
        }
        let problem = problem(&allowance);
        let passes = |finding: &Finding| {
            finding.rule == allowance.rule
                && finding.at.file == allowance.at.file
                && line_of(reading, finding.at) == allowance.line
        };
        let allowed = findings.iter().position(passes);
        match (problem, allowed) {
            (None, Some(allowed)) => {
                findings.remove(allowed);
            }
            (problem, _) => {
                let (message, help) = problem.unwrap_or_else(|| {
                    let message = format!("there is no `{}` here to allow", allowance.rule);
                    (message, "delete the line".to_owned())
                });
                let finding = Finding::new(bad_allowance::RULE.name, allowance.at, message);
                findings.push(finding.help(help));
            }
        }
    }
    findings
}

/// Takes out the findings of one change that a new line at the head of its file lets pass.
fn apply_to_change(
    reading: &Reading,
    allowance: &Allowance,
    (name, id): (&str, &str),
    since: &Since,
    findings: &mut Vec<Finding>,
) {
    let before = findings.len();
    let problem = problem_of_change(reading, allowance, (name, id), since);
    if problem.is_none() {
        findings.retain(|finding| {
            finding.rule != name
                || (finding.at.file != allowance.at.file && !is_data(reading, finding))
                || finding.changed.as_deref() != Some(id)
        });
    }
    if findings.len() == before {
        let (message, help) = problem.unwrap_or_else(|| {
            let message = format!("there is no `{name}` of {id} since {} to allow", since.name);
            (message, "delete the line".to_owned())
        });
        let finding = Finding::new(bad_allowance::RULE.name, allowance.at, message);
        findings.push(finding.help(help));
    }
}

/// Whether a finding stands in a file of data, which has no remarks: its allowance stands in another.
fn is_data(reading: &Reading, finding: &Finding) -> bool {
    reading.sources.get(finding.at.file).key.ends_with(".csv")
}

/// What is wrong with an allowance of a change by itself, and what would be right.
fn problem_of_change(
    reading: &Reading,
    allowance: &Allowance,
    (name, id): (&str, &str),
    since: &Since,
) -> Option<(String, String)> {
    let form = format!("write `# plan: allow {name} ID: why, and who agreed when`");
    if id.is_empty() {
        let message = format!("an allowance of `{name}` does not say of what");
        return Some((message, form));
    }
    if allowance.reason.is_empty() {
        return Some(("an allowance without a reason".to_owned(), form));
    }
    let source = reading.sources.get(allowance.at.file);
    let head = source.text[..allowance.at.start as usize].lines();
    let is_head = |line: &str| {
        let line = line.trim_start_matches('\u{feff}').trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    if !head.into_iter().all(is_head) {
        let message = "a change is allowed only at the head of its file".to_owned();
        return Some((message, "move the line above the file's first key".into()));
    }
    since.had(allowance.words).then(|| {
        let message = format!(
            "this line was there at {} and grants nothing again",
            since.name
        );
        (
            message,
            "delete it (git keeps it), or write a line of its own for a new change".into(),
        )
    })
}

fn line_of(reading: &Reading, at: Span) -> usize {
    let source = reading.sources.get(at.file);
    source.position(at.start as usize).line
}

/// Reads a comment as an allowance. One that stands on a line of its own speaks of the next line
/// that is no comment.
fn read(reading: &Reading, at: Span) -> Option<Allowance<'_>> {
    let source = reading.sources.get(at.file);
    let comment = source.text.get(at.start as usize..at.end as usize)?;
    let words = comment
        .trim_start_matches('#')
        .trim()
        .strip_prefix("plan:")?;
    let words = words.trim_start().strip_prefix("allow")?.trim_start();
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    let before = &source.text[..at.start as usize];
    let own_line = before
        .rsplit('\n')
        .next()
        .unwrap_or(before)
        .trim()
        .is_empty();
    let mut line = line_of(reading, at);
    if own_line {
        let after = source.text[at.end as usize..].lines().skip(1);
        let notes =
            after.take_while(|line| line.trim_start().starts_with('#') || line.trim().is_empty());
        line += 1 + notes.count();
    }
    Some(Allowance {
        at,
        rule: rule.trim(),
        reason: reason.trim(),
        words: comment,
        line,
    })
}

/// What is wrong with an allowance by itself, and what would be right.
fn problem(allowance: &Allowance) -> Option<(String, String)> {
    let name = allowance.rule;
    if FIXED.contains(&name) || name == bad_allowance::RULE.name {
        let message = format!("`{name}` cannot be allowed");
        return Some((message, "mend what it names".into()));
    }
    if rule(name).is_none() {
        let help = match nearest(name, RULES.iter().map(|rule| rule.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write `# plan: allow RULE: why`; `plan explain` lists the rules".into(),
        };
        return Some((format!("there is no rule `{name}` to allow"), help));
    }
    allowance.reason.is_empty().then(|| {
        let help = format!("write `# plan: allow {name}: why`");
        ("an allowance without a reason".to_owned(), help)
    })
}
