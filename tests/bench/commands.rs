//! Commands in-process, for somebody who changes one of them: `cargo bench --bench commands`.
//!
//! Whole processes, beside other programs, are measured by `table.py`.

use std::ffi::OsString;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// The commands that people wait for most often.
const COMMANDS: [&[&str]; 6] = [
    &["status"],
    &["validate"],
    &["validate", "-O", "json"],
    &["list"],
    &["report", "board", "-O", "html"],
    &["export", "-O", "xlsx"],
];

/// The example board, two years of it, one day before a meeting.
#[divan::bench(args = COMMANDS.map(|words| words.join(" ")))]
fn example_board(bencher: Bencher, command: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    bench(bencher, &folder, command);
}

/// The two real boards, of which nothing was reported yet.
#[divan::bench(args = COMMANDS.map(|words| words.join(" ")))]
fn real_boards(bencher: Bencher, command: &str) {
    bench(bencher, Path::new(env!("CARGO_MANIFEST_DIR")), command);
}

/// What a text costs that the quick reader leaves to the full one, and the same text without its tab.
#[divan::bench(args = ["quick", "full"])]
fn reader(bencher: Bencher, which: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = include_str!("../../plans/hartlepool/work-plan-2017-19.yaml");
    let text = match which {
        "quick" => plan.to_owned(),
        _ => format!("{plan}\n# a\ttab\n"),
    };
    std::fs::create_dir_all(folder.path().join("plans/b")).expect("a folder");
    std::fs::write(folder.path().join("plans/b/plan.yaml"), &text).expect("a file");
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bench(bencher, folder.path(), "list -O json");
}

fn bench(bencher: Bencher, folder: &Path, command: &str) {
    bencher.bench(|| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words = ["plan"].into_iter().chain(command.split(' '));
        let options = ["--as-of", "2018-05-01"];
        plan::run(
            words.chain(options).map(OsString::from),
            &mut plan::World {
                asks: false,
                stdin: &mut std::io::empty(),
                stdout: &mut out,
                stderr: &mut err,
                directory: folder.to_owned(),
                environment: &|_| None,
                today: &|| chrono::NaiveDate::from_ymd_opt(2018, 5, 1).expect("a day"),
                terminal: None,
                attended: false,
            },
        )
    });
}
