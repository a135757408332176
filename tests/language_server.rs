//! `plan lsp` on texts in any state: it never falls over, and answers every request once. How it
//! speaks with a real client is tried by `tests/lsp.sh`.

mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::Estate;

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
        ("example/updates/vemt.yaml", REPORT),
    ])
}

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
    let said = support::run_with(estate.dir.path(), &["lsp"], None, Some(&framed(messages)));
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
        holds("example/other.yaml", &text, &places)?;
    }
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
