//! `plan report changes`: what changed between two days, for anyone who was away.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::cover::Ask;
use super::item::Item;
use super::news::DecidedFacts;
use super::revision::{NewDeadline, revisions};
use crate::calendar::Day;
use crate::diff::{self, Course, RatingChange};
use crate::document::{Cell, Col, Document, actions, running, short, words};
use crate::plan::{Rag, Status};
use crate::select::{Row, row_of};
use crate::standing::{Reason, Standing};
use crate::words::counted;

#[derive(Serialize)]
pub struct Changes {
    #[serde(flatten)]
    pub head: Head,
    /// The earlier day; absent where none is known to compare with.
    pub since: Option<Day>,
    /// How many entries about the plan are dated after the earlier day.
    pub entries: usize,
    pub better: Vec<ChangedAction>,
    pub worse: Vec<ChangedAction>,
    pub new: Vec<ChangedAction>,
    /// What was completed, withdrawn or carried forward.
    pub closed: Vec<ChangedAction>,
    /// What was not late then and is now.
    pub late: Vec<ChangedAction>,
    /// What was decided since, that earlier day's own meeting included.
    pub decided: Vec<DecidedFacts>,
    pub revised: Vec<NewDeadline>,
    /// What is other than it was, each action once, under what weighs most.
    pub parts: Vec<ChangeGroup>,
}

/// The actions that changed in one way.
#[derive(Serialize)]
pub struct ChangeGroup {
    pub what: &'static str,
    pub actions: Vec<ChangedAction>,
}

/// An action that changed: its ratings then and now.
#[derive(Serialize)]
pub struct ChangedAction {
    #[serde(flatten)]
    pub item: Item,
    pub then: Option<Rag>,
    pub now: Rag,
    /// What was decided about it since the earlier day, and which new dates are requested.
    #[serde(skip)]
    news: Vec<String>,
}

impl PlanReport for Changes {
    const CURRENT: bool = true;

    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Changes {
        let head = Head::of(brief, plan.plan);
        let (Some(then), Some(since)) = (plan.then, brief.then.map(|then| then.day)) else {
            return Changes::unknown(head);
        };
        let changes = diff::changes(then, plan.now);
        let course = |course: Course| {
            let changes = changes.iter().filter(|change| change.course == course);
            changes
                .filter_map(|change| ChangedAction::of(brief, plan, change))
                .collect()
        };
        let picked = |holds: fn(&Standing, Option<&Standing>) -> bool| {
            let rows = plan
                .rows
                .iter()
                .filter(|row| holds(row.standing, plan.before(row)));
            rows.map(|row| ChangedAction::between(brief, plan, row))
                .collect()
        };
        let revised: Vec<NewDeadline> = (plan.rows.iter().flat_map(revisions))
            .filter(|revision| revision.known_from.is_some_and(|from| from > since))
            .collect();
        let decided = plan.decided(brief, since);
        Changes {
            parts: parts(brief, plan, &revised, &decided),
            head,
            since: Some(since),
            entries: plan.entries_after(brief, since).count(),
            better: course(Course::Better),
            worse: course(Course::Worse),
            new: course(Course::New),
            closed: picked(|now, then| {
                !now.status.is_open() && then.is_none_or(|then| then.status.is_open())
            }),
            late: picked(|now, then| now.overdue && then.is_none_or(|then| !then.overdue)),
            decided,
            revised,
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Changes]) -> Vec<Ask> {
        let since = plans.iter().find_map(|plan| plan.since);
        let parts = plans.iter().flat_map(|plan| &plan.parts);
        let changed = parts.map(|part| part.actions.len()).sum();
        let since = since.map(|day| format!(" since {}", day.long()));
        let since = since.unwrap_or_default();
        vec![Ask::note(match changed {
            0 if since.is_empty() => "that no earlier position is known".to_owned(),
            0 => format!("that nothing changed{since}"),
            changed => format!("what changed of {}{since}", counted(changed, "action")),
        })]
    }

    fn is_empty(&self) -> bool {
        self.since.is_some() && self.parts.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Changes", document);
        let Some(since) = self.since else {
            document.paragraph(
                "No earlier day to compare with: the board's meetings are not given. Name one with \
                 --since.",
            );
            return;
        };
        let entries = match self.entries {
            0 => "nothing was reported".to_owned(),
            1 => "1 entry was reported".to_owned(),
            count => format!("{count} entries were reported"),
        };
        document.remark(format!("Since {}: {entries}.", since.long()));
        for part in &self.parts {
            document.section(part.what, CHANGED, &part.actions, "");
        }
        if self.parts.is_empty() {
            document.paragraph("No action is other than it was.");
        }
    }
}

