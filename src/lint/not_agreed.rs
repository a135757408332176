use crate::finding::{Finding, Severity};
use crate::plan::{About, Entry};
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
    // What is asked for of a closed action needs no decision any more.
    let open_ones = context
        .standings()
        .filter(|(_, standing)| standing.status.is_open());
    for (_, standing) in open_ones {
        let milestones = standing.milestones.iter().map(|milestone| &milestone.asked);
        let all: Vec<&Asked> = std::iter::once(&standing.asked).chain(milestones).collect();
        for &entry in &standing.history {
            let entry = &context.board.entries[entry];
            if entry.agreed.is_some() || !matches!(entry.about, About::One(_)) {
                continue;
            }
            for (at, what) in open(entry, &all) {
                let message = format!("{what} requested, and nobody has decided");
                let help = "add a dated entry with `agreed: …` once it is decided; until then the \
                            old promise stands";
                findings.push(Finding::new(RULE.name, at, message).help(help));
            }
        }
    }
}

/// What an entry asks for that still waits for an answer.
fn open(entry: &Entry, asked: &[&Asked]) -> Vec<(Span, String)> {
    let timescale = entry.timescale.as_ref().filter(|own| {
        let mut waiting = asked.iter().filter_map(|asked| asked.timescale);
        waiting.any(|other| std::ptr::eq(*own, other))
    });
    let owners = entry.owners.as_deref().filter(|own| {
        let mut waiting = asked.iter().filter_map(|asked| asked.owners);
        waiting.any(|other| std::ptr::eq(*own, other))
    });
    let status = entry.status.filter(|own| {
        own.value.needs_agreement() && asked.iter().any(|asked| asked.status == Some(own.value))
    });
    let open = [
        timescale.map(|own| (own.text.at, format!("\"{}\" is", own.text.value))),
        owners.map(|_| (entry.owners_at, "other owners are".to_owned())),
        status.map(|own| (own.at, format!("\"{}\" is", own.value.word()))),
    ];
    open.into_iter().flatten().collect()
}
