use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "unreadable-date",
    severity: Severity::Error,
    summary: "A date or a period cannot be read.",
    why: "What has no date stands on no day, so it counts for nothing.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 16/01/2018
entries:
  - {action: 1.1, rag: amber}
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
