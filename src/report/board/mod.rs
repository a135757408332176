//! `plan report board`: the paper for the pack before a meeting. Its first page is in `meeting.rs`, the
//! table of actions after it in `rows.rs`, and how both are laid out in `layout.rs`.

mod layout;
mod meeting;
mod rows;

use serde::Serialize;

use super::Report;
use super::action::own_title;
use super::assurance::unproven;
use super::brief::{Brief, CarriedOn, Head, PlanBrief};
use super::challenges::{Challenge, PlanChallenges, challenges};
use super::changes::ChangedAction;
use super::counts::Counts;
use super::cover::author;
use super::decision::{RequestedDecision, decisions};
use super::escalated::Escalated;
use super::indicators::{self, IndicatorFacts};
use super::item::Item;
use super::slippage::Moved;
use super::trend::{LastMeetings, TrendPoint};
use crate::calendar::Day;
use crate::diff::{self, Course};
use crate::document::Document;
use crate::plan::{Rag, WHOLE_BOARD};
use crate::select::{Order, Row, by_priority, sort};
use crate::standing::Reason;

use meeting::FollowUp;
use rows::ActionRow;

/// The board's paper: a part for each plan in force, and what else there is of plans.
#[derive(Serialize)]
pub struct BoardPapers {
    pub board: String,
    pub name: String,
    pub plans: Vec<BoardPaper>,
    /// The plans under these (a subgroup's, a log), and those that are over and still have open
    /// actions.
    pub others: Vec<OtherPlan>,
}

#[derive(Serialize)]
pub struct BoardPaper {
    #[serde(flatten)]
    pub head: Head,
    /// The board's own title.
    #[serde(skip)]
    name: String,
    /// Who writes the paper, where the board says so.
    pub author: Option<String>,
    /// The earlier day that the paper compares with, and the counts on it.
    pub since: Option<Day>,
    pub counts: Counts,
    pub counts_then: Option<Counts>,
    /// Whether nothing was ever reported on any of its actions.
    pub nothing_reported: bool,
    /// The meeting that it is for: on the day itself, else the next one.
    pub meeting: Option<Day>,
    /// The one after the day, before which things are due.
    pub next_meeting: Option<Day>,
    pub to_decide: Vec<RequestedDecision>,
    pub escalated: Vec<Escalated>,
    pub red: Vec<Item>,
    /// What the board asked for at its last meeting, and what came of it.
    pub follow_ups: Vec<FollowUp>,
    pub priorities: Vec<PriorityFacts>,
    /// The ratings at the last meetings and on the day.
    pub trend: Vec<TrendPoint>,
    /// Every action that is overdue, got worse, is over-rated, new, withdrawn, paused, disagreed about
    /// or due before the next meeting.
    pub actions: Vec<ActionRow>,
    pub better: Vec<ChangedAction>,
    pub worse: Vec<ChangedAction>,
    pub overdue: Vec<Item>,
    pub slipped: Vec<Moved>,
    pub questions: Vec<Question>,
    /// Open actions that are due up to the next meeting, or soon where none is known.
    pub due: Vec<Item>,
    pub unreported: Vec<Item>,
    /// Actions that are complete or green, with no evidence received.
    pub unproven: Vec<Item>,
    /// Actions that only their leads rate green, with no evidence received.
    pub unproven_claims: Vec<Item>,
    pub evidence: Vec<Received>,
    pub challenges: Vec<Challenge>,
    /// Indicators that are red or got worse.
    pub indicators_worse: Vec<IndicatorFacts>,
    /// Indicators without data, or whose last period has none.
    pub indicators_missing: Vec<IndicatorFacts>,
}

#[derive(Serialize)]
pub struct PriorityFacts {
    pub id: String,
    pub title: String,
    pub rag: Rag,
    pub rag_then: Option<Rag>,
    pub counts: Counts,
}

/// What the board may ask a lead who rates an action better than dates and reports allow.
#[derive(Serialize)]
pub struct Question {
    #[serde(flatten)]
    pub item: Item,
    pub question: String,
}

/// Evidence that came in since the earlier day.
#[derive(Serialize)]
pub struct Received {
    pub date: Day,
    pub id: String,
    pub title: String,
    pub planned: bool,
}

/// A plan of which the paper gives a few lines.
#[derive(Serialize)]
pub struct OtherPlan {
    pub plan: String,
    pub title: String,
    pub counts: Counts,
    /// The last day of a plan that is over.
    pub ended: Option<Day>,
    /// What is red in it; of a plan that is over, what is open.
    pub actions: Vec<Item>,
    /// Which action of which plan carries on each that was carried forward.
    pub carried_on: Vec<CarriedOn>,
}

