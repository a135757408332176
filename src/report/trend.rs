//! How the ratings stood at the last meetings: a row for each, with a bar.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::counts::{Counted, Counts, ratings};
use crate::calendar::Day;
use crate::document::{Cell, Col, Document, Level, short};
use crate::plan::{Board, Plan, WHOLE_BOARD};
use crate::select::Row;
use crate::standing::{BoardStanding, Judging};

/// How many meetings a trend goes back.
const MEETINGS: usize = 6;

/// The ratings of a plan's actions on a day.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TrendPoint {
    pub day: Day,
    pub counts: Counts,
}

/// A board as it stood at its last meetings, the earliest first.
#[derive(Clone)]
pub struct LastMeetings<'b>(Vec<Arc<BoardStanding<'b>>>);

impl<'b> LastMeetings<'b> {
    /// The last six meetings of the board before a day; none where its meetings are not known.
    pub fn before(board: &'b Board, day: Day) -> LastMeetings<'b> {
        let schedule = board.schedule(WHOLE_BOARD);
        let last = |day: &Day| schedule.and_then(|schedule| schedule.last_before(*day));
        let mut days: Vec<Day> = std::iter::successors(last(&day), last)
            .take(MEETINGS)
            .collect();
        days.reverse();
        let mut judging = Judging::new(board);
        let judged = days.into_iter().map(|day| Arc::new(judging.on(day)));
        LastMeetings(judged.collect())
    }

    /// The board before its first meeting.
    pub fn none() -> LastMeetings<'b> {
        LastMeetings(Vec::new())
    }

    /// Adds the next meeting, as the board stood on its day; only the last six are kept.
    pub fn push(&mut self, standing: Arc<BoardStanding<'b>>) {
        self.0.push(standing);
        if self.0.len() > MEETINGS {
            self.0.remove(0);
        }
    }

    /// How it stood at the last of them.
    pub fn last(&self) -> Option<&BoardStanding<'b>> {
        self.0.last().map(Arc::as_ref)
    }

    /// How some actions of a plan stood at each meeting, and how they stand today. A meeting at which
    /// none of them existed is left out; where no other is left, so is today, which is then no trend.
    pub fn trend(&self, plan: &Plan, rows: &[Row], today: Day) -> Vec<TrendPoint> {
        let begun = plan.adopted.map(|adopted| adopted.value);
        let begun = begun.or(plan.period.map(|period| period.first));
        let earlier = self.0.iter().filter_map(|then| {
            let counts = Counts::of(rows.iter().filter_map(|row| row.on(then)));
            let exists = begun.is_none_or(|begun| begun < then.day) && counts.total > 0;
            exists.then_some(TrendPoint {
                day: then.day,
                counts,
            })
        });
        let mut points: Vec<TrendPoint> = earlier.collect();
        if !points.is_empty() {
            points.push(TrendPoint {
                day: today,
                counts: Counts::of(rows.iter().map(|row| row.standing)),
            });
        }
        points
    }
}

impl Counted for TrendPoint {
    fn counts(&self) -> &Counts {
        &self.counts
    }
}

const MEETING: &[Col<TrendPoint>] = &[short("as of", |point| Cell::Date(point.day))];

const BAR: &[Col<TrendPoint>] = &[short("", |point: &TrendPoint| {
    Cell::Bar(point.counts.rags().to_vec())
})
.named("ratings")];

/// The trend as a table of stacked bars, each with its counts, under its heading; nothing where there is
/// none.
pub fn lay_out(points: &[TrendPoint], document: &mut Document) {
    if !points.is_empty() {
        document.heading(Level::Part, HEADING, "");
        document.table(&[MEETING, &ratings(), BAR].concat(), points);
    }
}

/// The heading above the table of ratings.
pub const HEADING: &str = "Ratings at the last meetings";

/// The trends of several plans as one: what was of the same day, together.
pub fn together(trends: impl IntoIterator<Item = TrendPoint>) -> Vec<TrendPoint> {
    let mut days: BTreeMap<Day, Counts> = BTreeMap::new();
    for TrendPoint { day, counts } in trends {
        let all = days.entry(day).or_default();
        *all = all.plus(&counts);
    }
    let points = days.into_iter();
    points
        .map(|(day, counts)| TrendPoint { day, counts })
        .collect()
}
