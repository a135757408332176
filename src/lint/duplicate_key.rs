use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "duplicate-key",
    severity: Severity::Error,
    summary: "A field is given twice in one place.",
    why: "Only the first counts; programs differ on which they take, so the other is as good \
          as lost.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - action: 1.1
    rag: amber
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
    rag: green
",
    check: None,
};
