//! What a change did to each action's standing, judged on one day.

use serde::Serialize;

use crate::calendar::Day;
use crate::diff::{Course, course};
use crate::document::{Line, Piece, Tone, piece};
use crate::plan::{Plan, Rag, Status};
use crate::report::action;
use crate::standing::{PlanStanding, Standing};
use crate::words::one_line;
use crate::words::shortened;

/// How an action stood and stands, on one day.
#[derive(Serialize)]
pub struct StandingChange {
    pub id: String,
    pub course: Option<&'static str>,
    pub then: Option<StandingFacts>,
    pub now: Option<StandingFacts>,
    #[serde(skip)]
    what: String,
}

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StandingFacts {
    pub rag: Rag,
    pub status: Status,
    pub timescale: Option<String>,
    pub due: Option<Day>,
    pub overdue: bool,
    pub slips: u32,
    pub owners: Vec<String>,
}

/// The actions of a plan that stand otherwise, in the order of the later state; what is gone last.
pub fn standings(then: (&Plan, &PlanStanding), now: (&Plan, &PlanStanding)) -> Vec<StandingChange> {
    let find = |(plan, standing): (&Plan, &PlanStanding<'_>), id: &str| -> Option<usize> {
        let target = plan.index.get(id)?;
        let whole = target.milestone.is_none() && standing.actions[target.action].is_some();
        whole.then_some(target.action)
    };
    let mut changes = Vec::new();
    let mut add = |id: &str, name: &str| {
        let before = find(then, id).and_then(|at| then.1.actions[at].as_ref());
        let after = find(now, id).and_then(|at| now.1.actions[at].as_ref());
        let (old, new) = (before.map(StandingFacts::of), after.map(StandingFacts::of));
        if old != new {
            let course = before
                .zip(after)
                .and_then(|(before, after)| course(before, after));
            changes.push(StandingChange {
                id: id.to_owned(),
                course: course.map(word),
                then: old,
                now: new,
                what: one_line(name),
            });
        }
    };
    for action in &now.0.actions {
        add(&action.id, now.0.name(action));
    }
    for action in &then.0.actions {
        if !now.0.index.contains_key(action.id.as_str()) {
            add(&action.id, then.0.name(action));
        }
    }
    changes
}

fn word(course: Course) -> &'static str {
    match course {
        Course::Better => "better",
        Course::Worse => "worse",
        Course::New => "new",
    }
}

impl StandingFacts {
    fn of(standing: &Standing) -> StandingFacts {
        let owners = standing.owners.iter();
        StandingFacts {
            rag: standing.rag,
            status: standing.status,
            timescale: standing
                .timescale
                .map(|deadline| deadline.text.value.to_string()),
            due: standing.due,
            overdue: standing.overdue,
            slips: standing.slips,
            owners: owners.map(|owner| owner.value.to_string()).collect(),
        }
    }

    fn piece(&self) -> Piece {
        let overdue = if self.overdue { ", overdue" } else { "" };
        let words = format!("{}, {}{overdue}", self.rag, self.status);
        piece(action::tone(self.rag), words)
    }
}

impl StandingChange {
    /// What else is different: the deadline in force, the owners, how often it slipped.
    fn differences(&self) -> String {
        let (Some(then), Some(now)) = (&self.then, &self.now) else {
            return String::new();
        };
        let none = || "none".to_owned();
        let deadline = |facts: &StandingFacts| facts.timescale.clone().unwrap_or_else(none);
        let owners = |facts: &StandingFacts| {
            if facts.owners.is_empty() {
                none()
            } else {
                facts.owners.join(", ")
            }
        };
        let sides = [
            ("", deadline(then), deadline(now)),
            ("owners ", owners(then), owners(now)),
            ("slips ", then.slips.to_string(), now.slips.to_string()),
        ];
        let different = sides.iter().filter(|(_, then, now)| then != now);
        let changes = different.map(|(name, then, now)| format!("{name}{then} → {now}"));
        changes.collect::<Vec<_>>().join(" · ")
    }

    pub fn line(&self) -> Line {
        let side = |side: &Option<StandingFacts>| match side {
            Some(facts) => facts.piece(),
            None => piece(Tone::Faint, "not there"),
        };
        let (then, now) = (side(&self.then), side(&self.now));
        let mut line = vec![
            piece(Tone::Strong, self.id.clone()),
            piece(Tone::Plain, "  "),
        ];
        if then == now {
            line.push(now)
        } else {
            line.extend([then, piece(Tone::Plain, " → "), now])
        }
        let differences = self.differences();
        if !differences.is_empty() {
            line.push(piece(Tone::Plain, format!(" · {differences}")));
        }
        line.push(piece(
            Tone::Faint,
            format!(" · {}", shortened(&self.what, NAME)),
        ));
        line
    }
}

/// How much of an action's name is shown beside its standing.
const NAME: usize = 80;
