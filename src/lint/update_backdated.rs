use foldhash::{HashMap, HashMapExt};

use crate::calendar::Day;
use crate::finding::{Finding, Severity};
use crate::standing::account;

use super::changes;
use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "update-backdated",
    severity: Severity::Warning,
    summary: "A new entry is dated before one that was already there for the same action.",
    why: "It changes how the action stood on days that the board has already looked at. It is looked \
          for under `plan validate --against REV`.",
    bad: "\
=== updates/vemt.yaml as it was
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, evidence: [VEMT Report]}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, evidence: [VEMT Report]}
  - {action: 1.1, date: 2017-11-14, rag: green}
",
    good: "\
=== updates/vemt.yaml as it was
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, evidence: [VEMT Report]}
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, evidence: [VEMT Report]}
  - {action: 1.1, date: 2018-03-06, covers: 2017-18 Q3, rag: green}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(since) = &context.since else {
        return;
    };
    let last = last_reports(&since.before.board);
    let about = actions_of(context);
    let added = since.change.entries.added.iter();
    for told in added.filter(|told| !told.is_challenge) {
        let Some(date) = context.board.entries[told.index].date else {
            continue;
        };
        for &(plan, id) in about.get(&told.index).into_iter().flatten() {
            let known = last.get(&(plan, id));
            let Some(known) = known.filter(|known| date.value < **known) else {
                continue;
            };
            let message = format!(
                "a new entry about {id} is dated {}, before the one of {} that was there at {}",
                date.value.long(),
                known.long(),
                since.name
            );
            let right =
                "date it on the day of the report, and say in `covers` of which time it speaks";
            findings.push(changes::finding(&RULE, date.at, id, message, right));
        }
    }
}

/// The plan and the id of each action that an entry is about, by the entry's index.
fn actions_of<'c>(context: &'c Context) -> HashMap<usize, Vec<(&'c str, &'c str)>> {
    let mut about: HashMap<usize, Vec<(&str, &str)>> = HashMap::new();
    for (plan, account) in context.board.plans.iter().zip(&context.accounts) {
        for (action, history) in plan.actions.iter().zip(&account.histories) {
            for &entry in history {
                let action = (plan.stem.as_str(), action.id.as_str());
                about.entry(entry).or_default().push(action);
            }
        }
    }
    about
}

/// The day of the last report on each action, by its plan's stem and its id.
fn last_reports(board: &crate::plan::Board) -> HashMap<(&str, &str), Day> {
    let mut last = HashMap::new();
    for (plan, account) in board.plans.iter().zip(account(board)) {
        for (action, history) in account.histories.into_iter().enumerate() {
            let dates = history
                .into_iter()
                .filter_map(|entry| board.entries[entry].date);
            if let Some(day) = dates.map(|date| date.value).max() {
                last.insert((plan.stem.as_str(), plan.actions[action].id.as_str()), day);
            }
        }
    }
    last
}
