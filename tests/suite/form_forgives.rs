//! Forms as people fill them in: what is meant is taken, and said; what only the group can know is asked
//! for by name; nothing vanishes without a word.

use crate::form::{Book, Put, board, csv, refused, send_bytes, text, word, written};
use crate::support::{Estate, Said, repacked};
use Put::{Day, Text};

/// The entries of the one file that was written.
fn entries(estate: &Estate) -> String {
    text(estate).split_once("entries:\n").unwrap().1.to_owned()
}

/// The form as the program writes it, with cells in place of its own: the place and what stands inside
/// the cell, or a whole cell of the sheet (`<c …`), which keeps its look where it says `LOOK`.
fn form(estate: &Estate, cells: &[(&str, &str)], more: &str) -> Vec<u8> {
    assert_eq!(estate.run(&["chase", "vemt", "-o", "form.xlsx"]).code, 0);
    let bytes = std::fs::read(estate.dir.path().join("form.xlsx")).unwrap();
    repacked(&bytes, "xl/worksheets/sheet1.xml", |mut xml| {
        for (place, cell) in cells {
            let begin = xml
                .find(&format!("<c r=\"{place}\""))
                .unwrap_or_else(|| panic!("no {place}"));
            let end = begin + xml[begin..].find("/>").unwrap() + 2;
            let own = &xml[begin..end];
            assert!(!own.contains("<v>"), "{place} is filled: {own}");
            let look = own.split_once(" s=").unwrap().1.trim_end_matches("/>");
            let new = if cell.starts_with("<c") {
                cell.replace("LOOK", look).replace("AT", place)
            } else {
                format!(
                    "<c r=\"{place}\" s={look} t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t></is></c>"
                )
            };
            xml.replace_range(begin..end, &new);
        }
        xml.replace("</sheetData>", &format!("</sheetData>{more}"))
    })
}

/// What was said on both streams, in one line.
fn said_in_full(said: &Said) -> String {
    let both = format!("{} {}", said.out, said.err);
    both.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn ratings_and_statuses_are_read_as_people_write_them() {
    // What is written under RAG and under Status, and the lines of the entry.
    let cases = [
        ("On track", "", "    rag: green\n"),
        (
            "amber - see notes",
            "",
            "    rag: amber\n    note: \"RAG: amber - see notes\"\n",
        ),
        (
            "Green (just)",
            "",
            "    rag: green\n    note: \"RAG: Green (just)\"\n",
        ),
        ("Not started", "", "    status: not started\n"),
        ("Done", "", "    status: complete\n"),
        ("", "Started", "    status: in progress\n"),
        ("", "On track", "    status: in progress\n"),
        (
            "",
            "Under way - 2 of 3",
            "    status: in progress\n    note: \"Status: Under way - 2 of 3\"\n",
        ),
        ("Not due", "", "    note: Not due\n"),
        ("", "Not yet due", "    note: Not yet due\n"),
        ("Red", "Started", "    rag: red\n    status: in progress\n"),
    ];
    for (rag, status, lines) in cases {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 5, 1))
            .put("1.10", "RAG", Text(rag))
            .put("1.10", "Status", Text(status));
        let said = book.send(&estate);
        assert_eq!(said.code, 0, "{rag} {status}: {said:?}");
        let expected = format!("  - action: 1.10\n{lines}");
        assert_eq!(entries(&estate), expected, "{rag} {status}");
        // 1.10 was rated amber: only a word for green makes it green.
        let green = lines.contains("rag: green");
        assert_eq!(
            estate.action("1.10", "2018-05-01")["rag"] == "green",
            green,
            "{rag} {status}"
        );
    }
}

#[test]
fn what_may_mean_two_things_is_asked() {
    let cases = [
        ("amber/red", "these are two ratings"),
        ("amber - was red", "these are two ratings"),
        ("nearly green", "more than a rating"),
        ("off track", "that is no rating"),
    ];
    for (rag, wrong) in cases {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 5, 1)).put("1.10", "RAG", Text(rag));
        let words = format!("1.10, RAG (Form!E10) says \"{rag}\": {wrong}");
        refused(&estate, &book.send(&estate), &[&words]);
    }
}

#[test]
fn a_board_s_own_words_for_ratings_are_ratings() {
    let estate = board();
    let plan = estate.read("testshire/plan.yaml");
    let plan = plan.replace(
        "priorities:",
        "rag:\n  labels: {amber: Some concerns, green: On course}\npriorities:",
    );
    estate.write("testshire/plan.yaml", &plan);
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("some concerns"))
        .put("1.10", "RAG", Text("On course"));
    assert_eq!(book.send(&estate).code, 0);
    assert_eq!(
        entries(&estate),
        "  - action: 1.1\n    rag: amber\n  - action: 1.10\n    rag: green\n"
    );
}

