//! `plan report estate`: every board in one table, side by side, for a region or the nation.

use serde::Serialize;

use super::action::own_title;
use super::counts::{Counted, Counts, ratings};
use super::key::{self, Labels};
use super::trend::{self, LastMeetings, TrendPoint};
use crate::calendar::Day;
use crate::document::{Block, Cell, Col, Document, Level, figures, running, short, words};
use crate::plan::Board;
use crate::select::{Filter, of_plan, select};
use crate::standing::judge;
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
    /// Its abbreviation, else the name of its folder.
    #[serde(skip)]
    short: String,
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
        let standing = judge(board, day);
        let rows = select(board, &standing, filter);
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
                title: plan.title.value.clone(),
                counts: Counts::of(rows.map(|row| row.standing)),
                last_report: last,
                heading: own_title(board, plan),
            }
        });
        let meetings = LastMeetings::before(board, day);
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
            short: (board.short.as_ref())
                .map_or(&board.name, |short| &short.value)
                .clone(),
        }
    }
}

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
                board: board.name.clone(),
                plan: plan.heading.clone(),
                counts: plan.counts,
                last: plan.last_report.map_or(Cell::text("never"), Cell::Date),
            })
        });
        let total = EstateLine {
            board: "all".into(),
            plan: String::new(),
            counts: self.total,
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
                board: board.short.clone(),
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
    plan: String,
    counts: Counts,
    last: Cell,
}

impl Counted for EstateLine {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const PLAN: &[Col<EstateLine>] = &[
    words("board", |line| Cell::text(&line.board)),
    running("plan", |line| Cell::text(&line.plan)),
];

const MARKS: &[Col<EstateLine>] = &[
    figures("overdue", |line| Cell::Count(line.counts.overdue)),
    figures("due soon", |line| Cell::Count(line.counts.due_soon)),
    figures("unreported", |line| Cell::Count(line.counts.unreported)),
    figures("slipped", |line| Cell::Count(line.counts.slipped)),
    figures("over-rated", |line| Cell::Count(line.counts.overrated)),
    short("last report", |line| line.last.clone()),
];
