//! What charts are drawn on, and the lines and words that they share.

use super::text::escaped;
use unicode_width::UnicodeWidthChar;

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

/// About how wide a letter of a chart is, in units of the canvas: rather more than less, whatever the typeface.
fn letter_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | '\'' | '’' => 5.2,
        'm' | 'w' | 'M' | 'W' => 10.8,
        'A'..='Z' => 8.6,
        c => 7.4 * c.width().unwrap_or(0) as f64,
    }
}

/// About how wide a text is, in units of the canvas.
pub fn text_width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

/// A text in one line that is cut, with an ellipsis, to a width.
pub fn cut(text: &str, width: f64) -> String {
    let text = crate::document::visible(text).replace('\n', " ");
    if text_width(&text) <= width {
        return text;
    }
    let mut room = width - letter_width('…');
    let fits = text.chars().take_while(|c| {
        room -= letter_width(*c);
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
