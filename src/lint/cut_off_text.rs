use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "cut-off-text",
    severity: Severity::Warning,
    summary: "A text that is not in quotes holds a space and a `#`, and ends there.",
    why: "What follows ` #` is a comment and is lost: \"recommendation #3\" is read as \
          \"recommendation\".",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
  - action: 1.2
    done: We answered recommendation #3 of the review
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber} # a note to ourselves
  - action: 1.2
    done: \"We answered recommendation #3 of the review\"
",
    check: Some(check),
};

/// A comment is written with a space after its `#`; a number or a name follows it at once.
fn check(context: &Context, findings: &mut Vec<Finding>) {
    for &at in context.comments {
        let comment = context.written(at);
        let follows = comment[1..]
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric);
        if follows && context.has_text_before(at) {
            let word = comment.split_whitespace().next().unwrap_or(comment);
            let message = format!("the text ends before ` {word}`: the rest is taken as a comment");
            let help = "put the whole text in quotes";
            findings.push(Finding::new(RULE.name, at, message).help(help));
        }
    }
}
