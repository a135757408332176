//! Any bytes as a form that came back; the first says of which kind.
#![no_main]
mod board;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    const ENDINGS: [&str; 4] = ["csv", "xlsx", "docx", "ods"];
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let file = format!("form.{}", ENDINGS[usize::from(*kind) % ENDINGS.len()]);
    let board = board::Board::new();
    board.write(&file, bytes);
    let (code, ..) = board.run(&["update", "--from", &file, "-q"]);
    if code == 0 {
        let (code, out, _) = board.run(&["list"]);
        assert_ne!(code, 2, "what was recorded cannot be read: {out}");
    }
});
