//! `plan lsp` on texts in any state: it never falls over, and answers every request once. How it
//! speaks with a real client is tried by `tests/lsp.sh`.

use std::collections::BTreeSet;

use crate::support::Estate;
use proptest::prelude::*;
use serde_json::{Value, json};

const REPORT: &str = "\
updates: VEMT return 😀
plan: plan
date: 2018-01-16
by: vemt
entries:
  - action: 1.1
    rag: green
    timescale: June 2018
    evidence:
      - {title: VEMT Report, link: report.pdf}
  - {action: [1.1, 1.2], done: \"😀, yes\", escalate: vmet}
";

const PLAN: &str = "\
plan: Example Plan
period: 2017-19
threads: {voice: The voice of the child}
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018, threads: [voice]}
      - id: 1.2
        milestones:
          - {id: 1.2a, timescale: June 2018}
";

const BOARD: &str = "board: Example Board\ngroups:\n  vemt: {name: VEMT}\nrules: {no-owner: off}\n";

fn estate() -> Estate {
    Estate::of(&[
        ("example/board.yaml", BOARD),
        ("example/plan.yaml", PLAN),
        ("example/other.yaml", OTHER),
        ("example/log.yaml", LOG),
        ("example/updates/vemt.yaml", REPORT),
    ])
}

/// A second plan, which serves and carries on the first; a log of challenges; data.
const OTHER: &str = "\
plan: Work Plan of VEMT
period: 2019-20
priorities:
  - id: A
    title: Neglect
    actions:
      - {id: A.1, action: Train staff, from: \"plan#1.1\", supports: \"plan#1\", owners: [vemt]}
";

const LOG: &str = "\
challenges: Log
plan: plan
entries:
  - {challenge: C1, date: 2018-01-16, to: vemt, action: 1.2a, raised: Why?}
";

/// Messages as they come over the wire.
fn framed(messages: &[Value]) -> String {
    let frame = |message: &Value| {
        let text = message.to_string();
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    };
    messages.iter().map(frame).collect()
}

/// What the server says to messages.
fn answers(estate: &Estate, messages: &[Value]) -> Vec<Value> {
    let said = crate::support::run_with(estate.dir.path(), &["lsp"], None, Some(&framed(messages)));
    let parts = said.out.split("Content-Length: ").skip(1);
    let bodies = parts.map(|part| part.split_once("\r\n\r\n").unwrap().1);
    bodies
        .map(|body| serde_json::from_str(body).unwrap())
        .collect()
}

fn address(estate: &Estate, path: &str) -> String {
    let path = estate.plans().join(path);
    let path = path.to_str().unwrap().replace('\\', "/");
    format!("file:///{}", path.trim_start_matches('/'))
}

fn request(id: i32, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

/// All that can be asked about a place, each with an id of its own.
fn questions(address: &str, line: u32, character: u32, first: i32) -> Vec<Value> {
    let document = json!({"uri": address});
    let position = json!({"line": line, "character": character});
    let place = json!({"textDocument": document, "position": position});
    let range = json!({"start": position, "end": position});
    vec![
        request(first, "textDocument/completion", place.clone()),
        request(first + 1, "textDocument/hover", place.clone()),
        request(first + 2, "textDocument/definition", place),
        request(
            first + 3,
            "textDocument/codeAction",
            json!({"textDocument": document, "range": range, "context": {"diagnostics": []}}),
        ),
    ]
}

fn opened(address: &str, text: &str) -> Value {
    let document = json!({"uri": address, "languageId": "yaml", "version": 1, "text": text});
    json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
}

/// Asks everything about some places of a text; each question has its one answer.
fn holds(file: &str, text: &str, places: &[(u32, u32)]) -> Result<(), TestCaseError> {
    let estate = estate();
    let address = address(&estate, file);
    let mut messages = vec![request(0, "initialize", json!({})), opened(&address, text)];
    for (index, &(line, character)) in places.iter().enumerate() {
        messages.extend(questions(&address, line, character, 1 + index as i32 * 4));
    }
    let last = 1 + places.len() as i32 * 4;
    messages.push(request(last, "shutdown", Value::Null));
    let answers = answers(&estate, &messages);
    let ids: Vec<i64> = answers
        .iter()
        .filter_map(|answer| answer["id"].as_i64())
        .collect();
    prop_assert_eq!(ids, (0..=i64::from(last)).collect::<Vec<_>>());
    prop_assert!(answers.iter().all(|answer| answer.get("error").is_none()));
    let shown: BTreeSet<&str> = (answers.iter())
        .filter_map(|answer| answer["params"]["uri"].as_str())
        .collect();
    prop_assert!(shown.contains(address.as_str()));
    Ok(())
}

fn places() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0..20u32, 0..60u32), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A file as it is while somebody types, deletes and pastes.
    #[test]
    fn a_file_in_any_half_written_state(
        which in 0..3usize,
        from in 0..400usize,
        length in 0..40usize,
        typed in "[-{}\\[\\]:,#\"'|>a-z0-9 \r\n😀\u{feff}]{0,12}",
        places in places(),
    ) {
        let (file, text) = [
            ("example/board.yaml", BOARD),
            ("example/plan.yaml", PLAN),
            ("example/updates/vemt.yaml", REPORT),
        ][which];
        let characters: Vec<char> = text.chars().collect();
        let from = from.min(characters.len());
        let to = (from + length).min(characters.len());
        let text: String = characters[..from].iter().collect::<String>()
            + &typed
            + &characters[to..].iter().collect::<String>();
        holds(file, &text, &places)?;
    }

    /// A text of any sort.
    #[test]
    fn any_text_at_all(text in "\\PC{0,80}", places in places()) {
        holds("example/new.yaml", &text, &places)?;
    }
}

