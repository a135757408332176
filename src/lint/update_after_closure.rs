use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "update-after-closure",
    severity: Severity::Warning,
    summary: "An entry rates an action that is closed, without a status.",
    why: "Either the action is not finished after all, or the report belongs to another.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete, evidence: [VEMT Report]}
  - {action: 1.1, date: 2018-03-01, rag: amber}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete, evidence: [VEMT Report]}
  - {action: 1.1, date: 2018-03-01, rag: amber, status: in progress}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for account in &context.accounts {
        for &entry in &account.after_closure {
            let entry = &context.board.entries[entry];
            let at = entry.rag.map_or(entry.head(), |rag| rag.at);
            findings.push(
                Finding::new(
                    RULE.name,
                    at,
                    "this action was closed before; a rating opens again what was complete",
                )
                .help("write `status: in progress` if work goes on, or name the right action"),
            );
        }
    }
}
