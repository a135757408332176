//! The rules: one file each, one row each in [`RULES`], and one gate that all findings pass.

mod change_without_reason;
mod conflicting_updates;
mod duplicate_id;
mod duplicate_key;
#[cfg(test)]
mod example;
mod future_update;
mod milestone_conflict;
mod missing_field;
mod shared_change;
mod syntax;
mod too_large;
mod unknown_action;
mod unknown_field;
mod unknown_group;
mod unknown_indicator;
mod unknown_plan;
mod unknown_thread;
mod unreadable_data;
mod unreadable_date;
mod unreadable_timescale;
mod unsafe_path;
mod wrong_type;

use crate::calendar::Day;
use crate::estate::Reading;
use crate::finding::{Finding, Placed, Severity, suggest};
use crate::plan::Board;
use crate::standing::{Account, account};

/// A rule, with the words that explain it.
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// Why it matters to a board.
    pub why: &'static str,
    /// Files that break it, and the same files mended. Each begins with a line `=== PATH`; a
    /// `board.yaml` and a `plan.yaml` that an example leaves out are [`BOARD`] and [`PLAN`].
    pub bad: &'static str,
    pub good: &'static str,
    /// Looks for it in a board. Rules that the reader finds by itself have none.
    pub check: Option<fn(&Context, &mut Vec<Finding>)>,
}

/// The board that examples play in.
pub const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
";

/// The plan that examples play in.
pub const PLAN: &str = "\
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
";

/// All rules, in the order in which they are listed.
pub static RULES: &[&Rule] = &[
    &syntax::RULE,
    &too_large::RULE,
    &unknown_field::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &duplicate_key::RULE,
    &duplicate_id::RULE,
    &unknown_plan::RULE,
    &unknown_action::RULE,
    &unknown_group::RULE,
    &unknown_indicator::RULE,
    &unknown_thread::RULE,
    &unreadable_timescale::RULE,
    &unreadable_date::RULE,
    &future_update::RULE,
    &conflicting_updates::RULE,
    &shared_change::RULE,
    &unreadable_data::RULE,
    &change_without_reason::RULE,
    &milestone_conflict::RULE,
    &unsafe_path::RULE,
];

/// Rules whose severity a board cannot set: what they find leaves the answer incomplete.
const FIXED: [&str; 2] = ["syntax", "too-large"];

/// What a rule looks at.
pub struct Context<'r> {
    pub board: &'r Board,
    /// The day asked: entries after it are in the future.
    pub day: Day,
    /// What the entries amount to, by plan.
    pub accounts: Vec<Account>,
}

/// Checks a board against every rule; findings come in the order of their files and lines.
pub fn check(reading: &Reading, day: Day) -> Vec<Placed> {
    let board = &reading.board;
    let context = Context {
        board,
        day,
        accounts: (0..board.plans.len())
            .map(|plan| account(board, plan))
            .collect(),
    };
    let mut findings = reading.findings.clone();
    for rule in RULES {
        if let Some(check) = rule.check {
            check(&context, &mut findings);
        }
    }
    check_severities(board, &mut findings);
    let sources = &reading.sources;
    let mut placed: Vec<Placed> = findings
        .into_iter()
        .filter_map(|finding| {
            let severity = severity(board, finding.rule)?;
            Some(Placed {
                rule: finding.rule,
                severity,
                message: finding.message,
                help: finding.help,
                place: sources.place(finding.at),
                related: (finding.related.into_iter())
                    .map(|(at, label)| (sources.place(at), label))
                    .collect(),
            })
        })
        .collect();
    placed.sort_by(|a, b| {
        let key = |placed: &Placed| (placed.place.start, placed.rule);
        (a.place.path.cmp(&b.place.path)).then_with(|| key(a).cmp(&key(b)))
    });
    // What a file gives once for all its entries is looked at with each of them, and named once.
    placed.dedup_by(|a, b| a.rule == b.rule && a.place == b.place && a.message == b.message);
    placed
}

fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}

/// How much a rule's findings matter to a board; none where the board turned it off.
fn severity(board: &Board, name: &str) -> Option<Severity> {
    let set = board
        .severities
        .iter()
        .find(|(rule, _)| rule.as_str() == name);
    match set {
        Some(&(_, severity)) if !FIXED.contains(&name) => severity,
        _ => Some(rule(name).map_or(Severity::Error, |rule| rule.severity)),
    }
}

/// Finds settings of severities that name no rule, or one that cannot be set.
fn check_severities(board: &Board, findings: &mut Vec<Finding>) {
    for (name, _) in &board.severities {
        if FIXED.contains(&name.as_str()) {
            let message = format!("the severity of `{name}` cannot be set");
            let help = "delete the line: a file that cannot be read makes every figure doubtful";
            findings.push(Finding::new("wrong-type", name.at, message).help(help));
        } else if rule(name).is_none() {
            let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
            let message = format!("there is no rule `{name}`");
            findings.push(
                Finding::new("unknown-field", name.at, message)
                    .help(suggest(name, &names, "rules")),
            );
        }
    }
}

#[cfg(test)]
mod tests;
