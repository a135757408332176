//! What forms never do: take what another group said, or what was said of another day; lose a word; be
//! recorded by half and then shut.

use crate::form::{Book, Put, board, csv, refused, send_bytes, text, word, written};
use crate::support::{Estate, Said, repacked};
use Put::{Day, Number, Text};

/// What was said on both streams, in one line.
fn in_full(said: &Said) -> String {
    let both = format!("{} {}", said.out, said.err);
    both.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entries of the one file that was written.
fn entries(estate: &Estate) -> String {
    text(estate).split_once("entries:\n").unwrap().1.to_owned()
}

/// A form of VEMT, dated, with some words in some cells.
fn sent(cells: &[(&str, &str, &str)]) -> (Estate, Said) {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 4, 30));
    for (id, heading, words) in cells {
        book.put(id, heading, Text(words));
    }
    let said = book.send(&estate);
    (estate, said)
}

#[test]
fn two_forms_in_one_file_are_refused_with_where_the_second_begins() {
    let estate = board();
    let mine = csv(
        &estate,
        &[
            ("Date of this report", 1, "1 May 2018"),
            ("Action 1.10", 4, "Red"),
        ],
    );
    assert_eq!(estate.run(&["chase", "da", "-o", "da.csv"]).code, 0);
    let other = std::fs::read_to_string(estate.dir.path().join("da.csv")).unwrap();
    let other = other
        .trim_start_matches('\u{feff}')
        .replace("report,", "report,1 May 2018");
    let both = format!("{mine}{other}");
    // VEMT's form has eight rows above its headings and four below.
    let words = "back.csv holds two forms: a second begins at A14";
    refused(
        &estate,
        &send_bytes(&estate, "back.csv", both.as_bytes()),
        &[words],
    );
    // Without what stood above them, the headings of the second tell.
    let table = other.split_once("1 May 2018\n").unwrap().1;
    let both = format!("{mine}{table}");
    let words = "holds two forms: a second begins at A14";
    refused(
        &estate,
        &send_bytes(&estate, "back.csv", both.as_bytes()),
        &[words],
    );

    let mine = word(&estate, "1.10", &[("RAG", "Red")]);
    assert_eq!(estate.run(&["chase", "da", "-o", "da.docx"]).code, 0);
    let bytes = std::fs::read(estate.dir.path().join("da.docx")).unwrap();
    let mut other = String::new();
    repacked(&bytes, "word/document.xml", |xml| {
        let body = xml.split_once("<w:body>").unwrap().1;
        other = body.split_once("<w:sectPr").unwrap().0.to_owned();
        xml
    });
    let both = repacked(&mine, "word/document.xml", |xml| {
        xml.replacen("<w:sectPr", &format!("{other}<w:sectPr"), 1)
    });
    // The date, four actions; then the second date.
    let words = "back.docx holds two forms: a second begins with table 6";
    refused(&estate, &send_bytes(&estate, "back.docx", &both), &[words]);
}

#[test]
fn a_row_that_the_form_did_not_have_is_refused() {
    // 1.2 is led by the police, 1.3 is another group's, and 2.2 is asked about by its milestones.
    for id in ["1.2", "1.3", "2.2"] {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
        book.set(13, 0, Text(id)).set(13, 4, Text("Green"));
        let words = format!(
            "Form!A14 says \"{id}\": the form of VEMT Subgroup does not ask about it; take the row out"
        );
        refused(&estate, &book.send(&estate), &[&words]);
        let form = csv(&estate, &[("Date of this report", 1, "1 May 2018")]);
        let pasted = format!("{form}Action {id},,,,Green\n");
        let words = format!("A14 says \"{id}\": the form of VEMT Subgroup does not ask about it");
        refused(
            &estate,
            &send_bytes(&estate, "back.csv", pasted.as_bytes()),
            &[&words],
        );
    }
    // A row of another form in which nobody wrote is no report.
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    book.set(13, 0, Text("1.2"))
        .set(13, 1, Text("Train officers"));
    assert_eq!(book.send(&estate).code, 0);
    assert_eq!(entries(&estate), "  - action: 1.1\n    rag: red\n");
}

