use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "unsafe-path",
    severity: Severity::Error,
    summary: "A path leads out of the estate.",
    why: "A plan that reads files elsewhere on the machine is a way to get at them; a link of \
          that kind breaks on every other machine.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
indicators:
  - {id: LSCB19, title: Missing four or more times, better: lower, target: 8, data: ../../lscb19.csv}
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
indicators:
  - {id: LSCB19, title: Missing four or more times, better: lower, target: 8, data: lscb19.csv}
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
=== lscb19.csv
indicator,period,value
LSCB19,2017-18 Q1,8.5
",
    check: None,
};
