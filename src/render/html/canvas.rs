//! What charts are drawn on, and the lines and words that they share.

use super::text::escaped;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The room that a chart is drawn for; a unit is about a pixel.
#[derive(Clone, Copy)]
pub struct Canvas {
    pub width: f64,
    pub narrow: bool,
}

/// A drawing: its height, and what is in it.
pub struct Drawing {
    pub height: f64,
    pub content: String,
}

/// What a chart is called, what it says in words, and how to read it (HTML).
pub struct ChartWords {
    pub title: String,
    pub description: String,
    pub key: String,
}

/// How wide a letter of a chart is, at most, for those that are neither wide nor narrow.
const LETTER: f64 = 7.2;

/// About how wide a text is, in units of the canvas.
pub fn text_width(text: &str) -> f64 {
    text.width() as f64 * LETTER
}

/// A text in one line that is cut, with an ellipsis, to a width.
pub fn cut(text: &str, width: f64) -> String {
    let text = crate::document::visible(text).replace('\n', " ");
    if text_width(&text) <= width {
        return text;
    }
    let mut room = width / LETTER - 1.0;
    let fits = text.chars().take_while(|c| {
        room -= c.width().unwrap_or(0) as f64;
        room >= 0.0
    });
    let kept: String = fits.collect();
    format!("{}…", kept.trim_end())
}

/// A text at a place; `anchor` is `start`, `middle` or `end`.
pub fn label(x: f64, y: f64, anchor: &str, class: &str, text: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n",
        escaped(text)
    )
}

/// A straight line.
pub fn rule(from: (f64, f64), to: (f64, f64), class: &str) -> String {
    format!(
        "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>\n",
        from.0, from.1, to.0, to.1
    )
}