#[test]
fn a_day_without_a_year_is_the_last_before_today_and_a_deadline_the_next_after_the_report() {
    // Today is 1 May 2018.
    for (written, day) in [
        ("30th April", "2018-04-30"),
        ("1 May", "2018-05-01"),
        ("29/4", "2018-04-29"),
        ("30-Apr", "2018-04-30"),
    ] {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Text(written)).put("1.1", "RAG", Text("Red"));
        assert_eq!(book.send(&estate).code, 0, "{written}");
        assert!(
            text(&estate).contains(&format!("date: {day}\n")),
            "{written}: {}",
            text(&estate)
        );
    }
    for (written, timescale) in [
        ("End Sept", "End Sept 2018"),
        ("19th June", "19th June 2018"),
        ("March", "March 2019"),
        ("30/6", "30/6/2018"),
    ] {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 4, 30))
            .put("1.1", "New date, if needed", Text(written))
            .put("1.1", "Reason for the change", Text("Delay"));
        let said = book.send(&estate);
        assert_eq!(said.code, 0, "{written}: {said:?}");
        let entry = format!("  - action: 1.1\n    timescale: {timescale}\n    reason: Delay\n");
        assert_eq!(entries(&estate), entry);
        let note = format!("it names no year, and is read as \"{timescale}\"");
        assert!(said_in_full(&said).contains(&note), "{said:?}");
    }
    // A plan of one year gives words its year, in which no later deadline can be over.
    let estate = board();
    let plan = estate.read("testshire/plan.yaml");
    estate.write("testshire/plan.yaml", &plan.replace("2017-19", "2018-19"));
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 4, 30))
        .put("1.1", "New date, if needed", Text("Mid April"))
        .put("1.1", "Reason for the change", Text("Delay"));
    assert_eq!(book.send(&estate).code, 0);
    assert!(
        text(&estate).contains("timescale: Mid April 2019"),
        "{}",
        text(&estate)
    );
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Text("31 June")).put("1.1", "RAG", Text("Red"));
    refused(
        &estate,
        &book.send(&estate),
        &["Form!C7 says \"31 June\": that is no date"],
    );
}

#[test]
fn a_coloured_cell_rates_and_is_said_to() {
    let estate = board();
    let styles = |xml: String| {
        // One more fill, and one more look that has it.
        let fill = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00B050\"/></patternFill></fill></fills>";
        let xml = xml.replace("</fills>", fill);
        let own = xml.split("</fills>").next().unwrap();
        let fills = own.matches("<fill>").count() - 1;
        xml.replace(
            "</cellXfs>",
            &format!("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fills}\"/></cellXfs>"),
        )
    };
    assert_eq!(estate.run(&["chase", "vemt", "-o", "form.xlsx"]).code, 0);
    let bytes = std::fs::read(estate.dir.path().join("form.xlsx")).unwrap();
    let xml = part(&bytes, "xl/styles.xml");
    let own = xml
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("</cellXfs>")
        .next()
        .unwrap();
    let looks = own.matches("<xf ").count();
    let cell = format!("<c r=\"AT\" s=\"{looks}\"/>");
    let bytes = form(&estate, &[("C7", "1 May 2018"), ("E10", &cell)], "");
    let said = send_bytes(
        &estate,
        "back.xlsx",
        &repacked(&bytes, "xl/styles.xml", styles),
    );
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(entries(&estate), "  - action: 1.10\n    rag: green\n");
    let note =
        "1.10, RAG (Form!E10) says \"\": it says nothing, and its colour is taken for the rating";
    assert!(
        said_in_full(&said).contains(&note.replace(" says \"\"", " is empty")),
        "{said:?}"
    );
}

/// A part of a packed file.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_formula_without_a_result_is_refused_by_name() {
    let estate = board();
    let formula = "<c r=\"AT\" s=LOOK><f>IF(TRUE,\"Amber\",\"\")</f></c>";
    let bytes = form(
        &estate,
        &[("C7", "1 May 2018"), ("E9", formula), ("G9", "Ran it")],
        "",
    );
    let words = "1.1, RAG (Form!E9) is empty: a formula without a result; open the file in Excel, and save it again";
    refused(&estate, &send_bytes(&estate, "back.xlsx", &bytes), &[words]);
}

