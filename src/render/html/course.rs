//! An indicator from period to period: a line with its gaps, the target as steps, the last value in
//! figures.

use std::fmt::Write as _;

use super::canvas::{Canvas, ChartWords, Drawing, cut, label, rule, text_width};
use super::picture::broken_line;
use crate::document::{ChartValue, CourseChart};

const TOP: f64 = 16.0;
const BOTTOM: f64 = 34.0;

/// What the chart says, and how to read it.
pub fn words(chart: &CourseChart) -> ChartWords {
    let mut key = String::new();
    let mut add = |class: &str, words: &str| {
        let _ = write!(
            key,
            "<span class=\"key\"><svg class=\"dash\" viewBox=\"0 0 30 10\" aria-hidden=\"true\">\
             <line class=\"{class}\" x1=\"0\" y1=\"5\" x2=\"30\" y2=\"5\"/></svg>{words}</span>"
        );
    };
    add("line", "value");
    if chart.points.iter().any(|point| target(point).is_some()) {
        add("target", "target");
    }
    if chart.limits.is_some() {
        add("limit", "limits of chance");
    }
    let (low, _, _) = range(chart);
    if low > 0.0 && low.is_finite() {
        let _ = write!(
            key,
            "<span class=\"key\">the scale begins at {}, not at 0</span>",
            figure(low)
        );
    }
    ChartWords {
        title: chart.title.clone(),
        description: description(chart),
        key: format!("<span class=\"keys\">{key}</span>"),
    }
}

/// The value of a period, if it can be drawn.
fn value(point: &ChartValue) -> Option<f64> {
    point.value.filter(|value| value.abs() < 1e300)
}

fn target(point: &ChartValue) -> Option<f64> {
    point.target.filter(|target| target.abs() < 1e300)
}

/// Every period with its value and target.
fn description(chart: &CourseChart) -> String {
    let readings = chart.points.iter().map(|point| {
        let value = match value(point) {
            Some(value) => measured(value, &chart.unit),
            None => "no value".into(),
        };
        let target = target(point).map_or_else(String::new, |target| {
            format!(" (target {})", measured(target, &chart.unit))
        });
        format!("{}: {value}{target}", point.period)
    });
    if chart.points.is_empty() {
        return "No values.".into();
    }
    let mut words = readings.collect::<Vec<_>>().join("; ") + ".";
    if let Some((low, high)) = chart.limits {
        let (low, high) = (measured(low, &chart.unit), measured(high, &chart.unit));
        let _ = write!(words, " Chance alone moves it between {low} and {high}.");
    }
    words
}

/// A value with its unit.
fn measured(value: f64, unit: &str) -> String {
    match unit {
        "" => figure(value),
        "%" => format!("{}%", figure(value)),
        unit => format!("{} {unit}", figure(value)),
    }
}

/// A value in at most so many figures as can be read.
fn figure(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    match value.abs() {
        size if size >= 1e9 || (size > 0.0 && size < 0.01) => format!("{value:.2e}"),
        _ if rounded == 0.0 => "0".into(),
        _ => rounded.to_string(),
    }
}

/// Where periods and values stand on the canvas.
struct ValueScale {
    low: f64,
    high: f64,
    step: f64,
    left: f64,
    band: f64,
    height: f64,
}

impl ValueScale {
    fn fitted(chart: &CourseChart, canvas: Canvas) -> ValueScale {
        let (low, high, step) = range(chart);
        let widest = ticks(low, high, step).map(|tick| text_width(&figure(tick)));
        let left = widest.fold(20.0, f64::max) + 10.0;
        let right = if canvas.narrow { 12.0 } else { 24.0 };
        ValueScale {
            low,
            high,
            step,
            left,
            band: (canvas.width - left - right) / chart.points.len().max(1) as f64,
            height: if canvas.narrow { 170.0 } else { 220.0 },
        }
    }

    fn x(&self, index: usize) -> f64 {
        self.left + self.band * (index as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + self.height * (1.0 - (value - self.low) / (self.high - self.low))
    }
}

/// The ends of the axis of values, and the step between its ticks.
fn range(chart: &CourseChart) -> (f64, f64, f64) {
    let all = chart
        .points
        .iter()
        .flat_map(|point| [value(point), target(point)]);
    let limits = chart.limits.into_iter().flat_map(|(low, high)| [low, high]);
    let (low, high) = all
        .flatten()
        .chain(limits.filter(|limit| limit.abs() < 1e300))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |at, v| {
            (at.0.min(v), at.1.max(v))
        });
    ends(low, high)
}

