use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::plan::{Board, Text};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "circular",
    severity: Severity::Error,
    summary: "A group stands for itself by way of its members, or an action carries itself on.",
    why: "Nobody can be asked, or there is no first promise to count from. Each is looked at once, and \
          nothing is counted twice.",
    bad: "\
=== board.yaml
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup, members: [police]}
  police: {name: Police, members: [vemt]}
",
    good: "\
=== board.yaml
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup, members: [police]}
  police: {name: Police}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    groups(board, findings);
    actions(board, findings);
}

/// Follows the members of each group; a circle is named once, at the member that closes it.
fn groups(board: &Board, findings: &mut Vec<Finding>) {
    let mut done: HashSet<&str> = HashSet::new();
    for group in &board.groups {
        // The groups on the way down, each with how many of its members were followed.
        let mut path: Vec<(&str, usize)> = vec![(&group.id, 0)];
        while let Some((id, next)) = path.last_mut() {
            let members = board.group(id).map_or(&[][..], |group| &group.members);
            let Some(member) = members.get(*next).filter(|_| !done.contains(id)) else {
                done.insert(id);
                path.pop();
                continue;
            };
            *next += 1;
            match path.iter().position(|(id, _)| *id == member.as_str()) {
                Some(start) => findings.push(group_circle(&path[start..], member)),
                None => path.push((member, 0)),
            }
        }
    }
}

fn group_circle(path: &[(&str, usize)], member: &Text) -> Finding {
    let names: Vec<&str> = path.iter().map(|(id, _)| *id).collect();
    let message = match names[..] {
        [group] => format!("the group `{group}` is its own member"),
        _ => format!(
            "the group `{member}` stands for itself: {member} → {}",
            around(&names)
        ),
    };
    let help = format!("take `{member}` out of these `members`");
    Finding::new(RULE.name, member.at, message).help(help)
}

/// The names after the first, and the first again.
fn around(names: &[&str]) -> String {
    let rest = names.iter().skip(1).chain(names.first());
    rest.copied().collect::<Vec<_>>().join(" → ")
}

/// Follows each action's `from`; a circle is named once, at the action that comes first.
fn actions(board: &Board, findings: &mut Vec<Finding>) {
    let mut done: HashSet<(usize, usize)> = HashSet::new();
    for (index, plan) in board.plans.iter().enumerate() {
        for action in 0..plan.actions.len() {
            let mut path: Vec<(usize, usize)> = Vec::new();
            let mut at = Some((index, action));
            while let Some(next) = at.filter(|next| !done.contains(next)) {
                if let Some(start) = path.iter().position(|step| *step == next) {
                    findings.extend(action_circle(board, &path[start..]));
                    break;
                }
                path.push(next);
                let from = board.plans[next.0].actions[next.1].from.as_ref();
                at = from.and_then(|from| board.referred(from));
            }
            done.extend(path);
        }
    }
}

fn action_circle(board: &Board, path: &[(usize, usize)]) -> Option<Finding> {
    let &(plan, action) = path.iter().min()?;
    let name = |&(plan, action): &(usize, usize)| {
        let plan = &board.plans[plan];
        format!("{}#{}", plan.stem, plan.actions[action].id)
    };
    let names: Vec<String> = path.iter().map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let from = board.plans[plan].actions[action].from.as_ref()?;
    let message = match names[..] {
        [only] => format!("{only} carries itself on"),
        [first, ..] => format!(
            "these actions carry each other on: {first} → {}",
            around(&names)
        ),
        [] => return None,
    };
    let help = "`from` names the action of an earlier plan; delete the one that is wrong";
    Some(Finding::new(RULE.name, from.at, message).help(help))
}
