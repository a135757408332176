use crate::finding::{Finding, Severity, suggest};
use crate::plan::Review;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-review",
    severity: Severity::Warning,
    summary: "An action's `source` names a review, or a finding of it, that the board's register \
          does not have.",
    why: "The paper about reviews would show the finding with nothing done about it, and the action \
          with nothing that it answers.",
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
      - {id: 1.1, action: Train staff, timescale: April 2018, source: {review: SAR-1, recommendation: F1}}
=== reviews.yaml
reviews: Reviews and their findings
entries:
  - review: SAR-2018-01
    findings:
      - {id: F1, text: Staff did not know the thresholds., decision: accepted}
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
      - {id: 1.1, action: Train staff, timescale: April 2018, source: {review: SAR-2018-01, recommendation: F1}}
=== reviews.yaml
reviews: Reviews and their findings
entries:
  - review: SAR-2018-01
    findings:
      - {id: F1, text: Staff did not know the thresholds., decision: accepted}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    // Where no register is kept, a source is words.
    if board.reviews.is_empty() {
        return;
    }
    let actions = board.plans.iter().flat_map(|plan| &plan.actions);
    for source in actions.filter_map(|action| action.source.as_ref()) {
        let Some(name) = &source.review else { continue };
        let Some(review) = board.review(name) else {
            let known: Vec<&str> = board.reviews.iter().map(|r| r.id.as_str()).collect();
            let message = format!("the register has no review `{name}`");
            let help = suggest(name, &known, "reviews");
            findings.push(Finding::new(RULE.name, name.at, message).help(help));
            continue;
        };
        if let Some(number) = &source.recommendation
            && is_number(number)
            && !review.findings.is_empty()
            && review.finding(number).is_none()
        {
            let message = format!("the review {name} has no finding `{number}`");
            let help = suggest(number, &numbers(review), "findings");
            findings.push(Finding::new(RULE.name, number.at, message).help(help));
        }
    }
}

/// Whether a recommendation is given by its number, and not by its words.
fn is_number(words: &str) -> bool {
    !words.trim().contains(char::is_whitespace)
}

fn numbers(review: &Review) -> Vec<&str> {
    review.findings.iter().map(|f| f.id.as_str()).collect()
}
