use crate::finding::{Finding, Severity};

use super::{Context, Rule};
use crate::standing::Reason;

pub static RULE: Rule = Rule {
    name: "over-rated",
    severity: Severity::Warning,
    summary: "An action is rated better than dates and reports allow.",
    why: "That is the board's challenge: the lead says green, and the day has passed.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.2, rag: green, date: 2018-04-20}
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
      - {id: 1.2, action: Publish guidance, timescale: March 2018}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.2, rag: red, date: 2018-04-20}
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
      - {id: 1.2, action: Publish guidance, timescale: March 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (action, standing) in context
        .standings()
        .filter(|(_, standing)| standing.over_rated)
    {
        let mut entries = standing
            .history
            .iter()
            .rev()
            .map(|&at| &context.board.entries[at]);
        let at = entries.find_map(|entry| entry.reported_rag().and(entry.rag));
        let mut reasons = standing.reasons.iter();
        let reason = reasons.find_map(|reason| match reason {
            Reason::OverRated { reported, against } => Some((reported.word(), against)),
            _ => None,
        });
        let Some((reported, against)) = reason else {
            continue;
        };
        let message = format!("action {} is rated {reported}, but {against}", action.id);
        findings.push(
            Finding::new(RULE.name, at.map_or(action.id.at, |rag| rag.at), message)
                .help("ask the lead what makes it so, and report it again"),
        );
    }
}
