//! A hostile corpus: each row is an attack on the files of a board and the right answer to it. All of them go
//! through every command; whatever the answer is, nothing panics, nothing hangs, and no output holds what a
//! terminal, a browser, a spreadsheet or a service would obey.

mod attacks;
mod outputs;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{Estate, Said};
use attacks::{ATTACKS, Answer, Attack};

const BOARD: &str = "\
board: Testshire
groups:
  vemt: {name: VEMT Subgroup, kind: subgroup}
  police: {name: Police, kind: agency}
meetings:
  board: [2018-01-10, 2018-05-08]
";

const PLAN: &str = "\
plan: Work Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Return interviews, owners: [vemt], evidence: [Report], timescale: February 2018}
      - {id: 1.2, action: Train staff, owners: [police], evidence: [Report], timescale: Ongoing}
";

const UPDATES: &str = "\
updates: VEMT return
plan: wp
date: 2018-01-16
by: vemt
entries:
  - {action: 1.1, rag: amber, done: Half are held.}
";

/// No command may take longer, on a machine that has much else to do.
const LONGEST: Duration = Duration::from_secs(60);

/// The board of an attack: a good one, with what the attack does to it. The text `x` is what is attacked
/// with; in a plan, an entry or the board's own file it stands where a person writes words.
pub struct Victim(Estate);

impl Victim {
    fn new() -> Victim {
        Victim(Estate::of(&[
            ("b/board.yaml", BOARD),
            ("b/wp.yaml", PLAN),
            ("b/updates/u.yaml", UPDATES),
        ]))
    }

    fn folder(&self) -> std::path::PathBuf {
        self.0.plans().join("b")
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Every command that only looks, in every format that goes to standard output.
fn commands() -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    for format in ["text", "json", "sarif", "github", "junit"] {
        all.push(vec!["validate", "-O", format]);
    }
    for format in ["text", "json", "csv", "html", "markdown"] {
        all.push(vec!["status", "-O", format]);
        all.push(vec!["list", "-O", format]);
        all.push(vec!["show", "1.1", "-O", format]);
        all.push(vec!["report", "work-plan", "-O", format]);
    }
    for kind in [
        "board",
        "exceptions",
        "annual",
        "changes",
        "slippage",
        "assurance",
        "challenges",
        "threads",
    ] {
        all.push(vec!["report", kind]);
    }
    all.push(vec!["report", "group", "--owner", "vemt", "-O", "html"]);
    for format in ["csv", "json", "ics"] {
        all.push(vec!["export", "-O", format]);
    }
    all.push(vec!["chase"]);
    all.push(vec![
        "update",
        "1.1",
        "--rag",
        "green",
        "--by",
        "vemt",
        "--date",
        "2018-04-30",
        "--dry-run",
    ]);
    all
}

fn run(victim: &Victim, command: &[&str]) -> Said {
    let start = Instant::now();
    let said = victim
        .0
        .run(&[command, &["--as-of", "2018-05-01"]].concat());
    assert!(
        start.elapsed() < LONGEST,
        "{command:?} took {:?}",
        start.elapsed()
    );
    said
}

/// Whether a command answers about the whole board, rather than writes to it or asks for an action or a group
/// by a name that may be lost with its file.
fn answers(command: &[&str]) -> bool {
    !["update", "show"].contains(&command[0]) && !command.contains(&"--owner")
}

fn attack(Attack { name, make, answer }: &Attack) {
    let victim = Victim::new();
    make(&victim);
    for command in commands() {
        let said = run(&victim, &command);
        assert!(said.code <= 2, "{name}, {command:?}: {said:?}");
        outputs::check(name, &command, &said);
        match answer {
            Answer::Incomplete(_) => {
                let says = said.out.contains("INCOMPLETE") || said.err.contains("INCOMPLETE");
                let says = says
                    || said.out.contains("\"incomplete\": [\n")
                    || said.out.contains("incomplete");
                assert!(says || !answers(&command), "{name}, {command:?}: {said:?}");
                assert_eq!(said.code, 2, "{name}, {command:?}: {said:?}");
            }
            Answer::Finding(_) | Answer::Fine => {
                assert!(
                    said.code < 2 || !answers(&command),
                    "{name}, {command:?}: {said:?}"
                );
            }
        }
    }
    let findings = victim.0.json(&["validate", "--as-of", "2018-05-01"]);
    let words = findings["findings"].to_string();
    match answer {
        Answer::Incomplete(said) => assert!(words.contains(said), "{name}: {said:?} in {words}"),
        Answer::Finding(rule) => {
            let has = findings["findings"]
                .as_array()
                .unwrap()
                .iter()
                .any(|finding| finding["rule"] == *rule);
            assert!(has, "{name}: {rule} in {words}");
        }
        Answer::Fine => {
            assert_eq!(findings["counts"]["error"], 0, "{name}: {words}");
        }
    }
    for format in ["docx", "xlsx"] {
        let file = format!("answer.{format}");
        let said = run(&victim, &["report", "work-plan", "-o", &file]);
        assert!(said.code <= 2, "{name}, {format}: {said:?}");
        outputs::check_office(name, &victim.0.dir.path().join(file));
    }
}

#[test]
fn every_attack_gets_its_answer_from_every_command() {
    let fails = |row: &&Attack| std::panic::catch_unwind(|| attack(row)).is_err();
    let failed: Vec<&str> = ATTACKS.iter().filter(fails).map(|row| row.name).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn nothing_outside_the_estate_is_opened() {
    let victim = Victim::new();
    let secret = victim.0.dir.path().join("secret.csv");
    std::fs::write(&secret, "indicator,period,value\nX1,2017-18 Q3,987654321\n").unwrap();
    let paths = [
        "../../secret.csv",
        "../../../../../../../../etc/passwd",
        &secret.to_string_lossy(),
        "link.csv",
    ];
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, victim.folder().join("link.csv")).unwrap();
    for path in paths {
        let indicators = format!("indicators: [{{id: X1, title: T, data: '{path}'}}]\n");
        victim.write(
            "wp.yaml",
            PLAN.replace("priorities:", &(indicators + "priorities:")),
        );
        for command in commands() {
            let said = run(&victim, &command);
            assert!(
                !(said.out + &said.err).contains("987654321"),
                "{path}, {command:?}"
            );
        }
        let findings =
            victim.0.json(&["validate", "--as-of", "2018-05-01"])["findings"].to_string();
        assert!(findings.contains("unsafe-path"), "{path}: {findings}");
    }
}

/// What a file is put in the place of: its path from the board's folder.
fn replaced(victim: &Victim, path: &str) -> std::path::PathBuf {
    let path = victim.folder().join(path);
    let _ = std::fs::remove_file(&path);
    Path::new(&path).to_owned()
}
