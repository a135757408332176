//! `plan report estate`: every board in one table, side by side, for a region or the nation.

use serde::Serialize;

use super::action::own_title;
use super::counts::{Counted, Counts, ratings, unreported};
use super::key::{self, Labels};
use super::trend::{self, LastMeetings, TrendPoint};
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Level, Subject, figures, running, short, words};
use crate::plan::Board;
use crate::select::{Filter, of_plan, select};
use crate::standing::{BoardStanding, judge};
use crate::words::counted;

/// How `plan report` calls it, and what it says of it.
pub const NAME: &str = "estate";
pub const HELP: &str = "For a region or the nation: every board in one table, side by side";

#[derive(Serialize)]
pub struct EstatePaper {
    pub boards: Vec<BoardRow>,
    pub total: Counts,
    #[serde(skip)]
    day: Day,
}

/// One board: each of its plans, in counts.
#[derive(Serialize)]
pub struct BoardRow {
    pub board: String,
    pub name: String,
    pub plans: Vec<PlanRow>,
    /// The ratings of all its plans at its last meetings and on the day.
    pub trend: Vec<TrendPoint>,
    /// Its abbreviation, where it has one.
    #[serde(skip)]
    abbreviation: Option<String>,
}

#[derive(Serialize)]
pub struct PlanRow {
    pub plan: String,
    pub title: String,
    pub counts: Counts,
    pub last_report: Option<Day>,
    #[serde(skip)]
    heading: String,
}

impl BoardRow {
    /// A board's plans in counts, as they stand on a day.
    pub fn for_board(board: &Board, day: Day, filter: &Filter) -> BoardRow {
        let meetings = LastMeetings::before(board, day);
        BoardRow::judged(board, &judge(board, day), &meetings, filter)
    }

    /// The same of a board that is judged already, on the day and at its last meetings.
    pub fn judged(
        board: &Board,
        standing: &BoardStanding,
        meetings: &LastMeetings,
        filter: &Filter,
    ) -> BoardRow {
        let day = standing.day;
        let rows = select(board, standing, filter);
        let plans = board.plans.iter().enumerate();
        let plans = plans.filter(|(_, plan)| filter.takes_plan(plan));
        let plans = plans.map(|(index, plan)| {
            let rows = of_plan(&rows, index).iter();
            let last = rows
                .clone()
                .filter_map(|row| row.standing.last_update)
                .max();
            PlanRow {
                plan: plan.stem.clone(),
                title: plan.title.value.to_string(),
                counts: Counts::of(rows.map(|row| row.standing)),
                last_report: last,
                heading: own_title(board, plan),
            }
        });
        let trends = board
            .plans
            .iter()
            .enumerate()
            .map(|(index, plan)| meetings.trend(plan, of_plan(&rows, index), day));
        BoardRow {
            board: board.name.clone(),
            name: board.title().to_owned(),
            plans: plans.collect(),
            trend: trend::together(trends.flatten()),
            abbreviation: board.short.as_ref().map(|short| short.value.to_string()),
        }
    }
}

impl BoardRow {
    /// Its plans alone, each leading to its page.
    pub fn lay_out_plans(&self, day: Day, document: &mut Document) {
        let title = format!("Plans · {}", self.name);
        document.blocks.push(Block::Title(title, day.long()));
        if self.plans.is_empty() {
            document.paragraph(format!("{} has no plan here.", self.name));
            return;
        }
        let columns = [OWN_PLAN, &ratings(), OWN_MARKS].concat();
        let from = document.blocks.len();
        document.table(&columns, &self.plans);
        key::insert(document, from, &Labels::new());
        trend::lay_out(&self.trend, document);
    }
}

impl Counted for PlanRow {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const OWN_PLAN: &[Col<PlanRow>] = &[running("plan", |row| {
    Cell::text(&row.heading).about(Subject::Plan(row.plan.clone()))
})];

const OWN_MARKS: &[Col<PlanRow>] = &[
    figures("overdue", |row| Cell::Count(row.counts.overdue)),
    figures("due soon", |row| Cell::Count(row.counts.due_soon)),
    figures("unreported", |row| {
        unreported(&row.counts, row.last_report.is_none())
    }),
    short("last report", |row| {
        row.last_report.map_or(Cell::text("never"), Cell::Date)
    }),
];

impl EstatePaper {
    pub fn from_boards(boards: Vec<BoardRow>, day: Day) -> EstatePaper {
        let plans = boards.iter().flat_map(|board| &board.plans);
        let total = plans.fold(Counts::default(), |total, plan| total.plus(&plan.counts));
        EstatePaper { boards, total, day }
    }

