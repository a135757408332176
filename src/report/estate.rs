//! `plan report estate`: every board in one table, side by side, for a region or the nation.

use serde::Serialize;

use super::action::own_title;
use super::counts::{Counts, counted};
use crate::calendar::Day;
use crate::document::{Block, Cell, Document, figures, running, words};
use crate::plan::Board;
use crate::select::{Filter, select};
use crate::standing::judge;

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
}

#[derive(Serialize)]
pub struct PlanRow {
    pub plan: String,
    pub title: String,
    pub counts: Counts,
    pub last_report: Option<String>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    last: Option<Day>,
}

impl BoardRow {
    /// A board's plans in counts, as they stand on a day.
    pub fn of(board: &Board, day: Day, filter: &Filter) -> BoardRow {
        let standing = judge(board, day);
        let rows = select(board, &standing, filter);
        let plans = board.plans.iter().filter(|plan| filter.takes_plan(plan));
        let plans = plans.map(|plan| {
            let own = || rows.iter().filter(|row| std::ptr::eq(row.plan, plan));
            let last = own().filter_map(|row| row.standing.last_update).max();
            PlanRow {
                plan: plan.stem.clone(),
                title: plan.title.value.clone(),
                counts: Counts::of(own().map(|row| row.standing)),
                last_report: super::action::iso(last),
                heading: own_title(board, plan),
                last,
            }
        });
        BoardRow {
            board: board.name.clone(),
            name: board.title().to_owned(),
            plans: plans.collect(),
        }
    }
}

impl EstatePaper {
    pub fn of(boards: Vec<BoardRow>, day: Day) -> EstatePaper {
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
        let mut columns = vec![words("board"), running("plan")];
        columns.extend(Counts::columns());
        columns.extend(["overdue", "due soon", "unreported", "slipped", "over-rated"].map(figures));
        columns.push(words("last report"));
        let mut rows: Vec<Vec<Cell>> = (self.boards.iter())
            .flat_map(|board| board.plans.iter().map(|plan| plan.cells(board)))
            .collect();
        rows.push(row(
            Cell::text("all"),
            Cell::Empty,
            &self.total,
            Cell::Empty,
        ));
        document.table(columns, rows);
    }
}

impl PlanRow {
    fn cells(&self, board: &BoardRow) -> Vec<Cell> {
        let last = match self.last {
            Some(day) => Cell::Date(day),
            None => Cell::text("never"),
        };
        row(
            Cell::text(&board.name),
            Cell::text(&self.heading),
            &self.counts,
            last,
        )
    }
}

fn row(board: Cell, plan: Cell, counts: &Counts, last: Cell) -> Vec<Cell> {
    let mut cells = vec![board, plan];
    cells.extend(counts.cells());
    let marks = [
        counts.overdue,
        counts.due_soon,
        counts.unreported,
        counts.slipped,
        counts.overrated,
    ];
    cells.extend(marks.map(Cell::Count));
    cells.push(last);
    cells
}