#[test]
fn only_new_or_no_number_proposes() {
    for (number, words, answer) in [
        ("2.9", "Ask the schools", ""),
        ("2.9", "Ask the schools", "Green"),
        ("E2.1", "Ask the schools", "Green"),
        ("Ref", "Action", ""),
    ] {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
        book.set(12, 0, Text(number))
            .set(12, 1, Text(words))
            .set(12, 4, Text(answer));
        let says = format!("Form!A13 says \"{number}\": the plan has no such action");
        refused(
            &estate,
            &book.send(&estate),
            &[&says, "ction has NEW as its number"],
        );
    }
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    book.set(12, 0, Text(""))
        .set(12, 1, Text("Ask the schools"))
        .set(12, 4, Text("Amber"));
    assert_eq!(book.send(&estate).code, 0);
    assert!(text(&estate).contains("Proposed new action: Ask the schools; RAG: Amber\n"));
}

#[test]
fn new_over_a_number_is_asked_and_a_copied_row_leaves_its_standing() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1)).put("1.1", "RAG", Text("Red"));
    let row = book.row("1.10");
    book.set(row, 0, Text("NEW")).set(row, 4, Text("Amber"));
    let words = "Form!A10 says \"NEW\": the words beside it are those of 1.10; write 1.10, or what the new action is";
    refused(&estate, &book.send(&estate), &[words]);
    book.set(row, 1, Text("Train the night staff"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    let proposed = "Proposed new action: Train the night staff; By when: March 2019; RAG: Amber\n";
    assert!(text(&estate).contains(proposed), "{}", text(&estate));
    assert!(
        in_full(&said).contains("the form says that of another action"),
        "{said:?}"
    );
}

#[test]
fn a_line_break_that_breaks_a_row_is_refused() {
    let estate = board();
    let form = csv(
        &estate,
        &[
            ("Date of this report", 1, "1 May 2018"),
            ("Action 1.1", 4, "Green"),
        ],
    );
    let broken = form.replace("Run the campaign", "Run the\ncampaign");
    assert_ne!(form, broken);
    let words = "A11 says \"campaign\": the plan has no such action";
    refused(
        &estate,
        &send_bytes(&estate, "back.csv", broken.as_bytes()),
        &[words],
    );
}

#[test]
fn new_dates_are_to_come_and_what_has_no_year_is_said() {
    // The report is of 30 April 2018, the plan of 2017-19.
    for (written, read) in [
        ("12/06", "12/06/2018"),
        ("05/06", "05/06/2018"),
        ("29/04", "29/04/2019"),
        ("30.6.", "30.6.2018"),
        ("Q1", "Q1 2018-19"),
        ("Quarter 4", "Quarter 4 2018-19"),
        ("12 June", "12 June 2018"),
        ("12 AUGUST", "12 AUGUST 2018"),
        ("2018-06-30 00:00:00", "2018-06-30"),
    ] {
        let cells = [
            ("1.1", "New date, if needed", written),
            ("1.1", "Reason for the change", "Delay"),
        ];
        let (estate, said) = sent(&cells);
        assert_eq!(said.code, 0, "{written}: {said:?}");
        let entry = format!("  - action: 1.1\n    timescale: {read}\n    reason: Delay\n");
        assert_eq!(entries(&estate), entry, "{written}");
        assert!(
            in_full(&said).contains(&format!("is read as \"{read}\"")),
            "{written}: {said:?}"
        );
    }
    for (written, wrong) in [
        (
            "March 2018",
            "31 March 2018 was over on the day of this report",
        ),
        (
            "12/06/2017",
            "12 June 2017 was over on the day of this report",
        ),
        ("16/17", "31 March 2017 was over on the day of this report"),
        ("30/02", "no date can be read in it"),
    ] {
        let cells = [
            ("1.1", "New date, if needed", written),
            ("1.1", "Reason for the change", "Delay"),
        ];
        let (estate, said) = sent(&cells);
        let words = format!("1.1, New date, if needed (Form!L9) says \"{written}\": {wrong}");
        refused(&estate, &said, &[&words]);
    }
    // The same month in other words asks for nothing.
    let cells = [
        ("1.10", "RAG", "Red"),
        ("1.10", "New date, if needed", "Mar-19"),
    ];
    let (estate, said) = sent(&cells);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(entries(&estate), "  - action: 1.10\n    rag: red\n");
}

#[test]
fn a_report_from_long_before_the_form_was_made_is_asked() {
    // It was made on 1 May 2018: a group may have met a quarter of a year before.
    for (day, is_taken) in [
        ("1 February 2018", true),
        ("31 January 2018", false),
        ("1/5/17", false),
        ("2nd May", false),
    ] {
        let estate = board();
        let mut book = Book::of(&estate, "vemt");
        book.dated(Text(day)).put("1.1", "RAG", Text("Red"));
        let said = book.send(&estate);
        if is_taken {
            assert_eq!(said.code, 0, "{day}: {said:?}");
        } else {
            let words = format!("Form!C7 says \"{day}\"");
            refused(
                &estate,
                &said,
                &[&words, "is long before the form was made (1 May 2018)"],
            );
        }
    }
}

#[test]
fn a_month_is_the_same_however_a_spreadsheet_writes_it() {
    for written in [
        "Apr-18",
        "01/04/2018",
        "1-Apr-18",
        "04/01/18",
        "4/1/2018",
        "43191",
        "30/04/2018",
        "2018-04-01 00:00:00",
    ] {
        let (_, said) = sent(&[("1.1", "RAG", "Red"), ("1.1", "By when", written)]);
        assert_eq!(said.code, 0, "{written}: {said:?}");
    }
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.1", "By when", Number(43191.0));
    assert_eq!(book.send(&estate).code, 0);
    for written in ["May-18", "01/05/2018", "05/01/18", "43221", "15/04/2018"] {
        let (estate, said) = sent(&[("1.1", "RAG", "Red"), ("1.1", "By when", written)]);
        refused(
            &estate,
            &said,
            &["a new date goes to the column \"New date, if needed\""],
        );
    }
}

#[test]
fn ratings_with_a_sign_behind_and_the_day_of_completion_are_read() {
    for (column, written, lines) in [
        ("RAG", "GREEN.", "    rag: green\n"),
        ("RAG", "RED!!", "    rag: red\n"),
        ("Status", "Complete 12/04/18", "    status: complete\n"),
        (
            "Status",
            "Completed on 12 April 2018",
            "    status: complete\n",
        ),
        ("RAG", "Done (12/4/2018)", "    status: complete\n"),
    ] {
        let (estate, said) = sent(&[("1.1", column, written)]);
        assert_eq!(said.code, 0, "{written}: {said:?}");
        assert_eq!(
            entries(&estate),
            format!("  - action: 1.1\n{lines}"),
            "{written}"
        );
        if lines.contains("complete") {
            assert_eq!(
                estate.action("1.1", "2018-05-01")["completed"],
                "2018-04-12",
                "{written}"
            );
        }
    }
    for (id, written, wrong) in [
        ("1.1", "Amber?", "more than a rating"),
        (
            "1.1",
            "Complete 2/5/18",
            "that day is later than this report",
        ),
        // It was reported on, on 20 April.
        (
            "1.10",
            "Complete 12/04/18",
            "something was reported about it later, on 20 April 2018",
        ),
    ] {
        let (estate, said) = sent(&[(id, "RAG", written)]);
        refused(&estate, &said, &[wrong]);
    }
}

#[test]
fn a_mended_form_adds_what_is_new_in_it() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "RAG", Text("Red"))
        .put("1.1", "New date, if needed", Text("June 2018"))
        .put("1.1", "Reason for the change", Text("Delay"))
        .set(12, 1, Text("Ask the schools"))
        .set(12, 4, Text("Amber"))
        // Words beyond the table are said, and stop nothing.
        .set(9, 14, Text("Green"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(in_full(&said).contains("1.10 (Form!O10) says \"Green\": the form has no such column"));
    // Put where they belong, they are recorded, and nothing is recorded twice.
    book.set(9, 14, Text(""))
        .set(13, 1, Text("schools"))
        .set(13, 4, Text("Amber"))
        .put("1.10", "RAG", Text("Green"))
        .put("1.1", "What was done", Text("Posters"));
    let said = book.send(&estate);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        in_full(&said).contains("of what it says now, only what is new is recorded"),
        "{said:?}"
    );
    let files = written(&estate);
    assert_eq!(files.len(), 2);
    let second = files
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    let second = second
        .filter(|text| text.contains("1.10"))
        .collect::<String>();
    let expected = "  - action: 1.1\n    done: Posters\n  - action: 1.10\n    rag: green\n";
    let (head, entries) = second.split_once("entries:\n").unwrap();
    assert_eq!(entries, expected);
    // Its words are a part of those that are recorded, and it is new all the same.
    assert!(
        head.contains("Proposed new action: schools; RAG: Amber\n"),
        "{head}"
    );
    assert!(!head.contains("Ask the schools"), "{head}");
    assert_eq!(estate.run(&["validate"]).code, 0);
    // Now it is all there.
    let said = book.send(&estate);
    assert!(
        said.err.contains("is recorded already") && said.err.contains("nothing in it is new"),
        "{said:?}"
    );
    // What is recorded is corrected where it stands: another answer, another day.
    book.put("1.1", "RAG", Text("Green"));
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    let words = "1.1 (Form!E9) says \"green\": this form is recorded, and said \"red\" here; correct what is recorded with `plan amend 1.1 --date 2018-05-01`";
    assert!(in_full(&said).contains(words), "{said:?}");
    book.put("1.1", "RAG", Text("Red")).dated(Day(2018, 4, 30));
    let said = book.send(&estate);
    assert_eq!(said.code, 2);
    let words =
        "Form!C7: what it says of 1.1 is recorded with the date 1 May 2018; write that date";
    assert!(in_full(&said).contains(words), "{said:?}");
    assert_eq!(written(&estate).len(), 2);
}