/// Asks one thing about the place where a text's `needle` begins, with texts open in the editor; the
/// last is the one that is asked about.
fn ask(method: &str, open: &[(&str, &str)], needle: &str) -> (Estate, Value) {
    let estate = estate();
    let mut messages = vec![request(0, "initialize", json!({}))];
    messages.extend(
        open.iter()
            .map(|(file, text)| opened(&address(&estate, file), text)),
    );
    let (file, text) = open.last().unwrap();
    let before = &text[..text.find(needle).unwrap_or_else(|| panic!("{needle}"))];
    let line = before.matches('\n').count();
    let character = before
        .rsplit('\n')
        .next()
        .unwrap()
        .trim_start_matches('\u{feff}');
    let character = character.encode_utf16().count();
    let place = json!({
        "textDocument": {"uri": address(&estate, file)},
        "position": {"line": line, "character": character},
    });
    messages.push(request(1, method, place));
    let answer = answers(&estate, &messages).pop().unwrap();
    assert_eq!(answer["id"], 1, "{answer}");
    (estate, answer["result"].clone())
}

fn hover(open: &[(&str, &str)], needle: &str) -> String {
    let (_, said) = ask("textDocument/hover", open, needle);
    said["contents"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The file and the line (from 1) that a definition leads to.
fn definition(open: &[(&str, &str)], needle: &str) -> Option<(String, u64)> {
    let (estate, said) = ask("textDocument/definition", open, needle);
    let file = said["uri"]
        .as_str()?
        .strip_prefix(&address(&estate, "example/"))?
        .to_owned();
    Some((file, said["range"]["start"]["line"].as_u64()? + 1))
}

fn offered(open: &[(&str, &str)], needle: &str) -> Vec<String> {
    let (_, said) = ask("textDocument/completion", open, needle);
    let items = said.as_array().cloned().unwrap_or_default();
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn definitions_lead_from_a_name_to_where_it_is_given() {
    let at = |file: &str, line: u64| Some((file.to_owned(), line));
    let (plan, other) = (("example/plan.yaml", PLAN), ("example/other.yaml", OTHER));
    assert_eq!(definition(&[plan], "voice]"), at("plan.yaml", 3));
    assert_eq!(definition(&[plan], "vemt]"), at("board.yaml", 3));
    assert_eq!(definition(&[other], "plan#1.1"), at("plan.yaml", 9));
    assert_eq!(definition(&[other], "plan#1\""), at("plan.yaml", 5));
    let log = ("example/log.yaml", LOG);
    assert_eq!(definition(&[log], "1.2a"), at("plan.yaml", 12));
    assert_eq!(definition(&[log], "vemt"), at("board.yaml", 3));
    let report = REPORT.replace("action: 1.1\n", "priority: 1\n");
    let report = ("example/updates/vemt.yaml", report.as_str());
    assert_eq!(definition(&[report], "1\n    rag"), at("plan.yaml", 5));
    assert_eq!(definition(&[report], "green"), None);
}

#[test]
fn hovers_say_what_a_name_stands_for() {
    let log = ("example/log.yaml", LOG);
    let milestone = hover(&[log], "1.2a");
    assert!(
        milestone.contains("Milestone 1.2a: not started, due 30 June 2018"),
        "{milestone}"
    );
    assert!(milestone.contains("as of 1 May 2018"), "{milestone}");
    let plan = ("example/plan.yaml", PLAN);
    assert!(hover(&[plan], "voice]").contains("The voice of the child"));
    assert!(hover(&[plan], "April").contains("April 2018: last day 30 April 2018"));
    assert!(hover(&[plan], "period").contains("The financial years it covers"));
    let cycle = PLAN.replace("April 2018", "quarterly");
    assert!(hover(&[("example/plan.yaml", &cycle)], "quarterly").contains("no last day"));
    let odd = PLAN.replace("April 2018", "sometime");
    assert!(hover(&[("example/plan.yaml", &odd)], "sometime").contains("sometime"));
    // A plan's text is data: it is never markup.
    let markup = PLAN.replace("Train staff", "Train <b>staff</b> *now*");
    let shown = hover(&[("example/plan.yaml", &markup)], "1.1,");
    assert!(shown.contains("\\<b\\>staff"), "{shown}");
}

#[test]
fn what_another_file_says_is_known_even_while_it_is_half_written() {
    let half = PLAN.replace("threads: {", "threads: {[");
    let open = [
        ("example/plan.yaml", half.as_str()),
        ("example/updates/vemt.yaml", REPORT),
    ];
    assert!(hover(&open, "1.1\n").contains("as of 1 May 2018"));
    assert!(offered(&open, "1.1\n").contains(&"1.2a".to_owned()));
    // In the half-written file itself, too.
    let half = PLAN.replace("threads: [voice]}", "threads: [v");
    assert_eq!(
        offered(&[("example/plan.yaml", &half)], "v\n      - id: 1.2"),
        ["voice"]
    );
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let marked = format!("\u{feff}{REPORT}");
    let open = [("example/updates/vemt.yaml", marked.as_str())];
    assert!(hover(&open, "updates").contains("The title of the report."));
    assert!(hover(&open, "1.1\n").contains("as of 1 May 2018"));
}

#[test]
fn a_fix_is_offered_for_what_it_mends_and_names_the_text_it_puts() {
    let estate = estate();
    let address = address(&estate, "example/updates/vemt.yaml");
    let mut messages = vec![
        request(0, "initialize", json!({})),
        opened(&address, REPORT),
    ];
    messages.extend(questions(&address, 10, 53, 1));
    let answers = answers(&estate, &messages);
    let actions = answers.last().unwrap()["result"]
        .as_array()
        .unwrap()
        .clone();
    let fix = actions
        .iter()
        .find(|action| action["title"] == "Write `vemt`")
        .unwrap();
    let edit = &fix["edit"]["changes"][&address][0];
    // `  - {action: [1.1, 1.2], done: "😀, yes", escalate: ` are 52 units of UTF-16.
    assert_eq!(edit["range"]["start"], json!({"line": 10, "character": 52}));
    assert_eq!(edit["range"]["end"], json!({"line": 10, "character": 56}));
    assert_eq!(edit["newText"], "vemt");
}
