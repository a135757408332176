//! Small pictures in the cells of a table: bars of counts, lines of values. They are drawn with Word's own
//! shapes, so that they print sharply, and each says in words what it shows.

use std::io;

use super::xml;
use crate::document::Tone;
use crate::office::docx::write::Xml;
use crate::render::shade::{self, Rgb};

/// The width of a picture where there is room, the least that it can be read at, and its height, in
/// twentieths of a point.
pub const WIDTH: u32 = 1_900;
pub const NARROW: u32 = 850;
const HEIGHT: u32 = 180;

/// English metric units, in which drawings are measured, to a twentieth of a point.
const EMU: u32 = 635;

/// The colour of a line of values.
const LINE: Rgb = 0x1A4F8B;

/// Counts the drawings of a file, each of which has a number of its own.
#[derive(Default)]
pub struct Drawings(u32);

impl Drawings {
    pub fn next(&mut self) -> String {
        self.0 += 1;
        self.0.to_string()
    }
}

/// Counts as parts of a bar; a whole of `longest` is as wide as the picture.
pub fn bar(
    xml: &mut Xml,
    parts: &[(usize, Tone)],
    (longest, width): (usize, u32),
    drawings: &mut Drawings,
) -> io::Result<()> {
    let counted: Vec<(usize, Tone)> = parts.iter().copied().filter(|(n, _)| *n > 0).collect();
    let words = counted
        .iter()
        .map(|(count, tone)| format!("{count} {}", rating(*tone)));
    let words = words.collect::<Vec<_>>().join(", ");
    group(xml, &words, width, drawings, |xml, drawings| {
        let whole = width * EMU;
        let place = |count: usize| (whole as usize * count / longest.max(1)) as u32;
        let mut before = 0;
        for (count, tone) in &counted {
            let (left, right) = (place(before), place(before + count));
            // A hair of white parts it from the next, where there is room.
            let width = (right - left).saturating_sub(9_000).max(6_000);
            let fill = shade::shade(*tone).map_or(shade::HEADING.ground, |shade| shade.ground);
            shape(xml, drawings, (left, width), |xml| {
                xml::with(xml, "a:prstGeom", &[("prst", "rect")], |xml| {
                    xml::leaf(xml, "a:avLst", &[])
                })?;
                solid(xml, fill)
            })?;
            before += count;
        }
        Ok(())
    })
}

/// Values as a line without axes, broken where one is missing.
pub fn trend(
    xml: &mut Xml,
    values: &[Option<f64>],
    wide: u32,
    drawings: &mut Drawings,
) -> io::Result<()> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let words = match known.as_slice() {
        [] => "no values".to_owned(),
        [only] => format!("one value, {only}"),
        [first, .., last] => format!("{} values from {first} to {last}", known.len()),
    };
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (width, height) = (wide * EMU, HEIGHT * EMU);
    let x = |at: usize| (width as usize * at / (values.len().max(2) - 1)).to_string();
    let y = |value: f64| {
        let share = if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        };
        (f64::from(height) * (1.0 - share)).round().to_string()
    };
    group(xml, &words, wide, drawings, |xml, drawings| {
        shape(xml, drawings, (0, width), |xml| {
            let size = [("w", width.to_string()), ("h", height.to_string())];
            let size = [("w", size[0].1.as_str()), ("h", size[1].1.as_str())];
            xml::within(xml, "a:custGeom", |xml| {
                for name in ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"] {
                    xml::leaf(xml, name, &[])?;
                }
                let edges = [("l", "0"), ("t", "0"), ("r", "r"), ("b", "b")];
                xml::leaf(xml, "a:rect", &edges)?;
                xml::within(xml, "a:pathLst", |xml| {
                    let path = [size[0], size[1], ("fill", "none")];
                    xml::with(xml, "a:path", &path, |xml| {
                        let mut is_drawn = false;
                        for (at, value) in values.iter().enumerate() {
                            let Some(value) = value else {
                                is_drawn = false;
                                continue;
                            };
                            let name = if is_drawn { "a:lnTo" } else { "a:moveTo" };
                            let (x, y) = (x(at), y(*value));
                            xml::within(xml, name, |xml| {
                                xml::leaf(xml, "a:pt", &[("x", &x), ("y", &y)])
                            })?;
                            is_drawn = true;
                        }
                        Ok(())
                    })
                })
            })?;
            xml::leaf(xml, "a:noFill", &[])?;
            xml::with(xml, "a:ln", &[("w", "15875")], |xml| solid(xml, LINE))
        })
    })
}

