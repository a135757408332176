use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "wrong-type",
    severity: Severity::Error,
    summary: "A field holds something of another kind than it takes.",
    why: "The value is left out of every figure until it can be read.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: yellow}
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
