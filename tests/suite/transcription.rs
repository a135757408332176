//! The two real boards' plans stand in `plans/` word for word: each document (in `tests/seeds/`) is
//! rebuilt from its YAML, cell by cell and in order, and what the YAML says besides must be words of
//! the document too. The files are read by another YAML reader than the tool's own, so that neither
//! can hide the other's mistakes.

use std::fs;

use serde_yaml::Value;

const HARTLEPOOL: &str = "plans/hartlepool/work-plan-2017-19.yaml";
const HAMPSHIRE: &str = "plans/hampshire/business-plan-2019-20.yaml";

/// What is ours, not the documents' (of a milestone only its id: a test of its own says so).
const OURS: [&str; 5] = ["kind", "owners", "members", "better", "milestones"];

/// The first lines of Hartlepool's column headings; the YAML's `headings` have the lines below them.
const COLUMNS: &str = "Objective Action Impact Responsibility Timescales Evidence";

#[test]
fn hampshire_is_the_whole_document_in_its_order() {
    let plan = yaml(HAMPSHIRE);
    let mut words = vec![front(&plan)];
    words.extend([text(&plan["threads"]), text(&plan["headings"])]);
    for priority in list(&plan["priorities"]) {
        words.extend([text(&priority["title"]), text(&priority["outcomes"])]);
        for action in list(&priority["actions"]) {
            words.push(text(&action["action"]));
        }
    }
    assert_eq!(words.join(" "), plain(&seed(HAMPSHIRE)));
}

#[test]
fn hartlepool_s_tables_are_all_there_cell_by_cell() {
    let plan = yaml(HARTLEPOOL);
    let (_, mut printed) = tables(&seed(HARTLEPOOL));
    for (priority, objective, action) in actions(&plan).into_iter().rev() {
        let own = |key: &str| text(action.get(key).unwrap_or(&objective[key]));
        let name = |of: &Value, then: &str| text(&of["id"]) + then + &text(&of["title"]);
        let mut impact = text(&action["id"]) + " " + &text(&action["impact"]);
        if list(&objective["actions"]).last() == Some(&action) {
            // What is said of all the actions of a row is printed after the last of them.
            impact = plain(&(impact + " " + &own("measure")));
        }
        let (theme, title) = (text(&objective["theme"]), name(&objective, " "));
        let what = [theme, title, own("action"), impact];
        let how = ["responsibility", "timescale", "evidence"].map(own);
        let row = [&what[..], &how, &[name(&priority, ": ")]].concat();
        assert_eq!(row, printed.pop().unwrap());
    }
    assert!(printed.is_empty());
}

#[test]
fn hartlepool_s_words_around_its_tables_are_all_there() {
    let (plan, document) = (yaml(HARTLEPOOL), seed(HARTLEPOOL));
    let (before, _) = document.split_once("Priority 1: ").unwrap();
    assert_eq!(front(&plan), plain(before));
    // Some tables print the lines of a column's heading in rows of their own.
    let headings = plan["headings"].as_mapping().unwrap().values();
    let columns = COLUMNS.split(' ').zip(headings.map(text));
    let columns: Vec<_> = columns
        .map(|(name, text)| name.to_owned() + " " + &text)
        .collect();
    for cell in tables(&document).0 {
        assert!(columns.iter().any(|words| words.contains(&cell)), "{cell}");
    }
}

#[test]
fn what_the_yaml_says_is_said_in_the_document() {
    for (board, plan) in [("hartlepool", HARTLEPOOL), ("hampshire", HAMPSHIRE)] {
        let document = plain(&seed(plan));
        for file in [plan, &format!("plans/{board}/board.yaml")] {
            each_text(&yaml(file), &mut |words| {
                assert!(document.contains(words), "{file}: {words}");
            });
        }
    }
}

#[test]
fn an_action_s_milestones_and_indicator_are_in_its_own_words() {
    let all = [actions(&yaml(HARTLEPOOL)), actions(&yaml(HAMPSHIRE))].concat();
    for (_, _, action) in all {
        let words = text(&action["action"]) + &text(&action["impact"]);
        assert!(words.contains(&text(&action["indicator"])), "{words}");
        for milestone in list(&action["milestones"]) {
            assert!(words.contains(&text(&milestone["title"])), "{words}");
            assert!(words.contains(&text(&milestone["timescale"])), "{words}");
        }
    }
}

#[test]
fn the_actions_are_numbered_as_printed() {
    let ids = |plan| {
        let actions = actions(&yaml(plan));
        let ids = actions.iter().map(|(_, _, action)| text(&action["id"]));
        ids.collect::<Vec<_>>().join(" ")
    };
    let fortynine = "1.1.1 1.1.2 1.1.3 1.1.4 1.1.5 1.2.1 1.2.2 1.2.3 1.2.4 1.3.1 1.3.2 1.4.1 1.5.1 \
        1.6.1 1.7.1 1.7.2 1.7.3 2.1.1 2.1.2 2.1.4 2.1.5 2.1.6 2.1.7 2.1.8 2.1.9 2.2.1 2.2.2 2.2.3 \
        2.2.4a 2.2.4b 2.2.5 3.1.1 3.1.2 3.2.1 3.3.1 3.3.2 3.3.3 3.4.1 3.4.2 3.4.3 3.5.1 3.5.2 3.5.3 \
        3.5.4 3.5.5 3.5.6 3.5.7 3.5.8 3.5.9";
    assert_eq!(ids(HARTLEPOOL), fortynine);
    // Hampshire numbers nothing: these count its rows, and their actions.
    let fourteen = "1.1 1.2 1.3 1.4 1.5 1.6 1.7 2.1 2.2 2.3 2.4 3.1 3.2 3.3";
    assert_eq!(ids(HAMPSHIRE), fourteen);
}

