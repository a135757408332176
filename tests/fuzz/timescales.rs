//! Any words as a timescale: read, or refused with help; never a crash.
#![no_main]
mod board;

libfuzzer_sys::fuzz_target!(|words: &str| {
    if words.contains(|c: char| c.is_control()) {
        return;
    }
    let board = board::Board::new();
    let quoted = format!("'{}'", words.replace('\'', "''"));
    board.write("plans/b/wp.yaml", board::PLAN.replace("February 2018", &quoted));
    board.run(&["list", "-O", "json"]);
    board.run(&["validate", "-O", "json"]);
});
