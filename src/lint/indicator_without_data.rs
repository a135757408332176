use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "indicator-without-data",
    severity: Severity::Warning,
    summary: "An indicator has no values.",
    why: "What difference the actions make cannot be rated; it stays grey.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
indicators:
  - {id: LSCB19, title: Missing four or more times, better: lower, target: 8}
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
indicators:
  - {id: LSCB19, title: Missing four or more times, better: lower, target: 8, data: lscb19.csv}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
=== lscb19.csv
indicator,period,value
LSCB19,2017-18 Q1,8.5
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let indicators = context.board.plans.iter().flat_map(|plan| &plan.indicators);
    for indicator in indicators.filter(|indicator| indicator.series.is_empty()) {
        let message = format!("the indicator {} has no values", indicator.id);
        let help = match indicator.data {
            None => "give `data: …`, a CSV file with the columns indicator,period,value",
            Some(_) => "no row of its data file names it: look at the ids there",
        };
        findings.push(Finding::new(RULE.name, indicator.id.at, message).help(help));
    }
}
