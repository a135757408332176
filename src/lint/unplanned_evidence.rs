use crate::finding::{Finding, Severity, suggest};
use crate::standing::same;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unplanned-evidence",
    severity: Severity::Warning,
    summary: "An entry brings evidence that the plan does not name.",
    why: "Nothing was promised by that name, so what was promised still counts as missing: \
          often a spelling.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, evidence: [VMET Report]}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, evidence: [VEMT Report]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for (plan, account) in board.plans.iter().zip(&context.accounts) {
        // What each entry's actions promise, taken together.
        let mut promised: Vec<Vec<&str>> = vec![Vec::new(); board.entries.len()];
        for (action, history) in plan.actions.iter().zip(&account.histories) {
            for &entry in history {
                let titles = plan.evidence(action).iter().map(|item| item.title.as_str());
                promised[entry].extend(titles);
            }
        }
        for (entry, promised) in board.entries.iter().zip(promised) {
            if promised.is_empty() {
                continue;
            }
            let known = |title: &str| promised.iter().any(|other| same(other, title));
            for item in entry.evidence.iter().filter(|item| !known(&item.title)) {
                let message = format!("the plan promises no \"{}\" here", item.title);
                let help = suggest(&item.title, &promised, "promised items");
                findings.push(Finding::new(RULE.name, item.title.at, message).help(help));
            }
        }
    }
}
