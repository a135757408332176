use crate::finding::{Finding, Severity};
use crate::plan::Action;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "no-evidence-planned",
    severity: Severity::Warning,
    summary: "An action says nothing of the evidence that will prove it.",
    why: "At the end of the year there will be nothing to show what difference it made.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
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
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        let lacks = |action: &Action| plan.evidence(action).is_empty();
        let help = "give `evidence: [...]` on the action, or once on its objective or priority";
        super::each_or_all(&RULE, plan, lacks, "plans no evidence", help, findings);
    }
}
