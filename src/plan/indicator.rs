//! Measures of what difference is made, and what they should reach.

use super::data::Series;
use super::{Id, Text};
use crate::calendar::Period;

/// A measure of what difference is made.
#[derive(Debug)]
pub struct Indicator {
    pub id: Id,
    pub title: Option<Text>,
    pub unit: Option<Text>,
    pub better: Option<Better>,
    pub target: Option<Aim>,
    pub tolerance: Option<Tolerance>,
    /// The file that holds its values, from the plan's file.
    pub data: Option<Text>,
    pub series: Series,
}

impl Indicator {
    /// The number that it should reach in a period: the one target, or that of the period's
    /// financial year; none where the plan only says which way it should go.
    pub fn target_in(&self, period: Period) -> Option<f64> {
        match self.target.as_ref()? {
            Aim::Number(target) => Some(*target),
            Aim::ByYear(years) => {
                let label = period.financial_year_label();
                let year = years.iter().find(|(year, _)| *year == label);
                year.map(|(_, target)| *target)
            }
            Aim::Towards(_) => None,
        }
    }

    /// Which way is good: as the plan says, else as its target does.
    pub fn good_way(&self) -> Option<Better> {
        match self.target {
            Some(Aim::Towards(way)) => Some(way),
            _ => self.better,
        }
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Lower,
    Higher,
}

/// What an indicator should reach.
#[derive(Debug)]
pub enum Aim {
    Number(f64),
    /// By financial year, as "2017-18".
    ByYear(Vec<(String, f64)>),
    Towards(Better),
}

/// How far off its target a value may be and still count as on it.
#[derive(Clone, Copy, Debug)]
pub enum Tolerance {
    Points(f64),
    Percent(f64),
}
