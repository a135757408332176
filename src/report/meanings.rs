//! What the ratings mean, for somebody who sees them for the first time: in the words of the board's plans,
//! by the rules of design section 5.

use super::action::{own_title, rag};
use super::brief::Brief;
use super::key;
use crate::calendar::Interval;
use crate::document::{Block, Cell, Col, Document, Level, Table, plain, running, short, words};
use crate::plan::{Completion, DueSoon, Policy, Rag, Status};

/// How the board's plans are rated.
pub struct Meanings {
    title: String,
    day: String,
    ratings: Vec<RatingMeaning>,
    policies: Vec<PlanPolicy>,
}

struct RatingMeaning {
    rag: Rag,
    /// The board's own words for it, of every plan that has any.
    label: String,
}

/// What a plan sets for itself.
struct PlanPolicy {
    plan: String,
    review: String,
    due_soon: String,
    red: String,
    complete: &'static str,
}

impl Meanings {
    pub fn of(brief: &Brief) -> Meanings {
        let plans = brief.in_force_first();
        let labels: Vec<key::Labels> = plans.iter().map(|plan| key::labels(plan.plan)).collect();
        let ratings = Rag::ALL.map(|rag| {
            let labels = labels.iter().filter_map(|labels| labels.get(rag.word()));
            let mut labels: Vec<&str> = labels.map(String::as_str).collect();
            labels.dedup();
            RatingMeaning {
                rag,
                label: labels.join(", "),
            }
        });
        let policies = plans.iter().map(|plan| PlanPolicy {
            plan: own_title(brief.board(), plan.plan),
            ..PlanPolicy::of(&plan.plan.policy)
        });
        Meanings {
            title: format!("What the ratings mean · {}", brief.board().title()),
            day: brief.day().long(),
            ratings: ratings.into(),
            policies: policies.collect(),
        }
    }

    pub fn lay_out(&self, document: &mut Document) {
        let title = Block::Title(self.title.clone(), self.day.clone());
        document.blocks.push(title);
        document.heading(Level::Section, "Ratings", "");
        let table = Table::new(RATINGS, &self.ratings).without_empty_columns();
        document.blocks.push(Block::Table(table));
        document.heading(Level::Section, "Where a rating comes from", "");
        document.list(RULES.iter().copied().map(plain).collect());
        document.heading(Level::Section, "Status", "");
        document.table(STATUSES, Status::ALL);
        if !self.policies.is_empty() {
            document.heading(Level::Section, "What each plan sets for itself", "");
            document.table(POLICIES, &self.policies);
        }
    }
}

/// Design section 5, in the words of a reader.
const RULES: &[&str] = &[
    "Nobody types a rating into these pages. Each follows from the plan's dates and from what was reported up to the day.",
    "A report can make a rating worse, never better than its dates allow: what is overdue is not green, whatever was reported.",
    "What was reported better than dates and reports allow is called over-rated: the board may ask why.",
    "A new deadline, other owners or a pause count only once somebody agreed to them. Until then the first promise stands.",
    "What a meeting decides counts from the day after it, so that a paper of the meeting's day shows what the meeting had before it.",
    "An action that nobody reported on in time is at best amber. Nothing is green that nobody rated green.",
    "A priority takes the worst rating of its open actions.",
];

const RATINGS: &[Col<RatingMeaning>] = &[
    short("rating", |it| rag(it.rag)),
    words("the board calls it", |it| {
        if it.label.is_empty() {
            Cell::Empty
        } else {
            Cell::text(&it.label)
        }
    }),
    running("means", |it| Cell::text(it.rag.meaning())),
];

const STATUSES: &[Col<Status>] = &[
    short("status", |status| Cell::text(status.word())),
    running("means", |status| {
        Cell::text(match status {
            Status::NotStarted => "nothing was begun yet",
            Status::InProgress => "it is being worked on",
            Status::Paused => "work on it was agreed to rest",
            Status::Complete => "it was reported done, and agreed where the plan asks for that",
            Status::Withdrawn => "it was agreed that it will not be done",
            Status::CarriedForward => "a later plan carries it on",
        })
    }),
];

const POLICIES: &[Col<PlanPolicy>] = &[
    running("plan", |it| Cell::text(&it.plan)),
    words("reports are due", |it| Cell::text(&it.review)),
    words("due soon means", |it| Cell::text(&it.due_soon)),
    words("overdue is red", |it| Cell::text(&it.red)),
    words("complete counts", |it| Cell::text(it.complete)),
];

impl PlanPolicy {
    fn of(policy: &Policy) -> PlanPolicy {
        PlanPolicy {
            plan: String::new(),
            review: policy.review.to_string(),
            due_soon: match policy.due_soon {
                DueSoon::Within(interval) => format!("within {interval}"),
                DueSoon::NextMeeting => "before the next meeting".into(),
            },
            red: (policy.red_after)
                .map_or("at once".into(), |after: Interval| format!("after {after}")),
            complete: match policy.complete {
                Completion::Reported => "once it is reported",
                Completion::Agreed => "once somebody agreed to it",
            },
        }
    }
}
