//! Word, Excel and CSV as other programs find them: the parts of the files, and what they say.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use tempfile::TempDir;

use crate::support::{repository, run_in, words};

/// Runs a command that writes a file, and gives the file's bytes.
fn written(arguments: &str, file: &Path) -> Vec<u8> {
    let arguments = format!("{arguments} -o {}", file.display());
    let arguments = words(&arguments);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = run_in(&repository(), &arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    std::fs::read(file).expect("the file")
}

/// A part of an office file; empty where it has none of this name.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut text = String::new();
    if let Ok(mut part) = archive.by_name(name) {
        part.read_to_string(&mut text).expect("a text");
    }
    text
}

/// The values of an attribute, in their order.
fn values<'x>(xml: &'x str, attribute: &str) -> Vec<&'x str> {
    let begin = format!(" {attribute}=\"");
    let found = xml.split(&begin).skip(1);
    found.map(|rest| rest.split('"').next().unwrap()).collect()
}

const EXAMPLE: &str = "--plans examples --as-of 2026-03-04";
const HARTLEPOOL: &str = "--plans plans --board hartlepool --as-of 2018-05-01";

#[test]
fn every_drawing_in_word_says_what_it_shows() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("status.docx");
    let body = part(
        &written(&format!("status {HARTLEPOOL}"), &file),
        "word/document.xml",
    );
    // The three priorities of the worked example: 4, 4 and 1 red of 17, 14 and 18.
    for bar in ["4 red, 13 amber", "4 red, 10 amber", "1 red, 17 amber"] {
        assert!(values(&body, "descr").contains(&bar), "{bar}");
    }
    let file = folder.path().join("indicators.docx");
    let paper = written(&format!("report indicators {EXAMPLE}"), &file);
    let body = part(&paper, "word/document.xml");
    let drawings = body.matches("<wp:docPr ").count();
    let told = values(&body, "descr");
    assert_eq!(drawings, told.len());
    assert!(told.iter().all(|words| !words.is_empty()), "{told:?}");
    let mut ids = values(&body, "id");
    ids.sort_unstable();
    ids.dedup();
    let shapes = body.matches("<wps:cNvPr ").count();
    assert_eq!(
        ids.len(),
        drawings + shapes,
        "each drawing has a number of its own"
    );
    // A chart is a part that the file names, and holds its figures.
    let relations = part(&paper, "word/_rels/document.xml.rels");
    assert!(relations.contains("Target=\"charts/chart1.xml\""));
    assert!(part(&paper, "[Content_Types].xml").contains("/word/charts/chart1.xml"));
    let chart = part(&paper, "word/charts/chart1.xml");
    assert!(chart.contains("<c:numLit>"));
    // Eleven quarters, of which every third is named: so many fit beside each other in every program.
    let names = chart.split("<c:strLit>").nth(1).unwrap();
    let names = names.split("</c:strLit>").next().unwrap();
    assert!(names.contains("<c:ptCount val=\"11\"/>"), "{names}");
    assert_eq!(names.matches("<c:pt ").count(), 4, "{names}");
}

/// The sections of a Word paper: the titles on the pages of each, and what stands at their foot.
fn sections(arguments: &str) -> Vec<(Vec<String>, String)> {
    let folder = TempDir::new().unwrap();
    let paper = written(arguments, &folder.path().join("paper.docx"));
    let body = part(&paper, "word/document.xml");
    let text = |run: &str| -> String {
        let text = run.split("xml:space=\"preserve\">").nth(1).unwrap();
        text.split('<').next().unwrap().to_owned()
    };
    let mut sections = Vec::new();
    let mut begins = 0;
    for (number, (end, _)) in body.match_indices("<w:sectPr>").enumerate() {
        let footer = format!("footer{}", number + 1);
        let section = body[end..].split("</w:sectPr>").next().unwrap();
        assert!(section.contains(&format!("r:id=\"{footer}\"")), "{section}");
        let titles = body[begins..end].split("<w:pStyle w:val=\"Title\"/>");
        let foot = text(&part(&paper, &format!("word/{footer}.xml")));
        sections.push((titles.skip(1).map(text).collect(), foot));
        begins = end;
    }
    sections
}