/// Nobody may invent progress, meetings or a day of adoption for a real board.
#[test]
fn the_estate_holds_the_two_plans_and_nothing_else() {
    let mut found = Vec::new();
    for board in fs::read_dir("plans").unwrap() {
        for file in fs::read_dir(board.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            let document = yaml(file.to_str().unwrap());
            assert!(document.get("adopted").is_none() && document.get("meetings").is_none());
            found.push(file.to_str().unwrap().replace('\\', "/"));
        }
    }
    found.sort();
    let boards = ["plans/hampshire/board.yaml", "plans/hartlepool/board.yaml"];
    assert_eq!(found, [boards[0], HAMPSHIRE, boards[1], HARTLEPOOL]);
}

fn yaml(file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The document that a plan transcribes: `plans/BOARD/PLAN.yaml` is of `tests/seeds/BOARD-PLAN.txt`.
fn seed(plan: &str) -> String {
    let name = plan.replace("plans/", "").replace('/', "-");
    fs::read_to_string(format!("tests/seeds/{}", name.replace(".yaml", ".txt"))).unwrap()
}

/// The words alone: no tags, no `***`, no dashes before the lines of a list, single spaces.
fn plain(text: &str) -> String {
    let mut words = String::new();
    for line in text.replace("***", "").lines() {
        let mut rest = line.strip_prefix("- ").unwrap_or(line);
        while let Some((before, tag)) = rest.split_once('<') {
            words += before;
            rest = tag.split_once('>').expect("a tag ends on its line").1;
        }
        words.extend([rest, "\n"]);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of the YAML; of a list or a map, its texts one after the other; of what is not there, nothing.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text),
        Value::Number(id) => id.to_string(),
        Value::Sequence(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Mapping(map) => map.values().map(text).collect::<Vec<_>>().join(" "),
        other => panic!("not a text: {other:?}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], Vec::as_slice)
}

/// Every text of the YAML that claims to be the document's.
fn each_text(value: &Value, check: &mut impl FnMut(&str)) {
    match value {
        Value::String(words) => check(&plain(words)),
        Value::Sequence(items) => items.iter().for_each(|item| each_text(item, check)),
        Value::Mapping(map) => {
            for (key, value) in map {
                if !OURS.contains(&key.as_str().unwrap()) {
                    each_text(value, check);
                }
            }
        }
        _ => {}
    }
}

/// A plan's title and its sections.
fn front(plan: &Value) -> String {
    text(&plan["plan"]) + " " + &text(&plan["sections"])
}

/// Every action, with its priority and its objective (or the priority again, where it has none).
fn actions(plan: &Value) -> Vec<(Value, Value, Value)> {
    let mut found = Vec::new();
    for priority in list(&plan["priorities"]) {
        for parent in list(&priority["objectives"]).iter().chain([priority]) {
            for action in list(&parent["actions"]) {
                found.push((priority.clone(), parent.clone(), action.clone()));
            }
        }
    }
    found
}

/// Whether words begin with the number of an action: 2.2.4a.
fn numbered(words: &str) -> bool {
    let number = words.split(' ').next().unwrap();
    let mut parts = number.trim_end_matches(['a', 'b']).split('.');
    number.matches('.').count() == 2 && parts.all(|part| part.parse::<u8>().is_ok())
}

/// Hartlepool's tables as printed: the cells of their column headings; and for each action the seven
/// cells of its row and the number and title of its priority.
///
/// A cell that is blank, or "continued" from the page before, is the cell above it: the table's merged
/// cells. A row with several numbered impacts is several actions.
fn tables(document: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut headings, mut rows) = (Vec::new(), Vec::new());
    let mut row = vec![String::new(); 8];
    let start = document.find("Priority 1: ").unwrap();
    for line in document[start..].lines() {
        let cells: Vec<_> = line.split('\t').map(plain).collect();
        if let Some(priority) = line.strip_prefix("Priority ") {
            row[7] = plain(priority);
        } else if !cells.get(3).is_some_and(|impact| numbered(impact)) {
            headings.extend(cells);
        } else {
            for (above, cell) in row.iter_mut().zip(cells) {
                let words = cell.to_lowercase();
                if !cell.is_empty() && !words.trim_end_matches('.').ends_with("continued") {
                    *above = cell;
                }
            }
            let impacts: Vec<_> = row[3].split(' ').collect();
            for impact in impacts.chunk_by(|_, next| !numbered(next)) {
                rows.push(row.clone());
                rows.last_mut().unwrap()[3] = impact.join(" ");
            }
        }
    }
    // But 2.2.2 has the evidence printed beside 2.2.3: the comment at 2.2 in the plan says why.
    let mut of_2_2 = rows
        .iter_mut()
        .skip_while(|row| !row[3].starts_with("2.2.2 "));
    let (first, second) = (of_2_2.next().unwrap(), of_2_2.next().unwrap());
    first[6].clone_from(&second[6]);
    (headings, rows)
}
