//! `plan site`: what its pages say and lead to, and how it treats the folder that it writes to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use html5gum::{Token, Tokenizer};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Estate, Said, repository, run_in};

/// A day on which a meeting of Exampleshire is, its last one being in January.
const DAY: &str = "2026-03-10";

fn exampleshire(into: &Path, more: &[&str]) -> Said {
    let output = into.join("site");
    let output = output.to_str().expect("a path");
    let base = ["site", "--plans", "examples", "--as-of", DAY, "-o", output];
    run_in(&repository(), &[&base[..], more].concat())
}

/// Every file below a folder, by its path from it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// A page as a reader takes it: its links, and the rows of its tables.
#[derive(Default)]
struct Page {
    title: String,
    links: Vec<String>,
    ids: BTreeSet<String>,
    rows: Vec<Vec<Cell>>,
    tags: BTreeSet<String>,
    facts: Vec<(String, String)>,
}

#[derive(Clone, Default)]
struct Cell {
    label: String,
    text: String,
    link: Option<String>,
}

impl Page {
    fn read(html: &str) -> Page {
        let mut page = Page::default();
        let (mut row, mut cell): (Option<Vec<Cell>>, Option<Cell>) = (None, None);
        let mut place = String::new();
        for token in Tokenizer::new(html).flatten() {
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    let attribute = |name: &str| {
                        let value = tag.attributes.get(name.as_bytes());
                        value.map(|value| String::from_utf8_lossy(value).into_owned())
                    };
                    page.ids.extend(attribute("id"));
                    let to = attribute("href").or(attribute("src"));
                    match name.as_str() {
                        "tr" => row = Some(Vec::new()),
                        "td" | "th" => {
                            cell = Some(Cell {
                                label: attribute("data-label").unwrap_or_default(),
                                ..Cell::default()
                            });
                        }
                        "dt" => page.facts.push(Default::default()),
                        "a" => {
                            if let Some(cell) = &mut cell {
                                cell.link.clone_from(&to);
                            }
                        }
                        _ => {}
                    }
                    page.links.extend(to);
                    page.tags.insert(name.clone());
                    place = name;
                }
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    if let Some(cell) = &mut cell {
                        cell.text.push_str(&text);
                    } else if place == "h1" {
                        page.title.push_str(&text);
                    } else if let Some(last) = page.facts.last_mut() {
                        match place.as_str() {
                            "dt" => last.0.push_str(&text),
                            _ => last.1.push_str(&text),
                        }
                    }
                }
                Token::EndTag(tag) => match &tag.name[..] {
                    b"td" | b"th" => {
                        if let (Some(row), Some(cell)) = (&mut row, cell.take()) {
                            row.push(cell);
                        }
                    }
                    b"tr" => page.rows.extend(row.take()),
                    b"dt" => place = "dd".into(),
                    b"h1" | b"dl" => place.clear(),
                    _ => {}
                },
                _ => {}
            }
        }
        page
    }

    fn fact(&self, name: &str) -> Option<&str> {
        let mut facts = self.facts.iter();
        facts
            .find(|(own, _)| own == name)
            .map(|(_, text)| text.trim())
    }
}

/// The address that a link of a page leads to, from the site's top.
fn followed(page: &str, link: &str) -> String {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Page> {
    let html = files.iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, bytes)| {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        (name.as_str(), Page::read(text))
    })
    .collect()
}

