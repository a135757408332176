use crate::finding::{Finding, Severity};
use crate::plan::Deadline;
use crate::timescale::TimescaleKind;

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "wrong-weekday",
    severity: Severity::Warning,
    summary: "A deadline's weekday is not that of its date.",
    why: "One of the two is a slip, and who reads the weekday comes on another day than who reads the \
          date. The date counts.",
    bad: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: Monday 29 June 2018}
",
    good: "\
=== plan.yaml
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: Friday 29 June 2018}
",
    check: Some(check),
};

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    let planned = board.plans.iter().flat_map(|plan| plan.deadlines());
    let starts = board.plans.iter().flat_map(|plan| &plan.actions);
    let starts = starts.filter_map(|action| action.starts.as_ref());
    let revised = board
        .entries
        .iter()
        .filter_map(|entry| entry.timescale.as_ref());
    let all = planned
        .map(|(deadline, _)| deadline)
        .chain(starts)
        .chain(revised);
    findings.extend(all.filter_map(wrong));
}

fn wrong(deadline: &Deadline) -> Option<Finding> {
    let read = deadline.timescale()?;
    let day = read
        .last_day()
        .filter(|_| read.kind() == TimescaleKind::Day)?;
    let text = deadline.text.to_lowercase();
    if ["w/c", "w/b", "week"]
        .iter()
        .any(|week| text.contains(week))
    {
        // "w/c Monday 12 June" names the week's first day, and is met on its Friday.
        return None;
    }
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let named = words.find_map(weekday)?;
    if named == day.weekday() {
        return None;
    }
    let message = format!(
        "{} is a {}, not a {}",
        day.long(),
        DAYS[day.weekday()],
        DAYS[named]
    );
    let help = format!(
        "write `{} {}`, or the date that was meant",
        DAYS[day.weekday()],
        day.long()
    );
    Some(Finding::new(RULE.name, deadline.text.at, message).help(help))
}

/// The day of the week that a word names: "Monday", "Mon", "Tues".
fn weekday(word: &str) -> Option<usize> {
    const SHORT: usize = 3;
    let begins = |day: &&str| {
        let start = day.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let position = DAYS.iter().position(begins);
    position.filter(|_| word.len() >= SHORT)
}
