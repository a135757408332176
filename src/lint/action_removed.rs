use crate::diff::baseline::{BaselineChange, ThingKind};
use crate::finding::{Finding, Severity};

use super::changes::{self, quoted};
use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "action-removed",
    severity: Severity::Error,
    summary: "An action or a milestone of an adopted plan is gone.",
    why: "What a board promised and then dropped must be seen to be dropped: by an entry, with a \
          reason and who agreed. It is looked for under `plan validate --against REV`.",
    bad: "\
=== plan.yaml as it was
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
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
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
    good: "\
=== plan.yaml as it was
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
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
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
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-03-06
by: vemt
entries:
  - {action: 1.2, status: withdrawn, reason: The ministry published its own, agreed: board}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(since) = &context.since else {
        return;
    };
    for (_, change) in since.frozen() {
        for change in &change.changes {
            let BaselineChange::Removed { thing, name, at } = change else {
                continue;
            };
            if !thing.kind.is_action() {
                continue;
            }
            let called = if name.is_empty() {
                String::new()
            } else {
                format!(": {}", quoted(name))
            };
            let message = format!("{thing} is gone since {}{called}", since.name);
            let right = match thing.kind {
                ThingKind::Milestone => "put it back, and close it by an entry that names it",
                _ => {
                    "put it back, and close it by an entry (`status: withdrawn`, `reason`, `agreed`)"
                }
            };
            findings.push(changes::finding(&RULE, *at, thing.id, message, right));
        }
    }
}
