use crate::finding::{Finding, Severity, suggest};
use crate::plan::{About, Id, Plan, Text};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-action",
    severity: Severity::Error,
    summary: "An entry or an action names an action, objective or priority that the plan does not \
          have.",
    why: "The report is not about anything, so it counts for nothing: a lost update.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.11, rag: amber}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for entry in &board.entries {
        let Some(plan) = entry.plan.map(|plan| &board.plans[plan]) else {
            continue;
        };
        match &entry.about {
            About::One(id) => action(plan, id, findings),
            About::Several(ids) => ids.iter().for_each(|id| action(plan, id, findings)),
            About::Objective(id) => {
                let ids = plan.objectives.iter().filter_map(|o| o.id.as_ref());
                known(
                    plan,
                    id,
                    "objective",
                    ids.map(|id| id.as_str()).collect(),
                    findings,
                );
            }
            About::Priority(id) => {
                let ids = plan.priorities.iter().map(|p| p.id.as_str());
                known(plan, id, "priority", ids.collect(), findings);
            }
            About::Nothing => {}
        }
    }
    for challenge in &board.challenges {
        if let (Some(plan), Some(id)) = (challenge.plan, &challenge.action) {
            action(&board.plans[plan], id, findings);
        }
    }
    for given in board.plans.iter().flat_map(|plan| &plan.actions) {
        if let Some((plan, id)) = given.from.as_ref().and_then(|text| target(context, text)) {
            action(plan, &id, findings);
        }
        if let Some((plan, id)) = given
            .supports
            .as_ref()
            .and_then(|text| target(context, text))
            && !plan
                .priorities
                .iter()
                .any(|priority| priority.id.as_str() == id.as_str())
        {
            action(plan, &id, findings);
        }
    }
}

/// The plan that `PLAN#ID` names, and the id.
fn target<'c>(context: &Context<'c>, reference: &Text) -> Option<(&'c Plan, Text)> {
    let (stem, id) = reference.split_once('#')?;
    let plan = &context.board.plans[context.board.plan(stem)?];
    let id = Text {
        value: id.to_owned(),
        at: reference.at,
    };
    Some((plan, id))
}

fn action(plan: &Plan, id: &Text, findings: &mut Vec<Finding>) {
    if plan.index.contains_key(&id.value) {
        return;
    }
    let mut ids: Vec<&str> = plan.index.keys().map(String::as_str).collect();
    ids.sort_by(|a, b| crate::plan::natural(a, b));
    let named = |own: &Option<Id>| own.as_ref().is_some_and(|own| own.as_str() == id.as_str());
    let parts = ids.iter().filter(|own| {
        let rest = own.strip_prefix(id.as_str());
        rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
    });
    let parts: Vec<String> = parts.map(|own| format!("`{own}`")).collect();
    let help = if plan.objectives.iter().any(|objective| named(&objective.id)) {
        format!("{id} is an objective: write `objective: {id}`")
    } else if plan
        .priorities
        .iter()
        .any(|priority| priority.id.as_str() == id.as_str())
    {
        format!("{id} is a priority: write `priority: {id}`")
    } else if !parts.is_empty() {
        format!("did you mean {}?", parts.join(" or "))
    } else {
        suggest(id, &ids, "ids")
    };
    let message = format!("`{}` has no action `{id}`", plan.stem);
    findings.push(Finding::new(RULE.name, id.at, message).help(help));
}

fn known(plan: &Plan, id: &Text, what: &str, ids: Vec<&str>, findings: &mut Vec<Finding>) {
    if !ids.contains(&id.as_str()) {
        let message = format!("`{}` has no {what} `{id}`", plan.stem);
        let help = suggest(id, &ids, "ids");
        findings.push(Finding::new(RULE.name, id.at, message).help(help));
    }
}
