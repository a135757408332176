use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "future-update",
    severity: Severity::Error,
    summary: "An entry is dated after the day asked.",
    why: "It does not count yet: most often its year or month is mistyped.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2099-01-16
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

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    let updates = board.entries.iter().map(|entry| entry.date);
    let challenges = board.challenges.iter().map(|challenge| challenge.date);
    let dates = updates.chain(challenges).flatten();
    let future = dates.filter(|date| date.value > context.day);
    findings.extend(future.map(|date| {
        let message = format!(
            "dated {}, after {}: it does not count yet",
            date.value.long(),
            context.day.long()
        );
        Finding::new(RULE.name, date.at, message)
            .help("mend the date, or ask about a later day with `--as-of`")
    }));
}
