use std::collections::{HashMap, HashSet};

use crate::calendar::Day;
use crate::diff::baseline::{BaselineChange, PLACE, Thing, ThingKind, objective_id};
use crate::diff::statements::Statement;
use crate::finding::{Finding, Placed, Severity};
use crate::plan::Plan;
use crate::source::Span;

use super::changes::{self, BoardBefore, SinceRevision, adopted, key, quoted};
use super::relied_on;
use super::{Context, Rule, severity};

pub static RULE: Rule = Rule {
    name: "baseline-changed",
    severity: Severity::Error,
    summary: "Something in a plan was changed after the board adopted it.",
    why: "A plan as adopted never changes: what happens to it is reported, with a date, so that no \
          deadline moves without a trace. It is looked for under `plan validate --against REV`; \
          comments, quoting, order and the file's folder do not matter. What the board itself mends is \
          allowed once by a line at the head of the file: `# plan: allow baseline-changed 1.1: \
          misprint, Board 6 March 2018`.",
    bad: "\
=== plan.yaml as it was
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
      - {id: 1.1, action: Train staff, timescale: June 2018}
",
    good: "\
=== plan.yaml as it was
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
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-03-06
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, reason: The trainer is ill, agreed: board}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(since) = &context.since else {
        return;
    };
    findings.extend(relied_on::check(&RULE, context, since));
    for (then, change) in since.frozen() {
        let Some(now) = change.now else {
            findings.push(plan_gone(context, since, then));
            continue;
        };
        let plans = Plans {
            since,
            then,
            now,
            fresh: fresh(then, now),
        };
        let reused =
            |thing: Thing| thing.kind.is_action() && changes::is_reused(then, now, thing.id);
        for change in &change.changes {
            match change {
                BaselineChange::Added { thing, at, .. } => {
                    findings.extend(plans.added(*thing, *at));
                }
                BaselineChange::Removed { thing, name, at } if !thing.kind.is_action() => {
                    findings.push(plans.removed(*thing, name, *at));
                }
                BaselineChange::Edited {
                    thing,
                    field,
                    then,
                    now,
                    at,
                } if !reused(*thing) => {
                    findings.push(plans.edited(*thing, field, then.as_ref(), now.as_ref(), *at));
                }
                BaselineChange::Removed { .. } | BaselineChange::Edited { .. } => {}
            }
        }
    }
}

/// What is to be said of a board that the revision had and that is gone: each of its adopted plans,
/// in the place that it had.
pub fn board_gone(before: BoardBefore, day: Day) -> Vec<Placed> {
    let board = &before.reading.board;
    let frozen = board
        .plans
        .iter()
        .filter(|plan| changes::is_frozen(plan, day));
    let placed = frozen.filter_map(|plan| {
        Some(Placed {
            rule: RULE.name,
            severity: severity(board, RULE.name)?,
            message: format!(
                "the board {} is gone since {}, with its plan {}, adopted {}",
                board.name,
                before.name,
                plan.stem,
                adopted(plan)
            ),
            help: Some("put the board's folder back: an adopted plan is kept, and its actions are closed by \
                 entries"
                    .into()),
            place: before.reading.sources.place(plan.at),
            related: Vec::new(),
            fix: None,
            changed: None,
        })
    });
    placed.collect()
}

/// A plan whose file is gone, or has another name.
fn plan_gone(context: &Context, since: &SinceRevision, plan: &Plan) -> Finding {
    let message = format!(
        "the plan {} is gone since {}, adopted {}",
        plan.stem,
        since.name,
        adopted(plan)
    );
    let right = "put the file back under its name, by which entries know it";
    let at = context.board.at.unwrap_or_default();
    changes::finding(&RULE, at, &plan.stem, message, right)
}

