use crate::finding::{Finding, Names, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-indicator",
    severity: Severity::Error,
    summary: "An action names an indicator that the plan does not define.",
    why: "Its impact could not be rated.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018, indicator: LSCB91}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
indicators:
  - {id: LSCB19, better: lower}
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018, indicator: LSCB19}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        let ids = Names::new(plan.indicators.iter().map(|i| i.id.as_str()));
        for name in plan.shared().filter_map(|shared| shared.indicator.as_ref()) {
            if !ids.has(name) {
                let message = format!("the plan defines no indicator `{name}`");
                let help = ids.suggest(name, "indicators");
                findings.push(Finding::new(RULE.name, name.at, message).help(help));
            }
        }
    }
}
