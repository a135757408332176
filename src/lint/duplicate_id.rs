use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Severity};
use crate::plan::Id;
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "duplicate-id",
    severity: Severity::Error,
    summary: "Two things of a plan have the same id, or two plans the same file name.",
    why: "A report about that id could be about either; it counts for the first.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.1, action: Publish guidance, timescale: June 2018}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for plan in &context.board.plans {
        unique(
            plan.priorities.iter().map(|p| &p.id),
            "priorities",
            findings,
        );
        let objectives = plan.objectives.iter().filter_map(|o| o.id.as_ref());
        unique(objectives, "objectives", findings);
        unique(
            plan.indicators.iter().map(|i| &i.id),
            "indicators",
            findings,
        );
        // A milestone's id counts as an action's.
        let actions = plan.actions.iter().flat_map(|action| {
            let milestones = action.milestones.iter().map(|milestone| &milestone.id);
            std::iter::once(&action.id).chain(milestones)
        });
        unique(actions, "actions", findings);
    }
    let reviews = &context.board.reviews;
    unique(reviews.iter().map(|review| &review.id), "reviews", findings);
    for review in reviews {
        let ids = review.findings.iter().map(|finding| &finding.id);
        unique(ids, "findings", findings);
    }
}

fn unique<'i>(ids: impl Iterator<Item = &'i Id>, what: &str, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for id in ids.filter(|id| !id.is_empty()) {
        if let Some(&first) = seen.get(id.as_str()) {
            findings.push(
                Finding::new(RULE.name, id.at, format!("two {what} have the id `{id}`"))
                    .help("give one of them another id; reports about it count for the first")
                    .related(first, "the first"),
            );
        } else {
            seen.insert(&id.value, id.at);
        }
    }
}
