use crate::finding::{Finding, Severity};
use crate::source::Span;
use crate::standing::Asked;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "not-agreed",
    severity: Severity::Warning,
    summary: "A new deadline, other owners, a pause, a withdrawal or a carrying forward is asked \
          for and not agreed.",
    why: "Until somebody agrees to it the old promise stands; the board has to decide.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, reason: The audit was delayed}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, reason: The audit was delayed, agreed: board}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (_, standing) in context.standings() {
        let milestones = standing.milestones.iter().map(|milestone| &milestone.asked);
        let mut waiting: Vec<(usize, Span, String)> = Vec::new();
        for asked in std::iter::once(&standing.asked).chain(milestones) {
            waiting.extend(requests(context, asked));
        }
        // What is asked for of a milestone is asked for of its action too.
        waiting.sort();
        waiting.dedup();
        for (_, at, what) in waiting {
            let message = format!("{what} requested, and nobody has decided");
            let help = "once it is decided, add a dated entry that names it again with `agreed: …`, or one with `refused: …`; \
                        until then the old promise stands";
            findings.push(Finding::new(RULE.name, at, message).help(help));
        }
    }
}

/// What is asked for and waits for an answer: the entry that asks, where, and what.
fn requests(context: &Context, asked: &Asked) -> Vec<(usize, Span, String)> {
    let entry = |at: usize| &context.board.entries[at];
    let timescale = asked.timescale.map(|ask| {
        let text = &ask.value.text;
        (ask.entry, text.at, format!("\"{}\" is", text.value))
    });
    let owners = asked.owners.map(|ask| {
        let at = entry(ask.entry).owners_at;
        (ask.entry, at, "other owners are".to_owned())
    });
    let status = asked.status.map(|ask| {
        let reported = entry(ask.entry).reported_status();
        let at = reported.map_or(entry(ask.entry).head(), |status| status.at);
        (ask.entry, at, format!("\"{}\" is", ask.value.word()))
    });
    [timescale, owners, status].into_iter().flatten().collect()
}
