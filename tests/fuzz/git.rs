//! A repository of which any file holds any bytes: compared with, or refused in a sentence.
#![no_main]
mod board;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A small repository, made once, and its files.
fn repository() -> &'static [(PathBuf, Vec<u8>)] {
    static FILES: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let board = board::Board::new();
        let git = |arguments: &[&str]| {
            let author = ["-c", "user.name=Business Manager", "-c", "user.email=manager@example.org"];
            let done = Command::new("git").args(author).args(arguments).current_dir(board.path("")).status();
            assert!(done.expect("git").success());
        };
        git(&["init", "-q", "-b", "main"]);
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "As adopted"]);
        git(&["tag", "-a", "v1", "-m", "adopted"]);
        git(&["commit", "-q", "--allow-empty", "-m", "more"]);
        let _ = std::fs::remove_dir_all(board.path(".git/hooks"));
        let mut found = Vec::new();
        collect(&board.path(""), &board.path(".git"), &mut found);
        found.sort();
        found
    })
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let inside = path.strip_prefix(root).expect("inside").to_owned();
            found.push((inside, std::fs::read(path).expect("bytes")));
        }
    }
}

libfuzzer_sys::fuzz_target!(|input: (u8, u16, &[u8])| {
    let (which, at, bytes) = input;
    let files = repository();
    let board = board::Board::new();
    for (number, (path, held)) in files.iter().enumerate() {
        let mut held = held.clone();
        if number == usize::from(which) % files.len() {
            let at = usize::from(at) % (held.len() + 1);
            let end = (at + bytes.len()).min(held.len());
            held.splice(at..end, bytes.iter().copied());
        }
        board.write(path.to_str().expect("text"), held);
    }
    for name in ["HEAD", "v1", "main~1", "HEAD^{/adopted}"] {
        board.run(&["validate", "--against", name]);
    }
    board.run(&["diff", "v1", "HEAD"]);
    board.run(&["show", "1.1", "--log"]);
});
