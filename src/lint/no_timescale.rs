use crate::finding::{Finding, Severity};
use crate::plan::Action;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "no-timescale",
    severity: Severity::Warning,
    summary: "An action has no timescale, its own or inherited.",
    why: "It can never be late, so nobody will notice that it is.",
    bad: "\
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
      - {id: 1.1, action: Train staff}
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
        let lacks =
            |action: &Action| action.milestones.is_empty() && plan.baseline(action).is_none();
        let help = "give `timescale: …` (\"April 2018\", \"quarterly\"), or milestones";
        super::each_or_all(&RULE, plan, lacks, "has no timescale", help, findings);
    }
}