#[test]
fn a_merged_answer_is_one_for_each_row_and_over_columns_it_is_asked() {
    let estate = board();
    let merges = "<mergeCells count=\"2\"><mergeCell ref=\"E9:E11\"/><mergeCell ref=\"G9:G11\"/></mergeCells>";
    let cells = [
        ("C7", "1 May 2018"),
        ("E9", "Amber"),
        ("G9", "Three sessions, for all"),
        ("G12", "Alone"),
    ];
    let said = send_bytes(&estate, "back.xlsx", &form(&estate, &cells, merges));
    assert_eq!(said.code, 0, "{said:?}");
    let each =
        |id: &str| format!("  - action: {id}\n    rag: amber\n    done: Three sessions, for all\n");
    let expected = [
        each("1.1"),
        each("1.10"),
        each("2.2a"),
        "  - action: 2.2b\n    done: Alone\n".into(),
    ];
    assert_eq!(entries(&estate), expected.concat());
    let note =
        "1.1, RAG (Form!E9) says \"Amber\": it is merged over 3 rows; it is taken for each of them";
    assert!(said_in_full(&said).contains(note), "{said:?}");
    let estate = board();
    let merges = "<mergeCells count=\"1\"><mergeCell ref=\"G9:H9\"/></mergeCells>";
    let bytes = form(
        &estate,
        &[("C7", "1 May 2018"), ("G9", "Both of it")],
        merges,
    );
    let words =
        "1.1, What was done (Form!G9) says \"Both of it\": it is merged over several columns";
    refused(&estate, &send_bytes(&estate, "back.xlsx", &bytes), &[words]);
}

#[test]
fn a_new_row_is_a_proposal_and_no_refusal() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    book.set(12, 0, Text("NEW"))
        .set(12, 1, Text("Train the night staff"))
        .set(12, 9, Text("A plan by June"))
        .set(13, 0, Text(""))
        .set(13, 1, Text("Ask the schools"))
        .set(13, 4, Text("Amber"))
        .set(14, 0, Text("new"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(entries(&estate), "  - action: 1.1\n    rag: red\n");
    let whole = text(&estate);
    for words in [
        "Proposed new action: Train the night staff; What comes next: A plan by June",
        "Proposed new action: Ask the schools; RAG: Amber",
    ] {
        assert!(whole.contains(words), "{whole}");
    }
    assert!(said.out.contains("NEW ACTIONS PROPOSED"), "{}", said.out);
    // The plan itself stays as it was agreed.
    assert_eq!(estate.run(&["validate"]).code, 0);
    // Alone it is no report.
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .set(12, 0, Text("NEW"))
        .set(12, 1, Text("Train the night staff"));
    let words =
        "reports on no action of the plan, and proposes \"Train the night staff\" (Form!B13)";
    refused(&estate, &book.send(&estate), &[words]);
}

#[test]
fn several_forms_are_taken_each_whole_or_not_at_all() {
    let estate = board();
    let mut good = Book::of(&estate, "vemt");
    good.dated(Day(2018, 5, 1)).put("1.10", "RAG", Text("Red"));
    good.save(&estate.dir.path().join("good.xlsx"));
    let mut bad = Book::of(&estate, "police");
    bad.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.2", "RAG", Text("amber/red"));
    bad.save(&estate.dir.path().join("bad.xlsx"));
    let mut other = Book::of(&estate, "da");
    other
        .dated(Day(2018, 5, 1))
        .put("1.3", "RAG", Text("Green"));
    other.save(&estate.dir.path().join("other.xlsx"));
    let files = ["update", "--from", "good.xlsx", "bad.xlsx", "other.xlsx"];
    let said = estate.run(&[&files[..], &["--dry-run"]].concat());
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("2 of 3 forms can be taken; not bad.xlsx"),
        "{}",
        said.err
    );
    assert_eq!(written(&estate).len(), 0);
    let said = estate.run(&files);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("1.2, RAG (Form!E10) says \"amber/red\""),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("2 of 3 forms are recorded; not bad.xlsx"),
        "{}",
        said.err
    );
    assert!(
        said.out.contains("GOOD.XLSX SAYS  1 report"),
        "{}",
        said.out
    );
    let all: Vec<String> = written(&estate)
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(all.len(), 2);
    assert!(all.concat().contains("action: 1.10") && all.concat().contains("action: 1.3"));
    assert!(!all.concat().contains("action: 1.1\n"));
    let said = estate.run(&[&files[..], &["-o", "x.txt"]].concat());
    assert!(said.err.contains("leave -o out"), "{said:?}");
}

