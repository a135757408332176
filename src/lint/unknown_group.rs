use crate::finding::{Finding, Severity, nearest, only_near};
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
    let unknown = named(board).filter(|name| !board.knows_group(name));
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
        match meant(board, name) {
            Some(id) => finding
                .help(format!("did you mean `{id}`?"))
                .fix(name.at, id),
            None => {
                let ids: Vec<&str> = ids(board).collect();
                match nearest(name, ids) {
                    Some(id) => finding.help(format!("did you mean `{id}`?")),
                    None => finding.help(format!(
                        "add `{name}: {{name: …}}` under `groups` in board.yaml"
                    )),
                }
            }
        }
    }));
}

fn ids(board: &Board) -> impl Iterator<Item = &str> {
    let own = board.groups.iter().map(|group| group.id.as_str());
    own.chain([WHOLE_BOARD])
}

/// The group that was meant beyond doubt: one of whose other names it is, or the only one near.
fn meant<'b>(board: &'b Board, name: &str) -> Option<&'b str> {
    let mut by_name = board
        .groups
        .iter()
        .filter(|group| board.means_group(name, &group.id));
    match (by_name.next(), by_name.next()) {
        (Some(group), None) => Some(&group.id),
        (Some(_), Some(_)) => None,
        (None, _) => only_near(name, &ids(board).collect::<Vec<_>>()),
    }
}

/// Every text that stands where a group belongs.
pub(super) fn named(board: &Board) -> impl Iterator<Item = &Text> {
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
        let single = [&challenge.from, &challenge.to, &challenge.meeting];
        single.into_iter().flatten()
    });
    let members = board.groups.iter().flat_map(|group| &group.members);
    let meetings = board.meetings.iter().map(|meetings| &meetings.group);
    (members.chain(meetings))
        .chain(planned)
        .chain(reported)
        .chain(challenged)
}