/// What changed, each action once: the first of these kinds that holds.
fn parts(
    brief: &Brief,
    plan: &PlanBrief,
    revised: &[NewDeadline],
    decided: &[DecidedFacts],
) -> Vec<ChangeGroup> {
    type Holds = fn(&Standing, Option<&Standing>) -> bool;
    const KINDS: &[(&str, Holds)] = &[
        ("New", |_, then| then.is_none()),
        ("Withdrawn or carried forward", |now, then| {
            let given_up = matches!(now.status, Status::Withdrawn | Status::CarriedForward);
            given_up && then.is_some_and(|then| then.status != now.status)
        }),
        ("Completed", |now, then| {
            now.status == Status::Complete && then.is_some_and(|then| then.status != now.status)
        }),
        ("Worse", |now, then| has_course(now, then, Course::Worse)),
        ("Newly late, not rated worse", |now, then| {
            now.overdue && then.is_some_and(|then| !then.overdue)
        }),
        ("Better", |now, then| has_course(now, then, Course::Better)),
        ("Paused, or no longer", |now, then| {
            let paused = |standing: &Standing| standing.status == Status::Paused;
            then.is_some_and(|then| paused(then) != paused(now))
        }),
        ("Owners disagree", |now, then| {
            !now.disagree.is_empty() && then.is_some_and(|then| then.disagree.is_empty())
        }),
    ];
    let mut parts: Vec<ChangeGroup> = (KINDS.iter())
        .map(|(what, _)| ChangeGroup {
            what,
            actions: Vec::new(),
        })
        .collect();
    let mut moved = ChangeGroup {
        what: "Decided or requested, and nothing else",
        actions: Vec::new(),
    };
    for row in &plan.rows {
        let mut changed = ChangedAction::between(brief, plan, row);
        changed.news = news(row, revised, decided);
        let kind = (KINDS.iter()).position(|(_, holds)| holds(row.standing, plan.before(row)));
        match kind {
            Some(kind) => parts[kind].actions.push(changed),
            None if !changed.news.is_empty() => moved.actions.push(changed),
            None => {}
        }
    }
    parts.push(moved);
    parts.retain(|part| !part.actions.is_empty());
    parts
}

fn has_course(now: &Standing, then: Option<&Standing>, course: Course) -> bool {
    then.and_then(|then| diff::course(then, now)) == Some(course)
}

/// What was decided about an action, and which new dates are requested for it or its milestones, in
/// words.
fn news(row: &Row, revised: &[NewDeadline], decided: &[DecidedFacts]) -> Vec<String> {
    let milestones = row
        .action
        .milestones
        .iter()
        .map(|milestone| milestone.id.as_str());
    let ids: Vec<&str> = milestones.chain([row.action.id.as_str()]).collect();
    let open = |revision: &&NewDeadline| revision.agreed.is_none() && revision.refused.is_none();
    let requests = revised
        .iter()
        .filter(open)
        .filter(|revision| ids.contains(&revision.id.as_str()));
    let requests = requests.map(|revision| {
        let from = revision.from.as_deref().unwrap_or("no date");
        format!("New date {} requested instead of {from}", revision.to)
    });
    let decided = decided.iter().filter(|it| ids.contains(&it.id.as_str()));
    decided.map(DecidedFacts::words).chain(requests).collect()
}

impl Changes {
    fn unknown(head: Head) -> Changes {
        Changes {
            head,
            since: None,
            entries: 0,
            better: Vec::new(),
            worse: Vec::new(),
            new: Vec::new(),
            closed: Vec::new(),
            late: Vec::new(),
            decided: Vec::new(),
            revised: Vec::new(),
            parts: Vec::new(),
        }
    }
}

impl ChangedAction {
    /// A change of an action that is asked for.
    pub fn of(brief: &Brief, plan: &PlanBrief, change: &RatingChange) -> Option<ChangedAction> {
        let row = row_of(&plan.rows, change.action)?;
        Some(ChangedAction::between(brief, plan, row))
    }

    fn between(brief: &Brief, plan: &PlanBrief, row: &Row) -> ChangedAction {
        ChangedAction {
            item: brief.item(row),
            then: plan.before(row).map(|then| then.rag),
            now: row.standing.rag,
            news: Vec::new(),
        }
    }

    /// Why it stands so, and what was decided; of what is closed, how it ended.
    fn why(&self) -> Cell {
        let why = self
            .item
            .why(|reason| !matches!(reason, Reason::Requested(_)));
        let all = std::iter::once(why).chain(self.news.iter().cloned());
        let all: Vec<String> = all.filter(|words| !words.is_empty()).collect();
        Cell::text(all.join(". "))
    }
}

const CHANGED: &[Col<ChangedAction>] = &[
    actions(|changed| changed.item.named()),
    short("was", |changed| action::maybe_rag(changed.then)),
    short("is", |changed| action::rag(changed.now)),
    running("why", ChangedAction::why),
    words("who", |changed| changed.item.who()),
];
