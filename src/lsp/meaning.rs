//! What a word in a file stands for: an action, a group, a thread, another plan.

use super::spot::{Expected, Spot};
use crate::plan::fields::{
    ACTION, CHALLENGE, ENTRY, FieldKind, MILESTONE, OBJECTIVE, PRIORITY, REVIEW, REVIEW_FINDING,
    SOURCE, Shape,
};
use crate::plan::{
    ActionOrMilestone, Board, Group, Indicator, Objective, Plan, Priority, Review, ReviewFinding,
    Text, stem,
};
use crate::source::Span;

/// What a word names.
pub enum Meaning<'b> {
    Action(usize, ActionOrMilestone),
    Objective(&'b Objective),
    Priority(usize, usize, &'b Priority),
    Group(&'b Group),
    Indicator(&'b Indicator),
    Thread(&'b (Text, Text)),
    Plan(&'b Plan),
    Review(&'b Review),
    Finding(&'b ReviewFinding),
}

impl Meaning<'_> {
    /// The place in the files where the thing is given.
    pub fn at(&self, board: &Board) -> Span {
        match self {
            Meaning::Action(plan, target) => {
                let action = &board.plans[*plan].actions[target.action];
                let milestone = target.milestone.and_then(|at| action.milestones.get(at));
                milestone.map_or(action.id.at, |milestone| milestone.id.at)
            }
            Meaning::Objective(objective) => match &objective.id {
                Some(id) => id.at,
                None => objective.title.at,
            },
            Meaning::Priority(_, _, priority) => priority.id.at,
            Meaning::Group(group) => group.id.at,
            Meaning::Indicator(indicator) => indicator.id.at,
            Meaning::Thread((name, _)) => name.at,
            Meaning::Plan(plan) => plan.at,
            Meaning::Review(review) => review.id.at,
            Meaning::Finding(finding) => finding.id.at,
        }
    }
}

/// What the word at the cursor stands for; `key` is its file's path.
pub fn meaning<'b>(board: &'b Board, spot: &Spot, key: &str, word: &str) -> Option<Meaning<'b>> {
    let word = word.trim();
    match spot.expected {
        Expected::Name(_) => None,
        Expected::Key(field) => match field.name {
            "groups" | "meetings" => board.group(word).map(Meaning::Group),
            _ => None,
        },
        Expected::Value(shape, field) => match field.kind {
            FieldKind::Group | FieldKind::Groups | FieldKind::GroupOrNone => {
                board.group(word).map(Meaning::Group)
            }
            FieldKind::Reference => reference(board, word),
            FieldKind::Id | FieldKind::Ids => id(board, spot, key, (shape, field.name), word),
            _ => None,
        },
    }
}

/// What `PLAN#ID` names.
fn reference<'b>(board: &'b Board, word: &str) -> Option<Meaning<'b>> {
    let (stem, id) = word.split_once('#')?;
    let plan = board.plan(stem)?;
    action(board, plan, id).or_else(|| priority(board, plan, id))
}

fn id<'b>(
    board: &'b Board,
    spot: &Spot,
    key: &str,
    (shape, name): (&Shape, &str),
    word: &str,
) -> Option<Meaning<'b>> {
    let is = |other: &Shape| std::ptr::eq(shape, other);
    if name == "plan" {
        return Some(Meaning::Plan(&board.plans[board.plan(word)?]));
    }
    if is(&SOURCE) || is(&REVIEW) || is(&REVIEW_FINDING) {
        return review(board, spot, name, word);
    }
    let plan = plan_of(board, spot, key)?;
    match name {
        "action" if is(&ENTRY) || is(&CHALLENGE) => action(board, plan, word),
        "id" if is(&ACTION) || is(&MILESTONE) => action(board, plan, word),
        "objective" => objective(board, plan, word),
        "id" if is(&OBJECTIVE) => objective(board, plan, word),
        "priority" => priority(board, plan, word),
        "id" if is(&PRIORITY) => priority(board, plan, word),
        "threads" => {
            let threads = &board.plans[plan].threads;
            let thread = threads.iter().find(|(name, _)| name.as_str() == word)?;
            Some(Meaning::Thread(thread))
        }
        "indicator" => {
            let indicators = &board.plans[plan].indicators;
            let indicator = indicators.iter().find(|i| i.id.as_str() == word)?;
            Some(Meaning::Indicator(indicator))
        }
        _ => None,
    }
}

/// A review of the register, or a finding of the one that the same map names.
fn review<'b>(board: &'b Board, spot: &Spot, name: &str, word: &str) -> Option<Meaning<'b>> {
    if name == "review" {
        return board.review(word).map(Meaning::Review);
    }
    let (_, review) = spot.given.iter().find(|(name, _)| *name == "review")?;
    board.review(review)?.finding(word).map(Meaning::Finding)
}

fn action<'b>(board: &'b Board, plan: usize, id: &str) -> Option<Meaning<'b>> {
    let target = board.plans[plan].index.get(id)?;
    Some(Meaning::Action(plan, *target))
}

fn objective<'b>(board: &'b Board, plan: usize, id: &str) -> Option<Meaning<'b>> {
    let objectives = &board.plans[plan].objectives;
    let is = |objective: &&Objective| {
        objective
            .id
            .as_ref()
            .is_some_and(|given| given.as_str() == id)
    };
    objectives.iter().find(is).map(Meaning::Objective)
}

fn priority<'b>(board: &'b Board, plan: usize, id: &str) -> Option<Meaning<'b>> {
    let priorities = &board.plans[plan].priorities;
    let at = priorities
        .iter()
        .position(|priority| priority.id.as_str() == id)?;
    Some(Meaning::Priority(plan, at, &priorities[at]))
}

/// The plan that a place of a file speaks of: a plan file's own; else the one that the entry names,
/// or the head of the file; else the board's only one.
pub fn plan_of(board: &Board, spot: &Spot, key: &str) -> Option<usize> {
    if spot.file == "plan" {
        return board.plan(stem(key));
    }
    let named = |given: &[(&str, &str)]| {
        let plan = given
            .iter()
            .find(|(name, words)| *name == "plan" && !words.is_empty());
        plan.map(|(_, words)| board.plan(words))
    };
    let only = (board.plans.len() == 1).then_some(0);
    named(&spot.given)
        .or_else(|| named(&spot.top))
        .unwrap_or(only)
}
