//! How a file is written changes nothing of what it says: the order of its fields, its quotes, comments, line
//! ends and brackets, and how many files its reports stand in.

use std::fs;
use std::path::{Path, PathBuf};

use granit_parser::{Event, Parser};

use crate::support::{Estate, copy, repository, run_in};

/// What a file says, read by nothing of this project.
#[derive(Clone)]
enum Data {
    Text(String),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl Data {
    fn parse(text: &str) -> Data {
        let mut events = Parser::new_from_str(text).map(|event| event.expect("YAML").0);
        Data::next(&mut events).expect("a document")
    }

    fn next<'e>(events: &mut impl Iterator<Item = Event<'e>>) -> Option<Data> {
        loop {
            match events.next()? {
                Event::Scalar(text, ..) => return Some(Data::Text(text.to_string())),
                Event::SequenceStart(..) => {
                    return Some(Data::List(
                        std::iter::from_fn(|| Data::next(events)).collect(),
                    ));
                }
                Event::MappingStart(..) => {
                    let mut fields = Vec::new();
                    while let Some(Data::Text(key)) = Data::next(events) {
                        fields.push((key, Data::next(events).expect("a value")));
                    }
                    return Some(Data::Map(fields));
                }
                Event::SequenceEnd | Event::MappingEnd => return None,
                _ => {}
            }
        }
    }

    /// In brackets, each text in the quotes that `quote` puts it in.
    fn brackets(&self, quote: fn(&str) -> String) -> String {
        match self {
            Data::Text(text) => quote(text),
            Data::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.brackets(quote)).collect();
                format!("[{}]", items.join(", "))
            }
            Data::Map(fields) => {
                let field = |(key, value): &(String, Data)| {
                    format!("{}: {}", quote(key), value.brackets(quote))
                };
                let fields: Vec<String> = fields.iter().map(field).collect();
                format!("{{{}}}", fields.join(", "))
            }
        }
    }

    fn value(&self) -> serde_yaml::Value {
        match self {
            Data::Text(text) => text.clone().into(),
            Data::List(items) => {
                serde_yaml::Value::Sequence(items.iter().map(Data::value).collect())
            }
            Data::Map(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, value)| (key.clone().into(), value.value()));
                serde_yaml::Value::Mapping(fields.collect())
            }
        }
    }

    /// With the fields of every map the other way round, but for those whose order says something: the first
    /// of the file, and what the board lists by name.
    fn turned(&self, is_file: bool) -> Data {
        match self {
            Data::Text(_) => self.clone(),
            Data::List(items) => Data::List(items.iter().map(|item| item.turned(false)).collect()),
            Data::Map(fields) => {
                let turn = |(key, value): &(String, Data)| {
                    let is_listed = ["groups", "threads"].contains(&key.as_str());
                    (
                        key.clone(),
                        if is_listed {
                            value.clone()
                        } else {
                            value.turned(false)
                        },
                    )
                };
                let mut fields: Vec<(String, Data)> = fields.iter().map(turn).collect();
                fields[usize::from(is_file)..].reverse();
                Data::Map(fields)
            }
        }
    }
}

fn double(text: &str) -> String {
    serde_json::to_string(text).expect("a text")
}

/// Line ends within single quotes are folded: a text that has some stays in double ones.
fn single(text: &str) -> String {
    if text.contains(['\n', '\t']) {
        double(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// JSON on many lines that end as on Windows, with a remark below each.
fn remarked(data: &Data) -> String {
    let json = serde_json::to_string_pretty(&data.value()).expect("JSON");
    let lines = json
        .lines()
        .map(|line| format!("{line}\r\n# a remark: {{\"not\": [read]\r\n"));
    format!("\u{feff}{}", lines.collect::<String>())
}

type Form = (&'static str, fn(&Data) -> String);

const FORMS: [Form; 5] = [
    ("in JSON", |data| data.brackets(double)),
    ("in JSON with remarks and other line ends", remarked),
    ("in single quotes", |data| data.brackets(single)),
    ("by another writer", |data| {
        serde_yaml::to_string(&data.value()).expect("YAML")
    }),
    ("the other way round", |data| {
        data.turned(true).brackets(double)
    }),
];

/// Every YAML file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

fn boards() -> Estate {
    let estate = Estate::real();
    copy(
        &repository().join("examples/exampleshire"),
        &estate.plans().join("exampleshire"),
    );
    estate
}

/// What the boards' papers and figures say on two days.
fn said(estate: &Estate) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let example: &[&[&str]] = &[
        &["report", "annual"],
        &["report", "board"],
        &["report", "assurance"],
        &["chase"],
    ];
    for day in ["2018-05-01", "2026-03-03"] {
        let mut commands: Vec<Vec<&str>> = vec![vec!["list"], vec!["status"]];
        if day.starts_with("2026") {
            commands.extend(
                example
                    .iter()
                    .map(|own| [own, &["--board", "exampleshire"][..]].concat()),
            );
        }
        for command in commands {
            // Those that give places in JSON give none on a page.
            let format = if ["list", "status"].contains(&command[0]) {
                "json"
            } else {
                "markdown"
            };
            let arguments = [&command[..], &["-O", format, "--as-of", day]].concat();
            let said = run_in(estate.dir.path(), &arguments);
            assert_eq!(said.code, 0, "{command:?}: {}", said.err);
            all.push((arguments.join(" "), said.out));
        }
    }
    all
}

#[track_caller]
fn assert_same(was: &[(String, String)], is: &[(String, String)], how: &str) {
    for ((command, was), (_, is)) in was.iter().zip(is) {
        let mut lines = was.lines().zip(is.lines());
        let other = lines.find(|(was, is)| was != is);
        assert!(
            was == is,
            "{how}, `{command}` says another thing: {other:?}"
        );
    }
}

#[test]
fn how_a_file_is_written_changes_nothing_of_what_it_says() {
    let estate = boards();
    let was = said(&estate);
    let mut paths = Vec::new();
    files(&estate.plans(), &mut paths);
    assert!(paths.len() > 40, "{paths:?}");
    let texts: Vec<Data> = paths
        .iter()
        .map(|path| Data::parse(&fs::read_to_string(path).unwrap()))
        .collect();
    for (how, form) in FORMS {
        for (path, data) in paths.iter().zip(&texts) {
            fs::write(path, form(data)).unwrap();
        }
        assert_same(&was, &said(&estate), how);
    }
}

#[test]
fn reports_say_the_same_each_in_a_file_of_its_own() {
    let estate = boards();
    let was = said(&estate);
    let folder = estate.plans().join("exampleshire/updates");
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut count = 0;
    for path in paths {
        let Data::Map(fields) = Data::parse(&fs::read_to_string(&path).unwrap()) else {
            panic!("{path:?}")
        };
        fs::remove_file(&path).unwrap();
        let entries = fields.iter().find(|(key, _)| key == "entries");
        let Some((_, Data::List(entries))) = entries else {
            panic!("{path:?}")
        };
        for (number, entry) in entries.iter().enumerate() {
            let own = |(key, value): &(String, Data)| match key.as_str() {
                "entries" => (key.clone(), Data::List(vec![entry.clone()])),
                _ => (key.clone(), value.clone()),
            };
            let one = Data::Map(fields.iter().map(own).collect());
            let stem = path.file_stem().unwrap().to_str().unwrap();
            fs::write(
                folder.join(format!("{stem}-{number:03}.yaml")),
                one.brackets(double),
            )
            .unwrap();
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
    assert_same(&was, &said(&estate), "each in a file of its own");
}
