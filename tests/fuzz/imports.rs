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
        let (code, out, _) = board.run(&["validate", "plans/new"]);
        assert_eq!(code, 0, "what was imported does not pass: {out} {err}");
    }
});