/// Even ends for an axis that holds two values, and the step between its ticks. It begins at zero
/// unless that would hide how the values differ.
fn ends(low: f64, high: f64) -> (f64, f64, f64) {
    if low > high {
        return (0.0, 1.0, 1.0);
    }
    let low = if low >= 0.0 && high - low > high * 0.25 {
        0.0
    } else {
        low
    };
    let span = match high - low {
        span if span > 0.0 => span,
        _ => high.abs().max(1.0) * 0.2,
    };
    let rough = span / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].iter().map(|factor| factor * power);
    let step = step
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let (bottom, top) = ((low / step).floor() * step, (high / step).ceil() * step);
    if top > bottom && step.is_finite() && top.is_finite() && bottom.is_finite() {
        (bottom, top, step)
    } else {
        // A flat line in the middle, or values too far apart for even steps.
        (low - span / 2.0, high + span / 2.0, span)
    }
}

/// The values at which the axis has a tick.
fn ticks(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    (0..=12)
        .map(move |number| low + step * f64::from(number))
        .take_while(move |tick| *tick <= high + step / 1000.0)
}

/// Draws the chart.
pub fn draw(chart: &CourseChart, canvas: Canvas) -> Drawing {
    let scale = ValueScale::fitted(chart, canvas);
    let base = TOP + scale.height;
    let mut content = String::new();
    let is_empty = chart.points.iter().all(|point| value(point).is_none());
    let ticks = ticks(scale.low, scale.high, scale.step);
    for tick in ticks.filter(|_| !is_empty) {
        let y = scale.y(tick);
        let right = canvas.width - 8.0;
        content.push_str(&rule((scale.left, y), (right, y), "tick"));
        content.push_str(&label(
            scale.left - 6.0,
            y + 4.0,
            "end",
            "axis",
            &figure(tick),
        ));
    }
    content.push_str(&rule(
        (scale.left, base),
        (canvas.width - 8.0, base),
        "base",
    ));
    content.push_str(&periods(chart, &scale, base, canvas));
    content.push_str(&targets(chart, &scale));
    for limit in chart.limits.into_iter().flat_map(|(low, high)| [low, high]) {
        let (right, y) = (canvas.width - 8.0, scale.y(limit));
        if y.is_finite() {
            content.push_str(&rule((scale.left, y), (right, y), "limit"));
        }
    }
    let points = chart.points.iter().enumerate();
    let points: Vec<Option<(f64, f64)>> = points
        .map(|(index, point)| value(point).map(|value| (scale.x(index), scale.y(value))))
        .collect();
    content.push_str(&broken_line(&points, "line"));
    for (x, y) in points.iter().flatten() {
        let _ = writeln!(
            content,
            "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.2\"/>"
        );
    }
    content.push_str(&last_value(chart, &scale, canvas));
    if is_empty {
        let middle = (scale.left + canvas.width) / 2.0;
        let y = TOP + scale.height / 2.0;
        content.push_str(&label(middle, y, "middle", "axis", "No values"));
    }
    Drawing {
        height: base + BOTTOM,
        content,
    }
}

/// The names of periods, as many as do not touch; the last always.
fn periods(chart: &CourseChart, scale: &ValueScale, base: f64, canvas: Canvas) -> String {
    let names = chart.points.iter().map(|point| cut(&point.period, 110.0));
    let names: Vec<String> = names.collect();
    let mut out = String::new();
    let mut free = canvas.width;
    for (index, name) in names.iter().enumerate().rev() {
        let half = text_width(name) / 2.0;
        let x = scale
            .x(index)
            .clamp(half + 2.0, (canvas.width - half - 2.0).max(half + 2.0));
        if x + half > free {
            continue;
        }
        out.push_str(&rule(
            (scale.x(index), base),
            (scale.x(index), base + 5.0),
            "base",
        ));
        out.push_str(&label(x, base + 19.0, "middle", "axis", name));
        free = x - half - 8.0;
    }
    out
}

