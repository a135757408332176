//! How each of several plans stands, in a line.

use super::counts::{Counted, Counts, ratings};
use crate::document::{Block, Cell, Col, Document, Table, figures, running};

/// A plan in the table of all of them.
#[derive(Clone)]
pub struct PlanLine {
    /// The name of the board's folder.
    pub board: String,
    /// The plan's title without its board's name.
    pub title: String,
    /// The day asked, in words.
    pub day: String,
    pub counts: Counts,
}

impl Counted for PlanLine {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const PLAN: &[Col<PlanLine>] =
    &[running("", |line: &PlanLine| Cell::text(&line.title)).named("plan")];

const LATE: &[Col<PlanLine>] = &[figures("overdue", |line| Cell::Count(line.counts.overdue))];

/// How each plan stands, in a line; of one plan its page says it.
pub fn overview(lines: &[PlanLine], document: &mut Document) {
    let [first, _, ..] = lines else {
        return;
    };
    let title = format!("{} plans", lines.len());
    let title = Block::Title(title, first.day.clone());
    document.blocks.push(title);
    let of_one_board = lines.iter().all(|line| line.board == first.board);
    let named = lines.iter().map(|line| PlanLine {
        title: if of_one_board {
            line.title.clone()
        } else {
            format!("{} · {}", line.board, line.title)
        },
        ..line.clone()
    });
    let columns = [PLAN, &ratings(), LATE].concat();
    let table = Table::new(&columns, named).cut();
    document.blocks.push(Block::Table(table));
}
