//! Small pictures in a line of text: shapes of ratings, bars, trends. What they show stands in words
//! beside them, or is said to those who cannot see them.

use std::fmt::Write as _;

use super::text::{class, inline};
use crate::document::Tone;

/// The shapes that stand for ratings, drawn once and used by name, so that nobody needs colour.
pub const SHAPES: &str = r##"<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false">
<symbol id="shape-red" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12"/></symbol>
<symbol id="shape-amber" viewBox="0 0 16 16"><path d="M8 1.5 15.5 14.5H.5z"/></symbol>
<symbol id="shape-green" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5"/></symbol>
<symbol id="shape-blue" viewBox="0 0 16 16"><path d="M1.6 8.6 4 6.2l2.7 2.7L12.4 2l2.5 2.1-8 9.6z"/></symbol>
<symbol id="shape-grey" viewBox="0 0 16 16"><rect x="1.5" y="6.2" width="13" height="3.6"/></symbol>
<pattern id="fill-amber" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="amber" width="5" height="5"/><rect class="line" width="1.3" height="5"/></pattern>
<pattern id="fill-green" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="green" width="5" height="5"/><circle class="line" cx="2.5" cy="2.5" r="1"/></pattern>
<pattern id="fill-blue" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="blue" width="5" height="5"/><rect class="line" y="2" width="5" height="1.2"/></pattern>
</svg>
"##;

/// The rating that a tone stands for, none for tones that rate nothing.
pub fn rating(tone: Tone) -> Option<&'static str> {
    class(tone).filter(|class| !["strong", "faint"].contains(class))
}

/// A rating's shape in a line of text.
pub fn shape(tone: Tone) -> String {
    rating(tone).map_or_else(String::new, |name| {
        format!(
            "<svg class=\"shape {name}\" aria-hidden=\"true\" focusable=\"false\">\
             <use href=\"#shape-{name}\"/></svg>"
        )
    })
}

/// A rating as a word and a shape in their colour.
pub fn pill(tone: Tone, word: &str) -> String {
    let class = class(tone).unwrap_or("plain");
    format!(
        "<span class=\"pill {class}\">{}<span class=\"word\">{}</span></span>",
        shape(tone),
        inline(word)
    )
}

const BAR: f64 = 200.0;

/// Counts as parts of a bar; a whole of `longest` fills it.
pub fn bar(parts: &[(usize, Tone)], longest: usize) -> String {
    let unit = BAR / longest.max(1) as f64;
    let counted = parts.iter().filter(|(count, _)| *count > 0);
    let mut drawn = String::new();
    let mut at = 0.0;
    for (count, tone) in counted.clone() {
        let width = *count as f64 * unit;
        let name = rating(*tone).unwrap_or("plain");
        let _ = write!(
            drawn,
            "<rect class=\"part {name}\" x=\"{at:.1}\" y=\".5\" width=\"{:.1}\" height=\"15\"/>",
            (width - 1.0).max(0.8),
        );
        at += width;
    }
    let words: Vec<String> = counted
        .map(|(count, tone)| format!("{count} {}", rating(*tone).unwrap_or("others")))
        .collect();
    let words = if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    };
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 200 16\" role=\"img\" aria-label=\"{words}\">{drawn}</svg>"
    )
}

const TREND: (f64, f64) = (96.0, 24.0);

/// Values as a line without axes; where a value is missing the line is broken.
pub fn trend(values: &[Option<f64>]) -> String {
    let values: Vec<Option<f64>> = (values.iter())
        .map(|value| value.filter(|value| value.is_finite()))
        .collect();
    let known = || values.iter().flatten().copied();
    let (low, high) = (
        known().fold(f64::INFINITY, f64::min),
        known().fold(f64::NEG_INFINITY, f64::max),
    );
    let (width, height) = TREND;
    let step = (width - 8.0) / (values.len().max(2) - 1) as f64;
    let x = |index: usize| 4.0 + step * index as f64;
    let y = |value: f64| {
        if high > low {
            height - 4.0 - (height - 8.0) * ((value - low) / (high - low))
        } else {
            height / 2.0
        }
    };
    let points = values.iter().enumerate();
    let points: Vec<Option<(f64, f64)>> = points
        .map(|(index, value)| value.map(|value| (x(index), y(value))))
        .collect();
    let last = points.iter().rev().flatten().next();
    let dot = last.map_or_else(String::new, |(x, y)| {
        format!("<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>")
    });
    format!(
        "<svg class=\"trend\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{}\">{}{dot}</svg>",
        trend_in_words(&values),
        broken_line(&points, "line"),
    )
}

fn trend_in_words(values: &[Option<f64>]) -> String {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return "no values".into();
    };
    let low = known.iter().copied().fold(*first, f64::min);
    let high = known.iter().copied().fold(*first, f64::max);
    let gaps = match values.len() - known.len() {
        0 => String::new(),
        1 => ", 1 missing".into(),
        gaps => format!(", {gaps} missing"),
    };
    match known.len() {
        1 => format!("one value, {first}{gaps}"),
        count => {
            format!("{count} values from {first} to {last}, lowest {low}, highest {high}{gaps}")
        }
    }
}

/// A line through points; a missing one breaks it, and one that stands alone is a dot.
pub fn broken_line(points: &[Option<(f64, f64)>], class: &str) -> String {
    let mut out = String::new();
    for run in points.split(Option::is_none) {
        let run: Vec<String> = (run.iter().flatten())
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = match run.as_slice() {
            [] => Ok(()),
            [alone] => {
                let (x, y) = alone.split_once(',').unwrap_or_default();
                write!(
                    out,
                    "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"1.6\"/>"
                )
            }
            run => write!(
                out,
                "<polyline class=\"{class}\" points=\"{}\"/>",
                run.join(" ")
            ),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_said_in_words() {
        let parts = [(4, Tone::Red), (13, Tone::Amber), (0, Tone::Green)];
        assert!(bar(&parts, 17).contains("aria-label=\"4 red, 13 amber\""));
        assert!(bar(&[(0, Tone::Red)], 0).contains("aria-label=\"none\""));
    }

    #[test]
    fn a_gap_breaks_the_line_and_is_said() {
        let drawn = trend(&[Some(1.0), Some(3.0), None, Some(2.0), Some(2.5)]);
        assert_eq!(drawn.matches("<polyline").count(), 2);
        assert!(drawn.contains("4 values from 1 to 2.5, lowest 1, highest 3, 1 missing"));
        assert!(trend(&[None, Some(f64::NAN)]).contains("no values"));
    }
}
