use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "unknown-field",
    severity: Severity::Error,
    summary: "A field has a name that its place does not know.",
    why: "A misspelt name is a lost value: `owner` in place of `owners` leaves an action with \
          nobody.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rga: amber}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
",
    check: None,
};
