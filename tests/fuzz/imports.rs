//! Any bytes as a document to import; the first says of which kind.
#![no_main]
mod board;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    const ENDINGS: [&str; 8] = ["docx", "xlsx", "ods", "csv", "tsv", "md", "html", "txt"];
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let file = format!("source.{}", ENDINGS[usize::from(*kind) % ENDINGS.len()]);
    let board = board::Board::new();
    board.write(&file, bytes);
    board.run(&["import", &file, "--check", "--period", "2019-20"]);
    let (code, _, err) = board.run(&["import", &file, "-o", "plans/new", "--period", "2019-20", "--reported", "2018-01-16"]);
    if code < 2 {
        let (_, out, _) = board.run(&["validate", "plans/new", "-O", "json"]);
        let wrong = errors(&out);
        assert!(wrong.is_empty(), "what was imported does not pass: {wrong:?} {err}");
    }
});

/// The rules of the errors that a validation found, but for what a document dates after today: it says so, and
/// no import may change it.
fn errors(findings: &str) -> Vec<&str> {
    let value = |line: &'_ str, field: &str| -> Option<String> {
        let value = line.trim().strip_prefix(field)?.trim_end_matches(',');
        Some(value.trim_matches('"').to_owned())
    };
    let lines: Vec<&str> = findings.lines().collect();
    let pairs = lines.windows(2).filter(|pair| {
        value(pair[1], "\"severity\": ").is_some_and(|severity| severity == "error")
            && value(pair[0], "\"rule\": ").is_none_or(|rule| rule != "future-update")
    });
    pairs.map(|pair| pair[0]).collect()
}
