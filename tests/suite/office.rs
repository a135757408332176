//! Word and Excel files and users' own templates: what holds of every file, whatever the paper says.
//! `tests/office.sh` reads the files back with other programs' readers.

use std::io::Read as _;

use crate::support::{Estate, repository, run_in};

const BOARD: &str = "board: Example Safeguarding Board\n";

const PLAN: &str = r#"
plan: Example Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect & <w:p/> "more"
    actions:
      - {id: 1.1, action: =1+1, timescale: April 2018}
      - {id: 1.2, action: <r>bold</r>, timescale: "http://example.org"}
      - {id: 1.3, action: "bell \a and \ufffe", timescale: May 2018}
"#;

fn board() -> Estate {
    Estate::of(&[("example/board.yaml", BOARD), ("example/plan.yaml", PLAN)])
}

/// A file that a command writes.
fn file(estate: &Estate, arguments: &[&str], name: &str) -> Vec<u8> {
    let said = estate.run(&[arguments, &["-o", name]].concat());
    assert!(said.code != 2 || said.err.is_empty(), "{said:?}");
    std::fs::read(estate.dir.path().join(name)).expect("the file")
}

/// A part of an office file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("text");
    text
}

const WORDS: &str = "word/document.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

#[test]
fn the_same_answer_is_the_same_file_byte_for_byte() {
    let estate = board();
    for name in ["a.docx", "a.xlsx"] {
        let first = file(&estate, &["report", "board"], name);
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(file(&estate, &["report", "board"], name), first, "{name}");
    }
}

#[test]
fn what_could_not_be_read_is_the_first_thing_said() {
    let estate = board();
    estate.write("example/broken.yaml", "updates: [");
    let sentence = "INCOMPLETE: plans/example/broken.yaml could not be read";
    let words = part(&file(&estate, &["report", "board"], "a.docx"), WORDS);
    let first = words.split("<w:t xml:space=\"preserve\">").nth(1).unwrap();
    assert!(first.starts_with(sentence), "{first}");
    let book = file(&estate, &["report", "board"], "a.xlsx");
    let first = part(&book, STRINGS);
    let first = first.split("<t>").nth(1).unwrap().to_owned();
    assert!(first.starts_with(sentence), "{first}");
    assert!(part(&book, "xl/worksheets/sheet1.xml").contains(r#"<c r="A1" s="1" t="s"><v>0</v>"#));
    assert_eq!(estate.run(&["report", "board", "-o", "b.docx"]).code, 2);
}

#[test]
fn text_is_data_in_word() {
    let words = part(&file(&board(), &["report", "work-plan"], "a.docx"), WORDS);
    assert!(words.contains("Neglect &amp; &lt;w:p/&gt; "));
    assert!(words.contains(r"bell \u{7} and \u{fffe}"));
}

#[test]
fn text_is_never_a_formula_a_link_or_markup_in_excel() {
    let book = file(&board(), &["report", "work-plan"], "a.xlsx");
    let strings = part(&book, STRINGS);
    assert!(strings.contains("<t>=1+1</t>"));
    assert!(strings.contains("&lt;r&gt;bold&lt;/r&gt; </t>"));
    assert!(strings.contains("<t>http://example.org</t>"));
    assert!(strings.contains(r"bell \u{7} and \u{fffe}"));
    let sheet = part(&book, "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"));
}

#[test]
fn a_table_of_word_repeats_its_headings_and_merges_its_cells() {
    let estate = Estate::real();
    let words = part(
        &file(
            &estate,
            &["report", "work-plan", "--board", "hartlepool"],
            "a.docx",
        ),
        WORDS,
    );
    // Hartlepool's plan has three priorities, each a table.
    assert_eq!(words.matches("<w:tblHeader/>").count(), 3);
    assert_eq!(words.matches(r#"<w:pStyle w:val="Title"/>"#).count(), 1);
    assert!(words.contains(r#"<w:vMerge w:val="restart"/>"#));
    // Its tables are wide, its introduction is not.
    assert!(words.contains(r#"w:orient="landscape""#));
    assert!(words.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
}

#[test]
fn days_and_figures_are_such_in_excel() {
    let book = file(&board(), &["export"], "a.xlsx");
    let sheet = part(&book, "xl/worksheets/sheet2.xml");
    // 30 April 2018 is day 43220 of Excel's calendar: 43,100 is 31 December 2017, and 120 days on.
    assert!(sheet.contains("<v>43220</v>"), "{sheet}");
    assert!(sheet.contains("<autoFilter ") && sheet.contains(r#"state="frozen""#));
}

#[test]
fn an_office_file_does_not_go_to_a_terminal() {
    let estate = board();
    let said =
        crate::support::run_on_terminal(estate.dir.path(), &["status", "-O", "docx"], Some(80));
    assert_eq!(said.code, 2);
    assert!(said.err.contains("name one with -o FILE"), "{}", said.err);
}

#[test]
fn the_example_template_makes_a_cover_report() {
    let arguments = [
        "report",
        "board",
        "--plans",
        "examples",
        "--as-of",
        "2026-01-20",
        "--template",
        "examples/templates/committee-cover.md",
    ];
    let said = run_in(&repository(), &arguments);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(
        said.out
            .starts_with("# Exampleshire Safeguarding Children Partnership")
    );
    assert!(said.out.contains("| Position as at | 20 January 2026 |"));
    assert!(said.out.contains("## 5. Implications"));
}

#[test]
fn a_template_is_told_of_what_is_wrong_with_it_by_file_and_line() {
    let estate = board();
    let wrong = |text: &str| {
        std::fs::write(estate.dir.path().join("t.md"), text).unwrap();
        let said = estate.run(&["report", "board", "--template", "t.md"]);
        assert_eq!(said.code, 2);
        said.err
    };
    assert!(wrong("one\n{{ boards[0].nam }}").starts_with("error: t.md:2: undefined value"));
    assert!(wrong("{% include 't.md' %}").starts_with("error: t.md:1: syntax error"));
    let said = estate.run(&["report", "board", "--template", "none.md"]);
    assert!(
        said.err
            .starts_with("error: the template none.md could not be read")
    );
    let arguments = ["report", "board", "--template", "t.md", "-o", "a.docx"];
    assert!(
        estate
            .run(&arguments)
            .err
            .contains("a template writes text")
    );
}

#[test]
fn a_template_never_hides_that_a_file_could_not_be_read() {
    let estate = board();
    estate.write("example/broken.yaml", "updates: [");
    std::fs::write(estate.dir.path().join("t.txt"), "all is well\n").unwrap();
    let said = estate.run(&["report", "board", "--template", "t.txt"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        said.out,
        "INCOMPLETE: plans/example/broken.yaml could not be read\nall is well\n"
    );
}
