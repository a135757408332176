//! `plan status`: one page before a meeting.

mod section;

use serde::Serialize;

use crate::calendar::{Day, Period};
use crate::diff::{Course, RatingChange};
use crate::document::{Block, Cell, Col, Document, Level, Table, Tone, running, short, words};
use crate::plan::{Board, Plan, Rag};
use crate::report::action::{self, ActionFacts};
use crate::report::counts::{BAR, Counts, RatingLine, ratings};
use crate::report::news::{DECIDED_IN_SHORT, DecidedFacts};
use crate::report::overview::{PlanLine, overview};
use crate::report::trend::{self, TrendPoint};
use crate::select::{ActionMark, Row, by_priority, row_of};
use crate::standing::{PlanStanding, Reason, sentences};

use section::{ActionList, sections};

#[derive(Serialize)]
pub struct StatusReport {
    pub boards: Vec<BoardStatus>,
}

#[derive(Serialize)]
pub struct BoardStatus {
    pub board: String,
    /// The board's own title.
    pub name: String,
    pub plans: Vec<PlanStatus>,
}

#[derive(Serialize)]
pub struct PlanStatus {
    pub plan: String,
    pub title: String,
    pub counts: Counts,
    pub priorities: Vec<PriorityStatus>,
    pub overdue: Vec<ActionFacts>,
    pub due_soon: Vec<ActionFacts>,
    pub unreported: Vec<ActionFacts>,
    pub overrated: Vec<ActionFacts>,
    pub asked: Vec<ActionFacts>,
    pub escalated: Vec<ActionFacts>,
    /// What two of its owners report differently.
    pub disagreed: Vec<ActionFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceFacts>,
    /// The ratings at the last meetings and on the day, where they are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trend: Vec<TrendPoint>,
    #[serde(skip)]
    page: StatusPage,
}

#[derive(Serialize)]
pub struct PriorityStatus {
    pub id: String,
    pub title: String,
    pub rag: Rag,
    pub counts: Counts,
}

/// What changed since an earlier day.
#[derive(Serialize)]
pub struct SinceFacts {
    pub day: Day,
    pub better: Vec<ChangedFacts>,
    pub worse: Vec<ChangedFacts>,
    pub new: Vec<ChangedFacts>,
    /// What was decided, that day's own meeting included.
    pub decided: Vec<DecidedFacts>,
}

#[derive(Clone, Serialize)]
pub struct ChangedFacts {
    pub id: String,
    pub then: Option<Rag>,
    pub now: Rag,
    pub reasons: Vec<Reason>,
    #[serde(skip)]
    what: String,
}

/// What only the page shows, in words that JSON has as data.
struct StatusPage {
    title: String,
    /// The same without the board's name.
    own_title: String,
    day: String,
    /// Where the plan's time has got to, and when it was last reported on.
    subtitle: String,
    /// When the plan will be adopted, where it is not there yet.
    adoption: Option<Day>,
    sections: Vec<ActionList>,
    more: String,
}

impl BoardStatus {
    pub fn from_plans(board: &Board, plans: Vec<PlanStatus>) -> BoardStatus {
        BoardStatus {
            board: board.name.clone(),
            name: board.title().to_owned(),
            plans,
        }
    }
}

impl PlanStatus {
    /// The page of one plan: `rows` are its actions that are asked for, `whole` says whether these
    /// are all.
    pub fn of(
        board: &Board,
        plan: &Plan,
        standing: &PlanStanding,
        rows: &[Row],
        day: Day,
        whole: bool,
    ) -> PlanStatus {
        let below = by_priority(rows);
        let priorities = plan.priorities.iter().enumerate();
        let priorities = priorities.filter_map(|(index, priority)| {
            let rows = below.get(&Some(index)).into_iter().flatten();
            let counts = Counts::of(rows.map(|row| row.standing));
            (whole || counts.total > 0).then(|| PriorityStatus {
                id: priority.id.value.to_string(),
                title: priority.title.value.to_string(),
                rag: standing.priorities[index],
                counts,
            })
        });
        PlanStatus {
            plan: plan.stem.clone(),
            title: plan.title.value.to_string(),
            counts: Counts::of(rows.iter().map(|row| row.standing)),
            priorities: priorities.collect(),
            overdue: Vec::new(),
            due_soon: Vec::new(),
            unreported: Vec::new(),
            overrated: Vec::new(),
            asked: Vec::new(),
            escalated: Vec::new(),
            disagreed: Vec::new(),
            since: None,
            trend: Vec::new(),
            page: StatusPage {
                adoption: plan
                    .adopted
                    .map(|day| day.value)
                    .filter(|_| !standing.is_adopted),
                ..StatusPage::of(board, plan, rows, day, whole)
            },
        }
    }

