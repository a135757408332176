//! `plan report board`: the paper for the pack before a meeting.

use serde::Serialize;

use super::action::iso;
use super::brief::{Brief, Head, PlanBrief, PlanReport};
use super::challenges::{Challenge, challenges, open_columns};
use super::changes::{Changed, columns as change_columns};
use super::counts::{Counts, counted};
use super::decision::{Decision, decisions};
use super::indicators::{self, IndicatorFacts};
use super::item::{self, Item, rating};
use super::slippage::Moved;
use crate::calendar::Day;
use crate::diff::{self, Course};
use crate::document::{
    Block, Cell, Chart, Column, Document, Level, Mark, Timeline, deadlines, figures, running,
    short, words,
};
use crate::plan::{Rag, WHOLE_BOARD};
use crate::select::{Order, Row, sort};

#[derive(Serialize)]
pub struct BoardPaper {
    #[serde(flatten)]
    pub head: Head,
    /// The earlier day that the paper compares with, and the counts on it.
    pub since: Option<String>,
    pub counts: Counts,
    pub counts_then: Option<Counts>,
    pub next_meeting: Option<String>,
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
    pub rag: &'static str,
    pub rag_then: Option<&'static str>,
    pub counts: Counts,
}

/// An action that its last report asks somebody to look at.
#[derive(Serialize)]
pub struct Escalated {
    #[serde(flatten)]
    pub item: Item,
    pub to: String,
}

/// What the board may ask a lead whose report is rosier than dates and reports say.
#[derive(Serialize)]
pub struct Question {
    #[serde(flatten)]
    pub item: Item,
    pub question: String,
}

