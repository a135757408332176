use std::cell::LazyCell;

use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Names, Severity};
use crate::plan::{Board, NO_GROUP, Text, WHOLE_BOARD};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unknown-group",
    severity: Severity::Error,
    summary: "A name stands where a group belongs, and `board.yaml` does not know it.",
    why: "Nobody would be asked for that action's report, and it would be in no group's \
          papers.",
    bad: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: red, escalate: vmet}
",
    good: "\
=== updates/vemt.yaml
updates: VEMT return
plan: plan
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: red, escalate: vemt}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    // Where no document declares the groups, any name may stand.
    if board.at.is_none() {
        return;
    }
    let ids = Names::new(ids(board));
    let others = LazyCell::new(|| other_names(board));
    let unknown = named(board).filter(|name| !ids.has(name));
    findings.extend(unknown.map(|name| {
        let message = format!("the board has no group `{name}`");
        let finding = Finding::new(RULE.name, name.at, message);
        if name.contains(',') {
            let list = format!("several groups are a list: write `[{name}]`");
            return finding.help(list);
        }
        if ["yes", "true", "y", "no", "false"].contains(&name.to_lowercase().as_str()) {
            let who = "name a group, as in `agreed: board`; leave the field out where nobody has";
            return finding.help(who);
        }
        match meant(&ids, &others, name) {
            Some(id) => finding
                .help(format!("did you mean `{id}`?"))
                .fix(name.at, id),
            None => match ids.nearest(name) {
                Some(id) => finding.help(format!("did you mean `{id}`?")),
                None => finding.help(format!(
                    "add `{name}: {{name: …}}` under `groups` in board.yaml"
                )),
            },
        }
    }));
}

fn ids(board: &Board) -> impl Iterator<Item = &str> {
    let named = board.groups.iter().map(|group| group.id.as_str());
    named.chain([WHOLE_BOARD])
}

/// What groups are also called, in small letters, each with the ids of those that are.
fn other_names(board: &Board) -> HashMap<String, Vec<&str>> {
    let mut names: HashMap<String, Vec<&str>> = HashMap::new();
    for group in &board.groups {
        let id = group.id.as_str();
        let aka = group.aka.iter().chain(&group.name);
        for name in aka.map(|name| name.as_str()).chain([id]) {
            let ids = names.entry(name.to_lowercase()).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    names
}

/// The group that was meant beyond doubt: one of whose other names it is, or the only one near.
fn meant<'b>(
    ids: &Names<'b>,
    others: &HashMap<String, Vec<&'b str>>,
    name: &str,
) -> Option<&'b str> {
    match others.get(&name.trim().to_lowercase()).map(Vec::as_slice) {
        Some([id]) => Some(id),
        Some(_) => None,
        None => ids.only_near(name),
    }
}

/// Every text that stands where a group belongs.
pub fn named(board: &Board) -> impl Iterator<Item = &Text> {
    let shared = board.plans.iter().flat_map(|plan| plan.shared());
    let planned = shared.flat_map(|shared| shared.owners.iter().flatten().chain(&shared.lead));
    let reported = board.entries.iter().flat_map(|entry| {
        let single = [&entry.by, &entry.meeting, &entry.agreed, &entry.refused];
        let asked = entry.escalate.iter().filter(|to| to.as_str() != NO_GROUP);
        (single.into_iter().flatten())
            .chain(asked)
            .chain(entry.owners.iter().flatten())
    });
    let challenged = board.challenges.iter().flat_map(|challenge| {
        let single = [
            &challenge.from,
            &challenge.to,
            &challenge.by,
            &challenge.meeting,
        ];
        single.into_iter().flatten()
    });
    let members = board.groups.iter().flat_map(|group| &group.members);
    let meetings = board.meetings.iter().map(|meetings| &meetings.group);
    (members.chain(meetings))
        .chain(planned)
        .chain(reported)
        .chain(challenged)
}
