use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "open-ended",
    severity: Severity::Warning,
    summary: "A timescale has no end and names no interval at which it is looked at.",
    why: "\"Ongoing\" hides drift: say how often it is reviewed, and a missing report shows.",
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
      - {id: 1.1, action: Train staff, timescale: Ongoing}
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
      - {id: 1.1, action: Train staff, timescale: Ongoing - quarterly}
      - {id: 1.2, action: Review the register, timescale: Ongoing - review March 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let plans = context.board.plans.iter();
    for (deadline, timescale) in plans.flat_map(|plan| plan.deadlines()) {
        if timescale.is_open_ended() && timescale.next_review().is_none() {
            let message = format!("\"{}\" has no end and no review", deadline.text.value);
            let help = "say how often it is looked at, as in \"Ongoing - quarterly\"";
            findings.push(Finding::new(RULE.name, deadline.text.at, message).help(help));
        }
    }
}
