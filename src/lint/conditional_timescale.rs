use crate::finding::{Finding, Severity};
use crate::timescale::TimescaleKind;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "conditional-timescale",
    severity: Severity::Warning,
    summary: "A timescale hangs on a condition or on another event.",
    why: "Its day can move with nobody deciding so; without a date inside, it is never late.",
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
      - {id: 1.1, action: Train staff, timescale: September 2018 (funding permitting)}
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
      - {id: 1.1, action: Train staff, timescale: September 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let plans = context.board.plans.iter();
    for (deadline, timescale) in plans.flat_map(|plan| plan.deadlines()) {
        let message = match (timescale.kind(), timescale.last_day()) {
            (TimescaleKind::Conditional, Some(day)) => format!(
                "\"{}\" is read as {}, with a condition",
                deadline.text.value,
                day.long()
            ),
            (TimescaleKind::Conditional | TimescaleKind::Relative, _) => {
                format!(
                    "\"{}\" gives no day, so it is never late",
                    deadline.text.value
                )
            }
            _ => continue,
        };
        let help = "give a date as soon as one is known; until then let this stand";
        findings.push(Finding::new(RULE.name, deadline.text.at, message).help(help));
    }
}