#[test]
fn blank_lines_invisible_letters_and_dashes_do_not_vanish_without_a_word() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "What was done", Text("One\n\n\nTwo\u{200b} three"))
        .put("1.1", "What comes next", Text("–"))
        .put("1.10", "Evidence", Text("?"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        entries(&estate),
        "  - action: 1.1\n    done: |-\n      One\n\n\n      Two three\n"
    );
    let all = said_in_full(&said);
    assert!(
        all.contains("a character that nobody sees (U+200B) is left out of it"),
        "{all}"
    );
    assert!(
        all.contains("a dash, a question mark or a word such as n/a says nothing, and is not recorded (Form!J9"),
        "{all}"
    );
}

#[test]
fn words_that_are_struck_out_are_said_and_not_recorded() {
    let estate = board();
    let rich = "<c r=\"AT\" s=LOOK t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>Two schools</t></r><r><t xml:space=\"preserve\"> Five schools</t></r></is></c>";
    let bytes = form(&estate, &[("C7", "1 May 2018"), ("G9", rich)], "");
    let said = send_bytes(&estate, "back.xlsx", &bytes);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        entries(&estate),
        "  - action: 1.1\n    done: Five schools\n"
    );
    let note = "1.1, What was done (Form!G9) says \"Two schools\": words in it are struck out; they are not recorded";
    assert!(said_in_full(&said).contains(note), "{said:?}");
}

#[test]
fn rows_and_columns_that_a_group_hides_are_read_all_the_same() {
    let estate = board();
    let bytes = form(&estate, &[("C7", "1 May 2018"), ("E10", "Red")], "");
    let hidden = repacked(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("<row r=\"10\"", "<row hidden=\"1\" r=\"10\"")
            .replace("<col min=\"5\"", "<col hidden=\"1\" min=\"5\"")
    });
    assert_eq!(send_bytes(&estate, "back.xlsx", &hidden).code, 0);
    assert_eq!(entries(&estate), "  - action: 1.10\n    rag: red\n");
}

#[test]
fn a_form_says_by_when_to_whom_and_gives_examples_of_its_own_time() {
    let estate = board();
    for name in ["form.csv", "form.docx", "form.xlsx"] {
        assert_eq!(
            estate
                .run(&["chase", "vemt", "--as-of", "2018-05-01", "-o", name])
                .code,
            0
        );
    }
    let bytes = std::fs::read(estate.dir.path().join("form.csv")).unwrap();
    let csv = String::from_utf8(bytes).unwrap();
    assert!(csv.contains("(for example June 2018)"), "{csv}");
    assert!(
        csv.contains(
            "send it back before the Board meets on 22 May 2018 to the person who sent it to you"
        ),
        "{csv}"
    );
    let docx = std::fs::read(estate.dir.path().join("form.docx")).unwrap();
    assert!(part(&docx, "word/document.xml").contains("before the Board meets on 22 May 2018"));
    let xlsx = std::fs::read(estate.dir.path().join("form.xlsx")).unwrap();
    assert!(part(&xlsx, "xl/sharedStrings.xml").contains("before the Board meets on 22 May 2018"));
    // The day in the hint is of the form's own time.
    assert!(part(&xlsx, "xl/worksheets/sheet1.xml").contains("for example 1 May 2018"));
    // Where the board's file gives the whole board a mailbox, that is where it goes.
    let board = estate.read("testshire/board.yaml");
    let known = board.replacen(
        "groups:\n",
        "groups:\n  board: {contact: board@example.org}\n",
        1,
    );
    assert_ne!(board, known);
    estate.write("testshire/board.yaml", &known);
    estate.run(&["chase", "vemt", "--as-of", "2018-05-01", "-o", "again.csv"]);
    let csv = std::fs::read_to_string(estate.dir.path().join("again.csv")).unwrap();
    assert!(
        csv.contains("on 22 May 2018 to board@example.org."),
        "{csv}"
    );
}

