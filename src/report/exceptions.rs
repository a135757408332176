//! `plan report exceptions`: what is red and amber, and why, for the executive.

use serde::Serialize;

use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::counts::Counts;
use super::cover::Ask;
use super::escalated::Escalated;
use super::item::Item;
use crate::document::{Cell, Col, Document, Level, actions, deadlines, plain, running, words};
use crate::plan::{Rag, WHOLE_BOARD};
use crate::select::{Order, Row, sort};
use crate::words::listed;

#[derive(Serialize)]
pub struct Exceptions {
    #[serde(flatten)]
    pub head: Head,
    pub counts: Counts,
    pub red: Vec<Item>,
    pub amber: Vec<Item>,
    /// What the full board should look at, each in a sentence.
    pub concerns: Vec<String>,
}

impl PlanReport for Exceptions {
    const CURRENT: bool = true;

    fn from_brief(brief: &Brief, plan: &PlanBrief) -> Exceptions {
        let rated = |rag: Rag| -> Vec<Item> {
            let rows = plan.rows.iter().filter(|row| row.standing.rag == rag);
            let mut rows: Vec<Row> = rows.copied().collect();
            sort(&mut rows, Order::Late);
            rows.iter().map(|row| brief.item(row)).collect()
        };
        Exceptions {
            head: Head::of(brief, plan.plan),
            counts: Counts::of(plan.rows.iter().map(|row| row.standing)),
            red: rated(Rag::Red),
            amber: rated(Rag::Amber),
            concerns: concerns(brief, plan),
        }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn asks(plans: &[Exceptions]) -> Vec<Ask> {
        let concerns = plans.iter().map(|plan| plan.concerns.len()).sum();
        let (red, amber) = plans.iter().fold((0, 0), |(red, amber), plan| {
            (red + plan.counts.red, amber + plan.counts.amber)
        });
        let concerns = Ask::some(concerns, "area", |count| {
            Ask::discuss(format!("discuss {count} of concern"))
        });
        let rated = [(red, "red"), (amber, "amber")];
        let rated = rated.iter().filter(|(count, _)| *count > 0);
        let rated: Vec<String> = rated
            .map(|(count, word)| format!("{word} ({count})"))
            .collect();
        let noted = Ask::note(match &rated[..] {
            [] => "that nothing is red or amber".to_owned(),
            rated => format!("what is {}", listed(rated)),
        });
        concerns.into_iter().chain([noted]).collect()
    }

    fn is_empty(&self) -> bool {
        self.red.is_empty() && self.amber.is_empty() && self.concerns.is_empty()
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Exceptions", document);
        let Counts {
            red, amber, total, ..
        } = self.counts;
        document.remark(format!("{red} red and {amber} amber of {total} actions"));
        document.section("Red", EXCEPTIONS, &self.red, "Nothing is red.");
        document.section("Amber", EXCEPTIONS, &self.amber, "Nothing is amber.");
        let count = self.concerns.len().to_string();
        document.heading(Level::Section, "Areas of concern for the full board", count);
        document.remark_once(format!(
            "What was escalated to the board, is more than {LONG_LATE} days late, had its date moved back \
             {OFTEN_MOVED} times or more, or is green although its impact is red."
        ));
        if self.concerns.is_empty() {
            document.paragraph("No action is one of these.")
        } else {
            let lines = self.concerns.iter().map(plain);
            document.list(lines.collect());
        }
    }
}

const EXCEPTIONS: &[Col<Item>] = &[
    actions(Item::named),
    running("why", |item| Cell::text(item.why(|_| true))),
    words("lead", Item::lead),
    running("what is being done", doing),
    deadlines("revised date", revised),
];

fn doing(item: &Item) -> Cell {
    Cell::text(match &item.newest {
        Some(newest) => newest.text(),
        None => item.without_words(),
    })
}

/// The date in force where it is not the first one, and what is requested.
fn revised(item: &Item) -> Cell {
    let facts = &item.facts;
    let moved = facts.timescale.clone().filter(|_| facts.slips > 0);
    let asked = facts.asked.timescale.as_ref();
    let asked = asked.map(|asked| format!("{asked} requested, not yet decided"));
    let both: Vec<String> = moved.into_iter().chain(asked).collect();
    Cell::text(if both.is_empty() {
        "none".into()
    } else {
        both.join("\n")
    })
}

/// How many days late, or how often moved, an action is when the full board should hear of it.
const LONG_LATE: i64 = 90;
const OFTEN_MOVED: u32 = 3;

/// What the full board should look at: what was escalated to it, what is long late, what was moved
/// again and again, and what makes things worse although it is called on track.
fn concerns(brief: &Brief, plan: &PlanBrief) -> Vec<String> {
    let mut concerns = Vec::new();
    for row in &plan.rows {
        let standing = row.standing;
        if !standing.status.is_open() {
            continue;
        }
        let mut reasons = Vec::new();
        let mut escalated = standing.escalated.iter();
        let escalated = escalated.find(|group| group.as_str() == WHOLE_BOARD);
        if escalated.is_some() {
            reasons.push("escalated to the board".to_owned());
        }
        if let Some(days) = standing.days_late.filter(|&days| days > LONG_LATE) {
            let never = if standing.last_update.is_none() {
                " and never reported on"
            } else {
                ""
            };
            reasons.push(format!("{days} days late{never}"));
        }
        if standing.slips >= OFTEN_MOVED {
            reasons.push(format!(
                "its deadline was moved back {} times",
                standing.slips
            ));
        }
        if standing.impact_rag == Some(Rag::Red) && standing.rag == Rag::Green {
            reasons.push("delivery is green, its impact is red".to_owned());
        }
        if !reasons.is_empty() {
            let name = super::action::name(row);
            let name = name.trim_end_matches('.');
            let to_board = escalated.map(|to| Escalated::of(brief, row, to));
            let why = to_board.map(|it| {
                let source = it.source(brief.day());
                format!(" Escalated {source}: {}", it.reason())
            });
            concerns.push(format!(
                "{} {name}: {}.{}",
                row.action.id,
                listed(&reasons),
                why.unwrap_or_default()
            ));
        }
    }
    concerns
}
