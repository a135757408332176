//! Any bytes as a plan: read, resolved, judged, checked and shown.
#![no_main]
mod board;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let board = board::Board::new();
    board.write("plans/b/wp.yaml", bytes);
    for command in [
        &["validate", "-O", "json"][..],
        &["validate"],
        &["status"],
        &["list", "-O", "csv"],
        &["report", "work-plan", "-O", "html"],
        &["report", "annual", "-O", "markdown"],
    ] {
        board.run(command);
    }
});