    /// Adds all that is known of the actions, for programs: of hundreds of boards it would fill the
    /// memory, and the page shows the first few.
    pub fn with_facts(mut self, rows: &[Row]) -> PlanStatus {
        let marked = |mark: ActionMark| -> Vec<ActionFacts> {
            let rows = rows.iter().filter(|row| mark.holds(row.standing));
            rows.map(ActionFacts::of).collect()
        };
        self.overdue = marked(ActionMark::Overdue);
        self.due_soon = marked(ActionMark::DueSoon);
        self.unreported = marked(ActionMark::Unreported);
        self.overrated = marked(ActionMark::OverRated);
        self.asked = marked(ActionMark::Asked);
        self.escalated = marked(ActionMark::Escalated);
        self.disagreed = marked(ActionMark::Disagreed);
        self
    }

    /// Adds how the ratings stood at the last meetings.
    pub fn with_trend(self, trend: Vec<TrendPoint>) -> PlanStatus {
        PlanStatus { trend, ..self }
    }

    /// Adds what changed since an earlier day, and what was decided.
    pub fn with_since(
        mut self,
        day: Day,
        changes: &[RatingChange],
        decided: Vec<DecidedFacts>,
        rows: &[Row],
    ) -> PlanStatus {
        let list = |course: Course| {
            let changes = changes.iter().filter(|change| change.course == course);
            let changed = changes.filter_map(|change| {
                let row = row_of(rows, change.action)?;
                Some(ChangedFacts {
                    id: row.action.id.value.to_string(),
                    then: change.then,
                    now: change.now,
                    reasons: row.standing.reasons.clone(),
                    what: action::name(row),
                })
            });
            changed.collect()
        };
        self.since = Some(SinceFacts {
            day,
            better: list(Course::Better),
            worse: list(Course::Worse),
            new: list(Course::New),
            decided,
        });
        self
    }
}

impl StatusPage {
    fn of(board: &Board, plan: &Plan, rows: &[Row], day: Day, whole: bool) -> StatusPage {
        StatusPage {
            title: action::title(board, plan),
            own_title: action::own_title(board, plan),
            day: day.long(),
            subtitle: subtitle(plan, rows, day, whole),
            adoption: None,
            sections: sections(board, plan, rows, day),
            more: format!("plan list --board {} --plan {}", board.name, plan.stem),
        }
    }
}