impl Report for BoardPapers {
    fn from_brief(brief: &Brief) -> BoardPapers {
        let chosen = brief.for_meeting();
        let meetings = brief.meetings();
        let papers = chosen.main.iter().enumerate().map(|(number, plan)| {
            let others = if number == 0 { &chosen.others[..] } else { &[] };
            BoardPaper::of(brief, plan, &meetings, others)
        });
        BoardPapers {
            board: brief.board().name.clone(),
            name: brief.board().title().to_owned(),
            plans: papers.collect(),
            others: (chosen.others.iter())
                .map(|plan| OtherPlan::of(brief, plan))
                .collect(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        for plan in &self.plans {
            plan.lay_out(document);
        }
        self.others(document);
    }
}

impl BoardPapers {
    /// Where the plans in force stand, as the front page of a board's site: without the cover of a paper.
    /// `between` adds what stands below the counts of the first plan.
    pub fn front(&self, between: impl FnOnce(&mut Document), document: &mut Document) {
        let mut between = Some(between);
        for plan in &self.plans {
            plan.lay_out_front(
                |document| {
                    if let Some(add) = between.take() {
                        add(document)
                    }
                },
                document,
            );
        }
        if let Some(add) = between.take() {
            add(document);
        }
        self.others(document);
    }

    /// The plans of which it gives a few lines.
    fn others(&self, document: &mut Document) {
        layout::others(&self.others, document);
        if self.plans.is_empty() && self.others.is_empty() {
            document.paragraph(format!("{} has no plan here.", self.name));
        }
    }
}

impl BoardPaper {
    fn of(
        brief: &Brief,
        plan: &PlanBrief,
        meetings: &LastMeetings,
        others: &[PlanBrief],
    ) -> BoardPaper {
        let (challenges, follow_ups) = asked_before(brief, plan, others);
        let items = |rows: Vec<Row>| rows.iter().map(|row| brief.item(row)).collect();
        let schedule = brief.board().schedule(WHOLE_BOARD);
        let next = schedule.and_then(|schedule| schedule.next_after(brief.day()));
        let is_due = |row: &Row| is_due(row, brief.day(), next);
        let then = || plan.rows.iter().filter_map(|row| plan.before(row));
        let facts = indicators::facts(plan, brief.day(), None);
        let (worse, others): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(IndicatorFacts::is_bad_news);
        BoardPaper {
            head: Head::of(brief, plan.plan),
            name: brief.board().title().to_owned(),
            author: author(brief.board()).map(str::to_owned),
            since: brief.then.map(|then| then.day),
            counts: Counts::of(plan.rows.iter().map(|row| row.standing)),
            counts_then: plan.then.map(|_| Counts::of(then())),
            nothing_reported: (plan.rows.iter()).all(|row| row.standing.last_update.is_none()),
            meeting: schedule.and_then(|schedule| schedule.next_after(brief.day().pred())),
            next_meeting: next,
            to_decide: (plan.rows.iter())
                .flat_map(|row| decisions(brief, row))
                .collect(),
            escalated: Escalated::all(brief, plan),
            red: items(sorted(plan, Order::Late, |row| {
                row.standing.rag == Rag::Red
            })),
            follow_ups,
            priorities: priorities(plan),
            trend: meetings.trend(plan.plan, &plan.rows, brief.day()),
            actions: ActionRow::all(brief, plan, is_due),
            better: changed(brief, plan, Course::Better),
            worse: changed(brief, plan, Course::Worse),
            overdue: items(sorted(plan, Order::Late, |row| row.standing.overdue)),
            slipped: (plan.rows.iter())
                .filter(|row| row.standing.status.is_open() && row.standing.slips > 0)
                .filter_map(|row| Moved::of(brief, row))
                .collect(),
            questions: (plan.rows.iter().filter(|row| row.standing.over_rated))
                .map(|row| Question::of(brief, row))
                .collect(),
            due: items(sorted(plan, Order::Due, is_due)),
            unreported: items(sorted(plan, Order::Plan, |row| row.standing.unreported)),
            unproven: unproven(brief, plan, true),
            unproven_claims: unproven(brief, plan, false),
            evidence: received(brief, plan),
            challenges,
            indicators_missing: (others.into_iter())
                .filter(IndicatorFacts::has_no_news)
                .collect(),
            indicators_worse: worse,
        }
    }
}

/// The open challenges about a plan, and what came of what was asked for last time, of other plans too.
fn asked_before(
    brief: &Brief,
    plan: &PlanBrief,
    others: &[PlanBrief],
) -> (Vec<Challenge>, Vec<FollowUp>) {
    let about_it = PlanChallenges::new(brief, plan.index);
    let mut challenges = challenges(brief.board(), brief.day());
    challenges.retain(|challenge| about_it.holds(challenge));
    let mut follow_ups = FollowUp::all(brief, plan, &challenges);
    follow_ups.extend(FollowUp::of_others(brief, others));
    challenges.retain(|challenge| challenge.closed.is_none());
    (challenges, follow_ups)
}

fn sorted<'b>(plan: &PlanBrief<'b>, order: Order, holds: impl Fn(&Row) -> bool) -> Vec<Row<'b>> {
    let mut rows: Vec<Row> = plan.rows.iter().filter(|row| holds(row)).copied().collect();
    sort(&mut rows, order);
    rows
}

