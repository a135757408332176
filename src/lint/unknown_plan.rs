use crate::finding::{Finding, Severity, suggest};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-plan",
    severity: Severity::Error,
    summary: "A file, an entry or an action names a plan that the board does not have.",
    why: "A report on a plan that is not there counts for none. A plan is known by its file's \
          name without the ending.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plann
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
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

/// The plans that updates and challenges name are looked up as they are read; here are those that
/// actions name.
fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    let stems: Vec<&str> = board.plans.iter().map(|plan| plan.stem.as_str()).collect();
    for action in board.plans.iter().flat_map(|plan| &plan.actions) {
        for reference in [&action.from, &action.supports].into_iter().flatten() {
            let Some((stem, _)) = reference.split_once('#') else {
                let message = format!("`{reference}` does not name a plan and one of its ids");
                let help = "write `PLAN#ID`, as in `work-plan-2017-19#2.1.5`, in quotes";
                findings.push(Finding::new("wrong-type", reference.at, message).help(help));
                continue;
            };
            if board.plan(stem).is_none() {
                let message = format!("the board has no plan `{stem}`");
                let help = suggest(stem, &stems, "plans");
                findings.push(Finding::new(RULE.name, reference.at, message).help(help));
            }
        }
    }
}
