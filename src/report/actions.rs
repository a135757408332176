//! `plan list`: actions as a table.

use serde::Serialize;

use super::action::{self, ActionFacts};
use crate::document::{
    Block, Cell, Col, Document, Table, deadlines, figures, running, short, words,
};
use crate::plan::{Rag, Status};
use crate::select::Row;

#[derive(Serialize)]
pub struct Actions {
    pub actions: Vec<ActionFacts>,
    /// The plan of each, and its line of the table.
    #[serde(skip)]
    rows: Vec<(String, ActionsLine)>,
}

/// What the table says of an action that JSON says otherwise.
#[derive(Clone)]
struct ActionsLine {
    id: Cell,
    rag: Rag,
    status: Status,
    timescale: Cell,
    days_late: Option<i64>,
    who: Cell,
    what: String,
}

impl Actions {
    pub fn of(rows: &[Row]) -> Actions {
        let line = |row: &Row| (action::title(row.board, row.plan), ActionsLine::of(row));
        Actions {
            actions: rows.iter().map(ActionFacts::of).collect(),
            rows: rows.iter().map(line).collect(),
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
            let lines = run.iter().map(|(_, line)| line);
            let table = Table::new(COLUMNS, lines).cut();
            document.blocks.push(Block::Table(table));
        }
    }
}

const COLUMNS: &[Col<ActionsLine>] = &[
    short("id", |line| line.id.clone()),
    short("RAG", |line| action::rag(line.rag)),
    short("status", |line| Cell::text(line.status.word())),
    deadlines("timescale", |line| line.timescale.clone()),
    figures("days late", |line| Cell::number(line.days_late)),
    words("who", |line| line.who.clone()),
    running("what", |line| Cell::text(&line.what)),
];

impl ActionsLine {
    fn of(row: &Row) -> ActionsLine {
        ActionsLine {
            id: Cell::text(action::id(row)).about(action::subject(row)),
            rag: row.standing.rag,
            status: row.standing.status,
            timescale: action::timescale(row),
            days_late: row.standing.days_late,
            who: action::who(row),
            what: action::name(row),
        }
    }
}
