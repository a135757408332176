//! Which board and plan an entry is about, by the ids that it names.

use anyhow::{anyhow, bail};

use super::entry_options::TypedFields;
use super::writing::refuse_incomplete;
use super::{Globals, scope};
use crate::finding::nearest;
use crate::plan::{Board, Id, Plan};
use crate::standing::judge;
use crate::world::World;

/// The ids that an entry names.
#[derive(Debug, Default)]
pub struct NamedIds {
    pub actions: Vec<String>,
    pub objective: Option<String>,
    pub priority: Option<String>,
}

/// The board and the plan that are meant.
#[derive(Debug)]
pub struct TargetPlan {
    /// The board's folder, from the estate.
    pub home: String,
    /// The plan's stem.
    pub plan: String,
}

/// A plan that has all that is named.
struct Candidate {
    home: String,
    board: String,
    plan: String,
    /// Whether one of the actions that are named is open.
    open: bool,
    unread: Vec<String>,
}

/// What a board has of what is named.
struct BoardCandidates {
    stems: Vec<String>,
    unread: Vec<String>,
    candidates: Vec<Candidate>,
    ids: Vec<String>,
    other: Option<String>,
}

impl NamedIds {
    pub fn from_typed(given: &TypedFields) -> NamedIds {
        let words = |name: &str| {
            let field = given.iter().find(|(field, _)| *field == name);
            field.map(|(_, words)| words.clone()).unwrap_or_default()
        };
        let actions = words("action");
        let ids = actions.iter().flat_map(|words| words.split([',', ' ']));
        NamedIds {
            actions: ids.filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            objective: words("objective").into_iter().next(),
            priority: words("priority").into_iter().next(),
        }
    }

    fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.objective.is_none() && self.priority.is_none()
    }

    /// Whether a plan has all that is named.
    fn is_in(&self, plan: &Plan) -> bool {
        let action = |id: &String| plan.index.contains_key(id);
        let objective = |id: &String| {
            let named = |given: &Id| given.as_str() == id;
            plan.objectives
                .iter()
                .any(|objective| objective.id.as_ref().is_some_and(named))
        };
        let priority = |id: &String| {
            plan.priorities
                .iter()
                .any(|priority| priority.id.as_str() == id)
        };
        self.actions.iter().all(action)
            && self.objective.iter().all(objective)
            && self.priority.iter().all(priority)
    }

    /// The first id that is named, and what it is said to be.
    fn first(&self) -> (&str, &'static str) {
        let first = self.actions.first().map(|id| (id.as_str(), "action"));
        let objective = self.objective.as_deref().map(|id| (id, "objective"));
        let priority = self.priority.as_deref().map(|id| (id, "priority"));
        first.or(objective).or(priority).unwrap_or(("", "action"))
    }
}

/// Finds the one plan that has all that is named. Where several have, the one in which the work is open;
/// `--board` and `--plan` say which where that does not.
pub fn find(about: &NamedIds, globals: &Globals, world: &mut World) -> anyhow::Result<TargetPlan> {
    if about.is_empty() {
        bail!("say what it is about: an action's id, or --objective ID, or --priority ID");
    }
    let today = scope::today(world)?;
    let parts = scope::boards(
        globals,
        world,
        |reading| -> anyhow::Result<BoardCandidates> {
            let day = scope::as_of(globals, &reading.board, today)?;
            let board = &reading.board;
            let standing = judge(board, day);
            let asked = board.plans.iter().zip(&standing.plans);
            let asked =
                asked.filter(|(plan, _)| globals.plan.as_ref().is_none_or(|p| *p == plan.stem));
            let candidates = asked
                .filter(|(plan, _)| about.is_in(plan))
                .map(|(plan, standing)| {
                    let open = |id: &String| {
                        let target = plan.index.get(id);
                        let standing =
                            target.and_then(|target| standing.actions[target.action].as_ref());
                        standing.is_some_and(|standing| standing.status.is_open())
                    };
                    Candidate {
                        home: reading.home.clone(),
                        board: board.name.clone(),
                        plan: plan.stem.clone(),
                        open: about.actions.iter().any(open),
                        unread: reading.unread.clone(),
                    }
                });
            Ok(BoardCandidates {
                stems: scope::stems(board),
                unread: reading.unread.clone(),
                candidates: candidates.collect(),
                ids: (board.plans.iter())
                    .flat_map(|plan| plan.index.keys().cloned())
                    .collect(),
                other: about.actions.iter().find_map(|id| scope::other(board, id)),
            })
        },
    )?;
    let parts = parts
        .into_iter()
        .collect::<anyhow::Result<Vec<BoardCandidates>>>()?;
    let stems: Vec<String> = parts.iter().flat_map(|part| part.stems.clone()).collect();
    let unread: Vec<String> = parts.iter().flat_map(|part| part.unread.clone()).collect();
    scope::check_plan(globals, &stems, &unread)?;
    choose(about, &parts, &unread)
}

fn choose(
    about: &NamedIds,
    parts: &[BoardCandidates],
    unread: &[String],
) -> anyhow::Result<TargetPlan> {
    let all: Vec<&Candidate> = parts.iter().flat_map(|part| &part.candidates).collect();
    let open: Vec<&Candidate> = all.iter().copied().filter(|found| found.open).collect();
    let meant = match (&all[..], &open[..]) {
        ([one], _) | (_, [one]) => *one,
        ([], _) => return Err(missing(about, parts, unread)),
        (several, _) => {
            let names = several
                .iter()
                .map(|one| format!("{} of {}", one.plan, one.board));
            let names: Vec<String> = names.collect();
            let (id, what) = about.first();
            bail!(
                "{what} {id} is in several plans: {}; name one with --plan or --board",
                names.join(", ")
            );
        }
    };
    refuse_incomplete(&meant.unread)?;
    Ok(TargetPlan {
        home: meant.home.clone(),
        plan: meant.plan.clone(),
    })
}

fn missing(about: &NamedIds, parts: &[BoardCandidates], unread: &[String]) -> anyhow::Error {
    let (id, what) = about.first();
    let unread = scope::incomplete(unread);
    if about.actions.len() > 1 {
        return anyhow!("no plan has all of {}{unread}", about.actions.join(", "));
    }
    if let Some(other) = parts.iter().find_map(|part| part.other.as_ref()) {
        let all = "--objective ID or --priority ID speaks of all of it";
        return anyhow!("there is no action `{id}`; {other}; {all}{unread}");
    }
    let ids = parts.iter().flat_map(|part| &part.ids).map(String::as_str);
    let help = match nearest(id, ids).filter(|_| what == "action") {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`plan list` shows them all".into(),
    };
    anyhow!("there is no {what} `{id}`; {help}{unread}")
}

/// The plans of a board, for one that is named by nothing else.
pub fn only_plan(board: &Board, globals: &Globals) -> Option<String> {
    match (&globals.plan, &board.plans[..]) {
        (Some(plan), _) => Some(plan.clone()),
        (None, [only]) => Some(only.stem.clone()),
        _ => None,
    }
}
