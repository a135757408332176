use std::cell::OnceCell;

use crate::finding::{Finding, Names, Severity};
use crate::plan::{About, Plan, Text, natural};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-action",
    severity: Severity::Error,
    summary: "An entry or an action names an action, objective or priority that the plan does not \
          have.",
    why: "The report is not about anything, so it counts for nothing: a lost update.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.11, rag: amber}
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
    let known: Vec<PlanNames> = board.plans.iter().map(PlanNames::new).collect();
    for entry in &board.entries {
        let Some(known) = entry.plan.map(|plan| &known[plan]) else {
            continue;
        };
        match &entry.about {
            About::One(id) => known.action(id, findings),
            About::Several(ids) => ids.iter().for_each(|id| known.action(id, findings)),
            About::Objective(id) => known.part(id, "objective", &known.objectives, findings),
            About::Priority(id) => known.part(id, "priority", &known.priorities, findings),
            About::Nothing => {}
        }
    }
    for challenge in &board.challenges {
        if let (Some(plan), Some(id)) = (challenge.plan, &challenge.action) {
            known[plan].action(id, findings);
        }
    }
    for given in board.plans.iter().flat_map(|plan| &plan.actions) {
        if let Some((plan, id)) = given.from.as_ref().and_then(|text| target(context, text)) {
            known[plan].action(&id, findings);
        }
        if let Some((plan, id)) = (given.supports.as_ref()).and_then(|text| target(context, text))
            && !known[plan].priorities.has(&id)
        {
            known[plan].action(&id, findings);
        }
    }
}

/// The plan that `PLAN#ID` names, and the id.
fn target(context: &Context, reference: &Text) -> Option<(usize, Text)> {
    let (stem, id) = reference.split_once('#')?;
    let id = Text {
        value: id.into(),
        at: reference.at,
    };
    Some((context.board.plan(stem)?, id))
}

/// What a plan's parts are called.
struct PlanNames<'p> {
    plan: &'p Plan,
    objectives: Names<'p>,
    priorities: Names<'p>,
    /// The actions and milestones; looked at only where a name is none of them.
    actions: OnceCell<ActionIds<'p>>,
}

/// The ids of a plan's actions and milestones: sorted by their letters, and for suggestions.
struct ActionIds<'p> {
    sorted: Vec<&'p str>,
    names: Names<'p>,
}

impl<'p> PlanNames<'p> {
    fn new(plan: &'p Plan) -> PlanNames<'p> {
        let objectives = plan.objectives.iter().filter_map(|part| part.id.as_ref());
        PlanNames {
            plan,
            objectives: Names::new(objectives.map(|id| id.as_str())),
            priorities: Names::new(plan.priorities.iter().map(|part| part.id.as_str())),
            actions: OnceCell::new(),
        }
    }

    fn actions(&self) -> &ActionIds<'p> {
        self.actions.get_or_init(|| {
            let mut ids: Vec<&str> = self.plan.index.keys().map(String::as_str).collect();
            ids.sort_by(|a, b| natural(a, b));
            let names = Names::new(ids.iter().copied());
            ids.sort_unstable();
            ActionIds { sorted: ids, names }
        })
    }

    /// The actions of which an id is the beginning, and only letters follow: 2.2.4a and 2.2.4b of 2.2.4.
    fn lettered(&self, id: &str) -> Vec<&'p str> {
        let sorted = &self.actions().sorted;
        let from = sorted.partition_point(|known| *known < id);
        let longer = sorted[from..]
            .iter()
            .map_while(|known| Some((*known, known.strip_prefix(id)?)));
        let mut lettered: Vec<&str> = longer
            .filter(|(_, rest)| rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .map(|(known, _)| known)
            .collect();
        lettered.sort_by(|a, b| natural(a, b));
        lettered
    }

    fn action(&self, id: &Text, findings: &mut Vec<Finding>) {
        if self.plan.index.contains_key(id.as_str()) {
            return;
        }
        let help = if self.objectives.has(id) {
            format!("{id} is an objective: write `objective: {id}`")
        } else if self.priorities.has(id) {
            format!("{id} is a priority: write `priority: {id}`")
        } else {
            let lettered = self.lettered(id);
            let lettered: Vec<String> = lettered.iter().map(|known| format!("`{known}`")).collect();
            match lettered.as_slice() {
                [] => self.actions().names.suggest(id, "ids"),
                several => format!("did you mean {}?", several.join(" or ")),
            }
        };
        let message = format!("`{}` has no action `{id}`", self.plan.stem);
        findings.push(Finding::new(RULE.name, id.at, message).help(help));
    }

    /// Looks whether an objective or a priority is there.
    fn part(&self, id: &Text, what: &str, names: &Names, findings: &mut Vec<Finding>) {
        if !names.has(id) {
            let message = format!("`{}` has no {what} `{id}`", self.plan.stem);
            let help = names.suggest(id, "ids");
            findings.push(Finding::new(RULE.name, id.at, message).help(help));
        }
    }
}
