//! `# plan: allow RULE: why` above or on a line lets one finding of that line pass.

use crate::estate::Reading;
use crate::finding::{Finding, nearest};
use crate::source::Span;

use super::{FIXED, RULES, bad_allowance, rule};

/// Rules about changes between revisions: their allowances are looked at with them alone.
const ABOUT_CHANGES: [&str; 5] = [
    "baseline-changed",
    "action-removed",
    "update-rewritten",
    "update-backdated",
    "id-reused",
];

/// An allowance as a file gives it.
struct Allowance<'r> {
    at: Span,
    rule: &'r str,
    reason: &'r str,
    /// The line that it speaks of, from 1.
    line: usize,
}

/// Takes out the findings that allowances let pass, and adds those about allowances.
pub(super) fn apply(reading: &Reading, mut findings: Vec<Finding>) -> Vec<Finding> {
    for &remark in &reading.comments {
        let Some(allowance) = read(reading, remark) else {
            continue;
        };
        if ABOUT_CHANGES.contains(&allowance.rule.split(' ').next().unwrap_or_default()) {
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
