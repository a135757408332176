//! A board's own Word file as the look of ours: its fonts and styles, its sheet and margins, and what
//! stands at the head and the foot of its pages. Its text is not read.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::pages::{Edge, PageSetup};
use crate::office::Refusal;
use crate::office::package::Package;
use crate::office::xml::{self, Attributes, XmlEvent};

pub const STYLES: &str = include_str!("parts/styles.xml");

/// A part that the body names.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The id by which the body refers to the part.
    pub id: String,
    /// The kind of part: `footer`, `chart`.
    pub kind: &'static str,
    /// Its name below `word/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Linked {
    pub fn new(id: &str, kind: &'static str, name: &str, bytes: Vec<u8>) -> Linked {
        Linked {
            id: id.to_owned(),
            kind,
            name: name.to_owned(),
            bytes,
        }
    }

    pub fn content_type(&self) -> String {
        let family = "application/vnd.openxmlformats-officedocument";
        match self.kind {
            "chart" => format!("{family}.drawingml.chart+xml"),
            "theme" => format!("{family}.theme+xml"),
            kind => format!("{family}.wordprocessingml.{kind}+xml"),
        }
    }
}

/// What is taken from a board's file.
#[derive(Clone, Debug)]
pub struct Template {
    pub sheet: PageSetup,
    /// The part with its styles, and those of ours that it lacks.
    pub styles: String,
    /// Parts that the body names: its theme, its heads and feet.
    pub linked: Vec<Linked>,
    /// Parts that the linked parts refer to in their turn, such as pictures: their paths and contents.
    pub others: Vec<(String, Vec<u8>)>,
    /// Endings of pictures, and what each is.
    pub endings: Vec<(String, String)>,
}

/// Styles that stay ours, whatever a template has under their names: what lists and tables need.
const OURS: [&str; 10] = [
    "ListBullet",
    "Notice",
    "Code",
    "TableText",
    "TableHeading",
    "FactText",
    "Remark",
    "Gap",
    "Figures",
    "Facts",
];

const DOCUMENT: &str = "word/document.xml";

/// Reads a template. Errors: no Word file, damaged, with macros or a password.
pub fn read(bytes: &[u8], name: &str) -> Result<Template, Refusal> {
    let mut package = Package::open(bytes, name)?;
    if !package.has(DOCUMENT) {
        return Err(format!(
            "{name} is no Word document: it has no {DOCUMENT}; open it in Word and save it as .docx"
        )
        .into());
    }
    package.check_types()?;
    let relations = relations(&mut package, DOCUMENT)?;
    let mut template = Template {
        sheet: PageSetup::default(),
        styles: STYLES.to_owned(),
        linked: Vec::new(),
        others: Vec::new(),
        endings: endings(&mut package)?,
    };
    template.take_sheet(&mut package)?;
    for relation in &relations {
        let part = relation.part_beside(DOCUMENT);
        match relation.kind.as_str() {
            "styles" => template.styles = merged(&package.part(&part)?, &part)?,
            "theme" => {
                let bytes = package.bytes(&part)?;
                template.link("template-theme", "theme", "theme/theme1.xml", bytes);
            }
            _ => {}
        }
    }
    template.take_edges(&mut package, &relations)?;
    Ok(template)
}

impl Template {
    fn link(&mut self, id: &str, kind: &'static str, name: &str, bytes: Vec<u8>) {
        self.linked.push(Linked::new(id, kind, name, bytes));
    }

    /// The sheet of the last section, which is that of the whole of a short file, and which heads and feet
    /// it names.
    fn take_sheet(&mut self, package: &mut Package) -> Result<(), Refusal> {
        let text = package.part(DOCUMENT)?;
        let sheet = &mut self.sheet;
        let mut has_first = false;
        xml::walk(&text, DOCUMENT, |event| {
            match event {
                XmlEvent::Start("sectPr", _) => {
                    sheet.edges.clear();
                    has_first = false;
                }
                XmlEvent::Start("pgSz", attributes) => take_size(sheet, attributes),
                XmlEvent::Start("pgMar", attributes) => {
                    for (name, width) in &mut sheet.margins {
                        let named = name.trim_start_matches("w:");
                        // A margin below nothing is how Word says that text may overlap the head.
                        let value = attributes
                            .get(named)
                            .and_then(|text| text.parse::<i64>().ok());
                        *width = value.map_or(*width, |value| value.unsigned_abs() as u32);
                    }
                }
                XmlEvent::Start("titlePg", attributes) => has_first = attributes.is_on(),
                XmlEvent::Start("headerReference", attributes) => {
                    take_edge(sheet, "w:headerReference", attributes);
                }
                XmlEvent::Start("footerReference", attributes) => {
                    take_edge(sheet, "w:footerReference", attributes);
                }
                _ => {}
            }
            Ok(())
        })?;
        sheet.edges.retain(|edge| has_first || !edge.is_first);
        Ok(())
    }

