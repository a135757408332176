//! `plan report board`: the paper for the pack before a meeting.

use serde::Serialize;

use super::action;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::challenges::{Challenge, OPEN, challenges};
use super::changes::{CHANGED, Changed};
use super::counts::{BAR, Counts, RatingLine, counted, ratings};
use super::decision::{DECISIONS, Decision, decisions};
use super::indicators::{self, IndicatorFacts, SCORECARD};
use super::item::Item;
use super::revision::Revision;
use super::slippage::Moved;
use crate::calendar::Day;
use crate::diff::{self, Course};
use crate::document::{
    Block, Cell, Chart, Col, Document, Level, Mark, Timeline, deadlines, figures, running, short,
    words,
};
use crate::plan::{Rag, WHOLE_BOARD};
use crate::select::{Order, Row, sort};
use crate::standing::Reason;

#[derive(Serialize)]
pub struct BoardPaper {
    #[serde(flatten)]
    pub head: Head,
    /// The earlier day that the paper compares with, and the counts on it.
    pub since: Option<Day>,
    pub counts: Counts,
    pub counts_then: Option<Counts>,
    pub next_meeting: Option<Day>,
    pub priorities: Vec<PriorityFacts>,
    pub better: Vec<Changed>,
    pub worse: Vec<Changed>,
    pub overdue: Vec<Item>,
    pub slipped: Vec<Moved>,
    pub to_decide: Vec<Decision>,
    pub escalated: Vec<Escalated>,
    pub questions: Vec<Question>,
    /// Open actions that are due up to the next meeting, or soon where none is known.
    pub due: Vec<Item>,
    pub evidence: Vec<Received>,
    pub challenges: Vec<Challenge>,
    pub indicators_worse: Vec<IndicatorFacts>,
}

#[derive(Serialize)]
pub struct PriorityFacts {
    pub id: String,
    pub title: String,
    pub rag: Rag,
    pub rag_then: Option<Rag>,
    pub counts: Counts,
}

/// An action that its last report asks somebody to look at.
#[derive(Serialize)]
pub struct Escalated {
    #[serde(flatten)]
    pub item: Item,
    pub to: String,
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

impl PlanReport for BoardPaper {
    const CURRENT: bool = true;

    fn of(brief: &Brief, plan: &PlanBrief) -> BoardPaper {
        let items = |rows: Vec<Row>| rows.iter().map(|row| brief.item(row)).collect();
        let overdue = sorted(plan, Order::Late, |row| row.standing.overdue);
        let schedule = brief.board().schedule(WHOLE_BOARD);
        let next = schedule.and_then(|schedule| schedule.next_after(brief.day()));
        let due = sorted(plan, Order::Due, |row| is_due(row, brief.day(), next));
        let then = plan
            .then
            .map(|_| plan.rows.iter().filter_map(|row| plan.before(row)));
        let open = |row: &&Row| row.standing.status.is_open();
        let escalated = plan.rows.iter().filter_map(|row| {
            Some(Escalated {
                item: brief.item(row),
                to: brief.board().group_name(row.standing.escalated?).to_owned(),
            })
        });
        let worse = indicators::facts(plan, brief.day(), None).into_iter();
        BoardPaper {
            head: Head::of(brief, plan.plan),
            since: brief.then.map(|then| then.day),
            counts: Counts::of(plan.rows.iter().map(|row| row.standing)),
            counts_then: then.map(Counts::of),
            next_meeting: next,
            priorities: priorities(plan),
            better: changed(brief, plan, Course::Better),
            worse: changed(brief, plan, Course::Worse),
            overdue: items(overdue),
            slipped: (plan.rows.iter().filter(open))
                .filter(|row| row.standing.slips > 0)
                .filter_map(|row| Moved::of(brief, row))
                .collect(),
            to_decide: plan
                .rows
                .iter()
                .flat_map(|row| decisions(brief, row))
                .collect(),
            escalated: escalated.collect(),
            questions: (plan.rows.iter().filter(|row| row.standing.over_rated))
                .map(|row| Question::of(brief, row))
                .collect(),
            due: items(due),
            evidence: received(brief, plan),
            challenges: open_challenges(brief, plan),
            indicators_worse: worse
                .filter(|facts| facts.course == Some("worse"))
                .collect(),
        }
    }

