//! `plan export --history`: how every action stood at the end of each month.

use serde::Serialize;

use super::action::{maybe_rag, rag};
use super::export::{list, text, truth};
use crate::calendar::Day;
use crate::document::{Cell, Col, Table, figures, short, words};
use crate::plan::{Board, Plan, Rag, Status};
use crate::select::{ActionMark, Filter, Row, select};
use crate::standing::Judging;

/// How an action stood at the end of a month. The fields, their names, types and order are a promise to other
/// programs (docs/data.md): new ones come after the last.
#[derive(Serialize)]
pub struct MonthEnd {
    as_of: Day,
    board: String,
    plan: String,
    /// None in a log.
    priority: Option<String>,
    objective: Option<String>,
    id: String,
    lead: Option<String>,
    owners: Vec<String>,
    status: Status,
    reported_rag: Option<Rag>,
    computed_rag: Rag,
    rag: Rag,
    impact_rag: Option<Rag>,
    rag_at_closure: Option<Rag>,
    due: Option<Day>,
    first_due: Option<Day>,
    starts: Option<Day>,
    overdue: bool,
    days_late: Option<i64>,
    due_soon: bool,
    unreported: bool,
    not_begun: bool,
    overrated: bool,
    slips: u32,
    /// Whether a change is asked for and not decided.
    asked: bool,
    /// Whether it is open and its owners report differently.
    disagreed: bool,
    escalated_to: Vec<String>,
    last_update: Option<Day>,
    completed: Option<Day>,
}

const COLUMNS: &[Col<MonthEnd>] = &[
    short("as_of", |it| Cell::day(Some(it.as_of))),
    short("board", |it| Cell::text(&it.board)),
    short("plan", |it| Cell::text(&it.plan)),
    short("priority", |it| text(&it.priority)),
    short("objective", |it| text(&it.objective)),
    short("id", |it| Cell::text(&it.id)),
    short("lead", |it| text(&it.lead)),
    words("owners", |it| list(&it.owners)),
    short("status", |it| Cell::text(it.status.word())),
    short("reported_rag", |it| maybe_rag(it.reported_rag)),
    short("computed_rag", |it| rag(it.computed_rag)),
    short("rag", |it| rag(it.rag)),
    short("impact_rag", |it| maybe_rag(it.impact_rag)),
    short("rag_at_closure", |it| maybe_rag(it.rag_at_closure)),
    short("due", |it| Cell::day(it.due)),
    short("first_due", |it| Cell::day(it.first_due)),
    short("starts", |it| Cell::day(it.starts)),
    short("overdue", |it| truth(it.overdue)),
    figures("days_late", |it| Cell::number(it.days_late)),
    short("due_soon", |it| truth(it.due_soon)),
    short("unreported", |it| truth(it.unreported)),
    short("not_begun", |it| truth(it.not_begun)),
    short("overrated", |it| truth(it.overrated)),
    figures("slips", |it| Cell::Number(i64::from(it.slips))),
    short("asked", |it| truth(it.asked)),
    short("disagreed", |it| truth(it.disagreed)),
    words("escalated_to", |it| list(&it.escalated_to)),
    short("last_update", |it| Cell::day(it.last_update)),
    short("completed", |it| Cell::day(it.completed)),
];

impl MonthEnd {
    /// Of every action of a board that the filter takes, how it stood at each month's end of its plan, from
    /// `since` on where that is given, up to the day asked. Months stand in their order, and in each the
    /// actions in that of their plans.
    pub fn all(board: &Board, filter: &Filter, since: Option<Day>, day: Day) -> Vec<MonthEnd> {
        let begins: Vec<Option<Day>> = (0..board.plans.len())
            .map(|plan| begins(board, plan))
            .collect();
        let first = begins.iter().flatten().min().copied();
        let Some(first) = first.map(|first| since.map_or(first, |since| first.max(since))) else {
            return Vec::new();
        };
        let (mut found, mut judging) = (Vec::new(), Judging::new(board));
        for end in month_ends(first, day) {
            let standing = judging.on(end);
            let has_begun = |row: &&Row| begins[row.plan_index].is_some_and(|first| first <= end);
            let rows = select(board, &standing, filter);
            found.extend(
                rows.iter()
                    .filter(has_begun)
                    .map(|row| MonthEnd::of(row, end)),
            );
        }
        found
    }

    fn of(row: &Row, as_of: Day) -> MonthEnd {
        let (plan, action, standing) = (row.plan, row.action, row.standing);
        let objective = action.objective;
        let objective = objective.and_then(|at| plan.objectives[at].id.as_ref());
        MonthEnd {
            as_of,
            board: row.board.name.clone(),
            plan: plan.stem.clone(),
            priority: plan
                .priority_of(action)
                .map(|priority| priority.id.value.to_string()),
            objective: objective.map(|id| id.value.to_string()),
            id: action.id.value.to_string(),
            lead: standing.lead.map(|lead| lead.value.to_string()),
            owners: standing
                .owners
                .iter()
                .map(|id| id.value.to_string())
                .collect(),
            status: standing.status,
            reported_rag: standing.reported_rag,
            computed_rag: standing.computed_rag,
            rag: standing.rag,
            impact_rag: standing.impact_rag,
            rag_at_closure: standing.rag_at_closure,
            due: standing.due,
            first_due: standing.first_due,
            starts: standing.starts,
            overdue: standing.overdue,
            days_late: standing.days_late,
            due_soon: standing.due_soon,
            unreported: standing.unreported,
            not_begun: standing.not_begun,
            overrated: standing.over_rated,
            slips: standing.slips,
            asked: ActionMark::Asked.holds(standing),
            disagreed: ActionMark::Disagreed.holds(standing),
            escalated_to: standing
                .escalated
                .iter()
                .map(|id| id.value.to_string())
                .collect(),
            last_update: standing.last_update,
            completed: standing.completed,
        }
    }

    /// One table, its columns the fields of the JSON by the same names.
    pub fn table(rows: &[MonthEnd]) -> Table {
        Table::new(COLUMNS, rows)
    }
}

/// From which day on a plan has a history: from its adoption; else from its period's first day; else from
/// the first day that an entry about it or one of its actions names.
fn begins(board: &Board, index: usize) -> Option<Day> {
    let plan: &Plan = &board.plans[index];
    let given = plan.adopted.as_ref().map(|adopted| adopted.value);
    let given = given.or(plan.period.map(|period| period.first));
    given.or_else(|| {
        let entries = board.entries.iter();
        let entries = entries.filter(|entry| entry.plan == Some(index));
        let reported = entries.filter_map(|entry| Some(entry.date?.value));
        let added = plan
            .actions
            .iter()
            .filter_map(|action| Some(action.added.as_ref()?.value));
        reported.chain(added).min()
    })
}

/// The last days of the months from one day to another, both included.
fn month_ends(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let end = |day: Day| Day::last_of_month(day.year(), day.month());
    let ends = std::iter::successors(end(first), move |&day| end(day.succ()));
    ends.take_while(move |&day| day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_on_their_last_days() {
        let day = |text: &str| Day::parse_iso(text).unwrap();
        let ends = |first, last| -> Vec<String> {
            month_ends(day(first), day(last))
                .map(|day| day.to_string())
                .collect()
        };
        assert_eq!(
            ends("2019-12-31", "2020-03-30"),
            ["2019-12-31", "2020-01-31", "2020-02-29"]
        );
        assert_eq!(ends("2020-03-01", "2020-03-31"), ["2020-03-31"]);
        assert!(ends("2020-03-01", "2020-03-30").is_empty());
    }
}
