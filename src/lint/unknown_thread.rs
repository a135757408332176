use crate::finding::{Finding, Names, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-thread",
    severity: Severity::Error,
    summary: "An action names a thread that the plan does not define.",
    why: "It would be missing from the paper that shows what each thread touches.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018, threads: [voise]}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
threads:
  voice: The voice of the child
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018, threads: [voice]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        let keys = Names::new(plan.threads.iter().map(|(key, _)| key.as_str()));
        for name in plan
            .shared()
            .flat_map(|shared| shared.threads.iter().flatten())
        {
            if !keys.has(name) {
                let message = format!("the plan defines no thread `{name}`");
                let help = keys.suggest(name, "threads");
                findings.push(Finding::new(RULE.name, name.at, message).help(help));
            }
        }
    }
}
