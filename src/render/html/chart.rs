//! A chart as a figure that is drawn twice, for a wide page and for a phone, so that its words are never
//! too small to read.

use super::canvas::{Canvas, ChartWords, Drawing};
use super::text::{escaped, inline};
use super::{course, timeline};
use crate::document::Chart;

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

/// A chart as a figure; `id` begins the names of its parts.
pub fn figure(chart: &Chart, id: &str) -> String {
    let (words, draw): (ChartWords, Box<dyn Fn(Canvas) -> Drawing + '_>) = match chart {
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

fn picture(words: &ChartWords, drawing: &Drawing, canvas: Canvas, id: &str) -> String {
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
