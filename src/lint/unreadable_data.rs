use crate::finding::Severity;

use super::Rule;

pub static RULE: Rule = Rule {
    name: "unreadable-data",
    severity: Severity::Error,
    summary: "A row of performance data, or its file, cannot be read.",
    why: "The row is lost to the scorecard; the impact of an action may rest on it.",
    bad: "\
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
LSCB19,2017-18 Q1,lots
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
