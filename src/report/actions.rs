//! `plan list`: actions as a table.

use serde::Serialize;

use super::action::{self, ActionFacts};
use crate::document::{
    Block, Cell, Column, Document, Table, deadlines, figures, running, short, words,
};
use crate::select::Row;

#[derive(Serialize)]
pub struct Actions {
    pub actions: Vec<ActionFacts>,
    #[serde(skip)]
    rows: Vec<(String, Vec<Cell>)>,
}

impl Actions {
    pub fn of(rows: &[Row]) -> Actions {
        let cells = |row: &Row| (action::title(row.board, row.plan), self::cells(row));
        Actions {
            actions: rows.iter().map(ActionFacts::of).collect(),
            rows: rows.iter().map(cells).collect(),
        }
    }

    /// Joins the actions of several boards, in their order.
    pub fn join(parts: Vec<Actions>) -> Actions {
        let mut joined = Actions::of(&[]);
        for part in parts {
            joined.actions.extend(part.actions);
            joined.rows.extend(part.rows);
        }
        joined
    }

    /// One table for each plan, or for each run of one plan's actions.
    pub fn lay_out(&self, document: &mut Document) {
        if self.rows.is_empty() {
            document.paragraph("No action matches.");
        }
        for run in self.rows.chunk_by(|a, b| a.0 == b.0) {
            let count = match run.len() {
                1 => "1 action".into(),
                count => format!("{count} actions"),
            };
            document.blocks.push(Block::Title(run[0].0.clone(), count));
            document.blocks.push(Block::Table(Table {
                columns: columns(),
                rows: run.iter().map(|(_, cells)| cells.clone()).collect(),
                whole: false,
            }));
        }
    }
}

fn columns() -> Vec<Column> {
    vec![
        short("id"),
        short("RAG"),
        short("status"),
        deadlines("timescale"),
        figures("days late"),
        words("who"),
        running("what"),
    ]
}

fn cells(row: &Row) -> Vec<Cell> {
    let standing = row.standing;
    vec![
        Cell::text(action::id(row)),
        action::rag(standing.rag),
        Cell::text(standing.status.word()),
        action::timescale(row),
        standing.days_late.map_or(Cell::Empty, Cell::Number),
        action::who(row),
        Cell::text(action::name(row)),
    ]
}