fn subtitle(plan: &Plan, rows: &[Row], day: Day, whole: bool) -> String {
    let count = match (rows.len(), whole) {
        (1, true) => "1 action".into(),
        (count, true) => format!("{count} actions"),
        (count, false) => format!("{count} of {} actions", plan.actions.len()),
    };
    let last = rows.iter().filter_map(|row| row.standing.last_update).max();
    let reported = match last {
        Some(day) => format!("last report {}", day.short()),
        None => "nothing reported yet".into(),
    };
    let parts = [
        plan.period.map(|period| elapsed(period, day)),
        Some(count),
        Some(reported),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "month 14 of 24", counted from the period's first.
fn elapsed(period: Period, day: Day) -> String {
    let months = |from: Day, to: Day| {
        (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32 + 1
    };
    if day < period.first {
        format!("begins {}", period.first.short())
    } else if day > period.last {
        format!("ended {}", period.last.short())
    } else {
        let all = months(period.first, period.last);
        format!("month {} of {all}", months(period.first, day))
    }
}

impl StatusReport {
    /// A line for each plan, where there are several, then their pages.
    pub fn lay_out(&self, document: &mut Document) {
        let lines = self.boards.iter().flat_map(BoardStatus::overview);
        overview(&lines.collect::<Vec<_>>(), document);
        for board in &self.boards {
            board.lay_out(document);
        }
    }
}

impl BoardStatus {
    /// The page of each of its plans.
    pub fn lay_out(&self, document: &mut Document) {
        if self.plans.is_empty() {
            document.paragraph(format!("{} has no plan here.", self.name));
        }
        for plan in &self.plans {
            plan.lay_out(document);
        }
    }

    /// A line for each of its plans.
    pub fn overview(&self) -> Vec<PlanLine> {
        let plans = self.plans.iter();
        let lines = plans.map(|plan| PlanLine {
            board: self.board.clone(),
            title: plan.page.own_title.clone(),
            day: plan.page.day.clone(),
            counts: plan.counts,
        });
        lines.collect()
    }
}

impl PlanStatus {
    fn lay_out(&self, document: &mut Document) {
        let page = &self.page;
        let title = Block::Title(page.title.clone(), page.day.clone());
        document.blocks.push(title);
        if let Some(day) = page.adoption {
            document.paragraph(format!("Not yet adopted: it will be on {}.", day.long()));
            return;
        }
        document.remark(&page.subtitle);
        document.blocks.push(Block::Table(self.ratings()));
        trend::lay_out(&self.trend, document);
        if let Some(since) = &self.since {
            since.lay_out(document);
        }
        for section in &page.sections {
            section.lay_out(&page.more, document);
        }
        if page.sections.is_empty() {
            document.paragraph(
                "Nothing is overdue, due soon, unreported, over-rated, requested, escalated or \
                 disagreed about.",
            );
        }
    }

    fn ratings(&self) -> Table {
        let priorities = self.priorities.iter().map(|priority| RatingLine {
            id: priority.id.clone(),
            title: priority.title.clone(),
            plan: self.plan.clone(),
            rag: Some(priority.rag),
            then: None,
            counts: priority.counts,
            has_bar: true,
        });
        // A log has no priorities, and its one bar stands here.
        let total = RatingLine::total(self.counts, self.priorities.is_empty());
        let columns = [PRIORITY, &ratings(), BAR].concat();
        Table::new(&columns, priorities.chain([total])).cut()
    }
}

const PRIORITY: &[Col<RatingLine>] = &[
    short("", |line: &RatingLine| Cell::text(&line.id)).named("priority"),
    running("", RatingLine::title).named("title"),
];

impl SinceFacts {
    fn lay_out(&self, document: &mut Document) {
        let lists = [
            ("better", &self.better),
            ("worse", &self.worse),
            ("new", &self.new),
        ];
        let day = self.day.long();
        let counts: Vec<String> = lists
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(word, list)| format!("{} {word}", list.len()))
            .chain((!self.decided.is_empty()).then(|| format!("{} decided", self.decided.len())))
            .collect();
        let summary = if counts.is_empty() {
            "nothing better or worse".into()
        } else {
            counts.join(", ")
        };
        document.heading(Level::Section, format!("Since {day}"), summary);
        let all = lists.iter();
        let all = all.flat_map(|(word, list)| list.iter().map(|changed| (*word, changed.clone())));
        let lines: Vec<(&str, ChangedFacts)> = all.collect();
        if !lines.is_empty() {
            document
                .blocks
                .push(Block::Table(Table::new(CHANGED, lines).cut()));
        }
        if !self.decided.is_empty() {
            let table = Table::new(DECIDED_IN_SHORT, &self.decided).cut();
            document.blocks.push(Block::Table(table));
        }
    }
}

const CHANGED: &[Col<(&str, ChangedFacts)>] = &[
    short("", |(course, _): &(&str, ChangedFacts)| Cell::text(*course)).named("course"),
    short("action", |(_, changed)| Cell::text(&changed.id)),
    short("was", |(_, changed)| match changed.then {
        Some(rating) => action::rag(rating),
        None => Cell::toned(Tone::Faint, "–"),
    }),
    short("is", |(_, changed)| action::rag(changed.now)),
    words("why", |(_, changed)| {
        Cell::text(sentences(&changed.reasons))
    }),
    running("what", |(_, changed)| Cell::text(&changed.what)),
];
