//! An indicator from period to period as a chart of Word's own: people can change its fonts and colours,
//! and it holds its figures.

use std::io;

use super::drawing::{self, Drawings};
use super::xml;
use crate::document::{CourseChart, visible};
use crate::office::docx::write::Xml;
use crate::render::shade::Rgb;
use crate::words::shortened;

/// How much of its name a chart shows, alone and among others; its words have the whole.
const TITLE: usize = 60;
const SMALL_TITLE: usize = 38;

/// How many periods are named below a chart, upright: more would lean against each other.
const NAMED: usize = 8;
const SMALL_NAMED: usize = 4;

const SPACES: &[(&str, &str)] = &[
    (
        "xmlns:c",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
    ),
    (
        "xmlns:a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
];

const VALUE: Rgb = 0x1A4F8B;
const TARGET: Rgb = 0x595959;
const GRID: Rgb = 0xD9D9D9;

/// The size of a chart on the page, in English metric units: 16 by 5.5 cm, and where several stand side by
/// side, 8.4 by 5 cm.
const SIZE: [(&str, &str); 2] = [("cx", "5760000"), ("cy", "1980000")];
const SMALL: [(&str, &str); 2] = [("cx", "3024000"), ("cy", "1800000")];

/// The width of a small one in twentieths of a point.
const SMALL_WIDTH: u32 = 4763;

/// How many small charts stand side by side in so much room.
pub fn beside(room: u32) -> usize {
    (room / SMALL_WIDTH).max(1) as usize
}

/// Where a chart stands in the text, alone in its paragraph or with others; `relation` names the part that
/// holds it.
pub fn place(
    xml: &mut Xml,
    chart: &CourseChart,
    (relation, is_alone): (&str, bool),
    drawings: &mut Drawings,
) -> io::Result<()> {
    xml::within(xml, "w:r", |xml| {
        let words = in_words(chart);
        let size = if is_alone { &SIZE } else { &SMALL };
        drawing::inline(xml, size, &words, drawings, drawing::CHART, |xml, _| {
            let names = [("xmlns:c", drawing::CHART), ("r:id", relation)];
            xml::leaf(xml, "c:chart", &names)
        })
    })
}

/// What a chart shows, for those who cannot see it: its title, then every period with its value.
fn in_words(chart: &CourseChart) -> String {
    let readings = chart.points.iter().map(|point| {
        let value = match point.value {
            Some(value) => format!("{value} {}", chart.unit),
            None => "no value".into(),
        };
        let target = point.target.map(|target| format!(" (target {target})"));
        let value = value.trim_end();
        format!("{}: {value}{}", point.period, target.unwrap_or_default())
    });
    let readings = readings.collect::<Vec<_>>().join("; ");
    visible(&format!("{}. {readings}.", chart.title)).replace('\n', " ")
}

/// The part that holds a chart, alone in its paragraph or with others.
pub fn part(chart: &CourseChart, is_alone: bool) -> io::Result<Vec<u8>> {
    let (longest, named) = if is_alone {
        (TITLE, NAMED)
    } else {
        (SMALL_TITLE, SMALL_NAMED)
    };
    let mut xml = xml::part();
    xml::with(&mut xml, "c:chartSpace", SPACES, |xml| {
        value(xml, "c:roundedCorners", "0")?;
        xml::within(xml, "c:chart", |xml| {
            let title = visible(&chart.title).replace('\n', " ");
            self::title(xml, &shortened(&title, longest))?;
            value(xml, "c:autoTitleDeleted", "0")?;
            xml::within(xml, "c:plotArea", |xml| {
                xml::leaf(xml, "c:layout", &[])?;
                let every = chart.points.len().div_ceil(named);
                lines(xml, chart, every)?;
                axes(xml, &chart.unit, every)
            })?;
            if has_targets(chart) || chart.limits.is_some() {
                xml::within(xml, "c:legend", |xml| {
                    value(xml, "c:legendPos", "b")?;
                    value(xml, "c:overlay", "0")
                })?;
            }
            value(xml, "c:plotVisOnly", "1")?;
            // A gap is a gap.
            value(xml, "c:dispBlanksAs", "gap")
        })?;
        text_size(xml, "800", &[])
    })?;
    Ok(xml.into_inner())
}

fn has_targets(chart: &CourseChart) -> bool {
    chart.points.iter().any(|point| point.target.is_some())
}

/// An element of a chart that only says one value.
fn value(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml::leaf(xml, name, &[("val", value)])
}

fn title(xml: &mut Xml, text: &str) -> io::Result<()> {
    xml::within(xml, "c:title", |xml| {
        xml::within(xml, "c:tx", |xml| {
            xml::within(xml, "c:rich", |xml| {
                xml::leaf(xml, "a:bodyPr", &[])?;
                xml::within(xml, "a:p", |xml| {
                    xml::within(xml, "a:pPr", |xml| {
                        xml::leaf(xml, "a:defRPr", &[("sz", "900"), ("b", "1")])
                    })?;
                    xml::within(xml, "a:r", |xml| {
                        let run = [("lang", "en-GB"), ("sz", "900"), ("b", "1")];
                        xml::leaf(xml, "a:rPr", &run)?;
                        words(xml, "a:t", text)
                    })
                })
            })
        })?;
        value(xml, "c:overlay", "0")
    })
}

/// An element that holds a text. Unlike Word's own, those of charts know no `xml:space`.
fn words(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(name);
    element.write_text_content(quick_xml::events::BytesText::new(text))?;
    Ok(())
}

fn text_size(xml: &mut Xml, size: &str, body: &[(&str, &str)]) -> io::Result<()> {
    xml::within(xml, "c:txPr", |xml| {
        xml::leaf(xml, "a:bodyPr", body)?;
        xml::within(xml, "a:p", |xml| {
            xml::within(xml, "a:pPr", |xml| {
                xml::leaf(xml, "a:defRPr", &[("sz", size), ("b", "0")])
            })?;
            xml::leaf(xml, "a:endParaRPr", &[("lang", "en-GB")])
        })
    })
}

/// The lines of a chart; of so many periods one is named.
fn lines(xml: &mut Xml, chart: &CourseChart, every: usize) -> io::Result<()> {
    xml::within(xml, "c:lineChart", |xml| {
        value(xml, "c:grouping", "standard")?;
        value(xml, "c:varyColors", "0")?;
        let readings = || chart.points.iter();
        let mut lines = vec![ChartLine {
            name: "value",
            colour: VALUE,
            dash: None,
            values: readings().map(|point| point.value).collect(),
        }];
        if has_targets(chart) {
            lines.push(ChartLine {
                name: "target",
                colour: TARGET,
                dash: Some("dash"),
                values: readings().map(|point| point.target).collect(),
            });
        }
        for limit in chart.limits.into_iter().flat_map(|(low, high)| [low, high]) {
            lines.push(ChartLine {
                name: "limit of chance",
                colour: TARGET,
                dash: Some("sysDot"),
                values: readings().map(|_| Some(limit)).collect(),
            });
        }
        for (number, line) in lines.iter().enumerate() {
            line.write(xml, chart, (&number.to_string(), every))?;
        }
        value(xml, "c:marker", "1")?;
        value(xml, "c:axId", PERIODS)?;
        value(xml, "c:axId", VALUES)
    })
}

/// One line of a chart.
struct ChartLine {
    name: &'static str,
    colour: Rgb,
    /// How its line is broken, where it is no measured value.
    dash: Option<&'static str>,
    values: Vec<Option<f64>>,
}

impl ChartLine {
    fn write(
        &self,
        xml: &mut Xml,
        chart: &CourseChart,
        (number, every): (&str, usize),
    ) -> io::Result<()> {
        xml::within(xml, "c:ser", |xml| {
            value(xml, "c:idx", number)?;
            value(xml, "c:order", number)?;
            xml::within(xml, "c:tx", |xml| words(xml, "c:v", self.name))?;
            xml::within(xml, "c:spPr", |xml| {
                xml::with(xml, "a:ln", &[("w", "22225"), ("cap", "rnd")], |xml| {
                    drawing::solid(xml, self.colour)?;
                    self.dash
                        .map_or(Ok(()), |dash| value(xml, "a:prstDash", dash))
                })
            })?;
            xml::within(xml, "c:marker", |xml| {
                if self.dash.is_some() {
                    return value(xml, "c:symbol", "none");
                }
                value(xml, "c:symbol", "circle")?;
                value(xml, "c:size", "5")?;
                xml::within(xml, "c:spPr", |xml| drawing::solid(xml, self.colour))
            })?;
            xml::within(xml, "c:cat", |xml| {
                // Not every program leaves out the names that `c:tickLblSkip` passes over.
                let periods = chart.points.iter().enumerate();
                let periods = periods.map(|(at, point)| {
                    (at % every == 0).then(|| visible(&point.period).into_owned())
                });
                points(xml, "c:strLit", periods.collect())
            })?;
            xml::within(xml, "c:val", |xml| {
                let values = self.values.iter().map(|value| {
                    let value = value.filter(|value| value.is_finite());
                    value.map(|value| value.to_string())
                });
                points(xml, "c:numLit", values.collect())
            })?;
            value(xml, "c:smooth", "0")
        })
    }
}

/// Texts or figures in their order; a missing one is left out.
fn points(xml: &mut Xml, kind: &str, all: Vec<Option<String>>) -> io::Result<()> {
    xml::within(xml, kind, |xml| {
        if kind == "c:numLit" {
            words(xml, "c:formatCode", "General")?;
        }
        value(xml, "c:ptCount", &all.len().to_string())?;
        let known = all.iter().enumerate();
        let mut known = known.filter_map(|(at, text)| Some((at, text.as_ref()?)));
        known.try_for_each(|(at, text)| {
            xml::with(xml, "c:pt", &[("idx", &at.to_string())], |xml| {
                words(xml, "c:v", text)
            })
        })
    })
}

/// The numbers by which the axes know each other.
const PERIODS: &str = "1001";
const VALUES: &str = "1002";

/// How far the names of periods are turned, in 60,000ths of a degree. Where nothing is said Word turns them as it
/// likes; at zero LibreOffice prints all of them, each broken into its slot.
const UPRIGHT: &str = "1";

/// The axes; of so many periods one is named.
fn axes(xml: &mut Xml, unit: &str, every: usize) -> io::Result<()> {
    xml::within(xml, "c:catAx", |xml| {
        value(xml, "c:axId", PERIODS)?;
        scaling(xml, "b")?;
        value(xml, "c:majorTickMark", "out")?;
        value(xml, "c:minorTickMark", "none")?;
        value(xml, "c:tickLblPos", "low")?;
        text_size(xml, "800", &[("rot", UPRIGHT), ("vert", "horz")])?;
        value(xml, "c:crossAx", VALUES)?;
        value(xml, "c:crosses", "autoZero")?;
        value(xml, "c:tickLblSkip", &every.to_string())
    })?;
    xml::within(xml, "c:valAx", |xml| {
        value(xml, "c:axId", VALUES)?;
        scaling(xml, "l")?;
        xml::within(xml, "c:majorGridlines", |xml| {
            xml::within(xml, "c:spPr", |xml| {
                xml::with(xml, "a:ln", &[("w", "6350")], |xml| {
                    drawing::solid(xml, GRID)
                })
            })
        })?;
        let format = if unit == "%" {
            "General\"%\""
        } else {
            "General"
        };
        xml::leaf(
            xml,
            "c:numFmt",
            &[("formatCode", format), ("sourceLinked", "0")],
        )?;
        value(xml, "c:majorTickMark", "none")?;
        value(xml, "c:minorTickMark", "none")?;
        value(xml, "c:tickLblPos", "nextTo")?;
        value(xml, "c:crossAx", PERIODS)?;
        value(xml, "c:crosses", "autoZero")
    })
}

fn scaling(xml: &mut Xml, side: &str) -> io::Result<()> {
    xml::within(xml, "c:scaling", |xml| {
        value(xml, "c:orientation", "minMax")
    })?;
    value(xml, "c:delete", "0")?;
    value(xml, "c:axPos", side)
}
