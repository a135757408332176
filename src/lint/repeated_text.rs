use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::plan::{Action, Text};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "repeated-text",
    severity: Severity::Warning,
    summary: "Two actions of a plan say the same.",
    why: "One of them is most likely a copy left in by mistake: it is counted, chased and \
          reported twice.",
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
      - {id: 1.1, action: Train all staff in neglect, timescale: April 2018}
      - {id: 1.2, action: Train all staff in neglect, timescale: June 2018}
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
        let mut seen: HashMap<String, &Action> = HashMap::new();
        for action in &plan.actions {
            let own = [&action.title, &action.own.action, &action.impact];
            let texts: Vec<&Text> = own.into_iter().flatten().collect();
            let Some(last) = texts.last() else { continue };
            let words: Vec<&str> = texts.iter().flat_map(|t| t.split_whitespace()).collect();
            let words = words.join(" ").to_lowercase();
            if let Some(first) = seen.get(words.as_str()) {
                let message = format!("action {} says the same as {}", action.id, first.id);
                findings.push(
                    Finding::new(RULE.name, last.at, message)
                        .help("take one of them out before the plan is adopted, or let both stand")
                        .related(first.id.at, "the first"),
                );
            } else {
                seen.insert(words, action);
            }
        }
    }
}