/// Whether an open action is due up to the next meeting, or soon where no meeting is known.
fn is_due(row: &Row, day: Day, next: Option<Day>) -> bool {
    let standing = row.standing;
    match next {
        Some(next) => {
            let within = |due: Day| due >= day && due <= next;
            standing.status.is_open() && standing.due.is_some_and(within)
        }
        None => standing.due_soon,
    }
}

fn priorities(plan: &PlanBrief) -> Vec<PriorityFacts> {
    let below = by_priority(&plan.rows);
    let priorities = plan.plan.priorities.iter().enumerate();
    let facts = priorities.map(|(index, priority)| {
        let below = below.get(&Some(index)).into_iter().flatten();
        PriorityFacts {
            id: priority.id.value.to_string(),
            title: priority.title.value.to_string(),
            rag: plan.now.priorities[index],
            rag_then: plan.then.map(|then| then.priorities[index]),
            counts: Counts::of(below.map(|row| row.standing)),
        }
    });
    facts.filter(|facts| facts.counts.total > 0).collect()
}

fn changed(brief: &Brief, plan: &PlanBrief, course: Course) -> Vec<ChangedAction> {
    let changes = plan.then.map(|then| diff::changes(then, plan.now));
    let changes = changes.into_iter().flatten();
    changes
        .filter(|change| change.course == course)
        .filter_map(|change| ChangedAction::of(brief, plan, &change))
        .collect()
}

fn received(brief: &Brief, plan: &PlanBrief) -> Vec<Received> {
    let since = brief.then.map(|then| then.day);
    let rows = plan.rows.iter();
    let items = rows.flat_map(|row| row.standing.assurance.iter().map(move |item| (row, item)));
    let mut received: Vec<Received> = items
        .flat_map(|(row, item)| {
            let dates = item.received.iter().copied();
            let dates = dates.filter(|&date| since.is_none_or(|since| date > since));
            dates.map(|date| Received {
                date,
                id: row.action.id.value.to_string(),
                title: item.title.value.to_string(),
                planned: item.planned,
            })
        })
        .collect();
    received.sort_by_key(|evidence| evidence.date);
    received
}

impl Question {
    fn of(brief: &Brief, row: &Row) -> Question {
        let item = brief.item(row);
        let reported = row.standing.reported_rag.map_or("", Rag::word);
        let against = item.why(|reason| {
            !matches!(
                reason,
                Reason::OverRated { .. } | Reason::MovedBack { .. } | Reason::MovedBackBefore(_)
            )
        });
        let question = format!("What makes it {reported}? {against}.");
        Question { item, question }
    }
}

impl OtherPlan {
    fn of(brief: &Brief, plan: &PlanBrief) -> OtherPlan {
        let ended = plan.plan.period.map(|period| period.last);
        let ended = ended.filter(|&last| last < brief.day());
        let shown = |row: &&Row| match ended {
            Some(_) => row.standing.status.is_open(),
            None => row.standing.rag == Rag::Red,
        };
        let actions = plan.rows.iter().filter(shown);
        OtherPlan {
            plan: plan.plan.stem.clone(),
            title: own_title(brief.board(), plan.plan),
            counts: Counts::of(plan.rows.iter().map(|row| row.standing)),
            ended,
            actions: actions.map(|row| brief.item(row)).collect(),
            carried_on: brief.carried_on(plan.index),
        }
    }
}
