//! Pictures of what stands in words and figures beside them. A format that cannot draw leaves them out.

use super::Tone;
use crate::calendar::Day;

/// A picture with axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    Timeline(Timeline),
    Course(CourseChart),
}

/// Deadlines on a line of time, with the day asked: where each was at first, how long it is late, and
/// which date is requested for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    pub title: String,
    pub first: Day,
    pub last: Day,
    pub day: Day,
    /// In the order of their deadlines.
    pub marks: Vec<TimelineMark>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMark {
    pub id: String,
    pub what: String,
    /// Where the deadline was at first, if it was moved.
    pub moved_from: Option<Day>,
    pub due: Day,
    /// Until when it is late: the day asked, or that of its completion. None where it is in time.
    pub late_until: Option<Day>,
    /// A new deadline that is asked for and not agreed.
    pub requested: Option<Day>,
    /// The rating, and its word.
    pub tone: Tone,
    pub rating: String,
}

/// Values from period to period, with what they should reach.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseChart {
    pub title: String,
    pub unit: String,
    pub points: Vec<ChartValue>,
    /// Between which values chance alone moves it, where enough are known to say so.
    pub limits: Option<(f64, f64)>,
}

/// A period, its value if it is known, and its target if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartValue {
    pub period: String,
    pub value: Option<f64>,
    pub target: Option<f64>,
}