#[test]
fn an_answer_under_a_name_that_the_form_does_not_have_is_asked() {
    let estate = board();
    let mut book = Book::of(&estate, "vemt");
    book.dated(Day(2018, 5, 1))
        .put("1.1", "What was done", Text("Went badly"));
    book.set(7, 6, Text("Our news"));
    let words = "1.1 (Form!G9) says \"Went badly\": the form has no column \"Our news\", and lacks its own: What was done";
    refused(&estate, &book.send(&estate), &[words]);
    // So in Word, where the name stands before the answer.
    let bytes = word(&estate, "1.10", &[("RAG", "Amber")]);
    let bytes = repacked(&bytes, "word/document.xml", |xml| {
        let at = xml.find(">1.10<").unwrap();
        format!(
            "{}{}",
            &xml[..at],
            xml[at..].replacen(">RAG<", ">Our view<", 1)
        )
    });
    let words = "1.10 (table 3, row 5) says \"Amber\": the form has no column \"Our view\", and lacks its own: RAG";
    refused(&estate, &send_bytes(&estate, "back.docx", &bytes), &[words]);
}

const MARK: &str = "Zqx 7";

#[test]
fn no_word_in_a_form_vanishes_without_a_word() {
    let estate = board();
    let dated = csv(
        &estate,
        &[
            ("Date of this report", 1, "1 May 2018"),
            ("Action 1.1", 4, "Red"),
        ],
    );
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(dated.as_bytes());
    let rows: Vec<Vec<String>> = (reader.records())
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let mut tried = 0;
    for row in 0..rows.len() + 2 {
        for column in 0..16 {
            let mut rows = rows.clone();
            rows.resize(rows.len().max(row + 1), Vec::new());
            // Headings are names, and no answers; the form's own lines are known by how they begin.
            if rows[row].first().is_some_and(|first| first == "Action") || (row < 7 && column == 0)
            {
                continue;
            }
            let cells = &mut rows[row];
            cells.resize(cells.len().max(column + 1), String::new());
            let before = cells[column].clone();
            cells[column] = format!("{before} {MARK}").trim().to_owned();
            let mut writer = ::csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(Vec::new());
            rows.iter()
                .for_each(|row| writer.write_record(row).unwrap());
            let said = send_bytes(&estate, "back.csv", &writer.into_inner().unwrap());
            let all = in_full(&said)
                + &written(&estate)
                    .iter()
                    .map(|path| std::fs::read_to_string(path).unwrap())
                    .collect::<String>();
            // What is refused goes back whole. Of a long text of the form its beginning is quoted.
            let is_quoted = before.len() > 40 && all.contains(&before[..40]);
            assert!(
                said.code == 2 || all.contains(MARK) || is_quoted,
                "row {row}, column {column}: {said:?}"
            );
            written(&estate)
                .iter()
                .for_each(|path| std::fs::remove_file(path).unwrap());
            tried += 1;
        }
    }
    assert_eq!(tried, (8 + 4 + 2) * 16 - 7);
}

