use crate::finding::{Finding, Severity};
use crate::plan::Action;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "no-owner",
    severity: Severity::Warning,
    summary: "An action names nobody who is to do it.",
    why: "What everybody owns nobody does: it is in no group's papers, and nobody is asked to \
          report.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
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
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        let lacks = |action: &Action| {
            let lead = plan.given(action, |shared| shared.lead.as_ref());
            plan.owners(action).is_empty() && lead.is_none()
        };
        let help = "give `owners: [...]` on the action, or once on its objective or priority";
        super::each_or_all(&RULE, plan, lacks, "names no owner", help, findings);
    }
}
