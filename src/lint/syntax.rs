use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "syntax",
    severity: Severity::Error,
    summary: "A file cannot be read as one of a board's files.",
    why: "Half a plan makes wrong figures, so a file that cannot be read whole is not judged \
          at all, and every answer says that it is incomplete until the file is mended.",
    bad: "\
=== notes.yaml
plan: Work Plan: the first draft
",
    good: "\
=== notes.yaml
plan: \"Work Plan: the first draft\"
period: 2017-19
priorities: []
",
    check: None,
};