/// The target of each period as a step, joined to its neighbour's.
fn targets(chart: &CourseChart, scale: &ValueScale) -> String {
    let mut out = String::new();
    let mut steps: Vec<String> = Vec::new();
    let mut end = |steps: &mut Vec<String>| {
        if !steps.is_empty() {
            let steps = std::mem::take(steps).join(" ");
            let _ = writeln!(out, "<polyline class=\"target\" points=\"{steps}\"/>");
        }
    };
    for (index, point) in chart.points.iter().enumerate() {
        let Some(target) = target(point) else {
            end(&mut steps);
            continue;
        };
        let (middle, y) = (scale.x(index), scale.y(target));
        let (left, right) = (middle - scale.band / 2.0, middle + scale.band / 2.0);
        steps.push(format!("{left:.1},{y:.1} {right:.1},{y:.1}"));
    }
    end(&mut steps);
    out
}

/// The last value in figures, on the side of its point to which the line does not come.
fn last_value(chart: &CourseChart, scale: &ValueScale, canvas: Canvas) -> String {
    let last = chart.points.iter().enumerate().rev();
    let last = last
        .filter_map(|(index, point)| Some((index, value(point)?)))
        .next();
    let Some((index, value)) = last else {
        return String::new();
    };
    let text = cut(&measured(value, &chart.unit), 160.0);
    // It is bold.
    let half = text_width(&text) * 1.15 / 2.0;
    let x = scale
        .x(index)
        .clamp(half, (canvas.width - half - 2.0).max(half));
    let y = scale.y(value);
    let before = chart.points[..index].iter().rev().find_map(self::value);
    let falls = before.is_some_and(|before| before > value);
    let room_below = y + 24.0 < TOP + scale.height;
    let at = if (falls && room_below) || y < TOP + 8.0 {
        y + 19.0
    } else {
        y - 9.0
    };
    label(x, at, "middle", "value", &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Canvas = Canvas {
        width: 840.0,
        narrow: false,
    };

    fn course(readings: &[(Option<f64>, Option<f64>)]) -> CourseChart {
        let points = readings
            .iter()
            .enumerate()
            .map(|(number, reading)| ChartValue {
                period: format!("period {number}"),
                value: reading.0,
                target: reading.1,
            });
        CourseChart {
            title: "LSCB19".into(),
            unit: "%".into(),
            points: points.collect(),
            limits: None,
        }
    }

    #[test]
    fn a_gap_is_a_gap_and_a_new_target_a_step() {
        let chart = course(&[
            (Some(8.0), None),
            (Some(9.0), Some(8.0)),
            (None, Some(7.0)),
            (Some(7.5), Some(7.0)),
        ]);
        let drawn = draw(&chart, WIDE).content;
        // The line is broken at the gap, behind which one value stands alone.
        assert_eq!(drawn.matches("<polyline class=\"line\"").count(), 1);
        assert_eq!(drawn.matches("r=\"3.2\"").count(), 3);
        assert_eq!(drawn.matches("<polyline class=\"target\"").count(), 1);
        assert!(drawn.contains(">7.5%</text>"));
        assert_eq!(
            words(&chart).description,
            "period 0: 8%; period 1: 9% (target 8%); period 2: no value (target 7%); \
             period 3: 7.5% (target 7%)."
        );
    }

    #[test]
    fn a_scale_that_does_not_begin_at_zero_says_so() {
        let near = course(&[(Some(81.0), None), (Some(84.0), None)]);
        assert!(
            words(&near)
                .key
                .contains("the scale begins at 81, not at 0")
        );
        let far = course(&[(Some(8.0), None), (Some(84.0), None)]);
        assert!(!words(&far).key.contains("the scale begins"));
    }

    #[test]
    fn every_value_can_be_drawn() {
        let values = [
            0.0,
            -3.0,
            1e-300,
            1e299,
            -1e299,
            f64::MAX,
            f64::NAN,
            f64::INFINITY,
        ];
        for first in values {
            for second in values {
                let chart = course(&[(Some(first), Some(second)), (Some(second), None)]);
                let drawn = draw(&chart, WIDE).content;
                assert!(
                    !drawn.contains("NaN") && !drawn.contains("inf"),
                    "{first} {second}"
                );
            }
        }
        assert!(draw(&course(&[]), WIDE).content.contains("No values"));
    }
}