#[test]
fn no_word_in_a_cell_of_a_word_form_vanishes_without_a_word() {
    let estate = board();
    let form = word(&estate, "1.10", &[("RAG", "Red")]);
    let mut cells = 0;
    repacked(&form, "word/document.xml", |xml| {
        cells = xml.matches("</w:tc>").count();
        xml
    });
    // The date, and thirteen rows for each of four actions; two cells each.
    assert_eq!(cells, (1 + 4 * 13) * 2);
    for at in 0..cells {
        let bytes = repacked(&form, "word/document.xml", |xml| {
            let end = xml.match_indices("</w:tc>").nth(at).unwrap().0;
            let words = format!("<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>");
            format!("{}{words}{}", &xml[..end], &xml[end..])
        });
        let said = send_bytes(&estate, "back.docx", &bytes);
        let all = in_full(&said)
            + &written(&estate)
                .iter()
                .map(|path| std::fs::read_to_string(path).unwrap())
                .collect::<String>();
        assert!(said.code == 2 || all.contains(MARK), "cell {at}: {said:?}");
        written(&estate)
            .iter()
            .for_each(|path| std::fs::remove_file(path).unwrap());
    }
}

#[test]
fn a_word_in_the_place_of_a_code_is_named() {
    let estate = board();
    let form = csv(
        &estate,
        &[
            ("Date of this report", 1, "1 May 2018"),
            ("Action 1.1", 4, "Red"),
            ("Action 1.1", 13, "Added"),
        ],
    );
    let said = send_bytes(&estate, "back.csv", form.as_bytes());
    assert_eq!(said.code, 0, "{said:?}");
    let words = "says \"Added\": only the program's code belongs there";
    assert!(in_full(&said).contains(words), "{said:?}");
}

