use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::finding::{Finding, Names, Severity};
use crate::plan::Evidence;
use crate::standing::EvidenceName;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unplanned-evidence",
    severity: Severity::Warning,
    summary: "An entry brings evidence that the plan does not name.",
    why: "Nothing was promised by that name, so what was promised still counts as missing: \
          often a spelling.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, evidence: [VMET Report]}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, evidence: [VEMT Report]}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for (plan, account) in board.plans.iter().zip(&context.accounts) {
        // What the actions of each entry promise: lists, of which many actions may share one.
        let mut by_entry: BTreeMap<usize, Vec<&[Evidence]>> = BTreeMap::new();
        for (action, history) in plan.actions.iter().zip(&account.histories) {
            let list = plan.evidence(action);
            for &entry in history {
                let brings_some = !board.entries[entry].evidence.is_empty();
                if brings_some && !list.is_empty() {
                    by_entry.entry(entry).or_default().push(list);
                }
            }
        }
        let mut promises = HashMap::new();
        for (entry, mut lists) in by_entry {
            lists.dedup_by_key(|list| list.as_ptr());
            let key: Vec<*const Evidence> = lists.iter().map(|list| list.as_ptr()).collect();
            let promise = promises
                .entry(key)
                .or_insert_with(|| PromisedEvidence::new(&lists));
            findings.extend(promise.not_kept(&board.entries[entry].evidence));
        }
    }
}

/// What actions promise together.
struct PromisedEvidence<'b> {
    known: HashSet<EvidenceName<'b>>,
    names: Names<'b>,
}

impl<'b> PromisedEvidence<'b> {
    fn new(lists: &[&'b [Evidence]]) -> PromisedEvidence<'b> {
        let titles = || {
            lists
                .iter()
                .copied()
                .flatten()
                .map(|item| item.title.as_str())
        };
        PromisedEvidence {
            known: titles().map(EvidenceName).collect(),
            names: Names::new(titles()),
        }
    }

    /// What comes in and was not promised.
    fn not_kept(&self, brought: &[Evidence]) -> impl Iterator<Item = Finding> {
        let unknown = |item: &&Evidence| !self.known.contains(&EvidenceName(&item.title));
        brought.iter().filter(unknown).map(|item| {
            let message = format!("the plan promises no \"{}\" here", item.title);
            let help = self.names.suggest(&item.title, "promised items");
            Finding::new(RULE.name, item.title.at, message).help(help)
        })
    }
}
