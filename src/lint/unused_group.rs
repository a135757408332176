use foldhash::HashSet;

use crate::finding::{Finding, Severity};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unused-group",
    severity: Severity::Warning,
    summary: "A group owns nothing, reports nothing and belongs to no other.",
    why: "It may be the right spelling of a name that actions write otherwise.",
    bad: "\
=== board.yaml
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
",
    good: "\
=== board.yaml
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
",
    check: Some(check),
};

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    let used: HashSet<&str> = super::unknown_group::named(board)
        .map(|name| name.as_str())
        .collect();
    // Where no plan could be read, nothing is known of who is used.
    let unused = board
        .groups
        .iter()
        .filter(|group| !used.contains(group.id.as_str()));
    for group in unused.filter(|_| !board.plans.is_empty()) {
        let message = format!("nothing names the group `{}`", group.id);
        findings.push(
            Finding::new(RULE.name, group.id.at, message)
                .help("name it where it owns or reports, or delete it"),
        );
    }
}
