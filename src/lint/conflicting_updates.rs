use crate::finding::{Finding, Severity};
use crate::plan::{About, Entry, Plan, Rag, Status, Target};
use crate::source::Span;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "conflicting-updates",
    severity: Severity::Error,
    summary: "Two entries of one day disagree about an action, or an entry with itself.",
    why: "Which of them counts would hang on the names of files. They apply in order, and the \
          later one stands until somebody says which is right.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
  - {action: 1.1, rag: green}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber}
  - {action: 1.2, rag: green}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    for entry in &board.entries {
        contradiction(entry, findings);
    }
    for (plan, account) in board.plans.iter().zip(&context.accounts) {
        for (action, history) in account.histories.iter().enumerate() {
            let entries: Vec<&Entry> = history.iter().map(|&at| &board.entries[at]).collect();
            for (at, later) in entries.iter().enumerate() {
                let day = later.date.map(|date| date.value);
                let same_day = |earlier: &&&Entry| earlier.date.map(|date| date.value) == day;
                for earlier in entries[..at].iter().rev().take_while(same_day) {
                    if target(plan, action, earlier) == target(plan, action, later) {
                        let id = &plan.actions[action].id;
                        disagreement(&id.value, earlier, later, findings);
                    }
                }
            }
        }
    }
}

/// Blue means complete; beside another status, the status counts.
fn contradiction(entry: &Entry, findings: &mut Vec<Finding>) {
    if let (Some(rag), Some(status)) = (entry.rag, entry.status)
        && rag.value == Rag::Blue
        && status.value != Status::Complete
    {
        let message = format!(
            "`rag: blue` means complete, and the status is {}; the status counts",
            status.value.word()
        );
        findings.push(
            Finding::new(RULE.name, rag.at, message)
                .help("delete one of the two")
                .related(status.at, "the status"),
        );
    }
}

/// Which of an action's deadlines an entry is about.
fn target(plan: &Plan, action: usize, entry: &Entry) -> Option<usize> {
    let ids = match &entry.about {
        About::One(id) => std::slice::from_ref(id),
        About::Several(ids) => ids,
        _ => &[],
    };
    let targets = ids.iter().filter_map(|id| plan.index.get(&id.value));
    let own = |target: &&Target| target.action == action;
    targets.filter(own).find_map(|target| target.milestone)
}

fn disagreement(id: &str, earlier: &Entry, later: &Entry, findings: &mut Vec<Finding>) {
    let mut differ = |what: &str, first: Option<(String, Span)>, second: Option<(String, Span)>| {
        let (Some((first, first_at)), Some((second, at))) = (first, second) else {
            return;
        };
        if first != second {
            let message = format!(
                "two entries of one day give action {id} different {what}: {first} and {second}"
            );
            findings.push(
                Finding::new(RULE.name, at, message)
                    .help("keep the one that is right, or date one of them on another day")
                    .related(first_at, "the other entry"),
            );
        }
    };
    let rag = |entry: &Entry| entry.rag.map(|rag| (rag.value.word().to_owned(), rag.at));
    differ("ratings", rag(earlier), rag(later));
    let status = |entry: &Entry| {
        let status = entry.status?;
        Some((status.value.word().to_owned(), status.at))
    };
    differ("statuses", status(earlier), status(later));
    let impact = |entry: &Entry| {
        entry
            .impact_rag
            .map(|rag| (rag.value.word().to_owned(), rag.at))
    };
    differ("ratings of impact", impact(earlier), impact(later));
    let timescale = |entry: &Entry| {
        let text = &entry.timescale.as_ref()?.text;
        Some((text.value.clone(), text.at))
    };
    differ("deadlines", timescale(earlier), timescale(later));
    let owners = |entry: &Entry| {
        let mut ids: Vec<&str> = entry
            .owners
            .as_ref()?
            .iter()
            .map(|id| id.as_str())
            .collect();
        ids.sort_unstable();
        Some((ids.join(", "), entry.owners_at))
    };
    differ("owners", owners(earlier), owners(later));
}