#[test]
fn what_word_keeps_beside_the_words_is_named_by_its_action() {
    let cell = |look: &str, words: &str| {
        format!(
            "<w:p><w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>BESIDE</w:p>"
        )
    };
    let with = |estate: &Estate, inside: &str, beside: &str| {
        let bytes = word(
            estate,
            "1.10",
            &[("What was done", "Ran it"), ("RAG", "HERE")],
        );
        repacked(&bytes, "word/document.xml", |xml| {
            let inside = inside.replace("BESIDE", beside);
            xml.replace("<w:p><w:r><w:t>HERE</w:t></w:r></w:p>", &inside)
        })
    };
    // Words that are hidden.
    let estate = board();
    let said = send_bytes(
        &estate,
        "back.docx",
        &with(&estate, &cell("<w:vanish/>", "Amber"), ""),
    );
    assert_eq!(said.code, 0, "{said:?}");
    let note =
        "1.10, RAG (table 3, row 5) says \"Amber\": words in it are hidden; they are not recorded";
    assert!(in_full(&said).contains(note), "{said:?}");
    // A marker pen over blanks.
    let estate = board();
    let said = send_bytes(
        &estate,
        "back.docx",
        &with(&estate, &cell("<w:highlight w:val=\"red\"/>", "   "), ""),
    );
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        entries(&estate),
        "  - action: 1.10\n    rag: red\n    done: Ran it\n"
    );
    // A remark in the margin.
    let estate = board();
    let reference = "<w:r><w:commentReference w:id=\"3\"/></w:r>";
    let bytes = with(&estate, &cell("", " "), reference);
    let bytes = repacked(&bytes, "word/comments.xml", |_| {
        let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        format!(
            "<w:comments {space}><w:comment w:id=\"3\"><w:p><w:r><w:t>Amber, I think</w:t></w:r></w:p></w:comment></w:comments>"
        )
    });
    let said = send_bytes(&estate, "back.docx", &bytes);
    assert_eq!(said.code, 0, "{said:?}");
    let note = "1.10, RAG (table 3, row 5) says \"Amber, I think\": it has a remark, which is not recorded";
    assert!(in_full(&said).contains(note), "{said:?}");
    // So it is where nothing else is written.
    let bytes = repacked(&bytes, "word/document.xml", |xml| xml.replace("Ran it", ""));
    let estate = board();
    let said = send_bytes(&estate, "back.docx", &bytes);
    refused(&estate, &said, &[note, "has nothing filled in"]);
    // The head of a page; the form's own foot is no news.
    let estate = board();
    let bytes = word(&estate, "1.10", &[("RAG", "Amber")]);
    assert!(!in_full(&send_bytes(&estate, "back.docx", &bytes)).contains("PLEASE NOTE"));
    // Nor where a long title was cut there.
    let estate = board();
    let plan = estate.dir.path().join("plans/testshire/plan.yaml");
    let long = "plan: Work Plan of actions, timescales, outcomes and ratings for the whole of the partnership and its subgroups";
    let text = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, text.replace("plan: Work Plan", long)).unwrap();
    let cut = word(&estate, "1.10", &[("RAG", "Amber")]);
    assert!(!in_full(&send_bytes(&estate, "back.docx", &cut)).contains("PLEASE NOTE"));
    let estate = board();
    let bytes = repacked(&bytes, "word/header1.xml", |_| {
        let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        format!("<w:hdr {space}><w:p><w:r><w:t>2.2a is green</w:t></w:r></w:p></w:hdr>")
    });
    let said = send_bytes(&estate, "back.docx", &bytes);
    assert!(
        in_full(&said).contains("word/header1.xml says \"2.2a is green\""),
        "{said:?}"
    );
}

#[test]
fn a_file_of_another_kind_is_told_what_to_become() {
    let estate = board();
    let form = csv(&estate, &[("Date of this report", 1, "1 May 2018")]);
    let wide: Vec<u8> = form.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(
        &estate,
        &send_bytes(&estate, "a.csv", &wide),
        &["is in UTF-16, and does not say so"],
    );
    // The date stands in its label's cell.
    let form = form.replace(
        "Date of this report,1 May 2018",
        "Date of this report: 1 May 2018,",
    );
    let form = form.replace(
        ",April 2018,\"Overdue since 30 Apr 2018.\nNo report yet.\",",
        ",April 2018,,Red",
    );
    let said = send_bytes(&estate, "a.csv", form.as_bytes());
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        text(&estate).contains("date: 2018-05-01\n"),
        "{}",
        text(&estate)
    );
}
