use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "unreadable-timescale",
    severity: Severity::Error,
    summary: "A timescale or a length of time cannot be read.",
    why: "An action whose deadline cannot be read is never overdue. The tool does not guess: \
          it quotes the words and says what it would read.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: 31 February 2018, reason: Delayed, agreed: board}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: 28 February 2018, reason: Delayed, agreed: board}
",
    check: None,
};
