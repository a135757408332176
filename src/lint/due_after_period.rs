use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "due-after-period",
    severity: Severity::Warning,
    summary: "A timescale ends after the plan does.",
    why: "Nobody looks at the plan any more when it is due; such work belongs in the next \
          plan, carried forward.",
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
      - {id: 1.1, action: Train staff, timescale: June 2019}
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
      - {id: 1.1, action: Train staff, timescale: March 2019}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        let Some(period) = plan.period else { continue };
        for (deadline, timescale) in plan.deadlines() {
            if let Some(day) = timescale.last_day().filter(|day| *day > period.last) {
                let message = format!(
                    "{} is after the plan's last day, {}",
                    day.long(),
                    period.last.long()
                );
                findings.push(
                    Finding::new(RULE.name, deadline.text.at, message)
                        .help("mend the year, or move the action to the next plan"),
                );
            }
        }
    }
}
