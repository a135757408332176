//! Files of office programs as `plan import` reads them: cells as their programs show them, and what is
//! not said in them told apart. The files are made here, part by part, as the programs write them.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Estate, Said, package};

/// Imports a file of this name; gives what was said, and every file that was written in one text.
fn import(name: &str, bytes: &[u8]) -> (Said, String) {
    let estate = Estate::of(&[]);
    std::fs::write(estate.dir.path().join(name), bytes).unwrap();
    let options = [
        "--period",
        "2019-20",
        "--reported",
        "2018-04-30",
        "-O",
        "json",
    ];
    let said = estate.run(&[&["import", name, "-o", "plans/t/"][..], &options].concat());
    let mut text = String::new();
    for folder in ["t", "t/updates"] {
        let Ok(files) = std::fs::read_dir(estate.plans().join(folder)) else {
            continue;
        };
        for path in files
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_file())
        {
            text += &std::fs::read_to_string(path).unwrap();
        }
    }
    (said, text)
}

fn report(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// What the report lists under a name: places and reasons.
fn listed(report: &Value, list: &str) -> String {
    let items = report[list].as_array().unwrap().iter();
    let words = items.map(|item| {
        let word = |name: &str| item[name].as_str().unwrap_or_default();
        format!(
            "{} | {} | {}{}\n",
            word("place"),
            word("text"),
            word("why"),
            word("note")
        )
    });
    words.collect()
}

/// A workbook of one sheet, `Plan`, with these parts of its styles.
fn workbook(rows: &str, sheet: &str, styles: &str, properties: &str) -> Vec<u8> {
    let columns = "<row r='1'><c r='A1' t='inlineStr'><is><t>No</t></is></c><c r='B1' t='inlineStr'><is><t>Action</t></is></c>\
        <c r='C1' t='inlineStr'><is><t>Lead</t></is></c><c r='D1' t='inlineStr'><is><t>By when</t></is></c>\
        <c r='E1' t='inlineStr'><is><t>RAG</t></is></c></row>";
    let book = format!(
        "<workbook>{properties}<sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>"
    );
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>";
    let sheet = format!("<worksheet><sheetData>{columns}{rows}</sheetData>{sheet}</worksheet>");
    let own = "<Relationships><Relationship Id='r1' Type='x/comments' Target='../comments1.xml'/></Relationships>";
    let remarks = "<comments><commentList><comment ref='B2'><text><r><t>Ask the chair</t></r></text></comment></commentList></comments>";
    let styles = format!("<styleSheet>{styles}</styleSheet>");
    package(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/worksheets/_rels/sheet1.xml.rels", own.as_bytes()),
        ("xl/comments1.xml", remarks.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

/// A row of texts, the first of them the number of the action.
fn row(number: usize, cells: [&str; 5]) -> String {
    let cells = cells.iter().zip("ABCDE".chars()).map(|(cell, column)| {
        if cell.starts_with('<') {
            return cell.replace("AT", &format!("{column}{number}"));
        }
        format!("<c r='{column}{number}' t='inlineStr'><is><t>{cell}</t></is></c>")
    });
    format!("<row r='{number}'>{}</row>", cells.collect::<String>())
}

#[test]
fn numbers_and_dates_are_taken_as_the_sheet_shows_them() {
    let styles = "<numFmts><numFmt numFmtId='164' formatCode='[Red]mmm yyyy'/><numFmt numFmtId='165' formatCode='yyyy'/>\
        <numFmt numFmtId='166' formatCode='dd/mm/yyyy'/><numFmt numFmtId='167' formatCode='# ?/?'/></numFmts>\
        <cellXfs><xf numFmtId='0'/><xf numFmtId='2'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs>";
    let rows = [
        // 43525 is 1 March 2019, 43466 is 1 January 2019, 43589 is 4 May 2019.
        row(
            2,
            [
                "<c r='AT' s='1'><v>1.1</v></c>",
                "Tenth",
                "Police",
                "<c r='AT' s='2'><v>43525</v></c>",
                "",
            ],
        ),
        row(
            3,
            [
                "<c r='AT'><v>1.2000000000000002</v></c>",
                "Second",
                "Police",
                "<c r='AT' s='3'><v>43466</v></c>",
                "",
            ],
        ),
        row(
            4,
            [
                "<c r='AT' s='1'><v>1.3</v></c>",
                "Third",
                "Police",
                "<c r='AT' s='4'><v>43589</v></c>",
                "",
            ],
        ),
        row(
            5,
            [
                "<c r='AT' s='1'><v>1.4</v></c>",
                "Fourth",
                "Police",
                "<c r='AT' s='5'><v>43589.5</v></c>",
                "",
            ],
        ),
        row(
            6,
            [
                "<c r='AT' s='1'><v>1.5</v></c>",
                "Fifth",
                "Police",
                "<c r='AT' s='4'><v>-1e18</v></c>",
                "",
            ],
        ),
        row(
            7,
            [
                "<c r='AT' s='1'><v>1.6</v></c>",
                "Sixth",
                "Police",
                "<c r='AT' s='4'><f>TODAY()</f></c>",
                "",
            ],
        ),
    ];
    let (said, text) = import("plan.xlsx", &workbook(&rows.concat(), "", styles, ""));
    for words in [
        "id: 1.10\n",
        "id: 1.2\n",
        "timescale: March 2019",
        "timescale: 2019\n",
        "timescale: 4 May 2019",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let left = listed(&report(&said), "left_out");
    for words in [
        "Plan!D5 |  | the number 43589.5, shown in the format `# ?/?`, which is not known",
        "Plan!D6 |  | the number -1E+18 as a date, which no calendar has",
        "Plan!D7 |  | a formula without a result; open the file in Excel, and save it again",
    ] {
        assert!(left.contains(words), "{words}: {left}");
    }
    // Counted from 1904, the same number is 1462 days later: 5 May 2023.
    let (_, text) = import(
        "plan.xlsx",
        &workbook(&rows[2], "", styles, "<workbookPr date1904='1'/>"),
    );
    assert!(text.contains("timescale: 5 May 2023"), "{text}");
}

#[test]
fn what_a_sheet_does_not_say_is_listed_and_never_taken() {
    let styles =
        "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>";
    let rich = "<c r='AT' t='inlineStr'><is><r><rPr><strike/></rPr><t>May 2019 </t></r><r><t>June 2019</t></r></is></c>";
    let hidden =
        |number: usize, cells: [&str; 5]| row(number, cells).replace("<row ", "<row hidden='1' ");
    let struck = ["A", "B", "C", "D"]
        .map(|column| {
            format!("<c r='{column}4' s='1' t='inlineStr'><is><t>Gone {column}</t></is></c>")
        })
        .concat();
    let all = [
        row(2, ["1.1", "First", "Police", rich, ""]),
        hidden(3, ["1.2", "Second", "Police", "July 2019", ""]),
        format!("<row r='4'>{struck}</row>"),
        hidden(5, ["1.4", "Fourth", "Police", "August 2019", ""]),
    ]
    .concat();
    let (said, text) = import("plan.xlsx", &workbook(&all, "", styles, ""));
    assert!(
        text.contains("timescale: June 2019") && !text.contains("May 2019"),
        "{text}"
    );
    assert!(
        !text.contains("Second") && !text.contains("Gone") && !text.contains("Fourth"),
        "{text}"
    );
    let left = listed(&report(&said), "left_out");
    for words in [
        "Plan!D2 | May 2019 | it is struck out",
        "Plan!B3 | Second | its row is hidden",
        "Plan!B4 | Gone B | it is struck out",
        "Plan!B2 | Ask the chair | a remark on a cell",
    ] {
        assert!(left.contains(words), "{words}: {left}");
    }
    // A filter hides rows for a while: they belong to the plan.
    let filter = "<autoFilter ref='A1:E5'><filterColumn colId='2'/></autoFilter>";
    let (said, text) = import("plan.xlsx", &workbook(&all, filter, styles, ""));
    assert!(text.contains("Second") && text.contains("Fourth"), "{text}");
    let notes = listed(&report(&said), "notes");
    assert!(
        notes.contains("a filter hides rows of it (3, 5)"),
        "{notes}"
    );
}

#[test]
fn colours_rate_whether_they_are_laid_on_by_hand_by_a_theme_or_by_a_condition() {
    let styles = "<fills><fill/><fill><patternFill patternType='solid'><fgColor rgb='FF00B050'/></patternFill></fill>\
        <fill><patternFill patternType='solid'><fgColor indexed='10'/></patternFill></fill></fills>\
        <cellXfs><xf/><xf fillId='1'/><xf fillId='2'/></cellXfs>\
        <dxfs><dxf><fill><patternFill><bgColor rgb='FFFFC000'/></patternFill></fill></dxf></dxfs>";
    let rows = [
        row(
            2,
            ["1.1", "First", "Police", "May 2019", "<c r='AT' s='1'/>"],
        ),
        row(
            3,
            ["1.2", "Second", "Police", "May 2019", "<c r='AT' s='2'/>"],
        ),
        row(
            4,
            [
                "1.3",
                "Third late",
                "Police",
                "May 2019",
                "<c r='AT' s='1'/>",
            ],
        ),
    ];
    let condition = "<conditionalFormatting sqref='E2:E9'><cfRule type='expression' dxfId='0' priority='1'>\
        <formula>$B2=\"third late\"</formula></cfRule></conditionalFormatting>";
    let (_, text) = import(
        "plan.xlsx",
        &workbook(&rows.concat(), condition, styles, ""),
    );
    assert_eq!(
        ratings(&text, ["1.1", "1.2", "1.3"]),
        ["rag: green", "rag: red", "rag: amber"],
        "{text}"
    );
    // A rule that is not reckoned may hold before another: what that would lay on is not known.
    let rules = |first: &str| {
        format!(
            "<conditionalFormatting sqref='E2:E9'><cfRule type='expression' dxfId='0' priority='1'><formula>{first}\
             </formula></cfRule><cfRule type='expression' dxfId='1' priority='2'><formula>LEN($B2)&gt;4</formula></cfRule>\
             <cfRule type='expression' dxfId='1' priority='3'><formula>$C2=\"police\"</formula></cfRule>\
             </conditionalFormatting>"
        )
    };
    let red = "<dxfs><dxf><fill><patternFill><bgColor rgb='FFFF0000'/></patternFill></fill></dxf>";
    let styles_of_two = styles.replace("<dxfs>", red);
    let late = rules("AND($C2=\"Police\",OR($B2=\"First\",$A2&gt;DATE(2019,5,1)))");
    let (said, text) = import(
        "plan.xlsx",
        &workbook(&rows.concat(), &late, &styles_of_two, ""),
    );
    let notes = listed(&report(&said), "notes");
    assert_eq!(
        ratings(&text, ["1.1", "1.2", "1.3"]),
        ["rag: red", "rag: red", "rag: green"],
        "{text}"
    );
    assert!(
        notes.contains("E3 and E4 have no colour for that"),
        "{notes}"
    );
    // What cannot be worked out is said.
    let icons = "<conditionalFormatting sqref='E2:E9'><cfRule type='iconSet' priority='1'/></conditionalFormatting>";
    let (said, _) = import("plan.xlsx", &workbook(&rows.concat(), icons, styles, ""));
    let notes = listed(&report(&said), "notes");
    assert!(
        notes.contains("the sheet Plan") && notes.contains("depend on formulas"),
        "{notes}"
    );
}

/// The rating of each action in what was written: the first line of its entry.
fn ratings(text: &str, ids: [&str; 3]) -> [String; 3] {
    ids.map(|id| {
        let entry = text.split(&format!("action: {id}\n")).nth(1);
        let line = entry.and_then(|entry| entry.lines().next());
        line.unwrap_or_default().trim().to_owned()
    })
}

#[test]
fn colours_of_a_spreadsheet_s_conditions_and_of_a_page_s_classes_rate() {
    let styles = "<style:style style:name='Bad'><style:table-cell-properties fo:background-color='#ff0000'/></style:style>\
        <style:style style:name='Fair'><style:table-cell-properties fo:background-color='#ffc000'/></style:style>";
    let number = |number: u32| {
        format!(
            "<table:table-cell office:value-type='float' office:value='{number}'><text:p>{number}</text:p></table:table-cell>"
        )
    };
    let word = |text: &str| {
        format!(
            "<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let head = ["No", "Action", "Lead", "By when", "RAG"]
        .map(word)
        .concat();
    let row = |id: &str, last: u32| {
        let cells = [id, "Audit", "Police", "May 2019"].map(word).concat();
        format!("<table:table-row>{cells}{}</table:table-row>", number(last))
    };
    let rows = [row("1.1", 1), row("1.2", 2), row("1.3", 9)].concat();
    let conditions = "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address='Plan.E2:Plan.E9'>\
        <calcext:condition calcext:apply-style-name='Bad' calcext:value='=1'/>\
        <calcext:condition calcext:apply-style-name='Fair' calcext:value='between(2,3)'/>\
        </calcext:conditional-format></calcext:conditional-formats>";
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <office:spreadsheet><table:table table:name='Plan'><table:table-row>{head}</table:table-row>{rows}{conditions}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let ods = package(&[("content.xml", content.as_bytes())]);
    let (_, text) = import("plan.ods", &ods);
    let [first, second, third] = ratings(&text, ["1.1", "1.2", "1.3"]);
    assert_eq!([&*first, &*second], ["rag: red", "rag: amber"], "{text}");
    assert!(!third.starts_with("rag"), "{text}");

    let page = "<style>td.late { background-color: #c00000 } .slow td { color: red } .fair { background: rgb(255, 192, 0) }
        .gone { display: none }</style><table><tr><th>No<th>Action<th>Lead<th>By when<th>RAG</tr>
        <tr><td>1.1<td>Audit<td>Police<td>May 2019<td class='narrow late'></tr>
        <tr><td>1.2<td>Train<td>Police<td>May 2019<td class='fair'></tr>
        <tr><td>1.3<td>Brief<td>Police<td>May 2019<td style='background:#00b050'></tr>
        <tr class='gone'><td>1.4<td>Visit<td>Police<td>May 2019<td></tr></table>";
    let (said, text) = import("plan.html", page.as_bytes());
    assert_eq!(
        ratings(&text, ["1.1", "1.2", "1.3"]),
        ["rag: red", "rag: amber", "rag: green"],
        "{text}"
    );
    assert!(listed(&report(&said), "left_out").contains("Visit | it is marked as hidden"));
}

#[test]
fn a_time_of_day_beside_a_day_is_listed_and_the_day_is_kept() {
    let styles = "<numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy hh:mm'/></numFmts>\
        <cellXfs><xf/><xf numFmtId='164'/></cellXfs>";
    let rows = [
        // Half past two on 4 May 2019, and its first minute.
        row(
            2,
            [
                "1.1",
                "First",
                "Police",
                "<c r='AT' s='1'><v>43589.6041666667</v></c>",
                "",
            ],
        ),
        row(
            3,
            [
                "1.2",
                "Second",
                "Police",
                "<c r='AT' s='1'><v>43589</v></c>",
                "",
            ],
        ),
    ];
    let (said, text) = import("plan.xlsx", &workbook(&rows.concat(), "", styles, ""));
    assert_eq!(text.matches("timescale: 4 May 2019").count(), 2, "{text}");
    let left = listed(&report(&said), "left_out");
    assert_eq!(left.matches("a time of day").count(), 1, "{left}");
    assert!(left.contains("Plan!D2 | 14:30 |"), "{left}");
}

#[test]
fn one_text_in_every_cell_is_refused_before_it_fills_the_memory() {
    let cells: String = (2..2_002)
        .map(|row| format!("<row r='{row}'><c r='A{row}' t='s'><v>0</v></c></row>"))
        .collect();
    let book = workbook(&cells, "", "", "");
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000_000));
    let bomb = crate::support::repacked(&book, "xl/sharedStrings.xml", |_| text.clone());
    assert!(bomb.len() < 100_000);
    let (said, _) = import("bomb.xlsx", &bomb);
    assert!(said.err.contains("more than 16 MB of text"), "{said:?}");
}

/// An OpenDocument spreadsheet of one sheet.
fn spreadsheet(styles: &str, rows: &str) -> Vec<u8> {
    let head: String = ["No", "Action", "Lead", "By when"]
        .map(|name| format!("<table:table-cell><text:p>{name}</text:p></table:table-cell>"))
        .concat();
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <office:spreadsheet><table:table table:name='Plan'><table:table-row>{head}</table:table-row>{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    package(&[("content.xml", content.as_bytes())])
}

#[test]
fn a_date_of_an_open_document_is_the_day_that_it_keeps_in_the_parts_that_it_shows() {
    let styles = "<number:date-style style:name='N1'><number:month/><number:day/><number:year/></number:date-style>\
        <number:date-style style:name='N2'><number:month/><number:year/></number:date-style>\
        <style:style style:name='c1' style:data-style-name='N1'/><style:style style:name='c2' style:data-style-name='N2'/>\
        <style:style style:name='s'><style:text-properties style:text-line-through-style='solid'/></style:style>";
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = |style: &str, day: &str, shown: &str| {
        format!(
            "<table:table-cell table:style-name='{style}' office:value-type='date' office:date-value='{day}'>\
             <text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let rows = [
        // In the order of the United States, as the program shows it in its first language.
        format!(
            "<table:table-row>{}{}{}{}</table:table-row>",
            cell("1.1"),
            cell("First"),
            cell("Police"),
            date("c1", "2019-05-04", "05/04/19")
        ),
        format!(
            "<table:table-row>{}{}{}{}</table:table-row>",
            cell("1.2"),
            cell("Second<text:span text:style-name='s'> old</text:span>"),
            cell("Police"),
            date("c2", "2019-06-01", "06/19")
        ),
        format!(
            "<table:table-row table:visibility='collapse'>{}{}</table:table-row>",
            cell("1.3"),
            cell("Third")
        ),
        format!(
            "<table:table-row>{}{}{}<table:table-cell table:formula='of:=[.A1]'/></table:table-row>",
            cell("1.4"),
            cell("Fourth<office:annotation/>"),
            cell("Police")
        ),
    ];
    let (said, text) = import("plan.ods", &spreadsheet(styles, &rows.concat()));
    assert!(
        text.contains("timescale: 4 May 2019") && text.contains("timescale: June 2019"),
        "{text}"
    );
    assert!(
        text.contains("action: Second\n") && !text.contains("Third"),
        "{text}"
    );
    let left = listed(&report(&said), "left_out");
    for words in [
        "Plan!B3 | old | it is struck out",
        "Plan!B4 | Third | its row is hidden",
        "Plan!D5 |  | a formula without a result",
    ] {
        assert!(left.contains(words), "{words}: {left}");
    }
}

const WORD: &str = "<w:document xmlns:w='w' xmlns:mc='m'><w:body>";

/// A Word document with a table of one action, whose cells are these runs.
fn document(action: &str, timescale: &str) -> Vec<u8> {
    let cell = |runs: &str| {
        if runs.starts_with("<w:") || runs.starts_with("<mc:") {
            return format!("<w:tc>{runs}</w:tc>");
        }
        format!("<w:tc><w:p><w:r><w:t>{runs}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: [&str; 4]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let rows = [
        row(["No", "Action", "Lead", "By when"]),
        row(["1.1", action, "Police", timescale]),
    ];
    let text = format!(
        "{WORD}<w:tbl>{}</w:tbl></w:body></w:document>",
        rows.concat()
    );
    package(&[("word/document.xml", text.as_bytes())])
}

#[test]
fn word_text_that_was_moved_or_stands_in_a_box_is_read_once_and_signs_are_what_they_show() {
    let moved = "<w:p><w:moveFrom><w:r><w:t>Meet twice. </w:t></w:r></w:moveFrom><w:r><w:t>Train staff. </w:t></w:r>\
        <w:moveTo><w:r><w:t>Meet twice. </w:t></w:r></w:moveTo></w:p>";
    let (_, text) = import("plan.docx", &document(moved, "May 2019"));
    assert!(
        text.contains("action: Train staff. Meet twice.\n"),
        "{text}"
    );
    let boxed = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Boxed once</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed once</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let (_, text) = import("plan.docx", &document(boxed, "May 2019"));
    assert_eq!(text.matches("Boxed once").count(), 1, "{text}");
    let signs = "<w:p><w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t xml:space='preserve'> 90%, </w:t></w:r>\
        <w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\u{f0a3}</w:t></w:r><w:r><w:t> 5%</w:t></w:r></w:p>";
    let (_, text) = import("plan.docx", &document(signs, "May 2019"));
    assert!(text.contains("≥ 90%, ≤ 5%"), "{text}");
    let unknown = "<w:p><w:r><w:t>Do </w:t><w:sym w:font='Wingdings' w:char='F021'/></w:r></w:p>";
    let (said, _) = import("plan.docx", &document(unknown, "May 2019"));
    let notes = listed(&report(&said), "notes");
    assert!(
        notes.contains("a sign of the font Wingdings (F021) that is not known"),
        "{notes}"
    );
}

#[test]
fn words_that_are_struck_out_or_hidden_are_listed_in_word_web_pages_and_markdown() {
    let struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>May 2019</w:t></w:r><w:r><w:t xml:space='preserve'> June 2019</w:t></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>";
    let html = "<table><tr><th>No<th>Action<th>Lead<th>By when</tr>\
        <tr><td>1.1<td>First<td>Police<td><s>May 2019</s> June 2019<span style='display: none'>secret</span></tr>\
        <tr hidden><td>1.2<td>Second<td>Police<td>July 2019</tr></table>";
    let markdown = "| No | Action | Lead | By when |\n| --- | --- | --- | --- |\n| 1.1 | First | Police | ~~May 2019~~ June 2019 |\n";
    let files = [
        ("plan.docx", document("First", struck)),
        ("plan.html", html.as_bytes().to_vec()),
        ("plan.md", markdown.as_bytes().to_vec()),
    ];
    for (name, bytes) in files {
        let (said, text) = import(name, &bytes);
        assert!(
            text.contains("timescale: June 2019\n"),
            "{name}: {text} {said:?}"
        );
        assert!(
            !text.contains("May 2019") && !text.contains("secret") && !text.contains("Second"),
            "{name}: {text}"
        );
        let left = listed(&report(&said), "left_out");
        assert!(
            left.contains("May 2019 | it is struck out"),
            "{name}: {left}"
        );
        if name != "plan.md" {
            assert!(
                left.contains("secret | it is marked as hidden"),
                "{name}: {left}"
            );
        }
    }
}

#[test]
fn a_row_of_fifty_thousand_cells_is_refused_within_a_second() {
    let cells = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>".repeat(50_000);
    let text = format!("{WORD}<w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>");
    let file = package(&[("word/document.xml", text.as_bytes())]);
    let begun = Instant::now();
    let (said, _) = import("wide.docx", &file);
    assert!(said.err.contains("no plan is so large"), "{said:?}");
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
}

/// Four times as many take about four times as long; a way that looked at each with each would take
/// sixteen times.
#[test]
fn paragraphs_and_merged_cells_take_a_time_that_grows_with_their_number() {
    let list = |count: usize| {
        let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>- point</w:t></w:r></w:p>";
        let text = format!("{WORD}{}</w:body></w:document>", item.repeat(count));
        package(&[("word/document.xml", text.as_bytes())])
    };
    let merges = |count: usize| {
        let merged: String = (0..count)
            .map(|at| format!("<mergeCell ref='A{}:E2001'/>", at % 2_000 + 2))
            .collect();
        let rows: String = (2..1_000)
            .map(|at| row(at, ["1", "x", "y", "May 2019", "z"]))
            .collect();
        workbook(&rows, &format!("<mergeCells>{merged}</mergeCells>"), "", "")
    };
    let time = |name: &str, bytes: &[u8]| {
        let begun = Instant::now();
        import(name, bytes);
        begun.elapsed().as_secs_f64()
    };
    time("warm.docx", &list(100));
    let (few, many) = (time("l.docx", &list(10_000)), time("l.docx", &list(40_000)));
    assert!(many < few * 9.0 + 3.0, "{few} {many}");
    let (few, many) = (
        time("m.xlsx", &merges(5_000)),
        time("m.xlsx", &merges(20_000)),
    );
    assert!(many < few * 9.0 + 3.0, "{few} {many}");
}
