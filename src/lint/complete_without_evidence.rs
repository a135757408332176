use crate::finding::{Finding, Severity};
use crate::plan::Status;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "complete-without-evidence",
    severity: Severity::Warning,
    summary: "An action is complete, and none of the evidence that the plan promises has come in.",
    why: "Done is not proven: the board has seen nothing of what it was promised.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete, evidence: [VEMT Report]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (action, standing) in context.standings() {
        let promised = standing.assurance.iter().any(|item| item.planned);
        let received = standing
            .assurance
            .iter()
            .any(|item| !item.received.is_empty());
        if standing.status != Status::Complete || !promised || received {
            continue;
        }
        let mut entries = standing
            .history
            .iter()
            .rev()
            .map(|&at| &context.board.entries[at]);
        let closing = entries.find_map(|entry| {
            let status = entry.reported_status()?;
            (status.value == Status::Complete).then_some(status.at)
        });
        let message = format!(
            "action {} is complete, with none of its evidence",
            action.id
        );
        findings.push(
            Finding::new(RULE.name, closing.unwrap_or(action.id.at), message)
                .help("name what came in: `evidence: [...]`"),
        );
    }
}
