//! `plan import`: a plan that a board already has becomes its files, and every cell of it is accounted
//! for. The fixtures' `.cells` say what was put into each document; `fixtures/import/make.py` wrote
//! both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Estate, Said, package, repository, run_in};
use serde_json::Value;

/// Imports a file of the repository into `plans/NAME` of a new estate.
fn import(file: &str, options: &[&str]) -> (Estate, Said) {
    let estate = Estate::of(&[]);
    let source = repository().join(file);
    let arguments = ["import", source.to_str().unwrap(), "-o", "plans/testshire/"];
    let said = estate.run(&[&arguments, options].concat());
    (estate, said)
}

fn fixture(name: &str, options: &[&str]) -> (Estate, Value) {
    let (estate, said) = import(
        &format!("tests/fixtures/import/{name}"),
        &[options, &["-O", "json"]].concat(),
    );
    assert!(said.code < 2, "{name}: {said:?}");
    let report = serde_json::from_str(&said.out).unwrap();
    (estate, report)
}

/// The words of a text: no signs, no case.
fn words(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every file of an imported board, in one text.
fn files(estate: &Estate) -> String {
    let mut folders = vec![estate.plans()];
    let mut all = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                all += &fs::read_to_string(path).unwrap()
            }
        }
    }
    all
}

/// An action in one line: id, priority, objective, action, owners, timescale, evidence.
fn line(action: &Value) -> String {
    let names = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>().join(", ");
    let fields = [
        text(&action["id"]).to_owned(),
        text(&action["priority"]).to_owned(),
        text(&action["objective"]).to_owned(),
        text(&action["action"]).replace('\n', " "),
        names(&action["owners"]),
        text(&action["timescale"]).to_owned(),
        names(&action["evidence_planned"]),
    ];
    fields.join(" | ")
}

fn lines(estate: &Estate) -> Vec<String> {
    let answer = estate.json(&["list", "--as-of", "2018-05-01"]);
    list(&answer["actions"]).iter().map(line).collect()
}

