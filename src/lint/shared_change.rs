use crate::finding::{Finding, Severity};
use crate::plan::{About, Status};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "shared-change",
    severity: Severity::Error,
    summary: "An entry about several actions closes, pauses, reassigns or re-times them.",
    why: "Such a change is agreed for one action at a time, with its reason; in an entry about \
          several it moves nothing.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: [1.1, 1.2], status: complete}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, status: complete}
  - {action: 1.2, status: complete}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    // In a refusal such fields only name what is refused.
    let entries = context.board.entries.iter();
    for entry in entries.filter(|entry| entry.refused.is_none()) {
        let what = match entry.about {
            About::Several(_) => "several actions",
            About::Objective(_) => "an objective",
            About::Priority(_) => "a priority",
            About::One(_) | About::Nothing => continue,
        };
        let status = entry
            .reported_status()
            .filter(|status| !matches!(status.value, Status::NotStarted | Status::InProgress));
        let changes = [
            status.map(|status| (status.at, format!("report them {}", status.value.word()))),
            (entry.timescale.as_ref())
                .map(|deadline| (deadline.text.at, "move their deadlines".to_owned())),
            (entry.owners.as_ref()).map(|_| (entry.owners_at, "change their owners".to_owned())),
        ];
        findings.extend(changes.into_iter().flatten().map(|(at, change)| {
            let message = format!("an entry about {what} cannot {change}; this moves nothing");
            Finding::new(RULE.name, at, message).help("write an entry for each action")
        }));
    }
}
