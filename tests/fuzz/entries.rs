//! Any bytes as a file of updates: where an entry is added, every byte that was there stays, and the board
//! has one entry more and no error more.
#![no_main]
mod board;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let board = board::Board::new();
    board.write("plans/b/u.yaml", bytes);
    let note = ["update", "1.1", "--by", "vemt", "--date", "2018-01-16", "--note", "a: \"b\" # c", "--file", "plans/b/u.yaml", "-q"];
    let (code, _, err) = board.run(&note);
    let after = std::fs::read(board.path("plans/b/u.yaml")).expect("the file");
    if code != 0 {
        assert_eq!(after, bytes, "refused and changed: {err}");
        return;
    }
    let mut rest = after.iter();
    assert!(bytes.iter().all(|byte| rest.any(|other| other == byte)), "something that was there is gone");
    assert!(after.len() > bytes.len());
    let (code, ..) = board.run(&["list"]);
    assert_ne!(code, 2, "what was written cannot be read");
});