    /// The parts of the heads and feet, under names of their own, and the pictures in them.
    fn take_edges(&mut self, package: &mut Package, all: &[Relation]) -> Result<(), Refusal> {
        let mut edges = std::mem::take(&mut self.sheet.edges);
        let mut copied = BTreeSet::new();
        for (number, edge) in edges.iter_mut().enumerate() {
            let Some(relation) = all.iter().find(|relation| relation.id == edge.part) else {
                edge.part.clear();
                continue;
            };
            let kind = if edge.element == "w:headerReference" {
                "header"
            } else {
                "footer"
            };
            let part = relation.part_beside(DOCUMENT);
            let name = format!("template-{kind}{}.xml", number + 1);
            edge.part = format!("template-{kind}{}", number + 1);
            let bytes = package.bytes(&part)?;
            self.link(&edge.part, kind, &name, bytes);
            let links = links_of(&part);
            if !package.has(&links) {
                continue;
            }
            for relation in relations(package, &part)? {
                let target = relation.part_beside(&part);
                if !relation.is_outside && package.has(&target) && copied.insert(target.clone()) {
                    let bytes = package.bytes(&target)?;
                    self.others.push((target, bytes));
                }
            }
            let bytes = package.bytes(&links)?;
            self.others.push((format!("word/_rels/{name}.rels"), bytes));
        }
        edges.retain(|edge| !edge.part.is_empty());
        self.sheet.edges = edges;
        Ok(())
    }
}

fn take_size(sheet: &mut PageSetup, attributes: &Attributes) {
    let side = |name| attributes.number(name).map(|side| side as u32);
    // Nothing is printed on sheets of other sizes than these: 5 cm to 60 cm.
    let is_sheet = |side: &u32| (2_800..34_000).contains(side);
    let (width, height) = (side("w").filter(is_sheet), side("h").filter(is_sheet));
    if let (Some(width), Some(height)) = (width, height) {
        (sheet.short, sheet.long) = (width.min(height), width.max(height));
    }
}

fn take_edge(sheet: &mut PageSetup, element: &'static str, attributes: &Attributes) {
    let pages = attributes.get("type").unwrap_or_default();
    if let (Some(part), "default" | "first") = (attributes.get("id"), pages.as_str()) {
        sheet.edges.push(Edge {
            element,
            is_first: pages == "first",
            part,
        });
    }
}

/// What a part names.
struct Relation {
    id: String,
    /// The last word of its type: `header`, `image`.
    kind: String,
    target: String,
    /// Whether it is no part of the file.
    is_outside: bool,
}

impl Relation {
    /// The whole name of the part that is named from another.
    fn part_beside(&self, part: &str) -> String {
        if let Some(whole) = self.target.strip_prefix('/') {
            return whole.to_owned();
        }
        let mut folders: Vec<&str> = part.split('/').collect();
        folders.pop();
        for step in self.target.split('/') {
            match step {
                ".." => {
                    folders.pop();
                }
                "." => {}
                step => folders.push(step),
            }
        }
        folders.join("/")
    }
}

/// The name of the part that says what a part names.
fn links_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels")
}

