//! The pages of a Word file: which way they lie, and what stands at their foot.

use std::io;

use super::write::{self as xml, Xml};

/// A4, one way or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Portrait,
    Landscape,
}

/// Twentieths of a point, in which Word measures: A4's sides, and the margin of 2 cm.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const MARGIN: u32 = 1_134;

impl Page {
    fn size(self) -> (u32, u32) {
        match self {
            Page::Portrait => (SHORT, LONG),
            Page::Landscape => (LONG, SHORT),
        }
    }

    /// The width between the margins, in twentieths of a point.
    pub fn room(self) -> u32 {
        self.size().0 - 2 * MARGIN
    }

    /// As much of a title as fits beside the page's number.
    fn cut(self, title: &str) -> String {
        let most = match self {
            Page::Portrait => 85,
            Page::Landscape => 150,
        };
        if title.chars().count() > most {
            title.chars().take(most - 1).chain(['…']).collect()
        } else {
            title.to_owned()
        }
    }

    fn footer(self) -> &'static str {
        match self {
            Page::Portrait => "footer1",
            Page::Landscape => "footer2",
        }
    }

    /// Says that what stands above is on such pages. The order of the elements is the standard's.
    pub fn properties(self, xml: &mut Xml) -> io::Result<()> {
        let (width, height) = self.size();
        let (width, height) = (width.to_string(), height.to_string());
        let margin = MARGIN.to_string();
        xml::within(xml, "w:sectPr", |xml| {
            let footer = [("w:type", "default"), ("r:id", self.footer())];
            xml::leaf(xml, "w:footerReference", &footer)?;
            xml::value(xml, "w:type", "nextPage")?;
            let mut size = vec![("w:w", width.as_str()), ("w:h", &height)];
            if self == Page::Landscape {
                size.push(("w:orient", "landscape"));
            }
            xml::leaf(xml, "w:pgSz", &size)?;
            let sides = ["w:top", "w:right", "w:bottom", "w:left"];
            let mut margins: Vec<(&str, &str)> = sides.map(|side| (side, margin.as_str())).into();
            margins.extend([("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0")]);
            xml::leaf(xml, "w:pgMar", &margins)
        })
    }
}

/// The paper's title, and which page of how many.
pub fn footer(title: &str, page: Page) -> io::Result<Vec<u8>> {
    let mut xml = xml::part();
    xml::with(&mut xml, "w:ftr", xml::SPACES, |xml| {
        xml::within(xml, "w:p", |xml| {
            xml::within(xml, "w:pPr", |xml| {
                xml::value(xml, "w:pStyle", "Footer")?;
                let edge = page.room().to_string();
                xml::within(xml, "w:tabs", |xml| {
                    let tab = [("w:val", "right"), ("w:pos", edge.as_str())];
                    xml::leaf(xml, "w:tab", &tab)
                })
            })?;
            xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", &page.cut(title)))?;
            xml::within(xml, "w:r", |xml| {
                xml::leaf(xml, "w:tab", &[])?;
                xml::text(xml, "w:t", "Page ")
            })?;
            field(xml, "PAGE")?;
            xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", " of "))?;
            field(xml, "NUMPAGES")
        })
    })?;
    Ok(xml.into_inner())
}

/// A figure that Word counts itself.
fn field(xml: &mut Xml, what: &str) -> io::Result<()> {
    xml::with(xml, "w:fldSimple", &[("w:instr", what)], |xml| {
        xml::within(xml, "w:r", |xml| xml::text(xml, "w:t", "1"))
    })
}
