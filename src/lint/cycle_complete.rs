use crate::finding::{Finding, Severity};
use crate::plan::{Entry, Status};
use crate::timescale::TimescaleKind;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "cycle-complete",
    severity: Severity::Warning,
    summary: "What comes round again was reported complete.",
    why: "A quarterly audit that is complete will not be asked about again: the next quarter is missed \
          and nothing says so.",
    bad: "\
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
      - {id: 1.1, action: Audit case files, timescale: quarterly}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete, done: The audit of this quarter., evidence: [VEMT Report]}
",
    good: "\
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
      - {id: 1.1, action: Audit case files, timescale: quarterly}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: green, done: The audit of this quarter., evidence: [VEMT Report]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for (action, standing) in context.standings() {
        let Some(deadline) = standing.timescale else {
            continue;
        };
        let recurs = deadline
            .timescale()
            .is_some_and(|timescale| timescale.kind() == TimescaleKind::Cycle);
        if standing.status != Status::Complete || !recurs {
            continue;
        }
        let entries = standing.history.iter().map(|&at| &board.entries[at]);
        let complete = |entry: &&Entry| {
            let status = entry.reported_status();
            status.is_some_and(|status| status.value == Status::Complete)
        };
        let Some(status) = entries
            .rev()
            .find(complete)
            .and_then(Entry::reported_status)
        else {
            continue;
        };
        let message = format!(
            "action {} comes round again ({}), and is reported complete",
            action.id, deadline.text
        );
        let help = "report this round with a rating and what was done; it is complete once nothing \
                    more is to come";
        findings.push(Finding::new(RULE.name, status.at, message).help(help));
    }
}