/// Priorities, objectives and milestones that belong to new actions alone, or hold nothing else.
fn fresh<'b>(then: &Plan, now: &'b Plan) -> HashSet<(ThingKind, &'b str)> {
    let mut only_new: HashMap<(ThingKind, &str), bool> = HashMap::new();
    for action in &now.actions {
        let is_new = !then.index.contains_key(action.id.as_str());
        let objective = action.objective.map(|at| objective_id(&now.objectives[at]));
        let holders = [
            now.priority_of(action)
                .map(|priority| (ThingKind::Priority, priority.id.as_str())),
            objective.map(|id| (ThingKind::Objective, id)),
        ];
        let milestones = action.milestones.iter();
        let milestones = milestones.map(|milestone| (ThingKind::Milestone, milestone.id.as_str()));
        for thing in holders.into_iter().flatten().chain(milestones) {
            *only_new.entry(thing).or_insert(true) &= is_new;
        }
    }
    let only_new = only_new.into_iter().filter(|(_, only_new)| *only_new);
    only_new.map(|(thing, _)| thing).collect()
}

/// The two states of a plan.
struct Plans<'c, 'r> {
    since: &'c SinceRevision<'r>,
    then: &'r Plan,
    now: &'r Plan,
    /// What may be new because all that it holds is.
    fresh: HashSet<(ThingKind, &'r str)>,
}

impl Plans<'_, '_> {
    fn edited(
        &self,
        thing: Thing,
        field: &str,
        then: Option<&Statement>,
        now: Option<&Statement>,
        at: Span,
    ) -> Finding {
        let name = self.since.name;
        let message = match (then, now) {
            (Some(then), Some(now)) if field == PLACE => {
                format!(
                    "{thing} was moved since {name}: it stood {}, and stands {}",
                    then.text, now.text
                )
            }
            (Some(then), Some(_)) => format!(
                "the `{field}` of {thing} was changed since {name}: it was {}",
                quoted(&then.text)
            ),
            (Some(then), None) => format!(
                "the `{field}` of {thing} is gone since {name}: it was {}",
                quoted(&then.text)
            ),
            (None, _) => format!("{thing} was given a `{field}` since {name}, which it had not"),
        };
        let right = match field {
            "timescale" => {
                "put it back, and record the new deadline as an entry (`timescale`, `reason`, `agreed`)"
            }
            "owners" => {
                "put it back, and record the other owners as an entry (`owners`, `reason`, `agreed`)"
            }
            "adopted" => "put it back: a plan stays adopted",
            _ if then.is_none() => "take it out, and report what is new as an entry",
            _ => "put it back as it was, and report what is new as an entry",
        };
        changes::finding(&RULE, at, key(thing, field), message, right)
    }

    fn removed(&self, thing: Thing, name: &str, at: Span) -> Finding {
        let message = format!(
            "{thing} is gone since {}: {}",
            self.since.name,
            quoted(name)
        );
        let right = "put it back: what was adopted stays";
        changes::finding(&RULE, at, key(thing, ""), message, right)
    }

    /// What is new in an adopted plan: an action that says so, or what holds nothing else.
    fn added(&self, thing: Thing, at: Span) -> Option<Finding> {
        if thing.kind == ThingKind::Action {
            return self.added_action(thing, at);
        }
        if self.fresh.contains(&(thing.kind, thing.id)) {
            return None;
        }
        let name = self.since.name;
        let message = format!("{thing} is new since {name}, in a plan that was adopted");
        let right = "take it out: only an action can be new, with `added: DATE`";
        Some(changes::finding(&RULE, at, key(thing, ""), message, right))
    }

    fn added_action(&self, thing: Thing, at: Span) -> Option<Finding> {
        let name = self.since.name;
        let target = self.now.index.get(thing.id);
        let added = target.and_then(|target| self.now.actions[target.action].added);
        let day = adopted(self.then);
        let late = |added: Day| self.then.adopted.is_none_or(|day| added > day.value);
        let right = "write `added: DATE`, the day after adoption from which it counts";
        let (at, message) = match added {
            Some(added) if late(added.value) => return None,
            Some(added) => (
                added.at,
                format!(
                    "{thing} is new since {name}, and says that it was added before the plan was adopted, {day}"
                ),
            ),
            None => (
                at,
                format!(
                    "{thing} is new since {name}, in a plan that was adopted {day}, and does not say `added`"
                ),
            ),
        };
        Some(changes::finding(&RULE, at, key(thing, ""), message, right))
    }
}
