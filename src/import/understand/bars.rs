//! Bars: the months or quarters in which an action is to be done, each a column that is coloured or marked from the
//! first to the last of them.

use std::collections::BTreeSet;

use super::columns::{Column, Columns, is_timescale};
use super::fields::Field;
use super::ratings::by_colour;
use super::reader::{Value, value};
use super::when::{When, is_year, months_of_quarter};
use crate::calendar::month_name;
use crate::import::account::Account;
use crate::import::blocks::{Cell, Table};

/// Fewer times side by side are no calendar.
const LEAST: usize = 3;

impl Columns {
    /// Finds the columns of bars, where no column says by when: times side by side whose cells hold colours of one
    /// kind, or marks, and nothing else.
    pub(super) fn find_bars(&mut self, table: &Table) {
        let is_time = |column: &usize| {
            let column = &self.all[*column];
            column.field.is_none() && (column.is_time || is_year(&column.heading))
        };
        let times: Vec<usize> = (0..self.all.len()).filter(is_time).collect();
        if times.len() < LEAST || self.has(Field::Timescale) || self.has(Field::Starts) {
            return;
        }
        let rows = &table.rows[self.first.min(table.rows.len())..];
        let cells = || {
            rows.iter()
                .flat_map(|row| times.iter().filter_map(|&at| row.get(at)))
        };
        let hues: BTreeSet<_> = cells()
            .filter_map(|cell| by_colour(cell.fill.as_deref()?))
            .collect();
        let marked = |row: &Vec<Cell>| times.iter().any(|&at| self.is_marked(row, at));
        if hues.len() > 1
            || !cells().all(|cell| cell.text.is_empty() || is_mark(&cell.text))
            || !rows.iter().any(marked)
        {
            return;
        }
        for &column in &times {
            self.all[column].field = Some(Field::Timescale);
            self.all[column].guess = None;
        }
        self.bars = times;
    }

    /// The headings of the first and the last column of bars; none where there are none.
    pub fn calendar(&self) -> Option<(&str, &str)> {
        let heading = |column: &usize| self.all[*column].heading.as_str();
        Some((heading(self.bars.first()?), heading(self.bars.last()?)))
    }

    /// Whether a cell of a row is marked, or coloured otherwise than the row itself.
    fn is_marked(&self, row: &[Cell], column: usize) -> bool {
        let Some(cell) = row.get(column) else {
            return false;
        };
        let of_row = self
            .at(Field::Action)
            .and_then(|at| row.get(at)?.fill.as_ref());
        let coloured = cell.fill.as_ref().is_some_and(|fill| !is_white(fill));
        !cell.text.is_empty() || (coloured && cell.fill.as_ref() != of_row)
    }

    /// When an action is to begin and to end, by the bar in its row. None where it has none.
    pub fn bar(&self, row: &[Cell], account: &mut Account) -> Option<(Value, Value)> {
        let mut marked = self.bars.iter().filter(|&&at| self.is_marked(row, at));
        let first = *marked.next()?;
        let last = marked.next_back().copied().unwrap_or(first);
        for &at in &self.bars {
            account.read_as(row[at].item, "a bar: when the action begins and ends");
        }
        let time = |column: usize| Value {
            text: time_of(&self.all[column]),
            item: 0,
            shade: None,
            ..value(&row[column])
        };
        Some((time(first), time(last)))
    }
}

/// What a heading's time is called in a plan.
fn time_of(column: &Column) -> String {
    if let Some((_, (first, last))) = months_of_quarter(&column.heading) {
        return format!("{} – {}", month_name(first), month_name(last));
    }
    match column.when {
        _ if is_timescale(&column.heading) => column.heading.clone(),
        Some(When::Day(day)) => format!("{} {}", month_name(day.month()), day.year()),
        Some(When::Quarter(number)) => format!("Quarter {number}"),
        Some(When::Month(month)) => month_name(month).to_owned(),
        Some(When::Term(term)) => format!("{term:?} term"),
        None => column.heading.clone(),
    }
}

fn is_mark(text: &str) -> bool {
    text.chars().count() <= 3 && text.chars().all(|c| "xX✓✔√•●■█▪▬◆♦*-–—→>".contains(c))
}

fn is_white(fill: &str) -> bool {
    fill.eq_ignore_ascii_case("ffffff")
}
