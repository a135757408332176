//! What difference an action makes, by its indicator (design section 5, point 12).

use crate::calendar::Day;
use crate::plan::{Action, Aim, Better, Indicator, IndicatorValue, Plan, Rag, Tolerance};

/// How an indicator stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// The indicator's id.
    pub indicator: String,
    pub rag: Rag,
    /// The latest value known.
    pub latest: Option<IndicatorValue>,
    /// What the latest value is compared with: the same period a year before, else the period
    /// before.
    pub before: Option<IndicatorValue>,
    /// The clear change from then, if any; none where there is nothing to compare with, or nobody
    /// says which way is good.
    pub change: Option<Trend>,
    /// The number that it should reach in the latest value's financial year.
    pub target: Option<f64>,
}

/// How the latest value compares with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    Better,
    /// The difference is no more than chance, or than the tolerance.
    NoClearChange,
    Worse,
}

/// The impact of an action that has an indicator.
pub(super) fn for_action(plan: &Plan, action: &Action, day: Day) -> Option<Impact> {
    let indicator = plan.indicator_of(action)?;
    Some(stand(indicator, &known(plan, indicator, day)))
}

/// The last day of the values by which a plan is judged on a day: that day, or the end of a plan that is over.
pub fn judged_until(plan: &Plan, day: Day) -> Day {
    plan.period.map_or(day, |period| period.last.min(day))
}

/// The values of an indicator that are known on a day and by which a plan is judged.
pub fn known(plan: &Plan, indicator: &Indicator, day: Day) -> Vec<IndicatorValue> {
    let until = judged_until(plan, day);
    let mut known = indicator.series.known(day);
    known.retain(|value| value.period.last <= until);
    known
}

/// How an indicator stands by the values that are known, in the order of their periods.
pub fn stand(indicator: &Indicator, known: &[IndicatorValue]) -> Impact {
    let latest = known.last().copied();
    let before = latest.and_then(|latest| comparison(known, latest));
    let target = latest.and_then(|latest| indicator.target_in(latest.period));
    let change = match (before, indicator.good_way()) {
        (Some(before), Some(way)) => Some(change(indicator, known, before, way)),
        _ => None,
    };
    let rag = latest.map_or(Rag::Grey, |latest| rate(indicator, latest, change, target));
    Impact {
        indicator: indicator.id.value.to_string(),
        rag,
        latest,
        before,
        change,
        target,
    }
}

fn comparison(known: &[IndicatorValue], latest: IndicatorValue) -> Option<IndicatorValue> {
    let of = |period| known.iter().find(|value| value.period == period).copied();
    of(latest.period.year_before()).or_else(|| of(latest.period.previous()?))
}

fn rate(
    indicator: &Indicator,
    latest: IndicatorValue,
    change: Option<Trend>,
    target: Option<f64>,
) -> Rag {
    if let Some(Aim::Towards(_)) = indicator.target {
        return match change {
            None => Rag::Grey,
            Some(Trend::Better) => Rag::Green,
            Some(Trend::NoClearChange) => Rag::Amber,
            Some(Trend::Worse) => Rag::Red,
        };
    }
    let (Some(way), Some(target)) = (indicator.better, target) else {
        return Rag::Grey;
    };
    let allowed = tolerance(indicator, target).unwrap_or(0.0) + hair(target);
    let on_target = match way {
        Better::Lower => latest.value <= target + allowed,
        Better::Higher => latest.value >= target - allowed,
    };
    if on_target {
        Rag::Green
    } else if change == Some(Trend::Better) {
        Rag::Amber
    } else {
        Rag::Red
    }
}

/// A hair's breadth, so that 8.8 is within 10% of 8 although binary fractions differ.
fn hair(of: f64) -> f64 {
    1e-9 * of.abs().max(1.0)
}

/// How far off its target a value may be; none where the plan gives no tolerance.
fn tolerance(indicator: &Indicator, target: f64) -> Option<f64> {
    Some(match indicator.tolerance? {
        Tolerance::Points(points) => points,
        Tolerance::Percent(percent) => target.abs() * percent / 100.0,
    })
}

/// How many values of one kind of period it takes before chance can be told from change.
const ENOUGH: usize = 12;

/// How many values in a row on one side of the mean are no chance.
const RUN: usize = 7;

/// How the latest value compares with an earlier one: by the tolerance where one is given, else by
/// a control chart where there are enough values, else by any difference.
fn change(
    indicator: &Indicator,
    known: &[IndicatorValue],
    before: IndicatorValue,
    way: Better,
) -> Trend {
    let latest = known[known.len() - 1];
    let kind = latest.period.kind;
    let values = known.iter().filter(|value| value.period.kind == kind);
    let values: Vec<f64> = values.map(|value| value.value).collect();
    let difference = latest.value - before.value;
    let target = indicator.target_in(latest.period);
    // A percentage is of a target in numbers; where there is none, it says nothing.
    let allowed = match (indicator.tolerance, target) {
        (Some(Tolerance::Points(points)), _) => Some(points),
        (Some(_), Some(target)) => tolerance(indicator, target),
        _ => None,
    };
    let is_clear = match allowed {
        Some(allowed) => difference.abs() > allowed + hair(allowed),
        None if values.len() >= ENOUGH => signal(&values) == Some(difference > 0.0),
        None => true,
    };
    let is_better = match way {
        Better::Lower => difference < 0.0,
        Better::Higher => difference > 0.0,
    };
    if difference == 0.0 || !is_clear {
        Trend::NoClearChange
    } else if is_better {
        Trend::Better
    } else {
        Trend::Worse
    }
}

/// Between which values chance alone moves an indicator, by its XmR chart; none where fewer than twelve
/// values of the latest one's kind of period are known.
pub fn limits(known: &[IndicatorValue]) -> Option<(f64, f64)> {
    let kind = known.last()?.period.kind;
    let values = known.iter().filter(|value| value.period.kind == kind);
    let values: Vec<f64> = values.map(|value| value.value).collect();
    if values.len() < ENOUGH {
        return None;
    }
    let (mean, limit) = chance(&values[..values.len() - 1]);
    Some((mean - limit, mean + limit))
}

/// The mean of some values, and how far from it chance alone moves them: 2.66 times the mean difference
/// between neighbours.
fn chance(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let moves = values.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    (mean, 2.66 * moves.sum::<f64>() / (count - 1.0))
}

/// Whether the last of these values is clearly higher (true) or lower (false) than those before it:
/// outside the limits of their XmR chart, or the seventh in a row on one side of their mean.
fn signal(values: &[f64]) -> Option<bool> {
    let (latest, earlier) = values.split_last()?;
    let (mean, limit) = chance(earlier);
    if (latest - mean).abs() > limit + hair(mean) {
        return Some(*latest > mean);
    }
    let run = &values[values.len() - RUN..];
    if run.iter().all(|value| *value > mean) {
        Some(true)
    } else if run.iter().all(|value| *value < mean) {
        Some(false)
    } else {
        None
    }
}