#[test]
fn a_group_s_name_is_no_formula_in_csv_and_comes_back() {
    let estate = board();
    let name = "=HYPERLINK(\"http://example.org\")";
    let settings = estate
        .read("testshire/board.yaml")
        .replace("VEMT Subgroup", &name.replace('"', "\\\""));
    let settings = settings.replace(
        "{name: =HYPERLINK(\\\"http://example.org\\\"), kind",
        "{name: \"=HYPERLINK(\\\"http://example.org\\\")\", kind",
    );
    estate.write("testshire/board.yaml", &settings);
    let form = csv(
        &estate,
        &[
            ("Date of this report", 1, "1 May 2018"),
            ("Action 1.10", 4, "Red"),
        ],
    );
    for record in ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(form.as_bytes())
        .records()
    {
        for cell in &record.unwrap() {
            assert!(
                !cell
                    .trim_start_matches('\u{feff}')
                    .starts_with(['=', '+', '@', '-']),
                "{cell}"
            );
        }
    }
    let said = send_bytes(&estate, "back.csv", form.as_bytes());
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!said.out.contains("PLEASE NOTE"), "{}", said.out);
}

#[test]
fn a_word_form_keeps_what_was_moved_once_and_the_signs_of_symbol_fonts() {
    let estate = board();
    let bytes = word(&estate, "1.10", &[("What was done", "X")]);
    let bytes = repacked(&bytes, "word/document.xml", |xml| {
        let runs = "<w:moveFrom><w:r><w:t>Met. </w:t></w:r></w:moveFrom><w:r><w:t xml:space=\"preserve\">Trained \
            </w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t> 90%. </w:t></w:r><w:moveTo><w:r><w:t>Met.</w:t></w:r></w:moveTo>";
        xml.replace("<w:r><w:t>X</w:t></w:r>", runs)
    });
    let said = send_bytes(&estate, "back.docx", &bytes);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        entries(&estate),
        "  - action: 1.10\n    done: Trained ≥ 90%. Met.\n"
    );
    // A sign that no letter stands for is asked.
    let estate = board();
    let bytes = word(&estate, "1.10", &[("What was done", "X")]);
    let bytes = repacked(&bytes, "word/document.xml", |xml| {
        xml.replace(
            "<w:r><w:t>X</w:t></w:r>",
            "<w:r><w:t>Do</w:t><w:sym w:font=\"Wingdings\" w:char=\"F021\"/></w:r>",
        )
    });
    let words = "a sign of the font Wingdings (F021) that is not known";
    refused(
        &estate,
        &send_bytes(&estate, "back.docx", &bytes),
        &["1.10, What was done (table 3, row 7)", words],
    );
    // So is a declared entity, before anything is read.
    let bytes = repacked(&bytes, "word/document.xml", |xml| {
        let head = xml.find("<w:document").unwrap();
        format!(
            "{}<!DOCTYPE w [<!ENTITY a 'x'>]>{}",
            &xml[..head],
            &xml[head..]
        )
    });
    refused(
        &estate,
        &send_bytes(&estate, "back.docx", &bytes),
        &["declares entities"],
    );
}

#[test]
fn a_row_that_contradicts_itself_is_asked_about() {
    // What is written under RAG, Status and New date; and what is said of it.
    let cases = [
        (
            "Complete",
            "",
            "Dec 2018",
            "the row says that the action is complete, and asks for a new date",
        ),
        ("Amber", "Completed – June", "", "says that it is amber"),
        ("Red", "Complete", "", "says that it is red"),
        ("Complete", "In progress", "", "says that it is complete"),
    ];
    for (rag, status, date, words) in cases {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 5, 1));
        let cells = [
            ("RAG", rag),
            ("Status", status),
            ("New date, if needed", date),
        ];
        for (heading, cell) in cells.into_iter().filter(|(_, cell)| !cell.is_empty()) {
            book.put("1.1", heading, Text(cell));
        }
        book.put(
            "1.1",
            "Reason for the change",
            Text("Legal advice is awaited"),
        );
        let said = book.send(&estate);
        refused(&estate, &said, &[words]);
    }
}

#[test]
fn that_there_is_nothing_to_say_is_no_report() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "What was done", Text("Ten are trained"))
        .put("1.1", "What comes next", Text("N/A"))
        .put("1.10", "What was done", Text("None"))
        .put("1.10", "What comes next", Text("Nothing to report."));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        entries(&estate),
        "  - action: 1.1\n    done: Ten are trained\n"
    );
    let all = said_in_full(&said);
    assert!(all.contains("a word such as n/a says nothing"), "{all}");
}

#[test]
fn a_reason_for_nothing_is_kept_and_said() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "What was done", Text("Ten are trained"))
        .put("1.1", "Reason for the change", Text("The trainer is away"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(entries(&estate).contains("reason: The trainer is away"));
    let all = said_in_full(&said);
    assert!(all.contains("no paper prints it"), "{all}");
}