/// The layouts, the options that each needs, and the actions that each must give, read off the
/// documents by hand.
const LAYOUTS: &[(&str, &[&str], &[&str])] = &[
    (
        "no-ids.docx",
        &[],
        &[
            "1.1 | 1 |  | Publish guidance on:  - early help - thresholds | police, health | June 2019 | ",
            "1.2 | 1 |  | Train all staff | training-group | Ongoing | ",
            "2.1 | 2 |  | Map the risks | police | Summer 2019 | ",
        ],
    ),
    (
        "ids-in-text.md",
        &[],
        &[
            "22PR | 1 |  | Review the threshold document | head-early-help | 30 June 2019 | ",
            "1a | 1 |  | Launch the pathway | police | Q2 2019/20 | ",
            "C1.1.1 | 2 |  | Ask young people what they think  - in schools - in care | participation-team | termly | ",
        ],
    ),
    (
        "status-scale.xlsx",
        &["--reported", "2018-04-01"],
        &[
            "1.1 | 1 |  | Set up a forum | business-manager | April 2020 | ",
            "1.2 | 1 |  | Visit schools | business-manager | Spring 2020 | ",
            "2.1 | 2 |  | Publish briefings | learning-group | Quarterly | ",
            "2.2 | 2 |  | Audit practice | learning-group | soon | ",
        ],
    ),
    (
        "two-header-rows.docx",
        &[],
        &[
            "1 | 1 |  | Agree a protocol | health-partnership | May 2019 | ",
            "2 | 1 |  | Run an audit | audit-group | October 2019 | ",
            "3 | 1 |  | Share the lessons | learning-group | March 2020 | ",
        ],
    ),
    (
        "table-per-priority.html",
        &[],
        &[
            "1.1.1 | 1 | 1.1 | Train advocates | police, council | June 2019 | Audit, Survey",
            "1.1.2 | 1 | 1.1 | Fund refuges | police, council | September 2019 | Audit, Survey",
            "2.1.1 | 2 | 2.1 | Use the toolkit | health | March 2020 | Dataset",
        ],
    ),
    (
        "sheet-per-priority.xlsx",
        &["--reported", "2018-04-01", "--period", "2019-20"],
        &[
            "1.1 | 1 |  | Agree a tool | health | 30 June 2019 | ",
            "1.2 | 1 |  | Train users | council | September 2019 | ",
            "2.1 | 2 |  | Map hotspots | police | 31 December 2019 | ",
        ],
    ),
    (
        "owner-initials.docx",
        &[],
        &[
            "1.1 | 1 |  | Brief all midwives | named-nurse | July 2019 | ",
            "1.2 | 1 |  | Print leaflets | business-manager, named-nurse | August 2019 | ",
            "2.1 | 2 |  | Run a campaign | business-manager | by Christmas | ",
        ],
    ),
    (
        "free-text-progress.tsv",
        &[
            "--reported",
            "2018-04-01",
            "--period",
            "2019-20",
            "--by",
            "board",
        ],
        &[
            "A1 | 1 |  | Agree a dataset | performance-group | Sept 2019 | ",
            "A2 | 1 |  | Report \"every\" quarter | performance-group | quarterly | ",
            "A3 | 2 |  | Audit files | audit-group | 2019/20 | ",
        ],
    ),
    (
        "merged.ods",
        &[],
        &[
            "1.1 | 1 |  | Book checks early | health, council | June 2019 | Health data",
            "1.2 | 1 |  | Follow up missed checks | health, council | July 2019 | Health data",
            "2.1 | 2 |  | Agree a housing protocol | council | Autumn term 2019 | ",
        ],
    ),
    (
        "split-pages.txt",
        &[],
        &[
            "1.1 | 1 |  | Map services for young adults | transitions-group | May 2019 | Service review, Annual Report",
            "1.2 | 1 |  | Agree a pathway | transitions-group | August 2019 | Service review, Annual Report",
            "1.3 | 1 |  | Train both workforces | training-team, business-manager | Ongoing | Training data",
            "2.1 | 2 |  | Survey staff | business-manager | Summer 2019 | Staff survey, Workforce data",
            "2.2 | 2 |  | Publish the findings | business-manager | December 2019 | Staff survey, Workforce data",
        ],
    ),
    (
        "duplicate-numbers.html",
        &["--reported", "2018-04-01"],
        &[
            "2.3 | 2 |  | Commission a service | council | Jan 2020 | ",
            "2.3-2 | 2 |  | Open a helpline | health | Feb 2020 | ",
            "2.4 | 2 |  | Review waiting times | health | TBC | ",
        ],
    ),
    (
        "outcome-first.docx",
        &[],
        &[
            "1 | 1 |  | Hold a summit | participation-team | May 2019 | ",
            "2 | 1 |  | Write a charter | participation-team | June 2019 | ",
            "3 | 2 |  | Open hubs | council | March 2020 | ",
        ],
    ),
    (
        "plan-2018-19.csv",
        &[],
        &[
            "1.1 | 1 |  | Visit every family – twice | childrens-services | By end of March annually | ",
            "2.1 | 2 |  | Walk the streets | police, youth-team | 1.10.18 | ",
        ],
    ),
    (
        "numbers-begin-anew.docx",
        &[],
        &[
            "1.1 | 1 |  | Brief nurseries | head-early-years | May 2019 | ",
            "1.2 | 1 |  | Share records | health | June 2019 | ",
            "2.1 | 2 |  | Open a drop-in | youth-team | July 2019 | ",
        ],
    ),
];

#[test]
fn every_layout_gives_the_actions_that_its_document_shows() {
    for (name, options, expected) in LAYOUTS {
        let (estate, _) = fixture(name, options);
        assert_eq!(lines(&estate), *expected, "{name}");
    }
}

#[test]
fn what_is_imported_validates_without_errors() {
    for (name, options, _) in LAYOUTS {
        let (estate, _) = fixture(name, options);
        let answer = estate.json(&["validate", "--as-of", "2018-05-01"]);
        assert_eq!(answer["counts"]["error"], 0, "{name}: {answer:#}");
    }
}

