use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "bad-allowance",
    severity: Severity::Warning,
    summary: "An allowance allows nothing, names no rule, or gives no reason.",
    why: "An allowance that outlives what it allowed would let the next mistake pass unseen.",
    bad: "\
=== plan.yaml
# plan: allow no-owner: everybody does
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
",
    check: None,
};
