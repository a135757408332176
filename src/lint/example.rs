//! The examples of rules, as files.

/// The board that examples play in.
const BOARD: &str = "\
board: Example Safeguarding Board
groups:
  vemt: {name: VEMT Subgroup}
  police: {name: Police}
";

/// The plan that examples play in.
const PLAN: &str = "\
plan: Example Plan
period: 2017-19
adopted: 2017-04-10
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
      - {id: 1.2, action: Publish guidance, timescale: June 2018}
";

/// What stands after the path of a file that is shown as it was before.
const BEFORE: &str = " as it was";

/// The files of an example, each by its path in the board's folder: those that it shows, and the
/// board and the plan that it leaves out.
pub fn files(example: &str) -> Vec<(String, String)> {
    let shown = parts(example).filter(|(path, _)| !path.ends_with(BEFORE));
    with_usual(shown.collect())
}

/// The same files as they were before, for a rule about changes.
pub fn files_before(example: &str) -> Option<Vec<(String, String)>> {
    let shown = parts(example).filter_map(|(path, text)| {
        let path = path.strip_suffix(BEFORE)?;
        Some((path.to_owned(), text))
    });
    let shown: Vec<(String, String)> = shown.collect();
    (!shown.is_empty()).then(|| with_usual(shown))
}

fn parts(example: &str) -> impl Iterator<Item = (String, String)> {
    example.split("=== ").skip(1).map(|part| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        (path.to_owned(), text.to_owned())
    })
}

fn with_usual(mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    for (path, text) in [("board.yaml", BOARD), ("plan.yaml", PLAN)] {
        if !files.iter().any(|(known, _)| known == path) {
            files.push((path.to_owned(), text.to_owned()));
        }
    }
    files
}