#[test]
fn every_foot_names_the_plan_that_its_pages_are_of() {
    let mut last = String::new();
    let (mut alone, mut shared) = (0, 0);
    for (titles, foot) in sections(&format!("report work-plan {EXAMPLE}")) {
        match &titles[..] {
            // The pages go on with the plan before.
            [] => assert_eq!(foot, last),
            [only] => {
                assert_eq!(&foot, only);
                alone += 1;
            }
            // Of several plans all have the foot's words in their titles, and then the plan's.
            several => {
                for title in several {
                    let plan = title.strip_prefix(&format!("{foot} · ")).expect(title);
                    assert!(!plan.contains(" · "), "{title}: {foot}");
                }
                shared += 1;
            }
        }
        last = titles.last().cloned().unwrap_or(last);
    }
    // The business plan alone; the subgroup's, the meetings' actions and the beginning of the old plan together.
    assert_eq!((alone, shared), (1, 1));
}

#[test]
fn two_boards_never_share_a_page() {
    for kind in ["work-plan", "exceptions", "challenges", "threads"] {
        let sections = sections(&format!("report {kind} --plans plans --as-of 2018-05-01"));
        let titles: Vec<usize> = sections.iter().map(|(titles, _)| titles.len()).collect();
        // Hampshire's and Hartlepool's.
        assert_eq!(titles.iter().sum::<usize>(), 2, "{kind}: {sections:?}");
        assert!(
            titles.iter().all(|&count| count <= 1),
            "{kind}: {sections:?}"
        );
    }
}

#[test]
fn running_text_is_set_in_11_points_and_tables_in_no_less_than_10() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("status.docx");
    let styles = part(
        &written(&format!("status {HARTLEPOOL}"), &file),
        "word/styles.xml",
    );
    let size = |id: &str| -> usize {
        let style = styles.split(&format!("w:styleId=\"{id}\"")).nth(1).unwrap();
        let style = style.split("</w:style>").next().unwrap();
        let own = values(style, "w:val");
        let at = style.find("<w:sz ").map(|at| &style[at..]);
        assert!(!own.is_empty());
        at.map_or(22, |rest| values(rest, "w:val")[0].parse().unwrap())
    };
    assert!(styles.contains("<w:rPrDefault>") && styles.contains("<w:sz w:val=\"22\"/>"));
    assert!(size("BodyText") >= 22 && size("FactText") >= 22 && size("ListBullet") >= 22);
    assert!(size("TableText") >= 20);
}

/// A board's own Word file: a header with a picture, a serif, wide margins.
fn letterhead() -> Vec<u8> {
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/></Types>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body><w:p/><w:sectPr>\
             <w:headerReference w:type=\"default\" r:id=\"rId7\"/>\
             <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
             <w:pgMar w:top=\"2000\" w:right=\"1500\" w:bottom=\"1400\" w:left=\"1600\" w:header=\"700\" \
             w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/styles\" Target=\"styles.xml\"/>\
             <Relationship Id=\"rId7\" Type=\"x/header\" Target=\"header1.xml\"/></Relationships>",
        ),
        (
            "word/styles.xml",
            "<w:styles xmlns:w=\"w\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Garamond\"/>\
             </w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" \
             w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>",
        ),
        (
            "word/header1.xml",
            "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>Testshire Safeguarding Adults Board</w:t></w:r></w:p></w:hdr>",
        ),
        (
            "word/_rels/header1.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/image\" Target=\"media/logo.png\"/></Relationships>",
        ),
        ("word/media/logo.png", "not really a picture"),
    ];
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        file.start_file(name, options).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn a_paper_takes_the_look_of_the_boards_own_file() {
    let folder = TempDir::new().unwrap();
    let reference = folder.path().join("letterhead.docx");
    std::fs::write(&reference, letterhead()).unwrap();
    let like = format!("--reference-docx {}", reference.display());
    let file = folder.path().join("paper.docx");
    let paper = written(&format!("status {HARTLEPOOL} {like}"), &file);
    let styles = part(&paper, "word/styles.xml");
    assert!(styles.contains("Garamond"), "its fonts");
    assert!(styles.contains("w:styleId=\"TableText\""), "and our tables");
    let body = part(&paper, "word/document.xml");
    assert!(
        body.contains("w:left=\"1600\"") && body.contains("w:top=\"2000\""),
        "its margins"
    );
    let header = values(&body, "r:id")[0];
    let relations = part(&paper, "word/_rels/document.xml.rels");
    let link = relations
        .split("<Relationship ")
        .find(|link| link.contains(&format!("\"{header}\"")));
    let target = values(link.expect("a link to the header"), "Target")[0];
    let text = part(&paper, &format!("word/{target}"));
    assert!(
        text.contains("Testshire Safeguarding Adults Board"),
        "its header: {text}"
    );
    assert!(part(&paper, &format!("word/_rels/{target}.rels")).contains("media/logo.png"));
    assert_eq!(part(&paper, "word/media/logo.png"), "not really a picture");
    assert!(part(&paper, "[Content_Types].xml").contains("image/png"));
    // It has no foot, so the pages keep ours.
    assert!(part(&paper, "word/footer1.xml").contains("Work Plan 2017-19"));
    // The columns of tables fit between its margins, also where a page lies on its side: 16838 less 1600
    // and 1500.
    for table in body.split("<w:tblW w:w=\"").skip(1) {
        let width: u32 = table.split('"').next().unwrap().parse().unwrap();
        assert!(width <= 16_838 - 1_600 - 1_500, "{width}");
    }
}

