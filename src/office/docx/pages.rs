//! The pages of a Word file: their size, which way they lie, and what stands at their head and foot.

use std::io;

use super::write::{self as xml, Xml};

/// A4, one way or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// What pages are like, one way or the other, in twentieths of a point, in which Word measures.
#[derive(Clone, Debug)]
pub struct PageSetup {
    pub short: u32,
    pub long: u32,
    /// The margins by the names that Word gives them: `w:top`, `w:header`.
    pub margins: Vec<(&'static str, u32)>,
    /// What a template has at the head and the foot of pages.
    pub edges: Vec<Edge>,
}

/// What stands at the head or the foot of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// `w:headerReference` or `w:footerReference`.
    pub element: &'static str,
    /// Whether it is for the first page alone.
    pub is_first: bool,
    /// How the body names its part.
    pub part: String,
}

impl Default for PageSetup {
    /// A4 with margins of 1.9 cm at the sides and 1.8 cm above and below.
    fn default() -> PageSetup {
        PageSetup {
            short: 11_906,
            long: 16_838,
            margins: vec![
                ("w:top", 1_021),
                ("w:right", 1_077),
                ("w:bottom", 1_021),
                ("w:left", 1_077),
                ("w:header", 510),
                ("w:footer", 510),
                ("w:gutter", 0),
            ],
            edges: Vec::new(),
        }
    }
}

impl PageSetup {
    fn size(&self, page: Orientation) -> (u32, u32) {
        match page {
            Orientation::Portrait => (self.short, self.long),
            Orientation::Landscape => (self.long, self.short),
        }
    }

    /// The width between the margins; never less than a few words need.
    pub fn room(&self, page: Orientation) -> u32 {
        let is_side = |name: &str| matches!(name, "w:left" | "w:right" | "w:gutter");
        let sides = self.margins.iter().filter(|(name, _)| is_side(name));
        let sides: u32 = sides.map(|(_, width)| width).sum();
        self.size(page).0.saturating_sub(sides).max(4_000)
    }

    /// Whether a template says what stands at the foot of pages.
    pub fn has_feet(&self) -> bool {
        let is_foot = |edge: &Edge| edge.element == "w:footerReference" && !edge.is_first;
        self.edges.iter().any(is_foot)
    }

    /// Says that what stands above is on such pages, with `footer` at their foot where no template has
    /// one. What a template has on its first page stands on the first page alone. The order of the
    /// elements is the standard's.
    pub fn section(
        &self,
        xml: &mut Xml,
        page: Orientation,
        footer: &str,
        is_first: bool,
    ) -> io::Result<()> {
        let (width, height) = self.size(page);
        let (width, height) = (width.to_string(), height.to_string());
        let edges = self.edges.iter().filter(|edge| is_first || !edge.is_first);
        xml::within(xml, "w:sectPr", |xml| {
            for edge in edges.clone() {
                let pages = if edge.is_first { "first" } else { "default" };
                let reference = [("w:type", pages), ("r:id", edge.part.as_str())];
                xml::leaf(xml, edge.element, &reference)?;
            }
            if !self.has_feet() {
                let reference = [("w:type", "default"), ("r:id", footer)];
                xml::leaf(xml, "w:footerReference", &reference)?;
            }
            xml::value(xml, "w:type", "nextPage")?;
            let mut size = vec![("w:w", width.as_str()), ("w:h", &height)];
            if page == Orientation::Landscape {
                size.push(("w:orient", "landscape"));
            }
            xml::leaf(xml, "w:pgSz", &size)?;
            let widths = self
                .margins
                .iter()
                .map(|(name, width)| (*name, width.to_string()));
            let widths: Vec<(&str, String)> = widths.collect();
            let margins = widths.iter().map(|(name, width)| (*name, width.as_str()));
            xml::leaf(xml, "w:pgMar", &margins.collect::<Vec<_>>())?;
            if edges.clone().any(|edge| edge.is_first) {
                xml::leaf(xml, "w:titlePg", &[])?;
            }
            Ok(())
        })
    }
}

impl Orientation {
    /// As much of a title as fits beside the page's number.
    fn cut(self, title: &str) -> String {
        let most = match self {
            Orientation::Portrait => 100,
            Orientation::Landscape => 160,
        };
        if title.chars().count() > most {
            title.chars().take(most - 1).chain(['…']).collect()
        } else {
            title.to_owned()
        }
    }
}

/// The paper's title, and which page of how many.
pub fn footer(title: &str, sheet: &PageSetup, page: Orientation) -> io::Result<Vec<u8>> {
    let mut xml = xml::part();
    xml::with(&mut xml, "w:ftr", xml::SPACES, |xml| {
        xml::within(xml, "w:p", |xml| {
            xml::within(xml, "w:pPr", |xml| {
                xml::value(xml, "w:pStyle", "Footer")?;
                let edge = sheet.room(page).to_string();
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
