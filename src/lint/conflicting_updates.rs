use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Severity};
use crate::plan::{About, ActionOrMilestone, Entry, Plan, Rag, Status};
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
            let mut day = None;
            // What was last said on the day, by deadline and kind of thing.
            let mut last: HashMap<_, (Cow<str>, Span)> = HashMap::new();
            for entry in history.iter().map(|&at| &board.entries[at]) {
                let date = entry.date.map(|date| date.value);
                if day != date {
                    last.clear();
                    day = date;
                }
                let target = target(plan, action, entry);
                for (what, value, at) in statements(entry) {
                    let before = last.insert((target, what), (value.clone(), at));
                    if let Some((earlier, earlier_at)) = before.filter(|(v, _)| *v != value) {
                        let id = &plan.actions[action].id;
                        let message = format!(
                            "two entries of one day give action {id} different {what}: \
                             {earlier} and {value}"
                        );
                        findings.push(
                            Finding::new(RULE.name, at, message)
                                .help("keep the one that is right, or date one on another day")
                                .related(earlier_at, "the other entry"),
                        );
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
    let targets = ids.iter().filter_map(|id| plan.index.get(id.as_str()));
    let of_action = |target: &&ActionOrMilestone| target.action == action;
    targets
        .filter(of_action)
        .find_map(|target| target.milestone)
}

/// What an entry says that another could contradict: the kind of thing, what it says, and where.
fn statements(entry: &Entry) -> impl Iterator<Item = (&'static str, Cow<'_, str>, Span)> {
    // What is decided takes effect over what was reported that day; a refusal says what is not.
    let counts = entry.refused.is_none();
    let kinds = if entry.agreed.is_some() {
        ["agreed statuses", "agreed deadlines", "agreed owners"]
    } else {
        ["statuses", "deadlines", "owners"]
    };
    let [statuses, deadlines, owner_lists] = kinds;
    let rag = entry
        .rag
        .map(|rag| ("ratings", rag.value.word().into(), rag.at));
    let status = entry
        .reported_status()
        .map(|status| (statuses, status.value.word().into(), status.at));
    let impact = entry
        .impact_rag
        .map(|rag| ("ratings of impact", rag.value.word().into(), rag.at));
    let deadline = entry.timescale.as_ref().map(|deadline| {
        let text = &deadline.text;
        (deadlines, text.as_str().into(), text.at)
    });
    let owners = entry.owners.as_ref().map(|owners| {
        let mut ids: Vec<&str> = owners.iter().map(|id| id.as_str()).collect();
        ids.sort_unstable();
        (owner_lists, ids.join(", ").into(), entry.owners_at)
    });
    let all = [rag, status, impact, deadline, owners];
    all.into_iter().flatten().filter(move |_| counts)
}
