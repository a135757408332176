//! What difference an action makes, by its indicator (design section 5, point 12).

use crate::calendar::Day;
use crate::plan::{Action, Aim, Better, Indicator, Plan, Rag, Tolerance, Value};

/// How an indicator stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// The indicator's id.
    pub indicator: String,
    pub rag: Rag,
    /// The latest value known.
    pub latest: Option<Value>,
    /// What the latest value is compared with: the same period a year before, else the period
    /// before.
    pub before: Option<Value>,
    /// The number that it should reach in the latest value's financial year.
    pub target: Option<f64>,
}

/// The impact of an action that has an indicator.
pub(super) fn for_action(plan: &Plan, action: &Action, day: Day) -> Option<Impact> {
    let indicator = plan.indicator_of(action)?;
    Some(stand(indicator, &indicator.series.known(day)))
}

/// How an indicator stands by the values that are known, in the order of their periods.
pub fn stand(indicator: &Indicator, known: &[Value]) -> Impact {
    let latest = known.last().copied();
    let before = latest.and_then(|latest| comparison(known, latest));
    let target = latest.and_then(|latest| indicator.target_in(latest.period));
    let rag = latest.map_or(Rag::Grey, |latest| rate(indicator, latest, before, target));
    Impact {
        indicator: indicator.id.value.clone(),
        rag,
        latest,
        before,
        target,
    }
}

fn comparison(known: &[Value], latest: Value) -> Option<Value> {
    let of = |period| known.iter().find(|value| value.period == period).copied();
    of(latest.period.year_before()).or_else(|| of(latest.period.previous()?))
}

fn rate(indicator: &Indicator, latest: Value, before: Option<Value>, target: Option<f64>) -> Rag {
    let better_than = |way: Better, other: f64| match way {
        Better::Lower => latest.value < other,
        Better::Higher => latest.value > other,
    };
    if let Some(Aim::Towards(way)) = indicator.target {
        return match before {
            None => Rag::Grey,
            Some(before) if better_than(way, before.value) => Rag::Green,
            Some(before) if latest.value == before.value => Rag::Amber,
            Some(_) => Rag::Red,
        };
    }
    let (Some(way), Some(target)) = (indicator.better, target) else {
        return Rag::Grey;
    };
    let allowed = match indicator.tolerance {
        Tolerance::Points(points) => points,
        Tolerance::Percent(percent) => target.abs() * percent / 100.0,
    };
    // A hair's breadth, so that 8.8 is within 10% of 8 although binary fractions differ.
    let edge = allowed + 1e-9 * target.abs().max(1.0);
    let on_target = match way {
        Better::Lower => latest.value <= target + edge,
        Better::Higher => latest.value >= target - edge,
    };
    if on_target {
        Rag::Green
    } else if before.is_some_and(|before| better_than(way, before.value)) {
        Rag::Amber
    } else {
        Rag::Red
    }
}
