use crate::finding::{Finding, Severity};
use crate::plan::About;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "milestone-conflict",
    severity: Severity::Error,
    summary: "An action with milestones is given a deadline of its own, or is reported complete \
          while one is open.",
    why: "Its deadlines are its milestones': one on the action moves nothing. Complete with an \
          open milestone is a claim that the plan does not bear out.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2019-20
priorities:
  - id: 1
    title: Leadership
    actions:
      - id: 1.1
        action: Publish the new arrangements
        timescale: June 2019
        milestones:
          - {id: 1.1a, timescale: 29 June 2019}
          - {id: 1.1b, timescale: 29 September 2019}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2019-20
priorities:
  - id: 1
    title: Leadership
    actions:
      - id: 1.1
        action: Publish the new arrangements
        milestones:
          - {id: 1.1a, timescale: 29 June 2019}
          - {id: 1.1b, timescale: 29 September 2019}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for plan in &board.plans {
        for action in plan.actions.iter().filter(|a| !a.milestones.is_empty()) {
            if let Some(deadline) = &action.own.timescale {
                let message = format!(
                    "action {} has milestones, so its own deadline moves nothing",
                    action.id
                );
                findings.push(
                    Finding::new(RULE.name, deadline.text.at, message)
                        .help("delete it; each milestone gives its own"),
                );
            }
        }
    }
    let entries = board.entries.iter();
    for entry in entries.filter(|entry| entry.refused.is_none()) {
        let (About::One(id), Some(plan)) = (&entry.about, entry.plan) else {
            continue;
        };
        let plan = &board.plans[plan];
        let Some(target) = plan
            .index
            .get(id.as_str())
            .filter(|t| t.milestone.is_none())
        else {
            continue;
        };
        let milestones = &plan.actions[target.action].milestones;
        if let (Some(deadline), Some(first)) = (&entry.timescale, milestones.first()) {
            let message = format!("action {id} has milestones, so this deadline moves nothing");
            let help = format!(
                "name the milestone whose deadline it is: `action: {}`",
                first.id
            );
            findings.push(Finding::new(RULE.name, deadline.text.at, message).help(help));
        }
    }
    for account in &context.accounts {
        for &entry in &account.premature {
            let entry = &board.entries[entry];
            let at = entry.reported_status().map_or(entry.at, |status| status.at);
            findings.push(
                Finding::new(RULE.name, at, "reported complete while a milestone is open")
                    .help("report the milestones complete, or the action in progress"),
            );
        }
    }
}
