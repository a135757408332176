//! `# plan: allow RULE: why` above or on a line lets one finding of that line pass;
//! `# plan: allow RULE ID: why` at the head of a file lets a change pass, once.

use std::collections::HashMap;

use crate::estate::Reading;
use crate::finding::{Finding, nearest};
use crate::source::{FileId, Span};

use super::changes::{self, SinceRevision};
use super::{FIXED, RULES, bad_allowance, rule};

/// An allowance as a file gives it.
struct Allowance<'r> {
    at: Span,
    rule: &'r str,
    reason: &'r str,
    /// The whole comment.
    words: &'r str,
    /// The line that it stands on, from 1.
    stands_on: usize,
    /// The line that it speaks of.
    line: usize,
    /// Whether only comments and empty lines stand above it.
    is_at_head: bool,
}

/// Takes out the findings that allowances let pass, and adds those about allowances. Those of changes
/// are looked at only where changes are.
pub(super) fn apply(
    reading: &Reading,
    findings: Vec<Finding>,
    since: Option<&SinceRevision>,
) -> Vec<Finding> {
    let allowances = allowances(reading);
    if allowances.is_empty() {
        return findings;
    }
    let mut judged = AllowedFindings::new(reading, findings);
    for allowance in allowances {
        let (name, id) = allowance
            .rule
            .split_once(' ')
            .unwrap_or((allowance.rule, ""));
        if changes::RULES.contains(&name) {
            if let Some(since) = since {
                apply_to_change(&allowance, (name, id.trim()), since, &mut judged);
            }
            continue;
        }
        let problem = problem(&allowance);
        if problem.is_some() || !judged.allow_one(&allowance) {
            let (message, help) = problem.unwrap_or_else(|| {
                let message = format!("there is no `{}` here to allow", allowance.rule);
                (message, "delete the line".to_owned())
            });
            judged.complain(&allowance, message, help);
        }
    }
    judged.left()
}