    fn lay_out(&self, document: &mut Document) {
        self.head.open("Report to the Board", document);
        document.remark(self.summary());
        self.standing(document);
        self.timeline(document);
        self.changes(document);
        self.work(document);
        self.decide(document);
        self.assure(document);
    }
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
    let priorities = plan.plan.priorities.iter().enumerate();
    let facts = priorities.map(|(index, priority)| {
        let own = plan
            .rows
            .iter()
            .filter(|row| row.action.priority == Some(index));
        PriorityFacts {
            id: priority.id.value.clone(),
            title: priority.title.value.clone(),
            rag: plan.now.priorities[index],
            rag_then: plan.then.map(|then| then.priorities[index]),
            counts: Counts::of(own.map(|row| row.standing)),
        }
    });
    facts.filter(|facts| facts.counts.total > 0).collect()
}

fn changed(brief: &Brief, plan: &PlanBrief, course: Course) -> Vec<Changed> {
    let changes = plan.then.map(|then| diff::changes(then, plan.now));
    let changes = changes.into_iter().flatten();
    changes
        .filter(|change| change.course == course)
        .filter_map(|change| Changed::of(brief, plan, &change))
        .collect()
}

fn received(brief: &Brief, plan: &PlanBrief) -> Vec<Received> {
    let since = brief.then.map(|then| then.day);
    let rows = plan.rows.iter();
    let items = rows.flat_map(|row| row.standing.assurance.iter().map(move |item| (row, item)));
    let mut received: Vec<Received> = items
        .filter_map(|(row, item)| {
            let date = item
                .received
                .filter(|&date| since.is_none_or(|since| date > since))?;
            Some(Received {
                date,
                id: row.action.id.value.clone(),
                title: item.title.value.clone(),
                planned: item.planned,
            })
        })
        .collect();
    received.sort_by_key(|evidence| evidence.date);
    received
}

/// The open challenges about the plan; those that name no plan stand with the board's first.
fn open_challenges(brief: &Brief, plan: &PlanBrief) -> Vec<Challenge> {
    let first = brief.current().first().map(|first| first.index);
    let all = challenges(brief.board(), brief.day()).into_iter();
    all.filter(|challenge| challenge.closed.is_none())
        .filter(|challenge| match &challenge.plan {
            Some(stem) => *stem == plan.plan.stem,
            None => first == Some(plan.index),
        })
        .collect()
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

impl BoardPaper {
    fn summary(&self) -> String {
        let Counts {
            total,
            overdue,
            unreported,
            ..
        } = self.counts;
        let then = match (&self.counts_then, self.since) {
            (Some(then), Some(day)) => {
                let Counts {
                    overdue,
                    unreported,
                    ..
                } = then;
                let day = day.long();
                format!("On {day}: {overdue} overdue, {unreported} unreported.")
            }
            _ => "No earlier meeting is known to compare with.".into(),
        };
        let total = counted(total, "action");
        format!("{total}: {overdue} overdue, {unreported} unreported. {then}")
    }

    fn standing(&self, document: &mut Document) {
        document.heading(Level::Section, "RAG by priority", "");
        let priorities = self.priorities.iter().map(|priority| RatingLine {
            id: priority.id.clone(),
            title: priority.title.clone(),
            rag: Some(priority.rag),
            then: priority.rag_then,
            counts: priority.counts,
            has_bar: true,
        });
        let total = |name: &str, counts: &Counts| RatingLine {
            id: name.to_owned(),
            title: String::new(),
            rag: None,
            then: None,
            counts: *counts,
            has_bar: false,
        };
        let totals = [
            Some(total("all", &self.counts)),
            self.counts_then
                .as_ref()
                .map(|then| total("all then", then)),
        ];
        let compares = self.since.is_some();
        let then = if compares { RAG_THEN } else { &[] };
        let columns = [PRIORITY, then, &ratings(), BAR].concat();
        document.table(&columns, priorities.chain(totals.into_iter().flatten()));
    }

    /// What got better and worse since the earlier day.
    fn changes(&self, document: &mut Document) {
        let changes = [("Better", &self.better), ("Worse", &self.worse)];
        for (heading, changed) in changes.into_iter().filter(|_| self.since.is_some()) {
            section(document, heading, CHANGED, changed, "None.");
        }
    }

    /// The deadlines of what is late, slipped or due before the next meeting, as a picture.
    fn timeline(&self, document: &mut Document) {
        let slipped = self.slipped.iter().map(|moved| &moved.item);
        let items = self.overdue.iter().chain(slipped).chain(&self.due);
        let day = self.head.day();
        let mut marks: Vec<Mark> = Vec::new();
        for item in items {
            let Some(due) = item.facts.due else {
                continue;
            };
            if marks.iter().any(|mark| mark.id == item.facts.id) {
                continue;
            }
            let first = item.facts.first_due;
            let rag = item.facts.rag;
            marks.push(Mark {
                id: item.facts.id.clone(),
                what: item.name.clone(),
                moved_from: first.filter(|&first| first != due),
                due,
                late_until: item.facts.overdue.then_some(day),
                requested: item.facts.asked.due,
                tone: super::action::tone(rag),
                rating: rag.word().to_owned(),
            });
        }
        marks.sort_by_key(|mark| mark.due);
        let days = marks
            .iter()
            .flat_map(|mark| [Some(mark.due), mark.moved_from]);
        let days: Vec<Day> = days.flatten().chain([day]).collect();
        let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else {
            return;
        };
        if marks.is_empty() {
            return;
        }
        document.blocks.push(Block::Chart(Chart::Timeline(Timeline {
            title: "Deadlines that are late, were moved, or fall before the next meeting".into(),
            first,
            last,
            day,
            marks,
        })));
    }

    /// What is late, what was moved, and what comes next.
    fn work(&self, document: &mut Document) {
        section(
            document,
            "Overdue",
            OVERDUE,
            &self.overdue,
            "Nothing is overdue.",
        );
        let calm = "No deadline of an open action was moved back.";
        section(document, "Slipped", SLIPPED, &self.slipped, calm);
        let heading = match self.next_meeting {
            Some(day) => format!("Due by the next meeting, {}", day.long()),
            None => "Due soon".into(),
        };
        section(document, &heading, DUE, &self.due, "Nothing.");
    }

    /// What the meeting is asked to do.
    fn decide(&self, document: &mut Document) {
        let calm = "Nothing is requested.";
        section(document, "To be decided", DECISIONS, &self.to_decide, calm);
        let calm = "Nothing is escalated.";
        section(document, "Escalated", ESCALATED, &self.escalated, calm);
        let heading = "Over-rated: questions to the leads";
        section(document, heading, QUESTIONS, &self.questions, "None.");
    }

    /// What the board has seen, and what it has asked.
    fn assure(&self, document: &mut Document) {
        let heading = match self.since {
            Some(day) => format!("Evidence received since {}", day.long()),
            None => "Evidence received".into(),
        };
        section(document, &heading, RECEIVED, &self.evidence, "None.");
        section(document, "Open challenges", OPEN, &self.challenges, "None.");
        let heading = "Indicators that got worse";
        let calm = "None that the data shows.";
        section(document, heading, SCORECARD, &self.indicators_worse, calm);
    }
}

const PRIORITY: &[Col<RatingLine>] = &[
    short("priority", |line| Cell::text(&line.id)),
    running("title", |line| Cell::text(&line.title)),
    short("RAG", |line| action::maybe_rag(line.rag)),
];

const RAG_THEN: &[Col<RatingLine>] = &[short("RAG then", |line| action::maybe_rag(line.then))];

const OVERDUE: &[Col<Item>] = &[
    figures("days", |item| {
        Cell::Number(item.facts.days_late.unwrap_or_default())
    }),
    short("action", Item::id),
    deadlines("was due", Item::timescale),
    words("why", |item| {
        Cell::text(item.why(|reason| !matches!(reason, Reason::Due { .. })))
    }),
    words("who", Item::who),
    running("what", Item::what),
];

const SLIPPED: &[Col<Moved>] = &[
    short("action", |moved| moved.item.id()),
    short("first due", |moved| Cell::day(moved.item.facts.first_due)),
    short("now due", |moved| Cell::day(moved.item.facts.due)),
    figures("slips", |moved| {
        Cell::Count(moved.item.facts.slips as usize)
    }),
    running("reason", |moved| Cell::text(moved_why(moved))),
    words("agreed by", |moved| {
        Cell::maybe(last_agreed(moved).and_then(|last| last.agreed.as_deref()))
    }),
    running("what", |moved| moved.item.what()),
];

const DUE: &[Col<Item>] = &[
    short("action", Item::id),
    short("due", |item| Cell::day(item.facts.due)),
    short("RAG", Item::rating),
    words("who", Item::who),
    running("what", Item::what),
];

const ESCALATED: &[Col<Escalated>] = &[
    short("action", |it| it.item.id()),
    short("RAG", |it| it.item.rating()),
    words("to", |it| Cell::text(&it.to)),
    running("last report", |it| {
        Cell::maybe(it.item.latest.as_ref().and_then(|entry| entry.words()))
    }),
    words("who", |it| it.item.who()),
    running("what", |it| it.item.what()),
];

const QUESTIONS: &[Col<Question>] = &[
    short("action", |it| it.item.id()),
    words("to", |it| it.item.who()),
    running("question", |it| Cell::text(&it.question)),
    running("what", |it| it.item.what()),
];

const RECEIVED: &[Col<Received>] = &[
    short("received", |it| Cell::Date(it.date)),
    short("action", |it| Cell::text(&it.id)),
    running("evidence", |it| Cell::text(&it.title)),
    short("in the plan", |it| {
        Cell::text(if it.planned { "promised" } else { "not in it" })
    }),
];

fn last_agreed(moved: &Moved) -> Option<&Revision> {
    let mut agreed = moved.revisions.iter();
    agreed.rfind(|revision| revision.agreed.is_some())
}

fn moved_why(moved: &Moved) -> String {
    match (last_agreed(moved), &moved.from) {
        (Some(last), _) => last
            .reason
            .clone()
            .unwrap_or_else(|| "no reason given".into()),
        (None, Some(from)) => format!("carried on from {from}, which had slipped"),
        (None, None) => String::new(),
    }
}

/// A section with its table, or the sentence that says there is nothing.
fn section<R>(document: &mut Document, heading: &str, columns: &[Col<R>], rows: &[R], calm: &str) {
    document.heading(Level::Section, heading, rows.len().to_string());
    if rows.is_empty() {
        document.paragraph(calm);
    } else {
        document.table(columns, rows);
    }
}
