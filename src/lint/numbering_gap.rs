use crate::finding::{Finding, Severity};
use crate::plan::Id;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "numbering-gap",
    severity: Severity::Warning,
    summary: "Ids count up and leave a number out.",
    why: "An action may have been lost when the plan was copied; or it was withdrawn before \
          anybody agreed to it.",
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
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.3, action: Publish guidance, timescale: June 2018}
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
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        row(
            plan.priorities.iter().map(|priority| &priority.id),
            findings,
        );
        row(
            plan.objectives.iter().filter_map(|o| o.id.as_ref()),
            findings,
        );
        row(plan.actions.iter().map(|action| &action.id), findings);
    }
}

/// Looks at ids that stand below each other: 2.1.2 and then 2.1.4 leave out 2.1.3.
fn row<'i>(ids: impl Iterator<Item = &'i Id>, findings: &mut Vec<Finding>) {
    let mut last: Option<(&str, u32, &Id)> = None;
    for id in ids {
        let Some((prefix, number)) = counted(id) else {
            last = None;
            continue;
        };
        if let Some((before, counted, previous)) = last
            && before == prefix
            && number > counted + 1
        {
            let first = format!("{prefix}{}", counted + 1);
            let gap = match number - counted {
                2 => format!("there is no {first}"),
                _ => format!("there is no {first} to {prefix}{}", number - 1),
            };
            findings.push(
                Finding::new(RULE.name, id.at, format!("{previous}, then {id}: {gap}"))
                    .help("add what is missing, or let the gap stand as the document's own")
                    .related(previous.at, "the id before"),
            );
        }
        last = Some((prefix, number, id));
    }
}

/// What an id begins with, and the number that it counts with: "2.2." and 4 for 2.2.4a.
fn counted(id: &str) -> Option<(&str, u32)> {
    let whole = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let start = whole
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + 1);
    let (prefix, number) = whole.split_at_checked(start)?;
    Some((prefix, number.parse().ok()?))
}