/// The cells that were put into a document.
fn said_in(name: &str) -> Vec<String> {
    let path = repository().join(format!("tests/fixtures/import/{name}.cells"));
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_cell_that_was_put_into_a_document_is_in_the_account() {
    for (name, options, _) in LAYOUTS {
        let (_, report) = fixture(name, options);
        let mut accounted: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for cell in list(&report["cells"])
            .iter()
            .chain(list(&report["left_out"]))
        {
            *accounted.entry(words(text(&cell["text"]))).or_default() += 1;
        }
        for cell in said_in(name) {
            let count = accounted.get_mut(&words(&cell)).filter(|count| **count > 0);
            *count.unwrap_or_else(|| panic!("{name}: \"{cell}\" is nowhere in the account")) -= 1;
        }
        accounted.retain(|words, count| *count > 0 && !words.is_empty());
        assert!(
            accounted.is_empty(),
            "{name}: in the account and not in the document: {accounted:?}"
        );
    }
}

/// Words that stand for others in the files: of a rating its letter, of a status its word.
const MEANT: &[(&str, &str)] = &[
    ("g", "green"),
    ("r", "red"),
    ("blue", "complete"),
    ("one", "1"),
    ("two", "2"),
];

#[test]
fn what_the_account_says_is_in_the_files_is_there_word_for_word() {
    for (name, options, _) in LAYOUTS {
        let (estate, report) = fixture(name, options);
        let written: BTreeSet<String> = words(&files(&estate)).into_iter().collect();
        for cell in list(&report["cells"]) {
            let into: Vec<&str> = list(&cell["into"]).iter().map(text).collect();
            assert!(!into.is_empty(), "{name}: {cell}");
            // A heading that only names the field is the field; the word for a priority is its place.
            let named = |word: &str| {
                into.iter()
                    .any(|into| into.contains(word) || into.contains("again"))
            };
            let heading = into
                .iter()
                .any(|into| into.starts_with("headings: ") || into.contains("heading row again"));
            let placed = |word: &String| {
                let meant = MEANT
                    .iter()
                    .any(|(from, to)| from == word && written.contains(*to));
                written.contains(word)
                    || meant
                    || named(word)
                    || (word == "priority" && into[0].contains("title"))
                    || (word == "continued" && into[0].starts_with("joined"))
                    || (heading && singular_of_a_field(word))
            };
            let lost: Vec<String> = words(text(&cell["text"]))
                .into_iter()
                .filter(|word| !placed(word))
                .collect();
            assert!(lost.is_empty(), "{name}: {lost:?} of {cell}");
        }
    }
}

fn singular_of_a_field(word: &str) -> bool {
    [
        "actions",
        "objective",
        "timescale",
        "impact",
        "status",
        "rag",
        "evidence",
        "priority",
        "action",
    ]
    .contains(&word)
}

#[test]
fn each_text_goes_to_the_field_that_the_account_names() {
    for (name, options, _) in LAYOUTS {
        let (estate, report) = fixture(name, options);
        let answer = estate.json(&["list", "--as-of", "2018-05-01"]);
        let actions = list(&answer["actions"]);
        for cell in list(&report["cells"]) {
            for into in list(&cell["into"]).iter().map(text) {
                let Some((id, field)) = into
                    .strip_prefix("action ")
                    .and_then(|into| into.split_once(": "))
                else {
                    continue;
                };
                let key = if field == "evidence" {
                    "evidence_planned"
                } else {
                    field
                };
                let action = actions
                    .iter()
                    .find(|action| action["id"] == id)
                    .unwrap_or_else(|| panic!("{name}: {into}"));
                if ![
                    "action",
                    "impact",
                    "responsibility",
                    "timescale",
                    "evidence",
                ]
                .contains(&field)
                {
                    continue;
                }
                let held = match &action[key] {
                    Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
                    other => text(other).to_owned(),
                };
                let cell = words(text(&cell["text"]));
                let held = words(&held);
                assert!(
                    !held.is_empty() && cell.windows(held.len()).any(|part| part == held),
                    "{name}: {into}: {cell:?}, {held:?}"
                );
            }
        }
    }
}

#[test]
fn a_column_that_no_field_fits_is_left_out_and_said_so() {
    let (_, said) = import("tests/fixtures/import/plan-2018-19.csv", &["-O", "json"]);
    assert_eq!(said.code, 1);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let left: Vec<&str> = list(&report["left_out"])
        .iter()
        .map(|left| text(&left["text"]))
        .collect();
    assert_eq!(left, ["Budget", "£5k"]);
    let why = text(&report["left_out"][1]["why"]);
    assert!(why.contains("--keep \"Budget\""), "{why}");
    // The advice works.
    let (estate, said) = import(
        "tests/fixtures/import/plan-2018-19.csv",
        &["--keep", "Budget"],
    );
    assert_eq!(said.code, 0, "{said:?}");
    assert!(files(&estate).contains("note: \"Budget: £5k\""));
}

#[test]
fn a_wish_about_a_column_that_is_not_there_or_a_field_that_is_none_is_refused() {
    for (wish, why) in [
        ("Budgets=note", "no table has a column"),
        ("Budget=cost", "no field \"cost\""),
        ("Budget", "Column=field"),
    ] {
        let (estate, said) = import("tests/fixtures/import/plan-2018-19.csv", &["--map", wish]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(why), "{}", said.err);
        assert!(!estate.plans().join("testshire").exists());
    }
}

#[test]
fn progress_becomes_a_first_report_and_is_refused_without_its_day() {
    let (estate, said) = import("tests/fixtures/import/duplicate-numbers.html", &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--reported"), "{}", said.err);
    assert!(!estate.plans().join("testshire").exists());
    let (estate, _) = fixture(
        "duplicate-numbers.html",
        &["--reported", "1 April 2018", "--by", "council"],
    );
    let action = estate.action("2.3", "2018-05-01");
    assert_eq!(
        (text(&action["reported_rag"]), text(&action["last_update"])),
        ("amber", "2018-04-01")
    );
    assert!(
        estate
            .read("testshire/updates/2018-04-01-import.yaml")
            .contains("by: council")
    );
}

/// What the board says itself is a decision (design section 5, point 6), so that its progress is on no page.
#[test]
fn progress_by_the_board_itself_is_told_to_be_no_report() {
    let said = |by: &[&str]| {
        let options = [&["--reported", "1 April 2018"], by].concat();
        let (_, report) = fixture("duplicate-numbers.html", &options);
        let notes: Vec<String> = list(&report["notes"])
            .iter()
            .map(|note| text(&note["note"]).to_owned())
            .filter(|note| note.contains("decisions and not as reports"))
            .collect();
        notes.concat()
    };
    assert!(said(&["--by", "board"]).contains("import without --by"));
    assert_eq!(said(&["--by", "council"]), "");
    assert_eq!(said(&[]), "");
}

#[test]
fn a_colour_alone_is_a_rating_and_a_scale_is_read_by_its_key() {
    let (estate, _) = fixture(
        "sheet-per-priority.xlsx",
        &["--reported", "2018-04-01", "--period", "2019-20"],
    );
    let ratings =
        ["1.1", "1.2", "2.1"].map(|id| estate.action(id, "2018-05-01")["reported_rag"].clone());
    assert_eq!(ratings.each_ref().map(text), ["green", "red", "amber"]);
    let (estate, _) = fixture("status-scale.xlsx", &["--reported", "2018-04-01"]);
    let statuses =
        ["1.1", "1.2", "2.1", "2.2"].map(|id| estate.action(id, "2018-05-01")["status"].clone());
    assert_eq!(
        statuses.each_ref().map(text),
        ["in progress", "not started", "complete", "not started"]
    );
}

#[test]
fn nothing_is_written_by_check_and_nothing_is_overwritten_without_force() {
    let (estate, said) = import("tests/fixtures/import/no-ids.docx", &["--check"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(fs::read_dir(estate.plans()).unwrap().count(), 0);
    assert!(said.out.contains("actions          3"), "{}", said.out);
    let source = repository().join("tests/fixtures/import/no-ids.docx");
    let again = ["import", source.to_str().unwrap(), "-o", "plans/testshire"];
    assert_eq!(estate.run(&again).code, 0);
    estate.write("testshire/board.yaml", "board: Mine\n");
    let said = estate.run(&again);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("board.yaml is there already; --force"),
        "{}",
        said.err
    );
    assert_eq!(estate.read("testshire/board.yaml"), "board: Mine\n");
    assert_eq!(estate.run(&[&again[..], &["--force"]].concat()).code, 0);
    assert!(
        estate
            .read("testshire/board.yaml")
            .contains("Testshire Safeguarding Children Partnership")
    );
}

/// What is there is replaced as a whole or stays as a whole, byte for byte, also what is no text.
#[cfg(unix)]
#[test]
fn force_writes_all_files_or_leaves_all_as_they_are() {
    const LATIN_1: &[u8] = b"board: Latin-1 b\xf6ard\n";
    type Obstacle = fn(&Path);
    let obstacles: [(&str, Obstacle); 3] = [
        ("directory", |path| {
            fs::create_dir_all(path.join("within")).unwrap()
        }),
        ("is a symbolic link", |path| {
            let other = path.with_file_name("other");
            fs::write(&other, "theirs\n").unwrap();
            std::os::unix::fs::symlink(other, path).unwrap();
        }),
        ("is marked read-only", |path| {
            fs::write(path, "updates: Theirs\n").unwrap();
            let mut may = fs::metadata(path).unwrap().permissions();
            may.set_readonly(true);
            fs::set_permissions(path, may).unwrap();
        }),
    ];
    for (words, obstacle) in obstacles {
        let estate = Estate::of(&[]);
        let board = estate.plans().join("new/board.yaml");
        let updates = estate.plans().join("new/updates/2018-04-20-import.yaml");
        fs::create_dir_all(updates.parent().unwrap()).unwrap();
        fs::write(&board, LATIN_1).unwrap();
        obstacle(&updates);
        let sheet =
            "Priority,Action,Lead,By when,RAG\nOne,Agree a protocol,Health,May 2018,Amber\n";
        fs::write(estate.dir.path().join("source.csv"), sheet).unwrap();
        let import = [
            "import",
            "source.csv",
            "-o",
            "plans/new",
            "--period",
            "2018-19",
        ];
        let said = estate.run(&[&import[..], &["--reported", "2018-04-20", "--force"]].concat());
        assert_eq!(said.code, 2, "{words}: {said:?}");
        assert!(said.err.contains(words), "{words}: {said:?}");
        assert_eq!(fs::read(&board).unwrap(), LATIN_1, "{words}");
        let names = fs::read_dir(estate.plans().join("new")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["board.yaml", "updates"], "{words}");
    }
}

#[test]
fn no_day_of_adoption_is_invented() {
    for (name, options, _) in LAYOUTS {
        let (estate, _) = fixture(name, options);
        assert!(!files(&estate).contains("adopted"), "{name}");
    }
}

/// The two real boards' texts, and the transcriptions of them that were made by hand.
const SEEDS: [(&str, &str, usize); 2] = [
    (
        "tests/seeds/hartlepool-work-plan-2017-19.txt",
        "hartlepool",
        49,
    ),
    (
        "tests/seeds/hampshire-business-plan-2019-20.txt",
        "hampshire",
        14,
    ),
];

/// The actions of a board, each by its id.
fn board(estate: &Estate, name: &str) -> BTreeMap<String, Value> {
    let answer = estate.json(&["list", "--as-of", "2018-05-01", "--board", name]);
    let actions = list(&answer["actions"]).iter();
    actions
        .map(|action| (text(&action["id"]).to_owned(), action.clone()))
        .collect()
}

#[test]
fn the_real_boards_come_back_from_their_documents_action_by_action() {
    let real = Estate::real();
    for (file, name, count) in SEEDS {
        let (estate, said) = import(file, &[]);
        assert_eq!(said.code, 0, "{said:?}");
        let (by_hand, imported) = (board(&real, name), board(&estate, "testshire"));
        assert_eq!(imported.len(), count);
        let ids = |board: &BTreeMap<String, Value>| board.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&imported), ids(&by_hand));
        for (id, action) in &imported {
            let other = &by_hand[id];
            for field in [
                "priority",
                "objective",
                "action",
                "impact",
                "measure",
                "responsibility",
            ] {
                assert_eq!(
                    words(text(&action[field])),
                    words(text(&other[field])),
                    "{id}: {field}"
                );
            }
            for field in ["evidence_planned", "due", "review_due", "status"] {
                assert_eq!(action[field], other[field], "{id}: {field}");
            }
            // By hand the "by" of a deadline within a sentence was left out.
            let timescale = text(&action["timescale"]);
            let plain = timescale.trim_start_matches("by ");
            assert!(
                [timescale, plain].contains(&text(&other["timescale"])),
                "{id}: {timescale}"
            );
            let dates = |action: &Value| {
                list(&action["milestones"])
                    .iter()
                    .map(|m| (m["id"].clone(), m["due"].clone()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(dates(action), dates(other), "{id}");
        }
    }
}

/// The spellings of each group of a board, by its id.
fn spellings(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let board: serde_yaml::Value =
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for (id, group) in board["groups"].as_mapping().unwrap() {
        let aka = group["aka"].as_sequence().into_iter().flatten();
        let names = aka
            .chain([&group["name"]])
            .map(|name| words(name.as_str().unwrap()).join(" "));
        found.insert(id.as_str().unwrap().to_owned(), names.collect());
    }
    found
}

#[test]
fn the_owners_of_a_real_board_are_those_that_were_read_by_hand() {
    let real = Estate::real();
    let (estate, _) = import(SEEDS[0].0, &[]);
    let by_hand = spellings(&real.plans().join("hartlepool/board.yaml"));
    let imported = spellings(&estate.plans().join("testshire/board.yaml"));
    // A group found is the one by hand that has one of its spellings.
    let same = |id: &str| -> String {
        let spelt = &imported[id];
        let found = by_hand.iter().find(|(_, names)| !names.is_disjoint(spelt));
        found.unwrap_or_else(|| panic!("{id}: {spelt:?}")).0.clone()
    };
    let (theirs, ours) = (board(&real, "hartlepool"), board(&estate, "testshire"));
    for (id, action) in ours {
        let owners: Vec<String> = list(&action["owners"])
            .iter()
            .map(|owner| same(text(owner)))
            .collect();
        let expected: Vec<&str> = list(&theirs[&id]["owners"]).iter().map(text).collect();
        assert_eq!(owners, expected, "{id}");
    }
}

#[test]
fn the_words_around_a_real_board_s_tables_come_back_too() {
    let plan = |path: PathBuf| -> serde_yaml::Value {
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    for (file, name, _) in SEEDS {
        let (estate, _) = import(file, &[]);
        let stem = if name == "hartlepool" {
            "work-plan-2017-19"
        } else {
            "business-plan-2019-20"
        };
        let by_hand = plan(repository().join(format!("plans/{name}/{stem}.yaml")));
        let imported = plan(estate.plans().join(format!("testshire/{stem}.yaml")));
        for field in ["plan", "period", "sections", "headings"] {
            assert_eq!(imported[field], by_hand[field], "{name}: {field}");
        }
        let texts = |plan: &serde_yaml::Value| -> Vec<serde_yaml::Value> {
            plan["threads"]
                .as_mapping()
                .into_iter()
                .flat_map(|threads| threads.values().cloned())
                .collect()
        };
        assert_eq!(texts(&imported), texts(&by_hand), "{name}");
        let outline = |plan: &serde_yaml::Value| -> Vec<Vec<String>> {
            let priorities = plan["priorities"].as_sequence().unwrap().iter();
            priorities
                .flat_map(|priority| {
                    let objectives = priority["objectives"].as_sequence().into_iter().flatten();
                    let own = std::iter::once(priority).chain(objectives);
                    own.map(|of| {
                        ["id", "theme", "title", "outcomes"]
                            .map(|field| words(&format!("{:?}", of[field])).join(" "))
                            .to_vec()
                    })
                })
                .collect()
        };
        assert_eq!(outline(&imported), outline(&by_hand), "{name}");
    }
    let board = |path: PathBuf| plan(path);
    let (estate, _) = import(SEEDS[0].0, &[]);
    let imported = board(estate.plans().join("testshire/board.yaml"));
    let by_hand = board(repository().join("plans/hartlepool/board.yaml"));
    for field in ["board", "short", "kind", "area"] {
        assert_eq!(imported[field], by_hand[field], "{field}");
    }
}

/// The work-plan paper of a real board in every format that holds its tables, imported again: the
/// same plan. The paper prints no indicators, and its title carries the plan's period.
#[test]
fn the_work_plan_paper_imports_back_to_the_same_plan() {
    let real = Estate::real();
    for (_, name, count) in SEEDS {
        let by_hand = board(&real, name);
        for ending in ["docx", "xlsx", "csv", "md", "html"] {
            let paper = format!("paper.{ending}");
            // The day is before the deadlines, which ratings must not hide.
            let said = real.run(&[
                "report",
                "work-plan",
                "--board",
                name,
                "--as-of",
                "2018-01-01",
                "-o",
                &paper,
            ]);
            assert_eq!(said.code, 0, "{said:?}");
            let again = Estate::of(&[]);
            let paper = real.dir.path().join(paper);
            let said = again.run(&[
                "import",
                paper.to_str().unwrap(),
                "-o",
                "plans/testshire",
                "--reported",
                "2018-01-01",
            ]);
            assert_eq!(said.code, 0, "{name}.{ending}: {said:?}");
            let imported = board(&again, "testshire");
            assert_eq!(imported.len(), count, "{name}.{ending}");
            for (id, action) in &imported {
                let other = &by_hand[id];
                let fields = [
                    "priority",
                    "objective",
                    "title",
                    "action",
                    "impact",
                    "measure",
                    "responsibility",
                    "timescale",
                ];
                for field in fields {
                    assert_eq!(action[field], other[field], "{name}.{ending} {id}: {field}");
                }
                for field in ["evidence_planned", "due"] {
                    assert_eq!(action[field], other[field], "{name}.{ending} {id}: {field}");
                }
                let milestones = |action: &Value| {
                    list(&action["milestones"])
                        .iter()
                        .map(|m| ["id", "title", "timescale"].map(|field| m[field].clone()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(
                    milestones(action),
                    milestones(other),
                    "{name}.{ending} {id}"
                );
            }
            let (mut found, mut expected) = (around(&again, "testshire"), around(&real, name));
            if ending == "csv" {
                // The list of threads has no marks in CSV, and comes back as the words of its section.
                for all in [&mut found, &mut expected] {
                    all.retain(|words| {
                        !words.starts_with("key threads that run through all priorities | ")
                    });
                }
            }
            assert_eq!(found, expected, "{name}.{ending}");
        }
    }
}

/// A value's texts, one after the other.
fn flat(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) => number.to_string(),
        serde_yaml::Value::Sequence(items) => items.iter().map(flat).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// The words of a plan's sections, priorities, outcomes, themes and objectives, in their order.
fn around(estate: &Estate, board: &str) -> Vec<String> {
    let folder = estate.plans().join(board);
    let mut paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let path = paths
        .find(|path| path.to_str().unwrap().contains("-plan-"))
        .unwrap();
    let plan: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let list = |value: &serde_yaml::Value| value.as_sequence().cloned().unwrap_or_default();
    let said = |of: &serde_yaml::Value, fields: &[&str]| {
        let fields = fields
            .iter()
            .map(|field| words(&flat(&of[*field])).join(" "));
        fields.collect::<Vec<_>>().join(" | ")
    };
    let mut around: Vec<String> = list(&plan["sections"])
        .iter()
        .map(|s| said(s, &["title", "text"]))
        .collect();
    for priority in list(&plan["priorities"]) {
        around.push(said(&priority, &["id", "title", "outcomes"]));
        around.extend(
            list(&priority["objectives"])
                .iter()
                .map(|o| said(o, &["id", "theme", "title"])),
        );
    }
    around
}

/// Writes bytes to a file and imports it: the message, with nothing written.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let said = run_in(folder.path(), &["import", name, "-o", "plans/x/"]);
    assert_eq!(said.code, 2, "{name}: {said:?}");
    assert_eq!(said.out, "", "{name}");
    assert!(!folder.path().join("plans").exists(), "{name}");
    assert_eq!(said.err.lines().count(), 1, "{name}: {}", said.err);
    said.err
}

#[test]
fn what_cannot_be_a_plan_is_refused_with_a_sentence() {
    let docx = fs::read(repository().join("tests/fixtures/import/no-ids.docx")).unwrap();
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.docx", b"", "is empty"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "password",
        ),
        ("a.docx", b"hello", "is not a docx file"),
        ("a.docx", &docx[..docx.len() / 2], "cut off or damaged"),
        ("a.xlsx", &docx, "is no Excel file"),
        ("a.ods", &docx, "content.xml"),
        ("a.txt", &docx, "a packed file"),
        ("a.csv", b"%PDF-1.7", "a PDF"),
        ("a.md", b"\x89PNG\r\n", "a picture"),
        ("a.docm", &docx, "save it as .docx"),
        ("a.xlsm", &docx, "save it as .xlsx"),
        ("a.pdf", b"%PDF-1.7", "take its text out"),
        ("a.png", b"\x89PNG\r\n", "a picture holds no text"),
        (
            "a.md",
            b"# A plan 2019-20\n\nNo table here.\n",
            "holds no table",
        ),
        (
            "a.html",
            b"<h1>Plan 2019-20</h1><img src='http://example.org/table.png'>",
            "picture of a table",
        ),
        (
            "a.csv",
            b"Neglect,Train staff,Police\nVoice,Ask,Council\n",
            "--map",
        ),
        ("a.csv", b"Action,Who\nTrain,Police\n", "--period"),
        ("a.txt", &[0, 1, 2, 3, 4, 5, 6, 7], "is no text"),
    ];
    for (name, bytes, why) in cases {
        let message = refused(name, bytes);
        assert!(message.contains(why), "{name}: {message}");
    }
}

const WORD: &str = "<w:document xmlns:w='w'><w:body>";

#[test]
fn bombs_macros_and_entities_are_refused_and_nothing_is_expanded() {
    let zeros = vec![b' '; 65 * 1024 * 1024];
    let bomb = package(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 200_000);
    assert!(refused("bomb.docx", &bomb).contains("unpacks to more than"));
    let entities = format!(
        "<?xml version='1.0'?><!DOCTYPE w [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]>{WORD}<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    );
    assert!(
        refused(
            "entities.docx",
            &package(&[("word/document.xml", entities.as_bytes())])
        )
        .contains("declares entities")
    );
    let external = entities.replace("'lol'", "SYSTEM 'file:///etc/hostname'");
    assert!(
        refused(
            "external.docx",
            &package(&[("word/document.xml", external.as_bytes())])
        )
        .contains("declares entities")
    );
    let unknown = format!("{WORD}<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>");
    assert!(
        refused(
            "unknown.docx",
            &package(&[("word/document.xml", unknown.as_bytes())])
        )
        .contains("damaged")
    );
    let macros = package(&[
        ("word/document.xml", WORD.as_bytes()),
        ("word/vbaProject.bin", b"x"),
    ]);
    assert!(refused("macros.docx", &macros).contains("macros"));
    let deep = format!("{WORD}{}", "<w:p>".repeat(100_000));
    assert!(
        refused(
            "deep.docx",
            &package(&[("word/document.xml", deep.as_bytes())])
        )
        .contains("without end")
    );
    let sheet = entities.replace("w:document", "office:document-content");
    assert!(
        refused(
            "entities.ods",
            &package(&[("content.xml", sheet.as_bytes())])
        )
        .contains("declares entities")
    );
}

#[test]
fn tables_larger_than_any_plan_are_refused_in_bounded_room() {
    let rows = "Action\tWho\n".to_owned() + &"Train\tPolice\n".repeat(30_000);
    assert!(refused("long 2019-20.tsv", rows.as_bytes()).contains("no plan is so large"));
    let wide = format!("<table><tr>{}</tr></table>", "<td>x".repeat(500));
    assert!(refused("wide.html", wide.as_bytes()).contains("no plan is so large"));
    let spans = "<table><tr><td colspan=4000000000 rowspan=4000000000>x</table>";
    assert!(refused("spans.html", spans.as_bytes()).contains("no plan is so large"));
    let rows: String = (1..=30_000)
        .map(|row| {
            format!("<row r='{row}'><c r='A{row}' t='inlineStr'><is><t>x</t></is></c></row>")
        })
        .collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>";
    let root = "<Relationships><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
    let relations = "<Relationships><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>";
    let parts = [
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    let xlsx = package(&parts.map(|(name, text)| (name, text.as_bytes())));
    let why = refused("rows.xlsx", &xlsx);
    assert!(why.contains("no plan is so large"), "{why}");
    let ods = "<office:document-content><office:body><office:spreadsheet><table:table><table:table-row table:number-rows-repeated='1048576'>\
        <table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row></table:table>\
        </office:spreadsheet></office:body></office:document-content>";
    assert!(
        refused("repeated.ods", &package(&[("content.xml", ods.as_bytes())]))
            .contains("no plan is so large")
    );
}

/// The rows that a plan may have at most, each with an objective and owners of its own: four times the
/// rows take about four times as long, however busy the machine is.
#[test]
fn the_largest_plan_takes_no_longer_than_its_rows() {
    let import = |count: usize| {
        let row = |row: usize| {
            format!("Objective {row}\tAction {row}\tGroup number {row}\tby {row} Never\n")
        };
        let rows: String = (0..count).map(row).collect();
        let folder = tempfile::TempDir::new().unwrap();
        let text = "Objective\tAction\tWho\tWhen\n".to_owned() + &rows;
        fs::write(folder.path().join("plan 2019-20.tsv"), text).unwrap();
        let begun = std::time::Instant::now();
        let said = run_in(
            folder.path(),
            &["import", "plan 2019-20.tsv", "-o", "plans/x/", "-q"],
        );
        assert_eq!(said.code, 0, "{}", said.err);
        begun.elapsed()
    };
    let (few, all) = (import(497), import(1_988));
    // Rows looked at pair by pair would take sixteen times as long.
    assert!(all < few * 12, "{few:?} and {all:?}");
}

#[test]
fn a_table_with_headings_and_no_rows_is_no_plan() {
    assert!(refused("plan 2019-20.csv", b"Action,Who,By when\n").contains("no row below"));
}

#[test]
fn the_whole_board_is_no_group_and_numbers_of_objectives_may_begin_anew() {
    let folder = tempfile::TempDir::new().unwrap();
    let plan = "Priority,Objective,Action,Who,When,Status\n\
        Neglect,1. Know it,Train,Board,May 2019,\n\
        Voice,1. Hear it,Ask by 1 May 2019 and act by 1 June 2019,Testshire Safeguarding Board,June 2019,Complete\n";
    fs::write(
        folder
            .path()
            .join("Testshire Safeguarding Board 2019-20.csv"),
        plan,
    )
    .unwrap();
    let file = "Testshire Safeguarding Board 2019-20.csv";
    let said = run_in(
        folder.path(),
        &["import", file, "-o", "plans/x/", "--reported", "2018-04-01"],
    );
    assert_eq!(said.code, 0, "{said:?}");
    let said = run_in(folder.path(), &["list", "-O", "json"]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let lines: Vec<String> = list(&answer["actions"]).iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "1.1 | 1 | 1 | Train | board | May 2019 | ",
            "2.1.1 | 2 | 2.1 | Ask by 1 May 2019 and act by 1 June 2019 | board | June 2019 | ",
        ]
    );
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = fs::File::create(folder.path().join("large.csv")).unwrap();
    file.set_len(200 * 1024 * 1024).unwrap();
    let said = run_in(folder.path(), &["import", "large.csv", "-o", "plans/x/"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("200 MB") && said.err.contains("32 MB is the most"),
        "{}",
        said.err
    );
}

#[test]
fn words_of_a_source_cannot_change_the_files_that_they_stand_in() {
    let folder = tempfile::TempDir::new().unwrap();
    let evil = "Action,Who,By when,Notes\n\
        \"x: {a: 1} # not a comment\n- id: 9.9\npriorities: []\",\"*anchor & !tag\",\"April 2020\",\"%YAML 1.2 --- ...\"\n\
        \"=1+1\",\"@evil, - dash\",\"30/4/2020\",\"\u{202e}turned\u{7} 'a' \"\"b\"\" \\ \"\n";
    fs::write(folder.path().join("plan 2019-20.csv"), evil).unwrap();
    let said = run_in(
        folder.path(),
        &["import", "plan 2019-20.csv", "-o", "plans/x/"],
    );
    assert_eq!(said.code, 0, "{said:?}");
    let said = run_in(folder.path(), &["list", "-O", "json"]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let texts: Vec<&str> = list(&answer["actions"])
        .iter()
        .map(|action| text(&action["action"]))
        .collect();
    assert_eq!(
        texts,
        [
            "x: {a: 1} # not a comment\n\n- id: 9.9\n\npriorities: []",
            "=1+1"
        ]
    );
}