#[test]
fn every_link_leads_to_a_file_of_the_site_and_nothing_asks_another_machine() {
    let dir = TempDir::new().unwrap();
    let said = exampleshire(dir.path(), &[]);
    assert_eq!(said.code, 0, "{said:?}");
    let files = files(&dir.path().join("site"));
    let pages = pages(&files);
    assert!(pages.len() > 100, "{}", pages.len());
    for (name, page) in &pages {
        for link in &page.links {
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                (*name).to_owned()
            } else {
                followed(name, path)
            };
            assert!(files.contains_key(&target), "{name}: {link} leads nowhere");
            if let (Some(page), false) = (pages.get(target.as_str()), place.is_empty()) {
                assert!(page.ids.contains(place), "{name}: {link} has no such place");
            }
        }
        // The one script is the site's own, and nothing can be sent.
        for tag in ["form", "input", "iframe", "img", "object", "base"] {
            assert!(!page.tags.contains(tag), "{name} holds <{tag}>");
        }
        let bytes = files[*name].len();
        assert!(bytes < 100_000, "{name} has {bytes} bytes");
        let text = String::from_utf8_lossy(&files[*name]);
        assert!(
            !text.contains("http://") && !text.contains("https://"),
            "{name}"
        );
    }
}

#[test]
fn the_same_files_give_the_same_bytes_and_only_what_changed_is_written() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    exampleshire(one.path(), &[]);
    exampleshire(two.path(), &[]);
    let first = files(&one.path().join("site"));
    let second = files(&two.path().join("site"));
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs");
    }
    let again = exampleshire(one.path(), &[]);
    assert!(again.out.contains(", 0 written\n"), "{}", again.out);
    // A page that somebody changed is written again, and no other.
    let page = one.path().join("site/exampleshire/ratings.html");
    fs::write(&page, "changed").unwrap();
    let again = exampleshire(one.path(), &[]);
    assert!(again.out.contains(", 1 written\n"), "{}", again.out);
    assert!(files(&one.path().join("site")) == first);
}

const BOARD: &str = "board: Testshire Board\ngroups:\n  police: {name: Police}\n";
const PLAN: &str = "plan: Work Plan\nperiod: 2018-19\nadopted: 2018-04-01\npriorities:\n  - id: 1\n    title: First\n    \
    actions:\n      - {id: 1.1, action: Do it, owners: [police], timescale: June 2018}\n";

fn small() -> Estate {
    Estate::of(&[("b/board.yaml", BOARD), ("b/plan.yaml", PLAN)])
}

fn site_of(estate: &Estate) -> PathBuf {
    estate.dir.path().join("site")
}

#[test]
fn a_folder_that_is_not_its_own_is_refused_and_what_others_put_there_stays() {
    let estate = small();
    let site = site_of(&estate);
    fs::create_dir(&site).unwrap();
    fs::write(site.join("notes.txt"), "mine").unwrap();
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("site holds files that `plan site` did not write"),
        "{}",
        said.err
    );
    assert_eq!(files(&site).len(), 1);

    fs::remove_file(site.join("notes.txt")).unwrap();
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 0, "{said:?}");
    // What is put there later stays; what the site no longer has goes.
    fs::write(site.join("notes.txt"), "mine").unwrap();
    fs::write(site.join("b/actions/plan/mine.html"), "mine").unwrap();
    estate.write("b/plan.yaml", &PLAN.replace("id: 1.1", "id: 1.2"));
    let said = estate.run(&["site", "-o", "site"]);
    assert!(said.out.contains("1 removed"), "{said:?}");
    let now = files(&site);
    assert!(now.contains_key("notes.txt") && now.contains_key("b/actions/plan/mine.html"));
    assert!(now.contains_key("b/actions/plan/1.2.html"));
    assert!(!now.contains_key("b/actions/plan/1.1.html"));
    // A page is not written over what somebody else put in its place.
    fs::write(site.join("b/actions/plan/1.3.html"), "mine").unwrap();
    estate.write("b/plan.yaml", &PLAN.replace("id: 1.1", "id: 1.3"));
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("b/actions/plan/1.3.html is there already"),
        "{}",
        said.err
    );
    assert_eq!(
        fs::read_to_string(site.join("b/actions/plan/1.3.html")).unwrap(),
        "mine"
    );
}

