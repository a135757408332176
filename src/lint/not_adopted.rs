use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "not-adopted",
    severity: Severity::Warning,
    summary: "A plan has no date of adoption.",
    why: "Until it has one, nothing in it is frozen, and a deadline can move with no trace.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
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
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in context.board.plans.iter().filter(|plan| !plan.says_adopted) {
        findings.push(
            Finding::new(RULE.name, plan.at, "the plan has no date of adoption").help(
                "write `adopted: …` with the day on which the board agreed it, as year-month-day",
            ),
        );
    }
}