    pub fn lay_out(&self, document: &mut Document) {
        let title = "All boards side by side".to_owned();
        document.blocks.push(Block::Title(title, self.day.long()));
        let plans: usize = self.boards.iter().map(|board| board.plans.len()).sum();
        let parts = [
            counted(self.boards.len(), "board"),
            counted(plans, "plan"),
            counted(self.total.total, "action"),
        ];
        document.remark(parts.join(", "));
        let plans = self.boards.iter().flat_map(|board| {
            board.plans.iter().map(|plan| EstateLine {
                board: board.abbreviation.as_ref().unwrap_or(&board.name).clone(),
                folder: Some(board.board.clone()),
                plan: plan.heading.clone(),
                counts: plan.counts,
                nothing_reported: plan.last_report.is_none(),
                last: plan.last_report.map_or(Cell::text("never"), Cell::Date),
            })
        });
        let mut all = self.boards.iter().flat_map(|board| &board.plans);
        let total = EstateLine {
            board: "all".into(),
            folder: None,
            plan: String::new(),
            counts: self.total,
            nothing_reported: all.all(|plan| plan.last_report.is_none()),
            last: Cell::Empty,
        };
        let columns = [PLAN, &ratings(), MARKS].concat();
        let from = document.blocks.len();
        document.table(&columns, plans.chain([total]));
        key::insert(document, from, &Labels::new());
        self.trend(document);
    }

    /// How each board's ratings stood at its last meetings, where these are known.
    fn trend(&self, document: &mut Document) {
        let points = self.boards.iter().flat_map(|board| {
            let points = board.trend.iter();
            points.map(|point| BoardPoint {
                board: board.abbreviation.as_ref().unwrap_or(&board.board).clone(),
                point: *point,
            })
        });
        let points: Vec<BoardPoint> = points.collect();
        if !points.is_empty() {
            document.heading(Level::Section, trend::HEADING, "");
            let columns = [MEETING, &ratings(), TREND].concat();
            document.table(&columns, &points);
        }
    }
}

/// A board's ratings on a day.
struct BoardPoint {
    board: String,
    point: TrendPoint,
}

impl Counted for BoardPoint {
    fn counts(&self) -> &Counts {
        &self.point.counts
    }
}

const MEETING: &[Col<BoardPoint>] = &[
    short("board", |it| Cell::text(&it.board)),
    short("as of", |it| Cell::Date(it.point.day)),
];

const TREND: &[Col<BoardPoint>] = &[short("", |it: &BoardPoint| {
    Cell::Bar(it.point.counts.rags().to_vec())
})
.named("ratings")];

/// A plan in the table, or all of them together.
struct EstateLine {
    board: String,
    /// The board's folder; none in the line of all.
    folder: Option<String>,
    plan: String,
    counts: Counts,
    nothing_reported: bool,
    last: Cell,
}

impl Counted for EstateLine {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const PLAN: &[Col<EstateLine>] = &[
    words("board", |line| {
        let board = Cell::text(&line.board);
        match &line.folder {
            Some(folder) => board.about(Subject::Board(folder.clone())),
            None => board,
        }
    }),
    running("plan", |line| Cell::text(&line.plan)),
];

const MARKS: &[Col<EstateLine>] = &[
    figures("overdue", |line| Cell::Count(line.counts.overdue)),
    figures("due soon", |line| Cell::Count(line.counts.due_soon)),
    figures("unreported", |line| {
        unreported(&line.counts, line.nothing_reported)
    }),
    figures("slipped", |line| Cell::Count(line.counts.slipped)),
    figures("over-rated", |line| Cell::Count(line.counts.overrated)),
    short("last report", |line| line.last.clone()),
];