#[test]
fn a_list_that_names_files_elsewhere_removes_none_of_them() {
    let estate = small();
    estate.run(&["site", "-o", "site"]);
    let list = site_of(&estate).join("plan-site.txt");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, format!("{text}../plans/b/plan.yaml\n")).unwrap();
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("the list is not as `plan site` wrote it"),
        "{}",
        said.err
    );
    assert_eq!(estate.read("b/plan.yaml"), PLAN);
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_page_out_of_the_folder() {
    let estate = small();
    estate.run(&["site", "-o", "site"]);
    let (site, elsewhere) = (site_of(&estate), TempDir::new().unwrap());
    fs::remove_dir_all(site.join("b/actions")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), site.join("b/actions")).unwrap();
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(files(elsewhere.path()).is_empty());

    // The list of the site's own files is written to as well.
    let list = site.join("plan-site.txt");
    let notes = elsewhere.path().join("notes");
    fs::copy(&list, &notes).unwrap();
    let before = fs::read(&notes).unwrap();
    fs::remove_file(&list).unwrap();
    std::os::unix::fs::symlink(&notes, &list).unwrap();
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("plan-site.txt is no plain file"),
        "{said:?}"
    );
    assert_eq!(fs::read(&notes).unwrap(), before);
}

#[test]
fn a_site_among_the_plans_is_refused() {
    let said = small().run(&["site", "-o", "plans/site"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is among the plans"), "{}", said.err);
}

#[test]
fn what_could_not_be_read_stands_on_every_page_of_every_board() {
    let estate = Estate::of(&[
        ("b/board.yaml", BOARD),
        ("b/plan.yaml", PLAN),
        ("c/board.yaml", "board: Other Board\n"),
        ("c/updates.yaml", "updates: [\n"),
    ]);
    let said = estate.run(&["site", "-o", "site"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("INCOMPLETE: plans/c/updates.yaml"),
        "{}",
        said.err
    );
    let files = files(&site_of(&estate));
    let html = files.iter().filter(|(name, _)| name.ends_with(".html"));
    for (name, bytes) in html {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            text.contains("INCOMPLETE: plans/c/updates.yaml could not be read"),
            "{name}"
        );
    }
}

#[test]
fn text_of_a_plan_is_data_on_every_page() {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let plan = PLAN
        .replace("Do it", &format!("'{evil}'"))
        .replace("First", &format!("'{evil}'"));
    let board = BOARD
        .replace("Testshire Board", &format!("'{evil}'"))
        .replace("Police", &format!("'{evil}'"));
    let estate = Estate::of(&[("b/board.yaml", &board), ("b/plan.yaml", &plan)]);
    assert_eq!(estate.run(&["site", "-o", "site"]).code, 0);
    let files = files(&site_of(&estate));
    for (name, page) in pages(&files) {
        assert!(!page.tags.contains("img"), "{name}");
        let text = String::from_utf8_lossy(&files[name]);
        assert_eq!(text.matches("<script").count(), 1, "{name}");
    }
}

#[test]
fn an_action_keeps_its_address_when_a_later_plan_carries_it_on() {
    let estate = small();
    estate.run(&["site", "-o", "site"]);
    let later = "plan: Later Plan\nperiod: 2019-20\nadopted: 2019-04-01\npriorities:\n  - id: 1\n    title: First\n    \
        actions:\n      - {id: 7.1, action: Go on with it, owners: [police], timescale: June 2019, from: 'plan#1.1'}\n      \
        - {id: 7.2, action: And more, owners: [police], timescale: June 2019, from: 'plan#1.1'}\n";
    estate.write("b/zlater.yaml", later);
    let said = estate.run(&["site", "-o", "site", "--as-of", "2019-05-01"]);
    assert_eq!(said.code, 0, "{said:?}");
    let files = files(&site_of(&estate));
    let pages = pages(&files);
    let page = &pages["b/actions/plan/1.1.html"];
    assert!(page.title.starts_with("7.1"), "{}", page.title);
    // Of two that carry on the same one, the second has a page of its own.
    assert!(pages["b/actions/zlater/7.2.html"].title.starts_with("7.2"));
    assert!(!files.contains_key("b/actions/zlater/7.1.html"));
}

#[test]
fn a_public_site_leaves_out_what_is_internal_and_says_so() {
    let plan = format!(
        "{PLAN}sections:\n  - {{title: Known, text: Open words}}\n  - {{title: Hidden, text: Hidden words, internal: true}}\n"
    );
    let updates = "updates: Return\nplan: plan\ndate: 2018-04-20\nby: police\nentries:\n  - {action: 1.1, rag: amber, done: \
        Hidden deed, internal: true}\n";
    let challenges = "challenges: Log\nplan: plan\nentries:\n  - {challenge: C1, date: 2018-04-20, raised: Hidden question}\n  \
        - {challenge: C1, date: 2018-04-21, response: Hidden answer, internal: true}\n  - {challenge: C2, date: 2018-04-20, \
        raised: Open question}\n";
    let reviews = "reviews: Register\nentries:\n  - {review: R1, title: Hidden review, internal: true}\n  - {review: R2, title: Open \
        review}\n";
    let estate = Estate::of(&[
        ("b/board.yaml", BOARD),
        ("b/plan.yaml", &plan),
        ("b/updates.yaml", updates),
        ("b/challenges.yaml", challenges),
        ("b/reviews.yaml", reviews),
    ]);
    let said = estate.run(&["site", "-o", "site", "--public"]);
    assert_eq!(said.code, 0, "{said:?}");
    let all = files(&site_of(&estate));
    for (name, bytes) in all
        .iter()
        .filter(|(name, _)| name.ends_with(".html") || name.ends_with(".js"))
    {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("Hidden") && !text.contains("hidden words"),
            "{name}"
        );
        if name.ends_with(".html") {
            assert!(text.contains("Public edition"), "{name}");
        }
    }
    let text = |name: &str| String::from_utf8_lossy(&all[name]).into_owned();
    assert!(text("b/challenges.html").contains("Open question"));
    assert!(text("b/reviews.html").contains("Open review"));
    assert!(text("b/plans/plan/index.html").contains("Open words"));
    // The rating of the internal report counts.
    let page = Page::read(&text("b/actions/plan/1.1.html"));
    assert_eq!(
        page.fact("RAG"),
        Some("AMBER · in progress").or(page.fact("RAG"))
    );
    assert!(page.fact("RAG").unwrap().starts_with("AMBER"));
    // Inside, nothing is left out.
    let said = estate.run(&["site", "-o", "inside"]);
    assert_eq!(said.code, 0);
    let inside = files(&estate.dir.path().join("inside"));
    let log = String::from_utf8_lossy(&inside["b/challenges.html"]).into_owned();
    assert!(log.contains("Hidden question") && !log.contains("Public edition"));
}

#[test]
fn only_the_parts_that_are_asked_for_are_made() {
    let dir = TempDir::new().unwrap();
    let said = exampleshire(
        dir.path(),
        &["--only", "board,group", "--base", "https://example.org/x"],
    );
    assert_eq!(said.code, 0, "{said:?}");
    let files = files(&dir.path().join("site"));
    assert!(files.contains_key("exampleshire/groups/index.html"));
    assert!(!files.contains_key("exampleshire/challenges.html"));
    assert!(!files.keys().any(|name| name.contains("/meetings/")));
    let pages = pages(&files);
    for (name, page) in &pages {
        for link in page.links.iter().filter(|link| !link.starts_with('#')) {
            if let Some(own) = link.strip_prefix("https://example.org/x/") {
                let own = own
                    .strip_suffix('/')
                    .map_or(own.to_owned(), |own| format!("{own}/index.html"));
                let own = if own.is_empty() {
                    "index.html".to_owned()
                } else {
                    own
                };
                assert_eq!(&own, name);
                continue;
            }
            let target = followed(name, link.split('#').next().unwrap_or_default());
            assert!(files.contains_key(&target), "{name}: {link}");
        }
    }
}

#[test]
fn the_papers_of_past_meetings_are_those_that_plan_report_makes_of_the_day() {
    let dir = TempDir::new().unwrap();
    exampleshire(dir.path(), &[]);
    for (kind, day) in [("board", "2025-05-13"), ("exceptions", "2026-01-13")] {
        let own = fs::read(
            dir.path()
                .join(format!("site/exampleshire/meetings/{day}/{kind}.docx")),
        )
        .unwrap();
        let report = dir.path().join("report.docx");
        let said = run_in(
            &repository(),
            &[
                "report",
                kind,
                "--plans",
                "examples",
                "--as-of",
                day,
                "-o",
                report.to_str().unwrap(),
            ],
        );
        assert_eq!(said.code, 0);
        assert!(own == fs::read(&report).unwrap(), "{kind} of {day}");
    }
}

/// Where each action's page must be: by the first of those that it carries on.
struct Expected {
    /// Of `plan list -O json`, each with the address of its page.
    actions: Vec<(Value, String)>,
}

impl Expected {
    fn of_exampleshire() -> Expected {
        let list = run_in(
            &repository(),
            &["list", "--plans", "examples", "--as-of", DAY, "-O", "json"],
        );
        let list: Value = serde_json::from_str(&list.out).expect("JSON");
        let mut from: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        let folder = repository().join("examples/exampleshire");
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_plan = path.extension().is_some_and(|ending| ending == "yaml");
            let text = if is_plan {
                fs::read_to_string(&path).unwrap()
            } else {
                continue;
            };
            let tree: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
            let stem = path.file_stem().unwrap().to_str().unwrap();
            carried(&tree, stem, &mut from);
        }
        let actions = list["actions"].as_array().unwrap().iter().map(|action| {
            let word = |name: &str| action[name].as_str().unwrap().to_owned();
            let mut at = (word("plan"), word("id"));
            while let Some(earlier) = from.get(&at) {
                at = earlier.clone();
            }
            let page = format!("exampleshire/actions/{}/{}.html", at.0, at.1.to_lowercase());
            (action.clone(), page)
        });
        Expected {
            actions: actions.collect(),
        }
    }

    /// How many actions that a test picks out have each rating, and all of them.
    fn counts(&self, picks: impl Fn(&Value) -> bool) -> Vec<String> {
        let of = |rag: &str| {
            let own = self
                .actions
                .iter()
                .filter(|(action, _)| picks(action) && action["rag"] == rag);
            own.count()
        };
        let mut counts: Vec<usize> = ["red", "amber", "green", "blue", "grey"].map(of).into();
        counts.push(counts.iter().sum());
        counts.iter().map(ToString::to_string).collect()
    }
}

