//! The forms of a group, as the estate gives them.

use super::Globals;
use crate::calendar::Day;
use crate::estate::Reading;
use crate::form::Form;
use crate::report::brief::{Brief, Options, PlanBrief};
use crate::report::chase::BoardChase;
use crate::select::{Filter, Row};
use crate::standing::{BoardStanding, judge};

/// The actions that a group answers for, or any.
pub fn filter(group: Option<&str>, globals: &Globals) -> Filter {
    Filter {
        plan: globals.plan.clone(),
        owners: group.map(str::to_owned).into_iter().collect(),
        ..Filter::default()
    }
}

/// The forms of a group, one for each plan in which it answers for an open action.
pub fn forms(reading: &Reading, day: Day, filter: &Filter, asked: &str) -> Vec<Form> {
    let board = &reading.board;
    let id = BoardChase::group_of(board, asked);
    let (now, options) = (judge(board, day), Options::default());
    let plans = rows_by_plan(reading, &now, filter, &options, asked);
    let forms = plans.iter().filter_map(|rows| Form::of(rows, id, day));
    forms.collect()
}

/// The actions that a group answers for, by the plans of the day.
fn rows_by_plan<'b>(
    reading: &'b Reading,
    now: &'b BoardStanding<'b>,
    filter: &'b Filter,
    options: &'b Options,
    asked: &str,
) -> Vec<Vec<Row<'b>>> {
    let brief = Brief {
        reading,
        now,
        then: None,
        filter,
        options,
        meetings: None,
    };
    let plans = brief.current().into_iter();
    let asked_rows = |plan: PlanBrief<'b>| -> Vec<Row<'b>> {
        let rows = plan.rows.into_iter();
        rows.filter(|row| row.is_answered_by(asked)).collect()
    };
    plans.map(asked_rows).collect()
}
