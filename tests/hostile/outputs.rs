//! What no output may hold, whatever stands in the files.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::support::Said;

/// What the attacks put into words, and what must not be left of it.
pub const MARKUP: &str = "<script>alert(1)</script>";

/// A character that a terminal obeys, or by which a text reads otherwise than it is.
fn is_hidden(c: char) -> bool {
    let is_control = c.is_control() && c != '\n';
    let is_bidirectional =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || is_bidirectional
}

fn format<'c>(command: &'c [&str]) -> &'c str {
    let at = command.iter().position(|word| *word == "-O");
    at.map_or("text", |at| command[at + 1])
}

/// Holds that an answer can do no harm where it is shown.
pub fn check(name: &str, command: &[&str], said: &Said) {
    let format = format(command);
    // Lines of these two end as their standards want.
    let out = if ["csv", "ics"].contains(&format) {
        said.out.replace("\r\n", "\n")
    } else {
        said.out.clone()
    };
    for text in [&out, &said.err] {
        let hidden = text
            .chars()
            .filter(|c| !(*c == '\u{feff}' && text.starts_with(*c)))
            .find(|c| is_hidden(*c));
        assert_eq!(hidden, None, "{name}, {command:?}: {text}");
    }
    match format {
        "html" => assert_harmless(name, command, &out),
        "markdown" => {
            assert!(
                !out.contains(MARKUP) && !out.replace("\\](", "").contains("](javascript:"),
                "{name}, {command:?}: {out}"
            );
        }
        "csv" => {
            let mut reader = csv::ReaderBuilder::new()
                .flexible(true)
                .has_headers(false)
                .from_reader(out.as_bytes());
            for cell in reader.records().flat_map(|record| {
                record
                    .expect("CSV")
                    .iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            }) {
                let first = cell.trim_start().chars().next();
                let is_number = cell.trim().parse::<f64>().is_ok();
                let obeyed = first.is_some_and(|c| "=+-@\t＝＋－＠".contains(c)) && !is_number;
                assert!(!obeyed, "{name}, {command:?}: {cell:?}");
            }
        }
        "json" | "sarif" => {
            assert!(
                serde_json::from_str::<serde_json::Value>(&out).is_ok() || out.is_empty(),
                "{name}, {command:?}: {out}"
            );
        }
        "github" => {
            let own = |line: &str| {
                line.starts_with("::error file=") || line.starts_with("::warning file=")
            };
            assert!(out.lines().all(own), "{name}, {command:?}: {out}");
        }
        "junit" => assert_well_formed(name, out.as_bytes()),
        "ics" => {
            let begins = out.lines().filter(|line| *line == "BEGIN:VEVENT").count();
            let ends = out.lines().filter(|line| *line == "END:VEVENT").count();
            assert_eq!(begins, ends, "{name}, {command:?}: {out}");
            assert!(
                out.lines().all(|line| !line.starts_with("ATTACH")),
                "{name}, {command:?}: {out}"
            );
        }
        _ => {}
    }
}

/// Holds that a page runs nothing and leads nowhere but to what a link says, as a browser would read it.
fn assert_harmless(name: &str, command: &[&str], page: &str) {
    for token in html5gum::Tokenizer::new(page).flatten() {
        let html5gum::Token::StartTag(tag) = token else {
            continue;
        };
        assert_ne!(
            tag.name.as_slice(),
            b"script",
            "{name}, {command:?}: {page}"
        );
        for (attribute, value) in &tag.attributes {
            assert!(
                !attribute.starts_with(b"on"),
                "{name}, {command:?}: {attribute:?}"
            );
            let value = String::from_utf8_lossy(value).to_lowercase();
            assert!(
                !value.trim().starts_with("javascript:"),
                "{name}, {command:?}: {value}"
            );
        }
    }
}

fn assert_well_formed(name: &str, xml: &[u8]) {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}: {}", String::from_utf8_lossy(xml)),
        }
    }
}

/// Holds that a Word or Excel file is one, and has no formula, link to a program or field in it.
pub fn check_office(name: &str, path: &Path) {
    let Ok(file) = fs::File::open(path) else {
        return;
    };
    let mut archive = zip::ZipArchive::new(file).expect("a package");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut xml = Vec::new();
        part.read_to_end(&mut xml).expect("its bytes");
        let path = part.name().expect("its name").into_owned();
        if !(path.ends_with(".xml") || path.ends_with(".rels")) {
            continue;
        }
        assert_well_formed(name, &xml);
        let text = String::from_utf8_lossy(&xml);
        if path.starts_with("xl/worksheets/sheet") {
            assert!(!text.contains("<f>"), "{name}, {}: {text}", path);
        }
        assert!(
            !text.contains("w:instrText") || !text.contains("DDE"),
            "{name}, {}: {text}",
            path
        );
        assert!(
            !text.contains("javascript:") || !path.ends_with(".rels"),
            "{name}: {text}"
        );
    }
}