/// What each action of a plan carries on, by the ids.
fn carried(
    tree: &serde_yaml::Value,
    stem: &str,
    from: &mut BTreeMap<(String, String), (String, String)>,
) {
    match tree {
        serde_yaml::Value::Mapping(map) => {
            let text = |name: &str| {
                let value = map.get(name)?;
                value
                    .as_str()
                    .map(str::to_owned)
                    .or_else(|| Some(serde_yaml::to_string(value).ok()?.trim().to_owned()))
            };
            if let (Some(id), Some(earlier)) = (text("id"), text("from"))
                && let Some((plan, other)) = earlier.split_once('#')
            {
                from.insert((stem.to_owned(), id), (plan.to_owned(), other.to_owned()));
            }
            map.iter().for_each(|(_, value)| carried(value, stem, from));
        }
        serde_yaml::Value::Sequence(items) => {
            items.iter().for_each(|item| carried(item, stem, from))
        }
        _ => {}
    }
}

#[test]
fn every_figure_is_that_of_plan_list_on_the_day() {
    let dir = TempDir::new().unwrap();
    exampleshire(dir.path(), &[]);
    let files = files(&dir.path().join("site"));
    let expected = Expected::of_exampleshire();
    let (mut ratings, mut counted, mut told) = (0, 0, 0);
    for (name, page) in pages(&files) {
        // The papers of past meetings are of their own days.
        if name.contains("/meetings/") {
            continue;
        }
        if name.contains("/actions/") {
            told += action_page(name, &page, &expected);
        }
        for row in &page.rows {
            let linked = row
                .iter()
                .find_map(|cell| Some((cell, cell.link.as_ref()?)));
            let Some((cell, link)) = linked else { continue };
            let target = followed(name, link);
            if target.contains("/actions/") {
                ratings += usize::from(rated(name, row, cell, &target, &expected));
            } else {
                counted += usize::from(tallied(name, row, &target, &expected));
            }
        }
    }
    // Each action's own page, twice each rating and more, and each priority, plan and group.
    assert!(told >= 50, "{told}");
    assert!(ratings > 150, "{ratings}");
    assert!(counted > 30, "{counted}");
}

