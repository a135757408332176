//! Runs whole commands in-process, on folders that a test makes.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod repository;
pub mod tables;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: u8,
    pub out: String,
    pub err: String,
}

/// A folder that holds a `plans` folder, gone when the test is.
pub struct Estate {
    pub dir: TempDir,
}

/// The repository's own folder.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Estate {
    /// An estate of these files, each by its path below `plans`.
    pub fn of(files: &[(&str, &str)]) -> Estate {
        let estate = Estate {
            dir: TempDir::new().expect("a temporary folder"),
        };
        std::fs::create_dir(estate.plans()).expect("the plans folder");
        for (path, text) in files {
            estate.write(path, text);
        }
        estate
    }

    /// A copy of the two real boards.
    pub fn real() -> Estate {
        let estate = Estate::of(&[]);
        for board in ["hartlepool", "hampshire"] {
            let from = repository().join("plans").join(board);
            for entry in std::fs::read_dir(from).expect("the board's folder") {
                let path = entry.expect("an entry").path();
                let name = path.file_name().unwrap().to_str().unwrap();
                let text = std::fs::read_to_string(&path).expect("a text");
                estate.write(&format!("{board}/{name}"), &text);
            }
        }
        estate
    }

    pub fn plans(&self) -> PathBuf {
        self.dir.path().join("plans")
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.plans().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.plans().join(path)).expect("a text")
    }

    /// Runs `plan` with these arguments, standing in the folder above `plans`.
    pub fn run(&self, arguments: &[&str]) -> Said {
        run_in(self.dir.path(), arguments)
    }

    /// Runs it with `-O json` and gives the answer, whatever the exit code.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.run(&[arguments, &["-O", "json"]].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }

    /// One action of `plan list` on a day.
    pub fn action(&self, id: &str, day: &str) -> Value {
        let list = self.json(&["list", "--as-of", day]);
        let actions = list["actions"].as_array().expect("actions");
        let found = actions.iter().find(|action| action["id"] == id);
        found.unwrap_or_else(|| panic!("no action {id}")).clone()
    }

    /// The rules that `plan validate` names, with file and line.
    pub fn findings(&self, day: &str) -> Vec<(String, String, u64)> {
        let answer = self.json(&["validate", "--as-of", day]);
        let findings = answer["findings"].as_array().expect("findings");
        let word = |value: &Value| value.as_str().expect("a text").to_owned();
        findings
            .iter()
            .map(|f| {
                (
                    word(&f["rule"]),
                    word(&f["file"]),
                    f["line"].as_u64().unwrap(),
                )
            })
            .collect()
    }
}

/// Runs `plan` with these arguments in a folder, on 1 May 2018, with no terminal.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Said {
    run_on_terminal(folder, arguments, None)
}

/// The same on a terminal of a width, or on none.
pub fn run_on_terminal(folder: &Path, arguments: &[&str], terminal: Option<usize>) -> Said {
    run_with(folder, arguments, terminal, None)
}

/// The same with somebody who types these lines when asked, or with nobody.
pub fn run_with(
    folder: &Path,
    arguments: &[&str],
    terminal: Option<usize>,
    typed: Option<&str>,
) -> Said {
    let day = chrono::NaiveDate::from_ymd_opt(2018, 5, 1).unwrap();
    run_as(folder, arguments, terminal, typed, day)
}

/// Runs `plan` with these arguments in a folder on another day.
pub fn run_on_day(folder: &Path, arguments: &[&str], today: chrono::NaiveDate) -> Said {
    run_as(folder, arguments, None, None, today)
}

fn run_as(
    folder: &Path,
    arguments: &[&str],
    terminal: Option<usize>,
    typed: Option<&str>,
    today: chrono::NaiveDate,
) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("plan").chain(arguments.iter().copied());
    let code = plan::run(
        arguments.map(OsString::from),
        &mut plan::World {
            asks: typed.is_some(),
            stdin: &mut typed.unwrap_or_default().as_bytes(),
            stdout: &mut out,
            stderr: &mut err,
            directory: folder.to_owned(),
            environment: &|_| None,
            today: &|| today,
            terminal,
            attended: false,
        },
    );
    Said {
        code,
        out: String::from_utf8(out).expect("text"),
        err: String::from_utf8(err).expect("text"),
    }
}

/// A command's words, those in double quotes together.
pub fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(number, part)| match number % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => {
                std::fs::copy(&path, &target).unwrap();
            }
        }
    }
}

/// A package of parts, as office files are.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A packed file with one of its parts changed, or with one more.
pub fn repacked(bytes: &[u8], name: &str, mut change: impl FnMut(String) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut changed = false;
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let own = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if own == name {
            text = change(String::from_utf8(text).unwrap()).into_bytes();
            changed = true;
        }
        to.start_file(own, options).unwrap();
        to.write_all(&text).unwrap();
    }
    if !changed {
        to.start_file(name, options).unwrap();
        to.write_all(change(String::new()).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}
