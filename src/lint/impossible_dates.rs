use crate::finding::{Finding, Severity};
use crate::plan::{About, Action, Entry, Plan, Review, Text};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "impossible-dates",
    severity: Severity::Error,
    summary: "Two dates cannot both be right: work that begins after its deadline, a report about an \
          action before it was there, a review that ended before it began.",
    why: "A report from before an action's day is not about that action: a lost update. What begins \
          after its deadline is late before anybody could begin.",
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
      - {id: 1.1, action: Train staff, starts: June 2018, timescale: April 2018}
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
      - {id: 1.1, action: Train staff, starts: February 2018, timescale: April 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for plan in &board.plans {
        findings.extend(
            plan.actions
                .iter()
                .filter_map(|action| starts(plan, action)),
        );
    }
    for entry in &board.entries {
        if let Some(plan) = entry.plan {
            findings.extend(too_early(&board.plans[plan], entry));
        }
    }
    findings.extend(board.reviews.iter().filter_map(review));
}

/// Work that is to begin only after the day on which it is due.
fn starts(plan: &Plan, action: &Action) -> Option<Finding> {
    let starts = action.starts.as_ref()?;
    let first = starts.timescale()?;
    let first = first.start().or(first.last_day())?;
    let due = |deadline: &Option<crate::plan::Deadline>| deadline.as_ref()?.timescale()?.last_day();
    let last = if action.milestones.is_empty() {
        plan.baseline(action)?.timescale()?.last_day()?
    } else {
        let days = action.milestones.iter().map(|m| due(&m.timescale));
        days.collect::<Option<Vec<_>>>()?.into_iter().max()?
    };
    let message = format!(
        "action {} begins {}, after its deadline, {}",
        action.id,
        starts.text,
        last.long()
    );
    let help = "write a first day on or before the deadline, or correct the deadline";
    (first > last).then(|| Finding::new(RULE.name, starts.text.at, message).help(help))
}

/// An entry from before the day on which its action was added: it is not about that action.
fn too_early(plan: &Plan, entry: &Entry) -> Vec<Finding> {
    let Some(date) = entry.date else {
        return Vec::new();
    };
    let ids: &[Text] = match &entry.about {
        About::One(id) => std::slice::from_ref(id),
        About::Several(ids) => ids,
        _ => &[],
    };
    let early = ids.iter().filter_map(|id| {
        let action = &plan.actions[plan.index.get(id.as_str())?.action];
        let added = action.added.filter(|added| added.value > date.value)?;
        let message = format!(
            "this entry of {} counts for nothing: action {id} was added on {}",
            date.value.long(),
            added.value.long()
        );
        let help = "correct the entry's date, or the action's `added`";
        Some(
            Finding::new(RULE.name, id.at, message)
                .help(help)
                .related(added.at, "added on this day"),
        )
    });
    early.collect()
}

/// A review that ended before it was commissioned.
fn review(review: &Review) -> Option<Finding> {
    let (began, ended) = (review.commissioned?, review.concluded?);
    let message = format!(
        "the review {} ended before it was commissioned, on {}",
        review.id,
        began.value.long()
    );
    (ended.value < began.value).then(|| {
        Finding::new(RULE.name, ended.at, message)
            .help("correct the day that is wrong")
            .related(began.at, "commissioned on this day")
    })
}
