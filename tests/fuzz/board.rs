//! A small board in memory's own file system, and whole commands on it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

pub const BOARD: &str = "board: Testshire\ngroups:\n  vemt: {name: VEMT, kind: subgroup}\nmeetings:\n  board: [2018-01-10, 2018-05-08]\n";

pub const PLAN: &str = "plan: Work Plan\nperiod: 2017-19\nadopted: 2017-09-05\npriorities:\n  - id: 1\n    title: Neglect\n    actions:\n      \
    - {id: 1.1, action: Return interviews, owners: [vemt], evidence: [Report], timescale: February 2018}\n";

pub const UPDATES: &str = "updates: Return\nplan: wp\ndate: 2018-01-16\nby: vemt\nentries:\n  - {action: 1.1, rag: amber}\n";

/// The board of one input, gone with it.
pub struct Board(tempfile::TempDir);

impl Board {
    pub fn new() -> Board {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let board = Board(folder.expect("a folder"));
        board.write("plans/b/board.yaml", BOARD);
        board.write("plans/b/wp.yaml", PLAN);
        board.write("plans/b/u.yaml", UPDATES);
        board
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Runs a command; whatever comes of it, it ends as promised and says nothing that a terminal obeys.
    pub fn run(&self, arguments: &[&str]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let all = ["plan"].iter().chain(arguments).chain(&["--as-of", "2018-05-01"]);
        let code = plan::run(
            all.map(OsString::from),
            &mut plan::World {
                asks: false,
                stdin: &mut std::io::empty(),
                stdout: &mut out,
                stderr: &mut err,
                directory: self.0.path().to_owned(),
                environment: &|_| None,
                today: &|| chrono::NaiveDate::from_ymd_opt(2018, 5, 1).expect("a day"),
                terminal: None,
                attended: false,
            },
        );
        assert!(code <= 2, "{arguments:?} ended with {code}");
        let [out, err] = [out, err].map(|bytes| String::from_utf8(bytes).expect("text"));
        for text in [&out, &err] {
            let obeyed = |c: char| c.is_control() && c != '\n' && c != '\r' || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(obeyed), "{arguments:?}: {text:?}");
        }
        (code, out, err)
    }
}
