//! Every format of every paper holds the same facts: what stands in the cells of its tables, read back
//! from each format by other means than those that wrote it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use crate::support::{Estate, repository, run_in};
use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

/// The kinds of `plan report`, as its help lists them.
fn kinds() -> Vec<String> {
    let help = run_in(&repository(), &["report", "--help"]).out;
    let listed = help.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix("- ")?.split_once(':')?;
        Some(name.to_owned())
    });
    let known = ["plan", "lscb", "wt2018", "care-act"];
    let kinds: Vec<String> = listed
        .filter(|name| !known.contains(&name.as_str()))
        .collect();
    // Formats are listed as well.
    let formats = ["text", "json", "sarif", "github", "junit"];
    kinds
        .into_iter()
        .take_while(|name| !formats.contains(&name.as_str()))
        .collect()
}

/// The bytes of a paper of the example board.
fn paper(kind: &str, ending: &str) -> Vec<u8> {
    let estate = Estate::of(&[]);
    let file = format!("paper.{ending}");
    let plans = repository().join("examples");
    let plans = plans.to_str().unwrap();
    let said = estate.run(&[
        "report",
        kind,
        "--plans",
        plans,
        "--as-of",
        "2026-03-04",
        "-o",
        &file,
    ]);
    assert_eq!(said.code, 0, "{kind} {ending}: {said:?}");
    std::fs::read(estate.dir.path().join(file)).unwrap()
}

/// A text with its spaces and line ends made one.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of a paper's tables that say something.
type Cells = BTreeSet<String>;

fn cells(texts: impl IntoIterator<Item = String>) -> Cells {
    let texts = texts.into_iter().map(|text| squeezed(&text));
    texts.filter(|text| !text.is_empty()).collect()
}

/// From CSV, with days as other formats write them. Running text stands in a column of its own.
fn from_csv(bytes: &[u8]) -> Cells {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().unwrap().clone();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        for (name, cell) in headers.iter().zip(&record) {
            if name != "section" && name != "text" {
                found.push(day(cell.strip_prefix('\'').unwrap_or(cell)));
            }
        }
    }
    cells(found)
}

/// What CSV says over its tables, in the headings that each row stands under and in its running text: Excel's list of
/// a plan's actions has columns of it.
fn over_tables(bytes: &[u8]) -> Cells {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().unwrap().clone();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        for (name, cell) in headers.iter().zip(&record) {
            match name {
                "section" => found.extend(cell.rsplit(" / ").next().map(str::to_owned)),
                "text" => found.extend(cell.strip_prefix("Outcomes: ").map(str::to_owned)),
                _ => {}
            }
        }
    }
    cells(found)
}

/// "2026-03-04" as "4 Mar 2026"; other texts as they are.
fn day(text: &str) -> String {
    match chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => day.format("%-d %b %Y").to_string(),
        Err(_) => text.to_owned(),
    }
}

fn from_markdown(bytes: &[u8]) -> Cells {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let rule = |line: &str| line.starts_with("| ---") || line.starts_with("| ---:");
        let heading = lines.get(number + 1).is_some_and(|next| rule(next));
        if !line.starts_with("| ") || rule(line) || heading {
            continue;
        }
        let inner = line.trim_start_matches("| ").trim_end_matches(" |");
        for cell in inner.replace(r"\|", "\u{1}").split(" | ") {
            let cell = cell.replace("<br>", " ").replace("**", "");
            let mut plain = String::new();
            let mut escaped = false;
            for c in cell.chars() {
                match c {
                    '\\' if !escaped => escaped = true,
                    '\u{1}' => plain.push('|'),
                    c => {
                        plain.push(c);
                        escaped = false;
                    }
                }
            }
            found.push(plain);
        }
    }
    cells(found)
}

fn from_xlsx(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.sheet_names();
    let mut found = Vec::new();
    // The first sheet holds the running text.
    for sheet in &sheets[1..] {
        let range = book.worksheet_range(sheet).unwrap();
        for row in range.rows().skip(1) {
            found.extend(row.iter().map(|cell| match cell {
                Data::DateTime(when) => {
                    let day = when.as_datetime().unwrap().date();
                    day.format("%-d %b %Y").to_string()
                }
                other => other.to_string(),
            }));
        }
    }
    cells(found)
}

/// The text of each cell of the tables of a Word document, heading rows left out.
fn from_docx(bytes: &[u8]) -> Cells {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut xml = String::new();
    let mut part = package.by_name("word/document.xml").unwrap();
    part.read_to_string(&mut xml).unwrap();
    let mut found = Vec::new();
    // A table without a heading row holds names with their texts.
    let tables =
        between(&xml, "<w:tbl>", "</w:tbl>").filter(|table| table.contains("<w:tblHeader"));
    for row in tables.flat_map(|table| between(table, "<w:tr>", "</w:tr>")) {
        if row.contains("<w:tblHeader") {
            continue;
        }
        let row = row
            .replace("<w:br/>", "<w:t>\n</w:t>")
            .replace("</w:p>", "<w:t>\n</w:t></w:p>");
        for cell in between(&row, "<w:tc>", "</w:tc>") {
            let texts = cell
                .replace("<w:t ", "<w:t>")
                .replace("xml:space=\"preserve\">", "");
            let texts = between(&texts, "<w:t>", "</w:t>").collect::<String>();
            found.push(unescaped(&texts));
        }
    }
    cells(found)
}

fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    let parts = text.split(start).skip(1);
    parts.filter_map(move |part| part.split(end).next())
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
    ];
    let plain = pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    plain.replace("&amp;", "&")
}

/// The text of an HTML page, without its style and its pictures.
fn page_text(bytes: &[u8]) -> String {
    let html = String::from_utf8(bytes.to_vec()).unwrap();
    let mut text = String::new();
    let mut rest = html.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let skip = ["style>", "style ", "svg ", "svg>"]
            .iter()
            .find(|name| tag.starts_with(**name));
        rest = match skip {
            Some(name) => {
                let end = format!("</{}>", name.trim_end_matches(['>', ' ']));
                tag.split_once(end.as_str()).map_or("", |(_, rest)| rest)
            }
            None => tag.split_once('>').map_or("", |(_, rest)| rest),
        };
    }
    squeezed(&unescaped(&text))
}

/// Figures as a workbook holds them: numbers, of which the cell's format says how they are written.
fn as_numbers(facts: &Cells) -> Cells {
    let number = |fact: &String| match fact.parse::<f64>() {
        Ok(number) if fact.contains('.') => number.to_string(),
        _ => fact.clone(),
    };
    facts.iter().map(number).collect()
}

/// The cells of a page, on which two columns may stand as one, and what nearly no row has in a line of the row's words
/// with its label: each by itself, as the table of `facts` has them.
fn apart(found: Cells, facts: &Cells) -> Cells {
    const BETWEEN: [&str; 6] = [
        "/ ",
        "– measures ",
        "Impact: ",
        "Measure: ",
        "Evidence: ",
        "Requested: ",
    ];
    fn parts(cell: &str, facts: &Cells) -> Option<Vec<String>> {
        if facts.contains(cell) {
            return Some(vec![cell.to_owned()]);
        }
        cell.match_indices(' ').rev().find_map(|(at, _)| {
            let rest = &cell[at + 1..];
            let after = BETWEEN
                .iter()
                .find_map(|between| rest.strip_prefix(between));
            facts.contains(&cell[..at]).then_some(())?;
            let mut all = parts(after.unwrap_or(rest), facts)?;
            all.push(cell[..at].to_owned());
            Some(all)
        })
    }
    let cells = found.into_iter();
    let cells = cells.flat_map(|cell| parts(&cell, facts).unwrap_or_else(|| vec![cell]));
    cells.collect()
}

/// Fails with what one has and the other has not.
fn same(found: Cells, facts: &Cells, paper: &str) {
    let more: Vec<&String> = found.difference(facts).take(9).collect();
    let less: Vec<&String> = facts.difference(&found).take(9).collect();
    assert!(
        more.is_empty() && less.is_empty(),
        "{paper} has {more:?} and lacks {less:?}"
    );
}

#[test]
fn the_tables_of_a_paper_say_the_same_in_every_format() {
    let kinds = kinds();
    assert!(kinds.len() >= 12, "{kinds:?}");
    for kind in kinds {
        let facts = from_csv(&paper(&kind, "csv"));
        assert!(facts.len() > 5, "{kind} has nothing to say");
        same(
            apart(from_markdown(&paper(&kind, "md")), &facts),
            &facts,
            &format!("{kind} as Markdown"),
        );
        let over = over_tables(&paper(&kind, "csv"));
        same(
            (from_xlsx(&paper(&kind, "xlsx")).difference(&over).cloned()).collect(),
            &as_numbers(&facts.difference(&over).cloned().collect()),
            &format!("{kind} as Excel"),
        );
        same(
            apart(from_docx(&paper(&kind, "docx")), &facts),
            &facts,
            &format!("{kind} as Word"),
        );
        let page = page_text(&paper(&kind, "html"));
        let text = squeezed(&String::from_utf8(paper(&kind, "txt")).unwrap());
        let letters = |text: &str| text.replace(char::is_whitespace, "");
        let (page, text) = (letters(&page), letters(&text));
        for fact in &facts {
            let own = letters(fact);
            assert!(page.contains(&own), "{kind} as HTML lacks {fact:?}");
            // On the terminal the lines of neighbouring cells stand side by side.
            let words: Vec<&str> = fact.split(' ').collect();
            assert!(
                words.iter().all(|word| text.contains(word)),
                "{kind} as text lacks {fact:?}"
            );
        }
    }
}

/// Every text and figure of a JSON answer.
fn scalars(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => {
            found.insert(number.as_f64().unwrap().to_string());
        }
        Value::String(text) => {
            found.insert(squeezed(&day(text)));
        }
        Value::Array(items) => items.iter().for_each(|item| scalars(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| scalars(field, found)),
    }
}

#[test]
fn the_days_and_ids_of_a_papers_tables_are_in_its_json() {
    for kind in kinds() {
        let json: Value = serde_json::from_slice(&paper(&kind, "json")).unwrap();
        assert_eq!(json["kind"], kind.as_str());
        assert_eq!(json["as_of"], "2026-03-04");
        let mut known = BTreeSet::new();
        scalars(&json, &mut known);
        let dated = |text: &str| chrono::NaiveDate::parse_from_str(text, "%d %b %Y").is_ok();
        let id =
            |text: &str| text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || c == '.');
        for fact in from_csv(&paper(&kind, "csv")) {
            let figure = fact.parse::<f64>().map(|figure| figure.to_string());
            let has = known.contains(&fact) || figure.is_ok_and(|figure| known.contains(&figure));
            if dated(&fact) || id(&fact) {
                assert!(has, "{kind}: {fact:?} is not in the JSON");
            }
        }
    }
}
