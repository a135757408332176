use std::collections::HashSet;

use crate::diff::baseline::BaselineChange;
use crate::finding::{Finding, Severity};

use super::changes::{self, quoted};
use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "id-reused",
    severity: Severity::Error,
    summary: "The id of an adopted action was given to another action.",
    why: "Everything that was reported under the id would count for an action that it never spoke \
          of. An id counts as reused when of the action's own words (title, action, impact) not half \
          are the same. It is looked for under `plan validate --against REV`.",
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
      - {id: 1.1, action: Audit the case files of 2017, timescale: April 2018}
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
      - {id: 1.2, action: Audit the case files of 2017, timescale: April 2018, added: 2018-01-16}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(since) = &context.since else {
        return;
    };
    for (then, change) in since.frozen() {
        let Some(now) = change.now else {
            continue;
        };
        let mut seen = HashSet::new();
        for change in &change.changes {
            let thing = change.thing();
            let BaselineChange::Edited { .. } = change else {
                continue;
            };
            let first = thing.kind.is_action() && seen.insert(thing.id);
            let target = now.index.get(thing.id);
            let Some(target) = target.filter(|_| first && changes::is_reused(then, now, thing.id))
            else {
                continue;
            };
            let action = &now.actions[target.action];
            let at = match target.milestone {
                None => action.id.at,
                Some(milestone) => action.milestones[milestone].id.at,
            };
            let message = format!(
                "the id {} stood for another {} at {}: {}",
                thing.id,
                thing.kind.word(),
                since.name,
                quoted(old_name(then, thing.id))
            );
            let right = "put the old action back, and give the new one an id of its own, with `added: DATE`";
            findings.push(changes::finding(&RULE, at, thing.id, message, right));
        }
    }
}

/// What the id of an action or a milestone stood for.
fn old_name<'b>(plan: &'b crate::plan::Plan, id: &str) -> &'b str {
    let Some(target) = plan.index.get(id) else {
        return "";
    };
    let action = &plan.actions[target.action];
    match target.milestone {
        None => plan.name(action),
        Some(at) => action.milestones[at]
            .title
            .as_ref()
            .map_or("", |title| title),
    }
}
