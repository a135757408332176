//! The real program, many at once, killed, and with a disk that will not take it: what was acknowledged
//! is in the file, and the file is always whole.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::Estate;

const BOARD: &str = "board: Testshire\ngroups:\n  vemt: {name: VEMT}\n";

const PLAN: &str = "\
plan: Work Plan
period: 2017-19
priorities:
  - id: 1
    title: Neglect
    actions:
      - {id: 1.1, action: Return interviews, owners: [vemt], timescale: February 2018}
";

const UPDATES: &str = "tscb/updates/2018-05-01-vemt.yaml";

/// What a file of updates begins with; it grows with every entry.
const HEAD: &str = "# Ours.\nupdates: Return\nplan: work-plan\ndate: 2018-05-01\nby: vemt\nentries:\n  - action: 1.1\n    note: \"0\"\n";

fn estate() -> Estate {
    Estate::of(&[
        ("tscb/board.yaml", BOARD),
        ("tscb/work-plan.yaml", PLAN),
        (UPDATES, HEAD),
    ])
}

/// The program, about to record a note.
fn update(estate: &Estate, note: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command
        .current_dir(estate.dir.path())
        .env_remove("PLAN_ROOT");
    let about = [
        "update",
        "1.1",
        "--by",
        "vemt",
        "--date",
        "2018-05-01",
        "--note",
        note,
        "-q",
    ];
    command.args(about).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The notes that a file holds, by a reader that is not this project's.
fn notes(text: &str) -> Vec<String> {
    let data: serde_yaml::Value =
        serde_yaml::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let entries = data["entries"].as_sequence().expect("entries");
    let note = |entry: &serde_yaml::Value| entry["note"].as_str().expect("a note").to_owned();
    entries.iter().map(note).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn challenges_raised_at_once_get_ids_of_their_own() {
    let estate = estate();
    let children: Vec<Child> = (0..8)
        .map(|number| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
            command
                .current_dir(estate.dir.path())
                .env_remove("PLAN_ROOT");
            command.args([
                "challenge",
                "--date",
                "2018-05-01",
                "--raised",
                &format!("why {number}"),
            ]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("the program")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("its end");
        assert!(output.status.success(), "{}", said(&output));
    }
    let data: serde_yaml::Value =
        serde_yaml::from_str(&estate.read("tscb/challenges.yaml")).unwrap();
    let entries = data["entries"].as_sequence().expect("entries");
    let ids: Vec<&str> = entries
        .iter()
        .map(|entry| entry["challenge"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]);
}

#[test]
fn twenty_writers_at_once_lose_nothing_that_was_acknowledged() {
    let estate = estate();
    let children: Vec<(String, Child)> = (1..=20)
        .map(|number| {
            let note = format!("note {number}");
            let child = update(&estate, &note).spawn().expect("the program");
            (note, child)
        })
        .collect();
    for (note, child) in children {
        let output = child.wait_with_output().expect("its end");
        assert!(output.status.success(), "{note}: {}", said(&output));
    }
    let text = estate.read(UPDATES);
    assert!(text.starts_with(HEAD), "{text}");
    let mut written = notes(&text);
    written.sort();
    let mut expected: Vec<String> = (1..=20).map(|number| format!("note {number}")).collect();
    expected.push("0".into());
    expected.sort();
    assert_eq!(written, expected);
}

/// A quick, repeatable source of moments.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn killed_at_any_moment_the_file_is_the_old_one_or_the_new_one() {
    const KILLS: usize = 200;
    let start = Instant::now();
    let estate = estate();
    let whole = Instant::now();
    assert!(
        update(&estate, "first")
            .status()
            .expect("the program")
            .success()
    );
    // Moments from its first to a little after its last, as long as one takes here.
    let length = whole.elapsed().as_micros() as u64 * 11 / 10;
    let (mut state, mut killed, mut acknowledged) = (0x2545_f491_4f6c_dd1d, 0, vec![]);
    for number in 0..KILLS {
        let before = estate.read(UPDATES);
        let note = format!("kill {number}");
        let mut child = update(&estate, &note).spawn().expect("the program");
        std::thread::sleep(Duration::from_micros(next(&mut state) % length));
        let _ = child.kill();
        let status = child.wait().expect("its end");
        let after = estate.read(UPDATES);
        assert!(after.starts_with(&before), "what was there stays:\n{after}");
        let new = notes(&after).split_off(notes(&before).len());
        assert!(new.is_empty() || new == [note.clone()], "{new:?}");
        if status.success() {
            assert_eq!(new.len(), 1, "acknowledged and not there");
            acknowledged.push(note);
        } else {
            killed += 1;
        }
        // Bounded for slow machines; on most this takes a few seconds.
        if start.elapsed() > Duration::from_secs(60) && number >= 50 {
            break;
        }
    }
    assert!(killed > 10, "only {killed} were killed in time");
    // The next one clears away what the killed ones left lying.
    assert!(
        update(&estate, "last")
            .status()
            .expect("the program")
            .success()
    );
    let folder = estate.plans().join("tscb/updates");
    let names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    println!(
        "{killed} killed, {} acknowledged, {:?}",
        acknowledged.len(),
        start.elapsed()
    );
}

#[test]
fn a_rollover_killed_at_any_moment_leaves_whole_files_and_can_be_finished() {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let roll = |estate: &Estate| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
        command
            .current_dir(estate.dir.path())
            .env_remove("PLAN_ROOT");
        let about = [
            "rollover",
            "work-plan",
            "--to",
            "2019-20",
            "--agreed",
            "board",
            "--date",
            "2018-05-01",
            "-q",
        ];
        command
            .args(about)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    };
    let whole = Instant::now();
    assert!(roll(&estate()).status().expect("the program").success());
    let length = whole.elapsed().as_micros() as u64;
    for _ in 0..25 {
        let estate = estate();
        let mut child = roll(&estate).spawn().expect("the program");
        std::thread::sleep(Duration::from_micros(
            length / 3 + next(&mut state) % length,
        ));
        let _ = child.kill();
        let done = child.wait().expect("its end").success();
        let entries = "tscb/updates/2018-05-01-board.yaml";
        if !(done || estate.plans().join(entries).exists()) {
            // Either file, or none: the same command again finishes it.
            let output = roll(&estate).output().expect("the program");
            assert!(output.status.success(), "{}", said(&output));
        }
        assert!(estate.read(entries).contains("status: carried forward"));
        assert!(
            estate
                .read("tscb/work-plan-2019-20.yaml")
                .contains("from: work-plan#1.1")
        );
    }
}

/// Runs it, and holds that it refused with these words and left the file as it was.
fn refuses(estate: &Estate, mut command: Command, words: &str) {
    let before = estate.read(UPDATES);
    let output = command.output().expect("the program");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains(words), "{}", said(&output));
    assert!(output.stdout.is_empty());
    assert_eq!(estate.read(UPDATES), before);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_said_and_the_file_stays() {
    let estate = estate();
    let folder = estate.plans().join("tscb/updates");
    let mut command = update(&estate, "x");
    // Root may write everywhere: then it runs as somebody else, who may not even get to where the
    // program was built.
    if fs::metadata(estate.dir.path()).unwrap().uid() == 0 {
        fs::set_permissions(estate.dir.path(), Permissions::from_mode(0o755)).unwrap();
        let program = estate.dir.path().join("program");
        fs::copy(command.get_program(), &program).unwrap();
        let mut other = Command::new(program);
        other.args(command.get_args()).env_remove("PLAN_ROOT");
        other.current_dir(estate.dir.path()).uid(65534).gid(65534);
        command = other;
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    refuses(&estate, command, "its folder may not be written to");
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_would_not_fit_is_said_and_the_old_one_stays() {
    // No file may grow beyond one block: what a full disk does, for those who are not root.
    let estate = estate();
    let mut own = update(&estate, &"long ".repeat(400));
    let mut command = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    command
        .args(["-c", script])
        .arg(own.get_program())
        .args(own.get_args());
    command
        .current_dir(estate.dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    refuses(
        &estate,
        command,
        "no file may be that large here; nothing was changed",
    );
    let folder = estate.plans().join("tscb/updates");
    assert_eq!(
        fs::read_dir(folder).unwrap().count(),
        1,
        "nothing lies about"
    );
    assert!(own.status().expect("the program").success());
}

/// A small disk in place of a folder, taken away again whatever happens.
struct Disk(std::path::PathBuf);

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_the_old_file_stays() {
    let estate = estate();
    let disk = estate.plans();
    let options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
    let mounted = Command::new("mount")
        .args(options)
        .arg(&disk)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        return println!("not run: it takes the right to mount a small disk");
    }
    let _taken_away = Disk(disk.clone());
    for (path, text) in [
        ("tscb/board.yaml", BOARD),
        ("tscb/work-plan.yaml", PLAN),
        (UPDATES, HEAD),
    ] {
        estate.write(path, text);
    }
    fs::write(disk.join("filler.txt"), vec![b'x'; 40_000]).unwrap();
    let mut fill = fs::OpenOptions::new()
        .append(true)
        .open(disk.join("filler.txt"))
        .unwrap();
    while std::io::Write::write_all(&mut fill, &[b'x'; 512]).is_ok() {}
    drop(fill);
    let before = estate.read(UPDATES);
    let output = update(&estate, "x").output().expect("the program");
    let after = estate.read(UPDATES);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("the disk is full; nothing was changed"),
        "{}",
        said(&output)
    );
    assert_eq!(before, after);
}

#[test]
fn a_symbolic_link_and_a_file_marked_read_only_are_refused() {
    let linked = estate();
    let elsewhere = linked.dir.path().join("elsewhere.yaml");
    fs::rename(linked.plans().join(UPDATES), &elsewhere).unwrap();
    symlink(&elsewhere, linked.plans().join(UPDATES)).unwrap();
    refuses(
        &linked,
        update(&linked, "x"),
        "INCOMPLETE: plans/tscb/updates/2018-05-01-vemt.yaml",
    );
    assert_eq!(fs::read_to_string(elsewhere).unwrap(), HEAD);

    let marked = estate();
    let path = marked.plans().join(UPDATES);
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    refuses(
        &marked,
        update(&marked, "x"),
        "is marked read-only; nothing was written",
    );
}

#[test]
fn mode_and_owner_are_kept() {
    let estate = estate();
    let path = estate.plans().join(UPDATES);
    fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
    let is_root = fs::metadata(&path).unwrap().uid() == 0;
    if is_root {
        std::os::unix::fs::chown(&path, Some(65534), Some(65534)).unwrap();
    }
    let before = fs::metadata(&path).unwrap();
    assert!(
        update(&estate, "x")
            .status()
            .expect("the program")
            .success()
    );
    let after = fs::metadata(&path).unwrap();
    assert_eq!(
        (before.mode(), before.uid(), before.gid()),
        (after.mode(), after.uid(), after.gid())
    );
}

/// Sends a signal to a child.
fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill")
        .args([name, &id])
        .stderr(Stdio::null())
        .status();
    assert!(sent.is_ok());
}

#[test]
fn somebody_elses_edits_in_between_are_never_overwritten() {
    // The program is stopped at a moment, somebody edits the file, and it goes on.
    let estate = estate();
    let path = estate.plans().join(UPDATES);
    let whole = Instant::now();
    assert!(
        update(&estate, "first")
            .status()
            .expect("the program")
            .success()
    );
    let length = whole.elapsed().as_micros() as u64;
    let (mut state, mut refused) = (0x1234_5678_9abc_def1, 0);
    for number in 0..40 {
        let before = notes(&estate.read(UPDATES));
        let mut child = update(&estate, &format!("ours {number}"))
            .spawn()
            .expect("the program");
        std::thread::sleep(Duration::from_micros(next(&mut state) % length));
        signal(&child, "-STOP");
        let theirs = format!("# theirs {number}\n");
        let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
        std::io::Write::write_all(&mut file, theirs.as_bytes()).unwrap();
        drop(file);
        signal(&child, "-CONT");
        let status = child.wait().expect("its end");
        let text = estate.read(UPDATES);
        assert!(text.contains(&theirs), "{text}");
        let new = notes(&text).split_off(before.len());
        if status.success() {
            assert_eq!(new, [format!("ours {number}")]);
        } else {
            assert!(new.is_empty(), "{new:?}");
        }
        refused += usize::from(!status.success());
    }
    println!("{refused} of 40 refused");
}

/// A place that takes nothing, for an answer.
fn full() -> Stdio {
    fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full")
        .into()
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_recorded_and_cannot_be_shown_is_said_to_be_recorded_and_is_not_recorded_twice() {
    let estate = estate();
    let output = update(&estate, "x")
        .stdout(full())
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let words = "it is recorded, in plans/tscb/updates/2018-05-01-vemt.yaml, and must not be recorded again";
    assert!(said(&output).contains(words), "{}", said(&output));
    assert!(said(&output).contains("No space left"), "{}", said(&output));
    assert_eq!(notes(&estate.read(UPDATES)), ["0", "x"]);
    // The same again is no second report.
    let output = update(&estate, "x").output().expect("the program");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let words =
        "recorded already, word for word, in plans/tscb/updates/2018-05-01-vemt.yaml:9; --again";
    assert!(said(&output).contains(words), "{}", said(&output));
    let again = update(&estate, "x")
        .arg("--again")
        .status()
        .expect("the program");
    assert!(again.success());
    assert_eq!(notes(&estate.read(UPDATES)), ["0", "x", "x"]);
    // Another word, another day or another group is another report.
    assert!(
        update(&estate, "X")
            .status()
            .expect("the program")
            .success()
    );
    let other = estate.run(&[
        "update",
        "1.1",
        "--by",
        "vemt",
        "--date",
        "2018-04-30",
        "--note",
        "x",
    ]);
    assert_eq!(other.code, 0, "{other:?}");
    let other = estate.run(&["update", "1.1", "--date", "2018-05-01", "--note", "x"]);
    assert_eq!(other.code, 0, "{other:?}");
}

#[test]
fn a_challenge_is_raised_once_though_the_command_is_given_twice() {
    let estate = estate();
    let raise = [
        "challenge",
        "--from",
        "vemt",
        "--raised",
        "Why so late?",
        "--date",
        "2018-05-01",
    ];
    assert_eq!(estate.run(&raise).code, 0);
    let second = estate.run(&raise);
    assert_eq!(second.code, 2, "{second:?}");
    assert!(
        second
            .err
            .contains("recorded already, word for word, in plans/tscb/challenges.yaml:4"),
        "{second:?}"
    );
    assert_eq!(
        estate
            .read("tscb/challenges.yaml")
            .matches("Why so late?")
            .count(),
        1
    );
    assert_eq!(estate.run(&[&raise[..], &["--again"]].concat()).code, 0);
}

#[test]
fn a_text_may_begin_with_a_dash_and_a_forgotten_one_is_not_an_option() {
    let estate = estate();
    let update = |text: &str| {
        estate.run(&[
            "update",
            "1.1",
            "--by",
            "vemt",
            "--note",
            text,
            "--date",
            "2018-05-01",
        ])
    };
    for text in [
        "- Two sessions",
        "-5%",
        "– none yet",
        "--",
        "-",
        "-two sessions\n- and one more",
    ] {
        let said = update(text);
        assert_eq!(said.code, 0, "{text}: {said:?}");
        assert_eq!(notes(&estate.read(UPDATES)).pop().as_deref(), Some(text));
    }
    for text in ["--done", "-q"] {
        let said = update(text);
        assert_eq!(said.code, 2, "{text}: {said:?}");
        assert!(
            said.err
                .contains("it is an option; write the text before it"),
            "{said:?}"
        );
    }
    for command in [
        &["list", "--text", "-5%"][..],
        &["challenge", "--raised", "- Why?", "--date", "2018-05-01"],
        &[
            "challenge",
            "C1",
            "--response",
            "-5%",
            "--date",
            "2018-05-01",
        ],
        &[
            "rollover",
            "work-plan",
            "--to",
            "2019-20",
            "--agreed",
            "board",
            "--reason",
            "- carried",
            "--dry-run",
        ],
    ] {
        let said = estate.run(command);
        assert_eq!(said.code, 0, "{command:?}: {said:?}");
    }
}

#[test]
fn a_file_whose_name_is_not_utf8_is_said_to_be_that() {
    use std::os::unix::ffi::OsStrExt;
    let estate = estate();
    let name = std::ffi::OsStr::from_bytes(b"u-\xff.yaml");
    fs::write(estate.plans().join("tscb").join(name), HEAD).unwrap();
    let said = estate.run(&["validate"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.out.contains("its name is not UTF-8"), "{said:?}");
    assert!(said.out.contains("rename it"), "{said:?}");
}

/// What the access list of a file says, where the system knows such lists.
fn access(path: &std::path::Path) -> Option<String> {
    let output = Command::new("getfacl")
        .args(["-c", "-p"])
        .arg(path)
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn an_access_list_and_other_attributes_are_kept_and_nobody_gets_a_right() {
    let estate = estate();
    let path = estate.plans().join(UPDATES);
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let set = |program: &str, arguments: &[&str]| {
        let done = Command::new(program)
            .args(arguments)
            .arg(&path)
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success())
    };
    let is_listed = set("setfacl", &["-m", "u:65534:rw,g::---,m::rw"]);
    let is_marked = set("setfattr", &["-n", "user.origin", "-v", "the board"]);
    if !(is_listed && is_marked) {
        return println!("not run: it takes setfacl, setfattr and a disk that keeps them");
    }
    let before = access(&path).expect("getfacl");
    assert!(
        before.contains("group::---") && before.contains("nobody:rw-"),
        "{before}"
    );
    assert!(
        update(&estate, "x")
            .status()
            .expect("the program")
            .success()
    );
    assert_eq!(access(&path).expect("getfacl"), before);
    let marked = Command::new("getfattr")
        .args(["--only-values", "-n", "user.origin"])
        .arg(&path)
        .output();
    assert_eq!(marked.expect("getfattr").stdout, b"the board");
}
