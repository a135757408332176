use foldhash::{HashMap, HashMapExt};

use crate::finding::{Finding, Severity};
use crate::plan::{About, Board, Entry, Plan, Status};

use super::{Context, Rule};

pub static RULE: Rule = Rule {
    name: "unasked-refusal",
    severity: Severity::Warning,
    summary: "An entry refuses what nobody has asked for.",
    why: "Either the request was never recorded, or the refusal stands under the wrong action; the paper \
          would tell of a decision that nobody can place.",
    bad: "\
=== updates/board.yaml
updates: The board's decisions
plan: plan
date: 2018-03-06
entries:
  - {action: 1.1, refused: board, reason: It is needed by April.}
",
    good: "\
=== updates/board.yaml
updates: The board's decisions
plan: plan
date: 2018-03-06
entries:
  - {action: 1.1, date: 2018-01-16, by: vemt, timescale: June 2018, reason: The author is away.}
  - {action: 1.1, refused: board, reason: It is needed by April.}
",
    check: Some(check),
};

/// What may be asked for: another deadline, other owners, a status.
#[derive(Clone, Copy, Default)]
struct AskedFields([bool; 3]);

impl AskedFields {
    const ALL: AskedFields = AskedFields([true; 3]);

    fn of(entry: &Entry) -> AskedFields {
        let status = entry.reported_status().is_some();
        AskedFields([entry.timescale.is_some(), entry.owners.is_some(), status])
    }

    /// The requested fields that a refusal refuses: those that it names, else all.
    fn refused_by(entry: &Entry) -> AskedFields {
        match AskedFields::of(entry) {
            AskedFields([false, false, false]) => AskedFields::ALL,
            named => named,
        }
    }

    fn any_of(self, other: AskedFields) -> bool {
        self.0
            .iter()
            .zip(other.0)
            .any(|(this, other)| *this && other)
    }

    fn set(&mut self, which: AskedFields, to: bool) {
        for (field, _) in self.0.iter_mut().zip(which.0).filter(|(_, which)| *which) {
            *field = to;
        }
    }
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let board = context.board;
    if board.entries.iter().all(|entry| entry.refused.is_none()) {
        return;
    }
    // Whether any action that a refusal is about had asked for something.
    let mut refusals: HashMap<usize, bool> = HashMap::new();
    for (plan, account) in board.plans.iter().zip(&context.accounts) {
        for history in &account.histories {
            follow(board, plan, history, &mut refusals);
        }
    }
    let unasked = refusals.into_iter().filter(|(_, asked)| !asked);
    findings.extend(unasked.filter_map(|(at, _)| {
        let refused = board.entries[at].refused.as_ref()?;
        let help = "record who asked for it, in an entry of its own with an earlier date, or correct \
                    the action's id";
        Some(Finding::new(RULE.name, refused.at, "nobody has asked for what this refuses").help(help))
    }));
}

/// Follows what is asked for of one action, and of each of its milestones, through its history. What
/// is decided on a day takes effect over all that was asked until then.
fn follow(board: &Board, plan: &Plan, history: &[usize], refusals: &mut HashMap<usize, bool>) {
    let mut asked: HashMap<Option<usize>, AskedFields> = HashMap::new();
    let date = |at: &usize| board.entries[*at].date.map(|date| date.value);
    for day in history.chunk_by(|a, b| date(a) == date(b)) {
        let is_decision = |entry: &Entry| entry.agreed.is_some() || entry.refused.is_some();
        let (decisions, reports): (Vec<usize>, Vec<usize>) =
            day.iter().partition(|at| is_decision(&board.entries[**at]));
        for entry in reports.iter().map(|&at| &board.entries[at]) {
            ask(plan, entry, &mut asked);
        }
        for at in decisions {
            let entry = &board.entries[at];
            let ended = match entry.refused {
                Some(_) => AskedFields::refused_by(entry),
                None => AskedFields::of(entry),
            };
            // What names the action is about its milestones as well.
            let milestone = milestone(plan, entry);
            let concerned = asked.iter_mut();
            let concerned =
                concerned.filter(|(which, _)| milestone.is_none() || **which == milestone);
            let mut had = false;
            for (_, fields) in concerned {
                had |= fields.any_of(ended);
                fields.set(ended, false);
            }
            if entry.refused.is_some() && entry.agreed.is_none() {
                *refusals.entry(at).or_default() |= had;
            }
        }
    }
}

/// Takes what an entry asks for. An entry about several asks for nothing.
fn ask(plan: &Plan, entry: &Entry, asked: &mut HashMap<Option<usize>, AskedFields>) {
    if !matches!(entry.about, About::One(_)) {
        return;
    }
    let fields = asked.entry(milestone(plan, entry)).or_default();
    fields.set(AskedFields::of(entry), true);
    let status = entry.reported_status().map(|status| status.value);
    if let Some(Status::NotStarted | Status::InProgress) = status {
        fields.0[2] = false;
    }
}

/// The milestone that an entry names.
fn milestone(plan: &Plan, entry: &Entry) -> Option<usize> {
    match &entry.about {
        About::One(id) => plan.index.get(id.as_str())?.milestone,
        _ => None,
    }
}