fn relations(package: &mut Package, part: &str) -> Result<Vec<Relation>, Refusal> {
    let links = links_of(part);
    let text = package.part(&links)?;
    let mut relations = Vec::new();
    xml::walk(&text, &links, |event| {
        if let XmlEvent::Start("Relationship", attributes) = event {
            let get = |name| attributes.get(name).unwrap_or_default();
            let kind = get("Type");
            relations.push(Relation {
                id: get("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: get("Target"),
                is_outside: get("TargetMode") == "External",
            });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The endings of parts that are no XML, as the file's own list has them.
fn endings(package: &mut Package) -> Result<Vec<(String, String)>, Refusal> {
    let part = "[Content_Types].xml";
    let text = package.part(part)?;
    let mut endings = Vec::new();
    xml::walk(&text, part, |event| {
        if let XmlEvent::Start("Default", attributes) = event {
            let get = |name| attributes.get(name).unwrap_or_default();
            let (ending, kind) = (get("Extension"), get("ContentType"));
            if !matches!(ending.as_str(), "xml" | "rels" | "") {
                endings.push((ending, kind));
            }
        }
        Ok(())
    })?;
    Ok(endings)
}

/// A style of a part, as it stands there.
struct TemplateStyle<'x> {
    id: String,
    /// Its name, in lower case: `heading 1`, in whatever language the file is.
    name: String,
    kind: String,
    text: &'x str,
}

/// A template's styles with those of ours that it lacks. One that it has under another id, because its
/// Word spoke another language, gets ours as a second id.
fn merged(theirs: &str, part: &str) -> Result<String, Refusal> {
    let ours = styles(STYLES, "our styles")?;
    let mut all = theirs.to_owned();
    let found = styles(theirs, part)?;
    for style in &found {
        if OURS.contains(&style.id.as_str()) || style.name == "list bullet" {
            all = all.replacen(style.text, "", 1);
        }
    }
    let mut added = String::new();
    for style in &ours {
        let stays = OURS.contains(&style.id.as_str());
        let same = found.iter().filter(|_| !stays);
        let same: Vec<&TemplateStyle> = same.filter(|other| other.name == style.name).collect();
        if !stays && found.iter().any(|other| other.id == style.id) {
            continue;
        }
        match same.first() {
            Some(other) if style.kind == "paragraph" => added.push_str(&format!(
                "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{} (plan)\"/>\
                 <w:basedOn w:val=\"{}\"/></w:style>",
                style.id, style.name, other.id
            )),
            // A second default style would be an error.
            _ => added.push_str(&style.text.replace(" w:default=\"1\"", "")),
        }
    }
    let Some(end) = all.rfind("</w:styles>") else {
        return Err(
            format!("{part} is damaged: it has no end; open the file and save it again").into(),
        );
    };
    all.insert_str(end, &added);
    Ok(all)
}

/// The styles of a part.
fn styles<'x>(text: &'x str, part: &str) -> Result<Vec<TemplateStyle<'x>>, Refusal> {
    let broken = || {
        Refusal(format!(
            "{part} is damaged: it is not XML; open the file and save it again"
        ))
    };
    let value = |start: &quick_xml::events::BytesStart, name: &str| {
        let found = start.attributes().flatten();
        let found = found
            .into_iter()
            .find(|attribute| attribute.key.as_ref() == name);
        found.map_or_else(String::new, |attribute| attribute.value.to_string())
    };
    let mut reader = Reader::from_str(text);
    let mut styles: Vec<TemplateStyle> = Vec::new();
    let mut open: Option<(usize, String, String, String)> = None;
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) if start.name().as_ref() == "w:style" => {
                let (id, kind) = (value(&start, "w:styleId"), value(&start, "w:type"));
                open = Some((before, id, kind, String::new()));
            }
            Event::Empty(start) if start.name().as_ref() == "w:name" => {
                if let Some((.., name)) = &mut open {
                    *name = value(&start, "w:val").to_lowercase();
                }
            }
            Event::End(end) if end.name().as_ref() == "w:style" => {
                let after = reader.buffer_position() as usize;
                if let Some((first, id, kind, name)) = open.take() {
                    styles.push(TemplateStyle {
                        id,
                        name,
                        kind,
                        text: text.get(first..after).unwrap_or_default(),
                    });
                }
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_templates_styles_win_and_ours_fill_the_rest() {
        let theirs = "<w:styles><w:docDefaults/>\
            <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:qFormat/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/></w:style>\
            </w:styles>";
        let merged = merged(theirs, "styles.xml").unwrap();
        let count = |id: &str| merged.matches(&format!("w:styleId=\"{id}\"")).count();
        for id in [
            "Heading1",
            "Heading2",
            "Heading3",
            "ListBullet",
            "TableText",
            "Figures",
            "Normal",
        ] {
            assert_eq!(count(id), 1, "{id}");
        }
        // Theirs stays as it is, one in another language is what ours is based on.
        assert!(
            merged.contains("w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:qFormat/>")
        );
        assert!(merged.contains("<w:basedOn w:val=\"berschrift2\"/>"));
        // Lists keep our bullets, and only one style is the default of its kind.
        assert!(merged.contains("<w:numId w:val=\"901\"/>"));
        assert_eq!(merged.matches("w:default=\"1\"").count(), 1);
        assert!(merged.ends_with("</w:styles>"));
    }

    #[test]
    fn a_part_is_found_from_the_part_that_names_it() {
        let relation = |target: &str| Relation {
            id: String::new(),
            kind: String::new(),
            target: target.into(),
            is_outside: false,
        };
        let from = |target| relation(target).part_beside("word/header1.xml");
        assert_eq!(from("media/logo.png"), "word/media/logo.png");
        assert_eq!(from("/word/media/logo.png"), "word/media/logo.png");
        assert_eq!(from("../customXml/item1.xml"), "customXml/item1.xml");
    }
}