fn rating(tone: Tone) -> &'static str {
    match tone {
        Tone::Red => "red",
        Tone::Amber => "amber",
        Tone::Green => "green",
        Tone::Blue => "blue",
        Tone::Grey => "grey",
        Tone::Plain | Tone::Strong | Tone::Faint => "others",
    }
}

pub fn solid(xml: &mut Xml, colour: Rgb) -> io::Result<()> {
    xml::within(xml, "a:solidFill", |xml| {
        xml::leaf(xml, "a:srgbClr", &[("val", &shade::hex(colour))])
    })
}

/// A picture in a line of text, which says in `words` what it shows.
fn group(
    xml: &mut Xml,
    words: &str,
    width: u32,
    drawings: &mut Drawings,
    shapes: impl FnOnce(&mut Xml, &mut Drawings) -> io::Result<()>,
) -> io::Result<()> {
    let (width, height) = ((width * EMU).to_string(), (HEIGHT * EMU).to_string());
    let size = [("cx", width.as_str()), ("cy", height.as_str())];
    let choice = [("Requires", "wpg")];
    xml::within(xml, "w:r", |xml| {
        xml::within(xml, "mc:AlternateContent", |xml| {
            xml::with(xml, "mc:Choice", &choice, |xml| {
                inline(xml, &size, words, drawings, GROUP, |xml, drawings| {
                    xml::within(xml, "wpg:wgp", |xml| {
                        xml::leaf(xml, "wpg:cNvGrpSpPr", &[])?;
                        xml::within(xml, "wpg:grpSpPr", |xml| {
                            xml::within(xml, "a:xfrm", |xml| {
                                let zero = [("x", "0"), ("y", "0")];
                                xml::leaf(xml, "a:off", &zero)?;
                                xml::leaf(xml, "a:ext", &size)?;
                                xml::leaf(xml, "a:chOff", &zero)?;
                                xml::leaf(xml, "a:chExt", &size)
                            })
                        })?;
                        shapes(xml, drawings)
                    })
                })
            })
        })
    })
}

/// What kind of thing a drawing holds.
pub const GROUP: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
pub const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// A drawing that stands in a line like a letter.
pub fn inline(
    xml: &mut Xml,
    size: &[(&str, &str); 2],
    words: &str,
    drawings: &mut Drawings,
    kind: &str,
    content: impl FnOnce(&mut Xml, &mut Drawings) -> io::Result<()>,
) -> io::Result<()> {
    let number = drawings.next();
    let name = format!("Picture {number}");
    let gaps = ["distT", "distB", "distL", "distR"].map(|side| (side, "0"));
    xml::within(xml, "w:drawing", |xml| {
        xml::with(xml, "wp:inline", &gaps, |xml| {
            xml::leaf(xml, "wp:extent", size)?;
            let properties = [("id", number.as_str()), ("name", &name), ("descr", words)];
            xml::leaf(xml, "wp:docPr", &properties)?;
            xml::leaf(xml, "wp:cNvGraphicFramePr", &[])?;
            xml::within(xml, "a:graphic", |xml| {
                xml::with(xml, "a:graphicData", &[("uri", kind)], |xml| {
                    content(xml, drawings)
                })
            })
        })
    })
}

/// A shape of a picture, as high as it, from a place at its left so wide.
fn shape(
    xml: &mut Xml,
    drawings: &mut Drawings,
    (left, width): (u32, u32),
    properties: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let number = drawings.next();
    let name = format!("Shape {number}");
    let (left, width) = (left.to_string(), width.to_string());
    let height = (HEIGHT * EMU).to_string();
    xml::within(xml, "wps:wsp", |xml| {
        xml::leaf(xml, "wps:cNvPr", &[("id", &number), ("name", &name)])?;
        xml::leaf(xml, "wps:cNvSpPr", &[])?;
        xml::within(xml, "wps:spPr", |xml| {
            xml::within(xml, "a:xfrm", |xml| {
                xml::leaf(xml, "a:off", &[("x", &left), ("y", "0")])?;
                xml::leaf(xml, "a:ext", &[("cx", &width), ("cy", &height)])
            })?;
            properties(xml)
        })?;
        xml::leaf(xml, "wps:bodyPr", &[])
    })
}