#[test]
fn what_is_no_template_is_refused_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("notes.docx");
    std::fs::write(&text, "no Word file").unwrap();
    let file = folder.path().join("paper.docx");
    let run = |arguments: &str| {
        let arguments = words(arguments);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run_in(&repository(), &arguments)
    };
    let ran = run(&format!(
        "status {HARTLEPOOL} --reference-docx {} -o {}",
        text.display(),
        file.display()
    ));
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("notes.docx") && ran.err.contains("open it and save it again"),
        "{}",
        ran.err
    );
    assert!(!file.exists());
    let ran = run(&format!(
        "status {HARTLEPOOL} -O html --reference-docx {}",
        text.display()
    ));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("-o FILE.docx"), "{}", ran.err);
}

#[test]
fn a_workbook_opens_with_a_summary_that_links_and_draws() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("status.xlsx");
    let book = written(&format!("status {HARTLEPOOL}"), &file);
    let sheets = part(&book, "xl/workbook.xml");
    assert_eq!(values(&sheets, "name")[0], "Summary");
    let summary = part(&book, "xl/worksheets/sheet1.xml");
    let links = values(&summary, "location");
    let tables = sheets.matches("<sheet ").count() - 1;
    assert_eq!(
        links.len(),
        tables,
        "a link to each table's sheet: {links:?}"
    );
    // The counts are drawn on the summary and below their table, from the cells of that table.
    for chart in ["xl/charts/chart1.xml", "xl/charts/chart2.xml"] {
        let chart = part(&book, chart);
        assert!(chart.contains("<c:grouping val=\"stacked\"/>"));
        assert_eq!(chart.matches("<c:ser>").count(), 5, "five ratings");
    }
    let drawing = part(&book, "xl/drawings/drawing1.xml");
    assert!(
        values(&drawing, "descr")[0].contains("4 red, 13 amber"),
        "{drawing}"
    );
    for number in 1..=tables + 1 {
        let sheet = part(&book, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(sheet.contains("paperSize=\"9\""), "A4");
        assert_eq!(number > 1, sheet.contains("<autoFilter "), "sheet {number}");
    }
    // What people sort and filter, a row for each action, comes before the counts.
    let second = part(&book, "xl/worksheets/sheet2.xml");
    assert_eq!(
        second.matches("<row ").count(),
        10,
        "the nine that are overdue, and headings"
    );
}

#[test]
fn csv_in_a_file_opens_right_in_excel_and_in_a_pipe_has_no_mark() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("list.csv");
    let bytes = written(&format!("list {HARTLEPOOL}"), &file);
    assert!(bytes.starts_with(b"\xEF\xBB\xBFsection,"));
    let arguments = format!("list {HARTLEPOOL} -O csv");
    let arguments = words(&arguments);
    let piped = run_in(
        &repository(),
        &arguments.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert!(piped.out.starts_with("section,"));
    assert_eq!(piped.out.as_bytes(), &bytes[3..]);
}

#[test]
fn a_text_of_several_lines_has_a_row_as_high_on_the_first_sheet() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("plan.xlsx");
    let ask = "report work-plan --plans plans --board hampshire --as-of 2019-10-01";
    let book = written(ask, &file);
    let strings = part(&book, "xl/sharedStrings.xml");
    let strings: Vec<&str> = strings.split("<si>").skip(1).collect();
    let summary = part(&book, "xl/worksheets/sheet1.xml");
    let mut seen = 0;
    for row in summary.split("<row ").skip(1) {
        let shown = row.split("<v>").skip(1).filter_map(|value| {
            let number: usize = value.split('<').next()?.parse().ok()?;
            strings.get(number)
        });
        // What ratings mean stands in two lines, one below the other; a line is 13 points high.
        let lines = shown.map(|text| text.matches('\n').count() + 1).max();
        if let Some(lines) = lines.filter(|&lines| lines >= 2) {
            let height: f64 = values(&format!(" {row}"), "ht")[0].parse().unwrap();
            assert!(height >= 13.0 * lines as f64, "{height} points");
            seen += 1;
        }
    }
    assert!(seen >= 1, "{summary}");
}
