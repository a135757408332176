//! What charts share: a figure drawn twice, for a wide page and for a phone, so that its words are
//! never too small to read.

use super::text::{escaped, inline};
use super::{course, timeline};
use crate::document::Chart;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The room that a chart is drawn for; a unit is about a pixel.
#[derive(Clone, Copy)]
pub struct Canvas {
    pub width: f64,
    pub narrow: bool,
}

const CANVASES: [Canvas; 2] = [
    Canvas {
        width: 840.0,
        narrow: false,
    },
    Canvas {
        width: 340.0,
        narrow: true,
    },
];

/// A drawing: its height, and what is in it.
pub struct Drawing {
    pub height: f64,
    pub content: String,
}

/// What a chart is called, what it says in words, and how to read it (HTML).
pub struct Words {
    pub title: String,
    pub description: String,
    pub key: String,
}

/// A chart as a figure; `id` begins the names of its parts.
pub fn figure(chart: &Chart, id: &str) -> String {
    let (words, draw): (Words, Box<dyn Fn(Canvas) -> Drawing + '_>) = match chart {
        Chart::Timeline(chart) => (
            timeline::words(chart),
            Box::new(|canvas| timeline::draw(chart, canvas)),
        ),
        Chart::Course(chart) => (
            course::words(chart),
            Box::new(|canvas| course::draw(chart, canvas)),
        ),
    };
    let drawings = CANVASES.map(|canvas| picture(&words, &draw(canvas), canvas, id));
    format!(
        "<figure>\n<figcaption><strong>{}</strong>{}</figcaption>\n{}</figure>\n",
        inline(&words.title),
        words.key,
        drawings.concat()
    )
}

fn picture(words: &Words, drawing: &Drawing, canvas: Canvas, id: &str) -> String {
    let size = if canvas.narrow { "on-phone" } else { "on-page" };
    let (title, description) = (inline(&words.title), escaped(&words.description));
    format!(
        "<svg class=\"chart {size}\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" \
         aria-labelledby=\"{id}-{size}-t\" aria-describedby=\"{id}-{size}-d\">\n\
         <title id=\"{id}-{size}-t\">{title}</title>\n<desc id=\"{id}-{size}-d\">{description}</desc>\n\
         {}</svg>\n",
        canvas.width, drawing.height, drawing.content
    )
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
