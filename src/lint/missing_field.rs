use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "missing-field",
    severity: Severity::Error,
    summary: "A field that must be there is missing or empty.",
    why: "An entry with no date or no plan counts for nothing; an action with no id cannot be \
          reported on.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
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