/// Findings, of which allowances let some pass.
struct AllowedFindings {
    findings: Vec<Option<Finding>>,
    /// Of a rule, a file and a line, the findings there, the last first.
    by_line: HashMap<(&'static str, FileId, usize), Vec<usize>>,
    /// Of a rule and what was changed in a file, the findings of it.
    by_change: HashMap<(&'static str, FileId, String), Vec<usize>>,
    /// What is wrong with allowances.
    complaints: Vec<Finding>,
}

impl AllowedFindings {
    fn new(reading: &Reading, findings: Vec<Finding>) -> AllowedFindings {
        let mut by_line: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_change: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, finding) in findings.iter().enumerate().rev() {
            let (rule, file) = (finding.rule, finding.at.file);
            let line = line_of(reading, finding.at);
            by_line.entry((rule, file, line)).or_default().push(index);
            if let Some(changed) = &finding.changed {
                // Data has no remarks: what is found there is allowed where it is related to.
                let is_data = reading.sources.get(file).key.ends_with(".csv");
                let elsewhere = finding.related.first().filter(|_| is_data);
                let file = elsewhere.map_or(file, |(at, _)| at.file);
                let key = (rule, file, changed.clone());
                by_change.entry(key).or_default().push(index);
            }
        }
        AllowedFindings {
            findings: findings.into_iter().map(Some).collect(),
            by_line,
            by_change,
            complaints: Vec::new(),
        }
    }

    /// Lets the first finding pass of which an allowance speaks, if there is one.
    fn allow_one(&mut self, allowance: &Allowance) -> bool {
        let Some(rule) = rule(allowance.rule) else {
            return false;
        };
        let key = (rule.name, allowance.at.file, allowance.line);
        let first = self.by_line.get_mut(&key).and_then(Vec::pop);
        first.is_some_and(|index| self.findings[index].take().is_some())
    }

    /// Lets the findings of a change pass, if there are any.
    fn allow_change(&mut self, rule: &'static str, file: FileId, changed: &str) -> bool {
        let key = (rule, file, changed.to_owned());
        let found = self.by_change.remove(&key).unwrap_or_default();
        let mut any = false;
        for index in found {
            any |= self.findings[index].take().is_some();
        }
        any
    }

    fn complain(&mut self, allowance: &Allowance, message: String, help: String) {
        let finding = Finding::new(bad_allowance::RULE.name, allowance.at, message);
        self.complaints.push(finding.help(help));
    }

    fn left(self) -> Vec<Finding> {
        let left = self.findings.into_iter().flatten();
        left.chain(self.complaints).collect()
    }
}

/// Takes out the findings of one change that a new line at the head of its file lets pass.
fn apply_to_change(
    allowance: &Allowance,
    (name, id): (&str, &str),
    since: &SinceRevision,
    judged: &mut AllowedFindings,
) {
    let problem = problem_of_change(allowance, (name, id), since);
    let known = rule(name).filter(|_| problem.is_none());
    // One line may name several ids, with commas between.
    let ids = id.split(',').map(str::trim);
    let idle = ids.filter(|id| {
        !known.is_some_and(|rule| judged.allow_change(rule.name, allowance.at.file, id))
    });
    let idle: Vec<&str> = idle.collect();
    if let Some((message, help)) = problem {
        judged.complain(allowance, message, help);
    } else if !idle.is_empty() {
        let ids = idle.join(", ");
        let message = format!(
            "there is no `{name}` of {ids} since {} to allow",
            since.name
        );
        let help = if idle.len() < id.split(',').count() {
            format!("take {ids} out of the line")
        } else {
            "delete the line".to_owned()
        };
        judged.complain(allowance, message, help);
    }
}

/// What is wrong with an allowance of a change by itself, and what would be right.
fn problem_of_change(
    allowance: &Allowance,
    (name, id): (&str, &str),
    since: &SinceRevision,
) -> Option<(String, String)> {
    let form = format!("write `# plan: allow {name} ID: why, and who agreed when`");
    if id.is_empty() {
        let message = format!("an allowance of `{name}` does not say of what");
        return Some((message, form));
    }
    if allowance.reason.is_empty() {
        return Some(("an allowance without a reason".to_owned(), form));
    }
    if !allowance.is_at_head {
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

/// The allowances among a board's comments, in their order.
fn allowances(reading: &Reading) -> Vec<Allowance<'_>> {
    let mut allowances: Vec<Allowance> = Vec::new();
    let mut heads: HashMap<FileId, usize> = HashMap::new();
    // From the last to the first: what stands in a block of allowances speaks of the line that the next
    // of the block speaks of, and the block is not gone through again for each.
    for &at in reading.comments.iter().rev() {
        let text = &reading.sources.get(at.file).text;
        let head = *(heads.entry(at.file)).or_insert_with(|| length_of_head(text));
        allowances.extend(read(reading, at, head, allowances.last()));
    }
    allowances.reverse();
    allowances
}

/// Reads a comment as an allowance; `head` is how far its file goes before its first key, `next` the
/// allowance after it. One that stands on a line of its own speaks of the next line that is no comment.
fn read<'r>(
    reading: &'r Reading,
    at: Span,
    head: usize,
    next: Option<&Allowance>,
) -> Option<Allowance<'r>> {
    let source = reading.sources.get(at.file);
    let comment = source.text.get(at.start as usize..at.end as usize)?;
    let words = comment
        .trim_start_matches('#')
        .trim()
        .strip_prefix("plan:")?;
    let words = words.trim_start().strip_prefix("allow")?.trim_start();
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    let before = &source.text[..at.start as usize];
    let before = before.rsplit('\n').next().unwrap_or(before);
    let stands_on = line_of(reading, at);
    let own_line = before.trim().is_empty();
    let mut line = stands_on;
    if own_line {
        line += 1;
        for below in source.text[at.end as usize..].lines().skip(1) {
            if let Some(next) =
                next.filter(|next| next.at.file == at.file && next.stands_on == line)
            {
                line = next.line;
                break;
            }
            if !below.trim_start().starts_with('#') && !below.trim().is_empty() {
                break;
            }
            line += 1;
        }
    }
    Some(Allowance {
        at,
        rule: rule.trim(),
        reason: reason.trim(),
        words: comment,
        stands_on,
        line,
        is_at_head: (at.start as usize) < head,
    })
}

/// How far a file goes before its first key: comments and empty lines.
fn length_of_head(text: &str) -> usize {
    let is_head = |line: &&str| {
        let line = line.trim_start_matches('\u{feff}').trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    let lines = text.split_inclusive('\n').take_while(is_head);
    lines.map(str::len).sum()
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
