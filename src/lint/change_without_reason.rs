use crate::finding::{Finding, Severity};
use crate::plan::About;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "change-without-reason",
    severity: Severity::Error,
    summary: "A new deadline, other owners, a pause, a withdrawal or a carrying forward has no \
          reason.",
    why: "A deadline that moves with nobody saying why is how drift hides. The reason is what \
          the board is asked to agree to.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, agreed: board}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, agreed: board, reason: The audit was delayed}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for entry in &context.board.entries {
        // What an entry about several asks for moves nothing, whatever its reason.
        if entry.reason.is_some() || !matches!(entry.about, About::One(_)) {
            continue;
        }
        if let Some(refused) = &entry.refused {
            let message = "a refusal, and no reason";
            findings.push(
                Finding::new(RULE.name, refused.at, message)
                    .help("add `reason: …`: why it was refused"),
            );
            continue;
        }
        let status = entry.status.filter(|status| status.value.needs_agreement());
        let changes = [
            (entry.timescale.as_ref()).map(|deadline| (deadline.text.at, "a new deadline")),
            (entry.owners.as_ref()).map(|_| (entry.owners_at, "other owners")),
            status.map(|status| (status.at, status.value.word())),
        ];
        if let Some((at, what)) = changes.into_iter().flatten().next() {
            let message = format!("{what}, and no reason");
            findings.push(
                Finding::new(RULE.name, at, message).help("add `reason: …`: why it must be so"),
            );
        }
    }
}