/// Whether a row about an action shows its rating; then what it shows is right.
fn rated(name: &str, row: &[Cell], cell: &Cell, target: &str, expected: &Expected) -> bool {
    let shown = |label: &str| {
        let own = row
            .iter()
            .find(|cell| cell.label.eq_ignore_ascii_case(label));
        own.map(|cell| cell.text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let Some(rag) = shown("RAG") else {
        return false;
    };
    let of_page = expected.actions.iter().filter(|(action, page)| {
        let id = action["id"].as_str().unwrap();
        let begins = cell.text.trim().strip_prefix(id);
        page == target
            && begins
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.'))
    });
    let fits = |action: &Value| {
        let rating = action["rag"].as_str().unwrap();
        let status = action["status"].as_str().unwrap();
        // "red → amber", "new, amber", "amber, paused"; what was given up says so in place of a rating.
        let is_rated = rag.split([' ', ',']).any(|word| word == rating) || rag == status;
        let last = rag.rsplit("→ ").next().unwrap_or_default();
        let is_rated = is_rated && (!rag.contains('→') || last == rating);
        let same = |label: &str, value: &Value| match (shown(label), value.as_str()) {
            (Some(text), Some(value)) => text.starts_with(value) || text == "none",
            _ => true,
        };
        is_rated && same("status", &action["status"]) && same("timescale", &action["timescale"])
    };
    let found: Vec<&Value> = of_page.map(|(action, _)| action).collect();
    assert!(
        !found.is_empty(),
        "{name}: {} is no action of {target}",
        cell.text
    );
    assert!(
        found.iter().any(|action| fits(action)),
        "{name}: {} is shown {rag}",
        cell.text
    );
    true
}

/// Whether a row counts ratings; then the counts are right.
fn tallied(name: &str, row: &[Cell], target: &str, expected: &Expected) -> bool {
    let shown: Vec<String> = ["Red", "Amber", "Green", "Blue", "Grey", "All"]
        .iter()
        .filter_map(|label| row.iter().find(|cell| cell.label == *label))
        .map(|cell| cell.text.trim().to_owned())
        .collect();
    if shown.len() < 6 {
        return false;
    }
    let parts: Vec<&str> = target.trim_end_matches(".html").split('/').collect();
    let right = match parts[..] {
        ["exampleshire", "plans", plan, "index"] => {
            expected.counts(|action| action["plan"] == plan)
        }
        ["exampleshire", "plans", plan, priority] => expected.counts(|action| {
            let own = action["priority"].as_str().unwrap_or_default();
            action["plan"] == plan && own.eq_ignore_ascii_case(priority)
        }),
        ["exampleshire", "groups", group] => {
            let list = [
                "list", "--plans", "examples", "--as-of", DAY, "--owner", group, "-O", "json",
            ];
            let list: Value =
                serde_json::from_str(&run_in(&repository(), &list).out).expect("JSON");
            let own = list["actions"].as_array().unwrap();
            let is_own = |action: &Value| {
                own.iter()
                    .any(|own| own["plan"] == action["plan"] && own["id"] == action["id"])
            };
            expected.counts(is_own)
        }
        _ => panic!("{name}: counts of {target}"),
    };
    assert_eq!(shown, right, "{name}: {target}");
    true
}

/// What an action's own page says of how it stands; how many were told.
fn action_page(name: &str, page: &Page, expected: &Expected) -> usize {
    let id = page.title.split(' ').next().unwrap_or_default();
    let own = expected
        .actions
        .iter()
        .filter(|(action, at)| at == name && action["id"] == id);
    let own: Vec<&Value> = own.map(|(action, _)| action).collect();
    assert!(!own.is_empty(), "{name}: {}", page.title);
    let upper = |action: &Value| {
        let rag = action["rag"].as_str().unwrap().to_uppercase();
        format!("{rag} · {}", action["status"].as_str().unwrap())
    };
    let fits = own.iter().any(|action| {
        page.fact("RAG") == Some(&upper(action))
            && page.fact("timescale") == action["timescale"].as_str()
            && page.fact("by its dates") == action["computed_rag"].as_str()
    });
    assert!(fits, "{name}: {:?}", page.fact("RAG"));
    1
}

/// Asks the site that is shown on a port; gives the whole answer.
#[cfg(unix)]
fn ask(port: u16, request: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    let text = format!("{request}\r\nConnection: close\r\n\r\n");
    stream.write_all(text.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[cfg(unix)]
#[test]
fn a_site_is_shown_to_this_machine_alone_follows_the_files_and_leaves_nothing_behind() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    let (estate, scratch) = (small(), TempDir::new().unwrap());
    let mut shown = Command::new(env!("CARGO_BIN_EXE_plan"))
        .args(["site", "--serve=0", "--as-of", "2018-05-01"])
        .current_dir(estate.dir.path())
        .env("TMPDIR", scratch.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("plan runs");
    let mut line = String::new();
    let mut out = BufReader::new(shown.stdout.take().expect("its output"));
    out.read_line(&mut line).expect("a line");
    let port = line
        .strip_prefix("http://127.0.0.1:")
        .expect("an address of this machine");
    let port: u16 = port.split('/').next().unwrap().parse().expect("a port");
    let host = format!("Host: 127.0.0.1:{port}");
    let page = format!("GET /b/plans/plan/index.html HTTP/1.1\r\n{host}");

    let answer = ask(port, &page);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("Do it"), "{answer}");
    estate.write("b/plan.yaml", &PLAN.replace("Do it", "Do it better"));
    assert!(ask(port, &page).contains("Do it better"));

    // What stands in the folder and leads out of it, or never ends, is no page.
    let made = fs::read_dir(scratch.path()).unwrap().next().unwrap();
    let site = made.unwrap().path().join("site");
    let secret = estate.plans().join("b/plan.yaml");
    std::os::unix::fs::symlink(&secret, site.join("link.txt")).unwrap();
    std::os::unix::fs::symlink(secret.parent().unwrap(), site.join("folder")).unwrap();
    let pipe = Command::new("mkfifo").arg(site.join("pipe.txt")).status();
    assert!(pipe.expect("mkfifo runs").success());

    for (request, status) in [
        (format!("GET /link.txt HTTP/1.1\r\n{host}"), "404"),
        (format!("GET /folder/plan.yaml HTTP/1.1\r\n{host}"), "404"),
        (format!("GET /pipe.txt HTTP/1.1\r\n{host}"), "404"),
        (format!("GET /plan.css HTTP/1.1\r\n{host}"), "200"),
        (
            format!("GET / HTTP/1.1\r\nHost: evil.example:{port}"),
            "403",
        ),
        (
            format!("POST / HTTP/1.1\r\n{host}\r\nContent-Length: 0"),
            "405",
        ),
        (
            format!("GET /../plans/b/plan.yaml HTTP/1.1\r\n{host}"),
            "404",
        ),
        (format!("GET /nothing.html HTTP/1.1\r\n{host}"), "404"),
    ] {
        let answer = ask(port, &request);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{request}: {answer}"
        );
    }
    let ended = Command::new("kill")
        .args(["-INT", &shown.id().to_string()])
        .status();
    assert!(ended.expect("kill runs").success());
    assert!(shown.wait().expect("it ends").success());
    assert_eq!(files(scratch.path()).len(), 0);
}
