use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "too-large",
    severity: Severity::Error,
    summary: "A file is over 16 MB, or one text in it over 1 MB.",
    why: "No board's plan comes near these sizes; a file that does is something else, and \
          reading it would keep everyone waiting.",
    bad: "\
=== (a file of 17 MB)
",
    good: "\
=== notes.yaml
plan: Another plan
period: 2017-19
priorities: []
",
    check: None,
};