/// Evidence that came in since the earlier day.
#[derive(Serialize)]
pub struct Received {
    pub date: String,
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
            since: iso(brief.then.map(|then| then.day)),
            counts: Counts::of(plan.rows.iter().map(|row| row.standing)),
            counts_then: then.map(Counts::of),
            next_meeting: iso(next),
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
            questions: (plan.rows.iter().filter(|row| row.standing.rosy))
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
            rag: plan.now.priorities[index].word(),
            rag_then: plan.then.map(|then| then.priorities[index].word()),
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
                date: date.to_string(),
                id: row.action.id.value.clone(),
                title: item.title.value.clone(),
                planned: item.planned,
            })
        })
        .collect();
    received.sort_by(|a, b| a.date.cmp(&b.date));
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
            !reason.starts_with("reported ") && !reason.starts_with("deadline moved back")
        });
        let question = format!("What makes it {reported}? The plan says: {against}.");
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
        let then = match (&self.counts_then, item::day(self.since.as_deref())) {
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
        document.heading(Level::Section, "Standing by priority", "");
        let mut columns = vec![short("priority"), running("title"), short("RAG")];
        if self.since.is_some() {
            columns.push(short("RAG then"));
        }
        columns.extend(Counts::columns());
        columns.push(short("").named("ratings"));
        let rows = self.priorities.iter().map(|priority| {
            let mut cells = vec![
                Cell::text(&priority.id),
                Cell::text(&priority.title),
                rating(Some(priority.rag)),
            ];
            if self.since.is_some() {
                cells.push(rating(priority.rag_then));
            }
            cells.extend(priority.counts.cells());
            cells.push(Cell::Bar(priority.counts.rags().to_vec()));
            cells
        });
        let mut rows: Vec<Vec<Cell>> = rows.collect();
        rows.push(self.total("all", &self.counts));
        if let Some(then) = &self.counts_then {
            rows.push(self.total("all then", then));
        }
        document.table(columns, rows);
    }

    /// What got better and worse since the earlier day.
    fn changes(&self, document: &mut Document) {
        let changes = [("Better", &self.better), ("Worse", &self.worse)];
        for (heading, changed) in changes.into_iter().filter(|_| self.since.is_some()) {
            let rows: Vec<Vec<Cell>> = changed.iter().map(Changed::cells).collect();
            section(document, heading, change_columns(), rows, "None.");
        }
    }

    fn total(&self, name: &str, counts: &Counts) -> Vec<Cell> {
        let mut cells = vec![Cell::text(name), Cell::Empty, Cell::Empty];
        if self.since.is_some() {
            cells.push(Cell::Empty);
        }
        cells.extend(counts.cells());
        cells.push(Cell::Empty);
        cells
    }

    /// The deadlines of what is late, slipped or due before the next meeting, as a picture.
    fn timeline(&self, document: &mut Document) {
        let slipped = self.slipped.iter().map(|moved| &moved.item);
        let items = self.overdue.iter().chain(slipped).chain(&self.due);
        let mut marks: Vec<Mark> = Vec::new();
        for item in items {
            let Some(due) = item::day(item.facts.due.as_deref()) else {
                continue;
            };
            if marks.iter().any(|mark| mark.id == item.facts.id) {
                continue;
            }
            let first = item::day(item.facts.first_due.as_deref());
            let Some(rag) = Rag::parse(item.facts.rag) else {
                continue;
            };
            marks.push(Mark {
                id: item.facts.id.clone(),
                what: item.name.clone(),
                moved_from: first.filter(|&first| first != due),
                due,
                tone: super::action::tone(rag),
                rating: rag.word().to_owned(),
            });
        }
        marks.sort_by_key(|mark| mark.due);
        let day = self.head.day();
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
        let rows = self.overdue.iter().map(|item| {
            vec![
                Cell::Number(item.facts.days_late.unwrap_or_default()),
                item.id(),
                item.timescale(),
                Cell::text(item.why(|reason| !reason.contains("days ago"))),
                item.who(),
                item.what(),
            ]
        });
        let columns = vec![
            figures("days"),
            short("action"),
            deadlines("was due"),
            words("why"),
            words("who"),
            running("what"),
        ];
        section(
            document,
            "Overdue",
            columns,
            rows.collect(),
            "Nothing is overdue.",
        );
        let rows = self.slipped.iter().map(slipped);
        let columns = vec![
            short("action"),
            short("first due"),
            short("now due"),
            figures("slips"),
            running("reason"),
            words("agreed by"),
            running("what"),
        ];
        let calm = "No deadline of an open action was moved back.";
        section(document, "Slipped", columns, rows.collect(), calm);
        let heading = match item::day(self.next_meeting.as_deref()) {
            Some(day) => format!("Due by the next meeting, {}", day.long()),
            None => "Due soon".into(),
        };
        let rows = self.due.iter().map(|item| {
            vec![
                item.id(),
                item::date(item.facts.due.as_deref()),
                item.rating(),
                item.who(),
                item.what(),
            ]
        });
        let columns = vec![
            short("action"),
            short("due"),
            short("RAG"),
            words("who"),
            running("what"),
        ];
        section(document, &heading, columns, rows.collect(), "Nothing.");
    }

    /// What the meeting is asked to do.
    fn decide(&self, document: &mut Document) {
        let rows = self.to_decide.iter().map(Decision::cells).collect();
        let calm = "Nothing is asked for.";
        section(document, "To be decided", Decision::columns(), rows, calm);
        let rows = self.escalated.iter().map(|escalated| {
            let item = &escalated.item;
            vec![
                item.id(),
                item.rating(),
                Cell::text(&escalated.to),
                Cell::maybe(item.latest.as_ref().and_then(|entry| entry.words())),
                item.who(),
                item.what(),
            ]
        });
        let columns = vec![
            short("action"),
            short("RAG"),
            words("to"),
            running("last report"),
            words("who"),
            running("what"),
        ];
        section(
            document,
            "Escalated",
            columns,
            rows.collect(),
            "Nothing is escalated.",
        );
        let rows = self.questions.iter().map(|asked| {
            vec![
                asked.item.id(),
                asked.item.who(),
                Cell::text(&asked.question),
                asked.item.what(),
            ]
        });
        let columns = vec![
            short("action"),
            words("to"),
            running("question"),
            running("what"),
        ];
        let heading = "Reported rosier than computed: questions to the leads";
        section(document, heading, columns, rows.collect(), "None.");
    }

    /// What the board has seen, and what it has asked.
    fn assure(&self, document: &mut Document) {
        let rows = self.evidence.iter().map(|received| {
            vec![
                item::date(Some(&received.date)),
                Cell::text(&received.id),
                Cell::text(&received.title),
                Cell::text(if received.planned {
                    "promised"
                } else {
                    "not in it"
                }),
            ]
        });
        let columns = vec![
            short("received"),
            short("action"),
            running("evidence"),
            short("in the plan"),
        ];
        let heading = match item::day(self.since.as_deref()) {
            Some(day) => format!("Evidence received since {}", day.long()),
            None => "Evidence received".into(),
        };
        section(document, &heading, columns, rows.collect(), "None.");
        let rows = self.challenges.iter().map(Challenge::open_cells).collect();
        section(document, "Open challenges", open_columns(), rows, "None.");
        let rows = self
            .indicators_worse
            .iter()
            .map(IndicatorFacts::cells)
            .collect();
        let heading = "Indicators that got worse";
        section(
            document,
            heading,
            indicators::columns(),
            rows,
            "None that the data shows.",
        );
    }
}

fn slipped(moved: &Moved) -> Vec<Cell> {
    let facts = &moved.item.facts;
    let mut agreed = moved
        .revisions
        .iter()
        .filter(|revision| revision.agreed.is_some());
    let last = agreed.next_back();
    vec![
        moved.item.id(),
        item::date(facts.first_due.as_deref()),
        item::date(facts.due.as_deref()),
        Cell::Count(facts.slips as usize),
        Cell::text(match (last, &moved.from) {
            (Some(last), _) => last
                .reason
                .clone()
                .unwrap_or_else(|| "no reason given".into()),
            (None, Some(from)) => format!("carried on from {from}, which had slipped"),
            (None, None) => String::new(),
        }),
        Cell::maybe(last.and_then(|last| last.agreed.as_deref())),
        moved.item.what(),
    ]
}

/// A section with its table, or the sentence that says there is nothing.
fn section(
    document: &mut Document,
    heading: &str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    calm: &str,
) {
    document.heading(Level::Section, heading, rows.len().to_string());
    match rows.is_empty() {
        true => document.paragraph(calm),
        false => document.table(columns, rows),
    }
}
